//! The process chart as Mermaid text, for wikis and repositories that draw it themselves: the same nodes as the chart, under the
//! same ids.

use std::fmt::Write as _;

use super::{EmitError, Output, Sink, Site, has_process, place_name, write};
use crate::lang::{Lang, Words, say};
use crate::plan::flow::{Edge, EdgeLabel, Flow, FlowNode, NodeKind, is_counted};
use crate::plan::{ProcedurePlan, Wording};

pub(super) static OUTPUT: Output = Output {
    name: "mermaid",
    folder: "charts",
    about: Words::new(
        "sơ đồ quy trình nội bộ dạng văn bản Mermaid",
        "the chart of the internal process as Mermaid text",
    ),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let Some(flow) = plan.flow.as_ref().filter(|_| has_process(plan)) else { return Ok(()) };
    let path = format!("{}.mmd", OUTPUT.path(plan));
    write(sink, &path, flowchart(plan, flow, &site.wording(plan)).as_bytes())
}

/// Words that Mermaid's grammar keeps for itself, among those that can be ids.
const RESERVED: [&str; 10] =
    ["call", "class", "click", "end", "flowchart", "graph", "href", "interpolate", "style", "subgraph"];

/// A name longer than this is cut.
const MOST_LETTERS: usize = 60;

/// The class of what takes time that is not counted.
const UNCOUNTED: &str = "khong_tinh";

fn flowchart(plan: &ProcedurePlan<'_>, flow: &Flow<'_>, words: &Wording<'_>) -> String {
    let mut text = format!("---\ntitle: {}\n---\nflowchart TD\n", quoted_title(&title(plan, words.lang)));
    for (at, lane) in flow.lanes.iter().enumerate() {
        let own: Vec<&FlowNode<'_>> = flow.nodes.iter().filter(|node| node.lane == at).collect();
        if own.is_empty() {
            continue;
        }
        // A second line of a heading would be drawn over the first node. No id of a node holds a hyphen.
        let name = std::iter::once(words.lane_name(lane)).chain(lane.agency.clone()).collect::<Vec<_>>().join(" – ");
        let _ = writeln!(text, "    subgraph lan-{}[\"{}\"]", at + 1, escaped(&name));
        for node in own {
            let _ = writeln!(text, "        {}{}", id(node), shape(flow, node, words));
        }
        text.push_str("    end\n");
    }
    for edge in &flow.edges {
        text.push_str(&drawn_edge(flow, edge, words));
    }
    for node in &flow.nodes {
        if let NodeKind::Timer { on, .. } = node.kind {
            let _ = writeln!(text, "    {} -.-> {}", id(&flow.nodes[on]), id(node));
        }
    }
    let uncounted: Vec<String> = flow.nodes.iter().filter(|node| is_uncounted(node)).map(id).collect();
    if !uncounted.is_empty() {
        let _ = writeln!(text, "    classDef {UNCOUNTED} stroke-dasharray: 5 4");
        let _ = writeln!(text, "    class {} {UNCOUNTED}", uncounted.join(","));
    }
    text
}

/// Short: the drawing is made as wide as its title.
fn title(plan: &ProcedurePlan<'_>, lang: Lang) -> String {
    let (code, name) = (&plan.procedure.code.value, shortened(&plan.procedure.name.value));
    let at = place_name(plan).map(|place| format!(", {place}")).unwrap_or_default();
    say!(lang, "Quy trình nội bộ {code}{at}: {name}", "Internal process {code}{at}: {name}")
}

/// The first words of a name.
fn shortened(name: &str) -> String {
    let mut short = String::new();
    let name: String = name.chars().filter(|letter| !is_unwritable(*letter)).collect();
    for word in name.split_whitespace() {
        if short.chars().count() + word.chars().count() >= MOST_LETTERS {
            return format!("{short} …");
        }
        short.push_str(if short.is_empty() { "" } else { " " });
        short.push_str(word);
    }
    short
}

/// A title in quotes: JSON is YAML. Mermaid looks for tags and directives in it before it reads the YAML.
fn quoted_title(title: &str) -> String {
    let json = serde_json::Value::from(title).to_string();
    json.replace('<', "\\u003c").replace('%', "\\u0025").replace('=', "\\u003d")
}

/// The id of a node. One that Mermaid could not read gets an underscore before it, as no other id has.
fn id(node: &FlowNode<'_>) -> String {
    if RESERVED.contains(&node.id.as_str()) { format!("_{}", node.id) } else { node.id.clone() }
}

/// What a node says, in the shape of its kind.
fn shape(flow: &Flow<'_>, node: &FlowNode<'_>, words: &Wording<'_>) -> String {
    let mut lines = vec![match node.kind {
        NodeKind::Fork => words.pick("đồng thời", "in parallel").to_owned(),
        NodeKind::Join => words.pick("đủ các nhánh", "all branches done").to_owned(),
        NodeKind::Merge => " ".to_owned(),
        _ => words.node_title(node),
    }];
    lines.extend(words.node_time(flow, node));
    let label = lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>");
    let (open, close) = match node.kind {
        NodeKind::Start | NodeKind::End(_) => ("([", "])"),
        NodeKind::Choice(_) | NodeKind::Answer(_) => ("{{", "}}"),
        NodeKind::Fork | NodeKind::Join => ("[[", "]]"),
        NodeKind::Merge => ("((", "))"),
        NodeKind::Timer { .. } | NodeKind::Posted(_) => (">", "]"),
        kind if kind.awaits_applicant() => ("[/", "/]"),
        _ => ("[", "]"),
    };
    format!("{open}\"{label}\"{close}")
}

/// A way; dotted where it is gone because a time ran out.
fn drawn_edge(flow: &Flow<'_>, edge: &Edge<'_>, words: &Wording<'_>) -> String {
    let (from, to) = (id(&flow.nodes[edge.from]), id(&flow.nodes[edge.to]));
    let arrow = if edge.label == EdgeLabel::Overdue { "-.->" } else { "-->" };
    match words.edge_words(flow, edge) {
        said if said.trim().is_empty() => format!("    {from} {arrow} {to}\n"),
        said => format!("    {from} {arrow}|\"{}\"| {to}\n", escaped(&said)),
    }
}

fn is_uncounted(node: &FlowNode<'_>) -> bool {
    match node.kind {
        NodeKind::Step(step, _) => match &step.time {
            Some(time) => !is_counted(time),
            None => node.kind.awaits_applicant(),
        },
        _ => node.kind.awaits_applicant(),
    }
}

/// Letters that a drawing has no way to hold.
fn is_unwritable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// A text for a label in quotes. What could mean something to Mermaid's grammar, to its Markdown (“1.” begins a list), to its
/// search for directives or to HTML is written as an entity; so is `ﬂ`, which marks Mermaid's own entities on their way.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            ' ' | ',' | '(' | ')' | '/' | '?' => out.push(letter),
            // A hyphen at the head begins a list.
            '-' if !out.is_empty() => out.push(letter),
            letter if letter.is_whitespace() => out.push(' '),
            // Two in a row would begin a formula, even as entities: a word joiner keeps them apart.
            '$' => out.push_str("#36;#8288;"),
            letter if is_unwritable(letter) => {}
            letter if letter.is_ascii_punctuation() || letter == 'ﬂ' => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    // A label must hold something.
    if out.is_empty() { " ".to_owned() } else { out }
}
