#!/usr/bin/env node
// engine.mjs MANIFEST: every scenario, on the plain and the camunda8 file, executed by bpmn-engine on a virtual clock.
// A file is parsed and serialized once; each scenario is a new engine on it. Expressions are FEEL, read by feelin.
import { EventEmitter, once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import * as elements from 'bpmn-elements';
import { Engine } from 'bpmn-engine';
import { evaluate } from 'feelin';
import serialize, { TypeResolver } from 'moddle-context-serializer';
import { FEEL, Judge, load, oneLine, parseBpmn, readJson } from './lib.mjs';

const MAX_EVENTS = 2000; // far more than any procedure needs: a loop that never ends is a failure, not a hang
const DAY = 86400000;
const RealDate = Date;
let now = 0; // the virtual clock, in ms; bpmn-engine reads it through Date
globalThis.Date = class extends RealDate {
  constructor(...a) { if (a.length) super(...a); else super(now); }
  static now() { return now; }
};

// bpmn-elements 17 sends 'discard' tokens down every branch not taken. With an exclusive merge before a parallel join, which
// is what 'silence counts as consent' draws, they leave the join waiting for ever after a correct run. They are not part
// of BPMN (bpmn-elements 18 dropped them), so they are switched off.
elements.SequenceFlow.prototype.discard = () => {};

function durationMs(text) {
  const m = /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!m) throw new Error(`not a duration: ${text}`);
  const [y, mo, w, d, h, mi, s] = m.slice(1).map((x) => Number(x ?? 0));
  return (y * 365 + mo * 30 + w * 7 + d) * DAY + h * 3600000 + mi * 60000 + s * 1000;
}
const days = (ms) => String(Number((ms / DAY).toPrecision(6)));

/** Makes every FEEL expression of the file begin with '=', so that one test below tells it from a bare duration or date. Gives
 *  Camunda's output mappings, by element. */
function markFeel(rootElement) {
  const fallback = rootElement.expressionLanguage, outputs = new Map();
  (function walk(e) {
    const own = (at, type) => at?.extensionElements?.values?.find((x) => x.$type === type);
    // A list that only Camunda's word names.
    const listed = own(e.loopCharacteristics, 'zeebe:LoopCharacteristics');
    if (listed) e.loopCharacteristics.loopCardinality = rootElement.$model.create('bpmn:FormalExpression', { body: `=count(${listed.inputCollection.slice(1)})` });
    const mapped = own(e, 'zeebe:IoMapping')?.outputParameters;
    if (mapped) outputs.set(e.id, mapped.map(({ target, source }) => [target, source.slice(1)]));
    const condition = e.conditionExpression;
    for (const x of [condition, e.timeDuration, e.timeDate, e.timeCycle, e.loopCharacteristics?.loopCardinality].filter(Boolean)) {
      const language = x.language ?? (x === condition ? fallback : undefined);
      const body = (x.body ?? '').trim();
      x.body = body.startsWith('=') || language !== FEEL ? body : `=${body}`;
      if (x === condition && !x.body.startsWith('=')) throw new Error(`${e.id}: the condition is not FEEL (no leading = and no language): ${body}`);
      delete x.language; // bpmn-engine would look for a script engine of that name
    }
    for (const child of [...e.rootElements ?? [], ...e.flowElements ?? [], ...e.eventDefinitions ?? []]) walk(child);
  })(rootElement);
  return outputs;
}

/** bpmn-engine cannot load a message flow that ends at a pool without a process. Such a flow carries no execution. */
function dropBlackBoxFlows(rootElement) {
  const black = (e) => e?.$type === 'bpmn:Participant' && !e.processRef;
  for (const c of rootElement.rootElements) if (c.messageFlows) c.messageFlows = c.messageFlows.filter((m) => !black(m.sourceRef) && !black(m.targetRef));
}

async function prepare(file, dialect) {
  const parsed = await parseBpmn(file, dialect);
  const outputs = markFeel(parsed.rootElement);
  dropBlackBoxFlows(parsed.rootElement);
  // A plain task would be over at once; here it waits like a user task.
  return { outputs, context: serialize(parsed, TypeResolver(elements, (types) => { types['bpmn:Task'] = elements.SignalTask; })) };
}

