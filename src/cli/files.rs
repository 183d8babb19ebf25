//! Finds the files of a catalogue.

mod templates;

use std::fs;
use std::path::{Path, PathBuf};

use crate::compile::{FileKind, Input};
use crate::error::Error;
use crate::resolve::registers::REGISTER_FILES;

/// The registers that are taken where a catalogue has none of its own.
const STANDARD: [(&str, &str); 8] = [
    ("registers/acts.yaml", include_str!("../../procedures/registers/acts.yaml")),
    ("registers/agencies.yaml", include_str!("../../procedures/registers/agencies.yaml")),
    ("registers/units.yaml", include_str!("../../procedures/registers/units.yaml")),
    ("registers/fields.yaml", include_str!("../../procedures/registers/fields.yaml")),
    ("registers/forms.yaml", include_str!("../../procedures/registers/forms.yaml")),
    ("registers/sources.yaml", include_str!("../../procedures/registers/sources.yaml")),
    ("registers/calendars.yaml", include_str!("../../procedures/registers/calendars.yaml")),
    ("registers/shared.yaml", include_str!("../../procedures/registers/shared.yaml")),
];

/// A catalogue on disk.
pub(super) struct Found {
    /// The folder whose files are named relative to it.
    pub(super) root: PathBuf,
    /// Where one file was asked for: its name in the catalogue.
    pub(super) only: Option<String>,
}

/// The catalogue that a folder is, or that a file belongs to: the nearest folder above with `catalogue.yaml`.
pub(super) fn find(path: &Path) -> Result<Found, Error> {
    let metadata = fs::metadata(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    if metadata.is_dir() {
        return Ok(Found { root: path.to_owned(), only: None });
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let root = parent.ancestors().find(|folder| folder.join("catalogue.yaml").is_file()).unwrap_or(parent).to_owned();
    let only = name(path.strip_prefix(&root).unwrap_or(path));
    // The last ancestor of a relative path is empty, and means the folder one is in.
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    Ok(Found { only: Some(only), root })
}

/// The files of a catalogue, in the order of their names.
pub(super) fn load(root: &Path) -> Result<Vec<Input>, Error> {
    let mut paths = Vec::new();
    walk(root, &mut paths)?;
    paths.sort();
    let mut inputs = Vec::new();
    for path in paths {
        let name = name(path.strip_prefix(root).unwrap_or(&path));
        let Some(kind) = kind(&name) else { continue };
        let bytes = fs::read(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        inputs.push(Input { kind, name, bytes });
    }
    complete(inputs, root)
}

/// What a file below a catalogue is by its name; nothing where it is no part of it.
pub(super) fn kind(name: &str) -> Option<FileKind> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    if folder.split('/').any(|part| part == "dist" || part.starts_with('.') && !part.is_empty())
        || file.starts_with('.')
    {
        None
    } else if name == "catalogue.yaml" {
        Some(FileKind::Settings)
    } else if folder == "registers" && REGISTER_FILES.contains(&file) {
        Some(FileKind::Register)
    } else {
        file.ends_with(".tthc").then_some(FileKind::Procedures)
    }
}

/// Adds what a catalogue has beside its own files: the standard registers where it has none, and the templates of its folder.
pub(super) fn complete(mut inputs: Vec<Input>, root: &Path) -> Result<Vec<Input>, Error> {
    if !inputs.iter().any(|input| input.kind == FileKind::Procedures) {
        return Err(Error::Empty(root.to_owned()));
    }
    if !inputs.iter().any(|input| input.kind == FileKind::Register) {
        let standard = |(name, text): &(&str, &str)| Input {
            kind: FileKind::Register,
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        inputs.extend(STANDARD.iter().map(standard));
    }
    templates::add(root, &mut inputs)?;
    Ok(inputs)
}

/// Procedure files below a folder; `catalogue.yaml` and `registers/*.yaml` at its top.
fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    let read = |source| Error::Read { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        let file_name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        if file_name.starts_with('.') || file_name == "dist" {
            continue;
        }
        if path.is_dir() {
            walk(&path, paths)?;
            continue;
        }
        let register = path.parent().is_some_and(|parent| parent.ends_with("registers"));
        let settings = file_name == "catalogue.yaml";
        let procedures = path.extension().is_some_and(|extension| extension == "tthc");
        if procedures || settings || register && REGISTER_FILES.contains(&file_name) {
            paths.push(path);
        }
    }
    Ok(())
}

/// A path as a name with `/`, on every system.
pub(super) fn name(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
