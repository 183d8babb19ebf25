//! Trees in, documents read back.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::write;
use crate::emit::document;

fn bytes(body: &str) -> Vec<u8> {
    let page = format!("<!doctype html><html lang=vi><head><title>Tên & tiêu đề</title></head>{body}</html>");
    write(&document::read(&page), crate::emit::Templates::default().common()).expect("a document")
}

/// The one picture of a document.
fn media(bytes: &[u8]) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let name = package.file_names().find(|name| name.ends_with(".png")).expect("a picture").to_owned();
    let mut picture = Vec::new();
    package.by_name(&name).expect("a picture").read_to_end(&mut picture).expect("it is whole");
    picture
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    package.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// The text of `word/document.xml`, a line for each paragraph; every part has to be well formed.
fn text(bytes: &[u8]) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let names: Vec<String> = package.file_names().map(str::to_owned).collect();
    for name in names.iter().filter(|name| !name.ends_with(".png")) {
        let mut part = String::new();
        package.by_name(name).expect(name).read_to_string(&mut part).expect("UTF-8");
        let _ = read(&part);
    }
    read(&part(bytes, "word/document.xml"))
}

fn read(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut in_text) = (String::new(), false);
    loop {
        match reader.read_event().expect("well formed") {
            Event::Eof => break,
            Event::Start(tag) => {
                for attribute in tag.attributes() {
                    attribute.expect("well formed");
                }
                in_text = tag.name().as_ref() == b"w:t";
            }
            Event::Empty(tag) if tag.name().as_ref() == b"w:br" => text.push(' '),
            Event::End(tag) if tag.name().as_ref() == b"w:p" => text.push('\n'),
            Event::End(_) => in_text = false,
            Event::Text(part) if in_text => text.push_str(&part.decode().expect("UTF-8")),
            Event::GeneralRef(letter) if in_text => text.push_str(match &*letter {
                b"lt" => "<",
                b"gt" => ">",
                b"amp" => "&",
                b"quot" => "\"",
                b"apos" => "'",
                other => panic!("{other:?}"),
            }),
            _ => {}
        }
    }
    text
}

