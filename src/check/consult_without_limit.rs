//! TT411: an agency is consulted without a limit.

use super::prelude::*;
use crate::model::StepKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT411"),
    name: "consult-without-limit",
    severity: Severity::Warning,
    title: Words::new("Lấy ý kiến không có hạn trả lời", "An agency is consulted without a limit"),
    why: Words::new(
        "Cơ quan được hỏi thường trả lời muộn hoặc không trả lời, và hồ sơ trễ vì thế. Mỗi lần lấy ý kiến phải nói hỏi trong bao lâu và quá hạn thì làm gì; thời gian chung của giai đoạn không thay được.",
        "Consulted agencies often answer late or never, and files are late for it. Each consultation says how long it may take and what happens then; the budget of a stage does not say it.",
    ),
    basis: Basis::Recalled,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    lấy ý kiến { trách nhiệm: hộ-tịch-xã;  hỏi: công-an-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    lấy ý kiến { trách nhiệm: hộ-tịch-xã;  hỏi: công-an-xã;  thời gian: 02 ngày làm việc;  quá hạn: báo cáo lãnh-đạo-ubnd-xã }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for step in steps_of(plan.body()).into_iter().filter(|step| step.kind == StepKind::Consult) {
        let message = match (&step.time, &step.overdue) {
            (Some(_), Some(_)) => continue,
            (None, Some(_)) => {
                say!(
                    findings.lang,
                    "lấy ý kiến mà chưa nêu thời gian trả lời",
                    "the consultation has no time to answer"
                )
            }
            (Some(_), None) => say!(
                findings.lang,
                "lấy ý kiến mà chưa nêu quá hạn thì làm gì",
                "the consultation does not say what happens when no answer comes"
            ),
            (None, None) => say!(
                findings.lang,
                "lấy ý kiến mà chưa nêu thời gian trả lời và quá hạn thì làm gì",
                "the consultation has neither a time to answer nor what happens when no answer comes"
            ),
        };
        let help = say!(
            findings.lang,
            "thêm “thời gian: …” và “quá hạn: báo cáo …”; chưa biết thì ghi “chưa nhập”",
            "add `time: …` and `overdue: report to …`; `not yet given` if unknown"
        );
        findings.report(step.head, message).help(help);
    }
}
