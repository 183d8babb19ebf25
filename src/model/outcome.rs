//! What the applicant receives (`kết quả`), and what must hold for it (`yêu cầu, điều kiện`).

use super::condition::Expr;
use super::dossier::Copies;
use super::header::Agency;
use super::id::{Id, Ref};
use super::quantity::{Duration, Period};
use super::value::ByCase;
use super::{Citation, Text};
use crate::source::{Span, Spanned};

#[derive(Clone, Debug)]
pub struct Outcome {
    pub id: Option<Spanned<Id>>,
    pub name: Text,
    /// `từ chối`: the outcome of a refusal.
    pub negative: bool,
    pub cites: Vec<Citation>,
    pub copies: Vec<Copies>,
    pub form: Option<ByCase<Ref>>,
    pub valid_for: Option<Validity>,
    pub code: Option<Spanned<String>>,
    pub when: Option<Expr>,
    pub sent_to: Option<Spanned<Agency>>,
    /// Kinds from the register, which norms speak of.
    pub kinds: Vec<Spanned<Id>>,
    /// `thư kèm`: the letter that the agency hands over with it.
    pub letter: Option<Letter>,
    pub notes: Vec<Text>,
    pub valid: Period,
    pub head: Span,
}

impl Outcome {
    /// Whether nothing is said of it but a letter.
    pub fn says_only_its_letter(&self) -> bool {
        let Outcome { copies, form, valid_for, code, when, sent_to, kinds, notes, valid, cites, .. } = self;
        let parts = copies.is_empty() && kinds.is_empty() && notes.is_empty() && cites.is_empty();
        let values = form.is_none() && valid_for.is_none() && code.is_none() && when.is_none() && sent_to.is_none();
        parts && values && valid.is_open()
    }
}

/// A letter that goes with an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// `chúc mừng`
    Congratulation,
    /// `chia buồn`
    Condolence,
}

/// How long an outcome stays valid.
#[derive(Clone, Debug, PartialEq)]
pub enum Validity {
    Indefinite,
    For(Duration),
    Text(String),
    Hole,
}

/// A condition the applicant must satisfy; a yes/no fact the agency knows where it has an id.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub id: Option<Spanned<Id>>,
    pub text: Text,
    pub cites: Vec<Citation>,
    /// The case in which it must hold.
    pub when: Option<Expr>,
    pub notes: Vec<Text>,
    pub span: Span,
}
