//! One state of the preview: the pages of the last good build, and what is found now.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::Subject;
use super::findings;
use crate::check::Kept;
use crate::compile::{Catalogue, Changed};
use crate::diagnostic::Tally;
use crate::emit::{self, EmitError, OnRequest, Wanted};
use crate::error::Error;

/// What an open page compares with what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct State {
    /// Which build the pages are: they are loaded anew when it changes.
    pub(super) build: String,
    /// Counts what was found: a page asks for it anew when it changes.
    pub(super) checked: u64,
}

pub(super) struct Preview {
    /// The last good build.
    pub(super) build: Option<Arc<OnRequest>>,
    pub(super) state: State,
    /// What the checks found, as JSON for the script.
    pub(super) findings: String,
    /// What was read: the hash of all files, or why they cannot be read.
    read: String,
    /// The catalogue that was read last, with what was found.
    last: Option<Arc<(Catalogue, Kept)>>,
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

/// What was read, and what of it changed; the latter is not known where all was read anew.
type Read = (Catalogue, Option<Changed>);

impl Preview {
    pub(super) fn first(subject: &Subject, catalogue: Catalogue) -> (Preview, Made) {
        let empty = Preview {
            build: None,
            state: State { build: String::new(), checked: 0 },
            findings: String::new(),
            read: String::new(),
            last: None,
            proved: subject.proved.clone(),
        };
        let (begun, read) = (Instant::now(), emit::source_hash(&catalogue));
        empty.with(Ok((catalogue, None)), read, begun, None)
    }

    /// Reads and checks what changed; nothing where the files are what they were. Where there are errors, or the page that is
    /// `looked_at` cannot be made, the last good build stays.
    pub(super) fn next(&self, subject: &Subject, looked_at: Option<&str>) -> Option<(Preview, Made)> {
        let begun = Instant::now();
        let loaded = self.load(subject).map_err(|error| error.message(subject.options.lang));
        let read = match &loaded {
            Ok((catalogue, _)) => emit::source_hash(catalogue),
            Err(message) => message.clone(),
        };
        (read != self.read).then(|| self.with(loaded, read, begun, looked_at))
    }

    fn load(&self, subject: &Subject) -> Result<Read, Error> {
        let inputs = (subject.load)()?;
        let after = self.last.as_ref().and_then(|last| Catalogue::read_after(&last.0, &inputs));
        let (catalogue, changed) = match after {
            Some((catalogue, changed)) => (catalogue, Some(changed)),
            None => (Catalogue::read(inputs, subject.options.clone()), None),
        };
        (subject.accept)(&catalogue)?;
        Ok((catalogue, changed))
    }

    fn with(
        &self,
        loaded: Result<Read, String>,
        read: String,
        begun: Instant,
        looked_at: Option<&str>,
    ) -> (Preview, Made) {
        let mut next = Preview {
            build: self.build.clone(),
            state: State { checked: self.state.checked + 1, ..self.state.clone() },
            findings: String::new(),
            read,
            last: self.last.clone(),
            proved: self.proved.clone(),
        };
        let (mut tally, mut problem, mut found, mut shown) = (Tally::default(), None, Vec::new(), false);
        match loaded {
            Err(message) => problem = Some(message),
            Ok((catalogue, changed)) => {
                let since = self.last.as_ref().zip(changed.as_ref()).map(|(last, changed)| (&last.1, changed));
                let (report, kept) = catalogue.check_after(&self.proved, since);
                tally = report.tally();
                found = findings::of(&catalogue, &report.findings);
                next.proved = report.proved.into_iter().collect();
                let lang = catalogue.options.lang;
                let last = Arc::new((catalogue, kept));
                if tally.errors == 0 {
                    match build(&last.0, next.read.clone(), looked_at) {
                        Err(error) => problem = Some(Error::Emit(error).message(lang)),
                        Ok(build) => {
                            next.build = Some(Arc::new(build));
                            next.state.build.clone_from(&next.read);
                            shown = true;
                        }
                    }
                }
                next.last = Some(last);
            }
        }
        next.findings = findings::json(&next.state, !shown, problem.as_deref(), &found);
        (next, Made { took: begun.elapsed(), tally, shown, problem })
    }
}

/// A build of which the page that is looked at, if it has one, can be made.
fn build(catalogue: &Catalogue, source_hash: String, looked_at: Option<&str>) -> Result<OnRequest, EmitError> {
    let build = OnRequest::of(catalogue.clone(), Wanted::default(), source_hash)?;
    looked_at.map_or(Ok(None), |page| build.file(page))?;
    Ok(build)
}
