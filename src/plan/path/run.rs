//! Goes along a path from the moment a file was received: when each step ends, and whether each promise is kept.

use super::{Move, Path, Promised};
use crate::model::process::{ClockEffect, Stage, Step};
use crate::model::{CalendarDay, Duration, Limit, Unit};
use crate::time::{Calendar, Clock, Instant};

/// A step and when it began and ended.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    pub step: &'a Step,
    pub from: Instant,
    pub until: Instant,
    pub counted: bool,
}

/// A promise, by number: when it was due, and when what it binds was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kept {
    pub promise: usize,
    pub due: Instant,
    pub reached: Instant,
}

/// A clock that runs, or a day that was set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::plan) enum Running {
    Clock(Clock),
    /// Due on a day; within the day of receipt, which a wait moves on.
    Until {
        due: Instant,
        moves: bool,
    },
}

#[derive(Clone, Debug)]
struct Budget<'a> {
    stage: &'a Stage,
    clock: Clock,
    since: Instant,
    time: Duration,
    /// Working minutes that passed without being counted.
    paused: i64,
}

/// Where a run stands.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    pub now: Instant,
    /// The end of the last counted step.
    pub counted: Instant,
    pub kept: Vec<Kept>,
    /// Shared budgets that their steps exceed: when the budget ended, and when the steps did.
    pub exceeded: Vec<(&'a Stage, Instant, Instant)>,
    pub taken: Vec<Taken<'a>>,
    /// The days on which everything began and ended, as one number: runs with the same differ in minutes only.
    pub shape: u64,
    /// The last day that mattered.
    pub reach: i32,
    /// The fewest working minutes that were left of a day when something ended on it: a run that begins later by more than these
    /// ends something on another day.
    pub room: u16,
    running: Vec<Option<Running>>,
    began: Vec<Option<Instant>>,
    budgets: Vec<Budget<'a>>,
    /// The next move.
    at: usize,
    /// A wait without an end inside a fork: gone through when the branches have met.
    waiting: Option<&'a Step>,
    supplemented: bool,
    /// Whether something was passed over that has not happened yet.
    waits_for_more: bool,
}

/// Why a run stands still.
#[derive(Clone, Copy, Debug)]
pub enum Stop<'a> {
    /// The path is done.
    End,
    /// Somebody else must be done first, and nobody knows when.
    Wait(&'a Step),
    /// The calendar ends here.
    CalendarEnds,
}

/// What is known of one case: when steps that wait for somebody ended, and when a file was supplemented.
#[derive(Clone, Debug, Default)]
pub struct Happened<'a> {
    pub done: Vec<(&'a Step, Instant)>,
    pub supplemented: Option<Instant>,
}

/// What is made of a wait of which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// It takes as long as is written, or for ever: the run stands still.
    All,
    /// It did not happen: what is promised on receipt.
    Known,
}

/// Goes along one path by one calendar.
pub struct Runner<'a, 'p> {
    pub path: &'p Path<'a>,
    pub calendar: &'p Calendar,
    pub happened: Happened<'a>,
    pub waits: Waits,
    /// Whether the steps are kept, for people to read.
    pub records: bool,
}

impl<'a> Run<'a> {
    fn touch(&mut self, calendar: &Calendar, at: Instant) {
        // FNV-1a, over days.
        self.shape = (self.shape ^ u64::from(at.day.unsigned_abs())).wrapping_mul(0x100_0000_01b3);
        self.reach = self.reach.max(at.day);
        match calendar.left_of_day(at) {
            0 => {}
            left => self.room = self.room.min(left),
        }
    }

    /// What is left of each clock that runs, in minutes.
    pub fn left(&self, calendar: &Calendar) -> Vec<i64> {
        let left = |running: &Option<Running>| match running {
            Some(Running::Clock(clock)) => clock.left_minutes(calendar),
            Some(Running::Until { .. }) | None => 0,
        };
        self.running.iter().map(left).collect()
    }

