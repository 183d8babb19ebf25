//! Layers: amendments over time, then province, then commune, laid over the national text. Every value keeps its origin.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::model::dossier::{Document, Dossier};
use crate::model::{Body, Charge, Deadline, Hole, Laid, Origin, Outcome, Overlay, Procedure};
use crate::source::Span;

/// On which day and at which place a procedure is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    pub as_of: Date,
    /// A path of the register of units; `None` is the nation.
    pub place: Option<String>,
}

/// A procedure as it stands on a day, at a place.
#[derive(Clone, Debug)]
pub struct Effective<'a> {
    pub procedure: &'a Procedure,
    pub body: Cow<'a, Body>,
    pub variant: Variant,
    /// The overlays that apply, in the order laid.
    pub layers: Vec<&'a Overlay>,
    /// The other procedures whose text a bundle takes in.
    pub parts: Vec<&'a Procedure>,
    /// Whether the procedure is in force on the day.
    pub in_force: bool,
}

impl<'a> Effective<'a> {
    /// The part of a bundle in whose text a place lies.
    pub fn part_written_at(&self, span: Span) -> Option<&'a Procedure> {
        self.parts.iter().copied().find(|part| part.span.holds(span))
    }

    /// The gaps that are still part of what stands.
    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.body.holes.iter().filter(|hole| self.holds(hole.span))
    }

    /// Those in what applicants are told: all but the gaps of the internal process.
    pub fn public_holes(&self) -> impl Iterator<Item = &Hole> {
        let process = self.body.process.as_ref().map(|process| process.span);
        self.holes().filter(move |hole| process.is_none_or(|process| !process.holds(hole.span)))
    }

    /// Whether a place is still part of what stands: an overlay may have replaced it.
    pub fn holds(&self, span: Span) -> bool {
        if self.layers.is_empty() {
            return true;
        }
        let body = &self.body;
        let inside = |outer: Span| outer.holds(span);
        fn spans<T>(slot: &Option<Laid<T>>) -> Option<Span> {
            slot.as_ref().map(|laid| laid.span)
        }
        let slots = [
            spans(&body.field),
            spans(&body.levels),
            spans(&body.applicants),
            spans(&body.decided_by),
            spans(&body.received_at),
            spans(&body.consulted),
            spans(&body.channels),
            spans(&body.announced),
            spans(&body.page),
            spans(&body.valid),
            spans(&body.transition),
            spans(&body.replaces),
            spans(&body.basis),
            spans(&body.parts),
            spans(&body.other_duties),
            spans(&body.filing_window),
            spans(&body.based_on),
            spans(&body.dossier),
            spans(&body.requirements),
            spans(&body.sequence),
            spans(&body.process),
        ];
        slots.into_iter().flatten().any(inside)
            || body.facts.iter().any(|fact| inside(fact.span))
            || body.deadlines.iter().any(|deadline| inside(deadline.span))
            || body.charges.iter().any(|charge| inside(charge.span))
            || body.outcomes.iter().any(|outcome| inside(outcome.span))
            || body.scenarios.iter().any(|scenario| inside(scenario.span))
            || body.notes.iter().any(|note| inside(note.span))
            || body.dossier.iter().flat_map(|dossier| &dossier.documents).any(|document| inside(document.span))
    }
}

/// Whether what is set for a place (nothing: the nation) holds at another: the same, or one within it.
pub fn covers(own: Option<&str>, place: Option<&str>) -> bool {
    match (own, place) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(own), Some(place)) => place == own || place.strip_prefix(own).is_some_and(|rest| rest.starts_with('/')),
    }
}

/// The overlays that apply on a day at a place, in the order in which they are laid.
pub fn that_apply<'a>(overlays: &[&'a Overlay], variant: &Variant) -> Vec<&'a Overlay> {
    let place = variant.place.as_deref();
    let applies = |overlay: &&Overlay| covers(overlay.place(), place) && overlay.period.contains(variant.as_of);
    let mut layers: Vec<&Overlay> = overlays.iter().copied().filter(applies).collect();
    // Nation, amendments by date, province, commune.
    layers.sort_by_key(|overlay| {
        let depth = overlay.place.as_ref().map_or(0, |place| 1 + place.value.matches('/').count());
        (depth, overlay.period.from.as_ref().map(|from| from.value), overlay.head)
    });
    layers
}

