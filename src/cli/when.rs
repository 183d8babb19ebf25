//! `thutuc when CODE …`: what one case comes to, and why.

use std::path::Path;

use clap::ArgMatches;
use serde::Serialize;

use super::{Exit, files, known_place, options, print};
use crate::compile::Catalogue;
use crate::diagnostic::text;
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::model::facts::FactKind;
use crate::model::{Body, Expr, Id, Procedure, Scenario, Subject};
use crate::plan::cases::{Case, Facts, Space, Truth, explore};
use crate::plan::decision::{self, Course, course, happened, instant};
use crate::plan::example::case_of;
use crate::plan::explain::{day_by_day, steps};
use crate::plan::money::{Payable, payable};
use crate::plan::wording::capitalised;
use crate::plan::{ProcedurePlan, Wording};
use crate::resolve::Variant;
use crate::source::{SourceFile, SourceMap};
use crate::time::{Instant, Known};

/// More possibilities than this are not listed one by one.
const MOST_SHOWN: usize = 12;

/// What a case comes to.
#[derive(Serialize)]
struct Answer {
    schema: &'static str,
    code: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// When it counts as received, `YYYY-MM-DDTHH:MM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<String>,
    documents: Vec<Paper>,
    charges: Vec<Sum>,
    dates: Vec<Due>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<String>,
}

#[derive(Serialize)]
struct Paper {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    /// The condition on which it depends, where that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
}

#[derive(Serialize)]
struct Sum {
    name: String,
    /// In words: `16.000 đồng`.
    amount: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
}

#[derive(Serialize)]
struct Due {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    limit: String,
    /// `YYYY-MM-DDTHH:MM`
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// For people; says where it waits for something.
    text: String,
    /// Whether it rests on days that are not officially set yet.
    provisional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<String>,
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let found = files::find(Path::new(path))?;
    let catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
    known_place(&catalogue, lang)?;
    let code = matches.get_one::<String>("code").expect("it is required");
    let procedure = catalogue.procedures.iter().find(|one| one.code.value.0 == *code);
    let Some(procedure) = procedure else {
        return Err(Error::Argument(say!(
            lang,
            "bộ thủ tục không có mã {code}",
            "the catalogue has no procedure {code}"
        )));
    };
    let question = Question::read(matches, &procedure.body, lang)?;
    let as_of = match (&question.scenario.filed, matches.contains_id("as-of")) {
        (Some(filed), false) => filed.date,
        _ => catalogue.as_of(),
    };
    let variant = Variant { as_of, place: catalogue.options.place.clone() };
    let effective = catalogue.effective(procedure, variant);
    let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
    known_facts(&question.scenario, &plan, lang)?;
    let answer = answer(&question.scenario, procedure, &plan, matches.get_flag("why"), lang)?;
    if matches.get_flag("json") {
        let mut text = serde_json::to_string_pretty(&answer).expect("an answer holds only text");
        text.push('\n');
        print(&text);
    } else {
        print(&shown(&answer, lang));
    }
    Ok(Exit::Good)
}

/// What was asked, read as an example is.
struct Question {
    scenario: Scenario,
}

impl Question {
    fn read(matches: &ArgMatches, body: &Body, lang: Lang) -> Result<Question, Error> {
        let all = |name: &str| matches.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
        let given: Vec<String> = all("with").iter().map(|one| condition(one, body)).collect();
        let mut lines = Vec::new();
        if !given.is_empty() {
            lines.push(format!("trường hợp: {}", given.join(", ")));
        }
        if let Some(filed) = matches.get_one::<String>("filed") {
            lines.push(format!("nộp lúc: {}", moment(filed)));
        }
        let events: Vec<String> = all("event")
            .iter()
            .map(|one| {
                let (step, at) = one.split_once('=').unwrap_or((one, ""));
                let step = if step == "bổ-sung-đủ" || step == "supplemented" { "bổ sung đủ" } else { step };
                format!("{step} lúc {}", moment(at))
            })
            .collect();
        if !events.is_empty() {
            lines.push(format!("sự kiện: {}", events.join(", ")));
        }
        let source = format!("thủ tục 0.000000 \"?\" {{\n ví dụ \"?\" {{\n{}\n}}\n}}\n", lines.join("\n"));
        let mut sources = SourceMap::default();
        let id = sources.add(SourceFile::new(say!(lang, "câu hỏi", "question"), source));
        let file = sources.get(id);
        let (items, mut found) = crate::syntax::parse(id, file, lang);
        let (definitions, draft) = crate::model::from_syntax::read(id, file, &items, lang);
        found.extend(draft.diagnostics);
        if let Some(first) = found.first() {
            let shown = text::render(std::slice::from_ref(first), &sources, lang, false);
            return Err(Error::Argument(say!(
                lang,
                "không hiểu câu hỏi\n{shown}",
                "the question is not understood\n{shown}"
            )));
        }
        let scenario = definitions.procedures.into_iter().flat_map(|one| one.body.scenarios).next();
        Ok(Question { scenario: scenario.expect("the question is an example that was read without a fault") })
    }
}

