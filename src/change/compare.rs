//! Two catalogues, procedure by procedure.

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::{
    Change, Comparison, Diff, Kind, Part, ProcedureChange, Replaced, SharedChange, SharedKind, Touched, Trend, What,
};
use super::{layers, touched};
use crate::compile::Catalogue;
use crate::model::process::Performs;
use crate::model::{Body, Procedure, ProcedureCode, Subprocess};
use crate::plan::Wording;
use crate::resolve::Variant;
use crate::resolve::names::process_of;
use crate::source::Span;

/// Compares an older catalogue with a newer one: as both stand at a place and on a day where one is asked for (`at`), else
/// the texts themselves with what is laid over them.
pub fn compare(old: &Catalogue, new: &Catalogue, at: Option<Where>) -> Comparison {
    let sides = Sides { old, new, at };
    let mut codes: Vec<&ProcedureCode> =
        old.procedures.iter().chain(&new.procedures).map(|one| &one.code.value).collect();
    codes.sort_unstable();
    codes.dedup();
    let pairs = codes.into_par_iter().flat_map_iter(|code| sides.pairs(code).into_iter().map(move |pair| (code, pair)));
    let mut procedures: Vec<ProcedureChange> =
        pairs.filter_map(|(code, (old, new))| sides.procedure(code.clone(), old, new)).collect();
    replaced(&mut procedures, new);
    Comparison {
        day: sides.day(new),
        old_day: sides.day(old),
        place: sides.at.as_ref().and_then(|at| at.place.clone()),
        procedures,
        shared: shared(old, new),
    }
}

/// Where procedures are compared as they stand.
#[derive(Clone, Debug)]
pub struct Where {
    /// The day on which the older catalogue is read, and the newer one.
    pub days: (Date, Date),
    /// A path of the register of units; `None` is the nation.
    pub place: Option<String>,
}

pub(super) struct Sides<'c> {
    pub(super) old: &'c Catalogue,
    pub(super) new: &'c Catalogue,
    pub(super) at: Option<Where>,
}

impl<'c> Sides<'c> {
    /// The day on which one of the two is read.
    pub(super) fn day(&self, of: &Catalogue) -> Date {
        let is_old = std::ptr::eq(of, self.old);
        self.at.as_ref().map_or_else(|| self.new.as_of(), |at| if is_old { at.days.0 } else { at.days.1 })
    }

    fn variant(&self, of: &Catalogue) -> Variant {
        Variant { as_of: self.day(of), place: self.at.as_ref().and_then(|at| at.place.clone()) }
    }

    /// Which version of a procedure is compared with which, by their numbers. On a day it is the one that stands then. Of the
    /// texts, a version is compared with the one of the same first day, else with the one it follows; and what an earlier
    /// one no longer is, now that a later one has come, needs no telling.
    fn pairs(&self, code: &ProcedureCode) -> Vec<(Option<usize>, Option<usize>)> {
        let (old, new) = (self.old.versions(code), self.new.versions(code));
        let (before, after) = (self.old.numbers(code), self.new.numbers(code));
        if self.at.is_some() {
            let on = |of: &'c Catalogue| {
                let current = of.version_on(code, self.day(of))?;
                of.numbers(code).find(|at| of.procedures[*at].head == current.head)
            };
            return vec![(on(self.old), on(self.new))];
        }
        let first = |at: usize, of: &[Arc<Procedure>]| Some(of[at].body.valid.as_ref()?.from.as_ref()?.value);
        if new.is_empty() {
            return before.map(|at| (Some(at), None)).collect();
        }
        let mut pairs: Vec<(Option<usize>, usize)> = Vec::new();
        for at in 0..new.len() {
            let same = (0..old.len()).find(|&one| first(one, old) == first(at, new));
            let follows = (0..old.len()).rev().find(|&one| first(one, old) < first(at, new));
            pairs.push((same.or(follows).or((!old.is_empty()).then_some(0)), at));
        }
        let follows_later = |(from, at): &(Option<usize>, usize)| {
            from.is_some() && pairs[at + 1..].iter().any(|(other, _)| other == from)
        };
        let told = pairs.iter().filter(|pair| !follows_later(pair));
        told.map(|(from, at)| (from.map(|from| before.start + from), Some(after.start + at))).collect()
    }

    fn procedure(&self, code: ProcedureCode, from: Option<usize>, to: Option<usize>) -> Option<ProcedureChange> {
        let in_force = |catalogue: &Catalogue, at: Option<usize>| {
            at.is_some_and(|at| catalogue.effective(&catalogue.procedures[at], self.variant(catalogue)).in_force)
        };
        let (before, after) = (from.map(|at| &self.old.procedures[at]), to.map(|at| &self.new.procedures[at]));
        let is = (in_force(self.old, from), in_force(self.new, to));
        let kind = match (before, after, is) {
            // What is to come into force later is announced now.
            (None, Some(_), _) | (Some(_), Some(_), (false, true)) => Kind::New,
            (Some(_), None, _) | (Some(_), Some(_), (true, false)) => Kind::Abolished,
            (_, _, _) => Kind::Amended,
        };
        let name = after.or(before).map(|one| one.name.value.clone())?;
        let made = |changes, layers| {
            let touched = Touched::default();
            let replaces = Vec::new();
            let mut made = ProcedureChange { code, name, kind, replaces, old: from, new: to, changes, layers, touched };
            made.touched = touched::touched(self, &made);
            made
        };
        let (Some(before), Some(after)) = (before, after) else { return Some(made(Vec::new(), Vec::new())) };
        let changes = self.changes(before, after);
        let layers = if self.at.is_some() { Vec::new() } else { layers::changed(self, before, after) };
        let is_same = changes.is_empty() && layers.is_empty();
        (!is_same || kind != Kind::Amended).then(|| made(changes, layers))
    }

    /// What changed in the text of a procedure, or in what it comes to at the place asked for.
    fn changes(&self, old: &Procedure, new: &Procedure) -> Vec<Change> {
        if self.at.is_none() {
            return if self.is_untouched(old.span, new.span) { Vec::new() } else { self.bodies(old, new, None) };
        }
        let (before, after) =
            (self.old.effective(old, self.variant(self.old)), self.new.effective(new, self.variant(self.new)));
        self.bodies(old, new, Some((&before.body, &after.body)))
    }

    fn bodies(&self, old: &Procedure, new: &Procedure, laid: Option<(&Body, &Body)>) -> Vec<Change> {
        let mut found = Vec::new();
        if old.name.value != new.name.value {
            let quoted = |name: &str| Some(format!("“{name}”"));
            let what = What::Became {
                field: super::Field::Value,
                old: quoted(&old.name.value),
                new: quoted(&new.name.value),
                trend: Trend::Other,
                when: None,
            };
            found.push(Change { part: Part::Name, of: None, what, old: Some(old.name.span), new: Some(new.name.span) });
        }
        let (before, after) = laid.unwrap_or((&old.body, &new.body));
        found.extend(Diff::of(self.words(self.old, before), self.words(self.new, after)).all());
        found
    }

    pub(super) fn words<'b>(&self, catalogue: &'b Catalogue, body: &'b Body) -> Wording<'b> {
        Wording { lang: self.new.options.lang, registers: &catalogue.registers, body }
    }

    /// Whether two pieces of source are the same letters: then nothing in them changed.
    pub(super) fn is_untouched(&self, old: Span, new: Span) -> bool {
        self.old.sources.slice(old) == self.new.sources.slice(new)
    }
}

