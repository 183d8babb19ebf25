//! `CODE.dmn` for rule engines (DMN 1.3): which papers, how much and how long, as decision tables that leave no case out and
//! cover none twice; and `CODE.cases.json`, cases with what the compiler itself answers, to try an engine on.
//!
//! A row of a table is a box of cases: the leaves of `explore` over the conditions of this one value, joined where they come to
//! the same. Whatever cannot be said as such a table is left out and named in the description of the file. A procedure of which
//! nothing is known yet has no file.

mod cases;
mod cells;
mod diagram;
mod names;
mod tables;
mod view;

use self::tables::{Asked, Decision, Left, Subject};
use super::json::in_dollars;
use super::variables::{Names, Variables};
use super::{EmitError, Output, Sink, Site, write};
use crate::lang::{Words, say};
use crate::model::{Charge, Delivery};
use crate::plan::decision::asked_documents;
use crate::plan::wording::capitalised;
use crate::plan::{ProcedurePlan, Wording};

pub(super) static OUTPUT: Output = Output {
    name: "decisions",
    folder: "decisions",
    about: Words::new("bảng quyết định DMN cho máy chạy quy tắc", "DMN decision tables for rule engines"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let wording = site.wording(plan);
    let model = Model::of(plan, &wording);
    if !model.says_something() {
        return Ok(());
    }
    let path = OUTPUT.path(plan);
    let file = site.templates.of(plan).render("decisions.dmn.xml.jinja", &view::View::of(&model, plan, site))?;
    write(sink, &format!("{path}.dmn"), file.as_bytes())?;
    let cases = cases::cases(&model, plan, &wording);
    let mut text = serde_json::to_string_pretty(&cases).expect("cases are plain data");
    text.push('\n');
    write(sink, &format!("{path}.cases.json"), text.as_bytes())
}

/// Whether a procedure has the file.
pub(super) fn is_made(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> bool {
    Model::of(plan, &site.wording(plan)).says_something()
}

/// Every decision of a procedure that can be said, with what it asks.
struct Model<'a> {
    decisions: Vec<Decision<'a>>,
    /// Every fact that some decision asks, in the order of the source, and what engines call it.
    inputs: Vec<(Asked, String)>,
    /// What no table says, and why.
    left_out: Vec<String>,
}

impl<'a> Model<'a> {
    fn of(plan: &ProcedurePlan<'a>, wording: &Wording<'_>) -> Model<'a> {
        let mut left_out = Vec::new();
        let mut decisions = papers(plan, wording, &mut left_out);
        for charge in plan.body().charges.iter().map(|laid| &laid.value) {
            if charge.valid.contains(plan.variant().as_of) {
                decisions.extend(charges(plan, charge, wording, &mut left_out));
            }
        }
        for deadline in plan.body().deadlines.iter().map(|laid| &laid.value) {
            if deadline.limit.is_some() && deadline.valid.contains(plan.variant().as_of) {
                let label = capitalised(&wording.deadline_name(deadline));
                let made = Decision::of(plan, Subject::Limit(deadline), label.clone(), wording);
                decisions.extend(kept(made, &label, wording, &mut left_out));
            }
        }
        let variables = Variables::of(plan);
        let inputs = inputs(plan, &decisions).into_iter().map(|asked| {
            let name = match &asked {
                Asked::Channel => variables.channel.clone(),
                Asked::Fact(id) => variables.fact(id).to_owned(),
            };
            (asked, name)
        });
        let inputs: Vec<(Asked, String)> = inputs.collect();
        let mut names = Names::beside(inputs.iter().map(|(_, name)| name.as_str()));
        decisions.iter_mut().for_each(|decision| names::decision(&mut names, decision));
        Model { decisions, inputs, left_out }
    }

    fn says_something(&self) -> bool {
        !self.left_out.is_empty() || self.decisions.iter().any(Decision::says_something)
    }

    /// What engines call a fact.
    fn name(&self, asked: &Asked) -> &str {
        self.inputs.iter().find(|(known, _)| known == asked).map_or("", |(_, name)| name)
    }

    /// The facts of a decision and of those it rests on, in the order of the inputs.
    fn asked_by(&self, decision: &Decision<'a>) -> Vec<&(Asked, String)> {
        let below = |other: &Decision<'a>| match &decision.subject {
            Subject::Papers(_) => matches!(other.subject, Subject::Paper(..)),
            _ => std::ptr::eq(decision, other),
        };
        let asks: Vec<Asked> = self.decisions.iter().filter(|other| below(other)).flat_map(Decision::asks).collect();
        self.inputs.iter().filter(|(asked, _)| asks.contains(asked)).collect()
    }
}

