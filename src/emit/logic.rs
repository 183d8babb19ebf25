//! Conditions as JsonLogic (jsonlogic.com): facts are variables, named as in the source; the channel is `cách-thức`.

use serde_json::{Value, json};

use crate::model::facts::FactKind;
use crate::model::{Atom, Body, Channel, Expr, Number, Subject, Test};
use crate::plan::cases::{Cell, Point};
use crate::source::Spanned;

/// The variable that holds the channel of filing.
pub(super) const CHANNEL: &str = "cách-thức";

pub(super) fn logic(condition: &Expr, body: &Body) -> Value {
    match condition {
        Expr::And(parts, _) => json!({ "and": parts.iter().map(|part| logic(part, body)).collect::<Vec<_>>() }),
        Expr::Or(parts, _) => json!({ "or": parts.iter().map(|part| logic(part, body)).collect::<Vec<_>>() }),
        Expr::Not(inner, _) => json!({ "!": [logic(inner, body)] }),
        Expr::Test { subject, test, .. } => one(subject, test, body),
    }
}

fn one(subject: &Subject, test: &Test, body: &Body) -> Value {
    let var = match subject {
        Subject::Fact(id) => {
            // A derived fact is its condition; nobody has to compute it first.
            let derived = body.facts.iter().find(|fact| fact.id.value == id.value).and_then(|fact| match &fact.kind {
                FactKind::Derived(condition) => Some(condition),
                _ => None,
            });
            if let Some(condition) = derived {
                return logic(condition, body);
            }
            json!({ "var": id.value.as_str() })
        }
        Subject::Channel(_) => json!({ "var": CHANNEL }),
        Subject::Field(_) | Subject::Outcome(_) | Subject::Level(_) | Subject::Procedure(_) | Subject::Every(_) => {
            json!(true)
        }
    };
    match test {
        Test::Holds => json!({ "==": [var, true] }),
        Test::Is(value) => json!({ "==": [var, atom(value)] }),
        Test::IsNot(value) => json!({ "!=": [var, atom(value)] }),
        Test::In(all) => json!({ "in": [var, atoms(all)] }),
        Test::Exactly(all) => exactly(&var, &atoms(all)),
        Test::Includes(value) => json!({ "in": [atom(value), var] }),
        Test::Between(low, None) => json!({ ">=": [var, atom(low)] }),
        Test::Between(low, Some(high)) => json!({ "<=": [atom(low), var, atom(high)] }),
        Test::Above(value) => json!({ ">": [var, atom(value)] }),
        Test::Below(value) => json!({ "<": [var, atom(value)] }),
        Test::AtMost(value) => json!({ "<=": [var, atom(value)] }),
        Test::AtLeast(value) => json!({ ">=": [var, atom(value)] }),
    }
}

/// Whether a list holds these and no others. `==` compares lists by identity in most engines.
fn exactly(var: &Value, wanted: &[Value]) -> Value {
    if wanted.is_empty() {
        return json!({ "!": [var] });
    }
    let no_others = json!({ "all": [var, { "in": [{ "var": "" }, wanted] }] });
    let each = wanted.iter().map(|one| json!({ "in": [one, var] }));
    json!({ "and": std::iter::once(no_others).chain(each).collect::<Vec<_>>() })
}

fn atoms(all: &[Spanned<Atom>]) -> Vec<Value> {
    all.iter().map(atom).collect()
}

fn atom(atom: &Spanned<Atom>) -> Value {
    match &atom.value {
        Atom::Id(id) => json!(id.as_str()),
        Atom::Channel(channel) => json!(channel_id(*channel)),
        Atom::Number(own) => number(*own),
        Atom::Date(date) => json!(date.to_string()),
        Atom::Code(code) => json!(code),
    }
}

/// A number as the value of a variable.
pub(super) fn number(number: Number) -> Value {
    number.as_whole().map_or_else(|| json!(float(number)), |whole| json!(whole))
}

/// A number, where the schema asks for one that may have decimals.
pub(super) fn float(number: Number) -> f64 {
    number.numerator as f64 / number.denominator as f64
}

/// Some value of a cell as that of a variable; nothing where any value would do.
pub(super) fn told(cell: &Cell) -> Option<Value> {
    Some(match cell {
        Cell::Yes => json!(true),
        Cell::No => json!(false),
        Cell::Channel(channel) => json!(channel_id(*channel)),
        Cell::Choice(choice) => json!(choice.as_str()),
        Cell::Range(..) => match cell.sample()? {
            Point::Number(own) => number(own),
            Point::Date(date) => json!(date.to_string()),
        },
    })
}

/// A channel as the value of the variable.
pub(super) fn channel_id(channel: Channel) -> &'static str {
    match channel {
        Channel::InPerson => "trực-tiếp",
        Channel::Online => "trực-tuyến",
        Channel::Post => "bưu-chính",
    }
}
