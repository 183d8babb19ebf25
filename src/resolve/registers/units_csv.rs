//! `units.csv`: units as the national list of administrative units gives them, a row each. It stands beside `units.yaml`,
//! which says more of some of them: former names, dates, contacts. A unit that both have by its code is that of `units.yaml`.

use csv::{ReaderBuilder, StringRecord, Trim};
use rustc_hash::{FxHashMap, FxHashSet};

use super::load::Loader;
use super::{Entry, Interval, LevelName, Table, Unit};
use crate::lang::{Lang, say};
use crate::model::Id;
use crate::source::{FileId, Span};
use crate::syntax::fold::fold;

/// A column, and the names that its head may have, folded.
type Column = (&'static str, &'static [&'static str]);

const CODE: Column = ("code", &["code", "mã", "mã đvhc", "mã đơn vị"]);
const NAME: Column = ("full_name", &["full_name", "tên", "tên đầy đủ", "tên đơn vị"]);
const PROVINCE: Column = ("province_code", &["province_code", "mã tỉnh", "mã tp"]);
const CONTACTS: Column = ("contacts", &["contacts", "liên hệ"]);

/// The kinds of units, as names begin with them, and whether each is one of communes.
const KINDS: [(&str, bool); 5] =
    [("tỉnh", false), ("thành phố", false), ("xã", true), ("phường", true), ("đặc khu", true)];

/// Where each column stands.
struct Columns {
    code: usize,
    name: usize,
    province: usize,
    contacts: Option<usize>,
}

/// A row that could be read.
struct Row {
    code: String,
    name: String,
    /// Empty for a province.
    province: String,
    contacts: Vec<String>,
    span: Span,
}

/// Adds the units of the file to those that are there.
pub(super) fn add(loader: &mut Loader<'_>, id: FileId, units: &mut Table<Unit>) {
    let Some(rows) = rows(loader, id) else {
        units.unread = true;
        return;
    };
    let listed: FxHashSet<String> = units.iter().map(|unit| unit.code.clone()).collect();
    let mut seen: FxHashMap<String, Span> = FxHashMap::default();
    let mut fresh: Vec<Row> = Vec::new();
    for row in rows.into_iter().filter(|row| !listed.contains(&row.code)) {
        if let Some(&first) = seen.get(&row.code) {
            let code = &row.code;
            let message = say!(loader.lang, "mã `{code}` có hai lần", "the code `{code}` is given twice");
            let note = say!(loader.lang, "lần đầu ở đây", "first given here");
            loader.fault(row.span, message).also(first, note);
            continue;
        }
        seen.insert(row.code.clone(), row.span);
        fresh.push(row);
    }
    let (provinces, communes): (Vec<Row>, Vec<Row>) = fresh.into_iter().partition(|row| row.province.is_empty());
    add_rows(loader, units, provinces);
    add_rows(loader, units, communes);
}

/// Rows of one level; the units above them are there already.
fn add_rows(loader: &mut Loader<'_>, units: &mut Table<Unit>, rows: Vec<Row>) {
    let provinces: FxHashMap<String, Id> =
        units.iter().filter(|unit| unit.parent.is_none()).map(|unit| (unit.code.clone(), unit.id.clone())).collect();
    // Two communes of a province that are called alike: each takes its code into its id, whichever comes first.
    let mut alike: FxHashMap<(String, String), usize> = FxHashMap::default();
    for row in &rows {
        *alike.entry((row.province.clone(), id_of(&row.name))).or_default() += 1;
    }
    for row in rows {
        let parent = match row.province.as_str() {
            "" => None,
            code => match provinces.get(code) {
                Some(parent) => Some(parent.clone()),
                None => {
                    let message = say!(
                        loader.lang,
                        "không có tỉnh, thành phố nào mang mã `{code}`",
                        "no province has the code `{code}`"
                    );
                    loader.fault(row.span, message);
                    continue;
                }
            },
        };
        let mut id = id_of(&row.name);
        let path = |id: &str| parent.as_ref().map_or_else(|| id.to_owned(), |parent| format!("{parent}/{id}"));
        if alike[&(row.province.clone(), id.clone())] > 1 || units.get(&path(&id)).is_some() {
            id = format!("{id}-{}", row.code);
        }
        let unit = Unit {
            merged_into: None,
            id: Id::new(&id),
            kind: kind_of(&row.name).map_or_else(String::new, |(kind, _)| kind.to_owned()),
            level: if parent.is_some() { LevelName::Commune } else { LevelName::Province },
            parent,
            code: row.code,
            name: row.name,
            names: Vec::new(),
            valid: Interval::default(),
            contacts: row.contacts,
        };
        units.push(unit.path(), Entry { value: unit, span: row.span });
    }
}

/// The rows of a file; nothing where it has no such columns.
fn rows(loader: &mut Loader<'_>, id: FileId) -> Option<Vec<Row>> {
    let sources = loader.sources;
    let text = &sources.get(id).text;
    let head = text.lines().next().unwrap_or_default();
    // What a spreadsheet writes where the comma parts decimals.
    let delimiter = if head.contains(';') && !head.contains(',') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).trim(Trim::All).from_reader(text.as_bytes());
    let columns = match reader.headers().map_or(Err(CODE.0), columns) {
        Ok(columns) => columns,
        Err(missing) => {
            let message = say!(loader.lang, "thiếu cột `{missing}`", "there is no column `{missing}`");
            let help = say!(
                loader.lang,
                "dòng đầu của tệp là tên các cột: code, full_name, province_code (bỏ trống ở dòng của tỉnh); có thể thêm contacts",
                "the first line names the columns: code, full_name, province_code (empty for a province); contacts may be added"
            );
            loader.fault(Span::new(id, 0, head.len()), message).help(help);
            return None;
        }
    };
    let mut rows = Vec::new();
    for record in reader.into_records() {
        match record {
            Ok(record) => rows.extend(row(loader, id, &columns, &record)),
            Err(error) => {
                let at = error.position().map_or(0, |at| at.byte() as usize);
                let span = line_at(id, text, at);
                loader.fault(span, fault_words(&error, loader.lang));
            }
        }
    }
    Some(rows)
}

fn fault_words(error: &csv::Error, lang: Lang) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => say!(
            lang,
            "dòng này có {len} cột, dòng đầu có {expected_len}",
            "this line has {len} columns, the first has {expected_len}"
        ),
        _ => say!(lang, "không đọc được dòng này: {error}", "this line cannot be read: {error}"),
    }
}

