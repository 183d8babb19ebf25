//! What typst finds wrong with a program, in the words of whoever wrote it.

use crate::lang::{Lang, say};

/// The message of typst for people: what is seldom met stays in its own words.
pub(super) fn said(text: &str, lang: Lang) -> String {
    let after = |beginning: &str| text.strip_prefix(beginning).map(|rest| rest.split(';').next().unwrap_or(rest));
    let named = |beginning: &str| after(beginning).map(|rest| rest.trim_end_matches(')'));
    if let Some(name) = after("unknown variable: ") {
        say!(lang, "không có tên `{name}`", "there is no `{name}`")
    } else if let Some(name) = named("file not found (searched at ") {
        say!(
            lang,
            "không có tệp `{name}` trong thư mục mẫu; mẫu không đọc được tệp nào khác",
            "the folder of templates holds no file `{name}`, and no other can be read"
        )
    } else if text.contains("would escape") || text.contains("escapes project root") {
        say!(lang, "mẫu chỉ đọc được tệp trong thư mục mẫu", "only files in the folder of templates can be read")
    } else if let Some(name) = named("package not found (searched for ") {
        say!(
            lang,
            "không dùng được gói `{name}`: chương trình không tải gì từ mạng",
            "the package `{name}` cannot be used: nothing is fetched from the network"
        )
    } else if text.starts_with("unable to get the current date") {
        say!(
            lang,
            "mẫu không hỏi được ngày hiện tại: cùng một bộ thủ tục phải cho cùng một bản in",
            "the current date cannot be asked for: the same catalogue has to give the same print"
        )
    } else if let Some(name) = after("unknown font family: ") {
        say!(
            lang,
            "không có bộ chữ `{name}`; chương trình chỉ có Liberation Serif (cùng khổ chữ với Times New Roman)",
            "there is no typeface `{name}`; the program has only Liberation Serif (the widths of Times New Roman)"
        )
    } else if let Some(name) = after("unexpected argument: ") {
        say!(lang, "không có tham số `{name}` ở đây", "there is no parameter `{name}` here")
    } else if let Some(name) = after("missing argument: ") {
        say!(lang, "thiếu tham số `{name}`", "the parameter `{name}` is missing")
    } else if text.starts_with("unclosed delimiter") {
        say!(lang, "ngoặc mở ở đây chưa đóng", "the bracket that opens here is never closed")
    } else if text.starts_with("unexpected closing") {
        say!(lang, "ngoặc đóng ở đây không có ngoặc mở", "the bracket that closes here was never opened")
    } else if let Some((should, is)) = after("expected ").and_then(|rest| rest.split_once(", found ")) {
        let (vi_should, vi_is) = (types(should), types(is));
        say!(lang, "ở đây cần {vi_should}, không phải {vi_is}", "needed {should}, found {is}")
    } else {
        say!(lang, "mẫu không chạy được: {text}", "the template cannot be run: {text}")
    }
}

/// Kinds of values, as typst lists them: `relative length, auto, or dictionary`.
fn types(listed: &str) -> String {
    let one = |name: &str| match name.trim_start_matches("or ") {
        "length" | "relative length" => "độ dài (như 20mm)".to_owned(),
        "string" => "chữ trong ngoặc kép".to_owned(),
        "integer" | "float" => "số không có đơn vị".to_owned(),
        "color" => "màu".to_owned(),
        "dictionary" => "nhóm (tên: giá trị)".to_owned(),
        "array" => "danh sách (a, b)".to_owned(),
        "content" => "nội dung [ ]".to_owned(),
        "function" => "hàm".to_owned(),
        other => format!("`{other}`"),
    };
    let names: Vec<String> = listed.split(", ").flat_map(|some| some.split(" or ")).map(one).collect();
    names.join(" hoặc ")
}
