//! What days of receipt have in common: a day need not be tried when one like it was.

use rustc_hash::FxHashMap;

use crate::model::{Duration, Limit, Unit};
use crate::plan::path::{Move, Path, Promised};
use crate::time::Calendar;

/// Two days after which the same days are worked, as far ahead as anything reached, come out the same; unless something depends
/// on the date itself. What is known is kept by how far ahead it reached.
pub(super) struct Patterns {
    by_reach: Vec<(i32, Known)>,
    /// Nothing depends on the date itself.
    is_free: bool,
}

/// Which promises break, by the days that are worked and the day of the week where that matters.
type Known = FxHashMap<(u128, i8), Vec<usize>>;

/// As far ahead as a pattern can say.
const FURTHEST: i32 = 127;

impl Patterns {
    pub(super) fn of(path: &Path<'_>) -> Patterns {
        fn free(moves: &[Move<'_>]) -> bool {
            moves.iter().all(|next| match next {
                Move::Work(_, Some(time)) | Move::Wait(_, Some(time)) | Move::Enter(_, time) => has_length(time),
                Move::Fork(branches) => branches.iter().all(|branch| free(branch)),
                _ => true,
            })
        }
        let promised = path.promises.iter().all(|promise| match &promise.limit {
            Promised::For(limit) => limit.iter().all(has_length),
            Promised::Whole(limit) => matches!(limit, Limit::SameDay { .. } | Limit::AtOnce),
        });
        Patterns { by_reach: Vec::new(), is_free: promised && free(&path.moves) }
    }

    fn key(calendar: &Calendar, day: i32, reach: i32) -> (u128, i8) {
        // Reception on rest days is told apart by the day of the week.
        let weekday = if calendar.office.reception.is_empty() { 0 } else { calendar.date(day).weekday() as i8 };
        (calendar.pattern(day, reach + 1), weekday)
    }

    pub(super) fn get(&self, calendar: &Calendar, day: i32) -> Option<&Vec<usize>> {
        self.by_reach.iter().find_map(|(reach, known)| known.get(&Patterns::key(calendar, day, *reach)))
    }

    pub(super) fn insert(&mut self, calendar: &Calendar, day: i32, reached: i32, broken: Vec<usize>) {
        // Whole weeks: few different reaches.
        let reach = (reached - day + 7) / 7 * 7;
        if !self.is_free || reach > FURTHEST {
            return;
        }
        let key = Patterns::key(calendar, day, reach);
        match self.by_reach.iter_mut().find(|(own, _)| *own == reach) {
            Some((_, known)) => drop(known.insert(key, broken)),
            None => self.by_reach.push((reach, FxHashMap::from_iter([(key, broken)]))),
        }
    }
}

/// Months and years have no length of their own.
fn has_length(time: &Duration) -> bool {
    !matches!(time.unit, Unit::Months | Unit::Years)
}
