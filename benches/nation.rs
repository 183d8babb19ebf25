//! A whole nation: 6,000 procedures, of which communes handle 400; each of 34 provinces lays something over a third of all
//! procedures; 3,321 communes. How fast it is checked, and how fast the notices of provinces with all their communes are made.
//!
//! `cargo bench --bench nation`. The units are those of `UNITS_CSV`, a file as `registers/units.csv` takes it; without that
//! variable communes are made up, as many as there are. `PROCEDURES=600` takes fewer procedures. Time and peak memory of reading,
//! checking and building are printed first, from /proc/self/status.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

#[path = "support/mod.rs"]
mod many;
#[path = "../tests/support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use divan::Bencher;
use divan::counter::ItemsCount;
use many::{PROCEDURES, memory, own_codes, renumbered};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use thutuc::compile::{Catalogue, FileKind, Input};
use thutuc::digest;
use thutuc::emit::{self, Sink, Wanted};
use thutuc::lang::Lang;

const COMMUNES: usize = 3_321;
/// Procedures that communes handle.
const OF_COMMUNES: usize = 400;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    print_figures();
    divan::main();
}

/// The nation's catalogue, in memory.
static NATION: LazyLock<Vec<Input>> = LazyLock::new(|| {
    let shipped = support::shipped();
    let text = |input: &Input| String::from_utf8(input.bytes.clone()).expect("a shipped file is UTF-8");
    let is_units = |input: &Input| input.name == "registers/units.yaml";
    let units = shipped.iter().find(|input| is_units(input)).map(text).expect("units are shipped");
    let provinces = provinces(&units);
    // Overlays of the shipped catalogue are left out: those of the nation stand in their stead.
    let procedures: Vec<(String, String)> = shipped
        .iter()
        .filter(|input| input.kind == FileKind::Procedures)
        .map(|input| (input.name.clone(), without_overlays(&text(input))))
        .filter(|(_, text)| !own_codes(text).is_empty())
        .collect();
    let codes: Vec<String> = procedures.iter().flat_map(|(_, text)| own_codes(text)).collect();
    let mut all: Vec<Input> = shipped
        .into_iter()
        .filter(|input| {
            input.kind != FileKind::Procedures || own_codes(&text(input)).is_empty() && !is_overlay(&text(input))
        })
        .collect();
    all.push(Input {
        kind: FileKind::Register,
        name: "registers/units.csv".to_owned(),
        bytes: list_of_units(&provinces).into_bytes(),
    });
    let (mut made, mut of_communes) = (0, 0);
    for copy in 0.. {
        for (name, text) in &procedures {
            if made >= *PROCEDURES {
                return all;
            }
            let mut text = renumbered(text, &codes, copy);
            let handled = lines_of_level(&text).filter(|line| line.ends_with("xã")).count();
            if of_communes + handled > OF_COMMUNES {
                text = text.lines().map(at_province).collect::<Vec<String>>().join("\n");
            } else {
                of_communes += handled;
            }
            for code in own_codes(&text) {
                for (at, (province, _)) in provinces.iter().enumerate().filter(|(at, _)| (made + at) % 3 == 0) {
                    let _ = write!(
                        text,
                        "\náp dụng {code} tại {province} theo luật-hộ-tịch-2014 {{\n    liên hệ: \"Đường dây nóng {at:03}\"\n}}\n"
                    );
                }
                made += 1;
            }
            all.push(support::procedure_file(&format!("{copy:04}/{name}"), text));
        }
    }
    all
});

/// Ids and codes of the provinces of a register.
fn provinces(units: &str) -> Vec<(String, String)> {
    let field = |entry: &str, name: &str| {
        let line = entry.lines().find_map(|line| line.trim_start_matches("- ").trim().strip_prefix(name))?;
        Some(line.trim().trim_matches('"').to_owned())
    };
    units
        .split("\n- ")
        .filter(|entry| entry.contains("level: tỉnh"))
        .filter_map(|entry| Some((field(entry, "id:")?, field(entry, "code:")?)))
        .collect()
}

