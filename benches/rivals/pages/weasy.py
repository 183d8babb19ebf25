"""Prints pages with WeasyPrint, in two processes, which read the library once.

python3 weasy.py VARIANT OUT PAGE…

VARIANT is that of the standard, as WeasyPrint names it (pdf/a-2a), or "plain" for files without tags.
"""

import concurrent.futures
import pathlib
import sys

import weasyprint
from weasyprint.text.fonts import FontConfiguration

FONTS = FontConfiguration()


def page(job):
    source, target, variant = job
    weasyprint.HTML(filename=source).write_pdf(target, font_config=FONTS, pdf_variant=variant)


def main():
    variant = None if sys.argv[1] == "plain" else sys.argv[1]
    out, *pages = map(pathlib.Path, sys.argv[2:])
    out.mkdir(parents=True, exist_ok=True)
    # The order of the files names them: notices of places have the names of those of the nation.
    jobs = [(source, out / f"{at}.pdf", variant) for at, source in enumerate(pages)]
    with concurrent.futures.ProcessPoolExecutor(max_workers=2) as pool:
        for _ in pool.map(page, jobs):
            pass


main()
