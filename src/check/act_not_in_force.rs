//! TT612: an act that is not in force is cited.

use super::prelude::*;
use crate::model::Register;
use crate::model::citation::ActKey;
use crate::model::quantity::short_date;
use crate::resolve::registers::Act;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT612"),
    name: "act-not-in-force",
    severity: Severity::Error,
    title: Words::new("Dẫn văn bản không còn, hoặc chưa có hiệu lực", "An act that is not in force is cited"),
    why: Words::new(
        "Căn cứ đã hết hiệu lực thì không ai bị ràng buộc bởi mức phí, thời hạn hay giấy tờ dẫn theo đó. Sửa căn cứ rồi đối chiếu lại nội dung với văn bản thay thế.",
        "Where the act is no more, nobody is bound by the fee, limit or paper that rests on it. Cite what replaced it, and compare the content with the new text.",
    ),
    basis: Basis::Seen("điểm b khoản 1 Điều 15 và Điều 16 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"căn cứ pháp lý: nđ-42-2022"#,
    right: r#"căn cứ pháp lý: nđ-224-2026"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let day = plan.variant().as_of;
    let wording = findings.wording(plan);
    for (act, places) in acts_named(plan) {
        let Some((first, others)) = places.split_first().filter(|_| !act.in_force.contains(day)) else { continue };
        let name = act.called();
        let message = match act.in_force.until.filter(|until| until.0 < day) {
            Some(until) => {
                let until = short_date(until.0);
                say!(findings.lang, "{name} chỉ có hiệu lực đến {until}", "{name} was in force until {until} only")
            }
            None => {
                let (from, day) =
                    (act.in_force.from.map_or_else(String::new, |from| short_date(from.0)), short_date(day));
                say!(
                    findings.lang,
                    "{name} có hiệu lực từ {from}, ngày {day} chưa áp dụng",
                    "{name} is in force from {from}, not yet on {day}"
                )
            }
        };
        let heirs: Vec<String> = act
            .replaced_by
            .iter()
            .map(|id| match wording.registers.acts.get(id.as_str()) {
                Some(heir) => format!("{id} ({} {})", heir.kind.vi(), heir.number),
                None => id.to_string(),
            })
            .collect();
        let heirs = heirs.join(", ");
        let help = match heirs.is_empty() {
            false => say!(
                findings.lang,
                "đã được thay bằng {heirs}: đối chiếu nội dung rồi dẫn văn bản mới",
                "it was replaced by {heirs}: compare the content and cite the new act"
            ),
            true => say!(
                findings.lang,
                "dẫn văn bản đang có hiệu lực, hoặc sửa thời gian trong registers/acts.yaml",
                "cite an act that is in force, or correct its dates in registers/acts.yaml"
            ),
        };
        let note = say!(findings.lang, "và dẫn ở đây", "and cited here");
        let found = findings.report(*first, message);
        found.help(help);
        also_at(found, others, &note);
        if !act.confirmed {
            found.severity = Severity::Warning;
        }
    }
}

/// The acts of the register that a procedure cites, each with every place where it does.
fn acts_named<'a>(plan: &ProcedurePlan<'a>) -> Vec<(&'a Act, Vec<Span>)> {
    let body = plan.body();
    let made_against = body.based_on.as_ref().map(|act| act.span);
    let mut named: Vec<(&Act, Vec<Span>)> = Vec::new();
    let mut places: Vec<(&str, Span)> = body
        .names
        .iter()
        .filter(|name| {
            name.register == Register::Acts && plan.effective.holds(name.span) && Some(name.span) != made_against
        })
        .map(|name| (name.key.as_str(), name.span))
        .collect();
    for cite in plan.effective.layers.iter().flat_map(|overlay| &overlay.cites) {
        match &cite.act.key {
            ActKey::Id(id) => places.push((id.as_str(), cite.act.span)),
            ActKey::Number(number) => places.push((number, cite.act.span)),
            ActKey::Hole => {}
        }
    }
    places.retain(|(_, span)| written_for_the_day(plan, *span));
    places.sort_by_key(|(_, span)| *span);
    for (key, span) in places {
        let Some(act) = plan.registers.act(key) else { continue };
        match named.iter_mut().find(|(known, _)| known.id == act.id) {
            Some((_, spans)) if spans.contains(&span) => {}
            Some((_, spans)) => spans.push(span),
            None => named.push((act, vec![span])),
        }
    }
    named
}
