//! TT518: two agencies wait for each other.

use super::prelude::*;
use crate::model::process::{Node, Parallel, Responsible};
use crate::model::{Setting, Step, StepKind};
use crate::plan::flow::{agency_name, agency_of};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT518"),
    name: "mutual-wait",
    severity: Severity::Warning,
    title: Words::new("Hai cơ quan chờ ý kiến của nhau", "Two agencies wait for each other"),
    why: Words::new(
        "Trong hai nhánh đồng thời, cơ quan này hỏi cơ quan kia và ngược lại. Mỗi bên đều có thể nói là đang chờ bên kia, và hồ sơ nằm giữa.",
        "In two parallel branches each agency asks the other. Either can say that it waits for the other, and the file lies between them.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    chức danh chuyên-viên "Chuyên viên UBND cấp xã" thuộc ubnd-xã
    chức danh cán-bộ-an "Cán bộ công an cấp xã" thuộc công-an-xã
    tiếp nhận { trách nhiệm: một-cửa }
    đồng thời {
        nhánh { lấy ý kiến "Hỏi công an" { trách nhiệm: chuyên-viên; hỏi: công-an-xã; thời gian: 02 ngày làm việc; quá hạn: báo cáo lãnh-đạo-ubnd-xã } }
        nhánh { lấy ý kiến "Hỏi ủy ban" { trách nhiệm: cán-bộ-an; hỏi: ubnd-xã; thời gian: 02 ngày làm việc; quá hạn: báo cáo lãnh-đạo-ubnd-xã } }
    }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    chức danh chuyên-viên "Chuyên viên UBND cấp xã" thuộc ubnd-xã
    tiếp nhận { trách nhiệm: một-cửa }
    đồng thời {
        nhánh { lấy ý kiến "Hỏi công an" { trách nhiệm: chuyên-viên; hỏi: công-an-xã; thời gian: 02 ngày làm việc; quá hạn: báo cáo lãnh-đạo-ubnd-xã } }
        nhánh { thẩm định { trách nhiệm: hộ-tịch-xã } }
    }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(process) = process_of(plan.body()) else { return };
    visit(&process.nodes, &mut |node| {
        if let Node::Parallel(parallel) = node {
            block(plan, findings, parallel);
        }
    });
}

/// Who asks whom in each branch of a block, and whether another branch asks back.
fn block(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>, parallel: &Parallel) {
    let mut asked: Vec<(usize, String, String, &Step)> = Vec::new();
    for (branch, (_, nodes)) in parallel.branches.iter().enumerate() {
        visit(nodes, &mut |node| {
            let Node::Step(step) = node else { return };
            let Some(asks) = done_by(plan, step).filter(|_| step.kind == StepKind::Consult) else { return };
            for one in step.ask.iter().flatten() {
                let answers = agency_name(&one.value, plan.body(), plan.registers);
                asked.push((branch, asks.clone(), answers, step));
            }
        });
    }
    for (at, (branch, asks, answers, step)) in asked.iter().enumerate() {
        let back = asked[..at].iter().find(|other| other.0 != *branch && other.1 == *answers && other.2 == *asks);
        let Some((.., first)) = back.filter(|_| plan.is_fresh(step.head)) else { continue };
        let message = say!(
            findings.lang,
            "{asks} và {answers} hỏi ý kiến nhau cùng một lúc",
            "{asks} and {answers} ask each other at the same time"
        );
        let note = say!(findings.lang, "hỏi lần thứ nhất ở đây", "asked here first");
        let help = say!(
            findings.lang,
            "cho một bên hỏi trước, bên kia trả lời rồi mới hỏi lại",
            "let one ask first, and the other when it has answered"
        );
        findings.report(step.head, message).help(help).also(first.head, note);
    }
}

/// The agency of whoever does a step.
fn done_by(plan: &ProcedurePlan<'_>, step: &Step) -> Option<String> {
    let body = plan.body();
    let role = step.responsible.as_ref()?.general.as_ref().and_then(|value| match &value.setting {
        Setting::Given(Responsible::Role(role)) => Some(role),
        _ => None,
    })?;
    let agency = agency_of(role, process_of(body)?, plan.registers)?;
    Some(agency_name(&agency, body, plan.registers))
}
