//! TT801: a paper that another procedure of the catalogue hands out.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::circular_papers::circles;
use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::{Delivery, Document, Procedure};
use crate::syntax::fold::fold;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT801"),
    name: "paper-made-by-procedure",
    severity: Severity::Info,
    title: Words::new("Giấy tờ là kết quả của thủ tục khác", "A paper that another procedure hands out"),
    why: Words::new(
        "Giấy tờ do chính cơ quan nhà nước cấp ở một thủ tục khác của bộ này. Nên lấy từ cơ sở dữ liệu hoặc từ cơ quan đã cấp, thay vì bắt người dân mang từ nơi này sang nơi khác.",
        "An authority hands this paper out in another procedure of the catalogue. It should come from a database, or from whoever issued it, and not be carried from office to office.",
    ),
    basis: Basis::Inferred("khoản 5 Điều 7, khoản 3 Điều 12 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thủ tục 1.000001 "Ví dụ một" { kết quả { "Giấy xác nhận A" } }
thủ tục 1.000002 "Ví dụ hai" { thành phần hồ sơ: 01 bộ { nộp "Giấy xác nhận A" { bản sao: 01 } } }"#,
    right: r#"thủ tục 1.000001 "Ví dụ một" { kết quả { "Giấy xác nhận A" } }
thủ tục 1.000002 "Ví dụ hai" { thành phần hồ sơ: 01 bộ { nộp "Giấy xác nhận A" { bản sao: 01; khai thác từ: csdl-dân-cư } } }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    let circles = circles(catalogue);
    for (procedure, document, maker) in made_elsewhere(catalogue) {
        // Of a paper on the way to itself TT802 tells.
        let circular = circles.iter().any(|(other, _)| other.head == document.head);
        if circular || procedure.code.value == maker.code.value {
            continue;
        }
        let (code, name) = (&maker.code.value, &maker.name.value);
        let message = say!(
            findings.lang,
            "giấy tờ này là kết quả của thủ tục {code} “{name}”",
            "this paper is handed out by the procedure {code} “{name}”"
        );
        let help = say!(
            findings.lang,
            "thêm “khai thác từ: …” nếu cơ quan tự tra cứu được, hoặc ghép hai thủ tục làm một",
            "add `taken from: …` where the agency can look it up, or bundle the two procedures"
        );
        findings.report(document.head, message).help(help);
    }
}

/// Every paper of which no source is named, with the procedure that hands it out.
pub(super) fn made_elsewhere(catalogue: &Catalogue) -> Vec<(&Procedure, &Document, &Procedure)> {
    // Each name is folded once: many procedures ask for papers of one name.
    let mut folds: FxHashMap<&str, Rc<str>> = FxHashMap::default();
    let mut folded = |name| folds.entry(name).or_insert_with(|| fold(name).into()).clone();
    let mut makers: FxHashMap<Rc<str>, &Procedure> = FxHashMap::default();
    for procedure in &catalogue.procedures {
        for outcome in procedure.body.outcomes.iter().filter(|outcome| !outcome.negative) {
            makers.entry(folded(&outcome.name.value)).or_insert(procedure);
        }
    }
    let mut made = Vec::new();
    for procedure in &catalogue.procedures {
        for document in procedure.body.dossier.iter().flat_map(|dossier| &dossier.documents) {
            if document.delivery == Delivery::Hole || !document.taken_from.is_empty() {
                continue;
            }
            let maker = makers.get(&folded(&document.name.value));
            made.extend(maker.map(|maker| (&**procedure, document, *maker)));
        }
    }
    made
}
