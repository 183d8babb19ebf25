//! The faces that documents are set in: which letters they have, and how wide a text is.

use typst::foundations::Bytes;
use typst::layout::{Abs, Em};
use typst::text::{Font, FontBook, FontVariant, FontVariations};

/// The family that `templates/page.typ` names; its widths are those of Times New Roman. Liberation Serif 2.1.5 has every
/// letter of Vietnamese (OFL 1.1, `assets/fonts/LICENSE`).
pub(in crate::emit) static SHIPPED: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-BoldItalic.ttf"),
];

/// The faces of a printer; the first two are the regular and the bold one of the text.
pub(super) struct Faces {
    pub fonts: Vec<Font>,
    /// Of the first two, by letter, in parts of the size of the letters.
    widths: [Vec<f64>; 2],
}

/// Latin with all its marks, Greek, Cyrillic, punctuation, signs. Other letters count as wide as they are high.
const MEASURED: u32 = 0x2300;

impl Faces {
    pub(super) fn shipped() -> Faces {
        Faces::new(SHIPPED.into_iter().flat_map(|data| Font::iter(Bytes::new(data))).collect())
    }

    fn new(fonts: Vec<Font>) -> Faces {
        let widths = [0, 1].map(|at| fonts.get(at).or(fonts.first()).map(advances).unwrap_or_default());
        Faces { fonts, widths }
    }

    pub(super) fn book(&self) -> FontBook {
        FontBook::from_fonts(&self.fonts)
    }

    /// Whether PDF/A can hold this letter: a face must show it, and it must mean the same to every reader.
    pub(super) fn holds(&self, letter: char) -> bool {
        let private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        let empty = letter.is_control() || matches!(letter, '\u{feff}' | '\u{fff9}'..='\u{ffff}');
        letter.is_ascii_graphic() || letter == ' ' || !private && !empty && self.shows(letter)
    }

    fn shows(&self, letter: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(letter as u32))
    }

    /// The width of `text` in points, when it is set in `size` points.
    pub(super) fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let widths = &self.widths[usize::from(bold)];
        text.chars().map(|letter| widths.get(letter as usize).copied().unwrap_or(1.0)).sum::<f64>() * size
    }
}

fn advances(font: &Font) -> Vec<f64> {
    let set = font.clone().instantiate(FontVariant::default(), Abs::pt(13.0), &FontVariations::default());
    let glyph = |code| char::from_u32(code).and_then(|letter| set.ttf().glyph_index(letter));
    (0..MEASURED).map(|code| glyph(code).and_then(|glyph| set.x_advance(glyph.0)).map_or(1.0, Em::get)).collect()
}
