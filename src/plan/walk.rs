//! Walks through the graph of a process, as an engine would go: who does what when, what came of it, and where it ends. For
//! every way there is a walk that takes it, so that engines can be made to show that they do the same.
//!
//! Times are worked out by the calendar of the office: a step takes as long as is written for the case at most, and is done in
//! time unless the walk lets its time run out.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::ProcedurePlan;
use super::cases::{Case, Open, Space};
use super::flow::{EdgeLabel, Flow, NodeKind};
use super::path::{begin, promises};
use crate::model::process::{Step, StepTime};
use crate::model::{Duration, Expr, StepKind, Unit};
use crate::time::{Calendar, Instant};

/// No process has more walks than this.
const MOST_WALKS: usize = 96;
/// Ways tried before a target is given up.
const MOST_TRIES: usize = 4_000;
/// A walk with more visits than this goes in circles.
const MOST_VISITS: usize = 600;
/// What waits for somebody outside is over after a day, in minutes.
const A_DAY: i64 = 24 * 60;

/// One walk from the receipt of a file to an end.
#[derive(Clone, Debug)]
pub struct Walk {
    pub case: Case,
    pub from: Instant,
    /// When the last thing happened.
    pub until: Instant,
    pub visits: Vec<Visit>,
    /// The ends reached, as nodes of the flow.
    pub ends: Vec<usize>,
    /// Due moments that must be known before anything is done: (node of the timer, moment).
    pub due_at_start: Vec<(usize, Instant)>,
    edges: BTreeSet<usize>,
}

/// Somebody acts, or is waited for.
#[derive(Clone, Debug)]
pub struct Visit {
    pub node: usize,
    pub from: Instant,
    /// When it is done; `None` where its time ran out first.
    pub done: Option<Instant>,
    /// What came of it: the gateway that asks, and the answer.
    pub answer: Option<(usize, EdgeLabelText)>,
    /// Due moments of timers that begin before anybody acts again.
    pub due: Vec<(usize, Instant)>,
}

/// The value of an answer.
pub type EdgeLabelText = &'static str;

/// What no fact decides: which answers steps give on each visit, and which timers run out.
#[derive(Clone, Debug, Default)]
struct Choices {
    answers: BTreeMap<usize, Vec<usize>>,
    timers: BTreeSet<usize>,
    /// The gateway at which a file is found incomplete once more than it may be supplemented.
    too_often: Option<usize>,
}

/// A walk for every way of the process that some case leads to.
pub fn walks(plan: &ProcedurePlan<'_>, space: &Space) -> Vec<Walk> {
    let Some(flow) = &plan.flow else { return Vec::new() };
    let walker =
        Walker { plan, flow, space, calendar: plan.calendar(), outgoing: flow.outgoing(), timers: flow.timers() };
    let Some(start) = walker.first_working_day() else { return Vec::new() };
    let mut walks: Vec<Walk> = Vec::new();
    let mut covered: BTreeSet<usize> = BTreeSet::new();
    walks.extend(walker.walk(space.everything(), &Choices::default(), start));
    walks.iter().for_each(|walk| covered.extend(&walk.edges));
    for target in 0..flow.edges.len() {
        if covered.contains(&target) || walks.len() >= MOST_WALKS {
            continue;
        }
        let mut tries = MOST_TRIES;
        let Some((case, choices)) = walker.way_to(target, &mut tries) else { continue };
        if let Some(walk) = walker.walk(case, &choices, start).filter(|walk| walk.edges.contains(&target)) {
            covered.extend(&walk.edges);
            walks.push(walk);
        }
    }
    for gateway in 0..flow.nodes.len() {
        let Some((case, choices)) = walker.once_too_often(gateway).filter(|_| walks.len() < MOST_WALKS) else {
            continue;
        };
        walks.extend(walker.walk(case, &choices, start));
    }
    walks
}

struct Walker<'w, 'a> {
    plan: &'w ProcedurePlan<'a>,
    flow: &'w Flow<'a>,
    space: &'w Space,
    calendar: &'w Calendar,
    outgoing: Vec<Vec<usize>>,
    timers: Vec<Vec<usize>>,
}

