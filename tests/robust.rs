//! Nothing a person can type, paste or save in the wrong encoding panics; and it is said what is wrong.

mod support;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rayon::prelude::*;
use support::{options, procedure_file, shipped_procedures};
use thutuc::compile::{Catalogue, FileKind, Input};
use thutuc::diagnostic::{Diagnostic, Severity, json, short, text};
use thutuc::lang::Lang;
use thutuc::source::{SourceFile, SourceMap};

/// Files up to this size are cut at every letter, longer ones at every `STEP`th.
const EVERY_LETTER: usize = 1_100;
const STEP: usize = 37;

/// The parts of the pipeline that see the text: syntax, model.
fn read_text(name: &str, text: &str) -> Vec<Diagnostic> {
    let mut sources = SourceMap::default();
    let id = sources.add(SourceFile::new(name, text.to_owned()));
    let file = sources.get(id);
    let (items, mut found) = thutuc::syntax::parse(id, file, Lang::Vi);
    let (_, draft) = thutuc::model::from_syntax::read(id, file, &items, Lang::Vi);
    found.extend(draft.diagnostics);
    found
}

/// The whole pipeline up to the rendered findings. Registers are left out: they do not change with the text.
fn compile(inputs: Vec<Input>) -> Vec<Diagnostic> {
    let catalogue = Catalogue::read(inputs, options(Lang::Vi));
    let findings = catalogue.check().findings;
    let shown = text::render(&findings, &catalogue.sources, Lang::Vi, false);
    let lines = short::render(&findings, &catalogue.sources, Lang::En);
    assert_eq!(shown.is_empty(), lines.is_empty());
    for found in &findings {
        assert!(!found.message.contains(['\n', '\r']), "a message is one line: {}", found.message);
    }
    findings
}

fn texts() -> Vec<(String, String)> {
    let files = shipped_procedures().into_iter();
    files.map(|input| (input.name, String::from_utf8(input.bytes).expect("a shipped file is UTF-8"))).collect()
}

#[test]
fn every_prefix_of_a_shipped_file_is_read() {
    let files = texts();
    let cuts: Vec<(&str, &str)> = files
        .iter()
        .flat_map(|(name, text)| {
            let step = if text.len() <= EVERY_LETTER { 1 } else { STEP };
            text.char_indices().step_by(step).map(|(at, _)| (name.as_str(), &text[..at]))
        })
        .collect();
    cuts.par_iter().for_each(|(name, prefix)| {
        read_text(name, prefix);
    });
}

#[test]
fn a_file_that_ends_after_one_of_its_items_is_checked() {
    let files = texts();
    let cuts: Vec<(&str, &str)> = files
        .iter()
        .flat_map(|(name, text)| {
            let ends = text.match_indices("\n}").map(|(at, end)| at + end.len());
            ends.flat_map(|end| [end - 1, end]).map(|end| (name.as_str(), &text[..end]))
        })
        .collect();
    assert!(cuts.len() >= 2 * files.len());
    cuts.par_iter().for_each(|(name, prefix)| {
        compile(vec![procedure_file(name, *prefix)]);
    });
}

#[test]
fn what_is_missing_after_a_letter_of_several_bytes_is_shown() {
    for text in
        ["thủ tục 1.000001 \"A\" {\n    thành phần hồ sơ: 01 bộ { nộp tờ }\n}", "áp dụng", "quy trình con xác-nhậ"]
    {
        compile(vec![procedure_file("tệp.tthc", text)]);
    }
}

#[test]
fn one_wrong_byte_anywhere_is_survived() {
    let files = shipped_procedures();
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let strategy = (0..files.len(), any::<prop::sample::Index>(), any::<u8>());
    TestRunner::new_with_rng(config, rng)
        .run(&strategy, |(file, at, byte)| {
            let mut bytes = files[file].bytes.clone();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            compile(vec![procedure_file(&files[file].name, bytes)]);
            Ok(())
        })
        .expect("no byte makes the pipeline panic");
}

#[test]
fn one_sign_put_in_or_taken_out_is_survived() {
    let files = texts();
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let signs = prop::sample::select(vec![
        "{", "}", "(", ")", "\"", "“", "”", ":", ";", ",", "\n", "//", "khi ", "theo ", "1/2", "-", "",
    ]);
    let strategy = (0..files.len(), any::<prop::sample::Index>(), signs);
    TestRunner::new_with_rng(config, rng)
        .run(&strategy, |(file, at, sign)| {
            let (name, text) = &files[file];
            let places: Vec<(usize, char)> = text.char_indices().collect();
            let (at, letter) = places[at.index(places.len())];
            let after = if sign.is_empty() { at + letter.len_utf8() } else { at };
            compile(vec![procedure_file(name, format!("{}{sign}{}", &text[..at], &text[after..]))]);
            Ok(())
        })
        .expect("no sign makes the pipeline panic");
}

