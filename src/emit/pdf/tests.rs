//! Pages of every odd shape become PDF, and faults of a layout are told where they are.

use jiff::civil::date;

use super::*;
use crate::emit::document::read;

fn printer() -> Printer {
    Printer::shipped(date(2026, 11, 22))
}

fn shipped() -> Setting {
    Setting::new(std::iter::empty())
}

/// What comes of an agency's `page.typ`.
fn set_by(program: &str) -> Result<Vec<u8>, EmitError> {
    let setting = Setting::new([("page.typ", "templates/page.typ", program)].into_iter());
    printer().print("a.pdf", &read("<html lang=vi><head><title>Thử</title></head><body><h1>Một</h1><p>a"), &setting)
}

fn try_print(body: &str) -> Result<Vec<u8>, EmitError> {
    let page = format!("<html lang=vi><head><title>Thử</title></head><body>{body}</body></html>");
    printer().print("a.pdf", &read(&page), &shipped())
}

fn print(body: &str) -> Vec<u8> {
    try_print(body).unwrap_or_else(|error| panic!("{body}: {error}"))
}

fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn the_same_page_is_the_same_bytes_and_keeps_to_both_standards() {
    let body = "<h1>Đăng ký khai tử</h1><p>Ễ ở ữ</p><table><thead><tr><th>a<tbody><tr><td>b</table>";
    let (one, two) = (print(body), print(body));
    assert!(one == two, "the bytes differ");
    for promise in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
        assert!(holds(&one, promise), "{promise}");
    }
}

#[test]
fn text_is_never_a_command() {
    let hostile = "#import \"x\" $x$ #panic() ] [ } { {{ }} {% %} \\ \\u{0} \" ' ` *a* _b_ = h @c &lt;d&gt; // /* ~ --- &lt;script&gt;";
    let document = read(&format!("<body><p>{hostile}<table><tr><td>{hostile}<th>{hostile}</table><h2>{hostile}</h2>"));
    let data = serde_json::to_string(&View::of(&document, &Faces::shipped())).expect("plain data");
    assert_eq!(data.matches(r##"#import \"x\" $x$ #panic() ] ["##).count(), 4, "{data}");
    print(&format!("<p>{hostile}<ul><li>{hostile}</ul><dl><dt>{hostile}<dd>{hostile}</dl>"));
}

/// What is printed is the text itself, sign by sign.
#[test]
fn hostile_text_is_printed_as_it_is() {
    let hostile =
        "#import \"x\" $x$ #panic() ] [ {{7*7}} {% raw %} \\ *a* _b_ @c // /* ~ --- <script>alert(1)</script>";
    let escaped = hostile.replace('<', "&lt;").replace('>', "&gt;");
    let printed = printed(&format!(
        "<h1>{escaped}</h1><p>{escaped}<ul><li>{escaped}</ul><table><tr><td>{escaped}</table><dl><dt>{escaped}<dd>{escaped}</dl>"
    ));
    // Lines break at blanks, and in long words at signs without width.
    let letters = |text: &str| text.replace([' ', '\u{a0}', '\u{ad}', '\u{200b}'], "");
    assert_eq!(letters(&printed).matches(&letters(hostile)).count(), 6, "{printed}");
}

/// The text of the pages, in the order of the paper.
fn printed(body: &str) -> String {
    use typst::layout::{Frame, FrameItem};
    fn walk(frame: &Frame, text: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => walk(&group.frame, text),
                FrameItem::Text(run) => text.push_str(&run.text),
                _ => {}
            }
        }
    }
    let (printer, page) =
        (printer(), format!("<html lang=vi><head><title>Thử</title></head><body>{body}</body></html>"));
    let data = serde_json::to_vec(&View::of(&read(&page), &printer.faces)).expect("plain data");
    let setting = shipped();
    let page = Page { printer: &printer, setting: &setting, data: Bytes::new(data) };
    let laid = typst::compile(&page).output.expect("it is laid out");
    typst_pdf::pdf(&laid, &PdfOptions::default()).expect("it is printed");
    let mut text = String::new();
    laid.pages().iter().for_each(|page| walk(&page.frame, &mut text));
    text
}

#[test]
fn a_logo_is_drawn_and_one_that_cannot_be_read_costs_nothing() {
    use base64::Engine as _;
    let logo = |kind: &str, bytes: &[u8]| {
        let data = base64::engine::general_purpose::STANDARD.encode(bytes);
        format!(
            "<div class=head><div><img class=logo alt='' src='data:image/{kind};base64,{data}'><p>Sở</p></div><div><p>b</div></div>"
        )
    };
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path fill='#123456' d='M0 0h9v9z'/></svg>";
    let (without, with) = (print("<p>Sở</p>"), print(&logo("svg+xml", svg)));
    assert!(with.len() > without.len() && holds(&with, "<pdfaid:part>2<"));
    assert_ne!(with, print(&logo("svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>")));
    for broken in [logo("svg+xml", b"<svg"), logo("png", b"\x89PNG\r\n\x1a\n..."), logo("gif", b"GIF89a")] {
        assert!(holds(&print(&broken), "<pdfaid:part>2<"), "{broken}");
    }
}

