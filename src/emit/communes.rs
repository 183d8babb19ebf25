//! The notices of communes: a page a procedure that communes handle and a commune, `places/PROVINCE/COMMUNE/notices/CODE.html`,
//! with a list of them beside it.
//!
//! Nearly all communes have the same layers of a procedure, and then their pages differ in the words of [`Local`] alone. So a
//! page is planned and rendered once for each set of layers, with a mark in the place of each of these words, and [`Cut`] at
//! the marks; a commune's is its words between the pieces. Where a template may do anything with a value – an agency's own
//! – each page is rendered by itself. *Invariant:* both ways give the same bytes.

mod cut;
mod list;
mod order;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use self::cut::Cuts;
use super::files::file_of;
use super::local::Local;
use super::notice::{self, Beside};
use super::{EmitError, Sink, Site, has_process};
use crate::compile::Catalogue;
use crate::model::{Level, Overlay, Procedure};
use crate::plan::ProcedurePlan;
use crate::resolve::{Effective, Variant, layers};

/// A commune of the register of units.
pub(super) struct Commune {
    /// Its path, `đồng-nai/trảng-dài`.
    pub(super) place: String,
    /// `places/dong-nai/trang-dai/`
    pub(super) folder: String,
    pub(super) local: Local,
    /// The same words as a cut page takes them.
    words: Vec<String>,
}

/// How the pages of communes are made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Once for each set of layers, where that can be done.
    Cut,
    /// Each by itself: what the other way is tested against.
    Whole,
}

/// Every commune of the place that is built, in the order of their paths.
pub(super) fn of_build(catalogue: &Catalogue) -> Vec<Commune> {
    let (registers, day) = (&catalogue.registers, catalogue.as_of());
    let all = registers.communes(catalogue.options.place.as_deref());
    let commune = |place: String| {
        let local = Local::at(Some(&place), day, registers);
        Commune { folder: format!("places/{}/", registers.folder_of(&place)), words: cut::words(&local), local, place }
    };
    all.into_iter().map(|unit| commune(unit.path())).collect()
}

/// Writes the notices of all communes, and the list of each; gives how many notices there are.
pub(super) fn make(
    catalogue: &Catalogue,
    site: &Site<'_>,
    sink: &dyn Sink,
    way: Way,
    progress: &(dyn Fn() + Sync),
) -> Result<usize, EmitError> {
    let communes = of_build(catalogue);
    let way = if cut::marks_occur(catalogue) { Way::Whole } else { way };
    let maker = Maker { catalogue, site, sink, way, communes: &communes };
    let made = maker.all(
        |effective, group| {
            let plan = ProcedurePlan::new(effective, &catalogue.registers, &catalogue.subprocesses);
            maker.group(&plan, group)
        },
        progress,
    )?;
    if site.wanted.shard.is_none() {
        list::make(&maker, &made.listed)?;
    }
    Ok(made.notices)
}

/// Writes the lists alone, of notices that were made in parts; gives how many notices there are.
pub(super) fn lists(catalogue: &Catalogue, site: &Site<'_>, sink: &dyn Sink) -> Result<usize, EmitError> {
    let communes = of_build(catalogue);
    let way = if cut::marks_occur(catalogue) { Way::Whole } else { Way::Cut };
    let maker = Maker { catalogue, site, sink, way, communes: &communes };
    let made = maker.all(|_, _| Ok(()), &|| ())?;
    list::make(&maker, &made.listed)?;
    Ok(made.notices)
}

/// Makes the lists of one commune that has every part that a list can have.
pub(super) fn with_names(catalogue: &Catalogue, site: &Site<'_>) -> Result<(), EmitError> {
    let mut communes = of_build(catalogue);
    communes.truncate(1);
    communes.iter_mut().for_each(|commune| commune.local.contacts = vec![String::new()]);
    let maker = Maker { catalogue, site, sink: &super::Nowhere, way: Way::Whole, communes: &communes };
    let handled = |commune| Handled { commune, gaps: 0 };
    let handled = vec![(0..communes.len()).map(handled).collect(); catalogue.procedures.len()];
    list::make(&maker, &handled)
}

struct Maker<'m> {
    catalogue: &'m Catalogue,
    site: &'m Site<'m>,
    sink: &'m dyn Sink,
    way: Way,
    communes: &'m [Commune],
}

/// Communes with the same layers of a procedure, by number.
struct Group<'a> {
    layers: Vec<&'a Overlay>,
    communes: Vec<usize>,
}

/// A commune, by number, that has a notice of a procedure, with the gaps of it there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Handled {
    commune: usize,
    gaps: usize,
}

/// What communes have of all procedures.
struct Made {
    /// How many notices are written by themselves.
    notices: usize,
    /// Of each procedure, the communes that have a notice of it.
    listed: Vec<Vec<Handled>>,
}

