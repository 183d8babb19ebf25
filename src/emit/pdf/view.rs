//! The page as `templates/page.typ` sees it: the elements of a [`Document`], with tables on their grid, headings without a
//! gap in their levels (PDF/UA), and words that would not fit their column free to be broken.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

use super::faces::Faces;
use super::widths;
use crate::emit::document::{self, Cell, Document, Element, Grid, Node};

/// A4 without the margins of Decree 30/2020 (left 30 mm, right 15 mm), in points.
const PORTRAIT: f64 = 165.0 * MILLIMETRE;
const LANDSCAPE: f64 = 252.0 * MILLIMETRE;
const MILLIMETRE: f64 = 72.0 / 25.4;
/// A row or a box that is higher may be split between pages: three fifths of the page.
const HIGH: f64 = 430.0;
/// The size of the text, in points.
const SIZE: f64 = 13.0;

#[derive(Serialize)]
pub(super) struct View<'a> {
    lang: &'a str,
    title: &'a str,
    class: &'a [String],
    children: Vec<Piece<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Piece<'a> {
    Text(String),
    Element(Box<Part<'a>>),
}

#[derive(Serialize)]
struct Part<'a> {
    tag: &'a str,
    class: &'a [String],
    href: Option<&'a str>,
    /// A whole SVG file.
    svg: Option<String>,
    label: Option<&'a str>,
    /// Of a heading that says something, from 1.
    level: Option<u8>,
    /// Too high to be kept on one page.
    high: bool,
    columns: Option<Vec<f64>>,
    rows: Option<Vec<RowView<'a>>>,
    children: Vec<Piece<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    head: bool,
    class: &'a [String],
    high: bool,
    cells: Vec<CellView<'a>>,
}

#[derive(Serialize)]
struct CellView<'a> {
    tag: &'a str,
    class: &'a [String],
    columns: usize,
    rows: usize,
    children: Vec<Piece<'a>>,
}

struct Maker<'f> {
    faces: &'f Faces,
    level: u8,
    /// Of the letters at this place, in points.
    size: f64,
}

impl<'a> View<'a> {
    pub(super) fn of(document: &'a Document, faces: &Faces) -> View<'a> {
        let room = if document.class.iter().any(|one| one == "landscape") { LANDSCAPE } else { PORTRAIT };
        View {
            lang: &document.lang,
            title: &document.title,
            class: &document.class,
            children: Maker { faces, level: 0, size: SIZE }.pieces(&document.children, room, true),
        }
    }
}

impl Maker<'_> {
    /// `loose`: what holds the nodes does not count them, as the letterhead does that sets each as a column.
    fn pieces<'a>(&mut self, nodes: &'a [Node], room: f64, loose: bool) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => pieces.push(Piece::Text(self.fitting(text, room))),
                Node::Element(element) if loose && only_wraps(element) => {
                    pieces.extend(self.pieces(&element.children, room, true));
                }
                Node::Element(element) => pieces.push(Piece::Element(Box::new(self.part(element, room)))),
            }
        }
        pieces
    }

    fn part<'a>(&mut self, element: &'a Element, room: f64) -> Part<'a> {
        let level = level(&element.tag).filter(|_| letters(element) > 0).map(|level| level.min(self.level + 1));
        self.level = level.unwrap_or(self.level);
        let mut part = Part {
            tag: &element.tag,
            class: &element.class,
            href: element.href.as_deref().filter(|href| is_address(href)),
            svg: element.svg.as_deref().map(picture).or_else(|| document::logo::drawing(element)),
            label: element.label.as_deref().filter(|label| !label.trim().is_empty()),
            level,
            high: letters(element) > 2000,
            columns: None,
            rows: None,
            children: Vec::new(),
        };
        if element.tag == "table" {
            let grid = Grid::of(element);
            let widths = widths::columns(self.faces, &grid, room);
            part.rows = Some(self.rows(&grid, &widths));
            part.columns = Some(widths);
            let caption = grid.caption.map(|caption| self.part(caption, room));
            part.children.extend(caption.map(|caption| Piece::Element(Box::new(caption))));
        } else {
            let room = if element.is("qr") { 33.0 * MILLIMETRE } else { room };
            let outer = self.size;
            self.size = if element.tag == "small" { widths::SMALL_SIZE } else { outer };
            part.children = self.pieces(&element.children, room, element.class.is_empty());
            self.size = outer;
        }
        part
    }

    fn rows<'a>(&mut self, grid: &Grid<'a>, widths: &[f64]) -> Vec<RowView<'a>> {
        let mut rows = Vec::new();
        for row in &grid.rows {
            let high = widths::height(self.faces, row, widths) > HIGH;
            let outer = std::mem::replace(&mut self.size, widths::CELL_SIZE);
            let cells = row.cells.iter().map(|cell| self.cell(cell, widths)).collect();
            self.size = outer;
            rows.push(RowView { head: row.head, class: row.class, high, cells });
        }
        rows
    }

    fn cell<'a>(&mut self, cell: &Cell<'a>, widths: &[f64]) -> CellView<'a> {
        let room = widths[cell.column..cell.column + cell.columns].iter().sum::<f64>() - widths::PADDING;
        CellView {
            tag: cell.element.map_or("td", |element| &element.tag),
            class: cell.element.map_or(&[], |element| &element.class),
            columns: cell.columns,
            rows: cell.rows,
            children: cell.element.map_or_else(Vec::new, |element| self.pieces(&element.children, room.max(1.0), true)),
        }
    }

    /// A word that is wider than the room may be broken after any letter. (Bold letters have their room in the padding.)
    fn fitting(&self, text: &str, room: f64) -> String {
        let too_wide = |word: &str| word.len() > 12 && self.faces.width(word, self.size, false) > room;
        if !text.split(' ').any(too_wide) {
            return text.to_owned();
        }
        let broken = |word: &str| match too_wide(word) {
            true => word.graphemes(true).collect::<Vec<_>>().join("\u{200b}"),
            false => word.to_owned(),
        };
        text.split(' ').map(broken).collect::<Vec<_>>().join(" ")
    }
}

/// A box around blocks that no layout speaks of: it is left out, for typst does not go to any depth.
fn only_wraps(element: &Element) -> bool {
    let inner_blocks = |node: &Node| matches!(node, Node::Element(inner) if document::is_block(&inner.tag));
    matches!(element.tag.as_str(), "article" | "div" | "main" | "section")
        && element.class.iter().all(|class| class == "scroll")
        && element.children.iter().all(inner_blocks)
}

fn level(tag: &str) -> Option<u8> {
    let level = tag.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn letters(element: &Element) -> usize {
    let one = |node: &Node| match node {
        Node::Text(text) => text.len(),
        Node::Element(element) => letters(element),
    };
    element.children.iter().map(one).sum()
}

/// A link leads somewhere from paper's place, too: to a site, a mailbox, a telephone.
fn is_address(href: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme) && href.len() < 2000)
}

/// A drawing within HTML needs no namespace; a file does.
fn picture(svg: &str) -> String {
    match svg.strip_prefix("<svg") {
        Some(rest) if !rest.contains("xmlns=\"http://www.w3.org/2000/svg\"") => {
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\"{rest}")
        }
        _ => svg.to_owned(),
    }
}
