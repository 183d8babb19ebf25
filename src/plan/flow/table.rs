//! The flow as a table of states: where somebody acts or something is awaited, what can be answered there, and where each
//! answer leads in which case. For software that knows states and actions but no gateways.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Edge, EdgeLabel, Flow, NodeKind, Part};
use crate::model::Expr;

/// A place where somebody acts, something is awaited, or the process ends.
#[derive(Clone, Debug)]
pub struct State {
    pub node: usize,
    pub actions: Vec<Action>,
}

/// What can happen in a state.
#[derive(Clone, Debug)]
pub struct Action {
    pub kind: ActionKind,
    /// Every one that holds is entered: after a choice exactly one, after a fork one for each branch.
    pub next: Vec<Next>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// What is to be done is done.
    Done,
    /// The outcome is the label of this edge.
    Answer(usize),
    /// The time of this node runs out: a timer, or the state itself.
    Timeout(usize),
}

#[derive(Clone, Debug)]
pub struct Next {
    pub node: usize,
    /// Nothing where it always holds.
    pub when: Option<Expr>,
}

/// How the branches of a parallel block are gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branches {
    /// All at once; their join is a state that awaits them.
    Together,
    /// One after another, in the order written: for software in which a file is in one state at a time.
    InTurn,
}

/// Every state in the order of the nodes, the start first.
pub fn states(flow: &Flow<'_>, branches: Branches) -> Vec<State> {
    let mut walk =
        Walk { flow, outgoing: flow.outgoing(), forks: FxHashMap::default(), timers: flow.timers(), branches };
    Part::each(&flow.tree, &mut |part| {
        if let Part::Parallel { fork, join: Some(join), .. } = part {
            walk.forks.insert(*join, *fork);
        }
    });
    let nodes = (0..flow.nodes.len()).filter(|&node| walk.is_state(node));
    nodes.map(|node| State { node, actions: walk.actions(node) }).collect()
}

