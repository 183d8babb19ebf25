//! One path through a process in one case: what takes time, what is not counted, and what was promised.

mod promise;
mod run;
mod units;

use crate::model::outcome::Outcome;
use crate::model::process::{
    Choice, ClockEffect, Node, Parallel, Performs, Process, Reaction, ReactionKind, Stage, Step, StepTime,
};
use crate::model::{ByCase, Deadline, Duration, Ref, StartEvent, StepKind, Subprocess};
use crate::resolve::names::{process_of, step_is};

use super::ProcedurePlan;
use super::cases::{Case, Open, Space};

pub use self::promise::{Bound, Promise, Promised, bound, kept_nowhere, promise, runs_from_receipt};
pub(in crate::plan) use self::run::begin;
pub use self::run::{Happened, Kept, Run, Runner, Stop, Taken, Waits};
pub use self::units::Total;
pub(in crate::plan) use self::units::in_unit;

/// Something that happens on a path, in order.
#[derive(Clone, Debug)]
pub enum Move<'a> {
    /// A step is done after so much counted time; nothing given counts as no time.
    Work(&'a Step, Option<Duration>),
    /// Time that is not counted: so long, or until somebody else is done.
    Wait(&'a Step, Option<Duration>),
    /// Until the end of the day.
    Day(&'a Step),
    /// Not later than a promise, by number: at its very end, at worst.
    Until(&'a Step, usize),
    /// Where a file may be supplemented, and what that does to the clocks.
    Supplement(&'a Step, ClockEffect),
    /// A clock of a promise begins.
    Start(usize),
    /// A budget that steps share.
    Enter(&'a Stage, Duration),
    /// The end of a shared budget, which some step without a time of its own may use up.
    Leave { uses_all: bool },
    /// A promise must be kept here.
    Keep(usize),
    /// Branches that run together; the last one decides.
    Fork(Vec<Vec<Move<'a>>>),
}

/// How a path ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Done,
    Refused,
    Stopped,
}

/// One path.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    pub moves: Vec<Move<'a>>,
    pub promises: Vec<Promise<'a>>,
    pub ending: Ending,
    /// Every step that is done on it, in order.
    pub steps: Vec<&'a Step>,
    /// Every counted step says how long it takes.
    pub is_timed: bool,
    /// A time is not yet given, or somebody else sets it: the path may take longer than known.
    pub is_open: bool,
}

/// What happens that no fact decides: whether a time runs out, whether a file is supplemented. Each path tries one row of
/// answers.
#[derive(Default)]
struct Chances {
    answers: Vec<bool>,
    asked: usize,
}

impl Chances {
    fn ask(&mut self) -> bool {
        let at = self.asked;
        self.asked += 1;
        if at == self.answers.len() {
            self.answers.push(false);
        }
        self.answers[at]
    }

    /// The next row of answers; `None` after the last.
    fn next(mut self) -> Option<Chances> {
        self.answers.truncate(self.asked);
        while let Some(last) = self.answers.pop() {
            if !last {
                self.answers.push(true);
                return Some(Chances { answers: self.answers, asked: 0 });
            }
        }
        None
    }
}

/// Paths of one case are not followed beyond so many.
const MOST_PATHS: usize = 64;

struct Builder<'a, 'p> {
    plan: &'p ProcedurePlan<'a>,
    space: &'p Space,
    case: &'p Case,
    path: Path<'a>,
    /// Of each promise, what starts it and where it binds.
    starts: Vec<Option<&'a StartEvent>>,
    bound: Vec<Bound<'a>>,
    started: Vec<bool>,
    chances: Chances,
    /// Shared processes being performed, so that a ring ends.
    inside: Vec<&'a str>,
}

/// Every path of a case. The facts that matter must be decided in the case; else the first that is open is given back.
pub fn paths<'a>(plan: &ProcedurePlan<'a>, space: &Space, case: &Case) -> Result<Vec<Path<'a>>, Open> {
    let Some(process) = process_of(plan.body()) else { return Ok(Vec::new()) };
    let mut paths: Vec<Path<'a>> = Vec::new();
    let mut chances = Some(Chances::default());
    while let Some(now) = chances {
        let mut builder = Builder::new(plan, space, case, now)?;
        builder.process(process)?;
        paths.push(builder.path);
        chances = builder.chances.next();
        if chances.is_some() && paths.len() >= MOST_PATHS {
            return Err(Open::Unknown);
        }
    }
    Ok(paths)
}

/// The path of a case on which no time runs out and nothing is supplemented; `None` where no process is written.
pub fn straight<'a>(plan: &ProcedurePlan<'a>, space: &Space, case: &Case) -> Result<Option<Path<'a>>, Open> {
    let Some(process) = process_of(plan.body()) else { return Ok(None) };
    let mut builder = Builder::new(plan, space, case, Chances::default())?;
    builder.process(process)?;
    Ok(Some(builder.path))
}

