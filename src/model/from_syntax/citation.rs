//! `theo điểm a khoản 1 Điều 16 luật-hộ-tịch-2014`, in the official order or its reverse; an act by id or by number.

use super::hole;
use crate::lang::say;
use crate::model::citation::{ActKey, ActRef, Citation, Pins};
use crate::model::{Id, Register, RegisterName};
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::Kw;

/// Every `theo …` that stands here.
pub(super) fn citations(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Vec<Citation> {
    let mut cites = Vec::new();
    while reader.eat(cx, Kw::Under).is_some() {
        match citation(cx, reader) {
            Some(citation) => cites.push(citation),
            None => break,
        }
    }
    cites
}

/// What follows `theo`, or an element of `căn cứ pháp lý`.
pub(super) fn citation(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Citation> {
    let start = reader.here();
    let mut pins = Pins::default();
    read_pins(cx, reader, &mut pins);
    let act = act(cx, reader)?;
    read_pins(cx, reader, &mut pins);
    Some(Citation { act, pins, span: reader.since(start) })
}

fn read_pins(cx: &mut Draft<'_>, reader: &mut Reader<'_>, pins: &mut Pins) {
    loop {
        let slot = match reader.word() {
            Some(Kw::Point) => &mut pins.point,
            Some(Kw::Clause) => &mut pins.clause,
            Some(Kw::Article) => &mut pins.article,
            Some(Kw::Annex) => &mut pins.annex,
            _ => return,
        };
        reader.eat_word(cx);
        let Some(token) = reader.peek().filter(|token| matches!(token.kind, TokenKind::Number | TokenKind::Word))
        else {
            reader.expected(cx, "số điều, khoản hoặc chữ cái của điểm", "the number of the article or clause");
            return;
        };
        let mut span = token.span;
        reader.advance();
        // `Điều 14a`: the letter belongs to the number.
        if let Some(next) = reader.peek().filter(|next| next.kind == TokenKind::Word && next.span.start == span.end) {
            span = span.to(next.span);
            reader.advance();
        }
        *slot = Some(cx.slice(span).to_owned());
    }
}

/// An act by id, by number (`Nghị định số 116/2021/NĐ-CP`), or `chưa nhập`.
pub(super) fn act(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<ActRef> {
    if let Some(span) = hole(cx, reader) {
        return Some(ActRef { key: ActKey::Hole, span });
    }
    let start = reader.here();
    let kind = reader.word().filter(|word| {
        matches!(
            word,
            Kw::KindConstitution
                | Kw::KindCode
                | Kw::KindLaw
                | Kw::KindOrdinance
                | Kw::KindResolution
                | Kw::KindDecree
                | Kw::KindDecision
                | Kw::KindJointCircular
                | Kw::KindCircular
        )
    });
    if kind.is_some() {
        reader.eat_word(cx);
        reader.eat(cx, Kw::Decimal);
    }
    if let Some(number) = reader.eat_kind(TokenKind::ActNumber) {
        let span = reader.since(start);
        let text = cx.slice(number).to_owned();
        cx.names.push(RegisterName { register: Register::Acts, key: Id::new(&text), kind, span: number });
        return Some(ActRef { key: ActKey::Number(text), span });
    }
    if kind.is_none()
        && let Some(id) = reader.id(cx)
    {
        cx.names.push(RegisterName { register: Register::Acts, key: id.value.clone(), kind: None, span: id.span });
        return Some(ActRef { key: ActKey::Id(id.value), span: id.span });
    }
    let help = say!(
        cx.lang,
        "ghi mã trong danh mục văn bản (nđ-63-2010) hoặc số, ký hiệu (Nghị định số 63/2010/NĐ-CP); chưa biết thì ghi chưa nhập",
        "give the id in the register of acts (nđ-63-2010) or the number (63/2010/NĐ-CP); write `not yet given` if unknown"
    );
    reader.expected_or(cx, "một văn bản", "an act", Some(help));
    None
}