/// New procedures that take the place of others which are there no more: those are told with them.
fn replaced(procedures: &mut Vec<ProcedureChange>, new: &Catalogue) {
    let mut gone = Vec::new();
    for at in 0..procedures.len() {
        let Some(number) = procedures[at].new.filter(|_| procedures[at].kind == Kind::New) else { continue };
        let replaces = new.procedures[number].body.replaces.iter().flat_map(|laid| &laid.value);
        let codes: Vec<&ProcedureCode> = replaces.map(|code| &code.value).collect();
        let abolished = procedures.iter().filter(|one| one.kind == Kind::Abolished && codes.contains(&&one.code));
        let replaced: Vec<Replaced> =
            abolished.map(|one| Replaced { code: one.code.clone(), name: one.name.clone() }).collect();
        if !replaced.is_empty() {
            gone.extend(replaced.iter().map(|one| one.code.clone()));
            procedures[at].kind = Kind::Replacing;
            procedures[at].replaces = replaced;
        }
    }
    procedures.retain(|one| one.kind != Kind::Abolished || !gone.contains(&one.code));
}

/// What changed in the processes that several procedures perform, and in norms.
fn shared(old: &Catalogue, new: &Catalogue) -> Vec<SharedChange> {
    let pairs = super::pair::pair(&old.subprocesses, &new.subprocesses, |one| super::pair::Key {
        id: Some(&one.id.value),
        name: &one.name.value,
    });
    let sides = Sides { old, new, at: None };
    let lone = |one: &Subprocess, kind, catalogue: &Catalogue| SharedChange {
        of: SharedKind::Subprocess,
        kind,
        name: one.name.value.clone(),
        changes: Vec::new(),
        performed_by: performers(catalogue, one),
    };
    let mut found: Vec<SharedChange> = pairs.new.iter().map(|one| lone(one, Kind::New, new)).collect();
    for (before, after) in &pairs.both {
        if sides.is_untouched(before.span, after.span) {
            continue;
        }
        let mut changes = Diff::of(sides.words(old, &before.body), sides.words(new, &after.body)).all();
        if before.name.value != after.name.value {
            let quoted = |name: &str| Some(format!("“{name}”"));
            let (was, is) = (quoted(&before.name.value), quoted(&after.name.value));
            let what = What::Became { field: super::Field::Name, old: was, new: is, trend: Trend::Other, when: None };
            let places = (Some(before.name.span), Some(after.name.span));
            changes.insert(0, Change { part: Part::Name, of: None, what, old: places.0, new: places.1 });
        }
        if !changes.is_empty() {
            found.push(SharedChange { changes, ..lone(after, Kind::Amended, new) });
        }
    }
    found.extend(pairs.gone.iter().map(|one| lone(one, Kind::Abolished, old)));
    found.extend(super::norms::changed(old, new));
    found
}

/// The procedures that perform a shared process, themselves or where something is laid over them.
fn performers(catalogue: &Catalogue, shared: &Subprocess) -> Vec<ProcedureCode> {
    let performs = |body: &Body| {
        let steps = process_of(body).map_or_else(Vec::new, |process| process.steps());
        steps.iter().any(|step| matches!(&step.performs, Some(Performs::Subprocess(id)) if id.value == shared.id.value))
    };
    let own = catalogue.procedures.iter().filter(|one| performs(&one.body)).map(|one| one.code.value.clone());
    let laid = catalogue.overlays.iter().filter(|one| performs(&one.body)).map(|one| one.code.value.clone());
    let mut codes: Vec<ProcedureCode> = own.chain(laid).collect();
    codes.sort();
    codes.dedup();
    codes
}
