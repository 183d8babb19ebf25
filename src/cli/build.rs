//! `thutuc build`

use std::io::IsTerminal as _;
use std::path::Path;

use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Dist, Exit, files, known_place, options, print};
use crate::compile::Catalogue;
use crate::diagnostic::{Severity, text};
use crate::emit::{self, Dialect, Wanted};
use crate::error::Error;
use crate::lang::{Lang, say};

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let out = matches.get_one::<String>("out").expect("it has a default");
    let found = files::find(Path::new(path))?;
    let catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
    known_place(&catalogue, lang)?;
    let report = catalogue.check();
    let tally = report.tally();
    if tally.errors > 0 {
        let errors: Vec<_> = report.findings.into_iter().filter(|one| one.severity == Severity::Error).collect();
        let colour = std::io::stderr().is_terminal();
        eprint!("{}", text::render(&errors, &catalogue.sources, lang, colour));
        let count = tally.errors;
        eprintln!(
            "{}",
            say!(
                lang,
                "không dựng: còn {count} lỗi; bản dựng trước vẫn nguyên vẹn",
                "nothing was built: {count} errors are left; the earlier build is untouched"
            )
        );
        return Ok(Exit::Findings);
    }
    let wanted = wanted(matches);
    let dist = Dist::create(Path::new(out))?;
    let progress = bar(catalogue.procedures.len() as u64);
    let emit::Built { summaries, idle_words } = emit::build(&catalogue, &wanted, &dist, &|| progress.inc(1))?;
    progress.finish_and_clear();
    let files = dist.finish(&catalogue)?;
    let (procedures, warnings) = (summaries.len(), tally.warnings);
    print(&say!(
        lang,
        "{out}: {procedures} thủ tục, {files} tệp; {warnings} cảnh báo (xem: thutuc check). Mở {out}/index.html\n",
        "{out}: {procedures} procedures, {files} files; {warnings} warnings (see: thutuc check). Open {out}/index.html\n"
    ));
    for emit::Idle { file, line, text } in idle_words {
        eprintln!(
            "{}",
            say!(
                lang,
                "cảnh báo: {file}:{line}: không trang nào có đúng chữ “{text}” để thay",
                "warning: {file}:{line}: no page says exactly “{text}”"
            )
        );
    }
    if wanted.opencps {
        print(&opencps(&summaries, lang));
    }
    Ok(Exit::Good)
}

/// The outputs that were asked for; clap knows the names.
fn wanted(matches: &ArgMatches) -> Wanted {
    let named = matches.get_many::<String>("bpmn").into_iter().flatten();
    let dialects = named.filter_map(|name| Dialect::ALL.into_iter().find(|one| one.name() == name));
    Wanted {
        dialects: dialects.collect(),
        opencps: matches.get_flag("opencps"),
        pdf: emit::HAS_PDF && !matches.get_flag("no-pdf"),
    }
}

/// What the files for OpenCPS cannot carry is theirs to read before they load one.
fn opencps(summaries: &[emit::Summary], lang: Lang) -> String {
    let made = summaries.iter().filter(|one| one.opencps.is_some()).count();
    let less = summaries.iter().filter(|one| one.opencps.is_some_and(|losses| losses > 0)).count();
    say!(
        lang,
        "opencps: {made} quy trình; {less} quy trình có điều OpenCPS không chở được, kể ở đầu tệp và ở opencps/MÃ.txt\n",
        "opencps: {made} processes; of {less} OpenCPS cannot carry everything: see the head of the file, and opencps/CODE.txt\n"
    )
}

/// Progress on a terminal, where the work is long.
fn bar(length: u64) -> ProgressBar {
    if length < 200 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}
