//! A working calendar: every day of some years with what it is, and the shifts of an office.

use jiff::civil::{Date, Weekday};

use crate::model::ClockTime;

/// A minute of a day; days are counted from the first day of a [`Calendar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    pub day: i32,
    /// From midnight: 0 to 1,440.
    pub minute: u16,
}

/// A span of office time in one day, in minutes from midnight; work ends when the minute `until` begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    pub from: u16,
    pub until: u16,
}

impl Shift {
    pub fn new(from: ClockTime, until: ClockTime) -> Shift {
        let minutes = |clock: ClockTime| u16::from(clock.hour) * 60 + u16::from(clock.minute);
        Shift { from: minutes(from), until: minutes(until) }
    }

    fn minutes(self) -> u16 {
        self.until.saturating_sub(self.from)
    }
}

/// When an office works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The shifts of a working day, rising.
    pub shifts: Vec<Shift>,
    /// Reception on weekly rest days: files are taken, but the day counts as no working day.
    pub reception: Vec<(Weekday, Shift)>,
}

/// What a day is for state agencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    Working,
    /// A weekly rest day that is worked in place of another day.
    Swapped,
    WeeklyRest,
    Off,
}

impl DayKind {
    pub fn is_working(self) -> bool {
        matches!(self, DayKind::Working | DayKind::Swapped)
    }
}

/// How sure a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    Official,
    /// Announced, but its act has not been read.
    Unconfirmed,
    /// No official calendar yet: computed from the Labour Code.
    Provisional,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub kind: DayKind,
    pub known: Known,
    /// Why it is off or swapped, as the register says it, and the source.
    pub reason: Option<(String, Option<String>)>,
}

/// Every day from the first to the last of the years it covers.
#[derive(Clone, Debug)]
pub struct Calendar {
    first: Date,
    days: Vec<Day>,
    /// Of each day: how many working days lie before it; one more than there are days.
    before: Vec<u32>,
    /// The working days, rising.
    working: Vec<i32>,
    pub office: Office,
    minutes_a_day: u32,
    /// The first and last day with an official calendar.
    official: (i32, i32),
    /// Of each day a bit: whether it is worked.
    bits: Vec<u64>,
}

impl Calendar {
    /// `days` follow each other from `first` on.
    pub fn new(first: Date, days: Vec<Day>, office: Office) -> Calendar {
        let mut before = Vec::with_capacity(days.len() + 1);
        let mut working = Vec::new();
        let mut bits = vec![0_u64; days.len() / 64 + 3];
        for (at, day) in days.iter().enumerate() {
            before.push(working.len() as u32);
            if day.kind.is_working() {
                working.push(at as i32);
                bits[at / 64] |= 1 << (at % 64);
            }
        }
        before.push(working.len() as u32);
        let minutes_a_day = office.shifts.iter().map(|shift| u32::from(shift.minutes())).sum();
        let official = |day: &Day| day.known < Known::Provisional;
        let start = days.iter().position(official).unwrap_or(0) as i32;
        let end = days.iter().rposition(official).unwrap_or(0) as i32;
        Calendar { first, days, before, working, office, minutes_a_day, official: (start, end), bits }
    }

    /// The same days at another office.
    pub fn at(&self, office: Office) -> Calendar {
        Calendar::new(self.first, self.days.clone(), office)
    }

    pub fn day(&self, date: Date) -> Option<i32> {
        let day = date.since(self.first).ok()?.get_days();
        (day >= 0 && (day as usize) < self.days.len()).then_some(day)
    }

    pub fn date(&self, day: i32) -> Date {
        self.first.saturating_add(jiff::Span::new().days(day))
    }

    pub fn get(&self, day: i32) -> Option<&Day> {
        self.days.get(usize::try_from(day).ok()?)
    }

    pub fn is_working(&self, day: i32) -> bool {
        self.get(day).is_some_and(|day| day.kind.is_working())
    }

    /// The first and last day whose year has an official calendar.
    pub fn official_days(&self) -> (i32, i32) {
        self.official
    }

    /// How sure the least sure day from one to another is, both included.
    pub fn known_between(&self, from: i32, to: i32) -> Known {
        let days = self.days.get(from.max(0) as usize..=to.max(0) as usize).unwrap_or(&[]);
        // A rest day stays one whatever an announcement says.
        let counts = days.iter().filter(|day| day.known == Known::Provisional || day.kind != DayKind::WeeklyRest);
        counts.map(|day| day.known).max().unwrap_or(Known::Provisional)
    }

