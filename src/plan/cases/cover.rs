//! Gaps and overlaps of rules by case.
//!
//! Every rule is a set of boxes over the cells of the facts. Two rules that share a box overlap; what no box covers is a gap.
//! Method: boxes are compared along their most selective column; if none overlap, the covered volume is counted and compared
//! with the whole, and only where it is less is the region cut, at faces of the largest box, until an uncovered box is left.
//! With overlaps the same cuts are made on both sides. (Calvanese et al., “Semantics and Analysis of DMN Decision Tables”, 2016,
//! ask the same two questions and sweep column by column.)

use super::{Case, Meaning, Space};
use crate::model::Expr;

/// A rule that splits into more boxes than this is not decided.
const MOST_BOXES: usize = 4_096;
/// More cuts than this are not made in search of a gap.
const MOST_CUTS: usize = 400_000;
/// As many gaps and as many overlaps are shown.
const MOST_SHOWN: usize = 5;

/// Of each column the cells from the first up to before the second.
type Sides = Vec<(u32, u32)>;

/// What could not be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecided;

/// Conditions that must hold together, each as it stands or denied.
pub type Together<'e> = Vec<(&'e Expr, bool)>;

/// What a set of rules leaves open and covers twice.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// Maximal cases in which no rule applies.
    pub gaps: Vec<Case>,
    /// Two rules, by number, and the cases in which both apply.
    pub overlaps: Vec<(usize, usize, Case)>,
    /// Rules that never apply.
    pub never: Vec<usize>,
    /// Rules that apply in every case.
    pub always: Vec<usize>,
    /// Something was too large to decide, or asks what is not known.
    pub undecided: bool,
}

/// Compares rules within a region: `wants_gaps` where no general rule takes what is left, `differ` whether two rules give
/// different results.
pub fn cover(
    space: &Space,
    region: &Together<'_>,
    rules: &[&Expr],
    wants_gaps: bool,
    differ: impl Fn(usize, usize) -> bool,
) -> Cover {
    let mut cover = Cover::default();
    let Ok(region) = boxes_of(space, region) else {
        return Cover { undecided: true, ..cover };
    };
    let mut all: Vec<(usize, Sides)> = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        match narrowed(space, rule, true, region.clone()) {
            Ok(boxes) if boxes.is_empty() && !region.is_empty() => cover.never.push(at),
            // The boxes of one rule do not meet: as large together as the region, they are the region.
            Ok(boxes) if !region.is_empty() && whole(&boxes) == whole(&region) => {
                cover.always.push(at);
                all.extend(boxes.into_iter().map(|sides| (at, sides)));
            }
            Ok(boxes) => all.extend(boxes.into_iter().map(|sides| (at, sides))),
            Err(Undecided) => cover.undecided = true,
        }
    }
    let (shared, disjoint) = overlaps(&all, &differ);
    cover.overlaps = shared.into_iter().map(|(a, b, sides)| (a, b, space.case_of(&sides))).collect();
    if wants_gaps && !cover.undecided {
        let mut boxes: Vec<Sides> = all.into_iter().map(|(_, sides)| sides).collect();
        let mut cuts = 0;
        while cover.gaps.len() < MOST_SHOWN {
            match hole(&region, &boxes, disjoint, &mut cuts) {
                Ok(Some(hole)) => {
                    let hole = grown(hole, &region, &boxes);
                    cover.gaps.push(space.case_of(&hole));
                    boxes.push(hole);
                }
                Ok(None) => break,
                Err(Undecided) => {
                    cover.undecided = true;
                    break;
                }
            }
        }
    }
    cover
}

/// Whether conditions can hold together.
pub fn possible(space: &Space, together: &Together<'_>) -> Result<bool, Undecided> {
    boxes_of(space, together).map(|boxes| !boxes.is_empty())
}

impl Space {
    fn case_of(&self, sides: &Sides) -> Case {
        let mut case = Case { bits: vec![0; self.full.bits.len()] };
        for (column, &(from, to)) in self.columns.iter().zip(sides) {
            for at in from as usize..to as usize {
                case.bits[column.word + at / 64] |= 1 << (at % 64);
            }
        }
        case
    }

    fn everything_as_sides(&self) -> Sides {
        self.columns.iter().map(|column| (0, column.cells.len() as u32)).collect()
    }
}

