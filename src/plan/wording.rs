//! Values in words, as official documents write them: `05 ngày làm việc`, `8.000 đồng`, `điểm a khoản 1 Điều 16 …`.

mod condition;
mod money;
mod process;
mod time;

use jiff::civil::Date;

use crate::lang::{Lang, Words};
use crate::model::citation::{ActKey, ActRef};
use crate::model::dossier::{CopyKind, Delivery};
use crate::model::header::OnlineLevel;
use crate::model::{
    Agency, Amount, Applicant, Body, Channel, ChannelUse, Citation, Id, Level, Number, Outcome, ReceivingPlace, Ref,
    RefKey, Setting, Value,
};
use crate::resolve::Registers;
use crate::resolve::registers::Act;
use crate::source::Spanned;

/// What is needed to say things: the language, the registers, and the procedure whose names are used.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    pub lang: Lang,
    pub registers: &'a Registers,
    pub body: &'a Body,
}

/// `ngày 05 tháng 5 năm 2026`: a day below 10 and the months 1 and 2 take a leading zero (NĐ 30/2020).
pub fn long_date(date: Date, lang: Lang) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    match lang {
        Lang::Vi if month <= 2 => format!("ngày {day:02} tháng {month:02} năm {year}"),
        Lang::Vi => format!("ngày {day:02} tháng {month} năm {year}"),
        Lang::En => {
            const MONTHS: [&str; 12] = [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ];
            format!("{day} {} {year}", MONTHS[usize::from(month.unsigned_abs()) - 1])
        }
    }
}

/// Bodies whose names begin large wherever they stand (Decree 30/2020/NĐ-CP, Annex II, part III).
const BODIES: [&str; 12] = [
    "Ủy ban",
    "Hội đồng nhân dân",
    "Công an",
    "Bảo hiểm xã hội",
    "Chính phủ",
    "Thủ tướng",
    "Quốc hội",
    "Nhà nước",
    "Tòa án",
    "Viện kiểm sát",
    "Mặt trận",
    "Đảng",
];
/// Words that begin the name of a body, or of a provision, where the name itself follows: `Sở Tư pháp`, `Điều 5`.
const NAMING: [&str; 17] = [
    "Sở",
    "Bộ",
    "Cục",
    "Ban",
    "Phòng",
    "Viện",
    "Cổng",
    "Văn phòng",
    "Tỉnh",
    "Thành phố",
    "Xã",
    "Phường",
    "Đặc khu",
    "Điều",
    "Luật",
    "Nghị định",
    "Thông tư",
];

/// Whether a text begins with a proper name.
fn begins_a_name(text: &str) -> bool {
    let rest = |name: &&str| text.strip_prefix(*name).filter(|rest| !rest.starts_with(char::is_alphabetic));
    let named = |rest: &str| {
        let next = rest.trim_start();
        next.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit()) || next.starts_with("số ")
    };
    BODIES.iter().any(|name| rest(name).is_some()) || NAMING.iter().filter_map(rest).any(named)
}

