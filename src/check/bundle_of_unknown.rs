//! TT811: a bundle speaks of a procedure, a fact or a paper that its part does not have.

use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::{FactKind, Part, PartOf, Procedure, Subject};
use crate::resolve::bundle::is;
use crate::source::Span;
use crate::syntax::fold::nearest;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT811"),
    name: "bundle-of-unknown",
    severity: Severity::Error,
    title: Words::new(
        "Thủ tục liên thông nói đến điều mà thủ tục thành phần không có",
        "A bundle speaks of what its part does not have",
    ),
    why: Words::new(
        "Hồ sơ của thủ tục liên thông lấy từ các thủ tục thành phần: mã phải có trong bộ, điều đã biết ở “trường hợp” phải là trường hợp của thủ tục ấy, giấy tờ “không phải nộp” phải là giấy tờ của nó. Thủ tục không có trong bộ thì ghi tên trong ngoặc kép.",
        "The papers of a bundle are those of its parts: the code must be in the catalogue, what is known (`given`) must be a fact of that procedure, and a paper it does without (`without`) one of its papers. A procedure that is not in the catalogue is given by its name in quotes.",
    ),
    basis: Basis::Sense,
    wrong: r#"thủ tục 1.000001 "Ví dụ" { gồm: 1.999999 }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { gồm: "Thủ tục của cơ quan khác" }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    let overlays = catalogue.overlays.iter().map(|overlay| &overlay.body);
    for body in catalogue.procedures.iter().map(|one| &one.body).chain(overlays) {
        for part in body.parts.iter().flat_map(|laid| &laid.value) {
            let PartOf::Procedure(code) = &part.what else { continue };
            match catalogue.version_on(&code.value, catalogue.as_of()) {
                Some(of) => of_part(part, of, findings),
                None => {
                    let (lang, code, span) = (findings.lang, &code.value, code.span);
                    let message = say!(
                        lang,
                        "bộ thủ tục không có {code}: hồ sơ liên thông thiếu giấy tờ của thủ tục ấy",
                        "the catalogue has no procedure {code}: the bundle lacks its papers"
                    );
                    let help = say!(
                        lang,
                        "sửa mã; nếu thủ tục ấy không có trong bộ thì ghi tên trong ngoặc kép",
                        "correct the code; a procedure that is not in the catalogue is given by its name in quotes"
                    );
                    // A catalogue may hold the procedures of one field only.
                    let found = findings.report(span, message);
                    found.help(help);
                    found.severity = Severity::Warning;
                }
            }
        }
    }
}

fn of_part(part: &Part, of: &Procedure, findings: &mut Findings<'_>) {
    let (lang, code) = (findings.lang, &of.code.value);
    let known: Vec<&str> = of.body.facts.iter().map(|fact| fact.id.value.as_str()).collect();
    for (subject, test, span) in part.given.iter().flat_map(|one| one.tests()) {
        let Subject::Fact(id) = subject else { continue };
        let Some(fact) = of.body.facts.iter().find(|fact| fact.id.value == id.value) else {
            let id = &id.value;
            let message =
                say!(lang, "thủ tục {code} không có trường hợp `{id}`", "procedure {code} has no fact `{id}`");
            suggest(span, message, id.as_str(), &known, findings);
            continue;
        };
        let (FactKind::OneOf(choices) | FactKind::SomeOf(choices)) = &fact.value.kind else { continue };
        let names: Vec<&str> = choices.iter().map(|choice| choice.id.value.as_str()).collect();
        for atom in test.atoms() {
            if let crate::model::Atom::Id(choice) = &atom.value
                && !names.contains(&choice.as_str())
            {
                let id = &id.value;
                let message = say!(
                    lang,
                    "`{id}` của thủ tục {code} không có lựa chọn `{choice}`",
                    "`{id}` of procedure {code} has no choice `{choice}`"
                );
                suggest(atom.span, message, choice.as_str(), &names, findings);
            }
        }
    }
    let papers: Vec<_> = of.body.dossier.iter().flat_map(|dossier| &dossier.documents).collect();
    let names: Vec<&str> = papers.iter().filter_map(|paper| Some(paper.id.as_ref()?.value.as_str())).collect();
    for without in &part.without {
        if !papers.iter().any(|paper| is(without, paper)) {
            let key = &without.key;
            let message = say!(lang, "thủ tục {code} không có giấy tờ {key}", "procedure {code} has no paper {key}");
            suggest(without.span, message, &key.to_string(), &names, findings);
        }
    }
}

fn suggest(span: Span, message: String, meant: &str, known: &[&str], findings: &mut Findings<'_>) {
    let lang = findings.lang;
    let all = known.join(", ");
    let help = match nearest(meant, known.iter().copied()) {
        Some(word) => say!(lang, "có phải ý là {word}?", "did you mean {word}?"),
        None => say!(lang, "thủ tục ấy có: {all}", "it has: {all}"),
    };
    findings.report(span, message).help(help);
}
