"""Prints pages with WeasyPrint, in two processes, which read the library once.

python3 weasy.py OUT PAGE…
"""

import concurrent.futures
import pathlib
import sys

import weasyprint
from weasyprint.text.fonts import FontConfiguration

FONTS = FontConfiguration()


def page(job):
    source, target = job
    weasyprint.HTML(filename=source).write_pdf(target, font_config=FONTS)


def main():
    out, *pages = map(pathlib.Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    # The order of the files names them: notices of places have the names of those of the nation.
    jobs = [(source, out / f"{at}.pdf") for at, source in enumerate(pages)]
    with concurrent.futures.ProcessPoolExecutor(max_workers=2) as pool:
        for _ in pool.map(page, jobs):
            pass


main()
