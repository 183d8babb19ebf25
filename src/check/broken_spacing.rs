//! TT901: a name or label has spaces where none belong.

use std::ops::Range;

use super::prelude::*;
use crate::model::Text;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT901"),
    name: "broken-spacing",
    severity: Severity::Warning,
    title: Words::new("Khoảng trắng sai chỗ", "Spaces where none belong"),
    why: Words::new(
        "Chữ chép từ PDF hay bị tách giữa chừng: “bằng t ốt nghiệp”. Tìm kiếm, so sánh và đọc thành tiếng đều không nhận ra chữ đó. Lỗi như vậy in thẳng ra bảng niêm yết.",
        "Text copied from a PDF is often torn apart: “bằng t ốt nghiệp”. Search, comparison and reading aloud no longer know the word. Such faults go straight onto the wall.",
    ),
    basis: Basis::Seen("lỗi đã gặp trong danh mục thủ tục của một xã, năm 2026"),
    wrong: r#"kết quả { bằng "Bằng t ốt nghiệp" { bản chính: 01 } }"#,
    right: r#"kết quả { bằng "Bằng tốt nghiệp" { bản chính: 01 } }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for text in labels(plan) {
        for place in double_spaces(&text.value) {
            let message = say!(findings.lang, "thừa khoảng trắng", "one space too many");
            let help = say!(findings.lang, "giữ một khoảng trắng giữa hai chữ", "keep one space between two words");
            findings.report(part(text, place), message).help(help);
        }
        for place in before_marks(&text.value) {
            let mark = text.value.get(place.clone()).unwrap_or("").to_owned();
            let message = say!(findings.lang, "thừa khoảng trắng trước “{mark}”", "a space before “{mark}”");
            let help = say!(findings.lang, "viết dấu liền sau chữ", "write the mark right after the word");
            findings.report(part(text, place), message).help(help);
        }
        for place in torn_words(text) {
            let torn = text.value.get(place.clone()).unwrap_or("").to_owned();
            let whole = torn.replace(' ', "");
            let message = say!(findings.lang, "chữ bị tách: “{torn}”", "a word torn apart: “{torn}”");
            let help = say!(findings.lang, "có phải ý là “{whole}”?", "did you mean “{whole}”?");
            findings.report(part(text, place), message).help(help);
        }
    }
}

/// What is more than one space.
fn double_spaces(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        if run > 1 {
            places.push(at + 1..at + run);
        }
        at += run.max(1);
    }
    places
}

/// A space before a mark; `1 : 500` and `…` are left alone.
fn before_marks(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    for at in 1..bytes.len() {
        let ends = bytes.get(at + 1).is_none_or(|next| *next == b' ');
        let ratio = bytes[at] == b':' && at > 1 && bytes[at - 2].is_ascii_digit();
        if bytes[at - 1] == b' ' && matches!(bytes[at], b',' | b';' | b'.' | b':') && ends && !ratio {
            places.push(at..at + 1);
        }
    }
    places
}

/// Consonants that begin a syllable and never stand alone.
const CLUSTERS: &[&str] = &["ch", "gh", "kh", "ng", "ngh", "nh", "ph", "th", "tr"];

/// After these a letter stands alone: `điểm c`, `nhóm b`, `hạng d`.
const LETTERED: &[&str] = &[
    "điểm", "khoản", "điều", "mục", "nhóm", "hạng", "loại", "lớp", "khối", "mẫu", "bảng", "hình", "lô", "khu", "phần",
    "tổ", "thửa", "tờ", "và", "hoặc", "phương", "án", "cấp", "bậc", "chữ", "vitamin",
];

/// A consonant alone before a vowel: `t ốt`.
fn torn_words(text: &Text) -> Vec<Range<usize>> {
    let words = words(&text.value);
    let mut places = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let [(start, head), (next, tail)] = pair else {
            continue;
        };
        // No cluster is longer: most words are passed over here.
        if head.len() > 3 {
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| words.get(before)).map(|(_, word)| *word);
        let listed = before.is_some_and(|before| {
            let before = before.to_lowercase();
            LETTERED.contains(&before.as_str())
                || before.ends_with([',', ';'])
                || before.chars().any(|letter| letter.is_ascii_digit())
        });
        let lower = head.to_lowercase();
        let alone = CLUSTERS.contains(&lower.as_str()) || lower.chars().count() == 1 && lower.chars().all(is_consonant);
        let small = head.chars().all(char::is_lowercase) || at == 0 && head.chars().skip(1).all(char::is_lowercase);
        let vowel = tail.chars().next().is_some_and(|first| first.is_lowercase() && is_vowel(first));
        let longer = tail.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
        if alone && small && vowel && longer && !listed && *next == start + head.len() + 1 {
            let end = next + tail.trim_end_matches(|letter: char| !letter.is_alphanumeric()).len();
            places.push(*start..end);
        }
    }
    places
}

/// Words between spaces, with their offsets.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        if !word.is_empty() {
            words.push((at, word));
        }
        at += word.len() + 1;
    }
    words
}

fn is_consonant(letter: char) -> bool {
    "bcdđghklmnpqrstvx".contains(letter)
}

fn is_vowel(letter: char) -> bool {
    let plain = crate::syntax::fold::plain(&letter.to_string());
    plain.len() == 1 && plain.chars().all(|letter| "aeiouy".contains(letter))
}
