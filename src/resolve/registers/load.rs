//! Reads the register files; every fault names its line.

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

use super::{Entry, Loaded, Registers, Table, Unit, units_csv};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, say};
use crate::model::Id;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::codes;
use crate::syntax::fold::fold;

/// The file names of the registers, below `registers/`.
pub(crate) const FILES: [&str; 9] = [
    "acts.yaml",
    "agencies.yaml",
    "units.yaml",
    "units.csv",
    "fields.yaml",
    "forms.yaml",
    "sources.yaml",
    "calendars.yaml",
    "shared.yaml",
];

/// A register file larger than this is refused before it is parsed: a hostile one takes seconds a megabyte.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Reads the registers among `files`.
pub fn load(sources: &SourceMap, files: &[FileId], lang: Lang) -> Loaded<Registers> {
    let mut loader = Loader { sources, lang, diagnostics: Vec::new(), calendars_at: None };
    let mut registers = Registers::default();
    let mut list_of_units = None;
    for &id in files {
        let name = sources.get(id).name.replace('\\', "/");
        match name.rsplit('/').next().unwrap_or("") {
            "acts.yaml" => registers.acts = loader.table(id, |act: &super::Act| act.id.to_string()),
            "agencies.yaml" => {
                registers.agencies = loader.table(id, |agency: &super::AgencyEntry| agency.id.to_string())
            }
            "units.yaml" => registers.units = loader.table(id, Unit::path),
            "units.csv" => list_of_units = Some(id),
            "fields.yaml" => registers.fields = loader.table(id, |field: &super::FieldEntry| field.id.to_string()),
            "forms.yaml" => registers.forms = loader.table(id, |form: &super::FormEntry| form.id.to_string()),
            "sources.yaml" => registers.sources = loader.table(id, |source: &super::SourceEntry| source.id.to_string()),
            "calendars.yaml" => {
                loader.calendars_at = Some(loader.place_of(id, "office_hours"));
                registers.calendars = loader.read(id).unwrap_or_default();
            }
            "shared.yaml" => registers.shared = loader.read(id).unwrap_or_default(),
            other => {
                let known = FILES.join(", ");
                let message =
                    say!(lang, "`{other}` không phải tên một danh mục", "`{other}` is not the name of a register");
                let help = say!(lang, "các danh mục: {known}", "the registers are: {known}");
                loader.fault(Span { file: id, start: 0, end: 0 }, message).help(help);
            }
        }
    }
    if let Some(id) = list_of_units {
        units_csv::add(&mut loader, id, &mut registers.units);
    }
    registers.know_places();
    if let (Some(&first), None) = (files.first(), loader.calendars_at) {
        loader.no_calendars(first);
    }
    for (at, row) in registers.acts.rows.iter().enumerate() {
        registers.acts_by_number.entry(fold(&row.value.number)).or_insert(at);
    }
    loader.hours(&registers);
    registers.lay_out_calendars();
    loader.cross_check(&registers);
    (registers, loader.diagnostics)
}

pub(super) struct Loader<'a> {
    pub(super) sources: &'a SourceMap,
    pub(super) lang: Lang,
    diagnostics: Vec<Diagnostic>,
    /// Where office hours are given.
    calendars_at: Option<Span>,
}

