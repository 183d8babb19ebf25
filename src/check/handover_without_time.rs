//! TT506: a hand-over without a time to accept.

use super::prelude::*;
use crate::model::StepKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT506"),
    name: "handover-without-time",
    severity: Severity::Warning,
    title: Words::new("Chuyển hồ sơ mà không nói phải nhận trong bao lâu", "A hand-over without a time to accept"),
    why: Words::new(
        "Hồ sơ liên thông hay nằm lại ở chỗ không ai nhận, cũng không ai từ chối. Mỗi lần chuyển phải nói bên kia nhận trong bao lâu thì mới biết trễ từ đâu.",
        "Linked files lie where nobody accepts and nobody refuses them. Each hand-over says how soon it is accepted, so that one can see where a delay began.",
    ),
    basis: Basis::Inferred("điểm i khoản 1 Điều 15 Nghị định 224/2026/NĐ-CP"),
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    chuyển "Chuyển hồ sơ" { trách nhiệm: một-cửa;  đến: hộ-tịch-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    chuyển "Chuyển hồ sơ" { trách nhiệm: một-cửa;  đến: hộ-tịch-xã;  nhận trong: 04 giờ làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for step in steps_of(plan.body()) {
        if step.kind == StepKind::Handover && step.accept_within.is_none() {
            let message = say!(
                findings.lang,
                "chuyển hồ sơ mà chưa nói bên nhận phải nhận trong bao lâu",
                "the hand-over does not say how soon the file is accepted"
            );
            let help = say!(
                findings.lang,
                "thêm “nhận trong: 04 giờ làm việc”; chưa biết thì ghi “nhận trong: chưa nhập”",
                "add `accept within: 04 working hours`; `accept within: not yet given` if unknown"
            );
            findings.report(step.head, message).help(help);
        }
    }
}
