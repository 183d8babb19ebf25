//! Changes in the words of the law: `thời hạn giải quyết rút từ 05 ngày làm việc còn 03 ngày làm việc khi nộp trực tuyến`.

use super::{Advice, Change, Field, Kind, Output, Part, Trend, What};
use crate::lang::{Lang, Words, say};
use crate::plan::wording::uncapitalised;

/// What a decision calls a group of procedures.
pub fn kind(kind: Kind) -> Words {
    match kind {
        Kind::New => Words::new("Mới ban hành", "New"),
        Kind::Amended => Words::new("Sửa đổi, bổ sung", "Amended"),
        Kind::Replacing => Words::new("Thay thế", "Replaced"),
        Kind::Abolished => Words::new("Bãi bỏ", "Abolished"),
    }
}

/// What a part is called.
pub fn part(part: Part) -> Words {
    let (vi, en) = match part {
        Part::Name => ("tên thủ tục", "name of the procedure"),
        Part::Field => ("lĩnh vực", "field"),
        Part::Levels => ("cấp thực hiện", "level"),
        Part::Sequence => ("trình tự thực hiện", "public sequence"),
        Part::Channels => ("cách thức thực hiện", "way to file"),
        Part::ReceivedAt => ("nơi tiếp nhận", "place of receipt"),
        Part::Papers => ("thành phần hồ sơ", "dossier"),
        Part::Sets => ("số lượng hồ sơ", "number of sets"),
        Part::Deadline => ("thời hạn giải quyết", "time limit"),
        Part::FilingWindow => ("thời gian nộp hồ sơ", "filing window"),
        Part::Applicants => ("đối tượng thực hiện", "applicants"),
        Part::DecidedBy => ("cơ quan có thẩm quyền", "deciding agency"),
        Part::Consulted => ("cơ quan phối hợp", "consulted agency"),
        Part::Outcome => ("kết quả", "outcome"),
        Part::Charge => ("phí, lệ phí", "charges and fees"),
        Part::Requirement => ("yêu cầu, điều kiện", "requirements"),
        Part::Basis => ("căn cứ pháp lý", "legal basis"),
        Part::Announced => ("quyết định công bố", "announcing decision"),
        Part::Page => ("trang công bố", "published page"),
        Part::Period => ("hiệu lực", "validity"),
        Part::Transition => ("quy định chuyển tiếp", "transition"),
        Part::Replaces => ("thủ tục bị thay thế", "procedures it replaces"),
        Part::BasedOn => ("văn bản làm cơ sở", "version it is based on"),
        Part::Bundle => ("thủ tục thành phần", "parts of the bundle"),
        Part::OtherDuties => ("nghĩa vụ khác", "other duties"),
        Part::Notes => ("ghi chú", "notes"),
        Part::Contacts => ("liên hệ", "contacts"),
        Part::Fact => ("thông tin về trường hợp", "facts of the case"),
        Part::Process => ("quy trình nội bộ", "internal process"),
        Part::Role => ("chức danh", "roles"),
        Part::Stage => ("giai đoạn", "stages"),
        Part::Branch => ("rẽ nhánh của quy trình", "branches of the process"),
        Part::Step => ("các bước của quy trình", "steps of the process"),
        Part::Duty => ("nghĩa vụ", "duty"),
    };
    Words::new(vi, en)
}

/// One thing of a part: `giấy tờ “Tờ khai”`.
fn thing(change: &Change, lang: Lang) -> String {
    let Some(of) = &change.of else {
        let part = part(change.part).get(lang);
        return say!(lang, "{part}", "the {part}");
    };
    let quoted = |vi: &'static str, en: &'static str| format!("{} “{of}”", Words::new(vi, en).get(lang));
    match change.part {
        Part::Papers => quoted("giấy tờ", "the paper"),
        Part::Outcome => quoted("kết quả", "the outcome"),
        Part::Requirement => quoted("yêu cầu, điều kiện", "the requirement"),
        Part::Fact => quoted("thông tin", "the fact"),
        Part::Role => quoted("chức danh", "the role"),
        Part::Stage => quoted("giai đoạn", "the stage"),
        Part::Step => quoted("bước", "the step"),
        Part::Branch => quoted("rẽ nhánh", "the branch"),
        Part::Sequence => quoted("trình tự: bước", "the public step"),
        Part::Deadline | Part::Charge => say!(lang, "{of}", "the {of}"),
        Part::Channels => say!(lang, "cách thức thực hiện {of}", "the way to file “{of}”"),
        _ => format!("{} {of}", part(change.part).get(lang)),
    }
}

