//! What engines call decisions: unlike every variable of the file.

use super::tables::{Decision, Subject};
use crate::emit::variables::Names;
use crate::model::ChargeKind;
use crate::syntax::fold::identifier;

/// Gives a decision its name; what a list of papers holds are the ids of the source, as in `CODE.json`.
pub(super) fn decision(names: &mut Names, decision: &mut Decision<'_>) {
    let of = |prefix: &str, id: Option<&str>| match id.map(identifier) {
        None => prefix.to_owned(),
        Some(own) if own == prefix || own.starts_with(&format!("{prefix}_")) => own,
        Some(own) => format!("{prefix}_{own}"),
    };
    let charge = |charge: &crate::model::Charge| {
        let kind = match charge.kind {
            ChargeKind::Charge => "phi",
            ChargeKind::Fee => "le_phi",
            ChargeKind::Both => "phi_le_phi",
        };
        of(kind, charge.id.as_ref().map(|id| id.value.as_str()))
    };
    let wanted = match &mut decision.subject {
        Subject::Paper(document, at) => match &document.id {
            Some(id) => of("giay_to", Some(id.value.as_str())),
            None => format!("giay_to_{}", *at + 1),
        },
        Subject::Papers(all) => {
            for (at, (document, id)) in all.iter_mut().enumerate() {
                *id = document.id.as_ref().map_or_else(|| format!("giay_to_{}", at + 1), |id| id.value.to_string());
            }
            "giay_to".to_owned()
        }
        Subject::Dong(one) => charge(one),
        Subject::Dollars(one) => format!("{}_usd", charge(one)),
        Subject::Limit(deadline) => of("thoi_han", deadline.id.as_ref().map(|id| id.value.as_str())),
    };
    decision.name = names.own(&wanted);
}
