//! The way of each edge through the grid: along rows and gutters, across channels and columns. Of a few ways that go through no
//! node, the one that crosses the fewest others is taken; short ways choose first.

use std::collections::BTreeMap;

use arrayvec::ArrayVec;

use super::place::Grid;
use super::{Item, Shape};
use crate::plan::Flow;
use crate::plan::flow::NodeKind;

/// A line along time: the middle of a row, or a gutter above or below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Level {
    pub row: usize,
    pub side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    Above,
    Middle,
    Below,
}

/// A place along time, in halves of columns: `2 × c` is the middle of column `c`, the next is the channel behind it.
pub(super) type At = usize;

/// The way of an edge: along `levels[0]` to `turns[0]`, there across to `levels[1]`, along it to `turns[1]`, and so on.
#[derive(Clone, Debug)]
pub(super) struct Route {
    pub levels: ArrayVec<Level, 3>,
    pub turns: ArrayVec<At, 2>,
    /// Leaves through the side of the node across time, into its own column.
    pub leaves_across: bool,
    /// Arrives so.
    pub arrives_across: bool,
}

/// A piece along time and a piece across it, as far as routing sees them.
struct Along {
    level: Level,
    from: At,
    to: At,
    edge: usize,
}

struct Across {
    at: At,
    from: Level,
    to: Level,
    edge: usize,
    /// The lines along time that it joins, and whether each runs on behind it.
    ends: [(Level, bool); 2],
}

impl Across {
    fn turns_into(&self, along: &Along) -> bool {
        (self.from == along.level || self.to == along.level) && (along.from == self.at || along.to == self.at)
    }
}

/// How often two pieces of one channel cross when the first has the track before the second's.
fn crossed(first: &Across, second: &Across) -> usize {
    let inside = |level: Level, piece: &Across| piece.from < level && level < piece.to;
    let over = first.ends.iter().filter(|(level, behind)| *behind && inside(*level, second)).count();
    let under = second.ends.iter().filter(|(level, behind)| !*behind && inside(*level, first)).count();
    // On one line the first would run on over what comes to the second.
    let upon = first.ends.iter().filter(|(level, behind)| *behind && second.ends.contains(&(*level, false))).count();
    over + under + 2 * upon
}

/// Whether a piece across time that turns into `own`, in a gutter, crosses another way that runs there: short ones lie nearer to
/// the row.
fn passes(piece: &Across, own: &Along, other: &Along) -> bool {
    let runs_past = own.level == other.level && other.from < piece.at && piece.at < other.to;
    let nearness = |way: &Along| (way.to - way.from, way.from, way.edge);
    let comes_from_outside = match own.level.side {
        Side::Below => piece.from == own.level,
        Side::Above => piece.to == own.level,
        Side::Middle => return false,
    };
    runs_past && (nearness(other) < nearness(own)) != comes_from_outside
}

/// What a crossing costs; a turn costs 6, a row 3, half a column 1.
const CROSSING: usize = 40;
/// How often all ways are looked at again.
const AGAIN: usize = 3;

struct Router<'g, 'f> {
    flow: &'g Flow<'f>,
    grid: &'g Grid,
    items: &'g [Item],
    /// By row; a row knows its gutters too.
    along: BTreeMap<usize, Vec<Along>>,
    across: BTreeMap<At, Vec<Across>>,
    /// Whether the side of a node along time is already left through.
    left: Vec<bool>,
}

pub(super) fn route(flow: &Flow<'_>, grid: &Grid, items: &[Item]) -> Vec<Route> {
    let mut router =
        Router { flow, grid, items, along: BTreeMap::new(), across: BTreeMap::new(), left: vec![false; items.len()] };
    let mut order: Vec<usize> = (0..flow.edges.len()).collect();
    order.sort_by_key(|&edge| {
        let (from, to) = (flow.edges[edge].from, flow.edges[edge].to);
        (
            !grid.straight[edge],
            grid.columns[from].abs_diff(grid.columns[to]),
            grid.rows[from].abs_diff(grid.rows[to]),
            edge,
        )
    });
    let mut routes: Vec<Option<Route>> = vec![None; flow.edges.len()];
    for &edge in &order {
        let route = router.best(edge, u64::MAX).unwrap_or_else(|| router.last_resort(edge));
        router.take(edge, &route);
        routes[edge] = Some(route);
    }
    // With all the others in view, each looks for a better way.
    for _ in 0..AGAIN {
        let mut is_changed = false;
        for &edge in &order {
            let Some(before) = routes[edge].take() else { continue };
            router.give_back(edge, &before);
            let cost = router.cost(edge, &before, u64::MAX).unwrap_or(u64::MAX);
            let better = router.best(edge, cost);
            is_changed |= better.is_some();
            let route = better.unwrap_or(before);
            router.take(edge, &route);
            routes[edge] = Some(route);
        }
        if !is_changed {
            break;
        }
    }
    routes.into_iter().flatten().collect()
}

