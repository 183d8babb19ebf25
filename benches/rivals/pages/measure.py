"""Runs thutuc and its rivals by turns, prints a table and writes results.json.

python3 measure.py THUTUC     as `run` calls it, which also says what may be set

Of the rounds the fastest counts, each of wall and processor time: whatever else the machine does only adds. A process is measured
with all it started (wait4); its memory is the peak of the largest of them.
"""

import dataclasses
import itertools
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE / "data"
# In memory where that can be: what a disk does beside is no part of it.
BUILDS = pathlib.Path(os.environ["BUILDS"])
COUNT = int(os.environ.get("PROCEDURES", 6000))
# What a city of so many procedures posts, with all its communes.
OF_CITY = int(os.environ.get("OF_CITY", 200))
CITY = "đồng-nai"
# Of so many procedures the notices are printed: with those of places they are 1,000.
PRINTED = int(os.environ.get("PRINTED", 600))
ROUNDS = int(os.environ.get("ROUNDS", 3))
# As many notices as the shipped catalogue makes: each of them once.
BY_WEASYPRINT = int(os.environ.get("BY_WEASYPRINT", 67))
CARGO = ["--offline", "--locked", "--no-default-features"]
ASIDE = itertools.count()
PYTHON = HERE / "venv" / "bin" / "python"


@dataclasses.dataclass
class Run:
    wall: float
    cpu: float
    memory: float  # MiB
    said: str = ""


