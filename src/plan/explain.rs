//! Why a date is what it is: the rule, then day by day, each line with what it rests on.

use super::decision::{Course, Date};
use super::path::Promised;
use super::wording::uncapitalised;
use super::{ProcedurePlan, Wording};
use crate::lang::say;
use crate::model::quantity::short_date;
use crate::model::{Duration, Limit, Unit};
use crate::time::{Calendar, DayKind, Instant, Known};

/// More days than this are not listed one by one: only those that are off.
const MOST_DAYS: i32 = 45;

/// The derivation of a due date.
pub fn day_by_day(
    date: &Date<'_>,
    course: &Course<'_>,
    plan: &ProcedurePlan<'_>,
    wording: &Wording<'_>,
) -> Vec<String> {
    let (lang, calendar) = (wording.lang, plan.calendar());
    let mut lines = Vec::new();
    let (Some(starts), Some(due)) = (date.starts, date.due) else { return lines };
    let limit = wording.promised(&date.promise.limit);
    let basis = wording.cites(date.promise.cites).map_or(String::new(), |cites| format!(" ({cites})"));
    let from = wording.moment(starts, calendar);
    let event = date.promise.deadline.starts.as_ref().map(|start| wording.start(&start.value)).unwrap_or_default();
    lines.push(match event.is_empty() {
        true => say!(lang, "{limit}, từ {from}{basis}", "{limit}, from {from}{basis}"),
        false => say!(lang, "{limit}; {event}: {from}{basis}", "{limit}; {event}: {from}{basis}"),
    });
    // A day of the calendar is set, not counted.
    if matches!(
        date.promise.limit,
        Promised::Whole(Limit::EveryYear { .. } | Limit::EveryMonth { .. } | Limit::QuarterMonth { .. })
    ) {
        let day = wording.moment(due, calendar);
        lines.push(say!(lang, "ngày đã định: {day}", "the day that is set: {day}"));
        return lines;
    }
    if let Promised::Whole(Limit::SameDay { cutoff: Some(cutoff) }) = &date.promise.limit {
        let late = starts.minute > u16::from(cutoff.hour) * 60 + u16::from(cutoff.minute);
        lines.push(match late {
            true => say!(
                lang,
                "nhận sau {cutoff}: tính cho ngày làm việc tiếp theo",
                "received after {cutoff}: the next working day"
            ),
            false => say!(lang, "nhận không muộn hơn {cutoff}: trong ngày", "received by {cutoff}: the same day"),
        });
    }
    // What stopped the clock cuts the days in parts.
    let waits: Vec<(Instant, Instant)> = course
        .run
        .iter()
        .flat_map(|run| &run.taken)
        .filter(|taken| !taken.counted && taken.until > taken.from && taken.from >= starts && taken.from < due)
        .map(|taken| (taken.from, taken.until))
        .collect();
    let (mut since, mut count, mut used) = (starts, 0, 0_i64);
    for (wait_from, until) in waits {
        let wait = wait_from;
        days(since, wait.day, &date.promise.limit, &mut count, calendar, wording, &mut lines);
        let (wait, over) = (wording.moment(wait, calendar), wording.moment(until, calendar));
        lines.push(say!(lang, "từ {wait} đến {over}: không tính", "from {wait} to {over}: not counted"));
        // Whole days that have passed are used up; a day begun is not.
        if let Promised::For(limit) = &date.promise.limit
            && matches!(limit.as_slice(), [Duration { unit: Unit::WorkingDays, .. }])
        {
            let worked = |at: Instant| calendar.worked(at).unwrap_or(0);
            used += (worked(wait_from) - worked(since)) / i64::from(calendar.minutes_a_day()).max(1);
            count = i32::try_from(used).unwrap_or(count);
        }
        since = until;
    }
    let last = last_counted(since, due, &date.promise.limit, calendar);
    days(since, last, &date.promise.limit, &mut count, calendar, wording, &mut lines);
    rolled(last, due.day, calendar, wording, &mut lines);
    let ends = wording.moment(due, calendar);
    lines.push(say!(lang, "hết giờ làm việc ngày cuối: {ends}", "close of business on the last day: {ends}"));
    lines
}

/// Whether a limit counts working days alone.
fn counts_working(limit: &Promised) -> bool {
    match limit {
        Promised::For(limit) => limit.iter().all(|time| matches!(time.unit, Unit::WorkingDays | Unit::WorkingHours)),
        Promised::Whole(limit) => matches!(limit, Limit::SameDay { .. } | Limit::AtOnce),
    }
}

