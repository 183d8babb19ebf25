//! Facts and cases: which values of the facts a procedure tells apart, and what holds in which case.
//!
//! Each fact is cut into cells in which no condition changes: a choice, a range between two bounds, a yes or a no. A [`Case`] is
//! a set of cells of every fact. A condition holds in a case, does not hold, or is open; then the case is split and looked at
//! again ([`explore`]), so that only facts which matter are ever told apart.

mod boxes;
mod cells;
pub mod cover;
pub mod tables;
mod words;

use rustc_hash::FxHashMap;

use crate::model::facts::FactKind;
use crate::model::{Body, ByCase, Channel, Expr, Fact, Id, Number, Value};
use crate::resolve::Registers;
use crate::source::Span;

pub use self::cells::{Bound, Cell, Point};

/// More cases than this are not told apart one by one.
pub const MOST_CASES: usize = 4_096;

/// What a column of the space asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    Channel,
    Fact(Id),
    /// Whether a fact that holds several choices holds this one.
    Includes(Id, Id),
}

/// One question and the answers that are told apart.
#[derive(Clone, Debug)]
pub struct Column {
    pub question: Question,
    pub cells: Vec<Cell>,
    /// The first word of the bits of this column.
    word: usize,
}

/// A test on one column: the cells in which it is true, as bits.
#[derive(Clone, Debug)]
struct Cut {
    column: usize,
    yes: Vec<u64>,
}

#[derive(Clone, Debug)]
enum Meaning {
    Cut(usize),
    /// True when the condition of the derived fact holds.
    Derived(Expr),
    /// Several cuts together: `nhóm là (a, b)`.
    All(Vec<(usize, bool)>),
    /// Nothing is known of what is asked: the name is wrong, or the fact is not yet given.
    Unknown,
}

/// A set of cells of every fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Case {
    bits: Vec<u64>,
}

/// What a condition is in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    Yes,
    No,
    Open(Open),
}

/// Why a condition is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// This cut tells the case apart.
    Cut(usize),
    /// It cannot be known.
    Unknown,
}

/// Every fact of a procedure, cut by a set of conditions.
#[derive(Clone, Debug)]
pub struct Space {
    pub columns: Vec<Column>,
    cuts: Vec<Cut>,
    meanings: FxHashMap<Span, Meaning>,
    full: Case,
    /// Whether every name is known and asked in a way that fits it: else the names were reported, and nothing else is said.
    pub is_sound: bool,
}

/// The facts a body may ask for.
pub struct Facts<'a> {
    pub body: &'a Body,
    pub registers: &'a Registers,
}

impl<'a> Facts<'a> {
    pub fn get(&self, id: &Id) -> Option<&'a Fact> {
        self.body.facts.iter().map(|laid| &laid.value).find(|fact| fact.id.value == *id)
    }

    /// Whether an id is a yes-or-no fact: one given here, a requirement, or one that many procedures share.
    fn is_boolean(&self, id: &Id) -> bool {
        match self.get(id) {
            Some(fact) => matches!(fact.kind, FactKind::Boolean),
            None => self.is_requirement(id) || self.registers.shared_fact(id).is_some(),
        }
    }

    /// Whether an id is a fact, here or shared.
    pub fn knows(&self, id: &Id) -> bool {
        self.get(id).is_some() || self.is_boolean(id)
    }

    pub fn is_requirement(&self, id: &Id) -> bool {
        let mut all = self.body.requirements.iter().flat_map(|all| &all.value);
        all.any(|one| one.id.as_ref().is_some_and(|own| own.value == *id))
    }
}

