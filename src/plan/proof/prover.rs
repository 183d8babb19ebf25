//! One path, from every minute at which a file can be received: the days are gone through one by one, and what a wait leaves
//! behind is a leg of its own.

use super::patterns::Patterns;
use super::{Broken, Exceeded, Found};
use crate::model::{Limit, Step, Unit};
use crate::plan::cases::Case;
use crate::plan::path::{Kept, Move, Path, Promised, Run, Runner, Stop, Taken};
use crate::time::{Calendar, Instant, Shift};

/// Waits leave at most so many different clocks behind.
const MOST_CLOCKS: usize = 64;

/// Where a leg of a path begins.
#[derive(Clone)]
enum Leg<'a> {
    Receipt,
    /// After a wait for a step; the clocks stand as in this run.
    After(&'a Step, Box<Run<'a>>),
}

pub(super) struct Prover<'a, 'p> {
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
    pub(super) fn new(path: &'p Path<'a>, calendar: &'p Calendar, year: i16, days: (i32, i32)) -> Prover<'a, 'p> {
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

    pub(super) fn prove(mut self) -> Found<'a> {
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
    fn holds_on(&self, leg: &Leg<'a>, day: i32, shifts: &[Shift], reach: &mut i32) -> bool {
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
