//! TT402: days and working days are mixed.

use super::prelude::*;
use crate::model::process::StepTime;
use crate::model::{Body, Duration, Limit, Node, Unit};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT402"),
    name: "mixed-days",
    severity: Severity::Warning,
    title: Words::new("Lẫn “ngày” với “ngày làm việc”", "Days and working days are mixed"),
    why: Words::new(
        "“Ngày” tính cả ngày nghỉ, “ngày làm việc” thì không. Một thủ tục dùng cả hai thì người đọc dễ cộng nhầm, và thường là do chép bảng mà không đối chiếu tiêu đề cột.",
        "“Days” include days off, “working days” do not. Where one procedure uses both, people add them up wrongly; most often a table was copied without looking at its head.",
    ),
    basis: Basis::Seen(
        "Điều 144 đến Điều 148 Bộ luật Dân sự 2015; lỗi gặp ở Quyết định 1766/QĐ-UBND Bình Thuận năm 2020",
    ),
    wrong: r#"thời hạn giải quyết: 20 ngày { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định { trách nhiệm: hộ-tịch-xã;  thời gian: 05 ngày làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"thời hạn giải quyết: 20 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định { trách nhiệm: hộ-tịch-xã;  thời gian: 05 ngày làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let used = used(plan.body());
    let Some((first, kind)) = used.first() else { return };
    let Some((second, other)) = used.iter().find(|(_, unit)| unit.unit != kind.unit) else { return };
    let wording = findings.wording(plan);
    let (first_shown, second_shown) = (wording.duration(kind), wording.duration(other));
    let message = say!(
        findings.lang,
        "“{second_shown}” ở đây, “{first_shown}” ở chỗ khác của thủ tục: lẫn ngày với ngày làm việc",
        "“{second_shown}” here, “{first_shown}” elsewhere in the procedure: days and working days are mixed"
    );
    let note = say!(findings.lang, "ở đây là {first_shown}", "{first_shown} here");
    let help = say!(
        findings.lang,
        "đối chiếu văn bản rồi dùng một đơn vị; nếu luật định như vậy thì ghi: bỏ qua TT402: \"lý do\"",
        "check the act and use one unit; where the law says so, write: ignore TT402: \"reason\""
    );
    findings.report(*second, message).also(*first, note).help(help);
}

/// Every limit and counted step time in days or working days, limits first.
fn used(body: &Body) -> Vec<(Span, Duration)> {
    let mut used = Vec::new();
    for value in body.deadlines.iter().flat_map(|deadline| &deadline.limit).flat_map(|limit| limit.values()) {
        if let Some(
            Limit::Duration(one) | Limit::AtMost(one) | Limit::AtLeast(one) | Limit::After { within: one, .. },
        ) = value.setting.given()
        {
            used.push((value.span, *one));
        }
    }
    if let Some(process) = process_of(body) {
        visit(&process.nodes, &mut |node| {
            let time = match node {
                Node::Step(step) => &step.time,
                Node::Stage(stage) => &stage.time,
                Node::Parallel(parallel) => &parallel.time,
                Node::Choice(_) => &None,
            };
            for value in time.iter().flat_map(|time| time.values()) {
                if let Some(StepTime::For { duration, counted: true }) = value.setting.given() {
                    used.push((value.span, *duration));
                }
            }
        });
    }
    used.retain(|(_, duration)| matches!(duration.unit, Unit::Days | Unit::WorkingDays));
    used
}
