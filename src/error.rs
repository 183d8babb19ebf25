//! What stops a run: exit code 2. What is wrong with a catalogue is a `Diagnostic` instead.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::emit::EmitError;
use crate::lang::{Lang, say};

#[derive(Debug, Error)]
pub enum Error {
    #[error("{path}: {source}")]
    Read { path: PathBuf, source: io::Error },
    #[error("{path}: {source}")]
    Write { path: PathBuf, source: io::Error },
    /// A file by itself, not part of a build.
    #[error("{path}: {source}")]
    WriteOne { path: PathBuf, source: io::Error },
    #[error("{0} holds no .tthc file")]
    Empty(PathBuf),
    #[error(transparent)]
    Emit(#[from] EmitError),
    #[error("{0} is not a build of thutuc")]
    ForeignFolder(PathBuf),
    #[error("bad argument: {0}")]
    Argument(String),
    /// In KiB.
    #[error("{path} has more than {may} KiB")]
    LargeFile { path: PathBuf, may: u64 },
    #[error("{0} lies outside the catalogue")]
    OutsideCatalogue(PathBuf),
    #[error("{0} exists already")]
    Exists(PathBuf),
}

impl Error {
    /// The message for people: what, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Error::Read { path, source } => {
                let (path, why) = (path.display(), reason(source, lang));
                say!(lang, "không đọc được {path}: {why}", "cannot read {path}: {why}")
            }
            Error::Write { path, source } => {
                let (path, why) = (path.display(), reason(source, lang));
                say!(
                    lang,
                    "không ghi được {path}: {why}; bản dựng trước vẫn nguyên vẹn",
                    "cannot write {path}: {why}; the earlier build is untouched"
                )
            }
            Error::WriteOne { path, source } => {
                let (path, why) = (path.display(), reason(source, lang));
                say!(lang, "không ghi được {path}: {why}", "cannot write {path}: {why}")
            }
            Error::Emit(EmitError::Write { path, source }) => {
                let why = reason(source, lang);
                say!(
                    lang,
                    "không ghi được {path}: {why}; bản dựng trước vẫn nguyên vẹn",
                    "cannot write {path}: {why}; the earlier build is untouched"
                )
            }
            Error::Emit(EmitError::Csv(source)) => {
                say!(lang, "không ghi được bảng CSV: {source}", "the CSV cannot be written: {source}")
            }
            Error::Emit(EmitError::Docx(source)) => {
                say!(lang, "không tạo được tệp Word: {source}", "the Word document cannot be made: {source}")
            }
            Error::Emit(EmitError::Template(fault)) => {
                let what = fault.message(lang);
                say!(lang, "mẫu trình bày {what}", "template {what}")
            }
            Error::LargeFile { path, may } => {
                let path = path.display();
                say!(
                    lang,
                    "{path} nặng hơn {may} KiB, không phải một mẫu trình bày",
                    "{path} has more than {may} KiB, and is no template"
                )
            }
            Error::OutsideCatalogue(path) => {
                let path = path.display();
                say!(
                    lang,
                    "{path} nằm ngoài bộ thủ tục; mẫu trình bày phải ở trong thư mục có catalogue.yaml",
                    "{path} lies outside the catalogue; templates have to be in the folder of catalogue.yaml"
                )
            }
            Error::Emit(EmitError::Layout { file, line, message }) => {
                let line = line.map(|line| say!(lang, ", dòng {line}", ", line {line}")).unwrap_or_default();
                say!(
                    lang,
                    "mẫu trình bày PDF {file}{line} có lỗi: {message}; sửa mẫu, hoặc dựng không có PDF bằng --no-pdf",
                    "the PDF layout {file}{line} is wrong: {message}; mend it, or leave PDF out with --no-pdf"
                )
            }
            Error::Empty(path) => {
                let path = path.display();
                say!(
                    lang,
                    "{path} không có tệp .tthc nào; dùng `thutuc new` để tạo thủ tục đầu tiên",
                    "{path} holds no .tthc file; `thutuc new` makes a first procedure"
                )
            }
            Error::ForeignFolder(path) => {
                let path = path.display();
                say!(
                    lang,
                    "{path} đã có và không phải bản dựng của thutuc (không có manifest.json), nên không bị thay thế; chọn thư mục khác bằng --out",
                    "{path} exists and is no build of thutuc (it has no manifest.json), so it is not replaced; choose another folder with --out"
                )
            }
            Error::Argument(text) => text.clone(),
            Error::Exists(path) => {
                let path = path.display();
                say!(
                    lang,
                    "{path} đã có, không ghi đè; chọn tên khác bằng --file",
                    "{path} exists and is not overwritten; choose another with --file"
                )
            }
        }
    }
}

/// What the system says, in the reader's language where it is a common case.
fn reason(error: &io::Error, lang: Lang) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => Some(("không có tệp hoặc thư mục này", "no such file or folder")),
        io::ErrorKind::PermissionDenied => Some(("không có quyền", "permission denied")),
        io::ErrorKind::StorageFull => Some(("đĩa đã đầy", "the disk is full")),
        io::ErrorKind::ReadOnlyFilesystem => Some(("ổ đĩa chỉ cho đọc", "the file system is read-only")),
        io::ErrorKind::AlreadyExists => {
            Some(("đã có một tệp cùng tên ở chỗ cần thư mục", "a file stands where a folder is needed"))
        }
        io::ErrorKind::NotADirectory => Some(("đường dẫn đi qua một tệp, không phải thư mục", "not a folder")),
        io::ErrorKind::IsADirectory => Some(("đây là một thư mục", "it is a folder")),
        _ => None,
    };
    match (known, lang) {
        (Some((vi, _)), Lang::Vi) => vi.to_owned(),
        (Some((_, en)), Lang::En) => en.to_owned(),
        (None, _) => error.to_string(),
    }
}
