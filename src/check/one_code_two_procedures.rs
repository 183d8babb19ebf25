//! TT623: two procedures with one code.

use super::prelude::*;
use crate::compile::Catalogue;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT623"),
    name: "one-code-two-procedures",
    severity: Severity::Error,
    title: Words::new("Hai thủ tục cùng một mã", "Two procedures with one code"),
    why: Words::new(
        "Một mã là một thủ tục. Nội dung khác ở một nơi hoặc một thời gian thì viết bằng khối “áp dụng”, để biết chỗ nào khác và vì sao.",
        "One code is one procedure. What differs at a place or in a time is written as an overlay, so that one can see what differs and why.",
    ),
    basis: Basis::Inferred("Điều 24 Nghị định 63/2010/NĐ-CP; mã trên Cổng Dịch vụ công quốc gia"),
    wrong: r#"thủ tục 1.000001 "Ví dụ" { }
thủ tục 1.000001 "Ví dụ khác" { }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { }
thủ tục 1.000002 "Ví dụ khác" { }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    // Procedures are in the order of their codes.
    for same in catalogue.procedures.chunk_by(|one, next| one.code.value == next.code.value) {
        let [first, others @ ..] = same else { continue };
        for other in others {
            let code = &other.code.value;
            let message =
                say!(findings.lang, "mã {code} đã là của một thủ tục khác", "the code {code} is another procedure's");
            let note = say!(findings.lang, "lần đầu ở đây", "first given here");
            let help = say!(
                findings.lang,
                "sửa mã; hoặc nếu là cùng thủ tục ở một nơi, một thời gian thì viết: áp dụng {code} tại … theo …",
                "correct the code; for the same procedure at a place or in a time write: apply {code} at … under …"
            );
            findings.report(other.code.span, message).also(first.code.span, note).help(help);
        }
    }
}
