//! TT711: a place asks for more than the nation does.

use std::cmp::Ordering;

use super::prelude::*;
use crate::compile::Catalogue;
use crate::model::{Body, Duration, Limit, Number, Overlay, Unit};
use crate::plan::bound::compare;
use crate::plan::cases::{Facts, Space, explore};
use crate::resolve::Variant;
use crate::resolve::layers::{same_charge, same_deadline, same_document};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT711"),
    name: "overlay-beyond-power",
    severity: Severity::Error,
    title: Words::new("Địa phương quy định quá quyền của mình", "A place asks for more than the nation does"),
    why: Words::new(
        "Địa phương được rút ngắn thời hạn, điền giá trị trung ương để ngỏ (không quá mức đã nêu), thêm nơi nộp, liên hệ, chức danh và quy trình nội bộ. Thêm giấy tờ, thêm điều kiện, thêm khoản thu hay kéo dài thời hạn của trung ương là đặt ra thủ tục hành chính mà không có thẩm quyền.",
        "A place may shorten a deadline, fill in what the nation left open (up to its cap), add places to file, contacts, roles and an internal process. To add a paper, a condition or a charge, or to make a deadline longer, is to set a procedure without the power to.",
    ),
    basis: Basis::Inferred("khoản 1 Điều 8 Nghị định 63/2010/NĐ-CP"),
    wrong: r#"thủ tục 1.000001 "Ví dụ" { thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ } }
áp dụng 1.000001 tại đồng-nai theo nđ-118-2025 { thời hạn giải quyết: 05 ngày làm việc }"#,
    right: r#"thủ tục 1.000001 "Ví dụ" { thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ } }
áp dụng 1.000001 tại đồng-nai theo nđ-118-2025 { thời hạn giải quyết: 02 ngày làm việc }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    for overlay in catalogue.overlays.iter().filter(|overlay| may_add(&overlay.body)) {
        let Some(place) = &overlay.place else { continue };
        let day = if overlay.period.contains(catalogue.as_of()) {
            catalogue.as_of()
        } else {
            overlay.period.from.as_ref().map_or(catalogue.as_of(), |from| from.value)
        };
        let Some(procedure) = catalogue.version_on(&overlay.code.value, day) else { continue };
        let above = place.value.rsplit_once('/').map(|(above, _)| above.to_owned());
        let above = catalogue.effective(procedure, Variant { as_of: day, place: above });
        let here = catalogue.effective(procedure, Variant { as_of: day, place: Some(place.value.clone()) });
        let [above, here] =
            [&above, &here].map(|one| ProcedurePlan::new(one, &catalogue.registers, &catalogue.subprocesses));
        added(overlay, &above, findings);
        longer(&above, &here, overlay, findings);
    }
}

/// Whether something is laid over what an applicant must bring, satisfy and pay, or how long it takes.
fn may_add(over: &Body) -> bool {
    let papers = over.dossier.iter().any(|dossier| !dossier.documents.is_empty());
    papers || over.requirements.is_some() || !over.charges.is_empty() || !over.deadlines.is_empty()
}

/// What a place adds to what an applicant must bring, satisfy and pay.
fn added(overlay: &Overlay, above: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let (over, nation, lang) = (&overlay.body, above.body(), findings.lang);
    let mut more: Vec<(Span, String)> = Vec::new();
    let known: Vec<_> = nation.dossier.iter().flat_map(|dossier| &dossier.documents).collect();
    for document in over.dossier.iter().flat_map(|dossier| &dossier.documents) {
        if !known.iter().any(|old| same_document(old, document)) {
            let name = &document.name.value;
            more.push((document.head, say!(lang, "thêm giấy tờ “{name}”", "add the paper “{name}”")));
        }
    }
    let known: Vec<_> = nation.requirements.iter().flat_map(|all| &all.value).map(|one| &one.text.value).collect();
    for requirement in over.requirements.iter().flat_map(|all| &all.value) {
        let text = &requirement.text.value;
        if !known.contains(&text) {
            more.push((requirement.text.span, say!(lang, "thêm điều kiện “{text}”", "add the condition “{text}”")));
        }
    }
    for charge in over.charges.iter().filter(|charge| !nation.charges.iter().any(|old| same_charge(old, charge))) {
        let name = findings.wording(above).charge_name(charge);
        more.push((charge.head, say!(lang, "thêm khoản thu “{name}”", "add the charge “{name}”")));
    }
    for (span, what) in more {
        let message = say!(lang, "địa phương không được {what}", "a place may not {what}");
        let help = say!(
            lang,
            "bỏ khỏi khối “áp dụng”; nếu luật giao địa phương quy định thì để ngỏ ở thủ tục gốc: “do địa phương quy định”",
            "leave it out; where the law lets places decide, the procedure itself says `set by locality`"
        );
        findings.report(span, message).help(help);
    }
}

/// Deadlines that a place makes longer, or longer than it may.
fn longer(above: &ProcedurePlan<'_>, here: &ProcedurePlan<'_>, overlay: &Overlay, findings: &mut Findings<'_>) {
    let (wording, lang) = (findings.wording(here), findings.lang);
    for new in &here.body().deadlines {
        let within = overlay.span.holds(new.span);
        let old = above.body().deadlines.iter().find(|old| same_deadline(old, new)).filter(|_| within);
        let (Some(old), Some(by)) = (old.and_then(|old| Some((old, old.limit.as_ref()?))), &new.limit) else {
            continue;
        };
        let (old, before) = old;
        let rules = before.all_rules().into_iter().chain(by.all_rules()).map(|rule| &rule.when);
        let facts = Facts { body: here.body(), registers: here.registers };
        let space = Space::of(&facts, rules.chain(&old.when).chain(&new.when));
        if !space.is_sound {
            continue;
        }
        let explored = explore(&space, space.everything(), |case| {
            if !space.applies(old.when.as_ref(), case)? || !space.applies(new.when.as_ref(), case)? {
                return Ok(None);
            }
            let (before, now) = (space.value(before, case)?.value, space.value(by, case)?.value);
            let (Some(before), Some(now)) = (before, now) else { return Ok(None) };
            let most = before.setting.given().or(before.at_most.as_ref()).and_then(most);
            let (Some(most), Some(Limit::Duration(limit))) = (most, now.setting.given()) else { return Ok(None) };
            Ok((compare(*limit, most) == Some(Ordering::Greater)).then_some((now.span, *limit, most, before.span)))
        });
        let broken = explored.leaves.into_iter().filter_map(|(case, fault)| Some((case, fault?))).collect();
        for (case, (span, limit, most, nation)) in space.merged(broken) {
            let case = in_case(&space, &case, &wording);
            let (limit, most) = (wording.duration(&limit), wording.duration(&most));
            let message = say!(
                lang,
                "{case}địa phương kéo dài thời hạn thành {limit}, trung ương quy định tối đa {most}",
                "{case}the place makes the deadline {limit}, the nation allows at most {most}"
            );
            let note = say!(lang, "trung ương quy định ở đây", "the nation says so here");
            let help = say!(lang, "ghi {most} trở xuống", "write {most} or less");
            findings.report(span, message).also(nation, note).help(help);
        }
    }
}

/// The longest that a limit lets a case take; on the same day is within one working day.
fn most(limit: &Limit) -> Option<Duration> {
    match limit {
        Limit::Duration(limit) | Limit::AtMost(limit) => Some(*limit),
        Limit::SameDay { .. } | Limit::AtOnce => Some(Duration { amount: Number::whole(1), unit: Unit::WorkingDays }),
        _ => None,
    }
}
