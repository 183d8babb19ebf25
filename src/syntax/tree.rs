//! A file as entries, blocks and tokens: what the grammar saw, without what the words mean.

use super::phrases::Syllable;
use crate::source::Span;

/// What kind of thing a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    Text,
    ActNumber,
    Date,
    Clock,
    Code,
    Fraction,
    Number,
    Colon,
    Comma,
    Open,
    Close,
    Symbol,
    Comment,
    /// A quote without its end; reported where it stands.
    OpenText,
    /// A letter that belongs nowhere; reported where it stands.
    Stray,
}

#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Span,
    /// For a word, comma or bracket: its place in the table of words.
    pub syllable: Syllable,
}

/// `TERMS { … }`
#[derive(Clone, Debug)]
pub struct Entry {
    pub tokens: Vec<Token>,
    pub block: Option<Block>,
    pub span: Span,
}

impl Entry {
    /// From the first token to the last, without the block.
    pub fn head(&self) -> Span {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.span,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Block {
    pub items: Vec<Item>,
    pub span: Span,
}

impl Block {
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.items.iter().filter_map(Item::entry)
    }
}

/// What stands in a block or a file: entries, and the comments between them.
#[derive(Clone, Debug)]
pub enum Item {
    Entry(Entry),
    Comment(Span),
}

impl Item {
    pub fn entry(&self) -> Option<&Entry> {
        match self {
            Item::Entry(entry) => Some(entry),
            Item::Comment(_) => None,
        }
    }

    pub fn span(&self) -> Span {
        match self {
            Item::Entry(entry) => entry.span,
            Item::Comment(span) => *span,
        }
    }
}
