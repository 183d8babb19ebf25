//! The parts of a procedure: facts, papers, limits, charges, outcomes, and which layer set them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::ids::copy_id;
use super::values::{Maker, amount_view, each, limit_view, period};
use super::view::{
    ChargeView, CopiesView, DeadlineView, DocumentView, DossierView, FactView, Named, OriginView, OutcomeView,
    RoundingView, View,
};
use crate::emit::layers::origin_words;
use crate::emit::logic::float;
use crate::model::charge::RoundingWay;
use crate::model::dossier::{Copies, Delivery};
use crate::model::facts::{FactKind, KnownBy};
use crate::model::outcome::Letter;
use crate::model::{Amount, Id, Origin, Setting, StartEvent};
use crate::resolve::registers::{SharedFactKind, SharedKnownBy};

impl Maker<'_, '_> {
    pub(super) fn fact(&self, fact: &crate::model::Fact) -> FactView {
        let mut view = FactView {
            id: fact.id.value.to_string(),
            label: fact.label.as_ref().map(|label| label.value.clone()),
            kind: "boolean",
            known_by: match fact.known_by {
                KnownBy::Applicant => "applicant",
                KnownBy::Agency => "agency",
                KnownBy::Place => "place",
            },
            choices: Vec::new(),
            from: None,
            to: None,
            unit: None,
            when: None,
        };
        match &fact.kind {
            FactKind::Boolean => {}
            FactKind::OneOf(choices) | FactKind::SomeOf(choices) => {
                view.kind = if matches!(fact.kind, FactKind::OneOf(_)) { "one-of" } else { "some-of" };
                view.choices =
                    each(choices, |one| Named { id: one.id.value.to_string(), name: one.label.value.clone() });
            }
            FactKind::Integer(range) | FactKind::Decimal(range) => {
                view.kind = if matches!(fact.kind, FactKind::Integer(_)) { "integer" } else { "decimal" };
                view.from = range.from.map(float);
                view.to = range.to.map(float);
                view.unit = range.unit.as_ref().map(|unit| unit.value.clone());
            }
            FactKind::Date => view.kind = "date",
            FactKind::Derived(when) => {
                view.kind = "derived";
                view.when = self.when(Some(when));
            }
            FactKind::Hole => view.kind = "not-yet-given",
        }
        view
    }

    /// The facts of the register that some condition asks for and the procedure does not declare.
    pub(super) fn shared_facts(&self, view: &View) -> Vec<FactView> {
        let mut asked = BTreeSet::new();
        variables(&serde_json::to_value(view).unwrap_or_default(), &mut asked);
        asked.retain(|id| !view.facts.iter().any(|fact| fact.id == *id));
        let shared = asked.iter().filter_map(|id| self.plan.registers.shared_fact(&Id::new(id)));
        shared
            .map(|fact| FactView {
                id: fact.id.to_string(),
                label: Some(fact.label.clone()),
                kind: match fact.kind {
                    SharedFactKind::Boolean => "boolean",
                },
                known_by: match fact.known_by {
                    SharedKnownBy::Applicant => "applicant",
                    SharedKnownBy::Agency => "agency",
                    SharedKnownBy::Place => "place",
                },
                choices: Vec::new(),
                from: None,
                to: None,
                unit: None,
                when: None,
            })
            .filter(|fact| !self.is_requirement(&fact.id))
            .collect()
    }

    fn is_requirement(&self, id: &str) -> bool {
        let mut all = self.plan.body().requirements.iter().flat_map(|all| &all.value);
        all.any(|one| one.id.as_ref().is_some_and(|own| own.value.is(id)))
    }

    pub(super) fn copies(&self, copies: &Copies) -> CopiesView {
        let count = match &copies.count {
            Setting::Given(Amount::Number(number)) => Some(float(*number)),
            _ => None,
        };
        CopiesView {
            kind: copy_id(copies.kind),
            name: self.words.copy_kind(copies.kind).to_owned(),
            count,
            text: self.words.copies(&copies.count),
        }
    }

    pub(super) fn dossier(&self, dossier: &crate::model::Dossier) -> DossierView {
        let words = &self.words;
        let document = |one: &crate::model::Document| DocumentView {
            id: one.id.as_ref().map(|id| id.value.to_string()),
            name: one.name.value.clone(),
            delivery: match one.delivery {
                Delivery::Submit => "submit",
                Delivery::Show => "show",
                Delivery::Either => "submit-or-show",
                Delivery::Hole => "not-yet-given",
            },
            copies: each(&one.copies, |copies| self.copies(copies)),
            form: one.form.as_ref().map(|form| self.cases(form, |form| words.form(form), |form| form.key.to_string())),
            when: self.when(one.when.as_ref()),
            one_of: each(&one.one_of, |text| text.value.clone()),
            taken_from: each(&one.taken_from, |source| Named {
                id: source.key.to_string(),
                name: words.source(source),
            }),
            basis: self.citations(&one.cites),
            notes: each(&one.notes, |note| note.value.clone()),
        };
        DossierView {
            none: dossier.none,
            sets: dossier.sets.as_ref().and_then(|sets| sets.given().copied()),
            documents: each(&dossier.documents, document),
            by_post: dossier.by_post.as_ref().map(|copies| self.copies(copies)),
            online: dossier.by_web.as_ref().map(|copies| self.copies(copies)),
        }
    }

