//! How fast a national catalogue is read and checked: 6,000 procedures made from the shipped ones, held in memory.
//!
//! `cargo bench`, or `cargo bench -- parse`. Peak memory of reading and checking is printed first, from /proc/self/status.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

#[path = "support/mod.rs"]
mod many;
#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::io;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use many::{PROCEDURES, memory, own_codes, renumbered};
use rayon::prelude::*;
use thutuc::compile::{Catalogue, FileKind, Input};
use thutuc::emit::{self, Sink};
use thutuc::lang::Lang;
use thutuc::model::Procedure;
use thutuc::plan::ProcedurePlan;
use thutuc::resolve::{Effective, layers};
use thutuc::source::{SourceFile, SourceMap};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    print_peak_memory();
    divan::main();
}

/// The shipped catalogue, copied until it holds `PROCEDURES`. A copy takes the codes of its procedures and overlays, and
/// of what they say of each other, to codes of its own; norms and shared processes stand once.
static CATALOGUE: LazyLock<Vec<Input>> = LazyLock::new(|| {
    let shipped = support::shipped();
    let text = |input: &Input| String::from_utf8(input.bytes.clone()).expect("a shipped file is UTF-8");
    let procedures: Vec<(String, String)> = shipped
        .iter()
        .filter(|input| input.kind == FileKind::Procedures)
        .map(|input| (input.name.clone(), text(input)))
        .filter(|(_, text)| !own_codes(text).is_empty())
        .collect();
    let codes: Vec<String> = procedures.iter().flat_map(|(_, text)| own_codes(text)).collect();
    let mut all: Vec<Input> =
        shipped.into_iter().filter(|input| !procedures.iter().any(|(name, _)| *name == input.name)).collect();
    let mut made = 0;
    for copy in 0.. {
        for (name, text) in &procedures {
            if made >= *PROCEDURES {
                return all;
            }
            made += own_codes(text).len();
            all.push(support::procedure_file(&format!("{copy:04}/{name}"), renumbered(text, &codes, copy)));
        }
    }
    all
});

fn procedure_texts() -> Vec<(String, String)> {
    let inputs = CATALOGUE.iter().filter(|input| input.kind == FileKind::Procedures);
    inputs.map(|input| (input.name.clone(), String::from_utf8_lossy(&input.bytes).into_owned())).collect()
}

/// Text to typed model, file by file on all cores: MB/s.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn parse(bencher: Bencher<'_, '_>) {
    let texts = procedure_texts();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let mut sources = SourceMap::default();
    let ids: Vec<_> = texts.into_iter().map(|(name, text)| sources.add(SourceFile::new(name, text))).collect();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        ids.par_iter().for_each(|&id| {
            black_box(parse_one(&sources, id));
        });
    });
}

/// The same on one core, a hundred files.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn parse_one_core(bencher: Bencher<'_, '_>) {
    let texts: Vec<_> = procedure_texts().into_iter().take(100).collect();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let mut sources = SourceMap::default();
    let ids: Vec<_> = texts.into_iter().map(|(name, text)| sources.add(SourceFile::new(name, text))).collect();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for &id in &ids {
            black_box(parse_one(&sources, id));
        }
    });
}

fn parse_one(sources: &SourceMap, id: thutuc::source::FileId) -> usize {
    let file = sources.get(id);
    let (items, found) = thutuc::syntax::parse(id, file, Lang::Vi);
    let (definitions, draft) = thutuc::model::from_syntax::read(id, file, &items, Lang::Vi);
    black_box(&definitions);
    found.len() + draft.diagnostics.len()
}

/// Bytes to findings, the whole catalogue: procedures/s.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_and_check(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(*PROCEDURES)).with_inputs(|| CATALOGUE.clone()).bench_local_values(|inputs| {
        black_box(Catalogue::read(inputs, support::options(Lang::Vi)).check().findings.len())
    });
}

/// Bytes to a catalogue, without the checks: procedures/s.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(*PROCEDURES))
        .with_inputs(|| CATALOGUE.clone())
        .bench_local_values(|inputs| Catalogue::read(inputs, support::options(Lang::Vi)));
}

