//! What engines call facts and decisions: ASCII, no word of FEEL, and no name twice.

use rustc_hash::FxHashSet;

use super::tables::{Asked, Decision, Subject};
use crate::model::ChargeKind;
use crate::syntax::fold::identifier;

/// The variable that holds the channel of filing.
const CHANNEL: &str = "cach_thuc";

/// Words that an expression would read otherwise: what FEEL is written with, and its functions of one word.
const TAKEN: &str = "abs after all and any append before between by ceiling coincides concatenate contains context count date \
    decimal descending during duration else even every exp external false finishes flatten floor for function if \
    in includes instance is item list log matches max mean median meets min mode modulo not null number odd of or \
    order overlaps partial product remove replace return reverse round satisfies some sort split sqrt starts \
    stddev string sublist sum then time true union";

/// The names of one file.
pub(super) struct Names {
    taken: FxHashSet<String>,
}

impl Names {
    pub(super) fn new() -> Names {
        Names { taken: TAKEN.split_whitespace().map(str::to_owned).collect() }
    }

    /// The name itself, or the first number behind it that is free.
    pub(super) fn own(&mut self, wanted: &str) -> String {
        let numbered = (2_usize..).map(|number| format!("{wanted}_{number}"));
        let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
        let name = all.find(|name| !self.taken.contains(name)).unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }

    pub(super) fn input(&mut self, asked: &Asked) -> String {
        match asked {
            Asked::Channel => self.own(CHANNEL),
            Asked::Fact(id) => self.own(&identifier(id.as_str())),
        }
    }

    /// Gives a decision its name; what a list of papers holds are the ids of the source, as in `CODE.json`.
    pub(super) fn decision(&mut self, decision: &mut Decision<'_>) {
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
        decision.name = self.own(&wanted);
    }
}
