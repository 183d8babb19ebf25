//! Numbers, durations, days and moments.

use crate::lang::say;
use crate::model::quantity::parse_date;
use crate::model::{CalendarDay, ClockTime, Duration, Moment, Number, Period, Unit};
use crate::source::{Span, Spanned};
use crate::syntax::codes;
use crate::syntax::phrases::WordSet;
use crate::syntax::reader::{Draft, Reader, Rewrite, Rewritten};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::Kw;

/// `03`, `0,5`, `1/2`, `8.000`; reports a number written in another country's way.
pub(super) fn number(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Number>> {
    let span = reader.eat_kind(TokenKind::Number).or_else(|| reader.eat_kind(TokenKind::Fraction))?;
    let text = cx.slice(span);
    match parse_number(text) {
        Some(number) => Some(Spanned::new(number, span)),
        None => {
            let message = say!(cx.lang, "không hiểu số `{text}`", "the number `{text}` is not understood");
            let help = say!(
                cx.lang,
                "dấu chấm ngăn hàng nghìn (8.000), dấu phẩy ngăn phần lẻ (0,5)",
                "a dot parts thousands (8.000), a comma parts decimals (0,5)"
            );
            cx.error(codes::BAD_VALUE, span, message).help(help);
            Some(Spanned::new(Number::whole(1), span))
        }
    }
}

fn parse_number(text: &str) -> Option<Number> {
    if let Some((numerator, denominator)) = text.split_once('/') {
        let denominator: i64 = denominator.parse().ok()?;
        return (denominator > 0).then_some(Number::new(numerator.parse().ok()?, denominator));
    }
    let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
        grouped = true;
    }
    // `1,000` is an English thousand: three decimals that are all zero would be pointless.
    if decimals.contains(['.', ',']) || decimals.len() > 6 || (!grouped && decimals.len() == 3 && decimals == "000") {
        return None;
    }
    let denominator = 10_i64.checked_pow(decimals.len() as u32)?;
    digits.push_str(decimals);
    Some(Number::new(digits.parse().ok()?, denominator))
}