/// The checks alone, of a catalogue that was read: procedures/s.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::read(CATALOGUE.clone(), support::options(Lang::Vi));
    bencher.counter(ItemsCount::new(*PROCEDURES)).bench_local(|| catalogue.check());
}

/// What changed between two catalogues that were read: every file formatted otherwise, and in the newer one each tenth
/// procedure with another limit: procedures/s.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn diff(bencher: Bencher<'_, '_>) {
    let old = Catalogue::read(CATALOGUE.clone(), support::options(Lang::Vi));
    let new = Catalogue::read(amended(), support::options(Lang::Vi));
    bencher.counter(ItemsCount::new(*PROCEDURES)).bench_local(|| {
        let comparison = thutuc::change::compare(&old, &new, None);
        assert!(comparison.procedures.len() > *PROCEDURES / 40, "{} changed", comparison.procedures.len());
        comparison.procedures.len()
    });
}

/// The catalogue without what stands at the head of its lines, and with longer limits here and there.
fn amended() -> Vec<Input> {
    let mut inputs = CATALOGUE.clone();
    let own = inputs.iter_mut().filter(|input| input.kind == FileKind::Procedures);
    for (at, input) in own.enumerate() {
        let text = String::from_utf8_lossy(&input.bytes);
        let loose: String = text.lines().map(|line| format!("{}\n", line.trim_start())).collect();
        let text = if at % 10 == 0 { loose.replace(" ngày làm việc", "5 ngày làm việc") } else { loose };
        input.bytes = text.into_bytes();
    }
    inputs
}

/// The calendar proof of the shipped procedures on one core, each in every variant: procedures/s.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn prove(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::read(support::shipped(), support::options(Lang::Vi));
    let laid: Vec<_> = catalogue.procedures.iter().flat_map(|one| variants(&catalogue, one)).collect();
    bencher.counter(ItemsCount::new(laid.len())).bench_local(|| {
        for effective in &laid {
            let plan = ProcedurePlan::new(effective, &catalogue.registers, &catalogue.subprocesses);
            black_box(plan.proof().proof.paths);
        }
    });
}

/// A procedure as it stands for the nation, at each place and in each regime.
fn variants<'a>(catalogue: &'a Catalogue, procedure: &'a Procedure) -> Vec<Effective<'a>> {
    let variants = layers::variants(&catalogue.overlays_of(procedure), catalogue.as_of());
    variants.into_iter().map(|variant| catalogue.effective(procedure, variant)).collect()
}

/// Gaps and overlaps of 5,000 rules over 7 facts that cover every case once; and with one rule taken out.
#[divan::bench(args = [5_000, 4_999], sample_count = 5, sample_size = 1)]
fn cover(bencher: Bencher<'_, '_>, rules: usize) {
    let catalogue = read_text(&big_table(rules));
    let effective = catalogue.effective(&catalogue.procedures[0], catalogue.built_variant());
    bencher.counter(ItemsCount::new(rules)).bench_local(|| {
        let plan = ProcedurePlan::new(&effective, &catalogue.registers, &catalogue.subprocesses);
        let analysis = plan.analysis();
        assert_eq!((analysis.gaps.len(), analysis.overlaps.len()), (5_000 - rules, 0));
    });
}

fn read_text(text: &str) -> Catalogue {
    Catalogue::read(vec![support::procedure_file("table.tthc", text.to_owned())], support::options(Lang::Vi))
}

