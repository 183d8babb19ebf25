//! TT507: a file can end without an exit.

use super::prelude::*;
use crate::model::StepKind;
use crate::model::process::Performs;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT507"),
    name: "no-exit",
    severity: Severity::Warning,
    title: Words::new("Hồ sơ có thể kết thúc mà không có lối ra", "A file can end without an exit"),
    why: Words::new(
        "Mỗi hồ sơ kết thúc bằng trả kết quả, từ chối, hoặc dừng theo yêu cầu. Có đường đi hết quy trình mà không qua lối nào trong số đó thì người nộp không nhận được gì.",
        "Every file ends with a result, a refusal, or a stop on request. Where a path ends without one of them the applicant gets nothing.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    khi đủ-điều-kiện { trả kết quả { trách nhiệm: một-cửa } }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let (Some(flow), Some(place)) = (&plan.flow, process_head(body)) else { return };
    let steps = steps_of(body);
    // Where there is no such step at all, TT501 says so; a shared process may hold it.
    let returns = steps.iter().any(|step| step.kind == StepKind::Return);
    let performs = steps.iter().any(|step| matches!(step.performs, Some(Performs::Subprocess(_))));
    if !flow.open_end || !returns || performs {
        return;
    }
    let message = say!(
        findings.lang,
        "có đường đi hết quy trình mà không qua trả kết quả, từ chối hay dừng",
        "a path ends the process without a result, a refusal or a stop"
    );
    let help = say!(
        findings.lang,
        "đặt “trả kết quả” ở cuối quy trình, ngoài các khối “khi”, hoặc thêm lối ra cho trường hợp còn lại",
        "put `return result` at the end, outside the `when` blocks, or give the remaining case an exit"
    );
    findings.report(place, message).help(help);
}
