// run [options] FOLDER|FILE...   see README.md
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { version as autoVersion } from './auto.mjs';
import { texts } from './elk.mjs';
import { counts, measure } from './measure.mjs';
import { drawable, model, parse } from './model.mjs';
import { open } from './render.mjs';

const { values: o, positionals } = parseArgs({ allowPositionals: true, options: {
  suffix: { type: 'string', default: '.plain.bpmn' }, elk: { type: 'string', default: 'bands' }, docking: { type: 'string', default: 'centre' },
  only: { type: 'string', default: 'ours,auto,elk' }, repeat: { type: 'string', default: '3' }, timeout: { type: 'string', default: '120' }, times: { type: 'string' },
  json: { type: 'string' }, out: { type: 'string' }, png: { type: 'boolean' }, boxes: { type: 'boolean' }, 'no-ms': { type: 'boolean' } } });
const files = positionals.flatMap((p) => (statSync(p).isDirectory() ? readdirSync(p).filter((f) => f.endsWith(o.suffix)).sort().map((f) => path.join(p, f)) : [p]));
if (!files.length) { console.error(`usage: run [options] FOLDER|FILE...   (no *${o.suffix} found)`); process.exit(2); }
const times = o.times ? JSON.parse(readFileSync(o.times, 'utf8')) : {};
const NAMES = { ours: 'as in the file', auto: `bpmn-auto-layout ${autoVersion}`, elk: `ELK (${o.elk})` };
const layouts = o.only.split(',');
if (o.out) mkdirSync(o.out, { recursive: true });

const work = (data) => new Promise((resolve) => {
  const w = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: { ...data, repeat: Number(o.repeat) } });
  const stop = setTimeout(() => { w.terminate(); resolve({ error: `no end within ${o.timeout} s` }); }, Number(o.timeout) * 1000);
  const done = (r) => { clearTimeout(stop); resolve(r); w.terminate(); };
  w.once('message', done);
  w.once('error', (e) => done({ error: String(e?.message ?? e).split('\n')[0] }));
});
const browser = await open(createRequire(import.meta.url));
const results = [];
try {
  for (const file of files) {
    const xml = readFileSync(file, 'utf8'), name = path.basename(file).replace(/\.bpmn$/, '').replace(/\.plain$/, ''), m = model(await parse(xml)), wanted = drawable(m);
    const list = await texts(xml), sizes = (await browser.sizes(list)).map((s, i) => [list[i].text, s]);
    for (const layout of layouts) {
      const made = layout === 'ours' ? { out: [xml], ms: times[path.basename(file)] } : await work({ kind: layout, xml, sizes, options: { variant: o.elk, docking: o.docking } });
      const r = { file: name, layout, error: made.error, ms: made.ms, facts: [], warnings: [] }, drawn = new Set();
      for (const [i, doc] of (made.out || []).entries()) {
        const to = o.out && path.join(o.out, `${name}.${layout}${made.out.length > 1 ? `.${i + 1}` : ''}`);
        if (to) writeFileSync(`${to}.bpmn`, doc);
        const page = await browser.items(doc, { boxes: o.boxes });
        if (page.error) r.error = page.error;
        r.warnings.push(...page.warnings);
        for (const items of page.planes) { for (const it of items) if (it.kind !== 'label') drawn.add(it.id); r.facts.push(measure(items)); }
        if (to && o.png && !page.error) await browser.png(doc, `${to}.png`);
      }
      r.counts = counts(...r.facts);
      // without every pool and lane in the picture nothing can be said about nodes outside them
      if (m.collaboration && r.counts.checkedOutside < r.counts.nodes) r.counts.outside = null;
      r.undrawn = [...wanted].filter((id) => !drawn.has(id));
      results.push(r);
    }
  }
} finally { await browser.close(); }

const COLUMNS = [
  ['shapes', (c) => c.nodes + c.lanes + c.pools], ['edges', (c) => c.edges], ['not drawn', (c) => c.undrawn], ['overlaps', (c) => c.overlaps], ['edge through node', (c) => c.through],
  ['node outside lane', (c) => c.outside], ['label on node', (c) => c.labelsOnNodes], ['label on edge', (c) => c.labelsOnEdges], ['label on label', (c) => c.labelsOnLabels], ['label on border', (c) => c.labelsOnBorders],
  ['stray label', (c) => c.strayLabels], ['crossings', (c) => c.crossings], ['shared runs', (c) => c.shared], ['edge outside pool', (c) => c.edgesOutsidePool], ['corner docks', (c) => c.cornerDocks], ['bends', (c) => c.bends], ['length', (c) => Math.round(c.length)],
  ...(o['no-ms'] ? [] : [['ms', (c) => (c.ms === undefined ? null : c.ms < 10 ? c.ms.toFixed(1) : Math.round(c.ms))]]),
];
const cell = (v) => (v === null || v === undefined || Number.isNaN(v) ? '–' : String(v));
const row = (cells) => `| ${cells.join(' | ')} |`;
const line = (first, layout, c, error) => row([first, NAMES[layout], ...(error ? [`failed: ${error.replaceAll('|', '/').slice(0, 80)}`, ...COLUMNS.slice(1).map(() => '')] : COLUMNS.map(([, f]) => cell(f(c))))]);
const table = [row(['file', 'layout', ...COLUMNS.map(([n]) => n)]), row(['---', '---', ...COLUMNS.map(() => '---:')])];
for (const r of results) table.push(line(r.file, r.layout, { ...r.counts, undrawn: r.undrawn.length, ms: r.ms }, r.error));
for (const l of layouts) {
  const ok = results.filter((r) => r.layout === l && !r.error), all = counts(...ok.flatMap((r) => r.facts));
  table.push(line(`**total, ${ok.length} of ${files.length} files**`, l, { ...all, outside: ok.some((r) => r.counts.outside === null) ? null : all.outside, undrawn: ok.reduce((n, r) => n + r.undrawn.length, 0), ms: ok.some((r) => r.ms === undefined) ? undefined : ok.reduce((n, r) => n + r.ms, 0) }, ok.length ? null : 'every file'));
}
console.log(table.join('\n'));
if (o.json) writeFileSync(o.json, `${JSON.stringify(results, null, 1)}\n`);
