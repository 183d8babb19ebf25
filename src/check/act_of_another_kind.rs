//! TT611: what announces the procedure is no decision.

use super::prelude::*;
use crate::resolve::registers::ActKind;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT611"),
    name: "act-of-another-kind",
    severity: Severity::Error,
    title: Words::new("Văn bản công bố không phải quyết định", "What announces the procedure is no decision"),
    why: Words::new(
        "Thủ tục được công bố bằng quyết định của bộ trưởng hoặc chủ tịch Ủy ban nhân dân cấp tỉnh. Nghị định, thông tư quy định thủ tục thì thuộc về căn cứ pháp lý.",
        "A procedure is announced by a decision of the minister or the chairman of the province. A decree or circular that sets it belongs to the legal basis.",
    ),
    basis: Basis::Seen("Điều 13 và Điều 15 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"quyết định công bố: nđ-123-2015"#,
    right: r#"quyết định công bố: qđ-163-btp"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(act) = plan.body().announced.as_ref().and_then(|announced| announced.setting.given()) else { return };
    let wording = findings.wording(plan);
    let Some(entry) = wording.find_act(act).filter(|entry| entry.kind != ActKind::Decision) else { return };
    let (kind, number) = (entry.kind.vi().to_lowercase(), &entry.number);
    let message = say!(
        findings.lang,
        "văn bản công bố phải là quyết định, {number} là {kind}",
        "a procedure is announced by a decision; {number} is of another kind ({kind})"
    );
    let help = say!(
        findings.lang,
        "ghi quyết định công bố thủ tục này, và chuyển {number} vào “căn cứ pháp lý”",
        "give the decision that announces it, and move {number} to `legal basis`"
    );
    findings.report(act.span, message).help(help);
}
