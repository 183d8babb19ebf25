//! The parts of a procedure as it stands on a day, at a place, in words: each line with where it was written.

use super::wording::capitalised;
use super::{ProcedurePlan, Wording};
use crate::lang::{Words, say};
use crate::model::{ByCase, CaseRule, Charge, Citation, Document, Outcome, Overlay, RefKey, Value};
use crate::source::{Span, Spanned};

/// One part, under its usual name.
#[derive(Clone, Debug)]
pub struct Part {
    pub title: Words,
    pub lines: Vec<Line>,
}

/// What one entry says.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    /// What it rests on, in words.
    pub basis: Option<String>,
    pub span: Span,
}

/// The layer that a line was written in; `None` is the procedure itself.
pub fn layer_of<'a>(plan: &ProcedurePlan<'a>, span: Span) -> Option<&'a Overlay> {
    plan.effective.layers.iter().copied().find(|overlay| overlay.span.holds(span))
}

/// Every part that says something, in the order of a decision that publishes procedures.
pub fn parts(plan: &ProcedurePlan<'_>, wording: &Wording<'_>) -> Vec<Part> {
    let body = plan.body();
    let day = plan.variant().as_of;
    let line = |text: String, cites: &[Citation], span| Line { text, basis: wording.cites(cites), span };
    let plain = |text: String, span| line(text, &[], span);
    let mut parts = Vec::new();
    let mut part = |vi: &'static str, en: &'static str, lines: Vec<Line>| {
        if !lines.is_empty() {
            parts.push(Part { title: Words::new(vi, en), lines });
        }
    };

    let field = body.field.iter().map(|field| {
        let name = match &field.value.key {
            RefKey::Id(id) => plan.registers.fields.get(id.as_str()).map(|field| field.name.clone()),
            RefKey::Label(_) | RefKey::Kind(..) => None,
        };
        plain(name.unwrap_or_else(|| field.value.key.to_string()), field.span)
    });
    part("Lĩnh vực", "Field", field.collect());
    let levels = body.levels.iter().flat_map(|levels| &levels.value);
    let levels = levels.map(|level| plain(wording.level(level.value).to_owned(), level.span));
    part("Cấp thực hiện", "Level", levels.collect());
    let steps = body.sequence.iter().flat_map(|all| &all.value);
    part("Trình tự thực hiện", "Sequence", steps.map(|step| plain(step.text.value.clone(), step.text.span)).collect());
    let channels = body.channels.iter().flat_map(|all| &all.value);
    let channels = channels.map(|used| plain(wording.channel(used), used.span));
    part("Cách thức thực hiện", "How to file", channels.collect());
    let received =
        body.received_at.iter().flat_map(|by| by_case(&by.value, wording, |all| wording.receiving_places(all)));
    part("Nơi tiếp nhận", "Received at", received.collect());
    let documents = body.dossier.iter().flat_map(|dossier| &dossier.documents).filter(|one| one.valid.contains(day));
    let documents = documents.map(|one| line(document(one, wording), &one.cites, one.span));
    part("Thành phần hồ sơ", "Dossier", documents.collect());
    let mut deadlines = Vec::new();
    for one in body.deadlines.iter().filter(|one| one.valid.contains(day)) {
        let name = capitalised(&wording.deadline_name(one));
        let limits = one.limit.iter().flat_map(|by| by_case(by, wording, |limit| wording.limit(limit)));
        deadlines.extend(limits.map(|limit| Line { text: format!("{name}: {}", limit.text), ..limit }));
    }
    part("Thời hạn giải quyết", "Time limits", deadlines);
    let applicants = body.applicants.iter().flat_map(|all| &all.value);
    let applicants = applicants.map(|one| plain(wording.applicant(&one.value), one.span));
    part("Đối tượng thực hiện", "Applicants", applicants.collect());
    let decided = body.decided_by.iter().flat_map(|by| by_case(&by.value, wording, |all| wording.agencies(all)));
    part("Cơ quan có thẩm quyền", "Decided by", decided.collect());
    let consulted = body.consulted.iter().flat_map(|by| by_case(&by.value, wording, |all| wording.agencies(all)));
    part("Cơ quan phối hợp", "Consulted", consulted.collect());
    let outcomes = body.outcomes.iter().filter(|one| one.valid.contains(day));
    let outcomes = outcomes.map(|one| line(outcome(one, wording), &one.cites, one.span));
    part("Kết quả", "Outcomes", outcomes.collect());
    let charges = body.charges.iter().filter(|one| one.valid.contains(day));
    part("Phí, lệ phí", "Charges", charges.flat_map(|one| charge(one, one.span, wording)).collect());
    let requirements = body.requirements.iter().flat_map(|all| &all.value);
    let requirements = requirements.map(|one| line(one.text.value.clone(), &one.cites, one.span));
    part("Yêu cầu, điều kiện", "Requirements", requirements.collect());
    let basis = body.basis.iter().flat_map(|all| &all.value);
    part("Căn cứ pháp lý", "Legal basis", basis.map(|cite| plain(wording.citation(cite), cite.span)).collect());
    let valid = body.valid.iter().filter(|valid| !valid.is_open());
    part(
        "Hiệu lực",
        "Validity",
        valid.map(|valid| plain(capitalised(&wording.period(&valid.value)), valid.span)).collect(),
    );
    let transition = body.transition.iter();
    let transition = transition.map(|one| line(capitalised(wording.way(one.way)), &one.cites, one.span));
    part("Chuyển tiếp", "Transition", transition.collect());
    let process = plan.flow.iter().flat_map(|flow| flow.steps());
    let process = process.map(|(number, node, step)| {
        let time = plan.flow.as_ref().and_then(|flow| wording.node_time(flow, node));
        let time = time.map_or_else(String::new, |time| format!(" ({time})"));
        line(format!("{number}. {}{time}", wording.step_label(step)), &step.cites, step.span)
    });
    part("Quy trình nội bộ", "Internal process", process.collect());
    let contacts = body.contacts.iter().map(|one| plain(one.value.value.clone(), one.span));
    part("Liên hệ", "Contacts", contacts.collect());
    let notes = body.notes.iter().map(|one| plain(one.value.value.clone(), one.span));
    part("Ghi chú", "Notes", notes.collect());
    parts
}

