//! Conditions on the facts of a case.

use jiff::civil::Date;

use super::header::Channel;
use super::id::Id;
use super::quantity::Number;
use crate::source::{Span, Spanned};

#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    And(Vec<Expr>, Span),
    Or(Vec<Expr>, Span),
    Not(Box<Expr>, Span),
    Test { subject: Subject, test: Test, span: Span },
}

impl Expr {
    pub fn span(&self) -> Span {
        match self {
            Expr::And(_, span) | Expr::Or(_, span) | Expr::Not(_, span) | Expr::Test { span, .. } => *span,
        }
    }

    /// The opposite, said as plainly as it can be.
    pub fn denied(&self) -> Expr {
        let not = || Expr::Not(Box::new(self.clone()), self.span());
        let Expr::Test { subject, test, span } = self else {
            return match self {
                Expr::Not(inner, _) => (**inner).clone(),
                _ => not(),
            };
        };
        let test = match test.clone() {
            Test::Is(value) => Test::IsNot(value),
            Test::IsNot(value) => Test::Is(value),
            Test::Above(value) => Test::AtMost(value),
            Test::AtMost(value) => Test::Above(value),
            Test::Below(value) => Test::AtLeast(value),
            Test::AtLeast(value) | Test::Between(value, None) => Test::Below(value),
            Test::Holds | Test::In(_) | Test::Exactly(_) | Test::Includes(_) | Test::Between(_, Some(_)) => {
                return not();
            }
        };
        Expr::Test { subject: subject.clone(), test, span: *span }
    }

    /// Every test, left to right.
    pub fn tests(&self) -> Vec<(&Subject, &Test, Span)> {
        match self {
            Expr::And(parts, _) | Expr::Or(parts, _) => parts.iter().flat_map(Expr::tests).collect(),
            Expr::Not(inner, _) => inner.tests(),
            Expr::Test { subject, test, span } => vec![(subject, test, *span)],
        }
    }
}

/// What is tested.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    Fact(Spanned<Id>),
    /// `cách thức`, the channel of filing.
    Channel(Span),
    /// `lĩnh vực`, in norms.
    Field(Span),
    /// `kết quả`, in norms.
    Outcome(Span),
    /// `cấp thực hiện`, in norms.
    Level(Span),
    /// `thủ tục`, in norms.
    Procedure(Span),
    /// `mọi thủ tục`, in norms: always true.
    Every(Span),
}

impl Subject {
    pub fn span(&self) -> Span {
        match self {
            Subject::Fact(id) => id.span,
            Subject::Channel(span)
            | Subject::Field(span)
            | Subject::Outcome(span)
            | Subject::Level(span)
            | Subject::Procedure(span)
            | Subject::Every(span) => *span,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The fact stands alone: it is true.
    Holds,
    Is(Spanned<Atom>),
    IsNot(Spanned<Atom>),
    In(Vec<Spanned<Atom>>),
    /// `nhóm là (a, b)`: these and no others.
    Exactly(Vec<Spanned<Atom>>),
    Includes(Spanned<Atom>),
    /// At least, and at most where given.
    Between(Spanned<Atom>, Option<Spanned<Atom>>),
    Above(Spanned<Atom>),
    Below(Spanned<Atom>),
    AtMost(Spanned<Atom>),
    AtLeast(Spanned<Atom>),
}

impl Test {
    pub fn atoms(&self) -> Vec<&Spanned<Atom>> {
        match self {
            Test::Holds => Vec::new(),
            Test::In(atoms) | Test::Exactly(atoms) => atoms.iter().collect(),
            Test::Between(low, high) => std::iter::once(low).chain(high).collect(),
            Test::Is(atom)
            | Test::IsNot(atom)
            | Test::Includes(atom)
            | Test::Above(atom)
            | Test::Below(atom)
            | Test::AtMost(atom)
            | Test::AtLeast(atom) => vec![atom],
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    Id(Id),
    Channel(Channel),
    Number(Number),
    Date(Date),
    Code(String),
}
