//! TT509: a refusal that gives the applicant nothing.

use super::prelude::*;
use crate::model::{RefKey, StepKind};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT509"),
    name: "refusal-without-outcome",
    severity: Severity::Warning,
    title: Words::new("Từ chối mà không có văn bản cho người nộp", "A refusal that gives the applicant nothing"),
    why: Words::new(
        "Không tiếp nhận hoặc không giải quyết thì phải trả lời bằng văn bản, nêu rõ lý do. Bước từ chối phải ra một kết quả loại từ chối đã khai trong “kết quả”, hoặc một biểu mẫu.",
        "A refusal is answered in writing, with its reasons. The step produces an outcome of the kind `refuse` given among the outcomes, or a form.",
    ),
    basis: Basis::Seen("khoản 5 Điều 18 Nghị định 63/2010/NĐ-CP; Mẫu số 03 Phụ lục I Thông tư 03/2025/TT-VPCP"),
    wrong: r#"kết quả {
    giấy-phép "Giấy phép" { bản chính: 01 }
    từ chối tb-từ-chối "Thông báo từ chối"
}
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    khi không đủ-điều-kiện { từ chối "Thông báo lý do" { trách nhiệm: một-cửa } }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  sản phẩm: giấy-phép }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"kết quả {
    giấy-phép "Giấy phép" { bản chính: 01 }
    từ chối tb-từ-chối "Thông báo từ chối"
}
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    khi không đủ-điều-kiện { từ chối "Thông báo lý do" { trách nhiệm: một-cửa;  sản phẩm: tb-từ-chối } }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  sản phẩm: giấy-phép }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    for step in steps_of(body).into_iter().filter(|step| step.kind == StepKind::Refuse) {
        let Some(products) = &step.produces else {
            if step.form.is_none() {
                let message = say!(
                    findings.lang,
                    "từ chối mà không có văn bản nào cho người nộp",
                    "the refusal gives the applicant nothing in writing"
                );
                report(findings, step.head, message);
            }
            continue;
        };
        for product in products.values().into_iter().filter_map(|value| value.setting.given()).flatten() {
            let outcome = body
                .outcomes
                .iter()
                .find(|one| product.names(one.id.as_ref().map(|id| &id.value), Some(&one.name.value)));
            // An id that nothing has is another finding.
            let unknown = outcome.is_none() && matches!(product.key, RefKey::Id(_));
            if unknown || outcome.is_some_and(|one| one.negative) {
                continue;
            }
            let key = &product.key;
            let message = say!(
                findings.lang,
                "từ chối mà sản phẩm {key} không phải kết quả loại từ chối",
                "the refusal produces {key}, which is no outcome of the kind `refuse`"
            );
            report(findings, product.span, message);
        }
    }
}

fn report(findings: &mut Findings<'_>, span: Span, message: String) {
    let help = say!(
        findings.lang,
        "khai trong “kết quả”: từ chối tb-từ-chối \"Thông báo …\", rồi ghi “sản phẩm: tb-từ-chối”; chưa biết thì ghi “sản phẩm: chưa nhập”",
        "give it among the outcomes: refuse notice-of-refusal \"…\", then `produces: notice-of-refusal`; `not yet given` if unknown"
    );
    findings.report(span, message).help(help);
}
