//! `thutuc due`: what falls due, and when.

use jiff::civil::date;
use serde_json::Value;
use thutuc::compile::{Catalogue, FileKind, Input};
use thutuc::due::{Change, Due, Lacks, What, Window, due};
use thutuc::emit::{due_ics, due_json, due_text};
use thutuc::lang::Lang;

use super::common::{Ran, run};
use super::support;

const ACTS: &str = r#"
- { id: nđ-300, number: "300/2026/NĐ-CP", kind: nghị định, issuer: "Chính phủ", title: "Một", signed: "20/10/2026", in_force: { from: "05/12/2026" } }
- { id: nđ-301, number: "301/2026/NĐ-CP", kind: nghị định, issuer: "Chính phủ", title: "Hai", signed: "20/11/2026", in_force: { from: "20/11/2026" } }
- { id: nđ-302, number: "302/2026/NĐ-CP", kind: nghị định, issuer: "Chính phủ", title: "Ba" }
- { id: nđ-10, number: "10/2010/NĐ-CP", kind: nghị định, issuer: "Chính phủ", title: "Bốn", in_force: { until: "31/12/2026" }, replaced_by: [nđ-303] }
- { id: nđ-303, number: "303/2026/NĐ-CP", kind: nghị định, issuer: "Chính phủ", title: "Năm", signed: "01/11/2026", in_force: { from: "01/01/2027" } }
- { id: qđ-đúng, number: "11/QĐ-BTP", kind: quyết định, issuer: "Bộ Tư pháp", title: "Sáu", signed: "10/11/2026" }
- { id: qđ-muộn, number: "12/QĐ-BTP", kind: quyết định, issuer: "Bộ Tư pháp", title: "Bảy", signed: "16/11/2026" }
- { id: qđ-đồng-nai, number: "13/2026/QĐ-UBND", kind: quyết định, issuer: "Ủy ban nhân dân thành phố Đồng Nai", title: "Tám", signed: "02/11/2026" }
- { id: qđ-thiếu, number: "14/QĐ-BTP", kind: quyết định, issuer: "Bộ Tư pháp", title: "Chín" }
"#;

/// One procedure with a line of its own, and what is laid over it.
fn catalogue(line: &str, over: &str, place: Option<&str>) -> Catalogue {
    let text = format!("thủ tục 1.000001 \"Ví dụ\" {{\n{line}\n}}\n{over}");
    let acts = Input { kind: FileKind::Register, name: "registers/acts.yaml".to_owned(), bytes: ACTS.into() };
    let inputs = support::with_shipped_registers(vec![support::procedure_file("a.tthc", text), acts]);
    let options = thutuc::compile::Options { place: place.map(str::to_owned), ..support::options(Lang::Vi) };
    Catalogue::read(inputs, options)
}

const WINDOW: Window = Window { back: 90, ahead: 90 };

fn good(ran: Ran) -> String {
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.out
}

/// `what day late` of every duty.
fn said(found: &Due<'_>) -> Vec<String> {
    let one = |duty: &thutuc::due::Duty<'_>| {
        let late = duty.late(found.as_of).map_or_else(String::new, |days| format!(" muộn {days}"));
        format!("{:?} {}{late}", duty.what, duty.day)
    };
    found.duties.iter().map(one).collect()
}

#[track_caller]
fn check(line: &str, over: &str, expected: &[&str]) {
    let catalogue = catalogue(line, over, None);
    assert_eq!(said(&due(&catalogue, WINDOW)), expected);
}

#[test]
fn a_ministry_has_until_twenty_days_before_and_ten_working_days() {
    // 24/11/2026 is a day off: ten working days after 15/11 end on 30/11.
    let expected = ["Decision 2026-11-15 muộn 7", "Database 2026-11-30", "Posting 2026-12-05"];
    check("căn cứ pháp lý: nđ-300", "", &expected);
}

