//! The forms of the one-stop office: blank in a build, filled in by `thutuc form`.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use tempfile::TempDir;
use thutuc::compile::{Catalogue, FileKind, Input, Options};
use thutuc::emit::{self, FormKind, Sink, Wanted};
use thutuc::lang::Lang;

use common::{Ran, copy_folder, run, shipped};

/// A procedure with everything that a form can show.
const PERMIT: &str = r#"thủ tục 1.000001 "Cấp giấy phép" {
    lĩnh vực: hộ-tịch
    cơ quan có thẩm quyền: ubnd-xã
    nơi tiếp nhận: trung-tâm-pvhcc
    cơ quan phối hợp: công-an-xã
    cách thức thực hiện: trực tiếp, trực tuyến toàn trình
    trường hợp {
        số-bản: số nguyên từ 1 đến 20 "bản" "Số bản"
        khẩn:   có hoặc không "Yêu cầu khẩn"
    }
    thành phần hồ sơ: 02 bộ {
        nộp tờ-khai "Tờ khai" { bản chính: 01 }
        nộp bản-vẽ "Bản vẽ" { bản sao có chứng thực: số-bản; bản chụp: 02 }
        xuất trình giấy-tùy-thân "Giấy tờ tùy thân" { bản chính: 01; một trong: "Căn cước", "Hộ chiếu" }
        nộp giấy-khẩn "Giấy đề nghị giải quyết khẩn" { bản chính: 01; khi: khẩn }
        gửi trực tuyến: 01 bản điện tử
    }
    thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ; khi khẩn: trong ngày, nhận sau 15 giờ thì ngày làm việc tiếp theo }
    phí: 8.000 đồng × số-bản theo tt-281-2016-btc
    lệ phí "Lệ phí khẩn": 50.000 đồng theo tt-281-2016-btc { khi không khẩn: không theo tt-281-2016-btc }
    yêu cầu, điều kiện { điều kiện có-cơ-sở "Có cơ sở" }
    kết quả { giấy-phép "Giấy phép" { bản chính: 01; thư kèm: chúc mừng }; từ chối tb "Thông báo từ chối" { thư kèm: chia buồn } }
    quy trình {
        chức danh một-cửa "Công chức tiếp nhận" thuộc trung-tâm-pvhcc
        chức danh cán-bộ "Cán bộ thụ lý" thuộc ubnd-xã
        chức danh lãnh-đạo "Lãnh đạo" thuộc ubnd-xã
        tiếp nhận "Tiếp nhận" { trách nhiệm: một-cửa; thời gian: ngay }
        bước "Xử lý" { trách nhiệm: cán-bộ; thời gian: 01 ngày làm việc }
        khi khẩn { bước "Xử lý ngay" { trách nhiệm: lãnh-đạo; thời gian: 01 giờ làm việc } }
        khi không có-cơ-sở { từ chối "Từ chối" { trách nhiệm: lãnh-đạo; sản phẩm: tb } }
        trả kết quả { trách nhiệm: một-cửa }
    }
}
"#;

#[derive(Default)]
struct Built(Mutex<BTreeMap<String, Vec<u8>>>);

impl Sink for Built {
    fn write(&self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.0.lock().expect("no writer panics").insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

/// The forms of a build of one procedure, by their names.
fn blanks(text: &str, lang: Lang) -> BTreeMap<String, String> {
    let register = |name: &str| Input {
        kind: FileKind::Register,
        name: format!("registers/{name}.yaml"),
        bytes: fs::read(shipped().join(format!("procedures/registers/{name}.yaml"))).expect("a shipped register"),
    };
    let mut inputs: Vec<Input> = ["acts", "agencies", "units", "fields", "calendars"].map(register).into();
    inputs.push(Input { kind: FileKind::Procedures, name: "a.tthc".to_owned(), bytes: text.as_bytes().to_vec() });
    let today = jiff::civil::date(2026, 11, 22);
    let catalogue = Catalogue::read(inputs, Options { lang, as_of: None, today, place: None, release: false });
    let found: Vec<_> = catalogue.reading.iter().map(|one| &one.message).collect();
    assert!(found.is_empty(), "{found:?}");
    let built = Built::default();
    emit::build(&catalogue, &Wanted::default(), &built, &|| ()).expect("it is built");
    let files = built.0.into_inner().expect("no writer panics").into_iter();
    files
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("forms/1.000001/")?.strip_suffix(".html")?.to_owned();
            Some((name, String::from_utf8(bytes).expect("pages are UTF-8")))
        })
        .collect()
}

