//! The blocks of templates. A block that the template it extends does not have would silently be left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fault::{Fault, What, nearest};
use super::own::Text;

type Texts = BTreeMap<String, Arc<Text>>;

/// What stands in a tag, with the line it is on.
struct Tag<'t> {
    words: Vec<&'t str>,
    line: usize,
}

fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    text.match_indices("{%").filter_map(|(at, _)| {
        let inner = text[at + 2..].split("%}").next()?;
        let words = inner.trim_matches(['-', '+']).split_whitespace().collect();
        Some(Tag { words, line: text[..at].matches('\n').count() + 1 })
    })
}

/// Every block that a template that extends another fills must be one of that other.
pub(super) fn check(text: &Text, shipped: &BTreeMap<&str, &str>, (own, common): (&Texts, &Texts)) -> Result<(), Fault> {
    let text_of = |name: &str| {
        let bare = name.strip_prefix("common/").or_else(|| name.strip_prefix("shipped/")).unwrap_or(name);
        let of_agency = || common.get(bare).filter(|_| !name.starts_with("shipped/")).map(|one| one.text.as_str());
        let of_place = own.get(name).map(|own| own.text.as_str());
        of_place.or_else(of_agency).or_else(|| shipped.get(bare).copied())
    };
    let mut known: Vec<&str> = Vec::new();
    let (mut parent, mut left) = (extended(&text.text), 8);
    while let Some(found) = parent.and_then(text_of).filter(|_| left > 0) {
        known.extend(tags(found).filter_map(|tag| block(&tag)));
        (parent, left) = (extended(found), left - 1);
    }
    // Of a parent whose name is worked out, or that is not there, nothing is known here.
    if known.is_empty() {
        return Ok(());
    }
    let mut depth = 0;
    for tag in tags(&text.text) {
        match (block(&tag), tag.words.first()) {
            (Some(name), _) => {
                if depth == 0 && !known.contains(&name) {
                    return Err(Fault {
                        line: tag.line,
                        quoted: text.text.lines().nth(tag.line - 1).unwrap_or_default().trim().to_owned(),
                        near: nearest(name, known.iter().copied()).map(str::to_owned),
                        ..Fault::in_file(&text.file, What::Block(name.to_owned()))
                    });
                }
                depth += 1;
            }
            (None, Some(&"endblock")) => depth = usize::saturating_sub(depth, 1),
            (None, _) => {}
        }
    }
    Ok(())
}

fn block<'t>(tag: &Tag<'t>) -> Option<&'t str> {
    let ["block", name, ..] = tag.words[..] else { return None };
    Some(name)
}

/// The template that one extends, where its name stands there.
fn extended(text: &str) -> Option<&str> {
    let tag = tags(text).find(|tag| tag.words.first() == Some(&"extends"))?;
    tag.words.get(1).map(|name| name.trim_matches(['"', '\'']))
}
