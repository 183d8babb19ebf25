//! What is called otherwise in the newer version: ids of facts, papers, steps and the like, which no reader ever sees. Conditions
//! of the older version are put into the names of the newer one, so that both can be asked of the same case.

use rustc_hash::FxHashMap;

use super::pair::{Key, Pairs, pair};
use crate::model::facts::FactKind;
use crate::model::{
    Atom, Body, ByCase, CaseRule, Charge, ChargeKind, Choice, Deadline, Document, Expr, Fact, Id, Outcome, Ref, Role,
    Setting, Step, Subject, Test, Value, outcome::Requirement,
};
use crate::resolve::Registers;
use crate::resolve::names::{process_of, step_is};
use crate::source::{FileId, Span, Spanned};

/// One version of a procedure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version<'a> {
    pub(super) body: &'a Body,
    pub(super) registers: &'a Registers,
}

/// What is the same thing in both versions, kind by kind.
#[derive(Debug)]
pub(super) struct Names<'a> {
    pub(super) old: Version<'a>,
    pub(super) new: Version<'a>,
    pub(super) facts: Pairs<'a, Fact>,
    pub(super) requirements: Pairs<'a, Requirement>,
    pub(super) documents: Pairs<'a, Document>,
    pub(super) deadlines: Pairs<'a, Deadline>,
    pub(super) charges: Pairs<'a, Charge>,
    pub(super) outcomes: Pairs<'a, Outcome>,
    pub(super) roles: Pairs<'a, Role>,
    pub(super) steps: Pairs<'a, Step>,
    /// Ids of facts and requirements that have another id now.
    renamed: FxHashMap<&'a Id, &'a Id>,
    /// The same of choices, by the fact's older id.
    choices: FxHashMap<(&'a Id, &'a Id), &'a Id>,
}

fn label<'a>(label: Option<&'a Spanned<String>>, otherwise: &'a str) -> &'a str {
    label.map_or(otherwise, |label| label.value.as_str())
}

