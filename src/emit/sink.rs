//! Where files go. An output hands bytes to a sink, and opens no file itself.

use std::io;
use std::sync::{Mutex, PoisonError};

use super::EmitError;

/// Where outputs go: a folder, or a map in tests.
pub trait Sink: Sync {
    /// Takes one file; `path` is relative, with `/` between its parts.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;

    /// Says that a file will be written later, by somebody else.
    fn promise(&self, _path: String) {}

    /// Whether a file is kept: what takes long is not made for nobody.
    fn keeps(&self, _path: &str) -> bool {
        true
    }
}

/// Notes the path of every file on its way.
pub(super) struct Noting<'s> {
    sink: &'s dyn Sink,
    paths: Mutex<Vec<String>>,
}

impl<'s> Noting<'s> {
    pub(super) fn new(sink: &'s dyn Sink) -> Noting<'s> {
        Noting { sink, paths: Mutex::default() }
    }

    pub(super) fn into_paths(self) -> Vec<String> {
        self.paths.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Noting<'_> {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.sink.write(path, bytes)?;
        self.promise(path.to_owned());
        Ok(())
    }

    fn keeps(&self, path: &str) -> bool {
        self.sink.keeps(path)
    }

    fn promise(&self, path: String) {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(path);
    }
}

/// A sink that keeps nothing.
pub(super) struct Nowhere;

impl Sink for Nowhere {
    fn write(&self, _: &str, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

/// Hands over a file.
pub(super) fn write(sink: &dyn Sink, path: &str, bytes: &[u8]) -> Result<(), EmitError> {
    sink.write(path, bytes).map_err(|source| EmitError::Write { path: path.to_owned(), source })
}
