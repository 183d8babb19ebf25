//! TT301: an amount of money rests on no act.

use super::prelude::*;
use crate::model::Setting;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT301"),
    name: "fee-without-basis",
    severity: Severity::Error,
    title: Words::new("Mức phí, lệ phí không có căn cứ", "An amount rests on no act"),
    why: Words::new(
        "Không cơ quan nào được tự đặt ra khoản thu. Mỗi mức tiền phải nêu văn bản quy định; chưa rõ thì ghi “theo chưa nhập”.",
        "No agency may invent a charge. Each amount names the act that sets it; where that is not known, write `under not yet given`.",
    ),
    basis: Basis::Seen("điểm a khoản 2 Điều 13 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"phí phí-bản-sao "Phí cấp bản sao": 8.000 đồng"#,
    right: r#"phí phí-bản-sao "Phí cấp bản sao": 8.000 đồng theo tt-281-2016-btc"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for charge in &plan.body().charges {
        let Some(amount) = &charge.amount else { continue };
        let general = amount.general.as_ref().is_some_and(|value| !value.cites.is_empty());
        for value in amount.values() {
            let given = matches!(value.setting, Setting::Given(_));
            if given && value.cites.is_empty() && !general && charge.cites.is_empty() {
                let message = say!(findings.lang, "mức thu này chưa nêu văn bản quy định", "this amount names no act");
                let help = say!(
                    findings.lang,
                    "thêm “theo” và văn bản sau số tiền; chưa biết thì ghi “theo chưa nhập”",
                    "add `under` and the act after the amount; `under not yet given` if unknown"
                );
                findings.report(value.span, message).help(help);
            }
        }
    }
}