/// Compiles one hostile text; gives the code and message of each finding.
fn findings_of(text: impl Into<Vec<u8>>) -> Vec<(&'static str, String)> {
    let found = compile(vec![procedure_file("tệp.tthc", text)]);
    found.into_iter().map(|found| (found.code.0, found.message)).collect()
}

#[test]
fn a_hundred_thousand_brackets_are_refused() {
    for open in ["{", "(", "{(", "{\n", "a {"] {
        let found = findings_of(open.repeat(100_000));
        assert_eq!(found.len(), 1, "{open:?}: {:?}", &found[..found.len().min(5)]);
        assert_eq!(found[0].0, "TT005", "{open:?}: {}", found[0].1);
    }
}

#[test]
fn a_hundred_thousand_closing_brackets_are_not_a_hundred_thousand_findings() {
    for close in ["}", ")"] {
        let found = read_text("tệp.tthc", &close.repeat(100_000));
        assert!((1..=3).contains(&found.len()), "{close:?}: {} findings", found.len());
    }
}

#[test]
fn a_hundred_thousand_quotes_or_square_brackets_are_a_few_findings() {
    for sign in ["\"", "[", "“", "«", "'"] {
        let found = findings_of(sign.repeat(100_000));
        assert!((1..=3).contains(&found.len()), "{sign:?}: {} findings", found.len());
    }
}

#[test]
fn a_line_of_a_million_letters_is_read() {
    for part in ["a", "a ", "khi ", "1", "đ", "a,", "theo ", "( ) ", "e\u{301}"] {
        let found = findings_of(part.repeat(1_000_000 / part.len()));
        assert!((1..=3).contains(&found.len()), "{part:?}: {} findings", found.len());
    }
    let found = findings_of(format!("thủ tục 1.000001 \"{}\" {{ }}", "a".repeat(1_000_000)));
    assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), ["TT101"]);
}

#[test]
fn an_open_bracket_before_many_lines_is_read_in_time() {
    let started = std::time::Instant::now();
    for part in ["\n", "(\n", "a\n", "//\n"] {
        read_text("tệp.tthc", &format!("phí: ({}", part.repeat(20_000)));
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn an_empty_file_and_one_of_comments_have_nothing_to_report() {
    for text in ["", "\u{FEFF}", "\n", " \t\r\n\u{A0}\n", "// chỉ có ghi chú\n\n// hết", "//", ";;\n;"] {
        assert_eq!(findings_of(text), [], "{text:?}");
    }
}

#[test]
fn junk_is_reported_and_survived() {
    let junk: Vec<u8> = (0..200_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(findings_of(junk)[0].0, "TT001");
    let zeros = findings_of(vec![0_u8; 4096]);
    assert_eq!(zeros.len(), 1, "{zeros:?}");
    let controls: String = (0..32_u8).map(char::from).cycle().take(10_000).collect();
    assert!(!findings_of(controls).is_empty());
}

/// A procedure with the words that every procedure has, small enough to be written in any encoding.
const SMALL: &str = "thủ tục 1.000001 \"Cấp lại giấy phép của hộ kinh doanh\" {\n    lĩnh vực: hộ-tịch\n    \
    cơ quan có thẩm quyền: ubnd-xã\n    thành phần hồ sơ: 01 bộ { nộp đơn \"Đơn đề nghị\" { bản chính: 01 } }\n    \
    thời hạn giải quyết: 03 ngày làm việc\n    phí, lệ phí: không\n}\n";

/// The only finding of a file that cannot be read.
fn refusal(bytes: Vec<u8>) -> String {
    let found = findings_of(bytes);
    assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), ["TT001"], "{found:?}");
    found[0].1.clone()
}

#[test]
fn utf_16_is_refused_by_name() {
    let encode = |order: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let mark = mark.then_some(0xFEFF).into_iter();
        mark.chain(SMALL.encode_utf16()).flat_map(order).collect()
    };
    for bytes in [
        encode(u16::to_le_bytes, true),
        encode(u16::to_be_bytes, true),
        encode(u16::to_le_bytes, false),
        encode(u16::to_be_bytes, false),
    ] {
        assert_eq!(refusal(bytes), "tệp được lưu bằng mã UTF-16");
    }
}

#[test]
fn tcvn3_is_refused_by_name() {
    assert_eq!(refusal(in_bytes(SMALL, tcvn3)), "tệp dùng bảng mã TCVN3 (ABC)");
    // Pasted into an editor that took the bytes for Latin letters and saved them as UTF-8.
    let pasted: String = in_bytes(SMALL, tcvn3).into_iter().map(char::from).collect();
    assert_eq!(refusal(pasted.into_bytes()), "tệp dùng bảng mã TCVN3 (ABC)");
}

