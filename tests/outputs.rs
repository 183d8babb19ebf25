//! What a build holds, seen as a whole: JSON keeps to its schema, pages leave nothing out, text stays text.

mod common;
#[path = "outputs/engines.rs"]
mod engines;
#[path = "outputs/process.rs"]
mod process;

use std::collections::BTreeMap;
use std::io;
use std::sync::{LazyLock, Mutex};

use jiff::civil::{Date, date};
use serde_json::Value;
use thutuc::compile::{Catalogue, FileKind, Input, Options};
use thutuc::emit::{self, OnRequest, Sink, Wanted};
use thutuc::lang::Lang;

use common::{files_below, shipped, shipped_text};

/// A build in memory.
#[derive(Default)]
struct Built(Mutex<BTreeMap<String, Vec<u8>>>);

impl Sink for Built {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let before = self.0.lock().expect("no writer panics").insert(path.to_owned(), bytes.to_vec());
        assert_eq!(before, None, "{path} is written twice");
        Ok(())
    }
}

impl Built {
    fn of(catalogue: &Catalogue) -> BTreeMap<String, String> {
        Built::with(catalogue, &Wanted::default())
    }

    fn with(catalogue: &Catalogue, wanted: &Wanted) -> BTreeMap<String, String> {
        let built = Built::default();
        emit::build(catalogue, wanted, &built, &|| ()).expect("it is built");
        let files = built.0.into_inner().expect("no writer panics");
        // Word documents are read by `emit/docx/tests.rs` and, by other programs, in `tests/word`.
        let texts = files.into_iter().filter(|(path, _)| !path.ends_with(".docx"));
        texts.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("outputs are UTF-8"))).collect()
    }
}

/// The build of the shipped catalogue, made once.
fn shipped_files() -> &'static BTreeMap<String, String> {
    static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| Built::of(&read_shipped(options())));
    &FILES
}

const TODAY: Date = date(2026, 11, 22);

fn options() -> Options {
    Options { lang: Lang::Vi, as_of: None, today: TODAY, place: None, release: false }
}

/// The files of the shipped catalogue.
fn shipped_inputs() -> Vec<Input> {
    let files = files_below(&shipped().join("procedures")).into_iter();
    files
        .filter(|(name, _)| name.ends_with(".tthc") || name.ends_with(".yaml"))
        .map(|(name, bytes)| {
            let kind = match name.as_str() {
                "catalogue.yaml" => FileKind::Settings,
                _ if name.starts_with("registers/") => FileKind::Register,
                _ => FileKind::Procedures,
            };
            Input { kind, name, bytes }
        })
        .collect()
}

fn read_shipped(options: Options) -> Catalogue {
    Catalogue::read(shipped_inputs(), options)
}

/// A catalogue of one file, with two agencies, an act and the calendars that are shipped.
fn read_text(text: &str, lang: Lang) -> Catalogue {
    let calendars = shipped_text("procedures/registers/calendars.yaml");
    let agencies = "- { id: ubnd-xã, name: \"UBND cấp xã\", level: xã, local: true }\n- { id: công-an-xã, name: \"Công an cấp xã\", level: xã, local: true }\n";
    let acts = "- { id: luật-a, kind: luật, number: \"01/2024/QH15\", title: \"Luật A\" }\n";
    let register = |name: &str, text: &str| Input {
        kind: FileKind::Register,
        name: format!("registers/{name}.yaml"),
        bytes: text.as_bytes().to_vec(),
    };
    let inputs = vec![
        register("agencies", agencies),
        register("acts", acts),
        register("calendars", &calendars),
        Input { kind: FileKind::Procedures, name: "a.tthc".to_owned(), bytes: text.as_bytes().to_vec() },
    ];
    Catalogue::read(inputs, Options { lang, ..options() })
}

/// Every place that the shipped catalogue says something about.
fn places() -> Vec<String> {
    let catalogue = read_shipped(options());
    let mut places: Vec<String> =
        catalogue.overlays.iter().filter_map(|one| Some(one.place.as_ref()?.value.clone())).collect();
    places.sort();
    places.dedup();
    places
}

