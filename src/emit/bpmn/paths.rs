//! `CODE.paths.json`: for engines to run, a walk for every way of the process, with what the compiler says comes of it.
//!
//! Each says what happens at each task (done after so long, with these variables set; or never), and what is expected: which ends
//! are reached, and how much time has passed.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{Rounds, asked_in_the_case, key};
use crate::emit::logic::told;
use crate::emit::variables::{FILE, Variables, answer_variable, due_variable};
use crate::model::facts::FactKind;
use crate::plan::cases::{Case, Cell, Question, Space};
use crate::plan::walk::{Walk, walks};
use crate::plan::{Flow, ProcedurePlan, proof};
use crate::time::{Calendar, Instant};

#[derive(Serialize)]
pub(super) struct Path {
    name: String,
    process: String,
    start: String,
    variables: BTreeMap<String, Value>,
    tasks: BTreeMap<String, Vec<Task>>,
    expect: Expected,
}

/// What happens at a task on one visit.
#[derive(Serialize)]
struct Task {
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    never: bool,
    /// How many of this task there are, where it is there once for each of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    instances: Option<usize>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    set: BTreeMap<String, Value>,
}

/// How many are asked where only the case says who.
const ASKED: usize = 2;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Expected {
    ends: Vec<String>,
    only_ends: bool,
    count: BTreeMap<String, usize>,
    elapsed: String,
}

pub(super) fn paths(plan: &ProcedurePlan<'_>, flow: &Flow<'_>, names: &Variables<'_>) -> Vec<Path> {
    let space = proof::space(plan);
    let walks = walks(plan, &space);
    walks.iter().enumerate().map(|(at, walk)| path(plan, flow, (&space, names), walk, at)).collect()
}

fn path(
    plan: &ProcedurePlan<'_>,
    flow: &Flow<'_>,
    (space, names): (&Space, &Variables<'_>),
    walk: &Walk,
    number: usize,
) -> Path {
    let calendar = plan.calendar();
    let mut variables = facts(plan, space, names, &walk.case);
    variables.insert(FILE.to_owned(), json!(format!("HS-{}", number + 1)));
    let due = |(timer, at): &(usize, Instant)| (due_variable(&flow.nodes[*timer].id), json!(moment(calendar, *at)));
    variables.extend(walk.due_at_start.iter().map(due));
    let rounds: Vec<Rounds> = Rounds::all(flow).collect();
    variables.extend(rounds.iter().map(|one| (one.variable(flow), json!(0))));
    let lists = flow.nodes.iter().filter_map(asked_in_the_case);
    variables.extend(lists.map(|list| (list, (1..=ASKED).map(|one| json!(format!("co-quan-{one}"))).collect())));
    let mut tasks: BTreeMap<String, Vec<Task>> = BTreeMap::new();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for visit in &walk.visits {
        let mut set: BTreeMap<String, Value> = visit.due.iter().map(due).collect();
        if let Some((gateway, answer)) = visit.answer {
            set.insert(answer_variable(&flow.nodes[gateway].id), json!(answer));
        }
        let after = visit.done.map(|done| elapsed(visit.from, done));
        let id = &flow.nodes[visit.node].id;
        let visits = tasks.entry(id.clone()).or_default();
        if let Some(rounds) = rounds.iter().find(|rounds| rounds.ask == visit.node) {
            set.insert(rounds.variable(flow), json!(visits.len() + 1));
        }
        let instances = asked_in_the_case(&flow.nodes[visit.node]).map(|_| ASKED);
        visits.push(Task { never: after.is_none(), after, instances, set });
        *count.entry(id.clone()).or_default() += usize::from(visit.done.is_some());
    }
    count.retain(|_, times| *times > 0);
    let mut ends: Vec<String> = walk.ends.iter().map(|end| flow.nodes[*end].id.clone()).collect();
    ends.sort_unstable();
    ends.dedup();
    Path {
        name: format!("{}-{}", plan.procedure.code.value.0, number + 1),
        process: format!("Process_{}", key(plan)),
        start: moment(calendar, walk.from),
        variables,
        tasks,
        expect: Expected { ends, only_ends: true, count, elapsed: elapsed(walk.from, walk.until) },
    }
}

/// A value for every fact that conditions ask for.
fn facts(plan: &ProcedurePlan<'_>, space: &Space, names: &Variables<'_>, case: &Case) -> BTreeMap<String, Value> {
    let mut facts = BTreeMap::new();
    for fact in &plan.body().facts {
        if matches!(fact.kind, FactKind::SomeOf(_)) {
            facts.insert(names.fact(&fact.id.value).to_owned(), json!([]));
        }
    }
    for (at, column) in space.columns.iter().enumerate() {
        let Some(cell) = space.cells_of(case, at).first().map(|cell| &column.cells[*cell]) else { continue };
        match &column.question {
            Question::Channel => drop(facts.insert(names.channel.clone(), any_value(cell))),
            Question::Fact(id) => drop(facts.insert(names.fact(id).to_owned(), any_value(cell))),
            Question::Includes(id, choice) => {
                let list = facts.entry(names.fact(id).to_owned()).or_insert_with(|| json!([]));
                if let (Cell::Yes, Some(list)) = (cell, list.as_array_mut()) {
                    list.push(json!(choice.as_str()));
                }
            }
        }
    }
    facts
}

/// Some value of a cell; of one that holds every number, a number.
fn any_value(cell: &Cell) -> Value {
    told(cell).unwrap_or_else(|| json!(0))
}

/// A moment in Vietnam (UTC+7, no summer time), as ISO 8601 writes it.
fn moment(calendar: &Calendar, at: Instant) -> String {
    format!("{}T{:02}:{:02}:00+07:00", calendar.date(at.day), at.minute / 60, at.minute % 60)
}

/// What passes on the clock between two moments, as an ISO duration.
fn elapsed(from: Instant, to: Instant) -> String {
    let minutes = i64::from(to.day - from.day) * 24 * 60 + i64::from(to.minute) - i64::from(from.minute);
    let (days, minutes) = (minutes / (24 * 60), minutes % (24 * 60));
    match (days, minutes) {
        (0, minutes) => format!("PT{minutes}M"),
        (days, 0) => format!("P{days}D"),
        (days, minutes) => format!("P{days}DT{minutes}M"),
    }
}
