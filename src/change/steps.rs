//! What of a step or stage changed.

use super::cases::{How, by_meaning};
use super::names::Names;
use super::same::same_set;
use super::{At, Diff, Field, Part, Trend};
use crate::lang::say;
use crate::model::process::{Parallel, Performs, Reaction, ReactionKind, Responsible, StepTime, Supplement};
use crate::model::{ByCase, Duration, Ref, Stage, Step};
use crate::plan::Wording;
use crate::source::Spanned;

impl<'a> Diff<'a> {
    pub(super) fn stage(&mut self, old: &'a Stage, new: &'a Stage) {
        let name = |stage: &Stage| {
            let own = stage.label.as_ref().map(|label| label.value.clone());
            own.or(stage.id.as_ref().map(|id| id.value.to_string()))
        };
        let at = At { of: name(new), ..At::part(Part::Stage).places(Some(old.head), Some(new.head)) };
        self.text(&at.field(Field::Name), old.label.as_ref(), new.label.as_ref());
        self.time(&at.field(Field::Time), old.time.as_ref(), new.time.as_ref());
        self.text(&at.field(Field::System), old.system.as_ref(), new.system.as_ref());
        self.applies(&at, old.when.as_ref(), new.when.as_ref());
        self.notes(&at, &old.notes, &new.notes);
    }

    /// The time that parallel branches share.
    pub(super) fn common_time(&mut self, old: &'a Parallel, new: &'a Parallel) {
        let of = Some(self.new.pick("các nhánh đồng thời", "the parallel branches").to_owned());
        let at = At { of, ..At::part(Part::Branch).places(Some(old.span), Some(new.span)) };
        let before = self.found.len();
        self.time(&at.field(Field::Time), old.time.as_ref(), new.time.as_ref());
        // Each of its branches says the same.
        let said = self.found.split_off(before);
        let fresh: Vec<_> = said.into_iter().filter(|one| !self.found.contains(one)).collect();
        self.found.extend(fresh);
    }

