//! The process as a graph: who acts, in which order, and who hands to whom.

use crate::model::process::{
    Choice, Node, Parallel, Process, Reaction, ReactionKind, Responsible, Stage, Step, StepTime,
};
use crate::model::{Agency, Body, ByCase, Expr, Ref, RefKey, Setting, StepKind, Text};
use crate::resolve::Registers;
use crate::resolve::names::step_is;
use crate::source::Span;

/// A lane of the chart: a role, the applicant, or the software.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    pub kind: LaneKind,
    pub name: String,
    /// The agency of the role, where it is known.
    pub agency: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneKind {
    Role,
    Applicant,
    System,
    /// Nobody was named.
    Unknown,
}

#[derive(Clone, Debug)]
pub struct FlowNode<'a> {
    pub kind: NodeKind<'a>,
    /// Index into [`Flow::lanes`].
    pub lane: usize,
    /// Index into [`Flow::stages`].
    pub stage: Option<usize>,
    /// The branches the node stands in: (number of the choice, which arm).
    arms: Vec<(usize, usize)>,
    /// Whether the result was returned on every path that leads past this node.
    returned: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum NodeKind<'a> {
    Start,
    /// A step and its number, from 1, in the order written.
    Step(&'a Step, usize),
    Choice(&'a Expr),
    Fork,
    Join,
    End(EndKind),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndKind {
    Done,
    Refused,
    Stopped,
}

#[derive(Clone, Copy, Debug)]
pub struct Edge<'a> {
    pub from: usize,
    pub to: usize,
    pub label: EdgeLabel<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum EdgeLabel<'a> {
    Next,
    /// The branch taken when the condition of the choice holds, or not.
    Yes,
    No,
    Disagree,
    NotAccepted,
    Overdue,
    /// A labelled branch of a parallel block.
    Branch(Option<&'a Text>),
}

#[derive(Clone, Debug)]
pub struct FlowStage<'a> {
    pub stage: &'a Stage,
    /// From 1, in the order written.
    pub number: usize,
}

/// The graph of one process.
#[derive(Clone, Debug, Default)]
pub struct Flow<'a> {
    pub lanes: Vec<Lane>,
    pub nodes: Vec<FlowNode<'a>>,
    pub edges: Vec<Edge<'a>>,
    pub stages: Vec<FlowStage<'a>>,
    /// Steps that nothing leads to.
    pub unreachable: Vec<&'a Step>,
    /// Returns whose target does not come earlier on the same path: (the return, its place).
    pub forward_returns: Vec<(&'a Ref, Span)>,
    /// Whether the process can end without an exit: neither `trả kết quả`, nor `từ chối`, nor `dừng`.
    pub open_end: bool,
}

/// An edge that waits for its target.
type Pending<'a> = Vec<(usize, EdgeLabel<'a>)>;

struct Builder<'a> {
    process: &'a Process,
    body: &'a Body,
    registers: &'a Registers,
    flow: Flow<'a>,
    stage: Option<usize>,
    arms: Vec<(usize, usize)>,
    choices: usize,
    returns: Vec<(usize, &'a Ref, EdgeLabel<'a>)>,
}

