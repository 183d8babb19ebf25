//! Sums of money and counts, and the entries `phí` and `lệ phí`.

use super::{case, citation, close, colon, condition, entries, quantity, reader, reference, set, unknown};
use crate::lang::say;
use crate::model::charge::{Amount, Charge, ChargeKind, Rounding, RoundingWay};
use crate::model::{ByCase, Laid, Number, Period};
use crate::source::Spanned;
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader, Rewrite, Rewritten};
use crate::syntax::tree::{Entry, TokenKind};
use crate::syntax::words::Kw;

/// `4.000 đồng + 1.000 đồng × (số-trang - 2)`
pub(super) fn amount(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Amount> {
    let mut sum = product(cx, reader)?;
    loop {
        if reader.eat_symbol(cx, &["+"]).is_some() {
            sum = Amount::Add(Box::new(sum), Box::new(product(cx, reader)?));
        } else if reader.eat_symbol(cx, &["-", "–"]).is_some() {
            sum = Amount::Subtract(Box::new(sum), Box::new(product(cx, reader)?));
        } else {
            return Some(sum);
        }
    }
}

fn product(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Amount> {
    let mut product = factor(cx, reader)?;
    while times(cx, reader) {
        product = Amount::Multiply(Box::new(product), Box::new(factor(cx, reader)?));
    }
    Some(product)
}

/// `×`, typed also as `*` or `x`.
fn times(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> bool {
    if reader.eat_symbol(cx, &["×"]).is_some() {
        return true;
    }
    let sign = reader.eat_symbol(cx, &["*"]).or_else(|| {
        let token = reader.peek().filter(|token| token.kind == TokenKind::Word && cx.slice(token.span) == "x")?;
        reader.advance();
        Some(token.span)
    });
    match sign {
        Some(span) => {
            cx.rewrites.push(Rewrite { span, to: Rewritten::Sign("×") });
            true
        }
        None => false,
    }
}

fn factor(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Amount> {
    if reader.eat_kind(TokenKind::Open).is_some() {
        let inner = amount(cx, reader)?;
        if reader.eat_kind(TokenKind::Close).is_none() {
            reader.expected(cx, "dấu đóng ngoặc “)”", "a closing “)”");
            return None;
        }
        return Some(inner);
    }
    if let Some(number) = quantity::number(cx, reader) {
        let money = match reader.word() {
            Some(Kw::Dong) => Amount::Dong(whole(cx, number)?),
            Some(Kw::Dollar) => Amount::Dollars(whole(cx, number)?),
            _ => {
                if reader.eat_symbol(cx, &["%"]).is_some() {
                    let share = Number::new(number.value.numerator, number.value.denominator * 100);
                    return Some(Amount::Number(share));
                }
                return Some(Amount::Number(number.value));
            }
        };
        reader.eat_word(cx);
        return Some(per(cx, reader, money));
    }
    match reader.id(cx) {
        Some(id) => Some(Amount::Fact(id)),
        None => {
            let help = say!(
                cx.lang,
                "viết như 8.000 đồng, 8.000 đồng × số-bản-sao; không thu thì ghi không; chưa biết thì ghi chưa nhập",
                "write as 8.000 VND, 8.000 VND × copies; `none` where nothing is due; `not yet given` if unknown"
            );
            reader.expected_or(cx, "một số tiền", "an amount", Some(help));
            None
        }
    }
}

/// `đồng/bản`: the amount for each.
fn per(cx: &mut Draft<'_>, reader: &mut Reader<'_>, money: Amount) -> Amount {
    if reader.eat_symbol(cx, &["/"]).is_none() {
        return money;
    }
    let start = reader.here();
    while reader.is_kind(TokenKind::Word) && !matches!(reader.word(), Some(Kw::Under | Kw::When)) {
        reader.advance();
    }
    let span = reader.since(start);
    Amount::Per(Box::new(money), cx.slice(span).to_owned())
}

fn whole(cx: &mut Draft<'_>, number: Spanned<Number>) -> Option<i64> {
    let whole = number.value.as_whole();
    if whole.is_none() {
        let message = say!(cx.lang, "số tiền là số nguyên đồng", "money is a whole number");
        cx.error(codes::BAD_VALUE, number.span, message);
    }
    whole
}

const KNOWN: &[Kw] = &[
    Kw::When,
    Kw::Plus,
    Kw::MultipliedBy,
    Kw::Maximum,
    Kw::Minimum,
    Kw::Rounded,
    Kw::CollectedFor,
    Kw::Valid,
    Kw::Note,
];

/// `phí phí-bản-sao "…": 8.000 đồng × số-bản-sao { … }`
pub(super) fn charge(cx: &mut Draft<'_>, entry: &Entry, kw: Kw) -> Option<Laid<Charge>> {
    let mut reader = reader(cx, entry);
    reader.eat(cx, kw);
    let kind = match kw {
        Kw::Charge => ChargeKind::Charge,
        Kw::Fee => ChargeKind::Fee,
        _ => ChargeKind::Both,
    };
    let id = reference::new_id(cx, &mut reader);
    let label = reader.text(cx);
    let cites = citation::citations(cx, &mut reader);
    let mut charge = Charge {
        kind,
        id,
        label,
        cites,
        amount: None,
        multiplied_by: None,
        maximum: None,
        minimum: None,
        rounded: None,
        collected_for: None,
        when: None,
        notes: Vec::new(),
        valid: Period::default(),
        head: entry.head(),
    };
    let mut rules = Vec::new();
    let start = reader.here();
    let by_rules_alone = reader.is_done() && entry.block.is_some();
    let general = if by_rules_alone || !colon(cx, &mut reader) || (reader.is_done() && entry.block.is_some()) {
        None
    } else {
        case::value(cx, &mut reader, amount)
    };
    let mut span = reader.since(start);
    reader.finish(cx);
    if let Some(block) = &entry.block {
        span = span.to(block.span);
        for inner in entries(cx, block) {
            if case::is_rule(&inner) {
                rules.extend(case::rule(cx, &inner, amount, &mut bound));
            } else {
                charge_property(cx, &inner, &mut charge);
            }
        }
    }
    if general.is_some() || !rules.is_empty() {
        charge.amount = Some(ByCase { general, rules, span });
    }
    Some(Laid::new(charge, entry.span))
}

/// `tối đa: 200.000 đồng` in a rule caps that rule alone; `làm tròn` rounds it.
fn bound(cx: &mut Draft<'_>, entry: &Entry, value: &mut Option<crate::model::Value<Amount>>) -> bool {
    let mut reader = reader(cx, entry);
    let Some(kw @ (Kw::Maximum | Kw::Minimum | Kw::Rounded)) = reader.word() else { return false };
    reader.eat(cx, kw);
    if kw == Kw::Rounded {
        let to = if colon(cx, &mut reader) { rounding(cx, &mut reader) } else { None };
        reader.finish(cx);
        if let (Some(to), Some(value)) = (to, value)
            && let crate::model::Setting::Given(given) = &mut value.setting
        {
            *given = Amount::Rounded(Box::new(given.clone()), to);
        }
        return true;
    }
    let limit = if colon(cx, &mut reader) { amount(cx, &mut reader) } else { None };
    reader.finish(cx);
    if let (Some(limit), Some(value)) = (limit, value)
        && let crate::model::Setting::Given(given) = &mut value.setting
    {
        let inner = Box::new(given.clone());
        let limit = Box::new(limit);
        *given = if kw == Kw::Maximum { Amount::AtMost(inner, limit) } else { Amount::AtLeast(inner, limit) };
    }
    true
}

/// `đến 1.000 đồng`, `lên đến 1.000 đồng`, `xuống đến 1.000 đồng`; the word “đến” may be left out.
fn rounding(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Rounding> {
    let way = if reader.eat(cx, Kw::Upwards).is_some() {
        RoundingWay::Up
    } else if reader.eat(cx, Kw::Downwards).is_some() {
        RoundingWay::Down
    } else {
        RoundingWay::Nearest
    };
    reader.eat(cx, Kw::To);
    let start = reader.here();
    let read = amount(cx, reader)?;
    match read {
        Amount::Dong(to) if to > 0 => Some(Rounding { way, to }),
        _ => {
            let span = reader.since(start);
            let message = say!(
                cx.lang,
                "làm tròn đến một số tiền lớn hơn 0, như: làm tròn: lên đến 1.000 đồng",
                "round to a sum above zero, as in `rounded: up to 1.000 VND`"
            );
            cx.error(codes::BAD_VALUE, span, message);
            None
        }
    }
}

fn charge_property(cx: &mut Draft<'_>, entry: &Entry, charge: &mut Charge) {
    let mut reader = reader(cx, entry);
    let span = entry.head();
    let Some(kw) = reader.word() else {
        return unknown(cx, entry, "phí, lệ phí", "a charge", KNOWN);
    };
    if !KNOWN.contains(&kw) {
        return unknown(cx, entry, "phí, lệ phí", "a charge", KNOWN);
    }
    reader.eat(cx, kw);
    if !colon(cx, &mut reader) {
        return;
    }
    match kw {
        Kw::MultipliedBy => {
            let value = amount(cx, &mut reader);
            set(cx, &mut charge.multiplied_by, value, span, None);
        }
        Kw::Maximum => {
            let value = amount(cx, &mut reader);
            set(cx, &mut charge.maximum, value, span, None);
        }
        Kw::Minimum => {
            let value = amount(cx, &mut reader);
            set(cx, &mut charge.minimum, value, span, None);
        }
        Kw::Rounded => {
            let value = rounding(cx, &mut reader);
            set(cx, &mut charge.rounded, value, span, None);
        }
        Kw::CollectedFor => {
            let value = reference::agency(cx, &mut reader);
            set(cx, &mut charge.collected_for, value, span, None);
        }
        Kw::When => {
            let value = condition::condition(cx, &mut reader);
            set(cx, &mut charge.when, value, span, None);
        }
        Kw::Valid => charge.valid = valid(cx, &mut reader),
        _ => charge.notes.extend(reader.text(cx)),
    }
    close(cx, reader, entry);
}

/// `hiệu lực: từ … đến …`
pub(super) fn valid(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Period {
    if super::hole(cx, reader).is_some() {
        return Period::default();
    }
    let period = quantity::period(cx, reader);
    if period.is_open() && !reader.is_done() {
        reader.expected(cx, "“từ” hoặc “đến” và một ngày", "“from” or “to” and a date");
    }
    period
}
