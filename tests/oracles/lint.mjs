#!/usr/bin/env node
// lint.mjs MANIFEST: bpmnlint's recommended rules on every file, and on Camunda files the newest rule set of
// bpmnlint-plugin-camunda-compat for their platform. An error fails the file; warnings are counted as notes.
import { Judge, load, oneLine, parseBpmn, require } from './lib.mjs';

const { Linter } = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');
const compat = require('bpmnlint-plugin-camunda-compat');

/** 'camunda-cloud-' -> 'camunda-cloud-8-10': by number, since 8-10 is newer than 8-9. */
function newest(prefix) {
  const number = (key) => key.slice(prefix.length).split('-').reduce((a, n) => a * 1000 + Number(n), 0);
  return Object.keys(compat.configs).filter((k) => k.startsWith(prefix)).sort((a, b) => number(a) - number(b)).at(-1);
}
const platform = { camunda8: newest('camunda-cloud-'), camunda7: newest('camunda-platform-') };
// A linter's rules keep what they have seen (two files with a flow of one id would be 'duplicates'): one linter per file.
function linterFor(dialect) {
  const rules = platform[dialect] ? [`plugin:camunda-compat/${platform[dialect]}`] : [];
  return new Linter({ config: { extends: ['bpmnlint:recommended', ...rules] }, resolver: new NodeResolver({ require }) });
}

const manifest = load();
const judge = new Judge('lint');
for (const { file, dialect } of manifest.bpmn()) {
  const causes = [];
  try {
    const { rootElement } = await parseBpmn(file, dialect);
    for (const [rule, reports] of Object.entries(await linterFor(dialect).lint(rootElement))) {
      for (const { category, id, message } of reports) {
        if (category === 'warn' || category === 'info') judge.note(`${dialect}: ${category}: ${rule}`);
        else causes.push(`${rule}: ${id ?? ''}: ${oneLine(message)}`);
      }
    }
  } catch (e) { causes.push(`parse: ${oneLine(e.message)}`); }
  judge.check(manifest.rel(file), causes);
}
judge.done();
