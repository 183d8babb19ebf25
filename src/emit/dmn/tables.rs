//! What each decision decides, in every case: rows of cases that do not overlap and leave nothing out.

use serde_json::{Value, json};

use crate::emit::json::{limit_kind, unit_id};
use crate::emit::logic;
use crate::lang::{Lang, say};
use crate::model::{Charge, Deadline, Document, Expr, Id, Number};
use crate::plan::cases::{Case, Column, Facts, MOST_CASES, Open, Question, Space, explore};
use crate::plan::decision::documents;
use crate::plan::money::{Formula, Payable, Price, payable_with, price};
use crate::plan::path::{Promised, promise};
use crate::plan::{ProcedurePlan, Wording};

/// A longer table is left out: no one reads it, and engines match row by row.
const MOST_ROWS: usize = 2_000;

/// What a decision is about.
pub(super) enum Subject<'a> {
    /// Whether a paper is asked for; its place among all.
    Paper(&'a Document, usize),
    /// Which papers are, each with what stands for it in the list.
    Papers(Vec<(&'a Document, String)>),
    Dong(&'a Charge),
    Dollars(&'a Charge),
    Limit(&'a Deadline),
}

/// A fact, as a case file gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Channel,
    Fact(Id),
}

/// What a row answers in one output.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// Set by others, not yet given, or not promised.
    Null,
    Is(bool),
    Text(String),
    Amount(Formula),
}

/// The answers of a row, and what they rest on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) answers: Vec<Answer>,
    pub(super) basis: String,
}

/// One decision; `rows` is empty for the list of papers, which is made of the others.
pub(super) struct Decision<'a> {
    pub(super) subject: Subject<'a>,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) space: Space,
    pub(super) rows: Vec<(Case, Told)>,
}

/// Why there is no table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Left {
    /// Something is asked that is not known.
    Unknown,
    TooMany,
    /// A bound that no decimal number says.
    Bound,
}

impl Left {
    pub(super) fn said(self, lang: Lang) -> String {
        match self {
            Left::Unknown => {
                say!(lang, "có điều kiện chưa khai", "a condition is not given")
            }
            Left::TooMany => say!(
                lang,
                "nhiều hơn {MOST_ROWS} dòng hoặc {MOST_CASES} trường hợp",
                "more than {MOST_ROWS} rows or {MOST_CASES} cases"
            ),
            Left::Bound => say!(lang, "có số không viết được dưới dạng thập phân", "a number has no decimal form"),
        }
    }
}

