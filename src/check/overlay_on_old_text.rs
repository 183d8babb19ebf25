//! TT712: the national text was announced anew since a place laid its own rules over it.

use super::prelude::*;
use crate::compile::Catalogue;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT712"),
    name: "overlay-on-old-text",
    severity: Severity::Warning,
    title: Words::new(
        "Quy định riêng dựa trên bản cũ của thủ tục",
        "Rules of a place that rest on an older text of the procedure",
    ),
    why: Words::new(
        "Khối “áp dụng” ghi “dựa trên” quyết định công bố nào thì đã được soạn theo bản ấy. Trung ương công bố lại thì phải xem từng chỗ: giữ nếu còn phù hợp, bỏ nếu nay trùng quy định chung, sửa lại nếu trái. “thutuc diff” đặt ba bản cạnh nhau: quy định chung trước đây, quy định chung mới, quy định riêng.",
        "An overlay that is `based on` some announcing decision was drawn up against that text. When the nation announces the procedure anew, each of its values must be looked at: keep it where it still fits, drop it where it now repeats the common rule, redo it where it contradicts it. `thutuc diff` sets three versions side by side.",
    ),
    basis: Basis::Inferred("Điều 14, Điều 15 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thủ tục 1.000001 "Ví dụ" { quyết định công bố: qđ-163-btp; thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ } }
áp dụng 1.000001 tại đồng-nai theo nđ-118-2025 { dựa trên: qđ-1523-bca-c06; thời hạn giải quyết: 02 ngày làm việc }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { quyết định công bố: qđ-163-btp; thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ } }
áp dụng 1.000001 tại đồng-nai theo nđ-118-2025 { dựa trên: qđ-163-btp; thời hạn giải quyết: 02 ngày làm việc }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    let registers = &catalogue.registers;
    for overlay in &catalogue.overlays {
        let Some(based_on) = &overlay.body.based_on else { continue };
        let Some(procedure) = catalogue.version_on(&overlay.code.value, catalogue.as_of()) else { continue };
        let Some(announced) = procedure.body.announced.as_ref().and_then(|laid| laid.value.setting.given()) else {
            continue;
        };
        let (Some(old), Some(new)) = (registers.act_meant(&based_on.value), registers.act_meant(announced)) else {
            continue;
        };
        if old.id == new.id {
            continue;
        }
        let (old, new) = (&old.number, &new.number);
        let message = say!(
            findings.lang,
            "quy định riêng này dựa trên Quyết định {old}, nay thủ tục được công bố tại Quyết định {new}",
            "these rules rest on decision {old}, and the procedure is announced by decision {new} now"
        );
        let note = say!(findings.lang, "bản đang có hiệu lực", "the text in force");
        let help = say!(
            findings.lang,
            "so với bản cũ (thutuc diff BẢN-CŨ): giữ, bỏ hay sửa từng chỗ, rồi ghi “dựa trên” quyết định mới",
            "compare with the older text (thutuc diff OLD): keep, drop or redo each value, then name the new decision"
        );
        findings.report(based_on.span, message).also(announced.span, note).help(help);
    }
}
