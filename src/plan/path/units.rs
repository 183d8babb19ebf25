//! What can be said of a path by adding up, without a calendar.

use super::{Move, Path, Promised};
use crate::model::{Duration, Number, Stage, Step, StepKind, Unit};
use crate::plan::flow::is_awaited;

/// What counted times come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// So much, in one unit.
    Of(Duration),
    /// They are in units that cannot be added.
    Mixed,
    /// Some step ends with a day or with a promise, whenever it began.
    Until,
    /// Some step does not say how long it takes.
    Unsaid,
    /// Nothing is counted.
    Nothing,
}

impl Path<'_> {
    /// The counted time of all steps, the longest branch of each fork.
    pub fn total(&self) -> Total {
        if self.is_timed && !self.is_open { total(&self.moves) } else { Total::Unsaid }
    }

    /// The same of some steps alone; what they share with others is left out.
    pub fn total_of(&self, own: &impl Fn(&Step) -> bool) -> Total {
        let moves = of_steps(&self.moves, own);
        if takes_unsaid_time(&moves) { Total::Unsaid } else { total(&moves) }
    }

    /// The promise that the path is held to, where it is one, and a length of time.
    pub fn only_promise(&self) -> Option<usize> {
        let mut kept = self.moves.iter().filter_map(|next| match next {
            Move::Keep(promise) => Some(*promise),
            _ => None,
        });
        let first = kept.next()?;
        kept.all(|other| other == first).then_some(first)
    }
}

fn total(moves: &[Move<'_>]) -> Total {
    let mut units = Vec::new();
    if !units_of(moves, &mut units) {
        return Total::Until;
    }
    let unit = match units.as_slice() {
        [] => return Total::Nothing,
        units if units.contains(&Unit::WorkingDays) => Unit::WorkingDays,
        [first, ..] => *first,
    };
    sum(moves, unit).map_or(Total::Mixed, |amount| Total::Of(Duration { amount, unit }))
}

/// Collects the units of what is counted; false where something ends with a day or a promise.
fn units_of(moves: &[Move<'_>], units: &mut Vec<Unit>) -> bool {
    moves.iter().all(|next| match next {
        Move::Day(_) | Move::Until(..) => false,
        Move::Work(_, Some(time)) | Move::Enter(_, time) => {
            units.push(time.unit);
            true
        }
        Move::Fork(branches) => branches.iter().all(|branch| units_of(branch, units)),
        _ => true,
    })
}

fn of_steps<'a>(moves: &[Move<'a>], own: &impl Fn(&Step) -> bool) -> Vec<Move<'a>> {
    let some = moves.iter().filter_map(|next| match next {
        Move::Work(step, _) | Move::Wait(step, _) | Move::Day(step) | Move::Until(step, _) => {
            own(step).then(|| next.clone())
        }
        Move::Fork(branches) => Some(Move::Fork(branches.iter().map(|branch| of_steps(branch, own)).collect())),
        _ => None,
    });
    some.collect()
}

/// Whether some step may take time that is not known here.
fn takes_unsaid_time(moves: &[Move<'_>]) -> bool {
    moves.iter().any(|next| match next {
        Move::Work(step, None) => match &step.time {
            Some(time) => time.values().iter().any(|value| value.setting.given().is_none()),
            None => !matches!(step.kind, StepKind::Return | StepKind::Archive) && !is_awaited(step),
        },
        Move::Fork(branches) => branches.iter().any(|branch| takes_unsaid_time(branch)),
        _ => false,
    })
}

impl Path<'_> {
    /// The counted time between the beginning of a promise and where it binds, in the unit of the promise, the longest branch of
    /// each fork; and the promise. `None` where some of it is in another unit.
    pub fn sum(&self, promise: usize) -> Option<(Duration, Duration)> {
        let Promised::For(limit) = &self.promises.get(promise)?.limit else { return None };
        let [limit] = limit.as_slice() else { return None };
        let from = self.moves.iter().position(|next| matches!(next, Move::Start(one) if *one == promise))?;
        let until = self.moves.iter().rposition(|next| matches!(next, Move::Keep(one) if *one == promise))?;
        let amount = sum(self.moves.get(from..until)?, limit.unit)?;
        Some((Duration { amount, unit: limit.unit }, *limit))
    }
}

