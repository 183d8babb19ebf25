//! What stands one below the other: paragraphs, headings, lists, and the parts of a page that `style.css` sets in a way of their
//! own.

use docx_rs::Table;

use super::lines::{CENTRE, Column, set_in};
use super::{Around, Block, DASHES, LEVELS, Look, Place, Writer};
use crate::emit::document::{Element, Node};

impl Writer {
    /// A whole page.
    pub(super) fn page(&mut self, nodes: &[Node], width: usize) -> Vec<Block> {
        let around = Around {
            style: "Normal",
            look: Look::default(),
            width,
            left: 0,
            align: None,
            keeps: false,
            depth: 0,
            place: Place::Page,
        };
        self.column(nodes, around)
    }

    /// What stands in a page or a cell. Word wants a paragraph at its end.
    pub(super) fn column(&mut self, nodes: &[Node], around: Around) -> Vec<Block> {
        let mut column = Column::default();
        self.nodes(nodes, around, &mut column);
        column.end();
        self.draw_rule(around, &mut column);
        if column.blocks.is_empty() {
            let empty = self.paragraph(around);
            column.add(empty);
        } else if column.ends_with_table() {
            let end = self.spacer(false, around);
            column.add(end);
        }
        column.blocks
    }

    pub(super) fn block(&mut self, element: &Element, around: Around, column: &mut Column) {
        column.end();
        let set = |style| Around { style, align: if element.is("centre") { CENTRE } else { around.align }, ..around };
        let inner = match element.tag.as_str() {
            "table" => return self.table(element, around, column),
            "dl" => return self.facts(element, around, column),
            "ul" | "ol" => return self.list(element, around, column),
            "hr" => {
                let line = self.rule(around.width as f64, around);
                return column.add(line);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => heading(element, around),
            "caption" => set("Caption"),
            "footer" => set("Stamp"),
            // Where somebody signs: as many empty lines as the page leaves.
            "p" if element.is("room") => {
                let lines = 1 + element.children.iter().filter(|child| is_break(child)).count();
                for _ in 0..lines {
                    let line = self.paragraph(around);
                    column.add(line);
                }
                return;
            }
            "p" => set(paragraph_style(element, around)),
            _ => {
                self.pending.page |= element.is("table") || element.is("control");
                let parts = element.is("head") || element.is("answer");
                if parts && element.children.iter().all(|child| matches!(child, Node::Element(_))) {
                    return self.beside(element, around, column);
                }
                container(element, around)
            }
        };
        self.nodes(&element.children, inner, column);
        column.end();
        self.draw_rule(inner, column);
    }

    /// The rule that the last paragraph asked for.
    fn draw_rule(&mut self, around: Around, column: &mut Column) {
        if let Some(length) = self.pending.rule.take() {
            let rule = self.rule(length, around);
            column.add(rule);
        }
    }

    fn list(&mut self, list: &Element, around: Around, column: &mut Column) {
        let number = if list.tag == "ol" {
            self.ordered += 1;
            DASHES + self.ordered
        } else {
            DASHES
        };
        let level = around.depth.min(LEVELS - 1);
        for child in &list.children {
            let Node::Element(item) = child else {
                self.nodes(std::slice::from_ref(child), around, column);
                continue;
            };
            let style = if around.place.is_page() { "ListParagraph" } else { around.style };
            let mut inner = Around { style, depth: around.depth + 1, ..around };
            // A box to tick is mark enough.
            if !matches!(item.children.first(), Some(Node::Element(first)) if first.is("box")) {
                inner.left = set_in(level, around.place);
                self.pending.number = Some((number, level));
            }
            self.nodes(&item.children, inner, column);
            column.end();
            self.pending.number = None;
        }
    }

    /// Puts a table into a column: tables that touch would become one.
    pub(super) fn put(&mut self, table: Table, around: Around, column: &mut Column) {
        column.end();
        if (self.pending.page && self.has_begun) || column.ends_with_table() {
            let between = self.spacer(false, around);
            column.add(between);
        }
        self.pending.page = false;
        self.has_begun = true;
        column.blocks.push(Block::Table(Box::new(table)));
        if around.place.is_page() {
            let room = self.spacer(true, around);
            column.add(room);
        }
    }
}

fn is_break(node: &Node) -> bool {
    matches!(node, Node::Element(element) if element.tag == "br")
}

fn heading(element: &Element, around: Around) -> Around {
    let style = match (element.tag.as_str(), around.place) {
        ("h1", _) => "Heading1",
        ("h2", Place::Feedback) => "HeadingRuled",
        ("h2", _) => "Heading2",
        _ => "Heading3",
    };
    let is_centred = element.is("title") || element.is("centre");
    Around { style, align: if is_centred { CENTRE } else { None }, left: 0, ..around }
}

fn paragraph_style(element: &Element, around: Around) -> &'static str {
    let named = [("kind", "Kind"), ("draft", "Draft"), ("origin", "Origin"), ("missing", "Missing")];
    named.iter().find(|(class, _)| element.is(class)).map_or(around.style, |(_, style)| style)
}

fn container(element: &Element, around: Around) -> Around {
    let mut inner = around;
    if element.is("title") || element.is("cover") {
        inner.style = "Centred";
    }
    if element.is("qr") {
        inner.style = "PictureNote";
    }
    if element.is("centre") {
        inner.align = CENTRE;
    }
    if element.is("feedback") && around.place == Place::Page {
        inner.place = Place::Feedback;
    }
    inner
}
