//! Acts named in running text: `Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành
//! chính`. Only what the sentence says beyond doubt is taken.

use std::ops::Range;

use jiff::civil::Date;

use super::Registers;
use super::act_number::{self, ActNumber};
use super::registers::ActKind;
use crate::syntax::fold::fold;

/// A kind of act, and where its word stands.
pub type Kind = (ActKind, Range<usize>);

/// An act named in a text, with what the text says of it.
#[derive(Clone, Debug)]
pub struct Mention<'a> {
    pub number: ActNumber<'a>,
    /// The number as printed.
    pub printed: &'a str,
    pub at: Range<usize>,
    /// The word before the number: `Nghị định`.
    pub kind: Option<Kind>,
    /// The name of a law between that word and the number: `Luật Hộ tịch số …`.
    pub name: Option<Range<usize>>,
    /// The day that follows the number.
    pub signed: Option<(Date, Range<usize>)>,
    /// Who issued it, as the text says after `của`.
    pub issuer: Option<Range<usize>>,
    /// What the act is about, where the sentence goes on with it.
    pub about: Option<Range<usize>>,
}

/// The words for kinds of acts, the longer first; in small letters.
const KINDS: [(&str, ActKind); 11] = [
    ("thông tư liên tịch", ActKind::JointCircular),
    ("thông tư", ActKind::Circular),
    ("nghị định", ActKind::Decree),
    ("nghị quyết", ActKind::Resolution),
    ("quyết định", ActKind::Decision),
    ("pháp lệnh", ActKind::Ordinance),
    ("chỉ thị", ActKind::Directive),
    ("công văn", ActKind::Dispatch),
    ("bộ luật", ActKind::Code),
    ("hiến pháp", ActKind::Constitution),
    ("luật", ActKind::Law),
];

/// What a sentence begins with where it goes on to say what an act is about.
const OPENERS: [&str; 7] = ["về ", "quy định", "sửa đổi", "hướng dẫn", "ban hành", "công bố", "phê duyệt"];

/// Every act that a text names by its number.
pub fn mentions<'a>(text: &'a str, registers: &Registers) -> Vec<Mention<'a>> {
    let folded = fold(text);
    if !is_aligned(text, &folded) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = next_number(text, from) {
        from = at.end;
        let printed = &text[at.clone()];
        let Some(number) = act_number::parse(printed).filter(|number| !number.kinds().is_empty()) else { continue };
        let (kind, name) = before(&folded, at.start, &number);
        let mut rest = at.end;
        let signed = day_after(&folded, rest);
        if let Some((_, place)) = &signed {
            rest = place.end;
        }
        let issuer = issuer_after(&folded, rest, registers);
        if let Some(place) = &issuer {
            rest = place.end;
        }
        let about = about_after(&folded, rest);
        found.push(Mention { number, printed, at, kind, name, signed, issuer, about });
    }
    found
}

/// Whether whatever is no letter stands at the same place in both: else, where folding changed lengths, places in the folded
/// text mean nothing. Inside a word a tone may have moved.
fn is_aligned(text: &str, folded: &str) -> bool {
    let stands = |(at, sign): (usize, char)| folded.get(at..).is_some_and(|rest| rest.starts_with(sign));
    text.len() == folded.len() && text.char_indices().filter(|(_, sign)| !sign.is_alphabetic()).all(stands)
}

/// The next run of signs that may be a number of an act: digits, a stroke, letters.
fn next_number(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let begins =
            bytes[at].is_ascii_digit() && text[..at].chars().next_back().is_none_or(|one| !one.is_alphanumeric());
        if !begins {
            at += 1;
            continue;
        }
        let part = |one: char| one.is_alphanumeric() || matches!(one, '/' | '-' | '.' | '&');
        let length: usize = text[at..].chars().take_while(|one| part(*one)).map(char::len_utf8).sum();
        let word = text[at..at + length].trim_end_matches(['.', '-', '/', '&']);
        if word.contains('/') && word.contains(|one: char| one.is_uppercase()) {
            return Some(at..at + word.len());
        }
        at += length.max(1);
    }
    None
}

/// The kind that is said before a number, and the name of a law.
fn before(folded: &str, at: usize, number: &ActNumber<'_>) -> (Option<Kind>, Option<Range<usize>>) {
    let mut head = folded[..at].trim_end();
    head = head.strip_suffix("số").map_or(head, str::trim_end);
    let whole_word = |start: usize| folded[..start].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
    for (word, kind) in KINDS {
        if let Some(rest) = head.strip_suffix(word)
            && whole_word(rest.len())
        {
            return (Some((kind, rest.len()..head.len())), None);
        }
    }
    if !number.kinds().contains(&ActKind::Law) {
        return (None, None);
    }
    // `Luật Hộ tịch số 60/2014/QH13`: a name of a few words, all on this side of any other number or stop.
    let clause = head.rfind([',', ';', '.', '(', ':', '“', '"']).map_or(0, |stop| stop + 1);
    let clause = (clause..=head.len()).find(|at| head.is_char_boundary(*at)).unwrap_or(head.len());
    let named = ["bộ luật ", "luật "].iter().find_map(|word| {
        let start = clause + head[clause..].rfind(word)?;
        (whole_word(start) && !head[start..].contains(|one: char| one.is_ascii_digit())).then_some(start..head.len())
    });
    let few = named.filter(|place| (2..=12).contains(&head[place.clone()].split_whitespace().count()));
    (None, few)
}

