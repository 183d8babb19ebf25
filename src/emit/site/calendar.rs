//! The working calendar as every page shares it: each day as one letter, and why days are off.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::Site;
use crate::time::{DayKind, Known};

#[derive(Serialize)]
struct Days {
    /// ISO 8601; the letters follow from here, one a day.
    first: String,
    /// `w` worked, `s` worked in place of another day, `r` weekly rest, `o` off; large where the day is announced but not
    /// confirmed. Of years without an official calendar: `1`, `2`, `3`, `4`.
    days: String,
    /// Why a day is off or worked, by its number.
    reasons: Vec<String>,
    why: BTreeMap<usize, usize>,
}

pub(super) fn script(site: &Site<'_>) -> String {
    let calendar = site.registers.calendar(None, None);
    let (mut days, mut reasons, mut why) = (String::new(), Vec::<String>::new(), BTreeMap::new());
    let mut at = 0_usize;
    while let Some(day) = i32::try_from(at).ok().and_then(|at| calendar.get(at)) {
        let kind = match day.kind {
            DayKind::Working => 0,
            DayKind::Swapped => 1,
            DayKind::WeeklyRest => 2,
            DayKind::Off => 3,
        };
        let letters = match day.known {
            Known::Official => b"wsro",
            Known::Unconfirmed => b"WSRO",
            Known::Provisional => b"1234",
        };
        days.push(char::from(letters[kind]));
        if let Some((name, source)) = &day.reason {
            let text = source.as_ref().map_or_else(|| name.clone(), |source| format!("{name} ({source})"));
            let known = reasons.iter().position(|known| *known == text).unwrap_or(reasons.len());
            if known == reasons.len() {
                reasons.push(text);
            }
            why.insert(at, known);
        }
        at += 1;
    }
    super::script("calendar", &Days { first: calendar.date(0).to_string(), days, reasons, why })
}