impl Router<'_, '_> {
    fn middle(&self, node: usize) -> Level {
        Level { row: self.grid.rows[node], side: Side::Middle }
    }

    /// The cheapest way that costs less than `limit`.
    fn best(&self, edge: usize, limit: u64) -> Option<Route> {
        let cheapest = |ways: Vec<Route>| {
            let mut least = limit;
            let mut best = None;
            for route in ways {
                if let Some(cost) = self.cost(edge, &route, least) {
                    (least, best) = (cost, Some(route));
                }
            }
            best
        };
        let near = cheapest(self.ways(edge, false));
        if near.is_none() && limit == u64::MAX { cheapest(self.ways(edge, true)) } else { near }
    }

    /// Through the gutter below everything: nothing stands there.
    fn last_resort(&self, edge: usize) -> Route {
        let edge = &self.flow.edges[edge];
        let below = Level { row: self.grid.rows_in_all() - 1, side: Side::Below };
        let (from, to) = (2 * self.grid.columns[edge.from] + 1, 2 * self.grid.columns[edge.to]);
        Route {
            levels: ArrayVec::from([self.middle(edge.from), below, self.middle(edge.to)]),
            turns: ArrayVec::from([from, to.saturating_sub(1)]),
            leaves_across: false,
            arrives_across: false,
        }
    }

    /// Ways worth a look: through the rows nearby, or through any.
    fn ways(&self, edge: usize, far: bool) -> Vec<Route> {
        let (from, to) = (self.flow.edges[edge].from, self.flow.edges[edge].to);
        let (start, end) = (self.middle(from), self.middle(to));
        let (leave, arrive) = (2 * self.grid.columns[from], 2 * self.grid.columns[to]);
        let boundary = matches!(self.items[from].shape, Shape::Boundary(_));
        let many = self.flow.edges.iter().filter(|other| other.from == from).count() > 1;
        // One way goes straight on; whatever else leaves a gateway does so across time.
        let fork = matches!(self.flow.nodes[from].kind, NodeKind::Fork);
        let across: &[bool] =
            match () {
                () if boundary => &[true],
                () if fork => &[false],
                () if many && self.items[from].shape == Shape::Gateway => {
                    if self.grid.straight[edge] && !self.left[from] { &[false] } else { &[true] }
                }
                () => &[false],
            };
        let into: &[bool] = match self.flow.nodes[to].kind {
            NodeKind::Merge | NodeKind::Join => &[false, true],
            // An end right below what leads there.
            NodeKind::End(_) if leave == arrive => &[true, false],
            _ => &[false],
        };
        let mut levels = vec![start, end];
        let (low, high) = (start.row.min(end.row), start.row.max(end.row));
        let last = self.grid.rows_in_all() - 1;
        let rows = if far { 0..=last } else { low.saturating_sub(1)..=(high + 1).min(last) };
        for row in rows {
            levels.extend([Side::Above, Side::Middle, Side::Below].map(|side| Level { row, side }));
        }
        levels.dedup();
        let mut ways = Vec::new();
        for &leaves_across in across {
            for &arrives_across in into {
                // Where a way turns first and last: in the own column, or in the channel beside it.
                let first = if leaves_across { leave } else { leave + 1 };
                let last = if arrives_across { arrive } else { arrive.wrapping_sub(1) };
                let route = |levels: &[Level], turns: &[At]| Route {
                    levels: levels.iter().copied().collect(),
                    turns: turns.iter().copied().collect(),
                    leaves_across,
                    arrives_across,
                };
                if leaves_across == arrives_across && first == last && !boundary {
                    ways.push(route(&[start, end], &[first]));
                }
                for &level in &levels {
                    ways.push(route(&[start, level, end], &[first, last]));
                }
            }
        }
        ways
    }

