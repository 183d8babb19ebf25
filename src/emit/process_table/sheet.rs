//! The control sheet (phiếu kiểm soát quá trình giải quyết hồ sơ): one row for each hand-over of the process, with blanks for
//! when it happened and who signed.

use serde::Serialize;

use super::{Maker, Told};
use crate::emit::Site;
use crate::model::Expr;
use crate::plan::cases::{Case, Truth};
use crate::plan::flow::{Edge, EdgeLabel, NodeKind, Split};

#[derive(Serialize)]
pub(in crate::emit) struct Sheet {
    title: String,
    agency: String,
    /// What is written by hand at the head: a caption, and what is known already.
    blanks: Vec<Blank>,
    caption: String,
    heads: Vec<String>,
    rows: Vec<SheetRow>,
    given: String,
    taken: String,
    moment: [String; 2],
    results: Vec<String>,
    /// Where a process hands nothing over.
    none: String,
    sign: [String; 2],
}

#[derive(Serialize)]
struct Blank {
    label: String,
    text: String,
}

#[derive(Serialize)]
struct SheetRow {
    number: usize,
    from: Side,
    to: Side,
    /// How long the giver had.
    limit: Told,
    /// When the file goes this way; empty where it always does.
    note: String,
}

#[derive(Serialize)]
struct Side {
    role: String,
    agency: String,
    title: String,
}

/// More ways than this between two who act are not told apart.
const MOST_WAYS: usize = 16;

/// What a file has come through between two who act.
struct Passed<'a> {
    case: Case,
    facts: Vec<(&'a Expr, bool)>,
    came: Vec<String>,
}

