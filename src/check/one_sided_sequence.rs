//! TT102: the public sequence lacks a line of the applicant or of the agency.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT102"),
    name: "one-sided-sequence",
    severity: Severity::Error,
    title: Words::new("Trình tự chỉ có một phía", "The sequence shows one side only"),
    why: Words::new(
        "Trình tự thực hiện là thứ tự các bước của người nộp và của cơ quan. Thiếu một phía thì người dân không biết việc gì xảy ra với hồ sơ, hoặc không biết mình phải làm gì.",
        "The sequence is the order of the steps of the applicant and of the agency. With one side missing, people do not know what happens to their file, or what they have to do.",
    ),
    basis: Basis::Seen("khoản 2 Điều 3 và điểm b khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"trình tự { cơ quan "Giải quyết và trả kết quả" }"#,
    right: r#"trình tự { người nộp "Nộp hồ sơ"; cơ quan "Giải quyết và trả kết quả" }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(sequence) = &plan.body().sequence else { return };
    let applicant = sequence.iter().any(|step| step.applicant);
    let agency = sequence.iter().any(|step| !step.applicant);
    if applicant && agency {
        return;
    }
    let side = match (applicant, findings.lang) {
        (false, crate::lang::Lang::Vi) => "người nộp",
        (true, crate::lang::Lang::Vi) => "cơ quan",
        (false, crate::lang::Lang::En) => "applicant",
        (true, crate::lang::Lang::En) => "agency",
    };
    let message = say!(findings.lang, "trình tự chưa có bước của {side}", "the sequence has no step of the {side}");
    let help = say!(findings.lang, "thêm dòng: {side} \"…\"", "add a line: {side} \"…\"");
    findings.report(sequence.span, message).help(help);
}
