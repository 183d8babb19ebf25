//! The dark modules of a QR code, with the mask that ISO/IEC 18004 (7.8) prefers: the choice of `qrcode`, with the lines of a
//! code as bits, which takes a thirtieth of its time. A nation's notices each have a code.

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode, Version, bits, ec};

/// A row or a column, the module at the left or at the top in the lowest bit.
type Line = u128;

/// The modules of a code, by rows and by columns.
struct Lines {
    rows: Vec<Line>,
    columns: Vec<Line>,
}

/// In the order in which the first of equals is taken.
const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The versions whose lines fit into a `Line`, counted from 1: 27 has 125 modules a side. An address needs 5 or 6.
const FITTING: usize = 27;

/// Row by row, whether each module is dark; and how many there are in a row.
pub(super) fn modules(text: &str, level: EcLevel) -> Result<(Vec<bool>, usize), QrError> {
    let bits = bits::encode_auto(text.as_bytes(), level)?;
    let version = bits.version();
    let width = usize::try_from(version.width()).unwrap_or_default();
    let Some(masks) = masks(version, level) else {
        let code = QrCode::with_bits(bits, level)?;
        return Ok((code.into_colors().into_iter().map(|color| color == Color::Dark).collect(), width));
    };
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level)?;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    let data = Lines::of(&canvas, version, |module| module == Module::Unmasked(Color::Dark));
    let masked = masks.iter().map(|mask| mask.with(&data));
    let best = masked.min_by_key(Lines::penalty).map(|best| best.rows).unwrap_or_default();
    Ok((best.iter().flat_map(|row| (0..width).map(move |x| row >> x & 1 == 1)).collect(), width))
}

/// A code of a version without data under each mask: what the data only inverts. Drawn once.
fn masks(version: Version, level: EcLevel) -> Option<&'static [Lines; 8]> {
    static DRAWN: [[OnceLock<[Lines; 8]>; 4]; FITTING] = [const { [const { OnceLock::new() }; 4] }; FITTING];
    let Version::Normal(number) = version else { return None };
    let drawn = DRAWN.get(usize::try_from(number - 1).ok()?)?.get(level as usize)?;
    Some(drawn.get_or_init(|| {
        let mut blank = Canvas::new(version, level);
        blank.draw_all_functional_patterns();
        MASKS.map(|mask| {
            let mut canvas = blank.clone();
            canvas.apply_mask(mask);
            Lines::of(&canvas, version, Module::is_dark)
        })
    }))
}

impl Lines {
    fn of(canvas: &Canvas, version: Version, is_set: impl Fn(Module) -> bool) -> Lines {
        let width = version.width();
        let mut lines =
            Lines { rows: vec![0; width.unsigned_abs().into()], columns: vec![0; width.unsigned_abs().into()] };
        for (y, row) in (0..width).zip(&mut lines.rows) {
            for (x, column) in (0..width).zip(&mut lines.columns) {
                let bit = Line::from(is_set(canvas.get(x, y)));
                *row |= bit << x;
                *column |= bit << y;
            }
        }
        lines
    }

    fn with(&self, data: &Lines) -> Lines {
        let invert = |own: &[Line], data: &[Line]| own.iter().zip(data).map(|(own, data)| own ^ data).collect();
        Lines { rows: invert(&self.rows, &data.rows), columns: invert(&self.columns, &data.columns) }
    }

    /// How hard the code is to read.
    fn penalty(&self) -> u32 {
        let width = self.rows.len() as u32;
        let of_lines = |lines: &[Line]| lines.iter().map(|line| runs(*line, width) + finders(*line)).sum::<u32>();
        let blocks: u32 = self.rows.windows(2).map(|rows| blocks(rows[0], rows[1], width)).sum();
        let dark: u32 = self.rows.iter().map(|row| row.count_ones()).sum();
        of_lines(&self.rows) + of_lines(&self.columns) + blocks + (dark * 200 / (width * width)).abs_diff(100)
    }
}

/// Bit `at` of it: module `at` is as the next one.
fn alike(line: Line, width: u32) -> Line {
    !(line ^ line >> 1) & ((1 << (width - 1)) - 1)
}

/// 3 for five of one colour in a row, and 1 for each more.
fn runs(line: Line, width: u32) -> u32 {
    let alike = alike(line, width);
    let five = alike & alike >> 1 & alike >> 2 & alike >> 3;
    let begun = five & !(five << 1);
    five.count_ones() + 2 * begun.count_ones()
}

/// 3 for each square of four of one colour.
fn blocks(upper: Line, lower: Line, width: u32) -> u32 {
    let below = !(upper ^ lower);
    3 * (alike(upper, width) & below & below >> 1).count_ones()
}

/// 40 for what looks like a corner, `#.###.#` with four light modules (or the edge) before or after it.
fn finders(line: Line) -> u32 {
    let corner = line & !(line >> 1) & line >> 2 & line >> 3 & line >> 4 & !(line >> 5) & line >> 6;
    let dark_before = line << 1 | line << 2 | line << 3 | line << 4;
    let dark_after = line >> 7 | line >> 8 | line >> 9 | line >> 10;
    40 * (corner & !(dark_before & dark_after)).count_ones()
}
