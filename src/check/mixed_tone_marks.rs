//! TT903: one syllable is written with its tone mark in two places.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::prelude::*;
use crate::model::Text;
use crate::syntax::fold::fold;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT903"),
    name: "mixed-tone-marks",
    severity: Severity::Warning,
    title: Words::new("Một chữ, hai cách đặt dấu", "One syllable, two tone placements"),
    why: Words::new(
        "“hóa” và “hoá” đều đúng, nhưng lẫn lộn trong một thủ tục thì tìm kiếm và so sánh coi là hai chữ khác nhau. Khi ghép từ nhiều nguồn, đây là lỗi hay gặp nhất. Chọn một cách cho cả thủ tục.",
        "“hóa” and “hoá” are both right, but mixed in one procedure they count as two words for search and comparison. It is the commonest fault where texts of several sources meet. Keep to one.",
    ),
    basis: Basis::Seen("lỗi đã gặp trong danh mục thủ tục thật"),
    wrong: r#"kết quả {
    giấy-phép "Giấy phép hoạt động văn hóa" { bản chính: 01 }
    từ chối tb-từ-chối "Thông báo từ chối cấp phép hoạt động văn hoá"
}"#,
    right: r#"kết quả {
    giấy-phép "Giấy phép hoạt động văn hóa" { bản chính: 01 }
    từ chối tb-từ-chối "Thông báo từ chối cấp phép hoạt động văn hóa"
}"#,
    run: Run::Procedure(check),
};

/// One spelling: how often, and where first.
struct Spelling<'a> {
    written: String,
    count: usize,
    /// Number of the text, and the place in it.
    first: (usize, &'a Text, Range<usize>),
}

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let all = labels(plan).into_iter().chain(notes(plan));
    let texts: Vec<&Text> = all.filter(|text| crate::syntax::fold::may_share_a_tone(&text.value)).collect();
    // Syllables in the newer placement, by their older one.
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    let mut newer: Vec<(String, Spelling<'_>)> = Vec::new();
    each(&texts, |number, text, place, syllable| {
        let older = fold(&syllable);
        if older == syllable {
            return;
        }
        match at.get(&older) {
            Some(&known) => newer[known].1.count += 1,
            None => {
                at.insert(older.clone(), newer.len());
                newer.push((older, Spelling { written: syllable, count: 1, first: (number, text, place) }));
            }
        }
    });
    if newer.is_empty() {
        return;
    }
    let mut older: Vec<Option<Spelling<'_>>> = newer.iter().map(|_| None).collect();
    each(&texts, |number, text, place, syllable| {
        let Some(&known) = at.get(&syllable) else {
            return;
        };
        match &mut older[known] {
            Some(spelling) => spelling.count += 1,
            none => *none = Some(Spelling { written: syllable, count: 1, first: (number, text, place) }),
        }
    });
    for ((_, newer), older) in newer.iter().zip(&older) {
        if let Some(older) = older {
            report(newer, older, findings);
        }
    }
}

fn report(newer: &Spelling<'_>, older: &Spelling<'_>, findings: &mut Findings<'_>) {
    // Before a final letter and after `qu` only the newer placement is right: `toàn`, `quý`.
    let free = ["a", "e", "y"].iter().any(|last| fold_plain(&newer.written).ends_with(last))
        && !newer.written.starts_with("qu");
    let place = |spelling: &Spelling<'_>| (spelling.first.0, spelling.first.2.start);
    let odd_is_newer =
        free && (newer.count, std::cmp::Reverse(place(newer))) < (older.count, std::cmp::Reverse(place(older)));
    let (odd, usual) = if odd_is_newer { (newer, older) } else { (older, newer) };
    let (this, that) = (&odd.written, &usual.written);
    let message = say!(
        findings.lang,
        "“{this}” ở đây, “{that}” ở chỗ khác: một chữ, hai cách đặt dấu",
        "“{this}” here and “{that}” elsewhere: one syllable, two tone placements"
    );
    let note = say!(findings.lang, "viết “{that}”", "written “{that}”");
    let help = say!(
        findings.lang,
        "dùng một cách trong cả thủ tục, như “{that}”",
        "keep to one in the whole procedure, as “{that}”"
    );
    let (here, there) = (part(odd.first.1, odd.first.2.clone()), part(usual.first.1, usual.first.2.clone()));
    findings.report(here, message).help(help).also(there, note);
}

fn fold_plain(text: &str) -> String {
    crate::syntax::fold::plain(text)
}

/// Every syllable that bears a mark, in small letters.
fn each<'a>(texts: &[&'a Text], mut visit: impl FnMut(usize, &'a Text, Range<usize>, String)) {
    for (number, text) in texts.iter().enumerate() {
        let mut start = None;
        let letters = text.value.char_indices().map(|(at, letter)| (at, Some(letter)));
        for (at, letter) in letters.chain([(text.value.len(), None)]) {
            if letter.is_some_and(char::is_alphabetic) {
                start.get_or_insert(at);
            } else if let Some(from) = start.take() {
                let syllable = text.value.get(from..at).unwrap_or("");
                if !syllable.is_ascii() {
                    visit(number, text, from..at, syllable.to_lowercase());
                }
            }
        }
    }
}
