#!/usr/bin/env node
// layout.mjs MANIFEST: bpmn-js draws every plain file in one headless Chromium. It fails on import warnings, nodes that
// overlap, an edge through a node, and a node outside its lane or pool; what is only ugly is counted in a note.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { Judge, load, oneLine, read, require } from './lib.mjs';

const PATHS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Runs in the page: imports a file and gives the boxes and lines that were drawn. */
async function draw(xml) {
  const viewer = window.viewer ??= new window.BpmnJS({ container: '#canvas' });
  try {
    const { warnings } = await viewer.importXML(xml);
    const registry = viewer.get('elementRegistry');
    const shapes = [], edges = [], labels = [], texts = [];
    const box = ({ x, y, width, height }) => ({ x, y, w: width, h: height });
    for (const e of registry.getAll()) {
      if (e.waypoints) edges.push({ id: e.id, type: e.type, source: e.source?.id, target: e.target?.id, points: e.waypoints.map(({ x, y }) => ({ x, y })) });
      else if (e.labelTarget) labels.push({ id: e.labelTarget.id, ...box(e) });
      else if (e.width && e.parent) shapes.push({ id: e.id, type: e.type, host: e.host?.id, parent: e.parent.id, ...box(e) });
      const text = /Task$|CallActivity$/.test(e.type) && registry.getGraphics(e).querySelector('text.djs-label');
      if (text) texts.push({ fits: text.getBBox().width <= e.width && text.getBBox().height <= e.height - 4 });
    }
    return { shapes, edges, labels, texts, warnings: warnings.map((w) => String(w.message ?? w)) };
  } catch (e) { return { error: String(e.message ?? e) }; }
}

const isNode = (s) => !/Participant|Lane|Process|Collaboration|Group|TextAnnotation|SubProcess|Transaction/.test(s.type);
const meet = (a, b, gap = 0) => a.x + gap < b.x + b.w && b.x + gap < a.x + a.w && a.y + gap < b.y + b.h && b.y + gap < a.y + a.h;

/** What is wrong with a drawing (causes) and what is only worth counting (counts). */
function judgeDrawing({ shapes, edges, labels, texts, warnings }) {
  const causes = warnings.map((w) => `import: ${oneLine(w)}`);
  const byId = new Map(shapes.map((s) => [s.id, s]));
  const nodes = shapes.filter(isNode);
  for (const [i, a] of nodes.entries()) {
    for (const b of nodes.slice(i + 1)) if (a.host !== b.id && b.host !== a.id && meet(a, b)) causes.push(`${a.id} overlaps ${b.id}`);
    const p = byId.get(a.parent);
    if (p && !a.host && (a.x < p.x || a.y < p.y || a.x + a.w > p.x + p.w || a.y + a.h > p.y + p.h)) causes.push(`${a.id} is outside ${p.id}`);
  }
  const segments = edges.flatMap((e) => e.points.slice(1).map((b, i) => {
    const a = e.points[i];
    return { edge: e, x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.abs(a.x - b.x), h: Math.abs(a.y - b.y) };
  }));
  for (const n of nodes) {
    const inner = { x: n.x + 1, y: n.y + 1, w: n.w - 2, h: n.h - 2 }; // touching a border is not crossing
    // A line has no thickness, and neither has its box: give it a little.
    const crossing = segments.filter(({ edge, ...s }) => ![edge.source, edge.target, byId.get(edge.source)?.host].includes(n.id)
      && meet({ x: s.x, y: s.y, w: s.w || 0.01, h: s.h || 0.01 }, inner));
    for (const id of new Set(crossing.map((s) => s.edge.id))) causes.push(`${id} runs through ${n.id}`);
  }
  let crossings = 0;
  for (const h of segments.filter((s) => s.h === 0)) {
    for (const v of segments.filter((s) => s.w === 0 && s.edge !== h.edge)) {
      if (v.x > h.x + 0.5 && v.x < h.x + h.w - 0.5 && h.y > v.y + 0.5 && h.y < v.y + v.h - 0.5) crossings++;
    }
  }
  const counts = {
    'edge crossings': crossings,
    'bends': edges.reduce((n, e) => n + e.points.length - 2, 0),
    'diagonal edges': segments.filter((s) => s.w > 0.5 && s.h > 0.5 && s.edge.type !== 'bpmn:Association').length,
    'labels over nodes': labels.filter((l) => nodes.some((n) => n.id !== l.id && n.id !== byId.get(l.id)?.host && meet(l, n, 2))).length,
    'labels over edges': labels.filter((l) => segments.some((s) => s.edge.id !== l.id && meet(l, { x: s.x - 2, y: s.y - 2, w: s.w + 4, h: s.h + 4 }, 2))).length,
    'texts too long for their task': texts.filter((t) => !t.fits).length,
  };
  return { causes, counts };
}

const manifest = load();
const judge = new Judge('layout');
const files = manifest.bpmn(['plain']);
if (files.length) {
  const executablePath = PATHS.find((p) => p && existsSync(p));
  if (!executablePath) { console.error('layout: no Chromium found; install the Debian package chromium, or name one in CHROMIUM'); process.exit(2); }
  const profile = mkdtempSync(path.join(os.tmpdir(), 'oracles-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const page = await context.newPage();
    const dist = path.join(path.dirname(require.resolve('bpmn-js/package.json')), 'dist');
    await page.setContent('<!doctype html><meta charset="utf-8"><div id="canvas" style="width:1200px;height:800px"></div>');
    await page.addStyleTag({ path: path.join(dist, 'assets/diagram-js.css') });
    await page.addScriptTag({ path: path.join(dist, 'bpmn-viewer.production.min.js') });
    const total = {};
    for (const { file } of files) {
      const drawn = await page.evaluate(draw, read(file));
      if (drawn.error) { judge.check(manifest.rel(file), [`cannot be drawn: ${oneLine(drawn.error)}`]); continue; }
      const { causes, counts } = judgeDrawing(drawn);
      judge.check(manifest.rel(file), causes);
      for (const [k, n] of Object.entries(counts)) total[k] = (total[k] ?? 0) + n;
    }
    judge.note(Object.entries(total).map(([k, n]) => `${k} ${n}`).join(', '));
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
judge.done();
