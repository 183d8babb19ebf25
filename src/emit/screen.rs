//! Slides for the screen at the one-stop: a page a procedure that fills the screen and goes on by itself, in letters that are
//! read from five metres.

mod round;

use serde::Serialize;

pub(super) use self::round::finish;
use super::guide::{Guide, Part, Row, Table};
use super::{EmitError, Output, Sink, Site, write};
use crate::lang::{Words, say};
use crate::plan::ProcedurePlan;

/// Letters that one slide holds below its title: ten lines of about 44 letters at 5.5 hundredths of the height.
const ROOM: usize = 10;
const LINE: usize = 44;

pub(super) static OUTPUT: Output = Output {
    name: "screens",
    folder: "screens",
    about: Words::new("trang trình chiếu trên màn hình một cửa", "slides for the screen at the one-stop"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let guide = Guide::of(plan, site);
    let page = site.templates.of(plan).render("screen.html.jinja", &View::of(&guide, site))?;
    let path = format!("{}.html", OUTPUT.path(plan));
    write(sink, &path, page.as_bytes())
}

#[derive(Serialize)]
struct View<'g> {
    lang: &'static str,
    code: &'g str,
    name: &'g str,
    kind: &'static str,
    code_label: &'static str,
    place: &'g str,
    gaps_note: &'g Option<String>,
    qr: &'g Option<(String, usize)>,
    qr_caption: &'static str,
    answer: &'g [Row],
    answer_title: &'static str,
    slides: Vec<Slide>,
}

#[derive(Serialize)]
struct Slide {
    title: String,
    blocks: Vec<Block>,
}

/// What stays together on a slide.
#[derive(Clone, Serialize)]
struct Block {
    /// On which the lines depend.
    band: Option<String>,
    lines: Vec<(String, String)>,
}

impl<'g> View<'g> {
    fn of(guide: &'g Guide, site: &Site<'_>) -> View<'g> {
        let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(site.lang);
        let mut slides = Vec::new();
        let papers = guide.section(Part::Dossier).map(|section| blocks(&section.tables, 1, 3)).unwrap_or_default();
        slides.extend(cut_up(pick("Giấy tờ cần có", "Papers"), papers, site));
        for (part, title) in [
            (Part::Deadlines, pick("Thời hạn giải quyết theo trường hợp", "Time limits by case")),
            (Part::Charges, pick("Phí, lệ phí theo trường hợp", "Fees by case")),
            (Part::Channels, pick("Nơi nộp theo trường hợp", "Where to file, by case")),
        ] {
            let by_case = guide.section(part).map(|section| blocks(&section.tables, 0, 1)).unwrap_or_default();
            slides.extend(cut_up(title, by_case, site));
        }
        View {
            lang: guide.lang,
            code: &guide.code,
            name: &guide.name,
            kind: pick("THỦ TỤC HÀNH CHÍNH", "ADMINISTRATIVE PROCEDURE"),
            code_label: pick("Mã thủ tục", "Code"),
            place: guide.place.as_deref().unwrap_or(&guide.publisher),
            gaps_note: &guide.gaps_note,
            qr: &guide.qr,
            qr_caption: pick("Quét mã để xem đầy đủ", "Scan for all details"),
            answer: &guide.answer,
            answer_title: pick("Cần biết", "In short"),
            slides,
        }
    }
}

fn blocks(tables: &[Table], what: usize, then: usize) -> Vec<Block> {
    let groups = tables.iter().flat_map(|table| &table.groups);
    let block = |group: &super::guide::Group| Block {
        band: group.band.clone(),
        lines: group.rows.iter().map(|row| (row[what].text.clone(), row[then].text.clone())).collect(),
    };
    groups.map(block).collect()
}

/// How many lines of a slide a text takes.
fn height(text: &str) -> usize {
    text.chars().count().div_ceil(LINE).max(1)
}

/// Slides with as much on each as it holds; what depends on something says so on every slide.
fn cut_up(title: &str, blocks: Vec<Block>, site: &Site<'_>) -> Vec<Slide> {
    let mut pages: Vec<Vec<Block>> = Vec::new();
    let mut used = ROOM;
    for block in blocks {
        let band = block.band.as_deref().map_or(0, height);
        let mut is_begun = false;
        for line in block.lines {
            let lines = height(&format!("{} {}", line.0, line.1));
            let needed = lines + if is_begun { 0 } else { band };
            if used + needed > ROOM {
                pages.push(Vec::new());
                (used, is_begun) = (0, false);
            }
            let Some(page) = pages.last_mut() else { continue };
            if !is_begun {
                page.push(Block { band: block.band.clone(), lines: Vec::new() });
                (used, is_begun) = (used + band, true);
            }
            if let Some(own) = page.last_mut() {
                own.lines.push(line);
            }
            used += lines;
        }
    }
    let count = pages.len();
    let slide = |(at, blocks): (usize, Vec<Block>)| {
        let number = at + 1;
        let title = match count {
            1 => title.to_owned(),
            _ => say!(site.lang, "{title} ({number}/{count})", "{title} ({number}/{count})"),
        };
        Slide { title, blocks }
    };
    pages.into_iter().enumerate().map(slide).collect()
}
