//! What the public is told of one procedure, part by part, in words: the notice, the leaflet, the slides and the short texts
//! arrange the same parts, so that they cannot say different things.

mod answer;
mod cases;
mod charges;
mod papers;
mod sections;
mod times;

use serde::Serialize;

use super::layers::origin_words;
use super::local::Local;
use super::{Site, qr};
use crate::compile::Catalogue;
use crate::lang::{Lang, Words, say};
use crate::model::quantity::short_date;
use crate::model::{Agency, Laid, Origin, Procedure, RefKey};
use crate::plan::wording::long_date;
use crate::plan::{ProcedurePlan, Wording};
use crate::resolve::registers::Act;
use crate::source::Spanned;

/// The parts of a procedure in words.
#[derive(Serialize)]
pub(super) struct Guide {
    pub lang: &'static str,
    pub code: String,
    pub name: String,
    pub place: Option<String>,
    /// The agency that decides, in capitals; empty where it is not given.
    pub agency: String,
    pub publisher: String,
    /// The decision that announced the procedure.
    pub decision: Option<String>,
    /// The four questions people come with: papers, time, fees, where.
    pub answer: Vec<Row>,
    /// The parts in the order of the law (NĐ 63/2010 art. 8(2)), numbered.
    pub sections: Vec<Section>,
    pub forms: Vec<FormView>,
    pub feedback: Vec<String>,
    pub contacts: Vec<String>,
    /// The QR code of `portal`: one SVG path, and the side of the square in modules.
    pub qr: Option<(String, usize)>,
    pub portal: Option<String>,
    pub stamp: String,
    /// Of a draft: how many gaps are left.
    pub gaps_note: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Row {
    pub label: String,
    /// With the number of the part that tells more.
    pub text: String,
    /// For where there are no parts.
    pub brief: String,
}

/// A part of the notice.
#[derive(Serialize)]
pub(super) struct Section {
    pub part: Part,
    pub title: String,
    /// Paragraphs.
    pub lines: Vec<String>,
    pub items: Vec<Item>,
    /// A numbered list, where the order matters.
    pub ordered: bool,
    pub tables: Vec<Table>,
    pub origin: Option<String>,
    pub missing: bool,
}

/// The parts of a procedure, in the order of NĐ 63/2010 art. 8(2), then what the law does not ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    Sequence = 1,
    Channels,
    Dossier,
    Deadlines,
    Applicants,
    Agencies,
    Outcomes,
    Charges,
    Requirements,
    Basis,
    Notes,
}

#[derive(Serialize)]
pub(super) struct Item {
    pub lead: String,
    pub text: String,
    /// What holds only in some cases, and remarks: a line each.
    pub cases: Vec<String>,
}

/// A table; what belongs together stands under a band.
#[derive(Serialize)]
pub(super) struct Table {
    /// `papers` or `cases`: how wide its columns are.
    pub kind: &'static str,
    pub heads: Vec<String>,
    pub groups: Vec<Group>,
}

#[derive(Serialize)]
pub(super) struct Group {
    /// What holds for all rows below.
    pub band: Option<String>,
    pub lines: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Serialize)]
pub(super) struct Cell {
    pub text: String,
    pub small: Vec<String>,
    pub centre: bool,
}

impl Cell {
    fn of(text: String) -> Cell {
        Cell { text, small: Vec::new(), centre: false }
    }

    fn centred(text: String) -> Cell {
        Cell { centre: true, ..Cell::of(text) }
    }
}

#[derive(Serialize)]
pub(super) struct FormView {
    pub name: String,
    pub act: Option<String>,
    pub file: Option<String>,
}

/// What the parts are made with.
struct Maker<'p, 'a> {
    plan: &'p ProcedurePlan<'a>,
    words: Wording<'p>,
    /// The version before this one.
    before: Option<&'p Procedure>,
    catalogue: &'p Catalogue,
}

/// How lists say that a procedure is a draft: it has so many gaps. Nothing of one that is whole.
pub(super) fn draft(gaps: usize, lang: Lang) -> Option<String> {
    (gaps > 0).then(|| say!(lang, "bản thảo, còn {gaps} chỗ chưa nhập", "draft, {gaps} gaps"))
}

