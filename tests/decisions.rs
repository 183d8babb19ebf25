//! Decision tables, read back from the files themselves: each meets exactly one row in every case, and what the row gives is
//! what the compiler answers by another way, over the facts of the whole procedure.

mod common;

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use thutuc::compile::{Catalogue, FileKind, Input, Options};
use thutuc::diagnostic::Severity;
use thutuc::emit::{self, Sink};
use thutuc::lang::Lang;
use thutuc::model::{Atom, Channel, Expr, Id, Number, Subject, Test};
use thutuc::plan::cases::{Case, Space};
use thutuc::plan::money::{Payable, payable};
use thutuc::plan::path::promises;
use thutuc::plan::{ProcedurePlan, Wording, decision};
use thutuc::source::{FileId, Span, Spanned};

use common::dmn::{Dmn, Facts, same};
use common::{files_below, shipped};

#[derive(Default)]
struct Built(Mutex<BTreeMap<String, String>>);

impl Sink for Built {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if path.ends_with(".docx") {
            return Ok(());
        }
        let text = String::from_utf8(bytes.to_vec()).expect("outputs are UTF-8");
        self.0.lock().expect("no writer panics").insert(path.to_owned(), text);
        Ok(())
    }
}

fn built(catalogue: &Catalogue) -> BTreeMap<String, String> {
    let sink = Built::default();
    emit::build(catalogue, &emit::Wanted::default(), &sink, &|| ()).expect("it is built");
    sink.0.into_inner().expect("no writer panics")
}

fn options(place: Option<&str>) -> Options {
    let place = place.map(str::to_owned);
    Options { lang: Lang::Vi, as_of: None, today: date(2026, 11, 22), place, release: false }
}

fn read_shipped(place: Option<&str>) -> Catalogue {
    let files = files_below(&shipped().join("procedures")).into_iter();
    let inputs = files.filter(|(name, _)| name.ends_with(".tthc") || name.ends_with(".yaml")).map(|(name, bytes)| {
        let kind = match name.as_str() {
            "catalogue.yaml" => FileKind::Settings,
            _ if name.starts_with("registers/") => FileKind::Register,
            _ => FileKind::Procedures,
        };
        Input { kind, name, bytes }
    });
    Catalogue::read(inputs.collect(), options(place))
}

