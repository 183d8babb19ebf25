//! Conditions: tests joined by `và` or `hoặc`, never both without brackets.

use super::quantity;
use crate::lang::say;
use crate::model::header::Channel;
use crate::model::{Atom, Expr, Id, Subject, Test};
use crate::source::{Span, Spanned};
use crate::syntax::codes;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::Kw;

pub(super) fn condition(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Expr> {
    let start = reader.here();
    let mut parts = vec![negation(cx, reader)?];
    let mut joint: Option<(Kw, Span)> = None;
    while let Some(kw @ (Kw::And | Kw::Or)) = reader.word() {
        let span = reader.eat(cx, kw)?;
        match joint {
            Some((first, _)) if first != kw => {
                and_with_or(cx, span, &parts);
                parts.push(negation(cx, reader)?);
            }
            Some(_) => parts.push(operand(cx, reader, &parts)?),
            None => {
                joint = Some((kw, span));
                parts.push(operand(cx, reader, &parts)?);
            }
        }
    }
    let span = reader.since(start);
    match joint {
        None => parts.pop(),
        Some((Kw::And, _)) => Some(Expr::And(parts, span)),
        Some(_) => Some(Expr::Or(parts, span)),
    }
}

/// What follows `và` or `hoặc`. A channel that stands alone is not a condition: say how to write it.
fn operand(cx: &mut Draft<'_>, reader: &mut Reader<'_>, before: &[Expr]) -> Option<Expr> {
    let Some(Kw::InPerson | Kw::Online | Kw::OnlineFull | Kw::Post) = reader.word() else {
        return negation(cx, reader);
    };
    let word = reader.eat_word(cx)?;
    let alone = cx.slice(word.span).to_owned();
    let message = say!(cx.lang, "“{alone}” đứng một mình không phải điều kiện", "“{alone}” alone is not a condition");
    let help = match before.last() {
        Some(Expr::Test { subject: Subject::Channel(subject), test: Test::Is(first), .. }) => {
            let (subject, first) = (cx.slice(*subject), cx.slice(first.span));
            say!(cx.lang, "viết: {subject} thuộc ({first}, {alone})", "write: {subject} in ({first}, {alone})")
        }
        _ => {
            let channel = cx.spell(Kw::Channel);
            say!(cx.lang, "viết: {channel} là {alone}", "write: {channel} is {alone}")
        }
    };
    cx.error(codes::VALUE_ALONE, word.span, message).help(help);
    reader.skip_rest();
    None
}

fn and_with_or(cx: &mut Draft<'_>, span: Span, parts: &[Expr]) {
    let message = say!(cx.lang, "“và” đi cùng “hoặc” thì phải có ngoặc", "“and” together with “or” needs brackets");
    let texts: Vec<&str> = parts.iter().map(|part| cx.slice(part.span())).collect();
    let (and, or) = (cx.spell(Kw::And), cx.spell(Kw::Or));
    let help = match texts.as_slice() {
        [a, b, ..] => say!(
            cx.lang,
            "ý là ({a} {and} {b}) {or} …, hay {a} {and} ({b} {or} …)?",
            "is it ({a} {and} {b}) {or} …, or {a} {and} ({b} {or} …)?"
        ),
        _ => String::new(),
    };
    cx.error(codes::AND_WITH_OR, span, message).help(help);
}

fn negation(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Expr> {
    let start = reader.here();
    if reader.eat(cx, Kw::Not).is_some() {
        let inner = negation(cx, reader)?;
        return Some(Expr::Not(Box::new(inner), reader.since(start)));
    }
    if reader.eat_kind(TokenKind::Open).is_some() {
        let inner = condition(cx, reader)?;
        if reader.eat_kind(TokenKind::Close).is_none() {
            reader.expected(cx, "dấu đóng ngoặc “)”", "a closing “)”");
            return None;
        }
        return Some(inner);
    }
    comparison(cx, reader)
}

fn comparison(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Expr> {
    let start = reader.here();
    let subject = subject(cx, reader)?;
    let test = match reader.word() {
        Some(Kw::Not) => {
            let name = cx.slice(subject.span()).to_owned();
            let not = cx.spell(Kw::Not);
            let help = say!(
                cx.lang,
                "đặt “{not}” trước: {not} {name} là …, {not} {name} thuộc (…)",
                "put “{not}” first: {not} {name} is …, {not} {name} in (…)"
            );
            reader.expected_or(cx, "“là”, “khác” hoặc “thuộc”", "“is”, “is not” or “in”", Some(help));
            return None;
        }
        Some(Kw::Is) => {
            reader.eat(cx, Kw::Is);
            if reader.is_kind(TokenKind::Open) { Test::Exactly(set(cx, reader)?) } else { Test::Is(atom(cx, reader)?) }
        }
        Some(Kw::IsNot) => {
            reader.eat(cx, Kw::IsNot);
            if reader.is_kind(TokenKind::Open) {
                let name = cx.slice(subject.span()).to_owned();
                let not = cx.spell(Kw::Not);
                let help = say!(cx.lang, "viết: {not} {name} thuộc (…)", "write: {not} {name} in (…)");
                reader.expected_or(cx, "một giá trị sau “khác”", "one value after “is not”", Some(help));
                return None;
            }
            Test::IsNot(atom(cx, reader)?)
        }
        Some(Kw::In | Kw::Of) => {
            reader.eat_as(cx, Kw::In, Kw::In);
            Test::In(set(cx, reader)?)
        }
        Some(Kw::Includes) => {
            reader.eat(cx, Kw::Includes);
            Test::Includes(atom(cx, reader)?)
        }
        Some(Kw::From) => {
            reader.eat(cx, Kw::From);
            let low = atom(cx, reader)?;
            let high = if reader.eat(cx, Kw::To).is_some() { Some(atom(cx, reader)?) } else { None };
            Test::Between(low, high)
        }
        Some(Kw::Above) => {
            reader.eat(cx, Kw::Above);
            Test::Above(atom(cx, reader)?)
        }
        Some(Kw::Below) => {
            reader.eat(cx, Kw::Below);
            Test::Below(atom(cx, reader)?)
        }
        Some(Kw::NotAbove) => {
            reader.eat(cx, Kw::NotAbove);
            Test::AtMost(atom(cx, reader)?)
        }
        Some(Kw::NotBelow) => {
            reader.eat(cx, Kw::NotBelow);
            Test::AtLeast(atom(cx, reader)?)
        }
        _ if reader.is_kind(TokenKind::Symbol) => {
            let help = say!(
                cx.lang,
                "viết bằng chữ: là, khác, từ … đến …, trên, dưới, không quá",
                "write it in words: is, is not, from … to …, above, below, not above"
            );
            reader.expected_or(cx, "một phép so sánh bằng chữ", "a comparison in words", Some(help));
            return None;
        }
        _ => Test::Holds,
    };
    if test == Test::Holds && matches!(subject, Subject::Channel(_) | Subject::Field(_) | Subject::Level(_)) {
        reader.expected(cx, "“là”, “khác” hoặc “thuộc”", "“is”, “is not” or “in”");
        return None;
    }
    Some(Expr::Test { subject, test, span: reader.since(start) })
}

fn subject(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Subject> {
    let here = reader.here();
    let subject = match reader.word() {
        Some(Kw::Channel | Kw::Channels) => {
            let kw = reader.word()?;
            Subject::Channel(reader.eat_as(cx, kw, Kw::Channel)?)
        }
        Some(Kw::Field) => Subject::Field(reader.eat(cx, Kw::Field)?),
        Some(Kw::Outcome) => Subject::Outcome(reader.eat(cx, Kw::Outcome)?),
        Some(Kw::Level) => Subject::Level(reader.eat(cx, Kw::Level)?),
        Some(Kw::Procedure) => Subject::Procedure(reader.eat(cx, Kw::Procedure)?),
        Some(Kw::EveryProcedure) => Subject::Every(reader.eat(cx, Kw::EveryProcedure)?),
        Some(Kw::InPerson | Kw::Online | Kw::Post) => {
            let word = reader.eat_word(cx)?;
            let alone = cx.slice(word.span).to_owned();
            let channel = cx.spell(Kw::Channel);
            let message =
                say!(cx.lang, "“{alone}” đứng một mình không phải điều kiện", "“{alone}” alone is not a condition");
            let help = say!(cx.lang, "viết: {channel} là {alone}", "write: {channel} is {alone}");
            cx.error(codes::VALUE_ALONE, here, message).help(help);
            reader.skip_rest();
            return None;
        }
        Some(_) | None => match reader.id(cx) {
            Some(id) => Subject::Fact(id),
            None => {
                reader.expected(cx, "tên một trường hợp đã khai", "the name of a fact");
                return None;
            }
        },
    };
    Some(subject)
}

/// `(a, b)`
fn set(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Vec<Spanned<Atom>>> {
    if reader.eat_kind(TokenKind::Open).is_none() {
        let help = say!(cx.lang, "danh sách đặt trong ngoặc tròn: (a, b)", "a list stands in round brackets: (a, b)");
        reader.expected_or(cx, "danh sách trong ngoặc tròn", "a list in round brackets", Some(help));
        return None;
    }
    let atoms = super::list(cx, reader, atom)?;
    if reader.eat_kind(TokenKind::Close).is_none() {
        reader.expected(cx, "dấu phẩy hoặc dấu đóng ngoặc “)”", "a comma or a closing “)”");
        return None;
    }
    Some(atoms)
}

/// What a fact is compared with.
fn atom(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Atom>> {
    let start = reader.here();
    let atom = match reader.peek().map(|token| token.kind) {
        Some(TokenKind::Number | TokenKind::Fraction) => {
            let number = quantity::number(cx, reader)?;
            // The unit of a fact may be repeated: `từ 3.000 đồng`, `trên 500 "m²"`.
            reader.eat(cx, Kw::Dong);
            reader.text(cx);
            Atom::Number(number.value)
        }
        Some(TokenKind::Date) => Atom::Date(quantity::date(cx, reader)?.value),
        Some(TokenKind::Code) => {
            let span = reader.eat_kind(TokenKind::Code)?;
            Atom::Code(cx.slice(span).to_owned())
        }
        _ => match reader.word() {
            Some(Kw::Days) => Atom::Date(quantity::date(cx, reader)?.value),
            Some(kw) => match channel(kw) {
                Some(channel) => {
                    reader.eat_word(cx);
                    Atom::Channel(channel)
                }
                None => match level_id(kw) {
                    Some(id) => {
                        reader.eat_word(cx);
                        Atom::Id(Id::new(id))
                    }
                    None => return no_value(cx, reader),
                },
            },
            None => match reader.id(cx) {
                Some(id) => Atom::Id(id.value),
                None => return no_value(cx, reader),
            },
        },
    };
    Some(Spanned::new(atom, reader.since(start)))
}

fn no_value(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Atom>> {
    reader.expected(cx, "một giá trị", "a value");
    None
}

fn channel(kw: Kw) -> Option<Channel> {
    match kw {
        Kw::InPerson => Some(Channel::InPerson),
        Kw::Online | Kw::OnlineFull | Kw::OnlinePartial => Some(Channel::Online),
        Kw::Post => Some(Channel::Post),
        _ => None,
    }
}

fn level_id(kw: Kw) -> Option<&'static str> {
    match kw {
        Kw::LevelMinistry | Kw::Sets => Some("bộ"),
        Kw::LevelProvince => Some("tỉnh"),
        Kw::LevelDistrict => Some("huyện"),
        Kw::LevelCommune => Some("xã"),
        _ => None,
    }
}
