//! TT626: days on which no version of a procedure is valid.

use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::quantity::short_date;
use crate::plan::transition::last_day;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT626"),
    name: "gap-between-versions",
    severity: Severity::Warning,
    title: Words::new(
        "Giữa hai bản của thủ tục có ngày không bản nào có hiệu lực",
        "Days between two versions of a procedure",
    ),
    why: Words::new(
        "Bản mới nối tiếp bản cũ: bản cũ đến hết ngày nào thì bản mới từ ngày kế tiếp. Hồ sơ nộp vào những ngày bị bỏ trống không có quy định nào để giải quyết.",
        "A new version takes over where the old one ends. For papers filed on a day between them there are no rules.",
    ),
    basis: Basis::Sense,
    wrong: r#"thủ tục 1.000001 "Ví dụ" { hiệu lực: đến 31/01/2027; chuyển tiếp: giải quyết theo quy định cũ }
thủ tục 1.000001 "Ví dụ" { hiệu lực: từ 01/3/2027 }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { hiệu lực: đến 28/02/2027; chuyển tiếp: giải quyết theo quy định cũ }
thủ tục 1.000001 "Ví dụ" { hiệu lực: từ 01/3/2027 }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    for versions in catalogue.procedures.chunk_by(|one, next| one.code.value == next.code.value) {
        for pair in versions.windows(2) {
            let [old, new] = pair else { continue };
            let Some(valid) = &new.body.valid else { continue };
            let (Some(last), Some(first)) = (last_day(old), valid.from.as_ref()) else { continue };
            let Ok(next) = last.tomorrow() else { continue };
            if next >= first.value {
                continue;
            }
            let before = first.value.yesterday().map_or_else(|_| String::new(), short_date);
            let (from, code) = (short_date(next), &new.code.value);
            let message = say!(
                findings.lang,
                "từ {from} đến {before} không bản nào của thủ tục {code} có hiệu lực",
                "from {from} to {before} no version of {code} is valid"
            );
            let note = say!(findings.lang, "bản trước hết hiệu lực ở đây", "the version before ends here");
            let help = say!(findings.lang, "cho hai bản nối tiếp nhau", "let one end where the other begins");
            let ended = old.body.valid.as_ref().map_or(old.head, |valid| valid.span);
            findings.report(valid.span, message).also(ended, note).help(help);
        }
    }
}
