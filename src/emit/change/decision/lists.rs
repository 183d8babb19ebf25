//! The lists of procedures, by level and field, with the columns of a ministry or of a province.

use serde::Serialize;

use super::{BLANK, Maker};
use crate::change::{Kind, ProcedureChange};
use crate::emit::guide::Guide;
use crate::lang::say;

/// New, amended or abolished procedures.
#[derive(Serialize)]
pub(super) struct List {
    title: String,
    heads: Vec<&'static str>,
    levels: Vec<Level>,
}

#[derive(Serialize)]
pub(super) struct Level {
    title: String,
    fields: Vec<Group>,
}

#[derive(Serialize)]
pub(super) struct Group {
    title: String,
    rows: Vec<Vec<String>>,
}

impl Maker<'_> {
    /// One list; nothing where it would be empty.
    pub(super) fn list(&self, kind: Kind) -> Option<List> {
        self.of(kind).next()?;
        let mut levels: Vec<Level> = Vec::new();
        let mut all: Vec<&ProcedureChange> = self.of(kind).collect();
        all.sort_by_key(|one| self.highest_level(one));
        for one in all {
            let (title, field) = (self.level(one), self.field(one));
            let at = levels.iter().position(|level| level.title == title).unwrap_or_else(|| {
                levels.push(Level { title, fields: Vec::new() });
                levels.len() - 1
            });
            let title = say!(self.lang, "Lĩnh vực {field}", "Field: {field}");
            let fields = &mut levels[at].fields;
            let group = fields.iter().position(|group| group.title == title).unwrap_or_else(|| {
                fields.push(Group { title, rows: Vec::new() });
                fields.len() - 1
            });
            fields[group].rows.push(self.row(kind, one));
        }
        for (at, level) in levels.iter_mut().enumerate() {
            let letter = char::from(b'A' + (at % 26) as u8);
            let title = level.title.to_uppercase();
            level.title = say!(self.lang, "{letter}. THỦ TỤC HÀNH CHÍNH {title}", "{letter}. PROCEDURES: {title}");
        }
        let number = Kind::ALL.iter().filter(|one| **one < kind && self.of(**one).next().is_some()).count() + 1;
        let title = match kind {
            Kind::New => self.pick("Danh mục thủ tục hành chính mới ban hành", "New procedures"),
            Kind::Amended => self.pick("Danh mục thủ tục hành chính được sửa đổi, bổ sung", "Amended procedures"),
            Kind::Replacing => self.pick("Danh mục thủ tục hành chính thay thế", "Procedures that replace others"),
            Kind::Abolished => self.pick("Danh mục thủ tục hành chính bị bãi bỏ", "Abolished procedures"),
        };
        Some(List { title: format!("{number}. {title}"), heads: self.heads(kind), levels })
    }

    /// The procedures that one takes the place of: `1.000111 “Tên”`.
    fn replaced(&self, one: &ProcedureChange) -> String {
        let all: Vec<String> = one.replaces.iter().map(|old| format!("{} “{}”", old.code, old.name)).collect();
        all.join("; ")
    }

    fn heads(&self, kind: Kind) -> Vec<&'static str> {
        let heads: &[(&'static str, &'static str)] = match (kind, self.comparison.place.is_some()) {
            (Kind::New, false) => &[("STT", "No."), NAME, FIELD, AGENCY],
            (Kind::Amended, false) => &[
                ("STT", "No."),
                CODE,
                NAME,
                ("Tên VBQPPL quy định nội dung sửa đổi, bổ sung", "Act that amends it"),
                FIELD,
                AGENCY,
            ],
            (Kind::Replacing, false) => &[("STT", "No."), REPLACED, NAME, FIELD, AGENCY],
            (Kind::Abolished, false) => &[
                ("STT", "No."),
                CODE,
                NAME,
                ("Tên VBQPPL quy định việc bãi bỏ", "Act that abolishes it"),
                FIELD,
                AGENCY,
            ],
            (Kind::New, true) => &[("STT", "No."), NAME, TIME, PLACE, FEES, BASIS],
            (Kind::Amended, true) => &[("STT", "No."), CODE, NAME, TIME, PLACE, FEES, BASIS],
            (Kind::Replacing, true) => &[("STT", "No."), REPLACED, NAME, TIME, PLACE, FEES, BASIS],
            (Kind::Abolished, true) => &[("STT", "No."), CODE, NAME, ("Ghi chú", "Note")],
        };
        heads.iter().map(|(vi, en)| self.pick(vi, en)).collect()
    }

    /// A row without its number, which the template counts.
    fn row(&self, kind: Kind, one: &ProcedureChange) -> Vec<String> {
        let (code, name) = (one.code.to_string(), one.name.clone());
        if self.comparison.place.is_none() {
            let (field, agency) = (self.field(one), self.agency(one));
            return match kind {
                Kind::New => vec![name, field, agency],
                Kind::Replacing => vec![self.replaced(one), name, field, agency],
                Kind::Amended | Kind::Abolished => vec![code, name, self.acts_said(one), field, agency],
            };
        }
        if kind == Kind::Abolished {
            return vec![code, name, BLANK.to_owned()];
        }
        let cells = self.with_plan(one, |plan| {
            let guide = Guide::of(plan, self.site);
            let brief = |at: usize| guide.answer.get(at).map(|row| row.brief.clone()).unwrap_or_default();
            let words = self.site.wording(plan);
            let basis = plan.body().basis.as_ref().and_then(|basis| words.cites(&basis.value)).unwrap_or_default();
            vec![brief(1), brief(3), brief(2), basis]
        });
        let codes = match kind {
            Kind::New => vec![name],
            Kind::Replacing => vec![self.replaced(one), name],
            Kind::Amended | Kind::Abolished => vec![code, name],
        };
        codes.into_iter().chain(cells).collect()
    }
}

const REPLACED: (&str, &str) = ("TTHC được thay thế (mã số, tên)", "Replaced (code, name)");
const CODE: (&str, &str) = ("Mã số TTHC", "Code");
const NAME: (&str, &str) = ("Tên TTHC", "Procedure");
const FIELD: (&str, &str) = ("Lĩnh vực", "Field");
const AGENCY: (&str, &str) = ("Cơ quan thực hiện", "Agency");
const TIME: (&str, &str) = ("Thời hạn giải quyết", "Time limit");
const PLACE: (&str, &str) = ("Địa điểm thực hiện", "Where");
const FEES: (&str, &str) = ("Phí, lệ phí (nếu có)", "Charges and fees");
const BASIS: (&str, &str) = ("Căn cứ pháp lý", "Legal basis");
