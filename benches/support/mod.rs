//! What the benches of many procedures share.

use std::fs;
use std::sync::LazyLock;

/// The size of the national database of procedures; `PROCEDURES=600` in the environment takes fewer.
pub(crate) static PROCEDURES: LazyLock<usize> =
    LazyLock::new(|| std::env::var("PROCEDURES").ok().and_then(|count| count.parse().ok()).unwrap_or(6_000));

/// The codes of the procedures that a text gives.
pub(crate) fn own_codes(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| Some(line.strip_prefix("thủ tục ")?.split(' ').next()?.to_owned())).collect()
}

/// Every shipped code, as the code that the copy has for it.
pub(crate) fn renumbered(text: &str, codes: &[String], copy: usize) -> String {
    codes.iter().enumerate().fold(text.to_owned(), |text, (at, code)| {
        let number = copy * codes.len() + at;
        text.replace(code.as_str(), &format!("{}.{:06}", 4 + number / 1_000_000, number % 1_000_000))
    })
}

/// A line of /proc/self/status, in MiB; 0 where there is none.
pub(crate) fn memory(line: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = status
        .lines()
        .find_map(|row| row.strip_prefix(line)?.strip_prefix(':')?.trim().strip_suffix(" kB")?.parse::<usize>().ok());
    kib.unwrap_or(0) / 1024
}
