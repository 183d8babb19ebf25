//! The front page: every procedure once, found by words, field, life event, level, agency, channel and place.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::super::{EmitError, Sink, Site, Summary, boards, file_name, write};
use crate::lang::{Words, say};
use crate::model::quantity::short_date;
use crate::plan::ProcedurePlan;
use crate::resolve::registers::LifeEvent;
use crate::syntax::fold::plain;

/// What a procedure is found by, beside its name and field.
#[derive(Clone, Debug, Default)]
pub(crate) struct FoundBy {
    agencies: Vec<String>,
    channels: Vec<String>,
    events: Vec<String>,
    /// Papers and outcomes: people often know these alone.
    things: Vec<String>,
}

impl FoundBy {
    pub(in crate::emit) fn of(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> FoundBy {
        let (words, body) = (site.wording(plan), plan.body());
        let given = body.decided_by.iter().flat_map(|by| by.values()).filter_map(|value| value.setting.given());
        let papers = body.dossier.iter().flat_map(|dossier| &dossier.documents).map(|one| one.name.value.clone());
        FoundBy {
            agencies: once(given.flatten().map(|agency| words.agency(&agency.value))),
            channels: once(
                body.channels
                    .iter()
                    .flat_map(|all| &all.value)
                    .map(|used| crate::plan::wording::capitalised(words.channel_word(used.channel))),
            ),
            events: once(life_events(plan)),
            things: once(body.outcomes.iter().map(|outcome| outcome.name.value.clone()).chain(papers)),
        }
    }
}

/// The life events that lead to a procedure, as the register of fields has them.
fn life_events(plan: &ProcedurePlan<'_>) -> impl Iterator<Item = String> {
    let code = &plan.procedure.code.value.0;
    let field = plan.body().field.as_ref().and_then(|field| plan.registers.fields.get(&field.key.to_string()));
    let leads = move |event: &&LifeEvent| event.procedures.is_empty() || event.procedures.contains(code);
    field.into_iter().flat_map(|field| &field.life_events).filter(leads).map(|event| event.name.clone())
}

/// Each text once, in the order met.
fn once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    all.for_each(|one| {
        if !seen.contains(&one) {
            seen.push(one);
        }
    });
    seen
}