/// The first letter small, unless the word is an abbreviation or begins the name of a body.
pub fn uncapitalised(text: &str) -> String {
    if begins_a_name(text) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        (Some(first), Some(' ')) => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// The first letter large.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Wording<'_> {
    /// A label as it stands inside a sentence: its first letter small, unless it begins with a name, be it of a place or an
    /// agency of the registers.
    pub fn in_sentence(&self, text: &str) -> String {
        let begins_with = |name: &str| {
            text.strip_prefix(name).is_some_and(|rest| !name.is_empty() && !rest.starts_with(char::is_alphanumeric))
        };
        let is_place = text == "Việt Nam" || self.registers.begins_with_a_place(text);
        let is_agency = || self.registers.agencies.iter().any(|one| one.short.as_deref().is_some_and(begins_with));
        if is_place || is_agency() { text.to_owned() } else { uncapitalised(text) }
    }

    pub(crate) fn pick(&self, vi: &'static str, en: &'static str) -> &'static str {
        Words::new(vi, en).get(self.lang)
    }

    /// A count: two digits in Vietnamese.
    pub fn count(&self, number: Number) -> String {
        match (self.lang, number.as_whole()) {
            (Lang::Vi, Some(whole)) if (0..10).contains(&whole) => format!("{whole:02}"),
            _ => number.to_string(),
        }
    }

    /// A gap the author has left.
    pub fn gap(&self) -> String {
        self.pick("(chưa nhập)", "(not yet given)").to_owned()
    }

    /// A setting that is no value, in words; `None` where it is a value.
    pub fn no_value<T>(&self, setting: &Setting<T>) -> Option<String> {
        Some(match setting {
            Setting::Given(_) => return None,
            Setting::None => self.pick("không", "none").to_owned(),
            Setting::Exempt => self.pick("miễn", "exempt").to_owned(),
            Setting::Hole => self.gap(),
            Setting::Locality => self.pick("do địa phương quy định", "set by the locality").to_owned(),
            Setting::By(agency) => {
                let name = match &agency.key {
                    RefKey::Id(id) => self.agency_id(id),
                    RefKey::Label(label) | RefKey::Kind(_, label) => label.clone(),
                };
                match self.lang {
                    Lang::Vi => format!("do {name} quy định"),
                    Lang::En => format!("set by {name}"),
                }
            }
            Setting::Agreement => self.pick("theo thỏa thuận bằng văn bản", "by written agreement").to_owned(),
            Setting::OfProcedure(code) => match self.lang {
                Lang::Vi => format!("theo thủ tục {code}"),
                Lang::En => format!("as for procedure {code}"),
            },
            Setting::AtDecision(text) => match self.lang {
                Lang::Vi => format!("xác định khi giải quyết: {}", text.value),
                Lang::En => format!("determined in the case: {}", text.value),
            },
        })
    }

    pub fn value<T>(&self, value: &Value<T>, say: impl Fn(&T) -> String) -> String {
        let text = match &value.setting {
            Setting::Given(given) => say(given),
            other => self.no_value(other).unwrap_or_default(),
        };
        match &value.at_most {
            Some(most) => format!("{text}, {} {}", self.pick("không vượt", "not exceeding"), say(most)),
            None => text,
        }
    }

    /// `điểm a khoản 1 Điều 16 Luật số 60/2014/QH13`
    pub fn citation(&self, citation: &Citation) -> String {
        let pins = &citation.pins;
        let parts = [
            (self.pick("điểm", "point"), &pins.point),
            (self.pick("khoản", "clause"), &pins.clause),
            (self.pick("Điều", "Article"), &pins.article),
            (self.pick("Phụ lục", "Annex"), &pins.annex),
        ];
        let mut text: Vec<String> =
            parts.iter().filter_map(|(word, pin)| Some(format!("{word} {}", pin.as_ref()?))).collect();
        text.push(self.act(&citation.act));
        text.join(" ")
    }

    pub fn act(&self, act: &ActRef) -> String {
        match self.find_act(act) {
            Some(entry) => entry.called(),
            None => match &act.key {
                ActKey::Id(id) => id.to_string(),
                ActKey::Number(number) => number.clone(),
                ActKey::Hole => self.pick("văn bản chưa nhập", "an act not yet given").to_owned(),
            },
        }
    }

    pub fn find_act(&self, act: &ActRef) -> Option<&Act> {
        self.registers.act_meant(act)
    }

    pub fn cites(&self, cites: &[Citation]) -> Option<String> {
        if cites.is_empty() {
            return None;
        }
        Some(cites.iter().map(|cite| self.citation(cite)).collect::<Vec<_>>().join("; "))
    }

    fn agency_id(&self, id: &Id) -> String {
        self.registers.agencies.get(id.as_str()).map_or_else(|| id.to_string(), |agency| agency.name.clone())
    }

    pub fn agency(&self, agency: &Agency) -> String {
        match agency {
            Agency::Register(id) => self.agency_id(id),
            Agency::Text(text) => text.clone(),
            Agency::Deciding => self.pick("cơ quan có thẩm quyền giải quyết", "the deciding agency").to_owned(),
            Agency::Receiving => self.pick("nơi tiếp nhận hồ sơ", "the place of filing").to_owned(),
            Agency::AtDecision(text) => match self.lang {
                Lang::Vi => format!("{text} (xác định khi giải quyết)"),
                Lang::En => format!("{text} (determined in the case)"),
            },
            Agency::Hole => self.gap(),
        }
    }

    pub fn agencies(&self, agencies: &[Spanned<Agency>]) -> String {
        agencies.iter().map(|agency| self.agency(&agency.value)).collect::<Vec<_>>().join("; ")
    }

    pub fn receiving_places(&self, places: &[Spanned<ReceivingPlace>]) -> String {
        let text = |place: &ReceivingPlace| match place {
            ReceivingPlace::Agency(agency) => self.agency(agency),
            ReceivingPlace::NotBound => self
                .pick("không phụ thuộc địa giới hành chính trong phạm vi cấp tỉnh", "anywhere in the province")
                .to_owned(),
            ReceivingPlace::Residence => self.pick("tại nơi cư trú", "at the place of residence").to_owned(),
            ReceivingPlace::PermanentResidence => {
                self.pick("tại nơi thường trú", "at the place of permanent residence").to_owned()
            }
            ReceivingPlace::TemporaryResidence => {
                self.pick("tại nơi tạm trú", "at the place of temporary residence").to_owned()
            }
            ReceivingPlace::PlaceOfEvent => self.pick("tại nơi xảy ra sự việc", "at the place of the event").to_owned(),
            ReceivingPlace::PlaceOfLand => self.pick("tại nơi có đất", "at the place of the land").to_owned(),
            ReceivingPlace::Seat => self.pick("tại nơi đặt trụ sở", "at the place of the seat").to_owned(),
        };
        places.iter().map(|place| text(&place.value)).collect::<Vec<_>>().join("; ")
    }

    pub fn level(&self, level: Level) -> &'static str {
        match level {
            Level::Ministry => self.pick("Cấp Bộ", "Ministry"),
            Level::Province => self.pick("Cấp tỉnh", "Province"),
            Level::District => self.pick("Cấp huyện", "District"),
            Level::Commune => self.pick("Cấp xã", "Commune"),
            Level::Other => self.pick("Cơ quan khác", "Other agency"),
        }
    }

    pub fn applicant(&self, applicant: &Applicant) -> String {
        match applicant {
            Applicant::Citizen => self.pick("Công dân Việt Nam", "Vietnamese citizens").to_owned(),
            Applicant::Overseas => self.pick("Người Việt Nam định cư ở nước ngoài", "Overseas Vietnamese").to_owned(),
            Applicant::Foreigner => self.pick("Người nước ngoài", "Foreigners").to_owned(),
            Applicant::Officials => self.pick("Cán bộ, công chức, viên chức", "Officials").to_owned(),
            Applicant::Enterprise => self.pick("Doanh nghiệp", "Enterprises").to_owned(),
            Applicant::ForeignInvested => {
                self.pick("Doanh nghiệp có vốn đầu tư nước ngoài", "Foreign-invested enterprises").to_owned()
            }
            Applicant::Organisation => self
                .pick(
                    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
                    "Organisations (other than enterprises, cooperatives)",
                )
                .to_owned(),
            Applicant::ForeignOrganisation => self.pick("Tổ chức nước ngoài", "Foreign organisations").to_owned(),
            Applicant::Cooperative => self.pick("Hợp tác xã", "Cooperatives").to_owned(),
            Applicant::Other(text) => text.clone(),
        }
    }

    pub fn channel(&self, used: &ChannelUse) -> String {
        let mut text = match (used.channel, used.online) {
            (Channel::InPerson, _) => self.pick("Trực tiếp", "In person").to_owned(),
            (Channel::Post, _) => self.pick("Dịch vụ bưu chính công ích", "By public post").to_owned(),
            (Channel::Online, Some(OnlineLevel::Full)) => {
                self.pick("Trực tuyến toàn trình", "Online in full").to_owned()
            }
            (Channel::Online, Some(OnlineLevel::Partial)) => {
                self.pick("Trực tuyến một phần", "Online in part").to_owned()
            }
            (Channel::Online, Some(OnlineLevel::InformationOnly)) => {
                self.pick("Chỉ cung cấp thông tin trực tuyến", "Online information only").to_owned()
            }
            (Channel::Online, Some(OnlineLevel::Unsaid) | None) => self.pick("Trực tuyến", "Online").to_owned(),
        };
        if let Some(cites) = self.cites(&used.cites) {
            text = format!("{text} ({} {cites})", self.pick("theo", "under"));
        }
        text
    }

    pub fn delivery(&self, delivery: Delivery) -> &'static str {
        match delivery {
            Delivery::Submit => self.pick("Nộp", "Submit"),
            Delivery::Show => self.pick("Xuất trình", "Show"),
            Delivery::Either => self.pick("Nộp hoặc xuất trình", "Submit or show"),
            Delivery::Hole => self.pick("(chưa nhập)", "(not yet given)"),
        }
    }

    pub fn copy_kind(&self, kind: CopyKind) -> &'static str {
        match kind {
            CopyKind::Original => self.pick("bản chính", "original"),
            CopyKind::Copy => self.pick("bản sao", "copy"),
            CopyKind::CertifiedCopy => self.pick("bản sao có chứng thực", "certified copy"),
            CopyKind::OriginalOrCertified => {
                self.pick("bản chính hoặc bản sao có chứng thực", "original or certified copy")
            }
            CopyKind::CopyWithOriginal => {
                self.pick("bản sao kèm bản chính để đối chiếu", "copy, with the original to compare")
            }
            CopyKind::CopyFromRegister => self.pick("bản sao từ sổ gốc", "copy from the register"),
            CopyKind::Photocopy => self.pick("bản chụp", "photocopy"),
            CopyKind::Electronic => self.pick("bản điện tử", "electronic copy"),
        }
    }

    /// How many copies: `01`, or the fact that counts them.
    pub fn copies(&self, count: &Setting<Amount>) -> String {
        match count {
            Setting::Given(Amount::Number(number)) => self.count(*number),
            Setting::Given(amount) => self.amount(amount),
            other => self.no_value(other).unwrap_or_default(),
        }
    }

    /// An outcome by its name, or a text as it is.
    pub fn product(&self, reference: &Ref) -> String {
        match (self.outcome(reference), &reference.key) {
            (Some(outcome), _) => outcome.name.value.clone(),
            (None, RefKey::Label(label) | RefKey::Kind(_, label)) => label.clone(),
            (None, RefKey::Id(id)) => id.to_string(),
        }
    }

    /// The outcome of the procedure that a step produces; nothing where it makes some other paper.
    pub fn outcome(&self, product: &Ref) -> Option<&Outcome> {
        let all = self.body.outcomes.iter().map(|laid| &laid.value);
        all.into_iter().find(|one| product.names(one.id.as_ref().map(|id| &id.value), Some(&one.name.value)))
    }

    /// A form with its number.
    pub fn form(&self, reference: &Ref) -> String {
        match &reference.key {
            RefKey::Label(label) | RefKey::Kind(_, label) => label.clone(),
            RefKey::Id(id) => self.registers.forms.get(id.as_str()).map_or_else(
                || id.to_string(),
                |form| {
                    form.number.as_ref().map_or_else(|| form.name.clone(), |number| format!("{} ({number})", form.name))
                },
            ),
        }
    }

    pub fn source(&self, reference: &Ref) -> String {
        match &reference.key {
            RefKey::Label(label) | RefKey::Kind(_, label) => label.clone(),
            RefKey::Id(id) => {
                self.registers.sources.get(id.as_str()).map_or_else(|| id.to_string(), |source| source.name.clone())
            }
        }
    }
}
