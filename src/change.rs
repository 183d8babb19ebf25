//! What changed in meaning between two versions of a catalogue. Layout, comments, order and the names that only the sources use
//! are no change; a rule that is written otherwise and comes to the same in every case is none either.
//!
//! A [`Change`] says which part of a procedure it is about, what was there and what is there now, and where both stand; its
//! sentence is made in [`words`] and nowhere else.

mod cases;
mod charges;
mod compare;
mod deadlines;
mod dossier;
mod facts;
mod head;
mod layers;
mod lists;
mod names;
mod norms;
mod outcomes;
mod pair;
mod process;
mod same;
mod steps;
mod touched;
pub mod words;

use jiff::civil::Date;

use crate::model::{Body, ProcedureCode};
use crate::plan::Wording;
use crate::source::Span;

use self::names::{Names, Version};

pub use self::compare::{Where, compare};
pub use self::touched::{Advice, Output, Touched, TouchedLayer};

/// Everything that changed.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The day on which the newer version is read.
    pub day: Date,
    /// The day on which the older one is, mostly the same.
    pub old_day: Date,
    /// The place at which they are read; `None` compares the texts themselves, with what places lay over them.
    pub place: Option<String>,
    /// By code; only what changed.
    pub procedures: Vec<ProcedureChange>,
    /// Processes that several procedures perform, and norms.
    pub shared: Vec<SharedChange>,
}

impl Comparison {
    pub fn is_empty(&self) -> bool {
        self.procedures.is_empty() && self.shared.is_empty()
    }
}

/// As the decision that announces it groups procedures (NĐ 63/2010 art. 14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// mới ban hành
    New,
    /// sửa đổi, bổ sung
    Amended,
    /// thay thế: new, in the place of others that are gone
    Replacing,
    /// bị bãi bỏ: gone, or no longer in force
    Abolished,
}

impl Kind {
    /// In the order of the decision.
    pub const ALL: [Kind; 4] = [Kind::New, Kind::Amended, Kind::Replacing, Kind::Abolished];
}

/// A procedure that another one took the place of.
#[derive(Clone, Debug)]
pub struct Replaced {
    pub code: ProcedureCode,
    pub name: String,
}

/// What changed in one procedure.
#[derive(Clone, Debug)]
pub struct ProcedureChange {
    pub code: ProcedureCode,
    pub name: String,
    pub kind: Kind,
    /// Of one that is [`Kind::Replacing`].
    pub replaces: Vec<Replaced>,
    /// Its number in the older catalogue, and in the newer one.
    pub old: Option<usize>,
    pub new: Option<usize>,
    /// In the order of the parts of a procedure.
    pub changes: Vec<Change>,
    /// What changed in what is laid over it.
    pub layers: Vec<LayerChange>,
    pub touched: Touched,
}

/// What changed in something that is laid over a procedure.
#[derive(Clone, Debug)]
pub struct LayerChange {
    pub kind: Kind,
    /// `None` where it is another regime of the nation.
    pub place: Option<String>,
    /// Its number among the overlays of the older catalogue, and of the newer one.
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub changes: Vec<Change>,
}

/// What stands outside of the procedures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedKind {
    /// A process that several procedures perform (`quy trình con`).
    Subprocess,
    /// What an act asks of procedures (`quy định`).
    Norm,
}

/// What changed in a shared process, or in a norm.
#[derive(Clone, Debug)]
pub struct SharedChange {
    pub of: SharedKind,
    pub kind: Kind,
    pub name: String,
    pub changes: Vec<Change>,
    /// The procedures that perform it now, else that did.
    pub performed_by: Vec<ProcedureCode>,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub part: Part,
    /// What a thing of the part is called: a paper, a charge, a step.
    pub of: Option<String>,
    pub what: What,
    /// Where it stands in the older sources, and in the newer ones.
    pub old: Option<Span>,
    pub new: Option<Span>,
}

/// A part of a procedure, in the order of NĐ 63/2010 art. 8(2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Name,
    Field,
    Levels,
    Sequence,
    Channels,
    ReceivedAt,
    Papers,
    Sets,
    Deadline,
    FilingWindow,
    Applicants,
    DecidedBy,
    Consulted,
    Outcome,
    Charge,
    Requirement,
    Basis,
    Announced,
    Page,
    Period,
    Transition,
    Replaces,
    BasedOn,
    Bundle,
    OtherDuties,
    Notes,
    Contacts,
    Fact,
    Process,
    Role,
    Stage,
    Branch,
    Step,
    /// Of a norm.
    Duty,
}

