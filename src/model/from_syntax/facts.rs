//! The block `trường hợp { … }`.

use super::{condition, entries, quantity, reader, reference};
use crate::lang::say;
use crate::model::Laid;
use crate::model::facts::{Choice, Fact, FactKind, KnownBy, Range};
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader, Rewritten};
use crate::syntax::tree::{Block, Entry};
use crate::syntax::words::Kw;

pub(super) fn facts(cx: &mut Draft<'_>, block: &Block) -> Vec<Laid<Fact>> {
    entries(cx, block).iter().filter_map(|entry| fact(cx, entry)).collect()
}

fn fact(cx: &mut Draft<'_>, entry: &Entry) -> Option<Laid<Fact>> {
    let mut reader = reader(cx, entry);
    if matches!(reader.word(), Some(Kw::ByAgency | Kw::ByPlace)) {
        misplaced_known_by(cx, &mut reader);
        return None;
    }
    let Some(id) = reference::new_id(cx, &mut reader) else {
        let help = say!(
            cx.lang,
            "viết: tên-trường-hợp: có hoặc không \"Câu hỏi\"",
            "write: name-of-fact: yes or no \"Question\""
        );
        reader.expected_or(cx, "tên của một trường hợp", "the name of a fact", Some(help));
        return None;
    };
    if !super::colon(cx, &mut reader) {
        return None;
    }
    let mut label = None;
    if matches!(reader.word(), Some(Kw::ByAgency | Kw::ByPlace)) {
        misplaced_known_by(cx, &mut reader);
        return None;
    }
    let kind = kind(cx, &mut reader, entry, &mut label)?;
    if label.is_none() {
        label = reader.text(cx);
    }
    let known_by = if reader.eat(cx, Kw::ByAgency).is_some() {
        KnownBy::Agency
    } else if reader.eat(cx, Kw::ByPlace).is_some() {
        KnownBy::Place
    } else {
        KnownBy::Applicant
    };
    if label.is_none() {
        label = reader.text(cx);
    }
    reader.finish(cx);
    Some(Laid::new(Fact { id, label, kind, known_by }, entry.span))
}

/// Who knows the answer is said at the end of the line of the fact.
fn misplaced_known_by(cx: &mut Draft<'_>, reader: &mut Reader<'_>) {
    let start = reader.here();
    let Some(word) = reader.eat_word(cx) else { return };
    let word = cx.spell(word.value);
    let message = say!(
        cx.lang,
        "`{word}` đứng cuối dòng khai trường hợp, sau kiểu và câu hỏi",
        "`{word}` stands at the end of a fact, behind its kind and its question"
    );
    let help = say!(
        cx.lang,
        "viết: tên-trường-hợp: có hoặc không \"Câu hỏi\" {word}; có lựa chọn thì viết trước dấu mở ngoặc nhọn: một trong \"Câu hỏi\" {word} {{ … }}",
        "write: name-of-fact: yes or no \"Question\" {word}; with choices, before the bracket: one of \"Question\" {word} {{ … }}"
    );
    cx.error(codes::BAD_VALUE, reader.since(start), message).help(help);
}

fn kind(
    cx: &mut Draft<'_>,
    reader: &mut Reader<'_>,
    entry: &Entry,
    label: &mut Option<crate::model::Text>,
) -> Option<FactKind> {
    let kind = match reader.word() {
        Some(Kw::YesNo) => {
            reader.eat_word(cx);
            FactKind::Boolean
        }
        Some(kw @ (Kw::OneOf | Kw::SomeOf)) => {
            reader.eat_word(cx);
            *label = reader.text(cx);
            let choices = choices(cx, reader, entry)?;
            if kw == Kw::OneOf { FactKind::OneOf(choices) } else { FactKind::SomeOf(choices) }
        }
        Some(Kw::Integer) => {
            reader.eat_word(cx);
            FactKind::Integer(range(cx, reader))
        }
        Some(Kw::Decimal) => {
            reader.eat_word(cx);
            FactKind::Decimal(range(cx, reader))
        }
        Some(Kw::Days) => {
            reader.eat_word(cx);
            cx.reword(Rewritten::One(Kw::Days));
            FactKind::Date
        }
        Some(Kw::When) => {
            reader.eat_word(cx);
            FactKind::Derived(condition::condition(cx, reader)?)
        }
        Some(Kw::Hole) => {
            super::hole(cx, reader);
            FactKind::Hole
        }
        _ => {
            let help = say!(
                cx.lang,
                "chọn một kiểu: có hoặc không, một trong {{ … }}, nhiều trong {{ … }}, số nguyên từ … đến …, số từ … đến …, ngày, khi …",
                "choose one of: yes or no, one of {{ … }}, some of {{ … }}, integer from … to …, number from … to …, day, when …"
            );
            reader.expected_or(cx, "kiểu của trường hợp", "the kind of the fact", Some(help));
            return None;
        }
    };
    Some(kind)
}

fn range(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Range {
    let mut range = Range { from: None, to: None, unit: None };
    if reader.eat(cx, Kw::From).is_some() {
        range.from = quantity::number(cx, reader).map(|number| number.value);
    }
    if reader.eat(cx, Kw::To).is_some() {
        range.to = quantity::number(cx, reader).map(|number| number.value);
    }
    range.unit = reader.text(cx);
    range
}

fn choices(cx: &mut Draft<'_>, reader: &mut Reader<'_>, entry: &Entry) -> Option<Vec<Choice>> {
    let Some(block) = &entry.block else {
        let help = say!(
            cx.lang,
            "viết: một trong \"Câu hỏi\" {{ a \"Lựa chọn A\"; b \"Lựa chọn B\" }}",
            "write: one of \"Question\" {{ a \"Choice A\"; b \"Choice B\" }}"
        );
        reader.expected_or(cx, "các lựa chọn trong ngoặc nhọn", "the choices in a block", Some(help));
        return None;
    };
    let mut choices: Vec<Choice> = Vec::new();
    for inner in entries(cx, block) {
        let mut reader = super::reader(cx, &inner);
        let Some(id) = reader.id(cx) else {
            reader.expected(cx, "mã lựa chọn và tên trong ngoặc kép", "a choice's id and its label");
            continue;
        };
        let label = reader.text(cx).unwrap_or_else(|| crate::source::Spanned::new(id.value.to_string(), id.span));
        reader.finish(cx);
        if let Some(first) = choices.iter().find(|choice| choice.id.value == id.value) {
            let first = first.id.span;
            let name = id.value.to_string();
            let message = say!(cx.lang, "lựa chọn `{name}` có hai lần", "the choice `{name}` is given twice");
            let note = say!(cx.lang, "lần đầu ở đây", "first given here");
            cx.error(codes::GIVEN_TWICE, id.span, message).also(first, note);
            continue;
        }
        choices.push(Choice { id, label });
    }
    Some(choices)
}
