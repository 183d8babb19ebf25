//! The own choice of a mask beside that of the library.

use qrcode::{Color, EcLevel, QrCode};

use super::modules;

#[test]
fn every_code_is_that_of_the_library() {
    let address = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bfd-3fe0-70ac-b9d6-5e9e20d6eef7?";
    // From version 1 to one whose lines do not fit.
    for length in (0..1_100).step_by(41) {
        let text: String =
            (0..length).map(|at| char::from(address.as_bytes()[(at * at + length) % address.len()])).collect();
        for level in [EcLevel::L, EcLevel::M, EcLevel::H] {
            let Ok(code) = QrCode::with_error_correction_level(&text, level) else { continue };
            let expected: Vec<bool> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
            assert!(modules(&text, level) == Ok((expected, code.width())), "{length} letters, {level:?}");
        }
    }
}
