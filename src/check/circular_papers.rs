//! TT802: procedures that each ask for what the other hands out.

use rustc_hash::FxHashMap;

use super::paper_made_by_procedure::made_elsewhere;
use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::{Delivery, Document};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT802"),
    name: "circular-papers",
    severity: Severity::Warning,
    title: Words::new("Các thủ tục đòi kết quả của nhau", "Procedures that each ask for what the other hands out"),
    why: Words::new(
        "Muốn làm thủ tục thứ nhất phải có kết quả của thủ tục thứ hai, mà thủ tục thứ hai lại đòi kết quả của thủ tục thứ nhất: người chưa có cả hai thì không bắt đầu được từ đâu.",
        "The first procedure asks for what the second hands out, and the second for what the first does: whoever has neither can begin nowhere.",
    ),
    basis: Basis::Sense,
    wrong: r#"thủ tục 1.000001 "Ví dụ một" {
    thành phần hồ sơ: 01 bộ { nộp "Giấy xác nhận B" { bản sao: 01 } }
    kết quả { "Giấy xác nhận A" }
}
thủ tục 1.000002 "Ví dụ hai" {
    thành phần hồ sơ: 01 bộ { nộp "Giấy xác nhận A" { bản sao: 01 } }
    kết quả { "Giấy xác nhận B" }
}"#,
    right: r#"thủ tục 1.000001 "Ví dụ một" { kết quả { "Giấy xác nhận A" } }
thủ tục 1.000002 "Ví dụ hai" { kết quả { "Giấy xác nhận B" } }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    for (document, way) in circles(catalogue) {
        // Each circle is told once, at the procedure whose code comes first.
        if way.iter().min() != way.first() {
            continue;
        }
        let way = way.join(" → ");
        let message = say!(
            findings.lang,
            "giấy tờ này phải có trước khi làm thủ tục cấp ra nó: {way}",
            "this paper is asked for on the way to itself: {way}"
        );
        let help = say!(
            findings.lang,
            "bỏ giấy tờ ở một trong các thủ tục, hoặc nêu “khi …” là trường hợp nào phải có",
            "leave the paper out of one of them, or say in which cases it is needed"
        );
        findings.report(document.head, message).help(help);
    }
}

/// Papers asked of everybody on the way to themselves, each with the procedures from its own back to it.
pub(super) fn circles(catalogue: &Catalogue) -> Vec<(&Document, Vec<&str>)> {
    let mut asks: FxHashMap<&str, Vec<(&Document, &str)>> = FxHashMap::default();
    // A paper of some cases leaves other ways to begin.
    let made = made_elsewhere(catalogue).into_iter();
    for (procedure, document, maker) in
        made.filter(|(_, one, _)| one.when.is_none() && one.delivery != Delivery::Either)
    {
        asks.entry(&procedure.code.value.0).or_default().push((document, &maker.code.value.0));
    }
    let mut circles = Vec::new();
    for procedure in &catalogue.procedures {
        let code = procedure.code.value.0.as_str();
        for (document, maker) in asks.get(code).into_iter().flatten() {
            circles.extend(way_back(&asks, maker, code).map(|way| (*document, [&[code], way.as_slice()].concat())));
        }
    }
    circles
}

/// The procedures from one back to another, each asking for what the next hands out.
fn way_back<'a>(asks: &FxHashMap<&'a str, Vec<(&Document, &'a str)>>, from: &'a str, to: &str) -> Option<Vec<&'a str>> {
    let mut todo = vec![vec![from]];
    let mut seen = vec![from];
    while let Some(way) = todo.pop() {
        let last = *way.last().expect("a way is never empty");
        if last == to {
            return Some(way);
        }
        for (_, next) in asks.get(last).into_iter().flatten() {
            if !seen.contains(next) {
                seen.push(next);
                todo.push([way.as_slice(), &[*next]].concat());
            }
        }
    }
    None
}