/// The promises of a case, whether a process is written or not.
pub fn promises<'a>(plan: &ProcedurePlan<'a>, space: &Space, case: &Case) -> Result<Vec<Promise<'a>>, Open> {
    Ok(Builder::new(plan, space, case, Chances::default())?.path.promises)
}

impl<'a, 'p> Builder<'a, 'p> {
    fn new(plan: &'p ProcedurePlan<'a>, space: &'p Space, case: &'p Case, chances: Chances) -> Result<Self, Open> {
        let path = Path {
            moves: Vec::new(),
            promises: Vec::new(),
            ending: Ending::Done,
            steps: Vec::new(),
            is_timed: true,
            is_open: false,
        };
        let mut builder = Builder {
            plan,
            space,
            case,
            path,
            starts: Vec::new(),
            bound: Vec::new(),
            started: Vec::new(),
            chances,
            inside: Vec::new(),
        };
        builder.promises()?;
        Ok(builder)
    }

    fn promises(&mut self) -> Result<(), Open> {
        for deadline in &self.plan.body().deadlines {
            let deadline: &'a Deadline = &deadline.value;
            let Some(promise) = promise(self.plan, self.space, self.case, deadline)? else { continue };
            self.starts.push(deadline.starts.as_ref().map(|start| &start.value));
            self.started.push(promise.from_receipt);
            self.path.promises.push(promise);
            self.bound.push(bound(self.plan, deadline));
        }
        Ok(())
    }

    fn process(&mut self, process: &'a Process) -> Result<(), Open> {
        for at in 0..self.path.promises.len() {
            if self.path.promises[at].from_receipt {
                self.path.moves.push(Move::Start(at));
            }
        }
        self.nodes(&process.nodes)?;
        for at in 0..self.path.promises.len() {
            if self.bound[at] == Bound::End {
                self.path.moves.push(Move::Keep(at));
            }
        }
        Ok(())
    }

