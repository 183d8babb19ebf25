//! The logo of an agency, as an `img` holds it: for PDF as a drawing, for Word as a PNG.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Element;

/// The room that a logo has, in millimetres: what the page gives it (`render/logo.rs`).
pub(in crate::emit) const ROOM: (u32, u32) = (50, 18);

/// Whether an element is the logo, with its picture.
fn source(element: &Element) -> Option<&str> {
    let is_logo = element.tag == "img" && element.is("logo");
    element.src.as_deref().filter(|src| is_logo && src.starts_with("data:image/") && !src.contains('"'))
}

/// The logo in the middle of its room, as SVG; a picture that cannot be read leaves the room empty.
#[cfg(feature = "pdf")]
pub(in crate::emit) fn drawing(element: &Element) -> Option<String> {
    let (source, (width, height)) = (source(element)?, ROOM);
    Some(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" href="{source}"/></svg>"#
    ))
}

/// The bytes of a logo that is a PNG, and its sides in pixels.
pub(in crate::emit) fn png(element: &Element) -> Option<(Vec<u8>, u32, u32)> {
    let data = source(element)?.strip_prefix("data:image/png;base64,")?;
    let bytes = STANDARD.decode(data).ok()?;
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    Some((bytes, width, height))
}
