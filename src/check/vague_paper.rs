//! TT111: a paper is asked for in words that name none.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT111"),
    name: "vague-paper",
    severity: Severity::Warning,
    title: Words::new("Giấy tờ không nêu rõ là giấy gì", "A paper that is not named"),
    why: Words::new(
        "“Các giấy tờ khác có liên quan” cho phép đòi bất cứ giấy gì. Luật buộc quy định đủ, rõ ràng từng bộ phận của thủ tục và cấm tự đặt thêm giấy tờ. Người dân có quyền không nộp giấy tờ không được nêu tên.",
        "“Other related papers” lets an office ask for anything. The law wants every part of a procedure spelled out and forbids inventing papers. People may refuse what is not named.",
    ),
    basis: Basis::Inferred("khoản 3 Điều 8, khoản 6 Điều 18 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thành phần hồ sơ: 01 bộ { nộp "Các giấy tờ khác có liên quan" { bản sao: 01 } }"#,
    right: r#"thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" { bản chính: 01 } }"#,
    run: Run::Procedure(check),
};

/// The longest first.
const VAGUE: &[&str] = &[
    "các giấy tờ khác có liên quan",
    "giấy tờ khác có liên quan",
    "các giấy tờ khác",
    "các giấy tờ có liên quan",
    "các giấy tờ liên quan",
    "giấy tờ có liên quan",
    "giấy tờ khác liên quan",
    "giấy tờ liên quan",
    "tài liệu khác có liên quan",
    "tài liệu có liên quan",
    "tài liệu khác liên quan",
    "tài liệu liên quan",
    "các tài liệu khác",
    "văn bản khác có liên quan",
    "văn bản có liên quan",
    "hồ sơ có liên quan",
    "hồ sơ liên quan",
    "hồ sơ theo quy định",
    "giấy tờ theo quy định",
    "tài liệu theo quy định",
    "giấy tờ cần thiết",
    "tài liệu cần thiết",
];

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for document in fresh_papers(plan) {
        for text in std::iter::once(&document.name).chain(&document.one_of) {
            let text = Folded::new(text);
            let Some(place) = text.find_any(VAGUE) else {
                continue;
            };
            // “liên quan đến việc …”, “theo quy định tại Điều …” say which.
            let rest = text.after(&place).trim_start();
            if ["đến", "tới", "tại"]
                .iter()
                .any(|word| rest.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
            {
                continue;
            }
            let words = text.written(&place);
            let message =
                say!(findings.lang, "“{words}” không nói rõ phải nộp giấy gì", "“{words}” does not say which paper");
            let help = say!(
                findings.lang,
                "nêu tên từng giấy tờ, mỗi giấy một dòng; chưa biết thì ghi chưa nhập \"…\"",
                "name each paper on a line of its own; write `not yet given \"…\"` where it is not known"
            );
            findings.report(text.span(&place), message).help(help);
        }
    }
}
