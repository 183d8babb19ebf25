//! Bundles (`gồm`): what a bundle asks for, costs and gives is that of its parts, each thing once.
//!
//! What the bundle says itself stands. Its dossier is the papers it names, and those of its parts in the cases in which
//! the part is asked for: each once, without what it does not ask for (`không phải nộp`) and without what another part hands
//! out. Charges, outcomes and requirements are those of its parts where it says nothing of its own. What the bundle
//! knows of a part (`trường hợp`) is no question any more: conditions are worked out as far as it goes, and only facts that
//! still decide something are taken over. Where two parts call different things by one id, the later one's gets the code of
//! its part as an ending.

mod known;

use crate::model::outcome::Requirement;
use crate::model::{
    Amount, Body, ByCase, CaseRule, Charge, Copies, Document, Dossier, Expr, Fact, FactKind, Id, Laid, Outcome, Part,
    ProcedureCode, Ref, RefKey, Setting, Subject,
};
use crate::source::{Span, Spanned};
use crate::syntax::fold::fold;

use self::known::{Known, Settled};

/// Lays the parts of a bundle under what it says itself.
pub fn gather(body: &mut Body, parts: &[(&Part, &ProcedureCode, &Body)]) {
    let own = body.dossier.as_ref().map_or(0, |dossier| dossier.documents.len());
    let (charges, outcomes) = (body.charges.is_empty(), body.outcomes.is_empty());
    let (requirements, basis) = (body.requirements.is_none(), body.basis.is_none());
    for (part, code, of) in parts {
        let others = parts.iter().filter(|(_, other, _)| other != code).map(|(_, _, of)| *of);
        let made: Vec<String> = others
            .flat_map(|of| &of.outcomes)
            .filter(|outcome| !outcome.negative)
            .map(|outcome| fold(&outcome.name.value))
            .collect();
        let known = Known::of(&part.given, &of.facts);
        let mut taking = Taking { part, code, known, of, mentioned: Vec::new() };
        if let Some(dossier) = &of.dossier {
            taking.papers(body, dossier, &made, own);
        }
        if charges {
            taking.charges(body);
        } else {
            taking.referred_charges(body);
        }
        if outcomes {
            taking.outcomes(body);
        }
        if requirements {
            taking.requirements(body);
        }
        taking.facts(body);
        if basis && let Some(of) = &of.basis {
            let into = body.basis.get_or_insert_with(|| Laid { value: Vec::new(), ..of.clone() });
            let new = of.value.iter().filter(|cite| !into.value.iter().any(|known| known.act.key == cite.act.key));
            let new: Vec<_> = new.cloned().collect();
            into.value.extend(new);
        }
    }
}

/// Taking over what one part says.
struct Taking<'a> {
    part: &'a Part,
    code: &'a ProcedureCode,
    known: Known<'a>,
    of: &'a Body,
    /// Facts of which something that was taken over speaks.
    mentioned: Vec<Id>,
}

