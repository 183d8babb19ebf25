//! A step: what it is called, what is said of it, and what follows where it does not go as hoped.

use super::super::{case, citation, close, colon, condition, document, hole, inside, list, note, quantity, quoted};
use super::super::{deadline, reader, reference, set, unknown};
use super::supplement::supplement;
use super::{KNOWN as STEPS, block_nodes, step_kind};
use crate::lang::say;
use crate::model::process::{Performs, Reaction, ReactionKind, Responsible, Step, StepKind, StepTime};
use crate::model::{Limit, Number, Ref};
use crate::source::{Span, Spanned};
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Entry, TokenKind};
use crate::syntax::words::Kw;

/// `03 ngày làm việc`, `…, không tính theo …`, `không tính theo …`, `ngay`, `thời hạn chung`, `thời hạn hẹn-1`, `trong ngày`
pub(super) fn step_time(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<StepTime> {
    match reader.word() {
        Some(Kw::AtOnce) => {
            reader.eat_word(cx);
            Some(StepTime::AtOnce)
        }
        Some(Kw::NotCounted) => {
            reader.eat_word(cx);
            Some(StepTime::NotCounted)
        }
        Some(Kw::CommonDeadline) => {
            reader.eat_word(cx);
            Some(StepTime::Deadline(None))
        }
        Some(Kw::DeadlineOf) => {
            reader.eat_word(cx);
            reference::local(cx, reader, "tên một thời hạn", "the id of a deadline")
                .map(|id| StepTime::Deadline(Some(id)))
        }
        Some(Kw::SameDay) => {
            reader.eat_word(cx);
            Some(StepTime::SameDay)
        }
        _ => match deadline::limit(cx, reader)? {
            Limit::Duration(duration) | Limit::AtMost(duration) => {
                let mut ahead = *reader;
                let counted = !(ahead.eat_kind(TokenKind::Comma).is_some() && ahead.is(Kw::NotCounted));
                if !counted {
                    reader.eat_kind(TokenKind::Comma);
                    reader.eat(cx, Kw::NotCounted);
                }
                Some(StepTime::For { duration, counted })
            }
            Limit::AtLeast(duration) => Some(StepTime::AtLeast(duration)),
            _ => {
                let message =
                    say!(cx.lang, "thời gian của một bước là một khoảng thời gian", "a step's time is a duration");
                let span = reader.last();
                cx.error(codes::BAD_VALUE, span, message);
                None
            }
        },
    }
}

const PROPERTIES: &[Kw] = &[
    Kw::Responsible,
    Kw::Time,
    Kw::When,
    Kw::Produces,
    Kw::Form,
    Kw::Note,
    Kw::Supplement,
    Kw::Refuse,
    Kw::Ask,
    Kw::HandTo,
    Kw::AcceptWithin,
    Kw::Overdue,
    Kw::NotAccepted,
    Kw::Disagree,
    Kw::Vote,
    Kw::MeetAgain,
    Kw::DoneWhen,
    Kw::Procedure,
    Kw::Process,
];

pub(in crate::model::from_syntax) fn step(
    cx: &mut Draft<'_>,
    mut reader: Reader<'_>,
    entry: &Entry,
    kind: StepKind,
) -> Step {
    let id = reference::new_id(cx, &mut reader);
    let label = reader.text(cx);
    let cites = citation::citations(cx, &mut reader);
    if !reader.is_done() && id.is_none() && label.is_none() {
        let help = say!(
            cx.lang,
            "viết: bước \"Tên bước\" {{ trách nhiệm: … }}; tên bước đặt trong ngoặc kép",
            "write: step \"Name\" {{ responsible: … }}; the name stands in quotes"
        );
        reader.expected_or(cx, "tên bước trong ngoặc kép", "the step's name in quotes", Some(help));
    }
    reader.finish(cx);
    let mut step = Step {
        kind,
        id,
        label,
        cites,
        responsible: None,
        time: None,
        when: None,
        produces: None,
        form: None,
        notes: Vec::new(),
        supplement: None,
        refuses: None,
        ask: None,
        hand_to: None,
        accept_within: None,
        overdue: None,
        not_accepted: None,
        disagree: None,
        vote: None,
        meet_again: None,
        done_when: None,
        performs: None,
        head: entry.head(),
        span: entry.span,
    };
    for inner in inside(cx, entry) {
        property(cx, &inner, &mut step);
    }
    step
}

/// The kinds of step that a property belongs to; nothing for one that every step may have.
fn kinds_with(property: Kw) -> &'static [Kw] {
    match property {
        Kw::Ask => &[Kw::Consult],
        Kw::To | Kw::HandTo | Kw::AcceptWithin | Kw::NotAccepted => &[Kw::Handover],
        Kw::Vote | Kw::MeetAgain => &[Kw::Meet],
        Kw::DoneWhen => &[Kw::FinancialDuty],
        Kw::Procedure | Kw::Process => &[Kw::Perform],
        _ => &[],
    }
}

