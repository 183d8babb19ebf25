//! What is wrong with a template of an agency: where, which name it misses, and the name that it may have meant.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::fmt;
use std::sync::Arc;

use minijinja::{Error, ErrorKind};
use serde::Serialize;
use serde_json::Value;

use super::SHIPPED;
use super::own::Text;
use super::typst_words;
use crate::lang::{Lang, say};

/// One fault of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its name in the catalogue.
    pub file: String,
    /// From 1; 0 where it is about the whole file.
    pub line: usize,
    /// What stands on that line.
    pub quoted: String,
    /// In a box, so that results which are seldom faults stay small.
    pub what: Box<What>,
    /// What may have been meant.
    pub near: Option<String>,
}

/// Kinds of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The page has no value of this name.
    Name(String),
    Filter(String),
    Test(String),
    Function(String),
    Method(String),
    /// No template has this name.
    Template(String),
    Block(String),
    Statement(String),
    /// What stands there, and what should.
    Unexpected(String, String),
    OutOfFuel,
    /// No page uses the file.
    IdleFile(String),
    /// A folder of `places/` that is no place.
    Place(String),
    Yaml(String),
    NoPicture,
    TwoLogos,
    /// In KiB.
    LargePicture {
        is: usize,
        may: usize,
    },
    /// In the words of the template engine.
    Other(String),
    /// Of a program of typst, in the words of typst.
    Typst(String),
}

/// The filters that templates can use, for near names; a test holds that the engine knows each.
const FILTERS: &[&str] = &[
    "abs", "attr", "batch", "bool", "default", "dictsort", "escape", "first", "float", "format", "groupby", "indent",
    "int", "items", "join", "last", "length", "lines", "list", "lower", "map", "max", "min", "reject", "replace",
    "reverse", "round", "safe", "select", "slice", "sort", "split", "string", "sum", "title", "tojson", "trim",
    "unique", "upper", "zip",
];

const TESTS: &[&str] = &[
    "boolean",
    "defined",
    "divisibleby",
    "endingwith",
    "even",
    "false",
    "filter",
    "float",
    "in",
    "integer",
    "iterable",
    "lower",
    "mapping",
    "none",
    "number",
    "odd",
    "safe",
    "sameas",
    "sequence",
    "startingwith",
    "string",
    "test",
    "true",
    "undefined",
    "upper",
];

const FUNCTIONS: &[&str] = &["debug", "dict", "namespace", "range"];

const STATEMENTS: &[&str] = &[
    "autoescape",
    "block",
    "call",
    "do",
    "elif",
    "else",
    "endblock",
    "endcall",
    "endfilter",
    "endfor",
    "endif",
    "endmacro",
    "endset",
    "endwith",
    "extends",
    "filter",
    "for",
    "from",
    "if",
    "import",
    "include",
    "macro",
    "raw",
    "set",
    "with",
];

impl Fault {
    pub(in crate::emit) fn in_file(file: &str, what: What) -> Fault {
        Fault { file: file.to_owned(), line: 0, quoted: String::new(), what: Box::new(what), near: None }
    }

    /// Of what the engine found: `name` is the template that was asked for, `keys` the names that it may see.
    pub(super) fn of(error: &Error, name: &str, files: &BTreeMap<String, Arc<Text>>, keys: &[String]) -> Fault {
        let error = innermost(error);
        let name = error.name().unwrap_or(name);
        let own = files.get(name);
        let line = error.line().unwrap_or(0);
        let quoted = own.and_then(|own| own.text.lines().nth(line.wrapping_sub(1))).unwrap_or_default().trim();
        let what = what(error, quoted);
        let templates = || SHIPPED.iter().map(|(name, _)| *name).chain(files.keys().map(String::as_str));
        let near = match &what {
            What::Name(missed) => {
                let last = missed.rsplit('.').next().unwrap_or(missed);
                nearest(last, keys.iter().map(String::as_str).chain(["logo", "loop"]))
            }
            What::Filter(missed) => nearest(missed, FILTERS.iter().copied()),
            What::Test(missed) => nearest(missed, TESTS.iter().copied()),
            What::Function(missed) => nearest(missed, FUNCTIONS.iter().copied()),
            What::Statement(missed) => nearest(missed, STATEMENTS.iter().copied()),
            What::Template(missed) => {
                // Each also stands below `shipped/`, and those of the agency below `common/`.
                let bare = missed.split_once('/').map_or(missed.as_str(), |(_, bare)| bare);
                nearest(missed, templates()).or_else(|| nearest(bare, templates()))
            }
            _ => None,
        };
        Fault {
            file: own.map_or_else(|| name.to_owned(), |own| own.file.clone()),
            line,
            quoted: quoted.to_owned(),
            near: near.map(str::to_owned),
            what: Box::new(what),
        }
    }

