//! The workflow part of `CODE.json`: the flow as a graph, as the blocks that were written, and as a table of states.

mod messages;
mod states;
mod step;
mod view;

use super::ids::{edge_kind_id, node_kind_id};
use super::values::{Maker, each};
use super::view::Condition;
use crate::model::{Expr, Text};
use crate::plan::Flow;
use crate::plan::flow::{Edge, EdgeLabel, FlowNode, Lane, LaneKind, NodeKind, Part};

use self::view::{
    BranchView, EdgeView, LaneView, NodeView, PartView, ProcessView, ReactionPartView, StageView, TimerView,
};

pub(super) use self::view::ProcessView as View;

/// What the parts of a process are made with.
struct Drawing<'m, 'p, 'a> {
    make: &'m Maker<'p, 'a>,
    flow: &'m Flow<'a>,
    outgoing: Vec<Vec<usize>>,
    /// The node of the step that each node belongs to.
    steps: Vec<Option<usize>>,
}

/// The process of a procedure that has one.
pub(super) fn process(make: &Maker<'_, '_>) -> Option<ProcessView> {
    let written = make.plan.body().process.as_ref()?;
    let empty = Flow::default();
    let flow = make.plan.flow.as_ref().unwrap_or(&empty);
    let drawing = Drawing { make, flow, outgoing: flow.outgoing(), steps: steps(flow) };
    Some(ProcessView {
        open: make.words.no_value(&written.value.setting),
        lanes: each(&flow.lanes, |lane| drawing.lane(lane)),
        stages: (0..flow.stages.len()).map(|stage| drawing.stage(stage)).collect(),
        nodes: (0..flow.nodes.len()).map(|node| drawing.node(node)).collect(),
        edges: each(&flow.edges, |edge| drawing.edge(edge)),
        timers: flow.nodes.iter().filter_map(|node| drawing.timer(node)).collect(),
        tree: drawing.parts(&flow.tree),
        states: drawing.states(),
        messages: drawing.messages(),
        handovers: flow.handovers().into_iter().map(|(from, to)| [drawing.id(from), drawing.id(to)]).collect(),
    })
}

/// The step that each node belongs to: the last one laid out before it, for one that is performed twice is laid out twice.
fn steps(flow: &Flow<'_>) -> Vec<Option<usize>> {
    let of = |at: usize, node: &FlowNode<'_>| {
        let own = node.kind.step()?;
        (0..=at).rev().find(|&at| matches!(flow.nodes[at].kind, NodeKind::Step(step, _) if std::ptr::eq(step, own)))
    };
    flow.nodes.iter().enumerate().map(|(at, node)| of(at, node)).collect()
}

impl<'a> Drawing<'_, '_, 'a> {
    fn id(&self, node: usize) -> String {
        self.flow.nodes[node].id.clone()
    }

    fn lane_id(&self, node: usize) -> String {
        self.flow.lanes[self.flow.nodes[node].lane].id.clone()
    }

    fn lane(&self, lane: &Lane) -> LaneView {
        LaneView {
            id: lane.id.clone(),
            kind: lane_kind_id(lane.kind),
            role: lane.role.as_ref().map(ToString::to_string),
            name: self.make.words.lane_name(lane),
            agency: lane.agency.clone(),
        }
    }

    fn stage(&self, stage: usize) -> StageView {
        let (number, stage) = (self.flow.stages[stage].number, self.flow.stages[stage].stage);
        StageView {
            number,
            id: stage.id.as_ref().map(|id| id.value.to_string()),
            label: stage.label.as_ref().map(|label| label.value.clone()),
            budget: self.times(stage.time.as_ref()),
            system_of_record: stage.system.as_ref().map(|system| system.value.clone()),
            when: self.make.when(stage.when.as_ref()),
            notes: texts(&stage.notes),
        }
    }

