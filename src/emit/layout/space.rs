//! From the grid to pixels: how wide columns and channels are, how high rows and gutters, and which track each piece of a way has.

use std::collections::BTreeMap;

use super::place::Grid;
use super::route::{Level, Route, Side};
use super::{Direction, Item, Layout, Rect, Shape};
use crate::plan::Flow;
use crate::plan::flow::EdgeLabel;

/// The names of the pool and of its lanes stand before everything.
pub(in crate::emit) const HEAD: f64 = 60.0;
/// Between two pieces of ways that run beside each other.
const TRACK: f64 = 10.0;
/// Between a node and whatever comes beside it.
const GAP: f64 = 12.0;
/// Room for the head of an arrow.
const ARROW: f64 = 14.0;
/// Above and below everything in a lane.
const PAD: f64 = 12.0;
/// From the end of a task to the middle of the timer on its edge.
const TIMER: f64 = 24.0;

pub(super) fn space(
    flow: &Flow<'_>,
    grid: &Grid,
    routes: &[Route],
    items: &[Item],
    (labels, lanes, direction): (&[(f64, f64)], &[f64], Direction),
) -> Layout {
    let gutters = Gutters::of(routes, labels);
    let rows = Rows::of(lanes, grid, items, &gutters);
    let mut drawing = Drawing { flow, grid, routes, items, labels, gutters, rows, columns: Vec::new(), direction };
    let tracks = drawing.tracks();
    drawing.columns = drawing.widths(&tracks);
    drawing.draw(&tracks)
}

/// The tracks of a gutter: which one an edge has, and how far each is from the row.
#[derive(Default)]
struct Gutter {
    slots: Vec<(usize, usize)>,
    /// The height of each slot.
    heights: Vec<f64>,
}

struct Gutters(BTreeMap<Level, Gutter>);

impl Gutters {
    /// Short ways lie inside, long ones outside; ways that do not meet share a slot.
    fn of(routes: &[Route], labels: &[(f64, f64)]) -> Gutters {
        let mut pieces: BTreeMap<Level, Vec<(usize, usize, usize)>> = BTreeMap::new();
        for (edge, route) in routes.iter().enumerate() {
            for (at, level) in route.levels.iter().enumerate().filter(|(_, level)| level.side != Side::Middle) {
                let ends = (at.checked_sub(1).map(|at| route.turns[at]), route.turns.get(at).copied());
                let (Some(from), Some(to)) = ends else { continue };
                pieces.entry(*level).or_default().push((from.min(to), from.max(to), edge));
            }
        }
        // What is written beside a way straight down needs room below where it begins.
        for (edge, route) in routes.iter().enumerate().filter(|(edge, route)| labels[*edge].1 > 0.0 && is_drop(route)) {
            let at = route.turns[0];
            pieces.entry(drop_level(route)).or_default().push((at, at, edge));
        }
        let gutters = pieces.into_iter().map(|(level, mut pieces)| {
            pieces.sort_by_key(|&(from, to, edge)| (to - from, from, edge));
            let mut gutter = Gutter::default();
            let mut used: Vec<Vec<(usize, usize)>> = Vec::new();
            for (from, to, edge) in pieces {
                let free = used.iter().position(|ways| ways.iter().all(|way| to < way.0 || way.1 < from));
                let slot = free.unwrap_or(used.len());
                if slot == used.len() {
                    used.push(Vec::new());
                    gutter.heights.push(TRACK);
                }
                used[slot].push((from, to));
                let label = labels[edge].1;
                let first = routes[edge].leaves_across
                    && (is_drop(&routes[edge]) || routes[edge].levels.get(1) == Some(&level));
                if first && label > 0.0 {
                    gutter.heights[slot] = gutter.heights[slot].max(label + 5.0);
                }
                gutter.slots.push((edge, slot));
            }
            (level, gutter)
        });
        Gutters(gutters.collect())
    }

    fn height(&self, level: Level) -> f64 {
        self.0.get(&level).map_or(0.0, |gutter| gutter.heights.iter().sum())
    }
}

