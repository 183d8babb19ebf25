//! Templates: strict, so that a misspelt name fails instead of vanishing. Those that an agency keeps beside its catalogue
//! stand in for the shipped ones of the same name.

mod blocks;
mod fault;
mod logo;
mod names;
mod own;
mod typst_words;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
#[cfg(feature = "pdf")]
use std::sync::OnceLock;
use std::sync::{Arc, LazyLock};

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, HtmlEscape, UndefinedBehavior, Value};
use serde::Serialize;

use self::wording::OwnWords;
use super::EmitError;
#[cfg(feature = "pdf")]
use super::pdf::Setting;
use crate::plan::ProcedurePlan;

pub use self::fault::{Fault, What};
pub use self::wording::Idle;

/// Every shipped template by its name.
pub const SHIPPED: &[(&str, &str)] = &[
    ("style.css", include_str!("../../templates/style.css")),
    ("section.html.jinja", include_str!("../../templates/section.html.jinja")),
    ("notice.html.jinja", include_str!("../../templates/notice.html.jinja")),
    ("styles.docx.xml.jinja", include_str!("../../templates/styles.docx.xml.jinja")),
    ("control_sheet.css", include_str!("../../templates/control_sheet.css")),
    ("control_sheet.html.jinja", include_str!("../../templates/control_sheet.html.jinja")),
    ("forms/form.css", include_str!("../../templates/forms/form.css")),
    ("forms/base.html.jinja", include_str!("../../templates/forms/base.html.jinja")),
    ("forms/parts.html.jinja", include_str!("../../templates/forms/parts.html.jinja")),
    ("forms/receipt.html.jinja", include_str!("../../templates/forms/receipt.html.jinja")),
    ("forms/supplement.html.jinja", include_str!("../../templates/forms/supplement.html.jinja")),
    ("forms/refusal.html.jinja", include_str!("../../templates/forms/refusal.html.jinja")),
    ("forms/apology.html.jinja", include_str!("../../templates/forms/apology.html.jinja")),
    ("forms/stop.html.jinja", include_str!("../../templates/forms/stop.html.jinja")),
    ("forms/control.html.jinja", include_str!("../../templates/forms/control.html.jinja")),
    ("forms/log.html.jinja", include_str!("../../templates/forms/log.html.jinja")),
    ("forms/congratulation.html.jinja", include_str!("../../templates/forms/congratulation.html.jinja")),
    ("forms/condolence.html.jinja", include_str!("../../templates/forms/condolence.html.jinja")),
    ("list.html.jinja", include_str!("../../templates/list.html.jinja")),
    ("board.html.jinja", include_str!("../../templates/board.html.jinja")),
    ("leaflet.html.jinja", include_str!("../../templates/leaflet.html.jinja")),
    ("screen.html.jinja", include_str!("../../templates/screen.html.jinja")),
    ("screens.html.jinja", include_str!("../../templates/screens.html.jinja")),
    ("site/index.html.jinja", include_str!("../../templates/site/index.html.jinja")),
    ("site/procedure.html.jinja", include_str!("../../templates/site/procedure.html.jinja")),
    ("site/sections.html.jinja", include_str!("../../templates/site/sections.html.jinja")),
    ("change.html.jinja", include_str!("../../templates/change.html.jinja")),
    ("decision.html.jinja", include_str!("../../templates/decision.html.jinja")),
    ("cases.html.jinja", include_str!("../../templates/cases.html.jinja")),
    ("process.bpmn.xml.jinja", include_str!("../../templates/process.bpmn.xml.jinja")),
    ("process_table.html.jinja", include_str!("../../templates/process_table.html.jinja")),
    ("chart.svg.xml.jinja", include_str!("../../templates/chart.svg.xml.jinja")),
    ("opencps.xml.jinja", include_str!("../../templates/opencps.xml.jinja")),
    ("decisions.dmn.xml.jinja", include_str!("../../templates/decisions.dmn.xml.jinja")),
    ("page.typ", include_str!("../../templates/page.typ")),
    ("elements.typ", include_str!("../../templates/elements.typ")),
];

/// Whether a template is a program of typst, which sets PDF files, and none of the template engine.
fn is_typst(name: &str) -> bool {
    name.ends_with(".typ")
}

/// The shipped templates of the template engine.
fn shipped_pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHIPPED.iter().copied().filter(|(name, _)| !is_typst(name))
}

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_global("logo", "");
    for (name, text) in shipped_pages() {
        environment.add_template(name, text).expect("the shipped templates are tested");
    }
    environment
});

/// The templates of a build: those of the nation, and those of the places that have their own.
pub struct Templates {
    common: Pages,
    /// By path of the place.
    places: BTreeMap<String, Pages>,
}

