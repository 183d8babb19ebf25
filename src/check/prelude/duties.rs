//! The duties that norms lay on a procedure, and how a breach is told.

use super::super::Findings;
use super::in_case;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, say};
use crate::model::norm::Duty;
use crate::model::{Expr, Norm};
use crate::plan::bound::{Bound, bound};
use crate::plan::cases::{Case, Facts, Open, Space, explore};
use crate::plan::{ProcedurePlan, Wording};
use crate::source::Span;

/// A duty, and the cases of a procedure in which it holds.
pub(in crate::check) struct Bounded<'n> {
    pub(in crate::check) norm: &'n Norm,
    pub(in crate::check) duty: &'n Duty,
    /// `None`: in every case.
    when: Option<Expr>,
}

/// The duties that hold of a procedure on the day it is read, in some case at least.
pub(in crate::check) fn duties<'n>(plan: &ProcedurePlan<'_>, norms: &'n [Norm]) -> Vec<Bounded<'n>> {
    let wording = Wording { lang: Lang::Vi, registers: plan.registers, body: plan.body() };
    let in_force =
        |norm: &&Norm| wording.find_act(&norm.act).is_none_or(|act| act.in_force.contains(plan.variant().as_of));
    let mut found = Vec::new();
    for norm in norms.iter().filter(in_force) {
        let when = match norm.covers.as_ref().map(|covers| bound(plan, covers)) {
            None | Some(Bound::Never) => continue,
            Some(Bound::Always) => None,
            Some(Bound::When(condition)) => Some(condition),
        };
        found.extend(norm.duties.iter().map(|duty| Bounded { norm, duty, when: when.clone() }));
    }
    found
}

impl Bounded<'_> {
    /// The cases in which the duty is broken, with what is wrong in each: `look` is asked about cases that `conditions` cut.
    pub(in crate::check) fn broken<T: PartialEq + Clone>(
        &self,
        plan: &ProcedurePlan<'_>,
        conditions: &[&Expr],
        look: impl Fn(&Space, &Case) -> Result<Option<T>, Open>,
    ) -> (Space, Vec<(Case, T)>) {
        let facts = Facts { body: plan.body(), registers: plan.registers };
        let space = Space::of(&facts, conditions.iter().copied().chain(&self.when));
        if !space.is_sound {
            return (space, Vec::new());
        }
        let explored = explore(&space, space.everything(), |case| {
            if space.applies(self.when.as_ref(), case)? { look(&space, case) } else { Ok(None) }
        });
        let broken = explored.leaves.into_iter().filter_map(|(case, fault)| Some((case, fault?))).collect();
        let broken = space.merged(broken);
        (space, broken)
    }
}

/// Tells of a breach: `said` makes the message out of the case and the article that lays the duty.
pub(in crate::check) fn report_duty<'f>(
    findings: &'f mut Findings<'_>,
    bounded: &Bounded<'_>,
    wording: &Wording<'_>,
    (at, space, case): (Span, &Space, &Case),
    said: impl FnOnce(&str, &str) -> String,
) -> &'f mut Diagnostic {
    let article = wording.cites(bounded.duty.cites()).unwrap_or_else(|| wording.act(&bounded.norm.act));
    let message = said(&in_case(space, case, wording), &article);
    let laid = say!(findings.lang, "nghĩa vụ đặt ra ở đây", "the duty is laid here");
    let found = findings.report(at, message);
    if bounded.norm.warns {
        found.severity = Severity::Warning;
    }
    found.also(bounded.duty.span(), laid);
    found
}
