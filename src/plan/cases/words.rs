//! Cases in words: as a sentence for people, and as a condition of the language.

use super::cells::{Bound, Cell, Point};
use super::{Case, Question, Space};
use crate::lang::Lang;
use crate::model::facts::FactKind;
use crate::model::quantity::short_date;
use crate::model::{Atom, Expr, Id, Number, Subject, Test};
use crate::plan::Wording;
use crate::source::{Span, Spanned};

/// A run of neighbouring cells, from one end to the other.
type Run = (Bound, Bound);

impl Space {
    /// What sets a case apart from all others, in a sentence that follows “khi” or “trường hợp”; empty where nothing does.
    pub fn said(&self, case: &Case, wording: &Wording<'_>) -> String {
        let joint = if wording.lang == Lang::Vi { " và " } else { " and " };
        let mut parts = self.parts(case, |column, cells| match self.columns[column].question {
            Question::Includes(..) => String::new(),
            _ => self.column_said(column, cells, wording),
        });
        parts.retain(|part| !part.is_empty());
        parts.extend(self.choices_said(case, wording));
        match parts.split_last() {
            Some((last, rest)) if rest.len() > 1 => format!("{}{joint}{last}", rest.join(", ")),
            _ => parts.join(joint),
        }
    }

    /// Which choices of facts that hold several a case has, and which it has not.
    fn choices_said(&self, case: &Case, wording: &Wording<'_>) -> Vec<String> {
        let vi = wording.lang == Lang::Vi;
        let mut facts: Vec<(&Id, Vec<String>, Vec<String>)> = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let cells = self.cells_of(case, at);
            let (Question::Includes(fact, choice), [only]) = (&column.question, cells.as_slice()) else { continue };
            let place = facts.iter().position(|(known, _, _)| *known == fact).unwrap_or_else(|| {
                facts.push((fact, Vec::new(), Vec::new()));
                facts.len() - 1
            });
            let name = wording.choice_name(fact, choice);
            if column.cells[*only] == Cell::Yes { facts[place].1.push(name) } else { facts[place].2.push(name) }
        }
        let said = |(fact, with, without): (&Id, Vec<String>, Vec<String>)| {
            let name = wording.fact_name(fact);
            let list = |names: Vec<String>, joint: &str| names.join(joint);
            let with = (!with.is_empty()).then(|| match vi {
                true => format!("{name} gồm {}", list(with, " và ")),
                false => format!("{name} includes {}", list(with, " and ")),
            });
            let without = (!without.is_empty()).then(|| match vi {
                true => format!("{name} không gồm {}", list(without, " hoặc ")),
                false => format!("{name} does not include {}", list(without, " or ")),
            });
            with.into_iter().chain(without).collect::<Vec<_>>()
        };
        facts.into_iter().flat_map(said).collect()
    }

    /// The same as a condition that can be pasted into a file.
    pub fn written(&self, case: &Case, wording: &Wording<'_>) -> String {
        let joint = if wording.lang == Lang::Vi { " và " } else { " and " };
        self.parts(case, |column, cells| self.column_written(column, cells, wording)).join(joint)
    }

    /// One column as a condition that can be pasted.
    pub fn written_column(&self, case: &Case, column: usize, wording: &Wording<'_>) -> String {
        self.column_written(column, &self.cells_of(case, column), wording)
    }

    fn parts(&self, case: &Case, say: impl Fn(usize, &[usize]) -> String) -> Vec<String> {
        let all = 0..self.columns.len();
        all.filter_map(|column| {
            let cells = self.cells_of(case, column);
            (cells.len() < self.columns[column].cells.len()).then(|| say(column, &cells))
        })
        .collect()
    }

    fn column_said(&self, column: usize, cells: &[usize], wording: &Wording<'_>) -> String {
        let own = &self.columns[column];
        let span = Span::default();
        let test = |subject: Subject, test: Test| wording.condition(&Expr::Test { subject, test, span });
        let atom = |atom: Atom| Spanned::new(atom, span);
        match &own.question {
            Question::Channel => {
                let channels = cells.iter().filter_map(|&at| match own.cells[at] {
                    Cell::Channel(channel) => Some(atom(Atom::Channel(channel))),
                    _ => None,
                });
                test(Subject::Channel(span), Test::In(channels.collect()))
            }
            Question::Includes(fact, choice) => {
                let includes = Expr::Test {
                    subject: Subject::Fact(Spanned::new(fact.clone(), span)),
                    test: Test::Includes(atom(Atom::Id(choice.clone()))),
                    span,
                };
                match own.cells.get(cells.first().copied().unwrap_or(0)) {
                    Some(Cell::No) => wording.condition(&Expr::Not(Box::new(includes), span)),
                    _ => wording.condition(&includes),
                }
            }
            Question::Fact(fact) => {
                let subject = || Subject::Fact(Spanned::new(fact.clone(), span));
                match own.cells.get(cells.first().copied().unwrap_or(0)) {
                    Some(Cell::Yes) => test(subject(), Test::Holds),
                    Some(Cell::No) => {
                        let holds = Expr::Test { subject: subject(), test: Test::Holds, span };
                        wording.condition(&Expr::Not(Box::new(holds), span))
                    }
                    Some(Cell::Choice(_)) => {
                        let chosen = |at: &usize| match &own.cells[*at] {
                            Cell::Choice(id) => Some(atom(Atom::Id(id.clone()))),
                            _ => None,
                        };
                        let left: Vec<usize> = (0..own.cells.len()).filter(|at| !cells.contains(at)).collect();
                        match (cells, left.as_slice()) {
                            ([only], _) => chosen(only).map_or_else(String::new, |one| test(subject(), Test::Is(one))),
                            (_, [out]) => chosen(out).map_or_else(String::new, |one| test(subject(), Test::IsNot(one))),
                            _ => test(subject(), Test::In(cells.iter().filter_map(chosen).collect())),
                        }
                    }
                    _ => {
                        let name = wording.fact_name(fact);
                        let runs: Vec<String> =
                            self.runs(column, cells).into_iter().map(|run| self.run_said(fact, run, wording)).collect();
                        format!("{name} {}", runs.join(if wording.lang == Lang::Vi { " hoặc " } else { " or " }))
                    }
                }
            }
        }
    }

    fn column_written(&self, column: usize, cells: &[usize], wording: &Wording<'_>) -> String {
        let own = &self.columns[column];
        let vi = wording.lang == Lang::Vi;
        let pick = |vi_word: &'static str, en_word: &'static str| if vi { vi_word } else { en_word };
        let several = |name: &str, ids: Vec<String>| match ids.as_slice() {
            [only] => format!("{name} {} {only}", pick("là", "is")),
            _ => format!("{name} {} ({})", pick("thuộc", "in"), ids.join(", ")),
        };
        match (&own.question, own.cells.get(cells.first().copied().unwrap_or(0))) {
            (Question::Channel, _) => {
                let names = cells.iter().filter_map(|&at| match own.cells[at] {
                    Cell::Channel(channel) => Some(wording.channel_word(channel).to_owned()),
                    _ => None,
                });
                several(pick("cách thức", "channel"), names.collect())
            }
            (Question::Includes(fact, choice), Some(Cell::No)) => {
                format!("{} {fact} {} {choice}", pick("không", "not"), pick("gồm", "includes"))
            }
            (Question::Includes(fact, choice), _) => format!("{fact} {} {choice}", pick("gồm", "includes")),
            (Question::Fact(fact), Some(Cell::Yes)) => fact.to_string(),
            (Question::Fact(fact), Some(Cell::No)) => format!("{} {fact}", pick("không", "not")),
            (Question::Fact(fact), Some(Cell::Choice(_))) => {
                let ids = cells.iter().filter_map(|&at| match &own.cells[at] {
                    Cell::Choice(id) => Some(id.to_string()),
                    _ => None,
                });
                several(fact.as_str(), ids.collect())
            }
            (Question::Fact(fact), _) => {
                let parts: Vec<String> = self
                    .runs(column, cells)
                    .into_iter()
                    .map(|run| run_written(fact, self.whole(fact, run, wording), vi))
                    .collect();
                if parts.len() > 1 { format!("({})", parts.join(pick(" hoặc ", " or "))) } else { parts.join("") }
            }
        }
    }

    /// Neighbouring cells as one run each.
    fn runs(&self, column: usize, cells: &[usize]) -> Vec<Run> {
        let mut runs: Vec<(usize, Run)> = Vec::new();
        for &at in cells {
            let Cell::Range(from, to) = &self.columns[column].cells[at] else { continue };
            match runs.last_mut() {
                Some((last, run)) if *last + 1 == at => {
                    *last = at;
                    run.1 = *to;
                }
                _ => runs.push((at, (*from, *to))),
            }
        }
        runs.into_iter().map(|(_, run)| run).collect()
    }

    /// Of whole numbers both ends belong to the run.
    fn whole(&self, fact: &Id, run: Run, wording: &Wording<'_>) -> Run {
        let whole = matches!(wording.fact_kind(fact), Some(FactKind::Integer(_)));
        let step = |bound: Bound, by: i64| match bound {
            Bound::Without(Point::Number(number)) if whole => {
                Bound::With(Point::Number(Number::new(number.numerator + by * number.denominator, number.denominator)))
            }
            bound => bound,
        };
        (step(run.0, 1), step(run.1, -1))
    }

    fn run_said(&self, fact: &Id, run: Run, wording: &Wording<'_>) -> String {
        let unit = match wording.fact_kind(fact) {
            Some(FactKind::Integer(range) | FactKind::Decimal(range)) => range.unit.as_ref(),
            _ => None,
        };
        let point = |point: Point| match point {
            Point::Number(number) => unit.map_or_else(|| number.to_string(), |unit| format!("{number} {}", unit.value)),
            Point::Date(date) => format!("{}{}", if wording.lang == Lang::Vi { "ngày " } else { "" }, short_date(date)),
        };
        let vi = wording.lang == Lang::Vi;
        let pick = |vi_word: &'static str, en_word: &'static str| if vi { vi_word } else { en_word };
        match self.whole(fact, run, wording) {
            (Bound::With(from), Bound::With(to)) if from == to => format!("{} {}", pick("là", "is"), point(from)),
            (Bound::With(from), Bound::With(to)) => {
                format!("{} {} {} {}", pick("từ", "from"), point(from), pick("đến", "to"), point(to))
            }
            (Bound::With(from), Bound::Without(to)) => {
                let below = match to {
                    Point::Date(_) => pick("đến trước", "to before"),
                    Point::Number(_) => pick("đến dưới", "to below"),
                };
                format!("{} {} {below} {}", pick("từ", "from"), point(from), point(to))
            }
            (Bound::Without(from), Bound::With(to)) => {
                format!("{} {} {} {}", pick("trên", "above"), point(from), pick("đến", "to"), point(to))
            }
            (Bound::Without(from), Bound::Without(to)) => {
                format!("{} {} {} {}", pick("trên", "above"), point(from), pick("và dưới", "and below"), point(to))
            }
            (Bound::With(from), Bound::Open) => {
                format!("{} {}{}", pick("từ", "from"), point(from), pick(" trở lên", " up"))
            }
            (Bound::Without(from), Bound::Open) => format!("{} {}", pick("trên", "above"), point(from)),
            (Bound::Open, Bound::With(to)) => format!("{} {}", pick("không quá", "at most"), point(to)),
            (Bound::Open, Bound::Without(to)) => format!("{} {}", pick("dưới", "below"), point(to)),
            (Bound::Open, Bound::Open) => pick("bất kỳ", "any").to_owned(),
        }
    }
}

