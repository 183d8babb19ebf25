//! The blocks `kết quả { … }` and `yêu cầu, điều kiện { … }`.

use super::{
    amount, case, citation, close, colon, condition, document, entries, inside, note, quantity, reader, reference, set,
    unknown,
};
use crate::lang::say;
use crate::model::outcome::{Letter, Outcome, Requirement, Validity};
use crate::model::{Laid, Period};
use crate::source::Spanned;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Block, Entry, TokenKind};
use crate::syntax::words::Kw;

const KNOWN: &[Kw] = &[
    Kw::Original,
    Kw::Copy,
    Kw::Electronic,
    Kw::Form,
    Kw::ValidFor,
    Kw::Valid,
    Kw::Code,
    Kw::When,
    Kw::SentTo,
    Kw::OutcomeKind,
    Kw::Letter,
    Kw::Note,
];

pub(super) fn outcomes(cx: &mut Draft<'_>, block: &Block) -> Vec<Laid<Outcome>> {
    entries(cx, block).iter().filter_map(|entry| outcome(cx, entry)).collect()
}

fn outcome(cx: &mut Draft<'_>, entry: &Entry) -> Option<Laid<Outcome>> {
    let mut reader = reader(cx, entry);
    let negative = reader.eat(cx, Kw::Refuse).is_some();
    let id = reference::new_id(cx, &mut reader);
    let Some(name) = reader.text(cx) else {
        let help =
            say!(cx.lang, "viết: mã-kết-quả \"Tên giấy tờ kết quả\"", "write: id-of-outcome \"Name of the outcome\"");
        reader.expected_or(cx, "tên kết quả trong ngoặc kép", "the outcome's name in quotes", Some(help));
        return None;
    };
    let cites = citation::citations(cx, &mut reader);
    reader.finish(cx);
    let mut outcome = Outcome {
        id,
        name,
        negative,
        cites,
        copies: Vec::new(),
        form: None,
        valid_for: None,
        code: None,
        when: None,
        sent_to: None,
        kinds: Vec::new(),
        letter: None,
        notes: Vec::new(),
        valid: Period::default(),
        head: entry.head(),
    };
    for inner in inside(cx, entry) {
        property(cx, &inner, &mut outcome);
    }
    Some(Laid::new(outcome, entry.span))
}

fn property(cx: &mut Draft<'_>, entry: &Entry, outcome: &mut Outcome) {
    let mut reader = reader(cx, entry);
    let span = entry.head();
    if let Some(kind) = reader.word().and_then(document::copy_kind) {
        outcome.copies.extend(document::copies(cx, &mut reader, kind));
        return reader.finish(cx);
    }
    let Some(kw) = reader.word().filter(|kw| KNOWN.contains(kw)) else {
        unknown(cx, entry, "kết quả", "an outcome", KNOWN);
        return;
    };
    reader.eat_word(cx);
    if kw == Kw::Form {
        let form = case::property(cx, reader, entry, document::form);
        return set(cx, &mut outcome.form, form, span, None);
    }
    if kw == Kw::Note {
        outcome.notes.extend(note(cx, &mut reader));
        return reader.finish(cx);
    }
    if !colon(cx, &mut reader) {
        return;
    }
    match kw {
        Kw::ValidFor => {
            let validity = if reader.eat(cx, Kw::Indefinite).is_some() {
                Some(Validity::Indefinite)
            } else if super::hole(cx, &mut reader).is_some() {
                Some(Validity::Hole)
            } else if let Some(text) = reader.text(cx) {
                Some(Validity::Text(text.value))
            } else {
                quantity::duration(cx, &mut reader).map(Validity::For)
            };
            set(cx, &mut outcome.valid_for, validity, span, None);
        }
        Kw::Valid => outcome.valid = amount::valid(cx, &mut reader),
        Kw::Code => {
            let here = reader.here();
            let code = match reader.peek().map(|token| token.kind) {
                Some(TokenKind::Word | TokenKind::Code) => {
                    reader.advance();
                    Some(Spanned::new(cx.slice(here).to_owned(), here))
                }
                _ => reader.text(cx),
            };
            if code.is_none() {
                reader.expected(cx, "mã kết quả, như KQ.G15.000021", "a code, as KQ.G15.000021");
            }
            set(cx, &mut outcome.code, code, span, None);
        }
        Kw::When => {
            let when = condition::condition(cx, &mut reader);
            set(cx, &mut outcome.when, when, span, None);
        }
        Kw::SentTo => {
            let agency = reference::agency(cx, &mut reader);
            set(cx, &mut outcome.sent_to, agency, span, None);
        }
        Kw::Letter => {
            let letter = letter(cx, &mut reader);
            set(cx, &mut outcome.letter, letter, span, None);
        }
        _ => {
            let kinds = super::list(cx, &mut reader, |cx, reader| {
                let id = reader.id(cx);
                if id.is_none() {
                    reader.expected(cx, "một loại kết quả của danh mục", "an outcome kind of the register");
                }
                id
            });
            outcome.kinds = kinds.unwrap_or_default();
        }
    }
    close(cx, reader, entry);
}

fn letter(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Letter> {
    if reader.eat(cx, Kw::Congratulation).is_some() {
        return Some(Letter::Congratulation);
    }
    if reader.eat(cx, Kw::Condolence).is_some() {
        return Some(Letter::Condolence);
    }
    let help = say!(cx.lang, "viết: chúc mừng, hoặc chia buồn", "write: congratulation, or condolence");
    reader.expected_or(cx, "một loại thư", "a kind of letter", Some(help));
    None
}

pub(super) fn requirements(cx: &mut Draft<'_>, block: &Block) -> Vec<Requirement> {
    entries(cx, block).iter().filter_map(|entry| requirement(cx, entry)).collect()
}

fn requirement(cx: &mut Draft<'_>, entry: &Entry) -> Option<Requirement> {
    let mut reader = reader(cx, entry);
    reader.eat(cx, Kw::Requirement);
    let id = reference::new_id(cx, &mut reader);
    let Some(text) = reader.text(cx) else {
        let help = say!(cx.lang, "viết: điều kiện \"Nội dung điều kiện\"", "write: requirement \"Its text\"");
        reader.expected_or(cx, "nội dung điều kiện trong ngoặc kép", "the requirement in quotes", Some(help));
        return None;
    };
    let cites = citation::citations(cx, &mut reader);
    reader.finish(cx);
    let mut requirement = Requirement { id, text, cites, when: None, notes: Vec::new(), span: entry.span };
    for inner in inside(cx, entry) {
        let mut reader = super::reader(cx, &inner);
        match reader.word() {
            Some(Kw::When) => {
                reader.eat_word(cx);
                if colon(cx, &mut reader) {
                    let when = condition::condition(cx, &mut reader);
                    set(cx, &mut requirement.when, when, inner.head(), None);
                }
                reader.finish(cx);
            }
            Some(Kw::Note) => {
                reader.eat_word(cx);
                requirement.notes.extend(note(cx, &mut reader));
                reader.finish(cx);
            }
            _ => unknown(cx, &inner, "điều kiện", "a requirement", &[Kw::When, Kw::Note]),
        }
    }
    Some(requirement)
}
