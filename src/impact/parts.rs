//! The parts of a procedure, a layer or a norm that cite an act.

use super::{Asked, Form, Resting, is_act, is_meant};
use crate::compile::Catalogue;
use crate::lang::say;
use crate::model::norm::{Duty, Norm};
use crate::model::process::{Reaction, Step};
use crate::model::{ByCase, Citation, Document, Ref, RefKey, Value};
use crate::plan::Wording;
use crate::resolve::names::process_of;
use crate::resolve::registers::Act;
use crate::source::Span;

/// Collects what rests on the act.
struct Collector<'w> {
    words: &'w Wording<'w>,
    asked: &'w Asked<'w>,
    found: Vec<Resting>,
}

/// Every part of a body that rests on the act, in the order of the parts.
pub(super) fn of_body(words: &Wording<'_>, asked: &Asked<'_>) -> Vec<Resting> {
    let mut all = Collector { words, asked, found: Vec::new() };
    all.head();
    all.papers();
    all.times_and_charges();
    all.results();
    all.steps();
    all.found
}

/// What a layer as a whole rests on.
pub(super) fn of_cites(words: &Wording<'_>, cites: &[Citation], asked: &Asked<'_>) -> Vec<Resting> {
    let mut all = Collector { words, asked, found: Vec::new() };
    all.cites(words.pick("toàn bộ quy định áp dụng riêng", "all that it lays over"), None, cites);
    all.found
}

pub(super) fn of_norm(words: &Wording<'_>, norm: &Norm, asked: &Asked<'_>) -> Vec<Resting> {
    let mut all = Collector { words, asked, found: Vec::new() };
    if is_act(&norm.act, asked.act, words.registers) && asked.pins.article.is_none() && asked.pins.annex.is_none() {
        all.add(
            words.pick("văn bản đặt ra quy định", "the act that lays it down").to_owned(),
            None,
            words.act(&norm.act),
            norm.act.span,
        );
    }
    for duty in &norm.duties {
        match duty {
            Duty::MustHave { kind, cites, .. } => {
                let kind = words.step_kind(*kind);
                all.cites(&say!(words.lang, "phải có bước “{kind}”", "must have a step “{kind}”"), None, cites);
            }
            Duty::Deadline { limit, .. } => {
                let says = words.value(limit, |limit| words.limit(limit));
                all.cites(
                    words.pick("giới hạn thời hạn giải quyết", "bound of the time limit"),
                    Some(says),
                    &limit.cites,
                );
            }
            Duty::Supplement { at_most, cites, .. } => {
                let says = say!(words.lang, "không quá {at_most:02} lần", "at most {at_most} times");
                all.cites(words.pick("giới hạn số lần bổ sung", "bound of supplements"), Some(says), cites);
            }
            Duty::Papers { at_most, cites, .. } => {
                let says = say!(words.lang, "không quá {at_most:02} giấy tờ", "at most {at_most} papers");
                all.cites(words.pick("giới hạn số giấy tờ", "bound of papers"), Some(says), cites);
            }
            Duty::DecidedBy { agencies, .. } => {
                let says = words.value(agencies, |all| words.agencies(all));
                all.cites(words.pick("thẩm quyền", "competence"), Some(says), &agencies.cites);
            }
        }
    }
    all.found
}

/// Forms that an act issues, each with the procedures that use it.
pub(super) fn forms(catalogue: &Catalogue, act: &Act) -> Vec<Form> {
    let issued = catalogue.registers.forms.iter().filter(|form| form.act.as_ref() == Some(&act.id));
    let form = |form: &crate::resolve::registers::FormEntry| {
        let uses = |body: &crate::model::Body| {
            body.names.iter().any(|name| name.register == crate::model::Register::Forms && name.key == form.id)
        };
        let own = catalogue.procedures.iter().filter(|one| uses(&one.body)).map(|one| one.code.value.to_string());
        let laid = catalogue.overlays.iter().filter(|one| uses(&one.body)).map(|one| one.code.value.to_string());
        let mut used_by: Vec<String> = own.chain(laid).collect();
        used_by.sort();
        used_by.dedup();
        let number = form.number.as_ref().map_or(String::new(), |number| format!(" ({number})"));
        Form { name: format!("{}{number}", form.name), used_by }
    };
    issued.map(form).collect()
}

