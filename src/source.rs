//! Source files as the compiler sees them: decoded, in Unicode form NFC, with places that lead back to the bytes typed.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// Index of a file in a [`SourceMap`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A place in a source: a file and a byte range of its NFC text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: usize, end: usize) -> Span {
        Span { file, start: start as u32, end: end as u32 }
    }

    /// The smallest span that holds both; both must lie in one file.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether another place lies inside this one.
    pub fn holds(self, inner: Span) -> bool {
        self.file == inner.file && self.start <= inner.start && inner.end <= self.end
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }
}

/// One source file. `text` is NFC and without a byte-order mark; every [`Span`] counts its bytes.
#[derive(Debug)]
pub struct SourceFile {
    pub name: String,
    pub text: String,
    /// Whether the bytes on disk are text: else `text` is empty.
    is_text: bool,
    /// Where the NFC text departs from the bytes on disk: (offset in `text`, offset on disk), rising.
    original: Vec<(u32, u32)>,
    lines: Vec<u32>,
}

/// A place as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in letters as a reader sees them (grapheme clusters).
    pub column: usize,
    /// From 0, in UTF-16 units, as editors count.
    pub utf16: usize,
}

impl SourceFile {
    pub fn new(name: impl Into<String>, text: String) -> SourceFile {
        let (text, original) = to_nfc(text);
        let lines = line_starts(&text);
        SourceFile { name: name.into(), text, is_text: true, original, lines }
    }

    /// A file that is no text.
    pub fn unreadable(name: impl Into<String>) -> SourceFile {
        SourceFile { is_text: false, ..SourceFile::new(name, String::new()) }
    }

    /// Whether these are the bytes it was read from. The answer may be no all the same, of text that is not NFC.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.is_text && self.text.as_bytes() == bytes
    }

    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    pub fn position(&self, offset: u32) -> Position {
        let line = self.lines.partition_point(|&start| start <= offset) - 1;
        let start = self.lines[line] as usize;
        let before = self.text.get(start..offset as usize).unwrap_or("");
        Position { line: line + 1, column: before.graphemes(true).count() + 1, utf16: before.encode_utf16().count() }
    }

    /// The offset on disk of an offset in `text`.
    pub fn original_offset(&self, offset: u32) -> u32 {
        match self.original.partition_point(|&(nfc, _)| nfc <= offset) {
            0 => offset,
            n => {
                let (nfc, disk) = self.original[n - 1];
                disk + (offset - nfc)
            }
        }
    }
}

/// All files of a run, in the order they were added.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<Arc<SourceFile>>,
}

impl SourceMap {
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(Arc::new(file));
        id
    }

    /// Puts another file in the place of one.
    pub fn replace(&mut self, id: FileId, file: SourceFile) {
        self.files[id.0 as usize] = Arc::new(file);
    }

    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).slice(span)
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(at as u32), &**file))
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (at, byte) in bytes.iter().enumerate() {
        let alone = *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        if *byte == b'\n' || alone {
            starts.push(at as u32 + 1);
        }
    }
    starts
}

/// Composes to NFC, and keeps where each changed run began. Letters pasted from a Mac or a PDF are often decomposed.
fn to_nfc(text: String) -> (String, Vec<(u32, u32)>) {
    let (text, skipped) = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => (rest.to_owned(), 3),
        None => (text, 0),
    };
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return (text, if skipped == 0 { Vec::new() } else { vec![(0, skipped)] });
    }
    let mut composed = String::with_capacity(text.len());
    let mut map = vec![(0, skipped)];
    for (at, cluster) in text.grapheme_indices(true) {
        if cluster.is_ascii() {
            composed.push_str(cluster);
            continue;
        }
        let before = composed.len();
        composed.extend(cluster.nfc());
        if composed.len() - before != cluster.len() {
            map.push((composed.len() as u32, (at + cluster.len()) as u32 + skipped));
        }
    }
    (composed, map)
}

/// Why a file cannot be read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncodingFault {
    Utf16,
    Tcvn3,
    Vni,
    /// The byte offset of the first byte that is not UTF-8.
    NotUtf8(usize),
}

impl fmt::Display for EncodingFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            EncodingFault::Utf16 => "UTF-16",
            EncodingFault::Tcvn3 => "TCVN3 (ABC)",
            EncodingFault::Vni => "VNI",
            EncodingFault::NotUtf8(_) => "?",
        })
    }
}

/// Reads bytes as UTF-8 text, and recognises by name the older encodings that Vietnamese offices still hold.
pub fn decode(bytes: Vec<u8>) -> Result<String, EncodingFault> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || looks_like_utf16(&bytes) {
        return Err(EncodingFault::Utf16);
    }
    match String::from_utf8(bytes) {
        // The same bytes pasted as if they were Latin letters: `thñ tôc`, `thuû tuïc`.
        Ok(text) if text.contains("thủ tục") => Ok(text),
        Ok(text) => match legacy(&text) {
            Some(fault) => Err(fault),
            None => Ok(text),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let latin: String = error.as_bytes().iter().map(|&byte| char::from(byte)).collect();
            Err(legacy(&latin).unwrap_or(EncodingFault::NotUtf8(at)))
        }
    }
}

fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    head.len() >= 4 && head.iter().filter(|&&byte| byte == 0).count() * 4 > head.len()
}

/// Words every procedure has, as TCVN3 and VNI-Windows write them when their bytes are read as Latin-1:
/// thủ tục, hồ sơ, thời hạn, cơ quan, lĩnh vực, phí, nộp, của.
const TCVN3: &[&str] = &["thñ tôc", "hå s¬", "thêi h¹n", "c¬ quan", "lÜnh vùc", "cÊp", "nép", "cña"];
const VNI: &[&str] = &["thuû tuïc", "hoà sô", "thôøi haïn", "cô quan", "lónh vöïc", "caáp", "noäp", "cuûa"];

fn legacy(latin: &str) -> Option<EncodingFault> {
    let hits = |words: &[&str]| words.iter().filter(|word| latin.contains(**word)).count();
    let (tcvn3, vni) = (hits(TCVN3), hits(VNI));
    match (tcvn3 >= 2, vni >= 2) {
        (true, _) if tcvn3 >= vni => Some(EncodingFault::Tcvn3),
        (_, true) => Some(EncodingFault::Vni),
        (_, _) => None,
    }
}
