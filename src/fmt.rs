//! Formatted text from a tree: canonical words, one blank line at most, aligned values. Comments stay where they are, and
//! what a procedure says never changes.

mod ids;

use rustc_hash::FxHashMap;
use unicode_width::UnicodeWidthStr as _;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::model::from_syntax;
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::phrases::WordSet;
use crate::syntax::reader::{Rewrite, Rewritten};
use crate::syntax::tree::{Block, Entry, Item, Token, TokenKind};

/// A line that would become longer than this keeps its block on lines of its own.
const MAX_LINE: usize = 160;
const INDENT: usize = 4;

/// Formats a file. A file with faults is not touched: they are given back instead.
pub fn format(id: FileId, file: &SourceFile, lang: Lang, write_ids: bool) -> Result<String, Vec<Diagnostic>> {
    let (items, mut found) = crate::syntax::parse(id, file, lang);
    let (definitions, draft) = from_syntax::read(id, file, &items, lang);
    found.extend(draft.diagnostics.iter().cloned());
    if found.iter().any(|one| one.severity == Severity::Error) {
        return Err(found);
    }
    let inserted = if write_ids { ids::missing(&definitions) } else { FxHashMap::default() };
    let printer = Printer {
        file,
        rewrites: draft.rewrites.iter().map(|rewrite| (rewrite.span.start, *rewrite)).collect(),
        english: draft.words() == WordSet::English,
        inserted,
    };
    let mut text = printer.items(&items, 0, false).join("\n");
    text.push('\n');
    Ok(text)
}

struct Printer<'a> {
    file: &'a SourceFile,
    rewrites: FxHashMap<u32, Rewrite>,
    english: bool,
    /// Text to put before the token that starts here (or after the one that ends here).
    inserted: FxHashMap<u32, String>,
}

/// One entry on its way to a line.
struct Line {
    text: String,
    /// Byte offsets in `text` of what is aligned with the lines around: the value after a colon, or a label in quotes and
    /// what follows it.
    cells: Vec<usize>,
    /// Lines of the block, after the first.
    more: Vec<String>,
}

impl Line {
    fn plain(text: String) -> Line {
        Line { text, cells: Vec::new(), more: Vec::new() }
    }
}

