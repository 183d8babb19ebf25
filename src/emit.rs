//! Outputs: each is a file in `emit/` and, where it has markup, a template of the same name. An emitter hands bytes to a
//! sink, one procedure at a time, and opens no file itself.

mod boards;
mod bpmn;
mod cases;
mod change;
mod chart;
mod communes;
mod dmn;
mod document;
mod docx;
mod due;
mod expression;
mod feel;
mod files;
mod forms;
mod guide;
mod impact;
mod index;
mod json;
mod layers;
mod layout;
mod leaflet;
mod local;
mod logic;
mod mermaid;
mod notice;
mod on_request;
mod opencps;
#[cfg(feature = "pdf")]
mod pdf;
mod press;
mod process_table;
mod qr;
mod render;
mod schema;
mod screen;
mod shard;
mod short_text;
mod sink;
mod site;
mod variables;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::compile::Catalogue;
use crate::digest;
use crate::lang::{Lang, Words};
use crate::plan::{ProcedurePlan, Wording};
use crate::resolve::registers::Settings;
use crate::resolve::{Registers, Variant};

pub use self::bpmn::{Dialect, process_file};
pub use self::change::{Versions, changes_ahead, changes_html, changes_json, changes_text, decision};
pub use self::chart::drawing;
pub use self::due::{due_ics, due_json, due_text};
pub(crate) use self::files::file_name;
use self::files::folder;
pub use self::forms::{Field, Fields, Filled, Kind as FormKind, filled as filled_form};
pub use self::impact::{impact_json, impact_text};
pub(crate) use self::layers::layer_words;
pub(crate) use self::local::place_name;
pub use self::on_request::OnRequest;
pub use self::press::{Ending, Press};
pub use self::render::{Fault, Idle, SHIPPED, Templates, What};
pub use self::schema::schemas;
pub use self::shard::{PART_FILE, Part, Shard, merge};
pub use self::sink::Sink;
use self::sink::{Noting, Nowhere, write};

#[derive(Debug, Error)]
pub enum EmitError {
    #[error("{path}: {source}")]
    Write { path: String, source: io::Error },
    #[error(transparent)]
    Template(#[from] Fault),
    #[error("csv: {0}")]
    Csv(csv::Error),
    /// The layout of PDF files, `line` from 1.
    #[error("template {file}: {message}")]
    Layout { file: &'static str, line: Option<usize>, message: String },
    #[error("docx: {0}")]
    Docx(io::Error),
}

/// One kind of output.
pub struct Output {
    pub name: &'static str,
    /// Where the files of a procedure go.
    folder: &'static str,
    pub about: Words,
    /// Writes what there is of one procedure.
    pub emit: fn(&ProcedurePlan<'_>, &Site<'_>, &dyn Sink) -> Result<(), EmitError>,
}

impl Output {
    /// Where the files of a procedure stand, without what follows its code.
    fn path(&self, plan: &ProcedurePlan<'_>) -> String {
        files::path_in(self.folder, plan)
    }
}

/// Every output of a build.
pub static OUTPUTS: &[&Output] = &[
    &notice::OUTPUT,
    &leaflet::OUTPUT,
    &screen::OUTPUT,
    &short_text::OUTPUT,
    &chart::OUTPUT,
    &mermaid::OUTPUT,
    &process_table::OUTPUT,
    &forms::OUTPUT,
    &bpmn::OUTPUT,
    &json::OUTPUT,
    &dmn::OUTPUT,
    &site::OUTPUT,
    &boards::OUTPUT,
];

/// What was asked for beside the outputs that every build has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// For which engines BPMN is written.
    pub dialects: Vec<Dialect>,
    /// Whether files for OpenCPS are made.
    pub opencps: bool,
    /// Whether documents are made as PDF, too; only where [`HAS_PDF`].
    pub pdf: bool,
    /// Whether documents are made as pages of the web, and as Word documents.
    pub html: bool,
    pub docx: bool,
    /// Whether the communes of the place that is built, or of the nation, have their notices made, too.
    pub communes: bool,
    /// Names of [`OUTPUTS`]: these alone. Nothing: all, and what is made of all of them together (`catalogue.json`).
    pub only: Vec<String>,
    /// One part of the build alone, to be merged with the others.
    #[serde(skip)]
    pub shard: Option<Shard>,
}

impl Wanted {
    /// Whether an output is made.
    pub fn has(&self, output: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| one == output)
    }