fn boxes_of(space: &Space, together: &Together<'_>) -> Result<Vec<Sides>, Undecided> {
    let all = vec![space.everything_as_sides()];
    together.iter().try_fold(all, |boxes, (condition, wanted)| narrowed(space, condition, *wanted, boxes))
}

/// The parts of some boxes in which a condition holds, or does not.
fn narrowed(space: &Space, condition: &Expr, wanted: bool, boxes: Vec<Sides>) -> Result<Vec<Sides>, Undecided> {
    match condition {
        Expr::And(parts, _) if wanted => parts.iter().try_fold(boxes, |boxes, part| narrowed(space, part, true, boxes)),
        Expr::Or(parts, _) if !wanted => {
            parts.iter().try_fold(boxes, |boxes, part| narrowed(space, part, false, boxes))
        }
        Expr::And(parts, _) | Expr::Or(parts, _) => {
            // The first part that holds, the second where the first does not, and so on: no box twice.
            let (mut found, mut rest) = (Vec::new(), boxes);
            for part in parts {
                found.extend(narrowed(space, part, wanted, rest.clone())?);
                rest = narrowed(space, part, !wanted, rest)?;
                few(&found)?;
            }
            Ok(found)
        }
        Expr::Not(inner, _) => narrowed(space, inner, !wanted, boxes),
        Expr::Test { span, .. } => match space.meanings.get(span) {
            Some(Meaning::Cut(cut)) => cut_boxes(space, *cut, wanted, boxes),
            Some(Meaning::Derived(inner)) => narrowed(space, inner, wanted, boxes),
            Some(Meaning::All(cuts)) if wanted => {
                cuts.iter().try_fold(boxes, |boxes, &(cut, yes)| cut_boxes(space, cut, yes, boxes))
            }
            Some(Meaning::All(cuts)) => {
                let (mut found, mut rest) = (Vec::new(), boxes);
                for &(cut, yes) in cuts {
                    found.extend(cut_boxes(space, cut, !yes, rest.clone())?);
                    rest = cut_boxes(space, cut, yes, rest)?;
                }
                Ok(found)
            }
            Some(Meaning::Unknown) | None => Err(Undecided),
        },
    }
}

fn cut_boxes(space: &Space, cut: usize, wanted: bool, boxes: Vec<Sides>) -> Result<Vec<Sides>, Undecided> {
    let cut = &space.cuts[cut];
    let count = space.columns[cut.column].cells.len();
    let inside = |at: usize| (cut.yes[at / 64] >> (at % 64) & 1 == 1) == wanted;
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for at in (0..count).filter(|at| inside(*at)) {
        match runs.last_mut() {
            Some((_, to)) if *to as usize == at => *to += 1,
            _ => runs.push((at as u32, at as u32 + 1)),
        }
    }
    let mut found = Vec::with_capacity(boxes.len());
    for sides in boxes {
        let own = sides[cut.column];
        for run in &runs {
            let (from, to) = (own.0.max(run.0), own.1.min(run.1));
            if from < to {
                let mut part = sides.clone();
                part[cut.column] = (from, to);
                found.push(part);
            }
        }
    }
    few(&found)?;
    Ok(found)
}

fn few(boxes: &[Sides]) -> Result<(), Undecided> {
    if boxes.len() <= MOST_BOXES { Ok(()) } else { Err(Undecided) }
}

fn meet(a: &Sides, b: &Sides) -> Option<Sides> {
    a.iter().zip(b).map(|(a, b)| Some((a.0.max(b.0), a.1.min(b.1))).filter(|(from, to)| from < to)).collect()
}

fn meets(a: &Sides, b: &Sides) -> bool {
    a.iter().zip(b).all(|(a, b)| a.0.max(b.0) < a.1.min(b.1))
}

