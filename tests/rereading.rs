//! After a change only what it reaches is read and checked again. Whatever is done to the shipped catalogue, one change after
//! the other, that gives what reading and checking all of it gives.

mod support;

use rustc_hash::FxHashSet;

use thutuc::check::Kept;
use thutuc::compile::{Catalogue, FileKind, Input};
use thutuc::lang::Lang;

use support::options;

/// Everything that is found, as text.
fn found(catalogue: &Catalogue, report: &thutuc::check::Report) -> Vec<String> {
    let place = |span: thutuc::source::Span| {
        let file = catalogue.sources.get(span.file);
        format!("{}:{:?}", file.name, file.position(span.start))
    };
    let told = |one: &thutuc::diagnostic::Diagnostic| format!("{} {one:?}", place(one.span));
    let findings = report.findings.iter().map(told);
    let silenced = report.silenced.iter().map(|one| format!("silenced {}", told(one)));
    findings.chain(silenced).chain(report.proved.iter().cloned()).collect()
}

/// A catalogue that is changed step by step.
struct Chain {
    inputs: Vec<Input>,
    catalogue: Catalogue,
    kept: Kept,
    proved: FxHashSet<String>,
    /// What the last step found.
    found: Vec<String>,
}

impl Chain {
    fn of(inputs: Vec<Input>) -> Chain {
        let catalogue = Catalogue::read(inputs.clone(), options(Lang::Vi));
        let (report, kept) = catalogue.check_after(&FxHashSet::default(), None);
        let found = found(&catalogue, &report);
        Chain { inputs, catalogue, kept, proved: report.proved.into_iter().collect(), found }
    }

    fn input(&mut self, name: &str) -> &mut Input {
        let found = self.inputs.iter_mut().find(|input| input.name.ends_with(name));
        found.unwrap_or_else(|| panic!("there is no {name}"))
    }

    fn text(&mut self, name: &str) -> String {
        String::from_utf8(self.input(name).bytes.clone()).expect("text")
    }

