//! The process as states and actions.

use super::view::{ActionView, ActorView, NextView, StateView};
use super::{Drawing, lane_kind_id};
use crate::emit::json::ids::node_kind_id;
use crate::emit::json::values::each;
use crate::plan::flow::NodeKind;
use crate::plan::flow::table::{Action, ActionKind, Branches, State, states};

impl Drawing<'_, '_, '_> {
    pub(super) fn states(&self) -> Vec<StateView> {
        each(&states(self.flow, Branches::Together), |state| self.state(state))
    }

    fn state(&self, state: &State) -> StateView {
        let node = &self.flow.nodes[state.node];
        let awaits = self.flow.edges.iter().filter(|edge| edge.to == state.node).count();
        StateView {
            id: node.id.clone(),
            kind: node_kind_id(node.kind),
            title: self.make.words.node_title(node),
            actor: self.actor(state.node),
            awaits: matches!(node.kind, NodeKind::Join).then_some(awaits),
            actions: each(&state.actions, |action| self.action(state.node, action)),
        }
    }

    /// Who acts in a state, or what is awaited.
    fn actor(&self, at: usize) -> ActorView {
        let node = &self.flow.nodes[at];
        let lane = &self.flow.lanes[node.lane];
        let words = &self.make.words;
        let (kind, name) = match node.kind {
            NodeKind::Start => ("applicant", Some(words.applicant_name().to_owned())),
            kind if kind.awaits_applicant() => ("applicant", Some(words.applicant_name().to_owned())),
            NodeKind::Posted(_) => ("time", None),
            NodeKind::Join => ("branches", None),
            NodeKind::End(_) => ("nobody", None),
            _ => (lane_kind_id(lane.kind), Some(words.lane_name(lane))),
        };
        ActorView { kind, lane: lane.id.clone(), name }
    }

    fn action(&self, state: usize, action: &Action) -> ActionView {
        let (answer, goes_on, timer) = match action.kind {
            ActionKind::Done => ("done", true, None),
            ActionKind::Answer(edge) => {
                let label = self.flow.edges[edge].label;
                (label.answer().unwrap_or("done"), label.goes_on(), None)
            }
            // Where a time has to pass, its end is what is hoped for.
            ActionKind::Timeout(node) => ("timeout", node == state, Some(node)),
        };
        let stays = |node: usize| matches!(self.flow.nodes[node].kind, NodeKind::Timer { interrupts: false, .. });
        ActionView {
            answer,
            label: self.make.words.action_words(self.flow, state, action.kind),
            goes_on,
            leaves: !timer.is_some_and(stays),
            timer: timer.map(|node| self.id(node)),
            next: each(&action.next, |next| NextView {
                state: self.id(next.node),
                when: self.make.when(next.when.as_ref()),
            }),
        }
    }
}
