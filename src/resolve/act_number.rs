//! The number of an act as printed (`63/2010/NĐ-CP`, `163/QĐ-BTP`, `60/2014/QH13`): what its letters say of the year, the kind
//! and the issuer.

use super::Registers;
use super::registers::{Act, ActKind};
use crate::syntax::fold::fold;

/// A number taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActNumber<'a> {
    /// `63`, or `66.7`.
    pub ordinal: &'a str,
    pub year: Option<i16>,
    /// `NĐ-CP`, `QH13`.
    pub symbol: &'a str,
}

/// Takes a number apart; `None` where it is none.
pub fn parse(number: &str) -> Option<ActNumber<'_>> {
    let (ordinal, rest) = number.split_once('/')?;
    let is_ordinal = |text: &str| text.starts_with(|one: char| one.is_ascii_digit());
    let (year, symbol) = match rest.split_once('/') {
        Some((year, symbol)) => (Some(year.parse().ok().filter(|_| year.len() == 4)?), symbol),
        None => (None, rest),
    };
    let sound = is_ordinal(ordinal) && symbol.starts_with(char::is_alphabetic);
    sound.then_some(ActNumber { ordinal, year, symbol })
}

/// The term of the National Assembly in `QH15`, `UBTVQH16`.
fn of_assembly<'a>(symbol: &'a str, letters: &str) -> Option<&'a str> {
    let term = symbol.strip_prefix(letters)?;
    (!term.is_empty() && term.bytes().all(|digit| digit.is_ascii_digit())).then_some(term)
}

impl<'a> ActNumber<'a> {
    /// The kinds of act that bear such a number, the usual one first; none where the letters do not say.
    pub fn kinds(&self) -> &'static [ActKind] {
        use ActKind::{
            Circular, Code, Constitution, Decision, Decree, Directive, JointCircular, Law, Ordinance, Resolution,
        };
        if of_assembly(self.symbol, "QH").is_some() {
            return &[Law, Code, Resolution, Constitution];
        }
        if of_assembly(self.symbol, "UBTVQH").is_some() {
            return &[Ordinance, Resolution];
        }
        match self.symbol.split_once('-').map_or("", |(kind, _)| kind) {
            "NĐ" => &[Decree],
            "NQ" => &[Resolution],
            "QĐ" => &[Decision],
            "TT" => &[Circular],
            "TTLT" => &[JointCircular],
            "CT" => &[Directive],
            "PL" => &[Ordinance],
            _ => &[],
        }
    }

    /// The letters of those who issued it: `BTP`; of a joint act, of each. None where the kind is not known.
    pub fn issuers(&self) -> Vec<&'a str> {
        if self.kinds().is_empty() {
            return Vec::new();
        }
        if of_assembly(self.symbol, "QH").is_some() {
            return vec!["QH"];
        }
        if of_assembly(self.symbol, "UBTVQH").is_some() {
            return vec!["UBTVQH"];
        }
        let mut parts = self.symbol.split('-').skip(1);
        if self.kinds() == [ActKind::JointCircular] { parts.collect() } else { parts.next().into_iter().collect() }
    }
}

/// What the name of an issuer must begin with by the letters of a number; `None` for letters that nobody knows.
pub fn issuer_of(letters: &str, registers: &Registers) -> Option<String> {
    let known = match letters {
        "CP" => "Chính phủ",
        "TTg" => "Thủ tướng Chính phủ",
        "QH" => "Quốc hội",
        "CTN" => "Chủ tịch nước",
        "HĐND" => "Hội đồng nhân dân",
        "UBND" => "Ủy ban nhân dân",
        _ if letters == "UBTVQH" || of_assembly(letters, "UBTVQH").is_some() => "Ủy ban Thường vụ Quốc hội",
        _ => {
            let named = |short: &String| fold(short) == fold(letters);
            let found = registers.agencies.iter().find(|one| one.short.as_ref().is_some_and(named));
            return found.map(|agency| agency.name.clone());
        }
    };
    Some(known.to_owned())
}

/// Whether the letters may stand for the issuer that an act gives: under any name the agency has had.
pub fn may_issue(letters: &str, act: &Act, registers: &Registers) -> bool {
    let named = |short: &String| fold(short) == fold(letters);
    let agency = registers.agencies.iter().find(|one| one.short.as_ref().is_some_and(named));
    let former = agency.iter().flat_map(|one| one.aliases.iter().chain(one.names.iter().map(|former| &former.name)));
    let current = issuer_of(letters, registers);
    current.iter().chain(former).any(|name| issued_by(act, name) != Some(false))
}

/// The body that an issuer's name means: a minister signs for the ministry, a chairman for the committee.
pub fn body_of(issuer: &str) -> String {
    let folded = fold(issuer.trim()).replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân");
    let heads = ["bộ trưởng ", "chủ nhiệm ", "tổng thanh tra ", "thống đốc "];
    let body = heads.iter().find_map(|head| folded.strip_prefix(head)).unwrap_or(&folded);
    match body.strip_prefix("chủ tịch ") {
        Some(committee) if committee.starts_with("ủy ban") => committee.to_owned(),
        _ => body.to_owned(),
    }
}

/// Whether two names mean one issuer: `Bộ Tư pháp` and `Bộ trưởng Bộ Tư pháp`; `UBND` stands for any of them.
pub fn same_issuer(one: &str, other: &str) -> bool {
    let (one, other) = (body_of(one), body_of(other));
    let begins =
        |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    begins(&one, &other) || begins(&other, &one)
}

/// Whether an act was issued by a body: of a joint act, by it among others.
pub fn issued_by(act: &Act, name: &str) -> Option<bool> {
    let issuer = act.issuer.as_deref()?;
    Some(same_issuer(issuer, name) || issuer.split(", ").any(|one| same_issuer(one, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_apart() {
        let decree = parse("66.7/2025/NQ-CP").expect("a number");
        assert_eq!((decree.ordinal, decree.year, decree.issuers()), ("66.7", Some(2025), vec!["CP"]));
        assert_eq!(parse("163/QĐ-BTP").expect("a number").year, None);
        assert_eq!(parse("60/2014/QH13").expect("a number").kinds()[0], ActKind::Law);
        assert_eq!(parse("05/2015/TTLT-BTP-BCA-BYT").expect("a number").issuers(), ["BTP", "BCA", "BYT"]);
        assert_eq!(parse("237/NQ-UBTVQH16").expect("a number").issuers(), ["UBTVQH16"]);
        assert!(parse("12729/VPCP-KGVX").expect("a number").kinds().is_empty());
        assert_eq!(parse("8.000 đồng"), None);
        assert_eq!(parse("20/11/2014"), None);
    }

    #[test]
    fn a_minister_is_the_ministry_and_the_government_is_not_its_prime_minister() {
        assert!(same_issuer("Bộ trưởng Bộ Tư pháp", "Bộ Tư pháp"));
        assert!(same_issuer("UBND tỉnh Đồng Tháp", "Ủy ban nhân dân"));
        assert!(!same_issuer("Thủ tướng Chính phủ", "Chính phủ"));
        assert!(!same_issuer("Bộ Tư pháp", "Bộ Tài chính"));
    }
}
