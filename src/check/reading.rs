//! What is reported while files are read and names looked up: these have no check of their own.

use super::prelude::*;

pub(super) static UNREADABLE: Rule = Rule {
    code: RuleCode("TT001"),
    name: "unreadable-file",
    severity: Severity::Error,
    title: Words::new("Tệp không đọc được", "A file cannot be read"),
    why: Words::new(
        "Bộ thủ tục dùng UTF-8. Tệp lưu bằng UTF-16, TCVN3 (ABC) hoặc VNI bị từ chối, không đoán, để không chữ nào bị sai dấu.",
        "A catalogue is UTF-8. Files in UTF-16, TCVN3 (ABC) or VNI are refused by name and never guessed at, so that no letter changes.",
    ),
    basis: Basis::Sense,
    wrong: "",
    right: "",
    run: Run::Reading,
};
