//! The templates of an agency: the files of its folder, laid over the shipped ones. `shipped/NAME` is always the shipped
//! one, and `common/NAME` for a place what the agency has for all places.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Value;

use super::blocks;
use super::fault::{Fault, What, nearest};
use super::wording::{self, OwnWords};
use super::{Pages, SHIPPED, Templates, is_typst, logo, shipped_pages};
use crate::compile::Catalogue;
use crate::resolve::Registers;
use crate::syntax::fold::fold;

/// How many steps a template may take for one page: the largest shipped page takes less than a hundredth of it.
const FUEL: u64 = 50_000_000;

/// How deep templates may call each other; an include counts ten. The stack of a thread holds several times as much.
const DEPTH: usize = 150;

/// The folder of the places, in the folder of the templates.
const PLACES: &str = "places/";

/// A text of the folder.
#[derive(Debug)]
pub(super) struct Text {
    /// Its name in the catalogue.
    pub(super) file: String,
    pub(super) text: String,
}

/// What one folder holds: that of the agency, or that of a place in it.
#[derive(Default)]
struct Folder {
    /// By name of the template.
    texts: BTreeMap<String, Arc<Text>>,
    logo: Option<Value>,
    words: Option<Arc<OwnWords>>,
}

impl Templates {
    /// The shipped templates with those of a catalogue laid over them.
    pub fn of_catalogue(catalogue: &Catalogue) -> Result<Templates, Fault> {
        let (common, places) = folders(catalogue)?;
        let mut templates = Templates { common: Pages::shipped(), places: BTreeMap::new() };
        templates.common.lay(&common)?;
        // A commune comes after its province: `a` stands before `a/b`.
        for (place, folder) in &places {
            let mut pages = Pages::shipped();
            for (name, text) in own_or_shipped(&common) {
                pages.add(format!("common/{name}"), text)?;
            }
            pages.lay(&common)?;
            let around = places.iter().filter(|(other, _)| place.starts_with(&format!("{other}/")));
            for folder in around.map(|(_, folder)| folder).chain([folder]) {
                pages.lay(folder)?;
            }
            templates.places.insert(place.clone(), pages);
        }
        Ok(templates)
    }
}

impl Pages {
    /// Lays a folder over what is there.
    fn lay(&mut self, folder: &Folder) -> Result<(), Fault> {
        if folder.texts.is_empty() && folder.logo.is_none() && folder.words.is_none() {
            return Ok(());
        }
        let environment = &mut self.environment;
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(DEPTH);
        // Names the expression that is not there; costs nothing where nothing is wrong.
        environment.set_debug(true);
        if let Some(logo) = &folder.logo {
            environment.add_global("logo", logo.clone());
        }
        if let Some(words) = &folder.words {
            self.words.insert(0, words.clone());
            environment.set_formatter(wording::formatter(self.words.clone()));
        }
        for (name, text) in shipped_pages() {
            environment.add_template_owned(format!("shipped/{name}"), text).expect("the shipped templates are tested");
        }
        for (name, text) in &folder.texts {
            self.add(name.clone(), text.clone())?;
        }
        Ok(())
    }

    fn add(&mut self, name: String, text: Arc<Text>) -> Result<(), Fault> {
        self.files.insert(name.clone(), text.clone());
        // The engine of PDF reads its own when something is printed.
        if is_typst(&name) {
            return Ok(());
        }
        let added = self.environment.add_template_owned(name.clone(), text.text.clone());
        added.map_err(|error| Fault::of(&error, &name, &self.files, &[]))
    }
}

/// What a template of a place finds below `common/`.
fn own_or_shipped(common: &Folder) -> impl Iterator<Item = (&str, Arc<Text>)> {
    let shipped = SHIPPED.iter().filter(|(name, _)| !common.texts.contains_key(*name));
    let shipped = shipped
        .map(|(name, text)| (*name, Arc::new(Text { file: format!("shipped/{name}"), text: (*text).to_owned() })));
    common.texts.iter().map(|(name, text)| (name.as_str(), text.clone())).chain(shipped)
}

