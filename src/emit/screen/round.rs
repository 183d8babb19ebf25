//! `screens/index.html`: the slides of all procedures, one after the other, for the screen at the one-stop; with `list.js`, the
//! procedures that a folder has. A place shows those of the nation with its own in their stead. A draft is named, and not shown:
//! whoever sees a screen takes what stands there for what holds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::emit::guide::draft;
use crate::emit::{EmitError, Sink, Site, Summary, boards, file_name, site as catalogue, write};
use crate::lang::Words;

#[derive(Serialize)]
struct View<'s> {
    lang: &'static str,
    title: &'static str,
    place: &'s str,
    /// Scripts that name what is shown, the nation's first.
    lists: Vec<String>,
    /// The slides that lie in this folder, by field.
    groups: Vec<Group<'s>>,
    drafts_title: &'static str,
    /// Pages and names of those that are not shown, with their gaps.
    drafts: Vec<(String, &'s str, String)>,
    /// The same page of the nation, where this is that of a place.
    around: Option<String>,
    home: String,
    /// Whether there is a page at `home`.
    has_home: bool,
}

#[derive(Serialize)]
struct Group<'s> {
    title: &'s str,
    /// Page and name.
    shows: Vec<(String, &'s str)>,
}

/// Page, code, name, field. Of a draft the page is empty: that of the nation must not stand in for it either.
#[derive(Serialize)]
struct Show<'s>(String, &'s str, &'s str, &'s str);

/// Writes both files into every folder that has slides.
pub(in crate::emit) fn finish(summaries: &[Summary], site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let unnamed = Words::new("Lĩnh vực chưa nhập", "Field not yet given").get(site.lang);
    let field = |one: &Summary| -> String { one.field.clone().unwrap_or_else(|| unnamed.to_owned()) };
    let mut folders: BTreeMap<&str, Vec<(&Summary, String)>> = BTreeMap::from([(boards::root(summaries), Vec::new())]);
    for one in summaries {
        folders.entry(&one.folder).or_default().push((one, field(one)));
    }
    for (&folder, own) in &folders {
        let up = "../".repeat(folder.matches('/').count() + 1);
        // Those around it, from the nation down, and its own.
        let ends = folder.match_indices('/').map(|(at, _)| at + 1);
        let lists = [0].into_iter().chain(ends).map(|end| &folder[..end]).filter(|other| folders.contains_key(other));
        let view = View {
            lang: site.lang.tag(),
            title: Words::new("Trình chiếu thủ tục hành chính", "Procedures on the screen").get(site.lang),
            place: own.iter().find_map(|(one, _)| one.place_name.as_deref()).unwrap_or(&site.settings.publisher),
            lists: lists.map(|other| format!("{up}{other}screens/list.js")).collect(),
            groups: by_field(own),
            drafts_title: Words::new("Bản thảo, chưa trình chiếu", "Drafts, not shown").get(site.lang),
            drafts: own
                .iter()
                .filter_map(|(one, _)| Some((beside(one), &*one.name, draft(one.public_holes, site.lang)?)))
                .collect(),
            around: (!folder.is_empty() && folders.contains_key("")).then(|| format!("{up}screens/index.html")),
            home: format!("{up}index.html"),
            has_home: site.wanted.has("site"),
        };
        let page = site.templates.common().render("screens.html.jinja", &view)?;
        write(sink, &format!("{folder}screens/index.html"), page.as_bytes())?;
        let page = |one: &Summary| match one.public_holes {
            0 => format!("{}screens/{}.html", one.folder, file_name(&one.code)),
            _ => String::new(),
        };
        // As the page has them: by field.
        let fields: BTreeSet<&str> = own.iter().map(|(_, field)| field.as_str()).collect();
        let groups = view.groups.iter().map(|group| group.title);
        let drafts = fields.into_iter().filter(|field| view.groups.iter().all(|group| group.title != *field));
        let shows: Vec<Show<'_>> = groups
            .chain(drafts)
            .flat_map(|title| own.iter().filter(move |(_, field)| field == title))
            .map(|(one, field)| Show(page(one), &one.code, &one.name, field))
            .collect();
        write(sink, &format!("{folder}screens/list.js"), catalogue::script("shows", &shows).as_bytes())?;
    }
    Ok(())
}

/// The slides of a procedure, from the page that lists them.
fn beside(one: &Summary) -> String {
    format!("{}.html", file_name(&one.code))
}

/// The procedures that are shown under each field, in the order in which the fields are met.
fn by_field<'s>(own: &'s [(&Summary, String)]) -> Vec<Group<'s>> {
    let mut groups: Vec<Group<'s>> = Vec::new();
    for (one, field) in own.iter().filter(|(one, _)| one.public_holes == 0) {
        let show = (beside(one), one.name.as_str());
        match groups.iter_mut().find(|group| group.title == field) {
            Some(group) => group.shows.push(show),
            None => groups.push(Group { title: field, shows: vec![show] }),
        }
    }
    groups
}
