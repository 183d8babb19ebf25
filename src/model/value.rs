//! Values: given, left open, missing on purpose; by case; and where they came from.

use super::condition::Expr;
use super::id::{ProcedureCode, Ref};
use super::{Citation, Text};
use crate::source::Span;

/// A value, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting<T> {
    Given(T),
    /// `không`: said to be none.
    None,
    /// `miễn`
    Exempt,
    /// `chưa nhập`: the author does not know yet.
    Hole,
    /// `do địa phương quy định`
    Locality,
    /// `do hđnd-tỉnh quy định`
    By(Ref),
    /// `do thỏa thuận bằng văn bản`
    Agreement,
    /// `theo thủ tục 1.004222`
    OfProcedure(ProcedureCode),
    /// `xác định khi giải quyết "…"`
    AtDecision(Text),
}

impl<T> Setting<T> {
    pub fn given(&self) -> Option<&T> {
        match self {
            Setting::Given(value) => Some(value),
            _ => None,
        }
    }

    /// Whether somebody else sets the value, so that a build for the nation may lack it.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Setting::Locality | Setting::By(_) | Setting::Agreement | Setting::OfProcedure(_) | Setting::AtDecision(_)
        )
    }
}

/// A value with what it rests on.
#[derive(Clone, Debug)]
pub struct Value<T> {
    pub setting: Setting<T>,
    /// `…, không vượt V`: how far whoever sets an open value may go.
    pub at_most: Option<T>,
    pub cites: Vec<Citation>,
    pub span: Span,
}

/// A general rule, its exceptions, and what is added to whichever rule applies.
#[derive(Clone, Debug)]
pub struct ByCase<T> {
    pub general: Option<Value<T>>,
    pub rules: Vec<CaseRule<T>>,
    pub span: Span,
}

impl<T> ByCase<T> {
    /// Every value of every rule, the general one first, exceptions before the exceptions to them.
    pub fn values(&self) -> Vec<&Value<T>> {
        fn visit<'a, T>(rules: &'a [CaseRule<T>], values: &mut Vec<&'a Value<T>>) {
            for rule in rules {
                values.extend(&rule.value);
                visit(&rule.rules, values);
            }
        }
        let mut values: Vec<_> = self.general.iter().collect();
        visit(&self.rules, &mut values);
        values
    }

    /// Every rule, exceptions before the exceptions to them.
    pub fn all_rules(&self) -> Vec<&CaseRule<T>> {
        fn visit<'a, T>(rules: &'a [CaseRule<T>], all: &mut Vec<&'a CaseRule<T>>) {
            for rule in rules {
                all.push(rule);
                visit(&rule.rules, all);
            }
        }
        let mut all = Vec::new();
        visit(&self.rules, &mut all);
        all
    }
}

/// `khi A: V { khi B: W }`; with `adds`, `thêm khi A: V`.
#[derive(Clone, Debug)]
pub struct CaseRule<T> {
    pub when: Expr,
    pub value: Option<Value<T>>,
    pub rules: Vec<CaseRule<T>>,
    pub adds: bool,
    pub span: Span,
}

/// Which layer set a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The procedure itself.
    #[default]
    Procedure,
    /// The overlay whose head lies here.
    Overlay(Span),
}

/// A part of a procedure, with the place it was written and the layer that set it.
#[derive(Clone, Debug)]
pub struct Laid<T> {
    pub value: T,
    pub span: Span,
    pub origin: Origin,
}

impl<T> Laid<T> {
    pub fn new(value: T, span: Span) -> Laid<T> {
        Laid { value, span, origin: Origin::Procedure }
    }
}

impl<T> std::ops::Deref for Laid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A part that may be absent.
pub type Slot<T> = Option<Laid<T>>;
