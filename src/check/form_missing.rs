//! TT204: an application is asked for without its form.

use super::prelude::*;
use crate::model::{CopyKind, Delivery};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT204"),
    name: "form-missing",
    severity: Severity::Warning,
    title: Words::new("Đơn, tờ khai không kèm biểu mẫu", "An application without its form"),
    why: Words::new(
        "Mẫu đơn, tờ khai là một bộ phận của thủ tục và phải được niêm yết ngay sau thủ tục dùng mẫu đó. Không nêu mẫu thì người dân tự viết, rồi phải viết lại. Việc nào thật sự không có mẫu thì nên nói rõ.",
        "Forms are part of a procedure and are posted right after the procedure that uses them. Where none is given, people write their own and have to write again. Where there really is no form, say so.",
    ),
    basis: Basis::Inferred("khoản 1 Điều 48 Thông tư 21/2016/TT-BGTVT"),
    wrong: r#"thành phần hồ sơ: 01 bộ { nộp "Đơn đề nghị cấp giấy phép xây dựng" { bản chính: 01 } }"#,
    right: r#"thành phần hồ sơ: 01 bộ { nộp "Đơn đề nghị cấp giấy phép xây dựng" { bản chính: 01; biểu mẫu: mẫu-01-gpxd } }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for document in fresh_papers(plan) {
        let electronic =
            !document.copies.is_empty() && document.copies.iter().all(|copies| copies.kind == CopyKind::Electronic);
        if document.form.is_some()
            || document.delivery == Delivery::Show
            || electronic
            || !is_application(&document.name.value)
        {
            continue;
        }
        let name = &document.name.value;
        let message = say!(findings.lang, "“{name}” chưa có biểu mẫu", "“{name}” has no form");
        let help = say!(
            findings.lang,
            "thêm biểu mẫu: và mã trong registers/forms.yaml; chưa biết thì ghi biểu mẫu: chưa nhập; không có mẫu thì ghi biểu mẫu: không",
            "add `form:` and its id in registers/forms.yaml; `form: not yet given` if unknown, `form: none` where there is none"
        );
        findings.report(document.name.span, message).help(help);
    }
}
