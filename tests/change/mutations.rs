//! Every shipped procedure with one thing changed in it, again and again: each time that thing is named and nothing else.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use thutuc::change::{Change, Field, Part, What, compare, words};
use thutuc::compile::{Catalogue, Input};
use thutuc::lang::Lang;
use thutuc::model::{Node, Procedure, Setting, Step};
use thutuc::source::Span;

use super::{read, support};

/// One edit, and what it must be called.
struct Edit {
    span: Span,
    with: String,
    part: Part,
    what: Expected,
}

enum Expected {
    Added,
    Removed,
    Became(Field),
    /// Other cases are covered: more, fewer, or both.
    Applies,
}

impl Expected {
    fn is(&self, what: &What) -> bool {
        match (self, what) {
            (Expected::Added, What::Added { .. }) | (Expected::Removed, What::Removed { .. }) => true,
            (Expected::Became(Field::Value), What::Became { field: Field::Addition, .. }) => true,
            (Expected::Became(expected), What::Became { field, .. }) => expected == field,
            (Expected::Applies, What::Applies { .. }) => true,
            (_, _) => false,
        }
    }
}

static OLD: LazyLock<Catalogue> = LazyLock::new(|| read(support::shipped(), Lang::Vi));

/// Makes one edit in every procedure that has something to edit at its `turn`, and looks at what is said of each.
#[track_caller]
fn each(name: &str, at_least: usize, edits: impl Fn(&Catalogue, &Procedure) -> Vec<Edit>) {
    let old: &Catalogue = &OLD;
    let all: Vec<(String, Vec<Edit>)> =
        old.procedures.iter().map(|one| (one.code.value.to_string(), edits(old, one))).collect();
    let turns = all.iter().map(|(_, edits)| edits.len()).max().unwrap_or(0);
    let mut tried = 0;
    let mut wrong = Vec::new();
    for turn in 0..turns.min(3) {
        let now: BTreeMap<&str, &Edit> =
            all.iter().filter_map(|(code, edits)| Some((code.as_str(), edits.get(turn)?))).collect();
        let new = read(edited(old, now.values().copied()), Lang::Vi);
        let comparison = compare(old, &new, None);
        for (code, edit) in now {
            tried += 1;
            let found = comparison.procedures.iter().find(|one| one.code.0 == code);
            let changes: &[Change] = found.map_or(&[], |one| &one.changes);
            let layers = found.map_or(0, |one| one.layers.len());
            let many = matches!(edit.what, Expected::Applies) && changes.len() == 2;
            let fits = |change: &Change| change.part == edit.part && edit.what.is(&change.what);
            if changes.is_empty() || !(changes.len() == 1 || many) || layers > 0 || !changes.iter().all(fits) {
                let said: Vec<String> = changes.iter().map(|one| words::sentence(one, Lang::Vi)).collect();
                let text = old.sources.slice(edit.span);
                wrong.push(format!("{code}: “{text}” → “{}”: {said:#?}", edit.with));
            }
        }
    }
    assert!(wrong.is_empty(), "{name}: {} of {tried}\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried >= at_least, "{name}: only {tried} were tried");
}

fn edited<'e>(old: &Catalogue, edits: impl Iterator<Item = &'e Edit>) -> Vec<Input> {
    let mut by_file: BTreeMap<String, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(old.sources.get(edit.span.file).name.clone()).or_default().push(edit);
    }
    let mut inputs = support::shipped();
    for input in &mut inputs {
        let Some(mut edits) = by_file.remove(&input.name) else { continue };
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        let mut text = String::from_utf8(input.bytes.clone()).expect("a shipped file is UTF-8");
        for edit in edits {
            text.replace_range(edit.span.range(), &edit.with);
        }
        input.bytes = text.into_bytes();
    }
    inputs
}

fn edit(span: Span, with: impl Into<String>, part: Part, what: Expected) -> Edit {
    Edit { span, with: with.into(), part, what }
}