#[test]
fn vni_is_refused_by_name() {
    assert_eq!(refusal(in_bytes(SMALL, vni)), "tệp dùng bảng mã VNI");
    let pasted: String = in_bytes(SMALL, vni).into_iter().map(char::from).collect();
    assert_eq!(refusal(pasted.into_bytes()), "tệp dùng bảng mã VNI");
}

#[test]
fn another_encoding_is_refused_with_the_byte_where_reading_stopped() {
    // CP1258 writes base letters and marks apart: `thủ` is t, h, u, 0xD2.
    let found = refusal(in_bytes(SMALL, cp1258));
    assert_eq!(found, "tệp không phải UTF-8 (byte thứ 3 không đọc được)");
    let mut cut = SMALL.as_bytes().to_vec();
    cut.truncate(4);
    assert!(refusal(cut).starts_with("tệp không phải UTF-8"));
}

#[test]
fn a_register_that_is_no_text_is_refused() {
    for bytes in [
        vec![0xFF_u8; 10],
        in_bytes("- id: hộ-tịch\n", cp1258),
        b"[".repeat(2_000),
        b"{".repeat(2_000),
        b"&a [*a]".to_vec(),
    ] {
        let kind = FileKind::Register;
        let mut found = compile(vec![Input { kind, name: "registers/fields.yaml".to_owned(), bytes }]);
        // That registers have no calendar is a warning.
        found.retain(|one| one.severity == Severity::Error);
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[test]
fn findings_of_every_place_can_be_written_as_json() {
    let files = texts();
    files.par_iter().for_each(|(name, text)| {
        let cut: String = text.chars().filter(|letter| *letter != '}').collect();
        let catalogue = Catalogue::read(vec![procedure_file(name, cut)], options(Lang::Vi));
        let report = catalogue.check();
        let written = json::render(&report.findings, report.tally(), &catalogue.sources);
        assert!(serde_json::from_str::<serde_json::Value>(&written).is_ok());
    });
}

/// `text` in an encoding that gives each letter its bytes; ASCII is itself everywhere.
fn in_bytes(text: &str, letter: fn(char) -> &'static [u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for each in text.chars() {
        if each.is_ascii() {
            bytes.push(each as u8);
        } else {
            let encoded = letter(each);
            assert!(!encoded.is_empty(), "the table lacks {each}");
            bytes.extend_from_slice(encoded);
        }
    }
    bytes
}

/// Rows of `letters` and their bytes, in the same order.
fn look_up(table: &'static [(&'static str, &'static [&'static [u8]])], letter: char) -> &'static [u8] {
    for (letters, bytes) in table {
        if let Some(at) = letters.chars().position(|each| each == letter) {
            return bytes[at];
        }
    }
    &[]
}

/// TCVN 5712:1993, table VN3 (the fonts named .VnTime, .VnArial).
fn tcvn3(letter: char) -> &'static [u8] {
    look_up(
        &[
            ("àảãáạ", &[b"\xB5", b"\xB6", b"\xB7", b"\xB8", b"\xB9"]),
            ("ăằẳẵắặ", &[b"\xA8", b"\xBB", b"\xBC", b"\xBD", b"\xBE", b"\xC6"]),
            ("âầẩẫấậ", &[b"\xA9", b"\xC7", b"\xC8", b"\xC9", b"\xCA", b"\xCB"]),
            ("đĐ", &[b"\xAE", b"\xA7"]),
            ("èẻẽéẹ", &[b"\xCC", b"\xCE", b"\xCF", b"\xD0", b"\xD1"]),
            ("êềểễếệ", &[b"\xAA", b"\xD2", b"\xD3", b"\xD4", b"\xD5", b"\xD6"]),
            ("ìỉĩíị", &[b"\xD7", b"\xD8", b"\xDC", b"\xDD", b"\xDE"]),
            ("òỏõóọ", &[b"\xDF", b"\xE1", b"\xE2", b"\xE3", b"\xE4"]),
            ("ôồổỗốộ", &[b"\xAB", b"\xE5", b"\xE6", b"\xE7", b"\xE8", b"\xE9"]),
            ("ơờởỡớợ", &[b"\xAC", b"\xEA", b"\xEB", b"\xEC", b"\xED", b"\xEE"]),
            ("ùủũúụ", &[b"\xEF", b"\xF1", b"\xF2", b"\xF3", b"\xF4"]),
            ("ưừửữứự", &[b"\xAD", b"\xF5", b"\xF6", b"\xF7", b"\xF8", b"\xF9"]),
            ("ỳỷỹýỵ", &[b"\xFA", b"\xFB", b"\xFC", b"\xFD", b"\xFE"]),
        ],
        letter,
    )
}

