//! Date arithmetic: named cases with the days worked out in the test, and a million random ones beside a slow walk.

use jiff::civil::{Date, Weekday, date};
use rayon::prelude::*;
use thutuc::compile::Catalogue;
use thutuc::lang::Lang;
use thutuc::model::{Duration, Number, Unit};
use thutuc::time::{Calendar, Clock, Day, DayKind, Instant, Known, Office, Shift};

mod support;

fn shipped() -> Catalogue {
    Catalogue::read(support::shipped(), support::options(Lang::Vi))
}

fn time(amount: i64, unit: Unit) -> Duration {
    Duration { amount: Number::whole(amount), unit }
}

/// A moment of the shipped calendar.
fn at(calendar: &Calendar, day: Date, hour: u16, minute: u16) -> Instant {
    Instant { day: calendar.day(day).expect("in the calendar"), minute: hour * 60 + minute }
}

#[track_caller]
fn ends(calendar: &Calendar, from: Instant, limit: Duration, expected: Date) {
    let end = calendar.limit_ends(from, &limit).expect("in the calendar");
    assert_eq!((calendar.date(end.day), end.minute), (expected, 17 * 60));
}

#[test]
fn working_days_skip_tet_and_the_first_day() {
    let catalogue = shipped();
    let calendar = catalogue.registers.calendar(None, None);
    // Friday 13/02/2026; off 16–20/02; Monday 23/02 is the first working day after it.
    ends(calendar, at(calendar, date(2026, 2, 13), 10, 0), time(1, Unit::WorkingDays), date(2026, 2, 23));
    // 9, 10, 11, 12, 13, 23, 24.
    ends(calendar, at(calendar, date(2026, 2, 6), 8, 0), time(7, Unit::WorkingDays), date(2026, 2, 24));
}

#[test]
fn calendar_days_end_on_a_working_day() {
    let catalogue = shipped();
    let calendar = catalogue.registers.calendar(None, None);
    // 06/02 + 15 = 21/02, a Saturday: Monday 23/02.
    ends(calendar, at(calendar, date(2026, 2, 6), 8, 0), time(15, Unit::Days), date(2026, 2, 23));
    // 16/4 + 10 = 26/4, a Sunday and Giỗ Tổ; Monday 27/4 is given for it: Tuesday 28/4.
    ends(calendar, at(calendar, date(2026, 4, 16), 8, 0), time(10, Unit::Days), date(2026, 4, 28));
}

#[test]
fn a_saturday_swapped_in_is_a_working_day() {
    let catalogue = shipped();
    let calendar = catalogue.registers.calendar(None, None);
    // Saturday 22/8/2026 is worked in place of Monday 31/8.
    ends(calendar, at(calendar, date(2026, 8, 21), 8, 0), time(1, Unit::WorkingDays), date(2026, 8, 22));
    ends(calendar, at(calendar, date(2026, 8, 28), 8, 0), time(1, Unit::WorkingDays), date(2026, 9, 3));
}

#[test]
fn months_keep_the_day_or_take_the_last() {
    let catalogue = shipped();
    let calendar = catalogue.registers.calendar(None, None);
    // 31/01/2025 + 1 month: 28/02/2025, a Friday.
    ends(calendar, at(calendar, date(2025, 1, 31), 8, 0), time(1, Unit::Months), date(2025, 2, 28));
    // 29/02/2024 + 1 year: 28/02/2025.
    ends(calendar, at(calendar, date(2024, 2, 29), 8, 0), time(1, Unit::Years), date(2025, 2, 28));
    // 30/10/2026 + 1 month: 30/11/2026, a Monday.
    ends(calendar, at(calendar, date(2026, 10, 30), 8, 0), time(1, Unit::Months), date(2026, 11, 30));
    // 15/01/2026 + 1 month: 15/02, a Sunday before Tết: 23/02.
    ends(calendar, at(calendar, date(2026, 1, 15), 8, 0), time(1, Unit::Months), date(2026, 2, 23));
}

#[test]
fn a_file_that_comes_when_nobody_works_is_received_when_the_office_opens() {
    let catalogue = shipped();
    let calendar = catalogue.registers.calendar(None, None);
    let received = |from: Instant| calendar.receive(from).expect("in the calendar");
    // Sunday evening: Monday 07:30. After hours before a holiday: after it. At lunch: 13:00.
    assert_eq!(received(at(calendar, date(2026, 3, 1), 20, 0)), at(calendar, date(2026, 3, 2), 7, 30));
    assert_eq!(received(at(calendar, date(2026, 4, 29), 17, 0)), at(calendar, date(2026, 5, 4), 7, 30));
    assert_eq!(received(at(calendar, date(2026, 3, 2), 12, 0)), at(calendar, date(2026, 3, 2), 13, 0));
    assert_eq!(received(at(calendar, date(2026, 3, 2), 16, 59)), at(calendar, date(2026, 3, 2), 16, 59));
}