/** One scenario on one file; gives the causes of its failure. */
async function run({ context, outputs }, scenario) {
  const start = RealDate.parse(scenario.start ?? '2026-01-05T08:00:00+07:00');
  now = start;
  let last = start, order = 0, events = 0, ended = false;
  const queue = [], done = [], ends = [], visits = {}, types = {}, causes = [], begun = {};
  const variables = { ...scenario.variables };
  /** Puts something into the queue. At the same moment, a person (late = 0) comes before a timer (late = 1). */
  const plan = (ms, fn, late = 0) => { const entry = { at: now + Math.max(0, ms), late, order: order++, fn }; queue.push(entry); return entry; };

  const feel = (text, where) => {
    const { value } = evaluate(text.slice(1), variables);
    // An engine stops at a condition that is neither true nor false; a variable that nobody set is how that comes about.
    if (value === null || value === undefined || (where !== 'timer' && typeof value !== 'boolean')) throw new Error(`${where}: ${text.slice(1)} gives ${JSON.stringify(value)}`);
    return value;
  };
  /** Camunda's output mappings have to come to what the scenario sets, which is all that the plain file has; nothing
   *  leaves a task that maps something else. */
  const check = (id, set = {}) => {
    const mapped = new Map(outputs.get(id));
    if (mapped.size && types[id] !== 'bpmn:StartEvent') causes.push(...Object.keys(set).filter((k) => !mapped.has(k)).map((k) => `${id} does not let ${k} out`));
    for (const [target, text] of mapped) {
      const { value } = evaluate(text, { ...variables, ...Object.fromEntries(Object.entries(set).filter(([k]) => mapped.get(k) === k)) });
      if (value !== set[target]) causes.push(`${id} sets ${target} to ${JSON.stringify(value)}, the scenario to ${JSON.stringify(set[target])}`);
    }
  };
  /** Lets the scenario do a task, or one instance of it, that has just been reached. */
  const perform = (id, finish) => {
    const steps = scenario.tasks[id] ?? scenario.tasks['*'] ?? {};
    const visit = visits[id] ?? 1;
    const step = Array.isArray(steps) ? steps[Math.min(visit, steps.length) - 1] : steps;
    const counted = ((begun[id] ??= [])[visit - 1] ??= { said: step.instances ?? 1, began: 0 });
    counted.began++;
    if (!step.never) plan(durationMs(step.after ?? 'P0D'), () => { check(id, step.set); Object.assign(variables, step.set); finish({ ...step.set }); });
  };
  const timers = {
    executing: [],
    setTimeout(fn, delay, ...args) {
      const entry = plan(delay, () => { timers.clearTimeout(entry); fn(...args); }, 1);
      timers.executing.push(entry);
      return entry;
    },
    clearTimeout(entry) {
      if (queue.includes(entry)) queue.splice(queue.indexOf(entry), 1);
      timers.executing = timers.executing.filter((x) => x !== entry);
    },
    register: () => ({ setTimeout: timers.setTimeout, clearTimeout: timers.clearTimeout }),
  };
  const engine = new Engine({
    name: scenario.name, sourceContext: context, timers, variables,
    scripts: {
      register() {},
      getScript(_language, { id, type, behaviour }) {
        const condition = behaviour?.conditionExpression?.body;
        if (condition) return { execute: (_scope, next) => { const v = feel(condition, id); return next ? next(null, v) : v; } };
        if (type === 'bpmn:ScriptTask') return { execute: (_scope, next) => perform(id, (output) => next(null, output)) };
        return undefined;
      },
    },
    expressions: {
      isExpression: (text) => String(text ?? '').startsWith('='), hasExpression: (text) => String(text ?? '').startsWith('='),
      resolveExpression: (text) => (String(text).startsWith('=') ? feel(text, 'timer') : text),
    },
    extensions: {
      // The engine wants a function for each of these; here they wait for the scenario like a user task.
      scripted(activity) {
        if (/(Service|Send|BusinessRule)Task$/.test(activity.type)) {
          activity.behaviour.Service = function Scripted({ id }) { return { type: 'scripted', execute: (_message, next) => perform(id, (output) => next(null, output)) }; };
        }
      },
    },
  });
  engine.broker.subscribeTmp('event', 'activity.#', (key, { content }) => {
    if (key === 'activity.enter') {
      visits[content.id] = (visits[content.id] ?? 0) + 1;
      types[content.id] = content.type; // at its end a message event has the type of its definition
      if (content.type === 'bpmn:StartEvent') check(content.id, scenario.variables);
      if (++events > MAX_EVENTS) throw new Error(`does not end: ${MAX_EVENTS} steps`);
    } else if (key === 'activity.end') {
      done.push(content.id);
      last = Math.max(last, now);
      if (types[content.id] === 'bpmn:EndEvent') ends.push(content.id);
    }
  }, { noAck: true });
  const listener = new EventEmitter();
  listener.on('activity.wait', (api) => {
    // An event that the scenario does not name is for a timer or another pool to wake.
    if (/Task$/.test(api.type) || api.id in scenario.tasks) perform(api.id, (output) => api.signal(output));
  });
  engine.on('error', (e) => causes.push(`engine: ${oneLine(e.message)}`));
  engine.on('end', () => { ended = true; });

  const finished = () => ended || execution.definitions[0].getProcessById(scenario.process)?.counters.completed > 0;
  let execution;
  try {
    execution = await engine.execute({ listener, variables });
    for (let i = 0; !causes.length && !finished(); i++) {
      await new Promise(setImmediate);
      if (finished() || !queue.length) break;
      if (i === MAX_EVENTS) throw new Error(`does not end: ${MAX_EVENTS} events`);
      queue.sort((a, b) => a.at - b.at || a.late - b.late || a.order - b.order);
      const next = queue.shift();
      now = next.at;
      next.fn();
    }
    if (!causes.length && !finished()) {
      const waiting = execution.definitions.flatMap((d) => d.getProcesses()).flatMap((p) => p.getPostponed()).map((a) => a.id);
      causes.push(`stuck at ${waiting.join(', ') || 'nothing'} after ${done.slice(-3).join(', ')}`);
    }
  } catch (e) { causes.push(`engine: ${oneLine(e.message)}`); }
  if (causes.length) return causes;
  const miscounted = Object.entries(begun).flatMap(([id, all]) => all.filter(({ said, began }) => said !== began).map(({ said, began }) => `${id} began ${began} instances, expected ${said}`));
  return [...miscounted, ...unmet(scenario.expect, done, ends, last - start)];
}

