//! TT617: a number that several acts of the register bear.

use super::prelude::*;
use crate::model::Register;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT617"),
    name: "ambiguous-act-number",
    severity: Severity::Error,
    title: Words::new("Một số, nhiều văn bản", "One number, several acts"),
    why: Words::new(
        "Ủy ban nhân dân các tỉnh đánh số quyết định như nhau, và số không ghi năm thì mỗi năm lại bắt đầu từ 01. Dẫn theo số như vậy thì không biết là văn bản nào; dẫn theo mã trong danh mục thì rõ.",
        "The provinces number their decisions alike, and numbers without a year begin anew each year. A citation by such a number may mean any of them; the id in the register is clear.",
    ),
    basis: Basis::Sense,
    wrong: r#"# registers/acts.yaml
- { id: qđ-5-cao-bằng, number: "05/2026/QĐ-UBND", kind: quyết định, issuer: "Ủy ban nhân dân tỉnh Cao Bằng", title: "Ví dụ" }
- { id: qđ-5-sơn-la, number: "05/2026/QĐ-UBND", kind: quyết định, issuer: "Ủy ban nhân dân tỉnh Sơn La", title: "Ví dụ" }
thủ tục 1.000001 "Ví dụ" { căn cứ pháp lý: Quyết định số 05/2026/QĐ-UBND }"#,
    right: r#"# registers/acts.yaml
- { id: qđ-5-cao-bằng, number: "05/2026/QĐ-UBND", kind: quyết định, issuer: "Ủy ban nhân dân tỉnh Cao Bằng", title: "Ví dụ" }
- { id: qđ-5-sơn-la, number: "05/2026/QĐ-UBND", kind: quyết định, issuer: "Ủy ban nhân dân tỉnh Sơn La", title: "Ví dụ" }
thủ tục 1.000001 "Ví dụ" { căn cứ pháp lý: qđ-5-sơn-la }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    for name in body.names.iter().filter(|name| name.register == Register::Acts && plan.is_fresh(name.span)) {
        if plan.registers.acts.get(name.key.as_str()).is_some() {
            continue;
        }
        let acts = plan.registers.acts_numbered(name.key.as_str());
        let [first, _, ..] = acts.as_slice() else { continue };
        let (number, count) = (&first.number, acts.len());
        let ids = acts.iter().map(|act| act.id.as_str()).collect::<Vec<_>>().join(", ");
        let message = say!(
            findings.lang,
            "danh mục có {count} văn bản số {number}: {ids}",
            "{count} acts of the register bear the number {number}: {ids}"
        );
        let help = say!(findings.lang, "thay số bằng mã của văn bản cần dẫn", "write the id of the one that is meant");
        findings.report(name.span, message).help(help);
    }
}