/// The procedure's page on the national portal: its own where it is given, else by code.
pub(super) fn portal_page(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Option<String> {
    let own = plan.body().page.as_ref().map(|page| page.value.value.clone());
    let own = own.filter(|page| page.starts_with("https://") || page.starts_with("http://"));
    own.or_else(|| site.settings.portal.as_ref().map(|portal| portal.replace("{code}", &plan.procedure.code.value.0)))
}

impl Guide {
    pub(super) fn of(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Guide {
        Guide::at(plan, site, &Local::of(plan))
    }

    /// The same for any place with the layers of the plan.
    pub(super) fn at(plan: &ProcedurePlan<'_>, site: &Site<'_>, local: &Local) -> Guide {
        let before = site.catalogue.version_before(plan.procedure);
        let make = Maker { plan, words: site.wording(plan), before, catalogue: site.catalogue };
        let lang = site.lang;
        let portal = portal_page(plan, site);
        let (version, as_of, hash) = (&site.settings.version, short_date(plan.variant().as_of), site.short_hash());
        let gaps = plan.effective.public_holes().count();
        let unit = local.code.as_ref().map(|code| say!(lang, " · địa bàn {code}", " · place {code}"));
        let unit = unit.unwrap_or_default();
        Guide {
            lang: lang.tag(),
            code: plan.procedure.code.value.0.clone(),
            name: plan.procedure.name.value.clone(),
            place: local.name.clone(),
            agency: make.deciding(local),
            publisher: site.settings.publisher.clone(),
            decision: make.decision(),
            answer: make.answer(),
            sections: make.sections(),
            forms: make.forms(),
            feedback: site.settings.feedback.clone(),
            contacts: local.contacts_about(plan),
            qr: portal.as_deref().and_then(qr::path),
            portal,
            stamp: say!(
                lang,
                "Bản {version} · hiệu lực xem tại ngày {as_of} · mã nguồn {hash}{unit}",
                "Version {version} · as of {as_of} · source {hash}{unit}"
            ),
            gaps_note: (gaps > 0).then(|| {
                say!(
                    lang,
                    "Bản thảo: còn {gaps} chỗ chưa nhập, không dùng để niêm yết.",
                    "Draft: {gaps} gaps are left, not for posting."
                )
            }),
        }
    }

    /// A part; every guide has each of those that the law asks for.
    pub(super) fn section(&self, part: Part) -> Option<&Section> {
        self.sections.iter().find(|section| section.part == part)
    }
}

impl Maker<'_, '_> {
    fn lang(&self) -> Lang {
        self.words.lang
    }

    fn pick(&self, vi: &'static str, en: &'static str) -> String {
        Words::new(vi, en).get(self.lang()).to_owned()
    }

    fn deciding(&self, local: &Local) -> String {
        let decided = self.plan.body().decided_by.as_ref().and_then(|by| by.general.as_ref());
        let name = |agency: &Spanned<Agency>| local.agency(&agency.value, &self.words);
        let names = |all: &Vec<_>| all.iter().map(name).collect::<Vec<String>>().join("; ");
        decided.map(|value| self.words.value(value, names)).unwrap_or_default().to_uppercase()
    }

    /// `Quyết định số 163/QĐ-BTP ngày 05 tháng 02 năm 2026 của Bộ Tư pháp`
    fn decision(&self) -> Option<String> {
        let value = self.plan.body().announced.as_ref()?;
        let act = self.words.find_act(value.setting.given()?)?;
        let mut text = format!("{} {} {}", act.kind.vi(), self.pick("số", "No."), act.number);
        if let Some(signed) = act.signed {
            text = format!("{text} {}", long_date(signed.0, self.lang()));
        }
        if let Some(issuer) = &act.issuer {
            text = format!("{text} {} {issuer}", self.pick("của", "of"));
        }
        Some(text)
    }

    fn when(&self, condition: &str) -> String {
        say!(self.lang(), "Khi {condition}", "When {condition}")
    }

    fn origin<T>(&self, slot: Option<&Laid<T>>) -> Option<String> {
        self.set_by(slot?.origin)
    }

    fn set_by(&self, origin: Origin) -> Option<String> {
        let origin = origin_words(self.plan, origin, &self.words)?;
        Some(say!(self.lang(), "Theo {origin}", "As set by {origin}"))
    }

    /// The forms of all papers and outcomes, each once, in the order they are met.
    fn forms(&self) -> Vec<FormView> {
        let body = self.plan.body();
        let papers = body.dossier.iter().flat_map(|dossier| &dossier.documents).filter_map(|one| one.form.as_ref());
        let results = body.outcomes.iter().filter_map(|one| one.form.as_ref());
        let mut seen = Vec::new();
        let mut forms = Vec::new();
        for reference in papers.chain(results).flat_map(|form| form.values()).filter_map(|value| value.setting.given())
        {
            if seen.contains(&&reference.key) {
                continue;
            }
            seen.push(&reference.key);
            let entry = match &reference.key {
                RefKey::Id(id) => self.plan.registers.forms.get(id.as_str()),
                RefKey::Label(_) | RefKey::Kind(..) => None,
            };
            let act =
                entry.and_then(|entry| entry.act.as_ref()).and_then(|act| self.plan.registers.acts.get(act.as_str()));
            forms.push(FormView {
                name: self.words.form(reference),
                act: act.map(Act::called),
                file: entry.and_then(|entry| entry.file.clone()),
            });
        }
        forms
    }
}
