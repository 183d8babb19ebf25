//! What was found, as JSON for the script of the preview: each finding with the procedure it concerns.

use serde::Serialize;

use super::preview::State;
use crate::compile::Catalogue;
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::file_name;
use crate::source::Span;

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
            procedures: procedures(catalogue, finding.span),
        }
    };
    found.into_iter().map(one).collect()
}

pub(super) fn json(state: &State, stale: bool, problem: Option<&str>, findings: &[Found]) -> String {
    serde_json::to_string(&Sheet { state, stale, problem, findings }).expect("a sheet is plain data")
}

/// The procedure that a place stands in, or that an overlay there is laid over; else every procedure of the file.
fn procedures(catalogue: &Catalogue, place: Span) -> Vec<String> {
    let all = || {
        let procedures = catalogue.procedures.iter().map(|one| (&one.code.value, one.span));
        procedures.chain(catalogue.overlays.iter().map(|one| (&one.code.value, one.span)))
    };
    let in_file = all().filter(|(_, span)| span.file == place.file);
    let (within, beside): (Vec<_>, Vec<_>) =
        in_file.partition(|(_, span)| span.start <= place.start && place.start <= span.end);
    let found = if within.is_empty() { beside } else { within };
    let mut names: Vec<String> = found.into_iter().map(|(code, _)| file_name(&code.0)).collect();
    names.sort();
    names.dedup();
    names
}
