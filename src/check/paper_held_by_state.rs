//! TT201: a paper is asked for whose data a state database already holds.

use super::prelude::*;
use crate::model::RefKey;
use crate::resolve::registers::SourceEntry;
use crate::syntax::fold::fold;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT201"),
    name: "paper-held-by-state",
    severity: Severity::Error,
    title: Words::new("Đòi giấy tờ mà Nhà nước đã có dữ liệu", "A paper whose data the state already holds"),
    why: Words::new(
        "Từ 01/01/2026 cơ quan không được yêu cầu giấy tờ mà thông tin đã có trong cơ sở dữ liệu được chủ quản công bố. Cán bộ phải tự khai thác. Chỉ khi luật chuyên ngành nói khác thì mới được đòi, và phải nêu điều khoản.",
        "Since 1 January 2026 no office may ask for a paper whose data are in a database announced by its owner. The official looks them up. Only where sector law says otherwise may the paper be asked for, and the article must be named.",
    ),
    basis: Basis::Seen("Nghị quyết 66.7/2025/NQ-CP; khoản 4 Điều 18 Nghị định 224/2026/NĐ-CP"),
    wrong: r#"thành phần hồ sơ: 01 bộ { nộp "Bản sao thẻ Căn cước" { bản sao: 01 } }"#,
    right: r#"thành phần hồ sơ: 01 bộ { nộp "Bản sao thẻ Căn cước" { bản sao: 01; khai thác từ: csdl-dân-cư } }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let registers = plan.registers;
    let sources = registers.sources.iter();
    let phrases: Vec<(&SourceEntry, &String)> =
        sources.flat_map(|source| source.papers.iter().map(move |words| (source, words))).collect();
    for document in fresh_papers(plan) {
        if !document.cites.is_empty() || is_application(&document.name.value) {
            continue;
        }
        let name = Folded::new(&document.name);
        let held: Vec<_> = phrases.iter().filter_map(|(source, words)| Some((*source, name.find(words, 0)?))).collect();
        let taken = |source: &SourceEntry| {
            document.taken_from.iter().any(|from| match &from.key {
                RefKey::Id(id) => *id == source.id,
                RefKey::Label(label) | RefKey::Kind(_, label) => fold(label) == fold(&source.name),
            })
        };
        if held.iter().any(|(source, _)| taken(source)) {
            continue;
        }
        // The source that is known best speaks.
        let Some((source, place)) = held
            .into_iter()
            .max_by_key(|(source, place)| (source.announced && source.confirmed, source.announced, place.len()))
        else {
            continue;
        };
        let (words, base, id) = (name.written(&place), &source.name, &source.id);
        let message = if source.announced {
            say!(
                findings.lang,
                "“{words}” đã có trong {base}, không được đòi",
                "“{words}” is held in {base} and may not be asked for"
            )
        } else {
            say!(findings.lang, "“{words}” có trong {base}", "“{words}” is held in {base}")
        };
        let help = say!(
            findings.lang,
            "thêm khai thác từ: {id} để chỉ đòi khi không tra cứu được; nếu luật chuyên ngành buộc phải nộp thì nêu điều khoản sau tên giấy: theo …",
            "add `taken from: {id}`, so that it is asked for only where the look-up fails; where sector law demands it, name the article after the paper: `under …`"
        );
        let certain = source.announced && source.confirmed;
        let found = findings.report(name.span(&place), message);
        found.help(help);
        if !certain {
            found.severity = Severity::Warning;
        }
    }
}
