//! The formatter: what it makes of a file, and that it never changes what the file says.
//!
//! Beside `tests/fmt/NAME.tthc`, which is left alone, `NAME.in.tthc` is what it is made from. Where NAME begins with `ids-`,
//! ids are written too. A new expectation: `UPDATE_FMT=1 cargo test --test formatting`, then read the difference.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;

use jiff::civil::date;
use serde_json::Value;
use thutuc::compile::{Catalogue, FileKind, Input, Options};
use thutuc::emit::{self, Sink};
use thutuc::fmt::format;
use thutuc::lang::Lang;
use thutuc::source::{SourceFile, SourceMap, decode};

use common::{files_below, shipped};

/// A case: its name, what goes in and what has to come out.
struct Case {
    name: String,
    given: Vec<u8>,
    expected: PathBuf,
    write_ids: bool,
}

fn cases() -> Vec<Case> {
    let folder = shipped().join("tests/fmt");
    let given = files_below(&folder).into_iter().filter_map(|(file, given)| {
        let name = file.strip_suffix(".in.tthc")?.to_owned();
        let expected = folder.join(format!("{name}.tthc"));
        Some(Case { write_ids: name.starts_with("ids-"), name, given, expected })
    });
    given.collect()
}

/// The file formatted; what is wrong with it where it cannot be.
fn formatted(name: &str, bytes: &[u8], write_ids: bool) -> Result<String, String> {
    let text = decode(bytes.to_vec()).map_err(|_| format!("{name} is not UTF-8"))?;
    let mut sources = SourceMap::default();
    let id = sources.add(SourceFile::new(name.to_owned(), text));
    let faults = |all: Vec<thutuc::diagnostic::Diagnostic>| {
        all.into_iter().map(|one| one.message).collect::<Vec<_>>().join("; ")
    };
    format(id, sources.get(id), Lang::Vi, write_ids).map_err(|all| format!("{name}: {}", faults(all)))
}

#[derive(Default)]
struct Built(Mutex<BTreeMap<String, Value>>);

impl Sink for Built {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if path.ends_with(".json") && path.contains("json/") {
            self.0.lock().expect("no writer panics").insert(path.to_owned(), serde_json::from_slice(bytes)?);
        }
        Ok(())
    }
}

/// Everything that the procedures of a file say, as JSON, without the hash of the source; and without ids where those are
/// written by the formatter.
fn says(bytes: &[u8], with_ids: bool) -> BTreeMap<String, Value> {
    let registers = files_below(&shipped().join("procedures/registers")).into_iter();
    let mut inputs: Vec<Input> = registers
        .map(|(name, bytes)| Input { kind: FileKind::Register, name: format!("registers/{name}"), bytes })
        .collect();
    inputs.push(Input { kind: FileKind::Procedures, name: "a.tthc".to_owned(), bytes: bytes.to_vec() });
    let options = Options { lang: Lang::Vi, as_of: None, today: date(2026, 11, 22), place: None, release: false };
    let built = Built::default();
    emit::build(&Catalogue::read(inputs, options), &emit::Wanted::default(), &built, &|| ()).expect("it is built");
    let mut files = built.0.into_inner().expect("no writer panics");
    for value in files.values_mut() {
        value["catalogue"]["source_hash"] = Value::Null;
        if !with_ids {
            number_nodes(value);
            without_ids(value);
        }
    }
    files
}

fn without_ids(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("id");
            map.values_mut().for_each(without_ids);
        }
        Value::Array(all) => all.iter_mut().for_each(without_ids),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The nodes of a process are called after the ids of its steps: here by their place.