/// What of a thing it is.
pub fn field(field: Field) -> Words {
    let (vi, en) = match field {
        Field::Value => ("nội dung", "value"),
        Field::Addition => ("phần cộng thêm", "addition"),
        Field::Name => ("tên gọi", "name"),
        Field::Basis => ("căn cứ", "basis"),
        Field::Note => ("ghi chú", "note"),
        Field::When => ("điều kiện áp dụng", "condition"),
        Field::Start => ("thời điểm bắt đầu tính", "start"),
        Field::Period => ("thời gian áp dụng", "period"),
        Field::Form => ("biểu mẫu", "form"),
        Field::Copies => ("số lượng", "copies"),
        Field::Delivery => ("cách nộp", "delivery"),
        Field::OneOf => ("các giấy tờ thay thế cho nhau", "any one of"),
        Field::TakenFrom => ("nguồn dữ liệu khai thác thay giấy tờ", "data that replace the paper"),
        Field::Multiplier => ("hệ số nhân", "multiplier"),
        Field::Maximum => ("mức tối đa", "maximum"),
        Field::Minimum => ("mức tối thiểu", "minimum"),
        Field::Rounding => ("cách làm tròn", "rounding"),
        Field::CollectedFor => ("cơ quan được thu", "collected for"),
        Field::Refusal => ("loại kết quả", "kind"),
        Field::ValidFor => ("thời hạn hiệu lực", "validity"),
        Field::Code => ("mã", "code"),
        Field::SentTo => ("nơi gửi đến", "sent to"),
        Field::Kinds => ("loại", "kinds"),
        Field::Letter => ("thư kèm theo", "letter"),
        Field::Answers => ("các câu trả lời", "answers"),
        Field::Choice => ("câu trả lời", "answer"),
        Field::KnownBy => ("ai cho biết", "who tells it"),
        Field::ByPost => ("bản gửi qua bưu chính", "copies sent by post"),
        Field::ByWeb => ("bản gửi trực tuyến", "copies sent online"),
        Field::Online => ("mức độ", "level"),
        Field::Agency => ("cơ quan", "agency"),
        Field::Kind => ("loại", "kind"),
        Field::Responsible => ("trách nhiệm", "who does it"),
        Field::Time => ("thời gian", "time"),
        Field::System => ("hệ thống", "system"),
        Field::Products => ("sản phẩm", "product"),
        Field::Refuses => ("trường hợp từ chối", "refusal"),
        Field::Asks => ("cơ quan được hỏi", "agencies asked"),
        Field::HandsTo => ("nơi nhận", "handed to"),
        Field::AcceptsWithin => ("thời hạn tiếp nhận", "time to accept"),
        Field::Overdue => ("khi quá hạn", "when overdue"),
        Field::NotAccepted => ("khi không tiếp nhận", "when not accepted"),
        Field::Disagree => ("khi không đồng ý", "when not agreed"),
        Field::Vote => ("tỷ lệ biểu quyết", "vote"),
        Field::MeetsAgain => ("số lần họp lại", "meetings again"),
        Field::DoneWhen => ("điều kiện hoàn thành", "done when"),
        Field::Performs => ("thủ tục, quy trình được gọi", "what it performs"),
        Field::Supplement => ("bổ sung hồ sơ", "supplement"),
        Field::Rounds => ("số lần bổ sung tối đa", "rounds of supplement"),
        Field::NotifiesWithin => ("thời hạn báo bổ sung", "time to ask for the supplement"),
        Field::Waits => ("thời gian chờ bổ sung", "wait for the supplement"),
        Field::Clock => ("cách tính thời hạn khi bổ sung", "what the supplement does to the limit"),
        Field::Unsatisfied => ("khi bổ sung không đạt", "when the supplement does not satisfy"),
        Field::NotSupplemented => ("khi không bổ sung đúng hạn", "when not supplemented in time"),
        Field::SignedBy => ("người ký yêu cầu bổ sung", "signer of the request"),
        Field::Covers => ("phạm vi áp dụng", "what it covers"),
        Field::LooksAgain => ("thời gian kiểm tra lại sau bổ sung", "time to look again"),
    };
    Words::new(vi, en)
}

