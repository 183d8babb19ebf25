//! Published time limits.

use super::cases::{How, by_meaning};
use super::same::Same;
use super::{At, Diff, Field, Part, Trend, What};
use crate::model::{Deadline, Duration, Limit};
use crate::plan::Wording;

impl Diff<'_> {
    pub(super) fn deadlines(&mut self) {
        for deadline in self.names.deadlines.gone.clone() {
            let at = At { of: Some(name(&self.old, deadline)), old: Some(deadline.head), ..At::part(Part::Deadline) };
            let said = says(&self.old, deadline);
            self.note(at, What::Removed { said });
        }
        for deadline in self.names.deadlines.new.clone() {
            let at = At { of: Some(name(&self.new, deadline)), new: Some(deadline.head), ..At::part(Part::Deadline) };
            let says = says(&self.new, deadline);
            self.note(at, What::Added { says });
        }
        for (old, new) in self.names.deadlines.both.clone() {
            let of = Some(name(&self.new, new));
            let at = At { of, ..At::part(Part::Deadline).places(Some(old.head), Some(new.head)) };
            self.text(&at.field(Field::Name), old.label.as_ref(), new.label.as_ref());
            let how = How { same: by_meaning, say: &|words: &Wording<'_>, limit: &Limit| words.limit(limit), trend };
            self.by_case(&at, (old.limit.as_ref(), new.limit.as_ref()), &how);
            let starts = (old.starts.as_ref().map(|one| &one.value), new.starts.as_ref().map(|one| &one.value));
            let places = at.places(old.starts.as_ref().map(|one| one.span), new.starts.as_ref().map(|one| one.span));
            self.one(&places.field(Field::Start), starts, &|words, event| words.start(event));
            self.applies(&at, old.when.as_ref(), new.when.as_ref());
            self.notes(&at, &old.notes, &new.notes);
            self.period(&at, &old.valid, &new.valid);
        }
    }

    /// When a thing holds.
    pub(super) fn period(&mut self, at: &At, old: &crate::model::Period, new: &crate::model::Period) {
        if !old.same(new, &self.names) {
            let said =
                |words: &Wording<'_>, period: &crate::model::Period| (!period.is_open()).then(|| words.period(period));
            let (old, new) = (said(&self.old, old), said(&self.new, new));
            self.became(at.field(Field::Period), old, new, Trend::Other);
        }
    }
}

/// What a limit is called, where it is not the only one.
fn name(words: &Wording<'_>, deadline: &Deadline) -> String {
    words.in_sentence(&words.deadline_name(deadline))
}

fn says(words: &Wording<'_>, deadline: &Deadline) -> Option<String> {
    let general = deadline.limit.as_ref()?.general.as_ref()?;
    Some(words.value(general, |limit| words.limit(limit)))
}

/// Whether a limit is shorter or longer than it was; of different kinds neither can be said.
pub(super) fn trend(old: &Limit, new: &Limit) -> Trend {
    match (old, new) {
        (Limit::Duration(old), Limit::Duration(new)) | (Limit::AtMost(old), Limit::AtMost(new)) => {
            duration_trend(*old, *new)
        }
        (Limit::Duration(_) | Limit::AtMost(_), Limit::AtOnce) => Trend::Shorter,
        (Limit::AtOnce, Limit::Duration(_) | Limit::AtMost(_)) => Trend::Longer,
        (_, _) => Trend::Other,
    }
}

pub(super) fn duration_trend(old: Duration, new: Duration) -> Trend {
    match (old.unit == new.unit, old.amount.compare(new.amount)) {
        (true, std::cmp::Ordering::Less) => Trend::Longer,
        (true, std::cmp::Ordering::Greater) => Trend::Shorter,
        (_, _) => Trend::Other,
    }
}
