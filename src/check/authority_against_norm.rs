//! TT705: decided by another than an act says.

use super::prelude::*;
use crate::model::norm::Duty;
use crate::model::{Agency, Expr, Norm};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT705"),
    name: "authority-against-norm",
    severity: Severity::Error,
    title: Words::new("Thẩm quyền khác với luật", "Decided by another than an act says"),
    why: Words::new(
        "Một khối “quy định” nói cơ quan nào có thẩm quyền giải quyết. Thủ tục ghi cơ quan khác thì quyết định ban hành ra không đúng thẩm quyền, dù mọi bước đều đúng hạn.",
        "A norm says which agency decides. A procedure that names another leads to decisions without competence, however punctual.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  cơ quan có thẩm quyền: ubnd-xã theo Điều 8 nđ-118-2025 }
thủ tục 1.000001 "Ví dụ" {
    cơ quan có thẩm quyền: ubnd-tỉnh
}"#,
    right: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  cơ quan có thẩm quyền: ubnd-xã theo Điều 8 nđ-118-2025 }
thủ tục 1.000001 "Ví dụ" {
    cơ quan có thẩm quyền: ubnd-xã
}"#,
    run: Run::Norms(check),
};

fn check(plan: &ProcedurePlan<'_>, norms: &[Norm], findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    let Some(decided) = &plan.body().decided_by else { return };
    let conditions: Vec<&Expr> = decided.all_rules().into_iter().map(|rule| &rule.when).collect();
    for bounded in duties(plan, norms) {
        let Duty::DecidedBy { agencies, .. } = bounded.duty else { continue };
        let Some(lawful) = agencies.setting.given() else { continue };
        let (space, broken) = bounded.broken(plan, &conditions, |space, case| {
            let Some(value) = space.value(decided, case)?.value else { return Ok(None) };
            let named = value.setting.given().into_iter().flatten();
            let other = named.filter(|one| matches!(one.value, Agency::Register(_)));
            let other = other.filter(|one| lawful.iter().all(|lawful| lawful.value != one.value));
            Ok(other.map(|one| (one.span, one.value.clone())).next())
        });
        for (case, (at, agency)) in broken {
            let lang = findings.lang;
            let (agency, lawful) = (wording.agency(&agency), wording.agencies(lawful));
            let help = say!(lang, "ghi {lawful}, hoặc bổ sung căn cứ ủy quyền vào “quy định”", "write {lawful}");
            report_duty(findings, &bounded, &wording, (at, &space, &case), |case, article| {
                say!(
                    lang,
                    "{case}{agency} không có thẩm quyền: {article} giao cho {lawful}",
                    "{case}{agency} may not decide: {article} gives it to {lawful}"
                )
            })
            .help(help);
        }
    }
}
