//! The parts of a procedure in the order of the law: what stands in each.

use super::{Item, Maker, Part, Section, Table};
use crate::lang::say;
use crate::model::outcome::Letter;
use crate::model::process::{PublicStep, Responsible};
use crate::model::{Agency, ByCase, PartOf, Setting, StepKind};
use crate::plan::transition;
use crate::plan::wording::{capitalised, uncapitalised};
use crate::source::Spanned;

impl Maker<'_, '_> {
    pub(super) fn sections(&self) -> Vec<Section> {
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
        let mut notes: Vec<String> = self.plan.body().notes.iter().map(|note| note.value.value.clone()).collect();
        notes.extend(self.before.and_then(|before| transition::of_following(before, &self.words)));
        notes.extend(transition::of_ending(self.plan.procedure, &self.words));
        if !notes.is_empty() {
            sections.push(Section { lines: notes, ..self.section(Part::Notes) });
        }
        sections
    }

    /// A part with its number and its title (NĐ 63/2010 art. 8(2); the titles are the portal's).
    pub(super) fn section(&self, part: Part) -> Section {
        let title = match part {
            Part::Sequence => self.pick("Trình tự thực hiện", "Sequence"),
            Part::Channels => self.pick("Cách thức thực hiện", "Ways to file"),
            Part::Dossier => self.pick("Thành phần, số lượng hồ sơ", "Papers and number of sets"),
            Part::Deadlines => self.pick("Thời hạn giải quyết", "Time limit"),
            Part::Applicants => self.pick("Đối tượng thực hiện", "Who may apply"),
            Part::Agencies => self.pick("Cơ quan giải quyết", "Deciding agency"),
            Part::Outcomes => self.pick("Kết quả thực hiện", "Outcome"),
            Part::Charges => self.pick("Phí, lệ phí", "Charges and fees"),
            Part::Requirements => self.pick("Yêu cầu, điều kiện", "Requirements"),
            Part::Basis => self.pick("Căn cứ pháp lý", "Legal basis"),
            Part::Notes => self.pick("Ghi chú", "Notes"),
        };
        Section {
            part,
            title: format!("{}. {title}", part as u8),
            lines: Vec::new(),
            items: Vec::new(),
            ordered: false,
            tables: Vec::new(),
            origin: None,
            missing: false,
        }
    }

    fn sequence(&self) -> Section {
        let mut section = self.section(Part::Sequence);
        section.ordered = true;
        let body = self.plan.body();
        let actor = |applicant: bool| {
            if applicant { self.pick("Người nộp", "Applicant") } else { self.pick("Cơ quan", "Agency") }
        };
        if let Some(sequence) = &body.sequence {
            section.origin = self.origin(Some(sequence));
            let item = |step: &PublicStep| Item {
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

    fn channels(&self) -> Section {
        let body = self.plan.body();
        let mut section = self.section(Part::Channels);
        section.origin = self.origin(body.channels.as_ref());
        let item = |used: &crate::model::ChannelUse| Item {
            lead: String::new(),
            text: self.words.channel(used),
            cases: Vec::new(),
        };
        section.items = body.channels.iter().flat_map(|channels| &channels.value).map(item).collect();
        if let Some(by) = &body.received_at {
            let heads = [self.pick("Trường hợp", "Case"), self.pick("Nơi tiếp nhận hồ sơ", "Received at")];
            let say = |all: &Vec<_>| self.words.receiving_places(all);
            if by.rules.is_empty() {
                let place = self.case_lines(by, &say).concat();
                section.lines.push(format!("{}: {place}", heads[1]));
            } else {
                let groups = vec![self.case_group(String::new(), Vec::new(), by, &say)];
                section.tables.push(Table { kind: "cases", heads: heads.into(), groups });
            }
        }
        if let Some(window) = &body.filing_window {
            let window = self.words.value(window, |limit| self.words.limit(limit));
            section.lines.push(say!(self.lang(), "Thời gian nộp hồ sơ: {window}", "Filing window: {window}"));
        }
        section.missing = section.items.is_empty();
        section
    }

    fn applicants(&self) -> Section {
        let mut section = self.section(Part::Applicants);
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
        let mut section = self.section(Part::Agencies);
        section.origin = self.origin(body.decided_by.as_ref());
        let mut lines = |label: String, by: &ByCase<Vec<Spanned<Agency>>>| {
            let say = |all: &Vec<Spanned<Agency>>| self.words.agencies(all);
            let mut lines = self.case_lines(by, &say);
            let text = if by.rules.is_empty() { lines.pop().unwrap_or_default() } else { String::new() };
            section.items.push(Item { lead: label, text, cases: lines });
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
            let lead = self.pick("Liên thông các thủ tục", "Bundles");
            let cases = parts.iter().map(|part| self.part(part)).collect();
            section.items.push(Item { lead, text: String::new(), cases });
        }
        section.missing = body.decided_by.is_none();
        section
    }

    /// A part of a bundle, and when it is asked for.
    fn part(&self, part: &crate::model::Part) -> String {
        let name = match &part.what {
            PartOf::Procedure(code) => {
                let known = self.catalogue.version_on(&code.value, self.plan.variant().as_of);
                let name = known.map_or_else(String::new, |one| format!(" – {}", one.name.value));
                format!("{}{name}", code.value)
            }
            PartOf::Text(text) => text.value.clone(),
        };
        match &part.when {
            Some(when) => format!("{name}, {}", uncapitalised(&self.when(&self.words.condition(when)))),
            None => name,
        }
    }

    fn outcomes(&self) -> Section {
        let words = &self.words;
        let mut section = self.section(Part::Outcomes);
        for outcome in &self.plan.body().outcomes {
            let mut cases: Vec<String> = outcome.when.iter().map(|when| self.when(&words.condition(when))).collect();
            let copies: Vec<String> = outcome.copies.iter().map(|copies| self.copies(copies)).collect();
            if !copies.is_empty() {
                cases.push(capitalised(&copies.join("; ")));
            }
            if let Some(form) = &outcome.form {
                let forms = self.case_lines(form, &|form| words.form(form));
                cases.extend(forms.into_iter().map(|form| say!(self.lang(), "Biểu mẫu: {form}", "Form: {form}")));
            }
            if let Some(validity) = &outcome.valid_for {
                let validity = uncapitalised(&words.validity(validity));
                cases.push(say!(self.lang(), "Thời hạn hiệu lực: {validity}", "Valid: {validity}"));
            }
            if let Some(agency) = &outcome.sent_to {
                let agency = words.agency(&agency.value);
                cases.push(say!(self.lang(), "Gửi: {agency}", "Sent to: {agency}"));
            }
            cases.extend(outcome.letter.map(|letter| match letter {
                Letter::Congratulation => self.pick("Kèm theo thư chúc mừng", "Comes with a letter of congratulation"),
                Letter::Condolence => self.pick("Kèm theo thư chia buồn", "Comes with a letter of condolence"),
            }));
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

    fn requirements(&self) -> Section {
        let mut section = self.section(Part::Requirements);
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
        let mut section = self.section(Part::Basis);
        for cite in self.plan.body().basis.iter().flat_map(|basis| &basis.value) {
            let title = self.words.find_act(&cite.act).map(|act| act.title.clone()).unwrap_or_default();
            section.items.push(Item { lead: self.words.citation(cite), text: title, cases: Vec::new() });
        }
        section.missing = section.items.is_empty();
        section
    }
}