impl<'a> Names<'a> {
    pub(super) fn of(old: Version<'a>, new: Version<'a>) -> Names<'a> {
        fn id(id: &Option<Spanned<Id>>) -> Option<&Id> {
            id.as_ref().map(|id| &id.value)
        }
        fn laid<T>(all: &[crate::model::Laid<T>]) -> impl Iterator<Item = &T> {
            all.iter().map(|laid| &laid.value)
        }
        fn papers(body: &Body) -> impl Iterator<Item = &Document> {
            body.dossier.iter().flat_map(|dossier| &dossier.documents)
        }
        fn required(body: &Body) -> impl Iterator<Item = &Requirement> {
            body.requirements.iter().flat_map(|all| &all.value)
        }
        fn roles(body: &Body) -> impl Iterator<Item = &Role> {
            process_of(body).into_iter().flat_map(|process| &process.roles)
        }
        let steps = |body| process_of(body).map_or_else(Vec::new, |process| process.steps());
        let (a, b) = (old.body, new.body);
        let facts = pair(laid(&a.facts), laid(&b.facts), |one| Key {
            id: Some(&one.id.value),
            name: label(one.label.as_ref(), ""),
        });
        let requirements = pair(required(a), required(b), |one| Key { id: id(&one.id), name: one.text.value.as_str() });
        let mut names = Names {
            old,
            new,
            documents: pair(papers(a), papers(b), |one| Key { id: id(&one.id), name: &one.name.value }),
            deadlines: pair(laid(&a.deadlines), laid(&b.deadlines), |one| Key {
                id: id(&one.id),
                name: label(one.label.as_ref(), "thời hạn giải quyết"),
            }),
            charges: pair(laid(&a.charges), laid(&b.charges), |one| Key {
                id: id(&one.id),
                name: label(one.label.as_ref(), charge_kind(one.kind)),
            }),
            outcomes: pair(laid(&a.outcomes), laid(&b.outcomes), |one| Key { id: id(&one.id), name: &one.name.value }),
            roles: pair(roles(a), roles(b), |one| Key { id: Some(&one.id.value), name: &one.name.value }),
            steps: pair(steps(a), steps(b), |one| Key {
                id: id(&one.id),
                name: label(one.label.as_ref(), one.kind.id()),
            }),
            renamed: FxHashMap::default(),
            choices: FxHashMap::default(),
            facts,
            requirements,
        };
        for (old, new) in &names.facts.both {
            names.renamed.insert(&old.id.value, &new.id.value);
            for (one, other) in choices(old, new).both {
                names.choices.insert((&old.id.value, &one.id.value), &other.id.value);
            }
        }
        for (old, new) in &names.requirements.both {
            if let (Some(old), Some(new)) = (&old.id, &new.id) {
                names.renamed.insert(&old.value, &new.value);
            }
        }
        names
    }

    /// What a fact of the older version is called now.
    pub(super) fn fact<'n>(&'n self, old: &'n Id) -> &'n Id {
        self.renamed.get(old).copied().unwrap_or(old)
    }

    pub(super) fn choice<'n>(&'n self, fact: &'n Id, old: &'n Id) -> &'n Id {
        self.choices.get(&(fact, old)).copied().unwrap_or(old)
    }

    /// Whether a name of the older version points at the same outcome as one of the newer.
    pub(super) fn same_outcome(&self, old: &Ref, new: &Ref) -> bool {
        let is = |one: &Outcome, reference: &Ref| {
            reference.names(one.id.as_ref().map(|id| &id.value), Some(&one.name.value))
        };
        same_thing(&self.outcomes, old, new, is)
    }

    pub(super) fn same_role(&self, old: &Ref, new: &Ref) -> bool {
        same_thing(&self.roles, old, new, |one, reference| reference.names(Some(&one.id.value), Some(&one.name.value)))
    }

    pub(super) fn same_step(&self, old: &Ref, new: &Ref) -> bool {
        same_thing(&self.steps, old, new, step_is)
    }

    pub(super) fn same_deadline(&self, old: &Ref, new: &Ref) -> bool {
        same_thing(&self.deadlines, old, new, |one, reference| {
            reference.names(one.id.as_ref().map(|id| &id.value), one.label.as_ref().map(|label| label.value.as_str()))
        })
    }

    /// A condition of the older version in the names of the newer, at places of its own: no test of the newer version stands
    /// there.
    pub(super) fn translated(&self, condition: &Expr, next: &mut u32) -> Expr {
        let mut place = || {
            *next += 1;
            Span { file: FileId(u32::MAX), start: *next, end: *next }
        };
        match condition {
            Expr::And(parts, _) => {
                let own = place();
                Expr::And(parts.iter().map(|part| self.translated(part, next)).collect(), own)
            }
            Expr::Or(parts, _) => {
                let own = place();
                Expr::Or(parts.iter().map(|part| self.translated(part, next)).collect(), own)
            }
            Expr::Not(inner, _) => {
                let own = place();
                Expr::Not(Box::new(self.translated(inner, next)), own)
            }
            Expr::Test { subject, test, .. } => {
                let span = place();
                let Subject::Fact(fact) = subject else {
                    return Expr::Test { subject: subject.clone(), test: test.clone(), span };
                };
                let test = self.translated_test(&fact.value, test);
                let subject = Subject::Fact(Spanned::new(self.fact(&fact.value).clone(), fact.span));
                Expr::Test { subject, test, span }
            }
        }
    }

    fn translated_test(&self, fact: &Id, test: &Test) -> Test {
        let one = |atom: &Spanned<Atom>| match &atom.value {
            Atom::Id(choice) => Spanned::new(Atom::Id(self.choice(fact, choice).clone()), atom.span),
            _ => atom.clone(),
        };
        let all = |atoms: &[Spanned<Atom>]| atoms.iter().map(one).collect();
        match test {
            Test::Holds => Test::Holds,
            Test::Is(atom) => Test::Is(one(atom)),
            Test::IsNot(atom) => Test::IsNot(one(atom)),
            Test::In(atoms) => Test::In(all(atoms)),
            Test::Exactly(atoms) => Test::Exactly(all(atoms)),
            Test::Includes(atom) => Test::Includes(one(atom)),
            Test::Between(low, high) => Test::Between(one(low), high.as_ref().map(one)),
            Test::Above(atom) => Test::Above(one(atom)),
            Test::Below(atom) => Test::Below(one(atom)),
            Test::AtMost(atom) => Test::AtMost(one(atom)),
            Test::AtLeast(atom) => Test::AtLeast(one(atom)),
        }
    }

    /// A value by case of the older version, its conditions in the names of the newer, its values as they stand.
    pub(super) fn translated_cases<'v, T>(&self, cases: &'v ByCase<T>, next: &mut u32) -> ByCase<&'v Value<T>> {
        fn rules<'v, T>(names: &Names<'_>, all: &'v [CaseRule<T>], next: &mut u32) -> Vec<CaseRule<&'v Value<T>>> {
            let rule = |rule: &'v CaseRule<T>, next: &mut u32| CaseRule {
                when: names.translated(&rule.when, next),
                value: rule.value.as_ref().map(borrowed),
                rules: rules(names, &rule.rules, next),
                adds: rule.adds,
                span: rule.span,
            };
            all.iter().map(|one| rule(one, next)).collect()
        }
        ByCase {
            general: cases.general.as_ref().map(borrowed),
            rules: rules(self, &cases.rules, next),
            span: cases.span,
        }
    }
}

