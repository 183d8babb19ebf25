//! The whole pipeline: files in, a catalogue with its findings out. The command line and the tests all come through here.
//! Nothing below this reads a file, a clock or the environment.

mod reading;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::{self, Kept, Report};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::model::{Norm, Overlay, Procedure, ProcedureCode, Subprocess};
use crate::plan::ProcedurePlan;
use crate::resolve::registers::Settings;
use crate::resolve::{Effective, Registers, Variant, bundle, layers};
use crate::source::{FileId, SourceMap};

use self::reading::Parsed;
pub use self::reading::{Changed, Reach};

/// What a file of a catalogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Settings,
    Register,
    Procedures,
    /// A text of the folder of templates.
    Template,
    /// A picture of that folder which is no text.
    Picture,
}

/// A file as it was found: its name relative to the catalogue, and its bytes.
#[derive(Clone, Debug)]
pub struct Input {
    pub kind: FileKind,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// How to read a catalogue.
#[derive(Clone, Debug)]
pub struct Options {
    pub lang: Lang,
    /// Reads the catalogue on this day; else on the day its settings give, else on `today`.
    pub as_of: Option<Date>,
    /// The day to take where nothing else gives one.
    pub today: Date,
    /// A path of the register of units, to read the catalogue as it stands there.
    pub place: Option<String>,
    /// Before publishing: what is missing is an error.
    pub release: bool,
}

impl Options {
    /// The day on which a catalogue with these settings is read.
    fn day(&self, settings: &Settings) -> Date {
        self.as_of.or(settings.as_of.map(|day| day.0)).unwrap_or(self.today)
    }
}

/// A catalogue that was read: everything the checks and the outputs need. A copy shares what was read.
#[derive(Clone)]
pub struct Catalogue {
    pub sources: SourceMap,
    pub settings: Settings,
    pub registers: Arc<Registers>,
    /// By code; several versions by the day from which each is valid.
    pub procedures: Vec<Arc<Procedure>>,
    pub overlays: Vec<Arc<Overlay>>,
    pub norms: Vec<Norm>,
    pub subprocesses: Vec<Subprocess>,
    /// The texts of the agency's folder of templates.
    pub templates: Vec<FileId>,
    /// The pictures of that folder, by name.
    pub pictures: Vec<(String, Vec<u8>)>,
    pub options: Options,
    /// Found while reading.
    pub reading: Vec<Diagnostic>,
    /// Of that, what is about no file of procedures.
    beside: Vec<Diagnostic>,
    /// What each file of procedures holds.
    files: Vec<(FileId, Arc<Parsed>)>,
    /// Where the overlays of each procedure stand among all.
    overlays_of: FxHashMap<String, Vec<usize>>,
}

impl Catalogue {
    /// The day on which the catalogue is read.
    pub fn as_of(&self) -> Date {
        self.options.day(&self.settings)
    }

    /// The overlays of a procedure, in the order of the files.
    pub fn overlays_of(&self, procedure: &Procedure) -> Vec<&Overlay> {
        let found = self.overlays_of.get(&procedure.code.value.0);
        found.into_iter().flatten().map(|&at| &*self.overlays[at]).collect()
    }

    /// The versions of a procedure, by the day from which each is valid; mostly there is one.
    pub fn versions(&self, code: &ProcedureCode) -> &[Arc<Procedure>] {
        &self.procedures[self.numbers(code)]
    }

    /// Where the versions of a procedure stand among all procedures.
    pub fn numbers(&self, code: &ProcedureCode) -> Range<usize> {
        let from = self.procedures.partition_point(|one| one.code.value < *code);
        let many = self.procedures[from..].partition_point(|one| one.code.value == *code);
        from..from + many
    }

    /// The version of a procedure that is in force on a day; else the next one to come, else the last there was.
    pub fn version_on(&self, code: &ProcedureCode, day: Date) -> Option<&Procedure> {
        let versions = self.versions(code);
        let ends = |one: &&Arc<Procedure>| {
            let until = one.body.valid.as_ref().and_then(|valid| valid.until.as_ref());
            until.is_none_or(|until| day <= until.value)
        };
        versions.iter().find(ends).or(versions.last()).map(|one| &**one)
    }

