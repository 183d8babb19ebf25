//! The texts of a procedure, for rules that read them, and places inside a text.

use std::ops::Range;

use memchr::memmem;

use crate::model::{Delivery, Document, StepKind, Text};
use crate::plan::ProcedurePlan;
use crate::source::Span;
use crate::syntax::fold::fold;

/// Every name and label, and every line that is printed as it stands: in the order of the parts.
pub(in crate::check) fn labels<'a>(plan: &ProcedurePlan<'a>) -> Vec<&'a Text> {
    let body = plan.body();
    let mut all = vec![&plan.procedure.name];
    for fact in &body.facts {
        all.extend(&fact.value.label);
        if let crate::model::FactKind::OneOf(choices) | crate::model::FactKind::SomeOf(choices) = &fact.value.kind {
            all.extend(choices.iter().map(|choice| &choice.label));
        }
    }
    for document in papers(plan) {
        all.push(&document.name);
        all.extend(&document.one_of);
    }
    all.extend(body.deadlines.iter().filter_map(|one| one.value.label.as_ref()));
    all.extend(body.charges.iter().filter_map(|one| one.value.label.as_ref()));
    all.extend(body.requirements.iter().flat_map(|all| &all.value).map(|one| &one.text));
    all.extend(body.outcomes.iter().map(|one| &one.value.name));
    all.extend(body.sequence.iter().flat_map(|all| &all.value).map(|one| &one.text));
    let process = crate::resolve::names::process_of(body);
    all.extend(process.into_iter().flat_map(|process| &process.roles).map(|role| &role.name));
    if let Some(flow) = &plan.flow {
        all.extend(flow.stages.iter().filter_map(|one| one.stage.label.as_ref()));
        all.extend(flow.steps().filter_map(|(_, _, step)| step.label.as_ref()));
    }
    all.retain(|text| plan.is_fresh(text.span));
    all
}

/// Every note and duty: printed too, but written more freely.
pub(in crate::check) fn notes<'a>(plan: &ProcedurePlan<'a>) -> Vec<&'a Text> {
    let body = plan.body();
    let mut all: Vec<&Text> = body.notes.iter().map(|one| &one.value).collect();
    all.extend(body.other_duties.iter().flat_map(|all| &all.value));
    all.extend(papers(plan).flat_map(|one| &one.notes));
    all.extend(body.deadlines.iter().flat_map(|one| &one.value.notes));
    all.extend(body.charges.iter().flat_map(|one| &one.value.notes));
    all.extend(body.requirements.iter().flat_map(|all| &all.value).flat_map(|one| &one.notes));
    all.extend(body.outcomes.iter().flat_map(|one| &one.value.notes));
    if let Some(flow) = &plan.flow {
        all.extend(flow.stages.iter().flat_map(|one| &one.stage.notes));
        all.extend(flow.steps().flat_map(|(_, _, step)| &step.notes));
    }
    all.retain(|text| plan.is_fresh(text.span));
    all
}

/// The papers whose words were not checked already in another variant.
pub(in crate::check) fn fresh_papers<'a>(plan: &ProcedurePlan<'a>) -> impl Iterator<Item = &'a Document> {
    papers(plan).filter(|one| plan.is_fresh(one.span))
}

/// The papers of the dossier, without groups that are not yet entered.
pub(in crate::check) fn papers<'a>(plan: &ProcedurePlan<'a>) -> impl Iterator<Item = &'a Document> + use<'a> {
    let dossier = plan.body().dossier.as_ref();
    dossier.into_iter().flat_map(|dossier| &dossier.value.documents).filter(|one| one.delivery != Delivery::Hole)
}