/// A change as one sentence, without a full stop.
pub fn sentence(change: &Change, lang: Lang) -> String {
    match &change.what {
        What::Added { says } => added(change, says.as_deref(), lang),
        What::Removed { said } => removed(change, said.as_deref(), lang),
        What::Moved => moved(change, lang),
        What::Applies { now, when } => applies(change, *now, when, lang),
        What::Became { field, old, new, trend, when } => {
            let text = became(change, *field, (old.as_deref(), new.as_deref()), *trend, lang);
            match when {
                Some(when) => say!(lang, "{text} khi {when}", "{text} when {when}"),
                None => text,
            }
        }
    }
}

/// Whether a part is a list of names.
fn is_list(part: Part) -> bool {
    matches!(
        part,
        Part::Notes
            | Part::Contacts
            | Part::Basis
            | Part::OtherDuties
            | Part::Bundle
            | Part::Replaces
            | Part::Levels
            | Part::Applicants
            | Part::Channels
            | Part::Consulted
            | Part::DecidedBy
            | Part::ReceivedAt
    )
}

fn added(change: &Change, says: Option<&str>, lang: Lang) -> String {
    let of = change.of.as_deref().unwrap_or_default();
    let text = match change.part {
        Part::Papers => say!(lang, "thêm 01 giấy tờ: “{of}”", "a paper is added: “{of}”"),
        Part::Branch => say!(lang, "quy trình thêm rẽ nhánh khi {of}", "the process has a new branch when {of}"),
        Part::Sequence => say!(lang, "trình tự thực hiện thêm: “{of}”", "the public sequence has a new step: “{of}”"),
        Part::Step => say!(lang, "quy trình thêm bước “{of}”", "the process has a new step “{of}”"),
        of_list if is_list(of_list) => {
            let part = part(change.part).get(lang);
            let of = inside(change.part, of);
            say!(lang, "thêm {part}: {of}", "added to {part}: {of}")
        }
        _ => {
            let thing = thing(change, lang);
            say!(lang, "thêm {thing}", "{thing} is added")
        }
    };
    match (change.part, says) {
        (Part::Papers | Part::Step | Part::Outcome | Part::Requirement | Part::Fact, Some(says)) => {
            format!("{text} ({says})")
        }
        (_, Some(says)) => format!("{text}: {says}"),
        (_, None) => text,
    }
}

fn removed(change: &Change, said: Option<&str>, lang: Lang) -> String {
    let of = change.of.as_deref().unwrap_or_default();
    match change.part {
        Part::Papers => say!(lang, "bỏ 01 giấy tờ: “{of}”", "a paper is dropped: “{of}”"),
        Part::Branch => say!(lang, "quy trình bỏ rẽ nhánh khi {of}", "the process no longer branches when {of}"),
        Part::Sequence => say!(lang, "trình tự thực hiện bỏ: “{of}”", "the public sequence no longer has: “{of}”"),
        Part::Step => say!(lang, "quy trình bỏ bước “{of}”", "the process no longer has the step “{of}”"),
        Part::Deadline | Part::Charge => {
            let thing = thing(change, lang);
            let said = said.map_or(String::new(), |said| say!(lang, " (trước đây: {said})", " (it was {said})"));
            say!(lang, "bỏ {thing}{said}", "{thing} is dropped{said}")
        }
        of_list if is_list(of_list) => {
            let part = part(change.part).get(lang);
            let of = inside(change.part, of);
            say!(lang, "bỏ {part}: {of}", "dropped from {part}: {of}")
        }
        _ => {
            let thing = thing(change, lang);
            say!(lang, "bỏ {thing}", "{thing} is dropped")
        }
    }
}

/// What is listed, as it stands in a sentence.
fn inside(part: Part, of: &str) -> String {
    match part {
        Part::Levels | Part::Channels | Part::Applicants => uncapitalised(of),
        _ => of.to_owned(),
    }
}

fn moved(change: &Change, lang: Lang) -> String {
    let of = change.of.as_deref().unwrap_or_default();
    match change.part {
        Part::Sequence => {
            say!(lang, "trình tự thực hiện đổi thứ tự của: “{of}”", "the public sequence has another place for: “{of}”")
        }
        _ => say!(
            lang,
            "bước “{of}” được chuyển sang vị trí khác trong quy trình",
            "the step “{of}” stands elsewhere in the process"
        ),
    }
}

