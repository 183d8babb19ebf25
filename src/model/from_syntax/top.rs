//! What stands at the left margin of a file, and the parts of a procedure or an overlay.

use super::{
    amount, bundle, case, citation, close, colon, deadline, document, entries, facts, header, list, norm, note,
    outcome, process, quantity, quoted, reader, reference, scenario, set, unknown,
};
use crate::lang::say;
use crate::model::{
    Body, Definitions, Ignore, Laid, Overlay, Procedure, Process, Ref, RefKey, Register, Setting, Slot, Subprocess,
    Value,
};
use crate::source::{Span, Spanned};
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Block, Entry, Item, TokenKind};
use crate::syntax::words::Kw;

const TOP: &[Kw] = &[Kw::Procedure, Kw::Overlay, Kw::Norm, Kw::Subprocess];

pub(super) fn read(cx: &mut Draft<'_>, items: &[Item]) -> Definitions {
    let mut definitions = Definitions::default();
    let mut outside: Vec<&Entry> = Vec::new();
    for entry in items.iter().filter_map(Item::entry) {
        let mut reader = reader(cx, entry);
        match reader.word() {
            Some(Kw::Procedure) => {
                reader.eat_word(cx);
                definitions.procedures.extend(procedure(cx, reader, entry));
            }
            Some(Kw::Overlay) => {
                reader.eat_word(cx);
                definitions.overlays.extend(overlay(cx, reader, entry));
            }
            Some(Kw::Norm) => {
                reader.eat_word(cx);
                definitions.norms.extend(norm::norm(cx, reader, entry));
            }
            Some(Kw::Subprocess) => {
                reader.eat_word(cx);
                definitions.subprocesses.extend(subprocess(cx, reader, entry));
            }
            _ => outside.push(entry),
        }
        cx.holes.clear();
        cx.names.clear();
    }
    report_outside(cx, &outside);
    definitions
}

/// Entries that stand outside any procedure: one message, most often a `}` too many is the cause.
fn report_outside(cx: &mut Draft<'_>, outside: &[&Entry]) {
    let Some(first) = outside.first() else { return };
    if cx.diagnostics.is_empty() && outside.len() == 1 {
        return unknown(cx, first, "tệp", "a file", TOP);
    }
    let words = cx.slice(super::label_of(first)).to_owned();
    let count = outside.len();
    let message = say!(
        cx.lang,
        "`{words}` đứng ngoài mọi thủ tục ({count} mục bên ngoài)",
        "`{words}` stands outside any procedure ({count} entries outside)"
    );
    let help = say!(
        cx.lang,
        "có thể một dấu }} phía trên đã đóng thủ tục quá sớm; mỗi tệp gồm các khối thủ tục, áp dụng, quy định, quy trình con",
        "a }} above may have closed the procedure too early; a file holds procedure, apply, norm and subprocess blocks"
    );
    cx.error(codes::UNKNOWN_ENTRY, first.head(), message).help(help);
}

