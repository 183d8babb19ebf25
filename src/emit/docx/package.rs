//! The file itself: what the library writes is put right and packed.
//!
//! Word reads the children of a property in the order of the schema (ISO/IEC 29500-1, annex A), and docx-rs writes some in another
//! order. It also has no word for a header row and none for what a picture shows, numbers its paragraphs anew on every run, lists
//! links in the order of a hash and compresses nothing. All of that is mended here, and nowhere else.

use std::io::{self, Cursor, Write as _};

use docx_rs::{Docx, XMLDocx};
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Fixed, so that a document does not change from one run to the next.
const DAY: &str = "2020-01-01T00:00:00Z";

/// The height that marks a row as a header: no row has it otherwise, and Word takes it for none.
pub(super) const HEADER_ROW: f32 = 0.0;

/// What the library cannot say.
pub(super) struct Beside<'a> {
    /// As BCP 47 writes it, with a region: `vi-VN`.
    pub(super) lang: &'a str,
    pub(super) title: &'a str,
    /// What each picture shows, in their order.
    pub(super) labels: &'a [String],
    /// The whole of `word/styles.xml`.
    pub(super) styles: String,
}

/// The bytes of a document.
pub(super) fn packed(docx: Docx, beside: &Beside<'_>) -> io::Result<Vec<u8>> {
    let mut parts = docx.build();
    parts.styles = beside.styles.as_bytes().to_vec();
    parts.settings = settings(beside.lang).into_bytes();
    parts.doc_props.core = core(beside).into_bytes();
    parts.document = in_order(&parts.document, beside.labels)?;
    for part in parts.headers.iter_mut().chain([&mut parts.document_rels, &mut parts.numberings]) {
        *part = in_order(part, &[])?;
    }
    compressed(parts)
}

fn compressed(parts: XMLDocx) -> io::Result<Vec<u8>> {
    let mut plain = Cursor::new(Vec::new());
    parts.pack(&mut plain)?;
    let mut from = ZipArchive::new(plain)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at)?;
        if part.is_dir() {
            continue;
        }
        // A picture is compressed already.
        let method =
            if part.name().ends_with(".png") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).compression_level(match method {
            CompressionMethod::Deflated => Some(6),
            _ => None,
        });
        to.start_file(part.name(), options)?;
        io::copy(&mut part, &mut to)?;
    }
    Ok(to.finish()?.into_inner())
}

/// In which order the schema has the children of an element.
const ORDER: &[(&str, &str)] = &[
    (
        "w:pPr",
        "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:pBdr w:shd w:tabs w:snapToGrid \
         w:spacing w:ind w:jc w:textAlignment w:outlineLvl w:rPr w:sectPr",
    ),
    (
        "w:rPr",
        "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:strike w:vanish w:color w:spacing w:sz w:szCs w:highlight w:u w:shd \
         w:vertAlign w:lang",
    ),
    ("w:tblPr", "w:tblStyle w:tblpPr w:tblW w:jc w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook"),
    ("w:tblBorders", "w:top w:left w:bottom w:right w:insideH w:insideV"),
    ("w:tblCellMar", "w:top w:left w:bottom w:right"),
    ("w:trPr", "w:cantSplit w:trHeight w:tblHeader"),
    ("w:tcPr", "w:tcW w:gridSpan w:vMerge w:tcBorders w:shd w:tcMar w:textDirection w:vAlign"),
    ("w:tcBorders", "w:top w:left w:bottom w:right w:insideH w:insideV"),
    (
        "w:sectPr",
        "w:headerReference w:footerReference w:type w:pgSz w:pgMar w:pgNumType w:cols w:titlePg w:textDirection w:docGrid",
    ),
    ("w:numPr", "w:ilvl w:numId"),
    ("w:lvl", "w:start w:numFmt w:lvlRestart w:pStyle w:isLgl w:suff w:lvlText w:lvlJc w:pPr w:rPr"),
    // Of one kind, and so by their bytes.
    ("Relationships", ""),
];

/// Elements that say nothing when they are empty.
const IDLE: [&[u8]; 5] = [b"w:rPr", b"w:pPr", b"w:trPr", b"w:tcPr", b"w:tblBorders"];

/// A part with every property in the order of the schema, header rows marked, and pictures told.
fn in_order(part: &[u8], labels: &[String]) -> io::Result<Vec<u8>> {
    let mut pass = Pass { reader: Reader::from_reader(part), labels, pictures: 0 };
    let mut out = Vec::with_capacity(part.len());
    while pass.node(&mut out)?.is_some() {}
    Ok(out)
}

