//! The critical path: of all ways to the result the one whose counted steps take longest, and how much time is gone at each step
//! of it. Linear in the size of the process.

use super::order::Order;
use super::{EndKind, Flow, NodeKind, time_of};
use crate::model::process::StepTime;
use crate::model::{Duration, Number, Setting, Unit};
use crate::plan::path::in_unit;

/// What takes longest.
#[derive(Clone, Debug, Default)]
pub struct Critical {
    /// By node and by edge: whether it lies on the path.
    pub nodes: Vec<bool>,
    pub edges: Vec<bool>,
    /// By node on the path: the counted time that is gone when it is done.
    pub gone: Vec<Option<Duration>>,
}

impl Critical {
    /// Nothing where no step is timed, or the times are in units that no factor joins.
    pub fn of(flow: &Flow<'_>, order: &Order) -> Critical {
        let mut critical =
            Critical { nodes: vec![false; flow.nodes.len()], edges: vec![false; flow.edges.len()], gone: Vec::new() };
        critical.gone.resize(flow.nodes.len(), None);
        let Some((unit, times)) = times(flow) else { return critical };
        // The longest way to each node, its own time included, and the edge it comes by.
        let mut longest: Vec<Option<(Number, Option<usize>)>> = vec![None; flow.nodes.len()];
        for &node in &order.nodes {
            if matches!(flow.nodes[node].kind, NodeKind::Start) {
                longest[node] = Some((Number::whole(0), None));
            }
            let Some((reached, _)) = longest[node] else { continue };
            for &(to, edge) in &order.following[node] {
                // What runs out is no part of the way as hoped.
                let Some(edge) = edge.filter(|edge| !order.backward[*edge]) else { continue };
                let total = reached.plus(times[to]);
                if longest[to].is_none_or(|(known, _)| known.compare(total).is_lt()) {
                    longest[to] = Some((total, Some(edge)));
                }
            }
        }
        let ends = (0..flow.nodes.len()).filter(|&at| matches!(flow.nodes[at].kind, NodeKind::End(EndKind::Done)));
        let last = ends
            .filter_map(|end| Some((end, longest[end]?.0)))
            .reduce(|best, one| if best.1.compare(one.1).is_lt() { one } else { best });
        let mut at = last.filter(|(_, total)| total.numerator > 0).map(|(end, _)| end);
        while let Some(node) = at {
            critical.nodes[node] = true;
            let Some((gone, by)) = longest[node] else { break };
            if matches!(flow.nodes[node].kind, NodeKind::Step(..)) && times[node].numerator > 0 {
                critical.gone[node] = Some(Duration { amount: gone, unit });
            }
            at = by.map(|edge| {
                critical.edges[edge] = true;
                flow.edges[edge].from
            });
        }
        critical
    }
}

/// The counted time of each node in one unit: working days, or days where nothing is counted in those.
fn times(flow: &Flow<'_>) -> Option<(Unit, Vec<Number>)> {
    let counted: Vec<Option<Duration>> = flow
        .nodes
        .iter()
        .map(|node| {
            let NodeKind::Step(step, _) = node.kind else { return None };
            let (time, shared) = time_of(flow, node, step)?;
            let general = time.general.as_ref().filter(|_| !shared)?;
            match &general.setting {
                Setting::Given(StepTime::For { duration, counted: true } | StepTime::AtLeast(duration)) => {
                    Some(*duration)
                }
                _ => None,
            }
        })
        .collect();
    let known = || counted.iter().flatten();
    let working = known().any(|time| matches!(time.unit, Unit::WorkingDays | Unit::WorkingHours));
    let unit = if working { Unit::WorkingDays } else { known().next()?.unit };
    let times: Option<Vec<Number>> =
        counted.iter().map(|time| time.as_ref().map_or(Some(Number::whole(0)), |time| in_unit(time, unit))).collect();
    Some((unit, times?))
}