#[test]
fn work_goes_on_where_it_stopped() {
    let catalogue = shipped();
    let calendar = catalogue.registers.calendar(None, None);
    let done = |from: Instant, work: Duration| calendar.work_ends(from, &work).expect("in the calendar");
    // Half a day from 15:30: 90 minutes on Friday, 150 on Monday.
    let half = Duration { amount: Number::new(1, 2), unit: Unit::WorkingDays };
    assert_eq!(done(at(calendar, date(2026, 3, 6), 15, 30), half), at(calendar, date(2026, 3, 9), 10, 0));
    // A whole day from the opening ends at the close.
    let day = time(1, Unit::WorkingDays);
    assert_eq!(done(at(calendar, date(2026, 3, 6), 7, 30), day), at(calendar, date(2026, 3, 6), 17, 0));
    assert_eq!(done(at(calendar, date(2026, 3, 6), 7, 31), day), at(calendar, date(2026, 3, 9), 7, 31));
    // Twenty-four hours run by the clock.
    let hours = time(24, Unit::Hours);
    assert_eq!(done(at(calendar, date(2026, 3, 4), 9, 0), hours), at(calendar, date(2026, 3, 5), 9, 0));
}

#[test]
fn a_clock_that_stopped_counts_from_the_day_after_it_goes_on() {
    let catalogue = shipped();
    let calendar = catalogue.registers.calendar(None, None);
    // Ten working days from 10/8/2026; stopped at 16:00 on 18/8 (six whole days), on again at 10:00 on 27/8: 28/8, 3, 4, 7/9.
    let mut clock = Clock::new(at(calendar, date(2026, 8, 10), 9, 0), vec![time(10, Unit::WorkingDays)]);
    let (from, to) = (at(calendar, date(2026, 8, 18), 16, 0), at(calendar, date(2026, 8, 27), 10, 0));
    clock.pause(calendar, from, to).expect("in the calendar");
    assert_eq!(clock.ends(calendar).map(|end| calendar.date(end.day)), Some(date(2026, 9, 7)));
    // Additions in another unit run when the first has ended: 5 working days to 17/8, then 2 days to 19/8.
    let both = Clock::new(at(calendar, date(2026, 8, 10), 9, 0), vec![time(5, Unit::WorkingDays), time(2, Unit::Days)]);
    assert_eq!(both.ends(calendar).map(|end| calendar.date(end.day)), Some(date(2026, 8, 19)));
}

#[test]
fn a_year_without_an_official_calendar_is_provisional() {
    let catalogue = shipped();
    let calendar = catalogue.registers.calendar(None, None);
    let day = |day: Date| calendar.day(day).expect("in the calendar");
    assert_eq!(calendar.known_between(day(date(2026, 3, 2)), day(date(2026, 3, 6))), Known::Official);
    assert_eq!(calendar.known_between(day(date(2026, 11, 23)), day(date(2026, 11, 25))), Known::Unconfirmed);
    assert_eq!(calendar.known_between(day(date(2026, 12, 30)), day(date(2027, 1, 5))), Known::Provisional);
    // Tết 2027 begins on Saturday 06/02; Giỗ Tổ is Friday 16/4.
    assert!(!calendar.is_working(day(date(2027, 2, 5))) && !calendar.is_working(day(date(2027, 2, 8))));
    assert!(!calendar.is_working(day(date(2027, 4, 16))));
}

/// A random calendar and every minute of it, the slow way.
struct Walked {
    calendar: Calendar,
    /// Of each minute from the first midnight: whether it is worked.
    worked: Vec<bool>,
    working_day: Vec<bool>,
    close: usize,
}

/// A small generator, the same everywhere: xorshift64* (Vigna, 2016).
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % below
    }
}

const FIRST: Date = date(2025, 1, 1);
const DAYS: usize = 120;

