//! What a change touches: the papers that must be made anew, the steps that depend on it, and the places that lay something of
//! their own over what changed.

use std::sync::Arc;

use super::compare::Sides;
use super::{Change, Field, Part, ProcedureChange, What};
use crate::compile::Catalogue;
use crate::lang::say;
use crate::model::process::StepTime;
use crate::model::{Body, ByCase, Limit, Overlay, Procedure, ProcedureCode, Setting};
use crate::plan::Wording;
use crate::resolve::names::process_of;
use crate::source::Span;

/// What must be looked at again.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    pub outputs: Vec<Output>,
    /// Steps of the internal process that depend on what changed, and did not change themselves.
    pub steps: Vec<String>,
    pub layers: Vec<TouchedLayer>,
    /// The bundles of which the procedure is a part: their papers are its papers.
    pub bundles: Vec<ProcedureCode>,
}

/// What is made of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    Notice,
    InternalProcess,
    Receipt,
    SupplementRequest,
    Refusal,
    Apology,
    ControlSheet,
}

/// A place, or another regime, that says something of its own about what changed.
#[derive(Clone, Debug)]
pub struct TouchedLayer {
    pub place: Option<String>,
    pub part: Part,
    /// What is meant, where the part has several.
    pub of: Option<String>,
    /// The three versions side by side.
    pub old: Option<String>,
    pub new: Option<String>,
    pub own: String,
    pub advice: Advice,
    pub why: String,
    /// Where the place's own stands in the newer sources.
    pub span: Span,
}

/// What to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// It still says something of its own that may stand.
    Keep,
    /// It says what now holds everywhere.
    Drop,
    /// It no longer fits what it was laid over.
    Redo,
}

/// What the changes of a procedure touch.
pub(super) fn touched(sides: &Sides<'_>, change: &ProcedureChange) -> Touched {
    let bundles = bundles(sides.new, &change.code);
    let mut touched = Touched { outputs: outputs(&change.changes), bundles, ..Touched::default() };
    let (Some(from), Some(to)) = (change.old, change.new) else { return touched };
    let (old, new) = (&sides.old.procedures[from], &sides.new.procedures[to]);
    if process_of(&new.body).is_none() {
        touched.outputs.retain(|output| !matches!(output, Output::InternalProcess | Output::ControlSheet));
    }
    touched.steps = steps(&change.changes, &new.body);
    if sides.at.is_none() {
        for overlay in sides.new.overlays_of(new) {
            touched.layers.extend(layer(sides, &change.changes, (old, new), overlay));
        }
    }
    touched
}

fn bundles(catalogue: &Catalogue, code: &ProcedureCode) -> Vec<ProcedureCode> {
    let has = |one: &&Arc<Procedure>| {
        let parts = one.body.parts.iter().flat_map(|laid| &laid.value);
        parts.into_iter().any(|part| part.code() == Some(code))
    };
    let mut bundles: Vec<ProcedureCode> =
        catalogue.procedures.iter().filter(has).map(|one| one.code.value.clone()).collect();
    bundles.dedup();
    bundles
}

fn outputs(changes: &[Change]) -> Vec<Output> {
    let mut all: Vec<Output> = changes.iter().flat_map(|change| made_of(change)).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What shows a change.
fn made_of(change: &Change) -> &'static [Output] {
    use Output::{Apology, ControlSheet, InternalProcess, Notice, Receipt, Refusal, SupplementRequest};
    match (change.part, &change.what) {
        (Part::Name, _) => &[Notice, InternalProcess, Receipt, SupplementRequest, Refusal, Apology, ControlSheet],
        (Part::Papers | Part::Sets, _) => &[Notice, Receipt, SupplementRequest],
        (Part::Deadline, _) => &[Notice, InternalProcess, Receipt, Apology],
        (Part::Requirement, _) => &[Notice, Refusal],
        (Part::Outcome | Part::Channels | Part::ReceivedAt, _) => &[Notice, Receipt],
        (Part::DecidedBy, _) => &[Notice, InternalProcess, Receipt],
        (
            Part::Step,
            What::Became {
                field: Field::Supplement | Field::Rounds | Field::NotifiesWithin | Field::Waits | Field::SignedBy,
                ..
            },
        ) => &[InternalProcess, SupplementRequest],
        (Part::Process | Part::Role | Part::Stage | Part::Branch | Part::Step, _) => &[InternalProcess, ControlSheet],
        (_, _) => &[Notice],
    }
}

