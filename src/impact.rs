//! What rests on an act or on one of its articles: procedures with their parts, norms, what places lay over them, forms; and
//! the acts that take its place or amend it.

mod parts;

use crate::compile::Catalogue;
use crate::model::citation::Pins;
use crate::model::{ActRef, Body, Citation};
use crate::plan::Wording;
use crate::resolve::Registers;
use crate::resolve::registers::Act;
use crate::source::Span;

/// What is asked: an act of the register, and the article, clause or point where one is meant.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub act: &'a Act,
    pub pins: Pins,
}

/// Everything that rests on an act.
#[derive(Clone, Debug)]
pub struct Impact {
    /// By the source in which they stand, each with all that rests on it.
    pub places: Vec<Place>,
    /// Forms that the act issues.
    pub forms: Vec<Form>,
    /// Acts that take its place, and acts that amend it.
    pub replaced_by: Vec<String>,
    pub amended_by: Vec<String>,
    /// Acts that it replaces or amends itself.
    pub replaces: Vec<String>,
    pub amends: Vec<String>,
}

impl Impact {
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.forms.is_empty()
    }
}

/// What holds citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Procedure,
    Overlay,
    Norm,
    Subprocess,
}

/// One procedure, layer, norm or shared process.
#[derive(Clone, Debug)]
pub struct Place {
    pub kind: Kind,
    pub code: Option<String>,
    pub name: String,
    /// Where a layer applies.
    pub at: Option<String>,
    pub span: Span,
    pub parts: Vec<Resting>,
}

/// A part that rests on the act.
#[derive(Clone, Debug)]
pub struct Resting {
    /// What it is, in words: `giấy tờ “Tờ khai”`.
    pub what: String,
    /// What it says, where that is short.
    pub says: Option<String>,
    pub cites: String,
    pub span: Span,
}

/// A form of the register.
#[derive(Clone, Debug)]
pub struct Form {
    pub name: String,
    /// The procedures that use it.
    pub used_by: Vec<String>,
}

/// Reads `khoản 4 Điều 20`; `None` where it is no such thing.
pub fn pins(text: &str) -> Option<Pins> {
    let mut pins = Pins::default();
    let mut words = text.split_whitespace().peekable();
    let mut any = false;
    while let Some(word) = words.next() {
        let value = match (
            crate::syntax::fold::fold(word).as_str(),
            words.peek().map(|next| crate::syntax::fold::fold(next)),
        ) {
            ("phụ", Some(next)) if next == "lục" => {
                words.next();
                pins.annex = Some(words.next()?.to_owned());
                true
            }
            ("điểm" | "point", Some(_)) => {
                pins.point = words.next().map(str::to_owned);
                true
            }
            ("khoản" | "clause", Some(_)) => {
                pins.clause = words.next().map(str::to_owned);
                true
            }
            ("điều" | "article", Some(_)) => {
                pins.article = words.next().map(str::to_owned);
                true
            }
            ("annex", Some(_)) => {
                pins.annex = words.next().map(str::to_owned);
                true
            }
            _ => false,
        };
        if !value {
            return None;
        }
        any = true;
    }
    any.then_some(pins)
}

/// Everything in a catalogue that rests on what is asked.
pub fn impact(catalogue: &Catalogue, asked: &Asked<'_>) -> Impact {
    let mut places = Vec::new();
    let words = |body| Wording { lang: catalogue.options.lang, registers: &catalogue.registers, body };
    for one in &catalogue.procedures {
        let parts = parts::of_body(&words(&one.body), asked);
        let code = Some(one.code.value.to_string());
        let place =
            Place { kind: Kind::Procedure, code, name: one.name.value.clone(), at: None, span: one.head, parts };
        places.push(place);
    }
    for one in &catalogue.overlays {
        let own = catalogue.version_on(&one.code.value, catalogue.as_of());
        let mut parts = parts::of_cites(&words(&one.body), &one.cites, asked);
        parts.extend(parts::of_body(&words(&one.body), asked));
        let name = own.map_or_else(String::new, |own| own.name.value.clone());
        let (code, at) = (Some(one.code.value.to_string()), one.place.as_ref().map(|place| place.value.clone()));
        places.push(Place { kind: Kind::Overlay, code, name, at, span: one.head, parts });
    }
    let empty = Body::default();
    for one in &catalogue.norms {
        let parts = parts::of_norm(&words(&empty), one, asked);
        let name = one.name.value.clone();
        places.push(Place { kind: Kind::Norm, code: None, name, at: None, span: one.head, parts });
    }
    for one in &catalogue.subprocesses {
        let parts = parts::of_body(&words(&one.body), asked);
        let name = one.name.value.clone();
        places.push(Place { kind: Kind::Subprocess, code: None, name, at: None, span: one.head, parts });
    }
    places.retain(|place| !place.parts.is_empty());
    let registers = &catalogue.registers;
    let named = |ids: &[crate::model::Id]| {
        ids.iter().map(|id| registers.act(id.as_str()).map_or_else(|| id.to_string(), said)).collect()
    };
    let of = |is: &dyn Fn(&Act) -> bool| registers.acts.iter().filter(|act| is(act)).map(said).collect();
    Impact {
        forms: if asked.pins == Pins::default() { parts::forms(catalogue, asked.act) } else { Vec::new() },
        replaced_by: named(&asked.act.replaced_by),
        amended_by: named(&asked.act.amended_by),
        replaces: of(&|act| act.replaced_by.contains(&asked.act.id)),
        amends: of(&|act| act.amended_by.contains(&asked.act.id)),
        places,
    }
}

/// `Nghị định 87/2020/NĐ-CP (…)`
pub fn said(act: &Act) -> String {
    format!("{} “{}”", act.called(), act.title)
}

/// Whether a citation points at what is asked: at the act, and at the article, if one is asked for. Who cites the article as a
/// whole rests on each of its clauses; who cites only the act may do so, and is asked for with the act.
pub(crate) fn is_meant(cite: &Citation, asked: &Asked<'_>, registers: &Registers) -> bool {
    let part = |own: &Option<String>, asked: &Option<String>| match (own, asked) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(own), Some(asked)) => crate::syntax::fold::fold(own) == crate::syntax::fold::fold(asked),
    };
    // A clause is asked for, and the whole article is cited.
    let within = |own: &Option<String>, asked: &Option<String>| own.is_none() || part(own, asked);
    is_act(&cite.act, asked.act, registers)
        && part(&cite.pins.article, &asked.pins.article)
        && part(&cite.pins.annex, &asked.pins.annex)
        && within(&cite.pins.clause, &asked.pins.clause)
        && within(&cite.pins.point, &asked.pins.point)
}

pub(crate) fn is_act(act: &ActRef, asked: &Act, registers: &Registers) -> bool {
    registers.act_meant(act).is_some_and(|found| found.id == asked.id)
}
