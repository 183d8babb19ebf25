//! When a limit ends: Civil Code 2015, arts 144 to 148, and the practice of working days.

use jiff::ToSpan;

use super::calendar::{Calendar, Instant};
use crate::model::{Duration, Number, Unit};

/// The least whole number not below an exact one.
fn ceil(number: Number) -> i64 {
    number.numerator.div_euclid(number.denominator) + i64::from(number.numerator.rem_euclid(number.denominator) != 0)
}

fn times(number: Number, factor: i64) -> Number {
    Number::new(number.numerator.saturating_mul(factor), number.denominator)
}

impl Calendar {
    /// The end of a published limit that starts at a moment. Days, months and years do not count the first day (art. 147(2))
    /// and end at the close of the last one, which rolls on to a working day (art. 148(5)); hours run from the moment (art.
    /// 147(1)). `None` where the calendar ends before it.
    pub fn limit_ends(&self, from: Instant, limit: &Duration) -> Option<Instant> {
        let amount = limit.amount;
        match limit.unit {
            Unit::Minutes | Unit::Hours | Unit::WorkingHours => self.work_ends(from, limit),
            Unit::WorkingDays => {
                let whole = u32::try_from(amount.numerator.div_euclid(amount.denominator)).ok()?;
                if amount.as_whole().is_some() {
                    return match whole {
                        0 => self.rolled(from.day),
                        _ => Some(self.close(self.working_day_after(from.day, whole)?)),
                    };
                }
                // Half a day more than the whole ones ends in the middle of the next.
                let part = Number::new(amount.numerator.rem_euclid(amount.denominator), amount.denominator);
                let last = self.working_day_after(from.day, whole + 1)?;
                let minutes = ceil(times(part, i64::from(self.minutes_a_day())));
                self.when_worked(self.worked(self.open(last))? + minutes)
            }
            Unit::Days => self.rolled(from.day.checked_add(i32::try_from(ceil(amount)).ok()?)?),
            Unit::Months | Unit::Years => {
                let months = ceil(times(amount, if limit.unit == Unit::Years { 12 } else { 1 }));
                self.rolled(self.months_after(from.day, months)?)
            }
        }
    }

    /// The end of work that takes so long from a moment on: working days and hours are minutes of work, `N ngày làm việc` being
    /// N times the office's day; days end at the close of the last one, months and years as limits do.
    pub fn work_ends(&self, from: Instant, time: &Duration) -> Option<Instant> {
        let work = |minutes: i64| match minutes {
            ..=0 => Some(from),
            _ => self.when_worked(self.worked(from)? + minutes),
        };
        match time.unit {
            Unit::WorkingDays => work(ceil(times(time.amount, i64::from(self.minutes_a_day())))),
            Unit::WorkingHours => work(ceil(times(time.amount, 60))),
            Unit::Minutes | Unit::Hours => {
                let minutes = ceil(times(time.amount, if time.unit == Unit::Hours { 60 } else { 1 }));
                let total = i64::from(from.minute) + minutes;
                let day = from.day.checked_add(i32::try_from(total / 1_440).ok()?)?;
                if self.is_working(day) {
                    Some(Instant { day, minute: (total % 1_440) as u16 })
                } else {
                    self.rolled(day)
                }
            }
            Unit::Days | Unit::Months | Unit::Years if time.amount.numerator == 0 => Some(from),
            Unit::Days => {
                let whole = time.amount.numerator.div_euclid(time.amount.denominator);
                let part =
                    Number::new(time.amount.numerator.rem_euclid(time.amount.denominator), time.amount.denominator);
                let from = match i32::try_from(whole).ok()? {
                    0 => from,
                    // Only the last step of a row meets a rest day with its end: the day itself is kept, and whoever works on
                    // begins when the office opens.
                    whole => self.get(from.day.checked_add(whole)?).map(|_| self.close(from.day + whole))?,
                };
                // Half a day is half a day of work, whatever days the whole ones are.
                self.work_ends(from, &Duration { amount: part, unit: Unit::WorkingDays })
            }
            Unit::Months | Unit::Years => self.limit_ends(from, time),
        }
    }

