//! TT403: a time limit does not say when it starts.

use super::prelude::*;
use crate::model::Limit;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT403"),
    name: "no-start-event",
    severity: Severity::Warning,
    title: Words::new("Thời hạn không nói tính từ đâu", "A time limit does not say when it starts"),
    why: Words::new(
        "Cùng 03 ngày làm việc, tính từ khi nộp hay từ khi đủ hồ sơ hợp lệ thì ra hai ngày hẹn khác nhau. Không có sự kiện bắt đầu thì không tính được ngày hẹn trả.",
        "Three working days from filing and three from a complete dossier are two different dates. Without the event that starts the clock no date can be promised.",
    ),
    basis: Basis::Seen("khoản 3 Điều 147 Bộ luật Dân sự 2015"),
    wrong: r#"thời hạn giải quyết: 03 ngày làm việc"#,
    right: r#"thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for deadline in &plan.body().deadlines {
        if deadline.starts.is_some() {
            continue;
        }
        // The other limits say themselves what they are counted from.
        let counted = deadline.limit.iter().flat_map(|limit| limit.values()).find(|value| {
            matches!(value.setting.given(), Some(Limit::Duration(_) | Limit::AtMost(_) | Limit::AtLeast(_)))
        });
        let Some(counted) = counted else { continue };
        let message =
            say!(findings.lang, "thời hạn này chưa nói tính từ khi nào", "this time limit does not say when it starts");
        let help = say!(
            findings.lang,
            "thêm trong ngoặc nhọn: kể từ: nhận đủ hồ sơ hợp lệ; chưa biết thì ghi “kể từ: chưa nhập”",
            "add in its block: counted from: complete dossier received; or `counted from: not yet given`"
        );
        let release = findings.release;
        let found = findings.report(counted.span, message);
        found.help(help);
        if release {
            found.severity = Severity::Error;
        }
    }
}