/// The text of a page as people read it: without markup, its entities resolved, blanks as one.
fn text_of(page: &str) -> String {
    let body = page.split_once("<body").and_then(|(_, rest)| rest.split_once('>')).map_or(page, |(_, body)| body);
    let mut text = String::new();
    let mut inside = false;
    for letter in body.chars() {
        match letter {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' if inside => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    for (entity, letter) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
    {
        text = text.replace(entity, letter);
    }
    plain(&text)
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn json(files: &BTreeMap<String, String>, path: &str) -> Value {
    serde_json::from_str(files.get(path).unwrap_or_else(|| panic!("{path} is absent"))).expect("it is JSON")
}

mod json_keeps_to_its_schema {
    use super::*;

    fn validator(files: &BTreeMap<String, String>, name: &str) -> jsonschema::Validator {
        let schema = json(files, &format!("schema/{name}"));
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{name} is no schema: {error}"));
        jsonschema::validator_for(&schema).expect("the schema can be used")
    }

    fn check(catalogue: &Catalogue, least: usize) {
        let files = Built::of(catalogue);
        let (procedure, index) = (validator(&files, "procedure-1.json"), validator(&files, "catalogue-1.json"));
        let mut seen = 0;
        let own = |path: &str| path == "catalogue.json" || path.starts_with("json/") || path.contains("/json/");
        for (path, text) in files.iter().filter(|(path, _)| own(path)) {
            let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let validator = if path == "catalogue.json" { &index } else { &procedure };
            let faults: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{path}: {} at {}", error, error.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{}", faults.join("\n"));
            seen += 1;
        }
        assert!(seen > least, "only {seen} files");
    }

    #[test]
    fn for_the_nation() {
        check(&read_shipped(options()), 17);
    }

    #[test]
    fn at_every_place() {
        let places = places();
        assert!(places.len() >= 5, "{places:?}");
        for place in places {
            check(&read_shipped(Options { place: Some(place), ..options() }), 17);
        }
    }

    #[test]
    fn on_an_earlier_day_and_in_english() {
        check(&read_shipped(Options { as_of: Some(date(2024, 1, 1)), ..options() }), 5);
        check(&read_shipped(Options { lang: Lang::En, ..options() }), 17);
    }

    #[test]
    fn for_a_procedure_of_which_nothing_is_known() {
        check(&read_text("thủ tục 1.000001 \"Tên\" { }", Lang::Vi), 1);
        check(&read_text("thủ tục 1.000001 \"Tên\" { quy trình { } }", Lang::Vi), 1);
    }

    #[test]
    fn and_the_schema_refuses_what_is_not_a_procedure() {
        let files = Built::of(&read_text("thủ tục 1.000001 \"Tên\" { phí: không }", Lang::Vi));
        let validator = validator(&files, "procedure-1.json");
        let good = json(&files, "json/1.000001.json");
        assert!(validator.is_valid(&good));
        for (key, value) in
            [("code", Value::Null), ("charges", "không".into()), ("as_of", 2026.into()), ("dossier", true.into())]
        {
            let mut bad = good.clone();
            bad[key] = value;
            assert!(!validator.is_valid(&bad), "{key} is {}", bad[key]);
        }
        let mut bad = good.clone();
        bad.as_object_mut().expect("an object").remove("name");
        assert!(!validator.is_valid(&bad));
    }
}

mod pages_leave_nothing_out {
    use super::*;

    /// What a notice must show of each procedure: its path, and texts.
    fn expected(catalogue: &Catalogue, folder: &str) -> Vec<(String, Vec<String>)> {
        catalogue.each_plan(|plan| {
            let body = plan.body();
            let code = plan.procedure.code.value.0.clone();
            let mut texts = vec![code.clone(), plan.procedure.name.value.clone()];
            texts.extend(
                body.dossier.iter().flat_map(|dossier| &dossier.documents).map(|document| document.name.value.clone()),
            );
            texts.extend(body.outcomes.iter().map(|outcome| outcome.name.value.clone()));
            texts.extend(body.requirements.iter().flat_map(|all| &all.value).map(|one| one.text.value.clone()));
            texts.extend(body.notes.iter().map(|note| note.value.value.clone()));
            texts.extend(body.contacts.iter().map(|contact| contact.value.value.clone()));
            texts.extend(body.sequence.iter().flat_map(|all| &all.value).map(|step| step.text.value.clone()));
            (format!("{folder}notices/{code}.html"), texts)
        })
    }

    fn check(options: Options, folder: &str) {
        let catalogue = read_shipped(options);
        let files = Built::of(&catalogue);
        let mut texts_seen = 0;
        for (path, texts) in expected(&catalogue, folder) {
            let page = text_of(files.get(&path).unwrap_or_else(|| panic!("{path} is absent")));
            for text in texts {
                assert!(page.contains(&plain(&text)), "“{text}” is not on {path}");
                texts_seen += 1;
            }
        }
        assert!(texts_seen > 100, "only {texts_seen} texts");
    }

    #[test]
    fn a_notice_holds_code_name_papers_outcomes_and_requirements() {
        check(options(), "");
        check(Options { lang: Lang::En, ..options() }, "");
    }

    #[test]
    fn also_as_they_stand_at_a_place() {
        check(Options { place: Some("đồng-tháp".to_owned()), ..options() }, "places/dong-thap/");
    }

    #[test]
    fn the_index_and_the_catalogue_list_every_procedure_with_its_files() {
        let catalogue = read_shipped(options());
        let files = shipped_files();
        let listed = json(files, "catalogue.json");
        let listed = listed["procedures"].as_array().expect("a list");
        let page = &files["index.html"];
        let text = text_of(page);
        let codes =
            catalogue.each_plan(|plan| (plan.procedure.code.value.0.clone(), plan.procedure.name.value.clone()));
        assert!(codes.len() >= 16);
        for (code, name) in codes {
            let entry = listed.iter().find(|one| one["code"] == code.as_str() && one["place"].is_null());
            assert!(entry.is_some_and(|entry| entry["name"] == name.as_str()), "{code} is not in catalogue.json");
            assert!(text.contains(&code) && text.contains(&plain(&name)), "{code} is not on the index");
        }
        let mut named = 0;
        let link_to = |path: &str| format!("href=\"{}\"", path.replace('/', "&#x2f;"));
        for entry in listed {
            let own = entry["page"].as_str().expect("every procedure has a page");
            assert!(page.contains(&link_to(own)), "the index has no link to {own}");
            let folder = own.split("procedures/").next().expect("a split has a first part");
            let mut listed: Vec<&str> =
                ["notice", "json", "chart", "mermaid", "process", "leaflet", "screen", "decisions"]
                    .iter()
                    .filter_map(|key| entry[*key].as_str())
                    .collect();
            for several in ["texts", "forms", "bpmn"] {
                listed.extend(entry[several].as_object().expect("a map").values().filter_map(Value::as_str));
            }
            for path in listed {
                assert!(files.contains_key(path), "{path} of {} is absent", entry["code"]);
                let link = link_to(&format!("../{}", &path[folder.len()..]));
                assert!(files[own].contains(&link), "{own} has no {link}");
                named += 1;
            }
        }
        // These are for programs, or another shape of what is linked.
        let beside = [".doc.svg", ".cases.json", ".paths.json", "screens/index.html", "screens/list.js"];
        let pages = files.keys().filter(|path| {
            let folders = path.split('/').rev().skip(1);
            let of_procedure = |folder: &str| {
                ["notices", "json", "charts", "processes", "leaflets", "screens", "texts", "forms", "bpmn", "decisions"]
                    .contains(&folder)
            };
            folders.into_iter().any(of_procedure) && !beside.iter().any(|ending| path.ends_with(ending))
        });
        assert_eq!(pages.count(), named, "every file of a procedure is listed and linked");
        for list in ["linh-vuc", "cap", "buu-chinh", "hen-tra"] {
            assert!(page.contains(&link_to(&format!("boards/{list}.html"))), "the index has no link to {list}");
        }
    }

    /// Documents are linked in every form that they are written in.
    #[test]
    fn every_page_links_the_documents_made_of_it() {
        let catalogue = read_text("thủ tục 1.000001 \"Tên\" { kết quả { \"Giấy\" } }", Lang::Vi);
        for (pdf, least) in [(false, 7), (true, 14)] {
            let built = Built::default();
            let wanted = Wanted { pdf, ..Wanted::default() };
            emit::build(&catalogue, &wanted, &built, &|| ()).expect("it is built");
            let files = built.0.into_inner().expect("no writer panics");
            let page = String::from_utf8(files["procedures/1.000001.html"].clone()).expect("UTF-8");
            let made = files.keys().filter(|path| path.ends_with(".docx") || path.ends_with(".pdf"));
            let made: Vec<&String> = made.filter(|path| !path.starts_with("boards/")).collect();
            for path in &made {
                assert!(
                    page.contains(&format!("href=\"..&#x2f;{}\"", path.replace('/', "&#x2f;"))),
                    "no link to {path}"
                );
            }
            assert_eq!(page.matches(".pdf\"").count(), if pdf { made.len() / 2 } else { 0 });
            assert!(made.len() >= least, "{made:?}");
        }
    }

    #[test]
    fn a_process_table_holds_every_step_with_who_acts() {
        let catalogue = read_shipped(options());
        let files = shipped_files();
        let mut seen = 0;
        for (path, rows) in catalogue.each_plan(|plan| {
            let rows: Vec<(String, String)> = plan
                .flow
                .iter()
                .flat_map(|flow| flow.steps().map(move |(_, node, step)| (flow, node, step)))
                .filter_map(|(flow, node, step)| {
                    Some((step.label.as_ref()?.value.clone(), flow.lanes[node.lane].name.clone()))
                })
                .collect();
            (format!("processes/{}.html", plan.procedure.code.value.0), rows)
        }) {
            for (label, role) in rows {
                let page = text_of(files.get(&path).unwrap_or_else(|| panic!("{path} is absent")));
                assert!(page.contains(&plain(&label)) && page.contains(&plain(&role)), "“{label}” is not on {path}");
                seen += 1;
            }
        }
        assert!(seen > 100, "only {seen} steps");
    }

    #[test]
    fn a_procedure_with_no_steps_has_no_chart_no_table_and_no_link_to_one() {
        let files = Built::of(&read_text(
            "thủ tục 1.000001 \"Tên\" { quy trình { chức danh một \"Một\" thuộc ubnd-xã } }",
            Lang::Vi,
        ));
        for (key, path) in [
            ("chart", "charts/1.000001.svg"),
            ("mermaid", "charts/1.000001.mmd"),
            ("process", "processes/1.000001.html"),
        ] {
            assert!(!files.contains_key(path) && !files["index.html"].contains(path), "{path}");
            assert_eq!(json(&files, "catalogue.json")["procedures"][0][key], Value::Null);
        }
        assert!(!files["index.html"].contains(".svg\"") && !files["notices/1.000001.html"].contains(".svg\""));
    }
}

/// On 01/01/2024 the procedure 1.001776 in today's form was not in force: what is built is the old regime, when districts
/// decided, as its overlay from 01/7/2021 to 30/6/2025 says it.
/// A procedure with gaps, one without, and one that is not in force: what an office sees of each.
mod drafts {
    use super::*;

    const PARTS: &str = r#"
        lĩnh vực: hộ-tịch
        cấp thực hiện: xã
        cơ quan có thẩm quyền: ubnd-xã
        thành phần hồ sơ: 01 bộ { nộp "Đơn đề nghị" }
        thời hạn giải quyết: 03 ngày làm việc
    "#;

    fn built(lang: Lang) -> BTreeMap<String, String> {
        let one = |code: &str, name: &str, line: &str| format!("thủ tục {code} \"{name}\" {{ {PARTS}\n{line} }}\n");
        let text = one("1.000001", "Đủ", "phí, lệ phí: không")
            + &one("1.000002", "Thiếu", "phí, lệ phí: chưa nhập")
            + &one("1.000003", "Sắp tới", "phí, lệ phí: không\nhiệu lực: từ 01/01/2027")
            + &one("1.000004", "Đã hết", "phí, lệ phí: không\nhiệu lực: đến 31/12/2025")
            + "áp dụng 1.000001 tại đồng-nai từ 01/01/2026 { phí, lệ phí: chưa nhập }\n";
        Built::of(&read_text(&text, lang))
    }

    #[test]
    fn are_not_shown_on_the_screen_and_named_beside_it() {
        let files = built(Lang::Vi);
        let (list, page) = (&files["screens/list.js"], &files["screens/index.html"]);
        assert!(list.contains("\"screens/1.000001.html\"") && !list.contains("screens/1.000002"), "{list}");
        let (shown, drafts) = page.split_once("Bản thảo, chưa trình chiếu").expect("drafts are named");
        assert!(shown.contains(">Đủ</a>") && !shown.contains(">Thiếu</a>"), "{shown}");
        assert!(drafts.contains(">Thiếu</a> (bản thảo, còn 1 chỗ chưa nhập)"), "{drafts}");
        // The nation's slides must not stand in for the draft of a place.
        let there = &files["places/dong-nai/screens/list.js"];
        assert!(there.contains("[\"\",\"1.000001\",\"Đủ\"") && !there.contains("screens/1.000001"), "{there}");
    }

    #[test]
    fn are_called_drafts_on_boards_and_in_messages() {
        let files = built(Lang::Vi);
        for list in ["linh-vuc", "cap", "buu-chinh", "hen-tra"] {
            let board = text_of(&files[&format!("boards/{list}.html")]);
            assert!(board.contains("Thiếu (bản thảo, còn 1 chỗ chưa nhập)"), "{board}");
            assert!(board.contains("Đủ") && !board.contains("Đủ ("), "{board}");
        }
        let note = "Bản thảo: còn 1 chỗ chưa nhập, không dùng để niêm yết.\n";
        assert!(files["texts/1.000002.zalo.txt"].starts_with(note), "{}", files["texts/1.000002.zalo.txt"]);
        assert!(files["texts/1.000002.sms.txt"].starts_with("BAN THAO. Thieu"));
        assert!(files["texts/1.000001.zalo.txt"].starts_with("ĐỦ\n"));
        assert!(files["texts/1.000001.sms.txt"].starts_with("Du."), "{}", files["texts/1.000001.sms.txt"]);
        assert!(built(Lang::En)["texts/1.000002.sms.txt"].starts_with("DRAFT. Thieu"));
    }

    #[test]
    fn and_what_is_not_in_force_stands_nowhere() {
        let files = built(Lang::Vi);
        for (path, text) in files.iter().filter(|(path, _)| *path != "manifest.json") {
            for (code, name) in [("1.000003", "Sắp tới"), ("1.000004", "Đã hết")] {
                assert!(!path.contains(code) && !text.contains(code) && !text.contains(name), "{code} is in {path}");
            }
        }
    }
}

#[test]
fn on_an_earlier_day_a_procedure_stands_as_it_was() {
    let today = shipped_files();
    let then = Built::of(&read_shipped(Options { as_of: Some(date(2024, 1, 1)), ..options() }));
    let (new, old) = (json(today, "json/1.001776.json"), json(&then, "json/1.001776.json"));
    assert_eq!((&new["as_of"], &old["as_of"]), (&"2026-11-22".into(), &"2024-01-01".into()));
    let decided = |json: &Value| json["decided_by"]["general"]["text"].to_string();
    assert!(decided(&old).contains("huyện") && !decided(&new).contains("huyện"), "districts decided until 30/6/2025");
    assert_ne!(old["deadlines"], new["deadlines"]);
    assert_ne!(old["process"], new["process"]);
    assert!(new["origins"].as_array().is_some_and(Vec::is_empty));
    assert!(old["origins"].as_array().is_some_and(|all| !all.is_empty()), "the overlay is where it comes from");
    for later in ["1.004859", "2.000986", "2.000815", "1.012644", "1.013831", "1.013225"] {
        assert!(today.contains_key(&format!("json/{later}.json")), "{later} holds today");
        assert!(!then.keys().any(|path| path.contains(later)), "{later} took effect after 2024");
    }
    assert!(!then.keys().any(|path| path.starts_with("places/quang-ninh/")), "that overlay began on 10/7/2026");
    assert!(today.keys().any(|path| path.starts_with("places/quang-ninh/")));
}

mod text_stays_text {
    use super::*;

    /// Everything that means something to HTML, XML, JSON, the templates, a script or typst.
    const EVIL: &str = "<script>alert(1)</script><!-- x -->' onload='x {{ 7*7 }} {% raw %} {# x #} & &amp; ]]> \\u003c ${x} `x` #panic() $x$ *a* _b_ @c \\ ] // ~";

    fn evil_files(lang: Lang) -> BTreeMap<String, String> {
        // Curly quotes, so that straight ones can stand inside.
        let evil = format!("{EVIL} \"x\"");
        let text = format!(
            "thủ tục 1.000001 “{evil} tên” {{
    cơ quan có thẩm quyền: “{evil} nơi”
    đối tượng thực hiện: “{evil} người”
    căn cứ pháp lý: chưa nhập
    nghĩa vụ khác: “{evil} nghĩa vụ”
    trang công bố: “javascript:alert('{evil}')”
    trường hợp {{ việc: một trong “{evil} hỏi” {{ mới “{evil} mới”; cũ “{evil} cũ” }} }}
    thành phần hồ sơ: 01 bộ {{
        nộp tờ-khai “{evil} đơn” {{ khi: việc là mới; biểu mẫu: “{evil} mẫu”; một trong: “{evil} a”, “{evil} b”; ghi chú: “{evil} lưu ý” }}
    }}
    thời hạn giải quyết hẹn-một “{evil} hẹn”: 05 ngày làm việc {{ kể từ: nhận đủ hồ sơ hợp lệ; ghi chú: “{evil} hạn” }}
    phí một-phí “{evil} phí”: 8.000 đồng theo chưa nhập {{ ghi chú: “{evil} tiền” }}
    yêu cầu, điều kiện {{ điều kiện “{evil} điều kiện” {{ khi: việc là cũ }} }}
    kết quả {{ giấy-phép “{evil} kết quả” {{ thời hạn hiệu lực: “{evil} lâu”; thư kèm: chúc mừng }} }}
    trình tự {{ người nộp “{evil} nộp”; cơ quan “{evil} giải quyết” }}
    quy trình {{
        chức danh một-cửa “{evil} chức danh” thuộc “{evil} thuộc”
        giai đoạn “{evil} giai đoạn” {{
            tiếp nhận “{evil} bước” {{ trách nhiệm: một-cửa; thời gian: 01 ngày; sản phẩm: “{evil} sản phẩm” }}
            khi việc là mới {{ nghĩa vụ tài chính “{evil} nhánh” {{ trách nhiệm: một-cửa; xong khi: “{evil} xong” }} }}
        }}
        trả kết quả
    }}
    liên hệ: “{evil} liên hệ”
    ghi chú: “{evil} ghi chú”
}}
"
        );
        let catalogue = read_text(&text, lang);
        let faults: Vec<_> = catalogue.reading.iter().map(|one| &one.message).collect();
        assert!(
            faults.iter().all(|fault| fault.starts_with("chưa nhập")
                || fault.contains("not yet given")
                || fault.contains("gap")),
            "{faults:?}"
        );
        Built::of(&catalogue)
    }

    #[test]
    fn in_notice_index_chart_and_process_table() {
        for lang in [Lang::Vi, Lang::En] {
            let files = evil_files(lang);
            for path in [
                "notices/1.000001.html",
                "index.html",
                "procedures/1.000001.html",
                "charts/1.000001.svg",
                "processes/1.000001.html",
                "decisions/1.000001.dmn",
                "forms/1.000001/receipt.html",
                "forms/1.000001/supplement.html",
                "forms/1.000001/refusal.html",
                "forms/1.000001/apology.html",
                "forms/1.000001/stop.html",
                "forms/1.000001/control.html",
                "forms/1.000001/log.html",
                "forms/1.000001/congratulation.html",
                "leaflets/1.000001.html",
                "screens/1.000001.html",
                "screens/index.html",
                "boards/linh-vuc.html",
                "boards/cap.html",
                "boards/buu-chinh.html",
                "boards/hen-tra.html",
            ] {
                let page = &files[path];
                for bad in ["<script>alert", "<!-- x", "' onload", "javascript:", "]]> "] {
                    assert!(!page.contains(bad), "{bad} is in {path}");
                }
                assert!(!page.contains(" 49 "), "a template's expression was carried out in {path}");
                // Nothing was lost on the way either; charts break lines, so that they are compared without blanks.
                let text: String = text_of(page).split_whitespace().collect();
                let evil: String = format!("{EVIL} \"x\"").split_whitespace().collect();
                assert!(text.contains(&evil), "the text is not on {path}");
            }
            for path in ["index.html", "procedures/1.000001.html"] {
                let (all, own) = (files[path].matches("<script"), files[path].matches("<script src=\""));
                assert_eq!(all.count(), own.count(), "{path} has the scripts of the site and no other");
            }
            for path in ["notices/1.000001.html", "processes/1.000001.html"] {
                assert_eq!(files[path].matches("<script").count(), 0);
            }
        }
    }

    #[test]
    fn markup_of_a_page_is_the_same_whatever_the_texts_are() {
        let tame = |page: &str| -> Vec<String> {
            page.split('<').skip(1).filter_map(|part| part.split(['>', ' ', '\n']).next()).map(str::to_owned).collect()
        };
        let evil = evil_files(Lang::Vi);
        for path in ["notices/1.000001.html", "processes/1.000001.html"] {
            let tags = tame(&evil[path]);
            for tag in &tags {
                let name = tag.trim_start_matches('/');
                assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '!'), "{tag}");
            }
            // Every tag that is opened is closed, in order: what the texts hold opens and closes none.
            let mut open: Vec<&str> = Vec::new();
            for tag in &tags {
                match tag.strip_prefix('/') {
                    Some(name) => assert_eq!(open.pop(), Some(name), "{path}"),
                    None if ["!doctype", "meta", "rect", "path", "col", "br"].contains(&tag.as_str()) => {}
                    None => open.push(tag),
                }
            }
            assert_eq!(open, Vec::<&str>::new(), "{path}");
        }
    }

    /// The labels of a Mermaid chart, with its entities resolved.
    fn labels(chart: &str) -> Vec<String> {
        let resolved = |label: &str| {
            let mut parts = label.split('#');
            let mut text = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let (number, rest) = part.split_once(';').expect("an entity ends");
                let number = number.parse().ok().and_then(char::from_u32);
                text.extend(number);
                assert!(number.is_some(), "{label}");
                text.push_str(rest);
            }
            text.replace('\u{2060}', "")
        };
        let lines = chart.lines().skip_while(|line| *line != "flowchart TD");
        lines.filter_map(|line| Some(resolved(line.split_once('"')?.1.rsplit_once('"')?.0))).collect()
    }

    /// The letters of a text message are few: others are left out, and nothing else is made of them.
    #[test]
    fn in_messages() {
        for lang in [Lang::Vi, Lang::En] {
            let files = evil_files(lang);
            let (zalo, sms) = (&files["texts/1.000001.zalo.txt"], &files["texts/1.000001.sms.txt"]);
            assert!(zalo.contains(&format!("{EVIL} \"x\" đơn")), "{zalo}");
            assert!(!zalo.contains(" 49 ") && zalo.chars().count() <= 2_000, "{zalo}");
            let is_plain = |letter: char| matches!(letter, ' '..='~') && !"[]{}\\^~|`".contains(letter);
            assert!(sms.trim_end().chars().all(is_plain) && sms.trim_end().len() <= 160, "{sms}");
            assert!(sms.contains(". <script>alert(1)</script>"), "{sms}");
        }
    }

    /// The data of the site are scripts of their own; they stay data wherever a script may stand.
    #[test]
    fn in_data_of_the_site() {
        let files = evil_files(Lang::Vi);
        for path in ["procedures/1.000001.js", "site/index.js", "screens/list.js"] {
            let script = &files[path];
            for bad in ["</", "<!--", "\u{2028}", "\u{2029}"] {
                assert!(!script.contains(bad), "{bad:?} is in {path}");
            }
            let data = script.split_once('(').and_then(|(_, data)| data.strip_suffix(");\n")).expect("one call");
            let data: Value = serde_json::from_str(data).expect("JSON");
            let told = data.to_string().replace("\\\"", "\"").replace("\\\\", "\\");
            assert!(path == "site/index.js" || told.contains(EVIL), "{told}");
        }
    }

    #[test]
    fn in_mermaid() {
        for lang in [Lang::Vi, Lang::En] {
            let files = evil_files(lang);
            let chart = &files["charts/1.000001.mmd"];
            let evil = format!("{EVIL} \"x\"");
            for name in ["chức danh", "bước", "nhánh"] {
                let text = format!("{evil} {name}");
                assert!(labels(chart).iter().any(|label| label.contains(&text)), "“{name}” is not in {chart}");
            }
            let after = chart.split_once("flowchart TD\n").expect("it is a flowchart").1;
            for line in after.lines() {
                assert!(matches!(line.matches('"').count(), 0 | 2), "a text ends its quotes: {line}");
                let texts = line.replace("<br/>", "");
                assert!(!texts.contains(['<', '`', '$', '%', '=']), "{line}");
            }
            assert!(chart.starts_with("---\ntitle: \"") && !chart.contains("<script") && !chart.contains("%%"));
        }
    }

    #[test]
    fn ids_that_mermaid_keeps_for_itself_are_told_apart() {
        let words = ["end", "graph", "subgraph", "style", "class", "click", "href", "call", "flowchart", "interpolate"];
        let steps: String = words.iter().map(|word| format!("bước {word} \"1. {word}\"\n")).collect();
        let text =
            format!("thủ tục 1.000001 \"Tên\" {{ quy trình {{ {steps} bước b-end \"- % ; #quot;\"\ntrả kết quả }} }}");
        let chart = &Built::of(&read_text(&text, Lang::Vi))["charts/1.000001.mmd"];
        for word in words {
            assert!(
                chart.contains(&format!(" _{word}[\"")) && !chart.contains(&format!(" {word}[")),
                "{word} in {chart}"
            );
        }
        assert!(
            chart.contains("_end --> _graph") && chart.contains(" b_end[\"11#46; - #37; #59; #35;quot#59;\"]"),
            "{chart}"
        );
    }

    #[test]
    fn in_json() {
        let files = evil_files(Lang::Vi);
        let evil = format!("{EVIL} \"x\"");
        let value = json(&files, "json/1.000001.json");
        assert_eq!(value["name"], format!("{evil} tên"));
        assert_eq!(value["dossier"]["documents"][0]["name"], format!("{evil} đơn"));
        assert_eq!(value["outcomes"][0]["name"], format!("{evil} kết quả"));
        assert_eq!(json(&files, "catalogue.json")["procedures"][0]["name"], format!("{evil} tên"));
        let cases = json(&files, "decisions/1.000001.cases.json");
        let names: Vec<&str> = cases.as_array().into_iter().flatten().filter_map(|one| one["name"].as_str()).collect();
        assert!(names.iter().any(|name| name.starts_with(&format!("{evil} đơn"))), "{names:?}");
    }

    #[test]
    fn letters_that_xml_cannot_hold_are_left_out() {
        let text = "thủ tục 1.000001 \"A\u{1}B\u{b}C\u{fffe}D\" { phí: 1.000 đồng; quy trình { tiếp nhận \"E\u{2}F\u{1f}G\" { thời gian: ngay }; trả kết quả } }";
        let files = Built::of(&read_text(text, Lang::Vi));
        let paths = [
            "notices/1.000001.html",
            "index.html",
            "charts/1.000001.svg",
            "charts/1.000001.mmd",
            "processes/1.000001.html",
            "decisions/1.000001.dmn",
        ];
        for path in paths {
            let bad = |letter: char| matches!(letter, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
            assert!(!files[path].contains(bad), "{path}");
            assert!(files[path].contains("ABCD"), "{path}");
        }
    }

    #[test]
    fn an_address_that_is_no_web_page_becomes_no_link() {
        for address in
            ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", " vbscript:x", "file:///etc/passwd"]
        {
            let text = format!("thủ tục 1.000001 \"Tên\" {{ trang công bố: \"{address}\" }}");
            let page = &Built::of(&read_text(&text, Lang::Vi))["notices/1.000001.html"];
            assert!(
                !page.contains("script:") && !page.contains("href=\"data") && !page.contains("href=\"file"),
                "{address}"
            );
        }
    }

    #[test]
    fn file_names_come_from_codes_alone() {
        let files = evil_files(Lang::Vi);
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let expected = [
            "boards/buu-chinh.html",
            "boards/cap.html",
            "boards/hen-tra.html",
            "boards/linh-vuc.html",
            "bpmn/1.000001.paths.json",
            "bpmn/1.000001.plain.bpmn",
            "catalogue.json",
            "charts/1.000001.doc.svg",
            "charts/1.000001.mmd",
            "charts/1.000001.svg",
            "decisions/1.000001.cases.json",
            "decisions/1.000001.dmn",
            "forms/1.000001/apology.html",
            "forms/1.000001/congratulation.html",
            "forms/1.000001/control.html",
            "forms/1.000001/log.html",
            "forms/1.000001/receipt.html",
            "forms/1.000001/refusal.html",
            "forms/1.000001/stop.html",
            "forms/1.000001/supplement.html",
            "index.html",
            "json/1.000001.json",
            "leaflets/1.000001.html",
            "notices/1.000001.html",
            "procedures/1.000001.html",
            "procedures/1.000001.js",
            "processes/1.000001.html",
            "schema/catalogue-1.json",
            "schema/due-1.json",
            "schema/procedure-1.json",
            "screens/1.000001.html",
            "screens/index.html",
            "screens/list.js",
            "site/answer.js",
            "site/calendar.js",
            "site/course.js",
            "site/index.js",
            "site/logic.js",
            "site/money.js",
            "site/search.js",
            "site/site.css",
            "site/time.js",
            "site/wizard.js",
            "texts/1.000001.sms.txt",
            "texts/1.000001.zalo.txt",
        ];
        assert_eq!(names, expected);
        let shipped = shipped_files();
        for name in shipped.keys() {
            assert!(
                name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./-".contains(&byte)) && !name.contains(".."),
                "{name}"
            );
        }
    }
}

