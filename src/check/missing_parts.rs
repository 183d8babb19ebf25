//! TT101: parts that the law wants are absent.

use super::prelude::*;
use crate::syntax::words::Kw;

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
    thành phần hồ sơ: 01 bộ { nộp "Tờ khai" { bản chính: 01; biểu mẫu: tk-khai-sinh } }
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
    // (missing, word, pin of NĐ 63/2010 where one asks for it)
    let parts = [
        (body.field.is_none(), Kw::Field, ""),
        (body.levels.is_none(), Kw::Level, ""),
        (body.sequence.is_none() && plan.flow.is_none(), Kw::Sequence, "8(2)(b)"),
        (body.channels.is_none(), Kw::Channels, "8(2)(c)"),
        (body.received_at.is_none(), Kw::ReceivedAt, ""),
        (body.dossier.as_ref().is_none_or(|dossier| dossier.sets.is_none() && !dossier.none), Kw::Dossier, "8(2)(d)"),
        (body.deadlines.is_empty(), Kw::Deadline, "8(2)(đ)"),
        (body.applicants.is_none(), Kw::Applicants, "8(2)(e)"),
        (body.decided_by.is_none(), Kw::DecidedBy, "8(2)(g)"),
        (body.charges.is_empty(), Kw::ChargesAndFees, "8(2)(h)"),
        (body.outcomes.is_empty(), Kw::Outcome, "8(2)(h)"),
        (body.requirements.is_none(), Kw::Requirements, "8(2)(h)"),
        (body.basis.is_none(), Kw::LegalBasis, "8(1)"),
        (body.announced.is_none(), Kw::Announced, "15"),
        (body.valid.is_none(), Kw::Valid, ""),
        (body.process.is_none(), Kw::Process, ""),
    ];
    let missing: Vec<String> = parts
        .iter()
        .filter(|(missing, kw, _)| *missing && !body.unknown_parts.contains(kw))
        .map(|(_, kw, pin)| {
            let name = match kw {
                Kw::Dossier if body.dossier.is_some() => Words::new("số bộ hồ sơ", "number of sets"),
                kw => Words::new(kw.vi(), kw.en()),
            };
            match *pin {
                "" => name.get(findings.lang).to_owned(),
                pin => format!("{} [{pin}]", name.get(findings.lang)),
            }
        })
        .collect();
    if missing.is_empty() {
        return;
    }
    let (count, list) = (missing.len(), missing.join(", "));
    let message = say!(findings.lang, "còn {count} mục chưa nhập: {list}", "{count} parts are not yet given: {list}");
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