impl Printer<'_> {
    fn source(&self, span: Span) -> &str {
        self.file.slice(span)
    }

    /// What stands between two places of the source.
    fn between(&self, start: u32, end: u32) -> &str {
        self.file.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Whether the source has an empty line here.
    fn has_blank_line(between: &str) -> bool {
        between.matches('\n').count() > 1
    }

    /// The items of a block or file as lines, indented. With `apart`, entries that share a line are taken apart.
    fn items(&self, items: &[Item], indent: usize, apart: bool) -> Vec<String> {
        let mut lines: Vec<Line> = Vec::new();
        let mut last: Option<u32> = None;
        for item in items {
            let span = item.span();
            let between = last.map_or("\n", |last| self.between(last, span.start));
            let same_line = last.is_some() && !between.contains(['\n', '\r']);
            if last.is_some() && Printer::has_blank_line(between) {
                lines.push(Line::plain(String::new()));
            }
            match item {
                Item::Comment(span) => {
                    let text = self.source(*span).trim_end();
                    match lines.last_mut().filter(|_| same_line) {
                        Some(line) => {
                            let tail = line.more.last_mut().unwrap_or(&mut line.text);
                            tail.push_str("        ");
                            tail.push_str(text);
                        }
                        None => lines.push(Line::plain(format!("{}{text}", " ".repeat(indent)))),
                    }
                }
                Item::Entry(entry) => {
                    let line = self.entry(entry, indent);
                    match lines.last_mut().filter(|before| same_line && !apart && before.more.is_empty()) {
                        Some(before) => {
                            let otherwise =
                                ["ngược lại", "otherwise"].iter().any(|word| line.text.trim_start().starts_with(word));
                            before.text.push_str(if otherwise { " " } else { "; " });
                            before.text.push_str(line.text.trim_start());
                            before.more = line.more;
                        }
                        None => lines.push(line),
                    }
                }
            }
            last = Some(span.end);
        }
        align(&mut lines);
        lines.into_iter().flat_map(|line| std::iter::once(line.text.trim_end().to_owned()).chain(line.more)).collect()
    }

    fn entry(&self, entry: &Entry, indent: usize) -> Line {
        let lead = " ".repeat(indent);
        let (tokens, cells) = self.tokens(&entry.tokens, indent, entry.block.is_some());
        let mut line = Line { text: format!("{lead}{tokens}"), cells, more: Vec::new() };
        line.cells.iter_mut().for_each(|cell| *cell += indent);
        let Some(block) = &entry.block else { return line };
        if !entry.tokens.is_empty() {
            line.text.push(' ');
        }
        if block.items.is_empty() {
            line.text.push_str("{ }");
            return line;
        }
        let one_line = !self.source(block.span).contains(['\n', '\r']);
        if let Some(inline) =
            self.inline(block).filter(|inline| one_line && line.text.width() + inline.width() <= MAX_LINE)
        {
            line.text.push_str(&inline);
            return line;
        }
        line.cells.clear();
        line.text.push('{');
        let mut items = block.items.as_slice();
        // A comment or property right after the bracket stays there: `giai đoạn { thời gian: …`.
        if let Some(first) = items.first().filter(|_| !one_line) {
            let same_line = !self.between(block.span.start, first.span().start).contains(['\n', '\r']);
            match first {
                Item::Comment(span) if same_line => {
                    line.text.push_str("        ");
                    line.text.push_str(self.source(*span).trim_end());
                    items = &items[1..];
                }
                Item::Entry(entry) if same_line && items.len() > 1 && entry.block.is_none() => {
                    line.text.push(' ');
                    line.text.push_str(&self.tokens(&entry.tokens, indent + INDENT, false).0);
                    items = &items[1..];
                }
                Item::Comment(_) | Item::Entry(_) => {}
            }
        }
        line.more.extend(self.items(items, indent + INDENT, one_line));
        line.more.push(format!("{lead}}}"));
        line
    }

    /// A block on one line, where its entries allow it.
    fn inline(&self, block: &Block) -> Option<String> {
        let entries: Option<Vec<String>> = block
            .items
            .iter()
            .map(|item| {
                let line = self.entry(item.entry()?, 0);
                line.more.is_empty().then_some(line.text)
            })
            .collect();
        Some(format!("{{ {} }}", entries?.join("; ")))
    }

    /// The tokens of an entry, and the offsets of what is aligned.
    fn tokens(&self, tokens: &[Token], indent: usize, block: bool) -> (String, Vec<usize>) {
        let mut text = String::new();
        let mut cells = Vec::new();
        // Whether only words came so far: then a colon ends a label.
        let mut words_only = true;
        let mut label_in_quotes = false;
        let mut at = 0;
        let mut before: Option<&Token> = None;
        while let Some(token) = tokens.get(at) {
            if let Some(Rewrite { to: Rewritten::Vietnamese(_), .. }) = self.rewrites.get(&token.span.start)
                && self.english
            {
                at += 1;
                continue;
            }
            if let Some(before) = before {
                if self.between(before.span.end, token.span.start).contains(['\n', '\r']) {
                    text.truncate(text.trim_end().len());
                    text.push('\n');
                    text.push_str(&" ".repeat(indent + INDENT));
                } else if space(before, token, self) {
                    text.push(' ');
                }
            }
            if let Some(id) = self.inserted.get(&token.span.start) {
                text.push_str(id);
                text.push(' ');
            }
            if token.kind == TokenKind::Text && words_only && at > 0 {
                cells.push(text.len());
                label_in_quotes = true;
            } else if label_in_quotes && cells.len() == 1 {
                cells.push(text.len());
            }
            let last = self.push(tokens, at, &mut text);
            if token.kind == TokenKind::Colon && words_only {
                text.push(' ');
                cells.push(text.len());
                before = None;
            } else {
                before = tokens.get(last);
            }
            words_only &= matches!(token.kind, TokenKind::Word | TokenKind::Comma);
            at = last + 1;
        }
        if let Some(id) = tokens.last().and_then(|last| self.inserted.get(&last.span.end)) {
            text.push(' ');
            text.push_str(id);
        }
        let rule = ["khi ", "thêm ", "when ", "plus "].iter().any(|word| text.starts_with(word));
        if rule || text.contains('\n') || (label_in_quotes && block) {
            cells.clear();
        }
        (text.trim_end().to_owned(), cells)
    }

    /// Prints the token at `at`, rewritten where it is; gives the last token that this took.
    fn push(&self, tokens: &[Token], at: usize, text: &mut String) -> usize {
        let token = &tokens[at];
        let word = |kw: crate::syntax::words::Kw| if self.english { kw.en() } else { kw.vi() };
        match self.rewrites.get(&token.span.start).map(|rewrite| (rewrite.to, rewrite.span)) {
            Some((Rewritten::Word(kw) | Rewritten::One(kw) | Rewritten::Vietnamese(kw), span)) => {
                let is_one =
                    matches!(self.rewrites.get(&token.span.start), Some(Rewrite { to: Rewritten::One(_), .. }));
                text.push_str(if is_one && self.english { kw.en_one() } else { word(kw) });
                return tokens.iter().rposition(|one| one.span.end <= span.end).unwrap_or(at).max(at);
            }
            Some((Rewritten::Sign(sign), _)) => text.push_str(sign),
            Some((Rewritten::Before(kw), _)) => {
                text.push_str(word(kw));
                text.push(' ');
                text.push_str(&self.token(token));
            }
            Some((Rewritten::Count, _)) if !self.english => {
                text.push_str(&format!("{:0>2}", self.token(token)));
            }
            Some((Rewritten::Count, _)) | None => text.push_str(&self.token(token)),
        }
        at
    }

    /// A token as it is printed where nothing rewrites it.
    fn token(&self, token: &Token) -> String {
        let text = self.source(token.span);
        if token.kind == TokenKind::Number && self.english {
            return plain_number(text).to_owned();
        }
        if token.kind != TokenKind::Text {
            return text.to_owned();
        }
        let mut letters = text.chars();
        letters.next();
        letters.next_back();
        let inside = letters.as_str().trim().replace(['\t', '\u{A0}'], " ");
        if inside.contains('"') { format!("“{inside}”") } else { format!("\"{inside}\"") }
    }
}

