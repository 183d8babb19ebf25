//! A chart as the template draws it: cut into sheets that fit on A4 landscape, with a mark wherever a way goes on on another.

use serde::Serialize;

use super::super::layout::cells::{FONT, LINE, LaneName, NAMES, Picture, SMALL, SMALL_LINE};
use super::super::layout::metrics::{width, wrap};
use super::super::layout::{Direction, Rect};
use super::shape_name;
use crate::plan::flow::{EndKind, NodeKind};
use crate::plan::{Flow, Wording};

/// A4 landscape inside its margins: how much wider it is than high.
const A4: f64 = 277.0 / 180.0;
/// No sheet is narrower than this.
const LEAST: f64 = 1180.0;
const MARGIN: f64 = 16.0;

/// What stands above and below a chart.
pub(super) struct Head {
    pub lang: &'static str,
    pub title: String,
    pub description: String,
    pub footer: String,
}

#[derive(Serialize)]
pub(super) struct View {
    lang: &'static str,
    title_text: String,
    description: String,
    width: f64,
    height: f64,
    title: Vec<Line>,
    sheets: Vec<Sheet>,
    footer: Line,
}

#[derive(Serialize)]
struct Sheet {
    /// Where the sheet stands in the drawing, and which part of the process it shows.
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    from: f64,
    lanes: Vec<LaneShape>,
    nodes: Vec<NodeShape>,
    edges: Vec<EdgeShape>,
    labels: Vec<LabelShape>,
    marks: Vec<Mark>,
    caption: Line,
}

#[derive(Serialize)]
struct LaneShape {
    rect: Box4,
    /// The box of the name.
    head: Box4,
    lines: Vec<Line>,
    turned: bool,
}

#[derive(Serialize)]
struct NodeShape {
    id: String,
    shape: &'static str,
    /// start, end, posted, merge, choice, fork, join, timer, reminder, system
    kind: &'static str,
    rect: Box4,
    points: String,
    uncounted: bool,
    lines: Vec<Line>,
    beside: Vec<Line>,
    beside_box: Option<Box4>,
}

#[derive(Serialize)]
struct EdgeShape {
    id: String,
    path: String,
    back: bool,
    /// On the critical path.
    critical: bool,
}

#[derive(Serialize)]
struct LabelShape {
    rect: Box4,
    line: Line,
}

/// Where a way goes on on another sheet.
#[derive(Serialize)]
struct Mark {
    x: f64,
    y: f64,
    text: String,
}

#[derive(Serialize, Clone, Copy)]
struct Box4 {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

#[derive(Serialize)]
struct Line {
    x: f64,
    y: f64,
    text: String,
    bold: bool,
}

impl From<Rect> for Box4 {
    fn from(rect: Rect) -> Box4 {
        Box4 { x: tenth(rect.x), y: tenth(rect.y), w: tenth(rect.w), h: tenth(rect.h) }
    }
}

/// Coordinates are written to a tenth of a pixel.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

pub(super) fn view(flow: &Flow<'_>, words: &Wording<'_>, picture: &Picture, direction: Direction, head: Head) -> View {
    let drawer = Drawer { flow, words, picture, direction };
    let parts = drawer.parts();
    let wide = parts.iter().map(|(from, to)| to - from + if *from > 0.0 { NAMES } else { 0.0 }).fold(0.0, f64::max);
    let (wide, high) = match direction {
        Direction::Right => (wide, picture.layout.size.1),
        Direction::Down => picture.layout.size,
    };
    let title: Vec<Line> = wrap(&head.title, (wide.max(400.0)) / 15.0, 1.08)
        .into_iter()
        .enumerate()
        .map(|(row, text)| Line { x: MARGIN, y: 22.0 + 18.0 * row as f64, text, bold: true })
        .collect();
    let mut y = 18.0 + 18.0 * title.len() as f64;
    let count = parts.len();
    let mut sheets = Vec::new();
    for (at, (from, to)) in parts.iter().enumerate() {
        if count > 1 {
            y += 16.0;
        }
        let folds = if count > 1 { Folds::of(&drawer, (*from, *to)) } else { Folds::default() };
        let own = high - folds.in_all();
        sheets.push(drawer.sheet((*from, *to), (at, count), y, &folds));
        y += own + MARGIN;
    }
    let footer = Line { x: MARGIN, y: tenth(y + 6.0), text: head.footer, bold: false };
    let title_wide = title.iter().map(|line| width(&line.text) * 15.2).fold(0.0, f64::max);
    View {
        lang: head.lang,
        title_text: head.title,
        description: head.description,
        width: tenth(wide.max(title_wide) + 2.0 * MARGIN),
        height: tenth(y + 16.0),
        title,
        sheets,
        footer,
    }
}

/// What is left out of a sheet, from where to where across time: lanes in which nothing stands on it, and of the others the rows
/// in which nothing does. Everything below moves up.
#[derive(Default)]
struct Folds(Vec<(f64, f64)>);

/// What stays above and below whatever stands in a lane.
const KEPT: f64 = 14.0;

impl Folds {
    fn of(drawer: &Drawer<'_, '_>, part: (f64, f64)) -> Folds {
        let used = drawer.used(part);
        let mut folds = Vec::new();
        for (lane, rect) in drawer.flow.lanes.iter().zip(&drawer.picture.layout.lanes) {
            let used = used.iter().filter(|(top, bottom)| *top < rect.bottom() && rect.y < *bottom);
            let mut used = used.copied().peekable();
            if used.peek().is_none() {
                folds.push((rect.y, rect.bottom()));
                continue;
            }
            // A lane stays high enough for its name.
            let mut spare = rect.h - LaneName::of(lane, drawer.words).least_in_chart();
            let mut from = rect.y - KEPT;
            for (top, bottom) in used.chain([(rect.bottom() + KEPT, f64::INFINITY)]) {
                let fold = (top - from - 2.0 * KEPT).min(spare);
                if fold > 0.0 {
                    folds.push((from + KEPT, from + KEPT + fold));
                    spare -= fold;
                }
                from = from.max(bottom);
            }
        }
        Folds(folds)
    }

