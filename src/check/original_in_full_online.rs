//! TT202: a full online service demands originals on paper.

use super::prelude::*;
use crate::model::header::OnlineLevel;
use crate::model::{CopyKind, Delivery, Document};

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT202"),
    name: "original-in-full-online",
    severity: Severity::Warning,
    title: Words::new("Trực tuyến toàn trình mà đòi bản chính", "Originals demanded in a full online service"),
    why: Words::new(
        "Toàn trình nghĩa là người nộp không phải đến cơ quan. Buộc nộp bản chính bằng giấy thì họ vẫn phải đi một lần. Phải nói bản nào thay cho bản chính khi nộp trực tuyến, hoặc công bố dịch vụ là một phần, có lý do.",
        "In full means that the applicant need not come. Demanding an original on paper makes them come once after all. Say what replaces the original online, or announce the service as partial, with the reason.",
    ),
    basis: Basis::Inferred("Điều 14 Nghị định 224/2026/NĐ-CP"),
    wrong: r#"cách thức thực hiện: trực tiếp, trực tuyến toàn trình
thành phần hồ sơ: 01 bộ { nộp "Giấy chứng sinh" { bản chính: 01 } }"#,
    right: r#"cách thức thực hiện: trực tiếp, trực tuyến toàn trình
thành phần hồ sơ: 01 bộ {
    nộp "Giấy chứng sinh" { bản chính: 01 }
    gửi trực tuyến: 01 bản điện tử
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    let channels = body.channels.iter().flat_map(|all| &all.value);
    let Some(online) = channels.clone().find(|one| one.online == Some(OnlineLevel::Full)) else {
        return;
    };
    let Some(dossier) = &body.dossier else { return };
    if dossier.value.by_web.is_some() || dossier.value.by_post.is_some() {
        return;
    }
    let demanded: Vec<&Document> = papers(plan).filter(|one| demands_original(one)).collect();
    let Some((first, others)) = demanded.split_first() else {
        return;
    };
    let (names, more) = listed(demanded.iter().map(|one| one.name.value.as_str()));
    let message = if more == 0 {
        say!(
            findings.lang,
            "trực tuyến toàn trình nhưng buộc nộp bản chính: {names}",
            "online in full, yet originals must be submitted: {names}"
        )
    } else {
        say!(
            findings.lang,
            "trực tuyến toàn trình nhưng buộc nộp bản chính: {names} và {more} giấy tờ khác",
            "online in full, yet originals must be submitted: {names} and {more} more"
        )
    };
    let note = say!(findings.lang, "toàn trình ở đây", "in full, says this");
    let help = say!(
        findings.lang,
        "thêm gửi trực tuyến: 01 bản điện tử, hoặc bản điện tử trong từng giấy tờ; nếu bắt buộc bản giấy thì ghi trực tuyến một phần kèm căn cứ",
        "add `sent online: 01 electronic copy`, or `electronic copy` to each paper; where paper is a must, write `online in part` with its basis"
    );
    let found = findings.report(first.name.span, message);
    found.help(help).also(online.span, note);
    for other in others {
        found.also(other.name.span, String::new());
    }
}

/// An application is filled in online, and what a database holds is looked up: neither is brought.
fn demands_original(document: &Document) -> bool {
    let kinds = || document.copies.iter().map(|copies| copies.kind);
    document.delivery == Delivery::Submit
        && document.when.is_none()
        && document.form.is_none()
        && document.taken_from.is_empty()
        && !is_application(&document.name.value)
        && kinds().any(|kind| kind == CopyKind::Original)
        && !kinds().any(|kind| kind == CopyKind::Electronic)
}
