//! Days on which the law changed: what is read and built on either side of one differs just where it should.

mod support;

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use jiff::civil::{Date, date};
use thutuc::change::{Comparison, Kind, Part, Where, compare};
use thutuc::compile::{Catalogue, Input, Options};
use thutuc::diagnostic::Severity;
use thutuc::emit::{self, Sink, Wanted};
use thutuc::lang::Lang;

fn on(inputs: Vec<Input>, day: Date, place: Option<&str>) -> Catalogue {
    let options = Options { as_of: Some(day), place: place.map(str::to_owned), ..support::options(Lang::Vi) };
    Catalogue::read(support::with_shipped_registers(inputs), options)
}

fn between(before: Date, after: Date) -> Comparison {
    let [old, new] = [before, after].map(|day| on(support::shipped_procedures(), day, None));
    compare(&old, &new, Some(Where { days: (before, after), place: None }))
}

fn codes(found: &Comparison, kind: Kind) -> Vec<&str> {
    found.procedures.iter().filter(|one| one.kind == kind).map(|one| one.code.0.as_str()).collect()
}

/// 30/6/2025 was the last day of the district level: the monthly allowance went from three levels to two, and the four
/// procedures that are shipped as valid from 01/7/2025 began.
#[test]
fn the_end_of_the_district_level() {
    let found = between(date(2025, 6, 30), date(2025, 7, 1));
    assert_eq!(codes(&found, Kind::New), ["1.004859", "1.013225", "1.013831", "2.000986"]);
    assert_eq!(codes(&found, Kind::Amended), ["1.001776"]);
    assert_eq!(codes(&found, Kind::Abolished), [""; 0]);
    let allowance = found.procedures.iter().find(|one| one.code.0 == "1.001776").expect("it is amended");
    for part in [Part::Levels, Part::DecidedBy, Part::Deadline, Part::Process, Part::Step] {
        let told = allowance.changes.iter().any(|change| change.part == part);
        assert!(told || part == Part::Process, "{part:?} changed, and is not told");
    }
    assert!(between(date(2025, 6, 29), date(2025, 6, 30)).procedures.is_empty(), "nothing changed the day before");
}

/// Papers of each day, without the stamp that names the day and the hash of the sources.
#[derive(Default)]
struct Pages(Mutex<BTreeMap<String, String>>);

impl Sink for Pages {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if path.ends_with(".html") && path.contains("notices/") {
            let page = String::from_utf8_lossy(bytes).replace("&#x2f;", "/");
            let lines = page.lines().filter(|line| !line.contains("hiệu lực xem tại ngày"));
            let text = lines.collect::<Vec<_>>().join("\n");
            self.0.lock().map_err(|_| io::ErrorKind::Other)?.insert(path.to_owned(), text);
        }
        Ok(())
    }
}

fn pages(inputs: Vec<Input>, day: Date, place: &str) -> BTreeMap<String, String> {
    let pages = Pages::default();
    emit::build(&on(inputs, day, Some(place)), &Wanted::default(), &pages, &|| ()).expect("it is built");
    pages.0.into_inner().expect("nothing panicked")
}

/// Đồng Nai is a centrally-run city from 30/4/2026: its notices change in its name, and in nothing else.
#[test]
fn a_province_becomes_a_city() {
    let one = || vec![support::procedure_file("mau.tthc", "thủ tục 1.000001 \"Thủ tục mẫu\" { cấp thực hiện: tỉnh }")];
    let before = pages(one(), date(2026, 4, 29), "đồng-nai");
    let after = pages(one(), date(2026, 4, 30), "đồng-nai");
    let (before, after) = (before.values().next().expect("a notice"), after.values().next().expect("a notice"));
    assert!(before.contains("Tỉnh Đồng Nai") && !before.contains("Thành phố Đồng Nai"), "{before}");
    assert!(after.contains("Thành phố Đồng Nai") && !after.contains("Tỉnh Đồng Nai"), "{after}");
    assert_eq!(before.replace("Tỉnh Đồng Nai", "Thành phố Đồng Nai"), *after);
}

