//! Values in words, as official documents write them: `05 ngày làm việc`, `8.000 đồng`, `điểm a khoản 1 Điều 16 …`.

mod process;

use jiff::civil::Date;

use crate::lang::{Lang, Words, say};
use crate::model::charge::{Rounding, RoundingWay};
use crate::model::citation::{ActKey, ActRef};
use crate::model::dossier::{CopyKind, Delivery};
use crate::model::facts::FactKind;
use crate::model::header::OnlineLevel;
use crate::model::outcome::Validity;
use crate::model::process::StepTime;
use crate::model::quantity::{Period, grouped, short_date};
use crate::model::{
    Agency, Amount, Applicant, Atom, Body, Channel, ChannelUse, Charge, ChargeKind, Citation, Deadline, Duration, Expr,
    Fact, Id, Level, Limit, Number, Outcome, ReceivingPlace, Ref, RefKey, Setting, StartEvent, StepKind, Subject, Test,
    Unit, Value,
};
use crate::plan::money::{Money, Payable};
use crate::plan::path::Promised;
use crate::resolve::Registers;
use crate::resolve::registers::Act;
use crate::source::Spanned;
use crate::time::{Calendar, Instant};

/// What is needed to say things: the language, the registers, and the procedure whose names are used.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    pub lang: Lang,
    pub registers: &'a Registers,
    pub body: &'a Body,
}

/// Verbs at the head of a fact's name.
const DENIED: [&str; 12] =
    ["có ", "phải ", "thuộc ", "là ", "ở ", "được ", "cần ", "nộp ", "đã ", "bị ", "đạt ", "yêu cầu "];

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

