//! TT101: parts that the law wants are absent.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT101"),
    name: "missing-parts",
    severity: Severity::Warning,
    title: Words::new("Thủ tục còn thiếu bộ phận tạo thành", "Parts of the procedure are missing"),
    why: Words::new(
        "Luật quy định thủ tục phải có tên, trình tự, cách thức, thành phần và số lượng hồ sơ, thời hạn, đối tượng, cơ quan giải quyết; phí, lệ phí, kết quả, yêu cầu, điều kiện thì phải nêu hoặc ghi “không”. Mục vắng mặt coi như chưa nhập: được nhắc chung trong một cảnh báo khi soạn, và chặn bản phát hành.",
        "The law wants a name, a sequence, a manner, documents with the number of sets, a time limit, applicants and a deciding agency; fees, outcome and conditions are given or said to be none. What is absent counts as not yet given: one warning for all while drafting, an error in a release.",
    ),
    basis: Basis::Seen("khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP (sửa đổi bởi Nghị định 92/2017/NĐ-CP)"),
    wrong: r#"thủ tục 1.000001 "Đăng ký mẫu" { }"#,
    right: r#"thủ tục 1.000001 "Đăng ký mẫu" {
    lĩnh vực: hộ-tịch
    cấp thực hiện: xã
    đối tượng thực hiện: công dân Việt Nam
    cơ quan có thẩm quyền: ubnd-xã
    nơi tiếp nhận: trung-tâm-pvhcc
    cách thức thực hiện: trực tiếp
    quyết định công bố: qđ-163-btp
    hiệu lực: từ 01/7/2025
    căn cứ pháp lý: luật-hộ-tịch-2014
    thành phần hồ sơ: 01 bộ { nộp "Tờ khai" { bản chính: 01 } }
    thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
    phí, lệ phí: không
    trình tự { người nộp "Nộp hồ sơ"; cơ quan "Giải quyết và trả kết quả" }
    yêu cầu, điều kiện: không
    kết quả { kq "Trích lục" { bản chính: 01 } }
    quy trình: do địa phương quy định
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    // (missing, name, pin of NĐ 63/2010 where one asks for it)
    let parts = [
        (body.field.is_none(), Words::new("lĩnh vực", "field"), ""),
        (body.levels.is_none(), Words::new("cấp thực hiện", "level"), ""),
        (body.sequence.is_none() && plan.flow.is_none(), Words::new("trình tự", "sequence"), "8(2)(b)"),
        (body.channels.is_none(), Words::new("cách thức thực hiện", "channels"), "8(2)(c)"),
        (body.received_at.is_none(), Words::new("nơi tiếp nhận", "received at"), ""),
        (body.dossier.is_none(), Words::new("thành phần hồ sơ", "dossier"), "8(2)(d)"),
        (
            body.dossier.as_ref().is_some_and(|dossier| dossier.sets.is_none() && !dossier.none),
            Words::new("số bộ hồ sơ", "number of sets"),
            "8(2)(d)",
        ),
        (body.deadlines.is_empty(), Words::new("thời hạn giải quyết", "deadline"), "8(2)(đ)"),
        (body.applicants.is_none(), Words::new("đối tượng thực hiện", "applicants"), "8(2)(e)"),
        (body.decided_by.is_none(), Words::new("cơ quan có thẩm quyền", "decided by"), "8(2)(g)"),
        (body.charges.is_empty(), Words::new("phí, lệ phí", "charges and fees"), "8(2)(h)"),
        (body.outcomes.is_empty(), Words::new("kết quả", "outcome"), "8(2)(h)"),
        (body.requirements.is_none(), Words::new("yêu cầu, điều kiện", "requirements"), "8(2)(h)"),
        (body.basis.is_none(), Words::new("căn cứ pháp lý", "legal basis"), "8(1)"),
        (body.announced.is_none(), Words::new("quyết định công bố", "announced by"), "15"),
        (body.valid.is_none(), Words::new("hiệu lực", "valid"), ""),
        (body.process.is_none(), Words::new("quy trình", "process"), ""),
    ];
    let missing: Vec<String> = parts
        .iter()
        .filter(|(missing, _, _)| *missing)
        .map(|(_, name, pin)| match *pin {
            "" => name.get(findings.lang).to_owned(),
            pin => format!("{} [{pin}]", name.get(findings.lang)),
        })
        .collect();
    if missing.is_empty() {
        return;
    }
    let (count, list) = (missing.len(), missing.join(", "));
    let message = say!(
        findings.lang,
        "còn {count} mục chưa nhập: {list}",
        "{count} parts are not yet given: {list}"
    );
    let help = say!(
        findings.lang,
        "nhập dần từng mục; không có thì ghi “không”, chưa biết thì ghi “chưa nhập” (số trong ngoặc vuông: Điều 8 NĐ 63/2010)",
        "fill them in one by one; write `none` or `not yet given` where that is the case (in brackets: NĐ 63/2010)"
    );
    let release = findings.release;
    let found = findings.report(plan.procedure.head, message);
    found.help(help);
    if release {
        found.severity = Severity::Error;
    }
}