#[test]
fn a_place_has_until_five_days_before_and_five_working_days() {
    let over = "áp dụng 1.000001 tại đồng-nai từ 10/12/2026 theo qđ-đồng-nai { liên hệ: \"1022\" }";
    check("ghi chú: \"a\"", over, &["Decision 2026-12-05", "Posting 2026-12-10", "Database 2026-12-11"]);
    // The province announces the list of what the nation sets, too.
    let catalogue = catalogue("căn cứ pháp lý: nđ-300", "", Some("đồng-nai"));
    assert_eq!(said(&due(&catalogue, WINDOW)), ["Decision 2026-11-30", "Posting 2026-12-05", "Database 2026-12-07"]);
}

#[test]
fn an_act_in_force_at_once_is_announced_within_three_days() {
    let expected = ["Decision 2026-11-23", "Posting 2026-11-23", "Database 2026-11-26"];
    check("căn cứ pháp lý: nđ-301", "", &expected);
}

#[test]
fn a_decision_that_was_signed_counts() {
    let line = "quyết định công bố: qđ-đúng\nhiệu lực: từ 01/12/2026";
    check(line, "", &["Database 2026-11-25", "Posting 2026-12-01"]);
    let line = "quyết định công bố: qđ-muộn\nhiệu lực: từ 01/12/2026";
    check(line, "", &["Decision 2026-11-11 muộn 5", "Database 2026-12-01", "Posting 2026-12-01"]);
    // Signed before the act was: it announces something else.
    let line = "quyết định công bố: qđ-đúng\ncăn cứ pháp lý: nđ-301";
    check(line, "", &["Decision 2026-11-23", "Posting 2026-11-23", "Database 2026-11-26"]);
}

#[test]
fn what_replaces_an_act_and_what_ends_are_changes() {
    let catalogue = catalogue("căn cứ pháp lý: nđ-10\nhiệu lực: đến 30/11/2026", "", None);
    let found = due(&catalogue, WINDOW);
    let changes: Vec<(Change, What, _)> =
        found.duties.iter().map(|duty| (duty.event.change, duty.what, duty.event.from)).collect();
    assert!(changes.contains(&(Change::BasisEnds, What::Decision, date(2027, 1, 1))), "{changes:?}");
    assert!(changes.contains(&(Change::Abolished, What::Posting, date(2026, 12, 1))), "{changes:?}");
}

#[track_caller]
fn keeps_to_its_schema(value: &Value) {
    let schemas = thutuc::emit::schemas();
    let (_, schema) = schemas.iter().find(|(name, _)| *name == "due-1.json").expect("it is published");
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("it can be used");
    let faults: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (key, wrong) in [("what", "báo cáo"), ("publisher", "huyện"), ("change", "khác")] {
        if let Some(duty) = value["duties"].get(0) {
            assert!(duty[key].is_string(), "{duty}");
            let mut bad = value.clone();
            bad["duties"][0][key] = wrong.into();
            assert!(!validator.is_valid(&bad), "{key}: {wrong}");
        }
    }
}

/// A text of a calendar may hold anything: lines are cut between letters, and what means something is marked.
#[test]
fn a_calendar_of_long_names_is_read_back() {
    let act = "{ id: nđ-310, number: \"310/2026/NĐ-CP\", kind: nghị định, issuer: \"Chính phủ; A, B\\\\C\", title: \"Một\", signed: \"20/10/2026\", in_force: { from: \"05/12/2026\" } }";
    let name = "Ưỡng ẹo; nghĩa, vụ \\ Ễ".repeat(12);
    let text = format!("thủ tục 1.000001 \"{}\" {{\ncăn cứ pháp lý: nđ-310\n}}", name.replace('\\', "\\\\"));
    let acts = format!("- {act}\n");
    let acts = Input { kind: FileKind::Register, name: "registers/acts.yaml".to_owned(), bytes: acts.into() };
    let inputs = support::with_shipped_registers(vec![support::procedure_file("a.tthc", text), acts]);
    let catalogue = Catalogue::read(inputs, support::options(Lang::Vi));
    let kept = catalogue.procedures[0].name.value.clone();
    let found = due(&catalogue, WINDOW);
    let ics = due_ics(&catalogue, &found);
    assert!(ics.ends_with("\r\n") && ics.matches('\n').count() == ics.matches("\r\n").count());
    assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{ics}");
    let read =
        ics.replace("\r\n ", "").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
    assert!(read.contains(&kept), "{kept}\n{read}");
    assert_eq!(ics, due_ics(&catalogue, &due(&catalogue, WINDOW)), "no clock");

    let nothing = self::catalogue("phí, lệ phí: không", "", None);
    let empty = due_ics(&nothing, &due(&nothing, WINDOW));
    assert!(!empty.contains("VEVENT") && empty.contains("BEGIN:VTIMEZONE\r\n"), "{empty}");
}

