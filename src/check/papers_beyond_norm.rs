//! TT704: more papers than an act allows.

use super::prelude::*;
use crate::model::norm::Duty;
use crate::model::{Expr, Norm};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT704"),
    name: "papers-beyond-norm",
    severity: Severity::Error,
    title: Words::new("Nhiều giấy tờ hơn luật cho phép", "More papers than an act allows"),
    why: Words::new(
        "Một khối “quy định” đặt số giấy tờ tối đa của hồ sơ. Hồ sơ đòi nhiều hơn thì phần vượt là giấy tờ không ai được phép yêu cầu.",
        "A norm says how many papers a dossier may have. Those beyond it nobody may ask for.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  thành phần hồ sơ: không vượt 01 giấy tờ theo Điều 8 nđ-118-2025 }
thủ tục 1.000001 "Ví dụ" {
    thành phần hồ sơ: 01 bộ {
        nộp "Bản vẽ" { bản chính: 01 }
        nộp "Bản thuyết minh" { bản chính: 01 }
    }
}"#,
    right: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  thành phần hồ sơ: không vượt 01 giấy tờ theo Điều 8 nđ-118-2025 }
thủ tục 1.000001 "Ví dụ" {
    thành phần hồ sơ: 01 bộ {
        nộp "Bản vẽ" { bản chính: 01 }
    }
}"#,
    run: Run::Norms(check),
};

fn check(plan: &ProcedurePlan<'_>, norms: &[Norm], findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    let Some(dossier) = &plan.body().dossier else { return };
    let day = plan.variant().as_of;
    let asked: Vec<_> = dossier.documents.iter().filter(|one| one.valid.contains(day)).collect();
    for bounded in duties(plan, norms) {
        let Duty::Papers { at_most, .. } = bounded.duty else { continue };
        let conditions: Vec<&Expr> = asked.iter().filter_map(|document| document.when.as_ref()).collect();
        let (space, broken) = bounded.broken(plan, &conditions, |space, case| {
            let mut count = 0_u32;
            for document in &asked {
                count += u32::from(space.applies(document.when.as_ref(), case)?);
            }
            Ok((count > *at_most).then_some(count))
        });
        for (case, count) in broken {
            let lang = findings.lang;
            let help =
                say!(lang, "bỏ giấy tờ mà văn bản không cho phép yêu cầu", "leave out what may not be asked for");
            report_duty(findings, &bounded, &wording, (dossier.span, &space, &case), |case, article| {
                say!(
                    lang,
                    "{case}hồ sơ có {count:02} giấy tờ, {article} cho phép không quá {at_most:02}",
                    "{case}the dossier has {count} papers, {article} allows at most {at_most}"
                )
            })
            .help(help);
        }
    }
}
