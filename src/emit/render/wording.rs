//! `wording.yaml`: what a page says otherwise, as `"what it says": "what it shall say"`. Only a text that is exactly the
//! first is replaced, on pages for people; data, charts and files for engines stay as they are.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use minijinja::{Error, Output, State, Value};
use serde::{Deserialize, Serialize};

use super::fault::{Fault, What};

pub(super) const FILE: &str = "wording.yaml";

/// The words of one file.
#[derive(Debug)]
pub(super) struct OwnWords {
    file: String,
    /// By what the page says.
    instead: BTreeMap<String, Instead>,
}

#[derive(Debug)]
struct Instead {
    say: Value,
    line: usize,
    used: AtomicBool,
}

/// A text to replace that no page says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Idle {
    pub file: String,
    pub line: usize,
    pub text: String,
}

impl OwnWords {
    pub(super) fn read(file: &str, text: &str) -> Result<OwnWords, Fault> {
        let fault = |error: serde_yaml::Error| {
            let line = error.location().map_or(0, |at| at.line());
            Fault { line, quoted: quoted(text, line), ..Fault::in_file(file, What::Yaml(error.to_string())) }
        };
        let empty = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        let pairs: BTreeMap<String, String> = match empty {
            true => BTreeMap::new(),
            false => BTreeMap::deserialize(serde_yaml::Deserializer::from_str(text)).map_err(fault)?,
        };
        let line = |key: &str| text.lines().position(|line| line.contains(key)).map_or(0, |at| at + 1);
        let instead = pairs.into_iter().map(|(key, say)| {
            let one = Instead { say: Value::from(say), line: line(&key), used: AtomicBool::new(false) };
            (key, one)
        });
        Ok(OwnWords { file: file.to_owned(), instead: instead.collect() })
    }

    fn instead_of(&self, text: &str) -> Option<&Value> {
        let found = self.instead.get(text)?;
        found.used.store(true, Ordering::Relaxed);
        Some(&found.say)
    }

    pub(super) fn idle(&self) -> impl Iterator<Item = Idle> {
        let idle = self.instead.iter().filter(|(_, one)| !one.used.load(Ordering::Relaxed));
        idle.map(|(text, one)| Idle { file: self.file.clone(), line: one.line, text: text.clone() })
    }
}

fn quoted(text: &str, line: usize) -> String {
    text.lines().nth(line.wrapping_sub(1)).unwrap_or_default().trim().to_owned()
}

/// Writes values as ever, but for those that are said otherwise.
pub(super) fn formatter(
    words: Vec<Arc<OwnWords>>,
) -> impl Fn(&mut Output<'_>, &mut State<'_, '_>, &Value) -> Result<(), Error> + Send + Sync + 'static {
    move |output, state, value| {
        let for_people = !state.name().ends_with(".xml.jinja");
        let plain = value.as_str().filter(|_| for_people && !value.is_safe());
        let instead = plain.and_then(|text| words.iter().find_map(|one| one.instead_of(text)));
        minijinja::escape_formatter(output, state, instead.unwrap_or(value))
    }
}
