//! `CODE.paths.json`: for engines to run, a walk for every way of the process, with what the compiler says comes of it.
//!
//! Each says what happens at each task (done after so long, with these variables set; or never), and what is expected: which ends
//! are reached, and how much time has passed.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{answer_variable, due_variable, key};
use crate::emit::expression::{CHANNEL, variable};
use crate::emit::logic::channel_id;
use crate::model::Number;
use crate::model::facts::FactKind;
use crate::plan::cases::{Bound, Case, Cell, Point, Question, Space};
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
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    set: BTreeMap<String, Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Expected {
    ends: Vec<String>,
    only_ends: bool,
    count: BTreeMap<String, usize>,
    elapsed: String,
}

pub(super) fn paths(plan: &ProcedurePlan<'_>, flow: &Flow<'_>) -> Vec<Path> {
    let space = proof::space(plan);
    let walks = walks(plan, &space);
    walks.iter().enumerate().map(|(at, walk)| path(plan, flow, &space, walk, at)).collect()
}

fn path(plan: &ProcedurePlan<'_>, flow: &Flow<'_>, space: &Space, walk: &Walk, number: usize) -> Path {
    let calendar = plan.calendar();
    let mut variables = facts(plan, space, &walk.case);
    variables.insert("ma_ho_so".to_owned(), json!(format!("HS-{}", number + 1)));
    let due = |(timer, at): &(usize, Instant)| (due_variable(&flow.nodes[*timer].id), json!(moment(calendar, *at)));
    variables.extend(walk.due_at_start.iter().map(due));
    let mut tasks: BTreeMap<String, Vec<Task>> = BTreeMap::new();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for visit in &walk.visits {
        let mut set: BTreeMap<String, Value> = visit.due.iter().map(due).collect();
        if let Some((gateway, answer)) = visit.answer {
            set.insert(answer_variable(&flow.nodes[gateway].id), json!(answer));
        }
        let after = visit.done.map(|done| elapsed(visit.from, done));
        let id = &flow.nodes[visit.node].id;
        tasks.entry(id.clone()).or_default().push(Task { never: after.is_none(), after, set });
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
fn facts(plan: &ProcedurePlan<'_>, space: &Space, case: &Case) -> BTreeMap<String, Value> {
    let mut facts = BTreeMap::new();
    for fact in &plan.body().facts {
        if matches!(fact.kind, FactKind::SomeOf(_)) {
            facts.insert(variable(&fact.id.value), json!([]));
        }
    }
    for (at, column) in space.columns.iter().enumerate() {
        let Some(cell) = space.cells_of(case, at).first().map(|cell| &column.cells[*cell]) else { continue };
        match &column.question {
            Question::Channel => drop(facts.insert(CHANNEL.to_owned(), value(cell))),
            Question::Fact(id) => drop(facts.insert(variable(id), value(cell))),
            Question::Includes(id, choice) => {
                let list = facts.entry(variable(id)).or_insert_with(|| json!([]));
                if let (Cell::Yes, Some(list)) = (cell, list.as_array_mut()) {
                    list.push(json!(choice.as_str()));
                }
            }
        }
    }
    facts
}

/// Some value of a cell.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Yes => json!(true),
        Cell::No => json!(false),
        Cell::Channel(channel) => json!(channel_id(*channel)),
        Cell::Choice(id) => json!(id.as_str()),
        Cell::Range(from, to) => inside(*from, *to),
    }
}

/// A value inside a range: an end that belongs to it, else one beside the end.
fn inside(from: Bound, to: Bound) -> Value {
    let number = |number: Number| match number.as_whole() {
        Some(whole) => json!(whole),
        None => json!(number.numerator as f64 / number.denominator as f64),
    };
    let half = |a: Number, b: Number| a.plus(b).times(Number::new(1, 2));
    match (from, to) {
        (Bound::With(Point::Number(at)), _) | (_, Bound::With(Point::Number(at))) => number(at),
        (Bound::Without(Point::Number(a)), Bound::Without(Point::Number(b))) => {
            let next = a.plus(Number::whole(1));
            number(if next.compare(b).is_lt() { next } else { half(a, b) })
        }
        (Bound::Without(Point::Number(at)), Bound::Open) => number(at.plus(Number::whole(1))),
        (Bound::Open, Bound::Without(Point::Number(at))) => number(at.plus(Number::whole(-1))),
        (Bound::With(Point::Date(day)), _) | (_, Bound::With(Point::Date(day))) => json!(day.to_string()),
        (Bound::Without(Point::Date(day)), _) => json!(day.tomorrow().unwrap_or(day).to_string()),
        (_, Bound::Without(Point::Date(day))) => json!(day.yesterday().unwrap_or(day).to_string()),
        (Bound::Open, Bound::Open) => json!(0),
    }
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
