//! What changed between two versions of a catalogue: as text, as data, as a page, and as the draft of the decision that
//! announces it.

mod decision;
mod page;
mod view;

use std::fmt::Write as _;

use super::{EmitError, Sink, Site, write};
use crate::change::{Comparison, Kind, compare, words};
use crate::compile::{Catalogue, FileKind, Input};
use crate::lang::{Lang, say};
use crate::model::quantity::short_date;

pub use self::decision::decision;
pub use self::page::changes_html;
use self::view::{ProcedureView, SharedView, View};

/// Two versions, and what they are called: a folder, or a revision.
pub struct Versions<'c> {
    pub old: &'c Catalogue,
    pub new: &'c Catalogue,
    pub old_name: String,
    pub new_name: String,
}

impl<'c> Versions<'c> {
    /// One catalogue on two days, which name the versions.
    pub fn on_days(old: &'c Catalogue, new: &'c Catalogue) -> Versions<'c> {
        let lang = new.options.lang;
        let name = |catalogue: &Catalogue| {
            let day = short_date(catalogue.as_of());
            say!(lang, "ngày {day}", "{day}")
        };
        Versions { old, new, old_name: name(old), new_name: name(new) }
    }

    pub(super) fn lang(&self) -> Lang {
        self.new.options.lang
    }
}

/// Renders the pages of changes once, for the names that their templates see: with an earlier catalogue in which every limit
/// was counted otherwise, one procedure was not there and another one was.
pub(super) fn with_names(catalogue: &Catalogue, site: &Site<'_>) -> Result<(), EmitError> {
    let (mut inputs, mut left_out) = (Vec::new(), false);
    for (_, file) in catalogue.sources.iter() {
        let kind = match file.name.as_str() {
            "catalogue.yaml" => FileKind::Settings,
            name if name.starts_with("registers/") => FileKind::Register,
            name if name.ends_with(".tthc") => FileKind::Procedures,
            _ => continue,
        };
        let text = match kind {
            FileKind::Procedures if !left_out => {
                left_out = true;
                "thủ tục 9.999999 \"Thủ tục trước đây\" { }\n".to_owned()
            }
            FileKind::Procedures => file.text.replace("ngày làm việc", "ngày").replace("trách nhiệm: một-cửa", ""),
            _ => file.text.clone(),
        };
        inputs.push(Input { kind, name: file.name.clone(), bytes: text.into_bytes() });
    }
    let old = Catalogue::read(inputs, catalogue.options.clone());
    let names = ("cũ".to_owned(), "mới".to_owned());
    let versions = Versions { old: &old, new: catalogue, old_name: names.0, new_name: names.1 };
    let comparison = compare(&old, catalogue, None);
    page::page(&versions, &comparison, site)?;
    decision::page(&versions, &comparison, site)?;
    Ok(())
}

/// What changes until the day of a build, beside it: `changes.html`, `changes.json`.
pub fn changes_ahead(old: &Catalogue, new: &Catalogue, found: &Comparison, sink: &dyn Sink) -> Result<(), EmitError> {
    let versions = Versions::on_days(old, new);
    write(sink, "changes.html", changes_html(&versions, found)?.as_bytes())?;
    write(sink, "changes.json", changes_json(&versions, found).as_bytes())
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
    for group in Kind::ALL {
        let all: Vec<&ProcedureView> = view.procedures.iter().filter(|one| one.kind == group).collect();
        if all.is_empty() {
            continue;
        }
        let (name, count) = (words::kind(group).get(lang).to_uppercase(), all.len());
        out += &say!(lang, "\n{name} ({count} thủ tục)\n", "\n{name} ({count})\n");
        for one in all {
            procedure(&mut out, one, lang);
        }
    }
    shared(&mut out, &view.shared, lang);
    out
}

fn procedure(out: &mut String, one: &ProcedureView, lang: Lang) {
    let _ = writeln!(out, "\n{} {}", one.code, one.name);
    for old in &one.replaces {
        *out += &say!(lang, "  - Thay thế {old}\n", "  - Replaces {old}\n");
    }
    for change in one.changes.iter().filter(|change| change.announced) {
        let _ = writeln!(out, "  - {}{}", change.text, change.place(lang));
    }
    let internal: Vec<_> = one.changes.iter().filter(|change| !change.announced).collect();
    if !internal.is_empty() {
        *out += &say!(lang, "  Quy trình nội bộ, thông tin khác\n", "  Internal process and the rest\n");
    }
    for change in internal {
        let _ = writeln!(out, "    - {}{}", change.text, change.place(lang));
    }
    for layer in &one.layers {
        let _ = writeln!(out, "  {}", layer.title);
        for change in &layer.changes {
            let _ = writeln!(out, "    - {}{}", change.text, change.place(lang));
        }
    }
    let touched = &one.touched;
    if !touched.outputs.is_empty() {
        let all = touched.outputs.join("; ");
        *out += &say!(lang, "  Phải lập lại: {all}\n", "  To be made anew: {all}\n");
    }
    if !touched.steps.is_empty() {
        let all = touched.steps.iter().map(|step| format!("“{step}”")).collect::<Vec<_>>().join("; ");
        *out += &say!(lang, "  Bước phải theo thời hạn mới: {all}\n", "  Steps bound by the new limit: {all}\n");
    }
    if !touched.bundles.is_empty() {
        let all = touched.bundles.join(", ");
        *out += &say!(lang, "  Thủ tục liên thông có thủ tục này: {all}\n", "  Bundles it is a part of: {all}\n");
    }
    if !touched.layers.is_empty() {
        *out += &say!(lang, "  Quy định riêng cần xem lại\n", "  Own rules to look at again\n");
    }
    for layer in &touched.layers {
        let (title, what, own, advice, why) = (&layer.title, &layer.what, &layer.own, layer.advice_text, &layer.why);
        let _ = writeln!(out, "    - {title}, {what}: {own} – {advice}: {why}{}", layer.place());
    }
}

fn shared(out: &mut String, all: &[SharedView], lang: Lang) {
    if all.is_empty() {
        return;
    }
    *out += &say!(lang, "\nQUY ĐỊNH, QUY TRÌNH DÙNG CHUNG\n", "\nNORMS AND SHARED PROCESSES\n");
    for one in all {
        let _ = writeln!(out, "\n{}", one.title);
        for change in &one.changes {
            let _ = writeln!(out, "  - {}{}", change.text, change.place(lang));
        }
        if !one.performed_by.is_empty() {
            let codes = one.performed_by.join(", ");
            *out += &say!(lang, "  Thủ tục có dùng: {codes}\n", "  Performed by: {codes}\n");
        }
    }
}