    pub(super) fn step(&mut self, old: &'a Step, new: &'a Step) {
        let at =
            At { of: Some(self.new.step_label(new)), ..At::part(Part::Step).places(Some(old.head), Some(new.head)) };
        let named = At { of: Some(self.old.step_label(old)), ..at.clone() };
        self.text(&named.field(Field::Name), old.label.as_ref(), new.label.as_ref());
        let kind = (Some(&old.kind), Some(&new.kind));
        self.one(&at.field(Field::Kind), kind, &|words, kind| format!("“{}”", words.step_kind(*kind)));
        let how = How {
            same: same_responsible,
            say: &|words: &Wording<'_>, one: &Responsible| doer(words, one),
            trend: |_, _| Trend::Other,
        };
        self.by_case(&at.field(Field::Responsible), (old.responsible.as_ref(), new.responsible.as_ref()), &how);
        self.time(&at.field(Field::Time), old.time.as_ref(), new.time.as_ref());
        self.applies(&at, old.when.as_ref(), new.when.as_ref());
        let products = |words: &Wording<'_>, all: &Vec<Ref>| {
            all.iter().map(|one| format!("“{}”", words.product(one))).collect::<Vec<_>>().join("; ")
        };
        let how = How { same: same_products, say: &products, trend: |_, _| Trend::Other };
        self.by_case(&at.field(Field::Products), (old.produces.as_ref(), new.produces.as_ref()), &how);
        self.forms(&at, (old.form.as_ref(), new.form.as_ref()));
        self.cites(&at, &old.cites, &new.cites);
        self.notes(&at, &old.notes, &new.notes);
        self.text(&at.field(Field::Refuses), old.refuses.as_ref(), new.refuses.as_ref());
        self.text(&at.field(Field::DoneWhen), old.done_when.as_ref(), new.done_when.as_ref());
        self.asks(&at, old, new);
        self.hand_over(&at, old, new);
        let reactions = [
            (Field::Overdue, &old.overdue, &new.overdue),
            (Field::NotAccepted, &old.not_accepted, &new.not_accepted),
            (Field::Disagree, &old.disagree, &new.disagree),
        ];
        for (field, old, new) in reactions {
            self.reaction(&at.field(field), old.as_ref(), new.as_ref());
        }
        if old.vote != new.vote {
            let said = |vote: Option<crate::model::Number>| vote.map(|vote| vote.to_string());
            self.became(at.field(Field::Vote), said(old.vote), said(new.vote), Trend::Other);
        }
        let again = (old.meet_again.as_ref().map(|one| &one.value), new.meet_again.as_ref().map(|one| &one.value));
        self.one(&at.field(Field::MeetsAgain), again, &|words, times| times_said(words, *times));
        let performs = |one: &'a Step| {
            one.performs.as_ref().map(|performs| match performs {
                Performs::Procedure(code) => code.value.to_string(),
                Performs::Subprocess(id) => id.value.to_string(),
            })
        };
        let (before, after) = (performs(old), performs(new));
        if before != after {
            self.became(at.field(Field::Performs), before, after, Trend::Other);
        }
        self.supplement(&at, old.supplement.as_ref(), new.supplement.as_ref());
    }

    fn time(&mut self, at: &At, old: Option<&'a ByCase<StepTime>>, new: Option<&'a ByCase<StepTime>>) {
        let how = How {
            same: by_meaning,
            say: &|words: &Wording<'_>, time: &StepTime| words.step_time(time),
            trend: |old, new| match (old, new) {
                (StepTime::For { duration: old, counted: a }, StepTime::For { duration: new, counted: b })
                    if a == b =>
                {
                    super::deadlines::duration_trend(*old, *new)
                }
                (_, _) => Trend::Other,
            },
        };
        self.by_case(at, (old, new), &how);
    }

    fn asks(&mut self, at: &At, old: &Step, new: &Step) {
        let same = match (&old.ask, &new.ask) {
            (None, None) => true,
            (Some(old), Some(new)) => same_set(old, new, &self.names),
            (_, _) => false,
        };
        if !same {
            let said = |words: &Wording<'_>, step: &Step| step.ask.as_ref().map(|all| words.agencies(all));
            let (old, new) = (said(&self.old, old), said(&self.new, new));
            self.became(at.field(Field::Asks), old, new, Trend::Other);
        }
    }

    fn hand_over(&mut self, at: &At, old: &'a Step, new: &'a Step) {
        let same = match (&old.hand_to, &new.hand_to) {
            (None, None) => true,
            (Some(old), Some(new)) => self.names.same_role(old, new),
            (_, _) => false,
        };
        if !same {
            let said = |words: &Wording<'_>, step: &Step| step.hand_to.as_ref().map(|role| words.role_name(role));
            let (old, new) = (said(&self.old, old), said(&self.new, new));
            self.became(at.field(Field::HandsTo), old, new, Trend::Other);
        }
        let within = (old.accept_within.as_ref(), new.accept_within.as_ref());
        let say = |words: &Wording<'_>, time: &Duration| words.duration(time);
        self.value(&at.field(Field::AcceptsWithin), within, &say, |old, new| {
            super::deadlines::duration_trend(*old, *new)
        });
    }

    fn reaction(&mut self, at: &At, old: Option<&Reaction>, new: Option<&Reaction>) {
        let at = at.places(old.map(|one| one.span), new.map(|one| one.span));
        let same = match (old, new) {
            (None, None) => return,
            (Some(old), Some(new)) => same_reaction(&self.names, old, new),
            (_, _) => false,
        };
        if !same {
            let (before, after) = (old.map(|one| reaction(&self.old, one)), new.map(|one| reaction(&self.new, one)));
            self.became(at.clone(), before, after, Trend::Other);
        }
        if let (Some(old), Some(new)) = (old, new) {
            self.cites(&at, &old.cites, &new.cites);
        }
    }

    fn supplement(&mut self, at: &At, old: Option<&'a Spanned<Supplement>>, new: Option<&'a Spanned<Supplement>>) {
        let at = at.places(old.map(|one| one.span), new.map(|one| one.span));
        let allowed = |one: Option<&Spanned<Supplement>>| one.map(|one| one.value.allowed);
        if allowed(old) != allowed(new) {
            let said = |words: &Wording<'_>, allowed: Option<bool>| {
                allowed.map(|allowed| match allowed {
                    true => words.pick("được bổ sung", "allowed").to_owned(),
                    false => words.pick("không bổ sung", "not allowed").to_owned(),
                })
            };
            let (old, new) = (said(&self.old, allowed(old)), said(&self.new, allowed(new)));
            self.became(at.field(Field::Supplement), old, new, Trend::Other);
            return;
        }
        let (Some(old), Some(new)) = (old, new) else { return };
        let (old, new) = (&old.value, &new.value);
        let rounds = (old.maximum.as_ref(), new.maximum.as_ref());
        let trend: fn(&u32, &u32) -> Trend = |old, new| if old < new { Trend::Higher } else { Trend::Lower };
        self.value(&at.field(Field::Rounds), rounds, &|words, times| times_said(words, *times), trend);
        if old.notify_within != new.notify_within {
            let said = |words: &Wording<'_>, all: &[Duration]| {
                (!all.is_empty()).then(|| all.iter().map(|one| words.duration(one)).collect::<Vec<_>>().join(", "))
            };
            let (old, new) = (said(&self.old, &old.notify_within), said(&self.new, &new.notify_within));
            self.became(at.field(Field::NotifiesWithin), old, new, Trend::Other);
        }
        let say = |words: &Wording<'_>, time: &Duration| words.duration(time);
        let wait = (old.wait.as_ref(), new.wait.as_ref());
        self.value(&at.field(Field::Waits), wait, &say, |old, new| super::deadlines::duration_trend(*old, *new));
        let clock = (old.clock.as_ref(), new.clock.as_ref());
        let effect =
            |words: &Wording<'_>, one: &crate::model::process::ClockEffect| words.clock_effect(*one).to_owned();
        self.value(&at.field(Field::Clock), clock, &effect, |_, _| Trend::Other);
        self.reaction(&at.field(Field::Unsatisfied), old.unsatisfied.as_ref(), new.unsatisfied.as_ref());
        self.reaction(&at.field(Field::NotSupplemented), old.overdue.as_ref(), new.overdue.as_ref());
        let signer = match (&old.signed_by, &new.signed_by) {
            (None, None) => true,
            (Some(old), Some(new)) => self.names.same_role(old, new),
            (_, _) => false,
        };
        if !signer {
            let said = |words: &Wording<'_>, one: &Supplement| one.signed_by.as_ref().map(|role| words.role_name(role));
            let (before, after) = (said(&self.old, old), said(&self.new, new));
            self.became(at.field(Field::SignedBy), before, after, Trend::Other);
        }
        self.time(&at.field(Field::LooksAgain), old.time.as_ref(), new.time.as_ref());
        self.notes(&at, &old.notes, &new.notes);
    }
}

