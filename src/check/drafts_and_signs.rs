//! TT517: who appraises a file also signs the result.

use super::prelude::*;
use crate::model::StepKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT517"),
    name: "drafts-and-signs",
    severity: Severity::Warning,
    title: Words::new("Một người vừa thẩm định vừa ký", "One role both appraises and signs"),
    why: Words::new(
        "Người thẩm định, soạn thảo và người ký duyệt thường phải khác nhau, để có người kiểm tra lại. Trùng nhau thường là ghi nhầm chức danh.",
        "Whoever appraises and drafts and whoever signs are mostly different, so that somebody looks again. Where they are one, a role was mostly written by mistake.",
    ),
    basis: Basis::Recalled,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định { trách nhiệm: hộ-tịch-xã }
    ký { trách nhiệm: hộ-tịch-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định { trách nhiệm: hộ-tịch-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(flow) = &plan.flow else { return };
    let appraising: Vec<usize> =
        flow.steps().filter(|(_, _, step)| step.kind == StepKind::Appraise).map(|(_, node, _)| node.lane).collect();
    for (_, node, step) in flow.steps() {
        // Others may appraise too: then somebody does look again.
        let alone = !appraising.is_empty() && appraising.iter().all(|lane| *lane == node.lane);
        if step.kind != StepKind::Sign || !alone || !plan.is_fresh(step.head) {
            continue;
        }
        let role = findings.wording(plan).lane_name(&flow.lanes[node.lane]);
        let message = say!(findings.lang, "{role} vừa thẩm định vừa ký", "{role} both appraises and signs");
        let help = say!(
            findings.lang,
            "kiểm tra lại chức danh; đúng như vậy thì ghi bỏ qua TT517: \"lý do\"",
            "check the role; where it is right, say `ignore TT517: \"reason\"`"
        );
        findings.report(step.head, message).help(help);
    }
}
