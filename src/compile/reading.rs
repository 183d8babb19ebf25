//! Reading: files in, a catalogue out. Each file of procedures is read by itself, so that after a change only the files that
//! changed are read again (*invariant:* with the same catalogue, and the same findings, as from reading them all).

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Catalogue, FileKind, Input, Options};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, say};
use crate::model::{Norm, Overlay, Procedure, ProcedureCode, Subprocess};
use crate::resolve::registers::{load, load_settings};
use crate::resolve::{Registers, names};
use crate::source::{EncodingFault, FileId, SourceFile, SourceMap, Span, decode};
use crate::syntax::codes;

/// What one file of procedures holds, and what is found in it by itself.
pub(super) struct Parsed {
    procedures: Vec<Arc<Procedure>>,
    overlays: Vec<Arc<Overlay>>,
    norms: Vec<Norm>,
    subprocesses: Vec<Subprocess>,
    found: Vec<Diagnostic>,
}

/// What a change of some files reaches: the procedures that stand in them, before or after it, or have something laid over
/// them there.
#[derive(Debug, Default)]
pub struct Changed(FxHashMap<ProcedureCode, Reach>);

/// How much of one procedure a change reaches.
#[derive(Debug)]
pub enum Reach {
    /// Its own text, or what is laid over it everywhere.
    All,
    /// What is laid over it at these places.
    Places(Vec<String>),
}

impl Changed {
    /// How much of a procedure is reached; nothing where it is as it was.
    pub fn reach(&self, code: &ProcedureCode) -> Option<&Reach> {
        self.0.get(code)
    }

    fn note(&mut self, file: &Parsed) {
        for procedure in &file.procedures {
            self.0.insert(procedure.code.value.clone(), Reach::All);
        }
        for overlay in &file.overlays {
            let reach = self.0.entry(overlay.code.value.clone()).or_insert_with(|| Reach::Places(Vec::new()));
            match (&overlay.place, reach) {
                (_, Reach::All) => {}
                (None, reach) => *reach = Reach::All,
                (Some(place), Reach::Places(known)) if !known.contains(&place.value) => known.push(place.value.clone()),
                (Some(_), Reach::Places(_)) => {}
            }
        }
    }
}

impl Catalogue {
    /// Reads all files. Faults are kept in `reading`; what can be read is there.
    pub fn read(mut inputs: Vec<Input>, options: Options) -> Catalogue {
        let lang = options.lang;
        let pictures = inputs.extract_if(.., |input| input.kind == FileKind::Picture);
        let pictures = pictures.map(|input| (input.name, input.bytes)).collect();
        let files: Vec<_> =
            inputs.into_par_iter().map(|input| (input.kind, source_file(input.name, input.bytes))).collect();
        let (mut sources, mut beside, mut unread) = (SourceMap::default(), Vec::new(), FxHashMap::default());
        let (mut registers, mut settings, mut procedures, mut templates) = (Vec::new(), None, Vec::new(), Vec::new());
        for (kind, (file, fault)) in files {
            let id = sources.add(file);
            match (kind, fault) {
                (FileKind::Procedures, fault) => {
                    procedures.push(id);
                    unread.extend(fault.map(|fault| (id, fault)));
                }
                (_, Some(fault)) => beside.push(unreadable(id, &fault, lang)),
                (FileKind::Settings, None) => settings = Some(id),
                (FileKind::Register, None) => registers.push(id),
                (FileKind::Template | FileKind::Picture, None) => templates.push(id),
            }
        }
        let (mut registers, found) = load(&sources, &registers, lang);
        beside.extend(found);
        let (settings, found) = settings.map_or_else(Default::default, |id| load_settings(&sources, id, lang));
        beside.extend(found);
        registers.name_agencies(options.day(&settings));
        let parsed = |&id: &FileId| {
            let parsed = match unread.get(&id) {
                Some(fault) => Parsed::unreadable(id, fault, lang),
                None => Parsed::of(id, sources.get(id), &registers, lang),
            };
            (id, Arc::new(parsed))
        };
        let files = procedures.par_iter().map(parsed).collect();
        let mut catalogue = Catalogue {
            sources,
            settings,
            registers: Arc::new(registers),
            procedures: Vec::new(),
            overlays: Vec::new(),
            norms: Vec::new(),
            subprocesses: Vec::new(),
            templates,
            pictures,
            options,
            reading: Vec::new(),
            beside,
            files,
            overlays_of: FxHashMap::default(),
        };
        catalogue.put_together();
        catalogue
    }

