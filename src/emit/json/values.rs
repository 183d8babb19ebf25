//! Values: what they are in words, and what they are as data.

use super::ids::unit_id;
use super::view::{
    AmountView, Cases, CitationView, Condition, LimitView, PeriodView, RuleView, State, TransitionView, ValueView,
};
use crate::emit::logic::{float, logic, number};
use crate::model::charge::RoundingWay;
use crate::model::citation::Citation;
use crate::model::quantity::Period;
use crate::model::{Amount, ByCase, CaseRule, Expr, Limit, Setting, Transition, Value, Way};
use crate::plan::{ProcedurePlan, Wording};

/// What a value is in words, and what it is as data.
pub(super) struct Maker<'p, 'a> {
    pub(super) plan: &'p ProcedurePlan<'a>,
    pub(super) words: Wording<'p>,
}

/// The kind of a limit, as programs compare it.
pub(in crate::emit) fn limit_kind(limit: &Limit) -> &'static str {
    limit_view(limit).kind
}

pub(super) fn limit_view(limit: &Limit) -> LimitView {
    let (kind, duration, cutoff) = match limit {
        Limit::Duration(duration) => ("duration", Some(duration), None),
        Limit::AtLeast(duration) => ("at-least", Some(duration), None),
        Limit::AtMost(duration) => ("at-most", Some(duration), None),
        Limit::AtOnce => ("at-once", None, None),
        Limit::SameDay { cutoff } => ("same-day", None, cutoff.map(|clock| clock.to_string())),
        Limit::EveryYear { .. } => ("every-year", None, None),
        Limit::QuarterMonth { .. } => ("quarter-month", None, None),
        Limit::EveryMonth { .. } => ("every-month", None, None),
        Limit::Window { from, .. } => ("window", Some(from), None),
        Limit::After { within, .. } => ("after", Some(within), None),
    };
    LimitView {
        kind,
        amount: duration.map(|duration| float(duration.amount)),
        unit: duration.map(|duration| unit_id(duration.unit)),
        cutoff,
    }
}

pub(super) fn amount_view(amount: &Amount) -> AmountView {
    AmountView { logic: amount_logic(amount), currency: if in_dollars(amount) { "USD" } else { "VND" } }
}

pub(in crate::emit) fn in_dollars(amount: &Amount) -> bool {
    match amount {
        Amount::Dollars(_) => true,
        Amount::Number(_) | Amount::Dong(_) | Amount::Fact(_) => false,
        Amount::Per(inner, _) | Amount::Rounded(inner, _) => in_dollars(inner),
        Amount::Add(left, right)
        | Amount::Subtract(left, right)
        | Amount::Multiply(left, right)
        | Amount::AtMost(left, right)
        | Amount::AtLeast(left, right) => in_dollars(left) || in_dollars(right),
    }
}

pub(in crate::emit) fn amount_logic(amount: &Amount) -> serde_json::Value {
    use serde_json::json;
    let pair = |op: &str, left: &Amount, right: &Amount| json!({ op: [amount_logic(left), amount_logic(right)] });
    match amount {
        Amount::Number(own) => number(*own),
        Amount::Dong(amount) | Amount::Dollars(amount) => json!(amount),
        Amount::Fact(id) => json!({ "var": id.value.as_str() }),
        Amount::Add(left, right) => pair("+", left, right),
        Amount::Subtract(left, right) => pair("-", left, right),
        Amount::Multiply(left, right) => pair("*", left, right),
        Amount::Per(inner, _) => amount_logic(inner),
        Amount::AtMost(left, right) => pair("min", left, right),
        Amount::AtLeast(left, right) => pair("max", left, right),
        Amount::Rounded(inner, rounding) => {
            // JsonLogic has no rounding: what is over a multiple is taken off, or filled up.
            let (inner, to) = (amount_logic(inner), rounding.to);
            let down = |sum: serde_json::Value| json!({ "-": [sum, { "%": [sum, to] }] });
            match rounding.way {
                RoundingWay::Down => down(inner),
                RoundingWay::Nearest => down(json!({ "+": [inner, to as f64 / 2.0] })),
                RoundingWay::Up => {
                    json!({ "+": [inner, { "%": [{ "-": [to, { "%": [inner, to] }] }, to] }] })
                }
            }
        }
    }
}

