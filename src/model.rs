//! What a procedure says, typed. Every value keeps the place it was read from and the layer that set it.

pub mod bundle;
pub mod charge;
pub mod citation;
pub mod condition;
pub mod deadline;
pub mod dossier;
pub mod facts;
pub mod from_syntax;
pub mod header;
pub mod id;
pub mod norm;
pub mod outcome;
pub mod process;
pub mod quantity;
pub mod scenario;
pub mod value;

use crate::source::{Span, Spanned};
use crate::syntax::words::Kw;

pub use self::bundle::{Part, PartOf};
pub use self::charge::{Amount, Charge, ChargeKind};
pub use self::citation::{ActRef, Citation, Pins};
pub use self::condition::{Atom, Expr, Subject, Test};
pub use self::deadline::{Deadline, Limit, StartEvent};
pub use self::dossier::{Copies, CopyKind, Delivery, Document, Dossier};
pub use self::facts::{Choice, Fact, FactKind, KnownBy};
pub use self::header::{Agency, Applicant, Channel, ChannelUse, Level, ReceivingPlace, Transition, Way};
pub use self::id::{Id, ProcedureCode, Ref, RefKey};
pub use self::norm::{Duty, Norm};
pub use self::outcome::Outcome;
pub use self::process::{Node, Process, Role, Stage, Step, StepKind};
pub use self::quantity::{CalendarDay, ClockTime, Duration, Moment, Number, Period, Unit};
pub use self::scenario::Scenario;
pub use self::value::{ByCase, CaseRule, Laid, Origin, Setting, Slot, Value};

/// Text in quotes.
pub type Text = Spanned<String>;

/// One administrative procedure (thủ tục hành chính).
#[derive(Clone, Debug)]
pub struct Procedure {
    pub code: Spanned<ProcedureCode>,
    pub name: Text,
    /// From `thủ tục` to the name: what a finding about the whole procedure points at.
    pub head: Span,
    pub span: Span,
    pub body: Body,
}

/// What a province or commune sets for itself, or what another regime says (`áp dụng … tại … từ … đến …`).
#[derive(Clone, Debug)]
pub struct Overlay {
    pub code: Spanned<ProcedureCode>,
    pub place: Option<Spanned<String>>,
    pub period: Period,
    pub cites: Vec<Citation>,
    pub head: Span,
    pub span: Span,
    pub body: Body,
}

impl Overlay {
    /// The path of the place it is for; nothing for the nation.
    pub fn place(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.value.as_str())
    }
}

/// A process that several procedures perform (`quy trình con`).
#[derive(Clone, Debug)]
pub struct Subprocess {
    pub id: Spanned<Id>,
    pub name: Text,
    pub head: Span,
    pub span: Span,
    pub body: Body,
}

/// What one file holds.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    pub procedures: Vec<Procedure>,
    pub overlays: Vec<Overlay>,
    pub norms: Vec<Norm>,
    pub subprocesses: Vec<Subprocess>,
}

/// The parts of a procedure. An overlay has the same parts; what it leaves out, it inherits.
#[derive(Clone, Debug, Default)]
pub struct Body {
    pub field: Slot<Ref>,
    pub levels: Slot<Vec<Spanned<Level>>>,
    pub applicants: Slot<Vec<Spanned<Applicant>>>,
    pub decided_by: Slot<ByCase<Vec<Spanned<Agency>>>>,
    pub received_at: Slot<ByCase<Vec<Spanned<ReceivingPlace>>>>,
    pub consulted: Slot<ByCase<Vec<Spanned<Agency>>>>,
    pub channels: Slot<Vec<ChannelUse>>,
    pub announced: Slot<Value<ActRef>>,
    pub page: Slot<Text>,
    pub valid: Slot<Period>,
    pub transition: Slot<Transition>,
    /// The procedures that this one takes the place of (`thay thế`).
    pub replaces: Slot<Vec<Spanned<ProcedureCode>>>,
    pub basis: Slot<Vec<Citation>>,
    pub parts: Slot<Vec<Part>>,
    pub other_duties: Slot<Vec<Text>>,
    pub filing_window: Slot<Value<Limit>>,
    pub based_on: Slot<ActRef>,
    pub notes: Vec<Laid<Text>>,
    pub contacts: Vec<Laid<Text>>,
    pub facts: Vec<Laid<Fact>>,
    pub dossier: Slot<Dossier>,
    pub deadlines: Vec<Laid<Deadline>>,
    pub charges: Vec<Laid<Charge>>,
    /// `yêu cầu, điều kiện: không` is a slot that holds an empty list.
    pub requirements: Slot<Vec<outcome::Requirement>>,
    pub outcomes: Vec<Laid<Outcome>>,
    pub sequence: Slot<Vec<process::PublicStep>>,
    pub process: Slot<Value<Process>>,
    pub scenarios: Vec<Scenario>,
    pub ignores: Vec<Ignore>,
    /// Parts whose whole value is `chưa nhập`: said, not forgotten.
    pub unknown_parts: Vec<Kw>,
    /// Every `chưa nhập`, with the words of the entry it stands in.
    pub holes: Vec<Hole>,
    /// Every name that a register must know.
    pub names: Vec<RegisterName>,
}

/// `bỏ qua TT412: "lý do"`: silences one kind of finding in the block it stands in.
#[derive(Clone, Debug)]
pub struct Ignore {
    pub code: Spanned<String>,
    pub reason: Option<Text>,
    pub scope: Span,
}

/// A gap that the author has marked.
#[derive(Clone, Debug)]
pub struct Hole {
    pub span: Span,
    /// The label of the entry that holds it, as written.
    pub what: String,
}

/// A name that one of the registers must list.
#[derive(Clone, Debug)]
pub struct RegisterName {
    pub register: Register,
    pub key: Id,
    /// The word for its kind that stands before the number of an act: `Nghị định`.
    pub kind: Option<Kw>,
    pub span: Span,
}

/// The registers that a name can point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    Acts,
    Agencies,
    Fields,
    Forms,
    Sources,
    Units,
}
