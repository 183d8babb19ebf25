//! The head of a form: whose it is, its number, where and when (NĐ 30/2020, Phụ lục I, in so far as it is followed here).

use serde::Serialize;

use super::super::local::{Local, kind_at};
use super::{Field, Kind, Maker, dots};
use crate::lang::say;
use crate::model::quantity::parse_date;
use crate::model::{Agency, ReceivingPlace};
use crate::plan::wording::{capitalised, long_date};
use crate::resolve::registers::{LevelName, Unit};

#[derive(Serialize)]
pub(super) struct Head {
    /// The agency above, in capitals.
    upper: Option<String>,
    /// Whose form it is, in capitals.
    agency: String,
    /// The same, as sentences name it.
    by: String,
    number: Option<String>,
    /// `Trảng Dài, ngày 05 tháng 5 năm 2026`
    dated: String,
}

impl Maker<'_, '_> {
    pub(super) fn head(&self) -> Head {
        let deciding = self.deciding();
        let office = self.office();
        // Whoever receives files signs the first three; the head of the agency signs what apologises or stops.
        let by_office =
            matches!(self.kind, Kind::Receipt | Kind::Supplement | Kind::Refusal | Kind::Control | Kind::Log);
        let (upper, by) = match (by_office, deciding, office) {
            (true, deciding, Some(office)) if deciding.as_ref() != Some(&office) => (deciding, Some(office)),
            (_, deciding, _) => (None, deciding),
        };
        let by = by.unwrap_or_else(|| dots(24));
        let number = self.kind.sign().map(|sign| {
            let number = self.field(Field::Number, 10);
            // Who gives a whole number, with its sign, has it as it is.
            let number = if number.contains('/') { number } else { format!("{number}/{sign}") };
            say!(self.lang(), "Số: {number}", "No.: {number}")
        });
        Head {
            upper: upper.map(|name| name.to_uppercase()),
            agency: by.to_uppercase(),
            by,
            number,
            dated: format!("{}, {}", self.place(), self.date()),
        }
    }

    /// The agency that decides; nothing where there are several, or none is given.
    fn deciding(&self) -> Option<String> {
        if let Some(given) = self.given(Field::Agency) {
            return Some(given.to_owned());
        }
        let by = self.plan.body().decided_by.as_ref()?.general.as_ref()?;
        match by.setting.given()?.as_slice() {
            [only] => Some(self.named(&only.value)),
            _ => None,
        }
    }

    /// The first place that receives.
    fn office(&self) -> Option<String> {
        if let Some(given) = self.given(Field::Office) {
            return Some(given.to_owned());
        }
        let by = self.plan.body().received_at.as_ref()?.general.as_ref()?;
        by.setting.given()?.iter().find_map(|place| match &place.value {
            ReceivingPlace::Agency(agency) => Some(self.named(agency)),
            _ => None,
        })
    }

    /// An agency by name; a kind of agency by the name of its place, as far as that is known.
    fn named(&self, agency: &Agency) -> String {
        let name = self.words.agency(agency);
        match kind_at(agency, &name, &self.words) {
            Some((kind, level)) => {
                let local = Local::of(self.plan);
                format!("{kind} {}", local.ending(level).map_or_else(|| dots(12), str::to_owned))
            }
            None => name,
        }
    }

    /// The unit of a level that the plan is for.
    fn unit(&self, level: LevelName) -> Option<&Unit> {
        let mut path = self.plan.variant().place.as_deref()?;
        loop {
            let unit = self.plan.registers.units.get(path);
            if let Some(unit) = unit.filter(|unit| unit.level == level) {
                return Some(unit);
            }
            path = path.rsplit_once('/')?.0;
        }
    }

    /// Where it is signed: the name of the unit whose agency signs, without its kind.
    fn place(&self) -> String {
        if let Some(given) = self.given(Field::Place) {
            return given.to_owned();
        }
        let by = self.plan.body().decided_by.as_ref().and_then(|by| by.general.as_ref()?.setting.given());
        let level = by.into_iter().flatten().find_map(|agency| match &agency.value {
            Agency::Register(id) => self.plan.registers.agencies.get(id.as_str()).map(|entry| entry.level),
            _ => None,
        });
        let Some(unit) = level.and_then(|level| self.unit(level)) else { return dots(10) };
        let name = unit.name_on(self.plan.variant().as_of);
        let kind = format!("{} ", capitalised(&unit.kind));
        name.strip_prefix(&kind).unwrap_or(name).to_owned()
    }

    /// When it is signed: as given, else, on a receipt, the day of receipt.
    fn date(&self) -> String {
        if let Some(given) = self.given(Field::Date) {
            return parse_date(given).map_or_else(|| given.to_owned(), |date| long_date(date, self.lang()));
        }
        let received = self.filled.case.and_then(|(asked, _)| asked.received).filter(|_| self.kind == Kind::Receipt);
        match received {
            Some(received) => long_date(self.plan.calendar().date(received.day), self.lang()),
            None => self.pick("ngày …… tháng …… năm 20……", "……/……/20……"),
        }
    }
}