/// What led to an edge: tests of choices that came out one way, or one of several such rows.
#[derive(Clone, Debug, PartialEq)]
enum Guard<'a> {
    Is(&'a Expr, bool),
    Any(Vec<Vec<Guard<'a>>>),
}

struct Walk<'f, 'a> {
    flow: &'f Flow<'a>,
    outgoing: Vec<Vec<usize>>,
    /// The fork of each join.
    forks: FxHashMap<usize, usize>,
    /// The timers on each node.
    timers: Vec<Vec<usize>>,
    branches: Branches,
}

impl<'a> Walk<'_, 'a> {
    fn is_state(&self, node: usize) -> bool {
        match self.flow.nodes[node].kind {
            NodeKind::Join => self.branches == Branches::Together,
            NodeKind::Answer(_) | NodeKind::Timer { .. } | NodeKind::Choice(_) | NodeKind::Merge | NodeKind::Fork => {
                false
            }
            NodeKind::Start
            | NodeKind::Step(..)
            | NodeKind::AskSupplement(_)
            | NodeKind::AwaitSupplement(_)
            | NodeKind::Accept(_)
            | NodeKind::Posted(_)
            | NodeKind::Report(..)
            | NodeKind::End(_) => true,
        }
    }

    fn actions(&self, node: usize) -> Vec<Action> {
        let mut actions = Vec::new();
        for &edge in &self.outgoing[node] {
            let to = self.flow.edges[edge].to;
            match self.flow.nodes[to].kind {
                NodeKind::Answer(_) => {
                    let answers = self.outgoing[to].iter();
                    actions.extend(answers.map(|&edge| self.action(ActionKind::Answer(edge), &[edge])));
                }
                _ if matches!(self.flow.nodes[node].kind, NodeKind::Posted(_)) => {
                    actions.push(self.action(ActionKind::Timeout(node), &[edge]));
                }
                _ => actions.push(self.action(ActionKind::Done, &[edge])),
            }
        }
        let timers = self.timers[node].iter();
        actions.extend(timers.map(|&timer| self.action(ActionKind::Timeout(timer), &self.outgoing[timer])));
        actions
    }

    fn action(&self, kind: ActionKind, edges: &[usize]) -> Action {
        Action { kind, next: self.next(edges) }
    }

    /// The edges behind one, where it leads to no state. Gateways cannot form a ring without a state, since returns lead to steps.
    fn behind(&self, edge: usize) -> Vec<usize> {
        let Edge { from, to, .. } = self.flow.edges[edge];
        if self.is_state(to) {
            return Vec::new();
        }
        match (self.flow.nodes[to].kind, self.branches) {
            (NodeKind::Fork, Branches::InTurn) => self.outgoing[to].iter().copied().take(1).collect(),
            (NodeKind::Join, Branches::InTurn) => match self.next_branch(from, to, edge) {
                Some(next) => vec![next],
                None => self.outgoing[to].clone(),
            },
            _ => self.outgoing[to].clone(),
        }
    }

    /// The edge that begins the branch after the one by which an edge reaches a join.
    fn next_branch(&self, from: usize, join: usize, edge: usize) -> Option<usize> {
        let fork = *self.forks.get(&join)?;
        let starts = &self.outgoing[fork];
        let branch =
            if from == fork { starts.iter().position(|start| *start == edge) } else { self.flow.nodes[from].branch() };
        starts.get(branch? + 1).copied()
    }

    /// Where edges lead, past every gateway.
    fn next(&self, starts: &[usize]) -> Vec<Next> {
        let mut arrived: FxHashMap<usize, Vec<Vec<Guard<'a>>>> = FxHashMap::default();
        starts.iter().for_each(|&start| arrived.entry(start).or_default().push(Vec::new()));
        let mut ends: Vec<(usize, Vec<Vec<Guard<'a>>>)> = Vec::new();
        for edge in self.in_order(starts) {
            let guard = self.guarded(edge, arrived.remove(&edge).unwrap_or_default());
            let behind = self.behind(edge);
            for &next in &behind {
                arrived.entry(next).or_default().push(guard.clone());
            }
            let to = self.flow.edges[edge].to;
            if behind.is_empty() && self.is_state(to) {
                // A join counts who arrives; elsewhere several ways to one state are one way in.
                let join = matches!(self.flow.nodes[to].kind, NodeKind::Join);
                match ends.iter_mut().find(|(known, _)| *known == to && !join) {
                    Some((_, guards)) => guards.push(guard),
                    None => ends.push((to, vec![guard])),
                }
            }
        }
        ends.into_iter().map(|(node, ways)| Next { node, when: all(&either(ways)) }).collect()
    }

    /// Every edge that is passed, each before those behind it.
    fn in_order(&self, starts: &[usize]) -> Vec<usize> {
        let (mut order, mut seen) = (Vec::new(), FxHashSet::default());
        // An edge is left when all behind it were; the last one left is the first in order.
        let mut todo: Vec<(usize, bool)> = starts.iter().map(|start| (*start, false)).collect();
        while let Some((edge, left)) = todo.pop() {
            if left {
                order.push(edge);
            } else if seen.insert(edge) {
                todo.push((edge, true));
                todo.extend(self.behind(edge).into_iter().map(|next| (next, false)));
            }
        }
        order.reverse();
        order
    }

    /// What holds where an edge is gone: one of the ways that lead to it, and its own test.
    fn guarded(&self, edge: usize, ways: Vec<Vec<Guard<'a>>>) -> Vec<Guard<'a>> {
        let mut guards = either(ways);
        let Edge { from, label, .. } = self.flow.edges[edge];
        if let NodeKind::Choice(when) = self.flow.nodes[from].kind {
            guards.push(Guard::Is(when, label == EdgeLabel::Yes));
        }
        guards
    }
}

/// One of several rows of guards: what they begin with in common, then the rest.
fn either(mut ways: Vec<Vec<Guard<'_>>>) -> Vec<Guard<'_>> {
    if ways.len() < 2 {
        return ways.pop().unwrap_or_default();
    }
    let shortest = ways.iter().map(Vec::len).min().unwrap_or(0);
    let common = (0..shortest).take_while(|&at| ways.iter().all(|way| way[at] == ways[0][at])).count();
    let mut guards = ways[0][..common].to_vec();
    let rest: Vec<Vec<Guard<'_>>> = ways.into_iter().map(|way| way[common..].to_vec()).collect();
    let always = rest.iter().any(Vec::is_empty)
        || rest.iter().any(|way| match way.as_slice() {
            [Guard::Is(when, is)] => rest.contains(&vec![Guard::Is(when, !is)]),
            _ => false,
        });
    if !always {
        guards.push(Guard::Any(rest));
    }
    guards
}

/// Guards that all hold, as a condition.
fn all(guards: &[Guard<'_>]) -> Option<Expr> {
    let mut parts = Vec::new();
    for guard in guards {
        match guard {
            Guard::Is(Expr::And(inner, _), true) => parts.extend(inner.iter().cloned()),
            Guard::Is(when, true) => parts.push((*when).clone()),
            Guard::Is(Expr::Not(inner, _), false) => parts.push((**inner).clone()),
            Guard::Is(when, false) => parts.push(Expr::Not(Box::new((*when).clone()), when.span())),
            Guard::Any(ways) => {
                let ways: Vec<Expr> = ways.iter().filter_map(|way| all(way)).collect();
                let span = ways.first()?.span();
                parts.push(Expr::Or(ways, span));
            }
        }
    }
    let span = parts.first()?.span();
    if parts.len() > 1 { Some(Expr::And(parts, span)) } else { parts.pop() }
}