fn read_text(text: &str) -> Catalogue {
    let agencies = "- { id: ubnd-xã, name: \"UBND cấp xã\", level: xã, local: true }\n";
    let register = Input {
        kind: FileKind::Register,
        name: "registers/agencies.yaml".to_owned(),
        bytes: agencies.as_bytes().to_vec(),
    };
    let file = Input { kind: FileKind::Procedures, name: "a.tthc".to_owned(), bytes: text.as_bytes().to_vec() };
    Catalogue::read(vec![register, file], options(None))
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What an input of a file may be, and the fact it stands for.
struct Asked {
    name: String,
    fact: Id,
    kind: Kind,
}

enum Kind {
    Boolean,
    OneOf(Vec<String>),
    SomeOf(Vec<String>),
    Number(Vec<Number>),
    Day(Vec<Date>),
}

/// The inputs of a file. Numbers and days are those that some test names, and their neighbours.
fn inputs(dmn: &Dmn, xml: &str) -> Vec<Asked> {
    let one = |input: &common::dmn::Element| {
        let name = input.attribute("name").to_owned();
        let description = input.get("description").expect("a description").text();
        let source = description.strip_prefix("Trong tệp JSON: ").expect("the fact is named");
        let fact = Id::new(source.split(';').next().unwrap_or(source).trim());
        let type_name = input.get("variable").expect("a variable").attribute("typeRef");
        let type_of = dmn.root.all("itemDefinition").find(|own| own.attribute("name") == type_name);
        let allowed = type_of.and_then(|own| own.get("allowedValues")).map_or("", |own| own.text());
        let values = || allowed.split(',').map(|value| value.trim_matches('"').to_owned()).collect();
        let base = type_of.map_or(type_name, |own| own.get("typeRef").expect("a base").text());
        let kind = match base {
            "boolean" => Kind::Boolean,
            "number" => Kind::Number(numbers(xml, allowed)),
            "string" if type_of.is_some_and(|own| own.attribute("isCollection") == "true") => Kind::SomeOf(values()),
            "string" if !allowed.is_empty() => Kind::OneOf(values()),
            "string" => Kind::Day(days(xml)),
            other => panic!("{other}"),
        };
        Asked { name, fact, kind }
    };
    dmn.root.all("inputData").map(one).collect()
}

/// Within what is allowed, `[1..100]`, `>= 1` or nothing.
fn numbers(xml: &str, allowed: &str) -> Vec<Number> {
    let bound = |text: &str| text.trim().parse::<i64>().ok();
    let (low, high) = match allowed.trim_matches(['[', ']']).split_once("..") {
        Some((low, high)) => (bound(low), bound(high)),
        None => (allowed.strip_prefix(">= ").and_then(bound), allowed.strip_prefix("<= ").and_then(bound)),
    };
    let texts = xml.split("<text>").skip(1).filter_map(|part| part.split('<').next());
    let named = texts.flat_map(|text| text.split(|letter: char| !letter.is_ascii_digit())).filter_map(bound);
    let mut all: Vec<Number> = Vec::new();
    for whole in named.chain(low).chain(high).filter(|whole| *whole < 100_000) {
        all.extend([-1, 0, 1].map(|beside| Number::whole(whole + beside)));
    }
    all.retain(|one| {
        low.is_none_or(|low| one.compare(Number::whole(low)).is_ge())
            && high.is_none_or(|high| one.compare(Number::whole(high)).is_le())
    });
    all
}

fn days(xml: &str) -> Vec<Date> {
    let named = xml.split("date(&quot;").skip(1).filter_map(|part| part.get(..10)?.parse::<Date>().ok());
    named.flat_map(|day| [day.yesterday(), Ok(day), day.tomorrow()]).flatten().collect()
}

/// A fact told twice: to the engine as JSON, to the compiler as a condition that is true.
fn told(asked: &Asked, random: &mut Random, places: &mut u32) -> (Value, Expr) {
    let mut span = || {
        *places += 1;
        Span { file: FileId::default(), start: u32::MAX - *places, end: u32::MAX }
    };
    let channels = [("trực-tiếp", Channel::InPerson), ("trực-tuyến", Channel::Online), ("bưu-chính", Channel::Post)];
    let is_channel = asked.fact.is("cách-thức");
    let at = span();
    let subject = if is_channel { Subject::Channel(at) } else { Subject::Fact(Spanned::new(asked.fact.clone(), at)) };
    let test = |test: Test| Expr::Test { subject: subject.clone(), test, span: at };
    let choice = |id: &String| Spanned::new(Atom::Id(Id::new(id)), at);
    match &asked.kind {
        Kind::Boolean => match random.below(2) {
            0 => (json!(true), test(Test::Holds)),
            _ => (json!(false), Expr::Not(Box::new(test(Test::Holds)), at)),
        },
        Kind::OneOf(all) if is_channel => {
            let id = random.pick(all);
            let channel = channels.iter().find(|(own, _)| own == id).expect("a channel").1;
            (json!(id), test(Test::Is(Spanned::new(Atom::Channel(channel), at))))
        }
        Kind::OneOf(all) => {
            let id = random.pick(all);
            (json!(id), test(Test::Is(choice(id))))
        }
        Kind::SomeOf(all) => {
            let ids: Vec<&String> = all.iter().filter(|_| random.below(2) == 0).collect();
            (json!(ids), test(Test::Exactly(ids.into_iter().map(choice).collect())))
        }
        Kind::Number(all) => {
            let number = *random.pick(all);
            let value = json!(number.numerator as f64 / number.denominator as f64);
            (value, test(Test::Is(Spanned::new(Atom::Number(number), at))))
        }
        Kind::Day(all) => {
            let day = *random.pick(all);
            (json!(day.to_string()), test(Test::Is(Spanned::new(Atom::Date(day), at))))
        }
    }
}

/// What the compiler answers to each decision of a file, by the order of papers, charges and limits.
fn answers(plan: &ProcedurePlan<'_>, dmn: &Dmn, space: &Space, case: &Case) -> Vec<(String, Value)> {
    let body = plan.body();
    let as_of = plan.variant().as_of;
    let words = Wording { lang: Lang::Vi, registers: plan.registers, body };
    let named = |wanted: &dyn Fn(&str, &str) -> bool| -> Vec<String> {
        let type_of =
            |one: &common::dmn::Element| one.get("variable").expect("a variable").attribute("typeRef").to_owned();
        let all = dmn.decisions().filter(|one| wanted(one.attribute("id"), &type_of(one)));
        all.map(|one| one.attribute("id").to_owned()).collect()
    };
    let mut found = Vec::new();

    let all: Vec<_> = decision::asked_documents(plan).collect();
    let asked = decision::documents(plan, space, case).expect("every fact is told");
    let is_asked = |one: &thutuc::model::Document| asked.iter().any(|other| std::ptr::eq(*other, one));
    let tables = named(&|_, kind| kind == "boolean");
    let by_case: Vec<_> = all.iter().filter(|one| one.when.is_some()).collect();
    assert_eq!(tables.len(), by_case.len(), "every paper that is not always asked for has a table");
    found.extend(tables.into_iter().zip(by_case.iter().map(|one| json!(is_asked(one)))));
    let ids = all
        .iter()
        .enumerate()
        .filter(|(_, one)| is_asked(one))
        .map(|(at, one)| one.id.as_ref().map_or_else(|| format!("giay_to_{}", at + 1), |id| id.value.to_string()));
    let ids = json!(ids.collect::<Vec<_>>());
    found.extend(named(&|_, kind| kind == "kieu_giay_to").into_iter().map(|name| (name, ids.clone())));

    let charges: Vec<_> = body.charges.iter().filter(|charge| charge.valid.contains(as_of)).collect();
    let in_dong = named(&|name, kind| kind == "number" && !name.ends_with("_usd"));
    assert_eq!(in_dong.len(), charges.len(), "every charge has a table");
    for (name, charge) in in_dong.into_iter().zip(charges) {
        let sum = payable(plan, space, case, charge).expect("every fact is told");
        let value = |number: Number| json!(number.numerator as f64 / number.denominator as f64);
        let (dong, dollars) = match sum {
            None => (json!(0), json!(0)),
            Some(Payable::Sum(sum)) => (value(sum.dong), value(sum.dollars)),
            Some(Payable::Open(_) | Payable::Nothing) => (Value::Null, Value::Null),
            Some(Payable::Needs(fact)) => panic!("{fact} is told"),
        };
        let other = format!("{name}_usd");
        match dmn.decisions().any(|one| one.attribute("id") == other) {
            true => found.push((other, dollars)),
            false => assert!(same(&dollars, &json!(0)) || dollars.is_null(), "{name} comes to dollars"),
        }
        found.push((name, dong));
    }

    let limits: Vec<_> = body
        .deadlines
        .iter()
        .filter(|one| one.limit.is_some() && one.valid.contains(as_of))
        .map(|one| &one.value)
        .collect();
    let promised = promises(plan, space, case).expect("every fact is told");
    let tables = named(&|_, kind| kind == "kieu_thoi_han");
    assert_eq!(tables.len(), limits.len(), "every limit has a table");
    for (name, limit) in tables.into_iter().zip(limits) {
        let own = promised.iter().find(|promise| std::ptr::eq(promise.deadline, limit));
        found.push((name, own.map_or(Value::Null, |own| json!(words.promised(&own.limit)))));
    }
    assert_eq!(found.len(), dmn.decisions().count());
    found
}

/// Tries random cases on every file of a build; gives how many answers were compared.
fn try_cases(catalogue: &Catalogue, folder: &str, rounds: usize) -> usize {
    let files = built(catalogue);
    let tried = catalogue.each_plan(|plan| {
        let code = &plan.procedure.code.value.0;
        let Some(xml) = files.get(&format!("{folder}decisions/{code}.dmn")) else { return 0 };
        let dmn = Dmn::read(xml);
        let inputs = inputs(&dmn, xml);
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        let mut tried = 0;
        for _ in 0..rounds {
            let mut places = 0;
            let (mut facts, mut given) = (Facts::new(), Vec::new());
            for asked in &inputs {
                let (value, condition) = told(asked, &mut random, &mut places);
                facts.insert(asked.name.clone(), value);
                given.push(condition);
            }
            let space = decision::space(plan, &given);
            let case = given.iter().try_fold(space.everything(), |case, given| space.assume(case, given));
            let case = case.expect("each fact is told once");
            for (name, expected) in answers(plan, &dmn, &space, &case) {
                let mut answer = dmn.decide(&name, &facts);
                if let Some(text) = answer.get_mut("van_ban") {
                    answer = text.take();
                }
                assert!(same(&answer, &expected), "{code} {name}: {answer} and not {expected} for {facts:?}");
                tried += 1;
            }
        }
        tried
    });
    tried.into_iter().sum()
}

#[test]
fn every_case_meets_one_row_and_its_answer_is_the_plans() {
    assert!(try_cases(&read_shipped(None), "", 200) > 30_000);
}

#[test]
fn also_at_a_place() {
    assert!(try_cases(&read_shipped(Some("đồng-tháp")), "places/dong-thap/", 50) > 5_000);
}

/// Every kind of fact, of condition and of amount; ids that FEEL would take for its own words, or for each other.
const EVERYTHING: &str = "thủ tục 1.000001 \"Tên\" {
    cách thức thực hiện: trực tiếp, trực tuyến, bưu chính
    trường hợp {
        sum: có hoặc không \"In ra giấy\"
        min: số nguyên từ 0 đến 30 \"tờ\" \"Số tờ\"
        diện-tích: số thập phân từ 0 \"m2\" \"Diện tích\"
        ngày-cấp: ngày \"Ngày cấp\"
        nhóm: nhiều trong \"Nhóm\" { một \"Một\"; hai \"Hai\"; ba \"Ba\" }
        việc: một trong \"Việc\" { mới \"Mới\"; cũ \"Cũ\"; mơi \"Mơi\"; còn \"Còn lại\" }
        vịệc: có hoặc không \"Cùng tên không dấu\"
        xa: khi diện-tích trên 2,5 và nhóm gồm hai \"Ở xa\"
    }
    thành phần hồ sơ: 01 bộ {
        nộp đơn \"Đơn\"
        nộp \"Giấy không có mã\" { khi: ngày-cấp từ ngày 01/7/2025 đến ngày 31/12/2025 hoặc sum }
        nộp bản-đồ \"Bản đồ\" { khi: xa và (việc là mới hoặc vịệc) và cách thức khác bưu chính }
        xuất trình thẻ \"Thẻ\" { khi: nhóm là (một, ba) }
        xuất trình sổ \"Sổ\" { khi: không (nhóm là (một, hai)) và ngày-cấp dưới ngày 02/7/2025 }
    }
    thời hạn giải quyết: 03 ngày làm việc {
        kể từ: nhận đủ hồ sơ hợp lệ
        khi việc thuộc (mới, mơi): 05 ngày làm việc { khi sum: trong ngày }
        khi việc là cũ: do địa phương quy định
        thêm khi min từ 12: 02 ngày làm việc
        thêm khi xa: 01 tháng
    }
    phí phí-một \"Phí một\": 4.000 đồng + 1.000 đồng × (min - 2) {
        khi việc khác còn và min dưới 2: 2.500 đồng × min { tối đa: 4.000 đồng }
        khi việc khác còn và min từ 2 và vịệc: 10 USD
        khi việc là còn: miễn
        tối đa: 20.000 đồng
        tối thiểu: 3.000 đồng
    }
    lệ phí lệ-phí-hai \"Lệ phí hai\": 1.234 đồng × diện-tích { làm tròn: lên đến 1.000 đồng; khi: không sum }
    lệ phí lệ-phí-ba \"Lệ phí ba\": 700 đồng { khi diện-tích từ 2,5: 1.100 đồng; nhân với: min; làm tròn: 1.000 đồng }
    lệ phí lệ-phí-bốn \"Lệ phí bốn\": 8.000 đồng/bản
}";