/// `ngày 08/6/2010`, `ngày 08 tháng 6 năm 2010` right after a place.
fn day_after(folded: &str, at: usize) -> Option<(Date, Range<usize>)> {
    let rest = folded[at..].trim_start_matches([' ', ',']).strip_prefix("ngày")?;
    let start = folded.len() - rest.len() - "ngày".len();
    let mut numbers = [0_i32; 3];
    let mut left = rest;
    for (nth, separators) in [&[""][..], &["tháng", "/", "-", "."], &["năm", "/", "-", "."]].into_iter().enumerate() {
        left = left.trim_start();
        left = separators.iter().find_map(|word| left.strip_prefix(word))?.trim_start();
        let digits = left.bytes().take_while(u8::is_ascii_digit).count();
        numbers[nth] = left.get(..digits)?.parse().ok()?;
        left = &left[digits..];
    }
    let [day, month, year] = numbers;
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some((date, start..folded.len() - left.len()))
}

/// `của Bộ trưởng Bộ Tư pháp`: the longest name that the registers know.
fn issuer_after(folded: &str, at: usize, registers: &Registers) -> Option<Range<usize>> {
    let rest = folded[at..].trim_start_matches([' ', ',']).strip_prefix("của ")?.trim_start();
    let start = folded.len() - rest.len();
    let heads = ["bộ trưởng ", "chủ nhiệm ", "chủ tịch "];
    let body = heads.iter().find_map(|head| rest.strip_prefix(head)).unwrap_or(rest);
    let fixed = ["quốc hội", "chính phủ", "thủ tướng chính phủ", "ủy ban thường vụ quốc hội", "ubnd", "hđnd"];
    let bodies = ["ủy ban nhân dân", "hội đồng nhân dân"];
    let ministries = registers.agencies.iter().filter(|one| !one.local).map(|one| fold(&one.name));
    let names = ministries.chain(fixed.iter().chain(&bodies).map(|name| (*name).to_owned()));
    let begins =
        |name: &String| body.strip_prefix(name.as_str()).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    let longest = names.filter(begins).map(|name| name.len()).max()?;
    Some(start..folded.len() - body.len() + longest)
}

/// The rest of the sentence where it says what the act is about.
fn about_after(folded: &str, at: usize) -> Option<Range<usize>> {
    let rest = folded[at..].trim_start_matches([' ', ',', ':']);
    if !OPENERS.iter().any(|opener| rest.starts_with(opener)) {
        return None;
    }
    let start = folded.len() - rest.len();
    let end = rest.find([';', '(', '.', '”', '"']).unwrap_or(rest.len());
    Some(start..start + end)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn one(text: &str) -> Mention<'_> {
        let mut found = mentions(text, &Registers::default());
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0)
    }

    #[test]
    fn what_a_sentence_says_of_an_act_is_read() {
        let text = "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục";
        let found = one(text);
        assert_eq!(found.printed, "63/2010/NĐ-CP");
        assert_eq!(found.kind.expect("a kind").0, ActKind::Decree);
        assert_eq!(found.signed.expect("a day").0, date(2010, 6, 8));
        assert_eq!(&text[found.issuer.expect("an issuer")], "Chính phủ");
        assert_eq!(&text[found.about.expect("a subject")], "về kiểm soát thủ tục");
    }

    #[test]
    fn a_law_is_named_before_its_number() {
        let text = "theo Luật Hộ tịch số 60/2014/QH13 ngày 20-11-2014";
        let found = one(text);
        assert_eq!(&text[found.name.expect("a name")], "Luật Hộ tịch");
        assert_eq!(found.signed.expect("a day").0, date(2014, 11, 20));
        assert!(one("theo Luật số 60/2014/QH13").name.is_none());
    }

    #[test]
    fn a_tone_may_stand_on_either_letter_and_strange_letters_are_left_alone() {
        let text = "theo Luật Thuỷ lợi số 08/2017/QH14 ngày 19/6/2017 của Quốc hội";
        assert_eq!(&text[one(text).name.expect("a name")], "Luật Thuỷ lợi");
        assert!(mentions("ȺİⱯ số 08/2017/QH14 İȺ ngày 19/6/2017 của Quốc hội", &Registers::default()).len() <= 1);
    }

    #[test]
    fn dates_amounts_and_addresses_are_no_acts() {
        for text in ["ngày 20/11/2014", "8.000 đồng/bản", "số 12/4A, đường Láng", "24/7", "nộp 01 bộ/lần"]
        {
            assert!(mentions(text, &Registers::default()).is_empty(), "{text}");
        }
    }
}
