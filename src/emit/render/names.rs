//! Which names each template sees, found by giving every page of a catalogue its values.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// The names that templates were given, by template.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<BTreeMap<&'static str, BTreeSet<String>>>);

impl Seen {
    pub(super) fn note(&self, template: &'static str, view: &impl Serialize) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let names = all.entry(template).or_default();
        walk(&serde_json::to_value(view).unwrap_or_default(), "", names);
    }

    /// A list is `name[]`, what its items hold `name[].part`. A name that is a list or a group somewhere is only that.
    pub(super) fn names(&self) -> BTreeMap<String, Vec<String>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lasting = |names: &BTreeSet<String>| {
            let parts = |name: &String, mark: &str| names.range(format!("{name}{mark}")..).next().cloned();
            let has = |name: &String, mark: &str| {
                parts(name, mark).is_some_and(|next| next.starts_with(&format!("{name}{mark}")))
            };
            names.iter().filter(|name| !has(name, ".") && !has(name, "[")).cloned().collect()
        };
        all.iter().map(|(template, names)| ((*template).to_owned(), lasting(names))).collect()
    }
}

fn walk(value: &Value, path: &str, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(value, &path, names);
            }
        }
        Value::Array(items) => {
            let path = format!("{path}[]");
            items.iter().for_each(|item| walk(item, &path, names));
            names.insert(path);
        }
        _ => {
            names.insert(path.to_owned());
        }
    }
}
