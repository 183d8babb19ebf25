//! Reads the tokens of one entry from left to right, and keeps what the formatter must know about them.

use super::codes;
use super::phrases::{Found, PHRASES, WordSet};
use super::tree::{Token, TokenKind};
use super::words::Kw;
use crate::diagnostic::{Diagnostic, RuleCode, Severity};
use crate::lang::{Lang, say};
use crate::source::{FileId, SourceFile, Span, Spanned};

/// What reading a file collects besides its meaning.
pub struct Draft<'a> {
    pub id: FileId,
    pub file: &'a SourceFile,
    pub lang: Lang,
    pub diagnostics: Vec<Diagnostic>,
    /// What the formatter prints otherwise than it is written, in the order read.
    pub rewrites: Vec<Rewrite>,
    pub holes: Vec<crate::model::Hole>,
    pub names: Vec<crate::model::RegisterName>,
    /// The label of the entry being read, for what is said about gaps in it.
    pub entry: Span,
    /// The set of words of this file, and the first word that showed it.
    set: Option<(WordSet, Span)>,
    mixed: bool,
}

/// A place where the formatter prints something of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewrite {
    pub span: Span,
    pub to: Rewritten,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewritten {
    /// The canonical spelling of this word.
    Word(Kw),
    /// This sign.
    Sign(&'static str),
    /// This word for a single thing: English says `1 set`.
    One(Kw),
    /// Nothing in English, this word in Vietnamese: `ngày` before a date.
    Vietnamese(Kw),
    /// This word, before what is there.
    Before(Kw),
    /// A count: in two digits, but for English.
    Count,
}

impl<'a> Draft<'a> {
    pub fn new(id: FileId, file: &'a SourceFile, lang: Lang) -> Draft<'a> {
        Draft {
            id,
            file,
            lang,
            diagnostics: Vec::new(),
            rewrites: Vec::new(),
            holes: Vec::new(),
            names: Vec::new(),
            entry: Span { file: id, start: 0, end: 0 },
            set: None,
            mixed: false,
        }
    }

    pub fn slice(&self, span: Span) -> &'a str {
        self.file.slice(span)
    }

    pub fn error(&mut self, code: RuleCode, span: Span, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(code, Severity::Error, span, message));
        self.diagnostics.last_mut().expect("just pushed")
    }

    /// Which set of words the file keeps to.
    pub fn words(&self) -> WordSet {
        self.set.map_or(WordSet::Vietnamese, |(set, _)| set)
    }

    /// The spelling of a word in the set of words of this file, for messages.
    pub fn spell(&self, kw: Kw) -> &'static str {
        match self.words() {
            WordSet::English => kw.en(),
            WordSet::Vietnamese | WordSet::Both => kw.vi(),
        }
    }

    fn word(&mut self, found: Found, meant: Kw, span: Span) {
        self.rewrites.push(Rewrite { span, to: Rewritten::Word(meant) });
        match self.set {
            _ if found.set == WordSet::Both => {}
            None => self.set = Some((found.set, span)),
            Some((set, first)) if set != found.set && !self.mixed => {
                self.mixed = true;
                let (this, other) = (self.slice(span), self.slice(first));
                let message = say!(
                    self.lang,
                    "tệp dùng lẫn từ khóa tiếng Việt và tiếng Anh: `{other}` và `{this}`",
                    "the file mixes Vietnamese and English keywords: `{other}` and `{this}`"
                );
                let note = say!(self.lang, "tệp bắt đầu bằng bộ từ này", "the file began with this set");
                let help = say!(self.lang, "mỗi tệp chỉ dùng một bộ từ khóa", "keep to one set of keywords a file");
                self.error(codes::MIXED_WORDS, span, message).also(first, note).help(help);
            }
            Some(_) => {}
        }
    }

    /// Prints the word read last otherwise.
    pub fn reword(&mut self, to: Rewritten) {
        if let Some(last) = self.rewrites.last_mut() {
            last.to = to;
        }
    }

    /// Notes a `chưa nhập`.
    pub fn hole(&mut self, span: Span) {
        let what = self.slice(self.entry).to_owned();
        self.holes.push(crate::model::Hole { span, what });
    }
}

/// A place in the tokens of one entry.
#[derive(Clone, Copy)]
pub struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
    end: Span,
}

impl<'t> Reader<'t> {
    /// `end` is where something that is missing is reported.
    pub fn new(tokens: &'t [Token], end: Span) -> Reader<'t> {
        Reader { tokens, at: 0, end }
    }

    pub fn peek(&self) -> Option<&'t Token> {
        self.tokens[self.at..].iter().find(|token| token.kind != TokenKind::Comment)
    }

