//! Runs every rule over every procedure in each of its variants, and sets aside what authors silenced.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::kept::{Checked, Kept, Seen, Still};
use super::{Findings, RULES, Report, Rule, Run, examples, proved};
use crate::compile::{Catalogue, Changed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::say;
use crate::model::{Hole, Ignore, Procedure, Subprocess};
use crate::plan::ProcedurePlan;
use crate::resolve::{Effective, Variant, layers, names};
use crate::source::Span;
use crate::syntax::codes;

/// Checks a catalogue; proofs that are known to find nothing are not made again.
pub fn run(catalogue: &Catalogue, known: &FxHashSet<String>) -> Report {
    run_after(catalogue, known, None).0
}

/// As [`run`], of what changed since a check; with what to keep of this one.
pub fn run_after(catalogue: &Catalogue, known: &FxHashSet<String>, since: Option<(&Kept, &Changed)>) -> (Report, Kept) {
    let round = Round { catalogue, common: proved::common(catalogue), known, since };
    let checked: Vec<(Span, Arc<Checked>)> =
        catalogue.procedures.par_iter().map(|one| (one.head, round.procedure(one))).collect();
    let (mut findings, mut silenced, mut proved) = (Vec::new(), Vec::new(), Vec::new());
    for report in checked.iter().map(|(_, checked)| &checked.report) {
        findings.extend_from_slice(&report.findings);
        silenced.extend_from_slice(&report.silenced);
        proved.extend_from_slice(&report.proved);
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
    (Report { findings, silenced, proved }, Kept(checked.into_iter().collect()))
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

/// One check of a catalogue.
struct Round<'r> {
    catalogue: &'r Catalogue,
    /// What the proofs of all procedures rest on.
    common: String,
    /// The proofs that are known to find nothing.
    known: &'r FxHashSet<String>,
    /// What an earlier check found, and what changed since.
    since: Option<(&'r Kept, &'r Changed)>,
}

impl Round<'_> {
    /// Every finding of one procedure, each once, whichever variants show it: what is left, and what its author silenced.
    fn procedure(&self, procedure: &Procedure) -> Arc<Checked> {
        let catalogue = self.catalogue;
        let still = self.since.map_or(Still::Nothing, |(kept, changed)| kept.after(changed, catalogue, procedure));
        if let Still::All(checked) = still {
            return checked.clone();
        }
        let overlays = catalogue.overlays_of(procedure);
        let variants = match &catalogue.options.place {
            // Another version may be the one that stands there on that day.
            Some(_) => vec![Variant { as_of: catalogue.own_day(procedure), ..catalogue.built_variant() }],
            None => layers::variants(&overlays, catalogue.own_day(procedure)),
        };
        let (subprocesses, own) = (catalogue.subprocess_map(), proved::of(catalogue, &self.common, procedure));
        let variants: Vec<Seen> = variants
            .into_iter()
            .enumerate()
            .map(|(at, variant)| match still.seen(&variant) {
                Some(seen) => seen.clone(),
                None => self.variant(procedure, variant, at > 0, (&subprocesses, &own)),
            })
            .collect();
        let examples = examples::differences(catalogue, procedure, still);

        let over_time = variants.first().map_or_else(Vec::new, |first| self.over_time(procedure, &first.variant));
        let found = variants.iter().flat_map(|seen| &seen.found).chain(&over_time);
        let mut all: Vec<Diagnostic> = Vec::new();
        for one in found.chain(examples.iter().flat_map(|(_, found)| found)) {
            if !all.iter().any(|known| known.code == one.code && known.span == one.span && known.message == one.message)
            {
                all.push(one.clone());
            }
        }
        let (findings, silenced) = silence(catalogue, &ignores_of(catalogue, procedure), all);
        let proved = variants.iter().filter_map(|seen| seen.proved.clone()).collect();
        Arc::new(Checked { report: Report { findings, silenced, proved }, variants, examples })
    }

    /// What is found in one variant; `repeated`: what is as in the nation's was found there.
    fn variant(
        &self,
        procedure: &Procedure,
        variant: Variant,
        repeated: bool,
        (subprocesses, own): (&FxHashMap<&str, &Subprocess>, &proved::Own),
    ) -> Seen {
        let catalogue = self.catalogue;
        let (lang, release) = (catalogue.options.lang, catalogue.options.release);
        let effective = catalogue.effective(procedure, variant.clone());
        let mut plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
        plan.repeated = repeated;
        let key = own.key(catalogue, &plan);
        plan.proved = self.known.contains(&key);
        let mut found = names::local(&effective, &catalogue.registers, subprocesses, lang);
        found.extend(plan.holes().map(|one| hole(catalogue, one)));
        for rule in RULES {
            let mut findings = Findings { rule, lang, release, diagnostics: &mut found };
            match rule.run {
                Run::Procedure(check) => check(&plan, &mut findings),
                Run::Norms(check) => check(&plan, &catalogue.norms, &mut findings),
                _ => {}
            }
        }
        let proved = (plan.proved || plan.finds_nothing()).then_some(key);
        found.retain(|one| !is_of_a_part(&effective, one));
        Seen { variant, found, proved }
    }

    /// What is found of a procedure with all that is laid over it; `first` is the variant that is looked at first.
    fn over_time(&self, procedure: &Procedure, first: &Variant) -> Vec<Diagnostic> {
        let (lang, release) = (self.catalogue.options.lang, self.catalogue.options.release);
        let mut found = Vec::new();
        for rule in RULES {
            if let Run::OverTime(check) = rule.run {
                check(self.catalogue, procedure, &mut Findings { rule, lang, release, diagnostics: &mut found });
            }
        }
        if !found.is_empty() {
            let effective = self.catalogue.effective(procedure, first.clone());
            found.retain(|one| !is_of_a_part(&effective, one));
        }
        found
    }
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
