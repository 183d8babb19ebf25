//! Proofs that were made before and found nothing, kept between runs in the user's cache folder. Losing them costs time only, so
//! nothing that goes wrong here is said.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use rustc_hash::FxHashSet;

/// More than this many are forgotten all at once.
const MOST: usize = 200_000;

/// The file that holds them, one a line.
fn file() -> Option<PathBuf> {
    let given = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = given("XDG_CACHE_HOME")
        .or_else(|| given("LOCALAPPDATA"))
        .or_else(|| given("HOME").map(|home| home.join(".cache")))?;
    Some(folder.join("thutuc").join("proved"))
}

pub(super) fn known() -> FxHashSet<String> {
    let text = file().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// Adds to what is known; the file is replaced whole.
pub(super) fn keep(known: &FxHashSet<String>, found: &[String]) {
    if found.iter().all(|one| known.contains(one)) {
        return;
    }
    let Some(file) = file() else { return };
    let all: BTreeSet<&String> =
        if known.len() > MOST { found.iter().collect() } else { known.iter().chain(found).collect() };
    let text: String = all.into_iter().map(|one| format!("{one}\n")).collect();
    let Some(folder) = file.parent() else { return };
    let beside = folder.join(format!(".proved.{}", std::process::id()));
    if fs::create_dir_all(folder).is_ok() && fs::write(&beside, text).is_ok() {
        let _ = fs::rename(beside, file);
    }
}
