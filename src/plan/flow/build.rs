//! From the blocks that an author wrote to the graph: one pattern for each construct.

mod ways;

use rustc_hash::FxHashSet;

use super::{Edge, EdgeLabel, EndKind, Flow, FlowNode, FlowStage, Lane, NodeKind, Part, Split, lanes};
use crate::model::process::{Choice, Node, Parallel, Performs, Process, Stage, Step};
use crate::model::{Body, Duration, Expr, Id, Ref, StepKind, Subprocess};
use crate::resolve::Registers;
use crate::resolve::names::{process_of, step_is};
use crate::source::Span;
use crate::syntax::fold::identifier;

/// What a process is read with.
#[derive(Clone, Copy)]
pub struct Context<'a, 'p> {
    pub body: &'a Body,
    pub registers: &'p Registers,
    pub subprocesses: &'a [Subprocess],
}

/// Edges that wait for their target.
type Pending<'a> = Vec<(usize, EdgeLabel<'a>)>;

/// The lane of a node that takes it from what follows.
const UNSET: usize = usize::MAX;

struct Builder<'a, 'p> {
    context: Context<'a, 'p>,
    /// Whose roles are meant: the process itself, or the shared one that is laid out.
    process: &'a Process,
    flow: Flow<'a>,
    stage: Option<usize>,
    arms: Vec<(usize, usize)>,
    branches: Vec<(usize, usize)>,
    /// Where a return leads is looked up when everything stands: (from, target, label, which layout).
    returns: Vec<(usize, &'a Ref, EdgeLabel<'a>, usize)>,
    /// Steps that perform a shared process in place: in which layout, and its first node.
    performed: Vec<(&'a Step, usize, usize)>,
    /// Shared processes being laid out, so that a ring ends; and the number of the layout.
    inside: Vec<&'a Id>,
    layout: usize,
    layouts: usize,
    /// The layout of each node, for returns.
    of_layout: Vec<usize>,
    prefix: String,
    ids: FxHashSet<String>,
    steps: usize,
    /// The common time of the parallel blocks around, the innermost last: it binds steps that have none of their own.
    caps: Vec<Option<Duration>>,
    /// What was laid out of the block at hand.
    parts: Vec<Part<'a>>,
    /// What was laid out behind the ways of the step at hand.
    reactions: Vec<(EdgeLabel<'a>, Vec<Part<'a>>)>,
}

pub(super) fn build<'a>(process: &'a Process, context: Context<'a, '_>) -> Flow<'a> {
    let mut builder = Builder {
        context,
        process,
        flow: Flow::default(),
        stage: None,
        arms: Vec::new(),
        branches: Vec::new(),
        returns: Vec::new(),
        performed: Vec::new(),
        inside: Vec::new(),
        layout: 0,
        layouts: 0,
        of_layout: Vec::new(),
        prefix: String::new(),
        ids: FxHashSet::default(),
        steps: 0,
        caps: Vec::new(),
        parts: Vec::new(),
        reactions: Vec::new(),
    };
    let start = builder.node(NodeKind::Start, UNSET, "nop_ho_so");
    let open = builder.nodes(&process.nodes, vec![(start, EdgeLabel::Next)]);
    if !open.is_empty() {
        builder.flow.open_end = open.iter().any(|(from, _)| !builder.flow.nodes[*from].returned);
        builder.end(open, EndKind::Done, process_end(process));
    }
    builder.connect_returns();
    builder.settle_lanes();
    builder.merge();
    builder.flow.tree = builder.parts;
    builder.flow
}

/// Where a process that nothing else ends is said to end.
fn process_end(process: &Process) -> Span {
    process.nodes.last().map_or(Span::default(), node_span)
}

fn node_span(node: &Node) -> Span {
    match node {
        Node::Step(step) => step.head,
        Node::Stage(stage) => stage.head,
        Node::Choice(choice) => choice.span,
        Node::Parallel(parallel) => parallel.span,
    }
}

/// `base`, or with the first number that makes it free.
fn first_free(base: &str, mut is_free: impl FnMut(&str) -> bool) -> String {
    let mut id = base.to_owned();
    let mut count = 2;
    while !is_free(&id) {
        id = format!("{base}_{count}");
        count += 1;
    }
    id
}

