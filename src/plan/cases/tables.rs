//! Every place where a procedure says something by case, with the region in which it is asked: for the checks, which look for
//! gaps, overlaps and conditions that decide nothing.

use std::rc::Rc;

use super::cover::{Cover, Together, cover, possible};
use super::{Case, Facts, Space};
use crate::lang::Words;
use crate::model::process::{ReactionKind, Step};
use crate::model::{ByCase, CaseRule, ChargeKind, Expr, Node, StepKind};
use crate::plan::ProcedurePlan;
use crate::resolve::names::process_of;
use crate::source::Span;

/// A value by case, whatever its type.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// What is set: `thời hạn`, `phí`.
    pub what: Words,
    /// The label of what it belongs to.
    pub of: Option<&'a str>,
    pub span: Span,
    region: Together<'a>,
    has_general: bool,
    rows: Vec<Row<'a>>,
}

/// One `khi` line.
#[derive(Clone, Debug)]
struct Row<'a> {
    when: &'a Expr,
    span: Span,
    adds: bool,
    has_value: bool,
    /// Rows with the same number have the same value.
    value: usize,
    rows: Vec<Row<'a>>,
}

/// A condition that stands alone.
#[derive(Clone, Debug)]
struct Guard<'a> {
    when: &'a Expr,
    region: Together<'a>,
}

/// A gap in one table.
#[derive(Clone, Debug)]
pub struct Gap<'a> {
    pub table: Table<'a>,
    pub space: Rc<Space>,
    pub case: Case,
    /// The rule whose exceptions leave the gap; `None` at the top.
    pub under: Option<Span>,
}

/// Two rules of one table for one case.
#[derive(Clone, Debug)]
pub struct Overlap<'a> {
    pub table: Table<'a>,
    pub space: Rc<Space>,
    pub case: Case,
    pub first: Span,
    pub second: Span,
}

/// What a procedure's cases come to.
#[derive(Clone, Debug, Default)]
pub struct Analysis<'a> {
    pub gaps: Vec<Gap<'a>>,
    pub overlaps: Vec<Overlap<'a>>,
    /// Conditions that can never hold where they stand.
    pub never: Vec<Span>,
    /// Conditions that always hold where they stand.
    pub always: Vec<Span>,
    /// What was too large to decide.
    pub undecided: Vec<Span>,
}

/// A rule of a table, or a condition that stands alone, with the region in which it is asked.
#[derive(Clone, Debug)]
pub struct Rule<'a> {
    pub what: Words,
    pub of: Option<&'a str>,
    pub when: &'a Expr,
    pub region: Together<'a>,
}

/// Every rule of a plan, exceptions after what they are exceptions to.
pub fn rules<'a>(plan: &ProcedurePlan<'a>) -> Vec<Rule<'a>> {
    fn rows_of<'a>(table: &Table<'a>, rows: &[Row<'a>], region: &Together<'a>, all: &mut Vec<Rule<'a>>) {
        for row in rows {
            let (what, of, when) = (table.what, table.of, row.when);
            all.push(Rule { what, of, when, region: region.clone() });
            let mut inner = region.clone();
            inner.push((row.when, true));
            rows_of(table, &row.rows, &inner, all);
        }
    }
    let mut collected = Collector { tables: Vec::new(), guards: Vec::new() };
    collected.body(plan);
    let mut all = Vec::new();
    for table in collected.tables.iter().filter(|table| plan.is_fresh(table.span)) {
        rows_of(table, &table.rows, &table.region, &mut all);
    }
    for guard in collected.guards.into_iter().filter(|guard| plan.is_fresh(guard.when.span())) {
        let (when, region) = (guard.when, guard.region);
        all.push(Rule { what: Words::new("điều kiện", "condition"), of: None, when, region });
    }
    all
}

struct Collector<'a> {
    tables: Vec<Table<'a>>,
    guards: Vec<Guard<'a>>,
}

/// Looks at every value by case and every condition of a plan.
pub fn analyse<'a>(plan: &ProcedurePlan<'a>) -> Analysis<'a> {
    let mut all = Collector { tables: Vec::new(), guards: Vec::new() };
    all.body(plan);
    let facts = Facts { body: plan.body(), registers: plan.registers };
    let mut analysis = Analysis::default();
    for table in all.tables.iter().filter(|table| plan.is_fresh(table.span)) {
        let conditions = table.region.iter().map(|(condition, _)| *condition).chain(whens(&table.rows));
        let space = Rc::new(Space::of(&facts, conditions));
        if !space.is_sound {
            continue;
        }
        level(&space, table, &table.rows, table.region.clone(), (table.has_general, None), &mut analysis);
    }
    for guard in all.guards.iter().filter(|guard| plan.is_fresh(guard.when.span())) {
        let space = Space::of(&facts, guard.region.iter().map(|(condition, _)| *condition).chain([guard.when]));
        if !space.is_sound {
            continue;
        }
        let with = |wanted: bool| {
            let mut together = guard.region.clone();
            together.push((guard.when, wanted));
            possible(&space, &together)
        };
        match (with(true), with(false)) {
            // Where nothing can reach, the outer condition was said to be so.
            (Ok(false), Ok(false)) => {}
            (Ok(false), _) => analysis.never.push(guard.when.span()),
            (_, Ok(false)) => analysis.always.push(guard.when.span()),
            (Ok(true), Ok(true)) => {}
            (Err(_), _) | (_, Err(_)) => analysis.undecided.push(guard.when.span()),
        }
    }
    analysis
}

