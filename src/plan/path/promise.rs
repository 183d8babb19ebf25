//! What a published limit promises in a case, and where a process must keep it.

use crate::model::process::{Process, StepTime};
use crate::model::{ByCase, Citation, Deadline, Duration, Limit, Setting, StartEvent};
use crate::plan::ProcedurePlan;
use crate::plan::cases::{Case, Open, Picked, Space};
use crate::resolve::names::{process_of, stage_ids};

/// A published limit in one case.
#[derive(Clone, Debug)]
pub struct Promise<'a> {
    pub deadline: &'a Deadline,
    pub limit: Promised,
    /// What the rule that applies rests on.
    pub cites: &'a [Citation],
    /// Whether it runs from the receipt of the file.
    pub from_receipt: bool,
}

/// How long was promised.
#[derive(Clone, Debug, PartialEq)]
pub enum Promised {
    /// One after the other: the rule that applies, then what is added in other units.
    For(Vec<Duration>),
    /// In one value, which no duration can say.
    Whole(Limit),
}

/// Where a promise must be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound<'a> {
    /// At the end of the stage with this id, which is the promise's own.
    Stage(&'a str),
    /// After each step that may take until the promise is due.
    Steps,
    /// At the last counted step.
    End,
    /// Nowhere in the process: the sum of several promises, say.
    Nowhere,
}

/// Promises with a name that no stage keeps and no step takes as its time: nothing compares them with the process.
pub fn kept_nowhere<'a>(plan: &ProcedurePlan<'a>) -> Vec<&'a Deadline> {
    let deadlines = &plan.body().deadlines;
    let Some(process) = process_of(plan.body()).filter(|_| deadlines.len() > 1) else { return Vec::new() };
    let stages = stage_ids(&process.nodes);
    let is_nowhere = |own: &str| !stages.iter().any(|stage| stage.is(own)) && !is_taken_as_time(plan, own);
    let given = |limit: &ByCase<Limit>| limit.values().iter().any(|value| value.setting.given().is_some());
    let named = deadlines.iter().map(|one| &one.value).filter(|one| one.limit.as_ref().is_some_and(given));
    named.filter(|one| one.id.as_ref().is_some_and(|id| is_nowhere(id.value.as_str()))).collect()
}

/// Where a promise binds, in whichever case.
pub fn bound<'d>(plan: &ProcedurePlan<'_>, deadline: &'d Deadline) -> Bound<'d> {
    let stages = || process_of(plan.body()).map_or(Vec::new(), |process| stage_ids(&process.nodes));
    match deadline.id.as_ref().map(|id| id.value.as_str()) {
        None => Bound::End,
        Some(own) if stages().iter().any(|stage| stage.is(own)) => Bound::Stage(own),
        Some(own) if is_taken_as_time(plan, own) => Bound::Steps,
        Some(_) if plan.body().deadlines.len() == 1 => Bound::End,
        Some(_) => Bound::Nowhere,
    }
}

/// Whether a promise runs from the receipt of the file.
pub fn runs_from_receipt(deadline: &Deadline) -> bool {
    matches!(
        deadline.starts.as_ref().map(|start| &start.value),
        None | Some(
            StartEvent::CompleteReceived | StartEvent::DossierReceived | StartEvent::RequestReceived | StartEvent::Hole
        )
    )
}

/// Whether some step takes the time of a promise.
fn is_taken_as_time(plan: &ProcedurePlan<'_>, promise: &str) -> bool {
    let steps = process_of(plan.body()).map_or(Vec::new(), Process::steps);
    let times = steps.into_iter().flat_map(|step| &step.time).flat_map(|time| time.values());
    times.filter_map(|value| value.setting.given()).any(|time| match time {
        StepTime::Deadline(Some(which)) => which.is(promise),
        _ => false,
    })
}

/// What one published limit promises in a case; nothing where it does not apply, or where it promises nothing yet.
pub fn promise<'a>(
    plan: &ProcedurePlan<'a>,
    space: &Space,
    case: &Case,
    deadline: &'a Deadline,
) -> Result<Option<Promise<'a>>, Open> {
    let Some(limit) = &deadline.limit else { return Ok(None) };
    if !deadline.valid.contains(plan.variant().as_of) || !space.applies(deadline.when.as_ref(), case)? {
        return Ok(None);
    }
    let picked = space.value(limit, case)?;
    let Some(limit) = promised(&picked) else { return Ok(None) };
    let cites = picked.value.map_or(&[][..], |value| value.cites.as_slice());
    let from_receipt = runs_from_receipt(deadline);
    Ok(Some(Promise { deadline, limit, cites, from_receipt }))
}

/// A limit with what is added to it; `None` where nobody has given it yet.
fn promised(picked: &Picked<'_, Limit>) -> Option<Promised> {
    let base = picked.value?.setting.given()?;
    let first = match base {
        Limit::Duration(first) | Limit::AtMost(first) => first,
        // What runs to or from an event of the applicant's own binds the applicant.
        Limit::AtLeast(_) | Limit::Window { .. } | Limit::After { .. } => return None,
        whole => return Some(Promised::Whole(whole.clone())),
    };
    let mut all = vec![*first];
    for added in &picked.added {
        let Setting::Given(Limit::Duration(added)) = &added.setting else { return None };
        match all.iter_mut().find(|known| known.unit == added.unit) {
            Some(known) => known.amount = known.amount.plus(added.amount),
            None => all.push(*added),
        }
    }
    Some(Promised::For(all))
}