#[test]
fn every_kind_of_fact_and_amount_can_be_said() {
    let catalogue = read_text(EVERYTHING);
    let faults = catalogue.reading.iter().filter(|one| one.severity == Severity::Error).map(|one| &one.message);
    assert_eq!(faults.collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(try_cases(&catalogue, "", 3_000) >= 3_000 * 11);
    let files = built(&catalogue);
    let xml = &files["decisions/1.000001.dmn"];
    let names: Vec<String> = inputs(&Dmn::read(xml), xml).into_iter().map(|asked| asked.name).collect();
    let expected = ["cach_thuc", "sum_2", "min_2", "dien_tich", "ngay_cap", "nhom", "viec", "viec_2"];
    assert_eq!(names, expected, "no word of FEEL, and none twice");
}

#[test]
fn every_written_case_comes_out_as_it_says() {
    for catalogue in [read_shipped(None), read_text(EVERYTHING)] {
        let files = built(&catalogue);
        let mut tried = 0;
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".cases.json")) {
            let dmn = Dmn::read(&files[&path.replace(".cases.json", ".dmn")]);
            let cases: Vec<Value> = serde_json::from_str(text).expect("a list");
            assert!(!cases.is_empty(), "{path}");
            for case in cases {
                let facts = case["facts"].as_object().expect("facts").clone().into_iter().collect();
                let answer = dmn.decide(case["decision"].as_str().expect("a name"), &facts);
                assert!(same(&answer, &case["expect"]), "{path} {}: {answer}", case["name"]);
                tried += 1;
            }
        }
        assert!(tried >= 30, "only {tried} cases");
    }
}

