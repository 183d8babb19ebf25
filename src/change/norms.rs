//! Duties that acts lay on procedures (`quy định`).

use super::compare::Sides;
use super::pair::{Key, pair};
use super::same::{Same, same_set};
use super::{At, Change, Diff, Field, Kind, Part, SharedChange, SharedKind, Trend};
use crate::compile::Catalogue;
use crate::lang::say;
use crate::model::norm::{Duty, Norm};
use crate::model::{Body, Citation, Step};
use crate::plan::Wording;

/// What changed in the norms of two catalogues.
pub(super) fn changed(old: &Catalogue, new: &Catalogue) -> Vec<SharedChange> {
    let sides = Sides { old, new, at: None };
    let pairs = pair(&old.norms, &new.norms, |one| Key { id: None, name: &one.name.value });
    let made = |norm: &Norm, kind, changes| SharedChange {
        of: SharedKind::Norm,
        kind,
        name: norm.name.value.clone(),
        changes,
        performed_by: Vec::new(),
    };
    let mut found: Vec<SharedChange> = pairs.new.iter().map(|one| made(one, Kind::New, Vec::new())).collect();
    for (before, after) in &pairs.both {
        if !sides.is_untouched(before.span, after.span) {
            let changes = changes(&sides, before, after);
            found.extend((!changes.is_empty()).then(|| made(after, Kind::Amended, changes)));
        }
    }
    found.extend(pairs.gone.iter().map(|one| made(one, Kind::Abolished, Vec::new())));
    found
}

fn changes(sides: &Sides<'_>, old: &Norm, new: &Norm) -> Vec<Change> {
    let empty = Body::default();
    let mut diff = Diff::of(sides.words(sides.old, &empty), sides.words(sides.new, &empty));
    let at = At::part(Part::Duty).places(Some(old.head), Some(new.head));
    diff.text(&at.field(Field::Name), Some(&old.name), Some(&new.name));
    diff.one(&at.field(Field::Basis), (Some(&old.act), Some(&new.act)), &|words, act| words.act(act));
    if !old.covers.same(&new.covers, &diff.names) {
        let covers = |norm: &Norm, catalogue: &Catalogue| {
            norm.covers.as_ref().map(|when| format!("“{}”", catalogue.sources.slice(when.span())))
        };
        let (was, is) = (covers(old, sides.old), covers(new, sides.new));
        diff.became(at.field(Field::Covers), was, is, Trend::Other);
    }
    let duties = |norm: &'_ Norm| norm.duties.len();
    let mut left: Vec<&Duty> = new.duties.iter().collect();
    let mut gone: Vec<&Duty> = Vec::with_capacity(duties(old));
    for duty in &old.duties {
        match left.iter().position(|other| is_same(&diff, duty, other)) {
            Some(found) => {
                left.remove(found);
            }
            None => gone.push(duty),
        }
    }
    // A duty that is another one now has the same kind.
    for duty in gone {
        let next = left.iter().position(|other| std::mem::discriminant(*other) == std::mem::discriminant(duty));
        let next = next.map(|next| left.remove(next));
        let (was, is) = (said(&diff.old, duty), next.map(|next| said(&diff.new, next)));
        diff.became(at.places(Some(duty.span()), next.map(Duty::span)), Some(was), is, Trend::Other);
    }
    for duty in left {
        let is = said(&diff.new, duty);
        diff.became(at.places(None, Some(duty.span())), None, Some(is), Trend::Other);
    }
    diff.found
}

fn is_same(diff: &Diff<'_>, old: &Duty, new: &Duty) -> bool {
    let cites = |old: &[Citation], new: &[Citation]| same_set(old, new, &diff.names);
    match (old, new) {
        (Duty::MustHave { kind, cites: a, step, .. }, Duty::MustHave { kind: now, cites: b, step: other, .. }) => {
            kind == now && cites(a, b) && same_step(diff, step, other)
        }
        (Duty::Deadline { limit: a, .. }, Duty::Deadline { limit: b, .. }) => {
            a.same(b, &diff.names) && cites(&a.cites, &b.cites)
        }
        (Duty::Supplement { at_most: a, cites: c, .. }, Duty::Supplement { at_most: b, cites: d, .. })
        | (Duty::Papers { at_most: a, cites: c, .. }, Duty::Papers { at_most: b, cites: d, .. }) => {
            a == b && cites(c, d)
        }
        (Duty::DecidedBy { agencies: a, .. }, Duty::DecidedBy { agencies: b, .. }) => {
            a.same(b, &diff.names) && cites(&a.cites, &b.cites)
        }
        (_, _) => false,
    }
}

/// What a duty asks of a step: its time, when it must be there.
fn same_step(diff: &Diff<'_>, old: &Step, new: &Step) -> bool {
    old.time.same(&new.time, &diff.names) && old.when.same(&new.when, &diff.names)
}

fn said(words: &Wording<'_>, duty: &Duty) -> String {
    let (text, cites) = match duty {
        Duty::MustHave { kind, cites, step, .. } => {
            let kind = words.step_kind(*kind);
            let time = step.time.as_ref().map_or(String::new(), |time| format!(", {}", words.times(time)));
            let when = step.when.as_ref().map_or(String::new(), |when| {
                let when = words.condition(when);
                say!(words.lang, " khi {when}", " when {when}")
            });
            (say!(words.lang, "phải có bước “{kind}”{time}{when}", "must have a step “{kind}”{time}{when}"), cites)
        }
        Duty::Deadline { limit, .. } => {
            let text = words.value(limit, |limit| words.limit(limit));
            (say!(words.lang, "thời hạn giải quyết {text}", "time limit {text}"), &limit.cites)
        }
        Duty::Supplement { at_most, cites, .. } => {
            (say!(words.lang, "bổ sung không quá {at_most:02} lần", "at most {at_most} supplements"), cites)
        }
        Duty::Papers { at_most, cites, .. } => {
            (say!(words.lang, "hồ sơ không quá {at_most:02} giấy tờ", "at most {at_most} papers"), cites)
        }
        Duty::DecidedBy { agencies, .. } => {
            let text = words.value(agencies, |all| words.agencies(all));
            (say!(words.lang, "cơ quan có thẩm quyền: {text}", "decided by: {text}"), &agencies.cites)
        }
    };
    match words.cites(cites) {
        Some(cites) => say!(words.lang, "{text} theo {cites}", "{text} under {cites}"),
        None => text,
    }
}
