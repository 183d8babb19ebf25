//! Tries every worked example of a catalogue, and says which rules no example meets.

use jiff::civil::Date;
use rayon::prelude::*;

use super::kept::Still;
use super::run::{ignores_of, silences};
use super::scenario_differs::RULE;
use crate::compile::Catalogue;
use crate::diagnostic::Diagnostic;
use crate::lang::say;
use crate::model::{Expr, Procedure, Scenario};
use crate::plan::cases::tables::{Rule, rules};
use crate::plan::cases::{Case, Space, Truth};
use crate::plan::decision::{self};
use crate::plan::example::{Tried, case_of, try_out};
use crate::plan::propose::propose;
use crate::plan::{ProcedurePlan, Wording};
use crate::resolve::Variant;
use crate::source::Span;

/// What trying the examples of one procedure at one place gave.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    pub code: String,
    pub place: Option<String>,
    pub examples: usize,
    pub findings: Vec<Diagnostic>,
    /// Rules by case, and how many of them some example meets.
    pub rules: usize,
    pub met: usize,
    /// The rules that no example meets, in words.
    pub unmet: Vec<String>,
    /// Examples to paste, with what they come to: one for each rule that is not met, and for each side of its bounds.
    pub proposals: Vec<String>,
}

/// Tries every example.
pub fn try_examples(catalogue: &Catalogue) -> Vec<Trial> {
    catalogue.procedures.par_iter().flat_map_iter(|procedure| of_procedure(catalogue, procedure)).collect()
}

/// A place, and the examples written for it.
struct Group<'a> {
    /// The head of the overlay they stand in; nothing: the procedure's own.
    overlay: Option<Span>,
    place: Option<String>,
    /// The day on which what is written for the place stands.
    day: Date,
    scenarios: Vec<&'a Scenario>,
}

/// Where the examples of a procedure, and of each overlay by its head, come out otherwise than they say, silenced or not. What
/// is `still` as it was is not tried again.
pub(super) fn differences(
    catalogue: &Catalogue,
    procedure: &Procedure,
    still: Still<'_>,
) -> Vec<(Option<Span>, Vec<Diagnostic>)> {
    let tried = |group: &Group<'_>| match still.examples(group.place.as_deref(), group.overlay) {
        Some(found) => (group.overlay, found.clone()),
        None => (group.overlay, try_group(catalogue, procedure, group)),
    };
    groups(catalogue, procedure).iter().map(tried).collect()
}

fn groups<'a>(catalogue: &'a Catalogue, procedure: &'a Procedure) -> Vec<Group<'a>> {
    let today = catalogue.own_day(procedure);
    let own = procedure.body.scenarios.iter().collect();
    let mut groups = vec![Group { overlay: None, place: None, day: today, scenarios: own }];
    for overlay in catalogue.overlays_of(procedure) {
        let from = overlay.period.from.as_ref().map(|from| from.value);
        let until = overlay.period.until.as_ref().map(|until| until.value);
        let day = if overlay.period.contains(today) { today } else { from.or(until).unwrap_or(today) };
        let place = overlay.place.as_ref().map(|place| place.value.clone());
        let scenarios = overlay.body.scenarios.iter().collect();
        groups.push(Group { overlay: Some(overlay.head), place, day, scenarios });
    }
    groups
}

fn of_procedure(catalogue: &Catalogue, procedure: &Procedure) -> Vec<Trial> {
    let ignores = ignores_of(catalogue, procedure);
    let trial = |group: &Group<'_>| {
        let mut trial = Trial {
            code: procedure.code.value.0.clone(),
            place: group.place.clone(),
            examples: group.scenarios.len(),
            findings: try_group(catalogue, procedure, group),
            ..Trial::default()
        };
        trial.findings.retain(|one| !ignores.iter().any(|ignore| silences(ignore, one)));
        coverage(catalogue, procedure, group, &mut trial);
        trial
    };
    groups(catalogue, procedure).iter().map(trial).collect()
}

