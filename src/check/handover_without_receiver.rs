//! TT505: a file is handed over to nobody.

use super::prelude::*;
use crate::model::StepKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT505"),
    name: "handover-without-receiver",
    severity: Severity::Error,
    title: Words::new("Chuyển hồ sơ mà không nói chuyển cho ai", "A file is handed over to nobody"),
    why: Words::new(
        "Hồ sơ chuyển đi mà không có nơi nhận là hồ sơ thất lạc: không ai chịu trách nhiệm, phần mềm cũng không biết gửi đâu.",
        "A file that is handed to nobody is lost: nobody answers for it, and the software does not know where to send it.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    chuyển "Chuyển hồ sơ" { trách nhiệm: một-cửa;  nhận trong: 04 giờ làm việc }
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
        if step.kind == StepKind::Handover && step.hand_to.is_none() {
            let message =
                say!(findings.lang, "chuyển hồ sơ mà chưa nói đến ai", "the file is handed over, but not to whom");
            let help = say!(
                findings.lang,
                "thêm “đến: …”: chức danh hoặc cơ quan nhận",
                "add `to: …`: the role or agency that receives it"
            );
            findings.report(step.head, message).help(help);
        }
    }
}