fn applies(change: &Change, now: bool, when: &str, lang: Lang) -> String {
    let thing = thing(change, lang);
    match (change.part, now) {
        (Part::Papers, true) => say!(lang, "phải nộp thêm {thing} khi {when}", "{thing} is now required when {when}"),
        (Part::Papers, false) => {
            say!(lang, "không còn phải nộp {thing} khi {when}", "{thing} is no longer required when {when}")
        }
        (Part::Charge, true) => say!(lang, "nay thu {thing} khi {when}", "{thing} is now charged when {when}"),
        (Part::Charge, false) => {
            say!(lang, "không còn thu {thing} khi {when}", "{thing} is no longer charged when {when}")
        }
        (Part::Step | Part::Stage, true) => {
            say!(lang, "{thing}: nay phải thực hiện khi {when}", "{thing} is now performed when {when}")
        }
        (Part::Step | Part::Stage, false) => {
            say!(lang, "{thing}: không còn phải thực hiện khi {when}", "{thing} is no longer performed when {when}")
        }
        (_, true) => say!(lang, "{thing}: nay áp dụng khi {when}", "{thing} now applies when {when}"),
        (_, false) => say!(lang, "{thing}: không còn áp dụng khi {when}", "{thing} no longer applies when {when}"),
    }
}

fn became(change: &Change, of: Field, (old, new): (Option<&str>, Option<&str>), trend: Trend, lang: Lang) -> String {
    let thing = thing(change, lang);
    if let (Field::Name, Some(old), Some(new)) = (of, old, new) {
        return renamed(change, old, new, lang);
    }
    if of == Field::Choice {
        return choice(&thing, (old, new), lang);
    }
    let whole = thing.clone();
    let subject = match of {
        Field::Value => thing,
        Field::Basis | Field::Start if matches!(change.part, Part::Deadline | Part::Charge) || change.of.is_none() => {
            let (field, of) = (field(of).get(lang), if of == Field::Start { "" } else { "của " });
            say!(lang, "{field} {of}{thing}", "the {field} of {thing}")
        }
        Field::Online => {
            let part = part(Part::Channels).get(lang);
            say!(lang, "{part}", "the {part}")
        }
        _ => format!("{thing}: {}", field(of).get(lang)),
    };
    match (old, new) {
        (Some(old), Some(new)) => between(&subject, old, new, trend, lang),
        (None, Some(new)) if of == Field::Value => {
            say!(lang, "quy định {subject}: {new}", "{subject} is set: {new}")
        }
        (Some(old), None) if of == Field::Value => {
            say!(lang, "không còn quy định {subject} (trước đây: {old})", "{subject} is no longer set (it was {old})")
        }
        (None, Some(new)) if is_held(of) => {
            let field = field(of).get(lang);
            say!(lang, "{whole}: nay có {field}: {new}", "{whole}: now has a {field}: {new}")
        }
        (Some(old), None) if is_held(of) => {
            let field = field(of).get(lang);
            say!(lang, "{whole}: bỏ {field} (trước đây: {old})", "{whole}: the {field} is dropped (it was {old})")
        }
        (None, Some(new)) => {
            let field = field(of).get(lang);
            say!(lang, "{whole}: nay quy định {field}: {new}", "{whole}: the {field} is now set: {new}")
        }
        (Some(old), None) => {
            let field = field(of).get(lang);
            say!(
                lang,
                "{whole}: không còn quy định {field} (trước đây: {old})",
                "{whole}: the {field} is no longer set (it was {old})"
            )
        }
        (None, None) => say!(lang, "{subject} được sửa đổi", "{subject} is amended"),
    }
}

/// Whether a thing has it, rather than being bound by it: `nay có tên gọi`, but `nay quy định thời gian`.
fn is_held(field: Field) -> bool {
    matches!(
        field,
        Field::Name | Field::Basis | Field::Note | Field::Form | Field::Code | Field::Letter | Field::Products
    )
}

