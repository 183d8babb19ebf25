//! The templates of an agency: what it may change, and what it is told where it errs.

mod common;
#[path = "support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use thutuc::compile::Catalogue;
use thutuc::emit;
use thutuc::lang::Lang;

use common::{Ran, files_below, run, shipped, whole_build};

const LOGO: &str =
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><circle cx="2" cy="2" r="2" fill="#c00"/></svg>"##;

/// Enough for a page with a heading, sections and an agency; the name holds what must be escaped.
const PROCEDURE: &str = r#"thủ tục 1.000001 "Đăng ký <script>alert(1)</script> & sửa" {
    cơ quan có thẩm quyền: ubnd-tỉnh
    thành phần hồ sơ: 01 bộ { nộp "Đơn đề nghị" }
    thời hạn giải quyết: 03 ngày làm việc
    phí, lệ phí: không
    kết quả { "Giấy chứng nhận" }
}
áp dụng 1.000001 tại đồng-nai từ 01/01/2026 { thời hạn giải quyết: 02 ngày làm việc }
"#;

fn catalogue() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    write(&folder, "procedures/catalogue.yaml", SETTINGS);
    write(&folder, "procedures/1.tthc", PROCEDURE);
    folder
}

const SETTINGS: &str = "name: \"Bộ thử\"\nversion: \"1\"\npublisher: \"Sở Thử nghiệm\"\nas_of: \"22/11/2026\"\n";

fn write(folder: &TempDir, path: &str, text: impl AsRef<[u8]>) {
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
    fs::write(file, text).expect("it can be written");
}

fn template(folder: &TempDir, name: &str, text: &str) {
    write(folder, &format!("procedures/templates/{name}"), text);
}

