//! What the template of a file sees: inputs, tables and texts.

use serde::Serialize;

use super::super::{Site, place_name};
use super::cells;
use super::tables::{Asked, Decision, Subject, joined};
use super::{Model, diagram};
use crate::emit::feel::text;
use crate::lang::{Lang, say};
use crate::model::Id;
use crate::model::facts::{FactKind, KnownBy, Range};
use crate::model::quantity::short_date;
use crate::plan::cases::{Bound, Cell, Column, Point, Question};
use crate::plan::wording::capitalised;
use crate::plan::{ProcedurePlan, Wording};

/// The types of answers; those of facts begin otherwise.
const LIMIT_TYPE: &str = "kieu_thoi_han";
const PAPERS_TYPE: &str = "kieu_giay_to";

/// What is said of a time limit, each with its type.
pub(super) const LIMIT: [(&str, &str); 4] =
    [("van_ban", "string"), ("loai", "string"), ("so_luong", "number"), ("don_vi", "string")];

#[derive(Serialize)]
pub(super) struct View {
    id: String,
    name: String,
    namespace: String,
    version: String,
    description: String,
    types: Vec<TypeView>,
    /// The type of a time limit, of several parts; none where there is no limit.
    limit_parts: Vec<PartView>,
    inputs: Vec<InputView>,
    decisions: Vec<DecisionView>,
    shapes: Vec<diagram::Shape>,
    edges: Vec<diagram::Edge>,
}

#[derive(Serialize)]
struct TypeView {
    name: String,
    base: &'static str,
    is_list: bool,
    allowed: Option<String>,
}

#[derive(Serialize)]
struct PartView {
    name: &'static str,
    type_name: &'static str,
}

#[derive(Serialize)]
struct InputView {
    name: String,
    label: String,
    description: String,
    type_name: String,
}

#[derive(Serialize)]
pub(super) struct DecisionView {
    pub(super) name: String,
    label: String,
    description: String,
    type_name: String,
    pub(super) inputs: Vec<String>,
    pub(super) decisions: Vec<String>,
    /// An expression that needs no table.
    literal: Option<String>,
    hit_policy: &'static str,
    columns: Vec<ColumnView>,
    outputs: Vec<PartView>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct ColumnView {
    label: String,
    expression: String,
    type_name: &'static str,
    allowed: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    description: String,
    tests: Vec<String>,
    answers: Vec<String>,
}

impl View {
    pub(super) fn of<'a>(model: &Model<'a>, plan: &ProcedurePlan<'a>, site: &Site<'_>) -> View {
        let maker = Maker { model, plan, words: site.wording(plan) };
        let (code, name) = (&plan.procedure.code.value.0, &plan.procedure.name.value);
        let at = place_name(plan).map(|place| format!(" - {place}")).unwrap_or_default();
        let place = plan
            .variant()
            .place
            .as_ref()
            .map(|_| super::super::files::folder(plan.variant(), plan.registers).replace('/', ":"));
        let place = place.map(|place| format!(":{}", place.trim_end_matches(':'))).unwrap_or_default();
        let code_id = super::super::file_name(code);
        let version = &site.settings.version;
        let decisions: Vec<DecisionView> = model.decisions.iter().map(|decision| maker.decision(decision)).collect();
        let (shapes, edges) = diagram::drawn(model, &decisions);
        View {
            id: format!("thutuc.{code_id}"),
            name: format!("{name} ({code}){at}"),
            namespace: format!("urn:thutuc:decisions:{code_id}{place}"),
            version: version.clone(),
            description: maker.description(version, site.short_hash()),
            types: model
                .inputs
                .iter()
                .filter_map(|(asked, name)| maker.type_of(asked, name))
                .chain(maker.list())
                .collect(),
            limit_parts: if decisions.iter().any(|one| one.type_name == LIMIT_TYPE) {
                limit_parts()
            } else {
                Vec::new()
            },
            inputs: model.inputs.iter().map(|(asked, name)| maker.input(asked, name)).collect(),
            decisions,
            shapes,
            edges,
        }
    }
}

struct Maker<'m, 'p, 'a> {
    model: &'m Model<'a>,
    plan: &'p ProcedurePlan<'a>,
    words: Wording<'p>,
}

