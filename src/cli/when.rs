//! `thutuc when CODE …`: what one case comes to, and why.

use clap::ArgMatches;
use serde::Serialize;

use super::{Exit, print, question};
use crate::compile::Catalogue;
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::plan::answer::{self, answer};
use crate::plan::transition::{last_day, of_ending};
use crate::plan::wording::capitalised;
use crate::plan::{ProcedurePlan, Wording};
use crate::time::Instant;

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
    /// Which rules the case keeps, and what becomes of it when they end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transition: Vec<String>,
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
    question::put(matches, lang, |catalogue, plan, question| {
        let wording = Wording { lang, registers: plan.registers, body: plan.body() };
        let asked = question::asked(plan, &question.scenario, lang)?;
        let found = answer(plan, &asked, matches.get_flag("why"), &wording);
        let transition = transition(catalogue, plan, &found, &wording);
        let answer = Answer { transition, ..Answer::of(plan, found, &wording) };
        if matches.get_flag("json") {
            let mut text = serde_json::to_string_pretty(&answer).expect("an answer holds only text");
            text.push('\n');
            print(&text);
        } else {
            print(&shown(&answer, lang));
        }
        Ok(Exit::Good)
    })
}

impl Answer {
    fn of(plan: &ProcedurePlan<'_>, answer: answer::Answer<'_>, wording: &Wording<'_>) -> Answer {
        let paper = |one: answer::Paper<'_>| Paper {
            id: one.document.id.as_ref().map(|id| id.value.to_string()),
            name: one.document.name.value.clone(),
            when: one.when,
        };
        let sum =
            |one: answer::Sum<'_>| Sum { name: wording.charge_name(one.charge), amount: one.amount, when: one.when };
        let due = |one: answer::Due<'_>| Due {
            name: wording.deadline_name(one.deadline),
            id: one.deadline.id.as_ref().map(|id| id.value.to_string()),
            limit: one.limit,
            due: one.due.map(|due| iso(due, plan)),
            text: one.text,
            provisional: one.provisional,
            when: one.when,
            why: one.why,
        };
        Answer {
            schema: "urn:thutuc:answer:1",
            code: plan.procedure.code.value.0.clone(),
            name: plan.procedure.name.value.clone(),
            place: plan.variant().place.clone(),
            received: answer.received.map(|received| iso(received, plan)),
            documents: answer.papers.into_iter().map(paper).collect(),
            charges: answer.sums.into_iter().map(sum).collect(),
            dates: answer.dates.into_iter().map(due).collect(),
            steps: answer.steps,
            transition: Vec::new(),
        }
    }
}

/// Which rules a case keeps where there are others too, and what becomes of it when they end before it is settled.
fn transition(
    catalogue: &Catalogue,
    plan: &ProcedurePlan<'_>,
    answer: &answer::Answer<'_>,
    words: &Wording<'_>,
) -> Vec<String> {
    let procedure = plan.procedure;
    let mut lines = Vec::new();
    if catalogue.versions(&procedure.code.value).len() > 1
        && let Some(valid) = &procedure.body.valid
    {
        let period = words.period(&valid.value);
        lines.push(say!(words.lang, "Theo {period}", "By {period}"));
    }
    let settled = |due: &answer::Due<'_>| due.due.map(|due| plan.calendar().date(due.day));
    let late = |last| answer.dates.iter().any(|due| settled(due).is_none_or(|day| day > last));
    if last_day(procedure).is_some_and(late) {
        lines.extend(of_ending(procedure, words));
    }
    lines
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
    let lines = answer.transition.iter().map(|line| format!("- {line}"));
    part(say!(lang, "Quy định áp dụng", "Rules that apply"), lines.collect());
    out
}