#[derive(Serialize)]
struct Page {
    lang: &'static str,
    title: String,
    intro: String,
    groups: Vec<Group>,
    facets: Vec<Facet>,
    /// The lists to post: title, page.
    lists: Vec<(&'static str, String)>,
    /// The slides of all procedures.
    screens: Option<String>,
    /// The list of all procedures for software.
    catalogue: Option<&'static str>,
    /// The lists of communes.
    communes: Option<&'static str>,
    feedback: Vec<String>,
    stamp: String,
}

/// The procedures of one field.
#[derive(Serialize)]
struct Group {
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    /// Its number in the search index.
    at: usize,
    code: String,
    name: String,
    page: String,
    agencies: String,
    levels: String,
    /// The values of every facet it has, by number.
    marks: String,
    places: Vec<Place>,
    gaps: usize,
}

/// A place that has its own rules.
#[derive(Serialize)]
struct Place {
    name: String,
    page: String,
}

/// One way to browse, with its values.
#[derive(Serialize)]
struct Facet {
    id: &'static str,
    title: &'static str,
    values: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    name: String,
    count: usize,
}

/// A line of the search index: the words of the name, then everything else; both without marks.
#[derive(Serialize)]
struct Found(String, String);

/// Writes `index.html` and `site/index.js`.
pub(super) fn finish(summaries: &[Summary], site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let lang = site.lang;
    let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    let mut facets = vec![
        Facet { id: "event", title: pick("Sự kiện trong đời", "Life event"), values: Vec::new() },
        Facet { id: "field", title: pick("Lĩnh vực", "Field"), values: Vec::new() },
        Facet { id: "level", title: pick("Cấp giải quyết", "Level"), values: Vec::new() },
        Facet { id: "agency", title: pick("Cơ quan giải quyết", "Agency"), values: Vec::new() },
        Facet { id: "channel", title: pick("Cách nộp", "How to file"), values: Vec::new() },
        Facet {
            id: "place",
            title: pick("Địa phương có quy định riêng", "Places with rules of their own"),
            values: Vec::new(),
        },
    ];
    let page_of = |one: &Summary| format!("{}procedures/{}.html", one.folder, file_name(&one.code));
    let (mut groups, mut index): (Vec<Group>, Vec<Found>) = (Vec::new(), Vec::new());
    for (one, own) in by_code(summaries) {
        let places: Vec<Place> = own
            .into_iter()
            .filter_map(|other| Some(Place { name: other.place_name.clone()?, page: page_of(other) }))
            .collect();
        let field = one.field.clone().unwrap_or_else(|| pick("Lĩnh vực chưa nhập", "Field not yet given").to_owned());
        let values = [
            one.found_by.events.clone(),
            vec![field.clone()],
            one.levels.clone(),
            one.found_by.agencies.clone(),
            one.found_by.channels.clone(),
            places.iter().map(|place| place.name.clone()).chain(one.place_name.clone()).collect(),
        ];
        let marks: Vec<String> =
            facets.iter_mut().zip(&values).flat_map(|(facet, values)| facet.mark(values)).collect();
        let beside = [&values[0], &values[1], &values[3], &values[5], &one.found_by.things].map(|part| part.join(" "));
        let row = Row {
            at: index.len(),
            code: one.code.clone(),
            name: one.name.clone(),
            page: page_of(one),
            agencies: one.found_by.agencies.join("; "),
            levels: one.levels.join("; "),
            marks: marks.join(" "),
            places,
            gaps: one.holes,
        };
        index.push(Found(words_of(&one.name), words_of(&format!("{} {}", one.code, beside.join(" ")))));
        match groups.iter_mut().find(|group| group.title == field) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { title: field, rows: vec![row] }),
        }
    }
    facets.retain(|facet| !facet.values.is_empty());
    let (count, version, hash) = (index.len(), &site.settings.version, site.short_hash());
    let day = short_date(site.catalogue.as_of());
    let page = Page {
        lang: lang.tag(),
        title: match site.settings.name.is_empty() {
            true => pick("Danh mục thủ tục hành chính", "Catalogue of procedures").to_owned(),
            false => site.settings.name.clone(),
        },
        intro: say!(
            lang,
            "{count} thủ tục, theo quy định tại ngày {day}. Chọn một thủ tục để biết cần giấy tờ gì, nộp ở đâu, hết bao nhiêu tiền và bao giờ xong.",
            "{count} procedures, as of {day}. Choose one to learn which papers it takes, where to file, what it costs and when it is done."
        ),
        groups,
        facets,
        lists: boards::LISTS
            .iter()
            .filter(|_| site.wanted.has("boards") && site.wanted.html)
            .map(|(name, title)| (title.get(lang), format!("{}boards/{name}.html", boards::root(summaries))))
            .collect(),
        catalogue: site.wanted.lists_all().then_some("catalogue.json"),
        communes: (site.wanted.communes && site.wanted.has("notices") && site.wanted.html).then_some("communes.html"),
        screens: site.wanted.has("screens").then(|| format!("{}screens/index.html", boards::root(summaries))),
        feedback: site.settings.feedback.clone(),
        stamp: say!(
            lang,
            "Bản {version} · tại ngày {day} · mã nguồn {hash}",
            "Version {version} · as of {day} · source {hash}"
        ),
    };
    write(sink, "index.html", site.templates.common().render("site/index.html.jinja", &page)?.as_bytes())?;
    write(sink, "site/index.js", super::script("index", &index).as_bytes())
}

/// Each procedure once, in the order met, with what it is elsewhere: the nation stands for its places; where only places are
/// built, the first of them.
fn by_code(summaries: &[Summary]) -> Vec<(&Summary, Vec<&Summary>)> {
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut all: Vec<(&Summary, Vec<&Summary>)> = Vec::new();
    for one in summaries {
        match numbers.entry(&one.code) {
            Entry::Occupied(known) => all[*known.get()].1.push(one),
            Entry::Vacant(new) => {
                new.insert(all.len());
                all.push((one, Vec::new()));
            }
        }
    }
    all
}

impl Facet {
    /// Counts the values of one procedure, and names each as rows refer to it.
    fn mark(&mut self, values: &[String]) -> Vec<String> {
        let mut marks = Vec::new();
        for name in values {
            let at = self.values.iter().position(|known| known.name == *name).unwrap_or_else(|| {
                self.values.push(Choice { name: name.clone(), count: 0 });
                self.values.len() - 1
            });
            self.values[at].count += 1;
            marks.push(format!("{}-{at}", self.id));
        }
        marks
    }
}

/// A text as the search compares it: words without marks, each once, one blank between them.
fn words_of(text: &str) -> String {
    let folded = plain(text);
    let words =
        folded.split(|letter: char| !letter.is_alphanumeric() && letter != '.').map(|word| word.trim_matches('.'));
    once(words.filter(|word| !word.is_empty()).map(str::to_owned)).join(" ")
}