def run(command, out):
    """One run, from an empty folder. What an earlier one made is put aside: some file systems are slow for a while after files
    are removed."""
    if out.exists():
        out.rename(BUILDS / f"{out.name}-{next(ASIDE)}")
    with (DATA / "log").open("wb") as log:
        begun = time.monotonic()
        environment = {**os.environ, "TMPDIR": str(BUILDS)}
        process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log, cwd=HERE, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{(DATA / 'log').read_text()[-2000:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, (DATA / "log").read_text(encoding="utf-8"))


def fastest(runs):
    return Run(min(run.wall for run in runs), min(run.cpu for run in runs), max(run.memory for run in runs))


def by_turns(commands):
    """Every command in every round. Commands write to `BUILDS / name`."""
    runs = {name: [] for name in commands}
    for turn in range(ROUNDS):
        print(f"Round {turn + 1} of {ROUNDS}: {', '.join(commands)}; load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        for name, command in commands.items():
            runs[name].append(run(command, BUILDS / name))
    return runs


def thutuc(name, catalogue, only, formats, *more):
    wanted = ["--only", only, "--formats", formats, *more]
    return [sys.argv[1], "build", DATA / str(catalogue), *wanted, "--out", BUILDS / name]


def hugo(name, layouts, *more):
    binary = next((HERE / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo"))
    folders = ["--source", DATA / "hugo", "--layoutDir", layouts, "--destination", BUILDS / name]
    return [binary, *folders, "--noBuildLock", "--quiet", *more]


def make(*arguments):
    return subprocess.run([PYTHON, "-B", HERE / "make.py", *map(str, arguments)], check=True, capture_output=True).stdout


def ratio(theirs, ours):
    return {"wall": round(theirs.wall / ours.wall, 2), "cpu": round(theirs.cpu / ours.cpu, 2)}


def less(run, base):
    """What a run took beyond another one."""
    return Run(run.wall - base.wall, run.cpu - base.cpu, run.memory)


def told(run):
    return {"wall_seconds": round(run.wall, 3), "cpu_seconds": round(run.cpu, 3), "peak_mib": round(run.memory)}


def phases(runs):
    """What benches/pages.rs says of itself, each phase at its fastest."""
    lines = [json.loads(line) for run in runs for line in run.said.splitlines() if line.startswith("{")]
    names = dict.fromkeys(line["phase"] for line in lines)
    return {
        name: fastest([Run(line["wall"], line["cpu"], 0) for line in lines if line["phase"] == name]) for name in names
    }


def html(count, *place):
    """The notices of all procedures; with a place those that it and each of its communes post."""
    at = ["--at", *place, "--communes"] if place else []
    jobs = {
        "thutuc": thutuc("thutuc", count, "notices", "html", *at),
        "thutuc-phases": ["cargo", "bench", *CARGO, "--quiet", "--bench", "pages", "--", DATA / str(count), *place],
        "hugo-base": hugo("hugo-base", "nothing", "--renderToMemory"),
        "hugo": hugo("hugo", "layouts"),
    }
    run(jobs["thutuc"], BUILDS / "thutuc")
    make("hugo", BUILDS / "thutuc")
    runs = by_turns(jobs)
    same = json.loads(make("compare", BUILDS / "thutuc", BUILDS / "hugo"))
    within = phases(runs.pop("thutuc-phases"))
    runs = {name: fastest(found) for name, found in runs.items()}
    ours, theirs = within["render-and-write"], less(runs["hugo"], runs["hugo-base"])
    return {
        "pages": same["pages"],
        "bytes": dict(zip(["thutuc", "hugo"], same["bytes"], strict=True)),
        "runs": {name: told(found) for name, found in runs.items()},
        "thutuc_phases": {name: told(found) for name, found in within.items()},
        "hugo_phases": {"read": told(runs["hugo-base"]), "render-and-write": told(theirs)},
        "times_hugo_whole": ratio(runs["hugo"], runs["thutuc"]),
        "times_hugo_render_and_write": ratio(theirs, ours),
    }


def pdf():
    """The first notices of the build, printed by each."""
    sources = sorted((BUILDS / "thutuc").rglob("*.html"), key=lambda path: (path.name, path))[:BY_WEASYPRINT]
    runs = by_turns(
        {
            "thutuc-pdf": thutuc("thutuc-pdf", PRINTED, "notices", "pdf"),
            "weasyprint-base": [PYTHON, "weasy.py", "plain", BUILDS / "weasyprint-base"],
            "weasyprint": [PYTHON, "weasy.py", "pdf/a-2a", BUILDS / "weasyprint", *sources],
            "weasyprint-plain": [PYTHON, "weasy.py", "plain", BUILDS / "weasyprint-plain", *sources],
        }
    )
    runs = {name: fastest(found) for name, found in runs.items()}
    made = len(list((BUILDS / "thutuc-pdf").rglob("*.pdf")))
    each = lambda run, count: Run(run.wall / count, run.cpu / count, run.memory)
    whole = runs["thutuc-pdf"]
    printing = lambda name: each(less(runs[name], runs["weasyprint-base"]), len(sources))
    return {
        "pages": made,
        "pages_weasyprint": len(sources),
        "runs": {name: told(found) for name, found in runs.items()},
        "seconds_a_thousand": round(whole.wall / made * 1000, 2),
        "times_weasyprint": ratio(printing("weasyprint"), each(whole, made)),
        "times_weasyprint_plain": ratio(printing("weasyprint-plain"), each(whole, made)),
    }


def nation():
    """HTML, SVG and JSON of all procedures, beside a copy of the same files; and memory as the catalogue grows."""
    made = BUILDS / "nation"
    wanted = ("notices,charts,json", "html")
    builds, copies = [], []
    for turn in range(ROUNDS):
        print(f"Round {turn + 1} of {ROUNDS}: nation, cp -r; load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        builds.append(run(thutuc("nation", COUNT, *wanted), made))
        copies.append(run(["cp", "-r", made, BUILDS / "copy"], BUILDS / "copy"))
    files = [path for path in made.rglob("*") if path.is_file()]
    notices = sum(path.suffix == ".html" for path in files)
    build, copy = fastest(builds), fastest(copies)
    memory = {str(COUNT): round(build.memory)}
    for count in (COUNT // 4, COUNT // 2):
        memory[str(count)] = round(run(thutuc("part", count, *wanted), BUILDS / "part").memory)
    return {
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
        "notices": notices,
        "build": told(build),
        "cp": told(copy),
        "cpu_ms_a_notice": round(build.cpu / notices * 1000, 2),
        "times_cp": ratio(build, copy),
        "peak_mib_by_procedures": dict(sorted(memory.items(), key=lambda pair: int(pair[0]))),
    }


def row(name, pages, run):
    wall, cpu, peak = run["wall_seconds"], run["cpu_seconds"], run["peak_mib"]
    print(f"{name:46}{pages:7}{wall:9.2f}{cpu:9.2f}{cpu / pages * 1000:13.2f}{pages / wall:10.0f}{peak or '':>8}")


def report(results):
    print_, nation_ = results["pdf"], results["nation"]
    head = ["pages", "wall s", "cpu s", "cpu ms/page", "pages/s", "MiB"]
    print(f"{'':46}{head[0]:>7}{head[1]:>9}{head[2]:>9}{head[3]:>13}{head[4]:>10}{head[5]:>8}")
    for page, what in ((results["html"], "HTML notices"), (results["city"], "HTML notices of a city")):
        pages = page["pages"]
        row(f"thutuc: read, check, {what}", pages, page["runs"]["thutuc"])
        for name, found in page["thutuc_phases"].items():
            row(f"  {name}", pages, found)
        row(f"Hugo: read, {what}", pages, page["runs"]["hugo"])
        for name, found in page["hugo_phases"].items():
            row(f"  {name}", pages, found)
    row("thutuc: read, check, PDF notices", print_["pages"], print_["runs"]["thutuc-pdf"])
    row("WeasyPrint: PDF/A-2a notices, two processes", print_["pages_weasyprint"], print_["runs"]["weasyprint"])
    row("WeasyPrint: PDF notices without tags", print_["pages_weasyprint"], print_["runs"]["weasyprint-plain"])
    row("thutuc: read, check, HTML + SVG + JSON", nation_["notices"], nation_["build"])
    row("cp -r of that tree", nation_["notices"], nation_["cp"])
    say = lambda found: f"{found['cpu']}× by processor time, {found['wall']}× by wall time"
    print()
    for name, page in (("HTML", results["html"]), ("A city", results["city"])):
        sizes = [page["bytes"][maker] / page["pages"] / 1000 for maker in ("thutuc", "hugo")]
        print(f"{name}: the same tags and words; {sizes[0]:.1f} and {sizes[1]:.1f} kB a page")
        print(f"Hugo needs {say(page['times_hugo_whole'])} for the whole, {say(page['times_hugo_render_and_write'])} to render and write")
    print(f"PDF: 1,000 in {print_['seconds_a_thousand']} s; WeasyPrint needs {say(print_['times_weasyprint'])}")
    print(f"Without tags WeasyPrint needs {say(print_['times_weasyprint_plain'])}")
    print(f"HTML + SVG + JSON: {nation_['cpu_ms_a_notice']} ms of processor time a notice; {say(nation_['times_cp'])} of cp -r")
    peaks = ", ".join(f"{count}: {peak} MiB" for count, peak in nation_["peak_mib_by_procedures"].items())
    print(f"Peak memory by procedures: {peaks}")


def main():
    results = {
        "procedures": COUNT,
        "rounds": ROUNDS,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "city": html(OF_CITY, CITY),
        "html": html(COUNT),
        "pdf": pdf(),
        "nation": nation(),
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    report(results)


main()
