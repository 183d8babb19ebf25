//! A question about one case, as `when` and `form` take it: `--filed`, `--with`, `--event`, read as an example is.

use std::path::Path;

use clap::ArgMatches;

use super::{files, known_place, options};
use crate::compile::Catalogue;
use crate::diagnostic::{Diagnostic, text};
use crate::emit::source_hash;
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::model::facts::FactKind;
use crate::model::quantity::parse_date;
use crate::model::{Body, Id, Limit, Procedure, ProcedureCode, Scenario};
use crate::plan::ProcedurePlan;
use crate::plan::answer::{Asked, Unanswerable, ask};
use crate::plan::transition::last_day;
use crate::resolve::{Effective, Variant, names};
use crate::source::{FileId, SourceFile, SourceMap};

/// Reads the catalogue, and finds the procedure whose code is given.
pub(super) fn procedure(matches: &ArgMatches, lang: Lang) -> Result<(Catalogue, Procedure), Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let found = files::find(Path::new(path))?;
    let catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
    known_place(&catalogue, lang)?;
    let code = matches.get_one::<String>("code").expect("it is required");
    let procedure = version(&catalogue, &ProcedureCode(code.clone()), matches);
    let Some(procedure) = procedure else {
        return Err(Error::Argument(say!(
            lang,
            "bộ thủ tục không có mã {code}",
            "the catalogue has no procedure {code}"
        )));
    };
    let procedure = procedure.clone();
    Ok((catalogue, procedure))
}

/// The version that a case keeps: that of the day of receipt, or of the postmark where its transition counts that.
fn version<'c>(catalogue: &'c Catalogue, code: &ProcedureCode, matches: &ArgMatches) -> Option<&'c Procedure> {
    let day = |name: &str| {
        let text = matches.try_get_one::<String>(name).ok().flatten()?;
        text.split_whitespace().find_map(parse_date)
    };
    let as_of = matches.contains_id("as-of").then(|| catalogue.as_of());
    let received = as_of.or_else(|| day("filed")).unwrap_or_else(|| catalogue.as_of());
    let counts = |one: &&Procedure| one.body.transition.as_ref().is_some_and(|transition| transition.posted);
    let posted = day("posted").and_then(|day| catalogue.version_on(code, day)).filter(counts);
    posted.or_else(|| catalogue.version_on(code, received))
}

/// Reads the catalogue and the question, and hands on the procedure as it stands on the day of filing.
pub(super) fn put<T>(
    matches: &ArgMatches,
    lang: Lang,
    then: impl FnOnce(&Catalogue, &ProcedurePlan<'_>, &Question) -> Result<T, Error>,
) -> Result<T, Error> {
    let (mut catalogue, procedure) = procedure(matches, lang)?;
    let place = catalogue.options.place.clone();
    let source_hash = source_hash(&catalogue);
    let question = Question::read(matches, &procedure.body, &mut catalogue.sources, lang)?;
    let question = Question { source_hash, ..question };
    let as_of = match (&question.scenario.filed, matches.contains_id("as-of")) {
        (Some(filed), false) => filed.date,
        _ => catalogue.as_of(),
    };
    // Papers that were posted in time are read on the last day of the version they keep.
    let stands = catalogue.version_on(&procedure.code.value, as_of).is_some_and(|one| one.head == procedure.head);
    let as_of = last_day(&procedure).filter(|_| !stands).unwrap_or(as_of);
    let mut effective = catalogue.effective(&procedure, Variant { as_of, place });
    effective.body.to_mut().scenarios = vec![question.scenario.clone()];
    question.names(&effective, &catalogue, lang)?;
    let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
    then(&catalogue, &plan, &question)
}

/// Puts a question to a procedure, or says what it asks in vain.
pub(super) fn asked<'a>(plan: &ProcedurePlan<'a>, scenario: &Scenario, lang: Lang) -> Result<Asked<'a>, Error> {
    ask(plan, scenario).map_err(|why| {
        Error::Argument(match why {
            Unanswerable::Contradiction => say!(
                lang,
                "những điều đã cho mâu thuẫn nhau: không hồ sơ nào như vậy",
                "what is given contradicts itself: there is no such case"
            ),
            Unanswerable::BeyondCalendar => {
                say!(lang, "lịch làm việc không có ngày này", "the working calendar does not reach this day")
            }
            Unanswerable::UnknownStep => say!(
                lang,
                "quy trình không có bước nào mang tên đã nêu ở --event",
                "the process has no step of the name given in --event"
            ),
        })
    })
}

/// What was asked, read as an example is.
pub(super) struct Question {
    pub(super) scenario: Scenario,
    /// By how much `--extend` asks to extend the limit.
    pub(super) extension: Option<Limit>,
    /// SHA-256 of the catalogue, to which the question does not belong.
    pub(super) source_hash: String,
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
        // Only `form` has this one.
        let extension = matches.try_get_one::<String>("extend").ok().flatten();
        let limit = extension.map(|by| format!("thời hạn giải quyết: {by}\n")).unwrap_or_default();
        let source = format!("thủ tục 0.000000 \"?\" {{\n{limit} ví dụ \"?\" {{\n{}\n}}\n}}\n", lines.join("\n"));
        let id = sources.add(SourceFile::new(say!(lang, "câu hỏi", "question"), source));
        let file = sources.get(id);
        let (items, mut found) = crate::syntax::parse(id, file, lang);
        let (definitions, draft) = crate::model::from_syntax::read(id, file, &items, lang);
        found.extend(draft.diagnostics);
        if let Some(first) = found.first() {
            return Err(not_understood(first, sources, lang));
        }
        let body = definitions.procedures.into_iter().next().map(|one| one.body).unwrap_or_default();
        let limit = body.deadlines.into_iter().next().and_then(|one| one.value.limit?.general);
        let extension = limit.and_then(|limit| limit.setting.given().cloned());
        let scenario = body.scenarios.into_iter().next();
        let scenario = scenario.expect("the question is an example that was read without a fault");
        Ok(Question { scenario, extension, source_hash: String::new(), file: id })
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
