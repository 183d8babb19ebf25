//! Looks every name up: in the registers, and among the facts, papers, outcomes, roles and steps of the procedure.

mod conditions;
mod process;
mod registers;

use rustc_hash::FxHashMap;

use super::{Effective, Registers};
use crate::diagnostic::{Diagnostic, RuleCode, Severity};
use crate::lang::{Lang, say};
use crate::model::process::Node;
use crate::model::{Body, Fact, Id, Process, Ref, RefKey, Setting, StartEvent, Subprocess};
use crate::source::{Span, Spanned};
use crate::syntax::codes;
use crate::syntax::fold::nearest;

pub use self::registers::{in_norm, in_registers};

/// The names a procedure gives, as it stands in one variant.
pub struct Scope<'a> {
    pub facts: FxHashMap<&'a str, &'a Fact>,
    requirements: Vec<&'a Id>,
    pub registers: &'a Registers,
}

impl<'a> Scope<'a> {
    pub fn of(body: &'a Body, registers: &'a Registers) -> Scope<'a> {
        let facts = body.facts.iter().map(|fact| (fact.id.value.as_str(), &fact.value)).collect();
        let requirements = body
            .requirements
            .iter()
            .flat_map(|all| &all.value)
            .filter_map(|one| Some(&one.id.as_ref()?.value))
            .collect();
        Scope { facts, requirements, registers }
    }

    fn knows_fact(&self, id: &Id) -> bool {
        self.facts.contains_key(id.as_str())
            || self.requirements.contains(&id)
            || self.registers.shared_fact(id).is_some()
    }

    fn fact_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.facts.keys().copied().collect();
        names.extend(self.requirements.iter().map(|id| id.as_str()));
        names.extend(self.registers.shared.facts.iter().map(|fact| fact.id.as_str()));
        names.sort_unstable();
        names
    }
}

/// Looks up every name that the procedure itself gives.
pub fn local(
    effective: &Effective<'_>,
    registers: &Registers,
    subprocesses: &FxHashMap<&str, &Subprocess>,
    lang: Lang,
) -> Vec<Diagnostic> {
    let body = effective.body.as_ref();
    let mut lookup = Lookup {
        lang,
        diagnostics: Vec::new(),
        scope: Scope::of(body, registers),
        body,
        subprocesses,
        inside: Vec::new(),
    };
    lookup.twice();
    lookup.facts();
    lookup.parts();
    if let Some(process) = process_of(body) {
        lookup.process(process);
    }
    lookup.scenarios();
    lookup.diagnostics
}

/// The process where one is written.
pub fn process_of(body: &Body) -> Option<&Process> {
    match &body.process.as_ref()?.value.setting {
        Setting::Given(process) => Some(process),
        _ => None,
    }
}

struct Lookup<'a> {
    lang: Lang,
    diagnostics: Vec<Diagnostic>,
    scope: Scope<'a>,
    body: &'a Body,
    subprocesses: &'a FxHashMap<&'a str, &'a Subprocess>,
    /// Shared processes being looked into, so that a ring ends.
    inside: Vec<&'a Id>,
}

