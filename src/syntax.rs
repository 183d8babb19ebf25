//! Text to a tree of entries. The grammar is `grammar/procedure.pest`; it never fails, and what is amiss is reported.

pub mod balance;
pub mod fold;
pub mod phrases;
pub mod reader;
pub mod tree;
pub mod words;

use pest::Parser as _;
use pest::iterators::Pair;

use self::phrases::{PHRASES, Syllable};
use self::tree::{Block, Entry, Item, Token, TokenKind};
use crate::diagnostic::{Diagnostic, RuleCode, Severity};
use crate::lang::{Lang, say};
use crate::source::{FileId, SourceFile, Span};

/// Codes of what is reported while files are read and names looked up; explained in `check/reading.rs`.
pub mod codes {
    use crate::diagnostic::RuleCode;

    pub const UNREADABLE: RuleCode = RuleCode("TT001");
    pub const OPEN_TEXT: RuleCode = RuleCode("TT002");
    pub const UNCLOSED: RuleCode = RuleCode("TT003");
    pub const STRAY: RuleCode = RuleCode("TT004");
    pub const TOO_DEEP: RuleCode = RuleCode("TT005");
    pub const UNKNOWN_ENTRY: RuleCode = RuleCode("TT006");
    pub const MIXED_WORDS: RuleCode = RuleCode("TT007");
    pub const BAD_VALUE: RuleCode = RuleCode("TT008");
    pub const GIVEN_TWICE: RuleCode = RuleCode("TT009");
    pub const AND_WITH_OR: RuleCode = RuleCode("TT010");
    pub const VALUE_ALONE: RuleCode = RuleCode("TT011");
    pub const MISSING_SEPARATOR: RuleCode = RuleCode("TT012");
    pub const UNKNOWN_IN_REGISTER: RuleCode = RuleCode("TT013");
    pub const UNKNOWN_NAME: RuleCode = RuleCode("TT014");
    pub const NAME_TWICE: RuleCode = RuleCode("TT015");
    pub const REGISTER_FAULT: RuleCode = RuleCode("TT016");
    pub const OVERLAY_OF_NOTHING: RuleCode = RuleCode("TT017");
    pub const HOLE: RuleCode = RuleCode("TT018");
    pub const IDLE_IGNORE: RuleCode = RuleCode("TT019");
    pub const VALUE_OF_ANOTHER_KIND: RuleCode = RuleCode("TT020");
}

