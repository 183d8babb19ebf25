//! The block `thành phần hồ sơ: 01 bộ { … }`.

use super::{
    amount, case, citation, close, colon, condition, inside, list, note, quantity, quoted, reader, reference, set,
    unknown,
};
use crate::lang::say;
use crate::model::dossier::{Copies, CopyKind, Delivery, Document, Dossier};
use crate::model::{Amount, Number, Period, Ref, RefKey, Register, Setting};
use crate::source::Spanned;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::{Entry, TokenKind};
use crate::syntax::words::Kw;

const KNOWN: &[Kw] = &[Kw::Submit, Kw::Show, Kw::SubmitOrShow, Kw::Hole, Kw::ByPost, Kw::ByWeb];

/// What follows the label.
pub(super) fn dossier(cx: &mut Draft<'_>, mut reader: Reader<'_>, entry: &Entry) -> Dossier {
    let mut dossier = Dossier::default();
    if reader.eat_kind(TokenKind::Colon).is_some() {
        let start = reader.here();
        if reader.is(Kw::Not) || reader.is(Kw::None) {
            let kw = reader.word().unwrap_or(Kw::Not);
            reader.eat_as(cx, kw, Kw::None);
            dossier.none = true;
        } else if super::hole(cx, &mut reader).is_some() {
            dossier.sets = Some(Setting::Hole);
        } else if let Some(count) = quantity::count(cx, &mut reader) {
            if reader.eat(cx, Kw::Sets).is_some() {
                quantity::counted(cx, Number::whole(i64::from(count.value)), Kw::Sets);
            } else {
                reader.expected(cx, "“bộ” sau số lượng", "“sets” after the number");
            }
            dossier.sets = Some(Setting::Given(count.value));
        } else {
            reader.expected(cx, "số bộ hồ sơ, như 01 bộ", "the number of sets, as 01 set");
        }
        dossier.sets_span = Some(reader.since(start));
    }
    reader.finish(cx);
    for inner in inside(cx, entry) {
        item(cx, &inner, &mut dossier);
    }
    dossier
}

fn item(cx: &mut Draft<'_>, entry: &Entry, dossier: &mut Dossier) {
    let mut reader = reader(cx, entry);
    match reader.word() {
        Some(Kw::Submit) => document(cx, entry, reader, Kw::Submit, Delivery::Submit, dossier),
        Some(Kw::Show) => document(cx, entry, reader, Kw::Show, Delivery::Show, dossier),
        Some(Kw::SubmitOrShow) => document(cx, entry, reader, Kw::SubmitOrShow, Delivery::Either, dossier),
        Some(Kw::Hole) => document(cx, entry, reader, Kw::Hole, Delivery::Hole, dossier),
        Some(kw @ (Kw::ByPost | Kw::ByWeb)) => {
            reader.eat_word(cx);
            let copies = if colon(cx, &mut reader) { sent(cx, &mut reader) } else { None };
            reader.finish(cx);
            let slot = if kw == Kw::ByPost { &mut dossier.by_post } else { &mut dossier.by_web };
            set(cx, slot, copies, entry.head(), None);
        }
        _ => unknown(cx, entry, "thành phần hồ sơ", "the dossier", KNOWN),
    }
}

