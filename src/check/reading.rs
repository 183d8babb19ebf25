//! What is reported while files are read and names looked up: these have no check of their own.

use super::prelude::*;
use crate::syntax::codes;

/// An error without which nothing means anything.
const fn fault(code: RuleCode, name: &'static str, title: Words, why: Words, examples: [&'static str; 2]) -> Rule {
    let [wrong, right] = examples;
    Rule { code, name, severity: Severity::Error, title, why, basis: Basis::Sense, wrong, right, run: Run::Reading }
}

pub(super) static UNREADABLE: Rule = fault(
    codes::UNREADABLE,
    "unreadable-file",
    Words::new("Tệp không đọc được", "A file cannot be read"),
    Words::new(
        "Bộ thủ tục dùng UTF-8. Tệp lưu bằng UTF-16, TCVN3 (ABC) hoặc VNI bị từ chối, không đoán, để không chữ nào bị sai dấu.",
        "A catalogue is UTF-8. Files in UTF-16, TCVN3 (ABC) or VNI are refused by name and never guessed at, so that no letter changes.",
    ),
    ["", ""],
);

pub(super) static OPEN_TEXT: Rule = fault(
    codes::OPEN_TEXT,
    "open-quote",
    Words::new("Ngoặc kép chưa đóng", "A quote without its end"),
    Words::new(
        "Chữ tự do nằm giữa hai dấu ngoặc kép, trên một dòng. Thiếu dấu đóng thì không biết chữ kết thúc ở đâu. Chỉ mục đó bị bỏ, phần còn lại của tệp vẫn được đọc.",
        "Free text stands between two quotes, on one line. Without the second nobody knows where it ends. Only that entry is lost; the rest of the file is read.",
    ),
    ["ghi chú: \"Nộp tại nơi cư trú", "ghi chú: \"Nộp tại nơi cư trú\""],
);

pub(super) static UNCLOSED: Rule = fault(
    codes::UNCLOSED,
    "unclosed-block",
    Words::new("Khối chưa đóng", "A block without its end"),
    Words::new(
        "Mỗi dấu mở ngoặc có một dấu đóng. Thiếu một dấu thì các mục sau bị hiểu là nằm bên trong khối trước. Chương trình đoán chỗ đóng theo lề và nói tên khối còn mở.",
        "Every opening bracket has a closing one. Where it is missing, what follows would count as part of the block before. The indentation tells where it should close, and the block left open is named.",
    ),
    [
        r#"thủ tục 1.000001 "Đăng ký mẫu" {
    thành phần hồ sơ: 01 bộ {
        nộp "Giấy chứng sinh" { bản chính: 01 }
    phí, lệ phí: không
}"#,
        r#"thủ tục 1.000001 "Đăng ký mẫu" {
    thành phần hồ sơ: 01 bộ {
        nộp "Giấy chứng sinh" { bản chính: 01 }
    }
    phí, lệ phí: không
}"#,
    ],
);

pub(super) static STRAY: Rule = fault(
    codes::STRAY,
    "stray-text",
    Words::new("Chữ, dấu không thuộc mục nào", "Signs that belong nowhere"),
    Words::new(
        "Ngoài ngoặc kép chỉ có từ khóa, mã, số, ngày và dấu của ngôn ngữ. Dấu lạ thường rơi vào khi chép từ Word. Chữ giải thích đặt trong ngoặc kép hoặc sau //.",
        "Outside quotes there are only keywords, ids, numbers, dates and the signs of the language. Odd signs mostly come from pasting. Explanations go in quotes or after //.",
    ),
    ["phí, lệ phí: không ?", "phí, lệ phí: không // đã hỏi Sở Tài chính?"],
);

pub(super) static TOO_DEEP: Rule = fault(
    codes::TOO_DEEP,
    "deep-nesting",
    Words::new("Ngoặc lồng quá sâu", "Brackets nested too deep"),
    Words::new(
        "Một thủ tục thật chỉ lồng bốn, năm tầng. Quá sáu mươi tư tầng là tệp hỏng hoặc dán nhầm. Phần còn lại của tệp không được đọc để chương trình không bị treo.",
        "A real procedure nests four or five levels. More than sixty-four mean a damaged file or a wrong paste. The rest is not read, so that nothing hangs.",
    ),
    [
        "phí: ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((8.000 đồng",
        "phí: (4.000 đồng + 4.000 đồng) theo tt-281-2016-btc",
    ],
);

