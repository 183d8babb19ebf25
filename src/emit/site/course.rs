//! The process as pages follow it: the blocks of the source with what takes time, what is waited for, and which limits begin
//! or must be kept where. Texts and conditions are those of the JSON output.

use serde::Serialize;

use super::data::{Cases, Maker};
use crate::model::process::{ClockEffect, Node as Written, Performs, Process, Stage, Step, StepTime};
use crate::model::{Duration, StartEvent, StepKind};
use crate::plan::path::{Bound, bound};
use crate::plan::wording::capitalised;
use crate::resolve::names::{process_of, step_is};

use super::super::json::{Condition, step_kind_id};

/// A length of time: `n` over `d` units.
#[derive(Serialize)]
pub(super) struct Length {
    n: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    d: Option<i64>,
    unit: &'static str,
}

impl Length {
    pub(super) fn of(time: &Duration) -> Length {
        let d = (time.amount.denominator != 1).then_some(time.amount.denominator);
        Length { n: time.amount.numerator, d, unit: super::super::json::unit_id(time.unit) }
    }
}

/// How long a step takes.
#[derive(Serialize)]
pub(super) struct Takes {
    /// for, wait (not counted; for ever where no length is given), at-once, same-day, limit, common-limit
    kind: &'static str,
    #[serde(flatten)]
    length: Option<Length>,
    /// The limits by whose end it is done, by number: the first that is promised.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<usize>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Node {
    Step(Box<StepNode>),
    Stage(Box<StageNode>),
    Choice {
        when: Condition,
        then: Vec<Node>,
        #[serde(rename = "else", skip_serializing_if = "Vec::is_empty")]
        otherwise: Vec<Node>,
    },
    Parallel {
        branches: Vec<Vec<Node>>,
    },
}

#[derive(Serialize)]
pub(super) struct StageNode {
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Cases<Takes>>,
    /// The limits that must be kept where it ends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keeps: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    begins: Vec<usize>,
    nodes: Vec<Node>,
}

#[derive(Serialize)]
pub(super) struct StepNode {
    /// What kind of act it is.
    act: &'static str,
    id: String,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Cases<Takes>>,
    /// Time to take a hand-over.
    #[serde(skip_serializing_if = "Option::is_none")]
    accept: Option<Length>,
    /// What a supplement does to the limits: restart, suspend, continue.
    #[serde(skip_serializing_if = "Option::is_none")]
    clock: Option<&'static str>,
    /// The limits that begin when it is done, and those that begin where it is skipped too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    begins: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped_begins: Vec<usize>,
    /// The outcomes it makes, by number.
    #[serde(skip_serializing_if = "Option::is_none")]
    produces: Option<Cases<Vec<usize>>>,
    /// The steps of the shared process it performs.
    #[serde(skip_serializing_if = "Option::is_none")]
    performs: Option<Vec<Node>>,
}

/// The process of a procedure; `None` where none is written.
pub(super) fn course(make: &Maker<'_, '_>) -> Option<Vec<Node>> {
    let process: &Process = process_of(make.plan.body())?;
    Some(nodes(make, &process.nodes, &mut Vec::new()))
}

fn nodes<'a>(make: &Maker<'_, 'a>, written: &'a [Written], inside: &mut Vec<&'a str>) -> Vec<Node> {
    let mut all = Vec::new();
    for node in written {
        all.push(match node {
            Written::Step(one) => Node::Step(Box::new(step(make, one, inside))),
            Written::Stage(one) => Node::Stage(Box::new(stage(make, one, inside))),
            Written::Choice(one) => Node::Choice {
                when: make.condition(&one.when),
                then: nodes(make, &one.then, inside),
                otherwise: one.otherwise.as_ref().map_or_else(Vec::new, |all| nodes(make, all, inside)),
            },
            Written::Parallel(one) => {
                Node::Parallel { branches: one.branches.iter().map(|(_, all)| nodes(make, all, inside)).collect() }
            }
        });
    }
    all
}

fn stage<'a>(make: &Maker<'_, 'a>, stage: &'a Stage, inside: &mut Vec<&'a str>) -> StageNode {
    let own = stage.id.as_ref().map(|id| id.value.as_str());
    let keeps = |at: &usize| {
        let deadline = &make.plan.body().deadlines[*at].value;
        own.is_some() && matches!(bound(make.plan, deadline), Bound::Stage(id) if Some(id) == own)
    };
    StageNode {
        label: stage.label.as_ref().map_or_else(String::new, |label| label.value.clone()),
        when: make.when(stage.when.as_ref()),
        time: stage.time.as_ref().map(|time| takes(make, time)),
        keeps: (0..make.plan.body().deadlines.len()).filter(keeps).collect(),
        begins: begins(make, |event| match (event, own) {
            (StartEvent::Step(step), Some(own)) => step.is(own),
            _ => false,
        }),
        nodes: nodes(make, &stage.nodes, inside),
    }
}

