//! One construct for every value by case: a general rule, exceptions to it, exceptions to those, and additions.

use super::{citation, condition, entries, quoted, reader, unknown};
use crate::lang::say;
use crate::model::{ByCase, CaseRule, ProcedureCode, Ref, RefKey, Register, RegisterName, Setting, Value};
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Block, Entry, TokenKind};
use crate::syntax::words::Kw;

/// Reads a value of one type.
pub(super) type Read<T> = fn(&mut Draft<'_>, &mut Reader<'_>) -> Option<T>;

/// A value or why there is none, and what it rests on.
pub(super) fn value<T>(cx: &mut Draft<'_>, reader: &mut Reader<'_>, read: Read<T>) -> Option<Value<T>> {
    let start = reader.here();
    let setting = setting(cx, reader, read)?;
    let at_most = if setting.is_open() { bound(cx, reader, read) } else { None };
    let span = reader.since(start);
    let cites = citation::citations(cx, reader);
    Some(Value { setting, at_most, cites, span })
}

fn setting<T>(cx: &mut Draft<'_>, reader: &mut Reader<'_>, read: Read<T>) -> Option<Setting<T>> {
    let setting = match reader.word() {
        Some(Kw::Hole) => {
            super::hole(cx, reader);
            Setting::Hole
        }
        Some(Kw::Not | Kw::None) if stands_alone(reader) => {
            reader.eat_as(cx, Kw::Not, Kw::None);
            reader.eat(cx, Kw::None);
            Setting::None
        }
        Some(Kw::Exempt) => {
            reader.eat(cx, Kw::Exempt);
            Setting::Exempt
        }
        Some(Kw::ByLocality) => {
            reader.eat(cx, Kw::ByLocality);
            Setting::Locality
        }
        Some(Kw::ByAgreement) => {
            reader.eat(cx, Kw::ByAgreement);
            Setting::Agreement
        }
        Some(Kw::By) => {
            reader.eat(cx, Kw::By);
            let Some(id) = reader.id(cx) else {
                reader.expected(cx, "mã cơ quan", "an agency");
                return None;
            };
            cx.names.push(RegisterName {
                register: Register::Agencies,
                key: id.value.clone(),
                kind: None,
                span: id.span,
            });
            reader.eat(cx, Kw::Norm);
            Setting::By(Ref { key: RefKey::Id(id.value), span: id.span })
        }
        Some(Kw::ByProcedure) => {
            reader.eat(cx, Kw::ByProcedure);
            Setting::OfProcedure(code(cx, reader)?.value)
        }
        Some(Kw::AtDecision) => {
            reader.eat(cx, Kw::AtDecision);
            Setting::AtDecision(quoted(cx, reader)?)
        }
        _ => Setting::Given(read(cx, reader)?),
    };
    Some(setting)
}

/// `, không vượt V`
fn bound<T>(cx: &mut Draft<'_>, reader: &mut Reader<'_>, read: Read<T>) -> Option<T> {
    let mut ahead = *reader;
    ahead.eat_kind(TokenKind::Comma)?;
    let kw = ahead.word().filter(|kw| matches!(kw, Kw::NotExceeding | Kw::NotAbove))?;
    reader.eat_kind(TokenKind::Comma);
    reader.eat_as(cx, kw, Kw::NotExceeding);
    read(cx, reader)
}

/// `không` alone is *none*; before anything else it is *not*.
pub(super) fn stands_alone(reader: &Reader<'_>) -> bool {
    let mut after = *reader;
    after.advance();
    after.is_done() || after.is_kind(TokenKind::Comma) || matches!(after.word(), Some(Kw::Under | Kw::When))
}

