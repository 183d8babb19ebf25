//! One state of the preview: the pages of the last good build, and what is found now.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::Subject;
use super::findings;
use crate::diagnostic::Tally;
use crate::emit::{self, Sink, Wanted};

/// The pages of a build by path.
pub(super) type Pages = BTreeMap<String, Vec<u8>>;

/// What an open page compares with what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct State {
    /// Which build the pages are: they are loaded anew when it changes.
    pub(super) build: String,
    /// Counts what was found: a page asks for it anew when it changes.
    pub(super) checked: u64,
}

pub(super) struct Preview {
    pub(super) pages: Arc<Pages>,
    pub(super) state: State,
    /// What the checks found, as JSON for the script.
    pub(super) findings: String,
    /// What was read: the hash of all files, or why they cannot be read.
    pub(super) read: String,
    /// The proofs that found nothing: they are not made again.
    proved: FxHashSet<String>,
}

/// How a build went.
#[derive(Debug)]
pub struct Made {
    pub took: Duration,
    pub tally: Tally,
    /// Whether its pages are shown; else those of the last good build stay.
    pub shown: bool,
    /// Why the catalogue could not be read or built at all.
    pub problem: Option<String>,
}

impl Preview {
    pub(super) fn first(subject: &Subject) -> (Preview, Made) {
        let nothing = State { build: String::new(), checked: 0 };
        let empty = Preview {
            pages: Arc::default(),
            state: nothing,
            findings: String::new(),
            read: String::new(),
            proved: subject.proved.clone(),
        };
        empty.next(subject).expect("something was read, if only why nothing can be")
    }

    /// Reads, checks and builds again; nothing where the files are what they were. Where it cannot be built, the pages stay.
    pub(super) fn next(&self, subject: &Subject) -> Option<(Preview, Made)> {
        let begun = Instant::now();
        let loaded = (subject.load)().map_err(|error| error.message(subject.lang));
        let read = match &loaded {
            Ok(catalogue) => emit::source_hash(catalogue),
            Err(message) => message.clone(),
        };
        if read == self.read {
            return None;
        }
        let lang = subject.lang;
        let mut next = Preview {
            pages: self.pages.clone(),
            state: State { checked: self.state.checked + 1, ..self.state.clone() },
            findings: String::new(),
            read,
            proved: self.proved.clone(),
        };
        let (mut tally, mut problem, mut found, mut shown) = (Tally::default(), None, Vec::new(), false);
        match loaded {
            Err(message) => problem = Some(message),
            Ok(catalogue) => {
                let report = catalogue.check_beyond(&self.proved);
                tally = report.tally();
                found = findings::of(&catalogue, &report.findings);
                next.proved = report.proved.iter().cloned().collect();
                let memory = Memory::default();
                if tally.errors == 0 {
                    match emit::build(&catalogue, &Wanted::default(), &memory, &|| ()) {
                        Err(error) => problem = Some(crate::error::Error::Emit(error).message(lang)),
                        Ok(_) => {
                            next.pages = Arc::new(memory.0.into_inner().unwrap_or_else(PoisonError::into_inner));
                            next.state.build.clone_from(&next.read);
                            shown = true;
                        }
                    }
                }
            }
        }
        next.findings = findings::json(&next.state, !shown, problem.as_deref(), &found);
        let made = Made { took: begun.elapsed(), tally, shown, problem };
        Some((next, made))
    }
}

/// A build in memory.
#[derive(Default)]
struct Memory(Mutex<Pages>);

impl Sink for Memory {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}