/// One table a paper that is not always asked for, and the list of all; the list stands only where every paper is decided.
fn papers<'a>(plan: &ProcedurePlan<'a>, wording: &Wording<'_>, left_out: &mut Vec<String>) -> Vec<Decision<'a>> {
    let Some(dossier) = plan.body().dossier.as_ref().map(|laid| &laid.value) else { return Vec::new() };
    let (mut decisions, mut is_whole) = (Vec::new(), true);
    for (at, document) in asked_documents(plan).enumerate().filter(|(_, document)| document.when.is_some()) {
        let label = document.name.value.clone();
        let made =
            kept(Decision::of(plan, Subject::Paper(document, at), label.clone(), wording), &label, wording, left_out);
        is_whole &= made.is_some();
        decisions.extend(made);
    }
    let missing = dossier.documents.iter().filter(|one| one.delivery == Delivery::Hole);
    for group in missing.map(|one| &one.name.value) {
        left_out.push(say!(wording.lang, "{group}: chưa nhập", "{group}: not yet given"));
    }
    let all: Vec<_> = asked_documents(plan).map(|document| (document, String::new())).collect();
    let label = say!(wording.lang, "Thành phần hồ sơ", "Dossier");
    if !all.is_empty() || dossier.none {
        if is_whole {
            decisions.extend(Decision::of(plan, Subject::Papers(all), label, wording));
        } else {
            left_out.push(say!(
                wording.lang,
                "danh sách giấy tờ: có giấy tờ không lập được bảng",
                "the list of papers: one of them has no table"
            ));
        }
    }
    decisions
}

/// The sum in đồng and, where some case is paid in dollars, that in dollars.
fn charges<'a>(
    plan: &ProcedurePlan<'a>,
    charge: &'a Charge,
    wording: &Wording<'_>,
    left_out: &mut Vec<String>,
) -> Vec<Decision<'a>> {
    let label = capitalised(&wording.charge_name(charge));
    let made = Decision::of(plan, Subject::Dong(charge), label.clone(), wording);
    let mut decisions: Vec<Decision<'a>> = kept(made, &label, wording, left_out).into_iter().collect();
    let amounts = charge.amount.iter().flat_map(|amount| amount.values()).filter_map(|value| value.setting.given());
    if !decisions.is_empty() && amounts.into_iter().any(in_dollars) {
        decisions.extend(Decision::of(plan, Subject::Dollars(charge), format!("{label} (USD)"), wording));
    }
    decisions
}

fn kept<'a>(
    made: Result<Decision<'a>, Left>,
    label: &str,
    wording: &Wording<'_>,
    left_out: &mut Vec<String>,
) -> Option<Decision<'a>> {
    match made {
        Ok(decision) => Some(decision),
        Err(left) => {
            left_out.push(format!("{label}: {}", left.said(wording.lang)));
            None
        }
    }
}

/// Every fact that some decision asks: the procedure's own as they are written, then requirements and shared facts, and the
/// channel first.
fn inputs(plan: &ProcedurePlan<'_>, decisions: &[Decision<'_>]) -> Vec<Asked> {
    let mut inputs: Vec<Asked> = Vec::new();
    for asked in decisions.iter().flat_map(Decision::asks) {
        if !inputs.contains(&asked) {
            inputs.push(asked);
        }
    }
    let place = |asked: &Asked| match asked {
        Asked::Channel => 0,
        Asked::Fact(id) => {
            plan.body().facts.iter().position(|fact| fact.id.value == *id).map_or(usize::MAX, |at| at + 1)
        }
    };
    inputs.sort_by_key(place);
    inputs
}
