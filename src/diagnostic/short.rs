//! One line a finding: `file:line:column: error[TT101]: message`.

use std::fmt::Write as _;

use super::{Diagnostic, Severity};
use crate::lang::{Lang, Words};
use crate::source::SourceMap;

pub(crate) fn severity_word(severity: Severity) -> Words {
    match severity {
        Severity::Error => Words::new("lỗi", "error"),
        Severity::Warning => Words::new("cảnh báo", "warning"),
        Severity::Info => Words::new("thông tin", "info"),
    }
}

pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, lang: Lang) -> String {
    let mut out = String::new();
    for found in diagnostics {
        let file = sources.get(found.span.file);
        let at = file.position(found.span.start);
        let word = severity_word(found.severity).get(lang);
        let _ = writeln!(out, "{}:{}:{}: {word}[{}]: {}", file.name, at.line, at.column, found.code.0, found.message);
    }
    out
}
