//! Path against promise: for every case, every path and every minute at which a file can be received in the years with an
//! official calendar, whether the process ends within the limit that was published for that case.
//!
//! Nothing is sampled. Seen as a function of the minute of receipt, every end of a step stays, or moves on with it minute by
//! minute, and jumps only where some step begins or ends on another day. So a day is cut where the days of its steps change, and
//! of each piece the two ends decide ([`Prover::pieces`]). A wait that nobody can bound cuts the path: what follows is looked at
//! from every working minute, with what is left of each clock.

mod patterns;

use rustc_hash::FxHashMap;

use self::patterns::Patterns;
use super::ProcedurePlan;
use super::cases::{Case, Facts, Open, Space, explore};
use super::path::{Ending, Kept, Move, Path, Promised, Run, Runner, Stop, Taken, paths};
use crate::model::{Deadline, Duration, Expr, Limit, Node, Process, Stage, Step, Unit};
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

/// Waits leave at most so many different clocks behind.
const MOST_CLOCKS: usize = 64;

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

/// Where a leg of a path begins.
#[derive(Clone)]
enum Leg<'a> {
    Receipt,
    /// After a wait for a step; the clocks stand as in this run.
    After(&'a Step, Box<Run<'a>>),
}

struct Prover<'a, 'p> {
    runner: Runner<'a, 'p>,
    /// The year from which an example is taken if it can be.
    year: i16,
    /// The first and last day on which a file can be received.
    days: (i32, i32),
    legs: Vec<Leg<'a>>,
    /// Waits that the leg in hand leads to: the step, what each clock has left, and the run.
    waiting: Vec<(&'a Step, Vec<i64>, Box<Run<'a>>)>,
    too_many: bool,
    even: Even,
}

/// How what a path comes to depends on the minute of receipt within a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Even {
    /// The day alone decides when every promise is due, and a file received later ends later: the last one decides.
    Due,
    /// A file received later is due and ends later, or at the same moment.
    Order,
    /// Waits and shared budgets can bring a later file to its end before an earlier one.
    No,
}

/// What one minute of receipt leads to.
struct Seen<'a> {
    run: Run<'a>,
    waits: Option<&'a Step>,
}

/// A broken promise on one leg: by promise, the first minute and its run, and every day.
#[derive(Clone)]
struct Late<'a> {
    kept: Kept,
    from: Instant,
    taken: Vec<Taken<'a>>,
    days: Vec<i32>,
}

impl<'a, 'p> Prover<'a, 'p> {
    fn new(path: &'p Path<'a>, calendar: &'p Calendar, year: i16, days: (i32, i32)) -> Prover<'a, 'p> {
        let runner = Runner { records: false, ..Runner::new(path, calendar) };
        Prover {
            even: Even::of(path),
            runner,
            year,
            days,
            legs: vec![Leg::Receipt],
            waiting: Vec::new(),
            too_many: false,
        }
    }