impl<'a> Decision<'a> {
    pub(super) fn of(
        plan: &ProcedurePlan<'a>,
        subject: Subject<'a>,
        label: String,
        wording: &Wording<'_>,
    ) -> Result<Decision<'a>, Left> {
        let conditions = conditions(&subject);
        if conditions.len() > MOST_ROWS {
            return Err(Left::TooMany);
        }
        let space = Space::of(&Facts { body: plan.body(), registers: plan.registers }, conditions);
        if !space.is_sound {
            return Err(Left::Unknown);
        }
        let mut rows = Vec::new();
        if !matches!(subject, Subject::Papers(_)) {
            let explored = explore(&space, space.everything(), |case| told(plan, &subject, &space, case, wording));
            if !explored.undecided.is_empty() {
                let many = explored.leaves.len() + explored.undecided.len() >= MOST_CASES;
                return Err(if many { Left::TooMany } else { Left::Unknown });
            }
            rows = space.merged(explored.leaves);
        }
        if rows.len() > MOST_ROWS {
            return Err(Left::TooMany);
        }
        let decision = Decision { subject, name: String::new(), label, space, rows };
        if decision.columns().iter().any(|&column| !super::cells::can_write(&decision.space.columns[column])) {
            return Err(Left::Bound);
        }
        Ok(decision)
    }

    /// The columns that tell rows apart.
    pub(super) fn columns(&self) -> Vec<usize> {
        let matters = |column: &usize| self.rows.iter().any(|(case, _)| !self.space.is_whole(case, *column));
        (0..self.space.columns.len()).filter(matters).collect()
    }

    /// Every fact asked: by the columns, then by the formulas.
    pub(super) fn asks(&self) -> Vec<Asked> {
        let mut asks: Vec<Asked> = Vec::new();
        let columns = self.columns().into_iter().map(|column| Asked::by(&self.space.columns[column]));
        let formulas = self.rows.iter().flat_map(|(_, told)| &told.answers).filter_map(|answer| match answer {
            Answer::Amount(formula) => Some(formula.facts()),
            Answer::Null | Answer::Is(_) | Answer::Text(_) => None,
        });
        for asked in columns.chain(formulas.flatten().map(|id| Asked::Fact(id.clone()))) {
            if !asks.contains(&asked) {
                asks.push(asked);
            }
        }
        asks
    }

    /// Whether any case comes to more than “not known”.
    pub(super) fn says_something(&self) -> bool {
        let mut answers = self.rows.iter().flat_map(|(_, told)| &told.answers);
        matches!(self.subject, Subject::Papers(_)) || answers.any(|answer| *answer != Answer::Null)
    }

    /// What the compiler itself answers in a case; `None` where a number is not told.
    pub(super) fn answer(
        &self,
        plan: &ProcedurePlan<'a>,
        space: &Space,
        case: &Case,
        number: &dyn Fn(&Id) -> Option<Number>,
        wording: &Wording<'_>,
    ) -> Result<Option<Value>, Open> {
        Ok(Some(match &self.subject {
            Subject::Paper(document, _) => json!(space.applies(document.when.as_ref(), case)?),
            Subject::Papers(all) => {
                let asked = documents(plan, space, case)?;
                let is_asked = |one: &Document| asked.iter().any(|other| std::ptr::eq(*other, one));
                json!(all.iter().filter(|(one, _)| is_asked(one)).map(|(_, id)| id).collect::<Vec<_>>())
            }
            Subject::Dong(charge) | Subject::Dollars(charge) => {
                match payable_with(plan, space, case, charge, number)? {
                    None => json!(0),
                    Some(Payable::Sum(sum)) if matches!(self.subject, Subject::Dong(_)) => logic::number(sum.dong),
                    Some(Payable::Sum(sum)) => logic::number(sum.dollars),
                    Some(Payable::Open(_) | Payable::Nothing) => Value::Null,
                    Some(Payable::Needs(_)) => return Ok(None),
                }
            }
            Subject::Limit(deadline) => {
                let promise = promise(plan, space, case, deadline)?;
                let told = promise.map(|promise| Limit::of(&promise.limit, wording));
                let [text, kind, amount, unit] = super::view::LIMIT.map(|(name, _)| name);
                json!({
                    text: told.as_ref().map(|told| &told.text),
                    kind: told.as_ref().map(|told| told.kind),
                    amount: told.as_ref().and_then(|told| told.amount).map(logic::number),
                    unit: told.as_ref().and_then(|told| told.unit),
                })
            }
        }))
    }
}

impl Asked {
    pub(super) fn by(column: &Column) -> Asked {
        match &column.question {
            Question::Channel => Asked::Channel,
            Question::Fact(id) | Question::Includes(id, _) => Asked::Fact(id.clone()),
        }
    }
}

/// Everything that what is decided hangs on.
fn conditions<'a>(subject: &Subject<'a>) -> Vec<&'a Expr> {
    match subject {
        Subject::Paper(document, _) => document.when.iter().collect(),
        Subject::Papers(all) => all.iter().filter_map(|(document, _)| document.when.as_ref()).collect(),
        Subject::Dong(charge) | Subject::Dollars(charge) => {
            let rules = charge.amount.iter().flat_map(|amount| amount.all_rules());
            charge.when.iter().chain(rules.map(|rule| &rule.when)).collect()
        }
        Subject::Limit(deadline) => {
            let rules = deadline.limit.iter().flat_map(|limit| limit.all_rules());
            deadline.when.iter().chain(rules.map(|rule| &rule.when)).collect()
        }
    }
}

