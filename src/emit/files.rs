//! What files are called, and where they stand in a build.

use crate::plan::ProcedurePlan;
use crate::resolve::{Registers, Variant};

/// Where a variant's files stand: the nation's at the root, a place's below `places/`, its path without marks.
pub(super) fn folder(variant: &Variant, registers: &Registers) -> String {
    variant.place.as_ref().map(|place| format!("places/{}/", registers.folder_of(place))).unwrap_or_default()
}

/// What a file of a procedure is called: only its code goes into a name.
pub(crate) fn file_name(code: &str) -> String {
    code.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.').collect()
}

/// What a file of the procedure of a plan is called.
pub(super) fn file_of(plan: &ProcedurePlan<'_>) -> String {
    file_name(&plan.procedure.code.value.0)
}

/// Where the files of an output about one procedure stand, without what follows the code: `json/1.004859`.
pub(super) fn path_in(output: &str, plan: &ProcedurePlan<'_>) -> String {
    format!("{}{output}/{}", folder(plan.variant(), plan.registers), file_of(plan))
}

/// The way back from a file of [`path_in`] to the root of the build.
pub(super) fn to_root(plan: &ProcedurePlan<'_>) -> String {
    let depth = plan.variant().place.as_ref().map_or(0, |place| 2 + place.matches('/').count());
    "../".repeat(depth + 1)
}
