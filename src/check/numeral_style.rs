//! TT902: counts and dates are not written in the official style.

use std::ops::Range;

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT902"),
    name: "numeral-style",
    severity: Severity::Warning,
    title: Words::new("Cách ghi số và ngày", "Style of counts and dates"),
    why: Words::new(
        "Văn bản hành chính ghi số lượng dưới mười bằng hai chữ số: 05 ngày làm việc, 01 bộ. Ngày dưới 10, tháng 1 và tháng 2 cũng thêm số 0. Một kiểu ghi thì khó sửa thêm bằng tay và dễ đối chiếu.",
        "Official texts write counts below ten in two digits: 05 working days, 01 set. Days below 10 and the months 1 and 2 take a zero too. One style is hard to alter by hand and easy to compare.",
    ),
    basis: Basis::Recalled,
    wrong: r#"kết quả { tb "Thông báo trong 5 ngày làm việc" { bản chính: 01 } }"#,
    right: r#"kết quả { tb "Thông báo trong 05 ngày làm việc" { bản chính: 01 } }"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for text in labels(plan) {
        for (place, better) in faults(&text.value) {
            let written = text.value.get(place.clone()).unwrap_or("").to_owned();
            let message = say!(
                findings.lang,
                "“{written}” chưa theo cách ghi của văn bản hành chính",
                "“{written}” is not in the official style"
            );
            let help = say!(findings.lang, "viết: {better}", "write: {better}");
            findings.report(part(text, place), message).help(help);
        }
    }
}

const COUNTED: &[&str] = &["ngày", "giờ", "bộ", "bản", "lần"];

/// A number after these is a name and no count: `Điều 2 Bộ luật`, `Mẫu số 1 bản …`.
const NAMED: &[&str] = &[
    "điều", "khoản", "điểm", "mục", "chương", "phần", "số", "mẫu", "bảng", "thứ", "lục", "cấp", "tháng", "quý", "bước",
    "loại", "nhóm", "hạng", "tầng", "mức", "ngày", "năm", "lần",
];

/// An hour after these is a time of day.
const TIME_OF_DAY: &[&str] = &["lúc", "sau", "trước", "từ", "đến", "hồi", "khoảng"];

/// Where a text departs from the style, and what to write.
fn faults(text: &str) -> Vec<(Range<usize>, String)> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        let bare = word.trim_start_matches(['(', '“', '[']);
        let start = at + word.len() - bare.len();
        let bare = bare.trim_end_matches([',', ';', '.', ':', ')', '”', ']']);
        if !bare.is_empty() {
            words.push((start, bare));
        }
        at += word.len() + 1;
    }
    let mut found = Vec::new();
    for (at, (start, word)) in words.iter().enumerate() {
        let before = at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .map_or(String::new(), |(_, word)| word.to_lowercase());
        let next = words.get(at + 1).copied();
        let next_word = next.map_or(String::new(), |(_, word)| word.to_lowercase());
        let after = words.get(at + 2).map_or("", |(_, word)| *word);
        if let [digit @ b'1'..=b'9'] = word.as_bytes() {
            let digit = char::from(*digit);
            let Some((next_at, next)) = next else {
                continue;
            };
            // A count and what is counted stand in one piece of the sentence.
            if next_at != start + word.len() + 1 {
                continue;
            }
            if before == "ngày" && next_word == "tháng" {
                found.push((*start..start + 1, format!("ngày 0{digit} tháng …")));
                continue;
            }
            let clock = next_word == "giờ"
                && (TIME_OF_DAY.contains(&before.as_str())
                    || after.starts_with(|letter: char| letter.is_ascii_digit()));
            let law = next_word == "bộ" && after.to_lowercase() == "luật";
            let counted = COUNTED.contains(&next_word.as_str()) && !NAMED.contains(&before.as_str());
            if counted && !clock && !law {
                found.push((*start..next_at + next.len(), format!("0{digit} {next_word}")));
            }
            continue;
        }
        if let Some(better) = date(word, before == "ngày") {
            found.push((*start..start + word.len(), better));
        }
    }
    found
}

/// `5/7/2025` as `05/7/2025`; without a year only after “ngày”.
fn date(word: &str, after_day: bool) -> Option<String> {
    let parts: Vec<&str> = word.split('/').collect();
    let number =
        |text: &&str| text.chars().all(|letter| letter.is_ascii_digit()).then(|| text.parse::<u16>().ok()).flatten();
    let numbers: Vec<u16> = parts.iter().filter_map(number).collect();
    let whole = numbers.len() == parts.len();
    let likely = match numbers.as_slice() {
        [day, month, 1900..=2100] => (1..=31).contains(day) && (1..=12).contains(month),
        [day, month] => after_day && (1..=31).contains(day) && (1..=12).contains(month),
        _ => false,
    };
    if !whole || !likely {
        return None;
    }
    let (day, month) = (parts.first()?, parts.get(1)?);
    let short_month = matches!(*month, "1" | "2");
    if day.len() > 1 && !short_month {
        return None;
    }
    let mut better = vec![format!("{day:0>2}"), if short_month { format!("0{month}") } else { (*month).to_owned() }];
    better.extend(parts.get(2).map(|year| (*year).to_owned()));
    Some(better.join("/"))
}
