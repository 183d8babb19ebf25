//! Finds the files of an agency's folder of templates; nothing outside the folder of the catalogue is read.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::name;
use crate::compile::{FileKind, Input};
use crate::error::Error;
use crate::resolve::registers::Settings;

/// What a template may be written in. Everything else that lies in the folder is left alone, but for `logo.png`.
const ENDINGS: [&str; 6] = ["jinja", "css", "html", "js", "svg", "typ"];

/// Templates larger than this are no templates.
const MOST_BYTES: u64 = 1024 * 1024;

/// Adds what the folder of templates of a catalogue holds, if there is one.
pub(super) fn add(root: &Path, inputs: &mut Vec<Input>) -> Result<(), Error> {
    let settings = inputs.iter().find(|input| input.kind == FileKind::Settings);
    // What is wrong with the settings is said when they are read.
    let settings: Settings = settings.and_then(|input| serde_yaml::from_slice(&input.bytes).ok()).unwrap_or_default();
    let relative = Path::new(settings.templates_folder());
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(Error::OutsideCatalogue(relative.to_owned()));
    }
    let folder = root.join(relative);
    if settings.templates.is_none() && !folder.is_dir() {
        return Ok(());
    }
    let mut paths = Vec::new();
    let whole = real(root)?;
    walk(&folder, &whole, 0, &mut paths)?;
    paths.sort();
    for path in paths {
        let picture = path.extension().is_some_and(|ending| ending == "png");
        let kind = if picture { FileKind::Picture } else { FileKind::Template };
        let bytes = fs::read(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        inputs.push(Input { kind, name: name(path.strip_prefix(root).unwrap_or(&path)), bytes });
    }
    Ok(())
}

/// A path without links.
fn real(path: &Path) -> Result<PathBuf, Error> {
    path.canonicalize().map_err(|source| Error::Read { path: path.to_owned(), source })
}

fn walk(folder: &Path, root: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    let read = |source| Error::Read { path: folder.to_owned(), source };
    if !real(folder)?.starts_with(root) {
        return Err(Error::OutsideCatalogue(folder.to_owned()));
    }
    // Deep enough for a commune's folder of pages; links that lead in a circle end here.
    if depth > 6 {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        let file_name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        if file_name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            walk(&path, root, depth + 1, paths)?;
            continue;
        }
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        if !ENDINGS.contains(&ending) && !matches!(file_name, "logo.png" | "wording.yaml") {
            continue;
        }
        if !real(&path)?.starts_with(root) {
            return Err(Error::OutsideCatalogue(path));
        }
        let size = fs::metadata(&path).map_err(read)?.len();
        if size > MOST_BYTES {
            return Err(Error::LargeFile { path, may: MOST_BYTES / 1024 });
        }
        paths.push(path);
    }
    Ok(())
}
