//! The cells of a table in their places, as HTML puts them there: a cell that goes down over several rows takes its columns from
//! the rows below.

use crate::emit::document::{Element, Node};

/// More columns Word has not.
const MOST_COLUMNS: usize = 63;

pub(super) struct Row<'d> {
    pub(super) element: &'d Element,
    pub(super) is_head: bool,
    pub(super) slots: Vec<Slot<'d>>,
}

/// A place in a row, of so many columns.
pub(super) enum Slot<'d> {
    Cell {
        element: &'d Element,
        span: usize,
        rows: usize,
    },
    /// What a cell above covers.
    Below {
        span: usize,
    },
    Empty {
        span: usize,
    },
}

impl Slot<'_> {
    pub(super) fn span(&self) -> usize {
        match self {
            Slot::Cell { span, .. } | Slot::Below { span } | Slot::Empty { span } => *span,
        }
    }
}

/// A cell that still covers rows below.
struct Over {
    column: usize,
    span: usize,
    rows: usize,
}

/// The rows of a table, each filled up to the number of columns, and that number.
pub(super) fn rows(table: &Element) -> (Vec<Row<'_>>, usize) {
    let mut rows = Vec::new();
    for part in elements(table) {
        match part.tag.as_str() {
            "tr" => group(std::iter::once(part), false, &mut rows),
            "thead" | "tbody" | "tfoot" => {
                group(elements(part).filter(|row| row.tag == "tr"), part.tag == "thead", &mut rows);
            }
            _ => {}
        }
    }
    let width = |row: &Row<'_>| row.slots.iter().map(Slot::span).sum::<usize>();
    let columns = rows.iter().map(width).max().unwrap_or(0);
    for row in &mut rows {
        let span = columns - width(row);
        if span > 0 {
            row.slots.push(Slot::Empty { span });
        }
    }
    (rows, columns)
}

fn group<'d>(elements_of: impl Iterator<Item = &'d Element>, is_head: bool, rows: &mut Vec<Row<'d>>) {
    let elements_of: Vec<&Element> = elements_of.collect();
    let mut over: Vec<Over> = Vec::new();
    for (at, element) in elements_of.iter().enumerate() {
        let left = elements_of.len() - at;
        let (mut slots, mut column, mut fresh) = (Vec::new(), 0, Vec::new());
        for cell in elements(element).filter(|cell| matches!(cell.tag.as_str(), "td" | "th")) {
            column = below(&over, column, &mut slots);
            let span = cell.colspan.unwrap_or(1).min(MOST_COLUMNS);
            // Two cells cannot have one place: a span ends where a cell from above begins.
            let free = over.iter().map(|one| one.column).filter(|&other| other >= column).min();
            let span = free.map_or(span, |free| span.min(free - column));
            let down = cell.rowspan.unwrap_or(1).min(left);
            slots.push(Slot::Cell { element: cell, span, rows: down });
            if down > 1 {
                fresh.push(Over { column, span, rows: down });
            }
            column += span;
        }
        // Those that stand behind the last cell.
        loop {
            let reached = below(&over, column, &mut slots);
            let next = over.iter().map(|one| one.column).filter(|&other| other > reached).min();
            column = reached;
            let Some(next) = next else { break };
            slots.push(Slot::Empty { span: next - column });
            column = next;
        }
        over.extend(fresh);
        over.iter_mut().for_each(|one| one.rows -= 1);
        over.retain(|one| one.rows > 0);
        rows.push(Row { element, is_head, slots });
    }
}

/// Passes over what cells above cover from a column on.
fn below(over: &[Over], from: usize, slots: &mut Vec<Slot<'_>>) -> usize {
    let mut column = from;
    while let Some(one) = over.iter().find(|one| one.column == column) {
        slots.push(Slot::Below { span: one.span });
        column += one.span;
    }
    column
}

fn elements(of: &Element) -> impl Iterator<Item = &Element> {
    of.children.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::document;

    fn told(table: &str) -> Vec<String> {
        let document = document::read(&format!("<body>{table}</body>"));
        let Some(Node::Element(table)) = document.children.first() else { panic!("no table") };
        let (rows, columns) = rows(table);
        let slot = |slot: &Slot<'_>| match slot {
            Slot::Cell { span, rows, .. } => format!("c{span}x{rows}"),
            Slot::Below { span } => format!("b{span}"),
            Slot::Empty { span } => format!("e{span}"),
        };
        let row = |row: &Row<'_>| {
            assert_eq!(row.slots.iter().map(Slot::span).sum::<usize>(), columns);
            let head = if row.is_head { "head " } else { "" };
            format!("{head}{}", row.slots.iter().map(slot).collect::<Vec<_>>().join(" "))
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn cells_take_their_places() {
        let table =
            "<table><thead><tr><th>1<th>2<th>3</thead><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d</table>";
        assert_eq!(told(table), ["head c1x1 c1x1 c1x1", "c2x2 c1x1", "b2 c1x1", "c1x1 e2"]);
    }

    #[test]
    fn cells_from_above_may_stand_behind_the_last() {
        let table = "<table><tr><td>a<td>b<td rowspan=9>c<tr><td>d</table>";
        assert_eq!(told(table), ["c1x1 c1x1 c1x2", "c1x1 e1 b1"]);
    }

    #[test]
    fn a_span_stops_at_a_cell_from_above_and_at_the_end_of_its_group() {
        let table = "<table><tr><td>a<td rowspan=2>b<tr><td colspan=5>c<tbody><tr><td rowspan=9>d</table>";
        assert_eq!(told(table), ["c1x1 c1x2", "c1x1 b1", "c1x1 e1"]);
        let wide = told("<table><tr><td colspan=1000>a</table>");
        assert_eq!(wide, ["c63x1"]);
    }
}
