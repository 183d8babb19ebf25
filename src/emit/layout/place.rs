//! The grid: the column of a node is how far it is from the start, its row the first free one in its lane.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Item, Shape};
use crate::plan::Flow;
use crate::plan::flow::order::Order;
use crate::plan::flow::{Edge, EdgeLabel, EndKind, NodeKind};

/// A branch with more nodes than this is no aside.
const MOST_ASIDE: usize = 12;

/// Where each node stands.
#[derive(Clone)]
pub(super) struct Grid {
    pub columns: Vec<usize>,
    /// The row of each node, counted through all lanes.
    pub rows: Vec<usize>,
    /// The first row of each lane, and the number of all rows at the end.
    pub first_row: Vec<usize>,
    pub width: usize,
    /// Cells where a node stands: (row, column).
    taken: FxHashSet<(usize, usize)>,
    /// Whether an edge is the way that a process takes as hoped: it leaves a node straight on.
    pub straight: Vec<bool>,
}

impl Grid {
    pub(super) fn is_taken(&self, row: usize, column: usize) -> bool {
        self.taken.contains(&(row, column))
    }

    /// The rows inside one lane that could change places: from where to where.
    pub(super) fn moves(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let lanes: Vec<_> = self.first_row.windows(2).map(|pair| pair[0]..pair[1]).collect();
        let pairs =
            |lane: std::ops::Range<usize>| lane.clone().flat_map(move |from| lane.clone().map(move |to| (from, to)));
        lanes.into_iter().flat_map(pairs).filter(|(from, to)| from != to && *from != to + 1)
    }

    /// The grid with one row elsewhere in its lane.
    pub(super) fn moved(&self, (from, to): (usize, usize)) -> Grid {
        let place = |row: usize| match row {
            _ if row == from => to,
            _ if from < row && row <= to => row - 1,
            _ if to <= row && row < from => row + 1,
            _ => row,
        };
        let rows = self.rows.iter().map(|row| place(*row)).collect();
        let taken = self.taken.iter().map(|(row, column)| (place(*row), *column)).collect();
        Grid { rows, taken, ..self.clone() }
    }

    /// Whether what stands right below what leads there still does.
    pub(super) fn keeps_below(&self, flow: &Flow<'_>) -> bool {
        let above = |edge: &Edge<'_>| {
            self.columns[edge.from] == self.columns[edge.to] && self.rows[edge.to] < self.rows[edge.from]
        };
        !flow.edges.iter().any(above)
    }

    pub(super) fn rows_in_all(&self) -> usize {
        self.first_row.last().copied().unwrap_or(0)
    }
}

pub(super) fn place(flow: &Flow<'_>, order: &Order, items: &[Item]) -> Grid {
    let straight = straight(flow, &order.backward);
    let columns = columns(flow, items, &straight, order);
    let (own_rows, counts) = rows(flow, items, &straight, order, &columns);
    let mut first_row = vec![0];
    for count in counts {
        first_row.push(first_row.last().copied().unwrap_or(0) + count);
    }
    let rows: Vec<usize> = own_rows.iter().zip(&flow.nodes).map(|(row, node)| first_row[node.lane] + row).collect();
    let width = columns.iter().max().map_or(0, |last| last + 1);
    let cells = (0..items.len()).filter(|&at| !matches!(items[at].shape, Shape::Boundary(_)));
    let taken = cells.map(|at| (rows[at], columns[at])).collect();
    Grid { columns, rows, first_row, width, taken, straight }
}

