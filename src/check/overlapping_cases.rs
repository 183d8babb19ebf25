//! TT312: two exceptions give one case different values.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT312"),
    name: "overlapping-cases",
    severity: Severity::Error,
    title: Words::new("Hai dòng cùng áp dụng", "Two lines apply to one case"),
    why: Words::new(
        "Mỗi trường hợp chỉ có một giá trị. Hai dòng “khi” cùng đúng mà khác giá trị thì mỗi nơi sẽ hiểu một cách, và người dân bị áp mức cao hơn.",
        "A case has one value. Where two `when` lines hold at once and differ, every office reads them its own way, and people are charged the higher one.",
    ),
    basis: Basis::Sense,
    wrong: r#"trường hợp {
    hộ-nghèo: có hoặc không "Thuộc hộ nghèo"
    số-bản:   số nguyên từ 1 đến 20 "bản" "Số bản"
}
thời hạn giải quyết: 05 ngày làm việc {
    kể từ: nhận đủ hồ sơ hợp lệ
    khi hộ-nghèo: 03 ngày làm việc
    khi số-bản trên 10: 10 ngày làm việc
}"#,
    right: r#"trường hợp {
    hộ-nghèo: có hoặc không "Thuộc hộ nghèo"
    số-bản:   số nguyên từ 1 đến 20 "bản" "Số bản"
}
thời hạn giải quyết: 05 ngày làm việc {
    kể từ: nhận đủ hồ sơ hợp lệ
    khi hộ-nghèo: 03 ngày làm việc { khi số-bản trên 10: 06 ngày làm việc }
    khi số-bản trên 10 và không hộ-nghèo: 10 ngày làm việc
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    for overlap in &plan.analysis().overlaps {
        let said = overlap.space.said(&overlap.case, &wording);
        let what = overlap.table.what.get(findings.lang);
        let message = if said.is_empty() {
            say!(findings.lang, "hai dòng {what} luôn cùng áp dụng", "two lines of the {what} always apply together")
        } else {
            say!(
                findings.lang,
                "khi {said} có hai dòng {what} cùng áp dụng",
                "when {said}, two lines of the {what} apply"
            )
        };
        let note = say!(findings.lang, "dòng này cũng đúng trong trường hợp đó", "this line holds in that case too");
        let help = say!(
            findings.lang,
            "viết dòng sau thành ngoại lệ trong {{ … }} của dòng trước, hoặc thêm điều kiện để tách hai dòng",
            "write the second as an exception in the {{ … }} of the first, or add a condition that tells them apart"
        );
        findings.report(overlap.second, message).also(overlap.first, note).help(help);
    }
}
