//! Cuts facts into cells: what the tests of all conditions tell apart.

use std::cmp::Ordering;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{Case, Column, Cut, Facts, Meaning, Question, Space};
use crate::model::facts::FactKind;
use crate::model::{Atom, Channel, Expr, Id, Number, Subject, Test};
use crate::source::{Span, Spanned};

/// An answer, or a run of answers that no condition tells apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Yes,
    No,
    Channel(Channel),
    /// A choice of one; `None` is any choice no condition names.
    Choice(Id),
    /// From one end to another; a single value where both are the same.
    Range(Bound, Bound),
}

/// An end of a range of numbers or dates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    Open,
    /// The value belongs to the range.
    With(Point),
    /// The value itself does not.
    Without(Point),
}

/// A number, or a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Number(Number),
    Date(Date),
}

impl Cell {
    /// The number, where the cell is one.
    pub fn number(&self) -> Option<Number> {
        match self {
            Cell::Range(Bound::With(Point::Number(from)), Bound::With(Point::Number(to))) if from == to => Some(*from),
            _ => None,
        }
    }
}

impl Point {
    pub(super) fn order(self, other: Point) -> Ordering {
        match (self, other) {
            (Point::Number(a), Point::Number(b)) => a.compare(b),
            (Point::Date(a), Point::Date(b)) => a.cmp(&b),
            (Point::Number(_), Point::Date(_)) => Ordering::Less,
            (Point::Date(_), Point::Number(_)) => Ordering::Greater,
        }
    }
}

/// Derived facts that name each other in a ring are not followed for ever.
const DEEPEST: usize = 32;

/// What one question's tests compare with.
struct Asked {
    question: Question,
    points: Vec<Point>,
}

pub(super) struct Builder<'a, 'f> {
    facts: &'f Facts<'a>,
    asked: Vec<Asked>,
    known: FxHashMap<Question, usize>,
    tests: Vec<(Span, usize, Spanned<Test>)>,
    meanings: FxHashMap<Span, Meaning>,
    all: Vec<(Span, Vec<(usize, bool)>)>,
    is_sound: bool,
}

impl<'a, 'f> Builder<'a, 'f> {
    pub(super) fn new(facts: &'f Facts<'a>) -> Builder<'a, 'f> {
        Builder {
            facts,
            asked: Vec::new(),
            known: FxHashMap::default(),
            tests: Vec::new(),
            meanings: FxHashMap::default(),
            all: Vec::new(),
            is_sound: true,
        }
    }

    pub(super) fn condition(&mut self, condition: &Expr, depth: usize) {
        for (subject, test, span) in condition.tests() {
            if self.meanings.contains_key(&span) {
                continue;
            }
            self.meanings.insert(span, Meaning::Unknown);
            match subject {
                _ if depth > DEEPEST => {}
                Subject::Channel(_) => self.test(Question::Channel, test, span),
                Subject::Fact(id) => self.fact(&id.value, test, span, depth),
                _ => {}
            }
        }
    }

    fn fact(&mut self, id: &Id, test: &Test, span: Span, depth: usize) {
        let boolean = self.facts.is_boolean(id);
        match self.facts.get(id).map(|fact| &fact.kind) {
            _ if boolean => self.test(Question::Fact(id.clone()), test, span),
            Some(FactKind::Derived(condition)) => {
                self.meanings.insert(span, Meaning::Derived(condition.clone()));
                self.condition(condition, depth + 1);
            }
            Some(FactKind::SomeOf(choices)) => {
                let has = |wanted: &Id, atoms: &[Spanned<Atom>]| {
                    atoms.iter().any(|atom| matches!(&atom.value, Atom::Id(choice) if choice == wanted))
                };
                match test {
                    Test::Includes(Spanned { value: Atom::Id(choice), .. }) => {
                        self.test(Question::Includes(id.clone(), choice.clone()), &Test::Holds, span);
                    }
                    Test::Exactly(atoms) => {
                        let mut cuts = Vec::new();
                        for choice in choices {
                            let question = Question::Includes(id.clone(), choice.id.value.clone());
                            cuts.push((self.column(question), has(&choice.id.value, atoms)));
                        }
                        self.all.push((span, cuts));
                    }
                    _ => self.is_sound = false,
                }
            }
            Some(FactKind::OneOf(_) | FactKind::Integer(_) | FactKind::Decimal(_) | FactKind::Date) => {
                self.test(Question::Fact(id.clone()), test, span);
            }
            Some(FactKind::Boolean | FactKind::Hole) => {}
            None => self.is_sound = false,
        }
    }

