//! What the applicant pays.

use super::cases::{How, by_meaning};
use super::same::Same;
use super::{At, Diff, Field, Part, Trend, What};
use crate::model::{Amount, Charge};
use crate::plan::Wording;

impl Diff<'_> {
    pub(super) fn charges(&mut self) {
        for charge in self.names.charges.gone.clone() {
            let of = Some(self.old.in_sentence(&self.old.charge_name(charge)));
            let at = At { of, old: Some(charge.head), ..At::part(Part::Charge) };
            let said = says(&self.old, charge);
            self.note(at, What::Removed { said });
        }
        for charge in self.names.charges.new.clone() {
            let of = Some(self.new.in_sentence(&self.new.charge_name(charge)));
            let at = At { of, new: Some(charge.head), ..At::part(Part::Charge) };
            let says = says(&self.new, charge);
            self.note(at, What::Added { says });
        }
        for (old, new) in self.names.charges.both.clone() {
            self.charge(old, new);
        }
    }

    fn charge(&mut self, old: &Charge, new: &Charge) {
        let of = Some(self.new.in_sentence(&self.new.charge_name(new)));
        let at = At { of, ..At::part(Part::Charge).places(Some(old.head), Some(new.head)) };
        let name = |words: &Wording<'_>, charge: &Charge| format!("“{}”", words.charge_name(charge));
        let (before, after) = (name(&self.old, old), name(&self.new, new));
        if before != after {
            self.became(at.field(Field::Name), Some(before), Some(after), Trend::Other);
        } else if old.kind != new.kind {
            let kind =
                |words: &Wording<'_>, charge: &Charge| words.charge_name(&Charge { label: None, ..charge.clone() });
            let (before, after) = (kind(&self.old, old), kind(&self.new, new));
            self.became(at.field(Field::Kind), Some(before), Some(after), Trend::Other);
        }
        let amount = |words: &Wording<'_>, amount: &Amount| words.amount(amount);
        let how = How { same: by_meaning, say: &amount, trend };
        self.by_case(&at, (old.amount.as_ref(), new.amount.as_ref()), &how);
        let parts = [
            (Field::Multiplier, &old.multiplied_by, &new.multiplied_by),
            (Field::Maximum, &old.maximum, &new.maximum),
            (Field::Minimum, &old.minimum, &new.minimum),
        ];
        for (field, old, new) in parts {
            if !old.same(new, &self.names) {
                let trend = old.as_ref().zip(new.as_ref()).map_or(Trend::Other, |(old, new)| trend(old, new));
                let (old, new) =
                    (old.as_ref().map(|old| amount(&self.old, old)), new.as_ref().map(|new| amount(&self.new, new)));
                self.became(at.field(field), old, new, trend);
            }
        }
        let rounded = (old.rounded.as_ref(), new.rounded.as_ref());
        self.one(&at.field(Field::Rounding), rounded, &|words, one| words.rounding(*one));
        let collected = (old.collected_for.as_ref(), new.collected_for.as_ref());
        let collected = (collected.0.map(|one| &one.value), collected.1.map(|one| &one.value));
        self.one(&at.field(Field::CollectedFor), collected, &|words, agency| words.agency(agency));
        self.applies(&at, old.when.as_ref(), new.when.as_ref());
        self.cites(&at, &old.cites, &new.cites);
        self.notes(&at, &old.notes, &new.notes);
        self.period(&at, &old.valid, &new.valid);
    }
}

fn says(words: &Wording<'_>, charge: &Charge) -> Option<String> {
    let general = charge.amount.as_ref()?.general.as_ref()?;
    Some(words.value(general, |amount| words.amount(amount)))
}

/// Whether a sum rises or falls: where one number of the same formula is another one now.
pub(super) fn trend(old: &Amount, new: &Amount) -> Trend {
    let order = |order: std::cmp::Ordering| match order {
        std::cmp::Ordering::Less => Trend::Higher,
        std::cmp::Ordering::Greater => Trend::Lower,
        std::cmp::Ordering::Equal => Trend::Other,
    };
    match (old, new) {
        (Amount::Dong(old), Amount::Dong(new)) | (Amount::Dollars(old), Amount::Dollars(new)) => order(old.cmp(new)),
        (Amount::Number(old), Amount::Number(new)) => order(old.compare(*new)),
        (Amount::Add(a, b), Amount::Add(c, d)) | (Amount::Multiply(a, b), Amount::Multiply(c, d)) => {
            one_of(trend(a, c), trend(b, d))
        }
        (Amount::Per(old, of), Amount::Per(new, now)) if of == now => trend(old, new),
        (Amount::AtMost(a, b), Amount::AtMost(c, d)) | (Amount::AtLeast(a, b), Amount::AtLeast(c, d)) => {
            one_of(trend(a, c), trend(b, d))
        }
        (_, _) => Trend::Other,
    }
}

/// Of two parts of a formula: what changed, where only one did or both did alike.
fn one_of(left: Trend, right: Trend) -> Trend {
    match (left, right) {
        (one, Trend::Other) | (Trend::Other, one) => one,
        (left, right) if left == right => left,
        (_, _) => Trend::Other,
    }
}