fn whens<'a>(rows: &[Row<'a>]) -> impl Iterator<Item = &'a Expr> {
    fn each<'a>(rows: &[Row<'a>], all: &mut Vec<&'a Expr>) {
        for row in rows {
            all.push(row.when);
            each(&row.rows, all);
        }
    }
    let mut all = Vec::new();
    each(rows, &mut all);
    all.into_iter()
}

fn level<'a>(
    space: &Rc<Space>,
    table: &Table<'a>,
    rows: &[Row<'a>],
    region: Together<'a>,
    (covered, under): (bool, Option<Span>),
    analysis: &mut Analysis<'a>,
) {
    let rules: Vec<&Row<'a>> = rows.iter().filter(|row| !row.adds).collect();
    let conditions: Vec<&Expr> = rules.iter().map(|row| row.when).collect();
    let differ = |a: usize, b: usize| {
        let (a, b) = (rules[a], rules[b]);
        a.value != b.value || !a.rows.is_empty() || !b.rows.is_empty()
    };
    let Cover { gaps, overlaps, never, always, undecided } =
        if rules.is_empty() { Cover::default() } else { cover(space, &region, &conditions, !covered, differ) };
    analysis.gaps.extend(gaps.into_iter().map(|case| Gap { table: table.clone(), space: space.clone(), case, under }));
    analysis.overlaps.extend(overlaps.into_iter().map(|(first, second, case)| Overlap {
        table: table.clone(),
        space: space.clone(),
        case,
        first: rules[first].span,
        second: rules[second].span,
    }));
    analysis.never.extend(never.iter().map(|&at| rules[at].when.span()));
    analysis.always.extend(always.iter().map(|&at| rules[at].when.span()));
    if undecided {
        analysis.undecided.push(table.span);
    }
    for row in rows {
        if row.adds {
            let mut with = region.clone();
            with.push((row.when, true));
            if possible(space, &with) == Ok(false) {
                analysis.never.push(row.when.span());
            }
        } else if !row.rows.is_empty() {
            let mut inner = region.clone();
            inner.push((row.when, true));
            level(space, table, &row.rows, inner, (row.has_value, Some(row.span)), analysis);
        }
    }
}

impl<'a> Collector<'a> {
    fn table<T: PartialEq>(&mut self, by: &'a ByCase<T>, what: Words, of: Option<&'a str>, region: &Together<'a>) {
        if by.rules.is_empty() {
            return;
        }
        let mut values: Vec<&'a CaseRule<T>> = Vec::new();
        let rows = rows(&by.rules, &mut values);
        let has_general = by.general.is_some();
        self.tables.push(Table { what, of, span: by.span, region: region.clone(), has_general, rows });
    }

    fn guard(&mut self, when: &'a Expr, region: &Together<'a>) {
        self.guards.push(Guard { when, region: region.clone() });
    }