/// Received, examined, signed and handed over.
const SMALL: &str = "thủ tục 1.000001 \"Đăng ký\" {
    kết quả { trích-lục \"Trích lục\" }
    quy trình {
        chức danh một-cửa \"Công chức tiếp nhận\" thuộc ubnd-xã
        chức danh lãnh-đạo \"Lãnh đạo\" thuộc ubnd-xã
        tiếp nhận \"Tiếp nhận\" { trách nhiệm: một-cửa; thời gian: ngay }
        thẩm định thẩm-tra \"Thẩm tra\" { trách nhiệm: một-cửa; thời gian: 01 ngày làm việc }
        ký \"Ký\" { trách nhiệm: lãnh-đạo; thời gian: 04 giờ làm việc; sản phẩm: trích-lục; không đồng ý: trả lại thẩm-tra }
        trả kết quả { trách nhiệm: một-cửa }
    }
}
";

mod charts {
    use super::*;

    fn chart(text: &str) -> String {
        let catalogue = read_text(text, Lang::Vi);
        assert!(
            catalogue.reading.is_empty(),
            "{:?}",
            catalogue.reading.iter().map(|one| &one.message).collect::<Vec<_>>()
        );
        Built::of(&catalogue).remove("charts/1.000001.svg").expect("it has a chart")
    }

