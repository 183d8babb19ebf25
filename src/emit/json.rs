//! `CODE.json` for workflow systems: everything the procedure says, `urn:thutuc:procedure:1`. Within version 1 there are
//! only additions. Conditions are given in words and as JsonLogic.

use schemars::JsonSchema;
use serde::Serialize;

use super::logic::{channel_id, logic};
use super::{EmitError, Output, Sink, Site, file_name, folder, origin_words, place_name, write};
use crate::lang::Words;
use crate::model::charge::RoundingWay;
use crate::model::citation::Citation;
use crate::model::dossier::{Copies, CopyKind, Delivery};
use crate::model::facts::{FactKind, KnownBy};
use crate::model::header::{Applicant, Level, OnlineLevel, Part};
use crate::model::process::{ReactionKind, StepTime};
use crate::model::quantity::Period;
use crate::model::{
    Amount, ByCase, CaseRule, Expr, Laid, Limit, Number, Origin, Setting, StartEvent, StepKind, Unit, Value,
};
use crate::plan::flow::{EdgeLabel, EndKind, LaneKind, NodeKind, time_of};
use crate::plan::{ProcedurePlan, Wording};

pub(super) static OUTPUT: Output =
    Output {
        name: "json", about: Words::new("dữ liệu JSON cho phần mềm một cửa", "JSON for workflow systems"), emit
    };

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let view = View::of(plan, site);
    let mut text = serde_json::to_string_pretty(&view).expect("the view is plain data");
    text.push('\n');
    write(
        sink,
        &format!("{}json/{}.json", folder(plan.variant()), file_name(&plan.procedure.code.value.0)),
        text.as_bytes(),
    )
}

/// One procedure on one day, at one place.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "urn:thutuc:procedure:1")]
pub(super) struct View {
    /// Always `urn:thutuc:procedure:1`.
    schema: &'static str,
    /// Code in the national database.
    code: String,
    name: String,
    /// The day on which the catalogue was read, ISO 8601.
    as_of: String,
    /// Path of the place, or null for the nation.
    place: Option<String>,
    place_name: Option<String>,
    catalogue: CatalogueStamp,
    field: Option<Named>,
    levels: Vec<Named>,
    applicants: Vec<Named>,
    decided_by: Option<Cases<Vec<String>>>,
    received_at: Option<Cases<Vec<String>>>,
    consulted: Option<Cases<Vec<String>>>,
    channels: Vec<ChannelView>,
    announced_by: Option<CitationView>,
    portal_page: Option<String>,
    valid: Option<PeriodView>,
    legal_basis: Vec<CitationView>,
    parts: Vec<Named>,
    facts: Vec<FactView>,
    dossier: Option<DossierView>,
    deadlines: Vec<DeadlineView>,
    filing_window: Option<ValueView<LimitView>>,
    charges: Vec<ChargeView>,
    requirements: Option<Vec<RequirementView>>,
    outcomes: Vec<OutcomeView>,
    sequence: Vec<SequenceView>,
    process: Option<ProcessView>,
    notes: Vec<String>,
    contacts: Vec<String>,
    /// Parts that a layer set, and which one; what is not listed is the procedure's own.
    origins: Vec<OriginView>,
    /// Gaps that the authors have marked.
    gaps: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct CatalogueStamp {
    name: String,
    version: String,
    /// SHA-256 of the sources.
    source_hash: String,
}

/// A thing with an id that programs compare and a name that people read.
#[derive(Serialize, JsonSchema)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize, JsonSchema)]
struct Condition {
    /// In words, after “when”.
    text: String,
    /// JsonLogic over the facts.
    logic: serde_json::Value,
}

/// A value by case: the general rule, exceptions, exceptions to those, and additions.
#[derive(Serialize, JsonSchema)]
struct Cases<T> {
    general: Option<ValueView<T>>,
    rules: Vec<RuleView<T>>,
}

#[derive(Serialize, JsonSchema)]
struct RuleView<T> {
    when: Condition,
    /// True where the value is added to the rule that applies.
    adds: bool,
    value: Option<ValueView<T>>,
    rules: Vec<RuleView<T>>,
}

#[derive(Serialize, JsonSchema)]
struct ValueView<T> {
    /// In words.
    text: String,
    state: State,
    /// Where the state is `given`.
    value: Option<T>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Vec<CitationView>,
}

/// Why there is a value, or none.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum State {
    Given,
    None,
    Exempt,
    NotYetGiven,
    SetByLocality,
    SetByAgency,
    ByAgreement,
    OfProcedure,
    AtDecision,
}

