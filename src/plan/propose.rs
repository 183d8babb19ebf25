//! Proposes worked examples for a rule: one in which it holds, and one on each side of a bound of its numbers and dates, with
//! what they come to. An officer compares them with the law before they count.

use super::cases::tables::Rule;
use super::cases::{Case, Cell, Point, Question, Space};
use super::decision::{charges, course, documents};
use super::example::{with_requirements, written_name};
use super::money::Payable;
use super::path::Happened;
use super::{ProcedurePlan, Wording};
use crate::lang::Lang;
use crate::model::ChargeKind;
use crate::model::quantity::short_date;
use crate::time::Instant;

/// The examples for one rule, as text to paste; none where no case meets it.
pub fn propose(plan: &ProcedurePlan<'_>, space: &Space, rule: &Rule<'_>, wording: &Wording<'_>) -> Vec<String> {
    let all = with_requirements(plan, space, space.everything());
    let outside = rule.region.iter().try_fold(all, |case, (condition, wanted)| space.suppose(case, condition, *wanted));
    let Some(outside) = outside else { return Vec::new() };
    let Some(inside) = space.suppose(outside.clone(), rule.when, true) else { return Vec::new() };
    let mut cases = vec![concrete(space, inside.clone(), End::First)];
    // Where the rule asks for a number or a date, the values at its bounds are what a reader checks.
    if space.asks_range(rule.when) {
        cases.push(concrete(space, inside, End::Last));
        cases.extend(space.suppose(outside, rule.when, false).map(|beyond| concrete(space, beyond, End::Last)));
    }
    cases.dedup();
    cases.iter().filter_map(|case| text(plan, space, case, rule, wording)).collect()
}

/// Which cell of a column is taken.
#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

/// One answer to every question.
fn concrete(space: &Space, case: Case, end: End) -> Case {
    (0..space.columns.len()).fold(case, |case, column| {
        let cells = space.cells_of(&case, column);
        let is_range = matches!(space.columns[column].cells.first(), Some(Cell::Range(..)));
        let chosen = match end {
            End::Last if is_range => cells.last(),
            // A fact that is not asked is denied, where it can be.
            _ if cells.len() > 1 && !is_range => {
                cells.iter().find(|at| space.columns[column].cells[**at] == Cell::No).or(cells.first())
            }
            _ => cells.first(),
        };
        chosen.map_or(case.clone(), |cell| space.with_cell(&case, column, *cell))
    })
}

fn text(
    plan: &ProcedurePlan<'_>,
    space: &Space,
    case: &Case,
    rule: &Rule<'_>,
    wording: &Wording<'_>,
) -> Option<String> {
    let vi = wording.lang == Lang::Vi;
    let pick = |vi_word: &'static str, en_word: &'static str| if vi { vi_word } else { en_word };
    let calendar = plan.calendar();
    let day = calendar.working_day_from(calendar.day(plan.variant().as_of)?)?;
    let filed = Instant { day, minute: calendar.open(day).minute.max(480) };
    let given: Vec<String> =
        (0..space.columns.len()).filter_map(|column| answer(space, case, column, wording)).collect();
    let name = wording.condition(rule.when).replace(['“', '”', '"'], "");
    let mut lines = vec![format!("{} \"{}\" {{", pick("ví dụ", "scenario"), super::wording::capitalised(&name))];
    let mut line = |label: &str, value: String| lines.push(format!("    {label}: {value}"));
    line(pick("trường hợp", "facts"), given.join(", "));
    let at = format!("08:00 {}{}", pick("ngày ", ""), short_date(calendar.date(day)));
    line(pick("nộp lúc", "filed"), at);
    let papers = documents(plan, space, case).ok()?;
    let names = papers.iter().map(|one| written_name(one.id.as_ref().map(|id| &id.value), &one.name.value));
    let names: Vec<String> = names.collect();
    line(pick("hồ sơ", "dossier"), if names.is_empty() { pick("không", "none").to_owned() } else { names.join(", ") });
    for (charge, payable) in charges(plan, space, case).ok()? {
        let (Payable::Sum(sum), Some(label)) = (
            payable,
            match charge.kind {
                ChargeKind::Charge => Some(pick("phí", "charge")),
                ChargeKind::Fee => Some(pick("lệ phí", "fee")),
                ChargeKind::Both => None,
            },
        ) else {
            continue;
        };
        let id = charge.id.as_ref().map_or(String::new(), |id| format!(" {}", id.value));
        line(&format!("{label}{id}"), wording.money(sum));
    }
    let course = course(plan, space, case, Some(filed), &Happened::default()).ok()?;
    for date in &course.dates {
        let Some(due) = date.due else { continue };
        let id = date.promise.deadline.id.as_ref().map_or(String::new(), |id| format!(" {}", id.value));
        line(
            &format!("{}{id}", pick("hẹn trả", "due")),
            format!("{}{}", pick("ngày ", ""), short_date(calendar.date(due.day))),
        );
    }
    lines.push(format!(
        "}}        // {}",
        pick("tính ra, cần đối chiếu với văn bản", "computed: compare it with the act")
    ));
    Some(lines.join("\n"))
}

/// One column of a case as a scenario gives it: a single number or day where a range is left.
fn answer(space: &Space, case: &Case, column: usize, wording: &Wording<'_>) -> Option<String> {
    let cells = space.cells_of(case, column);
    let cell = &space.columns[column].cells[*cells.first()?];
    let (Question::Fact(fact), Cell::Range(..)) = (&space.columns[column].question, cell) else {
        return Some(space.written_column(case, column, wording));
    };
    let point = cell.sample()?;
    let is = if wording.lang == Lang::Vi { "là" } else { "is" };
    Some(match point {
        Point::Number(number) => format!("{fact} {is} {number}"),
        Point::Date(date) => format!("{fact} {is} {}", short_date(date)),
    })
}
