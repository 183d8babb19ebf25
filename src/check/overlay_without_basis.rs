//! TT625: an overlay without a basis.

use super::prelude::*;
use crate::compile::Catalogue;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT625"),
    name: "overlay-without-basis",
    severity: Severity::Warning,
    title: Words::new("Áp dụng riêng mà không có căn cứ", "An overlay without a basis"),
    why: Words::new(
        "Sửa đổi một thủ tục thì phải nói sửa phần nào và theo văn bản nào. Khối “áp dụng” không có “theo …” thì không ai biết địa phương hay chế độ ấy dựa vào đâu.",
        "Whoever amends a procedure says which part, and by which act. Without `under …` nobody knows what the locality or regime rests on.",
    ),
    basis: Basis::Seen("khoản 2 Điều 15 Nghị định 63/2010/NĐ-CP (theo bản năm 2010)"),
    wrong: r#"thủ tục 1.000001 "Ví dụ" { }
áp dụng 1.000001 tại đồng-nai { liên hệ: "Đường dây nóng 1022" }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { }
áp dụng 1.000001 tại đồng-nai theo nđ-118-2025 { liên hệ: "Đường dây nóng 1022" }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    for overlay in catalogue.overlays.iter().filter(|overlay| overlay.cites.is_empty()) {
        let message = say!(
            findings.lang,
            "khối “áp dụng” này chưa nêu theo văn bản nào",
            "this overlay does not say under which act"
        );
        let help = say!(
            findings.lang,
            "thêm “theo …” trước dấu mở ngoặc nhọn; chưa biết thì ghi “theo chưa nhập”",
            "add `under …` before the opening bracket; `under not yet given` if unknown"
        );
        findings.report(overlay.head, message).help(help);
    }
}
