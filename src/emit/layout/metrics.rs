//! How wide text is, near enough to wrap it: widths of a sans-serif face such as Arial or Liberation Sans, rounded up.

use unicode_normalization::char::decompose_canonical;

/// The width of a letter, in ems. Marks add nothing to Vietnamese letters.
fn letter(letter: char) -> f64 {
    let base = if letter.is_ascii() { letter } else { base(letter) };
    match base {
        'i' | 'j' | 'l' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' => 0.28,
        'f' | 't' | 'I' | '(' | ')' | '[' | ']' | '/' | ' ' | '-' => 0.34,
        'r' => 0.36,
        'm' | 'M' | '%' => 0.89,
        'W' | '@' | '…' | '—' | '\u{1100}'..='\u{1dff}' | '\u{2e80}'.. => 1.02,
        'w' | 'C' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'R' | 'U' | 'Đ' => 0.78,
        'A' | 'B' | 'E' | 'F' | 'K' | 'L' | 'P' | 'S' | 'T' | 'V' | 'X' | 'Y' | 'Z' => 0.68,
        'ơ' | 'ư' => 0.64,
        'a'..='z' | '0'..='9' | 'đ' | '“' | '”' => 0.57,
        _ => 0.7,
    }
}

/// A letter without its marks.
fn base(letter: char) -> char {
    let mut first = None;
    decompose_canonical(letter, |part| {
        first.get_or_insert(part);
    });
    first.unwrap_or(letter)
}

/// The width of a text, in ems.
pub(in crate::emit) fn width(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

/// Breaks a text into lines at most `width` ems wide; `scale` is 1 for plain and more for bold. A word that is wider than
/// a line is broken.
pub(in crate::emit) fn wrap(text: &str, most: f64, scale: f64) -> Vec<String> {
    let fits = |text: &str| width(text) * scale <= most;
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        while !fits(&word) {
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut head = String::new();
            for letter in word.chars() {
                head.push(letter);
                if !fits(&head) && head.chars().count() > 1 {
                    head.pop();
                    break;
                }
            }
            if head.len() >= word.len() {
                break;
            }
            word = word.split_off(head.len());
            lines.push(head);
        }
        let wider = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if fits(&wider) {
            line = wider;
        } else {
            lines.push(std::mem::replace(&mut line, word));
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked() {
        let text =
            "Kiểm tra tính chính xác, đầy đủ, thống nhất, hợp lệ; TIẾP-NHẬN-HỒ-SƠ-RẤT-DÀI-KHÔNG-CÓ-CHỖ-NGẮT; hẹn trả";
        for line in wrap(text, 12.0, 1.0) {
            assert!(width(&line) <= 12.0, "{line}");
        }
        assert_eq!(wrap(text, 12.0, 1.0).concat().replace(' ', ""), text.replace(' ', ""));
    }
}
