//! Hands the arguments to the command line, and exits with its code.

use std::process::ExitCode;

/// A catalogue is many small pieces of text: a third of a build is asking for memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(thutuc::cli::run(std::env::args_os()) as u8)
}
