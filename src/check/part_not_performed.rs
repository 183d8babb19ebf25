//! TT812: a bundle whose process does not perform one of its parts.

use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::PartOf;
use crate::model::process::Performs;
use crate::resolve::Variant;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT812"),
    name: "part-not-performed",
    severity: Severity::Warning,
    title: Words::new(
        "Quy trình liên thông không thực hiện một thủ tục thành phần",
        "The process of a bundle leaves out one of its parts",
    ),
    why: Words::new(
        "Người dân nộp một hồ sơ cho mọi thủ tục ghi ở “gồm”; thủ tục nào không có bước thực hiện thì không cơ quan nào làm. Bước ấy viết: thực hiện \"…\" { thủ tục: MÃ }.",
        "One dossier is filed for every procedure of the bundle; a part that no step performs is done by nobody. The step is: perform \"…\" { procedure: CODE }.",
    ),
    basis: Basis::Sense,
    wrong: r#"thủ tục 1.000001 "Ví dụ" {
    gồm: 1.000002
    quy trình {
        tiếp nhận "Tiếp nhận" { trách nhiệm: hệ thống }
        ký "Ký" { trách nhiệm: hệ thống }
        trả kết quả { trách nhiệm: hệ thống }
    }
}
thủ tục 1.000002 "Ví dụ khác" { }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" {
    gồm: 1.000002
    quy trình {
        tiếp nhận "Tiếp nhận" { trách nhiệm: hệ thống }
        thực hiện "Giải quyết" { thủ tục: 1.000002; trách nhiệm: hệ thống }
        trả kết quả { trách nhiệm: hệ thống }
    }
}
thủ tục 1.000002 "Ví dụ khác" { }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    for procedure in catalogue.procedures.iter().filter(|one| one.body.parts.is_some()) {
        let variant = Variant { as_of: catalogue.own_day(procedure), place: catalogue.options.place.clone() };
        let effective = catalogue.effective(procedure, variant);
        let body = effective.body.as_ref();
        let Some(process) = process_of(body) else { continue };
        let steps = process.steps();
        for part in body.parts.iter().flat_map(|laid| &laid.value) {
            let PartOf::Procedure(code) = &part.what else { continue };
            let performs =
                |one: &Performs| matches!(one, Performs::Procedure(performed) if performed.value == code.value);
            if steps.iter().any(|step| step.performs.iter().any(performs)) {
                continue;
            }
            let code = &code.value;
            let message = say!(
                findings.lang,
                "quy trình không có bước nào thực hiện thủ tục {code}",
                "no step of the process performs procedure {code}"
            );
            let help = say!(
                findings.lang,
                "thêm bước: thực hiện \"…\" {{ thủ tục: {code}; trách nhiệm: … }}",
                "add a step: perform \"…\" {{ procedure: {code}; responsible: … }}"
            );
            findings.report(part.span, message).help(help);
        }
    }
}
