#!/usr/bin/env node
// layout.mjs MANIFEST: bpmn-js draws every plain file in one headless Chromium, and the measure of benches/layout looks at what
// is drawn. It fails on import warnings, nodes that overlap, an edge through a node, and a node outside its lane or pool; what
// is only ugly is counted in a note.
import { counts, measure } from '../../benches/layout/measure.mjs';
import { chromiumPath, open } from '../../benches/layout/render.mjs';
import { Judge, load, oneLine, read, require } from './lib.mjs';

const FAULTS = { overlaps: 'nodes overlap', through: 'edge through a node', outside: 'node outside' };
const UGLY = {
  crossings: 'edge crossings', bends: 'bends', diagonal: 'diagonal edges', labelsOnNodes: 'labels over nodes',
  labelsOnEdges: 'labels over edges', textOverflow: 'texts too long for their shape',
};

/** What is wrong with a drawing, as causes. */
function causesOf({ error, planes, warnings }, facts) {
  if (error) return [`cannot be drawn: ${oneLine(error)}`];
  if (!planes.length) return ['nothing is drawn'];
  const faults = Object.entries(FAULTS).flatMap(([name, words]) => facts.flatMap((one) => one[name].map((which) => `${words}: ${which}`)));
  return [...warnings.map((warning) => `import: ${oneLine(warning)}`), ...faults];
}

const manifest = load();
const judge = new Judge('layout');
const files = manifest.bpmn(['plain']);
if (files.length) {
  if (!chromiumPath()) { console.error('layout: no Chromium found; install the Debian package chromium, or name one in CHROMIUM'); process.exit(2); }
  const browser = await open(require);
  try {
    const all = [];
    for (const { file } of files) {
      const drawn = await browser.items(read(file));
      const facts = drawn.planes.map(measure);
      judge.check(manifest.rel(file), causesOf(drawn, facts));
      all.push(...facts);
    }
    const total = counts(...all);
    judge.note(Object.entries(UGLY).map(([name, words]) => `${words} ${total[name] ?? 0}`).join(', '));
  } finally {
    await browser.close();
  }
}
judge.done();