    /// Which of the days from one on are worked, as bits; at most 128 days.
    pub fn pattern(&self, from: i32, days: i32) -> u128 {
        let (word, shift) = (from.max(0) as usize / 64, from.max(0) as u32 % 64);
        let at = |word: usize| u128::from(self.bits.get(word).copied().unwrap_or(0));
        let all =
            (at(word) >> shift) | (at(word + 1) << (64 - shift)) | (at(word + 2).checked_shl(128 - shift).unwrap_or(0));
        if days >= 128 { all } else { all & ((1 << days) - 1) }
    }

    /// Working days after `from`, up to and with `to`.
    pub fn working_days(&self, from: i32, to: i32) -> i64 {
        let upto = |day: i32| {
            let at = (day + 1).clamp(0, self.days.len() as i32) as usize;
            i64::from(self.before[at])
        };
        (upto(to) - upto(from)).max(0)
    }

    /// The `count`th working day after a day; `count` is at least 1.
    pub fn working_day_after(&self, day: i32, count: u32) -> Option<i32> {
        let done = *self.before.get(usize::try_from(day + 1).ok()?)?;
        self.working.get((done + count) as usize - 1).copied()
    }

    /// The day itself where it is worked, else the next working day (Civil Code art. 148(5)).
    pub fn working_day_from(&self, day: i32) -> Option<i32> {
        self.working_day_after(day - 1, 1)
    }

    /// The end of work on a day.
    pub fn close(&self, day: i32) -> Instant {
        Instant { day, minute: self.office.shifts.last().map_or(1_440, |shift| shift.until) }
    }

    /// The beginning of work on a day.
    pub fn open(&self, day: i32) -> Instant {
        Instant { day, minute: self.office.shifts.first().map_or(0, |shift| shift.from) }
    }

    /// Minutes of work in a working day.
    pub fn minutes_a_day(&self) -> u32 {
        self.minutes_a_day
    }

    /// Working minutes from the first day up to a moment.
    pub fn worked(&self, moment: Instant) -> Option<i64> {
        let at = usize::try_from(moment.day).ok()?;
        let whole = i64::from(*self.before.get(at)?) * i64::from(self.minutes_a_day);
        if !self.days.get(at)?.kind.is_working() {
            return Some(whole);
        }
        let done = |shift: &Shift| i64::from(moment.minute.min(shift.until).saturating_sub(shift.from));
        Some(whole + self.office.shifts.iter().map(done).sum::<i64>())
    }

    /// Working minutes left of a day after a moment of it.
    pub fn left_of_day(&self, moment: Instant) -> u16 {
        let left = |shift: &Shift| shift.until.saturating_sub(moment.minute.max(shift.from));
        self.office.shifts.iter().map(left).sum()
    }

    /// The first moment at which so many working minutes are done; `minutes` is at least 1.
    pub fn when_worked(&self, minutes: i64) -> Option<Instant> {
        let a_day = i64::from(self.minutes_a_day).max(1);
        let day = *self.working.get(usize::try_from((minutes - 1) / a_day).ok()?)?;
        let mut left = (minutes - 1) % a_day + 1;
        for shift in &self.office.shifts {
            let own = i64::from(shift.minutes());
            if left <= own {
                return Some(Instant { day, minute: shift.from + left as u16 });
            }
            left -= own;
        }
        None
    }

    /// The shifts in which files are taken on a day.
    pub fn reception(&self, day: i32) -> Vec<Shift> {
        if self.is_working(day) {
            return self.office.shifts.clone();
        }
        match self.get(day) {
            Some(Day { kind: DayKind::WeeklyRest, .. }) => {
                let weekday = self.date(day).weekday();
                self.office.reception.iter().filter(|(on, _)| *on == weekday).map(|(_, shift)| *shift).collect()
            }
            _ => Vec::new(),
        }
    }

    /// When a file that arrives at a moment counts as received: then, or when the office opens next.
    pub fn receive(&self, moment: Instant) -> Option<Instant> {
        let mut day = moment.day;
        while usize::try_from(day).is_ok_and(|day| day < self.days.len()) {
            for shift in self.reception(day) {
                if day > moment.day || moment.minute < shift.until {
                    let minute = if day > moment.day { shift.from } else { moment.minute.max(shift.from) };
                    return Some(Instant { day, minute });
                }
            }
            day += 1;
        }
        None
    }
}