    #[test]
    fn a_small_process() {
        insta::assert_snapshot!("chart_small", chart(SMALL));
    }

    #[test]
    fn answers_that_meet_at_once_need_no_room_between() {
        let wide = |text: &str| -> f64 {
            let svg = chart(text);
            let width = svg.split_once(" width=\"").and_then(|(_, rest)| rest.split_once('"'));
            width.and_then(|(width, _)| width.parse().ok()).expect("a chart has a width")
        };
        let meeting = SMALL.replace("không đồng ý: trả lại thẩm-tra", "không đồng ý: chưa nhập");
        // A gateway more where both meet, and what is written beside the ways.
        assert!(wide(&meeting) < wide(SMALL) + 150.0, "{} and {}", wide(&meeting), wide(SMALL));
    }

    #[test]
    fn a_lane_has_room_for_its_name() {
        let name = "Bộ phận Tiếp nhận và Trả kết quả của Sở Nội vụ tại Trung tâm Phục vụ hành chính công cấp tỉnh";
        let svg = chart(&SMALL.replace("\"Lãnh đạo\"", &format!("\"{name}\"")));
        let lanes = svg.split("class=\"lane\"").skip(1).flat_map(|lane| lane.split("</text>").take(3));
        let written: String =
            lanes.filter_map(|line| line.rsplit_once('>')).map(|(_, text)| format!("{text} ")).collect();
        assert!(written.contains(name), "{written}");
    }