fn number_nodes(value: &mut Value) {
    let nodes = value["process"]["nodes"].as_array().into_iter().flatten();
    let ids: Vec<String> = nodes.filter_map(|node| Some(node["id"].as_str()?.to_owned())).collect();
    fn each(value: &mut Value, ids: &[String]) {
        match value {
            Value::Object(map) => map.values_mut().for_each(|value| each(value, ids)),
            Value::Array(all) => all.iter_mut().for_each(|value| each(value, ids)),
            Value::String(text) => {
                if let Some(at) = ids.iter().position(|id| id == text) {
                    *text = format!("node {at}");
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    each(&mut value["process"], &ids);
}

fn difference(expected: &str, found: &str) -> String {
    let lines = expected.lines().zip(found.lines()).enumerate().find(|(_, (expected, found))| expected != found);
    match lines {
        Some((at, (expected, found))) => format!("line {}:\n  expected {expected:?}\n  found    {found:?}", at + 1),
        None => format!("{} lines expected, {} found", expected.lines().count(), found.lines().count()),
    }
}

#[test]
fn every_case_becomes_what_stands_beside_it() {
    let cases = cases();
    assert!(cases.len() >= 10, "only {} cases", cases.len());
    let mut faults = Vec::new();
    for case in cases {
        let found = formatted(&case.name, &case.given, case.write_ids).unwrap_or_else(|fault| panic!("{fault}"));
        if std::env::var_os("UPDATE_FMT").is_some() {
            fs::write(&case.expected, &found).expect("it can be written");
        }
        let expected =
            fs::read_to_string(&case.expected).unwrap_or_else(|error| panic!("{}: {error}", case.expected.display()));
        if found != expected {
            faults.push(format!("{}, {}", case.name, difference(&expected, &found)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_formatted_is_left_alone() {
    let mut faults = Vec::new();
    for (file, bytes) in files_below(&shipped().join("tests/fmt")) {
        if !file.ends_with(".tthc") || file.ends_with(".in.tthc") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("expectations are UTF-8");
        let again =
            formatted(&file, text.as_bytes(), file.starts_with("ids-")).unwrap_or_else(|fault| panic!("{fault}"));
        if again != text {
            faults.push(format!("{file}, {}", difference(&text, &again)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn formatting_never_changes_what_a_file_says() {
    for case in cases() {
        let after = fs::read(&case.expected).unwrap_or_else(|error| panic!("{}: {error}", case.expected.display()));
        let (before, after) = (says(&case.given, !case.write_ids), says(&after, !case.write_ids));
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{}", case.name);
        for (path, value) in before {
            assert_eq!(value, after[&path], "{}: {path}", case.name);
        }
    }
}

/// The lines as somebody hurried types them: no indentation, no columns, blanks at the ends, CRLF.
fn untidy(text: &str) -> String {
    let line = |line: &str| -> String {
        let quoted = [line.find(['"', '“']), line.find("//")].into_iter().flatten().min().unwrap_or(line.len());
        let words: Vec<&str> = line[..quoted].split_whitespace().collect();
        let gap = if line[..quoted].ends_with(' ') && !words.is_empty() { " " } else { "" };
        format!("{}{gap}{}  \r\n", words.join(" "), &line[quoted..])
    };
    text.lines().map(line).collect()
}

#[test]
fn the_shipped_procedures_are_formatted_and_come_back_from_any_indentation() {
    let mut seen = 0;
    for (file, bytes) in
        files_below(&shipped().join("procedures")).into_iter().filter(|(file, _)| file.ends_with(".tthc"))
    {
        let text = String::from_utf8(bytes).expect("they are UTF-8");
        let again = formatted(&file, text.as_bytes(), false).unwrap_or_else(|fault| panic!("{fault}"));
        assert!(again == text, "{file}, {}", difference(&text, &again));
        // Columns, indentation and line ends carry no meaning.
        let back = formatted(&file, untidy(&text).as_bytes(), false).unwrap_or_else(|fault| panic!("untidy {fault}"));
        assert!(back == text, "untidy {file}, {}", difference(&text, &back));
        seen += 1;
    }
    assert!(seen >= 17, "only {seen} files");
}

#[test]
fn a_formatted_file_has_no_trailing_blanks_tabs_or_carriage_returns() {
    for case in cases() {
        let text =
            fs::read_to_string(&case.expected).unwrap_or_else(|error| panic!("{}: {error}", case.expected.display()));
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{} ends in one new line", case.name);
        assert!(!text.contains(['\t', '\r', '\u{a0}', '\u{feff}']) && !text.contains("\n\n\n"), "{}", case.name);
        assert!(text.lines().all(|line| line.trim_end() == line), "{}", case.name);
        let composed: String = unicode_normalization::UnicodeNormalization::nfc(text.as_str()).collect();
        assert_eq!(composed, text, "{}", case.name);
    }
}

#[test]
fn a_file_with_faults_is_given_back_with_them() {
    for text in [
        "thủ tục 1.000001 \"A\" { phí: x y z }",
        "thủ tục 1.000001 \"A\" {",
        "thủ tục \"A\" { }",
        "}",
        "thủ tục 1.000001 \"A { }",
    ] {
        assert!(formatted("a.tthc", text.as_bytes(), false).is_err(), "{text}");
        assert!(formatted("a.tthc", text.as_bytes(), true).is_err(), "{text}");
    }
}