fn run_written(fact: &Id, run: Run, vi: bool) -> String {
    let pick = |vi_word: &'static str, en_word: &'static str| if vi { vi_word } else { en_word };
    let point = |point: Point| match point {
        Point::Number(number) => number.to_string(),
        Point::Date(date) => short_date(date),
    };
    let (from, to) = match run {
        (Bound::With(from), Bound::With(to)) if from == to => {
            return format!("{fact} {} {}", pick("là", "is"), point(from));
        }
        (Bound::With(from), Bound::With(to)) => {
            return format!("{fact} {} {} {} {}", pick("từ", "from"), point(from), pick("đến", "to"), point(to));
        }
        run => run,
    };
    let low = match from {
        Bound::With(at) => Some(format!("{fact} {} {}", pick("từ", "from"), point(at))),
        Bound::Without(at) => Some(format!("{fact} {} {}", pick("trên", "above"), point(at))),
        Bound::Open => None,
    };
    let high = match to {
        Bound::With(at) => Some(format!("{fact} {} {}", pick("không quá", "at most"), point(at))),
        Bound::Without(at) => Some(format!("{fact} {} {}", pick("dưới", "below"), point(at))),
        Bound::Open => None,
    };
    low.into_iter().chain(high).collect::<Vec<_>>().join(pick(" và ", " and "))
}
