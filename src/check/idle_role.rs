//! TT508: a role that nothing is given to.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT508"),
    name: "idle-role",
    severity: Severity::Warning,
    title: Words::new("Chức danh không làm gì", "A role that nothing is given to"),
    why: Words::new(
        "Chức danh khai ra mà không bước nào dùng thường là bước bị quên, hoặc tên gõ khác ở chỗ dùng. Sơ đồ sẽ không có chức danh này.",
        "A role that no step uses mostly means a forgotten step, or a name written differently where it is used. The chart will not show it.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    chức danh thẩm-định-viên "Chuyên viên thẩm định"
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    chức danh thẩm-định-viên "Chuyên viên thẩm định"
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định { trách nhiệm: thẩm-định-viên }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let actors = actors(body);
    for role in process_of(body).into_iter().flat_map(|process| &process.roles) {
        if actors.iter().any(|actor| actor.names(Some(&role.id.value), Some(&role.name.value))) {
            continue;
        }
        let name = &role.name.value;
        let message = say!(findings.lang, "chức danh “{name}” không làm bước nào", "the role “{name}” has no step");
        let help = say!(
            findings.lang,
            "thêm bước của chức danh này, hoặc bỏ dòng này",
            "add the step it does, or leave this line out"
        );
        findings.report(role.id.span, message).help(help);
    }
}
