#!/usr/bin/env python3
"""compare.py SAMPLE DIST: whether a process from abroad has the same traces in the build DIST of tests/foreign/SAMPLE/procedures as in
the original. Then each edge and each timer of ours is left out in turn, and the traces must differ. TRACES.md of the sample says how
the two are read. Exit 0: so it is; 1: it is not; 2: wrong use."""
import importlib.util
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from runs import Ours, show  # noqa: E402


def main(sample, dist):
    spec = importlib.util.spec_from_file_location(sample, os.path.join(HERE, sample, 'reading.py'))
    reading = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reading)
    graph = Ours(os.path.join(dist, 'json', f'{reading.CODE}.json'))
    theirs, ours = reading.theirs(), reading.ours(graph)
    faults = 0
    for part, wanted in theirs.items():
        print(f'{sample}, {part}: {len(wanted)} traces of the original, {len(ours[part])} of ours, {len(wanted & ours[part])} the same')
        for run in sorted(wanted ^ ours[part], key=show):
            faults += 1
            print(f'FAIL only {"theirs" if run in wanted else "ours"}: {show(run)}')
        faults += not wanted
    if faults:
        return 1
    unseen = [what for what, less in without_one(graph) if reading.ours(less) == theirs]
    print(f'{sample}: {len(graph.edges) + len(graph.timers)} edges and timers left out in turn, {len(unseen)} unnoticed')
    for what in unseen:
        print(f'FAIL unnoticed: {what}')
    return 1 if unseen else 0


def without_one(graph):
    """The graph without one of its edges or timers."""
    for whole in (graph.edges, graph.timers):
        for at, one in enumerate(list(whole)):
            del whole[at]
            yield one, graph
            whole.insert(at, one)


if __name__ == '__main__':
    if len(sys.argv) != 3:
        print(f'usage: {os.path.basename(sys.argv[0])} SAMPLE DIST', file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
