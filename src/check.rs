//! Checks: each rule is a file in `check/` with its explanation and its examples, and one line in [`RULES`].

mod examples;
mod kept;
mod prelude;
mod proved;
mod reading;
mod run;

mod act_not_in_force;
mod act_of_another_kind;
mod agency_ends_in_force;
mod agency_not_valid;
mod ambiguous_act_number;
mod amendment_not_cited;
mod authority_against_norm;
mod bad_code;
mod broken_promise;
mod broken_spacing;
mod bundle_of_unknown;
mod circular_papers;
mod condition_in_name;
mod consult_of_nobody;
mod consult_without_limit;
mod deadline_beyond_norm;
mod deadline_not_begun;
mod drafts_and_signs;
mod duty_step_missing;
mod empty_name;
mod ended_fee;
mod ended_level;
mod exceeded_budget;
mod exit_in_branch;
mod fee_without_basis;
mod form_missing;
mod former_name;
mod gap_between_versions;
mod gap_in_cases;
mod handover_without_receiver;
mod handover_without_time;
mod idle_condition;
mod idle_role;
mod idle_timer;
mod incompetent_basis;
mod incomplete_process;
mod inconsistent_act;
mod local_suffix;
mod loose_supplement;
mod misquoted_act;
mod missing_parts;
mod mixed_days;
mod mixed_tone_marks;
mod mutual_wait;
mod names_almost_alike;
mod no_exit;
mod no_positive_outcome;
mod no_start_event;
mod not_in_force;
mod numeral_style;
mod one_code_two_procedures;
mod one_sided_sequence;
mod online_level_unsaid;
mod original_in_full_online;
mod outcome_never_made;
mod outdated_form;
mod overlapping_cases;
mod overlay_beyond_power;
mod overlay_on_old_text;
mod overlay_without_basis;
mod paper_held_by_state;
mod paper_made_by_procedure;
mod paper_outside_dossier;
mod papers_beyond_norm;
mod part_not_performed;
mod partial_without_reason;
mod place_not_valid;
mod promise_kept_nowhere;
mod receives_where_decides;
mod refusal_without_outcome;
mod return_across_branches;
mod return_forward;
mod same_branch;
mod scenario_differs;
mod silence_without_basis;
mod split_same_day;
mod step_without_role;
mod superseded_guidance;
mod supplements_beyond_norm;
mod transition_unsaid;
mod uncounted_paper;
mod uncounted_without_basis;
mod unexplained_slack;
mod unproved_case;
mod unreachable_step;
mod unrounded_sum;
mod unusual_unit;
mod vague_paper;
mod vague_value;
mod wait_without_silence;

use crate::compile::Catalogue;
use crate::diagnostic::{Diagnostic, RuleCode, Severity, Tally};
use crate::lang::{Lang, Words};
use crate::model::{Norm, Procedure};
use crate::plan::ProcedurePlan;
use crate::source::Span;

pub use self::examples::{Trial, try_examples};
pub use self::kept::Kept;
pub use self::run::{run, run_after};

