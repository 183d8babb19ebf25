#!/usr/bin/env python3
"""manifest.py DIST OUT.json [--sample]

Lists what a build holds for the other judges, and fails what they would otherwise never see: an unknown file, a BPMN file
without scenarios, a scenario that names an element the process does not have (it could never be visited, and never fail).
"""
import json
import os
import re
import sys
from lxml import etree
from report import Judge, read_json

BPMN = '{http://www.omg.org/spec/BPMN/20100524/MODEL}'
DMN = '{https://www.omg.org/spec/DMN/20191111/MODEL/}'
KINDS = {'bpmn': [(r'(.+)\.(plain|camunda8|camunda7|flowable)\.bpmn', None), (r'(.+)\.paths\.json', 'paths')],
         'decisions': [(r'(.+)\.cases\.json', 'cases'), (r'(.+)\.dmn', 'dmn')],
         'opencps': [(r'(.+)\.xml', 'opencps'), (r'(.+)\.txt', 'losses')]}
SCENARIO = {'name', 'process', 'start', 'variables', 'tasks', 'expect'}
STEP = {'after', 'set', 'never', 'instances'}
EXPECT = {'ends', 'onlyEnds', 'visited', 'notVisited', 'count', 'elapsed'}


def find(dist, judge):
    """Every file below a folder named bpmn, decisions or opencps, by its place and code."""
    groups = {}
    for folder, subfolders, files in os.walk(dist):
        subfolders.sort()
        kind = os.path.basename(folder)
        if kind not in KINDS or os.path.samefile(folder, dist):
            continue
        for name in sorted(files):
            path = os.path.join(folder, name)
            for pattern, key in KINDS[kind]:
                m = re.fullmatch(pattern, name)
                if m:
                    place = os.path.relpath(os.path.dirname(folder), dist)
                    id_ = m[1] if place == '.' else f'{place}/{m[1]}'
                    g = groups.setdefault(id_, {'id': id_, 'bpmn': {}})
                    (g if key else g['bpmn'])[key or m[2]] = path
                    break
            else:
                judge.fail(os.path.relpath(path, dist), f'not a file name that {kind}/ should hold')
    return [groups[k] for k in sorted(groups)]


def pick(groups):
    """Every tenth code, and at least one of each kind that there is."""
    chosen = groups[::10]
    for has in (lambda g: g['bpmn'], lambda g: g.get('dmn'), lambda g: g.get('opencps')):
        if not any(has(g) for g in chosen):
            chosen += [g for g in groups if has(g)][:1]
    return chosen


def scenario_faults(s, ids, processes):
    """Why one scenario cannot be judged; typing errors in it would otherwise just be ignored."""
    if not isinstance(s, dict):
        return ['is not an object']
    out = [f'unknown key {k}' for k in s if k not in SCENARIO]
    out += [f'{k} is missing' for k in ('name', 'process', 'expect') if not s.get(k)]
    out += ['tasks is missing'] if 'tasks' not in s else []
    if out:
        return out
    if s['process'] not in processes:
        out.append(f'process {s["process"]} is not in the file')
    for tid, steps in s['tasks'].items():
        if tid != '*' and tid not in ids:
            out.append(f'tasks: {tid} is not in the file')
        for step in steps if isinstance(steps, list) else [steps]:
            out += [f'tasks: {tid}: unknown key {k}' for k in step if k not in STEP]
        if steps == []:
            out.append(f'tasks: {tid}: empty list')
    x = s['expect']
    out += [f'expect: unknown key {k}' for k in x if k not in EXPECT]
    if not x.get('ends'):
        out.append('expect: no ends')
    named = [i for k in ('ends', 'visited', 'notVisited') for i in x.get(k, [])] + list(x.get('count', {}))
    return out + [f'expect: {i} is not in the file' for i in named if i not in ids]