/// Steps that are to be done within a limit that changed.
fn steps(changes: &[Change], body: &Body) -> Vec<String> {
    if !changes.iter().any(|change| change.part == Part::Deadline) {
        return Vec::new();
    }
    let steps = process_of(body).map_or_else(Vec::new, |process| process.steps());
    let within = |time: &ByCase<StepTime>| {
        time.values().into_iter().any(|value| matches!(value.setting.given(), Some(StepTime::Deadline(_))))
    };
    let named = steps.into_iter().filter(|step| step.time.as_ref().is_some_and(within));
    named.filter_map(|step| step.label.as_ref().map(|label| label.value.clone())).collect()
}

/// What one layer says about what changed.
fn layer(
    sides: &Sides<'_>,
    changes: &[Change],
    (old, new): (&Procedure, &Procedure),
    overlay: &Overlay,
) -> Vec<TouchedLayer> {
    let words = (sides.words(sides.old, &old.body), sides.words(sides.new, &new.body));
    let own = sides.words(sides.new, &overlay.body);
    let mut parts: Vec<Part> = changes.iter().map(|change| change.part).collect();
    parts.dedup();
    let mut found: Vec<TouchedLayer> = Vec::new();
    for part in parts {
        match part {
            Part::Deadline => found.extend(deadlines(&words, &own, overlay)),
            Part::Charge => found.extend(charges(&words, &own, overlay)),
            Part::Papers => found.extend(papers(changes, &words, overlay)),
            Part::Process | Part::Role | Part::Stage | Part::Branch | Part::Step => {
                if !found.iter().any(|one| one.part == Part::Process) {
                    found.extend(process(&words, &own, overlay, part));
                }
            }
            _ => found.extend(whole_part(part, &words, &own, overlay)),
        }
    }
    // A limit that changed is kept by the place's own process, or is not.
    let changes_time = changes.iter().any(|change| change.part == Part::Deadline);
    if changes_time && !found.iter().any(|one| matches!(one.part, Part::Process | Part::Deadline)) {
        found.extend(process(&words, &own, overlay, Part::Deadline));
    }
    found
}

type Both<'w> = (Wording<'w>, Wording<'w>);

fn deadlines(words: &Both<'_>, own: &Wording<'_>, overlay: &Overlay) -> Vec<TouchedLayer> {
    let lang = own.lang;
    let limit = |words: &Wording<'_>, by: &ByCase<Limit>| said(words, by, &|words, limit| words.limit(limit));
    let general = |by: &ByCase<Limit>| by.general.as_ref().and_then(|value| value.setting.given().cloned());
    let mut found = Vec::new();
    for laid in &overlay.body.deadlines {
        let of = |words: &Wording<'_>| {
            let id = laid.value.id.as_ref().map(|id| &id.value);
            let known = words.body.deadlines.iter().find(|one| one.value.id.as_ref().map(|id| &id.value) == id);
            known.and_then(|one| one.value.limit.clone())
        };
        let (before, after, Some(now)) = (of(&words.0), of(&words.1), laid.value.limit.as_ref()) else { continue };
        let (was, is) = (before.as_ref().map(|by| limit(&words.0, by)), after.as_ref().map(|by| limit(&words.1, by)));
        if was == is {
            continue;
        }
        let here = limit(own, now);
        let lengths = after.as_ref().and_then(general).zip(general(now));
        let (advice, why) = match lengths {
            _ if is.as_ref() == Some(&here) => {
                (Advice::Drop, say!(lang, "nay trùng với thời hạn chung", "it is the common limit now"))
            }
            Some((Limit::Duration(common), Limit::Duration(local))) if common.unit == local.unit => {
                match local.amount.compare(common.amount).is_gt() {
                    true => (
                        Advice::Redo,
                        say!(lang, "dài hơn thời hạn chung mới", "it is longer than the new common limit"),
                    ),
                    false => (
                        Advice::Keep,
                        say!(lang, "vẫn ngắn hơn thời hạn chung mới", "it is still shorter than the new common limit"),
                    ),
                }
            }
            _ => (
                Advice::Redo,
                say!(lang, "không so được với thời hạn chung mới", "it cannot be set beside the new common limit"),
            ),
        };
        let of = Some(own.in_sentence(&own.deadline_name(&laid.value)));
        found.push(row(overlay, Part::Deadline, of, (was, is, here), (advice, why), laid.span));
    }
    found
}