impl<'a> Builder<'a, '_> {
    fn lane(&mut self, lane: Lane) -> usize {
        if let Some(at) = self.flow.lanes.iter().position(|known| known.is(&lane)) {
            return at;
        }
        let taken = |id: &str| self.flow.lanes.iter().any(|known| known.id == id);
        let id = first_free(&lane.id, |id| !taken(id));
        self.flow.lanes.push(Lane { id, ..lane });
        self.flow.lanes.len() - 1
    }

    /// Lays something out apart from the block at hand: what became of it, and its parts.
    fn apart<T>(&mut self, lay: impl FnOnce(&mut Self) -> T) -> (T, Vec<Part<'a>>) {
        let outer = std::mem::take(&mut self.parts);
        let laid = lay(self);
        (laid, std::mem::replace(&mut self.parts, outer))
    }

    /// The lane of a step; the applicant has none inside an authority: whoever acted before waits.
    fn lane_of(&mut self, step: &'a Step, pending: &Pending<'a>) -> usize {
        let Context { body, registers, .. } = self.context;
        match lanes::of_step(step, self.process, body, registers) {
            Some(lane) => self.lane(lane),
            None => pending.first().map_or(UNSET, |(from, _)| self.flow.nodes[*from].lane),
        }
    }

    fn role(&mut self, role: &Ref) -> usize {
        let Context { body, registers, .. } = self.context;
        let lane = lanes::of_role(role, self.process, body, registers);
        self.lane(lane)
    }

    /// An id that no other node has: `base`, or with a number.
    fn unlike(&mut self, base: &str) -> String {
        let base = format!("{}{base}", self.prefix);
        first_free(&base, |id| self.ids.insert(id.to_owned()))
    }

    fn node(&mut self, kind: NodeKind<'a>, lane: usize, base: &str) -> usize {
        // Nothing leads to a node that is never connected, so that nothing can end there.
        let returned = !matches!(kind, NodeKind::Start);
        let id = self.unlike(base);
        let (arms, branches) = (self.arms.clone(), self.branches.clone());
        self.flow.nodes.push(FlowNode { kind, id, lane, stage: self.stage, arms, branches, returned });
        self.of_layout.push(self.layout);
        self.flow.nodes.len() - 1
    }

    /// A node that belongs to another: named after it, in a lane.
    fn beside(&mut self, kind: NodeKind<'a>, of: usize, lane: usize, suffix: &str) -> usize {
        let prefix = std::mem::take(&mut self.prefix);
        let base = format!("{}_{suffix}", self.flow.nodes[of].id);
        let node = self.node(kind, lane, &base);
        self.prefix = prefix;
        node
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

    fn end(&mut self, pending: Pending<'a>, kind: EndKind, at: Span) {
        if pending.is_empty() {
            return;
        }
        if !self.branches.is_empty() && kind != EndKind::Reported {
            self.flow.cut_branches.push(at);
        }
        let (from, lane) = (pending[0].0, self.flow.nodes[pending[0].0].lane);
        let suffix = match kind {
            EndKind::Done => "xong",
            EndKind::Refused => "tu_choi",
            EndKind::Stopped => "dung",
            EndKind::Reported => "da_bao",
        };
        let end = self.beside(NodeKind::End(kind), from, lane, suffix);
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
        let (open, parts) = self.apart(|builder| match &stage.when {
            Some(when) => builder.guarded(when, pending, |builder, pending| builder.nodes(&stage.nodes, pending)),
            None => builder.nodes(&stage.nodes, pending),
        });
        self.parts.push(Part::Stage { stage: number - 1, parts });
        self.stage = outer;
        open
    }

    /// A gateway that asks for the facts of the case, and the number of its split; nothing where nothing leads there.
    fn asks(&mut self, when: &'a Expr, pending: &Pending<'a>) -> Option<(usize, usize)> {
        let lane = self.flow.nodes[pending.first()?.0].lane;
        let choice = self.node(NodeKind::Choice(when), lane, "xet");
        self.connect(pending, choice);
        Some((choice, self.splits(Split::Facts(when))))
    }

    fn splits(&mut self, split: Split<'a>) -> usize {
        self.flow.splits.push(split);
        self.flow.splits.len() - 1
    }

    fn arm(
        &mut self,
        split: usize,
        arm: usize,
        nodes: impl FnOnce(&mut Self) -> Pending<'a>,
    ) -> (Pending<'a>, Vec<Part<'a>>) {
        self.arms.push((split, arm));
        let laid = self.apart(nodes);
        self.arms.pop();
        laid
    }

    fn guarded(
        &mut self,
        when: &'a Expr,
        pending: Pending<'a>,
        inside: impl FnOnce(&mut Self, Pending<'a>) -> Pending<'a>,
    ) -> Pending<'a> {
        let Some((choice, split)) = self.asks(when, &pending) else { return inside(self, pending) };
        let (mut open, then) = self.arm(split, 0, |builder| inside(builder, vec![(choice, EdgeLabel::Yes)]));
        self.parts.push(Part::Choice { node: choice, then, otherwise: Vec::new() });
        open.push((choice, EdgeLabel::No));
        open
    }

    fn choice(&mut self, choice: &'a Choice, pending: Pending<'a>) -> Pending<'a> {
        let Some(otherwise) = &choice.otherwise else {
            return self.guarded(&choice.when, pending, |builder, pending| builder.nodes(&choice.then, pending));
        };
        let Some((node, split)) = self.asks(&choice.when, &pending) else {
            self.nodes(&choice.then, Vec::new());
            return self.nodes(otherwise, Vec::new());
        };
        let (mut open, then) = self.arm(split, 0, |builder| builder.nodes(&choice.then, vec![(node, EdgeLabel::Yes)]));
        let (other, otherwise) = self.arm(split, 1, |builder| builder.nodes(otherwise, vec![(node, EdgeLabel::No)]));
        self.parts.push(Part::Choice { node, then, otherwise });
        open.extend(other);
        open
    }

    fn parallel(&mut self, parallel: &'a Parallel, pending: Pending<'a>) -> Pending<'a> {
        if pending.is_empty() || parallel.branches.len() < 2 {
            return parallel.branches.iter().fold(pending, |pending, (_, nodes)| self.nodes(nodes, pending));
        }
        let lane = self.flow.nodes[pending[0].0].lane;
        let fork = self.node(NodeKind::Fork, lane, "dong_thoi");
        self.connect(&pending, fork);
        self.flow.forks.push(parallel);
        let number = self.flow.forks.len() - 1;
        let (mut open, mut branches) = (Vec::new(), Vec::new());
        self.caps.push(parallel.time.as_ref().and_then(ways::duration));
        for (at, (label, nodes)) in parallel.branches.iter().enumerate() {
            self.branches.push((number, at));
            let start = vec![(fork, EdgeLabel::Branch(label.as_ref()))];
            let (ends, parts) = self.apart(|builder| builder.nodes(nodes, start));
            branches.push(parts);
            open.extend(self.one_way(ends));
            self.branches.pop();
        }
        self.caps.pop();
        let join = (!open.is_empty()).then(|| self.beside(NodeKind::Join, fork, lane, "gop"));
        self.parts.push(Part::Parallel { block: parallel, fork, join, branches });
        let Some(join) = join else { return open };
        self.connect(&open, join);
        vec![(join, EdgeLabel::Next)]
    }

    /// A join counts its ways in: those of one branch meet before it.
    fn one_way(&mut self, ends: Pending<'a>) -> Option<(usize, EdgeLabel<'a>)> {
        if ends.len() < 2 {
            return ends.into_iter().next();
        }
        let lane = self.flow.nodes[ends[0].0].lane;
        let merge = self.node(NodeKind::Merge, lane, "gop_nhanh");
        self.connect(&ends, merge);
        Some((merge, EdgeLabel::Next))
    }

    fn step(&mut self, step: &'a Step, pending: Pending<'a>) -> Pending<'a> {
        match &step.when {
            Some(when) => self.guarded(when, pending, |builder, pending| builder.bare_step(step, pending)),
            None => self.bare_step(step, pending),
        }
    }

    /// A step, what it can come to, and what happens when its time runs out; or what it performs.
    fn bare_step(&mut self, step: &'a Step, pending: Pending<'a>) -> Pending<'a> {
        if pending.is_empty() {
            self.flow.unreachable.push(step);
        }
        let base = step.id.as_ref().map_or(step.kind.id(), |id| id.value.as_str());
        let base = identifier(base);
        if let Some(shared) = self.shared(step) {
            self.performed.push((step, self.layout, self.flow.nodes.len()));
            let (open, parts) = self.apart(|builder| builder.perform(shared, &base, pending));
            self.parts.push(Part::Performed { step, parts });
            return open;
        }
        let lane = self.lane_of(step, &pending);
        self.steps += 1;
        let number = self.steps;
        let node = self.node(NodeKind::Step(step, number), lane, &base);
        self.connect(&pending, node);
        let outer = std::mem::take(&mut self.reactions);
        let open = self.ways_out(node, step);
        let reactions = std::mem::replace(&mut self.reactions, outer);
        self.parts.push(Part::Step { node, reactions });
        open
    }

    /// The shared process that a step performs in place; one with a time of its own is a step like others.
    fn shared(&self, step: &'a Step) -> Option<&'a Subprocess> {
        let Some(Performs::Subprocess(id)) = &step.performs else { return None };
        let free = step.time.is_none() && !self.inside.contains(&&id.value);
        let shared = self.context.subprocesses.iter().find(|one| one.id.value == id.value);
        shared.filter(|shared| free && process_of(&shared.body).is_some())
    }

    fn perform(&mut self, shared: &'a Subprocess, base: &str, pending: Pending<'a>) -> Pending<'a> {
        let Some(process) = process_of(&shared.body) else { return pending };
        self.layouts += 1;
        let outer = (self.process, self.layout, self.prefix.len());
        (self.process, self.layout) = (process, self.layouts);
        self.prefix = format!("{}{base}_", self.prefix);
        self.inside.push(&shared.id.value);
        let open = self.nodes(&process.nodes, pending);
        self.inside.pop();
        (self.process, self.layout) = (outer.0, outer.1);
        self.prefix.truncate(outer.2);
        open
    }

    fn connect_returns(&mut self) {
        for (from, target, label, layout) in std::mem::take(&mut self.returns) {
            let is = |at: usize| matches!(self.flow.nodes[at].kind, NodeKind::Step(step, _) if step_is(step, target));
            let here = (0..self.flow.nodes.len()).find(|&at| self.of_layout[at] == layout && is(at));
            let performed = |layout: Option<usize>| {
                let own = |of: usize| layout.is_none_or(|layout| layout == of);
                let found = self.performed.iter().find(|(step, of, _)| own(*of) && step_is(step, target));
                found.map(|&(.., first)| first).filter(|first| *first < self.flow.nodes.len())
            };
            let anywhere = || (0..self.flow.nodes.len()).find(|&at| is(at)).or_else(|| performed(None));
            let found = here.or_else(|| performed(Some(layout))).or_else(anywhere);
            let Some(to) = found else { continue };
            let (back, forth) = (&self.flow.nodes[to], &self.flow.nodes[from]);
            let apart = back
                .arms
                .iter()
                .any(|(choice, arm)| forth.arms.iter().any(|(other, its)| choice == other && arm != its));
            if to >= from || apart {
                self.flow.forward_returns.push((target, target.span));
            } else {
                if back.branches != forth.branches {
                    self.flow.crossing_returns.push((target, target.span));
                }
                self.flow.edges.push(Edge { from, to, label });
            }
        }
    }

    /// Gateways and waits before the first act stand where that act is.
    fn settle_lanes(&mut self) {
        for at in (0..self.flow.nodes.len()).rev() {
            if self.flow.nodes[at].lane != UNSET {
                continue;
            }
            let next = self.flow.edges.iter().filter(|edge| edge.from == at).map(|edge| self.flow.nodes[edge.to].lane);
            let lane = next.into_iter().find(|lane| *lane != UNSET);
            self.flow.nodes[at].lane = match lane {
                Some(lane) => lane,
                None => self.lane(lanes::unknown()),
            };
        }
    }

    /// Ways that meet before a node come together in a merge, so that each node has one way in.
    fn merge(&mut self) {
        let mut ways = vec![Vec::new(); self.flow.nodes.len()];
        self.flow.edges.iter().enumerate().for_each(|(at, edge)| ways[edge.to].push(at));
        for (to, ways) in ways.into_iter().enumerate() {
            if ways.len() < 2 || matches!(self.flow.nodes[to].kind, NodeKind::Merge | NodeKind::Join) {
                continue;
            }
            let (lane, stage) = (self.flow.nodes[to].lane, self.flow.nodes[to].stage);
            self.stage = stage;
            let merge = self.beside(NodeKind::Merge, to, lane, "gop");
            ways.into_iter().for_each(|edge| self.flow.edges[edge].to = merge);
            self.flow.edges.push(Edge { from: merge, to, label: EdgeLabel::Next });
        }
    }
}
