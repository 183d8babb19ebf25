//! The cells of a table on their grid, by the rules of HTML ("forming a table"): what a cell covers never reaches beyond
//! its group of rows, a row that has too few cells is filled up, and no two cells overlap.

use super::{Element, Node};

/// A table with its rows in the order in which they are printed: head, bodies, foot.
pub(in crate::emit) struct Grid<'a> {
    pub columns: usize,
    pub caption: Option<&'a Element>,
    pub rows: Vec<Row<'a>>,
}

pub(in crate::emit) struct Row<'a> {
    /// Whether it is of the head, which every page repeats.
    pub head: bool,
    pub class: &'a [String],
    pub cells: Vec<Cell<'a>>,
}

/// A cell; without an element where a row has too few.
pub(in crate::emit) struct Cell<'a> {
    pub element: Option<&'a Element>,
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
}

/// No table of a document has more; a number in a template must not eat the memory.
const MOST_COLUMNS: usize = 100;

impl<'a> Grid<'a> {
    pub(in crate::emit) fn of(table: &'a Element) -> Grid<'a> {
        let groups = groups(table);
        let columns = groups.iter().map(|group| laid(&group.rows).0).max().unwrap_or(0);
        let mut rows = Vec::new();
        for group in groups {
            let (_, mut laid) = laid(&group.rows);
            fill(&mut laid, columns);
            let all = group.rows.iter().zip(laid);
            rows.extend(all.map(|(row, cells)| Row { head: group.head, class: &row.class, cells }));
        }
        Grid { columns, caption: elements(table).find(|one| one.tag == "caption"), rows }
    }
}

struct Group<'a> {
    head: bool,
    rows: Vec<&'a Element>,
}

fn elements(of: &Element) -> impl Iterator<Item = &Element> {
    of.children.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// Heads first, feet last; rows without a group are a body.
fn groups(table: &Element) -> Vec<Group<'_>> {
    let mut groups: Vec<(u8, Group<'_>)> = Vec::new();
    for one in elements(table) {
        let place = match one.tag.as_str() {
            "thead" => 0,
            "tbody" => 1,
            "tfoot" => 2,
            "tr" => {
                groups.push((1, Group { head: false, rows: vec![one] }));
                continue;
            }
            _ => continue,
        };
        let rows: Vec<&Element> = elements(one).filter(|row| row.tag == "tr").collect();
        groups.push((place, Group { head: place == 0, rows }));
    }
    groups.sort_by_key(|(place, _)| *place);
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The cells of the rows of a group, and how many columns they need.
fn laid<'a>(rows: &[&'a Element]) -> (usize, Vec<Vec<Cell<'a>>>) {
    let mut columns = 0;
    // How many rows, from this one on, a cell from above still covers in each column.
    let mut covered: Vec<usize> = Vec::new();
    let mut all = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut cells = Vec::new();
        let mut column = 0;
        for cell in elements(row).filter(|cell| matches!(cell.tag.as_str(), "td" | "th")) {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            if column >= MOST_COLUMNS {
                break;
            }
            let wanted = cell.colspan.unwrap_or(1).min(MOST_COLUMNS - column);
            let free = (column..column + wanted).take_while(|at| covered.get(*at).is_none_or(|rows| *rows == 0));
            let (wide, high) = (free.count(), cell.rowspan.unwrap_or(1).min(rows.len() - at));
            covered.resize(covered.len().max(column + wide), 0);
            covered[column..column + wide].fill(high);
            cells.push(Cell { element: Some(cell), column, columns: wide, rows: high });
            column += wide;
        }
        columns = columns.max(covered.len());
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        all.push(cells);
    }
    (columns, all)
}

/// Puts an empty cell wherever no cell is.
fn fill(rows: &mut [Vec<Cell<'_>>], columns: usize) {
    let mut covered = vec![0_usize; columns];
    for cells in rows {
        for cell in cells.iter() {
            covered[cell.column..cell.column + cell.columns].fill(cell.rows);
        }
        let empty = (0..columns).filter(|column| covered[*column] == 0);
        cells.extend(empty.map(|column| Cell { element: None, column, columns: 1, rows: 1 }));
        cells.sort_by_key(|cell| cell.column);
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn drawn(table: &str) -> Vec<String> {
        let document = read(&format!("<body>{table}</body>"));
        let Some(Node::Element(table)) = document.children.first() else { panic!("a table is read") };
        let grid = Grid::of(table);
        let text = |cell: &Cell<'_>| match cell.element.map(|one| one.children.as_slice()) {
            None => "_".to_owned(),
            Some([Node::Text(text)]) => text.clone(),
            Some(_) => "?".to_owned(),
        };
        let row = |row: &Row<'_>| {
            let cells =
                row.cells.iter().map(|cell| format!("{}@{}+{}x{}", text(cell), cell.column, cell.columns, cell.rows));
            format!("{}{}", if row.head { "head " } else { "" }, cells.collect::<Vec<_>>().join(" "))
        };
        std::iter::once(grid.columns.to_string()).chain(grid.rows.iter().map(row)).collect()
    }

    #[test]
    fn spans_gaps_and_groups_come_onto_one_grid() {
        let table = "<table><tbody><tr><td rowspan=2>a<td colspan=2>b<tr><td>c</tbody>
            <tfoot><tr><td>z</tfoot><thead><tr><th rowspan=9>A<th>B<th>C</thead></table>";
        assert_eq!(
            drawn(table),
            ["3", "head A@0+1x1 B@1+1x1 C@2+1x1", "a@0+1x2 b@1+2x1", "c@1+1x1 _@2+1x1", "z@0+1x1 _@1+1x1 _@2+1x1"]
        );
    }

    #[test]
    fn a_span_stops_at_what_is_taken_and_at_the_most_columns() {
        let table = "<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c</table>";
        assert_eq!(drawn(table), ["2", "a@0+1x1 b@1+1x2", "c@0+1x1"]);
        assert_eq!(drawn("<table><tr><td colspan=4000000>a</table>"), ["100", "a@0+100x1"]);
        assert_eq!(drawn("<table><tr></tr></table>"), ["0", ""]);
    }
}
