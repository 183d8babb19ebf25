//! What a running process keeps beside facts, answers and moments: how often a supplement was asked for, and who is asked where only
//! the case at hand says so.
//!
//! No engine counts by a word of the standard that the others read too. So the number of rounds is a variable like an answer: it begins
//! with 0, and is one more when the applicant has been asked. The dialects of vendors do that themselves; whoever runs the plain file
//! sets it when the task is done.

use super::{Dialect, Each, Extension, Maker, Node, due_variable};
use crate::emit::expression::Syntax;
use crate::lang::say;
use crate::model::{Agency, StepKind};
use crate::plan::Flow;
use crate::plan::flow::{EdgeLabel, FlowNode, NodeKind};

/// The one of the list whom an instance of a task is for.
const ONE: &str = "co_quan";

/// A supplement that may be asked for so often at most.
pub(super) struct Rounds {
    /// The node that asks the applicant.
    pub ask: usize,
    pub most: u32,
}

impl Rounds {
    /// Of the gateway that asks whether a file is complete.
    pub(super) fn at(flow: &Flow<'_>, gateway: usize) -> Option<Rounds> {
        let NodeKind::Answer(step) = flow.nodes[gateway].kind else { return None };
        let most = *step.supplement.as_ref()?.value.maximum.as_ref()?.setting.given()?;
        let edge = flow.edges.iter().find(|edge| edge.from == gateway && edge.label == EdgeLabel::Incomplete)?;
        Some(Rounds { ask: edge.to, most })
    }

    /// Every such supplement of a process.
    pub(super) fn all(flow: &Flow<'_>) -> impl Iterator<Item = Rounds> {
        (0..flow.nodes.len()).filter_map(|gateway| Rounds::at(flow, gateway))
    }

    /// The variable that holds how often it was asked for.
    pub(super) fn variable(&self, flow: &Flow<'_>) -> String {
        format!("so_lan_{}", flow.nodes[self.ask].id)
    }

    /// The condition of a way out of the gateway, from that on the answer alone. An answer that asks for one round too many leads
    /// where a supplement does that does not satisfy; where no such way is written, nowhere.
    pub(super) fn condition(
        &self,
        flow: &Flow<'_>,
        label: EdgeLabel<'_>,
        syntax: Syntax,
        gateway: &str,
    ) -> Option<String> {
        let (variable, most) = (self.variable(flow), self.most);
        let (and, or) = match syntax {
            Syntax::Feel => ("and", "or"),
            Syntax::Juel => ("&&", "||"),
        };
        let is = |label: EdgeLabel<'_>| label.answer().map(|answer| syntax.is(gateway, answer));
        let (own, incomplete) = (is(label)?, is(EdgeLabel::Incomplete)?);
        match label {
            EdgeLabel::Incomplete => Some(format!("{own} {and} {variable} < {most}")),
            EdgeLabel::Unsatisfied => Some(format!("{own} {or} ({incomplete} {and} {variable} >= {most})")),
            _ => Some(own),
        }
    }
}

/// The variable with those who are asked, where they are known only when a case is handled.
pub(super) fn asked_in_the_case(node: &FlowNode<'_>) -> Option<String> {
    let NodeKind::Step(step, _) = node.kind else { return None };
    let open = |agency: &Agency| matches!(agency, Agency::AtDecision(_));
    let asked = step.ask.as_ref().filter(|_| step.kind == StepKind::Consult)?;
    asked.iter().any(|one| open(&one.value)).then(|| format!("hoi_{}", node.id))
}

