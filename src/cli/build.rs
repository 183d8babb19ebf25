//! `thutuc build`

use std::io::IsTerminal as _;
use std::path::Path;

use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Dist, Exit, files, known_place, options, print};
use crate::change::{Comparison, Kind, Where, compare, words};
use crate::compile::{Catalogue, Input, Options};
use crate::diagnostic::{Severity, text};
use crate::emit::{self, Built, Dialect, Part, Shard, Sink as _, Wanted};
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::model::quantity::short_date;

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let out = matches.get_one::<String>("out").expect("it has a default");
    let wanted = wanted(matches, lang)?;
    let found = files::find(Path::new(path))?;
    let inputs = files::load(&found.root)?;
    // Only a day that is asked for can be a later one than the catalogue's own. Of a build in parts, the first has what the days
    // differ in.
    let compares = matches.contains_id("as-of") && wanted.shard.is_none_or(|shard| shard.number == 1);
    let kept = compares.then(|| inputs.clone());
    let catalogue = Catalogue::read(inputs, options(matches, lang)?);
    known_place(&catalogue, lang)?;
    if wanted.communes {
        has_communes(&catalogue, lang)?;
    }
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
    let dist = Dist::create(Path::new(out))?;
    let ahead = changes_until(&catalogue, kept, matches, lang)?;
    if let Some((earlier, comparison)) = &ahead {
        emit::changes_ahead(earlier, &catalogue, comparison, &dist)?;
    }
    let rounds = if wanted.communes { 2 } else { 1 };
    let progress = bar(rounds * catalogue.procedures.len() as u64);
    let built = emit::build(&catalogue, &wanted, &dist, &|| progress.inc(1))?;
    progress.finish_and_clear();
    if let Some(shard) = wanted.shard {
        return part(&catalogue, &Part::of(shard, &wanted, &built), dist, (out, lang));
    }
    let files = dist.finish(&catalogue)?;
    tell(&built, &wanted, (files, Some(tally.warnings)), (out, lang));
    if let Some((earlier, comparison)) = &ahead {
        print(&ahead_told(earlier, &catalogue, comparison, out, lang));
    }
    Ok(Exit::Good)
}

/// Puts one part of a build in place, with what merging must know of it.
fn part(catalogue: &Catalogue, part: &Part, dist: Dist, (out, lang): (&str, Lang)) -> Result<Exit, Error> {
    let (path, json) = (emit::PART_FILE, part.to_json());
    dist.write(path, json.as_bytes()).map_err(|source| Error::Write { path: path.into(), source })?;
    let (files, Shard { number, of }) = (dist.finish(catalogue)?, part.shard);
    print(&say!(
        lang,
        "{out}: phần {number}/{of} của bản dựng, {files} tệp. Đủ {of} phần thì gộp: thutuc merge PHẦN-1 … PHẦN-{of} --out dist\n",
        "{out}: part {number} of {of}, {files} files. With all {of}: thutuc merge PART-1 … PART-{of} --out dist\n"
    ));
    Ok(Exit::Good)
}