    /// For people: place, cause, and a way out.
    pub fn message(&self, lang: Lang) -> String {
        let (file, line) = (&self.file, self.line);
        let place = if line > 0 { format!("{file}:{line}") } else { file.clone() };
        let what = self.what(lang);
        let mut text = format!("{place}: {what}");
        if let Some(near) = &self.near {
            text += &say!(lang, "; ý bạn là `{near}`?", "; did you mean `{near}`?");
        }
        if !self.quoted.is_empty() {
            let quoted = &self.quoted;
            text += &format!("\n  {line} | {quoted}");
        }
        if let Some(help) = self.help(lang) {
            text += "\n";
            text += &help;
        }
        text
    }

    fn what(&self, lang: Lang) -> String {
        match &*self.what {
            What::Name(name) => {
                say!(lang, "trang này không có giá trị nào tên `{name}`", "this page has no value named `{name}`")
            }
            What::Filter(name) => say!(lang, "không có bộ lọc `{name}`", "there is no filter `{name}`"),
            What::Test(name) => say!(lang, "không có phép thử `{name}`", "there is no test `{name}`"),
            What::Function(name) => say!(lang, "không có hàm `{name}`", "there is no function `{name}`"),
            What::Method(name) => {
                say!(lang, "giá trị này không có hàm `{name}`", "this value has no method `{name}`")
            }
            What::Template(name) => say!(
                lang,
                "không có mẫu nào tên `{name}` trong thư mục mẫu hoặc trong chương trình",
                "no template is named `{name}`, neither in the folder nor in the program"
            ),
            What::Block(name) => say!(lang, "mẫu gốc không có khối `{name}`", "there is no block `{name}`"),
            What::Statement(name) => say!(lang, "không có lệnh `{name}`", "there is no statement `{name}`"),
            What::Unexpected(is, should) => {
                let (is, should) = (words(is, lang), words(should, lang));
                say!(lang, "sai cú pháp: gặp {is}, cần {should}", "syntax error: found {is}, needed {should}")
            }
            What::OutOfFuel => say!(
                lang,
                "mẫu chạy quá lâu và bị dừng; có vòng lặp lồng nhau quá lớn, hoặc mẫu tự gọi lại chính nó",
                "the template ran too long and was stopped: its loops are too large, or it includes itself"
            ),
            What::IdleFile(name) => say!(
                lang,
                "chương trình không có mẫu `{name}` để thay, và không mẫu nào trong thư mục gọi tệp này",
                "the program has no template `{name}` to replace, and no template of the folder names this file"
            ),
            What::Place(name) => say!(
                lang,
                "thư mục `{name}` trong places/ không phải một địa bàn của danh mục",
                "the folder `{name}` in places/ is no place of the register"
            ),
            What::Yaml(detail) => say!(
                lang,
                "cần các dòng dạng \"chữ trên trang\": \"chữ thay vào\" ({detail})",
                "lines as \"what the page says\": \"what it shall say\" are needed ({detail})"
            ),
            What::NoPicture => say!(
                lang,
                "tệp không phải hình SVG hoặc PNG như tên tệp nói",
                "the file is not the SVG or PNG that its name says"
            ),
            What::TwoLogos => say!(
                lang,
                "có cả logo.svg và logo.png; chỉ giữ một tệp",
                "there are both logo.svg and logo.png; keep one of them"
            ),
            What::LargePicture { is, may } => say!(
                lang,
                "hình nặng {is} KiB, nhiều nhất là {may} KiB, vì mỗi trang đều chứa hình này",
                "the picture has {is} KiB; {may} KiB is the most, as every page holds it"
            ),
            What::Other(text) => say!(lang, "mẫu không chạy được: {text}", "the template cannot be run: {text}"),
            What::Typst(text) => typst_words::said(text, lang),
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        match *self.what {
            What::Name(_) => Some(say!(
                lang,
                "Các tên mỗi mẫu dùng được: thutuc templates --names",
                "The names each template can use: thutuc templates --names"
            )),
            What::Template(_) | What::IdleFile(_) => Some(say!(
                lang,
                "Xem các mẫu của chương trình: thutuc templates --export THƯ-MỤC",
                "To see the shipped templates: thutuc templates --export DIR"
            )),
            What::Typst(_) => Some(say!(
                lang,
                "Sửa tệp, hoặc dựng không có PDF bằng --no-pdf",
                "Mend the file, or leave PDF out with --no-pdf"
            )),
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Fault {}

/// The name that is likely meant: one letter in three may be wrong, as names of templates are short.
pub(super) fn nearest<'k>(wanted: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let allowed = (wanted.chars().count() / 3).clamp(1, 3);
    let all = known.into_iter().map(|name| (strsim::osa_distance(wanted, name), name));
    all.filter(|(distance, _)| *distance <= allowed).min().map(|(_, name)| name)
}

/// Every key of what a template may see, at any depth.
pub(super) fn keys(view: &impl Serialize) -> Vec<String> {
    fn walk(value: &Value, keys: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    keys.push(key.clone());
                    walk(value, keys);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, keys)),
            _ => {}
        }
    }
    let mut keys = Vec::new();
    walk(&serde_json::to_value(view).unwrap_or_default(), &mut keys);
    keys.sort();
    keys.dedup();
    keys
}

