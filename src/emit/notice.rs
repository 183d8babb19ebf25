//! The notice posted at the office: one HTML page a procedure, its parts in the order of the law (NĐ 63/2010 art. 8(2)),
//! its forms after it, with the place for feedback.

use serde::Serialize;

use super::guide::Guide;
use super::{EmitError, Output, Sink, Site, file_name, path_in, to_root};
use crate::lang::Words;
use crate::plan::ProcedurePlan;

pub(super) static OUTPUT: Output = Output {
    name: "notice",
    about: Words::new("bản niêm yết, mỗi thủ tục một trang", "the public notice, a page a procedure"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let page = site.templates.of(plan).render("notice.html.jinja", &View::of(plan, site))?;
    let path = path_in("notices", plan);
    super::press::documents(site, sink, &path, &page)
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
    word: String,
    pdf: Option<String>,
    chart: Option<String>,
    chart_caption: &'static str,
    home: String,
    home_caption: &'static str,
}

impl View {
    fn of(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> View {
        let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(site.lang);
        let file = file_name(&plan.procedure.code.value.0);
        View {
            guide: Guide::of(plan, site),
            forms_title: pick("Biểu mẫu kèm theo thủ tục", "Forms that go with this procedure"),
            feedback_title: pick("Nơi tiếp nhận phản ánh, kiến nghị", "Where to send feedback"),
            qr_caption: pick("Xem trên Cổng Dịch vụ công quốc gia", "On the national portal"),
            gap: pick("Chưa nhập.", "Not yet given."),
            word: format!("{file}.docx"),
            pdf: site.press.as_ref().map(|_| format!("{file}.pdf")),
            chart: plan.flow.iter().any(|flow| flow.steps().next().is_some()).then(|| format!("../charts/{file}.svg")),
            chart_caption: pick("Sơ đồ quy trình nội bộ", "Chart of the internal process"),
            home: format!("{}index.html", to_root(plan)),
            home_caption: pick("Danh mục thủ tục hành chính", "Catalogue"),
        }
    }
}
