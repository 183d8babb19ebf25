//! The papers of a dossier.

use super::cases::{How, by_meaning};
use super::same::same_set;
use super::{At, Diff, Field, Part, Trend, What};
use crate::lang::say;
use crate::model::{Copies, Document, Dossier, Laid, Ref, Setting, Text};
use crate::plan::Wording;
use crate::plan::wording::uncapitalised;

impl Diff<'_> {
    pub(super) fn dossier(&mut self) {
        let (old, new) = self.bodies();
        for document in self.names.documents.gone.clone() {
            let at = At { of: Some(document.name.value.clone()), old: Some(document.span), ..At::part(Part::Papers) };
            let said = says(&self.old, document);
            self.note(at, What::Removed { said });
        }
        for document in self.names.documents.new.clone() {
            let at = At { of: Some(document.name.value.clone()), new: Some(document.span), ..At::part(Part::Papers) };
            let says = says(&self.new, document);
            self.note(at, What::Added { says });
        }
        for (old, new) in self.names.documents.both.clone() {
            self.paper(old, new);
        }
        self.sets(old.dossier.as_ref(), new.dossier.as_ref());
    }

    fn paper(&mut self, old: &Document, new: &Document) {
        let of = Some(new.name.value.clone());
        let at = At { of, ..At::part(Part::Papers).places(Some(old.head), Some(new.head)) };
        let renamed = At { of: Some(old.name.value.clone()), ..at.clone() };
        self.text(&renamed.field(Field::Name), Some(&old.name), Some(&new.name));
        let delivery = (Some(&old.delivery), Some(&new.delivery));
        self.one(&at.field(Field::Delivery), delivery, &|words, one| uncapitalised(words.delivery(*one)));
        self.copies(&at, &old.copies, &new.copies);
        self.forms(&at, (old.form.as_ref(), new.form.as_ref()));
        self.applies(&at, old.when.as_ref(), new.when.as_ref());
        if !same_set(&old.one_of, &new.one_of, &self.names) {
            let said = |texts: &[Text]| {
                let all: Vec<String> = texts.iter().map(|text| format!("“{}”", text.value)).collect();
                (!all.is_empty()).then(|| all.join("; "))
            };
            self.became(at.field(Field::OneOf), said(&old.one_of), said(&new.one_of), Trend::Other);
        }
        if !same_set(&old.taken_from, &new.taken_from, &self.names) {
            let said = |words: &Wording<'_>, all: &[Ref]| {
                let all: Vec<String> = all.iter().map(|one| words.source(one)).collect();
                (!all.is_empty()).then(|| all.join("; "))
            };
            let (old, new) = (said(&self.old, &old.taken_from), said(&self.new, &new.taken_from));
            self.became(at.field(Field::TakenFrom), old, new, Trend::Other);
        }
        self.notes(&at, &old.notes, &new.notes);
        self.cites(&at, &old.cites, &new.cites);
        self.period(&at, &old.valid, &new.valid);
    }

    pub(super) fn forms(
        &mut self,
        at: &At,
        pair: (Option<&crate::model::ByCase<Ref>>, Option<&crate::model::ByCase<Ref>>),
    ) {
        let how = How {
            same: by_meaning,
            say: &|words: &Wording<'_>, form: &Ref| format!("“{}”", words.form(form)),
            trend: |_, _| Trend::Other,
        };
        self.by_case(&at.field(Field::Form), pair, &how);
    }

    pub(super) fn copies(&mut self, at: &At, old: &[Copies], new: &[Copies]) {
        if !same_set(old, new, &self.names) {
            let places = at.places(old.first().map(|one| one.span), new.first().map(|one| one.span));
            let (old, new) = (copies(&self.old, old), copies(&self.new, new));
            self.became(places.field(Field::Copies), old, new, Trend::Other);
        }
    }

    fn sets(&mut self, old: Option<&Laid<Dossier>>, new: Option<&Laid<Dossier>>) {
        let at = At::part(Part::Sets).places(
            old.map(|laid| laid.sets_span.unwrap_or(laid.span)),
            new.map(|laid| laid.sets_span.unwrap_or(laid.span)),
        );
        let count = |words: &Wording<'_>, sets: &Setting<u32>| match sets {
            Setting::Given(sets) => say!(words.lang, "{sets:02} bộ", "{sets}"),
            other => words.no_value(other).unwrap_or_default(),
        };
        let (old, new) = (old.map(|laid| &laid.value), new.map(|laid| &laid.value));
        fn part<T>(of: Option<&Dossier>, part: fn(&Dossier) -> Option<&T>) -> Option<&T> {
            of.and_then(part)
        }
        let sets = |of| part(of, |one| one.sets.as_ref());
        self.one(&at, (sets(old), sets(new)), &count);
        if old.is_some_and(|one| one.none) != new.is_some_and(|one| one.none) {
            let said = |of: Option<&Dossier>, words: &Wording<'_>| {
                of.filter(|one| one.none).map(|_| words.pick("không phải nộp giấy tờ", "no paper").to_owned())
            };
            let (old, new) = (said(old, &self.old), said(new, &self.new));
            self.became(at.clone(), old, new, Trend::Other);
        }
        let one = |words: &Wording<'_>, one: &Copies| copies(words, std::slice::from_ref(one)).unwrap_or_default();
        let (post, web) = (|of| part(of, |one| one.by_post.as_ref()), |of| part(of, |one| one.by_web.as_ref()));
        self.one(&at.field(Field::ByPost), (post(old), post(new)), &one);
        self.one(&at.field(Field::ByWeb), (web(old), web(new)), &one);
    }
}

/// `01 bản chính, 02 bản sao`
pub(super) fn copies(words: &Wording<'_>, all: &[Copies]) -> Option<String> {
    let one = |one: &Copies| format!("{} {}", words.copies(&one.count), words.copy_kind(one.kind));
    let all: Vec<String> = all.iter().map(one).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn says(words: &Wording<'_>, document: &Document) -> Option<String> {
    let copies = copies(words, &document.copies);
    let when = document.when.as_ref().map(|when| {
        let when = words.condition(when);
        say!(words.lang, "khi {when}", "when {when}")
    });
    let all: Vec<String> = copies.into_iter().chain(when).collect();
    (!all.is_empty()).then(|| all.join(", "))
}
