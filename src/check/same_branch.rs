//! TT512: nothing runs at the same time.

use super::prelude::*;
use crate::model::Node;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT512"),
    name: "same-branch",
    severity: Severity::Warning,
    title: Words::new("Khối “đồng thời” không có gì chạy cùng lúc", "Nothing runs at the same time"),
    why: Words::new(
        "“Đồng thời” là hai nhánh trở lên cùng chạy rồi chờ nhau. Một nhánh thì là các bước nối tiếp; nhánh trống thì thường là chưa viết xong.",
        "`parallel` means two branches or more that run together and wait for each other. One branch is a plain sequence; an empty one is mostly unfinished.",
    ),
    basis: Basis::Sense,
    wrong: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    đồng thời { nhánh { thẩm định { trách nhiệm: hộ-tịch-xã } } }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    đồng thời {
        nhánh { thẩm định { trách nhiệm: hộ-tịch-xã } }
        nhánh { niêm yết { trách nhiệm: văn-thư } }
    }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let Some(process) = process_of(plan.body()) else { return };
    visit(&process.nodes, &mut |node| {
        let Node::Parallel(parallel) = node else { return };
        let count = parallel.branches.len();
        let message = if count < 2 {
            say!(
                findings.lang,
                "khối “đồng thời” chỉ có {count} nhánh",
                "the parallel block has {count} of the two branches it needs"
            )
        } else if parallel.branches.iter().any(|(_, nodes)| nodes.is_empty()) {
            say!(findings.lang, "khối “đồng thời” có nhánh trống", "the parallel block has an empty branch")
        } else {
            return;
        };
        let help = say!(
            findings.lang,
            "viết các bước nối tiếp nhau, hoặc thêm nhánh: nhánh {{ … }}",
            "write the steps one after the other, or add a branch: branch {{ … }}"
        );
        findings.report(parallel.span, message).help(help);
    });
}