    /// When a promise is due as things stand.
    pub fn due(&self, promise: usize, calendar: &Calendar) -> Option<Instant> {
        self.running.get(promise)?.as_ref()?.ends(calendar)
    }

    /// When the clock of a promise began.
    pub fn began(&self, promise: usize) -> Option<Instant> {
        self.began.get(promise).copied()?
    }

    /// Goes on after a wait that ended at a moment.
    pub fn resume(&mut self, calendar: &Calendar, step: &'a Step, until: Instant) -> Option<()> {
        let until = until.max(self.now);
        self.pause(calendar, self.now, until)?;
        self.taken.push(Taken { step, from: self.now, until, counted: false });
        self.now = until;
        self.touch(calendar, until);
        Some(())
    }

    fn pause(&mut self, calendar: &Calendar, from: Instant, to: Instant) -> Option<()> {
        for running in self.running.iter_mut().flatten() {
            match running {
                Running::Clock(clock) => clock.pause(calendar, from, to)?,
                Running::Until { due, moves: true } => {
                    *due = (*due).max(calendar.close(calendar.working_day_from(to.day)?))
                }
                Running::Until { .. } => {}
            }
        }
        for budget in &mut self.budgets {
            budget.clock.pause(calendar, from, to)?;
            budget.paused += calendar.worked(to)? - calendar.worked(from)?;
        }
        Some(())
    }
}

impl<'a, 'p> Runner<'a, 'p> {
    pub fn new(path: &'p Path<'a>, calendar: &'p Calendar) -> Runner<'a, 'p> {
        Runner { path, calendar, happened: Happened::default(), waits: Waits::All, records: true }
    }