function unmet(expect, done, ends, elapsed) {
  const out = [];
  for (const e of expect.ends) if (!ends.includes(e)) out.push(`end ${e} was not reached (reached: ${ends.join(', ') || 'none'})`);
  if (expect.onlyEnds) for (const e of ends) if (!expect.ends.includes(e)) out.push(`end ${e} was reached, not expected`);
  for (const i of expect.visited ?? []) if (!done.includes(i)) out.push(`${i} was not done`);
  for (const i of expect.notVisited ?? []) if (done.includes(i)) out.push(`${i} was done, not expected`);
  for (const [i, n] of Object.entries(expect.count ?? {})) {
    const times = done.filter((x) => x === i).length;
    if (times !== n) out.push(`${i} was done ${times} times, expected ${n}`);
  }
  if (expect.elapsed !== undefined && Math.abs(elapsed - durationMs(expect.elapsed)) > 100) out.push(`took ${days(elapsed)} days, expected ${days(durationMs(expect.elapsed))}`);
  return out;
}

/** Every other process file, so that two threads share the work; one run takes tens of milliseconds. */
async function share(manifest, judge, mine) {
  for (const { file, dialect, group } of manifest.bpmn(['plain', 'camunda8']).filter((_, i) => mine(i))) {
    if (!group.paths) continue; // manifest.py has failed it
    const name = manifest.rel(file);
    try {
      const source = await prepare(file, dialect);
      for (const s of readJson(group.paths)) judge.check(name, await run(source, s).catch((e) => [oneLine(e.message)]), s.name);
    } catch (e) { judge.check(name, [oneLine(e.message)]); }
  }
}

const judge = new Judge('bpmn-engine');
const manifest = load();
if (isMainThread) {
  const second = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) });
  const counted = once(second, 'message');
  await share(manifest, judge, (i) => i % 2 === 0);
  const [{ passed, failed }] = await counted;
  judge.passed += passed;
  judge.failed += failed;
  judge.done();
} else {
  await share(manifest, judge, (i) => i % 2 === 1);
  parentPort.postMessage({ passed: judge.passed, failed: judge.failed });
}