    fn column(&mut self, question: Question) -> usize {
        let next = self.asked.len();
        let at = *self.known.entry(question.clone()).or_insert(next);
        if at == next {
            self.asked.push(Asked { question, points: Vec::new() });
        }
        at
    }

    fn test(&mut self, question: Question, test: &Test, span: Span) {
        let column = self.column(question);
        for atom in test.atoms() {
            let point = match &atom.value {
                Atom::Number(number) => Point::Number(*number),
                Atom::Date(date) => Point::Date(*date),
                Atom::Id(_) | Atom::Channel(_) | Atom::Code(_) => continue,
            };
            self.asked[column].points.push(point);
        }
        self.tests.push((span, column, Spanned::new(test.clone(), span)));
    }

    pub(super) fn finish(self) -> Space {
        let mut columns: Vec<Column> = Vec::with_capacity(self.asked.len());
        let mut word = 0;
        for asked in &self.asked {
            let cells = self.cells(asked);
            let words = cells.len().div_ceil(64);
            columns.push(Column { question: asked.question.clone(), cells, word });
            word += words;
        }
        let mut full = vec![0; word];
        for column in &columns {
            for at in 0..column.cells.len() {
                full[column.word + at / 64] |= 1 << (at % 64);
            }
        }
        let mut space = Space {
            columns,
            cuts: Vec::new(),
            meanings: self.meanings,
            full: Case { bits: full },
            is_sound: self.is_sound,
        };
        let mut same: FxHashMap<(usize, Vec<u64>), usize> = FxHashMap::default();
        let mut add = |space: &mut Space, column: usize, yes: Vec<u64>| {
            let next = space.cuts.len();
            let at = *same.entry((column, yes.clone())).or_insert(next);
            if at == next {
                space.cuts.push(Cut { column, yes });
            }
            at
        };
        for (span, column, test) in &self.tests {
            let cells = &space.columns[*column].cells;
            let Some(yes) = bits(cells, |cell| holds(&test.value, cell)) else {
                space.is_sound = false;
                continue;
            };
            let cut = add(&mut space, *column, yes);
            space.meanings.insert(*span, Meaning::Cut(cut));
        }
        for (span, cuts) in &self.all {
            let mut meant = Vec::new();
            for (column, wanted) in cuts {
                if let Some(yes) = bits(&space.columns[*column].cells, |cell| Some(*cell == Cell::Yes)) {
                    meant.push((add(&mut space, *column, yes), *wanted));
                }
            }
            space.meanings.insert(*span, Meaning::All(meant));
        }
        space
    }

    fn cells(&self, asked: &Asked) -> Vec<Cell> {
        match &asked.question {
            Question::Channel => {
                let offered: Vec<Channel> = match &self.facts.body.channels {
                    Some(channels) => channels.iter().map(|used| used.channel).collect(),
                    None => Vec::new(),
                };
                let all = [Channel::InPerson, Channel::Online, Channel::Post];
                let offered = all
                    .into_iter()
                    .filter(|channel| offered.is_empty() || offered.contains(channel))
                    .collect::<Vec<_>>();
                offered.into_iter().map(Cell::Channel).collect()
            }
            Question::Includes(..) => vec![Cell::Yes, Cell::No],
            Question::Fact(id) => match self.facts.get(id).map(|fact| &fact.kind) {
                Some(FactKind::OneOf(choices)) => {
                    choices.iter().map(|choice| Cell::Choice(choice.id.value.clone())).collect()
                }
                Some(FactKind::Integer(range)) => {
                    ranges(&asked.points, range.from.map(Point::Number), range.to.map(Point::Number), true)
                }
                Some(FactKind::Decimal(range)) => {
                    ranges(&asked.points, range.from.map(Point::Number), range.to.map(Point::Number), false)
                }
                Some(FactKind::Date) => ranges(&asked.points, None, None, true),
                _ => vec![Cell::Yes, Cell::No],
            },
        }
    }
}

fn bits(cells: &[Cell], holds: impl Fn(&Cell) -> Option<bool>) -> Option<Vec<u64>> {
    let mut yes = vec![0; cells.len().div_ceil(64)];
    for (at, cell) in cells.iter().enumerate() {
        if holds(cell)? {
            yes[at / 64] |= 1 << (at % 64);
        }
    }
    Some(yes)
}

