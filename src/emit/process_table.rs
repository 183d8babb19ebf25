//! The internal process as the decision that approves it prints it: one HTML page a procedure, with the published limits, the
//! table of steps, and the control sheet that goes along with each file, a row for every hand-over.

mod sheet;
mod steps;
mod sums;

use serde::Serialize;

use super::files::{file_of, to_root};
use super::layers::origin_words;
use super::{EmitError, Output, Sink, Site, field_name, has_process, place_name};
use crate::lang::{Lang, Words, say};
use crate::model::quantity::short_date;
use crate::model::{ByCase, CaseRule, Citation, Deadline, Expr, Value};
use crate::plan::cases::{Case, Space};
use crate::plan::wording::{capitalised, uncapitalised};
use crate::plan::{Flow, ProcedurePlan, Wording, proof};

pub(super) use self::sheet::Sheet;
use self::steps::{Group, Subtotal};

pub(super) static OUTPUT: Output = Output {
    name: "processes",
    folder: "processes",
    about: Words::new(
        "quy trình nội bộ kèm phiếu kiểm soát, mỗi thủ tục một trang",
        "the internal process as a table with its control sheet, a page a procedure",
    ),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let Some(flow) = plan.flow.as_ref().filter(|_| has_process(plan)) else { return Ok(()) };
    let page = site.templates.of(plan).render("process_table.html.jinja", &View::of(plan, flow, site))?;
    let path = OUTPUT.path(plan);
    super::press::documents(site, site.templates.of(plan), sink, &path, &page)
}

#[derive(Serialize)]
struct View {
    lang: &'static str,
    code: String,
    name: String,
    kind: String,
    /// The decision that this goes with: the one of the layer that set the process, else blanks to fill in.
    decision: String,
    facts: Vec<Fact>,
    gaps_note: Option<String>,
    limits_title: String,
    limits_heads: Vec<String>,
    limits: Vec<LimitView>,
    no_limits: String,
    steps_title: String,
    steps_heads: Vec<String>,
    groups: Vec<Group>,
    total: Subtotal,
    sheet: Sheet,
    links: Vec<Link>,
    stamp: String,
}

/// A line at the head of the page.
#[derive(Serialize)]
struct Fact {
    label: String,
    text: String,
}

#[derive(Serialize)]
struct Link {
    href: String,
    caption: String,
}

/// A published limit, a row for each case.
#[derive(Serialize)]
struct LimitView {
    heading: String,
    rows: Vec<LimitRow>,
}

#[derive(Serialize)]
struct LimitRow {
    case: String,
    limit: String,
    basis: String,
}

/// A value by case: the general one, then a line for each exception.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
struct Told {
    text: String,
    cases: Vec<String>,
}

/// What a page is made with.
struct Maker<'p, 'a> {
    plan: &'p ProcedurePlan<'a>,
    flow: &'p Flow<'a>,
    words: Wording<'p>,
    /// The cases that its process tells apart.
    space: Space,
    /// The case that the page is for: everything, but for a sheet of one file.
    base: Case,
}

impl View {
    fn of<'a>(plan: &ProcedurePlan<'a>, flow: &Flow<'a>, site: &Site<'_>) -> View {
        let make = Maker::of(plan, flow, site, None);
        let lang = site.lang;
        let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang).to_owned();
        let (version, as_of, hash) = (&site.settings.version, short_date(plan.variant().as_of), site.short_hash());
        let gaps = plan.holes().count();
        let (groups, total) = make.groups();
        View {
            lang: lang.tag(),
            code: plan.procedure.code.value.0.clone(),
            name: plan.procedure.name.value.clone(),
            kind: pick("QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "INTERNAL PROCESS OF THE PROCEDURE"),
            decision: make.decision(),
            facts: make.facts(),
            gaps_note: (gaps > 0).then(|| {
                say!(
                    lang,
                    "Bản thảo: còn {gaps} chỗ chưa nhập, không dùng để phê duyệt.",
                    "Draft: {gaps} gaps are left, not for approval."
                )
            }),
            limits_title: pick("I. Thời hạn giải quyết đã công bố", "I. Published time limits"),
            limits_heads: vec![pick("Trường hợp", "Case"), pick("Thời gian", "Time"), pick("Căn cứ", "Basis")],
            limits: make.limits(),
            no_limits: pick("Chưa nhập.", "Not yet given."),
            steps_title: pick("II. Các bước thực hiện", "II. Steps"),
            steps_heads: vec![
                pick("Bước", "Step"),
                pick("Nội dung công việc", "Work"),
                pick("Trách nhiệm", "Responsible"),
                pick("Thời gian", "Time"),
                pick("Biểu mẫu / Kết quả", "Form / Result"),
            ],
            groups,
            total,
            sheet: make.sheet(site),
            links: links(plan, site),
            stamp: say!(
                lang,
                "Bản {version} · hiệu lực xem tại ngày {as_of} · mã nguồn {hash}",
                "Version {version} · as of {as_of} · source {hash}"
            ),
        }
    }
}

