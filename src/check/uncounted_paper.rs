//! TT104: papers are asked for without saying which copies and how many.

use super::prelude::*;
use crate::model::Document;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT104"),
    name: "uncounted-paper",
    severity: Severity::Warning,
    title: Words::new("Giấy tờ chưa nêu loại bản và số lượng", "Papers without kind and number of copies"),
    why: Words::new(
        "Thành phần hồ sơ phải đi cùng số lượng. Không nói rõ bản chính, bản sao hay bản điện tử thì mỗi nơi đòi một kiểu. Người dân phải đi lại chỉ vì một bản chứng thực.",
        "Documents go together with their number. Where nothing says original, copy or electronic file, every office asks for something else. People come back for a certified copy nobody had mentioned.",
    ),
    basis: Basis::Inferred("điểm d khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" }"#,
    right: r#"thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" { bản chính: 01 } }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let uncounted: Vec<&Document> = papers(plan).filter(|one| one.copies.is_empty() && one.one_of.is_empty()).collect();
    let Some((first, others)) = uncounted.split_first() else {
        return;
    };
    let (names, more) = listed(uncounted.iter().map(|one| one.name.value.as_str()));
    let message = if more == 0 {
        say!(findings.lang, "chưa nêu loại bản và số lượng: {names}", "no kind and number of copies for {names}")
    } else {
        say!(
            findings.lang,
            "chưa nêu loại bản và số lượng: {names} và {more} giấy tờ khác",
            "no kind and number of copies for {names} and {more} more"
        )
    };
    let help = say!(
        findings.lang,
        "thêm vào từng giấy tờ: {{ bản chính: 01 }}, {{ bản sao: 01 }} hoặc {{ bản điện tử }}; chưa biết thì ghi bản chính: chưa nhập",
        "add to each: {{ original: 01 }}, {{ copy: 01 }} or {{ electronic copy }}; `original: not yet given` if unknown"
    );
    let found = findings.report(first.name.span, message);
    found.help(help);
    for other in others {
        found.also(other.name.span, String::new());
    }
}
