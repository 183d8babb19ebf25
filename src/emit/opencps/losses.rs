//! What the format cannot carry: told to whoever loads a file, so that nobody takes it for the whole process.

use std::collections::BTreeMap;

use crate::lang::{Lang, say};

/// A kind of thing that is lost, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    Parallel,
    Condition,
    Report,
    TimerOfItsOwn,
    Unit,
    ByCase,
    NotCounted,
    Budget,
    Rounds,
    Consult,
    Limit,
    Responsible,
    Shortened,
}

/// Everything that was lost, each thing once.
#[derive(Default)]
pub(super) struct Losses(BTreeMap<Loss, Vec<String>>);

impl Losses {
    pub(super) fn add(&mut self, loss: Loss, what: String) {
        let all = self.0.entry(loss).or_default();
        if !all.contains(&what) {
            all.push(what);
        }
    }

    /// A line for each kind.
    pub(super) fn lines(&self, lang: Lang) -> Vec<String> {
        self.0.iter().map(|(loss, what)| format!("{}: {}", loss.words(lang), what.join("; "))).collect()
    }
}

impl Loss {
    fn words(self, lang: Lang) -> String {
        match self {
            Loss::Parallel => say!(
                lang,
                "Các nhánh song song được xếp lần lượt, vì một hồ sơ chỉ ở một trạng thái",
                "Parallel branches are put one after another, since a file is in one state at a time"
            ),
            Loss::Condition => say!(
                lang,
                "Điều kiện không tự xét được; người xử lý chọn thao tác có ghi điều kiện",
                "Conditions are not evaluated; whoever acts picks the action that names it"
            ),
            Loss::Report => say!(lang, "Không tự báo cáo khi quá hạn", "No report is made when a time runs out"),
            Loss::TimerOfItsOwn => say!(
                lang,
                "Thao tác tự động khi quá hạn chạy theo thời gian của bước, không theo hạn riêng",
                "What happens when a time runs out happens after the time of the step, not after one of its own"
            ),
            Loss::Unit => say!(
                lang,
                "Thời gian không tính bằng ngày, giờ làm việc thì không đổi đơn vị, để 0",
                "Times that are not in working days or hours are not converted, and left at 0"
            ),
            Loss::ByCase => say!(
                lang,
                "Thời gian theo trường hợp: chỉ ghi giá trị chung",
                "Times by case: only the general one is there"
            ),
            Loss::NotCounted => say!(
                lang,
                "Thời gian không tính vào thời hạn không có cách ghi",
                "Time that is not counted against the limit cannot be said"
            ),
            Loss::Budget => say!(
                lang,
                "Thời gian chung của một giai đoạn, một khối song song không có cách ghi",
                "A budget that steps share cannot be said"
            ),
            Loss::Rounds => say!(
                lang,
                "Số lần bổ sung, họp lại không bị giới hạn",
                "How often supplements or meetings may be asked for is not limited"
            ),
            Loss::Consult => say!(
                lang,
                "Lấy ý kiến, làm thủ tục khác: tự cấu hình hồ sơ liên thông (createDossiers)",
                "Consults and other procedures: set up the other file (createDossiers) by hand"
            ),
            Loss::Limit => say!(
                lang,
                "Thời hạn giải quyết chỉ ghi một số ngày làm việc",
                "Of the published limit there is only one number of working days"
            ),
            Loss::Responsible => say!(
                lang,
                "Người thực hiện theo trường hợp: chỉ ghi người thứ nhất",
                "Who acts, by case: only the first one is there"
            ),
            Loss::Shortened => say!(lang, "Cắt còn 255 chữ", "Cut to 255 letters"),
        }
    }
}
