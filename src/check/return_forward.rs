//! TT504: a return to a step that was not passed.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT504"),
    name: "return-forward",
    severity: Severity::Error,
    title: Words::new("Trả lại một bước chưa qua", "A return to a step that was not passed"),
    why: Words::new(
        "“Trả lại” đưa hồ sơ về một bước đã làm, trước đó trên cùng đường đi. Bước ở phía sau, hoặc ở nhánh khác, thì chưa ai làm nên không có gì để trả lại.",
        "A return sends the file back to a step that was done before on the same path. A step further on, or in another branch, was not done, so there is nothing to return to.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  không đồng ý: trả lại vào-sổ }
    bước vào-sổ "Vào sổ" { trách nhiệm: văn-thư }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định thẩm-tra "Thẩm tra" { trách nhiệm: hộ-tịch-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  không đồng ý: trả lại thẩm-tra }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for (target, span) in plan.flow.iter().flat_map(|flow| &flow.forward_returns) {
        let key = &target.key;
        let message = say!(
            findings.lang,
            "trả lại {key}, nhưng bước ấy không đứng trước trên cùng đường đi",
            "{key} is returned to, but does not come earlier on the same path"
        );
        let help = say!(
            findings.lang,
            "trả lại một bước đã làm trước đó, ví dụ bước thẩm định",
            "return to a step that was done before, such as the appraisal"
        );
        findings.report(*span, message).help(help);
    }
}
