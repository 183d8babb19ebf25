//! Tables: those of the page, and those that only put things side by side.

mod grid;

use docx_rs::{
    AlignmentType, BorderType, Shading, ShdType, Table, TableBorder, TableBorderPosition, TableBorders, TableCell,
    TableCellBorder, TableCellBorderPosition, TableCellMargins, TableLayoutType, TableRow, VMergeType, WidthType,
};

use self::grid::{Row, Slot};
use super::lines::{BODY, CENTRE, Column, own_line, plain};
use super::package::HEADER_ROW;
use super::widths::{self, Need};
use super::{Around, Block, Look, Place, Writer, dxa};
use crate::emit::document::{Element, Node, is_block};

/// What a cell keeps free at its left and right, in twentieths of a point.
const PADDING: usize = 100;
/// The size of text in a table, in twentieths of a point.
const TEXT: f64 = 240.0;
/// What a note in small letters weighs, against other text: it may as well run over several lines.
const NOTE: f64 = 0.6;
const LINE: &str = "7F7F7F";
const TINT: &str = "F3F3F0";

impl Writer {
    pub(super) fn table(&mut self, element: &Element, around: Around, column: &mut Column) {
        for caption in elements(&element.children).filter(|child| child.tag == "caption") {
            self.block(caption, Around { keeps: true, ..around }, column);
        }
        let (rows, columns) = grid::rows(element);
        if columns == 0 {
            return;
        }
        let widths = widths::shared(&needs(&rows, columns), around.width, 2.0 * PADDING as f64);
        let made = (0..rows.len()).map(|at| {
            let before_sum = rows.get(at + 1).is_some_and(|next| next.element.is("sum") && !rows[at].element.is("sum"));
            let keeps = ["stage", "band"].iter().any(|class| rows[at].element.is(class)) || before_sum;
            self.row(&rows[at], &widths, Around { keeps, align: None, left: 0, depth: 0, ..around })
        });
        let table = framed(made.collect(), widths, Some(lines(4, true))).style("TableGrid");
        self.put(table, around, column);
    }

    fn row(&mut self, row: &Row<'_>, widths: &[usize], around: Around) -> TableRow {
        let mut column = 0;
        let mut cells = Vec::with_capacity(row.slots.len());
        for slot in &row.slots {
            let span = slot.span();
            let width = widths[column..column + span].iter().sum::<usize>();
            column += span;
            let mut cell = TableCell::new().width(width, WidthType::Dxa);
            if span > 1 {
                cell = cell.grid_span(span);
            }
            cells.push(match slot {
                Slot::Cell { element, rows, .. } => {
                    let cell = if *rows > 1 { cell.vertical_merge(VMergeType::Restart) } else { cell };
                    self.cell(element, row, cell, Around { width: inside(width), ..around })
                }
                Slot::Below { .. } => {
                    let empty = self.paragraph(Around { style: "TableText", ..around });
                    cell.vertical_merge(VMergeType::Continue).add_paragraph(empty)
                }
                Slot::Empty { .. } => cell.add_paragraph(self.paragraph(Around { style: "TableText", ..around })),
            });
        }
        let row_made = TableRow::new(cells).cant_split();
        if row.is_head { row_made.row_height(HEADER_ROW) } else { row_made }
    }

    fn cell(&mut self, element: &Element, row: &Row<'_>, cell: TableCell, around: Around) -> TableCell {
        let is = |class| row.element.is(class);
        let is_head = element.tag == "th";
        let place = if element.is("sign") { Place::Signing } else { Place::Cell };
        let mut inner = Around { style: "TableText", place, ..around };
        if is_head {
            inner.style = if row.is_head { "TableHead" } else { "TableLabel" };
        }
        if element.is("centre") || element.is("number") {
            inner.align = CENTRE;
        }
        if is("sum") {
            inner.style = "TableLabel";
            inner.align = is_head.then_some(AlignmentType::Right);
        } else if is("part") {
            inner.style = "TableText";
            inner.left = if is_head { dxa(13.0) } else { 0 };
        } else if is("band") {
            inner.look = Look { italic: true, ..inner.look };
            inner.left = dxa(13.0);
        } else if is("inside") && element.is("work") {
            inner.left = dxa(4.0);
        }
        let mut cell = cell;
        if row.is_head || is("stage") || is("band") {
            cell = cell.shading(Shading::new().shd_type(ShdType::Clear).fill(TINT));
        }
        if is("total") {
            let thick = TableCellBorder::new(TableCellBorderPosition::Top).size(12).color(LINE);
            cell = cell.set_borders(docx_rs::TableCellBorders::with_empty().set(thick));
        }
        filled(cell, self.column(&element.children, inner))
    }