    #[test]
    fn parallel_branches() {
        insta::assert_snapshot!(
            "chart_parallel",
            chart(
                "thủ tục 1.000001 \"Liên thông\" {
    trường hợp { gấp: có hoặc không \"Cần gấp\" }
    quy trình {
        chức danh một-cửa \"Công chức tiếp nhận\" thuộc ubnd-xã
        chức danh công-an \"Công an\" thuộc công-an-xã
        giai đoạn \"Giải quyết\" {
            tiếp nhận \"Tiếp nhận\" { trách nhiệm: một-cửa; thời gian: ngay }
            đồng thời {
                nhánh \"Công an\" { bước \"Xác minh cư trú\" { trách nhiệm: công-an; thời gian: 03 ngày làm việc } }
                nhánh \"Xã\" { khi gấp { bước \"Gọi điện\" { trách nhiệm: một-cửa; thời gian: 02 giờ } } }
            }
        }
        trả kết quả { trách nhiệm: một-cửa }
    }
}
"
            )
        );
    }
}

mod process_tables_and_mermaid {
    use super::*;

    /// Everything that a step can come to, in two stages.
    const RICH: &str = "thủ tục 1.000001 \"Cấp giấy phép\" {
    trường hợp {
        vùng-xa: có hoặc không \"Thửa đất ở vùng xa\"
        nhà-ở: có hoặc không \"Nhà ở riêng lẻ\"
        hỏi-công-an: có hoặc không \"Phải hỏi công an\" do cơ quan xác định
        được-cấp: có hoặc không \"Được cấp giấy phép\" do cơ quan xác định
    }
    cơ quan có thẩm quyền: ubnd-xã
    thời hạn giải quyết hẹn-1 \"Gửi thông báo\": 10 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ; khi vùng-xa: 12 ngày làm việc { khi nhà-ở: 11 ngày làm việc } }
    thời hạn giải quyết hẹn-2 \"Trả giấy phép\": 04 ngày làm việc { kể từ: nộp-tiền }
    kết quả { giấy-phép \"Giấy phép\"; từ chối tb \"Thông báo từ chối\" }
    quy trình {
        chức danh một-cửa \"Công chức tiếp nhận\" thuộc ubnd-xã
        chức danh cán-bộ \"Cán bộ thụ lý\" thuộc ubnd-xã
        chức danh lãnh-đạo \"Lãnh đạo\" thuộc ubnd-xã
        chức danh công-an \"Công an\" thuộc công-an-xã
        giai đoạn hẹn-1 {
            tiếp nhận \"Tiếp nhận\" {
                trách nhiệm: một-cửa; thời gian: 04 giờ làm việc; từ chối: \"Không thuộc thẩm quyền\"
                bổ sung { tối đa: 01 lần; báo trong: 02 ngày làm việc, 01 ngày làm việc; chờ: 05 ngày; tính thời hạn: tạm dừng; không đạt: từ chối trong 03 ngày; quá hạn: dừng; ký: lãnh-đạo }
            }
            chuyển \"Chuyển hồ sơ\" { trách nhiệm: một-cửa; đến: cán-bộ; thời gian: 04 giờ làm việc; nhận trong: 02 giờ làm việc; quá hạn: báo cáo lãnh-đạo; không nhận: trả lại tiếp nhận }
            đồng thời {
                nhánh \"Thẩm định\" { thẩm định thẩm-định \"Thẩm định\" { trách nhiệm: cán-bộ { khi vùng-xa: lãnh-đạo }; thời gian: 05 ngày làm việc { khi vùng-xa: 07 ngày làm việc } } }
                nhánh { lấy ý kiến \"Hỏi công an\" { khi: hỏi-công-an; trách nhiệm: cán-bộ; hỏi: công-an-xã; thời gian: 03 ngày làm việc; quá hạn: coi như đồng ý theo Điều 5 luật-a } }
            }
            niêm yết \"Niêm yết\" { trách nhiệm: cán-bộ; thời gian: 15 ngày, không tính theo luật-a; khi: không nhà-ở }
            trình \"Trình\" { trách nhiệm: cán-bộ; thời gian: 01 ngày làm việc; không đồng ý: trả lại thẩm-định; biểu mẫu: \"Tờ trình\" }
        }
        khi không được-cấp { từ chối \"Từ chối\" { trách nhiệm: lãnh-đạo; sản phẩm: tb; thời gian: 01 ngày làm việc } }
        nghĩa vụ tài chính nộp-tiền \"Nộp tiền\" { thời gian: không tính theo luật-a; xong khi: \"Có chứng từ\" }
        giai đoạn hẹn-2 {
            thẩm định \"Xác nhận\" { trách nhiệm: công-an; thời gian: 02 ngày làm việc; quá hạn { bước \"Cán bộ tự xác nhận\" { trách nhiệm: cán-bộ; thời gian: 01 ngày làm việc } } }
            ký \"Ký\" { trách nhiệm: lãnh-đạo; thời gian: 01 ngày làm việc; sản phẩm: giấy-phép { khi nhà-ở: \"Giấy phép kèm bản vẽ\" }; ghi chú: \"Ký số\" }
        }
        trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
    }
}
";

    fn built(text: &str, lang: Lang) -> BTreeMap<String, String> {
        let catalogue = read_text(text, lang);
        assert!(
            catalogue.reading.is_empty(),
            "{:?}",
            catalogue.reading.iter().map(|one| &one.message).collect::<Vec<_>>()
        );
        Built::of(&catalogue)
    }

    fn mermaid(text: &str) -> String {
        built(text, Lang::Vi).remove("charts/1.000001.mmd").expect("it has a chart")
    }

    /// The page without its head, whose styles say nothing of a procedure.
    fn table(text: &str, lang: Lang) -> String {
        let page = built(text, lang).remove("processes/1.000001.html").expect("it has a table");
        page.split_once("<body").expect("it has a body").1.to_owned()
    }

    #[test]
    fn a_small_process() {
        insta::assert_snapshot!("mermaid_small", mermaid(SMALL));
        insta::assert_snapshot!("process_table_small", table(SMALL, Lang::Vi));
    }

    #[test]
    fn stages_cases_and_everything_a_step_can_come_to() {
        insta::assert_snapshot!("mermaid_rich", mermaid(RICH));
        insta::assert_snapshot!("process_table_rich", table(RICH, Lang::Vi));
        insta::assert_snapshot!("process_table_rich_en", table(RICH, Lang::En));
    }
}

mod decisions {
    use super::*;

