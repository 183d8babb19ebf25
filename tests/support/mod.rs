//! What the tests and the benches share: the shipped catalogue in memory, read on one fixed day, without a clock.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use thutuc::compile::{Catalogue, FileKind, Input, Options};
use thutuc::lang::Lang;

/// The day on which every test reads a catalogue.
pub(crate) const AS_OF: Date = date(2026, 11, 22);

/// The folder of the shipped catalogue.
pub(crate) fn procedures_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures")
}

pub(crate) fn options(lang: Lang) -> Options {
    Options { lang, as_of: Some(AS_OF), today: AS_OF, place: None, release: false }
}

/// What kind of file a name below a catalogue is; `None` for one that is no part of it.
pub(crate) fn kind_of(name: &str) -> Option<FileKind> {
    if name == "catalogue.yaml" {
        Some(FileKind::Settings)
    } else if name.starts_with("registers/") && name.ends_with(".yaml") {
        Some(FileKind::Register)
    } else if name.ends_with(".tthc") {
        Some(FileKind::Procedures)
    } else {
        None
    }
}

/// The files of a catalogue below `root`, named relative to it, in the order of their names.
pub(crate) fn inputs_below(root: &Path) -> Vec<Input> {
    let mut names = Vec::new();
    names_below(root, "", &mut names);
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let kind = kind_of(&name)?;
            let bytes = std::fs::read(root.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            Some(Input { kind, name, bytes })
        })
        .collect()
}

fn names_below(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.expect("the folder can be listed");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("the kind of an entry is known").is_dir() {
            names_below(&entry.path(), &format!("{name}/"), names);
        } else {
            names.push(name);
        }
    }
}

/// Every file of the shipped catalogue.
pub(crate) fn shipped() -> Vec<Input> {
    inputs_below(&procedures_dir())
}

/// The shipped procedures, without registers and settings.
pub(crate) fn shipped_procedures() -> Vec<Input> {
    shipped().into_iter().filter(|input| input.kind == FileKind::Procedures).collect()
}

/// `inputs` with the shipped registers; a register among `inputs` stands in place of the shipped one of its name.
pub(crate) fn with_shipped_registers(inputs: Vec<Input>) -> Vec<Input> {
    let mut all: Vec<Input> = shipped()
        .into_iter()
        .filter(|input| input.kind == FileKind::Register && !inputs.iter().any(|own| own.name == input.name))
        .collect();
    all.extend(inputs);
    all
}

/// One procedure file.
pub(crate) fn procedure_file(name: &str, bytes: impl Into<Vec<u8>>) -> Input {
    Input { kind: FileKind::Procedures, name: name.to_owned(), bytes: bytes.into() }
}

/// Reads `inputs` with the shipped registers.
pub(crate) fn read(inputs: Vec<Input>, lang: Lang) -> Catalogue {
    Catalogue::read(with_shipped_registers(inputs), options(lang))
}
