//! Builds of less than everything, and of the communes of a province.

use super::*;

fn built(folder: &Path, out: &Path, args: &[&str]) -> BTreeMap<String, String> {
    let ran = run(folder, &[&["build", "--out", &out.to_string_lossy()], args].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    whole_build(out);
    let texts = files_below(out).into_iter().filter(|(path, _)| !path.ends_with(".docx"));
    texts.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

/// Where a relative link of a page leads.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('#').next().unwrap_or_default().split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leads out of the build"),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Links of a page to other files of its build; those that a page hides are no links.
fn links(page: &str) -> Vec<String> {
    let shown: String = page.split("<p hidden>").enumerate().fold(String::new(), |text, (at, part)| {
        text + if at == 0 { part } else { part.split_once("</p>").map_or("", |(_, rest)| rest) }
    });
    let marks = ["href=\"", "src=\""];
    let found = marks.iter().flat_map(|mark| shown.split(mark).skip(1).filter_map(|rest| rest.split('"').next()));
    let own = found.filter(|link| !link.contains(':') && !link.starts_with('#') && !link.is_empty());
    own.map(|link| link.replace("&#x2f;", "/")).filter(|link| !link.contains("${")).collect()
}

/// A folder with some procedures of the shipped catalogue, and its registers.
pub(super) fn some() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let from = shipped().join("procedures");
    copy_folder(&from.join("registers"), &folder.path().join("procedures/registers"));
    copy_folder(&from.join("ho-tich"), &folder.path().join("procedures/ho-tich"));
    // A bundle of civil status has a part of residence.
    copy_folder(&from.join("cu-tru"), &folder.path().join("procedures/cu-tru"));
    copy_folder(&from.join("thanh-nien-xung-phong"), &folder.path().join("procedures/thanh-nien-xung-phong"));
    set_version(folder.path(), "1");
    folder
}

#[test]
fn no_page_leads_to_a_file_that_was_not_made() {
    let folder = some();
    let out = folder.path().join("dist");
    let selections: [&[&str]; 8] = [
        &["--only", "notices", "--formats", "html"],
        &["--only", "notices,charts"],
        &["--only", "site"],
        &["--only", "site,notices,json", "--formats", "docx"],
        &["--only", "processes,boards", "--bpmn", "plain,camunda8"],
        &["--only", "forms,screens,texts,leaflets"],
        &["--at", "đồng-nai", "--communes", "--formats", "html"],
        &["--at", "đồng-nai", "--communes", "--only", "notices"],
    ];
    for args in selections {
        let files = built(folder.path(), &out, args);
        let all = files_below(&out);
        for (page, text) in files.iter().filter(|(page, _)| page.ends_with(".html")) {
            for link in links(text) {
                let target = target(page, &link);
                assert!(all.contains_key(&target), "{args:?}: {page} leads to {target}");
            }
        }
    }
}

#[test]
fn what_is_asked_for_is_made_and_nothing_else() {
    let folder = some();
    let out = folder.path().join("dist");
    let all = built(folder.path(), &out, &[]);
    let files = built(folder.path(), &out, &["--only", "notices", "--formats", "html"]);
    assert!(files.len() > 10);
    assert!(files.keys().all(|path| path == "manifest.json" || path.contains("notices/") && path.ends_with(".html")));
    // Without links to what is not there, a notice is what it is in a whole build.
    let body = |page: &String| page.split_once("<header").map(|(_, rest)| rest.to_owned());
    for (path, page) in files.iter().filter(|(path, _)| path.contains("notices/")) {
        assert!(body(page).is_some() && body(page) == body(&all[path]), "{path} differs");
    }
    let charts = built(folder.path(), &out, &["--only", "charts"]);
    assert!(charts.keys().all(|path| path == "manifest.json" || path.contains("charts/") && path.ends_with(".svg")));
    assert!(charts.iter().filter(|(path, _)| path.ends_with(".svg")).all(|(path, svg)| *svg == all[path]));
}

#[test]
fn what_cannot_be_made_is_said_before_anything_is_read() {
    let folder = some();
    let run = |args: &[&str]| run(folder.path(), &[&["build"], args].concat());
    says(&run(&["--only", "notice"]), 2, "chọn trong: notices");
    says(&run(&["--formats", "pdf"]), 2, "--formats");
    says(&run(&["--communes", "--only", "charts"]), 2, "--only phải có notices");
    says(&run(&["--communes", "--at", "đồng-nai/trảng-dài"]), 2, "--communes cần một tỉnh ở --at");
    says(&run(&["--communes", "--at", "cao-bằng"]), 2, "danh mục địa bàn không có xã nào của cao-bằng");
    assert!(!folder.path().join("dist").exists());
}

#[test]
fn a_commune_has_the_notices_of_a_build_at_that_commune() {
    let folder = some();
    let own = "áp dụng 1.001193 tại đồng-nai/trảng-dài theo luật-hộ-tịch-2014 {\n    liên hệ: \"Phường: 0251\"\n}\n";
    write(&folder, "procedures/own.tthc", own);
    let (province, commune) = (folder.path().join("province"), folder.path().join("commune"));
    let less = ["--only", "notices", "--formats", "html"];
    let all = built(folder.path(), &province, &[&["--at", "đồng-nai", "--communes"], &less[..]].concat());
    assert_eq!(all.keys().filter(|path| path.ends_with("/trang-dai/index.html")).count(), 1);
    for (place, slug) in [("đồng-nai/trảng-dài", "trang-dai"), ("đồng-nai/tân-an", "tan-an")] {
        let one = built(folder.path(), &commune, &[&["--at", place], &less[..]].concat());
        let body = |page: &String| page.split_once("<header").map(|(_, rest)| rest.to_owned());
        let prefix = format!("places/dong-nai/{slug}/notices/");
        let mut handled = 0;
        for (path, page) in all.iter().filter(|(path, _)| path.starts_with(&prefix)) {
            assert!(body(page).is_some() && body(page) == body(&one[path]), "{path} differs");
            handled += 1;
        }
        assert!(handled > 5, "{handled} notices of {place}");
    }
    assert!(all["places/dong-nai/trang-dai/notices/1.001193.html"].contains("<p>Phường: 0251</p>"));
    assert!(all["places/dong-nai/trang-dai/notices/1.001193.html"].contains("ỦY BAN NHÂN DÂN PHƯỜNG TRẢNG DÀI"));
    assert!(!all.keys().any(|path| path.starts_with("places/dong-nai/trang-dai/notices/2.001683")), "of provinces");
}

#[test]
fn a_national_list_of_units_stands_beside_the_register() {
    let folder = some();
    let list = "\u{feff}Mã;Tên;Mã tỉnh;Liên hệ\n04;Tỉnh Cao Bằng;;\n01273;Phường Thục Phán;04;Điện thoại: 0206 | cb@example.vn\n01290;Xã Tân Phú;04;\n01291;Phường Tân Phú;04;\n25993;Phường Khác;75;\n";
    write(&folder, "procedures/registers/units.csv", list);
    let out = folder.path().join("dist");
    let files = built(folder.path(), &out, &["--at", "cao-bằng", "--communes", "--formats", "html"]);
    let page = &files["places/cao-bang/thuc-phan/notices/1.001193.html"];
    assert!(page.contains("<p>Phường Thục Phán, Tỉnh Cao Bằng</p>") && page.contains("<p>Điện thoại: 0206</p>"));
    for folder in ["tan-phu-01290", "tan-phu-01291"] {
        assert!(files.contains_key(&format!("places/cao-bang/{folder}/index.html")), "{folder}");
    }
    let communes = &files["communes.html"];
    assert!(communes.contains("Phường Thục Phán") && !communes.contains("Trảng Dài"), "{communes}");
    // What the register says of a unit stays.
    says(&run(folder.path(), &["build", "--at", "đồng-nai/khác"]), 2, "danh mục địa bàn không có");
}

#[test]
fn faults_of_a_list_of_units_name_their_line() {
    let folder = some();
    for (list, part) in [
        ("code,name\n1,Xã A\n", "units.csv:1:1: lỗi[TT016]: thiếu cột `full_name`"),
        (
            "code,full_name,province_code\n90001,Xã A,99\n",
            "units.csv:2:1: lỗi[TT016]: không có tỉnh, thành phố nào mang mã `99`",
        ),
        (
            "code,full_name,province_code\n90001,Xã A,75\n90001,Xã B,75\n",
            "units.csv:3:1: lỗi[TT016]: mã `90001` có hai lần",
        ),
        (
            "code,full_name,province_code\n90001,Xã A,75\n,Xã B,75\n",
            "units.csv:3:1: lỗi[TT016]: dòng này còn thiếu `code`",
        ),
        ("code,full_name,province_code\n90001,A,75\n", "phải bắt đầu bằng Tỉnh, Thành phố"),
        ("code,full_name,province_code\n90001,Xã A\n", "dòng này có 2 cột, dòng đầu có 3"),
    ] {
        write(&folder, "procedures/registers/units.csv", list);
        says(&run(folder.path(), &["check", "--format", "short"]), 1, part);
    }
}

#[test]
fn a_build_is_verified_by_its_manifest() {
    let folder = some();
    built(folder.path(), &folder.path().join("dist"), &["--only", "notices", "--formats", "html"]);
    let verify = |args: &[&str]| run(folder.path(), &[&["verify"], args].concat());
    says(&verify(&[]), 0, "dist: nguyên vẹn, ");
    write(&folder, "dist/notices/1.001193.html", "khác");
    write(&folder, "dist/notices/thừa.html", "");
    fs::remove_file(folder.path().join("dist/notices/1.000894.html")).expect("it is there");
    let ran = verify(&["dist"]);
    for part in [
        "đã bị sửa: notices/1.001193.html",
        "thiếu: notices/1.000894.html",
        "không thuộc bản dựng: notices/thừa.html",
        "3 tệp sai",
    ] {
        says(&ran, 1, part);
    }
    says(&verify(&["procedures"]), 2, "procedures");
    // What a manifest names outside its folder is not read.
    let text = read(&folder, "dist/manifest.json").replace("notices/1.000894.html", "../procedures/catalogue.yaml");
    write(&folder, "dist/manifest.json", &text);
    says(&verify(&["dist"]), 1, "thiếu: ../procedures/catalogue.yaml");
}
