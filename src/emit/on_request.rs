//! A build whose files are made when somebody asks for one. *Invariant:* each is that of [`super::build`], byte for byte.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::files::folder;
use super::sink::Nowhere;
use super::{EmitError, OUTPUTS, Output, Sink, Site, Summary, Templates, Wanted};
use super::{file_name, finish_lists, finish_shared, index, made_of, site_of, source_hash, summaries, variants};
use crate::compile::Catalogue;
use crate::plan::ProcedurePlan;

/// A catalogue and what its files are made with. Without PDF and OpenCPS, and without the notices of communes.
pub struct OnRequest {
    catalogue: Catalogue,
    wanted: Wanted,
    templates: Arc<Templates>,
    source_hash: String,
    /// The number of a procedure by what its files are called; of several versions, the first.
    by_name: FxHashMap<String, usize>,
    /// What is about all procedures, from the first time it is asked for.
    lists: Mutex<Option<Files>>,
}

/// Files by path.
type Files = BTreeMap<String, Vec<u8>>;

impl OnRequest {
    /// Begins a build; fails where a template cannot be read.
    pub fn new(catalogue: Catalogue, wanted: Wanted) -> Result<OnRequest, EmitError> {
        let source_hash = source_hash(&catalogue);
        OnRequest::of(catalogue, wanted, source_hash)
    }

    /// As [`OnRequest::new`], where [`source_hash`] is known.
    pub(crate) fn of(catalogue: Catalogue, wanted: Wanted, source_hash: String) -> Result<OnRequest, EmitError> {
        let templates = Arc::new(Templates::of_catalogue(&catalogue)?);
        let mut by_name = FxHashMap::default();
        for (number, procedure) in catalogue.procedures.iter().enumerate() {
            by_name.entry(file_name(&procedure.code.value.0)).or_insert(number);
        }
        Ok(OnRequest { catalogue, wanted, templates, source_hash, by_name, lists: Mutex::default() })
    }

    /// Makes one file; nothing where the build has none of that path.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, EmitError> {
        let wanted = &self.wanted;
        let site = site_of(&self.catalogue, wanted, None, self.templates.clone(), self.source_hash.clone());
        if let Some(made) = self.of_a_procedure(path, &site)? {
            return Ok(Some(made));
        }
        let one = One { path, bytes: Mutex::default() };
        if path == "catalogue.json" && wanted.lists_all() {
            let all = summaries(&self.catalogue, &site, &|| (), |plan| made_of(plan, &site, &Nowhere))?;
            index::finish(&all, &site, self.catalogue.as_of(), &one)?;
        } else {
            finish_shared(&site, &one)?;
        }
        match one.taken() {
            None if is_a_list(path) => self.list(path, &site),
            made => Ok(made),
        }
    }

    /// A file about one procedure.
    fn of_a_procedure(&self, path: &str, site: &Site<'_>) -> Result<Option<Vec<u8>>, EmitError> {
        let Some(number) = path.rsplit('/').find_map(|part| self.begins_with_a_name(part)) else { return Ok(None) };
        let catalogue = &self.catalogue;
        for procedure in catalogue.versions(&catalogue.procedures[number].code.value) {
            for variant in variants(catalogue, procedure) {
                let folder = folder(&variant, &catalogue.registers);
                let Some((output, _)) = path.strip_prefix(&folder).and_then(|rest| rest.split_once('/')) else {
                    continue;
                };
                let outputs = OUTPUTS.iter().filter(|one| one.folder == output && self.wanted.has(one.name));
                let outputs: Vec<&Output> = outputs.copied().collect();
                if outputs.is_empty() {
                    continue;
                }
                let effective = catalogue.effective(procedure, variant);
                if !effective.in_force {
                    continue;
                }
                let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
                let one = One { path, bytes: Mutex::default() };
                for output in outputs {
                    (output.emit)(&plan, site, &one)?;
                }
                return Ok(one.taken());
            }
        }
        Ok(None)
    }

    /// The procedure with whose name, the longest there is, a part of a path begins.
    fn begins_with_a_name(&self, part: &str) -> Option<usize> {
        let ends = part.char_indices().rev().map(|(at, letter)| at + letter.len_utf8());
        ends.into_iter().find_map(|end| self.by_name.get(&part[..end]).copied())
    }

    /// A page that leads to those of each procedure.
    fn list(&self, path: &str, site: &Site<'_>) -> Result<Option<Vec<u8>>, EmitError> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if lists.is_none() {
            let all: Vec<Summary> = summaries(&self.catalogue, site, &|| (), |_| Ok(Default::default()))?;
            let made = All(Mutex::default());
            finish_lists(&all, site, &made)?;
            *lists = Some(made.0.into_inner().unwrap_or_else(PoisonError::into_inner));
        }
        Ok(lists.as_ref().and_then(|lists| lists.get(path).cloned()))
    }
}

/// Whether a path can be one of [`finish_lists`].
fn is_a_list(path: &str) -> bool {
    path == "index.html" || path.split('/').any(|part| matches!(part, "site" | "boards" | "screens"))
}

/// Keeps one file.
struct One<'p> {
    path: &'p str,
    bytes: Mutex<Option<Vec<u8>>>,
}

impl One<'_> {
    fn taken(self) -> Option<Vec<u8>> {
        self.bytes.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for One<'_> {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if self.keeps(path) {
            *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes.to_vec());
        }
        Ok(())
    }

    fn keeps(&self, path: &str) -> bool {
        path == self.path
    }
}

/// Keeps every file.
struct All(Mutex<Files>);

impl Sink for All {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}
