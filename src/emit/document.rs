//! A page without the web: what its template wrote, as a tree of elements that PDF and DOCX are made from. One template
//! says the three, so that they cannot differ, and an agency that changes it changes all of them.
//!
//! The page is read as browsers read it (HTML living standard, through html5ever): a tag left open is closed where a
//! browser closes it. Left out is what only a screen shows: `head`, `script`, `style`, `nav`, and whatever has the class
//! `screen`.

#[cfg(feature = "pdf")]
mod grid;
pub(super) mod logo;

use scraper::{ElementRef, Html, Node as Parsed};
use serde::Serialize;

#[cfg(feature = "pdf")]
pub(super) use self::grid::{Cell, Grid, Row};

/// A page to print.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Document {
    /// As BCP 47 writes it: `vi`, `en`.
    pub lang: String,
    pub title: String,
    /// The classes of `body`: which kind of page this is (`notice`, `landscape`, …).
    pub class: Vec<String>,
    pub children: Vec<Node>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Node {
    /// Runs of white space are one space; there is none at the ends of a block.
    Text(String),
    Element(Element),
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Element {
    /// In small letters: `p`, `table`, `td`, …
    pub tag: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<String>,
    /// Where a link leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Of an `img`: its picture, as a `data:` address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub src: Option<String>,
    /// How many columns a cell covers, where it is not one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colspan: Option<usize>,
    /// How many rows a cell covers, where it is not one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rowspan: Option<usize>,
    /// Of an `svg`: its whole text; it has no children then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub svg: Option<String>,
    /// What a picture shows, for those who do not see it (`aria-label`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub children: Vec<Node>,
}

impl Element {
    pub(super) fn is(&self, class: &str) -> bool {
        self.class.iter().any(|one| one == class)
    }
}

/// What a browser would print of a page.
pub(super) fn read(page: &str) -> Document {
    let html = Html::parse_document(page);
    let root = html.root_element();
    let title = root.descendent_elements().find(|one| one.value().name() == "title");
    let body = root.child_elements().find(|one| one.value().name() == "body");
    Document {
        lang: root.attr("lang").unwrap_or("vi").to_owned(),
        title: title.map(|title| one_space(&title.text().collect::<String>()).trim().to_owned()).unwrap_or_default(),
        class: body.map(classes).unwrap_or_default(),
        children: body.map(children).unwrap_or_default(),
    }
}

fn classes(element: ElementRef<'_>) -> Vec<String> {
    element.value().classes().map(str::to_owned).collect()
}

/// Elements that begin a line of their own.
pub(super) fn is_block(tag: &str) -> bool {
    !matches!(
        tag,
        "a" | "abbr"
            | "b"
            | "cite"
            | "code"
            | "em"
            | "i"
            | "img"
            | "mark"
            | "q"
            | "s"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "time"
            | "u"
            | "br"
    )
}

fn children(of: ElementRef<'_>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for child in of.children() {
        match child.value() {
            Parsed::Text(text) => nodes.push(Node::Text(one_space(text))),
            Parsed::Element(_) => nodes.extend(ElementRef::wrap(child).and_then(element).map(Node::Element)),
            _ => {}
        }
    }
    if is_block(of.value().name()) {
        trim(&mut nodes);
    }
    nodes
}

/// Takes away the white space beside the ends of a block and beside the blocks in it, which no reader shows.
fn trim(nodes: &mut Vec<Node>) {
    let edges: Vec<bool> =
        nodes.iter().map(|node| matches!(node, Node::Element(one) if is_block(&one.tag) || one.tag == "br")).collect();
    let last = nodes.len().saturating_sub(1);
    for (at, node) in nodes.iter_mut().enumerate() {
        if let Node::Text(text) = node {
            if at == 0 || edges[at - 1] {
                *text = text.trim_start_matches(' ').to_owned();
            }
            if at == last || edges[at + 1] {
                *text = text.trim_end_matches(' ').to_owned();
            }
        }
    }
    nodes.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
}

fn element(of: ElementRef<'_>) -> Option<Element> {
    let tag = of.value().name();
    let class = classes(of);
    if matches!(tag, "head" | "script" | "style" | "nav" | "template" | "colgroup")
        || class.iter().any(|one| one == "screen")
    {
        return None;
    }
    let number = |name| of.attr(name).and_then(|value| value.parse::<usize>().ok()).filter(|number| *number > 1);
    let is_picture = tag == "svg";
    Some(Element {
        tag: tag.to_owned(),
        class,
        href: of.attr("href").map(str::to_owned),
        src: of.attr("src").map(str::to_owned),
        colspan: number("colspan"),
        rowspan: number("rowspan"),
        svg: is_picture.then(|| of.html()),
        label: of.attr("aria-label").map(str::to_owned),
        children: if is_picture { Vec::new() } else { children(of) },
    })
}

/// Every run of white space of HTML as one space; a no-break space stays.
fn one_space(text: &str) -> String {
    let mut one = String::with_capacity(text.len());
    for letter in text.chars() {
        if !matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            one.push(letter);
        } else if !one.ends_with(' ') {
            one.push(' ');
        }
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(nodes: &[Node]) -> String {
        let one = |node: &Node| match node {
            Node::Text(text) => format!("{text:?}"),
            Node::Element(element) => format!("{}[{}]", element.tag, told(&element.children)),
        };
        nodes.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_page_is_read_as_a_browser_prints_it() {
        let page =
            "<!doctype html><html lang=vi><head><title> A  B </title><style>p{}</style></head><body class='notice'>
            <p class=screen>menu</p><div>\n  <p>Nộp <strong>tại</strong>\n xã </p><p>một<br>hai <ul><li>x</ul></div>
            <table><tr><td colspan=2>&lt;script&gt;</table></body></html>";
        let document = read(page);
        assert_eq!((document.lang.as_str(), document.title.as_str()), ("vi", "A B"));
        assert_eq!(document.class, ["notice"]);
        assert_eq!(
            told(&document.children),
            "div[p[\"Nộp \" strong[\"tại\"] \" xã\"] p[\"một\" br[] \"hai\"] ul[li[\"x\"]]] \
             table[tbody[tr[td[\"<script>\"]]]]"
        );
    }
}