/// A page without its head and its foot, which say nothing of a procedure.
fn body(page: &str) -> &str {
    let body = page.split_once("<body").expect("it has a body").1;
    body.split_once("<footer>").expect("it has a foot").0
}

/// The words that a reader sees.
fn words(page: &str) -> String {
    text_of(body(page))
}

/// Text between the tags, its entities resolved and its blanks as one.
fn text_of(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)) {
        text.push(' ');
        text.push_str(part);
    }
    for (entity, letter) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
    {
        text = text.replace(entity, letter);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    copy_folder(&shipped().join("procedures"), &folder.path().join("procedures"));
    folder
}

/// Carries out `thutuc form` in a folder; the words of the page it prints.
#[track_caller]
fn form(folder: &Path, args: &[&str]) -> String {
    let args: Vec<&str> = ["form"].into_iter().chain(args.iter().copied()).collect();
    let ran = run(folder, &args);
    assert_eq!(ran.code, 0, "{ran:?}");
    words(&ran.out)
}

#[track_caller]
fn says(ran: &Ran, code: i32, part: &str) {
    assert_eq!(ran.code, code, "{ran:?}");
    assert!(ran.out.contains(part) || ran.err.contains(part), "{part} is not said: {ran:?}");
}

mod blank {
    use super::*;

    #[test]
    fn every_kind_of_one_procedure() {
        let forms = blanks(PERMIT, Lang::Vi);
        for kind in FormKind::ALL {
            let page = forms.get(kind.name()).unwrap_or_else(|| panic!("{} is absent", kind.name()));
            assert!(words(page).contains(&kind.title().vi.to_uppercase()), "{}", kind.name());
            insta::assert_snapshot!(format!("form_{}", kind.name()), body(page));
        }
    }

    #[test]
    fn in_english() {
        let forms = blanks(PERMIT, Lang::En);
        for kind in FormKind::ALL {
            let page = &forms[kind.name()];
            assert!(words(page).contains(&kind.title().en.to_uppercase()), "{}", kind.name());
        }
        insta::assert_snapshot!("form_receipt_en", body(&forms["receipt"]));
        insta::assert_snapshot!("form_refusal_en", body(&forms["refusal"]));
    }

    #[test]
    fn a_letter_only_where_an_outcome_names_it_a_control_sheet_only_where_there_are_steps() {
        let without = PERMIT.replace("; thư kèm: chúc mừng", "").replace("{ thư kèm: chia buồn }", "");
        let forms = blanks(&without, Lang::Vi);
        assert!(!forms.contains_key("congratulation") && !forms.contains_key("condolence"));
        assert!(forms.contains_key("control"));
        let forms = blanks("thủ tục 1.000001 \"Tên\" { }", Lang::Vi);
        let made: Vec<&str> = forms.keys().map(String::as_str).collect();
        assert_eq!(made, ["apology", "log", "receipt", "refusal", "stop", "supplement"]);
    }
}

mod filled {
    use super::*;

    const CORRECTION: [&str; 16] = [
        "1.004859",
        "--filed",
        "10:00 24/4/2026",
        "--with",
        "việc=cải-chính",
        "--with",
        "cách-thức=trực-tiếp",
        "--with",
        "ủy-quyền=tự-nộp",
        "--with",
        "diện-miễn=không",
        "--with",
        "cần-xác-minh=không",
        "--with",
        "số-bản-sao=2",
        "--at=đồng-nai/trảng-dài",
    ];

