//! What is no change.

use std::collections::BTreeMap;

use thutuc::compile::{FileKind, Input};
use thutuc::fmt::format;
use thutuc::lang::Lang;
use thutuc::source::{SourceFile, SourceMap, Span};
use thutuc::syntax::tree::{Entry, Item};

use super::{changed, read, support};

fn shipped_but(change: impl Fn(&str, String) -> String) -> Vec<Input> {
    let other = |input: Input| match input.kind {
        FileKind::Procedures => {
            let text = String::from_utf8(input.bytes).expect("a shipped file is UTF-8");
            Input { bytes: change(&input.name, text).into_bytes(), ..input }
        }
        _ => input,
    };
    support::shipped().into_iter().map(other).collect()
}

#[track_caller]
fn nothing_changed(other: Vec<Input>) {
    let (old, new) = (read(support::shipped(), Lang::Vi), read(other, Lang::Vi));
    assert_eq!(old.procedures.len(), new.procedures.len(), "every procedure is there");
    assert_eq!(changed(&old, &new), Vec::<String>::new());
    assert_eq!(changed(&new, &old), Vec::<String>::new());
}

#[test]
fn a_catalogue_is_itself() {
    nothing_changed(support::shipped());
}

/// Spaces and comments are the only things in which these differ from the shipped files, so that no text is the same.
#[test]
fn layout_and_comments_say_nothing() {
    nothing_changed(shipped_but(|_, text| {
        let loose = |line: &str| match line.split_once("//") {
            Some((_, _)) if line.trim_start().starts_with("//") => String::new(),
            _ => format!("   {}  ", line.trim()),
        };
        let text = text.lines().map(loose).collect::<Vec<_>>().join("\n");
        format!("// Một chú thích khác\n{}", text.replace("\": ", "\":     "))
    }));
}

#[test]
fn formatting_says_nothing() {
    nothing_changed(shipped_but(|name, text| {
        let loose: String = text.lines().map(|line| format!("{}\n", line.trim_start())).collect();
        let mut sources = SourceMap::default();
        let id = sources.add(SourceFile::new(name.to_owned(), loose));
        format(id, sources.get(id), Lang::Vi, false).unwrap_or_else(|_| panic!("{name} is formatted"))
    }));
}

#[test]
fn files_may_be_merged_and_named_otherwise() {
    let (mut others, mut text) = (Vec::new(), String::new());
    for input in support::shipped().into_iter().rev() {
        match input.kind {
            FileKind::Procedures => text += &String::from_utf8(input.bytes).expect("a shipped file is UTF-8"),
            _ => others.push(input),
        }
    }
    others.push(support::procedure_file("tất-cả.tthc", text));
    nothing_changed(others);
}

/// The parts of a procedure, and the papers, outcomes and requirements in them, from last to first. What stands in a process,
/// a sequence or a case has its order.
#[test]
fn parts_may_stand_in_any_order() {
    let turned = shipped_but(|name, text| {
        let mut sources = SourceMap::default();
        let id = sources.add(SourceFile::new(name.to_owned(), text.clone()));
        let (entries, _) = thutuc::syntax::parse(id, sources.get(id), Lang::Vi);
        let mut swaps: BTreeMap<u32, (Span, String)> = BTreeMap::new();
        for entry in
            entries.iter().filter_map(Item::entry).filter(|entry| !text[entry.span.range()].starts_with("quy trình"))
        {
            turn(entry, &text, &mut swaps);
        }
        let mut turned = text;
        for (_, (span, with)) in swaps.into_iter().rev() {
            turned.replace_range(span.range(), &with);
        }
        turned
    });
    let differ = turned.iter().zip(support::shipped()).filter(|(a, b)| a.bytes != b.bytes).count();
    assert!(differ > 30, "only {differ} files were turned");
    nothing_changed(turned);
}

/// Turns the entries of a procedure around.
fn turn(entry: &Entry, text: &str, swaps: &mut BTreeMap<u32, (Span, String)>) {
    let Some(block) = &entry.block else { return };
    let entries: Vec<&Entry> = block.entries().collect();
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return };
    let all: Vec<String> = entries.iter().rev().map(|entry| text[entry.span.range()].to_owned()).collect();
    let whole = Span { start: first.span.start, end: last.span.end, ..first.span };
    swaps.insert(whole.start, (whole, all.join("\n")));
}

/// Ids that only the sources use.
#[test]
fn ids_may_be_others_throughout() {
    let renamed = shipped_but(|_, text| {
        let ids = ["cần-xác-minh", "số-bản-sao", "trích-lục", "một-cửa", "giấy-chứng-minh", "thẩm-tra"];
        ids.iter().fold(text, |text, id| replaced(&text, id, &format!("{id}-x")))
    });
    // `một-cửa` is also a role of the register, which procedures may use without giving it.
    nothing_changed(renamed);
}

/// Every use of an id that is a word of its own.
fn replaced(text: &str, id: &str, with: &str) -> String {
    let is_part = |letter: Option<char>| letter.is_some_and(|one| one.is_alphanumeric() || one == '-' || one == '"');
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(id) {
        let (before, after) = (&rest[..at], &rest[at + id.len()..]);
        out += before;
        let alone = !is_part(before.chars().next_back()) && !is_part(after.chars().next());
        out += if alone { with } else { id };
        rest = after;
    }
    out + rest
}

/// A rule that is written otherwise, and comes to the same for everybody.
#[test]
fn rules_that_come_to_the_same_are_no_change() {
    let with = |deadline: &str| {
        let text = format!(
            "thủ tục 1.000001 \"Một\" {{\n cách thức thực hiện: trực tiếp, trực tuyến, bưu chính\n trường hợp {{ nhóm: một trong \"Nhóm\" {{ a \"A\"; b \"B\"; c \"C\" }} }}\n {deadline}\n}}\n"
        );
        support::read(vec![support::procedure_file("a.tthc", text)], Lang::Vi)
    };
    let old = with(
        "thời hạn giải quyết: 05 ngày làm việc { khi nhóm là a: 03 ngày làm việc; khi nhóm là b: 03 ngày làm việc }",
    );
    for same in [
        "thời hạn giải quyết: 05 ngày làm việc { khi nhóm thuộc (b, a): 03 ngày làm việc }",
        "thời hạn giải quyết: 03 ngày làm việc { khi nhóm là c: 05 ngày làm việc }",
        "thời hạn giải quyết: { khi nhóm là c: 05 ngày làm việc; khi nhóm khác c: 03 ngày làm việc }",
        "thời hạn giải quyết: 05 ngày làm việc { khi nhóm khác c: 03 ngày làm việc { khi nhóm là a: 03 ngày làm việc } }",
    ] {
        assert_eq!(changed(&old, &with(same)), Vec::<String>::new(), "{same}");
    }
    let other = "thời hạn giải quyết: 03 ngày làm việc { khi nhóm thuộc (b, c): 05 ngày làm việc }";
    assert_eq!(
        changed(&old, &with(other)),
        ["1.000001: thời hạn giải quyết kéo dài từ 03 ngày làm việc lên 05 ngày làm việc khi nhóm là “B”"]
    );
}
