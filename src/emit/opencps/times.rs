//! Times in working days, and what of a process is lost on the way.

use super::losses::Loss;
use super::{HOURS, Maker};
use crate::emit::feel;
use crate::emit::logic::float;
use crate::model::process::StepTime;
use crate::model::{ByCase, Duration, Limit, Number, Step, StepKind, Unit, Value};
use crate::plan::flow::{NodeKind, Part};

/// Nothing is due.
const NO_TIME: &str = "0";

impl Maker<'_, '_> {
    /// How long a state may take, in working days.
    pub(super) fn duration(&mut self, node: usize) -> String {
        let title = self.words.node_title(&self.flow.nodes[node]);
        match self.flow.nodes[node].kind {
            // Whoever posts is done at once; then the posting hangs.
            NodeKind::Step(step, _) if step.kind == StepKind::PostPublicly && self.hangs(step) => NO_TIME.to_owned(),
            NodeKind::Step(step, _) | NodeKind::Posted(step) => self.step_duration(node, step),
            NodeKind::AwaitSupplement(step) => {
                let wait = step.supplement.as_ref().and_then(|one| one.value.wait.as_ref());
                self.given(wait, &title)
            }
            NodeKind::Accept(step) => self.given(step.accept_within.as_ref(), &title),
            _ => NO_TIME.to_owned(),
        }
    }

    pub(super) fn step_duration(&mut self, node: usize, step: &Step) -> String {
        let title = self.words.node_title(&self.flow.nodes[node]);
        step.time.as_ref().map_or_else(|| NO_TIME.to_owned(), |time| self.step_time(time, &title))
    }

    fn hangs(&self, step: &Step) -> bool {
        let mut kinds = self.flow.nodes.iter().map(|node| node.kind);
        kinds.any(|kind| matches!(kind, NodeKind::Posted(posted) if std::ptr::eq(posted, step)))
    }

    fn given(&mut self, value: Option<&Value<Duration>>, title: &str) -> String {
        match value.and_then(|value| value.setting.given()) {
            Some(duration) => self.in_days(*duration, title),
            None => NO_TIME.to_owned(),
        }
    }

    fn step_time(&mut self, time: &ByCase<StepTime>, title: &str) -> String {
        if !time.rules.is_empty() {
            self.losses.add(Loss::ByCase, format!("{title} ({})", self.words.times(time)));
        }
        match time.general.as_ref().and_then(|value| value.setting.given()) {
            Some(StepTime::For { duration, counted }) => {
                if !counted {
                    self.losses.add(Loss::NotCounted, title.to_owned());
                }
                self.in_days(*duration, title)
            }
            Some(StepTime::AtLeast(duration)) => self.in_days(*duration, title),
            Some(StepTime::NotCounted) => {
                self.losses.add(Loss::NotCounted, title.to_owned());
                NO_TIME.to_owned()
            }
            Some(StepTime::Deadline(_) | StepTime::SameDay | StepTime::AtOnce) | None => NO_TIME.to_owned(),
        }
    }

    /// A duration in working days; what is in another unit is told, and never converted.
    fn in_days(&mut self, duration: Duration, what: &str) -> String {
        match working_days(duration) {
            Some(days) => decimal(days),
            None => {
                self.losses.add(Loss::Unit, format!("{what} ({})", self.words.duration(&duration)));
                NO_TIME.to_owned()
            }
        }
    }

    /// The published limit.
    pub(super) fn limit(&mut self) -> String {
        let deadlines = &self.plan.body().deadlines;
        let first = deadlines.iter().find(|one| one.id.is_none()).or(deadlines.first());
        let limit = first.and_then(|deadline| deadline.limit.as_ref());
        let general = limit.and_then(|limit| limit.general.as_ref()?.setting.given());
        let days = match general {
            Some(Limit::Duration(duration) | Limit::AtMost(duration)) => working_days(*duration),
            _ => None,
        };
        let whole = deadlines.len() < 2 && days.is_some() && limit.is_some_and(|limit| limit.rules.is_empty());
        if !whole {
            for deadline in deadlines.iter() {
                let name = self.words.deadline_name(deadline);
                let text = deadline.limit.as_ref().and_then(|limit| limit.general.as_ref());
                let text = text.map(|value| self.words.value(value, |limit| self.words.limit(limit)));
                let by_case = deadline.limit.as_ref().is_some_and(|limit| !limit.rules.is_empty());
                let more = if by_case { self.words.pick(", và theo trường hợp", ", and by case") } else { "" };
                self.losses.add(Loss::Limit, format!("{name} ({}{more})", text.unwrap_or_default()));
            }
        }
        days.map_or_else(|| NO_TIME.to_owned(), decimal)
    }

