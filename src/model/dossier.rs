//! Documents that the applicant submits or shows (`thành phần hồ sơ`).

use super::charge::Amount;
use super::condition::Expr;
use super::id::{Id, Ref};
use super::quantity::Period;
use super::value::{ByCase, Setting};
use super::{Citation, Text};
use crate::source::{Span, Spanned};

#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// Number of sets (bộ hồ sơ).
    pub sets: Option<Setting<u32>>,
    pub sets_span: Option<Span>,
    /// `thành phần hồ sơ: không`
    pub none: bool,
    pub documents: Vec<Document>,
    /// What is sent instead of papers to be shown, by public post and online.
    pub by_post: Option<Copies>,
    pub by_web: Option<Copies>,
}

/// NĐ 63/2010, art. 3(3): papers are submitted or shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Submit,
    Show,
    Either,
    /// `chưa nhập "…"`: a group of papers not yet entered.
    Hole,
}

#[derive(Clone, Debug)]
pub struct Document {
    pub delivery: Delivery,
    pub id: Option<Spanned<Id>>,
    pub name: Text,
    pub cites: Vec<Citation>,
    pub copies: Vec<Copies>,
    pub form: Option<ByCase<Ref>>,
    pub when: Option<Expr>,
    /// Any one of these will do.
    pub one_of: Vec<Text>,
    /// State data sources that hold the same.
    pub taken_from: Vec<Ref>,
    pub notes: Vec<Text>,
    pub valid: Period,
    pub head: Span,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CopyKind {
    Original,
    Copy,
    CertifiedCopy,
    OriginalOrCertified,
    CopyWithOriginal,
    CopyFromRegister,
    Photocopy,
    Electronic,
}

#[derive(Clone, Debug)]
pub struct Copies {
    pub kind: CopyKind,
    /// A number, or a fact that counts them.
    pub count: Setting<Amount>,
    pub span: Span,
}
