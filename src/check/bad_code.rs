//! TT621: a code of the wrong form.

use super::local_suffix::{CODE_LENGTH, is_code, local_code};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT621"),
    name: "bad-code",
    severity: Severity::Error,
    title: Words::new("Mã thủ tục không đúng dạng", "A code of the wrong form"),
    why: Words::new(
        "Mã trong Cơ sở dữ liệu quốc gia về thủ tục hành chính gồm một chữ số, dấu chấm, sáu chữ số. Mã khác dạng thì không tra được trên Cổng Dịch vụ công quốc gia.",
        "A code of the national database is a digit, a dot and six digits. What looks different cannot be found on the national portal.",
    ),
    basis: Basis::Inferred("Điều 24 Nghị định 63/2010/NĐ-CP; mẫu mã trên Cổng Dịch vụ công quốc gia"),
    wrong: r#"thủ tục 1.000001.01 "Ví dụ" { }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let code = &plan.procedure.code;
    let written = code.value.0.as_str();
    if is_code(written) || local_code(written).is_some() {
        return;
    }
    let message = say!(
        findings.lang,
        "mã thủ tục {written} không đúng dạng một chữ số, dấu chấm, sáu chữ số",
        "the code {written} is not a digit, a dot and six digits"
    );
    let help = match written.get(..CODE_LENGTH).filter(|head| is_code(head)) {
        Some(head) => say!(
            findings.lang,
            "ghi {head}; phần sau là mã của dịch vụ công trực tuyến, không thuộc mã thủ tục",
            "write {head}; the rest is the code of an online service, not of the procedure"
        ),
        None => say!(findings.lang, "ghi như 1.001193", "write it as 1.001193"),
    };
    findings.report(code.span, message).help(help);
}