fn document(document: &Document, wording: &Wording<'_>) -> String {
    let lang = wording.lang;
    let mut text = format!("{}: {}", wording.delivery(document.delivery), document.name.value);
    let copies =
        document.copies.iter().map(|one| format!("{} {}", wording.copies(&one.count), wording.copy_kind(one.kind)));
    let copies: Vec<String> = copies.collect();
    if !copies.is_empty() {
        text += &format!(" ({})", copies.join(", "));
    }
    if let Some(when) = &document.when {
        let when = wording.condition(when);
        text += &say!(lang, ", khi {when}", ", when {when}");
    }
    text
}

fn outcome(outcome: &Outcome, wording: &Wording<'_>) -> String {
    let when = outcome.when.as_ref().map(|when| wording.condition(when));
    let when = when.map_or_else(String::new, |when| say!(wording.lang, ", khi {when}", ", when {when}"));
    format!("{}{when}", outcome.name.value)
}

fn charge(charge: &Charge, span: Span, wording: &Wording<'_>) -> Vec<Line> {
    let name = capitalised(&wording.charge_name(charge));
    let Some(by) = &charge.amount else {
        return vec![Line { text: name, basis: wording.cites(&charge.cites), span }];
    };
    let amounts = by_case(by, wording, |amount| wording.amount(amount));
    amounts.map(|line| Line { text: format!("{name}: {}", line.text), ..line }).collect()
}

/// The general value, then each exception with its condition.
fn by_case<'a, T: 'a>(
    by: &'a ByCase<T>,
    wording: &'a Wording<'a>,
    say: impl Fn(&T) -> String + Copy + 'a,
) -> impl Iterator<Item = Line> + 'a {
    let general = by.general.iter().map(move |value| Spanned::new((value, String::new()), value.span));
    let rules = by.all_rules().into_iter().filter_map(move |rule| said(rule, wording));
    general.chain(rules).map(move |one| {
        let (value, when) = one.value;
        Line {
            text: format!("{}{when}", wording.value(value, say)),
            basis: wording.cites(&value.cites),
            span: one.span,
        }
    })
}

fn said<'a, T>(rule: &'a CaseRule<T>, wording: &Wording<'_>) -> Option<Spanned<(&'a Value<T>, String)>> {
    let when = wording.condition(&rule.when);
    let when = match rule.adds {
        false => say!(wording.lang, ", khi {when}", ", when {when}"),
        true => say!(wording.lang, " được cộng thêm khi {when}", " is added when {when}"),
    };
    Some(Spanned::new((rule.value.as_ref()?, when), rule.span))
}
