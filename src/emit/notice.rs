//! The notice posted at the office: one HTML page a procedure, its parts in the order of the law (NĐ 63/2010 art. 8(2)),
//! its forms after it, with the place for feedback.

use serde::Serialize;

use super::files::{file_of, to_root};
use super::guide::Guide;
use super::local::Local;
use super::render::Pages;
use super::{EmitError, Output, Sink, Site, has_process};
use crate::lang::Words;
use crate::plan::ProcedurePlan;

pub(super) static OUTPUT: Output = Output {
    name: "notices",
    folder: "notices",
    about: Words::new("bản niêm yết, mỗi thủ tục một trang", "the public notice, a page a procedure"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let file = file_of(plan);
    let beside = Beside {
        home: site.home(&to_root(plan)),
        chart: (has_process(plan) && site.wanted.has("charts")).then(|| format!("../charts/{file}.svg")),
    };
    let page = page(plan, site, site.templates.of(plan), &Local::of(plan), beside)?;
    let path = OUTPUT.path(plan);
    super::press::documents(site, site.templates.of(plan), sink, &path, &page)
}

/// What a notice leads to.
#[derive(Clone)]
pub(super) struct Beside {
    /// The list that it is one of.
    pub(super) home: Option<String>,
    pub(super) chart: Option<String>,
}

/// The notice of a place that has the layers of the plan.
pub(super) fn page(
    plan: &ProcedurePlan<'_>,
    site: &Site<'_>,
    templates: &Pages,
    local: &Local,
    beside: Beside,
) -> Result<String, EmitError> {
    templates.render("notice.html.jinja", &View::of(plan, site, local, beside))
}

#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    guide: Guide,
    forms_title: &'static str,
    feedback_title: &'static str,
    qr_caption: &'static str,
    /// What stands where nothing was given.
    gap: &'static str,
    /// The same page as a Word document, and as PDF.
    word: Option<String>,
    pdf: Option<String>,
    chart: Option<String>,
    chart_caption: &'static str,
    home: Option<String>,
    home_caption: &'static str,
}

impl View {
    fn of(plan: &ProcedurePlan<'_>, site: &Site<'_>, local: &Local, beside: Beside) -> View {
        let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(site.lang);
        let file = file_of(plan);
        View {
            guide: Guide::at(plan, site, local),
            forms_title: pick("Biểu mẫu kèm theo thủ tục", "Forms that go with this procedure"),
            feedback_title: pick("Nơi tiếp nhận phản ánh, kiến nghị", "Where to send feedback"),
            qr_caption: pick("Xem trên Cổng Dịch vụ công quốc gia", "On the national portal"),
            gap: pick("Chưa nhập.", "Not yet given."),
            word: site.wanted.docx.then(|| format!("{file}.docx")),
            pdf: site.press.as_ref().map(|_| format!("{file}.pdf")),
            chart: beside.chart,
            chart_caption: pick("Sơ đồ quy trình nội bộ", "Chart of the internal process"),
            home: beside.home,
            home_caption: pick("Danh mục thủ tục hành chính", "Catalogue"),
        }
    }
}
