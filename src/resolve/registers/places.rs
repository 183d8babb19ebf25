//! What is worked out once of the register of units: in which folder a build puts each, and by which words a text begins with
//! the name of one.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{LevelName, Registers, Unit};
use crate::syntax::fold::plain;

#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// By path of the unit.
    folders: FxHashMap<String, String>,
    /// The names of units without their kind: `Cao Bằng`.
    names: FxHashSet<String>,
}

impl Registers {
    /// Works out the folders and the names; done once, after the register was read.
    pub(super) fn know_places(&mut self) {
        let mut same: FxHashMap<String, usize> = FxHashMap::default();
        for unit in self.units.iter() {
            *same.entry(slug(&unit.path())).or_default() += 1;
        }
        let folder = |unit: &Unit| {
            let slug = slug(&unit.path());
            // `Lộc Thạnh` and `Lộc Thành` of one province are one word without marks: each takes its code along.
            if same[&slug] > 1 { format!("{slug}-{}", self::slug(&unit.code)) } else { slug }
        };
        let folders = self.units.iter().map(|unit| (unit.path(), folder(unit))).collect();
        let names = self.units.iter().map(|unit| own_name(&unit.name).to_owned()).filter(|name| !name.is_empty());
        self.places = Places { folders, names: names.collect() };
    }

    /// The path of a place as folders of a build are called: no two places have the same.
    pub fn folder_of(&self, place: &str) -> String {
        self.places.folders.get(place).cloned().unwrap_or_else(|| slug(place))
    }

    /// Whether a text begins with the name of a place, as a whole word.
    pub(crate) fn begins_with_a_place(&self, text: &str) -> bool {
        let ends = text.char_indices().filter(|(_, letter)| !letter.is_alphanumeric()).map(|(at, _)| at);
        ends.chain([text.len()]).any(|end| self.places.names.contains(&text[..end]))
    }

    /// The communes of a province, or of all, in the order of their paths.
    pub fn communes(&self, province: Option<&str>) -> Vec<&Unit> {
        let within = |unit: &&Unit| match (&unit.parent, province) {
            (Some(parent), Some(province)) => parent.is(province),
            (Some(_), None) => true,
            (None, _) => false,
        };
        let mut communes: Vec<&Unit> =
            self.units.iter().filter(|unit| unit.level == LevelName::Commune).filter(within).collect();
        communes.sort_by_cached_key(|unit| unit.path());
        communes
    }
}

/// Units are registered with their kind before them: `Tỉnh Cao Bằng`.
fn own_name(name: &str) -> &str {
    let own = name.split_once(' ').map_or("", |(_, own)| own);
    own.strip_prefix("phố ").or_else(|| own.strip_prefix("khu ")).unwrap_or(own)
}

/// A path in letters and digits of ASCII.
fn slug(path: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() || letter == '/' { letter } else { '-' };
    plain(path).chars().map(letter).collect()
}
