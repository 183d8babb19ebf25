//! Values by case, the older rules laid over the newer ones: for which applicants does the result change?

use super::names::{Names, borrowed_cases};
use super::same::{Same, same_set, same_setting};
use super::{At, Diff, Field, Trend, What};
use crate::lang::Words;
use crate::model::{ByCase, Citation, Expr, Subject, Value};
use crate::plan::Wording;
use crate::plan::cases::{Case, Facts, Open, Picked, Space, explore};
use crate::source::Span;

/// More regions than this are said by the rule that gives them.
const MOST_REGIONS: usize = 2;

/// How the values of one kind are compared and said.
pub(super) struct How<'h, T> {
    pub(super) same: fn(&Names<'_>, &T, &T) -> bool,
    pub(super) say: &'h dyn Fn(&Wording<'_>, &T) -> String,
    pub(super) trend: fn(&T, &T) -> Trend,
}

/// The same by what it means, wherever it stands.
pub(super) fn by_meaning<T: Same>(names: &Names<'_>, old: &T, new: &T) -> bool {
    old.same(new, names)
}

/// One way in which values differ, wherever they do so.
#[derive(Clone, Debug)]
struct Difference {
    old: Option<String>,
    new: Option<String>,
    trend: Trend,
    places: (Option<Span>, Option<Span>),
    /// The newer rule that gives it, else the older; `None` where none does but the general one.
    rule: Option<Span>,
}

/// What applies in a case: a value, and what is added to it.
type Applied<'v, T> = (Option<&'v Value<T>>, Vec<&'v Value<T>>);

impl<'a> Diff<'a> {
    /// Compares a value by case, and then what it rests on.
    pub(super) fn by_case<T>(
        &mut self,
        at: &At,
        (old, new): (Option<&ByCase<T>>, Option<&ByCase<T>>),
        how: &How<'_, T>,
    ) {
        let empty = |span| ByCase { general: None, rules: Vec::new(), span };
        let places = (old.map(|by| by.span), new.map(|by| by.span));
        if old.is_none() && new.is_none() {
            return;
        }
        let nothing = empty(Span::default());
        let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
        let at = at.places(places.0, places.1);
        let alike = |a: &T, b: &T| (how.same)(&self.names, a, b);
        let same = |a: &Value<T>, b: &Value<T>| {
            let most = match (&a.at_most, &b.at_most) {
                (None, None) => true,
                (Some(a), Some(b)) => alike(a, b),
                (_, _) => false,
            };
            most && same_setting(&a.setting, &b.setting, &self.names, &alike)
        };
        let say = |words: &Wording<'_>, value: &Value<T>| words.value(value, |value| (how.say)(words, value));
        let trend = |a: &Value<T>, b: &Value<T>| match (a.setting.given(), b.setting.given()) {
            (Some(old), Some(new)) => (how.trend)(old, new),
            (_, _) => setting_trend(a, b),
        };
        let values = self.overlay(old, new, &same, &say, &trend);
        let cites = |words: &Wording<'_>, value: &Value<T>| words.cites(&value.cites).unwrap_or_default();
        let rests = |a: &Value<T>, b: &Value<T>| same_set::<Citation>(&a.cites, &b.cites, &self.names);
        let bases = self.overlay(old, new, &rests, &cites, &|_, _| Trend::Other);
        for (difference, when) in values {
            self.tell(&at, difference, when);
        }
        // A rule that is new brings what it rests on.
        for (difference, when) in bases.into_iter().filter(|(one, _)| one.old.is_some() && one.new.is_some()) {
            let some = |text: Option<String>| text.filter(|text| !text.is_empty());
            let difference = Difference { old: some(difference.old), new: some(difference.new), ..difference };
            self.tell(&at.field(Field::Basis), difference, when);
        }
    }

    fn tell(&mut self, at: &At, difference: Difference, when: Option<String>) {
        let at = at.places(None, None);
        let at = At { old: difference.places.0.or(at.old), new: difference.places.1.or(at.new), ..at };
        let Difference { old, new, trend, .. } = difference;
        let what = What::Became { field: at.field, old, new, trend, when };
        self.note(at, what);
    }

