//! TT311: a value by case leaves a case out.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT311"),
    name: "gap-in-cases",
    severity: Severity::Error,
    title: Words::new("Còn thiếu trường hợp", "A case is left out"),
    why: Words::new(
        "Không nêu mức chung thì các dòng “khi” phải phủ hết mọi trường hợp. Người gặp đúng trường hợp bị bỏ sót sẽ không biết phải nộp bao nhiêu, chờ bao lâu, và cán bộ tự quyết.",
        "Without a general value the `when` lines must cover every case. Who meets the one left out does not know what to pay or how long to wait, and the clerk decides at will.",
    ),
    basis: Basis::Sense,
    wrong: r#"cách thức thực hiện: trực tiếp, trực tuyến toàn trình
trường hợp { diện-tích: số từ 0 đến 5000 "m²" "Diện tích" }
phí: {
    khi diện-tích dưới 500: 100.000 đồng theo Điều 1 tt-281-2016-btc
    khi diện-tích từ 1000: 200.000 đồng theo Điều 1 tt-281-2016-btc
}"#,
    right: r#"cách thức thực hiện: trực tiếp, trực tuyến toàn trình
trường hợp { diện-tích: số từ 0 đến 5000 "m²" "Diện tích" }
phí: {
    khi diện-tích dưới 500: 100.000 đồng theo Điều 1 tt-281-2016-btc
    khi diện-tích từ 500: 200.000 đồng theo Điều 1 tt-281-2016-btc
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let wording = findings.wording(plan);
    for gap in &plan.analysis().gaps {
        let (said, written) = (gap.space.said(&gap.case, &wording), gap.space.written(&gap.case, &wording));
        let what = gap.table.what.get(findings.lang);
        let message = if said.is_empty() {
            say!(findings.lang, "không trường hợp nào có {what}", "no case has a {what}")
        } else {
            say!(findings.lang, "khi {said} không có {what} nào", "when {said}, there is no {what}")
        };
        let help = if said.is_empty() {
            say!(findings.lang, "nêu mức chung, rồi các ngoại lệ", "give a general value, then the exceptions")
        } else {
            say!(
                findings.lang,
                "thêm dòng: khi {written}: …; hoặc nêu mức chung, trước dấu {{, cho các trường hợp còn lại",
                "add a line: when {written}: …; or a general value, before the {{, for all other cases"
            )
        };
        let found = findings.report(gap.under.unwrap_or(gap.table.span), message);
        found.help(help);
    }
}
