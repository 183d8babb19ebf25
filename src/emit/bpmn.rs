//! BPMN 2.0 with its diagram: one executable process a procedure, a lane for each role, and the applicant as a pool of its own.
//!
//! One dialect a file, because no tool reads the extensions of two vendors together. Time that is counted in working days is no
//! ISO duration: a timer then waits for the moment in the variable `han_…`, which the workflow system computes when the step
//! begins, by the rule that the file and `CODE.json` give.

mod dialect;
mod paths;
mod rounds;

use serde::Serialize;

use super::expression::Syntax;
use super::layout::cells::{LaneName, Picture};
use super::layout::{Direction, HEAD, Rect, Shape};
use super::render::Pages;
use super::variables::{Variables, answer_variable, due_variable};
use super::{EmitError, Output, Sink, Site, write};
use crate::lang::{Words, say};
use crate::model::{Duration, Unit};
use crate::plan::flow::{EdgeLabel, FlowNode, LaneKind, NodeKind};
use crate::plan::{Flow, ProcedurePlan, Wording};

pub use self::dialect::Dialect;
use self::rounds::{Rounds, asked_in_the_case};

pub(super) static OUTPUT: Output = Output {
    name: "bpmn",
    folder: "bpmn",
    about: Words::new("quy trình BPMN 2.0 để phần mềm chạy", "the process as BPMN 2.0, for engines to run"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let Some(flow) = drawable(plan) else { return Ok(()) };
    let picture = Picture::of(flow, &site.wording(plan), Direction::Right);
    let name = OUTPUT.path(plan);
    let variables = Variables::of(plan);
    for dialect in &site.wanted.dialects {
        let words = site.wording(plan);
        let text = Maker { plan, flow, words, picture: &picture, variables: &variables, dialect: *dialect }
            .file(site.templates.of(plan))?;
        write(sink, &format!("{name}.{}.bpmn", dialect.name()), text.as_bytes())?;
    }
    let paths = paths::paths(plan, flow, &variables);
    let mut text = serde_json::to_string_pretty(&paths).expect("the view is plain data");
    text.push('\n');
    write(sink, &format!("{name}.paths.json"), text.as_bytes())
}

/// The process in one dialect; nothing where none is written.
pub fn process_file(plan: &ProcedurePlan<'_>, site: &Site<'_>, dialect: Dialect) -> Result<Option<String>, EmitError> {
    let Some(flow) = drawable(plan) else { return Ok(None) };
    let words = site.wording(plan);
    let picture = Picture::of(flow, &words, Direction::Right);
    let variables = Variables::of(plan);
    Maker { plan, flow, words, picture: &picture, variables: &variables, dialect }
        .file(site.templates.of(plan))
        .map(Some)
}

fn drawable<'p, 'a>(plan: &'p ProcedurePlan<'a>) -> Option<&'p Flow<'a>> {
    plan.flow.as_ref().filter(|flow| flow.steps().next().is_some())
}

/// Between the applicant's pool and the authority's.
const BETWEEN: f64 = 30.0;
/// The height of the applicant's pool.
const APPLICANT: f64 = 60.0;
/// Where the authority's pool begins.
const TOP: f64 = APPLICANT + BETWEEN;

#[derive(Serialize)]
struct View {
    code: String,
    key: String,
    name: String,
    exporter: &'static str,
    documentation: String,
    applicant: &'static str,
    authority: String,
    /// The language of expressions, where the dialect does not mark them.
    language: Option<&'static str>,
    definitions: Vec<(&'static str, &'static str)>,
    process: Vec<(&'static str, &'static str)>,
    messages: Vec<Message>,
    message_flows: Vec<MessageFlow>,
    lanes: Vec<Lane>,
    nodes: Vec<Node>,
    flows: Vec<SequenceFlow>,
    shapes: Vec<ShapeView>,
    edges: Vec<EdgeView>,
}

#[derive(Serialize)]
struct Message {
    id: String,
    /// Whether the dialect correlates it by the number of the file.
    correlation: bool,
}

#[derive(Serialize, Clone)]
struct MessageFlow {
    id: String,
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Lane {
    id: String,
    name: String,
    nodes: Vec<String>,
}

#[derive(Serialize)]
struct Node {
    tag: &'static str,
    id: String,
    name: String,
    documentation: String,
    attributes: Vec<(String, String)>,
    extensions: Vec<Extension>,
    incoming: Vec<String>,
    outgoing: Vec<String>,
    timer: Option<Timer>,
    terminates: bool,
    each: Option<Each>,
}

/// A task that is there once for each of a list.
#[derive(Serialize, Default)]
struct Each {
    attributes: Vec<(String, String)>,
    extensions: Vec<Extension>,
    /// How many there are, where the dialect does not name the list.
    count: Option<String>,
}

/// An element of a vendor.
#[derive(Serialize)]
struct Extension {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Extension>,
}

impl Extension {
    fn new(name: &'static str, attributes: Vec<(&'static str, String)>) -> Extension {
        Extension { name, attributes, children: Vec::new() }
    }
}

#[derive(Serialize)]
struct Timer {
    tag: &'static str,
    text: String,
    /// Whether the text names a variable.
    computed: bool,
}

#[derive(Serialize)]
struct SequenceFlow {
    id: String,
    name: String,
    from: String,
    to: String,
    condition: Option<String>,
}

#[derive(Serialize)]
struct ShapeView {
    of: String,
    #[serde(rename = "box")]
    place: Bounds,
    label: Option<Bounds>,
    horizontal: bool,
    marker: bool,
}

#[derive(Serialize)]
struct EdgeView {
    of: String,
    points: Vec<(f64, f64)>,
    label: Option<Bounds>,
}

#[derive(Serialize, Clone, Copy)]
struct Bounds {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

/// A place in the drawing, below the applicant's pool.
fn bounds(rect: Rect) -> Bounds {
    Bounds { x: tenth(rect.x), y: tenth(rect.y + TOP), w: tenth(rect.w), h: tenth(rect.h) }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The ids of ways, by edge: of the nodes they lead from and to.
fn flow_ids(flow: &Flow<'_>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(flow.edges.len());
    for edge in &flow.edges {
        let base = format!("F_{}__{}", flow.nodes[edge.from].id, flow.nodes[edge.to].id);
        let numbered = format!("{base}__");
        let known = ids.iter().filter(|id| **id == base || id.starts_with(&numbered)).count();
        ids.push(if known == 0 { base } else { format!("{base}__{}", known + 1) });
    }
    ids
}

/// A time as ISO 8601 writes it; nothing for what is counted by a calendar: working time, months, years.
fn iso(time: &Duration) -> Option<String> {
    time.wall_minutes()?;
    let amount = time.amount.as_whole()?;
    Some(match time.unit {
        Unit::Minutes => format!("PT{amount}M"),
        Unit::Hours => format!("PT{amount}H"),
        _ => format!("P{amount}D"),
    })
}

/// The code as a part of ids.
fn key(plan: &ProcedurePlan<'_>) -> String {
    format!("P{}", plan.procedure.code.value.0.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_"))
}

struct Maker<'m, 'a> {
    plan: &'m ProcedurePlan<'a>,
    flow: &'m Flow<'a>,
    words: Wording<'m>,
    picture: &'m Picture,
    variables: &'m Variables<'a>,
    dialect: Dialect,
}

impl Maker<'_, '_> {
    fn file(&self, templates: &Pages) -> Result<String, EmitError> {
        templates.render("process.bpmn.xml.jinja", &self.view())
    }

    fn view(&self) -> View {
        let procedure = self.plan.procedure;
        let key = key(self.plan);
        let flow_ids = flow_ids(self.flow);
        let message_flows = self.message_flows();
        let (mut shapes, mut edges) = (self.shapes(), self.edges(&flow_ids));
        edges.extend(message_flows.iter().map(|(flow, points)| EdgeView {
            of: flow.id.clone(),
            points: points.clone(),
            label: None,
        }));
        shapes.splice(0..0, self.pools());
        let message = |id: String| Message { id, correlation: self.dialect == Dialect::Camunda8 };
        View {
            code: procedure.code.value.0.clone(),
            name: procedure.name.value.clone(),
            exporter: env!("CARGO_PKG_VERSION"),
            documentation: self.documentation(),
            applicant: self.words.applicant_name(),
            authority: self.authority(),
            language: self.dialect.language(),
            definitions: self.dialect.definitions().to_vec(),
            process: self.dialect.process().to_vec(),
            messages: self.awaited().map(|node| message(message_id(node))).collect(),
            message_flows: message_flows.into_iter().map(|(flow, _)| flow).collect(),
            lanes: self.lanes(),
            nodes: (0..self.flow.nodes.len()).map(|node| self.node(node, &flow_ids)).collect(),
            flows: (0..self.flow.edges.len()).map(|edge| self.sequence_flow(edge, &flow_ids)).collect(),
            shapes,
            edges,
            key,
        }
    }

    /// Where the applicant is waited for.
    fn awaited(&self) -> impl Iterator<Item = &FlowNode<'_>> {
        self.flow.nodes.iter().filter(|node| node.kind.awaits_applicant())
    }

    /// Who decides, as the authority's pool is called.
    fn authority(&self) -> String {
        let decides = self.plan.body().decided_by.as_ref().and_then(|by| by.general.as_ref());
        let named = decides.and_then(|value| value.setting.given()).map(|all| self.words.agencies(all));
        named.unwrap_or_else(|| self.words.pick("Cơ quan giải quyết", "Authority").to_owned())
    }

    /// What an integrator has to know: the variables, and how each moment is computed.
    fn documentation(&self) -> String {
        let lang = self.words.lang;
        let mut lines = vec![say!(
            lang,
            "Biến “ma_ho_so” là mã hồ sơ; trường hợp của hồ sơ là các biến như trong CODE.json, tên không dấu.",
            "The variable `ma_ho_so` is the number of the file; its facts are those of CODE.json, their names without marks."
        )];
        for (id, name) in self.variables.renamed() {
            lines.push(say!(
                lang,
                "Biến “{name}” là “{id}” của CODE.json.",
                "The variable `{name}` is `{id}` of CODE.json."
            ));
        }
        for node in &self.flow.nodes {
            if let Some(rule) = self.rule(node) {
                lines.push(rule);
            }
        }
        lines.extend(self.kept_variables());
        lines.join("\n")
    }

    /// How the moment of a timer is computed, where it is no ISO duration.
    fn rule(&self, node: &FlowNode<'_>) -> Option<String> {
        let variable = due_variable(&node.id);
        let time = match node.kind {
            NodeKind::Timer { within, on, .. } => match within {
                Some(time) if iso(&time).is_some() => return None,
                Some(time) => self.words.duration(&time),
                None => self.words.node_time(self.flow, &self.flow.nodes[on])?,
            },
            NodeKind::Posted(step) => step.time.as_ref().map(|time| self.words.times(time))?,
            _ => return None,
        };
        Some(say!(
            self.words.lang,
            "{variable}: {time}, tính từ khi bước bắt đầu, theo giờ làm việc và ngày nghỉ của cơ quan.",
            "{variable}: {time} from the beginning of the step, by the office hours and holidays of the authority."
        ))
    }

    fn lanes(&self) -> Vec<Lane> {
        let lane = |(at, lane): (usize, &crate::plan::flow::Lane)| {
            let name = LaneName::of(lane, &self.words).whole();
            let own = self.flow.nodes.iter().filter(|node| node.lane == at);
            Lane { id: format!("Lane_{}", lane.id), name, nodes: own.map(|node| node.id.clone()).collect() }
        };
        self.flow.lanes.iter().enumerate().map(lane).collect()
    }

    fn node(&self, at: usize, flow_ids: &[String]) -> Node {
        let own = &self.flow.nodes[at];
        let edges = || self.flow.edges.iter().zip(flow_ids);
        let mut node = Node {
            tag: self.tag(own),
            id: own.id.clone(),
            name: self.words.node_title(own),
            documentation: self.node_documentation(own),
            attributes: Vec::new(),
            extensions: Vec::new(),
            incoming: edges().filter(|(edge, _)| edge.to == at).map(|(_, id)| id.clone()).collect(),
            outgoing: edges().filter(|(edge, _)| edge.from == at).map(|(_, id)| id.clone()).collect(),
            timer: self.timer(own),
            terminates: own.ends_all(),
            each: asked_in_the_case(own).map(|list| self.dialect.each(&list)),
        };
        match own.kind {
            NodeKind::Timer { on, interrupts, .. } => {
                node.attributes.push(("attachedToRef".to_owned(), self.flow.nodes[on].id.clone()));
                node.attributes.push(("cancelActivity".to_owned(), interrupts.to_string()));
            }
            NodeKind::Choice(_) => {
                let no = edges().find(|(edge, _)| edge.from == at && edge.label == EdgeLabel::No);
                node.attributes.extend(no.map(|(_, id)| ("default".to_owned(), id.clone())));
            }
            kind if kind.awaits_applicant() => {
                node.attributes.push(("messageRef".to_owned(), message_id(own)));
            }
            _ => {}
        }
        let group = &self.flow.lanes[own.lane].id;
        match node.tag {
            "userTask" => self.dialect.human(group, &own.id, &mut node),
            "serviceTask" => self.dialect.automatic(&own.id, &mut node),
            _ => {}
        }
        self.dialect.sets(&self.counted(at), &self.moments_behind(at), &mut node);
        node
    }

    fn tag(&self, node: &FlowNode<'_>) -> &'static str {
        match node.kind {
            NodeKind::Start => "startEvent",
            NodeKind::End(_) => "endEvent",
            NodeKind::Posted(_) => "intermediateCatchEvent",
            NodeKind::Timer { .. } => "boundaryEvent",
            NodeKind::Fork | NodeKind::Join => "parallelGateway",
            NodeKind::Choice(_) | NodeKind::Answer(_) | NodeKind::Merge => "exclusiveGateway",
            kind if kind.awaits_applicant() => "receiveTask",
            NodeKind::Step(..) if self.flow.lanes[node.lane].kind == LaneKind::System => "serviceTask",
            NodeKind::Step(..)
            | NodeKind::AskSupplement(_)
            | NodeKind::AwaitSupplement(_)
            | NodeKind::Accept(_)
            | NodeKind::Report(..) => "userTask",
        }
    }

    fn timer(&self, node: &FlowNode<'_>) -> Option<Timer> {
        let within = match node.kind {
            NodeKind::Timer { within, .. } => within,
            NodeKind::Posted(_) => None,
            _ => return None,
        };
        Some(match within.as_ref().and_then(iso) {
            Some(text) => Timer { tag: "timeDuration", text, computed: false },
            None => {
                let text = self.dialect.expression(&due_variable(&node.id));
                Timer { tag: "timeDate", text, computed: true }
            }
        })
    }

    /// Time, silence, products, legal basis: what a person at the task has to know.
    fn node_documentation(&self, node: &FlowNode<'_>) -> String {
        let NodeKind::Step(step, _) = node.kind else { return String::new() };
        let words = &self.words;
        let mut parts = Vec::new();
        parts
            .extend(words.node_time(self.flow, node).map(|time| say!(words.lang, "Thời gian: {time}", "Time: {time}")));
        parts.extend(words.silence(step));
        let products = words.products(step).join("; ");
        if !products.is_empty() {
            parts.push(say!(words.lang, "Sản phẩm: {products}", "Produces: {products}"));
        }
        parts.extend(words.cites(&step.cites).map(|cites| say!(words.lang, "Theo {cites}", "Under {cites}")));
        parts.extend(step.notes.iter().map(|note| note.value.clone()));
        parts.join(". ")
    }

    fn sequence_flow(&self, at: usize, flow_ids: &[String]) -> SequenceFlow {
        let edge = &self.flow.edges[at];
        let (from, to) = (&self.flow.nodes[edge.from], &self.flow.nodes[edge.to]);
        let syntax = self.dialect.syntax();
        let condition = match (from.kind, edge.label) {
            (NodeKind::Choice(when), EdgeLabel::Yes) => Some(syntax.condition(when, self.variables)),
            (NodeKind::Answer(_), label) => {
                let variable = answer_variable(&from.id);
                match Rounds::at(self.flow, edge.from) {
                    Some(rounds) => rounds.condition(self.flow, label, syntax, &variable),
                    None => label.answer().map(|answer| syntax.is(&variable, answer)),
                }
            }
            _ => None,
        };
        SequenceFlow {
            id: flow_ids[at].clone(),
            name: self.picture.labels[at].clone(),
            from: from.id.clone(),
            to: to.id.clone(),
            condition: condition.map(|condition| self.dialect.expression(&condition)),
        }
    }

    fn pools(&self) -> Vec<ShapeView> {
        let (w, h) = self.picture.layout.size;
        let pool = |of: &str, place: Bounds| ShapeView {
            of: of.to_owned(),
            place,
            label: None,
            horizontal: true,
            marker: false,
        };
        let lanes = self.flow.lanes.iter().zip(&self.picture.layout.lanes).map(|(lane, rect)| {
            let inside = Rect { x: HEAD / 2.0, w: rect.w - HEAD / 2.0, ..*rect };
            pool(&format!("Lane_{}", lane.id), bounds(inside))
        });
        let applicant = pool("Pool_NguoiNop", Bounds { x: 0.0, y: 0.0, w: tenth(w), h: APPLICANT });
        let authority = pool("Pool_CoQuan", bounds(Rect { x: 0.0, y: 0.0, w, h }));
        [applicant, authority].into_iter().chain(lanes).collect()
    }

    fn shapes(&self) -> Vec<ShapeView> {
        let layout = &self.picture.layout;
        // Timers come after what they stand on, so that they are drawn over it.
        let mut order: Vec<usize> = (0..self.flow.nodes.len()).collect();
        order.sort_by_key(|&at| matches!(self.picture.shapes[at], Shape::Boundary(_)));
        let shape = |at: usize| {
            let node = &self.flow.nodes[at];
            ShapeView {
                of: node.id.clone(),
                place: bounds(layout.nodes[at]),
                label: layout.texts[at].map(bounds),
                horizontal: false,
                marker: matches!(node.kind, NodeKind::Choice(_) | NodeKind::Answer(_)),
            }
        };
        order.into_iter().map(shape).collect()
    }

    fn edges(&self, flow_ids: &[String]) -> Vec<EdgeView> {
        let layout = &self.picture.layout;
        let edge = |(at, id): (usize, &String)| EdgeView {
            of: id.clone(),
            points: layout.edges[at].iter().map(|(x, y)| (tenth(*x), tenth(y + TOP))).collect(),
            label: layout.labels[at].map(bounds),
        };
        flow_ids.iter().enumerate().map(edge).collect()
    }

    /// What goes to the applicant and comes from there, where the way up crosses nothing; what it is stands in the task itself.
    fn message_flows(&self) -> Vec<(MessageFlow, Vec<(f64, f64)>)> {
        let mut flows = Vec::new();
        for (at, node) in self.flow.nodes.iter().enumerate() {
            let incoming = matches!(node.kind, NodeKind::Start) || node.kind.awaits_applicant();
            let outgoing = matches!(node.kind, NodeKind::AskSupplement(_))
                || matches!(node.kind, NodeKind::Step(step, _) if step.kind == crate::model::StepKind::Return);
            if !incoming && !outgoing || !self.is_open_above(at) {
                continue;
            }
            let rect = self.picture.layout.nodes[at];
            let (x, top, pool) = (tenth(rect.middle().0), tenth(rect.y + TOP), "Pool_NguoiNop".to_owned());
            let id = format!("M_{}", node.id);
            flows.push(match incoming {
                true => (MessageFlow { id, from: pool, to: node.id.clone() }, vec![(x, APPLICANT), (x, top)]),
                false => (MessageFlow { id, from: node.id.clone(), to: pool }, vec![(x, top), (x, APPLICANT)]),
            });
        }
        flows
    }

    /// Whether nothing is drawn between a node and the upper edge of the pool.
    fn is_open_above(&self, at: usize) -> bool {
        let layout = &self.picture.layout;
        let rect = layout.nodes[at];
        let x = rect.middle().0;
        let over = |other: &Rect| other.x - 6.0 < x && x < other.right() + 6.0 && other.y < rect.y;
        let shapes = layout.nodes.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, rect)| rect);
        let texts = layout.texts.iter().chain(&layout.labels).flatten();
        let crossed = layout.edges.iter().flat_map(|corners| corners.windows(2)).any(|pair| {
            let (left, right) = (pair[0].0.min(pair[1].0), pair[0].0.max(pair[1].0));
            let highest = pair[0].1.min(pair[1].1);
            left - 4.0 < x && x < right + 4.0 && highest < rect.y + 0.1
        });
        !crossed && !shapes.chain(texts).any(over)
    }
}

/// The message that a node waits for.
fn message_id(node: &FlowNode<'_>) -> String {
    format!("Message_{}", node.id)
}

impl Dialect {
    fn syntax(self) -> Syntax {
        match self {
            Dialect::Plain | Dialect::Camunda8 => Syntax::Feel,
            Dialect::Camunda7 | Dialect::Flowable => Syntax::Juel,
        }
    }

    /// An expression as the dialect marks it.
    fn expression(self, text: &str) -> String {
        match self {
            Dialect::Plain => text.to_owned(),
            Dialect::Camunda8 => format!("={text}"),
            Dialect::Camunda7 | Dialect::Flowable => format!("${{{text}}}"),
        }
    }
}
