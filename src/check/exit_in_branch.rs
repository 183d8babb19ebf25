//! TT513: an exit inside one branch of a parallel block.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT513"),
    name: "exit-in-branch",
    severity: Severity::Warning,
    title: Words::new("Lối ra nằm trong một nhánh đồng thời", "An exit inside a parallel branch"),
    why: Words::new(
        "Hồ sơ kết thúc trong một nhánh thì các nhánh khác đang làm dở phải dừng theo, kể cả việc đã gửi cơ quan khác. Thường là ý khác: chờ đủ các nhánh rồi mới từ chối hay dừng.",
        "Where a file ends in one branch, the others stop in the middle, what was sent to other agencies too. Mostly something else is meant: all branches are awaited, and then it is refused or stopped.",
    ),
    basis: Basis::Sense,
    wrong: r#"kết quả { giấy "Giấy xác nhận" { bản chính: 01 }; từ chối thông-báo "Thông báo từ chối" }
yêu cầu, điều kiện { điều kiện hợp-lệ "Hồ sơ hợp lệ" }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    đồng thời {
        nhánh { khi không hợp-lệ { từ chối "Từ chối" { trách nhiệm: lãnh-đạo-ubnd-xã; sản phẩm: thông-báo } } }
        nhánh { thẩm định { trách nhiệm: hộ-tịch-xã } }
    }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; sản phẩm: giấy }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    right: r#"kết quả { giấy "Giấy xác nhận" { bản chính: 01 }; từ chối thông-báo "Thông báo từ chối" }
yêu cầu, điều kiện { điều kiện hợp-lệ "Hồ sơ hợp lệ" }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa }
    đồng thời {
        nhánh { kiểm tra { trách nhiệm: văn-thư } }
        nhánh { thẩm định { trách nhiệm: hộ-tịch-xã } }
    }
    khi không hợp-lệ { từ chối "Từ chối" { trách nhiệm: lãnh-đạo-ubnd-xã; sản phẩm: thông-báo } }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; sản phẩm: giấy }
    trả kết quả { trách nhiệm: một-cửa }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let mut seen = Vec::new();
    for span in plan.flow.iter().flat_map(|flow| &flow.cut_branches) {
        if seen.contains(span) || !plan.is_fresh(*span) {
            continue;
        }
        seen.push(*span);
        let message = say!(
            findings.lang,
            "hồ sơ có thể kết thúc ở đây khi nhánh khác còn đang làm: các nhánh ấy bị dừng theo",
            "the file may end here while other branches go on: they are stopped too"
        );
        let help = say!(
            findings.lang,
            "đưa lối ra ra sau khối “đồng thời”; nếu đúng là phải dừng tất cả thì ghi bỏ qua TT513: \"lý do\"",
            "move the exit behind the parallel block; where everything is to stop, say `ignore TT513: \"reason\"`"
        );
        findings.report(*span, message).help(help);
    }
}
