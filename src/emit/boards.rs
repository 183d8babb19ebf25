//! The lists on the board of the one-stop: every procedure by field and by level; those that are done by public post and those
//! that are not (QĐ 45/2016/QĐ-TTg art. 13); those that are done while one waits and those with an appointment to collect.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use super::guide::{self, Guide};
use super::{EmitError, Output, Sink, Site, Summary};
use crate::lang::{Lang, Words, say};
use crate::model::header::{Channel, OnlineLevel};
use crate::model::quantity::short_date;
use crate::model::{Limit, Setting};
use crate::plan::ProcedurePlan;

/// What a list tells of one procedure, beside its name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    time: String,
    fees: String,
    place: String,
    online: String,
    by_post: bool,
    /// In every case within the day of filing, or at once.
    at_once: bool,
}

impl Entry {
    pub(super) fn of(plan: &ProcedurePlan<'_>, site: &Site<'_>) -> Entry {
        let guide = Guide::of(plan, site);
        let brief = |at: usize| guide.answer.get(at).map(|row| row.brief.clone()).unwrap_or_default();
        let channels = || plan.body().channels.iter().flat_map(|all| &all.value);
        let online = channels().find(|used| used.channel == Channel::Online).map(|used| used.online);
        let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(site.lang).to_owned();
        let limits = || plan.body().deadlines.iter().filter_map(|deadline| deadline.limit.as_ref());
        let is_short =
            |setting: &Setting<Limit>| matches!(setting.given(), Some(Limit::SameDay { .. } | Limit::AtOnce));
        Entry {
            time: brief(1),
            fees: brief(2),
            place: brief(3),
            online: match online {
                Some(Some(OnlineLevel::Full)) => pick("Toàn trình", "Full"),
                Some(Some(OnlineLevel::Partial)) => pick("Một phần", "Partial"),
                Some(Some(OnlineLevel::InformationOnly)) => pick("Cung cấp thông tin", "Information only"),
                Some(Some(OnlineLevel::Unsaid) | None) => pick("Có", "Yes"),
                None => pick("Không", "No"),
            },
            by_post: channels().any(|used| used.channel == Channel::Post),
            at_once: limits().next().is_some()
                && limits().flat_map(|limit| limit.values()).all(|value| is_short(&value.setting)),
        }
    }
}

#[derive(Serialize)]
struct Board<'s> {
    lang: &'static str,
    kind: String,
    title: String,
    publisher: &'s str,
    home: Option<String>,
    home_caption: &'static str,
    heads: Vec<&'static str>,
    groups: Vec<Group<'s>>,
    /// What stands in a group without procedures.
    none: &'static str,
    feedback_title: &'static str,
    feedback: &'s [String],
    stamp: String,
}

#[derive(Serialize)]
struct Group<'s> {
    title: String,
    rows: Vec<Row<'s>>,
}

/// Code, name, time, fees, where, online, by post (`x` or nothing).
type Row<'s> = Vec<Cow<'s, str>>;

pub(super) static OUTPUT: Output = Output {
    name: "boards",
    folder: "boards",
    about: Words::new("danh mục niêm yết theo lĩnh vực, cấp thực hiện", "the lists to post, by field and level"),
    // They are about all procedures: [`finish`].
    emit: |_, _, _| Ok(()),
};

/// A list: what its file is called, and its title.
pub(super) const LISTS: [(&str, Words); 4] = [
    ("linh-vuc", Words::new("theo lĩnh vực", "by field")),
    ("cap", Words::new("theo cấp thực hiện", "by level")),
    ("buu-chinh", Words::new("theo dịch vụ bưu chính công ích", "by public post")),
    ("hen-tra", Words::new("theo cách hẹn trả kết quả", "by appointment")),
];

/// The folder whose procedures are listed: that of the nation, or of the place that was asked for.
pub(super) fn root(summaries: &[Summary]) -> &str {
    summaries.iter().map(|one| one.folder.as_str()).min().unwrap_or_default()
}