fn charges(words: &Both<'_>, own: &Wording<'_>, overlay: &Overlay) -> Vec<TouchedLayer> {
    let lang = own.lang;
    let mut found = Vec::new();
    for laid in &overlay.body.charges {
        let charge = &laid.value;
        let of = |words: &Wording<'_>| {
            let id = charge.id.as_ref().map(|id| &id.value);
            let known = words.body.charges.iter().find(|one| {
                one.value.id.as_ref().map(|id| &id.value) == id && (id.is_some() || one.value.kind == charge.kind)
            })?;
            Some((
                said(words, known.value.amount.as_ref()?, &|words, amount| words.amount(amount)),
                known.value.amount.as_ref()?.general.as_ref().is_some_and(|value| value.setting.is_open()),
            ))
        };
        let (before, after) = (of(&words.0), of(&words.1));
        let Some(amount) = &charge.amount else { continue };
        if before == after {
            continue;
        }
        let here = said(own, amount, &|words, amount| words.amount(amount));
        let (advice, why) = match &after {
            Some((is, _)) if *is == here => {
                (Advice::Drop, say!(lang, "nay trùng với mức chung", "it is the common amount now"))
            }
            Some((_, true)) => (
                Advice::Keep,
                say!(lang, "mức chung vẫn do địa phương quy định", "the amount is still set by the locality"),
            ),
            _ => (
                Advice::Redo,
                say!(
                    lang,
                    "mức chung đã thay đổi, không còn để địa phương quy định",
                    "the common amount changed and is not left to the locality"
                ),
            ),
        };
        let (was, is) = (before.map(|one| one.0), after.map(|one| one.0));
        let of = Some(own.in_sentence(&own.charge_name(charge)));
        found.push(row(overlay, Part::Charge, of, (was, is, here), (advice, why), laid.span));
    }
    found
}

fn papers(changes: &[Change], words: &Both<'_>, overlay: &Overlay) -> Vec<TouchedLayer> {
    let lang = words.1.lang;
    let own = overlay.body.dossier.iter().flat_map(|dossier| &dossier.value.documents);
    let touched = own.filter_map(|paper| {
        let of = |words: &Wording<'_>| {
            let mut all = words.body.dossier.iter().flat_map(|dossier| &dossier.value.documents);
            let id = paper.id.as_ref().map(|id| &id.value);
            let known = all.find(|one| match (one.id.as_ref().map(|id| &id.value), id) {
                (Some(a), Some(b)) => a == b,
                (_, _) => one.name.value == paper.name.value,
            });
            known.map(|one| one.name.value.clone())
        };
        let (was, is) = (of(&words.0), of(&words.1));
        let is_meant = |change: &Change| change.part == Part::Papers && (change.of == was || change.of == is);
        if was.is_none() && is.is_none() || !changes.iter().any(is_meant) {
            return None;
        }
        let why = match is {
            None => {
                say!(lang, "giấy tờ này không còn trong hồ sơ chung", "the paper is no longer in the common dossier")
            }
            Some(_) => {
                say!(lang, "giấy tờ này đã được sửa trong hồ sơ chung", "the paper is amended in the common dossier")
            }
        };
        let here = paper.name.value.clone();
        Some(row(overlay, Part::Papers, Some(here.clone()), (was, is, here), (Advice::Redo, why), paper.span))
    });
    touched.collect()
}

