//! The process in JSON and for OpenCPS: one small procedure whole, and what must hold of every one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use thutuc::compile::{Catalogue, Options};
use thutuc::lang::Lang;

use super::{Built, json, options, read_shipped, read_text};

const SMALL: &str = "thủ tục 1.000001 \"Đăng ký\" {
    trường hợp { gấp: có hoặc không \"Cần gấp\"; xa: có hoặc không \"Ở xa\" }
    thành phần hồ sơ: 01 bộ { nộp \"Tờ khai\" }
    thời hạn giải quyết: 05 ngày làm việc
    kết quả { trích-lục \"Trích lục\"; từ chối tb \"Thông báo từ chối\" }
    yêu cầu, điều kiện { điều kiện đủ \"Đủ điều kiện\" }
    quy trình {
        chức danh một-cửa \"Công chức tiếp nhận\" thuộc ubnd-xã
        chức danh lãnh-đạo \"Lãnh đạo\" thuộc ubnd-xã
        chức danh công-an \"Công an\" thuộc công-an-xã
        tiếp nhận \"Tiếp nhận\" {
            trách nhiệm: một-cửa; thời gian: ngay
            bổ sung { tối đa: 02 lần; báo trong: 03 ngày làm việc; chờ: 30 ngày; tính thời hạn: tạm dừng theo chưa nhập; ký: lãnh-đạo }
        }
        đồng thời {
            nhánh \"Công an\" {
                chuyển \"Chuyển công an\" { trách nhiệm: một-cửa; đến: công-an; thời gian: ngay; nhận trong: 04 giờ làm việc; quá hạn: báo cáo lãnh-đạo }
                bước \"Xác minh\" { trách nhiệm: công-an; thời gian: 02 ngày làm việc { khi xa: 03 ngày làm việc } }
            }
            nhánh { bước gọi \"Gọi điện\" { trách nhiệm: một-cửa; khi: gấp; thời gian: 02 giờ } }
        }
        lấy ý kiến hỏi-ý-kiến \"Hỏi ý kiến\" { trách nhiệm: lãnh-đạo; hỏi: công-an-xã; thời gian: 01 ngày làm việc; quá hạn: coi như đồng ý theo chưa nhập }
        khi không đủ { từ chối \"Từ chối\" { trách nhiệm: lãnh-đạo; thời gian: ngay; sản phẩm: tb } }
        ký \"Ký\" { trách nhiệm: lãnh-đạo; thời gian: 04 giờ làm việc; sản phẩm: trích-lục; không đồng ý: trả lại hỏi-ý-kiến }
        trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
    }
}
";

/// A build with the files for OpenCPS.
fn with_opencps(catalogue: Catalogue) -> BTreeMap<String, String> {
    Built::with(&catalogue, &thutuc::emit::Wanted { opencps: true, ..thutuc::emit::Wanted::default() })
}

fn process_of(text: &str) -> Value {
    let catalogue = read_text(text, Lang::Vi);
    let errors: Vec<_> = catalogue.reading.iter().map(|one| &one.message).collect();
    assert!(errors.is_empty(), "{errors:?}");
    json(&Built::of(&catalogue), "json/1.000001.json")["process"].take()
}

/// The table of states, a line for each way.
fn ways(process: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = Vec::new();
    for state in process["states"].as_array().expect("states") {
        for action in state["actions"].as_array().expect("actions") {
            for next in action["next"].as_array().expect("what is next") {
                let when = next["when"]["text"].as_str().map(|when| format!(" [{when}]")).unwrap_or_default();
                lines.push(format!(
                    "{} {} {}{when}",
                    text(&state["id"]),
                    text(&action["answer"]),
                    text(&next["state"])
                ));
            }
        }
    }
    lines
}

/// A value with a line for each thing it lists.
fn rows(process: &Value) -> String {
    let mut text = String::new();
    for (key, value) in process.as_object().expect("an object") {
        text.push_str(&format!("{key}\n"));
        let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        list.iter().for_each(|one| text.push_str(&format!("    {one}\n")));
    }
    text
}

#[test]
fn a_small_process_as_json() {
    insta::assert_snapshot!("json_process", rows(&process_of(SMALL)));
}

#[test]
fn a_small_process_for_opencps() {
    let files = with_opencps(read_text(SMALL, Lang::Vi));
    let xml = &files["opencps/1.000001.xml"];
    let stamped = xml.lines().map(|line| if line.starts_with("<description>") { "<description>…" } else { line });
    insta::assert_snapshot!("opencps_process", stamped.collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!("opencps_losses", files["opencps/1.000001.txt"]);
}

#[test]
fn conditions_of_nested_choices_are_those_that_matter() {
    let process = process_of(
        "thủ tục 1.000001 \"Tên\" {
    trường hợp { a: có hoặc không \"A\"; b: có hoặc không \"B\"; c: có hoặc không \"C\" }
    quy trình {
        bước một \"Một\"
        khi a { }
        khi a { khi không b { bước hai \"Hai\" } }
        khi c { bước ba \"Ba\" } ngược lại { khi b { } ngược lại { } }
        bước bốn \"Bốn\"
    }
}",
    );
    let from_one: Vec<String> = ways(&process).into_iter().filter(|way| way.starts_with("mot ")).collect();
    let skipped = "((A và B) hoặc không thuộc trường hợp “A”)";
    let expected = [
        "mot done hai [A và không thuộc trường hợp “B”]".to_owned(),
        format!("mot done ba [{skipped} và C]"),
        format!("mot done bon [{skipped} và không thuộc trường hợp “C”]"),
    ];
    assert_eq!(from_one, expected);
}

/// Each row of choices can be gone through in several ways; what is said of them must not double with every row.
#[test]
fn many_choices_in_a_row_stay_small() {
    let rows = "khi a { khi không b { bước \"X\" } } khi b { } ngược lại { }\n".repeat(40);
    let text = format!(
        "thủ tục 1.000001 \"Tên\" {{ trường hợp {{ a: có hoặc không \"A\"; b: có hoặc không \"B\" }} quy trình {{ bước \"Một\"\n{rows} bước \"Cuối\" }} }}"
    );
    let process = process_of(&text);
    assert_eq!(process["states"].as_array().map(Vec::len), Some(44));
    assert!(process.to_string().len() < 3_000_000, "{}", process.to_string().len());
}

#[test]
fn branches_are_entered_together_and_awaited() {
    let process = process_of(SMALL);
    let from: Vec<String> = ways(&process).into_iter().filter(|way| way.starts_with("tiep_nhan du ")).collect();
    assert_eq!(from.len(), 3, "{from:?}");
    let states = process["states"].as_array().expect("states");
    let join = states.iter().find(|state| state["kind"] == "join").expect("a join");
    assert_eq!(join["awaits"], 2);
}

#[test]
fn steps_of_a_shared_process_stand_where_it_is_performed() {
    let process = process_of(
        "quy trình con xác-minh \"Xác minh\" {
    chức danh người-xét \"Người xét\" thuộc công-an-xã
    kiểm tra xem \"Xem hồ sơ\" { trách nhiệm: người-xét; thời gian: 01 ngày làm việc; quá hạn: báo cáo người-xét }
}
thủ tục 1.000001 \"Tên\" {
    quy trình {
        thực hiện lần-một \"Lần một\" { quy trình: xác-minh }
        thực hiện lần-hai \"Lần hai\" { quy trình: xác-minh }
        trả kết quả
    }
}",
    );
    let nodes = process["nodes"].as_array().expect("nodes");
    let of = |id: &str| nodes.iter().find(|node| node["id"] == id).map(|node| node["of"].clone());
    assert_eq!(of("lan_mot_xem_qua_han"), Some("lan_mot_xem".into()));
    assert_eq!(of("lan_hai_xem_qua_han"), Some("lan_hai_xem".into()));
    let step = nodes.iter().find(|node| node["id"] == "lan_hai_xem").expect("it is laid out");
    assert_eq!(step["step"]["overdue"]["role"]["name"], "Người xét");
    assert_eq!(step["step"]["overdue"]["role"]["agency"], "Công an cấp xã");
    assert_eq!(process["tree"][1]["kind"], "performed");
    assert_eq!(process["tree"][1]["process"], "xác-minh");
    assert_eq!(process["tree"][1]["parts"][0]["node"], "lan_hai_xem");
}

/// What an element of each name holds, in order.
fn texts<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open).skip(1).map(|rest| rest.split(&close).next().expect("it is closed")).collect()
}

fn letters(text: &str) -> usize {
    let mut plain = text.to_owned();
    for entity in ["&lt;", "&gt;", "&quot;", "&#x27;", "&#x2f;", "&amp;"] {
        plain = plain.replace(entity, "x");
    }
    plain.chars().count()
}

/// What the published schema of OpenCPS asks, and that each action leads from a state to a state.
fn check_opencps(path: &str, xml: &str) {
    let comment = xml.split("<!--").nth(1).and_then(|rest| rest.split("-->").next()).expect("a comment");
    assert!(!comment.contains("--") && !comment.ends_with('-'), "{path}: {comment}");
    let mut open = Vec::new();
    for part in xml.split_once("-->").expect("a comment").1.split('<').skip(1) {
        let (name, text) = part.split_once('>').expect("a tag");
        assert!(letters(text.trim()) <= 255, "{path}: {name} is too long");
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{path}"),
            None => open.push(name),
        }
        assert!(name.trim_start_matches('/').bytes().all(|byte| byte.is_ascii_alphabetic()), "{path}: <{name}>");
    }
    assert!(open.is_empty(), "{path}: {open:?}");
    let steps: BTreeSet<&str> = texts(xml, "stepCode").into_iter().collect();
    assert_eq!(steps.len(), texts(xml, "stepCode").len(), "{path}: two states have one code");
    let actions = texts(xml, "actionCode");
    assert_eq!(actions.iter().collect::<BTreeSet<_>>().len(), actions.len(), "{path}: two actions have one code");
    let froms = texts(xml, "preStepCode");
    for (from, to) in froms.iter().zip(texts(xml, "postStepCode")) {
        assert!(from.is_empty() || steps.contains(from), "{path}: {from}");
        assert!(steps.contains(to), "{path}: {to}");
    }
    assert!(froms.contains(&""), "{path}: nothing starts it");
    let roles: BTreeSet<&str> = texts(texts(xml, "roles")[0], "roleCode").into_iter().collect();
    for role in texts(xml, "roleCode").into_iter().chain(texts(xml, "sequenceRole")) {
        assert!(roles.contains(role), "{path}: {role}");
    }
    let sequences: BTreeSet<&str> = texts(texts(xml, "sequences")[0], "sequenceNo").into_iter().collect();
    for step in texts(xml, "ProcessStep") {
        assert!(sequences.contains(texts(step, "sequenceNo")[0]), "{path}");
    }
    let statuses = [
        "receiving",
        "waiting",
        "processing",
        "interoperating",
        "releasing",
        "denied",
        "unresolved",
        "cancelled",
        "done",
    ];
    assert!(texts(xml, "dossierStatus").iter().all(|status| statuses.contains(status)), "{path}");
}

#[test]
fn every_shipped_process_fits_opencps() {
    for lang in [Lang::Vi, Lang::En] {
        let files = with_opencps(read_shipped(Options { lang, ..options() }));
        let mut seen = 0;
        for (path, xml) in files.iter().filter(|(path, _)| path.ends_with(".xml")) {
            check_opencps(path, xml);
            assert!(files.contains_key(&path.replace(".xml", ".txt")), "{path} says nothing of what it lacks");
            seen += 1;
        }
        assert!(seen > 40, "only {seen}");
    }
}

#[test]
fn it_is_made_only_where_it_is_asked_for() {
    let files = Built::of(&read_text(SMALL, Lang::Vi));
    assert!(!files.keys().any(|path| path.contains("opencps")));
    let open = with_opencps(read_text("thủ tục 1.000001 \"Tên\" { quy trình: do địa phương quy định }", Lang::Vi));
    assert!(!open.keys().any(|path| path.contains("opencps")), "there is nothing to carry");
}

#[test]
fn hostile_text_stays_text() {
    let evil = "<script>--><!-- ]]> & &amp; </processName> {{ 7*7 }} {% raw %} --- \u{1}";
    let long = "dài ".repeat(200);
    let id = "x-".repeat(200) + "y";
    let text = format!(
        "thủ tục 1.000001 \"{evil}\" {{
    trường hợp {{ f: có hoặc không \"{evil}\" }}
    quy trình {{
        chức danh r \"{evil}\" thuộc ubnd-xã
        kiểm tra {id} \"{evil}\" {{ trách nhiệm: r; thời gian: 02 giờ; ghi chú: \"{evil}{long}\"; khi: f; bổ sung {{ tối đa: 02 lần }} }}
        bước {id}-2 \"{long}\" {{ trách nhiệm: \"{evil}-\" }}
        trả kết quả \"{evil}\"
    }}
}}"
    );
    for lang in [Lang::Vi, Lang::En] {
        let files = with_opencps(read_text(&text, lang));
        let xml = &files["opencps/1.000001.xml"];
        check_opencps("evil", xml);
        assert!(!xml.contains('\u{1}') && !xml.contains(" 49 "));
        assert!(xml.contains("{{ 7*7 }}") && xml.contains("&lt;script&gt;"), "nothing was lost");
        let process = json(&files, "json/1.000001.json")["process"].take();
        let title = process["nodes"].as_array().expect("nodes").iter().find(|node| node["step"]["number"] == 1);
        assert_eq!(title.expect("a step")["step"]["label"], evil);
        for node in process["nodes"].as_array().expect("nodes") {
            let id = node["id"].as_str().expect("an id");
            assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{id}");
        }
    }
}
