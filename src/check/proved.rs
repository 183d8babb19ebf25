//! Names a proof by everything it rests on, so that one that found nothing need not be made again.

use sha2::{Digest, Sha256};

use crate::compile::Catalogue;
use crate::digest::hex;
use crate::model::Procedure;
use crate::plan::ProcedurePlan;

/// To be raised with every change of what a proof means.
const VERSION: &str = "1";

/// What the proofs of all procedures rest on: the calendars, and what facts and processes are shared.
pub(super) fn common(catalogue: &Catalogue) -> String {
    let registers = &catalogue.registers;
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(VERSION);
    hash.update(format!("{:?}{:?}", registers.calendars, registers.shared));
    for shared in &catalogue.subprocesses {
        hash.update(catalogue.sources.slice(shared.span));
    }
    hex(&hash.finalize()[..16])
}

/// What every proof of one procedure rests on.
pub(super) struct Own(Sha256);

pub(super) fn of(catalogue: &Catalogue, common: &str, procedure: &Procedure) -> Own {
    let mut hash = Sha256::new();
    hash.update(common);
    hash.update(catalogue.sources.slice(procedure.span));
    Own(hash)
}

impl Own {
    /// The name of the proof of one plan.
    pub(super) fn key(&self, catalogue: &Catalogue, plan: &ProcedurePlan<'_>) -> String {
        let mut hash = self.0.clone();
        for overlay in &plan.effective.layers {
            hash.update(catalogue.sources.slice(overlay.span));
        }
        // A bundle also rests on its parts, and on what is laid over them.
        for part in &plan.effective.parts {
            hash.update(catalogue.sources.slice(part.span));
            for overlay in catalogue.overlays_of(part) {
                hash.update(catalogue.sources.slice(overlay.span));
            }
        }
        let variant = plan.variant();
        hash.update(format!("{:?} {}", variant.place, variant.as_of));
        hex(&hash.finalize()[..16])
    }
}
