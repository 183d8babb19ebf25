//! Numbers, durations, days and moments, exact and in the unit they were written in.

use std::fmt;

use jiff::civil::Date;

use crate::source::{Span, Spanned};

/// An exact number: `03`, `0,5`, `1/2`, `8.000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    pub numerator: i64,
    /// At least 1.
    pub denominator: i64,
}

impl Number {
    pub fn whole(value: i64) -> Number {
        Number { numerator: value, denominator: 1 }
    }

    pub fn new(numerator: i64, denominator: i64) -> Number {
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1) as i64;
        Number { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    pub fn plus(self, other: Number) -> Number {
        let over = |a: i64, b: i64| a.saturating_mul(b);
        let sum = over(self.numerator, other.denominator).saturating_add(over(other.numerator, self.denominator));
        Number::new(sum, over(self.denominator, other.denominator))
    }

    pub fn times(self, other: Number) -> Number {
        let over = |a: i64, b: i64| a.saturating_mul(b);
        Number::new(over(self.numerator, other.numerator), over(self.denominator, other.denominator))
    }

    pub fn compare(self, other: Number) -> std::cmp::Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }

    /// The greatest number that both are whole multiples of; of zero and another, the other.
    pub fn common_divisor(self, other: Number) -> Number {
        let over = |a: i64, b: i64| u128::from(a.unsigned_abs()) * u128::from(b.unsigned_abs());
        let (mut a, mut b) = (over(self.numerator, other.denominator), over(other.numerator, self.denominator));
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let whole = |value: u128| i64::try_from(value).unwrap_or(i64::MAX);
        Number::new(whole(a), whole(over(self.denominator, other.denominator)))
    }

    pub fn as_whole(self) -> Option<i64> {
        (self.denominator == 1).then_some(self.numerator)
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// As documents write it: thousands with a dot, decimals with a comma, other fractions as `1/3`.
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.numerator / self.denominator, self.numerator % self.denominator);
        let scale = [1_i64, 10, 100, 1000].into_iter().find(|scale| scale % self.denominator == 0);
        match (rest, scale) {
            (0, _) => out.write_str(&grouped(whole)),
            (_, Some(scale)) => {
                let digits = scale.ilog10() as usize;
                write!(out, "{},{:0digits$}", grouped(whole), rest * (scale / self.denominator))
            }
            (_, None) => write!(out, "{}/{}", self.numerator, self.denominator),
        }
    }
}

/// `1234567` as `1.234.567`.
pub fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    if value < 0 {
        text.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// The unit of a duration. `Days` are calendar days; they are never taken for working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    Minutes,
    Hours,
    WorkingHours,
    Days,
    WorkingDays,
    Months,
    Years,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    pub amount: Number,
    pub unit: Unit,
}

impl Duration {
    /// The minutes that pass on the wall clock, where the unit counts those and the amount is whole.
    pub fn wall_minutes(&self) -> Option<i64> {
        let each = match self.unit {
            Unit::Minutes => 1,
            Unit::Hours => 60,
            Unit::Days => 24 * 60,
            Unit::WorkingHours | Unit::WorkingDays | Unit::Months | Unit::Years => return None,
        };
        self.amount.as_whole().map(|amount| amount * each)
    }
}

/// An hour and minute of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime {
    pub hour: u8,
    pub minute: u8,
}

impl fmt::Display for ClockTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// A day of every year: `31/7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CalendarDay {
    pub day: u8,
    pub month: u8,
}

/// A day, and the time of day where it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub date: Date,
    pub time: Option<ClockTime>,
    pub span: Span,
}

/// From a day to a day, both included; an end that is not given is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<Spanned<Date>>,
    pub until: Option<Spanned<Date>>,
}

impl Period {
    pub fn contains(&self, day: Date) -> bool {
        self.from.as_ref().is_none_or(|from| from.value <= day)
            && self.until.as_ref().is_none_or(|until| day <= until.value)
    }

    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }
}

/// Reads `d/m/yyyy`.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `01/7/2025`
pub fn short_date(date: Date) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    if month <= 2 { format!("{day:02}/{month:02}/{year}") } else { format!("{day:02}/{month}/{year}") }
}

/// Reads `h:mm`.
pub fn parse_clock(text: &str) -> Option<ClockTime> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 23 && minute <= 59).then_some(ClockTime { hour, minute })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_documents_write_them() {
        assert_eq!(Number::new(5, 10).to_string(), "0,5");
        assert_eq!(Number::new(45, 10).to_string(), "4,5");
        assert_eq!(Number::new(1, 4).to_string(), "0,25");
        assert_eq!(Number::new(1, 3).to_string(), "1/3");
        assert_eq!(Number::whole(1_500_000).to_string(), "1.500.000");
        assert_eq!(Number::whole(3).to_string(), "3");
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        assert_eq!(parse_date("31/02/2026"), None);
        assert!(parse_date("01/7/2025").is_some());
    }
}
