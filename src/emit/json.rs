//! `CODE.json` for workflow systems: everything the procedure says, `urn:thutuc:procedure:1`. Within version 1 there are
//! only additions. Conditions are given in words and as JsonLogic.

mod ids;
mod parts;
mod process;
mod values;
mod view;

use super::local::Local;
use super::logic::channel_id;
use super::{EmitError, Output, Sink, Site, place_name, write};
use crate::lang::Words;
use crate::model::citation::Citation;
use crate::model::header::OnlineLevel;
use crate::model::{Laid, PartOf};
use crate::plan::ProcedurePlan;

use self::ids::{applicant_id, level_id};
use self::values::{each, limit_view, period};
use self::view::{CatalogueStamp, ChannelView, Named, PartView, RequirementView, SequenceView};

pub(super) use self::ids::{step_kind_id, unit_id};
use self::values::Maker;
pub(super) use self::values::{amount_logic, in_dollars, limit_kind};
pub(super) use self::view::{Condition, View};

pub(super) static OUTPUT: Output = Output {
    name: "json",
    folder: "json",
    about: Words::new("dữ liệu JSON cho phần mềm một cửa", "JSON for workflow systems"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let view = View::of(plan, site);
    let mut text = serde_json::to_string_pretty(&view).expect("the view is plain data");
    text.push('\n');
    write(sink, &format!("{}.json", OUTPUT.path(plan)), text.as_bytes())
}

impl View {
    pub(super) fn of(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> View {
        let make = Maker { plan, words: site.wording(plan) };
        let words = make.words;
        let body = plan.body();
        let mut view =
            View {
                schema: "urn:thutuc:procedure:1",
                code: plan.procedure.code.value.0.clone(),
                name: plan.procedure.name.value.clone(),
                as_of: plan.variant().as_of.to_string(),
                place: plan.variant().place.clone(),
                place_name: place_name(plan),
                catalogue: CatalogueStamp {
                    name: site.settings.name.clone(),
                    version: site.settings.version.clone(),
                    source_hash: site.source_hash.clone(),
                },
                field: body.field.as_ref().map(|field| {
                    let id = field.key.to_string();
                    let name = plan.registers.fields.get(&id).map_or_else(|| id.clone(), |entry| entry.name.clone());
                    Named { id, name }
                }),
                levels: list(body.levels.as_ref(), |level| Named {
                    id: level_id(level.value).to_owned(),
                    name: words.level(level.value).to_owned(),
                }),
                applicants: list(body.applicants.as_ref(), |one| Named {
                    id: applicant_id(&one.value).to_owned(),
                    name: words.applicant(&one.value),
                }),
                decided_by: body.decided_by.as_ref().map(|by| {
                    make.cases(by, |all| words.agencies(all), |all| each(all, |one| words.agency(&one.value)))
                }),
                received_at: body.received_at.as_ref().map(|by| {
                    make.cases(
                        by,
                        |all| words.receiving_places(all),
                        |all| each(all, |one| words.receiving_places(std::slice::from_ref(one))),
                    )
                }),
                consulted: body.consulted.as_ref().map(|by| {
                    make.cases(by, |all| words.agencies(all), |all| each(all, |one| words.agency(&one.value)))
                }),
                channels: list(body.channels.as_ref(), |used| ChannelView {
                    id: channel_id(used.channel),
                    name: words.channel(used),
                    online_level: used.online.and_then(|level| match level {
                        OnlineLevel::Full => Some("full"),
                        OnlineLevel::Partial => Some("partial"),
                        OnlineLevel::InformationOnly => Some("information-only"),
                        OnlineLevel::Unsaid => None,
                    }),
                }),
                announced_by: body
                    .announced
                    .as_ref()
                    .and_then(|value| value.setting.given())
                    .map(|act| make.citation(&Citation { act: act.clone(), pins: Default::default(), span: act.span })),
                portal_page: super::guide::portal_page(plan, site),
                valid: body.valid.as_ref().map(|valid| period(valid)),
                transition: body.transition.as_ref().map(|transition| make.transition(transition)),
                replaces: list(body.replaces.as_ref(), |code| code.value.0.clone()),
                legal_basis: list(body.basis.as_ref(), |cite| make.citation(cite)),
                parts: list(body.parts.as_ref(), |part| {
                    let (code, name) = match &part.what {
                        PartOf::Procedure(code) => {
                            let known = site.catalogue.version_on(&code.value, plan.variant().as_of);
                            (Some(code.value.0.clone()), known.map(|one| one.name.value.clone()))
                        }
                        PartOf::Text(text) => (None, Some(text.value.clone())),
                    };
                    PartView { code, name, when: make.when(part.when.as_ref()) }
                }),
                facts: body.facts.iter().map(|fact| make.fact(fact)).collect(),
                dossier: body.dossier.as_ref().map(|dossier| make.dossier(dossier)),
                deadlines: body.deadlines.iter().map(|deadline| make.deadline(deadline)).collect(),
                filing_window: body
                    .filing_window
                    .as_ref()
                    .map(|value| make.value(value, &|limit| words.limit(limit), &limit_view)),
                charges: body.charges.iter().map(|charge| make.charge(charge)).collect(),
                requirements: body.requirements.as_ref().map(|all| {
                    let view = |one: &crate::model::outcome::Requirement| RequirementView {
                        id: one.id.as_ref().map(|id| id.value.to_string()),
                        text: one.text.value.clone(),
                        when: make.when(one.when.as_ref()),
                        basis: make.citations(&one.cites),
                    };
                    all.iter().map(view).collect()
                }),
                outcomes: body.outcomes.iter().map(|outcome| make.outcome(outcome)).collect(),
                sequence: list(body.sequence.as_ref(), |step| SequenceView {
                    actor: if step.applicant { "applicant" } else { "agency" },
                    text: step.text.value.clone(),
                }),
                process: process::process(&make),
                notes: body.notes.iter().map(|note| note.value.value.clone()).collect(),
                contacts: Local::of(plan).contacts_about(plan),
                origins: make.origins(),
                gaps: plan.holes().map(|hole| hole.what.clone()).collect(),
            };
        let shared = make.shared_facts(&view);
        view.facts.extend(shared);
        view
    }
}

fn list<T, V>(slot: Option<&Laid<Vec<T>>>, view: impl FnMut(&T) -> V) -> Vec<V> {
    slot.map_or_else(Vec::new, |all| all.value.iter().map(view).collect())
}
