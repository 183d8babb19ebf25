//! The notice posted at the office: one HTML page a procedure, its parts in the order of the law (NĐ 63/2010 art. 8(2)),
//! its forms after it, with the place for feedback.

use serde::Serialize;

use super::{EmitError, Output, Sink, Site, file_name, folder, origin_words, place_name, qr, write};
use crate::lang::{Lang, Words, say};
use crate::model::dossier::Document;
use crate::model::header::Part;
use crate::model::process::Responsible;
use crate::model::quantity::short_date;
use crate::model::{
    Amount, ByCase, CaseRule, Charge, ChargeKind, Deadline, Laid, Limit, RefKey, Setting, StepKind, Value,
};
use crate::plan::wording::{capitalised, long_date, uncapitalised};
use crate::plan::{ProcedurePlan, Wording};

pub(super) static OUTPUT: Output = Output {
    name: "notice",
    about: Words::new("bản niêm yết, mỗi thủ tục một trang", "the public notice, a page a procedure"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let page = super::render::render("notice.html.jinja", &View::of(plan, site))?;
    write(
        sink,
        &format!("{}notices/{}.html", folder(plan.variant()), file_name(&plan.procedure.code.value.0)),
        page.as_bytes(),
    )
}

#[derive(Serialize)]
struct View {
    lang: &'static str,
    code: String,
    name: String,
    place: Option<String>,
    agency: String,
    publisher: String,
    decision: Option<String>,
    dated: String,
    answer: Vec<Row>,
    sections: Vec<Section>,
    forms: Vec<FormView>,
    forms_title: String,
    feedback: Vec<String>,
    feedback_title: String,
    contacts: Vec<String>,
    qr: Option<(String, usize)>,
    qr_caption: String,
    portal: Option<String>,
    stamp: String,
    gap: String,
    gaps_note: Option<String>,
    chart: Option<String>,
    chart_caption: String,
    home: String,
    home_caption: String,
}

#[derive(Serialize)]
struct Row {
    label: String,
    text: String,
}

#[derive(Serialize)]
struct Section {
    title: String,
    /// Paragraphs.
    lines: Vec<String>,
    items: Vec<Item>,
    /// A numbered list, where the order matters.
    ordered: bool,
    table: Option<Table>,
    origin: Option<String>,
    missing: bool,
}

#[derive(Serialize)]
struct Item {
    lead: String,
    text: String,
    cases: Vec<String>,
}

#[derive(Serialize)]
struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Serialize)]
struct Cell {
    text: String,
    small: Vec<String>,
    centre: bool,
}

#[derive(Serialize)]
struct FormView {
    name: String,
    act: Option<String>,
    file: Option<String>,
}

/// What a page is made with.
struct Maker<'p, 'a> {
    plan: &'p ProcedurePlan<'a>,
    words: Wording<'p>,
}

