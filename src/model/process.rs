//! The internal process (`quy trình`): block-structured, so it cannot deadlock.

use super::condition::Expr;
use super::header::Agency;
use super::id::{Id, ProcedureCode, Ref};
use super::quantity::{Duration, Number};
use super::value::{ByCase, Value};
use super::{Citation, Text};
use crate::source::{Span, Spanned};

#[derive(Clone, Debug, Default)]
pub struct Process {
    pub roles: Vec<Role>,
    pub nodes: Vec<Node>,
}

/// A position in an agency that acts (`chức danh`).
#[derive(Clone, Debug)]
pub struct Role {
    pub id: Spanned<Id>,
    pub name: Text,
    pub agency: Option<Spanned<Agency>>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum Node {
    Step(Box<Step>),
    Stage(Box<Stage>),
    Choice(Choice),
    Parallel(Parallel),
}

/// Steps that share a budget or keep a promise (`giai đoạn`).
#[derive(Clone, Debug)]
pub struct Stage {
    pub id: Option<Spanned<Id>>,
    pub label: Option<Text>,
    pub time: Option<ByCase<StepTime>>,
    pub system: Option<Text>,
    pub when: Option<Expr>,
    pub notes: Vec<Text>,
    pub nodes: Vec<Node>,
    pub head: Span,
    pub span: Span,
}

/// `khi A { … } ngược lại { … }`
#[derive(Clone, Debug)]
pub struct Choice {
    pub when: Expr,
    pub then: Vec<Node>,
    pub otherwise: Option<Vec<Node>>,
    pub span: Span,
}

/// `đồng thời { nhánh { … } nhánh { … } }`
#[derive(Clone, Debug)]
pub struct Parallel {
    pub branches: Vec<(Option<Text>, Vec<Node>)>,
    pub time: Option<ByCase<StepTime>>,
    pub span: Span,
}

/// What kind of act a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    Receive,
    Check,
    Assign,
    Appraise,
    Consult,
    Inspect,
    Meet,
    PostPublicly,
    FinancialDuty,
    AwaitApplicant,
    SubmitUp,
    Sign,
    Issue,
    Handover,
    Perform,
    Archive,
    Return,
    Refuse,
    StopOnRequest,
    Plain,
}

