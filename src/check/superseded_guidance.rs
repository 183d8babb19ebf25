//! TT614: the basis is superseded guidance.

use super::prelude::*;
use jiff::civil::date;

use crate::model::citation::ActKey;
use crate::model::quantity::short_date;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT614"),
    name: "superseded-guidance",
    severity: Severity::Warning,
    title: Words::new("Căn cứ là thông tư hướng dẫn cũ", "The basis is superseded guidance"),
    why: Words::new(
        "Thông tư 01/2018/TT-VPCP đã được thay bằng Thông tư 03/2025/TT-VPCP từ 15/9/2025. Thông tư 02/2017/TT-VPCP có thể đã được thay bằng Thông tư 09/2026/TT-BTP từ 01/8/2026; toàn văn chưa đọc, nên đây chỉ là lời nhắc.",
        "Circular 01/2018/TT-VPCP gave way to Circular 03/2025/TT-VPCP on 15/9/2025. Circular 02/2017/TT-VPCP may have given way to Circular 09/2026/TT-BTP on 01/8/2026; that text has not been read, so this only reminds.",
    ),
    basis: Basis::Seen("Thông tư 03/2025/TT-VPCP; Thông tư 09/2026/TT-BTP (chỉ đọc số, ngày)"),
    wrong: r#"căn cứ pháp lý: tt-01-2018-vpcp"#,
    right: r#"căn cứ pháp lý: tt-03-2025-vpcp"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let superseded = [
        ("01/2018/TT-VPCP", date(2025, 9, 15), "03/2025/TT-VPCP"),
        ("02/2017/TT-VPCP", date(2026, 8, 1), "09/2026/TT-BTP"),
    ];
    let wording = findings.wording(plan);
    for cite in plan.body().basis.iter().flat_map(|basis| &basis.value) {
        let number = match (wording.find_act(&cite.act), &cite.act.key) {
            (Some(act), _) => act.number.as_str(),
            (None, ActKey::Number(number)) => number.as_str(),
            (None, ActKey::Id(_) | ActKey::Hole) => continue,
        };
        let Some((old, since, new)) = superseded.iter().find(|(old, _, _)| old.eq_ignore_ascii_case(number)) else {
            continue;
        };
        if plan.variant().as_of < *since || !written_for_the_day(plan, cite.act.span) {
            continue;
        }
        let since = short_date(*since);
        let message = say!(
            findings.lang,
            "Thông tư {old} đã có Thông tư {new} cùng lĩnh vực từ {since}",
            "Circular {old} has a successor in its field since {since}: {new}"
        );
        let help = say!(findings.lang, "đối chiếu rồi dẫn Thông tư {new}", "compare the texts and cite Circular {new}");
        findings.report(cite.act.span, message).help(help);
    }
}
