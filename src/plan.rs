//! What every output shares: a procedure in one variant, with its flow, its gaps and its words. Notices, charts and JSON are
//! views of the plan, which is why they cannot disagree.

pub mod flow;
pub mod wording;

use crate::model::{Body, Hole, Procedure};
use crate::resolve::names::process_of;
use crate::resolve::{Effective, Registers, Variant};
use crate::source::Span;

pub use self::flow::Flow;
pub use self::wording::Wording;

/// One procedure, read on one day at one place.
#[derive(Debug)]
pub struct ProcedurePlan<'a> {
    pub procedure: &'a Procedure,
    pub effective: &'a Effective<'a>,
    pub registers: &'a Registers,
    /// Where a process is written.
    pub flow: Option<Flow<'a>>,
    /// Whether the procedure's own words were checked already, in another variant.
    pub repeated: bool,
}

impl<'a> ProcedurePlan<'a> {
    pub fn new(effective: &'a Effective<'a>, registers: &'a Registers) -> ProcedurePlan<'a> {
        let flow = process_of(&effective.body).map(|process| Flow::of(process, &effective.body, registers));
        ProcedurePlan { procedure: effective.procedure, effective, registers, flow, repeated: false }
    }

    pub fn body(&self) -> &'a Body {
        self.effective.body.as_ref()
    }

    /// Whether a place is not among the words that were checked already.
    pub fn is_fresh(&self, span: Span) -> bool {
        let own = self.procedure.span;
        !self.repeated || span.file != own.file || span.start < own.start || own.end < span.end
    }

    pub fn variant(&self) -> &'a Variant {
        &self.effective.variant
    }

    /// The gaps that are still part of what stands.
    pub fn holes(&self) -> impl Iterator<Item = &'a Hole> {
        let effective = self.effective;
        effective.body.holes.iter().filter(move |hole| effective.holds(hole.span))
    }
}
