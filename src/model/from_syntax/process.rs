//! The block `quy trình { … }`: roles, stages, steps, branches, parallel blocks.

mod step;
mod supplement;

use super::{case, colon, condition, entries, inside, note, quoted, reader, reference, set, unknown};
use crate::lang::say;
use crate::model::process::{Choice, Node, Parallel, Process, PublicStep, Role, Stage, StepKind};
use crate::source::{Span, Spanned};
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Block, Entry, TokenKind};
use crate::syntax::words::Kw;

pub(super) use self::step::step;
use self::step::step_time;

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
            Some(kw @ (Kw::Overdue | Kw::Responsible | Kw::Produces)) => of_steps(cx, kw, span),
            _ => return false,
        }
        true
    });
    stage
}

/// Reports what only steps have: a stage is no act, and nobody notices when its time is over.
fn of_steps(cx: &mut Draft<'_>, kw: Kw, span: Span) {
    let word = cx.spell(kw);
    let message = say!(cx.lang, "giai đoạn không có mục `{word}`", "a stage has no entry `{word}`");
    let help = match kw {
        Kw::Overdue => say!(
            cx.lang,
            "đặt `{word}` ở bước phải theo dõi thời gian, như bước cuối của giai đoạn: {{ thời gian: …; {word}: … }}",
            "give it to the step that is watched, as the last of the stage: {{ time: …; {word}: … }}"
        ),
        _ => say!(cx.lang, "đặt `{word}` ở từng bước của giai đoạn", "give it to each step of the stage"),
    };
    cx.error(codes::UNKNOWN_ENTRY, span, message).help(help);
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
