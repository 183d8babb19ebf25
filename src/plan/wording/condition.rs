//! Conditions in words, as they follow “khi”.

use jiff::civil::Date;

use super::{Wording, long_date};
use crate::lang::Lang;
use crate::model::facts::FactKind;
use crate::model::quantity::short_date;
use crate::model::{Atom, Channel, Expr, Fact, Id, Subject, Test};
use crate::source::Spanned;

/// Verbs at the head of a fact's name.
const DENIED: [&str; 12] =
    ["có ", "phải ", "thuộc ", "là ", "ở ", "được ", "cần ", "nộp ", "đã ", "bị ", "đạt ", "yêu cầu "];

impl Wording<'_> {
    fn fact(&self, id: &Id) -> Option<&Fact> {
        self.body.facts.iter().map(|laid| &laid.value).find(|fact| fact.id.value == *id)
    }

    /// What kind of fact an id is, where the procedure gives it.
    pub fn fact_kind(&self, id: &Id) -> Option<&FactKind> {
        self.fact(id).map(|fact| &fact.kind)
    }

    /// A choice of a fact, in quotes.
    pub fn choice_name(&self, fact: &Id, choice: &Id) -> String {
        self.atom(&Atom::Id(choice.clone()), self.fact(fact))
    }

    /// A channel as the language writes it.
    pub fn channel_word(&self, channel: Channel) -> &'static str {
        match channel {
            Channel::InPerson => self.pick("trực tiếp", "in person"),
            Channel::Online => self.pick("trực tuyến", "online"),
            Channel::Post => self.pick("bưu chính", "by public post"),
        }
    }

    /// What a fact is called in a sentence.
    pub fn fact_name(&self, id: &Id) -> String {
        let own = self.fact(id).and_then(|fact| fact.label.as_ref()).map(|label| label.value.clone());
        let requirement = || {
            let all = self.body.requirements.iter().flat_map(|all| &all.value);
            all.clone()
                .find(|one| one.id.as_ref().is_some_and(|known| known.value == *id))
                .map(|one| one.text.value.clone())
        };
        let shared = || self.registers.shared_fact(id).map(|fact| fact.label.clone());
        let name = own.or_else(requirement).or_else(shared).unwrap_or_else(|| id.as_str().replace('-', " "));
        self.in_sentence(&name)
    }

    /// A condition, as it follows “trường hợp”.
    pub fn condition(&self, condition: &Expr) -> String {
        match condition {
            Expr::And(parts, _) => self.join(parts, self.pick(" và ", " and "), true),
            Expr::Or(parts, _) => self.join(parts, self.pick(" hoặc ", " or "), true),
            Expr::Not(inner, _) => self.negated(inner),
            Expr::Test { subject, test, .. } => self.test(subject, test),
        }
    }

    fn join(&self, parts: &[Expr], joint: &str, bracket: bool) -> String {
        let texts: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Expr::And(..) | Expr::Or(..) if bracket => format!("({})", self.condition(part)),
                _ => self.condition(part),
            })
            .collect();
        texts.join(joint)
    }

    fn negated(&self, inner: &Expr) -> String {
        match inner {
            Expr::Not(inner, _) => self.condition(inner),
            Expr::Test { subject: Subject::Fact(id), test: Test::Holds, .. } => {
                let name = self.fact_name(&id.value);
                match self.lang {
                    // A name that begins with a verb is denied as a sentence is.
                    Lang::Vi if DENIED.iter().any(|verb| name.starts_with(verb)) => format!("không {name}"),
                    Lang::Vi => format!("không thuộc trường hợp “{name}”"),
                    Lang::En => format!("not “{name}”"),
                }
            }
            Expr::Test { .. } => format!("{} {}", self.pick("không phải", "not"), self.condition(inner)),
            Expr::And(..) | Expr::Or(..) => format!("{} ({})", self.pick("không phải", "not"), self.condition(inner)),
        }
    }

    fn test(&self, subject: &Subject, test: &Test) -> String {
        if let Subject::Channel(_) = subject {
            return self.channel_test(test);
        }
        let Subject::Fact(id) = subject else { return String::new() };
        let fact = self.fact(&id.value);
        let name = self.fact_name(&id.value);
        let atom = |atom: &Spanned<Atom>| self.atom(&atom.value, fact);
        let atoms = |all: &[Spanned<Atom>]| all.iter().map(atom).collect::<Vec<_>>().join("; ");
        match test {
            Test::Holds => name,
            Test::Is(value) => format!("{name} {} {}", self.pick("là", "is"), atom(value)),
            Test::IsNot(value) => format!("{name} {} {}", self.pick("không phải", "is not"), atom(value)),
            Test::In(all) => {
                let all: Vec<String> = all.iter().map(atom).collect();
                format!("{name} {} {}", self.pick("là", "is"), all.join(self.pick(" hoặc ", " or ")))
            }
            Test::Exactly(all) => format!("{name}: {}", atoms(all)),
            Test::Includes(value) => format!("{name} {} {}", self.pick("có", "includes"), atom(value)),
            Test::Between(low, None) => {
                format!("{name} {} {}", self.pick("từ", "from"), atom(low)) + self.pick(" trở lên", " up")
            }
            Test::Between(low, Some(high)) => {
                format!("{name} {} {} {} {}", self.pick("từ", "from"), atom(low), self.pick("đến", "to"), atom(high))
            }
            Test::Above(value) => format!("{name} {} {}", self.pick("trên", "above"), atom(value)),
            Test::Below(value) => format!("{name} {} {}", self.pick("dưới", "below"), atom(value)),
            Test::AtMost(value) => format!("{name} {} {}", self.pick("không quá", "at most"), atom(value)),
            Test::AtLeast(value) => format!("{name} {} {}", self.pick("từ", "at least"), atom(value)),
        }
    }

    fn channel_test(&self, test: &Test) -> String {
        let file = self.pick("nộp", "filed");
        let names: Vec<&str> = test
            .atoms()
            .into_iter()
            .filter_map(|atom| match atom.value {
                Atom::Channel(channel) => Some(self.filing(channel)),
                _ => None,
            })
            .collect();
        let joined = names.join(self.pick(" hoặc ", " or "));
        match test {
            Test::IsNot(_) => format!("{} {joined}", self.pick("không nộp", "not filed")),
            _ => format!("{file} {joined}"),
        }
    }

    fn filing(&self, channel: Channel) -> &'static str {
        match channel {
            Channel::InPerson => self.pick("trực tiếp", "in person"),
            Channel::Online => self.pick("trực tuyến", "online"),
            Channel::Post => self.pick("qua bưu chính", "by public post"),
        }
    }

    fn atom(&self, atom: &Atom, fact: Option<&Fact>) -> String {
        match atom {
            Atom::Id(id) => {
                let choices = match fact.map(|fact| &fact.kind) {
                    Some(FactKind::OneOf(choices) | FactKind::SomeOf(choices)) => choices.as_slice(),
                    _ => &[],
                };
                match choices.iter().find(|choice| choice.id.value == *id) {
                    Some(choice) => format!("“{}”", choice.label.value),
                    None => id.to_string(),
                }
            }
            Atom::Channel(channel) => self.filing(*channel).to_owned(),
            Atom::Number(number) => {
                let unit = match fact.map(|fact| &fact.kind) {
                    Some(FactKind::Integer(range) | FactKind::Decimal(range)) => range.unit.as_ref(),
                    _ => None,
                };
                unit.map_or_else(|| number.to_string(), |unit| format!("{number} {}", unit.value))
            }
            Atom::Date(date) => self.on_day(*date),
            Atom::Code(code) => code.clone(),
        }
    }

    fn on_day(&self, date: Date) -> String {
        match self.lang {
            Lang::Vi => format!("ngày {}", short_date(date)),
            Lang::En => long_date(date, Lang::En),
        }
    }
}