impl Maker<'_, '_> {
    pub(super) fn when(&self, when: Option<&Expr>) -> Option<Condition> {
        when.map(|when| Condition { text: self.words.condition(when), logic: logic(when, self.plan.body()) })
    }

    pub(super) fn cases<T, V>(
        &self,
        cases: &ByCase<T>,
        say: impl Fn(&T) -> String,
        view: impl Fn(&T) -> V,
    ) -> Cases<V> {
        Cases {
            general: cases.general.as_ref().map(|value| self.value(value, &say, &view)),
            rules: cases.rules.iter().map(|rule| self.rule(rule, &say, &view)).collect(),
        }
    }

    pub(super) fn rule<T, V>(
        &self,
        rule: &CaseRule<T>,
        say: &dyn Fn(&T) -> String,
        view: &dyn Fn(&T) -> V,
    ) -> RuleView<V> {
        RuleView {
            when: Condition { text: self.words.condition(&rule.when), logic: logic(&rule.when, self.plan.body()) },
            adds: rule.adds,
            value: rule.value.as_ref().map(|value| self.value(value, say, view)),
            rules: rule.rules.iter().map(|inner| self.rule(inner, say, view)).collect(),
        }
    }

    pub(super) fn value<T, V>(
        &self,
        value: &Value<T>,
        say: &dyn Fn(&T) -> String,
        view: &dyn Fn(&T) -> V,
    ) -> ValueView<V> {
        let state = match &value.setting {
            Setting::Given(_) => State::Given,
            Setting::None => State::None,
            Setting::Exempt => State::Exempt,
            Setting::Hole => State::NotYetGiven,
            Setting::Locality => State::SetByLocality,
            Setting::By(_) => State::SetByAgency,
            Setting::Agreement => State::ByAgreement,
            Setting::OfProcedure(_) => State::OfProcedure,
            Setting::AtDecision(_) => State::AtDecision,
        };
        ValueView {
            text: self.words.value(value, say),
            state,
            value: value.setting.given().map(view),
            basis: self.citations(&value.cites),
        }
    }

    pub(super) fn citations(&self, cites: &[Citation]) -> Vec<CitationView> {
        cites.iter().map(|cite| self.citation(cite)).collect()
    }

    pub(super) fn transition(&self, transition: &Transition) -> TransitionView {
        TransitionView {
            way: match transition.way {
                Way::Old => "old-rules",
                Way::New => "new-rules",
                Way::Stop => "stop",
            },
            postmark_counts: transition.posted,
            text: self.words.transition(transition),
            basis: self.citations(&transition.cites),
        }
    }

    pub(super) fn citation(&self, cite: &Citation) -> CitationView {
        let act = self.words.find_act(&cite.act);
        CitationView {
            text: self.words.citation(cite),
            act: act.map(|act| act.id.to_string()),
            number: act.map(|act| act.number.clone()),
            title: act.map(|act| act.title.clone()),
            article: cite.pins.article.clone(),
            clause: cite.pins.clause.clone(),
            point: cite.pins.point.clone(),
            annex: cite.pins.annex.clone(),
        }
    }
}

pub(super) fn each<T, V>(all: &[T], view: impl FnMut(&T) -> V) -> Vec<V> {
    all.iter().map(view).collect()
}

pub(super) fn period(period: &Period) -> PeriodView {
    let day = |end: &Option<crate::source::Spanned<jiff::civil::Date>>| end.as_ref().map(|end| end.value.to_string());
    PeriodView { from: day(&period.from), until: day(&period.until) }
}