impl Default for Templates {
    /// The shipped ones.
    fn default() -> Templates {
        Templates { common: Pages::shipped(), places: BTreeMap::new() }
    }
}

impl Templates {
    /// Those for what is not about one procedure.
    pub(super) fn common(&self) -> &Pages {
        &self.common
    }

    /// Those for a procedure: of its place, else of the nearest place around it.
    pub(super) fn of(&self, plan: &ProcedurePlan<'_>) -> &Pages {
        self.at(plan.variant().place.as_deref())
    }

    /// The shipped ones, which note what they are given to see.
    pub(super) fn noting() -> Templates {
        Templates { common: Pages { seen: Some(names::Seen::default()), ..Pages::shipped() }, places: BTreeMap::new() }
    }

    /// What those that note were given to see, by template.
    pub(super) fn seen(&self) -> BTreeMap<String, Vec<String>> {
        self.common.seen.as_ref().map(names::Seen::names).unwrap_or_default()
    }

    /// What should be said otherwise, and no page said.
    pub(super) fn idle_words(&self) -> Vec<Idle> {
        let pages = std::iter::once(&self.common).chain(self.places.values());
        let idle = pages.flat_map(|pages| &pages.words).flat_map(|words| words.idle());
        idle.collect::<BTreeSet<Idle>>().into_iter().collect()
    }

    /// The files of the agency that stand in for a shipped template.
    pub fn files_of(&self, name: &str) -> Vec<String> {
        let pages = std::iter::once(&self.common).chain(self.places.values());
        let files = pages.filter_map(|pages| pages.files.get(name)).map(|text| text.file.clone());
        files.collect::<BTreeSet<String>>().into_iter().collect()
    }

    /// Those for a place: its own, else those of the nearest place around it.
    pub(super) fn at(&self, mut place: Option<&str>) -> &Pages {
        while let Some(path) = place {
            if let Some(pages) = self.places.get(path) {
                return pages;
            }
            place = path.rsplit_once('/').map(|(around, _)| around);
        }
        &self.common
    }
}

/// The templates that one page is made with.
pub(super) struct Pages {
    environment: Environment<'static>,
    /// The files that templates which are not shipped stand in, by the name of the template.
    files: BTreeMap<String, Arc<own::Text>>,
    /// The words that are said otherwise, of the nearest file first.
    words: Vec<Arc<OwnWords>>,
    /// What each template is given to see, where somebody asks for it.
    seen: Option<names::Seen>,
    /// What its PDF is set by, from the first that is printed on.
    #[cfg(feature = "pdf")]
    setting: OnceLock<Arc<Setting>>,
}

impl Pages {
    fn shipped() -> Pages {
        Pages {
            environment: ENVIRONMENT.clone(),
            files: BTreeMap::new(),
            words: Vec::new(),
            seen: None,
            #[cfg(feature = "pdf")]
            setting: OnceLock::new(),
        }
    }

    /// What the PDF of these pages is set by.
    #[cfg(feature = "pdf")]
    pub(super) fn setting(&self) -> Arc<Setting> {
        let texts = || self.files.iter().map(|(name, text)| (name.as_str(), text.file.as_str(), text.text.as_str()));
        self.setting.get_or_init(|| Arc::new(Setting::new(texts()))).clone()
    }

    /// Whether a value is written as it is and has no other part in a page: what an agency writes may do anything with it.
    pub(super) fn writes_values_through(&self) -> bool {
        self.files.keys().all(|name| is_typst(name)) && self.words.is_empty() && self.seen.is_none()
    }

    /// Renders a template from what it may see.
    pub(super) fn render(&self, name: &'static str, view: &impl Serialize) -> Result<String, EmitError> {
        if let Some(seen) = &self.seen {
            seen.note(name, view);
        }
        let rendered = self.environment.get_template(name).and_then(|one| one.render(Value::from(Serde(view))));
        let mut page = rendered.map_err(|error| Fault::of(&error, name, &self.files, &fault::keys(view)))?;
        drop_unwritable(&mut page);
        page.push('\n');
        Ok(page)
    }
}

/// A value as pages hold it.
pub(super) fn escaped(value: &str) -> String {
    let mut text = HtmlEscape(value).to_string();
    drop_unwritable(&mut text);
    text
}

/// Drops what XML has no way to write, not even escaped.
fn drop_unwritable(text: &mut String) {
    let unwritable =
        |letter| matches!(letter, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    let suspect = |byte: u8| ((byte < b' ') & (byte != b'\n') & (byte != b'\t') & (byte != b'\r')) | (byte == 0xEF);
    // Every byte is looked at, whatever is found: so many are looked at in one step.
    if text.bytes().fold(false, |found, byte| found | suspect(byte)) {
        text.retain(|letter| !unwritable(letter));
    }
}
