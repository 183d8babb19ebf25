//! How many documents a second a build prints, on every core, from the plan of a procedure to the bytes of its PDF.
//!
//! `cargo bench --bench documents`

#[path = "../tests/support/mod.rs"]
mod support;

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use divan::Bencher;
use divan::counter::ItemsCount;
use thutuc::compile::Catalogue;
use thutuc::emit::{self, Sink, Wanted};
use thutuc::lang::Lang;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Counts the PDF files and keeps nothing.
#[derive(Default)]
struct Count(AtomicUsize);

impl Sink for Count {
    fn write(&self, path: &str, _bytes: &[u8]) -> io::Result<()> {
        self.0.fetch_add(usize::from(path.ends_with(".pdf")), Ordering::Relaxed);
        Ok(())
    }
}

fn documents(catalogue: &Catalogue, pdf: bool) -> usize {
    let sink = Count::default();
    emit::build(catalogue, &Wanted { pdf, ..Wanted::default() }, &sink, &|| ()).expect("counting never fails");
    sink.0.into_inner()
}

/// The shipped catalogue: a notice for each procedure and place, and the process document of most; as PDF and without.
/// The difference of the two is what PDF costs.
#[divan::bench(args = [true, false], sample_count = 5, sample_size = 1)]
fn whole_build(bencher: Bencher<'_, '_>, pdf: bool) {
    let catalogue = Catalogue::read(support::shipped(), support::options(Lang::Vi));
    let count = documents(&catalogue, true);
    bencher.counter(ItemsCount::new(count)).bench_local(|| documents(&catalogue, pdf));
}