    /// Reads the files of `before` as they are now, those alone that changed. Nothing where they must all be read: a file
    /// came or went, or what changed holds for every procedure (settings, registers, templates, duties of law, shared
    /// processes).
    pub fn read_after(before: &Catalogue, inputs: &[Input]) -> Option<(Catalogue, Changed)> {
        let (pictures, texts): (Vec<&Input>, Vec<&Input>) =
            inputs.iter().partition(|input| input.kind == FileKind::Picture);
        let same_picture =
            |(now, (name, bytes)): (&&Input, &(String, Vec<u8>))| now.name == *name && now.bytes == *bytes;
        let same_pictures =
            pictures.len() == before.pictures.len() && pictures.iter().zip(&before.pictures).all(same_picture);
        let same_files = texts.len() == before.sources.iter().count()
            && texts.iter().zip(before.sources.iter()).all(|(now, (_, file))| now.name == file.name);
        if !same_pictures || !same_files {
            return None;
        }
        let differs = |(now, (id, file)): (&&Input, (FileId, &SourceFile))| (!file.is_of(&now.bytes)).then_some(id);
        let changed: Vec<FileId> = texts.iter().zip(before.sources.iter()).filter_map(differs).collect();

        let (mut catalogue, mut reached, lang) = (before.clone(), Changed::default(), before.options.lang);
        for id in changed {
            let at = catalogue.files.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            let input = texts[id.0 as usize];
            let (file, fault) = source_file(input.name.clone(), input.bytes.clone());
            let parsed = match fault {
                Some(fault) => Parsed::unreadable(id, &fault, lang),
                None => Parsed::of(id, &file, &catalogue.registers, lang),
            };
            if [&parsed, &catalogue.files[at].1].iter().any(|file| file.holds_for_all()) {
                return None;
            }
            reached.note(&catalogue.files[at].1);
            reached.note(&parsed);
            catalogue.sources.replace(id, file);
            catalogue.files[at].1 = Arc::new(parsed);
        }
        catalogue.put_together();
        Some((catalogue, reached))
    }

    /// Puts together what the files hold, and finds what none of them shows by itself.
    fn put_together(&mut self) {
        let files = || self.files.iter().map(|(_, file)| file);
        self.overlays = files().flat_map(|file| file.overlays.iter().cloned()).collect();
        self.norms = files().flat_map(|file| file.norms.iter().cloned()).collect();
        self.subprocesses = files().flat_map(|file| file.subprocesses.iter().cloned()).collect();
        self.procedures = files().flat_map(|file| file.procedures.iter().cloned()).collect();
        let key = |one: &Procedure| {
            (one.body.valid.as_ref().and_then(|valid| valid.from.as_ref()).map(|from| from.value), one.head)
        };
        self.procedures.sort_by(|a, b| a.code.value.cmp(&b.code.value).then_with(|| key(a).cmp(&key(b))));
        self.overlays_of = FxHashMap::default();
        for (at, overlay) in self.overlays.iter().enumerate() {
            self.overlays_of.entry(overlay.code.value.0.clone()).or_default().push(at);
        }
        let own = self.files.iter().flat_map(|(_, file)| &file.found);
        self.reading = self.beside.iter().chain(own).cloned().collect();
        self.reading.extend(self.found_across());
    }

    /// Names of what other files define: codes that overlays name, and ids of shared processes.
    fn found_across(&self) -> Vec<Diagnostic> {
        let lang = self.options.lang;
        let mut found = Vec::new();
        for overlay in &self.overlays {
            if self.procedures.binary_search_by(|one| one.code.value.cmp(&overlay.code.value)).is_err() {
                found.push(overlay_of_nothing(overlay, &self.procedures, lang));
            }
        }
        for (at, subprocess) in self.subprocesses.iter().enumerate() {
            let first = self.subprocesses[..at].iter().find(|other| other.id.value == subprocess.id.value);
            found.extend(first.map(|first| subprocess_twice(subprocess, first, lang)));
        }
        found
    }
}

impl Parsed {
    /// Reads a file, and looks up in the registers the names that stand in it.
    fn of(id: FileId, file: &SourceFile, registers: &Registers, lang: Lang) -> Parsed {
        let (items, mut found) = crate::syntax::parse(id, file, lang);
        let (definitions, draft) = crate::model::from_syntax::read(id, file, &items, lang);
        found.extend(draft.diagnostics);
        let bodies = definitions.procedures.iter().map(|one| &one.body);
        let bodies = bodies.chain(definitions.overlays.iter().map(|one| &one.body));
        let bodies = bodies.chain(definitions.subprocesses.iter().map(|one| &one.body));
        let named = bodies.map(|body| &body.names).chain(definitions.norms.iter().map(|norm| &norm.names));
        for names in named {
            found.extend(names::in_registers(names, registers, lang));
        }
        for covers in definitions.norms.iter().flat_map(|norm| &norm.covers) {
            found.extend(names::in_norm(covers, registers, lang));
        }
        Parsed {
            procedures: definitions.procedures.into_iter().map(Arc::new).collect(),
            overlays: definitions.overlays.into_iter().map(Arc::new).collect(),
            norms: definitions.norms,
            subprocesses: definitions.subprocesses,
            found,
        }
    }