/// The text of a place with its first number made another one.
fn other_number(catalogue: &Catalogue, span: Span) -> Option<(Span, String)> {
    let text = catalogue.sources.slice(span);
    let from = text.find(|letter: char| letter.is_ascii_digit())?;
    let end = text[from..].find(|letter: char| !letter.is_ascii_digit()).map_or(text.len(), |end| from + end);
    let number: u64 = text[from..end].parse().ok()?;
    let place = Span { start: span.start + from as u32, end: span.start + end as u32, ..span };
    Some((place, format!("{:02}", number + 1)))
}

/// A text in quotes with more at its end.
fn longer(catalogue: &Catalogue, span: Span) -> (Span, String) {
    let text = catalogue.sources.slice(span);
    (
        span,
        match text.strip_suffix('"') {
            Some(text) => format!("{text}, sửa\""),
            None => format!("{text}, sửa"),
        },
    )
}

fn given<T>(value: &thutuc::model::Value<T>) -> Option<&T> {
    match &value.setting {
        Setting::Given(value) => Some(value),
        _ => None,
    }
}

fn steps(procedure: &Procedure) -> Vec<&Step> {
    match procedure.body.process.as_ref().map(|laid| &laid.value.setting) {
        Some(Setting::Given(process)) => process.steps(),
        _ => Vec::new(),
    }
}

#[test]
fn days_of_a_limit() {
    each("days", 40, |catalogue, procedure| {
        let values = procedure.body.deadlines.iter().flat_map(|one| one.value.limit.iter().flat_map(|by| by.values()));
        let durations = values.filter(|value| matches!(given(value), Some(thutuc::model::Limit::Duration(_))));
        let edits = durations.filter_map(|value| other_number(catalogue, value.span));
        edits.map(|(span, with)| edit(span, with, Part::Deadline, Expected::Became(Field::Value))).collect()
    });
}

#[test]
fn the_unit_of_a_limit() {
    each("unit", 30, |catalogue, procedure| {
        let values = procedure.body.deadlines.iter().flat_map(|one| one.value.limit.iter().flat_map(|by| by.values()));
        let text = |value: &thutuc::model::Value<_>| catalogue.sources.slice(value.span).to_owned();
        let edits = values.filter(|value| matches!(given(value), Some(thutuc::model::Limit::Duration(_))));
        let edits = edits.filter_map(|value| {
            let (at, word) = (text(value).find("ngày làm việc")?, "ngày làm việc".len() as u32);
            let start = value.span.start + at as u32;
            Some(Span { start, end: start + word, ..value.span })
        });
        edits.map(|span| edit(span, "tháng", Part::Deadline, Expected::Became(Field::Value))).collect()
    });
}

#[test]
fn what_a_limit_rests_on() {
    each("basis of a limit", 5, |catalogue, procedure| {
        let values = procedure.body.deadlines.iter().flat_map(|one| one.value.limit.iter().flat_map(|by| by.values()));
        let cites = values.filter_map(|value| value.cites.first());
        let edits = cites.filter(|cite| cite.pins.article.is_some() && cite.pins.clause.is_none());
        let edits = edits.map(|cite| (cite.span, format!("khoản 99 {}", catalogue.sources.slice(cite.span))));
        edits.map(|(span, with)| edit(span, with, Part::Deadline, Expected::Became(Field::Basis))).collect()
    });
}

#[test]
fn sums_of_charges() {
    each("sums", 15, |catalogue, procedure| {
        let values = procedure.body.charges.iter().flat_map(|one| one.value.amount.iter().flat_map(|by| by.values()));
        let edits =
            values.filter(|value| given(value).is_some()).filter_map(|value| other_number(catalogue, value.span));
        edits.map(|(span, with)| edit(span, with, Part::Charge, Expected::Became(Field::Value))).collect()
    });
}

