//! TT616: an entry of the register of acts contradicts itself or another.

use jiff::civil::Date;

use super::prelude::*;
use crate::compile::Catalogue;
use crate::diagnostic::Diagnostic;
use crate::model::quantity::short_date;
use crate::plan::wording::uncapitalised;
use crate::resolve::Registers;
use crate::resolve::act_number::{self, issuer_of, may_issue, same_issuer};
use crate::resolve::registers::{Act, Day, Entry};
use crate::source::Span;
use crate::syntax::fold::fold;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT616"),
    name: "inconsistent-act",
    severity: Severity::Error,
    title: Words::new("Danh mục văn bản tự mâu thuẫn", "The register of acts contradicts itself"),
    why: Words::new(
        "Số, ký hiệu của văn bản cho biết năm, loại và cơ quan ban hành: 63/2010/NĐ-CP là nghị định năm 2010 của Chính phủ. Mục nào ghi khác số của mình, có hiệu lực trước ngày ký, hết hiệu lực trước khi có hiệu lực, hoặc bị sửa bởi văn bản ký trước, thì mọi thủ tục dẫn theo mục ấy đều sai theo.",
        "The number of an act tells its year, kind and issuer: 63/2010/NĐ-CP is a decree of 2010 by the Government. Where an entry says otherwise, takes effect before it was signed, ends before it begins, or is amended by an act that was signed earlier, every procedure that cites it is wrong with it.",
    ),
    basis: Basis::Sense,
    wrong: r#"# registers/acts.yaml
- { id: qđ-5-btp, number: "05/2026/QĐ-BTP", kind: thông tư, issuer: "Bộ Tài chính", title: "Ví dụ", signed: "20/12/2025" }"#,
    right: r#"# registers/acts.yaml
- { id: qđ-5-btp, number: "05/2026/QĐ-BTP", kind: quyết định, issuer: "Bộ Tư pháp", title: "Ví dụ", signed: "20/01/2026" }"#,
    run: Run::Catalogue(check),
};

fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    let registers = &catalogue.registers;
    for row in &registers.acts.rows {
        let mut entry = Checked { act: &row.value, span: row.span, registers, findings: &mut *findings };
        entry.number();
        entry.dates();
        entry.heirs();
        entry.amendments();
    }
    twice(registers, findings);
}

/// One entry, and what is reported of it.
struct Checked<'a, 'f, 'd> {
    act: &'a Act,
    span: Span,
    registers: &'a Registers,
    findings: &'f mut Findings<'d>,
}

