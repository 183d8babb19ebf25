//! The table of cases: for every limit, every charge and every paper what holds in which case, for lawyers to check line by
//! line. As a page to print and as CSV for a spreadsheet.

use serde::Serialize;

use super::{EmitError, Site};
use crate::lang::{Lang, say};
use crate::plan::cases::{Case, MOST_CASES, Space, explore};
use crate::plan::decision;
use crate::plan::example::with_requirements;
use crate::plan::money::payable;
use crate::plan::path::promises;
use crate::plan::wording::capitalised;
use crate::plan::{ProcedurePlan, Wording};

/// A table longer than this is cut, and says so.
const MOST_ROWS: usize = 200;

/// The page and the CSV of one procedure.
pub(super) struct CaseTables {
    pub(super) html: String,
    pub(super) csv: String,
}

#[derive(Serialize)]
struct View {
    lang: &'static str,
    title: String,
    intro: String,
    heads: [String; 3],
    sections: Vec<Section>,
    stamp: String,
}

#[derive(Serialize)]
struct Section {
    title: String,
    rows: Vec<Row>,
    /// What was left out, or could not be told apart.
    note: String,
}

#[derive(Serialize)]
struct Row {
    case: String,
    value: String,
    basis: String,
}

/// The tables of a plan.
pub(super) fn case_tables(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Result<CaseTables, EmitError> {
    let wording = site.wording(plan);
    let lang = wording.lang;
    let space = decision::space(plan, []);
    let everything = with_requirements(plan, &space, space.everything());
    let mut sections = Vec::new();
    deadlines(plan, &space, &everything, &wording, &mut sections);
    charges(plan, &space, &everything, &wording, &mut sections);
    papers(plan, &wording, &mut sections);
    let (code, name) = (&plan.procedure.code.value, &plan.procedure.name.value);
    let hash = site.short_hash();
    let view = View {
        lang: if lang == Lang::Vi { "vi" } else { "en" },
        title: format!("{code} {name}"),
        intro: say!(
            lang,
            "Mỗi dòng là một trường hợp. Trong bảng thời hạn và phí, các dòng phủ hết mọi trường hợp và không trùng nhau.",
            "Each line is a case. The lines on limits and charges cover every case, and no two overlap."
        ),
        heads: [say!(lang, "Trường hợp", "Case"), say!(lang, "Áp dụng", "What applies"), say!(lang, "Căn cứ", "Basis")],
        sections,
        stamp: say!(lang, "Mã nguồn {hash}", "Source {hash}"),
    };
    Ok(CaseTables { html: site.templates.of(plan).render("cases.html.jinja", &view)?, csv: csv_of(&view)? })
}

/// The rows of what `look` gives in each case; cases that come to the same and differ in nothing else stand once.
fn section(
    title: String,
    space: &Space,
    from: &Case,
    wording: &Wording<'_>,
    look: impl Fn(&Case) -> Result<Option<(String, String)>, crate::plan::cases::Open>,
) -> Option<Section> {
    let lang = wording.lang;
    let explored = explore(space, from.clone(), look);
    let mut rows: Vec<Row> = Vec::new();
    for (case, leaf) in explored.leaves {
        let Some((value, basis)) = leaf else { continue };
        let case = match space.said(&space.beyond(&case, from), wording) {
            said if said.is_empty() => say!(lang, "Mọi trường hợp", "Every case"),
            said => capitalised(&said),
        };
        rows.push(Row { case, value, basis });
    }
    let left = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let mut notes = Vec::new();
    if left > 0 {
        notes.push(say!(lang, "Còn {left} dòng nữa.", "{left} more lines."));
    }
    if !explored.undecided.is_empty() {
        notes.push(say!(
            lang,
            "Có trường hợp chưa tách được: điều kiện chưa khai, hoặc nhiều hơn {MOST_CASES} trường hợp.",
            "Some cases could not be told apart: a condition is not given, or there are more than {MOST_CASES}."
        ));
    }
    (!rows.is_empty() || !notes.is_empty()).then(|| Section { title, rows, note: notes.join(" ") })
}

fn deadlines(plan: &ProcedurePlan<'_>, space: &Space, from: &Case, wording: &Wording<'_>, all: &mut Vec<Section>) {
    for deadline in &plan.body().deadlines {
        let title = capitalised(&wording.deadline_name(&deadline.value));
        all.extend(section(title, space, from, wording, |case| {
            let all = promises(plan, space, case)?;
            let own = all.iter().find(|promise| std::ptr::eq(promise.deadline, &deadline.value));
            Ok(own.map(|own| (wording.promised(&own.limit), wording.cites(own.cites).unwrap_or_default())))
        }));
    }
}

fn charges(plan: &ProcedurePlan<'_>, space: &Space, from: &Case, wording: &Wording<'_>, all: &mut Vec<Section>) {
    for charge in &plan.body().charges {
        let charge = &charge.value;
        let title = capitalised(&wording.charge_name(charge));
        all.extend(section(title, space, from, wording, |case| {
            // The formula is what a lawyer checks; an amount that needs no number is shown as it comes out.
            let Some(payable) = payable(plan, space, case, charge)? else { return Ok(None) };
            let picked = charge.amount.as_ref().map(|amount| space.value(amount, case)).transpose()?;
            let value = picked.and_then(|picked| picked.value);
            let formula = value.and_then(|value| value.setting.given()).map(|amount| wording.amount(amount));
            let text = formula.unwrap_or_else(|| wording.payable(&payable));
            let cites = value.map_or(&[][..], |value| value.cites.as_slice());
            let basis = wording.cites(cites).or_else(|| wording.cites(&charge.cites)).unwrap_or_default();
            Ok(Some((text, basis)))
        }));
    }
}

fn papers(plan: &ProcedurePlan<'_>, wording: &Wording<'_>, all: &mut Vec<Section>) {
    let documents = plan.body().dossier.iter().flat_map(|dossier| &dossier.value.documents);
    let row = |one: &crate::model::Document| Row {
        case: match &one.when {
            Some(when) => capitalised(&wording.condition(when)),
            None => say!(wording.lang, "Mọi trường hợp", "Every case"),
        },
        value: one.name.value.clone(),
        basis: wording.cites(&one.cites).unwrap_or_default(),
    };
    let rows: Vec<Row> = documents.map(row).collect();
    if !rows.is_empty() {
        all.push(Section { title: say!(wording.lang, "Thành phần hồ sơ", "Dossier"), rows, note: String::new() });
    }
}

/// UTF-8 with its mark, so that a spreadsheet reads the accents.
fn csv_of(view: &View) -> Result<String, EmitError> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let part = if view.lang == "vi" { "Bảng" } else { "Table" };
    let [case, value, basis] = &view.heads;
    out.write_record([part, case, value, basis]).map_err(EmitError::Csv)?;
    for section in &view.sections {
        for row in &section.rows {
            out.write_record([&section.title, &row.case, &row.value, &row.basis]).map_err(EmitError::Csv)?;
        }
    }
    let bytes = out.into_inner().map_err(|error| EmitError::Csv(error.into_error().into()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}
