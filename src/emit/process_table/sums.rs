//! What the steps of a stage, and all of them, add up to in each case. The sums are those of the paths that the checks compare
//! with the published limits.

use serde::Serialize;

use super::Maker;
use crate::lang::say;
use crate::model::Step;
use crate::plan::Flow;
use crate::plan::cases::{Case, explore};
use crate::plan::example::with_requirements;
use crate::plan::flow::{NodeKind, Part, is_awaited, is_counted};
use crate::plan::path::{Ending, Path, Promised, Total, straight};
use crate::plan::proof::wide;
use crate::plan::wording::capitalised;

/// More cases than this are not said one by one.
const MOST_SAID: usize = 12;

/// What something adds up to: the same in every case, or a row for each.
#[derive(Serialize)]
pub(super) struct Sum {
    text: String,
    cases: Vec<SumCase>,
    /// What was left out of the rows.
    notes: Vec<String>,
}

#[derive(Serialize)]
struct SumCase {
    when: String,
    sum: String,
}

/// Every case with its path, where no time runs out and nothing is supplemented.
pub(super) struct Sums<'a> {
    /// What all cases have in common.
    from: Case,
    leaves: Vec<(Case, Path<'a>)>,
    /// Whether some case could not be looked at.
    is_cut: bool,
}

impl<'a> Sums<'a> {
    pub(super) fn of(make: &Maker<'_, 'a>) -> Sums<'a> {
        let space = &make.space;
        let from = with_requirements(make.plan, space, space.everything());
        let (mut leaves, mut is_cut) = (Vec::new(), !space.is_sound);
        if space.is_sound {
            let explored = explore(space, from.clone(), |case| straight(make.plan, space, case));
            is_cut = !explored.undecided.is_empty();
            let found = explored.leaves.into_iter().filter_map(|(case, path)| Some((case, path?)));
            // Where a file is refused on the way, the rest of the steps is not gone.
            leaves = found.filter(|(_, path)| path.ending == Ending::Done).collect();
        }
        Sums { from, leaves, is_cut }
    }

    /// What the steps of a stage come to; nothing where that is known in no case.
    pub(super) fn of_stage(&self, make: &Maker<'_, 'a>, stage: usize) -> Option<Sum> {
        let own = steps_of(make, stage)?;
        let is_own = |step: &Step| own.iter().any(|one| std::ptr::eq(*one, step));
        let sums: Vec<Option<Total>> = self
            .leaves
            .iter()
            .map(|(_, path)| path.steps.iter().any(|step| is_own(step)).then(|| path.total_of(&is_own)))
            .collect();
        sums.iter().any(|sum| matches!(sum, Some(Total::Of(_)))).then(|| {
            let said = sums.into_iter().map(|sum| sum.map(|sum| total_words(make, sum)));
            self.by_case(make, said.collect())
        })
    }

    /// What all steps come to, beside the limit that holds them; and what that leaves out.
    pub(super) fn total(&self, make: &Maker<'_, 'a>) -> Sum {
        let said = self.leaves.iter().map(|(_, path)| Some(with_limit(make, path)));
        let mut sum = self.by_case(make, said.collect());
        sum.notes.extend(notes(make));
        sum
    }

    /// The values of the leaves, cases that come to the same as one. A leaf without a value has no say.
    fn by_case(&self, make: &Maker<'_, 'a>, said: Vec<Option<String>>) -> Sum {
        let lang = make.lang();
        let leaves: Vec<(Case, Option<String>)> =
            self.leaves.iter().zip(said).map(|((case, _), said)| (case.clone(), said)).collect();
        let mut rows: Vec<(Case, &String)> = Vec::new();
        for (case, said) in &leaves {
            let Some(said) = said else { continue };
            if !rows.iter().any(|(known, own)| *own == said && make.space.meet(known, case)) {
                let holds = |other: &Option<String>| other.as_ref().is_none_or(|other| other == said);
                rows.push((wide(&make.space, case, &leaves, holds), said));
            }
        }
        let mut sum =
            Sum {
                text: make.pick("Tùy trường hợp", "Depends on the case"), cases: Vec::new(), notes: Vec::new()
            };
        match rows.as_slice() {
            [] => sum.text = make.pick("Không cộng được", "Cannot be added up"),
            [(_, only)] => sum.text = capitalised(only),
            rows => {
                sum.cases.extend(rows.iter().take(MOST_SAID).map(|(case, said)| {
                    let case = make.space.said(&make.space.beyond(case, &self.from), &make.words);
                    SumCase { when: make.when(&case), sum: capitalised(said) }
                }));
            }
        }
        let left = rows.len().saturating_sub(MOST_SAID);
        if left > 0 {
            sum.notes.push(say!(lang, "Còn {left} trường hợp khác.", "{left} more cases."));
        }
        if self.is_cut {
            sum.notes.push(make.pick("Có trường hợp chưa xác định được.", "Some cases are not known."));
        }
        sum
    }
}

