//! Registers: acts, agencies, units, fields, forms, data sources, calendars, and what many procedures share. Read from
//! YAML with positions, so that a fault points to its line.

mod former;
mod load;
mod places;
mod rows;
mod settings;
mod units_csv;
mod working_time;

use std::sync::{Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::model::citation::ActKey;
use crate::model::{ActRef, Id, Register};
use crate::source::Span;
use crate::syntax::fold::{fold, nearest};
use crate::time::Calendar;

use self::former::FormerNames;
pub(crate) use self::load::FILES as REGISTER_FILES;
pub use self::load::load;
use self::places::Places;
pub use self::rows::{
    Act, ActKind, AgencyEntry, CalendarYear, Calendars, Day, DayOff, DayStatus, FieldEntry, FormEntry, FormerName,
    Hour, Interval, LevelName, LifeEvent, LocalHours, OfficeHours, OutcomeKind, RestDay, Shared, SharedFact,
    SharedFactKind, SharedKnownBy, SharedRole, SourceEntry, Unit, WorkingDay,
};
pub use self::settings::{Settings, load_settings};

/// A row of a register, and where it stands.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    pub value: T,
    pub span: Span,
}

/// A register: its rows in the order written, found by id.
#[derive(Clone, Debug)]
pub struct Table<T> {
    pub rows: Vec<Entry<T>>,
    /// Whether its file could not be read: then nobody can say what it lacks.
    pub unread: bool,
    by_id: FxHashMap<String, usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { rows: Vec::new(), unread: false, by_id: FxHashMap::default() }
    }
}

impl<T> Table<T> {
    pub fn get(&self, id: &str) -> Option<&T> {
        self.by_id.get(id).map(|&at| &self.rows[at].value)
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().map(|row| &row.value)
    }

    /// Adds a row whose id no other has.
    fn push(&mut self, id: String, row: Entry<T>) {
        self.by_id.insert(id, self.rows.len());
        self.rows.push(row);
    }
}

/// All registers of a catalogue.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    pub acts: Table<Act>,
    pub agencies: Table<AgencyEntry>,
    pub units: Table<Unit>,
    pub fields: Table<FieldEntry>,
    pub forms: Table<FormEntry>,
    pub sources: Table<SourceEntry>,
    pub calendars: Calendars,
    /// The calendar of every office; those of `local_hours` after it, in their order.
    working_time: Vec<Calendar>,
    pub shared: Shared,
    acts_by_number: FxHashMap<String, usize>,
    places: Places,
    former: OnceLock<FormerNames>,
    guesses: Guesses,
}

/// What was likely meant by each key that is not there: a missing act is missed by many procedures.
#[derive(Debug, Default)]
struct Guesses(Mutex<FxHashMap<(Register, String), Option<Guess>>>);

/// An id and the name that goes with it.
type Guess = (String, String);

impl Clone for Guesses {
    fn clone(&self) -> Guesses {
        Guesses::default()
    }
}

impl Registers {
    /// Gives every agency the name it bears on a day; the one it takes later stays an alias, so that it is still found.
    pub(crate) fn name_agencies(&mut self, day: Date) {
        for agency in self.agencies.rows.iter_mut().map(|row| &mut row.value) {
            let then = agency.name_on(day).to_owned();
            if then != agency.name {
                agency.aliases.push(std::mem::replace(&mut agency.name, then));
            }
        }
    }

    /// As `likely`, worked out once a key.
    pub(crate) fn likely_once(&self, register: Register, key: &str) -> Option<Guess> {
        let asked = (register, key.to_owned());
        if let Some(known) = self.guesses.0.lock().unwrap_or_else(PoisonError::into_inner).get(&asked) {
            return known.clone();
        }
        let likely = self.likely(register, key);
        self.guesses.0.lock().unwrap_or_else(PoisonError::into_inner).insert(asked, likely.clone());
        likely
    }

    /// An act by its id or by its number as printed.
    pub fn act(&self, key: &str) -> Option<&Act> {
        self.acts.get(key).or_else(|| self.acts_by_number.get(&fold(key)).map(|&at| &self.acts.rows[at].value))
    }

    /// The act that a citation names.
    pub fn act_meant(&self, act: &ActRef) -> Option<&Act> {
        match &act.key {
            ActKey::Id(id) => self.act(id.as_str()),
            ActKey::Number(number) => self.act(number),
            ActKey::Hole => None,
        }
    }

