//! What `CODE.json` holds, as types: the published schema is made from them.

use schemars::JsonSchema;
use serde::Serialize;

use super::process::View as ProcessView;

/// One procedure on one day, at one place.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "urn:thutuc:procedure:1")]
pub(in crate::emit) struct View {
    /// Always `urn:thutuc:procedure:1`.
    pub(super) schema: &'static str,
    /// Code in the national database.
    pub(super) code: String,
    pub(super) name: String,
    /// The day on which the catalogue was read, ISO 8601.
    pub(super) as_of: String,
    /// Path of the place, or null for the nation.
    pub(super) place: Option<String>,
    pub(super) place_name: Option<String>,
    pub(super) catalogue: CatalogueStamp,
    pub(super) field: Option<Named>,
    pub(super) levels: Vec<Named>,
    pub(super) applicants: Vec<Named>,
    pub(super) decided_by: Option<Cases<Vec<String>>>,
    pub(super) received_at: Option<Cases<Vec<String>>>,
    pub(super) consulted: Option<Cases<Vec<String>>>,
    pub(super) channels: Vec<ChannelView>,
    pub(super) announced_by: Option<CitationView>,
    pub(super) portal_page: Option<String>,
    pub(super) valid: Option<PeriodView>,
    /// What becomes of cases that are still open when this version ends.
    pub(super) transition: Option<TransitionView>,
    /// Codes of the procedures that this one takes the place of.
    pub(super) replaces: Vec<String>,
    pub(super) legal_basis: Vec<CitationView>,
    pub(super) parts: Vec<PartView>,
    pub(super) facts: Vec<FactView>,
    pub(super) dossier: Option<DossierView>,
    pub(super) deadlines: Vec<DeadlineView>,
    pub(super) filing_window: Option<ValueView<LimitView>>,
    pub(super) charges: Vec<ChargeView>,
    pub(super) requirements: Option<Vec<RequirementView>>,
    pub(super) outcomes: Vec<OutcomeView>,
    pub(super) sequence: Vec<SequenceView>,
    pub(super) process: Option<ProcessView>,
    pub(super) notes: Vec<String>,
    pub(super) contacts: Vec<String>,
    /// Parts that a layer set, and which one; what is not listed is the procedure's own.
    pub(super) origins: Vec<OriginView>,
    /// Gaps that the authors have marked.
    pub(super) gaps: Vec<String>,
}

/// A part of a bundle.
#[derive(Serialize, JsonSchema)]
pub(super) struct PartView {
    pub(super) code: Option<String>,
    /// Nothing where the catalogue does not hold it.
    pub(super) name: Option<String>,
    /// In which cases it is asked for; nothing is always.
    pub(super) when: Option<Condition>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct CatalogueStamp {
    pub(super) name: String,
    pub(super) version: String,
    /// SHA-256 of the sources.
    pub(super) source_hash: String,
}

/// A thing with an id that programs compare and a name that people read.
#[derive(Serialize, JsonSchema)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) name: String,
}

#[derive(Serialize, JsonSchema)]
pub(in crate::emit) struct Condition {
    /// In words, after “when”.
    pub(in crate::emit) text: String,
    /// JsonLogic over the facts.
    pub(in crate::emit) logic: serde_json::Value,
}