/// A place's own process stands in place of the whole common one.
fn process(words: &Both<'_>, own: &Wording<'_>, overlay: &Overlay, part: Part) -> Option<TouchedLayer> {
    let laid = overlay.body.process.as_ref()?;
    let lang = own.lang;
    let steps = |words: &Wording<'_>| {
        let slot = &words.body.process.as_ref()?.value.setting;
        Some(match slot {
            Setting::Given(process) => {
                let count = process.steps().len();
                say!(lang, "quy trình {count:02} bước", "a process of {count} steps")
            }
            other => words.no_value(other).unwrap_or_default(),
        })
    };
    let why = match part {
        Part::Deadline => say!(
            lang,
            "thời hạn chung đã thay đổi, quy trình riêng phải giữ được thời hạn mới",
            "the common limit changed, and the own process has to keep the new one"
        ),
        _ => say!(
            lang,
            "quy trình chung đã thay đổi, quy trình riêng thay trọn quy trình chung",
            "the common process changed, and the own one stands in its place"
        ),
    };
    let sides = (steps(&words.0), steps(&words.1), steps(own).unwrap_or_default());
    Some(row(overlay, Part::Process, None, sides, (Advice::Redo, why), laid.span))
}

/// A part that a place replaces whole.
fn whole_part(part: Part, words: &Both<'_>, own: &Wording<'_>, overlay: &Overlay) -> Option<TouchedLayer> {
    let lang = own.lang;
    let told = |words: &Wording<'_>| -> Option<(String, Span)> {
        let body = words.body;
        let agencies = |by: &crate::model::Laid<ByCase<Vec<crate::source::Spanned<crate::model::Agency>>>>| {
            (said(words, &by.value, &|words, all| words.agencies(all)), by.span)
        };
        match part {
            Part::DecidedBy => body.decided_by.as_ref().map(agencies),
            Part::Consulted => body.consulted.as_ref().map(agencies),
            Part::ReceivedAt => body
                .received_at
                .as_ref()
                .map(|by| (said(words, &by.value, &|words, all| words.receiving_places(all)), by.span)),
            Part::Channels => body.channels.as_ref().map(|laid| {
                (laid.value.iter().map(|one| words.channel(one)).collect::<Vec<_>>().join("; "), laid.span)
            }),
            Part::Basis => body.basis.as_ref().map(|laid| (words.cites(&laid.value).unwrap_or_default(), laid.span)),
            Part::Sequence => body.sequence.as_ref().map(|laid| {
                let count = laid.value.len();
                (say!(lang, "{count:02} bước", "{count} steps"), laid.span)
            }),
            Part::Requirement => body.requirements.as_ref().map(|laid| {
                (laid.value.iter().map(|one| one.text.value.as_str()).collect::<Vec<_>>().join("; "), laid.span)
            }),
            _ => None,
        }
    };
    let (here, span) = told(own)?;
    let (was, is) = (told(&words.0).map(|one| one.0), told(&words.1).map(|one| one.0));
    let (advice, why) = if is.as_ref() == Some(&here) {
        (Advice::Drop, say!(lang, "nay trùng với quy định chung", "it is what holds everywhere now"))
    } else {
        (Advice::Redo, say!(lang, "quy định chung đã thay đổi", "what it was laid over has changed"))
    };
    Some(row(overlay, part, None, (was, is, here), (advice, why), span))
}

fn said<T>(words: &Wording<'_>, by: &ByCase<T>, say: &dyn Fn(&Wording<'_>, &T) -> String) -> String {
    let general = by.general.iter().map(|value| words.value(value, |value| say(words, value)));
    let rules = by.all_rules().into_iter().filter_map(|rule| {
        let value = words.value(rule.value.as_ref()?, |value| say(words, value));
        let (when, adds) = (words.condition(&rule.when), if rule.adds { words.pick("thêm ", "and ") } else { "" });
        Some(say!(words.lang, "{adds}{value} khi {when}", "{adds}{value} when {when}"))
    });
    general.chain(rules).collect::<Vec<_>>().join("; ")
}

fn row(
    overlay: &Overlay,
    part: Part,
    of: Option<String>,
    (old, new, own): (Option<String>, Option<String>, String),
    (advice, why): (Advice, String),
    span: Span,
) -> TouchedLayer {
    let place = overlay.place.as_ref().map(|place| place.value.clone());
    TouchedLayer { place, part, of, old, new, own, advice, why, span }
}
