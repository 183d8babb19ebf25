//! What changes for a procedure, and on which day: its own validity, what is laid over it, and the acts it rests on.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Lacks, Unknown};
use crate::compile::Catalogue;
use crate::model::{Body, Overlay, Procedure, Register};
use crate::resolve::Registers;
use crate::resolve::act_number;
use crate::resolve::registers::{Act, ActKind};

/// Who announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publisher {
    Ministry,
    Province,
}

/// What happens to a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    New,
    /// Another regime of it begins.
    Amended,
    /// An act that it rests on takes effect.
    BasisBegins,
    /// An act amends one that it rests on, and it does not cite that act yet.
    BasisAmended,
    /// An act that it rests on ends.
    BasisEnds,
    Abolished,
}

/// A change of a procedure on a day.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    pub change: Change,
    /// The first day on which it holds.
    pub from: Date,
    /// The act that brings it, where the register knows one of that day.
    pub act: Option<&'a Act>,
    /// The act that ends or is amended.
    pub of: Option<&'a Act>,
    /// The place that sets it for itself, or whose list is asked for.
    pub place: Option<&'a str>,
    pub publisher: Publisher,
    /// The decision that announces it, as far as is known.
    pub decision: Option<&'a Act>,
}

impl PartialEq for Event<'_> {
    fn eq(&self, other: &Self) -> bool {
        let id = |act: Option<&Act>| act.map(|act| act.id.to_string());
        (self.change, self.from, self.place, self.publisher) == (other.change, other.from, other.place, other.publisher)
            && id(self.act) == id(other.act)
            && id(self.of) == id(other.of)
            && id(self.decision) == id(other.decision)
    }
}

/// Events with the procedure each is of, and what is not known.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub(super) events: Vec<(Event<'a>, (&'a str, &'a str))>,
    pub(super) unknown: Vec<Unknown<'a>>,
}

/// Every event from a day on.
pub(super) fn of(catalogue: &Catalogue, since: Date) -> Found<'_> {
    let mut found = Found::default();
    for procedure in &catalogue.procedures {
        let mut of_one = OfOne { catalogue, procedure, since, found: &mut found };
        of_one.own_validity();
        of_one.overlays();
        of_one.acts();
    }
    found
}

/// One procedure, and where what is found of it goes.
struct OfOne<'a, 'f> {
    catalogue: &'a Catalogue,
    procedure: &'a Procedure,
    since: Date,
    found: &'f mut Found<'a>,
}

