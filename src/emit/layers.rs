//! Which layer set a part, in words.

use crate::model::{Origin, Overlay};
use crate::plan::{ProcedurePlan, Wording};

/// Which layer set a part, in words; nothing for the procedure's own.
pub(crate) fn origin_words(plan: &ProcedurePlan<'_>, origin: Origin, words: &Wording<'_>) -> Option<String> {
    let Origin::Overlay(head) = origin else { return None };
    let overlay = plan.effective.layers.iter().find(|overlay| overlay.head == head)?;
    Some(layer_words(plan, overlay, words))
}

/// Who lays an overlay, and under which act; else when it holds.
pub(crate) fn layer_words(plan: &ProcedurePlan<'_>, overlay: &Overlay, words: &Wording<'_>) -> String {
    let place = overlay.place.as_ref().map(|place| {
        let unit = plan.registers.units.get(&place.value);
        unit.map_or_else(|| place.value.clone(), |unit| unit.name_on(plan.variant().as_of).to_owned())
    });
    let parts: Vec<String> = place.into_iter().chain(words.cites(&overlay.cites)).collect();
    if parts.is_empty() { words.period(&overlay.period) } else { parts.join(", ") }
}