pub(super) static UNKNOWN_ENTRY: Rule = fault(
    codes::UNKNOWN_ENTRY,
    "unknown-entry",
    Words::new("Không có mục này", "An entry nobody knows"),
    Words::new(
        "Mỗi khối có một số mục nhất định. Mục viết sai tên sẽ bị bỏ, và phần thủ tục đó coi như chưa nhập. Chương trình nêu tên gần nhất.",
        "Every block has certain entries. One with a wrong name would be lost, and that part of the procedure count as not given. The likeliest name is offered.",
    ),
    ["lĩnh vục: hộ-tịch", "lĩnh vực: hộ-tịch"],
);

pub(super) static MIXED_WORDS: Rule = fault(
    codes::MIXED_WORDS,
    "mixed-words",
    Words::new("Lẫn từ khóa Việt và Anh", "Vietnamese and English keywords mixed"),
    Words::new(
        "Mỗi từ khóa có một từ tiếng Anh tương đương, nhưng một tệp chỉ dùng một bộ. Trộn hai bộ thì người sau khó đọc và khó tìm. Lệnh định dạng dịch được cả tệp.",
        "Every keyword has an English twin, but a file keeps to one set. A mixture is hard to read and to search. The formatter can translate the whole file.",
    ),
    ["lĩnh vực: hộ-tịch\nlevel: commune", "lĩnh vực: hộ-tịch\ncấp thực hiện: xã"],
);

pub(super) static BAD_VALUE: Rule = fault(
    codes::BAD_VALUE,
    "bad-value",
    Words::new("Giá trị không đọc được", "A value that cannot be read"),
    Words::new(
        "Giá trị phải có dạng mà mục đó cần: số kèm đơn vị, ngày, tên trong danh mục. “03” không nói là ngày hay giờ. Giá trị đoán sai nguy hiểm hơn giá trị chưa nhập.",
        "A value has the form its entry needs: a number with its unit, a date, a name of a register. “03” says neither days nor hours. A wrong guess is worse than a gap.",
    ),
    [
        "thời hạn giải quyết: 03 { kể từ: nhận đủ hồ sơ hợp lệ }",
        "thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }",
    ],
);

pub(super) static GIVEN_TWICE: Rule = fault(
    codes::GIVEN_TWICE,
    "given-twice",
    Words::new("Một mục khai hai lần", "An entry given twice"),
    Words::new(
        "Hai giá trị cho một mục thì không biết giá trị nào đúng. Thường là dòng cũ còn sót khi sửa. Chương trình giữ dòng đầu và chỉ cả hai chỗ.",
        "With two values for one entry nobody knows which is right. Mostly an old line was left behind. The first is kept, and both places are shown.",
    ),
    ["lĩnh vực: hộ-tịch\nlĩnh vực: chứng-thực", "lĩnh vực: hộ-tịch"],
);

pub(super) static AND_WITH_OR: Rule = fault(
    codes::AND_WITH_OR,
    "and-with-or",
    Words::new("“và” đi cùng “hoặc” không có ngoặc", "“and” with “or” and no brackets"),
    Words::new(
        "“a và b hoặc c” đọc được hai cách, và hai cách cho hai nhóm người khác nhau. Thêm ngoặc để chỉ còn một cách. Không có thứ tự ưu tiên ngầm.",
        "“a and b or c” can be read in two ways that concern different people. Brackets leave one. There is no silent order of precedence.",
    ),
    [
        r#"trường hợp { hộ-nghèo: có hoặc không "Hộ nghèo"; trẻ-em: có hoặc không "Trẻ em"; cao-tuổi: có hoặc không "Người cao tuổi" }
lệ phí: miễn { khi hộ-nghèo và trẻ-em hoặc cao-tuổi: không }"#,
        r#"trường hợp { hộ-nghèo: có hoặc không "Hộ nghèo"; trẻ-em: có hoặc không "Trẻ em"; cao-tuổi: có hoặc không "Người cao tuổi" }
lệ phí: miễn { khi hộ-nghèo và (trẻ-em hoặc cao-tuổi): không }"#,
    ],
);

pub(super) static VALUE_ALONE: Rule = fault(
    codes::VALUE_ALONE,
    "value-alone",
    Words::new("Một giá trị đứng một mình", "A value standing alone"),
    Words::new(
        "“cách thức là trực tiếp hoặc bưu chính” nghe thuận tai, nhưng “bưu chính” không phải một điều kiện. Viết đủ: thuộc (…, …). Nhờ vậy máy không hiểu sang nghĩa khác.",
        "“channel is in person or by post” sounds right, but “by post” is no condition. Write it out: in (…, …). So nothing is understood otherwise than meant.",
    ),
    [
        r#"cách thức thực hiện: trực tiếp, bưu chính, trực tuyến một phần theo Điều 14 nđ-224-2026
thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" { bản chính: 01; khi: cách thức là trực tiếp hoặc bưu chính } }"#,
        r#"cách thức thực hiện: trực tiếp, bưu chính, trực tuyến một phần theo Điều 14 nđ-224-2026
thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" { bản chính: 01; khi: cách thức thuộc (trực tiếp, bưu chính) } }"#,
    ],
);