impl<'a> Flow<'a> {
    pub fn of(process: &'a Process, body: &'a Body, registers: &'a Registers) -> Flow<'a> {
        let mut builder = Builder {
            process,
            body,
            registers,
            flow: Flow::default(),
            stage: None,
            arms: Vec::new(),
            choices: 0,
            returns: Vec::new(),
        };
        let lane = builder.lane(LaneKind::Applicant, String::new(), None);
        let start = builder.node(NodeKind::Start, lane);
        let open = builder.nodes(&process.nodes, vec![(start, EdgeLabel::Next)]);
        if !open.is_empty() {
            builder.flow.open_end = open.iter().any(|(from, _)| !builder.flow.nodes[*from].returned);
            builder.end(open, EndKind::Done);
        }
        builder.connect_returns();
        builder.flow
    }

    /// Steps with their numbers, in the order written.
    pub fn steps(&self) -> impl Iterator<Item = (usize, &FlowNode<'a>, &'a Step)> {
        self.nodes.iter().filter_map(|node| match node.kind {
            NodeKind::Step(step, number) => Some((number, node, step)),
            _ => None,
        })
    }

    /// Who hands to whom: (from step, to step) by number, where the lane changes.
    pub fn handovers(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let NodeKind::Step(_, number) = node.kind else { continue };
            let mut seen = vec![false; self.nodes.len()];
            let mut todo = vec![at];
            while let Some(from) = todo.pop() {
                for edge in self.edges.iter().filter(|edge| edge.from == from) {
                    match self.nodes[edge.to].kind {
                        NodeKind::Step(_, next) if self.nodes[edge.to].lane != node.lane => pairs.push((number, next)),
                        NodeKind::Step(_, _) | NodeKind::End(_) | NodeKind::Start => {}
                        NodeKind::Choice(_) | NodeKind::Fork | NodeKind::Join => {
                            if !std::mem::replace(&mut seen[edge.to], true) {
                                todo.push(edge.to);
                            }
                        }
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

impl<'a> Builder<'a> {
    fn lane(&mut self, kind: LaneKind, name: String, agency: Option<String>) -> usize {
        let lane = Lane { kind, name, agency };
        match self.flow.lanes.iter().position(|known| *known == lane) {
            Some(at) => at,
            None => {
                self.flow.lanes.push(lane);
                self.flow.lanes.len() - 1
            }
        }
    }

    fn node(&mut self, kind: NodeKind<'a>, lane: usize) -> usize {
        // Nothing leads to a node that is never connected, so that nothing can end there.
        let returned = !matches!(kind, NodeKind::Start);
        self.flow.nodes.push(FlowNode { kind, lane, stage: self.stage, arms: self.arms.clone(), returned });
        self.flow.nodes.len() - 1
    }

    fn connect(&mut self, pending: &Pending<'a>, to: usize) {
        let mut before = pending.iter().map(|(from, _)| self.flow.nodes[*from].returned);
        let returned = match self.flow.nodes[to].kind {
            NodeKind::Step(step, _) if step.kind == StepKind::Return => true,
            // All branches are awaited: one that returns the result is enough.
            NodeKind::Join => before.any(|returned| returned),
            _ => before.all(|returned| returned),
        };
        self.flow.nodes[to].returned = returned;
        for &(from, label) in pending {
            self.flow.edges.push(Edge { from, to, label });
        }
    }

    /// One end of each kind.
    fn end(&mut self, pending: Pending<'a>, kind: EndKind) {
        let lane = pending.first().map_or(0, |(from, _)| self.flow.nodes[*from].lane);
        let known = self.flow.nodes.iter().position(|node| matches!(node.kind, NodeKind::End(known) if known == kind));
        let end = match known {
            Some(end) => end,
            None => {
                let stage = self.stage.take();
                let end = self.node(NodeKind::End(kind), lane);
                self.stage = stage;
                end
            }
        };
        self.connect(&pending, end);
    }

    fn nodes(&mut self, nodes: &'a [Node], mut pending: Pending<'a>) -> Pending<'a> {
        for node in nodes {
            pending = match node {
                Node::Step(step) => self.step(step, pending),
                Node::Stage(stage) => self.stage(stage, pending),
                Node::Choice(choice) => self.choice(choice, pending),
                Node::Parallel(parallel) => self.parallel(parallel, pending),
            };
        }
        pending
    }

    fn stage(&mut self, stage: &'a Stage, pending: Pending<'a>) -> Pending<'a> {
        let number = self.flow.stages.len() + 1;
        self.flow.stages.push(FlowStage { stage, number });
        let outer = self.stage.replace(number - 1);
        let open = match &stage.when {
            Some(when) => self.guarded(when, pending, |builder, pending| builder.nodes(&stage.nodes, pending)),
            None => self.nodes(&stage.nodes, pending),
        };
        self.stage = outer;
        open
    }

    fn guarded(
        &mut self,
        when: &'a Expr,
        pending: Pending<'a>,
        inside: impl FnOnce(&mut Self, Pending<'a>) -> Pending<'a>,
    ) -> Pending<'a> {
        if pending.is_empty() {
            return inside(self, pending);
        }
        let lane = self.flow.nodes[pending[0].0].lane;
        let choice = self.node(NodeKind::Choice(when), lane);
        self.connect(&pending, choice);
        self.choices += 1;
        self.arms.push((self.choices, 0));
        let mut open = inside(self, vec![(choice, EdgeLabel::Yes)]);
        self.arms.pop();
        open.push((choice, EdgeLabel::No));
        open
    }

    fn choice(&mut self, choice: &'a Choice, pending: Pending<'a>) -> Pending<'a> {
        let Some(otherwise) = &choice.otherwise else {
            return self.guarded(&choice.when, pending, |builder, pending| builder.nodes(&choice.then, pending));
        };
        if pending.is_empty() {
            self.nodes(&choice.then, Vec::new());
            return self.nodes(otherwise, Vec::new());
        }
        let lane = self.flow.nodes[pending[0].0].lane;
        let node = self.node(NodeKind::Choice(&choice.when), lane);
        self.connect(&pending, node);
        self.choices += 1;
        let number = self.choices;
        self.arms.push((number, 0));
        let mut open = self.nodes(&choice.then, vec![(node, EdgeLabel::Yes)]);
        self.arms.pop();
        self.arms.push((number, 1));
        open.extend(self.nodes(otherwise, vec![(node, EdgeLabel::No)]));
        self.arms.pop();
        open
    }

    fn parallel(&mut self, parallel: &'a Parallel, pending: Pending<'a>) -> Pending<'a> {
        if pending.is_empty() || parallel.branches.len() < 2 {
            return parallel.branches.iter().fold(pending, |pending, (_, nodes)| self.nodes(nodes, pending));
        }
        let lane = self.flow.nodes[pending[0].0].lane;
        let fork = self.node(NodeKind::Fork, lane);
        self.connect(&pending, fork);
        let mut open = Vec::new();
        for (label, nodes) in &parallel.branches {
            open.extend(self.nodes(nodes, vec![(fork, EdgeLabel::Branch(label.as_ref()))]));
        }
        if open.is_empty() {
            return open;
        }
        let join = self.node(NodeKind::Join, lane);
        self.connect(&open, join);
        vec![(join, EdgeLabel::Next)]
    }

    fn step(&mut self, step: &'a Step, pending: Pending<'a>) -> Pending<'a> {
        match &step.when {
            Some(when) => self.guarded(when, pending, |builder, pending| builder.bare_step(step, pending)),
            None => self.bare_step(step, pending),
        }
    }

    fn bare_step(&mut self, step: &'a Step, pending: Pending<'a>) -> Pending<'a> {
        if pending.is_empty() {
            self.flow.unreachable.push(step);
        }
        let lane = self.lane_of(step);
        let number = 1 + self.flow.steps().count();
        let node = self.node(NodeKind::Step(step, number), lane);
        self.connect(&pending, node);
        self.reaction(node, step.disagree.as_ref(), EdgeLabel::Disagree);
        self.reaction(node, step.not_accepted.as_ref(), EdgeLabel::NotAccepted);
        let mut open = self.reaction(node, step.overdue.as_ref(), EdgeLabel::Overdue);
        match step.kind {
            StepKind::Refuse => {
                self.end(vec![(node, EdgeLabel::Next)], EndKind::Refused);
                open
            }
            StepKind::StopOnRequest => {
                self.end(vec![(node, EdgeLabel::Next)], EndKind::Stopped);
                open
            }
            _ => {
                open.push((node, EdgeLabel::Next));
                open
            }
        }
    }

