//! The commands from outside: folders and revisions in, text, JSON and documents out.

use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::common::{Ran, run};

const BEFORE: &str = r#"thủ tục 1.000001 "Cấp giấy" {
    lĩnh vực: hộ-tịch
    cấp thực hiện: xã
    cơ quan có thẩm quyền: ubnd-xã
    cách thức thực hiện: trực tiếp, trực tuyến
    thành phần hồ sơ: 01 bộ { nộp đơn "Đơn"; nộp bản-sao "Bản sao giấy cũ" }
    thời hạn giải quyết: 05 ngày làm việc
    phí: 8.000 đồng
}
thủ tục 1.000002 "Cũ" { lĩnh vực: hộ-tịch; cấp thực hiện: xã }
áp dụng 1.000001 tại đồng-tháp { thời hạn giải quyết: 04 ngày làm việc }
áp dụng 1.000001 tại cao-bằng { thời hạn giải quyết: 02 ngày làm việc }
"#;

const AFTER: &str = r#"thủ tục 1.000001 "Cấp giấy" {
    lĩnh vực: hộ-tịch
    cấp thực hiện: xã
    cơ quan có thẩm quyền: ubnd-xã
    cách thức thực hiện: trực tiếp, trực tuyến
    thành phần hồ sơ: 01 bộ { nộp đơn "Đơn" }
    thời hạn giải quyết: 03 ngày làm việc
    phí: 10.000 đồng theo Điều 4 tt-281-2016-btc
}
thủ tục 1.000003 "Mới" { lĩnh vực: hộ-tịch; cấp thực hiện: tỉnh }
áp dụng 1.000001 tại đồng-tháp { thời hạn giải quyết: 04 ngày làm việc }
áp dụng 1.000001 tại cao-bằng { thời hạn giải quyết: 02 ngày làm việc }
"#;

const SETTINGS: &str = "name: \"Bộ thử\"\nversion: \"1\"\npublisher: \"Sở Thử nghiệm\"\nas_of: \"22/11/2026\"\n";

fn catalogue(folder: &TempDir, name: &str, text: &str) {
    let folder = folder.path().join(name);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("catalogue.yaml"), SETTINGS).expect("it can be written");
    fs::write(folder.join("một.tthc"), text).expect("it can be written");
}

fn both() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    catalogue(&folder, "cũ", BEFORE);
    catalogue(&folder, "mới", AFTER);
    folder
}

#[track_caller]
fn good(ran: Ran) -> String {
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.out
}

#[test]
fn two_folders() {
    let folder = both();
    insta::assert_snapshot!("diff_vi", good(run(folder.path(), &["diff", "cũ", "mới"])));
    insta::assert_snapshot!("diff_en", good(run(folder.path(), &["diff", "cũ", "mới", "--lang", "en"])));
    insta::assert_snapshot!("diff_at", good(run(folder.path(), &["diff", "cũ", "mới", "--at", "đồng-tháp"])));
}

#[test]
fn exit_codes() {
    let folder = both();
    let code = |args: &[&str]| run(folder.path(), args).code;
    assert_eq!(code(&["diff", "cũ", "mới", "--exit-code"]), 1);
    assert_eq!(code(&["diff", "cũ", "cũ", "--exit-code"]), 0);
    assert_eq!(code(&["diff", "cũ", "mới"]), 0);
}

