//! The public catalogue: a front page to search and browse, and a page a procedure that finds out what is needed in one
//! case (`Tôi cần gì?`). It works from a folder as well as from a web server: nothing is fetched, data are scripts
//! (`file:` lets a page read no JSON). Without scripts everything can still be read and browsed.

mod calendar;
mod course;
mod data;
mod front;
mod light;
mod links;
mod page;

use super::{EmitError, Output, Sink, Site, Summary, write};
use crate::lang::Words;
use crate::plan::ProcedurePlan;

pub(super) use self::front::FoundBy;

pub(super) static OUTPUT: Output = Output {
    name: "site",
    folder: "procedures",
    about: Words::new(
        "trang tra cứu: mỗi thủ tục một trang, có mục Tôi cần gì?",
        "the public catalogue: a page a procedure, with “What do I need?”",
    ),
    emit,
};

/// What every page shares, below `site/`.
const SHARED: &[(&str, &str)] = &[
    ("site/site.css", include_str!("../../templates/site/site.css")),
    ("site/search.js", include_str!("../../templates/site/search.js")),
    ("site/logic.js", include_str!("../../templates/site/logic.js")),
    ("site/money.js", include_str!("../../templates/site/money.js")),
    ("site/time.js", include_str!("../../templates/site/time.js")),
    ("site/course.js", include_str!("../../templates/site/course.js")),
    ("site/answer.js", include_str!("../../templates/site/answer.js")),
    ("site/wizard.js", include_str!("../../templates/site/wizard.js")),
];

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let path = OUTPUT.path(plan);
    write(sink, &format!("{path}.html"), page::page(plan, site)?.as_bytes())?;
    write(sink, &format!("{path}.js"), data::script(plan, site).as_bytes())
}

/// Writes the front page and its search index.
pub(super) fn finish(summaries: &[Summary], site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    front::finish(summaries, site, sink)
}

/// Writes what all pages share.
pub(super) fn finish_shared(site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    for (path, text) in SHARED {
        write(sink, path, light::light(text, path.ends_with(".js"), site.lang).as_bytes())?;
    }
    write(sink, "site/calendar.js", calendar::script(site).as_bytes())
}

/// A script that hands data to the page: JSON is an expression of the language, but for two letters that older browsers take
/// for the end of a line; and what would end a script if it stood in a page is written otherwise.
pub(super) fn script(call: &str, data: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(data).expect("the data are plain");
    let json = json
        .replace("</", "<\\/")
        .replace("<!--", "\\u003c!--")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    format!("thutuc.{call}({json});\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn data_end_no_script_and_no_line() {
        let data = ["</script><!-- \u{2028}\u{2029}"];
        let script = super::script("a", &data);
        assert!(script.is_ascii() && !script.contains("</") && !script.contains("<!--"), "{script}");
        let json = script.trim_start_matches("thutuc.a(").trim_end_matches(");\n");
        assert_eq!(serde_json::from_str::<[String; 1]>(json).expect("JSON"), data);
    }
}
