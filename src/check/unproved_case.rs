//! TT424: something could not be decided.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT424"),
    name: "unproved-case",
    severity: Severity::Warning,
    title: Words::new("Chưa kiểm được", "Not decided"),
    why: Words::new(
        "Có quá nhiều trường hợp, hoặc điều kiện dựa vào điều chưa khai. Chương trình không im lặng coi là đúng: phần này chưa được chứng minh.",
        "There are too many cases, or a condition rests on what is not given. Nothing is passed in silence: this part is not proved.",
    ),
    basis: Basis::Sense,
    wrong: r#"trường hợp { diện: chưa nhập }
thời hạn giải quyết: 05 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ; khi diện là a: 03 ngày làm việc }"#,
    right: r#"trường hợp { diện-a: có hoặc không "Thuộc diện A" }
thời hạn giải quyết: 05 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ; khi diện-a: 03 ngày làm việc }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let help = ways_out(findings.lang);
    for span in &plan.analysis().undecided {
        let message = say!(
            findings.lang,
            "chưa kiểm được các trường hợp ở đây có đủ và có tách nhau không",
            "whether the cases here are complete and apart could not be decided"
        );
        findings.report(*span, message).help(help.clone());
    }
    if !times_are_fresh(plan) {
        return;
    }
    let proof = &plan.proof().proof;
    if let (false, Some(process)) = (proof.undecided.is_empty(), process_head(plan.body())) {
        let message = say!(
            findings.lang,
            "chưa chứng minh được quy trình giữ đúng thời hạn trong mọi trường hợp",
            "whether the process keeps its limits in every case could not be decided"
        );
        findings.report(process, message).help(help.clone());
    }
}

fn ways_out(lang: crate::lang::Lang) -> String {
    say!(
        lang,
        "khai đủ các trường hợp được hỏi, hoặc gộp bớt điều kiện",
        "give the facts that are asked for, or ask for fewer"
    )
}