/// A table of fees: the space of seven facts cut in two again and again, always its largest part.
fn big_table(rules: usize) -> String {
    const FACTS: [(&str, i64); 7] =
        [("một", 1_000), ("hai", 1_000), ("ba", 500), ("bốn", 500), ("năm-số", 100), ("sáu", 100), ("bảy", 50)];
    let mut boxes = vec![FACTS.map(|(_, most)| (0_i64, most))];
    let mut turn = 0_usize;
    while boxes.len() < 5_000 {
        let at = turn * 7_919 % boxes.len();
        let column = turn % FACTS.len();
        turn += 1;
        let (from, to) = boxes[at][column];
        if to - from < 2 {
            continue;
        }
        let middle = from + (to - from) / 3;
        let mut upper = boxes[at];
        boxes[at][column].1 = middle;
        upper[column].0 = middle + 1;
        boxes.push(upper);
    }
    let facts: Vec<String> = FACTS
        .iter()
        .map(|(name, most)| format!("{name}: số nguyên từ 0 đến {most} \"đơn vị\" \"Số {name}\""))
        .collect();
    let line = |(at, one): (usize, &[(i64, i64); 7])| {
        let tests = FACTS.iter().zip(one).map(|((name, _), (from, to))| format!("{name} từ {from} đến {to}"));
        format!("khi {}: {} đồng", tests.collect::<Vec<_>>().join(" và "), at + 1)
    };
    let lines: Vec<String> = boxes.iter().enumerate().take(rules).map(line).collect();
    let (facts, lines) = (facts.join("\n"), lines.join("\n"));
    format!("thủ tục 1.000001 \"Bảng\" {{\ntrường hợp {{\n{facts}\n}}\nphí: {{\n{lines}\n}}\n}}\n")
}

/// Worked examples of one procedure: examples/s.
#[divan::bench(args = [1_000, 10_000], sample_count = 3, sample_size = 1)]
fn examples(bencher: Bencher<'_, '_>, count: usize) {
    let catalogue = Catalogue::read(many_examples(count), support::options(Lang::Vi));
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let trials = thutuc::check::try_examples(&catalogue);
        assert_eq!(trials.iter().map(|trial| trial.examples).sum::<usize>(), count);
        assert!(trials.iter().all(|trial| trial.findings.is_empty()));
    });
}

/// The shipped procedure with the most facts among those of one variant, its examples repeated.
fn many_examples(count: usize) -> Vec<Input> {
    let mut inputs = support::shipped();
    let own = |input: &Input| input.name.contains("1.004859");
    let text = inputs.iter().find(|input| own(input)).map(|input| String::from_utf8_lossy(&input.bytes).into_owned());
    let text = text.expect("1.004859 is shipped");
    let from = text.find("    ví dụ ").expect("it has examples");
    let until = text.rfind('}').expect("it ends");
    let examples: Vec<String> =
        text[from..until].split("    ví dụ ").skip(1).map(|one| format!("    ví dụ {one}")).collect();
    let many: String = (0..count).map(|at| examples[at % examples.len()].as_str()).collect();
    inputs.retain(|input| input.kind != FileKind::Procedures);
    inputs.push(support::procedure_file("many.tthc", format!("{}{many}}}\n", &text[..from])));
    inputs
}

/// Takes what is built and only counts it.
#[derive(Default)]
struct Counted(AtomicUsize);

impl Sink for Counted {
    fn write(&self, _path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.fetch_add(bytes.len(), Ordering::Relaxed);
        Ok(())
    }
}

/// Notices, charts and JSON of a catalogue that was read, with every place's own, written nowhere: procedures/s.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn build(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::read(CATALOGUE.clone(), support::options(Lang::Vi));
    bencher.counter(ItemsCount::new(*PROCEDURES)).bench_local(|| {
        let sink = Counted::default();
        emit::build(&catalogue, &emit::Wanted::default(), &sink, &|| {}).expect("counting never fails");
        sink.0.into_inner()
    });
}

/// What one run takes, on the whole and at its peak; the sources themselves are in both figures.
fn print_peak_memory() {
    let sources: usize = CATALOGUE.iter().map(|input| input.bytes.len()).sum();
    let inputs = CATALOGUE.clone();
    let (before, started) = (memory("VmRSS"), Instant::now());
    let catalogue = Catalogue::read(inputs, support::options(Lang::Vi));
    let (read, after_read) = (started.elapsed(), memory("VmHWM"));
    let report = catalogue.check();
    let (all, peak) = (started.elapsed(), memory("VmHWM"));
    println!(
        "{} procedures, {:.1} MB of source, {} findings",
        catalogue.procedures.len(),
        sources as f64 / 1e6,
        report.findings.len()
    );
    println!("read {read:.2?}, read and check {all:.2?}");
    println!(
        "memory: {before} MiB before (the sources twice), peak {after_read} MiB after reading, {peak} MiB after checking"
    );
    println!();
}
