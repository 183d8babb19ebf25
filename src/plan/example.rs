//! Worked examples (`ví dụ`): what a procedure comes to, beside what its author says it does.

use super::ProcedurePlan;
use super::cases::{Case, Cell, Explored, Facts, Open, Question, Space, explore};
use super::decision::{Course, charges, course, documents, happened, instant};
use super::money::{Money, Payable, plain};
use super::path::Ending;
use super::wording::Wording;
use crate::lang::{Lang, say};
use crate::model::outcome::Outcome;
use crate::model::quantity::short_date;
use crate::model::scenario::End;
use crate::model::{Amount, ChargeKind, Deadline, Document, Id, Moment, Ref, RefKey, Scenario};
use crate::source::Span;
use crate::time::{Calendar, Instant};

/// One thing that comes out otherwise than an example says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    pub span: Span,
    /// What is compared: `hẹn trả`, `hồ sơ`.
    pub what: String,
    pub expected: String,
    pub computed: String,
    /// The first completion in which it does, where the example leaves facts open.
    pub case: String,
}

/// What an example comes to.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    pub differs: Vec<Differs>,
    /// What the example gives contradicts itself, or asks what is not known.
    pub impossible: bool,
}

/// Tries one example in a plan of its filing day.
pub fn try_out<'a>(plan: &ProcedurePlan<'a>, space: &Space, scenario: &'a Scenario, lang: Lang) -> Tried {
    let Some(given) = case_of(plan, space, scenario) else { return Tried { impossible: true, ..Tried::default() } };
    let test = Test { plan, space, scenario, wording: Wording { lang, registers: plan.registers, body: plan.body() } };
    let Explored { leaves, undecided } = explore(space, given.clone(), |case| test.one(case));
    let mut tried = Tried { impossible: leaves.is_empty() && !undecided.is_empty(), ..Tried::default() };
    let everywhere = |one: &Differs| {
        let same = |other: &Differs| (other.span, &other.what, &other.computed) == (one.span, &one.what, &one.computed);
        leaves.iter().all(|(_, differs)| differs.iter().any(same))
    };
    for (case, differs) in &leaves {
        for one in differs {
            if tried.differs.iter().any(|known| known.span == one.span && known.what == one.what) {
                continue;
            }
            // What comes out so in every completion has nothing to do with what is open.
            let case =
                if everywhere(one) { String::new() } else { space.said(&space.beyond(case, &given), &test.wording) };
            tried.differs.push(Differs { case, ..one.clone() });
        }
    }
    tried
}

/// The cases an example means: what it gives, and every requirement it does not deny.
pub fn case_of(plan: &ProcedurePlan<'_>, space: &Space, scenario: &Scenario) -> Option<Case> {
    let case = scenario.given.iter().try_fold(space.everything(), |case, given| space.assume(case, given))?;
    Some(with_requirements(plan, space, case))
}

/// A requirement holds unless it is denied.
pub fn with_requirements(plan: &ProcedurePlan<'_>, space: &Space, case: Case) -> Case {
    let facts = Facts { body: plan.body(), registers: plan.registers };
    (0..space.columns.len()).fold(case, |case, column| {
        let Question::Fact(id) = &space.columns[column].question else { return case };
        let yes = space.columns[column].cells.iter().position(|cell| *cell == Cell::Yes);
        match yes.filter(|_| facts.is_requirement(id) && space.cells_of(&case, column).len() > 1) {
            Some(yes) => space.with_cell(&case, column, yes),
            None => case,
        }
    })
}

struct Test<'a, 'p> {
    plan: &'p ProcedurePlan<'a>,
    space: &'p Space,
    scenario: &'a Scenario,
    wording: Wording<'p>,
}

