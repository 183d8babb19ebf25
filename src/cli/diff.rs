//! `thutuc diff OLD NEW`: what changed in meaning between two versions of a catalogue.

use std::fs;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Exit, files, git, known_place, options, print};
use crate::change::{Where, compare};
use crate::compile::{Catalogue, Options};
use crate::emit::{self, Versions};
use crate::error::Error;
use crate::lang::{Lang, Words, say};
use crate::model::quantity::parse_date;

/// Its arguments.
pub(super) fn arguments(command: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    command
        .arg(Arg::new("old").required(true).value_name(say("BẢN-CŨ", "OLD")).help(say(
            "Thư mục bộ thủ tục, một bản trong kho git (HEAD~1, v1), hoặc một ngày (30/6/2025)",
            "Folder of a catalogue, a git revision (HEAD~1, v1), or a day (30/6/2025)",
        )))
        .arg(Arg::new("new").value_name(say("BẢN-MỚI", "NEW")).help(say(
            "Như trên; bỏ trống thì lấy thư mục đang làm việc. Hai ngày: cùng một bộ, đọc vào hai ngày",
            "The same; without it the working folder. Two days: one catalogue, read on both",
        )))
        .arg(
            Arg::new("catalogue").long("catalogue").value_name(say("THƯ-MỤC", "DIR")).default_value("procedures").help(
                say("Thư mục bộ thủ tục mà các bản git nói đến", "The folder of the catalogue that revisions are of"),
            ),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["text", "json", "html"])
                .default_value("text")
                .help(say("Cách trình bày", "How it is printed")),
        )
        .arg(Arg::new("decision").long("decision").value_name(say("TỆP", "FILE")).help(say(
            "Ghi dự thảo quyết định công bố (.docx, .html hoặc .pdf)",
            "Write a draft of the announcing decision (.docx, .html or .pdf)",
        )))
        .arg(
            Arg::new("exit-code")
                .long("exit-code")
                .action(ArgAction::SetTrue)
                .help(say("Kết thúc với mã 1 khi có thay đổi", "End with exit code 1 where something changed")),
        )
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let text = |name: &str| matches.get_one::<String>(name);
    let old = text("old").expect("it is required");
    let folder = text("catalogue").expect("it has a default");
    let new = text("new").unwrap_or(folder);
    // A revision is one of the folder that the other side names, else of the working folder.
    let around = if Path::new(new).is_dir() { new } else { folder };
    let (older, newer) = (read(old, around, matches, lang)?, read(new, folder, matches, lang)?);
    for catalogue in [&older, &newer] {
        warn(catalogue, lang);
    }
    known_place(&newer, lang)?;
    let on_days = [old, new].iter().any(|name| parse_date(name).is_some());
    let stands = on_days || matches.contains_id("at") || matches.contains_id("as-of");
    let place = newer.options.place.clone();
    let comparison = compare(&older, &newer, stands.then(|| Where { days: (older.as_of(), newer.as_of()), place }));
    let versions = match on_days {
        true => Versions::on_days(&older, &newer),
        false => Versions { old: &older, new: &newer, old_name: old.clone(), new_name: new.clone() },
    };
    print(&match text("format").map(String::as_str) {
        Some("json") => emit::changes_json(&versions, &comparison),
        Some("html") => emit::changes_html(&versions, &comparison)?,
        _ => emit::changes_text(&versions, &comparison),
    });
    if let Some(path) = text("decision").map(Path::new) {
        let ending = super::form::ending("--decision", path, lang)?;
        let draft = emit::decision(&versions, &comparison, ending)?;
        fs::write(path, draft).map_err(|source| Error::WriteOne { path: path.to_owned(), source })?;
        let path = path.display();
        eprintln!("{}", say!(lang, "Đã ghi dự thảo quyết định công bố: {path}", "Wrote the draft decision: {path}"));
    }
    let changed = matches.get_flag("exit-code") && !comparison.is_empty();
    Ok(if changed { Exit::Findings } else { Exit::Good })
}

/// A folder, a revision of one, or the folder as it is read on a day.
fn read(name: &str, folder: &str, matches: &ArgMatches, lang: Lang) -> Result<Catalogue, Error> {
    let path = Path::new(name);
    if let Some(day) = parse_date(name) {
        let options = Options { as_of: Some(day), ..options(matches, lang)? };
        return Ok(Catalogue::read(files::load(Path::new(folder))?, options));
    }
    let inputs = if fs::metadata(path).is_ok_and(|found| found.is_dir()) {
        files::load(path)?
    } else {
        git::load(Path::new(folder), name, lang)?
    };
    Ok(Catalogue::read(inputs, options(matches, lang)?))
}

/// What cannot be read is not compared: that must be known.
fn warn(catalogue: &Catalogue, lang: Lang) {
    let errors = catalogue.reading.iter().filter(|one| one.severity == crate::diagnostic::Severity::Error).count();
    if errors > 0 {
        eprintln!(
            "{}",
            say!(
                lang,
                "cảnh báo: một bản có {errors} lỗi khi đọc, phần bị lỗi không được so sánh (xem: thutuc check)",
                "warning: a version has {errors} errors of reading; what they hide is not compared (see: thutuc check)"
            )
        );
    }
}