    pub(super) fn deadline(&self, deadline: &crate::model::Deadline) -> DeadlineView {
        let words = &self.words;
        DeadlineView {
            id: deadline.id.as_ref().map(|id| id.value.to_string()),
            name: words.deadline_name(deadline),
            limit: deadline.limit.as_ref().map(|limit| self.cases(limit, |limit| words.limit(limit), limit_view)),
            starts: deadline.starts.as_ref().map(|event| match &event.value {
                StartEvent::Step(step) => step.key.to_string(),
                other => words.start(other),
            }),
            when: self.when(deadline.when.as_ref()),
        }
    }

    pub(super) fn charge(&self, charge: &crate::model::Charge) -> ChargeView {
        let words = &self.words;
        ChargeView {
            id: charge.id.as_ref().map(|id| id.value.to_string()),
            kind: match charge.kind {
                crate::model::ChargeKind::Charge => "charge",
                crate::model::ChargeKind::Fee => "fee",
                crate::model::ChargeKind::Both => "both",
            },
            label: charge.label.as_ref().map(|label| label.value.clone()),
            amount: charge.amount.as_ref().map(|amount| self.cases(amount, |amount| words.amount(amount), amount_view)),
            multiplied_by: charge.multiplied_by.as_ref().map(|amount| words.amount(amount)),
            maximum: charge.maximum.as_ref().map(|amount| words.amount(amount)),
            minimum: charge.minimum.as_ref().map(|amount| words.amount(amount)),
            rounded: charge.rounded.map(|rounding| RoundingView {
                text: words.rounding(rounding),
                way: match rounding.way {
                    RoundingWay::Nearest => "nearest",
                    RoundingWay::Up => "up",
                    RoundingWay::Down => "down",
                },
                to: rounding.to,
            }),
            collected_for: charge.collected_for.as_ref().map(|agency| words.agency(&agency.value)),
            when: self.when(charge.when.as_ref()),
            basis: self.citations(&charge.cites),
            valid: (!charge.valid.is_open()).then(|| period(&charge.valid)),
        }
    }

    pub(super) fn outcome(&self, outcome: &crate::model::Outcome) -> OutcomeView {
        OutcomeView {
            id: outcome.id.as_ref().map(|id| id.value.to_string()),
            name: outcome.name.value.clone(),
            negative: outcome.negative,
            code: outcome.code.as_ref().map(|code| code.value.clone()),
            copies: each(&outcome.copies, |copies| self.copies(copies)),
            valid_for: outcome.valid_for.as_ref().map(|validity| self.words.validity(validity)),
            when: self.when(outcome.when.as_ref()),
            sent_to: outcome.sent_to.as_ref().map(|agency| self.words.agency(&agency.value)),
            kinds: each(&outcome.kinds, |kind| kind.value.to_string()),
            letter: outcome.letter.map(|letter| match letter {
                Letter::Congratulation => "congratulation",
                Letter::Condolence => "condolence",
            }),
        }
    }

    pub(super) fn origins(&self) -> Vec<OriginView> {
        let body = self.plan.body();
        let mut parts: Vec<(String, Origin)> = Vec::new();
        macro_rules! slots {
            ($($slot:ident),*) => {$(
                if let Some(laid) = &body.$slot {
                    parts.push((stringify!($slot).to_owned(), laid.origin));
                }
            )*};
        }
        slots!(
            decided_by,
            received_at,
            consulted,
            channels,
            announced,
            basis,
            dossier,
            requirements,
            sequence,
            process
        );
        let id = |id: &Option<crate::source::Spanned<crate::model::Id>>| {
            id.as_ref().map(|id| format!("/{}", id.value)).unwrap_or_default()
        };
        parts.extend(body.deadlines.iter().map(|one| (format!("deadlines{}", id(&one.id)), one.origin)));
        parts.extend(body.charges.iter().map(|one| (format!("charges{}", id(&one.id)), one.origin)));
        parts.extend(body.outcomes.iter().map(|one| (format!("outcomes{}", id(&one.id)), one.origin)));
        parts
            .into_iter()
            .filter_map(|(part, origin)| {
                Some(OriginView { part, layer: origin_words(self.plan, origin, &self.words)? })
            })
            .collect()
    }
}

/// The variables that the conditions in a value ask for.
fn variables(value: &Value, asked: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| variables(one, asked)),
        Value::Object(all) => {
            if let Some(Value::String(name)) = all.get("var") {
                asked.insert(name.clone());
            }
            all.values().for_each(|one| variables(one, asked));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