impl Part {
    /// Whether it is a part of the procedure itself (NĐ 63/2010 art. 8(2)), which a decision announces; an internal process is
    /// approved by a decision of its own.
    pub fn is_announced(self) -> bool {
        use Part::{Announced, BasedOn, Branch, Contacts, Fact, Page, Process, Role, Stage, Step};
        !matches!(self, Announced | BasedOn | Branch | Contacts | Fact | Page | Process | Role | Stage | Step)
    }
}

/// What happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// With what it says, where that is more than its name.
    Added {
        says: Option<String>,
    },
    Removed {
        said: Option<String>,
    },
    /// It stands somewhere else in the process.
    Moved,
    Became {
        field: Field,
        old: Option<String>,
        new: Option<String>,
        trend: Trend,
        /// For which applicants, where not for all.
        when: Option<String>,
    },
    /// It holds now for these applicants, or does so no longer.
    Applies {
        now: bool,
        when: String,
    },
}

/// In which way a value changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trend {
    #[default]
    Other,
    Shorter,
    Longer,
    Higher,
    Lower,
    /// Nothing is paid any more, or something is.
    Exempted,
    Charged,
}

/// What of a thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What it comes to: the days of a limit, the sum of a charge.
    Value,
    /// What is added to it in some cases.
    Addition,
    Name,
    Basis,
    Note,
    When,
    Start,
    Period,
    Form,
    Copies,
    Delivery,
    OneOf,
    TakenFrom,
    Multiplier,
    Maximum,
    Minimum,
    Rounding,
    CollectedFor,
    Refusal,
    ValidFor,
    Code,
    SentTo,
    Kinds,
    Letter,
    Answers,
    Choice,
    KnownBy,
    ByPost,
    ByWeb,
    Online,
    Agency,
    Kind,
    Responsible,
    Time,
    System,
    Products,
    Refuses,
    Asks,
    HandsTo,
    AcceptsWithin,
    Overdue,
    NotAccepted,
    Disagree,
    Vote,
    MeetsAgain,
    DoneWhen,
    Performs,
    Supplement,
    Rounds,
    NotifiesWithin,
    Waits,
    Clock,
    Unsatisfied,
    NotSupplemented,
    SignedBy,
    LooksAgain,
    Covers,
}

/// Two versions of a procedure, or of what is laid over it, side by side.
struct Diff<'a> {
    names: Names<'a>,
    old: Wording<'a>,
    new: Wording<'a>,
    found: Vec<Change>,
}

/// Where a change is noted.
#[derive(Clone, Debug)]
struct At {
    part: Part,
    of: Option<String>,
    field: Field,
    old: Option<Span>,
    new: Option<Span>,
}

impl At {
    fn part(part: Part) -> At {
        At { part, of: None, field: Field::Value, old: None, new: None }
    }

    fn field(&self, field: Field) -> At {
        At { field, ..self.clone() }
    }

    fn places(&self, old: Option<Span>, new: Option<Span>) -> At {
        At { old: old.or(self.old), new: new.or(self.new), ..self.clone() }
    }
}

impl<'a> Diff<'a> {
    fn of(old: Wording<'a>, new: Wording<'a>) -> Diff<'a> {
        let version = |words: Wording<'a>| Version { body: words.body, registers: words.registers };
        Diff { names: Names::of(version(old), version(new)), old, new, found: Vec::new() }
    }

    /// Every part, in the order in which it is told.
    fn all(mut self) -> Vec<Change> {
        self.head();
        self.dossier();
        self.deadlines();
        self.outcomes();
        self.charges();
        self.requirements();
        self.facts();
        self.process();
        self.found.sort_by_key(|change| change.part);
        self.found
    }

    fn bodies(&self) -> (&'a Body, &'a Body) {
        (self.old.body, self.new.body)
    }

    fn note(&mut self, at: At, what: What) {
        self.found.push(Change { part: at.part, of: at.of, what, old: at.old, new: at.new });
    }

    /// A value that is another one now.
    fn became(&mut self, at: At, old: Option<String>, new: Option<String>, trend: Trend) {
        let what = What::Became { field: at.field, old, new, trend, when: None };
        self.note(at, what);
    }
}
