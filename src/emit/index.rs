//! `catalogue.json`: every procedure of a build, with its files.

mod files;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{EmitError, Sink, Site, Summary, write};

use self::files::Files;

/// Every procedure of a build.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "urn:thutuc:catalogue:1")]
pub(super) struct CatalogueView {
    /// Always `urn:thutuc:catalogue:1`.
    schema: &'static str,
    name: String,
    version: String,
    publisher: String,
    /// ISO 8601.
    as_of: String,
    source_hash: String,
    procedures: Vec<EntryView>,
}

#[derive(Serialize, JsonSchema)]
struct EntryView {
    code: String,
    name: String,
    field: Option<String>,
    levels: Vec<String>,
    /// Path of the place, or null for the nation.
    place: Option<String>,
    place_name: Option<String>,
    /// The page for citizens, with the wizard.
    page: String,
    notice: String,
    json: String,
    chart: Option<String>,
    /// The chart as Mermaid text.
    mermaid: Option<String>,
    /// The internal process as a table.
    process: Option<String>,
    /// The files for engines.
    #[serde(flatten)]
    files: Files,
    gaps: usize,
}

/// Writes `catalogue.json`.
pub(super) fn finish(summaries: &[Summary], site: &Site<'_>, as_of: Date, sink: &dyn Sink) -> Result<(), EmitError> {
    let entries: Vec<EntryView> = summaries
        .iter()
        .map(|summary| {
            let (folder, file) = (&summary.folder, super::file_name(&summary.code));
            EntryView {
                code: summary.code.clone(),
                name: summary.name.clone(),
                field: summary.field.clone(),
                levels: summary.levels.clone(),
                place: summary.place.clone(),
                place_name: summary.place_name.clone(),
                page: format!("{folder}procedures/{file}.html"),
                notice: format!("{folder}notices/{file}.html"),
                json: format!("{folder}json/{file}.json"),
                chart: summary.has_process.then(|| format!("{folder}charts/{file}.svg")),
                mermaid: summary.has_process.then(|| format!("{folder}charts/{file}.mmd")),
                process: summary.has_process.then(|| format!("{folder}processes/{file}.html")),
                files: Files::among(&summary.files),
                gaps: summary.holes,
            }
        })
        .collect();
    let view = CatalogueView {
        schema: "urn:thutuc:catalogue:1",
        name: site.settings.name.clone(),
        version: site.settings.version.clone(),
        publisher: site.settings.publisher.clone(),
        as_of: as_of.to_string(),
        source_hash: site.source_hash.clone(),
        procedures: entries,
    };
    let mut json = serde_json::to_string_pretty(&view).expect("the view is plain data");
    json.push('\n');
    write(sink, "catalogue.json", json.as_bytes())
}
