//! The forms of the one-stop office: blank, with all that the catalogue knows, for every procedure of a build; and one filled
//! in with what a case comes to.
//!
//! The set is that of TT 03/2025/TT-VPCP, Phụ lục I (forms 01 to 07). Its layouts are those of the forms in use since 2018:
//! conventions, which an agency may change in the template.

mod field;
mod head;
mod kind;
mod papers;
mod times;

use serde::Serialize;

use super::files::{file_of, to_root};
use super::press::Ending;
use super::{EmitError, Output, Sink, Site, has_process, process_table, qr};
use crate::compile::Catalogue;
use crate::lang::{Lang, Words, say};
use crate::model::outcome::Letter;
use crate::model::quantity::short_date;
use crate::model::{Agency, ByCase, Laid};
use crate::plan::answer::{Answer, Asked};
use crate::plan::wording::capitalised;
use crate::plan::{ProcedurePlan, Wording};
use crate::source::Spanned;
use crate::time::Instant;

pub use self::field::{Field, Fields};
pub use self::kind::Kind;

pub(super) static OUTPUT: Output = Output {
    name: "forms",
    folder: "forms",
    about: Words::new(
        "biểu mẫu một cửa để trống, mỗi thủ tục một thư mục",
        "the blank forms of the one-stop office, a folder a procedure",
    ),
    emit,
};

/// What is known of one file.
#[derive(Default)]
pub struct Filled<'q, 'a> {
    /// What the applicant and the office say.
    pub fields: Fields,
    /// What the case comes to.
    pub case: Option<(&'q Asked<'a>, &'q Answer<'a>)>,
    /// To which moment the office asks to extend the limit.
    pub extended: Option<Instant>,
    /// SHA-256 of the catalogue without the question, where that was read among its sources.
    pub source_hash: Option<String>,
    /// Ids of the papers that the form is about; all of the case where none is given.
    pub papers: Vec<String>,
}

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    for kind in kinds(plan) {
        let path = format!("{}/{}", OUTPUT.path(plan), kind.name());
        super::press::documents(site, site.templates.of(plan), sink, &path, &page(plan, site, kind, None)?)?;
    }
    Ok(())
}

/// The forms that a build has of a procedure: no control sheet without a process, no letter that goes with nothing.
pub(super) fn kinds(plan: &ProcedurePlan<'_>) -> Vec<Kind> {
    let goes = |letter: Letter| plan.body().outcomes.iter().any(|outcome| outcome.letter == Some(letter));
    let made = |kind: &Kind| match kind.letter() {
        Some(letter) => goes(letter),
        None => *kind != Kind::Control || has_process(plan),
    };
    Kind::ALL.into_iter().filter(made).collect()
}

/// One form of one file, as a page by itself.
pub fn filled<'a>(
    catalogue: &Catalogue,
    plan: &ProcedurePlan<'a>,
    kind: Kind,
    filled: &Filled<'_, 'a>,
    ending: Ending,
) -> Result<Vec<u8>, EmitError> {
    let wanted = super::Wanted::default();
    let mut site = super::site(catalogue, &wanted, None)?;
    site.source_hash = filled.source_hash.clone().unwrap_or(site.source_hash);
    let page = page(plan, &site, kind, Some(filled))?;
    super::press::as_file(site.templates.of(plan), page, ending, catalogue.as_of())
}

fn page<'a>(
    plan: &ProcedurePlan<'a>,
    site: &Site<'_>,
    kind: Kind,
    filled: Option<&Filled<'_, 'a>>,
) -> Result<String, EmitError> {
    let blank = Filled::default();
    let (in_build, filled) = (filled.is_none(), filled.unwrap_or(&blank));
    let make = Maker { plan, site, words: site.wording(plan), kind, filled, in_build };
    site.templates.of(plan).render(kind.template(), &make.view())
}

/// What a form is made with.
struct Maker<'p, 'a> {
    plan: &'p ProcedurePlan<'a>,
    site: &'p Site<'p>,
    words: Wording<'p>,
    kind: Kind,
    filled: &'p Filled<'p, 'a>,
    /// Whether it lies beside the other files of a build.
    in_build: bool,
}