/// The folder of the agency, and those of its places.
fn folders(catalogue: &Catalogue) -> Result<(Folder, BTreeMap<String, Folder>), Fault> {
    let (mut common, mut places) = (Folder::default(), BTreeMap::<String, Folder>::new());
    let beginning = format!("{}/", catalogue.settings.templates_folder());
    let within = |file: &str| file.strip_prefix(&beginning).unwrap_or(file).to_owned();
    for &id in &catalogue.templates {
        let source = catalogue.sources.get(id);
        let (file, inner) = (source.name.clone(), within(&source.name));
        let (folder, name) = pick(&file, &inner, &catalogue.registers, &mut common, &mut places)?;
        match name.as_str() {
            "logo.svg" => folder.logo = Some(logo::svg(&file, &source.text)?),
            wording::FILE => folder.words = Some(Arc::new(OwnWords::read(&file, &source.text)?)),
            _ => {
                folder.texts.insert(name, Arc::new(Text { file, text: source.text.clone() }));
            }
        }
    }
    for (file, bytes) in &catalogue.pictures {
        let (folder, _) = pick(file, &within(file), &catalogue.registers, &mut common, &mut places)?;
        if folder.logo.is_some() {
            return Err(Fault::in_file(file, What::TwoLogos));
        }
        folder.logo = Some(logo::png(file, bytes)?);
    }
    let all: Vec<&Arc<Text>> =
        std::iter::once(&common).chain(places.values()).flat_map(|one| one.texts.values()).collect();
    let shipped: BTreeMap<&str, &str> = SHIPPED.iter().copied().collect();
    for folder in std::iter::once(&common).chain(places.values()) {
        for (name, text) in &folder.texts {
            stands_for_something(name, text, &all)?;
            if !is_typst(name) {
                blocks::check(text, &shipped, (&folder.texts, &common.texts))?;
            }
        }
    }
    Ok((common, places))
}

/// The folder that a file belongs to, and the name of its template.
fn pick<'f>(
    file: &str,
    inner: &str,
    registers: &Registers,
    common: &'f mut Folder,
    places: &'f mut BTreeMap<String, Folder>,
) -> Result<(&'f mut Folder, String), Fault> {
    let Some(below) = inner.strip_prefix(PLACES) else { return Ok((common, inner.to_owned())) };
    // As many folders as are a place: what follows is a folder of the shipped templates.
    let ends = below.match_indices('/').map(|(at, _)| at);
    let place = ends.map(|at| (fold(&below[..at]), at)).filter(|(path, _)| registers.units.get(path).is_some()).last();
    let Some((place, end)) = place else {
        let first = below.split('/').next().unwrap_or_default();
        let likely = registers.likely(crate::model::Register::Units, &fold(first)).map(|(id, _)| id.to_owned());
        return Err(Fault { near: likely, ..Fault::in_file(file, What::Place(first.to_owned())) });
    };
    Ok((places.entry(place).or_default(), below[end + 1..].to_owned()))
}

/// A file whose name is that of no shipped template, and that no template of the folder names, would change nothing.
fn stands_for_something(name: &str, text: &Text, all: &[&Arc<Text>]) -> Result<(), Fault> {
    let shipped = || SHIPPED.iter().map(|(name, _)| *name);
    if shipped().any(|known| known == name) {
        return Ok(());
    }
    let named = |quote: char| format!("{quote}{name}{quote}");
    let (double, single) = (named('"'), named('\''));
    if all.iter().any(|one| one.text.contains(&double) || one.text.contains(&single)) {
        return Ok(());
    }
    let near = nearest(name, shipped()).map(str::to_owned);
    Err(Fault { near, ..Fault::in_file(&text.file, What::IdleFile(name.to_owned())) })
}