/// Decrees 61/2018 and 107/2021 gave way to 118/2025 on 01/7/2025, decree 42/2022 to 224/2026 on 01/7/2026.
#[test]
fn decrees_give_way_to_others() {
    let faults = |cited: &str, day: Date| -> Vec<String> {
        let text = format!("thủ tục 1.000001 \"Thủ tục mẫu\" {{ căn cứ pháp lý: {cited} }}");
        let catalogue = on(vec![support::procedure_file("mau.tthc", text)], day, None);
        let found = catalogue.check().findings.into_iter().filter(|one| one.severity == Severity::Error);
        found.map(|one| format!("{} {}", one.code.0, one.message)).collect()
    };
    let turns = [
        ("nđ-61-2018, nđ-107-2021", "nđ-118-2025", date(2025, 6, 30), date(2025, 7, 1)),
        ("nđ-42-2022", "nđ-224-2026", date(2026, 6, 30), date(2026, 7, 1)),
    ];
    for (old, new, last, first) in turns {
        assert_eq!(faults(old, last), [""; 0], "{old} on its last day");
        let after = faults(old, first);
        assert_eq!(after.len(), old.split(", ").count(), "{old}: {after:?}");
        assert!(after.iter().all(|one| one.starts_with("TT612")), "{after:?}");
        assert!(!faults(new, last).is_empty(), "{new} is not yet in force");
        assert_eq!(faults(new, first), [""; 0], "{new} on its first day");
    }
}

/// Of two versions, each is built on its days and checked on its own; on the day between them there is none.
#[test]
fn versions_follow_each_other() {
    let text = "
        thủ tục 1.000001 \"Thủ tục mẫu\" {
            hiệu lực: từ 01/7/2025 đến 28/02/2027; chuyển tiếp: giải quyết theo quy định cũ
            phí: 8.000 đồng theo tt-281-2016-btc
        }
        thủ tục 1.000001 \"Thủ tục mẫu\" { hiệu lực: từ 01/3/2027; phí: 9.000 đồng theo tt-281-2016-btc }";
    let inputs = || vec![support::procedure_file("mau.tthc", text)];
    for (day, says, also) in [
        (date(2027, 2, 28), "8.000 đồng", "Có hiệu lực đến hết ngày 28/02/2027"),
        (date(2027, 3, 1), "9.000 đồng", "được giải quyết theo quy định tại thời điểm tiếp nhận"),
    ] {
        let pages = pages(inputs(), day, "hà-nội");
        assert_eq!(pages.len(), 1, "one notice on {day}");
        let page = pages.values().next().expect("a notice");
        assert!(page.contains(says) && page.contains(also), "{day}: {page}");
    }
    let (old, new) = (on(inputs(), date(2027, 2, 28), None), on(inputs(), date(2027, 3, 1), None));
    let found = compare(&old, &new, Some(Where { days: (old.as_of(), new.as_of()), place: None }));
    assert_eq!(codes(&found, Kind::Amended), ["1.000001"]);
    assert_eq!(compare(&new, &new, None).procedures.len(), 0, "one catalogue beside itself");
}

/// What takes the place of another is announced with it, not as new and abolished.
#[test]
fn one_procedure_replaces_another() {
    let old = "thủ tục 1.000001 \"Thủ tục cũ\" { phí: không }";
    let new = "thủ tục 1.000002 \"Thủ tục mới\" { thay thế: 1.000001; phí: không }";
    let read = |text: &str| on(vec![support::procedure_file("mau.tthc", text)], support::AS_OF, None);
    let found = compare(&read(old), &read(new), None);
    assert_eq!(codes(&found, Kind::Replacing), ["1.000002"]);
    assert_eq!(found.procedures.len(), 1, "{:?}", found.procedures);
    assert_eq!(found.procedures[0].replaces[0].name, "Thủ tục cũ");
}
