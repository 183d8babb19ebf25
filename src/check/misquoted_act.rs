//! TT615: what is said of an act is not what the register, or its own number, says.

use std::ops::Range;

use super::prelude::*;
use crate::model::quantity::short_date;
use crate::model::{Register, Text};
use crate::plan::wording::uncapitalised;
use crate::resolve::act_mention::{Mention, mentions};
use crate::resolve::act_number::{issued_by, issuer_of, same_issuer};
use crate::resolve::registers::{Act, ActKind};
use crate::source::Span;
use crate::syntax::fold::fold;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT615"),
    name: "misquoted-act",
    severity: Severity::Error,
    title: Words::new("Dẫn sai ngày, loại, cơ quan hoặc tên văn bản", "An act with a wrong day, kind, issuer or name"),
    why: Words::new(
        "Một quyết định năm 2025 đã dẫn “Nghị định 118/2025/NĐ-CP ngày 01 tháng 7 năm 2017”: số một đằng, ngày một nẻo, người đọc không biết tra văn bản nào. Câu chữ và căn cứ phải khớp với danh mục văn bản, và với chính số, ký hiệu.",
        "A decision of 2025 cited “Decree 118/2025/NĐ-CP of 1 July 2017”: the number says one thing and the day another, and nobody knows which act to look up. What is written must agree with the register of acts, and with the number itself.",
    ),
    basis: Basis::Sense,
    wrong: r#"ghi chú: "Theo Nghị định số 118/2025/NĐ-CP ngày 01 tháng 7 năm 2017 của Chính phủ""#,
    right: r#"ghi chú: "Theo Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ""#,
    run: Run::Procedure(check),
};

/// A title is another one where so few of its words come up in what is said, in hundredths.
const TITLE_SHARED: usize = 34;
/// So few words say too little of a title.
const TITLE_WORDS: usize = 5;

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    cited_kinds(plan, findings);
    for text in texts(plan) {
        for mention in mentions(&text.value, plan.registers) {
            let known = plan.registers.acts_numbered(mention.printed);
            kind(text, &mention, &known, findings);
            day(text, &mention, &known, findings);
            issuer(plan, text, &mention, &known, findings);
            name(text, &mention, &known, findings);
            if known.is_empty() {
                likely_number(plan, text, &mention, findings);
            }
        }
    }
}

/// Everything that is printed as it stands.
fn texts<'a>(plan: &ProcedurePlan<'a>) -> Vec<&'a Text> {
    let contacts = plan.body().contacts.iter().map(|one| &one.value).filter(|text| plan.is_fresh(text.span));
    labels(plan).into_iter().chain(notes(plan)).chain(contacts).collect()
}

/// `theo Điều 5 Thông tư số 116/2021/NĐ-CP`: the word before the number of a citation.
fn cited_kinds(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let body = plan.body();
    for name in body.names.iter().filter(|name| name.register == Register::Acts && plan.is_fresh(name.span)) {
        let Some(said) = name.kind.and_then(ActKind::of_word) else { continue };
        let known = plan.registers.acts_numbered(name.key.as_str());
        if let Some(act) = known.first().filter(|_| known.iter().all(|act| act.kind != said)) {
            wrong_kind(name.span, said, act, findings);
        }
    }
}

fn kind(text: &Text, mention: &Mention<'_>, known: &[&Act], findings: &mut Findings<'_>) {
    let Some((said, place)) = &mention.kind else { return };
    let span = part(text, place.clone());
    match known.first() {
        Some(act) if known.iter().all(|act| act.kind != *said) => wrong_kind(span, *said, act, findings),
        None if !mention.number.kinds().contains(said) => {
            let (symbol, usual) = (mention.number.symbol, uncapitalised(mention.number.kinds()[0].vi()));
            let said = said.vi();
            let message = say!(
                findings.lang,
                "ký hiệu {symbol} là của {usual}, ở đây ghi “{said}”",
                "{symbol} is the sign of another kind of act ({usual}); here it says “{said}”"
            );
            report(span, message, findings);
        }
        _ => {}
    }
}

fn wrong_kind(span: Span, said: ActKind, act: &Act, findings: &mut Findings<'_>) {
    let (number, is, said) = (&act.number, uncapitalised(act.kind.vi()), said.vi());
    let message = say!(
        findings.lang,
        "{number} là {is}, ở đây ghi “{said}”",
        "{number} is of another kind ({is}); here it says “{said}”"
    );
    report(span, message, findings).severity = severity(act);
}

fn day(text: &Text, mention: &Mention<'_>, known: &[&Act], findings: &mut Findings<'_>) {
    let Some((said, place)) = &mention.signed else { return };
    let (number, shown) = (mention.printed, short_date(*said));
    let span = part(text, place.clone());
    let signed: Vec<&&Act> = known.iter().filter(|act| act.signed.is_some()).collect();
    if let Some(act) = signed.first().filter(|_| signed.iter().all(|act| act.signed.is_some_and(|day| day.0 != *said)))
    {
        let right = act.signed.map_or_else(String::new, |day| short_date(day.0));
        let message = say!(
            findings.lang,
            "{number} ký ngày {right}, ở đây ghi ngày {shown}",
            "{number} was signed on {right}; here it says {shown}"
        );
        report(span, message, findings).severity = severity(act);
    } else if let Some(year) = mention.number.year.filter(|year| *year != said.year()) {
        let message = say!(
            findings.lang,
            "số {number} là của năm {year}, ở đây ghi ngày {shown}",
            "the number {number} is of the year {year}; here it says {shown}"
        );
        report(span, message, findings);
    }
}