    #[test]
    fn of_a_small_procedure() {
        let text = "thủ tục 1.000001 \"Đăng ký\" {
    cách thức thực hiện: trực tiếp, trực tuyến
    trường hợp {
        việc: một trong \"Việc\" { mới \"Cấp mới\"; lại \"Cấp lại\" }
        số-bản: số nguyên từ 0 đến 100 \"bản\" \"Số bản sao\"
        nhóm: nhiều trong \"Người nộp\" { nghèo \"Hộ nghèo\"; trẻ \"Trẻ em\" }
    }
    thành phần hồ sơ: 01 bộ {
        nộp tờ-khai \"Tờ khai\"
        nộp giấy-cũ \"Giấy đã cấp\" { khi: việc là lại và cách thức là trực tiếp }
    }
    thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ; khi việc là lại: do địa phương quy định }
    phí \"Phí bản sao\": 8.000 đồng × số-bản { khi nhóm gồm nghèo: miễn; khi không nhóm gồm nghèo và số-bản từ 11: 80.000 đồng }
    ví dụ \"Cấp mới, 02 bản\" { trường hợp: việc là mới, cách thức là trực tiếp, số-bản là 2, nhóm là (trẻ) }
}
";
        let catalogue = read_text(text, Lang::Vi);
        let faults: Vec<_> = catalogue.reading.iter().map(|one| &one.message).collect();
        assert!(faults.is_empty(), "{faults:?}");
        let files = Built::of(&catalogue);
        let hash = files["catalogue.json"].split("\"source_hash\": \"").nth(1).and_then(|rest| rest.get(..12));
        let tables = files["decisions/1.000001.dmn"].replace(hash.expect("a hash"), "HASH");
        insta::assert_snapshot!("dmn_small", tables);
        insta::assert_snapshot!("dmn_small_cases", files["decisions/1.000001.cases.json"]);
    }

    #[test]
    fn of_nothing_is_no_file() {
        let files = Built::of(&read_text("thủ tục 1.000001 \"Tên\" { kết quả { \"Giấy\" } }", Lang::Vi));
        assert!(!files.keys().any(|path| path.starts_with("decisions/")), "{:?}", files.keys());
    }
}

