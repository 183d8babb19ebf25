//! The block `quy trình { … }`: roles, stages, steps, branches, parallel blocks.

use super::{
    case, citation, close, colon, condition, deadline, document, entries, inside, list, note, quantity, quoted, reader,
    reference, set, unknown,
};
use crate::lang::say;
use crate::model::process::{
    Choice, ClockEffect, Node, Parallel, Performs, Process, PublicStep, Reaction, ReactionKind, Responsible, Role,
    Stage, Step, StepKind, StepTime, Supplement,
};
use crate::model::{Limit, Ref};
use crate::source::Spanned;
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Block, Entry, TokenKind};
use crate::syntax::words::Kw;

const KNOWN: &[Kw] = &[
    Kw::Role,
    Kw::Stage,
    Kw::When,
    Kw::Parallel,
    Kw::Receive,
    Kw::Check,
    Kw::Assign,
    Kw::Appraise,
    Kw::Consult,
    Kw::Inspect,
    Kw::Meet,
    Kw::PostPublicly,
    Kw::FinancialDuty,
    Kw::AwaitApplicant,
    Kw::SubmitUp,
    Kw::Sign,
    Kw::Issue,
    Kw::Handover,
    Kw::Perform,
    Kw::Archive,
    Kw::Return,
    Kw::Step,
    Kw::Refuse,
    Kw::StopOnRequest,
];

/// The kind of step a word names.
pub(super) fn step_kind(kw: Kw) -> Option<StepKind> {
    Some(match kw {
        Kw::Receive => StepKind::Receive,
        Kw::Check => StepKind::Check,
        Kw::Assign => StepKind::Assign,
        Kw::Appraise => StepKind::Appraise,
        Kw::Consult => StepKind::Consult,
        Kw::Inspect => StepKind::Inspect,
        Kw::Meet => StepKind::Meet,
        Kw::PostPublicly => StepKind::PostPublicly,
        Kw::FinancialDuty => StepKind::FinancialDuty,
        Kw::AwaitApplicant => StepKind::AwaitApplicant,
        Kw::SubmitUp => StepKind::SubmitUp,
        Kw::Sign => StepKind::Sign,
        Kw::Issue => StepKind::Issue,
        Kw::Handover => StepKind::Handover,
        Kw::Perform => StepKind::Perform,
        Kw::Archive => StepKind::Archive,
        Kw::Return => StepKind::Return,
        Kw::Refuse => StepKind::Refuse,
        Kw::StopOnRequest | Kw::Stop => StepKind::StopOnRequest,
        Kw::Step => StepKind::Plain,
        _ => return None,
    })
}

pub(super) fn process(cx: &mut Draft<'_>, block: &Block) -> Process {
    let mut process = Process::default();
    let all = entries(cx, block);
    let mut rest = Vec::new();
    for entry in &all {
        if Reader::new(&entry.tokens, entry.span).is(Kw::Role) {
            process.roles.extend(role(cx, entry));
        } else {
            rest.push(entry.as_ref());
        }
    }
    process.nodes = nodes(cx, &rest, &mut |_, _| false);
    process
}

fn role(cx: &mut Draft<'_>, entry: &Entry) -> Option<Role> {
    let mut reader = reader(cx, entry);
    reader.eat(cx, Kw::Role);
    let Some(id) = reference::new_id(cx, &mut reader) else {
        let help = say!(
            cx.lang,
            "viết: chức danh một-cửa \"Công chức tiếp nhận\" thuộc trung-tâm-pvhcc",
            "write: role front-desk \"Receiving officer\" of some-agency"
        );
        reader.expected_or(cx, "mã chức danh", "the role's id", Some(help));
        return None;
    };
    let name = reader.text(cx).unwrap_or_else(|| Spanned::new(id.value.to_string(), id.span));
    let agency = match reader.word() {
        Some(kw @ (Kw::In | Kw::Of)) => {
            reader.eat_as(cx, kw, Kw::Of);
            reference::agency(cx, &mut reader)
        }
        _ => None,
    };
    reader.finish(cx);
    Some(Role { id, name, agency, span: entry.span })
}

