//! Time limits: a list, or by case a table.

use super::{Cell, Group, Item, Maker, Part, Section, Table};
use crate::lang::say;
use crate::model::{Deadline, Laid, Limit};
use crate::plan::wording::capitalised;

impl Maker<'_, '_> {
    pub(super) fn deadlines(&self) -> Section {
        let mut section = self.section(Part::Deadlines);
        let deadlines = &self.plan.body().deadlines;
        let by_case = |deadline: &Laid<Deadline>| deadline.limit.as_ref().is_some_and(|limit| !limit.rules.is_empty());
        if deadlines.iter().any(by_case) {
            section.tables.push(Table {
                kind: "cases",
                heads: vec![self.pick("Trường hợp", "Case"), self.pick("Thời hạn", "Time limit")],
                groups: deadlines.iter().map(|deadline| self.deadline_by_case(deadline)).collect(),
            });
        } else {
            section.items = deadlines.iter().map(|deadline| self.deadline(deadline)).collect();
        }
        section.missing = deadlines.is_empty();
        section
    }

    fn deadline_name(&self, deadline: &Laid<Deadline>) -> String {
        if self.plan.body().deadlines.len() > 1 { self.words.deadline_name(deadline) } else { String::new() }
    }

    /// From when a deadline runs.
    fn deadline_starts(&self, deadline: &Laid<Deadline>) -> Option<String> {
        let starts = self.words.start(&deadline.starts.as_ref()?.value);
        Some(say!(self.lang(), "kể từ {starts}", "from {starts}"))
    }

    /// When a deadline applies, remarks, and who set it.
    fn deadline_notes(&self, deadline: &Laid<Deadline>) -> Vec<String> {
        let applies = deadline.when.as_ref().map(|when| {
            let when = self.words.condition(when);
            say!(self.lang(), "Áp dụng khi {when}", "Applies when {when}")
        });
        let notes = deadline.notes.iter().map(|note| note.value.clone());
        applies.into_iter().chain(notes).chain(self.set_by(deadline.origin)).collect()
    }

    fn deadline_by_case(&self, deadline: &Laid<Deadline>) -> Group {
        let (name, starts) = (self.deadline_name(deadline), self.deadline_starts(deadline));
        let band = match (name.is_empty(), starts) {
            (true, starts) => starts.map(|starts| capitalised(&starts)).unwrap_or_default(),
            (false, Some(starts)) => format!("{name}, {starts}"),
            (false, None) => name,
        };
        let notes = self.deadline_notes(deadline);
        match &deadline.limit {
            Some(limit) => self.case_group(band, notes, limit, &|limit: &Limit| self.words.limit(limit)),
            None => Group {
                band: Some(band),
                lines: notes,
                rows: vec![vec![Cell::of(self.pick("Mọi trường hợp", "Every case")), Cell::of(self.words.gap())]],
            },
        }
    }

    fn deadline(&self, deadline: &Laid<Deadline>) -> Item {
        let general = deadline.limit.as_ref().and_then(|limit| limit.general.as_ref());
        let limit =
            general.map_or_else(|| self.words.gap(), |value| self.with_basis(value, &|limit| self.words.limit(limit)));
        let text = match self.deadline_starts(deadline) {
            Some(starts) => format!("{limit}, {starts}"),
            None => limit,
        };
        Item { lead: self.deadline_name(deadline), text: capitalised(&text), cases: self.deadline_notes(deadline) }
    }
}
