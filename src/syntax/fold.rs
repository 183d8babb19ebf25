//! When two spellings are the same word: without case, and with either tone placement (`hóa`/`hoá`, `ủy`/`uỷ`).

/// Vowel pairs whose tone mark is written on either letter; the older placement is kept.
const TONES: &[(&str, &str)] = &[
    ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
    ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
    ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
];

/// The form in which keywords and ids are compared.
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    if lower.is_ascii() || !TONES.iter().any(|(new, _)| lower.contains(new)) {
        return lower;
    }
    TONES.iter().fold(lower, |text, (new, old)| text.replace(new, old))
}

/// `fold` without tone and vowel marks, and `đ` as `d`: how people type in haste, for did-you-mean and search.
pub fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    fold(text)
        .nfd()
        .filter(|letter| !('\u{300}'..='\u{36F}').contains(letter))
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect()
}

/// The likeliest of `known` for a word nobody knows: equal without marks, or at most two letters away.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let target = plain(wanted);
    let allowed = match target.chars().count() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(&target, &plain(word)), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tone_placements_and_cases_are_one_word() {
        assert_eq!(fold("Uỷ ban"), fold("ủy ban"));
        assert_eq!(fold("hoá"), fold("HÓA"));
        assert_ne!(fold("thủ"), fold("thu"));
    }

    #[test]
    fn a_word_without_marks_is_found() {
        assert_eq!(nearest("ho-tich", ["chứng-thực", "hộ-tịch"]), Some("hộ-tịch"));
        assert_eq!(nearest("xyz", ["hộ-tịch"]), None);
    }
}
