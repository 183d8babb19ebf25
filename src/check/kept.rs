//! What was found of each procedure, kept so that after a change only what it reaches is looked at again.
//! *Invariant:* the report is that of looking at everything.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Report;
use crate::compile::{Catalogue, Changed, Reach};
use crate::diagnostic::Diagnostic;
use crate::model::Procedure;
use crate::resolve::{Variant, layers};
use crate::source::Span;

/// What a check found, by the head of each procedure: of one whose file did not change it stays where it is.
pub struct Kept(pub(super) FxHashMap<Span, Arc<Checked>>);

/// What was found of one procedure.
pub(super) struct Checked {
    /// All of it, as authors left it.
    pub(super) report: Report,
    pub(super) variants: Vec<Seen>,
    /// Of the examples of the procedure, and of each overlay by its head.
    pub(super) examples: Vec<(Option<Span>, Vec<Diagnostic>)>,
}

/// What was found in one variant.
#[derive(Clone)]
pub(super) struct Seen {
    pub(super) variant: Variant,
    pub(super) found: Vec<Diagnostic>,
    /// The name of its proof, where that found nothing.
    pub(super) proved: Option<String>,
}

/// What of a procedure is as it was.
#[derive(Clone, Copy)]
pub(super) enum Still<'k> {
    Nothing,
    /// All but what stands at these places, and within them.
    But(&'k Checked, &'k [String]),
    All(&'k Arc<Checked>),
}

impl Kept {
    /// What a change left of a procedure.
    pub(super) fn after<'k>(&'k self, changed: &'k Changed, catalogue: &Catalogue, procedure: &Procedure) -> Still<'k> {
        let Some(checked) = self.0.get(&procedure.head) else { return Still::Nothing };
        match changed.reach(&procedure.code.value) {
            _ if a_part_is_reached(changed, catalogue, procedure) => Still::Nothing,
            None => Still::All(checked),
            Some(Reach::All) => Still::Nothing,
            Some(Reach::Places(places)) => Still::But(checked, places),
        }
    }
}

/// Whether a procedure takes in the text of another that a change reaches.
fn a_part_is_reached(changed: &Changed, catalogue: &Catalogue, procedure: &Procedure) -> bool {
    let over = catalogue.overlays_of(procedure).into_iter().map(|overlay| &overlay.body);
    let bodies = std::iter::once(&procedure.body).chain(over);
    let mut parts = bodies.filter_map(|body| body.parts.as_ref()).flat_map(|parts| &parts.value);
    parts.any(|part| part.code().is_some_and(|code| changed.reach(code).is_some()))
}

impl<'k> Still<'k> {
    /// What was found in a variant, where it is as it was.
    pub(super) fn seen(self, variant: &Variant) -> Option<&'k Seen> {
        let checked = self.at(variant.place.as_deref())?;
        checked.variants.iter().find(|seen| seen.variant == *variant)
    }

    /// What was found of the examples written for a place in an overlay (nothing: in the procedure), where it is as it was.
    pub(super) fn examples(self, place: Option<&str>, overlay: Option<Span>) -> Option<&'k Vec<Diagnostic>> {
        let checked = self.at(place)?;
        checked.examples.iter().find(|(of, _)| *of == overlay).map(|(_, found)| found)
    }

    fn at(self, place: Option<&str>) -> Option<&'k Checked> {
        match self {
            Still::Nothing => None,
            Still::But(checked, places) => {
                (!places.iter().any(|reached| layers::covers(Some(reached), place))).then_some(checked)
            }
            Still::All(checked) => Some(checked),
        }
    }
}
