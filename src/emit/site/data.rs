//! What the page of a procedure computes with: facts, conditions and values as the JSON output has them, and the days on which
//! they are the rules.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value as Json;

use super::super::Site;
use super::super::files::file_of;
use super::super::json::{self, Condition, amount_logic, in_dollars};
use super::super::logic::{CHANNEL, logic, told};
use super::course::{self, Length, Node};
use crate::model::charge::RoundingWay;
use crate::model::quantity::Period;
use crate::model::{Amount, ByCase, CaseRule, Charge, Deadline, Document, Expr, Limit, Setting, Value};
use crate::plan::cases::{Bound as Within, Cell, Question, Space};
use crate::plan::path::{Bound, bound, runs_from_receipt};
use crate::plan::wording::capitalised;
use crate::plan::{ProcedurePlan, Wording, decision};
use crate::resolve::{Effective, Variant};
use crate::time::Office;

/// A procedure, at the nation or a place.
#[derive(Serialize)]
struct Data {
    code: String,
    /// The day the catalogue is read on, ISO 8601.
    as_of: String,
    /// One after the other, without a gap.
    regimes: Vec<Regime>,
}

/// What applies from a day to a day, both included.
#[derive(Serialize)]
struct Regime {
    #[serde(flatten)]
    valid: Days,
    office: Hours,
    facts: Json,
    /// Ids of requirements, which hold unless they are denied, with what each says.
    requirements: Vec<(String, String)>,
    columns: Vec<Column>,
    papers: Vec<Paper>,
    charges: Vec<Sum>,
    limits: Vec<Promise>,
    outcomes: Vec<Outcome>,
    filed_at: Option<Cases<()>>,
    process: Option<Vec<Node>>,
}

#[derive(Serialize)]
struct Days {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl Days {
    fn of(period: &Period) -> Days {
        let day = |end: &Option<crate::source::Spanned<Date>>| end.as_ref().map(|end| end.value.to_string());
        Days { from: day(&period.from), until: day(&period.until) }
    }
}

/// When the office works, in minutes from midnight.
#[derive(Serialize)]
struct Hours {
    shifts: Vec<(u16, u16)>,
    /// Reception on weekly rest days: the day (0 is Monday), from, until.
    reception: Vec<(i8, u16, u16)>,
}

impl Hours {
    fn of(office: &Office) -> Hours {
        Hours {
            shifts: office.shifts.iter().map(|shift| (shift.from, shift.until)).collect(),
            reception: office
                .reception
                .iter()
                .map(|(day, shift)| (day.to_monday_zero_offset(), shift.from, shift.until))
                .collect(),
        }
    }
}

/// A question, cut where conditions tell answers apart.
#[derive(Serialize)]
struct Column {
    fact: String,
    /// Whether a fact that holds several choices holds this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    choice: Option<String>,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    /// The answer, or one of its range.
    v: Json,
    /// Whether there are others in its range.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    range: bool,
    text: String,
}

/// A value by case, as in the JSON output.
#[derive(Serialize)]
pub(super) struct Cases<T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    general: Option<ValueView<T>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Rule<T>>,
}

#[derive(Serialize)]
struct Rule<T> {
    when: Condition,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    adds: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueView<T>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Rule<T>>,
}

#[derive(Serialize)]
struct ValueView<T> {
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    /// Where it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<T>,
    /// Said to be nothing, or to be free of charge.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    none: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
}

#[derive(Serialize)]
struct Paper {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    delivery: &'static str,
    copies: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<Cases<()>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    taken_from: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(flatten)]
    valid: Days,
}

#[derive(Serialize)]
struct Sum {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Cases<Money>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    factor: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    least: Option<Money>,
    /// nearest (a half upwards), up, down; and to a multiple of what, in đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    rounded: Option<(&'static str, i64)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
    #[serde(flatten)]
    valid: Days,
}

/// A formula over the facts, as JsonLogic.
#[derive(Serialize)]
struct Money {
    logic: Json,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dollars: bool,
    /// Given for each of something.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rate: bool,
    /// Whether it is a bare number: what something is multiplied by.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    bare: bool,
}

