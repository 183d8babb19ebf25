//! `thutuc fmt`

use std::fs;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use clap::ArgMatches;

use super::{Exit, files, print};
use crate::compile::FileKind;
use crate::diagnostic::text;
use crate::error::Error;
use crate::fmt::format;
use crate::lang::{Lang, say};
use crate::source::{SourceFile, SourceMap, decode};

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let (only_check, write_ids) = (matches.get_flag("check"), matches.get_flag("ids"));
    let found = files::find(Path::new(path))?;
    let inputs = files::load(&found.root)?.into_iter().filter(|input| input.kind == FileKind::Procedures);
    let mut exit = Exit::Good;
    for input in inputs.filter(|input| found.only.as_ref().is_none_or(|only| *only == input.name)) {
        let file = found.root.join(&input.name);
        let shown = file.display().to_string();
        let Ok(source) = decode(input.bytes.clone()) else {
            eprintln!(
                "{}",
                say!(lang, "{shown}: không phải UTF-8, xem `thutuc check`", "{shown}: not UTF-8, see `thutuc check`")
            );
            exit = Exit::Findings;
            continue;
        };
        let mut sources = SourceMap::default();
        let id = sources.add(SourceFile::new(shown.clone(), source));
        match format(id, sources.get(id), lang, write_ids) {
            Ok(formatted) if formatted.as_bytes() == input.bytes => {}
            Ok(_) if only_check => {
                print(&say!(lang, "chưa đúng cách trình bày: {shown}\n", "would change: {shown}\n"));
                exit = Exit::Findings;
            }
            Ok(formatted) => {
                replace(&file, &formatted)?;
                print(&say!(lang, "đã trình bày lại: {shown}\n", "formatted: {shown}\n"));
            }
            Err(faults) => {
                eprint!("{}", text::render(&faults, &sources, lang, std::io::stderr().is_terminal()));
                eprintln!(
                    "{}",
                    say!(lang, "{shown}: còn lỗi nên giữ nguyên", "{shown}: has errors and was left as it is")
                );
                exit = Exit::Findings;
            }
        }
    }
    Ok(exit)
}

/// Puts a new text in a file's place in one step, so that nothing is ever half-written.
fn replace(file: &Path, text: &str) -> Result<(), Error> {
    let fail = |source| Error::Write { path: file.to_owned(), source };
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder).map_err(fail)?;
    new.write_all(text.as_bytes()).map_err(fail)?;
    if let Ok(data) = fs::metadata(file) {
        new.as_file().set_permissions(data.permissions()).map_err(fail)?;
    }
    new.persist(file).map_err(|error| fail(error.error))?;
    Ok(())
}
