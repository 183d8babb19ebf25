//! Every file of `tests/defects` is a small catalogue with one defect and, beside each line of it, the line as it should be: so
//! the defect and its clean twin differ in nothing else. The twin gives no finding at all; the defect gives what it expects.
//!
//! A line `//- …` stands in the twin alone, `//+ …` in the defect alone. `//expect TT421 TT431` names every code that the defect
//! raises, each of them once or more; `//expect diff WORDS` says that no rule can know, and that the change is told by
//! `thutuc diff` in a sentence with these words.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use datatest_stable::{Result, harness};
use thutuc::change::{compare, words};
use thutuc::compile::{Catalogue, FileKind, Input};
use thutuc::lang::Lang;

harness! {
    { test = defect, root = "tests/defects", pattern = r"\.tthc$" },
}

fn defect(path: &Path) -> Result<()> {
    let text = std::fs::read_to_string(path)?;
    let expected = text.lines().find_map(|line| line.strip_prefix("//expect ")).ok_or("it expects nothing")?;
    let [twin, defect] = ['-', '+'].map(|sign| catalogue(&only(&text, sign)));
    let found = lines(&twin);
    if !found.is_empty() {
        return Err(format!("the clean twin is not clean:\n{}", found.join("\n")).into());
    }
    match expected.strip_prefix("diff ") {
        Some(wanted) => told(&twin, &defect, wanted),
        None => raised(&defect, expected),
    }
}

/// The lines of one of the two, and those they share.
fn only(text: &str, sign: char) -> String {
    let line = |line: &str| match line.strip_prefix("//").and_then(|rest| rest.strip_prefix(['-', '+'])) {
        Some(rest) if line[2..].starts_with(sign) => Some(rest.to_owned()),
        Some(_) => None,
        None => Some(line.to_owned()),
    };
    text.lines().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn catalogue(text: &str) -> Catalogue {
    let name = "input.tthc".to_owned();
    support::read(vec![Input { kind: FileKind::Procedures, name, bytes: text.as_bytes().to_vec() }], Lang::Vi)
}

fn lines(catalogue: &Catalogue) -> Vec<String> {
    catalogue.check().findings.iter().map(|found| format!("{}: {}", found.code.0, found.message)).collect()
}

fn raised(defect: &Catalogue, expected: &str) -> Result<()> {
    let found: BTreeSet<&str> = defect.check().findings.iter().map(|found| found.code.0).collect();
    let expected: BTreeSet<&str> = expected.split_whitespace().collect();
    if found == expected {
        return Ok(());
    }
    Err(format!("expected {expected:?}, found {found:?}:\n{}", lines(defect).join("\n")).into())
}

fn told(twin: &Catalogue, defect: &Catalogue, wanted: &str) -> Result<()> {
    let found = lines(defect);
    if !found.is_empty() {
        return Err(format!("a rule knows: expect its code\n{}", found.join("\n")).into());
    }
    let comparison = compare(twin, defect, None);
    let changes = comparison.procedures.iter().flat_map(|one| &one.changes);
    let told: Vec<String> = changes.map(|change| words::sentence(change, Lang::Vi)).collect();
    match told.as_slice() {
        [one] if one.contains(wanted) => Ok(()),
        _ => Err(format!("expected one change with “{wanted}”, found {told:?}").into()),
    }
}