fn days(
    since: Instant,
    last: i32,
    limit: &Promised,
    count: &mut i32,
    calendar: &Calendar,
    wording: &Wording<'_>,
    lines: &mut Vec<String>,
) {
    let lang = wording.lang;
    if last > since.day && matches!(limit, Promised::For(_)) {
        let first = short_date(calendar.date(since.day));
        lines.push(match *count {
            0 => say!(
                lang,
                "{first}: ngày đầu không tính (khoản 2 Điều 147 Bộ luật Dân sự)",
                "{first}: the first day is not counted (Civil Code art. 147(2))"
            ),
            _ => say!(
                lang,
                "{first}: ngày hết chờ, đếm tiếp từ ngày sau",
                "{first}: the wait is over; counting goes on the day after"
            ),
        });
    }
    let working = counts_working(limit);
    let long = last - since.day > MOST_DAYS;
    for day in since.day + 1..=last {
        let Some(own) = calendar.get(day) else { continue };
        let date = short_date(calendar.date(day));
        let reason = match &own.reason {
            Some((name, Some(source))) => format!("{name} ({source})"),
            Some((name, None)) => name.clone(),
            None => String::new(),
        };
        let known = match own.known {
            Known::Official => String::new(),
            Known::Unconfirmed => say!(lang, ", chưa được xác nhận", ", unconfirmed"),
            Known::Provisional => say!(lang, ", tạm tính", ", provisional"),
        };
        if working && !own.kind.is_working() {
            let what = if own.kind == DayKind::WeeklyRest {
                say!(lang, "nghỉ hằng tuần", "weekly rest")
            } else {
                reason
            };
            lines.push(format!("{date}: {what}{known}"));
            continue;
        }
        if matches!(limit, Promised::Whole(_)) {
            lines.push(say!(lang, "{date}: ngày làm việc", "{date}: a working day"));
            continue;
        }
        *count += 1;
        if long && own.reason.is_none() {
            continue;
        }
        let swapped =
            if own.kind == DayKind::Swapped { format!(", {}", uncapitalised(&reason)) } else { String::new() };
        let count = *count;
        lines.push(match working {
            true => say!(lang, "{date}: ngày làm việc thứ {count}{swapped}", "{date}: working day {count}{swapped}"),
            false => say!(lang, "{date}: ngày thứ {count}", "{date}: day {count}"),
        });
    }
}

/// The last day that is counted, before it rolls on to a working day.
fn last_counted(since: Instant, due: Instant, limit: &Promised, calendar: &Calendar) -> i32 {
    let Promised::For(limit) = limit else { return due.day };
    let last = match limit.as_slice() {
        [Duration { amount, unit: Unit::Days }] => {
            amount.as_whole().and_then(|days| i32::try_from(days).ok()).map(|days| since.day + days)
        }
        [Duration { amount, unit: Unit::Months }] => {
            amount.as_whole().and_then(|months| calendar.months_after(since.day, months))
        }
        _ => None,
    };
    last.filter(|last| *last < due.day).unwrap_or(due.day)
}

/// A last day that is no working day rolls on (art. 148(5)).
fn rolled(last: i32, due: i32, calendar: &Calendar, wording: &Wording<'_>, lines: &mut Vec<String>) {
    if last == due {
        return;
    }
    let (last, due) = (short_date(calendar.date(last)), short_date(calendar.date(due)));
    lines.push(say!(
        wording.lang,
        "{last} là ngày nghỉ: kết thúc vào ngày làm việc tiếp theo, {due} (khoản 5 Điều 148 Bộ luật Dân sự)",
        "{last} is a day off: it ends on the next working day, {due} (Civil Code art. 148(5))"
    ));
}

/// The steps of a course with the time each takes.
pub fn steps(course: &Course<'_>, plan: &ProcedurePlan<'_>, wording: &Wording<'_>) -> Vec<String> {
    let calendar = plan.calendar();
    let taken = course.run.iter().flat_map(|run| &run.taken);
    let all = taken.map(|taken| {
        let kind = wording.step_kind(taken.step.kind);
        let name = taken.step.label.as_ref().map_or(kind, |label| label.value.as_str());
        let until = wording.moment(taken.until, calendar);
        match (taken.until > taken.from, taken.counted) {
            (false, _) => format!("- {name}"),
            (true, true) => say!(wording.lang, "- {name}: xong {until}", "- {name}: done {until}"),
            (true, false) => {
                say!(wording.lang, "- {name}: không tính, đến {until}", "- {name}: not counted, until {until}")
            }
        }
    });
    all.collect()
}
