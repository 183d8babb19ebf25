//! `thutuc show CODE`: a procedure as it stands on a day, at a place, and where each part of it comes from.

use clap::ArgMatches;
use serde::Serialize;

use super::{Exit, print, question};
use crate::compile::Catalogue;

use crate::emit::{layer_words, place_name};
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::model::quantity::short_date;
use crate::plan::parts::{layer_of, parts};
use crate::plan::{ProcedurePlan, Wording};
use crate::source::Span;

/// A procedure as it stands.
#[derive(Serialize)]
struct Shown {
    schema: &'static str,
    code: String,
    name: String,
    /// The full name of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// `YYYY-MM-DD`
    as_of: String,
    in_force: bool,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    title: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    /// Whose layer it is, or which part of a bundle; absent where the procedure itself says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<String>,
    /// `file:line`
    source: String,
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let (catalogue, procedure) = question::procedure(matches, lang)?;
    let effective = catalogue.effective(&procedure, catalogue.built_variant());
    let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
    let shown = shown(&catalogue, &plan, lang);
    if matches.get_flag("json") {
        let mut text = serde_json::to_string_pretty(&shown).expect("it holds only text");
        text.push('\n');
        print(&text);
    } else {
        print(&text(&shown, &plan, matches.get_flag("why"), lang));
    }
    Ok(Exit::Good)
}

fn shown(catalogue: &Catalogue, plan: &ProcedurePlan<'_>, lang: Lang) -> Shown {
    let wording = Wording { lang, registers: plan.registers, body: plan.body() };
    let place = |span: Span| {
        let file = catalogue.sources.get(span.file);
        format!("{}:{}", file.name, file.position(span.start).line)
    };
    let parts = parts(plan, &wording).into_iter().map(|part| Part {
        title: part.title.get(lang).to_owned(),
        lines: part
            .lines
            .into_iter()
            .map(|line| Line {
                layer: layer_of(plan, line.span).map(|layer| layer_words(plan, layer, &wording)).or_else(|| {
                    let code = &plan.effective.part_written_at(line.span)?.code.value;
                    Some(say!(lang, "thủ tục thành phần {code}", "the part {code}"))
                }),
                source: place(line.span),
                text: line.text,
                basis: line.basis,
            })
            .collect(),
    });
    Shown {
        schema: "urn:thutuc:procedure-shown:1",
        code: plan.procedure.code.value.0.clone(),
        name: plan.procedure.name.value.clone(),
        place: place_name(plan),
        as_of: plan.variant().as_of.to_string(),
        in_force: plan.effective.in_force,
        parts: parts.collect(),
    }
}

fn text(shown: &Shown, plan: &ProcedurePlan<'_>, why: bool, lang: Lang) -> String {
    let day = short_date(plan.variant().as_of);
    let place = shown.place.clone().unwrap_or_else(|| say!(lang, "Trung ương", "The nation"));
    let mut out = format!("{} {}\n", shown.code, shown.name);
    out += &say!(lang, "{place}, tại ngày {day}\n", "{place}, on {day}\n");
    if !shown.in_force {
        out += &say!(lang, "Thủ tục không có hiệu lực vào ngày này.\n", "The procedure is not in force on this day.\n");
    }
    for part in &shown.parts {
        out += &format!("\n{}\n", part.title);
        for line in &part.lines {
            out += &format!("  - {}\n", line.text);
            if !why {
                continue;
            }
            if let Some(basis) = &line.basis {
                out += &say!(lang, "      theo {basis}\n", "      under {basis}\n");
            }
            let source = &line.source;
            out += &match &line.layer {
                Some(layer) => say!(lang, "      do {layer} ({source})\n", "      by {layer} ({source})\n"),
                None => say!(lang, "      do thủ tục gốc ({source})\n", "      by the procedure itself ({source})\n"),
            };
        }
    }
    out
}
