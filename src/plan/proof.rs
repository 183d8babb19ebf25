//! Path against promise: for every case, every path and every minute at which a file can be received in the years with an
//! official calendar, whether the process ends within the limit that was published for that case.
//!
//! Nothing is sampled. Seen as a function of the minute of receipt, every end of a step stays, or moves on with it minute by
//! minute, and jumps only where some step begins or ends on another day. So a day is cut where the days of its steps change, and
//! of each piece the two ends decide ([`Prover::pieces`]). A wait that nobody can bound cuts the path: what follows is looked at
//! from every working minute, with what is left of each clock.

mod patterns;
mod prover;

use rustc_hash::FxHashMap;

use self::prover::Prover;
use super::ProcedurePlan;
use super::cases::{Case, Facts, Open, Space, explore};
use super::path::{Ending, Move, Path, Promised, Taken, paths};
use crate::model::{Deadline, Duration, Expr, Node, Process, Stage, Step};
use crate::resolve::names::process_of;
use crate::time::{Calendar, Instant};

/// A promise that a path does not keep.
#[derive(Clone, Debug)]
pub struct Broken<'a> {
    pub case: Case,
    pub deadline: &'a Deadline,
    /// When the file was received, or the wait `after` was over.
    pub from: Instant,
    /// The wait that came before, where what follows it breaks the promise.
    pub after: Option<&'a Step>,
    pub due: Instant,
    pub reached: Instant,
    /// The steps from then on.
    pub taken: Vec<Taken<'a>>,
    /// The days of receipt on which it happens, as runs of days that follow each other (working days, or days of reception).
    pub days: Vec<(i32, i32)>,
    /// Whether it happens on every day.
    pub always: bool,
    /// Whether the promise was the same day.
    pub same_day: bool,
    /// In how many more cases it happens.
    pub others: usize,
    /// The counted steps and the promise, where both are in one unit and the steps are longer.
    pub sums: Option<(Duration, Duration)>,
}

/// A budget that the steps which share it exceed.
#[derive(Clone, Debug)]
pub struct Exceeded<'a> {
    pub case: Case,
    pub stage: &'a Stage,
    pub from: Instant,
    pub ends: Instant,
    pub reached: Instant,
    /// The steps and the budget, where both are in one unit.
    pub sums: Option<(Duration, Duration)>,
}

/// A promise that the steps do not use up.
#[derive(Clone, Debug)]
pub struct Slack<'a> {
    pub case: Case,
    pub deadline: &'a Deadline,
    pub steps: Duration,
    pub promised: Duration,
}

/// What is known of every path of a procedure.
#[derive(Clone, Debug, Default)]
pub struct Proof<'a> {
    pub broken: Vec<Broken<'a>>,
    pub exceeded: Vec<Exceeded<'a>>,
    pub slack: Vec<Slack<'a>>,
    /// Cases that could not be looked at: too many, or what they depend on is not known.
    pub undecided: Vec<Case>,
    /// How many different rows of times were proved.
    pub paths: usize,
}

/// The conditions on which times, paths and promises depend.
pub fn conditions<'a>(plan: &ProcedurePlan<'a>) -> Vec<&'a Expr> {
    let mut all: Vec<&'a Expr> = Vec::new();
    for deadline in &plan.body().deadlines {
        all.extend(&deadline.value.when);
        all.extend(deadline.value.limit.iter().flat_map(|limit| limit.all_rules()).map(|rule| &rule.when));
    }
    let own = process_of(plan.body());
    let shared = plan.subprocesses.iter().filter_map(|one| process_of(&one.body));
    for process in own.into_iter().chain(shared) {
        of_process(process, &mut all);
    }
    all
}

fn of_process<'a>(process: &'a Process, all: &mut Vec<&'a Expr>) {
    fn nodes<'a>(list: &'a [Node], all: &mut Vec<&'a Expr>) {
        for node in list {
            match node {
                Node::Step(step) => {
                    all.extend(&step.when);
                    all.extend(step.time.iter().flat_map(|time| time.all_rules()).map(|rule| &rule.when));
                    for reaction in step.reactions() {
                        if let crate::model::process::ReactionKind::Steps(inner) = &reaction.kind {
                            nodes(inner, all);
                        }
                    }
                }
                Node::Stage(stage) => {
                    all.extend(&stage.when);
                    all.extend(stage.time.iter().flat_map(|time| time.all_rules()).map(|rule| &rule.when));
                    nodes(&stage.nodes, all);
                }
                Node::Choice(choice) => {
                    all.push(&choice.when);
                    nodes(&choice.then, all);
                    choice.otherwise.iter().for_each(|otherwise| nodes(otherwise, all));
                }
                Node::Parallel(parallel) => parallel.branches.iter().for_each(|(_, list)| nodes(list, all)),
            }
        }
    }
    nodes(&process.nodes, all);
}

