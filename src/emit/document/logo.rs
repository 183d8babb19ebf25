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

/// A logo as a PNG, and its sides in pixels: as it is, or drawn from an SVG.
pub(in crate::emit) fn png(element: &Element) -> Option<(Vec<u8>, u32, u32)> {
    let source = source(element)?;
    if let Some(data) = source.strip_prefix("data:image/svg+xml;base64,") {
        return raster::png(&STANDARD.decode(data).ok()?);
    }
    let bytes = STANDARD.decode(source.strip_prefix("data:image/png;base64,")?).ok()?;
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    Some((bytes, width, height))
}

/// Draws SVG by what typst draws it with.
#[cfg(feature = "pdf")]
mod raster {
    use std::sync::{Arc, LazyLock};

    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb::Database};

    use super::ROOM;
    use crate::emit::pdf::SHIPPED_FACES;

    /// Dots in a millimetre: 300 an inch, as printers have.
    const DOTS: f64 = 300.0 / 25.4;

    /// The letters of a logo are set in the shipped faces, whatever this machine has.
    static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut faces = Database::new();
        SHIPPED_FACES.iter().for_each(|data| faces.load_font_data(data.to_vec()));
        faces.set_serif_family("Liberation Serif");
        faces.set_sans_serif_family("Liberation Serif");
        Arc::new(faces)
    });

    /// As large as the room of a logo at [`DOTS`]; nothing where the picture cannot be read or is empty.
    pub(super) fn png(svg: &[u8]) -> Option<(Vec<u8>, u32, u32)> {
        // What an SVG names outside itself is not read: it may be any file of this machine.
        let within = ImageHrefResolver { resolve_string: Box::new(|_, _| None), ..ImageHrefResolver::default() };
        let options = Options { fontdb: FACES.clone(), image_href_resolver: within, ..Options::default() };
        let tree = Tree::from_data(svg, &options).ok().filter(|tree| tree.root().has_children())?;
        let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
        let scale = (f64::from(ROOM.0) * DOTS / width).min(f64::from(ROOM.1) * DOTS / height);
        let dots = |side: f64| (side * scale).round().max(1.0) as u32;
        let mut drawing = Pixmap::new(dots(width), dots(height))?;
        resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut drawing.as_mut());
        Some((encoded(&drawing)?, drawing.width(), drawing.height()))
    }

    fn encoded(drawing: &Pixmap) -> Option<Vec<u8>> {
        let pixels = drawing.pixels().iter().map(|pixel| pixel.demultiply());
        let pixels: Vec<u8> = pixels.flat_map(|one| [one.red(), one.green(), one.blue(), one.alpha()]).collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, drawing.width(), drawing.height());
        encoder.set_color(png::ColorType::Rgba);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&pixels).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }
}

/// A program that was built without what draws SVG leaves it out.
#[cfg(not(feature = "pdf"))]
mod raster {
    pub(super) fn png(_svg: &[u8]) -> Option<(Vec<u8>, u32, u32)> {
        None
    }
}
