//! From entries to the model: the only way in. One file a construct; faults are reported, and what can be read is kept.

mod amount;
mod bundle;
mod case;
mod citation;
mod condition;
mod deadline;
mod document;
mod facts;
mod header;
mod norm;
mod outcome;
mod process;
mod quantity;
mod reference;
mod scenario;
mod top;

use crate::lang::{Lang, say};
use crate::model::Definitions;
use crate::source::{FileId, SourceFile, Span, Spanned};
use crate::syntax::codes;
use crate::syntax::fold::nearest;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Block, Entry, Item, TokenKind};
use crate::syntax::words::Kw;

/// Reads what a file defines. The draft comes back with the faults, and with what the formatter needs.
pub fn read<'a>(id: FileId, file: &'a SourceFile, items: &[Item], lang: Lang) -> (Definitions, Draft<'a>) {
    let mut cx = Draft::new(id, file, lang);
    let definitions = top::read(&mut cx, items);
    (definitions, cx)
}

/// The entries of a block; two properties that were written on one line without `;` are taken apart and reported.
fn entries<'t>(cx: &mut Draft<'_>, block: &'t Block) -> Vec<std::borrow::Cow<'t, Entry>> {
    let mut all = Vec::with_capacity(block.items.len());
    for entry in block.entries() {
        // `bỏ qua` may stand in any block; `top` collects it.
        if !Reader::new(&entry.tokens, entry.span).is(Kw::Ignore) {
            split(cx, entry, &mut all);
        }
    }
    all
}

/// The entries of an entry's block, if it has one.
fn inside<'t>(cx: &mut Draft<'_>, entry: &'t Entry) -> Vec<std::borrow::Cow<'t, Entry>> {
    entry.block.as_ref().map_or_else(Vec::new, |block| entries(cx, block))
}

fn split<'t>(cx: &mut Draft<'_>, entry: &'t Entry, all: &mut Vec<std::borrow::Cow<'t, Entry>>) {
    let mut colons = entry.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Colon);
    let second = colons.nth(1).map(|(at, _)| at);
    let label = second.and_then(|colon| {
        // The longest keyword that ends right before the colon begins the second property.
        (1..colon).find(|&at| {
            let reader = Reader::new(&entry.tokens[at..colon], entry.span);
            reader.phrase().is_some_and(|found| found.tokens == colon - at)
        })
    });
    let Some(at) = label else {
        all.push(std::borrow::Cow::Borrowed(entry));
        return;
    };
    let colon = second.expect("a label was found before it");
    let words = cx.slice(entry.tokens[at].span.to(entry.tokens[colon - 1].span)).to_owned();
    let message =
        say!(cx.lang, "thiếu “;” hoặc xuống dòng trước “{words}:”", "a “;” or a new line is missing before “{words}:”");
    let help = say!(cx.lang, "mỗi mục một dòng, hoặc ngăn cách bằng “;”", "one entry a line, or “;” between them");
    cx.error(codes::MISSING_SEPARATOR, entry.tokens[at].span, message).help(help);
    let first = entry.tokens[..at].to_vec();
    let span = entry.span;
    all.push(std::borrow::Cow::Owned(Entry { tokens: first, block: None, span }));
    let rest = Entry { tokens: entry.tokens[at..].to_vec(), block: entry.block.clone(), span };
    all.push(std::borrow::Cow::Owned(rest));
}

/// A reader at the head of an entry; what is missing is reported at its end.
fn reader<'t>(cx: &mut Draft<'_>, entry: &'t Entry) -> Reader<'t> {
    cx.entry = label_of(entry);
    let head = entry.head();
    // The last letter, which may be several bytes.
    let last = cx.slice(head).chars().next_back().map_or(0, |letter| letter.len_utf8() as u32);
    Reader::new(&entry.tokens, Span { start: head.end - last, ..head })
}

/// The words before the colon or the first text: how an author would call the entry.
fn label_of(entry: &Entry) -> Span {
    let words = entry
        .tokens
        .iter()
        .take_while(|token| matches!(token.kind, TokenKind::Word | TokenKind::Comma | TokenKind::Code));
    words.map(|token| token.span).reduce(Span::to).unwrap_or(entry.head())
}