    /// Where a reaction leads; open ends of its steps join what follows.
    fn reaction(&mut self, node: usize, reaction: Option<&'a Reaction>, label: EdgeLabel<'a>) -> Pending<'a> {
        let Some(reaction) = reaction else { return Vec::new() };
        match &reaction.kind {
            ReactionKind::ReturnTo(target) => self.returns.push((node, target, label)),
            ReactionKind::Refuse => self.end(vec![(node, label)], EndKind::Refused),
            ReactionKind::Stop => self.end(vec![(node, label)], EndKind::Stopped),
            ReactionKind::Steps(nodes) => return self.nodes(nodes, vec![(node, label)]),
            ReactionKind::Report(_)
            | ReactionKind::DeemedConsent
            | ReactionKind::DeemedRefusal
            | ReactionKind::Hole => {}
        }
        Vec::new()
    }

    fn connect_returns(&mut self) {
        for (from, target, label) in std::mem::take(&mut self.returns) {
            let found = self
                .flow
                .nodes
                .iter()
                .position(|node| matches!(node.kind, NodeKind::Step(step, _) if step_is(step, target)));
            let Some(to) = found else { continue };
            let apart = self.flow.nodes[to].arms.iter().any(|(choice, arm)| {
                self.flow.nodes[from].arms.iter().any(|(other, its)| choice == other && arm != its)
            });
            if to >= from || apart {
                self.flow.forward_returns.push((target, target.span));
            } else {
                self.flow.edges.push(Edge { from, to, label });
            }
        }
    }

    fn lane_of(&mut self, step: &'a Step) -> usize {
        let general =
            step.responsible.as_ref().and_then(|by| by.values().into_iter().find_map(|value| value.setting.given()));
        match general {
            Some(Responsible::System) => self.lane(LaneKind::System, String::new(), None),
            Some(Responsible::Role(role)) => self.role_lane(role),
            None if matches!(step.kind, StepKind::AwaitApplicant | StepKind::FinancialDuty) => {
                self.lane(LaneKind::Applicant, String::new(), None)
            }
            None => self.lane(LaneKind::Unknown, String::new(), None),
        }
    }

    fn role_lane(&mut self, reference: &Ref) -> usize {
        let own = self.process.roles.iter().find(|role| reference.names(Some(&role.id.value), Some(&role.name.value)));
        if let Some(role) = own {
            let agency = role.agency.as_ref().map(|agency| agency_name(&agency.value, self.body, self.registers));
            return self.lane(LaneKind::Role, role.name.value.clone(), agency);
        }
        let RefKey::Id(id) = &reference.key else {
            return self.lane(LaneKind::Unknown, reference.key.to_string(), None);
        };
        if let Some(role) = self.registers.shared_role(id) {
            let agency = self.registers.agencies.get(role.agency.as_str()).map(|agency| agency.name.clone());
            return self.lane(LaneKind::Role, role.name.clone(), agency);
        }
        match self.registers.agencies.get(id.as_str()) {
            Some(agency) => self.lane(LaneKind::Role, agency.name.clone(), None),
            None => self.lane(LaneKind::Unknown, id.to_string(), None),
        }
    }
}