impl Loader<'_> {
    /// A catalogue with registers of its own but without calendars is read by those of the Labour Code, and says so.
    fn no_calendars(&mut self, at: FileId) {
        let lang = self.lang;
        let message = say!(
            lang,
            "danh mục riêng không có calendars.yaml: ngày nghỉ tạm tính theo Bộ luật Lao động, giờ làm việc 07:30-11:30 và 13:00-17:00",
            "these registers have no calendars.yaml: holidays are provisional, by the Labour Code of Vietnam, and offices open 07:30-11:30 and 13:00-17:00"
        );
        let place = Span { file: at, start: 0, end: 0 };
        self.diagnostics.push(Diagnostic::new(codes::REGISTER_FAULT, Severity::Warning, place, message));
        let help = say!(
            lang,
            "thêm registers/calendars.yaml với lịch nghỉ chính thức và giờ làm việc của cơ quan",
            "add registers/calendars.yaml with the official days off and the hours of the offices"
        );
        self.diagnostics.last_mut().expect("just pushed").help(help);
    }

    /// The first place of a word in a file, or its beginning.
    fn place_of(&self, id: FileId, word: &str) -> Span {
        let at = self.sources.get(id).text.find(word);
        at.map_or(Span { file: id, start: 0, end: 0 }, |at| Span::new(id, at, at + word.len()))
    }

    pub(super) fn fault(&mut self, span: Span, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(codes::REGISTER_FAULT, Severity::Error, span, message));
        self.diagnostics.last_mut().expect("just pushed")
    }

    fn read<T: DeserializeOwned>(&mut self, id: FileId) -> Option<T> {
        let file = self.sources.get(id);
        if file.text.len() > MAX_BYTES {
            let message = say!(self.lang, "danh mục quá lớn (trên 8 MB)", "the register is too large (over 8 MB)");
            self.fault(Span { file: id, start: 0, end: 0 }, message);
            return None;
        }
        match serde_yaml::from_str(&file.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let (span, message) = yaml_fault(self.sources, id, &error, self.lang);
                self.fault(span, message);
                None
            }
        }
    }

    fn table<T: DeserializeOwned>(&mut self, id: FileId, key: impl Fn(&T) -> String) -> Table<T> {
        let read: Option<Vec<T>> = self.read(id);
        let unread = read.is_none();
        let rows = read.unwrap_or_default();
        let places = places_of_ids(self.sources, id);
        let mut table = Table { rows: Vec::with_capacity(rows.len()), unread, by_id: FxHashMap::default() };
        for (at, value) in rows.into_iter().enumerate() {
            let span = places.get(at).copied().unwrap_or(Span { file: id, start: 0, end: 0 });
            let key = key(&value);
            if let Some(&first) = table.by_id.get(&key) {
                let first = table.rows[first].span;
                let message = say!(self.lang, "mã `{key}` có hai lần", "the id `{key}` is given twice");
                let note = say!(self.lang, "lần đầu ở đây", "first given here");
                self.fault(span, message).also(first, note);
            } else {
                table.by_id.insert(key, at);
            }
            table.rows.push(Entry { value, span });
        }
        table
    }

    /// Office hours go forwards, and whose they are is known.
    fn hours(&mut self, registers: &Registers) {
        let calendars = &registers.calendars;
        let common = calendars.office_hours.iter().flat_map(|hours| [&hours.morning, &hours.afternoon]);
        let local = calendars
            .local_hours
            .iter()
            .flat_map(|local| [&local.morning, &local.afternoon, &local.saturday, &local.sunday].into_iter().flatten());
        let backwards: Vec<String> = common
            .chain(local)
            .filter(|[from, until]| from.0 >= until.0)
            .map(|[from, until]| format!("{} – {}", from.0, until.0))
            .collect();
        let Some(span) = self.calendars_at else { return };
        for hours in backwards {
            let message = say!(
                self.lang,
                "giờ làm việc {hours}: giờ bắt đầu phải trước giờ kết thúc",
                "office hours {hours}: they must begin before they end"
            );
            self.fault(span, message);
        }
        for local in &calendars.local_hours {
            let agency = local
                .agency
                .as_ref()
                .filter(|id| !registers.agencies.unread && registers.agencies.get(id.as_str()).is_none());
            let place =
                local.place.as_ref().filter(|place| !registers.units.unread && registers.units.get(place).is_none());
            let names = agency.map(|id| (id.to_string(), "agencies.yaml")).into_iter();
            for (name, file) in names.chain(place.map(|place| (place.clone(), "units.yaml"))) {
                let message = say!(self.lang, "`{name}` không có trong {file}", "`{name}` is not in {file}");
                self.fault(span, message);
            }
        }
    }

    /// Ids that one entry gives of another must exist.
    fn cross_check(&mut self, registers: &Registers) {
        let mut missing: Vec<(Span, &Id, &str)> = Vec::new();
        for row in &registers.acts.rows {
            for id in row.value.amended_by.iter().chain(&row.value.replaced_by) {
                if registers.acts.get(id.as_str()).is_none() {
                    missing.push((row.span, id, "acts.yaml"));
                }
            }
        }
        for row in &registers.agencies.rows {
            for id in row.value.parent.iter().chain(&row.value.merged_into) {
                if registers.agencies.get(id.as_str()).is_none() {
                    missing.push((row.span, id, "agencies.yaml"));
                }
            }
        }
        for row in &registers.units.rows {
            if let Some(parent) =
                row.value.parent.as_ref().filter(|parent| registers.units.get(parent.as_str()).is_none())
            {
                missing.push((row.span, parent, "units.yaml"));
            }
        }
        for row in &registers.units.rows {
            if let Some(heir) = row.value.merged_into.as_ref().filter(|heir| registers.units.get(heir).is_none()) {
                let message = say!(self.lang, "`{heir}` không có trong units.yaml", "`{heir}` is not in units.yaml");
                self.fault(row.span, message);
            }
        }
        for row in &registers.forms.rows {
            if let Some(act) = row
                .value
                .act
                .as_ref()
                .filter(|act| !registers.acts.unread && registers.acts.get(act.as_str()).is_none())
            {
                missing.push((row.span, act, "acts.yaml"));
            }
        }
        for (span, id, file) in missing {
            let span = self.place_after(span, id.as_str());
            let message = say!(self.lang, "`{id}` không có trong {file}", "`{id}` is not in {file}");
            self.fault(span, message);
        }
    }

    /// Where `text` stands after an entry's id.
    fn place_after(&self, entry: Span, text: &str) -> Span {
        let source = &self.sources.get(entry.file).text;
        let from = entry.start as usize;
        match source.get(from..).and_then(|rest| fold(rest.get(..2000.min(rest.len())).unwrap_or(rest)).find(text)) {
            Some(at) if source.is_char_boundary(from + at) && source.is_char_boundary(from + at + text.len()) => {
                Span::new(entry.file, from + at, from + at + text.len())
            }
            _ => entry,
        }
    }
}

