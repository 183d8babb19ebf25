//! `thutuc check`

use std::io::IsTerminal as _;
use std::path::Path;

use clap::ArgMatches;
use rustc_hash::FxHashSet;

use super::{Exit, files, known_place, options, print, proofs};
use crate::check::Report;
use crate::compile::Catalogue;
use crate::diagnostic::{Tally, json, short, text};
use crate::error::Error;
use crate::lang::{Lang, say};

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let found = files::find(Path::new(path))?;
    let catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
    known_place(&catalogue, lang)?;
    let known = if matches.get_flag("full") { FxHashSet::default() } else { proofs::known() };
    let mut report = catalogue.check_beyond(&known);
    proofs::keep(&known, &report.proved);
    if let Some(only) = &found.only {
        let of_file = |one: &crate::diagnostic::Diagnostic| catalogue.sources.get(one.span.file).name == *only;
        report.findings.retain(of_file);
        report.silenced.retain(of_file);
    }
    let tally = report.tally();
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => print(&json::render(&report.findings, tally, &catalogue.sources)),
        Some("short") => print(&short::render(&report.findings, &catalogue.sources, lang)),
        _ => {
            show(&catalogue, &report, tally, lang);
        }
    }
    Ok(if tally.errors > 0 { Exit::Findings } else { Exit::Good })
}

/// The findings for people, errors last, where they are seen first.
fn show(catalogue: &Catalogue, report: &Report, tally: Tally, lang: Lang) {
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut findings = report.findings.clone();
    findings.sort_by_key(|one| std::cmp::Reverse(one.severity));
    print(&text::render(&findings, &catalogue.sources, lang, colour));
    print(&text::summary(tally, lang));
    print("\n");
    if let Some(first) = findings.last() {
        let code = first.code.0;
        print(&say!(lang, "Xem giải thích: thutuc explain {code}\n", "To know more: thutuc explain {code}\n"));
    }
}