    /// A `dl`: what is named at the left, what is said of it at the right.
    pub(super) fn facts(&mut self, list: &Element, around: Around, column: &mut Column) {
        let mut rows: Vec<(Vec<&Element>, Vec<&Element>)> = Vec::new();
        entries(list, &mut |entry| match (entry.tag.as_str(), rows.last_mut()) {
            ("dt", Some((names, said))) if said.is_empty() => names.push(entry),
            ("dt", _) => rows.push((vec![entry], Vec::new())),
            (_, Some((_, said))) => said.push(entry),
            (_, None) => rows.push((Vec::new(), vec![entry])),
        });
        if rows.is_empty() {
            return;
        }
        let name_width = |entry: &&Element| {
            let mut text = String::new();
            plain(&entry.children, &mut text);
            widths::of_text(&text, BODY, true)
        };
        let longest = rows.iter().flat_map(|(names, _)| names).map(name_width).fold(0.0, f64::max);
        let left = (longest as usize + 3 * PADDING).min(around.width * 2 / 5);
        let widths = vec![left, around.width - left];
        let mut made = Vec::with_capacity(rows.len());
        for (names, said) in rows {
            let mut cells = Vec::with_capacity(2);
            for ((entries, style), width) in [(names, "FactName"), (said, "Fact")].into_iter().zip(&widths) {
                let inner =
                    Around { style, width: inside(*width), align: None, left: 0, place: Place::Beside, ..around };
                let mut cell = TableCell::new().width(*width, WidthType::Dxa);
                for entry in &entries {
                    cell = filled(cell, self.column(&entry.children, inner));
                }
                cells.push(if entries.is_empty() { cell.add_paragraph(self.paragraph(inner)) } else { cell });
            }
            made.push(TableRow::new(cells).cant_split());
        }
        self.put(framed(made, widths, None), around, column);
    }

    /// The parts of an element side by side: the head of a page, and the box with the answer in it.
    pub(super) fn beside(&mut self, element: &Element, around: Around, column: &mut Column) {
        let parts: Vec<&Element> = elements(&element.children).collect();
        let is_head = element.is("head");
        let widths = if is_head { head_widths(&parts, around.width) } else { box_widths(&parts, around.width) };
        let mut cells = Vec::with_capacity(parts.len());
        for (part, width) in parts.into_iter().zip(&widths) {
            let style = match is_head {
                true if part.is("recipients") => "TableText",
                true => "Letterhead",
                false => "Fact",
            };
            let inner = Around { style, width: inside(*width), align: None, left: 0, place: Place::Beside, ..around };
            let cell = TableCell::new().width(*width, WidthType::Dxa);
            cells.push(filled(cell, self.column(std::slice::from_ref(&Node::Element(part.clone())), inner)));
        }
        if !cells.is_empty() {
            let row = vec![TableRow::new(cells).cant_split()];
            self.put(framed(row, widths, (!is_head).then(|| lines(12, false))), around, column);
        }
    }
}

/// Every `dt` and `dd`, also those that are put together in a `div`.
fn entries<'d>(list: &'d Element, take: &mut dyn FnMut(&'d Element)) {
    for child in elements(&list.children) {
        if child.tag == "div" { entries(child, take) } else { take(child) }
    }
}

fn elements(nodes: &[Node]) -> impl Iterator<Item = &Element> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// The motto of the state has to stand on one line beside the name of the agency.
fn head_widths(parts: &[&Element], width: usize) -> Vec<usize> {
    match parts.len() {
        2 => vec![width * 2 / 5, width - width * 2 / 5],
        many => widths::shared(&vec![Need::default(); many], width, 0.0),
    }
}