/// VNI-Windows: the letter, then a byte for its mark (the fonts named VNI-Times).
fn vni(letter: char) -> &'static [u8] {
    look_up(
        &[
            ("àảãáạ", &[b"a\xF8", b"a\xFB", b"a\xF5", b"a\xF9", b"a\xEF"]),
            ("ăằẳẵắặ", &[b"a\xEA", b"a\xE8", b"a\xFA", b"a\xFC", b"a\xE9", b"a\xEB"]),
            ("âầẩẫấậ", &[b"a\xE2", b"a\xE0", b"a\xE5", b"a\xE3", b"a\xE1", b"a\xE4"]),
            ("đĐ", &[b"\xF1", b"\xD1"]),
            ("èẻẽéẹ", &[b"e\xF8", b"e\xFB", b"e\xF5", b"e\xF9", b"e\xEF"]),
            ("êềểễếệ", &[b"e\xE2", b"e\xE0", b"e\xE5", b"e\xE3", b"e\xE1", b"e\xE4"]),
            ("ìỉĩíị", &[b"\xEC", b"\xE6", b"\xF3", b"\xED", b"\xF2"]),
            ("òỏõóọ", &[b"o\xF8", b"o\xFB", b"o\xF5", b"o\xF9", b"o\xEF"]),
            ("ôồổỗốộ", &[b"o\xE2", b"o\xE0", b"o\xE5", b"o\xE3", b"o\xE1", b"o\xE4"]),
            ("ơờởỡớợ", &[b"\xF4", b"\xF4\xF8", b"\xF4\xFB", b"\xF4\xF5", b"\xF4\xF9", b"\xF4\xEF"]),
            ("ùủũúụ", &[b"u\xF8", b"u\xFB", b"u\xF5", b"u\xF9", b"u\xEF"]),
            ("ưừửữứự", &[b"\xF6", b"\xF6\xF8", b"\xF6\xFB", b"\xF6\xF5", b"\xF6\xF9", b"\xF6\xEF"]),
            ("ỳỷỹýỵ", &[b"y\xF8", b"y\xFB", b"y\xF5", b"y\xF9", b"\xEE"]),
        ],
        letter,
    )
}

/// Windows code page 1258: tone marks are bytes of their own (grave CC, hook D2, tilde DE, acute EC, dot below F2).
fn cp1258(letter: char) -> &'static [u8] {
    look_up(
        &[
            ("àảãáạ", &[b"\xE0", b"a\xD2", b"a\xDE", b"\xE1", b"a\xF2"]),
            ("ăằẳẵắặ", &[b"\xE3", b"\xE3\xCC", b"\xE3\xD2", b"\xE3\xDE", b"\xE3\xEC", b"\xE3\xF2"]),
            ("âầẩẫấậ", &[b"\xE2", b"\xE2\xCC", b"\xE2\xD2", b"\xE2\xDE", b"\xE2\xEC", b"\xE2\xF2"]),
            ("đĐ", &[b"\xF0", b"\xD0"]),
            ("èẻẽéẹ", &[b"\xE8", b"e\xD2", b"e\xDE", b"\xE9", b"e\xF2"]),
            ("êềểễếệ", &[b"\xEA", b"\xEA\xCC", b"\xEA\xD2", b"\xEA\xDE", b"\xEA\xEC", b"\xEA\xF2"]),
            ("ìỉĩíị", &[b"i\xCC", b"i\xD2", b"i\xDE", b"\xED", b"i\xF2"]),
            ("òỏõóọ", &[b"o\xCC", b"o\xD2", b"o\xDE", b"\xF3", b"o\xF2"]),
            ("ôồổỗốộ", &[b"\xF4", b"\xF4\xCC", b"\xF4\xD2", b"\xF4\xDE", b"\xF4\xEC", b"\xF4\xF2"]),
            ("ơờởỡớợ", &[b"\xF5", b"\xF5\xCC", b"\xF5\xD2", b"\xF5\xDE", b"\xF5\xEC", b"\xF5\xF2"]),
            ("ùủũúụ", &[b"\xF9", b"u\xD2", b"u\xDE", b"\xFA", b"u\xF2"]),
            ("ưừửữứự", &[b"\xFD", b"\xFD\xCC", b"\xFD\xD2", b"\xFD\xDE", b"\xFD\xEC", b"\xFD\xF2"]),
            ("ỳỷỹýỵ", &[b"y\xCC", b"y\xD2", b"y\xDE", b"y\xEC", b"y\xF2"]),
        ],
        letter,
    )
}