/// A number without the zeros that Vietnamese documents put before a count.
fn plain_number(text: &str) -> &str {
    let rest = text.trim_start_matches('0');
    // The zero of `0,5` stays.
    if rest.starts_with(|letter: char| letter.is_ascii_digit()) { rest } else { &text[text.len() - rest.len() - 1..] }
}

/// Whether a space stands between two tokens.
fn space(before: &Token, token: &Token, printer: &Printer<'_>) -> bool {
    let tight = |token: &Token| token.kind == TokenKind::Symbol && matches!(printer.source(token.span), "/" | "%");
    !(matches!(token.kind, TokenKind::Comma | TokenKind::Colon | TokenKind::Close)
        || before.kind == TokenKind::Open
        || tight(token)
        || (tight(before) && printer.source(before.span) == "/"))
}

/// Gives the cells of neighbouring lines of one shape the same columns.
fn align(lines: &mut [Line]) {
    let mut start = 0;
    while start < lines.len() {
        let shape = lines[start].cells.len();
        let end = lines[start..].iter().position(|line| line.cells.len() != shape || !line.more.is_empty());
        let end = end.map_or(lines.len(), |length| start + length.max(1));
        for cell in 0..shape {
            let column = lines[start..end].iter().map(|line| line.text[..line.cells[cell]].width()).max().unwrap_or(0);
            for line in &mut lines[start..end] {
                let at = line.cells[cell];
                let pad = column - line.text[..at].width();
                line.text.insert_str(at, &" ".repeat(pad));
                line.cells[cell..].iter_mut().for_each(|cell| *cell += pad);
            }
        }
        start = end;
    }
}
