//! TT422: steps take longer than the budget they share.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT422"),
    name: "exceeded-budget",
    severity: Severity::Error,
    title: Words::new("Các bước vượt thời gian của giai đoạn", "Steps exceed the time of their stage"),
    why: Words::new(
        "Thời gian của giai đoạn là phần chung của các bước bên trong; thời gian của từng bước chỉ là mức trần trong phần đó. Cộng lại mà vượt thì một trong hai con số sai.",
        "The time of a stage is shared by the steps in it, and a step's own time is a cap within it. Where they add up to more, one of the figures is wrong.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    giai đoạn { thời gian: 02 ngày làm việc
        tiếp nhận { trách nhiệm: một-cửa; thời gian: 0,5 ngày làm việc }
        thẩm định { trách nhiệm: hộ-tịch-xã; thời gian: 02 ngày làm việc }
    }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: 0,5 ngày làm việc }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    giai đoạn { thời gian: 2,5 ngày làm việc
        tiếp nhận { trách nhiệm: một-cửa; thời gian: 0,5 ngày làm việc }
        thẩm định { trách nhiệm: hộ-tịch-xã; thời gian: 02 ngày làm việc }
    }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: 0,5 ngày làm việc }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    if !times_are_fresh(plan) {
        return;
    }
    let wording = findings.wording(plan);
    let proved = plan.proof();
    for exceeded in &proved.proof.exceeded {
        let date = |at| wording.moment(at, proved.calendar);
        let (from, ends, reached) = (date(exceeded.from), date(exceeded.ends), date(exceeded.reached));
        let case = in_case(&proved.space, &exceeded.case, &wording);
        let example = say!(
            findings.lang,
            "hồ sơ nhận lúc {from} thì giai đoạn phải xong {ends}, mà các bước trong đó {reached} mới xong",
            "for a file received at {from} the stage ends at {ends}, and its steps at {reached}"
        );
        let sums = exceeded.sums.filter(|(steps, budget)| steps.amount.compare(budget.amount).is_gt());
        let message = match sums {
            Some((steps, budget)) => {
                let (steps, budget) = (wording.duration(&steps), wording.duration(&budget));
                say!(
                    findings.lang,
                    "{case}các bước trong giai đoạn cộng lại {steps}, giai đoạn chỉ có {budget}",
                    "{case}the steps of the stage add up to {steps}, the stage has {budget}"
                )
            }
            None => format!("{case}{example}"),
        };
        let help = say!(
            findings.lang,
            "đối chiếu lại thời gian của giai đoạn và của từng bước",
            "compare the time of the stage with those of its steps"
        );
        let found = findings.report(exceeded.stage.head, message);
        if sums.is_some() {
            found.note(example);
        }
        found.help(help);
    }
}
