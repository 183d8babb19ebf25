//! The program from outside: arguments in; standard output, standard error, files and the exit code out.

#[path = "cli/communes.rs"]
mod communes;
#[path = "cli/merge.rs"]
mod merge;

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use tempfile::TempDir;

use common::{Ran, copy_folder, files_below, manifest, program, run, shipped, whole_build};

/// A file with one error: decimals after a dot, behind letters that take more than one byte.
const FAULTY: &str = "thủ tục 1.000009 \"Đăng ký\" {\n    thời hạn giải quyết: 0.5 ngày làm việc\n}\n";

/// A folder with a catalogue of first-day procedures: they have gaps and no errors.
fn catalogue(procedures: usize) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    set_version(folder.path(), "1");
    let first =
        run(folder.path(), &["new", "--code", "1.000000", "--name", "Thủ tục số 0", "--file", "procedures/0.tthc"]);
    assert_eq!(first.code, 0, "{first:?}");
    let skeleton = fs::read_to_string(folder.path().join("procedures/0.tthc")).expect("it was written");
    for number in 1..procedures {
        let text = skeleton.replace("1.000000", &format!("1.{number:06}")).replace("số 0", &format!("số {number}"));
        fs::write(folder.path().join(format!("procedures/{number}.tthc")), text).expect("it can be written");
    }
    folder
}

