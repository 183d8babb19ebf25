//! What a charge comes to while the numbers are not known yet: the same sum as [`payable`](super::payable), as a formula over
//! facts, for engines that compute it themselves.

use super::{Due, Money, due, rounded};
use crate::model::charge::Rounding;
use crate::model::{Amount, Charge, Id, Number, Setting};
use crate::plan::ProcedurePlan;
use crate::plan::cases::{Case, Open, Space};

/// A number, or how it is computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Number(Number),
    Fact(Id),
    Add(Box<Formula>, Box<Formula>),
    Subtract(Box<Formula>, Box<Formula>),
    Multiply(Box<Formula>, Box<Formula>),
    /// Not above the second; a cap that comes to zero is none.
    Capped(Box<Formula>, Box<Formula>),
    /// The larger one.
    Most(Box<Formula>, Box<Formula>),
    Rounded(Box<Formula>, Rounding),
}

/// What a charge comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Price {
    Sum {
        dong: Formula,
        dollars: Formula,
    },
    /// Somebody else sets it, it is not yet given, or it is given for each of something that is not counted.
    Open(Setting<Amount>),
    /// No rule applies.
    Nothing,
}

/// What a charge comes to in a case; `None` where it does not apply.
pub fn price(plan: &ProcedurePlan<'_>, space: &Space, case: &Case, charge: &Charge) -> Result<Option<Price>, Open> {
    let (given, added) = match due(plan, space, case, charge)? {
        None => return Ok(None),
        Some(Due::Nothing) => return Ok(Some(Price::Nothing)),
        Some(Due::Free) => return Ok(Some(Sum::zero().price())),
        Some(Due::Open(open)) => return Ok(Some(Price::Open(open.clone()))),
        Some(Due::Given(given, added)) => (given, added),
    };
    let mut sum = added.into_iter().fold(part(given).money(), |sum, added| sum.plus(part(added).money()));
    // The cap comes before the multiplication.
    if let Some(most) = &charge.maximum {
        sum = sum.capped(part(most).money());
    }
    if let Some(fewest) = &charge.minimum {
        sum = sum.at_least(part(fewest).money());
    }
    if let Some(Part::Number(factor)) = charge.multiplied_by.as_ref().map(part) {
        sum = sum.times(&factor);
    }
    if let Some(rounding) = charge.rounded {
        sum = sum.rounded(rounding);
    }
    Ok(Some(sum.price()))
}

/// A formula of money, one in each currency.
#[derive(Clone)]
struct Sum {
    dong: Formula,
    dollars: Formula,
}

/// A part of a formula: money, or a bare number.
enum Part {
    Money(Sum),
    Number(Formula),
}

fn part(amount: &Amount) -> Part {
    match amount {
        Amount::Number(number) => Part::Number(Formula::Number(*number)),
        Amount::Dong(dong) => Part::Money(Sum { dong: Formula::whole(*dong), ..Sum::zero() }),
        Amount::Dollars(dollars) => Part::Money(Sum { dollars: Formula::whole(*dollars), ..Sum::zero() }),
        Amount::Fact(id) => Part::Number(Formula::Fact(id.value.clone())),
        Amount::Per(inner, _) => part(inner),
        Amount::Add(left, right) => match (part(left), part(right)) {
            (Part::Number(a), Part::Number(b)) => Part::Number(a.plus(b)),
            (a, b) => Part::Money(a.money().plus(b.money())),
        },
        Amount::Subtract(left, right) => match (part(left), part(right)) {
            (Part::Number(a), Part::Number(b)) => Part::Number(a.minus(b)),
            (a, b) => Part::Money(a.money().minus(b.money())),
        },
        Amount::Multiply(left, right) => match (part(left), part(right)) {
            (Part::Number(a), Part::Number(b)) => Part::Number(a.times(b)),
            (Part::Money(sum), Part::Number(factor)) | (Part::Number(factor), Part::Money(sum)) => {
                Part::Money(sum.times(&factor))
            }
            (Part::Money(sum), Part::Money(_)) => Part::Money(sum),
        },
        Amount::AtMost(inner, cap) => Part::Money(part(inner).money().capped(part(cap).money())),
        Amount::AtLeast(inner, floor) => Part::Money(part(inner).money().at_least(part(floor).money())),
        Amount::Rounded(inner, rounding) => Part::Money(part(inner).money().rounded(*rounding)),
    }
}

