//! The table of steps: grouped by stage, a row a step, with a line for everything that can come of it.

use serde::Serialize;

use super::sums::{Sum, Sums};
use super::{Maker, Told, together};
use crate::lang::say;
use crate::model::process::{ClockEffect, Parallel, Performs, Reaction, ReactionKind, Responsible, Stage, Supplement};
use crate::model::{Duration, Expr, Step};
use crate::plan::flow::{EdgeLabel, FlowNode, NodeKind, Split, is_awaited, time_of};
use crate::plan::wording::{capitalised, uncapitalised};

/// The steps of one stage, or those between two.
#[derive(Serialize)]
pub(super) struct Group {
    /// Empty for steps outside all stages.
    pub(super) heading: String,
    pub(super) lines: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) subtotal: Option<Subtotal>,
}

/// Steps that follow each other in one stage, or in none, as nodes.
struct Run {
    stage: Option<usize>,
    nodes: Vec<usize>,
}

#[derive(Serialize)]
pub(super) struct Subtotal {
    pub(super) label: String,
    pub(super) sum: Sum,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Row {
    /// Where parallel branches part, where one of them begins, and where they have all ended.
    Band {
        text: String,
    },
    Step(Box<StepRow>),
}

#[derive(Serialize)]
pub(super) struct StepRow {
    number: usize,
    title: String,
    /// On what it depends; empty where it is always done.
    when: String,
    lines: Vec<String>,
    role: String,
    agency: String,
    role_cases: Vec<String>,
    time: Told,
    results: Vec<String>,
    /// Whether it stands in a parallel branch.
    inside: bool,
}

impl<'p, 'a> Maker<'p, 'a> {
    /// Every group of steps, and what all steps come to.
    pub(super) fn groups(&self) -> (Vec<Group>, Subtotal) {
        let sums = Sums::of(self);
        let runs = self.runs();
        let mut groups = Vec::new();
        let mut around: Vec<(&'a Parallel, usize)> = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            let mut group = self.group(&runs, at, &sums);
            let said = if group.heading.is_empty() { 0 } else { self.in_common(run) };
            let common = run.nodes.first().map(|&first| self.conditions_until(&self.flow.nodes[first], said));
            let common = self.all_of(common.unwrap_or_default());
            if !common.is_empty() {
                group.lines.insert(0, common);
            }
            for &node in &run.nodes {
                let branches = self.flow.branches(&self.flow.nodes[node]);
                let shared = around.iter().zip(&branches).take_while(|(a, b)| std::ptr::eq(a.0, b.0)).count();
                let ended = around[shared..].iter().rev().map(|(fork, _)| self.band_after(fork));
                // Branches that end with a stage end in its rows.
                match groups.last_mut().filter(|_| group.rows.is_empty()) {
                    Some(Group { rows, .. }) => rows.extend(ended),
                    None => group.rows.extend(ended),
                }
                group.rows.extend(self.bands_before(&around, &branches, shared));
                group.rows.extend(self.step(node, said));
                around = branches;
            }
            groups.push(group);
        }
        if let Some(group) = groups.last_mut() {
            group.rows.extend(around.iter().rev().map(|(fork, _)| self.band_after(fork)));
        }
        let label = self.pick("Tổng thời gian được tính", "Total counted time");
        (groups, Subtotal { label, sum: sums.total(self) })
    }

