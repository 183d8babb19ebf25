//! The times and the money of a form: what is published, and what this case comes to.

use serde::Serialize;

use super::{Field, Maker, dots};
use crate::emit::process_table::exceptions;
use crate::lang::{Lang, say};
use crate::model::ByCase;
use crate::plan::money::Payable;
use crate::plan::wording::{capitalised, long_date, uncapitalised};
use crate::time::Instant;

#[derive(Serialize)]
pub(super) struct Times {
    /// How long settling takes by the rules, a line for each limit.
    limits: Vec<Line>,
    /// `16 giờ 20 phút, ngày 29 tháng 4 năm 2026`
    received: String,
    /// When the result is handed over: one line, or one for each limit or case.
    due: Vec<Line>,
    /// The same in one line.
    due_in_short: String,
    sums: Vec<Line>,
    /// Where every sum is known.
    total: Option<String>,
    /// What people ask about the dates.
    notes: Vec<String>,
    /// The moment to which the office asks to extend the limit.
    extended: String,
}

#[derive(Clone, PartialEq, Serialize)]
pub(super) struct Line {
    /// What it is of; empty where there is one.
    label: String,
    text: String,
}

impl Maker<'_, '_> {
    pub(super) fn times(&self) -> Times {
        let due = self.due();
        let due_in_short = match due.as_slice() {
            [only] => only.text.clone(),
            several => {
                let said = |line: &Line| format!("{}: {}", uncapitalised(&line.label), line.text);
                several.iter().map(said).collect::<Vec<_>>().join("; ")
            }
        };
        let received = self.filled.case.and_then(|(asked, _)| asked.received);
        let (sums, total) = self.sums();
        let extended = self.filled.extended.map(|at| self.long_moment(at));
        Times {
            limits: self.limits(),
            received: received.map_or_else(|| self.no_moment(), |at| self.long_moment(at)),
            due,
            due_in_short,
            sums,
            total,
            notes: self.notes(),
            extended: self.given(Field::NewDate).map(str::to_owned).or(extended).unwrap_or_else(|| self.no_moment()),
        }
    }

    /// `16 giờ 20 phút, ngày 29 tháng 4 năm 2026`
    fn long_moment(&self, at: Instant) -> String {
        let (hour, minute) = (at.minute / 60, at.minute % 60);
        let date = long_date(self.plan.calendar().date(at.day), self.lang());
        match self.lang() {
            Lang::Vi => format!("{hour:02} giờ {minute:02} phút, {date}"),
            Lang::En => format!("{hour:02}:{minute:02} on {date}"),
        }
    }

    fn no_moment(&self) -> String {
        self.pick("…… giờ …… phút, ngày …… tháng …… năm 20……", "……:…… on ……/……/20……")
    }

    fn limits(&self) -> Vec<Line> {
        let (body, day) = (self.plan.body(), self.plan.variant().as_of);
        let mut lines: Vec<Line> = Vec::new();
        match self.filled.case {
            Some((_, answer)) => {
                for due in answer.dates.iter().filter(|due| !due.limit.is_empty()) {
                    let label = self.told_apart(self.words.deadline_name(due.deadline), due.when.as_deref());
                    let line = Line { label, text: due.limit.clone() };
                    if !lines.contains(&line) {
                        lines.push(line);
                    }
                }
            }
            None => {
                for deadline in body.deadlines.iter().filter(|deadline| deadline.valid.contains(day)) {
                    let limit = deadline.limit.as_ref();
                    let text = limit.map(|by| self.by_case(by, &|limit| self.words.limit(limit)));
                    let when = deadline.when.as_ref().map(|when| self.words.condition(when));
                    let label = self.told_apart(self.words.deadline_name(deadline), when.as_deref());
                    lines.push(Line { label, text: text.unwrap_or_else(|| dots(20)) });
                }
            }
        }
        if let [only] = lines.as_mut_slice()
            && body.deadlines.len() == 1
            && self.filled.case.is_some()
        {
            only.label.clear();
        }
        if lines.is_empty() {
            lines.push(Line { label: String::new(), text: dots(20) });
        }
        lines
    }

