//! TT605: an overlay of a place that is no more, or not yet.

use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::quantity::short_date;
use crate::model::{Overlay, Procedure};
use crate::resolve::registers::{Interval, Unit};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT605"),
    name: "place-not-valid",
    severity: Severity::Error,
    title: Words::new("Địa bàn không còn, hoặc chưa có", "A place that is no more, or not yet"),
    why: Words::new(
        "Năm 2025 các tỉnh, xã được sắp xếp lại. Quy định riêng của một địa bàn đã sáp nhập không in ra ở đâu cả, còn nơi tiếp nhận địa bàn ấy thì thiếu quy định; quy định để ngỏ ngày kết thúc cũng vậy.",
        "Provinces and communes were rearranged in 2025. What was set for a place that has merged is printed nowhere, and the place that took it over lacks it; so does a rule whose end is left open.",
    ),
    basis: Basis::Inferred("Nghị quyết 202/2025/QH15; Quyết định 19/2025/QĐ-TTg"),
    wrong: r#"thủ tục 1.000001 "Ví dụ" { }
áp dụng 1.000001 tại bình-phước theo nđ-118-2025 { liên hệ: "Đường dây nóng 1022" }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { }
áp dụng 1.000001 tại đồng-nai theo nđ-118-2025 { liên hệ: "Đường dây nóng 1022" }"#,
    run: Run::OverTime(check),
};

fn check(catalogue: &Catalogue, procedure: &Procedure, findings: &mut Findings<'_>) {
    for overlay in catalogue.overlays_of(procedure) {
        let Some(place) = &overlay.place else { continue };
        for unit in units_of(catalogue, &place.value) {
            let name = &unit.name;
            if let Some(last) = ends_too_early(unit.valid, overlay) {
                let message = say!(
                    findings.lang,
                    "“{name}” chỉ có đến {last}, quy định riêng này không ghi ngày kết thúc hoặc kéo dài quá ngày đó",
                    "“{name}” existed until {last} only; this overlay goes on beyond that day"
                );
                let heir = unit.merged_into.as_ref().and_then(|path| catalogue.registers.units.get(path));
                let help = match heir {
                    Some(heir) => {
                        let (path, name) = (heir.path(), heir.name_on(catalogue.as_of()));
                        say!(
                            findings.lang,
                            "đã nhập vào {path} ({name}): viết “tại {path}” theo văn bản của nơi đó; muốn giữ chế độ cũ thì thêm “đến {last}”",
                            "it merged into {path} ({name}): write `at {path}` under an act of that place; to keep the old regime add `until {last}`"
                        )
                    }
                    None => say!(
                        findings.lang,
                        "thêm “đến {last}”, hoặc sửa thời gian trong registers/units.yaml",
                        "add `until {last}`, or correct its dates in registers/units.yaml"
                    ),
                };
                findings.report(place.span, message).help(help);
            } else if let Some(first) = begins_too_late(unit.valid, overlay) {
                let message = say!(
                    findings.lang,
                    "“{name}” chỉ có từ {first}, quy định riêng này áp dụng trước ngày đó",
                    "“{name}” exists from {first} only; this overlay begins before"
                );
                let help = say!(
                    findings.lang,
                    "ghi “từ {first}”, hoặc ghi địa bàn của thời gian trước đó",
                    "write `from {first}`, or the place of the time before"
                );
                findings.report(place.span, message).help(help);
            }
        }
    }
}

/// A place and what it lies in: a commune ends with its province.
fn units_of<'a>(catalogue: &'a Catalogue, path: &str) -> Vec<&'a Unit> {
    let units = &catalogue.registers.units;
    let parent = path.rsplit_once('/').and_then(|(parent, _)| units.get(parent));
    let own = units.get(path);
    let ended = |unit: &&Unit| unit.valid != Interval::default();
    own.filter(ended).or(parent.filter(ended)).into_iter().collect()
}

/// The last day of a place, where an overlay goes on beyond it.
fn ends_too_early(valid: Interval, overlay: &Overlay) -> Option<String> {
    let last = valid.until?.0;
    let goes_on = overlay.period.until.as_ref().is_none_or(|until| last < until.value);
    goes_on.then(|| short_date(last))
}

/// The first day of a place, where an overlay says that it begins before it.
fn begins_too_late(valid: Interval, overlay: &Overlay) -> Option<String> {
    let first = valid.from?.0;
    overlay.period.from.as_ref().is_some_and(|from| from.value < first).then(|| short_date(first))
}
