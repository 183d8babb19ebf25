"""check.py DIST: judges every Word document of a build.

Each document is opened by python-docx, validated against the Open XML SDK's schemas (openxml-audit), and its whole text is
compared, word for word and in order, with what a browser shows of the page beside it. Some are laid out by LibreOffice.
Exit 0: all passed; 1: something failed; 2: wrong use.
"""

import concurrent.futures
import html.parser
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import docx
import openxml_audit
from docx.oxml.ns import qn

# Elements that a page shows nothing of in print, beside the class `screen`.
HIDDEN = {"head", "script", "style", "nav", "svg", "template"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "strong", "sub", "sup", "time", "u"}
# What style sheets put before a line, or draw: it is no text of the page.
MARKS = {"–", "☐"}
LAID_OUT = 6
# A theme names fonts and colours that a document may take; ours takes none.
WITHOUT_THEME = re.compile(r"required relationship type '\S+/theme' is missing")


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.hidden, self.text = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag not in INLINE:
            self.text.append(" ")
        if tag in VOID:
            return
        classes = (dict(attributes).get("class") or "").split()
        if self.hidden or tag in HIDDEN or "screen" in classes:
            self.hidden.append(tag)

    def handle_endtag(self, tag):
        if self.hidden:
            if tag in self.hidden:
                while self.hidden.pop() != tag:
                    pass
        elif tag not in INLINE:
            self.text.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def words(text):
    return [word for word in text.split() if word not in MARKS]


def text_of(document):
    parts = []
    for node in document.element.body.iter():
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in (qn("w:p"), qn("w:br")):
            parts.append(" ")
    return "".join(parts)


def layout_faults(document):
    """Widths that do not add up, header rows that are not repeated, headings Word does not know as such."""
    body = document.element.body
    for table in body.iter(qn("w:tbl")):
        grid = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
        width = int(table.find(qn("w:tblPr")).find(qn("w:tblW")).get(qn("w:w")))
        if sum(grid) != width:
            yield f"a table is {width} wide and its columns {sum(grid)}"
        for row in table.findall(qn("w:tr")):
            cells = row.findall(qn("w:tc"))
            spans = [cell.find(qn("w:tcPr")).find(qn("w:gridSpan")) for cell in cells]
            if sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) != len(grid):
                yield "a row has not as many columns as its table"
        style = table.find(qn("w:tblPr")).find(qn("w:tblStyle"))
        if style is not None and next(table.iter(qn("w:tblHeader")), None) is None:
            yield "a table repeats no header row"
    if not any(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs):
        yield "no title is a heading"
    section = document.sections[0]
    if not section.different_first_page_header_footer:
        yield "the first page has a number"
    text_width = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        width = int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))) * 635
        if abs(width - text_width) > 635:
            yield f"a table is {width} EMU wide and the text {text_width}"
    if not document.core_properties.title:
        yield "the document has no title"
    fonts = {font.get(qn("w:ascii")) for font in body.iter(qn("w:rFonts"))}
    if not fonts <= {"Segoe UI Symbol"}:
        yield f"fonts beside the styles: {fonts}"


def judge(path):
    faults = []
    page = Page(path.with_suffix(".html").read_text("utf-8"))
    shown = words("".join(page.text))
    document = docx.Document(str(path))
    told = words(text_of(document))
    if shown != told:
        at = next((at for at, pair in enumerate(zip(shown, told)) if pair[0] != pair[1]), min(len(shown), len(told)))
        faults.append(f"word {at} of {len(shown)}: the page has {shown[at - 3:at + 5]}, Word {told[at - 3:at + 5]}")
    faults.extend(layout_faults(document))
    errors = openxml_audit.OpenXmlValidator().validate(str(path)).errors
    faults.extend(str(error) for error in errors if not WITHOUT_THEME.search(str(error)))
    with zipfile.ZipFile(path) as package:
        if package.testzip():
            faults.append("the package is damaged")
    return path, len(shown), faults


def lay_out(paths):
    """LibreOffice reads them and makes as many PDFs."""
    with tempfile.TemporaryDirectory() as work:
        command = ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf"]
        done = subprocess.run(
            [*command, "--outdir", work, *map(str, paths)], capture_output=True, text=True, timeout=300, check=False
        )
        made = [path for path in paths if os.path.getsize(pathlib.Path(work, path.stem + ".pdf")) > 10_000]
        complaints = [line for line in done.stderr.splitlines() if "rror" in line and "javaldx" not in line]
        if done.returncode or complaints or len(made) != len(paths):
            yield f"soffice: exit {done.returncode}, {len(made)} of {len(paths)} laid out: {done.stderr}"


def main():
    if len(sys.argv) != 2 or not pathlib.Path(sys.argv[1]).is_dir():
        print("usage: check.py DIST", file=sys.stderr)
        return 2
    paths = sorted(pathlib.Path(sys.argv[1]).rglob("*.docx"))
    pages = [page for page in pathlib.Path(sys.argv[1]).rglob("*/*.html") if page.parent.name in ("notices", "processes")]
    bare = sorted(str(page) for page in pages if not page.with_suffix(".docx").exists())
    failed = len(bare)
    for page in bare:
        print(f"FAIL {page}: no Word document beside it")
    total = 0
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for path, count, faults in pool.map(judge, paths):
            total += count
            failed += bool(faults)
            for fault in faults[:5]:
                print(f"FAIL {path}: {fault}")
    step = max(1, len(paths) // LAID_OUT)
    # One name a document: places have the codes of the nation.
    sample = {path.stem + path.parent.name: path for path in paths[::step]}
    for kind in ("notices", "processes"):
        for fault in lay_out([path for path in sample.values() if path.parent.name == kind] or paths[:1]):
            failed += 1
            print(f"FAIL {fault}")
    print(f"word: {len(paths)} documents, {total} words, {failed} failed")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