    fn in_all(&self) -> f64 {
        self.0.iter().map(|(top, bottom)| bottom - top).sum()
    }

    /// Where a height is when the lanes above it are left out.
    fn fold(&self, y: f64) -> f64 {
        y - self.0.iter().map(|(top, bottom)| (y.min(*bottom) - top).max(0.0)).sum::<f64>()
    }

    fn hides(&self, lane: &Rect) -> bool {
        self.0.contains(&(lane.y, lane.bottom()))
    }

    fn rect(&self, rect: Rect) -> Rect {
        let y = self.fold(rect.y);
        Rect { y, h: self.fold(rect.bottom()) - y, ..rect }
    }
}

struct Drawer<'d, 'f> {
    flow: &'d Flow<'f>,
    words: &'d Wording<'d>,
    picture: &'d Picture,
    direction: Direction,
}

impl Drawer<'_, '_> {
    /// Which parts of a long drawing each sheet shows, along time.
    fn parts(&self) -> Vec<(f64, f64)> {
        let layout = &self.picture.layout;
        let (wide, high) = layout.size;
        let most = (high * A4).max(LEAST);
        if self.direction == Direction::Down || wide <= most * 1.1 {
            return vec![(0.0, wide)];
        }
        // Sheets of about the same width, each cut where nothing stands.
        let count = ((wide - NAMES) / (most - NAMES)).ceil();
        let each = (wide - NAMES) / count;
        let mut parts = Vec::new();
        let mut from = 0.0;
        for sheet in 1..count as usize {
            let ideal = NAMES + each * sheet as f64;
            let cut = layout.cuts.iter().copied().filter(|cut| *cut > from + 200.0);
            let nearest = cut.min_by(|a, b| (a - ideal).abs().total_cmp(&(b - ideal).abs()));
            let Some(cut) = nearest else { break };
            parts.push((from, cut));
            from = cut;
        }
        parts.push((from, wide));
        parts
    }

    /// Where something is drawn across time in a part of the process, from above downwards; ways that only pass through count
    /// where they run along time.
    fn used(&self, (from, to): (f64, f64)) -> Vec<(f64, f64)> {
        let layout = &self.picture.layout;
        let texts = layout.texts.iter().chain(&layout.labels).flatten();
        let shown = layout.nodes.iter().chain(texts).filter(|rect| rect.x >= from && rect.x < to);
        let runs = layout.edges.iter().flat_map(|corners| corners.windows(2)).filter_map(|pair| {
            let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
            (y == to_y && x.min(to_x) < to && x.max(to_x) > from).then_some((y, y))
        });
        let mut used: Vec<(f64, f64)> = shown.map(|rect| (rect.y, rect.bottom())).chain(runs).collect();
        used.sort_by(|a, b| a.0.total_cmp(&b.0));
        used
    }

