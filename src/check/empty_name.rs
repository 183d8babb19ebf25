//! TT103: a procedure has no name.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT103"),
    name: "empty-name",
    severity: Severity::Error,
    title: Words::new("Thủ tục không có tên", "A procedure has no name"),
    why: Words::new(
        "Tên là bộ phận đầu tiên của một thủ tục. Bảng niêm yết, giấy hẹn và phần mềm một cửa đều tìm thủ tục theo tên. Không có tên thì người dân không biết mình đang nộp hồ sơ cho việc gì.",
        "The name is the first part of a procedure. Notices, receipts and the one-stop software all look a procedure up by its name. Without it nobody knows what the file is for.",
    ),
    basis: Basis::Seen("điểm a khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thủ tục 1.000001 "" { }"#,
    right: r#"thủ tục 1.000001 "Đăng ký khai sinh" { }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let name = &plan.procedure.name;
    if name.value.chars().any(char::is_alphanumeric) {
        return;
    }
    let code = &plan.procedure.code.value;
    let message = say!(findings.lang, "thủ tục {code} chưa có tên", "procedure {code} has no name");
    let help = say!(
        findings.lang,
        "ghi tên như trong quyết định công bố, giữa hai dấu ngoặc kép",
        "write the name of the announcing decision between the quotes"
    );
    findings.report(name.span, message).help(help);
}
