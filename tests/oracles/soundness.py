#!/usr/bin/env python3
"""soundness.py MANIFEST

soundness: safeness, option to complete, proper completion and no dead activities of every process and embedded sub-process
of each plain file, by rust_bpmn_analyzer (PyPI: rust-bpmn-analyzer-bindings).
same-flow: nodes, flows, boundary events and their timers are equal in all dialects of a code, so that what holds for the
plain file holds for the others.

rust_bpmn_analyzer knows no boundary events, timers, errors or inclusive gateways, and misses self-closed gateways and
events, so a file is first reduced to its control flow:
  - an interrupting boundary event is an exclusive choice right after its activity,
  - a non-interrupting one whose branch never comes back to the main flow starts a process of its own, of which any number
    may run beside it; one that does come back is a parallel branch that is taken once or not at all,
  - an event-based gateway is an exclusive gateway; timer, message, signal events are plain events,
  - a terminate end ends everything, so a run that comes to one is complete: the ways that lead to nothing else are choices
    that are taken away, if something leads to them at all; what is left has to be sound without them,
  - an embedded sub-process is a task outside, and a process of its own; a call activity is a task,
  - a condition on data is a free choice (a branch that no data can reach is not found this way).
"""
import json
import multiprocessing
import os
import re
from lxml import etree
import rust_bpmn_analyzer_bindings as analyzer
from report import Judge, finish, load

B = '{http://www.omg.org/spec/BPMN/20100524/MODEL}'
TASKS = {'task', 'userTask', 'manualTask', 'serviceTask', 'sendTask', 'receiveTask', 'scriptTask', 'businessRuleTask',
         'callActivity', 'subProcess', 'transaction', 'adHocSubProcess'}
SUB = {'subProcess', 'transaction'}
EVENTS = {'startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent'}
GATEWAYS = {'exclusiveGateway': 'xor', 'eventBasedGateway': 'xor', 'parallelGateway': 'and'}
TAGS = {'start': 'startEvent', 'end': 'endEvent', 'task': 'task', 'xor': 'exclusiveGateway', 'and': 'parallelGateway',
        'event': 'intermediateThrowEvent'}
LIMIT = 20  # seconds; a procedure takes a few milliseconds
CHECKS = [analyzer.analyze_safeness, analyzer.analyze_option_to_complete, analyzer.analyze_proper_completion,
          analyzer.analyze_dead_activities]


def reduce(scope):
    """The nets of a process: the main one, and one for each non-interrupting branch that stands alone. A net is
    (nodes: id -> kind, flows: [(source, target)]). ValueError for what has no reduction."""
    nodes, flows, boundary, terminates = {}, [], [], []
    for e in scope:
        if not isinstance(e.tag, str) or not e.tag.startswith(B):
            continue
        tag, id_ = e.tag[len(B):], e.get('id')
        if tag in TASKS:
            if e.get('triggeredByEvent') == 'true':
                raise ValueError(f'{id_}: event sub-process')
            nodes[id_] = 'task'
        elif tag in EVENTS:
            nodes[id_] = {'startEvent': 'start', 'endEvent': 'end'}.get(tag, 'event')
            if e.find(f'{B}terminateEventDefinition') is not None:
                terminates.append(id_)
            if tag == 'boundaryEvent':
                boundary.append((id_, e.get('attachedToRef'), e.get('cancelActivity', 'true') != 'false'))
        elif tag in GATEWAYS:
            nodes[id_] = GATEWAYS[tag]
        elif tag.endswith('Gateway'):
            raise ValueError(f'{id_}: {tag}')
        elif tag == 'sequenceFlow':
            flows.append((e.get('sourceRef'), e.get('targetRef')))
    for id_, host, _ in boundary:
        if host not in nodes:
            raise ValueError(f'{id_}: boundary event on unknown {host}')
    for host in {b[1] for b in boundary if b[2]}:
        flows = interrupt(host, [b[0] for b in boundary if b[1] == host and b[2]], nodes, flows)
    nodes, flows = without_terminating(nodes, flows, terminates)
    main = reach([i for i, k in nodes.items() if k == 'start'], flows)
    nets = []
    for id_, host, _ in [b for b in boundary if not b[2]]:
        side = reach([id_], flows)
        if side & main:
            flows = accompany(host, id_, nodes, flows)
        else:
            nets.append(({i: 'start' if i == id_ else nodes[i] for i in side}, [f for f in flows if f[0] in side]))
    alone = set().union(*[n for n, _ in nets]) if nets else set()
    return [({i: k for i, k in nodes.items() if i not in alone}, [f for f in flows if f[0] not in alone])] + nets