/// Nothing in a page may come from elsewhere: what it loads is a file of the same build.
#[test]
fn pages_and_charts_load_nothing_but_files_of_the_build() {
    let files = shipped_files();
    let mut loaded = 0;
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".svg")) {
        // The slides of all procedures are shown one after the other in a frame, which a script of the page fills.
        let frames = usize::from(path.ends_with("screens/index.html"));
        assert_eq!(text.matches("<iframe").count(), frames, "frames in {path}");
        for attribute in ["srcset=", "@import", "url(http", "srcdoc", "<object", "<embed"] {
            assert!(!text.contains(attribute), "{attribute} in {path}");
        }
        let addresses = text.split(" src=\"").skip(1).chain(text.split("<link rel=\"stylesheet\" href=\"").skip(1));
        let mut known = 0;
        for address in addresses.map(|rest| rest.split('"').next().expect("a split has a first part")) {
            let file = from_folder_of(path, &address.replace("&#x2f;", "/"));
            assert!(files.contains_key(&file), "{path} loads {address}");
            known += 1;
        }
        // An empty icon keeps browsers from asking for one.
        let loads = text.replace("<link rel=\"icon\" href=\"data:,\">", "");
        assert_eq!(loads.matches("src=").count() + loads.matches("<link").count(), known, "{path} loads otherwise");
        loaded += known;
    }
    assert!(loaded > 100, "only {loaded} files are loaded");
}

