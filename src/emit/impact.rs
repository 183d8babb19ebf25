//! What rests on an act, as text and as data.

use serde::Serialize;

use super::local::name_of_place;
use crate::compile::Catalogue;
use crate::impact::{Asked, Impact, Kind, Place, said};
use crate::lang::{Lang, say};
use crate::plan::wording::capitalised;
use crate::source::Span;

#[derive(Serialize)]
struct View {
    /// Always `urn:thutuc:impact:1`.
    schema: &'static str,
    act: String,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    replaced_by: Vec<String>,
    amended_by: Vec<String>,
    replaces: Vec<String>,
    amends: Vec<String>,
    places: Vec<PlaceView>,
    forms: Vec<FormView>,
}

#[derive(Serialize)]
struct PlaceView {
    /// `procedure`, `overlay`, `norm`, `subprocess`
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    title: String,
    file: String,
    line: usize,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<String>,
    cites: String,
    file: String,
    line: usize,
}

#[derive(Serialize)]
struct FormView {
    name: String,
    used_by: Vec<String>,
}

/// As JSON.
pub fn impact_json(catalogue: &Catalogue, asked: &Asked<'_>, article: Option<&str>, impact: &Impact) -> String {
    let view = View::of(catalogue, asked, article, impact);
    let mut text = serde_json::to_string_pretty(&view).expect("it holds only text");
    text.push('\n');
    text
}

/// For a terminal.
pub fn impact_text(catalogue: &Catalogue, asked: &Asked<'_>, article: Option<&str>, impact: &Impact) -> String {
    let (lang, view) = (catalogue.options.lang, View::of(catalogue, asked, article, impact));
    let mut out = match article {
        Some(article) => format!("{article} {}\n", view.act),
        None => format!("{}\n", view.act),
    };
    let mut acts = |all: &[String], title: String| {
        for one in all {
            out += &format!("{title} {one}\n");
        }
    };
    acts(&view.replaced_by, say!(lang, "Được thay thế bởi:", "Replaced by:"));
    acts(&view.amended_by, say!(lang, "Được sửa đổi, bổ sung bởi:", "Amended by:"));
    acts(&view.replaces, say!(lang, "Thay thế:", "Replaces:"));
    acts(&view.amends, say!(lang, "Sửa đổi, bổ sung:", "Amends:"));
    if impact.is_empty() {
        out += &match article {
            Some(_) => say!(
                lang,
                "\nKhông có nội dung nào dẫn điều khoản này. Nội dung dẫn cả văn bản: bỏ --article.\n",
                "\nNothing cites this article. For what cites the act as a whole leave out --article.\n"
            ),
            None => say!(lang, "\nKhông có nội dung nào dẫn văn bản này.\n", "\nNothing cites this act.\n"),
        };
        return out;
    }
    let count = |kind: &str| view.places.iter().filter(|place| place.kind == kind).count();
    let parts: usize = view.places.iter().map(|place| place.parts.len()).sum();
    let counted = [
        (count("procedure"), say!(lang, "thủ tục", "procedures")),
        (count("overlay"), say!(lang, "quy định áp dụng riêng", "overlays")),
        (count("norm"), say!(lang, "quy định chung", "norms")),
        (count("subprocess"), say!(lang, "quy trình con", "shared processes")),
    ];
    let counted = counted.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}"));
    let holders = counted.collect::<Vec<_>>().join(", ");
    if parts > 0 {
        out += &say!(lang, "\n{parts} chỗ dẫn trong {holders}\n", "\n{parts} places cite it: {holders}\n");
    }
    for place in &view.places {
        out += &format!("\n{}\n", place.title);
        for part in &place.parts {
            let says = part.says.as_ref().map_or(String::new(), |says| format!(": {says}"));
            out += &format!("  - {}{says} ({})  [{}:{}]\n", capitalised(&part.what), part.cites, part.file, part.line);
        }
    }
    if !view.forms.is_empty() {
        out += &say!(lang, "\nBiểu mẫu ban hành kèm theo\n", "\nForms issued with it\n");
        for form in &view.forms {
            let used = form.used_by.join(", ");
            let used = if used.is_empty() { say!(lang, "chưa thủ tục nào dùng", "not used yet") } else { used };
            out += &format!("  - {}: {used}\n", form.name);
        }
    }
    out
}

impl View {
    fn of(catalogue: &Catalogue, asked: &Asked<'_>, article: Option<&str>, impact: &Impact) -> View {
        View {
            schema: "urn:thutuc:impact:1",
            act: said(asked.act),
            id: asked.act.id.to_string(),
            article: article.map(str::to_owned),
            replaced_by: impact.replaced_by.clone(),
            amended_by: impact.amended_by.clone(),
            replaces: impact.replaces.clone(),
            amends: impact.amends.clone(),
            places: impact.places.iter().map(|place| place_view(catalogue, place)).collect(),
            forms: impact
                .forms
                .iter()
                .map(|form| FormView { name: form.name.clone(), used_by: form.used_by.clone() })
                .collect(),
        }
    }
}

fn place_view(catalogue: &Catalogue, place: &Place) -> PlaceView {
    let lang = catalogue.options.lang;
    let at = |span: Span| {
        let file = catalogue.sources.get(span.file);
        (file.name.clone(), file.position(span.start).line)
    };
    let (file, line) = at(place.span);
    let parts = place.parts.iter().map(|part| {
        let (file, line) = at(part.span);
        PartView { what: part.what.clone(), says: part.says.clone(), cites: part.cites.clone(), file, line }
    });
    let kind = match place.kind {
        Kind::Procedure => "procedure",
        Kind::Overlay => "overlay",
        Kind::Norm => "norm",
        Kind::Subprocess => "subprocess",
    };
    PlaceView {
        kind,
        code: place.code.clone(),
        name: place.name.clone(),
        place: place.at.clone(),
        title: title(catalogue, place, lang),
        parts: parts.collect(),
        file,
        line,
    }
}

fn title(catalogue: &Catalogue, place: &Place, lang: Lang) -> String {
    let (code, name) = (place.code.as_deref().unwrap_or_default(), &place.name);
    match place.kind {
        Kind::Procedure => format!("{code} {name}"),
        Kind::Overlay => {
            let at = place.at.as_deref().map(|at| name_of_place(catalogue, at));
            let at = at.unwrap_or_else(|| say!(lang, "chế độ khác của trung ương", "another regime of the nation"));
            say!(lang, "{code} {name} – quy định riêng: {at}", "{code} {name} – own rules: {at}")
        }
        Kind::Norm => say!(lang, "Quy định chung “{name}”", "Norm “{name}”"),
        Kind::Subprocess => say!(lang, "Quy trình con “{name}”", "Shared process “{name}”"),
    }
}
