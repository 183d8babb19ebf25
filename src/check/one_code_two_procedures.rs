//! TT623: two procedures with one code, on one day.

use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::Procedure;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT623"),
    name: "one-code-two-procedures",
    severity: Severity::Error,
    title: Words::new("Hai thủ tục cùng một mã trong cùng một thời gian", "Two procedures with one code at one time"),
    why: Words::new(
        "Một mã là một thủ tục. Nội dung khác ở một nơi thì viết bằng khối “áp dụng”, để biết chỗ nào khác và vì sao. Thủ tục được viết lại toàn bộ từ một ngày thì viết hai bản nối tiếp nhau: bản cũ “hiệu lực: đến …”, bản mới “hiệu lực: từ …”.",
        "One code is one procedure. What differs at a place is written as an overlay, so that one can see what differs and why. A procedure that is written anew from some day has two versions, one after the other: the old one valid until a day, the new one from the next.",
    ),
    basis: Basis::Inferred("Điều 24 Nghị định 63/2010/NĐ-CP; mã trên Cổng Dịch vụ công quốc gia"),
    wrong: r#"thủ tục 1.000001 "Ví dụ" { }
thủ tục 1.000001 "Ví dụ khác" { }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { hiệu lực: từ 01/7/2025 đến 28/02/2027; chuyển tiếp: giải quyết theo quy định cũ }
thủ tục 1.000001 "Ví dụ" { hiệu lực: từ 01/3/2027 }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    // Versions are in the order of their first days.
    for versions in catalogue.procedures.chunk_by(|one, next| one.code.value == next.code.value) {
        for (at, version) in versions.iter().enumerate().skip(1) {
            let Some(other) = versions[..at].iter().find(|other| overlap(other, version)) else { continue };
            let code = &version.code.value;
            let message =
                say!(findings.lang, "mã {code} đã là của một thủ tục khác", "the code {code} is another procedure's");
            let note = say!(findings.lang, "lần đầu ở đây", "first given here");
            let help = say!(
                findings.lang,
                "sửa mã; nếu là cùng thủ tục ở một nơi, một thời gian thì viết: áp dụng {code} tại … theo …; nếu là bản mới của thủ tục thì ghi bản cũ “hiệu lực: đến …”, bản mới “hiệu lực: từ …”",
                "correct the code; for the same procedure at a place or in a time write: apply {code} at … under …; for a new version of it give the old one `valid: to …` and the new one `valid: from …`"
            );
            findings.report(version.code.span, message).also(other.code.span, note).help(help);
        }
    }
}

/// Whether there is a day on which both are valid.
fn overlap(one: &Procedure, other: &Procedure) -> bool {
    let days = |procedure: &Procedure| {
        let valid = procedure.body.valid.as_ref().map(|laid| &laid.value);
        let from = valid.and_then(|valid| valid.from.as_ref()).map(|from| from.value);
        let until = valid.and_then(|valid| valid.until.as_ref()).map(|until| until.value);
        (from, until)
    };
    let ends_before = |one: &Procedure, other: &Procedure| match (days(one).1, days(other).0) {
        (Some(until), Some(from)) => until < from,
        (_, _) => false,
    };
    !ends_before(one, other) && !ends_before(other, one)
}
