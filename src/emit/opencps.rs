//! `opencps/CODE.xml`: the process as OpenCPS imports it (`ServiceProcess`), a state machine with one state at a time. What
//! that cannot carry is told in a comment of the file and in `opencps/CODE.txt`. Written only where it is asked for.

mod losses;
mod rows;
mod times;

use serde::Serialize;

use super::files::path_in;
use super::{EmitError, Sink, Site, write};
use crate::lang::say;
use crate::model::quantity::short_date;
use crate::plan::flow::table::{Action, ActionKind, Branches, State, states};
use crate::plan::flow::{Flow, LaneKind, NodeKind};
use crate::plan::{ProcedurePlan, Wording};
use crate::syntax::fold::identifier;

use self::losses::{Loss, Losses};

/// No text of the format is longer, in letters.
const LONGEST: usize = 255;

/// Working hours of a day, as OpenCPS counts them.
const HOURS: i64 = 8;

#[derive(Serialize)]
struct View {
    comment: Vec<String>,
    number: String,
    name: String,
    description: String,
    duration: String,
    agency: String,
    roles: Vec<RoleView>,
    steps: Vec<StepView>,
    actions: Vec<ActionView>,
    sequences: Vec<SequenceView>,
}

#[derive(Clone, Serialize)]
struct RoleView {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct StepView {
    code: String,
    name: String,
    sequence: usize,
    group: String,
    status: &'static str,
    duration: String,
    instruction: String,
    role: RoleView,
}

#[derive(Serialize)]
struct ActionView {
    code: String,
    name: String,
    from: String,
    to: String,
    event: &'static str,
    makes: String,
    returns: String,
    signed: bool,
    note: String,
}

#[derive(Serialize)]
struct SequenceView {
    number: usize,
    name: String,
    role: String,
    duration: String,
}

/// Writes the files of a procedure that has steps; gives the number of kinds of things that they cannot carry.
pub(super) fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<Option<usize>, EmitError> {
    let Some(flow) = plan.flow.as_ref().filter(|flow| flow.steps().next().is_some()) else { return Ok(None) };
    let mut maker = Maker { plan, flow, words: site.wording(plan), losses: Losses::default() };
    let mut view = maker.view(site);
    let losses = maker.losses.lines(site.lang);
    let (code, name) = (&plan.procedure.code.value.0, &plan.procedure.name.value);
    let heading = if losses.is_empty() {
        say!(
            site.lang,
            "{code} {name}: OpenCPS chở được trọn quy trình",
            "{code} {name}: OpenCPS carries the whole process"
        )
    } else {
        say!(
            site.lang,
            "{code} {name}: những điều tệp OpenCPS không chở được",
            "{code} {name}: what the OpenCPS file cannot carry"
        )
    };
    let lines: Vec<String> = std::iter::once(heading).chain(losses.iter().map(|line| format!("- {line}"))).collect();
    view.comment = lines.iter().map(|line| in_comment(line)).collect();
    let path = path_in("opencps", plan);
    let xml = site.templates.of(plan).render("opencps.xml.jinja", &view)?;
    write(sink, &format!("{path}.xml"), xml.as_bytes())?;
    write(sink, &format!("{path}.txt"), format!("{}\n", lines.join("\n")).as_bytes())?;
    Ok(Some(losses.len()))
}

struct Maker<'p, 'a> {
    plan: &'p ProcedurePlan<'a>,
    flow: &'p Flow<'a>,
    words: Wording<'p>,
    losses: Losses,
}

impl Maker<'_, '_> {
    fn view(&mut self, site: &Site<'_>) -> View {
        self.lost_on_the_way();
        let states = self.reached();
        let name = self.plan.procedure.name.value.clone();
        let (version, day, hash) = (&site.settings.version, short_date(self.plan.variant().as_of), site.short_hash());
        let description = say!(
            site.lang,
            "Bản {version}, tại ngày {day}, mã nguồn {hash}",
            "Version {version}, as of {day}, source {hash}"
        );
        View {
            comment: Vec::new(),
            number: self.number(),
            name: self.fit(name),
            description: self.fit(description),
            duration: self.limit(),
            agency: self.agency(),
            roles: (0..self.flow.lanes.len()).map(|lane| self.role(lane)).collect(),
            steps: states.iter().filter_map(|state| self.step(state)).collect(),
            actions: states.iter().flat_map(|state| self.actions(state)).collect(),
            sequences: self.sequences(),
        }
    }

    /// The code, and the place where it is not the nation's.
    fn number(&mut self) -> String {
        let code = self.plan.procedure.code.value.0.clone();
        let place = self.plan.variant().place.as_ref().map(|place| format!("{code}_{}", identifier(place)));
        self.fit(place.unwrap_or(code))
    }

    fn agency(&mut self) -> String {
        let decided_by = self.plan.body().decided_by.as_ref();
        let general = decided_by.and_then(|by| by.value.general.as_ref()?.setting.given());
        self.fit(general.map(|agencies| self.words.agencies(agencies)).unwrap_or_default())
    }

    /// A text that the format has room for.
    fn fit(&mut self, text: String) -> String {
        if text.chars().count() <= LONGEST {
            return text;
        }
        let begins: String = text.chars().take(40).collect();
        self.losses.add(Loss::Shortened, format!("“{begins}…”"));
        text.chars().take(LONGEST - 1).chain(['…']).collect()
    }

    fn role(&mut self, lane: usize) -> RoleView {
        let lane_of = &self.flow.lanes[lane];
        let name = match &lane_of.agency {
            Some(agency) if lane_of.kind == LaneKind::Role => format!("{} – {agency}", self.words.lane_name(lane_of)),
            _ => self.words.lane_name(lane_of),
        };
        RoleView { code: code(&lane_of.id, "", lane).to_uppercase(), name: self.fit(name) }
    }

    /// The states that something leads to when reports, which the format has no place for, are left out.
    fn reached(&self) -> Vec<State> {
        let mut all = states(self.flow, Branches::InTurn);
        for state in &mut all {
            state.actions.retain(|action| !self.reports(action));
        }
        let mut reached = vec![false; self.flow.nodes.len()];
        let mut todo: Vec<usize> = all.first().map(|start| start.node).into_iter().collect();
        while let Some(node) = todo.pop() {
            if std::mem::replace(&mut reached[node], true) {
                continue;
            }
            let state = all.iter().find(|state| state.node == node);
            todo.extend(
                state
                    .into_iter()
                    .flat_map(|state| &state.actions)
                    .flat_map(|action| &action.next)
                    .map(|next| next.node),
            );
        }
        all.retain(|state| reached[state.node]);
        all
    }

    fn reports(&self, action: &Action) -> bool {
        let ActionKind::Timeout(node) = action.kind else { return false };
        matches!(self.flow.nodes[node].kind, NodeKind::Timer { interrupts: false, .. })
    }
}

/// A line as a comment of XML can hold it: `--` would end one.
fn in_comment(line: &str) -> String {
    let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("--", "\u{2010}\u{2010}")
}

/// A name for programs that the format has room for; numbered where it has to be cut. Ids are ASCII.
fn code(id: &str, suffix: &str, number: usize) -> String {
    let room = LONGEST - suffix.len();
    if id.len() <= room {
        return format!("{id}{suffix}");
    }
    let end = format!("_{number}{suffix}");
    format!("{}{end}", &id[..LONGEST - end.len()])
}