/// Reports an entry that its block does not know, with the likeliest of those it knows.
fn unknown(cx: &mut Draft<'_>, entry: &Entry, place_vi: &str, place_en: &str, known: &[Kw]) {
    if entry.tokens.iter().any(|token| matches!(token.kind, TokenKind::Stray | TokenKind::OpenText)) {
        return;
    }
    let span = label_of(entry);
    let words = cx.slice(span).to_owned();
    let spelled: Vec<&str> = known.iter().map(|kw| cx.spell(*kw)).collect();
    let (message, help) = if entry.tokens.is_empty() {
        (
            say!(cx.lang, "khối này không có tên mục đứng trước", "this block has no label before it"),
            say!(cx.lang, "viết tên mục trước dấu mở ngoặc nhọn", "write a label before the opening bracket"),
        )
    } else {
        let list = spelled.join(", ");
        let likely = nearest(&words, spelled.iter().copied());
        (
            say!(cx.lang, "{place_vi} không có mục `{words}`", "{place_en} has no entry `{words}`"),
            match likely {
                Some(word) => say!(cx.lang, "có phải ý là `{word}`?", "did you mean `{word}`?"),
                None => say!(cx.lang, "các mục được dùng: {list}", "entries known here: {list}"),
            },
        )
    };
    cx.error(codes::UNKNOWN_ENTRY, span, message).help(help);
}

/// Puts a value into its slot; a second value is reported and left out.
fn set<T>(cx: &mut Draft<'_>, slot: &mut Option<T>, value: Option<T>, span: Span, first: Option<Span>) {
    let Some(value) = value else { return };
    if slot.is_some() {
        let words = cx.slice(cx.entry).to_owned();
        let message = say!(cx.lang, "`{words}` đã được khai một lần", "`{words}` is given twice");
        let note = say!(cx.lang, "lần đầu ở đây", "first given here");
        let help = say!(cx.lang, "giữ một dòng, xóa dòng kia", "keep one and remove the other");
        let found = cx.error(codes::GIVEN_TWICE, span, message);
        found.help(help);
        if let Some(first) = first {
            found.also(first, note);
        }
        return;
    }
    *slot = Some(value);
}

/// The end of a property: nothing is left over, and no block follows that nobody reads.
fn close(cx: &mut Draft<'_>, reader: Reader<'_>, entry: &Entry) {
    let done = reader.is_done();
    reader.finish(cx);
    if let Some(block) = entry.block.as_ref().filter(|_| done) {
        let words = cx.slice(label_of(entry)).to_owned();
        let message = say!(cx.lang, "`{words}` không có khối {{ … }} đi kèm", "`{words}` takes no block {{ … }}");
        let help = say!(
            cx.lang,
            "xóa khối này, hoặc xuống dòng nếu là mục khác",
            "remove the block, or begin a new line if it is another entry"
        );
        cx.error(codes::BAD_VALUE, Span { end: block.span.start + 1, ..block.span }, message).help(help);
    }
}

/// The `:` after a label.
fn colon(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> bool {
    if reader.eat_kind(TokenKind::Colon).is_some() {
        return true;
    }
    reader.expected(cx, "dấu hai chấm “:”", "a colon “:”");
    false
}

/// `A, B, C` by one reading function.
fn list<T>(
    cx: &mut Draft<'_>,
    reader: &mut Reader<'_>,
    mut item: impl FnMut(&mut Draft<'_>, &mut Reader<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut items = vec![item(cx, reader)?];
    while reader.eat_kind(TokenKind::Comma).is_some() {
        if reader.is_done() {
            break;
        }
        items.push(item(cx, reader)?);
    }
    Some(items)
}

/// `ghi chú: "…"`
fn note(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    colon(cx, reader).then(|| quoted(cx, reader)).flatten()
}

/// A text in quotes that must stand here.
fn quoted(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    let text = reader.text(cx);
    if text.is_none() {
        reader.expected(cx, "chữ trong ngoặc kép", "text in quotes");
    }
    text
}

/// Whether nothing but a hole (`chưa nhập`) stands here; notes it.
fn hole(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Span> {
    let span = reader.eat(cx, Kw::Hole)?;
    cx.hole(span);
    Some(span)
}