#[derive(Serialize, JsonSchema)]
struct CitationView {
    text: String,
    act: Option<String>,
    number: Option<String>,
    title: Option<String>,
    article: Option<String>,
    clause: Option<String>,
    point: Option<String>,
    annex: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct PeriodView {
    from: Option<String>,
    until: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ChannelView {
    id: &'static str,
    name: String,
    online_level: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
struct FactView {
    id: String,
    label: Option<String>,
    /// boolean, one-of, some-of, integer, decimal, date, derived, not-yet-given
    kind: &'static str,
    /// applicant, agency, place
    known_by: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
}

#[derive(Serialize, JsonSchema)]
struct DossierView {
    /// True where the procedure says that there is no dossier.
    none: bool,
    sets: Option<u32>,
    documents: Vec<DocumentView>,
    by_post: Option<CopiesView>,
    online: Option<CopiesView>,
}

#[derive(Serialize, JsonSchema)]
struct DocumentView {
    id: Option<String>,
    name: String,
    /// submit, show, submit-or-show, not-yet-given
    delivery: &'static str,
    copies: Vec<CopiesView>,
    form: Option<Cases<String>>,
    when: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    taken_from: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Vec<CitationView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct CopiesView {
    kind: &'static str,
    name: String,
    /// The number, or null where a fact counts them.
    count: Option<f64>,
    text: String,
}

#[derive(Serialize, JsonSchema)]
struct DeadlineView {
    id: Option<String>,
    name: String,
    limit: Option<Cases<LimitView>>,
    starts: Option<String>,
    when: Option<Condition>,
}

/// A time limit. `amount` counts `unit`s; calendar days are never working days.
#[derive(Serialize, JsonSchema)]
struct LimitView {
    /// duration, same-day, at-once, every-year, quarter-month, every-month, window, after, at-least, at-most
    kind: &'static str,
    amount: Option<f64>,
    /// minutes, hours, working-hours, days, working-days, months, years
    unit: Option<&'static str>,
    /// `HH:MM` after which a same-day case is due on the next working day.
    cutoff: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ChargeView {
    id: Option<String>,
    /// charge (phí), fee (lệ phí), both
    kind: &'static str,
    label: Option<String>,
    amount: Option<Cases<AmountView>>,
    multiplied_by: Option<String>,
    maximum: Option<String>,
    minimum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounded: Option<RoundingView>,
    collected_for: Option<String>,
    when: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Vec<CitationView>,
    valid: Option<PeriodView>,
}

#[derive(Serialize, JsonSchema)]
struct AmountView {
    /// JsonLogic that computes the amount from the facts.
    logic: serde_json::Value,
    /// VND or USD.
    currency: &'static str,
}

/// What is paid is a multiple of `to`.
#[derive(Serialize, JsonSchema)]
struct RoundingView {
    text: String,
    /// nearest (a half upwards), up, down
    way: &'static str,
    /// VND
    to: i64,
}

#[derive(Serialize, JsonSchema)]
struct RequirementView {
    id: Option<String>,
    text: String,
    when: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Vec<CitationView>,
}

#[derive(Serialize, JsonSchema)]
struct OutcomeView {
    id: Option<String>,
    name: String,
    negative: bool,
    code: Option<String>,
    copies: Vec<CopiesView>,
    valid_for: Option<String>,
    when: Option<Condition>,
    sent_to: Option<String>,
    kinds: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct SequenceView {
    /// applicant or agency
    actor: &'static str,
    text: String,
}

#[derive(Serialize, JsonSchema)]
struct ProcessView {
    /// Where the process is open: who sets it.
    open: Option<String>,
    lanes: Vec<LaneView>,
    stages: Vec<StageView>,
    nodes: Vec<NodeView>,
    edges: Vec<EdgeView>,
    /// Who hands to whom, by step number.
    handovers: Vec<[usize; 2]>,
}

#[derive(Serialize, JsonSchema)]
struct LaneView {
    /// role, applicant, system, unknown
    kind: &'static str,
    name: String,
    agency: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct StageView {
    number: usize,
    id: Option<String>,
    label: Option<String>,
    time: Option<String>,
    system_of_record: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct NodeView {
    /// start, step, choice, fork, join, done, refused, stopped
    kind: &'static str,
    lane: usize,
    stage: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<StepView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
}

#[derive(Serialize, JsonSchema)]
struct StepView {
    number: usize,
    id: Option<String>,
    kind: &'static str,
    label: String,
    time: Option<Cases<StepTimeView>>,
    /// True where the time is the budget of the stage.
    shares_stage_time: bool,
    produces: Vec<String>,
    form: Option<String>,
    hands_to: Option<String>,
    accept_within: Option<String>,
    asks: Vec<String>,
    overdue: Option<String>,
    not_accepted: Option<String>,
    disagree: Option<String>,
    supplement: Option<SupplementView>,
    performs: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Vec<CitationView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct StepTimeView {
    /// duration, at-least, not-counted, at-once, deadline, same-day
    kind: &'static str,
    amount: Option<f64>,
    unit: Option<&'static str>,
    counted: bool,
}

#[derive(Serialize, JsonSchema)]
struct SupplementView {
    allowed: bool,
    maximum: Option<u32>,
    wait: Option<String>,
    /// restart, suspend, continue
    clock: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
struct EdgeView {
    from: usize,
    to: usize,
    /// next, yes, no, disagree, not-accepted, overdue, branch
    kind: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct OriginView {
    part: String,
    layer: String,
}

/// What a value is in words, and what it is as data.
struct Maker<'p, 'a> {
    plan: &'p ProcedurePlan<'a>,
    words: Wording<'p>,
}

impl View {
    fn of(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> View {
        let make = Maker { plan, words: site.wording(plan) };
        let words = make.words;
        let body = plan.body();
        View {
            schema: "urn:thutuc:procedure:1",
            code: plan.procedure.code.value.0.clone(),
            name: plan.procedure.name.value.clone(),
            as_of: plan.variant().as_of.to_string(),
            place: plan.variant().place.clone(),
            place_name: place_name(plan),
            catalogue: CatalogueStamp {
                name: site.settings.name.clone(),
                version: site.settings.version.clone(),
                source_hash: site.source_hash.clone(),
            },
            field: body.field.as_ref().map(|field| {
                let id = field.key.to_string();
                let name = plan.registers.fields.get(&id).map_or_else(|| id.clone(), |entry| entry.name.clone());
                Named { id, name }
            }),
            levels: list(body.levels.as_ref(), |level| Named {
                id: level_id(level.value).to_owned(),
                name: words.level(level.value).to_owned(),
            }),
            applicants: list(body.applicants.as_ref(), |one| Named {
                id: applicant_id(&one.value).to_owned(),
                name: words.applicant(&one.value),
            }),
            decided_by: body
                .decided_by
                .as_ref()
                .map(|by| make.cases(by, |all| words.agencies(all), |all| each(all, |one| words.agency(&one.value)))),
            received_at: body.received_at.as_ref().map(|by| {
                make.cases(
                    by,
                    |all| words.receiving_places(all),
                    |all| each(all, |one| words.receiving_places(std::slice::from_ref(one))),
                )
            }),
            consulted: body
                .consulted
                .as_ref()
                .map(|by| make.cases(by, |all| words.agencies(all), |all| each(all, |one| words.agency(&one.value)))),
            channels: list(body.channels.as_ref(), |used| ChannelView {
                id: channel_id(used.channel),
                name: words.channel(used),
                online_level: used.online.and_then(|level| match level {
                    OnlineLevel::Full => Some("full"),
                    OnlineLevel::Partial => Some("partial"),
                    OnlineLevel::InformationOnly => Some("information-only"),
                    OnlineLevel::Unsaid => None,
                }),
            }),
            announced_by: body
                .announced
                .as_ref()
                .and_then(|value| value.setting.given())
                .map(|act| make.citation(&Citation { act: act.clone(), pins: Default::default(), span: act.span })),
            portal_page: super::notice::portal_page(plan, site),
            valid: body.valid.as_ref().map(|valid| period(valid)),
            legal_basis: list(body.basis.as_ref(), |cite| make.citation(cite)),
            parts: list(body.parts.as_ref(), |part| match part {
                Part::Procedure(code) => Named { id: code.value.0.clone(), name: code.value.0.clone() },
                Part::Text(text) => Named { id: String::new(), name: text.value.clone() },
            }),
            facts: body.facts.iter().map(|fact| make.fact(fact)).collect(),
            dossier: body.dossier.as_ref().map(|dossier| make.dossier(dossier)),
            deadlines: body.deadlines.iter().map(|deadline| make.deadline(deadline)).collect(),
            filing_window: body
                .filing_window
                .as_ref()
                .map(|value| make.value(value, &|limit| words.limit(limit), &limit_view)),
            charges: body.charges.iter().map(|charge| make.charge(charge)).collect(),
            requirements: body.requirements.as_ref().map(|all| {
                let view = |one: &crate::model::outcome::Requirement| RequirementView {
                    id: one.id.as_ref().map(|id| id.value.to_string()),
                    text: one.text.value.clone(),
                    when: make.when(one.when.as_ref()),
                    basis: make.citations(&one.cites),
                };
                all.iter().map(view).collect()
            }),
            outcomes: body.outcomes.iter().map(|outcome| make.outcome(outcome)).collect(),
            sequence: list(body.sequence.as_ref(), |step| SequenceView {
                actor: if step.applicant { "applicant" } else { "agency" },
                text: step.text.value.clone(),
            }),
            process: make.process(),
            notes: body.notes.iter().map(|note| note.value.value.clone()).collect(),
            contacts: body.contacts.iter().map(|contact| contact.value.value.clone()).collect(),
            origins: make.origins(),
            gaps: plan.holes().map(|hole| hole.what.clone()).collect(),
        }
    }
}

fn list<T, V>(slot: Option<&Laid<Vec<T>>>, view: impl FnMut(&T) -> V) -> Vec<V> {
    slot.map_or_else(Vec::new, |all| all.value.iter().map(view).collect())
}

fn each<T, V>(all: &[T], view: impl FnMut(&T) -> V) -> Vec<V> {
    all.iter().map(view).collect()
}

fn float(number: Number) -> f64 {
    number.numerator as f64 / number.denominator as f64
}

fn period(period: &Period) -> PeriodView {
    let day = |end: &Option<crate::source::Spanned<jiff::civil::Date>>| end.as_ref().map(|end| end.value.to_string());
    PeriodView { from: day(&period.from), until: day(&period.until) }
}

fn level_id(level: Level) -> &'static str {
    match level {
        Level::Ministry => "bộ",
        Level::Province => "tỉnh",
        Level::District => "huyện",
        Level::Commune => "xã",
        Level::Other => "khác",
    }
}

fn applicant_id(applicant: &Applicant) -> &'static str {
    match applicant {
        Applicant::Citizen => "citizen",
        Applicant::Overseas => "overseas-vietnamese",
        Applicant::Foreigner => "foreigner",
        Applicant::Officials => "officials",
        Applicant::Enterprise => "enterprise",
        Applicant::ForeignInvested => "foreign-invested-enterprise",
        Applicant::Organisation => "organisation",
        Applicant::ForeignOrganisation => "foreign-organisation",
        Applicant::Cooperative => "cooperative",
        Applicant::Other(_) => "other",
    }
}

fn unit_id(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "minutes",
        Unit::Hours => "hours",
        Unit::WorkingHours => "working-hours",
        Unit::Days => "days",
        Unit::WorkingDays => "working-days",
        Unit::Months => "months",
        Unit::Years => "years",
    }
}

fn copy_id(kind: CopyKind) -> &'static str {
    match kind {
        CopyKind::Original => "original",
        CopyKind::Copy => "copy",
        CopyKind::CertifiedCopy => "certified-copy",
        CopyKind::OriginalOrCertified => "original-or-certified-copy",
        CopyKind::CopyWithOriginal => "copy-with-original",
        CopyKind::CopyFromRegister => "copy-from-register",
        CopyKind::Photocopy => "photocopy",
        CopyKind::Electronic => "electronic",
    }
}

/// The kind of a step, as programs compare it.
pub(super) fn step_kind_id(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Receive => "receive",
        StepKind::Check => "check",
        StepKind::Assign => "assign",
        StepKind::Appraise => "appraise",
        StepKind::Consult => "consult",
        StepKind::Inspect => "inspect-on-site",
        StepKind::Meet => "meet",
        StepKind::PostPublicly => "post-publicly",
        StepKind::FinancialDuty => "financial-duty",
        StepKind::AwaitApplicant => "await-applicant",
        StepKind::SubmitUp => "submit-up",
        StepKind::Sign => "sign",
        StepKind::Issue => "issue",
        StepKind::Handover => "hand-over",
        StepKind::Perform => "perform",
        StepKind::Archive => "archive",
        StepKind::Return => "return-result",
        StepKind::Refuse => "refuse",
        StepKind::StopOnRequest => "stop-on-request",
        StepKind::Plain => "step",
    }
}

fn limit_view(limit: &Limit) -> LimitView {
    let (kind, duration, cutoff) = match limit {
        Limit::Duration(duration) => ("duration", Some(duration), None),
        Limit::AtLeast(duration) => ("at-least", Some(duration), None),
        Limit::AtMost(duration) => ("at-most", Some(duration), None),
        Limit::AtOnce => ("at-once", None, None),
        Limit::SameDay { cutoff } => ("same-day", None, cutoff.map(|clock| clock.to_string())),
        Limit::EveryYear { .. } => ("every-year", None, None),
        Limit::QuarterMonth { .. } => ("quarter-month", None, None),
        Limit::EveryMonth { .. } => ("every-month", None, None),
        Limit::Window { from, .. } => ("window", Some(from), None),
        Limit::After { within, .. } => ("after", Some(within), None),
    };
    LimitView {
        kind,
        amount: duration.map(|duration| float(duration.amount)),
        unit: duration.map(|duration| unit_id(duration.unit)),
        cutoff,
    }
}

fn step_time_view(time: &StepTime) -> StepTimeView {
    let (kind, duration, counted) = match time {
        StepTime::For { duration, counted } => ("duration", Some(duration), *counted),
        StepTime::AtLeast(duration) => ("at-least", Some(duration), true),
        StepTime::NotCounted => ("not-counted", None, false),
        StepTime::AtOnce => ("at-once", None, true),
        StepTime::Deadline(_) => ("deadline", None, true),
        StepTime::SameDay => ("same-day", None, true),
    };
    StepTimeView {
        kind,
        amount: duration.map(|duration| float(duration.amount)),
        unit: duration.map(|duration| unit_id(duration.unit)),
        counted,
    }
}

fn amount_view(amount: &Amount) -> AmountView {
    AmountView { logic: amount_logic(amount), currency: if in_dollars(amount) { "USD" } else { "VND" } }
}

fn in_dollars(amount: &Amount) -> bool {
    match amount {
        Amount::Dollars(_) => true,
        Amount::Number(_) | Amount::Dong(_) | Amount::Fact(_) => false,
        Amount::Per(inner, _) | Amount::Rounded(inner, _) => in_dollars(inner),
        Amount::Add(left, right)
        | Amount::Subtract(left, right)
        | Amount::Multiply(left, right)
        | Amount::AtMost(left, right)
        | Amount::AtLeast(left, right) => in_dollars(left) || in_dollars(right),
    }
}

fn amount_logic(amount: &Amount) -> serde_json::Value {
    use serde_json::json;
    let pair = |op: &str, left: &Amount, right: &Amount| json!({ op: [amount_logic(left), amount_logic(right)] });
    match amount {
        Amount::Number(number) => number.as_whole().map_or_else(|| json!(float(*number)), |whole| json!(whole)),
        Amount::Dong(amount) | Amount::Dollars(amount) => json!(amount),
        Amount::Fact(id) => json!({ "var": id.value.as_str() }),
        Amount::Add(left, right) => pair("+", left, right),
        Amount::Subtract(left, right) => pair("-", left, right),
        Amount::Multiply(left, right) => pair("*", left, right),
        Amount::Per(inner, _) => amount_logic(inner),
        Amount::AtMost(left, right) => pair("min", left, right),
        Amount::AtLeast(left, right) => pair("max", left, right),
        Amount::Rounded(inner, rounding) => {
            // JsonLogic has no rounding: what is over a multiple is taken off, or filled up.
            let (inner, to) = (amount_logic(inner), rounding.to);
            let down = |sum: serde_json::Value| json!({ "-": [sum, { "%": [sum, to] }] });
            match rounding.way {
                RoundingWay::Down => down(inner),
                RoundingWay::Nearest => down(json!({ "+": [inner, to as f64 / 2.0] })),
                RoundingWay::Up => {
                    json!({ "+": [inner, { "%": [{ "-": [to, { "%": [inner, to] }] }, to] }] })
                }
            }
        }
    }
}

impl Maker<'_, '_> {
    fn when(&self, when: Option<&Expr>) -> Option<Condition> {
        when.map(|when| Condition { text: self.words.condition(when), logic: logic(when, self.plan.body()) })
    }

    fn cases<T, V>(&self, cases: &ByCase<T>, say: impl Fn(&T) -> String, view: impl Fn(&T) -> V) -> Cases<V> {
        Cases {
            general: cases.general.as_ref().map(|value| self.value(value, &say, &view)),
            rules: cases.rules.iter().map(|rule| self.rule(rule, &say, &view)).collect(),
        }
    }

    fn rule<T, V>(&self, rule: &CaseRule<T>, say: &dyn Fn(&T) -> String, view: &dyn Fn(&T) -> V) -> RuleView<V> {
        RuleView {
            when: Condition { text: self.words.condition(&rule.when), logic: logic(&rule.when, self.plan.body()) },
            adds: rule.adds,
            value: rule.value.as_ref().map(|value| self.value(value, say, view)),
            rules: rule.rules.iter().map(|inner| self.rule(inner, say, view)).collect(),
        }
    }

    fn value<T, V>(&self, value: &Value<T>, say: &dyn Fn(&T) -> String, view: &dyn Fn(&T) -> V) -> ValueView<V> {
        let state = match &value.setting {
            Setting::Given(_) => State::Given,
            Setting::None => State::None,
            Setting::Exempt => State::Exempt,
            Setting::Hole => State::NotYetGiven,
            Setting::Locality => State::SetByLocality,
            Setting::By(_) => State::SetByAgency,
            Setting::Agreement => State::ByAgreement,
            Setting::OfProcedure(_) => State::OfProcedure,
            Setting::AtDecision(_) => State::AtDecision,
        };
        ValueView {
            text: self.words.value(value, say),
            state,
            value: value.setting.given().map(view),
            basis: self.citations(&value.cites),
        }
    }

    fn citations(&self, cites: &[Citation]) -> Vec<CitationView> {
        cites.iter().map(|cite| self.citation(cite)).collect()
    }

    fn citation(&self, cite: &Citation) -> CitationView {
        let act = self.words.find_act(&cite.act);
        CitationView {
            text: self.words.citation(cite),
            act: act.map(|act| act.id.to_string()),
            number: act.map(|act| act.number.clone()),
            title: act.map(|act| act.title.clone()),
            article: cite.pins.article.clone(),
            clause: cite.pins.clause.clone(),
            point: cite.pins.point.clone(),
            annex: cite.pins.annex.clone(),
        }
    }

    fn fact(&self, fact: &crate::model::Fact) -> FactView {
        let mut view = FactView {
            id: fact.id.value.to_string(),
            label: fact.label.as_ref().map(|label| label.value.clone()),
            kind: "boolean",
            known_by: match fact.known_by {
                KnownBy::Applicant => "applicant",
                KnownBy::Agency => "agency",
                KnownBy::Place => "place",
            },
            choices: Vec::new(),
            from: None,
            to: None,
            unit: None,
            when: None,
        };
        match &fact.kind {
            FactKind::Boolean => {}
            FactKind::OneOf(choices) | FactKind::SomeOf(choices) => {
                view.kind = if matches!(fact.kind, FactKind::OneOf(_)) { "one-of" } else { "some-of" };
                view.choices =
                    each(choices, |one| Named { id: one.id.value.to_string(), name: one.label.value.clone() });
            }
            FactKind::Integer(range) | FactKind::Decimal(range) => {
                view.kind = if matches!(fact.kind, FactKind::Integer(_)) { "integer" } else { "decimal" };
                view.from = range.from.map(float);
                view.to = range.to.map(float);
                view.unit = range.unit.as_ref().map(|unit| unit.value.clone());
            }
            FactKind::Date => view.kind = "date",
            FactKind::Derived(when) => {
                view.kind = "derived";
                view.when = self.when(Some(when));
            }
            FactKind::Hole => view.kind = "not-yet-given",
        }
        view
    }

    fn copies(&self, copies: &Copies) -> CopiesView {
        let count = match &copies.count {
            Setting::Given(Amount::Number(number)) => Some(float(*number)),
            _ => None,
        };
        CopiesView {
            kind: copy_id(copies.kind),
            name: self.words.copy_kind(copies.kind).to_owned(),
            count,
            text: self.words.copies(&copies.count),
        }
    }

    fn dossier(&self, dossier: &crate::model::Dossier) -> DossierView {
        let words = &self.words;
        let document = |one: &crate::model::Document| DocumentView {
            id: one.id.as_ref().map(|id| id.value.to_string()),
            name: one.name.value.clone(),
            delivery: match one.delivery {
                Delivery::Submit => "submit",
                Delivery::Show => "show",
                Delivery::Either => "submit-or-show",
                Delivery::Hole => "not-yet-given",
            },
            copies: each(&one.copies, |copies| self.copies(copies)),
            form: one.form.as_ref().map(|form| self.cases(form, |form| words.form(form), |form| form.key.to_string())),
            when: self.when(one.when.as_ref()),
            one_of: each(&one.one_of, |text| text.value.clone()),
            taken_from: each(&one.taken_from, |source| Named {
                id: source.key.to_string(),
                name: words.source(source),
            }),
            basis: self.citations(&one.cites),
            notes: each(&one.notes, |note| note.value.clone()),
        };
        DossierView {
            none: dossier.none,
            sets: dossier.sets.as_ref().and_then(|sets| sets.given().copied()),
            documents: each(&dossier.documents, document),
            by_post: dossier.by_post.as_ref().map(|copies| self.copies(copies)),
            online: dossier.by_web.as_ref().map(|copies| self.copies(copies)),
        }
    }

    fn deadline(&self, deadline: &crate::model::Deadline) -> DeadlineView {
        let words = &self.words;
        DeadlineView {
            id: deadline.id.as_ref().map(|id| id.value.to_string()),
            name: words.deadline_name(deadline),
            limit: deadline.limit.as_ref().map(|limit| self.cases(limit, |limit| words.limit(limit), limit_view)),
            starts: deadline.starts.as_ref().map(|event| match &event.value {
                StartEvent::Step(step) => step.key.to_string(),
                other => words.start(other),
            }),
            when: self.when(deadline.when.as_ref()),
        }
    }

    fn charge(&self, charge: &crate::model::Charge) -> ChargeView {
        let words = &self.words;
        ChargeView {
            id: charge.id.as_ref().map(|id| id.value.to_string()),
            kind: match charge.kind {
                crate::model::ChargeKind::Charge => "charge",
                crate::model::ChargeKind::Fee => "fee",
                crate::model::ChargeKind::Both => "both",
            },
            label: charge.label.as_ref().map(|label| label.value.clone()),
            amount: charge.amount.as_ref().map(|amount| self.cases(amount, |amount| words.amount(amount), amount_view)),
            multiplied_by: charge.multiplied_by.as_ref().map(|amount| words.amount(amount)),
            maximum: charge.maximum.as_ref().map(|amount| words.amount(amount)),
            minimum: charge.minimum.as_ref().map(|amount| words.amount(amount)),
            rounded: charge.rounded.map(|rounding| RoundingView {
                text: words.rounding(rounding),
                way: match rounding.way {
                    RoundingWay::Nearest => "nearest",
                    RoundingWay::Up => "up",
                    RoundingWay::Down => "down",
                },
                to: rounding.to,
            }),
            collected_for: charge.collected_for.as_ref().map(|agency| words.agency(&agency.value)),
            when: self.when(charge.when.as_ref()),
            basis: self.citations(&charge.cites),
            valid: (!charge.valid.is_open()).then(|| period(&charge.valid)),
        }
    }

    fn outcome(&self, outcome: &crate::model::Outcome) -> OutcomeView {
        OutcomeView {
            id: outcome.id.as_ref().map(|id| id.value.to_string()),
            name: outcome.name.value.clone(),
            negative: outcome.negative,
            code: outcome.code.as_ref().map(|code| code.value.clone()),
            copies: each(&outcome.copies, |copies| self.copies(copies)),
            valid_for: outcome.valid_for.as_ref().map(|validity| self.words.validity(validity)),
            when: self.when(outcome.when.as_ref()),
            sent_to: outcome.sent_to.as_ref().map(|agency| self.words.agency(&agency.value)),
            kinds: each(&outcome.kinds, |kind| kind.value.to_string()),
        }
    }

    fn process(&self) -> Option<ProcessView> {
        let body = self.plan.body();
        let process = body.process.as_ref()?;
        let mut view = ProcessView {
            open: self.words.no_value(&process.value.setting),
            lanes: Vec::new(),
            stages: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            handovers: Vec::new(),
        };
        let Some(flow) = &self.plan.flow else { return Some(view) };
        view.lanes = each(&flow.lanes, |lane| LaneView {
            kind: match lane.kind {
                LaneKind::Role => "role",
                LaneKind::System => "system",
                LaneKind::Unknown => "unknown",
            },
            name: self.words.lane_name(lane),
            agency: lane.agency.clone(),
        });
        view.stages = each(&flow.stages, |stage| StageView {
            number: stage.number,
            id: stage.stage.id.as_ref().map(|id| id.value.to_string()),
            label: stage.stage.label.as_ref().map(|label| label.value.clone()),
            time: stage.stage.time.as_ref().map(|time| self.words.times(time)),
            system_of_record: stage.stage.system.as_ref().map(|system| system.value.clone()),
        });
        for node in &flow.nodes {
            let (kind, step, condition) = match node.kind {
                NodeKind::Start => ("start", None, None),
                NodeKind::Step(step, number) => ("step", Some(self.step(flow, node, step, number)), None),
                NodeKind::Choice(when) => ("choice", None, self.when(Some(when))),
                NodeKind::Fork => ("fork", None, None),
                NodeKind::Join => ("join", None, None),
                NodeKind::End(EndKind::Done) => ("done", None, None),
                NodeKind::End(EndKind::Refused) => ("refused", None, None),
                NodeKind::End(EndKind::Stopped) => ("stopped", None, None),
                NodeKind::End(EndKind::Reported) => ("reported", None, None),
                NodeKind::Merge => ("merge", None, None),
                NodeKind::Answer(_) => ("answer", None, None),
                NodeKind::AskSupplement(_) => ("ask-supplement", None, None),
                NodeKind::AwaitSupplement(_) => ("await-supplement", None, None),
                NodeKind::Accept(_) => ("accept", None, None),
                NodeKind::Posted(_) => ("posted", None, None),
                NodeKind::Timer { .. } => ("timer", None, None),
                NodeKind::Report(..) => ("report", None, None),
            };
            view.nodes.push(NodeView { kind, lane: node.lane, stage: node.stage, step, condition });
        }
        view.edges = each(&flow.edges, |edge| EdgeView {
            from: edge.from,
            to: edge.to,
            kind: match edge.label {
                EdgeLabel::Next => "next",
                EdgeLabel::Yes => "yes",
                EdgeLabel::No => "no",
                EdgeLabel::Disagree => "disagree",
                EdgeLabel::NotAccepted => "not-accepted",
                EdgeLabel::Overdue => "overdue",
                EdgeLabel::Branch(_) => "branch",
                EdgeLabel::Complete => "complete",
                EdgeLabel::Incomplete => "incomplete",
                EdgeLabel::Unsatisfied => "unsatisfied",
                EdgeLabel::NotReceived => "not-received",
                EdgeLabel::Agree => "agree",
                EdgeLabel::MeetAgain => "meet-again",
                EdgeLabel::Accepted => "accepted",
            },
        });
        view.handovers = flow.handovers().into_iter().map(|(from, to)| [from, to]).collect();
        Some(view)
    }

    fn step(
        &self,
        flow: &crate::plan::Flow<'_>,
        node: &crate::plan::flow::FlowNode<'_>,
        step: &crate::model::Step,
        number: usize,
    ) -> StepView {
        let words = &self.words;
        let time = step.time.as_ref().map(|time| self.cases(time, |time| words.step_time(time), step_time_view));
        let products =
            step.produces.iter().flat_map(|by| by.values()).filter_map(|value| value.setting.given()).flatten();
        StepView {
            number,
            id: step.id.as_ref().map(|id| id.value.to_string()),
            kind: step_kind_id(step.kind),
            label: words.step_label(step),
            shares_stage_time: time.is_none() && time_of(flow, node, step).is_some(),
            time,
            produces: products.map(|product| words.product(product)).collect(),
            form: step
                .form
                .as_ref()
                .and_then(|form| form.general.as_ref())
                .map(|form| words.value(form, |form| words.form(form))),
            hands_to: step.hand_to.as_ref().map(|role| role.key.to_string()),
            accept_within: step
                .accept_within
                .as_ref()
                .map(|value| words.value(value, |duration| words.duration(duration))),
            asks: step.ask.iter().flatten().map(|agency| words.agency(&agency.value)).collect(),
            overdue: step.overdue.as_ref().map(|reaction| reaction_id(&reaction.kind).to_owned()),
            not_accepted: step.not_accepted.as_ref().map(|reaction| reaction_id(&reaction.kind).to_owned()),
            disagree: step.disagree.as_ref().map(|reaction| reaction_id(&reaction.kind).to_owned()),
            supplement: step.supplement.as_ref().map(|supplement| {
                let supplement = &supplement.value;
                SupplementView {
                    allowed: supplement.allowed,
                    maximum: supplement.maximum.as_ref().and_then(|value| value.setting.given().copied()),
                    wait: supplement.wait.as_ref().map(|value| words.value(value, |duration| words.duration(duration))),
                    clock: supplement.clock.as_ref().and_then(|value| value.setting.given()).map(
                        |effect| match effect {
                            crate::model::process::ClockEffect::Restart => "restart",
                            crate::model::process::ClockEffect::Suspend => "suspend",
                            crate::model::process::ClockEffect::Continue => "continue",
                        },
                    ),
                }
            }),
            performs: step.performs.as_ref().map(|performs| match performs {
                crate::model::process::Performs::Procedure(code) => code.value.0.clone(),
                crate::model::process::Performs::Subprocess(id) => id.value.to_string(),
            }),
            basis: self.citations(&step.cites),
            notes: each(&step.notes, |note| note.value.clone()),
        }
    }

    fn origins(&self) -> Vec<OriginView> {
        let body = self.plan.body();
        let mut parts: Vec<(String, Origin)> = Vec::new();
        macro_rules! slots {
            ($($slot:ident),*) => {$(
                if let Some(laid) = &body.$slot {
                    parts.push((stringify!($slot).to_owned(), laid.origin));
                }
            )*};
        }
        slots!(
            decided_by,
            received_at,
            consulted,
            channels,
            announced,
            basis,
            dossier,
            requirements,
            sequence,
            process
        );
        let id = |id: &Option<crate::source::Spanned<crate::model::Id>>| {
            id.as_ref().map(|id| format!("/{}", id.value)).unwrap_or_default()
        };
        parts.extend(body.deadlines.iter().map(|one| (format!("deadlines{}", id(&one.id)), one.origin)));
        parts.extend(body.charges.iter().map(|one| (format!("charges{}", id(&one.id)), one.origin)));
        parts.extend(body.outcomes.iter().map(|one| (format!("outcomes{}", id(&one.id)), one.origin)));
        parts
            .into_iter()
            .filter_map(|(part, origin)| {
                Some(OriginView { part, layer: origin_words(self.plan, origin, &self.words)? })
            })
            .collect()
    }
}

/// What follows, as programs compare it.
fn reaction_id(kind: &ReactionKind) -> &'static str {
    match kind {
        ReactionKind::Report(_) => "report",
        ReactionKind::DeemedConsent => "deemed-consent",
        ReactionKind::DeemedRefusal => "deemed-refusal",
        ReactionKind::Refuse => "refuse",
        ReactionKind::Stop => "stop",
        ReactionKind::ReturnTo(_) => "return",
        ReactionKind::Steps(_) => "steps",
        ReactionKind::Hole => "not-yet-given",
    }
}
