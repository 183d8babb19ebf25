//! What stands in and beside the shapes of a process, and how much room it takes.

use super::metrics::{width, wrap};
use super::{Direction, Item, Layout, Shape, layout};
use crate::lang::say;
use crate::model::{Duration, StepKind};
use crate::plan::flow::critical::Critical;
use crate::plan::flow::order::Order;
use crate::plan::flow::{FlowNode, Lane, NodeKind, is_counted, time_of};
use crate::plan::{Flow, Wording};

/// The size of letters in shapes and beside them, in pixels, and of a line of them.
pub(in crate::emit) const FONT: f64 = 11.0;
pub(in crate::emit) const LINE: f64 = 13.5;
pub(in crate::emit) const SMALL: f64 = 11.0;
pub(in crate::emit) const SMALL_LINE: f64 = 13.2;
/// Room for the name of a lane along time, in charts.
pub(in crate::emit) const NAMES: f64 = 60.0;
/// How far a mark at the edge of a sheet reaches into that room.
const MARK: f64 = 8.0;
/// The letters of a lane's name in viewers of BPMN, and the two lines that they have room for.
const VIEWER: f64 = 12.0;
const VIEWER_LINES: usize = 2;
/// No lane reaches further for its name.
const MOST_FOR_NAME: f64 = 400.0;
/// How wide a task is.
const TASK: f64 = 138.0;
const PAD: f64 = 7.0;

/// A process as it is drawn: what each shape says, and where everything stands.
#[derive(Clone, Debug)]
pub(in crate::emit) struct Picture {
    /// By node: the lines in a task, and whether each is bold.
    pub inside: Vec<Vec<(String, bool)>>,
    /// By node: the lines beside an event or a gateway.
    pub beside: Vec<Vec<String>>,
    /// By edge.
    pub labels: Vec<String>,
    /// By node: the applicant's turn, or time that is not counted.
    pub uncounted: Vec<bool>,
    pub shapes: Vec<Shape>,
    pub critical: Critical,
    pub layout: Layout,
}

impl Picture {
    pub(in crate::emit) fn of(flow: &Flow<'_>, words: &Wording<'_>, direction: Direction) -> Picture {
        let nodes = &flow.nodes;
        let order = Order::of(flow);
        let critical = Critical::of(flow, &order);
        let shapes: Vec<Shape> = nodes.iter().map(|node| shape(node.kind)).collect();
        let mut inside: Vec<_> = nodes
            .iter()
            .zip(&shapes)
            .zip(&critical.gone)
            .map(|((node, shape), gone)| match shape {
                Shape::Task => task_lines(flow, node, gone.as_ref(), words),
                _ => Vec::new(),
            })
            .collect();
        // A timer covers part of the last line of the task it stands on.
        for shape in &shapes {
            if let Shape::Boundary(on) = shape {
                inside[*on].push((String::new(), false));
            }
        }
        let beside: Vec<Vec<String>> = nodes
            .iter()
            .zip(&shapes)
            .map(|(node, shape)| {
                let most = match shape {
                    Shape::Task => return Vec::new(),
                    Shape::Gateway => 130.0,
                    Shape::Event => 100.0,
                    Shape::Boundary(_) => TASK - 44.0,
                };
                let title = words.node_title(node);
                if title.is_empty() { Vec::new() } else { wrap(&title, most / SMALL, 1.0) }
            })
            .collect();
        let labels: Vec<String> = flow.edges.iter().map(|edge| words.edge_words(flow, edge)).collect();
        let items: Vec<Item> = (0..nodes.len())
            .map(|at| Item { shape: shapes[at], size: size(shapes[at], &inside[at]), text: block(&beside[at]) })
            .collect();
        let sizes: Vec<(f64, f64)> = labels.iter().map(|label| block(std::slice::from_ref(label))).collect();
        let lanes: Vec<f64> = flow.lanes.iter().map(|lane| LaneName::of(lane, words).least(direction)).collect();
        let layout = layout(flow, &order, &items, (&sizes, &lanes), direction);
        let uncounted = nodes.iter().map(|node| is_uncounted(flow, node)).collect();
        Picture { inside, beside, labels, uncounted, shapes, critical, layout }
    }
}

/// What stands at the beginning of a lane.
pub(in crate::emit) struct LaneName {
    pub name: String,
    /// The agency, where the name does not say it.
    pub agency: Option<String>,
}

impl LaneName {
    pub(in crate::emit) fn of(lane: &Lane, words: &Wording<'_>) -> LaneName {
        let name = words.lane_name(lane);
        let agency = lane.agency.clone().filter(|agency| !name.contains(agency.as_str()));
        LaneName { name, agency }
    }

    /// Name and agency in one line, as BPMN has it.
    pub(in crate::emit) fn whole(self) -> String {
        match self.agency {
            Some(agency) => format!("{} – {agency}", self.name),
            None => self.name,
        }
    }

