//! Names in the order of a Vietnamese dictionary: `ă` after `a`, `đ` after `d`, and of two syllables with the same letters the
//! one with the earlier tone. Words are compared one by one.

use unicode_normalization::UnicodeNormalization as _;

/// The marks of letters (of ă, of â ê ô, of ơ ư), then the tones, each in their order.
const LETTER_MARKS: [char; 3] = ['\u{306}', '\u{302}', '\u{31b}'];
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// A word: its letters, each with its mark, then its tone.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    letters: Vec<(char, usize)>,
    tone: usize,
}

/// By what a name is sorted.
pub(super) fn key(name: &str) -> Vec<Word> {
    name.to_lowercase().split_whitespace().map(word).collect()
}

fn word(text: &str) -> Word {
    let mut word = Word { letters: Vec::new(), tone: 0 };
    for sign in text.nfd() {
        let at = |marks: &[char]| marks.iter().position(|mark| *mark == sign).map(|at| at + 1);
        match (at(&TONES), at(&LETTER_MARKS), word.letters.last_mut()) {
            (Some(tone), ..) => word.tone = tone,
            (None, Some(mark), Some(letter)) => letter.1 = mark,
            // The only letter that is not made of another and a mark.
            _ if sign == 'đ' => word.letters.push(('d', 1)),
            _ => word.letters.push((sign, 0)),
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_in_a_dictionary() {
        let sorted = "An Lộc, Ăn Lộc, Ấn Lộc, Bảo Vinh, Bàu Hàm, Biên Hòa, Bình An, Bình Long, Bình Lộc, Bom Bo, Bù Đăng, \
                      Bù Gia Mập, Cẩm Mỹ, Chơn Thành, Dầu Giây, Đak Lua, Gia Kiệm, Ma, Mà, Mả, Mã, Má, Mạ, Tân, Tân An, Tấn An";
        let sorted: Vec<&str> = sorted.split(", ").collect();
        let mut names = sorted.clone();
        names.reverse();
        names.sort_by_cached_key(|name| key(name));
        assert_eq!(names, sorted);
    }
}
