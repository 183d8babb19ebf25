//! One step with everything the language says of it.

use super::view::{
    AgencyView, DurationView, PerformsView, ProductView, ReactionView, ResponsibleView, RoleView, ShareView,
    StepTimeView, StepView, SupplementView,
};
use super::{Drawing, texts};
use crate::emit::json::ids::{clock_id, reaction_id, step_kind_id, unit_id};
use crate::emit::json::values::each;
use crate::emit::json::view::Cases;
use crate::emit::logic::float;
use crate::model::process::{Performs, Reaction, ReactionKind, Responsible, StepTime, Supplement};
use crate::model::{Agency, ByCase, Duration, Number, Process, Ref, RefKey, Step};
use crate::plan::flow::{EdgeLabel, NodeKind, of_role, time_of};
use crate::resolve::names::process_of;
use crate::source::Spanned;

impl Drawing<'_, '_, '_> {
    pub(super) fn step(&self, node: usize, step: &Step, number: usize) -> StepView {
        let (make, words) = (self.make, &self.make.words);
        StepView {
            number,
            id: step.id.as_ref().map(|id| id.value.to_string()),
            kind: step_kind_id(step.kind),
            label: words.step_label(step),
            responsible: step.responsible.as_ref().map(|by| self.responsible(by)),
            when: make.when(step.when.as_ref()),
            time: self.times(step.time.as_ref()),
            shares_stage_time: matches!(time_of(self.flow, &self.flow.nodes[node], step), Some((_, true))),
            produces: step.produces.as_ref().map(|by| self.products(by)),
            form: step.form.as_ref().map(|by| {
                make.cases(by, |form| words.form(form), |form| ProductView { id: id_of(form), name: words.form(form) })
            }),
            asks: step.ask.iter().flatten().map(|agency| self.agency(agency)).collect(),
            hands_to: step.hand_to.as_ref().map(|role| self.role(role)),
            accept_within: step
                .accept_within
                .as_ref()
                .map(|value| make.value(value, &|time| words.duration(time), &|time| self.duration(time))),
            overdue: self.reaction(step.overdue.as_ref(), self.after_time(node)),
            not_accepted: self.reaction(step.not_accepted.as_ref(), self.answered(node, EdgeLabel::NotAccepted)),
            disagree: self.reaction(step.disagree.as_ref(), self.answered(node, EdgeLabel::Disagree)),
            refuses: step.refuses.as_ref().map(|text| text.value.clone()),
            supplement: step.supplement.as_ref().map(|supplement| self.supplement(node, &supplement.value)),
            done_when: step.done_when.as_ref().map(|text| text.value.clone()),
            vote: step.vote.map(|share| ShareView { numerator: share.numerator, denominator: share.denominator }),
            meet_again: step.meet_again.as_ref().map(|most| most.value),
            performs: step.performs.as_ref().map(|performs| PerformsView {
                kind: match performs {
                    Performs::Procedure(_) => "procedure",
                    Performs::Subprocess(_) => "process",
                },
                id: performed(performs),
            }),
            basis: make.citations(&step.cites),
            notes: texts(&step.notes),
        }
    }

    fn responsible(&self, by: &ByCase<Responsible>) -> Cases<ResponsibleView> {
        let system = || self.make.words.pick("hệ thống", "the system").to_owned();
        self.make.cases(
            by,
            |one| match one {
                Responsible::Role(role) => self.role(role).name,
                Responsible::System => system(),
            },
            |one| match one {
                Responsible::Role(role) => ResponsibleView { kind: "role", role: Some(self.role(role)) },
                Responsible::System => ResponsibleView { kind: "system", role: None },
            },
        )
    }

    fn products(&self, by: &ByCase<Vec<Ref>>) -> Cases<Vec<ProductView>> {
        let words = &self.make.words;
        self.make.cases(
            by,
            |all| each(all, |one| words.product(one)).join("; "),
            |all| each(all, |one| ProductView { id: self.outcome_id(one), name: words.product(one) }),
        )
    }

    /// The id of an outcome, be it pointed at by its id or by its name.
    fn outcome_id(&self, product: &Ref) -> Option<String> {
        let outcome = self.make.words.outcome(product)?;
        outcome.id.as_ref().map(|id| id.value.to_string())
    }

    /// A role of the process, of a shared one, or of the register.
    pub(super) fn role(&self, role: &Ref) -> RoleView {
        let plan = self.make.plan;
        let own = process_of(plan.body());
        let shared = plan.subprocesses.iter().filter_map(|one| process_of(&one.body));
        let has =
            |process: &&Process| process.roles.iter().any(|one| role.names(Some(&one.id.value), Some(&one.name.value)));
        let none = Process::default();
        let process = own.into_iter().chain(shared).find(has).unwrap_or(&none);
        let lane = of_role(role, process, plan.body(), plan.registers);
        RoleView { id: id_of(role), name: self.make.words.lane_name(&lane), agency: lane.agency }
    }

    pub(super) fn agency(&self, agency: &Spanned<Agency>) -> AgencyView {
        let id = match &agency.value {
            Agency::Register(id) => Some(id.to_string()),
            _ => None,
        };
        AgencyView { id, name: self.make.words.agency(&agency.value) }
    }

    pub(super) fn duration(&self, duration: &Duration) -> DurationView {
        DurationView {
            amount: float(duration.amount),
            unit: unit_id(duration.unit),
            text: self.make.words.duration(duration),
        }
    }

    pub(super) fn times(&self, time: Option<&ByCase<StepTime>>) -> Option<Cases<StepTimeView>> {
        time.map(|time| self.make.cases(time, |time| self.make.words.step_time(time), step_time))
    }

    fn supplement(&self, node: usize, supplement: &Supplement) -> SupplementView {
        let (make, words) = (self.make, &self.make.words);
        let wait =
            self.flow.nodes.iter().enumerate().position(|(at, other)| {
                self.steps[at] == Some(node) && matches!(other.kind, NodeKind::AwaitSupplement(_))
            });
        SupplementView {
            allowed: supplement.allowed,
            maximum: supplement
                .maximum
                .as_ref()
                .map(|value| make.value(value, &|most| words.count(Number::whole((*most).into())), &|most| *most)),
            notify_within: each(&supplement.notify_within, |time| self.duration(time)),
            wait: supplement
                .wait
                .as_ref()
                .map(|value| make.value(value, &|time| words.duration(time), &|time| self.duration(time))),
            clock: supplement.clock.as_ref().map(|value| {
                make.value(value, &|effect| words.clock_effect(*effect).to_owned(), &|effect| clock_id(*effect))
            }),
            unsatisfied: self.reaction(supplement.unsatisfied.as_ref(), self.answered(node, EdgeLabel::Unsatisfied)),
            overdue: self.reaction(supplement.overdue.as_ref(), wait.and_then(|wait| self.timed_out(wait))),
            signed_by: supplement.signed_by.as_ref().map(|role| self.role(role)),
            time: self.times(supplement.time.as_ref()),
            notes: texts(&supplement.notes),
        }
    }

    /// What follows; `edge` is the way behind it.
    fn reaction(&self, reaction: Option<&Reaction>, edge: Option<usize>) -> Option<ReactionView> {
        let reaction = reaction?;
        let returns = matches!(reaction.kind, ReactionKind::ReturnTo(_));
        Some(ReactionView {
            kind: reaction_id(&reaction.kind),
            role: match &reaction.kind {
                ReactionKind::Report(role) => Some(self.role(role)),
                _ => None,
            },
            step: edge.filter(|_| returns).map(|edge| self.id(self.past_merges(edge))),
            within: reaction.within.as_ref().map(|within| self.duration(within)),
            basis: self.make.citations(&reaction.cites),
        })
    }

    /// The way behind an answer of a step.
    fn answered(&self, step: usize, answer: EdgeLabel<'_>) -> Option<usize> {
        let edges = self.flow.edges.iter();
        edges.enumerate().position(|(_, edge)| self.steps[edge.from] == Some(step) && edge.label == answer)
    }

    /// The way behind the time of a step, or of its acceptance, running out.
    fn after_time(&self, step: usize) -> Option<usize> {
        let accept = self
            .flow
            .nodes
            .iter()
            .enumerate()
            .position(|(at, other)| self.steps[at] == Some(step) && matches!(other.kind, NodeKind::Accept(_)));
        self.timed_out(step).or_else(|| self.timed_out(accept?))
    }

    /// The way behind the timer on a node.
    fn timed_out(&self, node: usize) -> Option<usize> {
        let on_it = |kind: NodeKind<'_>| matches!(kind, NodeKind::Timer { on, .. } if on == node);
        self.flow.edges.iter().position(|edge| on_it(self.flow.nodes[edge.from].kind))
    }

    /// The node that an edge leads to, past those where ways meet.
    fn past_merges(&self, edge: usize) -> usize {
        let mut to = self.flow.edges[edge].to;
        while let (NodeKind::Merge, [next]) = (self.flow.nodes[to].kind, self.outgoing[to].as_slice()) {
            to = self.flow.edges[*next].to;
        }
        to
    }
}

