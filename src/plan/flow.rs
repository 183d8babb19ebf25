//! The process as a graph: who acts, in which order, who hands to whom, and where a time runs out. Charts, BPMN, JSON and the
//! scenarios for engines are all drawn from it, which is why they cannot disagree.
//!
//! Each construct of the language becomes one pattern. A step that can come out in several ways is followed by a gateway that
//! asks what came of it; a file that can be supplemented is asked for, awaited, and looked at again; a hand-over is taken over
//! by its receiver; a limit with a consequence is a timer on the step it binds. Where ways meet there is a merge, so that a step
//! has one way in. Shared processes are laid out in place: their steps act in the lanes of whoever performs them.

mod build;
pub mod critical;
mod lanes;
pub mod order;
pub mod table;
mod tree;

use crate::model::process::{Parallel, ReactionKind, Stage, Step, StepTime};
use crate::model::{ByCase, Duration, Expr, Id, Process, Ref, Setting, StepKind, Text};
use crate::source::Span;

pub use self::build::Context;
pub use self::lanes::{agency_name, agency_of, of_role};
pub use self::tree::Part;

/// A lane of the chart: a role, or the software.
#[derive(Clone, Debug)]
pub struct Lane {
    /// ASCII, unlike every other of the process: of the role's own id.
    pub id: String,
    pub kind: LaneKind,
    /// The role's id as the source gives it; of an agency that acts as one, the agency's.
    pub role: Option<Id>,
    pub name: String,
    /// The agency of the role, where it is known.
    pub agency: Option<String>,
}

impl Lane {
    /// Whether two lanes are one: people tell lanes apart by what is written on them.
    fn is(&self, other: &Lane) -> bool {
        (self.kind, &self.name, &self.agency) == (other.kind, &other.name, &other.agency)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneKind {
    Role,
    System,
    /// Nobody was named.
    Unknown,
}

#[derive(Clone, Debug)]
pub struct FlowNode<'a> {
    pub kind: NodeKind<'a>,
    /// ASCII letters, digits and `_`, unlike every other of the process; made of the id that the author gave the step, else of
    /// its kind and its place among those. The same in every output, whatever the label says.
    pub id: String,
    /// Index into [`Flow::lanes`].
    pub lane: usize,
    /// Index into [`Flow::stages`].
    pub stage: Option<usize>,
    /// The branches the node stands in: (number of the split, which arm).
    arms: Vec<(usize, usize)>,
    /// The parallel branches the node stands in: (number of the block, which branch).
    branches: Vec<(usize, usize)>,
    /// Whether the result was returned on every path that leads past this node.
    returned: bool,
}

impl FlowNode<'_> {
    /// An end inside a parallel branch: it ends the others too.
    pub fn ends_all(&self) -> bool {
        let is_end = matches!(self.kind, NodeKind::End(kind) if kind != EndKind::Reported);
        is_end && !self.branches.is_empty()
    }

    /// The parallel branches the node stands in, outermost first: (number of the block, which branch).
    pub fn branch_path(&self) -> &[(usize, usize)] {
        &self.branches
    }

    /// Which branch of the innermost parallel block the node stands in, from 0.
    pub fn branch(&self) -> Option<usize> {
        self.branches.last().map(|(_, branch)| *branch)
    }
}

