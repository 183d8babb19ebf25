//! What is asked of a case. Where more or fewer answers are told apart, that is said here; what follows from it is said where
//! it follows.

use super::names::choices;
use super::same::Same;
use super::{At, Diff, Field, Part, Trend, What};
use crate::lang::say;
use crate::model::Fact;
use crate::model::facts::{FactKind, KnownBy, Range};
use crate::plan::Wording;

impl Diff<'_> {
    pub(super) fn facts(&mut self) {
        for fact in self.names.facts.gone.clone() {
            let of = Some(self.old.fact_name(&fact.id.value));
            self.note(At { of, old: Some(fact.id.span), ..At::part(Part::Fact) }, What::Removed { said: None });
        }
        for fact in self.names.facts.new.clone() {
            let of = Some(self.new.fact_name(&fact.id.value));
            let says = Some(answers(&self.new, &fact.kind));
            self.note(At { of, new: Some(fact.id.span), ..At::part(Part::Fact) }, What::Added { says });
        }
        for (old, new) in self.names.facts.both.clone() {
            self.fact(old, new);
        }
    }

    fn fact(&mut self, old: &Fact, new: &Fact) {
        let of = Some(self.new.fact_name(&new.id.value));
        let at = At { of, ..At::part(Part::Fact).places(Some(old.id.span), Some(new.id.span)) };
        self.text(&at.field(Field::Name), old.label.as_ref(), new.label.as_ref());
        let known = |words: &Wording<'_>, one: &KnownBy| {
            match one {
                KnownBy::Applicant => words.pick("người nộp khai", "told by the applicant"),
                KnownBy::Agency => words.pick("cơ quan xác định", "determined by the agency"),
                KnownBy::Place => words.pick("theo địa bàn", "set by the place"),
            }
            .to_owned()
        };
        if old.known_by != new.known_by {
            let (old, new) = (known(&self.old, &old.known_by), known(&self.new, &new.known_by));
            self.became(at.field(Field::KnownBy), Some(old), Some(new), Trend::Other);
        }
        if !old.kind.same(&new.kind, &self.names) {
            let (old, new) = (answers(&self.old, &old.kind), answers(&self.new, &new.kind));
            self.became(at.field(Field::Answers), Some(old), Some(new), Trend::Other);
            return;
        }
        let choices = choices(old, new);
        for choice in choices.gone {
            let says = Some(choice.label.value.clone());
            let at = At { old: Some(choice.id.span), new: None, ..at.clone() }.field(Field::Choice);
            self.became(at, says, None, Trend::Other);
        }
        for choice in choices.new {
            let says = Some(choice.label.value.clone());
            let at = At { old: None, new: Some(choice.id.span), ..at.clone() }.field(Field::Choice);
            self.became(at, None, says, Trend::Other);
        }
        for (old, new) in choices.both {
            let (before, after) = (&old.label.value, &new.label.value);
            if before != after {
                let at = at.places(Some(old.id.span), Some(new.id.span)).field(Field::Choice);
                self.became(at, Some(before.clone()), Some(after.clone()), Trend::Other);
            }
        }
    }
}

/// What may be answered.
fn answers(words: &Wording<'_>, kind: &FactKind) -> String {
    let all = |choices: &[crate::model::Choice]| {
        choices.iter().map(|one| format!("“{}”", one.label.value)).collect::<Vec<_>>().join("; ")
    };
    match kind {
        FactKind::Boolean => words.pick("có hoặc không", "yes or no").to_owned(),
        FactKind::OneOf(choices) => {
            let all = all(choices);
            say!(words.lang, "một trong {all}", "one of {all}")
        }
        FactKind::SomeOf(choices) => {
            let all = all(choices);
            say!(words.lang, "nhiều trong {all}", "some of {all}")
        }
        FactKind::Integer(own) => format!("{}{}", words.pick("số nguyên", "a whole number"), range(words, own)),
        FactKind::Decimal(own) => format!("{}{}", words.pick("số", "a number"), range(words, own)),
        FactKind::Date => words.pick("ngày", "a date").to_owned(),
        FactKind::Derived(when) => {
            let when = words.condition(when);
            say!(words.lang, "có khi {when}", "yes when {when}")
        }
        FactKind::Hole => words.gap(),
    }
}

fn range(words: &Wording<'_>, range: &Range) -> String {
    let unit = range.unit.as_ref().map_or(String::new(), |unit| format!(" {}", unit.value));
    let end = |word: &str, end: Option<crate::model::Number>| end.map_or(String::new(), |end| format!(" {word} {end}"));
    let (from, to) = (words.pick("từ", "from"), words.pick("đến", "to"));
    format!("{}{}{unit}", end(from, range.from), end(to, range.to))
}
