//! TT425: a promise with a name that no part of the process keeps.

use super::prelude::*;
use crate::plan::path::kept_nowhere;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT425"),
    name: "promise-kept-nowhere",
    severity: Severity::Info,
    title: Words::new("Thời hạn không gắn với phần nào của quy trình", "A promise that no part of the process keeps"),
    why: Words::new(
        "Khi có nhiều thời hạn, mỗi thời hạn được so với giai đoạn mang cùng mã, hoặc với bước lấy thời hạn đó làm thời gian. Thời hạn không gắn với đâu thì không ai biết quy trình có giữ được không.",
        "Of several limits each is compared with the stage of the same id, or with the step that takes it as its time. One that is tied to nothing is compared with nothing.",
    ),
    basis: Basis::Sense,
    wrong: r#"thời hạn giải quyết hẹn-1 "Thông báo": 02 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
thời hạn giải quyết tổng "Cả quy trình": 05 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    giai đoạn hẹn-1 { tiếp nhận { trách nhiệm: một-cửa; thời gian: 02 ngày làm việc } }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: 01 ngày làm việc }
    trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
}"#,
    right: r#"thời hạn giải quyết hẹn-1 "Thông báo": 02 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
thời hạn giải quyết tổng "Cả quy trình": 05 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    giai đoạn hẹn-1 { tiếp nhận { trách nhiệm: một-cửa; thời gian: 02 ngày làm việc } }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: thời hạn tổng }
    trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for deadline in kept_nowhere(plan) {
        if !plan.is_fresh(deadline.head) {
            continue;
        }
        let name = findings.wording(plan).deadline_name(deadline);
        let message = say!(
            findings.lang,
            "chưa kiểm được “{name}”: không giai đoạn, bước nào của quy trình giữ thời hạn này",
            "“{name}” is not checked: no stage and no step of the process keeps it"
        );
        let help = say!(
            findings.lang,
            "đặt mã của thời hạn cho giai đoạn giữ nó, hoặc ghi “thời gian: thời hạn …” ở bước cuối; là tổng của các thời hạn khác thì ghi bỏ qua TT425: \"lý do\"",
            "give its id to the stage that keeps it, or write `time: deadline …` at the last step; where it is the sum of others, say `ignore TT425: \"reason\"`"
        );
        findings.report(deadline.head, message).help(help);
    }
}
