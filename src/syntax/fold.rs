//! When two spellings are the same word: without case, and with either tone placement (`hóa`/`hoá`, `ủy`/`uỷ`).

/// The tones, on each of the letters that share one with the vowel beside it: `òa` or `oà`, `ủy` or `uỷ`.
const TONES: [(&str, &str); 3] = [("oòóỏõọ", "aàáảãạ"), ("oòóỏõọ", "eèéẻẽẹ"), ("uùúủũụ", "yỳýỷỹỵ")];

/// The form in which keywords and ids are compared: small letters, and the tone where official writing puts it (`hòa`, `ủy`,
/// but `hoàn`, `quý`).
pub fn fold(text: &str) -> String {
    let lower: String = text.chars().map(small).collect();
    if !may_share_a_tone(&lower) {
        return lower;
    }
    let mut letters: Vec<char> = lower.chars().collect();
    for at in 1..letters.len() {
        let Some((first, second, tone)) = shared_tone(letters[at - 1], letters[at]) else { continue };
        let closed = letters.get(at + 1).is_some_and(|next| next.is_alphabetic());
        let after_q = first.starts_with('u') && at > 1 && letters[at - 2] == 'q';
        let on_second = closed || after_q;
        let pick = |letters: &str, tone: usize| letters.chars().nth(tone);
        if let (Some(left), Some(right)) =
            (pick(first, if on_second { 0 } else { tone }), pick(second, if on_second { tone } else { 0 }))
        {
            letters[at - 1] = left;
            letters[at] = right;
        }
    }
    letters.into_iter().collect()
}

/// The small form of a letter. Nearly all are small already, or one of the blocks that Vietnamese is written in.
fn small(letter: char) -> char {
    match letter {
        '\0'..='\x7F' => letter.to_ascii_lowercase(),
        'ß'..='ÿ' => letter,
        // Capitals stand at the even places, each before its small letter.
        'Ạ'..='ỹ' => char::from_u32(letter as u32 | 1).unwrap_or(letter),
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// Whether a text can hold a pair of [`TONES`] that carries one: a plain vowel beside a marked one, seen by their bytes.
pub fn may_share_a_tone(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| {
        pair[1] >= 0xC3 && matches!(pair[0], b'o' | b'u' | b'O' | b'U')
            || pair[0] >= 0x80 && matches!(pair[1], b'a' | b'e' | b'y')
    })
}

/// The rows of [`TONES`] two letters belong to, and the tone that one of them carries.
fn shared_tone(left: char, right: char) -> Option<(&'static str, &'static str, usize)> {
    TONES.iter().find_map(|(first, second)| {
        let (left, right) = (first.chars().position(|one| one == left)?, second.chars().position(|one| one == right)?);
        (left == 0 || right == 0).then_some((*first, *second, left.max(right))).filter(|(_, _, tone)| *tone > 0)
    })
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

/// An id as engines take it: letters of ASCII, digits and `_`, a letter first.
pub fn identifier(id: &str) -> String {
    let mut text: String =
        plain(id).chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    if !text.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        text.insert_str(0, "b_");
    }
    text
}

/// The likeliest of `known` for a word nobody knows: equal without marks, or at most two letters away.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let target = plain(wanted);
    let length = target.chars().count();
    let allowed = match length {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    known
        .into_iter()
        // A word in NFC has as many letters as its plain form: most are told apart by that.
        .filter(|word| word.chars().count().abs_diff(length) <= allowed)
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
        assert_eq!(fold("hòan thành quý"), "hoàn thành quý");
        assert_eq!(fold("thuỷ"), "thủy");
        assert_ne!(fold("thủ"), fold("thu"));
    }

    #[test]
    fn a_word_without_marks_is_found() {
        assert_eq!(nearest("ho-tich", ["chứng-thực", "hộ-tịch"]), Some("hộ-tịch"));
        assert_eq!(nearest("xyz", ["hộ-tịch"]), None);
    }
}
