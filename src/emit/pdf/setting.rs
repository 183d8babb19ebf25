//! What a PDF is set by: the programs of typst that ship, under the files of an agency that stand in for them. Beside these
//! and the page there is nothing to read: no other file, no package.

use rustc_hash::FxHashMap;
use typst::diag::{FileError, FileResult, PackageError, SourceDiagnostic};
use typst::foundations::Bytes;
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use crate::emit::EmitError;
use crate::emit::render::{Fault, SHIPPED, What};

/// Where setting begins.
const MAIN: &str = "page.typ";
/// The page that is printed, as JSON.
const DATA: &str = "page.json";

/// Folders from which a program says `shipped/NAME`: beside the page, and in what an agency has for all places.
const SHIPPED_IN: [&str; 2] = ["shipped/", "common/shipped/"];

/// The files of one setting. `shipped/NAME` is always the shipped one, as for other templates.
pub(in crate::emit) struct Setting {
    main: FileId,
    /// Where the page can be read: beside each program.
    data: [FileId; 4],
    sources: FxHashMap<FileId, Source>,
    /// Other texts of the agency, drawings above all.
    texts: FxHashMap<FileId, Bytes>,
    /// Of each file of the agency, its name in the catalogue.
    own: FxHashMap<FileId, String>,
}

impl Setting {
    /// The shipped one under the agency's texts: the name of each, its name in the catalogue, and what it says.
    pub(in crate::emit) fn new<'t>(own: impl Iterator<Item = (&'t str, &'t str, &'t str)>) -> Setting {
        let mut setting = Setting {
            main: file(MAIN),
            data: ["", "common/", SHIPPED_IN[0], SHIPPED_IN[1]].map(|folder| file(&format!("{folder}{DATA}"))),
            sources: FxHashMap::default(),
            texts: FxHashMap::default(),
            own: FxHashMap::default(),
        };
        for (name, text) in SHIPPED.iter().filter(|(name, _)| name.ends_with(".typ")) {
            for folder in ["", SHIPPED_IN[0], SHIPPED_IN[1]] {
                setting.add(file(&format!("{folder}{name}")), text);
            }
        }
        for (name, in_catalogue, text) in own {
            // A name that no program could say is nobody's.
            let Ok(path) = VirtualPath::new(name) else { continue };
            let id = RootedPath::new(VirtualRoot::Project, path).intern();
            setting.add(id, text);
            setting.own.insert(id, in_catalogue.to_owned());
        }
        setting
    }

    fn add(&mut self, id: FileId, text: &str) {
        if id.vpath().get_without_slash().ends_with(".typ") {
            self.sources.insert(id, Source::new(id, text.to_owned()));
        } else {
            self.texts.insert(id, Bytes::from_string(text.to_owned()));
        }
    }

    pub(super) fn main(&self) -> FileId {
        self.main
    }

    pub(super) fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    /// A file that a program reads, `data` being the page.
    pub(super) fn file(&self, id: FileId, data: &Bytes) -> FileResult<Bytes> {
        let found = self.data.contains(&id).then_some(data).or_else(|| self.texts.get(&id));
        found.cloned().ok_or_else(|| missing(id))
    }

    /// What an agency is warned of is an error: a face that is not there would silently be another one.
    pub(super) fn warning(&self, warnings: &[SourceDiagnostic]) -> Option<EmitError> {
        let own = warnings.iter().find(|one| self.own_span(one).is_some())?;
        Some(self.error(std::slice::from_ref(own)))
    }

    /// The first fault, told of the agency's file that led to it, else of the shipped one.
    pub(super) fn error(&self, faults: &[SourceDiagnostic]) -> EmitError {
        let Some(fault) = faults.first() else {
            return EmitError::Layout { file: MAIN, line: None, message: String::new() };
        };
        let hints = fault.hints.iter().map(|hint| hint.v.as_str());
        let message = std::iter::once(fault.message.as_str()).chain(hints).collect::<Vec<_>>().join("; ");
        let of_agency = |id| self.own.get(&id).map(|name: &String| name.as_str());
        match (self.own_span(fault), of_agency(self.main)) {
            (Some((span, name)), _) => self.fault(Some(span), name, message).into(),
            (None, Some(name)) => self.fault(None, name, message).into(),
            (None, None) => {
                let shipped = |span: &DiagSpan| SHIPPED.iter().find(|(name, _)| span.id() == Some(file(name)));
                let found = spans(fault).find_map(|span| Some((span, shipped(&span)?.0)));
                let line = found.and_then(|(span, _)| self.line(span));
                EmitError::Layout { file: found.map_or(MAIN, |(_, name)| name), line, message }
            }
        }
    }

    fn fault(&self, span: Option<DiagSpan>, name: &str, message: String) -> Fault {
        let line = span.and_then(|span| self.line(span)).unwrap_or(0);
        let source = span.and_then(|span| self.sources.get(&span.id()?));
        let quoted = source.and_then(|source| source.text().lines().nth(line.checked_sub(1)?));
        let quoted = quoted.unwrap_or_default().trim().to_owned();
        Fault { line, quoted, ..Fault::in_file(name, What::Typst(message)) }
    }

    /// A fault within what typst or the program brings along is that of the call that led to it.
    fn own_span(&self, fault: &SourceDiagnostic) -> Option<(DiagSpan, &str)> {
        spans(fault).find_map(|span| Some((span, self.own.get(&span.id()?)?.as_str())))
    }

    /// From 1.
    fn line(&self, span: DiagSpan) -> Option<usize> {
        let source = self.sources.get(&span.id()?)?;
        let range = match span.get() {
            DiagSpanKind::Detached => return None,
            DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range)?,
            DiagSpanKind::Range { range, .. } => range,
        };
        source.lines().byte_to_line(range.start).map(|line| line + 1)
    }
}

/// Where a fault is, then the calls that led there, the nearest first.
fn spans(fault: &SourceDiagnostic) -> impl Iterator<Item = DiagSpan> {
    std::iter::once(fault.span).chain(fault.trace.iter().map(|call| call.span.into()))
}

fn file(name: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).expect("a path in a folder")).intern()
}

fn missing(id: FileId) -> FileError {
    match id.root() {
        VirtualRoot::Project => FileError::NotFound(id.vpath().get_without_slash().into()),
        VirtualRoot::Package(package) => FileError::Package(PackageError::NotFound(package.clone())),
    }
}
