//! TT502: steps that nobody is responsible for.

use super::prelude::*;
use crate::model::StepKind;

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
    let mut idle = steps_of(plan.body());
    idle.retain(|step| {
        let by_others = matches!(step.kind, StepKind::AwaitApplicant | StepKind::FinancialDuty | StepKind::Perform);
        step.responsible.is_none() && !by_others
    });
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
