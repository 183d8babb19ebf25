//! Duties that an act lays on procedures (`quy định`).

use super::citation::ActRef;
use super::condition::Expr;
use super::deadline::Limit;
use super::process::{Step, StepKind};
use super::value::Value;
use super::{Citation, Hole, RegisterName, Text};
use crate::source::Span;

#[derive(Clone, Debug)]
pub struct Norm {
    pub act: ActRef,
    pub name: Text,
    /// Which procedures it covers.
    pub covers: Option<Expr>,
    pub duties: Vec<Duty>,
    pub holes: Vec<Hole>,
    pub names: Vec<RegisterName>,
    pub head: Span,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum Duty {
    /// `phải có niêm yết theo … { … }`
    MustHave { kind: StepKind, cites: Vec<Citation>, step: Box<Step>, span: Span },
    /// `thời hạn giải quyết: không vượt …`
    Deadline { limit: Value<Limit>, span: Span },
    /// `bổ sung: không vượt 02 lần`
    Supplement { at_most: u32, cites: Vec<Citation>, span: Span },
}
