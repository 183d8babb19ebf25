//! The Vietnamese lunar calendar, as far as public holidays need it: mùng 1 Tết and Giỗ Tổ.
//!
//! A month begins on the day of a new moon, at UTC+7 (Quyết định 121-CP of 08/8/1967, Quyết định 134/2002/QĐ-TTg), so
//! that Tết differs from the Chinese one in 1985, 2007, 2030 and 2053. Month 11 contains the winter solstice; where
//! thirteen months lie between two of them, the first one without a major solar term is a leap month and repeats the
//! number before it. Rules: Hồ Ngọc Đức, <https://www.informatik.uni-leipzig.de/~duc/amlich/calrules_vn.html>. Moon and
//! Sun: Jean Meeus, *Astronomical Algorithms*, 2nd edition, chapters 49 and 25.

use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;

/// The years in which each date was compared with an ephemeris. Until 1975 the country had two calendars.
pub const YEARS: RangeInclusive<i16> = 1976..=2100;

/// Mùng 1 Tết: the first day of the first lunar month. A year outside 1 to 9999 counts as the nearest of them.
pub fn new_year(year: i16) -> Date {
    LunarYear::of(year).first_day(1).date()
}

/// Giỗ Tổ Hùng Vương: the 10th day of the third lunar month. A year outside 1 to 9999 counts as the nearest of them.
pub fn hung_kings(year: i16) -> Date {
    let Day(first) = LunarYear::of(year).first_day(3);
    Day(first + 9).date()
}

/// A civil day at UTC+7, counted from 01/01/2000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day(i32);

const FIRST_DAY: Date = Date::constant(2000, 1, 1);

/// From the start of `FIRST_DAY` in Việt Nam to the epoch J2000.0, which is noon at Greenwich; in days.
const EPOCH: f64 = 0.5 + 7.0 / 24.0;

impl Day {
    fn last_of(year: i16) -> Day {
        let last = Date::new(year, 12, 31).expect("each year of at most four digits has this day");
        Day(FIRST_DAY.until(last).expect("days are the unit asked for by default").get_days())
    }

    fn date(self) -> Date {
        FIRST_DAY.saturating_add(self.0.days())
    }

    /// The day in Việt Nam of a moment in Terrestrial Time, in days from J2000.0.
    fn at(moment: f64) -> Day {
        Day((moment - clock_error(moment) + EPOCH).floor() as i32)
    }

    /// Its midnight, as a moment in Terrestrial Time.
    fn start(self) -> f64 {
        let moment = f64::from(self.0) - EPOCH;
        moment + clock_error(moment)
    }
}

/// A lunation, counted from the new moon of 06/01/2000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Lunation(i32);

impl Lunation {
    fn first_day(self) -> Day {
        Day::at(new_moon(self.0))
    }

    fn after(self, months: i32) -> Lunation {
        Lunation(self.0 + months)
    }

    /// The last one that begins by the end of this day.
    fn begun_by(day: Day) -> Lunation {
        let mut lunation = Lunation(((f64::from(day.0) - FIRST_NEW_MOON) / MEAN_MONTH).floor() as i32 + 1);
        while day < lunation.first_day() {
            lunation = lunation.after(-1);
        }
        lunation
    }

    /// The major solar term in force at its start, from 0 (xuân phân) through 9 (đông chí) to 11.
    fn major_term(self) -> u8 {
        (sun_longitude(self.first_day().start()) / 30.0) as u8
    }

    fn has_major_term(self) -> bool {
        self.major_term() != self.after(1).major_term()
    }
}

/// The month of a winter solstice, and how the months after it are numbered.
struct LunarYear {
    month_eleven: Lunation,
    /// How many months after month 11 the leap month comes.
    leap: Option<i32>,
}

impl LunarYear {
    /// The one whose month 11 lies in the year before.
    fn of(year: i16) -> LunarYear {
        let year = year.clamp(1, 9999);
        let (month_eleven, next) = (month_eleven(year - 1), month_eleven(year));
        let is_long = next.0 - month_eleven.0 == 13;
        let leap = (1..13).find(|after| is_long && !month_eleven.after(*after).has_major_term());
        LunarYear { month_eleven, leap }
    }

