//! Findings as JSON, for CI and other programs.

use serde::Serialize;

use super::{Diagnostic, Severity, Tally};
use crate::source::{SourceMap, Span};

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    findings: Vec<Finding<'a>>,
    tally: Tally,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    help: &'a [String],
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Lines and columns from 1 (columns in letters), byte offsets of the file on disk from 0.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: u32,
    end_byte: u32,
}

fn place(sources: &SourceMap, span: Span) -> Place<'_> {
    let file = sources.get(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    Place {
        file: &file.name,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start_byte: file.original_offset(span.start),
        end_byte: file.original_offset(span.end),
    }
}

pub fn render(diagnostics: &[Diagnostic], tally: Tally, sources: &SourceMap) -> String {
    let findings = diagnostics
        .iter()
        .map(|found| Finding {
            code: found.code.0,
            severity: found.severity,
            message: &found.message,
            place: place(sources, found.span),
            related: found
                .secondary
                .iter()
                .map(|label| Related { message: &label.text, place: place(sources, label.span) })
                .collect(),
            notes: &found.notes,
            help: &found.help,
        })
        .collect();
    let report = Report { schema: "urn:thutuc:findings:1", findings, tally };
    let mut text = serde_json::to_string_pretty(&report).expect("findings hold only text and numbers");
    text.push('\n');
    text
}