impl StepKind {
    /// What a step is called that has no id of its own.
    pub fn id(self) -> &'static str {
        match self {
            StepKind::Receive => "tiếp-nhận",
            StepKind::Check => "kiểm-tra",
            StepKind::Assign => "phân-công",
            StepKind::Appraise => "thẩm-định",
            StepKind::Consult => "lấy-ý-kiến",
            StepKind::Inspect => "kiểm-tra-thực-địa",
            StepKind::Meet => "cuộc-họp",
            StepKind::PostPublicly => "niêm-yết",
            StepKind::FinancialDuty => "nghĩa-vụ-tài-chính",
            StepKind::AwaitApplicant => "chờ-người-nộp",
            StepKind::SubmitUp => "trình-duyệt",
            StepKind::Sign => "ký-duyệt",
            StepKind::Issue => "phát-hành",
            StepKind::Handover => "chuyển-hồ-sơ",
            StepKind::Perform => "thực-hiện",
            StepKind::Archive => "lưu-hồ-sơ",
            StepKind::Return => "trả-kết-quả",
            StepKind::Refuse => "từ-chối",
            StepKind::StopOnRequest => "dừng-theo-yêu-cầu",
            StepKind::Plain => "bước-việc",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Step {
    pub kind: StepKind,
    pub id: Option<Spanned<Id>>,
    pub label: Option<Text>,
    pub cites: Vec<Citation>,
    pub responsible: Option<ByCase<Responsible>>,
    pub time: Option<ByCase<StepTime>>,
    pub when: Option<Expr>,
    pub produces: Option<ByCase<Vec<Ref>>>,
    pub form: Option<ByCase<Ref>>,
    pub notes: Vec<Text>,
    pub supplement: Option<Spanned<Supplement>>,
    /// `từ chối: "…"` of a step that may refuse to receive.
    pub refuses: Option<Text>,
    pub ask: Option<Vec<Spanned<Agency>>>,
    pub hand_to: Option<Ref>,
    pub accept_within: Option<Value<Duration>>,
    pub overdue: Option<Reaction>,
    pub not_accepted: Option<Reaction>,
    pub disagree: Option<Reaction>,
    pub vote: Option<Number>,
    pub meet_again: Option<Spanned<u32>>,
    pub done_when: Option<Text>,
    pub performs: Option<Performs>,
    pub head: Span,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Responsible {
    Role(Ref),
    /// `hệ thống`: an automatic step.
    System,
}

#[derive(Clone, Debug, PartialEq)]
pub enum StepTime {
    /// `counted` is false after `, không tính theo …`.
    For {
        duration: Duration,
        counted: bool,
    },
    /// At least so long (`từ 02 ngày làm việc`).
    AtLeast(Duration),
    /// `không tính`: takes time that is not counted.
    NotCounted,
    /// `ngay`
    AtOnce,
    /// Not later than the due moment of a deadline; without a name, of the common one.
    Deadline(Option<Ref>),
    SameDay,
}

/// What `quá hạn`, `không nhận`, `không đồng ý` and `không đạt` lead to.
#[derive(Clone, Debug)]
pub struct Reaction {
    pub kind: ReactionKind,
    pub within: Option<Duration>,
    pub cites: Vec<Citation>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum ReactionKind {
    Report(Ref),
    DeemedConsent,
    DeemedRefusal,
    Refuse,
    Stop,
    ReturnTo(Ref),
    Steps(Vec<Node>),
    Hole,
}

/// `bổ sung { … }` of a step that checks; `bổ sung: không` has `allowed` false.
#[derive(Clone, Debug, Default)]
pub struct Supplement {
    pub allowed: bool,
    pub maximum: Option<Value<u32>>,
    /// Time to tell the applicant: the first time, and each later time.
    pub notify_within: Vec<Duration>,
    pub wait: Option<Value<Duration>>,
    pub clock: Option<Value<ClockEffect>>,
    pub unsatisfied: Option<Reaction>,
    pub overdue: Option<Reaction>,
    pub signed_by: Option<Ref>,
    /// Time to look again at what was supplemented.
    pub time: Option<ByCase<StepTime>>,
    pub notes: Vec<Text>,
}

/// What a supplement does to the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockEffect {
    Restart,
    Suspend,
    Continue,
}

#[derive(Clone, Debug)]
pub enum Performs {
    Procedure(Spanned<ProcedureCode>),
    Subprocess(Spanned<Id>),
}

/// A line of the public sequence (`trình tự`), NĐ 63/2010 art. 8(2)(b).
#[derive(Clone, Debug)]
pub struct PublicStep {
    pub applicant: bool,
    pub text: Text,
    pub span: Span,
}

impl Step {
    /// What the step leads to when its time runs out, when it is not accepted, agreed or satisfied, or not supplemented in time.
    pub fn reactions(&self) -> Vec<&Reaction> {
        let supplement = self.supplement.iter().flat_map(|one| [&one.value.unsatisfied, &one.value.overdue]);
        [&self.overdue, &self.not_accepted, &self.disagree].into_iter().chain(supplement).flatten().collect()
    }
}

impl Process {
    /// Every step, in the order written, inside every block and reaction.
    pub fn steps(&self) -> Vec<&Step> {
        let mut steps = Vec::new();
        walk(&self.nodes, &mut |step| steps.push(step));
        steps
    }
}

/// Visits every step below `nodes`, in the order written.
pub fn walk<'a>(nodes: &'a [Node], visit: &mut impl FnMut(&'a Step)) {
    for node in nodes {
        match node {
            Node::Step(step) => {
                visit(step);
                for reaction in step.reactions() {
                    if let ReactionKind::Steps(nodes) = &reaction.kind {
                        walk(nodes, visit);
                    }
                }
            }
            Node::Stage(stage) => walk(&stage.nodes, visit),
            Node::Choice(choice) => {
                walk(&choice.then, visit);
                if let Some(otherwise) = &choice.otherwise {
                    walk(otherwise, visit);
                }
            }
            Node::Parallel(parallel) => parallel.branches.iter().for_each(|(_, nodes)| walk(nodes, visit)),
        }
    }
}
