//! `CODE.cases.json`: cases with the answers of the compiler itself. From every worked example each decision that it decides,
//! and from every row of every table one case out of its box.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Model;
use super::tables::{Asked, Decision, Subject};
use crate::emit::logic::{self, told};
use crate::lang::say;
use crate::model::facts::FactKind;
use crate::model::{Id, Number, Scenario};
use crate::plan::cases::{Case, Cell, Explored, Point, Question, Space, explore};
use crate::plan::example::case_of;
use crate::plan::{ProcedurePlan, Wording, decision};

/// More cases out of rows than this are not written.
const MOST_WITNESSES: usize = 200;

/// Facts by their names in the file, and what a decision must give for them.
#[derive(Serialize)]
pub(super) struct TestCase {
    name: String,
    decision: String,
    facts: Map<String, Value>,
    expect: Value,
}

/// Every case of a file; none asks the same twice.
pub(super) fn cases<'a>(model: &Model<'a>, plan: &ProcedurePlan<'a>, wording: &Wording<'_>) -> Vec<TestCase> {
    let maker = Maker { model, plan, wording };
    let mut cases: Vec<TestCase> = Vec::new();
    let mut add = |case: TestCase| {
        let is_new = !cases.iter().any(|known| known.decision == case.decision && known.facts == case.facts);
        if is_new {
            cases.push(case);
        }
        is_new
    };
    for scenario in &plan.body().scenarios {
        maker.of_example(scenario).into_iter().for_each(|case| {
            add(case);
        });
    }
    // A row of each table in turn, so that a long table does not take the place of the others.
    let rows = model.decisions.iter().map(|decision| maker.boxes(decision)).collect::<Vec<_>>();
    let longest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let turns = (0..longest).flat_map(|row| rows.iter().enumerate().map(move |(at, all)| (row, at, all.get(row))));
    let found = turns.filter_map(|(row, at, case)| maker.of_row(&model.decisions[at], row, case?));
    found.filter_map(|case| add(case).then_some(())).take(MOST_WITNESSES).for_each(drop);
    cases
}

struct Maker<'m, 'p, 'a, 'w> {
    model: &'m Model<'a>,
    plan: &'p ProcedurePlan<'a>,
    wording: &'p Wording<'w>,
}

impl<'a> Maker<'_, '_, 'a, '_> {
    /// What an example decides, whatever it leaves open.
    fn of_example(&self, scenario: &Scenario) -> Vec<TestCase> {
        let space = decision::space(self.plan, &scenario.given);
        let Some(case) = space.is_sound.then(|| case_of(self.plan, &space, scenario)).flatten() else {
            return Vec::new();
        };
        let one = |decision: &Decision<'a>| {
            let look = |case: &Case| {
                let number = |fact: &Id| space.number(case, fact);
                decision.answer(self.plan, &space, case, &number, self.wording)
            };
            let Explored { leaves, undecided } = explore(&space, case.clone(), look);
            let expect = leaves.first().and_then(|(_, answer)| answer.clone())?;
            let is_decided = undecided.is_empty() && leaves.iter().all(|(_, answer)| answer.as_ref() == Some(&expect));
            let concrete = space.witness(&case, 0);
            let facts = self.facts(decision, &space, &concrete).filter(|_| is_decided)?;
            let name = format!("{}: {}", scenario.name.value, decision.label);
            Some(TestCase { name, decision: decision.name.clone(), facts, expect })
        };
        self.model.decisions.iter().filter_map(one).collect()
    }

    /// The boxes of which one case each is tried; of the list of papers, one with and one without each paper.
    fn boxes(&self, decision: &Decision<'a>) -> Vec<Case> {
        let space = &decision.space;
        match &decision.subject {
            Subject::Papers(all) => {
                let whens = all.iter().filter_map(|(document, _)| document.when.as_ref());
                let both = whens.flat_map(|when| [true, false].map(|wanted| (when, wanted)));
                let mut boxes: Vec<Case> =
                    both.filter_map(|(when, wanted)| space.suppose(space.everything(), when, wanted)).collect();
                boxes.push(space.everything());
                boxes
            }
            _ => decision.rows.iter().map(|(case, _)| case.clone()).collect(),
        }
    }

    fn of_row(&self, decision: &Decision<'a>, row: usize, case: &Case) -> Option<TestCase> {
        let space = &decision.space;
        let case = space.witness(case, row);
        let number = |fact: &Id| self.number(space, &case, fact);
        let expect = decision.answer(self.plan, space, &case, &number, self.wording).ok().flatten()?;
        let facts = self.facts(decision, space, &case)?;
        let (label, row) = (&decision.label, row + 1);
        let name = match decision.subject {
            Subject::Papers(_) => say!(self.wording.lang, "{label}, trường hợp {row}", "{label}, case {row}"),
            _ => say!(self.wording.lang, "{label}, dòng {row}", "{label}, row {row}"),
        };
        Some(TestCase { name, decision: decision.name.clone(), facts, expect })
    }

    /// The facts of a decision in a case of single answers.
    fn facts(&self, decision: &Decision<'a>, space: &Space, case: &Case) -> Option<Map<String, Value>> {
        let all = self.model.asked_by(decision).into_iter();
        all.map(|(asked, name)| Some((name.clone(), self.fact(asked, space, case)?))).collect()
    }

    fn fact(&self, asked: &Asked, space: &Space, case: &Case) -> Option<Value> {
        let Asked::Fact(id) = asked else {
            let column = space.column(&Question::Channel)?;
            return told(space.answer(case, column)?);
        };
        if let Some(FactKind::SomeOf(choices)) = self.wording.fact_kind(id) {
            let is_in = |choice: &Id| {
                let column = space.column(&Question::Includes(id.clone(), choice.clone()));
                column.and_then(|column| space.answer(case, column)) == Some(&Cell::Yes)
            };
            let chosen = choices.iter().map(|choice| &choice.id.value).filter(|choice| is_in(choice));
            return Some(json!(chosen.map(Id::as_str).collect::<Vec<_>>()));
        }
        match space.column(&Question::Fact(id.clone())) {
            Some(column) => told(space.answer(case, column)?),
            None => self.number(space, case, id).map(logic::number),
        }
    }

    /// The number of a fact; where nothing in the case asks for it, some number that it may be.
    fn number(&self, space: &Space, case: &Case, id: &Id) -> Option<Number> {
        if let Some(column) = space.column(&Question::Fact(id.clone())) {
            return match space.answer(case, column)?.sample()? {
                Point::Number(number) => Some(number),
                Point::Date(_) => None,
            };
        }
        let Some(FactKind::Integer(range) | FactKind::Decimal(range)) = self.wording.fact_kind(id) else { return None };
        let low = range.from.unwrap_or(Number::whole(0));
        let beyond = low.plus(Number::whole(2));
        Some(range.to.filter(|most| most.compare(beyond).is_lt()).unwrap_or(beyond))
    }
}
