//! Money in words: `8.000 đồng`, and how a sum is made.

use super::Wording;
use crate::lang::{Lang, say};
use crate::model::charge::{Rounding, RoundingWay};
use crate::model::quantity::grouped;
use crate::model::{Amount, Charge, ChargeKind, Setting};
use crate::plan::money::{Money, Payable};

impl Wording<'_> {
    pub fn amount(&self, amount: &Amount) -> String {
        let bracketed = |part: &Amount| match part {
            Amount::Add(_, _) | Amount::Subtract(_, _) => format!("({})", self.amount(part)),
            _ => self.amount(part),
        };
        match amount {
            Amount::Number(number) => number.to_string(),
            Amount::Dong(dong) => format!("{} {}", grouped(*dong), self.pick("đồng", "VND")),
            Amount::Dollars(dollars) => format!("{} USD", grouped(*dollars)),
            Amount::Fact(id) => self.fact_name(&id.value),
            Amount::Add(left, right) => format!("{} + {}", self.amount(left), self.amount(right)),
            Amount::Subtract(left, right) => format!("{} - {}", self.amount(left), bracketed(right)),
            Amount::Multiply(left, right) => format!("{} × {}", bracketed(left), bracketed(right)),
            Amount::Per(inner, what) => format!("{}/{what}", self.amount(inner)),
            Amount::AtMost(inner, cap) => {
                format!("{}, {} {}", self.amount(inner), self.pick("tối đa", "at most"), self.amount(cap))
            }
            Amount::AtLeast(inner, floor) => {
                format!("{}, {} {}", self.amount(inner), self.pick("tối thiểu", "at least"), self.amount(floor))
            }
            Amount::Rounded(inner, rounding) => format!("{}, {}", self.amount(inner), self.rounding(*rounding)),
        }
    }

    /// `làm tròn lên đến 1.000 đồng`
    pub fn rounding(&self, rounding: Rounding) -> String {
        let to = self.amount(&Amount::Dong(rounding.to));
        match rounding.way {
            RoundingWay::Nearest => say!(self.lang, "làm tròn đến {to}", "rounded to {to}"),
            RoundingWay::Up => say!(self.lang, "làm tròn lên đến {to}", "rounded up to {to}"),
            RoundingWay::Down => say!(self.lang, "làm tròn xuống đến {to}", "rounded down to {to}"),
        }
    }

    /// What a charge is called: its label, else its kind.
    pub fn charge_name(&self, charge: &Charge) -> String {
        let kind = match charge.kind {
            ChargeKind::Charge => self.pick("phí", "charge"),
            ChargeKind::Fee => self.pick("lệ phí", "fee"),
            ChargeKind::Both => self.pick("phí, lệ phí", "charge or fee"),
        };
        charge.label.as_ref().map_or_else(|| kind.to_owned(), |label| label.value.clone())
    }

    /// `16.000 đồng`, `10 USD`
    pub fn money(&self, money: Money) -> String {
        let dong = format!("{} {}", money.dong, self.pick("đồng", "VND"));
        let dollars = format!("{} USD", money.dollars);
        match (money.dong.numerator, money.dollars.numerator) {
            (_, 0) => dong,
            (0, _) => dollars,
            (_, _) => format!("{dong} + {dollars}"),
        }
    }

    /// What a charge comes to, or why that is not known.
    pub fn payable(&self, payable: &Payable) -> String {
        match payable {
            Payable::Sum(sum) => self.money(*sum),
            Payable::Open(Setting::Given(rate)) => self.amount(rate),
            Payable::Open(setting) => self.no_value(setting).unwrap_or_default(),
            Payable::Needs(fact) => {
                let name = self.fact_name(fact);
                match self.lang {
                    Lang::Vi => format!("chưa tính được: cần biết {name}"),
                    Lang::En => format!("not known without {name}"),
                }
            }
            Payable::Nothing => self.pick("không có mức nào áp dụng", "no amount applies").to_owned(),
        }
    }
}
