//! Codes and names.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::process::StepKind;
use crate::source::Span;
use crate::syntax::fold::fold;

/// A procedure's code in the national database, `D.DDDDDD`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProcedureCode(pub String);

impl fmt::Display for ProcedureCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A name joined by hyphens, in the form in which names are compared: without case, one tone placement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    pub fn new(written: &str) -> Id {
        Id(fold(written))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is(&self, id: &str) -> bool {
        self.0 == id
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Id, D::Error> {
        Ok(Id::new(&String::deserialize(from)?))
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// How one thing is pointed at: by its id, or by its exact label in quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefKey {
    Id(Id),
    Label(String),
    /// A step by its kind, in the words written.
    Kind(StepKind, String),
}

impl fmt::Display for RefKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RefKey::Id(id) => id.fmt(out),
            RefKey::Label(label) => write!(out, "“{label}”"),
            RefKey::Kind(_, words) => out.write_str(words),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    pub key: RefKey,
    pub span: Span,
}

impl Ref {
    /// Whether this points at an id.
    pub fn is(&self, id: &str) -> bool {
        matches!(&self.key, RefKey::Id(key) if key.is(id))
    }

    /// Whether this points at the thing with that id and label.
    pub fn names(&self, id: Option<&Id>, label: Option<&str>) -> bool {
        match &self.key {
            RefKey::Id(key) => id == Some(key),
            RefKey::Label(key) => label == Some(key.as_str()),
            RefKey::Kind(..) => false,
        }
    }
}
