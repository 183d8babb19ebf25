//! TT408: supplements without a limit.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT408"),
    name: "loose-supplement",
    severity: Severity::Warning,
    title: Words::new("Bổ sung hồ sơ không có giới hạn", "Supplements without a limit"),
    why: Words::new(
        "Người dân không phải đi lại quá hai lần để bổ sung hồ sơ, trừ khi không làm theo hướng dẫn. Không nêu số lần thì hồ sơ có thể bị trả đi trả lại mãi mà không ai thấy trễ hạn.",
        "Nobody need come more than twice to supplement a file, unless they did not follow the guidance. Without a number a file can be sent back for ever and never be late.",
    ),
    basis: Basis::Seen("khoản 4 Điều 20 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa;  bổ sung { tính thời hạn: tính lại từ đầu } }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa;  bổ sung { tối đa: 02 lần;  tính thời hạn: tính lại từ đầu } }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for step in steps_of(plan.body()) {
        let Some(supplement) = step.supplement.as_ref().filter(|supplement| supplement.value.allowed) else { continue };
        let Some(maximum) = &supplement.value.maximum else {
            let message =
                say!(findings.lang, "chưa nêu được bổ sung tối đa mấy lần", "how often one may supplement is not said");
            let help = say!(
                findings.lang,
                "thêm “tối đa: 02 lần”, hoặc số lần mà luật chuyên ngành quy định; chưa biết thì ghi “tối đa: chưa nhập”",
                "add `maximum: 02 rounds`, or what sector law says; `maximum: not yet given` if unknown"
            );
            findings.report(supplement.span, message).help(help);
            continue;
        };
        if let Some(rounds) = maximum.setting.given().filter(|rounds| **rounds > 2 && maximum.cites.is_empty()) {
            let message = say!(
                findings.lang,
                "bổ sung tới {rounds:02} lần mà không nêu căn cứ",
                "{rounds} supplements are allowed without a basis"
            );
            let help = say!(
                findings.lang,
                "không quá 02 lần, hoặc thêm “theo …” văn bản cho phép nhiều hơn",
                "at most 02 rounds, or add `under …` and the act that allows more"
            );
            findings.report(maximum.span, message).help(help);
        }
    }
}
