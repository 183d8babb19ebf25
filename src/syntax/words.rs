//! The table of words: every keyword, operator, unit and closed phrase, in Vietnamese and in English.
//!
//! One line a word: its name in the code, the canonical Vietnamese spelling and what else is read as it, then the
//! same in English. The formatter prints the canonical spelling. A phrase names one word only; where a word must be
//! printed like another that already owns the phrase (`không` as *none* and as *not*), the first line owns it and the
//! reader says which one is meant.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $vi:literal $(| $vi_alias:literal)* => $en:literal $(| $en_alias:literal)*;)*) => {
        /// A word of the language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kw { $($(#[$doc])* $name),* }

        /// Every word with its spellings; the first of each language is the canonical one.
        pub const TABLE: &[Entry] = &[$(Entry {
            kw: Kw::$name,
            vi: &[$vi $(, $vi_alias)*],
            en: &[$en $(, $en_alias)*],
        }),*];
    };
}

/// One line of the table.
#[derive(Debug)]
pub struct Entry {
    pub kw: Kw,
    pub vi: &'static [&'static str],
    pub en: &'static [&'static str],
}

impl Kw {
    pub fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    pub fn vi(self) -> &'static str {
        self.entry().vi[0]
    }

    pub fn en(self) -> &'static str {
        self.entry().en[0]
    }

    /// The English word for a single thing, where it has one of its own.
    pub fn en_one(self) -> &'static str {
        self.entry().en.last().copied().unwrap_or_default()
    }
}

