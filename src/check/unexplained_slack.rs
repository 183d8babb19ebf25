//! TT423: a complete table of steps adds up to less than was published. With TT421 it takes the place of TT406, which compared
//! hours only.

use super::prelude::*;
use crate::model::{Duration, Number};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT423"),
    name: "unexplained-slack",
    severity: Severity::Warning,
    title: Words::new("Tổng các bước ngắn hơn thời hạn công bố", "The steps add up to less than was published"),
    why: Words::new(
        "Bảng các bước đã đủ mà cộng lại vẫn thiếu so với thời hạn thì hoặc chép sót một bước, hoặc thời hạn công bố dài hơn cần thiết và có thể rút ngắn cho người dân.",
        "Where a table of steps is complete and yet adds up to less than the limit, a step was lost in copying, or the published limit is longer than it need be.",
    ),
    basis: Basis::Recalled,
    wrong: r#"thời hạn giải quyết: 05 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa; thời gian: 0,5 ngày làm việc }
    thẩm định { trách nhiệm: hộ-tịch-xã; thời gian: 02 ngày làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: 0,5 ngày làm việc }
    trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
}"#,
    right: r#"thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa; thời gian: 0,5 ngày làm việc }
    thẩm định { trách nhiệm: hộ-tịch-xã; thời gian: 02 ngày làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: 0,5 ngày làm việc }
    trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    if !times_are_fresh(plan) {
        return;
    }
    let wording = findings.wording(plan);
    let proved = plan.proof();
    for slack in &proved.proof.slack {
        let case = in_case(&proved.space, &slack.case, &wording);
        let (steps, promised) = (wording.duration(&slack.steps), wording.duration(&slack.promised));
        let less = Number::new(-slack.steps.amount.numerator, slack.steps.amount.denominator);
        let left = Duration { amount: slack.promised.amount.plus(less), unit: slack.promised.unit };
        let left = wording.duration(&left);
        let message = say!(
            findings.lang,
            "{case}các bước cộng lại {steps}, công bố {promised}: thừa {left}",
            "{case}the steps add up to {steps}, the promise is {promised}: {left} are left"
        );
        let help = say!(
            findings.lang,
            "bổ sung bước còn thiếu, rút ngắn thời hạn, hoặc ghi bỏ qua TT423: \"lý do\" trong khối này",
            "add the step that is missing, shorten the limit, or say why: `ignore TT423: \"reason\"` in this block"
        );
        findings.report(slack.deadline.head, message).help(help);
    }
}
