//! The index page and `catalogue.json`: every procedure of a build, with its files.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{EmitError, Sink, Site, Summary, write};
use crate::lang::Words;
use crate::model::quantity::short_date;

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
    notice: String,
    json: String,
    chart: Option<String>,
    /// The chart as Mermaid text.
    mermaid: Option<String>,
    /// The internal process as a table.
    process: Option<String>,
    gaps: usize,
}

#[derive(Serialize)]
struct Page {
    lang: &'static str,
    title: String,
    intro: String,
    heads: Vec<String>,
    groups: Vec<Group>,
    search: String,
    stamp: String,
    feedback: Vec<String>,
    feedback_title: String,
}

#[derive(Serialize)]
struct Group {
    title: String,
    rows: Vec<PageRow>,
}

#[derive(Serialize)]
struct PageRow {
    code: String,
    name: String,
    levels: String,
    notice: String,
    chart: Option<String>,
    mermaid: Option<String>,
    process: Option<String>,
    json: String,
    /// Without marks, for the search.
    key: String,
    gaps: usize,
}

/// Writes `index.html` and `catalogue.json`.
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
                notice: format!("{folder}notices/{file}.html"),
                json: format!("{folder}json/{file}.json"),
                chart: summary.has_process.then(|| format!("{folder}charts/{file}.svg")),
                mermaid: summary.has_process.then(|| format!("{folder}charts/{file}.mmd")),
                process: summary.has_process.then(|| format!("{folder}processes/{file}.html")),
                gaps: summary.holes,
            }
        })
        .collect();
    let page = page(summaries, &entries, site, as_of);
    let html = super::render::render("index.html.jinja", &page)?;
    write(sink, "index.html", html.as_bytes())?;
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

fn page(summaries: &[Summary], entries: &[EntryView], site: &Site<'_>, as_of: Date) -> Page {
    let lang = site.lang;
    let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang).to_owned();
    let mut groups: Vec<Group> = Vec::new();
    for (summary, entry) in summaries.iter().zip(entries) {
        let title = match (&summary.place_name, &summary.field) {
            (Some(place), _) => place.clone(),
            (None, Some(field)) => field.clone(),
            (None, None) => pick("Lĩnh vực chưa nhập", "Field not yet given"),
        };
        let row = PageRow {
            code: entry.code.clone(),
            name: entry.name.clone(),
            levels: entry.levels.join("; "),
            notice: entry.notice.clone(),
            chart: entry.chart.clone(),
            mermaid: entry.mermaid.clone(),
            process: entry.process.clone(),
            json: entry.json.clone(),
            key: crate::syntax::fold::plain(&format!("{} {} {title}", entry.code, entry.name)),
            gaps: entry.gaps,
        };
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { title, rows: vec![row] }),
        }
    }
    let (version, day, hash) = (&site.settings.version, short_date(as_of), site.short_hash());
    Page {
        lang: lang.tag(),
        title: if site.settings.name.is_empty() {
            pick("Danh mục thủ tục hành chính", "Catalogue of procedures")
        } else {
            site.settings.name.clone()
        },
        intro: crate::lang::say!(lang, "Bản {version}, tại ngày {day}", "Version {version}, as of {day}"),
        heads: vec![
            pick("Mã", "Code"),
            pick("Tên thủ tục", "Procedure"),
            pick("Cấp", "Level"),
            pick("Tài liệu", "Files"),
        ],
        groups,
        search: pick("Tìm thủ tục (gõ không dấu cũng được)", "Search (marks may be left out)"),
        stamp: crate::lang::say!(
            lang,
            "Bản {version} · tại ngày {day} · mã nguồn {hash}",
            "Version {version} · as of {day} · source {hash}"
        ),
        feedback: site.settings.feedback.clone(),
        feedback_title: pick("Nơi tiếp nhận phản ánh, kiến nghị", "Where to send feedback"),
    }
}
