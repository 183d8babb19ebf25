//! `thutuc new`: asks, or takes flags, and writes a procedure that compiles with warnings only.

use std::fs;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::{Exit, print};
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::model::Id;
use crate::syntax::fold::{fold, plain};

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let given = |name: &str| matches.get_one::<String>(name).cloned();
    let code = match given("code") {
        Some(code) => code,
        None => ask(&say!(lang, "Mã thủ tục (như 1.001193)", "Code (as 1.001193)"), None, lang)?,
    };
    if !is_code(&code) {
        return Err(Error::Argument(say!(
            lang,
            "mã thủ tục có một chữ số, dấu chấm, sáu chữ số (như 1.001193), không phải “{code}”",
            "a code is one digit, a dot and six digits (as 1.001193), not “{code}”"
        )));
    }
    let name = match given("name") {
        Some(name) => name,
        None => ask(&say!(lang, "Tên thủ tục", "Name"), None, lang)?,
    };
    let level = match given("level") {
        Some(level) => level,
        None if std::io::stdin().is_terminal() => {
            ask(&say!(lang, "Cấp thực hiện (xã, tỉnh, bộ)", "Level (commune, province, ministry)"), Some("xã"), lang)?
        }
        None => "xã".to_owned(),
    };
    let (level, agency) = match fold(&level).as_str() {
        "xã" | "cấp xã" | "xa" | "commune" => ("xã", "ubnd-xã"),
        "tỉnh" | "cấp tỉnh" | "tinh" | "province" => ("tỉnh", "ubnd-tỉnh"),
        "bộ" | "cấp bộ" | "bo" | "ministry" => ("cấp bộ", ""),
        other => {
            return Err(Error::Argument(say!(
                lang,
                "cấp thực hiện là xã, tỉnh hoặc bộ, không phải “{other}”",
                "a level is commune, province or ministry, not “{other}”"
            )));
        }
    };
    let field = given("field").map(|field| Id::new(&field.replace(' ', "-")).to_string());
    let path = given("file").map_or_else(|| default_path(&code, &name), PathBuf::from);
    let text = skeleton(&code, &name, level, agency, field.as_deref());
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(|source| Error::Write { path: path.clone(), source })?;
    }
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(|source| match source.kind() {
            std::io::ErrorKind::AlreadyExists => Error::Exists(path.clone()),
            _ => Error::Write { path: path.clone(), source },
        })?;
    file.write_all(text.as_bytes()).map_err(|source| Error::Write { path: path.clone(), source })?;
    let shown = path.display();
    print(&say!(
        lang,
        "đã tạo {shown}\nMở tệp để nhập tiếp, rồi kiểm tra: thutuc check {shown}\n",
        "wrote {shown}\nFill it in, then check it: thutuc check {shown}\n"
    ));
    Ok(Exit::Good)
}

fn is_code(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 8 && bytes[1] == b'.' && bytes.iter().enumerate().all(|(at, byte)| at == 1 || byte.is_ascii_digit())
}

fn ask(question: &str, default: Option<&str>, lang: Lang) -> Result<String, Error> {
    let hint = default.map(|value| format!(" [{value}]")).unwrap_or_default();
    eprint!("{question}{hint}: ");
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    let answer = line.trim();
    match (read, answer.is_empty(), default) {
        (Ok(_), false, _) => Ok(answer.to_owned()),
        (Ok(1..), true, Some(default)) => Ok(default.to_owned()),
        (_, _, _) => Err(Error::Argument(say!(lang, "chưa trả lời: {question}", "no answer to: {question}"))),
    }
}

/// `procedures/1.001193-dang-ky-khai-sinh.tthc`
fn default_path(code: &str, name: &str) -> PathBuf {
    let words: Vec<String> = plain(name)
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .map(str::to_owned)
        .collect();
    Path::new("procedures").join(format!("{code}-{}.tthc", words.join("-")))
}

/// A procedure of a first day: everything that is not known yet says so.
fn skeleton(code: &str, name: &str, level: &str, agency: &str, field: Option<&str>) -> String {
    let name = name.replace('"', "”");
    let field = field.unwrap_or("chưa nhập");
    let agency = if agency.is_empty() { "chưa nhập" } else { agency };
    format!(
        r#"// Nguồn: (ghi quyết định công bố, trang trên Cổng Dịch vụ công quốc gia)
thủ tục {code} "{name}" {{
    lĩnh vực:              {field}
    cấp thực hiện:         {level}
    đối tượng thực hiện:   công dân Việt Nam
    cơ quan có thẩm quyền: {agency}
    nơi tiếp nhận:         trung-tâm-pvhcc
    cách thức thực hiện:   trực tiếp
    quyết định công bố:    chưa nhập
    hiệu lực:              chưa nhập
    căn cứ pháp lý:        chưa nhập

    thành phần hồ sơ: 01 bộ {{
        nộp đơn "Đơn đề nghị" {{ bản chính: 01; biểu mẫu: chưa nhập }}
    }}

    thời hạn giải quyết: chưa nhập {{ kể từ: nhận đủ hồ sơ hợp lệ }}

    phí, lệ phí: chưa nhập

    trình tự {{
        người nộp "Nộp hồ sơ"
        cơ quan   "Tiếp nhận, giải quyết và trả kết quả"
    }}

    yêu cầu, điều kiện: không

    kết quả {{
        kết-quả-giải-quyết "Kết quả giải quyết" {{ bản chính: 01 }}
    }}

    quy trình: do địa phương quy định
}}
"#
    )
}