/// Pairs of rules that share a box and differ, the first few; and whether no two boxes meet at all.
fn overlaps(all: &[(usize, Sides)], differ: &impl Fn(usize, usize) -> bool) -> (Vec<(usize, usize, Sides)>, bool) {
    let (mut found, mut disjoint) = (Vec::new(), true);
    let columns = all.first().map_or(0, |(_, sides)| sides.len());
    // The column whose sides are shortest tells most boxes apart.
    let narrow = (0..columns).min_by_key(|&column| {
        let reach = all.iter().map(|(_, sides)| u64::from(sides[column].1)).max().unwrap_or(1).max(1);
        let lengths: u64 = all.iter().map(|(_, sides)| u64::from(sides[column].1 - sides[column].0)).sum();
        lengths * 1_000 / reach
    });
    let Some(narrow) = narrow else { return (found, all.len() < 2) };
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| all[at].1[narrow].0);
    let mut active: Vec<usize> = Vec::new();
    for at in order {
        let (rule, sides) = &all[at];
        active.retain(|&other| all[other].1[narrow].1 > sides[narrow].0);
        for &other in &active {
            let (first, other) = (&all[other].0, &all[other].1);
            if !meets(sides, other) {
                continue;
            }
            disjoint = false;
            let pair = ((*first).min(*rule), (*first).max(*rule));
            if pair.0 == pair.1 || found.len() >= MOST_SHOWN || !differ(pair.0, pair.1) {
                continue;
            }
            match found.iter_mut().find(|(a, b, _)| (*a, *b) == pair) {
                Some(_) => {}
                None => found.extend(meet(sides, other).map(|shared| (pair.0, pair.1, shared))),
            }
        }
        active.push(at);
    }
    found.sort_by_key(|(a, b, _)| (*a, *b));
    (found, disjoint)
}

fn volume(sides: &Sides) -> u128 {
    sides.iter().map(|(from, to)| u128::from(to - from)).product()
}

fn whole(boxes: &[Sides]) -> u128 {
    boxes.iter().map(volume).sum()
}

/// A box that no other covers, somewhere in a region.
fn hole(region: &[Sides], boxes: &[Sides], disjoint: bool, cuts: &mut usize) -> Result<Option<Sides>, Undecided> {
    for part in region {
        let inside: Vec<Sides> = boxes.iter().filter_map(|sides| meet(sides, part)).collect();
        if disjoint && inside.iter().map(volume).sum::<u128>() == volume(part) {
            continue;
        }
        if let Some(hole) = hole_in(part.clone(), inside, disjoint, cuts)? {
            return Ok(Some(hole));
        }
    }
    Ok(None)
}

fn hole_in(region: Sides, boxes: Vec<Sides>, disjoint: bool, cuts: &mut usize) -> Result<Option<Sides>, Undecided> {
    let mut todo = vec![(region, boxes)];
    while let Some((region, boxes)) = todo.pop() {
        if boxes.is_empty() {
            return Ok(Some(region));
        }
        let Some(largest) = boxes.iter().max_by_key(|sides| volume(sides)) else { continue };
        let face = largest.iter().zip(&region).enumerate().find_map(|(column, (own, whole))| {
            let at = if own.0 > whole.0 { own.0 } else { own.1 };
            (at > whole.0 && at < whole.1).then_some((column, at))
        });
        // The largest box is all of the region.
        let Some((column, at)) = face else { continue };
        *cuts += 1;
        if *cuts > MOST_CUTS {
            return Err(Undecided);
        }
        let half = |sides: (u32, u32)| {
            let mut part = region.clone();
            part[column] = sides;
            let inside: Vec<Sides> = boxes.iter().filter_map(|own| meet(own, &part)).collect();
            (part, inside)
        };
        let halves = [half((region[column].0, at)), half((at, region[column].1))];
        if disjoint {
            let open = |(part, inside): &(Sides, Vec<Sides>)| inside.iter().map(volume).sum::<u128>() < volume(part);
            todo.extend(halves.into_iter().find(open));
        } else {
            todo.extend(halves);
        }
    }
    Ok(None)
}

/// The largest uncovered box around one, grown column by column within the part of the region it lies in.
fn grown(mut hole: Sides, region: &[Sides], boxes: &[Sides]) -> Sides {
    let Some(part) = region.iter().find(|part| meets(part, &hole)) else { return hole };
    for column in 0..hole.len() {
        let (mut from, mut to) = part[column];
        let own = hole[column];
        for sides in boxes {
            let beside =
                sides.iter().zip(&hole).enumerate().all(|(at, (a, b))| at == column || a.0.max(b.0) < a.1.min(b.1));
            if beside && sides[column].1 <= own.0 {
                from = from.max(sides[column].1);
            }
            if beside && sides[column].0 >= own.1 {
                to = to.min(sides[column].0);
            }
        }
        hole[column] = (from, to);
    }
    hole
}
