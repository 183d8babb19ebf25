// bpmn-js in one headless Chromium: a file in, a list of items for measure.mjs out (one list per drawn plane). Shared by this
// bench and by tests/oracles, each with its own packages.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PATHS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Where Chromium is, or undefined. */
export const chromiumPath = () => PATHS.find((file) => file && existsSync(file));

/** Runs in the page. */
async function inPage({ xml, boxes }) {
  document.getElementById('c').innerHTML = '';
  const viewer = new window.BpmnJS({ container: '#c' });
  const is = (e, t) => e.businessObject.$instanceOf(t);
  try {
    let warnings;
    const planes = [];
    const read = () => {
      const reg = viewer.get('elementRegistry'), canvas = viewer.get('canvas');
      const all = reg.filter((e) => e.parent && !e.hidden);
      const laneOf = {};
      const walk = (lane) => { // the innermost drawn lane wins
        if (reg.get(lane.id)) for (const n of lane.flowNodeRef || []) laneOf[n.id] = lane.id;
        for (const l of lane.childLaneSet?.lanes || []) walk(l);
      };
      for (const e of viewer.getDefinitions().rootElements || []) for (const ls of e.laneSets || []) for (const l of ls.lanes || []) walk(l);
      const ink = (e) => { // the box of the drawn text in diagram coordinates
        const t = reg.getGraphics(e).querySelector('.djs-visual text');
        if (!t || !t.textContent.trim()) return null;
        // letters only: a wrapped line keeps its last blank, which widens getBBox()
        const b = t.getBBox(), m = t.transform.baseVal.consolidate()?.matrix, chars = [...t.querySelectorAll('tspan')].map((s) => s.textContent).join('');
        let left = Infinity, right = -Infinity;
        for (let i = 0; i < t.getNumberOfChars(); i++) if (chars[i]?.trim()) { const c = t.getExtentOfChar(i); left = Math.min(left, c.x); right = Math.max(right, c.x + c.width); }
        const pts = [[left, b.y], [right, b.y + b.height]].map(([x, y]) => (m ? [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f] : [x, y]));
        const x = Math.min(pts[0][0], pts[1][0]), y = Math.min(pts[0][1], pts[1][1]);
        return { x: e.x + x, y: e.y + y, width: Math.abs(pts[1][0] - pts[0][0]), height: Math.abs(pts[1][1] - pts[0][1]) };
      };
      const round = (b) => Object.fromEntries(['x', 'y', 'width', 'height'].map((k) => [k, Math.round(b[k] * 100) / 100]));
      const roots = new Map();
      for (const e of all) {
        const root = canvas.findRoot(e);
        if (!roots.has(root)) roots.set(root, []);
        const out = roots.get(root), bounds = { x: e.x, y: e.y, width: e.width, height: e.height }, id = e.id;
        if (e.labelTarget) {
          // across: the ink; down: the lines of text (the font's own box is taller than its line)
          const b = boxes ? bounds : ink(e);
          if (b && !boxes) Object.assign(b, { y: e.y, height: e.height });
          if (b) out.push({ kind: 'label', id, of: e.labelTarget.id, bounds: round(b) });
          continue;
        }
        if (e.waypoints) {
          const type = is(e, 'bpmn:MessageFlow') ? 'message' : is(e, 'bpmn:SequenceFlow') ? 'sequence' : 'association';
          out.push({ kind: 'edge', id, type, source: e.source?.id, target: e.target?.id, waypoints: e.waypoints.map((p) => ({ x: p.x, y: p.y })) });
          continue;
        }
        const parent = laneOf[id] || (e.host && laneOf[e.host.id]) || (e.parent !== root ? e.parent.id : undefined);
        const head = () => { const b = ink(e); if (b) out.push({ kind: 'label', id: `${id}:name`, of: id, bounds: round(b) }); };
        const fits = () => { const b = ink(e); return b && (b.height > e.height - 4 || b.width > e.width - 4 || b.y < e.y) ? true : undefined; };
        if (is(e, 'bpmn:Participant')) { out.push({ kind: 'pool', id, bounds }); head(); }
        else if (is(e, 'bpmn:Lane')) { out.push({ kind: 'lane', id, bounds, parent: e.parent !== root ? e.parent.id : undefined, overflow: (() => { const b = ink(e); return b && (b.x + b.width > e.x + 30 || b.height > e.height) ? true : undefined; })() }); head(); }
        else if (is(e, 'bpmn:Group')) continue;
        else if (is(e, 'bpmn:SubProcess') && !e.collapsed) { out.push({ kind: 'container', id, bounds, parent, host: e.host?.id }); head(); }
        else out.push({ kind: 'node', id, bounds, parent, host: e.host?.id, shape: is(e, 'bpmn:Event') ? 'circle' : is(e, 'bpmn:Gateway') ? 'diamond' : 'rect', overflow: fits() });
      }
      planes.push(...roots.values());
    };
    ({ warnings } = await viewer.importXML(xml));
    read();
    const diagrams = viewer.getDefinitions().diagrams || [];
    return { planes, diagrams: diagrams.length, warnings: warnings.map((w) => String(w.message || w).split('\n')[0]) };
  } catch (e) {
    return { planes: [], error: String(e.message || e).split('\n')[0], warnings: [] };
  } finally { viewer.destroy(); }
}
/** Text boxes as bpmn-js would draw them: [{ text, width }] -> [{ width, height }]. width: the widest line allowed. */
function sizesInPage(list) {
  const viewer = new window.BpmnJS({ container: '#c' });
  const t = viewer.get('textRenderer');
  const out = list.map(({ text, width }) => { const d = t.getDimensions(text, { box: { width, height: 30 }, style: t.getExternalStyle() }); return { width: Math.ceil(d.width) + 2, height: Math.ceil(d.height) }; });
  viewer.destroy();
  return out;
}

/** require: of the caller, whose folder holds bpmn-js and playwright-core. */
export async function open(require) {
  const dist = path.join(path.dirname(require.resolve('bpmn-js/package.json')), 'dist');
  const browser = await require('playwright-core').chromium.launch({
    executablePath: chromiumPath(), headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
  });
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, deviceScaleFactor: 1 });
  await page.setContent('<!doctype html><meta charset="utf-8"><style>html,body{margin:0;background:#fff}#c{width:1200px;height:800px}.bjs-powered-by{display:none}</style><div id="c"></div>');
  await page.addStyleTag({ content: readFileSync(path.join(dist, 'assets/diagram-js.css'), 'utf8') });
  await page.addScriptTag({ content: readFileSync(path.join(dist, 'bpmn-viewer.production.min.js'), 'utf8') });
  return {
    items: (xml, { boxes = false } = {}) => page.evaluate(inPage, { xml, boxes }),
    sizes: (list) => page.evaluate(sizesInPage, list),
    async png(xml, file) {
      const svg = await page.evaluate(async (x) => { const v = new window.BpmnJS({ container: '#c' }); await v.importXML(x); const { svg: s } = await v.saveSVG(); v.destroy(); return s; }, xml);
      const p = await browser.newPage();
      await p.setContent(`<!doctype html><meta charset="utf-8"><style>body{margin:10px;background:#fff}</style>${svg.replace(/^<\?xml.*?\?>|<!DOCTYPE[\s\S]*?>|<!--[\s\S]*?-->/g, '')}`);
      const { width, height } = await p.evaluate(() => document.querySelector('svg').getBoundingClientRect());
      await p.setViewportSize({ width: Math.ceil(width) + 20, height: Math.ceil(height) + 20 });
      await p.screenshot({ path: file });
      await p.close();
    },
    close: () => browser.close(),
  };
}
