// A fair rival built on ELK's layered algorithm: reads the semantic part of a BPMN file, writes new diagram interchange.
// ELK has no swimlanes. Four ways to get lanes out of it, chosen with `variant`:
//   bands      two passes. The first finds layers and an order; the second gets, in every layer, one thin separator node per lane border,
//              chained and with high straightness, and keeps that order (semi-interactive crossing minimisation): lanes are the strips between.
//   partition  ELK partitions, one per lane, with the flow running down: lanes are stacks of layers.
//   compound   every lane a compound node (hierarchy included): lanes become boxes that need not line up.
//   flat       no lanes at all (used for the inside of sub-processes).
import ELK from 'elkjs/lib/elk.bundled.js';
import { contents, DEFAULT_SIZE, hasOutsideLabel, isA, model, moddle, parse, write } from './model.mjs';
import { crossings, leave, polygon, simplify } from './measure.mjs';

const elk = new ELK();
const HEAD = 30, PAD = 20, GAP = 30, LABEL_WIDTH = 90;
const L = 'org.eclipse.elk.layered.', E = 'org.eclipse.elk.';
const BASE = {
  'elk.algorithm': 'layered', 'elk.edgeRouting': 'ORTHOGONAL', 'elk.separateConnectedComponents': 'false', 'elk.randomSeed': '1',
  [`${L}cycleBreaking.strategy`]: 'DEPTH_FIRST', [`${L}layering.strategy`]: 'NETWORK_SIMPLEX', [`${L}nodePlacement.strategy`]: 'NETWORK_SIMPLEX', [`${L}thoroughness`]: '30',
  [`${L}nodePlacement.networkSimplex.nodeFlexibility.default`]: 'PORT_POSITION', [`${L}considerModelOrder.strategy`]: 'PREFER_EDGES',
  [`${L}edgeLabels.centerLabelPlacementStrategy`]: 'TAIL_LAYER', [`${L}edgeLabels.sideSelection`]: 'ALWAYS_UP',
  [`${L}spacing.nodeNodeBetweenLayers`]: '40', [`${L}spacing.edgeNodeBetweenLayers`]: '20', [`${L}spacing.edgeEdgeBetweenLayers`]: '15',
  [`${E}spacing.nodeNode`]: '30', [`${E}spacing.edgeNode`]: '20', [`${E}spacing.edgeEdge`]: '15', [`${E}spacing.edgeLabel`]: '3', [`${E}spacing.labelNode`]: '4', [`${E}spacing.portPort`]: '12',
  [`${E}padding`]: '[top=20,left=20,bottom=20,right=20]',
};

/** Texts that need measuring before the layout: [{ text, width }]. */
export async function texts(xml) {
  const m = model(await parse(xml)), out = new Map();
  const add = (t) => t && out.set(t, { text: t, width: LABEL_WIDTH });
  const scope = (s) => { const c = contents(s); for (const n of [...c.nodes, ...c.boundary]) { if (hasOutsideLabel(n)) add(n.name); if (isA(n, 'SubProcess')) scope(n); } for (const e of c.edges) add(e.el.name); };
  for (const p of m.pools) if (p.process) scope(p.process);
  for (const f of m.collaboration?.messageFlows || []) add(f.name);
  return [...out.values()];
}

/**
 * Lays one scope out. nodes: [{ id, el, w, h, band, dock?, boundary: [el] }], edges: [{ id, el, source, target, name }].
 * bands: number of strips; gaps: height of the separator under strip i. -> { pos, routes, labels, lines }
 */