#[test]
fn odd_shapes_are_printed() {
    let long = "ướ".repeat(400);
    let bodies = [
        String::new(),
        "<p></p><ul></ul><ol><li></ol><dl></dl><table></table><table><tr></table><h1></h1>".to_owned(),
        format!("<p>{long}<table><tr><td>1<td>{long}<td class=centre>{long}</table>"),
        format!("<table><tr><td>{}</table>", "rất dài ".repeat(3000)),
        format!("<div class=answer><dl><dt>a<dd>{}</dl></div>", "rất dài ".repeat(3000)),
        "<table><tr><td><table><thead><tr><th>x<tbody><tr><td rowspan=5>y<td></table><td></table>".to_owned(),
        "<table><thead><tr><th>a<th>b</thead></table>".to_owned(),
        "<h4>bốn</h4><h1>một</h1><h6>sáu</h6><section class=table><h3>ba</h3></section>".to_owned(),
        "<video><article><p>lạ</article></video><dl><div><dt>a<dd>b<dd>c</div></dl>".to_owned(),
        "<div class=qr><a href='https://a.vn'><svg viewBox='0 0 9 9' aria-label='mã'><path d='M1 1h1v1h-1z'/></svg></a></div>"
            .to_owned(),
        "<p><svg viewBox='0 0 9 9'><path d='M1 1h1v1h-1z'/></svg></p>".to_owned(),
        "<div class=answer><div class=control>trang mới</div></div>".to_owned(),
        "<div>".repeat(60) + "sâu",
        "<p>phải \u{202e}sang trái\u{202c} \u{200f}và a\u{301}\u{ad}b</p>".to_owned(),
    ];
    let failed: Vec<String> =
        bodies.iter().filter_map(|body| Some(format!("{:.90}: {}", body, try_print(body).err()?))).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_letter_that_no_face_has_costs_the_promise_of_pdf_a_and_nothing_else() {
    for text in ["漢字", "🎉", "\u{e000}"] {
        let pdf = print(&format!("<p>chữ {text}"));
        assert!(!holds(&pdf, "<pdfaid:part>"), "{text}");
    }
}

#[test]
fn every_letter_of_vietnamese_is_in_every_face() {
    let base = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
    let marks = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
    let letters = marks.iter().flat_map(|mark| base.chars().map(move |letter| format!("{letter}{mark}")));
    let composed = letters.chain(["đĐ₫–…“”×".to_owned()]).map(|text| {
        use unicode_normalization::UnicodeNormalization as _;
        text.nfc().collect::<String>()
    });
    let faces = Faces::shipped();
    assert_eq!(faces.fonts.len(), 4);
    for letter in composed.collect::<String>().chars() {
        for font in &faces.fonts {
            assert!(font.info().coverage.contains(letter as u32), "{letter} in {:?}", font.info().variant);
        }
    }
}

#[test]
fn an_agency_sets_pages_its_own_way_and_the_same_way_every_time() {
    let own = "#import \"elements.typ\": elements\n#let data = json(\"page.json\")\n#set document(title: data.title)\n\
               #set page(width: 100mm, height: 200mm)\n#set text(lang: data.lang)\n#elements(data)";
    let pdf = set_by(own).expect("it is printed");
    assert_eq!(pdf, set_by(own).expect("it is printed"));
    assert!(holds(&pdf, "/MediaBox[0 0 283.4") && !holds(&print("<h1>Một</h1><p>a"), "/MediaBox[0 0 283.4"));
    assert!(holds(&pdf, "<pdfaid:part>2<"));
    let whole = "#set text(fill: luma(20%))\n#include \"shipped/page.typ\"";
    assert!(set_by(whole).is_ok(), "{:?}", set_by(whole).err());
}

#[test]
fn a_fault_of_an_agencys_setting_is_told_with_its_line() {
    for (program, line, message) in [
        ("= Trang\n#let a = 1\n#b", 3, "không có tên `b`"),
        ("\n#set page(margn: 20mm)", 2, "không có tham số `margn` ở đây"),
        ("\n\n#set text(size: \"13\")", 3, "ở đây cần độ dài (như 20mm), không phải chữ trong ngoặc kép"),
        ("#set text(font: \"Comic Sans MS\")\na", 1, "không có bộ chữ `comic sans ms`"),
        ("#import \"element.typ\": elements", 1, "không có tệp `element.typ` trong thư mục mẫu"),
        ("#image(\"logo.svg\")", 1, "không có tệp `logo.svg` trong thư mục mẫu"),
        // The fault is found in a shipped file, which this call led to.
        ("#import \"elements.typ\": elements\n#elements(1)", 2, "mẫu không chạy được"),
        ("#let x = (1,\n", 1, "ngoặc mở ở đây chưa đóng"),
        // Nothing outside, nothing from the network, no clock, no end.
        ("\n#read(\"/etc/passwd\")", 2, "không có tệp `etc/passwd` trong thư mục mẫu"),
        ("#read(\"../catalogue.yaml\")", 1, "mẫu chỉ đọc được tệp trong thư mục mẫu"),
        ("#import \"@preview/cetz:0.4.2\": *", 1, "không dùng được gói `@preview/cetz:0.4.2`"),
        ("\n#datetime.today().display()", 2, "mẫu không hỏi được ngày hiện tại"),
        ("#let a = 0\n#while a >= 0 { a += 1 }", 2, "mẫu không chạy được"),
        ("#let f(x) = f(x + 1)\n#f(0)", 1, "mẫu không chạy được"),
    ] {
        let Err(EmitError::Template(fault)) = set_by(program) else { panic!("{program} is printed") };
        assert_eq!((fault.file.as_str(), fault.line), ("templates/page.typ", line), "{program}: {fault}");
        let said = fault.message(crate::lang::Lang::Vi);
        assert!(said.contains(message) && said.contains("--no-pdf"), "{program}: {said}");
    }
}

#[test]
fn levels_of_headings_have_no_gap() {
    let document = read("<body><h3>a</h3><h1>b</h1><h4>c</h4><h2>d</h2></body>");
    let data = serde_json::to_value(View::of(&document, &Faces::shipped())).expect("plain data");
    let levels: Vec<_> =
        data["children"].as_array().expect("elements").iter().map(|one| one["level"].clone()).collect();
    assert_eq!(levels, [1, 1, 2, 2]);
}