impl Part {
    /// A bare number where money is meant is đồng.
    fn money(self) -> Sum {
        match self {
            Part::Money(sum) => sum,
            Part::Number(dong) => Sum { dong, ..Sum::zero() },
        }
    }
}

impl Sum {
    fn zero() -> Sum {
        Sum { dong: Formula::whole(0), dollars: Formula::whole(0) }
    }

    fn price(self) -> Price {
        Price::Sum { dong: self.dong, dollars: self.dollars }
    }

    fn plus(self, other: Sum) -> Sum {
        Sum { dong: self.dong.plus(other.dong), dollars: self.dollars.plus(other.dollars) }
    }

    fn minus(self, other: Sum) -> Sum {
        Sum { dong: self.dong.minus(other.dong), dollars: self.dollars.minus(other.dollars) }
    }

    fn times(self, factor: &Formula) -> Sum {
        Sum { dong: self.dong.times(factor.clone()), dollars: self.dollars.times(factor.clone()) }
    }

    fn capped(self, cap: Sum) -> Sum {
        Sum { dong: self.dong.capped(cap.dong), dollars: self.dollars.capped(cap.dollars) }
    }

    fn at_least(self, floor: Sum) -> Sum {
        Sum { dong: self.dong.at_least(floor.dong), dollars: self.dollars.at_least(floor.dollars) }
    }

    /// Dollars are never rounded.
    fn rounded(self, rounding: Rounding) -> Sum {
        Sum { dong: self.dong.rounded(rounding), ..self }
    }
}

impl Formula {
    fn whole(value: i64) -> Formula {
        Formula::Number(Number::whole(value))
    }

    fn is_zero(&self) -> bool {
        matches!(self, Formula::Number(number) if number.numerator == 0)
    }

    fn plus(self, other: Formula) -> Formula {
        match (self, other) {
            (Formula::Number(a), Formula::Number(b)) => Formula::Number(a.plus(b)),
            (one, zero) | (zero, one) if zero.is_zero() => one,
            (a, b) => Formula::Add(Box::new(a), Box::new(b)),
        }
    }

    fn minus(self, other: Formula) -> Formula {
        match (self, other) {
            (Formula::Number(a), Formula::Number(b)) => Formula::Number(a.plus(b.times(Number::whole(-1)))),
            (one, zero) if zero.is_zero() => one,
            (a, b) => Formula::Subtract(Box::new(a), Box::new(b)),
        }
    }

    fn times(self, other: Formula) -> Formula {
        match (self, other) {
            (Formula::Number(a), Formula::Number(b)) => Formula::Number(a.times(b)),
            (zero, _) | (_, zero) if zero.is_zero() => zero,
            (one, other) | (other, one) if one == Formula::whole(1) => other,
            (a, b) => Formula::Multiply(Box::new(a), Box::new(b)),
        }
    }

    fn capped(self, cap: Formula) -> Formula {
        match (self, cap) {
            (one, zero) if zero.is_zero() => one,
            (Formula::Number(a), Formula::Number(b)) => Formula::Number(if b.compare(a).is_lt() { b } else { a }),
            (a, b) => Formula::Capped(Box::new(a), Box::new(b)),
        }
    }

    fn at_least(self, floor: Formula) -> Formula {
        match (self, floor) {
            (Formula::Number(a), Formula::Number(b)) => Formula::Number(if a.compare(b).is_lt() { b } else { a }),
            (a, b) => Formula::Most(Box::new(a), Box::new(b)),
        }
    }

    fn rounded(self, rounding: Rounding) -> Formula {
        match self {
            Formula::Number(dong) => Formula::Number(rounded(Money { dong, ..Money::ZERO }, rounding).dong),
            sum => Formula::Rounded(Box::new(sum), rounding),
        }
    }

    /// Every fact named, left to right.
    pub fn facts(&self) -> Vec<&Id> {
        match self {
            Formula::Number(_) => Vec::new(),
            Formula::Fact(id) => vec![id],
            Formula::Rounded(inner, _) => inner.facts(),
            Formula::Add(a, b)
            | Formula::Subtract(a, b)
            | Formula::Multiply(a, b)
            | Formula::Capped(a, b)
            | Formula::Most(a, b) => a.facts().into_iter().chain(b.facts()).collect(),
        }
    }
}