#[derive(Clone, Copy, Debug)]
pub enum NodeKind<'a> {
    /// A file is received.
    Start,
    /// A step and its number, from 1, in the order written.
    Step(&'a Step, usize),
    /// What came of a step: one edge for each answer.
    Answer(&'a Step),
    /// The applicant is asked to supplement the file.
    AskSupplement(&'a Step),
    /// Until the supplement comes.
    AwaitSupplement(&'a Step),
    /// The receiver takes a file over.
    Accept(&'a Step),
    /// Until a posting has hung long enough.
    Posted(&'a Step),
    /// The time for the node `on` runs out; what it does is interrupted, or goes on.
    Timer {
        on: usize,
        step: &'a Step,
        interrupts: bool,
        within: Option<Duration>,
    },
    /// Somebody is told that a time ran out.
    Report(&'a Step, &'a Ref),
    /// Which way the facts of the case lead.
    Choice(&'a Expr),
    /// Ways that exclude each other meet.
    Merge,
    Fork,
    Join,
    End(EndKind),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndKind {
    Done,
    Refused,
    Stopped,
    /// Of a report, beside the process.
    Reported,
}

#[derive(Clone, Copy, Debug)]
pub struct Edge<'a> {
    pub from: usize,
    pub to: usize,
    pub label: EdgeLabel<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EdgeLabel<'a> {
    Next,
    /// The branch taken when the condition of the choice holds, or not.
    Yes,
    No,
    /// Answers of a step.
    Complete,
    Incomplete,
    Unsatisfied,
    NotReceived,
    Agree,
    Disagree,
    MeetAgain,
    Accepted,
    NotAccepted,
    /// A time ran out.
    Overdue,
    /// A labelled branch of a parallel block.
    Branch(Option<&'a Text>),
}

impl EdgeLabel<'_> {
    /// What an engine compares: the value of the variable that holds the answer of a step.
    pub fn answer(self) -> Option<&'static str> {
        Some(match self {
            EdgeLabel::Complete => "du",
            EdgeLabel::Incomplete => "thieu",
            EdgeLabel::Unsatisfied => "khong_dat",
            EdgeLabel::NotReceived => "tu_choi",
            EdgeLabel::Agree => "dong_y",
            EdgeLabel::Disagree => "khong_dong_y",
            EdgeLabel::MeetAgain => "hop_lai",
            EdgeLabel::Accepted => "nhan",
            EdgeLabel::NotAccepted => "khong_nhan",
            EdgeLabel::Next | EdgeLabel::Yes | EdgeLabel::No | EdgeLabel::Overdue | EdgeLabel::Branch(_) => {
                return None;
            }
        })
    }

    /// Whether this is the answer with which a process goes on as hoped.
    pub fn goes_on(self) -> bool {
        matches!(
            self,
            EdgeLabel::Next | EdgeLabel::Complete | EdgeLabel::Agree | EdgeLabel::Accepted | EdgeLabel::Branch(_)
        )
    }
}

/// Where ways that exclude each other part.
#[derive(Clone, Copy, Debug)]
pub enum Split<'a> {
    /// By the facts of the case: the first arm where the condition holds, the second where it does not.
    Facts(&'a Expr),
    /// By what came of a step: the gateway or the timer, and its way into the only arm.
    Came(usize, EdgeLabel<'a>),
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
    /// The splits that nodes stand behind, by number.
    splits: Vec<Split<'a>>,
    /// The parallel blocks that nodes stand in, by number.
    forks: Vec<&'a Parallel>,
    /// The blocks as they were written, one after another.
    pub tree: Vec<Part<'a>>,
    /// Steps that nothing leads to.
    pub unreachable: Vec<&'a Step>,
    /// Returns whose target does not come earlier on the same path: (the return, its place).
    pub forward_returns: Vec<(&'a Ref, Span)>,
    /// Returns out of a parallel branch, or into one.
    pub crossing_returns: Vec<(&'a Ref, Span)>,
    /// Where a branch of a parallel block ends the process while others go on.
    pub cut_branches: Vec<Span>,
    /// Whether the process can end without an exit: neither `trả kết quả`, nor `từ chối`, nor `dừng`.
    pub open_end: bool,
}

impl<'a> Flow<'a> {
    pub fn of(process: &'a Process, context: Context<'a, '_>) -> Flow<'a> {
        build::build(process, context)
    }

    /// Steps with their numbers, in the order written; those of shared processes where they are performed.
    pub fn steps(&self) -> impl Iterator<Item = (usize, &FlowNode<'a>, &'a Step)> {
        self.nodes.iter().filter_map(|node| match node.kind {
            NodeKind::Step(step, number) => Some((number, node, step)),
            _ => None,
        })
    }

    /// What a node hangs on, outermost first: the split, and whether its first arm leads there.
    pub fn guards(&self, node: &FlowNode<'a>) -> Vec<(Split<'a>, bool)> {
        node.arms.iter().map(|&(split, arm)| (self.splits[split], arm == 0)).collect()
    }

    /// The parallel blocks around a node, outermost first, and the branch of each that it stands in.
    pub fn branches(&self, node: &FlowNode<'a>) -> Vec<(&'a Parallel, usize)> {
        node.branches.iter().map(|&(fork, branch)| (self.forks[fork], branch)).collect()
    }

    /// Edges by the node they leave, in the order they were written.
    pub fn outgoing(&self) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new(); self.nodes.len()];
        self.edges.iter().enumerate().for_each(|(at, edge)| all[edge.from].push(at));
        all
    }

    /// The timers that stand on each node, in the order of the nodes.
    pub fn timers(&self) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new(); self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            if let NodeKind::Timer { on, .. } = node.kind {
                all[on].push(at);
            }
        }
        all
    }

    /// Who hands to whom: nodes at which somebody acts, where the lane changes from one to the next. A branch in which nothing
    /// is done hands nothing over: beside it others are at work.
    pub fn handovers(&self) -> Vec<(usize, usize)> {
        let outgoing = self.outgoing();
        let mut fork_of = vec![None; self.nodes.len()];
        Part::each(&self.tree, &mut |part| {
            if let Part::Parallel { fork, join: Some(join), .. } = part {
                fork_of[*join] = Some(*fork);
            }
        });
        let mut pairs = Vec::new();
        for (at, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.kind.is_act()) {
            let mut seen = vec![false; self.nodes.len()];
            let mut todo = vec![at];
            while let Some(from) = todo.pop() {
                for to in outgoing[from].iter().map(|edge| self.edges[*edge].to) {
                    if !self.nodes[to].kind.is_act() {
                        let idle = fork_of[to].is_some_and(|fork: usize| seen[fork]);
                        if !std::mem::replace(&mut seen[to], true) && !idle {
                            todo.push(to);
                        }
                    } else if self.nodes[to].lane != node.lane {
                        pairs.push((at, to));
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

impl<'a> NodeKind<'a> {
    /// The step that a node belongs to.
    pub fn step(self) -> Option<&'a Step> {
        match self {
            NodeKind::Step(step, _)
            | NodeKind::Answer(step)
            | NodeKind::AskSupplement(step)
            | NodeKind::AwaitSupplement(step)
            | NodeKind::Accept(step)
            | NodeKind::Posted(step)
            | NodeKind::Timer { step, .. }
            | NodeKind::Report(step, _) => Some(step),
            NodeKind::Start
            | NodeKind::Choice(_)
            | NodeKind::Merge
            | NodeKind::Fork
            | NodeKind::Join
            | NodeKind::End(_) => None,
        }
    }

    /// Whether somebody acts here.
    pub fn is_act(self) -> bool {
        match self {
            NodeKind::Step(step, _) => !is_awaited(step),
            NodeKind::AskSupplement(_) | NodeKind::Accept(_) | NodeKind::Report(..) => true,
            _ => false,
        }
    }

    /// Whether the applicant is waited for.
    pub fn awaits_applicant(self) -> bool {
        match self {
            NodeKind::Step(step, _) => is_awaited(step),
            NodeKind::AwaitSupplement(_) => true,
            _ => false,
        }
    }

    pub fn is_gateway(self) -> bool {
        matches!(self, NodeKind::Answer(_) | NodeKind::Choice(_) | NodeKind::Merge | NodeKind::Fork | NodeKind::Join)
    }
}

/// Whether a step is a turn of the applicant.
pub fn is_awaited(step: &Step) -> bool {
    matches!(step.kind, StepKind::AwaitApplicant | StepKind::FinancialDuty)
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

/// Whether what a reaction leads to leaves the step to go on.
fn lets_go_on(kind: &ReactionKind) -> bool {
    matches!(kind, ReactionKind::Report(_))
}
