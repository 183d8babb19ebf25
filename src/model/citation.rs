//! Where the law says it.

use super::id::Id;
use crate::source::Span;

/// An act of the register: by id, by number as printed (`116/2021/NĐ-CP`), or not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActKey {
    Id(Id),
    Number(String),
    Hole,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActRef {
    pub key: ActKey,
    pub span: Span,
}

/// Point, clause, article and annex, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    pub point: Option<String>,
    pub clause: Option<String>,
    pub article: Option<String>,
    pub annex: Option<String>,
}

/// `theo điểm a khoản 1 Điều 16 luật-hộ-tịch-2014`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub act: ActRef,
    pub pins: Pins,
    pub span: Span,
}