    /// The first day of a month from 1 to 10; never that of the leap month of the same number.
    fn first_day(&self, month: i32) -> Day {
        let after = month + 1;
        let skipped = i32::from(self.leap.is_some_and(|leap| leap <= after));
        self.month_eleven.after(after + skipped).first_day()
    }
}

/// The lunation that contains the winter solstice of a year.
fn month_eleven(year: i16) -> Lunation {
    let last = Lunation::begun_by(Day::last_of(year));
    // Begun after the solstice: it is month 12 already.
    if last.major_term() == 9 { last.after(-1) } else { last }
}

/// The mean synodic month, in days.
const MEAN_MONTH: f64 = 29.530588861;

/// The mean new moon of 06/01/2000, in days from J2000.0.
const FIRST_NEW_MOON: f64 = 5.09766;

/// A Julian century, in days.
const CENTURY: f64 = 36_525.0;

/// Terrestrial Time less Universal Time, in days: the polynomial for 2005 to 2050 of Espenak and Meeus, *Five
/// Millennium Canon of Solar Eclipses* (NASA, 2006). It stays within 15 seconds of what was measured since 1976.
fn clock_error(moment: f64) -> f64 {
    let years = moment / 365.25;
    (62.92 + years * (0.32217 + years * 0.005589)) / 86_400.0
}

/// A new moon in Terrestrial Time, in days from J2000.0: Meeus, chapter 49, without the terms below 15 seconds. Up to
/// 2100 it is within about two minutes of PyEphem; none that decides a date here comes nearer than seven minutes to
/// midnight.
fn new_moon(lunation: i32) -> f64 {
    let k = f64::from(lunation);
    let t = k * MEAN_MONTH / CENTURY;
    let angle = |at_first: f64, each: f64, square: f64| (at_first + each * k + square * t * t).to_radians();
    let sun = angle(2.5534, 29.10535670, -0.0000014);
    let moon = angle(201.5643, 385.81693528, 0.0107582);
    let latitude = angle(160.7108, 390.67050284, -0.0016118);
    let node = angle(124.7746, -1.56375588, 0.0020672);
    let venus = angle(299.77, 0.107408, -0.009173);
    // The orbit of the Earth grows rounder.
    let e = 1.0 - t * (0.002516 + t * 0.0000074);

    let mean = FIRST_NEW_MOON + MEAN_MONTH * k + 0.00015437 * t * t;
    let of_moon = -0.40720 * moon.sin() + 0.01608 * (2.0 * moon).sin() - 0.00042 * (3.0 * moon).sin();
    let of_sun = 0.17241 * e * sun.sin() + 0.00208 * e * e * (2.0 * sun).sin();
    let of_both = 0.00739 * e * (moon - sun).sin() - 0.00514 * e * (moon + sun).sin()
        + 0.00056 * e * (2.0 * moon + sun).sin()
        - 0.00024 * e * (2.0 * moon - sun).sin();
    let of_latitude = 0.01039 * (2.0 * latitude).sin()
        - 0.00111 * (moon - 2.0 * latitude).sin()
        - 0.00057 * (moon + 2.0 * latitude).sin()
        + 0.00042 * e * (sun + 2.0 * latitude).sin()
        + 0.00038 * e * (sun - 2.0 * latitude).sin();
    let of_others = -0.00017 * node.sin() + 0.000325 * venus.sin();
    mean + of_moon + of_sun + of_both + of_latitude + of_others
}