fn procedure(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Option<Procedure> {
    let code = case::code(cx, &mut reader)?;
    let name = quoted(cx, &mut reader)?;
    reader.finish(cx);
    if entry.block.is_none() {
        let message = say!(cx.lang, "thủ tục chưa có nội dung", "the procedure has no content");
        let help = say!(cx.lang, "thêm {{ }} sau tên thủ tục", "add {{ }} after its name");
        cx.error(codes::BAD_VALUE, entry.head(), message).help(help);
    }
    let body = body(cx, entry);
    Some(Procedure { code, name, head: entry.head(), span: entry.span, body })
}

fn overlay(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Option<Overlay> {
    let code = case::code(cx, &mut reader)?;
    let mut place = if reader.eat(cx, Kw::At).is_some() { self::place(cx, &mut reader) } else { None };
    let period = quantity::period(cx, &mut reader);
    if place.is_none() && reader.eat(cx, Kw::At).is_some() {
        place = self::place(cx, &mut reader);
    }
    let cites = citation::citations(cx, &mut reader);
    reader.finish(cx);
    if place.is_none() && period.is_open() {
        let message = say!(
            cx.lang,
            "khối “áp dụng” phải nói nơi (tại …) hoặc thời gian (từ …, đến …)",
            "an overlay says a place (at …) or a time (from …, to …)"
        );
        cx.error(codes::BAD_VALUE, entry.head(), message);
    }
    let head_names = std::mem::take(&mut cx.names);
    let mut body = body(cx, entry);
    body.names.extend(head_names);
    Some(Overlay { code, place, period, cites, head: entry.head(), span: entry.span, body })
}

/// A path in the register of units: `đồng-nai`, `đồng-nai/trảng-dài`.
fn place(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    let first = reader.id(cx);
    let Some(first) = first else {
        reader.expected(cx, "mã tỉnh, xã trong danh mục", "a province or commune of the register");
        return None;
    };
    let mut path = first.value.to_string();
    let mut span = first.span;
    while reader.eat_symbol(cx, &["/"]).is_some() {
        if let Some(next) = reader.id(cx) {
            path = format!("{path}/{}", next.value);
            span = span.to(next.span);
        }
    }
    let key = crate::model::Id::new(&path);
    cx.names.push(crate::model::RegisterName { register: Register::Units, key, kind: None, span });
    Some(Spanned::new(path, span))
}

fn subprocess(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Option<Subprocess> {
    let Some(id) = reference::new_id(cx, &mut reader) else {
        reader.expected(cx, "mã quy trình con", "the id of the shared process");
        return None;
    };
    let name = quoted(cx, &mut reader)?;
    reader.finish(cx);
    let mut body = Body::default();
    ignores(cx, entry, &mut body.ignores);
    if let Some(block) = &entry.block {
        let process = process::process(cx, block);
        let value = Value { setting: Setting::Given(process), at_most: None, cites: Vec::new(), span: block.span };
        body.process = Some(Laid::new(value, entry.span));
    }
    body.holes = std::mem::take(&mut cx.holes);
    body.names = std::mem::take(&mut cx.names);
    Some(Subprocess { id, name, head: entry.head(), span: entry.span, body })
}

const PARTS: &[Kw] = &[
    Kw::Field,
    Kw::Level,
    Kw::Applicants,
    Kw::DecidedBy,
    Kw::ReceivedAt,
    Kw::Consulted,
    Kw::Channels,
    Kw::Announced,
    Kw::Page,
    Kw::Valid,
    Kw::Transition,
    Kw::Replaces,
    Kw::LegalBasis,
    Kw::Includes,
    Kw::OtherDuties,
    Kw::Note,
    Kw::Contact,
    Kw::FilingWindow,
    Kw::BasedOn,
    Kw::Facts,
    Kw::Dossier,
    Kw::Deadline,
    Kw::Charge,
    Kw::Fee,
    Kw::Requirements,
    Kw::Sequence,
    Kw::Outcome,
    Kw::Process,
    Kw::Scenario,
    Kw::Ignore,
];

fn body(cx: &mut Draft<'_>, entry: &Entry) -> Body {
    let mut body = Body::default();
    ignores(cx, entry, &mut body.ignores);
    if let Some(block) = &entry.block {
        for entry in entries(cx, block) {
            part(cx, &entry, &mut body);
        }
    }
    body.holes = std::mem::take(&mut cx.holes);
    body.names = std::mem::take(&mut cx.names);
    body
}

/// `bỏ qua TT412: "lý do"`, in any block of the procedure; it covers the entry whose block it stands in, head and all.
fn ignores(cx: &mut Draft<'_>, outer: &Entry, found: &mut Vec<Ignore>) {
    for entry in outer.block.iter().flat_map(Block::entries) {
        ignores(cx, entry, found);
        if !Reader::new(&entry.tokens, entry.span).is(Kw::Ignore) {
            continue;
        }
        let mut reader = reader(cx, entry);
        reader.eat(cx, Kw::Ignore);
        let Some(code) = reader.eat_kind(TokenKind::Word) else {
            reader.expected(cx, "mã phát hiện, như TT412", "the code of a finding, as TT412");
            continue;
        };
        let reason = if colon(cx, &mut reader) { quoted(cx, &mut reader) } else { None };
        reader.finish(cx);
        let code = Spanned::new(cx.slice(code).to_uppercase(), code);
        found.push(Ignore { code, reason, scope: outer.span });
    }
}

fn part(cx: &mut Draft<'_>, entry: &Entry, body: &mut Body) {
    let mut reader = reader(cx, entry);
    let Some(kw) = reader.word() else {
        return unknown(cx, entry, "thủ tục", "a procedure", PARTS);
    };
    let span = entry.span;
    if is_gap(entry) {
        body.unknown_parts.push(kw);
    }
    match kw {
        Kw::Field => list_slot(cx, reader, entry, kw, &mut body.field, |cx, reader| {
            let id = reference::registered(cx, reader, Register::Fields, "mã lĩnh vực", "a field")?;
            Some(Ref { key: RefKey::Id(id.value), span: id.span })
        }),
        Kw::Level => list_slot(cx, reader, entry, kw, &mut body.levels, |cx, reader| list(cx, reader, header::level)),
        Kw::Applicants => {
            list_slot(cx, reader, entry, kw, &mut body.applicants, |cx, reader| list(cx, reader, header::applicant))
        }
        Kw::DecidedBy => {
            reader.eat(cx, kw);
            let value = case::property(cx, reader, entry, header::agencies);
            slot(cx, &mut body.decided_by, value, span);
        }
        Kw::ReceivedAt => {
            reader.eat(cx, kw);
            let value = case::property(cx, reader, entry, header::receiving_places);
            slot(cx, &mut body.received_at, value, span);
        }
        Kw::Consulted => {
            reader.eat(cx, kw);
            let value = case::property(cx, reader, entry, header::agencies);
            slot(cx, &mut body.consulted, value, span);
        }
        Kw::Channels | Kw::Channel => {
            reader.eat_as(cx, kw, Kw::Channels);
            let value = value_of(cx, &mut reader, |cx, reader| list(cx, reader, header::channel));
            reader.finish(cx);
            slot(cx, &mut body.channels, value, span);
        }
        Kw::Announced => {
            list_slot(cx, reader, entry, kw, &mut body.announced, |cx, reader| case::value(cx, reader, citation::act))
        }
        Kw::Page => list_slot(cx, reader, entry, kw, &mut body.page, quoted),
        Kw::Valid => list_slot(cx, reader, entry, kw, &mut body.valid, |cx, reader| Some(amount::valid(cx, reader))),
        Kw::Transition => list_slot(cx, reader, entry, kw, &mut body.transition, header::transition),
        Kw::Replaces => list_slot(cx, reader, entry, kw, &mut body.replaces, |cx, reader| list(cx, reader, case::code)),
        Kw::LegalBasis => {
            list_slot(cx, reader, entry, kw, &mut body.basis, |cx, reader| list(cx, reader, citation::citation))
        }
        Kw::Includes if entry.block.is_some() => {
            reader.eat(cx, kw);
            reader.finish(cx);
            let parts = entry.block.as_ref().map(|block| bundle::parts(cx, block));
            slot(cx, &mut body.parts, parts, span);
        }
        Kw::Includes => list_slot(cx, reader, entry, kw, &mut body.parts, |cx, reader| list(cx, reader, bundle::part)),
        Kw::OtherDuties => {
            list_slot(cx, reader, entry, kw, &mut body.other_duties, |cx, reader| list(cx, reader, quoted))
        }
        Kw::FilingWindow => {
            list_slot(cx, reader, entry, kw, &mut body.filing_window, |cx, reader| {
                case::value(cx, reader, deadline::limit)
            });
        }
        Kw::BasedOn => list_slot(cx, reader, entry, kw, &mut body.based_on, citation::act),
        Kw::Note | Kw::Contact => {
            reader.eat(cx, kw);
            let text = note(cx, &mut reader);
            reader.finish(cx);
            let notes = if kw == Kw::Note { &mut body.notes } else { &mut body.contacts };
            notes.extend(text.map(|text| Laid::new(text, span)));
        }
        Kw::Facts | Kw::Given => {
            reader.eat_as(cx, kw, Kw::Facts);
            none_or_gap(cx, &mut reader);
            reader.finish(cx);
            body.facts.extend(entry.block.iter().flat_map(|block| facts::facts(cx, block)));
        }
        Kw::Dossier | Kw::Papers => {
            reader.eat_as(cx, kw, Kw::Dossier);
            let dossier = document::dossier(cx, reader, entry);
            slot(cx, &mut body.dossier, Some(dossier), span);
        }
        Kw::Deadline | Kw::DeadlineOf => {
            reader.eat_as(cx, kw, Kw::Deadline);
            let deadline = deadline::deadline(cx, reader, entry);
            body.deadlines.push(deadline);
        }
        Kw::Charge | Kw::Fee | Kw::ChargesAndFees => body.charges.extend(amount::charge(cx, entry, kw)),
        Kw::Requirements => {
            reader.eat(cx, kw);
            let mut given = entry.block.as_ref().map(|block| outcome::requirements(cx, block));
            if reader.eat_kind(TokenKind::Colon).is_some() {
                if reader.is(Kw::Not) || reader.is(Kw::None) {
                    let kw = reader.word().unwrap_or(Kw::Not);
                    reader.eat_as(cx, kw, Kw::None);
                    given.get_or_insert_default();
                } else if super::hole(cx, &mut reader).is_none() {
                    reader.expected(
                        cx,
                        "“không”, hoặc khối { điều kiện \"…\" }",
                        "“none”, or a block { requirement \"…\" }",
                    );
                }
            }
            reader.finish(cx);
            slot(cx, &mut body.requirements, given, span);
        }
        Kw::Outcome => {
            reader.eat(cx, kw);
            if reader.eat_kind(TokenKind::Colon).is_some() && super::hole(cx, &mut reader).is_none() {
                reader.expected(cx, "khối { mã-kết-quả \"Tên\" }", "a block { id \"Name\" }");
            }
            reader.finish(cx);
            body.outcomes.extend(entry.block.iter().flat_map(|block| outcome::outcomes(cx, block)));
        }
        Kw::Sequence => {
            reader.eat(cx, kw);
            none_or_gap(cx, &mut reader);
            reader.finish(cx);
            let steps = entry.block.as_ref().map(|block| process::sequence(cx, block));
            slot(cx, &mut body.sequence, steps, span);
        }
        Kw::Process => {
            reader.eat(cx, kw);
            let process = process_value(cx, reader, entry);
            slot(cx, &mut body.process, process, span);
        }
        Kw::Scenario => {
            reader.eat(cx, kw);
            body.scenarios.extend(scenario::scenario(cx, reader, entry));
        }
        _ => unknown(cx, entry, "thủ tục", "a procedure", PARTS),
    }
}

/// `: không` or `: chưa nhập` in place of a block.
fn none_or_gap(cx: &mut Draft<'_>, reader: &mut Reader<'_>) {
    if reader.eat_kind(TokenKind::Colon).is_none() || super::hole(cx, reader).is_some() {
        return;
    }
    match reader.word() {
        Some(kw @ (Kw::Not | Kw::None)) => {
            reader.eat_as(cx, kw, Kw::None);
        }
        _ => reader.expected(cx, "“không”, “chưa nhập”, hoặc một khối { … }", "“none”, “not yet given”, or a block"),
    }
}

/// Whether an entry is `LABEL: chưa nhập`.
fn is_gap(entry: &Entry) -> bool {
    let colon = entry.tokens.iter().position(|token| token.kind == TokenKind::Colon);
    colon.is_some_and(|at| Reader::new(&entry.tokens[at + 1..], entry.span).is(Kw::Hole))
}

fn process_value(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Option<Value<Process>> {
    if reader.eat_kind(TokenKind::Colon).is_some() {
        let value = case::value(cx, &mut reader, |cx, reader| {
            reader.expected(
                cx,
                "“do địa phương quy định”, hoặc khối { … } các bước",
                "“set by locality”, or a block of steps",
            );
            None
        });
        reader.finish(cx);
        return value;
    }
    let cites = citation::citations(cx, &mut reader);
    reader.finish(cx);
    let block = entry.block.as_ref()?;
    Some(Value { setting: Setting::Given(process::process(cx, block)), at_most: None, cites, span: block.span })
}

/// `: V`, or nothing after `chưa nhập`.
fn value_of<T>(
    cx: &mut Draft<'_>,
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Draft<'_>, &mut Reader<'_>) -> Option<T>,
) -> Option<T> {
    if !colon(cx, reader) || (reader.is(Kw::Hole) && super::hole(cx, reader).is_some()) {
        return None;
    }
    read(cx, reader)
}

/// `LABEL: V` for a part that is not by case.
fn list_slot<T>(
    cx: &mut Draft<'_>,
    mut reader: Reader<'_>,
    entry: &Entry,
    kw: Kw,
    target: &mut Slot<T>,
    read: impl FnOnce(&mut Draft<'_>, &mut Reader<'_>) -> Option<T>,
) {
    reader.eat(cx, kw);
    let value = value_of(cx, &mut reader, read);
    close(cx, reader, entry);
    slot(cx, target, value, entry.span);
}

fn slot<T>(cx: &mut Draft<'_>, target: &mut Slot<T>, value: Option<T>, span: Span) {
    let first = target.as_ref().map(|first| first.span);
    set(cx, target, value.map(|value| Laid::new(value, span)), span, first);
}
