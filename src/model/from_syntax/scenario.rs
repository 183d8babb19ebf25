//! `ví dụ "…" { trường hợp: …; nộp lúc: …; hẹn trả: … }`

use super::{
    amount, case, citation, close, colon, condition, deadline, inside, list, note, quantity, reader, reference, set,
    unknown,
};
use crate::model::ChargeKind;
use crate::model::scenario::{End, Scenario, ScenarioEvent};
use crate::source::Spanned;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Entry, TokenKind};
use crate::syntax::words::Kw;

const KNOWN: &[Kw] =
    &[Kw::Facts, Kw::Filed, Kw::Event, Kw::Papers, Kw::Charge, Kw::Fee, Kw::Due, Kw::Outcome, Kw::Ends, Kw::Note];

pub(super) fn scenario(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Option<Scenario> {
    let name = super::quoted(cx, &mut reader)?;
    let cites = citation::citations(cx, &mut reader);
    reader.finish(cx);
    let mut scenario = Scenario {
        name,
        given: Vec::new(),
        filed: None,
        events: Vec::new(),
        documents: None,
        amounts: Vec::new(),
        due: Vec::new(),
        outcomes: Vec::new(),
        ends: None,
        cites,
        notes: Vec::new(),
        span: entry.span,
    };
    for inner in inside(cx, entry) {
        property(cx, &inner, &mut scenario);
    }
    Some(scenario)
}

fn property(cx: &mut Draft<'_>, entry: &Entry, scenario: &mut Scenario) {
    let mut reader = reader(cx, entry);
    let span = entry.head();
    let Some(kw) = reader.word().filter(|kw| KNOWN.contains(kw) || matches!(kw, Kw::Dossier | Kw::Given)) else {
        unknown(cx, entry, "ví dụ", "a scenario", KNOWN);
        return;
    };
    if kw == Kw::Note {
        reader.eat_word(cx);
        scenario.notes.extend(note(cx, &mut reader));
        return reader.finish(cx);
    }
    let meant = match kw {
        Kw::Dossier => Kw::Papers,
        Kw::Facts => Kw::Given,
        kw => kw,
    };
    reader.eat_as(cx, kw, meant);
    let id = match kw {
        Kw::Due | Kw::Charge | Kw::Fee => reader.id(cx),
        _ => None,
    };
    if !colon(cx, &mut reader) {
        return;
    }
    match kw {
        Kw::Facts | Kw::Given => scenario.given.extend(list(cx, &mut reader, condition::condition).unwrap_or_default()),
        Kw::Filed => {
            let moment = quantity::moment(cx, &mut reader);
            set(cx, &mut scenario.filed, moment, span, None);
        }
        Kw::Event => scenario.events.extend(list(cx, &mut reader, event).unwrap_or_default()),
        Kw::Papers | Kw::Dossier => {
            let papers = if reader.is(Kw::Not) && case::stands_alone(&reader) {
                reader.eat_as(cx, Kw::Not, Kw::None);
                Some(Vec::new())
            } else {
                list(cx, &mut reader, |cx, reader| {
                    reference::local(cx, reader, "tên giấy tờ đã khai", "a document's id")
                })
            };
            set(cx, &mut scenario.documents, papers, span, None);
        }
        Kw::Charge | Kw::Fee => {
            let kind = if kw == Kw::Charge { ChargeKind::Charge } else { ChargeKind::Fee };
            let which = id.map(|id| crate::model::Ref { key: crate::model::RefKey::Id(id.value), span: id.span });
            let nothing = match reader.word() {
                Some(Kw::Not) => reader.eat_as(cx, Kw::Not, Kw::None).is_some(),
                Some(kw @ (Kw::None | Kw::Exempt)) => reader.eat(cx, kw).is_some(),
                _ => false,
            };
            let amount = if nothing { Some(crate::model::Amount::Dong(0)) } else { amount::amount(cx, &mut reader) };
            if let Some(amount) = amount {
                scenario.amounts.push((kind, which, amount));
            }
        }
        Kw::Due => {
            if let Some(moment) = quantity::moment(cx, &mut reader) {
                scenario.due.push((id, moment));
            }
        }
        Kw::Outcome => {
            let outcomes =
                list(cx, &mut reader, |cx, reader| reference::local(cx, reader, "kết quả đã khai", "an outcome"));
            scenario.outcomes = outcomes.unwrap_or_default();
        }
        _ => {
            let end = match reader.word() {
                Some(Kw::Refuse) => Some(End::Refused),
                Some(Kw::Stop | Kw::StopOnRequest) => Some(End::Stopped),
                Some(Kw::Return) => Some(End::Returned),
                _ => None,
            };
            let here = reader.here();
            if end.is_some() {
                reader.eat_word(cx);
            } else {
                reader.expected(cx, "từ chối, dừng hoặc trả kết quả", "refuse, stop or return result");
            }
            set(cx, &mut scenario.ends, end.map(|end| Spanned::new(end, here)), span, None);
        }
    }
    close(cx, reader, entry);
}

/// `bổ sung đủ lúc 10:00 ngày 20/8/2026`, `nghĩa-vụ-tài-chính lúc …`
fn event(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<(Spanned<ScenarioEvent>, crate::model::Moment)> {
    let event = match reader.eat(cx, Kw::Supplemented) {
        Some(span) => Spanned::new(ScenarioEvent::Supplemented, span),
        None => {
            let event = deadline::start_event(cx, reader)?;
            Spanned::new(ScenarioEvent::Start(event.value), event.span)
        }
    };
    if reader.eat(cx, Kw::AtTime).is_none() && !reader.is_kind(TokenKind::Clock) {
        reader.expected(cx, "“lúc” và thời điểm, như lúc 10:00 ngày 20/8/2026", "“on” and a moment");
        return None;
    }
    Some((event, quantity::moment(cx, reader)?))
}