    /// The close of a day, or of the next working day where it is none (art. 148(5)).
    fn rolled(&self, day: i32) -> Option<Instant> {
        Some(self.close(self.working_day_from(day)?))
    }

    /// The same day number so many months later, or the last day of that month (art. 148(3), (4)).
    pub fn months_after(&self, day: i32, months: i64) -> Option<i32> {
        self.day(self.date(day).checked_add(months.months()).ok()?)
    }
}

/// A published limit that runs: how much of it is left, and since when. Time that is not counted stops it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    pub since: Instant,
    /// One after the other; the later ones, where additions are written in another unit, run when the first has ended.
    pub left: Vec<Duration>,
}

impl Clock {
    pub fn new(since: Instant, limit: Vec<Duration>) -> Clock {
        Clock { since, left: limit }
    }

    /// When it ends if nothing stops it any more.
    pub fn ends(&self, calendar: &Calendar) -> Option<Instant> {
        self.left.iter().try_fold(self.since, |from, limit| calendar.limit_ends(from, limit))
    }

    /// Stops at one moment and goes on at another. Whole days that have passed are used up; as at the beginning of every limit,
    /// the day on which the wait ends is not counted (art. 147(2)).
    pub fn pause(&mut self, calendar: &Calendar, from: Instant, to: Instant) -> Option<()> {
        while let [first, _, ..] = self.left.as_slice() {
            let end = calendar.limit_ends(self.since, first)?;
            if end > from {
                break;
            }
            self.since = end;
            self.left.remove(0);
        }
        if let Some(first) = self.left.first().copied() {
            self.left[0] = rest(calendar, self.since, from, first)?;
        }
        self.since = to;
        Some(())
    }

    /// What is left, in minutes, to compare clocks of one limit.
    pub fn left_minutes(&self, calendar: &Calendar) -> i64 {
        let minutes = |limit: &Duration| {
            let unit = match limit.unit {
                Unit::Minutes => 1,
                Unit::Hours | Unit::WorkingHours => 60,
                Unit::WorkingDays => i64::from(calendar.minutes_a_day()),
                Unit::Days => 1_440,
                Unit::Months => 43_200,
                Unit::Years => 525_600,
            };
            ceil(times(limit.amount, unit))
        };
        self.left.iter().map(minutes).sum()
    }
}

/// What is left of a limit at a moment.
fn rest(calendar: &Calendar, since: Instant, at: Instant, limit: Duration) -> Option<Duration> {
    let less = |used: i64, per: i64| {
        let amount = limit.amount;
        let left = amount.numerator * per - used * amount.denominator;
        Number::new(left.max(0), amount.denominator * per)
    };
    Some(match limit.unit {
        Unit::WorkingDays => {
            let used = calendar.worked(at)? - calendar.worked(since)?;
            Duration { amount: less(used / i64::from(calendar.minutes_a_day()).max(1), 1), unit: limit.unit }
        }
        Unit::WorkingHours => {
            Duration { amount: less(calendar.worked(at)? - calendar.worked(since)?, 60), unit: limit.unit }
        }
        Unit::Minutes | Unit::Hours => {
            let used = i64::from(at.day - since.day) * 1_440 + i64::from(at.minute) - i64::from(since.minute);
            Duration { amount: less(used, if limit.unit == Unit::Hours { 60 } else { 1 }), unit: limit.unit }
        }
        Unit::Days => Duration { amount: less(i64::from(at.day - since.day), 1), unit: limit.unit },
        // A month has no fixed length: what is left is counted in days.
        Unit::Months | Unit::Years => {
            let months = ceil(times(limit.amount, if limit.unit == Unit::Years { 12 } else { 1 }));
            let last = calendar.months_after(since.day, months)?;
            Duration { amount: Number::whole(i64::from(last - at.day).max(0)), unit: Unit::Days }
        }
    })
}
