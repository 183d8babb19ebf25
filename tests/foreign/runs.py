"""Every way through a process, of a BPMN file and of the graph in a build's CODE.json, in one form, so that they can be compared.

A run is a tuple of items. An item is a text (an activity, an answer, a timer, an end), or ('par', (run, run, …)): runs that go on
side by side, in any order. A loop is gone round at most once.
"""
import itertools
import json
import re
import xml.etree.ElementTree as ET

BPMN = '{http://www.omg.org/spec/BPMN/20100524/MODEL}'
ENDS = ('done', 'refused', 'stopped')
# What a run ends with that leads nowhere.
STUCK = 'STUCK'


class Original:
    """One process of a BPMN file."""

    def __init__(self, path, process):
        self.nodes, self.out, self.timers, self.labels = {}, {}, {}, {}
        for e in next(p for p in ET.parse(path).getroot().iter(BPMN + 'process') if p.get('id') == process):
            tag, own, name = e.tag.replace(BPMN, ''), e.get('id'), re.sub(r'\s+', ' ', e.get('name') or '').strip()
            if tag == 'sequenceFlow':
                self.out.setdefault(e.get('sourceRef'), []).append((e.get('targetRef'), own))
                self.labels[own] = name
                continue
            self.nodes[own] = {'tag': tag, 'name': name, 'link': e.find(BPMN + 'linkEventDefinition') is not None}
            if tag == 'boundaryEvent':
                self.timers.setdefault(e.get('attachedToRef'), []).append(own)
        # A thrown link goes on where it is caught.
        for n, node in self.nodes.items():
            caught = [m for m, o in self.nodes.items() if o['link'] and o['tag'] == 'intermediateCatchEvent' and o['name'] == node['name']]
            if node['link'] and node['tag'] == 'intermediateThrowEvent':
                self.out.setdefault(n, []).extend((m, f'link {n}') for m in caught)

    def runs(self, at, names, answers, used=frozenset()):
        """Every run from a node. `names` says what a node is called, `answers` what a flow out of a gateway; others are silent."""
        head = (names[at],) if at in names else ()
        ways = [(to, flow) for to, flow in self.out.get(at, []) if flow not in used]

        def follow(to, flow):
            return self.runs(to, names, answers, used | {flow} if self.is_back(at, to) else used)

        if self.nodes[at]['tag'] == 'parallelGateway' and len(ways) > 1:
            tails = [(side_by_side(runs),) for runs in itertools.product(*(follow(*way) for way in ways))]
        elif self.nodes[at]['tag'] == 'exclusiveGateway':
            tails = [((answers[flow],) if flow in answers else ()) + run for to, flow in ways for run in follow(to, flow)]
        else:
            tails = [run for way in ways for run in follow(*way)]
        if not self.out.get(at):
            tails = [()]
        for timer in self.timers.get(at, []):
            tails += self.runs(timer, names, answers, used)
        return [head + run for run in tails]

    def is_back(self, at, to):
        """Whether a flow closes a loop."""
        seen, todo = set(), [to]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo += [n for n, _ in self.out.get(node, [])] + self.timers.get(node, [])
        return at in seen and self.nodes[at]['tag'] == 'exclusiveGateway'