impl Taking<'_> {
    /// In which cases of the bundle something of the part holds; nothing where it never does.
    fn when(&mut self, own: Option<&Expr>) -> Option<Option<Expr>> {
        let own = match own.map(|own| self.known.settle(own)) {
            None | Some(Settled::True) => None,
            Some(Settled::False) => return None,
            Some(Settled::Open(own)) => Some(own),
        };
        if let Some(own) = &own {
            self.mention(own);
        }
        Some(match own {
            Some(own) => Some(self.with_part(own)),
            None => self.part.when.clone(),
        })
    }

    fn mention(&mut self, expr: &Expr) {
        for (subject, _, _) in expr.tests() {
            if let Subject::Fact(id) = subject {
                self.mentioned.push(id.value.clone());
            }
        }
    }

    /// A value by case, its conditions worked out as far as is known.
    fn by_case<T: Clone>(&mut self, by: &ByCase<T>) -> ByCase<T> {
        let by = self.known.settle_by_case(by);
        for rule in by.all_rules() {
            self.mention(&rule.when);
        }
        by
    }

    fn amount(&mut self, amount: &Amount) {
        self.mentioned.extend(amount.facts().into_iter().map(|id| id.value.clone()));
    }

    fn copies(&mut self, copies: &[Copies]) {
        for copies in copies {
            if let Setting::Given(count) = &copies.count {
                self.amount(count);
            }
        }
    }

    fn papers(&mut self, body: &mut Body, dossier: &Laid<Dossier>, made: &[String], own: usize) {
        let mut new: Vec<Document> = Vec::new();
        let known = body.dossier.as_ref().map_or(&[][..], |dossier| &dossier.documents);
        for document in &dossier.documents {
            let name = fold(&document.name.value);
            if self.part.without.iter().any(|without| is(without, document)) || made.contains(&name) {
                continue;
            }
            let same_id = |one: &&Document| one.id.is_some() && id_of(one) == id_of(document);
            if known[known.len() - own..].iter().any(|one| same_id(&one) || fold(&one.name.value) == name) {
                continue;
            }
            let Some(when) = self.when(document.when.as_ref()) else { continue };
            self.copies(&document.copies);
            let form = document.form.as_ref().map(|form| self.by_case(form));
            let id =
                document.id.clone().map(|id| self.own_id(id, known.iter().any(|one| id_of(one) == id_of(document))));
            new.push(Document { id, when, form, ..document.clone() });
        }
        let empty = || Laid { value: Dossier { documents: Vec::new(), ..dossier.value.clone() }, ..dossier.clone() };
        let into = &mut body.dossier.get_or_insert_with(empty).value.documents;
        // Those of the parts come first, then what the bundle adds.
        let mut before = into.len() - own;
        for document in new {
            let name = fold(&document.name.value);
            match into[..before].iter_mut().find(|one| fold(&one.name.value) == name) {
                Some(same) => same.when = either(same.when.take(), document.when),
                None => {
                    into.insert(before, document);
                    before += 1;
                }
            }
        }
    }

    fn charges(&mut self, body: &mut Body) {
        for laid in &self.of.charges {
            let Some(when) = self.when(laid.when.as_ref()) else { continue };
            let charge = &laid.value;
            let amount = charge.amount.as_ref().map(|by| self.by_case(by));
            let by_case = amount.iter().flat_map(ByCase::values).filter_map(|value| value.setting.given());
            let amounts = by_case.chain(&charge.multiplied_by).chain(&charge.maximum).chain(&charge.minimum);
            for amount in amounts.cloned().collect::<Vec<_>>() {
                self.amount(&amount);
            }
            body.charges.push(Laid { value: Charge { when, amount, ..charge.clone() }, ..laid.clone() });
        }
    }

    /// A charge of the bundle that is `theo thủ tục` of the part: what the part says of its one charge of that kind.
    fn referred_charges(&mut self, body: &mut Body) {
        for charge in &mut body.charges {
            let kind = charge.value.kind;
            let Some(by) = &mut charge.value.amount else { continue };
            let Some(general) = &by.general else { continue };
            if !matches!(&general.setting, Setting::OfProcedure(code) if code == self.code) {
                continue;
            }
            let mut own = self.of.charges.iter().filter(|one| one.value.kind == kind);
            let (Some(own), None) = (own.next(), own.next()) else { continue };
            let Some(own) = own.value.amount.as_ref().map(|own| self.by_case(own)) else { continue };
            let Some(amount) = own.general else { continue };
            let values = own.rules.iter().flat_map(|rule| &rule.value).chain([&amount]);
            for given in values.filter_map(|value| value.setting.given()).cloned().collect::<Vec<_>>() {
                self.amount(&given);
            }
            by.general = Some(amount);
            // Beside rules of the bundle those of the part hold where the part is asked for.
            let rules = own.rules.into_iter().map(|rule| CaseRule { when: self.with_part(rule.when.clone()), ..rule });
            by.rules.extend(rules);
        }
    }

    /// A condition of the part, where the part is asked for.
    fn with_part(&self, own: Expr) -> Expr {
        let span = own.span();
        match self.part.when.clone() {
            Some(part) => Expr::And(vec![part, own], span),
            None => own,
        }
    }

    fn outcomes(&mut self, body: &mut Body) {
        for laid in &self.of.outcomes {
            let name = fold(&laid.name.value);
            let same = |one: &Laid<Outcome>| {
                fold(&one.name.value) == name
                    || one.code.is_some()
                        && one.code.as_ref().map(|code| &code.value) == laid.code.as_ref().map(|code| &code.value)
            };
            if body.outcomes.iter().any(same) {
                continue;
            }
            let Some(when) = self.when(laid.when.as_ref()) else { continue };
            self.copies(&laid.copies);
            let taken = |id: &Spanned<Id>| {
                body.outcomes.iter().any(|one| one.id.as_ref().is_some_and(|known| known.value == id.value))
            };
            let id = laid.id.clone().map(|id| {
                let taken = taken(&id);
                self.own_id(id, taken)
            });
            let form = laid.form.as_ref().map(|form| self.by_case(form));
            body.outcomes.push(Laid { value: Outcome { id, when, form, ..laid.value.clone() }, ..laid.clone() });
        }
    }

    fn requirements(&mut self, body: &mut Body) {
        let Some(of) = &self.of.requirements else { return };
        let into = body.requirements.get_or_insert_with(|| Laid { value: Vec::new(), ..of.clone() });
        for one in &of.value {
            let text = fold(&one.text.value);
            if into.value.iter().any(|known| fold(&known.text.value) == text) {
                continue;
            }
            let Some(when) = self.when(one.when.as_ref()) else { continue };
            let taken = into.value.iter().any(|known| known.id.is_some() && id_value(&known.id) == id_value(&one.id));
            let id = one.id.clone().map(|id| self.own_id(id, taken));
            into.value.push(Requirement { id, when, ..one.clone() });
        }
    }

    /// The facts that decide something in what was taken over, and those that they are derived from.
    fn facts(&mut self, body: &mut Body) {
        while let Some(id) = self.mentioned.pop() {
            let Some(fact) = self.of.facts.iter().find(|fact| fact.value.id.value == id) else { continue };
            if body.facts.iter().any(|known| known.value.id.value == id) {
                continue;
            }
            let kind = match &fact.value.kind {
                FactKind::Derived(from) => {
                    let Settled::Open(from) = self.known.settle(from) else { continue };
                    self.mention(&from);
                    FactKind::Derived(from)
                }
                other => other.clone(),
            };
            body.facts.push(Laid { value: Fact { kind, ..fact.value.clone() }, ..fact.clone() });
        }
    }

    /// An id that is taken already gets the code of the part as an ending.
    fn own_id(&self, id: Spanned<Id>, taken: bool) -> Spanned<Id> {
        if taken { Spanned::new(Id::new(&format!("{}-{}", id.value, self.code)), id.span) } else { id }
    }
}

fn id_of(document: &Document) -> Option<&Id> {
    id_value(&document.id)
}

fn id_value(id: &Option<Spanned<Id>>) -> Option<&Id> {
    id.as_ref().map(|id| &id.value)
}

/// Whether a name means a paper: its id, or its label.
pub(crate) fn is(name: &Ref, document: &Document) -> bool {
    match &name.key {
        RefKey::Id(id) => id_of(document) == Some(id),
        RefKey::Label(label) => fold(label) == fold(&document.name.value),
        RefKey::Kind(..) => false,
    }
}

/// One of two conditions; no condition is always.
fn either(one: Option<Expr>, other: Option<Expr>) -> Option<Expr> {
    let (one, other) = (one?, other?);
    let span: Span = one.span();
    Some(if one == other { one } else { Expr::Or(vec![one, other], span) })
}