    /// Whether a procedure is built, by its number among all.
    fn takes(&self, number: usize) -> bool {
        self.shard.is_none_or(|shard| shard.holds(number))
    }

    /// Whether all is made that `catalogue.json` names.
    pub(crate) fn lists_all(&self) -> bool {
        self.only.is_empty() && self.html
    }
}

/// Whether this program was built with what makes PDF.
pub const HAS_PDF: bool = cfg!(feature = "pdf");

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted {
            dialects: vec![Dialect::Plain],
            opencps: false,
            pdf: false,
            html: true,
            docx: true,
            communes: false,
            only: Vec::new(),
            shard: None,
        }
    }
}

/// What every page of a build says of itself.
pub struct Site<'a> {
    pub lang: Lang,
    pub catalogue: &'a Catalogue,
    pub settings: &'a Settings,
    pub registers: &'a Registers,
    pub sources: &'a crate::source::SourceMap,
    /// SHA-256 of the sources, in hexadecimal.
    pub source_hash: String,
    pub wanted: &'a Wanted,
    /// Where documents are printed.
    pub press: Option<Press>,
    pub templates: Arc<Templates>,
}

impl Site<'_> {
    pub fn wording<'p>(&self, plan: &'p ProcedurePlan<'_>) -> Wording<'p> {
        Wording { lang: self.lang, registers: plan.registers, body: plan.body() }
    }

    /// The front page, `up` being the way to the root of the build; nothing where it has none.
    pub(crate) fn home(&self, up: &str) -> Option<String> {
        self.wanted.has("site").then(|| format!("{up}index.html"))
    }

    /// The first letters of the hash, as pages show it.
    pub fn short_hash(&self) -> &str {
        &self.source_hash[..12]
    }
}

/// What the index and `catalogue.json` know of one procedure.
#[derive(Clone, Debug)]
pub struct Summary {
    pub code: String,
    pub name: String,
    pub field: Option<String>,
    pub levels: Vec<String>,
    pub place: Option<String>,
    pub place_name: Option<String>,
    pub folder: String,
    /// Whether steps are written: then there are a chart, as picture and as text, and a table.
    pub has_process: bool,
    pub holes: usize,
    /// How many of them applicants would meet: with any, what they are given is a draft.
    pub public_holes: usize,
    /// The paths of everything that was written of it.
    pub files: Vec<String>,
    /// Of a file for OpenCPS: how many kinds of things it cannot carry.
    pub opencps: Option<usize>,
    /// What the front page finds it by, where there is one.
    pub(crate) found_by: site::FoundBy,
    /// What the lists tell of it, where they are made.
    pub(crate) board: boards::Entry,
}

/// What a build made.
pub struct Built {
    pub summaries: Vec<Summary>,
    /// How many notices of communes.
    pub of_communes: usize,
    /// Texts that an agency wants said otherwise, and that no page said.
    pub idle_words: Vec<Idle>,
}

/// The names that each template sees on the pages of a catalogue: `name`, `list[]`, `list[].part`.
pub fn template_names(catalogue: &Catalogue) -> Result<BTreeMap<String, Vec<String>>, EmitError> {
    let wanted = Wanted { opencps: true, ..Wanted::default() };
    let site = Site { templates: Arc::new(Templates::noting()), ..site(catalogue, &wanted, None)? };
    make_all(catalogue, &site, &Nowhere, &|| ())?;
    make_case_tables(catalogue, &site, &Nowhere)?;
    change::with_names(catalogue, &site)?;
    communes::with_names(catalogue, &site)?;
    Ok(site.templates.seen())
}

/// Writes the tables of cases of every procedure that is in force in the variant asked for: `CODE.html` and `CODE.csv`.
pub fn case_tables(catalogue: &Catalogue, sink: &dyn Sink) -> Result<usize, EmitError> {
    let wanted = Wanted::default();
    make_case_tables(catalogue, &site(catalogue, &wanted, None)?, sink)
}

