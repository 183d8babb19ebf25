//! What a commune has posted, `places/PROVINCE/COMMUNE/index.html`, and `communes.html`: the communes that have such a list.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::super::local::Local;
use super::super::{EmitError, file_name, guide, local, write};
use super::cut::Cuts;
use super::{Commune, Handled, Maker, Way, order};
use crate::lang::{Lang, Words, say};
use crate::model::RefKey;
use crate::model::quantity::short_date;

#[derive(Serialize)]
struct View<'v> {
    lang: &'static str,
    title: &'static str,
    publisher: &'v str,
    /// Of which place this is the list.
    place: Option<&'v str>,
    home: Option<String>,
    home_caption: &'static str,
    groups: Vec<Group>,
    none: &'static str,
    contacts: &'v [String],
    feedback_title: &'static str,
    feedback: &'v [String],
    stamp: String,
}

#[derive(Serialize)]
struct Group {
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    href: String,
    name: String,
    /// What tells it from others: the code of a procedure, and whether it is a draft.
    note: String,
}

/// A procedure, by number, of which a commune has a notice, with the gaps of it there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posted {
    procedure: usize,
    gaps: usize,
}

/// Writes the lists; `handled` has the communes of every procedure, in order.
pub(super) fn make(maker: &Maker<'_>, handled: &[Vec<Handled>]) -> Result<(), EmitError> {
    if !maker.site.wanted.html {
        return Ok(());
    }
    let mut procedures: Vec<Vec<Posted>> = vec![Vec::new(); maker.communes.len()];
    for (procedure, communes) in handled.iter().enumerate() {
        communes.iter().for_each(|one| procedures[one.commune].push(Posted { procedure, gaps: one.gaps }));
    }
    // Communes that have the same procedures have the same list, but for their words.
    let mut alike: BTreeMap<&[Posted], Vec<usize>> = BTreeMap::new();
    for (commune, own) in procedures.iter().enumerate() {
        alike.entry(own).or_default().push(commune);
    }
    let alike: Vec<(&[Posted], Vec<usize>)> = alike.into_iter().collect();
    alike.par_iter().try_for_each(|(own, communes)| maker.lists(own, communes))?;
    maker.list_of_communes()
}

impl Maker<'_> {
    /// Writes the lists of communes that have the same procedures.
    fn lists(&self, own: &[Posted], communes: &[usize]) -> Result<(), EmitError> {
        let mut cuts = Cuts::default();
        let mut page = String::new();
        for &at in communes {
            let commune = &self.communes[at];
            let templates = self.site.templates.at(Some(&commune.place));
            let whole = |local: &Local| templates.render("list.html.jinja", &self.list(own, local));
            if self.way == Way::Cut && Cuts::can_make(templates, &commune.local) {
                cuts.page(templates, commune, &mut page, whole)?;
            } else {
                page = whole(&commune.local)?;
            }
            write(self.sink, &format!("{}index.html", commune.folder), page.as_bytes())?;
        }
        Ok(())
    }

    /// What a commune has posted, by field.
    fn list<'v>(&'v self, own: &[Posted], local: &'v Local) -> View<'v> {
        let unnamed = Words::new("Lĩnh vực chưa nhập", "Field not yet given").get(self.lang());
        let mut groups: Vec<Group> = Vec::new();
        for posted in own {
            let procedure = &self.catalogue.procedures[posted.procedure];
            let code = &procedure.code.value.0;
            let field = procedure.body.field.as_ref().map_or_else(
                || unnamed.to_owned(),
                |field| match &field.key {
                    RefKey::Id(id) => {
                        let entry = self.catalogue.registers.fields.get(id.as_str());
                        entry.map_or_else(|| id.to_string(), |entry| entry.name.clone())
                    }
                    other => other.to_string(),
                },
            );
            let row = Row {
                href: format!("notices/{}.html", file_name(code)),
                name: procedure.name.value.clone(),
                note: [code.clone()]
                    .into_iter()
                    .chain(guide::draft(posted.gaps, self.lang()))
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            match groups.iter_mut().find(|group| group.title == field) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { title: field, rows: vec![row] }),
            }
        }
        let stamp = local.code.as_ref().map(|code| say!(self.lang(), " · địa bàn {code}", " · place {code}"));
        View {
            title: self.pick("Thủ tục hành chính niêm yết", "Procedures posted"),
            place: local.name.as_deref(),
            home: Some("../../../communes.html".to_owned()),
            home_caption: self.pick("Các xã, phường, đặc khu", "Communes"),
            contacts: &local.contacts,
            ..self.view(groups, stamp.unwrap_or_default())
        }
    }

    fn list_of_communes(&self) -> Result<(), EmitError> {
        let (registers, day) = (&self.catalogue.registers, self.catalogue.as_of());
        let mut groups: Vec<Group> = Vec::new();
        let mut communes: Vec<&Commune> = self.communes.iter().collect();
        communes.sort_by_cached_key(|one| {
            let (province, own) = one.place.split_once('/').unwrap_or((&one.place, ""));
            (order::key(&province.replace('-', " ")), order::key(&own.replace('-', " ")))
        });
        for commune in communes {
            let (province, _) = commune.place.split_once('/').unwrap_or((&commune.place, ""));
            let title = local::name(province, day, registers);
            let unit = registers.units.get(&commune.place);
            let row = Row {
                href: format!("{}index.html", commune.folder),
                name: unit.map_or_else(|| commune.place.clone(), |unit| unit.name_on(day).to_owned()),
                note: commune
                    .local
                    .code
                    .as_ref()
                    .map_or_else(String::new, |code| say!(self.lang(), "mã {code}", "code {code}")),
            };
            match groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { title, rows: vec![row] }),
            }
        }
        let view = View {
            title: self.pick("Niêm yết tại xã, phường, đặc khu", "Notices of communes"),
            home: self.site.home(""),
            home_caption: self.pick("Danh mục thủ tục hành chính", "Catalogue"),
            ..self.view(groups, String::new())
        };
        let page = self.site.templates.common().render("list.html.jinja", &view)?;
        write(self.sink, "communes.html", page.as_bytes())
    }

    /// What all lists have.
    fn view(&self, groups: Vec<Group>, stamp: String) -> View<'_> {
        let (settings, day) = (&self.site.settings, short_date(self.catalogue.as_of()));
        let (version, hash) = (&settings.version, self.site.short_hash());
        View {
            lang: self.lang().tag(),
            title: "",
            publisher: &settings.publisher,
            place: None,
            home: None,
            home_caption: "",
            groups,
            none: self.pick("Không có thủ tục nào.", "None."),
            contacts: &[],
            feedback_title: self.pick("Nơi tiếp nhận phản ánh, kiến nghị", "Where to send feedback"),
            feedback: &settings.feedback,
            stamp: say!(
                self.lang(),
                "Bản {version} · tại ngày {day} · mã nguồn {hash}{stamp}",
                "Version {version} · as of {day} · source {hash}{stamp}"
            ),
        }
    }

    fn lang(&self) -> Lang {
        self.site.lang
    }

    fn pick(&self, vi: &'static str, en: &'static str) -> &'static str {
        Words::new(vi, en).get(self.lang())
    }
}
