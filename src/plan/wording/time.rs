//! Times in words: `05 ngày làm việc`, `trong ngày`, and what they run from.

use super::{Wording, capitalised};
use crate::lang::Lang;
use crate::model::outcome::Validity;
use crate::model::process::StepTime;
use crate::model::quantity::{Period, short_date};
use crate::model::{Deadline, Duration, Limit, Ref, RefKey, StartEvent, Transition, Unit, Way};
use crate::plan::path::Promised;
use crate::resolve::names::{process_of, step_is};
use crate::syntax::words::Kw;
use crate::time::{Calendar, Instant};

impl Wording<'_> {
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
                let (from, to, event) = (self.duration(from), self.duration(to), self.in_sentence(event));
                match self.lang {
                    Lang::Vi => format!("từ {from} đến {to} trước {event}"),
                    Lang::En => format!("from {from} to {to} before {event}"),
                }
            }
            Limit::After { within, event } => {
                let (within, event) = (self.duration(within), self.in_sentence(event));
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

    /// What becomes of open cases: `giải quyết theo quy định cũ`.
    pub fn way(&self, way: Way) -> &'static str {
        let kw = match way {
            Way::Old => Kw::UnderOldRules,
            Way::New => Kw::UnderNewRules,
            Way::Stop => Kw::StopAndReturn,
        };
        self.pick(kw.vi(), kw.en())
    }

    /// `giải quyết theo quy định cũ, kể cả hồ sơ đã gửi bưu chính (theo Điều 6 …)`
    pub fn transition(&self, transition: &Transition) -> String {
        let posted = self.pick(Kw::AlsoPosted.vi(), Kw::AlsoPosted.en());
        let posted = if transition.posted { format!(", {posted}") } else { String::new() };
        let cites = self.cites(&transition.cites);
        let cites = cites.map_or_else(String::new, |cites| format!(" ({} {cites})", self.pick("theo", "under")));
        format!("{}{posted}{cites}", self.way(transition.way))
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
        let process = process_of(self.body);
        let found = process.into_iter().flat_map(|process| process.steps()).find(|one| step_is(one, step));
        match found.and_then(|step| step.label.as_ref()) {
            Some(label) => label.value.clone(),
            None => match &step.key {
                RefKey::Id(id) => capitalised(&id.as_str().replace('-', " ")),
                RefKey::Label(label) | RefKey::Kind(_, label) => label.clone(),
            },
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
}