/// Whether a paper is what the applicant asks with (`Đơn …`, `Tờ khai …`), and not a letter of somebody else.
pub(in crate::check) fn is_application(name: &str) -> bool {
    let name = fold(name);
    let begins = |head: &str| {
        name.strip_prefix(head).filter(|rest| rest.chars().next().is_none_or(|next| !next.is_alphanumeric()))
    };
    if let Some(rest) = begins("đơn") {
        let next = rest.split_whitespace().next().unwrap_or("");
        return !["vị", "thuốc", "giá", "nguyên", "hàng"].contains(&next);
    }
    let asked = begins("giấy đề nghị").or_else(|| begins("văn bản đề nghị"));
    let form = begins("tờ khai").or_else(|| begins("mẫu điện tử tương tác")).or_else(|| begins("mẫu hộ tịch điện tử"));
    asked.is_some_and(|rest| !rest.starts_with(" của ")) || form.is_some()
}

/// A text in the form in which phrases are looked for.
pub(in crate::check) struct Folded<'a> {
    text: &'a Text,
    pub(in crate::check) folded: String,
}

impl<'a> Folded<'a> {
    pub(in crate::check) fn new(text: &'a Text) -> Folded<'a> {
        Folded { text, folded: fold(&text.value) }
    }

    /// Where a phrase stands as whole words, at or after an offset.
    pub(in crate::check) fn find(&self, phrase: &str, from: usize) -> Option<Range<usize>> {
        let mut from = from;
        while let Some(at) = memmem::find(self.folded.get(from..)?.as_bytes(), phrase.as_bytes()) {
            let (start, end) = (from + at, from + at + phrase.len());
            let before = self.folded.get(..start)?.chars().next_back();
            let after = self.folded.get(end..)?.chars().next();
            let inside_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
            if !inside_word(before) && !inside_word(after) {
                return Some(start..end);
            }
            from = start + phrase.chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    /// The first of some phrases that stands there.
    pub(in crate::check) fn find_any(&self, phrases: &[&str]) -> Option<Range<usize>> {
        phrases.iter().find_map(|phrase| self.find(phrase, 0))
    }

    /// What follows a place.
    pub(in crate::check) fn after(&self, place: &Range<usize>) -> &str {
        self.folded.get(place.end..).unwrap_or("")
    }

    /// What was found, as its author wrote it.
    pub(in crate::check) fn written(&self, place: &Range<usize>) -> &'a str {
        self.text.value.get(self.unfolded(place)).unwrap_or(&self.text.value)
    }

    pub(in crate::check) fn span(&self, place: &Range<usize>) -> Span {
        part(self.text, self.unfolded(place))
    }

    /// Folding keeps the length of every Vietnamese letter; where it did not, the whole text is meant.
    fn unfolded(&self, place: &Range<usize>) -> Range<usize> {
        if self.folded.len() == self.text.value.len() { place.clone() } else { 0..self.text.value.len() }
    }
}

/// The place of a part of a text; of the whole text where its letters are not those of the file.
pub(in crate::check) fn part(text: &Text, place: Range<usize>) -> Span {
    let (value, span) = (&text.value, text.span);
    let plain = (span.end - span.start) as usize == value.len() + 2;
    // A quote without its end may be a byte longer than it seems: a mark must not begin inside a letter even then.
    let begins = place.start == 0 || value.is_char_boundary(place.start - 1);
    if !plain || !begins || !value.is_char_boundary(place.start) || !value.is_char_boundary(place.end) {
        return span;
    }
    let inside = span.start as usize + 1;
    let start = if place.start == 0 { span.start as usize } else { inside + place.start };
    Span::new(span.file, start, inside + place.end)
}

/// Names in a row, the first few of them: `“a”, “b”, “c”`, and how many are left.
pub(in crate::check) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> (String, usize) {
    let all: Vec<String> = names.into_iter().map(|name| format!("“{name}”")).collect();
    let shown = if all.len() <= 4 { all.len() } else { 3 };
    (all[..shown].join(", "), all.len() - shown)
}

/// Labels of steps, with what kind of step it is.
pub(in crate::check) fn step_labels<'a>(plan: &ProcedurePlan<'a>) -> Vec<(StepKind, &'a Text)> {
    let Some(flow) = &plan.flow else {
        return Vec::new();
    };
    flow.steps().filter_map(|(_, _, step)| Some((step.kind, step.label.as_ref()?))).collect()
}