/// Reads a procedure on a day, at a place.
pub fn lay<'a>(procedure: &'a Procedure, overlays: &[&'a Overlay], variant: Variant) -> Effective<'a> {
    let layers = that_apply(overlays, &variant);
    let own = procedure.body.valid.as_ref().is_none_or(|valid| valid.contains(variant.as_of));
    let in_force = own || layers.iter().any(|overlay| overlay.place.is_none() && !overlay.period.is_open());
    let mut body = Cow::Borrowed(&procedure.body);
    for overlay in &layers {
        lay_one(body.to_mut(), overlay);
    }
    Effective { procedure, body, variant, layers, parts: Vec::new(), in_force }
}

fn lay_one(body: &mut Body, overlay: &Overlay) {
    let origin = Origin::Overlay(overlay.head);
    let over = &overlay.body;
    macro_rules! replace {
        ($($slot:ident),*) => {$(
            if let Some(laid) = &over.$slot {
                body.$slot = Some(Laid { origin, ..laid.clone() });
            }
        )*};
    }
    replace!(
        field,
        levels,
        applicants,
        decided_by,
        received_at,
        consulted,
        channels,
        announced,
        page,
        transition,
        basis,
        parts,
        other_duties,
        filing_window,
        based_on,
        requirements,
        sequence,
        process
    );
    merge(&mut body.facts, &over.facts, origin, |a, b| a.id.value == b.id.value, |_, new| new.clone());
    merge(&mut body.deadlines, &over.deadlines, origin, same_deadline, inherit_deadline);
    merge(&mut body.charges, &over.charges, origin, same_charge, |_, new| new.clone());
    merge(&mut body.outcomes, &over.outcomes, origin, same_outcome, inherit_outcome);
    if let Some(dossier) = &over.dossier {
        match &mut body.dossier {
            Some(own) => merge_dossier(&mut own.value, dossier),
            None => body.dossier = Some(Laid { origin, ..dossier.clone() }),
        }
    }
    let relay = |laid: &Laid<crate::model::Text>| Laid { origin, ..laid.clone() };
    if !over.contacts.is_empty() {
        body.contacts = over.contacts.iter().map(relay).collect();
    }
    body.notes.extend(over.notes.iter().map(relay));
    if over.scenarios.is_empty() {
        // What the nation's examples say of dates and fees need not hold where a layer changed them.
        if over.deadlines.len() + over.charges.len() > 0 || over.process.is_some() {
            body.scenarios.clear();
        }
    } else {
        body.scenarios = over.scenarios.clone();
    }
    body.ignores.extend(over.ignores.iter().cloned());
    body.holes.extend(over.holes.iter().cloned());
    body.names.extend(over.names.iter().cloned());
}

fn merge<T: Clone>(
    own: &mut Vec<Laid<T>>,
    over: &[Laid<T>],
    origin: Origin,
    same: fn(&T, &T) -> bool,
    combine: fn(&T, &T) -> T,
) {
    for laid in over {
        match own.iter_mut().find(|old| same(&old.value, &laid.value)) {
            Some(old) => *old = Laid { value: combine(&old.value, &laid.value), span: laid.span, origin },
            None => own.push(Laid { origin, ..laid.clone() }),
        }
    }
}

pub(crate) fn same_deadline(old: &Deadline, new: &Deadline) -> bool {
    old.id.as_ref().map(|id| &id.value) == new.id.as_ref().map(|id| &id.value)
}

/// An overlay replaces a value with its rules; label, start and applicability are inherited unless restated.
fn inherit_deadline(old: &Deadline, new: &Deadline) -> Deadline {
    let mut deadline = new.clone();
    deadline.label = deadline.label.or_else(|| old.label.clone());
    deadline.starts = deadline.starts.or_else(|| old.starts.clone());
    deadline.when = deadline.when.or_else(|| old.when.clone());
    deadline.limit = deadline.limit.or_else(|| old.limit.clone());
    deadline
}

pub(crate) fn same_charge(old: &Charge, new: &Charge) -> bool {
    match (&old.id, &new.id) {
        (Some(old), Some(new)) => old.value == new.value,
        (None, None) => {
            old.kind == new.kind
                && old.label.as_ref().map(|text| &text.value) == new.label.as_ref().map(|text| &text.value)
        }
        (_, _) => false,
    }
}

fn same_outcome(old: &Outcome, new: &Outcome) -> bool {
    match (&old.id, &new.id) {
        (Some(old), Some(new)) => old.value == new.value,
        (_, _) => old.name.value == new.name.value,
    }
}

/// An overlay that says no more than which letter goes with an outcome leaves the rest as it is.
fn inherit_outcome(old: &Outcome, new: &Outcome) -> Outcome {
    if new.letter.is_some() && new.says_only_its_letter() {
        return Outcome { letter: new.letter, ..old.clone() };
    }
    Outcome { letter: new.letter.or(old.letter), ..new.clone() }
}

pub(crate) fn same_document(old: &Document, new: &Document) -> bool {
    match (&old.id, &new.id) {
        (Some(old), Some(new)) => old.value == new.value,
        (_, _) => old.name.value == new.name.value,
    }
}

fn merge_dossier(own: &mut Dossier, over: &Laid<Dossier>) {
    if over.sets.is_some() {
        own.sets = over.sets.clone();
        own.sets_span = over.sets_span;
    }
    own.none |= over.none;
    for document in &over.documents {
        match own.documents.iter_mut().find(|old| same_document(old, document)) {
            Some(old) => *old = document.clone(),
            None => own.documents.push(document.clone()),
        }
    }
    own.by_post = over.by_post.clone().or_else(|| own.by_post.take());
    own.by_web = over.by_web.clone().or_else(|| own.by_web.take());
}

/// The variants in which a procedure must be checked: the nation, each place with an overlay, and each past or coming
/// regime on a day of its own.
pub fn variants(overlays: &[&Overlay], as_of: Date) -> Vec<Variant> {
    let mut variants = vec![Variant { as_of, place: None }];
    for overlay in overlays {
        let day = if overlay.period.contains(as_of) {
            as_of
        } else {
            let from = overlay.period.from.as_ref().map(|from| from.value);
            from.or(overlay.period.until.as_ref().map(|until| until.value)).unwrap_or(as_of)
        };
        let variant = Variant { as_of: day, place: overlay.place.as_ref().map(|place| place.value.clone()) };
        if !variants.contains(&variant) {
            variants.push(variant);
        }
    }
    variants
}
