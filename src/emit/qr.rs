//! QR codes as SVG paths.

mod masks;

use std::cell::RefCell;

use qrcode::EcLevel;

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
    let (modules, width) = masks::modules(text, EcLevel::M).ok()?;
    let mut path = String::new();
    for at in (0..modules.len()).filter(|at| modules[*at]) {
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + 4, at / width + 4);
    }
    Some((path, width + 8))
}
