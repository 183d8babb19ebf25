//! Paragraphs and what stands in them: text, links, pictures.

use docx_rs::{
    AlignmentType, BreakType, Hyperlink, HyperlinkData, HyperlinkType, IndentLevel, NumberingId, Paragraph, Pic, Run,
    RunFonts, SpecialIndentType,
};

use super::{Around, Block, HANGS, Look, Place, STEP, Writer, links, picture, widths};
use crate::emit::document::{Element, Node, logo};
use crate::lang::{Lang, say};

/// How far a line that begins with a dash is set in.
const DASH: i32 = 170;
/// A side of a QR code in EMU (360,000 a centimetre): 30 mm, as on the page.
const PICTURE: u32 = 1_080_000;
/// The same units in a millimetre.
const EMU: f64 = 36_000.0;
/// The size of the text of a page, in twentieths of a point.
pub(super) const BODY: f64 = 260.0;

/// What is written one below the other, and the paragraph that is still open.
#[derive(Default)]
pub(super) struct Column {
    pub(super) blocks: Vec<Block>,
    line: Option<Paragraph>,
}

impl Column {
    /// Ends the open paragraph.
    pub(super) fn end(&mut self) {
        self.blocks.extend(self.line.take().map(|line| Block::Paragraph(Box::new(line))));
    }

    pub(super) fn add(&mut self, paragraph: Paragraph) {
        self.end();
        self.blocks.push(Block::Paragraph(Box::new(paragraph)));
    }

    pub(super) fn ends_with_table(&self) -> bool {
        matches!(self.blocks.last(), Some(Block::Table(_)))
    }
}

impl Writer {
    /// What stands in an element, the open paragraph going on.
    pub(super) fn nodes(&mut self, nodes: &[Node], around: Around, column: &mut Column) {
        for node in nodes {
            match node {
                Node::Text(text) => {
                    let text = if column.line.is_none() { text.trim_start_matches(' ') } else { text };
                    if !text.is_empty() {
                        self.add(run(text, around.look), around, column);
                    }
                }
                Node::Element(element) => self.element(element, around, column),
            }
        }
    }

    fn add(&mut self, run: Run, around: Around, column: &mut Column) {
        let line = column.line.take().unwrap_or_else(|| self.paragraph(around));
        column.line = Some(line.add_run(run));
    }

    fn element(&mut self, element: &Element, around: Around, column: &mut Column) {
        if let Some((inner, dash)) = own_line(element, around) {
            column.end();
            self.pending.dash = dash;
            self.nodes(&element.children, inner, column);
            self.pending.dash = false;
            return column.end();
        }
        match element.tag.as_str() {
            "br" if column.line.is_some() => self.add(Run::new().add_break(BreakType::TextWrapping), around, column),
            "br" => {}
            "svg" => {
                column.end();
                let run = self.picture(element);
                self.add(run, around, column);
                column.end();
            }
            "img" => {
                column.end();
                if let Some(run) = self.logo(element) {
                    self.add(run, around, column);
                }
                column.end();
            }
            "a" => self.link(element, around, column),
            tag if crate::emit::document::is_block(tag) && tag != "small" => self.block(element, around, column),
            _ if element.is("box") => self.add(run("☐ ", around.look).fonts(symbols()), around, column),
            tag => {
                let mut look = looks(tag, element, around.look);
                if element.is("rule") {
                    let (length, is_motto) = rule(&element.children, around);
                    self.pending.rule = Some(length);
                    look.full |= is_motto;
                }
                self.nodes(&element.children, Around { look, ..around }, column);
            }
        }
    }

