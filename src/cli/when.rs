//! `thutuc when CODE …`: what one case comes to, and why.

use std::path::Path;

use clap::ArgMatches;
use serde::Serialize;

use super::{Exit, files, known_place, options, print};
use crate::compile::Catalogue;
use crate::diagnostic::{Diagnostic, text};
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::model::facts::FactKind;
use crate::model::scenario::ScenarioEvent;
use crate::model::{Body, Id, Procedure, Scenario};
use crate::plan::cases::{Case, Space, Truth, explore};
use crate::plan::decision::{self, Course, course, happened, instant};
use crate::plan::example::case_of;
use crate::plan::explain::{day_by_day, steps};
use crate::plan::money::{Payable, payable};
use crate::plan::wording::capitalised;
use crate::plan::{ProcedurePlan, Wording};
use crate::resolve::{Effective, Variant, names};
use crate::source::{FileId, SourceFile, SourceMap};
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
    let mut catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
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
    let (procedure, place) = (procedure.clone(), catalogue.options.place.clone());
    let question = Question::read(matches, &procedure.body, &mut catalogue.sources, lang)?;
    let as_of = match (&question.scenario.filed, matches.contains_id("as-of")) {
        (Some(filed), false) => filed.date,
        _ => catalogue.as_of(),
    };
    let mut effective = catalogue.effective(&procedure, Variant { as_of, place });
    effective.body.to_mut().scenarios = vec![question.scenario.clone()];
    question.names(&effective, &catalogue, lang)?;
    let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
    let answer = answer(&question.scenario, &procedure, &plan, matches.get_flag("why"), lang)?;
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
    file: FileId,
}

impl Question {
    fn read(matches: &ArgMatches, body: &Body, sources: &mut SourceMap, lang: Lang) -> Result<Question, Error> {
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
        let id = sources.add(SourceFile::new(say!(lang, "câu hỏi", "question"), source));
        let file = sources.get(id);
        let (items, mut found) = crate::syntax::parse(id, file, lang);
        let (definitions, draft) = crate::model::from_syntax::read(id, file, &items, lang);
        found.extend(draft.diagnostics);
        if let Some(first) = found.first() {
            return Err(not_understood(first, sources, lang));
        }
        let scenario = definitions.procedures.into_iter().flat_map(|one| one.body.scenarios).next();
        Ok(Question { scenario: scenario.expect("the question is an example that was read without a fault"), file: id })
    }

    /// Names and values that the procedure does not know, and steps that it has not.
    fn names(&self, effective: &Effective<'_>, catalogue: &Catalogue, lang: Lang) -> Result<(), Error> {
        let found = names::local(effective, &catalogue.registers, &catalogue.subprocess_map(), lang);
        match found.iter().find(|one| one.span.file == self.file) {
            Some(first) => Err(not_understood(first, &catalogue.sources, lang)),
            None => Ok(()),
        }
    }
}

fn not_understood(fault: &Diagnostic, sources: &SourceMap, lang: Lang) -> Error {
    let shown = text::render(std::slice::from_ref(fault), sources, lang, false);
    Error::Argument(say!(lang, "không hiểu câu hỏi\n{shown}", "the question is not understood\n{shown}"))
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
    let given = scenario.events.iter().filter(|(event, _)| event.value != ScenarioEvent::Supplemented).count();
    if happened.done.len() < given {
        return Err(Error::Argument(say!(
            lang,
            "quy trình không có bước nào mang tên đã nêu ở --event",
            "the process has no step of the name given in --event"
        )));
    }
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
        if !found.undecided.is_empty() {
            let amount = undecided(lang);
            answer.charges.push(Sum { name: name.clone(), amount, when: None });
        }
        let said = |payable: &Option<Payable>| payable.as_ref().map(|payable| wording.payable(payable));
        for (when, amount) in grouped(&space, &case, found.leaves, &wording, said) {
            answer.charges.extend(amount.map(|amount| Sum { name: name.clone(), amount, when }));
        }
    }
    let found = explore(&space, case.clone(), |case| course(plan, &space, case, filed, &happened));
    if !found.undecided.is_empty() {
        for deadline in &plan.body().deadlines {
            let deadline = &deadline.value;
            answer.dates.push(Due {
                name: wording.deadline_name(deadline),
                id: deadline.id.as_ref().map(|id| id.value.to_string()),
                limit: String::new(),
                due: None,
                text: undecided(lang),
                provisional: false,
                when: None,
                why: Vec::new(),
            });
        }
    }
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

/// Leaves that come to the same, together; with the widest case in which they do, where there are several.
fn grouped<T, U: SameAnswer>(
    space: &Space,
    base: &Case,
    leaves: Vec<(Case, T)>,
    wording: &Wording<'_>,
    mut make: impl FnMut(&T) -> U,
) -> Vec<(Option<String>, U)> {
    let mut kinds: Vec<U> = Vec::new();
    let mut cases: Vec<(Case, usize)> = Vec::new();
    for (case, leaf) in leaves {
        let made = make(&leaf);
        let kind = kinds.iter().position(|known| known.same(&made)).unwrap_or_else(|| {
            kinds.push(made);
            kinds.len() - 1
        });
        cases.push((case, kind));
    }
    let several = kinds.len() > 1;
    let said = |kind: usize| {
        let (first, _) = cases.iter().find(|(_, own)| *own == kind)?;
        let widest = (0..space.columns.len()).fold(first.clone(), |wide, column| {
            let wider = space.widened_within(&wide, base, column);
            let apart = cases.iter().all(|(case, own)| *own == kind || !space.meet(case, &wider));
            if apart { wider } else { wide }
        });
        several.then(|| space.said(&space.beyond(&widest, base), wording))
    };
    let whens: Vec<Option<String>> = (0..kinds.len()).map(said).collect();
    whens.into_iter().zip(kinds).take(MOST_SHOWN).collect()
}

fn undecided(lang: Lang) -> String {
    say!(
        lang,
        "chưa tính được: còn điều kiện chưa khai, hoặc quá nhiều khả năng",
        "not decided: a condition is not given, or there are too many possibilities"
    )
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
            None => match deadline.starts.as_ref().map(|start| wording.start(&start.value)) {
                Some(start) => say!(lang, "{limit} kể từ {start}", "{limit} from {start}"),
                None => limit.clone(),
            },
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
