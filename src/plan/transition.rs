//! What becomes of cases between two versions of a procedure, in words. A case keeps the version of the day on which it was
//! received; what follows when that version ends is what its `chuyển tiếp` says.

use jiff::civil::Date;

use super::Wording;
use crate::lang::say;
use crate::model::quantity::short_date;
use crate::model::{Procedure, Transition, Way};

/// The last day on which a version is in force, where it ends.
pub fn last_day(procedure: &Procedure) -> Option<Date> {
    procedure.body.valid.as_ref()?.until.as_ref().map(|until| until.value)
}

/// Of the version that ends: until when it holds, and what then becomes of a case that is still open.
pub fn of_ending(procedure: &Procedure, words: &Wording<'_>) -> Option<String> {
    let lang = words.lang;
    let last = last_day(procedure)?;
    let day = short_date(last);
    let ends = say!(lang, "Có hiệu lực đến hết ngày {day}", "In force until {day}");
    let Some(transition) = &procedure.body.transition else { return Some(format!("{ends}.")) };
    let (cases, under) = (open_cases(transition, &day, words), under(transition, words));
    let then = match transition.way {
        Way::Old => say!(lang, "{cases} thì được giải quyết tiếp theo quy định này", "{cases} go on under these rules"),
        Way::New => say!(lang, "{cases} thì được giải quyết theo quy định mới", "{cases} go on under the new rules"),
        Way::Stop => stopped(&cases, words),
    };
    Some(format!("{ends}. {then}{under}."))
}

/// Of the version that follows: what becomes of cases received under the one before.
pub fn of_following(before: &Procedure, words: &Wording<'_>) -> Option<String> {
    let lang = words.lang;
    let transition = before.body.transition.as_ref()?;
    let day = short_date(last_day(before)?);
    let (cases, under) = (open_cases(transition, &day, words), under(transition, words));
    let then = match transition.way {
        Way::Old => say!(
            lang,
            "{cases} thì được giải quyết theo quy định tại thời điểm tiếp nhận",
            "{cases} go on under the rules of the day of receipt"
        ),
        Way::New => say!(lang, "{cases} thì được giải quyết theo quy định này", "{cases} go on under these rules"),
        Way::Stop => stopped(&cases, words),
    };
    Some(format!("{then}{under}."))
}

fn open_cases(transition: &Transition, day: &str, words: &Wording<'_>) -> String {
    if transition.posted {
        return say!(
            words.lang,
            "Hồ sơ tiếp nhận, hoặc gửi bưu chính theo dấu bưu chính, đến hết ngày {day} mà chưa giải quyết xong",
            "Cases received, or posted by the postmark, up to {day} that are still open"
        );
    }
    say!(
        words.lang,
        "Hồ sơ tiếp nhận đến hết ngày {day} mà chưa giải quyết xong",
        "Cases received up to {day} that are still open"
    )
}

/// What is said of it under either version.
fn stopped(cases: &str, words: &Wording<'_>) -> String {
    say!(
        words.lang,
        "{cases} thì dừng giải quyết và trả lại cho người nộp",
        "{cases} are stopped, and the papers returned"
    )
}

fn under(transition: &Transition, words: &Wording<'_>) -> String {
    let cites = words.cites(&transition.cites);
    cites.map_or_else(String::new, |cites| say!(words.lang, " (theo {cites})", " (under {cites})"))
}