impl<'a> Lookup<'a> {
    fn error(&mut self, code: RuleCode, span: Span, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(code, Severity::Error, span, message));
        self.diagnostics.last_mut().expect("just pushed")
    }

    fn unknown(&mut self, key: &dyn std::fmt::Display, span: Span, what: (&str, &str), known: Vec<&str>) {
        let key = key.to_string();
        let (what_vi, what_en) = what;
        let likely = nearest(&key, known.iter().copied()).map(str::to_owned);
        let message = say!(self.lang, "chưa khai {what_vi} `{key}`", "no {what_en} `{key}` is given");
        let help = match likely {
            Some(word) => say!(self.lang, "có phải ý là {word}?", "did you mean {word}?"),
            None if known.is_empty() => say!(self.lang, "chưa có {what_vi} nào được khai", "none is given yet"),
            None => {
                let known = known.join(", ");
                say!(self.lang, "đã khai: {known}", "given here: {known}")
            }
        };
        self.error(codes::UNKNOWN_NAME, span, message).help(help);
    }

    /// One name, one thing: of each kind.
    fn twice(&mut self) {
        let body = self.body;
        let groups: [(&str, &str, Vec<&Spanned<Id>>); 6] = [
            ("trường hợp", "fact", body.facts.iter().map(|fact| &fact.id).collect()),
            (
                "giấy tờ",
                "document",
                body.dossier.iter().flat_map(|all| &all.documents).filter_map(|one| one.id.as_ref()).collect(),
            ),
            ("kết quả", "outcome", body.outcomes.iter().filter_map(|one| one.id.as_ref()).collect()),
            ("thời hạn", "deadline", body.deadlines.iter().filter_map(|one| one.id.as_ref()).collect()),
            (
                "chức danh",
                "role",
                process_of(body).into_iter().flat_map(|all| &all.roles).map(|role| &role.id).collect(),
            ),
            (
                "bước",
                "step",
                process_of(body).into_iter().flat_map(Process::steps).filter_map(|step| step.id.as_ref()).collect(),
            ),
        ];
        for (what_vi, what_en, ids) in groups {
            let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
            for id in ids {
                if let Some(first) = seen.insert(id.value.as_str(), id.span) {
                    let name = &id.value;
                    let message =
                        say!(self.lang, "hai {what_vi} cùng tên `{name}`", "two {what_en}s are named `{name}`");
                    let note = say!(self.lang, "lần đầu ở đây", "first given here");
                    self.error(codes::NAME_TWICE, id.span, message).also(first, note);
                }
            }
        }
        let unnamed: Vec<Span> = body.deadlines.iter().filter(|one| one.id.is_none()).map(|one| one.head).collect();
        if let [first, second, ..] = unnamed.as_slice() {
            let message = say!(self.lang, "có hai thời hạn không tên", "two deadlines have no name");
            let help = say!(
                self.lang,
                "đặt tên cho từng lời hẹn: thời hạn giải quyết hẹn-1 \"…\": …",
                "name each: deadline first-date \"…\": …"
            );
            self.error(codes::NAME_TWICE, *second, message).also(*first, String::new()).help(help);
        }
    }

    fn parts(&mut self) {
        let body = self.body;
        for document in body.dossier.iter().flat_map(|all| &all.documents) {
            document.when.iter().for_each(|when| self.condition(when));
            document.form.iter().for_each(|form| self.rules(form));
            for copies in &document.copies {
                if let Setting::Given(amount) = &copies.count {
                    amount.facts().into_iter().for_each(|fact| self.number_fact(fact));
                }
            }
        }
        for deadline in &body.deadlines {
            deadline.when.iter().for_each(|when| self.condition(when));
            deadline.limit.iter().for_each(|value| self.rules(value));
            if let Some(Spanned { value: StartEvent::Step(step), .. }) = &deadline.starts {
                self.start_step(step);
            }
        }
        for charge in &body.charges {
            charge.when.iter().for_each(|when| self.condition(when));
            if let Some(value) = &charge.amount {
                self.rules(value);
                for amount in value.values().iter().filter_map(|value| value.setting.given()) {
                    amount.facts().into_iter().for_each(|fact| self.number_fact(fact));
                }
            }
            for amount in charge.multiplied_by.iter().chain(&charge.maximum).chain(&charge.minimum) {
                amount.facts().into_iter().for_each(|fact| self.number_fact(fact));
            }
        }
        for outcome in &body.outcomes {
            outcome.when.iter().for_each(|when| self.condition(when));
            for kind in &outcome.kinds {
                if !self.scope.registers.shared.outcome_kinds.iter().any(|known| known.id == kind.value) {
                    let known =
                        self.scope.registers.shared.outcome_kinds.iter().map(|known| known.id.as_str()).collect();
                    self.unknown(&kind.value, kind.span, ("loại kết quả", "outcome kind"), known);
                }
            }
        }
        for requirement in body.requirements.iter().flat_map(|all| &all.value) {
            requirement.when.iter().for_each(|when| self.condition(when));
        }
        body.decided_by.iter().for_each(|value| self.rules(value));
        body.received_at.iter().for_each(|value| self.rules(value));
        body.consulted.iter().for_each(|value| self.rules(value));
    }

    /// An outcome by id or label; a text that is no outcome's label is a product of the step alone, unless `strict`.
    fn outcome(&mut self, outcome: &Ref, strict: bool) {
        let known = self
            .body
            .outcomes
            .iter()
            .any(|one| outcome.names(one.id.as_ref().map(|id| &id.value), Some(&one.name.value)));
        if known || (!strict && matches!(outcome.key, RefKey::Label(_))) {
            return;
        }
        let names = self.body.outcomes.iter().filter_map(|one| Some(one.id.as_ref()?.value.as_str())).collect();
        self.unknown(&outcome.key, outcome.span, ("kết quả", "outcome"), names);
    }

    fn scenarios(&mut self) {
        let body = self.body;
        for scenario in &body.scenarios {
            scenario.given.iter().for_each(|given| self.condition(given));
            for paper in scenario.documents.iter().flatten() {
                let mut documents = body.dossier.iter().flat_map(|all| &all.documents);
                if !documents.any(|one| paper.names(one.id.as_ref().map(|id| &id.value), Some(&one.name.value))) {
                    let names = body
                        .dossier
                        .iter()
                        .flat_map(|all| &all.documents)
                        .filter_map(|one| Some(one.id.as_ref()?.value.as_str()))
                        .collect();
                    self.unknown(&paper.key, paper.span, ("giấy tờ", "document"), names);
                }
            }
            scenario.outcomes.iter().for_each(|outcome| self.outcome(outcome, true));
            for id in scenario.due.iter().filter_map(|(id, _)| id.as_ref()) {
                if !body.deadlines.iter().any(|one| one.id.as_ref().is_some_and(|known| known.value == id.value)) {
                    let names = body.deadlines.iter().filter_map(|one| Some(one.id.as_ref()?.value.as_str())).collect();
                    self.unknown(&id.value, id.span, ("thời hạn", "deadline"), names);
                }
            }
        }
    }
}

/// Whether a reference points at a step: by id, by label, or by its kind where no id is given.
pub fn step_is(step: &crate::model::Step, reference: &Ref) -> bool {
    if let RefKey::Kind(kind, _) = &reference.key {
        return step.kind == *kind;
    }
    reference.names(step.id.as_ref().map(|id| &id.value), step.label.as_ref().map(|label| label.value.as_str()))
}

/// The ids of every stage, inside every block.
pub fn stage_ids(nodes: &[Node]) -> Vec<&Id> {
    let mut ids = Vec::new();
    for node in nodes {
        match node {
            Node::Stage(stage) => {
                ids.extend(stage.id.as_ref().map(|id| &id.value));
                ids.extend(stage_ids(&stage.nodes));
            }
            Node::Choice(choice) => {
                ids.extend(stage_ids(&choice.then));
                ids.extend(choice.otherwise.iter().flat_map(|nodes| stage_ids(nodes)));
            }
            Node::Parallel(parallel) => ids.extend(parallel.branches.iter().flat_map(|(_, nodes)| stage_ids(nodes))),
            Node::Step(_) => {}
        }
    }
    ids
}
