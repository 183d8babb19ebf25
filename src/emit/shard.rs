//! A build in parts: each makes the files of some procedures, and merging adds what is about all of them. *Invariant:* the
//! parts together are the whole build, byte for byte.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::files::folder;
use super::{Built, EmitError, Idle, Sink, Summary, Wanted, communes, finish, press, site, summaries};
use crate::compile::Catalogue;

/// One of so many parts, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    pub number: usize,
    pub of: usize,
}

impl Shard {
    /// Whether a procedure belongs to the part, by its number among all from 0: neighbours, which are of one field and
    /// alike in size, go to different parts.
    pub fn holds(self, procedure: usize) -> bool {
        procedure % self.of == self.number - 1
    }
}

/// What a part of a build says of itself, for merging: [`PART_FILE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    schema: String,
    pub shard: Shard,
    /// What every part was asked for.
    pub wanted: Wanted,
    made: Vec<Made>,
    idle_words: Vec<Idle>,
}

/// What was made of one procedure at one place.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Made {
    folder: String,
    code: String,
    files: Vec<String>,
    opencps: Option<usize>,
}

/// Where a part of a build says what it is.
pub const PART_FILE: &str = "shard.json";

const SCHEMA: &str = "urn:thutuc:shard:1";

impl Part {
    pub fn of(shard: Shard, wanted: &Wanted, built: &Built) -> Part {
        let made = |one: &Summary| Made {
            folder: one.folder.clone(),
            code: one.code.clone(),
            files: one.files.clone(),
            opencps: one.opencps,
        };
        Part {
            schema: SCHEMA.to_owned(),
            shard,
            wanted: wanted.clone(),
            made: built.summaries.iter().map(made).collect(),
            idle_words: built.idle_words.clone(),
        }
    }

    /// As [`Part::to_json`] wrote it; nothing for any other file.
    pub fn from_json(bytes: &[u8]) -> Option<Part> {
        serde_json::from_slice(bytes).ok().filter(|part: &Part| part.schema == SCHEMA && part.shard.number > 0)
    }

    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a part is plain data");
        text.push('\n');
        text
    }
}

/// Writes what is about all procedures, from what each of all parts made.
pub fn merge(catalogue: &Catalogue, parts: &[Part], sink: &dyn Sink) -> Result<Built, EmitError> {
    let Some(Part { wanted, .. }) = parts.first() else {
        return Ok(Built { summaries: Vec::new(), of_communes: 0, idle_words: Vec::new() });
    };
    let all = parts.iter().flat_map(|part| &part.made);
    let by_name: FxHashMap<(&str, &str), &Made> =
        all.map(|made| ((made.folder.as_str(), made.code.as_str()), made)).collect();
    press::run(wanted.pdf.then(|| catalogue.as_of()), sink, |press| {
        let site = site(catalogue, wanted, press)?;
        let summaries = summaries(catalogue, &site, &|| (), |plan| {
            let folder = folder(plan.variant(), plan.registers);
            let made = by_name.get(&(folder.as_str(), plan.procedure.code.value.0.as_str()));
            Ok(made.map(|made| (made.files.clone(), made.opencps)).unwrap_or_default())
        })?;
        finish(&summaries, &site, sink)?;
        let of_communes = match wanted.communes && wanted.has("notices") {
            true => communes::lists(catalogue, &site, sink)?,
            false => 0,
        };
        let mut idle_words = site.templates.idle_words();
        idle_words.retain(|idle| parts.iter().all(|part| part.idle_words.contains(idle)));
        Ok(Built { summaries, of_communes, idle_words })
    })
}
