// bpmn-auto-layout on the semantic part of a file.
// 1.x draws one process without pools, lanes, message flows, annotations or labels: every process is laid out by itself, the rest counts as undrawn.
// From 2.0 on (whole collaborations) the file is handed over as it is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { layoutProcess } from 'bpmn-auto-layout';
import { contents, isA, model, moddle, parse, write } from './model.mjs';

const entry = fileURLToPath(import.meta.resolve('bpmn-auto-layout'));
export const version = JSON.parse(readFileSync(path.join(entry.slice(0, entry.lastIndexOf('bpmn-auto-layout') + 16), 'package.json'), 'utf8')).version;
const whole = Number(version.split('.')[0]) >= 2;

/** Only what the layouter reads of the old drawing stays: which sub-processes are open. */
function strip(definitions, m) {
  const open = [];
  const walk = (scope) => { for (const n of contents(scope).nodes) if (isA(n, 'SubProcess')) { if (m.expanded(n) && contents(n).nodes.length) open.push(n); walk(n); } };
  for (const r of definitions.rootElements) if (isA(r, 'Process')) walk(r);
  definitions.diagrams = open.length ? [moddle.create('bpmndi:BPMNDiagram', { id: 'Stripped', plane: moddle.create('bpmndi:BPMNPlane', { id: 'StrippedPlane', bpmnElement: definitions.rootElements.find((r) => isA(r, 'Process')),
    planeElement: open.map((e) => moddle.create('bpmndi:BPMNShape', { id: `${e.id}_open`, bpmnElement: e, isExpanded: true, bounds: moddle.create('dc:Bounds', { x: 0, y: 0, width: 100, height: 80 }) })) }) })] : [];
}
/** XML in, one laid out XML per drawn process out. */
export async function inputs(xml) {
  const out = [], count = whole ? 1 : (await parse(xml)).rootElements.filter((r) => isA(r, 'Process')).length;
  for (let i = 0; i < count; i++) {
    const definitions = await parse(xml), m = model(definitions);
    if (!whole) {
      const process = definitions.rootElements.filter((r) => isA(r, 'Process'))[i];
      if (!contents(process).nodes.length) continue;
      definitions.rootElements = definitions.rootElements.filter((r) => r === process || !(isA(r, 'Process') || isA(r, 'Collaboration')));
    }
    strip(definitions, m);
    out.push(await write(definitions));
  }
  return out;
}
export async function layoutAuto(list) {
  const out = [];
  for (const xml of list) { const r = await layoutProcess(xml); out.push(r.xml ?? r); }
  return out;
}
