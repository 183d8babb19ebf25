//! Values by case as tables. The first row that fits, from the top, is the one that holds: the most deeply nested rules come
//! first, the general value last. What is added to it stands below.

use super::{Cell, Group, Maker};
use crate::lang::say;
use crate::model::{ByCase, CaseRule, Expr, Value};
use crate::plan::wording::capitalised;

/// How a value is said.
pub(super) type Say<'s, T> = &'s dyn Fn(&T) -> String;

impl Maker<'_, '_> {
    /// The rows of a value by case: when, and what then.
    pub(super) fn case_rows<T>(&self, by: &ByCase<T>, say: Say<'_, T>) -> Vec<Vec<Cell>> {
        let (mut holds, mut added) = (Vec::new(), Vec::new());
        self.gather(&by.rules, &[], say, &mut holds, &mut added);
        if let Some(general) = &by.general {
            let all = if holds.is_empty() {
                self.pick("Mọi trường hợp", "Every case")
            } else {
                self.pick("Các trường hợp còn lại", "All other cases")
            };
            holds.push((all, self.with_basis(general, say)));
        }
        let row = |(when, text): (String, String)| vec![Cell::of(when), Cell::of(capitalised(&text))];
        holds.into_iter().chain(added).map(row).collect()
    }

    fn gather<'r, T>(
        &self,
        rules: &'r [CaseRule<T>],
        outer: &[&'r Expr],
        say: Say<'_, T>,
        holds: &mut Vec<(String, String)>,
        added: &mut Vec<(String, String)>,
    ) {
        for rule in rules {
            let mut all: Vec<&Expr> = outer.to_vec();
            all.push(&rule.when);
            self.gather(&rule.rules, &all, say, holds, added);
            let Some(value) = &rule.value else { continue };
            let when = match all.as_slice() {
                [one] => self.words.condition(one),
                several => {
                    let parts = several.iter().map(|one| (*one).clone()).collect();
                    self.words.condition(&Expr::And(parts, rule.span))
                }
            };
            let (when, value) = (capitalised(&when), self.with_basis(value, say));
            if rule.adds {
                added.push((when, say!(self.lang(), "thêm {value}", "{value} more")));
            } else {
                holds.push((when, value));
            }
        }
    }

    /// A group whose band says of what the rows speak.
    pub(super) fn case_group<T>(&self, band: String, lines: Vec<String>, by: &ByCase<T>, say: Say<'_, T>) -> Group {
        Group { band: (!band.is_empty()).then_some(band), lines, rows: self.case_rows(by, say) }
    }

    pub(super) fn with_basis<T>(&self, value: &Value<T>, say: Say<'_, T>) -> String {
        let text = self.words.value(value, say);
        match self.words.cites(&value.cites) {
            Some(cites) => format!("{text} ({} {cites})", self.pick("theo", "under")),
            None => text,
        }
    }

    /// A value by case in lines, for where there is no room for a table.
    pub(super) fn case_lines<T>(&self, by: &ByCase<T>, say: Say<'_, T>) -> Vec<String> {
        if by.rules.is_empty() {
            return by.general.iter().map(|value| self.with_basis(value, say)).collect();
        }
        let line = |row: Vec<Cell>| row.into_iter().map(|cell| cell.text).collect::<Vec<_>>().join(": ");
        self.case_rows(by, say).into_iter().map(line).collect()
    }
}
