"""Compares the amounts that the engines computed, then prints the times and writes results.json."""

import collections
import json
import os
import pathlib
import platform
import re
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE / "data"
ENGINES = {
    "thutuc-all": "thutuc test, due dates too",
    "thutuc-no-dates": "thutuc test, no dates",
    "openfisca-one": "OpenFisca, one simulation a case",
    "openfisca-runner": "OpenFisca, its test runner",
    "openfisca-all": "OpenFisca, one simulation for all",
    "publicodes": "publicodes, one situation a case",
}


def read(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def thutuc_amounts():
    """What thutuc says it computes, from its objections to data/amounts: the charge and the fee of each case in turn."""
    found = re.findall(r"the (charge|fee): .* it comes to ([\d.]+) VND", (DATA / "amounts.txt").read_text(encoding="utf-8"))
    kinds = [kind for kind, _ in found]
    assert kinds == ["charge", "fee"] * (len(kinds) // 2), "thutuc's objections come in another order"
    numbers = [int(amount.replace(".", "")) for _, amount in found]
    return [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]


def main():
    cases = read("cases.json")
    expected = [[case["charge"], case["fee"]] for case in cases]
    computed = {"thutuc": thutuc_amounts()}
    computed |= {name: read(f"{name}.json") for name in ["publicodes", "openfisca-one", "openfisca-all"]}
    for name, amounts in computed.items():
        if amounts != expected:
            sys.exit(f"Void: {name} computes other amounts")

    real, cpu, load = (collections.defaultdict(list) for _ in range(3))
    for line in (DATA / "times.tsv").read_text(encoding="utf-8").splitlines():
        name, times, said = line.split("\t")
        wall, user, system = map(float, times.split())
        real[name].append(wall)
        cpu[name].append(user + system)
        if said.startswith("{"):
            told = json.loads(said)
            load[name].append(told["load"])
            if told["wrong"]:
                sys.exit(f"Void: {name} differs from what is expected")
    median = {name: statistics.median(times) for name, times in real.items()}
    load |= {name: real["thutuc-none"] for name in ENGINES if name.startswith("thutuc")}

    rows = []
    for name, title in ENGINES.items():
        total, start = median[name], statistics.median(load[name])
        rows.append(
            {
                "engine": title,
                "seconds": round(total, 3),
                "fastest": min(real[name]),
                "slowest": max(real[name]),
                "cpu_seconds": round(statistics.median(cpu[name]), 3),
                "loading_seconds": round(start, 3),
                "cases_per_second": round(len(cases) / total),
                "cases_per_second_after_loading": round(len(cases) / (total - start)),
                "times_thutuc": round(total / median["thutuc-all"], 2),
            }
        )
    tenth = len(cases) // 10
    growth = {
        "no cases": median["thutuc-none"],
        f"{tenth} cases": median["thutuc-tenth"],
        f"{len(cases)} cases": median["thutuc-all"],
        "microseconds a case, tenth": round((median["thutuc-tenth"] - median["thutuc-none"]) / tenth * 1e6, 1),
        "microseconds a case, all": round((median["thutuc-all"] - median["thutuc-none"]) / len(cases) * 1e6, 1),
    }
    results = {
        "cases": len(cases),
        "rounds": len(real["thutuc-all"]),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "engines": rows,
        "thutuc_growth": growth,
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")

    print(f"{len(cases)} cases; all engines compute the same {2 * len(cases)} amounts. Median of {results['rounds']} rounds.")
    print(f"{'':34}{'total s':>9}{'range':>16}{'cpu s':>8}{'loading s':>11}{'cases/s':>9}{'  vs thutuc':>11}")
    for row in rows:
        spread = f"{row['fastest']:.2f}-{row['slowest']:.2f}"
        print(
            f"{row['engine']:34}{row['seconds']:9.2f}{spread:>16}{row['cpu_seconds']:8.2f}{row['loading_seconds']:11.3f}"
            f"{row['cases_per_second']:9}{row['times_thutuc']:10.1f}×"
        )
    print("thutuc: " + "; ".join(f"{name}: {value}" for name, value in growth.items()))


main()
