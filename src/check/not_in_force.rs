//! TT624: the procedure is not in force on the day of the build.

use super::prelude::*;
use crate::model::quantity::short_date;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT624"),
    name: "not-in-force",
    severity: Severity::Info,
    title: Words::new(
        "Thủ tục không có hiệu lực vào ngày dựng",
        "The procedure is not in force on the day of the build",
    ),
    why: Words::new(
        "Không được niêm yết thủ tục đã hết hoặc chưa có hiệu lực. Thủ tục này vẫn được kiểm tra nhưng không có trong bản dựng; dựng vào ngày khác bằng --as-of.",
        "A procedure that is no more, or not yet, must not be posted. It is checked all the same, but left out of the build; --as-of builds another day.",
    ),
    basis: Basis::Seen("Điều 16 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"hiệu lực: từ 01/7/2027"#,
    right: r#"hiệu lực: từ 01/7/2025"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let effective = plan.effective;
    let Some(valid) = plan.procedure.body.valid.as_ref().filter(|_| !effective.in_force) else { return };
    // The variant of another regime is read on a day of that regime.
    if effective.layers.iter().any(|overlay| !overlay.period.is_open()) {
        return;
    }
    let day = plan.variant().as_of;
    // Another text of the same code stands on this day: that is another finding.
    if valid.contains(day) {
        return;
    }
    let shown = short_date(day);
    let message = match valid.until.as_ref().filter(|until| until.value < day) {
        Some(until) => {
            let until = short_date(until.value);
            say!(
                findings.lang,
                "thủ tục có hiệu lực đến {until}, sẽ không có trong bản dựng ngày {shown}",
                "the procedure was in force until {until} and is left out of the build of {shown}"
            )
        }
        None => {
            let from = valid.from.as_ref().map_or_else(String::new, |from| short_date(from.value));
            say!(
                findings.lang,
                "thủ tục có hiệu lực từ {from}, sẽ không có trong bản dựng ngày {shown}",
                "the procedure is in force from {from} and is left out of the build of {shown}"
            )
        }
    };
    let help = say!(
        findings.lang,
        "nếu đúng thì để nguyên; muốn dựng vào ngày khác thì dùng --as-of",
        "leave it if that is right; --as-of builds another day"
    );
    findings.report(valid.span, message).help(help);
}