def check_paths(g, judge, rel):
    tree = etree.parse(g['bpmn']['plain'])
    ids = {e.get('id') for e in tree.iter(f'{BPMN}*')}
    processes = {e.get('id') for e in tree.iter(f'{BPMN}process')}
    scenarios = read_json(g['paths'])
    if not isinstance(scenarios, list) or not scenarios:
        return judge.fail(rel(g['paths']), 'holds no scenario')
    seen = set()
    for s in scenarios:
        name = s.get('name') if isinstance(s, dict) else None
        faults = scenario_faults(s, ids, processes)
        if name in seen:
            faults.append('name used twice')
        seen.add(name)
        judge.check(rel(g['paths']), faults, name)


def check_cases(g, judge, rel):
    tree = etree.parse(g['dmn'])
    decisions = {e.get('id') for e in tree.iter(f'{DMN}decision')}
    inputs = {e.get('name') for e in tree.iter(f'{DMN}inputData')}
    cases = read_json(g['cases'])
    if not isinstance(cases, list) or not cases:
        return judge.fail(rel(g['cases']), 'holds no case')
    for c in cases:
        faults = [f'{k} is missing' for k in ('name', 'decision', 'facts', 'expect') if k not in c]
        faults += [f'unknown key {k}' for k in c if k not in ('name', 'decision', 'facts', 'expect')]
        if not faults and c['decision'] not in decisions:
            faults.append(f'decision {c["decision"]} is not in the file')
        faults += [f'fact {k} is no inputData of the file' for k in c.get('facts', {}) if k not in inputs]
        judge.check(rel(g['cases']), faults, c.get('name'))
    for d in sorted(decisions - {c.get('decision') for c in cases}):
        judge.note('decision without a case of its own')


def main():
    args = [a for a in sys.argv[1:] if a != '--sample']
    if len(args) != 2 or not os.path.isdir(args[0]):
        print('usage: manifest.py DIST OUT.json [--sample]', file=sys.stderr)
        sys.exit(2)
    dist, out = os.path.abspath(args[0]), args[1]
    judge = Judge('files')
    rel = lambda p: os.path.relpath(p, dist)
    groups = find(dist, judge)
    total = len(groups)
    if '--sample' in sys.argv:
        groups = pick(groups)
        judge.note(f'sample: {len(groups)} of {total} codes')
    for g in groups:
        for path, check, missing in (
                (g['bpmn'].get('plain'), lambda: check_paths(g, judge, rel), 'paths'),
                (g.get('dmn'), lambda: check_cases(g, judge, rel), 'cases')):
            if path and missing not in g:
                judge.fail(rel(path), f'has no {g["id"].split("/")[-1]}.{missing}.json beside it')
            elif path:
                try:
                    check()
                except (ValueError, etree.XMLSyntaxError, AttributeError, TypeError) as e:
                    judge.fail(rel(path), f'cannot be read with its {missing}: {e}')
        # Soundness, layout and the scenarios' ids are judged on the plain file; without it nothing would look at them.
        if g['bpmn'] and 'plain' not in g['bpmn']:
            judge.fail(g['id'], 'has BPMN files, but no plain one')
        if 'paths' in g and not g['bpmn']:
            judge.fail(rel(g['paths']), 'has no BPMN file')
        if 'cases' in g and 'dmn' not in g:
            judge.fail(rel(g['cases']), 'has no DMN file')
    with open(out, 'w', encoding='utf-8') as f:
        json.dump({'dist': dist, 'groups': groups}, f)
    count = lambda has: sum(1 for g in groups if has(g))
    judge.notes = {**judge.notes, ', '.join(
        [f'{d} {count(lambda g: d in g["bpmn"])}' for d in ('plain', 'camunda8', 'camunda7', 'flowable')]
        + [f'dmn {count(lambda g: "dmn" in g)}', f'opencps {count(lambda g: "opencps" in g)}']) + ' files': 1}
    if not any(g['bpmn'] for g in groups):
        judge.fail(dist, 'there is no BPMN file')
    sys.exit(1 if judge.done() else 0)


if __name__ == '__main__':
    main()
