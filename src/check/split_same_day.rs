//! TT407: a same-day procedure is split into hours.

use super::prelude::*;
use crate::model::process::{ReactionKind, StepTime};
use crate::model::{ByCase, Deadline, Duration, Laid, Limit, Node, Stage};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT407"),
    name: "split-same-day",
    severity: Severity::Error,
    title: Words::new("Thủ tục trả trong ngày bị chia giờ", "A same-day procedure is split into hours"),
    why: Words::new(
        "“Trong ngày, nhận sau 15 giờ thì ngày làm việc tiếp theo” không phải 08 giờ và cũng không phải 01 ngày làm việc. Chia giờ cho từng bước thì hồ sơ nhận buổi chiều sẽ bị kéo quá lời hẹn.",
        "“Same day; the next working day when received after 15:00” is neither 8 hours nor a working day. Hours for each step would stretch what is received in the afternoon beyond the promise.",
    ),
    basis: Basis::Seen("mẫu thời hạn trong các quyết định công bố: Quyết định 1766/QĐ-UBND Bình Thuận năm 2020"),
    wrong: r#"thời hạn giải quyết: trong ngày, nhận sau 15 giờ thì ngày làm việc tiếp theo { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  thời gian: 03 giờ làm việc }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"thời hạn giải quyết: trong ngày, nhận sau 15 giờ thì ngày làm việc tiếp theo { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã;  thời gian: thời hạn chung }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let Some(process) = process_of(body) else { return };
    let wording = findings.wording(plan);
    let mut split = Vec::new();
    let common = body.deadlines.iter().find(|one| one.id.is_none()).map(|one| &one.value);
    Walk { deadlines: &body.deadlines, split: &mut split }.nodes(&process.nodes, common, false);
    for (span, duration, deadline) in split {
        let shown = wording.duration(&duration);
        let message = say!(
            findings.lang,
            "bước có {shown} của riêng mình, trong khi thủ tục trả trong ngày",
            "a step has {shown} of its own, while the result is due the same day"
        );
        let note = say!(findings.lang, "thời hạn trong ngày", "due the same day");
        let help = say!(
            findings.lang,
            "bỏ thời gian này, hoặc ghi “thời gian: thời hạn chung”",
            "leave this time out, or write `time: common deadline`"
        );
        findings.report(span, message).also(deadline.head, note).help(help);
    }
}

struct Walk<'a, 'w> {
    deadlines: &'a [Laid<Deadline>],
    split: &'w mut Vec<(Span, Duration, &'a Deadline)>,
}

impl<'a> Walk<'a, '_> {
    /// `within` is the limit that the nodes keep; `branch` says that not every case comes here.
    fn nodes(&mut self, nodes: &'a [Node], within: Option<&'a Deadline>, branch: bool) {
        for node in nodes {
            match node {
                Node::Step(step) => {
                    self.time(step.time.as_ref(), within, branch || step.when.is_some());
                    for reaction in step.reactions() {
                        if let ReactionKind::Steps(nodes) = &reaction.kind {
                            self.nodes(nodes, within, true);
                        }
                    }
                }
                Node::Stage(stage) => {
                    let branch = branch || stage.when.is_some();
                    self.time(stage.time.as_ref(), within, branch);
                    self.nodes(&stage.nodes, self.kept_by(stage).or(within), branch);
                }
                Node::Choice(choice) => {
                    self.nodes(&choice.then, within, true);
                    choice.otherwise.iter().for_each(|nodes| self.nodes(nodes, within, true));
                }
                Node::Parallel(parallel) => {
                    self.time(parallel.time.as_ref(), within, branch);
                    parallel.branches.iter().for_each(|(_, nodes)| self.nodes(nodes, within, branch));
                }
            }
        }
    }

    /// The named limit that a stage keeps.
    fn kept_by(&self, stage: &Stage) -> Option<&'a Deadline> {
        let time = stage.time.as_ref().and_then(|time| time.general.as_ref()).and_then(|value| value.setting.given());
        let found = self.deadlines.iter().find(|one| match (&one.id, time) {
            (Some(id), Some(StepTime::Deadline(Some(name)))) => name.names(Some(&id.value), None),
            (Some(id), _) => stage.id.as_ref().is_some_and(|stage| stage.value == id.value),
            (None, _) => false,
        });
        found.map(|laid| &laid.value)
    }

    fn time(&mut self, time: Option<&'a ByCase<StepTime>>, within: Option<&'a Deadline>, branch: bool) {
        let (Some(time), Some(deadline)) = (time, within) else { return };
        let Some(limit) = &deadline.limit else { return };
        let general = limit.general.as_ref().and_then(|value| value.setting.given());
        let by_case = !limit.rules.is_empty();
        // A branch may belong to a case with a limit of another kind.
        if !matches!(general, Some(Limit::SameDay { .. })) || branch && by_case {
            return;
        }
        let values = if by_case { time.general.iter().collect() } else { time.values() };
        for value in values {
            if let Some(StepTime::For { duration, counted: true }) = value.setting.given() {
                self.split.push((value.span, *duration, deadline));
            }
        }
    }
}
