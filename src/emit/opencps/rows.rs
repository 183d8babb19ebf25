//! States, actions and sequences: a row each.

use super::losses::Loss;
use super::{ActionView, Maker, SequenceView, StepView, code};
use crate::model::{Ref, Step, StepKind};
use crate::plan::flow::table::{Action, ActionKind, Next, State};
use crate::plan::flow::{EdgeLabel, EndKind, NodeKind};
use crate::syntax::fold::identifier;

impl Maker<'_, '_> {
    /// A state; the start is none, since there is no file before it is filed.
    pub(super) fn step(&mut self, state: &State) -> Option<StepView> {
        let node = &self.flow.nodes[state.node];
        if matches!(node.kind, NodeKind::Start) {
            return None;
        }
        let notes = match node.kind {
            NodeKind::Step(step, _) => step.notes.iter().map(|note| note.value.as_str()).collect(),
            _ => Vec::new(),
        };
        let group = node.stage.map(|stage| self.stage_name(stage)).unwrap_or_default();
        Some(StepView {
            code: code(&node.id, "", state.node),
            name: self.fit(self.words.node_title(node)),
            sequence: self.sequence(state.node),
            group: self.fit(group),
            status: self.status(state.node),
            duration: self.duration(state.node),
            instruction: self.fit(notes.join("; ")),
            role: self.role(node.lane),
        })
    }

    /// The number of the step that a state belongs to; of one that belongs to none, of the last step written before it.
    fn sequence(&self, node: usize) -> usize {
        let own = self.flow.nodes[node].kind.step();
        let numbers = self.flow.nodes[..=node].iter().rev().filter_map(|other| match other.kind {
            NodeKind::Step(step, number) if own.is_none_or(|own| std::ptr::eq(own, step)) => Some(number),
            _ => None,
        });
        numbers.into_iter().next().unwrap_or(1)
    }

    /// What the applicant is told of the file: one of the words that OpenCPS knows.
    fn status(&self, node: usize) -> &'static str {
        let comes_from =
            |label: EdgeLabel<'_>| self.flow.edges.iter().any(|edge| edge.to == node && edge.label == label);
        match self.flow.nodes[node].kind {
            NodeKind::End(EndKind::Done) => "done",
            NodeKind::End(EndKind::Refused) if comes_from(EdgeLabel::NotReceived) => "denied",
            NodeKind::End(EndKind::Refused) => "unresolved",
            NodeKind::End(EndKind::Stopped | EndKind::Reported) => "cancelled",
            kind if kind.awaits_applicant() => "waiting",
            NodeKind::Step(step, _) => match step.kind {
                StepKind::Receive => "receiving",
                StepKind::Consult => "interoperating",
                StepKind::Return => "releasing",
                _ => "processing",
            },
            _ => "processing",
        }
    }

    pub(super) fn actions(&mut self, state: &State) -> Vec<ActionView> {
        let mut rows = Vec::new();
        for action in &state.actions {
            for (at, next) in action.next.iter().enumerate() {
                rows.push(self.action(state.node, action, at, next));
            }
        }
        rows
    }

    fn action(&mut self, from: usize, action: &Action, at: usize, next: &Next) -> ActionView {
        let node = &self.flow.nodes[from];
        let answer = match action.kind {
            ActionKind::Done => "xong",
            ActionKind::Answer(edge) => self.flow.edges[edge].label.answer().unwrap_or("xong"),
            ActionKind::Timeout(_) => "qua_han",
        };
        let number = if at == 0 { String::new() } else { format!("_{}", at + 1) };
        let label = self.words.action_words(self.flow, from, action.kind);
        let to = self.words.node_title(&self.flow.nodes[next.node]);
        let when = next.when.as_ref().map(|when| self.words.condition(when)).unwrap_or_default();
        let starts = matches!(node.kind, NodeKind::Start);
        let goes_on = match action.kind {
            ActionKind::Done => true,
            ActionKind::Answer(edge) => self.flow.edges[edge].label.goes_on(),
            ActionKind::Timeout(_) => false,
        };
        let step = match node.kind {
            NodeKind::Step(step, _) if goes_on => Some(step),
            _ => None,
        };
        ActionView {
            code: code(&node.id, &format!("_{answer}{number}"), from),
            name: self.fit(if to.is_empty() { label } else { format!("{label} → {to}") }),
            from: if starts { String::new() } else { code(&node.id, "", from) },
            to: code(&self.flow.nodes[next.node].id, "", next.node),
            event: match action.kind {
                ActionKind::Timeout(_) => "timer",
                _ if starts => "submit",
                _ => "",
            },
            makes: self.made(step),
            returns: self.returned(step),
            signed: step.is_some_and(|step| step.kind == StepKind::Sign),
            note: self.fit(when),
        }
    }

    /// The outcomes that a step makes, as numbers of file templates.
    fn made(&mut self, step: Option<&Step>) -> String {
        let products = step.iter().flat_map(|step| &step.produces).flat_map(|by| by.values());
        let products = products.filter_map(|value| value.setting.given()).flatten();
        let ids: Vec<String> = products.filter_map(|product| self.template(product)).collect();
        self.fit(ids.join(","))
    }

    fn template(&self, product: &Ref) -> Option<String> {
        let id = self.words.outcome(product)?.id.as_ref()?;
        Some(identifier(id.value.as_str()).to_uppercase())
    }

    /// What the applicant is given with an action.
    fn returned(&mut self, step: Option<&Step>) -> String {
        match step.map(|step| (step.kind, step)) {
            Some((StepKind::Refuse | StepKind::StopOnRequest, _)) => self.made(step),
            Some((StepKind::Return, own)) if own.produces.is_some() => self.made(step),
            Some((StepKind::Return, _)) => {
                let outcomes = self.plan.body().outcomes.iter().filter(|one| !one.negative && one.sent_to.is_none());
                let ids = outcomes.filter_map(|outcome| outcome.id.as_ref());
                let ids: Vec<String> = ids.map(|id| identifier(id.value.as_str()).to_uppercase()).collect();
                self.fit(ids.join(","))
            }
            _ => String::new(),
        }
    }

    /// A sequence for each step: what the applicant sees of the way a file goes.
    pub(super) fn sequences(&mut self) -> Vec<SequenceView> {
        let mut rows = Vec::new();
        for at in 0..self.flow.nodes.len() {
            let NodeKind::Step(step, number) = self.flow.nodes[at].kind else { continue };
            let lane = &self.flow.lanes[self.flow.nodes[at].lane];
            if step.responsible.as_ref().is_some_and(|by| !by.rules.is_empty()) {
                self.losses.add(Loss::Responsible, self.words.step_label(step));
            }
            rows.push(SequenceView {
                number,
                name: self.fit(self.words.step_label(step)),
                role: code(&lane.id, "", self.flow.nodes[at].lane).to_uppercase(),
                duration: self.step_duration(at, step),
            });
        }
        rows
    }
}
