//! TT112: a value is given in words that fix none.

use super::prelude::*;
use crate::model::Text;
use crate::model::outcome::Validity;
use crate::source::Spanned;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT112"),
    name: "vague-value",
    severity: Severity::Warning,
    title: Words::new("Giá trị không xác định", "A value that fixes nothing"),
    why: Words::new(
        "“Theo quy định”, “sớm nhất”, “kịp thời” đọc xong vẫn không biết bao nhiêu, bao lâu. Người dân không chuẩn bị được, cơ quan kiểm tra không đối chiếu được. Ghi số, tên văn bản, hoặc nói rõ ai quy định.",
        "After “as regulated”, “as soon as possible” or “in good time” one still does not know how much or how long. People cannot prepare and inspectors cannot compare. Give a number, an act, or who sets it.",
    ),
    basis: Basis::Inferred("khoản 3 Điều 8 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"nghĩa vụ khác: "Nộp thuế theo quy định""#,
    right: r#"nghĩa vụ khác: "Nộp lệ phí trước bạ theo thông báo của cơ quan thuế""#,
    run: Run::Procedure(check),
};

const VAGUE: &[&str] = &[
    "trong thời gian sớm nhất",
    "càng sớm càng tốt",
    "sớm nhất",
    "kịp thời",
    "trong thời gian hợp lý",
    "tùy từng trường hợp",
    "tùy trường hợp",
];

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let mut texts: Vec<&Text> = body.other_duties.iter().flat_map(|all| &all.value).collect();
    for charge in &body.charges {
        texts.extend(&charge.value.label);
        texts.extend(&charge.value.notes);
    }
    for text in texts {
        report(text, findings);
    }
    for outcome in &body.outcomes {
        if let Some(Validity::Text(text)) = &outcome.value.valid_for {
            report(&Spanned::new(text.clone(), outcome.value.head), findings);
        }
    }
}

fn report(text: &Text, findings: &mut Findings<'_>) {
    let text = Folded::new(text);
    let Some(place) = text.find_any(VAGUE).or_else(|| as_regulated(&text)) else {
        return;
    };
    let words = text.written(&place);
    let message = say!(
        findings.lang,
        "“{words}” không cho biết là bao nhiêu, bao lâu",
        "“{words}” does not say how much or how long"
    );
    let help = say!(
        findings.lang,
        "ghi con số, điều khoản của văn bản, hoặc do ai quy định; chưa biết thì ghi chưa nhập",
        "give a number, the article of an act, or who sets it; `not yet given` if unknown"
    );
    findings.report(text.span(&place), message).help(help);
}

/// `theo quy định` of nothing in particular: what names an act, an article or a body is left alone.
fn as_regulated(text: &Folded<'_>) -> Option<std::ops::Range<usize>> {
    let place = text.find("theo quy định", 0)?;
    let rest = text.after(&place).trim_start();
    let general = ["của pháp luật", "pháp luật", "của nhà nước", "hiện hành", "chung"];
    let bare = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
    let vague = bare || general.iter().any(|words| rest.starts_with(words));
    (vague && !rest.chars().any(|letter| letter.is_ascii_digit())).then_some(place)
}
