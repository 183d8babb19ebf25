//! Whether two values of the language say the same, wherever they are written and whatever their ids are.

use super::names::Names;
use crate::model::charge::Rounding;
use crate::model::citation::ActKey;
use crate::model::dossier::{CopyKind, Delivery};
use crate::model::facts::Range;
use crate::model::header::OnlineLevel;
use crate::model::outcome::{Letter, Validity};
use crate::model::process::{ClockEffect, PublicStep, StepTime};
use crate::model::quantity::{Moment, Period};
use crate::model::{
    ActRef, Agency, Amount, Applicant, Atom, ByCase, CaseRule, Channel, ChannelUse, Citation, Copies, Duration, Expr,
    FactKind, Id, Level, Limit, Part, PartOf, ProcedureCode, ReceivingPlace, Ref, Setting, StartEvent, StepKind,
    Subject, Test, Transition, Value,
};
use crate::source::Spanned;

/// An older value beside a newer one.
pub(super) trait Same {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool;
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Same for $type {
            fn same(&self, new: &Self, _: &Names<'_>) -> bool {
                self == new
            }
        }
    )*};
}

plain!(
    String,
    u32,
    bool,
    Id,
    ProcedureCode,
    Level,
    Applicant,
    Agency,
    ReceivingPlace,
    Channel,
    OnlineLevel,
    Duration,
    Limit,
    CopyKind,
    Delivery,
    Rounding,
    Validity,
    Letter,
    ClockEffect,
    StepKind
);

impl<T: Same> Same for Option<T> {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        match (self, new) {
            (None, None) => true,
            (Some(old), Some(new)) => old.same(new, names),
            (_, _) => false,
        }
    }
}

impl<T: Same> Same for Vec<T> {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        self.as_slice().same(new.as_slice(), names)
    }
}

impl<T: Same> Same for [T] {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        self.len() == new.len() && self.iter().zip(new).all(|(old, new)| old.same(new, names))
    }
}

impl<T: Same> Same for Spanned<T> {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        self.value.same(&new.value, names)
    }
}

/// In any order.
pub(super) fn same_set<T: Same>(old: &[T], new: &[T], names: &Names<'_>) -> bool {
    let within = |one: &T| new.iter().any(|other| one.same(other, names));
    old.len() == new.len() && old.iter().all(within)
}

impl Same for Period {
    fn same(&self, new: &Self, _: &Names<'_>) -> bool {
        let day = |end: &Option<Spanned<jiff::civil::Date>>| end.as_ref().map(|end| end.value);
        (day(&self.from), day(&self.until)) == (day(&new.from), day(&new.until))
    }
}

impl Same for Moment {
    fn same(&self, new: &Self, _: &Names<'_>) -> bool {
        (self.date, self.time) == (new.date, new.time)
    }
}

/// A name of a register.
impl Same for Ref {
    fn same(&self, new: &Self, _: &Names<'_>) -> bool {
        self.key == new.key
    }
}

/// An act is one whether it is named by its id or by its number.
impl Same for ActRef {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        let of = |act: &ActRef, registers: &crate::resolve::Registers| {
            let key = match &act.key {
                ActKey::Id(id) => id.to_string(),
                ActKey::Number(number) => number.clone(),
                ActKey::Hole => return None,
            };
            Some(registers.act(&key).map_or(key, |act| act.id.to_string()))
        };
        of(self, names.old.registers) == of(new, names.new.registers)
    }
}

impl Same for Citation {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        self.pins == new.pins && self.act.same(&new.act, names)
    }
}

impl Same for ChannelUse {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        (self.channel, self.online) == (new.channel, new.online) && same_set(&self.cites, &new.cites, names)
    }
}

impl Same for Copies {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        self.kind == new.kind && self.count.same(&new.count, names)
    }
}

impl Same for Part {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        let what = match (&self.what, &new.what) {
            (PartOf::Procedure(old), PartOf::Procedure(new)) => old.value == new.value,
            (PartOf::Text(old), PartOf::Text(new)) => old.value == new.value,
            (_, _) => false,
        };
        what && self.when.same(&new.when, names)
            && same_set(&self.given, &new.given, names)
            && same_set(&self.without, &new.without, names)
            && same_set(&self.cites, &new.cites, names)
    }
}

impl Same for Transition {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        (self.way, self.posted) == (new.way, new.posted) && same_set(&self.cites, &new.cites, names)
    }
}

impl Same for PublicStep {
    fn same(&self, new: &Self, _: &Names<'_>) -> bool {
        (self.applicant, &self.text.value) == (new.applicant, &new.text.value)
    }
}

impl<T: Same> Same for Setting<T> {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        same_setting(self, new, names, &|old, new| old.same(new, names))
    }
}