fn try_group(catalogue: &Catalogue, procedure: &Procedure, group: &Group<'_>) -> Vec<Diagnostic> {
    let lang = catalogue.options.lang;
    let mut findings = Vec::new();
    // A case keeps the version of the day on which it was received.
    let mut days: Vec<Date> = group.scenarios.iter().map(|one| filed(one, group.day)).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let variant = Variant { as_of: day, place: group.place.clone() };
        let effective = catalogue.effective(procedure, variant);
        let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
        let own: Vec<&Scenario> = group.scenarios.iter().copied().filter(|one| filed(one, group.day) == day).collect();
        let space = decision::space(&plan, own.iter().flat_map(|one| &one.given));
        for scenario in own {
            let tried = try_out(&plan, &space, scenario, lang);
            findings.extend(report(catalogue, scenario, &tried));
        }
    }
    findings
}

fn filed(scenario: &Scenario, otherwise: Date) -> Date {
    scenario.filed.as_ref().map_or(otherwise, |filed| filed.date)
}

fn report(catalogue: &Catalogue, scenario: &Scenario, tried: &Tried) -> Vec<Diagnostic> {
    let lang = catalogue.options.lang;
    let mut found = Vec::new();
    if tried.impossible {
        let message = say!(
            lang,
            "không thử được ví dụ này: các trường hợp đã cho mâu thuẫn nhau, hoặc còn thiếu điều kiện chưa khai",
            "this example cannot be tried: what it gives contradicts itself, or asks what is not given"
        );
        found.push(Diagnostic::new(RULE.code, RULE.severity, scenario.name.span, message));
    }
    for one in &tried.differs {
        let (what, expected, computed) = (&one.what, &one.expected, &one.computed);
        let message = say!(
            lang,
            "{what}: ví dụ ghi {expected}, tính ra {computed}",
            "{what}: the example says {expected}, it comes to {computed}"
        );
        let mut diagnostic = Diagnostic::new(RULE.code, RULE.severity, one.span, message);
        if !one.case.is_empty() {
            let case = &one.case;
            diagnostic.note(say!(lang, "khi {case}", "when {case}"));
            diagnostic.help(say!(
                lang,
                "ví dụ để ngỏ điều này: thêm vào “trường hợp” để ví dụ chỉ có một kết quả",
                "the example leaves this open: add it to `given`, so that it comes to one thing"
            ));
        }
        if one.span != scenario.name.span {
            diagnostic.also(scenario.name.span, say!(lang, "trong ví dụ này", "in this example"));
        }
        found.push(diagnostic);
    }
    found
}

/// Which rules the examples of a place meet.
fn coverage(catalogue: &Catalogue, procedure: &Procedure, group: &Group<'_>, trial: &mut Trial) {
    let variant = Variant { as_of: group.day, place: group.place.clone() };
    let effective = catalogue.effective(procedure, variant);
    let mut plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
    // Of a place only what it sets itself is asked for.
    plan.repeated = group.place.is_some() || group.day != catalogue.as_of();
    let space = decision::space(&plan, group.scenarios.iter().flat_map(|one| &one.given));
    if !space.is_sound {
        return;
    }
    let cases: Vec<Case> = group.scenarios.iter().filter_map(|one| case_of(&plan, &space, one)).collect();
    let wording = Wording { lang: catalogue.options.lang, registers: plan.registers, body: plan.body() };
    for rule in rules(&plan) {
        trial.rules += 1;
        if cases.iter().any(|case| meets(&space, case, &rule)) {
            trial.met += 1;
            continue;
        }
        let condition = wording.condition(rule.when);
        let what = rule.what.get(wording.lang);
        let of = rule.of.map_or(String::new(), |of| format!(" “{of}”"));
        trial.unmet.push(say!(wording.lang, "{what}{of}: khi {condition}", "{what}{of}: when {condition}"));
        trial.proposals.extend(propose(&plan, &space, &rule, &wording));
    }
    trial.proposals.dedup();
}

fn meets(space: &Space, case: &Case, rule: &Rule<'_>) -> bool {
    let holds = |condition: &Expr, wanted: bool| match space.truth(condition, case) {
        Truth::Yes => wanted,
        Truth::No => !wanted,
        Truth::Open(_) => false,
    };
    holds(rule.when, true) && rule.region.iter().all(|(condition, wanted)| holds(condition, *wanted))
}
