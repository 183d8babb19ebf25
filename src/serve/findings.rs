//! What was found, as JSON for the script of the preview: each finding with the procedure it concerns.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::preview::State;
use crate::compile::Catalogue;
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::file_name;
use crate::model::ProcedureCode;
use crate::source::{FileId, Span};

#[derive(Serialize)]
struct Sheet<'a> {
    #[serde(flatten)]
    state: &'a State,
    /// Whether the pages are older than what was found.
    stale: bool,
    /// Why nothing could be read or built.
    problem: Option<&'a str>,
    findings: &'a [Found],
}

#[derive(Serialize)]
pub(super) struct Found {
    code: &'static str,
    severity: Severity,
    message: String,
    /// The name of the file in the catalogue, with line and column from 1.
    file: String,
    line: usize,
    column: usize,
    notes: Vec<String>,
    help: Vec<String>,
    /// What the files of the procedures are called that it concerns.
    procedures: Vec<String>,
}

/// The findings of a catalogue, errors first.
pub(super) fn of(catalogue: &Catalogue, findings: &[Diagnostic]) -> Vec<Found> {
    let mut found: Vec<&Diagnostic> = findings.iter().collect();
    found.sort_by_key(|one| one.severity);
    let by_file = ByFile::of(catalogue);
    let one = |finding: &Diagnostic| {
        let file = catalogue.sources.get(finding.span.file);
        let at = file.position(finding.span.start);
        Found {
            code: finding.code.0,
            severity: finding.severity,
            message: finding.message.clone(),
            file: file.name.clone(),
            line: at.line,
            column: at.column,
            notes: finding.notes.clone(),
            help: finding.help.clone(),
            procedures: by_file.names(finding.span),
        }
    };
    found.into_iter().map(one).collect()
}

pub(super) fn json(state: &State, stale: bool, problem: Option<&str>, findings: &[Found]) -> String {
    serde_json::to_string(&Sheet { state, stale, problem, findings }).expect("a sheet is plain data")
}

/// The procedures of each file, and those that something is laid over there, with where they stand.
struct ByFile<'c>(FxHashMap<FileId, Vec<(&'c ProcedureCode, Span)>>);

impl<'c> ByFile<'c> {
    fn of(catalogue: &'c Catalogue) -> ByFile<'c> {
        let procedures = catalogue.procedures.iter().map(|one| (&one.code.value, one.span));
        let overlays = catalogue.overlays.iter().map(|one| (&one.code.value, one.span));
        let mut files: FxHashMap<FileId, Vec<(&ProcedureCode, Span)>> = FxHashMap::default();
        for (code, span) in procedures.chain(overlays) {
            files.entry(span.file).or_default().push((code, span));
        }
        ByFile(files)
    }

    /// What the files of a procedure are called that a place stands in; else those of every procedure of its file.
    fn names(&self, place: Span) -> Vec<String> {
        let in_file = self.0.get(&place.file).into_iter().flatten();
        let (within, beside): (Vec<_>, Vec<_>) =
            in_file.partition(|(_, span)| span.start <= place.start && place.start <= span.end);
        let found = if within.is_empty() { beside } else { within };
        let mut names: Vec<String> = found.into_iter().map(|(code, _)| file_name(&code.0)).collect();
        names.sort();
        names.dedup();
        names
    }
}
