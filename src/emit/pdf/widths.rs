//! How wide the columns of a table are, where the page does not say: no word is broken as long as all words fit, a column of
//! numbers is as wide as its numbers, and the columns of prose share the rest by how much they say.

use super::faces::Faces;
use crate::emit::document::{Cell, Element, Grid, Node, Row};

/// The sizes of `templates/page.typ`, in points.
pub(super) const CELL_SIZE: f64 = 12.0;
pub(super) const SMALL_SIZE: f64 = 10.5;
const LINE: f64 = 15.0;
/// Left and right of the text of a cell: 2 mm each, with a hair for the lines.
pub(super) const PADDING: f64 = 12.0;
/// The dash before a small line: three quarters of its size.
const DASH: f64 = 8.0;
/// Where a hand signs: 32 mm.
const SIGNATURE: f64 = 91.0;
/// A box to tick with its gap.
const BOX: f64 = 14.0;

/// The lines of a cell as they would be with all room.
#[derive(Default)]
struct Extent {
    /// Of the longest word.
    word: f64,
    lines: Vec<f64>,
    open: f64,
    /// Of what stands behind a dash.
    indent: f64,
}

impl Extent {
    fn of(faces: &Faces, cell: &Element) -> Extent {
        let mut extent = Extent::default();
        extent.take(faces, &cell.children, if cell.tag == "th" { (CELL_SIZE, true) } else { (CELL_SIZE, false) });
        extent.end();
        if cell.is("sign") {
            extent.word = extent.word.max(SIGNATURE);
        }
        extent
    }

    fn end(&mut self) {
        if self.open > 0.0 {
            self.lines.push(self.open + self.indent);
            self.open = 0.0;
        }
    }

    fn take(&mut self, faces: &Faces, nodes: &[Node], (size, bold): (f64, bool)) {
        for node in nodes {
            match node {
                Node::Text(text) => {
                    self.open += faces.width(text, size, bold);
                    let words = text.split(' ').map(|word| faces.width(word, size, bold) + self.indent);
                    self.word = words.fold(self.word, f64::max);
                }
                Node::Element(one) => {
                    let own_line = !matches!(one.tag.as_str(), "a" | "b" | "em" | "i" | "span" | "strong")
                        || ["case", "when", "moment"].iter().any(|class| one.is(class));
                    if own_line {
                        self.end();
                    }
                    if one.tag == "small" {
                        self.indent = DASH;
                    }
                    let size = if one.tag == "small" { SMALL_SIZE } else { size };
                    self.take(faces, &one.children, (size, bold || matches!(one.tag.as_str(), "b" | "strong")));
                    if one.is("box") {
                        self.open += BOX;
                    }
                    if own_line {
                        self.end();
                    }
                    if one.tag == "small" {
                        self.indent = 0.0;
                    }
                    if one.is("results") {
                        self.word = self.lines.iter().copied().fold(self.word, f64::max);
                    }
                }
            }
        }
    }

    fn widest(&self) -> f64 {
        self.lines.iter().copied().fold(self.word, f64::max)
    }
}

/// The widths of the columns, in points, together `room`.
pub(super) fn columns(faces: &Faces, grid: &Grid<'_>, room: f64) -> Vec<f64> {
    let count = grid.columns;
    let (mut least, mut most, mut said) = (vec![0.0_f64; count], vec![0.0_f64; count], vec![0.0_f64; count]);
    // The lines of every cell of one column, by row.
    let mut cells: Vec<Vec<(usize, Vec<f64>)>> = vec![Vec::new(); grid.rows.len()];
    let mut spanning = Vec::new();
    for (row, cell) in grid.rows.iter().zip(0..).flat_map(|(row, at)| row.cells.iter().map(move |cell| (at, cell))) {
        let Some(element) = cell.element else { continue };
        let (extent, at) = (Extent::of(faces, element), cell.column);
        if cell.columns > 1 {
            spanning.push((cell, extent.word + PADDING));
            continue;
        }
        least[at] = least[at].max(extent.word + PADDING);
        most[at] = most[at].max(extent.widest() + PADDING);
        said[at] += extent.lines.iter().sum::<f64>();
        cells[row].push((at, extent.lines));
    }
    for (cell, word) in spanning {
        let covered = cell.column..cell.column + cell.columns;
        let missing = word - least[covered.clone()].iter().sum::<f64>();
        if missing > 0.0 {
            covered.for_each(|at| least[at] += missing / cell.columns as f64);
        }
    }
    most.iter_mut().zip(&least).for_each(|(most, least)| *most = most.max(*least));
    let shared = share(&least, &most, &said, room);
    if most.iter().sum::<f64>() <= room { shared } else { lowered(shared, &least, &cells) }
}

