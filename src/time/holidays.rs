//! The days off of state agencies in a year whose official calendar is not published yet, computed by law.
//!
//! Source: Labour Code 2019 (45/2019/QH14), art. 112(1) for the holidays and art. 111(3) for the days off in lieu. The
//! Prime Minister fixes Tết and the day beside 2/9 each year (art. 112(3)), and working days may be swapped, which
//! cannot be computed; so the result is provisional.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::lunar;
use crate::lang::Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolidayKind {
    Holiday,
    /// A working day off in lieu of a holiday on a weekly rest day.
    Compensation,
    /// Announced, but the law that makes it a day off was not seen.
    Unconfirmed,
}

/// A day from Monday to Friday on which offices are closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub date: Date,
    pub name: Words,
    pub kind: HolidayKind,
}

/// The days off from Monday to Friday, in order, each date once; weekly rest days are Saturday and Sunday. Meant for
/// the years from 2021, when the Code came into force, to the last of `lunar::YEARS`. A year outside 1 to 9999 counts
/// as the nearest of them.
pub fn by_law(year: i16) -> Vec<Holiday> {
    let mut feasts = feasts(year.clamp(1, 9999));
    feasts.sort_by_key(|feast| feast.date);
    let mut off = BTreeMap::new();
    for feast in feasts.iter().filter(|feast| is_working(feast.date)) {
        off.entry(feast.date).or_insert(Holiday { date: feast.date, name: feast.name, kind: feast.kind });
    }
    for feast in feasts.iter().filter(|feast| !is_working(feast.date)) {
        let mut date = feast.date;
        while !is_working(date) || off.contains_key(&date) {
            date = days_after(date, 1);
        }
        let kind = match feast.kind {
            HolidayKind::Unconfirmed => HolidayKind::Unconfirmed,
            HolidayKind::Holiday | HolidayKind::Compensation => HolidayKind::Compensation,
        };
        off.insert(date, Holiday { date, name: feast.in_lieu, kind });
    }
    off.into_values().collect()
}

/// The holidays that fall on a weekly rest day.
pub fn on_rest_days(year: i16) -> Vec<(Date, Words)> {
    let feasts = feasts(year.clamp(1, 9999)).into_iter();
    feasts.filter(|feast| !is_working(feast.date)).map(|feast| (feast.date, feast.name)).collect()
}

/// A holiday on whatever day of the week.
struct Feast {
    date: Date,
    name: Words,
    /// What a day off in lieu of it is called.
    in_lieu: Words,
    kind: HolidayKind,
}

/// Art. 112(1), and 24/11 from 2026: chosen by Nghị quyết 80-NQ/TW of 07/01/2026, but the law that says so was not
/// seen.
fn feasts(year: i16) -> Vec<Feast> {
    let day = |month: i8, day: i8| Date::new(year, month, day).expect("each year has the days that are named here");
    let feast = |date: Date, name: Words, in_lieu: Words| Feast { date, name, in_lieu, kind: HolidayKind::Holiday };
    let mut feasts = vec![
        feast(
            day(1, 1),
            Words::new("Tết Dương lịch", "New Year's Day"),
            Words::new("Tết Dương lịch, nghỉ bù cho ngày 01/01", "New Year's Day, in lieu of 1 January"),
        ),
        feast(
            lunar::hung_kings(year),
            Words::new("Giỗ Tổ Hùng Vương", "Hùng Kings' Day"),
            Words::new(
                "Giỗ Tổ Hùng Vương, nghỉ bù cho ngày 10/3 âm lịch",
                "Hùng Kings' Day, in lieu of the 10th of the 3rd lunar month",
            ),
        ),
        feast(
            day(4, 30),
            Words::new("Ngày Chiến thắng", "Victory Day"),
            Words::new("Ngày Chiến thắng, nghỉ bù cho ngày 30/4", "Victory Day, in lieu of 30 April"),
        ),
        feast(
            day(5, 1),
            Words::new("Ngày Quốc tế lao động", "International Labour Day"),
            Words::new("Ngày Quốc tế lao động, nghỉ bù cho ngày 01/5", "International Labour Day, in lieu of 1 May"),
        ),
    ];
    feasts.extend(tet(lunar::new_year(year)));
    feasts.extend(national_days(day(9, 2)));
    if year >= 2026 {
        feasts.push(Feast {
            date: day(11, 24),
            name: Words::new("Ngày Văn hóa Việt Nam", "Vietnamese Culture Day"),
            in_lieu: Words::new(
                "Ngày Văn hóa Việt Nam, nghỉ bù cho ngày 24/11",
                "Vietnamese Culture Day, in lieu of 24 November",
            ),
            kind: HolidayKind::Unconfirmed,
        });
    }
    feasts
}

