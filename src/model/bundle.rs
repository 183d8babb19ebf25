//! Several procedures filed as one (`gồm`, liên thông): its papers, charges and outcomes are those of its parts.

use super::condition::Expr;
use super::id::{ProcedureCode, Ref};
use super::{Citation, Text};
use crate::source::{Span, Spanned};

/// A part of a bundle.
#[derive(Clone, Debug)]
pub struct Part {
    pub what: PartOf,
    /// In which cases of the bundle it is asked for.
    pub when: Option<Expr>,
    /// What is true of every case of the part in this bundle: the applicant is not asked.
    pub given: Vec<Expr>,
    /// Papers of the part that the bundle does not ask for, and what that rests on.
    pub without: Vec<Ref>,
    pub cites: Vec<Citation>,
    pub span: Span,
}

/// What a part is.
#[derive(Clone, Debug)]
pub enum PartOf {
    Procedure(Spanned<ProcedureCode>),
    /// One that the catalogue does not hold, by its name.
    Text(Text),
}

impl Part {
    pub fn code(&self) -> Option<&ProcedureCode> {
        match &self.what {
            PartOf::Procedure(code) => Some(&code.value),
            PartOf::Text(_) => None,
        }
    }
}