/// A procedure's code.
pub(super) fn code(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<crate::source::Spanned<ProcedureCode>> {
    match reader.eat_kind(TokenKind::Code) {
        Some(span) => Some(crate::source::Spanned::new(ProcedureCode(cx.slice(span).to_owned()), span)),
        None => {
            let help = say!(
                cx.lang,
                "mã thủ tục có một chữ số, dấu chấm, sáu chữ số: 1.001193",
                "a code is one digit, a dot and six digits: 1.001193"
            );
            reader.expected_or(cx, "mã thủ tục", "a procedure's code", Some(help));
            None
        }
    }
}

/// A value by case: what stands after the colon, and the rules in the block. `other` takes the block's other entries
/// and says whether it knew them.
pub(super) fn by_case<T>(
    cx: &mut Draft<'_>,
    reader: &mut Reader<'_>,
    block: Option<&Block>,
    read: Read<T>,
    known: &[Kw],
    other: &mut dyn FnMut(&mut Draft<'_>, &Entry) -> bool,
) -> Option<ByCase<T>> {
    let start = reader.here();
    let general = if reader.is_done() { None } else { value(cx, reader, read) };
    let mut span = reader.since(start);
    let broken = general.is_none() && reader.is_done() && block.is_none();
    let mut rules = Vec::new();
    if let Some(block) = block {
        span = span.to(block.span);
        for entry in entries(cx, block) {
            if is_rule(&entry) {
                rules.extend(rule(cx, &entry, read, &mut |_, _, _| false));
            } else if !other(cx, &entry) {
                unknown(cx, &entry, "khối này", "this block", known);
            }
        }
    }
    (!broken && (general.is_some() || !rules.is_empty())).then_some(ByCase { general, rules, span })
}

/// A property whose value is by case, and whose block holds nothing but rules.
pub(super) fn property<T>(
    cx: &mut Draft<'_>,
    mut reader: Reader<'_>,
    entry: &Entry,
    read: Read<T>,
) -> Option<ByCase<T>> {
    if !super::colon(cx, &mut reader) {
        return None;
    }
    if reader.is_done() && entry.block.is_none() {
        reader.expected(cx, "một giá trị; chưa biết thì ghi chưa nhập", "a value, or `not yet given`");
        return None;
    }
    let value = by_case(cx, &mut reader, entry.block.as_ref(), read, &[Kw::When, Kw::Plus], &mut |_, _| false);
    reader.finish(cx);
    value
}

/// Whether an entry is `khi A: V`, `khi A { … }` or `thêm khi A: V`, and not the property `khi: A`.
pub(super) fn is_rule(entry: &Entry) -> bool {
    let mut reader = Reader::new(&entry.tokens, entry.span);
    match reader.word() {
        Some(Kw::Plus) => true,
        Some(Kw::When) => {
            reader.advance();
            !reader.is_kind(TokenKind::Colon)
        }
        _ => false,
    }
}

/// Takes an entry of a rule's own block that changes its value, and says whether it knew it.
pub(super) type Extra<'e, T> = &'e mut dyn FnMut(&mut Draft<'_>, &Entry, &mut Option<Value<T>>) -> bool;

/// `khi A: V { … }`. `extra` takes entries of the rule's own block that change its value (`tối đa: …`).
pub(super) fn rule<T>(cx: &mut Draft<'_>, entry: &Entry, read: Read<T>, extra: Extra<'_, T>) -> Option<CaseRule<T>> {
    let mut reader = reader(cx, entry);
    let adds = reader.eat(cx, Kw::Plus).is_some();
    if reader.eat(cx, Kw::When).is_none() {
        reader.expected(cx, "“khi” và điều kiện", "“when” and a condition");
        return None;
    }
    let when = condition::condition(cx, &mut reader)?;
    let mut result = None;
    if reader.eat_kind(TokenKind::Colon).is_some() {
        result = value(cx, &mut reader, read);
        if result.is_none() && reader.is_done() {
            // What is wrong with the value has been said.
            return None;
        }
        reader.finish(cx);
    } else if !reader.is_done() || entry.block.is_none() {
        reader.expected(cx, "dấu hai chấm “:” và giá trị", "a colon “:” and a value");
        return None;
    }
    let mut rules = Vec::new();
    if let Some(block) = &entry.block {
        for inner in entries(cx, block) {
            if is_rule(&inner) {
                rules.extend(rule(cx, &inner, read, extra));
            } else if !extra(cx, &inner, &mut result) {
                unknown(cx, &inner, "ngoại lệ này", "this exception", &[Kw::When]);
            }
        }
    }
    if result.is_none() && rules.is_empty() {
        let message = say!(cx.lang, "trường hợp này không có giá trị", "this case has no value");
        cx.error(codes::BAD_VALUE, entry.head(), message);
        return None;
    }
    Some(CaseRule { when, value: result, rules, adds, span: entry.span })
}