    /// What the flow has and a row of states has not.
    pub(super) fn lost_on_the_way(&mut self) {
        for at in 0..self.flow.nodes.len() {
            self.lost_at(at);
        }
        let mut shared = Vec::new();
        Part::each(&self.flow.tree, &mut |part| match part {
            Part::Parallel { block, .. } => shared.extend(block.time.as_ref().map(|time| self.words.times(time))),
            Part::Stage { stage, .. } => {
                let budget = self.flow.stages[*stage].stage.time.as_ref().filter(|time| is_budget(time));
                let text =
                    |time: &ByCase<StepTime>| format!("{} ({})", self.stage_name(*stage), self.words.times(time));
                shared.extend(budget.map(text));
            }
            Part::Step { .. } | Part::Performed { .. } | Part::Choice { .. } => {}
        });
        shared.into_iter().for_each(|what| self.losses.add(Loss::Budget, what));
    }

    fn lost_at(&mut self, at: usize) {
        let (flow, words) = (self.flow, self.words);
        let node = &flow.nodes[at];
        match node.kind {
            NodeKind::Fork => {
                let firsts: Vec<String> = flow
                    .edges
                    .iter()
                    .filter(|edge| edge.from == at)
                    .map(|edge| (words.edge_words(flow, edge), words.node_title(&flow.nodes[edge.to])))
                    .map(|(label, title)| format!("“{}”", if label.is_empty() { title } else { label }))
                    .collect();
                self.losses.add(Loss::Parallel, firsts.join(", "));
            }
            NodeKind::Choice(when) => self.losses.add(Loss::Condition, words.condition(when)),
            NodeKind::Report(..) => self.losses.add(Loss::Report, words.node_title(node)),
            // What nobody has given yet is not lost here.
            NodeKind::Timer { on, interrupts: true, within, .. }
                if within != self.own_time(on) || within.is_none() && self.is_timed(on) =>
            {
                let on = words.node_title(&flow.nodes[on]);
                self.losses.add(Loss::TimerOfItsOwn, format!("{on} ({})", words.node_title(node)));
            }
            NodeKind::Step(step, _) => {
                let title = words.node_title(node);
                if step.ask.is_some() || step.performs.is_some() {
                    self.losses.add(Loss::Consult, title.clone());
                }
                let supplements = step.supplement.as_ref().and_then(|one| one.value.maximum.as_ref());
                if supplements.is_some() || step.meet_again.is_some() {
                    self.losses.add(Loss::Rounds, title);
                }
            }
            _ => {}
        }
    }

    /// What a stage is called.
    pub(super) fn stage_name(&self, stage: usize) -> String {
        let lines = self.words.stage_lines(self.flow, stage);
        let named = self.flow.stages[stage].stage.label.is_some();
        lines.into_iter().take(if named { 2 } else { 1 }).collect::<Vec<_>>().join(" – ")
    }

    /// Whether some time of a state is given.
    fn is_timed(&self, node: usize) -> bool {
        match self.flow.nodes[node].kind {
            NodeKind::Step(step, _) => {
                let times = step.time.iter().flat_map(|time| time.values());
                times.into_iter().any(|value| value.setting.given().is_some())
            }
            _ => self.own_time(node).is_some(),
        }
    }

    /// The one duration that a state has in every case.
    fn own_time(&self, node: usize) -> Option<Duration> {
        let general = |time: &ByCase<StepTime>| match time.general.as_ref()?.setting.given()? {
            StepTime::For { duration, .. } | StepTime::AtLeast(duration) if time.rules.is_empty() => Some(*duration),
            _ => None,
        };
        match self.flow.nodes[node].kind {
            NodeKind::Step(step, _) => step.time.as_ref().and_then(general),
            NodeKind::AwaitSupplement(step) => step.supplement.as_ref()?.value.wait.as_ref()?.setting.given().copied(),
            NodeKind::Accept(step) => step.accept_within.as_ref()?.setting.given().copied(),
            _ => None,
        }
    }
}

/// Whether a time is an amount that steps share, not the promise that they keep.
fn is_budget(time: &ByCase<StepTime>) -> bool {
    time.values().iter().any(|value| !matches!(value.setting.given(), None | Some(StepTime::Deadline(_))))
}

/// A duration in working days of eight hours, where it is one of working time.
fn working_days(duration: Duration) -> Option<Number> {
    match duration.unit {
        Unit::WorkingDays => Some(duration.amount),
        Unit::WorkingHours => Some(duration.amount.times(Number::new(1, HOURS))),
        Unit::Minutes | Unit::Hours | Unit::Days | Unit::Months | Unit::Years => None,
    }
}

/// With a point.
fn decimal(days: Number) -> String {
    feel::decimal(days).unwrap_or_else(|| float(days).to_string())
}
