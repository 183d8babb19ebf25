//! What is paid in one case: the formula, its cap and floor, the multiplication, then the rounding.

mod formula;

use super::ProcedurePlan;
use super::cases::{Case, Open, Space};
use crate::model::charge::{Rounding, RoundingWay};
use crate::model::facts::FactKind;
use crate::model::{Amount, Charge, Fact, Id, Laid, Number, Setting};

pub use self::formula::{Formula, Price, price};

/// An exact sum in each currency. Nothing is rounded unless it is written: a sum that is not whole is said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    pub dong: Number,
    pub dollars: Number,
}

/// What a charge comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Payable {
    Sum(Money),
    /// Somebody else sets it, it is not yet given, or it is given for each of something that is not counted.
    Open(Setting<Amount>),
    /// The number this fact counts is not known.
    Needs(Id),
    /// No rule applies.
    Nothing,
}

impl Money {
    pub const ZERO: Money =
        Money { dong: Number { numerator: 0, denominator: 1 }, dollars: Number { numerator: 0, denominator: 1 } };

    pub fn is_zero(self) -> bool {
        self == Money::ZERO
    }

    fn times(self, factor: Number) -> Money {
        Money { dong: self.dong.times(factor), dollars: self.dollars.times(factor) }
    }
}

impl Payable {
    /// Both together; what is not a sum stays so.
    pub fn plus(self, other: Payable) -> Payable {
        match (self, other) {
            (Payable::Sum(a), Payable::Sum(b)) => Payable::Sum(plus(a, b)),
            (Payable::Sum(_), other) => other,
            (other, _) => other,
        }
    }
}

/// A part of a formula: money, or a bare number.
#[derive(Clone, Copy)]
enum Part {
    Money(Money),
    Number(Number),
}

/// Which amount of a charge applies in a case.
enum Due<'a> {
    /// No rule applies.
    Nothing,
    Free,
    /// As [`Payable::Open`].
    Open(&'a Setting<Amount>),
    /// The amount, and what is added to it.
    Given(&'a Amount, Vec<&'a Amount>),
}

/// Which amount of a charge applies in a case; `None` where the charge does not.
fn due<'a>(plan: &ProcedurePlan<'_>, space: &Space, case: &Case, charge: &'a Charge) -> Result<Option<Due<'a>>, Open> {
    if !charge.valid.contains(plan.variant().as_of) || !space.applies(charge.when.as_ref(), case)? {
        return Ok(None);
    }
    let Some(amount) = &charge.amount else { return Ok(Some(Due::Nothing)) };
    let picked = space.value(amount, case)?;
    let Some(value) = picked.value else { return Ok(Some(Due::Nothing)) };
    Ok(Some(match &value.setting {
        // An amount for each of something that nobody counts is a rate, not a sum.
        rate @ Setting::Given(Amount::Per(..)) if charge.multiplied_by.is_none() => Due::Open(rate),
        Setting::Given(amount) => {
            Due::Given(amount, picked.added.iter().filter_map(|added| added.setting.given()).collect())
        }
        Setting::None | Setting::Exempt => Due::Free,
        open => Due::Open(open),
    }))
}

/// What a charge comes to in a case; `None` where it does not apply.
pub fn payable(plan: &ProcedurePlan<'_>, space: &Space, case: &Case, charge: &Charge) -> Result<Option<Payable>, Open> {
    payable_with(plan, space, case, charge, &|fact| space.number(case, fact))
}

/// As `payable`, where the numbers are told beside the case.
pub fn payable_with(
    plan: &ProcedurePlan<'_>,
    space: &Space,
    case: &Case,
    charge: &Charge,
    number: &dyn Fn(&Id) -> Option<Number>,
) -> Result<Option<Payable>, Open> {
    let (given, added) = match due(plan, space, case, charge)? {
        None => return Ok(None),
        Some(Due::Nothing) => return Ok(Some(Payable::Nothing)),
        Some(Due::Free) => return Ok(Some(Payable::Sum(Money::ZERO))),
        Some(Due::Open(open)) => return Ok(Some(Payable::Open(open.clone()))),
        Some(Due::Given(given, added)) => (given, added),
    };
    let total = (|| {
        let mut sum = money(evaluate(given, number)?);
        for added in added {
            sum = plus(sum, money(evaluate(added, number)?));
        }
        // The cap comes before the multiplication.
        if let Some(most) = &charge.maximum {
            sum = least(sum, money(evaluate(most, number)?));
        }
        if let Some(fewest) = &charge.minimum {
            sum = most(sum, money(evaluate(fewest, number)?));
        }
        if let Some(factor) = &charge.multiplied_by {
            sum = match evaluate(factor, number)? {
                Part::Number(factor) => sum.times(factor),
                Part::Money(_) => sum,
            };
        }
        Ok(charge.rounded.map_or(sum, |rounding| rounded(sum, rounding)))
    })();
    Ok(Some(match total {
        Ok(sum) => Payable::Sum(sum),
        Err(fact) => Payable::Needs(fact),
    }))
}

/// What every value of a charge's formula is a multiple of, before any rounding of the whole; `None` where a fact is a decimal.
/// A part that is not whole makes sums that nobody can pay.
pub fn grain(charge: &Charge, facts: &[Laid<Fact>]) -> Option<Number> {
    let values = charge.amount.iter().flat_map(|amount| amount.values());
    let amounts = values.filter_map(|value| value.setting.given()).chain(&charge.maximum).chain(&charge.minimum);
    let mut grain = Number::whole(0);
    for amount in amounts {
        grain = grain.common_divisor(grain_of(amount, facts)?);
    }
    match &charge.multiplied_by {
        Some(factor) => Some(grain.times(grain_of(factor, facts)?)),
        None => Some(grain),
    }
}