/// What was built, and what an agency's templates ask for in vain.
pub(super) fn tell(
    built: &Built,
    wanted: &Wanted,
    (files, warnings): (usize, Option<usize>),
    (out, lang): (&str, Lang),
) {
    let Built { summaries, of_communes, idle_words } = built;
    let procedures = summaries.len();
    let communes = match wanted.communes {
        true => say!(lang, ", {of_communes} bản niêm yết của cấp xã", ", {of_communes} notices of communes"),
        false => String::new(),
    };
    let warnings = warnings.map_or_else(String::new, |count| {
        say!(lang, "; {count} cảnh báo (xem: thutuc check)", "; {count} warnings (see: thutuc check)")
    });
    let open = match wanted.has("site") {
        true => say!(lang, " Mở {out}/index.html", " Open {out}/index.html"),
        false => String::new(),
    };
    print(&say!(
        lang,
        "{out}: {procedures} thủ tục{communes}, {files} tệp{warnings}.{open}\n",
        "{out}: {procedures} procedures{communes}, {files} files{warnings}.{open}\n"
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
        print(&opencps(summaries, lang));
    }
}

/// For a build of a day to come: the catalogue as it stands on its own day, and what changes until then.
fn changes_until(
    catalogue: &Catalogue,
    inputs: Option<Vec<Input>>,
    matches: &ArgMatches,
    lang: Lang,
) -> Result<Option<(Catalogue, Comparison)>, Error> {
    let today = catalogue.settings.as_of.map(|day| day.0).filter(|day| *day < catalogue.as_of());
    let (Some(today), Some(inputs)) = (today, inputs) else { return Ok(None) };
    let earlier = Options { as_of: Some(today), ..options(matches, lang)? };
    let earlier = Catalogue::read(inputs, earlier);
    let place = catalogue.options.place.clone();
    let comparison = compare(&earlier, catalogue, Some(Where { days: (today, catalogue.as_of()), place }));
    Ok(Some((earlier, comparison)))
}

/// What changes until the day of the build, group by group.
fn ahead_told(earlier: &Catalogue, catalogue: &Catalogue, changed: &Comparison, out: &str, lang: Lang) -> String {
    let (from, to) = (short_date(earlier.as_of()), short_date(catalogue.as_of()));
    let groups = Kind::ALL.into_iter().filter_map(|kind| {
        let count = changed.procedures.iter().filter(|one| one.kind == kind).count();
        let name = words::kind(kind).get(lang).to_lowercase();
        (count > 0).then(|| format!("{name} {count}"))
    });
    let groups: Vec<String> = groups.collect();
    if groups.is_empty() {
        return say!(
            lang,
            "từ {from} đến {to} không thủ tục nào thay đổi\n",
            "from {from} to {to} no procedure changes\n"
        );
    }
    let groups = groups.join(", ");
    say!(
        lang,
        "từ {from} đến {to}: {groups} thủ tục. Xem {out}/changes.html\n",
        "from {from} to {to}: {groups} procedures. See {out}/changes.html\n"
    )
}

/// Stops where there is no commune to make anything for.
fn has_communes(catalogue: &Catalogue, lang: Lang) -> Result<(), Error> {
    let place = catalogue.options.place.as_deref();
    if !catalogue.registers.communes(place).is_empty() {
        return Ok(());
    }
    Err(Error::Argument(match place {
        Some(place) if place.contains('/') => say!(
            lang,
            "--communes cần một tỉnh ở --at, không phải một xã ({place})",
            "--communes needs a province at --at, not a commune ({place})"
        ),
        Some(place) => say!(
            lang,
            "danh mục địa bàn không có xã nào của {place}: thêm vào registers/units.yaml, hoặc đặt danh sách đơn vị hành chính cả nước ở registers/units.csv",
            "the register of places has no commune of {place}: add them to registers/units.yaml, or put the national list of units at registers/units.csv"
        ),
        None => say!(
            lang,
            "danh mục địa bàn không có xã nào: thêm vào registers/units.yaml, hoặc đặt danh sách đơn vị hành chính cả nước ở registers/units.csv",
            "the register of places has no commune: add them to registers/units.yaml, or put the national list of units at registers/units.csv"
        ),
    }))
}

/// What `--only` takes, each with what it is.
pub(super) fn only_help(lang: Lang) -> String {
    let names: Vec<&str> = emit::OUTPUTS.iter().map(|one| one.name).collect();
    let names = names.join(", ");
    say!(
        lang,
        "Chỉ tạo các sản phẩm này, ngăn bằng dấu phẩy: {names}. Trang nào cũng chỉ dẫn đến tệp có trong bản dựng; catalogue.json chỉ có khi dựng đủ",
        "Make these outputs only, several with commas: {names}. No page leads to a file that is not made; catalogue.json comes with all of them"
    )
}

/// The outputs that were asked for; clap knows the names.
fn wanted(matches: &ArgMatches, lang: Lang) -> Result<Wanted, Error> {
    let named = |option: &str| matches.get_many::<String>(option).into_iter().flatten();
    let dialects = named("bpmn").filter_map(|name| Dialect::ALL.into_iter().find(|one| one.name() == name));
    let formats: Vec<&String> = named("formats").collect();
    let is_in = |format: &str| formats.is_empty() || formats.iter().any(|one| *one == format);
    let (html, docx) = (is_in("html"), is_in("docx"));
    let pdf = emit::HAS_PDF && is_in("pdf") && !matches.get_flag("no-pdf");
    if !html && !docx && !pdf {
        return Err(Error::Argument(match emit::HAS_PDF {
            true => say!(lang, "--formats pdf và --no-pdf loại trừ nhau", "--formats pdf and --no-pdf leave nothing"),
            false => say!(
                lang,
                "chương trình này được dựng không có phần PDF: --formats cần html hoặc docx",
                "this program was built without PDF: --formats needs html or docx"
            ),
        }));
    }
    let opencps = matches.get_flag("opencps");
    let only: Vec<String> = named("only").cloned().collect();
    let communes = matches.get_flag("communes");
    if communes && !only.is_empty() && !only.iter().any(|one| one == "notices") {
        return Err(Error::Argument(say!(
            lang,
            "--communes tạo bản niêm yết: --only phải có notices",
            "--communes makes notices: --only must name notices"
        )));
    }
    let shard = matches.get_one::<String>("shard").map(|text| shard(text, lang)).transpose()?;
    Ok(Wanted { dialects: dialects.collect(), opencps, pdf, html, docx, communes, only, shard })
}

/// `3/8`
fn shard(text: &str, lang: Lang) -> Result<Shard, Error> {
    let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    let shard = parts.map(|(number, of)| Shard { number, of }).filter(|one| (1..=one.of).contains(&one.number));
    shard.ok_or_else(|| {
        Error::Argument(say!(
            lang,
            "--shard cần phần thứ mấy trên tổng số phần, như 3/8, không phải “{text}”",
            "--shard needs a part of so many, as 3/8, not “{text}”"
        ))
    })
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