    /// The pieces of a way: along and across. Millions are looked at, so they are kept on the stack.
    fn pieces(&self, edge: usize, route: &Route) -> (ArrayVec<Along, 3>, ArrayVec<Across, 2>) {
        let (from, to) = (self.flow.edges[edge].from, self.flow.edges[edge].to);
        // Where a way begins, where it turns, and where it ends.
        let (start, end) = (2 * self.grid.columns[from], 2 * self.grid.columns[to]);
        let places: ArrayVec<At, 4> = [start].into_iter().chain(route.turns.iter().copied()).chain([end]).collect();
        let (mut along, mut across) = (ArrayVec::<Along, 3>::new(), ArrayVec::<Across, 2>::new());
        for (level, pair) in route.levels.iter().zip(places.windows(2)) {
            let (low, high) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            match along.last_mut() {
                // A way that does not turn runs on.
                Some(Along { level: before, from, to, .. }) if before == level => {
                    (*from, *to) = (low.min(*from), high.max(*to));
                }
                _ if low < high => along.push(Along { level: *level, from: low, to: high, edge }),
                _ => {}
            }
        }
        for (number, (pair, turn)) in route.levels.windows(2).zip(&route.turns).enumerate() {
            let (low, high) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            let ends = [(pair[0], places[number] > *turn), (pair[1], places[number + 2] > *turn)];
            match across.last_mut() {
                // A way that turns twice at one place runs on.
                Some(Across { at, from, to, ends: before, .. }) if at == turn => {
                    (*from, *to) = (low.min(*from), high.max(*to));
                    before[1] = ends[1];
                }
                _ if low < high => across.push(Across { at: *turn, from: low, to: high, edge, ends }),
                _ => {}
            }
        }
        (along, across)
    }

    /// What a way costs; nothing where it cannot be, or costs no less than `limit`.
    fn cost(&self, edge: usize, route: &Route, limit: u64) -> Option<u64> {
        if !self.is_forward_enough(edge, route) {
            return None;
        }
        let (from, to) = (self.flow.edges[edge].from, self.flow.edges[edge].to);
        let (along, across) = self.pieces(edge, route);
        let rows: usize = across.iter().map(|piece| piece.to.row - piece.from.row).sum();
        let gutters = along.iter().filter(|piece| piece.level.side != Side::Middle).count();
        let length: usize = along.iter().map(|piece| piece.to - piece.from).sum();
        // What branches off stands beside the way that goes on: that one turns when it is past.
        let early = usize::from(self.grid.straight[edge] && route.levels.get(1) != Some(&self.middle(from)));
        let alone = across.len() * 6 + rows * 3 + gutters * 4 + length + early;
        if alone as u64 >= limit {
            return None;
        }
        let mut crossings = 0;
        for piece in &along {
            if piece.level.side == Side::Middle && self.hits_node(piece, (from, to)) {
                return None;
            }
            for other in self.along.get(&piece.level.row).into_iter().flatten() {
                let apart = piece.level != other.level || piece.to < other.from || other.to < piece.from;
                // In a row, ways may follow each other: at a node, or in a channel, where the first turns before the second.
                let follows = piece.to == other.from || other.to == piece.from;
                let turns_between = follows && piece.level.side == Side::Middle && self.parts_them(piece, other);
                if !apart && !turns_between && !self.shares(edge, other.edge, piece.level) {
                    if piece.level.side == Side::Middle {
                        return None;
                    }
                    // Gutters have as many tracks as are asked for.
                    continue;
                }
            }
            for (_, others) in self.across.range(piece.from + 1..piece.to.max(piece.from + 1)) {
                crossings += others.iter().filter(|other| other.from < piece.level && piece.level < other.to).count();
                if piece.level.side != Side::Middle {
                    crossings += others.iter().filter(|other| self.turns_past(other, piece)).count();
                }
            }
        }
        for piece in &across {
            if piece.at % 2 == 0 && self.goes_through(piece, (from, to)) {
                return None;
            }
            let in_gutter = along.iter().filter(|own| own.level.side != Side::Middle);
            for own in in_gutter.filter(|own| piece.turns_into(own)) {
                let others = self.along.get(&own.level.row).into_iter().flatten();
                crossings += others.filter(|other| passes(piece, own, other)).count();
            }
            for (_, others) in self.along.range(piece.from.row..=piece.to.row) {
                let between = others.iter().filter(|other| piece.from < other.level && other.level < piece.to);
                crossings += between.filter(|other| other.from < piece.at && piece.at < other.to).count();
            }
            // In one channel either may have the track before the other's.
            for other in self.across.get(&piece.at).into_iter().flatten().filter(|_| piece.at % 2 == 1) {
                crossings += crossed(piece, other).min(crossed(other, piece));
            }
            // Two ways down one column would lie on each other.
            if piece.at % 2 == 0
                && let Some(others) = self.across.get(&piece.at)
                && others
                    .iter()
                    .any(|other| other.to > piece.from && piece.to > other.from && !self.meets(edge, other.edge))
            {
                return None;
            }
        }
        Some((crossings * CROSSING + alone) as u64).filter(|cost| *cost < limit)
    }

