//! What stands in the cells of a table, in FEEL: the test of one column, and formulas.

use super::tables::{Answer, Asked};
use crate::emit::feel::{decimal, text};
use crate::emit::logic::channel_id;
use crate::model::Id;
use crate::model::charge::{Rounding, RoundingWay};
use crate::plan::cases::{Bound, Case, Cell, Column, Point, Question, Space};
use crate::plan::money::Formula;

/// What holds of every answer.
pub(super) const ANY: &str = "-";

fn point(point: Point) -> Option<String> {
    match point {
        Point::Number(number) => decimal(number),
        Point::Date(date) => Some(format!("date({})", text(&date.to_string()))),
    }
}

/// What the column of a table asks, of a fact by its name.
pub(super) fn question(column: &Column, name: &str) -> String {
    match &column.question {
        Question::Includes(_, choice) => format!("list contains({name}, {})", text(choice.as_str())),
        // A day comes as text, `2026-01-31`, as JSON gives it.
        Question::Fact(_) if is_day(column) => format!("date({name})"),
        Question::Channel | Question::Fact(_) => name.to_owned(),
    }
}

/// Whether days are told apart.
pub(super) fn is_day(column: &Column) -> bool {
    column.cells.iter().any(|cell| matches!(cell.sample(), Some(Point::Date(_))))
}

/// The test of a column in one row: the answers are named one by one, so that an unknown answer meets no row.
pub(super) fn test(space: &Space, case: &Case, column: usize) -> String {
    if space.is_whole(case, column) {
        return ANY.to_owned();
    }
    let runs = space.spans(case, column);
    let tests: Vec<String> = match runs.is_empty() {
        false => runs.into_iter().filter_map(|(from, to)| range(from, to)).collect(),
        true => {
            let cells = &space.columns[column].cells;
            space.cells_of(case, column).into_iter().filter_map(|at| literal(cells.get(at)?)).collect()
        }
    };
    tests.join(",")
}

/// Whether every bound of a column can be written.
pub(super) fn can_write(column: &Column) -> bool {
    let ends = column.cells.iter().filter_map(|cell| match cell {
        Cell::Range(from, to) => Some([*from, *to]),
        Cell::Yes | Cell::No | Cell::Channel(_) | Cell::Choice(_) => None,
    });
    ends.flatten().all(|end| match end {
        Bound::Open => true,
        Bound::With(at) | Bound::Without(at) => point(at).is_some(),
    })
}

fn literal(cell: &Cell) -> Option<String> {
    Some(match cell {
        Cell::Yes => "true".to_owned(),
        Cell::No => "false".to_owned(),
        Cell::Channel(channel) => text(channel_id(*channel)),
        Cell::Choice(choice) => text(choice.as_str()),
        Cell::Range(..) => return None,
    })
}

/// A run of numbers or days.
pub(super) fn range(from: Bound, to: Bound) -> Option<String> {
    Some(match (from, to) {
        (Bound::Open, Bound::Open) => ANY.to_owned(),
        (Bound::With(from), Bound::With(to)) if from == to => point(from)?,
        (Bound::With(from), Bound::Open) => format!(">= {}", point(from)?),
        (Bound::Without(from), Bound::Open) => format!("> {}", point(from)?),
        (Bound::Open, Bound::With(to)) => format!("<= {}", point(to)?),
        (Bound::Open, Bound::Without(to)) => format!("< {}", point(to)?),
        (Bound::With(low) | Bound::Without(low), Bound::With(high) | Bound::Without(high)) => {
            let open = if matches!(from, Bound::With(_)) { '[' } else { '(' };
            let close = if matches!(to, Bound::With(_)) { ']' } else { ')' };
            format!("{open}{}..{}{close}", point(low)?, point(high)?)
        }
    })
}

/// What a row answers; `name` is how a fact is called.
pub(super) fn answer(answer: &Answer, name: &dyn Fn(&Asked) -> String) -> String {
    match answer {
        Answer::Null => "null".to_owned(),
        Answer::Is(yes) => yes.to_string(),
        Answer::Text(own) => text(own),
        Answer::Amount(own) => formula(own, &|fact| name(&Asked::Fact(fact.clone()))).0,
    }
}

/// How tightly a formula holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Condition,
    Sum,
    Product,
    Single,
}

fn formula(own: &Formula, name: &dyn Fn(&Id) -> String) -> (String, Tie) {
    // A part in brackets where it holds less tightly than what it stands in.
    let part = |part: &Formula, least: Tie| {
        let (text, tie) = formula(part, name);
        if tie < least { format!("({text})") } else { text }
    };
    match own {
        Formula::Number(number) => match decimal(*number) {
            Some(text) if number.numerator < 0 => (text, Tie::Sum),
            Some(text) => (text, Tie::Single),
            None => (format!("{} / {}", number.numerator, number.denominator), Tie::Sum),
        },
        Formula::Fact(id) => (name(id), Tie::Single),
        Formula::Add(a, b) => (format!("{} + {}", part(a, Tie::Sum), part(b, Tie::Product)), Tie::Sum),
        Formula::Subtract(a, b) => (format!("{} - {}", part(a, Tie::Sum), part(b, Tie::Product)), Tie::Sum),
        Formula::Multiply(a, b) => (format!("{} * {}", part(a, Tie::Product), part(b, Tie::Single)), Tie::Product),
        Formula::Capped(sum, cap) => {
            let is_number = matches!(**cap, Formula::Number(_));
            let (sum, cap) = (part(sum, Tie::Condition), part(cap, Tie::Sum));
            match is_number {
                true => (format!("min({sum}, {cap})"), Tie::Single),
                false => (format!("if {cap} = 0 then {sum} else min({sum}, {cap})"), Tie::Condition),
            }
        }
        Formula::Most(a, b) => (format!("max({}, {})", part(a, Tie::Condition), part(b, Tie::Condition)), Tie::Single),
        Formula::Rounded(sum, rounding) => (rounded(&part(sum, Tie::Product), *rounding), Tie::Product),
    }
}

/// A sum as whole steps of the rounding.
fn rounded(sum: &str, Rounding { way, to }: Rounding) -> String {
    match way {
        RoundingWay::Down => format!("floor({sum} / {to}) * {to}"),
        RoundingWay::Up => format!("ceiling({sum} / {to}) * {to}"),
        RoundingWay::Nearest => format!("floor({sum} / {to} + 0.5) * {to}"),
    }
}
