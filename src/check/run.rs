//! Runs every rule over every procedure in each of its variants, and sets aside what authors silenced.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Findings, RULES, Report, Rule, Run, examples, proved};
use crate::compile::Catalogue;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::say;
use crate::model::{Hole, Ignore, Procedure};
use crate::plan::ProcedurePlan;
use crate::resolve::{Effective, Variant, layers, names};
use crate::syntax::codes;

/// Checks a catalogue; proofs that are known to find nothing are not made again.
pub fn run(catalogue: &Catalogue, known: &FxHashSet<String>) -> Report {
    let common = proved::common(catalogue);
    let checked: Vec<Report> =
        catalogue.procedures.par_iter().map(|one| procedure(catalogue, one, (&common, known))).collect();
    let (mut findings, mut silenced, mut proved) = (Vec::new(), Vec::new(), Vec::new());
    for report in checked {
        findings.extend(report.findings);
        silenced.extend(report.silenced);
        proved.extend(report.proved);
    }
    findings.par_extend(RULES.par_iter().flat_map_iter(|rule| of_all(catalogue, rule)));
    for holes in
        catalogue.norms.iter().map(|norm| &norm.holes).chain(catalogue.subprocesses.iter().map(|one| &one.body.holes))
    {
        findings.extend(holes.iter().map(|one| hole(catalogue, one)));
    }
    findings.extend(catalogue.reading.iter().cloned());
    let key = |found: &Diagnostic| (found.span.file, found.span.start, found.span.end, found.code);
    findings.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message)));
    findings.dedup_by(|a, b| key(a) == key(b) && a.message == b.message);
    Report { findings, silenced, proved }
}

/// What a rule finds that looks at the whole catalogue.
fn of_all(catalogue: &Catalogue, rule: &'static Rule) -> Vec<Diagnostic> {
    let (lang, release) = (catalogue.options.lang, catalogue.options.release);
    let mut diagnostics = Vec::new();
    if let Run::Catalogue(check) = rule.run {
        check(catalogue, &mut Findings { rule, lang, release, diagnostics: &mut diagnostics });
    }
    diagnostics
}

/// Every finding of one procedure, each once, whichever variants show it: what is left, and what its author silenced.
fn procedure(catalogue: &Catalogue, procedure: &Procedure, (common, known): (&str, &FxHashSet<String>)) -> Report {
    let overlays = catalogue.overlays_of(procedure);
    let (subprocesses, own) = (catalogue.subprocess_map(), proved::of(catalogue, common, procedure));
    let variants = match &catalogue.options.place {
        // Another version may be the one that stands there on that day.
        Some(_) => vec![Variant { as_of: catalogue.own_day(procedure), ..catalogue.built_variant() }],
        None => layers::variants(&overlays, catalogue.own_day(procedure)),
    };
    let lang = catalogue.options.lang;
    let (mut all, mut proved): (Vec<Diagnostic>, Vec<String>) = (Vec::new(), Vec::new());
    for (at, variant) in variants.into_iter().enumerate() {
        let effective = catalogue.effective(procedure, variant);
        let mut plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
        plan.repeated = at > 0;
        let key = own.key(catalogue, &plan);
        plan.proved = known.contains(&key);
        let mut found = names::local(&effective, &catalogue.registers, &subprocesses, lang);
        found.extend(plan.holes().map(|one| hole(catalogue, one)));
        for rule in RULES {
            let mut findings = Findings { rule, lang, release: catalogue.options.release, diagnostics: &mut found };
            match rule.run {
                Run::Procedure(check) => check(&plan, &mut findings),
                Run::Norms(check) => check(&plan, &catalogue.norms, &mut findings),
                Run::OverTime(check) if at == 0 => check(catalogue, procedure, &mut findings),
                _ => {}
            }
        }
        if plan.proved || plan.finds_nothing() {
            proved.push(key);
        }
        found.retain(|one| !is_of_a_part(&effective, one));
        if at == 0 {
            found.extend(examples::differences(catalogue, procedure));
        }
        for one in found {
            if !all.iter().any(|known| known.code == one.code && known.span == one.span && known.message == one.message)
            {
                all.push(one);
            }
        }
    }
    let ignores = ignores_of(catalogue, procedure);
    let (findings, silenced) = silence(catalogue, &ignores, all);
    Report { findings, silenced, proved }
}

/// What a rule finds in the text of a part of a bundle is a finding of that part. A name that the bundle does not know is one
/// of the bundle.
fn is_of_a_part(effective: &Effective<'_>, found: &Diagnostic) -> bool {
    effective.part_written_at(found.span).is_some() && super::rule(found.code.0).is_some()
}

/// A gap is said every time; before publishing it is an error.
fn hole(catalogue: &Catalogue, hole: &Hole) -> Diagnostic {
    let lang = catalogue.options.lang;
    let what = &hole.what;
    let severity = if catalogue.options.release { Severity::Error } else { Severity::Warning };
    let message = say!(lang, "chưa nhập: {what}", "not yet given: {what}");
    Diagnostic::new(codes::HOLE, severity, hole.span, message)
}

/// Sets aside what is silenced where it stands, and reports ignores that silence nothing or give no reason.
fn silence(catalogue: &Catalogue, ignores: &[&Ignore], found: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut used = vec![false; ignores.len()];
    let (mut left, mut silenced) = (Vec::new(), Vec::new());
    for one in found {
        match ignores.iter().position(|ignore| silences(ignore, &one)) {
            Some(at) => {
                used[at] = true;
                silenced.push(one);
            }
            None => left.push(one),
        }
    }
    left.extend(ignores.iter().zip(used).filter(|(_, used)| !used).map(|(ignore, _)| idle(catalogue, ignore)));
    (left, silenced)
}

/// What the author of a procedure, and of what is laid over it, silenced.
pub(super) fn ignores_of<'a>(catalogue: &'a Catalogue, procedure: &'a Procedure) -> Vec<&'a Ignore> {
    let over = catalogue.overlays_of(procedure).into_iter().flat_map(|one| &one.body.ignores);
    procedure.body.ignores.iter().chain(over).collect()
}

pub(super) fn silences(ignore: &Ignore, found: &Diagnostic) -> bool {
    ignore.code.value == found.code.0 && ignore.reason.is_some() && ignore.scope.holds(found.span)
}

fn idle(catalogue: &Catalogue, ignore: &Ignore) -> Diagnostic {
    let lang = catalogue.options.lang;
    let code = &ignore.code.value;
    let (severity, message) = if super::rule(code).is_none() {
        (Severity::Error, say!(lang, "không có phát hiện nào mang mã {code}", "no finding has the code {code}"))
    } else if ignore.reason.is_none() {
        (Severity::Error, say!(lang, "bỏ qua {code} phải nêu lý do", "silencing {code} needs a reason"))
    } else {
        (Severity::Warning, say!(lang, "ở đây không có {code} nào để bỏ qua", "there is no {code} here to silence"))
    };
    Diagnostic::new(codes::IDLE_IGNORE, severity, ignore.code.span, message)
}