impl<'a> OfOne<'a, '_> {
    fn registers(&self) -> &'a Registers {
        &self.catalogue.registers
    }

    fn name(&self) -> (&'a str, &'a str) {
        (&self.procedure.code.value.0, &self.procedure.name.value)
    }

    /// From when it holds, and from when no more.
    fn own_validity(&mut self) {
        let body = &self.procedure.body;
        let Some(valid) = &body.valid else { return };
        let decision = self.announced(body);
        if let Some(from) = &valid.from {
            let act = self.of_day(body, from.value);
            self.event(Change::New, from.value, (act, None), None, decision);
        }
        if let Some(until) = &valid.until {
            let next = day_after(until.value);
            let goes_on = |overlay: &&Overlay| overlay.place.is_none() && overlay.period.contains(next);
            if !self.catalogue.overlays_of(self.procedure).iter().any(goes_on) {
                self.event(Change::Abolished, next, (None, None), None, None);
            }
        }
    }

    /// What begins with something laid over it.
    fn overlays(&mut self) {
        for overlay in self.catalogue.overlays_of(self.procedure) {
            let place = overlay.place.as_ref().map(|place| place.value.as_str());
            if !self.is_asked_for(place) {
                continue;
            }
            let Some(from) = &overlay.period.from else { continue };
            let cited = overlay.cites.iter().find_map(|cite| self.registers().act_meant(&cite.act));
            // A decision numbered without a year sets no procedure: it announces one.
            let announces = |act: &&Act| {
                act.kind == ActKind::Decision
                    && act_number::parse(&act.number).is_some_and(|number| number.year.is_none())
            };
            let decision = self.announced(&overlay.body).or(cited.filter(announces));
            let act = cited.filter(|act| !announces(act));
            self.event(Change::Amended, from.value, (act, None), place, decision);
        }
    }

    /// A place is asked for with `--at`: then what lies on the way to it counts, and without it every place.
    fn is_asked_for(&self, place: Option<&str>) -> bool {
        match (place, self.catalogue.options.place.as_deref()) {
            (None, _) | (_, None) => true,
            (Some(own), Some(asked)) => {
                asked == own || asked.strip_prefix(own).is_some_and(|rest| rest.starts_with('/'))
            }
        }
    }

    /// What happens to the acts it rests on.
    fn acts(&mut self) {
        let (body, registers) = (&self.procedure.body, self.registers());
        let cited = cited(registers, body);
        let decision = self.announced(body);
        if let Some(decision) = decision.filter(|decision| decision.signed.is_none())
            && body.valid.as_ref().and_then(|valid| valid.from.as_ref()).is_some_and(|from| from.value >= self.since)
        {
            self.lacking(decision, Lacks::DecisionSigned);
        }
        let own_begin = body.valid.as_ref().and_then(|valid| valid.from.as_ref()).map(|from| from.value);
        for act in &cited {
            match act.in_force.from {
                Some(from) if Some(from.0) != own_begin && !self.replaces_another(act, &cited) => {
                    self.event(Change::BasisBegins, from.0, (Some(act), None), None, self.announcing(decision, act));
                }
                Some(_) => {}
                None => self.not_dated(act),
            }
            self.end_of(act, decision);
            for amending in act.amended_by.iter().filter_map(|id| registers.acts.get(id.as_str())) {
                if cited.iter().any(|known| known.id == amending.id) {
                    continue;
                }
                match amending.in_force.from {
                    Some(from) => {
                        let announcing = self.announcing(decision, amending);
                        self.event(Change::BasisAmended, from.0, (Some(amending), Some(act)), None, announcing);
                    }
                    None => self.not_dated(amending),
                }
            }
        }
    }

    /// An act that ends, by itself or because another takes its place.
    fn end_of(&mut self, act: &'a Act, decision: Option<&'a Act>) {
        let heirs: Vec<&'a Act> =
            act.replaced_by.iter().filter_map(|id| self.registers().acts.get(id.as_str())).collect();
        let heir = heirs.iter().copied().find(|heir| heir.in_force.from.is_some()).or(heirs.first().copied());
        let ends = act.in_force.until.map(|until| day_after(until.0));
        let begins = heir.and_then(|heir| heir.in_force.from).map(|from| from.0);
        match (begins.or(ends), heir) {
            (Some(day), _) => {
                let announcing = heir.map_or(decision, |heir| self.announcing(decision, heir));
                self.event(Change::BasisEnds, day, (heir, Some(act)), None, announcing);
            }
            (None, Some(heir)) => self.not_dated(heir),
            (None, None) => {}
        }
    }

    /// Whether an act takes the place of another that is cited too: the end of that one tells of both.
    fn replaces_another(&self, act: &Act, cited: &[&'a Act]) -> bool {
        cited.iter().any(|other| other.replaced_by.contains(&act.id))
    }

    /// The decision of a procedure as that of a change: one signed before the act was cannot announce it.
    fn announcing(&self, decision: Option<&'a Act>, act: &Act) -> Option<&'a Act> {
        decision.filter(|decision| match (decision.signed, act.signed, act.in_force.from) {
            (Some(decided), Some(signed), _) => decided.0 >= signed.0,
            (Some(decided), None, Some(from)) => decided.0 >= from.0,
            (Some(_), None, None) => false,
            (None, _, _) => true,
        })
    }

    /// A recent act without the days that limits are counted from.
    fn not_dated(&mut self, act: &'a Act) {
        match (act.signed, act_number::parse(&act.number).and_then(|number| number.year)) {
            (Some(signed), _) if signed.0 >= self.since => self.lacking(act, Lacks::InForce),
            (None, Some(year)) if year >= self.since.year() => self.lacking(act, Lacks::SignedAndInForce),
            _ => {}
        }
    }

    fn lacking(&mut self, act: &'a Act, lacks: Lacks) {
        let name = self.name();
        let known = self.found.unknown.iter_mut().find(|one| one.act.id == act.id && one.lacks == lacks);
        match known {
            Some(known) if known.procedures.contains(&name) => {}
            Some(known) => known.procedures.push(name),
            None => self.found.unknown.push(Unknown { act, lacks, procedures: vec![name] }),
        }
    }

    fn event(
        &mut self,
        change: Change,
        from: Date,
        (act, of): (Option<&'a Act>, Option<&'a Act>),
        place: Option<&'a str>,
        decision: Option<&'a Act>,
    ) {
        if from < self.since {
            return;
        }
        let asked = self.catalogue.options.place.as_deref();
        let provincial = place.or(asked).is_some() || [decision, act].into_iter().flatten().any(is_provincial);
        let publisher = if provincial { Publisher::Province } else { Publisher::Ministry };
        let event = Event { change, from, act, of, place: place.or(asked), publisher, decision };
        let name = self.name();
        if !self.found.events.iter().any(|(known, of)| *known == event && *of == name) {
            self.found.events.push((event, name));
        }
    }

    fn announced(&self, body: &'a Body) -> Option<&'a Act> {
        self.registers().act_meant(body.announced.as_ref()?.value.setting.given()?)
    }

    /// The cited act that takes effect on a day.
    fn of_day(&self, body: &'a Body, day: Date) -> Option<&'a Act> {
        cited(self.registers(), body).into_iter().find(|act| act.in_force.from.is_some_and(|from| from.0 == day))
    }
}

fn day_after(day: Date) -> Date {
    day.saturating_add(1.day())
}

/// Whether an act is one of a province: of its council, committee or one-stop centre.
fn is_provincial(act: &Act) -> bool {
    let bodies = ["Ủy ban nhân dân", "Hội đồng nhân dân", "Trung tâm Phục vụ hành chính công"];
    act.issuer.as_ref().is_some_and(|issuer| bodies.iter().any(|body| issuer.contains(body)))
}

/// The acts that a body cites, each once, without the decision that announces it.
fn cited<'a>(registers: &'a Registers, body: &Body) -> Vec<&'a Act> {
    let announced = body.announced.as_ref().map(|announced| announced.span);
    let inside = |span: crate::source::Span| announced.is_some_and(|own| own.holds(span));
    let mut found: Vec<&Act> = Vec::new();
    for name in body.names.iter().filter(|name| name.register == Register::Acts && !inside(name.span)) {
        if let Some(act) = registers.act(name.key.as_str()).filter(|act| found.iter().all(|known| known.id != act.id)) {
            found.push(act);
        }
    }
    found
}
