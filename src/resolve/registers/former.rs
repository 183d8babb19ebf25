//! Names that are no longer borne: of units and agencies that were renamed or merged into others.

use aho_corasick::AhoCorasick;
use jiff::civil::Date;

use super::{AgencyEntry, FormerName, LevelName, Registers, Unit};
use crate::syntax::fold::fold;

/// A name, and who goes by another one after its last day.
#[derive(Clone, Debug)]
pub(crate) struct Former {
    pub(crate) folded: String,
    /// The last day of the name.
    pub(crate) until: Date,
    /// Whether what bore it is no more.
    pub(crate) ended: bool,
    /// Communes of one name lie in many provinces: the place where it can only be this one.
    pub(crate) at: Option<String>,
    bearer: Bearer,
}

/// Whoever bears another name now, or has taken over, by id.
#[derive(Clone, Debug)]
enum Bearer {
    Unit(String),
    Agency(String),
}

/// All of them, the longer before those they hold, and what finds any of them in one pass over a text.
#[derive(Clone, Debug)]
pub(super) struct FormerNames {
    all: Vec<Former>,
    any: Option<AhoCorasick>,
}

impl Registers {
    /// The names to look for in a folded text: none, where it holds none of them.
    pub(crate) fn former_names(&self, folded: &str) -> &[Former] {
        let known = self.former.get_or_init(|| {
            let units = self.units.iter().flat_map(of_unit);
            let mut all: Vec<Former> = units.chain(self.agencies.iter().flat_map(of_agency)).collect();
            all.sort_by(|one, other| (other.folded.len(), &one.folded).cmp(&(one.folded.len(), &other.folded)));
            let any = AhoCorasick::new(all.iter().map(|name| &name.folded)).ok();
            FormerNames { all, any }
        });
        match &known.any {
            Some(any) if !any.is_match(folded) => &[],
            _ => &known.all,
        }
    }

    /// What bears a former name is called on a day, or what took over.
    pub(crate) fn called_now<'a>(&'a self, former: &'a Former, day: Date) -> &'a str {
        match &former.bearer {
            Bearer::Unit(path) => self.units.get(path).map_or(path, |unit| unit.name_on(day)),
            Bearer::Agency(id) => self.agencies.get(id).map_or(id, |agency| agency.name_on(day)),
        }
    }
}

fn renamed(names: &[FormerName], at: Option<String>, bearer: &Bearer) -> Vec<Former> {
    let dated = names.iter().filter_map(|name| Some((name, name.until?.0)));
    let former = dated.map(|(name, until)| Former {
        folded: fold(&name.name),
        until,
        ended: false,
        at: at.clone(),
        bearer: bearer.clone(),
    });
    former.collect()
}

fn of_unit(unit: &Unit) -> Vec<Former> {
    let own = unit.path();
    let at = (unit.level != LevelName::Province).then(|| own.clone());
    let mut all = renamed(&unit.names, at, &Bearer::Unit(own));
    if let (Some(until), Some(heir)) = (unit.valid.until, &unit.merged_into) {
        let bearer = Bearer::Unit(heir.clone());
        all.push(Former { folded: fold(&unit.name), until: until.0, ended: true, at: None, bearer });
    }
    all
}

fn of_agency(agency: &AgencyEntry) -> Vec<Former> {
    let mut all = renamed(&agency.names, None, &Bearer::Agency(agency.id.to_string()));
    let (Some(until), Some(heir)) = (agency.valid.until, &agency.merged_into) else { return all };
    let names = [&agency.name].into_iter().chain(&agency.short);
    // `Phòng Nội vụ` may be another office of that name; `Ủy ban nhân dân huyện` is none.
    let district = agency.aliases.iter().filter(|name| {
        agency.level == LevelName::District && ["huyện", "quận", "thị xã"].iter().any(|word| fold(name).ends_with(word))
    });
    for name in names.chain(district).filter(|name| name.contains(' ')) {
        let bearer = Bearer::Agency(heir.to_string());
        all.push(Former { folded: fold(name), until: until.0, ended: true, at: None, bearer });
    }
    all
}
