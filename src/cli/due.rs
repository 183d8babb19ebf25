//! `thutuc due`: the duties of publication by date.

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{Exit, files, known_place, options, print};
use crate::compile::Catalogue;
use crate::due::{Window, due};
use crate::emit;
use crate::error::Error;
use crate::lang::{Lang, Words};

/// Days looked ahead, and back, where nothing else is said: a quarter of a year.
const WINDOW: &str = "90";

/// Its arguments.
pub(super) fn arguments(command: Command, path: Arg, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    let days = || value_parser!(i32).range(0..=3_650);
    command
        .arg(path)
        .arg(
            Arg::new("within")
                .long("within")
                .value_name(say("SỐ-NGÀY", "DAYS"))
                .value_parser(days())
                .default_value(WINDOW)
                .help(say("Việc đến hạn trong bao nhiêu ngày tới", "What falls due in so many days")),
        )
        .arg(
            Arg::new("back")
                .long("back")
                .value_name(say("SỐ-NGÀY", "DAYS"))
                .value_parser(days())
                .default_value(WINDOW)
                .help(say(
                    "Kể cả thay đổi có hiệu lực trong bao nhiêu ngày qua",
                    "Count what took effect in so many days past",
                )),
        )
        .arg(Arg::new("format").long("format").value_parser(["text", "json", "ics"]).default_value("text").help(say(
            "Cách trình bày; ics là lịch để nạp vào Outlook, Google",
            "How it is printed; ics is a calendar to import",
        )))
        .arg(
            Arg::new("exit-code")
                .long("exit-code")
                .action(ArgAction::SetTrue)
                .help(say("Kết thúc với mã 1 khi có việc quá hạn", "End with exit code 1 where something is late")),
        )
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let found = files::find(Path::new(path))?;
    let catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
    known_place(&catalogue, lang)?;
    let days = |name: &str| *matches.get_one::<i32>(name).expect("it has a default");
    let found = due(&catalogue, Window { back: days("back"), ahead: days("within") });
    print(&match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => emit::due_json(&catalogue, &found),
        Some("ics") => emit::due_ics(&catalogue, &found),
        _ => emit::due_text(&catalogue, &found),
    });
    let late = found.duties.iter().any(|duty| duty.late(found.as_of).is_some());
    Ok(if matches.get_flag("exit-code") && late { Exit::Findings } else { Exit::Good })
}