/// The nodes of a block, in order. `other` takes entries that are no nodes.
fn nodes(cx: &mut Draft<'_>, all: &[&Entry], other: &mut dyn FnMut(&mut Draft<'_>, &Entry) -> bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    for entry in all {
        let mut reader = reader(cx, entry);
        let property = entry.tokens.iter().any(|token| token.kind == TokenKind::Colon);
        match reader.word() {
            Some(Kw::When) if case::is_rule(entry) && !property => nodes.extend(choice(cx, entry)),
            Some(Kw::Otherwise) => otherwise(cx, entry, &mut nodes),
            Some(Kw::Parallel) => {
                reader.eat_word(cx);
                reader.finish(cx);
                nodes.push(Node::Parallel(parallel(cx, entry)));
            }
            Some(Kw::Stage) => {
                reader.eat_word(cx);
                nodes.push(Node::Stage(Box::new(stage(cx, reader, entry))));
            }
            Some(kw) if step_kind(kw).is_some() && !property => {
                reader.eat_word(cx);
                let kind = step_kind(kw).unwrap_or(StepKind::Plain);
                nodes.push(Node::Step(Box::new(step(cx, reader, entry, kind))));
            }
            _ if other(cx, entry) => {}
            _ => unknown(cx, entry, "quy trình", "a process", KNOWN),
        }
    }
    nodes
}

fn block_nodes(cx: &mut Draft<'_>, block: Option<&Block>) -> Vec<Node> {
    let Some(block) = block else { return Vec::new() };
    let all = entries(cx, block);
    let all: Vec<&Entry> = all.iter().map(AsRef::as_ref).collect();
    nodes(cx, &all, &mut |_, _| false)
}

fn choice(cx: &mut Draft<'_>, entry: &Entry) -> Option<Node> {
    let mut reader = reader(cx, entry);
    reader.eat(cx, Kw::When);
    let when = condition::condition(cx, &mut reader)?;
    if entry.block.is_none() {
        reader.expected(cx, "các bước trong ngoặc nhọn", "the steps in a block");
        return None;
    }
    reader.finish(cx);
    let then = block_nodes(cx, entry.block.as_ref());
    Some(Node::Choice(Choice { when, then, otherwise: None, span: entry.span }))
}

fn otherwise(cx: &mut Draft<'_>, entry: &Entry, nodes: &mut [Node]) {
    let mut reader = reader(cx, entry);
    reader.eat(cx, Kw::Otherwise);
    if reader.is(Kw::When) {
        let help = say!(
            cx.lang,
            "đặt khối “khi” vào bên trong: ngược lại {{ khi … {{ … }} }}",
            "put the “when” inside: otherwise {{ when … {{ … }} }}"
        );
        return reader.expected_or(
            cx,
            "khối các bước ngay sau “ngược lại”",
            "a block right after “otherwise”",
            Some(help),
        );
    }
    reader.finish(cx);
    let then = block_nodes(cx, entry.block.as_ref());
    match nodes.last_mut() {
        Some(Node::Choice(choice)) if choice.otherwise.is_none() => choice.otherwise = Some(then),
        _ => {
            let message = say!(
                cx.lang,
                "“ngược lại” phải đứng ngay sau một khối “khi … {{ … }}”",
                "“otherwise” must follow a block “when … {{ … }}”"
            );
            cx.error(codes::BAD_VALUE, entry.head(), message);
        }
    }
}

fn parallel(cx: &mut Draft<'_>, entry: &Entry) -> Parallel {
    let mut parallel = Parallel { branches: Vec::new(), time: None, span: entry.span };
    for inner in inside(cx, entry) {
        let mut reader = reader(cx, &inner);
        match reader.word() {
            Some(Kw::Branch) => {
                reader.eat_word(cx);
                let label = reader.text(cx);
                reader.finish(cx);
                let nodes = block_nodes(cx, inner.block.as_ref());
                parallel.branches.push((label, nodes));
            }
            Some(kw @ (Kw::Time | Kw::Within)) => {
                reader.eat_as(cx, kw, Kw::Time);
                let time = case::property(cx, reader, &inner, step_time);
                set(cx, &mut parallel.time, time, inner.head(), None);
            }
            _ => unknown(cx, &inner, "khối “đồng thời”", "a parallel block", &[Kw::Branch, Kw::Time]),
        }
    }
    parallel
}