/// The place of every `id: …` of a list, in order.
fn places_of_ids(sources: &SourceMap, id: FileId) -> Vec<Span> {
    let text = &sources.get(id).text;
    let mut places = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start().trim_start_matches("- ").trim_start_matches("{ ").trim_start();
        if line.trim_start().starts_with('-') && body.starts_with("id:") {
            let start = offset + (line.len() - body.len()) + "id:".len();
            let rest = &text[start..];
            let value = rest.trim_start_matches(' ');
            let end = value.find([',', '\n', '\r', ' ', '}']).unwrap_or(value.len());
            let start = start + (rest.len() - value.len());
            places.push(Span::new(id, start, start + end));
        }
        offset += line.len();
    }
    places
}

/// A reading fault of serde, in words, at its line and column.
pub(super) fn yaml_fault(sources: &SourceMap, id: FileId, error: &serde_yaml::Error, lang: Lang) -> (Span, String) {
    let file = sources.get(id);
    let at = error.location().map_or(0, |location| location.index().min(file.text.len()));
    // The reader counts characters where a byte is meant in some faults: step back to a letter's start.
    let at = (0..=at).rev().find(|&at| file.text.is_char_boundary(at)).unwrap_or(0);
    let full = error.to_string();
    let detail = full.split(" at line ").next().unwrap_or(&full).to_owned();
    let end = file.text[at..].find(['\n', '\r']).map_or(file.text.len(), |end| at + end);
    (Span::new(id, at, end.max(at)), reword(&detail, lang))
}

fn reword(detail: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return format!("the register cannot be read: {detail}");
    }
    let detail = detail.rsplit(": ").next().filter(|_| detail.starts_with('[')).unwrap_or(detail);
    let between =
        |head: &str| detail.split(head).nth(1).and_then(|rest| rest.split('`').nth(1)).unwrap_or("").to_owned();
    if detail.contains("missing field") {
        return format!("mục này còn thiếu `{}`", between("missing field"));
    }
    if detail.contains("unknown field") {
        let known = detail.split("expected").nth(1).unwrap_or("").replace(" one of ", "");
        return format!("không có trường `{}`; các trường được dùng: {}", between("unknown field"), known.trim());
    }
    if detail.contains("unknown variant") {
        let known = detail.split("expected").nth(1).unwrap_or("").replace(" one of ", "");
        return format!("không có giá trị `{}`; chọn: {}", between("unknown variant"), known.trim());
    }
    if let Some(hour) = detail.split("not an hour: ").nth(1) {
        return format!("`{hour}` không phải giờ và phút; viết như 07:30");
    }
    if let Some(day) = detail.split("not a day: ").nth(1) {
        return format!("`{day}` không phải một ngày; viết ngày/tháng/năm, như 01/7/2025");
    }
    if detail.contains("duplicate field") {
        return format!("trường `{}` có hai lần", between("duplicate field"));
    }
    format!("không đọc được danh mục: {detail}")
}