/// A token on its way: to a node, or out of one at which it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Token {
    at: Instant,
    /// Tokens of the same moment go in the order in which they came.
    number: usize,
    move_: Move,
    /// The visit that came last on the way of this token.
    after: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Move {
    Arrive(usize),
    Leave(usize),
}

impl<'a> Walker<'_, 'a> {
    /// The office opens on the first working day of the year the plan is read in.
    fn first_working_day(&self) -> Option<Instant> {
        let year = jiff::civil::date(self.plan.variant().as_of.year(), 1, 1);
        // An engine does not mind the year: before and after the calendar the first year known serves.
        let known = self.calendar.day(year).and_then(|day| self.calendar.working_day_from(day));
        let day = known.or_else(|| self.calendar.working_day_from(self.calendar.official_days().0))?;
        Some(self.calendar.open(day))
    }

    /// A condition in a case that is narrowed until it is decided. What nobody can know does not hold.
    fn holds(&self, case: &mut Case, condition: &Expr) -> bool {
        loop {
            match self.space.holds(condition, case) {
                Ok(holds) => return holds,
                Err(Open::Cut(cut)) => *case = self.some_part(case, cut),
                Err(Open::Unknown) => return false,
            }
        }
    }

    fn some_part(&self, case: &Case, cut: usize) -> Case {
        let [yes, _] = self.space.split(case, cut);
        yes
    }

    /// A path of edges from the start to a target, in a case in which it can be taken.
    fn way_to(&self, target: usize, tries: &mut usize) -> Option<(Case, Choices)> {
        let mut path = Vec::new();
        // What does not lead to the target is not looked at.
        let mut seen: Vec<bool> = self.leading_to(self.flow.edges[target].from).iter().map(|leads| !leads).collect();
        let case = self.search(0, target, self.space.everything(), &mut seen, &mut path, tries)?;
        let mut choices = Choices::default();
        for edge in path {
            let from = self.flow.edges[edge].from;
            match self.flow.nodes[from].kind {
                NodeKind::Answer(_) => choices.answers.entry(from).or_default().push(edge),
                NodeKind::Timer { .. } => drop(choices.timers.insert(from)),
                _ => {}
            }
        }
        Some((case, choices))
    }

    /// Supplements as often as they are allowed, and then one more: it leads where a supplement does that does not satisfy.
    fn once_too_often(&self, gateway: usize) -> Option<(Case, Choices)> {
        let NodeKind::Answer(step) = self.flow.nodes[gateway].kind else { return None };
        let most = *step.supplement.as_ref()?.value.maximum.as_ref()?.setting.given()?;
        let way = |label| self.outgoing[gateway].iter().copied().find(|edge| self.flow.edges[*edge].label == label);
        let (again, last) = (way(EdgeLabel::Incomplete)?, way(EdgeLabel::Unsatisfied)?);
        let (case, mut choices) = self.way_to(last, &mut { MOST_TRIES })?;
        let answers = choices.answers.entry(gateway).or_default();
        answers.splice(0..0, std::iter::repeat_n(again, most as usize));
        Some((case, Choices { too_often: Some(gateway), ..choices }))
    }

    /// The nodes from which a node can be reached.
    fn leading_to(&self, node: usize) -> Vec<bool> {
        let mut leads = vec![false; self.flow.nodes.len()];
        leads[node] = true;
        let mut todo = vec![node];
        while let Some(node) = todo.pop() {
            let host = match self.flow.nodes[node].kind {
                NodeKind::Timer { on, .. } => Some(on),
                _ => None,
            };
            let before = self.flow.edges.iter().filter(|edge| edge.to == node).map(|edge| edge.from).chain(host);
            for from in before {
                if !std::mem::replace(&mut leads[from], true) {
                    todo.push(from);
                }
            }
        }
        leads
    }

    fn search(
        &self,
        node: usize,
        target: usize,
        case: Case,
        seen: &mut Vec<bool>,
        path: &mut Vec<usize>,
        tries: &mut usize,
    ) -> Option<Case> {
        if seen[node] || *tries == 0 {
            return None;
        }
        *tries -= 1;
        seen[node] = true;
        let mut edges: Vec<usize> = self.outgoing[node].clone();
        edges.sort_by_key(|edge| !self.flow.edges[*edge].label.goes_on());
        edges.extend(self.timers[node].iter().flat_map(|timer| self.outgoing[*timer].iter().copied()));
        for edge in edges {
            let Some(case) = self.narrowed(case.clone(), edge) else { continue };
            path.push(edge);
            if edge == target {
                return Some(case);
            }
            if let Some(found) = self.search(self.flow.edges[edge].to, target, case, seen, path, tries) {
                return Some(found);
            }
            path.pop();
        }
        seen[node] = false;
        None
    }

    /// The case in which an edge is taken.
    fn narrowed(&self, case: Case, edge: usize) -> Option<Case> {
        let edge = &self.flow.edges[edge];
        let NodeKind::Choice(when) = self.flow.nodes[edge.from].kind else { return Some(case) };
        let wanted = edge.label == EdgeLabel::Yes;
        match self.space.holds(when, &case) {
            Ok(holds) => (holds == wanted).then_some(case),
            Err(Open::Unknown) => (!wanted).then_some(case),
            Err(Open::Cut(_)) => self.decided(case, when, wanted),
        }
    }

    /// The case narrowed until a condition is what is wanted.
    fn decided(&self, case: Case, when: &Expr, wanted: bool) -> Option<Case> {
        match self.space.holds(when, &case) {
            Ok(holds) => (holds == wanted).then_some(case),
            Err(Open::Unknown) => None,
            Err(Open::Cut(cut)) => {
                let parts = self.space.split(&case, cut);
                parts.into_iter().find_map(|part| self.decided(part, when, wanted))
            }
        }
    }

    /// Goes from the start, with some answers given and some timers running out; `None` where it goes in circles or leaves the
    /// calendar.
    fn walk(&self, case: Case, choices: &Choices, from: Instant) -> Option<Walk> {
        let walk = Walk {
            case,
            from,
            until: from,
            visits: Vec::new(),
            ends: Vec::new(),
            due_at_start: Vec::new(),
            edges: BTreeSet::new(),
        };
        let mut going = Going {
            walker: self,
            walk,
            answers: choices.answers.clone(),
            timers: choices.timers.clone(),
            too_often: choices.too_often,
            tokens: BinaryHeap::new(),
            number: 0,
            waiting: BTreeMap::new(),
        };
        going.send(from, Move::Leave(0), None);
        going.go()?;
        Some(going.walk)
    }

    /// How long a step takes at most in the case, from a moment.
    fn ends(&self, case: &mut Case, step: &'a Step, from: Instant, received: Instant) -> Option<Instant> {
        let Some(time) = &step.time else { return Some(from) };
        let picked = loop {
            match self.space.value(time, case) {
                Ok(picked) => break picked,
                Err(Open::Cut(cut)) => *case = self.some_part(case, cut),
                Err(Open::Unknown) => return Some(from),
            }
        };
        match picked.value.and_then(|value| value.setting.given()) {
            Some(StepTime::For { duration, .. } | StepTime::AtLeast(duration)) => Some(self.done_after(from, duration)),
            Some(StepTime::SameDay) => Some(self.calendar.close(self.calendar.working_day_from(from.day)?).max(from)),
            Some(StepTime::Deadline(which)) => {
                let due = self.due(case, which.as_ref(), received)?;
                Some(due.unwrap_or(from).max(from))
            }
            Some(StepTime::NotCounted | StepTime::AtOnce) | None => Some(from),
        }
    }

    /// The end of a time by the calendar; where the calendar ends before it, by the clock on the wall.
    fn done_after(&self, from: Instant, time: &Duration) -> Instant {
        self.calendar.work_ends(from, time).unwrap_or_else(|| {
            let days = match time.unit {
                Unit::Years => 365,
                Unit::Months => 30,
                _ => 1,
            };
            let amount = time.amount.numerator.div_euclid(time.amount.denominator.max(1)) + 1;
            later(from, amount * days * A_DAY)
        })
    }

    /// When a promise made on receipt is due; `None` outside where the calendar ends.
    fn due(&self, case: &Case, which: Option<&crate::model::Ref>, received: Instant) -> Option<Option<Instant>> {
        let Ok(all) = promises(self.plan, self.space, case) else { return Some(None) };
        let is = |own: Option<&crate::model::Id>| match (which, own) {
            (None, None) => true,
            (Some(which), Some(own)) => which.is(own.as_str()),
            _ => false,
        };
        let found = all.iter().find(|one| is(one.deadline.id.as_ref().map(|id| &id.value)));
        let Some(promise) = found else { return Some(None) };
        let running = begin(&promise.limit, self.calendar, received);
        Some(running.and_then(|running| running.ends(self.calendar)))
    }
}

