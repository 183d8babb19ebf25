//! TT515: a step is to be done by a deadline that has not begun when it is reached.

use super::prelude::*;
use crate::model::process::StepTime;
use crate::model::{Ref, StartEvent};
use crate::resolve::names::step_is;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT515"),
    name: "deadline-not-begun",
    severity: Severity::Error,
    title: Words::new("Bước lấy một thời hạn chưa bắt đầu", "A step takes a deadline that has not begun"),
    why: Words::new(
        "Thời hạn được tính từ khi xong một bước thì chỉ bước đứng sau bước đó mới lấy được: trước đó chưa có ngày hẹn nào để đối chiếu.",
        "A deadline that is counted from the completion of a step can only be the time of steps that follow it: before, there is no date to keep.",
    ),
    basis: Basis::Sense,
    wrong: r#"thời hạn giải quyết hẹn-1 "Thông báo": 02 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
thời hạn giải quyết hẹn-2 "Cấp giấy": 03 ngày làm việc { kể từ: thẩm-tra }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa; thời gian: thời hạn hẹn-2 }
    thẩm định thẩm-tra "Thẩm tra" { trách nhiệm: hộ-tịch-xã; thời gian: thời hạn hẹn-1 }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: thời hạn hẹn-2 }
    trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
}"#,
    right: r#"thời hạn giải quyết hẹn-1 "Thông báo": 02 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
thời hạn giải quyết hẹn-2 "Cấp giấy": 03 ngày làm việc { kể từ: thẩm-tra }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa; thời gian: ngay }
    thẩm định thẩm-tra "Thẩm tra" { trách nhiệm: hộ-tịch-xã; thời gian: thời hạn hẹn-1 }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: thời hạn hẹn-2 }
    trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(flow) = &plan.flow else { return };
    for (number, _, step) in flow.steps() {
        let times = step.time.iter().flat_map(|time| time.values());
        for value in times.filter(|value| plan.is_fresh(value.span)) {
            let Some(StepTime::Deadline(Some(which))) = value.setting.given() else { continue };
            let Some(starts) = starts_of(plan, which) else { continue };
            // A step's own number or a later one has not been done; steps are numbered in the order written.
            let begins = flow.steps().find(|(_, _, other)| step_is(other, starts)).map(|(number, ..)| number);
            if begins.is_some_and(|begins| begins >= number) {
                let (which, starts) = (&which.key, &starts.key);
                let message = say!(
                    findings.lang,
                    "thời hạn {which} kể từ {starts}, chưa bắt đầu ở bước này",
                    "the deadline {which} runs from {starts}, and has not begun at this step"
                );
                let help = say!(
                    findings.lang,
                    "ghi thời gian riêng cho bước, hoặc lấy thời hạn đã bắt đầu",
                    "give the step a time of its own, or a deadline that has begun"
                );
                findings.report(value.span, message).help(help);
            }
        }
    }
}

/// The step from whose completion a deadline is counted.
fn starts_of<'a>(plan: &ProcedurePlan<'a>, which: &Ref) -> Option<&'a Ref> {
    let is = |id: &crate::model::Id| which.is(id.as_str());
    let deadline = plan.body().deadlines.iter().find(|one| one.id.as_ref().is_some_and(|id| is(&id.value)))?;
    match &deadline.value.starts.as_ref()?.value {
        StartEvent::Step(step) => Some(step),
        _ => None,
    }
}
