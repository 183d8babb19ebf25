//! The command line. Only this part reads files, the clock and the environment, and writes to the terminal.

mod build;
mod check;
mod diff;
mod dist;
mod due;
mod explain;
mod files;
mod fmt;
mod form;
mod git;
mod impact;
mod merge;
mod new;
mod proofs;
mod question;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod templates;
mod test;
mod verify;
mod when;

use std::ffi::OsString;
use std::io::Write as _;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::compile::Options;
use crate::error::Error;
use crate::lang::{Lang, Words, say};
use crate::model::quantity::short_date;
use crate::resolve::registers::Unit;

pub use self::dist::{Dist, Manifest};

/// How a command ended: 0 nothing wrong, 1 the catalogue has errors, 2 it could not be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Good = 0,
    Findings = 1,
    Failed = 2,
}

/// Carries out a command line.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = language(&args);
    let matches = match command(lang).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return usage(&error, lang),
    };
    let (name, sub) = matches.subcommand().expect("a command is required");
    let done = match name {
        "check" => check::run(sub, lang),
        "diff" => diff::run(sub, lang),
        "impact" => impact::run(sub, lang),
        "due" => due::run(sub, lang),
        "build" => build::run(sub, lang),
        "fmt" => fmt::run(sub, lang),
        "explain" => explain::run(sub, lang),
        "test" => test::run(sub, lang),
        "when" => when::run(sub, lang),
        "show" => show::run(sub, lang),
        #[cfg(feature = "serve")]
        "serve" => serve::run(sub, lang),
        "verify" => verify::run(sub, lang),
        "merge" => merge::run(sub, lang),
        "templates" => templates::run(sub, lang),
        "form" => form::run(sub, lang),
        _ => new::run(sub, lang),
    };
    done.unwrap_or_else(|error| {
        let message = error.message(lang);
        eprintln!("{}", say!(lang, "lỗi: {message}", "error: {message}"));
        Exit::Failed
    })
}

/// `--lang`, else the variable `THUTUC_LANG`, else Vietnamese. Known before the arguments are read, for their help.
fn language(args: &[OsString]) -> Lang {
    let mut given = args.iter().filter_map(|arg| arg.to_str());
    let flag = given.clone().find_map(|arg| arg.strip_prefix("--lang=")).or_else(|| {
        given.find(|arg| *arg == "--lang")?;
        given.next()
    });
    let environment = std::env::var("THUTUC_LANG").ok();
    flag.or(environment.as_deref()).and_then(Lang::parse).unwrap_or_default()
}

