//! Short texts of a procedure: a message for Zalo, and an SMS.
//!
//! A Zalo message holds 2,000 characters (limit of the text message of an Official Account). An SMS holds 160 characters of the
//! GSM 7-bit alphabet (3GPP TS 23.038), which has no Vietnamese letters: marks are left out. What does not fit is cut at a whole
//! part, the least needed first, and the reader is sent to the national portal.

use super::guide::{Cell, Guide, Part};
use super::{EmitError, Output, Sink, Site, write};
use crate::lang::{Lang, Words, say};
use crate::plan::ProcedurePlan;
use crate::plan::wording::capitalised;

/// Characters of a Zalo message.
const ZALO: usize = 2_000;
/// Characters of one SMS.
const SMS: usize = 160;

pub(super) static OUTPUT: Output = Output {
    name: "texts",
    folder: "texts",
    about: Words::new("tin nhắn ngắn: Zalo và SMS", "short texts: Zalo and SMS"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let guide = Guide::of(plan, site);
    let path = OUTPUT.path(plan);
    write(sink, &format!("{path}.zalo.txt"), zalo(&guide, site.lang).as_bytes())?;
    write(sink, &format!("{path}.sms.txt"), sms(&guide, site.lang).as_bytes())
}

/// The whole answer, the papers one by one as long as there is room.
fn zalo(guide: &Guide, lang: Lang) -> String {
    let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    let code = &guide.code;
    // What is no text to send yet says so before anything else.
    let mut head: Vec<String> = guide.gaps_note.clone().into_iter().collect();
    head.extend([guide.name.to_uppercase(), say!(lang, "Mã thủ tục: {code}", "Code: {code}")]);
    head.extend(guide.place.clone());
    let mut tail = Vec::new();
    for row in guide.answer.iter().skip(1) {
        tail.push(format!("{}: {}", row.label, row.brief));
    }
    let outcomes: Vec<&str> = guide
        .section(Part::Outcomes)
        .iter()
        .flat_map(|section| &section.items)
        .filter(|item| item.lead.is_empty())
        .map(|item| item.text.as_str())
        .collect();
    if !outcomes.is_empty() {
        tail.push(format!("{}: {}", pick("Kết quả", "Outcome"), outcomes.join("; ")));
    }
    tail.extend(guide.contacts.iter().cloned());
    tail.extend(guide.portal.as_ref().map(|page| format!("{}: {page}", pick("Xem đầy đủ", "More"))));
    let papers = papers(guide);
    let count: usize = papers.iter().map(|(_, names)| names.len()).sum();
    let label = guide.answer.first().map(|row| format!("{}: {}", row.label, row.brief)).unwrap_or_default();
    let text = |shown: usize| {
        let mut lines = head.clone();
        lines.push(if shown == 0 { label.clone() } else { format!("{}:", pick("Giấy tờ", "Papers")) });
        let mut left = shown;
        for (band, names) in &papers {
            let some = names.iter().take(left);
            lines.extend(band.iter().filter(|_| some.len() > 0).map(|band| format!("* {band}:")));
            left -= some.len();
            lines.extend(some.map(|name| format!("- {name}")));
        }
        if shown > 0 && shown < count {
            let left = count - shown;
            lines.push(say!(
                lang,
                "- và {left:02} loại giấy tờ khác, xem bản đầy đủ",
                "- and {left} more, see the full text"
            ));
        }
        lines.extend(tail.iter().cloned());
        lines.join("\n") + "\n"
    };
    let fits = |text: &String| text.chars().count() <= ZALO;
    let longest = (0..=count).rev().map(text).find(fits);
    longest.unwrap_or_else(|| cut(&text(0), ZALO))
}

/// The papers under what they depend on.
fn papers(guide: &Guide) -> Vec<(Option<&str>, Vec<String>)> {
    let tables = guide.section(Part::Dossier).into_iter().flat_map(|section| &section.tables);
    let name = |row: &Vec<Cell>| format!("{} ({})", row[1].text, row[3].text);
    let mut all = Vec::new();
    for group in tables.flat_map(|table| &table.groups) {
        all.push((group.band.as_deref(), group.rows.iter().map(name).collect()));
    }
    all
}

/// The name and as many answers as one SMS holds; the code is always in it.
fn sms(guide: &Guide, lang: Lang) -> String {
    let code = &guide.code;
    let end = say!(lang, "Tra cứu mã {code} trên dichvucong.gov.vn", "Look up {code} on dichvucong.gov.vn");
    let end = gsm(&end);
    let room = SMS - end.len() - 2;
    let name = guide.name.strip_prefix("Thủ tục ").map_or_else(|| guide.name.clone(), capitalised);
    let draft = guide.gaps_note.as_ref().map_or("", |_| Words::new("BẢN THẢO. ", "DRAFT. ").get(lang));
    let mut text = cut(&gsm(&format!("{draft}{name}")), room);
    // Time and fee are what people ask most; then papers, then where.
    for at in [1, 2, 0, 3] {
        let Some(row) = guide.answer.get(at) else { continue };
        // What stands before the first exception.
        let first = row.brief.split([';', '(']).next().unwrap_or_default().trim();
        let part = gsm(&format!(". {}: {first}", row.label));
        if text.len() + part.len() <= room {
            text.push_str(&part);
        }
    }
    format!("{text}. {end}\n")
}

/// Letters of the GSM 7-bit alphabet only; marks are left out.
fn gsm(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let letter = |letter: char| match letter {
        'đ' => Some('d'),
        'Đ' => Some('D'),
        '“' | '”' => Some('"'),
        '‘' | '’' => Some('\''),
        '–' | '—' => Some('-'),
        '×' => Some('x'),
        '\u{a0}' | '\t' | '\n' => Some(' '),
        // These need two characters each, or are not in the alphabet.
        '[' | ']' | '{' | '}' | '\\' | '^' | '~' | '|' | '`' => None,
        ' '..='~' => Some(letter),
        _ => None,
    };
    text.nfd().filter_map(letter).collect()
}

/// No longer than so many characters, cut between words.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most.saturating_sub(3)).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    format!("{}...", &short[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sms_has_no_letter_outside_its_alphabet() {
        assert_eq!(gsm("Đăng ký khai tử – “hạn” 05 ngày × 2"), "Dang ky khai tu - \"han\" 05 ngay x 2");
        assert_eq!(gsm("a[b]{c}€^"), "abc");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(cut("một hai ba bốn", 10), "một...");
        assert_eq!(cut("một hai", 10), "một hai");
    }
}
