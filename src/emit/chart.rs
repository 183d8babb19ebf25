//! The process chart: lanes as bands, time to the right, cut into sheets of A4 where it is long; and a second drawing with time
//! downwards. Where everything stands is worked out in `layout`, for BPMN too.

mod sheets;

use super::layout::cells::Picture;
use super::layout::{Direction, Shape};
use super::{EmitError, Output, Sink, Site, place_name, write};
use crate::lang::{Words, say};
use crate::plan::{Flow, ProcedurePlan, Wording};

pub(super) static OUTPUT: Output = Output {
    name: "charts",
    folder: "charts",
    about: Words::new("sơ đồ quy trình nội bộ, mỗi thủ tục một hình SVG", "the internal process, one SVG a procedure"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let name = OUTPUT.path(plan);
    for (direction, end) in [(Direction::Right, "svg"), (Direction::Down, "doc.svg")] {
        if let Some(svg) = drawn(plan, site, direction)? {
            write(sink, &format!("{name}.{end}"), svg.as_bytes())?;
        }
    }
    Ok(())
}

/// The chart as SVG, with time to the right; nothing where no process is written.
pub fn drawing(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Result<Option<String>, EmitError> {
    drawn(plan, site, Direction::Right)
}

fn drawn(plan: &ProcedurePlan<'_>, site: &Site<'_>, direction: Direction) -> Result<Option<String>, EmitError> {
    let Some(flow) = plan.flow.as_ref().filter(|flow| flow.steps().next().is_some()) else { return Ok(None) };
    let words = site.wording(plan);
    let (code, name) = (&plan.procedure.code.value.0, &plan.procedure.name.value);
    let at = place_name(plan).map(|place| format!(" - {place}")).unwrap_or_default();
    let title = say!(site.lang, "Quy trình nội bộ: {name} ({code}){at}", "Internal process: {name} ({code}){at}");
    let version = &site.settings.version;
    let (as_of, hash) = (crate::model::quantity::short_date(plan.variant().as_of), site.short_hash());
    let footer = say!(
        site.lang,
        "Bản {version}, tại ngày {as_of}, mã nguồn {hash}",
        "Version {version}, as of {as_of}, source {hash}"
    );
    let picture = Picture::of(flow, &words, direction);
    let head = sheets::Head { lang: site.lang.tag(), title, description: description(flow, &words), footer };
    let view = sheets::view(flow, &words, &picture, direction, head);
    site.templates.of(plan).render("chart.svg.xml.jinja", &view).map(Some)
}

/// For those who cannot see the chart: every step with its role and time, in order.
fn description(flow: &Flow<'_>, words: &Wording<'_>) -> String {
    let steps: Vec<String> = flow
        .steps()
        .map(|(number, node, step)| {
            let time = words.node_time(flow, node).map(|time| format!(" – {time}")).unwrap_or_default();
            let lane = words.lane_name(&flow.lanes[node.lane]);
            format!("{number}. {} – {lane}{time}", words.step_label(step))
        })
        .collect();
    steps.join("; ")
}

/// How a shape is called in the template.
fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Task => "task",
        Shape::Event => "event",
        Shape::Boundary(_) => "timer",
        Shape::Gateway => "gateway",
    }
}