impl Space {
    /// The space that a set of conditions cuts; derived facts are looked into.
    pub fn of<'e>(facts: &Facts<'_>, conditions: impl IntoIterator<Item = &'e Expr>) -> Space {
        let mut builder = cells::Builder::new(facts);
        for condition in conditions {
            builder.condition(condition, 0);
        }
        builder.finish()
    }

    /// Every case.
    pub fn everything(&self) -> Case {
        self.full.clone()
    }

    /// Whether a condition holds.
    pub fn truth(&self, condition: &Expr, case: &Case) -> Truth {
        match condition {
            Expr::And(parts, _) => {
                let mut open = None;
                for part in parts {
                    match self.truth(part, case) {
                        Truth::No => return Truth::No,
                        Truth::Yes => {}
                        Truth::Open(why) => open = prefer(open, why),
                    }
                }
                open.map_or(Truth::Yes, Truth::Open)
            }
            Expr::Or(parts, _) => {
                let mut open = None;
                for part in parts {
                    match self.truth(part, case) {
                        Truth::Yes => return Truth::Yes,
                        Truth::No => {}
                        Truth::Open(why) => open = prefer(open, why),
                    }
                }
                open.map_or(Truth::No, Truth::Open)
            }
            Expr::Not(inner, _) => match self.truth(inner, case) {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                open => open,
            },
            Expr::Test { span, .. } => match self.meanings.get(span) {
                Some(Meaning::Cut(cut)) => self.cut(*cut, case),
                Some(Meaning::Derived(condition)) => self.truth(condition, case),
                Some(Meaning::All(cuts)) => self.all(cuts, case),
                Some(Meaning::Unknown) | None => Truth::Open(Open::Unknown),
            },
        }
    }

    fn all(&self, cuts: &[(usize, bool)], case: &Case) -> Truth {
        let mut open = None;
        for &(cut, wanted) in cuts {
            match (self.cut(cut, case), wanted) {
                (Truth::Yes, false) | (Truth::No, true) => return Truth::No,
                (Truth::Yes, true) | (Truth::No, false) => {}
                (Truth::Open(why), _) => open = prefer(open, why),
            }
        }
        open.map_or(Truth::Yes, Truth::Open)
    }

    fn cut(&self, cut: usize, case: &Case) -> Truth {
        let Cut { column, yes } = &self.cuts[cut];
        let own = &case.bits[self.columns[*column].word..];
        let (mut inside, mut outside) = (false, false);
        for (own, yes) in own.iter().zip(yes) {
            inside |= own & yes != 0;
            outside |= own & !yes != 0;
        }
        match (inside, outside) {
            (true, true) => Truth::Open(Open::Cut(cut)),
            (true, false) => Truth::Yes,
            (false, _) => Truth::No,
        }
    }

    /// The two parts of a case in which a cut is true and not.
    pub fn split(&self, case: &Case, cut: usize) -> [Case; 2] {
        let Cut { column, yes } = &self.cuts[cut];
        let word = self.columns[*column].word;
        let mut parts = [case.clone(), case.clone()];
        for (at, yes) in yes.iter().enumerate() {
            parts[0].bits[word + at] &= yes;
            parts[1].bits[word + at] &= !yes;
        }
        parts
    }

    /// The cells of a column that a case holds.
    pub fn cells_of(&self, case: &Case, column: usize) -> Vec<usize> {
        let Column { word, cells, .. } = &self.columns[column];
        (0..cells.len()).filter(|at| case.bits[word + at / 64] >> (at % 64) & 1 == 1).collect()
    }

    /// The case with one cell of a column left.
    pub fn with_cell(&self, case: &Case, column: usize, cell: usize) -> Case {
        let Column { word, cells, .. } = &self.columns[column];
        let mut case = case.clone();
        for at in 0..cells.len().div_ceil(64) {
            case.bits[word + at] = 0;
        }
        case.bits[word + cell / 64] = 1 << (cell % 64);
        case
    }

    /// The case with every cell of a column.
    pub fn widened(&self, case: &Case, column: usize) -> Case {
        let Column { word, cells, .. } = &self.columns[column];
        let mut case = case.clone();
        let words = *word..*word + cells.len().div_ceil(64);
        case.bits[words.clone()].copy_from_slice(&self.full.bits[words]);
        case
    }

    /// The case with every cell of a column that another case has.
    pub fn widened_within(&self, case: &Case, base: &Case, column: usize) -> Case {
        let Column { word, cells, .. } = &self.columns[column];
        let mut case = case.clone();
        let words = *word..*word + cells.len().div_ceil(64);
        case.bits[words.clone()].copy_from_slice(&base.bits[words]);
        case
    }

    /// What a case says beyond another that holds it: the other columns are left whole.
    pub fn beyond(&self, case: &Case, base: &Case) -> Case {
        (0..self.columns.len()).fold(case.clone(), |beyond, column| {
            if self.cells_of(case, column) == self.cells_of(base, column) {
                self.widened(&beyond, column)
            } else {
                beyond
            }
        })
    }

    /// Whether two cases have something in common.
    pub fn meet(&self, a: &Case, b: &Case) -> bool {
        self.columns.iter().all(|column| {
            let words = column.word..column.word + column.cells.len().div_ceil(64);
            a.bits[words.clone()].iter().zip(&b.bits[words]).any(|(a, b)| a & b != 0)
        })
    }

    pub fn column(&self, question: &Question) -> Option<usize> {
        self.columns.iter().position(|column| column.question == *question)
    }

    /// The number a fact has in a case, where it is one.
    pub fn number(&self, case: &Case, fact: &Id) -> Option<Number> {
        let column = self.column(&Question::Fact(fact.clone()))?;
        match self.cells_of(case, column).as_slice() {
            [only] => self.columns[column].cells[*only].number(),
            _ => None,
        }
    }

    /// The channels a case leaves.
    pub fn channels(&self, case: &Case) -> Vec<Channel> {
        let Some(column) = self.column(&Question::Channel) else { return Vec::new() };
        let cells = self.cells_of(case, column);
        cells
            .into_iter()
            .filter_map(|at| match self.columns[column].cells[at] {
                Cell::Channel(channel) => Some(channel),
                _ => None,
            })
            .collect()
    }

    /// Holds a condition to be true as far as it is a row of tests: what a scenario gives. `None` where no case is left.
    pub fn assume(&self, case: Case, condition: &Expr) -> Option<Case> {
        self.assumed(case, condition, true)
    }

    fn assumed(&self, case: Case, condition: &Expr, wanted: bool) -> Option<Case> {
        match (condition, wanted) {
            (Expr::And(parts, _), true) | (Expr::Or(parts, _), false) => {
                parts.iter().try_fold(case, |case, part| self.assumed(case, part, wanted))
            }
            (Expr::Not(inner, _), _) => self.assumed(case, inner, !wanted),
            (Expr::Test { span, .. }, _) => match self.meanings.get(span) {
                Some(Meaning::Cut(cut)) => self.half(case, *cut, wanted),
                Some(Meaning::All(cuts)) if wanted => {
                    cuts.iter().try_fold(case, |case, &(cut, wanted)| self.half(case, cut, wanted))
                }
                Some(Meaning::Derived(inner)) => self.assumed(case, inner, wanted),
                _ => Some(case),
            },
            // Either of several: nothing is known of one alone.
            (Expr::Or(..), true) | (Expr::And(..), false) => Some(case),
        }
    }

    /// A case within another in which a condition is true, or false, for certain.
    pub fn suppose(&self, case: Case, condition: &Expr, wanted: bool) -> Option<Case> {
        let explored = explore(self, case, |case| self.holds(condition, case));
        explored.leaves.into_iter().find(|(_, holds)| *holds == wanted).map(|(case, _)| case)
    }

    /// Whether a condition compares a number or a date.
    pub fn asks_range(&self, condition: &Expr) -> bool {
        condition.tests().iter().any(|(_, _, span)| match self.meanings.get(span) {
            Some(Meaning::Cut(cut)) => {
                matches!(self.columns[self.cuts[*cut].column].cells.first(), Some(Cell::Range(..)))
            }
            Some(Meaning::Derived(inner)) => self.asks_range(inner),
            _ => false,
        })
    }

    fn half(&self, case: Case, cut: usize, wanted: bool) -> Option<Case> {
        let [yes, no] = self.split(&case, cut);
        let half = if wanted { yes } else { no };
        let Column { word, cells, .. } = &self.columns[self.cuts[cut].column];
        (0..cells.len().div_ceil(64)).any(|at| half.bits[word + at] != 0).then_some(half)
    }

    /// A condition that must be decided.
    pub fn holds(&self, condition: &Expr, case: &Case) -> Result<bool, Open> {
        match self.truth(condition, case) {
            Truth::Yes => Ok(true),
            Truth::No => Ok(false),
            Truth::Open(why) => Err(why),
        }
    }

    /// As `holds`, of a condition that need not be there.
    pub fn applies(&self, condition: Option<&Expr>, case: &Case) -> Result<bool, Open> {
        condition.map_or(Ok(true), |condition| self.holds(condition, case))
    }

    /// The value that applies: of the exceptions the one that holds, and of its exceptions again; else the general rule.
    pub fn value<'v, T>(&self, by: &'v ByCase<T>, case: &Case) -> Result<Picked<'v, T>, Open> {
        let mut picked = Picked { value: by.general.as_ref(), rule: None, added: Vec::new() };
        let mut rules = &by.rules;
        'deeper: loop {
            for rule in rules.iter().filter(|rule| !rule.adds) {
                if self.holds(&rule.when, case)? {
                    picked.value = rule.value.as_ref();
                    picked.rule = Some(rule.span);
                    self.additions(rules, case, &mut picked)?;
                    rules = &rule.rules;
                    continue 'deeper;
                }
            }
            self.additions(rules, case, &mut picked)?;
            return Ok(picked);
        }
    }

    fn additions<'v, T>(
        &self,
        rules: &'v [crate::model::CaseRule<T>],
        case: &Case,
        picked: &mut Picked<'v, T>,
    ) -> Result<(), Open> {
        for rule in rules.iter().filter(|rule| rule.adds) {
            if self.holds(&rule.when, case)? {
                picked.added.extend(&rule.value);
            }
        }
        Ok(())
    }
}

