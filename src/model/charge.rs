//! What the applicant pays (`phí`, `lệ phí`).

use super::Text;
use super::citation::Citation;
use super::condition::Expr;
use super::header::Agency;
use super::id::Id;
use super::quantity::{Number, Period};
use super::value::ByCase;
use crate::source::{Span, Spanned};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeKind {
    /// phí
    Charge,
    /// lệ phí
    Fee,
    /// `phí, lệ phí: …`
    Both,
}

#[derive(Clone, Debug)]
pub struct Charge {
    pub kind: ChargeKind,
    pub id: Option<Spanned<Id>>,
    pub label: Option<Text>,
    /// Basis written at the head.
    pub cites: Vec<Citation>,
    pub amount: Option<ByCase<Amount>>,
    pub multiplied_by: Option<Amount>,
    pub maximum: Option<Amount>,
    pub minimum: Option<Amount>,
    pub rounded: Option<Rounding>,
    pub collected_for: Option<Spanned<Agency>>,
    pub when: Option<Expr>,
    pub notes: Vec<Text>,
    pub valid: Period,
    pub head: Span,
}

/// `làm tròn: lên đến 1.000 đồng`: what is paid is a whole multiple of a sum. Without it nothing is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    pub way: RoundingWay,
    /// VND, above zero.
    pub to: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundingWay {
    /// To the nearer multiple, a half upwards: what `làm tròn` alone means in accounts.
    Nearest,
    Up,
    Down,
}

/// A sum over facts: `4.000 đồng + 1.000 đồng × (số-trang - 2)`.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    Number(Number),
    /// Vietnamese đồng, whole.
    Dong(i64),
    /// United States dollars, whole.
    Dollars(i64),
    Fact(Spanned<Id>),
    Add(Box<Amount>, Box<Amount>),
    Subtract(Box<Amount>, Box<Amount>),
    Multiply(Box<Amount>, Box<Amount>),
    /// `8.000 đồng/bản`: an amount for each of what is named.
    Per(Box<Amount>, String),
    /// An amount with its own cap (`{ tối đa: … }` in a rule).
    AtMost(Box<Amount>, Box<Amount>),
    AtLeast(Box<Amount>, Box<Amount>),
    /// `{ làm tròn: … }` in a rule.
    Rounded(Box<Amount>, Rounding),
}

impl Amount {
    /// Every fact named.
    pub fn facts(&self) -> Vec<&Spanned<Id>> {
        match self {
            Amount::Number(_) | Amount::Dong(_) | Amount::Dollars(_) => Vec::new(),
            Amount::Fact(id) => vec![id],
            Amount::Per(inner, _) | Amount::Rounded(inner, _) => inner.facts(),
            Amount::Add(left, right)
            | Amount::Subtract(left, right)
            | Amount::Multiply(left, right)
            | Amount::AtMost(left, right)
            | Amount::AtLeast(left, right) => left.facts().into_iter().chain(right.facts()).collect(),
        }
    }
}