#[test]
fn data_and_page_say_what_the_text_says() {
    let folder = both();
    let json: Value =
        serde_json::from_str(&good(run(folder.path(), &["diff", "cũ", "mới", "--format", "json"]))).expect("JSON");
    assert_eq!(json["schema"], "urn:thutuc:changes:1");
    let first = &json["procedures"][0];
    assert_eq!((&first["code"], &first["kind"]), (&Value::from("1.000001"), &Value::from("amended")));
    let change = first["changes"].as_array().expect("a list").iter().find(|one| one["part"] == "time limit");
    let change = change.expect("the limit changed");
    assert_eq!(change["old"], "05 ngày làm việc");
    assert_eq!(change["new"], "03 ngày làm việc");
    assert_eq!((&change["old_place"]["line"], &change["new_place"]["line"]), (&Value::from(7), &Value::from(7)));
    let advice: Vec<(&str, &str)> = first["touched"]["layers"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["place"].as_str().unwrap_or_default(), one["advice"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(advice, [("đồng-tháp", "redo"), ("cao-bằng", "keep")]);
    let page = good(run(folder.path(), &["diff", "cũ", "mới", "--format", "html"]));
    for part in ["Thời hạn giải quyết rút từ 05", "Bỏ 01 giấy tờ: “Bản sao giấy cũ”", "Tỉnh Đồng Tháp", "Mới ban hành"]
    {
        assert!(page.contains(part), "{part} is not on the page: {page}");
    }
}

#[test]
fn the_draft_of_the_decision() {
    let folder = both();
    let ran = run(folder.path(), &["diff", "cũ", "mới", "--decision", "qđ.html"]);
    assert!(ran.err.contains("Đã ghi dự thảo quyết định công bố: qđ.html"), "{ran:?}");
    let page = fs::read_to_string(folder.path().join("qđ.html")).expect("the draft");
    for part in [
        "<h1>QUYẾT ĐỊNH</h1>",
        "SỞ THỬ NGHIỆM",
        "01 thủ tục hành chính mới ban hành, 01 thủ tục hành chính được sửa đổi, bổ sung, 01 thủ tục hành chính bị bãi bỏ",
        "A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH",
        "<td>1.000001</td><td>Cấp giấy</td><td>Thông tư số 281&#x2f;2016&#x2f;TT-BTC",
        "<td>1.000002</td><td>Cũ</td>",
        "Thời hạn giải quyết rút từ 05 ngày làm việc còn 03 ngày làm việc.",
        "Tên VBQPPL quy định nội dung sửa đổi, bổ sung",
    ] {
        assert!(page.contains(part), "{part} is not in the draft: {page}");
    }
    good(run(folder.path(), &["diff", "cũ", "mới", "--decision", "qđ.docx", "--at", "đồng-tháp"]));
    let docx = fs::read(folder.path().join("qđ.docx")).expect("the draft");
    assert!(docx.starts_with(b"PK"), "it is no Word document");
    let ran = run(folder.path(), &["diff", "cũ", "mới", "--decision", "qđ.odt"]);
    assert!(ran.code == 2 && ran.err.contains("--decision cần tên tệp"), "{ran:?}");
}

/// The template of the draft is one that an agency may change.
#[test]
fn an_agency_has_its_own_draft() {
    let folder = both();
    let templates = folder.path().join("mới/templates");
    fs::create_dir_all(&templates).expect("a folder");
    let own = "{% extends \"shipped/decision.html.jinja\" %}{% block sign %}GIÁM ĐỐC {{ signer }}{% endblock %}";
    fs::write(templates.join("decision.html.jinja"), own).expect("it can be written");
    good(run(folder.path(), &["diff", "cũ", "mới", "--decision", "qđ.html"]));
    let page = fs::read_to_string(folder.path().join("qđ.html")).expect("the draft");
    assert!(page.contains("GIÁM ĐỐC BỘ TRƯỞNG"), "{page}");
}

fn git(folder: &TempDir, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder.path()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let names = [
        ("GIT_AUTHOR_NAME", "A"),
        ("GIT_AUTHOR_EMAIL", "a@b"),
        ("GIT_COMMITTER_NAME", "A"),
        ("GIT_COMMITTER_EMAIL", "a@b"),
    ];
    let output = command.envs(names).args(args).output().expect("git runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn revisions_of_git() {
    let folder = TempDir::new().expect("a temporary folder");
    catalogue(&folder, "procedures", BEFORE);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "một"]);
    git(&folder, &["tag", "v1"]);
    catalogue(&folder, "procedures", AFTER);
    let working = good(run(folder.path(), &["diff", "v1"]));
    assert!(working.contains("Thời hạn giải quyết rút từ 05 ngày làm việc còn 03 ngày làm việc"), "{working}");
    git(&folder, &["commit", "-q", "-am", "hai"]);
    let committed = good(run(folder.path(), &["diff", "HEAD~1", "HEAD"]));
    let body = |text: &str| text.split_once('\n').expect("a title").1.to_owned();
    assert_eq!(body(&committed), body(&working));
    assert_eq!(body(&good(run(folder.path(), &["diff", "v1", "procedures"]))), body(&working));

    let ran = run(folder.path(), &["diff", "v9"]);
    assert!(ran.code == 2 && ran.err.contains("`v9` không phải một thư mục, cũng không phải một bản"), "{ran:?}");
    // A name that git would take for an option is a name.
    let ran = run(folder.path(), &["diff", "--", "--output=x"]);
    assert!(ran.code == 2 && !folder.path().join("x").exists(), "{ran:?}");
}

#[test]
fn without_git() {
    let folder = both();
    let ran = run(folder.path(), &["diff", "v1", "mới"]);
    assert!(ran.code == 2 && ran.err.contains("không nằm trong kho git nào"), "{ran:?}");
    let mut command = super::common::program(folder.path());
    let output = command.env("PATH", "").args(["diff", "v1", "mới"]).output().expect("the program runs");
    let ran = Ran::of(output);
    assert!(ran.code == 2 && ran.err.contains("máy này không có chương trình git"), "{ran:?}");
}

#[test]
fn what_rests_on_an_act() {
    let root = super::common::shipped();
    let act = good(run(root, &["impact", "luật-hộ-tịch-2014", "--article", "Điều 28"]));
    insta::assert_snapshot!("impact_article", act);
    // By number, of a norm, with overlays and forms.
    let json: Value =
        serde_json::from_str(&good(run(root, &["impact", "87/2020/NĐ-CP", "--format", "json"]))).expect("JSON");
    assert_eq!((&json["schema"], &json["id"]), (&Value::from("urn:thutuc:impact:1"), &Value::from("nđ-87-2020")));
    assert!(json["places"].as_array().is_some_and(|all| all.len() >= 8), "{json}");
    let text = good(run(root, &["impact", "63/2010/NĐ-CP", "--lang", "en"]));
    assert!(text.contains("Norm “"), "{text}");
    let ran = run(root, &["impact", "nđ-87-2021"]);
    assert!(ran.code == 2 && ran.err.contains("có phải ý là nđ-87-2020?"), "{ran:?}");
    let ran = run(root, &["impact", "nđ-87-2020", "--article", "chỗ nào đó"]);
    assert!(ran.code == 2 && ran.err.contains("khoản 4 Điều 20"), "{ran:?}");
}

/// A clause that is asked for rests in an article that is cited as a whole; another clause does not.
#[test]
fn clauses_and_articles() {
    let folder = TempDir::new().expect("a temporary folder");
    let text = BEFORE
        .replace("05 ngày làm việc", "05 ngày làm việc theo khoản 2 Điều 7 nđ-87-2020")
        .replace("8.000 đồng", "8.000 đồng theo Điều 7 nđ-87-2020");
    catalogue(&folder, "procedures", &text);
    let count = |article: &str| {
        let ran = run(folder.path(), &["impact", "nđ-87-2020", "--article", article, "--format", "json"]);
        let json: Value = serde_json::from_str(&good(ran)).expect("JSON");
        json["places"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["parts"].as_array().map_or(0, Vec::len))
            .sum::<usize>()
    };
    assert_eq!([count("Điều 7"), count("khoản 2 Điều 7"), count("khoản 3 Điều 7"), count("Điều 8")], [2, 2, 1, 0]);
}
