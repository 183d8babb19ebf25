//! What a procedure comes to in one case: papers, money, dates, and how it ends.

use super::ProcedurePlan;
use super::cases::{Case, Facts, Open, Space};
use super::money::{Payable, payable};
use super::path::{Ending, Happened, Path, Promise, Promised, Run, Runner, Waits, outcomes, paths, promises};
use super::proof;
use crate::model::outcome::Outcome;
use crate::model::scenario::ScenarioEvent;
use crate::model::{Charge, Delivery, Document, Expr, Moment, StartEvent, Step, StepKind};
use crate::resolve::names::{process_of, step_is};
use crate::time::{Calendar, Instant};

/// The space of everything a procedure decides by, and of what is asked of it.
pub fn space<'e>(plan: &'e ProcedurePlan<'_>, asked: impl IntoIterator<Item = &'e Expr>) -> Space {
    let body = plan.body();
    let mut all: Vec<&Expr> = proof::conditions(plan);
    all.extend(body.dossier.iter().flat_map(|dossier| &dossier.value.documents).filter_map(|one| one.when.as_ref()));
    for charge in &body.charges {
        all.extend(&charge.value.when);
        all.extend(charge.value.amount.iter().flat_map(|amount| amount.all_rules()).map(|rule| &rule.when));
    }
    all.extend(body.outcomes.iter().filter_map(|outcome| outcome.value.when.as_ref()));
    for step in process_of(body).map_or(Vec::new(), |process| process.steps()) {
        all.extend(step.produces.iter().flat_map(|products| products.all_rules()).map(|rule| &rule.when));
    }
    Space::of(&Facts { body, registers: plan.registers }, all.into_iter().chain(asked))
}

/// The papers that are asked for in some case; groups that are not yet entered are none.
pub fn asked_documents<'a>(plan: &ProcedurePlan<'a>) -> impl Iterator<Item = &'a Document> {
    let (all, as_of) = (plan.body().dossier.iter(), plan.variant().as_of);
    let all = all.flat_map(|dossier| &dossier.value.documents);
    all.filter(move |one| one.delivery != Delivery::Hole && one.valid.contains(as_of))
}

/// The papers of a case.
pub fn documents<'a>(plan: &ProcedurePlan<'a>, space: &Space, case: &Case) -> Result<Vec<&'a Document>, Open> {
    let mut found = Vec::new();
    for document in asked_documents(plan) {
        if space.applies(document.when.as_ref(), case)? {
            found.push(document);
        }
    }
    Ok(found)
}

/// The charges of a case with what each comes to.
pub fn charges<'a>(plan: &ProcedurePlan<'a>, space: &Space, case: &Case) -> Result<Vec<(&'a Charge, Payable)>, Open> {
    let mut found = Vec::new();
    for charge in &plan.body().charges {
        let charge: &'a Charge = &charge.value;
        if let Some(payable) = payable(plan, space, case, charge)? {
            found.push((charge, payable));
        }
    }
    Ok(found)
}

/// A promise and when it is due; `None` where that waits for something that has not happened.
#[derive(Clone, Debug)]
pub struct Date<'a> {
    pub promise: Promise<'a>,
    pub starts: Option<Instant>,
    pub due: Option<Instant>,
}

/// Where a case goes.
#[derive(Clone, Debug)]
pub struct Course<'a> {
    pub dates: Vec<Date<'a>>,
    /// How it ends, and with which outcomes; `None` where no process is written.
    pub ending: Option<(Ending, Vec<&'a Outcome>)>,
    pub path: Option<Path<'a>>,
    pub run: Option<Run<'a>>,
}

/// Follows a case that is received at a moment. Waits of which nothing is known have not happened: the dates are those that are
/// given on receipt.
pub fn course<'a>(
    plan: &ProcedurePlan<'a>,
    space: &Space,
    case: &Case,
    received: Option<Instant>,
    happened: &Happened<'a>,
) -> Result<Course<'a>, Open> {
    let calendar = plan.calendar();
    let Some(path) = paths(plan, space, case)?.into_iter().next() else {
        let promises = promises(plan, space, case)?;
        let dates = promises.into_iter().map(|promise| without_process(promise, calendar, received, happened));
        return Ok(Course { dates: dates.collect(), ending: None, path: None, run: None });
    };
    let ending = Some((path.ending, outcomes(plan, space, case, &path)?));
    let run = received.map(|received| {
        let runner = Runner { path: &path, calendar, happened: happened.clone(), waits: Waits::Known, records: true };
        let mut run = runner.start(received);
        runner.go(&mut run);
        run
    });
    let dates = path.promises.iter().enumerate().map(|(at, promise)| Date {
        promise: promise.clone(),
        starts: run.as_ref().and_then(|run| run.began(at)),
        due: run.as_ref().and_then(|run| run.due(at, calendar)),
    });
    Ok(Course { dates: dates.collect(), ending, path: Some(path.clone()), run })
}

fn without_process<'a>(
    promise: Promise<'a>,
    calendar: &Calendar,
    received: Option<Instant>,
    happened: &Happened<'a>,
) -> Date<'a> {
    // Where nothing else is said, a file that had to be supplemented starts anew.
    let starts = happened.supplemented.or(received).filter(|_| promise.from_receipt);
    let due = starts.and_then(|starts| promise.limit.ends(calendar, starts));
    Date { promise, starts, due }
}

impl Promised {
    /// The end of a promise that begins at a moment and is never stopped.
    pub fn ends(&self, calendar: &Calendar, starts: Instant) -> Option<Instant> {
        super::path::begin(self, calendar, starts)?.ends(calendar)
    }
}

/// A moment as a calendar counts it; a day without a time means when the office opens.
pub fn instant(calendar: &Calendar, moment: &Moment) -> Option<Instant> {
    let day = calendar.day(moment.date)?;
    Some(match moment.time {
        Some(time) => Instant { day, minute: u16::from(time.hour) * 60 + u16::from(time.minute) },
        None => calendar.open(day),
    })
}

/// What happened to a file, as a scenario or a question tells it.
pub fn happened<'a, 'e>(
    plan: &ProcedurePlan<'a>,
    events: impl IntoIterator<Item = (&'e ScenarioEvent, Moment)>,
) -> Happened<'a> {
    let calendar = plan.calendar();
    let own = process_of(plan.body()).into_iter();
    let shared = plan.subprocesses.iter().filter_map(|one| process_of(&one.body));
    let steps: Vec<&'a Step> = own.chain(shared).flat_map(|process| process.steps()).collect();
    let mut happened = Happened::default();
    for (event, moment) in events {
        let Some(at) = instant(calendar, &moment) else { continue };
        let is = |step: &Step| match event {
            ScenarioEvent::Start(StartEvent::Step(wanted)) => step_is(step, wanted),
            ScenarioEvent::Start(StartEvent::OpinionReceived) => step.kind == StepKind::Consult,
            ScenarioEvent::Start(StartEvent::DutiesPaid) => step.kind == StepKind::FinancialDuty,
            ScenarioEvent::Start(_) | ScenarioEvent::Supplemented => false,
        };
        match event {
            ScenarioEvent::Supplemented => happened.supplemented = Some(at),
            ScenarioEvent::Start(_) => {
                happened.done.extend(steps.iter().filter(|step| is(step)).map(|step| (*step, at)))
            }
        }
    }
    happened
}