#[track_caller]
fn build(folder: &TempDir) -> BTreeMap<String, String> {
    let ran = run(folder.path(), &["build"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    whole_build(&folder.path().join("dist"));
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    files_below(&folder.path().join("dist")).into_iter().map(|(name, bytes)| (name, text(bytes))).collect()
}

#[track_caller]
fn refused(folder: &TempDir, parts: &[&str]) -> Ran {
    let ran = run(folder.path(), &["build"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    for part in parts {
        assert!(ran.err.contains(part), "{part:?} is not in {}", ran.err);
    }
    ran
}

const NOTICE: &str = "notices/1.000001.html";
const NOTICE_THERE: &str = "places/dong-nai/notices/1.000001.html";

#[test]
fn a_template_of_the_same_name_stands_in_and_its_values_are_escaped() {
    let folder = catalogue();
    let before = build(&folder);
    template(&folder, "notice.html.jinja", "<h1>{{ name }}</h1>{{ sections[0].title }}");
    let after = build(&folder);
    assert_eq!(
        after[NOTICE],
        "<h1>Đăng ký &lt;script&gt;alert(1)&lt;&#x2f;script&gt; &amp; sửa</h1>1. Trình tự thực hiện\n"
    );
    assert!(after[NOTICE_THERE].starts_with("<h1>"), "a place without its own has those of the agency");
    let hash = |build: &BTreeMap<String, String>| {
        serde_json::from_str::<serde_json::Value>(&build["manifest.json"]).expect("JSON")["source_hash"].clone()
    };
    assert_ne!(hash(&before), hash(&after), "the hash of a build covers the templates");
}

#[test]
fn a_block_is_changed_without_copying_the_page() {
    let folder = catalogue();
    let before = build(&folder);
    template(
        &folder,
        "notice.html.jinja",
        "{% extends \"shipped/notice.html.jinja\" %}\n{% block foot %}<footer>{% include \"ours.html\" %}</footer>{% endblock %}\n\
         {% block section_title %}{% if section.title == \"1. Trình tự thực hiện\" %}Các bước{% else %}{{ super() }}{% endif %}{% endblock %}",
    );
    template(&folder, "ours.html", "Sở <b>ta</b>");
    template(&folder, "style.css", "{% include \"shipped/style.css\" %} h1 { color: #900 }");
    let after = build(&folder);
    let page = &after[NOTICE];
    assert!(page.contains("<footer>Sở <b>ta</b></footer>") && page.contains("<h2>Các bước</h2>"), "{page}");
    assert!(page.contains(" h1 { color: #900 }") && page.contains(":root { --ink: #111;"), "{page}");
    assert!(page.contains("<h2>2. Cách thức thực hiện</h2>"), "{page}");
    let board = "boards/linh-vuc.html";
    assert!(after[board].contains(" h1 { color: #900 }"), "{}", after[board]);
    assert!(before[NOTICE].contains("mã nguồn") && !page.contains("mã nguồn"));
}

#[test]
fn a_place_has_its_own_over_those_of_the_agency() {
    let folder = catalogue();
    template(
        &folder,
        "notice.html.jinja",
        "{% extends \"shipped/notice.html.jinja\" %}{% block foot %}chung{% endblock %}",
    );
    template(&folder, "logo.svg", LOGO);
    template(
        &folder,
        "places/đồng-nai/notice.html.jinja",
        "{% extends \"common/notice.html.jinja\" %}{% block foot %}{{ super() }} và Đồng Nai{% endblock %}",
    );
    let built = build(&folder);
    assert!(built[NOTICE].contains("\nchung\n") && built[NOTICE].contains("class=\"logo\""), "{}", built[NOTICE]);
    assert!(built[NOTICE_THERE].contains("\nchung và Đồng Nai\n"), "{}", built[NOTICE_THERE]);
    assert!(built[NOTICE_THERE].contains("class=\"logo\""));
    let listed = run(folder.path(), &["templates"]);
    assert!(
        listed.out.contains(
            "notice.html.jinja  (thay bằng templates/notice.html.jinja, templates/places/đồng-nai/notice.html.jinja)"
        ),
        "{listed:?}"
    );
}

#[test]
fn the_folder_may_be_named_but_not_leave_the_catalogue() {
    let folder = catalogue();
    write(&folder, "procedures/catalogue.yaml", format!("{SETTINGS}templates: ./mẫu/sở/\n"));
    write(&folder, "procedures/mẫu/sở/notice.html.jinja", "mẫu của sở");
    assert_eq!(build(&folder)[NOTICE], "mẫu của sở\n");

    write(&folder, "ngoài/notice.html.jinja", "ngoài");
    for outside in ["../ngoài", "/tmp", "mẫu/../../ngoài"] {
        write(&folder, "procedures/catalogue.yaml", format!("{SETTINGS}templates: {outside}\n"));
        refused(&folder, &["nằm ngoài bộ thủ tục"]);
    }
    write(&folder, "procedures/catalogue.yaml", format!("{SETTINGS}templates: không-có\n"));
    refused(&folder, &["không-có", "không có tệp hoặc thư mục này"]);
    assert_eq!(fs::read_to_string(folder.path().join("dist").join(NOTICE)).expect("the old build"), "mẫu của sở\n");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_catalogue_is_not_followed() {
    let folder = catalogue();
    write(&folder, "mật.txt", "mật");
    fs::create_dir_all(folder.path().join("procedures/templates")).expect("a folder");
    let link = folder.path().join("procedures/templates/notice.html.jinja");
    std::os::unix::fs::symlink(folder.path().join("mật.txt"), &link).expect("a link");
    refused(&folder, &["notice.html.jinja", "nằm ngoài bộ thủ tục"]);
    fs::remove_file(&link).expect("it can be removed");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("procedures/templates/parts")).expect("a link");
    refused(&folder, &["nằm ngoài bộ thủ tục"]);
}

#[test]
fn what_is_wrong_is_named_with_file_line_and_the_likely_name() {
    let folder = catalogue();
    template(&folder, "notice.html.jinja", "bản tốt");
    build(&folder);
    let good = files_below(&folder.path().join("dist"));
    let file = "templates/notice.html.jinja";
    for (text, parts) in [
        (
            "\n\n<h1>{{ nmae }}</h1>",
            &[
                "notice.html.jinja:3: ",
                "không có giá trị nào tên `nmae`",
                "ý bạn là `name`?",
                "3 | <h1>{{ nmae }}</h1>",
            ][..],
        ),
        (
            "{% for part in sections %}\n{{ part.titel }}{% endfor %}",
            &["notice.html.jinja:2: ", "không có giá trị nào tên `part.titel`", "ý bạn là `title`?"],
        ),
        ("{{ name|uper }}", &["notice.html.jinja:1: ", "không có bộ lọc `uper`", "ý bạn là `upper`?"]),
        ("{% if name is defind %}{% endif %}", &["không có phép thử `defind`", "ý bạn là `defined`?"]),
        ("{{ rang(3) }}", &["không có hàm `rang`", "ý bạn là `range`?"]),
        (
            "a\n{% include \"styl.css\" %}",
            &["notice.html.jinja:2: ", "không có mẫu nào tên `styl.css`", "ý bạn là `style.css`?"],
        ),
        ("{% include \"../catalogue.yaml\" %}", &["không có mẫu nào tên `../catalogue.yaml`"]),
        ("{% include \"/etc/passwd\" %}", &["không có mẫu nào tên `/etc/passwd`"]),
        (
            "{% extends \"shipped/notise.html.jinja\" %}",
            &["`shipped/notise.html.jinja`", "ý bạn là `notice.html.jinja`?"],
        ),
        (
            "{% extends \"shipped/notice.html.jinja\" %}\n{% block fot %}{% endblock %}",
            &["notice.html.jinja:2: ", "không có khối `fot`", "ý bạn là `foot`?"],
        ),
        ("\n{% fro x in y %}{% endfor %}", &["notice.html.jinja:2: ", "không có lệnh `fro`", "ý bạn là `for`?"]),
        ("{{ name ", &["notice.html.jinja:1: ", "sai cú pháp", "hết tệp"]),
        ("{% if name %}a", &["notice.html.jinja:1: ", "sai cú pháp"]),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
            &["mẫu chạy quá lâu và bị dừng"],
        ),
        ("{% include \"notice.html.jinja\" %}", &["notice.html.jinja", "mẫu chạy quá lâu và bị dừng"]),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", &["notice.html.jinja:1: ", "mẫu chạy quá lâu và bị dừng"]),
    ] {
        template(&folder, "notice.html.jinja", text);
        let ran = refused(&folder, parts);
        assert!(ran.err.starts_with(&format!("lỗi: mẫu trình bày {file}")), "{text}: {}", ran.err);
        assert!(files_below(&folder.path().join("dist")) == good, "{text}: the old build was touched");
    }
    let ran = run(folder.path(), &["build", "--lang", "en"]);
    assert!(ran.err.starts_with("error: template templates/notice.html.jinja"), "{ran:?}");
}

#[test]
fn a_file_that_changes_nothing_is_named() {
    let folder = catalogue();
    template(&folder, "notise.html.jinja", "a");
    refused(
        &folder,
        &["templates/notise.html.jinja", "không có mẫu `notise.html.jinja` để thay", "ý bạn là `notice.html.jinja`?"],
    );
    fs::remove_dir_all(folder.path().join("procedures/templates")).expect("it can be removed");
    template(&folder, "places/đồng-nay/style.css", "a");
    refused(&folder, &["`đồng-nay`", "không phải một địa bàn", "ý bạn là `đồng-nai`?"]);
}

#[test]
fn a_logo_is_a_picture_in_every_letterhead() {
    let folder = catalogue();
    template(&folder, "logo.svg", LOGO);
    let built = build(&folder);
    assert!(built[NOTICE].contains("src=\"data:image/svg+xml;base64,PHN2Zy"), "{}", built[NOTICE]);
    for page in ["index.html", "leaflets/1.000001.html", "places/dong-nai/leaflets/1.000001.html"] {
        assert_eq!(built[page].matches("class=\"logo\"").count(), 1, "{page}");
    }

    write(&folder, "procedures/templates/logo.png", b"\x89PNG\r\n\x1a\n...");
    refused(&folder, &["có cả logo.svg và logo.png"]);
    fs::remove_file(folder.path().join("procedures/templates/logo.svg")).expect("it can be removed");
    assert!(build(&folder)[NOTICE].contains("src=\"data:image/png;base64,iVBORw0KGgo"));
    write(&folder, "procedures/templates/logo.png", b"GIF89a");
    refused(&folder, &["templates/logo.png", "không phải hình SVG hoặc PNG"]);
    write(&folder, "procedures/templates/logo.png", [&b"\x89PNG\r\n\x1a\n"[..], &[0; 300 * 1024]].concat());
    refused(&folder, &["300 KiB", "256 KiB"]);
}

/// With what makes PDF: the set-up of pages is read when something is printed.
#[cfg(feature = "pdf")]
fn print(folder: &TempDir, more: &[&str]) -> Ran {
    let mut command = common::program(folder.path());
    Ran::of(command.args(["build", "--only", "leaflets,notices"]).args(more).output().expect("the program runs"))
}

#[cfg(feature = "pdf")]
#[test]
fn an_agency_sets_up_its_pdf_and_a_place_its_own() {
    let folder = catalogue();
    template(&folder, "page.typ", "#set text(fill: luma(20%))\n#include \"shipped/page.typ\"");
    template(
        &folder,
        "places/đồng-nai/page.typ",
        "#import \"band.typ\": band\n#set page(header: band)\n#include \"common/page.typ\"",
    );
    template(&folder, "places/đồng-nai/band.typ", "#let band = [Đồng Nai]");
    let printed = || {
        let ran = print(&folder, &[]);
        assert_eq!(ran.code, 0, "{ran:?}");
        files_below(&folder.path().join("dist"))
    };
    let (one, two) = (printed(), printed());
    assert!(one == two, "the same catalogue gives the same bytes");
    let pdf = |name: &str| one[&name.replace(".html", ".pdf")].len();
    assert!(pdf(NOTICE) > 1000 && pdf(NOTICE_THERE) > 1000);
    let listed = run(folder.path(), &["templates"]);
    let line = "page.typ  (thay bằng templates/page.typ, templates/places/đồng-nai/page.typ)";
    assert!(listed.out.contains(line), "{listed:?}");

    let good = files_below(&folder.path().join("dist"));
    template(&folder, "places/đồng-nai/band.typ", "\n#let band = datetime.today().display()");
    let ran = print(&folder, &[]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let said = "lỗi: mẫu trình bày templates/places/đồng-nai/band.typ:2: mẫu không hỏi được ngày hiện tại";
    assert!(ran.err.starts_with(said), "{ran:?}");
    let ran = print(&folder, &["--lang", "en"]);
    let said = "error: template templates/places/đồng-nai/band.typ:2: the current date cannot be asked for";
    assert!(ran.err.starts_with(said), "{ran:?}");
    assert!(files_below(&folder.path().join("dist")) == good, "the earlier build was touched");
}

#[test]
fn words_are_said_otherwise_where_a_page_says_exactly_them() {
    let folder = catalogue();
    template(
        &folder,
        "wording.yaml",
        "# Cách gọi của sở\n\"THỦ TỤC HÀNH CHÍNH\": \"DỊCH VỤ <CÔNG>\"\n\"2. Cách thức thực hiện\": \"2. Nộp ở đâu\"\n\"Không trang nào nói\": \"x\"\n",
    );
    let ran = run(folder.path(), &["build"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        ran.err,
        "cảnh báo: templates/wording.yaml:4: không trang nào có đúng chữ “Không trang nào nói” để thay\n"
    );
    let page = fs::read_to_string(folder.path().join("dist").join(NOTICE)).expect("a page");
    assert!(
        page.contains("<p class=\"kind\">DỊCH VỤ &lt;CÔNG&gt;</p>") && page.contains("<h2>2. Nộp ở đâu</h2>"),
        "{page}"
    );
    template(&folder, "wording.yaml", "\"Bước\": \"a\"\n\"Bước: b\n");
    refused(&folder, &["templates/wording.yaml:", "cần các dòng dạng"]);
}

#[test]
fn exported_templates_make_the_same_pages() {
    let folder = catalogue();
    let before = build(&folder);
    let ran = run(folder.path(), &["templates", "--export", "procedures/templates"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains(&format!("{} mẫu", emit::SHIPPED.len())), "{ran:?}");
    let after = build(&folder);
    let stamp = |build: &BTreeMap<String, String>| {
        let manifest: serde_json::Value = serde_json::from_str(&build["manifest.json"]).expect("JSON");
        manifest["source_hash"].as_str().expect("text")[..12].to_owned()
    };
    for (name, page) in before.iter().filter(|(name, _)| name.ends_with(".html") || name.ends_with(".svg")) {
        assert_eq!(page.replace(&stamp(&before), "#"), after[name].replace(&stamp(&after), "#"), "{name}");
    }
    let again = run(folder.path(), &["templates", "--export", "procedures/templates"]);
    assert_eq!((again.code, again.err.contains("đã có, không ghi đè")), (2, true), "{again:?}");
}

/// An office that hands letters over with two results.
const LETTERS: &str = r#"áp dụng 1.001193 tại đồng-nai từ 01/8/2026 { kết quả { giấy-khai-sinh "Giấy khai sinh" { thư kèm: chúc mừng } } }
áp dụng 1.000656 tại đồng-nai từ 01/8/2026 { kết quả { trích-lục "Trích lục khai tử" { thư kèm: chia buồn } } }
"#;

/// The lists of names in the guide are what the pages of the shipped catalogue are given.
#[test]
fn the_guide_lists_the_names_that_templates_see() {
    let mut inputs = support::inputs_below(&support::procedures_dir());
    inputs.push(support::procedure_file("letters.tthc", LETTERS.to_owned()));
    let catalogue = Catalogue::read(inputs, support::options(Lang::Vi));
    let names = emit::template_names(&catalogue).expect("every page is made");
    let mut list = String::new();
    for (template, names) in &names {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        list += &format!("- **{template}**: {}\n", names.join(", "));
    }
    let unseen: Vec<&str> = emit::SHIPPED
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| name.ends_with(".jinja") && !names.contains_key(*name) && !included(name))
        .collect();
    assert!(unseen.is_empty(), "no page of the shipped catalogue uses {unseen:?}");
    let path = shipped().join("docs/mau-trinh-bay.md");
    let guide = fs::read_to_string(&path).expect("the guide");
    let (before, rest) = guide.split_once("<!-- names -->\n").expect("where the lists begin");
    let (known, after) = rest.split_once("<!-- /names -->").expect("where they end");
    if std::env::var_os("UPDATE_NAMES").is_some() {
        let text = format!("{before}<!-- names -->\n{list}<!-- /names -->{after}");
        fs::write(Path::new(&path), text).expect("it can be written");
        return;
    }
    assert_eq!(known, list, "`UPDATE_NAMES=1 cargo test --test templates` writes the lists anew");
}

fn included(name: &str) -> bool {
    emit::SHIPPED.iter().any(|(_, text)| text.contains(&format!("\"{name}\"")))
}