/// A way straight down from a node to what stands below it.
fn is_drop(route: &Route) -> bool {
    route.leaves_across && route.turns.len() == 1
}

/// The gutter below the row where such a way begins.
fn drop_level(route: &Route) -> Level {
    Level { row: route.levels[0].row.min(route.levels[1].row), side: Side::Below }
}

/// The middle of each row, and where each lane begins and ends.
struct Rows {
    middle: Vec<f64>,
    /// The upper and lower edge of what stands in each row.
    reach: Vec<(f64, f64)>,
    lanes: Vec<(f64, f64)>,
}

/// How far an item reaches above and below the middle of its row.
fn reach(item: &Item, host: Option<&Item>) -> (f64, f64) {
    let half = item.size.1 / 2.0;
    let text = if item.text.1 > 0.0 { item.text.1 + 3.0 } else { 0.0 };
    match item.shape {
        Shape::Task => (half, half),
        Shape::Gateway => (half + text, half),
        Shape::Event => (half, half + text),
        Shape::Boundary(_) => {
            let host = host.map_or(0.0, |host| host.size.1 / 2.0);
            (0.0, host + half.max(item.text.1 + 3.0))
        }
    }
}

impl Rows {
    fn of(least: &[f64], grid: &Grid, items: &[Item], gutters: &Gutters) -> Rows {
        let count = grid.rows_in_all();
        let mut reaches = vec![(16.0_f64, 16.0_f64); count];
        for (at, item) in items.iter().enumerate() {
            let host = match item.shape {
                Shape::Boundary(on) => Some(&items[on]),
                _ => None,
            };
            let (above, below) = reach(item, host);
            let row = &mut reaches[grid.rows[at]];
            *row = (row.0.max(above), row.1.max(below));
        }
        let mut rows = Rows { middle: Vec::new(), reach: Vec::new(), lanes: Vec::new() };
        let mut y = 0.0;
        for (lane, least) in least.iter().enumerate() {
            let top = y;
            y += PAD;
            let own = grid.first_row[lane]..grid.first_row[lane + 1];
            for (row, (above, below)) in own.clone().zip(&reaches[own.clone()]) {
                y += gutters.height(Level { row, side: Side::Above })
                    + if row > grid.first_row[lane] { GAP } else { 0.0 };
                rows.middle.push(y + above);
                rows.reach.push((y, y + above + below));
                y += above + below + gutters.height(Level { row, side: Side::Below });
            }
            y += PAD;
            // Where the name needs more, what the lane holds stands in its middle.
            let missing = (least - (y - top)).max(0.0);
            rows.middle[own.clone()].iter_mut().for_each(|middle| *middle += missing / 2.0);
            rows.reach[own].iter_mut().for_each(|(above, below)| {
                *above += missing / 2.0;
                *below += missing / 2.0;
            });
            y += missing;
            rows.lanes.push((top, y));
        }
        rows
    }
}

/// A piece of a way across time in a channel: where it comes from and goes to along time, and at which heights.
struct Segment {
    edge: usize,
    /// Which turn of the route it is.
    turn: usize,
    from: (f64, End),
    to: (f64, End),
}

/// Where a piece along time ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Before,
    Behind,
    /// At another turn of the same route in the same channel.
    Turn(usize),
}

/// The tracks of each channel, in order: (edge, turn).
type Tracks = BTreeMap<usize, Vec<(usize, usize)>>;

struct Drawing<'d, 'f> {
    flow: &'d Flow<'f>,
    grid: &'d Grid,
    routes: &'d [Route],
    items: &'d [Item],
    labels: &'d [(f64, f64)],
    direction: Direction,
    gutters: Gutters,
    rows: Rows,
    /// Where each column begins, how wide it is, and where the tracks behind it begin.
    columns: Vec<(f64, f64, f64)>,
}

