"""The Italian authorisation flow: what the parts of the two are called in traces, and the readings R0 to R5 of ../TRACES.md under
which the original, which cannot be run as it is drawn, is enumerated."""
import os

from runs import Original, Reader, side_by_side, tidy

CODE = '9.000002'
ORIGINAL = os.path.join(os.path.dirname(__file__), 'original', 'workflow-autorizzazione-domanda.bpmn')
# Ids of the original, and those of ours.
NAMES = {
    'CallActivity_0jpkijh': 'c0', 'Activity_17uw51k': 's1', 'ServiceTask_0791duz': 's2', 'Gateway_1pyfoxa': 'b1',
    'IntermediateThrowEvent_1a0dccy': 'n1', 'Task_19m46ve': 'f1', 'BoundaryEvent_0z8p1bp': 'TIMER f1',
    'Task_1hi3myy': 'g1', 'IntermediateThrowEvent_1hpm3g1': 'g2', 'CallActivity_1i2ll5b': 'g3',
    'IntermediateThrowEvent_0jxewsd': 'g4', 'IntermediateThrowEvent_0ewnkre': 'n2', 'Task_0sk5xsi': 'g5',
    'Task_0kgisnl': 'v1', 'IntermediateThrowEvent_095kpu7': 'v2', 'ServiceTask_1q8zf1r': 'v3',
    'Task_17mf4pa': 'p1', 'Task_1wksm3i': 'r1', 'Event_1urb6wi': 'TIMER r1', 'Task_1x5qyi6': 'r2',
    'Task_0aowb4n': 'r3', 'Task_0m4o0zi': 'r4', 'IntermediateThrowEvent_1vv8bko': 'r5', 'CallActivity_1ttpv7e': 'r6',
    'IntermediateThrowEvent_0cbtmcv': 'TIMER r6', 'IntermediateThrowEvent_1w90vur': 'r7',
    'IntermediateThrowEvent_0pwz7m6': 'r8', 'ServiceTask_1z000wb': 'r9', 'IntermediateThrowEvent_0dckxxm': 'r10',
    'IntermediateThrowEvent_0psdgv9': 'n3', 'Task_0rm2beb': 'r11', 'Task_0q3u43v': 'r12', 'Task_1j7al3k': 'r13',
    'Task_1tjptl2': 'o1', 'IntermediateThrowEvent_1s7tj02': 'TIMER o1', 'Activity_0evqgfh': 'o2',
    'IntermediateThrowEvent_0pyrek7': 'o3', 'Task_0lbnso8': 'o4', 'Task_13g52gj': 'o5',
    'IntermediateThrowEvent_1go33qg': 'o6', 'Activity_0koav7a': 'k1', 'Activity_0d2kf8p': 'k2',
    'EndEvent_15gsz30': 'END', 'EndEvent_0jgdrlj': 'FO END',
}
ANSWERS = {
    'SequenceFlow_06m2y7m': 'formal? KO', 'SequenceFlow_0vgt4d2': 'formal? OK',
    'SequenceFlow_1avk21c': 'admissible? KO', 'SequenceFlow_0pa0bzc': 'admissible? OK',
    'Flow_01fuiob': 'CdS? no', 'Flow_0sy1407': 'CdS? CdSA', 'Flow_0xd8aer': 'CdS? CdSS',
    'Flow_01ijzrc': 'third asks CdSS? yes', 'Flow_0lhj0bt': 'third asks CdSS? no',
    'Flow_1p16mwp': 'SUAP calls CdSS? yes', 'Flow_0p0rrdz': 'SUAP calls CdSS? no',
}
# The pool FO.
FORM = {'UserTask_0pkocex': 'c1', 'ServiceTask_0s36x5u': 'c2', 'ServiceTask_1lhv20f': 'c3', 'UserTask_13w8pj1': 'c4', 'ServiceTask_0ngs7g5': 'c5'}
# The flows of the back office that a reading speaks of, and that are followed in no other way.
RULED = {
    'R0': {'SequenceFlow_09bw049', 'Flow_0avc1aa'},
    'R1': {'SequenceFlow_08aeuzt', 'SequenceFlow_0oti9cx', 'SequenceFlow_1pdjhx4', 'Flow_1cerotz', 'SequenceFlow_0ti1inq', 'Flow_1g888yr'},
    'R3': {'Flow_0jl0y2u', 'Flow_1iqnr18', 'Flow_1s1qwm7', 'SequenceFlow_1ackufx', 'Flow_1pvelvv', 'SequenceFlow_0cjvoul',
           'SequenceFlow_0rvxtfh', 'Flow_0emv8o2', 'Flow_0ett40u'},
    'R4': {'SequenceFlow_0a13q3z', 'Flow_0wxguf3', 'Flow_0rtwpsm', 'SequenceFlow_0443v1b', 'SequenceFlow_1o7in2p', 'Flow_1f1wi88',
           'Flow_18rudsf', 'Flow_1jrd0b8'},
    'R5': {'Flow_0zapp38', 'SequenceFlow_091vke3', 'Flow_16rdg47'},
}