    fn prove(mut self) -> Found<'a> {
        let mut found = Found::default();
        if self.holds_in_units() {
            return found;
        }
        while let Some(leg) = self.legs.pop() {
            self.leg(&leg, &mut found);
            self.legs.extend(self.waiting.drain(..).map(|(step, _, run)| Leg::After(step, run)));
        }
        found.undecided = self.too_many;
        found
    }

    /// Where what is counted adds up in one unit, the calendar is not needed.
    fn holds_in_units(&self) -> bool {
        let path = self.runner.path;
        path.budgets_hold() && (0..path.promises.len()).all(|at| path.keeps_in_units(at))
    }

    /// As `start`, with the steps kept.
    fn recorded(&self, leg: &Leg<'a>, at: Instant) -> Option<Seen<'a>> {
        let (path, calendar) = (self.runner.path, self.runner.calendar);
        self.run(&Runner::new(path, calendar), leg, at)
    }

    fn start(&self, leg: &Leg<'a>, at: Instant) -> Option<Seen<'a>> {
        self.run(&self.runner, leg, at)
    }

    fn run(&self, runner: &Runner<'a, '_>, leg: &Leg<'a>, at: Instant) -> Option<Seen<'a>> {
        let mut run = match leg {
            Leg::Receipt => runner.start(at),
            Leg::After(step, run) => {
                let mut run = run.as_ref().clone();
                (run.reach, run.room) = (at.day, u16::MAX);
                run.resume(runner.calendar, step, at)?;
                run.kept.clear();
                run.exceeded.clear();
                run.taken.clear();
                run
            }
        };
        match runner.go(&mut run) {
            Stop::End => Some(Seen { run, waits: None }),
            Stop::Wait(step) => Some(Seen { run, waits: Some(step) }),
            Stop::CalendarEnds => None,
        }
    }

    fn leg(&mut self, leg: &Leg<'a>, all: &mut Found<'a>) {
        let calendar = self.runner.calendar;
        let (first, last) = self.days;
        let first = match leg {
            Leg::Receipt => first,
            Leg::After(_, run) => first.max(run.now.day),
        };
        let mut found: Vec<Late<'a>> = Vec::new();
        let budgets = self.runner.path.budgets();
        let mut days = 0;
        let mut same = Patterns::of(self.runner.path);
        for day in first..=last {
            let shifts = match leg {
                Leg::Receipt => calendar.reception(day),
                Leg::After(..) if calendar.is_working(day) => calendar.office.shifts.clone(),
                Leg::After(..) => Vec::new(),
            };
            if shifts.is_empty() {
                continue;
            }
            days += 1;
            if let Some(broken) = same.get(calendar, day) {
                for promise in broken {
                    if let Some(known) = found.iter_mut().find(|known| known.kept.promise == *promise) {
                        known.days.push(day);
                    }
                }
                continue;
            }
            let (mut broken, mut reach): (Vec<usize>, i32) = (Vec::new(), day);
            if matches!(leg, Leg::Receipt) && self.holds_on(leg, day, &shifts, &mut reach) {
                same.insert(calendar, day, reach, broken);
                continue;
            }
            for shift in shifts {
                let (from, until) = (Instant { day, minute: shift.from }, Instant { day, minute: shift.until - 1 });
                self.pieces(leg, from, until, &mut |at, seen| {
                    reach = reach.max(seen.run.reach);
                    for kept in seen.run.kept.iter().filter(|kept| kept.reached > kept.due) {
                        if !broken.contains(&kept.promise) {
                            broken.push(kept.promise);
                        }
                        match found.iter_mut().find(|known| known.kept.promise == kept.promise) {
                            Some(known) if known.days.last() == Some(&day) => {
                                if at < known.from {
                                    known.kept = *kept;
                                    known.from = at;
                                    known.taken.clone_from(&seen.run.taken);
                                }
                            }
                            Some(known) => known.days.push(day),
                            None => found.push(Late {
                                kept: *kept,
                                from: at,
                                taken: seen.run.taken.clone(),
                                days: vec![day],
                            }),
                        }
                    }
                    for &(stage, ends, reached) in &seen.run.exceeded {
                        // A day is found by its pattern, a stage by the first file that shows it.
                        if !all.exceeded.iter().any(|known| std::ptr::eq(known.stage, stage)) {
                            let sums = budgets.iter().find(|(own, _)| std::ptr::eq(*own, stage)).map(|(_, sums)| *sums);
                            all.exceeded.push(Exceeded { case: Case::default(), stage, from: at, ends, reached, sums });
                        }
                    }
                });
            }
            same.insert(calendar, day, reach, broken);
        }
        for one in found {
            let first = self.first_minute(leg, one.clone());
            let promise = &self.runner.path.promises[one.kept.promise];
            let sums = self.runner.path.sum(one.kept.promise);
            let sums = sums.filter(|(steps, promised)| steps.amount.compare(promised.amount).is_gt());
            all.broken.push(Broken {
                case: Case::default(),
                others: 0,
                same_day: matches!(&promise.limit, Promised::Whole(Limit::SameDay { .. } | Limit::AtOnce)),
                deadline: promise.deadline,
                from: first.from,
                after: match leg {
                    Leg::Receipt => None,
                    Leg::After(step, _) => Some(step),
                },
                due: first.kept.due,
                reached: first.kept.reached,
                taken: first.taken,
                always: one.days.len() == days,
                days: runs(calendar, &one.days),
                sums,
            });
        }
    }

    /// Whether it is plain that nothing breaks on a day. Cut-offs cut it into parts; in each the last file to come ends last, and
    /// the first is due first.
    fn holds_on(&self, leg: &Leg<'a>, day: i32, shifts: &[crate::time::Shift], reach: &mut i32) -> bool {
        let (Some(first), Some(last)) = (shifts.first(), shifts.last()) else { return true };
        if self.even == Even::No {
            return false;
        }
        let cutoffs = self.runner.path.promises.iter().filter_map(|promise| match &promise.limit {
            Promised::Whole(Limit::SameDay { cutoff: Some(cutoff) }) => {
                Some(u16::from(cutoff.hour) * 60 + u16::from(cutoff.minute))
            }
            _ => None,
        });
        let mut ends: Vec<u16> = cutoffs.filter(|minute| (first.from..last.until - 1).contains(minute)).collect();
        ends.push(last.until - 1);
        ends.sort_unstable();
        let mut from = first.from;
        ends.into_iter().all(|until| {
            let begins = std::mem::replace(&mut from, until + 1);
            let Some(last) = self.start(leg, Instant { day, minute: until }) else { return true };
            *reach = (*reach).max(last.run.reach);
            let earlier =
                (self.even == Even::Order).then(|| self.start(leg, Instant { day, minute: begins })).flatten();
            let first = earlier.as_ref().unwrap_or(&last);
            last.run.kept.iter().all(|late| {
                first.run.kept.iter().all(|early| early.promise != late.promise || late.reached <= early.due)
            })
        })
    }

    /// The first minute of the first day on which a promise breaks.
    fn first_minute(&self, leg: &Leg<'a>, found: Late<'a>) -> Late<'a> {
        let calendar = self.runner.calendar;
        let breaks = |at: Instant| {
            let seen = self.recorded(leg, at)?;
            let kept = seen.run.kept.iter().find(|kept| kept.promise == found.kept.promise).copied();
            kept.filter(|kept| kept.reached > kept.due).map(|kept| (kept, seen.run.taken))
        };
        let of_year = found.days.iter().find(|day| calendar.date(**day).year() == self.year);
        let day = of_year.or(found.days.first()).copied().unwrap_or(found.from.day);
        let as_found = |at: Instant| breaks(at).map(|(kept, taken)| Late { kept, from: at, taken, days: Vec::new() });
        for shift in calendar.reception(day) {
            // Within a piece a promise that breaks goes on breaking; the first piece that does is searched.
            let mut cut: Vec<u16> = vec![shift.from, shift.until - 1];
            let (from, until) = (Instant { day, minute: shift.from }, Instant { day, minute: shift.until - 1 });
            self.cuts(leg, from, until, &mut cut);
            cut.sort_unstable();
            cut.dedup();
            let mut before: Option<u16> = None;
            for minute in cut {
                if breaks(Instant { day, minute }).is_some() {
                    let mut low = before.map_or(minute, |before| before + 1);
                    let mut high = minute;
                    while low < high {
                        let middle = low + (high - low) / 2;
                        if breaks(Instant { day, minute: middle }).is_some() { high = middle } else { low = middle + 1 }
                    }
                    // A round hour is as good an example, where one breaks too.
                    let round = ROUND.iter().filter(|round| (low..=shift.until - 1).contains(round));
                    let example = round.chain([&low]).find_map(|&minute| as_found(Instant { day, minute }));
                    if let Some(example) = example {
                        return example;
                    }
                }
                before = Some(minute);
            }
        }
        found
    }

    /// The minutes at which pieces of a shift begin and end.
    fn cuts(&self, leg: &Leg<'a>, from: Instant, until: Instant, cuts: &mut Vec<u16>) {
        let (Some(first), Some(last)) = (self.start(leg, from), self.start(leg, until)) else { return };
        if shape(&first) == shape(&last) || until.minute - from.minute <= 1 {
            cuts.extend([from.minute, until.minute]);
            return;
        }
        let middle = Instant { day: from.day, minute: from.minute + (until.minute - from.minute) / 2 };
        self.cuts(leg, from, middle, cuts);
        self.cuts(leg, Instant { minute: middle.minute + 1, ..middle }, until, cuts);
    }

    /// Cuts the minutes of a shift into pieces in which every step begins and ends on the same days, and looks at both ends of
    /// each: between them every moment stays or moves on evenly, so what breaks in between breaks at an end.
    fn pieces(&mut self, leg: &Leg<'a>, from: Instant, until: Instant, look: &mut dyn FnMut(Instant, &Seen<'a>)) {
        let first = self.start(leg, from);
        let last = self.start(leg, until);
        self.between((from, first), (until, last), leg, look);
    }

    fn between(
        &mut self,
        (from, first): (Instant, Option<Seen<'a>>),
        (until, last): (Instant, Option<Seen<'a>>),
        leg: &Leg<'a>,
        look: &mut dyn FnMut(Instant, &Seen<'a>),
    ) {
        let (Some(first), Some(last)) = (first, last) else { return };
        if until.minute - from.minute <= 1 || shape(&first) == shape(&last) {
            look(from, &first);
            look(until, &last);
            self.waits(&first);
            self.waits(&last);
            return;
        }
        // Where the first of the ends that move comes to the end of its day; half way, where that tells nothing.
        let reach = until.minute - from.minute;
        let step = if first.run.room < reach { first.run.room } else { reach / 2 };
        let middle = Instant { day: from.day, minute: from.minute + step };
        let next = Instant { minute: middle.minute + 1, ..middle };
        let (at_middle, at_next) = (self.start(leg, middle), self.start(leg, next));
        self.between((from, Some(first)), (middle, at_middle), leg, look);
        self.between((next, at_next), (until, Some(last)), leg, look);
    }

    /// What follows a wait is a leg of its own. Whoever has less left on every clock is late whenever another is.
    fn waits(&mut self, seen: &Seen<'a>) {
        let Some(step) = seen.waits else { return };
        // What is left is counted at the beginning of the wait.
        let mut stands = seen.run.clone();
        let now = stands.now;
        if stands.resume(self.runner.calendar, step, now).is_none() {
            return;
        }
        let left = stands.left(self.runner.calendar);
        let less = |a: &[i64], b: &[i64]| a.iter().zip(b).all(|(a, b)| a <= b);
        if self.waiting.iter().any(|(other, known, _)| std::ptr::eq(*other, step) && less(known, &left)) {
            return;
        }
        self.waiting.retain(|(other, known, _)| !(std::ptr::eq(*other, step) && less(&left, known)));
        if self.waiting.len() >= MOST_CLOCKS {
            self.too_many = true;
        } else {
            self.waiting.push((step, left, Box::new(seen.run.clone())));
        }
    }
}

/// Hours at which people file, in minutes.
const ROUND: [u16; 9] = [480, 540, 600, 660, 840, 900, 930, 960, 990];

/// The days on which everything begins and ends.
fn shape(seen: &Seen<'_>) -> (u64, i32) {
    (seen.run.shape, seen.run.now.day)
}

/// Days that follow each other as days on which files are taken.
fn runs(calendar: &Calendar, days: &[i32]) -> Vec<(i32, i32)> {
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for &day in days {
        match runs.last_mut() {
            Some((_, last)) if (*last + 1..day).all(|between| calendar.reception(between).is_empty()) => *last = day,
            _ => runs.push((day, day)),
        }
    }
    runs
}

impl Even {
    fn of(path: &Path<'_>) -> Even {
        fn goes_on(moves: &[Move<'_>]) -> bool {
            moves.iter().all(|next| match next {
                Move::Wait(..) | Move::Enter(..) | Move::Leave { .. } => false,
                Move::Fork(branches) => branches.iter().all(|branch| goes_on(branch)),
                _ => true,
            })
        }
        let by_day = path.promises.iter().all(|promise| {
            promise.from_receipt
                && match &promise.limit {
                    Promised::For(limit) => limit.iter().all(|time| {
                        !matches!(time.unit, Unit::Minutes | Unit::Hours | Unit::WorkingHours)
                            && time.amount.as_whole().is_some()
                    }),
                    Promised::Whole(_) => true,
                }
        });
        match goes_on(&path.moves) {
            true if by_day => Even::Due,
            true => Even::Order,
            false => Even::No,
        }
    }
}

/// The space of what the proof needs.
pub fn space(plan: &ProcedurePlan<'_>) -> Space {
    Space::of(&Facts { body: plan.body(), registers: plan.registers }, conditions(plan))
}
