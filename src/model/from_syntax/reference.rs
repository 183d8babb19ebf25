//! Names: of agencies and other things in registers, and of things in the procedure itself.

use super::hole;
use crate::lang::say;
use crate::model::{Agency, Id, Ref, RefKey, Register, RegisterName};
use crate::source::{Span, Spanned};
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::Kw;

/// A thing of this procedure: an id, or its exact label in quotes.
pub(super) fn local(cx: &mut Draft<'_>, reader: &mut Reader<'_>, what_vi: &str, what_en: &str) -> Option<Ref> {
    if let Some(text) = reader.text(cx) {
        return Some(Ref { key: RefKey::Label(text.value), span: text.span });
    }
    match reader.id(cx) {
        Some(id) => Some(Ref { key: RefKey::Id(id.value), span: id.span }),
        None => {
            reader.expected(cx, what_vi, what_en);
            None
        }
    }
}

/// A step of this procedure: as `local`, or by its kind where the procedure has one of that kind.
pub(super) fn step(cx: &mut Draft<'_>, reader: &mut Reader<'_>, what_vi: &str, what_en: &str) -> Option<Ref> {
    if let Some(kind) = reader.word().and_then(super::process::step_kind) {
        let word = reader.eat_word(cx)?;
        return Some(Ref { key: RefKey::Kind(kind, cx.slice(word.span).to_owned()), span: word.span });
    }
    local(cx, reader, what_vi, what_en)
}

/// A name that a register must list. Words without hyphens are taken together, for a message with the likely id.
pub(super) fn registered(
    cx: &mut Draft<'_>,
    reader: &mut Reader<'_>,
    register: Register,
    what_vi: &str,
    what_en: &str,
) -> Option<Spanned<Id>> {
    let start = reader.here();
    while reader.is_kind(TokenKind::Word)
        && !matches!(reader.word(), Some(Kw::Under | Kw::When | Kw::NotBound | Kw::Norm))
    {
        let hyphenated = reader.advance().is_some_and(|token| cx.slice(token.span).contains('-'));
        if hyphenated {
            break;
        }
    }
    let span = reader.since(start);
    let text = cx.slice(span);
    if span == start && !reader_took(reader, start) {
        reader.expected(cx, what_vi, what_en);
        return None;
    }
    let id = Id::new(text);
    cx.names.push(RegisterName { register, key: id.clone(), kind: None, span });
    Some(Spanned::new(id, span))
}

fn reader_took(reader: &Reader<'_>, start: Span) -> bool {
    reader.last() == start
}

/// An agency: of the register, `cơ quan có thẩm quyền`, `nơi tiếp nhận`, one known only when the case is decided, or text.
pub(super) fn agency(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Agency>> {
    let start = reader.here();
    let agency = if hole(cx, reader).is_some() {
        Agency::Hole
    } else if reader.eat(cx, Kw::DecidedBy).is_some() {
        Agency::Deciding
    } else if reader.eat(cx, Kw::ReceivedAt).is_some() {
        Agency::Receiving
    } else if reader.eat(cx, Kw::AtDecision).is_some() {
        Agency::AtDecision(super::quoted(cx, reader)?.value)
    } else if let Some(text) = reader.text(cx) {
        Agency::Text(text.value)
    } else {
        Agency::Register(registered(cx, reader, Register::Agencies, "mã cơ quan", "an agency")?.value)
    };
    Some(Spanned::new(agency, reader.since(start)))
}

/// A keyword where an id is being given, before a label or a colon: taken as the id it was meant to be, and reported.
fn keyword_as_id(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Id>> {
    let found = reader.phrase().filter(|_| reader.is_kind(TokenKind::Word))?;
    let start = reader.here();
    let mut ahead = *reader;
    for _ in 0..found.tokens {
        ahead.advance();
    }
    if !ahead.is_kind(TokenKind::Text) && !ahead.is_kind(TokenKind::Colon) {
        return None;
    }
    *reader = ahead;
    let span = reader.since(start);
    let word = cx.slice(span).to_owned();
    let joined = word.replace(' ', "-");
    let message = say!(cx.lang, "`{word}` là từ khóa, không làm mã được", "`{word}` is a keyword and cannot be an id");
    let help =
        say!(cx.lang, "thêm một tiếng, nối bằng gạch nối: {joined}-này", "add a word with a hyphen: {joined}-one");
    cx.error(codes::BAD_VALUE, span, message).help(help);
    Some(Spanned::new(Id::new(&joined), span))
}

/// An id that is being given: said in the positive, with hyphens.
pub(super) fn new_id(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Id>> {
    let id = reader.id(cx).or_else(|| keyword_as_id(cx, reader))?;
    let text = id.value.as_str();
    if text.contains('_') {
        let better = text.replace('_', "-");
        let message = say!(cx.lang, "tên `{text}` dùng gạch dưới", "the name `{text}` has an underscore");
        let help = say!(cx.lang, "dùng gạch nối: {better}", "use hyphens: {better}");
        cx.error(codes::BAD_VALUE, id.span, message).help(help);
    }
    for negative in ["không-", "chưa-", "not-"] {
        // `không-theo-tuyến` is the name of a kind of building: only what has a plain positive is refused.
        if let Some(positive) =
            text.strip_prefix(negative).filter(|rest| rest.starts_with("có-") || rest.starts_with("phải-"))
        {
            let message = say!(cx.lang, "tên `{text}` ở thể phủ định", "the name `{text}` is a negation");
            let help = say!(cx.lang, "tên nên ở thể khẳng định: {positive}", "name it in the positive: {positive}");
            cx.error(codes::BAD_VALUE, id.span, message).help(help);
        }
    }
    Some(id)
}
