//! `thutuc impact ACT`: everything that rests on an act, or on an article of it.

use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use super::{Exit, files, options, print};
use crate::compile::Catalogue;
use crate::emit;
use crate::error::Error;
use crate::impact::{Asked, impact, pins};
use crate::lang::{Lang, Words, say};
use crate::model::{Register, citation::Pins};

/// Its arguments.
pub(super) fn arguments(command: Command, path: Arg, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    command
        .arg(Arg::new("act").required(true).value_name(say("VĂN-BẢN", "ACT")).help(say(
            "Mã trong danh mục, hoặc số ký hiệu: nđ-87-2020, 87/2020/NĐ-CP",
            "Its id in the register, or its number: nđ-87-2020, 87/2020/NĐ-CP",
        )))
        .arg(path)
        .arg(
            Arg::new("article")
                .long("article")
                .value_name(say("ĐIỀU-KHOẢN", "PROVISION"))
                .help(say("Chỉ một điều khoản: \"khoản 4 Điều 20\"", "One provision only: \"khoản 4 Điều 20\"")),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_parser(["text", "json"])
                .default_value("text")
                .help(say("Cách trình bày", "How it is printed")),
        )
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let found = files::find(Path::new(path))?;
    let catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
    let key = matches.get_one::<String>("act").expect("it is required");
    let folded = crate::syntax::fold::fold(key);
    let Some(act) = catalogue.registers.act(&folded) else {
        let likely = catalogue.registers.likely(Register::Acts, &folded);
        let hint = likely.map(|(id, _)| say!(lang, "; có phải ý là {id}?", "; did you mean {id}?")).unwrap_or_default();
        return Err(Error::Argument(say!(
            lang,
            "danh mục văn bản không có “{key}”{hint}",
            "the register of acts has no “{key}”{hint}"
        )));
    };
    let article = matches.get_one::<String>("article").map(String::as_str);
    let pins = match article {
        None => Pins::default(),
        Some(text) => pins(text).ok_or_else(|| {
            Error::Argument(say!(
                lang,
                "--article cần một điều khoản như \"khoản 4 Điều 20\", không phải “{text}”",
                "--article needs a provision as \"khoản 4 Điều 20\", not “{text}”"
            ))
        })?,
    };
    let asked = Asked { act, pins };
    let found = impact(&catalogue, &asked);
    print(&match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => emit::impact_json(&catalogue, &asked, article, &found),
        _ => emit::impact_text(&catalogue, &asked, article, &found),
    });
    Ok(Exit::Good)
}