/// Whether two settings say the same, given how their values are compared.
pub(super) fn same_setting<T>(
    old: &Setting<T>,
    new: &Setting<T>,
    names: &Names<'_>,
    same: &dyn Fn(&T, &T) -> bool,
) -> bool {
    match (old, new) {
        (Setting::Given(old), Setting::Given(new)) => same(old, new),
        (Setting::By(old), Setting::By(new)) => old.same(new, names),
        (Setting::OfProcedure(old), Setting::OfProcedure(new)) => old == new,
        (Setting::AtDecision(old), Setting::AtDecision(new)) => old.value == new.value,
        (_, _) => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

/// What it comes to; what it rests on is compared by itself.
impl<T: Same> Same for Value<T> {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        self.setting.same(&new.setting, names) && self.at_most.same(&new.at_most, names)
    }
}

/// Rule by rule, with what each rests on; whether rules that are written otherwise come to the same is another question.
impl<T: Same> Same for ByCase<T> {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        whole(&self.general, &new.general, names) && self.rules.same(&new.rules, names)
    }
}

impl<T: Same> Same for CaseRule<T> {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        let values = whole(&self.value, &new.value, names) && self.adds == new.adds;
        values && self.when.same(&new.when, names) && self.rules.same(&new.rules, names)
    }
}

fn whole<T: Same>(old: &Option<Value<T>>, new: &Option<Value<T>>, names: &Names<'_>) -> bool {
    let cites = |value: &Option<Value<T>>| value.as_ref().map(|value| value.cites.clone()).unwrap_or_default();
    old.same(new, names) && same_set(&cites(old), &cites(new), names)
}

impl Same for Expr {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        match (self, new) {
            (Expr::And(old, _), Expr::And(new, _)) | (Expr::Or(old, _), Expr::Or(new, _)) => same_set(old, new, names),
            (Expr::Not(old, _), Expr::Not(new, _)) => old.same(new, names),
            (Expr::Test { subject, test, .. }, Expr::Test { subject: of, test: now, .. }) => {
                same_subject(subject, of, names) && same_test(subject, test, now, names)
            }
            (_, _) => false,
        }
    }
}

fn same_subject(old: &Subject, new: &Subject, names: &Names<'_>) -> bool {
    match (old, new) {
        (Subject::Fact(old), Subject::Fact(new)) => names.fact(&old.value) == &new.value,
        (_, _) => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

fn same_test(subject: &Subject, old: &Test, new: &Test, names: &Names<'_>) -> bool {
    let one = |old: &Spanned<Atom>, new: &Spanned<Atom>| match (subject, &old.value, &new.value) {
        (Subject::Fact(fact), Atom::Id(old), Atom::Id(new)) => names.choice(&fact.value, old) == new,
        (_, old, new) => old == new,
    };
    let all = |old: &[Spanned<Atom>], new: &[Spanned<Atom>]| {
        old.len() == new.len() && old.iter().all(|old| new.iter().any(|new| one(old, new)))
    };
    match (old, new) {
        (Test::In(old), Test::In(new)) | (Test::Exactly(old), Test::Exactly(new)) => all(old, new),
        (old, new) => {
            let (a, b) = (old.atoms(), new.atoms());
            let kind = std::mem::discriminant(old) == std::mem::discriminant(new);
            kind && a.len() == b.len() && a.iter().zip(b).all(|(a, b)| one(a, b))
        }
    }
}

impl Same for Amount {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        match (self, new) {
            (Amount::Fact(old), Amount::Fact(new)) => names.fact(&old.value) == &new.value,
            (Amount::Add(a, b), Amount::Add(c, d))
            | (Amount::Subtract(a, b), Amount::Subtract(c, d))
            | (Amount::Multiply(a, b), Amount::Multiply(c, d))
            | (Amount::AtMost(a, b), Amount::AtMost(c, d))
            | (Amount::AtLeast(a, b), Amount::AtLeast(c, d)) => a.same(c, names) && b.same(d, names),
            (Amount::Per(old, of), Amount::Per(new, now)) => of == now && old.same(new, names),
            (Amount::Rounded(old, of), Amount::Rounded(new, now)) => of == now && old.same(new, names),
            (old, new) => old == new,
        }
    }
}

impl Same for StartEvent {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        match (self, new) {
            (StartEvent::Step(old), StartEvent::Step(new)) => names.same_step(old, new),
            (old, new) => old == new,
        }
    }
}

impl Same for StepTime {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        match (self, new) {
            (StepTime::Deadline(Some(old)), StepTime::Deadline(Some(new))) => names.same_deadline(old, new),
            (old, new) => old == new,
        }
    }
}

impl Same for FactKind {
    fn same(&self, new: &Self, names: &Names<'_>) -> bool {
        let range = |old: &Range, new: &Range| {
            let unit = |range: &Range| range.unit.as_ref().map(|unit| unit.value.clone());
            (old.from, old.to, unit(old)) == (new.from, new.to, unit(new))
        };
        match (self, new) {
            (FactKind::Derived(old), FactKind::Derived(new)) => old.same(new, names),
            (FactKind::Integer(old), FactKind::Integer(new)) | (FactKind::Decimal(old), FactKind::Decimal(new)) => {
                range(old, new)
            }
            // Choices are compared one by one.
            (_, _) => std::mem::discriminant(self) == std::mem::discriminant(new),
        }
    }
}
