//! The internal process: which steps came, went or stand elsewhere. What of a step changed is in [`steps`](super::steps).

use super::names::Version;
use super::pair::{Key, pair};
use super::same::Same;
use super::{At, Diff, Field, Part, Trend, What};
use crate::lang::say;
use crate::model::process::{Parallel, PublicStep};
use crate::model::{Expr, Node, Process, Role, Setting, Slot, Stage, Step, Value};
use crate::plan::Wording;
use crate::resolve::names::process_of;

/// What holds steps: the process itself, a stage, a branch.
#[derive(Clone, Copy, Debug)]
enum Holder<'a> {
    Whole,
    Stage(&'a Stage),
    Then(&'a Expr),
    Otherwise(&'a Expr),
    Branch(&'a Parallel, Option<&'a str>),
    /// What follows when a step is overdue, is not accepted, and so on.
    Reaction(&'a Step, usize),
}

/// A process as rows: each holder with what it holds, each step with its holder.
#[derive(Debug, Default)]
struct Laid<'a> {
    holders: Vec<(Holder<'a>, Option<usize>)>,
    /// The holder of each step, in the order in which they stand.
    steps: Vec<(&'a Step, usize)>,
}

impl<'a> Laid<'a> {
    fn of(process: &'a Process) -> Laid<'a> {
        let mut laid = Laid::default();
        let whole = laid.hold(Holder::Whole, None);
        laid.nodes(&process.nodes, whole);
        laid
    }

    fn hold(&mut self, holder: Holder<'a>, within: Option<usize>) -> usize {
        self.holders.push((holder, within));
        self.holders.len() - 1
    }

    fn nodes(&mut self, nodes: &'a [Node], within: usize) {
        for node in nodes {
            match node {
                Node::Step(step) => {
                    self.steps.push((step, within));
                    for (at, reaction) in step.reactions().into_iter().enumerate() {
                        if let crate::model::process::ReactionKind::Steps(nodes) = &reaction.kind {
                            let inner = self.hold(Holder::Reaction(step, at), Some(within));
                            self.nodes(nodes, inner);
                        }
                    }
                }
                Node::Stage(stage) => {
                    let inner = self.hold(Holder::Stage(stage), Some(within));
                    self.nodes(&stage.nodes, inner);
                }
                Node::Choice(choice) => {
                    let then = self.hold(Holder::Then(&choice.when), Some(within));
                    self.nodes(&choice.then, then);
                    if let Some(nodes) = &choice.otherwise {
                        let otherwise = self.hold(Holder::Otherwise(&choice.when), Some(within));
                        self.nodes(nodes, otherwise);
                    }
                }
                Node::Parallel(parallel) => {
                    for (label, nodes) in &parallel.branches {
                        let label = label.as_ref().map(|label| label.value.as_str());
                        let inner = self.hold(Holder::Branch(parallel, label), Some(within));
                        self.nodes(nodes, inner);
                    }
                }
            }
        }
    }

    /// Whether a holder lies within another, or is it.
    fn lies_in(&self, mut holder: usize, outer: usize) -> bool {
        loop {
            if holder == outer {
                return true;
            }
            match self.holders[holder].1 {
                Some(next) => holder = next,
                None => return false,
            }
        }
    }

    /// The steps below a holder.
    fn below(&self, holder: usize) -> Vec<&'a Step> {
        self.steps.iter().filter(|(_, within)| self.lies_in(*within, holder)).map(|(step, _)| *step).collect()
    }
}

impl<'a> Diff<'a> {
    pub(super) fn process(&mut self) {
        let (old, new) = self.bodies();
        self.sequence(&old.sequence, &new.sequence);
        self.process_part(&old.process, &new.process);
        let (Some(before), Some(after)) = (process_of(old), process_of(new)) else { return };
        self.roles();
        let (before, after) = (Laid::of(before), Laid::of(after));
        let holders = self.holders(&before, &after);
        self.held(&before, &after, &holders);
        for step in self.names.steps.gone.clone() {
            let at = At { of: Some(self.old.step_label(step)), old: Some(step.head), ..At::part(Part::Step) };
            let said = self.step_says(Version { ..self.names.old }, step);
            self.note(at, What::Removed { said });
        }
        for step in self.names.steps.new.clone() {
            let at = At { of: Some(self.new.step_label(step)), new: Some(step.head), ..At::part(Part::Step) };
            let says = self.step_says(Version { ..self.names.new }, step);
            self.note(at, What::Added { says });
        }
        for (old, new) in self.names.steps.both.clone() {
            self.step(old, new);
        }
        self.moved(&before, &after, &holders);
    }

    /// Whether there is a process at all, and who sets it.
    fn process_part(&mut self, old: &'a Slot<Value<Process>>, new: &'a Slot<Value<Process>>) {
        let at = At::part(Part::Process).places(old.as_ref().map(|laid| laid.span), new.as_ref().map(|laid| laid.span));
        let (old, new) = (old.as_ref().map(|laid| &laid.value), new.as_ref().map(|laid| &laid.value));
        let said = |words: &Wording<'_>, value: &Value<Process>| match &value.setting {
            Setting::Given(process) => {
                let count = process.steps().len();
                say!(words.lang, "quy trình {count:02} bước", "a process of {count} steps")
            }
            other => words.no_value(other).unwrap_or_default(),
        };
        let same = match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => super::same::same_setting(&old.setting, &new.setting, &self.names, &|_, _| true),
            (_, _) => false,
        };
        if !same {
            let (old, new) = (old.map(|old| said(&self.old, old)), new.map(|new| said(&self.new, new)));
            self.became(at.clone(), old, new, Trend::Other);
        }
        if let (Some(old), Some(new)) = (old, new) {
            self.cites(&at, &old.cites, &new.cites);
        }
    }

    /// The steps that the public reads, in their order.
    fn sequence(&mut self, old: &'a Slot<Vec<PublicStep>>, new: &'a Slot<Vec<PublicStep>>) {
        fn all(slot: &Slot<Vec<PublicStep>>) -> &[PublicStep] {
            slot.as_ref().map_or(&[], |laid| &laid.value)
        }
        let (before, after) = (all(old), all(new));
        let pairs = pair(before, after, |one| Key { id: None, name: &one.text.value });
        for one in &pairs.gone {
            let at = At { of: Some(one.text.value.clone()), old: Some(one.span), ..At::part(Part::Sequence) };
            self.note(at, What::Removed { said: None });
        }
        for one in &pairs.new {
            let at = At { of: Some(one.text.value.clone()), new: Some(one.span), ..At::part(Part::Sequence) };
            self.note(at, What::Added { says: None });
        }
        for (old, new) in &pairs.both {
            let at = At::part(Part::Sequence).places(Some(old.span), Some(new.span));
            self.text(&at.field(Field::Name), Some(&old.text), Some(&new.text));
            if old.applicant != new.applicant {
                let who = |words: &Wording<'_>, applicant: bool| {
                    if applicant {
                        words.pick("người nộp", "the applicant")
                    } else {
                        words.pick("cơ quan", "the agency")
                    }
                    .to_owned()
                };
                let at = At { of: Some(new.text.value.clone()), ..at.field(Field::Responsible) };
                let (was, is) = (who(&self.old, old.applicant), who(&self.new, new.applicant));
                self.became(at, Some(was), Some(is), Trend::Other);
            }
        }
        let place = |one: &PublicStep| before.iter().position(|other| std::ptr::eq(one, other)).unwrap_or(0);
        let order: Vec<usize> = pairs.both.iter().map(|(old, _)| place(old)).collect();
        for at in out_of_order(&order) {
            let (old, new) = pairs.both[at];
            let place = At::part(Part::Sequence).places(Some(old.span), Some(new.span));
            self.note(At { of: Some(new.text.value.clone()), ..place }, What::Moved);
        }
    }

    fn roles(&mut self) {
        for role in self.names.roles.gone.clone() {
            let at = At { of: Some(role.name.value.clone()), old: Some(role.span), ..At::part(Part::Role) };
            self.note(at, What::Removed { said: None });
        }
        for role in self.names.roles.new.clone() {
            let at = At { of: Some(role.name.value.clone()), new: Some(role.span), ..At::part(Part::Role) };
            self.note(at, What::Added { says: None });
        }
        for (old, new) in self.names.roles.both.clone() {
            let at =
                At { of: Some(old.name.value.clone()), ..At::part(Part::Role).places(Some(old.span), Some(new.span)) };
            self.text(&at.field(Field::Name), Some(&old.name), Some(&new.name));
            let agency = |role: &'a Role| role.agency.as_ref().map(|one| &one.value);
            self.one(&at.field(Field::Agency), (agency(old), agency(new)), &|words, agency| words.agency(agency));
        }
    }

    /// Which holder of the newer process is which of the older: a stage by its name, else whatever holds the most of the same
    /// steps.
    fn holders(&self, old: &Laid<'a>, new: &Laid<'a>) -> Vec<Option<usize>> {
        let mut of_new: Vec<Option<usize>> = vec![None; new.holders.len()];
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (from, (before, _)) in old.holders.iter().enumerate() {
            let steps = old.below(from);
            for (to, (after, _)) in new.holders.iter().enumerate() {
                let alike = self.alike(before, after);
                let below = new.below(to);
                let has = |step: &&Step| {
                    let now = self.names.steps.both.iter().find(|(one, _)| std::ptr::eq(*one, *step));
                    now.is_some_and(|(_, now)| below.iter().any(|one| std::ptr::eq(*one, *now)))
                };
                let shared = steps.iter().filter(|step| has(step)).count();
                let all = (steps.len() + below.len() - shared).max(1);
                if let Some(alike) = alike.filter(|alike| shared > 0 || *alike > 0) {
                    found.push((alike * 1_000 + shared * 1_000 / all, from, to));
                }
            }
        }
        found.sort_by_key(|(score, from, to)| (std::cmp::Reverse(*score), *from, *to));
        let mut taken = vec![false; old.holders.len()];
        for (_, from, to) in found {
            if !taken[from] && of_new[to].is_none() {
                taken[from] = true;
                of_new[to] = Some(from);
            }
        }
        of_new
    }

    /// Whether two holders may be one, and how much speaks for it beside what they hold.
    fn alike(&self, old: &Holder<'a>, new: &Holder<'a>) -> Option<usize> {
        let id = |stage: &Stage| stage.id.as_ref().map(|id| id.value.clone());
        let label = |stage: &Stage| stage.label.as_ref().map(|label| label.value.clone());
        match (old, new) {
            (Holder::Whole, Holder::Whole) => Some(9),
            (Holder::Stage(a), Holder::Stage(b)) => Some(
                usize::from(id(a).is_some() && id(a) == id(b))
                    + usize::from(label(a).is_some() && label(a) == label(b)),
            ),
            (Holder::Then(a), Holder::Then(b)) | (Holder::Otherwise(a), Holder::Otherwise(b)) => {
                Some(usize::from(a.same(b, &self.names)))
            }
            (Holder::Branch(_, a), Holder::Branch(_, b)) => Some(usize::from(a.is_some() && a == b)),
            (Holder::Reaction(a, at), Holder::Reaction(b, to)) if at == to => {
                let one = self.names.steps.both.iter().any(|(x, y)| std::ptr::eq(*x, *a) && std::ptr::eq(*y, *b));
                one.then_some(2)
            }
            (_, _) => None,
        }
    }

    /// What of stages and branches changed.
    fn held(&mut self, old: &Laid<'a>, new: &Laid<'a>, holders: &[Option<usize>]) {
        for (to, from) in holders.iter().enumerate() {
            let after = new.holders[to].0;
            match from.map(|from| old.holders[from].0) {
                Some(before) => self.holder(&before, &after),
                None => self.lone(&after, true),
            }
        }
        for (from, (before, _)) in old.holders.iter().enumerate() {
            if !holders.contains(&Some(from)) {
                self.lone(before, false);
            }
        }
    }

    fn holder(&mut self, old: &Holder<'a>, new: &Holder<'a>) {
        match (old, new) {
            (Holder::Stage(old), Holder::Stage(new)) => self.stage(old, new),
            (Holder::Then(old), Holder::Then(new)) if !old.same(new, &self.names) => {
                let at = At::part(Part::Branch).places(Some(old.span()), Some(new.span()));
                let before = self.old.condition(old);
                let at = At { of: Some(before.clone()), ..at.field(Field::When) };
                let after = self.new.condition(new);
                self.became(at, Some(before), Some(after), Trend::Other);
            }
            (Holder::Branch(old, _), Holder::Branch(new, _)) => self.common_time(old, new),
            (_, _) => {}
        }
    }

    /// A stage or branch that only one version has.
    fn lone(&mut self, holder: &Holder<'a>, is_new: bool) {
        let words = if is_new { self.new } else { self.old };
        let (part, of, span) = match holder {
            Holder::Whole | Holder::Reaction(..) => return,
            Holder::Stage(stage) => {
                let name = stage.label.as_ref().map(|label| label.value.clone());
                (Part::Stage, name.or(stage.id.as_ref().map(|id| id.value.to_string())), stage.head)
            }
            Holder::Then(when) => (Part::Branch, Some(words.condition(when)), when.span()),
            Holder::Otherwise(when) => (Part::Branch, Some(words.condition(&when.denied())), when.span()),
            Holder::Branch(parallel, label) => {
                let parallel_branch = words.pick("thực hiện đồng thời", "in parallel").to_owned();
                (Part::Branch, Some(label.map_or(parallel_branch, str::to_owned)), parallel.span)
            }
        };
        let at = At { of, ..At::part(part) };
        match is_new {
            true => self.note(At { new: Some(span), ..at }, What::Added { says: None }),
            false => self.note(At { old: Some(span), ..at }, What::Removed { said: None }),
        }
    }

    /// Steps that have another holder, or another order in it. Where a stage or branch is new or gone, that says it.
    fn moved(&mut self, old: &Laid<'a>, new: &Laid<'a>, holders: &[Option<usize>]) {
        let is_kept = |from: usize| holders.contains(&Some(from));
        let mut rows: Vec<Vec<(usize, &Step, &Step)>> = vec![Vec::new(); new.holders.len()];
        let mut moved: Vec<(&Step, &Step)> = Vec::new();
        for (after, to) in &new.steps {
            let before = self.names.steps.both.iter().find(|(_, one)| std::ptr::eq(*one, *after));
            let Some((before, _)) = before else { continue };
            let place = old.steps.iter().position(|(one, _)| std::ptr::eq(*one, *before));
            let Some(place) = place else { continue };
            let from = old.steps[place].1;
            match holders[*to] {
                Some(known) if known == from => rows[*to].push((place, before, after)),
                Some(_) if is_kept(from) => moved.push((before, after)),
                _ => {}
            }
        }
        for row in rows {
            let order: Vec<usize> = row.iter().map(|(place, ..)| *place).collect();
            moved.extend(out_of_order(&order).into_iter().map(|at| (row[at].1, row[at].2)));
        }
        for (old, new) in moved {
            let at = At::part(Part::Step).places(Some(old.head), Some(new.head));
            let of = Some(self.new.step_label(new));
            self.note(At { of, ..at }, What::Moved);
        }
    }

    /// Who does a step, and how long it takes.
    fn step_says(&self, version: Version<'a>, step: &Step) -> Option<String> {
        let words = Wording { lang: self.new.lang, registers: version.registers, body: version.body };
        let who = step.responsible.as_ref().map(|by| {
            let who = super::steps::responsible(&words, by);
            say!(words.lang, "trách nhiệm: {who}", "by {who}")
        });
        let time = step.time.as_ref().map(|time| {
            let time = words.times(time);
            say!(words.lang, "thời gian: {time}", "time: {time}")
        });
        let all: Vec<String> = who.into_iter().chain(time).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }
}

/// The fewest places of a row whose numbers would rise without them.
pub(super) fn out_of_order(row: &[usize]) -> Vec<usize> {
    // The longest rising part that ends at each place, and what stands before it there.
    let mut longest: Vec<(usize, Option<usize>)> = Vec::with_capacity(row.len());
    for at in 0..row.len() {
        let before =
            (0..at).filter(|one| row[*one] < row[at]).max_by_key(|one| (longest[*one].0, std::cmp::Reverse(*one)));
        longest.push(before.map_or((1, None), |before| (longest[before].0 + 1, Some(before))));
    }
    let mut kept = vec![false; row.len()];
    let mut next = (0..row.len()).max_by_key(|at| (longest[*at].0, std::cmp::Reverse(*at)));
    while let Some(at) = next {
        kept[at] = true;
        next = longest[at].1;
    }
    (0..row.len()).filter(|at| !kept[*at]).collect()
}

#[cfg(test)]
mod tests {
    use super::out_of_order;

    #[test]
    fn the_fewest_steps_are_said_to_have_moved() {
        assert_eq!(out_of_order(&[0, 1, 2]), [0; 0]);
        assert_eq!(out_of_order(&[1, 0, 2, 3]).len(), 1);
        assert_eq!(out_of_order(&[3, 0, 1, 2]), [0]);
        assert_eq!(out_of_order(&[0, 2, 3, 1]), [3]);
    }
}
