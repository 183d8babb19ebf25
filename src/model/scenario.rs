//! Worked examples that must come out as written (`ví dụ`).

use super::charge::Amount;
use super::condition::Expr;
use super::deadline::StartEvent;
use super::id::{Id, Ref};
use super::quantity::Moment;
use super::{Citation, Text};
use crate::source::{Span, Spanned};

#[derive(Clone, Debug)]
pub struct Scenario {
    pub name: Text,
    /// Each fact as a test that is true of the case.
    pub given: Vec<Expr>,
    pub filed: Option<Moment>,
    pub events: Vec<(Spanned<ScenarioEvent>, Moment)>,
    pub documents: Option<Vec<Ref>>,
    /// Whether it is a lệ phí, which one where several, and the amount.
    pub amounts: Vec<(super::ChargeKind, Option<Ref>, Amount)>,
    pub due: Vec<(Option<Spanned<Id>>, Moment)>,
    pub outcomes: Vec<Ref>,
    pub ends: Option<Spanned<End>>,
    pub cites: Vec<Citation>,
    pub notes: Vec<Text>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioEvent {
    Supplemented,
    Start(StartEvent),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Refused,
    Stopped,
    Returned,
}
