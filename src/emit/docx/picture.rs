//! Pictures. A QR code is made of squares and goes in as a PNG; of any other drawing only its label does, as older Word draws
//! no SVG.

use std::io;

/// Pixels a module: sharp on any printer, and small.
const SCALE: usize = 8;

/// A square picture.
pub(super) struct Png {
    pub(super) bytes: Vec<u8>,
    /// Pixels.
    pub(super) side: u32,
}

/// The squares of an `svg` that is made of nothing else: their places, and the side of the whole.
struct Squares {
    side: usize,
    dark: Vec<(usize, usize)>,
}

/// A QR code drawn by `emit/qr.rs` as a PNG; nothing for another drawing.
pub(super) fn png(svg: &str) -> io::Result<Option<Png>> {
    let Some(squares) = squares(svg) else { return Ok(None) };
    let side = squares.side * SCALE;
    let row = side.div_ceil(8);
    let mut pixels = vec![0xFF; row * side];
    for (x, y) in squares.dark {
        // A module is eight pixels, and so are a byte's bits.
        for line in y * SCALE..(y + 1) * SCALE {
            pixels[line * row + x] = 0;
        }
    }
    let pixel_side = u32::try_from(side).map_err(io::Error::other)?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixel_side, pixel_side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(Some(Png { bytes, side: pixel_side }))
}

fn squares(svg: &str) -> Option<Squares> {
    let side = svg.split_once("viewBox=\"0 0 ")?.1.split_once(' ')?.0.parse::<usize>().ok()?;
    // Version 40, the largest there is, has 177 modules and a quiet zone of 4.
    if side > 185 || svg.matches("<path").count() != 1 {
        return None;
    }
    let path = svg.split_once(" d=\"")?.1.split_once('"')?.0;
    let square = |square: &str| {
        let (x, y) = square.strip_suffix("h1v1h-1z")?.split_once(' ')?;
        let place = (x.parse().ok()?, y.parse().ok()?);
        (place.0 < side && place.1 < side).then_some(place)
    };
    let dark = path.split('M').skip(1).map(square).collect::<Option<Vec<_>>>()?;
    Some(Squares { side, dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_becomes_a_picture_with_the_same_squares() {
        let (path, side) = crate::emit::qr::path("https://dichvucong.gov.vn").expect("a code");
        let svg = format!("<svg viewBox=\"0 0 {side} {side}\"><rect/><path d=\"{path}\"></path></svg>");
        let made = png(&svg).expect("no fault").expect("a picture");
        assert_eq!(made.side as usize, side * SCALE);
        let mut reader = png::Decoder::new(io::Cursor::new(&made.bytes)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut pixels).expect("a frame");
        let drawn: usize = pixels.iter().filter(|byte| **byte == 0).count();
        assert_eq!(drawn, path.matches('M').count() * SCALE);
    }

    #[test]
    fn another_drawing_is_none() {
        assert!(png("<svg viewBox=\"0 0 10 10\"><path d=\"M0 0h9\"/></svg>").expect("no fault").is_none());
        assert!(png("<svg viewBox=\"0 0 9 9\"><path d=\"M9 0h1v1h-1z\"/></svg>").expect("no fault").is_none());
        assert!(png("<svg></svg>").expect("no fault").is_none());
    }
}
