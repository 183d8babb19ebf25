//! TT622: a code with its local suffix.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT622"),
    name: "local-suffix",
    severity: Severity::Warning,
    title: Words::new("Mã thủ tục còn đuôi của địa phương", "A code with its local suffix"),
    why: Words::new(
        "Mã cũ có đuôi cơ quan (.000.00.00.H19) là mã riêng của một tỉnh. Mã quốc gia không có đuôi; giữ đuôi thì không nối được với cơ sở dữ liệu quốc gia, và cùng một thủ tục thành hai.",
        "Old codes end in the agency of a province (.000.00.00.H19). The national code has no such end: with it nothing can be joined to the national database, and one procedure becomes two.",
    ),
    basis: Basis::Seen("mã trên các cổng dịch vụ công cấp tỉnh: 1.001612.000.00.00.H19"),
    wrong: r#"thủ tục 1.000001.000.00.00.H19 "Ví dụ" { }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { }"#,
    run: Run::Procedure(check),
};

/// The length of a national code, `1.001193`.
pub(super) const CODE_LENGTH: usize = 8;

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let code = &plan.procedure.code;
    let Some(national) = local_code(&code.value.0) else { return };
    let suffix = &code.value.0[CODE_LENGTH..];
    let message = say!(
        findings.lang,
        "mã thủ tục còn đuôi của địa phương: {suffix}",
        "the code still has its local suffix: {suffix}"
    );
    let help = say!(findings.lang, "ghi {national}", "write {national}");
    findings.report(code.span, message).help(help);
}

/// Whether this is a code of the national database.
pub(super) fn is_code(code: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    code.len() == CODE_LENGTH && code.as_bytes()[1] == b'.' && digits(&code[..1]) && digits(&code[2..])
}

/// The national code before a local suffix (`.000.00.00.H19`), where there is one.
pub(super) fn local_code(code: &str) -> Option<&str> {
    let (head, suffix) = code.split_at_checked(CODE_LENGTH)?;
    let parts: Vec<&str> = suffix.strip_prefix('.')?.split('.').collect();
    let (agency, numbers) = parts.split_last()?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let agency = agency.strip_prefix(['H', 'h', 'G', 'g'])?;
    let local = !numbers.is_empty() && numbers.iter().all(|part| digits(part)) && digits(agency);
    (local && is_code(head)).then_some(head)
}
