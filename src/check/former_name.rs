//! TT606: a text calls a place or an agency by a name that it no longer bears.

use std::ops::Range;

use super::prelude::*;
use crate::model::Text;
use crate::model::quantity::short_date;
use crate::resolve::Registers;
use crate::resolve::act_mention::mentions;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT606"),
    name: "former-name",
    severity: Severity::Warning,
    title: Words::new("Câu chữ còn gọi tên cũ", "A text with a former name"),
    why: Words::new(
        "Đồng Nai là thành phố từ 30/4/2026, cấp huyện không còn từ 01/7/2025. Phần ghi bằng mã trong danh mục tự đổi theo; câu viết tay thì không, nên bảng niêm yết còn chỉ người dân đến nơi không còn tên ấy.",
        "Đồng Nai is a city since 30/4/2026, and there is no district level since 01/7/2025. What is written by id follows the register; a sentence does not, and the board still sends people to a place of that name.",
    ),
    basis: Basis::Sense,
    wrong: r#"ghi chú: "Trung tâm Phục vụ hành chính công tỉnh Đồng Nai""#,
    right: r#"ghi chú: "Trung tâm Phục vụ hành chính công thành phố Đồng Nai""#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let contacts = plan.body().contacts.iter().map(|one| &one.value).filter(|text| plan.is_fresh(text.span));
    let texts = labels(plan).into_iter().chain(notes(plan)).chain(contacts);
    let (registers, variant) = (plan.registers, plan.variant());
    for text in texts.filter(|text| written_for_the_day(plan, text.span)) {
        let searched = Folded::new(text);
        let mut marked: Vec<Range<usize>> = Vec::new();
        for name in registers.former_names(&searched.folded) {
            let here = name.at.is_none() || name.at == variant.place;
            let known = name.until < variant.as_of && here;
            let Some(place) = known.then(|| searched.find(&name.folded, 0)).flatten() else { continue };
            let overlaps = |other: &Range<usize>| other.start < place.end && place.start < other.end;
            if marked.iter().any(overlaps) || of_acts(text, registers).iter().any(overlaps) {
                continue;
            }
            let (said, last) = (searched.written(&place), short_date(name.until));
            let now = registers.called_now(name, variant.as_of);
            let message = match &name.ended {
                true => say!(findings.lang, "“{said}” không còn sau {last}", "“{said}” is no more after {last}"),
                false => say!(findings.lang, "“{said}” là tên đến {last}", "“{said}” was the name until {last}"),
            };
            let help = match name.ended {
                true => say!(
                    findings.lang,
                    "nhiệm vụ chuyển cho {now}: đối chiếu rồi viết lại câu này",
                    "{now} took over: compare and write the sentence anew"
                ),
                false => say!(findings.lang, "nay là {now}", "it is now {now}"),
            };
            findings.report(searched.span(&place), message).help(help);
            marked.push(place);
        }
    }
}

/// What a text says of acts: they keep the names of their time.
fn of_acts(text: &Text, registers: &Registers) -> Vec<Range<usize>> {
    let said = mentions(&text.value, registers).into_iter();
    said.flat_map(|mention| [Some(mention.at), mention.issuer, mention.about]).flatten().collect()
}
