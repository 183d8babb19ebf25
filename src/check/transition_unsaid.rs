//! TT627: a procedure ends, and nothing is said of the cases that are still open.

use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::Way;
use crate::model::quantity::short_date;
use crate::plan::transition::last_day;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT627"),
    name: "transition-unsaid",
    severity: Severity::Warning,
    title: Words::new(
        "Chưa nói hồ sơ còn dở dang khi hết hiệu lực được xử lý thế nào",
        "Nothing is said of cases still open when the procedure ends",
    ),
    why: Words::new(
        "Hồ sơ theo quy định của ngày tiếp nhận. Khi quy định ấy hết hiệu lực, văn bản mới phải nói hồ sơ chưa giải quyết xong đi tiếp theo quy định cũ, theo quy định mới, hay dừng và trả lại; bản niêm yết và “thutuc when” nói đúng như vậy với người nộp.",
        "A case keeps the rules of its day of receipt. When those end, the new act must say whether open cases go on under the old rules, under the new ones, or stop; the notice and `thutuc when` tell applicants just that.",
    ),
    basis: Basis::Inferred("Điều 6 Nghị quyết 66.18/2026/NQ-CP"),
    wrong: r#"hiệu lực: từ 01/7/2025 đến 28/02/2027"#,
    right: r#"hiệu lực: từ 01/7/2025 đến 28/02/2027
chuyển tiếp: giải quyết theo quy định cũ, kể cả hồ sơ đã gửi bưu chính theo Điều 6 nq-66.18-2026"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    for procedure in &catalogue.procedures {
        let (Some(last), Some(valid)) = (last_day(procedure), &procedure.body.valid) else { continue };
        let last = short_date(last);
        let (message, span, help) = match (&procedure.body.transition, catalogue.next_version(procedure)) {
            (None, _) => (
                say!(
                    findings.lang,
                    "thủ tục hết hiệu lực sau ngày {last} nhưng chưa nói hồ sơ chưa giải quyết xong thì thế nào",
                    "the procedure ends after {last}, and nothing is said of cases that are still open"
                ),
                valid.span,
                say!(
                    findings.lang,
                    "thêm: chuyển tiếp: giải quyết theo quy định cũ (hoặc: giải quyết theo quy định mới; dừng giải quyết, trả lại hồ sơ) theo Điều …",
                    "add: transition: under the old rules (or: under the new rules; stop and return the papers) under Article …"
                ),
            ),
            (Some(transition), None) if transition.way == Way::New => (
                say!(
                    findings.lang,
                    "hồ sơ chuyển sang quy định mới, nhưng bộ thủ tục không có bản mới nào sau ngày {last}",
                    "cases go on under new rules, but there is no version after {last}"
                ),
                transition.span,
                say!(
                    findings.lang,
                    "viết bản mới của thủ tục, “hiệu lực: từ …”; hoặc sửa cách chuyển tiếp",
                    "write the new version, `valid: from …`; or say otherwise what becomes of them"
                ),
            ),
            (Some(_), _) => continue,
        };
        findings.report(span, message).help(help);
    }
}