fn stage(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Stage {
    let id = reference::new_id(cx, &mut reader);
    let label = reader.text(cx);
    reader.finish(cx);
    let mut stage = Stage {
        id,
        label,
        time: None,
        system: None,
        when: None,
        notes: Vec::new(),
        nodes: Vec::new(),
        head: entry.head(),
        span: entry.span,
    };
    let Some(block) = &entry.block else { return stage };
    let all = entries(cx, block);
    let all: Vec<&Entry> = all.iter().map(AsRef::as_ref).collect();
    stage.nodes = nodes(cx, &all, &mut |cx, inner| {
        let mut reader = super::reader(cx, inner);
        let span = inner.head();
        match reader.word() {
            Some(kw @ (Kw::Time | Kw::Within)) => {
                reader.eat_as(cx, kw, Kw::Time);
                let time = case::property(cx, reader, inner, step_time);
                set(cx, &mut stage.time, time, span, None);
            }
            Some(Kw::System) => {
                reader.eat_word(cx);
                let system = note(cx, &mut reader);
                set(cx, &mut stage.system, system, span, None);
                reader.finish(cx);
            }
            Some(Kw::When) => {
                reader.eat_word(cx);
                let when = if colon(cx, &mut reader) { condition::condition(cx, &mut reader) } else { None };
                set(cx, &mut stage.when, when, span, None);
                reader.finish(cx);
            }
            Some(Kw::Note) => {
                reader.eat_word(cx);
                stage.notes.extend(note(cx, &mut reader));
                reader.finish(cx);
            }
            _ => return false,
        }
        true
    });
    stage
}

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

pub(super) fn step(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry, kind: StepKind) -> Step {
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

fn property(cx: &mut Draft<'_>, entry: &Entry, step: &mut Step) {
    let mut reader = reader(cx, entry);
    let span = entry.head();
    let Some(kw) = reader.word() else {
        return unknown(cx, entry, "một bước", "a step", PROPERTIES);
    };
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
        Kw::To | Kw::HandTo if super::hole(cx, &mut reader).is_some() => {}
        Kw::To | Kw::HandTo => {
            let value = reference::local(cx, &mut reader, "chức danh nhận", "the role that receives");
            set(cx, &mut step.hand_to, value, span, None);
        }
        Kw::AcceptWithin => {
            let value = case::value(cx, &mut reader, quantity::duration);
            set(cx, &mut step.accept_within, value, span, None);
        }
        Kw::Vote if super::hole(cx, &mut reader).is_some() => {}
        Kw::Vote => {
            reader.eat(cx, Kw::From);
            let value = quantity::number(cx, &mut reader).map(|number| number.value);
            if reader.eat_symbol(cx, &["%"]).is_some() {
                let share = value.map(|value| crate::model::Number::new(value.numerator, value.denominator * 100));
                set(cx, &mut step.vote, share, span, None);
            } else {
                set(cx, &mut step.vote, value, span, None);
            }
        }
        Kw::MeetAgain if super::hole(cx, &mut reader).is_some() => {}
        Kw::MeetAgain => {
            reader.eat(cx, Kw::Maximum);
            let value = rounds(cx, &mut reader);
            set(cx, &mut step.meet_again, value, span, None);
        }
        Kw::DoneWhen => {
            if super::hole(cx, &mut reader).is_none() {
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
fn rounds(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<u32>> {
    let Some(count) = quantity::count(cx, reader) else {
        reader.expected(cx, "số lần, như 02 lần", "a number of rounds, as 02 rounds");
        return None;
    };
    reader.eat(cx, Kw::Rounds);
    Some(count)
}

/// After `quá hạn`, `không nhận`, `không đồng ý`, `không đạt`: what happens then, or a block of steps.
fn reaction(cx: &mut Draft<'_>, reader: &mut Reader<'_>, entry: &Entry) -> Option<Reaction> {
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
            super::hole(cx, reader);
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

const SUPPLEMENT: &[Kw] =
    &[Kw::Maximum, Kw::NotifyWithin, Kw::Wait, Kw::Clock, Kw::Unsatisfied, Kw::Overdue, Kw::Sign, Kw::Time, Kw::Note];

fn supplement(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Option<Supplement> {
    let mut supplement = Supplement { allowed: true, ..Supplement::default() };
    if reader.eat_kind(TokenKind::Colon).is_some() {
        if super::hole(cx, &mut reader).is_some() {
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
            if super::hole(cx, &mut reader).is_none() {
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

/// `trình tự { người nộp "…"; cơ quan "…" }`
pub(super) fn sequence(cx: &mut Draft<'_>, block: &Block) -> Vec<PublicStep> {
    let mut steps = Vec::new();
    for entry in entries(cx, block) {
        let mut reader = reader(cx, &entry);
        let applicant = match reader.word() {
            Some(Kw::TheApplicant) => true,
            Some(Kw::TheAgency) => false,
            _ => {
                unknown(cx, &entry, "trình tự", "the sequence", &[Kw::TheApplicant, Kw::TheAgency]);
                continue;
            }
        };
        reader.eat_word(cx);
        if let Some(text) = quoted(cx, &mut reader) {
            reader.finish(cx);
            steps.push(PublicStep { applicant, text, span: entry.span });
        }
    }
    steps
}