/// Writes the lists of the catalogue.
pub(super) fn finish(summaries: &[Summary], site: &Site<'_>, as_of: Date, sink: &dyn Sink) -> Result<(), EmitError> {
    let root = root(summaries);
    let listed: Vec<&Summary> = summaries.iter().filter(|one| one.folder == root).collect();
    let lang = site.lang;
    let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    let by_field = grouped(&listed, lang, |one| vec![one.field.clone().unwrap_or_else(|| unnamed(lang))]);
    let by_level = grouped(&listed, lang, |one| match one.levels.as_slice() {
        [] => vec![unnamed(lang)],
        levels => levels.to_vec(),
    });
    let halves = |first: (&str, bool), second: (&str, bool), is: &dyn Fn(&Entry) -> bool| {
        let half = |(title, holds): (&str, bool)| Group {
            title: title.to_owned(),
            rows: rows(listed.iter().copied().filter(|one| is(&one.board) == holds), lang),
        };
        vec![half(first), half(second)]
    };
    let by_post = halves(
        (pick("Thực hiện qua dịch vụ bưu chính công ích", "Done by public post"), true),
        (pick("Không thực hiện qua dịch vụ bưu chính công ích", "Not done by public post"), false),
        &|entry| entry.by_post,
    );
    let by_appointment = halves(
        (pick("Trả kết quả ngay trong ngày làm việc", "Done within the day"), true),
        (pick("Trả kết quả theo giấy hẹn", "Collected by appointment"), false),
        &|entry| entry.at_once,
    );
    for ((name, title), groups) in LISTS.into_iter().zip([by_field, by_level, by_post, by_appointment]) {
        let board = board(root, title.get(lang), groups, site, as_of);
        let page = site.templates.common().render("board.html.jinja", &board)?;
        super::press::documents(site, site.templates.common(), sink, &format!("{root}boards/{name}"), &page)?;
    }
    Ok(())
}

fn board<'s>(root: &str, title: &str, groups: Vec<Group<'s>>, site: &'s Site<'_>, as_of: Date) -> Board<'s> {
    let lang = site.lang;
    let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    let (version, day, hash) = (&site.settings.version, short_date(as_of), site.short_hash());
    Board {
        lang: lang.tag(),
        kind: pick("DANH MỤC THỦ TỤC HÀNH CHÍNH", "LIST OF PROCEDURES").to_owned(),
        title: title.to_owned(),
        publisher: &site.settings.publisher,
        home: site.home(&"../".repeat(root.matches('/').count() + 1)),
        home_caption: pick("Danh mục thủ tục hành chính", "Catalogue"),
        heads: vec![
            pick("TT", "No."),
            pick("Mã thủ tục", "Code"),
            pick("Tên thủ tục", "Procedure"),
            pick("Thời hạn giải quyết", "Time limit"),
            pick("Phí, lệ phí", "Fees"),
            pick("Nơi nộp", "Where"),
            pick("Trực tuyến", "Online"),
            pick("Bưu chính", "Post"),
        ],
        groups,
        none: pick("Không có thủ tục nào.", "None."),
        feedback_title: pick("Nơi tiếp nhận phản ánh, kiến nghị", "Where to send feedback"),
        feedback: &site.settings.feedback,
        stamp: say!(
            lang,
            "Bản {version} · tại ngày {day} · mã nguồn {hash}",
            "Version {version} · as of {day} · source {hash}"
        ),
    }
}

fn unnamed(lang: Lang) -> String {
    Words::new("Chưa nhập", "Not yet given").get(lang).to_owned()
}

/// The procedures under each of their titles, in the order in which the titles are met.
fn grouped<'s>(listed: &[&'s Summary], lang: Lang, titles: impl Fn(&Summary) -> Vec<String>) -> Vec<Group<'s>> {
    let mut all: Vec<(String, Vec<&'s Summary>)> = Vec::new();
    for &one in listed {
        for title in titles(one) {
            match all.iter_mut().find(|(known, _)| *known == title) {
                Some((_, own)) => own.push(one),
                None => all.push((title, vec![one])),
            }
        }
    }
    all.into_iter().map(|(title, own)| Group { title, rows: rows(own.into_iter(), lang) }).collect()
}

/// A row each. A board hangs in the office, so a draft is called one beside its name.
fn rows<'s>(listed: impl Iterator<Item = &'s Summary>, lang: Lang) -> Vec<Row<'s>> {
    let row = |one: &'s Summary| {
        let entry = &one.board;
        let post = if entry.by_post { "x" } else { "" };
        let draft = guide::draft(one.public_holes, lang);
        let name = draft.map_or(Cow::from(&one.name), |draft| format!("{} ({draft})", one.name).into());
        let others = [&entry.time, &entry.fees, &entry.place, &entry.online].map(Cow::from);
        [Cow::from(&one.code), name].into_iter().chain(others).chain([post.into()]).collect()
    };
    listed.map(row).collect()
}