words! {
    // What a file holds
    Procedure: "thủ tục" => "procedure";
    Overlay: "áp dụng" => "apply";
    Norm: "quy định" => "norm";
    Subprocess: "quy trình con" => "subprocess";
    At: "tại" => "at";
    From: "từ" => "from";
    To: "đến" => "to";

    // Header
    Field: "lĩnh vực" => "field";
    Level: "cấp thực hiện" | "cấp" => "level";
    Applicants: "đối tượng thực hiện" | "đối tượng" => "applicants";
    DecidedBy: "cơ quan có thẩm quyền" | "cơ quan quyết định" | "cơ quan giải quyết" => "decided by";
    ReceivedAt: "nơi tiếp nhận" => "received at";
    Consulted: "cơ quan phối hợp" => "consulted agencies";
    Channels: "cách thức thực hiện" => "channels";
    Channel: "cách thức" => "channel";
    Announced: "quyết định công bố" | "công bố" => "announced by";
    Page: "trang công bố" => "portal page";
    Valid: "hiệu lực" => "valid";
    LegalBasis: "căn cứ pháp lý" | "căn cứ" => "legal basis";
    Includes: "gồm" => "includes" | "bundles";
    Without: "không phải nộp" => "without";
    OtherDuties: "nghĩa vụ khác" => "other duties";
    Note: "ghi chú" => "note";
    Contact: "liên hệ" => "contact";
    BasedOn: "dựa trên" => "based on";
    Ignore: "bỏ qua" => "ignore";
    FilingWindow: "thời gian nộp" => "filing window";
    Transition: "chuyển tiếp" => "transition";
    UnderOldRules: "giải quyết theo quy định cũ" | "tiếp tục giải quyết theo quy định cũ" => "under the old rules";
    UnderNewRules: "giải quyết theo quy định mới" => "under the new rules";
    StopAndReturn: "dừng giải quyết, trả lại hồ sơ" | "dừng giải quyết và trả lại hồ sơ" => "stop and return the papers";
    AlsoPosted: "kể cả hồ sơ đã gửi bưu chính" => "also papers already posted";
    Replaces: "thay thế" => "replaces";
    NotBound: "không phụ thuộc địa giới" | "không phụ thuộc địa giới hành chính" => "regardless of boundaries";
    PlaceOfResidence: "nơi cư trú" => "place of residence";
    PlaceOfPermanentResidence: "nơi thường trú" => "place of permanent residence";
    PlaceOfTemporaryResidence: "nơi tạm trú" => "place of temporary residence";
    PlaceOfEvent: "nơi xảy ra" => "place of the event";
    PlaceOfLand: "nơi có đất" => "place of the land";
    PlaceOfSeat: "nơi đặt trụ sở" => "place of the seat";

    // Levels
    LevelMinistry: "cấp bộ" => "ministry";
    LevelProvince: "tỉnh" | "cấp tỉnh" => "province";
    LevelDistrict: "huyện" | "cấp huyện" => "district";
    LevelCommune: "xã" | "cấp xã" => "commune";
    LevelOther: "cơ quan khác" => "other agency";

    // Applicants, as the national portal lists them
    Citizen: "công dân Việt Nam" => "Vietnamese citizens";
    Overseas: "người Việt Nam định cư ở nước ngoài" => "overseas Vietnamese";
    Foreigner: "người nước ngoài" => "foreigners";
    Officials: "cán bộ, công chức, viên chức" => "officials";
    Enterprise: "doanh nghiệp" => "enterprises";
    ForeignInvested: "doanh nghiệp có vốn đầu tư nước ngoài" => "foreign-invested enterprises";
    Organisation: "tổ chức (không bao gồm doanh nghiệp, HTX)" | "tổ chức" => "organisations";
    ForeignOrganisation: "tổ chức nước ngoài" => "foreign organisations";
    Cooperative: "hợp tác xã" => "cooperatives";

    // Channels
    InPerson: "trực tiếp" => "in person";
    OnlineFull: "trực tuyến toàn trình" => "online in full";
    OnlinePartial: "trực tuyến một phần" => "online in part";
    OnlineInfo: "chỉ cung cấp thông tin trực tuyến" | "cung cấp thông tin trực tuyến" => "online information only";
    Online: "trực tuyến" => "online";
    Post: "bưu chính" | "dịch vụ bưu chính" | "bưu chính công ích" => "by public post";

    // Facts and conditions
    Facts: "trường hợp" | "tình tiết" | "cho" => "facts";
    /// The facts of a scenario; Vietnamese has one word for both.
    Given: "trường hợp" => "given";
    YesNo: "có hoặc không" => "yes or no";
    OneOf: "một trong" => "one of";
    SomeOf: "nhiều trong" => "some of";
    Integer: "số nguyên" => "integer";
    Decimal: "số" | "số thập phân" => "number";
    ByAgency: "do cơ quan xác định" => "known by agency";
    ByPlace: "theo địa bàn" => "known by place";
    When: "khi" => "when";
    Plus: "thêm" => "plus";
    Otherwise: "ngược lại" => "otherwise";
    Is: "là" => "is";
    IsNot: "khác" => "is not";
    In: "thuộc" => "in";
    Of: "thuộc" => "of";
    Above: "trên" => "above";
    Below: "dưới" => "below";
    NotAbove: "không quá" => "not above";
    NotBelow: "không dưới" => "not below";
    And: "và" => "and";
    Or: "hoặc" => "or";
    Not: "không" => "not";
    None: "không" => "none";

    // Values that others set, and gaps
    Hole: "chưa nhập" => "not yet given";
    ByLocality: "do địa phương quy định" => "set by locality";
    By: "do" => "set by";
    ByAgreement: "do thỏa thuận bằng văn bản" => "by written agreement";
    ByProcedure: "theo thủ tục" => "under procedure";
    AtDecision: "xác định khi giải quyết" => "determined at decision";
    Exempt: "miễn" => "exempt";

    // Parts of a procedure
    Dossier: "thành phần hồ sơ" => "dossier";
    Papers: "hồ sơ" => "papers";
    Deadline: "thời hạn giải quyết" => "deadline";
    DeadlineOf: "thời hạn" => "deadline of";
    Charge: "phí" => "charge";
    Fee: "lệ phí" => "fee";
    ChargesAndFees: "phí, lệ phí" => "charges and fees";
    Requirements: "yêu cầu, điều kiện" | "yêu cầu" => "requirements";
    Requirement: "điều kiện" => "requirement";
    Outcome: "kết quả" => "outcome";
    Process: "quy trình" => "process";
    Sequence: "trình tự" | "trình tự thực hiện" => "sequence";
    Scenario: "ví dụ" | "kịch bản" => "scenario";

    // Dossier
    Submit: "nộp" => "submit";
    Show: "xuất trình" => "show";
    SubmitOrShow: "nộp hoặc xuất trình" => "submit or show";
    Sets: "bộ" => "sets" | "set";
    Original: "bản chính" => "original";
    Copy: "bản sao" => "copy";
    CertifiedCopy: "bản sao có chứng thực" | "bản sao chứng thực" => "certified copy";
    OriginalOrCertified: "bản chính hoặc bản sao có chứng thực" | "bản chính hoặc bản sao chứng thực" => "original or certified copy";
    CopyWithOriginal: "bản sao kèm bản chính để đối chiếu" => "copy with original to compare";
    CopyFromRegister: "bản sao từ sổ gốc" => "copy from register";
    Photocopy: "bản chụp" => "photocopy";
    Electronic: "bản điện tử" => "electronic copy";
    Form: "biểu mẫu" | "mẫu" => "form";
    TakenFrom: "khai thác từ" | "lấy từ" => "taken from";
    ByPost: "gửi bưu chính" => "sent by post";
    ByWeb: "gửi trực tuyến" => "sent online";

    // Time
    WorkingHours: "giờ làm việc" => "working hours" | "working hour";
    WorkingDays: "ngày làm việc" => "working days" | "working day";
    Minutes: "phút" => "minutes" | "minute";
    Hours: "giờ" => "hours" | "hour";
    Days: "ngày" => "days" | "day";
    Months: "tháng" => "months" | "month";
    Years: "năm" => "years" | "year";
    SameDay: "trong ngày" => "same day";
    ReceivedAfter: "nhận sau" | "nếu nhận sau" => "received after";
    ThenNextDay: "thì ngày làm việc tiếp theo" => "then next working day";
    NotCounted: "không tính" => "not counted";
    AtOnce: "ngay" => "at once";
    CommonDeadline: "thời hạn chung" => "common deadline";
    CountedFrom: "kể từ" => "counted from";
    CompleteReceived: "nhận đủ hồ sơ hợp lệ" => "complete dossier received";
    DossierReceived: "tiếp nhận hồ sơ" | "nhận hồ sơ" => "dossier received";
    RequestReceived: "tiếp nhận yêu cầu" => "request received";
    OpinionReceived: "nhận ý kiến" => "opinion received";
    DutiesPaid: "hoàn thành nghĩa vụ tài chính" => "financial duties met";
    Supplemented: "bổ sung đủ" => "supplemented in full";
    Before: "trước" => "before";
    NoLaterThan: "chậm nhất" => "no later than";
    EveryYear: "hằng năm" | "hàng năm" => "every year";
    EveryMonth: "hằng tháng" | "hàng tháng" => "every month";
    QuarterMonth: "tháng đầu quý" => "first month of the quarter";
    AtTime: "lúc" => "on";

    // Money
    Dong: "đồng" | "đ" | "VNĐ" => "VND";
    Dollar: "USD" => "USD";
    MultipliedBy: "nhân với" => "multiplied by";
    Maximum: "tối đa" => "maximum";
    Minimum: "tối thiểu" => "minimum";
    Rounded: "làm tròn" => "rounded";
    Upwards: "lên" => "up";
    Downwards: "xuống" => "down";
    CollectedFor: "thu hộ" => "collected for";

    // Outcomes
    Refuse: "từ chối" => "refuse";
    ValidFor: "thời hạn hiệu lực" => "validity";
    Indefinite: "không thời hạn" => "indefinite";
    Code: "mã" => "code";
    SentTo: "gửi" => "sent to";
    OutcomeKind: "loại kết quả" => "outcome kind";
    Letter: "thư kèm" => "letter";
    Congratulation: "chúc mừng" => "congratulation";
    Condolence: "chia buồn" => "condolence";

    // Process
    Role: "chức danh" | "vai trò" => "role";
    Stage: "giai đoạn" => "stage";
    System: "hệ thống" => "system";
    Parallel: "đồng thời" => "parallel";
    Branch: "nhánh" => "branch";
    Responsible: "trách nhiệm" | "ai" => "responsible";
    Time: "thời gian" => "time";
    /// `trong` before a duration, and an older word for a step's time.
    Within: "trong" => "within";
    Produces: "sản phẩm" | "lập" => "produces";
    Receive: "tiếp nhận" => "receive";
    Check: "kiểm tra" => "check";
    Assign: "phân công" => "assign";
    Appraise: "thẩm định" => "appraise";
    Consult: "lấy ý kiến" => "consult";
    Inspect: "kiểm tra thực địa" => "inspect on site";
    Meet: "họp" => "meet";
    PostPublicly: "niêm yết" => "post publicly";
    FinancialDuty: "nghĩa vụ tài chính" => "financial duty";
    AwaitApplicant: "chờ người nộp" => "await applicant";
    SubmitUp: "trình" => "submit up";
    Sign: "ký" => "sign";
    Issue: "phát hành" => "issue";
    Handover: "chuyển" => "hand over";
    Perform: "thực hiện" => "perform";
    Archive: "lưu" => "archive";
    Return: "trả kết quả" => "return result";
    Step: "bước" => "step";
    StopOnRequest: "dừng theo yêu cầu" => "stop on request";
    Stop: "dừng" => "stop";
    Ask: "hỏi" => "ask";
    Overdue: "quá hạn" => "overdue";
    HandTo: "đến" => "to";
    AcceptWithin: "nhận trong" => "accept within";
    NotAccepted: "không nhận" => "not accepted";
    Disagree: "không đồng ý" => "disagree";
    ReturnTo: "trả lại" => "return to";
    Vote: "biểu quyết" => "vote";
    MeetAgain: "họp lại" => "meet again";
    DoneWhen: "xong khi" => "done when";
    ReportTo: "báo cáo" => "report to";
    DeemedConsent: "coi như đồng ý" => "deemed consent";
    DeemedRefusal: "coi như không đồng ý" => "deemed refusal";
    Supplement: "bổ sung" => "supplement";
    NotifyWithin: "báo trong" => "notify within";
    Wait: "chờ" => "wait";
    Clock: "tính thời hạn" | "đồng hồ" => "clock";
    Restart: "tính lại từ đầu" => "restart";
    Suspend: "tạm dừng" => "suspend";
    Continue: "không dừng" => "continue";
    Unsatisfied: "không đạt" => "unsatisfied";
    Rounds: "lần" => "rounds" | "round";

    // Public sequence
    TheApplicant: "người nộp" => "applicant";
    TheAgency: "cơ quan" => "agency";

    // Citations
    Under: "theo" => "under";
    Article: "Điều" => "article";
    Clause: "khoản" => "clause";
    Point: "điểm" => "point";
    Annex: "Phụ lục" => "annex";
    KindConstitution: "Hiến pháp" => "constitution";
    KindCode: "Bộ luật" => "law code";
    KindLaw: "Luật" => "law";
    KindOrdinance: "Pháp lệnh" => "ordinance";
    KindResolution: "Nghị quyết" => "resolution";
    KindDecree: "Nghị định" => "decree";
    KindDecision: "Quyết định" => "decision";
    KindJointCircular: "Thông tư liên tịch" => "joint circular";
    KindCircular: "Thông tư" => "circular";

    // Scenarios
    Filed: "nộp lúc" => "filed";
    Event: "sự kiện" => "event";
    Due: "hẹn trả" => "due";
    Ends: "kết thúc" => "ends";

    // Norms
    Covers: "với" => "covers";
    EveryProcedure: "mọi thủ tục" => "every procedure";
    MustHave: "phải có" => "must have";
    NotExceeding: "không vượt" => "not exceeding";
    PapersCounted: "giấy tờ" => "documents" | "document";
    Severity: "mức độ" => "severity";
    Warns: "cảnh báo" => "warning";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_words() {
        for (at, entry) in TABLE.iter().enumerate() {
            assert_eq!(entry.kw as usize, at);
        }
    }

    #[test]
    fn a_phrase_names_one_word_but_for_the_twins_that_are_only_printed() {
        let mut seen = std::collections::BTreeMap::new();
        let mut twins = Vec::new();
        for entry in TABLE {
            for phrase in entry.vi.iter().chain(entry.en) {
                let first = seen.insert(super::super::fold::fold(phrase), entry.kw);
                if first.is_some_and(|first| first != entry.kw) {
                    twins.push(entry.kw);
                }
            }
        }
        assert_eq!(twins, [Kw::Given, Kw::Of, Kw::None, Kw::HandTo, Kw::HandTo]);
    }
}
