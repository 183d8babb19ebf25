//! TT105: no act of the legal basis is of a kind that may set a procedure.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT105"),
    name: "incompetent-basis",
    severity: Severity::Error,
    title: Words::new("Căn cứ không phải văn bản được đặt ra thủ tục", "The legal basis may not set procedures"),
    why: Words::new(
        "Thủ tục hành chính chỉ được quy định trong văn bản quy phạm pháp luật do cơ quan có thẩm quyền ban hành. Công văn, chỉ thị, công điện chỉ hướng dẫn nội bộ, không đặt ra được giấy tờ hay điều kiện cho người dân.",
        "A procedure is set only by a normative legal document of a competent authority. Dispatches, directives and telegrams guide offices; they cannot ask papers or conditions of people.",
    ),
    basis: Basis::Seen("khoản 1 Điều 8 Nghị định 63/2010/NĐ-CP"),
    wrong: "căn cứ pháp lý: cv-9494-2026-btc",
    right: "căn cứ pháp lý: nđ-123-2015, nđ-07-2025, cv-9494-2026-btc",
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(basis) = &plan.body().basis else {
        return;
    };
    let wording = findings.wording(plan);
    let known: Vec<_> = basis.value.iter().filter_map(|cite| wording.find_act(&cite.act)).collect();
    if known.is_empty() || known.iter().any(|act| act.kind.may_set_procedures()) {
        return;
    }
    let Some(span) = basis.value.iter().map(|cite| cite.span).reduce(crate::source::Span::to) else {
        return;
    };
    let names: Vec<String> = known.iter().map(|act| act.called()).collect();
    let names = names.join(", ");
    let message = say!(
        findings.lang,
        "căn cứ chỉ gồm văn bản không được đặt ra thủ tục: {names}",
        "the legal basis is only of kinds that cannot set a procedure: {names}"
    );
    let help = say!(
        findings.lang,
        "thêm luật, nghị định, thông tư hoặc văn bản quy phạm pháp luật khác quy định thủ tục này; chưa biết thì ghi chưa nhập",
        "add the law, decree, circular or other normative act that sets this procedure; `not yet given` if unknown"
    );
    findings.report(span, message).help(help);
}