    /// Writes a file anew; gives how many procedures are reached, and what is found now and was not before.
    #[track_caller]
    fn step(&mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Vec<String> {
        self.input(name).bytes = bytes.into();
        let (catalogue, changed) =
            Catalogue::read_after(&self.catalogue, &self.inputs).expect("no more than this file is read");
        let (report, kept) = catalogue.check_after(&self.proved, Some((&self.kept, &changed)));
        let whole = Catalogue::read(self.inputs.clone(), options(Lang::Vi));
        let codes = |catalogue: &Catalogue| -> Vec<String> {
            catalogue.procedures.iter().map(|one| format!("{} {:?}", one.code.value, one.head)).collect()
        };
        assert_eq!(codes(&catalogue), codes(&whole));
        let (now, all) = (found(&catalogue, &report), found(&whole, &whole.check()));
        for (now, all) in now.iter().zip(&all) {
            assert_eq!(now, all, "after {name}");
        }
        assert_eq!(now.len(), all.len(), "after {name}");
        let new = now.iter().filter(|one| !self.found.contains(one)).cloned().collect();
        self.proved = report.proved.into_iter().collect();
        (self.catalogue, self.kept, self.found) = (catalogue, kept, now);
        new
    }

    /// The same, with one piece of text in the place of another.
    #[track_caller]
    fn replace(&mut self, name: &str, from: &str, to: &str) -> Vec<String> {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no {from}");
        self.step(name, text.replacen(from, to, 1))
    }
}

#[track_caller]
fn tells(new: &[String], what: &str) {
    assert!(new.iter().any(|one| one.contains(what)), "nothing new tells {what}: {new:#?}");
}

#[test]
fn a_change_gives_what_reading_everything_gives() {
    let mut chain = Chain::of(support::shipped());
    let (birth, water, bundle) =
        ("1.001193-khai-sinh.tthc", "1.004122-khoan-nuoc-duoi-dat.tthc", "2.000986-lien-thong-khai-sinh.tthc");
    let before = chain.found.clone();

    // Nothing but lines.
    let text = chain.text(birth);
    chain.step(birth, format!("// a\n\n{text}"));
    chain.step(birth, text.clone());
    assert_eq!(chain.found, before);

    // A fault of the text, bytes that are no text, and the file mended.
    tells(&chain.replace(birth, "thời hạn giải quyết:", "thời hạn giải quyêt:"), "TT008");
    tells(&chain.step(birth, [0xFF, 0xFE, b'a', 0]), "UTF-16");
    chain.step(birth, Vec::new());
    chain.step(birth, text.clone());
    assert_eq!(chain.found, before);

    // A part of a bundle is another procedure, and is itself again.
    tells(&chain.replace(birth, "thủ tục 1.001193 \"", "thủ tục 1.001194 \""), "1.001193");
    chain.step(birth, text.clone());
    assert_eq!(chain.found, before);

    // What a place lays over a procedure: of one regime there, of both, for the nation, and nothing.
    let own = chain.text(water);
    tells(&chain.replace(water, "hẹn trả:    ngày 07/9/2026", "hẹn trả:    ngày 08/9/2026"), "08/9/2026");
    tells(
        &chain.replace(
            water,
            "áp dụng 1.004122 tại cao-bằng từ 01/01/2026",
            "áp dụng 1.004122 tại cao-bằng từ 18/8/2026",
        ),
        "TT",
    );
    chain.replace(
        water,
        "áp dụng 1.004122 đến 31/12/2025 {\n    thời hạn giải quyết: 24",
        "áp dụng 1.004122 đến 31/12/2025 {\n    thời hạn giải quyết: 20",
    );
    let end = own.find("áp dụng 1.004122 đến").expect("there is one");
    chain.step(water, own[..end].to_owned());
    chain.step(water, own);
    assert_eq!(chain.found, before);

    // The same, written in the file of another procedure: also over a part of a bundle, and over nothing.
    let whole = chain.text(bundle);
    for (over, what) in [
        ("áp dụng 1.004122 tại cao-bằng/thục-phán từ 01/01/2026 { liên hệ: \"Điện thoại: 0206\" }", "TT"),
        ("áp dụng 1.004222 tại cao-bằng { thời hạn giải quyết: 05 ngày làm việc }", "TT"),
        ("áp dụng 1.004222 tại cao-bằng { thời hạn giải quyết: 35 ngày làm việc }", "35 ngày"),
        (
            "áp dụng 1.004222 tại cao-bằng { ví dụ \"A\" { nộp lúc: 09:00 ngày 10/8/2026; hẹn trả: ngày 11/8/2026 } }",
            "11/8/2026",
        ),
        (
            "áp dụng 1.004222 tại cao-bằng { ví dụ \"A\" { nộp lúc: 09:00 ngày 10/8/2026; hẹn trả: ngày 12/8/2026 } }",
            "12/8/2026",
        ),
        ("áp dụng 1.001193 từ 01/01/2026 { thời hạn giải quyết: 30 ngày làm việc }", "TT431"),
        ("áp dụng 2.000986 tại cao-bằng { bỏ qua TT999: \"không có\" }", "TT999"),
        ("áp dụng 9.999999 tại cao-bằng { liên hệ: \"Điện thoại: 0206\" }", "9.999999"),
    ] {
        tells(&chain.step(bundle, format!("{whole}\n{over}\n")), what);
    }
    chain.step(bundle, whole);
    assert_eq!(chain.found, before);
}

#[test]
fn what_holds_for_every_procedure_is_no_change_of_some() {
    let inputs = support::shipped();
    let before = Catalogue::read(inputs.clone(), options(Lang::Vi));
    let with = |change: &dyn Fn(&mut Vec<Input>)| {
        let mut inputs = inputs.clone();
        change(&mut inputs);
        Catalogue::read_after(&before, &inputs).map(|_| ())
    };
    let longer = |name: &'static str| {
        with(&move |inputs| {
            let found = inputs.iter_mut().find(|input| input.name.ends_with(name));
            found.unwrap_or_else(|| panic!("there is no {name}")).bytes.extend(b"\n");
        })
    };
    assert_eq!(with(&|_| ()), Some(()));
    assert_eq!(longer("1.001193-khai-sinh.tthc"), Some(()));
    for name in ["catalogue.yaml", "registers/acts.yaml", "quy-dinh/ho-tich.tthc", "mien-giam-hoc-phi-nghe-an.tthc"] {
        assert_eq!(longer(name), None, "{name}");
    }
    assert_eq!(with(&|inputs| drop(inputs.pop())), None, "a file went");
    assert_eq!(with(&|inputs| inputs.push(support::procedure_file("z.tthc", "\n"))), None, "a file came");
    let last = |inputs: &mut Vec<Input>| inputs.last_mut().expect("a file").name.push('a');
    assert_eq!(with(&last), None, "a file has another name");
    let picture = Input { kind: FileKind::Picture, name: "templates/logo.png".to_owned(), bytes: vec![1] };
    assert_eq!(with(&|inputs| inputs.push(picture.clone())), None, "a picture came");
}