/// A whole number that counts something.
pub(super) fn count(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<u32>> {
    let number = number(cx, reader)?;
    counts(cx, number.span);
    match number.value.as_whole().and_then(|value| u32::try_from(value).ok()) {
        Some(value) => Some(Spanned::new(value, number.span)),
        None => {
            let message = say!(cx.lang, "số lượng phải là một số nguyên", "a count is a whole number");
            cx.error(codes::BAD_VALUE, number.span, message);
            None
        }
    }
}

/// Notes a count for the formatter: `03` in Vietnamese, `3` in English.
pub(super) fn counts(cx: &mut Draft<'_>, span: Span) {
    cx.rewrites.push(Rewrite { span, to: Rewritten::Count });
}

/// What is counted, read before: of a single thing English has another word.
pub(super) fn counted(cx: &mut Draft<'_>, count: Number, kw: Kw) {
    if count == Number::whole(1) {
        cx.reword(Rewritten::One(kw));
    }
}

pub(super) fn unit(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Unit> {
    let unit = match reader.word()? {
        Kw::WorkingHours => Unit::WorkingHours,
        Kw::WorkingDays => Unit::WorkingDays,
        Kw::Minutes => Unit::Minutes,
        Kw::Hours => Unit::Hours,
        Kw::Days => Unit::Days,
        Kw::Months => Unit::Months,
        Kw::Years => Unit::Years,
        _ => return None,
    };
    reader.eat_word(cx);
    Some(unit)
}

/// `03 ngày làm việc`, `1/2 ngày`, `0,5 ngày làm việc`, `08 giờ làm việc`
pub(super) fn duration(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Duration> {
    let Some(amount) = number(cx, reader) else {
        reader.expected_or(cx, "một khoảng thời gian", "a length of time", Some(duration_help(cx)));
        return None;
    };
    counts(cx, amount.span);
    let word = reader.word();
    match unit(cx, reader) {
        Some(unit) => {
            word.into_iter().for_each(|word| counted(cx, amount.value, word));
            Some(Duration { amount: amount.value, unit })
        }
        None => {
            reader.expected_or(cx, "đơn vị thời gian", "a unit of time", Some(duration_help(cx)));
            None
        }
    }
}

fn duration_help(cx: &Draft<'_>) -> String {
    say!(
        cx.lang,
        "viết như trong văn bản: 03 ngày làm việc, 15 ngày, 08 giờ làm việc, 02 tháng",
        "write as in documents: 03 working days, 15 days, 08 working hours, 02 months"
    )
}

/// `ngày` before a date, which English leaves out.
pub(super) fn before_date(cx: &mut Draft<'_>, reader: &mut Reader<'_>) {
    if reader.eat(cx, Kw::Days).is_some() {
        cx.reword(Rewritten::Vietnamese(Kw::Days));
    }
}

/// `01/7/2025`, also with `ngày` before it.
pub(super) fn date(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<jiff::civil::Date>> {
    before_date(cx, reader);
    let Some(span) = reader.eat_kind(TokenKind::Date) else {
        let help = say!(cx.lang, "viết ngày/tháng/năm: 01/7/2025", "write day/month/year: 01/7/2025");
        reader.expected_or(cx, "một ngày", "a date", Some(help));
        return None;
    };
    let text = cx.slice(span);
    match parse_date(text) {
        Some(date) => Some(Spanned::new(date, span)),
        None => {
            let message = say!(cx.lang, "không có ngày {text}", "there is no day {text}");
            cx.error(codes::BAD_VALUE, span, message);
            None
        }
    }
}

/// `từ 01/7/2025`, `đến 31/12/2026`, or both.
pub(super) fn period(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Period {
    let mut period = Period::default();
    if reader.eat(cx, Kw::From).is_some() {
        period.from = date(cx, reader);
    }
    if reader.eat(cx, Kw::To).is_some() {
        period.until = date(cx, reader);
    }
    if let (Some(from), Some(until)) = (&period.from, &period.until)
        && from.value > until.value
    {
        let message = say!(cx.lang, "ngày kết thúc trước ngày bắt đầu", "the last day is before the first");
        cx.error(codes::BAD_VALUE, until.span, message);
    }
    period
}

/// `10:00`, `15 giờ`, `15 giờ 30`
pub(super) fn clock(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<ClockTime> {
    let start = reader.here();
    let (hour, minute) = if let Some(span) = reader.eat_kind(TokenKind::Clock) {
        let (hour, minute) = cx.slice(span).split_once(':')?;
        (hour.parse().ok()?, minute.parse().ok()?)
    } else {
        let hour = number(cx, reader)?.value.as_whole()?;
        if reader.eat(cx, Kw::Hours).is_none() {
            let help = say!(cx.lang, "viết 10:00, 15 giờ hoặc 15 giờ 30", "write 10:00");
            reader.expected_or(cx, "một giờ trong ngày", "a time of day", Some(help));
            return None;
        }
        let minute = if reader.is_kind(TokenKind::Number) { number(cx, reader)?.value.as_whole()? } else { 0 };
        reader.eat(cx, Kw::Minutes);
        (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?)
    };
    if hour > 23 || minute > 59 {
        let message = say!(cx.lang, "không có giờ này trong ngày", "there is no such time of day");
        cx.error(codes::BAD_VALUE, reader.since(start), message);
        return None;
    }
    Some(ClockTime { hour, minute })
}

/// `10:00 ngày 24/4/2026`, `ngày 04/5/2026`, `15 giờ 30 ngày 24/4/2026`; `fmt` adds a missing `ngày`.
pub(super) fn moment(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Moment> {
    let start = reader.here();
    let time = match reader.peek().map(|token| token.kind) {
        Some(TokenKind::Clock | TokenKind::Number) => Some(clock(cx, reader)?),
        _ => None,
    };
    if reader.is_kind(TokenKind::Date) && cx.words() != WordSet::English {
        cx.rewrites.push(Rewrite { span: reader.here(), to: Rewritten::Before(Kw::Days) });
    }
    let date = date(cx, reader)?;
    Some(Moment { date: date.value, time, span: reader.since(start) })
}

/// `31/7`
pub(super) fn calendar_day(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<CalendarDay> {
    let Some(span) = reader.eat_kind(TokenKind::Fraction) else {
        reader.expected(cx, "ngày và tháng, như 31/7", "a day and month, as 31/7");
        return None;
    };
    let (day, month) = cx.slice(span).split_once('/')?;
    let (day, month) = (day.parse().ok()?, month.parse().ok()?);
    // 2024 is a leap year, so that 29/02 is a day of some years.
    if jiff::civil::Date::new(2024, month, day).is_err() {
        let message = say!(cx.lang, "không có ngày này trong năm", "no year has this day");
        cx.error(codes::BAD_VALUE, span, message);
        return None;
    }
    Some(CalendarDay { day: day as u8, month: month as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_documents_write_them() {
        assert_eq!(parse_number("8.000"), Some(Number::whole(8000)));
        assert_eq!(parse_number("0,5"), Some(Number::new(1, 2)));
        assert_eq!(parse_number("1/2"), Some(Number::new(1, 2)));
        assert_eq!(parse_number("03"), Some(Number::whole(3)));
        assert_eq!(parse_number("1,000"), None);
        assert_eq!(parse_number("1.5"), None);
        assert_eq!(parse_number("99999999999999999999"), None);
    }
}
