//! What a build of notices as HTML spends on reading, on checking, and on rendering and writing; a line of JSON for each, with
//! seconds and seconds of processor time. `benches/rivals/pages/run` sets the last beside Hugo.
//!
//! `cargo bench --bench pages -- [CATALOGUE [PLACE]]`: of the shipped catalogue, if none is named; with a place, what it has and
//! all its communes.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use thutuc::cli::Dist;
use thutuc::compile::{Catalogue, Options};
use thutuc::emit::{self, Wanted};
use thutuc::lang::Lang;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut named = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let folder = named.next().map_or_else(support::procedures_dir, PathBuf::from);
    let options = Options { place: named.next(), ..support::options(Lang::Vi) };
    let communes = options.place.is_some();
    let catalogue = timed("read", || Catalogue::read(support::inputs_below(&folder), options));
    timed("check", || catalogue.check().findings.len());
    let out = tempfile::tempdir().expect("there is room for a build");
    let wanted = Wanted { communes, docx: false, only: vec!["notices".to_owned()], ..Wanted::default() };
    timed("render-and-write", || {
        let dist = Dist::create(&out.path().join("dist")).expect("the folder is new");
        emit::build(&catalogue, &wanted, &dist, &|| ()).expect("pages are written");
        dist.finish(&catalogue).expect("the build is put in place")
    });
}

fn timed<T>(phase: &str, run: impl FnOnce() -> T) -> T {
    let (begun, used) = (Instant::now(), processor_time());
    let made = run();
    let (wall, cpu) = (begun.elapsed().as_secs_f64(), processor_time() - used);
    println!(r#"{{"phase": "{phase}", "wall": {wall:.3}, "cpu": {cpu:.2}}}"#);
    made
}

/// Seconds that this process has used so far, in hundredths, from /proc/self/stat; 0 where there is none.
fn processor_time() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    // Fields 14 and 15 of proc(5), `utime` and `stime`; what follows the name begins with field 3.
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
