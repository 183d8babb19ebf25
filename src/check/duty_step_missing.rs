//! TT701: a step that an act asks for is absent.

use super::prelude::*;
use crate::model::norm::Duty;
use crate::model::process::StepTime;
use crate::model::{Duration, Expr, Norm, Step};
use crate::plan::bound::compare;
use crate::plan::cases::{Case, Open, Space};
use crate::plan::flow::Split;
use crate::plan::wording::uncapitalised;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT701"),
    name: "duty-step-missing",
    severity: Severity::Error,
    title: Words::new("Thiếu bước mà văn bản đòi hỏi", "A step that an act asks for is absent"),
    why: Words::new(
        "Một khối “quy định” nói thủ tục nào phải có bước nào và bước đó ít nhất bao lâu. Quy trình bỏ bước ấy, hoặc rút ngắn, là trái với điều luật đã nêu: mọi hồ sơ làm theo đều sai.",
        "A norm says which procedures must have which step, and for how long at least. A process that leaves the step out, or cuts it short, breaks the article: every file dealt with that way is wrong.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  phải có niêm yết theo Điều 8 nđ-118-2025 { thời gian: từ 02 ngày làm việc } }
thủ tục 1.000001 "Ví dụ" {
    quy trình {
        tiếp nhận { trách nhiệm: một-cửa }
        ký { trách nhiệm: lãnh-đạo-ubnd-xã }
        trả kết quả { trách nhiệm: một-cửa }
    }
}"#,
    right: r#"quy định nđ-118-2025 "Ví dụ" { với: mọi thủ tục;  phải có niêm yết theo Điều 8 nđ-118-2025 { thời gian: từ 02 ngày làm việc } }
thủ tục 1.000001 "Ví dụ" {
    quy trình {
        tiếp nhận { trách nhiệm: một-cửa }
        niêm yết { trách nhiệm: một-cửa;  thời gian: 02 ngày làm việc }
        ký { trách nhiệm: lãnh-đạo-ubnd-xã }
        trả kết quả { trách nhiệm: một-cửa }
    }
}"#,
    run: Run::Norms(check),
};

/// What is wrong with the step in a case.
#[derive(Clone, PartialEq)]
enum Fault {
    Missing,
    /// The step, what it takes, and what it must take at least.
    Short(Span, Duration, Duration),
}

fn check(plan: &ProcedurePlan<'_>, norms: &[Norm], findings: &mut Findings<'_>) {
    let Some(flow) = &plan.flow else { return };
    let wording = findings.wording(plan);
    for bounded in duties(plan, norms) {
        let Duty::MustHave { kind, step: wanted, .. } = bounded.duty else { continue };
        let steps: Vec<_> = flow
            .steps()
            .filter(|(_, _, step)| step.kind == *kind)
            .map(|(_, node, step)| (flow.guards(node), step))
            .collect();
        let least = wanted.time.as_ref().and_then(|time| least(time.general.as_ref()?.setting.given()?));
        let mut conditions: Vec<&Expr> = wanted.when.iter().collect();
        for (guards, step) in &steps {
            conditions.extend(guards.iter().filter_map(|(split, _)| asked(*split)).chain(&step.when));
            conditions.extend(step.time.iter().flat_map(|time| time.all_rules()).map(|rule| &rule.when));
        }
        let (space, broken) = bounded.broken(plan, &conditions, |space, case| {
            if !space.applies(wanted.when.as_ref(), case)? {
                return Ok(None);
            }
            let mut short = None;
            for (guards, step) in &steps {
                if !reached(space, case, guards)? || !space.applies(step.when.as_ref(), case)? {
                    continue;
                }
                match too_short(space, case, step, least)? {
                    None => return Ok(None),
                    fault => short = fault,
                }
            }
            Ok(Some(short.unwrap_or(Fault::Missing)))
        });
        for (case, fault) in broken {
            let lang = findings.lang;
            match fault {
                Fault::Missing => {
                    let at = process_head(plan.body()).unwrap_or(plan.procedure.head);
                    let step = uncapitalised(wording.step_kind(*kind));
                    let help = say!(lang, "thêm bước {step} vào quy trình", "add the step to the process");
                    report_duty(findings, &bounded, &wording, (at, &space, &case), |case, article| {
                        say!(
                            lang,
                            "{case}quy trình không có bước {step} mà {article} đòi hỏi",
                            "{case}the process has no step of the kind `{step}`, which {article} asks for"
                        )
                    })
                    .help(help);
                }
                Fault::Short(at, takes, least) => {
                    let (takes, least) = (wording.duration(&takes), wording.duration(&least));
                    let help = say!(lang, "ghi ít nhất {least}", "write at least {least}");
                    report_duty(findings, &bounded, &wording, (at, &space, &case), |case, article| {
                        say!(
                            lang,
                            "{case}bước này chỉ {takes}, {article} đòi ít nhất {least}",
                            "{case}the step takes only {takes}, {article} asks for at least {least}"
                        )
                    })
                    .help(help);
                }
            }
        }
    }
}

/// The least that a duty asks for.
fn least(time: &StepTime) -> Option<Duration> {
    match time {
        StepTime::AtLeast(least) | StepTime::For { duration: least, .. } => Some(*least),
        _ => None,
    }
}

/// The condition that a split asks of the case.
fn asked(split: Split<'_>) -> Option<&Expr> {
    match split {
        Split::Facts(condition) => Some(condition),
        Split::Came(..) => None,
    }
}

/// Whether a step is reached in a case as long as everything goes well.
fn reached(space: &Space, case: &Case, guards: &[(Split<'_>, bool)]) -> Result<bool, Open> {
    for (split, first) in guards {
        let holds = match split {
            Split::Facts(condition) => space.holds(condition, case)? == *first,
            Split::Came(..) => !first,
        };
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A step that takes less than `least`, for certain.
fn too_short(space: &Space, case: &Case, step: &Step, least: Option<Duration>) -> Result<Option<Fault>, Open> {
    let (Some(least), Some(time)) = (least, &step.time) else { return Ok(None) };
    let Some(value) = space.value(time, case)?.value else { return Ok(None) };
    let takes = match value.setting.given() {
        Some(StepTime::For { duration, .. } | StepTime::AtLeast(duration)) => *duration,
        _ => return Ok(None),
    };
    Ok(compare(takes, least).is_some_and(std::cmp::Ordering::is_lt).then_some(Fault::Short(value.span, takes, least)))
}