impl Walked {
    fn new(random: &mut Random) -> Walked {
        let morning = 420 + random.next(90) as u16;
        let noon = morning + 120 + random.next(120) as u16;
        let afternoon = noon + random.next(120) as u16;
        let evening = afternoon + 120 + random.next(120) as u16;
        let shifts = vec![Shift { from: morning, until: noon }, Shift { from: afternoon, until: evening }];
        let mut days = Vec::new();
        for at in 0..DAYS {
            let weekday = FIRST.saturating_add(jiff::Span::new().days(at as i64)).weekday();
            let rest = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
            let kind = match random.next(20) {
                0 if rest => DayKind::Swapped,
                1 | 2 if !rest => DayKind::Off,
                _ if rest => DayKind::WeeklyRest,
                _ => DayKind::Working,
            };
            days.push(Day { kind, known: Known::Official, reason: None });
        }
        let working_day: Vec<bool> = days.iter().map(|day| day.kind.is_working()).collect();
        let in_shift =
            |minute: usize| shifts.iter().any(|shift| (shift.from as usize..shift.until as usize).contains(&minute));
        let worked = (0..DAYS * 1_440).map(|minute| working_day[minute / 1_440] && in_shift(minute % 1_440)).collect();
        let close = evening as usize;
        let calendar = Calendar::new(FIRST, days, Office { shifts, reception: Vec::new() });
        Walked { calendar, worked, working_day, close }
    }

    /// Minute by minute until so much work is done; the moment after the last minute.
    fn work(&self, from: usize, minutes: usize) -> Option<usize> {
        let mut left = minutes;
        if left == 0 {
            return Some(from);
        }
        for at in from..self.worked.len() {
            left -= usize::from(self.worked[at]);
            if left == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    /// The first worked minute.
    fn received(&self, from: usize) -> Option<usize> {
        (from..self.worked.len()).find(|at| self.worked[*at])
    }

    /// Day by day, the first not counted; at the close of the last.
    fn working_days(&self, from: usize, count: usize) -> Option<usize> {
        let mut left = count;
        for day in from / 1_440 + 1..DAYS {
            left -= usize::from(self.working_day[day]);
            if left == 0 {
                return Some(day * 1_440 + self.close);
            }
        }
        None
    }

    /// So many days on, then to a working day.
    fn days(&self, from: usize, count: usize) -> Option<usize> {
        let last = (from / 1_440 + count..DAYS).find(|day| self.working_day[*day])?;
        Some(last * 1_440 + self.close)
    }
}

#[test]
fn a_million_random_cases_agree_with_a_walk_minute_by_minute() {
    let tried: usize = (1..=1_000_u64)
        .into_par_iter()
        .map(|seed| {
            let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let walked = Walked::new(&mut random);
            (0..1_000).filter(|_| one(&walked, &mut random)).count()
        })
        .sum();
    // The few that run out of the calendar agree too, in that both say so.
    assert!(tried > 990_000, "{tried} cases stayed in the calendar");
}

/// One moment and one duration; whether it stayed in the calendar.
fn one(walked: &Walked, random: &mut Random) -> bool {
    let calendar = &walked.calendar;
    let filed = random.next((DAYS as u64 - 60) * 1_440) as usize;
    let instant = |minute: usize| Instant { day: (minute / 1_440) as i32, minute: (minute % 1_440) as u16 };
    let received = walked.received(filed);
    assert_eq!(calendar.receive(instant(filed)), received.map(instant), "received");
    let Some(from) = received else { return false };
    let (slow, fast) = match random.next(6) {
        0 => {
            let count = 1 + random.next(15) as usize;
            let limit = time(count as i64, Unit::WorkingDays);
            (walked.working_days(from, count), calendar.limit_ends(instant(from), &limit))
        }
        1 => {
            let count = 1 + random.next(25) as usize;
            (walked.days(from, count), calendar.limit_ends(instant(from), &time(count as i64, Unit::Days)))
        }
        2 => {
            let hours = 1 + random.next(20) as usize;
            (walked.work(from, hours * 60), calendar.work_ends(instant(from), &time(hours as i64, Unit::WorkingHours)))
        }
        3 => {
            let minutes = 1 + random.next(600) as usize;
            let worked = calendar.worked(instant(from)).expect("in the calendar");
            (walked.work(from, minutes), calendar.when_worked(worked + minutes as i64))
        }
        _ => {
            // Quarters of a working day, rounded up to a minute.
            let quarters = 1 + random.next(16) as i64;
            let minutes = (quarters * i64::from(calendar.minutes_a_day()) + 3) / 4;
            let work = Duration { amount: Number::new(quarters, 4), unit: Unit::WorkingDays };
            (walked.work(from, minutes as usize), calendar.work_ends(instant(from), &work))
        }
    };
    assert_eq!(fast, slow.map(instant));
    slow.is_some()
}