async function layoutScope({ nodes, edges, bands, gaps, size, variant, options, docking = 'centre' }) {
  const down = variant === 'partition';
  const opts = { ...BASE, 'elk.direction': down ? 'DOWN' : 'RIGHT', ...options };
  const hostOf = new Map(nodes.flatMap((n) => n.boundary.map((b) => [b.id, n])));
  const byId = new Map(nodes.map((n) => [n.id, n]));
  // edges that close a cycle (depth first from nodes without incoming flow, in document order) go back over the top
  const backward = new Set(), state = new Map(), outOf = new Map(nodes.map((n) => [n.id, []])), entered = new Set();
  for (const e of edges) { const s = hostOf.get(e.source)?.id || e.source; outOf.get(s)?.push([e.id, hostOf.get(e.target)?.id || e.target]); entered.add(hostOf.get(e.target)?.id || e.target); }
  const visit = (id) => {
    state.set(id, 1);
    for (const [e, t] of outOf.get(id) || []) { if (state.get(t) === 1) backward.add(e); else if (!state.has(t)) visit(t); }
    state.set(id, 2);
  };
  for (const n of [...nodes.filter((x) => !entered.has(x.id)), ...nodes]) if (!state.has(n.id)) visit(n.id);
  const sideOf = (id, e, out) => {
    if (backward.has(e.id)) return down ? 'EAST' : 'NORTH';
    if (e.type === 'message' && !down) { const other = out ? e.target : e.source; return (byId.get(other) || hostOf.get(other)).band < byId.get(id).band ? 'NORTH' : 'SOUTH'; }
    return down ? (out ? 'SOUTH' : 'NORTH') : (out ? 'EAST' : 'WEST');
  };
  const used = new Map(nodes.map((n) => [n.id, new Set()]));
  if (docking === 'centre') for (const e of edges) { used.get(e.source)?.add(sideOf(e.source, e, true)); used.get(e.target)?.add(sideOf(e.target, e, false)); }
  const labelSide = (n) => {
    if (down) return 'OUTSIDE H_RIGHT V_CENTER';
    const [a, b] = isA(n.el, 'Gateway') ? ['NORTH', 'SOUTH'] : ['SOUTH', 'NORTH'], s = used.get(n.id), pick = !s.has(a) ? a : !s.has(b) ? b : null;
    return pick ? `OUTSIDE V_${pick === 'NORTH' ? 'TOP' : 'BOTTOM'} H_CENTER` : 'OUTSIDE H_LEFT V_TOP H_PRIORITY';
  };
  const graph = () => {
    const children = nodes.map((n) => {
      const c = { id: n.id, width: n.w, height: n.h, layoutOptions: {} };
      if (n.label) {
        c.labels = [{ id: `${n.id}#l`, text: n.label, ...size(n.label) }];
        c.layoutOptions['elk.nodeLabels.placement'] = labelSide(n);
      }
      if (n.boundary.length) c.layoutOptions['elk.portLabels.placement'] = 'OUTSIDE';
      const fixed = docking === 'centre' && !n.dock;
      c.ports = n.boundary.map((b, i) => ({ id: b.id, width: 36, height: 36, ...(fixed ? { x: Math.round(n.w * (i + 1) / (n.boundary.length + 1)) - 18, y: n.h - 18 } : {}),
        layoutOptions: { 'elk.port.side': 'SOUTH', 'elk.port.borderOffset': '-18' }, labels: b.name ? [{ id: `${b.id}#l`, text: b.name, ...size(b.name) }] : [] }));
      if (fixed) {
        c.layoutOptions['elk.portConstraints'] = 'FIXED_POS';
        for (const [side, x, y] of [['WEST', 0, n.h / 2], ['EAST', n.w, n.h / 2], ['NORTH', n.w / 2, 0], ['SOUTH', n.w / 2, n.h]]) {
          if (side !== 'SOUTH' || !n.boundary.length) c.ports.push({ id: `${n.id}#${side}`, x, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } });
        }
      } else if (n.boundary.length) c.layoutOptions['elk.portConstraints'] = 'FIXED_SIDE';
      if (down) c.layoutOptions['elk.partitioning.partition'] = String(n.band);
      return c;
    });
    const at = new Map(children.map((c) => [c.id, c]));
    const end = (id, e, out) => {
      if (hostOf.has(id)) return id;
      const c = at.get(id);
      if (docking === 'centre' && !byId.get(id).dock) {
        const s = sideOf(id, e, out);
        return c.ports.some((p) => p.id === `${id}#${s}`) ? `${id}#${s}` : `${id}#EAST`;
      }
      if (!byId.get(id).boundary.length) return id;
      c.ports.push({ id: `${e.id}#${out ? 's' : 't'}`, width: 1, height: 1, layoutOptions: { 'elk.port.side': down ? (out ? 'SOUTH' : 'NORTH') : (out ? 'EAST' : 'WEST') } });
      return `${e.id}#${out ? 's' : 't'}`;
    };
    if (variant === 'compound' && bands > 1) {
      opts['elk.hierarchyHandling'] = 'INCLUDE_CHILDREN'; opts[`${L}considerModelOrder.strategy`] = 'NONE'; // ELK 0.12 throws with the two together
      opts[`${E}json.edgeCoords`] = 'ROOT'; opts[`${E}json.shapeCoords`] = 'ROOT';
      const boxes = Array.from({ length: bands }, (_, k) => ({ id: `band#${k}`, layoutOptions: { ...opts }, children: children.filter((c) => byId.get(c.id).band === k) }));
      children.splice(0, children.length, ...boxes);
    }
    return { id: 'root', layoutOptions: { ...opts, ...(down ? { 'elk.partitioning.activate': 'true' } : {}) }, children,
      edges: edges.map((e) => ({ id: e.id, sources: [end(e.source, e, true)], targets: [end(e.target, e, false)],
        labels: e.name ? [{ id: `${e.id}#l`, text: e.name, ...size(e.name), layoutOptions: { 'elk.edgeLabels.placement': 'CENTER' } }] : [] })) };
  };
  let out = await elk.layout(graph());
  let lines = [], boxes = null;
  if (out.children.some((c) => c.id.startsWith('band#'))) {
    boxes = out.children.map((c) => ({ x: c.x, y: c.y, width: c.width, height: c.height }));
    out.children = out.children.flatMap((c) => c.children);
  }
  if (variant === 'bands' && bands > 1) {
    // layers of the first pass: clusters of x intervals (nodes and edge labels each have a layer)
    const spans = [...out.children.map((c) => [c.x, c.x + c.width]), ...out.edges.flatMap((e) => (e.labels || []).map((l) => [l.x, l.x + l.width]))].sort((a, b) => a[0] - b[0]);
    let layers = 0, right = -Infinity;
    for (const [a, b] of spans) { if (a > right - 0.5) layers++; right = Math.max(right, b); }
    const first = out, order = (c) => byId.get(c.id).band * 1e6 + first.children.find((o) => o.id === c.id).y + c.height / 2;
    const inBand = () => out.children.every((c) => { const n = byId.get(c.id); return !n || ((!n.band || c.y >= Math.max(...lines[n.band - 1])) && (n.band >= lines.length || c.y + c.height <= Math.min(...lines[n.band]))); });
    // a start order without crossings ends the sweep before it has looked at the constraints: then once more without model order
    for (const modelOrder of ['NODES_AND_EDGES', 'NONE']) {
      const g = graph(), rank = new Map(g.children.map((c) => [c, order(c)]));
      for (let k = 0; k + 1 < bands; k++) for (let i = 0; i < layers; i++) {
        const h = gaps[k] || 1, sep = { id: `sep#${k}#${i}`, width: 1, height: h, layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
          ports: [['w', 0, 'WEST'], ['e', 1, 'EAST']].map(([end, x, side]) => ({ id: `sep#${k}#${i}${end}`, x, y: h / 2, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } })) };
        rank.set(sep, (k + 1) * 1e6 - 1);
        g.children.push(sep);
        if (i) g.edges.push({ id: `sep#${k}#${i}#e`, sources: [`sep#${k}#${i - 1}e`], targets: [`sep#${k}#${i}w`], layoutOptions: { [`${L}priority.straightness`]: '1000', [`${L}priority.shortness`]: '10', [`${L}priority.direction`]: '10' } });
      }
      for (const c of g.children) c.layoutOptions[`${E}position`] = `(0,${rank.get(c)})`;
      g.children.sort((p, q) => rank.get(p) - rank.get(q));
      g.layoutOptions[`${L}crossingMinimization.semiInteractive`] = 'true';
      g.layoutOptions[`${L}considerModelOrder.strategy`] = modelOrder;
      out = await elk.layout(g);
      lines = Array.from({ length: bands - 1 }, (_, k) => out.children.filter((c) => c.id.startsWith(`sep#${k}#`)).map((c) => c.y + c.height / 2));
      if (inBand()) break;
    }
    lines = lines.map((l) => l.reduce((a, b) => a + b, 0) / l.length);
  }
  const pos = new Map(), labels = new Map(), routes = new Map();
  for (const c of out.children) {
    if (c.id.startsWith('sep#')) continue;
    const ox = boxes ? 0 : c.x, oy = boxes ? 0 : c.y; // with ROOT coordinates ports and labels are absolute
    pos.set(c.id, { x: c.x, y: c.y, width: c.width, height: c.height });
    for (const l of c.labels || []) labels.set(c.id, { x: ox + l.x, y: oy + l.y, width: l.width, height: l.height });
    for (const p of c.ports || []) {
      if (!hostOf.has(p.id)) continue; // fixed docking points are no shapes
      pos.set(p.id, { x: ox + p.x, y: oy + p.y, width: 36, height: 36 });
      for (const l of p.labels || []) labels.set(p.id, { x: boxes ? l.x : c.x + p.x + l.x, y: boxes ? l.y : c.y + p.y + l.y, width: l.width, height: l.height });
    }
  }
  for (const e of out.edges) {
    if (e.id.startsWith('sep#')) continue;
    const s = e.sections[0];
    routes.set(e.id, [s.startPoint, ...(s.bendPoints || []), s.endPoint].map((p) => ({ x: p.x, y: p.y })));
    for (const l of e.labels || []) labels.set(e.id, { x: l.x, y: l.y, width: l.width, height: l.height });
  }
  return { pos, routes, labels, lines, boxes, width: out.width, height: out.height };
}