/// How far each node is from the start. What goes straight on stands behind everything that branched off and came to nothing, so
/// that it crosses none of it on its way to other lanes.
fn columns(flow: &Flow<'_>, items: &[Item], straight: &[bool], order: &Order) -> Vec<usize> {
    let Order { following, backward, nodes } = order;
    let drops = drops(flow, items, straight);
    let mut columns = vec![0; items.len()];
    let own = |edge: &Option<usize>| edge.is_some_and(|edge| straight[edge]);
    let mut leading = vec![Vec::new(); items.len()];
    for (from, out) in following.iter().enumerate() {
        let forward = out.iter().filter(|(_, edge)| edge.is_none_or(|edge| !backward[edge]));
        forward.for_each(|(to, _)| leading[*to].push(from));
    }
    let aside: Vec<Vec<usize>> = (0..items.len())
        .map(|node| {
            let out = &following[node];
            let is_last = !out.iter().any(|(_, edge)| own(edge));
            let side = out.iter().filter(|(_, edge)| !is_last && !own(edge) && edge.is_none_or(|edge| !backward[edge]));
            let goes_on = |one: &usize| out.iter().any(|(to, edge)| to == one && own(edge));
            // What goes straight on to the same place does not stand behind itself.
            side.map(|(to, _)| dead_end((node, *to), following, &leading, backward))
                .filter(|aside| !aside.iter().any(goes_on))
                .flatten()
                .collect()
        })
        .collect();
    // Everything is looked at again until nothing moves: what stands aside may come later in the order.
    for _ in 0..items.len().max(1) {
        let before = columns.clone();
        for &node in nodes {
            for (to, edge) in &following[node] {
                let after = match edge {
                    Some(edge) if backward[*edge] => continue,
                    Some(_) if !drops[*to] => columns[node] + 1,
                    Some(_) | None => columns[node],
                };
                columns[*to] = columns[*to].max(after);
                if own(edge) {
                    let last = aside[node].iter().map(|one| columns[*one] + 1).max().unwrap_or(0);
                    columns[*to] = columns[*to].max(last);
                }
            }
        }
        if before == columns {
            break;
        }
    }
    columns
}

/// Ends that stand right below what leads there: one below each gateway and each timer.
fn drops(flow: &Flow<'_>, items: &[Item], straight: &[bool]) -> Vec<bool> {
    let mut drops = vec![false; items.len()];
    let mut has_one = vec![false; items.len()];
    for (at, edge) in flow.edges.iter().enumerate() {
        let is_aside = match items[edge.from].shape {
            Shape::Gateway => !straight[at],
            Shape::Boundary(_) => true,
            Shape::Task | Shape::Event => false,
        };
        let is_end = matches!(flow.nodes[edge.to].kind, NodeKind::End(_))
            && flow.nodes[edge.to].lane == flow.nodes[edge.from].lane;
        if is_aside && is_end && !std::mem::replace(&mut has_one[edge.from], true) {
            drops[edge.to] = true;
        }
    }
    drops
}

/// What follows a node, where all of it ends or leads back and nothing else leads there; else nothing.
fn dead_end(
    (before, from): (usize, usize),
    following: &[Vec<(usize, Option<usize>)>],
    leading: &[Vec<usize>],
    backward: &[bool],
) -> Vec<usize> {
    let mut seen = vec![from];
    let mut at = 0;
    while at < seen.len() {
        if seen.len() > MOST_ASIDE
            || leading[seen[at]].iter().any(|one| (*one != before || at > 0) && !seen.contains(one))
        {
            return Vec::new();
        }
        for (to, edge) in &following[seen[at]] {
            if edge.is_none_or(|edge| !backward[edge]) && !seen.contains(to) {
                seen.push(*to);
            }
        }
        at += 1;
    }
    seen
}

/// Which way goes straight on: the answer that was hoped for; of two branches the one that comes to a result.
fn straight(flow: &Flow<'_>, backward: &[bool]) -> Vec<bool> {
    let mut leads_to = vec![Vec::new(); flow.nodes.len()];
    for (edge, _) in flow.edges.iter().zip(backward).filter(|(_, backward)| !**backward) {
        leads_to[edge.to].push(edge.from);
    }
    let mut done: Vec<bool> = flow.nodes.iter().map(|node| matches!(node.kind, NodeKind::End(EndKind::Done))).collect();
    let mut todo: Vec<usize> = (0..done.len()).filter(|&at| done[at]).collect();
    while let Some(node) = todo.pop() {
        for &from in &leads_to[node] {
            if !std::mem::replace(&mut done[from], true) {
                todo.push(from);
            }
        }
    }
    let yes = |from: usize| flow.edges.iter().find(|edge| edge.from == from && edge.label == EdgeLabel::Yes);
    let each = |(edge, backward): (&Edge<'_>, &bool)| match edge.label {
        _ if *backward => false,
        EdgeLabel::Yes => done[edge.to],
        EdgeLabel::No => yes(edge.from).is_none_or(|yes| !done[yes.to]),
        label => label.goes_on() && !matches!(flow.nodes[edge.from].kind, NodeKind::Timer { .. }),
    };
    flow.edges.iter().zip(backward).map(each).collect()
}