def reach(starts, flows):
    seen, todo = set(starts), list(starts)
    while todo:
        i = todo.pop()
        new = {t for s, t in flows if s == i} - seen
        seen |= new
        todo += new
    return seen


def without_terminating(nodes, flows, terminates):
    """The net without the ways that lead to terminate ends alone."""
    if not terminates:
        return nodes, flows
    back = [(t, s) for s, t in flows]
    kept = reach([i for i, k in nodes.items() if k == 'end' and i not in terminates], back)
    gone = set(nodes) - kept
    dead = gone - reach([i for i, k in nodes.items() if k in ('start', 'event')], flows)
    if dead:
        raise ValueError(f'{min(dead)}: nothing leads to it')
    for s, t in flows:
        if s in kept and t in gone and nodes[s] != 'xor':
            raise ValueError(f'{s}: always ends everything')
    return {i: k for i, k in nodes.items() if i in kept}, [f for f in flows if f[0] in kept and f[1] in kept]


def interrupt(host, events, nodes, flows):
    """host -> choice -> (what follows | each boundary event)"""
    choice = f'{host}__choice'
    nodes[choice] = 'xor'
    outs = [t for s, t in flows if s == host]
    flows = [f for f in flows if f[0] != host] + [(host, choice)] + [(choice, e) for e in events]
    if len(outs) > 1:  # several flows out of an activity are an implicit fork
        nodes[f'{host}__after'] = 'and'
        return flows + [(choice, f'{host}__after')] + [(f'{host}__after', t) for t in outs]
    return flows + [(choice, t) for t in outs]


def accompany(host, event, nodes, flows):
    """fork -> (host | perhaps the event)"""
    merge, fork, maybe, no = [f'{event}__{x}' for x in ('merge', 'fork', 'maybe', 'no')]
    nodes.update({merge: 'xor', fork: 'and', maybe: 'xor', no: 'end'})
    return [(s, merge if t == host else t) for s, t in flows] + [
        (merge, fork), (fork, host), (fork, maybe), (maybe, event), (maybe, no)]


def shrink(nodes, flows):
    """The same net with everything taken out that cannot make it unsound, by the usual rules for series, choices and forks.
    Without it seven agencies asked at once, each with a time limit, have more states than can be walked."""
    nodes = dict(nodes)
    flows = list(flows)
    for i, k in list(nodes.items()):  # several flows into a node are a merge, several out of one a fork
        ins, outs = [f for f in flows if f[1] == i], [f for f in flows if f[0] == i]
        if k not in ('xor', 'and') and len(ins) > 1:
            nodes[f'{i}__in'] = 'xor'
            flows = [f for f in flows if f[1] != i] + [(s, f'{i}__in') for s, _ in ins] + [(f'{i}__in', i)]
        if k not in ('xor', 'and') and len(outs) > 1:
            nodes[f'{i}__out'] = 'and'
            flows = [f for f in flows if f[0] != i] + [(f'{i}__out', t) for _, t in outs] + [(i, f'{i}__out')]
    before = None
    while before != (len(nodes), len(flows)):
        before = len(nodes), len(flows)
        for i, k in list(nodes.items()):
            ins, outs = [s for s, t in flows if t == i], [t for s, t in flows if s == i]
            joined = None
            if k in ('start', 'end'):
                continue
            if len(ins) == 1 and len(outs) == 1 and ins[0] != i:
                joined = [(ins[0], outs[0])]  # a step between two others
            elif len(outs) == 1 and outs[0] != i and nodes[outs[0]] == k:
                joined = [(s, outs[0]) for s in ins]  # a merge before a merge or choice, a join before a join or fork
            elif len(ins) == 1 and ins[0] != i and nodes[ins[0]] == k:
                joined = [(ins[0], t) for t in outs]  # a choice after a choice, a fork after a fork
            if joined is not None:
                del nodes[i]
                flows = [f for f in flows if i not in f] + joined
        kept, seen = [], set()
        for s, t in flows:
            alike = nodes[s] == nodes[t] and nodes[s] in ('xor', 'and')
            again = nodes[s] == 'xor' and s == t and any(f != (s, t) for f in flows if f[0] == s)
            if not again and not (alike and (s, t) in seen):  # a loop back to its own choice; two equal ways from here to there
                kept.append((s, t))
            seen.add((s, t))
        flows = kept
    return nodes, flows


