//! Ids that programs compare: one for each choice of the language.

use crate::model::dossier::CopyKind;
use crate::model::header::{Applicant, Level};
use crate::model::process::{ClockEffect, ReactionKind};
use crate::model::{StepKind, Unit};
use crate::plan::flow::{EdgeLabel, EndKind, NodeKind};

pub(super) fn level_id(level: Level) -> &'static str {
    match level {
        Level::Ministry => "bộ",
        Level::Province => "tỉnh",
        Level::District => "huyện",
        Level::Commune => "xã",
        Level::Other => "khác",
    }
}

pub(super) fn applicant_id(applicant: &Applicant) -> &'static str {
    match applicant {
        Applicant::Citizen => "citizen",
        Applicant::Overseas => "overseas-vietnamese",
        Applicant::Foreigner => "foreigner",
        Applicant::Officials => "officials",
        Applicant::Enterprise => "enterprise",
        Applicant::ForeignInvested => "foreign-invested-enterprise",
        Applicant::Organisation => "organisation",
        Applicant::ForeignOrganisation => "foreign-organisation",
        Applicant::Cooperative => "cooperative",
        Applicant::Other(_) => "other",
    }
}

pub(in crate::emit) fn unit_id(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "minutes",
        Unit::Hours => "hours",
        Unit::WorkingHours => "working-hours",
        Unit::Days => "days",
        Unit::WorkingDays => "working-days",
        Unit::Months => "months",
        Unit::Years => "years",
    }
}

pub(super) fn copy_id(kind: CopyKind) -> &'static str {
    match kind {
        CopyKind::Original => "original",
        CopyKind::Copy => "copy",
        CopyKind::CertifiedCopy => "certified-copy",
        CopyKind::OriginalOrCertified => "original-or-certified-copy",
        CopyKind::CopyWithOriginal => "copy-with-original",
        CopyKind::CopyFromRegister => "copy-from-register",
        CopyKind::Photocopy => "photocopy",
        CopyKind::Electronic => "electronic",
    }
}

/// The kind of a step, as programs compare it.
pub(in crate::emit) fn step_kind_id(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Receive => "receive",
        StepKind::Check => "check",
        StepKind::Assign => "assign",
        StepKind::Appraise => "appraise",
        StepKind::Consult => "consult",
        StepKind::Inspect => "inspect-on-site",
        StepKind::Meet => "meet",
        StepKind::PostPublicly => "post-publicly",
        StepKind::FinancialDuty => "financial-duty",
        StepKind::AwaitApplicant => "await-applicant",
        StepKind::SubmitUp => "submit-up",
        StepKind::Sign => "sign",
        StepKind::Issue => "issue",
        StepKind::Handover => "hand-over",
        StepKind::Perform => "perform",
        StepKind::Archive => "archive",
        StepKind::Return => "return-result",
        StepKind::Refuse => "refuse",
        StepKind::StopOnRequest => "stop-on-request",
        StepKind::Plain => "step",
    }
}

/// What follows, as programs compare it.
pub(super) fn reaction_id(kind: &ReactionKind) -> &'static str {
    match kind {
        ReactionKind::Report(_) => "report",
        ReactionKind::DeemedConsent => "deemed-consent",
        ReactionKind::DeemedRefusal => "deemed-refusal",
        ReactionKind::Refuse => "refuse",
        ReactionKind::Stop => "stop",
        ReactionKind::ReturnTo(_) => "return",
        ReactionKind::Steps(_) => "steps",
        ReactionKind::Hole => "not-yet-given",
    }
}

pub(super) fn clock_id(effect: ClockEffect) -> &'static str {
    match effect {
        ClockEffect::Restart => "restart",
        ClockEffect::Suspend => "suspend",
        ClockEffect::Continue => "continue",
    }
}

pub(super) fn node_kind_id(kind: NodeKind<'_>) -> &'static str {
    match kind {
        NodeKind::Start => "start",
        NodeKind::Step(..) => "step",
        NodeKind::Answer(_) => "answer",
        NodeKind::AskSupplement(_) => "ask-supplement",
        NodeKind::AwaitSupplement(_) => "await-supplement",
        NodeKind::Accept(_) => "accept",
        NodeKind::Posted(_) => "posted",
        NodeKind::Timer { .. } => "timer",
        NodeKind::Report(..) => "report",
        NodeKind::Choice(_) => "choice",
        NodeKind::Merge => "merge",
        NodeKind::Fork => "fork",
        NodeKind::Join => "join",
        NodeKind::End(EndKind::Done) => "done",
        NodeKind::End(EndKind::Refused) => "refused",
        NodeKind::End(EndKind::Stopped) => "stopped",
        NodeKind::End(EndKind::Reported) => "reported",
    }
}

pub(super) fn edge_kind_id(label: EdgeLabel<'_>) -> &'static str {
    match label {
        EdgeLabel::Next => "next",
        EdgeLabel::Yes => "yes",
        EdgeLabel::No => "no",
        EdgeLabel::Complete => "complete",
        EdgeLabel::Incomplete => "incomplete",
        EdgeLabel::Unsatisfied => "unsatisfied",
        EdgeLabel::NotReceived => "not-received",
        EdgeLabel::Agree => "agree",
        EdgeLabel::Disagree => "disagree",
        EdgeLabel::MeetAgain => "meet-again",
        EdgeLabel::Accepted => "accepted",
        EdgeLabel::NotAccepted => "not-accepted",
        EdgeLabel::Overdue => "overdue",
        EdgeLabel::Branch(_) => "branch",
    }
}