/// The steps of a stage; `None` where one of them is done in other places too, so that a path does not tell them apart.
fn steps_of<'a>(make: &Maker<'_, 'a>, stage: usize) -> Option<Vec<&'a Step>> {
    let inside = stages_in(make.flow, stage);
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for node in &make.flow.nodes {
        let NodeKind::Step(step, _) = node.kind else { continue };
        if node.stage.is_some_and(|stage| inside.contains(&stage)) { own.push(step) } else { others.push(step) }
    }
    let twice = |at: usize| own[at + 1..].iter().chain(&others).any(|other| std::ptr::eq(*other, own[at]));
    (!(0..own.len()).any(twice)).then_some(own)
}

/// A stage and those within it, as they are numbered.
fn stages_in(flow: &Flow<'_>, stage: usize) -> Vec<usize> {
    let mut all = vec![stage];
    Part::each(&flow.tree, &mut |part| {
        if let Part::Stage { stage: own, parts } = part
            && *own == stage
        {
            Part::each(parts, &mut |part| {
                if let Part::Stage { stage, .. } = part {
                    all.push(*stage);
                }
            });
        }
    });
    all
}

/// How branches count in the total, and what does not.
fn notes(make: &Maker<'_, '_>) -> Vec<String> {
    let mut notes = Vec::new();
    if make.flow.nodes.iter().any(|node| matches!(node.kind, NodeKind::Fork)) {
        notes.push(make.pick("Các nhánh đồng thời: tính nhánh dài nhất.", "Of parallel branches the longest counts."));
    }
    let is_uncounted = |step: &Step| match &step.time {
        Some(time) => !is_counted(time),
        None => is_awaited(step),
    };
    if make.flow.steps().any(|(_, _, step)| is_uncounted(step)) {
        notes.push(make.pick("Không kể thời gian không tính vào thời hạn.", "Time that is not counted is left out."));
    }
    notes
}

fn total_words(make: &Maker<'_, '_>, total: Total) -> String {
    match total {
        Total::Of(sum) => make.words.duration(&sum),
        Total::Mixed => make.pick("không cộng được, các bước dùng đơn vị khác nhau", "not added up, the units differ"),
        Total::Until => make.pick(
            "không cộng được, có bước làm đến hết ngày hoặc hết thời hạn",
            "not added up, a step runs until a day or a limit ends",
        ),
        Total::Unsaid => make.pick("không cộng được, có bước không ghi thời gian", "not added up, a step has no time"),
        Total::Nothing => make.pick("không có thời gian được tính", "no time is counted"),
    }
}

/// The sum of a path, and the limit it is held to where that is one.
fn with_limit(make: &Maker<'_, '_>, path: &Path<'_>) -> String {
    let total = total_words(make, path.total());
    let limit = path.only_promise().and_then(|promise| path.promises.get(promise)).map(|promise| &promise.limit);
    match limit {
        Some(limit @ (Promised::For(_) | Promised::Whole(_))) => {
            let limit = make.words.promised(limit);
            say!(make.lang(), "{total} (thời hạn công bố: {limit})", "{total} (published limit: {limit})")
        }
        None => total,
    }
}
