//! TT613: an amended act is cited without its amendment.

use super::prelude::*;
use crate::model::Id;
use crate::resolve::registers::Act;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT613"),
    name: "amendment-not-cited",
    severity: Severity::Warning,
    title: Words::new(
        "Căn cứ đã sửa đổi mà không dẫn văn bản sửa đổi",
        "An amended act is cited without its amendment",
    ),
    why: Words::new(
        "Dẫn văn bản gốc mà bỏ văn bản sửa đổi thì người đọc tra ra quy định cũ. Danh mục văn bản ghi mỗi văn bản đã được sửa bởi văn bản nào.",
        "Who finds the act without its amendment reads the old rule. The register says which acts amend which.",
    ),
    basis: Basis::Seen("Nghị định 63/2010/NĐ-CP, sửa đổi bởi Nghị định 48/2013/NĐ-CP và Nghị định 92/2017/NĐ-CP"),
    wrong: r#"căn cứ pháp lý: nđ-63-2010"#,
    right: r#"căn cứ pháp lý: nđ-63-2010, nđ-48-2013, nđ-92-2017"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(basis) = plan.body().basis.as_ref().filter(|basis| written_for_the_day(plan, basis.span)) else { return };
    let day = plan.variant().as_of;
    let wording = findings.wording(plan);
    let cited: Vec<(&Act, Span)> =
        basis.iter().filter_map(|cite| Some((wording.find_act(&cite.act)?, cite.act.span))).collect();
    let applies = |act: &Act| act.in_force.contains(day) && act.signed.is_none_or(|signed| signed.0 <= day);
    // (where the amended act is cited, its id, the ids that lack)
    let mut lacking: Vec<(Span, &Id, Vec<&Id>)> = Vec::new();
    for (act, span) in cited.iter().filter(|(act, _)| act.in_force.contains(day)) {
        let lacks = act.amended_by.iter().filter(|id| {
            let amends = plan.registers.acts.get(id.as_str()).is_some_and(applies);
            amends && cited.iter().all(|(known, _)| known.id != **id)
        });
        let lacks: Vec<&Id> = lacks.collect();
        if !lacks.is_empty() && lacking.iter().all(|(_, known, _)| *known != &act.id) {
            lacking.push((*span, &act.id, lacks));
        }
    }
    let Some((first, _, _)) = lacking.first() else { return };
    let parts: Vec<String> = lacking
        .iter()
        .map(|(_, act, lacks)| {
            let lacks = lacks.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
            say!(findings.lang, "{act} đã được sửa bởi {lacks}", "{act} was amended by {lacks}")
        })
        .collect();
    let parts = parts.join("; ");
    let message = say!(
        findings.lang,
        "căn cứ chưa dẫn văn bản sửa đổi: {parts}",
        "the legal basis leaves out amendments: {parts}"
    );
    let help = say!(
        findings.lang,
        "thêm vào căn cứ pháp lý những văn bản sửa phần liên quan đến thủ tục này",
        "add to the legal basis those that amend what concerns this procedure"
    );
    let note = say!(findings.lang, "và văn bản này", "and this act");
    let others: Vec<Span> = lacking.iter().skip(1).map(|(span, _, _)| *span).collect();
    let first = *first;
    let found = findings.report(first, message);
    found.help(help);
    also_at(found, &others, &note);
}
