//! PDF (A4, tagged, PDF/A-2a and PDF/UA-1): the elements of a page go as data to `templates/page.typ`, a program of typst
//! (or to the agency's own), which lays them out. They are never written as markup, so no text can become a command.

mod faces;
mod setting;
#[cfg(test)]
mod tests;
mod view;
mod widths;

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use typst::diag::FileResult;
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use self::faces::Faces;
use self::view::View;
use super::EmitError;
use super::document::{Document, Element, Node};

pub(super) use self::faces::SHIPPED as SHIPPED_FACES;
pub(super) use self::setting::Setting;

/// What typst remembers of other pages is forgotten every so many: what is alike in all pages stays.
const FORGET_EVERY: usize = 6;

/// Lays out pages, on several threads at once.
pub(super) struct Printer {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    faces: Faces,
    made: Timestamp,
    printed: AtomicUsize,
}

impl Printer {
    /// With the shipped faces. PDF/A asks for a date: the day for which the catalogue is read.
    pub(super) fn shipped(day: Date) -> Printer {
        let faces = Faces::shipped();
        let (year, month, of_month) = (i32::from(day.year()), day.month() as u8, day.day() as u8);
        let midnight = Datetime::from_ymd_hms(year, month, of_month, 0, 0, 0).expect("a day of the calendar");
        let library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        Printer {
            library: LazyHash::new(library),
            book: LazyHash::new(faces.book()),
            faces,
            made: Timestamp::new_local(midnight, 7 * 60).expect("the hour of Việt Nam"),
            printed: AtomicUsize::new(0),
        }
    }

    /// The PDF of a page. `name` makes its identifier: one for each file of a build, and the same in every build.
    pub(super) fn print(&self, name: &str, document: &Document, setting: &Setting) -> Result<Vec<u8>, EmitError> {
        let data = serde_json::to_vec(&View::of(document, &self.faces)).expect("a page is plain data");
        let page = Page { printer: self, setting, data: Bytes::new(data) };
        let compiled = typst::compile(&page);
        let laid = compiled.output.map_err(|faults| setting.error(&faults))?;
        if let Some(error) = setting.warning(&compiled.warnings) {
            return Err(error);
        }
        let options = PdfOptions {
            ident: Smart::Custom(name.to_owned()),
            creator: Smart::Custom(Some(concat!("thutuc ", env!("CARGO_PKG_VERSION")).to_owned())),
            timestamp: Some(self.made),
            standards: self.standards(document),
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&laid, &options).map_err(|faults| setting.error(&faults))?;
        if self.printed.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            typst::comemo::evict(2);
        }
        Ok(pdf)
    }

    /// PDF/A holds only letters that its own faces show. A page with another one (a picture letter, Chinese) is a tagged PDF
    /// without that promise: leaving the letter out would be worse. So is a page without a title.
    fn standards(&self, document: &Document) -> PdfStandards {
        let named = !document.title.is_empty() && self.holds(&document.title);
        let kept: &[PdfStandard] = match named && self.holds_all(&document.children) {
            true => &[PdfStandard::A_2a, PdfStandard::Ua_1],
            false => &[],
        };
        PdfStandards::new(kept).expect("the two agree on PDF 1.7")
    }

    fn holds(&self, text: &str) -> bool {
        text.chars().all(|letter| self.faces.holds(letter))
    }

    fn holds_all(&self, nodes: &[Node]) -> bool {
        nodes.iter().all(|node| match node {
            Node::Text(text) => self.holds(text),
            Node::Element(Element { svg, label, children, .. }) => {
                let drawn = svg.as_deref().is_none_or(|svg| self.holds(&svg.replace(['\n', '\r', '\t'], " ")));
                drawn && label.as_deref().is_none_or(|label| self.holds(label)) && self.holds_all(children)
            }
        })
    }
}

/// All that typst sees: what pages are set by, one page, the faces. There is no other file, no package and no clock.
struct Page<'p> {
    printer: &'p Printer,
    setting: &'p Setting,
    data: Bytes,
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.printer.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.printer.book
    }

    fn main(&self) -> FileId {
        self.setting.main()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.setting.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.setting.file(id, &self.data)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.printer.faces.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
