//! Finds the longest phrase of the table of words at a place in a row of tokens.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::fold;
use super::words::{Kw, TABLE};

/// A syllable of the table of words; 0 is any other word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Syllable(u16);

impl Syllable {
    pub const OTHER: Syllable = Syllable(0);
}

/// Which of the two sets of words a phrase belongs to; a few belong to both (`USD`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordSet {
    Vietnamese,
    English,
    Both,
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub kw: Kw,
    /// How many tokens it takes.
    pub tokens: usize,
    pub set: WordSet,
}

#[derive(Default)]
struct Node {
    end: Option<(Kw, WordSet)>,
    next: FxHashMap<Syllable, u16>,
}

/// The table of words as a tree of syllables; brackets and commas of closed phrases count as syllables.
pub struct Phrases {
    syllables: FxHashMap<String, Syllable>,
    nodes: Vec<Node>,
}

pub static PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::new);

impl Phrases {
    fn new() -> Phrases {
        let mut phrases = Phrases { syllables: FxHashMap::default(), nodes: vec![Node::default()] };
        for entry in TABLE {
            for phrase in entry.vi {
                phrases.add(phrase, entry.kw, WordSet::Vietnamese);
            }
            for phrase in entry.en {
                phrases.add(phrase, entry.kw, WordSet::English);
            }
        }
        phrases
    }

    fn add(&mut self, phrase: &str, kw: Kw, set: WordSet) {
        let mut node = 0;
        for part in split(phrase) {
            let fresh = Syllable(self.syllables.len() as u16 + 1);
            let syllable = *self.syllables.entry(fold(part)).or_insert(fresh);
            // The spelling as printed is found without folding.
            self.syllables.entry(part.to_owned()).or_insert(syllable);
            let count = self.nodes.len() as u16;
            let next = *self.nodes[node].next.entry(syllable).or_insert(count);
            if next == count {
                self.nodes.push(Node::default());
            }
            node = usize::from(next);
        }
        let end = &mut self.nodes[node].end;
        match end {
            None => *end = Some((kw, set)),
            Some((first, was)) if *first == kw && *was != set => *was = WordSet::Both,
            Some(_) => {}
        }
    }

    /// The syllable a word is, in whatever case and tone placement.
    pub fn syllable(&self, word: &str) -> Syllable {
        if let Some(syllable) = self.syllables.get(word) {
            return *syllable;
        }
        if word.contains('-') {
            return Syllable::OTHER;
        }
        self.syllables.get(&fold(word)).copied().unwrap_or(Syllable::OTHER)
    }

    /// The longest phrase that the syllables begin with.
    pub fn longest(&self, syllables: impl Iterator<Item = Syllable>) -> Option<Found> {
        let (mut node, mut found) = (0, None);
        for (at, syllable) in syllables.enumerate() {
            match self.nodes[node].next.get(&syllable) {
                Some(next) if syllable != Syllable::OTHER => node = usize::from(*next),
                Some(_) | None => break,
            }
            if let Some((kw, set)) = self.nodes[node].end {
                found = Some(Found { kw, tokens: at + 1, set });
            }
        }
        found
    }
}

/// The words of a phrase, with `,` `(` `)` apart.
fn split(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(' ').flat_map(|word| {
        let (open, rest) = match word.strip_prefix('(') {
            Some(rest) => (Some("("), rest),
            None => (None, word),
        };
        let (rest, close) = match rest.strip_suffix([')', ',']) {
            Some(inner) => (inner, Some(&rest[inner.len()..])),
            None => (rest, None),
        };
        [open, Some(rest), close].into_iter().flatten()
    })
}
