//! A page as a Word document (ISO/IEC 29500, transitional), on paper as NĐ 30/2020 has it: A4, Times New Roman, the number of the
//! page centred in the top margin from the second page on. Every kind of paragraph has a style, so that an agency that changes
//! one in Word changes them all.

mod blocks;
mod lines;
mod links;
mod package;
mod picture;
mod table;
mod widths;

use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, Header, Level, LevelJc, LevelOverride, LevelText, NumberFormat, Numbering,
    PageMargin, PageNum, PageOrientationType, Paragraph, RunFonts, SpecialIndentType, Start, Table,
};
use serde::Serialize;

use self::package::Beside;
use super::EmitError;
use super::document::Document;
use super::render::Pages;

/// Twentieths of a point in a millimetre: 1440 an inch.
const MM: f64 = 1440.0 / 25.4;

/// NĐ 30/2020, annex I: top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm.
const MARGINS: Margins = Margins { top: 20.0, right: 15.0, bottom: 20.0, left: 30.0 };

struct Margins {
    top: f64,
    right: f64,
    bottom: f64,
    left: f64,
}

/// The sides of A4 in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);

/// The list that dashes are made by; 1 is the library's own, and numbered lists come after it.
const DASHES: usize = 2;
/// Lists in lists, deeper ones are set as these.
const LEVELS: usize = 9;
/// What a list sets its text in by, a level, in twentieths of a point.
const STEP: i32 = 397;
/// How far its mark stands before that.
const HANGS: i32 = 255;

fn dxa(mm: f64) -> i32 {
    (mm * MM).round() as i32
}

/// What stands one below the other.
enum Block {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

/// What is known while a document is written.
#[derive(Default)]
struct Writer {
    is_english: bool,
    /// How many links, pictures and numbered lists there were.
    links: usize,
    ordered: usize,
    /// What each picture shows.
    labels: Vec<String>,
    pending: Pending,
    /// Whether anything was written: a break before it would make an empty page.
    has_begun: bool,
    fault: Option<std::io::Error>,
}

/// What the next paragraph takes.
#[derive(Default)]
struct Pending {
    page: bool,
    /// The list, and the level in it.
    number: Option<(usize, usize)>,
    dash: bool,
    /// How long a rule to draw below the paragraph, in twentieths of a point.
    rule: Option<f64>,
}

#[derive(Serialize)]
struct Sheet<'a> {
    lang: &'a str,
}

/// The document of a page, the same bytes for the same page.
pub(super) fn write(document: &Document, pages: &Pages) -> Result<Vec<u8>, EmitError> {
    let is_wide = document.class.iter().any(|class| class == "landscape");
    let (width, height) = if is_wide { (A4.1, A4.0) } else { A4 };
    let is_english = document.lang.starts_with("en");
    let mut writer = Writer { is_english, ..Writer::default() };
    let text_width = width as usize - (dxa(MARGINS.left) + dxa(MARGINS.right)) as usize;
    let blocks = writer.page(&document.children, text_width);
    if let Some(fault) = writer.fault.take() {
        return Err(EmitError::Docx(fault));
    }
    let mut docx = numberings(writer.ordered)
        .page_size(width, height)
        .page_margin(PageMargin {
            top: dxa(MARGINS.top),
            right: dxa(MARGINS.right),
            bottom: dxa(MARGINS.bottom),
            left: dxa(MARGINS.left),
            header: dxa(MARGINS.top / 2.0),
            footer: dxa(MARGINS.bottom / 2.0),
            gutter: 0,
        })
        .header(Header::new().add_paragraph(Paragraph::new().style("Header").add_page_num(PageNum::new())))
        .first_header(Header::new().add_paragraph(Paragraph::new().style("Header")))
        .title_pg();
    if is_wide {
        docx = docx.page_orient(PageOrientationType::Landscape);
    }
    for block in blocks {
        docx = match block {
            Block::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Block::Table(table) => docx.add_table(*table),
        };
    }
    let lang = if is_english { "en-GB" } else { "vi-VN" };
    let beside = Beside {
        lang,
        title: &document.title,
        labels: &writer.labels,
        styles: pages.render("styles.docx.xml.jinja", &Sheet { lang })?,
    };
    package::packed(docx, &beside).map_err(EmitError::Docx)
}

/// A document with dashes and so many numbered lists, each of which begins with 1.
fn numberings(ordered: usize) -> Docx {
    let levels = |list: AbstractNumbering, format: &str, text: &dyn Fn(usize) -> String| {
        (0..LEVELS).fold(list, |list, at| {
            let (start, format, jc) = (Start::new(1), NumberFormat::new(format), LevelJc::new("left"));
            let level = Level::new(at, start, format, LevelText::new(text(at)), jc);
            let left = STEP * (at as i32 + 1);
            list.add_level(level.indent(Some(left), Some(SpecialIndentType::Hanging(HANGS)), None, None).fonts(times()))
        })
    };
    let dashes = levels(AbstractNumbering::new(DASHES), "bullet", &|_| "-".to_owned());
    let numbers = levels(AbstractNumbering::new(DASHES + 1), "decimal", &|at| format!("%{}.", at + 1));
    let mut docx = Docx::new().add_abstract_numbering(dashes).add_abstract_numbering(numbers);
    docx = docx.add_numbering(Numbering::new(DASHES, DASHES));
    for list in 1..=ordered {
        let fresh = (0..LEVELS).map(|level| LevelOverride::new(level).start(1)).collect();
        docx = docx.add_numbering(Numbering::new(DASHES + list, DASHES + 1).overrides(fresh));
    }
    docx
}

fn times() -> RunFonts {
    let name = "Times New Roman";
    RunFonts::new().ascii(name).hi_ansi(name).cs(name).east_asia(name)
}

/// How the text of a paragraph is set, and where.
#[derive(Clone, Copy)]
struct Around {
    /// A style of `styles.docx.xml.jinja`.
    style: &'static str,
    look: Look,
    /// How wide the text may be, and how far it is set in, in twentieths of a point.
    width: usize,
    left: i32,
    align: Option<AlignmentType>,
    /// Whether it stays on one page with what follows.
    keeps: bool,
    /// In how many lists it stands.
    depth: usize,
    place: Place,
}

/// Where a paragraph stands, as far as that tells how its parts are set.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Page,
    Feedback,
    /// In a cell of a table.
    Cell,
    /// In a cell to sign in: every part has a line, with room for a name.
    Signing,
    /// In a cell that is there only to put things side by side.
    Beside,
}

impl Place {
    fn is_cell(self) -> bool {
        matches!(self, Place::Cell | Place::Signing)
    }

    fn is_page(self) -> bool {
        matches!(self, Place::Page | Place::Feedback)
    }
}

/// How letters look beyond the style of their paragraph.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    italic: bool,
    underline: bool,
    strike: bool,
    small: bool,
    /// As large as the text of a page, whatever the style: the motto of the state (13–14, NĐ 30/2020, annex I).
    full: bool,
    raised: Option<docx_rs::VertAlignType>,
}

#[cfg(test)]
mod tests;
