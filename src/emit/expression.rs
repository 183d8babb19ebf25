//! Conditions in the languages that engines evaluate: FEEL (OMG, DMN 1.3 chapter 10) and JUEL (Java's unified expression language).
//! Facts are variables, named as [`Variables`] says; values are written as in the JSON.

use super::feel;
use super::logic::channel_id;
use super::variables::Variables;
use crate::model::{Atom, Expr, Number, Subject, Test};
use crate::source::Spanned;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Feel,
    Juel,
}

impl Syntax {
    /// A condition as an expression, without the marks that some dialects put around one.
    pub(super) fn condition(self, condition: &Expr, facts: &Variables<'_>) -> String {
        match condition {
            Expr::And(parts, _) => self.joined(parts, facts, if self == Syntax::Feel { " and " } else { " && " }),
            Expr::Or(parts, _) => self.joined(parts, facts, if self == Syntax::Feel { " or " } else { " || " }),
            Expr::Not(inner, _) => self.not(&self.condition(inner, facts)),
            Expr::Test { subject, test, .. } => self.test(subject, test, facts),
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

    fn joined(self, parts: &[Expr], facts: &Variables<'_>, with: &str) -> String {
        let each = |part: &Expr| {
            let text = self.condition(part, facts);
            if matches!(part, Expr::And(..) | Expr::Or(..)) { format!("({text})") } else { text }
        };
        parts.iter().map(each).collect::<Vec<_>>().join(with)
    }

    fn test(self, subject: &Subject, test: &Test, facts: &Variables<'_>) -> String {
        let name = match subject {
            Subject::Fact(id) => {
                if let Some(condition) = facts.derived(&id.value) {
                    return format!("({})", self.condition(condition, facts));
                }
                facts.fact(&id.value).to_owned()
            }
            Subject::Channel(_) => facts.channel.clone(),
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
            Atom::Number(own) => number(*own),
            Atom::Date(date) => self.text(&date.to_string()),
            Atom::Code(code) => self.text(code),
        }
    }

    fn text(self, text: &str) -> String {
        match self {
            Syntax::Feel => feel::text(text),
            Syntax::Juel => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        }
    }
}

fn juel(operator: &str) -> &str {
    if operator == "=" { "==" } else { operator }
}

/// A number; one without an end as the fraction it is, which both languages divide.
fn number(number: Number) -> String {
    feel::decimal(number).unwrap_or_else(|| format!("({} / {})", number.numerator, number.denominator))
}