/// From one value to another. What both are multiplied by is said once: `tăng từ 8.000 đồng lên 10.000 đồng × số bản`.
fn between(subject: &str, old: &str, new: &str, trend: Trend, lang: Lang) -> String {
    if let (Some((was, by)), Some((is, now))) = (old.split_once(" × "), new.split_once(" × "))
        && by == now
        && !by.contains(", ")
    {
        let text = between(subject, was, is, trend, lang);
        return say!(lang, "{text} (nhân với {by})", "{text} (times {by})");
    }
    match trend {
        Trend::Shorter => say!(lang, "{subject} rút từ {old} còn {new}", "{subject} is cut from {old} to {new}"),
        Trend::Longer => {
            say!(lang, "{subject} kéo dài từ {old} lên {new}", "{subject} is extended from {old} to {new}")
        }
        Trend::Higher => say!(lang, "{subject} tăng từ {old} lên {new}", "{subject} rises from {old} to {new}"),
        Trend::Lower => say!(lang, "{subject} giảm từ {old} xuống {new}", "{subject} falls from {old} to {new}"),
        Trend::Exempted => say!(lang, "miễn {subject} (trước đây: {old})", "exempt from {subject} (it was {old})"),
        Trend::Charged => {
            say!(lang, "không còn miễn {subject}, nay là {new}", "no longer exempt from {subject}, which is now {new}")
        }
        Trend::Other => say!(lang, "{subject} đổi từ {old} thành {new}", "{subject} changes from {old} to {new}"),
    }
}

fn renamed(change: &Change, old: &str, new: &str, lang: Lang) -> String {
    let what = match change.part {
        Part::Papers => Words::new("đổi tên giấy tờ", "the paper is renamed"),
        Part::Outcome => Words::new("đổi tên kết quả", "the outcome is renamed"),
        Part::Requirement => Words::new("sửa yêu cầu, điều kiện", "the requirement is amended"),
        Part::Fact => Words::new("đổi cách hỏi thông tin", "the fact is asked otherwise"),
        Part::Role => Words::new("đổi tên chức danh", "the role is renamed"),
        Part::Stage => Words::new("đổi tên giai đoạn", "the stage is renamed"),
        Part::Step => Words::new("đổi tên bước", "the step is renamed"),
        Part::Sequence => Words::new("sửa trình tự thực hiện", "the public sequence is amended"),
        Part::Deadline => Words::new("đổi tên thời hạn", "the time limit is renamed"),
        Part::Charge => Words::new("đổi tên khoản thu", "the charge is renamed"),
        _ => Words::new("đổi tên", "renamed"),
    };
    let what = what.get(lang);
    say!(lang, "{what}: từ {old} thành {new}", "{what}: from {old} to {new}")
}

fn choice(thing: &str, pair: (Option<&str>, Option<&str>), lang: Lang) -> String {
    match pair {
        (None, Some(new)) => say!(lang, "{thing}: thêm trường hợp “{new}”", "{thing} has a new case “{new}”"),
        (Some(old), None) => say!(lang, "{thing}: bỏ trường hợp “{old}”", "{thing} no longer has the case “{old}”"),
        (Some(old), Some(new)) => say!(
            lang,
            "{thing}: đổi tên trường hợp “{old}” thành “{new}”",
            "{thing}: the case “{old}” is now called “{new}”"
        ),
        (None, None) => thing.to_owned(),
    }
}

/// What is made of a procedure.
pub fn output(output: Output) -> Words {
    let (vi, en) = match output {
        Output::Notice => ("bản niêm yết", "the notice"),
        Output::InternalProcess => ("quy trình nội bộ, sơ đồ", "the internal process and its chart"),
        Output::Receipt => ("giấy tiếp nhận và hẹn trả", "the receipt"),
        Output::SupplementRequest => ("phiếu yêu cầu bổ sung", "the request for supplements"),
        Output::Refusal => ("phiếu từ chối", "the refusal"),
        Output::Apology => ("văn bản xin lỗi và gia hạn", "the apology and extension"),
        Output::ControlSheet => ("phiếu kiểm soát", "the control sheet"),
    };
    Words::new(vi, en)
}

/// What to do with what a place says of its own.
pub fn advice(advice: Advice) -> Words {
    match advice {
        Advice::Keep => Words::new("giữ", "keep"),
        Advice::Drop => Words::new("bỏ", "drop"),
        Advice::Redo => Words::new("sửa lại", "redo"),
    }
}
