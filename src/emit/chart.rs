//! The process chart: lanes side by side, time downwards, one node a row. Edges run in the gaps between rows and in the
//! gutters beside the lanes, so that none can go through a box.

mod layout;
mod metrics;

use serde::Serialize;

use super::{EmitError, Output, Sink, Site, file_name, folder, place_name, write};
use crate::lang::{Lang, Words, say};
use crate::model::process::{ReactionKind, StepTime};
use crate::model::{ByCase, Setting, Step};
use crate::plan::flow::{Edge, EdgeLabel, EndKind, Flow, FlowNode, Lane, LaneKind, NodeKind, is_counted, time_of};
use crate::plan::{ProcedurePlan, Wording};

use self::layout::{Box as Cell, Drawn, Shape};

pub(super) static OUTPUT: Output = Output {
    name: "chart",
    about: Words::new("sơ đồ quy trình nội bộ, mỗi thủ tục một hình SVG", "the internal process, one SVG a procedure"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let Some(svg) = drawing(plan, site)? else { return Ok(()) };
    write(
        sink,
        &format!("{}charts/{}.svg", folder(plan.variant()), file_name(&plan.procedure.code.value.0)),
        svg.as_bytes(),
    )
}

#[derive(Serialize)]
struct View {
    lang: &'static str,
    title_text: String,
    description: String,
    footer: String,
    #[serde(flatten)]
    drawn: Drawn,
}

/// The chart as SVG; nothing where no process is written.
pub fn drawing(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Result<Option<String>, EmitError> {
    let Some(flow) = &plan.flow else { return Ok(None) };
    if flow.steps().next().is_none() {
        return Ok(None);
    }
    let words = site.wording(plan);
    let (code, name) = (&plan.procedure.code.value.0, &plan.procedure.name.value);
    let at = place_name(plan).map(|place| format!(" - {place}")).unwrap_or_default();
    let title = say!(site.lang, "Quy trình nội bộ: {name} ({code}){at}", "Internal process: {name} ({code}){at}");
    let description = description(flow, &words);
    let version = &site.settings.version;
    let (as_of, hash) = (crate::model::quantity::short_date(plan.variant().as_of), site.short_hash());
    let footer = say!(
        site.lang,
        "Bản {version}, tại ngày {as_of}, mã nguồn {hash}",
        "Version {version}, as of {as_of}, source {hash}"
    );
    let title_lines = metrics::wrap(&title, 90.0, 1.0);
    let drawn = layout::draw(
        flow,
        title_lines,
        &|node| cell(flow, node, &words),
        &|lane| lane_lines(lane, &words),
        &|stage| stage_lines(flow, stage, &words),
        &|edge| edge_words(&answer(flow, edge), &words),
    );
    let view = View { lang: site.lang.tag(), title_text: title, description, footer, drawn };
    super::render::render("chart.svg.xml.jinja", &view).map(Some)
}

/// For those who cannot see the chart: every step with its role and time, in order.
fn description(flow: &Flow<'_>, words: &Wording<'_>) -> String {
    let steps: Vec<String> = flow
        .steps()
        .map(|(number, node, step)| {
            let time = time_of(flow, node, step).map(|(time, _)| time_words(time, words)).unwrap_or_default();
            let lane = lane_name(&flow.lanes[node.lane], words);
            format!("{number}. {} – {lane}{}{time}", step_label(step, words), if time.is_empty() { "" } else { " – " })
        })
        .collect();
    steps.join("; ")
}

/// What a step is called: its label, else its kind.
pub(super) fn step_label(step: &Step, words: &Wording<'_>) -> String {
    step.label.as_ref().map_or_else(|| words.step_kind(step.kind).to_owned(), |label| label.value.clone())
}

pub(super) fn lane_name(lane: &Lane, words: &Wording<'_>) -> String {
    match (lane.kind, words.lang) {
        (LaneKind::Role, _) => lane.name.clone(),
        (LaneKind::Applicant, Lang::Vi) => "Người nộp hồ sơ".to_owned(),
        (LaneKind::Applicant, Lang::En) => "Applicant".to_owned(),
        (LaneKind::System, Lang::Vi) => "Hệ thống".to_owned(),
        (LaneKind::System, Lang::En) => "System".to_owned(),
        (LaneKind::Unknown, _) if !lane.name.is_empty() => lane.name.clone(),
        (LaneKind::Unknown, Lang::Vi) => "(chưa phân công)".to_owned(),
        (LaneKind::Unknown, Lang::En) => "(nobody named)".to_owned(),
    }
}

fn lane_lines(lane: &Lane, words: &Wording<'_>) -> (String, String) {
    (lane_name(lane, words), lane.agency.clone().unwrap_or_default())
}

/// A time by case: the general one, and a mark that there are others.
pub(super) fn time_words(time: &ByCase<StepTime>, words: &Wording<'_>) -> String {
    let general = time.general.as_ref().map(|value| words.value(value, |time| words.step_time(time)));
    let cases: Vec<String> = time
        .all_rules()
        .iter()
        .filter_map(|rule| {
            let value = words.value(rule.value.as_ref()?, |time| words.step_time(time));
            let when = words.condition(&rule.when);
            Some(say!(words.lang, "{value} khi {when}", "{value} when {when}"))
        })
        .collect();
    general.into_iter().chain(cases).collect::<Vec<_>>().join("; ")
}

fn stage_lines(flow: &Flow<'_>, stage: usize, words: &Wording<'_>) -> Vec<String> {
    let stage = &flow.stages[stage];
    let number = stage.number;
    let mut lines = vec![say!(words.lang, "Giai đoạn {number}", "Stage {number}")];
    lines.extend(stage.stage.label.as_ref().map(|label| label.value.clone()));
    if stage.stage.label.is_none() {
        let promise = stage.stage.id.as_ref().and_then(|id| {
            words.body.deadlines.iter().find(|one| one.id.as_ref().is_some_and(|known| known.value == id.value))
        });
        lines.extend(promise.map(|deadline| words.deadline_name(deadline)));
    }
    lines.extend(stage.stage.time.as_ref().map(|time| time_words(time, words)));
    lines
}

/// What a negated condition negates.
fn positive(when: &crate::model::Expr) -> Option<&crate::model::Expr> {
    match when {
        crate::model::Expr::Not(inner, _) => Some(inner),
        _ => None,
    }
}

/// The answer an edge stands for, to the question as it is put.
fn answer<'a>(flow: &Flow<'a>, edge: &Edge<'a>) -> EdgeLabel<'a> {
    let turned = matches!(flow.nodes[edge.from].kind, NodeKind::Choice(when) if positive(when).is_some());
    match edge.label {
        EdgeLabel::Yes if turned => EdgeLabel::No,
        EdgeLabel::No if turned => EdgeLabel::Yes,
        label => label,
    }
}

fn edge_words(label: &EdgeLabel<'_>, words: &Wording<'_>) -> String {
    let words = match label {
        EdgeLabel::Next | EdgeLabel::Branch(None) => return String::new(),
        EdgeLabel::Branch(Some(label)) => return label.value.clone(),
        EdgeLabel::Yes => Words::new("có", "yes").get(words.lang),
        EdgeLabel::No => Words::new("không", "no").get(words.lang),
        EdgeLabel::Disagree => Words::new("không đồng ý", "disagrees").get(words.lang),
        EdgeLabel::NotAccepted => Words::new("không nhận", "not accepted").get(words.lang),
        EdgeLabel::Overdue => Words::new("quá hạn", "overdue").get(words.lang),
    };
    words.to_owned()
}

fn cell(flow: &Flow<'_>, node: &FlowNode<'_>, words: &Wording<'_>) -> Cell {
    let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(words.lang).to_owned();
    match node.kind {
        NodeKind::Start => Cell::of(Shape::Round, vec![pick("Nộp hồ sơ", "File")]),
        NodeKind::End(EndKind::Done) => Cell::of(Shape::Round, vec![pick("Kết thúc", "End")]),
        NodeKind::End(EndKind::Refused) => Cell::of(Shape::Round, vec![pick("Từ chối", "Refused")]),
        NodeKind::End(EndKind::Stopped) => Cell::of(Shape::Round, vec![pick("Dừng", "Stopped")]),
        NodeKind::Fork => Cell::of(Shape::Bar, vec![pick("đồng thời", "in parallel")]),
        NodeKind::Join => Cell::of(Shape::Bar, vec![pick("đủ các nhánh", "all branches done")]),
        NodeKind::Choice(when) => {
            // “Không có cơ sở? – có” is hard to read: the question is put in the positive and the answers change places.
            let when = words.condition(positive(when).unwrap_or(when));
            Cell::of(Shape::Hexagon, vec![say!(words.lang, "{when}?", "{when}?")])
        }
        NodeKind::Step(step, number) => {
            let label = step_label(step, words);
            let mut cell = Cell::of(Shape::Rect, vec![format!("{number}. {label}")]);
            cell.bold = 1;
            let time = time_of(flow, node, step);
            if let Some((time, false)) = time {
                cell.dashed = !is_counted(time);
                let text = time_words(time, words);
                cell.texts.push(say!(words.lang, "Thời gian: {text}", "Time: {text}"));
            }
            cell.texts.extend(details(step, words));
            cell
        }
    }
}

/// What else a step does: what it makes, whom it asks, what follows when time runs out.
fn details(step: &Step, words: &Wording<'_>) -> Vec<String> {
    let lang = words.lang;
    let mut lines = Vec::new();
    let products: Vec<String> = step
        .produces
        .iter()
        .flat_map(|by| by.values())
        .filter_map(|value| value.setting.given())
        .flatten()
        .map(|product| words.product(product))
        .collect();
    if !products.is_empty() {
        let products = products.join("; ");
        lines.push(say!(lang, "Sản phẩm: {products}", "Produces: {products}"));
    }
    if let Some(asked) = &step.ask {
        let asked = words.agencies(asked);
        lines.push(say!(lang, "Hỏi: {asked}", "Asks: {asked}"));
    }
    if let Some(supplement) = step.supplement.as_ref().filter(|supplement| supplement.value.allowed) {
        let most = supplement.value.maximum.as_ref().and_then(|value| value.setting.given());
        lines.push(match most {
            Some(most) => {
                say!(lang, "Được yêu cầu bổ sung, tối đa {most:02} lần", "May ask for supplements, at most {most}")
            }
            None => say!(lang, "Được yêu cầu bổ sung", "May ask for supplements"),
        });
    }
    if let Some(within) = step.accept_within.as_ref().filter(|within| matches!(within.setting, Setting::Given(_))) {
        let within = words.value(within, |duration| words.duration(duration));
        lines.push(say!(lang, "Bên nhận xác nhận trong {within}", "Accepted within {within}"));
    }
    if let Some(overdue) = &step.overdue {
        match &overdue.kind {
            ReactionKind::DeemedConsent => lines.push(say!(lang, "Quá hạn: coi như đồng ý", "Overdue: deemed consent")),
            ReactionKind::DeemedRefusal => {
                lines.push(say!(lang, "Quá hạn: coi như không đồng ý", "Overdue: deemed refusal"))
            }
            ReactionKind::Report(role) => {
                let process = crate::resolve::names::process_of(words.body);
                let found = process.and_then(|process| {
                    process.roles.iter().find(|one| role.names(Some(&one.id.value), Some(&one.name.value)))
                });
                let role = found.map_or_else(|| role.key.to_string(), |role| role.name.value.clone());
                lines.push(say!(lang, "Quá hạn: báo cáo {role}", "Overdue: report to {role}"));
            }
            ReactionKind::Refuse
            | ReactionKind::Stop
            | ReactionKind::ReturnTo(_)
            | ReactionKind::Steps(_)
            | ReactionKind::Hole => {}
        }
    }
    if let Some(done) = &step.done_when {
        let done = &done.value;
        lines.push(say!(lang, "Xong khi: {done}", "Done when: {done}"));
    }
    lines
}
