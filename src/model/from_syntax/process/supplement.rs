//! The block `bổ sung { … }` of a step: how often, how long, and what it does to the time limit.

use super::super::{case, close, colon, hole, inside, list, quantity, quoted, reader, reference, set, unknown};
use super::step::{reaction, rounds, step_time};
use crate::lang::say;
use crate::model::process::{ClockEffect, Supplement};
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Entry, TokenKind};
use crate::syntax::words::Kw;

const SUPPLEMENT: &[Kw] =
    &[Kw::Maximum, Kw::NotifyWithin, Kw::Wait, Kw::Clock, Kw::Unsatisfied, Kw::Overdue, Kw::Sign, Kw::Time, Kw::Note];

pub(super) fn supplement(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Option<Supplement> {
    let mut supplement = Supplement { allowed: true, ..Supplement::default() };
    if reader.eat_kind(TokenKind::Colon).is_some() {
        if hole(cx, &mut reader).is_some() {
            reader.finish(cx);
            return None;
        }
        if reader.is(Kw::Not) || reader.is(Kw::None) {
            let kw = reader.word()?;
            reader.eat_as(cx, kw, Kw::None);
            supplement.allowed = false;
        } else {
            reader.expected(cx, "“không”, hoặc khối { tối đa: … }", "“none”, or a block { maximum: … }");
        }
    }
    reader.finish(cx);
    for inner in inside(cx, entry) {
        supplement_property(cx, &inner, &mut supplement);
    }
    Some(supplement)
}

fn supplement_property(cx: &mut Draft<'_>, entry: &Entry, supplement: &mut Supplement) {
    let mut reader = reader(cx, entry);
    let span = entry.head();
    let Some(kw) = reader.word().filter(|kw| SUPPLEMENT.contains(kw) || *kw == Kw::Within) else {
        unknown(cx, entry, "khối “bổ sung”", "a supplement", SUPPLEMENT);
        return;
    };
    match kw {
        Kw::Time | Kw::Within => {
            reader.eat_as(cx, kw, Kw::Time);
            let time = case::property(cx, reader, entry, step_time);
            return set(cx, &mut supplement.time, time, span, None);
        }
        Kw::Unsatisfied | Kw::Overdue => {
            reader.eat_word(cx);
            let reaction = reaction(cx, &mut reader, entry);
            reader.finish(cx);
            let slot = if kw == Kw::Unsatisfied { &mut supplement.unsatisfied } else { &mut supplement.overdue };
            return set(cx, slot, reaction, span, None);
        }
        _ => {}
    }
    reader.eat_word(cx);
    if !colon(cx, &mut reader) {
        return;
    }
    match kw {
        Kw::Maximum => {
            let value = case::value(cx, &mut reader, |cx, reader| rounds(cx, reader).map(|count| count.value));
            set(cx, &mut supplement.maximum, value, span, None);
        }
        Kw::NotifyWithin => {
            if hole(cx, &mut reader).is_none() {
                supplement.notify_within = list(cx, &mut reader, quantity::duration).unwrap_or_default();
            }
        }
        Kw::Wait => {
            let value = case::value(cx, &mut reader, quantity::duration);
            set(cx, &mut supplement.wait, value, span, None);
        }
        Kw::Clock => {
            let value = case::value(cx, &mut reader, clock_effect);
            set(cx, &mut supplement.clock, value, span, None);
        }
        Kw::Sign => {
            let value = reference::local(cx, &mut reader, "chức danh ký", "the role that signs");
            set(cx, &mut supplement.signed_by, value, span, None);
        }
        _ => supplement.notes.extend(quoted(cx, &mut reader)),
    }
    close(cx, reader, entry);
}

fn clock_effect(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<ClockEffect> {
    let effect = match reader.word() {
        Some(Kw::Restart) => ClockEffect::Restart,
        Some(Kw::Suspend) => ClockEffect::Suspend,
        Some(Kw::Continue) => ClockEffect::Continue,
        _ => {
            let help =
                say!(cx.lang, "chọn: tính lại từ đầu, tạm dừng, không dừng", "choose from: restart, suspend, continue");
            reader.expected_or(cx, "cách tính thời hạn khi bổ sung", "what happens to the clock", Some(help));
            return None;
        }
    };
    reader.eat_word(cx);
    Some(effect)
}