/// The value of a case, the rule that gives it, and what is added.
#[derive(Clone, Debug)]
pub struct Picked<'v, T> {
    pub value: Option<&'v Value<T>>,
    /// The innermost exception; `None` where the general rule applies.
    pub rule: Option<Span>,
    pub added: Vec<&'v Value<T>>,
}

fn prefer(first: Option<Open>, second: Open) -> Option<Open> {
    match first {
        Some(Open::Cut(_)) => first,
        _ => Some(second),
    }
}

/// What came of exploring.
#[derive(Clone, Debug)]
pub struct Explored<T> {
    /// Each case and what `look` gave for it; no two overlap, and together they are where it began.
    pub leaves: Vec<(Case, T)>,
    /// Cases that could not be decided, or were too many.
    pub undecided: Vec<Case>,
}

/// Looks at a case; where something is open, splits it there and looks at both parts.
pub fn explore<T>(space: &Space, from: Case, mut look: impl FnMut(&Case) -> Result<T, Open>) -> Explored<T> {
    let mut explored = Explored { leaves: Vec::new(), undecided: Vec::new() };
    let mut todo = vec![from];
    while let Some(case) = todo.pop() {
        match look(&case) {
            Ok(leaf) => explored.leaves.push((case, leaf)),
            Err(Open::Cut(cut)) if explored.leaves.len() + todo.len() < MOST_CASES => {
                let [yes, no] = space.split(&case, cut);
                todo.push(no);
                todo.push(yes);
            }
            Err(_) => explored.undecided.push(case),
        }
    }
    explored
}