/// The five days of Tết. Provisional: the last two days of the old year and the first three of the new one, as in 2023,
/// 2024 and 2025; where mùng 1 is a Tuesday, the eve and the first four days, a whole working week, as in 2022 and
/// 2026. This gives the days off of each of these years. The eve and four days in every year would not: they leave out
/// 20/01/2023, 08/02/2024 and 27/01/2025, and take 27/01/2023, 15/02/2024 and 03/02/2025 instead.
fn tet(new_year: Date) -> impl Iterator<Item = Feast> {
    let first = if new_year.weekday() == Weekday::Tuesday { -1 } else { -2 };
    (first..first + 5).map(move |after| Feast {
        date: days_after(new_year, after),
        name: Words::new("Tết Âm lịch", "Lunar New Year"),
        in_lieu: match after {
            -2 => Words::new(
                "Tết Âm lịch, nghỉ bù cho ngày áp cuối tháng Chạp",
                "Lunar New Year, in lieu of the last day but one of the old year",
            ),
            -1 => Words::new(
                "Tết Âm lịch, nghỉ bù cho ngày cuối tháng Chạp",
                "Lunar New Year, in lieu of the last day of the old year",
            ),
            0 => Words::new("Tết Âm lịch, nghỉ bù cho mùng 1", "Lunar New Year, in lieu of the first day"),
            1 => Words::new("Tết Âm lịch, nghỉ bù cho mùng 2", "Lunar New Year, in lieu of the second day"),
            2 => Words::new("Tết Âm lịch, nghỉ bù cho mùng 3", "Lunar New Year, in lieu of the third day"),
            _ => Words::new("Tết Âm lịch, nghỉ bù cho mùng 4", "Lunar New Year, in lieu of the fourth day"),
        },
        kind: HolidayKind::Holiday,
    })
}

/// 2/9 and the day beside it. Provisional: the side that is a working day and makes the longer run of days off, else
/// 1/9. So it was in each year since the Code came into force: 3/9 in 2021 and 2024, 1/9 in 2022, 2023, 2025 and 2026.
fn national_days(second: Date) -> [Feast; 2] {
    let side = match second.weekday() {
        Weekday::Sunday | Weekday::Monday | Weekday::Thursday => 1,
        Weekday::Tuesday | Weekday::Wednesday | Weekday::Friday | Weekday::Saturday => -1,
    };
    let in_lieu = Words::new("Quốc khánh, nghỉ bù cho ngày 02/9", "National Day, in lieu of 2 September");
    let feast = |date: Date, name: Words| Feast { date, name, in_lieu, kind: HolidayKind::Holiday };
    [
        feast(second, Words::new("Quốc khánh", "National Day")),
        feast(days_after(second, side), Words::new("Quốc khánh, ngày liền kề", "National Day, the day beside it")),
    ]
}

