"""Writes what the rivals are given, so that all make the same pages.

python3 make.py catalogue COUNT     data/COUNT: the shipped catalogue, whole copies of it until there are COUNT procedures
python3 make.py hugo FOLDER         data/hugo/content: every notice of a build, as front matter
python3 make.py compare A B         the notices of two folders say the same, tag by tag and word by word

A copy of a procedure has a code of its own, as in benches/support. The front matter is what the template of notices sees:
headings, rows and texts as they are shown, so that Hugo has nothing to work out.
"""

import html.parser
import itertools
import json
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
SHIPPED = HERE.parents[2] / "procedures"
VOID = {"meta", "br", "rect", "path"}


def own_codes(text):
    return re.findall(r"^thủ tục (\S+)", text, re.MULTILINE)


def catalogue(count):
    files = {path: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.rglob("*.tthc"))}
    procedures = {path: text for path, text in files.items() if own_codes(text)}
    # Norms and shared processes stand once. What is laid over procedures in a file apart is left out: it names one copy.
    apart = {path for path, text in files.items() if re.search("^áp dụng ", text, re.MULTILINE)} - set(procedures)
    codes = {code: at for at, code in enumerate(code for text in procedures.values() for code in own_codes(text))}
    known = re.compile("|".join(map(re.escape, codes)))
    out = HERE / "data" / str(count)
    left_out = {*procedures, *apart}
    shutil.copytree(SHIPPED, out, ignore=lambda folder, names: {name for name in names if pathlib.Path(folder, name) in left_out})
    for copy in range(-(-count // len(codes))):
        for path, text in procedures.items():
            file = out / f"{copy:04}" / path.relative_to(SHIPPED)
            file.parent.mkdir(parents=True, exist_ok=True)
            renumbered = known.sub(lambda found: f"4.{copy * len(codes) + codes[found[0]]:06}", text)
            file.write_text(renumbered, encoding="utf-8")


class Element:
    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children = tag, attributes, []

    def all(self, tag, kind=None):
        """The nearest elements within, in order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag and kind in (None, child.attributes.get("class")):
                    yield child
                else:
                    yield from child.all(tag, kind)

    def one(self, tag, kind=None):
        return next(self.all(tag, kind), None)

    def direct(self, *tags):
        return [child for child in self.children if isinstance(child, Element) and child.tag in tags]

    def text(self, *without):
        """What it says, but for the elements `without`."""
        parts = (
            child if isinstance(child, str) else child.text(*without)
            for child in self.children
            if isinstance(child, str) or child.tag not in without
        )
        return "".join(parts)


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attributes):
        made = Element(tag, dict(attributes))
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag, attributes):
        self.open[-1].children.append(Element(tag, dict(attributes)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            closed = self.open.pop()
            assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    def handle_data(self, text):
        self.open[-1].children.append(text)


def read(path):
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.open[0].one("html")


def lines_of(element, tag, kind=None):
    return [one.text() for one in element.all(tag, kind)] if element else []


def smalls(element):
    return [one.text().removeprefix("– ") for one in element.direct("small")]


def item(element):
    lead = element.direct("span")
    lead_text = lead[0].text() if lead else None
    cases = [one.text().removeprefix("– ") for one in element.direct("div")]
    text = element.text("span", "div")
    return {"lead": lead_text, "text": text[1:] if lead else text, "cases": cases}


def group(body):
    made = {"band": None, "lines": [], "rows": []}
    for row in body.direct("tr"):
        cells = row.direct("th", "td")
        if row.attributes.get("class") == "stage":
            made["lines"] = smalls(cells[0])
            made["band"] = cells[0].text("small") if cells[0].tag == "th" else None
        else:
            made["rows"].append(
                [
                    {"text": cell.text("small"), "centre": cell.attributes.get("class") == "centre", "small": smalls(cell)}
                    for cell in cells
                ]
            )
    return made


def table(element):
    return {
        "kind": element.attributes["class"],
        "heads": lines_of(element.one("thead"), "th"),
        "groups": [group(body) for body in element.direct("tbody")],
    }


def section(element):
    paragraphs = element.direct("p")
    of_kind = lambda kind: [one.text() for one in paragraphs if one.attributes.get("class") == kind]
    lists = element.direct("ol", "ul")
    return {
        "title": element.one("h2").text(),
        "missing": next(iter(of_kind("missing")), None),
        "lines": of_kind(None),
        "ordered": bool(lists) and lists[0].tag == "ol",
        "items": [item(one) for one in lists[0].direct("li")] if lists else [],
        "tables": [table(one.one("table")) for one in element.direct("div")],
        "origin": next(iter(of_kind("origin")), None),
    }


def form(element):
    link = element.one("a")
    name, _, act = element.text().partition(" – ")
    return {"name": link.text() if link else name, "file": link.attributes["href"] if link else None, "act": act or None}


def notice(page):
    """A page as what its template saw."""
    body, head = page.one("body"), page.one("header")
    agency, state = head.direct("div")
    title, answer, foot = body.one("div", "title"), body.one("div", "answer"), body.one("footer")
    qr = answer.one("div", "qr")
    chart = body.one("p", "screen")
    others = [one for one in body.direct("section") if one.attributes.get("class") != "feedback"]
    code = title.one("strong")
    rest = title.direct("p")[2:]
    return {
        "lang": page.attributes["lang"],
        "page_title": page.one("title").text(),
        "beside": [{"file": one.attributes["href"], "name": one.text()} for one in chart.all("a")] if chart else [],
        "agency": agency.one("strong").text(),
        "place": next(iter([one.text() for one in agency.direct("p")[1:]]), None),
        "name": title.one("h1").text(),
        "code": code.text(),
        "decision": rest[0].text() if rest else None,
        "gaps_note": next(iter(lines_of(body, "p", "draft")), None),
        "answer": [
            {"label": label.text(), "text": text.text()}
            for label, text in zip(answer.all("dt"), answer.all("dd"), strict=True)
        ],
        "qr": qr
        and {
            "portal": qr.one("a").attributes["href"],
            "size": int(qr.one("svg").attributes["viewbox"].split()[2]),
            "caption": qr.one("svg").attributes["aria-label"],
            "path": qr.one("path").attributes["d"],
        },
        "sections": [section(one) for one in page.one("main").direct("section")],
        "forms_title": others[0].one("h2").text() if others else None,
        "forms": [form(one) for one in others[0].all("li")] if others else [],
        "feedback_title": body.one("section", "feedback").one("h2").text(),
        "feedback": lines_of(body.one("section", "feedback"), "p"),
        "stamp": foot.text(),
    }


def notices(folder):
    """The pages of a build that are notices: beside those of communes there are lists of them."""
    return sorted(path for path in folder.rglob("*.html") if path.parent.name == "notices")


def hugo(folder):
    content = HERE / "data" / "hugo" / "content"
    shutil.rmtree(content, ignore_errors=True)
    for path in notices(folder):
        file = content / path.relative_to(folder).with_suffix(".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        found = {"url": "/" + path.relative_to(folder).as_posix(), "notice": notice(read(path))}
        file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def said(element):
    """Tags, attributes and words of a page, in order; space between tags means nothing."""
    yield element.tag, sorted(element.attributes.items())
    for child in element.children:
        if isinstance(child, Element):
            yield from said(child)
        elif child.strip():
            yield " ".join(child.split())


def compare(ours, theirs):
    pages = [path.relative_to(ours) for path in notices(ours)]
    found = sorted(path.relative_to(theirs) for path in theirs.rglob("*.html"))
    if pages != found:
        sys.exit(f"Void: {len(pages)} pages here, {len(found)} there")
    sizes = [0, 0]
    for page in pages:
        for a, b in itertools.zip_longest(said(read(ours / page)), said(read(theirs / page))):
            if a != b:
                sys.exit(f"Void: {page} differs: {a} and {b}")
        sizes = [size + (folder / page).stat().st_size for size, folder in zip(sizes, (ours, theirs), strict=True)]
    print(json.dumps({"pages": len(pages), "bytes": sizes}))


def main():
    match sys.argv[1:]:
        case ["catalogue", count]:
            catalogue(int(count))
        case ["hugo", folder]:
            hugo(pathlib.Path(folder))
        case ["compare", ours, theirs]:
            compare(pathlib.Path(ours), pathlib.Path(theirs))


main()
