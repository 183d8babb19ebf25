//! `thutuc form KIND CODE …`: one form of the one-stop office, filled in with what the case comes to. What is told of the
//! applicant goes into that file and nowhere else.

use std::fs;
use std::path::Path;

use clap::ArgMatches;

use super::{Exit, print, question};
use crate::emit::{self, Ending, Field, Fields, Filled, FormKind};
use crate::error::Error;
use crate::lang::{Lang, say};
use crate::model::Limit;
use crate::plan::answer::{Answer, Asked, answer};
use crate::plan::{ProcedurePlan, Wording};
use crate::syntax::fold::{fold, nearest};
use crate::time::Instant;

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let kind = kind(matches.get_one::<String>("kind").expect("it is required"), lang)?;
    let out = matches.get_one::<String>("out").map(Path::new);
    let ending = out.map_or(Ok(Ending::Html), |out| ending("--out", out, lang))?;
    let fields = fields(matches, lang)?;
    let page = question::put(matches, lang, |catalogue, plan, question| {
        let wording = Wording { lang, registers: plan.registers, body: plan.body() };
        let asked = question::asked(plan, &question.scenario, lang)?;
        let answer = answer(plan, &asked, false, &wording);
        let extended = match &question.extension {
            Some(limit) => Some(extended(plan, &answer, limit, lang)?),
            None => None,
        };
        let papers = papers(matches, &answer, lang)?;
        let is_told = ["filed", "with", "event"].into_iter().any(|name| matches.contains_id(name));
        let case: Option<(&Asked<'_>, &Answer<'_>)> = is_told.then_some((&asked, &answer));
        Ok(emit::filled_form(
            catalogue,
            plan,
            kind,
            &Filled { fields, case, extended, source_hash: Some(question.source_hash.clone()), papers },
            ending,
        )?)
    })?;
    match out {
        None => print(&String::from_utf8_lossy(&page)),
        Some(path) => {
            fs::write(path, page).map_err(|source| Error::WriteOne { path: path.to_owned(), source })?;
            let (path, title) = (path.display(), kind.title().get(lang));
            print(&say!(lang, "Đã ghi {path}: {title}\n", "Wrote {path}: {title}\n"));
        }
    }
    Ok(Exit::Good)
}

fn kind(text: &str, lang: Lang) -> Result<FormKind, Error> {
    FormKind::parse(text, lang).map_err(|likely| {
        let names = |kind: &FormKind| match lang {
            Lang::Vi => kind.vi()[0],
            Lang::En => kind.name(),
        };
        let all = FormKind::ALL.iter().map(names).collect::<Vec<_>>().join(", ");
        Error::Argument(match likely {
            Some(likely) => {
                say!(
                    lang,
                    "không có biểu mẫu “{text}”; có phải ý là {likely}?",
                    "there is no form “{text}”; did you mean {likely}?"
                )
            }
            None => say!(
                lang,
                "không có biểu mẫu “{text}”; các biểu mẫu: {all}",
                "there is no form “{text}”; the forms: {all}"
            ),
        })
    })
}

/// In which format a file is written.
pub(super) fn ending(option: &str, path: &Path, lang: Lang) -> Result<Ending, Error> {
    let shown = path.display();
    match path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).as_deref() {
        Some("html" | "htm") => Ok(Ending::Html),
        Some("docx") => Ok(Ending::Docx),
        Some("pdf") if emit::HAS_PDF => Ok(Ending::Pdf),
        Some("pdf") => Err(Error::Argument(say!(
            lang,
            "chương trình này được dựng không có phần PDF; ghi .docx hoặc .html rồi in",
            "this program was built without PDF; write .docx or .html and print it"
        ))),
        _ => Err(Error::Argument(say!(
            lang,
            "{option} cần tên tệp kết thúc bằng .html, .docx hoặc .pdf, không phải “{shown}”",
            "{option} needs a file name that ends in .html, .docx or .pdf, not “{shown}”"
        ))),
    }
}

fn all<'m>(matches: &'m ArgMatches, name: &str) -> impl Iterator<Item = &'m String> {
    matches.get_many::<String>(name).into_iter().flatten()
}

/// `--field TÊN=GIÁ-TRỊ`
fn fields(matches: &ArgMatches, lang: Lang) -> Result<Fields, Error> {
    let mut fields = Fields::default();
    for one in all(matches, "field") {
        let Some((name, value)) = one.split_once('=') else {
            return Err(Error::Argument(say!(
                lang,
                "--field cần tên, dấu bằng và giá trị, như \"họ-tên=Nguyễn Văn A\", không phải “{one}”",
                "--field needs a name, an equals sign and a value, as \"name=Nguyễn Văn A\", not “{one}”"
            )));
        };
        let field = Field::parse(name).map_err(|likely| {
            let known = Field::all(lang).join(", ");
            Error::Argument(match likely {
                Some(likely) => say!(
                    lang,
                    "biểu mẫu không có chỗ nào tên “{name}”; có phải ý là {likely}?",
                    "no form has a blank “{name}”; did you mean {likely}?"
                ),
                None => say!(
                    lang,
                    "biểu mẫu không có chỗ nào tên “{name}”; các chỗ: {known}",
                    "no form has a blank “{name}”; the blanks: {known}"
                ),
            })
        })?;
        fields.set(field, value);
    }
    Ok(fields)
}

/// The ids of `--paper`, each one that the case asks for.
fn papers(matches: &ArgMatches, answer: &Answer<'_>, lang: Lang) -> Result<Vec<String>, Error> {
    let asked = || answer.papers.iter().filter_map(|paper| paper.document.id.as_ref()).map(|id| id.value.as_str());
    let mut papers = Vec::new();
    for name in all(matches, "paper") {
        match asked().find(|id| fold(id) == fold(name)) {
            Some(id) => papers.push(id.to_owned()),
            None => {
                let known = asked().collect::<Vec<_>>().join(", ");
                return Err(Error::Argument(match nearest(name, asked()) {
                    Some(likely) => say!(
                        lang,
                        "hồ sơ này không có giấy tờ “{name}”; có phải ý là {likely}?",
                        "this dossier has no paper “{name}”; did you mean {likely}?"
                    ),
                    None => say!(
                        lang,
                        "hồ sơ này không có giấy tờ “{name}”; các giấy tờ: {known}",
                        "this dossier has no paper “{name}”; its papers: {known}"
                    ),
                }));
            }
        }
    }
    Ok(papers)
}

/// The end of an extension: it begins when the limit ends, which must be one moment.
fn extended(plan: &ProcedurePlan<'_>, answer: &Answer<'_>, limit: &Limit, lang: Lang) -> Result<Instant, Error> {
    let [due] = answer.dates.as_slice() else {
        return Err(no_date(lang));
    };
    let due = due.due.ok_or_else(|| no_date(lang))?;
    let Limit::Duration(time) = limit else {
        return Err(Error::Argument(say!(
            lang,
            "--extend cần một khoảng thời gian, như \"02 ngày làm việc\"",
            "--extend needs a length of time, as \"02 ngày làm việc\""
        )));
    };
    plan.calendar().limit_ends(due, time).ok_or_else(|| {
        Error::Argument(say!(lang, "lịch làm việc không có ngày này", "the working calendar does not reach this day"))
    })
}

fn no_date(lang: Lang) -> Error {
    Error::Argument(say!(
        lang,
        "--extend cần một ngày hẹn trả duy nhất: cho --filed, và --with cho những điều làm đổi thời hạn; hoặc ghi thẳng --field hẹn-mới=…",
        "--extend needs one due date: give --filed, and --with for what changes the limit; or write --field new-date=…"
    ))
}
