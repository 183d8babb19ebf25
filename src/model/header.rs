//! The fields at the head of a procedure.

use super::Citation;
use super::id::Id;
use crate::source::Span;

/// Cấp thực hiện. The district level ended on 30/6/2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Ministry,
    Province,
    District,
    Commune,
    Other,
}

/// Đối tượng thực hiện, as the national portal lists them; anything narrower is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applicant {
    Citizen,
    Overseas,
    Foreigner,
    Officials,
    Enterprise,
    ForeignInvested,
    Organisation,
    ForeignOrganisation,
    Cooperative,
    Other(String),
}

/// Cách thức thực hiện, as the value of the fact `cách thức`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    InPerson,
    Online,
    Post,
}

/// How far an online service goes (NĐ 224/2026, art. 14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnlineLevel {
    Full,
    Partial,
    InformationOnly,
    /// `trực tuyến` without more: not said.
    Unsaid,
}

#[derive(Clone, Debug)]
pub struct ChannelUse {
    pub channel: Channel,
    /// For the online channel.
    pub online: Option<OnlineLevel>,
    pub cites: Vec<Citation>,
    pub span: Span,
}

/// An agency, as it may be named in a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agency {
    Register(Id),
    Text(String),
    /// `cơ quan có thẩm quyền`: whichever decides.
    Deciding,
    /// `nơi tiếp nhận`: wherever the case is received.
    Receiving,
    /// `xác định khi giải quyết "…"`: known only when the case is decided.
    AtDecision(String),
    Hole,
}

/// Where one files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceivingPlace {
    Agency(Agency),
    /// `không phụ thuộc địa giới`: anywhere in the province (NĐ 118/2025, art. 14(2)).
    NotBound,
    Residence,
    PermanentResidence,
    TemporaryResidence,
    PlaceOfEvent,
    PlaceOfLand,
    Seat,
}

/// What becomes of a case that is still open on the day after its version of the procedure ended (`chuyển tiếp`).
#[derive(Clone, Debug)]
pub struct Transition {
    pub way: Way,
    /// Whether papers that were posted before the end count as received then (as NQ 66.18/2026/NQ-CP art. 6 has it).
    pub posted: bool,
    pub cites: Vec<Citation>,
}

/// The ways in which acts settle open cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It goes on under the version it was received under.
    Old,
    /// It goes on under the next version.
    New,
    /// It stops, and the papers go back.
    Stop,
}