fn grain_of(amount: &Amount, facts: &[Laid<Fact>]) -> Option<Number> {
    Some(match amount {
        Amount::Number(number) => *number,
        Amount::Dong(sum) | Amount::Dollars(sum) => Number::whole(*sum),
        Amount::Fact(id) => match &facts.iter().find(|fact| fact.id.value == id.value)?.kind {
            FactKind::Decimal(_) => return None,
            _ => Number::whole(1),
        },
        Amount::Per(inner, _) => grain_of(inner, facts)?,
        Amount::Multiply(left, right) => grain_of(left, facts)?.times(grain_of(right, facts)?),
        Amount::Add(left, right)
        | Amount::Subtract(left, right)
        | Amount::AtMost(left, right)
        | Amount::AtLeast(left, right) => grain_of(left, facts)?.common_divisor(grain_of(right, facts)?),
        Amount::Rounded(_, rounding) => Number::whole(rounding.to),
    })
}

/// The value of an amount that names no fact: what a scenario expects.
pub fn plain(amount: &Amount) -> Option<Money> {
    evaluate(amount, &|_| None).ok().map(money)
}

/// A bare number in a case, as how many copies are asked for; `None` where a fact that counts is not known.
pub fn count(amount: &Amount, number: &dyn Fn(&Id) -> Option<Number>) -> Option<Number> {
    match evaluate(amount, number) {
        Ok(Part::Number(number)) => Some(number),
        Ok(Part::Money(_)) | Err(_) => None,
    }
}

fn evaluate(amount: &Amount, number: &dyn Fn(&Id) -> Option<Number>) -> Result<Part, Id> {
    let both = |left: &Amount, right: &Amount| Ok((evaluate(left, number)?, evaluate(right, number)?));
    Ok(match amount {
        Amount::Number(number) => Part::Number(*number),
        Amount::Dong(dong) => Part::Money(Money { dong: Number::whole(*dong), ..Money::ZERO }),
        Amount::Dollars(dollars) => Part::Money(Money { dollars: Number::whole(*dollars), ..Money::ZERO }),
        Amount::Fact(id) => Part::Number(number(&id.value).ok_or_else(|| id.value.clone())?),
        Amount::Per(inner, _) => evaluate(inner, number)?,
        Amount::Add(left, right) => match both(left, right)? {
            (Part::Number(a), Part::Number(b)) => Part::Number(a.plus(b)),
            (a, b) => Part::Money(plus(money(a), money(b))),
        },
        Amount::Subtract(left, right) => {
            let minus = Number::whole(-1);
            match both(left, right)? {
                (Part::Number(a), Part::Number(b)) => Part::Number(a.plus(b.times(minus))),
                (a, b) => Part::Money(plus(money(a), money(b).times(minus))),
            }
        }
        Amount::Multiply(left, right) => match both(left, right)? {
            (Part::Number(a), Part::Number(b)) => Part::Number(a.times(b)),
            (Part::Money(sum), Part::Number(factor)) | (Part::Number(factor), Part::Money(sum)) => {
                Part::Money(sum.times(factor))
            }
            (Part::Money(sum), Part::Money(_)) => Part::Money(sum),
        },
        Amount::AtMost(inner, cap) => {
            let (inner, cap) = both(inner, cap)?;
            Part::Money(least(money(inner), money(cap)))
        }
        Amount::AtLeast(inner, floor) => {
            let (inner, floor) = both(inner, floor)?;
            Part::Money(most(money(inner), money(floor)))
        }
        Amount::Rounded(inner, rounding) => Part::Money(rounded(money(evaluate(inner, number)?), *rounding)),
    })
}

/// A bare number where money is meant is đồng.
fn money(part: Part) -> Money {
    match part {
        Part::Money(money) => money,
        Part::Number(number) => Money { dong: number, ..Money::ZERO },
    }
}

fn plus(a: Money, b: Money) -> Money {
    Money { dong: a.dong.plus(b.dong), dollars: a.dollars.plus(b.dollars) }
}

fn rounded(sum: Money, rounding: Rounding) -> Money {
    let step = i128::from(rounding.to);
    let (above, below) = (i128::from(sum.dong.numerator), i128::from(sum.dong.denominator) * step);
    let steps = match rounding.way {
        RoundingWay::Down => above.div_euclid(below),
        RoundingWay::Up => -(-above).div_euclid(below),
        RoundingWay::Nearest => (2 * above + below).div_euclid(2 * below),
    };
    // What no charge comes to is left as it is.
    match i64::try_from(steps * step) {
        Ok(dong) => Money { dong: Number::whole(dong), ..sum },
        Err(_) => sum,
    }
}

fn least(a: Money, b: Money) -> Money {
    let less = |a: Number, b: Number| if b.numerator != 0 && b.compare(a).is_lt() { b } else { a };
    Money { dong: less(a.dong, b.dong), dollars: less(a.dollars, b.dollars) }
}

fn most(a: Money, b: Money) -> Money {
    let more = |a: Number, b: Number| if a.compare(b).is_lt() { b } else { a };
    Money { dong: more(a.dong, b.dong), dollars: more(a.dollars, b.dollars) }
}
