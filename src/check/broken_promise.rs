//! TT421: the internal process cannot keep the published limit.

use super::prelude::*;
use crate::model::Unit;
use crate::model::process::StepTime;
use crate::model::quantity::short_date;
use crate::plan::Proved;
use crate::plan::proof::Broken;
use crate::time::Calendar;

pub(super) static RULE: Rule = Rule {
    code: RuleCode("TT421"),
    name: "broken-promise",
    severity: Severity::Error,
    title: Words::new("Quy trình không kịp thời hạn công bố", "The process cannot keep the published limit"),
    why: Words::new(
        "Mỗi bước đều đúng hạn mà hồ sơ vẫn trễ: lỗi của quy trình, không phải của người làm. Chương trình thử mọi phút có thể nhận hồ sơ trong các năm đã có lịch nghỉ chính thức, theo mọi nhánh của quy trình; ví dụ nêu ra là một hồ sơ có thật sẽ trễ.",
        "Every step is in time and the case is late all the same: the fault is the process's. Every minute at which a file can be received in the years with an official calendar is tried, on every path; the example is a file that will be late.",
    ),
    basis: Basis::Inferred("Điều 147, 148 Bộ luật Dân sự 2015"),
    wrong: r#"thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa; thời gian: 0,5 ngày làm việc }
    thẩm định { trách nhiệm: hộ-tịch-xã; thời gian: 02 ngày làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: 01 ngày làm việc }
    trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
}"#,
    right: r#"thời hạn giải quyết: 03 ngày làm việc { kể từ: nhận đủ hồ sơ hợp lệ }
quy trình {
    tiếp nhận { trách nhiệm: một-cửa; thời gian: 0,5 ngày làm việc }
    thẩm định { trách nhiệm: hộ-tịch-xã; thời gian: 02 ngày làm việc }
    ký { trách nhiệm: lãnh-đạo-ubnd-xã; thời gian: 0,5 ngày làm việc }
    trả kết quả { trách nhiệm: một-cửa; thời gian: ngay }
}"#,
    run: Run::Procedure(check),
};

fn check(plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    if !times_are_fresh(plan) {
        return;
    }
    let proved = plan.proof();
    for broken in proved.proof.broken.iter().filter(|broken| !hours_within_a_day(broken)) {
        report(broken, proved, plan, findings);
    }
}

/// Steps with hours of their own in a promise of the same day: said by TT407, wherever they fail.
fn hours_within_a_day(broken: &Broken<'_>) -> bool {
    let hours = |time: &StepTime| matches!(time, StepTime::For { duration, .. } if matches!(duration.unit, Unit::WorkingHours | Unit::Hours));
    let steps = broken.taken.iter().filter_map(|taken| taken.step.time.as_ref());
    broken.same_day && steps.flat_map(|time| time.values()).filter_map(|value| value.setting.given()).any(hours)
}

fn report(broken: &Broken<'_>, proved: &Proved<'_>, plan: &ProcedurePlan<'_>, findings: &mut Findings<'_>) {
    let (wording, calendar, lang) = (findings.wording(plan), proved.calendar, findings.lang);
    let case = in_case(&proved.space, &broken.case, &wording);
    let (from, due, reached) = (
        wording.moment(broken.from, calendar),
        wording.moment(broken.due, calendar),
        wording.moment(broken.reached, calendar),
    );
    let begins = match broken.after {
        None => say!(lang, "hồ sơ nhận lúc {from}", "a file received at {from}"),
        Some(step) => {
            let step = step_name(step, &wording);
            say!(lang, "xong bước “{step}” lúc {from}", "when “{step}” is over at {from}, the rest")
        }
    };
    let message = match broken.sums {
        Some((steps, promised)) => {
            let (steps, promised) = (wording.duration(&steps), wording.duration(&promised));
            say!(
                lang,
                "{case}các bước cộng lại {steps}, công bố {promised}",
                "{case}the steps add up to {steps}, the promise is {promised}"
            )
        }
        None => say!(
            lang,
            "{case}{begins} thì {reached} mới xong, mà hạn là {due}",
            "{case}{begins} is done at {reached}, and due at {due}"
        ),
    };
    let mut notes = Vec::new();
    if broken.sums.is_some() {
        notes.push(say!(
            lang,
            "{begins} thì {reached} mới xong, mà hạn là {due}",
            "{begins} is done at {reached}, and due at {due}"
        ));
    }
    notes.push(on_days(broken, calendar, plan, lang));
    if broken.others > 0 {
        let others = broken.others;
        notes.push(say!(lang, "còn {others} trường hợp khác cũng trễ", "{others} more cases are late as well"));
    }
    let help = say!(
        lang,
        "rút ngắn các bước, cho các bước chạy đồng thời, hoặc sửa thời hạn nếu văn bản cho phép; thời gian chờ mà luật không tính thì ghi “không tính theo …”",
        "shorten the steps, let some run at the same time, or change the limit where the act allows it; a wait the law does not count is `not counted under …`"
    );
    let found = findings.report(broken.deadline.head, message);
    for taken in broken.taken.iter().filter(|taken| taken.until > taken.from) {
        let until = wording.moment(taken.until, calendar);
        let note = if taken.counted {
            say!(lang, "bước này xong {until}", "this step ends at {until}")
        } else {
            say!(lang, "không tính, đến {until}", "not counted, until {until}")
        };
        found.also(taken.step.head, note);
    }
    found.notes.extend(notes);
    found.help(help);
}

/// On which days of receipt it happens: those of the catalogue's year first of all.
fn on_days(broken: &Broken<'_>, calendar: &Calendar, plan: &ProcedurePlan<'_>, lang: crate::lang::Lang) -> String {
    let (first, last) = calendar.official_days();
    let (from, to) = (short_date(calendar.date(first)), short_date(calendar.date(last)));
    if broken.always {
        return say!(
            lang,
            "ngày nào từ {from} đến {to} cũng có giờ nhận như vậy",
            "on every day from {from} to {to} there are such hours of receipt"
        );
    }
    let year = plan.variant().as_of.year();
    let of_year = |run: &&(i32, i32)| (calendar.date(run.0).year()..=calendar.date(run.1).year()).contains(&year);
    let shown: Vec<&(i32, i32)> = match broken.days.iter().filter(of_year).collect::<Vec<_>>() {
        none if none.is_empty() => broken.days.iter().collect(),
        own => own,
    };
    let run = |run: &&(i32, i32)| {
        let (first, last) = (short_date(calendar.date(run.0)), short_date(calendar.date(run.1)));
        match run.0 == run.1 {
            true => say!(lang, "ngày {first}", "{first}"),
            false => say!(lang, "các ngày làm việc từ {first} đến {last}", "the working days from {first} to {last}"),
        }
    };
    let texts: Vec<String> = shown.iter().take(3).map(run).collect();
    let (texts, others) = (texts.join("; "), broken.days.len() - shown.len().min(3));
    match others {
        0 => say!(lang, "xảy ra với hồ sơ nhận {texts}", "it happens to files received on {texts}"),
        _ => say!(
            lang,
            "xảy ra với hồ sơ nhận {texts}; và {others} đợt khác từ {from} đến {to}",
            "it happens to files received on {texts}; and {others} more times from {from} to {to}"
        ),
    }
}
