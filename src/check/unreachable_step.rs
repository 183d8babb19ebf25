//! TT503: a step that nothing leads to.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT503"),
    name: "unreachable-step",
    severity: Severity::Error,
    title: Words::new("Bước không bao giờ tới", "A step that nothing leads to"),
    why: Words::new(
        "Sau từ chối hoặc dừng thì hồ sơ không đi tiếp. Bước viết sau đó không bao giờ được làm, nên hoặc nó đứng sai chỗ, hoặc lối ra phải nằm trong một khối “khi”.",
        "After a refusal or a stop a file goes no further. What is written behind is never done: it stands in the wrong place, or the exit belongs into a `when` block.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
    dừng theo yêu cầu { trách nhiệm: một-cửa }
    lưu "Lưu hồ sơ" { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
    lưu "Lưu hồ sơ" { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    for step in plan.flow.iter().flat_map(|flow| &flow.unreachable) {
        let name = step_name(step, &wording);
        let message =
            say!(findings.lang, "không đường nào dẫn tới bước “{name}”", "nothing leads to the step “{name}”");
        let help = say!(
            findings.lang,
            "chuyển bước này lên trước lối ra, hoặc đặt lối ra đứng trước vào một khối “khi … {{ … }}”",
            "move the step before the exit, or put the exit before it into a block `when … {{ … }}`"
        );
        findings.report(step.head, message).help(help);
    }
}
