//! `thutuc diff`: what is said to have changed, and that nothing else is.

mod common;
#[path = "support/mod.rs"]
mod support;

#[path = "change/command.rs"]
mod command;
#[path = "change/due.rs"]
mod due;
#[path = "change/mutations.rs"]
mod mutations;
#[path = "change/untouched.rs"]
mod untouched;
#[path = "change/words.rs"]
mod words;

use thutuc::change::{Change, Comparison, compare, words as said};
use thutuc::compile::{Catalogue, Input};
use thutuc::lang::Lang;

fn read(inputs: Vec<Input>, lang: Lang) -> Catalogue {
    Catalogue::read(inputs, support::options(lang))
}

/// Every change of a comparison as a line: the code, where it is laid over, the sentence.
fn lines(comparison: &Comparison, lang: Lang) -> Vec<String> {
    let sentence = |change: &Change| said::sentence(change, lang);
    let mut lines = Vec::new();
    for one in &comparison.procedures {
        if one.changes.is_empty() && one.layers.is_empty() {
            lines.push(format!("{}: {}", one.code, said::kind(one.kind).get(lang)));
        }
        lines.extend(one.changes.iter().map(|change| format!("{}: {}", one.code, sentence(change))));
        for layer in &one.layers {
            let place = layer.place.as_deref().unwrap_or("-");
            if layer.changes.is_empty() {
                lines.push(format!("{} {place}: {}", one.code, said::kind(layer.kind).get(lang)));
            }
            lines.extend(layer.changes.iter().map(|change| format!("{} {place}: {}", one.code, sentence(change))));
        }
    }
    for one in &comparison.shared {
        lines.push(format!("{}: {}", one.name, said::kind(one.kind).get(lang)));
        lines.extend(one.changes.iter().map(|change| format!("{}: {}", one.name, sentence(change))));
    }
    lines
}

fn changed(old: &Catalogue, new: &Catalogue) -> Vec<String> {
    lines(&compare(old, new, None), new.options.lang)
}