/// One row.
fn told<'a>(
    plan: &ProcedurePlan<'a>,
    subject: &Subject<'a>,
    space: &Space,
    case: &Case,
    wording: &Wording<'_>,
) -> Result<Told, Open> {
    match subject {
        Subject::Paper(document, _) => {
            let is_asked = space.applies(document.when.as_ref(), case)?;
            Ok(Told { answers: vec![Answer::Is(is_asked)], basis: String::new() })
        }
        Subject::Papers(_) => Ok(Told { answers: Vec::new(), basis: String::new() }),
        Subject::Dong(charge) => sum_told(plan, charge, space, case, wording, |dong, _| dong),
        Subject::Dollars(charge) => sum_told(plan, charge, space, case, wording, |_, dollars| dollars),
        Subject::Limit(deadline) => limit_told(plan, deadline, space, case, wording),
    }
}

fn sum_told(
    plan: &ProcedurePlan<'_>,
    charge: &Charge,
    space: &Space,
    case: &Case,
    wording: &Wording<'_>,
    pick: impl Fn(Formula, Formula) -> Formula,
) -> Result<Told, Open> {
    let Some(price) = price(plan, space, case, charge)? else {
        let basis = wording.pick("không áp dụng", "does not apply").to_owned();
        return Ok(Told { answers: vec![Answer::Amount(Formula::Number(Number::whole(0)))], basis });
    };
    let picked = charge.amount.as_ref().map(|amount| space.value(amount, case)).transpose()?;
    let cites = picked.and_then(|picked| picked.value).map_or(&[][..], |value| value.cites.as_slice());
    let basis = wording.cites(cites).or_else(|| wording.cites(&charge.cites)).unwrap_or_default();
    let (answer, why) = match price {
        Price::Sum { dong, dollars } => (Answer::Amount(pick(dong, dollars)), String::new()),
        Price::Open(setting) => (Answer::Null, wording.payable(&Payable::Open(setting))),
        Price::Nothing => (Answer::Null, wording.payable(&Payable::Nothing)),
    };
    Ok(Told { answers: vec![answer], basis: joined(&why, &basis) })
}

fn limit_told<'a>(
    plan: &ProcedurePlan<'a>,
    deadline: &'a Deadline,
    space: &Space,
    case: &Case,
    wording: &Wording<'_>,
) -> Result<Told, Open> {
    if let Some(promise) = promise(plan, space, case, deadline)? {
        let Limit { text, kind, amount, unit } = Limit::of(&promise.limit, wording);
        let answers = vec![
            Answer::Text(text),
            Answer::Text(kind.to_owned()),
            amount.map_or(Answer::Null, |amount| Answer::Amount(Formula::Number(amount))),
            unit.map_or(Answer::Null, |unit| Answer::Text(unit.to_owned())),
        ];
        return Ok(Told { answers, basis: wording.cites(promise.cites).unwrap_or_default() });
    }
    let answers = vec![Answer::Null; super::view::LIMIT.len()];
    if !space.applies(deadline.when.as_ref(), case)? {
        return Ok(Told { answers, basis: wording.pick("không áp dụng", "does not apply").to_owned() });
    }
    let picked = deadline.limit.as_ref().map(|limit| space.value(limit, case)).transpose()?;
    let value = picked.and_then(|picked| picked.value);
    let why = value.map_or(String::new(), |value| wording.value(value, |limit| wording.limit(limit)));
    let basis = value.and_then(|value| wording.cites(&value.cites)).unwrap_or_default();
    Ok(Told { answers, basis: joined(&why, &basis) })
}

/// How long, as engines take it.
struct Limit {
    /// `03 ngày làm việc`
    text: String,
    /// As in `CODE.json`; `durations` where one runs after another.
    kind: &'static str,
    amount: Option<Number>,
    unit: Option<&'static str>,
}

impl Limit {
    fn of(promised: &Promised, wording: &Wording<'_>) -> Limit {
        let (kind, single) = match promised {
            Promised::For(all) => match all.as_slice() {
                [only] => ("duration", Some(*only)),
                _ => ("durations", None),
            },
            Promised::Whole(limit) => (limit_kind(limit), None),
        };
        Limit {
            text: wording.promised(promised),
            kind,
            amount: single.map(|only| only.amount),
            unit: single.map(|only| unit_id(only.unit)),
        }
    }
}

pub(super) fn joined(a: &str, b: &str) -> String {
    if a.is_empty() || b.is_empty() { format!("{a}{b}") } else { format!("{a}; {b}") }
}
