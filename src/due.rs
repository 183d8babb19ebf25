//! The duties of publication that follow from changes of law: for each change of a procedure the day by which the announcing
//! decision must be signed, the national database must have it, and the posted notice must say it (Decree 63/2010/NĐ-CP,
//! articles 15, 16, 17 and 24(2)).

mod events;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::compile::Catalogue;
use crate::model::{Duration, Number, Unit};
use crate::resolve::registers::Act;
use crate::time::calendar::Calendar;

pub use self::events::{Change, Event, Publisher};

/// How far is looked: days back for what took effect, days ahead for what falls due.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub back: i32,
    pub ahead: i32,
}

/// Everything that is due, and what cannot be told.
#[derive(Clone, Debug)]
pub struct Due<'a> {
    pub as_of: Date,
    pub window: Window,
    /// By day, the late ones first.
    pub duties: Vec<Duty<'a>>,
    pub unknown: Vec<Unknown<'a>>,
}

/// What has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The decision that announces it is signed.
    Decision,
    /// It stands in the national database.
    Database,
    /// It is posted where files are taken, and what it replaces is taken down.
    Posting,
}

/// How many days a step of publication has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Calendar days before the change takes effect, at least.
    Before(i32),
    /// Calendar days after the act was signed, at most: by the shortened procedure it takes effect at once.
    AfterSigning(i32),
    /// Working days after the decision was signed, at most.
    WorkingDays(i32),
    AtOnce,
}

/// One duty for all procedures that one change touches.
#[derive(Clone, Debug)]
pub struct Duty<'a> {
    pub what: What,
    pub limit: Limit,
    /// The last day.
    pub day: Date,
    pub event: Event<'a>,
    /// Codes and names.
    pub procedures: Vec<(&'a str, &'a str)>,
    /// When it was done, where the register says so.
    pub done: Option<Date>,
    /// Counted from the last day on which the decision may be signed, as it is not known to be.
    pub if_signed_in_time: bool,
    /// The decision named in the procedure, of which the register gives no day: it may have announced this.
    pub undated: Option<&'a Act>,
    /// The last working day not after `day`, where `day` itself is none.
    pub worked_before: Option<Date>,
    /// Whether the calendar of these days is not official yet.
    pub provisional: bool,
}

impl Duty<'_> {
    /// Days by which it is late, or was.
    pub fn late(&self, as_of: Date) -> Option<i32> {
        let days = days_between(self.day, self.done.unwrap_or(as_of));
        (days > 0).then_some(days)
    }
}

/// Something the register does not say, so that a limit cannot be told.
#[derive(Clone, Debug)]
pub struct Unknown<'a> {
    pub act: &'a Act,
    pub lacks: Lacks,
    pub procedures: Vec<(&'a str, &'a str)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lacks {
    /// When a recent act takes effect.
    InForce,
    /// When a recent act was signed, and when it takes effect.
    SignedAndInForce,
    /// When the announcing decision was signed.
    DecisionSigned,
}

/// Days from one day to another.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn days_after(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// What is due in a catalogue, at its place and on its day.
pub fn due(catalogue: &Catalogue, window: Window) -> Due<'_> {
    let as_of = catalogue.as_of();
    let since = days_after(as_of, -window.back);
    let found = events::of(catalogue, since);
    let calendar = catalogue.registers.calendar(None, catalogue.options.place.as_deref());
    let mut duties: Vec<Duty<'_>> = Vec::new();
    for (event, procedure) in found.events {
        for duty in duties_of(event, procedure, calendar) {
            let same =
                |other: &&mut Duty<'_>| (other.what, other.day, &other.event) == (duty.what, duty.day, &duty.event);
            match duties.iter_mut().find(same) {
                Some(known) => known.procedures.extend(duty.procedures),
                None => duties.push(duty),
            }
        }
    }
    let last = days_after(as_of, window.ahead);
    // What was done in time is no news.
    duties.retain(|duty| duty.day <= last && (duty.done.is_none() || duty.late(as_of).is_some()));
    duties.sort_by(|one, other| {
        let key = |duty: &Duty<'_>| (duty.day, duty.event.from, duty.what);
        key(one).cmp(&key(other)).then_with(|| one.procedures.cmp(&other.procedures))
    });
    let mut unknown = found.unknown;
    unknown.sort_by(|one, other| (one.lacks, &one.act.number).cmp(&(other.lacks, &other.act.number)));
    Due { as_of, window, duties, unknown }
}

/// The three duties that follow from one event for one procedure.
fn duties_of<'a>(event: Event<'a>, procedure: (&'a str, &'a str), calendar: &Calendar) -> Vec<Duty<'a>> {
    let (before, database) = match event.publisher {
        Publisher::Ministry => (20, 10),
        Publisher::Province => (5, 5),
    };
    // By the shortened procedure an act is in force on the day it is signed.
    let at_once = event.act.and_then(|act| act.signed).filter(|signed| signed.0 >= event.from);
    let (limit, last) = match at_once {
        Some(signed) => (Limit::AfterSigning(3), limit_ends(calendar, signed.0, 3, Unit::Days)),
        None => (Limit::Before(before), Some(days_after(event.from, -before))),
    };
    let Some(last) = last else { return Vec::new() };
    let database = if at_once.is_some() { 2 } else { database };
    let signed = event.decision.and_then(|decision| decision.signed).map(|day| day.0);
    let undated = event.decision.filter(|decision| decision.signed.is_none());
    let duty = |what: What, limit: Limit, day: Date| Duty {
        what,
        limit,
        day,
        event: event.clone(),
        procedures: vec![procedure],
        done: None,
        if_signed_in_time: signed.is_none() && what != What::Decision,
        undated,
        worked_before: working_day_until(calendar, day).filter(|worked| *worked != day),
        provisional: is_provisional(calendar, day),
    };
    let from = signed.unwrap_or(last);
    let mut duties = Vec::new();
    // Where no act is known, a validity that begins with the decision may be its own day, not that of a legal text.
    if event.act.is_some() || signed.is_none_or(|signed| signed < event.from) {
        duties.push(Duty { done: signed, ..duty(What::Decision, limit, last) });
    }
    if let Some(day) = limit_ends(calendar, from, database, Unit::WorkingDays) {
        duties.push(duty(What::Database, Limit::WorkingDays(database), day));
    }
    duties.push(duty(What::Posting, Limit::AtOnce, from.max(event.from)));
    duties
}

/// The last day of a limit that begins on a day (Civil Code, articles 147 and 148).
fn limit_ends(calendar: &Calendar, from: Date, amount: i32, unit: Unit) -> Option<Date> {
    let duration = Duration { amount: Number::whole(i64::from(amount)), unit };
    let end = calendar.limit_ends(calendar.open(calendar.day(from)?), &duration)?;
    Some(calendar.date(end.day))
}

/// The day itself where it is worked, else the last one worked before it.
fn working_day_until(calendar: &Calendar, day: Date) -> Option<Date> {
    let last = calendar.day(day)?;
    let worked = (last.saturating_sub(30)..=last).rev().find(|day| calendar.is_working(*day))?;
    Some(calendar.date(worked))
}

fn is_provisional(calendar: &Calendar, day: Date) -> bool {
    let (first, last) = calendar.official_days();
    calendar.day(day).is_none_or(|day| day < first || last < day)
}
