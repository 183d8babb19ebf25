//! TT113: a step or condition asks for a paper that the dossier does not list.

use std::cell::LazyCell;

use super::prelude::*;
use crate::model::{Delivery, Document, StepKind, Text};
use crate::syntax::fold::fold;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT113"),
    name: "paper-outside-dossier",
    severity: Severity::Warning,
    title: Words::new("Đòi giấy tờ ngoài thành phần hồ sơ", "A paper asked for outside the dossier"),
    why: Words::new(
        "Người dân chuẩn bị theo danh mục hồ sơ. Giấy tờ chỉ xuất hiện trong một bước hay một điều kiện thì họ không biết để mang theo. Cơ quan không được đặt thêm giấy tờ, và người dân được từ chối giấy không công khai.",
        "People prepare what the dossier lists. A paper that shows up only in a step or a condition is one they cannot bring. Offices may not invent papers, and people may refuse what was not made public.",
    ),
    basis: Basis::Inferred("khoản 6 Điều 18, khoản 2 Điều 21 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" { bản chính: 01 } }
trình tự {
    người nộp "Nộp hồ sơ, nộp kèm Giấy xác nhận của tổ dân phố"
    cơ quan   "Giải quyết và trả kết quả"
}"#,
    right: r#"thành phần hồ sơ: 01 bộ {
    nộp "Giấy chứng sinh" { bản chính: 01 }
    nộp "Giấy xác nhận của tổ dân phố" { bản chính: 01 }
}
trình tự {
    người nộp "Nộp hồ sơ, nộp kèm Giấy xác nhận của tổ dân phố"
    cơ quan   "Giải quyết và trả kết quả"
}"#,
    run: Run::Procedure(check),
};

/// What asks for a paper.
const ASKS: &[&str] = &[
    "nộp thêm",
    "nộp kèm",
    "nộp bổ sung",
    "kèm theo",
    "gửi kèm",
    "xuất trình",
    "bổ sung giấy",
    "bổ sung bản",
    "nộp giấy",
    "nộp đơn",
    "nộp văn bản",
    "nộp bản",
];

/// How a paper is called, at its beginning.
const PAPERS: &[&str] = &[
    "giấy", "đơn", "tờ", "bản", "văn", "hộ", "thẻ", "hợp", "chứng", "biên", "quyết", "sổ", "sơ", "phiếu", "trích",
    "thông", "ảnh",
];

/// Words that tell no paper from another.
const PLAIN: &[&str] = &[
    "giấy", "tờ", "bản", "văn", "chính", "sao", "gốc", "các", "những", "một", "của", "và", "hoặc", "để", "cho", "về",
    "việc", "có", "theo", "này", "đó", "khác", "cần", "thiết", "liên", "quan", "hồ", "sơ", "thêm", "kèm", "còn",
    "thiếu", "01", "02", "hợp", "lệ", "đầy", "đủ", "được", "số", "hóa", "điện", "tử", "chụp", "quy", "định", "đối",
    "chiếu", "chứng", "thực", "do", "cấp", "người", "thành", "phần",
];

/// What ends the words for a paper.
const ENDS: &[&str] =
    &[" khi ", " nếu ", " để ", " tại ", " cho ", " thì ", " trong ", " đến ", " theo ", " trước ", " sau "];

/// What is given back to show that one has filed or paid.
const RECEIPTS: &[&str] =
    &["hẹn", "biên lai", "giấy tiếp nhận", "phiếu tiếp nhận", "biên nhận", "mã hồ sơ", "giấy giới thiệu", "thông báo"];

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let Some(dossier) = &body.dossier else { return };
    if dossier.value.documents.iter().any(|one| one.delivery == Delivery::Hole) {
        return;
    }
    // Most texts ask for no paper.
    let known: LazyCell<Vec<String>, _> = LazyCell::new(|| papers(plan).map(described).collect());
    let mut texts: Vec<&Text> = body.requirements.iter().flat_map(|all| &all.value).map(|one| &one.text).collect();
    texts.extend(body.sequence.iter().flat_map(|all| &all.value).map(|one| &one.text));
    // What the office sends up or out goes with papers of its own.
    let internal =
        [StepKind::SubmitUp, StepKind::Sign, StepKind::Issue, StepKind::Handover, StepKind::Consult, StepKind::Return];
    texts.extend(step_labels(plan).into_iter().filter(|(kind, _)| !internal.contains(kind)).map(|(_, label)| label));
    for text in texts.into_iter().filter(|text| plan.is_fresh(text.span)) {
        asked(text, &|| &known, findings);
    }
}

/// All that is said of a paper, as phrases are looked for.
fn described(document: &Document) -> String {
    let texts = std::iter::once(&document.name).chain(&document.one_of).chain(&document.notes);
    texts.map(|text| fold(&text.value)).collect::<Vec<_>>().join(" ")
}

fn asked<'k>(text: &Text, known: &dyn Fn() -> &'k [String], findings: &mut Findings<'_>) {
    let text = Folded::new(text);
    for ask in ASKS {
        let Some(place) = text.find(ask, 0) else {
            continue;
        };
        let before = text.folded.get(..place.start).unwrap_or("");
        let clause = before.rsplit([';', '.', ':']).next().unwrap_or("");
        if clause.split(|letter: char| !letter.is_alphanumeric()).any(|word| matches!(word, "không" | "chưa" | "miễn"))
        {
            continue;
        }
        // `bổ sung giấy …`: the last word begins the paper.
        let last = ask.rsplit(' ').next().unwrap_or("");
        let own = match *ask {
            "nộp văn bản" => "văn bản".len(),
            _ if matches!(last, "giấy" | "bản" | "đơn") => last.len(),
            _ => 0,
        };
        let start = place.end - own;
        let Some(rest) = text.folded.get(start..) else {
            continue;
        };
        let rest = rest.find([';', ',', '.', '(', ')', ':']).map_or(rest, |end| &rest[..end]);
        let end = ENDS.iter().filter_map(|word| rest.find(word)).min().unwrap_or(rest.len());
        let paper = rest[..end].trim_end();
        let lead = paper.len() - paper.trim_start().len();
        let words: Vec<&str> =
            paper.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let first =
            words.iter().find(|word| !matches!(**word, "01" | "02" | "các" | "những" | "thêm" | "kèm")).copied();
        if !first.is_some_and(|first| PAPERS.contains(&first)) || RECEIPTS.iter().any(|receipt| paper.contains(receipt))
        {
            continue;
        }
        let telling: Vec<&str> = words.into_iter().filter(|word| !PLAIN.contains(word)).collect();
        if telling.is_empty() || known().iter().any(|document| is_in(&telling, document)) {
            continue;
        }
        let place = start + lead..start + paper.len();
        let words = text.written(&place);
        let message = say!(
            findings.lang,
            "đòi “{words}”, giấy này không có trong thành phần hồ sơ",
            "asks for “{words}”, which the dossier does not list"
        );
        let help = say!(
            findings.lang,
            "thêm giấy này vào thành phần hồ sơ, kèm khi: nếu chỉ một số người phải nộp; không có căn cứ thì bỏ yêu cầu ở đây",
            "add it to the dossier, with `when:` where only some must submit it; without a basis, drop it here"
        );
        findings.report(text.span(&place), message).help(help);
        return;
    }
}

/// Whether at least half of the telling words stand in what is said of a document.
fn is_in(telling: &[&str], document: &str) -> bool {
    let there = |word: &&&str| document.split(|letter: char| !letter.is_alphanumeric()).any(|other| other == **word);
    telling.iter().filter(there).count() * 2 >= telling.len()
}
