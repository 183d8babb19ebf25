//! Looks every name up: in the registers, and among the facts, papers, outcomes, roles and steps of the procedure.

use rustc_hash::FxHashMap;

use super::{Effective, Registers};
use crate::diagnostic::{Diagnostic, RuleCode, Severity};
use crate::lang::{Lang, say};
use crate::model::facts::FactKind;
use crate::model::process::{Node, Performs, Reaction, ReactionKind, Responsible, StepTime};
use crate::model::{
    Atom, Body, Channel, Expr, Fact, Id, Process, Ref, RefKey, Register, RegisterName, Setting, StartEvent, Subject,
    Subprocess, Test,
};
use crate::source::{Span, Spanned};
use crate::syntax::codes;
use crate::syntax::fold::nearest;

/// Names that a register must list.
pub fn in_registers(names: &[RegisterName], registers: &Registers, lang: Lang) -> Vec<Diagnostic> {
    names
        .iter()
        .filter(|name| !registers.is_unread(name.register) && !registers.knows(name.register, name.key.as_str()))
        .map(|name| unknown_in_register(name, registers, lang))
        .collect()
}

fn unknown_in_register(name: &RegisterName, registers: &Registers, lang: Lang) -> Diagnostic {
    let key = name.key.as_str();
    let likely = registers.likely_once(name.register, key);
    let (what_vi, what_en, file) = match name.register {
        Register::Acts => ("văn bản", "act", "acts.yaml"),
        Register::Agencies => ("cơ quan", "agency", "agencies.yaml"),
        Register::Fields => ("lĩnh vực", "field", "fields.yaml"),
        Register::Forms => ("biểu mẫu", "form", "forms.yaml"),
        Register::Sources => ("cơ sở dữ liệu", "data source", "sources.yaml"),
        Register::Units => ("địa bàn", "place", "units.yaml"),
    };
    let shown = if name.register == Register::Acts { key.to_uppercase() } else { key.to_owned() };
    let shown = if key.contains('/') { shown } else { key.to_owned() };
    let message = if key.contains(' ') {
        say!(
            lang,
            "mã {what_vi} viết liền bằng gạch nối, không phải “{shown}”",
            "an id is joined by hyphens, unlike “{shown}”"
        )
    } else {
        say!(lang, "chưa có {what_vi} “{shown}” trong danh mục", "no {what_en} “{shown}” in the register")
    };
    let mut found = Diagnostic::new(codes::UNKNOWN_IN_REGISTER, Severity::Error, name.span, message);
    found.help(match likely {
        Some((id, title)) => say!(lang, "có phải ý là {id} ({title})?", "did you mean {id} ({title})?"),
        None => say!(
            lang,
            "thêm vào registers/{file}, hoặc kiểm tra lại cách viết",
            "add it to registers/{file}, or check its spelling"
        ),
    });
    found
}

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

    fn facts(&mut self) {
        for fact in &self.body.facts {
            if let FactKind::Derived(condition) = &fact.kind {
                self.condition(condition);
            }
        }
    }

    fn condition(&mut self, condition: &Expr) {
        for (subject, test, span) in condition.tests() {
            self.test(subject, test, span);
        }
    }

    fn test(&mut self, subject: &Subject, test: &Test, span: Span) {
        match subject {
            Subject::Channel(_) => {
                for atom in test.atoms() {
                    if !matches!(atom.value, Atom::Channel(_)) {
                        let message = say!(
                            self.lang,
                            "cách thức chỉ là trực tiếp, trực tuyến hoặc bưu chính",
                            "a channel is in person, online or by public post"
                        );
                        self.error(codes::VALUE_OF_ANOTHER_KIND, atom.span, message);
                    } else {
                        self.channel_is_offered(atom);
                    }
                }
            }
            Subject::Fact(id) => self.fact_test(id, test, span),
            Subject::Field(_) | Subject::Outcome(_) | Subject::Level(_) | Subject::Procedure(_) | Subject::Every(_) => {
                let message =
                    say!(self.lang, "điều kiện này chỉ dùng trong “quy định”", "this condition belongs into a norm");
                self.error(codes::VALUE_OF_ANOTHER_KIND, subject.span(), message);
            }
        }
    }

    /// A condition on a channel that the procedure does not have can never hold.
    fn channel_is_offered(&mut self, atom: &Spanned<Atom>) {
        let Atom::Channel(channel) = atom.value else { return };
        let Some(offered) = &self.body.channels else { return };
        if offered.iter().any(|offer| offer.channel == channel) {
            return;
        }
        let name = channel_name(channel, self.lang);
        let message = say!(self.lang, "thủ tục không có cách thức {name}", "the procedure is not offered {name}");
        let note = say!(self.lang, "các cách thức đã khai", "the channels given");
        let first = offered.span;
        self.error(codes::VALUE_OF_ANOTHER_KIND, atom.span, message).also(first, note);
    }

    fn fact_test(&mut self, id: &Spanned<Id>, test: &Test, span: Span) {
        let Some(fact) = self.scope.facts.get(id.value.as_str()).copied() else {
            if !self.scope.knows_fact(&id.value) {
                self.unknown_fact(id);
            } else if *test != Test::Holds {
                self.wrong_test(span, id, ("có hoặc không", "yes or no"));
            }
            return;
        };
        let atoms = test.atoms();
        match &fact.kind {
            FactKind::Boolean | FactKind::Derived(_) => {
                if *test != Test::Holds {
                    self.wrong_test(span, id, ("có hoặc không", "yes or no"));
                }
            }
            FactKind::OneOf(choices) | FactKind::SomeOf(choices) => {
                if *test == Test::Holds {
                    self.wrong_test(span, id, ("một lựa chọn", "a choice"));
                }
                let some = matches!(fact.kind, FactKind::SomeOf(_));
                if some && matches!(test, Test::Is(_) | Test::IsNot(_) | Test::In(_)) {
                    let name = &id.value;
                    let message = say!(
                        self.lang,
                        "`{name}` có thể gồm nhiều lựa chọn, nên hỏi bằng “gồm”",
                        "`{name}` holds several choices: ask with “includes”"
                    );
                    self.error(codes::VALUE_OF_ANOTHER_KIND, span, message);
                }
                let known: Vec<&str> = choices.iter().map(|choice| choice.id.value.as_str()).collect();
                for atom in atoms {
                    match &atom.value {
                        Atom::Id(choice) if known.contains(&choice.as_str()) => {}
                        Atom::Id(choice) => self.unknown(choice, atom.span, ("lựa chọn", "choice"), known.clone()),
                        Atom::Channel(_) | Atom::Number(_) | Atom::Date(_) | Atom::Code(_) => {
                            self.wrong_test(atom.span, id, ("một lựa chọn", "a choice"));
                        }
                    }
                }
            }
            FactKind::Integer(_) | FactKind::Decimal(_) => {
                if *test == Test::Holds || atoms.iter().any(|atom| !matches!(atom.value, Atom::Number(_))) {
                    self.wrong_test(span, id, ("một số", "a number"));
                }
            }
            FactKind::Date => {
                if *test == Test::Holds || atoms.iter().any(|atom| !matches!(atom.value, Atom::Date(_))) {
                    self.wrong_test(span, id, ("một ngày", "a date"));
                }
            }
            FactKind::Hole => {}
        }
    }

    fn wrong_test(&mut self, span: Span, id: &Spanned<Id>, kind: (&str, &str)) {
        let name = &id.value;
        let (vi, en) = kind;
        let message = say!(
            self.lang,
            "`{name}` là {vi}, không hỏi được như thế này",
            "`{name}` is {en} and cannot be asked like this"
        );
        let help = match vi {
            "có hoặc không" => say!(self.lang, "viết: {name} hoặc không {name}", "write: {name} or not {name}"),
            "một lựa chọn" => say!(
                self.lang,
                "viết: {name} là …, hoặc {name} thuộc (…, …)",
                "write: {name} is …, or {name} in (…, …)"
            ),
            _ => say!(
                self.lang,
                "viết: {name} từ …, {name} trên …, {name} dưới …",
                "write: {name} from …, {name} above …, {name} below …"
            ),
        };
        self.error(codes::VALUE_OF_ANOTHER_KIND, span, message).help(help);
    }

    /// An unknown fact; where it is a choice of one, say so: people write `việc là a hoặc b`.
    fn unknown_fact(&mut self, id: &Spanned<Id>) {
        let of = self.body.facts.iter().find(|fact| match &fact.kind {
            FactKind::OneOf(choices) | FactKind::SomeOf(choices) => {
                choices.iter().any(|choice| choice.id.value == id.value)
            }
            _ => false,
        });
        match of {
            Some(fact) => {
                let (name, choice) = (&fact.id.value, &id.value);
                let message = say!(
                    self.lang,
                    "“{choice}” đứng một mình không phải điều kiện",
                    "“{choice}” alone is not a condition"
                );
                let help = say!(
                    self.lang,
                    "viết: {name} là {choice}, hoặc {name} thuộc (…, {choice})",
                    "write: {name} is {choice}, or {name} in (…, {choice})"
                );
                self.error(codes::VALUE_ALONE, id.span, message).help(help);
            }
            None => {
                let known = self.scope.fact_names();
                let known: Vec<&str> =
                    known.iter().filter(|name| self.scope.facts.contains_key(**name)).copied().collect();
                let owned: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
                self.unknown(&id.value, id.span, ("trường hợp", "fact"), owned.iter().map(String::as_str).collect());
            }
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

    fn rules<T>(&mut self, value: &crate::model::ByCase<T>) {
        for rule in value.all_rules() {
            self.condition(&rule.when);
        }
    }

    /// A fact that is counted or multiplied.
    fn number_fact(&mut self, id: &Spanned<Id>) {
        match self.scope.facts.get(id.value.as_str()).map(|fact| &fact.kind) {
            Some(FactKind::Integer(_) | FactKind::Decimal(_) | FactKind::Hole) => {}
            Some(_) => {
                let name = &id.value;
                let message = say!(self.lang, "`{name}` không phải một số", "`{name}` is not a number");
                self.error(codes::VALUE_OF_ANOTHER_KIND, id.span, message);
            }
            None => self.unknown_fact(id),
        }
    }

    /// A step that starts a clock; while the process is open, nobody can know it.
    fn start_step(&mut self, step: &Ref) {
        let Some(process) = process_of(self.body) else { return };
        let steps = process.steps();
        let stage = stage_ids(&process.nodes);
        let deadline =
            self.body.deadlines.iter().filter_map(|one| one.id.as_ref()).any(|id| step.names(Some(&id.value), None));
        let known = steps.iter().any(|one| step_is(one, step)) || stage.iter().any(|id| step.names(Some(id), None));
        if !known && !deadline {
            let names = steps.iter().filter_map(|one| Some(one.id.as_ref()?.value.as_str())).collect();
            self.unknown(&step.key, step.span, ("bước", "step"), names);
        }
    }

    fn process(&mut self, process: &'a Process) {
        self.nodes(&process.nodes, process);
    }

    fn nodes(&mut self, nodes: &'a [Node], process: &'a Process) {
        for node in nodes {
            match node {
                Node::Step(step) => self.step(step, process),
                Node::Stage(stage) => {
                    stage.when.iter().for_each(|when| self.condition(when));
                    stage.time.iter().for_each(|time| self.time(time));
                    self.nodes(&stage.nodes, process);
                }
                Node::Choice(choice) => {
                    self.condition(&choice.when);
                    self.nodes(&choice.then, process);
                    choice.otherwise.iter().for_each(|nodes| self.nodes(nodes, process));
                }
                Node::Parallel(parallel) => {
                    parallel.time.iter().for_each(|time| self.time(time));
                    parallel.branches.iter().for_each(|(_, nodes)| self.nodes(nodes, process));
                }
            }
        }
    }

    fn time(&mut self, time: &crate::model::ByCase<StepTime>) {
        self.rules(time);
        for value in time.values() {
            let Setting::Given(StepTime::Deadline(Some(deadline))) = &value.setting else { continue };
            if !self.body.deadlines.iter().any(|one| deadline.names(one.id.as_ref().map(|id| &id.value), None)) {
                let names =
                    self.body.deadlines.iter().filter_map(|one| Some(one.id.as_ref()?.value.as_str())).collect();
                self.unknown(&deadline.key, deadline.span, ("thời hạn", "deadline"), names);
            }
        }
    }

    fn role(&mut self, role: &Ref, process: &Process) {
        let own = process.roles.iter().any(|one| role.names(Some(&one.id.value), Some(&one.name.value)));
        let shared = matches!(&role.key, RefKey::Id(id) if self.scope.registers.shared_role(id).is_some());
        let agency = matches!(&role.key, RefKey::Id(id) if self.scope.registers.agencies.get(id.as_str()).is_some());
        if !own && !shared && !agency {
            let names: Vec<String> = process.roles.iter().map(|one| one.id.value.to_string()).collect();
            self.unknown(&role.key, role.span, ("chức danh", "role"), names.iter().map(String::as_str).collect());
        }
    }

    fn step(&mut self, step: &'a crate::model::Step, process: &'a Process) {
        step.when.iter().for_each(|when| self.condition(when));
        step.time.iter().for_each(|time| self.time(time));
        if let Some(responsible) = &step.responsible {
            self.rules(responsible);
            for value in responsible.values() {
                if let Setting::Given(Responsible::Role(role)) = &value.setting {
                    self.role(role, process);
                }
            }
        }
        step.hand_to.iter().for_each(|role| self.role(role, process));
        if let Some(produces) = &step.produces {
            self.rules(produces);
            for product in produces.values().iter().filter_map(|value| value.setting.given()).flatten() {
                self.outcome(product, false);
            }
        }
        step.form.iter().for_each(|form| self.rules(form));
        for reaction in [&step.overdue, &step.not_accepted, &step.disagree].into_iter().flatten() {
            self.reaction(reaction, process);
        }
        if let Some(supplement) = &step.supplement {
            let supplement = &supplement.value;
            for reaction in [&supplement.overdue, &supplement.unsatisfied].into_iter().flatten() {
                self.reaction(reaction, process);
            }
            supplement.signed_by.iter().for_each(|role| self.role(role, process));
            supplement.time.iter().for_each(|time| self.time(time));
        }
        let Some(Performs::Subprocess(id)) = &step.performs else { return };
        if let Some(&shared) = self.subprocesses.get(id.value.as_str()) {
            self.shared(shared);
        } else {
            let mut names: Vec<&str> = self.subprocesses.keys().copied().collect();
            names.sort_unstable();
            self.unknown(&id.value, id.span, ("quy trình con", "shared process"), names);
        }
    }

    /// What a shared process names must be known to whoever performs it: facts, outcomes, deadlines; roles are its own.
    fn shared(&mut self, shared: &'a Subprocess) {
        let Some(process) = process_of(&shared.body).filter(|_| !self.inside.contains(&&shared.id.value)) else {
            return;
        };
        self.inside.push(&shared.id.value);
        self.process(process);
        self.inside.pop();
    }

    fn reaction(&mut self, reaction: &'a Reaction, process: &'a Process) {
        match &reaction.kind {
            ReactionKind::Report(role) => self.role(role, process),
            ReactionKind::ReturnTo(step) => {
                let steps = process.steps();
                let found = steps.iter().filter(|one| step_is(one, step)).count();
                if found > 1 {
                    let words = &step.key;
                    let message = say!(self.lang, "có {found} bước “{words}”", "there are {found} steps “{words}”");
                    let help = say!(
                        self.lang,
                        "đặt tên cho bước muốn nói đến, rồi gọi bằng tên đó",
                        "give the step meant an id, and use it here"
                    );
                    self.error(codes::UNKNOWN_NAME, step.span, message).help(help);
                } else if found == 0 {
                    let names: Vec<String> =
                        steps.iter().filter_map(|one| Some(one.id.as_ref()?.value.to_string())).collect();
                    self.unknown(&step.key, step.span, ("bước", "step"), names.iter().map(String::as_str).collect());
                }
            }
            ReactionKind::Steps(nodes) => self.nodes(nodes, process),
            ReactionKind::DeemedConsent
            | ReactionKind::DeemedRefusal
            | ReactionKind::Refuse
            | ReactionKind::Stop
            | ReactionKind::Hole => {}
        }
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

fn channel_name(channel: Channel, lang: Lang) -> &'static str {
    match (channel, lang) {
        (Channel::InPerson, Lang::Vi) => "trực tiếp",
        (Channel::Online, Lang::Vi) => "trực tuyến",
        (Channel::Post, Lang::Vi) => "bưu chính",
        (Channel::InPerson, Lang::En) => "in person",
        (Channel::Online, Lang::En) => "online",
        (Channel::Post, Lang::En) => "by public post",
    }
}

/// What a norm says of facts, fields and kinds must be in the registers.
pub fn in_norm(condition: &Expr, registers: &Registers, lang: Lang) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (subject, test, _) in condition.tests() {
        for atom in test.atoms() {
            let Atom::Id(id) = &atom.value else { continue };
            let known = match subject {
                Subject::Field(_) => registers.fields.get(id.as_str()).is_some(),
                Subject::Outcome(_) => registers.shared.outcome_kinds.iter().any(|kind| kind.id == *id),
                Subject::Fact(_)
                | Subject::Channel(_)
                | Subject::Level(_)
                | Subject::Procedure(_)
                | Subject::Every(_) => true,
            };
            if !known {
                found.push(unknown_in_norm(id, atom.span, lang));
            }
        }
        if let Subject::Fact(id) = subject
            && registers.shared_fact(&id.value).is_none()
        {
            found.push(unknown_in_norm(&id.value, id.span, lang));
        }
    }
    found
}

fn unknown_in_norm(id: &Id, span: Span, lang: Lang) -> Diagnostic {
    let message = say!(lang, "danh mục dùng chung chưa có `{id}`", "the shared register does not list `{id}`");
    let help = say!(
        lang,
        "quy định chỉ nêu những gì nhiều thủ tục cùng khai: thêm vào registers/shared.yaml hoặc fields.yaml",
        "a norm names only what many procedures share: add it to registers/shared.yaml or fields.yaml"
    );
    let mut found = Diagnostic::new(codes::UNKNOWN_IN_REGISTER, Severity::Error, span, message);
    found.help(help);
    found
}
