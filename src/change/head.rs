//! The fields at the head of a procedure.

use super::cases::How;
use super::lists::Placed;
use super::same::{Same, same_set};
use super::{At, Diff, Field, Part, Trend, What};
use crate::model::{ByCase, ChannelUse, Citation, Part as Bundled, PartOf, RefKey, Slot};
use crate::plan::Wording;
use crate::plan::wording::uncapitalised;
use crate::source::Spanned;

impl<'a> Diff<'a> {
    pub(super) fn head(&mut self) {
        let (old, new) = self.bodies();
        self.slot(Part::Field, (&old.field, &new.field), &|words, field| match &field.key {
            RefKey::Id(id) => {
                words.registers.fields.get(id.as_str()).map_or_else(|| id.to_string(), |one| one.name.clone())
            }
            other => other.to_string(),
        });
        self.listed(Part::Levels, &old.levels, &new.levels, &|words, level| words.level(*level).to_owned());
        self.listed(Part::Applicants, &old.applicants, &new.applicants, &|words, one| words.applicant(one));
        self.agencies(Part::DecidedBy, &old.decided_by, &new.decided_by, |words, agency| words.agency(agency));
        self.agencies(Part::Consulted, &old.consulted, &new.consulted, |words, agency| words.agency(agency));
        self.agencies(Part::ReceivedAt, &old.received_at, &new.received_at, |words, place| {
            words.receiving_places(&[Spanned::new(place.clone(), crate::source::Span::default())])
        });
        self.channels();
        self.slot(Part::Period, (&old.valid, &new.valid), &|words, period| words.period(period));
        self.slot(Part::Transition, (&old.transition, &new.transition), &|words, one| words.transition(one));
        self.listed(Part::Replaces, &old.replaces, &new.replaces, &|_, code| code.to_string());
        self.basis();
        self.announced();
        self.slot(Part::Page, (&old.page, &new.page), &|_, page| page.value.clone());
        self.slot(Part::BasedOn, (&old.based_on, &new.based_on), &|words, act| words.act(act));
        self.bundle();
        self.other_duties();
        let window = (old.filing_window.as_ref(), new.filing_window.as_ref());
        let window = (window.0.map(|laid| &laid.value), window.1.map(|laid| &laid.value));
        self.value(&At::part(Part::FilingWindow), window, &|words, limit| words.limit(limit), super::deadlines::trend);
        self.texts(Part::Notes, &old.notes, &new.notes);
        self.texts(Part::Contacts, &old.contacts, &new.contacts);
    }

    /// A list of agencies or places, which may hang on the case.
    fn agencies<T: Same>(
        &mut self,
        part: Part,
        old: &'a Slot<ByCase<Vec<Spanned<T>>>>,
        new: &'a Slot<ByCase<Vec<Spanned<T>>>>,
        say: fn(&Wording<'_>, &T) -> String,
    ) {
        let at = At::part(part);
        let (old, new) = (old.as_ref().map(|laid| &laid.value), new.as_ref().map(|laid| &laid.value));
        fn plain<T>(by: Option<&ByCase<Vec<Spanned<T>>>>) -> Option<Placed<'_, T>> {
            let Some(by) = by else { return Some(Vec::new()) };
            let general = by.general.as_ref()?.setting.given().filter(|_| by.rules.is_empty())?;
            Some(general.iter().map(|one| (&one.value, one.span)).collect())
        }
        match (plain(old), plain(new)) {
            (Some(before), Some(after)) => {
                self.list(&at, before, after, &say);
                let general = |by: Option<&'a ByCase<_>>| by.and_then(|by| by.general.as_ref());
                let (old, new) = (general(old), general(new));
                if let (Some(old), Some(new)) = (old, new) {
                    self.cites(&at.places(Some(old.span), Some(new.span)), &old.cites, &new.cites);
                }
            }
            (_, _) => {
                let all = |words: &Wording<'_>, all: &Vec<Spanned<T>>| {
                    all.iter().map(|one| say(words, &one.value)).collect::<Vec<_>>().join("; ")
                };
                self.by_case(
                    &at,
                    (old, new),
                    &How { same: |names, a, b| same_set(a, b, names), say: &all, trend: |_, _| Trend::Other },
                );
            }
        }
    }

    fn channels(&mut self) {
        let (old, new) = self.bodies();
        fn all(slot: &Slot<Vec<ChannelUse>>) -> &[ChannelUse] {
            slot.as_ref().map_or(&[], |laid| &laid.value)
        }
        let (old, new) = (all(&old.channels), all(&new.channels));
        for used in old.iter().filter(|one| !new.iter().any(|other| one.channel == other.channel)) {
            let at = At { of: Some(self.old.channel(used)), old: Some(used.span), ..At::part(Part::Channels) };
            self.note(at, What::Removed { said: None });
        }
        for used in new {
            match old.iter().find(|one| one.channel == used.channel) {
                None => {
                    let at = At { of: Some(self.new.channel(used)), new: Some(used.span), ..At::part(Part::Channels) };
                    self.note(at, What::Added { says: None });
                }
                Some(before) => {
                    let of = Some(self.new.channel_word(used.channel).to_owned());
                    let at = At { of, old: Some(before.span), new: Some(used.span), ..At::part(Part::Channels) };
                    if before.online != used.online {
                        let plain = |words: &Wording<'_>, used: &ChannelUse| {
                            uncapitalised(&words.channel(&ChannelUse { cites: Vec::new(), ..used.clone() }))
                        };
                        let (was, is) = (plain(&self.old, before), plain(&self.new, used));
                        self.became(at.field(Field::Online), Some(was), Some(is), Trend::Other);
                    }
                    self.cites(&at, &before.cites, &used.cites);
                }
            }
        }
    }

    fn basis(&mut self) {
        let (old, new) = self.bodies();
        fn all(slot: &Slot<Vec<Citation>>) -> Placed<'_, Citation> {
            slot.iter().flat_map(|laid| &laid.value).map(|cite| (cite, cite.span)).collect()
        }
        self.list(&At::part(Part::Basis), all(&old.basis), all(&new.basis), &|words, cite| words.citation(cite));
    }

    fn announced(&mut self) {
        let (old, new) = self.bodies();
        let pair = (old.announced.as_ref(), new.announced.as_ref());
        let pair = (pair.0.map(|laid| &laid.value), pair.1.map(|laid| &laid.value));
        self.value(&At::part(Part::Announced), pair, &|words, act| words.act(act), |_, _| Trend::Other);
    }

    fn bundle(&mut self) {
        let (old, new) = self.bodies();
        fn all(slot: &Slot<Vec<Bundled>>) -> Placed<'_, Bundled> {
            slot.iter().flat_map(|laid| &laid.value).map(|part| (part, part.span)).collect()
        }
        self.list(&At::part(Part::Bundle), all(&old.parts), all(&new.parts), &|words, part| {
            let name = match &part.what {
                PartOf::Procedure(code) => code.value.to_string(),
                PartOf::Text(text) => format!("“{}”", text.value),
            };
            let conditions = part.when.iter().chain(&part.given).map(|one| words.condition(one));
            let said: Vec<String> = conditions.collect();
            if said.is_empty() { name } else { format!("{name} ({})", said.join("; ")) }
        });
    }

    fn other_duties(&mut self) {
        let (old, new) = self.bodies();
        self.listed(Part::OtherDuties, &old.other_duties, &new.other_duties, &|_, text| format!("“{text}”"));
    }
}
