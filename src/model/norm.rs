//! Duties that an act lays on procedures (`quy định`).

use super::citation::ActRef;
use super::condition::Expr;
use super::deadline::Limit;
use super::process::{Step, StepKind};
use super::value::Value;
use super::{Agency, Citation, Hole, RegisterName, Text};
use crate::source::{Span, Spanned};

#[derive(Clone, Debug)]
pub struct Norm {
    pub act: ActRef,
    pub name: Text,
    /// Which procedures it covers.
    pub covers: Option<Expr>,
    pub duties: Vec<Duty>,
    /// `mức độ: cảnh báo`: what it says is not yet compared with the text of the act, so that it only warns.
    pub warns: bool,
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
    /// `thành phần hồ sơ: không vượt 03 giấy tờ`
    Papers { at_most: u32, cites: Vec<Citation>, span: Span },
    /// `cơ quan có thẩm quyền: ubnd-xã`
    DecidedBy { agencies: Value<Vec<Spanned<Agency>>>, span: Span },
}

impl Duty {
    /// What the duty rests on.
    pub fn cites(&self) -> &[Citation] {
        match self {
            Duty::MustHave { cites, .. } | Duty::Supplement { cites, .. } | Duty::Papers { cites, .. } => cites,
            Duty::Deadline { limit, .. } => &limit.cites,
            Duty::DecidedBy { agencies, .. } => &agencies.cites,
        }
    }

    pub fn span(&self) -> Span {
        match self {
            Duty::MustHave { span, .. }
            | Duty::Deadline { span, .. }
            | Duty::Supplement { span, .. }
            | Duty::Papers { span, .. }
            | Duty::DecidedBy { span, .. } => *span,
        }
    }
}
