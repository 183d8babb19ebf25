//! What a row of each register holds, as its file writes it.

use jiff::civil::Date;
use serde::Deserialize;

use crate::model::{ClockTime, Id};
use crate::syntax::fold::fold;
use crate::syntax::words::Kw;

/// A day written `d/m/yyyy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Day, D::Error> {
        let text = String::deserialize(from)?;
        let date = crate::model::quantity::parse_date(&text);
        date.map(Day).ok_or_else(|| serde::de::Error::custom(format!("not a day: {text}")))
    }
}

/// From a day to a day, both included; an end not given is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    pub from: Option<Day>,
    pub until: Option<Day>,
}

impl Interval {
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from.0 <= day) && self.until.is_none_or(|until| day <= until.0)
    }
}

/// A legal document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    pub id: Id,
    /// As printed: `63/2010/NĐ-CP`.
    pub number: String,
    pub kind: ActKind,
    pub issuer: Option<String>,
    pub title: String,
    pub signed: Option<Day>,
    #[serde(default)]
    pub in_force: Interval,
    #[serde(default)]
    pub amended_by: Vec<Id>,
    #[serde(default)]
    pub replaced_by: Vec<Id>,
    /// False where something in the entry is only recalled.
    #[serde(default = "yes")]
    pub confirmed: bool,
    pub source: Option<String>,
}

