//! TT302: no amount of a charge is in force on the day.

use super::prelude::*;
use crate::model::Charge;
use crate::model::quantity::short_date;
use crate::syntax::fold::fold;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT302"),
    name: "ended-fee",
    severity: Severity::Warning,
    title: Words::new("Mức thu không còn hiệu lực", "A charge that is not in force"),
    why: Words::new(
        "Nhiều mức phí chỉ áp dụng đến một ngày. Qua ngày đó mà không có mức mới thì thông báo vẫn in mức cũ, và người dân trả sai. Mỗi khoản thu phải có đúng một mức cho ngày đang xét.",
        "Many charges hold only until a day. Where none follows, the notice goes on printing the old amount and people pay the wrong one. Each charge needs an amount for the day the catalogue is read on.",
    ),
    basis: Basis::Inferred("điểm a khoản 2 Điều 13 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"phí "Phí cấp bản sao": 5.000 đồng theo tt-281-2016-btc { hiệu lực: đến 31/12/2025 }"#,
    right: r#"phí phí-cũ "Phí cấp bản sao": 5.000 đồng theo tt-281-2016-btc { hiệu lực: đến 31/12/2025 }
phí phí-mới "Phí cấp bản sao": 8.000 đồng theo tt-281-2016-btc { hiệu lực: từ 01/01/2026 }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let charges = &plan.body().charges;
    let day = plan.variant().as_of;
    // In a regime of another time, amounts of this time say nothing.
    let other_time = plan.effective.layers.iter().any(|layer| !layer.period.is_open());
    for charge in charges.iter().map(|one| &one.value) {
        if charge.valid.contains(day)
            || charges.iter().any(|other| same(&other.value, charge) && other.value.valid.contains(day))
        {
            continue;
        }
        let name = charge.label.as_ref().map_or("", |label| label.value.as_str());
        let what = if name.is_empty() {
            say!(findings.lang, "khoản thu này", "this charge")
        } else {
            format!("“{name}”")
        };
        let ended = charge.valid.until.as_ref().filter(|until| until.value < day);
        let (span, message) = match (ended, &charge.valid.from) {
            (Some(until), _) => {
                let last = short_date(until.value);
                (
                    until.span,
                    say!(
                        findings.lang,
                        "{what} hết hiệu lực sau ngày {last}, chưa có mức thay thế",
                        "{what} ended after {last} and nothing follows it"
                    ),
                )
            }
            (None, Some(from)) if !other_time => {
                let first = short_date(from.value);
                (
                    from.span,
                    say!(
                        findings.lang,
                        "{what} chỉ có hiệu lực từ ngày {first}, chưa có mức trước đó",
                        "{what} holds only from {first} and nothing comes before it"
                    ),
                )
            }
            (None, _) => continue,
        };
        let help = say!(
            findings.lang,
            "thêm một dòng phí cùng tên với mức và hiệu lực của ngày này; chưa biết mức thì ghi chưa nhập",
            "add a charge of the same name with the amount and validity for this day; `not yet given` if unknown"
        );
        findings.report(span, message).help(help);
    }
}

/// Whether two entries set the amount of one charge.
fn same(one: &Charge, other: &Charge) -> bool {
    let label = |charge: &Charge| charge.label.as_ref().map(|label| fold(&label.value));
    one.kind == other.kind && label(one) == label(other)
}
