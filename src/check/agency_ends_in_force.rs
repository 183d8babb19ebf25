//! TT604: an agency ends while what names it goes on.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::Procedure;
use crate::model::quantity::short_date;
use crate::resolve::registers::AgencyEntry;
use crate::resolve::{Variant, layers};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT604"),
    name: "agency-ends-in-force",
    severity: Severity::Warning,
    title: Words::new(
        "Cơ quan kết thúc khi quy định còn hiệu lực",
        "An agency ends while what names it is still in force",
    ),
    why: Words::new(
        "Cơ quan sáp nhập từ một ngày thì nội dung áp dụng từ ngày đó phải ghi cơ quan tiếp nhận nhiệm vụ. Chế độ còn hiệu lực sau ngày ấy mà không có khối “áp dụng … từ …” thay tên thì hồ sơ nộp sau ngày sáp nhập vẫn bị chỉ về cơ quan cũ.",
        "From the day of a merger, the procedure must name the agency that takes over. Where a regime goes on beyond that day and no overlay `from …` changes the name, files of later days are still sent to the old agency.",
    ),
    basis: Basis::Recalled,
    wrong: r#"thủ tục 1.000001 "Ví dụ" { hiệu lực: từ 01/7/2025 }
áp dụng 1.000001 từ 01/7/2021 đến 31/5/2025 theo nđ-20-2021 { cơ quan phối hợp: bộ-lđtbxh }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { hiệu lực: từ 01/7/2025 }
áp dụng 1.000001 từ 01/7/2021 đến 28/02/2025 theo nđ-20-2021 { cơ quan phối hợp: bộ-lđtbxh }
áp dụng 1.000001 từ 01/3/2025 đến 31/5/2025 theo nđ-20-2021 { cơ quan phối hợp: bộ-nội-vụ }"#,
    run: Run::OverTime(check),
};

fn check(catalogue: &Catalogue, procedure: &Procedure, findings: &mut Findings<'_>) {
    let days = days_after_an_end(catalogue, procedure);
    if days.is_empty() {
        return;
    }
    let variants = layers::variants(&catalogue.overlays_of(procedure), catalogue.as_of());
    // What is no more on a day that is checked anyway, TT601 and TT602 tell.
    let told: Vec<Span> =
        variants.iter().flat_map(|variant| ended_on(catalogue, procedure, variant)).map(|one| one.1).collect();
    let mut reported = Vec::new();
    for day in days {
        for place in variants.iter().map(|variant| &variant.place) {
            let variant = Variant { as_of: day, place: place.clone() };
            for (agency, span) in ended_on(catalogue, procedure, &variant) {
                if told.contains(&span) || reported.contains(&span) {
                    continue;
                }
                reported.push(span);
                report(catalogue, agency, span, findings);
            }
        }
    }
}

fn report(catalogue: &Catalogue, agency: &AgencyEntry, span: Span, findings: &mut Findings<'_>) {
    let Some(until) = agency.valid.until else { return };
    let (name, last) = (&agency.name, short_date(until.0));
    let message = say!(
        findings.lang,
        "“{name}” chỉ có đến {last}, nội dung này còn áp dụng sau ngày đó",
        "“{name}” exists until {last} only; what names it applies beyond that day"
    );
    let heir = agency.merged_into.as_ref().and_then(|id| catalogue.registers.agencies.get(id.as_str()));
    let next = short_date(day_after(until.0));
    let help = match heir {
        Some(heir) => {
            let (id, name) = (&heir.id, &heir.name);
            say!(
                findings.lang,
                "sáp nhập vào {id} ({name}): thêm khối “áp dụng … từ {next}” với tên này, hoặc cho nội dung kết thúc ngày {last}",
                "it merges into {id} ({name}): add an overlay from {next} with that name, or let this end on {last}"
            )
        }
        None => say!(
            findings.lang,
            "thêm khối “áp dụng … từ {next}” với cơ quan nhận nhiệm vụ, hoặc cho nội dung kết thúc ngày {last}",
            "add an overlay from {next} with the agency that takes over, or let this end on {last}"
        ),
    };
    findings.report(span, message).help(help);
}

fn day_after(day: Date) -> Date {
    day.saturating_add(1.day())
}

/// The first day without each agency that the procedure or what is laid over it names.
fn days_after_an_end(catalogue: &Catalogue, procedure: &Procedure) -> Vec<Date> {
    let overlays = catalogue.overlays_of(procedure);
    let bodies = std::iter::once(&procedure.body).chain(overlays.iter().map(|overlay| &overlay.body));
    let ends = |id: &str| catalogue.registers.agencies.get(id)?.valid.until;
    let mut days: Vec<Date> = Vec::new();
    for body in bodies {
        let named = body.names.iter().filter_map(|name| ends(name.key.as_str()));
        let acting = actors(body).into_iter().filter_map(|actor| match &actor.key {
            crate::model::RefKey::Id(id) => ends(id.as_str()),
            _ => None,
        });
        days.extend(named.chain(acting).map(|until| day_after(until.0)));
    }
    days.sort();
    days.dedup();
    days
}

/// What a procedure names on a day although it is no more, where it stands.
fn ended_on<'a>(catalogue: &'a Catalogue, procedure: &Procedure, variant: &Variant) -> Vec<(&'a AgencyEntry, Span)> {
    let effective = catalogue.effective(procedure, variant.clone());
    if !effective.in_force {
        return Vec::new();
    }
    let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
    let ended = |agency: &AgencyEntry| agency.valid.until.is_some_and(|until| until.0 < variant.as_of);
    let mut found = Vec::new();
    for (agency, places) in agencies_named(&plan) {
        // The plan borrows what is laid for this day; the register outlives it.
        let Some(entry) = catalogue.registers.agencies.get(agency.id.as_str()).filter(|one| ended(one)) else {
            continue;
        };
        found.extend(places.into_iter().map(|span| (entry, span)));
    }
    found
}
