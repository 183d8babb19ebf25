//! Looks at brackets before parsing: refuses nesting that no procedure has, and finds the block that was left open.
//!
//! A missing `}` would put the rest of the file into the wrong block. Indentation tells where it belongs: an entry that
//! stands no deeper than the line which opened the block is not in that block. The parser then gets a copy in which a
//! blank before that entry is overwritten by `}`, so that every place stays the same.

use std::borrow::Cow;

use super::fold::fold;
use super::words::Kw;

/// Deeper nesting than this is refused; real procedures nest four or five levels.
pub const MAX_DEPTH: usize = 64;

/// What the scan found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Offsets of `{` that are never closed.
    pub unclosed: Vec<usize>,
    /// Offset of the bracket that goes deeper than [`MAX_DEPTH`].
    pub too_deep: Option<usize>,
}

struct Line {
    start: usize,
    indent: usize,
    /// Offsets of `{` and `}` outside text and comments.
    braces: Vec<usize>,
    closes_first: bool,
    blank: bool,
    /// Whether a procedure, overlay or norm begins here, at the left margin.
    starts_item: bool,
}

/// Scans `text`; gives the text to parse, equal but for closing brackets put in place of blanks.
pub fn balance(text: &str) -> (Cow<'_, str>, Balance) {
    let mut balance = Balance::default();
    let (mut depth, mut rounds) = (0_usize, 0_usize);
    let mut open_at_item = false;
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    for (start, end) in line_ranges(bytes) {
        let line = scan_line(text, start, end, (&mut depth, &mut rounds), &mut balance);
        if balance.too_deep.is_some() {
            return (Cow::Borrowed(text), balance);
        }
        let before =
            line.braces.iter().fold(depth as isize, |depth, &at| if bytes[at] == b'{' { depth - 1 } else { depth + 1 });
        open_at_item |= line.starts_item && before > 0;
        lines.push(line);
    }
    if depth == 0 && !open_at_item {
        return (Cow::Borrowed(text), balance);
    }
    let mut copy = text.as_bytes().to_vec();
    let mut first = 0;
    for at in 1..=lines.len() {
        if at == lines.len() || lines[at].starts_item {
            let end = lines.get(at).map_or(text.len(), |line| line.start);
            repair(&lines[first..at], end, &mut copy, &mut balance);
            first = at;
        }
    }
    match String::from_utf8(copy) {
        Ok(copy) => (Cow::Owned(copy), balance),
        Err(_) => (Cow::Borrowed(text), balance),
    }
}

/// Closes what one top-level item leaves open.
fn repair(lines: &[Line], end: usize, copy: &mut Vec<u8>, balance: &mut Balance) {
    let total = copy.len();
    let brace_kinds = |line: &Line, copy: &[u8]| -> Vec<(usize, bool)> {
        line.braces.iter().map(|&at| (at, copy[at] == b'{')).collect()
    };
    let mut missing = 0_usize;
    for line in lines {
        for (_, open) in brace_kinds(line, copy) {
            missing = if open { missing + 1 } else { missing.saturating_sub(1) };
        }
    }
    let mut stack: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        let mut room = 0;
        while missing > 0 && !line.blank && stack.len() > 1 {
            let &(open, indent) = stack.last().expect("the stack holds at least two");
            let outside = if line.closes_first { line.indent < indent } else { line.indent <= indent };
            if !outside || !put_close(copy, line.start, &mut room) {
                break;
            }
            balance.unclosed.push(open);
            stack.pop();
            missing -= 1;
        }
        for (at, open) in brace_kinds(line, copy) {
            if open {
                stack.push((at, line.indent));
            } else {
                stack.pop();
            }
        }
    }
    while let Some((open, _)) = stack.pop() {
        balance.unclosed.push(open);
        if end == total {
            copy.push(b'}');
        } else if !put_close_before(copy, end) {
            break;
        }
    }
}

/// Overwrites the next blank at the start of a line.
fn put_close(copy: &mut [u8], line: usize, room: &mut usize) -> bool {
    let at = line + *room;
    if matches!(copy.get(at), Some(b' ' | b'\t')) {
        copy[at] = b'}';
        *room += 1;
        return true;
    }
    put_close_before(copy, line)
}

/// Overwrites the last free newline before `at`; the one that ends a line of text or a comment must stay.
fn put_close_before(copy: &mut [u8], at: usize) -> bool {
    let run = copy[..at].iter().rev().take_while(|byte| byte.is_ascii_whitespace() || **byte == b'}').count();
    let first = copy[at - run..at].iter().position(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    match copy[at - run + first..at].iter().rposition(u8::is_ascii_whitespace) {
        Some(free) => {
            copy[at - run + first + free] = b'}';
            true
        }
        None => false,
    }
}

fn line_ranges(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= bytes.len() {
            return None;
        }
        let end = bytes[start..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| start + at + 1);
        let range = (start, end);
        start = end;
        Some(range)
    })
}

