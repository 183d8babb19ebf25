//! TT409: time left out of the limit without a basis.

use super::prelude::*;
use crate::model::process::{ClockEffect, Responsible, StepTime, Supplement};
use crate::model::{ByCase, Node, StepKind};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT409"),
    name: "uncounted-without-basis",
    severity: Severity::Error,
    title: Words::new("Thời gian không tính mà không có căn cứ", "Time left out of the limit without a basis"),
    why: Words::new(
        "Thời hạn chạy liên tục, trừ khi luật có quy định khác. Mỗi khoảng không tính vào thời hạn, mỗi lần tạm dừng đều kéo ngày trả ra, nên phải chỉ ra chỗ luật cho phép.",
        "A time limit runs on unless the law says otherwise. Whatever is left out or suspended moves the date people were promised, so it names the provision that allows it.",
    ),
    basis: Basis::Inferred("khoản 1 Điều 145 Bộ luật Dân sự 2015"),
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    niêm yết "Niêm yết công khai" { trách nhiệm: hộ-tịch-xã;  thời gian: 15 ngày, không tính }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    niêm yết "Niêm yết công khai" { trách nhiệm: hộ-tịch-xã;  thời gian: 15 ngày, không tính theo luật-đất-đai-2024 }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(process) = process_of(plan.body()) else { return };
    visit(&process.nodes, &mut |node| match node {
        Node::Step(step) => {
            let by_system = step.responsible.iter().flat_map(|by| by.values());
            let automatic = by_system.into_iter().any(|value| value.setting.given() == Some(&Responsible::System));
            if step.kind != StepKind::Return && !automatic && step.cites.is_empty() {
                uncounted(step.time.as_ref(), findings);
            }
            if let Some(supplement) = &step.supplement {
                uncounted(supplement.value.time.as_ref(), findings);
                suspended(&supplement.value, findings);
            }
        }
        Node::Stage(stage) => uncounted(stage.time.as_ref(), findings),
        Node::Parallel(parallel) => uncounted(parallel.time.as_ref(), findings),
        Node::Choice(_) => {}
    });
}

fn uncounted(time: Option<&ByCase<StepTime>>, findings: &mut Findings<'_>) {
    let Some(time) = time else { return };
    let general = time.general.as_ref().is_some_and(|value| !value.cites.is_empty());
    for value in time.values() {
        let left_out =
            matches!(value.setting.given(), Some(StepTime::NotCounted | StepTime::For { counted: false, .. }));
        if left_out && value.cites.is_empty() && !general {
            let message = say!(
                findings.lang,
                "thời gian không tính vào thời hạn phải có căn cứ",
                "time that is not counted needs a basis"
            );
            report(findings, value.span, message);
        }
    }
}

fn suspended(supplement: &Supplement, findings: &mut Findings<'_>) {
    let Some(clock) = &supplement.clock else { return };
    if clock.setting.given() == Some(&ClockEffect::Suspend) && clock.cites.is_empty() {
        let message = say!(
            findings.lang,
            "tạm dừng thời hạn khi bổ sung phải có căn cứ",
            "suspending the clock for a supplement needs a basis"
        );
        report(findings, clock.span, message);
    }
}

fn report(findings: &mut Findings<'_>, span: Span, message: String) {
    let help = say!(
        findings.lang,
        "thêm “theo …”; chưa biết thì ghi “theo chưa nhập”",
        "add `under …`; `under not yet given` if unknown"
    );
    findings.report(span, message).help(help);
}
