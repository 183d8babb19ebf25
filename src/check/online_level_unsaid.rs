//! TT631: online, but how far is not said.

use super::prelude::*;
use crate::model::header::OnlineLevel;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT631"),
    name: "online-level-unsaid",
    severity: Severity::Warning,
    title: Words::new("Trực tuyến mà không nói mức độ", "Online, but how far is not said"),
    why: Words::new(
        "Dịch vụ công trực tuyến là toàn trình, một phần, hoặc chỉ cung cấp thông tin. Không nói mức độ thì người dân không biết có phải đến nơi hay không.",
        "An online service is full, partial, or information only. Where that is not said people do not know whether they have to come.",
    ),
    basis: Basis::Seen("Điều 14 Nghị định 224/2026/NĐ-CP"),
    wrong: r#"cách thức thực hiện: trực tiếp, trực tuyến"#,
    right: r#"cách thức thực hiện: trực tiếp, trực tuyến toàn trình"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for channel in plan.body().channels.iter().flat_map(|channels| &channels.value) {
        if channel.online == Some(OnlineLevel::Unsaid) {
            let message = say!(
                findings.lang,
                "trực tuyến mà chưa nói toàn trình hay một phần",
                "online, but not whether in full or in part"
            );
            let help = say!(
                findings.lang,
                "ghi: trực tuyến toàn trình; trực tuyến một phần theo …; hoặc chỉ cung cấp thông tin trực tuyến",
                "write: online in full; online in part under …; or online information only"
            );
            findings.report(channel.span, message).help(help);
        }
    }
}
