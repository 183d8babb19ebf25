//! What `catalogue.json` names of a procedure: files for the public and for the counter, and those for engines. Beside a page
//! of these stand the documents made of it, `.docx` and `.pdf`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// Paths from the root of the build.
#[derive(Serialize, JsonSchema, Default, Debug, PartialEq)]
pub(super) struct Files {
    leaflet: Option<String>,
    /// Slides for the screen at the one-stop.
    screen: Option<String>,
    /// Messages to send: `zalo`, `sms`.
    texts: BTreeMap<String, String>,
    /// The blank forms of the one-stop office: `receipt`, `supplement`, …
    forms: BTreeMap<String, String>,
    /// The process as BPMN 2.0, by dialect: `plain`, `camunda8`, `camunda7`, `flowable`.
    bpmn: BTreeMap<String, String>,
    /// Scenarios to try an engine on, with what the process comes to in each.
    scenarios: Option<String>,
    /// Decision tables, DMN 1.3.
    decisions: Option<String>,
    /// Cases to try an engine on, with the answers of the tables.
    decision_cases: Option<String>,
    /// The process as OpenCPS imports it.
    opencps: Option<String>,
    /// What the file for OpenCPS cannot carry, as text.
    opencps_losses: Option<String>,
}

impl Files {
    /// Those among everything that was written of one procedure.
    pub(super) fn among(written: &[String]) -> Files {
        let mut files = Files::default();
        for path in written {
            let mut parts = path.rsplit('/');
            let (Some(name), Some(folder)) = (parts.next(), parts.next()) else { continue };
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
            let inner = stem.rsplit_once('.').map_or("", |(_, inner)| inner);
            let is_form = parts.next() == Some("forms");
            let slot = match (folder, inner, extension) {
                (_, _, "html") if is_form => {
                    files.forms.insert(stem.to_owned(), path.clone());
                    continue;
                }
                ("texts", kind, "txt") => {
                    files.texts.insert(kind.to_owned(), path.clone());
                    continue;
                }
                ("bpmn", dialect, "bpmn") => {
                    files.bpmn.insert(dialect.to_owned(), path.clone());
                    continue;
                }
                ("leaflets", _, "html") => &mut files.leaflet,
                ("screens", _, "html") => &mut files.screen,
                ("bpmn", "paths", "json") => &mut files.scenarios,
                ("decisions", "cases", "json") => &mut files.decision_cases,
                ("decisions", _, "dmn") => &mut files.decisions,
                ("opencps", _, "xml") => &mut files.opencps,
                ("opencps", _, "txt") => &mut files.opencps_losses,
                _ => continue,
            };
            *slot = Some(path.clone());
        }
        files
    }
}
