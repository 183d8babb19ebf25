#!/usr/bin/env node
// dmn.mjs MANIFEST: every decision case, with dmn-moddle as the reader of the file and feelin as the reader of its cells.
// No maintained npm package runs DMN 1.3 files, so the few rules of decision tables are here; drools.mjs asks a whole engine.
import { isDeepStrictEqual } from 'node:util';
import { DmnModdle } from 'dmn-moddle';
import { evaluate, unaryTest } from 'feelin';
import { Judge, load, oneLine, read, readJson, sameValue } from './lib.mjs';

/** A result as JSON writes it: no undefined, and dates and durations as text. */
const asJson = (v) => (v === undefined ? null : v !== null && typeof v === 'object' && !Array.isArray(v) && v.constructor !== Object ? String(v) : v);
const text = (e) => (e?.text ?? '').trim();

function value(expression, context) {
  const { value: v, warnings } = evaluate(expression, context);
  const unknown = warnings.find((w) => !['NO_VARIABLE_FOUND'].includes(w.type));
  if (unknown) throw new Error(`${expression}: ${unknown.message}`);
  return v === undefined ? null : v;
}

function aggregate(policy, values) {
  const numbers = { SUM: (a) => a.reduce((x, y) => x + y), MIN: (a) => Math.min(...a), MAX: (a) => Math.max(...a), COUNT: (a) => a.length }[policy];
  return numbers ? (values.length || policy === 'COUNT' ? numbers(values) : null) : values;
}

function table(t, context) {
  const asked = (t.input ?? []).map((i) => value(text(i.inputExpression), context));
  const met = (test, v, n) => {
    if (!test || test === '-') return true;
    const { value: yes, warnings } = unaryTest(test, { ...context, '?': v });
    // A test of a missing fact is simply not met; anything else that feelin warns of is a cell it cannot read.
    if (warnings.length && v !== null) throw new Error(`rule ${n}: ${test}: ${warnings[0].message}`);
    return yes === true;
  };
  const hits = (t.rule ?? []).map((r, i) => [r, i + 1]).filter(([r, n]) => (r.inputEntry ?? []).every((cell, i) => met(text(cell), asked[i], n)));
  const result = ([r]) => {
    const cells = (r.outputEntry ?? []).map((cell) => value(text(cell), context));
    return t.output.length === 1 ? cells[0] : Object.fromEntries(t.output.map((o, i) => [o.name, cells[i]]));
  };
  const policy = t.hitPolicy ?? 'UNIQUE';
  const numbers = hits.map(([, n]) => n).join(', ');
  if (policy === 'COLLECT') return aggregate(t.aggregation, hits.map(result));
  if (policy === 'RULE ORDER') return hits.map(result);
  if (!hits.length) return t.output[0].defaultOutputEntry ? value(text(t.output[0].defaultOutputEntry), context) : null;
  if (policy === 'UNIQUE' && hits.length > 1) throw new Error(`UNIQUE, but rules ${numbers} apply`);
  if (policy === 'ANY' && hits.some((h) => !isDeepStrictEqual(result(h), result(hits[0])))) throw new Error(`ANY, but rules ${numbers} differ`);
  if (!['UNIQUE', 'ANY', 'FIRST'].includes(policy)) throw new Error(`hit policy ${policy} is not read here`);
  return result(hits[0]);
}

/** The value of a decision, after those it requires. */
function decide(id, decisions, context) {
  const d = decisions.get(id);
  if (!d) throw new Error(`no decision ${id}`);
  for (const { requiredDecision } of d.informationRequirement ?? []) {
    if (!requiredDecision) continue;
    const other = decisions.get(requiredDecision.href.replace(/^#/, ''));
    context[other.variable?.name ?? other.name] = decide(other.id, decisions, context);
  }
  const logic = d.decisionLogic;
  if (logic?.$type === 'dmn:DecisionTable') return table(logic, context);
  if (logic?.$type === 'dmn:LiteralExpression') return value(text(logic), context);
  throw new Error(`decision ${id} is neither a table nor a literal expression`);
}

const manifest = load();
const judge = new Judge('dmn-feelin');
for (const { dmn, cases } of manifest.groups) {
  if (!dmn || !cases) continue; // manifest.py has failed it
  const name = manifest.rel(dmn);
  try {
    const { rootElement, warnings } = await new DmnModdle().fromXML(read(dmn), 'dmn:Definitions');
    if (warnings.length) { judge.check(name, warnings.map((w) => oneLine(w.message))); continue; }
    const decisions = new Map(rootElement.drgElement.filter((e) => e.$type === 'dmn:Decision').map((d) => [d.id, d]));
    for (const c of readJson(cases)) {
      try {
        const got = asJson(decide(c.decision, decisions, { ...c.facts }));
        judge.check(name, sameValue(got, c.expect) ? [] : [`gives ${JSON.stringify(got)}, expected ${JSON.stringify(c.expect)}`], c.name);
      } catch (e) { judge.check(name, [oneLine(e.message)], c.name); }
    }
  } catch (e) { judge.check(name, [oneLine(e.message)]); }
}
judge.done();
