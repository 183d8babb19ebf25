//! Every rule's own examples: the wrong one raises this rule alone, the right one nothing. And the list of rules itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use thutuc::check::{RULES, Rule, Run, try_examples};
use thutuc::compile::{Catalogue, FileKind, Input, Options};
use thutuc::lang::Lang;

/// Said of nearly every fragment: the parts that are absent, and the gaps that are marked.
const OF_FRAGMENTS: [&str; 2] = ["TT101", "TT018"];

const TOP_LEVEL: [&str; 4] = ["thủ tục ", "áp dụng ", "quy định ", "quy trình con "];

fn registers() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures/registers");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the registers").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| Input {
        kind: FileKind::Register,
        name: path.file_name().expect("a file").to_string_lossy().into_owned(),
        bytes: fs::read(path).expect("a register"),
    };
    paths.iter().map(read).collect()
}

/// Adds what an example writes below `# registers/acts.yaml` to that register; what is left is the procedure.
fn lay_register<'a>(inputs: &mut [Input], example: &'a str) -> &'a str {
    let Some(rest) = example.strip_prefix("# registers/") else { return example };
    let (name, rest) = rest.split_once('\n').expect("the rows follow the name");
    let until = rest.find("\nthủ tục ").map_or(rest.len(), |at| at + 1);
    let register = inputs.iter_mut().find(|input| input.name == name).expect("a register");
    register.bytes.extend_from_slice(format!("\n{}\n", &rest[..until]).as_bytes());
    &rest[until..]
}

/// The codes that an example raises.
fn codes(registers: &[Input], example: &str, lang: Lang) -> BTreeSet<&'static str> {
    let mut inputs = registers.to_vec();
    let example = lay_register(&mut inputs, example);
    let whole = TOP_LEVEL.iter().any(|word| example.starts_with(word));
    let text =
        if whole { example.to_owned() } else { format!("thủ tục 1.000001 \"Ví dụ\" {{\n{example}\n}}\n") };
    inputs.push(Input { kind: FileKind::Procedures, name: "example.tthc".to_owned(), bytes: text.into_bytes() });
    let day = date(2026, 11, 22);
    let options = Options { lang, as_of: Some(day), today: day, place: None, release: false };
    let catalogue = Catalogue::read(inputs, options);
    let (report, trials) = (catalogue.check(), try_examples(&catalogue));
    let tried = trials.iter().flat_map(|trial| &trial.findings);
    report.findings.iter().chain(tried).map(|found| found.code.0).collect()
}

fn own(rule: &Rule, found: BTreeSet<&'static str>) -> BTreeSet<&'static str> {
    found.into_iter().filter(|code| *code == rule.code.0 || !OF_FRAGMENTS.contains(code)).collect()
}

#[test]
fn the_wrong_example_raises_its_rule_alone_and_the_right_one_nothing() {
    let registers = registers();
    let mut faults = Vec::new();
    for rule in RULES.iter().filter(|rule| !rule.wrong.is_empty()) {
        for lang in [Lang::Vi, Lang::En] {
            let wrong = own(rule, codes(&registers, rule.wrong, lang));
            let right = own(rule, codes(&registers, rule.right, lang));
            if wrong != BTreeSet::from([rule.code.0]) || !right.is_empty() {
                faults.push(format!(
                    "{} {} in {}: wrong raises {wrong:?}, right {right:?}",
                    rule.code.0,
                    rule.name,
                    lang.tag()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_what_no_example_can_show_has_none() {
    let none: Vec<&str> =
        RULES.iter().filter(|rule| rule.wrong.is_empty() || rule.right.is_empty()).map(|rule| rule.code.0).collect();
    assert_eq!(none, ["TT001", "TT016"]);
}

#[test]
fn codes_rise_and_names_are_unique() {
    for pair in RULES.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code.0, pair[1].code.0);
    }
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    for rule in RULES {
        let digits = rule.code.0.strip_prefix("TT").unwrap_or_default();
        assert!(digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit()), "{}", rule.code.0);
        assert!(rule.name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'-'), "{}", rule.name);
    }
}

#[test]
fn every_file_of_check_is_a_rule_of_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check");
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the rules") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().replace('_', "-");
        if path.extension().is_some_and(|ext| ext == "rs")
            && !["examples", "kept", "prelude", "proved", "run", "reading"].contains(&name.as_str())
        {
            files.insert(name);
        }
    }
    let listed: BTreeSet<String> =
        RULES.iter().filter(|rule| !matches!(rule.run, Run::Reading)).map(|rule| rule.name.to_owned()).collect();
    assert_eq!(files, listed);
}

#[test]
fn every_rule_speaks_both_languages() {
    for rule in RULES {
        for words in [rule.title, rule.why] {
            assert!(!words.vi.trim().is_empty() && !words.en.trim().is_empty(), "{}", rule.code.0);
            assert_ne!(words.vi, words.en, "{}", rule.code.0);
        }
        assert!(!rule.title.vi.ends_with('.') && !rule.title.en.ends_with('.'), "{}", rule.code.0);
    }
}