impl Checked<'_, '_, '_> {
    /// An entry that is only recalled, or what may be meant as it stands, warns.
    fn report(&mut self, message: String, may_be_meant: bool) -> &mut Diagnostic {
        let warns = may_be_meant || !self.act.confirmed;
        let help = say!(
            self.findings.lang,
            "đối chiếu với văn bản rồi sửa registers/acts.yaml",
            "compare with the act and correct registers/acts.yaml"
        );
        let found = self.findings.report(self.span, message);
        found.help(help);
        if warns {
            found.severity = Severity::Warning;
        }
        found
    }

    /// The letters of a number against kind, issuer and day.
    fn number(&mut self) {
        let (act, lang) = (self.act, self.findings.lang);
        let Some(number) = act_number::parse(&act.number) else { return };
        let (printed, symbol) = (&act.number, number.symbol);
        if let Some(usual) = number.kinds().first().filter(|_| !number.kinds().contains(&act.kind)) {
            let (usual, said) = (uncapitalised(usual.vi()), uncapitalised(act.kind.vi()));
            let message = say!(
                lang,
                "{printed}: ký hiệu {symbol} là của {usual}, danh mục ghi {said}",
                "{printed}: {symbol} is the sign of another kind of act ({usual}) than the register says ({said})"
            );
            self.report(message, false);
        }
        for letters in number.issuers() {
            let Some(name) = issuer_of(letters, self.registers) else { continue };
            if may_issue(letters, act, self.registers) {
                continue;
            }
            let said = act.issuer.as_deref().unwrap_or_default();
            let message = say!(
                lang,
                "{printed}: ký hiệu {letters} là của {name}, danh mục ghi {said}",
                "{printed}: {letters} stands for {name}; the register says {said}"
            );
            self.report(message, false);
        }
        if let (Some(year), Some(Day(signed))) = (number.year, act.signed)
            && year != signed.year()
        {
            let signed = short_date(signed);
            let message = say!(
                lang,
                "{printed} là số của năm {year}, ngày ký lại là {signed}",
                "{printed} is a number of {year}, but it was signed on {signed}"
            );
            self.report(message, false);
        }
    }

    /// Signed, in force from, in force until: in this order.
    fn dates(&mut self) {
        let (act, lang) = (self.act, self.findings.lang);
        let (number, from, until) = (&act.number, act.in_force.from, act.in_force.until);
        if let (Some(Day(signed)), Some(Day(from))) = (act.signed, from)
            && from < signed
        {
            let (signed, from) = (short_date(signed), short_date(from));
            let message = say!(
                lang,
                "{number} có hiệu lực từ {from}, trước ngày ký {signed}",
                "{number} is in force from {from}, before it was signed on {signed}"
            );
            self.report(message, true).note(say!(
                lang,
                "hiệu lực trở về trước chỉ có khi văn bản nói rõ như vậy",
                "an act reaches back only where it says so"
            ));
        }
        if let (Some(Day(until)), Some(Day(from))) = (until, from.or(act.signed))
            && until < from
        {
            let (until, from) = (short_date(until), short_date(from));
            let message = say!(
                lang,
                "{number} hết hiệu lực ngày {until}, trước khi có hiệu lực hoặc được ký ({from})",
                "{number} ends on {until}, before it begins or was signed ({from})"
            );
            self.report(message, false);
        }
    }

    /// What takes its place comes later.
    fn heirs(&mut self) {
        let (act, lang) = (self.act, self.findings.lang);
        for heir in act.replaced_by.iter().filter_map(|id| self.registers.acts.get(id.as_str())) {
            let (number, new) = (&act.number, &heir.number);
            if is_earlier(heir, act) {
                let message = say!(
                    lang,
                    "{number} được thay bằng {new}, nhưng {new} ban hành trước",
                    "{number} is replaced by {new}, which is older"
                );
                self.report(message, false);
            } else if let (Some(Day(until)), Some(Day(from))) = (act.in_force.until, heir.in_force.from)
                && from <= until
                && act.replaced_by.len() == 1
            {
                let (until, from) = (short_date(until), short_date(from));
                let message = say!(
                    lang,
                    "{number} còn hiệu lực đến {until}, văn bản thay thế {new} đã có hiệu lực từ {from}",
                    "{number} is in force until {until}, and {new}, which replaces it, from {from}"
                );
                self.report(message, true);
            }
        }
    }

    /// What amends it comes later.
    fn amendments(&mut self) {
        let (act, lang) = (self.act, self.findings.lang);
        for other in act.amended_by.iter().filter_map(|id| self.registers.acts.get(id.as_str())) {
            if !is_earlier(other, act) {
                continue;
            }
            let (number, new) = (&act.number, &other.number);
            let message = say!(
                lang,
                "{number} được sửa bởi {new}, nhưng {new} ban hành trước",
                "{number} is amended by {new}, which is older"
            );
            self.report(message, false);
        }
    }
}

/// Whether one act is older than another for certain: by the days of signing, else by the years of their numbers.
fn is_earlier(one: &Act, other: &Act) -> bool {
    let day = |act: &Act| act.signed.map(|day| day.0);
    let year =
        |act: &Act| day(act).map(Date::year).or_else(|| act_number::parse(&act.number).and_then(|number| number.year));
    match (day(one), day(other)) {
        (Some(one), Some(other)) => one < other,
        _ => matches!((year(one), year(other)), (Some(one), Some(other)) if one < other),
    }
}

/// Two ids for one number: of one issuer, and not of different years.
fn twice(registers: &Registers, findings: &mut Findings<'_>) {
    let mut rows: Vec<&Entry<Act>> = registers.acts.rows.iter().collect();
    let folded = |row: &&Entry<Act>| fold(&row.value.number);
    rows.sort_by_cached_key(|row| (folded(row), row.span));
    for same in rows.chunk_by(|one, next| fold(&one.value.number) == fold(&next.value.number)) {
        for (at, second) in same.iter().enumerate() {
            let Some(first) = same[..at].iter().find(|first| may_be_one(&first.value, &second.value)) else { continue };
            let (number, id) = (&second.value.number, &first.value.id);
            let message = say!(
                findings.lang,
                "{number} đã có trong danh mục với mã {id}",
                "{number} is in the register already, with the id {id}"
            );
            let note = say!(findings.lang, "lần đầu ở đây", "first given here");
            let help = say!(
                findings.lang,
                "giữ một mục; nếu là hai văn bản thì ghi cơ quan ban hành (issuer) và ngày ký (signed) của từng văn bản",
                "keep one entry; where they are two acts, give the issuer and the day of signing of each"
            );
            findings.report(second.span, message).also(first.span, note).help(help);
        }
    }
}

fn may_be_one(one: &Act, other: &Act) -> bool {
    let issuers = match (&one.issuer, &other.issuer) {
        (Some(one), Some(other)) => same_issuer(one, other),
        _ => true,
    };
    let days = match (one.signed, other.signed) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    issuers && days
}
