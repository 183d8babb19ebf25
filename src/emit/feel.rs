//! FEEL, the language of conditions and tables (OMG, DMN 1.3 chapter 10): how it writes values.

use crate::model::Number;

/// A text in quotes.
pub(super) fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A number with its decimals, where it has an end.
pub(super) fn decimal(number: Number) -> Option<String> {
    let digits = (0..=18_u32).find(|digits| 10_i128.pow(*digits) % i128::from(number.denominator) == 0)?;
    let all = i128::from(number.numerator) * (10_i128.pow(digits) / i128::from(number.denominator));
    let (sign, all) = (if all < 0 { "-" } else { "" }, all.unsigned_abs());
    let scale = 10_u128.pow(digits);
    Some(match digits {
        0 => format!("{sign}{all}"),
        _ => format!("{sign}{}.{:0width$}", all / scale, all % scale, width = digits as usize),
    })
}
