//! What changes are called, in both languages.

use std::fmt::Write as _;

use thutuc::lang::Lang;

use super::{changed, support};

/// Real changes of shipped procedures: a name, then what stood in a file and what stands there now.
const CHANGES: &[(&str, &str, &str, &str)] = &[
    (
        "thời hạn rút khi nộp trực tuyến",
        "ho-tich/1.004859",
        "kể từ: nhận đủ hồ sơ hợp lệ        // nguồn ghi \"nhận hồ sơ\"",
        "kể từ: nhận đủ hồ sơ hợp lệ\n khi cách thức là trực tuyến và việc khác bổ-sung và không cần-xác-minh: 02 ngày làm việc theo Điều 28 luật-hộ-tịch-2014",
    ),
    ("thời hạn kéo dài", "ho-tich/1.004859", "thời hạn giải quyết: 03 ngày làm việc", "thời hạn giải quyết: 05 ngày làm việc"),
    ("cách tính thời hạn", "ho-tich/1.004859", "kể từ: nhận đủ hồ sơ hợp lệ", "kể từ: nhận hồ sơ"),
    (
        "bỏ một giấy tờ",
        "ho-tich/1.004859",
        "nộp văn-bản-ủy-quyền \"Văn bản ủy quyền\" {
            bản chính: 01
            khi:       ủy-quyền khác tự-nộp
            ghi chú:   \"Không phải chứng thực nếu người được ủy quyền là ông, bà, cha, mẹ, con, vợ, chồng, anh, chị, em ruột của người ủy quyền\"
        }",
        "",
    ),
    (
        "thêm một giấy tờ",
        "ho-tich/1.004859",
        "nộp văn-bản-ủy-quyền",
        "nộp giấy-mới \"Bản sao quyết định của Tòa án\" { bản sao có chứng thực: 01; khi: việc là dân-tộc }\n nộp văn-bản-ủy-quyền",
    ),
    ("giấy tờ chỉ còn với một số người", "ho-tich/1.004859", "khi:       ủy-quyền khác tự-nộp", "khi:       ủy-quyền là người-khác"),
    ("phí tăng", "ho-tich/1.004859", "8.000 đồng × số-bản-sao", "10.000 đồng × số-bản-sao"),
    ("không còn miễn", "ho-tich/1.004859", "khi diện-miễn: miễn theo", "khi diện-miễn: 5.000 đồng theo"),
    ("mức do trung ương quy định", "ho-tich/1.004859", "do hđnd-tỉnh quy định theo", "25.000 đồng theo"),
    (
        "cơ quan",
        "ho-tich/1.004859",
        "cơ quan có thẩm quyền: ubnd-xã",
        "cơ quan có thẩm quyền: ubnd-xã\n cơ quan phối hợp: công-an-xã",
    ),
    ("cách thức", "ho-tich/1.004859", "trực tuyến toàn trình, bưu chính", "trực tuyến một phần"),
    ("căn cứ pháp lý", "ho-tich/1.004859", "nđ-87-2020, nđ-104-2022,", "nđ-104-2022, nđ-280-2025,"),
    ("yêu cầu", "ho-tich/1.004859", "\"Có cơ sở, phù hợp với Bộ luật Dân sự và pháp luật có liên quan\"", "\"Có cơ sở, phù hợp với Bộ luật Dân sự\""),
    ("bước và người làm", "ho-tich/1.004859", "trách nhiệm: lãnh-đạo; không", "trách nhiệm: lđ-trung-tâm; thời gian: 04 giờ làm việc; không"),
    (
        "bước mới",
        "ho-tich/1.004859",
        "ký \"Ký Trích lục\"",
        "trình \"Trình dự thảo Trích lục\" { trách nhiệm: hộ-tịch; thời gian: 02 giờ làm việc }\n ký \"Ký Trích lục\"",
    ),
    ("trường hợp mới", "ho-tich/1.004859", "dân-tộc   \"Xác định lại dân tộc\"", "dân-tộc   \"Xác định lại dân tộc\"\n giới-tính \"Xác định lại giới tính\""),
    ("tên thủ tục", "ho-tich/1.004859", "xác định lại dân tộc\" {\n    lĩnh", "xác định lại dân tộc, giới tính\" {\n    lĩnh"),
    ("kết quả", "ho-tich/1.004859", "thời hạn hiệu lực: không thời hạn", "thời hạn hiệu lực: 06 tháng"),
];

fn told(lang: Lang) -> String {
    let old = super::read(support::shipped(), lang);
    let mut out = String::new();
    for (name, file, before, after) in CHANGES {
        let mut inputs = support::shipped();
        let input = inputs.iter_mut().find(|input| input.name.starts_with(file)).expect("the file is shipped");
        let text = String::from_utf8(input.bytes.clone()).expect("UTF-8");
        assert!(text.contains(before), "{name}: {file} does not say {before}");
        input.bytes = text.replacen(before, after, 1).into_bytes();
        let lines = changed(&old, &super::read(inputs, lang));
        let _ = writeln!(out, "{name}");
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

#[test]
fn changes_in_vietnamese() {
    insta::assert_snapshot!("words_vi", told(Lang::Vi));
}

#[test]
fn changes_in_english() {
    insta::assert_snapshot!("words_en", told(Lang::En));
}