    fn link(&mut self, element: &Element, around: Around, column: &mut Column) {
        let Some(target) = element.href.as_deref().and_then(links::target) else {
            return self.nodes(&element.children, around, column);
        };
        let mut runs = Vec::new();
        self.runs(&element.children, around.look, &mut runs);
        if runs.is_empty() {
            return;
        }
        self.links += 1;
        let mut link = Hyperlink::new(target, HyperlinkType::External);
        if let HyperlinkData::External { rid, .. } = &mut link.link {
            // The library's own numbers go on from one document to the next.
            *rid = format!("rIdLink{}", self.links);
        }
        let has_picture = runs.iter().any(|(_, is_picture)| *is_picture);
        for (run, is_picture) in runs {
            link = link.add_run(if is_picture { run } else { run.style("Hyperlink") });
        }
        if has_picture {
            column.end();
        }
        let line = column.line.take().unwrap_or_else(|| self.paragraph(around));
        column.line = Some(line.add_hyperlink(link));
        if has_picture {
            column.end();
        }
    }

    /// Everything in an element on one line.
    fn runs(&mut self, nodes: &[Node], look: Look, runs: &mut Vec<(Run, bool)>) {
        for node in nodes {
            match node {
                Node::Text(text) => runs.push((run(text, look), false)),
                Node::Element(element) if element.tag == "svg" => runs.push((self.picture(element), true)),
                Node::Element(element) => {
                    if crate::emit::document::is_block(&element.tag) && !runs.is_empty() {
                        runs.push((run(" ", look), false));
                    }
                    self.runs(&element.children, looks(&element.tag, element, look), runs);
                }
            }
        }
    }

    fn picture(&mut self, element: &Element) -> Run {
        let made = element.svg.as_deref().map(picture::png).transpose();
        let label = element.label.clone().unwrap_or_default();
        match made.map(Option::flatten) {
            Ok(Some(png)) => {
                self.labels.push(label);
                let id = format!("rIdPicture{}", self.labels.len());
                let picture = Pic::new_with_dimensions(png.bytes, png.side, png.side);
                Run::new().add_image(picture.id(id).size(PICTURE, PICTURE))
            }
            Ok(None) => {
                let lang = if self.is_english { Lang::En } else { Lang::Vi };
                let note =
                    say!(lang, "(Hình: {label}. Xem bản HTML hoặc PDF.)", "(Picture: {label}. See HTML or PDF.)");
                run(&note, Look { italic: true, ..Look::default() })
            }
            Err(fault) => {
                self.fault = Some(fault);
                Run::new()
            }
        }
    }

    /// The logo as large as its room lets it be, as a PNG: older Word draws no SVG.
    fn logo(&mut self, element: &Element) -> Option<Run> {
        let (bytes, width, height) = logo::png(element)?;
        let (room_width, room_height) = logo::ROOM;
        let scale = (f64::from(room_width) / f64::from(width)).min(f64::from(room_height) / f64::from(height));
        let size = |pixels: u32| (f64::from(pixels) * scale * EMU) as u32;
        self.labels.push(String::new());
        let picture = Pic::new_with_dimensions(bytes, width, height).id(format!("rIdPicture{}", self.labels.len()));
        Some(Run::new().add_image(picture.size(size(width), size(height))))
    }

    /// A new paragraph, with what was waiting for one.
    pub(super) fn paragraph(&mut self, around: Around) -> Paragraph {
        let mut paragraph = Paragraph::new();
        if around.style != "Normal" {
            paragraph = paragraph.style(around.style);
        }
        if let Some(align) = around.align {
            paragraph = paragraph.align(align);
        }
        if around.keeps {
            paragraph = paragraph.keep_next(true);
        }
        if std::mem::take(&mut self.pending.page) && self.has_begun {
            paragraph = paragraph.page_break_before(true);
        }
        self.has_begun = true;
        let hanging = |paragraph: Paragraph, left, by| {
            paragraph.indent(Some(left), Some(SpecialIndentType::Hanging(by)), None, None)
        };
        if let Some((list, level)) = self.pending.number.take() {
            paragraph = paragraph.numbering(NumberingId::new(list), IndentLevel::new(level));
            if !around.place.is_page() {
                paragraph = hanging(paragraph, around.left, HANGS);
            }
        } else if self.pending.dash {
            paragraph = hanging(paragraph, around.left + DASH, DASH);
        } else if around.left > 0 {
            paragraph = paragraph.indent(Some(around.left), None, None, None);
        }
        self.pending.dash = false;
        paragraph
    }