fn shown(body: &str) -> Vec<String> {
    text(&bytes(body)).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_same_page_makes_the_same_bytes_on_any_thread() {
    let page = "<body><h1>a</h1><p><a href='https://a.vn/1'>1</a><a href='https://a.vn/2'>2</a><a href='https://a.vn/3'>3</a></p>\
                <ol><li>x</ol><table><tr><td>y</table>";
    let first = bytes(page);
    for _ in 0..4 {
        assert!(std::thread::spawn(move || bytes(page)).join().expect("made") == first);
        assert!(bytes(page) == first);
    }
}

#[test]
fn every_kind_of_line_is_there_in_its_order() {
    let page = "<body><header class=head><div><p><strong class=rule>UBND XÃ</strong></p></div><div><p>Độc lập</p></div></header>
        <div class=title><p class=kind>THỦ TỤC</p><h1>Tên</h1></div><p class=draft>Bản thảo</p>
        <div class=answer><dl><dt>Phí</dt><dd>8.000 đồng</dd></dl><div class=qr>Mã</div></div>
        <h2>Mục</h2><ul><li><span class=lead>Tờ khai:</span> 01 bản<div class=case>– Khi ủy quyền</div><li>Hai</ul>
        <ol><li>một<ol><li>trong</ol></ol><p>a<br>b</p><dl class=facts><dt>Mã<dd>1.0</dl><hr>
        <table><caption>Bảng</caption><thead><tr><th>A<small>b</small></thead><tr><td>x<small>– y</small><small>z</small></table>
        <ul class=results><li><span class=box></span>Đúng</ul><p class=screen>không in</p><unknown>lạ</unknown>";
    assert_eq!(
        shown(page),
        [
            "UBND XÃ",
            "Độc lập",
            "THỦ TỤC",
            "Tên",
            "Bản thảo",
            "Phí",
            "8.000 đồng",
            "Mã",
            "Mục",
            "Tờ khai: 01 bản",
            "– Khi ủy quyền",
            "Hai",
            "một",
            "trong",
            "a b",
            "Mã",
            "1.0",
            "Bảng",
            "A",
            "b",
            "x",
            "– y",
            "z",
            "☐ Đúng",
            "lạ",
        ]
    );
}

#[test]
fn what_an_author_writes_stays_text() {
    let hostile =
        "&lt;script&gt;alert(\"1\")&lt;/script&gt; {{ 7*7 }} ]]&gt; &lt;w:p/&gt; ' \u{202e}ngược\u{202c} &#1;&#xfffe;";
    let long = "dài".repeat(2_000);
    let page = format!(
        "<body><h1>{hostile}</h1><table><tr><td>{hostile}<td>{long}</table><p><a href='x\"&gt;y'>{hostile}</a></p>"
    );
    let lines = shown(&page);
    let told = "<script>alert(\"1\")</script> {{ 7*7 }} ]]> <w:p/> ' \u{202e}ngược\u{202c} ";
    assert_eq!(lines, [told, told, &long, told]);
}

#[test]
fn the_title_the_language_and_the_days_are_written() {
    let made = bytes("<body><p>a");
    let core = part(&made, "docProps/core.xml");
    assert!(core.contains("<dc:title>Tên &amp; tiêu đề</dc:title>"), "{core}");
    assert_eq!(core.matches("2020-01-01T00:00:00Z").count(), 2);
    let styles = part(&made, "word/styles.xml");
    let _ = read(&styles);
    assert!(styles.contains("<w:lang w:val=\"vi-VN\""), "{styles}");
    assert_eq!(styles.matches("Times New Roman").count(), 4);
}

#[test]
fn a_page_is_upright_or_lies_on_its_side() {
    let upright = part(&bytes("<body><p>a"), "word/document.xml");
    assert!(upright.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\""), "{upright}");
    assert!(upright.contains("w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\""), "{upright}");
    assert!(upright.contains("<w:titlePg"), "{upright}");
    let wide = bytes("<body class=landscape><p>a");
    let page = part(&wide, "word/document.xml");
    assert!(page.contains("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\""), "{page}");
    let headers = part(&wide, "word/header1.xml") + &part(&wide, "word/header2.xml");
    assert_eq!(headers.matches("PAGE").count(), 1, "{headers}");
}

