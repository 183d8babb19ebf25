//! What the process names: roles, steps, deadlines, outcomes, shared processes.

use super::{Lookup, process_of, stage_ids, step_is};
use crate::lang::say;
use crate::model::process::{Node, Performs, Reaction, ReactionKind, Responsible, StepTime};
use crate::model::{ByCase, Process, Ref, RefKey, Setting, Step, Subprocess};
use crate::syntax::codes;

impl<'a> Lookup<'a> {
    /// A step that starts a clock; while the process is open, nobody can know it.
    pub(super) fn start_step(&mut self, step: &Ref) {
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

    pub(super) fn process(&mut self, process: &'a Process) {
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

    fn time(&mut self, time: &ByCase<StepTime>) {
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

    fn step(&mut self, step: &'a Step, process: &'a Process) {
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
        step.reactions().into_iter().for_each(|reaction| self.reaction(reaction, process));
        if let Some(supplement) = &step.supplement {
            let supplement = &supplement.value;
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
}