    fn unreadable(id: FileId, fault: &EncodingFault, lang: Lang) -> Parsed {
        let found = vec![unreadable(id, fault, lang)];
        Parsed { procedures: Vec::new(), overlays: Vec::new(), norms: Vec::new(), subprocesses: Vec::new(), found }
    }

    /// Whether it has what every procedure may rest on.
    fn holds_for_all(&self) -> bool {
        !self.norms.is_empty() || !self.subprocesses.is_empty()
    }
}

/// A file as text; one that cannot be read is empty.
fn source_file(name: String, bytes: Vec<u8>) -> (SourceFile, Option<EncodingFault>) {
    match decode(bytes) {
        Ok(text) => (SourceFile::new(name, text), None),
        Err(fault) => (SourceFile::unreadable(name), Some(fault)),
    }
}

fn overlay_of_nothing(overlay: &Overlay, procedures: &[Arc<Procedure>], lang: Lang) -> Diagnostic {
    let code = &overlay.code.value;
    let message = say!(lang, "không có thủ tục {code} để áp dụng", "there is no procedure {code} to lay this over");
    let mut found = Diagnostic::new(codes::OVERLAY_OF_NOTHING, Severity::Error, overlay.code.span, message);
    let known = procedures.iter().map(|procedure| procedure.code.value.0.as_str());
    match crate::syntax::fold::nearest(&code.0, known) {
        Some(likely) => found.help(say!(lang, "có phải ý là {likely}?", "did you mean {likely}?")),
        None => found.help(say!(
            lang,
            "thêm tệp của thủ tục này vào bộ thủ tục, hoặc kiểm tra lại mã",
            "add the procedure's file to the catalogue, or check the code"
        )),
    };
    found
}

/// A step that performs a shared process names it by its id alone.
fn subprocess_twice(subprocess: &Subprocess, first: &Subprocess, lang: Lang) -> Diagnostic {
    let id = &subprocess.id.value;
    let message = say!(lang, "hai quy trình con cùng mã `{id}`", "two shared processes have the id `{id}`");
    let mut found = Diagnostic::new(codes::NAME_TWICE, Severity::Error, subprocess.id.span, message);
    found.also(first.id.span, say!(lang, "lần đầu ở đây", "first given here")).help(say!(
        lang,
        "đặt cho một quy trình mã khác, rồi sửa mã ở các bước “thực hiện” gọi đến quy trình đó",
        "give one of them another id, also in the `perform` steps that name it"
    ));
    found
}

fn unreadable(id: FileId, fault: &EncodingFault, lang: Lang) -> Diagnostic {
    let message = match fault {
        EncodingFault::NotUtf8(at) => say!(
            lang,
            "tệp không phải UTF-8 (byte thứ {at} không đọc được)",
            "the file is not UTF-8 (byte {at} cannot be read)"
        ),
        EncodingFault::Utf16 => say!(lang, "tệp được lưu bằng mã UTF-16", "the file is saved as UTF-16"),
        EncodingFault::Tcvn3 => say!(lang, "tệp dùng bảng mã TCVN3 (ABC)", "the file uses the TCVN3 (ABC) encoding"),
        EncodingFault::Vni => say!(lang, "tệp dùng bảng mã VNI", "the file uses the VNI encoding"),
    };
    let help = match fault {
        EncodingFault::Utf16 | EncodingFault::NotUtf8(_) => say!(
            lang,
            "mở tệp bằng Notepad, chọn Lưu thành (Save as), ở ô Mã hóa (Encoding) chọn UTF-8",
            "open it in an editor and save it as UTF-8"
        ),
        EncodingFault::Tcvn3 | EncodingFault::Vni => say!(
            lang,
            "chuyển mã sang Unicode dựng sẵn (ví dụ bằng Unikey Toolkit: Ctrl+Shift+F6), rồi lưu tệp bằng UTF-8",
            "convert it to precomposed Unicode (e.g. with Unikey Toolkit) and save it as UTF-8"
        ),
    };
    let mut found = Diagnostic::new(codes::UNREADABLE, Severity::Error, Span { file: id, start: 0, end: 0 }, message);
    found.help(help);
    found
}
