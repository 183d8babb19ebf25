#!/usr/bin/env python3
"""Every fact of a procedure that was read in its source stands on its notice.

A file `facts/CODE.json` holds what the source says of one procedure: names, numbers and short names of papers, no prose.
A fact is a text that must stand in the named part of the notice; a list is words that must stand together in one line or
row of it (a paper with its number, a case with its time). What the source says and the notice does not is in `not_said`, with
the reason; if the notice comes to say it, that entry is a fault, too.

    tests/documents/facts.py BUILD
"""

import json
import re
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

# The part of the notice by the number of its heading; 0 is what stands before the first.
PARTS = {
    "head": 0, "sequence": 1, "channels": 2, "papers": 3, "times": 4, "applicants": 5, "agencies": 6, "results": 7,
    "fees": 8, "requirements": 9, "basis": 10, "notes": 11,
}
LINES = set("p li tr h1 h2 dt dd section".split())


class Lines(HTMLParser):
    """The lines of each part: a paragraph, an item of a list, a row of a table."""

    def __init__(self):
        super().__init__()
        self.part, self.lines, self.text, self.hidden = 0, {0: []}, [], 0

    def flush(self):
        text = plain("".join(self.text))
        self.text = []
        if text:
            self.lines.setdefault(self.part, []).append(text)

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("head", "style", "script", "svg", "nav")
        if tag in LINES:
            self.flush()
        self.text.append(" ")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("head", "style", "script", "svg", "nav")
        if tag == "h2":
            number = re.match(r"\s*(\d+)\.", "".join(self.text))
            self.part = int(number[1]) if number else 99
        if tag in LINES:
            self.flush()
        self.text.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def plain(text):
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def lines_of(page):
    parser = Lines()
    parser.feed(page)
    parser.flush()
    return parser.lines


def is_said(fact, lines):
    """A text stands in some line; words stand together in one."""
    words = [plain(word) for word in ([fact] if isinstance(fact, str) else fact)]
    return any(all(word in line for word in words) for line in lines)


def faults(source, lines):
    for part, facts in source["facts"].items():
        own = lines.get(PARTS[part], [])
        for fact in facts:
            if not is_said(fact, own):
                yield f"{part} does not say {fact}"
    for entry in source.get("not_said", []):
        if not entry["why"]:
            yield f"no reason is given why {entry['fact']} is not said"
        if is_said(entry["fact"], lines.get(PARTS[entry["part"]], [])):
            yield f"{entry['part']} says {entry['fact']}, which is listed as not said"


def main():
    root = Path(sys.argv[1])
    sources = sorted((Path(__file__).parent / "facts").glob("*.json"))
    bad, checked = 0, 0
    for path in sources:
        source = json.loads(path.read_text(encoding="utf-8"))
        notice = root / "notices" / f"{path.stem}.html"
        if not notice.is_file():
            sys.exit(f"{notice} is missing")
        found = list(faults(source, lines_of(notice.read_text(encoding="utf-8"))))
        for fault in found:
            print(f"{path.stem}: {fault}", file=sys.stderr)
        bad += len(found)
        checked += sum(map(len, source["facts"].values()))
    if bad or len(sources) < 10:
        sys.exit(f"{root}: {bad} of {checked} facts of {len(sources)} procedures are amiss")
    print(f"{root}: {checked} facts of {len(sources)} procedures stand on their notices")


main()