/// All that a template may see. What is not known is dots to write on.
#[derive(Serialize)]
struct View {
    lang: &'static str,
    /// Whether the page is Vietnamese.
    vi: bool,
    title: String,
    links: Vec<Link>,
    stamp: String,
    head: head::Head,
    code: String,
    name: String,
    field: Option<String>,
    decided_by: String,
    consulted: String,
    /// Who asks, and where to reach them.
    applicant: String,
    address: String,
    phone: String,
    email: String,
    file_code: String,
    qr: Option<(String, usize)>,
    papers: papers::Papers,
    times: times::Times,
    /// What must hold, each with what it rests on: a refusal names the one that does not.
    requirements: Vec<Requirement>,
    reason: Option<String>,
    collect: String,
    book: String,
    entry: String,
    officer: String,
    officer_phone: String,
    signer_title: String,
    signer_name: Option<String>,
    occasion: String,
    /// What is handed over with a letter.
    outcomes: Vec<String>,
    /// Where one can look up how far the file is.
    lookup: Option<String>,
    /// Of the control sheet: the rows.
    sheet: Option<process_table::Sheet>,
    /// Of the log: the row of this file, and rows to write on.
    entry_row: Option<EntryRow>,
    lines: Vec<usize>,
}

#[derive(Serialize)]
struct Link {
    href: String,
    caption: String,
}

#[derive(Serialize)]
struct EntryRow {
    number: String,
}

#[derive(Serialize)]
struct Requirement {
    text: String,
    basis: Option<String>,
}

/// Rows of the log that are left to write on: a page of them.
const LOG_ROWS: usize = 7;

/// A blank: dots for so many letters.
fn dots(letters: usize) -> String {
    "…".repeat(letters.div_ceil(2))
}

impl Maker<'_, '_> {
    fn lang(&self) -> Lang {
        self.words.lang
    }

    fn pick(&self, vi: &'static str, en: &'static str) -> String {
        Words::new(vi, en).get(self.lang()).to_owned()
    }

    fn given(&self, field: Field) -> Option<&str> {
        self.filled.fields.get(field)
    }

    /// A field, or dots for so many letters.
    fn field(&self, field: Field, letters: usize) -> String {
        self.given(field).map_or_else(|| dots(letters), str::to_owned)
    }

    fn view(&self) -> View {
        let plan = self.plan;
        let file_code = self.file_code();
        // A cell of the log is written on without dots.
        let line = |field: Field, letters: usize| match self.kind {
            Kind::Log => self.given(field).unwrap_or_default().to_owned(),
            _ => self.field(field, letters),
        };
        let entry_row = (self.kind == Kind::Log && !self.in_build)
            .then(|| EntryRow { number: self.given(Field::Entry).unwrap_or("1").to_owned() });
        let first = entry_row.as_ref().map_or(1, |row| row.number.parse::<usize>().map_or(1, |own| own + 1));
        View {
            lang: self.lang().tag(),
            vi: self.lang() == Lang::Vi,
            title: self.kind.title().get(self.lang()).to_owned(),
            links: self.links(),
            stamp: self.stamp(),
            head: self.head(),
            code: plan.procedure.code.value.0.clone(),
            name: plan.procedure.name.value.clone(),
            field: super::field_name(plan),
            decided_by: self.agencies(plan.body().decided_by.as_ref()),
            consulted: self.agencies(plan.body().consulted.as_ref()),
            applicant: line(Field::Applicant, 40),
            address: line(Field::Address, 40),
            phone: line(Field::Phone, 24),
            email: line(Field::Email, 30),
            qr: self.given(Field::FileCode).and_then(qr::path),
            file_code,
            papers: self.papers(),
            times: self.times(),
            requirements: self.requirements(),
            reason: self.given(Field::Reason).map(str::to_owned),
            collect: self.field(Field::Collect, 40),
            book: self.field(Field::Book, 10),
            entry: self.field(Field::Entry, 10),
            officer: self.field(Field::Officer, 36),
            officer_phone: self.field(Field::OfficerPhone, 24),
            signer_title: self.signer_title(),
            signer_name: self.given(Field::Signer).map(str::to_owned),
            occasion: self.field(Field::Occasion, 40),
            outcomes: self.outcomes(),
            lookup: self.portal(),
            sheet: self.sheet(),
            lines: (first..).take(LOG_ROWS - usize::from(entry_row.is_some())).collect(),
            entry_row,
        }
    }

