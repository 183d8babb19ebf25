//! The leaflet (tờ gấp): an A4 sheet folded twice, six panels on two sides. What a person takes home: in plain words, with the
//! code that leads to the rest.

use serde::Serialize;

use super::guide::{Guide, Item, Part, Section};
use super::{EmitError, Output, Sink, Site};
use crate::lang::Words;
use crate::plan::ProcedurePlan;

pub(super) static OUTPUT: Output = Output {
    name: "leaflets",
    folder: "leaflets",
    about: Words::new("tờ gấp hướng dẫn, A4 gấp ba", "the leaflet, A4 folded in three"),
    emit,
};

fn emit(plan: &ProcedurePlan<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), EmitError> {
    let guide = Guide::of(plan, site);
    let page = site.templates.of(plan).render("leaflet.html.jinja", &View::of(&guide, site))?;
    let path = OUTPUT.path(plan);
    super::press::documents(site, site.templates.of(plan), sink, &path, &page)
}

#[derive(Serialize)]
struct View<'g> {
    lang: &'static str,
    code: &'g str,
    name: &'g str,
    kind: &'static str,
    code_label: &'static str,
    /// Who hands the leaflet out.
    publisher: &'g str,
    place: Option<&'g str>,
    gaps_note: &'g Option<String>,
    qr: &'g Option<(String, usize)>,
    qr_caption: &'static str,
    stamp: &'g str,
    /// The panel that is folded in, and the back.
    outside: [Panel; 2],
    inside: [Panel; 3],
}

/// A third of a side.
#[derive(Serialize)]
struct Panel {
    blocks: Vec<Block>,
    /// Of the letters, in points: what the text leaves room for.
    size: u8,
}

#[derive(Serialize)]
struct Block {
    title: &'static str,
    groups: Vec<Group>,
}

/// Lines under what they depend on.
#[derive(Serialize)]
struct Group {
    band: Option<String>,
    /// What, and how much or how long.
    lines: Vec<(String, String)>,
    /// `ul`, `ol`, or `p` for paragraphs.
    kind: &'static str,
}

/// Letters and lines of a panel at [`LARGEST`]; smaller letters fill the same paper.
const LETTERS: f64 = 46.0;
const LINES: f64 = 43.0;
const LARGEST: u8 = 11;
const SMALLEST: u8 = 7;

impl Panel {
    fn of(blocks: Vec<Block>) -> Panel {
        let fits = |size: &u8| {
            let grows = f64::from(LARGEST) / f64::from(*size);
            let lines: f64 = blocks.iter().map(|block| block.lines(LETTERS * grows)).sum();
            lines <= LINES * grows
        };
        let size = (SMALLEST..=LARGEST).rev().find(fits).unwrap_or(SMALLEST);
        Panel { blocks, size }
    }
}

impl Block {
    /// About how many lines it takes, where a line holds so many letters.
    fn lines(&self, letters: f64) -> f64 {
        let height = |text: &str| (text.chars().count() as f64 / letters).ceil().max(1.0);
        let of_group = |group: &Group| {
            let band = group.band.as_ref().map_or(0.0, |band| height(band) + 0.3);
            let lines: f64 = group.lines.iter().map(|(what, then)| height(&format!("{what}: {then}")) + 0.2).sum();
            band + lines
        };
        2.2 + self.groups.iter().map(of_group).sum::<f64>()
    }
}

