//! The draft of the decision that announces what changed (NĐ 63/2010 arts 14, 15): the decision itself, the lists by level and
//! field, the parts of what is new and what is amended in the others. Numbers, dates and names that nobody can know yet are dots to write on.
//!
//! The columns are those of TT 02/2017/TT-VPCP for ministries, and of the decisions that provinces issue; where a place is
//! asked for, those of a province.

mod lists;

use jiff::civil::Date;
use rustc_hash::FxHashSet;
use serde::Serialize;

use self::lists::List;
use super::Versions;
use crate::change::{Comparison, Kind, ProcedureChange, words};
use crate::compile::Catalogue;
use crate::emit::guide::{Guide, Section};
use crate::emit::local::name_of_place;
use crate::emit::{EmitError, Ending, Site, Wanted, field_name, press, site};
use crate::lang::{Lang, Words, say};
use crate::model::{Level, Procedure, Register};
use crate::plan::wording::{capitalised, long_date, uncapitalised};
use crate::plan::{ProcedurePlan, Wording};
use crate::resolve::Variant;
use crate::resolve::registers::Act;

/// Dots to write on.
const BLANK: &str = "……………";

/// The draft as a document.
pub fn decision(versions: &Versions<'_>, comparison: &Comparison, ending: Ending) -> Result<Vec<u8>, EmitError> {
    let wanted = Wanted::default();
    let site = site(versions.new, &wanted, None)?;
    press::as_file(site.templates.common(), page(versions, comparison, &site)?, ending, comparison.day)
}

pub(in crate::emit) fn page(
    versions: &Versions<'_>,
    comparison: &Comparison,
    site: &Site<'_>,
) -> Result<String, EmitError> {
    let maker = Maker { versions, comparison, site, lang: versions.lang() };
    site.templates.common().render("decision.html.jinja", &maker.view())
}

/// All that the template may see.
#[derive(Serialize)]
struct View {
    lang: &'static str,
    agency: String,
    /// `Số: …/QĐ-…`
    number: String,
    /// Place and day of signing.
    dated: String,
    title: &'static str,
    subject: String,
    /// Who decides, in capitals.
    authority: String,
    grounds: Vec<String>,
    decides: &'static str,
    articles: Vec<Article>,
    recipients_title: &'static str,
    recipients: Vec<String>,
    signer: String,
    annex: String,
    annex_note: &'static str,
    lists_title: &'static str,
    lists: Vec<List>,
    contents_title: &'static str,
    /// What is new in full, and what is amended.
    contents: Vec<ContentGroup>,
    /// What stands where a part is missing.
    gap: &'static str,
}

#[derive(Serialize)]
struct Article {
    head: String,
    text: String,
}

#[derive(Serialize)]
struct ContentGroup {
    title: String,
    contents: Vec<Content>,
}

/// What is announced of one procedure.
#[derive(Serialize)]
struct Content {
    title: String,
    /// What is amended.
    lines: Vec<String>,
    /// Of a new one: its parts (NĐ 63/2010 art. 8(2), 15(1)).
    sections: Vec<Section>,
}

struct Maker<'m> {
    versions: &'m Versions<'m>,
    comparison: &'m Comparison,
    site: &'m Site<'m>,
    lang: Lang,
}

