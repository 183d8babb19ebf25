//! A build in parts, and the parts put together.

use super::communes::some;
use super::*;

const PARTS: usize = 3;

/// Builds every part with some options; gives their folders, the last one first.
fn parts(folder: &TempDir, args: &[&str]) -> Vec<String> {
    let names: Vec<String> = (1..=PARTS).map(|number| format!("part-{number}")).collect();
    for (at, name) in names.iter().enumerate() {
        let shard = format!("{}/{PARTS}", at + 1);
        let ran = run(folder.path(), &[&["build", "--shard", &shard, "--out", name], args].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(run(folder.path(), &["verify", name]).code, 0);
    }
    names.into_iter().rev().collect()
}

fn merge(folder: &TempDir, parts: &[String]) -> Ran {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    run(folder.path(), &[&["merge", "--out", "merged"], &parts[..]].concat())
}

#[test]
fn the_parts_together_are_the_whole_build() {
    let folder = some();
    let options: [&[&str]; 3] = [
        &["--no-pdf", "--opencps", "--as-of", "01/01/2027"],
        &["--at", "đồng-nai", "--communes", "--no-pdf"],
        &["--only", "notices,boards,site", "--formats", "html,pdf", "--lang", "en"],
    ];
    for args in options {
        let ran = run(folder.path(), &[&["build", "--out", "whole"], args].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        let parts = parts(&folder, args);
        let ran = merge(&folder, &parts);
        assert_eq!(ran.code, 0, "{ran:?}");
        let (whole, merged) = (folder.path().join("whole"), folder.path().join("merged"));
        whole_build(&merged);
        let (whole, merged) = (files_below(&whole), files_below(&merged));
        assert_eq!(whole.keys().collect::<Vec<_>>(), merged.keys().collect::<Vec<_>>());
        for (path, bytes) in &whole {
            assert!(*bytes == merged[path], "{path} differs with {args:?}");
        }
        // Each part did some of the work, and no other part the same.
        let of_part = |name: &String| files_below(&folder.path().join(name)).into_keys().collect::<Vec<_>>();
        let mut of_parts: Vec<String> = parts.iter().flat_map(of_part).collect();
        of_parts.retain(|path| path.contains("notices/"));
        let all = whole.keys().filter(|path| path.contains("notices/")).count();
        assert!(of_parts.len() == all && all > 5, "{} and {all} notices", of_parts.len());
    }
}

#[test]
fn only_all_parts_of_one_build_are_merged() {
    let folder = some();
    let less = ["--only", "notices", "--formats", "html"];
    let parts = parts(&folder, &less);
    says(&merge(&folder, &parts[1..]), 2, "thiếu phần 3/3");
    says(&merge(&folder, &[&parts[..], &parts[..1]].concat()), 2, "phần 3/3 có hai lần, lần sau ở part-3");
    let whole = [&["build", "--out", "whole"], &less[..]].concat();
    assert_eq!(run(folder.path(), &whole).code, 0);
    says(&merge(&folder, &["whole".to_owned()]), 2, "whole không phải một phần do build --shard ghi");
    says(&merge(&folder, &["procedures".to_owned()]), 2, "procedures");
    says(&run(folder.path(), &["build", "--shard", "4/3"]), 2, "--shard cần phần thứ mấy trên tổng số phần");

    let other = [&["build", "--shard", "1/3", "--out", "part-1", "--at", "đồng-nai"], &less[..]].concat();
    assert_eq!(run(folder.path(), &other).code, 0);
    says(&merge(&folder, &parts), 2, "part-1 và part-3 không cùng một bản dựng");
    assert!(!folder.path().join("merged").exists());
}

#[test]
fn a_part_that_was_changed_or_is_older_is_not_merged() {
    let folder = some();
    let parts = parts(&folder, &["--only", "notices", "--formats", "html"]);
    let page = files_below(&folder.path().join("part-2")).into_keys().find(|path| path.ends_with(".html"));
    let page = format!("part-2/{}", page.expect("a notice"));
    let text = read(&folder, &page);
    write(&folder, &page, &format!("{text} "));
    says(&merge(&folder, &parts), 2, &format!("{page} đã bị sửa sau khi dựng"));
    write(&folder, &page, &text);
    assert_eq!(merge(&folder, &parts).code, 0);
    set_version(folder.path(), "2");
    says(&merge(&folder, &parts), 2, "không phải bộ đã dùng để dựng các phần");
    assert_eq!(run(folder.path(), &["verify", "merged"]).code, 0, "the earlier one stays");
}