    /// A short line below the middle of what stands above it.
    pub(super) fn rule(&mut self, length: f64, around: Around) -> Paragraph {
        let beside = ((around.width as f64 - length) / 2.0).max(0.0).round() as i32;
        let plain = Around { style: "Rule", align: None, left: 0, keeps: false, ..around };
        self.paragraph(plain).indent(Some(beside), None, Some(beside), None)
    }

    /// Next to nothing, where Word wants a paragraph.
    pub(super) fn spacer(&mut self, is_room: bool, around: Around) -> Paragraph {
        let style = if is_room { "Room" } else { "Spacer" };
        self.paragraph(Around { style, align: None, left: 0, ..around })
    }
}

/// How a part that has its own line is set, and whether it begins with a dash.
pub(super) fn own_line(element: &Element, around: Around) -> Option<(Around, bool)> {
    let set = |style| Around { style, ..around };
    if element.tag == "small" && around.place.is_cell() {
        return Some((Around { look: Look::default(), align: None, ..set("TableNote") }, has_dash(element)));
    }
    if element.is("case") {
        let left = around.left + DASH / 2;
        return Some((
            Around { left, ..set(if around.place.is_cell() { "TableNote" } else { "Case" }) },
            has_dash(element),
        ));
    }
    if element.is("when") {
        return Some((Around { look: Look { italic: true, ..around.look }, ..around }, false));
    }
    if element.is("moment") {
        return Some((set("Moment"), false));
    }
    (element.tag == "div" && around.place == Place::Signing).then(|| (set("Sign"), false))
}

fn has_dash(element: &Element) -> bool {
    matches!(element.children.first(), Some(Node::Text(text)) if text.starts_with('–'))
}

fn looks(tag: &str, element: &Element, look: Look) -> Look {
    let mut look = look;
    match tag {
        "b" | "strong" => look.bold = true,
        "i" | "em" | "cite" => look.italic = true,
        "u" => look.underline = true,
        "s" => look.strike = true,
        "small" => look.small = true,
        "sup" => look.raised = Some(docx_rs::VertAlignType::SuperScript),
        "sub" => look.raised = Some(docx_rs::VertAlignType::SubScript),
        _ => {}
    }
    look.bold |= element.is("lead");
    look
}

/// Text as XML can carry it.
fn run(text: &str, look: Look) -> Run {
    let is_text = |letter: &char| matches!(letter, '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let mut run = Run::new().add_text(text.chars().filter(is_text).collect::<String>());
    if look.bold {
        run = run.bold();
    }
    if look.italic {
        run = run.italic();
    }
    if look.underline {
        run = run.underline("single");
    }
    if look.strike {
        run = run.strike();
    }
    if look.small || look.full {
        run = run.size(if look.small { 22 } else { 26 });
    }
    if let Some(raised) = look.raised {
        run.run_property = run.run_property.vert_align(raised);
    }
    run
}

/// Times New Roman has no box to tick.
fn symbols() -> RunFonts {
    let name = "Segoe UI Symbol";
    RunFonts::new().ascii(name).hi_ansi(name).cs(name).east_asia(name)
}

/// How long the rule below a heading is, and whether that is the motto (NĐ 30/2020, annex I): below the name of an agency, which is
/// in capitals, a third to a half of its line; below the motto as long as it.
fn rule(nodes: &[Node], around: Around) -> (f64, bool) {
    let mut text = String::new();
    plain(nodes, &mut text);
    let is_motto = text.chars().any(char::is_lowercase);
    let line = widths::of_text(&text, BODY, true).min(around.width as f64);
    (if is_motto { line * 0.93 } else { line * 0.4 }, is_motto)
}

pub(super) fn plain(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(part) => text.push_str(part),
            Node::Element(element) => plain(&element.children, text),
        }
    }
}

/// A list's text, a level.
pub(super) fn set_in(depth: usize, place: Place) -> i32 {
    if place.is_page() { STEP * (depth as i32 + 1) } else { HANGS * (depth as i32 + 1) }
}

/// What stands in the middle.
pub(super) const CENTRE: Option<AlignmentType> = Some(AlignmentType::Center);