/// The path within the build that an address in the file `path` leads to.
fn from_folder_of(path: &str, address: &str) -> String {
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    for part in address.split('/') {
        if part == ".." {
            assert!(folders.pop().is_some(), "{address} of {path} leaves the build");
        } else {
            folders.push(part);
        }
    }
    folders.join("/")
}

/// Every file of a build, asked for by its path alone, is that of the build; and no path has a file that the build has not.
#[test]
fn each_file_is_made_on_request_as_in_the_build() {
    let catalogue = read_shipped(options());
    let built = Built::default();
    emit::build(&catalogue, &Wanted::default(), &built, &|| ()).expect("it is built");
    let built = built.0.into_inner().expect("no writer panics");
    let made = OnRequest::new(catalogue, Wanted::default()).expect("its templates can be read");
    let file = |path: &str| made.file(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    // A form of each procedure takes as long as all of them: some are enough.
    let some = |(at, path): &(usize, &String)| !path.contains("forms/") || at % 40 == 0;
    for (_, path) in built.keys().enumerate().filter(some) {
        assert_eq!(file(path).as_ref(), built.get(path), "{path}");
    }
    for path in
        ["", "notices", "notices/", "notices/1.html", "notices/1.001193", "places/notices/1.001193.html", "site/a.js"]
    {
        assert_eq!(file(path), None, "{path}");
    }
    let of_a_place = built.keys().find(|path| path.starts_with("places/") && path.contains("/notices/"));
    let (place, notice) = of_a_place.and_then(|path| path.split_once("/notices/")).expect("a place with a notice");
    assert_eq!(file(&format!("{place}-a/notices/{notice}")), None);
    assert_eq!(file(&format!("{place}/notices/1.001193.txt")), None);
}
