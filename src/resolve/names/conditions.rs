//! What conditions and formulas name: facts, their choices, and channels.

use super::Lookup;
use crate::lang::{Lang, say};
use crate::model::facts::FactKind;
use crate::model::{Atom, ByCase, Channel, Expr, Id, Subject, Test};
use crate::source::{Span, Spanned};
use crate::syntax::codes;

impl Lookup<'_> {
    pub(super) fn facts(&mut self) {
        for fact in &self.body.facts {
            if let FactKind::Derived(condition) = &fact.kind {
                self.condition(condition);
            }
        }
    }

    pub(super) fn condition(&mut self, condition: &Expr) {
        for (subject, test, span) in condition.tests() {
            self.test(subject, test, span);
        }
    }

    fn test(&mut self, subject: &Subject, test: &Test, span: Span) {
        match subject {
            Subject::Channel(_) => {
                for atom in test.atoms() {
                    if !matches!(atom.value, Atom::Channel(_)) {
                        let message = say!(
                            self.lang,
                            "cách thức chỉ là trực tiếp, trực tuyến hoặc bưu chính",
                            "a channel is in person, online or by public post"
                        );
                        self.error(codes::VALUE_OF_ANOTHER_KIND, atom.span, message);
                    } else {
                        self.channel_is_offered(atom);
                    }
                }
            }
            Subject::Fact(id) => self.fact_test(id, test, span),
            Subject::Field(_) | Subject::Outcome(_) | Subject::Level(_) | Subject::Procedure(_) | Subject::Every(_) => {
                let message =
                    say!(self.lang, "điều kiện này chỉ dùng trong “quy định”", "this condition belongs into a norm");
                self.error(codes::VALUE_OF_ANOTHER_KIND, subject.span(), message);
            }
        }
    }

    /// A condition on a channel that the procedure does not have can never hold.
    fn channel_is_offered(&mut self, atom: &Spanned<Atom>) {
        let Atom::Channel(channel) = atom.value else { return };
        let Some(offered) = &self.body.channels else { return };
        if offered.iter().any(|offer| offer.channel == channel) {
            return;
        }
        let name = channel_name(channel, self.lang);
        let message = say!(self.lang, "thủ tục không có cách thức {name}", "the procedure is not offered {name}");
        let note = say!(self.lang, "các cách thức đã khai", "the channels given");
        let first = offered.span;
        self.error(codes::VALUE_OF_ANOTHER_KIND, atom.span, message).also(first, note);
    }

    fn fact_test(&mut self, id: &Spanned<Id>, test: &Test, span: Span) {
        let Some(fact) = self.scope.facts.get(id.value.as_str()).copied() else {
            if !self.scope.knows_fact(&id.value) {
                self.unknown_fact(id);
            } else if *test != Test::Holds {
                self.wrong_test(span, id, ("có hoặc không", "yes or no"));
            }
            return;
        };
        let atoms = test.atoms();
        match &fact.kind {
            FactKind::Boolean | FactKind::Derived(_) => {
                if *test != Test::Holds {
                    self.wrong_test(span, id, ("có hoặc không", "yes or no"));
                }
            }
            FactKind::OneOf(choices) | FactKind::SomeOf(choices) => {
                if *test == Test::Holds {
                    self.wrong_test(span, id, ("một lựa chọn", "a choice"));
                }
                let some = matches!(fact.kind, FactKind::SomeOf(_));
                if some && matches!(test, Test::Is(_) | Test::IsNot(_) | Test::In(_)) {
                    let name = &id.value;
                    let message = say!(
                        self.lang,
                        "`{name}` có thể gồm nhiều lựa chọn, nên hỏi bằng “gồm”",
                        "`{name}` holds several choices: ask with “includes”"
                    );
                    self.error(codes::VALUE_OF_ANOTHER_KIND, span, message);
                }
                let known: Vec<&str> = choices.iter().map(|choice| choice.id.value.as_str()).collect();
                for atom in atoms {
                    match &atom.value {
                        Atom::Id(choice) if known.contains(&choice.as_str()) => {}
                        Atom::Id(choice) => self.unknown(choice, atom.span, ("lựa chọn", "choice"), known.clone()),
                        Atom::Channel(_) | Atom::Number(_) | Atom::Date(_) | Atom::Code(_) => {
                            self.wrong_test(atom.span, id, ("một lựa chọn", "a choice"));
                        }
                    }
                }
            }
            FactKind::Integer(_) | FactKind::Decimal(_) => {
                if *test == Test::Holds || atoms.iter().any(|atom| !matches!(atom.value, Atom::Number(_))) {
                    self.wrong_test(span, id, ("một số", "a number"));
                }
            }
            FactKind::Date => {
                if *test == Test::Holds || atoms.iter().any(|atom| !matches!(atom.value, Atom::Date(_))) {
                    self.wrong_test(span, id, ("một ngày", "a date"));
                }
            }
            FactKind::Hole => {}
        }
    }

    fn wrong_test(&mut self, span: Span, id: &Spanned<Id>, kind: (&str, &str)) {
        let name = &id.value;
        let (vi, en) = kind;
        let message = say!(
            self.lang,
            "`{name}` là {vi}, không hỏi được như thế này",
            "`{name}` is {en} and cannot be asked like this"
        );
        let help = match vi {
            "có hoặc không" => say!(self.lang, "viết: {name} hoặc không {name}", "write: {name} or not {name}"),
            "một lựa chọn" => say!(
                self.lang,
                "viết: {name} là …, hoặc {name} thuộc (…, …)",
                "write: {name} is …, or {name} in (…, …)"
            ),
            _ => say!(
                self.lang,
                "viết: {name} từ …, {name} trên …, {name} dưới …",
                "write: {name} from …, {name} above …, {name} below …"
            ),
        };
        self.error(codes::VALUE_OF_ANOTHER_KIND, span, message).help(help);
    }

    /// An unknown fact; where it is a choice of one, say so: people write `việc là a hoặc b`.
    fn unknown_fact(&mut self, id: &Spanned<Id>) {
        let of = self.body.facts.iter().find(|fact| match &fact.kind {
            FactKind::OneOf(choices) | FactKind::SomeOf(choices) => {
                choices.iter().any(|choice| choice.id.value == id.value)
            }
            _ => false,
        });
        match of {
            Some(fact) => {
                let (name, choice) = (&fact.id.value, &id.value);
                let message = say!(
                    self.lang,
                    "“{choice}” đứng một mình không phải điều kiện",
                    "“{choice}” alone is not a condition"
                );
                let help = say!(
                    self.lang,
                    "viết: {name} là {choice}, hoặc {name} thuộc (…, {choice})",
                    "write: {name} is {choice}, or {name} in (…, {choice})"
                );
                self.error(codes::VALUE_ALONE, id.span, message).help(help);
            }
            None => {
                let known = self.scope.fact_names();
                let known: Vec<&str> =
                    known.iter().filter(|name| self.scope.facts.contains_key(**name)).copied().collect();
                let owned: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
                self.unknown(&id.value, id.span, ("trường hợp", "fact"), owned.iter().map(String::as_str).collect());
            }
        }
    }

    pub(super) fn rules<T>(&mut self, value: &ByCase<T>) {
        for rule in value.all_rules() {
            self.condition(&rule.when);
        }
    }

    /// A fact that is counted or multiplied.
    pub(super) fn number_fact(&mut self, id: &Spanned<Id>) {
        match self.scope.facts.get(id.value.as_str()).map(|fact| &fact.kind) {
            Some(FactKind::Integer(_) | FactKind::Decimal(_) | FactKind::Hole) => {}
            Some(_) => {
                let name = &id.value;
                let message = say!(self.lang, "`{name}` không phải một số", "`{name}` is not a number");
                self.error(codes::VALUE_OF_ANOTHER_KIND, id.span, message);
            }
            None => self.unknown_fact(id),
        }
    }
}

fn channel_name(channel: Channel, lang: Lang) -> &'static str {
    match (channel, lang) {
        (Channel::InPerson, Lang::Vi) => "trực tiếp",
        (Channel::Online, Lang::Vi) => "trực tuyến",
        (Channel::Post, Lang::Vi) => "bưu chính",
        (Channel::InPerson, Lang::En) => "in person",
        (Channel::Online, Lang::En) => "online",
        (Channel::Post, Lang::En) => "by public post",
    }
}
