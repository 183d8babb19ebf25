//! TT431: a worked example comes out otherwise than it says.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT431"),
    name: "scenario-differs",
    severity: Severity::Error,
    title: Words::new("Ví dụ không khớp với quy định đã viết", "A worked example comes out otherwise"),
    why: Words::new(
        "Ví dụ nói trường hợp cụ thể phải ra kết quả gì: giấy tờ, tiền, ngày hẹn. Tính theo những gì đã viết mà ra khác thì một trong hai sai. Mọi ví dụ đều được thử; trường hợp còn để ngỏ thì thử mọi khả năng.",
        "An example says what one case must come to: papers, money, dates. Where what is written comes out otherwise, one of the two is wrong. All are tried, in every completion of what an example leaves open.",
    ),
    basis: Basis::Sense,
    wrong: r#"thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
ví dụ "Nộp thứ Sáu" { nộp lúc: 09:00 ngày 06/3/2026; hẹn trả: ngày 10/3/2026 }"#,
    right: r#"thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
ví dụ "Nộp thứ Sáu" { nộp lúc: 09:00 ngày 06/3/2026; hẹn trả: ngày 11/3/2026 }"#,
    run: Run::Examples,
};