#[test]
fn papers_dropped_and_added() {
    each("paper dropped", 100, |_, procedure| {
        let papers = procedure.body.dossier.iter().flat_map(|dossier| &dossier.value.documents);
        papers.map(|paper| edit(paper.span, "", Part::Papers, Expected::Removed)).collect()
    });
    each("paper added", 30, |_, procedure| {
        let papers = procedure.body.dossier.iter().flat_map(|dossier| &dossier.value.documents);
        let at = |span: Span| Span { end: span.start, ..span };
        let text = "nộp giấy-tờ-chưa-từng-có \"Cam kết chưa từng có\" { bản chính: 01 }\n";
        papers.take(1).map(|paper| edit(at(paper.span), text, Part::Papers, Expected::Added)).collect()
    });
}

#[test]
fn names_of_things() {
    each("name", 30, |catalogue, procedure| {
        let (span, with) = longer(catalogue, procedure.name.span);
        vec![edit(span, with, Part::Name, Expected::Became(Field::Value))]
    });
    each("name of a paper", 100, |catalogue, procedure| {
        let papers = procedure.body.dossier.iter().flat_map(|dossier| &dossier.value.documents);
        let edits = papers.map(|paper| longer(catalogue, paper.name.span));
        edits.map(|(span, with)| edit(span, with, Part::Papers, Expected::Became(Field::Name))).collect()
    });
    each("name of an outcome", 30, |catalogue, procedure| {
        let edits = procedure.body.outcomes.iter().map(|one| longer(catalogue, one.value.name.span));
        edits.map(|(span, with)| edit(span, with, Part::Outcome, Expected::Became(Field::Name))).collect()
    });
    each("requirement", 10, |catalogue, procedure| {
        let all = procedure.body.requirements.iter().flat_map(|all| &all.value);
        let edits = all.map(|one| longer(catalogue, one.text.span));
        edits.map(|(span, with)| edit(span, with, Part::Requirement, Expected::Became(Field::Name))).collect()
    });
    each("name of a step", 50, |catalogue, procedure| {
        let labels = steps(procedure).into_iter().filter_map(|step| step.label.as_ref());
        let edits = labels.map(|label| longer(catalogue, label.span));
        edits.map(|(span, with)| edit(span, with, Part::Step, Expected::Became(Field::Name))).collect()
    });
    each("public step", 30, |catalogue, procedure| {
        let all = procedure.body.sequence.iter().flat_map(|all| &all.value);
        let edits = all.map(|one| longer(catalogue, one.text.span));
        edits.map(|(span, with)| edit(span, with, Part::Sequence, Expected::Became(Field::Name))).collect()
    });
}

#[test]
fn copies_of_papers() {
    each("copies", 60, |catalogue, procedure| {
        let papers = procedure.body.dossier.iter().flat_map(|dossier| &dossier.value.documents);
        let edits = papers.filter_map(|paper| other_number(catalogue, paper.copies.first()?.span));
        edits.map(|(span, with)| edit(span, with, Part::Papers, Expected::Became(Field::Copies))).collect()
    });
}

#[test]
fn when_a_paper_is_asked_for() {
    each("condition of a paper", 15, |catalogue, procedure| {
        let papers = procedure.body.dossier.iter().flat_map(|dossier| &dossier.value.documents);
        let edits = papers.filter_map(|paper| Some(paper.when.as_ref()?.span()));
        let denied = |span: Span| format!("không ({})", catalogue.sources.slice(span));
        edits.map(|span| edit(span, denied(span), Part::Papers, Expected::Applies)).collect()
    });
}