class Flow:
    """Front and back office under the readings."""

    def __init__(self):
        front, back = Original(ORIGINAL, 'Process_1'), Original(ORIGINAL, 'Process_0cfu63d')
        self.nodes, self.timers, self.followed = front.nodes | back.nodes, front.timers | back.timers, set()
        self.of_back = {flow for ways in back.out.values() for _, flow in ways}
        out = self.out = {n: list(ways) for g in (front, back) for n, ways in g.out.items()}

        def to(n, *targets):
            out[n] = [(target, '') for target in targets]

        def behind(n):
            return [target for target, _ in out[n]]

        # R0
        to('CallActivity_0jpkijh', 'Activity_17uw51k')
        to('Activity_17uw51k', 'ServiceTask_0791duz')
        to('ServiceTask_0791duz', 'Gateway_1pyfoxa')
        # R1: what is thrown leads to what follows where it is caught
        to('IntermediateThrowEvent_1hpm3g1', 'CallActivity_1i2ll5b')
        to('IntermediateThrowEvent_0jxewsd', *behind('IntermediateThrowEvent_1sle98b'))
        to('IntermediateThrowEvent_1vv8bko', 'CallActivity_1ttpv7e')
        to('IntermediateThrowEvent_0dckxxm', *behind('IntermediateThrowEvent_1i5hreq'))
        for thrown, caught in {'IntermediateThrowEvent_095kpu7': 'ServiceTask_1q8zf1r', 'IntermediateThrowEvent_0pwz7m6': 'ServiceTask_1z000wb',
                               'IntermediateThrowEvent_0pyrek7': 'EndEvent_0jgdrlj', 'IntermediateThrowEvent_1go33qg': 'EndEvent_0jgdrlj'}.items():
            out[thrown] = [(caught, 'front'), *out.get(thrown, [])]

    def runs(self, n):
        head, ways = (NAMES[n],) if n in NAMES else (), self.out.get(n, [])
        late = []
        for timer in self.timers.get(n, []):
            (target, flow), = self.out[timer]
            self.followed.add(flow)
            late += after((*head, NAMES[timer]), self.runs(target))
        if n == 'Gateway_0qf4wdb':  # R2; R5
            return after(('n1',), self.runs('Task_19m46ve'))
        if n == 'ExclusiveGateway_1f99hjb':  # R3; R5
            timed_out = ('r1', 'TIMER r1', 'r2')
            requests = [*after(('r1',), self.runs('Task_0aowb4n')), *after((*timed_out, 'requested? yes'), self.runs('Task_0aowb4n')),
                        *after((*timed_out, 'requested? no'), self.runs('ExclusiveGateway_0kxukle'))]
            opinions = after(('o1',), self.runs('Task_0lbnso8')) + after(('o1',), self.runs('IntermediateThrowEvent_1s7tj02'))
            return [(side_by_side([a, b]),) for a in requests for b in opinions]
        if n == 'Task_0m4o0zi':  # R4
            sent = ('r4', 'r5', 'r6')
            in_time = after((*sent, 'r10', 'n3', 'r11'), self.runs('Task_0q3u43v'))
            return in_time + after((*sent, 'TIMER r6', 'r7'), self.runs('IntermediateThrowEvent_0pwz7m6'))
        if n == 'IntermediateThrowEvent_0pwz7m6':  # R4: too late leads to the end
            return after(head + self.runs('ServiceTask_1z000wb')[0], self.runs('ExclusiveGateway_0kxukle'))
        self.followed.update(flow for _, flow in ways)
        if not ways:
            return late + [head]
        if self.nodes[n]['tag'] == 'exclusiveGateway':
            answers = {flow: (ANSWERS[flow],) if flow in ANSWERS else () for _, flow in ways}
            return late + [run for target, flow in ways for run in after(head + answers[flow], self.runs(target))]
        alone = [target for target, _ in ways if not self.out.get(target) and not NAMES.get(target, 'END').endswith('END')]
        head += tuple(NAMES[target] for target in alone)  # R2
        head += tuple(item for target, flow in ways if flow == 'front' for item in self.runs(target)[0])  # R1
        rest = [target for target, flow in ways if target not in alone and flow != 'front']
        assert len(rest) <= 1, (n, rest)
        return late + (after(head, self.runs(rest[0])) if rest else [head])


