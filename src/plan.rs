//! What every output shares: a procedure in one variant, with its flow, its gaps and its words. Notices, charts and JSON are
//! views of the plan, which is why they cannot disagree.

pub mod answer;
pub mod bound;
pub mod cases;
pub mod decision;
pub mod example;
pub mod explain;
pub mod flow;
pub mod money;
pub mod parts;
pub mod path;
pub mod proof;
pub mod propose;
pub mod transition;
pub mod walk;
pub mod wording;

use std::cell::OnceCell;

use crate::model::{Agency, Body, Hole, Procedure, ReceivingPlace, Subprocess};
use crate::resolve::names::process_of;
use crate::resolve::{Effective, Registers, Variant};
use crate::source::Span;
use crate::time::Calendar;

use self::cases::Space;
use self::cases::tables::{self, Analysis};
use self::proof::Proof;

pub use self::flow::Flow;
pub use self::wording::Wording;

/// One procedure, read on one day at one place.
#[derive(Debug)]
pub struct ProcedurePlan<'a> {
    pub procedure: &'a Procedure,
    pub effective: &'a Effective<'a>,
    pub registers: &'a Registers,
    /// The processes that several procedures perform.
    pub subprocesses: &'a [Subprocess],
    /// Where a process is written.
    pub flow: Option<Flow<'a>>,
    /// Whether the procedure's own words were checked already, in another variant.
    pub repeated: bool,
    /// Whether its proof is known to find nothing.
    pub proved: bool,
    analysis: OnceCell<Analysis<'a>>,
    proof: OnceCell<Proved<'a>>,
}

/// The proof of a plan, and the space its cases are in.
#[derive(Debug)]
pub struct Proved<'a> {
    pub space: Space,
    pub calendar: &'a Calendar,
    pub proof: Proof<'a>,
}

impl<'a> ProcedurePlan<'a> {
    pub fn new(
        effective: &'a Effective<'a>,
        registers: &'a Registers,
        subprocesses: &'a [Subprocess],
    ) -> ProcedurePlan<'a> {
        let context = flow::Context { body: &effective.body, registers, subprocesses };
        let flow = process_of(&effective.body).map(|process| Flow::of(process, context));
        ProcedurePlan {
            procedure: effective.procedure,
            effective,
            registers,
            subprocesses,
            flow,
            repeated: false,
            proved: false,
            analysis: OnceCell::new(),
            proof: OnceCell::new(),
        }
    }

    /// What its values by case and its conditions come to; worked out once.
    pub fn analysis(&self) -> &Analysis<'a> {
        self.analysis.get_or_init(|| tables::analyse(self))
    }

    /// Whether its paths keep its promises; worked out once.
    pub fn proof(&self) -> &Proved<'a> {
        self.proof.get_or_init(|| {
            let (space, calendar) = (proof::space(self), self.calendar());
            let proof = proof::prove(self, &space, calendar);
            Proved { space, calendar, proof }
        })
    }

    /// Whether its proof was made, and found nothing.
    pub fn finds_nothing(&self) -> bool {
        self.proof.get().is_some_and(|proved| {
            let proof = &proved.proof;
            proof.broken.is_empty() && proof.exceeded.is_empty() && proof.slack.is_empty() && proof.undecided.is_empty()
        })
    }

    /// The calendar of the office that receives the files.
    pub fn calendar(&self) -> &'a Calendar {
        let places = self.body().received_at.as_ref().and_then(|by| by.value.general.as_ref()?.setting.given());
        let office = places.into_iter().flatten().find_map(|place| match &place.value {
            ReceivingPlace::Agency(Agency::Register(id)) => Some(id.as_str()),
            _ => None,
        });
        self.registers.calendar(office, self.variant().place.as_deref())
    }

    pub fn body(&self) -> &'a Body {
        self.effective.body.as_ref()
    }

    /// Whether a place is not among the words that were checked already: those of the procedure, and of the parts of a bundle.
    pub fn is_fresh(&self, span: Span) -> bool {
        !self.repeated || !self.procedure.span.holds(span) && self.effective.part_written_at(span).is_none()
    }

    pub fn variant(&self) -> &'a Variant {
        &self.effective.variant
    }

    /// The gaps that are still part of what stands.
    pub fn holes(&self) -> impl Iterator<Item = &'a Hole> {
        self.effective.holes()
    }
}