    /// What a guard adds to a region.
    fn within(&mut self, when: Option<&'a Expr>, region: &Together<'a>) -> Together<'a> {
        let mut inner = region.clone();
        if let Some(when) = when {
            self.guard(when, region);
            inner.push((when, true));
        }
        inner
    }

    fn body(&mut self, plan: &ProcedurePlan<'a>) {
        let body = plan.body();
        let all = Together::new();
        for deadline in &body.deadlines {
            let region = self.within(deadline.value.when.as_ref(), &all);
            let label = deadline.value.label.as_ref().map(|label| label.value.as_str());
            if let Some(limit) = &deadline.value.limit {
                self.table(limit, Words::new("thời hạn", "deadline"), label, &region);
            }
        }
        for charge in &body.charges {
            let region = self.within(charge.value.when.as_ref(), &all);
            let label = charge.value.label.as_ref().map(|label| label.value.as_str());
            if let Some(amount) = &charge.value.amount {
                let what = match charge.value.kind {
                    ChargeKind::Charge => Words::new("phí", "charge"),
                    ChargeKind::Fee => Words::new("lệ phí", "fee"),
                    ChargeKind::Both => Words::new("phí, lệ phí", "charge or fee"),
                };
                self.table(amount, what, label, &region);
            }
        }
        for document in body.dossier.iter().flat_map(|dossier| &dossier.value.documents) {
            let region = self.within(document.when.as_ref(), &all);
            if let Some(form) = &document.form {
                self.table(form, Words::new("biểu mẫu", "form"), Some(&document.name.value), &region);
            }
        }
        for outcome in &body.outcomes {
            let region = self.within(outcome.value.when.as_ref(), &all);
            if let Some(form) = &outcome.value.form {
                self.table(form, Words::new("biểu mẫu", "form"), Some(&outcome.value.name.value), &region);
            }
        }
        for requirement in body.requirements.iter().flat_map(|all| &all.value) {
            self.within(requirement.when.as_ref(), &all);
        }
        let agencies = [
            (&body.decided_by, Words::new("cơ quan có thẩm quyền", "deciding agency")),
            (&body.consulted, Words::new("cơ quan phối hợp", "consulted agency")),
        ];
        for (by, what) in agencies {
            by.iter().for_each(|by| self.table(&by.value, what, None, &all));
        }
        if let Some(places) = &body.received_at {
            self.table(&places.value, Words::new("nơi tiếp nhận", "place of receipt"), None, &all);
        }
        if let Some(process) = process_of(body) {
            self.nodes(&process.nodes, &mut all.clone());
        }
    }

    /// Nodes in a row; what follows an exit is asked only where the exit was not taken.
    fn nodes(&mut self, nodes: &'a [Node], region: &mut Together<'a>) {
        for node in nodes {
            match node {
                Node::Step(step) => {
                    self.step(step, region);
                    if let (Some(when), true) = (&step.when, leaves(step)) {
                        region.push((when, false));
                    }
                }
                Node::Stage(stage) => {
                    let mut inner = self.within(stage.when.as_ref(), region);
                    if let Some(time) = &stage.time {
                        let label = stage.label.as_ref().map(|label| label.value.as_str());
                        self.table(time, Words::new("thời gian", "time"), label, &inner);
                    }
                    self.nodes(&stage.nodes, &mut inner);
                    if stage.when.is_none() {
                        *region = inner;
                    }
                }
                Node::Choice(choice) => {
                    let mut then = self.within(Some(&choice.when), region);
                    self.nodes(&choice.then, &mut then);
                    if let Some(otherwise) = &choice.otherwise {
                        let mut inner = region.clone();
                        inner.push((&choice.when, false));
                        self.nodes(otherwise, &mut inner);
                        if ends(otherwise) {
                            region.push((&choice.when, true));
                        }
                    }
                    if ends(&choice.then) {
                        region.push((&choice.when, false));
                    }
                }
                Node::Parallel(parallel) => {
                    for (_, nodes) in &parallel.branches {
                        self.nodes(nodes, &mut region.clone());
                    }
                }
            }
        }
    }

    fn step(&mut self, step: &'a Step, region: &Together<'a>) {
        let inner = self.within(step.when.as_ref(), region);
        let label = step.label.as_ref().map(|label| label.value.as_str());
        if let Some(time) = &step.time {
            self.table(time, Words::new("thời gian", "time"), label, &inner);
        }
        if let Some(responsible) = &step.responsible {
            self.table(responsible, Words::new("trách nhiệm", "responsible role"), label, &inner);
        }
        if let Some(produces) = &step.produces {
            self.table(produces, Words::new("sản phẩm", "product"), label, &inner);
        }
        if let Some(form) = &step.form {
            self.table(form, Words::new("biểu mẫu", "form"), label, &inner);
        }
        for reaction in step.reactions() {
            if let ReactionKind::Steps(nodes) = &reaction.kind {
                self.nodes(nodes, &mut inner.clone());
            }
        }
    }
}

fn rows<'a, T: PartialEq>(rules: &'a [CaseRule<T>], values: &mut Vec<&'a CaseRule<T>>) -> Vec<Row<'a>> {
    rules
        .iter()
        .map(|rule| {
            let setting = |rule: &'a CaseRule<T>| rule.value.as_ref().map(|value| &value.setting);
            let same = values.iter().position(|known| setting(known) == setting(rule));
            let value = same.unwrap_or(values.len());
            if same.is_none() {
                values.push(rule);
            }
            let inner = rows(&rule.rules, values);
            Row {
                when: &rule.when,
                span: rule.span,
                adds: rule.adds,
                has_value: rule.value.is_some(),
                value,
                rows: inner,
            }
        })
        .collect()
}

fn leaves(step: &Step) -> bool {
    matches!(step.kind, StepKind::Refuse | StepKind::StopOnRequest)
}

/// Whether a row of nodes always ends the process.
fn ends(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Step(step) => leaves(step) && step.when.is_none(),
        Node::Stage(stage) => stage.when.is_none() && ends(&stage.nodes),
        Node::Choice(choice) => ends(&choice.then) && choice.otherwise.as_deref().is_some_and(ends),
        Node::Parallel(_) => false,
    })
}