    /// Steps that follow each other in one stage, or in none.
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, node) in self.flow.nodes.iter().enumerate() {
            match runs.last_mut() {
                _ if !matches!(node.kind, NodeKind::Step(..)) => {}
                Some(run) if run.stage == node.stage => run.nodes.push(at),
                _ => runs.push(Run { stage: node.stage, nodes: vec![at] }),
            }
        }
        runs
    }

    /// A group without its rows. A stage that others interrupt has its details where it begins, and its sum where it ends.
    fn group(&self, runs: &[Run], at: usize, sums: &Sums<'a>) -> Group {
        let mut group = Group { heading: String::new(), lines: Vec::new(), rows: Vec::new(), subtotal: None };
        let Some(stage) = runs[at].stage else {
            let before = at.checked_sub(1).and_then(|before| runs[before].stage);
            group.heading = before.map_or_else(String::new, |before| {
                let number = self.flow.stages[before].number;
                say!(self.lang(), "Sau giai đoạn {number}", "After stage {number}")
            });
            return group;
        };
        let heading = self.words.stage_lines(self.flow, stage).join(" – ");
        if runs[..at].iter().any(|run| run.stage == Some(stage)) {
            group.heading = say!(self.lang(), "{heading} (tiếp theo)", "{heading} (continued)");
        } else {
            group.heading = heading;
            group.lines = self.stage_details(self.flow.stages[stage].stage);
        }
        if runs[at + 1..].iter().all(|run| run.stage != Some(stage)) {
            let number = self.flow.stages[stage].number;
            group.subtotal = sums.of_stage(self, stage).map(|sum| Subtotal {
                label: say!(self.lang(), "Cộng giai đoạn {number}", "Sum of stage {number}"),
                sum,
            });
        }
        group
    }

    /// On how much all steps of a run depend alike: that is said once, above them.
    fn in_common(&self, run: &Run) -> usize {
        let guards = |at: usize| self.flow.guards(&self.flow.nodes[at]);
        let Some((first, rest)) = run.nodes.split_first() else { return 0 };
        let first = guards(*first);
        let alike = |other: &usize| {
            let pairs = first.iter().zip(guards(*other));
            pairs.take_while(|(a, b)| is_same(a.0, b.0) && a.1 == b.1).count()
        };
        // What one step alone depends on stands beside it, unless its stage says so.
        let when = run.stage.and_then(|stage| self.flow.stages[stage].stage.when.as_ref());
        let of_stage = first.iter().position(
            |(split, _)| matches!(split, Split::Facts(own) if when.is_some_and(|when| std::ptr::eq(*own, when))),
        );
        rest.iter().map(alike).min().or(of_stage.map(|at| at + 1)).unwrap_or(0)
    }

    /// The promise a stage keeps, and where its files are kept.
    fn stage_details(&self, stage: &Stage) -> Vec<String> {
        let words = &self.words;
        let mut lines = Vec::new();
        let promise = stage.id.as_ref().and_then(|id| {
            let mut all = self.plan.body().deadlines.iter();
            all.find(|one| one.id.as_ref().is_some_and(|known| known.value == id.value))
        });
        if let Some(limit) = promise.and_then(|promise| promise.limit.as_ref()) {
            let Told { text, cases } = self.told(limit, &|limit| words.limit(limit));
            let limit = match cases.is_empty() {
                true => text,
                false => say!(self.lang(), "{text} (có trường hợp khác, xem mục I)", "{text} (other cases: see I)"),
            };
            lines.push(say!(self.lang(), "Thời hạn công bố: {limit}", "Published limit: {limit}"));
        }
        lines.extend(stage.system.as_ref().map(|system| {
            let system = &system.value;
            say!(self.lang(), "Hệ thống xử lý: {system}", "System of record: {system}")
        }));
        lines.extend(stage.notes.iter().map(|note| note.value.clone()));
        lines
    }

    /// Where blocks and branches begin before a step.
    fn bands_before(&self, before: &[(&'a Parallel, usize)], now: &[(&'a Parallel, usize)], shared: usize) -> Vec<Row> {
        let mut bands = Vec::new();
        for (at, (fork, branch)) in now.iter().enumerate() {
            let goes_on = at < shared;
            if goes_on && before[at].1 == *branch {
                continue;
            }
            if !goes_on {
                bands.push(Row::Band { text: self.band_of(fork) });
            }
            let number = branch + 1;
            let label = fork.branches.get(*branch).and_then(|(label, _)| label.as_ref());
            bands.push(Row::Band {
                text: match label.map(|label| &label.value) {
                    Some(label) => say!(self.lang(), "Nhánh {number}: {label}", "Branch {number}: {label}"),
                    None => say!(self.lang(), "Nhánh {number}", "Branch {number}"),
                },
            });
        }
        bands
    }

    fn band_of(&self, fork: &Parallel) -> String {
        let count = fork.branches.len();
        let text = say!(self.lang(), "Thực hiện đồng thời {count:02} nhánh", "{count} branches in parallel");
        match &fork.time {
            Some(time) => {
                let time = self.words.times(time);
                say!(self.lang(), "{text}; thời gian chung: {time}", "{text}; time they share: {time}")
            }
            None => text,
        }
    }

    fn band_after(&self, fork: &Parallel) -> Row {
        let count = fork.branches.len();
        let text = say!(
            self.lang(),
            "Xong cả {count:02} nhánh mới sang bước tiếp theo",
            "Goes on when all {count} branches are done"
        );
        Row::Band { text }
    }

    /// The row of a step; so many of the conditions are said above.
    fn step(&self, at: usize, said: usize) -> Option<Row> {
        let node = &self.flow.nodes[at];
        let NodeKind::Step(step, number) = node.kind else { return None };
        let (role, agency) = self.actor(node);
        let cases = step.responsible.as_ref().map(|by| self.told(by, &|who| self.responsible(who)).cases);
        Some(Row::Step(Box::new(StepRow {
            number,
            title: self.words.step_label(step),
            when: self.all_of(self.conditions(node, said)),
            lines: self.details(at, step),
            role,
            agency,
            role_cases: cases.unwrap_or_default(),
            time: self.time(node, step).capitalised(),
            results: self.results(step),
            inside: !self.flow.branches(node).is_empty(),
        })))
    }

    /// Who acts at a node, and for which agency.
    pub(super) fn actor(&self, node: &FlowNode<'a>) -> (String, String) {
        if let NodeKind::Step(step, _) = node.kind
            && is_awaited(step)
            && step.responsible.is_none()
        {
            return (self.words.applicant_name().to_owned(), String::new());
        }
        let lane = &self.flow.lanes[node.lane];
        (self.words.lane_name(lane), lane.agency.clone().unwrap_or_default())
    }

    fn responsible(&self, who: &Responsible) -> String {
        match who {
            Responsible::Role(role) => self.words.role_name(role),
            Responsible::System => self.pick("hệ thống", "the system"),
        }
    }

    /// What a node depends on, without the first conditions.
    fn conditions(&self, node: &FlowNode<'a>, said: usize) -> Vec<String> {
        self.conditions_of(self.flow.guards(node).into_iter().skip(said))
    }

    /// The first conditions on which a node depends.
    fn conditions_until(&self, node: &FlowNode<'a>, said: usize) -> Vec<String> {
        self.conditions_of(self.flow.guards(node).into_iter().take(said))
    }

    pub(super) fn conditions_of(&self, guards: impl Iterator<Item = (Split<'a>, bool)>) -> Vec<String> {
        let (facts, came): (Vec<_>, Vec<_>) = guards.partition(|(split, _)| matches!(split, Split::Facts(_)));
        let facts: Vec<Expr> = facts.into_iter().filter_map(|(split, holds)| fact(split, holds)).collect();
        let facts = together(&facts, None).map(|facts| self.words.condition(&facts));
        let came = came.into_iter().map(|guard| self.words.guard(self.flow, guard));
        facts.into_iter().chain(came).collect()
    }

    /// `Khi A và B`; empty where there is nothing.
    pub(super) fn all_of(&self, conditions: Vec<String>) -> String {
        if conditions.is_empty() { String::new() } else { self.when(&conditions.join(&self.pick(" và ", " and "))) }
    }

    /// How long a step may take, and what that rests on.
    pub(super) fn time(&self, node: &FlowNode<'a>, step: &Step) -> Told {
        if let Some(time) = &step.time {
            return self.told(time, &|time| self.words.step_time(time));
        }
        if time_of(self.flow, node, step).is_some() || self.keeps_promise(node) {
            let number = node.stage.map_or(0, |stage| self.flow.stages[stage].number);
            return Told::of(say!(
                self.lang(),
                "trong thời gian của giai đoạn {number}",
                "within the time of stage {number}"
            ));
        }
        Told::of(match is_awaited(step) {
            true => self.pick("không tính vào thời hạn", "not counted"),
            false => self.pick("không ghi", "not said"),
        })
    }

    /// Whether the stage of a node is a promise of the same name.
    fn keeps_promise(&self, node: &FlowNode<'a>) -> bool {
        let id = node.stage.and_then(|stage| self.flow.stages[stage].stage.id.as_ref());
        id.is_some_and(|id| {
            self.plan.body().deadlines.iter().any(|one| one.id.as_ref().is_some_and(|known| known.value == id.value))
        })
    }

    /// Forms and products.
    fn results(&self, step: &Step) -> Vec<String> {
        let words = &self.words;
        let mut lines = Vec::new();
        if let Some(form) = &step.form {
            let form = self.told(form, &|form| words.form(form));
            let text = &form.text;
            lines.push(say!(self.lang(), "Biểu mẫu: {text}", "Form: {text}"));
            lines.extend(form.cases);
        }
        if let Some(products) = &step.produces {
            let say = |all: &Vec<_>| all.iter().map(|one| words.product(one)).collect::<Vec<_>>().join("; ");
            let products = self.told(products, &say);
            lines.push(capitalised(&products.text));
            lines.extend(products.cases);
        }
        lines
    }

    /// What else is to be known of a step: what it rests on, whom it asks, and everything that can come of it.
    fn details(&self, at: usize, step: &'a Step) -> Vec<String> {
        let words = &self.words;
        let lang = self.lang();
        let mut lines = Vec::new();
        lines.extend(words.cites(&step.cites).map(|cites| say!(lang, "Căn cứ: {cites}", "Basis: {cites}")));
        if let Some(asked) = &step.ask {
            let asked = words.agencies(asked);
            lines.push(say!(lang, "Cơ quan được hỏi: {asked}", "Asked: {asked}"));
        }
        match &step.performs {
            Some(Performs::Procedure(code)) => {
                let code = &code.value;
                lines.push(say!(lang, "Thực hiện theo thủ tục {code}", "As procedure {code}"));
            }
            Some(Performs::Subprocess(id)) => {
                let shared = self.plan.subprocesses.iter().find(|one| one.id.value == id.value);
                let name = shared.map_or_else(|| id.value.to_string(), |shared| shared.name.value.clone());
                lines.push(say!(lang, "Thực hiện theo quy trình con “{name}”", "As the shared process “{name}”"));
            }
            None => {}
        }
        lines.extend(step.vote.map(|share| say!(lang, "Tỷ lệ tán thành: {share}", "Votes needed: {share}")));
        lines.extend(step.meet_again.as_ref().map(|most| {
            let most = most.value;
            say!(lang, "Không thông qua thì họp lại, tối đa {most:02} lần", "Not carried: meet again, at most {most}")
        }));
        lines.extend(self.hand_over(at, step));
        lines.extend(self.supplement(at, step));
        lines.extend(step.refuses.as_ref().map(|why| {
            let why = &why.value;
            say!(lang, "Không tiếp nhận: {why}", "Not received: {why}")
        }));
        lines.extend(self.reactions(at, step));
        lines.extend(step.done_when.as_ref().map(|done| {
            let done = &done.value;
            say!(lang, "Xong khi: {done}", "Done when: {done}")
        }));
        lines.extend(step.notes.iter().map(|note| note.value.clone()));
        lines
    }

    /// Who takes a file over, and how soon.
    fn hand_over(&self, at: usize, step: &'a Step) -> Option<String> {
        let accept = self.beside(at, |kind| matches!(kind, NodeKind::Accept(one) if std::ptr::eq(one, step)))?;
        let (role, agency) = self.actor(&self.flow.nodes[accept]);
        let to = if agency.is_empty() { role } else { format!("{role} ({agency})") };
        let text = say!(self.lang(), "Bên nhận: {to}", "Taken over by: {to}");
        Some(match &step.accept_within {
            Some(within) => {
                let within = self.with_basis(within, &|time| self.words.duration(time));
                say!(self.lang(), "{text}; nhận trong: {within}", "{text}; within: {within}")
            }
            None => text,
        })
    }

    /// What may be asked of the applicant, in which time, and what becomes of the limit.
    fn supplement(&self, at: usize, step: &'a Step) -> Vec<String> {
        let lang = self.lang();
        let Some(own) = step.supplement.as_ref().map(|supplement| &supplement.value) else { return Vec::new() };
        if !own.allowed {
            return vec![self.pick("Không được yêu cầu bổ sung hồ sơ", "No supplement may be asked for")];
        }
        let mut parts = vec![self.pick("Hồ sơ chưa đủ: yêu cầu bổ sung", "Incomplete: ask for supplements")];
        parts.extend(own.maximum.as_ref().map(|most| {
            let most = self.words.value(most, |most| say!(lang, "{most:02} lần", "{most}"));
            say!(lang, "tối đa {most}", "at most {most}")
        }));
        parts.extend(own.signed_by.as_ref().map(|role| {
            let role = self.words.role_name(role);
            say!(lang, "{role} ký", "signed by {role}")
        }));
        parts.extend(self.notify(&own.notify_within));
        let mut lines = vec![parts.join("; ")];
        lines.push(self.wait(own).join("; "));
        let answer = self.beside(at, |kind| matches!(kind, NodeKind::Answer(one) if std::ptr::eq(one, step)));
        lines.extend(own.unsatisfied.as_ref().map(|reaction| {
            let what = self.reaction(reaction, answer, EdgeLabel::Unsatisfied);
            say!(lang, "Bổ sung không đạt: {what}", "Not satisfied: {what}")
        }));
        lines.extend(self.late_supplement(at, step, own));
        lines.extend(own.notes.iter().map(|note| note.value.clone()));
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// How soon the applicant is told: the first time, and later.
    fn notify(&self, within: &[Duration]) -> Option<String> {
        let say = |time: &Duration| self.words.duration(time);
        let first = say(within.first()?);
        let later: Vec<String> = within[1..].iter().map(say).collect();
        Some(match later.is_empty() {
            true => say!(self.lang(), "thông báo trong {first}", "told within {first}"),
            false => {
                let later = later.join(", ");
                say!(
                    self.lang(),
                    "thông báo trong {first} (lần đầu), {later} (lần sau)",
                    "told within {first} (first), {later} (later)"
                )
            }
        })
    }

    /// How long the applicant has, what the clock does, and how long a second look takes.
    fn wait(&self, own: &Supplement) -> Vec<String> {
        let lang = self.lang();
        let mut parts = Vec::new();
        parts.extend(own.wait.as_ref().map(|wait| {
            let wait = self.with_basis(wait, &|time| self.words.duration(time));
            say!(lang, "Người nộp bổ sung trong: {wait}", "The applicant has: {wait}")
        }));
        parts.extend(own.clock.as_ref().map(|clock| self.with_basis(clock, &|clock| self.clock(*clock))));
        parts.extend(own.time.as_ref().map(|time| {
            let time = self.told(time, &|time| self.words.step_time(time)).in_line();
            let time = uncapitalised(&time);
            say!(lang, "xem lại hồ sơ bổ sung: {time}", "looked at again within: {time}")
        }));
        if let Some(first) = parts.first_mut() {
            *first = capitalised(first);
        }
        parts
    }

    fn clock(&self, clock: ClockEffect) -> String {
        match clock {
            ClockEffect::Restart => {
                self.pick("bổ sung đủ thì thời hạn tính lại từ đầu", "the limit starts anew once supplemented")
            }
            ClockEffect::Suspend => {
                self.pick("thời hạn tạm dừng trong khi chờ bổ sung, không tính", "the limit stands still meanwhile")
            }
            ClockEffect::Continue => self.pick("thời hạn không dừng", "the limit goes on"),
        }
    }

    /// Whoever does not supplement in time is not decided upon, unless something else is said.
    fn late_supplement(&self, at: usize, step: &'a Step, own: &Supplement) -> Option<String> {
        let wait = self.beside(at, |kind| matches!(kind, NodeKind::AwaitSupplement(one) if std::ptr::eq(one, step)))?;
        let timer = self.timer_on(wait);
        let what = match &own.overdue {
            Some(reaction) => self.reaction(reaction, timer, EdgeLabel::Overdue),
            None => {
                timer?;
                self.pick("dừng giải quyết", "stopped")
            }
        };
        Some(say!(self.lang(), "Quá hạn bổ sung: {what}", "Not supplemented in time: {what}"))
    }

    /// Disagreement, refusal to take over, silence.
    fn reactions(&self, at: usize, step: &'a Step) -> Vec<String> {
        let lang = self.lang();
        let answer = self.beside(at, |kind| matches!(kind, NodeKind::Answer(one) if std::ptr::eq(one, step)));
        let accept = self.beside(at, |kind| matches!(kind, NodeKind::Accept(one) if std::ptr::eq(one, step)));
        let timer = self.timer_on(accept.unwrap_or(at));
        let mut lines = Vec::new();
        lines.extend(step.disagree.as_ref().map(|reaction| {
            let what = self.reaction(reaction, answer, EdgeLabel::Disagree);
            say!(lang, "Không đồng ý: {what}", "Disagreed: {what}")
        }));
        lines.extend(step.not_accepted.as_ref().map(|reaction| {
            let what = self.reaction(reaction, answer, EdgeLabel::NotAccepted);
            say!(lang, "Bên nhận không nhận: {what}", "Not taken over: {what}")
        }));
        lines.extend(step.overdue.as_ref().map(|reaction| {
            let what = self.reaction(reaction, timer, EdgeLabel::Overdue);
            say!(lang, "Quá hạn: {what}", "Overdue: {what}")
        }));
        lines
    }

    fn reaction(&self, reaction: &Reaction, from: Option<usize>, label: EdgeLabel<'a>) -> String {
        let lang = self.lang();
        let number = from.and_then(|from| self.leads_to(from, label));
        let mut text = match (&reaction.kind, number) {
            (ReactionKind::Report(role), _) => {
                let role = self.words.role_name(role);
                say!(lang, "báo cáo {role}", "report to {role}")
            }
            (ReactionKind::DeemedConsent, _) => self.pick("coi như đồng ý", "deemed consent"),
            (ReactionKind::DeemedRefusal, _) => self.pick("coi như không đồng ý", "deemed refusal"),
            (ReactionKind::Refuse, _) => self.pick("từ chối giải quyết", "refused"),
            (ReactionKind::Stop, _) => self.pick("dừng giải quyết", "stopped"),
            (ReactionKind::ReturnTo(_), Some(number)) => {
                say!(lang, "trả lại bước {number}", "back to step {number}")
            }
            (ReactionKind::ReturnTo(step), None) => {
                let step = &step.key;
                say!(lang, "trả lại {step}", "back to {step}")
            }
            (ReactionKind::Steps(_), Some(number)) => say!(lang, "sang bước {number}", "on to step {number}"),
            (ReactionKind::Steps(_), None) => self.pick("không làm gì thêm", "nothing more is done"),
            (ReactionKind::Hole, _) => self.words.gap(),
        };
        if let Some(within) = &reaction.within {
            let within = self.words.duration(within);
            text = say!(lang, "{text} trong {within}", "{text} within {within}");
        }
        self.on_basis(text, &reaction.cites)
    }

    /// The first node behind a step that belongs to it and is of a kind. A step that is laid out twice has its own each time.
    fn beside(&self, at: usize, is: impl Fn(NodeKind<'a>) -> bool) -> Option<usize> {
        (at + 1..self.flow.nodes.len()).find(|&other| is(self.flow.nodes[other].kind))
    }

    fn timer_on(&self, at: usize) -> Option<usize> {
        self.flow.nodes.iter().position(|node| matches!(node.kind, NodeKind::Timer { on, .. } if on == at))
    }

    /// The number of the step that a way out of a node leads to, past what is no step.
    fn leads_to(&self, from: usize, label: EdgeLabel<'a>) -> Option<usize> {
        let edges = &self.flow.edges;
        let mut edge = edges.iter().find(|edge| edge.from == from && edge.label == label)?;
        for _ in edges {
            match self.flow.nodes[edge.to].kind {
                NodeKind::Step(_, number) => return Some(number),
                NodeKind::Merge | NodeKind::Choice(_) | NodeKind::Fork => {
                    edge = edges.iter().find(|next| next.from == edge.to)?;
                }
                _ => return None,
            }
        }
        None
    }
}

/// What must hold for an arm of a split by facts.
fn fact(split: Split<'_>, holds: bool) -> Option<Expr> {
    match split {
        Split::Facts(when) if holds => Some(when.clone()),
        Split::Facts(when) => Some(when.denied()),
        Split::Came(..) => None,
    }
}

fn is_same(a: Split<'_>, b: Split<'_>) -> bool {
    match (a, b) {
        (Split::Facts(a), Split::Facts(b)) => std::ptr::eq(a, b),
        (Split::Came(a, with), Split::Came(b, other)) => a == b && with == other,
        (_, _) => false,
    }
}
