//! QR codes as SVG paths.

use qrcode::{Color, EcLevel, QrCode};

/// The dark modules of the code of `text`, as one SVG path, and the side of the square in modules with its quiet zone of 4.
pub(super) fn path(text: &str) -> Option<(String, usize)> {
    use std::fmt::Write as _;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", at % width + 4, at / width + 4);
        }
    }
    Some((path, width + 8))
}