    /// The lines in a chart and whether each is bold, where there is so much room along them.
    pub(in crate::emit) fn lines(&self, room: f64) -> Vec<(String, bool)> {
        let most = (room - 8.0) / FONT;
        let mut lines: Vec<(String, bool)> =
            wrap(&self.name, most, 1.08).into_iter().map(|line| (line, true)).collect();
        let agency = self.agency.iter().flat_map(|agency| wrap(agency, most, 1.0));
        lines.extend(agency.map(|line| (line, false)));
        lines
    }

    /// How many lines of a chart there is room for.
    pub(in crate::emit) fn most_lines() -> usize {
        ((NAMES - 6.0 - MARK) / LINE) as usize
    }

    /// How far a lane has to reach across time for its name in a chart.
    pub(in crate::emit) fn least_in_chart(&self) -> f64 {
        let mut room = 48.0;
        while room < MOST_FOR_NAME && self.lines(room).len() > LaneName::most_lines() {
            room += 4.0;
        }
        room
    }

    /// The same for all that is drawn: beside lanes that run to the right, viewers of BPMN write it too.
    fn least(self, direction: Direction) -> f64 {
        let mut room = self.least_in_chart();
        let whole = self.whole();
        let fits_viewer = |room: f64| viewer_lines(&whole, (room - 6.0) / VIEWER) <= VIEWER_LINES;
        while direction == Direction::Right && room < MOST_FOR_NAME && !fits_viewer(room) {
            room += 4.0;
        }
        room
    }
}

/// In how many lines viewers of BPMN write a text. They break lines by counting letters, sooner than need be, and one that is too
/// long at its first hyphen between blanks in any case.
fn viewer_lines(text: &str, most: f64) -> usize {
    match text.split_once(" - ") {
        Some((head, rest)) if width(text) > most => {
            wrap(head, most, 1.08).len() + wrap(&format!("- {rest}"), most, 1.08).len()
        }
        _ => wrap(text, most, 1.08).len(),
    }
}

fn shape(kind: NodeKind<'_>) -> Shape {
    match kind {
        NodeKind::Start | NodeKind::End(_) | NodeKind::Posted(_) => Shape::Event,
        NodeKind::Timer { on, .. } => Shape::Boundary(on),
        NodeKind::Step(..)
        | NodeKind::AskSupplement(_)
        | NodeKind::AwaitSupplement(_)
        | NodeKind::Accept(_)
        | NodeKind::Report(..) => Shape::Task,
        NodeKind::Answer(_) | NodeKind::Choice(_) | NodeKind::Merge | NodeKind::Fork | NodeKind::Join => Shape::Gateway,
    }
}

fn size(shape: Shape, inside: &[(String, bool)]) -> (f64, f64) {
    match shape {
        Shape::Task => (TASK, (inside.len() as f64 * LINE + 2.0 * PAD).max(48.0)),
        Shape::Event => (32.0, 32.0),
        Shape::Boundary(_) => (28.0, 28.0),
        Shape::Gateway => (36.0, 36.0),
    }
}

/// The size of lines beside a shape or a way.
fn block(lines: &[String]) -> (f64, f64) {
    let lines: Vec<&String> = lines.iter().filter(|line| !line.is_empty()).collect();
    let wide = lines.iter().map(|line| width(line) * SMALL + 6.0).fold(0.0, f64::max);
    (wide, lines.len() as f64 * SMALL_LINE)
}

fn is_uncounted(flow: &Flow<'_>, node: &FlowNode<'_>) -> bool {
    match node.kind {
        NodeKind::Step(step, _) => {
            node.kind.awaits_applicant() || time_of(flow, node, step).is_some_and(|(time, _)| !is_counted(time))
        }
        kind => kind.awaits_applicant(),
    }
}

/// What a task says: its name, its time, what it makes, whom it asks.
fn task_lines(
    flow: &Flow<'_>,
    node: &FlowNode<'_>,
    gone: Option<&Duration>,
    words: &Wording<'_>,
) -> Vec<(String, bool)> {
    let most = (TASK - 2.0 * PAD) / FONT;
    let mut lines: Vec<(String, bool)> =
        wrap(&words.node_title(node), most, 1.08).into_iter().map(|line| (line, true)).collect();
    let mut add = |text: String| lines.extend(wrap(&text, most, 1.0).into_iter().map(|line| (line, false)));
    if let Some(time) = words.node_time(flow, node) {
        add(say!(words.lang, "Thời gian: {time}", "Time: {time}"));
    }
    if let Some(gone) = gone {
        let gone = words.duration(gone);
        add(say!(words.lang, "Cộng dồn: {gone}", "So far: {gone}"));
    }
    let NodeKind::Step(step, _) = node.kind else { return lines };
    let products = words.products(step);
    if !products.is_empty() {
        let products = products.join("; ");
        add(say!(words.lang, "Sản phẩm: {products}", "Produces: {products}"));
    }
    if let Some(asked) = &step.ask {
        let asked = words.agencies(asked);
        add(say!(words.lang, "Hỏi: {asked}", "Asks: {asked}"));
    }
    if let Some(done) = step.done_when.as_ref().filter(|_| step.kind == StepKind::FinancialDuty) {
        let done = &done.value;
        add(say!(words.lang, "Xong khi: {done}", "Done when: {done}"));
    }
    lines
}
