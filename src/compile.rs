//! The whole pipeline: files in, a catalogue with its findings out. The command line and the tests all come through here.
//! Nothing below this reads a file, a clock or the environment.

use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::{self, Report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, say};
use crate::model::{Definitions, Overlay, Procedure, ProcedureCode, Subprocess};
use crate::plan::ProcedurePlan;
use crate::resolve::registers::{Settings, load, load_settings};
use crate::resolve::{Effective, Registers, Variant, bundle, layers, names};
use crate::source::{EncodingFault, FileId, SourceFile, SourceMap, Span, decode};
use crate::syntax::codes;

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

/// A catalogue that was read: everything the checks and the outputs need.
pub struct Catalogue {
    pub sources: SourceMap,
    pub settings: Settings,
    pub registers: Registers,
    pub procedures: Vec<Procedure>,
    pub overlays: Vec<Overlay>,
    pub norms: Vec<crate::model::Norm>,
    pub subprocesses: Vec<Subprocess>,
    /// The texts of the agency's folder of templates.
    pub templates: Vec<FileId>,
    /// The pictures of that folder, by name.
    pub pictures: Vec<(String, Vec<u8>)>,
    pub options: Options,
    /// Found while reading.
    pub reading: Vec<Diagnostic>,
    overlays_of: FxHashMap<String, Vec<usize>>,
}

impl Catalogue {
    /// Reads all files. Faults are kept in `reading`; what can be read is there.
    pub fn read(mut inputs: Vec<Input>, options: Options) -> Catalogue {
        let lang = options.lang;
        let mut reading = Vec::new();
        let pictures = inputs.extract_if(.., |input| input.kind == FileKind::Picture);
        let pictures = pictures.map(|input| (input.name, input.bytes)).collect();
        let decoded: Vec<_> =
            inputs.into_par_iter().map(|input| (input.kind, input.name, decode(input.bytes))).collect();
        let files: Vec<_> = decoded
            .into_par_iter()
            .map(|(kind, name, text)| match text {
                Ok(text) => (kind, SourceFile::new(name, text), None),
                Err(fault) => (kind, SourceFile::new(name, String::new()), Some(fault)),
            })
            .collect();
        let mut sources = SourceMap::default();
        let (mut registers, mut settings, mut procedures, mut templates) = (Vec::new(), None, Vec::new(), Vec::new());
        for (kind, file, fault) in files {
            let id = sources.add(file);
            if let Some(fault) = fault {
                reading.push(unreadable(id, &fault, lang));
                continue;
            }
            match kind {
                FileKind::Settings => settings = Some(id),
                FileKind::Register => registers.push(id),
                FileKind::Procedures => procedures.push(id),
                FileKind::Template | FileKind::Picture => templates.push(id),
            }
        }
        let (registers, found) = load(&sources, &registers, lang);
        reading.extend(found);
        let (settings, found) = settings.map_or_else(Default::default, |id| load_settings(&sources, id, lang));
        reading.extend(found);
        let read: Vec<(Definitions, Vec<Diagnostic>)> =
            procedures.par_iter().map(|&id| read_file(&sources, id, lang)).collect();
        let mut catalogue = Catalogue {
            sources,
            settings,
            registers,
            procedures: Vec::new(),
            overlays: Vec::new(),
            norms: Vec::new(),
            subprocesses: Vec::new(),
            templates,
            pictures,
            options,
            reading,
            overlays_of: FxHashMap::default(),
        };
        for (definitions, found) in read {
            catalogue.procedures.extend(definitions.procedures);
            catalogue.overlays.extend(definitions.overlays);
            catalogue.norms.extend(definitions.norms);
            catalogue.subprocesses.extend(definitions.subprocesses);
            catalogue.reading.extend(found);
        }
        let key = |one: &Procedure| {
            (one.body.valid.as_ref().and_then(|valid| valid.from.as_ref()).map(|from| from.value), one.head)
        };
        catalogue.procedures.sort_by(|a, b| a.code.value.cmp(&b.code.value).then_with(|| key(a).cmp(&key(b))));
        let day = catalogue.as_of();
        catalogue.registers.name_agencies(day);
        for (at, overlay) in catalogue.overlays.iter().enumerate() {
            catalogue.overlays_of.entry(overlay.code.value.0.clone()).or_default().push(at);
        }
        catalogue.look_up_names();
        catalogue
    }

    /// The day on which the catalogue is read.
    pub fn as_of(&self) -> Date {
        self.options.as_of.or(self.settings.as_of.map(|day| day.0)).unwrap_or(self.options.today)
    }

    /// The overlays of a procedure, in the order of the files.
    pub fn overlays_of(&self, procedure: &Procedure) -> Vec<&Overlay> {
        let found = self.overlays_of.get(&procedure.code.value.0);
        found.into_iter().flatten().map(|&at| &self.overlays[at]).collect()
    }

    /// The versions of a procedure, by the day from which each is valid; mostly there is one.
    pub fn versions(&self, code: &ProcedureCode) -> &[Procedure] {
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
        let ends = |one: &&Procedure| {
            let until = one.body.valid.as_ref().and_then(|valid| valid.until.as_ref());
            until.is_none_or(|until| day <= until.value)
        };
        versions.iter().find(ends).or(versions.last())
    }

    /// The version that comes after one.
    pub fn next_version(&self, procedure: &Procedure) -> Option<&Procedure> {
        self.versions(&procedure.code.value).iter().skip_while(|one| one.head != procedure.head).nth(1)
    }

    /// The version that came before one.
    pub fn version_before(&self, procedure: &Procedure) -> Option<&Procedure> {
        self.versions(&procedure.code.value).iter().take_while(|one| one.head != procedure.head).last()
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

    /// The shared processes by id.
    pub fn subprocess_map(&self) -> FxHashMap<&str, &Subprocess> {
        self.subprocesses.iter().map(|one| (one.id.value.as_str(), one)).collect()
    }

    /// Names that registers must know, wherever they stand.
    fn look_up_names(&mut self) {
        let (lang, registers) = (self.options.lang, &self.registers);
        let procedures =
            self.procedures.par_iter().flat_map_iter(|one| names::in_registers(&one.body.names, registers, lang));
        let mut found: Vec<Diagnostic> = procedures.collect();
        for overlay in &self.overlays {
            found.extend(names::in_registers(&overlay.body.names, registers, lang));
            if self.procedures.binary_search_by(|one| one.code.value.cmp(&overlay.code.value)).is_err() {
                found.push(overlay_of_nothing(overlay, &self.procedures, lang));
            }
        }
        for norm in &self.norms {
            found.extend(names::in_registers(&norm.names, registers, lang));
            found.extend(norm.covers.iter().flat_map(|covers| names::in_norm(covers, registers, lang)));
        }
        for (at, subprocess) in self.subprocesses.iter().enumerate() {
            found.extend(names::in_registers(&subprocess.body.names, registers, lang));
            let first = self.subprocesses[..at].iter().find(|other| other.id.value == subprocess.id.value);
            found.extend(first.map(|first| subprocess_twice(subprocess, first, lang)));
        }
        self.reading.extend(found);
    }
}

fn read_file(sources: &SourceMap, id: FileId, lang: Lang) -> (Definitions, Vec<Diagnostic>) {
    let file = sources.get(id);
    let (items, mut found) = crate::syntax::parse(id, file, lang);
    let (definitions, draft) = crate::model::from_syntax::read(id, file, &items, lang);
    found.extend(draft.diagnostics);
    (definitions, found)
}

fn overlay_of_nothing(overlay: &Overlay, procedures: &[Procedure], lang: Lang) -> Diagnostic {
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