    fn sheet(&self, (from, to): (f64, f64), (at, count): (usize, usize), y: f64, folds: &Folds) -> Sheet {
        let layout = &self.picture.layout;
        let down = self.direction == Direction::Down;
        let (w, h) = if down { layout.size } else { (to - from, layout.size.1 - folds.in_all()) };
        let shown = |rect: &Rect| down || rect.x >= from && rect.x < to;
        let nodes =
            (0..layout.nodes.len()).filter(|&node| shown(&layout.nodes[node])).map(|node| self.node(node, folds));
        let labels = (0..layout.labels.len()).filter_map(|edge| {
            let rect = folds.rect(layout.labels[edge].filter(|rect| shown(rect))?);
            let line = Line {
                x: tenth(rect.x + 2.0),
                y: tenth(rect.y + SMALL_LINE * 0.8),
                text: self.picture.labels[edge].clone(),
                bold: false,
            };
            Some(LabelShape { rect: rect.into(), line })
        });
        let (edges, marks) = self.ways(from, to, folds);
        let names = if at > 0 { NAMES } else { 0.0 };
        let caption = match count {
            1 => String::new(),
            _ => format!("{} {}/{count}", self.words.pick("Tờ", "Sheet"), at + 1),
        };
        Sheet {
            x: MARGIN + names,
            y: tenth(y),
            w: tenth(w),
            h: tenth(h),
            from: tenth(if down { 0.0 } else { from }),
            lanes: (0..layout.lanes.len())
                .filter(|lane| !folds.hides(&layout.lanes[*lane]))
                .map(|lane| self.lane(lane, (from, to), at > 0, folds))
                .collect(),
            nodes: nodes.collect(),
            edges,
            labels: labels.collect(),
            marks,
            caption: Line { x: MARGIN, y: tenth(y - 5.0), text: caption, bold: false },
        }
    }

    fn lane(&self, lane: usize, (from, to): (f64, f64), repeated: bool, folds: &Folds) -> LaneShape {
        let rect = folds.rect(self.picture.layout.lanes[lane]);
        let name = LaneName::of(&self.flow.lanes[lane], self.words);
        let down = self.direction == Direction::Down;
        let (rect, head) = if down {
            (rect, Rect { h: NAMES, ..rect })
        } else {
            let start = if repeated { from - NAMES } else { from };
            let rect = Rect { x: start, w: to - start, ..rect };
            (rect, Rect { w: NAMES, ..rect })
        };
        // Turned upwards beside a lane, level above one.
        let mut texts = name.lines(if down { head.w } else { head.h });
        // A name that needs more room than there is ends with an ellipsis; the drawing's description has it whole.
        let room = LaneName::most_lines();
        if texts.len() > room {
            texts.truncate(room);
            if let Some(last) = texts.last_mut() {
                last.0.push('…');
            }
        }
        let count = texts.len() as f64;
        let (x, y) = head.middle();
        let lines = texts.into_iter().enumerate().map(|(row, (text, bold))| {
            let off = (row as f64 - (count - 1.0) / 2.0) * LINE + 4.0;
            let (x, y) = if down { (x, y + off) } else { (x + off, y) };
            Line { x: tenth(x), y: tenth(y), text, bold }
        });
        LaneShape { rect: rect.into(), head: head.into(), lines: lines.collect(), turned: !down }
    }

    fn node(&self, node: usize, folds: &Folds) -> NodeShape {
        let (own, rect) = (&self.flow.nodes[node], folds.rect(self.picture.layout.nodes[node]));
        let (x, y) = rect.middle();
        let inside = &self.picture.inside[node];
        let top = y - inside.len() as f64 * LINE / 2.0;
        let written = inside.iter().enumerate().filter(|(_, (text, _))| !text.is_empty());
        let lines = written.map(|(row, (text, bold))| Line {
            x: tenth(x),
            y: tenth(top + LINE * (row as f64 + 0.78)),
            text: text.clone(),
            bold: *bold,
        });
        let beside_box = self.picture.layout.texts[node].map(|rect| folds.rect(rect));
        let beside = beside_box.map_or(Vec::new(), |place| {
            let middle = place.middle().0;
            let lines = self.picture.beside[node].iter().enumerate();
            lines
                .map(|(row, text)| Line {
                    x: tenth(middle),
                    y: tenth(place.y + SMALL_LINE * (row as f64 + 0.8)),
                    text: text.clone(),
                    bold: false,
                })
                .collect()
        });
        let (left, right, above, below) = (rect.x, rect.right(), rect.y, rect.bottom());
        let points = [(x, above), (right, y), (x, below), (left, y)];
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", tenth(*x), tenth(*y))).collect();
        NodeShape {
            id: own.id.clone(),
            shape: shape_name(self.picture.shapes[node]),
            kind: kind(own.kind),
            rect: rect.into(),
            points: points.join(" "),
            uncounted: self.picture.uncounted[node],
            lines: lines.collect(),
            beside,
            beside_box: beside_box.map(Box4::from),
        }
    }