/// What cannot be a table is named, and nothing that rests on it stands.
#[test]
fn what_is_left_out_is_said() {
    let yes_or_no: String = (0..13).map(|at| format!("a{at}: có hoặc không \"A{at}\"\n")).collect();
    let rules: String = (0..12).map(|at| format!("thêm khi a{at}: {at}.000 đồng\n")).collect();
    let text = format!(
        "thủ tục 1.000001 \"Tên\" {{
    trường hợp {{ {yes_or_no} chưa-rõ: chưa nhập \"Chưa rõ\" }}
    thành phần hồ sơ: 01 bộ {{ nộp đơn \"Đơn\"; nộp giấy \"Giấy\" {{ khi: chưa-rõ }} }}
    phí một \"Phí một\": 500.000 đồng {{ {rules} }}
    phí hai \"Phí hai\": 1.000 đồng
}}"
    );
    let files = built(&read_text(&text));
    let dmn = Dmn::read(&files["decisions/1.000001.dmn"]);
    let names: Vec<&str> = dmn.decisions().map(|one| one.attribute("id")).collect();
    assert_eq!(names, ["phi_hai"]);
    let said = dmn.root.get("description").expect("a description").text();
    for left in ["Giấy: có điều kiện chưa khai", "danh sách giấy tờ: có giấy tờ", "Phí một: nhiều hơn 2000 dòng"]
    {
        assert!(said.contains(left), "{said}");
    }
    let is_other = |line: &&str| !line.contains("thành phần") && !line.contains("phí hai");
    let without = text.lines().filter(is_other).collect::<Vec<_>>().join("\n");
    let files = built(&read_text(&without));
    let alone = &files["decisions/1.000001.dmn"];
    assert!(alone.contains("Phí một: nhiều hơn 2000 dòng") && !alone.contains("<decision "), "{alone}");
}
