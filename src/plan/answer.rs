//! What one case comes to for whoever asks: papers, sums and dates, each with the condition on which it depends where the
//! question leaves that open. `when` and the forms are views of it.

use super::cases::{Case, Space, Truth, explore};
use super::decision::{self, Course, course, happened, instant};
use super::example::with_requirements;
use super::explain::{day_by_day, steps};
use super::money::{Payable, payable};
use super::path::Happened;
use super::{ProcedurePlan, Wording};
use crate::lang::{Lang, say};
use crate::model::scenario::ScenarioEvent;
use crate::model::{Charge, Deadline, Document, Scenario};
use crate::time::{Instant, Known};

/// More possibilities than this are not listed one by one.
const MOST_SHOWN: usize = 12;

/// A question about one case.
pub struct Asked<'a> {
    pub space: Space,
    /// The case, with every requirement held to be met that is not denied.
    pub case: Case,
    /// The case as far as it was told.
    pub told: Case,
    /// When it is filed, as told.
    pub filed: Option<Instant>,
    /// When it counts as received: in the office's hours.
    pub received: Option<Instant>,
    happened: Happened<'a>,
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    Contradiction,
    BeyondCalendar,
    UnknownStep,
}

/// What a case comes to.
pub struct Answer<'a> {
    pub received: Option<Instant>,
    pub papers: Vec<Paper<'a>>,
    pub sums: Vec<Sum<'a>>,
    pub dates: Vec<Due<'a>>,
    /// What happens when, where everything is decided.
    pub steps: Vec<String>,
}

/// A paper that is asked for.
pub struct Paper<'a> {
    pub document: &'a Document,
    /// The condition on which it depends, where that is open.
    pub when: Option<String>,
}

/// What a charge comes to.
pub struct Sum<'a> {
    pub charge: &'a Charge,
    /// Nothing where it is not decided.
    pub payable: Option<Payable>,
    /// In words: `16.000 đồng`.
    pub amount: String,
    pub when: Option<String>,
}

/// A promise and its date.
pub struct Due<'a> {
    pub deadline: &'a Deadline,
    /// In words: `03 ngày làm việc`; empty where it is not decided.
    pub limit: String,
    pub due: Option<Instant>,
    /// For people; says where it waits for something.
    pub text: String,
    /// Whether it rests on days that are not officially set yet.
    pub provisional: bool,
    pub when: Option<String>,
    /// Day by day, where that was asked for.
    pub why: Vec<String>,
}

/// Puts a question, told as an example is.
pub fn ask<'a>(plan: &ProcedurePlan<'a>, scenario: &Scenario) -> Result<Asked<'a>, Unanswerable> {
    let space = decision::space(plan, &scenario.given);
    let told = scenario.given.iter().try_fold(space.everything(), |case, given| space.assume(case, given));
    let told = told.ok_or(Unanswerable::Contradiction)?;
    let case = with_requirements(plan, &space, told.clone());
    let calendar = plan.calendar();
    let (filed, received) = match &scenario.filed {
        None => (None, None),
        Some(moment) => {
            let filed = instant(calendar, moment).ok_or(Unanswerable::BeyondCalendar)?;
            (Some(filed), Some(calendar.receive(filed).ok_or(Unanswerable::BeyondCalendar)?))
        }
    };
    let events = scenario.events.iter().map(|(event, moment)| (&event.value, *moment));
    let happened = happened(plan, events);
    let given = scenario.events.iter().filter(|(event, _)| event.value != ScenarioEvent::Supplemented).count();
    if happened.done.len() < given {
        return Err(Unanswerable::UnknownStep);
    }
    Ok(Asked { space, case, told, filed, received, happened })
}

/// Answers it; `why` asks for the days behind each date.
pub fn answer<'a>(plan: &ProcedurePlan<'a>, asked: &Asked<'a>, why: bool, wording: &Wording<'_>) -> Answer<'a> {
    let Asked { space, case, received, happened, .. } = asked;
    let mut answer = Answer {
        received: *received,
        papers: papers(plan, space, case, wording),
        sums: Vec::new(),
        dates: Vec::new(),
        steps: Vec::new(),
    };
    for charge in &plan.body().charges {
        let charge: &'a Charge = &charge.value;
        let found = explore(space, case.clone(), |case| payable(plan, space, case, charge));
        if !found.undecided.is_empty() {
            answer.sums.push(Sum { charge, payable: None, amount: undecided(wording.lang), when: None });
        }
        let told = |payable: &Option<Payable>| payable.as_ref().map(|sum| (sum.clone(), wording.payable(sum)));
        let same = |a: &Option<(Payable, String)>, b: &Option<(Payable, String)>| {
            a.as_ref().map(|(_, said)| said) == b.as_ref().map(|(_, said)| said)
        };
        for (when, sum) in grouped(space, case, found.leaves, wording, told, same) {
            let sum = sum.map(|(payable, amount)| Sum { charge, payable: Some(payable), amount, when });
            answer.sums.extend(sum);
        }
    }
    let found = explore(space, case.clone(), |case| course(plan, space, case, *received, happened));
    if !found.undecided.is_empty() {
        let all = plan.body().deadlines.iter().map(|deadline| Due {
            deadline: &deadline.value,
            limit: String::new(),
            due: None,
            text: undecided(wording.lang),
            provisional: false,
            when: None,
            why: Vec::new(),
        });
        answer.dates.extend(all);
    }
    let single = found.leaves.len() == 1;
    let told = |course: &Course<'a>| {
        if why && single {
            answer.steps = steps(course, plan, wording);
        }
        dates(course, plan, why, wording)
    };
    let same = |a: &Vec<Due<'a>>, b: &Vec<Due<'a>>| {
        let each = |due: &Due<'a>| (wording.deadline_name(due.deadline), due.limit.clone(), due.text.clone());
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| each(a) == each(b))
    };
    for (when, dates) in grouped(space, case, found.leaves, wording, told, same) {
        answer.dates.extend(dates.into_iter().map(|due| Due { when: when.clone(), ..due }));
    }
    answer
}

