//! TT510: an outcome that no step makes.

use super::prelude::*;
use crate::model::StepKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT510"),
    name: "outcome-never-made",
    severity: Severity::Warning,
    title: Words::new("Kết quả không bước nào làm ra", "An outcome that no step makes"),
    why: Words::new(
        "Thông báo hứa một kết quả mà quy trình không có bước nào làm ra, tức là một trong hai chỗ thiếu. Bước ký hoặc phát hành phải ghi kết quả ấy ở “sản phẩm”.",
        "The notice promises an outcome that no step of the process makes: one of the two is incomplete. The step that signs or issues it says so with `produces`.",
    ),
    basis: Basis::Sense,
    wrong: r#"kết quả { giấy-phép "Giấy phép" { bản chính: 01 } }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"kết quả { giấy-phép "Giấy phép" { bản chính: 01 } }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  sản phẩm: giấy-phép }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    if plan.flow.is_none() {
        return;
    }
    let steps = steps_of(body);
    let products: Vec<_> =
        steps.iter().flat_map(|step| &step.produces).flat_map(|products| products.values()).collect();
    // What is performed elsewhere, or not yet given, may be what makes it.
    let elsewhere = steps.iter().any(|step| step.performs.is_some() || step.kind == StepKind::Perform);
    if elsewhere || products.iter().any(|value| value.setting.given().is_none()) {
        return;
    }
    let made: Vec<_> = products.iter().filter_map(|value| value.setting.given()).flatten().collect();
    for outcome in body.outcomes.iter().filter(|outcome| !outcome.negative) {
        let id = outcome.id.as_ref();
        if made.iter().any(|one| one.names(id.map(|id| &id.value), Some(&outcome.name.value))) {
            continue;
        }
        let name = &outcome.name.value;
        let message = say!(findings.lang, "không bước nào làm ra “{name}”", "no step makes “{name}”");
        let key = id.map_or_else(|| format!("\"{name}\""), |id| id.value.to_string());
        let help = say!(
            findings.lang,
            "ghi ở bước ký hoặc phát hành: sản phẩm: {key}",
            "write in the step that signs or issues it: produces: {key}"
        );
        findings.report(id.map_or(outcome.name.span, |id| id.span), message).help(help);
    }
}
