//! TT501: the process lacks a step.

use super::prelude::*;
use crate::model::process::Performs;
use crate::model::{Outcome, Ref, StepKind};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT501"),
    name: "incomplete-process",
    severity: Severity::Warning,
    title: Words::new("Quy trình còn thiếu bước", "The process lacks a step"),
    why: Words::new(
        "Quy trình nội bộ bắt đầu bằng tiếp nhận, có người ký hoặc quyết định, và kết thúc bằng trả kết quả. Thiếu một trong ba thì phần mềm một cửa không cấu hình được, hoặc hồ sơ dừng giữa chừng.",
        "An internal process begins with reception, somebody signs or decides, and the result is returned. Without one of the three the software cannot be configured, or files stop halfway.",
    ),
    basis: Basis::Recalled,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let steps = steps_of(body);
    let Some(place) = process_head(body).filter(|_| plan.flow.is_some()) else { return };
    // A shared process may hold any of them, and another procedure that is performed decides for itself.
    if steps.iter().any(|step| matches!(step.performs, Some(Performs::Subprocess(_)))) {
        return;
    }
    let has = |kind| steps.iter().any(|step| step.kind == kind);
    let decides = has(StepKind::Sign)
        || steps.iter().any(|step| matches!(step.performs, Some(Performs::Procedure(_))))
        || steps.iter().flat_map(|step| &step.produces).flat_map(|products| products.values()).any(|value| {
            let outcomes = value.setting.given().into_iter().flatten();
            outcomes.into_iter().any(|product| body.outcomes.iter().any(|one| !one.negative && is(one, product)))
        });
    let parts = [
        (has(StepKind::Receive), Words::new("tiếp nhận", "reception")),
        (decides, Words::new("ký (hoặc quyết định)", "signing (or deciding)")),
        (has(StepKind::Return), Words::new("trả kết quả", "returning the result")),
    ];
    let missing: Vec<&str> = parts.iter().filter(|(has, _)| !has).map(|(_, name)| name.get(findings.lang)).collect();
    if missing.is_empty() {
        return;
    }
    let list = missing.join(", ");
    let message = say!(findings.lang, "quy trình chưa có bước {list}", "the process has no step for {list}");
    let help = say!(
        findings.lang,
        "khung thường gặp: tiếp nhận, phân công, thẩm định, trình, ký, phát hành (văn thư), trả kết quả",
        "the usual steps: receive, assign, appraise, submit up, sign, issue (document office), return result"
    );
    findings.report(place, message).help(help);
}

fn is(outcome: &Outcome, product: &Ref) -> bool {
    product.names(outcome.id.as_ref().map(|id| &id.value), Some(&outcome.name.value))
}
