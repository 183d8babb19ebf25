//! What the applicant receives, and what must hold for it.

use super::{At, Diff, Field, Part, Trend, What};
use crate::lang::say;
use crate::model::outcome::{Letter, Requirement};
use crate::model::{Expr, Outcome};
use crate::plan::Wording;

impl Diff<'_> {
    pub(super) fn outcomes(&mut self) {
        for outcome in self.names.outcomes.gone.clone() {
            let at = At { of: Some(outcome.name.value.clone()), old: Some(outcome.head), ..At::part(Part::Outcome) };
            let said = when(&self.old, outcome.when.as_ref());
            self.note(at, What::Removed { said });
        }
        for outcome in self.names.outcomes.new.clone() {
            let at = At { of: Some(outcome.name.value.clone()), new: Some(outcome.head), ..At::part(Part::Outcome) };
            let says = when(&self.new, outcome.when.as_ref());
            self.note(at, What::Added { says });
        }
        for (old, new) in self.names.outcomes.both.clone() {
            self.outcome(old, new);
        }
    }

    fn outcome(&mut self, old: &Outcome, new: &Outcome) {
        let at =
            At { of: Some(new.name.value.clone()), ..At::part(Part::Outcome).places(Some(old.head), Some(new.head)) };
        let renamed = At { of: Some(old.name.value.clone()), ..at.clone() };
        self.text(&renamed.field(Field::Name), Some(&old.name), Some(&new.name));
        self.one(&at.field(Field::Refusal), (Some(&old.negative), Some(&new.negative)), &|words, negative| {
            match negative {
                true => words.pick("kết quả từ chối", "a refusal"),
                false => words.pick("kết quả giải quyết", "a result"),
            }
            .to_owned()
        });
        self.copies(&at, &old.copies, &new.copies);
        self.forms(&at, (old.form.as_ref(), new.form.as_ref()));
        let valid = (old.valid_for.as_ref(), new.valid_for.as_ref());
        self.one(&at.field(Field::ValidFor), valid, &|words, one| words.validity(one));
        let code = (old.code.as_ref().map(|code| &code.value), new.code.as_ref().map(|code| &code.value));
        self.one(&at.field(Field::Code), code, &|_, code| code.clone());
        let sent = (old.sent_to.as_ref().map(|one| &one.value), new.sent_to.as_ref().map(|one| &one.value));
        self.one(&at.field(Field::SentTo), sent, &|words, agency| words.agency(agency));
        let kinds = |one: &Outcome| one.kinds.iter().map(|kind| kind.value.clone()).collect::<Vec<_>>();
        let (mut before, mut after) = (kinds(old), kinds(new));
        before.sort();
        after.sort();
        if before != after {
            let said = |words: &Wording<'_>, all: &[crate::model::Id]| {
                let name = |id: &crate::model::Id| {
                    let kinds = &words.registers.shared.outcome_kinds;
                    kinds.iter().find(|kind| kind.id == *id).map_or_else(|| id.to_string(), |kind| kind.name.clone())
                };
                (!all.is_empty()).then(|| all.iter().map(name).collect::<Vec<_>>().join("; "))
            };
            let (before, after) = (said(&self.old, &before), said(&self.new, &after));
            self.became(at.field(Field::Kinds), before, after, Trend::Other);
        }
        self.one(&at.field(Field::Letter), (old.letter.as_ref(), new.letter.as_ref()), &|words, letter| {
            match letter {
                Letter::Congratulation => words.pick("thư chúc mừng", "a letter of congratulation"),
                Letter::Condolence => words.pick("thư chia buồn", "a letter of condolence"),
            }
            .to_owned()
        });
        self.applies(&at, old.when.as_ref(), new.when.as_ref());
        self.cites(&at, &old.cites, &new.cites);
        self.notes(&at, &old.notes, &new.notes);
        self.period(&at, &old.valid, &new.valid);
    }

    pub(super) fn requirements(&mut self) {
        for one in self.names.requirements.gone.clone() {
            let at = At { of: Some(one.text.value.clone()), old: Some(one.span), ..At::part(Part::Requirement) };
            let said = when(&self.old, one.when.as_ref());
            self.note(at, What::Removed { said });
        }
        for one in self.names.requirements.new.clone() {
            let at = At { of: Some(one.text.value.clone()), new: Some(one.span), ..At::part(Part::Requirement) };
            let says = when(&self.new, one.when.as_ref());
            self.note(at, What::Added { says });
        }
        for (old, new) in self.names.requirements.both.clone() {
            self.requirement(old, new);
        }
    }

    fn requirement(&mut self, old: &Requirement, new: &Requirement) {
        let places = At::part(Part::Requirement).places(Some(old.span), Some(new.span));
        let at = At { of: Some(new.text.value.clone()), ..places };
        let renamed = At { of: Some(old.text.value.clone()), ..at.clone() };
        self.text(&renamed.field(Field::Name), Some(&old.text), Some(&new.text));
        self.applies(&at, old.when.as_ref(), new.when.as_ref());
        self.cites(&at, &old.cites, &new.cites);
        self.notes(&at, &old.notes, &new.notes);
    }
}

/// The case in which something holds.
pub(super) fn when(words: &Wording<'_>, when: Option<&Expr>) -> Option<String> {
    when.map(|when| {
        let when = words.condition(when);
        say!(words.lang, "khi {when}", "when {when}")
    })
}
