//! TT406: the hours of the steps do not make up the days.

use super::prelude::*;
use crate::model::process::StepTime;
use crate::model::{ByCase, Duration, Limit, Node, Number, Step, StepKind, Unit};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT406"),
    name: "odd-hours",
    severity: Severity::Warning,
    title: Words::new("Tổng giờ của các bước không bằng thời hạn", "The hours of the steps do not make up the days"),
    why: Words::new(
        "Quy trình nội bộ chia giờ, thông báo hẹn ngày: một ngày làm việc là 08 giờ làm việc. Tổng giờ lệch với số ngày thì một trong hai chỗ đã gõ sai.",
        "The process is split into hours and the notice promises days: a working day has 8 working hours. Where the sum differs, one of the two was mistyped.",
    ),
    basis: Basis::Recalled,
    wrong: r#"thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa;  thời gian: 04 giờ làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  thời gian: 16 giờ làm việc }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa;  thời gian: 04 giờ làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  thời gian: 20 giờ làm việc }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let (Some(process), [deadline]) = (process_of(body), body.deadlines.as_slice()) else { return };
    let Some(limit) = deadline.limit.as_ref().filter(|limit| limit.rules.is_empty()) else { return };
    let Some(value) = &limit.general else { return };
    let Some(Limit::Duration(days) | Limit::AtMost(days)) = value.setting.given() else { return };
    let Some(sum) = hours(&process.nodes).filter(|_| days.unit == Unit::WorkingDays) else { return };
    let promised = Number::new(days.amount.numerator.saturating_mul(8), days.amount.denominator);
    if sum == promised || sum.numerator == 0 {
        return;
    }
    let Some(place) = process_head(body) else { return };
    let wording = findings.wording(plan);
    let in_hours = |amount| wording.duration(&Duration { amount, unit: Unit::WorkingHours });
    let (sum, promised, days) = (in_hours(sum), in_hours(promised), wording.duration(days));
    let message = say!(
        findings.lang,
        "các bước cộng lại là {sum}, còn thời hạn {days} là {promised}",
        "the steps add up to {sum}, while the limit of {days} is {promised}"
    );
    let note = say!(findings.lang, "thời hạn công bố", "the published limit");
    let help = say!(
        findings.lang,
        "một ngày làm việc là 08 giờ làm việc: sửa thời gian của các bước, hoặc sửa thời hạn",
        "a working day is 8 working hours: correct the steps, or the limit"
    );
    findings.report(place, message).also(value.span, note).help(help);
}

/// The sum where nothing branches and every counted step says its working hours.
fn hours(nodes: &[Node]) -> Option<Number> {
    let mut sum = Number::whole(0);
    for node in nodes {
        let part = match node {
            Node::Step(step) => step_hours(step)?,
            Node::Stage(stage) if stage.when.is_none() => match stage.time.as_ref().map(time_hours) {
                Some(Some(Some(budget))) => budget,
                Some(None) => return None,
                Some(Some(None)) | None => hours(&stage.nodes)?,
            },
            Node::Stage(_) | Node::Choice(_) | Node::Parallel(_) => return None,
        };
        sum = add(sum, part)?;
    }
    Some(sum)
}

fn step_hours(step: &Step) -> Option<Number> {
    let untimed = matches!(step.kind, StepKind::Return | StepKind::Archive);
    match &step.time {
        _ if step.when.is_some() => None,
        None => untimed.then_some(Number::whole(0)),
        Some(time) => Some(time_hours(time)?.unwrap_or(Number::whole(0))),
    }
}

/// `None` where the time is not said in working hours; `Some(None)` where it adds nothing of its own.
fn time_hours(time: &ByCase<StepTime>) -> Option<Option<Number>> {
    match time.general.as_ref().filter(|_| time.rules.is_empty())?.setting.given()? {
        StepTime::For { duration, counted: true } => {
            (duration.unit == Unit::WorkingHours).then_some(Some(duration.amount))
        }
        StepTime::For { counted: false, .. } | StepTime::NotCounted | StepTime::AtOnce | StepTime::Deadline(None) => {
            Some(None)
        }
        StepTime::Deadline(Some(_)) | StepTime::AtLeast(_) | StepTime::SameDay => None,
    }
}

fn add(left: Number, right: Number) -> Option<Number> {
    let numerator =
        left.numerator.checked_mul(right.denominator)?.checked_add(right.numerator.checked_mul(left.denominator)?)?;
    Some(Number::new(numerator, left.denominator.checked_mul(right.denominator)?))
}