    /// A run that begins when a file is received.
    pub fn start(&self, received: Instant) -> Run<'a> {
        Run {
            now: received,
            counted: received,
            kept: Vec::new(),
            exceeded: Vec::new(),
            taken: Vec::new(),
            shape: 0,
            reach: received.day,
            room: u16::MAX,
            running: vec![None; self.path.promises.len()],
            began: vec![None; self.path.promises.len()],
            budgets: Vec::new(),
            at: 0,
            waiting: None,
            supplemented: false,
            waits_for_more: false,
        }
    }

    /// Goes on until the end, or until something must be waited for.
    pub fn go(&self, run: &mut Run<'a>) -> Stop<'a> {
        while let Some(next) = self.path.moves.get(run.at) {
            run.at += 1;
            match self.one(run, next) {
                None => return Stop::CalendarEnds,
                Some(Some(step)) => return Stop::Wait(step),
                Some(None) => {}
            }
            if let Some(step) = run.waiting.take() {
                return Stop::Wait(step);
            }
        }
        Stop::End
    }

    /// `None` where the calendar ends; else a step that must be waited for, if there is one.
    fn one(&self, run: &mut Run<'a>, next: &Move<'a>) -> Option<Option<&'a Step>> {
        let calendar = self.calendar;
        let from = run.now;
        match next {
            Move::Work(step, time) => {
                if let Some(done) = self.when_done(step) {
                    run.now = done.max(from);
                } else if let Some(time) = time {
                    run.now = calendar.work_ends(from, time)?;
                }
                self.done(run, step, from);
            }
            Move::Day(step) => {
                run.now = calendar.close(calendar.working_day_from(from.day)?).max(from);
                self.done(run, step, from);
            }
            Move::Until(step, promise) => {
                if let Some(due) = run.due(*promise, calendar) {
                    run.now = due.max(from);
                }
                self.done(run, step, from);
            }
            Move::Wait(step, time) => {
                let until = match (self.when_done(step), time) {
                    (Some(done), _) => {
                        // Whatever came before is over too.
                        run.waits_for_more = false;
                        done
                    }
                    (None, _) if self.waits == Waits::Known => {
                        run.waits_for_more = true;
                        return Some(None);
                    }
                    (None, Some(time)) => calendar.work_ends(from, time)?,
                    (None, None) => return Some(Some(step)),
                };
                run.resume(calendar, step, until)?;
            }
            Move::Supplement(step, effect) => self.supplement(run, step, *effect)?,
            // What begins after something that has not happened has not begun.
            Move::Start(_) if run.waits_for_more => {}
            Move::Start(promise) => {
                run.running[*promise] = Some(self.begin(*promise, from)?);
                run.began[*promise] = Some(from);
            }
            Move::Enter(stage, time) => {
                let clock = Clock::new(from, vec![*time]);
                run.budgets.push(Budget { stage, clock, since: from, time: *time, paused: 0 });
            }
            Move::Leave { uses_all } => {
                if let Some(budget) = run.budgets.pop() {
                    let ends = self.budget_ends(&budget)?;
                    run.touch(calendar, ends);
                    let exceeds = run.counted > ends;
                    if exceeds {
                        run.exceeded.push((budget.stage, ends, run.counted));
                    }
                    // What exceeds a budget is said of the budget; the promise is measured by it.
                    if exceeds || *uses_all && ends > run.now {
                        (run.now, run.counted) = (ends, ends);
                    }
                }
            }
            Move::Keep(promise) => {
                if let Some(due) = run.due(*promise, calendar) {
                    // What comes after does not move it any more.
                    run.running[*promise] = Some(Running::Until { due, moves: false });
                    run.touch(calendar, due);
                    run.kept.push(Kept { promise: *promise, due, reached: run.counted });
                }
            }
            Move::Fork(branches) => self.fork(run, branches)?,
        }
        Some(None)
    }

    fn when_done(&self, step: &Step) -> Option<Instant> {
        self.happened.done.iter().find(|(known, _)| std::ptr::eq(*known, step)).map(|(_, at)| *at)
    }

    fn done(&self, run: &mut Run<'a>, step: &'a Step, from: Instant) {
        run.counted = run.now;
        run.touch(self.calendar, run.now);
        if self.records {
            run.taken.push(Taken { step, from, until: run.now, counted: true });
        }
    }

    /// The branch that ends last decides; what its clocks were stopped for counts for all.
    fn fork(&self, run: &mut Run<'a>, branches: &[Vec<Move<'a>>]) -> Option<()> {
        let mut ended: Vec<Run<'a>> = Vec::new();
        for branch in branches {
            let mut own = run.clone();
            for next in branch {
                if let Some(step) = self.one(&mut own, next)? {
                    own.waiting = Some(step);
                }
            }
            ended.push(own);
        }
        let last = (0..ended.len()).max_by_key(|&at| (ended[at].counted, ended[at].now, std::cmp::Reverse(at)))?;
        let mut joined = ended.remove(last);
        for own in ended {
            joined.taken.extend_from_slice(&own.taken[run.taken.len()..]);
            joined.kept.extend_from_slice(&own.kept[run.kept.len()..]);
            joined.exceeded.extend_from_slice(&own.exceeded[run.exceeded.len()..]);
            joined.waiting = joined.waiting.or(own.waiting);
            joined.shape = (joined.shape ^ own.shape).wrapping_mul(0x100_0000_01b3);
            joined.reach = joined.reach.max(own.reach);
            joined.room = joined.room.min(own.room);
            for (mine, its) in joined.running.iter_mut().zip(own.running) {
                if mine.is_none() {
                    *mine = its;
                }
            }
            for (mine, its) in joined.began.iter_mut().zip(own.began) {
                *mine = mine.or(its);
            }
        }
        *run = joined;
        Some(())
    }

    fn supplement(&self, run: &mut Run<'a>, step: &'a Step, effect: ClockEffect) -> Option<()> {
        let Some(at) = self.happened.supplemented.filter(|at| *at > run.now && !run.supplemented) else {
            return Some(());
        };
        run.supplemented = true;
        match effect {
            ClockEffect::Restart => {
                for promise in 0..run.running.len() {
                    if run.running[promise].is_some() && self.path.promises[promise].from_receipt {
                        run.running[promise] = Some(self.begin(promise, at)?);
                        run.began[promise] = Some(at);
                    }
                }
                // The step looks at the file once more, for as long as before.
                let own = run.taken.iter().rfind(|taken| std::ptr::eq(taken.step, step)).copied();
                let worked = match own {
                    Some(own) => self.calendar.worked(own.until)? - self.calendar.worked(own.from)?,
                    None => 0,
                };
                run.now = match worked {
                    0 => at,
                    worked => self.calendar.when_worked(self.calendar.worked(at)? + worked)?,
                };
                run.counted = run.now;
            }
            ClockEffect::Suspend => run.resume(self.calendar, step, at)?,
            ClockEffect::Continue => (run.now, run.counted) = (at, at),
        }
        Some(())
    }

    fn begin(&self, promise: usize, at: Instant) -> Option<Running> {
        begin(&self.path.promises[promise].limit, self.calendar, at)
    }

    fn budget_ends(&self, budget: &Budget<'a>) -> Option<Instant> {
        if !matches!(budget.time.unit, Unit::WorkingDays | Unit::WorkingHours) {
            return budget.clock.ends(self.calendar);
        }
        let end = self.calendar.work_ends(budget.since, &budget.time)?;
        match budget.paused {
            0 => Some(end),
            paused => self.calendar.when_worked(self.calendar.worked(end)? + paused),
        }
    }
}