/// `01 bản sao chứng thực`
fn sent(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Copies> {
    let start = reader.here();
    let count = quantity::count(cx, reader).map_or(1, |count| count.value);
    let Some(kind) = reader.word().and_then(copy_kind) else {
        reader.expected(cx, "loại bản, như 01 bản sao có chứng thực", "a kind of copy, as 01 certified copy");
        return None;
    };
    reader.eat_word(cx);
    let count = Setting::Given(Amount::Number(Number::whole(i64::from(count))));
    Some(Copies { kind, count, span: reader.since(start) })
}

pub(super) fn copy_kind(kw: Kw) -> Option<CopyKind> {
    Some(match kw {
        Kw::Original => CopyKind::Original,
        Kw::Copy => CopyKind::Copy,
        Kw::CertifiedCopy => CopyKind::CertifiedCopy,
        Kw::OriginalOrCertified => CopyKind::OriginalOrCertified,
        Kw::CopyWithOriginal => CopyKind::CopyWithOriginal,
        Kw::CopyFromRegister => CopyKind::CopyFromRegister,
        Kw::Photocopy => CopyKind::Photocopy,
        Kw::Electronic => CopyKind::Electronic,
        _ => return None,
    })
}

/// `bản chính: 01`, `bản sao: số-bản`, `bản điện tử`
pub(super) fn copies(cx: &mut Draft<'_>, reader: &mut Reader<'_>, kind: CopyKind) -> Option<Copies> {
    let start = reader.here();
    reader.eat_word(cx);
    if reader.is_done() {
        let count = Setting::Given(Amount::Number(Number::whole(1)));
        return Some(Copies { kind, count, span: reader.since(start) });
    }
    if !colon(cx, reader) {
        return None;
    }
    if let Some(number) = reader.peek().filter(|token| token.kind == TokenKind::Number) {
        quantity::counts(cx, number.span);
    }
    let value = case::value(cx, reader, amount::amount)?;
    if reader.is(Kw::Or) {
        let help = say!(
            cx.lang,
            "số lượng chỉ là một con số; viết: bản chính hoặc bản sao có chứng thực: 01",
            "a count is one number; write: original or certified copy: 01"
        );
        reader.expected_or(cx, "một con số", "one number", Some(help));
        return None;
    }
    Some(Copies { kind, count: value.setting, span: reader.since(start) })
}

const PROPERTIES: &[Kw] = &[
    Kw::Original,
    Kw::Copy,
    Kw::CertifiedCopy,
    Kw::OriginalOrCertified,
    Kw::CopyWithOriginal,
    Kw::Electronic,
    Kw::Form,
    Kw::When,
    Kw::OneOf,
    Kw::TakenFrom,
    Kw::Valid,
    Kw::Note,
];

fn document(
    cx: &mut Draft<'_>,
    entry: &Entry,
    mut reader: Reader<'_>,
    kw: Kw,
    delivery: Delivery,
    dossier: &mut Dossier,
) {
    let word = reader.eat(cx, kw);
    let id = reference::new_id(cx, &mut reader);
    let Some(name) = reader.text(cx) else {
        let help =
            say!(cx.lang, "viết: nộp \"Tên giấy tờ\" {{ bản chính: 01 }}", "write: submit \"Name\" {{ original: 01 }}");
        reader.expected_or(cx, "tên giấy tờ trong ngoặc kép", "the document's name in quotes", Some(help));
        return;
    };
    if delivery == Delivery::Hole {
        cx.holes.push(crate::model::Hole { span: word.unwrap_or(name.span), what: name.value.clone() });
    }
    let cites = citation::citations(cx, &mut reader);
    reader.finish(cx);
    let mut document = Document {
        delivery,
        id,
        name,
        cites,
        copies: Vec::new(),
        form: None,
        when: None,
        one_of: Vec::new(),
        taken_from: Vec::new(),
        notes: Vec::new(),
        valid: Period::default(),
        head: entry.head(),
        span: entry.span,
    };
    for inner in inside(cx, entry) {
        property(cx, &inner, &mut document);
    }
    dossier.documents.push(document);
}

fn property(cx: &mut Draft<'_>, entry: &Entry, document: &mut Document) {
    let mut reader = reader(cx, entry);
    let span = entry.head();
    if let Some(kind) = reader.word().and_then(copy_kind) {
        if let Some(copies) = copies(cx, &mut reader, kind) {
            match document.copies.iter().find(|other| other.kind == kind) {
                Some(first) => {
                    let first = first.span;
                    set(cx, &mut Some(()), Some(()), span, Some(first));
                }
                None => document.copies.push(copies),
            }
        }
        return reader.finish(cx);
    }
    let Some(kw) = reader.word() else { return unknown(cx, entry, "giấy tờ", "a document", PROPERTIES) };
    match kw {
        Kw::Form => {
            reader.eat_word(cx);
            let form = case::property(cx, reader, entry, form);
            set(cx, &mut document.form, form, span, None);
            return;
        }
        Kw::When => {
            reader.eat_word(cx);
            if colon(cx, &mut reader) {
                let when = condition::condition(cx, &mut reader);
                set(cx, &mut document.when, when, span, None);
            }
        }
        Kw::OneOf => {
            reader.eat_word(cx);
            if colon(cx, &mut reader) {
                document.one_of.extend(list(cx, &mut reader, quoted).unwrap_or_default());
            }
        }
        Kw::TakenFrom => {
            reader.eat_word(cx);
            if colon(cx, &mut reader) {
                document.taken_from.extend(list(cx, &mut reader, source).unwrap_or_default());
            }
        }
        Kw::Valid => {
            reader.eat_word(cx);
            if colon(cx, &mut reader) {
                document.valid = amount::valid(cx, &mut reader);
            }
        }
        Kw::Note => {
            reader.eat_word(cx);
            document.notes.extend(note(cx, &mut reader));
        }
        _ => return unknown(cx, entry, "giấy tờ", "a document", PROPERTIES),
    }
    close(cx, reader, entry);
}

/// A form of the register, or its name in quotes.
pub(super) fn form(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Ref> {
    if let Some(text) = reader.text(cx) {
        return Some(Ref { key: RefKey::Label(text.value), span: text.span });
    }
    let id = reference::registered(cx, reader, Register::Forms, "mã biểu mẫu", "a form")?;
    Some(Ref { key: RefKey::Id(id.value), span: id.span })
}

fn source(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Ref> {
    if let Some(text) = reader.text(cx) {
        return Some(Ref { key: RefKey::Label(text.value), span: text.span });
    }
    let Spanned { value, span } =
        reference::registered(cx, reader, Register::Sources, "mã cơ sở dữ liệu", "a data source")?;
    Some(Ref { key: RefKey::Id(value), span })
}