mod grammar {
    #![allow(clippy::all)]
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/procedure.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// Reads one file. The tree holds everything that could be read; each fault is reported at its place.
pub fn parse(id: FileId, file: &SourceFile, lang: Lang) -> (Vec<Item>, Vec<Diagnostic>) {
    let (text, balance) = balance::balance(&file.text);
    let mut tree = Builder { file: id, text: &text, len: file.text.len(), lang, diagnostics: Vec::new() };
    if let Some(at) = balance.too_deep {
        let limit = balance::MAX_DEPTH;
        let message = say!(
            lang,
            "ngoặc lồng nhau quá {limit} tầng; phần còn lại của tệp không được đọc",
            "brackets nest deeper than {limit} levels; the rest of the file is not read"
        );
        tree.error(codes::TOO_DEEP, Span::new(id, at, at + 1), message).help(say!(
            lang,
            "một thủ tục thật chỉ lồng bốn, năm tầng: kiểm tra lại các dấu ngoặc thừa",
            "a real procedure nests four or five levels: look for brackets too many"
        ));
        return (Vec::new(), tree.diagnostics);
    }
    let items = match Grammar::parse(Rule::file, &text) {
        Ok(mut pairs) => pairs.next().map_or_else(Vec::new, |file| tree.items(file)),
        Err(error) => {
            let at = match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
            };
            let message = say!(lang, "không đọc được từ chỗ này", "cannot be read from here on");
            tree.error(codes::STRAY, Span::new(id, at, at), message);
            Vec::new()
        }
    };
    for open in balance.unclosed {
        tree.unclosed(&items, open as u32, file);
    }
    tree.diagnostics.sort_by_key(|found| found.span.start);
    (items, tree.diagnostics)
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    len: usize,
    lang: Lang,
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn error(&mut self, code: RuleCode, span: Span, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(code, Severity::Error, span, message));
        self.diagnostics.last_mut().expect("just pushed")
    }

    /// A span in the text as written; brackets that were put at the end lie behind it.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.file, span.start().min(self.len), span.end().min(self.len))
    }

    fn items(&mut self, parent: Pair<'_, Rule>) -> Vec<Item> {
        let mut items = Vec::new();
        let mut after_stray_close = false;
        for pair in parent.into_inner() {
            let again = std::mem::replace(&mut after_stray_close, pair.as_rule() == Rule::stray_close);
            match pair.as_rule() {
                // One message for a run of them.
                Rule::stray_close if again => {}
                Rule::entry => items.push(Item::Entry(self.entry(pair))),
                Rule::comment => items.push(Item::Comment(self.span(&pair))),
                Rule::stray_close => {
                    let message = say!(self.lang, "thừa dấu `}}`", "one `}}` too many");
                    let help = say!(
                        self.lang,
                        "xóa dấu này, hoặc xóa dấu `}}` đã đóng khối quá sớm ở phía trên",
                        "remove it, or the `}}` above that closed its block too early"
                    );
                    let span = self.span(&pair);
                    self.error(codes::STRAY, span, message).help(help);
                }
                _ => {}
            }
        }
        items
    }

    fn entry(&mut self, pair: Pair<'_, Rule>) -> Entry {
        let span = self.span(&pair);
        let mut entry = Entry { tokens: Vec::new(), block: None, span };
        for part in pair.into_inner() {
            if part.as_rule() == Rule::block {
                let span = self.span(&part);
                entry.block = Some(Block { items: self.items(part), span });
            } else {
                self.token(part, &mut entry.tokens);
            }
        }
        self.report_strays(&entry.tokens);
        entry
    }

    fn token(&mut self, pair: Pair<'_, Rule>, tokens: &mut Vec<Token>) {
        let kind = match pair.as_rule() {
            Rule::text => TokenKind::Text,
            Rule::word | Rule::joint_word => TokenKind::Word,
            Rule::act_number => TokenKind::ActNumber,
            Rule::date => TokenKind::Date,
            Rule::clock => TokenKind::Clock,
            Rule::code => TokenKind::Code,
            Rule::fraction => TokenKind::Fraction,
            Rule::number => TokenKind::Number,
            Rule::colon => TokenKind::Colon,
            Rule::open => TokenKind::Open,
            Rule::close => TokenKind::Close,
            Rule::symbol_sign => TokenKind::Symbol,
            Rule::comment => TokenKind::Comment,
            Rule::open_text => TokenKind::OpenText,
            Rule::stray => TokenKind::Stray,
            Rule::comma => {
                let start = pair.as_span().start();
                let syllable = PHRASES.syllable(",");
                let span = Span::new(self.file, start, start + 1);
                tokens.push(Token { kind: TokenKind::Comma, span, syllable });
                pair.into_inner().for_each(|inner| self.token(inner, tokens));
                return;
            }
            Rule::group => {
                let open = self.span(&pair);
                for inner in pair.into_inner() {
                    if inner.as_rule() == Rule::unclosed {
                        let message = say!(self.lang, "chưa đóng ngoặc `(`", "`(` is not closed");
                        let span = Span { end: open.start + 1, ..open };
                        self.error(codes::UNCLOSED, span, message);
                    } else {
                        self.token(inner, tokens);
                    }
                }
                return;
            }
            _ => {
                pair.into_inner().for_each(|inner| self.token(inner, tokens));
                return;
            }
        };
        let syllable = match kind {
            TokenKind::Word | TokenKind::Open | TokenKind::Close => PHRASES.syllable(pair.as_str()),
            _ => Syllable::OTHER,
        };
        tokens.push(Token { kind, span: self.span(&pair), syllable });
    }

    /// One message for an open quote, and one for each run of letters that belong nowhere.
    fn report_strays(&mut self, tokens: &[Token]) {
        let mut at = 0;
        while at < tokens.len() {
            let first = tokens[at];
            at += 1;
            if first.kind == TokenKind::OpenText {
                let message = say!(self.lang, "chưa đóng dấu ngoặc kép", "the quote is not closed");
                let help = say!(
                    self.lang,
                    "thêm dấu \" ở cuối; chữ trong ngoặc kép phải nằm trên một dòng",
                    "add a \" at its end; a quoted text stays on one line"
                );
                self.error(codes::OPEN_TEXT, first.span, message).help(help);
            }
            if first.kind != TokenKind::Stray {
                continue;
            }
            let mut span = first.span;
            while tokens.get(at).is_some_and(|next| next.kind == TokenKind::Stray && next.span.start == span.end) {
                span = span.to(tokens[at].span);
                at += 1;
            }
            let text = self.text.get(span.range()).unwrap_or("").to_owned();
            let message = say!(self.lang, "không hiểu `{text}`", "`{text}` means nothing here");
            let help = say!(
                self.lang,
                "chữ tự do phải đặt trong ngoặc kép; ghi chú bắt đầu bằng //",
                "free text goes in quotes; a comment starts with //"
            );
            self.error(codes::STRAY, span, message).help(help);
        }
    }

    /// Names the block that was left open by the words before its bracket.
    fn unclosed(&mut self, items: &[Item], open: u32, file: &SourceFile) {
        // The words of one line: where brackets are amiss, a head can reach over many.
        let name = head_of_block(items, open)
            .and_then(|head| file.slice(head).lines().next())
            .unwrap_or_default()
            .trim_end_matches(['{', ' ']);
        let line = file.position(open).line;
        let message = if name.is_empty() {
            say!(self.lang, "chưa đóng khối mở ở dòng {line}", "the block opened on line {line} is not closed")
        } else {
            say!(
                self.lang,
                "chưa đóng khối “{name}” mở ở dòng {line}",
                "the block “{name}” opened on line {line} is not closed"
            )
        };
        let help = say!(self.lang, "thêm dấu `}}` ở cuối khối", "add a `}}` at the end of the block");
        let span = Span { file: self.file, start: open, end: open + 1 };
        self.error(codes::UNCLOSED, span, message).help(help);
    }
}

/// The label of the block that opens at an offset: its words, without the value and the text in quotes.
fn head_of_block(items: &[Item], open: u32) -> Option<Span> {
    for entry in items.iter().filter_map(Item::entry) {
        let Some(block) = &entry.block else { continue };
        if block.span.start == open {
            let words = entry
                .tokens
                .iter()
                .take_while(|token| matches!(token.kind, TokenKind::Word | TokenKind::Comma | TokenKind::Code));
            return words.map(|token| token.span).reduce(Span::to).or(Some(entry.head()));
        }
        if (block.span.start..block.span.end.max(block.span.start + 1)).contains(&open) {
            return head_of_block(&block.items, open);
        }
    }
    None
}
