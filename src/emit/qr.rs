//! QR codes as SVG paths.

use std::cell::RefCell;

use qrcode::{Color, EcLevel, QrCode};

/// The dark modules of the code of `text`, as one SVG path, and the side of the square in modules with its quiet zone of 4.
pub(super) fn path(text: &str) -> Option<(String, usize)> {
    // The variants of one procedure come one after another and carry one address.
    thread_local! {
        static LAST: RefCell<Option<(String, Drawn)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(address, _)| address != text) {
            *last = Some((text.to_owned(), draw(text)));
        }
        last.as_ref().and_then(|(_, drawn)| drawn.clone())
    })
}

type Drawn = Option<(String, usize)>;

fn draw(text: &str) -> Drawn {
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
