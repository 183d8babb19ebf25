//! TT412: the applicant is waited for, without a limit or without saying what silence means.

use super::prelude::*;
use crate::model::StepKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT412"),
    name: "wait-without-silence",
    severity: Severity::Warning,
    title: Words::new(
        "Chờ người nộp mà không nói khi họ im lặng",
        "The applicant is waited for without saying what silence means",
    ),
    why: Words::new(
        "Chờ người nộp xác nhận mà không có hạn thì hồ sơ treo mãi; có hạn mà không nói quá hạn thì làm gì thì mỗi nơi xử lý một kiểu. Bước chờ phải nói chờ bao lâu, và quá hạn thì coi như đồng ý, từ chối, dừng hay đi tiếp.",
        "Where the applicant is waited for without a limit, the case hangs for ever; with a limit but no word on silence, every office does as it likes. The step says how long, and what happens then.",
    ),
    basis: Basis::Recalled,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    chờ người nộp "Xác nhận biểu mẫu điện tử" { thời gian: 01 ngày làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    chờ người nộp "Xác nhận biểu mẫu điện tử" { thời gian: 01 ngày làm việc;  quá hạn: dừng }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    for step in steps_of(plan.body()).into_iter().filter(|step| step.kind == StepKind::AwaitApplicant) {
        let name = step_name(step, &wording);
        let message = match (&step.time, &step.overdue) {
            (Some(_), Some(_)) => continue,
            (None, Some(_)) => say!(findings.lang, "“{name}”: chưa nói chờ bao lâu", "“{name}” does not say how long"),
            (Some(_), None) => say!(
                findings.lang,
                "“{name}”: chưa nói người nộp im lặng thì làm gì",
                "“{name}” does not say what silence means"
            ),
            (None, None) => say!(
                findings.lang,
                "“{name}”: chưa nói chờ bao lâu và người nộp im lặng thì làm gì",
                "“{name}” says neither how long nor what silence means"
            ),
        };
        let help = say!(
            findings.lang,
            "thêm “thời gian: …” và “quá hạn: …”: coi như đồng ý theo …, từ chối, dừng; chưa biết thì ghi “chưa nhập”",
            "add `time: …` and `overdue: …`: deemed consent under …, refuse, stop; `not yet given` if unknown"
        );
        findings.report(step.head, message).help(help);
    }
}