/// `depth` counts curly brackets, `rounds` the round ones open in this entry: a list may go over lines.
fn scan_line(
    text: &str,
    start: usize,
    end: usize,
    (depth, rounds): (&mut usize, &mut usize),
    balance: &mut Balance,
) -> Line {
    let bytes = text.as_bytes();
    let line = &text[start..end];
    let body = line.trim_start_matches([' ', '\t', '\u{A0}']);
    let indent = line[..line.len() - body.len()].chars().map(|blank| if blank == '\t' { 4 } else { 1 }).sum();
    let mut braces = Vec::new();
    let mut at = start;
    while at < end {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => break,
            b'{' => {
                *depth += 1;
                *rounds = 0;
                if *depth > MAX_DEPTH {
                    balance.too_deep = Some(at);
                    break;
                }
                braces.push(at);
            }
            b'}' => {
                *depth = depth.saturating_sub(1);
                *rounds = 0;
                braces.push(at);
            }
            b'(' => {
                *rounds += 1;
                if *rounds > MAX_DEPTH {
                    balance.too_deep = Some(at);
                    break;
                }
            }
            b')' => *rounds = rounds.saturating_sub(1),
            b';' => *rounds = 0,
            b'"' | 0xE2 | 0xC2 => {
                if let Some(quoted) = skip_quote(&text[at..end]) {
                    at += quoted;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    let starts_item = indent == 0 && body.len() > 3 && starts_item(body);
    Line { start, indent, braces, closes_first: body.starts_with('}'), blank: is_blank(body), starts_item }
}

fn is_blank(body: &str) -> bool {
    let body = body.trim();
    body.is_empty() || body.starts_with("//")
}

fn starts_item(body: &str) -> bool {
    let head: String = body.chars().take(24).collect();
    let head = fold(&head);
    [Kw::Procedure, Kw::Overlay, Kw::Norm, Kw::Subprocess].iter().any(|kw| {
        [kw.vi(), kw.en()].iter().any(|word| {
            // A property of the same name carries a colon.
            head.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ') && !rest.trim_start().starts_with(':'))
        })
    })
}

/// How many bytes a text in quotes takes at the start of `rest`; `None` where there is no quote. As the grammar's
/// `text` and `open_text`.
fn skip_quote(rest: &str) -> Option<usize> {
    let quote = rest.chars().next()?;
    if !matches!(quote, '"' | '“' | '”' | '„' | '«') {
        return None;
    }
    let body = &rest[quote.len_utf8()..];
    let find = |ends: &[char]| body.char_indices().find(|(_, letter)| ends.contains(letter));
    let close = if quote == '"' {
        find(&['"']).or_else(|| find(&['”']))
    } else {
        find(&['”', '»']).or_else(|| find(&['"']))
    };
    let inside = match close {
        Some((at, letter)) => at + letter.len_utf8(),
        None => body.find(['\n', '\r', '{', '}', ';']).unwrap_or(body.len()),
    };
    Some(quote.len_utf8() + inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balanced_text_is_left_alone() {
        let (text, balance) = balance("thủ tục 1.000001 \"a { b\" {\n  phí: không // }\n}\n");
        assert!(matches!(text, Cow::Borrowed(_)));
        assert_eq!(balance, Balance::default());
    }

    #[test]
    fn a_missing_bracket_is_put_before_the_entry_that_stands_too_far_left() {
        let source = "thủ tục 1.000001 \"a\" {\n    hồ sơ {\n        nộp \"b\"\n    phí: không\n}\n";
        let (text, balance) = balance(source);
        assert_eq!(text, source.replace("    phí", "}   phí"));
        assert_eq!(balance.unclosed, [source.find("{\n        nộp").expect("there")]);
    }

    #[test]
    fn a_procedure_left_open_does_not_swallow_the_next() {
        let source = "thủ tục 1.000001 \"a\" {\n    phí: không\n\nthủ tục 1.000002 \"b\" { }\n";
        let (text, balance) = balance(source);
        assert_eq!(text.find('}').map(|at| at < source.find("thủ tục 1.000002").expect("there")), Some(true));
        assert_eq!(balance.unclosed.len(), 1);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let (_, balance) = balance(&"{".repeat(100_000));
        assert_eq!(balance.too_deep, Some(MAX_DEPTH));
    }
}