/// An agency's short name, as lanes and tables show it.
pub fn agency_name(agency: &Agency, body: &Body, registers: &Registers) -> String {
    match agency {
        Agency::Register(id) => registers
            .agencies
            .get(id.as_str())
            .map_or_else(|| id.to_string(), |entry| entry.short.clone().unwrap_or_else(|| entry.name.clone())),
        Agency::Text(text) | Agency::AtDecision(text) => text.clone(),
        Agency::Deciding => match body.decided_by.as_ref().and_then(|by| by.general.as_ref()?.setting.given()?.first())
        {
            Some(agency) if agency.value != Agency::Deciding => agency_name(&agency.value, body, registers),
            _ => "Cơ quan có thẩm quyền".to_owned(),
        },
        Agency::Receiving => "Nơi tiếp nhận".to_owned(),
        Agency::Hole => "…".to_owned(),
    }
}

/// The time of a step, or of the stage that holds it where it has none of its own.
pub fn time_of<'a>(flow: &Flow<'a>, node: &FlowNode<'a>, step: &'a Step) -> Option<(&'a ByCase<StepTime>, bool)> {
    if let Some(time) = &step.time {
        return Some((time, false));
    }
    let stage = flow.stages.get(node.stage?)?.stage;
    stage.time.as_ref().map(|time| (time, true))
}

/// Whether a step's time is counted at all.
pub fn is_counted(time: &ByCase<StepTime>) -> bool {
    time.values().iter().any(|value| {
        !matches!(&value.setting, Setting::Given(StepTime::NotCounted | StepTime::For { counted: false, .. }))
    })
}