impl Maker<'_> {
    /// Hands over the notices of every procedure that is built, a group of communes at a time.
    fn all(
        &self,
        write: impl Fn(&Effective<'_>, &Group<'_>) -> Result<(), EmitError> + Sync,
        progress: &(dyn Fn() + Sync),
    ) -> Result<Made, EmitError> {
        let procedures = self.catalogue.procedures.par_iter().enumerate();
        let of_all: Result<Vec<(usize, Vec<Handled>)>, EmitError> = procedures
            .filter(|(number, _)| self.site.wanted.takes(*number))
            .map(|(_, procedure)| {
                let mut handled = Vec::new();
                for (effective, group) in self.handled(procedure) {
                    write(&effective, &group)?;
                    let gaps = effective.public_holes().count();
                    handled.extend(group.communes.into_iter().map(|commune| Handled { commune, gaps }));
                }
                let notices = handled.len();
                handled.extend(self.made_elsewhere(procedure));
                handled.sort_unstable();
                progress();
                Ok((notices, handled))
            })
            .collect();
        let (notices, listed): (Vec<usize>, Vec<Vec<Handled>>) = of_all?.into_iter().unzip();
        Ok(Made { notices: notices.into_iter().sum(), listed })
    }

    /// The communes that handle a procedure, by their layers, and how it stands there.
    fn handled<'a>(&'a self, procedure: &'a Procedure) -> Vec<(Effective<'a>, Group<'a>)> {
        let standing = |group: Group<'a>| {
            let place = &self.communes[group.communes[0]].place;
            let effective = self.catalogue.effective(procedure, self.variant(place));
            let mut levels = effective.body.levels.iter().flat_map(|levels| &levels.value);
            let of_communes = levels.any(|level| level.value == Level::Commune);
            (effective.in_force && of_communes).then_some((effective, group))
        };
        self.groups(procedure).into_iter().filter_map(standing).collect()
    }

    /// The communes with a notice that is written with everything else of their place.
    fn made_elsewhere(&self, procedure: &Procedure) -> Vec<Handled> {
        let own = super::variants(self.catalogue, procedure).into_iter().filter_map(|variant| {
            let place = variant.place.as_ref()?;
            let commune = self.communes.binary_search_by(|one| one.place.cmp(place)).ok()?;
            let effective = self.catalogue.effective(procedure, variant);
            effective.in_force.then(|| Handled { commune, gaps: effective.public_holes().count() })
        });
        own.collect()
    }

    /// The communes by their layers, without those whose notice is written with everything else of their place.
    fn groups<'a>(&'a self, procedure: &Procedure) -> Vec<Group<'a>> {
        let overlays = self.catalogue.overlays_of(procedure);
        let whole = super::variants(self.catalogue, procedure);
        let local = overlays.iter().any(|overlay| overlay.place.is_some());
        let mut groups: Vec<Group<'a>> = Vec::new();
        for (at, commune) in self.communes.iter().enumerate() {
            // Without a layer of any place, all communes are as the first.
            if !local {
                match groups.first_mut() {
                    Some(group) => group.communes.push(at),
                    None => groups.push(Group { layers: Vec::new(), communes: vec![at] }),
                }
                continue;
            }
            let variant = self.variant(&commune.place);
            if whole.contains(&variant) {
                continue;
            }
            let own = layers::that_apply(&overlays, &variant);
            let same = |group: &&mut Group<'_>| {
                group.layers.len() == own.len() && group.layers.iter().zip(&own).all(|(a, b)| a.head == b.head)
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.communes.push(at),
                None => groups.push(Group { layers: own, communes: vec![at] }),
            }
        }
        groups
    }

    /// Writes the notices of one procedure for communes with the same layers.
    fn group(&self, plan: &ProcedurePlan<'_>, group: &Group<'_>) -> Result<(), EmitError> {
        let file = file_of(plan);
        let beside = self.beside(plan, group, &file);
        let mut cuts = Cuts::default();
        let mut page = String::new();
        for &at in &group.communes {
            let commune = &self.communes[at];
            let templates = self.site.templates.at(Some(&commune.place));
            let whole = |local: &Local| notice::page(plan, self.site, templates, local, beside.clone());
            if self.way == Way::Cut && Cuts::can_make(templates, &commune.local) {
                cuts.page(templates, commune, &mut page, whole)?;
            } else {
                page = whole(&commune.local)?;
            }
            super::press::documents(
                self.site,
                templates,
                self.sink,
                &format!("{}notices/{file}", commune.folder),
                &page,
            )?;
        }
        Ok(())
    }

    /// What notices of communes lead to: their list and, where the process is that of the province that is built, its chart.
    fn beside(&self, plan: &ProcedurePlan<'_>, group: &Group<'_>, file: &str) -> Beside {
        let province = self.catalogue.options.place.as_ref().is_some_and(|province| {
            group.layers.iter().all(|one| one.place.as_ref().is_none_or(|place| place.value == *province))
        });
        let chart = province && has_process(plan) && self.site.wanted.has("charts");
        Beside {
            home: self.site.wanted.html.then(|| "../index.html".to_owned()),
            chart: chart.then(|| format!("../../charts/{file}.svg")),
        }
    }

    fn variant(&self, place: &str) -> Variant {
        Variant { as_of: self.catalogue.as_of(), place: Some(place.to_owned()) }
    }
}