/// Reports a property that means nothing to this kind of step.
fn of_another_kind(cx: &mut Draft<'_>, property: Span, kinds: &[Kw], kind: StepKind) {
    let own = STEPS.iter().find(|kw| step_kind(**kw) == Some(kind)).map_or("", |kw| cx.spell(*kw));
    let words = cx.slice(property).to_owned();
    let kinds = kinds.iter().map(|kw| format!("`{}`", cx.spell(*kw))).collect::<Vec<_>>().join(", ");
    let message =
        say!(cx.lang, "bước loại `{own}` không có mục `{words}`", "a step of the kind `{own}` has no entry `{words}`");
    let help = say!(
        cx.lang,
        "mục này chỉ có ở bước loại {kinds}: đổi loại bước, hoặc chuyển mục này sang bước đó",
        "only steps of the kind {kinds} have it: change the kind of this step, or move the entry to that step"
    );
    cx.error(codes::UNKNOWN_ENTRY, property, message).help(help);
}

fn property(cx: &mut Draft<'_>, entry: &Entry, step: &mut Step) {
    let mut reader = reader(cx, entry);
    let span = entry.head();
    let Some(kw) = reader.word() else {
        return unknown(cx, entry, "một bước", "a step", PROPERTIES);
    };
    let kinds = kinds_with(kw);
    if !kinds.is_empty() && !kinds.iter().any(|one| step_kind(*one) == Some(step.kind)) {
        let start = reader.here();
        reader.eat_word(cx);
        return of_another_kind(cx, reader.since(start), kinds, step.kind);
    }
    match kw {
        Kw::Responsible => {
            reader.eat_word(cx);
            let value = case::property(cx, reader, entry, responsible);
            set(cx, &mut step.responsible, value, span, None);
            return;
        }
        Kw::Time | Kw::Within => {
            reader.eat_as(cx, kw, Kw::Time);
            let value = case::property(cx, reader, entry, step_time);
            set(cx, &mut step.time, value, span, None);
            return;
        }
        Kw::Produces => {
            reader.eat_word(cx);
            let value = case::property(cx, reader, entry, products);
            set(cx, &mut step.produces, value, span, None);
            return;
        }
        Kw::Form => {
            reader.eat_word(cx);
            let value = case::property(cx, reader, entry, document::form);
            set(cx, &mut step.form, value, span, None);
            return;
        }
        Kw::Supplement => {
            reader.eat_word(cx);
            let value = supplement(cx, reader, entry).map(|supplement| Spanned::new(supplement, entry.span));
            set(cx, &mut step.supplement, value, span, None);
            return;
        }
        Kw::Overdue | Kw::NotAccepted | Kw::Disagree => {
            reader.eat_word(cx);
            let reaction = reaction(cx, &mut reader, entry);
            reader.finish(cx);
            let slot = match kw {
                Kw::Overdue => &mut step.overdue,
                Kw::NotAccepted => &mut step.not_accepted,
                _ => &mut step.disagree,
            };
            return set(cx, slot, reaction, span, None);
        }
        Kw::Note => {
            reader.eat_word(cx);
            step.notes.extend(note(cx, &mut reader));
            return reader.finish(cx);
        }
        _ if !PROPERTIES.contains(&kw) && kw != Kw::To => {
            return unknown(cx, entry, "một bước", "a step", PROPERTIES);
        }
        _ => {}
    }
    reader.eat_word(cx);
    if !colon(cx, &mut reader) {
        return;
    }
    match kw {
        Kw::When => {
            let value = condition::condition(cx, &mut reader);
            set(cx, &mut step.when, value, span, None);
        }
        Kw::Refuse => {
            let value = quoted(cx, &mut reader);
            set(cx, &mut step.refuses, value, span, None);
        }
        Kw::Ask => {
            let value = list(cx, &mut reader, reference::agency);
            set(cx, &mut step.ask, value, span, None);
        }
        Kw::To | Kw::HandTo if hole(cx, &mut reader).is_some() => {}
        Kw::To | Kw::HandTo => {
            let value = reference::local(cx, &mut reader, "chức danh nhận", "the role that receives");
            set(cx, &mut step.hand_to, value, span, None);
        }
        Kw::AcceptWithin => {
            let value = case::value(cx, &mut reader, quantity::duration);
            set(cx, &mut step.accept_within, value, span, None);
        }
        Kw::Vote if hole(cx, &mut reader).is_some() => {}
        Kw::Vote => {
            reader.eat(cx, Kw::From);
            let value = quantity::number(cx, &mut reader).map(|number| number.value);
            if reader.eat_symbol(cx, &["%"]).is_some() {
                let share = value.map(|value| Number::new(value.numerator, value.denominator * 100));
                set(cx, &mut step.vote, share, span, None);
            } else {
                set(cx, &mut step.vote, value, span, None);
            }
        }
        Kw::MeetAgain if hole(cx, &mut reader).is_some() => {}
        Kw::MeetAgain => {
            reader.eat(cx, Kw::Maximum);
            let value = rounds(cx, &mut reader);
            set(cx, &mut step.meet_again, value, span, None);
        }
        Kw::DoneWhen => {
            if hole(cx, &mut reader).is_none() {
                let value = quoted(cx, &mut reader);
                set(cx, &mut step.done_when, value, span, None);
            }
        }
        Kw::Procedure => {
            let value = case::code(cx, &mut reader).map(Performs::Procedure);
            set(cx, &mut step.performs, value, span, None);
        }
        _ => {
            let id = reader.id(cx);
            if id.is_none() {
                reader.expected(cx, "mã quy trình con", "the id of a shared process");
            }
            set(cx, &mut step.performs, id.map(Performs::Subprocess), span, None);
        }
    }
    close(cx, reader, entry);
}

