//! Ids for what has none: made of the first words of its label, unlike every other in the procedure.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::process::Process;
use crate::model::{Body, Definitions, Id, Setting, Text};
use crate::source::Span;
use crate::syntax::fold::fold;
use crate::syntax::phrases::PHRASES;

/// How many words of a label make an id.
const WORDS: usize = 4;

/// Where each missing id goes (before the label; behind a head without one), and what it is.
pub(super) fn missing(definitions: &Definitions) -> FxHashMap<u32, String> {
    let mut inserted = FxHashMap::default();
    let procedures = definitions.procedures.iter().map(|one| &one.body);
    for body in procedures.chain(definitions.overlays.iter().map(|one| &one.body)) {
        of_body(body, &mut inserted);
    }
    inserted
}

fn of_body(body: &Body, inserted: &mut FxHashMap<u32, String>) {
    let process = body.process.as_ref().and_then(|process| match &process.value.setting {
        Setting::Given(process) => Some(process),
        _ => None,
    });
    let mut taken = taken(body, process);
    let mut give = |label: Option<&Text>, head: Span, kind: &str| {
        let id = unlike(label.map_or(kind, |label| &label.value), kind, &mut taken);
        inserted.insert(label.map_or(head.end, |label| label.span.start), id);
    };
    for document in body.dossier.iter().flat_map(|dossier| &dossier.documents).filter(|one| one.id.is_none()) {
        give(Some(&document.name), document.head, "giấy-tờ");
    }
    for outcome in body.outcomes.iter().filter(|one| one.id.is_none()) {
        give(Some(&outcome.name), outcome.head, "kết-quả");
    }
    for step in process.into_iter().flat_map(Process::steps).filter(|step| step.id.is_none()) {
        // A step without a label, and with a citation after its kind, has no place for an id behind its head.
        if step.label.is_some() || step.cites.is_empty() {
            give(step.label.as_ref(), step.head, step.kind.id());
        }
    }
}

fn taken(body: &Body, process: Option<&Process>) -> FxHashSet<Id> {
    let facts = body.facts.iter().map(|fact| &fact.id.value);
    let documents =
        body.dossier.iter().flat_map(|dossier| &dossier.documents).filter_map(|one| Some(&one.id.as_ref()?.value));
    let outcomes = body.outcomes.iter().filter_map(|one| Some(&one.id.as_ref()?.value));
    let roles = process.into_iter().flat_map(|process| &process.roles).map(|role| &role.id.value);
    let steps = process.into_iter().flat_map(Process::steps).filter_map(|step| Some(&step.id.as_ref()?.value));
    facts.chain(documents).chain(outcomes).chain(roles).chain(steps).cloned().collect()
}

fn unlike(label: &str, kind: &str, taken: &mut FxHashSet<Id>) -> String {
    let lower = fold(label);
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS).collect();
    let mut base = words.join("-");
    let starts_well = base.chars().next().is_some_and(char::is_alphabetic);
    let keyword = words.len() == 1 && PHRASES.longest(std::iter::once(PHRASES.syllable(&base))).is_some();
    if !starts_well || keyword || !base.contains('-') {
        base = if base.is_empty() { kind.to_owned() } else { format!("{kind}-{base}") };
    }
    let mut id = base.clone();
    let mut count = 2;
    while !taken.insert(Id::new(&id)) {
        id = format!("{base}-{count}");
        count += 1;
    }
    id
}
