//! TT203: a form is used that has been superseded.

use super::prelude::*;
use crate::model::quantity::short_date;
use crate::model::{ByCase, Ref, RefKey};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT203"),
    name: "outdated-form",
    severity: Severity::Error,
    title: Words::new("Biểu mẫu đã hết hiệu lực", "A form that is no longer in force"),
    why: Words::new(
        "Mẫu đơn, tờ khai đăng trên Cơ sở dữ liệu quốc gia là mẫu người dân được dùng. Hồ sơ làm theo mẫu cũ sẽ bị trả lại, hoặc thiếu thông tin mà văn bản mới yêu cầu.",
        "The forms in the national database are those that people may use. A file on an old form is sent back, or lacks what the new act asks for.",
    ),
    basis: Basis::Seen("Điều 25 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thành phần hồ sơ: 01 bộ { nộp "Tờ khai thay đổi thông tin cư trú" { bản chính: 01; biểu mẫu: mẫu-ct01-2021 } }"#,
    right: r#"thành phần hồ sơ: 01 bộ { nộp "Tờ khai thay đổi thông tin cư trú" { bản chính: 01; biểu mẫu: mẫu-ct01 } }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let mut forms: Vec<&ByCase<Ref>> = papers(plan).filter_map(|one| one.form.as_ref()).collect();
    forms.extend(body.outcomes.iter().filter_map(|one| one.value.form.as_ref()));
    if let Some(flow) = &plan.flow {
        forms.extend(flow.steps().filter_map(|(_, _, step)| step.form.as_ref()));
    }
    let day = plan.variant().as_of;
    for used in forms.into_iter().flat_map(ByCase::values).filter_map(|value| value.setting.given()) {
        let RefKey::Id(id) = &used.key else { continue };
        let Some(form) = plan.registers.forms.get(id.as_str()) else {
            continue;
        };
        let Some(until) = form.valid.until.filter(|until| until.0 < day) else {
            continue;
        };
        let newer = plan
            .registers
            .forms
            .iter()
            .find(|other| other.id != form.id && other.name == form.name && other.valid.contains(day));
        let (name, ended) = (&form.name, short_date(until.0));
        let message = say!(
            findings.lang,
            "biểu mẫu “{name}” đã hết hiệu lực sau ngày {ended}",
            "the form “{name}” ended after {ended}"
        );
        let help = match newer.map(|newer| &newer.id) {
            Some(newer) => say!(findings.lang, "dùng mẫu thay thế: {newer}", "use the form that replaces it: {newer}"),
            None => say!(
                findings.lang,
                "thêm mẫu thay thế vào registers/forms.yaml và dùng mã của mẫu đó; chưa biết thì ghi chưa nhập",
                "add the form that replaces it to registers/forms.yaml and use its id; `not yet given` if unknown"
            ),
        };
        let confirmed = form.confirmed;
        let found = findings.report(used.span, message);
        found.help(help);
        if !confirmed {
            found.severity = Severity::Warning;
        }
    }
}