impl Collector<'_> {
    fn add(&mut self, what: String, says: Option<String>, cites: String, span: Span) {
        self.found.push(Resting { what, says, cites, span });
    }

    fn cites(&mut self, what: &str, says: Option<String>, cites: &[Citation]) {
        for cite in cites.iter().filter(|cite| is_meant(cite, self.asked, self.words.registers)) {
            self.add(what.to_owned(), says.clone(), self.words.citation(cite), cite.span);
        }
    }

    /// A value by case, each rule with the cases for which it holds.
    fn by_case<T>(&mut self, what: &str, by: &ByCase<T>, say: &dyn Fn(&Wording<'_>, &T) -> String) {
        let words = self.words;
        let told = |value: &Value<T>| words.value(value, |value| say(words, value));
        if let Some(general) = &by.general {
            self.cites(what, Some(told(general)), &general.cites);
        }
        for rule in by.all_rules() {
            let Some(value) = &rule.value else { continue };
            let (says, when) = (told(value), words.condition(&rule.when));
            self.cites(what, Some(say!(words.lang, "{says} khi {when}", "{says} when {when}")), &value.cites);
        }
    }

    fn head(&mut self) {
        let (words, body) = (self.words, self.words.body);
        let agency = |words: &Wording<'_>, all: &Vec<_>| words.agencies(all);
        if let Some(by) = &body.decided_by {
            self.by_case(words.pick("cơ quan có thẩm quyền", "deciding agency"), &by.value, &agency);
        }
        if let Some(by) = &body.consulted {
            self.by_case(words.pick("cơ quan phối hợp", "consulted agency"), &by.value, &agency);
        }
        if let Some(by) = &body.received_at {
            let places = |words: &Wording<'_>, all: &Vec<_>| words.receiving_places(all);
            self.by_case(words.pick("nơi tiếp nhận", "place of receipt"), &by.value, &places);
        }
        for used in body.channels.iter().flat_map(|all| &all.value) {
            let says = words.channel_word(used.channel).to_owned();
            self.cites(words.pick("cách thức thực hiện", "channel"), Some(says), &used.cites);
        }
        if let Some(announced) = &body.announced {
            let act = announced.value.setting.given().filter(|act| is_act(act, self.asked.act, words.registers));
            if let Some(act) = act.filter(|_| self.asked.pins.article.is_none()) {
                let what = words.pick("quyết định công bố", "announcing decision").to_owned();
                self.add(what, None, words.act(act), act.span);
            }
        }
        if let Some(laid) = &body.based_on
            && is_act(&laid.value, self.asked.act, words.registers)
            && self.asked.pins.article.is_none()
        {
            let what = words.pick("văn bản làm cơ sở", "version it is based on").to_owned();
            self.add(what, None, words.act(&laid.value), laid.value.span);
        }
        if let Some(window) = &body.filing_window {
            let says = words.value(&window.value, |limit| words.limit(limit));
            self.cites(words.pick("thời gian nộp hồ sơ", "filing window"), Some(says), &window.value.cites);
        }
        if let Some(laid) = &body.basis {
            self.cites(words.pick("căn cứ pháp lý", "legal basis"), None, &laid.value);
        }
    }

    fn papers(&mut self) {
        let words = self.words;
        for document in words.body.dossier.iter().flat_map(|dossier| &dossier.value.documents) {
            let name = &document.name.value;
            let what = say!(words.lang, "giấy tờ “{name}”", "the paper “{name}”");
            self.cites(&what, None, &document.cites);
            self.form(&what, document);
        }
    }

    /// A paper whose form the act issues.
    fn form(&mut self, what: &str, document: &Document) {
        let Some(by) = &document.form else { return };
        self.by_case(what, by, &|words, form| words.form(form));
        if self.asked.pins.article.is_some() || self.asked.pins.annex.is_some() {
            return;
        }
        let registers = self.words.registers;
        let issued = |form: &Ref| match &form.key {
            RefKey::Id(id) => {
                registers.forms.get(id.as_str()).filter(|form| form.act.as_ref() == Some(&self.asked.act.id))
            }
            _ => None,
        };
        let forms = by.values().into_iter().filter_map(|value| value.setting.given());
        let found: Vec<(String, Span)> =
            forms.filter(|form| issued(form).is_some()).map(|form| (self.words.form(form), form.span)).collect();
        for (name, span) in found {
            let what = say!(self.words.lang, "biểu mẫu của {what}", "the form of {what}");
            let act = self.asked.act;
            self.add(what, Some(name), act.called(), span);
        }
    }

    fn times_and_charges(&mut self) {
        let words = self.words;
        for laid in &words.body.deadlines {
            let what = words.in_sentence(&words.deadline_name(&laid.value));
            if let Some(limit) = &laid.value.limit {
                self.by_case(&what, limit, &|words, limit| words.limit(limit));
            }
        }
        for laid in &words.body.charges {
            let what = words.in_sentence(&words.charge_name(&laid.value));
            self.cites(&what, None, &laid.value.cites);
            if let Some(amount) = &laid.value.amount {
                self.by_case(&what, amount, &|words, amount| words.amount(amount));
            }
        }
    }

    fn results(&mut self) {
        let words = self.words;
        for outcome in &words.body.outcomes {
            let name = &outcome.value.name.value;
            self.cites(&say!(words.lang, "kết quả “{name}”", "the outcome “{name}”"), None, &outcome.value.cites);
        }
        for one in words.body.requirements.iter().flat_map(|all| &all.value) {
            let text = &one.text.value;
            self.cites(&say!(words.lang, "yêu cầu, điều kiện “{text}”", "the requirement “{text}”"), None, &one.cites);
        }
        for scenario in &words.body.scenarios {
            let name = &scenario.name.value;
            self.cites(&say!(words.lang, "ví dụ “{name}”", "the example “{name}”"), None, &scenario.cites);
        }
    }

    fn steps(&mut self) {
        let words = self.words;
        if let Some(process) = &words.body.process {
            self.cites(words.pick("quy trình nội bộ", "internal process"), None, &process.value.cites);
        }
        for step in process_of(words.body).map_or_else(Vec::new, |process| process.steps()) {
            self.step(step);
        }
    }

    fn step(&mut self, step: &Step) {
        let (words, name) = (self.words, self.words.step_label(step));
        let what = say!(words.lang, "bước “{name}”", "the step “{name}”");
        self.cites(&what, None, &step.cites);
        if let Some(time) = &step.time {
            let what = say!(words.lang, "thời gian của {what}", "the time of {what}");
            self.by_case(&what, time, &|words, time| words.step_time(time));
        }
        for reaction in step.reactions() {
            let Reaction { cites, .. } = reaction;
            self.cites(&say!(words.lang, "hệ quả của {what}", "what follows from {what}"), None, cites);
        }
        let supplement = step.supplement.as_ref().map(|one| &one.value);
        if let Some(supplement) = supplement {
            let what = say!(words.lang, "bổ sung hồ sơ ở {what}", "the supplement at {what}");
            let all = supplement
                .maximum
                .iter()
                .flat_map(|one| &one.cites)
                .chain(supplement.wait.iter().flat_map(|one| &one.cites));
            let all: Vec<Citation> = all.chain(supplement.clock.iter().flat_map(|one| &one.cites)).cloned().collect();
            self.cites(&what, None, &all);
        }
        if let Some(within) = &step.accept_within {
            self.cites(&what, None, &within.cites);
        }
    }
}