/// The id by which something is pointed at, where it is by one.
fn id_of(reference: &Ref) -> Option<String> {
    match &reference.key {
        RefKey::Id(id) => Some(id.to_string()),
        RefKey::Label(_) | RefKey::Kind(..) => None,
    }
}

/// The code of a procedure, or the id of a shared process.
pub(super) fn performed(performs: &Performs) -> String {
    match performs {
        Performs::Procedure(code) => code.value.0.clone(),
        Performs::Subprocess(id) => id.value.to_string(),
    }
}

fn step_time(time: &StepTime) -> StepTimeView {
    let (kind, duration, counted) = match time {
        StepTime::For { duration, counted } => ("duration", Some(duration), *counted),
        StepTime::AtLeast(duration) => ("at-least", Some(duration), true),
        StepTime::NotCounted => ("not-counted", None, false),
        StepTime::AtOnce => ("at-once", None, true),
        StepTime::Deadline(_) => ("deadline", None, true),
        StepTime::SameDay => ("same-day", None, true),
    };
    StepTimeView {
        kind,
        amount: duration.map(|duration| float(duration.amount)),
        unit: duration.map(|duration| unit_id(duration.unit)),
        counted,
        deadline: match time {
            StepTime::Deadline(Some(deadline)) => Some(deadline.key.to_string()),
            _ => None,
        },
    }
}
