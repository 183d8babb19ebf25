//! The forms there are, and what each is called.

use crate::lang::{Lang, Words};
use crate::model::outcome::Letter;
use crate::syntax::fold::{identifier, nearest};

/// A form of the one-stop office (TT 03/2025/TT-VPCP, Phụ lục I, forms 01 to 07), or a letter that goes with an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Receipt,
    Supplement,
    Refusal,
    Apology,
    Stop,
    Control,
    Log,
    Congratulation,
    Condolence,
}

impl Kind {
    /// The forms first, in the order of the annex; then the letters.
    pub const ALL: [Kind; 9] = [
        Kind::Receipt,
        Kind::Supplement,
        Kind::Refusal,
        Kind::Apology,
        Kind::Stop,
        Kind::Control,
        Kind::Log,
        Kind::Congratulation,
        Kind::Condolence,
    ];

    /// What its file and its template are called.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Receipt => "receipt",
            Kind::Supplement => "supplement",
            Kind::Refusal => "refusal",
            Kind::Apology => "apology",
            Kind::Stop => "stop",
            Kind::Control => "control",
            Kind::Log => "log",
            Kind::Congratulation => "congratulation",
            Kind::Condolence => "condolence",
        }
    }

    /// What people ask for it by in Vietnamese; the first is the one that is shown, the last of some an older title.
    pub fn vi(self) -> &'static [&'static str] {
        match self {
            Kind::Receipt => &["giấy-tiếp-nhận", "hẹn-trả"],
            Kind::Supplement => &["bổ-sung", "phiếu-bổ-sung"],
            Kind::Refusal => &["từ-chối", "phiếu-từ-chối"],
            Kind::Apology => &["xin-lỗi", "gia-hạn", "phiếu-xin-lỗi"],
            Kind::Stop => &["dừng", "thông-báo-dừng"],
            Kind::Control => &["phiếu-kiểm-soát", "kiểm-soát"],
            Kind::Log => &["sổ-theo-dõi", "sổ"],
            Kind::Congratulation => &["chúc-mừng", "thư-chúc-mừng"],
            Kind::Condolence => &["chia-buồn", "thư-chia-buồn"],
        }
    }

    pub fn title(self) -> Words {
        match self {
            Kind::Receipt => {
                Words::new("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt of the dossier and appointment")
            }
            Kind::Supplement => {
                Words::new("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to supplement and complete the dossier")
            }
            Kind::Refusal => {
                Words::new("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "Refusal to receive and settle the dossier")
            }
            Kind::Apology => Words::new(
                "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
                "Apology and request to extend the time limit",
            ),
            Kind::Stop => Words::new("Thông báo dừng giải quyết hồ sơ", "Notice that settling the dossier is stopped"),
            Kind::Control => {
                Words::new("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Control sheet of how the dossier is settled")
            }
            Kind::Log => Words::new("Sổ theo dõi hồ sơ", "Log of dossiers"),
            Kind::Congratulation => Words::new("Thư chúc mừng", "Letter of congratulation"),
            Kind::Condolence => Words::new("Thư chia buồn", "Letter of condolence"),
        }
    }

    /// The letter of an outcome that this is.
    pub(super) fn letter(self) -> Option<Letter> {
        match self {
            Kind::Congratulation => Some(Letter::Congratulation),
            Kind::Condolence => Some(Letter::Condolence),
            _ => None,
        }
    }

    /// What its number ends in: `Số: ……/TNHS`; the log and the control sheet have none.
    pub(super) fn sign(self) -> Option<&'static str> {
        match self {
            Kind::Receipt => Some("TNHS"),
            Kind::Supplement => Some("HDHS"),
            Kind::Refusal => Some("TCHS"),
            Kind::Apology => Some("PXL"),
            Kind::Stop => Some("TB"),
            Kind::Control | Kind::Log | Kind::Congratulation | Kind::Condolence => None,
        }
    }

    pub(super) fn template(self) -> &'static str {
        match self {
            Kind::Receipt => "forms/receipt.html.jinja",
            Kind::Supplement => "forms/supplement.html.jinja",
            Kind::Refusal => "forms/refusal.html.jinja",
            Kind::Apology => "forms/apology.html.jinja",
            Kind::Stop => "forms/stop.html.jinja",
            Kind::Control => "forms/control.html.jinja",
            Kind::Log => "forms/log.html.jinja",
            Kind::Congratulation => "forms/congratulation.html.jinja",
            Kind::Condolence => "forms/condolence.html.jinja",
        }
    }

    /// Reads a name in either language, with or without marks; else the likeliest one, as it is written in `lang`.
    pub fn parse(text: &str, lang: Lang) -> Result<Kind, Option<&'static str>> {
        let names = || Kind::ALL.into_iter().flat_map(|kind| kind.vi().iter().copied().chain([kind.name()]));
        let wanted = identifier(text);
        let is = |name: &str| identifier(name) == wanted;
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| is(kind.name()) || kind.vi().iter().any(|name| is(name)))
        {
            return Ok(kind);
        }
        Err(nearest(text, names().filter(|name| lang == Lang::Vi || name.is_ascii()))
            .or_else(|| nearest(text, names())))
    }
}
