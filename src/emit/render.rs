//! Templates: strict, so that a misspelt name fails instead of vanishing.

use std::sync::LazyLock;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde::Serialize;

use super::EmitError;

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, text) in [
        ("style.css", include_str!("../../templates/style.css")),
        ("notice.html.jinja", include_str!("../../templates/notice.html.jinja")),
        ("index.html.jinja", include_str!("../../templates/index.html.jinja")),
        ("cases.html.jinja", include_str!("../../templates/cases.html.jinja")),
        ("process.bpmn.xml.jinja", include_str!("../../templates/process.bpmn.xml.jinja")),
        ("process_table.html.jinja", include_str!("../../templates/process_table.html.jinja")),
        ("chart.svg.xml.jinja", include_str!("../../templates/chart.svg.xml.jinja")),
        ("opencps.xml.jinja", include_str!("../../templates/opencps.xml.jinja")),
        ("decisions.dmn.xml.jinja", include_str!("../../templates/decisions.dmn.xml.jinja")),
    ] {
        environment.add_template(name, text).expect("the shipped templates are tested");
    }
    environment
});

/// Renders a template from what it may see.
pub(super) fn render(name: &'static str, view: &impl Serialize) -> Result<String, EmitError> {
    let template = TEMPLATES.get_template(name).map_err(|source| EmitError::Template { name, source })?;
    let mut page = template.render(Value::from(Serde(view))).map_err(|source| EmitError::Template { name, source })?;
    // What XML has no way to write, not even escaped.
    let unwritable =
        |letter| matches!(letter, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    let suspect = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\t' | b'\r') || byte == 0xEF;
    if page.bytes().any(suspect) {
        page.retain(|letter| !unwritable(letter));
    }
    page.push('\n');
    Ok(page)
}
