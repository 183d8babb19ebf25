//! TT803: names that differ by accents alone.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::prelude::*;
use crate::compile::Catalogue;
use crate::source::Span;
use crate::syntax::fold::{fold, plain};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT803"),
    name: "names-almost-alike",
    severity: Severity::Warning,
    title: Words::new("Hai tên chỉ khác nhau ở dấu", "Names that differ by accents alone"),
    why: Words::new(
        "Hai thủ tục, giấy tờ hoặc kết quả có tên chỉ khác nhau ở dấu thường là một tên bị gõ sai: người dân và máy tìm kiếm sẽ coi là hai thứ khác nhau.",
        "Two procedures, papers or outcomes whose names differ by accents alone are mostly one name with a slip: people and searches take them for two things.",
    ),
    basis: Basis::Sense,
    wrong: r#"thủ tục 1.000001 "Cấp giấy phép môi trường" { }
thủ tục 1.000002 "Cấp giấy phép môi trương" { }"#,
    right: r#"thủ tục 1.000001 "Cấp giấy phép môi trường" { }
thủ tục 1.000002 "Cấp giấy phép lao động" { }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    let mut names: Vec<(&str, Span)> = Vec::new();
    for procedure in &catalogue.procedures {
        let body = &procedure.body;
        names.push((&procedure.name.value, procedure.name.span));
        let papers = body.dossier.iter().flat_map(|dossier| &dossier.documents);
        names.extend(papers.map(|paper| (paper.name.value.as_str(), paper.name.span)));
        names.extend(body.outcomes.iter().map(|outcome| (outcome.name.value.as_str(), outcome.name.span)));
    }
    // By what is left without marks: each name once, with its place and how it is folded.
    let (mut met, mut alike) = (FxHashSet::default(), BTreeMap::<String, Vec<(&str, Span, String)>>::new());
    for (name, span) in names.into_iter().filter(|(name, _)| met.insert(*name)) {
        let (known, folded) = (alike.entry(plain(name)).or_default(), fold(name));
        if known.iter().all(|(_, _, other)| *other != folded) {
            known.push((name, span, folded));
        }
    }
    for group in alike.into_values() {
        let Some(((first, at, _), others)) = group.split_first() else { continue };
        for (name, span, _) in others {
            let message = say!(
                findings.lang,
                "“{name}” và “{first}” chỉ khác nhau ở dấu",
                "“{name}” and “{first}” differ by accents alone"
            );
            let note = say!(findings.lang, "tên kia ở đây", "the other one");
            let help = say!(
                findings.lang,
                "sửa tên bị gõ sai; nếu là hai thứ khác nhau thì đặt tên cho dễ phân biệt",
                "mend the one with the slip; where they are two things, give them names that tell them apart"
            );
            findings.report(*span, message).also(*at, note).help(help);
        }
    }
}
