//! TT313: a condition can never hold where it stands, or always does.

use super::prelude::*;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT313"),
    name: "idle-condition",
    severity: Severity::Warning,
    title: Words::new("Điều kiện không phân biệt được gì", "A condition that decides nothing"),
    why: Words::new(
        "Điều kiện không bao giờ đúng thì những gì viết sau nó không bao giờ áp dụng; điều kiện luôn đúng thì mức chung hoặc nhánh kia là chữ thừa. Thường do chép nhầm, hoặc do một điều kiện bao ngoài đã loại hết.",
        "Behind a condition that never holds nothing ever applies; where it always holds, the general value or the other branch is idle. Mostly a slip of copying, or an outer condition has left nothing over.",
    ),
    basis: Basis::Sense,
    wrong: r#"trường hợp { số-bản: số nguyên từ 1 đến 20 "bản" "Số bản" }
thời hạn giải quyết: 05 ngày làm việc {
    kể từ: nhận đủ hồ sơ hợp lệ
    khi số-bản trên 20: 10 ngày làm việc
}"#,
    right: r#"trường hợp { số-bản: số nguyên từ 1 đến 20 "bản" "Số bản" }
thời hạn giải quyết: 05 ngày làm việc {
    kể từ: nhận đủ hồ sơ hợp lệ
    khi số-bản trên 10: 10 ngày làm việc
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let analysis = plan.analysis();
    let report = |findings: &mut Findings<'_>, span: Span, message: String| {
        let help = say!(
            findings.lang,
            "đối chiếu với các điều kiện bao ngoài, các lối ra đứng trước và giới hạn đã khai; chỉ bỏ “khi”, giữ những gì viết bên trong nếu vẫn cần",
            "compare it with the conditions around it, the exits before it and the bounds of its fact; drop the `when` only, and keep what is inside where it is needed"
        );
        findings.report(span, message).help(help);
    };
    for span in &analysis.never {
        let message = say!(findings.lang, "điều kiện này không bao giờ đúng", "this condition can never hold here");
        report(findings, *span, message);
    }
    for span in &analysis.always {
        let message = say!(findings.lang, "điều kiện này luôn đúng", "this condition always holds here");
        report(findings, *span, message);
    }
}
