//! What is wrong with a catalogue, as data; `diagnostic/` prints it.

pub mod json;
pub mod short;
pub mod text;

use serde::Serialize;

use crate::source::Span;

/// How bad a finding is. Only an error makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Info,
}

/// A finding's stable code, `TT` and three digits. Never renumbered, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RuleCode(pub &'static str);

/// A place and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// One finding: what is the case, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: RuleCode,
    pub severity: Severity,
    /// What is the case, in the author's words.
    pub message: String,
    pub span: Span,
    /// Said at the place itself, under the marks.
    pub label: String,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// An example, or how far it goes.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
}

impl Diagnostic {
    pub fn new(code: RuleCode, severity: Severity, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            message: message.into(),
            span,
            label: String::new(),
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    pub fn help(&mut self, text: impl Into<String>) -> &mut Diagnostic {
        self.help.push(text.into());
        self
    }

    pub fn note(&mut self, text: impl Into<String>) -> &mut Diagnostic {
        self.notes.push(text.into());
        self
    }

    pub fn label(&mut self, text: impl Into<String>) -> &mut Diagnostic {
        self.label = text.into();
        self
    }

    pub fn also(&mut self, span: Span, text: impl Into<String>) -> &mut Diagnostic {
        self.secondary.push(Label { span, text: text.into() });
        self
    }
}

/// How many findings there are of each severity, and how many an author silenced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub silenced: usize,
}

impl Tally {
    pub fn of(diagnostics: &[Diagnostic], silenced: usize) -> Tally {
        let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
        Tally {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            silenced,
        }
    }
}
