//! TT632: online in part without a reason.

use super::prelude::*;
use crate::model::header::OnlineLevel;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT632"),
    name: "partial-without-reason",
    severity: Severity::Error,
    title: Words::new("Trực tuyến một phần mà không có lý do", "Online in part without a reason"),
    why: Words::new(
        "Dịch vụ công trực tuyến mặc định là toàn trình. Chỉ một phần thì phải công khai lý do và điều khoản của luật chuyên ngành.",
        "Online services are full unless there is a reason. A partial one publishes that reason and the provision of sector law.",
    ),
    basis: Basis::Seen("Điều 14 Nghị định 224/2026/NĐ-CP"),
    wrong: r#"cách thức thực hiện: trực tiếp, trực tuyến một phần"#,
    right: r#"cách thức thực hiện: trực tiếp, trực tuyến một phần theo nđ-104-2022"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for channel in plan.body().channels.iter().flat_map(|channels| &channels.value) {
        if channel.online == Some(OnlineLevel::Partial) && channel.cites.is_empty() {
            let message = say!(
                findings.lang,
                "trực tuyến một phần phải nêu điều khoản làm lý do",
                "online in part needs the provision that is its reason"
            );
            let help = say!(
                findings.lang,
                "thêm “theo …” sau “trực tuyến một phần”; chưa biết thì ghi “theo chưa nhập”",
                "add `under …` after `online in part`; `under not yet given` if unknown"
            );
            findings.report(channel.span, message).help(help);
        }
    }
}
