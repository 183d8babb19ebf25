//! What passes between the applicant and the agencies, and from one agency to another: what each of them has to be told.

use super::Drawing;
use super::view::{AgencyView, MessageView, PartyView};
use crate::model::{Agency, Step, StepKind};
use crate::plan::flow::{EdgeLabel, EndKind, LaneKind, NodeKind, is_awaited};
use crate::source::Spanned;

impl Drawing<'_, '_, '_> {
    /// In the order of the nodes.
    pub(super) fn messages(&self) -> Vec<MessageView> {
        let mut messages = Vec::new();
        let handovers = self.flow.handovers();
        for (at, node) in self.flow.nodes.iter().enumerate() {
            match node.kind {
                NodeKind::Start => messages.push(self.sent_by_applicant("application", at, self.papers())),
                NodeKind::Step(step, _) => self.of_step(at, step, &mut messages),
                NodeKind::AskSupplement(_) => {
                    messages.push(self.sent_to_applicant("supplement-request", at, Vec::new()))
                }
                NodeKind::AwaitSupplement(_) => messages.push(self.sent_by_applicant("supplement", at, Vec::new())),
                NodeKind::End(end) => messages.extend(self.of_end(at, end)),
                _ => {}
            }
            let here = handovers.iter().filter(|(from, _)| *from == at);
            messages.extend(here.filter_map(|&(from, to)| self.handed_over(from, to)));
        }
        messages
    }

    fn of_step(&self, at: usize, step: &Step, messages: &mut Vec<MessageView>) {
        for asked in step.ask.iter().flatten() {
            messages.push(self.message("consult", self.lane_party(at), self.agency_party(asked), Vec::new(), at));
            messages.push(self.message("opinion", self.agency_party(asked), self.lane_party(at), Vec::new(), at));
        }
        if is_awaited(step) {
            messages.push(self.sent_by_applicant("applicant-turn", at, Vec::new()));
        }
        let products = step.produces.iter().flat_map(|by| by.values()).filter_map(|value| value.setting.given());
        let outcomes = products.flatten().filter_map(|product| self.make.words.outcome(product));
        for (outcome, to) in outcomes.filter_map(|outcome| Some((outcome, outcome.sent_to.as_ref()?))) {
            let what = vec![outcome.name.value.clone()];
            messages.push(self.message("result", self.lane_party(at), self.agency_party(to), what, at));
        }
        match step.kind {
            StepKind::Return => messages.push(self.sent_to_applicant("result", at, self.results(step))),
            StepKind::Refuse => messages.push(self.sent_to_applicant("refusal", at, self.make.words.products(step))),
            StepKind::StopOnRequest => {
                messages.push(self.sent_to_applicant("stop", at, self.make.words.products(step)))
            }
            _ => {}
        }
    }

    /// An end that no step of its own announces.
    fn of_end(&self, at: usize, end: EndKind) -> Option<MessageView> {
        let own = |from: usize| {
            let step = match self.flow.nodes[from].kind {
                NodeKind::Step(step, _) => Some(step.kind),
                _ => None,
            };
            matches!(step, Some(StepKind::Refuse | StepKind::StopOnRequest))
        };
        let announced = self.flow.edges.iter().any(|edge| edge.to == at && own(edge.from));
        let kind = match end {
            EndKind::Refused if !announced => "refusal",
            EndKind::Stopped if !announced => "stop",
            _ => return None,
        };
        let not_received = self.flow.edges.iter().find(|edge| edge.to == at && edge.label == EdgeLabel::NotReceived);
        let why = not_received.and_then(|edge| self.flow.nodes[edge.from].kind.step()?.refuses.as_ref());
        Some(self.sent_to_applicant(kind, at, why.map(|text| text.value.clone()).into_iter().collect()))
    }

    /// A hand-over from one agency to another; within one it is no message.
    fn handed_over(&self, from: usize, to: usize) -> Option<MessageView> {
        let (giver, receiver) = (self.agency_at(from)?, self.agency_at(to)?);
        if giver == receiver {
            return None;
        }
        let what = match self.flow.nodes[from].kind {
            NodeKind::Step(step, _) => self.make.words.products(step),
            _ => Vec::new(),
        };
        let message = self.message("hand-over", self.lane_party(from), self.lane_party(to), what, from);
        Some(MessageView { to_node: Some(self.id(to)), ..message })
    }

    fn message(
        &self,
        kind: &'static str,
        from: PartyView,
        to: PartyView,
        what: Vec<String>,
        node: usize,
    ) -> MessageView {
        MessageView { kind, from, to, what, node: self.id(node), to_node: None }
    }

    fn sent_by_applicant(&self, kind: &'static str, node: usize, what: Vec<String>) -> MessageView {
        self.message(kind, self.applicant(), self.lane_party(node), what, node)
    }

    fn sent_to_applicant(&self, kind: &'static str, node: usize, what: Vec<String>) -> MessageView {
        self.message(kind, self.lane_party(node), self.applicant(), what, node)
    }

    fn applicant(&self) -> PartyView {
        PartyView { kind: "applicant", lane: None, name: self.make.words.applicant_name().to_owned(), agency: None }
    }

    fn lane_party(&self, node: usize) -> PartyView {
        let lane = &self.flow.lanes[self.flow.nodes[node].lane];
        PartyView {
            kind: "lane",
            lane: Some(lane.id.clone()),
            name: self.make.words.lane_name(lane),
            agency: self.agency_at(node),
        }
    }

    fn agency_party(&self, agency: &Spanned<Agency>) -> PartyView {
        let AgencyView { name, .. } = self.agency(agency);
        PartyView { kind: "agency", lane: None, agency: Some(name.clone()), name }
    }

    /// The agency in whose lane a node stands, where it is known; an agency may act as a role itself.
    fn agency_at(&self, node: usize) -> Option<String> {
        let lane = &self.flow.lanes[self.flow.nodes[node].lane];
        let itself = lane.role.as_ref().filter(|_| lane.kind == LaneKind::Role);
        let itself = itself.and_then(|role| self.make.plan.registers.agencies.get(role.as_str()));
        lane.agency.clone().or_else(|| itself.map(|agency| agency.name.clone()))
    }

    /// The papers of the dossier, by name.
    fn papers(&self) -> Vec<String> {
        let dossier = self.make.plan.body().dossier.as_ref();
        dossier.into_iter().flat_map(|dossier| &dossier.documents).map(|paper| paper.name.value.clone()).collect()
    }

    /// What is returned to the applicant: what the step produces, else every outcome that is no refusal and goes to nobody else.
    fn results(&self, step: &Step) -> Vec<String> {
        let own = self.make.words.products(step);
        if !own.is_empty() {
            return own;
        }
        let outcomes = self.make.plan.body().outcomes.iter();
        let returned = outcomes.filter(|outcome| !outcome.negative && outcome.sent_to.is_none());
        returned.map(|outcome| outcome.name.value.clone()).collect()
    }
}