/// The commands with their help in one language.
pub fn command(lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    let language = Arg::new("lang")
        .long("lang")
        .global(true)
        .value_name("vi|en")
        .value_parser(["vi", "en"])
        .hide_possible_values(true)
        .help(say("Ngôn ngữ của thông báo và sản phẩm", "Language of messages and outputs"));
    let path = || {
        Arg::new("path").value_name(say("ĐƯỜNG-DẪN", "PATH")).default_value("procedures").help(say(
            "Thư mục bộ thủ tục, hoặc một tệp .tthc trong đó",
            "Folder of the catalogue, or one .tthc file in it",
        ))
    };
    let at = || {
        Arg::new("at").long("at").value_name(say("ĐỊA-BÀN", "PLACE")).help(say(
            "Đọc bộ thủ tục tại một tỉnh, xã: đồng-nai, đồng-nai/trảng-dài",
            "Read the catalogue at a place: đồng-nai, đồng-nai/trảng-dài",
        ))
    };
    let as_of = || {
        Arg::new("as-of").long("as-of").value_name(say("NGÀY", "DAY")).help(say(
            "Đọc bộ thủ tục tại một ngày (01/7/2026, hoặc today)",
            "Read the catalogue on a day (01/7/2026, or today)",
        ))
    };
    let release = || {
        Arg::new("release")
            .long("release")
            .action(ArgAction::SetTrue)
            .help(say("Chuẩn bị công bố: mỗi chỗ chưa nhập là một lỗi", "Before publishing: every gap is an error"))
    };
    let code = || {
        Arg::new("code").required(true).value_name(say("MÃ", "CODE")).help(say("Mã thủ tục", "Code of the procedure"))
    };
    let filed = || {
        Arg::new("filed").long("filed").value_name(say("LÚC", "MOMENT")).help(say(
            "Nộp lúc nào: \"16:20 29/4/2026\", hoặc một ngày",
            "When it is filed: \"16:20 29/4/2026\", or a day",
        ))
    };
    let with = || {
        Arg::new("with").long("with").action(ArgAction::Append).value_name(say("ĐIỀU-GÌ=GIÁ-TRỊ", "FACT=VALUE")).help(
            say(
                "Một điều về hồ sơ: số-bản-sao=2, hộ-nghèo=có, cách-thức=trực-tuyến; hoặc một điều kiện",
                "A fact of the case: copies=2, poor=yes, channel=online; or a condition",
            ),
        )
    };
    let event = || {
        Arg::new("event").long("event").action(ArgAction::Append).value_name(say("BƯỚC=LÚC", "STEP=MOMENT")).help(say(
            "Một việc đã xong: nghĩa-vụ-tài-chính=\"10:00 25/9/2026\", bổ-sung-đủ=\"…\"",
            "What is done: a step=\"10:00 25/9/2026\", supplemented=\"…\"",
        ))
    };
    let worded = |command: Command| {
        let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
        let usage = say("Cách dùng", "Usage");
        command
            .help_template(format!("{{about}}\n\n{usage}: {{usage}}\n\n{{all-args}}"))
            .subcommand_value_name(say("LỆNH", "COMMAND"))
            .next_help_heading(say("Tùy chọn", "Options"))
            .disable_help_flag(true)
            .arg(help.help(say("In hướng dẫn này", "Print this help")))
    };
    let command =
        |name: &'static str, vi: &'static str, en: &'static str| worded(Command::new(name)).about(say(vi, en));
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    #[cfg(feature = "serve")]
    let served = {
        let command = command(
            "serve",
            "Xem bộ thủ tục trên máy này, tự cập nhật khi sửa",
            "Show a catalogue on this machine, made anew as it changes",
        );
        vec![serve::arguments(command.arg(path()), lang).arg(at()).arg(as_of())]
    };
    #[cfg(not(feature = "serve"))]
    let served: Vec<Command> = Vec::new();
    let whole = worded(Command::new("thutuc"))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(version.help(say("In phiên bản", "Print the version")))
        .subcommand_help_heading(say("Các lệnh", "Commands"))
        .about(say(
            "Biên dịch bộ thủ tục hành chính: kiểm tra, rồi tạo bản niêm yết, sơ đồ quy trình và dữ liệu cho phần mềm một cửa",
            "Compiles a catalogue of administrative procedures: checks it, then makes notices, process charts and JSON",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .arg(language)
        .subcommands([
            command("check", "Kiểm tra bộ thủ tục", "Check a catalogue")
                .arg(path())
                .arg(Arg::new("format").long("format").value_parser(["text", "short", "json"]).default_value("text").help(say(
                    "Cách trình bày phát hiện",
                    "How findings are printed",
                )))
                .arg(Arg::new("full").long("full").action(ArgAction::SetTrue).help(say(
                    "Chứng minh lại mọi thời hạn, không dùng kết quả đã lưu",
                    "Prove every limit anew, without what was kept",
                )))
                .arg(at())
                .arg(as_of())
                .arg(release()),
            command("test", "Thử mọi ví dụ của bộ thủ tục", "Try every worked example of a catalogue")
                .arg(path())
                .arg(Arg::new("format").long("format").value_parser(["text", "short", "json"]).default_value("text").help(say(
                    "Cách trình bày phát hiện",
                    "How findings are printed",
                )))
                .arg(Arg::new("coverage").long("coverage").action(ArgAction::SetTrue).help(say(
                    "Kể các điều kiện chưa có ví dụ nào",
                    "List the conditions that no example meets",
                )))
                .arg(Arg::new("table").long("table").value_name(say("THƯ-MỤC", "DIR")).help(say(
                    "Ghi bảng mọi trường hợp của từng thủ tục, HTML và CSV, để đối chiếu",
                    "Write the table of all cases of each procedure, HTML and CSV, to check by hand",
                )))
                .arg(Arg::new("propose").long("propose").action(ArgAction::SetTrue).help(say(
                    "Đề xuất ví dụ cho các điều kiện đó, kèm kết quả tính ra",
                    "Propose examples for them, with what they come to",
                )))
                .arg(at())
                .arg(as_of()),
            command("when", "Một trường hợp: giấy tờ, tiền, ngày hẹn", "One case: papers, money, dates")
                .arg(code())
                .arg(path())
                .arg(filed())
                .arg(Arg::new("posted").long("posted").value_name(say("NGÀY", "DAY")).help(say(
                    "Ngày trên dấu bưu chính, khi nộp qua bưu chính: hồ sơ gửi trước khi quy định thay đổi có thể theo quy định cũ",
                    "The day of the postmark: papers posted before the rules changed may keep the old ones",
                )))
                .arg(with())
                .arg(event())
                .arg(Arg::new("why").long("why").action(ArgAction::SetTrue).help(say(
                    "Diễn giải từng ngày, từng quy tắc, kèm điều luật",
                    "Explain day by day, each with its rule",
                )))
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help(say("In dạng JSON", "Print JSON")))
                .arg(at())
                .arg(as_of()),
            command("show", "Thủ tục đang như thế nào: tại một nơi, một ngày", "A procedure as it stands: at a place, on a day")
                .arg(code())
                .arg(path())
                .arg(Arg::new("why").long("why").action(ArgAction::SetTrue).help(say(
                    "Kèm căn cứ, và ai quy định: thủ tục gốc hay khối “áp dụng” nào",
                    "With the basis, and who says so: the procedure itself, or which overlay",
                )))
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help(say("In dạng JSON", "Print JSON")))
                .arg(at())
                .arg(as_of()),
            command("form", "Lập một biểu mẫu một cửa cho một hồ sơ", "Fill in a one-stop form for one file")
                .arg(Arg::new("kind").required(true).value_name(say("BIỂU-MẪU", "FORM")).help(say(
                    "giấy-tiếp-nhận, bổ-sung, từ-chối, xin-lỗi, dừng, phiếu-kiểm-soát, sổ-theo-dõi, chúc-mừng, chia-buồn",
                    "receipt, supplement, refusal, apology, stop, control, log, congratulation, condolence",
                )))
                .arg(code())
                .arg(path())
                .arg(filed())
                .arg(with())
                .arg(event())
                .arg(Arg::new("field").long("field").action(ArgAction::Append).value_name(say("TÊN=GIÁ-TRỊ", "NAME=VALUE")).help(say(
                    "Một chỗ trống: họ-tên=\"Nguyễn Văn A\", địa-chỉ, mã-hồ-sơ, lý-do, …",
                    "A blank: name=\"Nguyễn Văn A\", address, file-code, reason, …",
                )))
                .arg(Arg::new("paper").long("paper").action(ArgAction::Append).value_name(say("GIẤY-TỜ", "PAPER")).help(say(
                    "Chỉ giấy tờ này, theo mã: giấy tờ đã nộp, phải bổ sung hoặc trả lại",
                    "Only this paper, by its id: what was handed in, is missing or is given back",
                )))
                .arg(Arg::new("extend").long("extend").value_name(say("THỜI-GIAN", "TIME")).help(say(
                    "Đề nghị gia hạn bao lâu kể từ lúc hết hạn: \"02 ngày làm việc\"",
                    "How long the limit is to be extended from its end: \"02 ngày làm việc\"",
                )))
                .arg(Arg::new("out").long("out").value_name(say("TỆP", "FILE")).help(say(
                    "Tệp sẽ ghi (.html); bỏ trống thì in ra màn hình",
                    "The file to write (.html); without it the page is printed",
                )))
                .arg(at())
                .arg(as_of()),
            command("build", "Tạo bản niêm yết, sơ đồ và JSON", "Make notices, charts and JSON")
                .arg(path())
                .arg(Arg::new("out").long("out").value_name(say("THƯ-MỤC", "DIR")).default_value("dist").help(say(
                    "Nơi ghi bản dựng; bản cũ được thay trọn vẹn khi xong",
                    "Where the build goes; the old one is replaced whole when done",
                )))
                .arg(
                    Arg::new("bpmn")
                        .long("bpmn")
                        .value_name(say("PHẦN-MỀM", "ENGINES"))
                        .value_delimiter(',')
                        .value_parser(crate::emit::Dialect::ALL.map(crate::emit::Dialect::name))
                        .default_value("plain")
                        .help(say(
                            "BPMN cho phần mềm nào; nhiều thì ngăn bằng dấu phẩy",
                            "For which engines BPMN is written; several with commas",
                        )),
                )
                .arg(Arg::new("opencps").long("opencps").action(ArgAction::SetTrue).help(say(
                    "Tạo cả tệp quy trình để nạp vào OpenCPS (XML)",
                    "Make the process files that OpenCPS imports (XML), too",
                )))
                .arg(Arg::new("communes").long("communes").action(ArgAction::SetTrue).help(say(
                    "Tạo cả bản niêm yết riêng của từng xã, phường, đặc khu: của tỉnh ở --at, hoặc của cả nước",
                    "Make the notices of every commune, too: of the province at --at, or of the nation",
                )))
                .arg(Arg::new("shard").long("shard").value_name(say("PHẦN/SỐ-PHẦN", "PART/PARTS")).help(say(
                    "Chỉ dựng một phần, như 3/8, để chia việc cho nhiều máy; gộp lại bằng thutuc merge",
                    "Build one part only, as 3/8, to share the work among machines; thutuc merge puts them together",
                )))
                .arg(
                    Arg::new("only")
                        .long("only")
                        .value_name(say("SẢN-PHẨM", "OUTPUTS"))
                        .value_delimiter(',')
                        .action(ArgAction::Append)
                        .value_parser(crate::emit::OUTPUTS.iter().map(|one| one.name).collect::<Vec<_>>())
                        .hide_possible_values(true)
                        .help(build::only_help(lang)),
                )
                .arg(
                    Arg::new("formats")
                        .long("formats")
                        .value_name("html,docx,pdf")
                        .value_delimiter(',')
                        .value_parser(["html", "docx", "pdf"])
                        .hide_possible_values(true)
                        .help(say(
                            "Chỉ xuất văn bản ở các dạng này; bỏ trống: cả ba",
                            "Documents in these forms only; without it, all three",
                        )),
                )
                .arg(Arg::new("no-pdf").long("no-pdf").action(ArgAction::SetTrue).help(if crate::emit::HAS_PDF {
                    say("Không tạo PDF (nhanh hơn nhiều)", "Leave out the PDF files (much faster)")
                } else {
                    say("Chương trình này được dựng không có phần PDF", "This program was built without PDF")
                }))
                .arg(at())
                .arg(as_of())
                .arg(release()),
            command("verify", "Bản dựng có còn nguyên vẹn không", "Whether a build is whole").arg(
                Arg::new("build").value_name(say("THƯ-MỤC", "DIR")).default_value("dist").help(say(
                    "Thư mục bản dựng: từng tệp được so với manifest.json",
                    "The folder of a build: each file is compared with manifest.json",
                )),
            ),
            merge::arguments(
                command("merge", "Gộp các phần của một bản dựng", "Put the parts of a build together"),
                lang,
            ),
            diff::arguments(
                command("diff", "So hai bản: nội dung nào thay đổi", "Compare two versions: what changed in meaning"),
                lang,
            )
            .arg(at())
            .arg(as_of()),
            impact::arguments(
                command("impact", "Một văn bản đổi thì chạm đến những gì", "What rests on an act"),
                path(),
                lang,
            ),
            due::arguments(
                command("due", "Việc công bố, niêm yết đến hạn khi luật đổi", "Duties of publication that fall due as law changes"),
                path(),
                lang,
            )
            .arg(at())
            .arg(as_of()),
            command("fmt", "Trình bày lại tệp thủ tục", "Format procedure files")
                .arg(path())
                .arg(Arg::new("check").long("check").action(ArgAction::SetTrue).help(say(
                    "Chỉ cho biết tệp nào chưa đúng, không ghi",
                    "Only say which files would change",
                )))
                .arg(Arg::new("ids").long("ids").action(ArgAction::SetTrue).help(say(
                    "Đặt mã cho giấy tờ, kết quả và bước chưa có",
                    "Give ids to papers, outcomes and steps that have none",
                ))),
            command("explain", "Giải thích một mã phát hiện", "Explain the code of a finding").arg(
                Arg::new("code").value_name(say("MÃ", "CODE")).help(say("Như TT301; bỏ trống để xem mọi mã", "As TT301; leave out to list all")),
            ),
            command("templates", "Mẫu trình bày: xem, lấy ra để sửa", "Templates: list them, copy them to change")
                .arg(path())
                .arg(Arg::new("export").long("export").value_name(say("THƯ-MỤC", "DIR")).help(say(
                    "Ghi các mẫu của chương trình vào một thư mục để chép và sửa",
                    "Write the shipped templates to a folder, to copy from and change",
                )))
                .arg(Arg::new("names").long("names").action(ArgAction::SetTrue).conflicts_with("export").help(say(
                    "Kể các tên mà mỗi mẫu dùng được",
                    "List the names that each template can use",
                )))
                .arg(at())
                .arg(as_of()),
            command("new", "Tạo một thủ tục mới", "Start a new procedure")
                .arg(Arg::new("code").long("code").value_name(say("MÃ", "CODE")).help(say("Mã thủ tục, như 1.001193", "The code, as 1.001193")))
                .arg(Arg::new("name").long("name").value_name(say("TÊN", "NAME")).help(say("Tên thủ tục", "The name")))
                .arg(Arg::new("level").long("level").value_name(say("CẤP", "LEVEL")).help(say("xã, tỉnh hoặc bộ", "commune, province or ministry")))
                .arg(Arg::new("field").long("field").value_name(say("LĨNH-VỰC", "FIELD")).help(say("Mã lĩnh vực, như hộ-tịch", "Field, as hộ-tịch")))
                .arg(Arg::new("file").long("file").value_name(say("TỆP", "FILE")).help(say("Tệp sẽ ghi", "The file to write"))),
        ]);
    whole.subcommands(served)
}