fn issuer(plan: &ProcedurePlan<'_>, text: &Text, mention: &Mention<'_>, known: &[&Act], findings: &mut Findings<'_>) {
    let Some(place) = &mention.issuer else { return };
    let (number, said) = (mention.printed, written(text, place));
    let (right, act) = match known.iter().find(|act| act.issuer.is_some()) {
        Some(act) if known.iter().all(|act| issued_by(act, said) == Some(false)) => {
            (act.issuer.clone().unwrap_or_default(), Some(act))
        }
        Some(_) => return,
        None => {
            let letters = mention.number.issuers();
            let names: Option<Vec<String>> = letters.iter().map(|letters| issuer_of(letters, plan.registers)).collect();
            match names.filter(|names| !names.is_empty() && !names.iter().any(|name| same_issuer(name, said))) {
                Some(names) => (names.join(", "), None),
                None => return,
            }
        }
    };
    let message = say!(
        findings.lang,
        "{number} là văn bản của {right}, ở đây ghi “{said}”",
        "{number} was issued by {right}; here it says “{said}”"
    );
    let found = report(part(text, place.clone()), message, findings);
    if let Some(act) = act {
        found.severity = severity(act);
    }
}

/// The name of a law before its number, or what a sentence says an act is about.
fn name(text: &Text, mention: &Mention<'_>, known: &[&Act], findings: &mut Findings<'_>) {
    let [act] = known else { return };
    if let Some(place) = &mention.name {
        let (said, title) = (written(text, place), act.title.as_str());
        let (plain, right) = (fold(said), fold(title));
        let another = right.starts_with("luật ") || right.starts_with("bộ luật ");
        if another && !right.starts_with(&plain) && !plain.starts_with(&right) {
            let number = &act.number;
            let message = say!(
                findings.lang,
                "{number} là “{title}”, ở đây ghi “{said}”",
                "{number} is “{title}”; here it says “{said}”"
            );
            report(part(text, place.clone()), message, findings).severity = severity(act);
        }
    }
    let Some(place) = &mention.about else { return };
    // A title that was not read describes the act: `Nghị định số 09/2026/NĐ-CP (…)`.
    if !act.confirmed || act.title.contains(&act.number) || act.title.starts_with("Công bố thủ tục") {
        return;
    }
    let (said, title) = (fold(written(text, place)), fold(&act.title));
    if !shares_words(&said, &title) {
        let (number, title) = (&act.number, &act.title);
        let message = say!(
            findings.lang,
            "{number} có tên “{title}”, ở đây nói việc khác",
            "{number} is titled “{title}”; here it is about something else"
        );
        report(part(text, place.clone()), message, findings).severity = Severity::Warning;
    }
}

fn written<'a>(text: &'a Text, place: &Range<usize>) -> &'a str {
    text.value.get(place.clone()).unwrap_or_default()
}

/// Whether what is said of an act may be its title.
fn shares_words(said: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (said, title) = (words(said), words(title));
    let (fewer, more) = if said.len() < title.len() { (&said, &title) } else { (&title, &said) };
    let shared = fewer.iter().filter(|word| more.contains(word)).count();
    fewer.len() < TITLE_WORDS || shared * 100 >= fewer.len() * TITLE_SHARED
}

/// A number that the register lacks, of a day on which an act was signed whose number has two digits the other way round: `1427`
/// for `1472`. Acts of one day often bear neighbouring numbers, so that a digit that differs says nothing.
fn likely_number(plan: &ProcedurePlan<'_>, text: &Text, mention: &Mention<'_>, findings: &mut Findings<'_>) {
    let Some((day, _)) = &mention.signed else { return };
    let near = plan.registers.acts.iter().find(|act| {
        act.signed.is_some_and(|signed| signed.0 == *day) && are_swapped(&fold(&act.number), &fold(mention.printed))
    });
    let Some(act) = near else { return };
    let (said, right, shown) = (mention.printed, &act.number, short_date(*day));
    let message = say!(
        findings.lang,
        "danh mục không có số {said}; văn bản ký ngày {shown} là {right}",
        "the register has no {said}; the act signed on {shown} is {right}"
    );
    report(part(text, mention.at.clone()), message, findings).severity = Severity::Warning;
}

/// Whether two texts differ in the order of two neighbours alone.
fn are_swapped(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    letters(one) == letters(other) && strsim::osa_distance(one, other) == 1
}

/// Where something in the entry is only recalled, a finding reminds.
fn severity(act: &Act) -> Severity {
    if act.confirmed { Severity::Error } else { Severity::Warning }
}

fn report<'f>(span: Span, message: String, findings: &'f mut Findings<'_>) -> &'f mut crate::diagnostic::Diagnostic {
    let help = say!(
        findings.lang,
        "đối chiếu với văn bản rồi sửa câu này; nếu danh mục sai thì sửa registers/acts.yaml",
        "compare with the act and correct the sentence; where the register is wrong, correct registers/acts.yaml"
    );
    findings.report(span, message).help(help)
}