/// Single values and what lies between them, rising. Of whole numbers and days nothing lies between neighbours.
fn ranges(points: &[Point], from: Option<Point>, to: Option<Point>, discrete: bool) -> Vec<Cell> {
    let mut points: Vec<Point> = points
        .iter()
        .copied()
        .chain(from)
        .chain(to)
        .flat_map(|point| if discrete { neighbours(point) } else { vec![point] })
        .filter(|point| {
            from.is_none_or(|from| point.order(from).is_ge()) && to.is_none_or(|to| point.order(to).is_le())
        })
        .collect();
    points.sort_by(|a, b| a.order(*b));
    points.dedup();
    let mut cells = Vec::new();
    if from.is_none() {
        cells.push(Cell::Range(Bound::Open, points.first().map_or(Bound::Open, |first| Bound::Without(*first))));
    }
    for (at, point) in points.iter().enumerate() {
        cells.push(Cell::Range(Bound::With(*point), Bound::With(*point)));
        if let Some(next) = points.get(at + 1) {
            if !(discrete && follows(*point, *next)) {
                cells.push(Cell::Range(Bound::Without(*point), Bound::Without(*next)));
            }
        } else if to.is_none() {
            cells.push(Cell::Range(Bound::Without(*point), Bound::Open));
        }
    }
    cells
}

/// A whole number or day itself; of a fraction the whole numbers beside it.
fn neighbours(point: Point) -> Vec<Point> {
    match point {
        Point::Number(number) if number.as_whole().is_none() => {
            let below = number.numerator.div_euclid(number.denominator);
            [below, below + 1].into_iter().map(|whole| Point::Number(Number::whole(whole))).collect()
        }
        point => vec![point],
    }
}

/// Whether one whole number or day comes right after another.
fn follows(first: Point, next: Point) -> bool {
    match (first, next) {
        (Point::Number(a), Point::Number(b)) => a.as_whole().zip(b.as_whole()).is_some_and(|(a, b)| b - a == 1),
        (Point::Date(a), Point::Date(b)) => a.tomorrow().is_ok_and(|next| next == b),
        _ => false,
    }
}

/// Whether a test is true of all of a cell; cells are cut so that it is true of all or of none.
fn holds(test: &Test, cell: &Cell) -> Option<bool> {
    let is = |atom: &Spanned<Atom>| match (&atom.value, cell) {
        (Atom::Channel(channel), Cell::Channel(own)) => Some(channel == own),
        (Atom::Id(choice), Cell::Choice(own)) => Some(choice == own),
        (Atom::Number(number), Cell::Range(Bound::With(from), Bound::With(_))) => {
            Some(from.order(Point::Number(*number)).is_eq())
        }
        (Atom::Date(date), Cell::Range(Bound::With(from), Bound::With(_))) => {
            Some(from.order(Point::Date(*date)).is_eq())
        }
        (Atom::Number(_) | Atom::Date(_), Cell::Range(..)) => Some(false),
        _ => None,
    };
    let side = |atom: &Spanned<Atom>| match &atom.value {
        Atom::Number(number) => beside(cell, Point::Number(*number)),
        Atom::Date(date) => beside(cell, Point::Date(*date)),
        _ => None,
    };
    match test {
        Test::Holds => match cell {
            Cell::Yes => Some(true),
            Cell::No => Some(false),
            _ => None,
        },
        Test::Is(atom) => is(atom),
        Test::IsNot(atom) => is(atom).map(|is| !is),
        Test::In(atoms) => atoms.iter().map(is).try_fold(false, |any, one| Some(any | one?)),
        Test::Between(low, high) => {
            let below = side(low)?.is_lt();
            let above = match high {
                Some(high) => side(high)?.is_gt(),
                None => false,
            };
            Some(!below && !above)
        }
        Test::Above(atom) => side(atom).map(Ordering::is_gt),
        Test::Below(atom) => side(atom).map(Ordering::is_lt),
        Test::AtMost(atom) => side(atom).map(Ordering::is_le),
        Test::AtLeast(atom) => side(atom).map(Ordering::is_ge),
        Test::Exactly(_) | Test::Includes(_) => None,
    }
}

/// On which side of a point a cell lies; a cell holds a point only where it is that point alone.
fn beside(cell: &Cell, point: Point) -> Option<Ordering> {
    let Cell::Range(from, to) = cell else { return None };
    Some(match (from, to) {
        (Bound::With(own), Bound::With(_)) => own.order(point),
        (Bound::Without(from), _) if from.order(point).is_ge() => Ordering::Greater,
        (_, Bound::Without(to)) if to.order(point).is_le() => Ordering::Less,
        (Bound::Open, _) => Ordering::Less,
        _ => Ordering::Greater,
    })
}
