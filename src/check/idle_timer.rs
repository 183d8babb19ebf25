//! TT516: something is to happen when a time runs out, and there is no time.

use super::prelude::*;
use crate::model::process::{ReactionKind, StepTime};
use crate::model::{Step, StepKind};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT516"),
    name: "idle-timer",
    severity: Severity::Warning,
    title: Words::new("“Quá hạn” mà không có thời gian để quá", "Overdue, and no time to run out"),
    why: Words::new(
        "Bước không ghi thời gian thì không bao giờ quá hạn: việc báo cáo, coi như đồng ý hay từ chối ghi ở đó không bao giờ xảy ra.",
        "A step without a time is never overdue: the report, consent or refusal written there never comes.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định { trách nhiệm: hộ-tịch-xã; quá hạn: báo cáo lãnh-đạo-ubnd-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định { trách nhiệm: hộ-tịch-xã; thời gian: 02 ngày làm việc; quá hạn: báo cáo lãnh-đạo-ubnd-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    for step in steps_of(plan.body()) {
        let Some(overdue) = step.overdue.as_ref().filter(|one| plan.is_fresh(one.span)) else { continue };
        // Consults, hand-overs and waits must give their time: other rules say so.
        let asked = matches!(step.kind, StepKind::Consult | StepKind::Handover | StepKind::AwaitApplicant);
        if asked || overdue.within.is_some() || matches!(overdue.kind, ReactionKind::Hole) || has_time(step) {
            continue;
        }
        let name = step_name(step, &wording);
        let message = say!(
            findings.lang,
            "bước “{name}” không có thời gian nên không bao giờ quá hạn",
            "the step “{name}” has no time, so it is never overdue"
        );
        let help = say!(
            findings.lang,
            "thêm thời gian của bước: thời gian: 02 ngày làm việc",
            "give the step its time, as in `time: 02 working days`"
        );
        findings.report(overdue.span, message).help(help);
    }
}

/// Whether a step says how long it takes, in some case, or leaves that to be given.
fn has_time(step: &Step) -> bool {
    step.time
        .iter()
        .flat_map(|time| time.values())
        .any(|value| !matches!(value.setting.given(), Some(StepTime::NotCounted | StepTime::AtOnce)))
}
