//! TT511: nobody is consulted.

use super::prelude::*;
use crate::model::StepKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT511"),
    name: "consult-of-nobody",
    severity: Severity::Error,
    title: Words::new("Lấy ý kiến mà không nói hỏi ai", "Nobody is consulted"),
    why: Words::new(
        "Bước lấy ý kiến phải nói hỏi cơ quan nào, nếu không thì không gửi được và cũng không ai trả lời. Cơ quan chỉ biết khi giải quyết thì ghi như thế.",
        "A consultation says which agency is asked, or nothing can be sent and nobody answers. An agency that is known only in the case is written as such.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    lấy ý kiến { trách nhiệm: hộ-tịch-xã;  thời gian: 02 ngày làm việc;  quá hạn: báo cáo lãnh-đạo-ubnd-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    lấy ý kiến { trách nhiệm: hộ-tịch-xã;  hỏi: công-an-xã;  thời gian: 02 ngày làm việc;  quá hạn: báo cáo lãnh-đạo-ubnd-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for step in steps_of(plan.body()) {
        if step.kind == StepKind::Consult && step.ask.as_ref().is_none_or(Vec::is_empty) {
            let message =
                say!(findings.lang, "lấy ý kiến mà chưa nói hỏi ai", "the consultation does not say who is asked");
            let help = say!(
                findings.lang,
                "thêm “hỏi: …”; tùy hồ sơ thì ghi “hỏi: xác định khi giải quyết \"…\"”",
                "add `ask: …`; where it depends on the case, `ask: determined at decision \"…\"`"
            );
            findings.report(step.head, message).help(help);
        }
    }
}