/// `16:20 29/4/2026`, in either order, with or without `ngày`.
fn moment(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().filter(|word| !matches!(*word, "ngày" | "lúc")).collect();
    let (clocks, days): (Vec<&str>, Vec<&str>) = words.into_iter().partition(|word| word.contains(':'));
    clocks.into_iter().chain(["ngày"]).chain(days).collect::<Vec<_>>().join(" ")
}

/// `số-bản=2` as the condition of an example; what has no `=` is one already.
fn condition(text: &str, body: &Body) -> String {
    let Some((name, value)) = text.split_once('=') else { return text.to_owned() };
    let (name, value) = (name.trim(), value.trim());
    if matches!(name, "cách-thức" | "cách thức" | "channel") {
        let value = value.replace('-', " ");
        let value = match value.as_str() {
            "online" => "trực tuyến",
            "in person" => "trực tiếp",
            "post" | "by public post" => "bưu chính",
            other => other,
        };
        return format!("cách thức là {value}");
    }
    let id = Id::new(name);
    let kind = body.facts.iter().find(|fact| fact.id.value == id).map(|fact| &fact.value.kind);
    match (kind, value) {
        (Some(FactKind::SomeOf(_)), _) => format!("{name} là ({value})"),
        (_, "có" | "yes" | "true") => name.to_owned(),
        (_, "không" | "no" | "false") => format!("không {name}"),
        _ => format!("{name} là {value}"),
    }
}

/// A fact nobody gives is a slip of the pen.
fn known_facts(scenario: &Scenario, plan: &ProcedurePlan<'_>, lang: Lang) -> Result<(), Error> {
    let facts = Facts { body: plan.body(), registers: plan.registers };
    for (subject, _, _) in scenario.given.iter().flat_map(Expr::tests) {
        let Subject::Fact(id) = subject else { continue };
        if facts.knows(&id.value) {
            continue;
        }
        let known: Vec<&str> = plan.body().facts.iter().map(|fact| fact.id.value.as_str()).collect();
        let likely = crate::syntax::fold::nearest(id.value.as_str(), known.iter().copied());
        let hint = match likely {
            Some(likely) => say!(lang, "; có phải ý là {likely}?", "; did you mean {likely}?"),
            None => {
                let known = known.join(", ");
                say!(lang, "; đã khai: {known}", "; given: {known}")
            }
        };
        let name = &id.value;
        return Err(Error::Argument(say!(
            lang,
            "thủ tục không có trường hợp `{name}`{hint}",
            "the procedure has no fact `{name}`{hint}"
        )));
    }
    Ok(())
}

fn answer(
    scenario: &Scenario,
    procedure: &Procedure,
    plan: &ProcedurePlan<'_>,
    why: bool,
    lang: Lang,
) -> Result<Answer, Error> {
    let wording = Wording { lang, registers: plan.registers, body: plan.body() };
    let space = decision::space(plan, &scenario.given);
    let Some(case) = case_of(plan, &space, scenario) else {
        return Err(Error::Argument(say!(
            lang,
            "những điều đã cho mâu thuẫn nhau: không hồ sơ nào như vậy",
            "what is given contradicts itself: there is no such case"
        )));
    };
    let calendar = plan.calendar();
    let filed = match &scenario.filed {
        None => None,
        Some(filed) => Some(instant(calendar, filed).and_then(|filed| calendar.receive(filed)).ok_or_else(|| {
            Error::Argument(say!(
                lang,
                "lịch làm việc không có ngày này",
                "the working calendar does not reach this day"
            ))
        })?),
    };
    // What happened outlives the question: the events are those of the scenario.
    let events = scenario.events.iter().map(|(event, moment)| (&event.value, *moment));
    let happened = happened(plan, events);
    let mut answer = Answer {
        schema: "urn:thutuc:answer:1",
        code: procedure.code.value.0.clone(),
        name: procedure.name.value.clone(),
        place: plan.variant().place.clone(),
        received: filed.map(|filed| iso(filed, plan)),
        documents: papers(plan, &space, &case, &wording),
        charges: Vec::new(),
        dates: Vec::new(),
        steps: Vec::new(),
    };
    for charge in &plan.body().charges {
        let found = explore(&space, case.clone(), |case| payable(plan, &space, case, &charge.value));
        let name = wording.charge_name(&charge.value);
        let said = |payable: &Option<Payable>| payable.as_ref().map(|payable| wording.payable(payable));
        for (when, amount) in grouped(&space, &case, found.leaves, &wording, said) {
            answer.charges.extend(amount.map(|amount| Sum { name: name.clone(), amount, when }));
        }
    }
    let found = explore(&space, case.clone(), |case| course(plan, &space, case, filed, &happened));
    let single = found.leaves.len() == 1;
    for (when, leaf) in grouped(&space, &case, found.leaves, &wording, |course: &Course<'_>| {
        if why && single {
            answer.steps = steps(course, plan, &wording);
        }
        dates(course, plan, why, &wording)
    }) {
        answer.dates.extend(leaf.into_iter().map(|mut due: Due| {
            due.when.clone_from(&when);
            due
        }));
    }
    Ok(answer)
}