/// A walk under way.
struct Going<'g, 'w, 'a> {
    walker: &'g Walker<'w, 'a>,
    walk: Walk,
    answers: BTreeMap<usize, Vec<usize>>,
    timers: BTreeSet<usize>,
    too_often: Option<usize>,
    /// The earliest first.
    tokens: BinaryHeap<std::cmp::Reverse<Token>>,
    number: usize,
    /// Tokens that have come to each join.
    waiting: BTreeMap<usize, usize>,
}

impl Going<'_, '_, '_> {
    fn send(&mut self, at: Instant, move_: Move, after: Option<usize>) {
        self.number += 1;
        self.tokens.push(std::cmp::Reverse(Token { at, number: self.number, move_, after }));
    }

    fn go(&mut self) -> Option<()> {
        while let Some(std::cmp::Reverse(token)) = self.tokens.pop() {
            self.walk.until = self.walk.until.max(token.at);
            match token.move_ {
                Move::Arrive(node) => self.arrive(node, &token)?,
                Move::Leave(node) => self.leave(node, &token)?,
            }
            if self.walk.visits.len() > MOST_VISITS {
                return None;
            }
        }
        Some(())
    }

    fn arrive(&mut self, node: usize, token: &Token) -> Option<()> {
        let walker = self.walker;
        match walker.flow.nodes[node].kind {
            NodeKind::Step(..)
            | NodeKind::AskSupplement(_)
            | NodeKind::AwaitSupplement(_)
            | NodeKind::Accept(_)
            | NodeKind::Report(..) => self.visit(node, token)?,
            NodeKind::Posted(step) => {
                let due = walker.ends(&mut self.walk.case, step, token.at, self.walk.from)?;
                self.needs(node, due, token.after);
                self.send(due, Move::Leave(node), token.after);
            }
            NodeKind::Join => {
                let ways = walker.flow.edges.iter().filter(|edge| edge.to == node).count();
                let come = self.waiting.entry(node).or_default();
                *come += 1;
                if *come == ways {
                    *come = 0;
                    self.send(token.at, Move::Leave(node), token.after);
                }
            }
            NodeKind::End(_) => {
                self.walk.ends.push(node);
                if walker.flow.nodes[node].ends_all() {
                    self.tokens.clear();
                    // What others were about to do is not done any more.
                    for visit in self.walk.visits.iter_mut().filter(|visit| visit.done > Some(token.at)) {
                        visit.done = None;
                    }
                }
            }
            NodeKind::Start
            | NodeKind::Answer(_)
            | NodeKind::Timer { .. }
            | NodeKind::Choice(_)
            | NodeKind::Merge
            | NodeKind::Fork => self.leave(node, token)?,
        }
        Some(())
    }

    /// Whoever acted last says when a timer is due; before anybody did, it is known from the start.
    fn needs(&mut self, timer: usize, due: Instant, after: Option<usize>) {
        match after {
            Some(visit) => self.walk.visits[visit].due.push((timer, due)),
            None => self.walk.due_at_start.push((timer, due)),
        }
    }

    fn visit(&mut self, node: usize, token: &Token) -> Option<()> {
        let walker = self.walker;
        let from = token.at;
        let a_day_on = later(from, A_DAY);
        let mut done = match walker.flow.nodes[node].kind {
            NodeKind::Step(step, _) if step.kind == StepKind::PostPublicly => from,
            NodeKind::Step(step, _) => {
                let ends = walker.ends(&mut self.walk.case, step, from, self.walk.from)?;
                if walker.flow.nodes[node].kind.awaits_applicant() && ends == from { a_day_on } else { ends }
            }
            NodeKind::AwaitSupplement(_) => a_day_on,
            _ => from,
        };
        let visit = self.walk.visits.len();
        self.walk.visits.push(Visit { node, from, done: None, answer: None, due: Vec::new() });
        let mut interrupted = false;
        for &timer in &walker.timers[node] {
            let NodeKind::Timer { step, interrupts, within, .. } = walker.flow.nodes[timer].kind else { continue };
            let due = match within.map(|time| (time, time.wall_minutes())) {
                // Engines count such a time themselves; of every other they are told when it ends.
                Some((_, Some(minutes))) => later(from, minutes),
                Some((time, None)) => walker.done_after(from, &time),
                None => walker.ends(&mut self.walk.case, step, from, self.walk.from)?,
            };
            let told = within.is_none_or(|time| time.wall_minutes().is_none());
            // A time without length has run out before anybody can act.
            let due = due.max(later(from, 1));
            if told {
                self.needs(timer, due, token.after);
            }
            if self.timers.remove(&timer) {
                self.send(due, Move::Leave(timer), Some(visit));
                if interrupts {
                    interrupted = true;
                } else {
                    done = later(due, A_DAY);
                }
            } else {
                done = done.min(due);
            }
        }
        if !interrupted {
            self.walk.visits[visit].done = Some(done);
            self.send(done, Move::Leave(node), Some(visit));
        }
        Some(())
    }

    fn leave(&mut self, node: usize, token: &Token) -> Option<()> {
        let walker = self.walker;
        let out = &walker.outgoing[node];
        let taken: Vec<usize> = match walker.flow.nodes[node].kind {
            NodeKind::Choice(when) => {
                let wanted = if walker.holds(&mut self.walk.case, when) { EdgeLabel::Yes } else { EdgeLabel::No };
                out.iter().copied().filter(|edge| walker.flow.edges[*edge].label == wanted).collect()
            }
            NodeKind::Answer(_) => {
                let edge = self.answer(node);
                let label = match walker.flow.edges[edge].label {
                    EdgeLabel::Unsatisfied if self.too_often == Some(node) => EdgeLabel::Incomplete,
                    label => label,
                };
                let text = label.answer()?;
                if let Some(visit) = token.after {
                    self.walk.visits[visit].answer = Some((node, text));
                }
                vec![edge]
            }
            _ => out.clone(),
        };
        for edge in taken {
            self.walk.edges.insert(edge);
            self.send(token.at, Move::Arrive(walker.flow.edges[edge].to), token.after);
        }
        Some(())
    }

    /// The answer that is still to be given here, else the one with which the process goes on.
    fn answer(&mut self, node: usize) -> usize {
        if let Some(given) = self.answers.get_mut(&node).filter(|given| !given.is_empty()) {
            return given.remove(0);
        }
        let out = &self.walker.outgoing[node];
        let hoped = out.iter().copied().find(|edge| self.walker.flow.edges[*edge].label.goes_on());
        hoped.unwrap_or(out[0])
    }
}

/// So many minutes after a moment, by the clock on the wall.
fn later(from: Instant, minutes: i64) -> Instant {
    let minutes = i64::from(from.minute) + minutes;
    Instant { day: from.day + minutes.div_euclid(A_DAY) as i32, minute: minutes.rem_euclid(A_DAY) as u16 }
}
