//! The page of a procedure: the short answer, what is needed in one case, the whole text, and everything to take along.

use serde::Serialize;

use super::super::files::{file_of, folder, to_root};
use super::super::guide::{Guide, portal_page};
use super::super::local::Local;
use super::super::{EmitError, Site, field_name, file_name, has_process, place_name};
use super::links::{self, Shelf};
use crate::lang::{Words, say};
use crate::model::quantity::short_date;
use crate::plan::ProcedurePlan;
use crate::resolve::Variant;

#[derive(Serialize)]
struct View {
    lang: &'static str,
    code: String,
    file: String,
    name: String,
    field: Option<String>,
    place: Option<String>,
    /// Way to the root of the site.
    up: String,
    content: Guide,
    /// What stands where nothing was given.
    gap: &'static str,
    /// The nation and every place with rules of its own: name, page, whether it is this one.
    places: Vec<(String, String, bool)>,
    for_citizens: Shelf,
    for_officials: Shelf,
    chart: Option<String>,
    portal: Option<String>,
    contacts: Vec<String>,
    feedback: Vec<String>,
    gaps: usize,
    stamp: String,
}

pub(super) fn page(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Result<String, EmitError> {
    let code = &plan.procedure.code.value.0;
    let (version, day, hash) = (&site.settings.version, short_date(plan.variant().as_of), site.short_hash());
    let view = View {
        lang: site.lang.tag(),
        code: code.clone(),
        file: file_name(code),
        name: plan.procedure.name.value.clone(),
        field: field_name(plan),
        place: place_name(plan),
        up: to_root(plan),
        content: Guide::of(plan, site),
        gap: Words::new("Chưa nhập.", "Not yet given.").get(site.lang),
        places: places(plan, site),
        for_citizens: links::for_citizens(plan, site),
        for_officials: links::for_officials(plan, site),
        chart: (has_process(plan) && site.wanted.has("charts")).then(|| format!("../charts/{}.svg", file_name(code))),
        portal: portal_page(plan, site),
        contacts: Local::of(plan).contacts_about(plan),
        feedback: site.settings.feedback.clone(),
        gaps: plan.holes().count(),
        stamp: say!(
            site.lang,
            "Bản {version} · quy định tại ngày {day} · mã nguồn {hash}",
            "Version {version} · as of {day} · source {hash}"
        ),
    };
    site.templates.of(plan).render("site/procedure.html.jinja", &view)
}

/// The pages of the same procedure elsewhere; nothing where there is one alone.
fn places(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Vec<(String, String, bool)> {
    let (file, as_of) = (file_of(plan), plan.variant().as_of);
    let up = to_root(plan);
    let variants: Vec<Variant> = super::super::variants(site.catalogue, plan.procedure);
    if variants.len() < 2 {
        return Vec::new();
    }
    let name = |variant: &Variant| match &variant.place {
        None => Words::new("Cả nước (quy định chung)", "The nation").get(site.lang).to_owned(),
        Some(place) => {
            plan.registers.units.get(place).map_or_else(|| place.clone(), |unit| unit.name_on(as_of).to_owned())
        }
    };
    let page = |variant: &Variant| format!("{up}{}procedures/{file}.html", folder(variant, plan.registers));
    variants.iter().map(|variant| (name(variant), page(variant), variant == plan.variant())).collect()
}
