//! What engines call things: ASCII, no word of their languages, and no name twice. A fact has one name in the process and in its
//! decisions.

use rustc_hash::FxHashSet;

use crate::model::facts::FactKind;
use crate::model::{Body, Expr, Id};
use crate::plan::ProcedurePlan;
use crate::plan::flow::NodeKind;
use crate::syntax::fold::identifier;

/// The variable that holds the channel of filing.
const CHANNEL: &str = "cach_thuc";
/// The variable that holds the number of the file.
pub(super) const FILE: &str = "ma_ho_so";

/// Words that an expression would read otherwise: what FEEL is written with and its functions of one word (DMN 1.3, chapter 10),
/// and the words of JUEL (Jakarta Expression Language, section 1.17).
const TAKEN: &str = "abs after all and any append before between by ceiling coincides concatenate contains context count date \
    decimal descending div during duration else empty eq even every exp external false finishes flatten floor for function ge gt \
    if in includes instance instanceof is item le list log lt matches max mean median meets min mod mode modulo ne not null \
    number odd of or order overlaps partial product remove replace return reverse round satisfies some sort split sqrt starts \
    stddev string sublist sum then time true union";

/// The variable that holds when the time of a node runs out.
pub(super) fn due_variable(node: &str) -> String {
    format!("han_{node}")
}

/// The variable that holds what came of a step, named as the node that asks.
pub(super) fn answer_variable(node: &str) -> String {
    node.to_owned()
}

/// The names of one file.
pub(super) struct Names {
    taken: FxHashSet<String>,
}

impl Names {
    pub(super) fn new() -> Names {
        Names { taken: TAKEN.split_whitespace().map(str::to_owned).collect() }
    }

    /// Beside names that are given already.
    pub(super) fn beside<'n>(given: impl IntoIterator<Item = &'n str>) -> Names {
        let mut names = Names::new();
        names.taken.extend(given.into_iter().map(str::to_owned));
        names
    }

    /// The name itself, or the first number behind it that is free.
    pub(super) fn own(&mut self, wanted: &str) -> String {
        let numbered = (2_usize..).map(|number| format!("{wanted}_{number}"));
        let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
        let name = all.find(|name| !self.taken.contains(name)).unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }
}

/// The facts of a procedure as variables.
pub(super) struct Variables<'a> {
    body: &'a Body,
    pub(super) channel: String,
    /// Its own facts but for derived ones, its requirements, and those that many procedures share.
    facts: Vec<(&'a Id, String)>,
}

impl<'a> Variables<'a> {
    pub(super) fn of(plan: &ProcedurePlan<'a>) -> Variables<'a> {
        let mut names = Names::beside([FILE]);
        for node in plan.flow.iter().flat_map(|flow| &flow.nodes) {
            match node.kind {
                NodeKind::Answer(_) => drop(names.own(&answer_variable(&node.id))),
                NodeKind::Timer { .. } | NodeKind::Posted(_) => drop(names.own(&due_variable(&node.id))),
                _ => {}
            }
        }
        let channel = names.own(CHANNEL);
        let body = plan.body();
        let asked = body.facts.iter().filter(|fact| !matches!(fact.kind, FactKind::Derived(_)));
        let own = asked.map(|fact| &fact.id.value);
        let required =
            body.requirements.iter().flat_map(|all| &all.value).filter_map(|one| Some(&one.id.as_ref()?.value));
        let shared = plan.registers.shared.facts.iter().map(|fact| &fact.id);
        let mut facts: Vec<(&Id, String)> = Vec::new();
        for id in own.chain(required).chain(shared) {
            if !facts.iter().any(|(known, _)| *known == id) {
                facts.push((id, names.own(&identifier(id.as_str()))));
            }
        }
        Variables { body, channel, facts }
    }

    /// What a fact is called.
    pub(super) fn fact(&self, id: &Id) -> &str {
        self.facts.iter().find(|(known, _)| *known == id).map_or("", |(_, name)| name)
    }

    /// What a fact is, where it follows from others: nobody has to compute it first.
    pub(super) fn derived(&self, id: &Id) -> Option<&'a Expr> {
        let fact = self.body.facts.iter().find(|fact| fact.id.value == *id)?;
        match &fact.kind {
            FactKind::Derived(condition) => Some(condition),
            _ => None,
        }
    }

    /// Facts of the procedure itself that are called otherwise than their ids without marks.
    pub(super) fn renamed(&self) -> impl Iterator<Item = (&'a Id, &str)> {
        let is_own = |id: &Id| self.body.facts.iter().any(|fact| fact.id.value == *id);
        let all = self.facts.iter().filter(move |(id, name)| is_own(id) && identifier(id.as_str()) != *name);
        all.map(|(id, name)| (*id, name.as_str()))
    }
}