def after(head, runs):
    return [head + run for run in runs]


def theirs():
    flow = Flow()
    whole = set(map(tidy, flow.runs('StartEvent_0hsupe1')))
    ruled = set().union(*RULED.values())
    assert flow.of_back <= flow.followed | ruled, sorted(flow.of_back - flow.followed - ruled)
    form = Original(ORIGINAL, 'Process_0vedp0t')
    ko = {way: 'ko' for node in ('ExclusiveGateway_18z9apz', 'ExclusiveGateway_18r9twx') for _, way in form.out[node] if form.labels[way] == 'ko'}
    forms = set(map(tidy, form.runs('StartEvent_12n5uep', FORM, ko)))
    return {'front and back office': whole, 'FO, on filing': forms, 'FO, on regularisation': forms}


# --- ours

ASKS = {'f1': ['formal-ok'], 'v1': ['admissible', 'conference'], 'r2': ['requested'], 'r3': ['cdss-by-third'], 'o4': ['cdss-by-suap']}
WORDS = {'formal-ok': ('formal? OK', 'formal? KO'), 'admissible': ('admissible? OK', 'admissible? KO'), 'requested': ('requested? yes', 'requested? no'),
         'cdss-by-third': ('third asks CdSS? yes', 'third asks CdSS? no'), 'cdss-by-suap': ('SUAP calls CdSS? yes', 'SUAP calls CdSS? no')}
CONFERENCE = {'single': 'CdS? no', 'asynchronous': 'CdS? CdSA', 'synchronous': 'CdS? CdSS'}
# The original's message ends, at the front office and at the register.
ENDS = {'v3': ('FO END', 'END'), 'x1': ('END',), 'r9': ('FO END', 'END'), 'o6': ('FO END', 'END'), 'k3': ('FO END', 'END'), 'o3': ('FO END',)}


class Read(Reader):
    """Front and back office: a form is one activity there."""

    again = False

    def step(self, node, _facts):
        own, place = node['step']['id'], node['id'].split('_')[0]
        if own in FORM.values():
            return (place,) if own == 'c1' else ()
        return {'x1': (), 'k3': ('o6',)}.get(own, (own,))

    def asks(self, node, facts):
        asked = ASKS.get(node['step']['id'], [])
        return asked[:1] if facts.get('admissible') is False else asked

    def word(self, fact, value):
        return CONFERENCE[value] if fact == 'conference' else WORDS[fact][not value]

    def after(self, node, _facts):
        return ENDS.get(node['step']['id'], ())

    def silence(self, node):
        return {'formal-ok': True} if node['step']['id'] == 'f1' else {}


class ReadForm(Reader):
    def __init__(self, place):
        self.place = place

    def inside(self, at):
        return at.startswith(f'{self.place}_')

    def answer(self, edge):
        return ('ko',) if edge['kind'] == 'disagree' else ()


def ours(graph):
    def form(place):
        return {tidy(run) for run, _ in graph.runs(ReadForm(place), at=f'{place}_c1')}

    whole = {tidy(run) for run, _ in graph.runs(Read())}
    return {'front and back office': whole, 'FO, on filing': form('c0'), 'FO, on regularisation': form('g3')}