impl<'g> View<'g> {
    fn of(guide: &'g Guide, site: &Site<'_>) -> View<'g> {
        let pick = |vi: &'static str, en: &'static str| Words::new(vi, en).get(site.lang);
        let part = |part: Part, title: &'static str| Block {
            title,
            groups: guide.section(part).map(groups).unwrap_or_default(),
        };
        let paragraphs = |title: &'static str, lines: &[String]| Block {
            title,
            groups: vec![Group { band: None, lines: lines.iter().map(|line| alone(line)).collect(), kind: "p" }],
        };
        let outcomes = guide.section(Part::Outcomes).into_iter().flat_map(|section| &section.items);
        let outcomes = outcomes.filter(|item| item.lead.is_empty()).map(|item| alone(&item.text));
        let steps = guide.section(Part::Sequence).into_iter().flat_map(|section| &section.items);
        let answer = guide.answer.iter().map(|row| (row.label.clone(), row.brief.clone()));
        // NĐ 63/2010 art. 21(2), 18(5); TT 03/2025/TT-VPCP, form 04.
        let rights = [
            pick(
                "Có quyền từ chối nộp giấy tờ không có trong thủ tục đã công khai.",
                "You may refuse papers that the published procedure does not ask for.",
            ),
            pick(
                "Hồ sơ bị từ chối thì được trả lời bằng văn bản, nêu rõ lý do.",
                "A refusal is given in writing, with its reasons.",
            ),
            pick(
                "Trả kết quả chậm thì được xin lỗi và hẹn lại ngày trả bằng văn bản.",
                "A late result comes with an apology in writing and a new date.",
            ),
        ];
        let list = |title: &'static str, lines: Vec<(String, String)>, kind: &'static str| Block {
            title,
            groups: vec![Group { band: None, lines, kind }],
        };
        let mut back = Vec::new();
        if !guide.contacts.is_empty() {
            back.push(paragraphs(pick("Liên hệ", "Contact"), &guide.contacts));
        }
        if !guide.feedback.is_empty() {
            back.push(paragraphs(pick("Phản ánh, kiến nghị", "Feedback"), &guide.feedback));
        }
        View {
            lang: guide.lang,
            code: &guide.code,
            name: &guide.name,
            kind: pick("TỜ GẤP HƯỚNG DẪN", "LEAFLET"),
            code_label: pick("Mã thủ tục", "Code"),
            publisher: &guide.publisher,
            place: guide.place.as_deref(),
            gaps_note: &guide.gaps_note,
            qr: &guide.qr,
            qr_caption: pick("Quét mã để xem đầy đủ và nộp trực tuyến", "Scan for all details and to file online"),
            stamp: &guide.stamp,
            outside: [
                Panel::of(vec![
                    list(pick("Nhận được gì?", "What do you get?"), outcomes.collect(), "ul"),
                    list(
                        pick("Quyền của người nộp hồ sơ", "Your rights"),
                        rights.into_iter().map(alone).collect(),
                        "ul",
                    ),
                    part(Part::Requirements, pick("Điều kiện", "Requirements")),
                ]),
                Panel::of(back),
            ],
            inside: [
                Panel::of(vec![
                    list(pick("Cần biết trước", "In short"), answer.collect(), "p"),
                    list(pick("Làm thế nào?", "How?"), steps.map(|item| alone(&item.text)).collect(), "ol"),
                ]),
                Panel::of(vec![part(Part::Dossier, pick("Mang theo giấy tờ gì?", "Which papers?"))]),
                Panel::of(vec![
                    part(Part::Channels, pick("Nộp ở đâu?", "Where?")),
                    part(Part::Deadlines, pick("Bao lâu có kết quả?", "How long?")),
                    part(Part::Charges, pick("Mất bao nhiêu tiền?", "How much?")),
                ]),
            ],
        }
    }
}

fn alone(text: &str) -> (String, String) {
    (text.to_owned(), String::new())
}

/// What a part says, without its remarks.
fn groups(section: &Section) -> Vec<Group> {
    let item = |item: &Item| match (item.lead.as_str(), item.text.as_str()) {
        ("", text) => alone(text),
        (lead, text) => (lead.to_owned(), text.to_owned()),
    };
    let lines = section.lines.iter().map(|line| alone(line)).collect();
    let items = section.items.iter().map(item).collect();
    let mut all = vec![Group { band: None, lines, kind: "p" }, Group { band: None, lines: items, kind: "ul" }];
    for table in &section.tables {
        let (what, then) = if table.kind == "papers" { (1, 3) } else { (0, 1) };
        for group in &table.groups {
            let lines = group.rows.iter().map(|row| (row[what].text.clone(), row[then].text.clone())).collect();
            all.push(Group { band: group.band.clone(), lines, kind: "ul" });
        }
    }
    all.retain(|group| !group.lines.is_empty());
    all
}