/// `units.csv`: a file that is named, else made-up communes.
fn list_of_units(provinces: &[(String, String)]) -> String {
    if let Some(text) = std::env::var("UNITS_CSV").ok().and_then(|path| fs::read_to_string(path).ok()) {
        return text;
    }
    let mut text = "code,full_name,province_code\n".to_owned();
    for at in 0..COMMUNES {
        let (_, province) = &provinces[at % provinces.len()];
        let _ = writeln!(text, "{},Xã Thứ {at},{province}", 60_000 + at);
    }
    text
}

fn is_overlay(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("áp dụng "))
}

/// A text up to its first overlay; in the shipped files they stand last.
fn without_overlays(text: &str) -> String {
    text.lines().take_while(|line| !line.starts_with("áp dụng ")).map(|line| format!("{line}\n")).collect()
}

fn lines_of_level(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| line.trim_start().starts_with("cấp thực hiện:"))
}

/// A line that names the level of communes, with that of provinces in its stead.
fn at_province(line: &str) -> String {
    match line.trim_start().starts_with("cấp thực hiện:") {
        true => line.replace("xã", "tỉnh"),
        false => line.to_owned(),
    }
}

/// Takes what is built, and only hashes it.
#[derive(Default)]
struct Hashed {
    files: AtomicUsize,
    bytes: AtomicUsize,
    hash: AtomicU64,
}

impl Sink for Hashed {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let hash = digest::sha256(bytes);
        let first = u64::from_str_radix(&hash[..16], 16).unwrap_or_default();
        self.hash.fetch_xor(first ^ path.len() as u64, Ordering::Relaxed);
        self.files.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes.len(), Ordering::Relaxed);
        Ok(())
    }
}

/// Notices of a province and of its communes, as HTML.
fn wanted() -> Wanted {
    Wanted { docx: false, communes: true, only: vec!["notices".to_owned()], ..Wanted::default() }
}

fn at(place: &str) -> Catalogue {
    let options = thutuc::compile::Options { place: Some(place.to_owned()), ..support::options(Lang::Vi) };
    Catalogue::read(NATION.clone(), options)
}

/// Two whole provinces with all their communes, every page hashed: notices/s.
#[divan::bench(args = ["hà-nội", "hồ-chí-minh"], sample_count = 3, sample_size = 1)]
fn province(bencher: Bencher<'_, '_>, place: &str) {
    let catalogue = at(place);
    let count = build(&catalogue, &wanted());
    bencher.counter(ItemsCount::new(count)).bench_local(|| black_box(build(&catalogue, &wanted())));
}

/// Gives how many files there are.
fn build(catalogue: &Catalogue, wanted: &Wanted) -> usize {
    let sink = Hashed::default();
    emit::build(catalogue, wanted, &sink, &|| {}).expect("hashing never fails");
    black_box(sink.hash.into_inner());
    sink.files.into_inner()
}

/// One part of forty of the whole nation with all its communes: notices/s.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn shard(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::read(NATION.clone(), support::options(Lang::Vi));
    let wanted = Wanted { shard: Some(emit::Shard { number: 1, of: 40 }), ..wanted() };
    let count = build(&catalogue, &wanted);
    bencher.counter(ItemsCount::new(count)).bench_local(|| black_box(build(&catalogue, &wanted)));
}

/// The notices of one commune anew, from a catalogue that was read.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn commune(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::read(NATION.clone(), support::options(Lang::Vi));
    let place = catalogue.registers.communes(Some("hà-nội")).first().map(|unit| unit.path());
    let mut catalogue = catalogue;
    catalogue.options.place = place;
    let wanted = Wanted { communes: false, ..wanted() };
    bencher.bench_local(|| black_box(build(&catalogue, &wanted)));
}

