//! Every folder of `tests/cases` is a test of its own name: what its files hold is compiled with the shipped registers, and
//! what is found, in Vietnamese as people read it and in English a line each, is the snapshot beside `input.tthc`.
//!
//! A folder may hold more `.tthc` files, a `registers/` folder whose files stand in place of the shipped ones, and a
//! file `expect` with one promise a line: `no errors`, or `exactly TT101 TT103` for the codes found, in order.

mod support;

use std::path::Path;

use datatest_stable::{Result, harness};
use thutuc::check::Report;
use thutuc::compile::{Catalogue, Input};
use thutuc::diagnostic::{Severity, short, text};
use thutuc::lang::Lang;

/// The name of the one snapshot of a case.
const SNAPSHOT: &str = "findings";

harness! {
    { test = case, root = "tests/cases", pattern = r"^[^/]+/input\.tthc$" },
    { test = file_is_used, root = "tests/cases", pattern = r"(\.snap|/expect)$" },
}

fn case(input: &Path) -> Result<()> {
    let folder = input.parent().ok_or("a case lies in a folder")?;
    let (catalogue, report) = compile(support::inputs_below(folder), Lang::Vi);
    let (english_catalogue, english) = compile(support::inputs_below(folder), Lang::En);
    let shown = format!(
        "{}{}\n\n{}",
        text::render(&report.findings, &catalogue.sources, Lang::Vi, false),
        text::summary(report.tally(), Lang::Vi),
        short::render(&english.findings, &english_catalogue.sources, Lang::En),
    );
    let folder = std::path::absolute(folder)?;
    keep_promises(&folder, &report)?;
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(SNAPSHOT, shown));
    Ok(())
}

fn compile(inputs: Vec<Input>, lang: Lang) -> (Catalogue, Report) {
    let catalogue = support::read(inputs, lang);
    let report = catalogue.check();
    (catalogue, report)
}

/// What the file `expect` promises, whatever the snapshot says.
fn keep_promises(folder: &Path, report: &Report) -> Result<()> {
    let Ok(promises) = std::fs::read_to_string(folder.join("expect")) else { return Ok(()) };
    let codes: Vec<&str> = report.findings.iter().map(|found| found.code.0).collect();
    for promise in promises.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let kept = match promise.strip_prefix("exactly") {
            Some(wanted) => codes == wanted.split_whitespace().collect::<Vec<_>>(),
            None if promise == "no errors" => report.findings.iter().all(|found| found.severity != Severity::Error),
            None => return Err(format!("`expect` does not know “{promise}”").into()),
        };
        if !kept {
            return Err(format!("promised “{promise}”, found {codes:?}").into());
        }
    }
    Ok(())
}

/// A snapshot or a promise that no test reads any more fails.
fn file_is_used(file: &Path) -> Result<()> {
    let known = file.extension().is_none() || file.file_stem().is_some_and(|stem| stem == SNAPSHOT);
    let beside_input = file.with_file_name("input.tthc").exists();
    if known && beside_input { Ok(()) } else { Err("no test asserts this file any more: delete it".into()) }
}