#[test]
fn agencies_channels_and_levels() {
    each("deciding agency", 20, |_, procedure| {
        let by = procedure.body.decided_by.iter().filter(|by| by.value.rules.is_empty());
        let all = by.filter_map(|by| given(by.value.general.as_ref()?)).flatten();
        let edits = all.take(1).map(|one| one.span);
        edits.map(|span| edit(span, "\"Cơ quan khác\"", Part::DecidedBy, Expected::Became(Field::Value))).collect()
    });
    each("channel", 20, |catalogue, procedure| {
        let used = procedure.body.channels.iter().flat_map(|all| &all.value);
        let online = used.filter(|one| one.online.is_some());
        let other = |one: &thutuc::model::ChannelUse| match catalogue.sources.slice(one.span) {
            text if text.contains("toàn trình") => text.replace("toàn trình", "một phần"),
            text if text.contains("một phần") => text.replace("một phần", "toàn trình"),
            text => format!("{text} một phần"),
        };
        online.map(|one| edit(one.span, other(one), Part::Channels, Expected::Became(Field::Online))).collect()
    });
    each("level", 20, |_, procedure| {
        let levels = procedure.body.levels.iter().flat_map(|all| &all.value).take(1);
        let other = |level| if level == thutuc::model::Level::Ministry { "tỉnh" } else { "bộ" };
        let edits = levels.map(|one| (one.span, other(one.value)));
        edits.map(|(span, with)| edit(span, with, Part::Levels, Expected::Became(Field::Value))).collect()
    });
    each("field", 20, |catalogue, procedure| {
        let field = procedure.body.field.as_ref().map(|laid| laid.value.span);
        let other =
            |span: Span| if catalogue.sources.slice(span) == "hộ-tịch" { "chứng-thực" } else { "hộ-tịch" };
        field.into_iter().map(|span| edit(span, other(span), Part::Field, Expected::Became(Field::Value))).collect()
    });
}

#[test]
fn acts_that_a_procedure_rests_on() {
    each("legal basis", 30, |_, procedure| {
        let all = procedure.body.basis.iter().flat_map(|all| &all.value).take(1).map(|one| one.span);
        all.map(|span| edit(span, "999/2030/NĐ-CP", Part::Basis, Expected::Became(Field::Value))).collect()
    });
}

#[test]
fn facts() {
    each("label of a fact", 40, |catalogue, procedure| {
        let labels = procedure.body.facts.iter().filter_map(|one| one.value.label.as_ref());
        let edits = labels.map(|label| longer(catalogue, label.span));
        edits.map(|(span, with)| edit(span, with, Part::Fact, Expected::Became(Field::Name))).collect()
    });
}

#[test]
fn steps_of_a_process() {
    each("time of a step", 15, |catalogue, procedure| {
        let values = steps(procedure).into_iter().flat_map(|step| step.time.iter().flat_map(|by| by.values()));
        let edits = values.filter_map(|value| match given(value)? {
            thutuc::model::process::StepTime::For { .. } => other_number(catalogue, value.span),
            _ => None,
        });
        edits.map(|(span, with)| edit(span, with, Part::Step, Expected::Became(Field::Time))).collect()
    });
    each("step dropped", 20, |_, procedure| {
        let plain = steps(procedure).into_iter().filter(|step| {
            let reactions = step.reactions();
            step.id.is_none() && reactions.is_empty() && step.label.is_some()
        });
        plain.map(|step| edit(step.span, "", Part::Step, Expected::Removed)).collect()
    });
    each("step added", 15, |_, procedure| {
        let first = steps(procedure).into_iter().take(1).map(|step| Span { end: step.span.start, ..step.span });
        let text = "bước bước-chưa-từng-có \"Đối chiếu lần nữa với sổ gốc\" { thời gian: ngay }\n";
        first.map(|span| edit(span, text, Part::Step, Expected::Added)).collect()
    });
}

#[test]
fn branches_of_a_process() {
    fn choices<'a>(nodes: &'a [Node], all: &mut Vec<&'a thutuc::model::process::Choice>) {
        for node in nodes {
            match node {
                Node::Choice(choice) => {
                    all.push(choice);
                    choices(&choice.then, all);
                }
                Node::Stage(stage) => choices(&stage.nodes, all),
                _ => {}
            }
        }
    }
    each("branch", 10, |catalogue, procedure| {
        let mut all = Vec::new();
        if let Some(Setting::Given(process)) = procedure.body.process.as_ref().map(|laid| &laid.value.setting) {
            choices(&process.nodes, &mut all);
        }
        let denied = |span: Span| format!("không ({})", catalogue.sources.slice(span));
        let spans = all.into_iter().filter(|one| one.otherwise.is_none()).map(|one| one.when.span());
        spans.map(|span| edit(span, denied(span), Part::Branch, Expected::Became(Field::When))).collect()
    });
}
