//! TT114: the name of a paper hides the case in which it is needed.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT114"),
    name: "condition-in-name",
    severity: Severity::Warning,
    title: Words::new("Điều kiện nằm trong tên giấy tờ", "A condition inside a paper's name"),
    why: Words::new(
        "“(nếu có)”, “trong trường hợp …” trong tên giấy tờ là một điều kiện mà không phần mềm nào đọc được. Biểu mẫu, giấy hẹn và câu hỏi “tôi cần nộp gì” sẽ đòi giấy này của mọi người. Viết thành điều kiện thì ai cần mới phải nộp.",
        "“(if any)” or “in the case of …” inside a name is a condition that no software can read. Forms, receipts and “what do I need?” would ask everybody for the paper. Written as a condition, only those concerned submit it.",
    ),
    basis: Basis::Inferred("khoản 4 Điều 3 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thành phần hồ sơ: 01 bộ { nộp "Văn bản ủy quyền (nếu có)" { bản chính: 01 } }"#,
    right: r#"trường hợp { qua-ủy-quyền: có hoặc không "Nộp qua người được ủy quyền" }
thành phần hồ sơ: 01 bộ { nộp "Văn bản ủy quyền" { bản chính: 01; khi: qua-ủy-quyền } }"#,
    run: Run::Procedure(check),
};

const CONDITIONS: &[&str] = &["nếu có", "nếu", "đối với trường hợp", "trong trường hợp"];

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    // A paper with a `khi:` hides nothing: its name repeats the condition.
    for document in fresh_papers(plan).filter(|document| document.when.is_none()) {
        let name = Folded::new(&document.name);
        let Some(place) = name.find_any(CONDITIONS) else {
            continue;
        };
        let words = name.written(&place);
        let message = say!(
            findings.lang,
            "tên giấy tờ chứa điều kiện “{words}”, phần mềm không đọc được",
            "the paper's name holds a condition, “{words}”, that no software can read"
        );
        let help = say!(
            findings.lang,
            "khai một trường hợp, rồi bỏ các chữ này khỏi tên và viết trong giấy tờ: khi: tên-trường-hợp",
            "give a fact, take these words out of the name and write in the document: when: name-of-the-fact"
        );
        findings.report(name.span(&place), message).help(help);
    }
}