impl Act {
    /// As documents call it: `Nghị định 87/2020/NĐ-CP`.
    pub fn called(&self) -> String {
        format!("{} {}", self.kind.vi(), self.number)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum ActKind {
    #[serde(rename = "hiến pháp")]
    Constitution,
    #[serde(rename = "bộ luật")]
    Code,
    #[serde(rename = "luật")]
    Law,
    #[serde(rename = "pháp lệnh")]
    Ordinance,
    #[serde(rename = "nghị quyết")]
    Resolution,
    #[serde(rename = "nghị định")]
    Decree,
    #[serde(rename = "quyết định")]
    Decision,
    #[serde(rename = "thông tư")]
    Circular,
    #[serde(rename = "thông tư liên tịch")]
    JointCircular,
    #[serde(rename = "công văn")]
    Dispatch,
    #[serde(rename = "chỉ thị")]
    Directive,
    #[serde(rename = "văn bản khác")]
    Other,
}

impl ActKind {
    pub fn vi(self) -> &'static str {
        match self {
            ActKind::Constitution => "Hiến pháp",
            ActKind::Code => "Bộ luật",
            ActKind::Law => "Luật",
            ActKind::Ordinance => "Pháp lệnh",
            ActKind::Resolution => "Nghị quyết",
            ActKind::Decree => "Nghị định",
            ActKind::Decision => "Quyết định",
            ActKind::Circular => "Thông tư",
            ActKind::JointCircular => "Thông tư liên tịch",
            ActKind::Dispatch => "Công văn",
            ActKind::Directive => "Chỉ thị",
            ActKind::Other => "Văn bản",
        }
    }

    /// The kind that a word of the language means.
    pub fn of_word(word: Kw) -> Option<ActKind> {
        Some(match word {
            Kw::KindConstitution => ActKind::Constitution,
            Kw::KindCode => ActKind::Code,
            Kw::KindLaw => ActKind::Law,
            Kw::KindOrdinance => ActKind::Ordinance,
            Kw::KindResolution => ActKind::Resolution,
            Kw::KindDecree => ActKind::Decree,
            Kw::KindDecision => ActKind::Decision,
            Kw::KindJointCircular => ActKind::JointCircular,
            Kw::KindCircular => ActKind::Circular,
            _ => return None,
        })
    }

    /// Whether an act of this kind may set a procedure (NĐ 63/2010 art. 8(1): only a normative legal document).
    pub fn may_set_procedures(self) -> bool {
        !matches!(self, ActKind::Dispatch | ActKind::Directive | ActKind::Other)
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyEntry {
    pub id: Id,
    pub name: String,
    pub short: Option<String>,
    pub level: LevelName,
    /// A kind of agency, whose name a place fills in.
    #[serde(default)]
    pub local: bool,
    pub parent: Option<Id>,
    pub code: Option<String>,
    /// What it was called earlier.
    #[serde(default)]
    pub names: Vec<FormerName>,
    #[serde(default)]
    pub valid: Interval,
    pub merged_into: Option<Id>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default = "yes")]
    pub confirmed: bool,
}

impl AgencyEntry {
    /// What it was called on a day.
    pub fn name_on(&self, day: Date) -> &str {
        name_on(&self.name, &self.names, day)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum LevelName {
    #[serde(rename = "bộ")]
    Ministry,
    #[serde(rename = "tỉnh")]
    Province,
    #[serde(rename = "huyện")]
    District,
    #[serde(rename = "xã")]
    Commune,
    #[serde(rename = "khác")]
    Other,
}

/// A province or commune.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub id: Id,
    pub parent: Option<Id>,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub level: LevelName,
    #[serde(default)]
    pub names: Vec<FormerName>,
    #[serde(default)]
    pub valid: Interval,
    /// The path of the unit into which it was merged when it ended.
    pub merged_into: Option<String>,
    #[serde(default)]
    pub contacts: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerName {
    pub name: String,
    pub from: Option<Day>,
    pub until: Option<Day>,
}

impl Unit {
    /// Where the unit stands: `đồng-nai` or `đồng-nai/trảng-dài`.
    pub fn path(&self) -> String {
        match &self.parent {
            Some(parent) => format!("{parent}/{}", self.id),
            None => self.id.to_string(),
        }
    }

    /// What it was called on a day.
    pub fn name_on(&self, day: Date) -> &str {
        name_on(&self.name, &self.names, day)
    }
}

fn name_on<'a>(now: &'a str, names: &'a [FormerName], day: Date) -> &'a str {
    names.iter().find(|former| former.period().contains(day)).map_or(now, |former| &former.name)
}

impl FormerName {
    pub fn period(&self) -> Interval {
        Interval { from: self.from, until: self.until }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldEntry {
    pub id: Id,
    pub name: String,
    pub ministry: Option<String>,
    /// What happens in a life that leads people to the procedures of the field.
    #[serde(default)]
    pub life_events: Vec<LifeEvent>,
}

/// `Có con nhỏ`, and the procedures it leads to: every one of the field where none is named.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    pub name: String,
    #[serde(default)]
    pub procedures: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormEntry {
    pub id: Id,
    pub number: Option<String>,
    pub name: String,
    pub act: Option<Id>,
    #[serde(default)]
    pub valid: Interval,
    /// The file of the form, below the catalogue's folder `forms`.
    pub file: Option<String>,
    #[serde(default = "yes")]
    pub confirmed: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    pub id: Id,
    pub name: String,
    pub owner: Option<String>,
    /// Its owner has announced that its data replace papers.
    #[serde(default)]
    pub announced: bool,
    /// Papers whose content it holds, as words that their folded names contain; kept folded.
    #[serde(default, deserialize_with = "folded")]
    pub papers: Vec<String>,
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// Working calendars of state agencies.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendars {
    #[serde(default)]
    pub weekly_rest: Vec<RestDay>,
    pub office_hours: Option<OfficeHours>,
    /// Offices that keep other hours, or take files on weekly rest days.
    #[serde(default)]
    pub local_hours: Vec<LocalHours>,
    #[serde(default)]
    pub years: Vec<CalendarYear>,
}

/// A day of the week on which offices rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum RestDay {
    #[serde(rename = "thứ bảy")]
    Saturday,
    #[serde(rename = "chủ nhật")]
    Sunday,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    pub morning: [Hour; 2],
    pub afternoon: [Hour; 2],
    #[serde(default = "yes")]
    pub confirmed: bool,
    pub source: Option<String>,
}

/// The hours of one agency, or of the offices of a place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalHours {
    pub agency: Option<Id>,
    /// A path of the register of units; its communes are meant too.
    pub place: Option<String>,
    pub morning: Option<[Hour; 2]>,
    pub afternoon: Option<[Hour; 2]>,
    /// When files are taken on a Saturday; the day stays no working day.
    pub saturday: Option<[Hour; 2]>,
    pub sunday: Option<[Hour; 2]>,
    #[serde(default = "yes")]
    pub confirmed: bool,
    pub source: Option<String>,
}

/// A time of day written `h:mm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour(pub ClockTime);

impl<'de> Deserialize<'de> for Hour {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Hour, D::Error> {
        let text = String::deserialize(from)?;
        let clock = crate::model::quantity::parse_clock(&text);
        clock.map(Hour).ok_or_else(|| serde::de::Error::custom(format!("not an hour: {text}")))
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    pub year: i16,
    pub official: bool,
    #[serde(default)]
    pub days_off: Vec<DayOff>,
    #[serde(default)]
    pub working_days: Vec<WorkingDay>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    pub date: Day,
    pub name: String,
    pub kind: Option<String>,
    pub source: Option<String>,
    pub status: DayStatus,
    pub reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayStatus {
    Official,
    Unconfirmed,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingDay {
    pub date: Day,
    pub instead_of: Option<Day>,
    pub source: Option<String>,
}

/// Facts, roles and kinds of outcome that many procedures share; norms name these only.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    #[serde(default)]
    pub facts: Vec<SharedFact>,
    #[serde(default)]
    pub roles: Vec<SharedRole>,
    #[serde(default)]
    pub outcome_kinds: Vec<OutcomeKind>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedFact {
    pub id: Id,
    #[serde(rename = "type")]
    pub kind: SharedFactKind,
    pub label: String,
    pub known_by: SharedKnownBy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SharedFactKind {
    Boolean,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SharedKnownBy {
    Applicant,
    Agency,
    Place,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedRole {
    pub id: Id,
    pub name: String,
    pub agency: Id,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeKind {
    pub id: Id,
    pub name: String,
}

fn folded<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::<String>::deserialize(from)?.iter().map(|words| fold(words)).collect())
}

fn yes() -> bool {
    true
}