/// A code is 30 mm wide, and what is written has the rest.
fn box_widths(parts: &[&Element], width: usize) -> Vec<usize> {
    let code = dxa(38.0) as usize;
    let codes = parts.iter().filter(|part| part.is("qr")).count();
    let others = parts.len() - codes;
    if others == 0 || width < code * (codes + 1) {
        return widths::shared(&vec![Need::default(); parts.len()], width, 0.0);
    }
    let mut rest = widths::shared(&vec![Need::default(); others], width - code * codes, 0.0).into_iter();
    parts.iter().map(|part| if part.is("qr") { code } else { rest.next().unwrap_or(code) }).collect()
}

/// What text has of the width of a cell.
fn inside(width: usize) -> usize {
    width.saturating_sub(2 * PADDING)
}

fn filled(cell: TableCell, blocks: Vec<Block>) -> TableCell {
    blocks.into_iter().fold(cell, |cell, block| match block {
        Block::Paragraph(paragraph) => cell.add_paragraph(*paragraph),
        Block::Table(table) => cell.add_table(*table),
    })
}

/// Lines around a table, `size` eighths of a point wide, and between its cells or not.
fn lines(size: usize, between: bool) -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let color = if between { LINE } else { "000000" };
    let line = |at| TableBorder::new(at).border_type(BorderType::Single).size(size).color(color);
    let around = [Top, Left, Bottom, Right].into_iter().fold(TableBorders::with_empty(), |all, at| all.set(line(at)));
    if between { around.set(line(InsideH)).set(line(InsideV)) } else { around }
}

fn framed(rows: Vec<TableRow>, widths: Vec<usize>, lines: Option<TableBorders>) -> Table {
    let total = widths.iter().sum();
    Table::new(rows)
        .width(total, WidthType::Dxa)
        .set_grid(widths)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(30, PADDING, 30, PADDING))
        .set_borders(lines.unwrap_or_else(TableBorders::with_empty))
}

/// What each column needs, from the cells that stand in one column alone.
fn needs(rows: &[Row<'_>], columns: usize) -> Vec<Need> {
    let mut needs = vec![Need::default(); columns];
    for row in rows {
        let mut column = 0;
        for slot in &row.slots {
            if let Slot::Cell { element, span: 1, .. } = slot {
                let mut text = Lines::default();
                text.read(&element.children, element.is("sign"));
                let mut need = Need::default();
                for line in &text.lines {
                    need.add(widths::of_line(
                        &line.text,
                        TEXT,
                        element.tag == "th",
                        if line.is_small { NOTE } else { 1.0 },
                    ));
                }
                if element.is("sign") {
                    need.least = need.least.max(f64::from(dxa(32.0)));
                }
                needs[column].add(need);
            }
            column += slot.span();
        }
    }
    needs
}

/// The text of a cell, a line for each part that has its own.
#[derive(Default)]
struct Lines {
    lines: Vec<Line>,
    is_open: bool,
}

struct Line {
    text: String,
    is_small: bool,
}

impl Lines {
    fn read(&mut self, nodes: &[Node], is_signing: bool) {
        let place = if is_signing { Place::Signing } else { Place::Cell };
        for node in nodes {
            match node {
                Node::Text(text) => self.add(text),
                Node::Element(element) => {
                    let around = Around {
                        style: "TableText",
                        look: Look::default(),
                        width: 0,
                        left: 0,
                        align: None,
                        keeps: false,
                        depth: 0,
                        place,
                    };
                    let own = is_block(&element.tag) || element.tag == "br" || own_line(element, around).is_some();
                    self.is_open &= !own;
                    if element.is("box") {
                        self.add("☐\u{a0}");
                    }
                    let from = self.lines.len();
                    self.read(&element.children, is_signing);
                    for line in &mut self.lines[from..] {
                        line.is_small |= element.tag == "small";
                        // Choices and blanks to fill in stand on one line each.
                        if element.is("results") || element.is("moment") {
                            line.text = line.text.replace(' ', "\u{a0}");
                        }
                    }
                    self.is_open &= !own;
                }
            }
        }
    }

    fn add(&mut self, text: &str) {
        match self.lines.last_mut().filter(|_| self.is_open) {
            Some(line) => line.text.push_str(text),
            None => self.lines.push(Line { text: text.to_owned(), is_small: false }),
        }
        self.is_open = true;
    }
}
