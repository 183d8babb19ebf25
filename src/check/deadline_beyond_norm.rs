//! TT702: a deadline longer than an act allows.

use super::prelude::*;
use crate::model::norm::Duty;
use crate::model::{Expr, Limit, Norm, Setting};
use crate::plan::bound::compare;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT702"),
    name: "deadline-beyond-norm",
    severity: Severity::Error,
    title: Words::new("Thời hạn dài hơn mức luật cho phép", "A deadline longer than an act allows"),
    why: Words::new(
        "Một khối “quy định” đặt mức tối đa cho thời hạn giải quyết. Thời hạn công bố dài hơn mức đó thì người dân phải chờ lâu hơn luật cho phép.",
        "A norm sets the most that a deadline may be. A longer one makes people wait longer than the law allows.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  thời hạn giải quyết: không vượt 05 ngày làm việc theo Điều 8 nđ-118-2025 }
thủ tục 1.000001 "Ví dụ" {
    thời hạn giải quyết: 06 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
}"#,
    right: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  thời hạn giải quyết: không vượt 05 ngày làm việc theo Điều 8 nđ-118-2025 }
thủ tục 1.000001 "Ví dụ" {
    thời hạn giải quyết: 05 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
}"#,
    run: Run::Norms(check),
};

fn check(plan: &ProcedurePlan<'_>, norms: &[Norm], findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    for bounded in duties(plan, norms) {
        let Duty::Deadline { limit, .. } = bounded.duty else { continue };
        let Some(Limit::AtMost(most) | Limit::Duration(most)) = limit.setting.given() else { continue };
        for deadline in plan.body().deadlines.iter().filter(|one| one.valid.contains(plan.variant().as_of)) {
            let Some(by) = &deadline.limit else { continue };
            let conditions: Vec<&Expr> =
                deadline.when.iter().chain(by.all_rules().into_iter().map(|rule| &rule.when)).collect();
            let (space, broken) = bounded.broken(plan, &conditions, |space, case| {
                if !space.applies(deadline.when.as_ref(), case)? {
                    return Ok(None);
                }
                let value = space.value(by, case)?.value;
                Ok(value.and_then(|value| match (&value.setting, &value.at_most) {
                    (Setting::Given(Limit::Duration(limit)), _) | (_, Some(Limit::Duration(limit))) => {
                        compare(*limit, *most)?.is_gt().then_some((value.span, *limit))
                    }
                    _ => None,
                }))
            });
            for (case, (at, limit)) in broken {
                let lang = findings.lang;
                let (limit, most) = (wording.duration(&limit), wording.duration(most));
                let help = say!(lang, "rút còn {most} trở xuống", "make it {most} or less");
                report_duty(findings, &bounded, &wording, (at, &space, &case), |case, article| {
                    say!(
                        lang,
                        "{case}thời hạn {limit} dài hơn mức tối đa {most} của {article}",
                        "{case}a deadline of {limit} is longer than the {most} that {article} allows"
                    )
                })
                .help(help);
            }
        }
    }
}
