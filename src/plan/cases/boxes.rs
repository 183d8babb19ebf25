//! Cases as rows of a table: few boxes in place of many leaves, and one concrete case out of a box.

use rustc_hash::FxHashMap;

use super::cells::{Bound, Cell, Point};
use super::{Case, Space};
use crate::model::Number;

impl Space {
    /// Leaves that come to the same and differ in one column alone are joined, until none are left that do. What did not
    /// overlap before does not overlap after, and as much is covered.
    pub fn merged<T: PartialEq + Clone>(&self, leaves: Vec<(Case, T)>) -> Vec<(Case, T)> {
        let mut values: Vec<T> = Vec::new();
        let mut rows: Vec<(Case, usize)> = Vec::with_capacity(leaves.len());
        for (case, value) in leaves {
            let known = values.iter().position(|known| *known == value).unwrap_or(values.len());
            if known == values.len() {
                values.push(value);
            }
            rows.push((case, known));
        }
        loop {
            let before = rows.len();
            rows = (0..self.columns.len()).fold(rows, |rows, column| self.joined(rows, column));
            if rows.len() == before {
                return rows.into_iter().map(|(case, value)| (case, values[value].clone())).collect();
            }
        }
    }

    /// Rows that agree in all but one column, as one.
    fn joined(&self, rows: Vec<(Case, usize)>, column: usize) -> Vec<(Case, usize)> {
        let mut joined: Vec<(Case, usize)> = Vec::with_capacity(rows.len());
        let mut places: FxHashMap<(Case, usize), usize> = FxHashMap::default();
        for (case, value) in rows {
            let next = joined.len();
            let place = *places.entry((self.widened(&case, column), value)).or_insert(next);
            match joined.get_mut(place) {
                Some((known, _)) => known.bits.iter_mut().zip(&case.bits).for_each(|(own, other)| *own |= other),
                None => joined.push((case, value)),
            }
        }
        joined
    }

    /// Whether a case says nothing of a column.
    pub fn is_whole(&self, case: &Case, column: usize) -> bool {
        self.cells_of(case, column).len() == self.columns[column].cells.len()
    }

    /// One case out of a box; another `turn` takes other answers.
    pub fn witness(&self, case: &Case, turn: usize) -> Case {
        (0..self.columns.len()).fold(case.clone(), |case, column| {
            let cells = self.cells_of(&case, column);
            match cells.get(turn % cells.len().max(1)) {
                Some(&cell) => self.with_cell(&case, column, cell),
                None => case,
            }
        })
    }

    /// The one answer that a case leaves in a column.
    pub fn answer(&self, case: &Case, column: usize) -> Option<&Cell> {
        match self.cells_of(case, column).as_slice() {
            [only] => self.columns[column].cells.get(*only),
            _ => None,
        }
    }

    /// The cells of a column as runs of neighbours. A run that ends right before the next cell's first value is left open up
    /// to that value, so that runs of whole numbers leave nothing between them.
    pub fn spans(&self, case: &Case, column: usize) -> Vec<(Bound, Bound)> {
        let cells = &self.columns[column].cells;
        let mut runs: Vec<(usize, Bound, Bound)> = Vec::new();
        for at in self.cells_of(case, column) {
            let Cell::Range(from, to) = cells[at] else { continue };
            match runs.last_mut() {
                Some((last, _, end)) if *last + 1 == at => (*last, *end) = (at, to),
                _ => runs.push((at, from, to)),
            }
        }
        let closed = |(last, from, to): (usize, Bound, Bound)| match (to, cells.get(last + 1)) {
            (Bound::With(_), Some(Cell::Range(Bound::With(next), _))) => (from, Bound::Without(*next)),
            _ => (from, to),
        };
        runs.into_iter().map(closed).collect()
    }
}

impl Cell {
    /// Some value of a range: its own end, else one inside, a whole number where one lies there.
    pub fn sample(&self) -> Option<Point> {
        let Cell::Range(from, to) = self else { return None };
        Some(match (from, to) {
            (Bound::With(point), _) | (_, Bound::With(point)) => *point,
            (Bound::Without(Point::Number(a)), Bound::Without(Point::Number(b))) => {
                let next = Number::whole(a.numerator.div_euclid(a.denominator) + 1);
                let half = a.plus(*b).times(Number::new(1, 2));
                Point::Number(if next.compare(*b).is_lt() { next } else { half })
            }
            (Bound::Without(Point::Number(a)), _) => Point::Number(a.plus(Number::whole(1))),
            (_, Bound::Without(Point::Number(b))) => Point::Number(b.plus(Number::whole(-1))),
            (Bound::Without(Point::Date(a)), _) => Point::Date(a.tomorrow().ok()?),
            (_, Bound::Without(Point::Date(b))) => Point::Date(b.yesterday().ok()?),
            (Bound::Open, Bound::Open) => return None,
        })
    }
}
