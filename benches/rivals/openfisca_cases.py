"""The cases in OpenFisca: `one` simulation a case, `all` of them in one simulation (both from data/cases.json),
or OpenFisca's own test `runner` (from data/cases.yaml).
"""

import contextlib
import json
import pathlib
import sys
import time

BEGUN = time.perf_counter()

import numpy  # noqa: E402
from openfisca_core.periods import period  # noqa: E402
from openfisca_core.simulation_builder import SimulationBuilder  # noqa: E402

if sys.argv[1] == "runner":
    from openfisca_core.tools.test_runner import run_tests  # brings pytest, which the others are spared

from openfisca_country import CountryTaxBenefitSystem  # noqa: E402

DATA = pathlib.Path(__file__).resolve().parent / "data"
FACTS = ["matter", "poor", "copies", "channel"]
DOCUMENTS = ["application", "e_form", "old_licence", "loss_report", "photos", "certificate", "site_plan", "envelope"]
RESULTS = ["charge", "fee", "deadline", *DOCUMENTS]
MONTH = period("2026-05")  # of no consequence, but OpenFisca computes for a period


def simulate(system, cases):
    """What comes out for these cases: one row of results each. set_input is the cheapest way in."""
    simulation = SimulationBuilder.build_default_simulation(system, len(cases))
    for fact in FACTS:
        simulation.set_input(fact, MONTH, numpy.array([case[fact] for case in cases]))
    return zip(*(simulation.calculate(result, MONTH).tolist() for result in RESULTS), strict=True)


def main():
    system = CountryTaxBenefitSystem()
    if sys.argv[1] == "runner":
        loaded = time.perf_counter()
        with contextlib.redirect_stdout(sys.stderr):
            failed = run_tests(system, str(DATA / "cases.yaml"), {})
        print(json.dumps({"load": loaded - BEGUN, "evaluate": time.perf_counter() - loaded, "wrong": int(failed)}))
        return
    cases = json.loads((DATA / "cases.json").read_text(encoding="utf-8"))
    loaded = time.perf_counter()

    if sys.argv[1] == "one":
        rows = [row for case in cases for row in simulate(system, [case])]
    else:
        rows = list(simulate(system, cases))
    wrong = 0
    for number, (case, row) in enumerate(zip(cases, rows, strict=True), 1):
        expected = (case["charge"], case["fee"], case["deadline"], *case["documents"])
        for name, wanted, got in zip(RESULTS, expected, row, strict=True):
            if wanted != got:
                wrong += 1
                print(f"Case {number}: {name}: expected {wanted}, computed {got}", file=sys.stderr)
    ended = time.perf_counter()

    (DATA / f"openfisca-{sys.argv[1]}.json").write_text(json.dumps([row[:2] for row in rows]), encoding="utf-8")
    print(json.dumps({"load": loaded - BEGUN, "evaluate": ended - loaded, "wrong": wrong}))


main()