impl Money {
    fn of(amount: &Amount) -> Money {
        Money {
            logic: amount_logic(amount),
            dollars: in_dollars(amount),
            rate: matches!(amount, Amount::Per(..)),
            bare: is_bare(amount),
        }
    }
}

/// Whether an amount holds no money.
fn is_bare(amount: &Amount) -> bool {
    match amount {
        Amount::Number(_) | Amount::Fact(_) => true,
        Amount::Dong(_) | Amount::Dollars(_) | Amount::AtMost(..) | Amount::AtLeast(..) | Amount::Rounded(..) => false,
        Amount::Per(inner, _) => is_bare(inner),
        Amount::Add(left, right) | Amount::Subtract(left, right) | Amount::Multiply(left, right) => {
            is_bare(left) && is_bare(right)
        }
    }
}

#[derive(Serialize)]
struct Promise {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Cases<Time>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<String>,
    from_receipt: bool,
    /// Whether it is kept at the end of the process.
    at_end: bool,
    /// Whether it is kept by the steps that may take until it is due.
    by_steps: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
    #[serde(flatten)]
    valid: Days,
}

/// A published limit.
#[derive(Serialize)]
struct Time {
    kind: &'static str,
    #[serde(flatten)]
    length: Option<Length>,
    /// In minutes from midnight.
    #[serde(skip_serializing_if = "Option::is_none")]
    cutoff: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    strictly: bool,
}

#[derive(Serialize)]
struct Outcome {
    name: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    negative: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
}

