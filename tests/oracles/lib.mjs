// What every Node judge shares: the manifest, how a verdict is printed, and how BPMN is read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';

export const require = createRequire(import.meta.url);
export const FEEL = 'https://www.omg.org/spec/DMN/20191111/FEEL/';
export const read = (file) => readFileSync(file, 'utf8');
export const readJson = (file) => JSON.parse(read(file));

/** The manifest that manifest.py wrote; its path is the only argument of every judge. */
export function load() {
  if (process.argv.length !== 3) { console.error(`usage: ${path.basename(process.argv[1])} MANIFEST.json`); process.exit(2); }
  const manifest = readJson(process.argv[2]);
  manifest.rel = (file) => path.relative(manifest.dist, file);
  /** Every BPMN file as { file, dialect, group }. */
  manifest.bpmn = (dialects = ['plain', 'camunda8', 'camunda7', 'flowable']) => manifest.groups.flatMap((group) =>
    dialects.filter((d) => group.bpmn[d]).map((dialect) => ({ file: group.bpmn[dialect], dialect, group })));
  return manifest;
}

/** Counts verdicts. Prints one line per failure at once, and one summary line at the end. */
export class Judge {
  constructor(name) { Object.assign(this, { name, passed: 0, failed: 0, notes: new Map(), start: performance.now() }); }
  check(file, causes, scenario) {
    if (!causes.length) { this.passed++; return; }
    this.failed++;
    const cause = causes.slice(0, 8).join('; ').replace(/\s+/g, ' ').slice(0, 600);
    console.log(`FAIL ${this.name}: ${file}${scenario ? ` [${scenario}]` : ''}: ${cause}`);
  }
  /** Something worth telling that is not a failure; equal notes are counted, not repeated. */
  note(text) { this.notes.set(text, (this.notes.get(text) ?? 0) + 1); }
  done() {
    for (const [text, n] of [...this.notes].sort((a, b) => b[1] - a[1]).slice(0, 12)) console.log(`note ${this.name}: ${text}${n > 1 ? ` (${n} times)` : ''}`);
    console.log(`${this.name}: ${this.passed} passed, ${this.failed} failed (${((performance.now() - this.start) / 1000).toFixed(1)} s)`);
    process.exitCode = this.failed ? 1 : 0;
  }
}

// The modeler: namespace holds what a file says about its platform; no package describes it.
const modeler = {
  name: 'Modeler', uri: 'http://camunda.org/schema/modeler/1.0', prefix: 'modeler', xml: { tagAlias: 'lowerCase' }, associations: [],
  types: [{ name: 'Definitions', extends: ['bpmn:Definitions'], properties: [
    { name: 'executionPlatform', type: 'String', isAttr: true }, { name: 'executionPlatformVersion', type: 'String', isAttr: true }] }],
};
const vendor = {
  camunda8: { zeebe: require('zeebe-bpmn-moddle/resources/zeebe.json'), modeler },
  camunda7: { camunda: require('camunda-bpmn-moddle/resources/camunda.json'), modeler },
};
/** Reads a BPMN file with the vendor descriptors of its dialect only, so that another vendor's attributes show up. */
export const parseBpmn = (file, dialect) => new BpmnModdle(vendor[dialect] ?? {}).fromXML(read(file));
export const moddleFor = (dialect) => new BpmnModdle(vendor[dialect] ?? {});
export const oneLine = (s) => String(s ?? '').split('\n').join(' ');

/** Equal as JSON values; numbers but for the last bits, which binary fractions leave over. */
export function sameValue(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  const keys = Object.keys(a);
  return Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length && keys.every((k) => k in b && sameValue(a[k], b[k]));
}
