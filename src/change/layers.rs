//! What is laid over a procedure: by places, and by other regimes of the nation.

use super::compare::Sides;
use super::{Change, Diff, Kind, LayerChange, Part, Trend, What};
use crate::model::{Overlay, Procedure};
use crate::plan::Wording;

/// What changed in the layers of a procedure. A layer is the same one where place and period are; then where the place is.
pub(super) fn changed(sides: &Sides<'_>, old: &Procedure, new: &Procedure) -> Vec<LayerChange> {
    let (before, after) = (numbered(sides.old, old), numbered(sides.new, new));
    let mut of_new: Vec<Option<usize>> = vec![None; after.len()];
    let place = |overlay: &Overlay| overlay.place.as_ref().map(|place| place.value.clone());
    let period = |overlay: &Overlay| {
        let day = |end: &Option<crate::source::Spanned<jiff::civil::Date>>| end.as_ref().map(|end| end.value);
        (day(&overlay.period.from), day(&overlay.period.until))
    };
    for exact in [true, false] {
        for (at, (_, overlay)) in after.iter().enumerate() {
            let is = |one: &Overlay| place(one) == place(overlay) && (!exact || period(one) == period(overlay));
            if of_new[at].is_none() {
                of_new[at] = (0..before.len()).find(|from| !of_new.contains(&Some(*from)) && is(before[*from].1));
            }
        }
    }
    let mut found = Vec::new();
    for ((to, overlay), from) in after.iter().zip(&of_new) {
        let (kind, from, changes) = match from {
            None => (Kind::New, None, Vec::new()),
            Some(from) => {
                let (from, known) = before[*from];
                (Kind::Amended, Some(from), changes(sides, (old, known), (new, overlay)))
            }
        };
        if kind == Kind::New || !changes.is_empty() {
            found.push(LayerChange { kind, place: place(overlay), old: from, new: Some(*to), changes });
        }
    }
    for (at, (from, overlay)) in before.iter().enumerate() {
        if !of_new.contains(&Some(at)) {
            let (kind, place) = (Kind::Abolished, place(overlay));
            found.push(LayerChange { kind, place, old: Some(*from), new: None, changes: Vec::new() });
        }
    }
    found
}

/// The layers of a procedure, each with its number in the catalogue.
fn numbered<'c>(catalogue: &'c crate::compile::Catalogue, procedure: &Procedure) -> Vec<(usize, &'c Overlay)> {
    let all = catalogue.overlays_of(procedure).into_iter();
    all.filter_map(|one| Some((catalogue.overlays.iter().position(|other| std::ptr::eq(one, &**other))?, one)))
        .collect()
}

/// What changed in one layer. Its conditions speak of the facts of the procedure, so it is read with those.
fn changes(sides: &Sides<'_>, old: (&Procedure, &Overlay), new: (&Procedure, &Overlay)) -> Vec<Change> {
    if sides.is_untouched(old.1.span, new.1.span) {
        return Vec::new();
    }
    let with_facts = |(procedure, overlay): (&Procedure, &Overlay)| {
        let mut body = overlay.body.clone();
        let own = procedure
            .body
            .facts
            .iter()
            .filter(|fact| !overlay.body.facts.iter().any(|other| other.value.id.value == fact.value.id.value));
        body.facts.extend(own.cloned());
        body
    };
    let (before, after) = (with_facts(old), with_facts(new));
    let words = (sides.words(sides.old, &before), sides.words(sides.new, &after));
    let mut found = Diff::of(words.0, words.1).all();
    // Facts of the procedure itself are its own changes.
    let is_own = |span: Option<crate::source::Span>, overlay: &Overlay| {
        span.is_none_or(|span| span.file == overlay.span.file && overlay.span.range().contains(&(span.start as usize)))
    };
    found.retain(|change| change.part != Part::Fact || is_own(change.old, old.1) && is_own(change.new, new.1));
    let period =
        |words: &Wording<'_>, overlay: &Overlay| (!overlay.period.is_open()).then(|| words.period(&overlay.period));
    let head = |part, field, was, is| Change {
        part,
        of: None,
        what: What::Became { field, old: was, new: is, trend: Trend::Other, when: None },
        old: Some(old.1.head),
        new: Some(new.1.head),
    };
    let (was, is) = (period(&words.0, old.1), period(&words.1, new.1));
    if was != is {
        found.push(head(Part::Period, super::Field::Value, was, is));
    }
    let (was, is) = (words.0.cites(&old.1.cites), words.1.cites(&new.1.cites));
    if was != is {
        found.push(head(Part::Basis, super::Field::Basis, was, is));
    }
    found
}