struct Pass<'a> {
    reader: Reader<&'a [u8]>,
    /// What the pictures show, and how many were passed.
    labels: &'a [String],
    pictures: usize,
}

/// What was read.
enum Read {
    /// An element, or text between them, with its name.
    Node(Vec<u8>),
    End,
}

impl<'a> Pass<'a> {
    /// Copies one node with everything in it; nothing at the end of the part.
    fn node(&mut self, out: &mut Vec<u8>) -> io::Result<Option<Read>> {
        let event = self.reader.read_event().map_err(io::Error::other)?;
        let name = match &event {
            Event::Start(tag) | Event::Empty(tag) => tag.name().as_ref().to_vec(),
            _ => Vec::new(),
        };
        match event {
            Event::Eof => return Ok(None),
            Event::End(_) => return Ok(Some(Read::End)),
            Event::Empty(tag) => self.empty(&tag, out)?,
            Event::Start(tag) => self.element(&tag, &name, out)?,
            Event::Text(text) => out.extend_from_slice(&text),
            Event::GeneralRef(letter) => {
                out.push(b'&');
                out.extend_from_slice(&letter);
                out.push(b';');
            }
            Event::Decl(_) => out.extend_from_slice(br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#),
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        Ok(Some(Read::Node(name)))
    }

    fn element(&mut self, tag: &BytesStart<'a>, name: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        let begun = out.len();
        open(tag, out)?;
        out.push(b'>');
        let inside = out.len();
        match ORDER.iter().find(|(of, _)| of.as_bytes() == name) {
            None => while matches!(self.node(out)?, Some(Read::Node(_))) {},
            Some((_, order)) => {
                let mut children = Vec::new();
                loop {
                    let mut child = Vec::new();
                    let Some(Read::Node(name)) = self.node(&mut child)? else { break };
                    let rank = order.split_whitespace().position(|one| one.as_bytes() == name).unwrap_or(usize::MAX);
                    children.push((rank, child));
                }
                if order.is_empty() {
                    children.sort();
                } else {
                    children.sort_by_key(|(rank, _)| *rank);
                }
                children.iter().for_each(|(_, child)| out.extend_from_slice(child));
            }
        }
        if out.len() == inside && IDLE.contains(&name) {
            out.truncate(begun);
            return Ok(());
        }
        out.extend_from_slice(b"</");
        out.extend_from_slice(name);
        out.push(b'>');
        Ok(())
    }

    fn empty(&mut self, tag: &BytesStart<'a>, out: &mut Vec<u8>) -> io::Result<()> {
        let name = tag.name();
        match name.as_ref() {
            name if IDLE.contains(&name) => return Ok(()),
            b"w:trHeight" if attribute(tag, "w:val")?.as_deref() == Some(HEADER_ROW.to_string().as_str()) => {
                out.extend_from_slice(b"<w:tblHeader/>");
                return Ok(());
            }
            b"wp:docPr" => {
                let label = escape(self.labels.get(self.pictures).map_or("", String::as_str));
                self.pictures += 1;
                let number = self.pictures;
                write!(out, r#"<wp:docPr id="{number}" name="{number}" descr="{label}"/>"#)?;
                return Ok(());
            }
            _ => {}
        }
        open(tag, out)?;
        out.extend_from_slice(b"/>");
        Ok(())
    }
}

/// A tag without its end; of a paragraph without the number that differs on every run, of a column without the unit, which the
/// schema does not have there.
fn open(tag: &BytesStart<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    match tag.name().as_ref() {
        b"w:p" => out.extend_from_slice(b"<w:p"),
        b"w:gridCol" => {
            let width = attribute(tag, "w:w")?.unwrap_or_default();
            write!(out, r#"<w:gridCol w:w="{width}""#)?;
        }
        _ => {
            out.push(b'<');
            out.extend_from_slice(tag.trim_ascii_end());
        }
    }
    Ok(())
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> io::Result<Option<String>> {
    let found = tag.try_get_attribute(name).map_err(io::Error::other)?;
    Ok(found.map(|found| String::from_utf8_lossy(&found.value).into_owned()))
}

/// `docProps/core.xml`. Who wrote the document is not known here, so nobody is named.
fn core(beside: &Beside<'_>) -> String {
    let (title, lang) = (escape(beside.title), beside.lang);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator></dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{DAY}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{DAY}</dcterms:modified><dc:language>{lang}</dc:language></cp:coreProperties>"#
    )
}

/// `word/settings.xml`: as Word 2013 and later lay pages out.
fn settings(lang: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="{lang}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"#
    )
}
