//! The code's own shape: a file opens by saying what it is, and a stage names only stages above it.

use std::fs;
use std::path::{Path, PathBuf};

/// From top to bottom; what stands in one bracket may use each other.
const STAGES: [&[&str]; 11] = [
    &["lang"],
    &["source"],
    &["diagnostic"],
    &["syntax", "model"],
    &["time"],
    &["resolve"],
    &["plan"],
    &["change", "check", "compile", "due", "emit", "fmt", "impact"],
    &["error"],
    &["serve"],
    &["cli"],
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).expect("readable"))
    };
    found.iter().map(read).collect()
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! ") || text.starts_with("#![doc"), "{name} does not open with //!");
    }
}

#[test]
fn a_stage_names_only_stages_above_it() {
    let rank = |stage: &str| STAGES.iter().position(|group| group.contains(&stage));
    for (name, text) in sources() {
        let stage = name.split(['/', '.']).next().unwrap_or("");
        let Some(own) = rank(stage) else { continue };
        for part in text.split("crate::").skip(1) {
            let named: String = part.chars().take_while(|letter| letter.is_ascii_lowercase()).collect();
            if let Some(other) = rank(&named) {
                assert!(other <= own, "{name} names the stage {named} below it");
            }
        }
    }
}