    /// Every act with a number: those of two provinces may be equal, and so may two of one agency that give no year.
    pub fn acts_numbered(&self, number: &str) -> Vec<&Act> {
        let wanted = fold(number);
        let Some(&first) = self.acts_by_number.get(&wanted) else { return Vec::new() };
        self.acts.rows[first..].iter().map(|row| &row.value).filter(|act| fold(&act.number) == wanted).collect()
    }

    pub fn shared_fact(&self, id: &Id) -> Option<&SharedFact> {
        self.shared.facts.iter().find(|fact| fact.id == *id)
    }

    pub fn shared_role(&self, id: &Id) -> Option<&SharedRole> {
        self.shared.roles.iter().find(|role| role.id == *id)
    }

    /// Whether a register's file could not be read.
    pub fn is_unread(&self, register: Register) -> bool {
        match register {
            Register::Acts => self.acts.unread,
            Register::Agencies => self.agencies.unread,
            Register::Fields => self.fields.unread,
            Register::Forms => self.forms.unread,
            Register::Sources => self.sources.unread,
            Register::Units => self.units.unread,
        }
    }

    pub fn knows(&self, register: Register, key: &str) -> bool {
        match register {
            Register::Acts => self.act(key).is_some(),
            Register::Agencies => self.agencies.get(key).is_some(),
            Register::Fields => self.fields.get(key).is_some(),
            Register::Forms => self.forms.get(key).is_some(),
            Register::Sources => self.sources.get(key).is_some(),
            Register::Units => self.units.get(key).is_some(),
        }
    }

    /// The likeliest entry for a key that is not there: (id, name).
    pub fn likely(&self, register: Register, key: &str) -> Option<(String, String)> {
        let spaced = key.replace(' ', "-");
        let named = |rows: Vec<(String, String)>| {
            let by_id = nearest(&spaced, rows.iter().map(|(id, _)| id.as_str())).map(str::to_owned);
            let id = by_id.or_else(|| {
                let by_name = nearest(key, rows.iter().map(|(_, name)| name.as_str()))?;
                rows.iter().find(|(_, name)| name == by_name).map(|(id, _)| id.clone())
            })?;
            rows.into_iter().find(|row| row.0 == id)
        };
        match register {
            Register::Acts => {
                let by_id = named(self.acts.iter().map(|act| (act.id.to_string(), act.title.clone())).collect());
                by_id.or_else(|| named(self.acts.iter().map(|act| (act.number.clone(), act.title.clone())).collect()))
            }
            Register::Agencies => {
                let alias = self.agencies.iter().find(|agency| {
                    let mut names = agency.aliases.iter().chain(&agency.short).chain([&agency.name]);
                    names.any(|name| fold(name) == key)
                });
                alias
                    .map(|agency| (agency.id.to_string(), agency.name.clone()))
                    .or_else(|| named(self.agencies.iter().map(|row| (row.id.to_string(), row.name.clone())).collect()))
            }
            Register::Fields => named(self.fields.iter().map(|row| (row.id.to_string(), row.name.clone())).collect()),
            Register::Forms => named(self.forms.iter().map(|row| (row.id.to_string(), row.name.clone())).collect()),
            Register::Sources => named(self.sources.iter().map(|row| (row.id.to_string(), row.name.clone())).collect()),
            Register::Units => named(self.units.iter().map(|row| (row.path(), row.name.clone())).collect()),
        }
    }
}

/// What loading registers gives.
pub type Loaded<T> = (T, Vec<Diagnostic>);

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::lang::Lang;
    use crate::source::{SourceFile, SourceMap, decode};

    #[test]
    fn an_agency_goes_by_the_name_of_the_day_and_is_found_by_the_other() {
        let text = "- { id: bộ-mới, name: Bộ Mới, level: bộ, names: [{ name: Ủy ban Cũ, until: 28/02/2025 }] }";
        let mut sources = SourceMap::default();
        let text = decode(text.as_bytes().to_vec()).expect("UTF-8");
        let file = sources.add(SourceFile::new("agencies.yaml".to_owned(), text));
        let (mut registers, _) = load(&sources, &[file], Lang::Vi);
        let name = |registers: &Registers| registers.agencies.get("bộ-mới").map(|agency| agency.name.clone());
        registers.name_agencies(date(2025, 3, 1));
        assert_eq!(name(&registers).as_deref(), Some("Bộ Mới"));
        registers.name_agencies(date(2025, 2, 28));
        assert_eq!(name(&registers).as_deref(), Some("Ủy ban Cũ"));
        let likely = registers.likely(Register::Agencies, "bộ mới");
        assert_eq!(likely.map(|(id, _)| id).as_deref(), Some("bộ-mới"));
    }
}
