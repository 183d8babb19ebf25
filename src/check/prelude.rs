//! What most rules need.

mod texts;

pub(super) use super::{Basis, Findings, Rule, Run};
pub(super) use crate::diagnostic::{RuleCode, Severity};
pub(super) use crate::lang::{Words, say};
pub(super) use crate::plan::{ProcedurePlan, Wording};

pub(super) use self::texts::{Folded, is_application, labels, listed, notes, papers, part, step_labels};

impl Findings<'_> {
    /// The words of a plan in the language of the findings.
    pub(super) fn wording<'p>(&self, plan: &'p ProcedurePlan<'_>) -> Wording<'p> {
        Wording { lang: self.lang, registers: plan.registers, body: plan.body() }
    }
}
