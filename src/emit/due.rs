//! What is due, as text, as data and as a calendar.

use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::local::name_of_place;
use crate::compile::Catalogue;
use crate::due::{Change, Due, Duty, Event, Lacks, Limit, Publisher, Unknown, What};
use crate::lang::{Lang, say};
use crate::plan::wording::{capitalised, long_date};
use crate::resolve::registers::Act;

/// What is due for the publication of administrative procedures, and by which day.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "urn:thutuc:due:1")]
pub(super) struct View {
    /// Always `urn:thutuc:due:1`.
    #[schemars(extend("const" = "urn:thutuc:due:1"))]
    schema: &'static str,
    /// The day from which everything is counted, ISO 8601.
    #[schemars(extend("format" = "date"))]
    as_of: String,
    /// Path of the place that was asked for; absent for the nation.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// How many days back changes are looked for.
    back: i32,
    /// How many days ahead duties are looked for.
    within: i32,
    /// By the last day of each, the earliest first.
    duties: Vec<DutyView>,
    /// What no day could be counted from.
    unknown: Vec<UnknownView>,
}

/// One thing that has to be done by a day.
#[derive(Serialize, JsonSchema)]
struct DutyView {
    /// The announcing decision, the national database, or the notice at the office.
    #[schemars(extend("enum" = ["decision", "database", "posting"]))]
    what: &'static str,
    /// The last day, `2027-02-09`.
    #[schemars(extend("format" = "date"))]
    day: String,
    /// Days by which it is late; absent where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<i32>,
    /// The day on which it was done, where the catalogue tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    done: Option<String>,
    /// Whose duty it is.
    #[schemars(extend("enum" = ["ministry", "province"]))]
    publisher: &'static str,
    /// Why: the procedure itself (`new`, `amended`, `abolished`), or an act that it rests on.
    #[schemars(extend("enum" = ["new", "amended", "basis-begins", "basis-amended", "basis-ends", "abolished"]))]
    change: &'static str,
    /// The day from which the change holds.
    #[schemars(extend("format" = "date"))]
    in_force_from: String,
    /// The act that brings the change, as the register of acts names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    act: Option<String>,
    /// The act that is amended, replaced, or ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    /// Path of the place whose rules change; absent for the nation.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// The decision that announces the procedures.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
    /// What has to be done, in words.
    says: String,
    /// Why, in words.
    why: String,
    /// The article that sets the day, in words.
    rests_on: String,
    /// What to know beside, in words.
    notes: Vec<String>,
    /// The procedures it is about.
    procedures: Vec<ProcedureView>,
}

/// An act of which the register lacks a day.
#[derive(Serialize, JsonSchema)]
struct UnknownView {
    /// As the register of acts names it.
    act: String,
    /// Which day.
    #[schemars(extend("enum" = ["in-force", "signed-and-in-force", "decision-signed"]))]
    lacks: &'static str,
    /// The same in words.
    says: String,
    /// The procedures that cite it.
    procedures: Vec<ProcedureView>,
}

/// A procedure.
#[derive(Serialize, JsonSchema)]
struct ProcedureView {
    /// Code in the national database.
    code: String,
    name: String,
}

