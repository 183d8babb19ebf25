//! Every ```tthc block of the documents is read without a fault.

use std::fs;
use std::path::Path;

use thutuc::diagnostic::short;
use thutuc::lang::Lang;
use thutuc::model::from_syntax;
use thutuc::source::{SourceFile, SourceMap};
use thutuc::syntax;

const TOP: [&str; 8] = ["thủ tục", "áp dụng", "quy định", "quy trình con", "procedure", "apply", "norm", "subprocess"];

/// The blocks of a document: the line each begins on, whether it is English, and its text.
fn blocks(document: &str) -> Vec<(usize, bool, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, bool, String)> = None;
    for (at, line) in document.lines().enumerate() {
        match (&mut open, line.trim()) {
            (None, "```tthc") => open = Some((at + 2, false, String::new())),
            (None, "```tthc en") => open = Some((at + 2, true, String::new())),
            (Some(_), "```") => blocks.extend(open.take()),
            (Some((_, _, text)), _) => text.push_str(&format!("{line}\n")),
            (None, _) => {}
        }
    }
    blocks
}

/// A part of a procedure is put into one.
fn whole(text: &str, english: bool) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).unwrap_or("");
    if TOP.iter().any(|word| first.starts_with(word)) && !first.starts_with("quy trình {") {
        return text.to_owned();
    }
    let head = if english { "procedure 1.000001 \"Example\"" } else { "thủ tục 1.000001 \"Ví dụ\"" };
    format!("{head} {{\n{text}\n}}\n")
}

fn check(name: &str, at_least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let document = fs::read_to_string(path).expect("the document is there");
    let blocks = blocks(&document);
    assert!(blocks.len() >= at_least, "{name} has only {} blocks", blocks.len());
    let mut faults = String::new();
    for (line, english, text) in blocks {
        let mut sources = SourceMap::default();
        let id = sources.add(SourceFile::new(format!("{name}, block of line {line}"), whole(&text, english)));
        let (items, mut found) = syntax::parse(id, sources.get(id), Lang::En);
        let (_, draft) = from_syntax::read(id, sources.get(id), &items, Lang::En);
        found.extend(draft.diagnostics);
        faults.push_str(&short::render(&found, &sources, Lang::En));
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn the_examples_of_the_language_reference_are_read() {
    check("docs/language.md", 40);
    check("docs/thoi-gian-va-vi-du.md", 15);
    check("docs/mau-bieu.md", 1);
}

#[test]
fn the_examples_of_the_readmes_are_read() {
    check("README.md", 1);
    check("README.vi.md", 1);
}
