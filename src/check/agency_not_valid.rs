//! TT602: an agency that is no more, or not yet.

use super::prelude::*;
use crate::model::quantity::short_date;
use crate::resolve::registers::LevelName;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT602"),
    name: "agency-not-valid",
    severity: Severity::Warning,
    title: Words::new("Cơ quan không còn, hoặc chưa có", "An agency that is no more, or not yet"),
    why: Words::new(
        "Nhiều bộ, sở đã sáp nhập năm 2025. Thủ tục còn ghi tên cũ thì thông báo, sơ đồ và phần mềm đều chỉ sai nơi; danh mục cơ quan ghi từ ngày nào và nhập vào đâu.",
        "Many ministries and departments merged in 2025. With the old name the notice, the chart and the software all point to the wrong place; the register says since when, and into what.",
    ),
    basis: Basis::Recalled,
    wrong: r#"cơ quan phối hợp: bộ-tn-mt"#,
    right: r#"cơ quan phối hợp: bộ-nn-mt"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let day = plan.variant().as_of;
    for (agency, places) in agencies_named(plan) {
        // That the district level ended is TT601.
        if agency.valid.contains(day) || agency.level == LevelName::District {
            continue;
        }
        let Some((first, others)) = places.split_first() else { continue };
        let name = &agency.name;
        let message = match agency.valid.until.filter(|until| until.0 < day) {
            Some(until) => {
                let until = short_date(until.0);
                say!(findings.lang, "“{name}” chỉ có đến {until}", "“{name}” existed until {until} only")
            }
            None => {
                let (from, day) =
                    (agency.valid.from.map_or_else(String::new, |from| short_date(from.0)), short_date(day));
                say!(
                    findings.lang,
                    "“{name}” chỉ có từ {from}, ngày {day} chưa có",
                    "“{name}” exists from {from}, not yet on {day}"
                )
            }
        };
        let heir = agency.merged_into.as_ref().and_then(|id| plan.registers.agencies.get(id.as_str()));
        let help = match heir {
            Some(heir) => {
                let (id, name) = (&heir.id, &heir.name);
                say!(
                    findings.lang,
                    "đã nhập vào {id} ({name}): thay bằng tên này",
                    "it merged into {id} ({name}): write that"
                )
            }
            None => say!(
                findings.lang,
                "thay bằng cơ quan đang làm việc này, hoặc sửa thời gian trong registers/agencies.yaml",
                "write the agency that does this now, or correct its dates in registers/agencies.yaml"
            ),
        };
        let note = say!(findings.lang, "và ở đây", "and here");
        let found = findings.report(*first, message);
        found.help(help);
        also_at(found, others, &note);
    }
}