fn make_case_tables(catalogue: &Catalogue, site: &Site<'_>, sink: &dyn Sink) -> Result<usize, EmitError> {
    let made: Result<Vec<()>, EmitError> = catalogue
        .each_plan(|plan| {
            let (code, tables) = (&plan.procedure.code.value, cases::case_tables(plan, site)?);
            write(sink, &format!("{code}.html"), tables.html.as_bytes())?;
            write(sink, &format!("{code}.csv"), tables.csv.as_bytes())
        })
        .into_iter()
        .collect();
    made.map(|made| made.len())
}

fn site<'a>(catalogue: &'a Catalogue, wanted: &'a Wanted, press: Option<Press>) -> Result<Site<'a>, EmitError> {
    let templates = Arc::new(Templates::of_catalogue(catalogue)?);
    Ok(site_of(catalogue, wanted, press, templates, source_hash(catalogue)))
}

fn site_of<'a>(
    catalogue: &'a Catalogue,
    wanted: &'a Wanted,
    press: Option<Press>,
    templates: Arc<Templates>,
    source_hash: String,
) -> Site<'a> {
    Site {
        lang: catalogue.options.lang,
        catalogue,
        settings: &catalogue.settings,
        registers: &catalogue.registers,
        sources: &catalogue.sources,
        source_hash,
        wanted,
        press,
        templates,
    }
}

/// Writes a whole build: every procedure in the variant asked for and, for the nation, in each place that lays something
/// over it; then the index, the catalogue, the schemas.
pub fn build(
    catalogue: &Catalogue,
    wanted: &Wanted,
    sink: &dyn Sink,
    progress: &(dyn Fn() + Sync),
) -> Result<Built, EmitError> {
    let pdf = wanted.pdf.then(|| catalogue.as_of());
    press::run(pdf, sink, |press| {
        let site = site(catalogue, wanted, press)?;
        let summaries = make_all(catalogue, &site, sink, progress)?;
        let of_communes = match wanted.communes && wanted.has("notices") {
            true => communes::make(catalogue, &site, sink, communes::Way::Cut, progress)?,
            false => 0,
        };
        Ok(Built { summaries, of_communes, idle_words: site.templates.idle_words() })
    })
}

fn make_all(
    catalogue: &Catalogue,
    site: &Site<'_>,
    sink: &dyn Sink,
    progress: &(dyn Fn() + Sync),
) -> Result<Vec<Summary>, EmitError> {
    let summaries = summaries(catalogue, site, progress, |plan| made_of(plan, site, sink))?;
    if site.wanted.shard.is_none() {
        finish(&summaries, site, sink)?;
    }
    Ok(summaries)
}

/// The paths of what was written of a procedure, and how much OpenCPS cannot carry.
type Written = (Vec<String>, Option<usize>);