/// Moves room from one column to another as long as the table becomes lower by it.
fn lowered(mut widths: Vec<f64>, least: &[f64], cells: &[Vec<(usize, Vec<f64>)>]) -> Vec<f64> {
    let lines = |widths: &[f64]| -> f64 {
        let cell = |(at, lines): &(usize, Vec<f64>)| {
            let room = (widths[*at] - PADDING).max(1.0);
            lines.iter().map(|line| (line / room).ceil()).sum::<f64>()
        };
        cells.iter().map(|row| row.iter().map(cell).fold(0.0, f64::max)).sum()
    };
    let mut now = lines(&widths);
    for step in [40.0, 20.0, 10.0] {
        // Each round takes a line away; a table that would take more rounds is good enough.
        for _ in 0..30 {
            let mut best: Option<(f64, usize, usize)> = None;
            for from in (0..widths.len()).filter(|at| widths[*at] - step >= least[*at]) {
                for to in (0..widths.len()).filter(|to| *to != from) {
                    let mut tried = widths.clone();
                    tried[from] -= step;
                    tried[to] += step;
                    let then = lines(&tried);
                    if then < best.map_or(now, |(lines, ..)| lines) {
                        best = Some((then, from, to));
                    }
                }
            }
            let Some((then, from, to)) = best else { break };
            widths[from] -= step;
            widths[to] += step;
            now = then;
        }
    }
    widths
}

/// Each column gets no less than its longest word asks for, if they all fit.
fn share(least: &[f64], most: &[f64], said: &[f64], room: f64) -> Vec<f64> {
    let wanted: f64 = most.iter().sum();
    let needed: f64 = least.iter().sum();
    if needed > room {
        return least.iter().map(|width| width * room / needed).collect();
    }
    if wanted <= room {
        // The prose takes what is over: numbers gain nothing by it.
        let widest = most.iter().copied().fold(0.0, f64::max);
        let prose: f64 = most.iter().filter(|width| **width * 2.0 > widest).sum();
        let one = |width: &f64| if width * 2.0 > widest { width + (room - wanted) * width / prose } else { *width };
        return most.iter().map(one).collect();
    }
    // Who wants no more than an even share gets it; the others share by the root of what they say, which makes them about
    // equally high together with the fewest lines.
    let mut given: Vec<Option<f64>> = vec![None; most.len()];
    loop {
        let open: Vec<usize> = (0..most.len()).filter(|at| given[*at].is_none()).collect();
        let left = room - given.iter().flatten().sum::<f64>();
        let even = left / open.len().max(1) as f64;
        let content: Vec<usize> = open.iter().copied().filter(|at| most[*at] <= even).collect();
        if content.is_empty() {
            let weight = |at: usize| said[at].max(1.0).sqrt();
            let all: f64 = open.iter().map(|at| weight(*at)).sum();
            let Some(short) = open.iter().copied().find(|at| least[*at] > left * weight(*at) / all) else {
                open.iter().for_each(|at| given[*at] = Some(left * weight(*at) / all));
                break;
            };
            given[short] = Some(least[short]);
        }
        content.into_iter().for_each(|at| given[at] = Some(most[at]));
    }
    given.into_iter().map(Option::unwrap_or_default).collect()
}

/// About how high a row becomes, in points.
pub(super) fn height(faces: &Faces, row: &Row<'_>, columns: &[f64]) -> f64 {
    let one = |cell: &Cell<'_>| {
        let room = (columns[cell.column..cell.column + cell.columns].iter().sum::<f64>() - PADDING).max(1.0);
        let lines = cell.element.map(|element| Extent::of(faces, element).lines).unwrap_or_default();
        lines.iter().map(|line| (line / room).ceil() * LINE).sum::<f64>() / cell.rows as f64
    };
    row.cells.iter().map(one).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::{lowered, share};

    #[test]
    fn room_goes_to_the_column_that_makes_a_row_high() {
        let cells = vec![vec![(0, vec![150.0]), (1, vec![800.0])], vec![(0, vec![90.0]), (1, vec![20.0])]];
        let got = lowered(vec![200.0, 100.0], &[40.0, 40.0], &cells);
        assert_eq!(got.iter().sum::<f64>(), 300.0);
        assert!(got[0] <= 120.0 && got[0] >= 40.0, "{got:?}");
    }

    fn rounded(least: &[f64], most: &[f64], said: &[f64]) -> Vec<f64> {
        share(least, most, said, 400.0).into_iter().map(f64::round).collect()
    }

    #[test]
    fn numbers_are_narrow_and_prose_shares_the_rest() {
        let got = rounded(&[20.0, 60.0, 60.0, 50.0], &[25.0, 2000.0, 500.0, 90.0], &[25.0, 16000.0, 4000.0, 90.0]);
        assert_eq!(got, [25.0, 190.0, 95.0, 90.0]);
    }

    #[test]
    fn no_column_is_narrower_than_its_longest_word() {
        assert_eq!(rounded(&[150.0, 60.0], &[2000.0, 2000.0], &[1.0, 1e9]), [150.0, 250.0]);
        assert_eq!(rounded(&[300.0, 500.0], &[300.0, 500.0], &[1.0, 1.0]), [150.0, 250.0], "they do not fit");
    }

    #[test]
    fn what_is_over_goes_to_the_prose() {
        assert_eq!(rounded(&[10.0, 50.0], &[20.0, 100.0], &[1.0, 1.0]), [20.0, 380.0]);
    }
}
