//! What several of the tests need: the program, folders of files, builds.
#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod dmn;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use thutuc::digest::sha256;

/// How a run ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Ran {
            code: output.status.code().expect("it ended by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// The program, in a folder, without what the environment of the tests may say.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thutuc"));
    // What is kept between runs stays out of the home of whoever runs the tests.
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command
        .current_dir(folder)
        .env_remove("THUTUC_LANG")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("COLUMNS");
    command
}

pub(crate) fn run(folder: &Path, args: &[&str]) -> Ran {
    let mut args = args.to_vec();
    // PDF files take long; `tests/documents` reads those of the whole catalogue.
    if args.first() == Some(&"build") && !args.contains(&"--no-pdf") {
        args.push("--no-pdf");
    }
    Ran::of(program(folder).args(args).stdin(std::process::Stdio::null()).output().expect("the program runs"))
}

/// The project's own folder, with the shipped catalogue in `procedures`.
pub(crate) fn shipped() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file that is shipped, by its path in the project's own folder.
pub(crate) fn shipped_text(path: &str) -> String {
    fs::read_to_string(shipped().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder: its path with `/`, and its bytes.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        for path in entries(&below) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it lies below").to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path).expect("it can be read"));
        }
    }
    files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .flatten()
        .map(|entry| entry.path())
        .collect()
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for (name, bytes) in files_below(from) {
        let file = to.join(name);
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(file, bytes).expect("it can be written");
    }
}

pub(crate) fn json(path: &Path) -> Value {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn manifest(dist: &Path) -> Value {
    json(&dist.join("manifest.json"))
}

/// Reads a build as a server would, by paths, while it may be replaced: gives its manifest when every file in it was there
/// with its hash and no other file was. A build that was replaced meanwhile is read anew; anything else is a fault.
#[track_caller]
pub(crate) fn whole_build(dist: &Path) -> Value {
    loop {
        let before = manifest(dist);
        let fault = fault_of(dist, &before);
        if manifest(dist) == before {
            assert_eq!(fault, None, "in the build {}", before["version"]);
            return before;
        }
    }
}

fn fault_of(dist: &Path, manifest: &Value) -> Option<String> {
    let files = manifest["files"].as_object().expect("a map of files");
    for (path, hash) in files {
        match fs::read(dist.join(path)) {
            Ok(bytes) if Some(sha256(&bytes).as_str()) == hash.as_str() => {}
            Ok(_) => return Some(format!("{path} has another hash")),
            Err(error) => return Some(format!("{path}: {error}")),
        }
    }
    let mut folders = vec![dist.to_owned()];
    while let Some(below) = folders.pop() {
        let Ok(entries) = fs::read_dir(&below) else {
            return Some(format!("{} cannot be listed", below.display()));
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dist).expect("it lies below").to_string_lossy().replace('\\', "/");
                if name != "manifest.json" && !files.contains_key(&name) {
                    return Some(format!("{name} is not in the manifest"));
                }
            }
        }
    }
    None
}