pub(super) static MISSING_SEPARATOR: Rule = fault(
    codes::MISSING_SEPARATOR,
    "missing-separator",
    Words::new("Hai mục viết liền", "Two entries without a separator"),
    Words::new(
        "Mỗi mục một dòng, hoặc ngăn bằng dấu “;”. Viết liền thì mục sau bị đọc thành một phần của mục trước. Chương trình tách ra và chỉ chỗ cần thêm dấu.",
        "One entry a line, or “;” between them. Run together, the second would be read as part of the first. They are taken apart, and the place is shown.",
    ),
    [
        r#"thành phần hồ sơ: 01 bộ { nộp "Tờ khai đăng ký khai sinh" { bản chính: 01 biểu mẫu: tk-khai-sinh } }"#,
        r#"thành phần hồ sơ: 01 bộ { nộp "Tờ khai đăng ký khai sinh" { bản chính: 01; biểu mẫu: tk-khai-sinh } }"#,
    ],
);

pub(super) static UNKNOWN_IN_REGISTER: Rule = fault(
    codes::UNKNOWN_IN_REGISTER,
    "unknown-in-register",
    Words::new("Danh mục không có mã này", "A name that no register lists"),
    Words::new(
        "Cơ quan, văn bản, lĩnh vực, biểu mẫu lấy từ danh mục, để tên, số và ngày hiệu lực chỉ ghi một nơi. Mã không có trong danh mục là gõ nhầm, hoặc là mục mới phải thêm.",
        "Agencies, acts, fields and forms come from registers, so that names, numbers and dates are written once. An id that is not there is a slip, or something new to be added.",
    ),
    ["lĩnh vực: hộ-tich", "lĩnh vực: hộ-tịch"],
);

pub(super) static UNKNOWN_NAME: Rule = fault(
    codes::UNKNOWN_NAME,
    "unknown-name",
    Words::new("Tên chưa khai trong thủ tục", "A name the procedure does not give"),
    Words::new(
        "Điều kiện, bước, sản phẩm gọi nhau bằng tên. Tên chưa khai thì điều kiện không bao giờ được hỏi, hoặc bước không dẫn đến đâu. Chương trình nêu tên gần nhất đã khai.",
        "Conditions, steps and products call each other by name. One that is not given is a condition never asked, or a step leading nowhere. The likeliest name is offered.",
    ),
    [
        r#"trường hợp { mang-thai-hộ: có hoặc không "Sinh ra do mang thai hộ" }
thành phần hồ sơ: 01 bộ { nộp "Văn bản xác nhận của cơ sở y tế" { bản chính: 01; khi: mang-thai } }"#,
        r#"trường hợp { mang-thai-hộ: có hoặc không "Sinh ra do mang thai hộ" }
thành phần hồ sơ: 01 bộ { nộp "Văn bản xác nhận của cơ sở y tế" { bản chính: 01; khi: mang-thai-hộ } }"#,
    ],
);

pub(super) static NAME_TWICE: Rule = fault(
    codes::NAME_TWICE,
    "name-twice",
    Words::new("Hai thứ cùng một tên", "One name for two things"),
    Words::new(
        "Một tên chỉ một giấy tờ, một bước, một kết quả. Trùng tên thì ví dụ, phần mềm một cửa và sơ đồ không biết đang nói đến cái nào.",
        "A name means one document, one step, one outcome. With two of a name, examples, the one-stop software and the chart do not know which is meant.",
    ),
    [
        r#"thành phần hồ sơ: 01 bộ {
    nộp xác-nhận "Giấy chứng sinh" { bản chính: 01 }
    nộp xác-nhận "Văn bản của người làm chứng" { bản chính: 01 }
}"#,
        r#"thành phần hồ sơ: 01 bộ {
    nộp giấy-chứng-sinh "Giấy chứng sinh" { bản chính: 01 }
    nộp xác-nhận "Văn bản của người làm chứng" { bản chính: 01 }
}"#,
    ],
);