fn print_figures() {
    let inputs = NATION.clone();
    let sources: usize = inputs.iter().map(|input| input.bytes.len()).sum();
    let (before, started) = (memory("VmRSS"), Instant::now());
    let mut catalogue = Catalogue::read(inputs, support::options(Lang::Vi));
    let read = started.elapsed();
    let report = catalogue.check();
    let (all, peak) = (started.elapsed(), memory("VmHWM"));
    println!(
        "{} procedures, {} overlays, {} communes, {:.1} MB of source, {} findings",
        catalogue.procedures.len(),
        catalogue.overlays.len(),
        catalogue.registers.communes(None).len(),
        sources as f64 / 1e6,
        report.findings.len()
    );
    println!("read {read:.2?}, read and check every layer {all:.2?}");
    println!("memory: {before} MiB before (the sources twice), peak {peak} MiB after checking");
    drop(report);
    catalogue.options.place = Some("hà-nội".to_owned());
    for turn in ["first", "second", "third"] {
        let (begun, before) = (Instant::now(), memory("VmRSS"));
        let files = build(&catalogue, &wanted());
        let took = begun.elapsed();
        println!(
            "{turn} build of a province: {files} files in {took:.2?}, {:.0} a second; {before} MiB before, {} MiB after, peak {} MiB",
            files as f64 / took.as_secs_f64(),
            memory("VmRSS"),
            memory("VmHWM")
        );
    }
    drop(catalogue);
    changed_commune();
    println!();
}

/// A commune with something of its own in every procedure that communes handle changes a line of each: how long until the
/// changed catalogue is read and checked, the notice that is looked at is made, and all of them are.
fn changed_commune() {
    let mut inputs = NATION.clone();
    let codes: Vec<String> = inputs
        .iter()
        .filter(|input| input.kind == FileKind::Procedures)
        .map(|input| String::from_utf8_lossy(&input.bytes).into_owned())
        .filter(|text| lines_of_level(text).any(|line| line.ends_with("xã")))
        .flat_map(|text| own_codes(&text))
        .collect();
    let options = support::options(Lang::Vi);
    let units = Catalogue::read(inputs.clone(), options.clone());
    let commune = units.registers.communes(Some("hà-nội")).first().map(|unit| unit.path()).expect("a commune");
    drop(units);
    let own = |phone: &str| {
        let overlay = |code: &String| {
            format!("áp dụng {code} tại {commune} theo luật-hộ-tịch-2014 {{\n    liên hệ: \"{phone}\"\n}}\n")
        };
        support::procedure_file("z-own.tthc", codes.iter().map(overlay).collect::<String>())
    };
    inputs.push(own("Điện thoại: 024 1111"));
    let before = Catalogue::read(inputs.clone(), options);
    let (report, kept) = before.check_after(&FxHashSet::default(), None);
    let proved: FxHashSet<String> = report.proved.into_iter().collect();
    inputs.pop();
    inputs.push(own("Điện thoại: 024 2222"));
    let begun = Instant::now();
    let (catalogue, changed) = Catalogue::read_after(&before, &inputs).expect("one file changed");
    let read = begun.elapsed();
    let (report, kept) = catalogue.check_after(&proved, Some((&kept, &changed)));
    let checked = begun.elapsed();
    let folder = catalogue.registers.folder_of(&commune);
    let pages: Vec<String> = codes.iter().map(|code| format!("places/{folder}/notices/{code}.html")).collect();
    let made = emit::OnRequest::new(catalogue, Wanted::default()).expect("templates can be read");
    let page = |path: &String| {
        let page = made.file(path).expect("it can be made").unwrap_or_else(|| panic!("there is no {path}"));
        assert!(String::from_utf8_lossy(&page).contains("024 2222"), "{path}");
    };
    page(&pages[0]);
    let looked_at = begun.elapsed();
    pages.par_iter().for_each(page);
    let all = begun.elapsed();
    let front = Instant::now();
    let front_page = made.file("index.html").expect("it can be made").expect("there is a front page");
    let front = front.elapsed();
    println!(
        "a commune changed {} overlays: read {read:.2?}, checked {checked:.2?} ({} findings), one notice {looked_at:.2?}, all {} notices {all:.2?}; the front page of the nation {front:.2?}, {:.1} MB",
        codes.len(),
        report.findings.len(),
        pages.len(),
        front_page.len() as f64 / 1e6
    );
    drop(kept);
}