fn set_version(folder: &Path, version: &str) {
    let text = format!("name: \"Bộ thử\"\nversion: \"{version}\"\npublisher: \"Nhóm thử\"\nas_of: \"22/11/2026\"\n");
    fs::create_dir_all(folder.join("procedures")).expect("a folder");
    fs::write(folder.join("procedures/catalogue.yaml"), text).expect("it can be written");
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
    fs::write(file, text).expect("it can be written");
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names beside a build that are not its own.
fn leftovers(folder: &TempDir) -> Vec<String> {
    let names = fs::read_dir(folder.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| !matches!(name.as_str(), "procedures" | "dist")).collect()
}

#[track_caller]
fn says(ran: &Ran, code: i32, part: &str) {
    assert_eq!(ran.code, code, "{ran:?}");
    assert!(ran.out.contains(part) || ran.err.contains(part), "{part:?} is not in {ran:?}");
}

mod exit_codes {
    use super::*;

    #[test]
    fn nothing_wrong_is_0_errors_are_1_and_what_cannot_be_done_is_2() {
        let folder = catalogue(1);
        assert_eq!(run(folder.path(), &["check"]).code, 0);
        write(&folder, "procedures/faulty.tthc", FAULTY);
        assert_eq!(run(folder.path(), &["check"]).code, 1);
        assert_eq!(run(folder.path(), &["check", "nowhere"]).code, 2);
    }

    #[test]
    fn help_and_version_are_0_and_no_command_is_2() {
        let folder = TempDir::new().expect("a temporary folder");
        assert_eq!(run(folder.path(), &["--help"]).code, 0);
        says(&run(folder.path(), &["--version"]), 0, &format!("thutuc {}", env!("CARGO_PKG_VERSION")));
        says(&run(folder.path(), &[]), 2, "check");
    }

    #[test]
    fn an_unknown_command_option_or_format_is_said_in_vietnamese() {
        let folder = catalogue(1);
        for (args, part) in [
            (vec!["kiem-tra"], "lỗi: không có lệnh `kiem-tra`"),
            (vec!["check", "--nhanh"], "lỗi: không có tùy chọn `--nhanh`"),
            (vec!["check", "--format", "xml"], "không nhận giá trị `xml`"),
            (vec!["build", "--out"], "cần một giá trị"),
            (vec!["check", "--as-of", "31/02/2026"], "--as-of cần một ngày"),
        ] {
            let ran = run(folder.path(), &args);
            says(&ran, 2, part);
            assert!(ran.out.is_empty() && ran.err.starts_with("lỗi: "), "{ran:?}");
        }
    }

    #[test]
    fn and_in_english_where_that_is_asked_for() {
        let folder = catalogue(1);
        for args in [
            vec!["--lang", "en", "kiem-tra"],
            vec!["check", "--lang=en", "--nhanh"],
            vec!["check", "--format", "xml", "--lang", "en"],
        ] {
            says(&run(folder.path(), &args), 2, "error: ");
        }
        says(
            &run(folder.path(), &["check", "nowhere", "--lang", "en"]),
            2,
            "error: cannot read nowhere: no such file or folder",
        );
    }

    #[test]
    fn a_missing_path_and_an_empty_folder_say_what_to_do() {
        let folder = TempDir::new().expect("a temporary folder");
        for command in ["check", "build", "fmt"] {
            says(
                &run(folder.path(), &[command, "nowhere"]),
                2,
                "không đọc được nowhere: không có tệp hoặc thư mục này",
            );
            says(&run(folder.path(), &[command, "."]), 2, "thutuc new");
        }
        assert_eq!(files_below(folder.path()).len(), 0, "nothing was written");
    }
}

mod check {
    use super::*;

    #[test]
    fn text_shows_the_line_its_place_and_the_tally() {
        let folder = catalogue(1);
        write(&folder, "procedures/faulty.tthc", FAULTY);
        let ran = run(folder.path(), &["check"]);
        says(&ran, 1, "lỗi[TT");
        says(&ran, 1, "--> faulty.tthc:2:26");
        says(&ran, 1, "thời hạn giải quyết: 0.5 ngày làm việc");
        says(&ran, 1, "1 lỗi, ");
        says(&ran, 1, "thutuc explain TT");
        assert!(!ran.out.contains('\u{1b}'), "no colours where nobody looks: {ran:?}");
        let (error, warning) = (ran.out.find("lỗi[TT"), ran.out.find("cảnh báo[TT"));
        assert!(warning.is_some() && error > warning, "errors stand last, where they are seen: {}", ran.out);
    }

    #[test]
    fn short_has_one_line_a_finding() {
        let folder = catalogue(1);
        write(&folder, "procedures/faulty.tthc", FAULTY);
        let ran = run(folder.path(), &["check", "--format", "short"]);
        assert_eq!(ran.code, 1);
        assert!(ran.out.lines().any(|line| line.starts_with("faulty.tthc:2:26: lỗi[TT")), "{}", ran.out);
        for line in ran.out.lines() {
            let parts: Vec<&str> = line.splitn(4, ':').collect();
            let number = |at: usize| parts[at].parse::<usize>().is_ok_and(|number| number > 0);
            assert!(parts.len() == 4 && parts[0].ends_with(".tthc") && number(1) && number(2), "{line}");
        }
    }

    #[test]
    fn json_holds_every_finding_with_its_place_and_the_tally() {
        let folder = catalogue(1);
        write(&folder, "procedures/faulty.tthc", FAULTY);
        let ran = run(folder.path(), &["check", "--format", "json"]);
        assert_eq!(ran.code, 1);
        let report: Value = serde_json::from_str(&ran.out).expect("it is JSON and nothing else");
        assert_eq!(report["schema"], "urn:thutuc:findings:1");
        let findings = report["findings"].as_array().expect("a list");
        let count = |severity: &str| findings.iter().filter(|one| one["severity"] == severity).count();
        assert_eq!(report["tally"]["errors"], count("error"));
        assert_eq!(report["tally"]["warnings"], count("warning"));
        for one in findings {
            for key in ["line", "column", "end_line", "end_column"] {
                assert!(one[key].as_u64().is_some_and(|number| number > 0), "{key}: {one}");
            }
            assert!(one["code"].as_str().is_some_and(|code| code.starts_with("TT")), "{one}");
            assert!(one["message"].as_str().is_some_and(|message| !message.is_empty()), "{one}");
        }
        let error = findings.iter().find(|one| one["severity"] == "error").expect("there is one");
        assert_eq!((&error["file"], &error["line"], &error["column"]), (&"faulty.tthc".into(), &2.into(), &26.into()));
        let byte = |key: &str| error[key].as_u64().expect("a number") as usize;
        assert_eq!(&FAULTY[byte("start_byte")..byte("end_byte")], "0.5", "bytes count bytes, columns count letters");
    }

    #[test]
    fn bytes_are_those_of_the_file_on_disk_also_where_it_was_decomposed() {
        let folder = catalogue(1);
        let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(FAULTY).collect();
        let on_disk = format!("\u{feff}{}", decomposed.replace('\n', "\r\n"));
        write(&folder, "procedures/faulty.tthc", &on_disk);
        let ran = run(folder.path(), &["check", "--format", "json"]);
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        let error =
            report["findings"].as_array().into_iter().flatten().find(|one| one["severity"] == "error").expect("one");
        let byte = |key: &str| error[key].as_u64().expect("a number") as usize;
        assert_eq!(&on_disk[byte("start_byte")..byte("end_byte")], "0.5");
        assert_eq!((&error["line"], &error["column"]), (&2.into(), &26.into()));
    }

    #[test]
    fn one_file_shows_only_what_is_found_in_it() {
        let folder = catalogue(2);
        write(&folder, "procedures/sub/faulty.tthc", FAULTY);
        let ran = run(folder.path(), &["check", "procedures/0.tthc", "--format", "short"]);
        assert_eq!(ran.code, 0, "the error is in another file: {ran:?}");
        assert!(!ran.out.is_empty() && ran.out.lines().all(|line| line.starts_with("0.tthc:")), "{}", ran.out);
        let ran = run(folder.path(), &["check", "procedures/sub/faulty.tthc", "--format", "short"]);
        assert_eq!(ran.code, 1);
        assert!(ran.out.lines().all(|line| line.starts_with("sub/faulty.tthc:")), "{}", ran.out);
    }

    #[test]
    fn findings_come_in_the_language_asked_for() {
        let folder = catalogue(1);
        write(&folder, "procedures/faulty.tthc", FAULTY);
        says(&run(folder.path(), &["check", "--lang", "en"]), 1, "error[TT");
        let environment = |lang: &str, args: &[&str]| {
            let output = program(folder.path()).env("THUTUC_LANG", lang).args(args).output().expect("it runs");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        assert!(environment("en", &["check"]).contains("error[TT"));
        assert!(environment("en", &["check", "--lang", "vi"]).contains("lỗi[TT"), "the option comes first");
    }

    #[test]
    fn the_same_findings_in_the_same_order_every_time() {
        let first = run(shipped(), &["check", "--format", "json"]);
        assert_eq!(first.out, run(shipped(), &["check", "--format", "json"]).out);
    }

    #[test]
    fn a_register_with_an_unknown_field_is_an_error_with_its_line_and_column() {
        let folder = TempDir::new().expect("a temporary folder");
        copy_folder(&shipped().join("procedures"), &folder.path().join("procedures"));
        let fields = read(&folder, "procedures/registers/fields.yaml");
        let line = fields.lines().count() + 1;
        write(
            &folder,
            "procedures/registers/fields.yaml",
            &format!("{}\n- {{ id: thử, tên: \"Thử\" }}\n", fields.trim_end()),
        );
        for command in ["check", "build"] {
            let ran = run(folder.path(), &[command]);
            says(&ran, 1, &format!("registers/fields.yaml:{line}:"));
            says(&ran, 1, "tên");
        }
        let short = run(folder.path(), &["check", "--format", "short"]);
        let found = short.out.lines().find(|one| one.starts_with("registers/fields.yaml:")).expect("it is named");
        let column: usize = found.split(':').nth(2).and_then(|column| column.parse().ok()).expect("a column");
        assert!((1..=25).contains(&column), "{found}");
        assert!(!folder.path().join("dist").exists(), "nothing was built");
    }

    #[test]
    fn settings_with_an_unknown_field_are_an_error_too() {
        let folder = catalogue(1);
        write(&folder, "procedures/catalogue.yaml", "name: \"Bộ thử\"\nphiên-bản: \"1\"\n");
        let ran = run(folder.path(), &["check", "--format", "short"]);
        assert_eq!(ran.code, 1);
        assert!(
            ran.out.lines().any(|line| line.starts_with("catalogue.yaml:2:") && line.contains("phiên-bản")),
            "{}",
            ran.out
        );
    }

    #[test]
    fn a_file_in_another_encoding_is_an_error_that_names_it() {
        let folder = catalogue(1);
        let utf16: Vec<u8> = "\u{feff}thủ tục".encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(folder.path().join("procedures/word.tthc"), utf16).expect("it can be written");
        says(&run(folder.path(), &["check", "--format", "short"]), 1, "word.tthc:1:1: lỗi[TT");
        says(&run(folder.path(), &["check"]), 1, "UTF-16");
    }
}

mod explain {
    use super::*;

    #[test]
    fn a_code_is_explained_however_it_is_typed() {
        let folder = TempDir::new().expect("a temporary folder");
        let page = run(folder.path(), &["explain", "TT301"]);
        says(&page, 0, "TT301 fee-without-basis");
        says(&page, 0, "Nên viết:");
        assert_eq!(run(folder.path(), &["explain", "tt301"]).out, page.out);
        says(&run(folder.path(), &["explain", "tt301", "--lang", "en"]), 0, "Write instead:");
    }

    #[test]
    fn every_listed_code_has_a_page_in_both_languages() {
        let folder = TempDir::new().expect("a temporary folder");
        let list = run(folder.path(), &["explain"]);
        assert_eq!(list.code, 0);
        let codes: Vec<&str> = list.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert!(codes.contains(&"TT301"), "{}", list.out);
        for code in codes {
            for lang in ["vi", "en"] {
                let page = run(folder.path(), &["explain", code, "--lang", lang]);
                assert!(page.code == 0 && page.out.starts_with(code) && page.out.lines().count() > 3, "{page:?}");
            }
        }
    }

    #[test]
    fn an_unknown_code_says_so_and_where_to_look() {
        let folder = TempDir::new().expect("a temporary folder");
        says(&run(folder.path(), &["explain", "TT999"]), 2, "không có mã “TT999”");
        says(&run(folder.path(), &["explain", "TT999", "--lang", "en"]), 2, "no code “TT999”");
        says(&run(folder.path(), &["explain", "fee-without-basi"]), 2, "fee-without-basis");
    }
}

mod new {
    use super::*;

    #[test]
    fn flags_make_a_procedure_that_checks_with_warnings_only() {
        for (level, field) in
            [("xã", Some("hộ-tịch")), ("tỉnh", Some("Hộ tịch")), ("bộ", None), ("commune", None), ("Province", None)]
        {
            let folder = TempDir::new().expect("a temporary folder");
            let mut args = vec!["new", "--code", "2.000815", "--name", "Chứng thực bản sao", "--level", level];
            args.extend(field.iter().flat_map(|field| ["--field", field]));
            says(&run(folder.path(), &args), 0, "procedures/2.000815-chung-thuc-ban-sao.tthc");
            let ran = run(folder.path(), &["check"]);
            says(&ran, 0, "0 lỗi, ");
            assert!(ran.out.contains("cảnh báo[TT"), "its gaps are named: {ran:?}");
            assert_eq!(run(folder.path(), &["fmt", "--check"]).code, 0, "{level}: it is formatted");
        }
    }

    #[test]
    fn a_name_with_anything_in_it_still_checks() {
        for name in [
            "Tên \"trong ngoặc\"",
            "{{ x }} {% y %}",
            "// chú thích; { }",
            "“cong” và <b>đậm</b> & 'đơn'",
            "Tiếng\u{a0}Việt",
        ] {
            let folder = TempDir::new().expect("a temporary folder");
            assert_eq!(run(folder.path(), &["new", "--code", "1.000001", "--name", name, "--file", "a.tthc"]).code, 0);
            says(&run(folder.path(), &["check", "."]), 0, "0 lỗi, ");
        }
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = catalogue(1);
        let before = read(&folder, "procedures/0.tthc");
        let ran = run(folder.path(), &["new", "--code", "1.000001", "--name", "Khác", "--file", "procedures/0.tthc"]);
        says(&ran, 2, "procedures/0.tthc đã có, không ghi đè");
        assert_eq!(read(&folder, "procedures/0.tthc"), before);
    }

    #[test]
    fn a_bad_code_or_level_is_refused_before_anything_is_written() {
        let folder = TempDir::new().expect("a temporary folder");
        for code in ["1.1", "1001193", "a.001193", "1.0011931", "../../1.1", "1.00119é"] {
            says(&run(folder.path(), &["new", "--code", code, "--name", "Tên"]), 2, "mã thủ tục có một chữ số");
        }
        says(&run(folder.path(), &["new", "--code", "1.000001", "--name", "Tên", "--level", "thôn"]), 2, "“thôn”");
        assert_eq!(files_below(folder.path()).len(), 0);
    }

    #[test]
    fn what_no_flag_says_is_asked_for() {
        let folder = TempDir::new().expect("a temporary folder");
        let answer = |text: &str| {
            let mut child = program(folder.path())
                .arg("new")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it starts");
            child.stdin.take().expect("it is piped").write_all(text.as_bytes()).expect("it reads");
            Ran::of(child.wait_with_output().expect("it ends"))
        };
        let ran = answer("1.004222\nĐăng ký thường trú\n");
        says(&ran, 0, "procedures/1.004222-dang-ky-thuong-tru.tthc");
        says(&ran, 0, "Mã thủ tục");
        says(&run(folder.path(), &["check"]), 0, "0 lỗi, ");
        says(&answer(""), 2, "chưa trả lời: Mã thủ tục");
        says(&answer("1.000002\n\n"), 2, "chưa trả lời: Tên thủ tục");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_said() {
        let folder = TempDir::new().expect("a temporary folder");
        write(&folder, "procedures", "a file where a folder should be");
        says(
            &run(folder.path(), &["new", "--code", "1.000001", "--name", "Tên"]),
            2,
            "không ghi được procedures/1.000001-ten.tthc",
        );
    }
}

mod fmt {
    use super::*;

    const UNTIDY: &str = "thủ tục 1.000001 \"Đăng ký\" {\n  cấp: xã\n\n\n\n  hồ sơ : 1 bộ { nộp \"Đơn\" }\n}\n";
    const TIDY: &str =
        "thủ tục 1.000001 \"Đăng ký\" {\n    cấp thực hiện: xã\n\n    thành phần hồ sơ: 01 bộ { nộp \"Đơn\" }\n}\n";

    fn untidy() -> TempDir {
        let folder = TempDir::new().expect("a temporary folder");
        write(&folder, "procedures/a.tthc", UNTIDY);
        folder
    }

    #[test]
    fn check_names_what_would_change_and_changes_nothing() {
        let folder = untidy();
        says(&run(folder.path(), &["fmt", "--check"]), 1, "chưa đúng cách trình bày: procedures/a.tthc");
        assert_eq!(read(&folder, "procedures/a.tthc"), UNTIDY);
    }

    #[test]
    fn a_file_is_formatted_once_and_then_left_alone() {
        let folder = untidy();
        says(&run(folder.path(), &["fmt"]), 0, "đã trình bày lại: procedures/a.tthc");
        assert_eq!(read(&folder, "procedures/a.tthc"), TIDY);
        let again = run(folder.path(), &["fmt"]);
        assert_eq!((again.code, again.out.as_str(), again.err.as_str()), (0, "", ""));
        assert_eq!(run(folder.path(), &["fmt", "--check"]).code, 0);
        assert_eq!(
            fs::read_dir(folder.path().join("procedures")).expect("a folder").count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn a_file_with_faults_is_left_as_it_is_and_the_others_are_formatted() {
        let folder = untidy();
        let faulty = FAULTY.replace("    thời", " thời") + "\n\n\n\n";
        write(&folder, "procedures/faulty.tthc", &faulty);
        fs::write(folder.path().join("procedures/old.tthc"), b"th\xfb t\xf4c").expect("it can be written");
        let ran = run(folder.path(), &["fmt"]);
        says(&ran, 1, "procedures/faulty.tthc: còn lỗi nên giữ nguyên");
        says(&ran, 1, "procedures/old.tthc: không phải UTF-8");
        assert_eq!(read(&folder, "procedures/faulty.tthc"), faulty);
        assert_eq!(fs::read(folder.path().join("procedures/old.tthc")).expect("it is there"), b"th\xfb t\xf4c");
        assert_eq!(read(&folder, "procedures/a.tthc"), TIDY);
    }

    #[test]
    fn one_file_is_formatted_alone() {
        let folder = untidy();
        write(&folder, "procedures/catalogue.yaml", "name: \"Bộ thử\"\n");
        write(&folder, "procedures/b.tthc", &UNTIDY.replace("1.000001", "1.000002"));
        assert_eq!(run(folder.path(), &["fmt", "procedures/b.tthc"]).code, 0);
        assert_eq!(read(&folder, "procedures/a.tthc"), UNTIDY);
        assert_eq!(read(&folder, "procedures/b.tthc"), TIDY.replace("1.000001", "1.000002"));
    }

    #[test]
    fn ids_are_written_where_they_are_missing() {
        let folder = untidy();
        assert_eq!(run(folder.path(), &["fmt", "--ids"]).code, 0);
        let text = read(&folder, "procedures/a.tthc");
        assert!(text.contains("nộp giấy-tờ-đơn \"Đơn\""), "{text}");
        assert_eq!(run(folder.path(), &["fmt", "--ids", "--check"]).code, 0, "twice gives no second id");
    }

    #[cfg(unix)]
    #[test]
    fn a_formatted_file_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = untidy();
        let file = folder.path().join("procedures/a.tthc");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("they can be set");
        assert_eq!(run(folder.path(), &["fmt"]).code, 0);
        assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn the_shipped_catalogue_is_formatted() {
        let ran = run(shipped(), &["fmt", "--check"]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    }
}

mod build {
    use super::*;

    #[test]
    fn the_same_sources_give_the_same_bytes_wherever_they_stand() {
        let folder = TempDir::new().expect("a temporary folder");
        let (one, two) = (folder.path().join("one"), folder.path().join("deeper/two"));
        assert_eq!(run(shipped(), &["build", "--no-pdf", "--out", &one.to_string_lossy()]).code, 0);
        copy_folder(&shipped().join("procedures"), &folder.path().join("elsewhere"));
        assert_eq!(run(folder.path(), &["build", "elsewhere", "--no-pdf", "--out", "deeper/two"]).code, 0);
        let (one, two) = (files_below(&one), files_below(&two));
        assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
        for (path, bytes) in &one {
            assert!(*bytes == two[path], "{path} differs");
        }
    }

    /// PDF and Word hold days and identifiers: neither a clock, nor a time zone, nor the age of files, nor who asks shows in them.
    #[test]
    fn documents_are_the_same_bytes_whoever_makes_them_and_when() {
        let one = catalogue(2);
        let two = TempDir::new().expect("a temporary folder");
        copy_folder(one.path(), &two.path().join("deeper/đây"));
        let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(30 * 365 * 86_400);
        for name in ["0.tthc", "1.tthc", "catalogue.yaml"] {
            let file = fs::File::options().append(true).open(two.path().join("deeper/đây/procedures").join(name));
            file.and_then(|file| file.set_modified(long_ago)).expect("its age can be set");
        }
        let built = |folder: &Path, out: &str, environment: [(&str, &str); 5]| {
            let args = ["build", "--out", out];
            let ran = program(folder).args(args).envs(environment).stdin(Stdio::null()).output().expect("it runs");
            let ran = Ran::of(ran);
            assert_eq!(ran.code, 0, "{ran:?}");
            files_below(&folder.join(out))
        };
        let here = [
            ("TZ", "Asia/Ho_Chi_Minh"),
            ("LC_ALL", "vi_VN.UTF-8"),
            ("USER", "a"),
            ("RAYON_NUM_THREADS", "1"),
            ("HOME", "/"),
        ];
        let there = [
            ("TZ", "America/Los_Angeles"),
            ("LC_ALL", "C"),
            ("USER", "b"),
            ("RAYON_NUM_THREADS", "7"),
            ("HOME", "/tmp"),
        ];
        let (one, two) = (built(one.path(), "dist", here), built(&two.path().join("deeper/đây"), "ra/đó", there));
        assert!(["pdf", "docx"].iter().all(|ending| one.keys().filter(|path| path.ends_with(ending)).count() >= 10));
        assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
        for (path, bytes) in &one {
            assert!(*bytes == two[path], "{path} differs");
        }
    }

    #[test]
    fn every_file_is_in_the_manifest_with_its_hash_and_the_other_way_round() {
        let folder = TempDir::new().expect("a temporary folder");
        let out = folder.path().join("dist");
        assert_eq!(run(shipped(), &["build", "--no-pdf", "--out", &out.to_string_lossy()]).code, 0);
        let manifest = whole_build(&out);
        assert_eq!(manifest["schema"], "urn:thutuc:manifest:1");
        assert_eq!(manifest["place"], Value::Null);
        for path in [
            "index.html",
            "catalogue.json",
            "notices/1.001193.docx",
            "notices/1.001193.html",
            "charts/1.001193.svg",
            "charts/1.001193.mmd",
            "processes/1.001193.docx",
            "processes/1.001193.html",
            "json/1.001193.json",
            "decisions/1.001193.dmn",
            "decisions/1.001193.cases.json",
            "schema/procedure-1.json",
        ] {
            assert!(manifest["files"][path].is_string(), "{path}");
        }
        assert_eq!(leftovers(&folder), Vec::<String>::new());
    }

    #[test]
    fn files_for_opencps_are_made_on_demand_and_say_what_they_lack() {
        let text = "thủ tục 1.000001 \"Tên\" { quy trình { tiếp nhận \"Nhận\" { thời gian: 30 phút }; trả kết quả } }";
        let folder = catalogue(0);
        write(&folder, "procedures/0.tthc", text);
        says(&run(folder.path(), &["build", "--lang", "en"]), 0, "1 procedures");
        assert!(!folder.path().join("dist/opencps").exists());
        says(
            &run(folder.path(), &["build", "--lang", "en", "--opencps"]),
            0,
            "opencps: 1 processes; of 1 OpenCPS cannot",
        );
        let manifest = manifest(&folder.path().join("dist"));
        for name in ["opencps/1.000001.xml", "opencps/1.000001.txt"] {
            assert!(manifest["files"][name].is_string(), "{name} is not in the manifest");
        }
        assert!(read(&folder, "dist/opencps/1.000001.txt").contains("1. Nhận (30 minutes)"));
        assert!(read(&folder, "dist/opencps/1.000001.xml").contains("1. Nhận (30 minutes)"));
    }

    #[test]
    fn at_a_place_everything_is_built_as_it_stands_there() {
        let folder = TempDir::new().expect("a temporary folder");
        let out = folder.path().join("dist");
        let ran = run(shipped(), &["build", "--no-pdf", "--at", "Đồng-Tháp", "--out", &out.to_string_lossy()]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let manifest = whole_build(&out);
        assert_eq!(manifest["place"], "đồng-tháp");
        let listed = json(&out.join("catalogue.json"));
        let procedures = listed["procedures"].as_array().expect("a list");
        assert!(procedures.len() >= 17 && procedures.iter().all(|one| one["place"] == "đồng-tháp"), "{listed}");
        let pages = manifest["files"].as_object().expect("a map").keys().filter(|path| path.ends_with(".html"));
        let folders = ["notices", "procedures", "processes", "forms", "leaflets", "screens", "boards"]
            .map(|folder| format!("places/dong-thap/{folder}/"));
        let is_there = |path: &String| folders.iter().any(|folder| path.starts_with(folder));
        assert!(pages.filter(|path| *path != "index.html").all(is_there));
        let own = json(&out.join("places/dong-thap/json/1.013831.json"));
        assert_eq!(own["place_name"], "Tỉnh Đồng Tháp");
        assert!(own["origins"].as_array().is_some_and(|all| !all.is_empty()), "the province laid something over it");
        assert!(
            json(&out.join("places/dong-thap/json/1.001193.json"))["origins"].as_array().is_some_and(Vec::is_empty)
        );
    }

    #[test]
    fn a_place_of_the_nations_build_equals_the_build_at_that_place() {
        let folder = TempDir::new().expect("a temporary folder");
        let (nation, place) = (folder.path().join("nation"), folder.path().join("place"));
        assert_eq!(run(shipped(), &["build", "--no-pdf", "--out", &nation.to_string_lossy()]).code, 0);
        assert_eq!(
            run(shipped(), &["build", "--no-pdf", "--at", "đồng-tháp", "--out", &place.to_string_lossy()]).code,
            0
        );
        let place = files_below(&place);
        let shared: Vec<_> =
            files_below(&nation).into_iter().filter(|(path, _)| path.starts_with("places/dong-thap/")).collect();
        assert!(shared.len() >= 6, "it lays something over at least two procedures");
        // A page of the public catalogue names the other places of its build; the screen of a place shows those of the
        // nation beside its own, where they are built.
        let is_alike = |path: &str| {
            let path = path.trim_start_matches("places/dong-thap/");
            let names_others = path.starts_with("procedures/") && path.ends_with(".html");
            !names_others && path != "screens/index.html" && path != "screens/list.js"
        };
        for (path, bytes) in shared.into_iter().filter(|(path, _)| is_alike(path)) {
            assert!(place.get(&path) == Some(&bytes), "{path} differs");
        }
    }

    #[test]
    fn a_place_that_no_register_knows_is_refused() {
        let folder = TempDir::new().expect("a temporary folder");
        let out = folder.path().join("dist");
        let ran = run(shipped(), &["build", "--no-pdf", "--at", "sao-hỏa", "--out", &out.to_string_lossy()]);
        assert_ne!(ran.code, 0);
        assert!(ran.err.contains("“sao-hỏa”") && !out.exists(), "{ran:?}");
    }

    /// A procedure in force from 01/7/2025 is there on an earlier day only through an overlay that says how it was then.
    #[test]
    fn on_an_earlier_day_only_what_held_then_is_built() {
        let folder = catalogue(2);
        let later =
            read(&folder, "procedures/0.tthc").replace("hiệu lực:              chưa nhập", "hiệu lực: từ 01/7/2025");
        assert!(later.contains("từ 01/7/2025"), "the skeleton has the line: {later}");
        write(&folder, "procedures/0.tthc", &later);
        let changed = later.replace("1.000000", "1.000777");
        let before = "áp dụng 1.000777 từ 01/7/2021 đến 30/6/2025 {\n    thời hạn giải quyết: 22 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }\n}\n";
        write(&folder, "procedures/777.tthc", &format!("{changed}\n{before}"));
        let codes = |day: &str| -> Vec<String> {
            let ran = run(folder.path(), &["build", "--as-of", day]);
            assert_eq!(ran.code, 0, "{day}: {ran:?}");
            whole_build(&folder.path().join("dist"));
            let listed = json(&folder.path().join("dist/catalogue.json"));
            listed["procedures"].as_array().into_iter().flatten().map(|one| one["code"].to_string()).collect()
        };
        assert_eq!(codes("22/11/2026"), ["\"1.000000\"", "\"1.000001\"", "\"1.000777\""]);
        let today = json(&folder.path().join("dist/json/1.000777.json"));
        assert_eq!(codes("30/6/2025"), ["\"1.000001\"", "\"1.000777\""], "the last day of the overlay");
        assert_eq!(codes("01/7/2025"), ["\"1.000000\"", "\"1.000001\"", "\"1.000777\""], "the first day after it");
        assert_eq!(codes("30/6/2021"), ["\"1.000001\""], "before all of it");
        assert_eq!(codes("01/01/2024"), ["\"1.000001\"", "\"1.000777\""]);
        let old = json(&folder.path().join("dist/json/1.000777.json"));
        assert_eq!(manifest(&folder.path().join("dist"))["as_of"], "2024-01-01");
        assert_eq!(old["as_of"], "2024-01-01");
        let limit = |json: &Value| json["deadlines"][0]["limit"]["general"]["value"].clone();
        assert_eq!((&limit(&old)["amount"], &limit(&old)["unit"]), (&22.0.into(), &"working-days".into()));
        assert_eq!(limit(&today), Value::Null, "today it is a gap");
    }

    #[test]
    fn today_is_a_day_too() {
        let folder = catalogue(1);
        assert_eq!(run(folder.path(), &["build", "--as-of", "today"]).code, 0);
        whole_build(&folder.path().join("dist"));
    }

    #[test]
    fn english_pages_are_english() {
        let folder = catalogue(1);
        assert_eq!(run(folder.path(), &["build", "--lang", "en"]).code, 0);
        assert_eq!(whole_build(&folder.path().join("dist"))["lang"], "en");
        assert!(read(&folder, "dist/notices/1.000000.html").contains("<html lang=\"en\">"));
        assert!(read(&folder, "dist/index.html").contains("<html lang=\"en\">"));
    }

    #[test]
    fn a_release_is_refused_while_holes_are_left_and_the_earlier_build_stays() {
        let folder = catalogue(2);
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        let before = files_below(&folder.path().join("dist"));
        set_version(folder.path(), "2");
        let ran = run(folder.path(), &["build", "--release"]);
        says(&ran, 1, "chưa nhập");
        says(&ran, 1, "bản dựng trước vẫn nguyên vẹn");
        assert!(files_below(&folder.path().join("dist")) == before);
        assert_eq!(run(folder.path(), &["check", "--release"]).code, 1);
        assert_eq!(leftovers(&folder), Vec::<String>::new());
    }

    #[test]
    fn errors_stop_a_build_and_the_earlier_one_stays() {
        let folder = catalogue(1);
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        let before = files_below(&folder.path().join("dist"));
        write(&folder, "procedures/faulty.tthc", FAULTY);
        says(&run(folder.path(), &["build"]), 1, "faulty.tthc:2:26");
        assert!(files_below(&folder.path().join("dist")) == before);
    }

    #[test]
    fn a_build_replaces_the_earlier_one_whole() {
        let folder = catalogue(3);
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        fs::remove_file(folder.path().join("procedures/2.tthc")).expect("it is there");
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        whole_build(&folder.path().join("dist"));
        assert!(!folder.path().join("dist/notices/1.000002.html").exists());
        assert_eq!(leftovers(&folder), Vec::<String>::new());
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_replaced() {
        let folder = catalogue(1);
        write(&folder, "thesis/chapter-1.txt", "mười năm");
        let ran = run(folder.path(), &["build", "--out", "thesis"]);
        says(&ran, 2, "thesis đã có và không phải bản dựng của thutuc");
        assert_eq!(read(&folder, "thesis/chapter-1.txt"), "mười năm");
        assert_eq!(leftovers(&folder), ["thesis"]);
        fs::create_dir(folder.path().join("empty")).expect("it can be made");
        assert_eq!(run(folder.path(), &["build", "--out", "empty"]).code, 0, "an empty folder is nobody's");
        whole_build(&folder.path().join("empty"));
    }

    #[test]
    fn a_place_that_cannot_be_written_is_said_and_the_sources_stay() {
        let folder = catalogue(1);
        write(&folder, "file", "text");
        for out in ["file", "file/dist", "file/deep/er"] {
            says(&run(folder.path(), &["build", "--out", out]), 2, &format!("lỗi: không ghi được {out}: "));
        }
        assert_eq!(read(&folder, "file"), "text");
        if cfg!(target_os = "linux") {
            // Nobody makes a folder there, whatever the permissions of who runs the tests.
            says(
                &run(folder.path(), &["build", "--out", "/proc/nobody/dist"]),
                2,
                "lỗi: không ghi được /proc/nobody/dist: ",
            );
        }
        assert_eq!(leftovers(&folder), ["file"]);
    }

    #[test]
    fn names_of_files_come_from_codes_alone() {
        let folder = catalogue(1);
        let text = read(&folder, "procedures/0.tthc").replace("Thủ tục số 0", "../../../tmp/x <script> \u{202e} NUL:");
        write(&folder, "procedures/0.tthc", &text);
        assert_eq!(run(folder.path(), &["build", "--no-pdf"]).code, 0);
        let names: Vec<String> = files_below(&folder.path().join("dist")).into_keys().collect();
        assert!(names.contains(&"notices/1.000000.html".to_owned()), "{names:?}");
        let is_plain = |name: &String| {
            let letters = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._/".contains(letter));
            letters && !name.contains("..") && !name.starts_with('/')
        };
        let odd: Vec<&String> = names.iter().filter(|name| !is_plain(name)).collect();
        assert_eq!(odd, Vec::<&String>::new());
    }

    fn json(path: &Path) -> Value {
        common::json(path)
    }
}

/// What a build leaves to others while it runs, and when it dies.
mod interrupted {
    use super::*;

    /// How many files the build of a process has written.
    fn unfinished(folder: &Path, process: u32) -> Option<usize> {
        let own = format!(".thutuc-build-{process}-");
        let entries = fs::read_dir(folder).expect("a folder").flatten();
        let mut open = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&own));
        let path = open.next()?.path();
        let inside = ["notices", "json"].map(|name| fs::read_dir(path.join(name)).map_or(0, Iterator::count));
        Some(inside.iter().sum())
    }

    #[test]
    fn a_killed_build_leaves_the_earlier_one_whole_and_the_next_sweeps_up() {
        let folder = catalogue(250);
        let dist = folder.path().join("dist");
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        let mut version = manifest(&dist)["version"].clone();
        let mut died_writing = 0;
        // Killed as soon as it has written so many files; none stands for before it has begun to.
        for (round, files) in
            [None, Some(0), Some(1), Some(60), Some(200), Some(350), Some(450), Some(499)].into_iter().enumerate()
        {
            let next = format!("killed-{round}");
            set_version(folder.path(), &next);
            let mut child = program(folder.path())
                .args(["build", "--no-pdf"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("it starts");
            let ended = loop {
                if let Some(status) = child.try_wait().expect("it can be asked") {
                    break Some(status);
                }
                match (files, unfinished(folder.path(), child.id())) {
                    (None, _) => break None,
                    (Some(files), Some(written)) if written >= files => break None,
                    (Some(_), _) => std::thread::yield_now(),
                }
            };
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
            let left = leftovers(&folder);
            assert!(left.len() <= 1, "a build sweeps up what the one before it left: {left:?}");
            let now = whole_build(&dist)["version"].clone();
            if ended.is_none() && !left.is_empty() {
                // Dead while it wrote, or while it removed the old build after the change.
                died_writing += 1;
            }
            assert!(now == version || now == next.as_str(), "{now}");
            version = now;
        }
        assert!(died_writing > 0, "no build was killed while it wrote");
        set_version(folder.path(), "after");
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        assert_eq!(whole_build(&dist)["version"], "after");
        assert_eq!(leftovers(&folder), Vec::<String>::new());
    }

    #[test]
    fn an_unfinished_build_whose_process_lives_is_left_alone() {
        let folder = catalogue(1);
        let own = format!(".thutuc-build-{}-begins", std::process::id());
        fs::create_dir(folder.path().join(&own)).expect("it can be made");
        write(&folder, ".thutuc-build-999999999-writes/notices/1.000000.html", "");
        write(&folder, ".thutuc-build-999999999-ends/manifest.json", "{}");
        write(&folder, ".thutuc-build-unnamed/manifest.json", "{}");
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        assert_eq!(leftovers(&folder), [own]);
    }

    #[test]
    fn a_build_that_stopped_between_two_renames_is_put_back() {
        let folder = catalogue(1);
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        let whole = files_below(&folder.path().join("dist"));
        fs::rename(folder.path().join("dist"), folder.path().join("dist.truoc")).expect("it can be renamed");
        // This one is refused for its holes only after the folder is looked at by the next good build.
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        assert!(files_below(&folder.path().join("dist")) == whole);
        assert_eq!(leftovers(&folder), Vec::<String>::new());
    }

    #[test]
    fn a_reader_always_sees_one_whole_build() {
        let folder = catalogue(3);
        let dist = folder.path().join("dist");
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        let done = AtomicBool::new(false);
        let (rounds, versions) = std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let (mut rounds, mut versions) = (0, BTreeMap::<String, usize>::new());
                while !done.load(Ordering::Relaxed) || rounds == 0 {
                    let manifest = whole_build(&dist);
                    *versions.entry(manifest["version"].to_string()).or_default() += 1;
                    rounds += 1;
                }
                (rounds, versions)
            });
            for round in 0..10 {
                set_version(folder.path(), &format!("round-{round}"));
                let ran = run(folder.path(), &["build"]);
                assert_eq!(ran.code, 0, "{ran:?}");
            }
            done.store(true, Ordering::Relaxed);
            reader.join().expect("every read found one whole build")
        });
        assert!(rounds > 0 && !versions.is_empty());
        assert_eq!(manifest(&dist)["version"], "round-9");
        assert_eq!(leftovers(&folder), Vec::<String>::new());
    }

    #[test]
    fn two_builds_at_once_leave_one_whole_build() {
        let folder = catalogue(40);
        for _ in 0..5 {
            let start = || -> std::process::Child {
                let mut command: Command = program(folder.path());
                command
                    .args(["build", "--no-pdf"])
                    .stdout(Stdio::null())
                    .stderr(Stdio::piped())
                    .spawn()
                    .expect("it starts")
            };
            for child in [start(), start()] {
                let ran = Ran::of(child.wait_with_output().expect("it ends"));
                assert_eq!(ran.code, 0, "{ran:?}");
            }
            whole_build(&folder.path().join("dist"));
            assert_eq!(leftovers(&folder), Vec::<String>::new());
        }
    }
}

mod help {
    use super::*;

    fn all(lang: &str) -> String {
        let folder = TempDir::new().expect("a temporary folder");
        let mut text = String::new();
        for command in ["", "check", "form", "build", "fmt", "explain", "serve", "templates", "new"] {
            let args: Vec<&str> =
                [command, "--help", "--lang", lang].into_iter().filter(|arg| !arg.is_empty()).collect();
            let ran = run(folder.path(), &args);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""));
            text.push_str(&format!("$ thutuc {}\n{}\n", args.join(" "), ran.out));
        }
        text
    }

    #[test]
    fn in_vietnamese() {
        insta::assert_snapshot!("help_vi", all("vi"));
    }

    #[test]
    fn in_english() {
        insta::assert_snapshot!("help_en", all("en"));
    }
}

/// One case asked for, and worked examples tried.
mod show {
    use super::*;

    const OVER: &str = "\náp dụng 1.000001 tại đồng-nai theo nđ-118-2025 { thời hạn giải quyết: 02 ngày làm việc; liên hệ: \"1022\" }\n\
        áp dụng 1.000001 đến 30/6/2025 { thời hạn giải quyết: 05 ngày làm việc }\n";

    fn catalogue() -> TempDir {
        let folder = TempDir::new().expect("a temporary folder");
        let text = "thủ tục 1.000001 \"Đăng ký\" {\n    cơ quan có thẩm quyền: ubnd-xã\n    thời hạn giải quyết: 03 ngày làm việc theo Điều 8 nđ-118-2025 { khi cách thức là trực tuyến: 01 ngày làm việc }\n}\n";
        fs::create_dir(folder.path().join("procedures")).expect("a folder");
        fs::write(folder.path().join("procedures/1.tthc"), format!("{text}{OVER}")).expect("a file");
        folder
    }

    fn shown(args: &[&str]) -> Ran {
        run(catalogue().path(), &[&["show", "1.000001", "--as-of", "22/11/2026"], args].concat())
    }

    #[test]
    fn every_line_says_where_it_comes_from() {
        let nation = shown(&["--why"]);
        assert_eq!(nation.code, 0, "{nation:?}");
        for line in [
            "  - Thời hạn giải quyết: 03 ngày làm việc\n      theo Điều 8 Nghị định 118/2025/NĐ-CP\n      do thủ tục gốc (1.tthc:3)\n",
            "  - Thời hạn giải quyết: 01 ngày làm việc, khi nộp trực tuyến\n      do thủ tục gốc (1.tthc:3)\n",
        ] {
            assert!(nation.out.contains(line), "{}", nation.out);
        }
        let place = shown(&["--at", "đồng-nai", "--why"]);
        let line = "  - Thời hạn giải quyết: 02 ngày làm việc\n      do Thành phố Đồng Nai, Nghị định 118/2025/NĐ-CP (1.tthc:6)\n";
        assert!(place.out.contains(line) && place.out.contains("do thủ tục gốc (1.tthc:2)"), "{}", place.out);
        assert!(
            !place.out.contains("03 ngày") && !place.out.contains("01 ngày"),
            "what is replaced is gone: {}",
            place.out
        );
        let plain = shown(&[]);
        assert!(!plain.out.contains("1.tthc") && plain.out.contains("03 ngày làm việc"), "{}", plain.out);
    }

    #[test]
    fn on_an_earlier_day_and_as_data() {
        let earlier = run(catalogue().path(), &["show", "1.000001", "--as-of", "01/01/2025", "--json"]);
        let shown: Value = serde_json::from_str(&earlier.out).expect("JSON");
        assert_eq!((&shown["as_of"], &shown["in_force"]), (&"2025-01-01".into(), &true.into()));
        let parts = shown["parts"].as_array().expect("parts");
        let limits = parts.iter().find(|part| part["title"] == "Thời hạn giải quyết").expect("time limits");
        assert_eq!(limits["lines"][0]["text"], "Thời hạn giải quyết: 05 ngày làm việc");
        assert_eq!(limits["lines"][0]["source"], "1.tthc:7");
        let unknown = run(catalogue().path(), &["show", "1.000002"]);
        assert_eq!((unknown.code, unknown.err.as_str()), (2, "lỗi: bộ thủ tục không có mã 1.000002\n"));
    }
}

mod cases {
    use super::*;

    /// A procedure with a deadline by case, a fee by number, and an example that holds.
    const COPIES: &str = r#"thủ tục 1.000001 "Sao lục" {
    cách thức thực hiện: trực tiếp, trực tuyến toàn trình
    trường hợp {
        số-bản: số nguyên từ 1 đến 20 "bản" "Số bản"
        khẩn:   có hoặc không "Yêu cầu khẩn"
    }
    thành phần hồ sơ: 01 bộ { nộp tờ-khai "Tờ khai" { bản chính: 01 };  nộp giấy-khẩn "Giấy đề nghị giải quyết khẩn" { bản chính: 01;  khi: khẩn } }
    thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ;  khi khẩn: trong ngày, nhận sau 15 giờ thì ngày làm việc tiếp theo }
    phí: 8.000 đồng × số-bản theo tt-281-2016-btc
    ví dụ "Ba bản" { trường hợp: số-bản là 3, không khẩn;  nộp lúc: 09:00 ngày 29/4/2026;  hồ sơ: tờ-khai;  phí: 24.000 đồng;  hẹn trả: ngày 06/5/2026 }
}
"#;

    fn copies() -> TempDir {
        let folder = TempDir::new().expect("a temporary folder");
        set_version(folder.path(), "1");
        write(&folder, "procedures/sao-luc.tthc", COPIES);
        folder
    }

    #[test]
    fn a_case_comes_with_its_papers_money_and_date_and_why() {
        let folder = copies();
        let asked =
            ["when", "1.000001", "--filed", "16:20 29/4/2026", "--with", "số-bản=2", "--with", "khẩn=có", "--why"];
        let ran = run(folder.path(), &asked);
        for part in [
            "Giấy đề nghị giải quyết khẩn",
            "Phí: 16.000 đồng",
            "17:00 ngày 04/5/2026",
            "nhận sau 15:00: tính cho ngày làm việc tiếp theo",
            "30/4/2026: Ngày Chiến thắng",
        ] {
            says(&ran, 0, part);
        }
        let ran = run(folder.path(), &["when", "1.000001", "--filed", "29/4/2026", "--with", "không khẩn", "--json"]);
        let answer: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
        assert_eq!(answer["schema"], "urn:thutuc:answer:1");
        assert_eq!(answer["dates"][0]["due"], "2026-05-06T17:00");
        assert_eq!(answer["documents"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn what_is_open_is_asked_or_said_by_case() {
        let folder = copies();
        let ran = run(folder.path(), &["when", "1.000001", "--filed", "10:00 27/3/2026"]);
        says(&ran, 0, "17:00 ngày 27/3/2026 (khi yêu cầu khẩn)");
        says(&ran, 0, "17:00 ngày 01/4/2026 (khi không yêu cầu khẩn)");
        says(&ran, 0, "cần biết số bản");
    }

    #[test]
    fn a_question_that_makes_no_sense_is_told_so() {
        let folder = copies();
        for (asked, part) in [
            (["when", "1.000009", "--filed", "29/4/2026"], "không có mã 1.000009"),
            (["when", "1.000001", "--with", "số-ban=2"], "có phải ý là số-bản?"),
            (["when", "1.000001", "--with", "số-bản=hai"], "là một số"),
            (["when", "1.000001", "--filed", "31/4/2026"], "không có ngày 31/4/2026"),
            (["when", "1.000001", "--filed", "01/01/1990"], "lịch làm việc không có ngày này"),
            (["when", "1.000001", "--event", "ký=10:00 29/4/2026"], "không có bước nào"),
        ] {
            says(&run(folder.path(), &asked), 2, part);
        }
    }

    #[test]
    fn examples_are_tried_and_what_differs_is_an_error() {
        let folder = copies();
        says(&run(folder.path(), &["test"]), 0, "1 ví dụ, 0 chỗ không khớp");
        write(&folder, "procedures/sao-luc.tthc", &COPIES.replace("ngày 06/5/2026", "ngày 05/5/2026"));
        let ran = run(folder.path(), &["test"]);
        says(&ran, 1, "TT431");
        says(&ran, 1, "ví dụ ghi 05/5/2026, tính ra 06/5/2026");
        says(&run(folder.path(), &["test", "--propose"]), 1, "nộp lúc: 08:00 ngày");
        says(&run(folder.path(), &["test", "--table", "bang"]), 1, "Đã ghi bảng trường hợp của 1 thủ tục");
        assert!(read(&folder, "bang/1.000001.csv").contains("8.000 đồng × số bản"));
        assert!(read(&folder, "bang/1.000001.html").contains("<td>Yêu cầu khẩn</td>"));
    }

    #[test]
    fn an_example_that_leaves_something_open_must_come_out_the_same() {
        let folder = copies();
        write(&folder, "procedures/sao-luc.tthc", &COPIES.replace("số-bản là 3, không khẩn", "số-bản là 3"));
        let ran = run(folder.path(), &["test"]);
        says(&ran, 1, "khi yêu cầu khẩn");
    }

    #[test]
    fn proofs_are_kept_and_made_anew_when_asked() {
        let folder = copies();
        let first = run(folder.path(), &["check", "--format", "short"]);
        for again in [vec!["check", "--format", "short"], vec!["check", "--full", "--format", "short"]] {
            assert_eq!(run(folder.path(), &again).out, first.out);
        }
    }
}
