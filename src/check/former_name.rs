//! TT606: a text calls a place or an agency by a name that it no longer bears.

use std::ops::Range;

use jiff::civil::Date;

use super::prelude::*;
use crate::model::Text;
use crate::model::quantity::short_date;
use crate::resolve::Registers;
use crate::resolve::act_mention::mentions;
use crate::resolve::registers::{FormerName, LevelName, Unit};
use crate::syntax::fold::fold;

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
    let texts: Vec<&Text> = labels(plan).into_iter().chain(notes(plan)).chain(contacts).collect();
    if texts.is_empty() {
        return;
    }
    let names = former_names(plan);
    for text in texts.into_iter().filter(|text| written_for_the_day(plan, text.span)) {
        let searched = Folded::new(text);
        let mut marked: Vec<Range<usize>> = Vec::new();
        for name in &names {
            let Some(place) = searched.find(&name.folded, 0) else { continue };
            let overlaps = |other: &Range<usize>| other.start < place.end && place.start < other.end;
            if marked.iter().any(overlaps) || of_acts(text, plan.registers).iter().any(overlaps) {
                continue;
            }
            let (said, last, now) = (searched.written(&place), short_date(name.until), &name.now);
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

/// A name that is no longer borne.
struct Former {
    folded: String,
    until: Date,
    now: String,
    /// Whether what bore it is no more.
    ended: bool,
}

/// Every such name on a day, the longer before those they hold.
fn former_names(plan: &ProcedurePlan<'_>) -> Vec<Former> {
    let (registers, day) = (plan.registers, plan.variant().as_of);
    let mut found = Vec::new();
    let mut renamed = |names: &[FormerName], now: &str| {
        for (name, until) in names.iter().filter_map(|name| Some((name, name.until?.0))) {
            if until < day {
                found.push(Former { folded: fold(&name.name), until, now: now.to_owned(), ended: false });
            }
        }
    };
    // Communes of one name lie in many provinces: there the place that is built tells which is meant.
    let place = plan.variant().place.as_deref();
    let is_meant = |unit: &&Unit| unit.level == LevelName::Province || place == Some(unit.path().as_str());
    registers.units.iter().filter(is_meant).for_each(|unit| renamed(&unit.names, unit.name_on(day)));
    registers.agencies.iter().for_each(|agency| renamed(&agency.names, agency.name_on(day)));
    for unit in registers.units.iter() {
        let (Some(until), Some(heir)) = (unit.valid.until, &unit.merged_into) else { continue };
        let now = registers.units.get(heir).map_or(heir.as_str(), |heir| heir.name_on(day));
        if until.0 < day {
            found.push(Former { folded: fold(&unit.name), until: until.0, now: now.to_owned(), ended: true });
        }
    }
    for agency in registers.agencies.iter() {
        let (Some(until), Some(heir)) = (agency.valid.until, &agency.merged_into) else { continue };
        let now = registers.agencies.get(heir.as_str()).map_or(heir.as_str(), |heir| heir.name_on(day));
        if until.0 >= day {
            continue;
        }
        let names = [&agency.name].into_iter().chain(&agency.short);
        // `Phòng Nội vụ` may be another office of that name; `Ủy ban nhân dân huyện` is none.
        let district = agency.aliases.iter().filter(|name| {
            agency.level == LevelName::District
                && ["huyện", "quận", "thị xã"].iter().any(|word| fold(name).ends_with(word))
        });
        for name in names.chain(district).filter(|name| name.contains(' ')) {
            found.push(Former { folded: fold(name), until: until.0, now: now.to_owned(), ended: true });
        }
    }
    found.sort_by(|one, other| (other.folded.len(), &one.folded).cmp(&(one.folded.len(), &other.folded)));
    found
}

/// What a text says of acts: they keep the names of their time.
fn of_acts(text: &Text, registers: &Registers) -> Vec<Range<usize>> {
    let said = mentions(&text.value, registers).into_iter();
    said.flat_map(|mention| [Some(mention.at), mention.issuer, mention.about]).flatten().collect()
}