    pub fn advance(&mut self) -> Option<&'t Token> {
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            if token.kind != TokenKind::Comment {
                return Some(token);
            }
        }
        None
    }

    pub fn is_done(&self) -> bool {
        self.peek().is_none()
    }

    /// The place of the next token, or of the end.
    pub fn here(&self) -> Span {
        self.peek().map_or(self.end, |token| token.span)
    }

    /// The place of the token read last.
    pub fn last(&self) -> Span {
        self.tokens[..self.at]
            .iter()
            .rev()
            .find(|token| token.kind != TokenKind::Comment)
            .map_or(self.end, |token| token.span)
    }

    /// From `start` to the token read last.
    pub fn since(&self, start: Span) -> Span {
        let last = self.last();
        if last.end < start.start { start } else { start.to(last) }
    }

    /// The longest phrase of the table of words that begins here.
    pub fn phrase(&self) -> Option<Found> {
        let first = self.peek()?;
        if first.syllable == super::phrases::Syllable::OTHER {
            return None;
        }
        let live = self.tokens[self.at..].iter().filter(|token| token.kind != TokenKind::Comment);
        PHRASES.longest(live.map(|token| token.syllable))
    }

    pub fn word(&self) -> Option<Kw> {
        self.phrase().map(|found| found.kw)
    }

    pub fn is(&self, kw: Kw) -> bool {
        self.word() == Some(kw)
    }

    pub fn is_kind(&self, kind: TokenKind) -> bool {
        self.peek().is_some_and(|token| token.kind == kind)
    }

    /// Takes the word `kw` if it stands here.
    pub fn eat(&mut self, cx: &mut Draft<'_>, kw: Kw) -> Option<Span> {
        self.eat_as(cx, kw, kw)
    }

    /// Takes the word `kw`, which here means `meant` and is printed as that.
    pub fn eat_as(&mut self, cx: &mut Draft<'_>, kw: Kw, meant: Kw) -> Option<Span> {
        let found = self.phrase().filter(|found| found.kw == kw)?;
        Some(self.take(cx, found, meant))
    }

    /// Takes whatever word stands here.
    pub fn eat_word(&mut self, cx: &mut Draft<'_>) -> Option<Spanned<Kw>> {
        let found = self.phrase()?;
        let span = self.take(cx, found, found.kw);
        Some(Spanned::new(found.kw, span))
    }

    fn take(&mut self, cx: &mut Draft<'_>, found: Found, meant: Kw) -> Span {
        let start = self.here();
        for _ in 0..found.tokens {
            self.advance();
        }
        let span = start.to(self.last());
        cx.word(found, meant, span);
        span
    }

    pub fn eat_kind(&mut self, kind: TokenKind) -> Option<Span> {
        if self.is_kind(kind) { self.advance().map(|token| token.span) } else { None }
    }

    pub fn eat_symbol(&mut self, cx: &Draft<'_>, signs: &[&str]) -> Option<Span> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Symbol)?;
        if signs.contains(&cx.slice(token.span)) { self.advance().map(|token| token.span) } else { None }
    }

    /// Text in quotes, without them.
    pub fn text(&mut self, cx: &Draft<'_>) -> Option<Spanned<String>> {
        let token = self.peek().filter(|token| matches!(token.kind, TokenKind::Text | TokenKind::OpenText))?;
        self.advance();
        let raw = cx.slice(token.span);
        let mut letters = raw.chars();
        letters.next();
        if token.kind == TokenKind::Text {
            letters.next_back();
        }
        let inside = letters.as_str().trim();
        // A tab or a non-breaking space in a text is a space to its reader.
        let value =
            if inside.contains(['\t', '\u{A0}']) { inside.replace(['\t', '\u{A0}'], " ") } else { inside.to_owned() };
        Some(Spanned::new(value, token.span))
    }

    /// A single word that is no keyword: an id.
    pub fn id(&mut self, cx: &Draft<'_>) -> Option<Spanned<crate::model::Id>> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Word)?;
        if self.phrase().is_some() {
            return None;
        }
        self.advance();
        Some(Spanned::new(crate::model::Id::new(cx.slice(token.span)), token.span))
    }

    /// Everything up to the end, for a message.
    pub fn rest(&self) -> Span {
        match (self.peek(), self.tokens.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.end,
        }
    }

    pub fn skip_rest(&mut self) {
        self.at = self.tokens.len();
    }

    /// Reports that something else is needed here, and gives up on the rest of the entry.
    pub fn expected(&mut self, cx: &mut Draft<'_>, what_vi: &str, what_en: &str) {
        self.expected_or(cx, what_vi, what_en, None);
    }

    /// As `expected`, with what to do.
    pub fn expected_or(&mut self, cx: &mut Draft<'_>, what_vi: &str, what_en: &str, help: Option<String>) {
        let span = self.rest();
        let broken = self.tokens.iter().any(|token| matches!(token.kind, TokenKind::OpenText | TokenKind::Stray));
        let done = self.is_done();
        self.skip_rest();
        if broken {
            // Said with more precision where the text was read.
            return;
        }
        let rest = cx.slice(span);
        let found = match rest.split_once(['\n', '\r']) {
            Some((line, _)) => format!("{} …", line.trim_end()),
            None => rest.to_owned(),
        };
        let message = if done {
            say!(cx.lang, "ở đây còn thiếu {what_vi}", "{what_en} is missing here")
        } else {
            say!(cx.lang, "ở đây cần {what_vi}, không phải `{found}`", "this needs {what_en}, not `{found}`")
        };
        cx.error(codes::BAD_VALUE, span, message).help.extend(help);
    }

    /// Reports what is left over at the end of an entry.
    pub fn finish(mut self, cx: &mut Draft<'_>) {
        if self.is_done() {
            return;
        }
        self.expected_or(
            cx,
            "dấu “;” hoặc xuống dòng",
            "a “;” or a new line",
            Some(say!(
                cx.lang,
                "mỗi mục một dòng, hoặc ngăn cách bằng “;”; chữ tự do đặt trong ngoặc kép",
                "one entry a line, or “;” between them; free text goes in quotes"
            )),
        );
    }
}
