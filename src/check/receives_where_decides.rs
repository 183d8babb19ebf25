//! TT603: received only where it is decided, though anywhere.

use super::prelude::*;
use crate::model::{Agency, ReceivingPlace};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT603"),
    name: "receives-where-decides",
    severity: Severity::Warning,
    title: Words::new(
        "Nộp ở đâu cũng được mà chỉ nơi quyết định tiếp nhận",
        "Received only where it is decided, though anywhere",
    ),
    why: Words::new(
        "Tiếp nhận không phụ thuộc địa giới là nộp ở bất kỳ Bộ phận Một cửa nào trong tỉnh. Ghi nơi tiếp nhận chính là cơ quan quyết định thì trái với điều đó: thường là lẫn thẩm quyền với nơi nộp.",
        "Regardless of boundaries means at any one-stop of the province. A place of reception that is the deciding agency itself says the contrary: competence and reception were mostly confused.",
    ),
    basis: Basis::Seen("khoản 2 Điều 14 Nghị định 118/2025/NĐ-CP"),
    wrong: r#"cơ quan có thẩm quyền: ubnd-xã
nơi tiếp nhận: ubnd-xã, không phụ thuộc địa giới"#,
    right: r#"cơ quan có thẩm quyền: ubnd-xã
nơi tiếp nhận: trung-tâm-pvhcc, không phụ thuộc địa giới"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let (Some(received), Some(decided)) = (&body.received_at, &body.decided_by) else { return };
    let deciding: Vec<&Agency> = decided
        .values()
        .into_iter()
        .filter_map(|value| value.setting.given())
        .flatten()
        .map(|agency| &agency.value)
        .collect();
    for places in received.values().into_iter().filter_map(|value| value.setting.given()) {
        let Some(anywhere) = places.iter().find(|place| place.value == ReceivingPlace::NotBound) else { continue };
        for place in places {
            let ReceivingPlace::Agency(agency) = &place.value else { continue };
            let named = matches!(agency, Agency::Register(_) | Agency::Text(_));
            if *agency != Agency::Deciding && !(named && deciding.contains(&agency)) {
                continue;
            }
            let name = findings.wording(plan).agency(agency);
            let message = say!(
                findings.lang,
                "nơi tiếp nhận là chính cơ quan có thẩm quyền ({name}), trong khi nộp không phụ thuộc địa giới",
                "the file is received by the deciding agency ({name}), though one may file anywhere"
            );
            let note = say!(findings.lang, "nộp ở đâu cũng được", "anywhere");
            let help = say!(
                findings.lang,
                "ghi Bộ phận Một cửa tiếp nhận (trung-tâm-pvhcc), hoặc bỏ “không phụ thuộc địa giới”",
                "write the one-stop that receives it (trung-tâm-pvhcc), or leave out `regardless of boundaries`"
            );
            findings.report(place.span, message).also(anywhere.span, note).help(help);
        }
    }
}
