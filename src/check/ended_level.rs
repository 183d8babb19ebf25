//! TT601: the district level has ended.

use super::prelude::*;
use jiff::civil::date;

use crate::model::Level;
use crate::resolve::registers::LevelName;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT601"),
    name: "ended-level",
    severity: Severity::Error,
    title: Words::new("Cấp huyện đã kết thúc", "The district level has ended"),
    why: Words::new(
        "Từ 01/7/2025 chính quyền địa phương chỉ còn cấp tỉnh và cấp xã. Thủ tục còn ghi cấp huyện thì người dân nộp vào một cơ quan không còn nữa.",
        "Since 01/7/2025 there are provinces and communes only. A procedure that still names the district sends people to an agency that is no more.",
    ),
    basis: Basis::Seen("Nghị định 118/2025/NĐ-CP"),
    wrong: r#"cấp thực hiện: huyện
cơ quan có thẩm quyền: ubnd-huyện"#,
    right: r#"cấp thực hiện: xã
cơ quan có thẩm quyền: ubnd-xã"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    if plan.variant().as_of <= date(2025, 6, 30) {
        return;
    }
    for level in plan.body().levels.iter().flat_map(|levels| &levels.value) {
        if level.value == Level::District && written_for_the_day(plan, level.span) {
            let message =
                say!(findings.lang, "cấp huyện không còn từ 01/7/2025", "there is no district level since 01/7/2025");
            let help = say!(
                findings.lang,
                "ghi cấp đã nhận thẩm quyền: xã hoặc tỉnh",
                "write the level that took over: commune or province"
            );
            findings.report(level.span, message).help(help);
        }
    }
    for (agency, places) in agencies_named(plan) {
        let Some((first, others)) = places.split_first().filter(|_| agency.level == LevelName::District) else {
            continue;
        };
        let name = &agency.name;
        let message = say!(findings.lang, "“{name}” không còn từ 01/7/2025", "“{name}” is no more since 01/7/2025");
        let heir = agency.merged_into.as_ref().and_then(|id| plan.registers.agencies.get(id.as_str()));
        let help = match heir {
            Some(heir) => {
                let (id, name) = (&heir.id, &heir.name);
                say!(
                    findings.lang,
                    "việc này thường đã chuyển cho {id} ({name}); đối chiếu văn bản phân định thẩm quyền",
                    "its work mostly went to {id} ({name}); check the act that assigns it"
                )
            }
            None => say!(
                findings.lang,
                "ghi cơ quan cấp xã hoặc cấp tỉnh đã nhận thẩm quyền",
                "write the commune's or province's agency that took over"
            ),
        };
        let note = say!(findings.lang, "và ở đây", "and here");
        let found = findings.report(*first, message);
        found.help(help);
        also_at(found, others, &note);
    }
}
