//! TT106: every outcome is a refusal.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT106"),
    name: "no-positive-outcome",
    severity: Severity::Warning,
    title: Words::new("Kết quả chỉ có từ chối", "Every outcome is a refusal"),
    why: Words::new(
        "Người dân nộp hồ sơ để nhận một kết quả: giấy tờ, quyết định, hay một việc được ghi nhận. Chỉ khai giấy từ chối thì bảng niêm yết không nói được họ sẽ nhận gì.",
        "People file to receive something: a paper, a decision, or an entry in a register. Where only the refusal is listed, the notice cannot say what they get.",
    ),
    basis: Basis::Inferred("điểm h khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"kết quả { từ chối tb-từ-chối "Thông báo từ chối giải quyết" }"#,
    right: r#"kết quả {
    giấy-khai-sinh "Giấy khai sinh" { bản chính: 01 }
    từ chối tb-từ-chối "Thông báo từ chối giải quyết"
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let outcomes = &plan.body().outcomes;
    let Some(first) = outcomes.first() else {
        return;
    };
    if outcomes.iter().any(|one| !one.value.negative) {
        return;
    }
    let message = say!(
        findings.lang,
        "kết quả chỉ có giấy từ chối, chưa có kết quả khi được giải quyết",
        "only refusals are listed, and nothing for a case that is granted"
    );
    let help = say!(
        findings.lang,
        "thêm kết quả người nộp nhận được, không có chữ “từ chối” ở đầu: mã-kết-quả \"Tên giấy tờ\" {{ bản chính: 01 }}",
        "add what the applicant receives, without `refuse` before it: id \"Name\" {{ original: 01 }}"
    );
    findings.report(first.value.head, message).help(help);
}
