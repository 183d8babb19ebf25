#!/usr/bin/env python3
"""spiff.py MANIFEST: every scenario, on the plain and the camunda8 file, executed by SpiffWorkflow on a virtual clock.

SpiffWorkflow reads conditions and timers as Python. Here they are FEEL: each file's expressions are marked as such before
it is parsed, and the script engine hands them to feel.py. A file is parsed once; each scenario is a new workflow on it.
"""
import datetime as dt
import heapq
import os
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.defaults import UserTask
from SpiffWorkflow.bpmn.specs.event_definitions import timer as spiff_timer
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.parallel_gateway import ParallelGateway
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
import feel
from report import Judge, finish, load, read_json
from scenario import ISO, duration, miscounted, unmet

UTC = dt.timezone.utc
BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
ZEEBE = 'http://camunda.org/schema/zeebe/1.0'
FEEL = 'https://www.omg.org/spec/DMN/20191111/FEEL/'
TICK = dt.timedelta(microseconds=1)
MAX_EVENTS = 2000  # far more than any procedure needs: a loop that never ends is a failure, not a hang


class Clock(dt.datetime):
    """datetime whose now() is the virtual clock; stands in for SpiffWorkflow's in its timer module."""
    current = dt.datetime(2026, 1, 5, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        return cls.current.astimezone(tz or UTC)


spiff_timer.datetime = Clock


def arrived(self, my_task):
    """Whether a parallel join has a token on each incoming flow.

    SpiffWorkflow's own test also counts tokens of an earlier time round a loop, if the branches then came in another order,
    and fires too early. A join that has fired has used up all that had arrived; only what came later counts.
    """
    tasks = my_task.workflow.get_tasks(spec_name=self.name)
    fired = max((t.last_state_change for t in tasks if t.state == TaskState.COMPLETED and my_task.is_descendant_of(t)), default=0)
    came = {t.parent.task_spec.name for t in tasks
            if t.parent.state == TaskState.COMPLETED and (t is my_task or t.last_state_change > fired)}
    return {spec.name for spec in self.inputs} <= came


ParallelGateway._check_threshold_unstructured = arrived


class Engine(PythonScriptEngine):
    """Reads what mark() wrote: 'condition <id> <FEEL>', 'value <id> <FEEL>', or a bare duration or date.

    Variables are those of the whole process, as in other engines. SpiffWorkflow's own belong to each branch: what one branch
    changes is unknown to the others, and a join may bring back what was there before.
    """

    def __init__(self, variables):
        super().__init__()
        self.variables = variables

    def evaluate(self, task, expression, external_context=None):
        kind, _, rest = expression.partition(' ')
        if kind not in ('condition', 'value'):
            return expression
        id_, text = rest.split(' ', 1)
        try:
            value = feel.evaluate(text, self.variables)
        except feel.FeelError as e:
            raise ValueError(f'{id_}: {e}') from e
        # An engine stops at a condition that is neither true nor false; a variable that nobody set is how that comes about.
        if value is None or (kind == 'condition' and not isinstance(value, bool)):
            raise ValueError(f'{id_}: {text} gives {value!r}')
        return value

    def validate(self, expression):
        pass


SCOPES = {full_tag('process'), full_tag('subProcess')}


class Parser(BpmnParser):
    # Tasks that SpiffWorkflow would run by itself, or has no parser for, wait for the scenario like user tasks.
    OVERRIDE_PARSER_CLASSES = {full_tag(t): (TaskParser, UserTask)
                               for t in ('serviceTask', 'businessRuleTask', 'scriptTask', 'task')}


def mark(tree):
    """Turns the file's expressions into what Engine reads."""
    for e in tree.iter(f'{{{ZEEBE}}}loopCharacteristics'):  # a list that only Camunda's word names
        count = etree.SubElement(e.getparent().getparent(), full_tag('loopCardinality'))
        count.text = f'=count({e.get("inputCollection").removeprefix("=")})'
    default = tree.getroot().get('expressionLanguage')
    for tag in ('conditionExpression', 'timeDuration', 'timeDate', 'timeCycle', 'loopCardinality'):
        for e in tree.iter(full_tag(tag)):
            text = (e.text or '').strip()
            condition = tag == 'conditionExpression'
            owner = next(a.get('id') for a in e.iterancestors() if a.getparent().tag in SCOPES)
            if text.startswith('='):
                text = text[1:].strip()
            elif e.get('language', default if condition else None) != FEEL and tag != 'loopCardinality':
                if condition:
                    raise ValueError(f'{owner}: the condition is not FEEL (no leading = and no language): {text}')
                e.text = text
                continue
            e.text = f'{"condition" if condition else "value"} {owner} {text}'
    for e in [e for tag in ('sendTask', 'receiveTask') for e in tree.iter(full_tag(tag))]:
        if e.get('messageRef') is None:
            e.tag = full_tag('userTask')  # without a message it is work, like any other task


class File:
    def __init__(self, path):
        self.tree = etree.parse(path)
        self.tags = {e.get('id'): etree.QName(e).localname for e in self.tree.iter(full_tag('*')) if e.get('id')}
        self.outputs = {}
        for e in self.tree.iter(f'{{{ZEEBE}}}output'):
            node = next(a for a in e.iterancestors() if a.tag.startswith(f'{{{BPMN}}}') and a.get('id'))
            self.outputs.setdefault(node.get('id'), []).append((e.get('target'), e.get('source').removeprefix('=')))
        mark(self.tree)
        self.path, self.specs = path, {}

    def workflow(self, process, variables):
        if process not in self.specs:
            parser = Parser()
            parser.add_bpmn_xml(self.tree, self.path)
            if len(parser.get_process_ids()) > 1 and parser.collaborations:
                self.specs[process] = parser.get_collaboration(next(iter(parser.collaborations)))
            else:
                self.specs[process] = parser.get_spec(process), parser.get_subprocess_specs(process)
        spec, subs = self.specs[process]
        return BpmnWorkflow(spec, subs, script_engine=Engine(variables))


class Run:
    """One scenario on one file."""

    def __init__(self, file, scenario):
        self.file, self.scenario = file, scenario
        self.start = Clock.current = dt.datetime.fromisoformat(scenario.get('start', '2026-01-05T08:00:00+07:00')).astimezone(UTC)
        self.last, self.done, self.ends, self.visits = self.start, [], [], {}
        self.queue, self.started, self.seen, self.n = [], set(), set(), 0
        self.variables = dict(scenario.get('variables', {}))
        self.instances, self.faulty = {}, []
        for id_, tag in file.tags.items():
            if tag == 'startEvent':
                self.outputs(id_, self.variables)
        self.wf = file.workflow(scenario['process'], self.variables)

    def outputs(self, id_, values):
        """Camunda's output mappings have to come to what the scenario sets, which is all that the plain file has; nothing
        else leaves a task that maps something."""
        mapped = self.file.outputs.get(id_, [])
        if mapped and self.file.tags[id_] != 'startEvent':
            self.faulty += [f'{id_} does not let {k} out' for k in values if k not in dict(mapped)]
        for target, source in mapped:
            value = feel.evaluate(source, {**self.variables, **{k: v for k, v in values.items() if (k, k) in mapped}})
            if value != values.get(target):
                self.faulty.append(f'{id_} sets {target} to {value!r}, the scenario to {values.get(target)!r}')

    def note(self, task):
        """Writes down a completed element; SpiffWorkflow's own helper tasks have no id of the file, or another name."""
        if task.state != TaskState.COMPLETED or task.id in self.seen:
            return
        self.seen.add(task.id)
        if len(self.seen) > MAX_EVENTS:
            raise RuntimeError(f'does not end: {MAX_EVENTS} steps')
        id_ = task.task_spec.bpmn_id
        if id_ and id_ == task.task_spec.name and self.file.tags.get(id_) not in (None, 'process', 'participant'):
            self.done.append(id_)
            self.last = max(self.last, Clock.current)
            if self.file.tags[id_] == 'endEvent':
                self.ends.append(id_)

    def note_all(self):
        for t in self.wf.get_tasks(state=TaskState.COMPLETED):
            self.note(t)

    def plan(self, kind, task):
        """Puts what the scenario says about a task that has just been reached into the queue."""
        self.started.add(task.id)
        id_ = task.task_spec.bpmn_id
        # Each of a list is a child of the task, which is visited once.
        visit = task.parent.id if task.task_spec.name != id_ else task.id
        visits = self.visits.setdefault(id_, [])
        if visit not in visits:
            visits.append(visit)
        steps = self.scenario['tasks'].get(id_, self.scenario['tasks'].get('*', {}))
        step = steps[min(len(visits), len(steps)) - 1] if isinstance(steps, list) else steps
        begun = self.instances.setdefault(id_, [])
        if len(begun) < len(visits):
            begun.append((0, step.get('instances', 1)))
        begun[-1] = begun[-1][0] + 1, begun[-1][1]
        if not step.get('never'):
            self.n += 1
            heapq.heappush(self.queue, (Clock.current + duration(step.get('after', 'P0D')), self.n, kind, task, step.get('set', {})))

    def look(self):
        """Finds the tasks and messages that wait for the scenario."""
        for t in self.wf.get_tasks(state=TaskState.READY):
            if t.task_spec.manual and t.id not in self.started:
                self.plan('task', t)
        for t in list(self.wf.event_manager.tasks.values()):
            named = t.task_spec.bpmn_id in self.scenario['tasks']
            if named and isinstance(t.task_spec.event_definition, MessageEventDefinition) and t.id not in self.started:
                self.plan('message', t)
        while self.queue and self.queue[0][2] == 'task' and self.queue[0][3].state != TaskState.READY:
            heapq.heappop(self.queue)  # a timer took the task away

    def next_timer(self):
        due = None
        for t in self.wf.event_manager.tasks.values():
            if isinstance(t.task_spec.event_definition, (spiff_timer.TimerEventDefinition, MultipleEventDefinition)):
                v = t._get_internal_data('event_value')
                v = v['next'] if isinstance(v, dict) else v
                if v is not None:
                    v = spiff_timer.TimerEventDefinition.get_datetime(v)
                    due = v if due is None or v < due else due
        return due

    def finished(self):
        if self.wf.completed:
            return True
        main = next((s for s in self.wf.subprocesses.values() if s.spec.name == self.scenario['process']), None)
        return main is not None and main.completed

    def step(self):
        """Moves the clock to whatever comes first; False if nothing will ever come. A tie goes to the person, not the timer."""
        due = self.next_timer()
        if self.queue and (due is None or self.queue[0][0] <= due):
            when, _n, kind, task, values = heapq.heappop(self.queue)
            Clock.current = max(Clock.current, when)
            self.outputs(task.task_spec.bpmn_id, values)
            self.variables.update(values)
            if kind == 'task':
                task.run()
                self.note(task)
            else:
                self.wf.catch(BpmnEvent(task.task_spec.event_definition, payload=values))
        elif due is not None:
            Clock.current = max(Clock.current, due) + TICK  # SpiffWorkflow fires a timer only after its time
            self.wf.refresh_timers()
            Clock.current -= TICK
        else:
            return False
        return True

    def faults(self):
        try:
            for _ in range(MAX_EVENTS):
                self.wf.do_engine_steps(did_complete_task=self.note)
                self.note_all()
                if self.finished():
                    break
                self.look()
                if not self.step():
                    waiting = [t.task_spec.bpmn_id for t in self.wf.get_tasks()
                               if t.state in (TaskState.READY, TaskState.WAITING, TaskState.STARTED) and t.task_spec.bpmn_id]
                    return [f'stuck at {", ".join(dict.fromkeys(waiting)) or "nothing"} after {", ".join(self.done[-3:])}']
            else:
                return [f'does not end: {MAX_EVENTS} events']
        except Exception as e:  # whatever the engine raises is a verdict
            return [f'{type(e).__name__}: {e}']
        return self.faulty + miscounted(self.instances) + unmet(self.scenario['expect'], self.done, self.ends, self.last - self.start)


def main():
    m = load()
    judge = Judge('spiff')
    for g in m['groups']:
        for dialect in ('plain', 'camunda8'):
            if dialect not in g['bpmn'] or 'paths' not in g:
                continue
            name = os.path.relpath(g['bpmn'][dialect], m['dist'])
            try:
                file, scenarios = File(g['bpmn'][dialect]), read_json(g['paths'])
            except (ValueError, etree.XMLSyntaxError) as e:
                judge.fail(name, e)
                continue
            for s in scenarios:
                try:
                    judge.check(name, Run(file, s).faults(), s.get('name'))
                except Exception as e:  # a file that SpiffWorkflow's parser rejects, or a broken scenario
                    judge.fail(name, f'{type(e).__name__}: {e}', s.get('name') if isinstance(s, dict) else None)
    finish(judge)


main()
