//! The process in words: what its lanes, nodes and ways are called in charts, BPMN, tables and JSON alike.

use super::{Wording, capitalised};
use crate::lang::{Lang, say};
use crate::model::process::{ClockEffect, ReactionKind, StepTime};
use crate::model::{ByCase, Expr, Ref, RefKey, Setting, Step, StepKind};
use crate::plan::flow::table::ActionKind;
use crate::plan::flow::{
    Edge, EdgeLabel, EndKind, Flow, FlowNode, Lane, LaneKind, NodeKind, Split, is_awaited, time_of,
};
use crate::resolve::names::process_of;

impl Wording<'_> {
    /// What a step is called: its label, else its kind.
    pub fn step_label(&self, step: &Step) -> String {
        step.label.as_ref().map_or_else(|| self.step_kind(step.kind).to_owned(), |label| label.value.clone())
    }

    pub fn step_kind(&self, kind: StepKind) -> &'static str {
        match kind {
            StepKind::Receive => self.pick("Tiếp nhận", "Receive"),
            StepKind::Check => self.pick("Kiểm tra", "Check"),
            StepKind::Assign => self.pick("Phân công", "Assign"),
            StepKind::Appraise => self.pick("Thẩm định", "Appraise"),
            StepKind::Consult => self.pick("Lấy ý kiến", "Consult"),
            StepKind::Inspect => self.pick("Kiểm tra thực địa", "Inspect on site"),
            StepKind::Meet => self.pick("Họp", "Meet"),
            StepKind::PostPublicly => self.pick("Niêm yết", "Post publicly"),
            StepKind::FinancialDuty => self.pick("Nghĩa vụ tài chính", "Financial duty"),
            StepKind::AwaitApplicant => self.pick("Chờ người nộp", "Await applicant"),
            StepKind::SubmitUp => self.pick("Trình", "Submit up"),
            StepKind::Sign => self.pick("Ký", "Sign"),
            StepKind::Issue => self.pick("Phát hành", "Issue"),
            StepKind::Handover => self.pick("Chuyển", "Hand over"),
            StepKind::Perform => self.pick("Thực hiện", "Perform"),
            StepKind::Archive => self.pick("Lưu", "Archive"),
            StepKind::Return => self.pick("Trả kết quả", "Return result"),
            StepKind::Refuse => self.pick("Từ chối", "Refuse"),
            StepKind::StopOnRequest => self.pick("Dừng theo yêu cầu", "Stop on request"),
            StepKind::Plain => self.pick("Bước", "Step"),
        }
    }

    pub fn lane_name(&self, lane: &Lane) -> String {
        match (lane.kind, self.lang) {
            (LaneKind::Role, _) => lane.name.clone(),
            (LaneKind::System, Lang::Vi) => "Hệ thống".to_owned(),
            (LaneKind::System, Lang::En) => "System".to_owned(),
            (LaneKind::Unknown, _) if !lane.name.is_empty() => lane.name.clone(),
            (LaneKind::Unknown, Lang::Vi) => "(chưa phân công)".to_owned(),
            (LaneKind::Unknown, Lang::En) => "(nobody named)".to_owned(),
        }
    }

    pub fn applicant_name(&self) -> &'static str {
        self.pick("Người nộp hồ sơ", "Applicant")
    }

    /// A time by case: the general one, then each exception.
    pub fn times(&self, time: &ByCase<StepTime>) -> String {
        let general = time.general.as_ref().map(|value| self.value(value, |time| self.step_time(time)));
        let cases: Vec<String> = time
            .all_rules()
            .iter()
            .filter_map(|rule| {
                let value = self.value(rule.value.as_ref()?, |time| self.step_time(time));
                let when = self.condition(&rule.when);
                Some(say!(self.lang, "{value} khi {when}", "{value} when {when}"))
            })
            .collect();
        general.into_iter().chain(cases).collect::<Vec<_>>().join("; ")
    }

    /// Its number, what it is called, the promise it keeps, its budget: a line each.
    pub fn stage_lines(&self, flow: &Flow<'_>, stage: usize) -> Vec<String> {
        let stage = &flow.stages[stage];
        let number = stage.number;
        let mut lines = vec![say!(self.lang, "Giai đoạn {number}", "Stage {number}")];
        lines.extend(stage.stage.label.as_ref().map(|label| label.value.clone()));
        if stage.stage.label.is_none() {
            let promise = stage.stage.id.as_ref().and_then(|id| {
                self.body.deadlines.iter().find(|one| one.id.as_ref().is_some_and(|known| known.value == id.value))
            });
            lines.extend(promise.map(|deadline| self.deadline_name(deadline)));
        }
        lines.extend(stage.stage.time.as_ref().map(|time| self.times(time)));
        lines
    }

    /// What a node is called. Merges, forks and joins have no name.
    pub fn node_title(&self, node: &FlowNode<'_>) -> String {
        match node.kind {
            NodeKind::Start => self.pick("Nhận hồ sơ", "File received").to_owned(),
            NodeKind::Step(step, number) => format!("{number}. {}", self.step_label(step)),
            NodeKind::Answer(step) => self.question(step).to_owned(),
            NodeKind::AskSupplement(_) => {
                self.pick("Yêu cầu bổ sung, hoàn thiện hồ sơ", "Ask for supplements").to_owned()
            }
            NodeKind::AwaitSupplement(_) => self.pick("Chờ người nộp bổ sung", "Await the supplement").to_owned(),
            NodeKind::Accept(_) => self.pick("Tiếp nhận hồ sơ chuyển đến", "Take over the file").to_owned(),
            NodeKind::Posted(_) => self.pick("Hết thời gian niêm yết", "Posted long enough").to_owned(),
            NodeKind::Timer { within, .. } => match within {
                Some(time) => {
                    let time = self.duration(&time);
                    say!(self.lang, "Quá {time}", "Over {time}")
                }
                None => self.pick("Quá hạn", "Overdue").to_owned(),
            },
            NodeKind::Report(step, role) => {
                let (role, step) = (self.role_name(role), self.step_label(step));
                say!(self.lang, "Báo cáo {role}: quá hạn “{step}”", "Report to {role}: “{step}” is overdue")
            }
            NodeKind::Choice(when) => {
                // “Không có cơ sở? – có” is hard to read: the question is put in the positive, the answers change places.
                let when = capitalised(&self.condition(positive(when).unwrap_or(when)));
                format!("{when}?")
            }
            NodeKind::Merge | NodeKind::Fork | NodeKind::Join => String::new(),
            NodeKind::End(EndKind::Done) => self.pick("Hoàn thành", "Done").to_owned(),
            NodeKind::End(EndKind::Refused) => self.pick("Từ chối", "Refused").to_owned(),
            NodeKind::End(EndKind::Stopped) => self.pick("Dừng giải quyết", "Stopped").to_owned(),
            NodeKind::End(EndKind::Reported) => self.pick("Đã báo cáo", "Reported").to_owned(),
        }
    }

    /// What is asked after a step.
    fn question(&self, step: &Step) -> &'static str {
        match step.kind {
            StepKind::Meet => self.pick("Hội nghị thông qua?", "Carried?"),
            StepKind::Handover if step.not_accepted.is_some() => self.pick("Bên nhận đồng ý?", "Taken over?"),
            _ if step.supplement.is_some() || step.refuses.is_some() => {
                self.pick("Hồ sơ đủ, hợp lệ?", "Complete and valid?")
            }
            _ => self.pick("Đồng ý?", "Agreed?"),
        }
    }

    /// How long a node takes, as it is written; nothing where nothing is.
    pub fn node_time(&self, flow: &Flow<'_>, node: &FlowNode<'_>) -> Option<String> {
        match node.kind {
            NodeKind::Step(step, _) => match time_of(flow, node, step) {
                Some((time, false)) => Some(self.times(time)),
                _ if is_awaited(step) => Some(self.pick("không tính", "not counted").to_owned()),
                _ => None,
            },
            NodeKind::AwaitSupplement(step) => {
                let wait = step.supplement.as_ref()?.value.wait.as_ref()?;
                let text = self.value(wait, |time| self.duration(time));
                Some(say!(self.lang, "trong {text}, không tính", "within {text}, not counted"))
            }
            NodeKind::Accept(step) => {
                let within = step.accept_within.as_ref().filter(|one| matches!(one.setting, Setting::Given(_)))?;
                let text = self.value(within, |time| self.duration(time));
                Some(say!(self.lang, "trong {text}", "within {text}"))
            }
            _ => None,
        }
    }

    /// What is written beside a way; nothing where it says nothing.
    pub fn edge_words(&self, flow: &Flow<'_>, edge: &Edge<'_>) -> String {
        let turned = matches!(flow.nodes[edge.from].kind, NodeKind::Choice(when) if positive(when).is_some());
        let (yes, no) = (("Có", "Yes"), ("Không", "No"));
        let (vi, en) = match edge.label {
            EdgeLabel::Next | EdgeLabel::Overdue | EdgeLabel::Branch(None) => return String::new(),
            EdgeLabel::Branch(Some(label)) => return label.value.clone(),
            EdgeLabel::Yes => {
                if turned {
                    no
                } else {
                    yes
                }
            }
            EdgeLabel::No => {
                if turned {
                    yes
                } else {
                    no
                }
            }
            EdgeLabel::Complete => ("Đủ", "Complete"),
            EdgeLabel::Incomplete => match self.most_rounds(flow, edge) {
                Some(most) => return say!(self.lang, "Thiếu (tối đa {most:02} lần)", "Incomplete (at most {most})"),
                None => ("Thiếu", "Incomplete"),
            },
            EdgeLabel::Unsatisfied => ("Không đạt", "Not satisfied"),
            EdgeLabel::NotReceived => ("Không tiếp nhận", "Not received"),
            EdgeLabel::Agree => ("Đồng ý", "Agreed"),
            EdgeLabel::Disagree => ("Không đồng ý", "Disagreed"),
            EdgeLabel::MeetAgain => ("Họp lại", "Meet again"),
            EdgeLabel::Accepted => ("Nhận", "Taken over"),
            EdgeLabel::NotAccepted => ("Không nhận", "Not taken over"),
        };
        self.pick(vi, en).to_owned()
    }

    /// What a node hangs on, as it follows “khi”.
    pub fn guard(&self, flow: &Flow<'_>, (split, first): (Split<'_>, bool)) -> String {
        match split {
            Split::Facts(when) if first => self.condition(when),
            Split::Facts(when) => self.condition(&when.denied()),
            Split::Came(at, label) => self.came(flow, at, label),
        }
    }

    /// What came of the step that a gateway or a timer belongs to.
    fn came(&self, flow: &Flow<'_>, at: usize, label: EdgeLabel<'_>) -> String {
        let node = &flow.nodes[at];
        if let NodeKind::Timer { on, .. } = node.kind
            && matches!(flow.nodes[on].kind, NodeKind::AwaitSupplement(_))
        {
            return self.pick("quá hạn bổ sung hồ sơ", "the supplement is overdue").to_owned();
        }
        let step = node.kind.step();
        let number = flow.steps().find(|(_, _, one)| step.is_some_and(|step| std::ptr::eq(*one, step)));
        let number = number.map_or(0, |(number, ..)| number);
        match label {
            EdgeLabel::Overdue => say!(self.lang, "bước {number} quá hạn", "step {number} is overdue"),
            label => {
                let answer = self.in_sentence(&self.edge_words(flow, &Edge { from: at, to: at, label }));
                say!(self.lang, "kết quả bước {number} là “{answer}”", "step {number} comes out as “{answer}”")
            }
        }
    }

    /// What a supplement does to a limit.
    pub fn clock_effect(&self, effect: ClockEffect) -> &'static str {
        match effect {
            ClockEffect::Restart => self.pick("tính lại từ đầu", "restarts"),
            ClockEffect::Suspend => self.pick("tạm dừng", "is suspended"),
            ClockEffect::Continue => self.pick("không dừng", "goes on"),
        }
    }

    /// What is said when an action of a state was carried out.
    pub fn action_words(&self, flow: &Flow<'_>, state: usize, action: ActionKind) -> String {
        let (vi, en) = match action {
            ActionKind::Answer(edge) => return self.edge_words(flow, &flow.edges[edge]),
            ActionKind::Timeout(node) => return self.node_title(&flow.nodes[node]),
            ActionKind::Done => match flow.nodes[state].kind {
                NodeKind::Start => ("Nộp hồ sơ", "File"),
                NodeKind::AskSupplement(_) => ("Đã gửi yêu cầu", "Asked"),
                NodeKind::AwaitSupplement(_) => ("Đã bổ sung", "Supplemented"),
                NodeKind::Accept(_) => ("Đã nhận", "Taken over"),
                NodeKind::Report(..) => ("Đã báo cáo", "Reported"),
                NodeKind::Join => ("Đủ các nhánh", "All branches done"),
                NodeKind::Step(step, _) if is_awaited(step) => ("Người nộp đã thực hiện", "The applicant has acted"),
                _ => ("Xong", "Done"),
            },
        };
        self.pick(vi, en).to_owned()
    }

    fn most_rounds(&self, flow: &Flow<'_>, edge: &Edge<'_>) -> Option<u32> {
        let supplement = &flow.nodes[edge.from].kind.step()?.supplement.as_ref()?.value;
        supplement.maximum.as_ref()?.setting.given().copied()
    }

    /// What a role is called, be it the process's own or shared.
    pub fn role_name(&self, role: &Ref) -> String {
        let own = process_of(self.body).and_then(|process| {
            process.roles.iter().find(|one| role.names(Some(&one.id.value), Some(&one.name.value)))
        });
        if let Some(own) = own {
            return own.name.value.clone();
        }
        match &role.key {
            RefKey::Id(id) => self
                .registers
                .shared_role(id)
                .map(|role| role.name.clone())
                .or_else(|| self.registers.agencies.get(id.as_str()).map(|agency| agency.name.clone()))
                .unwrap_or_else(|| id.to_string()),
            other => other.to_string(),
        }
    }

    /// What a step makes.
    pub fn products(&self, step: &Step) -> Vec<String> {
        let all = step.produces.iter().flat_map(|by| by.values()).filter_map(|value| value.setting.given()).flatten();
        all.map(|product| self.product(product)).collect()
    }

    /// What follows when the time of a step runs out, where that is no way of its own.
    pub fn silence(&self, step: &Step) -> Option<String> {
        Some(match &step.overdue.as_ref()?.kind {
            ReactionKind::DeemedConsent => self.pick("quá hạn coi như đồng ý", "silence is consent").to_owned(),
            ReactionKind::DeemedRefusal => self.pick("quá hạn coi như không đồng ý", "silence is refusal").to_owned(),
            ReactionKind::Report(role) => {
                let role = self.role_name(role);
                say!(self.lang, "quá hạn báo cáo {role}", "overdue: report to {role}")
            }
            ReactionKind::Refuse => self.pick("quá hạn thì từ chối", "overdue: refused").to_owned(),
            ReactionKind::Stop => self.pick("quá hạn thì dừng", "overdue: stopped").to_owned(),
            ReactionKind::ReturnTo(_) | ReactionKind::Steps(_) | ReactionKind::Hole => return None,
        })
    }
}

/// What a negated condition negates.
fn positive(when: &Expr) -> Option<&Expr> {
    match when {
        Expr::Not(inner, _) => Some(inner),
        _ => None,
    }
}