fn responsible(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Responsible> {
    if reader.eat(cx, Kw::System).is_some() {
        return Some(Responsible::System);
    }
    reference::local(cx, reader, "một chức danh đã khai", "a role").map(Responsible::Role)
}

fn products(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Vec<Ref>> {
    list(cx, reader, |cx, reader| {
        reference::local(cx, reader, "kết quả đã khai, hoặc tên trong ngoặc kép", "an outcome, or a name in quotes")
    })
}

/// `02 lần`
pub(super) fn rounds(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<u32>> {
    let Some(count) = quantity::count(cx, reader) else {
        reader.expected(cx, "số lần, như 02 lần", "a number of rounds, as 02 rounds");
        return None;
    };
    if reader.eat(cx, Kw::Rounds).is_some() {
        quantity::counted(cx, Number::whole(i64::from(count.value)), Kw::Rounds);
    }
    Some(count)
}

/// After `quá hạn`, `không nhận`, `không đồng ý`, `không đạt`: what happens then, or a block of steps.
pub(super) fn reaction(cx: &mut Draft<'_>, reader: &mut Reader<'_>, entry: &Entry) -> Option<Reaction> {
    let start = reader.here();
    if reader.eat_kind(TokenKind::Colon).is_none() {
        if entry.block.is_none() {
            reader.expected(cx, "dấu hai chấm “:” hoặc khối các bước", "a colon “:” or a block of steps");
            return None;
        }
        let nodes = block_nodes(cx, entry.block.as_ref());
        return Some(Reaction { kind: ReactionKind::Steps(nodes), within: None, cites: Vec::new(), span: entry.span });
    }
    let kind = match reader.word() {
        Some(Kw::ReportTo) => {
            reader.eat_word(cx);
            ReactionKind::Report(reference::local(cx, reader, "chức danh được báo cáo", "the role reported to")?)
        }
        Some(Kw::ReturnTo) => {
            reader.eat_word(cx);
            ReactionKind::ReturnTo(reference::step(cx, reader, "tên bước trước đó", "the id of an earlier step")?)
        }
        Some(Kw::DeemedConsent) => {
            reader.eat_word(cx);
            ReactionKind::DeemedConsent
        }
        Some(Kw::DeemedRefusal) => {
            reader.eat_word(cx);
            ReactionKind::DeemedRefusal
        }
        Some(Kw::Refuse) => {
            reader.eat_word(cx);
            ReactionKind::Refuse
        }
        Some(Kw::Stop | Kw::StopOnRequest) => {
            reader.eat_word(cx);
            ReactionKind::Stop
        }
        Some(Kw::Hole) => {
            hole(cx, reader);
            ReactionKind::Hole
        }
        _ => {
            let help = say!(
                cx.lang,
                "chọn: báo cáo CHỨC-DANH, trả lại BƯỚC, coi như đồng ý theo …, coi như không đồng ý theo …, từ chối, dừng, chưa nhập",
                "choose from: report to ROLE, return to STEP, deemed consent under …, deemed refusal under …, refuse, stop, not yet given"
            );
            reader.expected_or(cx, "cách xử lý", "what happens then", Some(help));
            return None;
        }
    };
    let within = if reader.eat(cx, Kw::Within).is_some() { quantity::duration(cx, reader) } else { None };
    let cites = citation::citations(cx, reader);
    Some(Reaction { kind, within, cites, span: reader.since(start) })
}
