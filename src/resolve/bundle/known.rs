//! Conditions of a part, worked out as far as its bundle knows the case.

use rustc_hash::FxHashMap;

use crate::model::{Atom, ByCase, CaseRule, Expr, Fact, FactKind, Id, Laid, Subject, Test};

/// What is true of every case of a part.
pub(super) struct Known<'a> {
    values: FxHashMap<&'a Id, Value<'a>>,
    facts: &'a [Laid<Fact>],
}

#[derive(Clone, Copy, Debug)]
enum Value<'a> {
    Bool(bool),
    Atom(&'a Atom),
}

/// What is left of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Settled {
    True,
    False,
    Open(Expr),
}

impl<'a> Known<'a> {
    pub(super) fn of(given: &'a [Expr], facts: &'a [Laid<Fact>]) -> Known<'a> {
        let mut values = FxHashMap::default();
        for expr in given {
            let (expr, holds) = match expr {
                Expr::Not(inner, _) => (&**inner, false),
                other => (other, true),
            };
            let Expr::Test { subject: Subject::Fact(id), test, .. } = expr else { continue };
            match test {
                Test::Holds => values.insert(&id.value, Value::Bool(holds)),
                Test::Is(atom) if holds => values.insert(&id.value, Value::Atom(&atom.value)),
                _ => None,
            };
        }
        Known { values, facts }
    }

    pub(super) fn settle(&self, expr: &Expr) -> Settled {
        self.settle_within(expr, self.facts.len())
    }

    /// `rings`: through how many derived facts to look, so that facts derived from each other come to an end.
    fn settle_within(&self, expr: &Expr, rings: usize) -> Settled {
        match expr {
            Expr::And(parts, span) => self.all(parts, rings, &Settled::False, |left| Expr::And(left, *span)),
            Expr::Or(parts, span) => self.all(parts, rings, &Settled::True, |left| Expr::Or(left, *span)),
            Expr::Not(inner, span) => match self.settle_within(inner, rings) {
                Settled::True => Settled::False,
                Settled::False => Settled::True,
                Settled::Open(inner) => Settled::Open(Expr::Not(Box::new(inner), *span)),
            },
            Expr::Test { subject: Subject::Fact(id), test, .. } => {
                let open = || Settled::Open(expr.clone());
                match (self.value(&id.value, rings), test) {
                    (Some(Value::Bool(value)), Test::Holds) => truth(value),
                    (Some(Value::Atom(value)), Test::Is(atom)) => truth(atom.value == *value),
                    (Some(Value::Atom(value)), Test::IsNot(atom)) => truth(atom.value != *value),
                    (Some(Value::Atom(value)), Test::In(atoms)) => truth(atoms.iter().any(|atom| atom.value == *value)),
                    (_, _) => open(),
                }
            }
            Expr::Test { .. } => Settled::Open(expr.clone()),
        }
    }

    /// A fact's value: told, or derived from what was told.
    fn value(&self, id: &Id, rings: usize) -> Option<Value<'a>> {
        if let Some(value) = self.values.get(id) {
            return Some(*value);
        }
        let fact = self.facts.iter().find(|fact| fact.value.id.value == *id)?;
        let FactKind::Derived(from) = &fact.value.kind else { return None };
        match self.settle_within(from, rings.checked_sub(1)?) {
            Settled::True => Some(Value::Bool(true)),
            Settled::False => Some(Value::Bool(false)),
            Settled::Open(_) => None,
        }
    }

    /// Parts of which one that is `decisive` decides the whole.
    fn all(&self, parts: &[Expr], rings: usize, decisive: &Settled, join: impl FnOnce(Vec<Expr>) -> Expr) -> Settled {
        let mut left = Vec::new();
        for part in parts {
            match self.settle_within(part, rings) {
                Settled::Open(part) => left.push(part),
                settled if settled == *decisive => return settled,
                _ => {}
            }
        }
        match left.len() {
            0 if *decisive == Settled::False => Settled::True,
            0 => Settled::False,
            1 => Settled::Open(left.remove(0)),
            _ => Settled::Open(join(left)),
        }
    }

    /// A rule that never applies goes; one that always does is the general one.
    pub(super) fn settle_by_case<T: Clone>(&self, by: &ByCase<T>) -> ByCase<T> {
        let mut by = ByCase { general: by.general.clone(), rules: self.rules(&by.rules), span: by.span };
        while let Some(at) = by.rules.iter().position(|rule| self.settle(&rule.when) == Settled::True && !rule.adds) {
            let rule = by.rules.swap_remove(at);
            by.general = rule.value.or(by.general);
            // Exceptions exclude each other: beside one that always applies there is none but what is added.
            by.rules.retain(|other| other.adds);
            by.rules.extend(rule.rules);
        }
        for rule in &mut by.rules {
            if let Settled::Open(when) = self.settle(&rule.when) {
                rule.when = when;
            }
        }
        by
    }

    fn rules<T: Clone>(&self, rules: &[CaseRule<T>]) -> Vec<CaseRule<T>> {
        let possible = rules.iter().filter(|rule| self.settle(&rule.when) != Settled::False);
        let inner = possible.map(|rule| {
            let inner = self.settle_by_case(&ByCase {
                general: rule.value.clone(),
                rules: rule.rules.clone(),
                span: rule.span,
            });
            CaseRule { value: inner.general, rules: inner.rules, ..rule.clone() }
        });
        inner.collect()
    }
}

fn truth(value: bool) -> Settled {
    if value { Settled::True } else { Settled::False }
}
