//! What to take along from the page of a procedure, for those who come with a dossier and for those who receive it.

use serde::Serialize;

use super::super::files::file_of;
use super::super::{Site, dmn, forms, has_process};
use crate::lang::Words;
use crate::plan::ProcedurePlan;

/// The files for one kind of readers.
#[derive(Serialize)]
pub(super) struct Shelf {
    title: &'static str,
    things: Vec<Thing>,
}

/// One thing in all the forms that it has.
#[derive(Serialize)]
struct Thing {
    name: &'static str,
    files: Vec<Link>,
}

#[derive(Serialize)]
struct Link {
    /// The form that it has: `PDF`, `Word`.
    form: String,
    path: String,
}

/// What to read and to fill in.
pub(super) fn for_citizens(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Shelf {
    let make = Maker::of(plan, site);
    let leaflet = make.pick("Tờ gấp hướng dẫn (in hai mặt, gấp ba)", "Leaflet (two sides, folded in three)");
    let things = [(make.pick("Bản niêm yết", "Notice"), "notices"), (leaflet, "leaflets")];
    Shelf {
        title: make.pick("Dành cho người dân, doanh nghiệp", "For citizens and businesses"),
        things: things.map(|(name, folder)| Thing { name, files: make.documents(folder) }).into_iter().collect(),
    }
    .filled()
}

/// Every other file of the procedure that this build has.
pub(super) fn for_officials(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Shelf {
    let make = Maker::of(plan, site);
    let file = &make.file;
    let mut things = Vec::new();
    let mut thing = |name: &'static str, files: Vec<Link>| things.push(Thing { name, files });
    if has_process(plan) {
        thing(make.pick("Quy trình nội bộ", "Internal process"), make.documents("processes"));
        let picture = make.made("charts", make.pick("Hình", "Picture"), format!("../charts/{file}.svg"));
        let text = make.made("mermaid", "Mermaid", format!("../charts/{file}.mmd"));
        thing(make.pick("Sơ đồ quy trình", "Chart of the process"), picture.into_iter().chain(text).collect());
    }
    let own = make.made("screens", make.pick("Mở", "Open"), format!("../screens/{file}.html"));
    let all = make.made("screens", make.pick("Mọi thủ tục", "All procedures"), "../screens/index.html".to_owned());
    let slides = make.pick("Trình chiếu trên màn hình một cửa", "Slides for the screen at the one-stop");
    thing(slides, own.into_iter().chain(all).collect());
    let messages = [("Zalo", "zalo"), ("SMS", "sms")].into_iter();
    let messages = messages.filter_map(|(name, kind)| make.made("texts", name, format!("../texts/{file}.{kind}.txt")));
    thing(make.pick("Tin nhắn soạn sẵn", "Messages to send"), messages.collect());
    for kind in forms::kinds(plan) {
        thing(kind.title().get(site.lang), make.documents(&format!("forms/{file}/{}", kind.name())));
    }
    thing(make.pick("Dữ liệu cho phần mềm", "Data for software"), make.data(plan));
    Shelf { title: make.pick("Dành cho cán bộ, công chức", "For officials"), things }.filled()
}

impl Shelf {
    /// Without the things that this build has no file of.
    fn filled(mut self) -> Shelf {
        self.things.retain(|thing| !thing.files.is_empty());
        self
    }
}

fn link(form: &str, path: String) -> Link {
    Link { form: form.to_owned(), path }
}

struct Maker<'s> {
    /// What files of the procedure are called.
    file: String,
    site: &'s Site<'s>,
}

impl<'s> Maker<'s> {
    fn of(plan: &ProcedurePlan<'_>, site: &'s Site<'s>) -> Maker<'s> {
        Maker { file: file_of(plan), site }
    }

    fn pick(&self, vi: &'static str, en: &'static str) -> &'static str {
        Words::new(vi, en).get(self.site.lang)
    }

    /// A link to a file of an output, where that is among those that are made.
    fn made(&self, output: &str, form: &str, path: String) -> Option<Link> {
        self.site.wanted.has(output).then(|| link(form, path))
    }

    /// A page with the documents made of it; `place` is a folder of the build, or one file without its ending.
    fn documents(&self, place: &str) -> Vec<Link> {
        let (output, stem) = match place.split_once('/') {
            Some((output, _)) => (output, format!("../{place}")),
            None => (place, format!("../{place}/{}", self.file)),
        };
        let wanted = self.site.wanted;
        let forms = [
            (wanted.html, self.pick("Xem", "View"), "html"),
            (self.site.press.is_some(), "PDF", "pdf"),
            (wanted.docx, "Word", "docx"),
        ];
        let forms = forms.into_iter().filter(|(is_made, ..)| *is_made && wanted.has(output));
        forms.map(|(_, form, ending)| link(form, format!("{stem}.{ending}"))).collect()
    }

    fn data(&self, plan: &ProcedurePlan<'_>) -> Vec<Link> {
        let (file, wanted) = (&self.file, self.site.wanted);
        let mut links: Vec<Link> = self.made("json", "JSON", format!("../json/{file}.json")).into_iter().collect();
        if has_process(plan) {
            for dialect in &wanted.dialects {
                let id = dialect.name();
                links.extend(self.made("bpmn", &format!("BPMN ({id})"), format!("../bpmn/{file}.{id}.bpmn")));
            }
            if wanted.opencps {
                links.push(link("OpenCPS", format!("../opencps/{file}.xml")));
            }
        }
        if wanted.has("decisions") && dmn::is_made(plan, self.site) {
            links.push(link("DMN", format!("../decisions/{file}.dmn")));
        }
        links
    }
}
