//! TT314: a formula can come to a part of a đồng, and nothing says how it is rounded.

use super::prelude::*;
use crate::plan::money::grain;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT314"),
    name: "unrounded-sum",
    severity: Severity::Warning,
    title: Words::new("Số tiền có thể lẻ mà chưa nói làm tròn", "A sum may not be whole, and no rounding is written"),
    why: Words::new(
        "Nhân với số lẻ hoặc tỷ lệ phần trăm có thể ra số tiền không chẵn đồng. Mỗi nơi làm tròn một kiểu thì cùng một hồ sơ thu khác nhau; cách làm tròn phải do văn bản nói, phần mềm không tự chọn.",
        "Decimals and percentages may come to a part of a đồng. Where each office rounds in its own way, one case costs different sums; the act must say how, and software must not choose.",
    ),
    basis: Basis::Sense,
    wrong: r#"trường hợp { diện-tích: số từ 0 đến 5.000 "m²" "Diện tích" }
phí "Phí thẩm định" theo nđ-104-2022: 1.500 đồng × diện-tích"#,
    right: r#"trường hợp { diện-tích: số từ 0 đến 5.000 "m²" "Diện tích" }
phí "Phí thẩm định" theo nđ-104-2022: 1.500 đồng × diện-tích { làm tròn: đến 1.000 đồng }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for charge in &plan.body().charges {
        if charge.rounded.is_some() || !plan.is_fresh(charge.head) {
            continue;
        }
        if grain(charge, &plan.body().facts).is_none_or(|grain| grain.as_whole().is_none()) {
            let name = findings.wording(plan).charge_name(charge);
            let message = say!(
                findings.lang,
                "số tiền “{name}” có thể lẻ đến dưới 1 đồng, mà chưa nói làm tròn",
                "“{name}” may come to a part of a đồng, and no rounding is written"
            );
            let help = say!(
                findings.lang,
                "thêm theo văn bản, như: {{ làm tròn: đến 1.000 đồng }}, {{ làm tròn: lên đến 1.000 đồng }} hoặc {{ làm tròn: xuống đến 1.000 đồng }}",
                "add what the act says, as in {{ rounded: to 1.000 VND }}, {{ rounded: up to 1.000 VND }} or {{ rounded: down to 1.000 VND }}"
            );
            findings.report(charge.head, message).help(help);
        }
    }
}