impl Drawing<'_, '_> {
    fn height_of(&self, edge: usize, level: Level) -> f64 {
        let (top, bottom) = self.rows.reach[level.row];
        let slot = |gutter: &Gutter| {
            let slot = gutter.slots.iter().find(|(own, _)| *own == edge).map_or(0, |(_, slot)| *slot);
            gutter.heights[..=slot].iter().sum::<f64>()
        };
        match level.side {
            Side::Middle => self.rows.middle[level.row],
            Side::Below => bottom + self.gutters.0.get(&level).map_or(0.0, slot),
            // What is written beside a way stands above it: the first slot needs no more than a track.
            Side::Above => {
                top - self.gutters.0.get(&level).map_or(0.0, |gutter| slot(gutter) - gutter.heights[0] + TRACK)
            }
        }
    }

    /// Orders the pieces in each channel so that none lies on another and few cross.
    fn tracks(&self) -> Tracks {
        let mut channels: BTreeMap<usize, Vec<Segment>> = BTreeMap::new();
        for (edge, route) in self.routes.iter().enumerate() {
            for (turn, at) in route.turns.iter().enumerate().filter(|(_, at)| *at % 2 == 1) {
                let heights = (self.height_of(edge, route.levels[turn]), self.height_of(edge, route.levels[turn + 1]));
                if heights.0 == heights.1 {
                    continue;
                }
                let end = |other: Option<usize>, node: usize| {
                    let place = other.map_or(2 * self.grid.columns[node], |turn| route.turns[turn]);
                    match place.cmp(at) {
                        std::cmp::Ordering::Less => End::Before,
                        std::cmp::Ordering::Greater => End::Behind,
                        std::cmp::Ordering::Equal => End::Turn(other.unwrap_or(turn)),
                    }
                };
                let before = end(turn.checked_sub(1), self.flow.edges[edge].from);
                let after = end((turn + 1 < route.turns.len()).then_some(turn + 1), self.flow.edges[edge].to);
                channels.entry(*at).or_default().push(Segment {
                    edge,
                    turn,
                    from: (heights.0, before),
                    to: (heights.1, after),
                });
            }
        }
        channels.into_iter().map(|(at, segments)| (at, self.ordered(&segments))).collect()
    }

    fn ordered(&self, segments: &[Segment]) -> Vec<(usize, usize)> {
        let mut order: Vec<usize> = (0..segments.len()).collect();
        let mut cost = self.faults(segments, &order);
        // Each piece is moved to where it does least harm, until no move helps.
        while cost > 0 {
            let mut best = (cost, order.clone());
            for from in 0..order.len() {
                for to in 0..order.len() {
                    let mut moved = order.clone();
                    let piece = moved.remove(from);
                    moved.insert(to, piece);
                    let faults = self.faults(segments, &moved);
                    if faults < best.0 {
                        best = (faults, moved);
                    }
                }
            }
            if best.0 == cost {
                break;
            }
            (cost, order) = best;
        }
        order.into_iter().map(|at| (segments[at].edge, segments[at].turn)).collect()
    }

    /// How often pieces cross in an order of tracks; lying on each other counts for many.
    fn faults(&self, segments: &[Segment], order: &[usize]) -> usize {
        let mut track = vec![0_i32; segments.len()];
        order.iter().enumerate().for_each(|(at, segment)| track[*segment] = at as i32);
        let place = |segment: &Segment, end: End, own: i32| match end {
            End::Before => -1,
            End::Behind => segments.len() as i32,
            End::Turn(turn) => segments
                .iter()
                .position(|other| other.edge == segment.edge && other.turn == turn)
                .map_or(own, |at| track[at]),
        };
        let mut lines = Vec::with_capacity(2 * segments.len());
        for (at, segment) in segments.iter().enumerate() {
            for (height, end) in [segment.from, segment.to] {
                let to = place(segment, end, track[at]);
                lines.push((height, track[at].min(to), track[at].max(to), at));
            }
        }
        let mut faults = 0;
        for (at, segment) in segments.iter().enumerate() {
            let (low, high) = (segment.from.0.min(segment.to.0), segment.from.0.max(segment.to.0));
            let crosses = |line: &&(f64, i32, i32, usize)| {
                segments[line.3].edge != segment.edge
                    && low < line.0
                    && line.0 < high
                    && line.1 < track[at]
                    && track[at] < line.2
            };
            faults += lines.iter().filter(crosses).count();
        }
        for (at, line) in lines.iter().enumerate() {
            for other in &lines[at + 1..] {
                let (a, b) = (segments[line.3].edge, segments[other.3].edge);
                let (one, two) = (&self.flow.edges[a], &self.flow.edges[b]);
                let together = a == b || one.from == two.from || one.to == two.to;
                if line.0 == other.0 && line.1 < other.2 && other.1 < line.2 && !together {
                    faults += 100;
                }
            }
        }
        faults
    }

