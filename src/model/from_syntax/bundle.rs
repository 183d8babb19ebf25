//! `gồm: 1.001193, 1.004222`, or a block that says in which cases a part is asked for and what is true of it.

use super::{case, citation, colon, condition, entries, inside, list, quoted, reader, reference, set, unknown};
use crate::lang::say;
use crate::model::bundle::{Part, PartOf};
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Block, Entry, TokenKind};
use crate::syntax::words::Kw;

const KNOWN: &[Kw] = &[Kw::When, Kw::Given, Kw::Without];

/// A part without a block of its own.
pub(super) fn part(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Part> {
    let start = reader.here();
    let what = if reader.is_kind(TokenKind::Code) {
        PartOf::Procedure(case::code(cx, reader)?)
    } else {
        PartOf::Text(quoted(cx, reader)?)
    };
    let span = reader.since(start);
    Some(Part { what, when: None, given: Vec::new(), without: Vec::new(), cites: Vec::new(), span })
}

/// `gồm { 1.001193; 1.004222 { khi: …; trường hợp: … } }`
pub(super) fn parts(cx: &mut Draft<'_>, block: &Block) -> Vec<Part> {
    let mut parts = Vec::new();
    for entry in entries(cx, block) {
        let mut reader = reader(cx, &entry);
        let Some(mut part) = self::part(cx, &mut reader) else { continue };
        reader.finish(cx);
        for entry in inside(cx, &entry) {
            property(cx, &entry, &mut part);
        }
        if let (PartOf::Text(text), false) = (&part.what, part.given.is_empty() && part.without.is_empty()) {
            let message = say!(
                cx.lang,
                "thủ tục này không có trong bộ, nên không có trường hợp hay giấy tờ nào của nó để nói đến",
                "this procedure is not in the catalogue: it has no facts or papers to speak of"
            );
            cx.error(codes::BAD_VALUE, text.span, message);
        }
        parts.push(part);
    }
    parts
}

fn property(cx: &mut Draft<'_>, entry: &Entry, part: &mut Part) {
    let mut reader = reader(cx, entry);
    let Some(kw @ (Kw::When | Kw::Facts | Kw::Given | Kw::Without)) = reader.word() else {
        return unknown(cx, entry, "thủ tục thành phần", "a part of a bundle", KNOWN);
    };
    reader.eat_as(cx, kw, if kw == Kw::Facts { Kw::Given } else { kw });
    if !colon(cx, &mut reader) {
        return;
    }
    match kw {
        Kw::When => {
            let when = condition::condition(cx, &mut reader);
            set(cx, &mut part.when, when, entry.head(), None);
        }
        Kw::Without => {
            let paper = |cx: &mut Draft<'_>, reader: &mut Reader<'_>| {
                reference::local(cx, reader, "tên giấy tờ của thủ tục thành phần", "a paper of the part")
            };
            part.without.extend(list(cx, &mut reader, paper).unwrap_or_default());
            part.cites.extend(citation::citations(cx, &mut reader));
        }
        _ => part.given.extend(list(cx, &mut reader, condition::condition).unwrap_or_default()),
    }
    reader.finish(cx);
}