impl Maker<'_> {
    fn pick(&self, vi: &'static str, en: &'static str) -> &'static str {
        Words::new(vi, en).get(self.lang)
    }

    fn view(&self) -> View {
        let lang = self.lang;
        let publisher = self.versions.new.settings.publisher.clone();
        let authority = match self.place() {
            Some(place) => {
                let place = place.to_uppercase();
                say!(lang, "CHỦ TỊCH ỦY BAN NHÂN DÂN {place}", "THE CHAIRMAN OF THE PEOPLE'S COMMITTEE OF {place}")
            }
            None => say!(lang, "BỘ TRƯỞNG {BLANK}", "THE MINISTER OF {BLANK}"),
        };
        View {
            lang: lang.tag(),
            agency: publisher.to_uppercase(),
            number: say!(lang, "Số: {BLANK}/QĐ-{BLANK}", "No. {BLANK}/QĐ-{BLANK}"),
            dated: say!(lang, "{BLANK}, ngày …… tháng …… năm ………", "{BLANK}, …… / …… / ………"),
            title: self.pick("QUYẾT ĐỊNH", "DECISION"),
            subject: self.subject(),
            signer: authority.clone(),
            authority,
            grounds: self.grounds(),
            decides: self.pick("QUYẾT ĐỊNH:", "DECIDES:"),
            articles: self.articles(),
            recipients_title: self.pick("Nơi nhận:", "Recipients:"),
            recipients: self.recipients(),
            annex: self.annex(),
            annex_note: self.pick(
                "(Kèm theo Quyết định số ……………/QĐ-…………… ngày …… tháng …… năm ………)",
                "(With Decision No. ……………/QĐ-……………, …… / …… / ………)",
            ),
            lists_title: self.pick("Phần I. DANH MỤC THỦ TỤC HÀNH CHÍNH", "Part I. LISTS OF PROCEDURES"),
            lists: Kind::ALL.into_iter().filter_map(|kind| self.list(kind)).collect(),
            contents_title: self.pick("Phần II. NỘI DUNG CỤ THỂ CỦA TỪNG THỦ TỤC HÀNH CHÍNH", "Part II. CONTENTS"),
            contents: self.contents(),
            gap: self.pick("Chưa nhập.", "Not yet given."),
        }
    }

    fn place(&self) -> Option<String> {
        self.comparison.place.as_deref().map(|place| name_of_place(self.versions.new, place))
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &ProcedureChange> {
        self.all().filter(move |one| one.kind == kind)
    }

    /// What is announced: new, abolished, or amended in a part that the public reads.
    fn all(&self) -> impl Iterator<Item = &ProcedureChange> {
        let all = self.comparison.procedures.iter();
        all.filter(|one| one.kind != Kind::Amended || one.changes.iter().any(|change| change.part.is_announced()))
    }

    /// `mới ban hành, sửa đổi, bổ sung, bị bãi bỏ`: the kinds there are.
    fn kinds(&self) -> String {
        let named = [
            (Kind::New, self.pick("mới ban hành", "new")),
            (Kind::Amended, self.pick("được sửa đổi, bổ sung", "amended")),
            (Kind::Replacing, self.pick("thay thế", "replacing others")),
            (Kind::Abolished, self.pick("bị bãi bỏ", "abolished")),
        ];
        let there = named.into_iter().filter(|(kind, _)| self.of(*kind).next().is_some());
        there.map(|(_, name)| name).collect::<Vec<_>>().join(", ")
    }

    fn fields(&self) -> String {
        let mut fields: Vec<String> = Vec::new();
        for one in self.all() {
            let field = self.field(one);
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields.join(", ")
    }

    fn subject(&self) -> String {
        let (kinds, fields, lang) = (self.kinds(), self.fields(), self.lang);
        say!(
            lang,
            "Về việc công bố thủ tục hành chính {kinds} trong lĩnh vực {fields}",
            "On the announcement of procedures ({kinds}) in the field of {fields}"
        )
    }

    fn annex(&self) -> String {
        let (kinds, fields, lang) = (self.kinds().to_uppercase(), self.fields().to_uppercase(), self.lang);
        say!(
            lang,
            "THỦ TỤC HÀNH CHÍNH {kinds} TRONG LĨNH VỰC {fields}",
            "PROCEDURES ({kinds}) IN THE FIELD OF {fields}"
        )
    }

    /// The acts on the control of procedures, then those that the changes rest on.
    fn grounds(&self) -> Vec<String> {
        let registers = &self.versions.new.registers;
        let lang = self.lang;
        let day = self.comparison.day;
        let mut numbers = vec!["63/2010/NĐ-CP", "48/2013/NĐ-CP", "92/2017/NĐ-CP", "118/2025/NĐ-CP", "367/2025/NĐ-CP"];
        let rested: Vec<String> = self.all().flat_map(|one| self.acts(one)).collect();
        // Of a decision drafted for an earlier day, what was not signed then, or had ended, is no ground.
        let stands = |act: &Act| {
            act.signed.is_none_or(|signed| signed.0 <= day) && act.in_force.until.is_none_or(|until| day <= until.0)
        };
        numbers.retain(|number| registers.act(number).is_some_and(stands));
        let mut grounds: Vec<String> = Vec::new();
        let ids = numbers.into_iter().filter_map(|number| registers.act(number)).map(|act| act.id.to_string());
        for id in ids.chain(rested) {
            let Some(act) = registers.act(&id) else { continue };
            let line = cited(act, lang);
            let line = say!(lang, "Căn cứ {line};", "Under {line};");
            if !grounds.contains(&line) {
                grounds.push(line);
            }
        }
        grounds.push(say!(lang, "Theo đề nghị của {BLANK}.", "At the proposal of {BLANK}."));
        grounds
    }

    fn articles(&self) -> Vec<Article> {
        let lang = self.lang;
        let count = |kind: Kind| self.of(kind).count();
        let parts = [
            (count(Kind::New), self.pick("thủ tục hành chính mới ban hành", "new")),
            (count(Kind::Amended), self.pick("thủ tục hành chính được sửa đổi, bổ sung", "amended")),
            (count(Kind::Replacing), self.pick("thủ tục hành chính thay thế", "replacing others")),
            (count(Kind::Abolished), self.pick("thủ tục hành chính bị bãi bỏ", "abolished")),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let told = parts.map(|(count, name)| format!("{count:02} {name}")).collect::<Vec<_>>().join(", ");
        let article =
            |number: usize, text: String| Article { head: say!(lang, "Điều {number}.", "Article {number}."), text };
        vec![
            article(
                1,
                say!(
                    lang,
                    "Công bố kèm theo Quyết định này danh mục và nội dung {told}.",
                    "The lists and contents of procedures ({told}) are announced with this Decision."
                ),
            ),
            article(
                2,
                say!(
                    lang,
                    "Quyết định này có hiệu lực thi hành kể từ ngày …… tháng …… năm ……….",
                    "This Decision takes effect on …… / …… / ………."
                ),
            ),
            article(
                3,
                match self.place() {
                    Some(place) => say!(
                        lang,
                        "Chánh Văn phòng Ủy ban nhân dân {place}, Giám đốc các sở, Chủ tịch Ủy ban nhân dân các xã, phường, đặc khu và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.",
                        "The Office of the People's Committee of {place}, the departments, the People's Committees of the communes and whoever is concerned carry out this Decision./."
                    ),
                    None => say!(
                        lang,
                        "Chánh Văn phòng, Thủ trưởng các đơn vị thuộc {BLANK}, Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.",
                        "The Office and the units of {BLANK}, the People's Committees of the provinces and whoever is concerned carry out this Decision./."
                    ),
                },
            ),
        ]
    }

    fn recipients(&self) -> Vec<String> {
        let all = [
            ("- Như Điều 3;", "- As in Article 3;"),
            (
                "- Cục Kiểm soát thủ tục hành chính, Bộ Tư pháp (để báo cáo);",
                "- Department of Procedure Control, Ministry of Justice;",
            ),
            ("- ……………;", "- ……………;"),
            ("- Lưu: VT, ……….", "- Archive: VT, ………."),
        ];
        all.iter().map(|(vi, en)| self.pick(vi, en).to_owned()).collect()
    }

    /// The procedure as it stands: in the newer version, else in the older.
    fn procedure(&self, one: &ProcedureChange) -> (&Procedure, &Catalogue) {
        let (old, new) = (self.versions.old, self.versions.new);
        match (one.new, one.old) {
            (Some(at), _) => (&new.procedures[at], new),
            (None, at) => (&old.procedures[at.unwrap_or_default()], old),
        }
    }

    fn with_plan<T>(&self, one: &ProcedureChange, make: impl FnOnce(&ProcedurePlan<'_>) -> T) -> T {
        let (procedure, catalogue) = self.procedure(one);
        let variant = Variant { as_of: self.comparison.day, place: self.comparison.place.clone() };
        let effective = catalogue.effective(procedure, variant);
        make(&ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses))
    }

    fn field(&self, one: &ProcedureChange) -> String {
        self.with_plan(one, field_name).unwrap_or_else(|| BLANK.to_owned())
    }

    fn level(&self, one: &ProcedureChange) -> String {
        let levels = self.with_plan(one, |plan| {
            let words = self.site.wording(plan);
            let all = plan.body().levels.iter().flat_map(|levels| &levels.value);
            all.map(|level| words.level(level.value)).collect::<Vec<_>>().join(", ")
        });
        if levels.is_empty() { BLANK.to_owned() } else { levels }
    }

    /// From the ministry down, as decisions list them; what gives none comes last.
    fn highest_level(&self, one: &ProcedureChange) -> (bool, Option<Level>) {
        let level = self.with_plan(one, |plan| {
            let levels = plan.body().levels.iter().flat_map(|levels| &levels.value);
            levels.map(|level| level.value).min()
        });
        (level.is_none(), level)
    }

    fn agency(&self, one: &ProcedureChange) -> String {
        let (procedure, catalogue) = self.procedure(one);
        let words = Wording { lang: self.lang, registers: &catalogue.registers, body: &procedure.body };
        let by = procedure.body.decided_by.as_ref().and_then(|by| by.value.general.as_ref());
        by.map_or_else(|| BLANK.to_owned(), |by| words.value(by, |all| words.agencies(all)))
    }

    /// Ids of the acts that the newer text cites and the older did not: of what is abolished none is known.
    fn acts(&self, one: &ProcedureChange) -> Vec<String> {
        let acts = |at: Option<usize>, catalogue: &Catalogue, day: Date| -> Vec<String> {
            let Some(at) = at else { return Vec::new() };
            let variant = Variant { as_of: day, place: self.comparison.place.clone() };
            let effective = catalogue.effective(&catalogue.procedures[at], variant);
            let names = effective.body.names.iter().filter(|name| effective.holds(name.span));
            let acts = names.filter(|name| name.register == Register::Acts);
            acts.filter_map(|name| Some(catalogue.registers.act(name.key.as_str())?.id.to_string())).collect()
        };
        if one.kind != Kind::Amended {
            return Vec::new();
        }
        let known: FxHashSet<String> = acts(one.old, self.versions.old, self.comparison.old_day).into_iter().collect();
        let mut new: Vec<String> = Vec::new();
        for id in acts(one.new, self.versions.new, self.comparison.day) {
            if !known.contains(&id) && !new.contains(&id) {
                new.push(id);
            }
        }
        new
    }

    fn acts_said(&self, one: &ProcedureChange) -> String {
        let registers = &self.versions.new.registers;
        let acts = self.acts(one);
        let all: Vec<String> =
            acts.iter().filter_map(|id| registers.act(id)).map(|act| cited(act, self.lang)).collect();
        if all.is_empty() { BLANK.to_owned() } else { all.join("; ") }
    }

    /// Of what is new, every part (NĐ 63/2010 art. 15(1)); of what is amended, which part is, and how (art. 15(2)).
    fn contents(&self) -> Vec<ContentGroup> {
        let groups = [
            (Kind::New, self.pick("Thủ tục hành chính mới ban hành", "New procedures")),
            (Kind::Amended, self.pick("Thủ tục hành chính được sửa đổi, bổ sung", "Amended procedures")),
            (Kind::Replacing, self.pick("Thủ tục hành chính thay thế", "Procedures that replace others")),
        ];
        let mut found = Vec::new();
        for (kind, title) in groups {
            let all = self.of(kind).filter(|one| kind != Kind::Amended || !one.changes.is_empty());
            let contents: Vec<Content> = all.enumerate().map(|(at, one)| self.content(at + 1, one)).collect();
            if !contents.is_empty() {
                let letter = char::from(b'A' + found.len() as u8);
                found.push(ContentGroup { title: format!("{letter}. {title}"), contents });
            }
        }
        found
    }

    fn content(&self, number: usize, one: &ProcedureChange) -> Content {
        let announced = one.changes.iter().filter(|change| change.part.is_announced());
        let lines = announced.map(|change| capitalised(&words::sentence(change, self.lang))).collect();
        let (lines, sections) = match one.kind {
            Kind::New | Kind::Replacing => {
                (Vec::new(), self.with_plan(one, |plan| Guide::of(plan, self.site).sections))
            }
            Kind::Amended | Kind::Abolished => (lines, Vec::new()),
        };
        Content { title: format!("{number}. {} ({})", one.name, one.code), lines, sections }
    }
}

/// `Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính`
fn cited(act: &Act, lang: Lang) -> String {
    let (kind, number) = (act.kind.vi(), &act.number);
    // Laws are called by their titles, and nobody says who passed them.
    if act.title.starts_with(kind) {
        let title = &act.title;
        return say!(lang, "{title} số {number}", "{title} {number}");
    }
    let signed = act.signed.map_or(String::new(), |day| format!(" {}", long_date(day.0, lang)));
    let of = act.issuer.as_ref().map_or(String::new(), |issuer| say!(lang, " của {issuer}", " of {issuer}"));
    let title = uncapitalised(&act.title);
    say!(lang, "{kind} số {number}{signed}{of} {title}", "{kind} {number}{signed}{of} {title}")
}