impl Maker<'_, '_> {
    /// The variables of lists and rounds, as an integrator has to know them.
    pub(super) fn kept_variables(&self) -> Vec<String> {
        let lang = self.words.lang;
        let lists = self.flow.nodes.iter().filter_map(asked_in_the_case).map(|list| {
            say!(
                lang,
                "{list}: danh sách cơ quan được hỏi ý kiến, xác định khi giải quyết; mỗi cơ quan một việc.",
                "{list}: the list of those who are asked, determined in the case; a task for each."
            )
        });
        let rounds = Rounds::all(self.flow).map(|rounds| {
            let (variable, ask, most) = (rounds.variable(self.flow), &self.flow.nodes[rounds.ask].id, rounds.most);
            say!(
                lang,
                "{variable}: số lần đã yêu cầu bổ sung, bắt đầu từ 0, cộng 1 khi xong “{ask}”; tối đa {most:02} lần.",
                "{variable}: how often a supplement was asked for, from 0, one more when `{ask}` is done; at most {most}."
            )
        });
        lists.chain(rounds).collect()
    }

    /// The moments that whoever asks the applicant says: when the wait ends that begins then.
    pub(super) fn moments_behind(&self, at: usize) -> Vec<String> {
        let NodeKind::AskSupplement(_) = self.flow.nodes[at].kind else { return Vec::new() };
        let waits: Vec<usize> = self.flow.edges.iter().filter(|edge| edge.from == at).map(|edge| edge.to).collect();
        let timers = self.flow.nodes.iter().filter(|node| {
            matches!(node.kind, NodeKind::Timer { on, .. } if waits.contains(&on))
                && self.timer(node).is_some_and(|timer| timer.computed)
        });
        timers.map(|node| due_variable(&node.id)).collect()
    }

    /// What is counted at a node: the variables, and what they come to.
    pub(super) fn counted(&self, at: usize) -> Vec<(String, String)> {
        let counts = Rounds::all(self.flow).filter_map(|rounds| {
            let variable = rounds.variable(self.flow);
            let begins = matches!(self.flow.nodes[at].kind, NodeKind::Start);
            let value = if begins { "0".to_owned() } else { format!("{variable} + 1") };
            (begins || rounds.ask == at).then_some((variable, value))
        });
        counts.collect()
    }
}

impl Dialect {
    /// One task for each of a list.
    pub(super) fn each(self, list: &str) -> Each {
        let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let vendor = |name: &str| {
            vec![attribute(&format!("{name}:collection"), list), attribute(&format!("{name}:elementVariable"), ONE)]
        };
        let mut each = Each::default();
        match self {
            Dialect::Plain => each.count = Some(format!("count({list})")),
            Dialect::Camunda7 => each.attributes = vendor("camunda"),
            Dialect::Flowable => each.attributes = vendor("flowable"),
            Dialect::Camunda8 => each.extensions.push(Extension::new(
                "zeebe:loopCharacteristics",
                vec![("inputCollection", format!("={list}")), ("inputElement", ONE.to_owned())],
            )),
        }
        each
    }

    /// Sets variables to what expressions come to when the node is done. `kept` are variables that whoever does it sets: where
    /// Camunda 8 maps one variable of a task, no other leaves it unless it is mapped too.
    pub(super) fn sets(self, all: &[(String, String)], kept: &[String], node: &mut Node) {
        if all.is_empty() {
            return;
        }
        let mapped = |(variable, value): &(String, String)| {
            Extension::new("zeebe:output", vec![("source", format!("={value}")), ("target", variable.clone())])
        };
        let listener = |name: &'static str, (variable, value): &(String, String)| {
            let expression = format!("${{execution.setVariable('{variable}', {value})}}");
            Extension::new(name, vec![("event", "end".to_owned()), ("expression", expression)])
        };
        match self {
            Dialect::Plain => {}
            Dialect::Camunda8 => {
                let kept = kept.iter().map(|variable| mapped(&(variable.clone(), variable.clone())));
                let children = all.iter().map(mapped).chain(kept).collect();
                let mapping = Extension { children, ..Extension::new("zeebe:ioMapping", Vec::new()) };
                node.extensions.push(mapping);
            }
            Dialect::Camunda7 => {
                node.extensions.extend(all.iter().map(|one| listener("camunda:executionListener", one)))
            }
            Dialect::Flowable => {
                node.extensions.extend(all.iter().map(|one| listener("flowable:executionListener", one)))
            }
        }
    }
}
