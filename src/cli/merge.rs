//! `thutuc merge`: the parts of a build (`build --shard`), put together with what is about all procedures.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use jiff::civil::Date;
use rayon::prelude::*;

use super::verify::Manifest;
use super::{Dist, Exit, build, files, verify};
use crate::compile::{Catalogue, Options};
use crate::digest::sha256;
use crate::emit::{self, PART_FILE, Part, Sink as _};
use crate::error::Error;
use crate::lang::{Lang, Words, say};

pub(super) fn arguments(command: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    command
        .arg(Arg::new("parts").required(true).num_args(1..).value_name(say("PHẦN", "PARTS")).help(say(
            "Các thư mục do build --shard ghi, đủ mọi phần",
            "The folders that build --shard wrote, all of them",
        )))
        .arg(
            Arg::new("catalogue")
                .long("catalogue")
                .value_name(say("ĐƯỜNG-DẪN", "PATH"))
                .default_value("procedures")
                .help(say("Bộ thủ tục mà các phần được dựng từ đó", "The catalogue from which the parts were built")),
        )
        .arg(Arg::new("out").long("out").value_name(say("THƯ-MỤC", "DIR")).default_value("dist").help(say(
            "Nơi ghi bản dựng; bản cũ được thay trọn vẹn khi xong",
            "Where the build goes; the old one is replaced whole when done",
        )))
}

/// A part as it lies in its folder.
struct Found {
    folder: PathBuf,
    manifest: Manifest,
    part: Part,
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let folders = matches.get_many::<String>("parts").into_iter().flatten();
    let found: Vec<Found> = folders.map(|folder| read(Path::new(folder), lang)).collect::<Result<_, Error>>()?;
    let Some(first) = found.first() else { return Ok(Exit::Failed) };
    fit(&found, lang)?;
    let catalogue = catalogue(matches, first, lang)?;
    if emit::source_hash(&catalogue) != first.manifest.source_hash {
        let path = matches.get_one::<String>("catalogue").expect("it has a default");
        return Err(Error::Argument(say!(
            lang,
            "bộ thủ tục {path} không phải bộ đã dùng để dựng các phần (mã nguồn khác nhau): lấy đúng bản ấy, hoặc dựng lại mọi phần",
            "the catalogue {path} is not the one the parts were built from (the sources differ): take that one, or build all parts again"
        )));
    }
    let out = matches.get_one::<String>("out").expect("it has a default");
    let dist = Dist::create(Path::new(out))?;
    for one in &found {
        take(one, &dist, lang)?;
    }
    let parts: Vec<Part> = found.into_iter().map(|one| one.part).collect();
    let built = emit::merge(&catalogue, &parts, &dist)?;
    let files = dist.finish(&catalogue)?;
    build::tell(&built, &parts[0].wanted, (files, None), (out, lang));
    Ok(Exit::Good)
}

fn read(folder: &Path, lang: Lang) -> Result<Found, Error> {
    let manifest = verify::read(folder)?;
    let part = fs::read(folder.join(PART_FILE)).ok().and_then(|bytes| Part::from_json(&bytes));
    let at = folder.display();
    let part = part.ok_or_else(|| {
        Error::Argument(say!(
            lang,
            "{at} không phải một phần do build --shard ghi",
            "{at} is no part that build --shard wrote"
        ))
    })?;
    Ok(Found { folder: folder.to_owned(), manifest, part })
}

/// Whether the parts are all parts of one build, each once.
fn fit(found: &[Found], lang: Lang) -> Result<(), Error> {
    let first = &found[0];
    let of = first.part.shard.of;
    for one in &found[1..] {
        let (here, there) = (&one.manifest, &first.manifest);
        let same = here.source_hash == there.source_hash
            && here.generator == there.generator
            && (&here.as_of, &here.place, &here.lang) == (&there.as_of, &there.place, &there.lang)
            && one.part.wanted == first.part.wanted
            && one.part.shard.of == of;
        if !same {
            let (at, first) = (one.folder.display(), first.folder.display());
            return Err(Error::Argument(say!(
                lang,
                "{at} và {first} không cùng một bản dựng: khác bộ thủ tục, phiên bản thutuc, tùy chọn hoặc số phần",
                "{at} and {first} are not of one build: another catalogue, version of thutuc, options or number of parts"
            )));
        }
    }
    let having = |number: usize| found.iter().filter(move |one| one.part.shard.number == number);
    let missing: Vec<String> =
        (1..=of).filter(|number| having(*number).next().is_none()).map(|number| format!("{number}/{of}")).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return Err(Error::Argument(say!(lang, "thiếu phần {missing}", "parts are missing: {missing}")));
    }
    let twice = (1..=of).find_map(|number| having(number).nth(1).map(|one| (number, one)));
    twice.map_or(Ok(()), |(number, one)| {
        let at = one.folder.display();
        Err(Error::Argument(say!(
            lang,
            "phần {number}/{of} có hai lần, lần sau ở {at}",
            "part {number}/{of} is given twice, again in {at}"
        )))
    })
}

/// The catalogue as the parts were built from it.
fn catalogue(matches: &ArgMatches, first: &Found, lang: Lang) -> Result<Catalogue, Error> {
    let path = matches.get_one::<String>("catalogue").expect("it has a default");
    let (found, manifest) = (files::find(Path::new(path))?, &first.manifest);
    let as_of: Date = manifest.as_of.parse().map_err(|_| Error::ForeignFolder(first.folder.clone()))?;
    let options = Options {
        lang: Lang::parse(&manifest.lang).unwrap_or(lang),
        as_of: Some(as_of),
        today: as_of,
        place: manifest.place.clone(),
        release: false,
    };
    Ok(Catalogue::read(files::load(&found.root)?, options))
}

/// Takes over the files of a part, each as its manifest has it.
fn take(one: &Found, dist: &Dist, lang: Lang) -> Result<(), Error> {
    let own = one.manifest.files.par_iter().filter(|(path, _)| *path != PART_FILE);
    own.try_for_each(|(path, hash)| {
        let from = one.folder.join(path);
        let bytes = match verify::is_inside(path) {
            true => fs::read(&from).map_err(|source| Error::Read { path: from.clone(), source })?,
            false => Vec::new(),
        };
        if sha256(&bytes) != *hash {
            let at = from.display();
            return Err(Error::Argument(say!(
                lang,
                "{at} đã bị sửa sau khi dựng: dựng lại phần này",
                "{at} was changed after it was built: build this part again"
            )));
        }
        dist.write(path, &bytes).map_err(|source| Error::Write { path: path.into(), source })
    })
}
