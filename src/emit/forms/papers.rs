//! The papers of a form: each with how many of which kind, as the three columns of the official forms count them.

use serde::Serialize;

use super::{Kind, Maker};
use crate::lang::say;
use crate::model::dossier::{Copies, CopyKind, Delivery, Document};
use crate::model::{Amount, Channel, Number, Setting};
use crate::plan::decision::asked_documents;
use crate::plan::money;

#[derive(Serialize)]
pub(super) struct Papers {
    /// The columns that count: originals, copies, photocopies.
    heads: [String; 3],
    rows: Vec<Row>,
    /// Whether the form names the papers it is about.
    chosen: bool,
    /// How many sets.
    sets: String,
    /// That no papers are asked for, or that they are not yet given.
    none: Option<String>,
}

#[derive(Serialize)]
struct Row {
    number: usize,
    name: String,
    lines: Vec<String>,
    counts: [String; 3],
}

impl Maker<'_, '_> {
    pub(super) fn papers(&self) -> Papers {
        let dossier = self.plan.body().dossier.as_ref().map(|dossier| &dossier.value);
        let mut rows: Vec<Row> = match self.filled.case {
            Some((_, answer)) => {
                let papers = answer.papers.iter().filter(|paper| self.is_meant(paper.document));
                papers.map(|paper| self.paper(paper.document, paper.when.clone())).collect()
            }
            None => {
                let papers = asked_documents(self.plan).filter(|document| self.is_meant(document));
                let when = |document: &Document| document.when.as_ref().map(|when| self.words.condition(when));
                papers.map(|document| self.paper(document, when(document))).collect()
            }
        };
        rows.iter_mut().enumerate().for_each(|(at, row)| row.number = at + 1);
        let sets = match dossier.and_then(|dossier| dossier.sets.as_ref()) {
            Some(Setting::Given(sets)) => self.words.count(Number::whole(i64::from(*sets))),
            _ => super::dots(6),
        };
        let none = match dossier {
            _ if !rows.is_empty() => None,
            Some(dossier) if dossier.none => Some(self.pick("Không phải nộp giấy tờ.", "No papers are asked for.")),
            _ => Some(super::dots(40)),
        };
        Papers { heads: self.columns(), rows, chosen: !self.filled.papers.is_empty(), sets, none }
    }

    fn columns(&self) -> [String; 3] {
        match self.kind {
            Kind::Supplement => [
                self.pick("Bản chính", "Originals"),
                self.pick("Bản chứng thực", "Certified"),
                self.pick("Bản photo", "Photocopies"),
            ],
            _ => [
                self.pick("Bản chính", "Originals"),
                self.pick("Bản sao", "Copies"),
                self.pick("Bản chụp", "Photocopies"),
            ],
        }
    }

    /// Whether the form is about a paper: about all where none is named.
    fn is_meant(&self, document: &Document) -> bool {
        let named = &self.filled.papers;
        named.is_empty() || named.iter().any(|id| document.id.as_ref().is_some_and(|own| own.value.as_str() == id))
    }

    fn paper(&self, document: &Document, when: Option<String>) -> Row {
        let mut counts: [Vec<String>; 3] = Default::default();
        let mut lines: Vec<String> = Vec::new();
        if document.delivery != Delivery::Submit {
            lines.push(self.words.delivery(document.delivery).to_owned());
        }
        lines.extend(when.map(|when| say!(self.lang(), "Khi {when}", "When {when}")));
        for copies in self.copies(document) {
            let count = self.count(copies);
            // A kind that is more than its column says is said in words, too.
            let (column, is_plain) = match (copies.kind, self.kind) {
                (CopyKind::Original, _) => (Some(0), true),
                (CopyKind::OriginalOrCertified, _) => (Some(0), false),
                (CopyKind::Copy, Kind::Supplement) => (Some(2), false),
                (CopyKind::Copy, _) => (Some(1), true),
                (CopyKind::CertifiedCopy, Kind::Supplement) => (Some(1), true),
                (CopyKind::CertifiedCopy | CopyKind::CopyFromRegister, _) => (Some(1), false),
                (CopyKind::Photocopy, _) => (Some(2), true),
                (CopyKind::CopyWithOriginal, _) => (Some(2), false),
                (CopyKind::Electronic, _) => (None, false),
            };
            if !is_plain {
                lines.push(format!("{count} {}", self.words.copy_kind(copies.kind)));
            }
            if let Some(column) = column {
                counts[column].push(count);
            }
        }
        // Of one file it is known which of them was handed in.
        if !document.one_of.is_empty() && self.filled.case.is_none() {
            let any = document.one_of.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join("; ");
            lines.push(say!(self.lang(), "Một trong: {any}", "Any one of: {any}"));
        }
        Row { number: 0, name: document.name.value.clone(), lines, counts: counts.map(|column| column.join(" + ")) }
    }

    /// What is handed in of a paper: by post and online, what the procedure takes in place of a paper that is only shown.
    fn copies<'d>(&'d self, document: &'d Document) -> &'d [Copies] {
        let dossier = self.plan.body().dossier.as_ref();
        let channels = self.filled.case.map(|(asked, _)| asked.space.channels(&asked.case)).unwrap_or_default();
        let instead = match (channels.as_slice(), document.delivery) {
            ([Channel::Post], Delivery::Show) => dossier.and_then(|dossier| dossier.by_post.as_ref()),
            ([Channel::Online], Delivery::Show) => dossier.and_then(|dossier| dossier.by_web.as_ref()),
            _ => None,
        };
        instead.map_or(&document.copies, std::slice::from_ref)
    }

    /// How many, where the case says so; else what counts them.
    fn count(&self, copies: &Copies) -> String {
        let counted = match (&copies.count, self.filled.case) {
            (Setting::Given(amount), Some((asked, _))) if !matches!(amount, Amount::Number(_)) => {
                money::count(amount, &|fact| asked.space.number(&asked.case, fact))
            }
            _ => None,
        };
        counted.map_or_else(|| self.words.copies(&copies.count), |count| self.words.count(count))
    }
}