impl Maker<'_, '_, '_> {
    fn lang(&self) -> Lang {
        self.words.lang
    }

    fn description(&self, version: &str, hash: &str) -> String {
        let lang = self.lang();
        let as_of = short_date(self.plan.variant().as_of);
        let stamp = say!(
            lang,
            "Bản {version}, tại ngày {as_of}, mã nguồn {hash}.",
            "Version {version}, as of {as_of}, source {hash}."
        );
        let values = say!(
            lang,
            "Giá trị của dữ kiện là mã trong nguồn, như trong tệp JSON. Tiền là số đồng; null là do nơi khác quy định, chưa nhập hoặc không cam kết.",
            "Values of facts are the ids of the source, as in the JSON file. Money is a number of VND; null is set elsewhere, not yet given, or not promised."
        );
        let left = self.model.left_out.join("; ");
        let left = match left.is_empty() {
            true => String::new(),
            false => say!(lang, " Không có bảng: {left}.", " Left out: {left}."),
        };
        format!("{stamp} {values}{left}")
    }

    fn kind(&self, asked: &Asked) -> Option<&FactKind> {
        match asked {
            Asked::Channel => None,
            Asked::Fact(id) => self.words.fact_kind(id),
        }
    }

    /// The type of a fact with its own values; nothing where one of FEEL's will do.
    fn type_of(&self, asked: &Asked, name: &str) -> Option<TypeView> {
        let (base, is_list, allowed) = match (asked, self.kind(asked)) {
            (Asked::Channel, _) => {
                let cells = self.model.decisions.iter().flat_map(|decision| &decision.space.columns);
                (
                    "string",
                    false,
                    cells.into_iter().find(|column| column.question == Question::Channel).and_then(allowed),
                )
            }
            (_, Some(FactKind::OneOf(all))) => ("string", false, Some(choices(all.iter().map(|one| &one.id.value)))),
            (_, Some(FactKind::SomeOf(all))) => ("string", true, Some(choices(all.iter().map(|one| &one.id.value)))),
            (_, Some(FactKind::Integer(range) | FactKind::Decimal(range))) => ("number", false, within(range)),
            (_, Some(FactKind::Boolean | FactKind::Date | FactKind::Derived(_) | FactKind::Hole) | None) => {
                return None;
            }
        };
        (is_list || allowed.is_some()).then(|| TypeView { name: format!("t_{name}"), base, is_list, allowed })
    }

    /// The type of the list of papers.
    fn list(&self) -> Option<TypeView> {
        let lists = self.model.decisions.iter().any(|decision| matches!(decision.subject, Subject::Papers(_)));
        lists.then(|| TypeView { name: PAPERS_TYPE.to_owned(), base: "string", is_list: true, allowed: None })
    }

    fn input(&self, asked: &Asked, name: &str) -> InputView {
        let lang = self.lang();
        let own = match (asked, self.kind(asked)) {
            (Asked::Channel, _) => "string",
            (_, Some(FactKind::Integer(_) | FactKind::Decimal(_))) => "number",
            (_, Some(FactKind::OneOf(_) | FactKind::SomeOf(_) | FactKind::Date)) => "string",
            (_, Some(FactKind::Boolean | FactKind::Derived(_) | FactKind::Hole) | None) => "boolean",
        };
        let label = match asked {
            Asked::Channel => say!(lang, "Cách thức thực hiện", "Channel of filing"),
            Asked::Fact(id) => capitalised(&self.words.fact_name(id)),
        };
        InputView {
            name: name.to_owned(),
            label,
            description: self.input_description(asked),
            type_name: self.type_of(asked, name).map_or_else(|| own.to_owned(), |own| own.name),
        }
    }

    fn input_description(&self, asked: &Asked) -> String {
        let lang = self.lang();
        let Asked::Fact(id) = asked else {
            return say!(lang, "Trong tệp JSON: cách-thức", "In the JSON file: cách-thức");
        };
        let source = say!(lang, "Trong tệp JSON: {id}", "In the JSON file: {id}");
        let fact = self.plan.body().facts.iter().find(|fact| fact.id.value == *id);
        let known = match fact.map(|fact| fact.known_by) {
            Some(KnownBy::Agency) => say!(lang, "do cơ quan xác định", "determined by the agency"),
            Some(KnownBy::Place) => say!(lang, "theo địa bàn", "set by the place"),
            Some(KnownBy::Applicant) | None => String::new(),
        };
        let values = match self.kind(asked) {
            Some(FactKind::OneOf(all) | FactKind::SomeOf(all)) => {
                let each = all.iter().map(|one| format!("{} = {}", one.id.value, one.label.value));
                each.collect::<Vec<_>>().join("; ")
            }
            Some(FactKind::Date) => say!(lang, "ngày, viết YYYY-MM-DD", "a day, as YYYY-MM-DD"),
            Some(FactKind::Integer(range) | FactKind::Decimal(range)) => {
                range.unit.as_ref().map_or_else(String::new, |unit| unit.value.clone())
            }
            Some(FactKind::Boolean | FactKind::Derived(_) | FactKind::Hole) | None => String::new(),
        };
        joined(&joined(&source, &known), &values)
    }

    fn name(&self, asked: &Asked) -> String {
        self.model.name(asked).to_owned()
    }

    fn decision(&self, decision: &Decision<'_>) -> DecisionView {
        match &decision.subject {
            Subject::Papers(_) => self.list_of_papers(decision),
            _ => self.table(decision),
        }
    }

    fn table(&self, decision: &Decision<'_>) -> DecisionView {
        let columns = decision.columns();
        let space = &decision.space;
        let own_type = |type_name| vec![PartView { name: "", type_name }];
        let (type_name, outputs) = match &decision.subject {
            Subject::Paper(..) | Subject::Papers(_) => ("boolean".to_owned(), own_type("boolean")),
            Subject::Dong(_) | Subject::Dollars(_) => ("number".to_owned(), own_type("number")),
            Subject::Limit(_) => (LIMIT_TYPE.to_owned(), limit_parts()),
        };
        let rows = decision.rows.iter().map(|(case, told)| {
            let said = match space.said(case, &self.words) {
                said if said.is_empty() => say!(self.lang(), "Mọi trường hợp", "Every case"),
                said => capitalised(&said),
            };
            RowView {
                description: joined(&said, &told.basis),
                tests: columns.iter().map(|&column| cells::test(space, case, column)).collect(),
                answers: told.answers.iter().map(|one| cells::answer(one, &|asked| self.name(asked))).collect(),
            }
        });
        DecisionView {
            name: decision.name.clone(),
            label: decision.label.clone(),
            description: self.about(decision),
            type_name,
            inputs: self.model.asked_by(decision).into_iter().map(|(_, name)| name.clone()).collect(),
            decisions: Vec::new(),
            literal: None,
            hit_policy: "UNIQUE",
            columns: columns.iter().map(|&column| self.column(&space.columns[column])).collect(),
            outputs,
            rows: rows.collect(),
        }
    }

    /// The papers of a case, in the order in which they are listed: a row each, and a column for each that is not always asked.
    fn list_of_papers(&self, decision: &Decision<'_>) -> DecisionView {
        let Subject::Papers(all) = &decision.subject else { return self.table(decision) };
        let tables: Vec<&Decision<'_>> =
            self.model.decisions.iter().filter(|one| matches!(one.subject, Subject::Paper(..))).collect();
        let is_of = |table: &Decision<'_>, paper: &crate::model::Document| matches!(&table.subject, Subject::Paper(own, _) if std::ptr::eq(*own, paper));
        let column = |table: &&Decision<'_>| ColumnView {
            label: table.label.clone(),
            expression: table.name.clone(),
            type_name: "boolean",
            allowed: None,
        };
        let row = |(paper, id): &(&crate::model::Document, String)| RowView {
            description: paper.name.value.clone(),
            tests: tables
                .iter()
                .map(|table| if is_of(table, paper) { "true".to_owned() } else { cells::ANY.to_owned() })
                .collect(),
            answers: vec![text(id)],
        };
        DecisionView {
            name: decision.name.clone(),
            label: decision.label.clone(),
            description: say!(
                self.lang(),
                "Mã các giấy tờ phải có trong trường hợp đã cho",
                "The ids of the papers asked for in the case"
            ),
            type_name: PAPERS_TYPE.to_owned(),
            inputs: Vec::new(),
            decisions: tables.iter().map(|table| table.name.clone()).collect(),
            literal: all.is_empty().then(|| "[]".to_owned()),
            hit_policy: "COLLECT",
            columns: tables.iter().map(column).collect(),
            outputs: vec![PartView { name: "", type_name: "string" }],
            rows: all.iter().map(row).collect(),
        }
    }

    /// What a decision rests on, or counts.
    fn about(&self, decision: &Decision<'_>) -> String {
        match &decision.subject {
            Subject::Paper(document, _) => self.words.cites(&document.cites).unwrap_or_default(),
            Subject::Papers(_) => String::new(),
            Subject::Dong(charge) => {
                let is_other =
                    |one: &&Decision<'_>| matches!(&one.subject, Subject::Dollars(own) if std::ptr::eq(*own, *charge));
                let dollars = self.model.decisions.iter().find(is_other).map(|one| &one.name);
                let sum = say!(self.lang(), "Số đồng phải nộp", "The number of VND to pay");
                let rest = dollars.map(|name| {
                    say!(self.lang(), "phần thu bằng đô la Mỹ: {name}", "what is paid in US dollars: {name}")
                });
                joined(&sum, &rest.unwrap_or_default())
            }
            Subject::Dollars(_) => say!(self.lang(), "Số đô la Mỹ phải nộp", "The number of US dollars to pay"),
            Subject::Limit(deadline) => {
                let starts = deadline.starts.as_ref().map(|start| self.words.start(&start.value));
                starts.map(|start| say!(self.lang(), "Kể từ: {start}", "From: {start}")).unwrap_or_default()
            }
        }
    }

    fn column(&self, column: &Column) -> ColumnView {
        let asked = Asked::by(column);
        let label = match &column.question {
            Question::Channel => say!(self.lang(), "Cách thức thực hiện", "Channel of filing"),
            Question::Fact(id) => capitalised(&self.words.fact_name(id)),
            Question::Includes(id, choice) => {
                let (name, choice) = (capitalised(&self.words.fact_name(id)), self.words.choice_name(id, choice));
                say!(self.lang(), "{name} gồm {choice}", "{name} includes {choice}")
            }
        };
        let type_name = match (&column.question, column.cells.first()) {
            (Question::Includes(..), _) | (_, Some(Cell::Yes | Cell::No)) => "boolean",
            (_, Some(Cell::Range(..))) if cells::is_day(column) => "date",
            (_, Some(Cell::Range(..))) => "number",
            (_, Some(Cell::Channel(_) | Cell::Choice(_)) | None) => "string",
        };
        let ranged = match self.kind(&asked) {
            Some(FactKind::Integer(range) | FactKind::Decimal(range)) => within(range),
            _ => None,
        };
        ColumnView {
            label,
            expression: cells::question(column, self.model.name(&asked)),
            type_name,
            allowed: ranged.or_else(|| allowed(column)),
        }
    }
}

fn limit_parts() -> Vec<PartView> {
    LIMIT.iter().map(|&(name, type_name)| PartView { name, type_name }).collect()
}

fn choices<'i>(all: impl Iterator<Item = &'i Id>) -> String {
    all.map(|id| text(id.as_str())).collect::<Vec<_>>().join(",")
}

/// The answers of a column that are named one by one.
fn allowed(column: &Column) -> Option<String> {
    let named = column.cells.iter().filter_map(|cell| match cell {
        Cell::Channel(channel) => Some(text(crate::emit::logic::channel_id(*channel))),
        Cell::Choice(choice) => Some(text(choice.as_str())),
        Cell::Yes | Cell::No | Cell::Range(..) => None,
    });
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| named.join(","))
}

/// The numbers a fact may be.
fn within(range: &Range) -> Option<String> {
    let end = |number: Option<crate::model::Number>| number.map_or(Bound::Open, |at| Bound::With(Point::Number(at)));
    cells::range(end(range.from), end(range.to)).filter(|text| text != cells::ANY)
}
