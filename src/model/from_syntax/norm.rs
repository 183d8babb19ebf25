//! `quy định nđ-20-2021 "…" { với: …; phải có niêm yết theo … { … } }`

use super::{case, citation, colon, condition, deadline, header, inside, process, quantity, reader, set, unknown};
use crate::model::Citation;
use crate::model::norm::{Duty, Norm};
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::Entry;
use crate::syntax::words::Kw;

const KNOWN: &[Kw] =
    &[Kw::Covers, Kw::MustHave, Kw::Deadline, Kw::Supplement, Kw::Dossier, Kw::DecidedBy, Kw::Severity];

pub(super) fn norm(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Option<Norm> {
    let act = citation::act(cx, &mut reader)?;
    let name = super::quoted(cx, &mut reader)?;
    reader.finish(cx);
    let mut covers = None;
    let (mut duties, mut warns) = (Vec::new(), false);
    for inner in inside(cx, entry) {
        let mut reader = super::reader(cx, &inner);
        match reader.word() {
            Some(Kw::Covers) => {
                reader.eat_word(cx);
                let when = if colon(cx, &mut reader) { condition::condition(cx, &mut reader) } else { None };
                reader.finish(cx);
                set(cx, &mut covers, when, inner.head(), None);
            }
            Some(Kw::Severity) => {
                reader.eat_word(cx);
                if colon(cx, &mut reader) && reader.eat(cx, Kw::Warns).is_none() {
                    reader.expected(cx, "“cảnh báo”", "“warning”");
                }
                reader.finish(cx);
                warns = true;
            }
            Some(Kw::MustHave | Kw::Deadline | Kw::DeadlineOf | Kw::Supplement | Kw::Dossier | Kw::DecidedBy) => {
                duties.extend(duty(cx, &inner))
            }
            _ => unknown(cx, &inner, "quy định", "a norm", KNOWN),
        }
    }
    let (holes, names) = (std::mem::take(&mut cx.holes), std::mem::take(&mut cx.names));
    Some(Norm { act, name, covers, duties, warns, holes, names, head: entry.head(), span: entry.span })
}

fn duty(cx: &mut Draft<'_>, entry: &Entry) -> Option<Duty> {
    let mut reader = reader(cx, entry);
    let span = entry.span;
    match reader.word()? {
        Kw::MustHave => {
            reader.eat_word(cx);
            let Some(kind) = reader.word().and_then(process::step_kind) else {
                reader.expected(cx, "loại bước, như niêm yết", "a kind of step");
                return None;
            };
            reader.eat_word(cx);
            let step = process::step(cx, reader, entry, kind);
            Some(Duty::MustHave { kind, cites: step.cites.clone(), step: Box::new(step), span })
        }
        Kw::Supplement => {
            let (at_most, cites) = capped(cx, &mut reader, Kw::Rounds)?;
            Some(Duty::Supplement { at_most, cites, span })
        }
        Kw::Dossier => {
            let (at_most, cites) = capped(cx, &mut reader, Kw::PapersCounted)?;
            Some(Duty::Papers { at_most, cites, span })
        }
        Kw::DecidedBy => {
            reader.eat_word(cx);
            if !colon(cx, &mut reader) {
                return None;
            }
            let agencies = case::value(cx, &mut reader, header::agencies)?;
            reader.finish(cx);
            Some(Duty::DecidedBy { agencies, span })
        }
        kw => {
            reader.eat_as(cx, kw, Kw::Deadline);
            if !colon(cx, &mut reader) {
                return None;
            }
            let limit = case::value(cx, &mut reader, deadline::limit)?;
            reader.finish(cx);
            Some(Duty::Deadline { limit, span })
        }
    }
}

/// `bổ sung: không vượt 02 lần theo …`: the number, and what it rests on.
fn capped(cx: &mut Draft<'_>, reader: &mut Reader<'_>, of: Kw) -> Option<(u32, Vec<Citation>)> {
    reader.eat_word(cx);
    if !colon(cx, reader) {
        return None;
    }
    at_most(cx, reader)?;
    let count = quantity::count(cx, reader)?;
    reader.eat(cx, of);
    let cites = citation::citations(cx, reader);
    reader.finish(cx);
    Some((count.value, cites))
}

fn at_most(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<()> {
    match reader.word() {
        Some(kw @ (Kw::NotExceeding | Kw::NotAbove)) => {
            reader.eat_as(cx, kw, Kw::NotExceeding);
            Some(())
        }
        _ => {
            reader.expected(cx, "“không vượt” và một giới hạn", "“not exceeding” and a limit");
            None
        }
    }
}
