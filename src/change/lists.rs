//! Parts that are one value, and parts that are a list whose order says nothing.

use super::cases::said;
use super::names::Names;
use super::same::Same;
use super::{At, Diff, Field, Part, Trend, What};
use crate::model::{Laid, Slot, Text, Value};
use crate::plan::Wording;
use crate::source::{Span, Spanned};

/// Things of a list with where each stands.
pub(super) type Placed<'a, T> = Vec<(&'a T, Span)>;

/// How things of a list are told apart and said.
pub(super) type Say<'s, T> = &'s dyn Fn(&Wording<'_>, &T) -> String;

impl<'a> Diff<'a> {
    /// A part that is one value.
    pub(super) fn slot<T: Same>(&mut self, part: Part, (old, new): (&'a Slot<T>, &'a Slot<T>), say: Say<'_, T>) {
        let at = At::part(part).places(old.as_ref().map(|laid| laid.span), new.as_ref().map(|laid| laid.span));
        let (old, new) = (old.as_ref().map(|laid| &laid.value), new.as_ref().map(|laid| &laid.value));
        self.one(&at, (old, new), say);
    }

    /// Something of a thing that is one value, or is not said.
    pub(super) fn one<T: Same + ?Sized>(&mut self, at: &At, (old, new): (Option<&T>, Option<&T>), say: Say<'_, T>) {
        let same = match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => old.same(new, &self.names),
            (_, _) => false,
        };
        if !same {
            let (old, new) = (old.map(|old| say(&self.old, old)), new.map(|new| say(&self.new, new)));
            self.became(at.clone(), old, new, Trend::Other);
        }
    }

    /// A value that may be open, and then what it rests on.
    pub(super) fn value<T: Same>(
        &mut self,
        at: &At,
        (old, new): (Option<&Value<T>>, Option<&Value<T>>),
        say: Say<'_, T>,
        trend: fn(&T, &T) -> Trend,
    ) {
        let at = at.places(old.map(|value| value.span), new.map(|value| value.span));
        let same = match (old, new) {
            (None, None) => return,
            (Some(old), Some(new)) => old.same(new, &self.names),
            (_, _) => false,
        };
        if !same {
            let trend = match (old.and_then(|old| old.setting.given()), new.and_then(|new| new.setting.given())) {
                (Some(old), Some(new)) => trend(old, new),
                (_, _) => Trend::Other,
            };
            let said = |words: &Wording<'_>, value: &Value<T>| said(words, value, say);
            let (before, after) = (old.map(|old| said(&self.old, old)), new.map(|new| said(&self.new, new)));
            self.became(at.clone(), before, after, trend);
        }
        if let (Some(old), Some(new)) = (old, new) {
            self.cites(&at, &old.cites, &new.cites);
        }
    }

    /// What something rests on.
    pub(super) fn cites(&mut self, at: &At, old: &[crate::model::Citation], new: &[crate::model::Citation]) {
        if !super::same::same_set(old, new, &self.names) {
            let (old, new) = (self.old.cites(old), self.new.cites(new));
            self.became(at.field(Field::Basis), old, new, Trend::Other);
        }
    }

    /// Text in quotes that may not be there.
    pub(super) fn text(&mut self, at: &At, old: Option<&Text>, new: Option<&Text>) {
        let at = at.places(old.map(|text| text.span), new.map(|text| text.span));
        let quoted = |_: &Wording<'_>, text: &String| format!("“{text}”");
        self.one(&at, (old.map(|text| &text.value), new.map(|text| &text.value)), &quoted);
    }

    /// A list whose order says nothing: one for another is a change, else each is new or gone.
    pub(super) fn list<T: Same>(&mut self, at: &At, old: Placed<'_, T>, new: Placed<'_, T>, say: Say<'_, T>) {
        let (gone, come) = left(old, new, &self.names);
        if let ([(before, was)], [(after, is)]) = (gone.as_slice(), come.as_slice()) {
            let (before, after) = (say(&self.old, before), say(&self.new, after));
            self.became(at.places(Some(*was), Some(*is)), Some(before), Some(after), Trend::Other);
            return;
        }
        for (one, span) in gone {
            let at = At { of: Some(say(&self.old, one)), old: Some(span), new: None, ..at.clone() };
            self.note(at, What::Removed { said: None });
        }
        for (one, span) in come {
            let at = At { of: Some(say(&self.new, one)), old: None, new: Some(span), ..at.clone() };
            self.note(at, What::Added { says: None });
        }
    }

    /// A list in a slot.
    pub(super) fn listed<T: Same>(
        &mut self,
        part: Part,
        old: &'a Slot<Vec<Spanned<T>>>,
        new: &'a Slot<Vec<Spanned<T>>>,
        say: Say<'_, T>,
    ) {
        self.list(&At::part(part), placed(old.as_ref()), placed(new.as_ref()), say);
    }

    /// Texts that stand one by one: notes, contacts.
    pub(super) fn texts(&mut self, part: Part, old: &[Laid<Text>], new: &[Laid<Text>]) {
        fn all(texts: &[Laid<Text>]) -> Placed<'_, String> {
            texts.iter().map(|text| (&text.value.value, text.value.span)).collect()
        }
        self.list(&At::part(part), all(old), all(new), &|_, text| format!("“{text}”"));
    }

    /// The notes of a thing.
    pub(super) fn notes(&mut self, at: &At, old: &[Text], new: &[Text]) {
        let before: Vec<&str> = old.iter().map(|text| text.value.as_str()).collect();
        let after: Vec<&str> = new.iter().map(|text| text.value.as_str()).collect();
        if before != after {
            let said = |texts: &[&str]| {
                (!texts.is_empty()).then(|| texts.iter().map(|text| format!("“{text}”")).collect::<Vec<_>>().join("; "))
            };
            let places = at.places(old.first().map(|text| text.span), new.first().map(|text| text.span));
            self.became(places.field(Field::Note), said(&before), said(&after), Trend::Other);
        }
    }
}

fn placed<T>(slot: Option<&Laid<Vec<Spanned<T>>>>) -> Placed<'_, T> {
    slot.into_iter().flat_map(|laid| &laid.value).map(|one| (&one.value, one.span)).collect()
}

/// What only one of two lists has.
fn left<'a, 'b, T: Same>(old: Placed<'a, T>, new: Placed<'b, T>, names: &Names<'_>) -> (Placed<'a, T>, Placed<'b, T>) {
    let mut come = new;
    let mut gone = Vec::new();
    for (one, span) in old {
        match come.iter().position(|(other, _)| one.same(other, names)) {
            Some(found) => {
                come.remove(found);
            }
            None => gone.push((one, span)),
        }
    }
    (gone, come)
}
