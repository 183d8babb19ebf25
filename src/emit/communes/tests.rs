//! What is cut and joined is what is made for one commune by itself.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use jiff::civil::date;

use super::super::local::Local;
use super::super::notice::{self, Beside};
use super::super::{Sink, Site, Wanted, file_name, site};
use super::{Way, make};
use crate::compile::{Catalogue, FileKind, Input, Options};
use crate::lang::Lang;
use crate::model::Level;
use crate::plan::ProcedurePlan;
use crate::resolve::Variant;

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, String>>);

impl Sink for Memory {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let text = String::from_utf8(bytes.to_vec()).expect("pages are UTF-8");
        let before = self.0.lock().expect("no writer panics").insert(path.to_owned(), text);
        assert_eq!(before, None, "{path} is written twice");
        Ok(())
    }
}

/// The shipped files, with units whose names and contacts have letters that pages escape, and what two communes set for
/// themselves.
fn inputs() -> Vec<Input> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures");
    let mut inputs = Vec::new();
    below(&root, "", &mut inputs);
    let units = inputs.iter_mut().find(|input| input.name == "registers/units.yaml").expect("it is shipped");
    units.bytes.extend_from_slice(UNITS.as_bytes());
    inputs.push(Input { kind: FileKind::Procedures, name: "own.tthc".to_owned(), bytes: OWN.as_bytes().to_vec() });
    inputs
}

const UNITS: &str = r#"
- { id: m-drắk, parent: đồng-nai, code: "99001", name: "Xã M'Drắk <&> \"Một\"", kind: xã, level: xã, contacts: ["Điện thoại: 0251 & 0252", "a/b"] }
- { id: phường-mới, parent: đồng-nai, code: "99002", name: "Phường Mới", kind: phường, level: xã, contacts: ["Điện thoại: 0251"], names: [ { name: "Xã Cũ", until: "31/12/2026" } ] }
- { id: không-tỉnh, parent: bình-phước-cũ, code: "99003", name: "Xã Không Tỉnh", kind: xã, level: xã }
"#;

const OWN: &str = r#"
áp dụng 1.001193 tại đồng-nai theo luật-hộ-tịch-2014 {
    liên hệ: "Đường dây nóng của thành phố"
}

áp dụng 1.001193 tại đồng-nai/trảng-dài theo luật-hộ-tịch-2014 {
    liên hệ: "Bộ phận một cửa phường: 0251"
    thời hạn giải quyết: 04 giờ làm việc
}

áp dụng 1.000894 tại đồng-nai/tân-an từ 01/01/2030 theo luật-hộ-tịch-2014 {
    liên hệ: "Chưa tới ngày áp dụng"
}

áp dụng 1.000894 tại đồng-nai/m-drắk theo luật-hộ-tịch-2014 {
    liên hệ: "Riêng của xã"
}
"#;

fn below(folder: &Path, prefix: &str, inputs: &mut Vec<Input>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{prefix}{}", path.file_name().and_then(|name| name.to_str()).expect("a name"));
        if path.is_dir() {
            below(&path, &format!("{name}/"), inputs);
            continue;
        }
        let kind = match name.as_str() {
            "catalogue.yaml" => FileKind::Settings,
            _ if name.starts_with("registers/") => FileKind::Register,
            _ if name.ends_with(".tthc") => FileKind::Procedures,
            _ => continue,
        };
        inputs.push(Input { kind, bytes: fs::read(path).expect("a file"), name });
    }
}

fn read(inputs: Vec<Input>, place: Option<&str>) -> Catalogue {
    let today = date(2026, 11, 22);
    let options =
        Options { lang: Lang::Vi, as_of: Some(today), today, place: place.map(str::to_owned), release: false };
    Catalogue::read(inputs, options)
}

fn wanted() -> Wanted {
    Wanted { docx: false, communes: true, only: vec!["notices".to_owned()], ..Wanted::default() }
}

fn made(catalogue: &Catalogue, site: &Site<'_>, way: Way) -> BTreeMap<String, String> {
    let memory = Memory::default();
    make(catalogue, site, &memory, way, &|| ()).expect("they are made");
    memory.0.into_inner().expect("no writer panics")
}

/// The notices that each commune has when nothing is shared between communes.
fn one_by_one(catalogue: &Catalogue, site: &Site<'_>) -> BTreeMap<String, String> {
    let registers = &catalogue.registers;
    let mut pages = BTreeMap::new();
    for unit in registers.communes(catalogue.options.place.as_deref()) {
        for procedure in &catalogue.procedures {
            let variant = Variant { as_of: catalogue.as_of(), place: Some(unit.path()) };
            if catalogue.options.place.is_none() && super::super::variants(catalogue, procedure).contains(&variant) {
                continue;
            }
            let effective = catalogue.effective(procedure, variant);
            let handles =
                effective.body.levels.iter().flat_map(|all| &all.value).any(|one| one.value == Level::Commune);
            if !effective.in_force || !handles {
                continue;
            }
            let plan = ProcedurePlan::new(&effective, registers, &catalogue.subprocesses);
            let beside = Beside { home: Some("../index.html".to_owned()), chart: None };
            let page = notice::page(&plan, site, site.templates.of(&plan), &Local::of(&plan), beside).expect("a page");
            let folder = registers.folder_of(&unit.path());
            pages.insert(format!("places/{folder}/notices/{}.html", file_name(&procedure.code.value.0)), page);
        }
    }
    pages
}

