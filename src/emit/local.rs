//! What pages say of the place they are for: its name, the names of its agencies, its code, its contacts. Two places with the
//! same layers differ in nothing else.

use jiff::civil::Date;

use crate::compile::Catalogue;
use crate::lang::Lang;
use crate::model::Agency;
use crate::plan::wording::uncapitalised;
use crate::plan::{ProcedurePlan, Wording};
use crate::resolve::registers::{LevelName, Registers, Unit};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Local {
    /// `Phường Trảng Dài, Thành phố Đồng Nai`
    pub(super) name: Option<String>,
    /// How agencies of the place, and of the province around it, end: `Ủy ban nhân dân` `phường Trảng Dài`.
    pub(super) commune: Option<String>,
    pub(super) province: Option<String>,
    /// Of the register of units.
    pub(super) code: Option<String>,
    /// Where the place is asked.
    pub(super) contacts: Vec<String>,
}

impl Local {
    pub(super) fn of(plan: &ProcedurePlan<'_>) -> Local {
        Local::at(plan.variant().place.as_deref(), plan.variant().as_of, plan.registers)
    }

    /// The place at a path of the register of units; nothing is said of the nation.
    pub(super) fn at(place: Option<&str>, day: Date, registers: &Registers) -> Local {
        let Some(place) = place else { return Local::default() };
        let unit = registers.units.get(place);
        let of_level =
            |level| around(place).filter_map(|path| registers.units.get(path)).find(|one| one.level == level);
        let ending = |unit: &Unit| uncapitalised(unit.name_on(day));
        Local {
            name: Some(name(place, day, registers)),
            commune: of_level(LevelName::Commune).map(ending),
            province: of_level(LevelName::Province).map(ending),
            code: unit.map(|unit| unit.code.clone()),
            contacts: unit.map(|unit| unit.contacts.clone()).unwrap_or_default(),
        }
    }

    /// An agency by name; a kind of agency by the name of the place, as far as that is known.
    pub(super) fn agency(&self, agency: &Agency, words: &Wording<'_>) -> String {
        let name = words.agency(agency);
        let kind = kind_at(agency, &name, words);
        let at = kind.and_then(|(kind, level)| Some((kind, self.ending(level)?)));
        at.map(|(kind, ending)| format!("{kind} {ending}")).unwrap_or(name)
    }

    /// Where to ask about a procedure: what its layers say, then what the register of units says of the place.
    pub(super) fn contacts_about(&self, plan: &ProcedurePlan<'_>) -> Vec<String> {
        let own = plan.body().contacts.iter().map(|contact| contact.value.value.clone());
        own.chain(self.contacts.iter().cloned()).collect()
    }

    pub(super) fn ending(&self, level: LevelName) -> Option<&str> {
        match level {
            LevelName::Commune => self.commune.as_deref(),
            LevelName::Province => self.province.as_deref(),
            _ => None,
        }
    }
}

/// What a kind of agency is called before the name of its place, and of which level the place is.
pub(super) fn kind_at<'n>(agency: &Agency, name: &'n str, words: &Wording<'_>) -> Option<(&'n str, LevelName)> {
    let Agency::Register(id) = agency else { return None };
    let is_local = words.registers.agencies.get(id.as_str()).is_some_and(|entry| entry.local);
    if !is_local || words.lang == Lang::En {
        return None;
    }
    let levels = [(" cấp xã", LevelName::Commune), (" cấp tỉnh", LevelName::Province)];
    levels.into_iter().find_map(|(ending, level)| Some((name.strip_suffix(ending)?, level)))
}

/// The full name of the place a plan is for.
pub(crate) fn place_name(plan: &ProcedurePlan<'_>) -> Option<String> {
    let place = plan.variant().place.as_ref()?;
    Some(name(place, plan.variant().as_of, plan.registers))
}

/// The full name of a place, on the day of a catalogue.
pub(super) fn name_of_place(catalogue: &Catalogue, place: &str) -> String {
    name(place, catalogue.as_of(), &catalogue.registers)
}

/// The full name of a place: its own, then that of the province around it.
pub(super) fn name(place: &str, day: Date, registers: &Registers) -> String {
    let own =
        |path: &str| registers.units.get(path).map_or_else(|| path.to_owned(), |unit| unit.name_on(day).to_owned());
    around(place).map(own).collect::<Vec<String>>().join(", ")
}

/// A place, and those around it.
fn around(place: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(place), |path| path.rsplit_once('/').map(|(parent, _)| parent))
}
