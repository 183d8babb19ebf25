//! What a form says of one applicant: given by whoever asks for the form, and kept nowhere.

use std::collections::BTreeMap;

use crate::lang::{Lang, Words};
use crate::syntax::fold::{identifier, nearest};

/// A blank that can be filled from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    FileCode,
    Number,
    Applicant,
    Address,
    Phone,
    Email,
    Agency,
    Office,
    Place,
    Date,
    Collect,
    Book,
    Entry,
    Reason,
    Officer,
    OfficerPhone,
    SignerTitle,
    Signer,
    NewDate,
    Occasion,
}

/// Each field with its Vietnamese and its English name.
const NAMES: [(Field, &str, &str); 20] = [
    (Field::FileCode, "mã-hồ-sơ", "file-code"),
    (Field::Number, "số", "number"),
    (Field::Applicant, "họ-tên", "name"),
    (Field::Address, "địa-chỉ", "address"),
    (Field::Phone, "điện-thoại", "phone"),
    (Field::Email, "thư-điện-tử", "email"),
    (Field::Agency, "cơ-quan", "agency"),
    (Field::Office, "nơi-tiếp-nhận", "office"),
    (Field::Place, "địa-danh", "place"),
    (Field::Date, "ngày", "date"),
    (Field::Collect, "nhận-kết-quả-tại", "collect-at"),
    (Field::Book, "quyển-số", "book"),
    (Field::Entry, "số-thứ-tự", "entry"),
    (Field::Reason, "lý-do", "reason"),
    (Field::Officer, "cán-bộ", "officer"),
    (Field::OfficerPhone, "điện-thoại-cán-bộ", "officer-phone"),
    (Field::SignerTitle, "chức-vụ", "title"),
    (Field::Signer, "người-ký", "signer"),
    (Field::NewDate, "hẹn-mới", "new-date"),
    (Field::Occasion, "nhân-dịp", "occasion"),
];

impl Field {
    /// Reads a name in either language, with or without marks; else the likeliest one.
    pub fn parse(text: &str) -> Result<Field, Option<&'static str>> {
        let wanted = identifier(text);
        let known = NAMES.iter().find(|(_, vi, en)| identifier(vi) == wanted || *en == wanted);
        match known {
            Some((field, _, _)) => Ok(*field),
            None => Err(nearest(text, NAMES.iter().flat_map(|(_, vi, en)| [*vi, *en]))),
        }
    }

    /// Every name in a language, in the order of the forms.
    pub fn all(lang: Lang) -> Vec<&'static str> {
        NAMES.iter().map(|(_, vi, en)| Words::new(vi, en).get(lang)).collect()
    }
}

/// What was given.
#[derive(Clone, Debug, Default)]
pub struct Fields(BTreeMap<Field, String>);

impl Fields {
    /// The later of two values counts; an empty one leaves the blank.
    pub fn set(&mut self, field: Field, value: &str) {
        self.0.insert(field, value.trim().to_owned());
    }

    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str).filter(|value| !value.is_empty())
    }
}
