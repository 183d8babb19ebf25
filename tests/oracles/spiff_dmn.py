#!/usr/bin/env python3
"""spiff_dmn.py MANIFEST: every decision case, on SpiffWorkflow's own DMN parser and engine.

SpiffWorkflow takes one decision per file, no literal expressions, the hit policies UNIQUE and COLLECT, and reads cells as
Python. So each decision goes in as a file of its own, in the order of their requirements, and cells go to feel.py.
"""
import copy
import math
import os
from types import SimpleNamespace
from lxml import etree
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.DMNParser import DMNParser
from SpiffWorkflow.exceptions import SpiffWorkflowException
import feel
from report import Judge, finish, load, read_json

NS = {'dmn': 'https://www.omg.org/spec/DMN/20191111/MODEL/'}


class FeelTable(DMNEngine):
    def evaluate(self, input_expr, match_expr, task):
        try:
            return match_expr is None or feel.unary(match_expr, feel.evaluate(input_expr, task.data), task.data)
        except feel.FeelError as e:
            raise SpiffWorkflowException(str(e)) from e  # the one kind of error that the engine lets through as it is


class Script:
    """The part of a workflow that output cells need."""

    def evaluate(self, task, expression):
        return feel.evaluate(expression, task.data)


class Decision:
    def __init__(self, element, root):
        self.variable = element.find('dmn:variable', NS)
        self.name = (self.variable if self.variable is not None else element).get('name')
        self.required = [e.get('href').lstrip('#') for e in element.iterfind('dmn:informationRequirement/dmn:requiredDecision', NS)]
        literal = element.find('dmn:literalExpression/dmn:text', NS)
        self.literal, self.engine = (literal.text if literal is not None else None), None
        if self.literal is None:
            alone = copy.deepcopy(root)
            for d in alone.findall('dmn:decision', NS):
                if d.get('id') != element.get('id'):
                    alone.remove(d)
            parser = DMNParser(None, alone, NS)
            parser.parse()
            self.engine = FeelTable(parser.decision.decisionTables[0])
            if self.engine.decision_table.hit_policy not in ('UNIQUE', 'COLLECT'):
                raise ValueError(f'{element.get("id")}: SpiffWorkflow has no hit policy {self.engine.decision_table.hit_policy}')
            if element.find('dmn:decisionTable', NS).get('aggregation'):
                raise ValueError(f'{element.get("id")}: SpiffWorkflow does not aggregate')

    def value(self, facts):
        if self.literal is not None:
            return feel.evaluate(self.literal, facts)
        table = self.engine.decision_table
        task = SimpleNamespace(data=facts, workflow=SimpleNamespace(script_engine=Script()))
        policy, table.hit_policy = table.hit_policy, 'COLLECT'  # under UNIQUE it stops at the first rule that applies
        hits = self.engine.decide(task)
        table.hit_policy = policy
        if policy == 'UNIQUE' and len(hits) > 1:
            raise ValueError(f'UNIQUE, but rules {", ".join(str(r.row_number) for r in hits)} apply')
        result = self.engine.result(task)
        names = [o.name or o.label for o in table.outputs]
        if policy == 'COLLECT':  # a dict of lists; as in DMN: a list of values, or of contexts
            rows = [dict(zip(names, row)) for row in zip(*(result.get(n, []) for n in names))]
            return rows if len(names) > 1 else [r[names[0]] for r in rows]
        if not hits:
            return None
        return dict(result) if len(names) > 1 else result[names[0]]


def same(a, b):
    """Equal as JSON values; numbers but for the last bits, which binary fractions leave over."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return a == b


def decide(id_, decisions, facts):
    for r in decisions[id_].required:
        facts[decisions[r].name] = decide(r, decisions, facts)
    return decisions[id_].value(facts)


def main():
    m = load()
    judge = Judge('dmn-spiff')
    for g in m['groups']:
        if 'dmn' not in g or 'cases' not in g:
            continue  # manifest.py has failed it
        name = os.path.relpath(g['dmn'], m['dist'])
        try:
            root = etree.parse(g['dmn']).getroot()
            decisions = {d.get('id'): Decision(d, root) for d in root.findall('dmn:decision', NS)}
            cases = read_json(g['cases'])
        except Exception as e:  # whatever its parser raises is a verdict
            judge.fail(name, f'{type(e).__name__}: {e}')
            continue
        for c in cases:
            try:
                got = decide(c['decision'], decisions, dict(c['facts']))
                judge.check(name, [] if same(got, c['expect']) else [f'gives {got!r}, expected {c["expect"]!r}'], c.get('name'))
            except Exception as e:
                judge.fail(name, f'{type(e).__name__}: {e}', c.get('name'))
    finish(judge)


main()