/// A value by case: the general rule, exceptions, exceptions to those, and additions.
#[derive(Serialize, JsonSchema)]
pub(super) struct Cases<T> {
    pub(super) general: Option<ValueView<T>>,
    pub(super) rules: Vec<RuleView<T>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct RuleView<T> {
    pub(super) when: Condition,
    /// True where the value is added to the rule that applies.
    pub(super) adds: bool,
    pub(super) value: Option<ValueView<T>>,
    pub(super) rules: Vec<RuleView<T>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ValueView<T> {
    /// In words.
    pub(super) text: String,
    pub(super) state: State,
    /// Where the state is `given`.
    pub(super) value: Option<T>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) basis: Vec<CitationView>,
}

/// Why there is a value, or none.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
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
pub(super) struct CitationView {
    pub(super) text: String,
    pub(super) act: Option<String>,
    pub(super) number: Option<String>,
    pub(super) title: Option<String>,
    pub(super) article: Option<String>,
    pub(super) clause: Option<String>,
    pub(super) point: Option<String>,
    pub(super) annex: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct PeriodView {
    pub(super) from: Option<String>,
    pub(super) until: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct TransitionView {
    /// `old-rules`, `new-rules` or `stop`.
    pub(super) way: &'static str,
    /// Whether the day of the postmark counts as the day of receipt.
    pub(super) postmark_counts: bool,
    pub(super) text: String,
    pub(super) basis: Vec<CitationView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ChannelView {
    pub(super) id: &'static str,
    pub(super) name: String,
    pub(super) online_level: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct FactView {
    pub(super) id: String,
    pub(super) label: Option<String>,
    /// boolean, one-of, some-of, integer, decimal, date, derived, not-yet-given
    pub(super) kind: &'static str,
    /// applicant, agency, place
    pub(super) known_by: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) choices: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) when: Option<Condition>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct DossierView {
    /// True where the procedure says that there is no dossier.
    pub(super) none: bool,
    pub(super) sets: Option<u32>,
    pub(super) documents: Vec<DocumentView>,
    pub(super) by_post: Option<CopiesView>,
    pub(super) online: Option<CopiesView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct DocumentView {
    pub(super) id: Option<String>,
    pub(super) name: String,
    /// submit, show, submit-or-show, not-yet-given
    pub(super) delivery: &'static str,
    pub(super) copies: Vec<CopiesView>,
    pub(super) form: Option<Cases<String>>,
    pub(super) when: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) one_of: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) taken_from: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) basis: Vec<CitationView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct CopiesView {
    pub(super) kind: &'static str,
    pub(super) name: String,
    /// The number, or null where a fact counts them.
    pub(super) count: Option<f64>,
    pub(super) text: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct DeadlineView {
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) limit: Option<Cases<LimitView>>,
    pub(super) starts: Option<String>,
    pub(super) when: Option<Condition>,
}

/// A time limit. `amount` counts `unit`s; calendar days are never working days.
#[derive(Serialize, JsonSchema)]
pub(super) struct LimitView {
    /// duration, same-day, at-once, every-year, quarter-month, every-month, window, after, at-least, at-most
    pub(super) kind: &'static str,
    pub(super) amount: Option<f64>,
    /// minutes, hours, working-hours, days, working-days, months, years
    pub(super) unit: Option<&'static str>,
    /// `HH:MM` after which a same-day case is due on the next working day.
    pub(super) cutoff: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ChargeView {
    pub(super) id: Option<String>,
    /// charge (phí), fee (lệ phí), both
    pub(super) kind: &'static str,
    pub(super) label: Option<String>,
    pub(super) amount: Option<Cases<AmountView>>,
    pub(super) multiplied_by: Option<String>,
    pub(super) maximum: Option<String>,
    pub(super) minimum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rounded: Option<RoundingView>,
    pub(super) collected_for: Option<String>,
    pub(super) when: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) basis: Vec<CitationView>,
    pub(super) valid: Option<PeriodView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct AmountView {
    /// JsonLogic that computes the amount from the facts.
    pub(super) logic: serde_json::Value,
    /// VND or USD.
    pub(super) currency: &'static str,
}

/// What is paid is a multiple of `to`.
#[derive(Serialize, JsonSchema)]
pub(super) struct RoundingView {
    pub(super) text: String,
    /// nearest (a half upwards), up, down
    pub(super) way: &'static str,
    /// VND
    pub(super) to: i64,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct RequirementView {
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) when: Option<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) basis: Vec<CitationView>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct OutcomeView {
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) negative: bool,
    pub(super) code: Option<String>,
    pub(super) copies: Vec<CopiesView>,
    pub(super) valid_for: Option<String>,
    pub(super) when: Option<Condition>,
    pub(super) sent_to: Option<String>,
    pub(super) kinds: Vec<String>,
    /// The letter handed over with it: `congratulation` or `condolence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) letter: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct SequenceView {
    /// applicant or agency
    pub(super) actor: &'static str,
    pub(super) text: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct OriginView {
    pub(super) part: String,
    pub(super) layer: String,
}
