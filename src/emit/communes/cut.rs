//! A page cut where the words of its place stand.

use super::super::EmitError;
use super::super::local::Local;
use super::super::render::{Pages, escaped};
use super::Commune;
use crate::compile::Catalogue;

/// The first of 32 characters that stand for no letter and that no text should hold (Unicode, 23.7).
const FIRST: u32 = 0xFDD0;
const LAST: u32 = 0xFDEF;
/// The words before the contacts: name, commune, province, code.
const BEFORE_CONTACTS: usize = 4;
/// As many contacts as there are marks left for.
const MOST_CONTACTS: usize = (LAST - FIRST) as usize + 1 - BEFORE_CONTACTS;

/// The pages of one kind that were cut so far: those of other templates, or with other words, are other pages.
#[derive(Default)]
pub(super) struct Cuts<'t>(Vec<(&'t Pages, Local, Cut)>);

impl<'t> Cuts<'t> {
    /// Whether pages of a place can be made so.
    pub(super) fn can_make(templates: &Pages, local: &Local) -> bool {
        templates.writes_values_through() && local.contacts.len() <= MOST_CONTACTS
    }

    /// The page of a commune, in place of what `page` held; `whole` renders one.
    pub(super) fn page(
        &mut self,
        templates: &'t Pages,
        commune: &Commune,
        page: &mut String,
        whole: impl Fn(&Local) -> Result<String, EmitError>,
    ) -> Result<(), EmitError> {
        let is_like = |(own, marked, _): &&(&Pages, Local, Cut)| {
            std::ptr::eq(*own, templates) && has_the_words_of(marked, &commune.local)
        };
        if let Some((_, _, cut)) = self.0.iter().find(is_like) {
            cut.join(&commune.words, page);
            return Ok(());
        }
        let marked = marked(&commune.local);
        let cut = Cut::of(&whole(&marked)?);
        cut.join(&commune.words, page);
        self.0.push((templates, marked, cut));
        Ok(())
    }
}

/// Whether two places have words in the same slots.
fn has_the_words_of(one: &Local, other: &Local) -> bool {
    let given = |local: &Local| [&local.name, &local.commune, &local.province, &local.code].map(Option::is_some);
    given(one) == given(other) && one.contacts.len() == other.contacts.len()
}

/// A page in pieces; between two of them stands the word of a slot.
struct Cut {
    first: String,
    /// A slot, and what stands after it.
    rest: Vec<(usize, String)>,
}

impl Cut {
    fn of(page: &str) -> Cut {
        let mut slot = None;
        let mut cut = Cut { first: String::new(), rest: Vec::new() };
        for piece in page.split_inclusive(is_mark) {
            let ending = piece.chars().next_back().filter(|last| is_mark(*last));
            let text = ending.map_or(piece, |mark| &piece[..piece.len() - mark.len_utf8()]).to_owned();
            match slot {
                None => cut.first = text,
                Some(slot) => cut.rest.push((slot, text)),
            }
            slot = ending.map(|mark| (mark as u32 - FIRST) as usize);
        }
        // A mark at the very end.
        if let Some(slot) = slot {
            cut.rest.push((slot, String::new()));
        }
        cut
    }

    /// The page with these words, in place of what `page` held.
    fn join(&self, words: &[String], page: &mut String) {
        page.clear();
        page.push_str(&self.first);
        for (slot, text) in &self.rest {
            page.push_str(words.get(*slot).map_or("", String::as_str));
            page.push_str(text);
        }
    }
}

/// The marks in the place of the words that a place has.
fn marked(local: &Local) -> Local {
    let mark = |slot: usize| char::from_u32(FIRST + slot as u32).map(String::from).unwrap_or_default();
    Local {
        name: local.name.as_ref().map(|_| mark(0)),
        commune: local.commune.as_ref().map(|_| mark(1)),
        province: local.province.as_ref().map(|_| mark(2)),
        code: local.code.as_ref().map(|_| mark(3)),
        contacts: (0..local.contacts.len()).map(|at| mark(BEFORE_CONTACTS + at)).collect(),
    }
}

/// The words of a place by slot, as a page holds them. A notice names agencies of the place in capitals alone.
pub(super) fn words(local: &Local) -> Vec<String> {
    let text = |word: &Option<String>| word.clone().unwrap_or_default();
    let capitals = |word: &Option<String>| text(word).to_uppercase();
    let own = [text(&local.name), capitals(&local.commune), capitals(&local.province), text(&local.code)];
    own.iter().chain(&local.contacts).map(|word| escaped(word)).collect()
}

/// Whether a text of the catalogue holds what is taken for a mark.
pub(super) fn marks_occur(catalogue: &Catalogue) -> bool {
    // All marks begin with these bytes in UTF-8.
    let begins = |text: &str| memchr::memmem::find(text.as_bytes(), &[0xEF, 0xB7]).is_some();
    catalogue.sources.iter().any(|(_, file)| begins(&file.text) && file.text.contains(is_mark))
}

fn is_mark(letter: char) -> bool {
    (FIRST..=LAST).contains(&(letter as u32))
}