/** Ends of a route drawn up to the real outline of circles and diamonds (ELK knows boxes only). */
function crop(w, shape) {
  if (!shape || shape.shape === 'rect' || w.length < 2) return w;
  const [p, q] = w, b = shape.bounds, rx = b.width / 2, ry = b.height / 2, cx = b.x + rx, cy = b.y + ry;
  const half = (d, r, s) => (shape.shape === 'circle' ? s * Math.sqrt(Math.max(0, 1 - (d / r) ** 2)) : s * Math.max(0, 1 - Math.abs(d) / r));
  const end = Math.abs(p.y - q.y) < 0.5 ? { x: cx + Math.sign(q.x - p.x) * half(p.y - cy, ry, rx), y: p.y } : { x: p.x, y: cy + Math.sign(q.y - p.y) * half(p.x - cx, rx, ry) };
  return [end, ...w.slice(1)];
}
const shapeOf = (el) => (isA(el, 'Event') ? 'circle' : isA(el, 'Gateway') ? 'diamond' : 'rect');

/** XML in, XML with new diagram interchange out. size(text) -> { width, height } as the renderer will draw it. */
export async function layoutElk(xml, size, { variant = 'bands', docking = 'centre', options = {} } = {}) {
  const definitions = await parse(xml), m = model(definitions);
  const shapes = new Map(), edgesOut = new Map(), labelsOut = new Map(), elementOf = new Map();
  const nodeSize = (el) => { const b = m.di.get(el.id)?.bounds; return b ? [b.width, b.height] : DEFAULT_SIZE(el); };
  const inner = new Map(), topOf = new Map();
  const collab = m.collaboration ? contents(m.collaboration) : { nodes: [], boundary: [], edges: [] };

  const build = async (c, bandOf) => {
    const nodes = [];
    for (const el of c.nodes) {
      let [w, h] = nodeSize(el);
      elementOf.set(el.id, el);
      if (m.expanded(el) && contents(el).nodes.length) {
        const sub = await scope(el);
        inner.set(el.id, sub); w = sub.width; h = sub.height + 20;
      }
      nodes.push({ id: el.id, el, w, h, band: bandOf(el), label: hasOutsideLabel(el) ? el.name : null, boundary: c.boundary.filter((b) => b.attachedToRef?.id === el.id) });
      for (const b of c.boundary) elementOf.set(b.id, b);
    }
    return nodes;
  };
  const known = (nodes) => new Set(nodes.flatMap((n) => [n.id, ...n.boundary.map((b) => b.id)]));
  const scope = async (el) => {
    const c = contents(el), nodes = await build(c, () => 0), ids = known(nodes);
    for (const id of ids) topOf.set(id, el.id);
    const edges = c.edges.filter((e) => ids.has(e.source) && ids.has(e.target)).map((e) => ({ ...e, name: e.el.name }));
    for (const e of edges) elementOf.set(e.id, e.el);
    return { ...(await layoutScope({ nodes, edges, bands: 1, gaps: [], size, variant: 'flat', docking, options })), nodes, edges };
  };

  // strips from top to bottom: lanes of all pools
  const strips = [];
  for (const p of m.pools) {
    const c = p.process ? contents(p.process) : { nodes: [], boundary: [], edges: [] };
    const laneOf = new Map(p.lanes.flatMap((l) => (l.flowNodeRef || []).map((n) => [n.id, l.id])));
    const names = c.nodes.length ? (p.lanes.length ? p.lanes : [null]) : [null];
    const first = strips.length;
    for (const lane of names) strips.push({ pool: p, lane, first: lane === names[0], content: c });
    p.bandOf = (id) => { const k = strips.findIndex((s, i) => i >= first && s.pool === p && s.lane && s.lane.id === laneOf.get(id)); return k >= 0 ? k : null; };
    p.first = first; p.last = strips.length - 1; p.content = c;
  }
  const nodes = [], edges = [];
  for (const p of m.pools) {
    const linked = (id) => p.content.edges.filter((e) => e.source === id || e.target === id).map((e) => p.bandOf(e.source === id ? e.target : e.source)).find((b) => b !== null);
    nodes.push(...await build(p.content, (el) => p.bandOf(el.id) ?? linked(el.id) ?? p.first));
    edges.push(...p.content.edges);
  }
  const bandById = new Map(nodes.map((n) => [n.id, n.band]));
  nodes.push(...await build(collab, (el) => { const e = collab.edges.find((x) => x.source === el.id || x.target === el.id); return bandById.get(e && (e.source === el.id ? e.target : e.source)) ?? 0; }));
  edges.push(...collab.edges);
  const ids = known(nodes), poolById = new Map(m.pools.map((p) => [p.id, p]));
  for (const f of m.collaboration?.messageFlows || []) {
    const e = { id: f.id, el: f, type: 'message' };
    for (const [k, ref] of [['source', f.sourceRef], ['target', f.targetRef]]) {
      if (!ref) continue;
      if (poolById.has(ref.id)) {
        const p = poolById.get(ref.id);
        e[k] = `dock#${f.id}#${k}`; e[`${k}Pool`] = p;
        nodes.push({ id: e[k], w: 10, h: 20, band: p.first, dock: true, boundary: [] });
        ids.add(e[k]);
      } else { let id = ref.id; while (id && !ids.has(id)) id = topOf.get(id); e[k] = id; if (id !== ref.id) e[`${k}Inner`] = ref.id; }
    }
    edges.push(e);
  }
  const top = edges.filter((e) => ids.has(e.source) && ids.has(e.target)).map((e) => ({ ...e, name: e.sourcePool || e.targetPool ? null : e.el.name }));
  for (const e of top) elementOf.set(e.id, e.el);
  strips.forEach((s, k) => { if (!nodes.some((n) => n.band === k)) nodes.push({ id: `empty#${k}`, w: 10, h: 40, band: k, dock: true, boundary: [] }); });
  const gaps = strips.slice(0, -1).map((s, k) => (strips[k + 1].pool !== s.pool ? GAP : 0));
  const r = await layoutScope({ nodes, edges: top, bands: strips.length, gaps, size, variant, docking, options });

  // shapes, recursively into sub-processes
  const put = (s, list, dx, dy) => {
    const boxed = [];
    for (const n of list) for (const el of [n.el, ...n.boundary]) {
      if (!el) continue;
      const b = s.pos.get(el.id), at = { x: Math.round(b.x + dx), y: Math.round(b.y + dy), width: b.width, height: b.height };
      shapes.set(el.id, { bounds: at, shape: shapeOf(el) }); boxed.push(at);
      if (inner.has(el.id)) { const sub = inner.get(el.id); put(sub, sub.nodes, at.x, at.y + 20); route(sub, sub.edges, at.x, at.y + 20); }
    }
    for (const [id, l] of s.labels) labelsOut.set(id, { x: l.x + dx, y: l.y + dy, width: l.width, height: l.height });
  };
  const route = (s, list, dx, dy) => {
    for (const e of list) {
      let w = simplify(s.routes.get(e.id).map((p) => ({ x: p.x + dx, y: p.y + dy })));
      w = crop(w, shapes.get(e.source));
      w = crop([...w].reverse(), shapes.get(e.target)).reverse();
      edgesOut.set(e.id, w);
    }
  };
  put(r, nodes, 0, 0); route(r, top, 0, 0);
  // strips to rectangles
  const all = [...shapes.values()].map((s) => s.bounds).concat([...labelsOut.values()], nodes.filter((n) => n.dock).map((n) => r.pos.get(n.id)), [...edgesOut.values()].flat().map((p) => ({ x: p.x, y: p.y, width: 0, height: 0 })));
  const minX = Math.min(...all.map((b) => b.x)) - PAD, maxX = Math.max(...all.map((b) => b.x + b.width)) + PAD;
  const minY = Math.min(...all.map((b) => b.y)) - PAD, maxY = Math.max(...all.map((b) => b.y + b.height)) + PAD;
  const ext = (k) => { const bs = nodes.filter((n) => n.band === k).map((n) => r.pos.get(n.id)); return [Math.min(...bs.map((b) => b.y)), Math.max(...bs.map((b) => b.y + b.height))]; };
  const cuts = strips.slice(0, -1).map((s, k) => (variant === 'bands' ? r.lines[k] : (ext(k)[1] + ext(k + 1)[0]) / 2));
  const half = variant === 'bands' ? GAP / 2 : 6;
  const hasLanes = (p) => Boolean(strips[p.first].lane);
  const rects = new Map();
  strips.forEach((s, k) => {
    let y0 = k ? cuts[k - 1] + (gaps[k - 1] ? half : 0) : minY, y1 = k < cuts.length ? cuts[k] - (gaps[k] ? half : 0) : maxY, x0 = minX, x1 = maxX;
    if (r.boxes) { const b = r.boxes[k]; [x0, y0, x1, y1] = [b.x, b.y, b.x + b.width, b.y + b.height]; }
    s.rect = { x: Math.round(x0 - HEAD), y: Math.round(y0), width: Math.round(x1) - Math.round(x0) + HEAD, height: Math.round(y1) - Math.round(y0) };
  });
  const union = (bs) => { const x = Math.min(...bs.map((b) => b.x)), y = Math.min(...bs.map((b) => b.y)); return { x, y, width: Math.max(...bs.map((b) => b.x + b.width)) - x, height: Math.max(...bs.map((b) => b.y + b.height)) - y }; };
  for (const p of m.pools) {
    if (!p.participant) continue;
    const ss = strips.slice(p.first, p.last + 1), u = union(ss.map((s) => s.rect));
    rects.set(p.id, { bounds: hasLanes(p) ? { ...u, x: u.x - HEAD, width: u.width + HEAD } : r.boxes ? u : { ...u, x: u.x - (m.pools.some(hasLanes) ? HEAD : 0), width: u.width + (m.pools.some(hasLanes) ? HEAD : 0) } });
  }
  for (const p of m.pools) {
    const box = (l) => union(l.childLaneSet?.lanes?.length ? l.childLaneSet.lanes.map(box).map((b) => ({ ...b, x: b.x - HEAD, width: b.width + HEAD })) : [strips.find((s) => s.lane === l).rect]);
    if (p.content.nodes.length) for (const l of p.allLanes) rects.set(l.id, { bounds: box(l) });
  }
  // message flows end on the border of their pool, or inside a sub-process
  for (const e of top) {
    let w = edgesOut.get(e.id);
    if (e.sourcePool) { const c = leave(w, polygon(rects.get(e.sourcePool.id))); if (c.length > 1) w = c; }
    if (e.targetPool) { const c = leave([...w].reverse(), polygon(rects.get(e.targetPool.id))); if (c.length > 1) w = c.reverse(); }
    for (const [k, side] of [['sourceInner', 0], ['targetInner', -1]]) {
      if (!e[k]) continue;
      const b = shapes.get(e[k]).bounds, p = w.at(side), extra = [{ x: b.x + b.width / 2, y: p.y }, { x: b.x + b.width / 2, y: p.y < b.y ? b.y : b.y + b.height }];
      w = side ? [...w, ...extra] : [...extra.reverse(), ...w];
    }
    edgesOut.set(e.id, simplify(w));
  }
  // A pool's border offers every x, which ELK cannot know: a message flow is drawn straight where no node is in its way and it crosses
  // no more edges than ELK's route did. Its name goes to the first free place along the line.
  const meets = (b, skip) => {
    const hit = (a) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    return [...shapes].some(([id, s]) => id !== skip && hit(s.bounds)) || [...labelsOut.values()].some(hit);
  };
  const met = (b, skip) => [...edgesOut].flatMap(([id, w]) => (id === skip ? [] : w.slice(1).map((p, i) => [w[i], p]).filter(([q, p]) => Math.min(p.x, q.x) < b.x + b.width && b.x < Math.max(p.x, q.x) + 1 && Math.min(p.y, q.y) < b.y + b.height && b.y < Math.max(p.y, q.y) + 1)));
  for (const e of top) {
    if (Boolean(e.sourcePool) === Boolean(e.targetPool) || r.boxes) continue;
    const own = e.sourcePool ? e.target : e.source, node = shapes.get(own), pool = rects.get((e.sourcePool || e.targetPool).id).bounds;
    if (!node) continue;
    const b = node.bounds, above = pool.y + pool.height <= b.y, [y0, y1] = above ? [pool.y + pool.height, b.y] : [b.y + b.height, pool.y];
    const cost = [...edgesOut].reduce((n, [id, w]) => n + (id === e.id ? 0 : crossings(edgesOut.get(e.id), w).length), 0);
    const cx = b.x + b.width / 2, tries = (node.shape === 'rect' ? [0, 25, -25] : [0]).map((d) => ({ x: cx + d - 6, y: y0, width: 12, height: y1 - y0 })).filter((t) => !meets(t, own) && met(t, e.id).length <= cost && !met(t, e.id).some(([p, q]) => Math.abs(p.x - q.x) < 1));
    if (!tries.length) continue;
    const x = tries.sort((p, q) => met(p, e.id).length - met(q, e.id).length)[0].x + 6, w = above ? [{ x, y: y0 }, { x, y: y1 }] : [{ x, y: y1 }, { x, y: y0 }];
    edgesOut.set(e.id, e.sourcePool ? w : w.reverse());
  }
  for (const e of top) {
    if (!e.el.name || labelsOut.has(e.id) || !edgesOut.has(e.id)) continue;
    const s = size(e.el.name), w = edgesOut.get(e.id), places = [];
    for (let i = 1; i < w.length; i++) for (const t of [0.5, 0.25, 0.75, 0.1, 0.9]) {
      const x = w[i - 1].x + t * (w[i].x - w[i - 1].x), y = w[i - 1].y + t * (w[i].y - w[i - 1].y);
      if (Math.abs(w[i].x - w[i - 1].x) < 1) places.push({ x: x + 5, y: y - s.height / 2, ...s }, { x: x - 5 - s.width, y: y - s.height / 2, ...s });
      else places.push({ x: x - s.width / 2, y: y - s.height - 4, ...s }, { x: x - s.width / 2, y: y + 4, ...s });
    }
    const framed = (b) => [...rects.values()].some(({ bounds: f }) => [[f.x, f.y, f.x + f.width, f.y], [f.x, f.y + f.height, f.x + f.width, f.y + f.height]].some(([x0, y0, x1]) => y0 > b.y && y0 < b.y + b.height && x0 < b.x + b.width && b.x < x1));
    labelsOut.set(e.id, places.find((b) => !meets(b) && !met(b).length && !framed(b)) || places.find((b) => !meets(b) && !met(b).length) || places.find((b) => !meets(b)) || places[0]);
  }

  // diagram interchange
  const R = (v) => Math.round(v * 10) / 10;
  const bounds = (b) => moddle.create('dc:Bounds', { x: R(b.x), y: R(b.y), width: R(b.width), height: R(b.height) });
  // the label's box is as wide as the box it was measured in: a tighter one may wrap differently
  const label = (id) => { const l = labelsOut.get(id); return l ? { label: moddle.create('bpmndi:BPMNLabel', { bounds: bounds({ x: l.x + l.width / 2 - LABEL_WIDTH / 2, y: l.y, width: LABEL_WIDTH, height: l.height }) }) } : {}; };
  const planeElement = [];
  for (const p of m.pools) {
    if (p.participant) planeElement.push(moddle.create('bpmndi:BPMNShape', { id: `${p.id}_di`, bpmnElement: p.participant, isHorizontal: true, bounds: bounds(rects.get(p.id).bounds) }));
    for (const l of p.allLanes) if (rects.has(l.id)) planeElement.push(moddle.create('bpmndi:BPMNShape', { id: `${l.id}_di`, bpmnElement: l, isHorizontal: true, bounds: bounds(rects.get(l.id).bounds) }));
  }
  for (const [id, s] of shapes) {
    const el = elementOf.get(id);
    planeElement.push(moddle.create('bpmndi:BPMNShape', { id: `${id}_di`, bpmnElement: el, bounds: bounds(s.bounds), ...label(id), ...(isA(el, 'ExclusiveGateway') ? { isMarkerVisible: true } : {}), ...(isA(el, 'SubProcess') ? { isExpanded: m.expanded(el) } : {}) }));
  }
  for (const [id, w] of edgesOut) planeElement.push(moddle.create('bpmndi:BPMNEdge', { id: `${id}_di`, bpmnElement: elementOf.get(id), waypoint: w.map((p) => moddle.create('dc:Point', { x: R(p.x), y: R(p.y) })), ...label(id) }));
  const plane = moddle.create('bpmndi:BPMNPlane', { id: 'Plane_elk', bpmnElement: m.collaboration || m.pools[0].process, planeElement });
  definitions.diagrams = [moddle.create('bpmndi:BPMNDiagram', { id: 'Diagram_elk', plane })];
  return write(definitions);
}
