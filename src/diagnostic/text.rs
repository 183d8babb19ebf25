//! Findings for people: the lines concerned, what is wrong under them, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::short::severity_word;
use super::{Diagnostic, Label, Severity, Tally};
use crate::lang::{Lang, say};
use crate::source::{FileId, SourceMap, Span};

pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, lang: Lang, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for found in diagnostics {
        out.push_str(&renderer.render(&[group(found, sources, lang)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(found: &'a Diagnostic, sources: &'a SourceMap, lang: Lang) -> Group<'a> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title =
        level.with_name(severity_word(found.severity).get(lang)).primary_title(found.message.as_str()).id(found.code.0);
    let mut group = title.elements(Vec::<annotate_snippets::Message<'_>>::new());
    let mut files: Vec<FileId> = vec![found.span.file];
    for label in &found.secondary {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    for file in files {
        group = group.element(snippet(found, sources, file));
    }
    for note in &found.notes {
        let name = match lang {
            Lang::Vi => "cụ thể",
            Lang::En => "note",
        };
        group = group.element(Level::NOTE.with_name(name).message(note.as_str()));
    }
    for help in &found.help {
        let name = match lang {
            Lang::Vi => "gợi ý",
            Lang::En => "help",
        };
        group = group.element(Level::HELP.with_name(name).message(help.as_str()));
    }
    group
}

fn snippet<'a>(
    found: &'a Diagnostic,
    sources: &'a SourceMap,
    file: FileId,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.get(file);
    let mut snippet = Snippet::source(source.text.as_str()).path(source.name.as_str());
    if found.span.file == file {
        let mark = AnnotationKind::Primary.span(visible(found.span, source.text.as_str()));
        snippet = snippet.annotation(if found.label.is_empty() { mark } else { mark.label(found.label.as_str()) });
    }
    for Label { span, text } in found.secondary.iter().filter(|label| label.span.file == file) {
        snippet =
            snippet.annotation(AnnotationKind::Context.span(visible(*span, source.text.as_str())).label(text.as_str()));
    }
    snippet
}

/// A mark stays on its first line: a block of forty lines is pointed at by its head.
fn visible(span: Span, text: &str) -> std::ops::Range<usize> {
    let mut range = span.range();
    while !text.is_char_boundary(range.start) {
        range.start -= 1;
    }
    let slice = text.get(range.clone()).unwrap_or("");
    let line = slice.split(['\n', '\r']).next().unwrap_or("").trim_end();
    range.start..range.start + line.len()
}

/// The line that closes a report.
pub fn summary(tally: Tally, lang: Lang) -> String {
    let Tally { errors, warnings, infos, silenced } = tally;
    say!(
        lang,
        "{errors} lỗi, {warnings} cảnh báo, {infos} thông tin; {silenced} phát hiện được bỏ qua có lý do",
        "{errors} errors, {warnings} warnings, {infos} notices; {silenced} findings silenced with a reason"
    )
}