    fn widths(&self, tracks: &Tracks) -> Vec<(f64, f64, f64)> {
        let mut wide = vec![0.0_f64; self.grid.width];
        for (at, item) in self.items.iter().enumerate() {
            let column = &mut wide[self.grid.columns[at]];
            *column = match item.shape {
                Shape::Boundary(_) => *column,
                _ => column.max(item.size.0).max(item.text.0),
            };
        }
        // Room behind a column for what is written beside the ways that leave it.
        let mut written = vec![0.0_f64; self.grid.width];
        let mut arriving = vec![0.0_f64; self.grid.width + 1];
        for (edge, route) in self.routes.iter().enumerate().filter(|(edge, _)| self.labels[*edge].0 > 0.0) {
            let (from, label) = (self.flow.edges[edge].from, self.labels[edge].0);
            if self.is_branch(edge) {
                let column = self.grid.columns[self.flow.edges[edge].to];
                arriving[column] = arriving[column].max(label + 8.0);
                continue;
            }
            let column = self.grid.columns[from];
            let begins = if route.leaves_across { 0.0 } else { self.items[from].size.0 / 2.0 };
            written[column] = written[column].max(begins + label + 8.0 - wide[column] / 2.0);
        }
        let mut x = HEAD + GAP;
        (0..self.grid.width)
            .map(|column| {
                let count = tracks.get(&(2 * column + 1)).map_or(0, Vec::len);
                let begins = x + wide[column] + written[column].max(0.0) + TRACK;
                let place = (x, wide[column], begins);
                x = begins + (count.max(1) - 1) as f64 * TRACK + ARROW + arriving[column + 1];
                place
            })
            .collect()
    }

    fn draw(&self, tracks: &Tracks) -> Layout {
        let nodes: Vec<Rect> = (0..self.items.len()).map(|at| self.rect(at)).collect();
        let texts = (0..self.items.len()).map(|at| self.text(at, nodes[at])).collect();
        let edges: Vec<Vec<(f64, f64)>> =
            (0..self.routes.len()).map(|edge| self.corners(edge, &nodes, tracks)).collect();
        let labels = edges.iter().enumerate().map(|(edge, corners)| self.label(edge, corners, &nodes)).collect();
        let end = self.columns.last().map_or(HEAD, |(x, wide, tracks)| (x + wide).max(*tracks)) + GAP;
        let height = self.rows.lanes.last().map_or(0.0, |lane| lane.1);
        let lanes = self.rows.lanes.iter().map(|(top, bottom)| Rect { x: 0.0, y: *top, w: end, h: bottom - top });
        let cuts = self.columns.iter().skip(1).map(|(x, _, _)| x - ARROW / 2.0).collect();
        Layout { nodes, texts, edges, labels, lanes: lanes.collect(), cuts, size: (end, height) }
    }

    fn middle_of(&self, column: usize) -> f64 {
        let (x, wide, _) = self.columns[column];
        x + wide / 2.0
    }

    fn rect(&self, node: usize) -> Rect {
        let (w, h) = self.items[node].size;
        match self.items[node].shape {
            Shape::Boundary(on) => {
                let host = self.rect(on);
                Rect { x: host.x + TIMER - w / 2.0, y: host.bottom() - h / 2.0, w, h }
            }
            _ => {
                let (x, y) = (self.middle_of(self.grid.columns[node]), self.rows.middle[self.grid.rows[node]]);
                Rect { x: x - w / 2.0, y: y - h / 2.0, w, h }
            }
        }
    }

