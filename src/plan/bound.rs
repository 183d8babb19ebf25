//! Which procedures, and which of their cases, a norm (`quy định`) speaks of; and which of two durations is longer.

use std::cmp::Ordering;

use crate::model::condition::{Atom, Expr, Subject, Test};
use crate::model::{Duration, Id, Level, Number, RefKey, Unit};
use crate::plan::ProcedurePlan;

/// The cases of a procedure that a condition of a norm speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    Never,
    Always,
    /// What is left to ask of each case: its facts and how it was filed.
    When(Expr),
}

/// What a condition of a norm comes to for one procedure: its field, level, code and outcomes are known.
pub fn bound(plan: &ProcedurePlan<'_>, condition: &Expr) -> Bound {
    match condition {
        Expr::And(parts, span) => joined(plan, parts, Bound::Never, |left| Expr::And(left, *span)),
        Expr::Or(parts, span) => joined(plan, parts, Bound::Always, |left| Expr::Or(left, *span)),
        Expr::Not(inner, _) => denied(bound(plan, inner)),
        Expr::Test { subject, test, .. } => match known(plan, subject, test) {
            Some(true) => Bound::Always,
            Some(false) => Bound::Never,
            None => Bound::When(condition.clone()),
        },
    }
}

fn denied(bound: Bound) -> Bound {
    match bound {
        Bound::Never => Bound::Always,
        Bound::Always => Bound::Never,
        Bound::When(left) => Bound::When(left.denied()),
    }
}

/// The parts of a conjunction, which one part that is never so decides, or of an alternative, which one that is always so
/// does.
fn joined(plan: &ProcedurePlan<'_>, parts: &[Expr], decides: Bound, together: impl Fn(Vec<Expr>) -> Expr) -> Bound {
    let mut left = Vec::new();
    for part in parts {
        match bound(plan, part) {
            Bound::When(condition) => left.push(condition),
            decided if decided == decides => return decides,
            _ => {}
        }
    }
    if left.is_empty() { denied(decides) } else { Bound::When(together(left)) }
}

/// Whether a test holds of a procedure as a whole; `None` where the case decides.
fn known(plan: &ProcedurePlan<'_>, subject: &Subject, test: &Test) -> Option<bool> {
    let body = plan.body();
    let own: Vec<Atom> = match subject {
        Subject::Every(_) => return Some(true),
        Subject::Fact(_) | Subject::Channel(_) => return None,
        Subject::Field(_) => body
            .field
            .iter()
            .filter_map(|field| match &field.value.key {
                RefKey::Id(id) => Some(Atom::Id(id.clone())),
                _ => None,
            })
            .collect(),
        Subject::Procedure(_) => vec![Atom::Code(plan.procedure.code.value.0.clone())],
        Subject::Level(_) => {
            let levels = body.levels.iter().flat_map(|levels| &levels.value);
            levels.filter_map(|level| Some(Atom::Id(Id::new(level_id(level.value)?)))).collect()
        }
        Subject::Outcome(_) => {
            let kinds = body.outcomes.iter().filter(|outcome| !outcome.negative).flat_map(|outcome| &outcome.kinds);
            kinds.map(|kind| Atom::Id(kind.value.clone())).collect()
        }
    };
    Some(match test {
        Test::IsNot(atom) => !own.contains(&atom.value),
        _ => test.atoms().iter().any(|atom| own.contains(&atom.value)),
    })
}

/// How a condition writes a level.
fn level_id(level: Level) -> Option<&'static str> {
    match level {
        Level::Ministry => Some("bộ"),
        Level::Province => Some("tỉnh"),
        Level::District => Some("huyện"),
        Level::Commune => Some("xã"),
        Level::Other => None,
    }
}

/// Which of two durations is longer, where no calendar is needed to tell. A working day is 8 working hours; working days are
/// never shorter than as many days, and a month has 28 to 31 days.
pub fn compare(one: Duration, other: Duration) -> Option<Ordering> {
    let amounts = one.amount.compare(other.amount);
    match (one.unit, other.unit) {
        (Unit::WorkingDays, Unit::Days) => return amounts.is_gt().then_some(amounts),
        (Unit::Days, Unit::WorkingDays) => return amounts.is_lt().then_some(amounts),
        _ => {}
    }
    let ((one, base), (other, of_other)) = (in_base(one), in_base(other));
    match (base, of_other) {
        (a, b) if a == b => Some(one.compare(other)),
        (Unit::Months, Unit::Minutes) => months_beside(one, other),
        (Unit::Minutes, Unit::Months) => months_beside(other, one).map(Ordering::reverse),
        _ => None,
    }
}

/// A duration in minutes of the clock, working hours or months.
fn in_base(duration: Duration) -> (Number, Unit) {
    let times = |factor| duration.amount.times(Number::whole(factor));
    match duration.unit {
        Unit::Minutes => (duration.amount, Unit::Minutes),
        Unit::Hours => (times(60), Unit::Minutes),
        Unit::Days => (times(24 * 60), Unit::Minutes),
        Unit::WorkingHours => (duration.amount, Unit::WorkingHours),
        Unit::WorkingDays => (times(8), Unit::WorkingHours),
        Unit::Months => (duration.amount, Unit::Months),
        Unit::Years => (times(12), Unit::Months),
    }
}

fn months_beside(months: Number, minutes: Number) -> Option<Ordering> {
    let days = |days: i64| months.times(Number::whole(days * 24 * 60));
    if days(28).compare(minutes).is_gt() {
        return Some(Ordering::Greater);
    }
    days(31).compare(minutes).is_lt().then_some(Ordering::Less)
}
