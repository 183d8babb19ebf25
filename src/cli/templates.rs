//! `thutuc templates`: which templates there are and which of them the agency has its own of; copies of the shipped ones;
//! the names that each can use.

use std::fs;
use std::path::Path;

use clap::ArgMatches;

use super::{Exit, files, options, print};
use crate::compile::Catalogue;
use crate::emit;
use crate::error::Error;
use crate::lang::{Lang, say};

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    if let Some(folder) = matches.get_one::<String>("export") {
        return export(Path::new(folder), lang);
    }
    let path = matches.get_one::<String>("path").expect("it has a default");
    let found = files::find(Path::new(path))?;
    let catalogue = Catalogue::read(files::load(&found.root)?, options(matches, lang)?);
    print(&if matches.get_flag("names") { names(&catalogue)? } else { list(&catalogue, lang)? });
    Ok(Exit::Good)
}

/// Writes the shipped templates; what is there already is not touched.
fn export(folder: &Path, lang: Lang) -> Result<Exit, Error> {
    if let Some((name, _)) = emit::SHIPPED.iter().find(|(name, _)| folder.join(name).exists()) {
        let path = folder.join(name);
        let path = path.display();
        return Err(Error::Argument(say!(
            lang,
            "{path} đã có, không ghi đè; chọn thư mục khác",
            "{path} exists and is not overwritten; choose another folder"
        )));
    }
    for (name, text) in emit::SHIPPED {
        let path = folder.join(name);
        let fail = |source| Error::Write { path: path.clone(), source };
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(fail)?;
        fs::write(&path, text).map_err(fail)?;
    }
    let (count, shown) = (emit::SHIPPED.len(), folder.display());
    print(&say!(
        lang,
        "{shown}: {count} mẫu. Chỉ chép mẫu cần sửa vào thư mục templates/ cạnh catalogue.yaml; mẫu không chép thì theo chương trình\n",
        "{shown}: {count} templates. Copy only what you change to templates/ beside catalogue.yaml; the others stay those of the program\n"
    ));
    Ok(Exit::Good)
}

/// Every shipped template, and the files that stand in for it.
fn list(catalogue: &Catalogue, lang: Lang) -> Result<String, Error> {
    let templates = emit::Templates::of_catalogue(catalogue).map_err(emit::EmitError::from)?;
    let mut text = String::new();
    for (name, _) in emit::SHIPPED {
        text += name;
        let files = templates.files_of(name).join(", ");
        if !files.is_empty() {
            text += &say!(lang, "  (thay bằng {files})", "  (replaced by {files})");
        }
        text.push('\n');
    }
    Ok(text)
}

fn names(catalogue: &Catalogue) -> Result<String, Error> {
    let mut text = String::new();
    for (template, names) in emit::template_names(catalogue)? {
        text += &format!("{template}\n");
        for name in names {
            text += &format!("  {name}\n");
        }
    }
    Ok(text)
}
