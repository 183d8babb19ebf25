//! TT514: a return out of a parallel branch, or into one.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT514"),
    name: "return-across-branches",
    severity: Severity::Error,
    title: Words::new("Trả lại ra ngoài, hoặc vào trong, một nhánh đồng thời", "A return across parallel branches"),
    why: Words::new(
        "Trả hồ sơ từ một nhánh về bước đứng ngoài khối “đồng thời” thì khối chạy lại từ đầu trong khi các nhánh kia còn dở: cùng một việc làm hai lần, và không ai biết chờ nhánh nào.",
        "A return from one branch to a step outside the block starts the block anew while its other branches still run: work is done twice, and nobody knows which branch is awaited.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    thẩm định thẩm-tra "Thẩm tra" { trách nhiệm: hộ-tịch-xã }
    đồng thời {
        nhánh { trình "Trình" { trách nhiệm: lãnh-đạo-ubnd-xã; không đồng ý: trả lại thẩm-tra } }
        nhánh { kiểm tra { trách nhiệm: văn-thư } }
    }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    đồng thời {
        nhánh {
            thẩm định thẩm-tra "Thẩm tra" { trách nhiệm: hộ-tịch-xã }
            trình "Trình" { trách nhiệm: lãnh-đạo-ubnd-xã; không đồng ý: trả lại thẩm-tra }
        }
        nhánh { kiểm tra { trách nhiệm: văn-thư } }
    }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    for (target, span) in plan.flow.iter().flat_map(|flow| &flow.crossing_returns) {
        let key = &target.key;
        let message = say!(
            findings.lang,
            "trả lại {key} là đi qua ranh giới của một khối “đồng thời”",
            "the return to {key} crosses the border of a parallel block"
        );
        let help = say!(
            findings.lang,
            "trả lại một bước trong cùng nhánh, hoặc chờ đủ các nhánh rồi mới trả lại",
            "return to a step of the same branch, or return when all branches have met"
        );
        findings.report(*span, message).help(help);
    }
}
