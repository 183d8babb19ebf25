//! Files for engines: tasks for each who is asked, rounds of a supplement, and where the other outputs name these files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use thutuc::compile::Catalogue;
use thutuc::emit::{Dialect, Wanted};
use thutuc::lang::Lang;

use super::{Built, json, options, read_shipped, read_text};

fn with_all(catalogue: &Catalogue) -> BTreeMap<String, String> {
    Built::with(catalogue, &Wanted { dialects: Dialect::ALL.to_vec(), opencps: true, ..Wanted::default() })
}

/// The text of an XML file with its signs as they are read.
fn read_xml(files: &BTreeMap<String, String>, path: &str) -> String {
    let mut text = files[path].clone();
    for (entity, sign) in
        [("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
    {
        text = text.replace(entity, sign);
    }
    text
}

fn element<'t>(text: &'t str, id: &str) -> &'t str {
    let begins = text.find(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("{id} is not there"));
    let tag = text[..begins].rsplit('<').next().expect("a tag");
    let ends = text[begins..].find(&format!("</{tag}>")).unwrap_or_else(|| panic!("{id} is not closed"));
    &text[begins..begins + ends]
}

const ASKS: &str = "thủ tục 1.000001 \"Tên\" { quy trình {
    chức danh a \"A\" thuộc ubnd-xã
    lấy ý kiến nhiều \"Hỏi\" { trách nhiệm: a; hỏi: xác định khi giải quyết \"Cơ quan liên quan\"; thời gian: 03 ngày; quá hạn: coi như đồng ý theo luật-a }
    lấy ý kiến một \"Hỏi\" { trách nhiệm: a; hỏi: công-an-xã; thời gian: 03 ngày; quá hạn: coi như đồng ý theo luật-a }
    trả kết quả
} }";

#[test]
fn whom_only_the_case_determines_gets_a_task_each() {
    let files = with_all(&read_text(ASKS, Lang::Vi));
    for (dialect, list) in [
        ("plain", ">count(hoi_nhieu)</bpmn:loopCardinality>"),
        ("camunda8", "<zeebe:loopCharacteristics inputCollection=\"=hoi_nhieu\" inputElement=\"co_quan\"/>"),
        ("camunda7", "camunda:collection=\"hoi_nhieu\" camunda:elementVariable=\"co_quan\""),
        ("flowable", "flowable:collection=\"hoi_nhieu\" flowable:elementVariable=\"co_quan\""),
    ] {
        let text = read_xml(&files, &format!("bpmn/1.000001.{dialect}.bpmn"));
        assert!(element(&text, "nhieu").contains(list), "{dialect}: {}", element(&text, "nhieu"));
        assert!(!element(&text, "mot").contains("multiInstance"), "{dialect}");
        assert!(text.contains("attachedToRef=\"nhieu\""), "{dialect}: silence still has its timer");
    }
    for scenario in json(&files, "bpmn/1.000001.paths.json").as_array().expect("scenarios") {
        assert_eq!(scenario["variables"]["hoi_nhieu"].as_array().map(Vec::len), Some(2));
        assert_eq!(scenario["tasks"]["nhieu"][0]["instances"], 2);
        assert_eq!(scenario["tasks"]["mot"][0]["instances"], Value::Null);
    }
}

const ROUNDS: &str = "thủ tục 1.000001 \"Tên\" { quy trình {
    chức danh a \"A\" thuộc ubnd-xã
    kiểm tra xem \"Xem\" { trách nhiệm: a; thời gian: 01 giờ; bổ sung { tối đa: 02 lần; chờ: 05 ngày làm việc; không đạt: từ chối } }
    kiểm tra lại \"Lại\" { trách nhiệm: a; thời gian: 01 giờ; bổ sung { chờ: 05 ngày } }
    trả kết quả
} }";