#[test]
fn tables_repeat_their_heads_and_keep_their_spans() {
    let table = "<table><thead><tr><th>1<th>2<th>3<tbody><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c</table>";
    let page = part(&bytes(&format!("<body>{table}")), "word/document.xml");
    assert_eq!(page.matches("<w:tblHeader/>").count(), 1, "{page}");
    assert_eq!(page.matches("<w:cantSplit").count(), 3, "{page}");
    assert_eq!(page.matches("<w:gridSpan w:val=\"2\"").count(), 2, "{page}");
    assert_eq!(page.matches("<w:vMerge w:val=\"restart\"").count(), 1, "{page}");
    assert_eq!(page.matches("<w:vMerge w:val=\"continue\"").count(), 1, "{page}");
    let widths = page.split("<w:gridCol w:w=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or(""));
    assert_eq!(widths.map(|width| width.parse::<usize>().expect("a number")).sum::<usize>(), 11_906 - 1_701 - 850);
    let row = page.split("<w:tr>").nth(1).expect("a row");
    assert!(row.find("<w:tcW").expect("a width") < row.find("<w:shd").expect("a tint"), "{row}");
}

#[test]
fn tables_do_not_run_into_each_other_and_breaks_are_kept() {
    let page = "<body><section class=table><p>đầu</p></section><table><tr><td>a</table><table><tr><td>b</table>\
                <section class=control><table><tr><td>c</table></section>";
    let page = part(&bytes(page), "word/document.xml");
    assert!(!page.contains("</w:tbl><w:tbl>"), "{page}");
    assert_eq!(page.matches("<w:pageBreakBefore").count(), 1, "{page}");
}

#[test]
fn lists_are_numbered_each_from_one() {
    let made = bytes("<body><ol><li>a</ol><ol><li>b</ol><ul><li>c</ul>");
    let page = part(&made, "word/document.xml");
    for list in 2..=4 {
        assert_eq!(page.matches(&format!("<w:numId w:val=\"{list}\"")).count(), 1, "{page}");
    }
    let lists = part(&made, "word/numbering.xml");
    assert_eq!(lists.matches("<w:startOverride w:val=\"1\"").count(), 18, "{lists}");
    assert!(part(&made, "word/_rels/document.xml.rels").contains("numbering.xml"));
}

#[test]
fn links_and_pictures_are_real() {
    let (path, side) = crate::emit::qr::path("https://a.vn").expect("a code");
    let svg = format!("<svg viewBox='0 0 {side} {side}' aria-label='Mã \"QR\"'><rect/><path d='{path}'/></svg>");
    let page = format!("<body><p><a href='https://a.vn/?a=1&amp;b=2'>{svg}</a></p><p><a href='javascript:x'>y</a></p>");
    let made = bytes(&page);
    let document = part(&made, "word/document.xml");
    assert!(document.contains("<wp:docPr id=\"1\" name=\"1\" descr=\"Mã &quot;QR&quot;\"/>"), "{document}");
    assert_eq!(document.matches("<w:hyperlink").count(), 1);
    let links = part(&made, "word/_rels/document.xml.rels");
    assert!(links.contains("Target=\"https://a.vn/?a=1&amp;b=2\" TargetMode=\"External\""), "{links}");
    assert!(links.contains("relationships/image"), "{links}");
    let chart = shown("<body><svg viewBox='0 0 9 9' aria-label='Sơ đồ'><path d='M0 0h9'/></svg>");
    assert_eq!(chart, ["(Hình: Sơ đồ. Xem bản HTML hoặc PDF.)"]);
}

#[test]
fn the_cover_of_a_leaflet_is_in_the_middle() {
    let document = part(&bytes("<body><div class='panel cover'><div><p>Sở</p></div></div><p>sau"), "word/document.xml");
    assert_eq!(document.matches("<w:pStyle w:val=\"Centred\"").count(), 1, "{document}");
}

#[test]
fn a_logo_is_a_picture_and_one_that_cannot_be_read_is_left_out() {
    use base64::Engine as _;
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 100, 18);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&[0; 1800]).expect("pixels");
    writer.finish().expect("an end");
    let page = |kind: &str, picture: &[u8]| {
        let data = base64::engine::general_purpose::STANDARD.encode(picture);
        bytes(&format!(
            "<body><div class=title><img class=logo src='data:image/{kind};base64,{data}'><h1>Sở</h1></div>"
        ))
    };
    let with = part(&page("png", &png), "word/document.xml");
    // 50 mm and 9 mm, in EMU.
    assert!(with.contains("<wp:extent cx=\"1800000\" cy=\"324000\"/>"), "{with}");
    let squares = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'><path fill='#c00' d='M0 0h10v10H0z'/>\
                   <image width='20' height='10' href='/etc/hostname'/></svg>";
    let drawn = page("svg+xml", squares.as_bytes());
    assert!(drawn == page("svg+xml", squares.as_bytes()), "the same page gives the same bytes");
    if cfg!(feature = "pdf") {
        // 36 mm (to the dot) and 18 mm, in EMU.
        let document = part(&drawn, "word/document.xml");
        assert!(document.contains("<wp:extent cx=\"1292957\" cy=\"648000\"/>"), "{document}");
        let picture = media(&drawn);
        let mut reader = png::Decoder::new(std::io::Cursor::new(&picture)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
        let info = reader.next_frame(&mut pixels).expect("pixels");
        assert_eq!((info.width, info.height), (425, 213));
        let at = |x: usize| pixels[(100 * 425 + x) * 4..][..4].to_vec();
        assert_eq!((at(50), at(400)), (vec![0xcc, 0, 0, 0xff], vec![0; 4]));
    }
    for other in [page("svg+xml", b"<svg/>"), page("png", b"\x89PNG\r\n\x1a\n...")] {
        assert!(!part(&other, "word/document.xml").contains("<wp:extent"));
        assert_eq!(text(&other).trim(), "Sở");
    }
}
