//! TT401: a time limit in an unusual unit.

use super::prelude::*;
use crate::model::{Duration, Limit, Unit};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT401"),
    name: "unusual-unit",
    severity: Severity::Error,
    title: Words::new("Đơn vị thời hạn không dùng cho thủ tục", "A time limit in an unusual unit"),
    why: Words::new(
        "Thời hạn giải quyết tính theo giờ, giờ làm việc, ngày, ngày làm việc hoặc tháng. Phút và năm thường là gõ nhầm, và không lịch hẹn nào tính được như người dân hiểu.",
        "Time limits are given in hours, working hours, days, working days or months. Minutes and years are mostly slips, and no appointment can be counted in them as people would read it.",
    ),
    basis: Basis::Inferred("Điều 144 Bộ luật Dân sự 2015"),
    wrong: r#"thời hạn giải quyết: 02 năm { kể từ: nhận đủ hồ sơ hợp lệ }"#,
    right: r#"thời hạn giải quyết: 02 tháng { kể từ: nhận đủ hồ sơ hợp lệ }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    for value in plan.body().deadlines.iter().flat_map(|deadline| &deadline.limit).flat_map(|limit| limit.values()) {
        let Some(limit) = value.setting.given() else { continue };
        let Some(odd) = durations(limit).into_iter().find(|one| matches!(one.unit, Unit::Minutes | Unit::Years)) else {
            continue;
        };
        let (shown, unit) = (wording.duration(odd), wording.unit(odd.unit));
        let message =
            say!(findings.lang, "thời hạn “{shown}” tính bằng {unit}", "the time limit “{shown}” is counted in {unit}");
        let help = say!(
            findings.lang,
            "tính bằng giờ, giờ làm việc, ngày, ngày làm việc hoặc tháng",
            "count in hours, working hours, days, working days or months"
        );
        findings.report(value.span, message).help(help);
    }
}

fn durations(limit: &Limit) -> Vec<&Duration> {
    match limit {
        Limit::Duration(one) | Limit::AtLeast(one) | Limit::AtMost(one) | Limit::After { within: one, .. } => vec![one],
        Limit::Window { from, to, .. } => vec![from, to],
        Limit::SameDay { .. }
        | Limit::AtOnce
        | Limit::EveryYear { .. }
        | Limit::QuarterMonth { .. }
        | Limit::EveryMonth { .. } => Vec::new(),
    }
}
