//! The blocks of a process as they were written, with the nodes they became.

use super::EdgeLabel;
use crate::model::Step;
use crate::model::process::Parallel;

/// A block. A list of them is a sequence. Blocks that nothing leads to have no gateways: what they hold stands in their place.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    Step {
        node: usize,
        /// Steps written behind an answer of this one, or behind its time running out.
        reactions: Vec<(EdgeLabel<'a>, Vec<Part<'a>>)>,
    },
    /// A shared process, laid out in place; the step that performs it has no node of its own.
    Performed { step: &'a Step, parts: Vec<Part<'a>> },
    /// Index into [`super::Flow::stages`].
    Stage { stage: usize, parts: Vec<Part<'a>> },
    /// Also a step or a stage that is done only in some cases.
    Choice { node: usize, then: Vec<Part<'a>>, otherwise: Vec<Part<'a>> },
    Parallel {
        block: &'a Parallel,
        fork: usize,
        /// Absent where every branch ends the process.
        join: Option<usize>,
        /// As many as the block has.
        branches: Vec<Vec<Part<'a>>>,
    },
}

impl<'a> Part<'a> {
    /// Visits every block, each before what it holds.
    pub fn each(parts: &[Part<'a>], visit: &mut impl FnMut(&Part<'a>)) {
        for part in parts {
            visit(part);
            match part {
                Part::Step { reactions, .. } => reactions.iter().for_each(|(_, parts)| Part::each(parts, visit)),
                Part::Performed { parts, .. } | Part::Stage { parts, .. } => Part::each(parts, visit),
                Part::Choice { then, otherwise, .. } => {
                    Part::each(then, visit);
                    Part::each(otherwise, visit);
                }
                Part::Parallel { branches, .. } => branches.iter().for_each(|parts| Part::each(parts, visit)),
            }
        }
    }
}
