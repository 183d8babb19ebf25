//! What is to be paid: a list, or by case a table.

use super::{Cell, Group, Item, Maker, Part, Section, Table};
use crate::lang::say;
use crate::model::quantity::short_date;
use crate::model::{Amount, Charge, ChargeKind, Laid};
use crate::plan::wording::capitalised;

impl Maker<'_, '_> {
    pub(super) fn charges(&self) -> Section {
        let body = self.plan.body();
        let mut section = self.section(Part::Charges);
        let by_case = |charge: &Laid<Charge>| charge.amount.as_ref().is_some_and(|amount| !amount.rules.is_empty());
        let only_one = body.charges.len() == 1 && body.charges.iter().all(|charge| charge.label.is_none());
        let name = |charge: &Charge| if only_one { String::new() } else { self.charge_name(charge) };
        if body.charges.iter().any(by_case) {
            let group = |charge: &Laid<Charge>| self.charge_by_case(name(charge), charge);
            section.tables.push(Table {
                kind: "cases",
                heads: vec![self.pick("Trường hợp", "Case"), self.pick("Mức thu", "Amount")],
                groups: body.charges.iter().map(group).collect(),
            });
        } else {
            let item = |charge: &Laid<Charge>| {
                let text = capitalised(&self.charge_amount(charge));
                Item { lead: name(charge), text, cases: self.charge_notes(charge) }
            };
            section.items = body.charges.iter().map(item).collect();
        }
        section.missing = body.charges.is_empty();
        if let Some(duties) = &body.other_duties {
            section.lines.extend(duties.iter().map(|duty| {
                let duty = &duty.value;
                say!(self.lang(), "Nghĩa vụ khác: {duty}", "Other duties: {duty}")
            }));
        }
        section
    }

    pub(super) fn charge_name(&self, charge: &Charge) -> String {
        let kind = match charge.kind {
            ChargeKind::Charge => self.pick("Phí", "Charge"),
            ChargeKind::Fee => self.pick("Lệ phí", "Fee"),
            ChargeKind::Both => self.pick("Phí, lệ phí", "Charges and fees"),
        };
        charge.label.as_ref().map_or(kind, |label| label.value.clone())
    }

    fn charge_by_case(&self, band: String, charge: &Laid<Charge>) -> Group {
        let mut notes = self.charge_notes(charge);
        match &charge.amount {
            Some(amount) if !amount.rules.is_empty() => {
                let basis = self.words.cites(&charge.cites);
                notes.extend(basis.map(|cites| say!(self.lang(), "Theo {cites}", "Under {cites}")));
                self.case_group(band, notes, amount, &|amount: &Amount| self.words.amount(amount))
            }
            _ => {
                let all = self.pick("Mọi trường hợp", "Every case");
                let rows = vec![vec![Cell::of(all), Cell::of(capitalised(&self.charge_amount(charge)))]];
                Group { band: (!band.is_empty()).then_some(band), lines: notes, rows }
            }
        }
    }

    /// What is to be paid where no case makes a difference, with what it rests on.
    fn charge_amount(&self, charge: &Charge) -> String {
        let general = charge.amount.as_ref().and_then(|amount| amount.general.as_ref());
        let text = general
            .map_or_else(|| self.words.gap(), |value| self.with_basis(value, &|amount| self.words.amount(amount)));
        match self.words.cites(&charge.cites) {
            Some(cites) => format!("{text} ({} {cites})", self.pick("theo", "under")),
            None => text,
        }
    }

    /// How a sum is worked out and bounded, who gets it, when it is due, remarks, and who set it.
    fn charge_notes(&self, charge: &Laid<Charge>) -> Vec<String> {
        let words = &self.words;
        let mut notes = Vec::new();
        let bounds = [
            (&charge.multiplied_by, "Nhân với", "Multiplied by"),
            (&charge.maximum, "Tối đa", "At most"),
            (&charge.minimum, "Tối thiểu", "At least"),
        ];
        for (amount, vi, en) in bounds {
            notes.extend(amount.iter().map(|amount| format!("{} {}", self.pick(vi, en), words.amount(amount))));
        }
        notes.extend(charge.rounded.map(|rounding| capitalised(&words.rounding(rounding))));
        if let Some(agency) = &charge.collected_for {
            let agency = words.agency(&agency.value);
            notes.push(say!(self.lang(), "Thu hộ {agency}", "Collected for {agency}"));
        }
        notes.extend(charge.when.iter().map(|when| self.when(&words.condition(when))));
        if !charge.valid.is_open() {
            let from = charge.valid.from.as_ref().map(|from| {
                let day = short_date(from.value);
                say!(self.lang(), "từ ngày {day}", "from {day}")
            });
            let until = charge.valid.until.as_ref().map(|until| {
                let day = short_date(until.value);
                say!(self.lang(), "đến hết ngày {day}", "until {day}")
            });
            let text = from.into_iter().chain(until).collect::<Vec<_>>().join(" ");
            notes.push(say!(self.lang(), "Áp dụng {text}", "Valid {text}"));
        }
        notes.extend(charge.notes.iter().map(|note| note.value.clone()));
        notes.extend(self.set_by(charge.origin));
        notes
    }
}