/// The control sheet by itself: of every case, or of one, asked in a space of the plan.
pub(super) fn control_sheet<'a>(
    plan: &ProcedurePlan<'a>,
    flow: &Flow<'a>,
    site: &Site<'_>,
    case: Option<(&Space, &Case)>,
) -> Sheet {
    Maker::of(plan, flow, site, case).sheet(site)
}

/// To the catalogue, and to what else is made of the procedure.
fn links(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Vec<Link> {
    let up = to_root(plan);
    let file = file_of(plan);
    let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(site.lang).to_owned();
    let link = |href: String, caption: String| Link { href, caption };
    let wanted = site.wanted;
    let mut links = Vec::new();
    links.extend(site.home(&up).map(|home| link(home, pick("Danh mục thủ tục hành chính", "Catalogue"))));
    if wanted.has("notices") && wanted.html {
        links.push(link(format!("../notices/{file}.html"), pick("Bản niêm yết", "Notice")));
    }
    if wanted.has("charts") {
        let caption = pick("Sơ đồ quy trình nội bộ", "Chart of the internal process");
        links.push(link(format!("../charts/{file}.svg"), caption));
    }
    links.extend(wanted.docx.then(|| link(format!("{file}.docx"), "Word".to_owned())));
    links.extend(site.press.as_ref().map(|_| link(format!("{file}.pdf"), "PDF".to_owned())));
    for dialect in wanted.dialects.iter().filter(|_| wanted.has("bpmn")) {
        let name = dialect.name();
        links.push(link(format!("../bpmn/{file}.{name}.bpmn"), dialect.title().to_owned()));
    }
    if wanted.has("decisions") && super::dmn::is_made(plan, site) {
        links.push(link(format!("../decisions/{file}.dmn"), pick("Bảng quyết định DMN", "Decision tables, DMN")));
    }
    if wanted.opencps {
        links.push(link(format!("../opencps/{file}.xml"), "OpenCPS".to_owned()));
    }
    links
}

impl<'p, 'a> Maker<'p, 'a> {
    fn of(
        plan: &'p ProcedurePlan<'a>,
        flow: &'p Flow<'a>,
        site: &Site<'_>,
        case: Option<(&Space, &Case)>,
    ) -> Maker<'p, 'a> {
        let (space, base) = match case {
            Some((space, case)) => (space.clone(), case.clone()),
            None => {
                let space = proof::space(plan);
                let everything = space.everything();
                (space, everything)
            }
        };
        Maker { plan, flow, words: site.wording(plan), space, base }
    }

    fn lang(&self) -> Lang {
        self.words.lang
    }

    fn pick(&self, vi: &'static str, en: &'static str) -> String {
        Words::new(vi, en).get(self.lang()).to_owned()
    }

    fn decision(&self) -> String {
        let process = self.plan.body().process.as_ref();
        match process.and_then(|process| origin_words(self.plan, process.origin, &self.words)) {
            Some(origin) => say!(self.lang(), "Theo {origin}", "As set by {origin}"),
            None => self.pick(
                "Kèm theo Quyết định số ……/QĐ-…… ngày …… tháng …… năm …… của ……",
                "With Decision No. …… of …… by ……",
            ),
        }
    }

    fn facts(&self) -> Vec<Fact> {
        let body = self.plan.body();
        let words = &self.words;
        let levels = body.levels.iter().flat_map(|levels| &levels.value).map(|level| words.level(level.value));
        let agencies = |by| self.told(by, &|all: &Vec<_>| words.agencies(all)).in_line();
        let all = [
            (self.pick("Mã thủ tục", "Code"), Some(self.plan.procedure.code.value.0.clone())),
            (self.pick("Lĩnh vực", "Field"), field_name(self.plan)),
            (self.pick("Cấp thực hiện", "Level"), Some(levels.collect::<Vec<_>>().join("; "))),
            (self.pick("Cơ quan giải quyết", "Deciding agency"), body.decided_by.as_ref().map(|by| agencies(by))),
            (self.pick("Cơ quan phối hợp", "Consulted"), body.consulted.as_ref().map(|by| agencies(by))),
            (
                self.pick("Nơi tiếp nhận hồ sơ", "Received at"),
                body.received_at.as_ref().map(|by| self.told(by, &|all| words.receiving_places(all)).in_line()),
            ),
            (self.pick("Địa bàn áp dụng", "Place"), place_name(self.plan)),
        ];
        let given = all.into_iter().filter_map(|(label, text)| Some(Fact { label, text: text? }));
        given.filter(|fact| !fact.text.is_empty()).collect()
    }

    fn limits(&self) -> Vec<LimitView> {
        let day = self.plan.variant().as_of;
        let all = self.plan.body().deadlines.iter().map(|laid| &laid.value);
        all.filter(|deadline| deadline.valid.contains(day)).map(|deadline| self.limit(deadline)).collect()
    }

    fn limit(&self, deadline: &Deadline) -> LimitView {
        let words = &self.words;
        let name = words.deadline_name(deadline);
        let heading = match deadline.starts.as_ref().map(|event| words.start(&event.value)) {
            Some(starts) => say!(self.lang(), "{name}, kể từ {starts}", "{name}, from {starts}"),
            None => name,
        };
        let mut rows = Vec::new();
        let mut row = |when: Option<Expr>, limit: String, basis: String| {
            let own = deadline.when.as_ref().map(|own| together(Some(own), when.as_ref()));
            let case = own.flatten().or(when);
            let case = case.map(|case| self.when(&words.condition(&case))).unwrap_or_default();
            rows.push(LimitRow { case, limit, basis });
        };
        let basis = |value: &Value<_>| words.cites(&value.cites).unwrap_or_default();
        match &deadline.limit {
            None => row(None, words.gap(), String::new()),
            Some(by) => {
                if let Some(value) = &by.general {
                    row(None, words.value(value, |limit| words.limit(limit)), basis(value));
                }
                for (when, value, adds) in exceptions(&by.rules, None) {
                    let limit = words.value(value, |limit| words.limit(limit));
                    let limit = if adds { self.more(&limit) } else { limit };
                    row(Some(when), limit, basis(value));
                }
            }
        }
        let several = rows.len() > 1;
        for row in rows.iter_mut().filter(|row| row.case.is_empty()) {
            row.case = match several {
                true => self.pick("Trường hợp chung", "General rule"),
                false => self.pick("Mọi trường hợp", "Every case"),
            };
        }
        LimitView { heading, rows }
    }

    fn when(&self, condition: &str) -> String {
        say!(self.lang(), "Khi {condition}", "When {condition}")
    }

    fn more(&self, value: &str) -> String {
        say!(self.lang(), "thêm {value}", "{value} more")
    }

    /// A value with what it rests on.
    fn with_basis<T>(&self, value: &Value<T>, say: &dyn Fn(&T) -> String) -> String {
        self.on_basis(self.words.value(value, say), &value.cites)
    }

    /// What something rests on, behind it; within the brackets that it ends with.
    fn on_basis(&self, text: String, cites: &[Citation]) -> String {
        let Some(cites) = self.words.cites(cites) else { return text };
        match text.strip_suffix(')') {
            Some(text) => say!(self.lang(), "{text}, theo {cites})", "{text}, under {cites})"),
            None => say!(self.lang(), "{text} (theo {cites})", "{text} (under {cites})"),
        }
    }

    /// A value by case.
    fn told<T>(&self, by: &ByCase<T>, say: &dyn Fn(&T) -> String) -> Told {
        let text = by.general.as_ref().map(|value| self.with_basis(value, say));
        let cases = exceptions(&by.rules, None).into_iter().map(|(when, value, adds)| {
            let (when, value) = (self.words.condition(&when), self.with_basis(value, say));
            let value = if adds { self.more(&value) } else { value };
            say!(self.lang(), "Khi {when}: {value}", "When {when}: {value}")
        });
        Told {
            text: text.unwrap_or_else(|| self.pick("tùy trường hợp", "depends on the case")),
            cases: cases.collect(),
        }
    }
}

impl Told {
    fn of(text: String) -> Told {
        Told { text, cases: Vec::new() }
    }

    fn capitalised(self) -> Told {
        Told { text: capitalised(&self.text), cases: self.cases }
    }

    /// Everything in one line.
    fn in_line(self) -> String {
        let cases = self.cases.iter().map(|case| uncapitalised(case));
        std::iter::once(capitalised(&self.text)).chain(cases).collect::<Vec<_>>().join("; ")
    }
}

/// Every exception with the whole condition on which it applies, and whether it adds to what applies otherwise.
pub(super) fn exceptions<'v, T>(rules: &'v [CaseRule<T>], outer: Option<&Expr>) -> Vec<(Expr, &'v Value<T>, bool)> {
    let mut all = Vec::new();
    for rule in rules {
        let Some(when) = together(outer, Some(&rule.when)) else { continue };
        all.extend(rule.value.as_ref().map(|value| (when.clone(), value, rule.adds)));
        all.extend(exceptions(&rule.rules, Some(&when)));
    }
    all
}

/// Conditions that hold at once, as one.
fn together<'e>(first: impl IntoIterator<Item = &'e Expr>, then: impl IntoIterator<Item = &'e Expr>) -> Option<Expr> {
    let mut parts: Vec<Expr> = Vec::new();
    for part in first.into_iter().chain(then) {
        match part {
            Expr::And(inner, _) => parts.extend(inner.iter().cloned()),
            other => parts.push(other.clone()),
        }
    }
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => {
            let span = parts[0].span();
            Some(Expr::And(parts, span))
        }
    }
}
