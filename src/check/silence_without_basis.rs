//! TT410: silence is taken for an answer without a basis.

use super::prelude::*;
use crate::model::Step;
use crate::model::process::ReactionKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT410"),
    name: "silence-without-basis",
    severity: Severity::Error,
    title: Words::new("Coi im lặng là trả lời mà không có căn cứ", "Silence is taken for an answer without a basis"),
    why: Words::new(
        "Không có quy định chung nào coi cơ quan im lặng là đồng ý hay không đồng ý. Chỉ luật chuyên ngành mới đặt ra điều đó, nên phải nêu điều khoản.",
        "No general rule takes an agency's silence for consent or for refusal. Only sector law can say so, and the provision is named.",
    ),
    basis: Basis::Inferred("khoản 1 Điều 8 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    lấy ý kiến { trách nhiệm: hộ-tịch-xã;  hỏi: công-an-xã;  thời gian: 02 ngày làm việc;  quá hạn: coi như đồng ý }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    lấy ý kiến { trách nhiệm: hộ-tịch-xã;  hỏi: công-an-xã;  thời gian: 02 ngày làm việc;  quá hạn: coi như đồng ý theo nđ-104-2022 }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for reaction in steps_of(plan.body()).into_iter().flat_map(Step::reactions) {
        if !reaction.cites.is_empty() {
            continue;
        }
        let message = match reaction.kind {
            ReactionKind::DeemedConsent => {
                say!(findings.lang, "coi im lặng là đồng ý phải có căn cứ", "taking silence for consent needs a basis")
            }
            ReactionKind::DeemedRefusal => {
                say!(
                    findings.lang,
                    "coi im lặng là không đồng ý phải có căn cứ",
                    "taking silence for refusal needs a basis"
                )
            }
            ReactionKind::Report(_)
            | ReactionKind::Refuse
            | ReactionKind::Stop
            | ReactionKind::ReturnTo(_)
            | ReactionKind::Steps(_)
            | ReactionKind::Hole => continue,
        };
        let help = say!(
            findings.lang,
            "thêm “theo …”; chưa biết thì ghi “theo chưa nhập”",
            "add `under …`; `under not yet given` if unknown"
        );
        findings.report(reaction.span, message).help(help);
    }
}