impl<'a> Test<'a, '_> {
    fn lang(&self) -> Lang {
        self.wording.lang
    }

    /// Everything that differs in one case; only what is expected is looked at, so that only facts that matter are told apart.
    fn one(&self, case: &Case) -> Result<Vec<Differs>, Open> {
        let scenario = self.scenario;
        let mut differs = Vec::new();
        if let Some(expected) = &scenario.documents {
            self.papers(expected, &documents(self.plan, self.space, case)?, &mut differs);
        }
        for (kind, which, amount) in &scenario.amounts {
            self.money(*kind, which.as_ref(), amount, case, &mut differs)?;
        }
        if scenario.due.is_empty() && scenario.outcomes.is_empty() && scenario.ends.is_none() {
            return Ok(differs);
        }
        let calendar = self.plan.calendar();
        let filed = scenario.filed.as_ref().and_then(|filed| calendar.receive(instant(calendar, filed)?));
        let events = scenario.events.iter().map(|(event, moment)| (&event.value, *moment));
        let course = course(self.plan, self.space, case, filed, &happened(self.plan, events))?;
        for (id, moment) in &scenario.due {
            self.date(id.as_ref().map(|id| &id.value), moment, &course, calendar, &mut differs);
        }
        self.end(&course, &mut differs);
        Ok(differs)
    }

    fn differ(&self, span: Span, what: String, expected: String, computed: String) -> Differs {
        Differs { span, what, expected, computed, case: String::new() }
    }

    fn papers(&self, expected: &[Ref], found: &[&Document], differs: &mut Vec<Differs>) {
        let lang = self.lang();
        let is = |paper: &Ref, one: &Document| paper.names(one.id.as_ref().map(|id| &id.value), Some(&one.name.value));
        for paper in expected {
            if !found.iter().any(|one| is(paper, one)) {
                let (what, not) = (say!(lang, "hồ sơ", "the dossier"), say!(lang, "không phải nộp", "not asked for"));
                differs.push(self.differ(paper.span, what, paper.key.to_string(), not));
            }
        }
        for one in found {
            if !expected.iter().any(|paper| is(paper, one)) {
                let name = one.id.as_ref().map_or_else(|| format!("“{}”", one.name.value), |id| id.value.to_string());
                let span = expected.iter().map(|paper| paper.span).reduce(Span::to).unwrap_or(self.scenario.name.span);
                let (what, not) = (say!(lang, "hồ sơ", "the dossier"), say!(lang, "không có {name}", "no {name}"));
                differs.push(self.differ(span, what, not, say!(lang, "phải nộp", "asked for")));
            }
        }
    }

    fn money(
        &self,
        kind: ChargeKind,
        which: Option<&Ref>,
        expected: &Amount,
        case: &Case,
        differs: &mut Vec<Differs>,
    ) -> Result<(), Open> {
        let lang = self.lang();
        let mut total = Payable::Sum(Money::ZERO);
        for (charge, payable) in charges(self.plan, self.space, case)? {
            let label = charge.label.as_ref().map(|label| label.value.as_str());
            let meant = match which {
                Some(which) => which.names(charge.id.as_ref().map(|id| &id.value), label),
                None => charge.kind == kind || charge.kind == ChargeKind::Both,
            };
            if meant {
                total = total.plus(payable);
            }
        }
        let wanted = plain(expected);
        if matches!((&total, wanted), (Payable::Sum(sum), Some(wanted)) if *sum == wanted) {
            return Ok(());
        }
        let what = match kind {
            ChargeKind::Charge => say!(lang, "phí", "the charge"),
            ChargeKind::Fee => say!(lang, "lệ phí", "the fee"),
            ChargeKind::Both => say!(lang, "phí, lệ phí", "charge or fee"),
        };
        let what = which.map_or_else(|| what.clone(), |which| format!("{what} {}", which.key));
        let span = which.map_or(self.scenario.name.span, |which| which.span);
        let computed = self.wording.payable(&total);
        differs.push(self.differ(span, what, wanted.map_or_else(String::new, |sum| self.wording.money(sum)), computed));
        Ok(())
    }

    fn date(
        &self,
        id: Option<&Id>,
        expected: &Moment,
        course: &Course<'a>,
        calendar: &Calendar,
        differs: &mut Vec<Differs>,
    ) {
        let lang = self.lang();
        let is = |deadline: &Deadline| match (id, &deadline.id) {
            (Some(id), Some(own)) => own.value == *id,
            (None, None) => true,
            (None, Some(_)) => course.dates.len() == 1,
            (Some(_), None) => false,
        };
        let date = course.dates.iter().find(|date| is(date.promise.deadline));
        let computed = match date.map(|date| date.due) {
            Some(Some(due)) if same_moment(due, expected, calendar) => return,
            Some(Some(due)) => match expected.time {
                Some(_) => self.wording.moment(due, calendar),
                None => short_date(calendar.date(due.day)),
            },
            Some(None) => say!(lang, "chưa tính được: còn chờ một sự kiện", "not known: it waits for an event"),
            None => say!(lang, "không có thời hạn nào tính được trong trường hợp này", "this case has no such limit"),
        };
        let what = match id {
            Some(id) => say!(lang, "hẹn trả {id}", "due {id}"),
            None => say!(lang, "hẹn trả", "due"),
        };
        let day = short_date(expected.date);
        let expected_text = expected.time.map_or_else(|| day.clone(), |time| format!("{time} {day}"));
        differs.push(self.differ(expected.span, what, expected_text, computed));
    }

    fn end(&self, course: &Course<'a>, differs: &mut Vec<Differs>) {
        let lang = self.lang();
        let possible: Vec<&Outcome> = match &course.ending {
            Some((_, outcomes)) => outcomes.clone(),
            None => self.plan.body().outcomes.iter().map(|laid| &laid.value).collect(),
        };
        let is =
            |outcome: &Ref, one: &Outcome| outcome.names(one.id.as_ref().map(|id| &id.value), Some(&one.name.value));
        for expected in &self.scenario.outcomes {
            if !possible.iter().any(|one| is(expected, one)) {
                let names: Vec<String> = possible.iter().map(|one| format!("“{}”", one.name.value)).collect();
                let none = say!(lang, "không có kết quả nào", "no outcome");
                let computed = if names.is_empty() { none } else { names.join(", ") };
                let what = say!(lang, "kết quả", "the outcome");
                differs.push(self.differ(expected.span, what, expected.key.to_string(), computed));
            }
        }
        if let (Some(expected), Some((ending, _))) = (&self.scenario.ends, &course.ending) {
            let same = matches!(
                (expected.value, ending),
                (End::Refused, Ending::Refused) | (End::Stopped, Ending::Stopped) | (End::Returned, Ending::Done)
            );
            if !same {
                let words = |ending: Ending| match ending {
                    Ending::Done => say!(lang, "trả kết quả", "the result is returned"),
                    Ending::Refused => say!(lang, "từ chối", "refused"),
                    Ending::Stopped => say!(lang, "dừng", "stopped"),
                };
                let expected_end = match expected.value {
                    End::Refused => Ending::Refused,
                    End::Stopped => Ending::Stopped,
                    End::Returned => Ending::Done,
                };
                let what = say!(lang, "kết thúc", "the end");
                differs.push(self.differ(expected.span, what, words(expected_end), words(*ending)));
            }
        }
    }
}

/// A due date is its day; the time of day counts only where it is given.
fn same_moment(due: Instant, expected: &Moment, calendar: &Calendar) -> bool {
    calendar.day(expected.date) == Some(due.day)
        && expected.time.is_none_or(|time| due.minute == u16::from(time.hour) * 60 + u16::from(time.minute))
}

/// Whether a reference is by id: what a proposal writes.
pub fn written_name(id: Option<&Id>, label: &str) -> String {
    match id {
        Some(id) => id.to_string(),
        None => RefKey::Label(label.to_owned()).to_string().replace(['“', '”'], "\""),
    }
}