pub(super) static REGISTER_FAULT: Rule = fault(
    codes::REGISTER_FAULT,
    "register-fault",
    Words::new("Danh mục có lỗi", "A fault in a register"),
    Words::new(
        "Danh mục là YAML trong thư mục registers. Thiếu trường, sai ngày hoặc trùng mã thì mọi thủ tục dùng danh mục đó có thể sai. Chương trình chỉ đúng dòng.",
        "Registers are YAML in the folder registers. A missing field, a wrong date or an id given twice may spoil every procedure that uses it. The line is shown.",
    ),
    ["", ""],
);

pub(super) static OVERLAY_OF_NOTHING: Rule = fault(
    codes::OVERLAY_OF_NOTHING,
    "overlay-of-nothing",
    Words::new("Áp dụng cho thủ tục không có", "An overlay of no procedure"),
    Words::new(
        "Khối “áp dụng” chỉ nói chỗ khác với bản quốc gia, nên phải có bản quốc gia trong bộ thủ tục. Sai mã thì quy định của tỉnh không bao giờ có tác dụng.",
        "An overlay says only how a place differs from the nation's text, so that text must be in the catalogue. With a wrong code the province's rules never take effect.",
    ),
    [
        r#"áp dụng 1.000001 tại đồng-tháp theo qđ-138-2025-đồng-tháp { liên hệ: "Đường dây nóng 1022" }"#,
        r#"thủ tục 1.000001 "Đăng ký mẫu" { }
áp dụng 1.000001 tại đồng-tháp theo qđ-138-2025-đồng-tháp { liên hệ: "Đường dây nóng 1022" }"#,
    ],
);

pub(super) static HOLE: Rule = Rule {
    code: codes::HOLE,
    name: "hole",
    severity: Severity::Warning,
    title: Words::new("Chỗ còn chưa nhập", "A gap the author has marked"),
    why: Words::new(
        "Chưa biết thì ghi “chưa nhập”, đừng điền số đoán. Chỗ trống được nhắc ở mỗi lần kiểm tra và chặn bản phát hành. Nhờ vậy có thể soạn dần mà không ai quên.",
        "What is not known is written `not yet given`, never guessed. Each gap is said in every check and blocks a release. So one can write little by little, and nobody forgets.",
    ),
    basis: Basis::Sense,
    wrong: "thời hạn giải quyết: chưa nhập { kể từ: nhận đủ hồ sơ hợp lệ }",
    right: "thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }",
    run: Run::Reading,
};

pub(super) static IDLE_IGNORE: Rule = Rule {
    code: codes::IDLE_IGNORE,
    name: "idle-ignore",
    severity: Severity::Warning,
    title: Words::new("Bỏ qua không có tác dụng", "An ignore that silences nothing"),
    why: Words::new(
        "“bỏ qua” làm im một phát hiện tại một chỗ, kèm lý do. Khi chỗ đó đã sửa, dòng này còn lại sẽ che lỗi sau này. Sai mã hoặc thiếu lý do thì là lỗi, và không phát hiện nào bị bỏ qua.",
        "`ignore` silences one finding in one place, with its reason. Once that place is mended, the line left behind would hide a later fault. With an unknown code or no reason it is an error and silences nothing.",
    ),
    basis: Basis::Sense,
    wrong: r#"phí phí-bản-sao "Phí cấp bản sao": 8.000 đồng theo tt-281-2016-btc
bỏ qua TT301: "Đang xin ý kiến Sở Tài chính""#,
    right: r#"phí phí-bản-sao "Phí cấp bản sao": 8.000 đồng
bỏ qua TT301: "Đang xin ý kiến Sở Tài chính""#,
    run: Run::Reading,
};

pub(super) static VALUE_OF_ANOTHER_KIND: Rule = fault(
    codes::VALUE_OF_ANOTHER_KIND,
    "value-of-another-kind",
    Words::new("Hỏi sai kiểu của trường hợp", "A fact asked in the wrong way"),
    Words::new(
        "Trường hợp có hoặc không, lựa chọn, số, ngày được hỏi bằng những cách khác nhau. Hỏi “là” với một số, hay chỉ nêu tên một số, thì không có nghĩa xác định. Gợi ý cho biết cách viết đúng.",
        "Yes-or-no facts, choices, numbers and dates are asked in different ways. A number standing alone is no condition. The help shows how to write it.",
    ),
    [
        r#"trường hợp { số-bản-sao: số nguyên từ 0 đến 100 "bản" "Số bản sao" }
thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" { bản chính: 01; khi: số-bản-sao } }"#,
        r#"trường hợp { số-bản-sao: số nguyên từ 0 đến 100 "bản" "Số bản sao" }
thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" { bản chính: 01; khi: số-bản-sao từ 1 } }"#,
    ],
);