    /// The ways of a sheet, each cut at its edges, and a mark where one is cut.
    fn ways(&self, from: f64, to: f64, folds: &Folds) -> (Vec<EdgeShape>, Vec<Mark>) {
        let down = self.direction == Direction::Down;
        let (mut shapes, mut marks) = (Vec::new(), Vec::new());
        for (edge, corners) in self.picture.layout.edges.iter().enumerate() {
            let (back, critical) = (self.is_back(edge), self.picture.critical.edges[edge]);
            let id = format!(
                "{}-{}",
                self.flow.nodes[self.flow.edges[edge].from].id, self.flow.nodes[self.flow.edges[edge].to].id
            );
            if down {
                shapes.push(EdgeShape { id, path: path(corners), back, critical });
                continue;
            }
            for mut piece in clipped(corners, from, to) {
                for end in [piece.first(), piece.last()].into_iter().flatten() {
                    let inner = (end.0 - from).abs() < 0.01 && from > 0.0 || (end.0 - to).abs() < 0.01;
                    if inner && to < self.picture.layout.size.0 + 1.0 && self.is_cut(edge, *end) {
                        marks.push(Mark { x: tenth(end.0), y: tenth(folds.fold(end.1)), text: mark_name(edge) });
                    }
                }
                piece.iter_mut().for_each(|corner| corner.1 = folds.fold(corner.1));
                shapes.push(EdgeShape { id: id.clone(), path: path(&piece), back, critical });
            }
        }
        (shapes, marks)
    }

    fn is_cut(&self, edge: usize, point: (f64, f64)) -> bool {
        let corners = &self.picture.layout.edges[edge];
        corners.first() != Some(&point) && corners.last() != Some(&point)
    }

    fn is_back(&self, edge: usize) -> bool {
        let edge = &self.flow.edges[edge];
        let (from, to) = (self.picture.layout.nodes[edge.from].middle(), self.picture.layout.nodes[edge.to].middle());
        match self.direction {
            Direction::Right => to.0 < from.0,
            Direction::Down => to.1 < from.1,
        }
    }
}

/// A, B, … Z, AA, …
fn mark_name(edge: usize) -> String {
    let letter = |at: usize| char::from(b'A' + (at % 26) as u8);
    if edge < 26 { letter(edge).to_string() } else { format!("{}{}", letter(edge / 26 - 1), letter(edge)) }
}

fn path(corners: &[(f64, f64)]) -> String {
    let mut text = String::new();
    let mut last = (f64::NAN, f64::NAN);
    for (at, (x, y)) in corners.iter().enumerate() {
        let (x, y) = (tenth(*x), tenth(*y));
        text += &match at {
            0 => format!("M{x} {y}"),
            _ if y == last.1 => format!("H{x}"),
            _ => format!("V{y}"),
        };
        last = (x, y);
    }
    text
}

/// The pieces of a way between two places along time.
fn clipped(corners: &[(f64, f64)], from: f64, to: f64) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut open: Vec<(f64, f64)> = Vec::new();
    for pair in corners.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (low, high) = (a.0.min(b.0).max(from), a.0.max(b.0).min(to));
        if low > high || (a.0 == b.0 && (a.0 < from || a.0 >= to)) {
            if open.len() > 1 {
                pieces.push(std::mem::take(&mut open));
            }
            open.clear();
            continue;
        }
        let clip = |point: (f64, f64)| (point.0.clamp(from, to), point.1);
        let (a_in, b_in) = (clip(a), clip(b));
        if open.last() != Some(&a_in) {
            if open.len() > 1 {
                pieces.push(std::mem::take(&mut open));
            }
            open = vec![a_in];
        }
        open.push(b_in);
    }
    if open.len() > 1 {
        pieces.push(open);
    }
    pieces
}

fn kind(kind: NodeKind<'_>) -> &'static str {
    match kind {
        NodeKind::Start => "start",
        NodeKind::End(EndKind::Done) => "end",
        NodeKind::End(_) => "stop",
        NodeKind::Posted(_) => "posted",
        NodeKind::Timer { interrupts: true, .. } => "timer",
        NodeKind::Timer { .. } => "reminder",
        NodeKind::Fork | NodeKind::Join => "parallel",
        NodeKind::Choice(_) | NodeKind::Answer(_) => "choice",
        NodeKind::Merge => "merge",
        NodeKind::Step(..)
        | NodeKind::AskSupplement(_)
        | NodeKind::AwaitSupplement(_)
        | NodeKind::Accept(_)
        | NodeKind::Report(..) => {
            if kind.awaits_applicant() {
                "wait"
            } else {
                "act"
            }
        }
    }
}

/// Letters beside shapes are no larger than those inside; viewers of BPMN draw them so.
const _: () = assert!(SMALL <= FONT);
