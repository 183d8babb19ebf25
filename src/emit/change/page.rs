//! The comparison as a page: what changed, what it touches, and what places lay over it, three versions side by side.

use serde::Serialize;

use super::Versions;
use super::view::{ProcedureView, SharedView, View};
use crate::change::{Comparison, Kind, words};
use crate::emit::{EmitError, Site, Wanted, site};
use crate::lang::{Words, say};

/// The comparison as a page.
pub fn changes_html(versions: &Versions<'_>, comparison: &Comparison) -> Result<String, EmitError> {
    let wanted = Wanted::default();
    page(versions, comparison, &site(versions.new, &wanted, None)?)
}

pub(in crate::emit) fn page(
    versions: &Versions<'_>,
    comparison: &Comparison,
    site: &Site<'_>,
) -> Result<String, EmitError> {
    site.templates.common().render("change.html.jinja", &Page::of(versions, comparison))
}

/// All that the template may see.
#[derive(Serialize)]
struct Page {
    lang: &'static str,
    title: String,
    groups: Vec<Group>,
    shared: Vec<SharedView>,
    internal_title: &'static str,
    replaces_title: &'static str,
    outputs_title: &'static str,
    steps_title: &'static str,
    bundles_title: &'static str,
    performed_title: &'static str,
    layer_heads: [&'static str; 5],
    nothing: &'static str,
}

/// Procedures of one kind.
#[derive(Serialize)]
struct Group {
    title: String,
    procedures: Vec<ProcedureView>,
}

impl Page {
    fn of(versions: &Versions<'_>, comparison: &Comparison) -> Page {
        let lang = versions.lang();
        let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
        let View { title, procedures, shared, .. } = View::of(versions, comparison);
        let mut groups: Vec<(Kind, Vec<ProcedureView>)> = Kind::ALL.map(|kind| (kind, Vec::new())).into();
        for one in procedures {
            if let Some((_, all)) = groups.iter_mut().find(|(kind, _)| *kind == one.kind) {
                all.push(one);
            }
        }
        let group = |(kind, procedures): (Kind, Vec<ProcedureView>)| {
            let (name, count) = (words::kind(kind).get(lang), procedures.len());
            Group { title: say!(lang, "{name} ({count} thủ tục)", "{name} ({count})"), procedures }
        };
        Page {
            lang: lang.tag(),
            title,
            groups: groups.into_iter().filter(|(_, all)| !all.is_empty()).map(group).collect(),
            shared,
            internal_title: pick("Quy trình nội bộ, thông tin khác", "Internal process and the rest"),
            replaces_title: pick("Thay thế", "Replaces"),
            outputs_title: pick("Phải lập lại", "To be made anew"),
            bundles_title: pick("Thủ tục liên thông có thủ tục này", "Bundles it is a part of"),
            steps_title: pick("Bước phải theo thời hạn mới", "Steps bound by the new limit"),
            performed_title: pick("Thủ tục có dùng", "Performed by"),
            layer_heads: [
                pick("Nơi có quy định riêng", "Who has rules of its own"),
                pick("Quy định chung trước đây", "Common rule before"),
                pick("Quy định chung mới", "Common rule now"),
                pick("Quy định riêng", "Own rule"),
                pick("Đề nghị", "What to do"),
            ],
            nothing: pick("Không có thay đổi về nội dung.", "Nothing changed in meaning."),
        }
    }
}