/// Writes everything about one procedure.
fn made_of(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<Written, EmitError> {
    let noting = Noting::new(sink);
    for output in OUTPUTS.iter().filter(|output| site.wanted.has(output.name)) {
        (output.emit)(plan, site, &noting)?;
    }
    let opencps = if site.wanted.opencps { opencps::emit(plan, site, &noting)? } else { None };
    Ok((noting.into_paths(), opencps))
}

/// What is known of every procedure that is built, in each of its variants, by folder and code; `write` makes its files.
fn summaries(
    catalogue: &Catalogue,
    site: &Site<'_>,
    progress: &(dyn Fn() + Sync),
    write: impl Fn(&ProcedurePlan<'_>) -> Result<Written, EmitError> + Sync,
) -> Result<Vec<Summary>, EmitError> {
    use rayon::prelude::*;
    let built: Result<Vec<Vec<Summary>>, EmitError> = catalogue
        .procedures
        .par_iter()
        .enumerate()
        .filter(|(number, _)| site.wanted.takes(*number))
        .map(|(_, procedure)| {
            let mut summaries = Vec::new();
            for variant in variants(catalogue, procedure) {
                let effective = catalogue.effective(procedure, variant);
                if !effective.in_force {
                    continue;
                }
                let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
                let (files, opencps) = write(&plan)?;
                summaries.push(Summary { opencps, files, ..summary(&plan, site) });
            }
            progress();
            Ok(summaries)
        })
        .collect();
    let mut summaries: Vec<Summary> = built?.into_iter().flatten().collect();
    summaries.sort_by(|a, b| (&a.folder, &a.code).cmp(&(&b.folder, &b.code)));
    Ok(summaries)
}

/// Writes what is about all procedures, where all that it leads to is made.
fn finish(summaries: &[Summary], site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    if site.wanted.lists_all() {
        index::finish(summaries, site, site.catalogue.as_of(), sink)?;
    }
    finish_lists(summaries, site, sink)?;
    finish_shared(site, sink)
}

/// Writes the pages that lead to those of each procedure.
fn finish_lists(summaries: &[Summary], site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    if site.wanted.has("site") {
        site::finish(summaries, site, sink)?;
    }
    if site.wanted.has("boards") {
        boards::finish(summaries, site, site.catalogue.as_of(), sink)?;
    }
    if site.wanted.has("screens") {
        screen::finish(summaries, site, sink)?;
    }
    Ok(())
}

/// Writes what is the same whichever procedures there are.
fn finish_shared(site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    if site.wanted.has("site") {
        site::finish_shared(site, sink)?;
    }
    if site.wanted.has("json") {
        for (name, schema) in schemas() {
            write(sink, &format!("schema/{name}"), schema.as_bytes())?;
        }
    }
    Ok(())
}

/// The variants built of one procedure.
fn variants(catalogue: &Catalogue, procedure: &crate::model::Procedure) -> Vec<Variant> {
    let built = catalogue.built_variant();
    if built.place.is_some() {
        return vec![built];
    }
    let as_of = built.as_of;
    let mut variants = vec![built];
    for overlay in catalogue.overlays_of(procedure) {
        if let Some(place) = overlay.place.as_ref().filter(|_| overlay.period.contains(as_of)) {
            let variant = Variant { as_of, place: Some(place.value.clone()) };
            if !variants.contains(&variant) {
                variants.push(variant);
            }
        }
    }
    variants
}

fn summary(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Summary {
    let words = site.wording(plan);
    let body = plan.body();
    Summary {
        code: plan.procedure.code.value.0.clone(),
        name: plan.procedure.name.value.clone(),
        field: field_name(plan),
        levels: body
            .levels
            .iter()
            .flat_map(|levels| &levels.value)
            .map(|level| words.level(level.value).to_owned())
            .collect(),
        place: plan.variant().place.clone(),
        place_name: place_name(plan),
        folder: folder(plan.variant(), plan.registers),
        has_process: has_process(plan),
        holes: plan.holes().count(),
        public_holes: plan.effective.public_holes().count(),
        files: Vec::new(),
        opencps: None,
        found_by: if site.wanted.has("site") { site::FoundBy::of(plan, site) } else { site::FoundBy::default() },
        board: if site.wanted.has("boards") { boards::Entry::of(plan, site) } else { boards::Entry::default() },
    }
}

/// Whether there is a process with steps.
pub(crate) fn has_process(plan: &ProcedurePlan<'_>) -> bool {
    plan.flow.iter().any(|flow| flow.steps().next().is_some())
}

/// What the field of a procedure is called.
pub(crate) fn field_name(plan: &ProcedurePlan<'_>) -> Option<String> {
    plan.body().field.as_ref().map(|field| match &field.key {
        crate::model::RefKey::Id(id) => {
            plan.registers.fields.get(id.as_str()).map_or_else(|| id.to_string(), |entry| entry.name.clone())
        }
        other => other.to_string(),
    })
}

/// SHA-256 over the names and texts of all sources, templates among them, in the order of their names; then pictures.
pub(crate) fn source_hash(catalogue: &Catalogue) -> String {
    let mut files: Vec<_> = catalogue.sources.iter().map(|(_, file)| file).collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hash = Sha256::new();
    for file in files {
        for part in [&file.name, &file.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    }
    for (name, bytes) in &catalogue.pictures {
        for part in [name.as_bytes(), bytes] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    digest::hex(&hash.finalize())
}