fn step<'a>(make: &Maker<'_, 'a>, step: &'a Step, inside: &mut Vec<&'a str>) -> StepNode {
    let supplement = step.supplement.as_ref().map(|one| &one.value).filter(|one| one.allowed);
    let clock = supplement.and_then(|one| one.clock.as_ref()).and_then(|value| value.setting.given());
    let by_name = |event: &StartEvent| matches!(event, StartEvent::Step(wanted) if step_is(step, wanted));
    let outcomes = &make.plan.body().outcomes;
    StepNode {
        act: step_kind_id(step.kind),
        id: step.id.as_ref().map_or_else(|| step.kind.id().to_owned(), |id| id.value.to_string()),
        label: capitalised(&make.words.step_label(step)),
        when: make.when(step.when.as_ref()),
        time: step.time.as_ref().map(|time| takes(make, time)),
        accept: step.accept_within.as_ref().and_then(|value| value.setting.given()).map(Length::of),
        clock: clock.map(|clock| match clock {
            ClockEffect::Restart => "restart",
            ClockEffect::Suspend => "suspend",
            ClockEffect::Continue => "continue",
        }),
        begins: begins(make, |event| match event {
            StartEvent::OpinionReceived => step.kind == StepKind::Consult,
            StartEvent::DutiesPaid => step.kind == StepKind::FinancialDuty,
            event => by_name(event),
        }),
        skipped_begins: begins(make, by_name),
        produces: step.produces.as_ref().map(|produces| {
            make.cases(
                produces,
                |_| String::new(),
                |products| {
                    let is = |at: &usize| {
                        let one = &outcomes[*at].value;
                        let id = one.id.as_ref().map(|id| &id.value);
                        products.iter().any(|product| product.names(id, Some(&one.name.value)))
                    };
                    (0..outcomes.len()).filter(is).collect()
                },
            )
        }),
        performs: performed(make, step, inside),
    }
}

/// The steps of a shared process, where the step says no time of its own.
fn performed<'a>(make: &Maker<'_, 'a>, step: &'a Step, inside: &mut Vec<&'a str>) -> Option<Vec<Node>> {
    let Some(Performs::Subprocess(id)) = &step.performs else { return None };
    let id = id.value.as_str();
    let shared = make.plan.subprocesses.iter().find(|one| one.id.value.is(id))?;
    let process = process_of(&shared.body).filter(|_| step.time.is_none() && !inside.contains(&id))?;
    inside.push(id);
    let nodes = nodes(make, &process.nodes, inside);
    inside.pop();
    Some(nodes)
}

fn begins(make: &Maker<'_, '_>, with: impl Fn(&StartEvent) -> bool) -> Vec<usize> {
    let starts = make.plan.body().deadlines.iter().map(|deadline| deadline.value.starts.as_ref());
    starts.enumerate().filter(|(_, start)| start.is_some_and(|start| with(&start.value))).map(|(at, _)| at).collect()
}

fn takes(make: &Maker<'_, '_>, time: &crate::model::ByCase<StepTime>) -> Cases<Takes> {
    let view = |time: &StepTime| {
        let (kind, length) = match time {
            StepTime::For { duration, counted: true } | StepTime::AtLeast(duration) => ("for", Some(duration)),
            StepTime::For { duration, counted: false } => ("wait", Some(duration)),
            StepTime::NotCounted => ("wait", None),
            StepTime::AtOnce => ("at-once", None),
            StepTime::SameDay => ("same-day", None),
            StepTime::Deadline(_) => ("limit", None),
        };
        let limits = match time {
            StepTime::Deadline(which) => {
                let is = |at: &usize| {
                    let id = make.plan.body().deadlines[*at].value.id.as_ref();
                    match (which, id) {
                        (Some(which), Some(id)) => which.is(id.value.as_str()),
                        (None, None) => true,
                        // `thời hạn chung` means the only limit of a case whatever it is called.
                        (None, Some(_)) | (Some(_), None) => false,
                    }
                };
                (0..make.plan.body().deadlines.len()).filter(is).collect()
            }
            _ => Vec::new(),
        };
        let kind = if matches!(time, StepTime::Deadline(None)) { "common-limit" } else { kind };
        Takes { kind, length: length.map(Length::of), limits }
    };
    make.cases(time, |time| make.words.step_time(time), view)
}
