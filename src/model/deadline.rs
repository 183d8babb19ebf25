//! Published time limits (`thời hạn giải quyết`).

use super::Text;
use super::condition::Expr;
use super::id::{Id, Ref};
use super::quantity::{CalendarDay, ClockTime, Duration, Period};
use super::value::ByCase;
use crate::source::{Span, Spanned};

#[derive(Clone, Debug)]
pub struct Deadline {
    pub id: Option<Spanned<Id>>,
    pub label: Option<Text>,
    pub limit: Option<ByCase<Limit>>,
    pub starts: Option<Spanned<StartEvent>>,
    /// The case in which this limit applies at all.
    pub when: Option<Expr>,
    pub notes: Vec<Text>,
    pub valid: Period,
    pub head: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    Duration(Duration),
    /// `không quá`-style bounds of norms: at least, at most.
    AtLeast(Duration),
    AtMost(Duration),
    /// `trong ngày, nhận sau 15 giờ thì ngày làm việc tiếp theo`: a value of its own, not eight hours.
    SameDay {
        cutoff: Option<ClockTime>,
    },
    /// `ngay`: at once, on receipt.
    AtOnce,
    /// `trước ngày 31/7 hằng năm` (`strictly`), `chậm nhất ngày 31/7 hằng năm`
    EveryYear {
        day: CalendarDay,
        strictly: bool,
    },
    /// `ngày 20 tháng đầu quý`
    QuarterMonth {
        day: u8,
    },
    /// `ngày 05 hằng tháng`
    EveryMonth {
        day: u8,
    },
    /// `từ 60 ngày đến 10 ngày trước "…"`
    Window {
        from: Duration,
        to: Duration,
        event: String,
    },
    /// `trong 60 ngày kể từ "…"`
    After {
        within: Duration,
        event: String,
    },
}

/// What the clock starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartEvent {
    CompleteReceived,
    DossierReceived,
    RequestReceived,
    OpinionReceived,
    DutiesPaid,
    /// The step with this id was completed.
    Step(Ref),
    Hole,
}
