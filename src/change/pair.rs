//! Which thing of the older version is which of the newer one: by id, by name, at last by how alike the names are.

use crate::model::Id;

/// How alike two names must be, of 1, to be one thing renamed: letters that stay, of all.
const ALIKE: f64 = 0.6;

/// Things of one kind in both versions.
#[derive(Clone, Debug)]
pub(super) struct Pairs<'a, T> {
    /// In the order of the newer version.
    pub(super) both: Vec<(&'a T, &'a T)>,
    pub(super) gone: Vec<&'a T>,
    pub(super) new: Vec<&'a T>,
}

impl<T> Default for Pairs<'_, T> {
    fn default() -> Self {
        Pairs { both: Vec::new(), gone: Vec::new(), new: Vec::new() }
    }
}

/// What a thing is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key<'a> {
    pub(super) id: Option<&'a Id>,
    pub(super) name: &'a str,
}

/// Pairs what is the same thing in both versions.
pub(super) fn pair<'a, T>(
    old: impl IntoIterator<Item = &'a T>,
    new: impl IntoIterator<Item = &'a T>,
    key: impl Fn(&'a T) -> Key<'a>,
) -> Pairs<'a, T> {
    let old: Vec<(&T, Key<'_>)> = old.into_iter().map(|one| (one, key(one))).collect();
    let new: Vec<(&T, Key<'_>)> = new.into_iter().map(|one| (one, key(one))).collect();
    let mut of_new: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    let passes: [fn(&Key<'_>, &Key<'_>) -> bool; 3] =
        [|a, b| a == b, |a, b| a.id.is_some() && a.id == b.id, |a, b| a.name == b.name && !a.name.is_empty()];
    for pass in passes {
        for (at, (_, key)) in new.iter().enumerate().filter(|(at, _)| of_new[*at].is_none()).collect::<Vec<_>>() {
            let found = (0..old.len()).find(|&one| !taken[one] && pass(&old[one].1, key));
            if let Some(found) = found {
                of_new[at] = Some(found);
                taken[found] = true;
            }
        }
    }
    while let Some((from, to)) = most_alike(&old, &new, &taken, &of_new) {
        of_new[to] = Some(from);
        taken[from] = true;
    }
    let mut pairs = Pairs::default();
    for ((one, _), from) in new.into_iter().zip(of_new) {
        match from {
            Some(from) => pairs.both.push((old[from].0, one)),
            None => pairs.new.push(one),
        }
    }
    pairs.gone = old.iter().zip(taken).filter(|(_, taken)| !taken).map(|((one, _), _)| *one).collect();
    pairs
}

/// The two left over whose names are most alike, if they are alike enough.
fn most_alike<T>(
    old: &[(&T, Key<'_>)],
    new: &[(&T, Key<'_>)],
    taken: &[bool],
    of_new: &[Option<usize>],
) -> Option<(usize, usize)> {
    let left = |at: &usize| !taken[*at];
    let mut best: Option<(f64, (usize, usize))> = None;
    for from in (0..old.len()).filter(left) {
        for to in (0..new.len()).filter(|at| of_new[*at].is_none()) {
            let alike = strsim::normalized_levenshtein(old[from].1.name, new[to].1.name);
            if alike >= ALIKE && best.is_none_or(|(known, _)| alike > known) {
                best = Some((alike, (from, to)));
            }
        }
    }
    best.map(|(_, pair)| pair)
}