/// `CODE.js`
pub(super) fn script(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> String {
    let data = Data { code: file_of(plan), as_of: plan.variant().as_of.to_string(), regimes: regimes(plan, site) };
    super::script("procedure", &data)
}

/// The rules of every time that some layer, or a version of its own, sets apart.
fn regimes(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Vec<Regime> {
    let code = &plan.procedure.code.value;
    let overlays = site.catalogue.overlays_of(plan.procedure);
    let versions = site.catalogue.versions(code).iter().filter_map(|one| Some(&one.body.valid.as_ref()?.value));
    // Of a procedure with one version, what came before is not written, and its rules are shown for want of others.
    let versions = versions.filter(|_| site.catalogue.versions(code).len() > 1);
    let ends = overlays.iter().map(|overlay| &overlay.period).chain(versions).flat_map(|period| {
        let from = period.from.as_ref().map(|from| from.value);
        let after = period.until.as_ref().and_then(|until| until.value.tomorrow().ok());
        from.into_iter().chain(after)
    });
    let mut ends: Vec<Date> = ends.collect();
    ends.sort_unstable();
    ends.dedup();
    let mut found: Vec<(Option<Date>, Option<Date>, Vec<crate::source::Span>)> = Vec::new();
    for at in 0..=ends.len() {
        let from = at.checked_sub(1).map(|before| ends[before]);
        let until = ends.get(at).and_then(|next| next.yesterday().ok());
        let day = from.or(until).unwrap_or(plan.variant().as_of);
        let effective = on(plan, site, day);
        let layers = [effective.procedure.head].into_iter().chain(effective.layers.iter().map(|layer| layer.head));
        let layers = layers.collect();
        match found.last_mut() {
            Some((_, end, known)) if *known == layers => *end = until,
            _ => found.push((from, until, layers)),
        }
    }
    let made = found.into_iter().map(|(from, until, _)| {
        let valid = Days { from: from.map(|day| day.to_string()), until: until.map(|day| day.to_string()) };
        let as_of = plan.variant().as_of;
        let own = from.is_none_or(|from| from <= as_of) && until.is_none_or(|until| as_of <= until);
        if own {
            return regime(plan, site, valid);
        }
        let day = from.or(until).unwrap_or(as_of);
        let effective = on(plan, site, day);
        regime(&ProcedurePlan::new(&effective, plan.registers, plan.subprocesses), site, valid)
    });
    made.collect()
}

/// The procedure of a plan as it stands on another day, in whichever version.
fn on<'p>(plan: &'p ProcedurePlan<'_>, site: &'p Site<'_>, as_of: Date) -> Effective<'p> {
    let procedure = site.catalogue.version_on(&plan.procedure.code.value, as_of).unwrap_or(plan.procedure);
    site.catalogue.effective(procedure, Variant { as_of, place: plan.variant().place.clone() })
}

/// What values are made with.
pub(super) struct Maker<'p, 'a> {
    pub(super) plan: &'p ProcedurePlan<'a>,
    pub(super) words: Wording<'p>,
}

fn regime(plan: &ProcedurePlan<'_>, site: &Site<'_>, valid: Days) -> Regime {
    let make = Maker { plan, words: site.wording(plan) };
    let (body, words) = (plan.body(), &make.words);
    let mut json = serde_json::to_value(json::View::of(plan, site)).unwrap_or_default();
    let requirements = body.requirements.iter().flat_map(|all| &all.value);
    Regime {
        valid,
        office: Hours::of(&plan.calendar().office),
        facts: json["facts"].take(),
        requirements: requirements
            .filter_map(|one| Some((one.id.as_ref()?.value.to_string(), one.text.value.clone())))
            .collect(),
        columns: make.columns(),
        papers: body.dossier.iter().flat_map(|dossier| &dossier.documents).map(|one| make.paper(one)).collect(),
        charges: body.charges.iter().map(|charge| make.sum(&charge.value)).collect(),
        limits: body.deadlines.iter().map(|deadline| make.promise(&deadline.value)).collect(),
        outcomes: body
            .outcomes
            .iter()
            .map(|outcome| Outcome {
                name: outcome.name.value.clone(),
                negative: outcome.negative,
                when: make.when(outcome.when.as_ref()),
            })
            .collect(),
        filed_at: body.received_at.as_ref().map(|by| make.cases(by, |all| words.receiving_places(all), |_| ())),
        process: course::course(&make),
    }
}

impl Maker<'_, '_> {
    pub(super) fn condition(&self, when: &Expr) -> Condition {
        Condition { text: self.words.condition(when), logic: logic(when, self.plan.body()) }
    }

    pub(super) fn when(&self, when: Option<&Expr>) -> Option<Condition> {
        when.map(|when| self.condition(when))
    }

    pub(super) fn cases<T, V>(&self, by: &ByCase<T>, say: impl Fn(&T) -> String, view: impl Fn(&T) -> V) -> Cases<V> {
        Cases {
            general: by.general.as_ref().map(|value| self.value(value, &say, &view)),
            rules: by.rules.iter().map(|rule| self.rule(rule, &say, &view)).collect(),
        }
    }

    fn rule<T, V>(&self, rule: &CaseRule<T>, say: &dyn Fn(&T) -> String, view: &dyn Fn(&T) -> V) -> Rule<V> {
        Rule {
            when: self.condition(&rule.when),
            adds: rule.adds,
            value: rule.value.as_ref().map(|value| self.value(value, say, view)),
            rules: rule.rules.iter().map(|inner| self.rule(inner, say, view)).collect(),
        }
    }

    fn value<T, V>(&self, value: &Value<T>, say: &dyn Fn(&T) -> String, view: &dyn Fn(&T) -> V) -> ValueView<V> {
        let text = match &value.setting {
            Setting::Given(given) => say(given),
            other => self.words.no_value(other).unwrap_or_default(),
        };
        ValueView {
            text,
            value: value.setting.given().map(view),
            none: matches!(value.setting, Setting::None | Setting::Exempt),
            basis: self.words.cites(&value.cites),
        }
    }

    /// Every question that some condition of the page asks.
    fn columns(&self) -> Vec<Column> {
        fn rules<T>(by: &ByCase<T>) -> Vec<&Expr> {
            by.all_rules().into_iter().map(|rule| &rule.when).collect()
        }
        let body = self.plan.body();
        let forms = body.dossier.iter().flat_map(|dossier| &dossier.documents).filter_map(|one| one.form.as_ref());
        let asked = forms.flat_map(rules).chain(body.received_at.iter().flat_map(|by| rules(&by.value)));
        let space = decision::space(self.plan, asked);
        let columns = space.columns.iter().enumerate();
        columns
            .map(|(at, column)| {
                let (fact, choice) = match &column.question {
                    Question::Channel => (CHANNEL.to_owned(), None),
                    Question::Fact(id) => (id.to_string(), None),
                    Question::Includes(id, choice) => (id.to_string(), Some(choice.to_string())),
                };
                let cells = column.cells.iter().enumerate();
                Column { fact, choice, cells: cells.map(|(cell, own)| self.cell(&space, at, cell, own)).collect() }
            })
            .collect()
    }

    fn cell(&self, space: &Space, column: usize, at: usize, cell: &Cell) -> CellView {
        let alone = space.with_cell(&space.everything(), column, at);
        let text = if space.columns[column].cells.len() > 1 { space.said(&alone, &self.words) } else { String::new() };
        CellView {
            v: told(cell).unwrap_or(Json::Null),
            range: matches!(cell, Cell::Range(..)) && !is_point(cell),
            text,
        }
    }

    fn paper(&self, one: &Document) -> Paper {
        let words = &self.words;
        let copies =
            one.copies.iter().map(|copies| format!("{} {}", words.copies(&copies.count), words.copy_kind(copies.kind)));
        Paper {
            id: one.id.as_ref().map(|id| id.value.to_string()),
            name: one.name.value.clone(),
            delivery: words.delivery(one.delivery),
            copies: copies.collect(),
            form: one.form.as_ref().map(|form| self.cases(form, |form| words.form(form), |_| ())),
            when: self.when(one.when.as_ref()),
            one_of: one.one_of.iter().map(|text| text.value.clone()).collect(),
            taken_from: one.taken_from.iter().map(|source| words.source(source)).collect(),
            notes: one.notes.iter().map(|note| note.value.clone()).collect(),
            valid: Days::of(&one.valid),
        }
    }

    fn sum(&self, charge: &Charge) -> Sum {
        Sum {
            name: capitalised(&self.words.charge_name(charge)),
            amount: charge
                .amount
                .as_ref()
                .map(|amount| self.cases(amount, |amount| self.words.amount(amount), Money::of)),
            factor: charge.multiplied_by.as_ref().map(Money::of),
            most: charge.maximum.as_ref().map(Money::of),
            least: charge.minimum.as_ref().map(Money::of),
            rounded: charge.rounded.map(|rounding| {
                let way = match rounding.way {
                    RoundingWay::Nearest => "nearest",
                    RoundingWay::Up => "up",
                    RoundingWay::Down => "down",
                };
                (way, rounding.to)
            }),
            when: self.when(charge.when.as_ref()),
            valid: Days::of(&charge.valid),
        }
    }

    fn promise(&self, deadline: &Deadline) -> Promise {
        let bound = bound(self.plan, deadline);
        Promise {
            id: deadline.id.as_ref().map(|id| id.value.to_string()),
            name: capitalised(&self.words.deadline_name(deadline)),
            limit: deadline.limit.as_ref().map(|limit| self.cases(limit, |limit| self.words.limit(limit), time)),
            starts: deadline.starts.as_ref().map(|start| self.words.start(&start.value)),
            from_receipt: runs_from_receipt(deadline),
            at_end: bound == Bound::End,
            by_steps: bound == Bound::Steps,
            when: self.when(deadline.when.as_ref()),
            valid: Days::of(&deadline.valid),
        }
    }
}

fn time(limit: &Limit) -> Time {
    let length = match limit {
        Limit::Duration(length) | Limit::AtMost(length) => Some(Length::of(length)),
        _ => None,
    };
    let (day, month) = match limit {
        Limit::EveryYear { day, .. } => (Some(day.day), Some(day.month)),
        Limit::QuarterMonth { day } | Limit::EveryMonth { day } => (Some(*day), None),
        _ => (None, None),
    };
    let cutoff = match limit {
        Limit::SameDay { cutoff } => cutoff.map(|clock| u16::from(clock.hour) * 60 + u16::from(clock.minute)),
        _ => None,
    };
    Time {
        kind: json::limit_kind(limit),
        length,
        cutoff,
        day,
        month,
        strictly: matches!(limit, Limit::EveryYear { strictly: true, .. }),
    }
}

fn is_point(cell: &Cell) -> bool {
    matches!(cell, Cell::Range(Within::With(from), Within::With(to)) if from == to)
}