    /// Follows nodes; false where the path ended among them.
    fn nodes(&mut self, nodes: &'a [Node]) -> Result<bool, Open> {
        for node in nodes {
            let goes_on = match node {
                Node::Step(step) => self.step(step)?,
                Node::Stage(stage) => self.stage(stage)?,
                Node::Choice(choice) => self.choice(choice)?,
                Node::Parallel(parallel) => self.parallel(parallel)?,
            };
            if !goes_on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn choice(&mut self, choice: &'a Choice) -> Result<bool, Open> {
        let otherwise: &'a [Node] = choice.otherwise.as_deref().unwrap_or(&[]);
        if self.space.holds(&choice.when, self.case)? {
            self.skipped(otherwise);
            self.nodes(&choice.then)
        } else {
            self.skipped(&choice.then);
            self.nodes(otherwise)
        }
    }

    fn stage(&mut self, stage: &'a Stage) -> Result<bool, Open> {
        if !self.space.applies(stage.when.as_ref(), self.case)? {
            self.skipped(&stage.nodes);
            return Ok(true);
        }
        let time = match &stage.time {
            Some(time) => self.time(time)?,
            None => None,
        };
        let budget = match time {
            Some(StepTime::For { duration, counted: true } | StepTime::AtLeast(duration)) => Some(duration),
            _ => None,
        };
        let timed_before = std::mem::replace(&mut self.path.is_timed, true);
        if let Some(budget) = budget {
            self.path.moves.push(Move::Enter(stage, budget));
        }
        let goes_on = self.nodes(&stage.nodes)?;
        let inside_timed = self.path.is_timed;
        if budget.is_some() {
            self.path.moves.push(Move::Leave { uses_all: !inside_timed });
        }
        // Steps that share a budget, or a promise, need no time of their own.
        self.path.is_timed = timed_before && (inside_timed || budget.is_some());
        self.keeps(stage.id.as_ref().map(|id| id.value.as_str()));
        Ok(goes_on)
    }

    /// The promises a stage keeps are checked where it ends, and start what begins with it.
    fn keeps(&mut self, stage: Option<&'a str>) {
        let Some(stage) = stage else { return };
        for at in 0..self.bound.len() {
            if self.bound[at] == Bound::Stage(stage) {
                self.path.moves.push(Move::Keep(at));
            }
        }
        self.begins(|event| matches!(event, StartEvent::Step(step) if step.is(stage)));
    }

    fn parallel(&mut self, parallel: &'a Parallel) -> Result<bool, Open> {
        let outer = std::mem::take(&mut self.path.moves);
        let (mut branches, mut goes_on) = (Vec::new(), parallel.branches.is_empty());
        for (_, nodes) in &parallel.branches {
            goes_on |= self.nodes(nodes)?;
            branches.push(std::mem::take(&mut self.path.moves));
        }
        self.path.moves = outer;
        self.path.moves.push(Move::Fork(branches));
        Ok(goes_on)
    }

    fn step(&mut self, step: &'a Step) -> Result<bool, Open> {
        if !self.space.applies(step.when.as_ref(), self.case)? {
            self.skipped_step(step);
            return Ok(true);
        }
        self.path.steps.push(step);
        if let Some(Performs::Subprocess(id)) = &step.performs
            && let Some(goes_on) = self.perform(step, id.value.as_str())?
        {
            return Ok(goes_on);
        }
        self.takes_time(step)?;
        if let Some(accept) = step.accept_within.as_ref().and_then(|value| value.setting.given()) {
            self.path.moves.push(Move::Work(step, Some(*accept)));
        }
        self.supplement(step);
        if let Some(goes_on) = self.supplement_fails(step)? {
            return Ok(goes_on);
        }
        self.completed(step);
        for reaction in [&step.overdue, &step.not_accepted, &step.disagree].into_iter().flatten() {
            if let Some(goes_on) = self.reacts(reaction)? {
                return Ok(goes_on);
            }
        }
        self.path.ending = match step.kind {
            StepKind::Refuse => Ending::Refused,
            StepKind::StopOnRequest => Ending::Stopped,
            _ => return Ok(true),
        };
        Ok(false)
    }

    fn perform(&mut self, step: &'a Step, id: &'a str) -> Result<Option<bool>, Open> {
        let shared: Option<&'a Subprocess> = self.plan.subprocesses.iter().find(|one| one.id.value.is(id));
        let process = shared.and_then(|shared| process_of(&shared.body));
        let Some(process) = process.filter(|_| step.time.is_none() && !self.inside.contains(&id)) else {
            return Ok(None);
        };
        self.inside.push(id);
        let goes_on = self.nodes(&process.nodes);
        self.inside.pop();
        self.completed(step);
        goes_on.map(Some)
    }

    fn takes_time(&mut self, step: &'a Step) -> Result<(), Open> {
        let time = match &step.time {
            Some(time) => self.time(time)?,
            None => None,
        };
        let given = step.time.is_some();
        let next = match time {
            Some(StepTime::For { duration, counted: true } | StepTime::AtLeast(duration)) => {
                Move::Work(step, Some(duration))
            }
            Some(StepTime::For { duration, counted: false }) => Move::Wait(step, Some(duration)),
            Some(StepTime::NotCounted) => Move::Wait(step, None),
            Some(StepTime::AtOnce) => Move::Work(step, None),
            Some(StepTime::SameDay) => Move::Day(step),
            Some(StepTime::Deadline(which)) => match self.promise(which.as_ref()) {
                Some(promise) => Move::Until(step, promise),
                None => Move::Work(step, None),
            },
            None if given => {
                self.path.is_open = true;
                Move::Work(step, None)
            }
            // What nobody limits is not counted against the office: the applicant acts.
            None if matches!(step.kind, StepKind::FinancialDuty | StepKind::AwaitApplicant) => {
                self.path.is_timed = false;
                Move::Work(step, None)
            }
            None => {
                self.path.is_timed &= matches!(step.kind, StepKind::Return | StepKind::Archive);
                Move::Work(step, None)
            }
        };
        let until = match &next {
            Move::Until(_, promise) => Some(*promise),
            _ => None,
        };
        self.path.moves.push(next);
        if let Some(promise) = until.filter(|promise| self.bound[*promise] == Bound::Steps) {
            self.path.moves.push(Move::Keep(promise));
        }
        Ok(())
    }

    /// The time that applies; `None` where it is not yet given or somebody else sets it.
    fn time(&mut self, time: &ByCase<StepTime>) -> Result<Option<StepTime>, Open> {
        let picked = self.space.value(time, self.case)?;
        let given = picked.value.and_then(|value| value.setting.given()).cloned();
        if given.is_none() {
            self.path.is_open = true;
        }
        let Some(StepTime::For { duration, counted }) = given else { return Ok(given) };
        let mut total = duration;
        for added in &picked.added {
            match added.setting.given() {
                Some(StepTime::For { duration, .. }) if duration.unit == total.unit => {
                    total.amount = total.amount.plus(duration.amount);
                }
                _ => self.path.is_open = true,
            }
        }
        Ok(Some(StepTime::For { duration: total, counted }))
    }

    fn promise(&self, which: Option<&Ref>) -> Option<usize> {
        self.path.promises.iter().position(|promise| match (which, &promise.deadline.id) {
            (Some(which), Some(id)) => which.is(id.value.as_str()),
            (None, None) => true,
            // `thời hạn chung` of a procedure whose only limit has a name.
            (None, Some(_)) => self.path.promises.len() == 1,
            (Some(_), None) => false,
        })
    }

    fn supplement(&mut self, step: &'a Step) {
        let Some(supplement) = step.supplement.as_ref().map(|one| &one.value).filter(|one| one.allowed) else { return };
        let clock = supplement.clock.as_ref().and_then(|value| value.setting.given()).copied();
        let Some(clock) = clock else { return };
        self.path.moves.push(Move::Supplement(step, clock));
        // Only where the clock runs on does a supplement cost time that was promised; a step that may take until a promise is due
        // holds its supplement too.
        let holds_it = matches!(self.path.moves.iter().rev().nth(1), Some(Move::Until(..) | Move::Day(_)))
            || matches!(self.path.moves.iter().rev().nth(2), Some(Move::Until(..)));
        if clock == ClockEffect::Continue && !holds_it && self.chances.ask() {
            let told = supplement.notify_within.first().copied();
            let waited = supplement.wait.as_ref().and_then(|value| value.setting.given()).copied();
            self.path.moves.extend(told.into_iter().chain(waited).map(|time| Move::Work(step, Some(time))));
        }
    }

    /// What is done when the applicant supplements too late, or not well enough. Nothing is promised of the wait itself, unless
    /// the clock runs on.
    fn supplement_fails(&mut self, step: &'a Step) -> Result<Option<bool>, Open> {
        let Some(supplement) = step.supplement.as_ref().map(|one| &one.value).filter(|one| one.allowed) else {
            return Ok(None);
        };
        let clock = supplement.clock.as_ref().and_then(|value| value.setting.given()).copied();
        for reaction in [&supplement.unsatisfied, &supplement.overdue].into_iter().flatten() {
            if !matches!(reaction.kind, ReactionKind::Steps(_)) {
                continue;
            }
            let before = self.path.moves.len();
            self.path.moves.extend(clock.filter(|clock| *clock != ClockEffect::Continue).map(|_| {
                let waited = supplement.wait.as_ref().and_then(|value| value.setting.given()).copied();
                Move::Wait(step, waited)
            }));
            match self.reacts(reaction)? {
                Some(goes_on) => return Ok(Some(goes_on)),
                None => self.path.moves.truncate(before),
            }
        }
        Ok(None)
    }

    /// Follows the steps of a reaction where the path takes it.
    fn reacts(&mut self, reaction: &'a Reaction) -> Result<Option<bool>, Open> {
        match &reaction.kind {
            ReactionKind::Steps(nodes) if self.chances.ask() => self.nodes(nodes).map(Some),
            _ => Ok(None),
        }
    }

    fn completed(&mut self, step: &'a Step) {
        self.begins(|event| match event {
            StartEvent::Step(wanted) => step_is(step, wanted),
            StartEvent::OpinionReceived => step.kind == StepKind::Consult,
            StartEvent::DutiesPaid => step.kind == StepKind::FinancialDuty,
            _ => false,
        });
    }

    fn begins(&mut self, with: impl Fn(&StartEvent) -> bool) {
        for at in 0..self.starts.len() {
            if !self.started[at] && self.starts[at].is_some_and(&with) {
                self.started[at] = true;
                self.path.moves.push(Move::Start(at));
            }
        }
    }

    /// A step that is skipped counts as completed when it is reached.
    fn skipped(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            match node {
                Node::Step(step) => self.skipped_step(step),
                Node::Stage(stage) => {
                    self.skipped(&stage.nodes);
                    self.begins(|event| match (event, &stage.id) {
                        (StartEvent::Step(step), Some(id)) => step.is(id.value.as_str()),
                        _ => false,
                    });
                }
                Node::Choice(choice) => {
                    self.skipped(&choice.then);
                    choice.otherwise.iter().for_each(|nodes| self.skipped(nodes));
                }
                Node::Parallel(parallel) => parallel.branches.iter().for_each(|(_, nodes)| self.skipped(nodes)),
            }
        }
    }

    fn skipped_step(&mut self, step: &'a Step) {
        self.begins(|event| matches!(event, StartEvent::Step(wanted) if step_is(step, wanted)));
    }
}

/// The outcome a path ends with: those its steps produce.
pub fn outcomes<'a>(
    plan: &ProcedurePlan<'a>,
    space: &Space,
    case: &Case,
    path: &Path<'a>,
) -> Result<Vec<&'a Outcome>, Open> {
    let mut found: Vec<&'a Outcome> = Vec::new();
    for step in &path.steps {
        let Some(produces) = &step.produces else { continue };
        let Some(products) = space.value(produces, case)?.value.and_then(|value| value.setting.given()) else {
            continue;
        };
        for product in products {
            let known = plan
                .body()
                .outcomes
                .iter()
                .map(|laid| &laid.value)
                .find(|one| product.names(one.id.as_ref().map(|id| &id.value), Some(&one.name.value)));
            if let Some(outcome) = known
                && space.applies(outcome.when.as_ref(), case)?
                && !found.iter().any(|one| std::ptr::eq(*one, outcome))
            {
                found.push(outcome);
            }
        }
    }
    Ok(found)
}