/// Leaves that come to the same, together; with the widest case in which they do, where there are several.
fn grouped<T, U>(
    space: &Space,
    base: &Case,
    leaves: Vec<(Case, T)>,
    wording: &Wording<'_>,
    mut make: impl FnMut(&T) -> U,
    same: impl Fn(&U, &U) -> bool,
) -> Vec<(Option<String>, U)> {
    let mut kinds: Vec<U> = Vec::new();
    let mut cases: Vec<(Case, usize)> = Vec::new();
    for (case, leaf) in leaves {
        let made = make(&leaf);
        let kind = kinds.iter().position(|known| same(known, &made)).unwrap_or_else(|| {
            kinds.push(made);
            kinds.len() - 1
        });
        cases.push((case, kind));
    }
    let several = kinds.len() > 1;
    let said = |kind: usize| {
        let (first, _) = cases.iter().find(|(_, own)| *own == kind)?;
        let widest = (0..space.columns.len()).fold(first.clone(), |wide, column| {
            let wider = space.widened_within(&wide, base, column);
            let apart = cases.iter().all(|(case, own)| *own == kind || !space.meet(case, &wider));
            if apart { wider } else { wide }
        });
        several.then(|| space.said(&space.beyond(&widest, base), wording))
    };
    let whens: Vec<Option<String>> = (0..kinds.len()).map(said).collect();
    whens.into_iter().zip(kinds).take(MOST_SHOWN).collect()
}

fn undecided(lang: Lang) -> String {
    say!(
        lang,
        "chưa tính được: còn điều kiện chưa khai, hoặc quá nhiều khả năng",
        "not decided: a condition is not given, or there are too many possibilities"
    )
}

/// The papers that are asked for, or may be.
fn papers<'a>(plan: &ProcedurePlan<'a>, space: &Space, case: &Case, wording: &Wording<'_>) -> Vec<Paper<'a>> {
    let all = plan.body().dossier.iter().flat_map(|dossier| &dossier.value.documents);
    let mut found = Vec::new();
    for document in all.filter(|one| one.valid.contains(plan.variant().as_of)) {
        let when = match document.when.as_ref().map(|when| (when, space.truth(when, case))) {
            Some((_, Truth::No)) => continue,
            Some((when, Truth::Open(_))) => Some(wording.condition(when)),
            Some((_, Truth::Yes)) | None => None,
        };
        found.push(Paper { document, when });
    }
    found
}

fn dates<'a>(course: &Course<'a>, plan: &ProcedurePlan<'a>, why: bool, wording: &Wording<'_>) -> Vec<Due<'a>> {
    let calendar = plan.calendar();
    let lang = wording.lang;
    let mut all = Vec::new();
    for date in &course.dates {
        let deadline = date.promise.deadline;
        let limit = wording.promised(&date.promise.limit);
        let provisional = date.starts.zip(date.due).map(|(from, to)| calendar.known_between(from.day, to.day));
        let text = match date.due {
            Some(due) => match provisional {
                Some(Known::Provisional) => {
                    let day = wording.moment(due, calendar);
                    say!(
                        lang,
                        "{day}, tạm tính vì chưa có lịch nghỉ chính thức",
                        "{day}, provisional: no official calendar yet"
                    )
                }
                Some(Known::Unconfirmed) => {
                    let day = wording.moment(due, calendar);
                    say!(
                        lang,
                        "{day}, tạm tính vì có ngày nghỉ chưa được xác nhận",
                        "{day}, provisional: a day off is unconfirmed"
                    )
                }
                _ => wording.moment(due, calendar),
            },
            None => match deadline.starts.as_ref().map(|start| wording.start(&start.value)) {
                Some(start) => say!(lang, "{limit} kể từ {start}", "{limit} from {start}"),
                None => limit.clone(),
            },
        };
        all.push(Due {
            deadline,
            limit,
            due: date.due,
            text,
            provisional: provisional.is_some_and(|known| known > Known::Official),
            when: None,
            why: if why { day_by_day(date, course, plan, wording) } else { Vec::new() },
        });
    }
    all
}