    fn with<'a>(kind: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        [kind].into_iter().chain(CORRECTION).chain(more.iter().copied()).collect()
    }

    #[test]
    fn a_receipt_has_the_papers_the_money_and_the_dates_of_the_case() {
        let folder = folder();
        let page =
            form(folder.path(), &with("giấy-tiếp-nhận", &["--field", "họ-tên=Nguyễn Văn An", "--field", "số=7"]));
        for part in [
            "ỦY BAN NHÂN DÂN PHƯỜNG TRẢNG DÀI",
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
            "Số: 7/TNHS",
            "Trảng Dài, ngày 24 tháng 4 năm 2026",
            "-260424-",
            "Tiếp nhận hồ sơ của: Nguyễn Văn An",
            "1 Tờ khai đăng ký thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc 01",
            "Giấy tờ tùy thân – Xuất trình",
            "Phí cấp bản sao Trích lục: 16.000 đồng",
            "Thời gian giải quyết theo quy định: 03 ngày làm việc",
            "Thời gian nhận hồ sơ: 10 giờ 00 phút, ngày 24 tháng 4 năm 2026",
            "Thời gian trả kết quả: 17 giờ 00 phút, ngày 04 tháng 5 năm 2026",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        for part in ["Văn bản ủy quyền", "Mẫu hộ tịch điện tử", "Khi "] {
            assert!(!page.contains(part), "{part} is in {page}");
        }
    }

    /// What the page says it was made from is the catalogue, whatever was asked.
    #[test]
    fn a_form_names_the_sources_of_the_build() {
        let folder = folder();
        assert_eq!(run(folder.path(), &["build"]).code, 0);
        let blank = fs::read_to_string(folder.path().join("dist/forms/3.000527/receipt.html")).expect("a form");
        let hash = |page: &str| page.rsplit_once("mã nguồn ").expect("it is said").1[..12].to_owned();
        let asked = ["form", "receipt", "3.000527", "--filed", "10:00 24/11/2026"];
        assert_eq!(hash(&run(folder.path(), &asked).out), hash(&blank));
    }

    #[test]
    fn what_comes_after_fifteen_hours_is_due_on_the_next_working_day() {
        let folder = folder();
        let case = [
            "giay-tiep-nhan",
            "1.000656",
            "--filed",
            "15:01 21/8/2026",
            "--with",
            "chứng-cứ=giấy-báo-tử",
            "--with",
            "cách-thức=trực-tiếp",
            "--with",
            "ủy-quyền=tự-nộp",
            "--with",
            "rõ-nơi-cư-trú-cuối=có",
            "--with",
            "đúng-hạn=có",
            "--with",
            "số-bản-sao=2",
            "--with",
            "phải-xác-minh=không",
        ];
        let page = form(folder.path(), &case);
        for part in [
            "Tờ khai đăng ký khai tử 01",
            "nhận hồ sơ sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo",
            "Thời gian nhận hồ sơ: 15 giờ 01 phút, ngày 21 tháng 8 năm 2026",
            "Thời gian trả kết quả: 17 giờ 00 phút, ngày 22 tháng 8 năm 2026",
            "16.000 đồng",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("Văn bản ủy quyền"), "{page}");
    }

    #[test]
    fn a_form_says_the_same_as_when() {
        let folder = folder();
        let asked: Vec<&str> = ["when"].into_iter().chain(CORRECTION).chain(["--json"]).collect();
        let ran = run(folder.path(), &asked);
        let answer: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
        let page = form(folder.path(), &with("receipt", &[]));
        let names = answer["documents"].as_array().expect("papers").iter().map(|one| &one["name"]);
        let sums = answer["charges"].as_array().expect("charges").iter().map(|one| &one["amount"]);
        let said: Vec<&str> = names.chain(sums).filter_map(|text| text.as_str()).collect();
        assert!(said.len() >= 5, "{said:?}");
        for text in said {
            assert!(page.contains(text), "{text} is not in {page}");
        }
    }

    #[test]
    fn what_is_sent_at_night_says_when_it_counts_as_received() {
        let folder = folder();
        let page = form(folder.path(), &["receipt", "3.000527", "--filed", "20:10 24/11/2026"]);
        assert!(
            page.contains("20:10 ngày 24/11/2026, ngoài giờ tiếp nhận: thời gian nhận tính từ 07:30 ngày 25/11/2026"),
            "{page}"
        );
    }

    #[test]
    fn a_supplement_request_names_the_papers_that_are_missing() {
        let folder = folder();
        let more = ["--paper", "giấy-chứng-minh", "--field", "lý-do=Bị mờ", "--field", "cán-bộ=Bà Bình"];
        let page = form(folder.path(), &with("bổ-sung", &more));
        for part in
            ["1 Giấy tờ làm căn cứ thay đổi", "Bản chứng thực", "Bị mờ", "liên hệ với Bà Bình", "NGƯỜI HƯỚNG DẪN"]
        {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("Tờ khai") && !page.contains("đánh dấu"), "{page}");
    }

    #[test]
    fn an_apology_names_the_date_that_was_missed_and_the_one_it_is_extended_to() {
        let folder = folder();
        let page = form(folder.path(), &with("xin-lỗi", &["--extend", "02 ngày làm việc"]));
        for part in [
            "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
            "hẹn trả kết quả: 17 giờ 00 phút, ngày 04 tháng 5 năm 2026",
            "trả vào: 17 giờ 00 phút, ngày 06 tháng 5 năm 2026",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        let open = ["form", "xin-lỗi", "1.004859", "--extend", "02 ngày làm việc"];
        says(&run(folder.path(), &open), 2, "--extend cần một ngày hẹn trả duy nhất");
        let page = form(folder.path(), &["xin-lỗi", "1.004859", "--field", "hẹn-mới=ngày 10 tháng 5 năm 2026"]);
        assert!(page.contains("trả vào: ngày 10 tháng 5 năm 2026"), "{page}");
    }

    #[test]
    fn a_control_sheet_keeps_the_hand_overs_of_the_case() {
        let folder = folder();
        let rows = |more: &[&str]| {
            let args: Vec<&str> = ["phiếu-kiểm-soát", "1.000656"].into_iter().chain(more.iter().copied()).collect();
            form(folder.path(), &args).matches("Người nhận:").count()
        };
        let (all, here) = (rows(&[]), rows(&["--with", "nộp-cấp-tỉnh=không", "--with", "phải-xác-minh=không"]));
        assert!(0 < here && here < all, "{here} of {all}");
    }

    #[test]
    fn the_log_has_the_row_of_the_file() {
        let folder = folder();
        let page =
            form(folder.path(), &with("sổ-theo-dõi", &["--field", "số-thứ-tự=41", "--field", "họ-tên=Trần Thị Bình"]));
        assert!(page.contains(" 41 ") && page.contains("Trần Thị Bình") && page.contains(" 42 1.004859"), "{page}");
    }

    #[test]
    fn nothing_that_is_told_of_an_applicant_becomes_markup() {
        let folder = folder();
        let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}&amp;\"'\u{0}";
        let evil = evil.replace('\u{0}', "\u{1}");
        for kind in FormKind::ALL {
            let (name, reason) = (format!("họ-tên={evil}"), format!("lý-do={evil}"));
            let occasion = format!("nhân-dịp={evil}");
            let office = format!("cơ-quan={evil}");
            let args = [
                "form",
                kind.name(),
                "1.004859",
                "--field",
                &name,
                "--field",
                &reason,
                "--field",
                &occasion,
                "--field",
                &office,
            ];
            let ran = run(folder.path(), &args);
            assert_eq!(ran.code, 0, "{ran:?}");
            let page = body(&ran.out);
            assert!(
                !page.contains("<script") && !page.contains("<img") && !page.contains("49"),
                "{}: {page}",
                kind.name()
            );
            assert!(
                !page.contains('\u{1}') && words(&ran.out).contains("{{ 7*7 }}{% raw %}&amp;\"'"),
                "{}",
                kind.name()
            );
        }
    }

    #[test]
    fn what_is_told_lies_in_the_file_asked_for_and_nowhere_else() {
        let folder = folder();
        let before = common::files_below(folder.path());
        let args: Vec<&str> = ["form"]
            .into_iter()
            .chain(with("receipt", &["--field", "họ-tên=Hoàng Thị Duy Nhất", "--out", "a.html"]))
            .collect();
        says(&run(folder.path(), &args), 0, "Đã ghi a.html");
        let mut after = common::files_below(folder.path());
        let page = String::from_utf8(after.remove("a.html").expect("it was written")).expect("UTF-8");
        assert!(page.contains("Hoàng Thị Duy Nhất"));
        assert_eq!(after, before);
        let kept = common::files_below(Path::new(env!("CARGO_TARGET_TMPDIR")));
        let told = "Hoàng Thị Duy Nhất".as_bytes();
        assert!(!kept.iter().any(|(_, bytes)| bytes.windows(told.len()).any(|part| part == told)));
    }

    #[test]
    fn a_question_that_makes_no_sense_is_told_so() {
        let folder = folder();
        for (args, part) in [
            (&["form", "giấy-tiếp-nhậm", "1.004859"][..], "có phải ý là giấy-tiếp-nhận?"),
            (&["form", "abc", "1.004859"], "các biểu mẫu: giấy-tiếp-nhận, bổ-sung"),
            (&["form", "receipt", "9.999999"], "không có mã 9.999999"),
            (&["form", "receipt", "1.004859", "--field", "họ-tênn=A"], "có phải ý là họ-tên?"),
            (&["form", "receipt", "1.004859", "--field", "họ-tên"], "dấu bằng"),
            (&["form", "receipt", "1.004859", "--paper", "tờ-khao"], "có phải ý là tờ-khai?"),
            (&["form", "receipt", "1.004859", "--out", "a.txt"], "kết thúc bằng .html"),
            (&["form", "receipt", "1.004859", "--out", "không/có/a.html"], "không ghi được"),
            (&["form", "receipt", "1.004859", "--with", "việc=gì-đó"], "không hiểu câu hỏi"),
            (&["form", "xin-lỗi", "1.004859", "--extend", "hai ngày"], "không hiểu câu hỏi"),
            (&["--lang", "en", "form", "recipt", "1.004859"], "did you mean receipt?"),
        ] {
            says(&run(folder.path(), args), 2, part);
        }
    }

    #[test]
    fn a_letter_is_named_by_a_place_for_an_outcome_that_keeps_the_rest() {
        let folder = folder();
        let overlay = "áp dụng 1.001193 tại đồng-nai/trảng-dài từ 01/8/2026 {\n    kết quả { giấy-khai-sinh \"Giấy khai sinh\" { thư kèm: chúc mừng } }\n}\n";
        fs::write(folder.path().join("procedures/thu.tthc"), overlay).expect("it can be written");
        let page = form(folder.path(), &["chúc-mừng", "1.001193", "--at", "đồng-nai/trảng-dài"]);
        assert!(page.contains("Trao cùng: Giấy khai sinh"), "{page}");
        let built = run(folder.path(), &["build", "--at", "đồng-nai/trảng-dài"]);
        assert_eq!(built.code, 0, "{built:?}");
        let read = |path: &str| fs::read_to_string(folder.path().join("dist/places/dong-nai/trang-dai").join(path));
        let notice = words(&read("notices/1.001193.html").expect("a notice"));
        assert!(notice.contains("Kèm theo thư chúc mừng") && notice.contains("không thời hạn"), "{notice}");
        assert!(read("forms/1.001193/congratulation.html").is_ok());
        let json = read("json/1.001193.json").expect("its data");
        assert!(json.contains("\"letter\": \"congratulation\""));
    }
}

/// The commands of the guide, as they stand there.
#[test]
fn the_commands_of_the_guide_are_carried_out() {
    let folder = folder();
    let guide = fs::read_to_string(shipped().join("docs/mau-bieu.md")).expect("the guide");
    let mut pages = Vec::new();
    for line in guide.lines().filter(|line| line.starts_with("thutuc form ")) {
        let mut args = Vec::new();
        for (at, part) in line.split('"').enumerate() {
            match at % 2 {
                0 => args.extend(part.split_whitespace().map(str::to_owned)),
                _ => args.push(part.to_owned()),
            }
        }
        let args: Vec<&str> = args[1..].iter().map(String::as_str).collect();
        let ran = run(folder.path(), &args);
        assert_eq!(ran.code, 0, "{line}: {ran:?}");
        let out = args.last().expect("a file");
        pages.push(words(&fs::read_to_string(folder.path().join(out)).expect("it was written")));
    }
    assert!(pages.len() >= 4);
    assert!(pages[0].contains("10 giờ 00 phút, ngày 24 tháng 4 năm 2026"));
    assert!(pages[0].contains("17 giờ 00 phút, ngày 04 tháng 5 năm 2026"));
}