    fn text(&self, node: usize, rect: Rect) -> Option<Rect> {
        let (w, h) = self.items[node].text;
        let (x, _) = rect.middle();
        (h > 0.0).then(|| match self.items[node].shape {
            Shape::Gateway => Rect { x: x - w / 2.0, y: rect.y - 3.0 - h, w, h },
            Shape::Boundary(_) => Rect { x: rect.right() + 2.0, y: rect.y + rect.h / 2.0 + 3.0, w, h },
            Shape::Event | Shape::Task => Rect { x: x - w / 2.0, y: rect.bottom() + 3.0, w, h },
        })
    }

    fn corners(&self, edge: usize, nodes: &[Rect], tracks: &Tracks) -> Vec<(f64, f64)> {
        let (route, from, to) = (&self.routes[edge], self.flow.edges[edge].from, self.flow.edges[edge].to);
        let side = |node: usize, level: Level| {
            let rect = nodes[node];
            let y =
                if level > (Level { row: self.grid.rows[node], side: Side::Middle }) { rect.bottom() } else { rect.y };
            (rect.middle().0, y)
        };
        let last = route.levels.len() - 1;
        let middle = |node: usize| self.rows.middle[self.grid.rows[node]];
        let start = if route.leaves_across { side(from, route.levels[1]) } else { (nodes[from].right(), middle(from)) };
        let end = if route.arrives_across { side(to, route.levels[last - 1]) } else { (nodes[to].x, middle(to)) };
        let mut corners = vec![start];
        for (turn, at) in route.turns.iter().enumerate() {
            let x = match at % 2 {
                1 => match tracks.get(at).and_then(|tracks| tracks.iter().position(|one| *one == (edge, turn))) {
                    Some(track) => self.columns[at / 2].2 + track as f64 * TRACK,
                    // Nothing across: the way runs on.
                    None => continue,
                },
                _ if turn == 0 && route.leaves_across => start.0,
                _ if turn + 1 == route.turns.len() && route.arrives_across => end.0,
                _ => self.middle_of(at / 2),
            };
            // What lies inside the node itself is not drawn.
            if !(turn == 0 && route.leaves_across) {
                corners.push((x, self.height_of(edge, route.levels[turn])));
            }
            if !(turn + 1 == route.turns.len() && route.arrives_across) {
                corners.push((x, self.height_of(edge, route.levels[turn + 1])));
            }
        }
        corners.push(end);
        straightened(corners)
    }

    fn is_branch(&self, edge: usize) -> bool {
        matches!(self.flow.edges[edge].label, EdgeLabel::Branch(_))
    }

    /// Behind the node that a way leaves straight on, else beside the piece that leads away from it.
    fn label(&self, edge: usize, corners: &[(f64, f64)], nodes: &[Rect]) -> Option<Rect> {
        let (w, h) = self.labels[edge];
        let route = &self.routes[edge];
        let from = self.flow.edges[edge].from;
        (h > 0.0).then(|| match route.leaves_across {
            true => {
                let x = nodes[from].middle().0;
                let level = if is_drop(route) { drop_level(route) } else { route.levels[1] };
                Rect { x: x + 4.0, y: self.height_of(edge, level) - h - 2.0, w, h }
            }
            // All branches leave a fork at one place: what they are called stands where each arrives.
            false if self.is_branch(edge) => {
                let to = nodes[self.flow.edges[edge].to];
                Rect { x: to.x - ARROW - w, y: to.middle().1 - h - 2.0, w, h }
            }
            false => {
                // The text of a gateway stands on the one side; where letters run across time, it reaches far down.
                let y = match self.direction {
                    Direction::Right => corners[0].1 - h - 2.0,
                    Direction::Down => corners[0].1 + 2.0,
                };
                Rect { x: nodes[from].right() + 3.0, y, w, h }
            }
        })
    }
}

/// The corners without those on a straight line.
fn straightened(corners: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::with_capacity(corners.len());
    for corner in corners {
        if kept.last() == Some(&corner) {
            continue;
        }
        if let [.., a, b] = kept[..]
            && ((a.0 == b.0 && b.0 == corner.0) || (a.1 == b.1 && b.1 == corner.1))
        {
            kept.pop();
        }
        kept.push(corner);
    }
    kept
}
