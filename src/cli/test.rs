//! `thutuc test`

use std::io;
use std::path::Path;

use clap::ArgMatches;

use super::{Exit, files, known_place, options, print};
use crate::check::{Trial, try_examples};
use crate::compile::Catalogue;
use crate::diagnostic::{Diagnostic, Severity, Tally, json, short, text};
use crate::emit::{self, Sink};
use crate::error::Error;
use crate::lang::{Lang, say};

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let found = files::find(Path::new(path))?;
    let catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
    known_place(&catalogue, lang)?;
    let errors: Vec<Diagnostic> =
        catalogue.reading.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
    let mut trials = try_examples(&catalogue);
    if let Some(only) = &found.only {
        let here = |trial: &Trial| {
            let own = catalogue.procedures.iter().find(|procedure| procedure.code.value.0 == trial.code);
            own.is_some_and(|procedure| catalogue.sources.get(procedure.span.file).name == *only)
        };
        trials.retain(here);
    }
    if let Some(folder) = matches.get_one::<String>("table") {
        let count = emit::case_tables(&catalogue, &Folder::new(Path::new(folder))?)?;
        print(&say!(
            lang,
            "Đã ghi bảng trường hợp của {count} thủ tục vào {folder}\n",
            "Wrote the cases of {count} procedures to {folder}\n"
        ));
    }
    let mut findings = errors;
    findings.extend(trials.iter().flat_map(|trial| trial.findings.iter().cloned()));
    let tally = Tally { errors: findings.len(), ..Tally::default() };
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => print(&json::render(&findings, tally, &catalogue.sources)),
        Some("short") => print(&short::render(&findings, &catalogue.sources, lang)),
        _ => {
            print(&text::render(&findings, &catalogue.sources, lang, false));
            print(&summary(&trials, findings.len(), matches, lang));
        }
    }
    Ok(if findings.is_empty() { Exit::Good } else { Exit::Findings })
}

/// A folder in which each file is replaced whole.
struct Folder<'a>(&'a Path);

impl Folder<'_> {
    fn new(path: &Path) -> Result<Folder<'_>, Error> {
        std::fs::create_dir_all(path).map_err(|source| Error::Write { path: path.to_owned(), source })?;
        Ok(Folder(path))
    }
}

impl Sink for Folder<'_> {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let beside = self.0.join(format!(".{path}.new"));
        std::fs::write(&beside, bytes)?;
        std::fs::rename(beside, self.0.join(path))
    }
}

fn summary(trials: &[Trial], differ: usize, matches: &ArgMatches, lang: Lang) -> String {
    let mut out = String::new();
    let (coverage, propose) = (matches.get_flag("coverage"), matches.get_flag("propose"));
    for trial in trials.iter().filter(|trial| (coverage || propose) && !trial.unmet.is_empty()) {
        let (code, met, rules) = (&trial.code, trial.met, trial.rules);
        let place = trial.place.as_ref().map_or(String::new(), |place| say!(lang, " tại {place}", " at {place}"));
        out += &say!(
            lang,
            "{code}{place}: ví dụ gặp {met} trong {rules} điều kiện; chưa có ví dụ nào cho:\n",
            "{code}{place}: examples meet {met} of {rules} conditions; none for:\n"
        );
        for unmet in &trial.unmet {
            out += &format!("  - {unmet}\n");
        }
        if propose {
            for proposal in &trial.proposals {
                out += &format!("\n{proposal}\n");
            }
        }
        out.push('\n');
    }
    let examples: usize = trials.iter().map(|trial| trial.examples).sum();
    let (met, rules): (usize, usize) =
        (trials.iter().map(|trial| trial.met).sum(), trials.iter().map(|trial| trial.rules).sum());
    out += &say!(
        lang,
        "{examples} ví dụ, {differ} chỗ không khớp; các ví dụ gặp {met} trong {rules} điều kiện\n",
        "{examples} examples, {differ} differences; the examples meet {met} of {rules} conditions\n"
    );
    if !(coverage || propose) && met < rules {
        out += &say!(
            lang,
            "Xem điều kiện nào chưa có ví dụ: thutuc test --coverage; ví dụ đề xuất: thutuc test --propose\n",
            "To see the conditions without an example: thutuc test --coverage; proposals: thutuc test --propose\n"
        );
    }
    out
}
