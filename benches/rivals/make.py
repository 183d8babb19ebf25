"""Writes the cases that the three engines run: data/NAME/procedure.tthc for thutuc, data/cases.json for the rivals,
data/cases.yaml for OpenFisca's own test runner.

python3 make.py [COUNT]     10,000 cases unless told. The seed is fixed: the same cases every time, none twice.

What is expected of a case is computed here, by plain Python, so that no engine marks its own work.
"""

import datetime
import itertools
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
MATTERS = ["first", "reissue", "change", "extension", "adjustment"]
CHANNELS = {"in_person": "in person", "online": "online", "post": "by public post"}
DOCUMENTS = ["application", "e-form", "old-licence", "loss-report", "photos", "certificate", "site-plan", "envelope"]


def expected(matter, poor, copies, channel):
    """The two amounts, the documents and the deadline in working days."""
    online = channel == "online"
    if matter == "reissue":
        charge = 20_000 if poor else min(50_000 + 2_000 * copies, 150_000)
        deadline = 3 if online else 5
    elif matter in ("change", "extension"):
        charge = 80_000 if not online else 0 if poor else 60_000
        deadline = 7
    else:
        charge = min(120_000 + 3_000 * copies, 300_000)
        deadline = 15 if matter == "adjustment" and copies > 100 else 10
    fee = 15_000 if online else 0 if poor else 30_000
    documents = [
        not online,
        online,
        matter in ("change", "extension", "adjustment"),
        matter == "reissue",
        matter == "first" or (matter == "reissue" and not online),
        poor and matter != "extension",
        matter == "first" and copies > 50,
        channel == "post" or (not poor and 20 <= copies <= 50),
    ]
    return {"charge": charge, "fee": fee, "documents": documents, "deadline": deadline}


def due(filed, working_days):
    """The day of filing is not counted; from May to mid-August 2026 only weekends are off."""
    day = filed
    while working_days:
        day += datetime.timedelta(days=1)
        working_days -= day.weekday() < 5
    return day


def vnd(amount):
    return f"{amount:,} VND".replace(",", ".")


def scenario(number, case, dates, amounts):
    """One case in the language. `amounts`, if given, are expected in place of the right ones."""
    charge, fee = amounts or (case["charge"], case["fee"])
    filed = datetime.date.fromisoformat(case["filed"])
    papers = [name for name, asked in zip(DOCUMENTS, case["documents"], strict=True) if asked]
    lines = [
        f'scenario "Case {number}" {{',
        f"    given: matter is {case['matter']}, {'' if case['poor'] else 'not '}poor, copies is {case['copies']},"
        f" channel is {CHANNELS[case['channel']]}",
        f"    papers: {', '.join(papers)}",
        f"    charge: {vnd(charge)};  fee: {vnd(fee)}",
    ]
    if dates:
        lines.append(f"    filed: 09:00 day {filed:%d/%m/%Y};  due: {due(filed, case['deadline']):%d/%m/%Y}")
    return "".join(f"    {line}\n" for line in [*lines, "}"])


def write(name, cases, dates=True, amounts=None):
    rules = (HERE / "procedure.tthc").read_text(encoding="utf-8").rstrip().removesuffix("}")
    folder = HERE / "data" / name
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(scenario(number, case, dates, amounts) for number, case in enumerate(cases, 1))
    (folder / "procedure.tthc").write_text(f"{rules}{text}}}\n", encoding="utf-8")


def write_yaml(cases):
    """The cases as tests of OpenFisca."""
    with (HERE / "data" / "cases.yaml").open("w", encoding="utf-8") as out:
        for number, case in enumerate(cases, 1):
            facts = {name: case[name] for name in ["matter", "poor", "copies", "channel"]}
            results = {name: case[name] for name in ["charge", "fee", "deadline"]}
            results |= zip([name.replace("-", "_") for name in DOCUMENTS], case["documents"], strict=True)
            test = {"name": f"Case {number}", "period": "2026-05", "input": facts, "output": results}
            out.write(f"- {json.dumps(test)}\n".replace('"', ""))  # block or flow, YAML reads both


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    chance = random.Random(2026)
    possible = list(itertools.product(MATTERS, [False, True], range(401), CHANNELS))
    first = datetime.date(2026, 5, 4)
    days = [day for day in (first + datetime.timedelta(days=n) for n in range(75)) if day.weekday() < 5]
    cases = [
        dict(zip(["matter", "poor", "copies", "channel"], facts, strict=True))
        | {"filed": chance.choice(days).isoformat()}
        | expected(*facts)
        for facts in chance.sample(possible, count)
    ]
    (HERE / "data").mkdir(exist_ok=True)
    (HERE / "data" / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    write_yaml(cases)
    write("none", [])  # what is left when there is nothing to try: start-up, reading the rules
    write("tenth", cases[: count // 10])
    write("all", cases)
    write("no-dates", cases, dates=False)
    # 1 VND is never right: every message then tells the amount thutuc computes, for the comparison of the three.
    write("amounts", cases, dates=False, amounts=(1, 1))


main()