    /// Each way in which the values differ, with the cases in words; nothing of these where it is every case.
    fn overlay<T>(
        &self,
        old: &ByCase<T>,
        new: &ByCase<T>,
        same: &dyn Fn(&Value<T>, &Value<T>) -> bool,
        say: &dyn Fn(&Wording<'_>, &Value<T>) -> String,
        trend: &dyn Fn(&Value<T>, &Value<T>) -> Trend,
    ) -> Vec<(Difference, Option<String>)> {
        let differ = |a: &Applied<'_, T>, b: &Applied<'_, T>| {
            let one = match (a.0, b.0) {
                (None, None) => true,
                (Some(a), Some(b)) => same(a, b),
                (_, _) => false,
            };
            let within = |value: &&Value<T>, all: &[&Value<T>]| all.iter().any(|other| same(value, other));
            !(one && a.1.len() == b.1.len() && a.1.iter().all(|value| within(value, &b.1)))
        };
        let said = |words: &Wording<'_>, applied: &Applied<'_, T>| {
            let all: Vec<String> = applied.0.iter().chain(&applied.1).map(|value| say(words, value)).collect();
            (!all.is_empty()).then(|| all.join(words.pick(", cộng thêm ", ", and in addition ")))
        };
        let difference = |a: &Applied<'_, T>, b: &Applied<'_, T>, rule| Difference {
            old: said(&self.old, a),
            new: said(&self.new, b),
            trend: match (a.0, b.0) {
                (Some(a), Some(b)) => trend(a, b),
                (_, _) => Trend::Other,
            },
            places: (a.0.map(|value| value.span), b.0.map(|value| value.span)),
            rule,
        };
        if old.rules.is_empty() && new.rules.is_empty() {
            let (a, b) = ((old.general.as_ref(), Vec::new()), (new.general.as_ref(), Vec::new()));
            return if differ(&a, &b) { vec![(difference(&a, &b, None), None)] } else { Vec::new() };
        }
        let mut next = 0;
        let before = self.names.translated_cases(old, &mut next);
        let after = borrowed_cases(new);
        let conditions: Vec<&Expr> = before
            .all_rules()
            .iter()
            .map(|rule| &rule.when)
            .chain(after.all_rules().iter().map(|rule| &rule.when))
            .collect();
        let mut kinds: Vec<Difference> = Vec::new();
        let explored = self.space(&conditions).and_then(|(space, words)| {
            let explored = explore(&space, space.everything(), |case| {
                let (a, b) = (space.value(&before, case)?, space.value(&after, case)?);
                let rule = b.rule.or(a.rule);
                let (a, b) = (applied(&a), applied(&b));
                if !differ(&a, &b) {
                    return Ok::<Option<usize>, Open>(None);
                }
                let new = difference(&a, &b, rule);
                let known = kinds.iter().position(|one| one.old == new.old && one.new == new.new);
                Ok(Some(known.unwrap_or_else(|| {
                    kinds.push(new);
                    kinds.len() - 1
                })))
            });
            explored.undecided.is_empty().then(|| (space.merged(explored.leaves), space, words))
        });
        let Some((leaves, space, words)) = explored else {
            return self.both_whole(old, new, say);
        };
        let mut regions: Vec<Vec<Case>> = vec![Vec::new(); kinds.len()];
        for (case, kind) in leaves {
            if let Some(kind) = kind {
                regions[kind].push(case);
            }
        }
        kinds
            .into_iter()
            .zip(regions)
            .map(|(kind, cases)| {
                let when = self.region(&kind, cases, &space, &words, &after);
                (kind, when)
            })
            .collect()
    }

    /// The cases of one difference in words.
    fn region<T>(
        &self,
        kind: &Difference,
        cases: Vec<Case>,
        space: &Space,
        words: &Wording<'_>,
        after: &ByCase<T>,
    ) -> Option<String> {
        let everything = space.everything();
        if cases.iter().any(|case| *case == everything) {
            return None;
        }
        if cases.len() > MOST_REGIONS {
            let rule = kind.rule.and_then(|span| after.all_rules().into_iter().find(|rule| rule.span == span));
            return Some(match (rule, kind.rule) {
                (Some(rule), _) => words.condition(&rule.when),
                (None, None) => words.pick("không có quy định riêng", "nothing special is provided").to_owned(),
                (None, Some(_)) => said_all(&cases, space, words),
            });
        }
        Some(said_all(&cases, space, words))
    }

    /// Old and new rules as they stand, where their cases cannot be laid over each other.
    fn both_whole<T>(
        &self,
        old: &ByCase<T>,
        new: &ByCase<T>,
        say: &dyn Fn(&Wording<'_>, &Value<T>) -> String,
    ) -> Vec<(Difference, Option<String>)> {
        let whole = |by: &ByCase<T>, words: &Wording<'_>| {
            let general = by.general.iter().map(|value| say(words, value));
            let joint = words.pick("khi", "when");
            let rule = |rule: &crate::model::CaseRule<T>| {
                Some(format!("{} {joint} {}", say(words, rule.value.as_ref()?), words.condition(&rule.when)))
            };
            let all: Vec<String> = general.chain(by.all_rules().into_iter().filter_map(rule)).collect();
            (!all.is_empty()).then(|| all.join("; "))
        };
        let (old, new) = ((whole(old, &self.old), old.span), (whole(new, &self.new), new.span));
        if old.0 == new.0 {
            return Vec::new();
        }
        let places = (Some(old.1), Some(new.1));
        vec![(Difference { old: old.0, new: new.0, trend: Trend::Other, places, rule: None }, None)]
    }

    /// The space that conditions of both versions cut, in the version that knows all that they ask, with its words.
    fn space(&self, conditions: &[&Expr]) -> Option<(Space, Wording<'a>)> {
        let knows = |words: &Wording<'a>| {
            let facts = Facts { body: words.body, registers: words.registers };
            conditions.iter().flat_map(|one| one.tests()).all(|(subject, ..)| match subject {
                Subject::Fact(id) => facts.knows(&id.value),
                _ => true,
            })
        };
        let words = [self.new, self.old].into_iter().find(knows)?;
        let facts = Facts { body: words.body, registers: words.registers };
        let space = Space::of(&facts, conditions.iter().copied());
        space.is_sound.then_some((space, words))
    }