    /// The version that comes after one.
    pub fn next_version(&self, procedure: &Procedure) -> Option<&Procedure> {
        self.versions(&procedure.code.value)
            .iter()
            .skip_while(|one| one.head != procedure.head)
            .nth(1)
            .map(|one| &**one)
    }

    /// The version that came before one.
    pub fn version_before(&self, procedure: &Procedure) -> Option<&Procedure> {
        self.versions(&procedure.code.value)
            .iter()
            .take_while(|one| one.head != procedure.head)
            .last()
            .map(|one| &**one)
    }

    /// The day on which a version is read by itself: the day of the catalogue, or the nearest one on which it is valid, where
    /// other versions have theirs.
    pub fn own_day(&self, procedure: &Procedure) -> Date {
        let day = self.as_of();
        let Some(valid) = procedure.body.valid.as_ref().filter(|_| self.versions(&procedure.code.value).len() > 1)
        else {
            return day;
        };
        let (from, until) = (valid.from.as_ref().map(|from| from.value), valid.until.as_ref().map(|until| until.value));
        let day = from.map_or(day, |from| day.max(from));
        until.map_or(day, |until| day.min(until))
    }

    /// A procedure in one variant. Of several versions, one at most is in force.
    pub fn effective<'a>(&'a self, procedure: &'a Procedure, variant: Variant) -> Effective<'a> {
        let day = variant.as_of;
        let mut effective = self.laid(procedure, variant);
        if effective.body.parts.is_some() {
            self.gather(&mut effective);
        }
        let current = self.version_on(&procedure.code.value, day);
        effective.in_force &= current.is_none_or(|current| current.head == procedure.head);
        effective
    }

    /// What is laid over a procedure itself.
    fn laid<'a>(&'a self, procedure: &'a Procedure, variant: Variant) -> Effective<'a> {
        layers::lay(procedure, &self.overlays_of(procedure), variant)
    }

    /// Takes the parts of a bundle into it, as they stand on the same day, at the same place.
    fn gather<'a>(&'a self, bundle: &mut Effective<'a>) {
        let parts = bundle.body.parts.clone();
        let found: Vec<_> = parts
            .iter()
            .flat_map(|laid| &laid.value)
            .filter_map(|part| Some((part, self.version_on(part.code()?, bundle.variant.as_of)?)))
            .filter(|(_, of)| of.head != bundle.procedure.head)
            .map(|(part, of)| (part, self.laid(of, bundle.variant.clone())))
            .collect();
        let parts: Vec<_> = found.iter().map(|(part, of)| (*part, &of.procedure.code.value, &*of.body)).collect();
        bundle::gather(bundle.body.to_mut(), &parts);
        bundle.parts = found.iter().map(|(_, of)| of.procedure).collect();
    }

    /// The variant that is built: the day and place of the options.
    pub fn built_variant(&self) -> Variant {
        Variant { as_of: self.as_of(), place: self.options.place.clone() }
    }

    /// Plans every procedure that is in force in the variant built, several at a time, and gives what `each` makes of it.
    pub fn each_plan<T: Send>(&self, each: impl Fn(&ProcedurePlan<'_>) -> T + Sync) -> Vec<T> {
        self.procedures
            .par_iter()
            .filter_map(|procedure| {
                let effective = self.effective(procedure, self.built_variant());
                effective.in_force.then(|| each(&ProcedurePlan::new(&effective, &self.registers, &self.subprocesses)))
            })
            .collect()
    }

    /// Checks everything: what reading found, and what every rule finds.
    pub fn check(&self) -> Report {
        self.check_beyond(&FxHashSet::default())
    }

    /// As `check`, without the proofs that are known to find nothing.
    pub fn check_beyond(&self, proved: &FxHashSet<String>) -> Report {
        check::run(self, proved)
    }

    /// As `check_beyond`, of what changed since a check: the rest is as it was kept then. With what to keep of this one.
    pub fn check_after(&self, proved: &FxHashSet<String>, since: Option<(&Kept, &Changed)>) -> (Report, Kept) {
        check::run_after(self, proved, since)
    }

    /// The shared processes by id.
    pub fn subprocess_map(&self) -> FxHashMap<&str, &Subprocess> {
        self.subprocesses.iter().map(|one| (one.id.value.as_str(), one)).collect()
    }
}
