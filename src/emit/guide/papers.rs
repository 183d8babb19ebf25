//! The papers, in the groups in which people have to bring them.

use super::{Cell, Group, Maker, Part, Section, Table};
use crate::lang::say;
use crate::model::dossier::{Copies, Document};
use crate::model::{Amount, Expr, Setting};

impl Maker<'_, '_> {
    pub(super) fn dossier(&self) -> Section {
        let mut section = self.section(Part::Dossier);
        let Some(dossier) = &self.plan.body().dossier else {
            section.missing = true;
            return section;
        };
        section.origin = self.origin(Some(dossier));
        if dossier.none {
            section.lines.push(self.pick("Không phải nộp hồ sơ.", "No papers are needed."));
            return section;
        }
        let sets = match &dossier.sets {
            Some(Setting::Given(sets)) => {
                let sets = self.words.count(crate::model::Number::whole(i64::from(*sets)));
                say!(self.lang(), "{sets} bộ", "{sets}")
            }
            other => {
                other.as_ref().and_then(|setting| self.words.no_value(setting)).unwrap_or_else(|| self.words.gap())
            }
        };
        section.lines.push(say!(self.lang(), "Số lượng hồ sơ: {sets}.", "Number of sets: {sets}."));
        for (copies, vi, en) in [
            (&dossier.by_post, "Nộp qua bưu chính: gửi", "By public post: send"),
            (&dossier.by_web, "Nộp trực tuyến: gửi", "Online: send"),
        ] {
            if let Some(copies) = copies {
                let (lead, copies) = (self.pick(vi, en), self.copies(copies));
                section.lines.push(say!(
                    self.lang(),
                    "{lead} {copies} thay cho giấy tờ phải xuất trình.",
                    "{lead} {copies} in place of what must be shown."
                ));
            }
        }
        section.tables.push(Table {
            kind: "papers",
            heads: vec![
                self.pick("TT", "No."),
                self.pick("Tên giấy tờ", "Paper"),
                self.pick("Hình thức", "How"),
                self.pick("Số lượng", "Number"),
            ],
            groups: self.papers(&dossier.documents),
        });
        section
    }

    /// What everybody brings, then what is brought in each case, in the order in which the cases are first met.
    fn papers(&self, documents: &[Document]) -> Vec<Group> {
        let mut cases: Vec<(Option<String>, Vec<&Document>)> = Vec::new();
        for document in documents {
            let when = document.when.as_ref().map(|when: &Expr| self.when(&self.words.condition(when)));
            match cases.iter_mut().find(|(known, _)| *known == when) {
                Some((_, papers)) => papers.push(document),
                None => cases.push((when, vec![document])),
            }
        }
        cases.sort_by_key(|(when, _)| when.is_some());
        let by_case = cases.iter().any(|(when, _)| when.is_some());
        let mut number = 0;
        let group = |(when, papers): (Option<String>, Vec<&Document>)| {
            let band = when.unwrap_or_else(|| self.pick("Mọi trường hợp", "Every case"));
            let rows = papers.into_iter().map(|document| {
                number += 1;
                self.paper(number, document)
            });
            Group { band: by_case.then_some(band), lines: Vec::new(), rows: rows.collect() }
        };
        cases.into_iter().map(group).collect()
    }

    fn paper(&self, number: usize, document: &Document) -> Vec<Cell> {
        let words = &self.words;
        let mut small = Vec::new();
        if let Some(form) = &document.form {
            let lines = self.case_lines(form, &|form| words.form(form));
            small.extend(lines.into_iter().map(|form| say!(self.lang(), "Biểu mẫu: {form}", "Form: {form}")));
        }
        if !document.one_of.is_empty() {
            let any = document.one_of.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join("; ");
            small.push(say!(self.lang(), "Một trong các giấy tờ: {any}", "Any one of: {any}"));
        }
        if !document.taken_from.is_empty() {
            let from = document.taken_from.iter().map(|source| words.source(source)).collect::<Vec<_>>().join("; ");
            small.push(say!(
                self.lang(),
                "Không phải nộp, xuất trình khi cơ quan khai thác được từ {from}",
                "Not needed where the agency finds it in {from}"
            ));
        }
        small.extend(words.cites(&document.cites).map(|cites| say!(self.lang(), "Theo {cites}", "Under {cites}")));
        small.extend(document.notes.iter().map(|note| note.value.clone()));
        let copies: Vec<String> = document.copies.iter().map(|copies| self.copies(copies)).collect();
        vec![
            Cell::centred(number.to_string()),
            Cell { small, ..Cell::of(document.name.value.clone()) },
            Cell::centred(words.delivery(document.delivery).to_owned()),
            Cell::centred(copies.join("; ")),
        ]
    }

    /// `01 bản chính`; a number that is worked out stands behind: `bản sao: số bản sao yêu cầu thêm`.
    pub(super) fn copies(&self, copies: &Copies) -> String {
        let (count, kind) = (self.words.copies(&copies.count), self.words.copy_kind(copies.kind));
        match &copies.count {
            Setting::Given(Amount::Number(_)) => format!("{count} {kind}"),
            _ => format!("{kind}: {count}"),
        }
    }
}