fn is_working(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn days_after(date: Date, days: i32) -> Date {
    date.saturating_add(days.days())
}

#[cfg(test)]
mod tests {
    use super::HolidayKind::{Compensation, Holiday, Unconfirmed};
    use super::*;

    /// `d/m` with `+` for a day off in lieu and `?` for one that is not confirmed.
    fn computed(year: i16) -> Vec<String> {
        let mark = |kind: HolidayKind| match kind {
            Holiday => "",
            Compensation => "+",
            Unconfirmed => "?",
        };
        by_law(year).iter().map(|off| format!("{}/{}{}", off.date.day(), off.date.month(), mark(off.kind))).collect()
    }

    /// Compares with an official calendar (`procedures/registers/calendars.yaml`), whose swapped days no law tells.
    fn assert_official(year: i16, official: &str, swapped: &[&str]) {
        let expected: Vec<&str> = official.split(' ').filter(|day| !swapped.contains(day)).collect();
        assert_eq!(computed(year), expected, "{year}");
        assert_eq!(expected.len() + swapped.len(), official.split(' ').count(), "the swapped days of {year}");
    }

    #[test]
    fn the_days_of_2024_differ_from_the_official_ones_by_the_swap_of_29_april() {
        assert_official(2024, "1/1 8/2 9/2 12/2 13/2+ 14/2+ 18/4 29/4 30/4 1/5 2/9 3/9", &["29/4"]);
    }

    #[test]
    fn the_days_of_2025_differ_from_the_official_ones_by_the_swap_of_2_may() {
        assert_official(2025, "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", &["2/5"]);
    }

    #[test]
    fn the_days_of_2026_differ_from_the_official_ones_by_the_swaps_of_2_january_and_31_august() {
        let official = "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4+ 30/4 1/5 31/8 1/9 2/9 24/11?";
        assert_official(2026, official, &["2/1", "31/8"]);
    }

    /// These three years had no swap; days as in the Python package holidays 0.109, which follows the announcements.
    #[test]
    fn the_first_years_of_the_code_agree() {
        assert_official(2021, "1/1 10/2 11/2 12/2 15/2+ 16/2+ 21/4 30/4 3/5+ 2/9 3/9", &[]);
        assert_official(2022, "3/1+ 31/1 1/2 2/2 3/2 4/2 11/4+ 2/5+ 3/5+ 1/9 2/9", &[]);
        assert_official(2023, "2/1+ 20/1 23/1 24/1 25/1+ 26/1+ 1/5 2/5+ 3/5+ 1/9 4/9+", &[]);
    }

    #[test]
    fn the_days_of_2027_are_those_the_law_lets_expect() {
        assert_official(2027, "1/1 4/2 5/2 8/2 9/2+ 10/2+ 16/4 30/4 3/5+ 2/9 3/9 24/11?", &[]);
    }

    #[test]
    fn a_day_in_lieu_says_which_day_it_is_for() {
        let name = |year: i16, month: i8, day: i8| {
            let date = Date::constant(year, month, day);
            by_law(year).into_iter().find(|off| off.date == date).map(|off| off.name.vi)
        };
        assert_eq!(name(2026, 4, 27), Some("Giỗ Tổ Hùng Vương, nghỉ bù cho ngày 10/3 âm lịch"));
        // 29/4 and 30/4/2023 were a Saturday and a Sunday, 01/5 a Monday.
        assert_eq!(name(2023, 5, 2), Some("Giỗ Tổ Hùng Vương, nghỉ bù cho ngày 10/3 âm lịch"));
        assert_eq!(name(2023, 5, 3), Some("Ngày Chiến thắng, nghỉ bù cho ngày 30/4"));
        assert_eq!(name(2024, 2, 13), Some("Tết Âm lịch, nghỉ bù cho mùng 1"));
    }

    #[test]
    fn an_unconfirmed_day_on_a_saturday_is_made_up_for_without_being_confirmed() {
        let last = by_law(2029).pop().map(|off| (off.date, off.kind));
        assert_eq!(last, Some((Date::constant(2029, 11, 26), Unconfirmed)));
    }

    #[test]
    fn no_holiday_is_lost_and_none_is_on_a_weekend() {
        for year in 2021..=*lunar::YEARS.end() {
            let days = by_law(year);
            assert_eq!(days.len(), if year < 2026 { 11 } else { 12 }, "{year}");
            assert!(days.iter().all(|off| off.date.year() == year && is_working(off.date)), "{year}");
            assert!(days.is_sorted_by(|one, next| one.date < next.date), "{year}");
        }
    }

    #[test]
    fn any_year_has_an_answer() {
        assert!(!by_law(i16::MIN).is_empty());
        assert!(!by_law(i16::MAX).is_empty());
    }
}
