//! What `catalogue.json` names of a procedure for engines: files that are there in some builds, or of some procedures.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// Paths from the root of the build.
#[derive(Serialize, JsonSchema, Default, Debug, PartialEq)]
pub(super) struct Files {
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
            let slot = match (folder, inner, extension) {
                ("bpmn", dialect, "bpmn") => {
                    files.bpmn.insert(dialect.to_owned(), path.clone());
                    continue;
                }
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