/// A value by case, its values as they stand.
pub(super) fn borrowed_cases<T>(cases: &ByCase<T>) -> ByCase<&Value<T>> {
    fn rules<T>(all: &[CaseRule<T>]) -> Vec<CaseRule<&Value<T>>> {
        all.iter().map(one).collect()
    }
    fn one<T>(rule: &CaseRule<T>) -> CaseRule<&Value<T>> {
        let value = rule.value.as_ref().map(borrowed);
        CaseRule { when: rule.when.clone(), value, rules: rules(&rule.rules), adds: rule.adds, span: rule.span }
    }
    ByCase { general: cases.general.as_ref().map(borrowed), rules: rules(&cases.rules), span: cases.span }
}

fn borrowed<T>(value: &Value<T>) -> Value<&Value<T>> {
    Value { setting: Setting::Given(value), at_most: None, cites: Vec::new(), span: value.span }
}

fn charge_kind(kind: ChargeKind) -> &'static str {
    match kind {
        ChargeKind::Charge => "phí",
        ChargeKind::Fee => "lệ phí",
        ChargeKind::Both => "phí, lệ phí",
    }
}

/// The choices of a fact in both versions.
pub(super) fn choices<'a>(old: &'a Fact, new: &'a Fact) -> Pairs<'a, Choice> {
    fn of(fact: &Fact) -> &[Choice] {
        match &fact.kind {
            FactKind::OneOf(choices) | FactKind::SomeOf(choices) => choices,
            _ => &[],
        }
    }
    pair(of(old), of(new), |one| Key { id: Some(&one.id.value), name: &one.label.value })
}

/// Whether two names point at one thing; names that nothing has are compared as they are written.
fn same_thing<T>(pairs: &Pairs<'_, T>, old: &Ref, new: &Ref, is: impl Fn(&T, &Ref) -> bool) -> bool {
    let both = pairs.both.iter().find(|(one, _)| is(one, old));
    match both {
        Some((_, other)) => is(other, new),
        None => {
            let gone = pairs.gone.iter().any(|one| is(one, old));
            let known = pairs.both.iter().any(|(_, one)| is(one, new)) || pairs.new.iter().any(|one| is(one, new));
            !gone && !known && old.key == new.key
        }
    }
}