/// Where the columns stand, or the name of one that is missing.
fn columns(head: &StringRecord) -> Result<Columns, &'static str> {
    let at = |(_, names): Column| head.iter().position(|title| names.contains(&fold(title).as_str()));
    let needed = |column: Column| at(column).ok_or(column.0);
    Ok(Columns { code: needed(CODE)?, name: needed(NAME)?, province: needed(PROVINCE)?, contacts: at(CONTACTS) })
}

fn row(loader: &mut Loader<'_>, id: FileId, columns: &Columns, record: &StringRecord) -> Option<Row> {
    let sources = loader.sources;
    let text = &sources.get(id).text;
    let span = line_at(id, text, record.position().map_or(0, |at| at.byte() as usize));
    let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
    let contacts = columns.contacts.map(cell).unwrap_or_default();
    let contacts = contacts.split('|').map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let (code, name, province) = (cell(columns.code), cell(columns.name), cell(columns.province));
    if code.is_empty() || name.is_empty() {
        let missing = if code.is_empty() { CODE.0 } else { NAME.0 };
        let message = say!(loader.lang, "dòng này còn thiếu `{missing}`", "this line has no `{missing}`");
        loader.fault(span, message);
        return None;
    }
    if kind_of(&name).is_none_or(|(_, of_communes)| of_communes == province.is_empty()) {
        let message = say!(
            loader.lang,
            "“{name}” phải bắt đầu bằng Tỉnh, Thành phố (không có province_code) hoặc Xã, Phường, Đặc khu (có province_code)",
            "“{name}” must begin with Tỉnh, Thành phố (and have no province_code) or Xã, Phường, Đặc khu (and have one)"
        );
        loader.fault(span, message);
        return None;
    }
    Some(Row { code, name, province, contacts, span })
}

/// The line that holds a byte.
fn line_at(id: FileId, text: &str, at: usize) -> Span {
    let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
    Span::new(id, at, end)
}

/// The kind that a name begins with, and whether it is one of communes.
fn kind_of(name: &str) -> Option<(&'static str, bool)> {
    let name = fold(name);
    KINDS.into_iter().find(|(kind, _)| name.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' ')))
}

/// A name without its kind, as ids are written: `Phường Văn Miếu - Quốc Tử Giám` is `văn-miếu-quốc-tử-giám`.
fn id_of(name: &str) -> String {
    let folded = fold(name);
    let own = kind_of(name).and_then(|(kind, _)| folded.strip_prefix(kind)).unwrap_or(&folded);
    own.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