    fn node(&self, at: usize) -> NodeView {
        let node = &self.flow.nodes[at];
        NodeView {
            id: node.id.clone(),
            kind: node_kind_id(node.kind),
            title: self.make.words.node_title(node),
            lane: self.lane_id(at),
            stage: node.stage.map(|stage| self.flow.stages[stage].number),
            of: self.steps[at].filter(|step| *step != at).map(|step| self.id(step)),
            time: self.make.words.node_time(self.flow, node),
            step: match node.kind {
                NodeKind::Step(step, number) => Some(self.step(at, step, number)),
                _ => None,
            },
            condition: match node.kind {
                NodeKind::Choice(when) => self.make.when(Some(when)),
                _ => None,
            },
        }
    }

    fn edge(&self, edge: &Edge<'_>) -> EdgeView {
        let label = self.make.words.edge_words(self.flow, edge);
        EdgeView {
            from: self.id(edge.from),
            to: self.id(edge.to),
            kind: edge_kind_id(edge.label),
            answer: edge.label.answer(),
            branch: match edge.label {
                EdgeLabel::Branch(label) => label.map(|label| label.value.clone()),
                _ => None,
            },
            label: (!label.is_empty()).then_some(label),
            condition: self.edge_condition(edge),
        }
    }

    /// When a way behind a choice is taken.
    fn edge_condition(&self, edge: &Edge<'_>) -> Option<Condition> {
        let NodeKind::Choice(when) = self.flow.nodes[edge.from].kind else { return None };
        match (edge.label, when) {
            (EdgeLabel::Yes, _) => self.make.when(Some(when)),
            (_, Expr::Not(inner, _)) => self.make.when(Some(inner)),
            _ => self.make.when(Some(&Expr::Not(Box::new(when.clone()), when.span()))),
        }
    }

    fn timer(&self, node: &FlowNode<'_>) -> Option<TimerView> {
        let NodeKind::Timer { on, interrupts, within, .. } = node.kind else { return None };
        let duration = within.map(|within| self.duration(&within));
        Some(TimerView { id: node.id.clone(), on: self.id(on), interrupts, duration })
    }

    fn parts(&self, parts: &[Part<'a>]) -> Vec<PartView> {
        each(parts, |part| self.part(part))
    }

    fn part(&self, part: &Part<'a>) -> PartView {
        match part {
            Part::Step { node, reactions } => PartView::Step {
                node: self.id(*node),
                reactions: each(reactions, |(label, parts)| ReactionPartView {
                    on: edge_kind_id(*label),
                    parts: self.parts(parts),
                }),
            },
            Part::Performed { step, parts } => PartView::Performed {
                process: step.performs.as_ref().map(step::performed),
                label: self.make.words.step_label(step),
                parts: self.parts(parts),
            },
            Part::Stage { stage, parts } => {
                PartView::Stage { number: self.flow.stages[*stage].number, parts: self.parts(parts) }
            }
            Part::Choice { node, then, otherwise } => PartView::Choice {
                node: self.id(*node),
                when: match self.flow.nodes[*node].kind {
                    NodeKind::Choice(when) => self.make.when(Some(when)),
                    _ => None,
                },
                then: self.parts(then),
                otherwise: self.parts(otherwise),
            },
            Part::Parallel { block, fork, join, branches } => PartView::Parallel {
                fork: self.id(*fork),
                join: join.map(|join| self.id(join)),
                budget: self.times(block.time.as_ref()),
                branches: (block.branches.iter().zip(branches))
                    .map(|((label, _), parts)| BranchView {
                        label: label.as_ref().map(|label| label.value.clone()),
                        parts: self.parts(parts),
                    })
                    .collect(),
            },
        }
    }
}

fn lane_kind_id(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Role => "role",
        LaneKind::System => "system",
        LaneKind::Unknown => "unknown",
    }
}

fn texts(all: &[Text]) -> Vec<String> {
    each(all, |text| text.value.clone())
}