/// The clock of a promise that begins at a moment.
pub(in crate::plan) fn begin(limit: &Promised, calendar: &Calendar, at: Instant) -> Option<Running> {
    Some(match limit {
        Promised::For(limit) => Running::Clock(Clock::new(at, limit.clone())),
        Promised::Whole(limit) => {
            let moves = matches!(limit, Limit::SameDay { .. } | Limit::AtOnce);
            Running::Until { due: whole_limit_ends(calendar, at, limit)?, moves }
        }
    })
}

impl Running {
    pub(in crate::plan) fn ends(&self, calendar: &Calendar) -> Option<Instant> {
        match self {
            Running::Clock(clock) => clock.ends(calendar),
            Running::Until { due, .. } => Some(*due),
        }
    }
}

/// The end of a limit that is a value of its own: within the day, at once, on a day of the calendar. `None` too for what runs to
/// or from an event of the applicant's own: it binds the applicant.
fn whole_limit_ends(calendar: &Calendar, at: Instant, limit: &Limit) -> Option<Instant> {
    let today = calendar.working_day_from(at.day)?;
    Some(match limit {
        Limit::SameDay { cutoff } => {
            // Received after the hour: the next working day (a pattern of its own in certified copies and civil status).
            let late = cutoff.is_some_and(|cutoff| {
                today == at.day && at.minute > u16::from(cutoff.hour) * 60 + u16::from(cutoff.minute)
            });
            calendar.close(if late { calendar.working_day_after(today, 1)? } else { today })
        }
        Limit::AtOnce => calendar.close(today),
        Limit::EveryYear { day, strictly } => {
            let CalendarDay { day, month } = *day;
            let on = |year: i16| calendar.day(jiff::civil::Date::new(year, month as i8, day as i8).ok()?);
            let year = calendar.date(at.day).year();
            let last = |on: i32| if *strictly { on - 1 } else { on };
            let this = on(year).map(last).filter(|last| *last >= at.day);
            calendar.close(match this {
                Some(last) => last,
                None => last(on(year + 1)?),
            })
        }
        Limit::QuarterMonth { day } => next_month_day(calendar, at.day, *day, |month| month % 3 == 1)?,
        Limit::EveryMonth { day } => next_month_day(calendar, at.day, *day, |_| true)?,
        Limit::Duration(_) | Limit::AtLeast(_) | Limit::AtMost(_) | Limit::Window { .. } | Limit::After { .. } => {
            return None;
        }
    })
}

fn next_month_day(calendar: &Calendar, from: i32, day: u8, fits: impl Fn(i8) -> bool) -> Option<Instant> {
    let mut at = from;
    loop {
        calendar.get(at)?;
        let date = calendar.date(at);
        if date.day() == day as i8 && fits(date.month()) {
            return Some(calendar.close(at));
        }
        at += 1;
    }
}
