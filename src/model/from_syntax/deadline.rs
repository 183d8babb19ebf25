//! `thời hạn giải quyết hẹn-1 "…": V { kể từ: E; khi A: … }`

use super::{amount, case, close, colon, condition, quantity, reader, reference, set};
use crate::lang::say;
use crate::model::deadline::{Deadline, Limit, StartEvent};
use crate::model::{Laid, Period, Unit};
use crate::source::Spanned;
use crate::syntax::reader::{Draft, Reader, Rewritten};
use crate::syntax::tree::{Entry, TokenKind};
use crate::syntax::words::Kw;

const KNOWN: &[Kw] = &[Kw::CountedFrom, Kw::When, Kw::Plus, Kw::Valid, Kw::Note];

pub(super) fn deadline(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Laid<Deadline> {
    let id = reference::new_id(cx, &mut reader);
    let label = reader.text(cx);
    let mut deadline = Deadline {
        id,
        label,
        limit: None,
        starts: None,
        when: None,
        notes: Vec::new(),
        valid: Period::default(),
        head: entry.head(),
    };
    let mut extra = Deadline { label: None, ..deadline.clone() };
    let mut known = |cx: &mut Draft<'_>, entry: &Entry| property(cx, entry, &mut extra);
    let given = reader.eat_kind(TokenKind::Colon).is_some();
    if given && reader.is_done() && entry.block.is_none() {
        limit(cx, &mut reader);
    } else if given || entry.block.is_some() {
        deadline.limit = case::by_case(cx, &mut reader, entry.block.as_ref(), limit, KNOWN, &mut known);
        reader.finish(cx);
    } else {
        colon(cx, &mut reader);
    }
    Laid::new(Deadline { limit: deadline.limit, label: deadline.label, ..extra }, entry.span)
}

fn property(cx: &mut Draft<'_>, entry: &Entry, deadline: &mut Deadline) -> bool {
    let mut reader = reader(cx, entry);
    let Some(kw @ (Kw::CountedFrom | Kw::When | Kw::Valid | Kw::Note)) = reader.word() else { return false };
    reader.eat_word(cx);
    if !colon(cx, &mut reader) {
        return true;
    }
    let span = entry.head();
    match kw {
        Kw::CountedFrom => {
            let event = start_event(cx, &mut reader);
            let first = deadline.starts.as_ref().map(|starts| starts.span);
            set(cx, &mut deadline.starts, event, span, first);
        }
        Kw::When => {
            let when = condition::condition(cx, &mut reader);
            set(cx, &mut deadline.when, when, span, None);
        }
        Kw::Valid => deadline.valid = amount::valid(cx, &mut reader),
        _ => deadline.notes.extend(super::quoted(cx, &mut reader)),
    }
    close(cx, reader, entry);
    true
}

pub(super) fn start_event(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<StartEvent>> {
    let event = match reader.word() {
        Some(Kw::CompleteReceived) => StartEvent::CompleteReceived,
        Some(Kw::DossierReceived) => StartEvent::DossierReceived,
        Some(Kw::RequestReceived) => StartEvent::RequestReceived,
        Some(Kw::OpinionReceived) => StartEvent::OpinionReceived,
        Some(Kw::DutiesPaid) => StartEvent::DutiesPaid,
        Some(Kw::Hole) => {
            let span = super::hole(cx, reader)?;
            return Some(Spanned::new(StartEvent::Hole, span));
        }
        _ => {
            let kind = reader.word().and_then(super::process::step_kind);
            if reader.is_kind(TokenKind::Word) && reader.phrase().is_some() && kind.is_none() {
                reader.expected_or(
                    cx,
                    "sự kiện bắt đầu tính thời hạn",
                    "the event that starts the clock",
                    Some(event_help(cx)),
                );
                return None;
            }
            let what = say!(
                cx.lang,
                "sự kiện bắt đầu (nhận đủ hồ sơ hợp lệ, tiếp nhận yêu cầu, …) hoặc tên một bước",
                "a start event (complete dossier received, …) or the id of a step"
            );
            let step = reference::step(cx, reader, &what, &what)?;
            let span = step.span;
            return Some(Spanned::new(StartEvent::Step(step), span));
        }
    };
    let word = reader.eat_word(cx)?;
    Some(Spanned::new(event, word.span))
}

fn event_help(cx: &Draft<'_>) -> String {
    say!(
        cx.lang,
        "chọn: nhận đủ hồ sơ hợp lệ, tiếp nhận hồ sơ, tiếp nhận yêu cầu, nhận ý kiến, hoàn thành nghĩa vụ tài chính, hoặc tên một bước",
        "choose from: complete dossier received, dossier received, request received, opinion received, financial duties met, or a step's id"
    )
}

/// A time limit, in any of its forms.
pub(super) fn limit(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Limit> {
    match reader.word() {
        Some(Kw::SameDay) => {
            reader.eat_word(cx);
            let mut ahead = *reader;
            let comma = ahead.eat_kind(TokenKind::Comma).is_some();
            if comma && ahead.is(Kw::ReceivedAfter) {
                reader.eat_kind(TokenKind::Comma);
                reader.eat_word(cx);
                let cutoff = quantity::clock(cx, reader)?;
                if reader.eat(cx, Kw::ThenNextDay).is_none() {
                    reader.expected(cx, "“thì ngày làm việc tiếp theo”", "“then next working day”");
                    return None;
                }
                return Some(Limit::SameDay { cutoff: Some(cutoff) });
            }
            Some(Limit::SameDay { cutoff: None })
        }
        Some(Kw::AtOnce) => {
            reader.eat_word(cx);
            Some(Limit::AtOnce)
        }
        Some(kw @ (Kw::Before | Kw::NoLaterThan)) => {
            reader.eat_word(cx);
            quantity::before_date(cx, reader);
            let day = quantity::calendar_day(cx, reader)?;
            if reader.eat(cx, Kw::EveryYear).is_none() {
                reader.expected(cx, "“hằng năm”", "“every year”");
                return None;
            }
            Some(Limit::EveryYear { day, strictly: kw == Kw::Before })
        }
        Some(Kw::Days) => {
            reader.eat_word(cx);
            cx.reword(Rewritten::One(Kw::Days));
            let day = quantity::count(cx, reader)
                .and_then(|day| u8::try_from(day.value).ok())
                .filter(|day| (1..=31).contains(day));
            match (day, reader.word()) {
                (Some(day), Some(Kw::QuarterMonth)) => {
                    reader.eat_word(cx);
                    Some(Limit::QuarterMonth { day })
                }
                (Some(day), Some(Kw::EveryMonth)) => {
                    reader.eat_word(cx);
                    Some(Limit::EveryMonth { day })
                }
                _ => {
                    reader.expected(
                        cx,
                        "“ngày 20 tháng đầu quý” hoặc “ngày 05 hằng tháng”",
                        "“day 20 first month of the quarter” or “day 05 every month”",
                    );
                    None
                }
            }
        }
        Some(Kw::From) => {
            reader.eat_word(cx);
            let from = quantity::duration(cx, reader)?;
            if reader.eat(cx, Kw::To).is_none() {
                return Some(Limit::AtLeast(from));
            }
            let to = quantity::duration(cx, reader)?;
            if reader.eat(cx, Kw::Before).is_none() {
                reader.expected(cx, "“trước” và tên sự kiện trong ngoặc kép", "“before” and the event in quotes");
                return None;
            }
            Some(Limit::Window { from, to, event: super::quoted(cx, reader)?.value })
        }
        Some(Kw::Within) => {
            reader.eat_word(cx);
            let within = quantity::duration(cx, reader)?;
            if reader.eat(cx, Kw::CountedFrom).is_none() {
                return Some(Limit::Duration(within));
            }
            Some(Limit::After { within, event: super::quoted(cx, reader)?.value })
        }
        Some(Kw::NotExceeding | Kw::NotAbove) => {
            let kw = reader.word()?;
            reader.eat_as(cx, kw, Kw::NotExceeding);
            quantity::duration(cx, reader).map(Limit::AtMost)
        }
        _ => {
            let whole_day = quantity::duration(cx, reader)?;
            if reader.is_kind(TokenKind::Comma) && whole_day.unit == Unit::Days {
                // `01 ngày, nhận sau 15 giờ …` is not a duration.
                let mut ahead = *reader;
                ahead.advance();
                if ahead.is(Kw::ReceivedAfter) {
                    let help = say!(
                        cx.lang,
                        "trả trong ngày thì viết: trong ngày, nhận sau 15 giờ thì ngày làm việc tiếp theo",
                        "for the same day write: same day, received after 15 hours then next working day"
                    );
                    reader.expected_or(cx, "hết mục", "the end of the entry", Some(help));
                    return None;
                }
            }
            Some(Limit::Duration(whole_day))
        }
    }
}