    /// The name of a limit where there are several, and the case in which it is meant.
    fn told_apart(&self, name: String, when: Option<&str>) -> String {
        let several = self.plan.body().deadlines.len() > 1;
        match (several, when) {
            (true, Some(when)) => say!(self.lang(), "{name}, khi {when}", "{name}, when {when}"),
            (true, None) => name,
            (false, Some(when)) => say!(self.lang(), "Khi {when}", "When {when}"),
            (false, None) => String::new(),
        }
    }

    fn due(&self) -> Vec<Line> {
        let answered = self.filled.case.filter(|(asked, _)| asked.received.is_some());
        let mut lines: Vec<Line> = Vec::new();
        for due in answered.into_iter().flat_map(|(_, answer)| &answer.dates) {
            let label = self.told_apart(self.words.deadline_name(due.deadline), due.when.as_deref());
            let text = due.due.map_or_else(|| due.text.clone(), |at| self.long_moment(at));
            lines.push(Line { label, text });
        }
        if lines.is_empty() {
            lines.push(Line { label: String::new(), text: self.no_moment() });
        }
        lines
    }

    /// Each charge, and what they come to.
    fn sums(&self) -> (Vec<Line>, Option<String>) {
        let Some((_, answer)) = self.filled.case else {
            let day = self.plan.variant().as_of;
            let charges = self.plan.body().charges.iter().filter(|charge| charge.valid.contains(day));
            let line = |charge: &crate::model::Charge| {
                let amount = charge.amount.as_ref();
                let text = amount.map(|by| self.by_case(by, &|amount| self.words.amount(amount)));
                let when = charge.when.as_ref().map(|when| self.words.condition(when));
                let text = self.on_condition(text.unwrap_or_else(|| dots(20)), when.as_deref());
                Line { label: capitalised(&self.words.charge_name(charge)), text }
            };
            return (charges.map(|charge| line(&charge.value)).collect(), None);
        };
        let line = |sum: &crate::plan::answer::Sum<'_>| Line {
            label: capitalised(&self.words.charge_name(sum.charge)),
            text: self.on_condition(sum.amount.clone(), sum.when.as_deref()),
        };
        let known = answer.sums.iter().map(|sum| match (&sum.payable, &sum.when) {
            (Some(payable @ Payable::Sum(_)), None) => Some(payable.clone()),
            _ => None,
        });
        let known: Option<Vec<Payable>> = known.collect();
        let total = known.and_then(|all| all.into_iter().reduce(Payable::plus));
        (answer.sums.iter().map(line).collect(), total.map(|total| self.words.payable(&total)))
    }

    fn on_condition(&self, text: String, when: Option<&str>) -> String {
        match when {
            Some(when) => say!(self.lang(), "{text} (khi {when})", "{text} (when {when})"),
            None => text,
        }
    }

    /// A value by case in one line: the general rule, then each exception.
    fn by_case<T>(&self, by: &ByCase<T>, say: &dyn Fn(&T) -> String) -> String {
        let general = by.general.iter().map(|value| self.words.value(value, say));
        let others = exceptions(&by.rules, None).into_iter().map(|(when, value, adds)| {
            let (when, value) = (self.words.condition(&when), self.words.value(value, say));
            match adds {
                true => say!(self.lang(), "khi {when}: thêm {value}", "when {when}: {value} more"),
                false => say!(self.lang(), "khi {when}: {value}", "when {when}: {value}"),
            }
        });
        general.chain(others).collect::<Vec<_>>().join("; ")
    }

    fn notes(&self) -> Vec<String> {
        let Some((asked, answer)) = self.filled.case else { return Vec::new() };
        let calendar = self.plan.calendar();
        let mut notes = Vec::new();
        if let (Some(filed), Some(received)) = (asked.filed, asked.received)
            && filed != received
        {
            let (filed, received) = (self.words.moment(filed, calendar), self.words.moment(received, calendar));
            notes.push(say!(
                self.lang(),
                "Hồ sơ gửi lúc {filed}, ngoài giờ tiếp nhận: thời gian nhận tính từ {received}.",
                "Sent at {filed}, outside office hours: it counts as received at {received}."
            ));
        }
        if answer.dates.iter().any(|due| due.provisional) {
            notes.push(self.pick(
                "Ngày hẹn là tạm tính: lịch nghỉ của các ngày này chưa được công bố chính thức.",
                "The date is provisional: the days off among these days are not officially set yet.",
            ));
        }
        notes
    }
}