    /// Compares the condition under which a thing holds at all.
    pub(super) fn applies(&mut self, at: &At, old: Option<&Expr>, new: Option<&Expr>) {
        if old.map(Expr::span).is_none() && new.is_none() {
            return;
        }
        let mut next = 0;
        let before = old.map(|when| self.names.translated(when, &mut next));
        let conditions: Vec<&Expr> = before.iter().chain(new).collect();
        let places = at.places(old.map(Expr::span), new.map(Expr::span)).field(Field::When);
        let explored = self.space(&conditions).and_then(|(space, words)| {
            let explored = explore(&space, space.everything(), |case| {
                Ok::<_, Open>((space.applies(before.as_ref(), case)?, space.applies(new, case)?))
            });
            explored.undecided.is_empty().then(|| (space.merged(explored.leaves), space, words))
        });
        let Some((leaves, space, words)) = explored else {
            let said = |when: Option<&Expr>, words: &Wording<'_>| when.map(|when| words.condition(when));
            let same = match (old, new) {
                (Some(old), Some(new)) => old.same(new, &self.names),
                (_, _) => false,
            };
            if !same {
                self.became(places, said(old, &self.old), said(new, &self.new), Trend::Other);
            }
            return;
        };
        for now in [true, false] {
            let cases: Vec<Case> =
                leaves.iter().filter(|(_, holds)| *holds == (!now, now)).map(|(case, _)| case.clone()).collect();
            if !cases.is_empty() {
                let when = said_all(&cases, &space, &words);
                self.note(places.clone(), What::Applies { now, when });
            }
        }
    }
}

fn applied<'v, T>(picked: &Picked<'_, &'v Value<T>>) -> Applied<'v, T> {
    let given = |value: &Value<&'v Value<T>>| value.setting.given().copied();
    (picked.value.and_then(given), picked.added.iter().filter_map(|value| given(value)).collect())
}

fn said_all(cases: &[Case], space: &Space, words: &Wording<'_>) -> String {
    let all: Vec<String> = cases.iter().map(|case| space.said(case, words)).collect();
    all.join(Words::new("; hoặc ", "; or ").get(words.lang))
}

/// To be exempt, or to be so no longer.
fn setting_trend<T>(old: &Value<T>, new: &Value<T>) -> Trend {
    use crate::model::Setting::{Exempt, None};
    match (&old.setting, &new.setting) {
        (Exempt | None, Exempt | None) => Trend::Other,
        (_, Exempt) => Trend::Exempted,
        (Exempt, _) => Trend::Charged,
        (_, _) => Trend::Other,
    }
}
