//! The four questions people come with, each answered in a line.

use super::{Maker, Part, Row};
use crate::lang::say;
use crate::model::ByCase;

/// Whether an answer says in which part of the notice the other cases stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refers {
    ToParts,
    Not,
}

impl Maker<'_, '_> {
    pub(super) fn answer(&self) -> Vec<Row> {
        let row = |vi, en, say: &dyn Fn(Refers) -> String| Row {
            label: self.pick(vi, en),
            text: say(Refers::ToParts),
            brief: say(Refers::Not),
        };
        vec![
            row("Giấy tờ", "Papers", &|refers| self.papers_in_short(refers)),
            row("Thời gian", "Time", &|refers| self.time_in_short(refers)),
            row("Phí, lệ phí", "Fees", &|refers| self.fees_in_short(refers)),
            row("Nộp tại", "Where", &|refers| self.places_in_short(refers)),
        ]
    }

    fn papers_in_short(&self, refers: Refers) -> String {
        let Some(dossier) = &self.plan.body().dossier else { return self.words.gap() };
        if dossier.none {
            return self.pick("không phải nộp giấy tờ", "no papers");
        }
        let always = dossier.documents.iter().filter(|one| one.when.is_none()).count();
        let text = match (always, dossier.documents.len() - always) {
            (always, 0) => return say!(self.lang(), "{always:02} loại giấy tờ", "{always} kinds of papers"),
            (0, some) => {
                say!(
                    self.lang(),
                    "{some:02} loại giấy tờ tùy trường hợp",
                    "{some} kinds of papers, depending on the case"
                )
            }
            (always, some) => say!(
                self.lang(),
                "{always:02} loại giấy tờ, và {some:02} loại tùy trường hợp",
                "{always} kinds of papers, and {some} depending on the case"
            ),
        };
        let part = Part::Dossier as u8;
        match refers {
            Refers::ToParts => say!(self.lang(), "{text} (mục {part})", "{text} (part {part})"),
            Refers::Not => text,
        }
    }

    fn time_in_short(&self, refers: Refers) -> String {
        let deadlines = &self.plan.body().deadlines;
        let time: Vec<String> = deadlines
            .iter()
            .filter_map(|deadline| {
                let limit = deadline.limit.as_ref()?;
                let text = self.in_short(limit, Part::Deadlines, refers, |limit| self.words.limit(limit));
                let name = (deadlines.len() > 1).then(|| self.words.deadline_name(deadline));
                Some(name.map_or(text.clone(), |name| format!("{name}: {text}")))
            })
            .collect();
        self.joined(time)
    }

    fn fees_in_short(&self, refers: Refers) -> String {
        let charges = &self.plan.body().charges;
        let fees: Vec<String> = charges
            .iter()
            .filter_map(|charge| Some((charge, charge.amount.as_ref()?)))
            .map(|(charge, amount)| {
                let text = self.in_short(amount, Part::Charges, refers, |amount| self.words.amount(amount));
                if charges.len() > 1 { format!("{}: {text}", self.charge_name(charge)) } else { text }
            })
            .collect();
        self.joined(fees)
    }

    fn places_in_short(&self, refers: Refers) -> String {
        let place = self.plan.body().received_at.as_ref();
        place.map_or_else(
            || self.words.gap(),
            |by| self.in_short(by, Part::Channels, refers, |all| self.words.receiving_places(all)),
        )
    }

    fn joined(&self, parts: Vec<String>) -> String {
        if parts.is_empty() { self.words.gap() } else { parts.join("; ") }
    }

    /// The general rule, and where the others are told.
    fn in_short<T>(&self, cases: &ByCase<T>, part: Part, refers: Refers, say: impl Fn(&T) -> String) -> String {
        let general = cases.general.as_ref().map(|value| self.words.value(value, &say));
        let (part, lang) = (part as u8, self.lang());
        match (general, cases.all_rules().is_empty(), refers) {
            (Some(general), true, _) => general,
            (Some(general), false, Refers::ToParts) => {
                say!(lang, "{general} (có trường hợp khác, xem mục {part})", "{general} (other cases in part {part})")
            }
            (Some(general), false, Refers::Not) => {
                say!(lang, "{general} (có trường hợp khác)", "{general} (there are other cases)")
            }
            (None, _, Refers::ToParts) => {
                say!(lang, "tùy trường hợp, xem mục {part}", "depends on the case, see part {part}")
            }
            (None, _, Refers::Not) => say!(lang, "tùy trường hợp", "depends on the case"),
        }
    }
}