/// The apparent longitude of the Sun at a moment of Terrestrial Time, in degrees from 0 to 360: Meeus, chapter 25, low
/// accuracy (0.01 degrees, a quarter of an hour).
fn sun_longitude(moment: f64) -> f64 {
    let t = moment / CENTURY;
    let mean = 280.46646 + t * (36000.76983 + t * 0.0003032);
    let anomaly = (357.52911 + t * (35999.05029 - t * 0.0001537)).to_radians();
    let centre = (1.914602 - t * (0.004817 + t * 0.000014)) * anomaly.sin()
        + (0.019993 - t * 0.000101) * (2.0 * anomaly).sin()
        + 0.000289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1934.136 * t).to_radians();
    (mean + centre - 0.00569 - 0.00478 * node.sin()).rem_euclid(360.0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn tet_falls_on_the_days_that_are_known() {
        // China kept 20/02/1985, 18/02/2007 and 03/02/2030.
        let known = [
            date(1976, 1, 31),
            date(1985, 1, 21),
            date(2000, 2, 5),
            date(2007, 2, 17),
            date(2014, 1, 31),
            date(2020, 1, 25),
            date(2021, 2, 12),
            date(2022, 2, 1),
            date(2023, 1, 22),
            date(2024, 2, 10),
            date(2025, 1, 29),
            date(2026, 2, 17),
            date(2027, 2, 6),
            date(2028, 1, 26),
            date(2029, 2, 13),
            date(2030, 2, 2),
        ];
        for day in known {
            assert_eq!(new_year(day.year()), day);
        }
    }

    #[test]
    fn the_hung_kings_are_remembered_on_the_days_that_are_known() {
        let known = [
            date(2019, 4, 14),
            date(2020, 4, 2),
            date(2021, 4, 21),
            date(2022, 4, 10),
            // After a leap month 2.
            date(2023, 4, 29),
            date(2024, 4, 18),
            date(2025, 4, 7),
            date(2026, 4, 26),
            date(2027, 4, 16),
        ];
        for day in known {
            assert_eq!(hung_kings(day.year()), day);
        }
    }

    /// Both dates of each year, as days of the year: made from the new moons and solar longitudes of PyEphem 4.2.1, and
    /// the same in the Python packages holidays 0.109, vnlunar 1.0.5 and lunar-vn 1.4.0.
    #[test]
    fn each_year_agrees_with_an_ephemeris() {
        #[rustfmt::skip]
        let expected: [(i16, i16); 125] = [
            (31, 100), (49, 117), (38, 106), (28, 96), (47, 115), (36, 104), (25, 93), (44, 112), (33, 101), (21, 119),
            (40, 108), (29, 97), (48, 116), (37, 105), (27, 95), (46, 114), (35, 103), (23, 91), (41, 110), (31, 99),
            (50, 118), (38, 106), (28, 96), (47, 115), (36, 105), (24, 93), (43, 112), (32, 101), (22, 119), (40, 108),
            (29, 97), (48, 116), (38, 106), (26, 94), (45, 113), (34, 102), (23, 91), (41, 109), (31, 99), (50, 118),
            (39, 107), (28, 96), (47, 115), (36, 104), (25, 93), (43, 111), (32, 100), (22, 119), (41, 109), (29, 97),
            (48, 116), (37, 106), (26, 95), (44, 113), (33, 102), (23, 91), (42, 110), (31, 99), (50, 118), (39, 107),
            (28, 97), (46, 114), (35, 103), (24, 93), (43, 111), (32, 100), (22, 119), (41, 109), (30, 98), (48, 116),
            (37, 105), (26, 94), (45, 113), (33, 101), (23, 91), (42, 110), (32, 100), (49, 118), (39, 107), (28, 96),
            (46, 115), (35, 103), (24, 92), (43, 111), (33, 101), (21, 90), (40, 109), (29, 98), (48, 117), (36, 105),
            (26, 94), (45, 113), (34, 102), (23, 91), (42, 110), (31, 99), (50, 118), (38, 106), (27, 95), (46, 114),
            (36, 104), (24, 92), (43, 111), (33, 101), (22, 90), (40, 108), (29, 97), (48, 116), (37, 105), (26, 93),
            (45, 112), (34, 102), (24, 92), (41, 110), (30, 99), (49, 118), (38, 107), (27, 95), (46, 114), (36, 103),
            (25, 93), (43, 111), (32, 101), (21, 119), (40, 108),
        ];
        assert_eq!(YEARS.count(), expected.len());
        for (year, expected) in YEARS.zip(expected) {
            assert_eq!((new_year(year).day_of_year(), hung_kings(year).day_of_year()), expected, "{year}");
        }
    }

    #[test]
    fn any_year_has_an_answer() {
        for year in (i16::MIN..=i16::MAX).step_by(97) {
            assert!(new_year(year) < hung_kings(year));
        }
        assert_eq!(new_year(i16::MIN), new_year(1));
        assert_eq!(new_year(i16::MAX), new_year(9999));
    }
}
