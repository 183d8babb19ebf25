//! What a step can come to, and where each way leads: a pattern for each construct that authors write in a step.

use super::{Builder, Pending, UNSET};
use crate::model::process::{Reaction, ReactionKind, Step, StepTime};
use crate::model::{ByCase, Duration, StepKind};
use crate::plan::flow::{Edge, EdgeLabel, EndKind, NodeKind, Split, lets_go_on};

impl<'a> Builder<'a, '_> {
    /// What a step can come to.
    pub(super) fn ways_out(&mut self, node: usize, step: &'a Step) -> Pending<'a> {
        let lane = self.flow.nodes[node].lane;
        match step.kind {
            StepKind::Refuse => {
                self.end(vec![(node, EdgeLabel::Next)], EndKind::Refused, step.head);
                return self.timed(node, step, step.overdue.as_ref());
            }
            StepKind::StopOnRequest => {
                self.end(vec![(node, EdgeLabel::Next)], EndKind::Stopped, step.head);
                return self.timed(node, step, step.overdue.as_ref());
            }
            StepKind::Handover if step.hand_to.is_some() => return self.hand_over(node, step),
            _ => {}
        }
        let (mut open, answered) = self.answers(node, step);
        let mut goes_on = vec![answered];
        if step.kind == StepKind::PostPublicly && can_run_out(step) {
            let posted = self.beside(NodeKind::Posted(step), node, lane, "het_han");
            self.connect(&goes_on, posted);
            goes_on = vec![(posted, EdgeLabel::Next)];
        } else {
            open.extend(self.timed(node, step, step.overdue.as_ref()));
        }
        goes_on.extend(open);
        goes_on
    }

    /// The gateway behind a step that can come out in several ways: what joins what follows, and the way that goes on.
    fn answers(&mut self, node: usize, step: &'a Step) -> (Pending<'a>, (usize, EdgeLabel<'a>)) {
        let supplement = step.supplement.as_ref().map(|one| &one.value).filter(|one| one.allowed);
        let unsatisfied = step.supplement.as_ref().and_then(|one| one.value.unsatisfied.as_ref());
        let again = step.meet_again.as_ref().filter(|_| step.kind == StepKind::Meet);
        let checks = supplement.is_some() || step.refuses.is_some() || unsatisfied.is_some();
        if !checks && step.disagree.is_none() && again.is_none() {
            return (Vec::new(), (node, EdgeLabel::Next));
        }
        let lane = self.flow.nodes[node].lane;
        let answer = self.beside(NodeKind::Answer(step), node, lane, "ket_qua");
        self.connect(&vec![(node, EdgeLabel::Next)], answer);
        let mut open = Vec::new();
        if let Some(supplement) = supplement {
            let by = supplement.signed_by.as_ref().map_or(lane, |role| self.role(role));
            let ask = self.beside(NodeKind::AskSupplement(step), node, by, "yeu_cau_bo_sung");
            self.connect(&vec![(answer, EdgeLabel::Incomplete)], ask);
            let wait = self.beside(NodeKind::AwaitSupplement(step), node, lane, "cho_bo_sung");
            self.connect(&vec![(ask, EdgeLabel::Next)], wait);
            self.flow.edges.push(Edge { from: wait, to: node, label: EdgeLabel::Next });
            if supplement.wait.is_some() || supplement.overdue.is_some() {
                let said = supplement.overdue.as_ref().and_then(|reaction| reaction.within);
                let within = said.or_else(|| supplement.wait.as_ref()?.setting.given().copied());
                let timer = NodeKind::Timer { on: wait, step, interrupts: true, within };
                let timer = self.beside(timer, wait, lane, "qua_han");
                match &supplement.overdue {
                    Some(reaction) => open.extend(self.react(timer, reaction, EdgeLabel::Overdue, step)),
                    // Whoever does not supplement in time is not decided upon.
                    None => self.end(vec![(timer, EdgeLabel::Overdue)], EndKind::Stopped, step.head),
                }
            }
        }
        if let Some(reaction) = unsatisfied {
            open.extend(self.react(answer, reaction, EdgeLabel::Unsatisfied, step));
        }
        if step.refuses.is_some() {
            self.end(vec![(answer, EdgeLabel::NotReceived)], EndKind::Refused, step.head);
        }
        if again.is_some() {
            self.flow.edges.push(Edge { from: answer, to: node, label: EdgeLabel::MeetAgain });
        }
        match &step.disagree {
            Some(reaction) => open.extend(self.react(answer, reaction, EdgeLabel::Disagree, step)),
            // What the last meeting rejects is decided by the facts that follow.
            None if again.is_some() => open.push((answer, EdgeLabel::Disagree)),
            None => {}
        }
        (open, (answer, if checks { EdgeLabel::Complete } else { EdgeLabel::Agree }))
    }

    /// A file that another takes over, or not, or not in time.
    fn hand_over(&mut self, node: usize, step: &'a Step) -> Pending<'a> {
        let lane = step.hand_to.as_ref().map_or(UNSET, |to| self.role(to));
        let accept = self.beside(NodeKind::Accept(step), node, lane, "nhan");
        self.connect(&vec![(node, EdgeLabel::Next)], accept);
        let mut open = Vec::new();
        let limit = step.accept_within.as_ref().and_then(|value| value.setting.given()).copied();
        if let Some(reaction) = step.overdue.as_ref().filter(|_| limit.is_some() || can_run_out(step)) {
            open.extend(self.timer(accept, step, reaction, reaction.within.or(limit)));
        }
        let Some(reaction) = &step.not_accepted else {
            open.push((accept, EdgeLabel::Next));
            return open;
        };
        let answer = self.beside(NodeKind::Answer(step), accept, lane, "ket_qua");
        self.connect(&vec![(accept, EdgeLabel::Next)], answer);
        open.extend(self.react(answer, reaction, EdgeLabel::NotAccepted, step));
        open.push((answer, EdgeLabel::Accepted));
        open
    }

    fn timed(&mut self, node: usize, step: &'a Step, reaction: Option<&'a Reaction>) -> Pending<'a> {
        let cap = self.caps.iter().rev().flatten().next().copied().filter(|_| step.time.is_none());
        let runs_out = |reaction: &&Reaction| reaction.within.is_some() || cap.is_some() || can_run_out(step);
        let Some(reaction) = reaction.filter(runs_out) else { return Vec::new() };
        self.timer(node, step, reaction, within(step, reaction).or(cap))
    }

    /// A timer on a node, and what it leads to.
    fn timer(&mut self, on: usize, step: &'a Step, reaction: &'a Reaction, within: Option<Duration>) -> Pending<'a> {
        if matches!(reaction.kind, ReactionKind::Hole) {
            return Vec::new();
        }
        let interrupts = !lets_go_on(&reaction.kind);
        let lane = self.flow.nodes[on].lane;
        let timer = self.beside(NodeKind::Timer { on, step, interrupts, within }, on, lane, "qua_han");
        let Some(disagree) = step.disagree.as_ref().filter(|_| matches!(reaction.kind, ReactionKind::DeemedRefusal))
        else {
            return self.react(timer, reaction, EdgeLabel::Overdue, step);
        };
        // Silence is a refusal: what follows is what follows a refusal, which may stand already.
        let is_refusal = |edge: &&Edge<'a>| {
            edge.label == EdgeLabel::Disagree
                && matches!(self.flow.nodes[edge.from].kind, NodeKind::Answer(one) if std::ptr::eq(one, step))
        };
        match self.flow.edges.iter().rev().find(is_refusal).map(|edge| edge.to) {
            Some(to) if matches!(disagree.kind, ReactionKind::Steps(_)) => {
                self.flow.edges.push(Edge { from: timer, to, label: EdgeLabel::Overdue });
                Vec::new()
            }
            _ => self.react(timer, disagree, EdgeLabel::Overdue, step),
        }
    }

    /// Where a reaction leads; what is given back joins what follows.
    fn react(&mut self, from: usize, reaction: &'a Reaction, label: EdgeLabel<'a>, step: &'a Step) -> Pending<'a> {
        let pending = vec![(from, label)];
        match &reaction.kind {
            ReactionKind::ReturnTo(target) => self.returns.push((from, target, label, self.layout)),
            ReactionKind::Refuse => self.end(pending, EndKind::Refused, reaction.span),
            ReactionKind::Stop => self.end(pending, EndKind::Stopped, reaction.span),
            ReactionKind::Steps(nodes) => {
                let split = self.splits(Split::Came(from, label));
                let (open, parts) = self.arm(split, 0, |builder| builder.nodes(nodes, pending));
                self.reactions.push((label, parts));
                return open;
            }
            ReactionKind::Report(role) => {
                let lane = self.role(role);
                let report = self.beside(NodeKind::Report(step, role), from, lane, "bao_cao");
                self.connect(&pending, report);
                if label != EdgeLabel::Overdue {
                    return vec![(report, EdgeLabel::Next)];
                }
                self.end(vec![(report, EdgeLabel::Next)], EndKind::Reported, reaction.span);
            }
            ReactionKind::DeemedConsent | ReactionKind::DeemedRefusal | ReactionKind::Hole => return pending,
        }
        Vec::new()
    }
}

/// How long something may take at most, where one duration says so for every case.
fn within(step: &Step, reaction: &Reaction) -> Option<Duration> {
    reaction.within.or_else(|| duration(step.time.as_ref()?))
}

/// The one duration that a time is in every case.
pub(super) fn duration(time: &ByCase<StepTime>) -> Option<Duration> {
    let general = time.general.as_ref().filter(|_| time.rules.is_empty())?;
    match general.setting.given()? {
        StepTime::For { duration, .. } | StepTime::AtLeast(duration) => Some(*duration),
        _ => None,
    }
}

/// Whether the time of a step can run out.
fn can_run_out(step: &Step) -> bool {
    let times = step.time.iter().flat_map(|time| time.values()).filter_map(|value| value.setting.given());
    times.into_iter().any(|time| {
        matches!(time, StepTime::For { .. } | StepTime::AtLeast(_) | StepTime::Deadline(_) | StepTime::SameDay)
    })
}
