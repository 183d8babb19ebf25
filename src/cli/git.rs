//! A catalogue as it stood in a revision, read with the `git` program; the working files stay as they are.

use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use super::files;
use crate::compile::Input;
use crate::error::Error;
use crate::lang::{Lang, say};

/// The files of the catalogue in `folder`, as they stood in `revision`.
pub(super) fn load(folder: &Path, revision: &str, lang: Lang) -> Result<Vec<Input>, Error> {
    let tree = resolve(folder, revision, lang)?;
    let listed = output(git(folder).args(["ls-tree", "-r", "-z", &tree, "."]), lang)?;
    let mut found = Vec::new();
    for row in listed.split(|byte| *byte == 0).filter(|row| !row.is_empty()) {
        // `100644 blob HASH<tab>PATH`
        let row = String::from_utf8_lossy(row);
        let Some((head, name)) = row.split_once('\t') else { continue };
        let mut head = head.split(' ');
        let (mode, hash) = (head.next().unwrap_or(""), head.nth(1).unwrap_or(""));
        if let Some(kind) = files::kind(name).filter(|_| mode.starts_with("100")) {
            found.push((kind, name.to_owned(), hash.to_owned()));
        }
    }
    if found.is_empty() {
        let shown = folder.display();
        return Err(Error::Argument(say!(
            lang,
            "trong bản `{revision}` không có bộ thủ tục nào ở {shown}",
            "the revision `{revision}` has no catalogue in {shown}"
        )));
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    let hashes: Vec<&str> = found.iter().map(|(_, _, hash)| hash.as_str()).collect();
    let texts = blobs(folder, &hashes, lang)?;
    let inputs = found.into_iter().zip(texts).map(|((kind, name, _), bytes)| Input { kind, name, bytes });
    files::complete(inputs.collect(), folder)
}

/// The hash of the tree of a revision.
fn resolve(folder: &Path, revision: &str, lang: Lang) -> Result<String, Error> {
    let shown = folder.display();
    let inside = run(git(folder).args(["rev-parse", "--is-inside-work-tree"]), lang)?;
    if !inside.status.success() {
        return Err(Error::Argument(say!(
            lang,
            "`{revision}` không phải một thư mục, và {shown} không nằm trong kho git nào",
            "`{revision}` is no folder, and {shown} lies in no git repository"
        )));
    }
    let tree = format!("{revision}^{{tree}}");
    let found = run(git(folder).args(["rev-parse", "--verify", "--quiet", "--end-of-options", &tree]), lang)?;
    if !found.status.success() {
        return Err(Error::Argument(say!(
            lang,
            "`{revision}` không phải một thư mục, cũng không phải một bản trong kho git của {shown}; xem các bản: git log --oneline -- {shown}",
            "`{revision}` is neither a folder nor a revision of the git repository of {shown}; to see them: git log --oneline -- {shown}"
        )));
    }
    Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned())
}

/// Texts by their hashes, through one process.
fn blobs(folder: &Path, hashes: &[&str], lang: Lang) -> Result<Vec<Vec<u8>>, Error> {
    let mut command = git(folder);
    command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| absent(&error, lang))?;
    let mut stdin = child.stdin.take().expect("it is piped");
    let asked: String = hashes.iter().map(|hash| format!("{hash}\n")).collect();
    let mut given = Vec::new();
    // It answers while it is asked: both sides wait where nobody reads.
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(asked.as_bytes()));
        let stdout = child.stdout.as_mut().expect("it is piped");
        stdout.read_to_end(&mut given)
    })
    .map_err(|error| absent(&error, lang))?;
    child.wait().map_err(|error| absent(&error, lang))?;
    let mut texts = Vec::with_capacity(hashes.len());
    let mut rest = given.as_slice();
    for _ in hashes {
        texts.push(blob(&mut rest).ok_or_else(|| {
            Error::Argument(say!(
                lang,
                "kho git thiếu một tệp của bản này",
                "the git repository lacks a file of this revision"
            ))
        })?);
    }
    Ok(texts)
}

/// The next answer: `HASH blob SIZE`, a new line, the bytes, a new line.
fn blob(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = String::from_utf8_lossy(&rest[..end]).into_owned();
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let bytes = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + 2 + size..)?;
    Some(bytes)
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).stdin(Stdio::null());
    command
}

fn run(command: &mut Command, lang: Lang) -> Result<std::process::Output, Error> {
    command.output().map_err(|error| absent(&error, lang))
}

fn output(command: &mut Command, lang: Lang) -> Result<Vec<u8>, Error> {
    let output = run(command, lang)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::Argument(say!(lang, "git không đọc được bản này: {said}", "git cannot read this revision: {said}")))
}

fn absent(error: &io::Error, lang: Lang) -> Error {
    Error::Argument(match error.kind() {
        io::ErrorKind::NotFound => say!(
            lang,
            "máy này không có chương trình git, nên không đọc được bản cũ; cài git, hoặc cho hai thư mục",
            "there is no git program on this machine to read an earlier revision; install git, or give two folders"
        ),
        _ => say!(lang, "không chạy được git: {error}", "git cannot be run: {error}"),
    })
}