/// The cause: a fault of an included file or of a block is wrapped in one of whoever uses it.
fn innermost(error: &Error) -> &Error {
    let mut inner = error;
    while let Some(source) = inner.source().and_then(|source| source.downcast_ref::<Error>()) {
        inner = source;
    }
    inner
}

fn what(error: &Error, quoted: &str) -> What {
    let detail = error.detail().unwrap_or_default();
    // `a.b` is undefined; template "a" does not exist; filter a is unknown
    let between = |mark: char| detail.split(mark).nth(1).map(str::to_owned);
    let before = |end: &str| detail.split(end).next().and_then(|text| text.split(' ').next_back()).unwrap_or_default();
    let after =
        |beginning: &str| detail.split(beginning).nth(1).and_then(|text| text.split(' ').next()).unwrap_or_default();
    match error.kind() {
        _ if detail.contains("` is undefined") => What::Name(between('`').unwrap_or_default()),
        ErrorKind::UndefinedError => What::Name(quoted.to_owned()),
        ErrorKind::UnknownFilter => What::Filter(before(" is unknown").to_owned()),
        ErrorKind::UnknownTest => What::Test(before(" is unknown").to_owned()),
        ErrorKind::UnknownFunction => What::Function(before(" is unknown").to_owned()),
        ErrorKind::UnknownMethod => What::Method(after("no method named ").to_owned()),
        ErrorKind::TemplateNotFound => {
            let named = detail.split("template ").nth(1).unwrap_or_default().trim_end_matches(" does not exist");
            What::Template(named.trim_matches(['"', '\'']).to_owned())
        }
        ErrorKind::UnknownBlock => What::Block(between('\'').unwrap_or_default()),
        ErrorKind::OutOfFuel => What::OutOfFuel,
        _ if detail.contains("recursion limit") => What::OutOfFuel,
        ErrorKind::SyntaxError if detail.contains("unknown statement ") => {
            What::Statement(after("unknown statement ").to_owned())
        }
        ErrorKind::SyntaxError => {
            match detail.strip_prefix("unexpected ").and_then(|rest| rest.split_once(", expected ")) {
                Some((is, should)) => What::Unexpected(is.to_owned(), should.to_owned()),
                None => What::Other(detail.to_owned()),
            }
        }
        _ => What::Other(error.to_string()),
    }
}

/// What the engine's parser calls things, in the reader's language.
fn words(text: &str, lang: Lang) -> String {
    let known = match text {
        "end of input" => "hết tệp",
        "end of block" => "`%}` hoặc lệnh đóng khối (endif, endfor, endblock)",
        "end of variable block" => "`}}`",
        "identifier" => "một tên",
        "expression" => "một biểu thức",
        "statement" => "một lệnh",
        "string" => "chuỗi trong ngoặc kép",
        _ => return text.to_owned(),
    };
    if lang == Lang::Vi { known.to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_knows_what_is_proposed() {
        let kind = |text: String| minijinja::Environment::new().render_str(&text, ()).err().map(|error| error.kind());
        for name in FILTERS {
            assert_ne!(kind(format!("{{{{ 1|{name} }}}}")), Some(ErrorKind::UnknownFilter), "{name}");
        }
        for name in TESTS {
            assert_ne!(kind(format!("{{{{ 1 is {name} }}}}")), Some(ErrorKind::UnknownTest), "{name}");
        }
        for name in FUNCTIONS {
            assert_ne!(kind(format!("{{{{ {name}() }}}}")), Some(ErrorKind::UnknownFunction), "{name}");
        }
        assert_eq!(kind("{{ 1|uper }}".to_owned()), Some(ErrorKind::UnknownFilter));
    }
}
