//! What most rules need.

mod duties;
mod texts;

pub(super) use super::{Basis, Findings, Rule, Run};
pub(super) use crate::diagnostic::{RuleCode, Severity};
pub(super) use crate::lang::{Words, say};
pub(super) use crate::plan::{ProcedurePlan, Wording};
pub(super) use crate::resolve::names::process_of;

use crate::model::process::{ReactionKind, Responsible};
use crate::model::{Body, Node, Process, Ref, RefKey, Register, Setting, Step};
use crate::plan::cases::{Case, Space};
use crate::resolve::registers::AgencyEntry;
use crate::source::Span;

pub(super) use self::duties::{duties, report_duty};
pub(super) use self::texts::{Folded, fresh_papers, is_application, labels, listed, notes, papers, part, step_labels};

impl Findings<'_> {
    /// The words of a plan in the language of the findings.
    pub(super) fn wording<'p>(&self, plan: &'p ProcedurePlan<'_>) -> Wording<'p> {
        Wording { lang: self.lang, registers: plan.registers, body: plan.body() }
    }
}

/// What a step is called in a message: its label, else its kind.
pub(super) fn step_name(step: &Step, wording: &Wording<'_>) -> String {
    step.label.as_ref().map_or_else(|| wording.step_kind(step.kind).to_owned(), |label| label.value.clone())
}

/// Visits every node, inside every block and reaction, in the order written.
pub(super) fn visit<'a>(nodes: &'a [Node], each: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        each(node);
        match node {
            Node::Step(step) => {
                for reaction in step.reactions() {
                    if let ReactionKind::Steps(nodes) = &reaction.kind {
                        visit(nodes, each);
                    }
                }
            }
            Node::Stage(stage) => visit(&stage.nodes, each),
            Node::Choice(choice) => {
                visit(&choice.then, each);
                choice.otherwise.iter().for_each(|nodes| visit(nodes, each));
            }
            Node::Parallel(parallel) => parallel.branches.iter().for_each(|(_, nodes)| visit(nodes, each)),
        }
    }
}

/// Every step of the process where one is written, those of a supplement's reactions included.
pub(super) fn steps_of(body: &Body) -> Vec<&Step> {
    let mut steps = Vec::new();
    if let Some(process) = process_of(body) {
        visit(&process.nodes, &mut |node| {
            if let Node::Step(step) = node {
                steps.push(step.as_ref());
            }
        });
    }
    steps
}

/// Every role or agency that the process gives something to do.
pub(super) fn actors(body: &Body) -> Vec<&Ref> {
    let mut actors = Vec::new();
    for step in steps_of(body) {
        for value in step.responsible.iter().flat_map(|by| by.values()) {
            if let Setting::Given(Responsible::Role(role)) = &value.setting {
                actors.push(role);
            }
        }
        actors.extend(&step.hand_to);
        actors.extend(step.supplement.iter().filter_map(|one| one.value.signed_by.as_ref()));
        for reaction in step.reactions() {
            if let ReactionKind::Report(role) = &reaction.kind {
                actors.push(role);
            }
        }
    }
    actors
}

/// From `quy trình` to its block: what a finding about the whole process points at.
pub(super) fn process_head(body: &Body) -> Option<Span> {
    let laid = body.process.as_ref()?;
    Some(Span { end: laid.value.span.start.max(laid.span.start), ..laid.span })
}

/// Whether what stands at a place was written for the day of the variant: of an older or coming regime, only its own
/// block was.
pub(super) fn written_for_the_day(plan: &ProcedurePlan<'_>, span: Span) -> bool {
    let layers = &plan.effective.layers;
    let own = match &plan.procedure.body.valid {
        Some(valid) => valid.contains(plan.variant().as_of),
        None => layers.iter().all(|overlay| overlay.period.until.is_none()),
    };
    own || layers.iter().any(|one| one.span.holds(span))
}

/// `khi …: `, what a finding about one case begins with; empty where it holds of every case.
pub(super) fn in_case(space: &Space, case: &Case, wording: &Wording<'_>) -> String {
    match space.said(case, wording) {
        said if said.is_empty() => String::new(),
        said => say!(wording.lang, "khi {said}: ", "when {said}: "),
    }
}

/// Whether this variant says anything new of times: else another variant was proved already.
pub(super) fn times_are_fresh(plan: &ProcedurePlan<'_>) -> bool {
    let body = plan.body();
    let deadlines = body.deadlines.iter().map(|deadline| deadline.span);
    let facts = body.facts.iter().map(|fact| fact.span);
    !plan.proved
        && deadlines.chain(facts).chain(body.process.iter().map(|process| process.span)).any(|span| plan.is_fresh(span))
}

/// The agencies of the register that a procedure names, each with every place where it does.
pub(super) fn agencies_named<'a>(plan: &ProcedurePlan<'a>) -> Vec<(&'a AgencyEntry, Vec<Span>)> {
    let body = plan.body();
    let agencies = &plan.registers.agencies;
    let names = body.names.iter().filter(|name| name.register == Register::Agencies && plan.effective.holds(name.span));
    let mut places: Vec<(&AgencyEntry, Span)> =
        names.filter_map(|name| Some((agencies.get(name.key.as_str())?, name.span))).collect();
    let roles = process_of(body).map_or(&[][..], |process: &Process| process.roles.as_slice());
    for actor in actors(body) {
        let RefKey::Id(id) = &actor.key else { continue };
        if roles.iter().all(|role| role.id.value != *id) && plan.registers.shared_role(id).is_none() {
            places.extend(agencies.get(id.as_str()).map(|agency| (agency, actor.span)));
        }
    }
    places.retain(|(_, span)| written_for_the_day(plan, *span));
    places.sort_by_key(|(_, span)| *span);
    let mut named: Vec<(&AgencyEntry, Vec<Span>)> = Vec::new();
    for (agency, span) in places {
        match named.iter_mut().find(|(known, _)| known.id == agency.id) {
            Some((_, spans)) if spans.contains(&span) => {}
            Some((_, spans)) => spans.push(span),
            None => named.push((agency, vec![span])),
        }
    }
    named
}

/// Marks the other places of a finding.
pub(super) fn also_at(found: &mut crate::diagnostic::Diagnostic, others: &[Span], note: &str) {
    for span in others {
        found.also(*span, note);
    }
}
