//! Conditions in the languages that engines evaluate: FEEL (OMG, DMN 1.3 chapter 10) and JUEL (Java's unified expression language).
//! Facts are variables whose names are those of the source without marks; values are written as in the JSON.

use super::logic::channel_id;
use crate::model::facts::FactKind;
use crate::model::{Atom, Body, Expr, Id, Number, Subject, Test};
use crate::source::Spanned;
use crate::syntax::fold::identifier;

/// The variable that holds the channel of filing.
pub(super) const CHANNEL: &str = "cach_thuc";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Feel,
    Juel,
}

/// The variable of a fact.
pub(super) fn variable(fact: &Id) -> String {
    identifier(fact.as_str())
}

impl Syntax {
    /// A condition as an expression, without the marks that some dialects put around one.
    pub(super) fn condition(self, condition: &Expr, body: &Body) -> String {
        match condition {
            Expr::And(parts, _) => self.joined(parts, body, if self == Syntax::Feel { " and " } else { " && " }),
            Expr::Or(parts, _) => self.joined(parts, body, if self == Syntax::Feel { " or " } else { " || " }),
            Expr::Not(inner, _) => self.not(&self.condition(inner, body)),
            Expr::Test { subject, test, .. } => self.test(subject, test, body),
        }
    }

    pub(super) fn not(self, condition: &str) -> String {
        match self {
            Syntax::Feel => format!("not({condition})"),
            Syntax::Juel => format!("!({condition})"),
        }
    }

    /// Whether a variable holds a text.
    pub(super) fn is(self, variable: &str, text: &str) -> String {
        let text = self.text(text);
        match self {
            Syntax::Feel => format!("{variable} = {text}"),
            Syntax::Juel => format!("{variable} == {text}"),
        }
    }

    fn joined(self, parts: &[Expr], body: &Body, with: &str) -> String {
        let each = |part: &Expr| {
            let text = self.condition(part, body);
            if matches!(part, Expr::And(..) | Expr::Or(..)) { format!("({text})") } else { text }
        };
        parts.iter().map(each).collect::<Vec<_>>().join(with)
    }

    fn test(self, subject: &Subject, test: &Test, body: &Body) -> String {
        let name = match subject {
            Subject::Fact(id) => {
                // A derived fact is its condition; nobody has to compute it first.
                let fact = body.facts.iter().find(|fact| fact.id.value == id.value);
                if let Some(FactKind::Derived(condition)) = fact.map(|fact| &fact.kind) {
                    return format!("({})", self.condition(condition, body));
                }
                variable(&id.value)
            }
            Subject::Channel(_) => CHANNEL.to_owned(),
            Subject::Field(_) | Subject::Outcome(_) | Subject::Level(_) | Subject::Procedure(_) | Subject::Every(_) => {
                return "true".to_owned();
            }
        };
        let any = |all: &[Spanned<Atom>]| {
            let one = |atom: &Spanned<Atom>| self.compare(&name, "=", atom);
            format!("({})", all.iter().map(one).collect::<Vec<_>>().join(self.or()))
        };
        match test {
            Test::Holds => match self {
                Syntax::Feel => format!("{name} = true"),
                Syntax::Juel => format!("{name} == true"),
            },
            Test::Is(value) => self.compare(&name, "=", value),
            Test::IsNot(value) => self.not(&self.compare(&name, "=", value)),
            Test::In(all) => any(all),
            Test::Includes(value) => self.includes(&name, value),
            Test::Exactly(all) => self.exactly(&name, all),
            Test::Between(low, None) => self.compare(&name, ">=", low),
            Test::Between(low, Some(high)) => {
                let and = if self == Syntax::Feel { " and " } else { " && " };
                format!("({}{and}{})", self.compare(&name, ">=", low), self.compare(&name, "<=", high))
            }
            Test::Above(value) => self.compare(&name, ">", value),
            Test::Below(value) => self.compare(&name, "<", value),
            Test::AtMost(value) => self.compare(&name, "<=", value),
            Test::AtLeast(value) => self.compare(&name, ">=", value),
        }
    }

    fn or(self) -> &'static str {
        if self == Syntax::Feel { " or " } else { " || " }
    }

    fn includes(self, name: &str, value: &Spanned<Atom>) -> String {
        let value = self.atom(value);
        match self {
            Syntax::Feel => format!("list contains({name}, {value})"),
            Syntax::Juel => format!("{name}.contains({value})"),
        }
    }

    fn exactly(self, name: &str, all: &[Spanned<Atom>]) -> String {
        let (count, and, equals) = match self {
            Syntax::Feel => (format!("count({name})"), " and ", "="),
            Syntax::Juel => (format!("{name}.size()"), " && ", "=="),
        };
        let each: Vec<String> = all.iter().map(|value| self.includes(name, value)).collect();
        format!("({count} {equals} {}{and}{})", all.len(), each.join(and))
    }

    /// `=` is written as each language writes it.
    fn compare(self, name: &str, operator: &str, value: &Spanned<Atom>) -> String {
        let written = self.atom(value);
        match (self, &value.value) {
            // Dates are texts as ISO 8601 writes them, which come in the order of the days.
            (Syntax::Feel, Atom::Date(_)) => format!("date({name}) {operator} date({written})"),
            (Syntax::Juel, Atom::Date(_)) => format!("{name}.compareTo({written}) {} 0", juel(operator)),
            (Syntax::Feel, _) => format!("{name} {operator} {written}"),
            (Syntax::Juel, _) => format!("{name} {} {written}", juel(operator)),
        }
    }

    fn atom(self, atom: &Spanned<Atom>) -> String {
        match &atom.value {
            Atom::Id(id) => self.text(id.as_str()),
            Atom::Channel(channel) => self.text(channel_id(*channel)),
            Atom::Number(number) => decimal(*number),
            Atom::Date(date) => self.text(&date.to_string()),
            Atom::Code(code) => self.text(code),
        }
    }

    fn text(self, text: &str) -> String {
        let quote = if self == Syntax::Feel { '"' } else { '\'' };
        let mut written = String::from(quote);
        for letter in text.chars() {
            if letter == quote || letter == '\\' {
                written.push('\\');
            }
            written.push(letter);
        }
        written.push(quote);
        written
    }
}

fn juel(operator: &str) -> &str {
    if operator == "=" { "==" } else { operator }
}

/// A number with a decimal point.
pub(super) fn decimal(number: Number) -> String {
    match number.as_whole() {
        Some(whole) => whole.to_string(),
        None => (number.numerator as f64 / number.denominator as f64).to_string(),
    }
}