impl<'a> Path<'a> {
    /// Every shared budget whose steps are in its unit: their sum, and the budget.
    pub fn budgets(&self) -> Vec<(&'a Stage, (Duration, Duration))> {
        let mut open: Vec<(usize, &'a Stage, Duration)> = Vec::new();
        let mut all = Vec::new();
        for (at, next) in self.moves.iter().enumerate() {
            match next {
                Move::Enter(stage, time) => open.push((at + 1, stage, *time)),
                Move::Leave { .. } => {
                    let Some((from, stage, budget)) = open.pop() else { continue };
                    if let Some(amount) = sum(&self.moves[from..at], budget.unit) {
                        all.push((stage, (Duration { amount, unit: budget.unit }, budget)));
                    }
                }
                _ => {}
            }
        }
        all
    }
}

impl Path<'_> {
    /// Whether a promise is kept whatever the calendar: what is counted adds up to no more, in one unit. `None` where the calendar
    /// must say.
    pub fn keeps_in_units(&self, promise: usize) -> bool {
        let binds = self.moves.iter().any(|next| matches!(next, Move::Keep(one) if *one == promise));
        if !binds {
            return true;
        }
        let Some((steps, promised)) = self.sum(promise) else { return false };
        if steps.amount.numerator == 0 {
            return true;
        }
        let whole = |amount: Number| amount.as_whole().is_some();
        let fits = steps.amount.compare(promised.amount).is_le();
        match promised.unit {
            // Minutes of work add up; a wait gives back at least what it took.
            Unit::WorkingDays => fits && whole(promised.amount),
            Unit::WorkingHours => fits,
            // Days add up where nothing comes between.
            Unit::Days => fits && whole(promised.amount) && all_days(&self.moves),
            _ => false,
        }
    }

    /// Whether the steps of every shared budget fit into it, in one unit.
    pub fn budgets_hold(&self) -> bool {
        budgets_hold(&self.moves)
    }
}

/// Whether every counted time is in whole days, and nothing is waited for.
fn all_days(moves: &[Move<'_>]) -> bool {
    moves.iter().all(|next| match next {
        Move::Work(_, Some(time)) | Move::Enter(_, time) => time.unit == Unit::Days && time.amount.as_whole().is_some(),
        Move::Fork(branches) => branches.iter().all(|branch| all_days(branch)),
        Move::Wait(..) | Move::Day(_) | Move::Until(..) => false,
        _ => true,
    })
}

fn budgets_hold(moves: &[Move<'_>]) -> bool {
    let mut open: Vec<(usize, &Duration)> = Vec::new();
    moves.iter().enumerate().all(|(at, next)| match next {
        Move::Enter(_, time) => {
            open.push((at + 1, time));
            true
        }
        Move::Leave { .. } => open.pop().is_some_and(|(from, budget)| {
            let unit = matches!(budget.unit, Unit::WorkingDays | Unit::WorkingHours);
            unit && sum(&moves[from..at], budget.unit).is_some_and(|steps| steps.compare(budget.amount).is_le())
        }),
        Move::Fork(branches) => branches.iter().all(|branch| budgets_hold(branch)),
        _ => true,
    })
}

fn sum(moves: &[Move<'_>], unit: Unit) -> Option<Number> {
    let mut total = Number::whole(0);
    let mut budgets: Vec<(Number, Number)> = Vec::new();
    for next in moves {
        match next {
            Move::Work(_, Some(time)) => total = total.plus(in_unit(time, unit)?),
            Move::Enter(_, time) => budgets.push((total, in_unit(time, unit)?)),
            Move::Leave { uses_all } => {
                if let Some((before, budget)) = budgets.pop() {
                    let ends = before.plus(budget);
                    if *uses_all || ends.compare(total).is_lt() {
                        total = ends;
                    }
                }
            }
            Move::Fork(branches) => {
                let sums: Option<Vec<Number>> = branches.iter().map(|branch| sum(branch, unit)).collect();
                total = total.plus(sums?.into_iter().fold(Number::whole(0), longest));
            }
            Move::Day(_) | Move::Until(..) => return None,
            Move::Work(_, None) | Move::Wait(..) | Move::Supplement(..) | Move::Start(_) | Move::Keep(_) => {}
        }
    }
    Some(total)
}

fn longest(a: Number, b: Number) -> Number {
    if a.compare(b).is_lt() { b } else { a }
}

/// A time in another unit, where one is a multiple of the other. Eight working hours are a working day: practice, with which the
/// step tables of provinces agree.
pub(in crate::plan) fn in_unit(time: &Duration, unit: Unit) -> Option<Number> {
    match (time.unit, unit) {
        (own, unit) if own == unit => Some(time.amount),
        (Unit::WorkingHours, Unit::WorkingDays) => Some(time.amount.times(Number::new(1, 8))),
        (Unit::WorkingDays, Unit::WorkingHours) => Some(time.amount.times(Number::whole(8))),
        (_, _) => None,
    }
}