/// Proves a plan by a calendar, or says where it fails.
pub fn prove<'a>(plan: &ProcedurePlan<'a>, space: &Space, calendar: &Calendar) -> Proof<'a> {
    if !space.is_sound {
        return Proof::default();
    }
    let explored =
        explore(space, space.everything(), |case| -> Result<Vec<Path<'a>>, Open> { paths(plan, space, case) });
    let mut proof = Proof { undecided: explored.undecided, ..Proof::default() };
    let days = days_in_force(plan, calendar);
    let mut known: FxHashMap<Vec<Mark>, Found<'a>> = FxHashMap::default();
    let mut leaves: Vec<(Case, Found<'a>)> = Vec::new();
    for (case, paths) in &explored.leaves {
        let mut all = Found::default();
        for path in paths {
            // Another case with the same times comes out the same.
            let marks = marks(path);
            let found = known.entry(marks).or_insert_with(|| {
                proof.paths += 1;
                let mut found = Prover::new(path, calendar, plan.variant().as_of.year(), days).prove();
                found.slack = slack(path);
                found
            });
            all.add(found);
        }
        leaves.push((case.clone(), all));
    }
    proof.gather(space, &leaves);
    proof
}

/// The days with an official calendar on which what is planned is in force.
fn days_in_force(plan: &ProcedurePlan<'_>, calendar: &Calendar) -> (i32, i32) {
    let own = plan.body().valid.iter().map(|valid| &valid.value);
    let layers = plan.effective.layers.iter().map(|overlay| &overlay.period);
    // An overlay of another time says when; the procedure's own days are those of the regime of today.
    let other_time = layers.clone().any(|period| !period.is_open());
    let periods = own.filter(|_| !other_time).chain(layers);
    periods.fold(calendar.official_days(), |(first, last), period| {
        let day = |end: &Option<crate::source::Spanned<jiff::civil::Date>>| {
            end.as_ref().and_then(|end| calendar.day(end.value))
        };
        (first.max(day(&period.from).unwrap_or(first)), last.min(day(&period.until).unwrap_or(last)))
    })
}

/// What one path comes to.
#[derive(Clone, Debug, Default)]
struct Found<'a> {
    broken: Vec<Broken<'a>>,
    exceeded: Vec<Exceeded<'a>>,
    slack: Vec<(&'a Deadline, Duration, Duration)>,
    undecided: bool,
}

impl<'a> Found<'a> {
    fn add(&mut self, other: &Found<'a>) {
        self.broken.extend(other.broken.iter().cloned());
        self.exceeded.extend(other.exceeded.iter().cloned());
        self.slack.extend(other.slack.iter().copied());
        self.undecided |= other.undecided;
    }
}

impl<'a> Proof<'a> {
    /// Says each thing once: for each promise the case in which it breaks worst, as wide as it holds.
    fn gather(&mut self, space: &Space, leaves: &[(Case, Found<'a>)]) {
        let mut promises: Vec<&'a Deadline> = Vec::new();
        for (_, found) in leaves {
            for broken in &found.broken {
                if !promises.iter().any(|known| std::ptr::eq(*known, broken.deadline)) {
                    promises.push(broken.deadline);
                }
            }
        }
        for deadline in promises {
            let breaks = |found: &Found<'a>| found.broken.iter().any(|one| std::ptr::eq(one.deadline, deadline));
            let all = leaves.iter().flat_map(|(case, found)| found.broken.iter().map(move |one| (case, one)));
            let late = |one: &Broken<'_>| i64::from(one.reached.day - one.due.day);
            let own = all.filter(|(_, one)| std::ptr::eq(one.deadline, deadline));
            let worst = own.enumerate().max_by_key(|(at, (_, one))| (late(one), std::cmp::Reverse(*at)));
            let Some((_, (case, worst))) = worst else { continue };
            let case = wide(space, case, leaves, breaks);
            let others = leaves.iter().filter(|(other, found)| breaks(found) && !space.meet(other, &case)).count();
            self.broken.push(Broken { case, others, ..worst.clone() });
        }
        for (case, found) in leaves {
            for exceeded in &found.exceeded {
                if !self.exceeded.iter().any(|known| std::ptr::eq(known.stage, exceeded.stage)) {
                    let exceeds =
                        |found: &Found<'a>| found.exceeded.iter().any(|one| std::ptr::eq(one.stage, exceeded.stage));
                    self.exceeded.push(Exceeded { case: wide(space, case, leaves, exceeds), ..exceeded.clone() });
                }
            }
            if found.undecided {
                self.undecided.push(case.clone());
            }
        }
        self.gather_slack(space, leaves);
    }

    /// Only the longest path for one length of a promise can leave slack: the others are shorter for a reason.
    fn gather_slack(&mut self, space: &Space, leaves: &[(Case, Found<'a>)]) {
        for (case, found) in leaves {
            for &(deadline, steps, promised) in &found.slack {
                let same =
                    |other: &(&Deadline, Duration, Duration)| std::ptr::eq(other.0, deadline) && other.2 == promised;
                let all = leaves.iter().flat_map(|(_, found)| &found.slack).filter(|other| same(other));
                let longer = |a: Duration, b: Duration| if a.amount.compare(b.amount).is_lt() { b } else { a };
                let longest = all.map(|other| other.1).fold(steps, longer);
                let known = |one: &Slack<'_>| std::ptr::eq(one.deadline, deadline) && one.promised == promised;
                if longest.amount.compare(promised.amount).is_ge() || steps != longest || self.slack.iter().any(known) {
                    continue;
                }
                let slack = |found: &Found<'a>| found.slack.iter().any(|other| same(other) && other.1 == longest);
                self.slack.push(Slack { case: wide(space, case, leaves, slack), deadline, steps, promised });
            }
        }
    }
}

/// The widest case around one in which something holds of every leaf: what does not matter is left out.
pub fn wide<T>(space: &Space, case: &Case, leaves: &[(Case, T)], holds: impl Fn(&T) -> bool) -> Case {
    let mut wide = case.clone();
    for column in 0..space.columns.len() {
        let wider = space.widened(&wide, column);
        if leaves.iter().all(|(other, found)| holds(found) || !space.meet(other, &wider)) {
            wide = wider;
        }
    }
    wide
}

/// What tells two paths apart, as far as time goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Mark {
    Work(usize, Option<Duration>),
    Wait(usize, Option<Duration>),
    Promise(usize, Vec<Duration>),
    Whole(usize, usize),
    Other(u8, usize),
    Branch,
}

fn marks(path: &Path<'_>) -> Vec<Mark> {
    fn each(moves: &[Move<'_>], all: &mut Vec<Mark>) {
        for next in moves {
            // A step is known by its place; those without time differ in nothing.
            let at = |step: &Step| step.span.start as usize;
            match next {
                Move::Work(_, None) => {}
                Move::Work(step, time) => all.push(Mark::Work(at(step), *time)),
                Move::Wait(step, time) => all.push(Mark::Wait(at(step), *time)),
                Move::Day(step) => all.push(Mark::Other(0, at(step))),
                Move::Until(_, promise) => all.push(Mark::Other(1, *promise)),
                Move::Supplement(..) => {}
                Move::Start(promise) => all.push(Mark::Other(2, *promise)),
                Move::Keep(promise) => all.push(Mark::Other(3, *promise)),
                Move::Enter(_, time) => all.push(Mark::Work(0, Some(*time))),
                Move::Leave { uses_all } => all.push(Mark::Other(4, usize::from(*uses_all))),
                Move::Fork(branches) => {
                    for branch in branches {
                        all.push(Mark::Branch);
                        each(branch, all);
                    }
                    all.push(Mark::Branch);
                }
            }
        }
    }
    let mut all: Vec<Mark> = Vec::new();
    for (at, promise) in path.promises.iter().enumerate() {
        all.push(match &promise.limit {
            Promised::For(limit) => Mark::Promise(at, limit.clone()),
            Promised::Whole(_) => Mark::Whole(at, promise.deadline.head.start as usize),
        });
    }
    each(&path.moves, &mut all);
    all
}

/// The promises of a path whose steps all say how long they take, with the sum.
fn slack<'a>(path: &Path<'a>) -> Vec<(&'a Deadline, Duration, Duration)> {
    if !path.is_timed || path.is_open || path.ending != Ending::Done {
        return Vec::new();
    }
    let sums = path.promises.iter().enumerate().filter_map(|(at, promise)| Some((promise.deadline, path.sum(at)?)));
    let some = sums.filter(|(_, (steps, _))| steps.amount.numerator > 0);
    some.map(|(deadline, (steps, promised))| (deadline, steps, promised)).collect()
}

/// The space of what the proof needs.
pub fn space(plan: &ProcedurePlan<'_>) -> Space {
    Space::of(&Facts { body: plan.body(), registers: plan.registers }, conditions(plan))
}