def to_xml(nodes, flows):
    out = ['<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">'
           '<process id="p" isExecutable="true">']
    for id_, kind in nodes.items():
        ends = ''.join(f'<incoming>f{n}</incoming>' for n, f in enumerate(flows) if f[1] == id_)
        ends += ''.join(f'<outgoing>f{n}</outgoing>' for n, f in enumerate(flows) if f[0] == id_)
        out.append(f'<{TAGS[kind]} id="{id_}">{ends or " "}</{TAGS[kind]}>')
    out += [f'<sequenceFlow id="f{n}" sourceRef="{s}" targetRef="{t}"/>' for n, (s, t) in enumerate(flows)]
    return '\n'.join(out + ['</process></definitions>'])


def faults(scope):
    return [f'{scope.get("id")}: {x}' for nodes, flows in reduce(scope) for x in net_faults(nodes, flows)]


def net_faults(nodes, flows):
    lost = set(nodes) - reach([i for i, k in nodes.items() if k == 'start'], flows)
    if lost:
        return [f'nothing leads to {", ".join(sorted({x.split("__")[0] for x in lost}))}']
    nodes, flows = shrink(nodes, flows)
    xml = to_xml(nodes, flows)

    def own(name):
        """The file's own name for a node or flow of the reduction."""
        m = re.fullmatch(r'f(\d+)', name)
        return '->'.join(x.split('__')[0] for x in flows[int(m[1])]) if m else name.split('__')[0]

    def example(result):
        steps = []
        for t in json.loads(result.counter_example)['transitions'] if result.counter_example else []:
            if not steps or steps[-1] != own(t['label']):
                steps.append(own(t['label']))
        return f', e.g. {" > ".join(steps)}' if steps else ''

    results = [check(xml) for check in CHECKS]
    return [f'not {r.property_name} at {", ".join(sorted({own(x) for x in r.problematic_elements})) or "-"}{example(r)}'
            for r in results if not r.fulfilled]


def in_time(scopes):
    """The faults of a file's scopes. The analyser walks all states and cannot be interrupted, so it gets a process of its
    own: a net that is not safe may have no end of states."""
    fork = multiprocessing.get_context('fork')
    receiver, sender = fork.Pipe(False)

    def work():
        out = []
        for s in scopes:
            try:
                out += faults(s)
            except ValueError as e:
                out.append(f'cannot be judged: {e}')
        sender.send(out)

    worker = fork.Process(target=work)
    worker.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(LIMIT) else [f'not decided in {LIMIT} s: too many states']
    except EOFError:
        return ['the analyser crashed']
    finally:
        worker.kill()
        worker.join()


def graph(tree):
    """The facts of the control flow that every dialect has to share."""
    out = set()
    for e in tree.iter(f'{B}*'):
        tag = e.tag[len(B):]
        if tag == 'sequenceFlow':
            out.add(f'{e.get("id")}: {e.get("sourceRef")} -> {e.get("targetRef")}')
        elif tag in EVENTS or tag in TASKS or tag.endswith('Gateway'):
            out.add(f'{e.get("id")} in {e.getparent().get("id")}')
            for key in ('attachedToRef', 'default'):
                if e.get(key):
                    out.add(f'{e.get("id")}: {key} {e.get(key)}')
            if e.get('cancelActivity') == 'false':
                out.add(f'{e.get("id")}: not interrupting')
        if tag in EVENTS or tag.endswith('Gateway') or tag == 'subProcess':
            out.add(f'{e.get("id")} is a {tag}')  # a task may be of another kind in another dialect
        if tag == 'multiInstanceLoopCharacteristics':
            out.add(f'{e.getparent().get("id")}: one for each, sequential {e.get("isSequential", "false")}')
        if tag == 'timeDuration':  # a date or expression is written in each dialect's own language
            text = (e.text or '').strip()
            if text.startswith('P'):
                out.add(f'{e.getparent().getparent().get("id")}: {text}')
    return out


def main():
    m = load()
    soundness, same = Judge('soundness'), Judge('same-flow')
    for g in m['groups']:
        trees = {}
        for dialect, path in g['bpmn'].items():
            try:
                trees[dialect] = etree.parse(path)
            except etree.XMLSyntaxError as e:
                same.fail(os.path.relpath(path, m['dist']), e)
        if 'plain' not in trees:
            continue
        scopes = [s for tag in ['process', *SUB] for s in trees['plain'].iter(B + tag)
                  if any(isinstance(c.tag, str) and c.tag[len(B):] in TASKS | EVENTS for c in s)]
        soundness.check(os.path.relpath(g['bpmn']['plain'], m['dist']), in_time(scopes))
        plain = graph(trees['plain'])
        for dialect in sorted(set(trees) - {'plain'}):
            other = graph(trees[dialect])
            causes = [f'lacks {x}' for x in sorted(plain - other)] + [f'has {x}' for x in sorted(other - plain)]
            same.check(os.path.relpath(g['bpmn'][dialect], m['dist']), causes[:6])
    finish(soundness, same)


main()
