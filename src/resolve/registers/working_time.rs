//! Working calendars from the register of calendars; years without an official calendar are computed from the Labour Code.

use jiff::civil::{Date, Weekday, date};

use super::{CalendarYear, Calendars, DayStatus, Hour, LocalHours, OfficeHours, Registers, RestDay};
use crate::time::calendar::{Calendar, Day, DayKind, Known, Office, Shift};
use crate::time::holidays::{HolidayKind, by_law, on_rest_days};

/// How many years are computed before the first of the register and after the last.
const YEARS_BEFORE: i16 = 1;
const YEARS_AFTER: i16 = 12;

impl Registers {
    /// The calendar by which an agency works at a place: its own hours, else those of the place, else the common ones.
    pub fn calendar(&self, agency: Option<&str>, place: Option<&str>) -> &Calendar {
        let at_place = |local: &LocalHours| match (&local.place, place) {
            (None, _) => true,
            (Some(own), Some(place)) => {
                place == own || place.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('/'))
            }
            (Some(_), None) => false,
        };
        let fits = |local: &LocalHours| match &local.agency {
            Some(own) => agency.is_some_and(|agency| own.is(agency)) && at_place(local),
            None => local.place.is_some() && at_place(local),
        };
        // The most particular speaks: an agency at a place, an agency, a commune, a province.
        let local =
            self.calendars.local_hours.iter().enumerate().filter(|(_, local)| fits(local)).max_by_key(|(at, local)| {
                let depth = local.place.as_ref().map_or(0, |place| 1 + place.matches('/').count());
                (local.agency.is_some(), depth, std::cmp::Reverse(*at))
            });
        &self.working_time[local.map_or(0, |(at, _)| at + 1)]
    }

    /// Lays out the calendars; done once, after the register was read.
    pub(super) fn lay_out_calendars(&mut self) {
        let common = office(self.calendars.office_hours.as_ref());
        let (first, days) = days(&self.calendars);
        let calendar = Calendar::new(first, days, common.clone());
        let locals = self.calendars.local_hours.iter().map(|local| calendar.at(local_office(local, &common)));
        self.working_time = std::iter::once(calendar.clone()).chain(locals).collect();
    }
}

fn shift(hours: &[Hour; 2]) -> Shift {
    Shift::new(hours[0].0, hours[1].0)
}

/// Hours that go backwards were reported; the usual ones stand in for them.
fn sound(office: Office) -> Office {
    let forwards = office.shifts.windows(2).all(|pair| pair[0].until <= pair[1].from)
        && office
            .shifts
            .iter()
            .chain(office.reception.iter().map(|(_, shift)| shift))
            .all(|shift| shift.from < shift.until);
    if forwards {
        office
    } else {
        Office {
            shifts: vec![Shift { from: 450, until: 690 }, Shift { from: 780, until: 1_020 }],
            reception: Vec::new(),
        }
    }
}

/// Half past seven to half past eleven and one to five where nothing is said.
fn office(hours: Option<&OfficeHours>) -> Office {
    let shifts = match hours {
        Some(hours) => vec![shift(&hours.morning), shift(&hours.afternoon)],
        None => vec![Shift { from: 450, until: 690 }, Shift { from: 780, until: 1_020 }],
    };
    sound(Office { shifts, reception: Vec::new() })
}

fn local_office(local: &LocalHours, common: &Office) -> Office {
    let mut office = common.clone();
    for (at, own) in [&local.morning, &local.afternoon].into_iter().enumerate() {
        if let Some(own) = own {
            office.shifts[at] = shift(own);
        }
    }
    let rest = [(Weekday::Saturday, &local.saturday), (Weekday::Sunday, &local.sunday)];
    office.reception = rest.into_iter().filter_map(|(day, hours)| Some((day, shift(hours.as_ref()?)))).collect();
    sound(office)
}

/// Every day of the years that are listed and of those computed around them.
fn days(calendars: &Calendars) -> (Date, Vec<Day>) {
    let listed = |year: i16| calendars.years.iter().find(|listed| listed.year == year);
    let first = calendars.years.iter().map(|year| year.year).min().unwrap_or(2024) - YEARS_BEFORE;
    let last = calendars.years.iter().map(|year| year.year).max().unwrap_or(2026) + YEARS_AFTER;
    let mut days = Vec::new();
    for year in first..=last {
        let start = date(year, 1, 1);
        let from = days.len();
        let mut day = start;
        while day.year() == year {
            let known =
                if listed(year).is_some_and(|year| year.official) { Known::Official } else { Known::Provisional };
            let kind = if rests(calendars, day.weekday()) { DayKind::WeeklyRest } else { DayKind::Working };
            days.push(Day { kind, known, reason: None });
            day = day.tomorrow().unwrap_or(date(9999, 12, 31));
        }
        set_feasts(year, start, &mut days[from..]);
        match listed(year) {
            Some(year) => set_listed(year, start, &mut days[from..]),
            None => set_computed(year, start, &mut days[from..]),
        }
    }
    (date(first, 1, 1), days)
}

fn rests(calendars: &Calendars, weekday: Weekday) -> bool {
    let day = match weekday {
        Weekday::Saturday => RestDay::Saturday,
        Weekday::Sunday => RestDay::Sunday,
        _ => return false,
    };
    calendars.weekly_rest.is_empty() || calendars.weekly_rest.contains(&day)
}

fn at(start: Date, day: Date) -> usize {
    start.until(day).map_or(0, |span| span.get_days().max(0) as usize)
}

/// A holiday on a weekly rest day: nobody takes files then either.
fn set_feasts(year: i16, start: Date, days: &mut [Day]) {
    for (date, name) in on_rest_days(year) {
        if let Some(day) = days.get_mut(at(start, date)).filter(|day| day.kind == DayKind::WeeklyRest) {
            day.kind = DayKind::Off;
            day.reason = Some((name.vi.to_owned(), Some("Điều 112 Bộ luật Lao động".to_owned())));
        }
    }
}

fn set_listed(year: &CalendarYear, start: Date, days: &mut [Day]) {
    for off in &year.days_off {
        let Some(day) = days.get_mut(at(start, off.date.0)).filter(|_| off.date.0.year() == year.year) else {
            continue;
        };
        day.kind = DayKind::Off;
        day.known = match off.status {
            DayStatus::Official => day.known,
            DayStatus::Unconfirmed => Known::Unconfirmed,
        };
        day.reason = Some((off.name.clone(), off.source.clone()));
    }
    for worked in &year.working_days {
        let Some(day) = days.get_mut(at(start, worked.date.0)).filter(|_| worked.date.0.year() == year.year) else {
            continue;
        };
        day.kind = DayKind::Swapped;
        let instead = worked.instead_of.map(|day| format!("Làm bù ngày {}", crate::model::quantity::short_date(day.0)));
        day.reason = Some((instead.unwrap_or_else(|| "Làm bù".to_owned()), worked.source.clone()));
    }
}

fn set_computed(year: i16, start: Date, days: &mut [Day]) {
    for holiday in by_law(year) {
        let Some(day) = days.get_mut(at(start, holiday.date)) else { continue };
        day.kind = DayKind::Off;
        let article = match holiday.kind {
            HolidayKind::Holiday => Some("Điều 112 Bộ luật Lao động".to_owned()),
            HolidayKind::Compensation => Some("khoản 3 Điều 111 Bộ luật Lao động".to_owned()),
            HolidayKind::Unconfirmed => None,
        };
        day.reason = Some((holiday.name.vi.to_owned(), article));
    }
}
