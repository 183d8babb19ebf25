//! What changed between two versions of a catalogue: as text, as data, as a page, and as the draft of the decision that
//! announces it.

mod view;

use std::fmt::Write as _;

use crate::change::{Comparison, Kind, words};
use crate::compile::Catalogue;
use crate::lang::{Lang, say};

use self::view::{ProcedureView, SharedView, View};

/// Two versions, and what they are called: a folder, or a revision.
pub struct Versions<'c> {
    pub old: &'c Catalogue,
    pub new: &'c Catalogue,
    pub old_name: String,
    pub new_name: String,
}

impl Versions<'_> {
    pub(super) fn lang(&self) -> Lang {
        self.new.options.lang
    }
}

/// The comparison as JSON, `urn:thutuc:changes:1`.
pub fn changes_json(versions: &Versions<'_>, comparison: &Comparison) -> String {
    let mut text = serde_json::to_string_pretty(&View::of(versions, comparison)).expect("a comparison holds only text");
    text.push('\n');
    text
}

/// The comparison for a terminal.
pub fn changes_text(versions: &Versions<'_>, comparison: &Comparison) -> String {
    let (lang, view) = (versions.lang(), View::of(versions, comparison));
    let mut out = format!("{}\n", view.title);
    if comparison.is_empty() {
        out += &say!(lang, "\nKhông có thay đổi về nội dung.\n", "\nNothing changed in meaning.\n");
        return out;
    }
    for group in [Kind::New, Kind::Amended, Kind::Abolished] {
        let all: Vec<&ProcedureView> = view.procedures.iter().filter(|one| one.kind == group).collect();
        if all.is_empty() {
            continue;
        }
        let (name, count) = (words::kind(group).get(lang).to_uppercase(), all.len());
        out += &say!(lang, "\n{name} ({count} thủ tục)\n", "\n{name} ({count} procedures)\n");
        for one in all {
            procedure(&mut out, one);
        }
    }
    shared(&mut out, &view.shared, lang);
    out
}

fn procedure(out: &mut String, one: &ProcedureView) {
    let _ = writeln!(out, "\n{} {}", one.code, one.name);
    for change in &one.changes {
        let _ = writeln!(out, "  - {}{}", change.text, change.place());
    }
    for layer in &one.layers {
        let _ = writeln!(out, "  {}", layer.title);
        for change in &layer.changes {
            let _ = writeln!(out, "    - {}{}", change.text, change.place());
        }
    }
}

fn shared(out: &mut String, all: &[SharedView], lang: Lang) {
    if all.is_empty() {
        return;
    }
    *out += &say!(lang, "\nQUY TRÌNH DÙNG CHUNG\n", "\nSHARED PROCESSES\n");
    for one in all {
        let _ = writeln!(out, "\n{}", one.title);
        for change in &one.changes {
            let _ = writeln!(out, "  - {}{}", change.text, change.place());
        }
        if !one.performed_by.is_empty() {
            let codes = one.performed_by.join(", ");
            *out += &say!(lang, "  Thủ tục có dùng: {codes}\n", "  Performed by: {codes}\n");
        }
    }
}