fn times_said(words: &Wording<'_>, times: u32) -> String {
    say!(words.lang, "{times:02} lần", "{times} times")
}

fn same_responsible(names: &Names<'_>, old: &Responsible, new: &Responsible) -> bool {
    match (old, new) {
        (Responsible::Role(old), Responsible::Role(new)) => names.same_role(old, new),
        (Responsible::System, Responsible::System) => true,
        (_, _) => false,
    }
}

#[expect(clippy::ptr_arg, reason = "a value by case holds vectors")]
fn same_products(names: &Names<'_>, old: &Vec<Ref>, new: &Vec<Ref>) -> bool {
    old.len() == new.len() && old.iter().all(|one| new.iter().any(|other| names.same_outcome(one, other)))
}

fn same_reaction(names: &Names<'_>, old: &Reaction, new: &Reaction) -> bool {
    let kind = match (&old.kind, &new.kind) {
        (ReactionKind::Report(old), ReactionKind::Report(new)) => names.same_role(old, new),
        (ReactionKind::ReturnTo(old), ReactionKind::ReturnTo(new)) => names.same_step(old, new),
        // Its steps are compared with all others.
        (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
    };
    kind && old.within == new.within
}

/// Who does a step.
fn doer(words: &Wording<'_>, one: &Responsible) -> String {
    match one {
        Responsible::Role(role) => words.role_name(role),
        Responsible::System => words.pick("hệ thống", "the system").to_owned(),
    }
}

/// Who does a step, in every case.
pub(super) fn responsible(words: &Wording<'_>, by: &ByCase<Responsible>) -> String {
    let all: Vec<String> = by.values().into_iter().map(|value| words.value(value, |one| doer(words, one))).collect();
    all.join("; ")
}

fn reaction(words: &Wording<'_>, one: &Reaction) -> String {
    let text = match &one.kind {
        ReactionKind::Report(role) => {
            let role = words.role_name(role);
            say!(words.lang, "báo cáo {role}", "report to {role}")
        }
        ReactionKind::DeemedConsent => words.pick("coi như đồng ý", "deemed to consent").to_owned(),
        ReactionKind::DeemedRefusal => words.pick("coi như không đồng ý", "deemed to refuse").to_owned(),
        ReactionKind::Refuse => words.pick("từ chối", "refuse").to_owned(),
        ReactionKind::Stop => words.pick("dừng giải quyết", "stop").to_owned(),
        ReactionKind::ReturnTo(step) => {
            let process = crate::resolve::names::process_of(words.body);
            let found = process.into_iter().flat_map(|process| process.steps());
            let name = found.into_iter().find(|one| crate::resolve::names::step_is(one, step));
            let name = name.map_or_else(|| step.key.to_string(), |one| words.step_label(one));
            say!(words.lang, "trả lại bước “{name}”", "return to “{name}”")
        }
        ReactionKind::Steps(_) => words.pick("các bước tiếp theo được quy định riêng", "steps of its own").to_owned(),
        ReactionKind::Hole => words.gap(),
    };
    match &one.within {
        Some(within) => {
            let within = words.duration(within);
            say!(words.lang, "{text} trong {within}", "{text} within {within}")
        }
        None => text,
    }
}
