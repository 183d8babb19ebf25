//! Facts of a case (`trường hợp`).

use super::Text;
use super::condition::Expr;
use super::id::Id;
use super::quantity::Number;
use crate::source::Spanned;

/// Who knows a fact: only the first kind is asked of a citizen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KnownBy {
    #[default]
    Applicant,
    Agency,
    Place,
}

#[derive(Clone, Debug)]
pub struct Fact {
    pub id: Spanned<Id>,
    pub label: Option<Text>,
    pub kind: FactKind,
    pub known_by: KnownBy,
}

#[derive(Clone, Debug)]
pub enum FactKind {
    Boolean,
    OneOf(Vec<Choice>),
    SomeOf(Vec<Choice>),
    Integer(Range),
    Decimal(Range),
    Date,
    /// True exactly when the condition holds.
    Derived(Expr),
    /// `chưa nhập`
    Hole,
}

/// Bounds, both included, and what is counted (`bản`, `trang`).
#[derive(Clone, Debug)]
pub struct Range {
    pub from: Option<Number>,
    pub to: Option<Number>,
    pub unit: Option<Text>,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub id: Spanned<Id>,
    pub label: Text,
}