/// The first letter small, unless the word is an abbreviation or a name of several capitals.
pub fn uncapitalised(text: &str) -> String {
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

    pub fn unit(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Minutes => self.pick("phút", "minutes"),
            Unit::Hours => self.pick("giờ", "hours"),
            Unit::WorkingHours => self.pick("giờ làm việc", "working hours"),
            Unit::Days => self.pick("ngày", "days"),
            Unit::WorkingDays => self.pick("ngày làm việc", "working days"),
            Unit::Months => self.pick("tháng", "months"),
            Unit::Years => self.pick("năm", "years"),
        }
    }

    pub fn duration(&self, duration: &Duration) -> String {
        format!("{} {}", self.count(duration.amount), self.unit(duration.unit))
    }

    pub fn limit(&self, limit: &Limit) -> String {
        match limit {
            Limit::Duration(duration) => self.duration(duration),
            Limit::AtLeast(duration) => format!("{} {}", self.pick("ít nhất", "at least"), self.duration(duration)),
            Limit::AtMost(duration) => {
                format!("{} {}", self.pick("không quá", "not exceeding"), self.duration(duration))
            }
            Limit::AtOnce => self.pick("giải quyết ngay", "at once").to_owned(),
            Limit::SameDay { cutoff: None } => self.pick("trong ngày", "same day").to_owned(),
            Limit::SameDay { cutoff: Some(clock) } => {
                let at = match (self.lang, clock.minute) {
                    (Lang::Vi, 0) => format!("{} giờ", clock.hour),
                    (Lang::Vi, minute) => format!("{} giờ {minute:02}", clock.hour),
                    (Lang::En, _) => clock.to_string(),
                };
                match self.lang {
                    Lang::Vi => {
                        format!("trong ngày; nhận hồ sơ sau {at} thì trả kết quả trong ngày làm việc tiếp theo")
                    }
                    Lang::En => format!("same day; the next working day when received after {at}"),
                }
            }
            Limit::EveryYear { day, strictly } => {
                let word = if *strictly {
                    self.pick("trước ngày", "before")
                } else {
                    self.pick("chậm nhất ngày", "no later than")
                };
                format!("{word} {:02}/{} {}", day.day, day.month, self.pick("hằng năm", "every year"))
            }
            Limit::QuarterMonth { day } => match self.lang {
                Lang::Vi => format!("ngày {day:02} của tháng đầu quý"),
                Lang::En => format!("day {day} of the first month of the quarter"),
            },
            Limit::EveryMonth { day } => match self.lang {
                Lang::Vi => format!("ngày {day:02} hằng tháng"),
                Lang::En => format!("day {day} of every month"),
            },
            Limit::Window { from, to, event } => {
                let (from, to, event) = (self.duration(from), self.duration(to), uncapitalised(event));
                match self.lang {
                    Lang::Vi => format!("từ {from} đến {to} trước {event}"),
                    Lang::En => format!("from {from} to {to} before {event}"),
                }
            }
            Limit::After { within, event } => {
                let (within, event) = (self.duration(within), uncapitalised(event));
                match self.lang {
                    Lang::Vi => format!("trong {within} kể từ {event}"),
                    Lang::En => format!("within {within} from {event}"),
                }
            }
        }
    }

    /// `16:20 ngày 29/4/2026`
    pub fn moment(&self, at: Instant, calendar: &Calendar) -> String {
        let (date, hour, minute) = (short_date(calendar.date(at.day)), at.minute / 60, at.minute % 60);
        format!("{hour:02}:{minute:02} {}{date}", self.pick("ngày ", "on "))
    }

    /// `quy định áp dụng từ 01/7/2021 đến 30/6/2025`
    pub fn period(&self, period: &Period) -> String {
        let mut text = self.pick("quy định áp dụng", "what applied").to_owned();
        if let Some(from) = &period.from {
            text = format!("{text} {} {}", self.pick("từ", "from"), short_date(from.value));
        }
        if let Some(until) = &period.until {
            text = format!("{text} {} {}", self.pick("đến", "until"), short_date(until.value));
        }
        text
    }

    pub fn start(&self, event: &StartEvent) -> String {
        match event {
            StartEvent::CompleteReceived => {
                self.pick("ngày nhận đủ hồ sơ hợp lệ", "receipt of the complete dossier").to_owned()
            }
            StartEvent::DossierReceived => self.pick("ngày tiếp nhận hồ sơ", "receipt of the dossier").to_owned(),
            StartEvent::RequestReceived => self.pick("khi tiếp nhận yêu cầu", "receipt of the request").to_owned(),
            StartEvent::OpinionReceived => self.pick("ngày nhận được ý kiến", "receipt of the opinion").to_owned(),
            StartEvent::DutiesPaid => {
                self.pick("ngày hoàn thành nghĩa vụ tài chính", "the day the financial duties are met").to_owned()
            }
            StartEvent::Step(step) => {
                let label = self.step_named(step);
                match self.lang {
                    Lang::Vi => format!("khi xong bước “{label}”"),
                    Lang::En => format!("completion of “{label}”"),
                }
            }
            StartEvent::Hole => self.gap(),
        }
    }

    fn step_named(&self, step: &Ref) -> String {
        let process = crate::resolve::names::process_of(self.body);
        let found = process
            .into_iter()
            .flat_map(|process| process.steps())
            .find(|one| crate::resolve::names::step_is(one, step));
        match found.and_then(|step| step.label.as_ref()) {
            Some(label) => label.value.clone(),
            None => match &step.key {
                RefKey::Id(id) => capitalised(&id.as_str().replace('-', " ")),
                RefKey::Label(label) | RefKey::Kind(_, label) => label.clone(),
            },
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

    pub fn amount(&self, amount: &Amount) -> String {
        let bracketed = |part: &Amount| match part {
            Amount::Add(_, _) | Amount::Subtract(_, _) => format!("({})", self.amount(part)),
            _ => self.amount(part),
        };
        match amount {
            Amount::Number(number) => number.to_string(),
            Amount::Dong(dong) => format!("{} {}", grouped(*dong), self.pick("đồng", "VND")),
            Amount::Dollars(dollars) => format!("{} USD", grouped(*dollars)),
            Amount::Fact(id) => self.fact_name(&id.value),
            Amount::Add(left, right) => format!("{} + {}", self.amount(left), self.amount(right)),
            Amount::Subtract(left, right) => format!("{} - {}", self.amount(left), bracketed(right)),
            Amount::Multiply(left, right) => format!("{} × {}", bracketed(left), bracketed(right)),
            Amount::Per(inner, what) => format!("{}/{what}", self.amount(inner)),
            Amount::AtMost(inner, cap) => {
                format!("{}, {} {}", self.amount(inner), self.pick("tối đa", "at most"), self.amount(cap))
            }
            Amount::AtLeast(inner, floor) => {
                format!("{}, {} {}", self.amount(inner), self.pick("tối thiểu", "at least"), self.amount(floor))
            }
            Amount::Rounded(inner, rounding) => format!("{}, {}", self.amount(inner), self.rounding(*rounding)),
        }
    }

    /// `làm tròn lên đến 1.000 đồng`
    pub fn rounding(&self, rounding: Rounding) -> String {
        let to = self.amount(&Amount::Dong(rounding.to));
        match rounding.way {
            RoundingWay::Nearest => say!(self.lang, "làm tròn đến {to}", "rounded to {to}"),
            RoundingWay::Up => say!(self.lang, "làm tròn lên đến {to}", "rounded up to {to}"),
            RoundingWay::Down => say!(self.lang, "làm tròn xuống đến {to}", "rounded down to {to}"),
        }
    }

    /// `20 ngày làm việc và 02 ngày`
    pub fn promised(&self, limit: &Promised) -> String {
        match limit {
            Promised::For(limit) => {
                let times: Vec<String> = limit.iter().map(|time| self.duration(time)).collect();
                times.join(self.pick(" và ", " and "))
            }
            Promised::Whole(limit) => self.limit(limit),
        }
    }

    /// What a charge is called: its label, else its kind.
    pub fn charge_name(&self, charge: &Charge) -> String {
        let kind = match charge.kind {
            ChargeKind::Charge => self.pick("phí", "charge"),
            ChargeKind::Fee => self.pick("lệ phí", "fee"),
            ChargeKind::Both => self.pick("phí, lệ phí", "charge or fee"),
        };
        charge.label.as_ref().map_or_else(|| kind.to_owned(), |label| label.value.clone())
    }

    /// `16.000 đồng`, `10 USD`
    pub fn money(&self, money: Money) -> String {
        let dong = format!("{} {}", money.dong, self.pick("đồng", "VND"));
        let dollars = format!("{} USD", money.dollars);
        match (money.dong.numerator, money.dollars.numerator) {
            (_, 0) => dong,
            (0, _) => dollars,
            (_, _) => format!("{dong} + {dollars}"),
        }
    }

    /// What a charge comes to, or why that is not known.
    pub fn payable(&self, payable: &Payable) -> String {
        match payable {
            Payable::Sum(sum) => self.money(*sum),
            Payable::Open(Setting::Given(rate)) => self.amount(rate),
            Payable::Open(setting) => self.no_value(setting).unwrap_or_default(),
            Payable::Needs(fact) => {
                let name = self.fact_name(fact);
                match self.lang {
                    Lang::Vi => format!("chưa tính được: cần biết {name}"),
                    Lang::En => format!("not known without {name}"),
                }
            }
            Payable::Nothing => self.pick("không có mức nào áp dụng", "no amount applies").to_owned(),
        }
    }

    fn fact(&self, id: &Id) -> Option<&Fact> {
        self.body.facts.iter().map(|laid| &laid.value).find(|fact| fact.id.value == *id)
    }

    /// What kind of fact an id is, where the procedure gives it.
    pub fn fact_kind(&self, id: &Id) -> Option<&FactKind> {
        self.fact(id).map(|fact| &fact.kind)
    }

    /// A choice of a fact, in quotes.
    pub fn choice_name(&self, fact: &Id, choice: &Id) -> String {
        self.atom(&Atom::Id(choice.clone()), self.fact(fact))
    }

    /// A channel as the language writes it.
    pub fn channel_word(&self, channel: Channel) -> &'static str {
        match channel {
            Channel::InPerson => self.pick("trực tiếp", "in person"),
            Channel::Online => self.pick("trực tuyến", "online"),
            Channel::Post => self.pick("bưu chính", "by public post"),
        }
    }

    /// What a fact is called in a sentence.
    pub fn fact_name(&self, id: &Id) -> String {
        let own = self.fact(id).and_then(|fact| fact.label.as_ref()).map(|label| label.value.clone());
        let requirement = || {
            let all = self.body.requirements.iter().flat_map(|all| &all.value);
            all.clone()
                .find(|one| one.id.as_ref().is_some_and(|known| known.value == *id))
                .map(|one| one.text.value.clone())
        };
        let shared = || self.registers.shared_fact(id).map(|fact| fact.label.clone());
        let name = own.or_else(requirement).or_else(shared).unwrap_or_else(|| id.as_str().replace('-', " "));
        uncapitalised(&name)
    }

    /// A condition, as it follows “trường hợp”.
    pub fn condition(&self, condition: &Expr) -> String {
        match condition {
            Expr::And(parts, _) => self.join(parts, self.pick(" và ", " and "), true),
            Expr::Or(parts, _) => self.join(parts, self.pick(" hoặc ", " or "), true),
            Expr::Not(inner, _) => self.negated(inner),
            Expr::Test { subject, test, .. } => self.test(subject, test),
        }
    }

    fn join(&self, parts: &[Expr], joint: &str, bracket: bool) -> String {
        let texts: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Expr::And(..) | Expr::Or(..) if bracket => format!("({})", self.condition(part)),
                _ => self.condition(part),
            })
            .collect();
        texts.join(joint)
    }

    fn negated(&self, inner: &Expr) -> String {
        match inner {
            Expr::Not(inner, _) => self.condition(inner),
            Expr::Test { subject: Subject::Fact(id), test: Test::Holds, .. } => {
                let name = self.fact_name(&id.value);
                match self.lang {
                    // A name that begins with a verb is denied as a sentence is.
                    Lang::Vi if DENIED.iter().any(|verb| name.starts_with(verb)) => format!("không {name}"),
                    Lang::Vi => format!("không thuộc trường hợp “{name}”"),
                    Lang::En => format!("not “{name}”"),
                }
            }
            Expr::Test { .. } => format!("{} {}", self.pick("không phải", "not"), self.condition(inner)),
            Expr::And(..) | Expr::Or(..) => format!("{} ({})", self.pick("không phải", "not"), self.condition(inner)),
        }
    }

    fn test(&self, subject: &Subject, test: &Test) -> String {
        if let Subject::Channel(_) = subject {
            return self.channel_test(test);
        }
        let Subject::Fact(id) = subject else { return String::new() };
        let fact = self.fact(&id.value);
        let name = self.fact_name(&id.value);
        let atom = |atom: &Spanned<Atom>| self.atom(&atom.value, fact);
        let atoms = |all: &[Spanned<Atom>]| all.iter().map(atom).collect::<Vec<_>>().join("; ");
        match test {
            Test::Holds => name,
            Test::Is(value) => format!("{name} {} {}", self.pick("là", "is"), atom(value)),
            Test::IsNot(value) => format!("{name} {} {}", self.pick("không phải", "is not"), atom(value)),
            Test::In(all) => {
                let all: Vec<String> = all.iter().map(atom).collect();
                format!("{name} {} {}", self.pick("là", "is"), all.join(self.pick(" hoặc ", " or ")))
            }
            Test::Exactly(all) => format!("{name}: {}", atoms(all)),
            Test::Includes(value) => format!("{name} {} {}", self.pick("có", "includes"), atom(value)),
            Test::Between(low, None) => {
                format!("{name} {} {}", self.pick("từ", "from"), atom(low)) + self.pick(" trở lên", " up")
            }
            Test::Between(low, Some(high)) => {
                format!("{name} {} {} {} {}", self.pick("từ", "from"), atom(low), self.pick("đến", "to"), atom(high))
            }
            Test::Above(value) => format!("{name} {} {}", self.pick("trên", "above"), atom(value)),
            Test::Below(value) => format!("{name} {} {}", self.pick("dưới", "below"), atom(value)),
            Test::AtMost(value) => format!("{name} {} {}", self.pick("không quá", "at most"), atom(value)),
            Test::AtLeast(value) => format!("{name} {} {}", self.pick("từ", "at least"), atom(value)),
        }
    }

    fn channel_test(&self, test: &Test) -> String {
        let file = self.pick("nộp", "filed");
        let names: Vec<&str> = test
            .atoms()
            .into_iter()
            .filter_map(|atom| match atom.value {
                Atom::Channel(channel) => Some(self.filing(channel)),
                _ => None,
            })
            .collect();
        let joined = names.join(self.pick(" hoặc ", " or "));
        match test {
            Test::IsNot(_) => format!("{} {joined}", self.pick("không nộp", "not filed")),
            _ => format!("{file} {joined}"),
        }
    }

    fn filing(&self, channel: Channel) -> &'static str {
        match channel {
            Channel::InPerson => self.pick("trực tiếp", "in person"),
            Channel::Online => self.pick("trực tuyến", "online"),
            Channel::Post => self.pick("qua bưu chính", "by public post"),
        }
    }

    fn atom(&self, atom: &Atom, fact: Option<&Fact>) -> String {
        match atom {
            Atom::Id(id) => {
                let choices = match fact.map(|fact| &fact.kind) {
                    Some(FactKind::OneOf(choices) | FactKind::SomeOf(choices)) => choices.as_slice(),
                    _ => &[],
                };
                match choices.iter().find(|choice| choice.id.value == *id) {
                    Some(choice) => format!("“{}”", choice.label.value),
                    None => id.to_string(),
                }
            }
            Atom::Channel(channel) => self.filing(*channel).to_owned(),
            Atom::Number(number) => {
                let unit = match fact.map(|fact| &fact.kind) {
                    Some(FactKind::Integer(range) | FactKind::Decimal(range)) => range.unit.as_ref(),
                    _ => None,
                };
                unit.map_or_else(|| number.to_string(), |unit| format!("{number} {}", unit.value))
            }
            Atom::Date(date) => self.on_day(*date),
            Atom::Code(code) => code.clone(),
        }
    }

    fn on_day(&self, date: Date) -> String {
        match self.lang {
            Lang::Vi => format!("ngày {}", short_date(date)),
            Lang::En => long_date(date, Lang::En),
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
            Some(entry) => format!("{} {}", entry.kind.vi(), entry.number),
            None => match &act.key {
                ActKey::Id(id) => id.to_string(),
                ActKey::Number(number) => number.clone(),
                ActKey::Hole => self.pick("văn bản chưa nhập", "an act not yet given").to_owned(),
            },
        }
    }

    pub fn find_act(&self, act: &ActRef) -> Option<&Act> {
        match &act.key {
            ActKey::Id(id) => self.registers.act(id.as_str()),
            ActKey::Number(number) => self.registers.act(number),
            ActKey::Hole => None,
        }
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

    pub fn validity(&self, validity: &Validity) -> String {
        match validity {
            Validity::Indefinite => self.pick("không thời hạn", "indefinite").to_owned(),
            Validity::For(duration) => self.duration(duration),
            Validity::Text(text) => text.clone(),
            Validity::Hole => self.gap(),
        }
    }

    pub fn deadline_name(&self, deadline: &Deadline) -> String {
        match (&deadline.label, &deadline.id) {
            (Some(label), _) => label.value.clone(),
            (None, Some(id)) => capitalised(&id.value.as_str().replace('-', " ")),
            (None, None) => self.pick("Thời hạn giải quyết", "Time limit").to_owned(),
        }
    }

    /// What a step's time says.
    pub fn step_time(&self, time: &StepTime) -> String {
        match time {
            StepTime::For { duration, counted: true } => self.duration(duration),
            StepTime::For { duration, counted: false } => {
                format!("{} ({})", self.duration(duration), self.pick("không tính vào thời hạn", "not counted"))
            }
            StepTime::AtLeast(duration) => format!("{} {}", self.pick("ít nhất", "at least"), self.duration(duration)),
            StepTime::NotCounted => self.pick("không tính vào thời hạn", "not counted").to_owned(),
            StepTime::AtOnce => self.pick("ngay", "at once").to_owned(),
            StepTime::Deadline(None) => self.pick("trong thời hạn chung", "within the common limit").to_owned(),
            StepTime::Deadline(Some(deadline)) => {
                let found =
                    self.body.deadlines.iter().find(|one| deadline.names(one.id.as_ref().map(|id| &id.value), None));
                let name = found.map_or_else(|| deadline.key.to_string(), |found| self.deadline_name(found));
                match self.lang {
                    Lang::Vi => format!("trong thời hạn “{name}”"),
                    Lang::En => format!("within “{name}”"),
                }
            }
            StepTime::SameDay => self.pick("trong ngày", "same day").to_owned(),
        }
    }

    pub fn step_kind(&self, kind: StepKind) -> &'static str {
        match kind {
            StepKind::Receive => self.pick("Tiếp nhận", "Receive"),
            StepKind::Check => self.pick("Kiểm tra", "Check"),
            StepKind::Assign => self.pick("Phân công", "Assign"),
            StepKind::Appraise => self.pick("Thẩm định", "Appraise"),
            StepKind::Consult => self.pick("Lấy ý kiến", "Consult"),
            StepKind::Inspect => self.pick("Kiểm tra thực địa", "Inspect on site"),
            StepKind::Meet => self.pick("Họp", "Meet"),
            StepKind::PostPublicly => self.pick("Niêm yết", "Post publicly"),
            StepKind::FinancialDuty => self.pick("Nghĩa vụ tài chính", "Financial duty"),
            StepKind::AwaitApplicant => self.pick("Chờ người nộp", "Await applicant"),
            StepKind::SubmitUp => self.pick("Trình", "Submit up"),
            StepKind::Sign => self.pick("Ký", "Sign"),
            StepKind::Issue => self.pick("Phát hành", "Issue"),
            StepKind::Handover => self.pick("Chuyển", "Hand over"),
            StepKind::Perform => self.pick("Thực hiện", "Perform"),
            StepKind::Archive => self.pick("Lưu", "Archive"),
            StepKind::Return => self.pick("Trả kết quả", "Return result"),
            StepKind::Refuse => self.pick("Từ chối", "Refuse"),
            StepKind::StopOnRequest => self.pick("Dừng theo yêu cầu", "Stop on request"),
            StepKind::Plain => self.pick("Bước", "Step"),
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
