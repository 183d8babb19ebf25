//! Before and after: which ways lead back, and an order in which every node comes after all that leads to it. Linear in the size
//! of the process.

use std::collections::BTreeSet;

use super::Flow;

/// How the nodes of a flow follow each other.
pub struct Order {
    /// What leads on from each node: where to, and by which edge; none for the timers that stand on it.
    pub following: Vec<Vec<(usize, Option<usize>)>>,
    /// By edge: whether it leads to a node from which it was reached.
    pub backward: Vec<bool>,
    /// Every node after all that leads to it.
    pub nodes: Vec<usize>,
}

impl Order {
    pub fn of(flow: &Flow<'_>) -> Order {
        let mut following = vec![Vec::new(); flow.nodes.len()];
        for (at, edge) in flow.edges.iter().enumerate() {
            following[edge.from].push((edge.to, Some(at)));
        }
        for (following, timers) in following.iter_mut().zip(flow.timers()) {
            following.extend(timers.into_iter().map(|timer| (timer, None)));
        }
        let backward = backward(flow.edges.len(), &following);
        let nodes = sorted(&following, &backward);
        Order { following, backward, nodes }
    }

    /// Whether an edge leads on; what stands on a node does.
    pub fn is_forward(&self, edge: Option<usize>) -> bool {
        edge.is_none_or(|edge| !self.backward[edge])
    }
}

fn backward(edges: usize, following: &[Vec<(usize, Option<usize>)>]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        OnTheWay,
        Done,
    }
    let mut backward = vec![false; edges];
    let mut state = vec![State::New; following.len()];
    for root in 0..following.len() {
        if state[root] != State::New {
            continue;
        }
        state[root] = State::OnTheWay;
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(&(to, edge)) = following[*node].get(*next) else {
                state[*node] = State::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match (state[to], edge) {
                (State::New, _) => {
                    state[to] = State::OnTheWay;
                    path.push((to, 0));
                }
                (State::OnTheWay, Some(edge)) => backward[edge] = true,
                _ => {}
            }
        }
    }
    backward
}

fn sorted(following: &[Vec<(usize, Option<usize>)>], backward: &[bool]) -> Vec<usize> {
    let forward = |edge: &Option<usize>| edge.is_none_or(|edge| !backward[edge]);
    let mut waits = vec![0; following.len()];
    following.iter().flatten().filter(|(_, edge)| forward(edge)).for_each(|(to, _)| waits[*to] += 1);
    let mut ready: BTreeSet<usize> = (0..following.len()).filter(|&at| waits[at] == 0).collect();
    let mut order = Vec::with_capacity(following.len());
    while let Some(node) = ready.pop_first() {
        order.push(node);
        for (to, _) in following[node].iter().filter(|(_, edge)| forward(edge)) {
            waits[*to] -= 1;
            if waits[*to] == 0 {
                ready.insert(*to);
            }
        }
    }
    order
}