    /// Whether a piece of another way turns within a gutter so that it crosses what runs there.
    fn turns_past(&self, piece: &Across, running: &Along) -> bool {
        if piece.from != running.level && piece.to != running.level {
            return false;
        }
        let ways = self.along.get(&running.level.row).into_iter().flatten();
        let mut own = ways.filter(|way| way.edge == piece.edge && piece.turns_into(way));
        own.any(|own| passes(piece, own, running))
    }

    /// A way does not leave a node backwards, nor arrive at one from behind, unless it leads back.
    fn is_forward_enough(&self, edge: usize, route: &Route) -> bool {
        let (from, to) = (self.flow.edges[edge].from, self.flow.edges[edge].to);
        let (leave, arrive) = (2 * self.grid.columns[from], 2 * self.grid.columns[to]);
        let (Some(first), Some(last)) = (route.turns.first(), route.turns.last()) else { return false };
        // A way that arrives through the side does so from a line that is not the node's own.
        let beside = |level: Option<&Level>, node: usize| level.is_some_and(|level| *level != self.middle(node));
        // The text of a gateway stands above it.
        let up = route.leaves_across && route.levels.get(1).is_some_and(|level| *level < self.middle(from));
        if up && (self.items[from].text.0 > 0.0 || matches!(self.items[from].shape, Shape::Boundary(_))) {
            return false;
        }
        let leaves =
            if route.leaves_across { *first == leave && beside(route.levels.get(1), from) } else { *first > leave };
        let count = route.levels.len();
        let arrives = if route.arrives_across {
            *last == arrive && beside(route.levels.get(count.wrapping_sub(2)), to)
        } else {
            *last < arrive
        };
        leaves && arrives
    }

    /// Whether two pieces that touch do so in a channel or at a node.
    fn parts_them(&self, a: &Along, b: &Along) -> bool {
        let meeting = if a.to == b.from { a.to } else { a.from };
        meeting % 2 == 1 || self.grid.is_taken(a.level.row, meeting / 2)
    }

    /// Ways of one source, or to one target, may run together there.
    fn shares(&self, a: usize, b: usize, level: Level) -> bool {
        let (a, b) = (&self.flow.edges[a], &self.flow.edges[b]);
        a.from == b.from && self.middle(a.from) == level || a.to == b.to && self.middle(a.to) == level
    }

    fn meets(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.flow.edges[a], &self.flow.edges[b]);
        a.from == b.from || a.to == b.to
    }

    fn hits_node(&self, piece: &Along, (from, to): (usize, usize)) -> bool {
        let own = [from, to].map(|node| (self.grid.rows[node], self.grid.columns[node]));
        (piece.from.div_ceil(2)..=piece.to / 2).any(|column| {
            let cell = (piece.level.row, column);
            self.grid.is_taken(cell.0, cell.1) && !own.contains(&cell)
        })
    }

    /// Whether a piece down a column goes through a cell where another node stands.
    fn goes_through(&self, piece: &Across, (from, to): (usize, usize)) -> bool {
        let own = [from, to].map(|node| (self.grid.rows[node], self.grid.columns[node]));
        let first = if piece.from.side <= Side::Middle { piece.from.row } else { piece.from.row + 1 };
        let last = if piece.to.side >= Side::Middle { piece.to.row + 1 } else { piece.to.row };
        (first..last).any(|row| {
            let cell = (row, piece.at / 2);
            self.grid.is_taken(cell.0, cell.1) && !own.contains(&cell)
        })
    }

    fn give_back(&mut self, edge: usize, route: &Route) {
        self.along.values_mut().for_each(|pieces| pieces.retain(|piece| piece.edge != edge));
        self.across.values_mut().for_each(|pieces| pieces.retain(|piece| piece.edge != edge));
        if !route.leaves_across {
            self.left[self.flow.edges[edge].from] = false;
        }
    }

    fn take(&mut self, edge: usize, route: &Route) {
        let (along, across) = self.pieces(edge, route);
        for piece in along {
            self.along.entry(piece.level.row).or_default().push(piece);
        }
        for piece in across {
            self.across.entry(piece.at).or_default().push(piece);
        }
        if !route.leaves_across {
            self.left[self.flow.edges[edge].from] = true;
        }
    }
}