    /// `<code of the office>-<YYMMDD>-<NNNN>`: the day is known once the file is received.
    fn file_code(&self) -> String {
        if let Some(code) = self.given(Field::FileCode) {
            return code.to_owned();
        }
        let day = self.filled.case.and_then(|(asked, _)| asked.received).map(|received| {
            let day = self.plan.calendar().date(received.day);
            format!("{:02}{:02}{:02}", day.year().rem_euclid(100), day.month(), day.day())
        });
        format!("{}-{}-{}", dots(20), day.unwrap_or_else(|| dots(8)), dots(8))
    }

    fn agencies(&self, by: Option<&Laid<ByCase<Vec<Spanned<Agency>>>>>) -> String {
        let value = by.and_then(|by| by.general.as_ref());
        value.map_or_else(|| dots(40), |value| self.words.value(value, |all| self.words.agencies(all)))
    }

    fn requirements(&self) -> Vec<Requirement> {
        let all = self.plan.body().requirements.iter().flat_map(|all| &all.value);
        let view = |one: &crate::model::outcome::Requirement| Requirement {
            text: one.text.value.clone(),
            basis: self.words.cites(&one.cites).map(|cites| say!(self.lang(), "theo {cites}", "under {cites}")),
        };
        all.map(view).collect()
    }

    fn outcomes(&self) -> Vec<String> {
        let with = self.plan.body().outcomes.iter().filter(|outcome| outcome.letter == self.kind.letter());
        let all = with.filter(|outcome| outcome.letter.is_some());
        all.map(|outcome| outcome.name.value.clone()).collect()
    }

    /// The national portal, where the catalogue names it.
    fn portal(&self) -> Option<String> {
        let (_, rest) = self.site.settings.portal.as_ref()?.split_once("://")?;
        rest.split('/').next().map(str::to_owned)
    }

    fn signer_title(&self) -> String {
        let title = self.given(Field::SignerTitle).map(str::to_uppercase);
        title.unwrap_or_else(|| self.pick("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "HEAD OF THE AGENCY"))
    }

    fn sheet(&self) -> Option<process_table::Sheet> {
        let flow = self.plan.flow.as_ref().filter(|_| self.kind == Kind::Control && has_process(self.plan))?;
        let case = self.filled.case.map(|(asked, _)| (&asked.space, &asked.told));
        Some(process_table::control_sheet(self.plan, flow, self.site, case))
    }

    /// To the catalogue, to the notice, and to the other forms; a form that was filled in stands by itself.
    fn links(&self) -> Vec<Link> {
        if !self.in_build {
            return Vec::new();
        }
        let up = format!("../{}", to_root(self.plan));
        let file = file_of(self.plan);
        let link = |href: String, caption: String| Link { href, caption };
        let mut links = Vec::new();
        let home = self.site.home(&up);
        links.extend(home.map(|home| link(home, self.pick("Danh mục thủ tục hành chính", "Catalogue"))));
        if self.site.wanted.has("notices") {
            links.push(link(format!("../../notices/{file}.html"), self.pick("Bản niêm yết", "Notice")));
        }
        let others = kinds(self.plan).into_iter().filter(|kind| *kind != self.kind);
        let other = |kind: Kind| link(format!("{}.html", kind.name()), kind.title().get(self.lang()).to_owned());
        links.extend(others.map(other));
        links
    }

    /// What the form was made from: of the rules, not of the applicant.
    fn stamp(&self) -> String {
        let (version, hash) = (&self.site.settings.version, self.site.short_hash());
        let (code, as_of) = (&self.plan.procedure.code.value.0, short_date(self.plan.variant().as_of));
        capitalised(&say!(
            self.lang(),
            "thủ tục {code} · bản {version} · hiệu lực xem tại ngày {as_of} · mã nguồn {hash}",
            "procedure {code} · version {version} · as of {as_of} · source {hash}"
        ))
    }
}