#[test]
fn what_the_register_lacks_is_said() {
    let line = "quyết định công bố: qđ-thiếu\nhiệu lực: từ 01/12/2026\ncăn cứ pháp lý: nđ-302";
    let catalogue = catalogue(line, "", None);
    let found = due(&catalogue, WINDOW);
    let lacks: Vec<(&str, Lacks)> = found.unknown.iter().map(|one| (one.act.id.as_str(), one.lacks)).collect();
    assert_eq!(lacks, [("nđ-302", Lacks::SignedAndInForce), ("qđ-thiếu", Lacks::DecisionSigned)]);
    let text = due_text(&catalogue, &found);
    assert!(text.contains("Nghị định 302/2026/NĐ-CP: danh mục không ghi ngày ký, ngày có hiệu lực"), "{text}");
    keeps_to_its_schema(&serde_json::from_str(&due_json(&catalogue, &found)).expect("JSON"));
    let mut english = catalogue;
    english.options.lang = Lang::En;
    let text = due_text(&english, &due(&english, WINDOW));
    assert!(text.contains("\n\nNOT KNOWN\n"), "{text}");
}

#[test]
fn as_text_as_data_and_as_a_calendar() {
    let catalogue = catalogue("căn cứ pháp lý: nđ-300", "", None);
    let found = due(&catalogue, WINDOW);
    insta::assert_snapshot!("due_text", due_text(&catalogue, &found));
    let json: Value = serde_json::from_str(&due_json(&catalogue, &found)).expect("JSON");
    assert_eq!(json["schema"], "urn:thutuc:due:1");
    keeps_to_its_schema(&json);
    let first = &json["duties"][0];
    assert_eq!((&first["what"], &first["day"], &first["late"]), (&"decision".into(), &"2026-11-15".into(), &7.into()));
    let ics = due_ics(&catalogue, &found);
    assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{ics}");
    assert_eq!(ics.matches("BEGIN:VEVENT\r\n").count(), 3);
    let unfolded = ics.replace("\r\n ", "");
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20261115\r\nSUMMARY:Bộ\\, cơ quan ngang bộ ký"), "{unfolded}");
    let uids: std::collections::BTreeSet<&str> =
        unfolded.lines().filter_map(|line| line.strip_prefix("UID:")).collect();
    assert_eq!(uids.len(), 3);
}

#[test]
fn of_the_shipped_catalogue() {
    let root = super::common::shipped();
    let text = good(run(root, &["due", "--as-of", "22/11/2026"]));
    assert!(text.contains("Luật 03/2026/QH16 thay thế Luật 60/2014/QH13 từ ngày 01 tháng 3 năm 2027"), "{text}");
    assert!(good(run(root, &["due", "--as-of", "22/11/2026", "--within", "10"])).contains("CHƯA TÍNH ĐƯỢC"));
    let ran = run(root, &["due", "--at", "bình-phước", "--as-of", "22/11/2026"]);
    assert!(ran.code == 2 && ran.err.contains("--at đồng-nai"), "{ran:?}");
}