#[test]
fn a_supplement_is_not_asked_for_too_often() {
    let files = with_all(&read_text(ROUNDS, Lang::Vi));
    let counter = "so_lan_xem_yeu_cau_bo_sung";
    for (dialect, again, enough) in [
        (
            "plain",
            "xem_ket_qua = \"thieu\" and {} < 2",
            "xem_ket_qua = \"khong_dat\" or (xem_ket_qua = \"thieu\" and {} >= 2)",
        ),
        (
            "camunda8",
            "=xem_ket_qua = \"thieu\" and {} < 2",
            "=xem_ket_qua = \"khong_dat\" or (xem_ket_qua = \"thieu\" and {} >= 2)",
        ),
        (
            "camunda7",
            "${xem_ket_qua == 'thieu' && {} < 2}",
            "${xem_ket_qua == 'khong_dat' || (xem_ket_qua == 'thieu' && {} >= 2)}",
        ),
        (
            "flowable",
            "${xem_ket_qua == 'thieu' && {} < 2}",
            "${xem_ket_qua == 'khong_dat' || (xem_ket_qua == 'thieu' && {} >= 2)}",
        ),
    ] {
        let text = read_xml(&files, &format!("bpmn/1.000001.{dialect}.bpmn"));
        for condition in [again, enough] {
            let condition = format!(">{}</bpmn:conditionExpression>", condition.replace("{}", counter));
            assert!(text.contains(&condition), "{dialect}: {condition}");
        }
        assert!(!text.contains("so_lan_lai"), "{dialect}: nothing is counted where no maximum is given");
    }
    let camunda8 = read_xml(&files, "bpmn/1.000001.camunda8.bpmn");
    assert!(element(&camunda8, "nop_ho_so").contains(&format!("source=\"=0\" target=\"{counter}\"")));
    let ask = element(&camunda8, "xem_yeu_cau_bo_sung");
    assert!(ask.contains(&format!("source=\"={counter} + 1\" target=\"{counter}\"")), "{ask}");
    // A mapping keeps everything else inside the task: the moment of the timer behind it has to be let out too.
    let due = "han_xem_cho_bo_sung_qua_han";
    assert!(ask.contains(&format!("source=\"={due}\" target=\"{due}\"")), "{ask}");
}

#[test]
fn one_supplement_too_many_is_a_scenario() {
    let files = with_all(&read_text(ROUNDS, Lang::Vi));
    let scenarios = json(&files, "bpmn/1.000001.paths.json");
    let answers = |scenario: &Value| -> Vec<String> {
        let visits = scenario["tasks"]["xem"].as_array().into_iter().flatten();
        visits.filter_map(|visit| visit["set"]["xem_ket_qua"].as_str().map(str::to_owned)).collect()
    };
    let too_many: Vec<&Value> = scenarios
        .as_array()
        .expect("scenarios")
        .iter()
        .filter(|one| answers(one) == ["thieu", "thieu", "thieu"])
        .collect();
    let [scenario] = too_many[..] else { panic!("{scenarios}") };
    assert_eq!(scenario["expect"]["count"]["xem_yeu_cau_bo_sung"], 2);
    let ends: Vec<&str> =
        scenario["expect"]["ends"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(ends.iter().all(|end| end.contains("tu_choi")) && !ends.is_empty(), "{ends:?}");
    let rounds: Vec<&Value> =
        scenario["tasks"]["xem_yeu_cau_bo_sung"].as_array().into_iter().flatten().map(|visit| &visit["set"]).collect();
    assert_eq!(rounds.len(), 2);
    assert!(rounds.iter().zip(1..).all(|(set, round)| set["so_lan_xem_yeu_cau_bo_sung"] == round), "{rounds:?}");
}

/// The paths that a value names, wherever they stand.
fn paths(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(all) => all.iter().for_each(|one| paths(one, found)),
        Value::Object(all) => all.values().for_each(|one| paths(one, found)),
        _ => {}
    }
}

#[test]
fn the_catalogue_names_every_file_for_engines() {
    for files in [with_all(&read_shipped(options())), Built::of(&read_shipped(options()))] {
        let mut named = BTreeSet::new();
        paths(&json(&files, "catalogue.json")["procedures"], &mut named);
        let for_engines = |path: &str| ["bpmn/", "decisions/", "opencps/"].iter().any(|folder| path.contains(folder));
        let written: BTreeSet<String> = files.keys().filter(|path| for_engines(path)).cloned().collect();
        let named: BTreeSet<String> = named.into_iter().filter(|path| for_engines(path)).collect();
        assert_eq!(named, written);
        assert!(written.len() > 100, "{}", written.len());
    }
}

#[test]
fn the_process_page_leads_to_the_files_for_engines() {
    let files = with_all(&read_shipped(options()));
    let mut pages = 0;
    for (path, page) in files.iter().filter(|(path, _)| path.contains("processes/")) {
        let (folder, name) = path.split_once("processes/").expect("it was filtered");
        let (code, page) = (name.trim_end_matches(".html"), page.replace("&#x2f;", "/"));
        let line = page.split("<p class=\"screen\">").nth(1).and_then(|rest| rest.split("</p>").next()).expect("links");
        let links: Vec<&str> =
            line.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()?.strip_prefix("../")).collect();
        for link in links.iter().filter(|link| !link.ends_with("index.html")) {
            assert!(files.contains_key(&format!("{folder}{link}")), "{path}: {link} is not there");
        }
        let has = |file: String| files.contains_key(&format!("{folder}{file}"));
        for file in Dialect::ALL.map(|dialect| format!("bpmn/{code}.{}.bpmn", dialect.name())) {
            assert!(links.contains(&file.as_str()), "{path}: {file}");
        }
        for file in [format!("decisions/{code}.dmn"), format!("opencps/{code}.xml")] {
            assert_eq!(links.contains(&file.as_str()), has(file.clone()), "{path}: {file}");
        }
        pages += 1;
    }
    assert!(pages > 40, "{pages}");
}