/// Leaves that come to the same, together; with the case each is for where there are several.
fn grouped<T, U: SameAnswer>(
    space: &Space,
    base: &Case,
    leaves: Vec<(Case, T)>,
    wording: &Wording<'_>,
    mut make: impl FnMut(&T) -> U,
) -> Vec<(Option<String>, U)> {
    let mut all: Vec<(Case, U)> = Vec::new();
    for (case, leaf) in leaves {
        let made = make(&leaf);
        if !all.iter().any(|(_, known)| known.same(&made)) {
            all.push((case, made));
        }
    }
    let several = all.len() > 1;
    let said = |case: &Case| several.then(|| space.said(&space.beyond(case, base), wording));
    all.into_iter().take(MOST_SHOWN).map(|(case, made)| (said(&case), made)).collect()
}

trait SameAnswer {
    fn same(&self, other: &Self) -> bool;
}

impl SameAnswer for Option<String> {
    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

impl SameAnswer for Vec<Due> {
    fn same(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.iter().zip(other).all(|(a, b)| (&a.name, &a.limit, &a.text) == (&b.name, &b.limit, &b.text))
    }
}

fn papers(plan: &ProcedurePlan<'_>, space: &Space, case: &Case, wording: &Wording<'_>) -> Vec<Paper> {
    let all = plan.body().dossier.iter().flat_map(|dossier| &dossier.value.documents);
    let mut found = Vec::new();
    for one in all.filter(|one| one.valid.contains(plan.variant().as_of)) {
        let when = match one.when.as_ref().map(|when| (when, space.truth(when, case))) {
            Some((_, Truth::No)) => continue,
            Some((when, Truth::Open(_))) => Some(wording.condition(when)),
            Some((_, Truth::Yes)) | None => None,
        };
        let id = one.id.as_ref().map(|id| id.value.to_string());
        found.push(Paper { id, name: one.name.value.clone(), when });
    }
    found
}

fn dates(course: &Course<'_>, plan: &ProcedurePlan<'_>, why: bool, wording: &Wording<'_>) -> Vec<Due> {
    let calendar = plan.calendar();
    let lang = wording.lang;
    let mut all = Vec::new();
    for date in &course.dates {
        let deadline = date.promise.deadline;
        let limit = wording.promised(&date.promise.limit);
        let provisional = date.starts.zip(date.due).map(|(from, to)| calendar.known_between(from.day, to.day));
        let text = match date.due {
            Some(due) => match provisional {
                Some(Known::Provisional) => {
                    let day = wording.moment(due, calendar);
                    say!(
                        lang,
                        "{day}, tạm tính vì chưa có lịch nghỉ chính thức",
                        "{day}, provisional: no official calendar yet"
                    )
                }
                Some(Known::Unconfirmed) => {
                    let day = wording.moment(due, calendar);
                    say!(
                        lang,
                        "{day}, tạm tính vì có ngày nghỉ chưa được xác nhận",
                        "{day}, provisional: a day off is unconfirmed"
                    )
                }
                _ => wording.moment(due, calendar),
            },
            None => {
                let start = deadline.starts.as_ref().map(|start| wording.start(&start.value)).unwrap_or_default();
                say!(lang, "{limit} kể từ {start}", "{limit} from {start}")
            }
        };
        all.push(Due {
            name: wording.deadline_name(deadline),
            id: deadline.id.as_ref().map(|id| id.value.to_string()),
            limit,
            due: date.due.map(|due| iso(due, plan)),
            text,
            provisional: provisional.is_some_and(|known| known > Known::Official),
            when: None,
            why: if why { day_by_day(date, course, plan, wording) } else { Vec::new() },
        });
    }
    all
}

fn iso(at: Instant, plan: &ProcedurePlan<'_>) -> String {
    format!("{}T{:02}:{:02}", plan.calendar().date(at.day), at.minute / 60, at.minute % 60)
}

fn shown(answer: &Answer, lang: Lang) -> String {
    let mut out = format!("{} {}\n", answer.code, answer.name);
    let when = |when: &Option<String>| {
        when.as_ref().map_or(String::new(), |when| say!(lang, " (khi {when})", " (when {when})"))
    };
    let mut part = |title: String, lines: Vec<String>| {
        if !lines.is_empty() {
            out += &format!("\n{title}\n");
            for line in lines {
                out += &format!("  {line}\n");
            }
        }
    };
    let papers = answer.documents.iter().map(|one| format!("- {}{}", one.name, when(&one.when)));
    part(say!(lang, "Thành phần hồ sơ", "Dossier"), papers.collect());
    let sums =
        answer.charges.iter().map(|one| format!("- {}: {}{}", capitalised(&one.name), one.amount, when(&one.when)));
    part(say!(lang, "Phí, lệ phí", "Charges and fees"), sums.collect());
    let mut lines = Vec::new();
    for one in &answer.dates {
        lines.push(format!("- {}: {}{}", capitalised(&one.name), one.text, when(&one.when)));
        lines.extend(one.why.iter().map(|line| format!("    {line}")));
    }
    part(say!(lang, "Hẹn trả", "Due"), lines);
    part(say!(lang, "Các bước", "Steps"), answer.steps.clone());
    out
}
