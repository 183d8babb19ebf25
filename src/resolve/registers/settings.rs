//! `catalogue.yaml`: what holds for a whole catalogue.

use serde::Deserialize;

use super::{Day, Loaded};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::source::{FileId, SourceMap};
use crate::syntax::codes;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The catalogue's name, printed on every page.
    #[serde(default)]
    pub name: String,
    /// Counts up with every release.
    #[serde(default)]
    pub version: String,
    /// The agency that publishes.
    #[serde(default)]
    pub publisher: String,
    /// The day on which the catalogue is read.
    pub as_of: Option<Day>,
    /// Where people send feedback (NĐ 63/2010; TT 21/2016/TT-BGTVT art. 48(2)(b)).
    #[serde(default)]
    pub feedback: Vec<String>,
    /// The page of a procedure on the national portal, with `{code}` for its code.
    pub portal: Option<String>,
    /// The folder of the agency's own templates, in the folder of the catalogue.
    pub templates: Option<String>,
}

impl Settings {
    /// The folder of templates, without a slash at its end.
    pub fn templates_folder(&self) -> &str {
        let named = self.templates.as_deref().unwrap_or("templates");
        named.strip_prefix("./").unwrap_or(named).trim_end_matches('/')
    }
}

/// Reads `catalogue.yaml`.
pub fn load_settings(sources: &SourceMap, id: FileId, lang: Lang) -> Loaded<Settings> {
    match serde_yaml::from_str(&sources.get(id).text) {
        Ok(settings) => (settings, Vec::new()),
        Err(error) => {
            let (span, message) = super::load::yaml_fault(sources, id, &error, lang);
            (Settings::default(), vec![Diagnostic::new(codes::REGISTER_FAULT, Severity::Error, span, message)])
        }
    }
}