/// What clap found wrong, in words; help and version are not wrong.
fn usage(error: &clap::Error, lang: Lang) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = write!(std::io::stdout(), "{error}");
        return Exit::Good;
    }
    if lang == Lang::En || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return Exit::Failed;
    }
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(clap::error::ContextKind::InvalidArg);
    let value = context(clap::error::ContextKind::InvalidValue);
    let command = context(clap::error::ContextKind::InvalidSubcommand);
    let text = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("không có lệnh `{command}`"),
        ErrorKind::UnknownArgument => format!("không có tùy chọn `{argument}`"),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` cần một giá trị"),
        ErrorKind::InvalidValue => {
            let known = match error.get(clap::error::ContextKind::ValidValue) {
                Some(clap::error::ContextValue::Strings(known)) => format!("; chọn trong: {}", known.join(", ")),
                _ => String::new(),
            };
            format!("`{argument}` không nhận giá trị `{value}`{known}")
        }
        ErrorKind::ArgumentConflict => format!("`{argument}` được dùng hai lần"),
        _ => error.to_string(),
    };
    eprintln!("lỗi: {text}\nXem các lệnh: thutuc --help");
    Exit::Failed
}

/// Options that several commands share.
fn options(matches: &ArgMatches, lang: Lang) -> Result<Options, Error> {
    let today = jiff::Zoned::now().date();
    let as_of = match matches.try_get_one::<String>("as-of").ok().flatten().map(String::as_str) {
        None => None,
        Some("today") => Some(today),
        Some(text) => Some(crate::model::quantity::parse_date(text).ok_or_else(|| {
            Error::Argument(say!(
                lang,
                "--as-of cần một ngày như 01/7/2026 hoặc today, không phải “{text}”",
                "--as-of needs a day as 01/7/2026 or today, not “{text}”"
            ))
        })?),
    };
    let place = matches.try_get_one::<String>("at").ok().flatten().map(|place| crate::syntax::fold::fold(place));
    Ok(Options { lang, as_of, today, place, release: is_set(matches, "release") })
}

/// Whether a switch is on; a command that does not have it has it off.
fn is_set(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false)
}

/// An unknown place stops the run: nothing that is read there would mean anything.
fn known_place(catalogue: &crate::compile::Catalogue, lang: Lang) -> Result<(), Error> {
    let Some(place) = catalogue.options.place.as_ref() else { return Ok(()) };
    if let Some(unit) = catalogue.registers.units.get(place) {
        return ended_place(catalogue, unit, lang);
    }
    let likely = catalogue.registers.likely(crate::model::Register::Units, place);
    let hint = likely.map(|(id, _)| say!(lang, "; có phải ý là {id}?", "; did you mean {id}?")).unwrap_or_default();
    Err(Error::Argument(say!(
        lang,
        "danh mục địa bàn không có “{place}”{hint}",
        "the register of places has no “{place}”{hint}"
    )))
}

/// Nor would anything at a place that is no more on the day.
fn ended_place(catalogue: &crate::compile::Catalogue, unit: &Unit, lang: Lang) -> Result<(), Error> {
    let Some(until) = unit.valid.until.filter(|until| until.0 < catalogue.as_of()) else { return Ok(()) };
    let (name, last) = (&unit.name, short_date(until.0));
    let heir = unit.merged_into.as_ref().map(|path| say!(lang, "; nay dùng --at {path}", "; it is now --at {path}"));
    let heir = heir.unwrap_or_default();
    Err(Error::Argument(say!(
        lang,
        "“{name}” chỉ có đến {last}{heir}; đọc một ngày trước đó bằng --as-of",
        "“{name}” existed until {last} only{heir}; --as-of reads a day before"
    )))
}

/// Writes to standard output; a reader that went away is no fault of ours.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
