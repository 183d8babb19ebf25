//! `thutuc explain`

use clap::ArgMatches;

use super::{Exit, print};
use crate::check::{Basis, RULES, Rule, rule};
use crate::diagnostic::short::severity_word;
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::syntax::fold::nearest;

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let Some(code) = matches.get_one::<String>("code") else {
        for rule in RULES {
            let (code, name, title) = (rule.code.0, rule.name, rule.title.get(lang));
            let severity = severity_word(rule.severity).get(lang);
            print(&format!("{code}  {severity:9} {title} ({name})\n"));
        }
        return Ok(Exit::Good);
    };
    match rule(code) {
        Some(rule) => {
            print(&page(rule, lang));
            Ok(Exit::Good)
        }
        None => {
            let mut text = say!(lang, "không có mã “{code}”", "there is no code “{code}”");
            if let Some(likely) = nearest(code, RULES.iter().map(|rule| rule.name)) {
                text.push_str(&say!(lang, "; có phải ý là {likely}?", "; did you mean {likely}?"));
            } else {
                text.push_str(&say!(lang, "; `thutuc explain` liệt kê mọi mã", "; `thutuc explain` lists all"));
            }
            Err(Error::Argument(text))
        }
    }
}

/// A rule with its reason, its basis and its examples.
fn page(rule: &Rule, lang: Lang) -> String {
    let (code, name, title, why) = (rule.code.0, rule.name, rule.title.get(lang), rule.why.get(lang));
    let severity = severity_word(rule.severity).get(lang);
    let basis = match rule.basis {
        Basis::Seen(act) => say!(lang, "Căn cứ: {act}", "Basis: {act}"),
        Basis::Inferred(act) => say!(lang, "Căn cứ (suy ra từ): {act}", "Basis (follows from): {act}"),
        Basis::Recalled => {
            say!(lang, "Căn cứ: theo thực tiễn, chưa đối chiếu văn bản", "Basis: practice; no text was checked")
        }
        Basis::Sense => {
            say!(lang, "Cần để bộ thủ tục có nghĩa xác định", "Needed for the catalogue to have one meaning")
        }
    };
    let mut text = format!("{code} {name} ({severity})\n{title}\n\n{why}\n\n{basis}\n");
    for (example, vi, en) in [(rule.wrong, "Chưa đúng:", "Wrong:"), (rule.right, "Nên viết:", "Write instead:")] {
        if !example.is_empty() {
            let lead = crate::lang::Words::new(vi, en).get(lang);
            let body: String = example.lines().map(|line| format!("    {line}\n")).collect();
            text.push_str(&format!("\n{lead}\n{body}"));
        }
    }
    text
}