/// What a rule rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Read in the text of the act.
    Seen(&'static str),
    /// Follows from an article that was read.
    Inferred(&'static str),
    /// Known only from practice; never an error.
    Recalled,
    /// Needed for the catalogue to mean anything.
    Sense,
}

/// How a rule looks.
pub enum Run {
    /// Reported while files are read and names looked up.
    Reading,
    /// At one procedure, in each of its variants.
    Procedure(fn(&ProcedurePlan<'_>, &mut Findings<'_>)),
    /// At one procedure, in each of its variants, beside the duties of law.
    Norms(fn(&ProcedurePlan<'_>, &[Norm], &mut Findings<'_>)),
    /// At one procedure with all that is laid over it, once.
    OverTime(fn(&Catalogue, &Procedure, &mut Findings<'_>)),
    /// At the worked examples.
    Examples,
    /// At the whole catalogue.
    Catalogue(fn(&Catalogue, &mut Findings<'_>)),
}

/// A rule with everything that `explain` prints.
pub struct Rule {
    pub code: RuleCode,
    /// Kebab case, the fault and not the cure: reads well after “allow”.
    pub name: &'static str,
    pub severity: Severity,
    pub title: Words,
    /// Why it matters.
    pub why: Words,
    pub basis: Basis,
    /// Raises this rule alone; a whole file, or parts of a procedure.
    pub wrong: &'static str,
    /// Raises nothing.
    pub right: &'static str,
    pub run: Run,
}

/// Every rule, in the order of the codes.
pub static RULES: &[&Rule] = &[
    &reading::UNREADABLE,
    &reading::OPEN_TEXT,
    &reading::UNCLOSED,
    &reading::STRAY,
    &reading::TOO_DEEP,
    &reading::UNKNOWN_ENTRY,
    &reading::MIXED_WORDS,
    &reading::BAD_VALUE,
    &reading::GIVEN_TWICE,
    &reading::AND_WITH_OR,
    &reading::VALUE_ALONE,
    &reading::MISSING_SEPARATOR,
    &reading::UNKNOWN_IN_REGISTER,
    &reading::UNKNOWN_NAME,
    &reading::NAME_TWICE,
    &reading::REGISTER_FAULT,
    &reading::OVERLAY_OF_NOTHING,
    &reading::HOLE,
    &reading::IDLE_IGNORE,
    &reading::VALUE_OF_ANOTHER_KIND,
    &missing_parts::RULE,
    &one_sided_sequence::RULE,
    &empty_name::RULE,
    &uncounted_paper::RULE,
    &incompetent_basis::RULE,
    &no_positive_outcome::RULE,
    &vague_paper::RULE,
    &vague_value::RULE,
    &paper_outside_dossier::RULE,
    &condition_in_name::RULE,
    &paper_held_by_state::RULE,
    &original_in_full_online::RULE,
    &outdated_form::RULE,
    &form_missing::RULE,
    &fee_without_basis::RULE,
    &ended_fee::RULE,
    &gap_in_cases::RULE,
    &overlapping_cases::RULE,
    &idle_condition::RULE,
    &unrounded_sum::RULE,
    &unusual_unit::RULE,
    &mixed_days::RULE,
    &no_start_event::RULE,
    &split_same_day::RULE,
    &loose_supplement::RULE,
    &uncounted_without_basis::RULE,
    &silence_without_basis::RULE,
    &consult_without_limit::RULE,
    &wait_without_silence::RULE,
    &broken_promise::RULE,
    &exceeded_budget::RULE,
    &unexplained_slack::RULE,
    &unproved_case::RULE,
    &promise_kept_nowhere::RULE,
    &scenario_differs::RULE,
    &incomplete_process::RULE,
    &step_without_role::RULE,
    &unreachable_step::RULE,
    &return_forward::RULE,
    &handover_without_receiver::RULE,
    &handover_without_time::RULE,
    &no_exit::RULE,
    &idle_role::RULE,
    &refusal_without_outcome::RULE,
    &outcome_never_made::RULE,
    &consult_of_nobody::RULE,
    &same_branch::RULE,
    &exit_in_branch::RULE,
    &return_across_branches::RULE,
    &deadline_not_begun::RULE,
    &idle_timer::RULE,
    &drafts_and_signs::RULE,
    &mutual_wait::RULE,
    &ended_level::RULE,
    &agency_not_valid::RULE,
    &receives_where_decides::RULE,
    &agency_ends_in_force::RULE,
    &place_not_valid::RULE,
    &former_name::RULE,
    &act_of_another_kind::RULE,
    &act_not_in_force::RULE,
    &amendment_not_cited::RULE,
    &superseded_guidance::RULE,
    &misquoted_act::RULE,
    &inconsistent_act::RULE,
    &ambiguous_act_number::RULE,
    &bad_code::RULE,
    &local_suffix::RULE,
    &one_code_two_procedures::RULE,
    &not_in_force::RULE,
    &overlay_without_basis::RULE,
    &gap_between_versions::RULE,
    &transition_unsaid::RULE,
    &online_level_unsaid::RULE,
    &partial_without_reason::RULE,
    &duty_step_missing::RULE,
    &deadline_beyond_norm::RULE,
    &supplements_beyond_norm::RULE,
    &papers_beyond_norm::RULE,
    &authority_against_norm::RULE,
    &overlay_beyond_power::RULE,
    &overlay_on_old_text::RULE,
    &paper_made_by_procedure::RULE,
    &circular_papers::RULE,
    &names_almost_alike::RULE,
    &bundle_of_unknown::RULE,
    &part_not_performed::RULE,
    &broken_spacing::RULE,
    &numeral_style::RULE,
    &mixed_tone_marks::RULE,
];

/// The rule with a code, in any case.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.0.eq_ignore_ascii_case(code) || rule.name.eq_ignore_ascii_case(code))
}

/// What a rule reports through: knows the rule, so that a check says only what is the case and where.
pub struct Findings<'a> {
    rule: &'static Rule,
    pub lang: Lang,
    /// Before publishing.
    pub release: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Findings<'_> {
    pub fn report(&mut self, span: Span, message: String) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(self.rule.code, self.rule.severity, span, message));
        self.diagnostics.last_mut().expect("just pushed")
    }
}

/// What a check gives.
#[derive(Clone, Debug)]
pub struct Report {
    /// By place.
    pub findings: Vec<Diagnostic>,
    /// Findings that an author silenced, each with a reason.
    pub silenced: Vec<Diagnostic>,
    /// The proofs that found nothing, by name.
    pub proved: Vec<String>,
}

impl Report {
    pub fn tally(&self) -> Tally {
        Tally::of(&self.findings, self.silenced.len())
    }
}
