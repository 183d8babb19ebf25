//! TT502: steps that nobody is responsible for.

use super::prelude::*;
use crate::model::process::Performs;
use crate::model::{Step, StepKind};
use crate::plan::Flow;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT502"),
    name: "step-without-role",
    severity: Severity::Warning,
    title: Words::new("Bước chưa có người chịu trách nhiệm", "Steps that nobody is responsible for"),
    why: Words::new(
        "Quy trình nội bộ nói rõ ai làm bước nào; phần mềm một cửa gán tài khoản theo đó. Bước không có người thì không ai nhận hồ sơ.",
        "The process says who does which step, and the software assigns accounts by it. A file that comes to a step without anybody stays there.",
    ),
    basis: Basis::Recalled,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký "Ký giấy chứng nhận"
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký "Ký giấy chứng nhận" { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    report(plan, findings, steps_of(plan.body()));
    // The steps of a shared process are its own, wherever it is performed.
    for shared in plan.subprocesses {
        let steps = steps_of(&shared.body);
        let is_own = |step: &Step| steps.iter().any(|own| std::ptr::eq(*own, step));
        if plan.flow.iter().flat_map(Flow::steps).any(|(_, _, step)| is_own(step)) {
            report(plan, findings, steps);
        }
    }
}

/// Whether others do what a step says: the applicant, or those who do the steps of another procedure or a shared process.
fn is_done_by_others(step: &Step) -> bool {
    match step.kind {
        StepKind::AwaitApplicant | StepKind::FinancialDuty => true,
        StepKind::Perform => match &step.performs {
            // Its own people do it.
            Some(Performs::Procedure(_)) => true,
            // One with a time of its own is not laid out: it is a step of this process.
            Some(Performs::Subprocess(_)) => step.time.is_none(),
            None => false,
        },
        _ => false,
    }
}

fn report(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>, mut idle: Vec<&Step>) {
    idle.retain(|step| step.responsible.is_none() && !is_done_by_others(step));
    let Some((first, others)) = idle.split_first() else { return };
    let wording = findings.wording(plan);
    let count = idle.len();
    let mut names: Vec<String> = idle.iter().take(5).map(|step| format!("“{}”", step_name(step, &wording))).collect();
    if count > names.len() {
        names.push("…".to_owned());
    }
    let names = names.join(", ");
    let message = say!(
        findings.lang,
        "{count} bước chưa có người chịu trách nhiệm: {names}",
        "nobody is responsible for {count} of the steps: {names}"
    );
    let note = say!(findings.lang, "và bước này", "and this step");
    let help = say!(
        findings.lang,
        "thêm “trách nhiệm: …”; phần mềm tự làm thì ghi “trách nhiệm: hệ thống”, chưa biết thì ghi “chưa nhập”",
        "add `responsible: …`; `responsible: system` for what the software does, `not yet given` if unknown"
    );
    let others: Vec<_> = others.iter().map(|step| step.head).collect();
    let found = findings.report(first.head, message);
    found.help(help);
    also_at(found, &others, &note);
}
