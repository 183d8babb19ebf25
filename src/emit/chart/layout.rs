//! Places nodes in rows and lanes, and routes edges through gaps and gutters. All lengths are in pixels of the drawing.

use serde::Serialize;

use super::metrics::{width, wrap};
use crate::plan::flow::{Edge, EdgeLabel, EndKind, Flow, FlowNode, Lane, NodeKind};

const FONT: f64 = 11.0;
const LINE: f64 = 14.0;
const LANE: f64 = 178.0;
const BOX: f64 = 150.0;
const PAD: f64 = 7.0;
const STAGE: f64 = 112.0;
const TRACK: f64 = 9.0;
const MARGIN: f64 = 16.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Rect,
    Round,
    Hexagon,
    Bar,
}

/// What a node shows: its texts, each wrapped on its own.
pub(super) struct Box {
    pub(super) shape: Shape,
    pub(super) texts: Vec<String>,
    /// How many of the texts are bold.
    pub(super) bold: usize,
    /// Time that is not counted.
    pub(super) dashed: bool,
}

impl Box {
    pub(super) fn of(shape: Shape, texts: Vec<String>) -> Box {
        Box { shape, texts, bold: 0, dashed: false }
    }
}

/// A length in tenths of a pixel: finer is noise.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn tenths<S: serde::Serializer>(length: &f64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(tenth(*length))
}

/// The drawing, as the template shows it.
#[derive(Serialize)]
pub(super) struct Drawn {
    #[serde(serialize_with = "tenths")]
    width: f64,
    #[serde(serialize_with = "tenths")]
    height: f64,
    title: Vec<TextLine>,
    head: Rect,
    lanes: Vec<LaneShape>,
    stages: Vec<StageShape>,
    nodes: Vec<NodeShape>,
    edges: Vec<EdgeShape>,
    labels: Vec<LabelShape>,
    #[serde(serialize_with = "tenths")]
    footer_y: f64,
}

#[derive(Serialize)]
struct Rect {
    #[serde(serialize_with = "tenths")]
    x: f64,
    #[serde(serialize_with = "tenths")]
    y: f64,
    #[serde(serialize_with = "tenths")]
    w: f64,
    #[serde(serialize_with = "tenths")]
    h: f64,
}

#[derive(Serialize)]
struct TextLine {
    #[serde(serialize_with = "tenths")]
    x: f64,
    #[serde(serialize_with = "tenths")]
    y: f64,
    text: String,
    bold: bool,
}

#[derive(Serialize)]
struct LaneShape {
    rect: Rect,
    lines: Vec<TextLine>,
}

#[derive(Serialize)]
struct StageShape {
    rect: Rect,
    lines: Vec<TextLine>,
}

#[derive(Serialize)]
struct NodeShape {
    shape: &'static str,
    rect: Rect,
    points: String,
    dashed: bool,
    lines: Vec<TextLine>,
}

#[derive(Serialize)]
struct EdgeShape {
    path: String,
    /// A way back.
    back: bool,
}

#[derive(Serialize)]
struct LabelShape {
    rect: Rect,
    line: TextLine,
}

/// A node in its place.
struct Placed {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    row: usize,
}

impl Placed {
    fn bottom(&self) -> f64 {
        self.y + self.h
    }

    fn middle(&self) -> f64 {
        self.y + self.h / 2.0
    }

    fn left(&self) -> f64 {
        self.x - self.w / 2.0
    }

    fn right(&self) -> f64 {
        self.x + self.w / 2.0
    }
}

/// How an edge runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To the next row, through the gap between.
    Down,
    /// To a later row, through the right gutter.
    Skip,
    /// To an earlier row, through the left gutter.
    Back,
}

struct Route<'e> {
    edge: &'e Edge<'e>,
    way: Way,
    /// Leaves by the side, not by the bottom.
    side: bool,
    gutter: usize,
    gap_out: usize,
    gap_in: usize,
}

