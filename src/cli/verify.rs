//! `thutuc verify`: whether a build is whole, by its own `manifest.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use clap::ArgMatches;
use rayon::prelude::*;
use serde::Deserialize;

use super::files::name;
use super::{Exit, print};
use crate::digest::sha256;
use crate::error::Error;
use crate::lang::{Lang, say};

/// What is needed of `manifest.json`.
#[derive(Deserialize)]
pub(super) struct Manifest {
    schema: String,
    pub(super) generator: String,
    version: String,
    pub(super) as_of: String,
    pub(super) place: Option<String>,
    pub(super) lang: String,
    pub(super) source_hash: String,
    /// Path to SHA-256.
    pub(super) files: BTreeMap<String, String>,
}

/// What is wrong with a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Missing,
    Changed,
    /// The manifest does not name it.
    Foreign,
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let folder = Path::new(matches.get_one::<String>("build").expect("it has a default"));
    let manifest = read(folder)?;
    let mut faults: Vec<(&str, Fault)> = manifest
        .files
        .par_iter()
        .filter_map(|(path, hash)| Some((path.as_str(), fault(folder, path, hash)?)))
        .collect();
    let there = below(folder)?;
    let foreign = there.iter().filter(|path| *path != "manifest.json" && !manifest.files.contains_key(*path));
    faults.extend(foreign.map(|path| (path.as_str(), Fault::Foreign)));
    faults.sort_unstable();
    let mut text = String::new();
    for (path, fault) in &faults {
        text += &match fault {
            Fault::Missing => say!(lang, "thiếu: {path}\n", "missing: {path}\n"),
            Fault::Changed => say!(lang, "đã bị sửa: {path}\n", "changed: {path}\n"),
            Fault::Foreign => say!(lang, "không thuộc bản dựng: {path}\n", "no part of the build: {path}\n"),
        };
    }
    let (at, count, wrong) = (folder.display(), manifest.files.len(), faults.len());
    let (version, hash) = (&manifest.version, manifest.source_hash.get(..12).unwrap_or(&manifest.source_hash));
    text += &match faults.is_empty() {
        true => say!(
            lang,
            "{at}: nguyên vẹn, {count} tệp đúng như manifest.json (bản {version}, mã nguồn {hash})\n",
            "{at}: whole, {count} files as manifest.json has them (version {version}, source {hash})\n"
        ),
        false => say!(
            lang,
            "{at}: không nguyên vẹn, {wrong} tệp sai so với manifest.json (bản {version}, mã nguồn {hash})\n",
            "{at}: not whole, {wrong} files are not as manifest.json has them (version {version}, source {hash})\n"
        ),
    };
    print(&text);
    Ok(if faults.is_empty() { Exit::Good } else { Exit::Findings })
}

/// The manifest of a build.
pub(super) fn read(folder: &Path) -> Result<Manifest, Error> {
    let path = folder.join("manifest.json");
    if folder.is_dir() && !path.exists() {
        return Err(Error::ForeignFolder(folder.to_owned()));
    }
    let bytes = fs::read(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
    let read: Option<Manifest> = serde_json::from_slice(&bytes).ok();
    read.filter(|one| one.schema == "urn:thutuc:manifest:1").ok_or_else(|| Error::ForeignFolder(folder.to_owned()))
}

/// What is wrong with one file of the manifest; what lies outside the folder is not looked at.
fn fault(folder: &Path, path: &str, hash: &str) -> Option<Fault> {
    match is_inside(path).then(|| fs::read(folder.join(path))) {
        Some(Ok(bytes)) => (sha256(&bytes) != *hash).then_some(Fault::Changed),
        Some(Err(_)) | None => Some(Fault::Missing),
    }
}

/// Whether a path of a manifest leads to nowhere else than into its folder.
pub(super) fn is_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Every file below a folder, named relative to it.
fn below(folder: &Path) -> Result<Vec<String>, Error> {
    let (mut names, mut folders): (Vec<String>, Vec<PathBuf>) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(inner) = folders.pop() {
        let read = |source| Error::Read { path: inner.clone(), source };
        for entry in fs::read_dir(&inner).map_err(read)? {
            let path = entry.map_err(read)?.path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else {
                names.push(name(path.strip_prefix(folder).unwrap_or(&path)));
            }
        }
    }
    Ok(names)
}
