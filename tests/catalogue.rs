//! The shipped catalogue: no unsilenced error, its findings are those of `procedures/FINDINGS.md`, each kind explained there.
//!
//! `UPDATE_FINDINGS=1 cargo test --test catalogue` writes the lists anew and keeps the words above them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use thutuc::check::rule;
use thutuc::compile::{Catalogue, FileKind, Input, Options};
use thutuc::diagnostic::{Severity, short};
use thutuc::lang::Lang;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures")
}

fn walk(folder: &Path, inputs: &mut Vec<Input>) {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, inputs);
            continue;
        }
        let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        let kind = match name.as_str() {
            "catalogue.yaml" => FileKind::Settings,
            name if name.starts_with("registers/") => FileKind::Register,
            name if name.ends_with(".tthc") => FileKind::Procedures,
            _ => continue,
        };
        inputs.push(Input { kind, name, bytes: fs::read(&path).expect("readable") });
    }
}

fn catalogue() -> Catalogue {
    let mut inputs = Vec::new();
    walk(&root(), &mut inputs);
    let today = jiff::civil::date(2026, 11, 22);
    Catalogue::read(inputs, Options { lang: Lang::Vi, as_of: None, today, place: None, release: false })
}

#[test]
fn the_shipped_catalogue_has_no_unsilenced_error() {
    let catalogue = catalogue();
    let report = catalogue.check();
    let errors: Vec<_> = report.findings.into_iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{}", short::render(&errors, &catalogue.sources, Lang::Vi));
    assert!(catalogue.procedures.len() >= 16);
}

/// The lists of FINDINGS.md, and the words above each.
fn sections(text: &str) -> (String, BTreeMap<String, (String, String)>) {
    let mut head = String::new();
    let mut sections: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut code: Option<String> = None;
    let mut listing = false;
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            code = title.split(' ').next().map(str::to_owned);
            continue;
        }
        let Some(code) = &code else {
            head.push_str(&format!("{line}\n"));
            continue;
        };
        let (prose, list) = sections.entry(code.clone()).or_default();
        match line {
            "```text" => listing = true,
            "```" => listing = false,
            line if listing => list.push_str(&format!("{line}\n")),
            line => prose.push_str(&format!("{line}\n")),
        }
    }
    (head, sections)
}

#[test]
fn the_findings_are_those_that_are_explained() {
    let catalogue = catalogue();
    let report = catalogue.check();
    let mut actual: BTreeMap<String, String> = BTreeMap::new();
    for (found, silenced) in
        report.findings.iter().map(|one| (one, false)).chain(report.silenced.iter().map(|one| (one, true)))
    {
        // Without the column: it moves with every touch of the line.
        let line = short::render(std::slice::from_ref(found), &catalogue.sources, Lang::Vi);
        let mut parts = line.splitn(4, ':');
        let (file, row) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let said = &found.message;
        let mark = if silenced { " (bỏ qua có lý do)" } else { "" };
        actual.entry(found.code.0.to_owned()).or_default().push_str(&format!("{file}:{row}: {said}{mark}\n"));
    }
    let path = root().join("FINDINGS.md");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let (head, explained) = sections(&text);
    if std::env::var_os("UPDATE_FINDINGS").is_some() {
        let mut text = head;
        for (code, list) in &actual {
            let title = rule(code).map_or("", |rule| rule.title.vi);
            let prose = explained.get(code).map_or("", |(prose, _)| prose.trim());
            text.push_str(&format!("## {code} {title}\n\n{prose}\n\n```text\n{list}```\n\n"));
        }
        fs::write(&path, format!("{}\n", text.trim_end())).expect("writable");
        return;
    }
    for (code, list) in &actual {
        let (prose, known) =
            explained.get(code).unwrap_or_else(|| panic!("FINDINGS.md does not explain {code}:\n{list}"));
        assert!(prose.trim().len() > 20, "FINDINGS.md does not say why there is {code}");
        assert_eq!(known, list, "the findings {code} are not those of FINDINGS.md");
    }
    let gone: Vec<_> = explained.keys().filter(|code| !actual.contains_key(*code)).collect();
    assert!(gone.is_empty(), "FINDINGS.md explains what is not found: {gone:?}");
}

#[test]
fn every_worked_example_comes_out_as_written() {
    let catalogue = catalogue();
    let trials = thutuc::check::try_examples(&catalogue);
    let differ: Vec<&str> = trials.iter().flat_map(|trial| &trial.findings).map(|one| one.message.as_str()).collect();
    assert!(differ.is_empty(), "{differ:#?}");
    for procedure in &catalogue.procedures {
        let own = trials.iter().filter(|trial| trial.code == procedure.code.value.0);
        let examples: usize = own.map(|trial| trial.examples).sum();
        assert!(examples >= 3, "{} has {examples} worked examples", procedure.code.value);
    }
}
