//! The folder of a build, written beside the old one and put in its place in one step.
//!
//! Everything goes into a new folder next to the target. When it is whole, the two folders change places: on Linux and macOS
//! in one system call, so that at every moment the target is one whole build; elsewhere by two renames, and a build that
//! was interrupted between them is put back by the next one. A build that is killed leaves only the folder beside it,
//! which the next one removes.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;

use crate::compile::Catalogue;
use crate::digest::sha256;
use crate::emit::Sink;
use crate::error::Error;

/// What a build holds: `manifest.json`.
#[derive(Serialize)]
pub struct Manifest<'a> {
    schema: &'static str,
    generator: &'static str,
    name: &'a str,
    version: &'a str,
    as_of: String,
    place: Option<&'a str>,
    lang: &'static str,
    source_hash: String,
    /// Path to SHA-256, by path.
    files: &'a BTreeMap<String, String>,
}

/// A build that is being written.
pub struct Dist {
    target: PathBuf,
    folder: tempfile::TempDir,
    files: Mutex<BTreeMap<String, String>>,
}

/// What the name of an unfinished build begins with; the number of the process that writes it comes next, so that at every
/// moment of a build, also as it begins and as the old one is removed, it can be known whose folder this is.
const PREFIX: &str = ".thutuc-build-";

impl Dist {
    /// Begins a build that will stand at `target`. A folder that is there and is no build is left alone.
    pub fn create(target: &Path) -> Result<Dist, Error> {
        let fail = |source| Error::Write { path: target.to_owned(), source };
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(fail)?;
        recover(target).map_err(fail)?;
        if target.exists() {
            let mut inside = fs::read_dir(target).map_err(fail)?;
            if inside.next().is_some() && !target.join("manifest.json").is_file() {
                return Err(Error::ForeignFolder(target.to_owned()));
            }
        }
        sweep(parent);
        let prefix = format!("{PREFIX}{}-", std::process::id());
        let folder = tempfile::Builder::new().prefix(&prefix).tempdir_in(parent).map_err(fail)?;
        readable(folder.path()).map_err(fail)?;
        Ok(Dist { target: target.to_owned(), folder, files: Mutex::new(BTreeMap::new()) })
    }

    /// Writes the manifest and puts the build in place. Gives the number of files.
    pub fn finish(self, catalogue: &Catalogue) -> Result<usize, Error> {
        let fail = |source| Error::Write { path: self.target.clone(), source };
        let files = self.files.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let manifest = Manifest {
            schema: "urn:thutuc:manifest:1",
            generator: concat!("thutuc ", env!("CARGO_PKG_VERSION")),
            name: &catalogue.settings.name,
            version: &catalogue.settings.version,
            as_of: catalogue.as_of().to_string(),
            place: catalogue.options.place.as_deref(),
            lang: catalogue.options.lang.tag(),
            source_hash: crate::emit::source_hash(catalogue),
            files: &files,
        };
        let mut text = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data");
        text.push('\n');
        fs::write(self.folder.path().join("manifest.json"), text).map_err(fail)?;
        swap(self.folder.path(), &self.target).map_err(fail)?;
        // The old build is now in the temporary folder, which is removed as it is dropped.
        Ok(files.len() + 1)
    }
}

impl Sink for Dist {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.folder.path().join(path);
        if let Err(error) = fs::write(&file, bytes) {
            if error.kind() != io::ErrorKind::NotFound {
                return Err(error);
            }
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&file, bytes)?;
        }
        let hash = sha256(bytes);
        self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path.to_owned(), hash);
        Ok(())
    }
}

/// A temporary folder is private; a build is for everybody.
#[cfg(unix)]
fn readable(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn readable(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Puts `new` at `target`; what was there is at `new` afterwards, or gone.
fn swap(new: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new, target);
    }
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // Some network file systems cannot exchange: fall through.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let old = aside(target);
    fs::rename(target, &old)?;
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&old, target)?;
        return Err(error);
    }
    fs::remove_dir_all(&old)
}

/// Where the old build stands for a moment, where two folders cannot be exchanged.
fn aside(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".truoc");
    target.with_file_name(name)
}

/// Puts back the old build where an earlier run was killed between the two renames.
fn recover(target: &Path) -> io::Result<()> {
    let old = aside(target);
    if !old.exists() {
        return Ok(());
    }
    if target.exists() { fs::remove_dir_all(&old) } else { fs::rename(&old, target) }
}

/// Removes what builds that were killed left behind. One whose process still lives is left alone.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        let process = rest.split('-').next().and_then(|number| number.parse().ok());
        if !process.is_some_and(|process| is_alive(process, &entry.path())) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether the process that writes a folder still runs; where that cannot be known, a folder of today is taken as alive.
fn is_alive(process: u32, folder: &Path) -> bool {
    if Path::new("/proc/self").exists() {
        return Path::new("/proc").join(process.to_string()).exists();
    }
    let age = fs::metadata(folder).and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
    age.is_none_or(|age| age.as_secs() < 24 * 3600)
}
