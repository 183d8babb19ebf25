//! Values by case, the older rules laid over the newer ones: for which applicants does the result change?

use super::names::{Names, borrowed_cases};
use super::same::{Same, same_set, same_setting};
use super::{At, Diff, Field, Trend, What};
use crate::lang::Words;
use crate::model::{ByCase, CaseRule, Citation, Expr, Subject, Value};
use crate::plan::Wording;
use crate::plan::cases::{Case, Facts, Open, Space, explore};
use crate::source::Span;

/// More regions than this are said by the rule that gives them.
const MOST_REGIONS: usize = 2;

/// A value by case whose values stand elsewhere.
type Table<'v, T> = ByCase<&'v Value<T>>;

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
        let say = |words: &Wording<'_>, value: &Value<T>| said(words, value, how.say);
        let trend = |a: &Value<T>, b: &Value<T>| match (a.setting.given(), b.setting.given()) {
            (Some(old), Some(new)) => (how.trend)(old, new),
            (_, _) => setting_trend(a, b),
        };
        let mut next = 0;
        let (old, new) = (self.names.translated_cases(old, &mut next), borrowed_cases(new));
        let cites = |words: &Wording<'_>, value: &Value<T>| words.cites(&value.cites).unwrap_or_default();
        let rests = |a: &Value<T>, b: &Value<T>| same_set::<Citation>(&a.cites, &b.cites, &self.names);
        let mut found: Vec<(Field, Difference, Option<String>)> = Vec::new();
        let tables = std::iter::once((at.field, (base(&old), base(&new))));
        let added = self.additions(&old, &new, &same).into_iter().map(|pair| (Field::Addition, pair));
        for (field, (old, new)) in tables.chain(added) {
            let values = self.overlay(&old, &new, &same, &say, &trend);
            found.extend(values.into_iter().map(|(difference, when)| (field, difference, when)));
            // A rule that is new brings what it rests on.
            let bases = self.overlay(&old, &new, &rests, &cites, &|_, _| Trend::Other);
            let bases = bases.into_iter().filter(|(one, _)| one.old.is_some() && one.new.is_some());
            found.extend(bases.map(|(difference, when)| {
                let some = |text: Option<String>| text.filter(|text| !text.is_empty());
                let (old, new) = (some(difference.old), some(difference.new));
                (Field::Basis, Difference { old, new, ..difference }, when)
            }));
        }
        for (field, difference, when) in found {
            self.tell(&at.field(field), difference, when);
        }
    }

    /// What is added in some cases, each addition of the older version beside the newer one in its place: the one of the same
    /// cases, then that of the same value, then the next.
    fn additions<'v, T>(
        &self,
        old: &ByCase<&'v Value<T>>,
        new: &ByCase<&'v Value<T>>,
        same: &dyn Fn(&Value<T>, &Value<T>) -> bool,
    ) -> Vec<(Table<'v, T>, Table<'v, T>)> {
        let nothing = |span| ByCase { general: None, rules: Vec::new(), span };
        let (mut before, after) = (added(old), added(new));
        let value =
            |by: &ByCase<&'v Value<T>>| by.rules.first().and_then(|rule| rule.value.as_ref()?.setting.given().copied());
        let alike = |a: &ByCase<_>, b: &ByCase<_>| match (a.rules.first(), b.rules.first()) {
            (Some(a), Some(b)) => a.when.same(&b.when, &self.names),
            (_, _) => false,
        };
        let mut pairs: Vec<(Option<ByCase<_>>, ByCase<_>)> = after.into_iter().map(|one| (None, one)).collect();
        for pass in 0..3 {
            for (from, one) in pairs.iter_mut().filter(|(from, _)| from.is_none()) {
                let found = before.iter().position(|other| match pass {
                    0 => alike(other, one),
                    1 => value(other).zip(value(one)).is_some_and(|(a, b)| same(a, b)),
                    _ => true,
                });
                *from = found.map(|found| before.remove(found));
            }
        }
        let gone = before.into_iter().map(|one| {
            let span = one.span;
            (one, nothing(span))
        });
        let pairs: Vec<_> = pairs.into_iter().map(|(from, one)| (from.unwrap_or(nothing(one.span)), one)).collect();
        pairs.into_iter().chain(gone.collect::<Vec<_>>()).collect()
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
        old: &ByCase<&Value<T>>,
        new: &ByCase<&Value<T>>,
        same: &dyn Fn(&Value<T>, &Value<T>) -> bool,
        say: &dyn Fn(&Wording<'_>, &Value<T>) -> String,
        trend: &dyn Fn(&Value<T>, &Value<T>) -> Trend,
    ) -> Vec<(Difference, Option<String>)> {
        let differ = |a: Option<&Value<T>>, b: Option<&Value<T>>| match (a, b) {
            (None, None) => false,
            (Some(a), Some(b)) => !same(a, b),
            (_, _) => true,
        };
        let difference = |a: Option<&Value<T>>, b: Option<&Value<T>>, rule| Difference {
            old: a.map(|value| say(&self.old, value)),
            new: b.map(|value| say(&self.new, value)),
            trend: a.zip(b).map_or(Trend::Other, |(a, b)| trend(a, b)),
            places: (a.map(|value| value.span), b.map(|value| value.span)),
            rule,
        };
        if old.rules.is_empty() && new.rules.is_empty() {
            let (a, b) = (old.general.as_ref().and_then(inner), new.general.as_ref().and_then(inner));
            return if differ(a, b) { vec![(difference(a, b, None), None)] } else { Vec::new() };
        }
        let rules = old.all_rules().into_iter().chain(new.all_rules());
        let conditions: Vec<&Expr> = rules.map(|rule| &rule.when).collect();
        let mut kinds: Vec<Difference> = Vec::new();
        let explored = self.space(&conditions).and_then(|(space, words)| {
            let explored = explore(&space, space.everything(), |case| {
                let (a, b) = (space.value(old, case)?, space.value(new, case)?);
                let rule = b.rule.or(a.rule);
                let (a, b) = (a.value.and_then(inner), b.value.and_then(inner));
                if !differ(a, b) {
                    return Ok::<Option<usize>, Open>(None);
                }
                let new = difference(a, b, rule);
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
        let mut found: Vec<_> = kinds.into_iter().zip(regions).collect();
        // The general rule comes first, then its exceptions as they stand.
        found.sort_by_key(|(kind, _)| (kind.rule.is_some(), kind.places.1.or(kind.places.0)));
        let told = found.into_iter().map(|(kind, cases)| {
            let when = self.region(&kind, cases, &space, &words, new);
            (kind, when)
        });
        told.collect()
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
        if cases.contains(&everything) {
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
        old: &ByCase<&Value<T>>,
        new: &ByCase<&Value<T>>,
        say: &dyn Fn(&Wording<'_>, &Value<T>) -> String,
    ) -> Vec<(Difference, Option<String>)> {
        let whole = |by: &ByCase<&Value<T>>, words: &Wording<'_>| {
            let general = by.general.iter().filter_map(inner).map(|value| say(words, value));
            let joint = words.pick("khi", "when");
            let rule = |rule: &CaseRule<&Value<T>>| {
                let value = say(words, rule.value.as_ref().and_then(inner)?);
                Some(format!("{value} {joint} {}", words.condition(&rule.when)))
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

/// The value itself.
fn inner<'v, T>(value: &Value<&'v Value<T>>) -> Option<&'v Value<T>> {
    value.setting.given().copied()
}

/// The rules without what is added.
fn base<T: Clone>(by: &ByCase<T>) -> ByCase<T> {
    fn rules<T: Clone>(all: &[CaseRule<T>]) -> Vec<CaseRule<T>> {
        let kept = all.iter().filter(|rule| !rule.adds);
        kept.map(|rule| CaseRule { rules: rules(&rule.rules), ..rule.clone() }).collect()
    }
    ByCase { general: by.general.clone(), rules: rules(&by.rules), span: by.span }
}

/// Each rule that adds something, as a table of its own.
fn added<T: Clone>(by: &ByCase<T>) -> Vec<ByCase<T>> {
    fn visit<T: Clone>(all: &[CaseRule<T>], within: &[Expr], found: &mut Vec<ByCase<T>>) {
        for rule in all {
            let mut path = within.to_vec();
            path.push(rule.when.clone());
            if rule.adds {
                let when = if path.len() > 1 { Expr::And(path.clone(), rule.span) } else { rule.when.clone() };
                let alone = CaseRule { when, rules: Vec::new(), adds: false, ..rule.clone() };
                found.push(ByCase { general: None, rules: vec![alone], span: rule.span });
            }
            visit(&rule.rules, &path, found);
        }
    }
    let mut found = Vec::new();
    visit(&by.rules, &[], &mut found);
    found
}

/// A value in words; what is no value, but says who sets it, in quotes.
pub(super) fn said<T>(words: &Wording<'_>, value: &Value<T>, say: &dyn Fn(&Wording<'_>, &T) -> String) -> String {
    let text = words.value(value, |value| say(words, value));
    if value.setting.given().is_some() { text } else { format!("“{text}”") }
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
