//! The workflow part of `CODE.json`, as types.

use schemars::JsonSchema;
use serde::Serialize;

use crate::emit::json::view::{Cases, CitationView, Condition, ValueView};

/// The internal process. Nodes are named by ids of ASCII letters, digits and `_`, the same in every output of a build.
#[derive(Serialize, JsonSchema)]
pub(in crate::emit::json) struct ProcessView {
    /// Where the process is open: who sets it. Then everything else is empty.
    pub(super) open: Option<String>,
    /// Who acts.
    pub(super) lanes: Vec<LaneView>,
    pub(super) stages: Vec<StageView>,
    /// What is done, asked and awaited. Shared processes are laid out in place.
    pub(super) nodes: Vec<NodeView>,
    pub(super) edges: Vec<EdgeView>,
    /// What happens when a time runs out.
    pub(super) timers: Vec<TimerView>,
    /// The blocks as they were written, one after another.
    pub(super) tree: Vec<PartView>,
    /// The same process as states and actions, for software that knows no gateways. The first one is where a file is received.
    pub(super) states: Vec<StateView>,
    /// What passes between the applicant and the agencies, and from one agency to another.
    pub(super) messages: Vec<MessageView>,
    /// Who hands to whom: pairs of nodes at which somebody acts, where the lane changes.
    pub(super) handovers: Vec<[String; 2]>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct LaneView {
    pub(super) id: String,
    /// role, system, or unknown where nobody was named
    pub(super) kind: &'static str,
    /// The id of the role as the source gives it; of an agency that acts as one, the agency's.
    pub(super) role: Option<String>,
    pub(super) name: String,
    pub(super) agency: Option<String>,
}

/// Steps that share a budget or keep a promise.
#[derive(Serialize, JsonSchema)]
pub(super) struct StageView {
    /// From 1, in the order written.
    pub(super) number: usize,
    /// The id of the deadline that is kept here, where it has one.
    pub(super) id: Option<String>,
    pub(super) label: Option<String>,
    /// What its steps may take together.
    pub(super) budget: Option<Cases<StepTimeView>>,
    pub(super) system_of_record: Option<String>,
    pub(super) when: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct NodeView {
    pub(super) id: String,
    /// start, step, answer (a gateway: what came of a step), ask-supplement, await-supplement, accept (a hand-over is taken
    /// over), posted (a posting has hung long enough), timer, report, choice (a gateway: the facts of the case), merge, fork,
    /// join, and the ends done, refused, stopped, reported (of a report, beside the process)
    pub(super) kind: &'static str,
    /// What it is called in charts; empty for merges, forks and joins.
    pub(super) title: String,
    /// The id of a lane.
    pub(super) lane: String,
    /// The number of a stage.
    pub(super) stage: Option<usize>,
    /// The step that an answer, a supplement, an acceptance, a timer or a report belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<String>,
    /// How long it takes, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) step: Option<StepView>,
    /// What a choice asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<Condition>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct StepView {
    /// From 1, in the order written.
    pub(super) number: usize,
    /// The id that the author gave it.
    pub(super) id: Option<String>,
    /// receive, check, assign, appraise, consult, inspect-on-site, meet, post-publicly, financial-duty, await-applicant,
    /// submit-up, sign, issue, hand-over, perform, archive, return-result, refuse, stop-on-request, step
    pub(super) kind: &'static str,
    pub(super) label: String,
    /// Who does it. The lane of the node is the general rule.
    pub(super) responsible: Option<Cases<ResponsibleView>>,
    /// Done only where this holds; the choice before it asks.
    pub(super) when: Option<Condition>,
    pub(super) time: Option<Cases<StepTimeView>>,
    /// True where the time is the budget of the stage.
    pub(super) shares_stage_time: bool,
    pub(super) produces: Option<Cases<Vec<ProductView>>>,
    pub(super) form: Option<Cases<ProductView>>,
    /// Of a consult: who is asked.
    pub(super) asks: Vec<AgencyView>,
    /// Of a hand-over: who receives.
    pub(super) hands_to: Option<RoleView>,
    pub(super) accept_within: Option<ValueView<DurationView>>,
    pub(super) overdue: Option<ReactionView>,
    pub(super) not_accepted: Option<ReactionView>,
    pub(super) disagree: Option<ReactionView>,
    /// Of a step that may refuse to receive: why.
    pub(super) refuses: Option<String>,
    pub(super) supplement: Option<SupplementView>,
    /// What shows that a wait is over.
    pub(super) done_when: Option<String>,
    /// Of a meeting: the share of votes that carries.
    pub(super) vote: Option<ShareView>,
    /// Of a meeting: how many times it may be held again.
    pub(super) meet_again: Option<u32>,
    pub(super) performs: Option<PerformsView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) basis: Vec<CitationView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ResponsibleView {
    /// role or system
    pub(super) kind: &'static str,
    pub(super) role: Option<RoleView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct RoleView {
    /// As the source gives it; null where the role was only named.
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) agency: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct AgencyView {
    /// In the register of agencies; null for one that was only named, or is known in the case.
    pub(super) id: Option<String>,
    pub(super) name: String,
}

/// A paper: an outcome of the procedure or a form, by its id where it has one.
#[derive(Serialize, JsonSchema)]
pub(super) struct ProductView {
    pub(super) id: Option<String>,
    pub(super) name: String,
}

/// `amount` counts `unit`s; calendar days are never working days.
#[derive(Serialize, JsonSchema)]
pub(super) struct DurationView {
    pub(super) amount: f64,
    /// minutes, hours, working-hours, days, working-days, months, years
    pub(super) unit: &'static str,
    pub(super) text: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct StepTimeView {
    /// duration, at-least, not-counted, at-once, deadline (not later than it is due), same-day
    pub(super) kind: &'static str,
    pub(super) amount: Option<f64>,
    /// minutes, hours, working-hours, days, working-days, months, years
    pub(super) unit: Option<&'static str>,
    /// Whether it is counted against the published limit.
    pub(super) counted: bool,
    /// Of the kind `deadline`: the id of the deadline; null for the common one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deadline: Option<String>,
}

/// What follows an answer, or a time that ran out.
#[derive(Serialize, JsonSchema)]
pub(super) struct ReactionView {
    /// report, deemed-consent, deemed-refusal, refuse, stop, return, steps, not-yet-given
    pub(super) kind: &'static str,
    /// Of a report: who is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) role: Option<RoleView>,
    /// Of a return: the node of the step that is done again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) within: Option<DurationView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) basis: Vec<CitationView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct SupplementView {
    /// False where the step may not ask for any; then the rest is empty.
    pub(super) allowed: bool,
    /// How many times it may be asked for.
    pub(super) maximum: Option<ValueView<u32>>,
    /// Time to tell the applicant: the first time, and each later time.
    pub(super) notify_within: Vec<DurationView>,
    /// How long the applicant has.
    pub(super) wait: Option<ValueView<DurationView>>,
    /// What it does to the limit: restart, suspend, continue.
    pub(super) clock: Option<ValueView<&'static str>>,
    pub(super) unsatisfied: Option<ReactionView>,
    /// Where nothing is said, a file that is not supplemented in time is stopped.
    pub(super) overdue: Option<ReactionView>,
    pub(super) signed_by: Option<RoleView>,
    /// Time to look again at what was supplemented.
    pub(super) time: Option<Cases<StepTimeView>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ShareView {
    pub(super) numerator: i64,
    pub(super) denominator: i64,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct PerformsView {
    /// procedure, or process: one shared by several procedures
    pub(super) kind: &'static str,
    pub(super) id: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct EdgeView {
    pub(super) from: String,
    pub(super) to: String,
    /// next, yes, no, complete, incomplete, unsatisfied, not-received, agree, disagree, meet-again, accepted, not-accepted,
    /// overdue, branch
    pub(super) kind: &'static str,
    /// Behind an answer: the value that an engine compares, as in the actions of the states and in BPMN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<&'static str>,
    /// Behind a fork: what the author called the branch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) branch: Option<String>,
    /// What is written beside it in charts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<String>,
    /// Behind a choice: when this way is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<Condition>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct TimerView {
    pub(super) id: String,
    /// The node that it is on.
    pub(super) on: String,
    /// True where the node is left; false where what is done there goes on, and somebody is told.
    pub(super) interrupts: bool,
    /// Null where no single duration is known: it is the time of the step, in the case, or not yet given.
    pub(super) duration: Option<DurationView>,
}

/// A block as it was written.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum PartView {
    Step {
        node: String,
        /// Steps behind an answer, or behind a time that ran out.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        reactions: Vec<ReactionPartView>,
    },
    /// A shared process in place; the step that performs it has no node.
    Performed {
        process: Option<String>,
        label: String,
        parts: Vec<PartView>,
    },
    Stage {
        number: usize,
        parts: Vec<PartView>,
    },
    /// Also a step or a stage that has a `when`.
    Choice {
        node: String,
        when: Option<Condition>,
        then: Vec<PartView>,
        otherwise: Vec<PartView>,
    },
    Parallel {
        fork: String,
        /// Null where every branch ends the process.
        join: Option<String>,
        /// What the branches may take together.
        budget: Option<Cases<StepTimeView>>,
        branches: Vec<BranchView>,
    },
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ReactionPartView {
    /// As the kind of an edge.
    pub(super) on: &'static str,
    pub(super) parts: Vec<PartView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct BranchView {
    pub(super) label: Option<String>,
    pub(super) parts: Vec<PartView>,
}

/// Where somebody acts, something is awaited, or the process ends.
#[derive(Serialize, JsonSchema)]
pub(super) struct StateView {
    /// The id of the node.
    pub(super) id: String,
    /// As the kind of the node.
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) actor: ActorView,
    /// Of a join: how many arrivals it awaits before it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) awaits: Option<usize>,
    /// What can happen; nothing at an end.
    pub(super) actions: Vec<ActionView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ActorView {
    /// role, system, unknown (nobody was named), applicant, time (a time has to pass), branches (the others are awaited), nobody
    pub(super) kind: &'static str,
    /// The lane of who acts, or of who waits.
    pub(super) lane: String,
    pub(super) name: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ActionView {
    /// `done`, `timeout`, or the answer of a step: du, thieu, khong_dat, tu_choi, dong_y, khong_dong_y, hop_lai, nhan, khong_nhan
    pub(super) answer: &'static str,
    pub(super) label: String,
    /// True for the one with which a process goes on as hoped.
    pub(super) goes_on: bool,
    /// False for a timeout that leaves the state as it is: what is next is entered besides.
    pub(super) leaves: bool,
    /// Of a timeout: the timer, or the state itself where a time has to pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timer: Option<String>,
    /// Every one whose condition holds is entered: exactly one, or one for each parallel branch.
    pub(super) next: Vec<NextView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct NextView {
    pub(super) state: String,
    /// Null where it always holds.
    pub(super) when: Option<Condition>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct MessageView {
    /// application, supplement-request, supplement, applicant-turn (what a step awaits of the applicant), hand-over, consult,
    /// opinion, result, refusal, stop
    pub(super) kind: &'static str,
    pub(super) from: PartyView,
    pub(super) to: PartyView,
    /// What is sent: papers by name.
    pub(super) what: Vec<String>,
    /// The node at which it is sent, or awaited where the applicant or an agency outside the process sends it.
    pub(super) node: String,
    /// Of a hand-over: the node at which it is received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to_node: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct PartyView {
    /// applicant, lane, or agency: one that has no lane
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lane: Option<String>,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agency: Option<String>,
}