/// A row inside the lane of each node, and how many rows each lane has. What goes on as hoped stays in the row it is in, and
/// nothing that branches off stands in its way; of parallel branches each has its own rows.
fn rows(
    flow: &Flow<'_>,
    items: &[Item],
    straight: &[bool],
    order: &Order,
    columns: &[usize],
) -> (Vec<usize>, Vec<usize>) {
    let mut incoming = vec![Vec::new(); items.len()];
    let mut ahead = vec![Vec::new(); items.len()];
    for (at, edge) in flow.edges.iter().enumerate().filter(|(at, _)| !order.backward[*at]) {
        incoming[edge.to].push((edge.from, straight[at]));
        if straight[at] {
            ahead[edge.from].push(edge.to);
        }
    }
    let mut rows = vec![0; items.len()];
    let mut counts = vec![1; flow.lanes.len()];
    let mut taken: FxHashSet<(usize, usize, usize)> = FxHashSet::default();
    let hoped = |node: usize| incoming[node].iter().any(|(_, straight)| *straight);
    // By lane and parallel block.
    let mut bands: FxHashMap<(usize, usize), Band> = FxHashMap::default();
    for node in in_turn(flow, order, columns, hoped) {
        let (lane, branches) = (flow.nodes[node].lane, flow.nodes[node].branch_path());
        if let Shape::Boundary(on) = items[node].shape {
            rows[node] = rows[on];
            continue;
        }
        let same = incoming[node].iter().filter(|(from, _)| flow.nodes[*from].lane == lane);
        let wanted = same.map(|(from, straight)| {
            let beside = matches!(items[*from].shape, Shape::Boundary(_)) || !straight && !hoped(node);
            rows[*from] + usize::from(beside)
        });
        let bands_of = branches.iter().map(|(block, branch)| (bands.get(&(lane, *block)), *branch));
        let below = bands_of.filter_map(|(band, branch)| Some(band?.first_row(branch))).max().unwrap_or(0);
        let wanted = wanted.min().unwrap_or(0).max(below);
        let free = (wanted..).find(|row| !taken.contains(&(lane, *row, columns[node]))).unwrap_or(wanted);
        taken.insert((lane, free, columns[node]));
        if let [next] = ahead[node][..] {
            taken.extend((columns[node] + 1..columns[next]).map(|column| (lane, free, column)));
        }
        rows[node] = free;
        counts[lane] = counts[lane].max(free + 1);
        for (block, branch) in branches {
            bands.entry((lane, *block)).or_default().take(*branch, free);
        }
    }
    (rows, counts)
}

/// Nodes in the order in which they get their rows: from the start on, one parallel branch after the other; what goes on is placed
/// before what branches off.
fn in_turn(flow: &Flow<'_>, order: &Order, columns: &[usize], hoped: impl Fn(usize) -> bool) -> Vec<usize> {
    // The first column of each parallel block.
    let mut begins: FxHashMap<usize, usize> = FxHashMap::default();
    for (node, column) in flow.nodes.iter().zip(columns) {
        for (block, _) in node.branch_path() {
            begins.entry(*block).and_modify(|first| *first = (*first).min(*column)).or_insert(*column);
        }
    }
    let ends = |node: usize| matches!(flow.nodes[node].kind, NodeKind::End(_));
    let mut nodes = order.nodes.clone();
    nodes.sort_by_cached_key(|&node| {
        let branches = flow.nodes[node].branch_path().iter();
        let mut key: Vec<[usize; 5]> = branches.map(|(block, branch)| [begins[block], 1, *block, *branch, 0]).collect();
        key.push([columns[node], 0, ends(node).into(), (!hoped(node)).into(), node]);
        key
    });
    nodes
}

/// The rows that the branches of a parallel block take in one lane, one branch after the other.
#[derive(Clone, Copy, Default)]
struct Band {
    branch: usize,
    /// The first row below the branches before, and below this one.
    begins: usize,
    ends: usize,
}

impl Band {
    /// The first row that a branch may stand in.
    fn first_row(self, branch: usize) -> usize {
        if branch == self.branch { self.begins } else { self.ends }
    }

    fn take(&mut self, branch: usize, row: usize) {
        self.begins = self.first_row(branch);
        self.branch = branch;
        self.ends = self.ends.max(row + 1);
    }
}
