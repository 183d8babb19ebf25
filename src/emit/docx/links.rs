//! Where links lead. Word refuses to open a document with an address that is no URI, so what is none becomes text.

/// An address as a relationship may carry it (RFC 3986), or nothing: for places in the page itself, for scripts.
pub(super) fn target(href: &str) -> Option<String> {
    let href = href.trim();
    let before_path = href.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = before_path.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_known = scheme.is_none_or(|scheme| matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel"));
    // An address in brackets, or a port that is no number, is what readers of URIs stumble over.
    let authority = href.split_once("//").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let is_host = authority.chars().all(|letter| letter.is_alphanumeric() || "-._~@:".contains(letter));
    let has_port = authority.rsplit_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_ok());
    if href.is_empty() || href.starts_with('#') || !is_known || !is_host || !has_port {
        return None;
    }
    let mut uri = String::with_capacity(href.len());
    for (at, letter) in href.char_indices() {
        match letter {
            '%' if !is_escape(&href[at..]) => uri.push_str("%25"),
            '%' => uri.push('%'),
            letter if letter.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(letter) => uri.push(letter),
            letter => {
                let mut bytes = [0; 4];
                letter.encode_utf8(&mut bytes).bytes().for_each(|byte| uri.push_str(&format!("%{byte:02X}")));
            }
        }
    }
    Some(uri)
}

fn is_escape(text: &str) -> bool {
    text.len() > 2 && text.as_bytes()[1..3].iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_uris_or_none() {
        let uri = |href| target(href).unwrap_or_default();
        assert_eq!(uri("https://a.gov.vn/tt?ma=1.000656&x=1"), "https://a.gov.vn/tt?ma=1.000656&x=1");
        assert_eq!(uri("../forms/mẫu 1.docx"), "../forms/m%E1%BA%ABu%201.docx");
        assert_eq!(uri("https://a.vn/%7Ea 100%"), "https://a.vn/%7Ea%20100%25");
        assert_eq!(uri("mailto:a@b.vn"), "mailto:a@b.vn");
        for none in ["javascript:alert(1)", "JavaScript:x", "#muc", "", "https://[x/", "file:///c:/a", "http://a:b/"] {
            assert_eq!(target(none), None, "{none}");
        }
    }
}