/// As JSON.
pub fn due_json(catalogue: &Catalogue, due: &Due<'_>) -> String {
    let say = Say { catalogue, lang: catalogue.options.lang, due };
    let view = View {
        schema: "urn:thutuc:due:1",
        as_of: due.as_of.to_string(),
        place: catalogue.options.place.clone(),
        back: due.window.back,
        within: due.window.ahead,
        duties: due.duties.iter().map(|duty| say.duty_view(duty)).collect(),
        unknown: due.unknown.iter().map(|one| say.unknown_view(one)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&view).expect("it holds only text");
    text.push('\n');
    text
}

/// For a terminal.
pub fn due_text(catalogue: &Catalogue, due: &Due<'_>) -> String {
    let lang = catalogue.options.lang;
    let say = Say { catalogue, lang, due };
    let day = long_date(due.as_of, lang);
    let mut out = say!(
        lang,
        "Công bố, công khai thủ tục hành chính: việc đến hạn, tính đến {day}\n",
        "Publication of administrative procedures: what is due, as of {day}\n"
    );
    if let Some(place) = &catalogue.options.place {
        out += &format!("{}\n", name_of_place(catalogue, place));
    }
    let (late, ahead): (Vec<&Duty<'_>>, Vec<&Duty<'_>>) =
        due.duties.iter().partition(|duty| duty.late(due.as_of).is_some());
    let (back, within) = (due.window.back, due.window.ahead);
    if due.duties.is_empty() {
        out += &say!(
            lang,
            "\nKhông có việc nào: không nội dung nào có hiệu lực trong {back} ngày qua, không hạn nào trong {within} ngày tới.\n",
            "\nNothing: no change took effect in the last {back} days, and nothing falls due in the next {within} days.\n"
        );
    }
    let groups = [(late, say!(lang, "ĐÃ QUÁ HẠN", "LATE")), (ahead, say!(lang, "SẮP ĐẾN HẠN", "COMING"))];
    for (duties, title) in groups.into_iter().filter(|(duties, _)| !duties.is_empty()) {
        let count = duties.len();
        out += &format!("\n{title} ({count})\n");
        for duty in duties {
            out += &say.duty(duty);
        }
    }
    if !due.unknown.is_empty() {
        out += &say!(lang, "\nCHƯA TÍNH ĐƯỢC HẠN\n", "\nNOT KNOWN\n");
        for one in &due.unknown {
            out += &format!("  - {}\n    {}\n", capitalised(&say.unknown(one)), say.procedures(&one.procedures));
        }
    }
    out
}

/// As a calendar (RFC 5545): a day-long entry for each duty.
pub fn due_ics(catalogue: &Catalogue, due: &Due<'_>) -> String {
    let say = Say { catalogue, lang: catalogue.options.lang, due };
    let mut out = String::new();
    let compact = |day: jiff::civil::Date| day.to_string().replace('-', "");
    let stamp = format!("{}T000000Z", compact(due.as_of));
    let mut line = |text: &str| out.push_str(&folded(text));
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//thutuc//due//VI");
    for duty in &due.duties {
        let view = say.duty_view(duty);
        let key = format!("{} {} {:?} {:?} {:?}", view.what, view.change, view.act, view.of, view.place);
        let hash = Sha256::digest(format!("{key} {} {:?}", view.in_force_from, view.decision));
        let id: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let about: Vec<String> = [view.why.clone(), view.rests_on.clone()]
            .into_iter()
            .chain(view.notes)
            .chain([say.procedures(&duty.procedures)])
            .collect();
        line("BEGIN:VEVENT");
        line(&format!("UID:{id}@thutuc"));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", compact(duty.day)));
        line(&format!("SUMMARY:{}", escaped(&view.says)));
        let about: Vec<String> = about.iter().map(|text| capitalised(text)).collect();
        line(&format!("DESCRIPTION:{}", escaped(&about.join("\n"))));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    if due.duties.is_empty() {
        // A calendar holds something (RFC 5545, 3.6): Outlook refuses an empty one. The zone has no other effect.
        line("BEGIN:VTIMEZONE");
        line("TZID:Asia/Ho_Chi_Minh");
        line("BEGIN:STANDARD");
        line("DTSTART:19750613T000000");
        line("TZOFFSETFROM:+0700");
        line("TZOFFSETTO:+0700");
        line("END:STANDARD");
        line("END:VTIMEZONE");
    }
    line("END:VCALENDAR");
    out
}

/// A text as a calendar writes it (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line of a calendar: at most 75 bytes, the rest on lines that begin with a space (RFC 5545, 3.1).
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut used = 0;
    for letter in line.chars() {
        if used + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(letter);
        used += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

/// What sentences are made of.
struct Say<'a> {
    catalogue: &'a Catalogue,
    lang: Lang,
    due: &'a Due<'a>,
}

impl Say<'_> {
    fn duty(&self, duty: &Duty<'_>) -> String {
        let (lang, day) = (self.lang, capitalised(&long_date(duty.day, self.lang)));
        let late = duty.late(self.due.as_of).map_or_else(String::new, |days| match duty.done {
            Some(done) => {
                let done = long_date(done, lang);
                say!(lang, ", đã làm {done}, muộn {days} ngày", ", done {done}, {days} days late")
            }
            None => say!(lang, ", quá hạn {days} ngày", ", {days} days late"),
        });
        let mut out = format!("\n{day}{late}\n  {}\n", self.what(duty));
        for text in [self.why(&duty.event), self.rests_on(duty)].into_iter().chain(self.notes(duty)) {
            out += &format!("    {}\n", capitalised(&text));
        }
        out + &format!("    {}\n", self.procedures(&duty.procedures))
    }

    /// What has to be done, and how long one has.
    fn what(&self, duty: &Duty<'_>) -> String {
        let lang = self.lang;
        let task = match (duty.what, duty.event.publisher, duty.event.change) {
            (What::Decision, Publisher::Ministry, _) => {
                say!(lang, "Bộ, cơ quan ngang bộ ký quyết định công bố", "The ministry signs the announcing decision")
            }
            (What::Decision, Publisher::Province, _) => say!(
                lang,
                "Chủ tịch Ủy ban nhân dân cấp tỉnh ký quyết định công bố",
                "The chairman of the province signs the announcing decision"
            ),
            (What::Database, _, _) => say!(
                lang,
                "Nhập vào Cơ sở dữ liệu quốc gia về thủ tục hành chính",
                "Enter it in the national database of administrative procedures"
            ),
            (What::Posting, _, Change::Abolished) => {
                say!(lang, "Gỡ bản niêm yết của thủ tục bị bãi bỏ", "Take down the notice of the abolished procedure")
            }
            (What::Posting, _, _) => {
                say!(lang, "Niêm yết bản mới, gỡ bản cũ", "Post the new notice, take down the old one")
            }
        };
        let limit = match duty.limit {
            Limit::Before(days) => {
                say!(
                    lang,
                    "ít nhất {days:02} ngày trước ngày có hiệu lực",
                    "at least {days} days before it takes effect"
                )
            }
            Limit::AfterSigning(days) => say!(
                lang,
                "không quá {days:02} ngày sau ngày ký văn bản có hiệu lực ngay",
                "at most {days} days after an act in force at once was signed"
            ),
            Limit::WorkingDays(days) => say!(
                lang,
                "trong {days:02} ngày làm việc kể từ ngày ký quyết định công bố",
                "within {days} working days after the decision was signed"
            ),
            Limit::AtOnce => say!(lang, "ngay khi có hiệu lực", "as soon as it takes effect"),
        };
        format!("{task}, {limit}")
    }

    fn why(&self, event: &Event<'_>) -> String {
        let (lang, from) = (self.lang, long_date(event.from, self.lang));
        let act = event.act.map(Act::called);
        let of = event.of.map(Act::called).unwrap_or_default();
        let under = act.as_ref().map_or_else(String::new, |act| say!(lang, " theo {act}", " under {act}"));
        let act = act.unwrap_or_default();
        let place = event.place.map(|place| name_of_place(self.catalogue, place));
        let at = place.map_or_else(String::new, |place| say!(lang, " tại {place}", " at {place}"));
        match event.change {
            Change::New => {
                say!(lang, "thủ tục có hiệu lực từ {from}{under}", "the procedure is in force from {from}{under}")
            }
            Change::Amended if event.place.is_none() => {
                say!(lang, "nội dung sửa đổi áp dụng từ {from}{under}", "amended rules hold from {from}{under}")
            }
            Change::Amended => {
                say!(
                    lang,
                    "quy định riêng{at} áp dụng từ {from}{under}",
                    "rules of its own{at} hold from {from}{under}"
                )
            }
            Change::BasisBegins => {
                say!(
                    lang,
                    "{act}, căn cứ của thủ tục, có hiệu lực từ {from}",
                    "{act}, which it rests on, is in force from {from}"
                )
            }
            Change::BasisAmended => say!(
                lang,
                "{act} sửa đổi, bổ sung {of} từ {from}; căn cứ của thủ tục chưa dẫn văn bản này",
                "{act} amends {of} from {from}; the procedure does not cite it yet"
            ),
            Change::BasisEnds if event.act.is_some() => {
                say!(lang, "{act} thay thế {of} từ {from}", "{act} replaces {of} from {from}")
            }
            Change::BasisEnds => {
                say!(
                    lang,
                    "{of}, căn cứ của thủ tục, hết hiệu lực từ {from}",
                    "{of}, which it rests on, is no more from {from}"
                )
            }
            Change::Abolished => {
                say!(lang, "thủ tục hết hiệu lực từ {from}", "the procedure is no more from {from}")
            }
        }
    }

    fn rests_on(&self, duty: &Duty<'_>) -> String {
        let article = match duty.what {
            What::Decision => "Điều 15",
            What::Database => "khoản 2 Điều 24",
            What::Posting => "Điều 16, khoản 1 Điều 17",
        };
        say!(self.lang, "căn cứ: {article} Nghị định 63/2010/NĐ-CP", "basis: {article} Nghị định 63/2010/NĐ-CP")
    }

    fn notes(&self, duty: &Duty<'_>) -> Vec<String> {
        let (lang, is_late) = (self.lang, duty.late(self.due.as_of).is_some());
        let mut notes = Vec::new();
        if let Some(decision) = duty.undated {
            let act = decision.called();
            notes.push(say!(
                lang,
                "danh mục không ghi ngày ký {act}: chưa biết quyết định này đã công bố thay đổi nêu trên hay chưa",
                "the register has no day of signing of {act}: whether it announced this is not known"
            ));
        } else if duty.if_signed_in_time && duty.what == What::Database {
            notes.push(say!(
                lang,
                "tính từ hạn cuối ký quyết định công bố; ký sớm hơn thì hạn này cũng sớm hơn",
                "counted from the last day for the decision; signed earlier, this is due earlier"
            ));
        }
        if is_late && duty.what != What::Decision {
            notes.push(say!(
                lang,
                "bộ thủ tục không ghi việc này đã làm hay chưa: kiểm tra lại",
                "the catalogue does not record whether this was done: check"
            ));
        }
        if let Some(worked) = duty.worked_before.filter(|_| !is_late) {
            let worked = long_date(worked, lang);
            notes.push(say!(
                lang,
                "hạn rơi vào ngày nghỉ, ngày làm việc trước đó là {worked}",
                "this is no working day; the last one before it is {worked}"
            ));
        }
        if duty.provisional && !is_late {
            notes.push(say!(
                lang,
                "lịch nghỉ chính thức của năm này chưa có: ngày làm việc là tạm tính",
                "there is no official calendar of that year yet: working days are provisional"
            ));
        }
        notes
    }

    /// A few by name, more by their codes.
    fn procedures(&self, all: &[(&str, &str)]) -> String {
        let count = all.len();
        if count <= 3 {
            return all.iter().map(|(code, name)| format!("{code} {name}")).collect::<Vec<_>>().join("; ");
        }
        let codes = all.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ");
        say!(self.lang, "{count} thủ tục: {codes}", "{count} procedures: {codes}")
    }

    fn unknown(&self, one: &Unknown<'_>) -> String {
        let (lang, act) = (self.lang, one.act.called());
        match one.lacks {
            Lacks::InForce => {
                let signed = one.act.signed.map_or_else(String::new, |day| long_date(day.0, lang));
                say!(
                    lang,
                    "{act} ký {signed}: danh mục không ghi ngày có hiệu lực",
                    "{act} was signed on {signed}: the register does not say from when it is in force"
                )
            }
            Lacks::SignedAndInForce => say!(
                lang,
                "{act}: danh mục không ghi ngày ký, ngày có hiệu lực",
                "{act}: the register has neither the day of signing nor from when it is in force"
            ),
            Lacks::DecisionSigned => say!(
                lang,
                "{act} công bố thủ tục: danh mục không ghi ngày ký",
                "{act} announces the procedure: the register has no day of signing"
            ),
        }
    }

    fn duty_view(&self, duty: &Duty<'_>) -> DutyView {
        let event = &duty.event;
        let id = |act: Option<&Act>| act.map(|act| act.id.to_string());
        DutyView {
            what: match duty.what {
                What::Decision => "decision",
                What::Database => "database",
                What::Posting => "posting",
            },
            day: duty.day.to_string(),
            late: duty.late(self.due.as_of),
            done: duty.done.map(|day| day.to_string()),
            publisher: match event.publisher {
                Publisher::Ministry => "ministry",
                Publisher::Province => "province",
            },
            change: match event.change {
                Change::New => "new",
                Change::Amended => "amended",
                Change::BasisBegins => "basis-begins",
                Change::BasisAmended => "basis-amended",
                Change::BasisEnds => "basis-ends",
                Change::Abolished => "abolished",
            },
            in_force_from: event.from.to_string(),
            act: id(event.act),
            of: id(event.of),
            place: event.place.map(str::to_owned),
            decision: id(event.decision),
            says: self.what(duty),
            why: self.why(event),
            rests_on: self.rests_on(duty),
            notes: self.notes(duty),
            procedures: procedures(&duty.procedures),
        }
    }

    fn unknown_view(&self, one: &Unknown<'_>) -> UnknownView {
        let lacks = match one.lacks {
            Lacks::InForce => "in-force",
            Lacks::SignedAndInForce => "signed-and-in-force",
            Lacks::DecisionSigned => "decision-signed",
        };
        let says = self.unknown(one);
        UnknownView { act: one.act.id.to_string(), lacks, says, procedures: procedures(&one.procedures) }
    }
}

fn procedures(all: &[(&str, &str)]) -> Vec<ProcedureView> {
    all.iter().map(|(code, name)| ProcedureView { code: (*code).to_owned(), name: (*name).to_owned() }).collect()
}