/// The procedure's page on the national portal: its own where it is given, else by code.
pub(super) fn portal_page(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Option<String> {
    let own = plan.body().page.as_ref().map(|page| page.value.value.clone());
    let own = own.filter(|page| page.starts_with("https://") || page.starts_with("http://"));
    own.or_else(|| site.settings.portal.as_ref().map(|portal| portal.replace("{code}", &plan.procedure.code.value.0)))
}

impl View {
    fn of(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> View {
        let make = Maker { plan, words: site.wording(plan) };
        let lang = site.lang;
        let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang).to_owned();
        let portal = portal_page(plan, site);
        let (version, as_of, hash) = (&site.settings.version, short_date(plan.variant().as_of), site.short_hash());
        let gaps = plan.holes().count();
        let depth = folder(plan.variant()).matches('/').count();
        let up = "../".repeat(depth + 1);
        let file = file_name(&plan.procedure.code.value.0);
        View {
            lang: lang.tag(),
            code: plan.procedure.code.value.0.clone(),
            name: plan.procedure.name.value.clone(),
            place: place_name(plan),
            agency: make.deciding(),
            publisher: site.settings.publisher.clone(),
            decision: make.decision(),
            dated: long_date(plan.variant().as_of, lang),
            answer: make.answer(),
            sections: make.sections(),
            forms: make.forms(),
            forms_title: pick("Biểu mẫu kèm theo thủ tục", "Forms that go with this procedure"),
            feedback: site.settings.feedback.clone(),
            feedback_title: pick("Nơi tiếp nhận phản ánh, kiến nghị", "Where to send feedback"),
            contacts: plan.body().contacts.iter().map(|contact| contact.value.value.clone()).collect(),
            qr: portal.as_deref().and_then(qr::path),
            qr_caption: pick("Xem trên Cổng Dịch vụ công quốc gia", "On the national portal"),
            portal,
            stamp: say!(
                lang,
                "Bản {version} · hiệu lực xem tại ngày {as_of} · mã nguồn {hash}",
                "Version {version} · as of {as_of} · source {hash}"
            ),
            gap: pick("Chưa nhập.", "Not yet given."),
            gaps_note: (gaps > 0).then(|| {
                say!(
                    lang,
                    "Bản thảo: còn {gaps} chỗ chưa nhập, không dùng để niêm yết.",
                    "Draft: {gaps} gaps are left, not for posting."
                )
            }),
            chart: plan.flow.iter().any(|flow| flow.steps().next().is_some()).then(|| format!("../charts/{file}.svg")),
            chart_caption: pick("Sơ đồ quy trình nội bộ", "Chart of the internal process"),
            home: format!("{up}index.html"),
            home_caption: pick("Danh mục thủ tục hành chính", "Catalogue"),
        }
    }
}

impl Maker<'_, '_> {
    fn lang(&self) -> Lang {
        self.words.lang
    }

    fn pick(&self, vi: &'static str, en: &'static str) -> String {
        Words::new(vi, en).get(self.lang()).to_owned()
    }

    fn deciding(&self) -> String {
        let decided = self.plan.body().decided_by.as_ref().and_then(|by| by.general.as_ref());
        let name = decided.map(|value| self.words.value(value, |all| self.words.agencies(all))).unwrap_or_default();
        name.to_uppercase()
    }

    /// `Quyết định số 163/QĐ-BTP ngày 05 tháng 02 năm 2026 của Bộ Tư pháp`
    fn decision(&self) -> Option<String> {
        let value = self.plan.body().announced.as_ref()?;
        let act = self.words.find_act(value.setting.given()?)?;
        let mut text = format!("{} {} {}", act.kind.vi(), self.pick("số", "No."), act.number);
        if let Some(signed) = act.signed {
            text = format!("{text} {}", long_date(signed.0, self.lang()));
        }
        if let Some(issuer) = &act.issuer {
            text = format!("{text} {} {issuer}", self.pick("của", "of"));
        }
        Some(text)
    }

    /// The four questions people come with.
    fn answer(&self) -> Vec<Row> {
        let body = self.plan.body();
        let papers = match &body.dossier {
            None => self.words.gap(),
            Some(dossier) if dossier.none => self.pick("không phải nộp giấy tờ", "no papers"),
            Some(dossier) => {
                let always = dossier.documents.iter().filter(|one| one.when.is_none()).count();
                let some = dossier.documents.len() - always;
                match (always, some) {
                    (always, 0) => say!(self.lang(), "{always:02} loại giấy tờ", "{always} kinds of papers"),
                    (always, some) => say!(
                        self.lang(),
                        "{always:02} loại giấy tờ, và {some:02} loại tùy trường hợp",
                        "{always} kinds of papers, and {some} depending on the case"
                    ),
                }
            }
        };
        let mut rows = vec![Row { label: self.pick("Giấy tờ", "Papers"), text: papers }];
        let time: Vec<String> = body
            .deadlines
            .iter()
            .filter_map(|deadline| {
                let limit = deadline.limit.as_ref()?;
                let named = body.deadlines.len() > 1;
                let text = self.in_short(limit, |limit| self.words.limit(limit));
                Some(if named { format!("{}: {text}", self.words.deadline_name(deadline)) } else { text })
            })
            .collect();
        rows.push(Row {
            label: self.pick("Thời gian", "Time"),
            text: if time.is_empty() { self.words.gap() } else { time.join("; ") },
        });
        let fees: Vec<String> = body
            .charges
            .iter()
            .filter_map(|charge| Some((charge, charge.amount.as_ref()?)))
            .map(|(charge, amount)| {
                let text = self.in_short(amount, |amount| self.words.amount(amount));
                if body.charges.len() > 1 { format!("{}: {text}", self.charge_name(charge)) } else { text }
            })
            .collect();
        rows.push(Row {
            label: self.pick("Phí, lệ phí", "Fees"),
            text: if fees.is_empty() { self.words.gap() } else { fees.join("; ") },
        });
        let place = body.received_at.as_ref().and_then(|by| by.general.as_ref());
        rows.push(Row {
            label: self.pick("Nộp tại", "Where"),
            text: place.map_or_else(
                || self.words.gap(),
                |value| self.words.value(value, |all| self.words.receiving_places(all)),
            ),
        });
        rows
    }

    /// The general rule, and that there are others.
    fn in_short<T>(&self, cases: &ByCase<T>, say: impl Fn(&T) -> String) -> String {
        let general = cases.general.as_ref().map(|value| self.words.value(value, &say));
        let others = cases.all_rules().len();
        match (general, others) {
            (Some(general), 0) => general,
            (Some(general), _) => {
                say!(self.lang(), "{general} (có trường hợp khác, xem bên dưới)", "{general} (other cases below)")
            }
            (None, _) => self.pick("tùy trường hợp, xem bên dưới", "depends on the case, see below"),
        }
    }

    fn sections(&self) -> Vec<Section> {
        let lang = self.lang();
        let mut sections = vec![
            self.sequence(),
            self.channels(),
            self.dossier(),
            self.deadlines(),
            self.applicants(),
            self.agencies(),
            self.outcomes(),
            self.charges(),
            self.requirements(),
            self.basis(),
        ];
        let notes: Vec<String> = self.plan.body().notes.iter().map(|note| note.value.value.clone()).collect();
        if !notes.is_empty() {
            sections.push(Section { lines: notes, ..self.section("Ghi chú", "Notes") });
        }
        for (at, section) in sections.iter_mut().enumerate() {
            let (number, title) = (at + 1, &section.title);
            section.title = say!(lang, "{number}. {title}", "{number}. {title}");
        }
        sections
    }

    fn section(&self, vi: &'static str, en: &'static str) -> Section {
        Section {
            title: self.pick(vi, en),
            lines: Vec::new(),
            items: Vec::new(),
            ordered: false,
            table: None,
            origin: None,
            missing: false,
        }
    }

    fn origin<T>(&self, slot: Option<&Laid<T>>) -> Option<String> {
        let origin = origin_words(self.plan, slot?.origin, &self.words)?;
        Some(say!(self.lang(), "Theo {origin}", "As set by {origin}"))
    }

    fn sequence(&self) -> Section {
        let mut section = self.section("Trình tự thực hiện", "Sequence");
        section.ordered = true;
        let body = self.plan.body();
        let actor = |applicant: bool| {
            if applicant { self.pick("Người nộp", "Applicant") } else { self.pick("Cơ quan", "Agency") }
        };
        if let Some(sequence) = &body.sequence {
            section.origin = self.origin(Some(sequence));
            let item = |step: &crate::model::process::PublicStep| Item {
                lead: actor(step.applicant),
                text: step.text.value.clone(),
                cases: Vec::new(),
            };
            section.items = sequence.iter().map(item).collect();
        } else if let Some(flow) = &self.plan.flow {
            let file = self.pick("Nộp hồ sơ theo một trong các cách thức dưới đây", "File in one of the ways below");
            section.items.push(Item { lead: actor(true), text: file, cases: Vec::new() });
            for (_, _, step) in flow.steps() {
                let applicant = matches!(step.kind, StepKind::AwaitApplicant | StepKind::FinancialDuty);
                let system = step
                    .responsible
                    .as_ref()
                    .and_then(|by| by.general.as_ref())
                    .is_some_and(|value| matches!(value.setting, Setting::Given(Responsible::System)));
                if !system {
                    let text = self.words.step_label(step);
                    let cases = step.when.iter().map(|when| self.when(&self.words.condition(when))).collect();
                    section.items.push(Item { lead: actor(applicant), text, cases });
                }
            }
        }
        section.missing = section.items.is_empty();
        section
    }

    fn when(&self, condition: &str) -> String {
        say!(self.lang(), "Khi {condition}", "When {condition}")
    }

    fn channels(&self) -> Section {
        let body = self.plan.body();
        let mut section = self.section("Cách thức thực hiện", "Ways to file");
        section.origin = self.origin(body.channels.as_ref());
        let item = |used: &crate::model::ChannelUse| Item {
            lead: String::new(),
            text: self.words.channel(used),
            cases: Vec::new(),
        };
        section.items = body.channels.iter().flat_map(|channels| &channels.value).map(item).collect();
        if let Some(by) = &body.received_at {
            let text = self.words_of_cases(by, |all| self.words.receiving_places(all));
            section.lines.extend(
                text.into_iter().map(|text| format!("{}: {text}", self.pick("Nơi tiếp nhận hồ sơ", "Received at"))),
            );
        }
        if let Some(window) = &body.filing_window {
            let window = self.words.value(window, |limit| self.words.limit(limit));
            section.lines.push(say!(self.lang(), "Thời gian nộp hồ sơ: {window}", "Filing window: {window}"));
        }
        section.missing = section.items.is_empty();
        section
    }

    fn words_of_cases<T>(&self, cases: &ByCase<T>, say: impl Fn(&T) -> String) -> Vec<String> {
        let general = cases.general.iter().map(|value| self.with_basis(value, &say));
        let rules = self.rule_lines(&cases.rules, &say);
        general.chain(rules).collect()
    }

    fn with_basis<T>(&self, value: &Value<T>, say: &dyn Fn(&T) -> String) -> String {
        let text = self.words.value(value, say);
        match self.words.cites(&value.cites) {
            Some(cites) => format!("{text} ({} {cites})", self.pick("theo", "under")),
            None => text,
        }
    }

    fn rule_lines<T>(&self, rules: &[CaseRule<T>], say: &dyn Fn(&T) -> String) -> Vec<String> {
        let mut lines = Vec::new();
        for rule in rules {
            let when = self.words.condition(&rule.when);
            if let Some(value) = &rule.value {
                let value = self.with_basis(value, say);
                lines.push(if rule.adds {
                    say!(self.lang(), "Khi {when}: thêm {value}", "When {when}: {value} more")
                } else {
                    say!(self.lang(), "Khi {when}: {value}", "When {when}: {value}")
                });
            }
            for inner in self.rule_lines(&rule.rules, say) {
                let inner = uncapitalised(&inner);
                lines.push(
                    say!(self.lang(), "Khi {when} và {inner}", "When {when} and {inner}").replace(" và khi ", " và "),
                );
            }
        }
        lines
    }

    fn dossier(&self) -> Section {
        let mut section = self.section("Thành phần, số lượng hồ sơ", "Papers and number of sets");
        let Some(dossier) = &self.plan.body().dossier else {
            section.missing = true;
            return section;
        };
        section.origin = self.origin(Some(dossier));
        if dossier.none {
            section.lines.push(self.pick("Không phải nộp hồ sơ.", "No papers are needed."));
            return section;
        }
        match &dossier.sets {
            Some(Setting::Given(sets)) => {
                let sets = self.words.count(crate::model::Number::whole(i64::from(*sets)));
                section.lines.push(say!(self.lang(), "Số lượng hồ sơ: {sets} bộ.", "Number of sets: {sets}."));
            }
            other => {
                let text =
                    other.as_ref().and_then(|setting| self.words.no_value(setting)).unwrap_or_else(|| self.words.gap());
                section.lines.push(say!(self.lang(), "Số lượng hồ sơ: {text}.", "Number of sets: {text}."));
            }
        }
        let rows = dossier.documents.iter().enumerate().map(|(at, document)| self.document(at + 1, document)).collect();
        section.table = Some(Table {
            heads: vec![
                self.pick("TT", "No."),
                self.pick("Tên giấy tờ", "Paper"),
                self.pick("Hình thức", "How"),
                self.pick("Số lượng", "Number"),
            ],
            rows,
        });
        for (copies, vi, en) in [
            (&dossier.by_post, "Nộp qua bưu chính: gửi", "By public post: send"),
            (&dossier.by_web, "Nộp trực tuyến: gửi", "Online: send"),
        ] {
            if let Some(copies) = copies {
                let (lead, count, kind) =
                    (self.pick(vi, en), self.words.copies(&copies.count), self.words.copy_kind(copies.kind));
                section.lines.push(say!(
                    self.lang(),
                    "{lead} {count} {kind} thay cho giấy tờ phải xuất trình.",
                    "{lead} {count} {kind} in place of what must be shown."
                ));
            }
        }
        section
    }

    fn document(&self, number: usize, document: &Document) -> Vec<Cell> {
        let words = &self.words;
        let mut small = Vec::new();
        small.extend(document.when.iter().map(|when| self.when(&words.condition(when))));
        if let Some(form) = &document.form {
            let lines = self.words_of_cases(form, |form| words.form(form));
            small.extend(lines.into_iter().map(|form| say!(self.lang(), "Biểu mẫu: {form}", "Form: {form}")));
        }
        if !document.one_of.is_empty() {
            let any = document.one_of.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join("; ");
            small.push(say!(self.lang(), "Một trong các giấy tờ: {any}", "Any one of: {any}"));
        }
        if !document.taken_from.is_empty() {
            let from = document.taken_from.iter().map(|source| words.source(source)).collect::<Vec<_>>().join("; ");
            small.push(say!(
                self.lang(),
                "Không phải nộp, xuất trình khi cơ quan khai thác được từ {from}",
                "Not needed where the agency finds it in {from}"
            ));
        }
        small.extend(words.cites(&document.cites).map(|cites| say!(self.lang(), "Theo {cites}", "Under {cites}")));
        small.extend(document.notes.iter().map(|note| note.value.clone()));
        let copies: Vec<String> = document
            .copies
            .iter()
            .map(|copies| format!("{} {}", words.copies(&copies.count), words.copy_kind(copies.kind)))
            .collect();
        let cell = |text: String, centre: bool| Cell { text, small: Vec::new(), centre };
        vec![
            cell(number.to_string(), true),
            Cell { text: document.name.value.clone(), small, centre: false },
            cell(words.delivery(document.delivery).to_owned(), true),
            cell(copies.join("; "), true),
        ]
    }

    fn deadlines(&self) -> Section {
        let mut section = self.section("Thời hạn giải quyết", "Time limit");
        section.items = self.plan.body().deadlines.iter().map(|deadline| self.deadline(deadline)).collect();
        section.missing = section.items.is_empty();
        section
    }

    fn deadline(&self, deadline: &Laid<Deadline>) -> Item {
        let words = &self.words;
        let named = self.plan.body().deadlines.len() > 1;
        let mut cases = Vec::new();
        let mut text = self.words.gap();
        if let Some(limit) = &deadline.limit {
            let starts = deadline.starts.as_ref().map(|starts| words.start(&starts.value));
            let say = |limit: &Limit| words.limit(limit);
            let general = limit.general.as_ref().map(|value| self.with_basis(value, &say));
            text = general.unwrap_or_else(|| self.pick("tùy trường hợp", "depends on the case"));
            if let Some(starts) = starts {
                text = say!(self.lang(), "{text}, kể từ {starts}", "{text}, from {starts}");
            }
            cases = self.rule_lines(&limit.rules, &say);
        }
        if let Some(when) = &deadline.when {
            let when = words.condition(when);
            cases.insert(0, say!(self.lang(), "Áp dụng khi {when}", "Applies when {when}"));
        }
        cases.extend(deadline.notes.iter().map(|note| note.value.clone()));
        cases.extend(
            origin_words(self.plan, deadline.origin, words)
                .map(|origin| say!(self.lang(), "Theo {origin}", "As set by {origin}")),
        );
        Item {
            lead: if named { words.deadline_name(deadline) } else { String::new() },
            text: capitalised(&text),
            cases,
        }
    }

    fn applicants(&self) -> Section {
        let mut section = self.section("Đối tượng thực hiện", "Who may apply");
        let applicants = self.plan.body().applicants.as_ref();
        let item = |one: &crate::source::Spanned<crate::model::Applicant>| Item {
            lead: String::new(),
            text: self.words.applicant(&one.value),
            cases: Vec::new(),
        };
        section.items = applicants.iter().flat_map(|all| &all.value).map(item).collect();
        section.missing = section.items.is_empty();
        section
    }

    fn agencies(&self) -> Section {
        let body = self.plan.body();
        let mut section = self.section("Cơ quan giải quyết", "Deciding agency");
        section.origin = self.origin(body.decided_by.as_ref());
        let mut lines = |label: String, by: &ByCase<Vec<crate::source::Spanned<crate::model::Agency>>>| {
            let say = |all: &Vec<crate::source::Spanned<crate::model::Agency>>| self.words.agencies(all);
            let text = by.general.as_ref().map_or_else(
                || self.pick("tùy trường hợp", "depends on the case"),
                |value| self.with_basis(value, &say),
            );
            section.items.push(Item { lead: label, text, cases: self.rule_lines(&by.rules, &say) });
        };
        if let Some(by) = &body.decided_by {
            lines(self.pick("Cơ quan có thẩm quyền", "Decided by"), by);
        }
        if let Some(by) = &body.consulted {
            lines(self.pick("Cơ quan phối hợp", "Consulted"), by);
        }
        if let Some(levels) = &body.levels {
            let text = levels.iter().map(|level| self.words.level(level.value)).collect::<Vec<_>>().join("; ");
            section.items.push(Item { lead: self.pick("Cấp thực hiện", "Level"), text, cases: Vec::new() });
        }
        if let Some(parts) = &body.parts {
            let name = |part: &Part| match part {
                Part::Procedure(code) => code.value.0.clone(),
                Part::Text(text) => text.value.clone(),
            };
            let text = parts.iter().map(name).collect::<Vec<_>>().join("; ");
            section
                .items
                .push(Item { lead: self.pick("Liên thông các thủ tục", "Bundles"), text, cases: Vec::new() });
        }
        section.missing = body.decided_by.is_none();
        section
    }

    fn outcomes(&self) -> Section {
        let words = &self.words;
        let mut section = self.section("Kết quả thực hiện", "Outcome");
        for outcome in &self.plan.body().outcomes {
            let mut cases: Vec<String> = outcome.when.iter().map(|when| self.when(&words.condition(when))).collect();
            let copies: Vec<String> = outcome
                .copies
                .iter()
                .map(|copies| format!("{} {}", words.copies(&copies.count), words.copy_kind(copies.kind)))
                .collect();
            if !copies.is_empty() {
                cases.push(capitalised(&copies.join("; ")));
            }
            if let Some(validity) = &outcome.valid_for {
                let validity = uncapitalised(&words.validity(validity));
                cases.push(say!(self.lang(), "Thời hạn hiệu lực: {validity}", "Valid: {validity}"));
            }
            if let Some(agency) = &outcome.sent_to {
                let agency = words.agency(&agency.value);
                cases.push(say!(self.lang(), "Gửi: {agency}", "Sent to: {agency}"));
            }
            cases.extend(outcome.notes.iter().map(|note| note.value.clone()));
            let lead = if outcome.negative {
                self.pick("Nếu không được giải quyết", "If refused")
            } else {
                String::new()
            };
            section.items.push(Item { lead, text: outcome.name.value.clone(), cases });
        }
        section.missing = section.items.is_empty();
        section
    }

    fn charge_name(&self, charge: &Charge) -> String {
        let kind = match charge.kind {
            ChargeKind::Charge => self.pick("Phí", "Charge"),
            ChargeKind::Fee => self.pick("Lệ phí", "Fee"),
            ChargeKind::Both => self.pick("Phí, lệ phí", "Charges and fees"),
        };
        charge.label.as_ref().map_or(kind, |label| label.value.clone())
    }

    fn charges(&self) -> Section {
        let words = &self.words;
        let body = self.plan.body();
        let mut section = self.section("Phí, lệ phí", "Charges and fees");
        for charge in &body.charges {
            let say = |amount: &Amount| words.amount(amount);
            let general = charge.amount.as_ref().and_then(|amount| amount.general.as_ref());
            let mut text = match (general, &charge.amount) {
                (Some(value), _) => self.with_basis(value, &say),
                (None, Some(_)) => self.pick("tùy trường hợp", "depends on the case"),
                (None, None) => words.gap(),
            };
            if let Some(cites) = words.cites(&charge.cites) {
                text = format!("{text} ({} {cites})", self.pick("theo", "under"));
            }
            let mut cases = charge.amount.as_ref().map_or_else(Vec::new, |amount| self.rule_lines(&amount.rules, &say));
            let bounds = [
                (&charge.multiplied_by, "Nhân với", "Multiplied by"),
                (&charge.maximum, "Tối đa", "At most"),
                (&charge.minimum, "Tối thiểu", "At least"),
            ];
            for (amount, vi, en) in bounds {
                cases.extend(amount.iter().map(|amount| format!("{} {}", self.pick(vi, en), words.amount(amount))));
            }
            cases.extend(charge.rounded.map(|rounding| capitalised(&words.rounding(rounding))));
            if let Some(agency) = &charge.collected_for {
                let agency = words.agency(&agency.value);
                cases.push(say!(self.lang(), "Thu hộ {agency}", "Collected for {agency}"));
            }
            cases.extend(charge.when.iter().map(|when| self.when(&words.condition(when))));
            if !charge.valid.is_open() {
                let mut text = Vec::new();
                if let Some(from) = &charge.valid.from {
                    text.push(format!("{} {}", self.pick("từ ngày", "from"), short_date(from.value)));
                }
                if let Some(until) = &charge.valid.until {
                    text.push(format!("{} {}", self.pick("đến hết ngày", "until"), short_date(until.value)));
                }
                let text = text.join(" ");
                cases.push(say!(self.lang(), "Áp dụng {text}", "Valid {text}"));
            }
            cases.extend(charge.notes.iter().map(|note| note.value.clone()));
            cases.extend(
                origin_words(self.plan, charge.origin, words)
                    .map(|origin| say!(self.lang(), "Theo {origin}", "As set by {origin}")),
            );
            let only_none = body.charges.len() == 1 && charge.label.is_none();
            let lead = if only_none { String::new() } else { self.charge_name(charge) };
            section.items.push(Item { lead, text: capitalised(&text), cases });
        }
        section.missing = section.items.is_empty();
        if let Some(duties) = &body.other_duties {
            section.lines.extend(duties.iter().map(|duty| {
                let duty = &duty.value;
                say!(self.lang(), "Nghĩa vụ khác: {duty}", "Other duties: {duty}")
            }));
        }
        section
    }

    fn requirements(&self) -> Section {
        let mut section = self.section("Yêu cầu, điều kiện", "Requirements");
        let Some(requirements) = &self.plan.body().requirements else {
            section.missing = true;
            return section;
        };
        if requirements.is_empty() {
            section.lines.push(self.pick("Không.", "None."));
        }
        for one in &requirements.value {
            let mut cases: Vec<String> = one.when.iter().map(|when| self.when(&self.words.condition(when))).collect();
            cases.extend(self.words.cites(&one.cites).map(|cites| say!(self.lang(), "Theo {cites}", "Under {cites}")));
            cases.extend(one.notes.iter().map(|note| note.value.clone()));
            section.items.push(Item { lead: String::new(), text: one.text.value.clone(), cases });
        }
        section
    }

    fn basis(&self) -> Section {
        let mut section = self.section("Căn cứ pháp lý", "Legal basis");
        for cite in self.plan.body().basis.iter().flat_map(|basis| &basis.value) {
            let title = self.words.find_act(&cite.act).map(|act| act.title.clone()).unwrap_or_default();
            section.items.push(Item { lead: self.words.citation(cite), text: title, cases: Vec::new() });
        }
        section.missing = section.items.is_empty();
        section
    }

    /// The forms of all papers and outcomes, each once, in the order they are met.
    fn forms(&self) -> Vec<FormView> {
        let body = self.plan.body();
        let papers = body.dossier.iter().flat_map(|dossier| &dossier.documents).filter_map(|one| one.form.as_ref());
        let results = body.outcomes.iter().filter_map(|one| one.form.as_ref());
        let mut seen = Vec::new();
        let mut forms = Vec::new();
        for reference in papers.chain(results).flat_map(|form| form.values()).filter_map(|value| value.setting.given())
        {
            if seen.contains(&&reference.key) {
                continue;
            }
            seen.push(&reference.key);
            let entry = match &reference.key {
                RefKey::Id(id) => self.plan.registers.forms.get(id.as_str()),
                RefKey::Label(_) | RefKey::Kind(..) => None,
            };
            let act =
                entry.and_then(|entry| entry.act.as_ref()).and_then(|act| self.plan.registers.acts.get(act.as_str()));
            forms.push(FormView {
                name: self.words.form(reference),
                act: act.map(|act| format!("{} {}", act.kind.vi(), act.number)),
                file: entry.and_then(|entry| entry.file.clone()),
            });
        }
        forms
    }
}