fn assert_same(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    for (path, page) in one {
        assert!(*page == other[path], "{path} differs");
    }
}

fn notices(all: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    all.iter().filter(|(path, _)| path.contains("/notices/")).map(|(path, page)| (path.clone(), page.clone())).collect()
}

#[test]
fn joined_pages_are_those_made_one_by_one() {
    for place in [Some("đồng-nai"), None] {
        let catalogue = read(inputs(), place);
        let wanted = wanted();
        let site = site(&catalogue, &wanted, None).expect("templates");
        let cut = made(&catalogue, &site, Way::Cut);
        assert_same(&notices(&cut), &one_by_one(&catalogue, &site));
        assert!(notices(&cut).len() > 95 * 20, "{} notices", cut.len());
        if place.is_some() {
            // The lists, too.
            assert_same(&cut, &made(&catalogue, &site, Way::Whole));
        }
    }
}

#[test]
fn a_commune_has_its_own_words() {
    let catalogue = read(inputs(), Some("đồng-nai"));
    let wanted = wanted();
    let site = site(&catalogue, &wanted, None).expect("templates");
    let pages = made(&catalogue, &site, Way::Cut);
    let page = |path: &str| pages.get(path).unwrap_or_else(|| panic!("{path} is absent"));
    let marriage = page("places/dong-nai/m-drak/notices/1.000894.html");
    assert!(marriage.contains("<p>Xã M&#x27;Drắk &lt;&amp;&gt; &quot;Một&quot;, Thành phố Đồng Nai</p>"));
    assert!(marriage.contains("ỦY BAN NHÂN DÂN XÃ M&#x27;DRẮK &lt;&amp;&gt; &quot;MỘT&quot;"), "in capitals");
    for line in ["<p>Riêng của xã</p>", "<p>Điện thoại: 0251 &amp; 0252</p>", "<p>a&#x2f;b</p>", "địa bàn 99001"]
    {
        assert!(marriage.contains(line), "{line}");
    }
    let birth = page("places/dong-nai/trang-dai/notices/1.001193.html");
    assert!(birth.contains("<p>Bộ phận một cửa phường: 0251</p>") && birth.contains("04 giờ làm việc"));
    let birth = page("places/dong-nai/phuong-moi/notices/1.001193.html");
    assert!(
        birth.contains("<p>Đường dây nóng của thành phố</p>\n<p>Điện thoại: 0251</p>"),
        "of the city, then its own"
    );
    assert!(birth.contains("Xã Cũ") && !birth.contains("Phường Mới"), "by the name of the day");
    assert!(!page("places/dong-nai/tan-an/notices/1.000894.html").contains("Chưa tới ngày"));
    // Without marks `Lộc Thạnh` and `Lộc Thành` are one word.
    assert!(page("places/dong-nai/loc-thanh-25280/index.html").contains("Xã Lộc Thạnh"));
    assert!(page("places/dong-nai/loc-thanh-25294/index.html").contains("Xã Lộc Thành"));
    assert!(!pages.contains_key("places/dong-nai/trang-dai/notices/1.003999.html"), "of the province alone");
}

#[test]
fn a_template_of_the_agency_may_do_anything_with_a_name() {
    let mut own = inputs();
    let text = r#"<title>{{ code }}</title><p>{{ place[0] }} {{ place|length }} {{ place|upper }}{% if place is startingwith "Xã" %} xã{% endif %}</p>"#;
    let template = |name: &str| Input {
        kind: FileKind::Template,
        name: format!("templates/{name}"),
        bytes: text.as_bytes().to_vec(),
    };
    own.push(template("notice.html.jinja"));
    let catalogue = read(own, Some("đồng-nai"));
    let wanted = wanted();
    let site = site(&catalogue, &wanted, None).expect("templates");
    let pages = notices(&made(&catalogue, &site, Way::Cut));
    assert_same(&pages, &one_by_one(&catalogue, &site));
    assert!(
        pages["places/dong-nai/an-loc/notices/1.001193.html"].contains("<p>P 33 PHƯỜNG AN LỘC"),
        "rendered with its name"
    );
}

#[test]
fn a_text_that_holds_a_mark_is_not_taken_for_one() {
    let mut own = inputs();
    let note = "áp dụng 1.000894 tại đồng-nai theo luật-hộ-tịch-2014 {\n    ghi chú: \"Chữ \u{FDD0} lạ\"\n}\n";
    own.push(Input { kind: FileKind::Procedures, name: "z.tthc".to_owned(), bytes: note.as_bytes().to_vec() });
    let catalogue = read(own, Some("đồng-nai"));
    let wanted = wanted();
    let site = site(&catalogue, &wanted, None).expect("templates");
    let pages = notices(&made(&catalogue, &site, Way::Cut));
    assert!(pages["places/dong-nai/an-loc/notices/1.000894.html"].contains("Chữ \u{FDD0} lạ"));
    assert_same(&pages, &one_by_one(&catalogue, &site));
}
