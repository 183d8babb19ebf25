#!/usr/bin/env python3
"""Every PDF of a build says what its HTML page says, word by word in the order of the page.

The words are those that stand on the pages (`pdftotext` of poppler-utils): none is missing, broken or run into another.
Of some documents the text is also taken from the structure, as it is read aloud (`pdfinfo -struct-text`, which is slow), and
compared letter by letter: so a part without tags, or one that is read at the wrong place, is found, too.

    tests/documents/pdf.py BUILD
"""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

INLINE = set("a abbr b cite code em i mark q s span strong sub sup time u".split())
VOID = set("area base br col embed hr img input link meta source track wbr".split())
# Every so many documents are read aloud.
ALOUD = 12
OWN_LINE = {"case", "when", "moment"}


class Visible(HTMLParser):
    """The text of a page as a browser prints it."""

    def __init__(self):
        super().__init__()
        self.open, self.hidden, self.text = [], 0, []

    def handle_starttag(self, tag, attributes):
        classes = (dict(attributes).get("class") or "").split()
        signed = tag == "span" and any("sign" in one[2] for one in self.open)
        if tag not in INLINE or signed or OWN_LINE & set(classes):
            self.text.append(" ")
        if tag in VOID:
            return
        hides = tag in ("head", "script", "style", "nav", "svg") or "screen" in classes
        self.open.append((tag, hides, classes))
        self.hidden += hides

    def handle_startendtag(self, tag, attributes):
        self.text.append("" if tag in INLINE else " ")

    def handle_endtag(self, tag):
        while any(one[0] == tag for one in self.open):
            name, hides, classes = self.open.pop()
            self.hidden -= hides
            if name not in INLINE or OWN_LINE & set(classes):
                self.text.append(" ")
            if name == tag:
                break

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def visible(page):
    parser = Visible()
    parser.feed(page)
    return "".join(parser.text)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode(errors="replace")


def read_aloud(pdf):
    """The text of the structure, without the marks and numbers of lists, which HTML does not write either."""
    text, label = [], None
    for line in run("pdfinfo", "-struct-text", pdf).split("\n"):
        depth = len(line) - len(line.lstrip(" "))
        if label is not None and depth <= label:
            label = None
        name = line.strip()
        if label is None and re.match(r"Lbl\b", name):
            label = depth
        if label is None and name.startswith('"') and name.endswith('"'):
            text.append(name[1:-1])
    return "".join(text)


# The dash before a line of its own comes from the style sheet; a break in a long word has no width.
IGNORED = re.compile(r"[\s–\u200b\u00ad]+")


def letters(text):
    return IGNORED.sub("", text)


def words(text):
    """A line may end after a stroke, or after a hyphen, which pdftotext then leaves out."""
    return re.findall(r"[^\s–/]+", re.sub(r"[\u200b-]", "", text))


def first_missing(wanted, told):
    """The first word that does not come after those before it; page numbers and repeated heads may stand between."""
    at = 0
    for place, word in enumerate(wanted):
        # A word may go on in the next line.
        while at < len(told) and not (said := said_in(word, told, at)):
            at += 1
        if at == len(told):
            return place
        at += said
    return None


def said_in(word, told, at):
    """In how many parts the word stands at a place; none, where it does not."""
    text = ""
    for parts in range(1, 6):
        text += told[at + parts - 1] if at + parts <= len(told) else ""
        if text == word:
            return parts
        if not word.startswith(text):
            break
    return 0


def faults(html, pdf, aloud):
    wanted = visible(html.read_text(encoding="utf-8"))
    told, expected = (letters(read_aloud(pdf)), letters(wanted)) if aloud else ("", "")
    if told != expected:
        at = next((at for at, (a, b) in enumerate(zip(told, expected)) if a != b), min(len(told), len(expected)))
        yield f"reads “{told[max(0, at - 30):at + 30]}” where the page says “{expected[max(0, at - 30):at + 30]}”"
    wanted = words(wanted)
    at = first_missing(wanted, words(run("pdftotext", "-raw", pdf, "-")))
    if at is not None:
        yield f"does not say: {' '.join(wanted[max(0, at - 8):at])} → {' '.join(wanted[at:at + 3])}"
    facts = run("pdfinfo", pdf)
    for fact in ("Tagged:          yes", "(A4)"):
        if fact not in facts:
            yield f"pdfinfo does not say {fact}"
    fonts = run("pdffonts", pdf).splitlines()[2:]
    for font in fonts:
        if "LiberationSerif" not in font or not re.search(r"\byes yes yes\b", font):
            yield f"a font is not Liberation Serif, embedded, with its letters: {font}"


def main():
    root = Path(sys.argv[1])
    pages = [page for page in sorted(root.rglob("*.html")) if page.parent.name in ("notices", "processes")]
    bad = 0
    for number, page in enumerate(pages):
        pdf = page.with_suffix(".pdf")
        for fault in faults(page, pdf, number % ALOUD == 0) if pdf.is_file() else ["is missing"]:
            print(f"{pdf.relative_to(root)}: {fault}", file=sys.stderr)
            bad += 1
    if bad or not pages:
        sys.exit(f"{root}: {bad} faults in {len(pages)} documents")
    print(f"{root}: {len(pages)} PDF documents say what their pages say")


main()