class Ours:
    """The graph of a build's CODE.json."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            procedure = json.load(file)
        self.nodes = {node['id']: node for node in procedure['process']['nodes']}
        self.edges = procedure['process']['edges']
        self.timers = procedure['process']['timers']
        assert all(timer['interrupts'] for timer in self.timers)
        self.values = {f['id']: [c['id'] for c in f['choices']] if f['kind'] == 'one-of' else [True, False] for f in procedure['facts']}

    def runs(self, read, at=None, facts=None, used=frozenset()):
        """Every run from a node, with what it stopped at: an end, a join, or a node that the reader leaves out. Facts are found out
        on the way; that a choice asks for one which no step found out is an error."""
        at = at or next(iter(self.nodes))
        facts = facts or {}
        node, ways = self.nodes[at], [edge for edge in self.edges if edge['from'] == at]
        if not read.inside(at):
            return [((), ('out', at))]
        if node['kind'] == 'join':
            return [((), ('join', at))]
        if node['kind'] in ENDS:
            return [((), ('end', node['kind']))]
        if node['kind'] == 'choice':
            arm = 'yes' if holds(node['condition']['logic'], facts) else 'no'
            ways = [edge for edge in ways if edge['kind'] == arm]
        if not ways:
            return [((STUCK,), ('end', STUCK))]

        def follow(edge, known):
            back = edge['kind'] == 'disagree'
            if back and not read.again or (edge['from'], edge['to']) in used:
                return []
            goes_on = self.runs(read, edge['to'], known, used | {(edge['from'], edge['to'])} if back else used)
            return [(read.answer(edge) + run, stop) for run, stop in goes_on]

        if node['kind'] == 'fork':
            return self.fork(read, [follow(edge, facts) for edge in ways], facts, used)
        if node['kind'] != 'step':
            return [one for edge in ways for one in follow(edge, facts)]
        head = read.step(node, facts)
        found = []
        for known, words in self.found_out(read, node, facts, ()):
            said = head + words + read.after(node, known)
            found += [(said + run, stop) for edge in ways for run, stop in follow(edge, known)]
        for timer in (timer for timer in self.timers if timer['on'] == at):
            late = self.runs(read, timer['id'], facts | read.silence(node), used)
            found += [(head + read.timer(node) + run, stop) for run, stop in late]
        return found

    def fork(self, read, branches, facts, used):
        found = []
        for chosen in itertools.product(*branches):
            inner = (side_by_side([run for run, _ in chosen]),)
            joins = {stop for _, stop in chosen if stop[0] == 'join'}
            if not joins:
                found.append((inner, chosen[0][1]))
                continue
            (_, join), = joins
            behind = [edge for edge in self.edges if edge['from'] == join]
            goes_on = [one for edge in behind for one in self.runs(read, edge['to'], facts, used)]
            found += [(inner + run, stop) for run, stop in goes_on or [((STUCK,), ('end', STUCK))]]
        return found

    def found_out(self, read, node, facts, words):
        """The facts known after a step, with the words for what it found: each value of each fact that it asks."""
        fact = next((fact for fact in read.asks(node, facts) if fact not in facts), None)
        if fact is None:
            return [(facts, words)]
        return [one for value in self.values[fact]
                for one in self.found_out(read, node, facts | {fact: value}, (*words, read.word(fact, value)))]


class Reader:
    """What the parts of ours are called in runs; each sample says what is different with it."""

    # Whether a step is done again that a later one does not agree with.
    again = True

    def inside(self, _at):
        """Whether a node is looked at."""
        return True

    def step(self, node, _facts):
        return (node['step']['id'],)

    def asks(self, _node, _facts):
        """The facts that a step finds out."""
        return []

    def word(self, fact, value):
        """An answer."""
        return f"{fact}? {value if isinstance(value, str) else 'yes' if value else 'no'}"

    def after(self, _node, _facts):
        """What a step does when it has found out what it asks."""
        return ()

    def answer(self, _edge):
        return ()

    def timer(self, node):
        return (f"TIMER {node['step']['id']}",)

    def silence(self, _node):
        """What a step is taken to have found when its time runs out."""
        return {}


def holds(logic, facts):
    """The operators of JsonLogic that these conditions use. A fact that no step found out is an error."""
    if not isinstance(logic, dict):
        return logic
    (name, args), = logic.items()
    if name == 'var':
        return facts[args]
    args = [holds(one, facts) for one in args]
    return {'and': all, 'or': any, '!': lambda a: not a[0], '==': lambda a: a[0] == a[1], '!=': lambda a: a[0] != a[1],
            'in': lambda a: a[0] in a[1]}[name](args)


def side_by_side(runs):
    return 'par', tuple(sorted(runs, key=repr))


def tidy(run):
    """Parallel runs without anything in them go; one branch alone is no block; blocks in blocks are one block."""
    items = []
    for item in run:
        if isinstance(item, str):
            items.append(item)
            continue
        branches = []
        for branch in filter(None, map(tidy, item[1])):
            branches += branch[0][1] if len(branch) == 1 and not isinstance(branch[0], str) else [branch]
        if len(branches) == 1:
            items += branches[0]
        elif branches:
            items.append(side_by_side(branches))
    return tuple(items)


def show(run):
    return ' → '.join(item if isinstance(item, str) else f'[ {" ‖ ".join(map(show, item[1]))} ]' for item in run) or '–'
