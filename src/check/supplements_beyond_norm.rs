//! TT703: more supplements than an act allows.

use super::prelude::*;
use crate::model::Norm;
use crate::model::norm::Duty;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT703"),
    name: "supplements-beyond-norm",
    severity: Severity::Error,
    title: Words::new("Bổ sung nhiều lần hơn luật cho phép", "More supplements than an act allows"),
    why: Words::new(
        "Một khối “quy định” đặt số lần tối đa được yêu cầu bổ sung hồ sơ. Nhiều hơn là bắt người dân đi lại trái luật; luật chuyên ngành cho phép nhiều hơn thì nêu căn cứ sau số lần.",
        "A norm says how often a file may be sent back to be supplemented. More often is unlawful, unless a special law that is cited with the number allows it.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  bổ sung: không vượt 01 lần theo Điều 8 nđ-118-2025 }
thủ tục 1.000001 "Ví dụ" {
    quy trình {
        tiếp nhận { trách nhiệm: một-cửa;  bổ sung { tối đa: 02 lần theo Điều 9 nđ-118-2025;  tính thời hạn: tính lại từ đầu } }
        ký { trách nhiệm: lãnh-đạo-ubnd-xã }
        trả kết quả { trách nhiệm: một-cửa }
    }
}"#,
    right: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  bổ sung: không vượt 01 lần theo Điều 8 nđ-118-2025 }
thủ tục 1.000001 "Ví dụ" {
    quy trình {
        tiếp nhận { trách nhiệm: một-cửa;  bổ sung { tối đa: 01 lần theo Điều 9 nđ-118-2025;  tính thời hạn: tính lại từ đầu } }
        ký { trách nhiệm: lãnh-đạo-ubnd-xã }
        trả kết quả { trách nhiệm: một-cửa }
    }
}"#,
    run: Run::Norms(check),
};

fn check(plan: &ProcedurePlan<'_>, norms: &[Norm], findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    let duties = duties(plan, norms);
    for step in steps_of(plan.body()) {
        let supplement = step.supplement.iter().map(|supplement| &supplement.value).filter(|one| one.allowed);
        let Some(maximum) = supplement.filter_map(|one| one.maximum.as_ref()).next() else { continue };
        let Some(&rounds) = maximum.setting.given() else { continue };
        for bounded in &duties {
            let Duty::Supplement { at_most, cites, .. } = bounded.duty else { continue };
            // A special law may allow more; without any basis TT408 tells of more than two rounds.
            let special = maximum.cites.iter().any(|own| cites.iter().all(|cite| cite.act.key != own.act.key));
            if rounds <= *at_most || (special && *at_most >= 2) || (rounds > 2 && maximum.cites.is_empty()) {
                continue;
            }
            let (space, broken) = bounded.broken(plan, &[], |_, _| Ok(Some(())));
            for (case, ()) in broken {
                let lang = findings.lang;
                let help = say!(lang, "không quá {at_most:02} lần", "at most {at_most} rounds");
                report_duty(findings, bounded, &wording, (maximum.span, &space, &case), |case, article| {
                    say!(
                        lang,
                        "{case}được bổ sung {rounds:02} lần, {article} cho phép không quá {at_most:02} lần",
                        "{case}{rounds} supplements, {article} allows at most {at_most}"
                    )
                })
                .help(help);
            }
        }
    }
}