pub(super) fn draw(
    flow: &Flow<'_>,
    title: Vec<String>,
    cell: &dyn Fn(&FlowNode<'_>) -> Box,
    lane_text: &dyn Fn(&Lane) -> (String, String),
    stage_text: &dyn Fn(usize) -> Vec<String>,
    edge_text: &dyn Fn(&Edge<'_>) -> String,
) -> Drawn {
    let order = row_order(flow);
    let rows = order.len();
    let mut row_of = vec![0; flow.nodes.len()];
    for (row, &node) in order.iter().enumerate() {
        row_of[node] = row;
    }
    let mut routes = routes(flow, &row_of);
    let (left_tracks, right_tracks, gap_tracks) = assign_tracks(&mut routes, &row_of, rows);

    let stage_width = if flow.stages.is_empty() { 0.0 } else { STAGE };
    let gutter = |tracks: usize| if tracks == 0 { 10.0 } else { 14.0 + tracks as f64 * TRACK };
    let lanes_x = MARGIN + stage_width + gutter(left_tracks);
    let lanes_end = lanes_x + LANE * flow.lanes.len() as f64;
    let total = lanes_end + gutter(right_tracks) + MARGIN;

    let mut y = MARGIN;
    let title: Vec<TextLine> = title
        .into_iter()
        .flat_map(|line| wrap(&line, (total - 2.0 * MARGIN) / 14.0, 1.08))
        .map(|text| {
            y += 18.0;
            TextLine { x: MARGIN, y, text, bold: true }
        })
        .collect();
    y += 12.0;
    let (lanes, head, body_y) = lanes(flow, lane_text, lanes_x, y);

    let boxes: Vec<(Box, Vec<(String, bool)>)> = flow
        .nodes
        .iter()
        .map(|node| {
            let cell = cell(node);
            let most =
                (node_width(cell.shape) - 2.0 * PAD - if cell.shape == Shape::Hexagon { 12.0 } else { 0.0 }) / FONT;
            let mut lines = Vec::new();
            for (at, text) in cell.texts.iter().enumerate() {
                let bold = at < cell.bold;
                lines.extend(wrap(text, most, if bold { 1.08 } else { 1.0 }).into_iter().map(|line| (line, bold)));
            }
            (cell, lines)
        })
        .collect();
    let mut placed: Vec<Placed> = Vec::with_capacity(flow.nodes.len());
    let mut gaps = vec![(0.0_f64, 0.0_f64); rows + 1];
    let mut tops = vec![0.0_f64; flow.nodes.len()];
    let gap_height = |gap: usize| 20.0 + gap_tracks[gap] as f64 * TRACK;
    let mut at = body_y;
    for (row, &node) in order.iter().enumerate() {
        gaps[row] = (at, gap_height(row));
        at += gap_height(row);
        tops[node] = at;
        at += node_height(boxes[node].0.shape, boxes[node].1.len());
    }
    gaps[rows] = (at, 16.0);
    at += 16.0;
    for (index, node) in flow.nodes.iter().enumerate() {
        let (cell, lines) = &boxes[index];
        placed.push(Placed {
            x: tenth(lanes_x + LANE * (node.lane as f64 + 0.5)),
            y: tops[index],
            w: node_width(cell.shape),
            h: node_height(cell.shape, lines.len()),
            row: row_of[index],
        });
    }

    let nodes = boxes.iter().zip(&placed).map(|((cell, lines), place)| node_shape(cell, lines, place)).collect();
    let gutters = (lanes_x - 10.0, lanes_end + 10.0);
    let (edges, labels) = edges(&routes, &placed, &gaps, gutters, edge_text);
    let lanes = lanes
        .into_iter()
        .map(|mut lane| {
            lane.rect.h = at - lane.rect.y;
            lane
        })
        .collect();
    let stages = stages(flow, &placed, stage_text);
    Drawn { width: total, height: at + 30.0, title, head, lanes, stages, nodes, edges, labels, footer_y: at + 20.0 }
}

/// The nodes from top to bottom: as written, the ends last.
fn row_order(flow: &Flow<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..flow.nodes.len()).collect();
    order.sort_by_key(|&node| match flow.nodes[node].kind {
        NodeKind::End(EndKind::Done) => 1,
        NodeKind::End(EndKind::Refused) => 2,
        NodeKind::End(EndKind::Stopped) => 3,
        NodeKind::Start | NodeKind::Step(..) | NodeKind::Choice(_) | NodeKind::Fork | NodeKind::Join => 0,
    });
    order
}

fn routes<'e>(flow: &'e Flow<'e>, row_of: &[usize]) -> Vec<Route<'e>> {
    let mut bottom_used = vec![false; flow.nodes.len()];
    let mut routes: Vec<Route<'e>> = Vec::with_capacity(flow.edges.len());
    for edge in &flow.edges {
        let (from, to) = (row_of[edge.from], row_of[edge.to]);
        let way = if to <= from {
            Way::Back
        } else if to == from + 1 {
            Way::Down
        } else {
            Way::Skip
        };
        // The first edge leaves by the bottom; a fork sends all its branches from there.
        let fork = matches!(flow.nodes[edge.from].kind, NodeKind::Fork);
        let side = match way {
            Way::Down => false,
            Way::Back => true,
            Way::Skip => {
                !fork
                    && (bottom_used[edge.from]
                        || matches!(edge.label, EdgeLabel::No | EdgeLabel::Overdue | EdgeLabel::NotAccepted))
            }
        };
        bottom_used[edge.from] |= !side;
        routes.push(Route { edge, way, side, gutter: 0, gap_out: 0, gap_in: 0 });
    }
    routes
}

/// Gives each edge tracks of its own in the gutters and gaps it uses; tracks of edges that do not meet are shared.
fn assign_tracks(routes: &mut [Route<'_>], row_of: &[usize], rows: usize) -> (usize, usize, Vec<usize>) {
    let mut left: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut right: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut gaps = vec![0; rows + 1];
    let mut order: Vec<usize> = (0..routes.len()).collect();
    // Short ways lie inside, long ones outside.
    order.sort_by_key(|&at| {
        let (from, to) = (row_of[routes[at].edge.from], row_of[routes[at].edge.to]);
        (from.abs_diff(to), at)
    });
    for at in order {
        let (from, to) = (row_of[routes[at].edge.from], row_of[routes[at].edge.to]);
        let span = (from.min(to), from.max(to));
        let tracks = match routes[at].way {
            Way::Down => {
                routes[at].gap_out = gaps[from + 1];
                gaps[from + 1] += 1;
                continue;
            }
            Way::Skip => &mut right,
            Way::Back => &mut left,
        };
        let free = tracks.iter().position(|used| used.iter().all(|&(low, high)| high < span.0 || span.1 < low));
        let track = free.unwrap_or_else(|| {
            tracks.push(Vec::new());
            tracks.len() - 1
        });
        tracks[track].push(span);
        routes[at].gutter = track;
        if routes[at].way == Way::Skip {
            if !routes[at].side {
                routes[at].gap_out = gaps[from + 1];
                gaps[from + 1] += 1;
            }
            routes[at].gap_in = gaps[to];
            gaps[to] += 1;
        }
    }
    (left.len(), right.len(), gaps)
}

fn node_width(shape: Shape) -> f64 {
    match shape {
        Shape::Rect | Shape::Hexagon => BOX,
        Shape::Round => 104.0,
        Shape::Bar => 132.0,
    }
}

fn node_height(shape: Shape, lines: usize) -> f64 {
    let text = lines as f64 * LINE;
    match shape {
        Shape::Rect | Shape::Hexagon => text + 2.0 * PAD,
        Shape::Round => text + 10.0,
        Shape::Bar => text + 10.0,
    }
}

fn lanes(flow: &Flow<'_>, text: &dyn Fn(&Lane) -> (String, String), x: f64, y: f64) -> (Vec<LaneShape>, Rect, f64) {
    let most = (LANE - 12.0) / FONT;
    let texts: Vec<(Vec<String>, Vec<String>)> = flow
        .lanes
        .iter()
        .map(|lane| {
            let (name, agency) = text(lane);
            let agency = if agency.is_empty() { Vec::new() } else { wrap(&agency, most, 1.0) };
            (wrap(&name, most, 1.08), agency)
        })
        .collect();
    let most_lines = texts.iter().map(|(name, agency)| name.len() + agency.len()).max().unwrap_or(1);
    let height = most_lines as f64 * LINE + 12.0;
    let shapes = texts
        .into_iter()
        .enumerate()
        .map(|(at, (name, agency))| {
            let lane_x = x + LANE * at as f64;
            let lines = name.into_iter().map(|line| (line, true)).chain(agency.into_iter().map(|line| (line, false)));
            let lines = lines
                .enumerate()
                .map(|(row, (text, bold))| TextLine {
                    x: lane_x + LANE / 2.0,
                    y: y + 6.0 + LINE * (row as f64 + 0.8),
                    text,
                    bold,
                })
                .collect();
            LaneShape { rect: Rect { x: lane_x, y, w: LANE, h: 0.0 }, lines }
        })
        .collect();
    let head = Rect { x, y, w: LANE * flow.lanes.len() as f64, h: height };
    (shapes, head, y + height)
}

fn node_shape(cell: &Box, lines: &[(String, bool)], place: &Placed) -> NodeShape {
    let top = place.y + (place.h - lines.len() as f64 * LINE) / 2.0;
    let texts = lines
        .iter()
        .enumerate()
        .map(|(row, (text, bold))| TextLine {
            x: place.x,
            y: top + LINE * (row as f64 + 0.78),
            text: text.clone(),
            bold: *bold,
        })
        .collect();
    let (left, right, y, bottom, middle) = (place.left(), place.right(), place.y, place.bottom(), place.middle());
    let cut = 9.0;
    let points = format!(
        "{},{y} {},{y} {right},{middle} {},{bottom} {},{bottom} {left},{middle}",
        left + cut,
        right - cut,
        right - cut,
        left + cut
    );
    NodeShape {
        shape: match cell.shape {
            Shape::Rect => "rect",
            Shape::Round => "round",
            Shape::Hexagon => "hexagon",
            Shape::Bar => "bar",
        },
        rect: Rect { x: left, y, w: place.w, h: place.h },
        points,
        dashed: cell.dashed,
        lines: texts,
    }
}

/// The place along a side for the `at`th of `of` edges.
fn port(at: usize, of: usize, room: f64) -> f64 {
    if of < 2 { 0.0 } else { room * (at as f64 / (of - 1) as f64 - 0.5) }
}

fn edges(
    routes: &[Route<'_>],
    placed: &[Placed],
    gaps: &[(f64, f64)],
    gutters: (f64, f64),
    edge_text: &dyn Fn(&Edge<'_>) -> String,
) -> (Vec<EdgeShape>, Vec<LabelShape>) {
    let mut shapes = Vec::new();
    let mut labels = Vec::new();
    let track_y = |gap: usize, track: usize| tenth(gaps[gap].0 + 10.0 + track as f64 * TRACK);
    let into_top = |to: usize| routes.iter().filter(|route| route.edge.to == to && route.way != Way::Back).count();
    let from_bottom = |from: usize| routes.iter().filter(|route| route.edge.from == from && !route.side).count();
    let on_left = |node: usize| {
        routes
            .iter()
            .filter(|route| route.way == Way::Back && (route.edge.from == node || route.edge.to == node))
            .count()
    };
    let on_right = |node: usize| {
        routes.iter().filter(|route| route.way == Way::Skip && route.side && route.edge.from == node).count()
    };
    let mut top_at = vec![0; placed.len()];
    let mut bottom_at = vec![0; placed.len()];
    let mut left_at = vec![0; placed.len()];
    let mut right_at = vec![0; placed.len()];
    let take = |counter: &mut Vec<usize>, node: usize| {
        counter[node] += 1;
        counter[node] - 1
    };
    for route in routes {
        let (from, to) = (route.edge.from, route.edge.to);
        let (a, b) = (&placed[from], &placed[to]);
        let text = edge_text(route.edge);
        // The branches of a fork leave it side by side: what they are called stands where each arrives.
        let branch = matches!(route.edge.label, EdgeLabel::Branch(_));
        match route.way {
            Way::Back => {
                let out = take(&mut left_at, from);
                let y_out = tenth(a.middle() + port(out, on_left(from), (a.h - 12.0).min(24.0)));
                let into = take(&mut left_at, to);
                let y_in = tenth(b.middle() + port(into, on_left(to), (b.h - 12.0).min(24.0)));
                let x = gutters.0 - route.gutter as f64 * TRACK;
                shapes.push(EdgeShape { path: format!("M{} {y_out}H{x}V{y_in}H{}", a.left(), b.left()), back: true });
                if !text.is_empty() {
                    labels.push(label(text, x.max(a.left() - 200.0) + 4.0, y_out, a.left() - 3.0));
                }
            }
            Way::Down => {
                let x_out = tenth(a.x + port(take(&mut bottom_at, from), from_bottom(from), 48.0));
                let x_in = tenth(b.x + port(take(&mut top_at, to), into_top(to), 60.0));
                let y = track_y(b.row, route.gap_out);
                let path = if (x_out - x_in).abs() < 0.5 {
                    format!("M{x_out} {}V{}", a.bottom(), b.y)
                } else {
                    format!("M{x_out} {}V{y}H{x_in}V{}", a.bottom(), b.y)
                };
                shapes.push(EdgeShape { path, back: false });
                if !text.is_empty() {
                    let (x, y) = if branch { (x_in, b.y - 8.0) } else { (x_out, a.bottom() + 7.0) };
                    labels.push(label(text, x + 3.0, y, f64::MAX));
                }
            }
            Way::Skip => {
                let x = gutters.1 + route.gutter as f64 * TRACK;
                let x_in = tenth(b.x + port(take(&mut top_at, to), into_top(to), 60.0));
                let y_in = track_y(b.row, route.gap_in);
                let start = if route.side {
                    let y = tenth(a.middle() + port(take(&mut right_at, from), on_right(from), (a.h - 12.0).min(24.0)));
                    if !text.is_empty() {
                        labels.push(label(text, a.right() + 3.0, y, f64::MAX));
                    }
                    format!("M{} {y}H{x}", a.right())
                } else {
                    let x_out = tenth(a.x + port(take(&mut bottom_at, from), from_bottom(from), 48.0));
                    let y = track_y(a.row + 1, route.gap_out);
                    if !text.is_empty() {
                        let (x, y) = if branch { (x_in, b.y - 8.0) } else { (x_out, a.bottom() + 7.0) };
                        labels.push(label(text, x + 3.0, y, f64::MAX));
                    }
                    format!("M{x_out} {}V{y}H{x}", a.bottom())
                };
                shapes.push(EdgeShape { path: format!("{start}V{y_in}H{x_in}V{}", b.y), back: false });
            }
        }
    }
    (shapes, labels)
}

/// A label in a white box of its own, above the line at `y`, ending at `right` at the latest.
fn label(text: String, x: f64, y: f64, right: f64) -> LabelShape {
    let w = width(&text) * 9.5 + 4.0;
    let x = x.min(right - w);
    LabelShape {
        rect: Rect { x, y: y - 5.5, w, h: 11.0 },
        line: TextLine { x: x + 2.0, y: y + 3.2, text, bold: false },
    }
}

fn stages(flow: &Flow<'_>, placed: &[Placed], text: &dyn Fn(usize) -> Vec<String>) -> Vec<StageShape> {
    let mut shapes: Vec<StageShape> = Vec::new();
    let mut floor = f64::MIN;
    for stage in 0..flow.stages.len() {
        let inside =
            || flow.nodes.iter().zip(placed).filter(|(node, _)| node.stage == Some(stage)).map(|(_, place)| place);
        let top = inside().map(|place| place.y).reduce(f64::min);
        let bottom = inside().map(Placed::bottom).reduce(f64::max);
        let (Some(top), Some(bottom)) = (top, bottom) else { continue };
        let most = (STAGE - 18.0) / FONT;
        let lines: Vec<String> = text(stage).iter().flat_map(|line| wrap(line, most, 1.08)).collect();
        let top = top.max(floor);
        let height = (bottom - top).max(0.0);
        let shown = ((height / LINE) as usize).max(1).min(lines.len());
        let clipped = shown < lines.len();
        let lines = lines
            .into_iter()
            .take(shown)
            .enumerate()
            .map(|(row, text)| {
                let text = if clipped && row + 1 == shown { format!("{text} …") } else { text };
                TextLine { x: MARGIN + 8.0, y: top + LINE * (row as f64 + 0.8), text, bold: row == 0 }
            })
            .collect();
        floor = bottom + 4.0;
        shapes.push(StageShape { rect: Rect { x: MARGIN, y: top, w: STAGE - 8.0, h: height }, lines });
    }
    shapes
}
