//! The logo of an agency as an `img` that holds the whole picture: a page stays one file, and a picture that is only shown
//! runs no script and fetches nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::Value;

use super::fault::{Fault, What};

/// It stands in every page, so it is small.
const MOST_BYTES: usize = 256 * 1024;

/// Above the name of the agency, in the middle.
const STYLE: &str = "display:block;margin:0 auto 1mm;max-height:18mm;max-width:50mm";

/// The signature of every PNG (ISO/IEC 15948, 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

pub(super) fn svg(file: &str, text: &str) -> Result<Value, Fault> {
    let root = text.find("<svg").filter(|_| text.trim_end().ends_with("</svg>"));
    if root.is_none() || !text.contains("http://www.w3.org/2000/svg") {
        return Err(Fault::in_file(file, What::NoPicture));
    }
    picture(file, "image/svg+xml", text.as_bytes())
}

pub(super) fn png(file: &str, bytes: &[u8]) -> Result<Value, Fault> {
    if !bytes.starts_with(PNG) {
        return Err(Fault::in_file(file, What::NoPicture));
    }
    picture(file, "image/png", bytes)
}

fn picture(file: &str, kind: &str, bytes: &[u8]) -> Result<Value, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(Fault::in_file(file, What::LargePicture { is: bytes.len() / 1024, may: MOST_BYTES / 1024 }));
    }
    let data = STANDARD.encode(bytes);
    // The name of the agency stands beside it: for those who do not see it, it adds nothing.
    Ok(Value::from_safe_string(format!(r#"<img class="logo" alt="" style="{STYLE}" src="data:{kind};base64,{data}">"#)))
}