impl<'a> Maker<'_, 'a> {
    pub(super) fn sheet(&self, site: &Site<'_>) -> Sheet {
        let mut rows: Vec<SheetRow> =
            self.flow.handovers().into_iter().filter_map(|(from, to)| self.sheet_row(from, to)).collect();
        rows.iter_mut().enumerate().for_each(|(at, row)| row.number = at + 1);
        Sheet {
            title: self.pick("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "CONTROL SHEET OF A FILE"),
            agency: self.agency(site),
            blanks: self.blanks(),
            caption: self.pick("Các lần giao, nhận hồ sơ", "Hand-overs"),
            heads: vec![
                self.pick("TT", "No."),
                self.pick("Bên giao", "Given by"),
                self.pick("Bên nhận", "Taken by"),
                self.pick("Thời gian giao, nhận hồ sơ", "When"),
                self.pick("Thời hạn", "Limit"),
                self.pick("Kết quả", "Result"),
                self.pick("Ghi chú, ký", "Notes, signatures"),
            ],
            rows,
            given: self.pick("Giao", "Given"),
            taken: self.pick("Nhận", "Taken"),
            moment: [self.pick("…… giờ …… phút,", "……:……"), self.pick("ngày …/…/……", "on …/…/……")],
            results: vec![
                self.pick("Trước hạn", "Early"),
                self.pick("Đúng hạn", "On time"),
                self.pick("Quá hạn", "Late"),
            ],
            none: self.pick(
                "Quy trình không có lần giao, nhận hồ sơ nào giữa các bên.",
                "Nothing is handed over in this process.",
            ),
            sign: [self.pick("Người giao", "Giver"), self.pick("Người nhận", "Taker")],
        }
    }

    /// Whose sheet it is.
    fn agency(&self, site: &Site<'_>) -> String {
        let decided = self.plan.body().decided_by.as_ref().and_then(|by| by.general.as_ref());
        match decided.and_then(|value| value.setting.given()) {
            Some(all) => self.words.agencies(all).to_uppercase(),
            None => site.settings.publisher.clone(),
        }
    }

    fn blanks(&self) -> Vec<Blank> {
        let dots = || "…………………………".to_owned();
        let moment = || self.pick("…… giờ …… phút, ngày …… tháng …… năm ………", "……:…… on ………");
        let (code, name) = (&self.plan.procedure.code.value, &self.plan.procedure.name.value);
        let all = [
            (self.pick("Mã hồ sơ", "File No."), dots()),
            (self.pick("Chủ hồ sơ", "Applicant"), dots()),
            (self.pick("Thủ tục", "Procedure"), format!("{code} {name}")),
            (self.pick("Ngày nhận", "Received"), moment()),
            (self.pick("Ngày hẹn trả", "Due"), moment()),
            (self.pick("Cơ quan (bộ phận) giải quyết", "Dealt with by"), dots()),
        ];
        all.into_iter().map(|(label, text)| Blank { label, text }).collect()
    }

    /// The row of a hand-over; nothing where no case leads there.
    fn sheet_row(&self, from: usize, to: usize) -> Option<SheetRow> {
        let note = self.way(from, to)?;
        let limit = self.allowed(from).capitalised();
        Some(SheetRow { number: 0, from: self.side(from), to: self.side(to), limit, note })
    }

    fn side(&self, at: usize) -> Side {
        let node = &self.flow.nodes[at];
        let (role, agency) = self.actor(node);
        Side { role, agency, title: self.words.node_title(node) }
    }

    /// How long whoever gives the file had for it.
    fn allowed(&self, at: usize) -> Told {
        let node = &self.flow.nodes[at];
        match node.kind {
            NodeKind::Step(step, _) => self.time(node, step),
            NodeKind::Accept(step) => match &step.accept_within {
                Some(within) => Told::of(self.with_basis(within, &|time| self.words.duration(time))),
                None => Told::default(),
            },
            NodeKind::AskSupplement(step) => {
                let told = step.supplement.iter().flat_map(|own| &own.value.notify_within);
                Told::of(told.map(|time| self.words.duration(time)).collect::<Vec<_>>().join("; "))
            }
            _ => Told::default(),
        }
    }

    /// On which conditions a file goes from one to the other; `None` where they exclude each other. Of several ways between the
    /// two nothing is said.
    fn way(&self, from: usize, to: usize) -> Option<String> {
        let mut ways = Vec::new();
        self.ways((from, to), &self.between(to), &mut Vec::new(), &mut ways);
        let mut passed: Vec<Passed<'a>> = ways.iter().filter_map(|way| self.passed(from, way)).collect();
        match passed.len() {
            0 => None,
            1 => passed.pop().map(|only| self.all_of(self.words_of(only))),
            _ => self.passed(from, &[]).map(|start| self.all_of(self.words_of(start))),
        }
    }

    /// What is known of a file that comes from a node over some edges; `None` where no case does.
    fn passed(&self, from: usize, way: &[usize]) -> Option<Passed<'a>> {
        let mut passed = Passed { case: self.base.clone(), facts: Vec::new(), came: Vec::new() };
        for (split, holds) in self.flow.guards(&self.flow.nodes[from]) {
            match split {
                Split::Facts(when) => passed.facts.push((when, holds)),
                Split::Came(..) => passed.came.push(self.words.guard(self.flow, (split, holds))),
            }
        }
        for edge in way.iter().map(|&edge| &self.flow.edges[edge]) {
            match (self.flow.nodes[edge.from].kind, edge.label) {
                (NodeKind::Choice(when), EdgeLabel::Yes) => passed.facts.push((when, true)),
                (NodeKind::Choice(when), EdgeLabel::No) => passed.facts.push((when, false)),
                _ => passed.came.extend(self.came(edge)),
            }
        }
        for &(when, holds) in &passed.facts {
            passed.case = match holds {
                true => self.space.assume(passed.case, when)?,
                false => self.space.assume(passed.case, &Expr::Not(Box::new(when.clone()), when.span()))?,
            };
        }
        // What the sheet's own case says needs no words.
        passed.facts.retain(|(when, _)| matches!(self.space.truth(when, &self.base), Truth::Open(_)));
        Some(passed)
    }

    /// The facts as one case where that says all of them, else one by one; then what came of steps.
    fn words_of(&self, passed: Passed<'a>) -> Vec<String> {
        let is_said = |&(when, holds): &(&Expr, bool)| {
            self.space.truth(when, &passed.case) == if holds { Truth::Yes } else { Truth::No }
        };
        let facts = match passed.facts.iter().all(is_said) {
            true => vec![self.space.said(&self.space.beyond(&passed.case, &self.base), &self.words)],
            false => self.conditions_of(passed.facts.iter().map(|&(when, holds)| (Split::Facts(when), holds))),
        };
        facts.into_iter().filter(|fact| !fact.is_empty()).chain(passed.came).collect()
    }

    /// The edges over which a node is reached without anybody acting before it.
    fn between(&self, to: usize) -> Vec<usize> {
        let (mut edges, mut todo) = (Vec::new(), vec![to]);
        while let Some(at) = todo.pop() {
            for (edge, _) in self.flow.edges.iter().enumerate().filter(|(_, edge)| edge.to == at) {
                if !edges.contains(&edge) {
                    edges.push(edge);
                    todo.extend(Some(self.flow.edges[edge].from).filter(|&from| !self.flow.nodes[from].kind.is_act()));
                }
            }
        }
        edges
    }

    /// Ways between two nodes over some edges; no more than so many are looked for.
    fn ways(&self, ends: (usize, usize), edges: &[usize], gone: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        for &at in edges {
            let edge = &self.flow.edges[at];
            if edge.from != ends.0 || gone.contains(&at) || found.len() >= MOST_WAYS {
                continue;
            }
            gone.push(at);
            if edge.to == ends.1 {
                found.push(gone.clone());
            } else if !self.flow.nodes[edge.to].kind.is_act() {
                self.ways((edge.to, ends.1), edges, gone, found);
            }
            gone.pop();
        }
    }

    /// What a way says that is not what everybody hopes for.
    fn came(&self, edge: &Edge<'a>) -> Option<String> {
        match (self.flow.nodes[edge.from].kind, edge.label) {
            (_, EdgeLabel::Incomplete) => Some(self.pick("hồ sơ chưa đủ", "it is incomplete")),
            (NodeKind::AwaitSupplement(_), _) => Some(self.pick("đã bổ sung", "supplemented")),
            (_, label) if label.goes_on() => None,
            _ => {
                Some(self.words.in_sentence(&self.words.edge_words(self.flow, edge))).filter(|words| !words.is_empty())
            }
        }
    }
}
