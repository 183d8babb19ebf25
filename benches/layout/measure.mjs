// One measure for every picture: bpmn-js renderings and our own SVG alike.
//
// measure(items) takes a flat list and returns facts; counts(facts) makes numbers of them. Items:
//   { kind: 'node',      id, bounds, shape?, host?, parent? }   shape: 'rect' (default), 'circle', 'diamond'
//   { kind: 'container', id, bounds, parent? }                  expanded sub-process
//   { kind: 'pool' | 'lane', id, bounds, parent? }
//   { kind: 'edge',      id, waypoints: [{x, y}], source?, target?, type? }
//   { kind: 'label',     id, bounds, of? }                      text drawn outside nodes: the box of the ink, not of the DI
// bounds: { x, y, width, height }. parent: the lane (else container, else pool) that must hold the node; host: the activity
// that a boundary event sits on. Without source/target an edge belongs to the smallest shape its end touches.
// Lengths in px. Everything is pure geometry and deterministic.

const TOUCH = 1;      // touching by up to 1 px is not a collision
const DOCK = 3;       // an edge end farther than this from its shape is undocked
const NEAR = 2;       // parallel lines closer than this are drawn as one
const SHARED = 5;     // shorter common stretches are ignored
const STRAY = 25;     // a label farther than this from what it names belongs to nobody
const EPS = 1e-6;

// ---------- shapes as convex polygons ----------
const rect = (b, m = 0) => [[b.x + m, b.y + m], [b.x + b.width - m, b.y + m], [b.x + b.width - m, b.y + b.height - m], [b.x + m, b.y + b.height - m]].map(([x, y]) => ({ x, y }));
export function polygon(n, m = 0) {
  const b = n.bounds, cx = b.x + b.width / 2, cy = b.y + b.height / 2;
  if (n.shape === 'circle') {
    const rx = b.width / 2 - m, ry = b.height / 2 - m;
    return Array.from({ length: 32 }, (_, i) => ({ x: cx + rx * Math.cos(i * Math.PI / 16), y: cy + ry * Math.sin(i * Math.PI / 16) }));
  }
  if (n.shape === 'diamond') {
    const k = m * Math.SQRT2, rx = b.width / 2 - k, ry = b.height / 2 - k;
    return [{ x: cx, y: cy - ry }, { x: cx + rx, y: cy }, { x: cx, y: cy + ry }, { x: cx - rx, y: cy }];
  }
  return rect(b, m);
}
/** Part [t0, t1] of segment p-q inside a convex polygon (clockwise on screen), or null. */
function clip(p, q, poly) {
  let t0 = 0, t1 = 1;
  const dx = q.x - p.x, dy = q.y - p.y;
  for (let i = 0; i < poly.length; i++) {
    const a = poly[i], b = poly[(i + 1) % poly.length], nx = b.y - a.y, ny = a.x - b.x; // outward normal
    const d = nx * (p.x - a.x) + ny * (p.y - a.y), v = nx * dx + ny * dy;
    if (Math.abs(v) < EPS) { if (d >= -EPS) return null; continue; }
    const t = -d / v;
    if (v < 0) t0 = Math.max(t0, t); else t1 = Math.min(t1, t);
    if (t0 >= t1) return null;
  }
  return [t0, t1];
}
const len = (p, q) => Math.hypot(p.x - q.x, p.y - q.y);
function inside(p, poly, m = 0) {
  return poly.every((a, i) => {
    const b = poly[(i + 1) % poly.length], l = len(a, b) || 1;
    return ((b.y - a.y) * (p.x - a.x) + (a.x - b.x) * (p.y - a.y)) / l <= m;
  });
}
function distance(p, poly, hollow = false) {
  if (!hollow && inside(p, poly)) return 0;
  return Math.min(...poly.map((a, i) => {
    const b = poly[(i + 1) % poly.length], l2 = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
    const t = l2 ? Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / l2)) : 0;
    return len(p, { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) });
  }));
}
/** Do two convex polygons overlap by more than `tol`? (separating axes) */
function collide(P, Q, tol = TOUCH) {
  for (const poly of [P, Q]) for (let i = 0; i < poly.length; i++) {
    const a = poly[i], b = poly[(i + 1) % poly.length], l = len(a, b);
    if (l < EPS) continue;
    const nx = (b.y - a.y) / l, ny = (a.x - b.x) / l, dot = (p) => nx * p.x + ny * p.y;
    const p = P.map(dot), q = Q.map(dot);
    if (Math.min(Math.max(...p), Math.max(...q)) - Math.max(Math.min(...p), Math.min(...q)) <= tol) return false;
  }
  return true;
}
/** Distance of a box from a polyline (or a closed outline); 0 when they meet. */
function apart(b, w, closed) {
  const poly = rect(b), pts = closed ? [...w, w[0]] : w;
  if (closed && (inside(poly[0], w) || inside(w[0], poly))) return 0;
  let d = Infinity;
  for (let i = 0; i + 1 < pts.length; i++) {
    if (clip(pts[i], pts[i + 1], poly)) return 0;
    d = Math.min(d, distance(pts[i], poly), distance(pts[i + 1], poly), ...poly.map((p) => distance(p, [pts[i], pts[i + 1], pts[i]], true)));
  }
  return d;
}
/** Does an edge (end p, next point q) meet a node within 6 px of a corner, or graze a circle or diamond? */
function atCorner(n, p, q) {
  const b = n.bounds, level = Math.abs(p.y - q.y) <= Math.abs(p.x - q.x);
  const d = level ? p.y - b.y - b.height / 2 : p.x - b.x - b.width / 2, r = (level ? b.height : b.width) / 2;
  return Math.abs(d) > (n.shape === 'rect' || !n.shape ? r - 6 : 0.8 * r);
}
const within = (a, b, m = 0.5) => a.x >= b.x - m && a.y >= b.y - m && a.x + a.width <= b.x + b.width + m && a.y + a.height <= b.y + b.height + m;

// ---------- edges ----------
/** Waypoints without repeats and without points in the middle of a straight line. */
export function simplify(w) {
  const out = [];
  for (const p of w.map((q) => ({ x: Math.round(q.x * 1000) / 1000, y: Math.round(q.y * 1000) / 1000 }))) {
    if (out.length && len(out.at(-1), p) < 0.01) continue;
    while (out.length > 1) {
      const a = out.at(-2), b = out.at(-1);
      const cross = (b.x - a.x) * (p.y - b.y) - (b.y - a.y) * (p.x - b.x), dot = (b.x - a.x) * (p.x - b.x) + (b.y - a.y) * (p.y - b.y);
      if (Math.abs(cross) < 0.01 * (len(a, b) + len(b, p)) && dot > 0) out.pop(); else break;
    }
    out.push(p);
  }
  return out;
}
/** The part of a polyline after its start has left the polygon (for edges docked at a centre). */
export function leave(w, poly) {
  for (let i = 0; i + 1 < w.length; i++) {
    const c = clip(w[i], w[i + 1], poly);
    if (c && c[1] >= 1 - EPS) continue;
    const t = c ? c[1] : 0;
    return [{ x: w[i].x + t * (w[i + 1].x - w[i].x), y: w[i].y + t * (w[i + 1].y - w[i].y) }, ...w.slice(i + 1)];
  }
  return [];
}
const lengthIn = (w, poly) => {
  let s = 0;
  for (let i = 0; i + 1 < w.length; i++) { const c = clip(w[i], w[i + 1], poly); if (c) s += (c[1] - c[0]) * len(w[i], w[i + 1]); }
  return s;
};
const totalLength = (w) => w.slice(1).reduce((s, p, i) => s + len(w[i], p), 0);

/** Length of the common start of two polylines. */
function commonPrefix(A, B) {
  if (!A.length || !B.length || len(A[0], B[0]) > NEAR) return 0;
  let i = 0, j = 0, a = A[0], b = B[0], s = 0;
  while (i + 1 < A.length && j + 1 < B.length) {
    const la = len(a, A[i + 1]), lb = len(b, B[j + 1]);
    const ux = (A[i + 1].x - a.x) / la, uy = (A[i + 1].y - a.y) / la, vx = (B[j + 1].x - b.x) / lb, vy = (B[j + 1].y - b.y) / lb;
    if (ux * vx + uy * vy < 0.999) break;
    const d = Math.min(la, lb);
    s += d;
    a = la - d < NEAR ? A[++i] : { x: a.x + ux * d, y: a.y + uy * d };
    b = lb - d < NEAR ? B[++j] : { x: b.x + vx * d, y: b.y + vy * d };
    if (len(a, b) > 2 * NEAR) break;
  }
  return s;
}
/** Stretches longer than SHARED that two edges have in common, less the trunk at a common source or target: their lengths. */
function sharedRuns(A, B, sameSource, sameTarget) {
  const total = totalLength(A), runs = [];
  const free = [sameSource ? commonPrefix(A, B) + NEAR : 0, total - (sameTarget ? commonPrefix([...A].reverse(), [...B].reverse()) + NEAR : 0)];
  let at = 0;
  for (let i = 0; i + 1 < A.length; i++) {
    const p = A[i], q = A[i + 1], l = len(p, q), ux = (q.x - p.x) / l, uy = (q.y - p.y) / l;
    for (let j = 0; j + 1 < B.length; j++) {
      const on = [B[j], B[j + 1]].map((r) => ({ along: (r.x - p.x) * ux + (r.y - p.y) * uy, off: Math.abs((r.x - p.x) * uy - (r.y - p.y) * ux) }));
      if (on[0].off >= NEAR || on[1].off >= NEAR) continue;
      const lo = Math.max(0, Math.min(on[0].along, on[1].along)), hi = Math.min(l, Math.max(on[0].along, on[1].along));
      if (hi > lo) runs.push([at + lo, at + hi]);
    }
    at += l;
  }
  const cut = runs.map(([a, b]) => [Math.max(a, free[0]), Math.min(b, free[1])]).filter(([a, b]) => b - a > SHARED).sort((a, b) => a[0] - b[0]);
  const merged = [];
  for (const r of cut) { const m = merged.at(-1); if (m && r[0] <= m[1] + NEAR) m[1] = Math.max(m[1], r[1]); else merged.push([...r]); }
  return merged.map(([a, b]) => b - a);
}

const key = (p) => `${Math.round(p.x * 100)},${Math.round(p.y * 100)}`;
/** Crossings of two polylines: places where one passes from one side of the other to its other side. Touching is none; a common stretch counts once, if the sides differ. */
export function crossings(A, B) {
  const cutA = A.map((p) => [p]), cutB = B.map((p) => [p]);
  let touch = false;
  for (let i = 0; i + 1 < A.length; i++) for (let j = 0; j + 1 < B.length; j++) {
    const [p, q, r, s] = [A[i], A[i + 1], B[j], B[j + 1]];
    if (Math.max(p.x, q.x) < Math.min(r.x, s.x) - 0.01 || Math.max(r.x, s.x) < Math.min(p.x, q.x) - 0.01 || Math.max(p.y, q.y) < Math.min(r.y, s.y) - 0.01 || Math.max(r.y, s.y) < Math.min(p.y, q.y) - 0.01) continue;
    const d = (q.x - p.x) * (s.y - r.y) - (q.y - p.y) * (s.x - r.x);
    if (Math.abs(d) < 1e-3 * len(p, q) * len(r, s)) {
      for (const [u, a, b, list, k] of [[r, p, q, cutA, i], [s, p, q, cutA, i], [p, r, s, cutB, j], [q, r, s, cutB, j]]) {
        const l = len(a, b), t = ((u.x - a.x) * (b.x - a.x) + (u.y - a.y) * (b.y - a.y)) / l, off = Math.abs((u.x - a.x) * (b.y - a.y) - (u.y - a.y) * (b.x - a.x)) / l;
        if (off < 0.01 && t > -0.01 && t < l + 0.01) { list[k].push(u); touch = true; }
      }
    } else {
      const t = ((r.x - p.x) * (s.y - r.y) - (r.y - p.y) * (s.x - r.x)) / d, u = ((r.x - p.x) * (q.y - p.y) - (r.y - p.y) * (q.x - p.x)) / d;
      if (t < -1e-6 || t > 1 + 1e-6 || u < -1e-6 || u > 1 + 1e-6) continue;
      const x = { x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y) };
      cutA[i].push(x); cutB[j].push(x); touch = true;
    }
  }
  if (!touch) return [];
  const split = (W, cuts) => cuts.flatMap((c, i) => (i + 1 < W.length ? c.sort((a, b) => len(W[i], a) - len(W[i], b)) : c)).filter((p, i, l) => !i || key(p) !== key(l[i - 1]));
  const a = split(A, cutA), b = split(B, cutB), at = new Map(b.map((p, i) => [key(p), i]));
  const joined = (i) => { const x = at.get(key(a[i])), y = at.get(key(a[i + 1])); return x !== undefined && y !== undefined && Math.abs(x - y) === 1; };
  const angle = (o, p) => Math.atan2(p.y - o.y, p.x - o.x);
  const turn = (from, to) => ((to - from) % (2 * Math.PI) + 2 * Math.PI) % (2 * Math.PI);
  const side = (o, back, fwd, p) => turn(angle(o, fwd), angle(o, p)) < turn(angle(o, fwd), angle(o, back));
  const out = [];
  for (let i = 0; i < a.length; i++) {
    if (!at.has(key(a[i]))) continue;
    let k = i;
    while (k + 1 < a.length && joined(k)) k++;
    const bi = at.get(key(a[i])), bk = at.get(key(a[k]));
    if (i > 0 && k < a.length - 1) {
      const dir = bk > bi ? 1 : bk < bi ? -1 : 0;
      const o1 = b[bi - (dir || 1)], o2 = b[bk + (dir || 1)];
      if (o1 && o2) {
        const s1 = side(a[i], a[i - 1], a[i + 1], o1), s2 = side(a[k], a[k - 1], a[k + 1], o2);
        if (s1 !== s2) out.push({ x: a[i].x, y: a[i].y });
      }
    }
    i = k;
  }
  return out;
}

// ---------- the measure ----------
export function measure(items) {
  const of = (k) => items.filter((i) => i.kind === k);
  const nodes = of('node').map((n) => ({ ...n, poly: polygon(n), inner: polygon(n, TOUCH) }));
  const containers = of('container').map((n) => ({ ...n, poly: polygon(n), inner: polygon(n, TOUCH) }));
  const pools = of('pool').map((n) => ({ ...n, poly: rect(n.bounds) })), lanes = of('lane');
  const labels = of('label').map((l) => ({ ...l, poly: rect(l.bounds), inner: rect(l.bounds, Math.min(TOUCH, l.bounds.width / 3, l.bounds.height / 3)) }));
  const frames = [...pools, ...lanes].map((n) => ({ id: n.id, frame: rect(n.bounds) }));
  for (const n of [...nodes, ...containers]) n.frame = n.poly;
  const byId = new Map([...lanes, ...pools, ...containers, ...nodes].map((n) => [n.id, n]));
  const ancestors = (id) => { const s = new Set(); for (let n = byId.get(id); n && !s.has(n.id); n = byId.get(n.parent) || byId.get(n.host)) s.add(n.id); return s; };
  const touching = (p) => [...nodes, ...containers, ...pools].filter((n) => distance(p, n.poly) <= DOCK).sort((a, b) => a.bounds.width * a.bounds.height - b.bounds.width * b.bounds.height)[0]?.id;
  const edges = of('edge').map((e) => {
    const w = simplify(e.waypoints);
    return { ...e, w, source: e.source ?? touching(w[0]), target: e.target ?? touching(w.at(-1)) };
  });
  const f = { nodes: nodes.length + containers.length, edges: edges.length, labels: labels.length, lanes: lanes.length, pools: pools.length,
    overlaps: [], through: [], outside: [], checkedOutside: 0, edgesOutsidePool: [], labelsOnNodes: [], labelsOnEdges: [], labelsOnLabels: [], labelsOnBorders: [], strayLabels: [], alongBorders: [], cornerDocks: [], crossings: [], shared: [], sharedLength: 0,
    undocked: [], diagonal: [], bends: 0, length: 0, textOverflow: items.filter((i) => i.overflow).map((i) => i.id) };

  // nodes over nodes; nodes over the border of a sub-process that is not theirs
  const solids = [...nodes, ...containers];
  for (let i = 0; i < solids.length; i++) for (let j = i + 1; j < solids.length; j++) {
    const a = solids[i], b = solids[j];
    if (a.host === b.id || b.host === a.id || ancestors(a.id).has(b.id) || ancestors(b.id).has(a.id)) continue;
    if (collide(rect(a.bounds), rect(b.bounds), 0.5)) f.overlaps.push(`${a.id}~${b.id}`);
  }
  // nodes outside their lane (or sub-process, or pool)
  for (const n of solids) {
    const p = byId.get(n.parent);
    if (!p) continue;
    f.checkedOutside++;
    if (!within(n.bounds, p.bounds)) f.outside.push(`${n.id}>${p.id}`);
  }
  for (const e of edges) {
    f.bends += Math.max(0, e.w.length - 2);
    f.length += totalLength(e.w);
    const s = byId.get(e.source), t = byId.get(e.target);
    for (let i = 0; i + 1 < e.w.length; i++) if (e.type !== 'association' && Math.abs(e.w[i].x - e.w[i + 1].x) > 0.5 && Math.abs(e.w[i].y - e.w[i + 1].y) > 0.5) { f.diagonal.push(e.id); break; }
    for (let i = 0; i + 2 < e.w.length; i++) { // back over itself
      const [p, q, u] = e.w.slice(i, i + 3), d = ((q.x - p.x) * (u.x - q.x) + (q.y - p.y) * (u.y - q.y)) / (len(p, q) * len(q, u));
      if (d < -0.999 && Math.min(len(p, q), len(q, u)) > SHARED) f.shared.push(`${e.id}=${e.id}:${Math.round(Math.min(len(p, q), len(q, u)))}`);
    }
    if (s?.poly && distance(e.w[0], s.poly, s.kind === 'pool') > DOCK) f.undocked.push(`${e.id}<${s.id}`);
    if (t?.poly && distance(e.w.at(-1), t.poly, t.kind === 'pool') > DOCK) f.undocked.push(`${e.id}>${t.id}`);
    for (const [n, p, q] of [[s, e.w[0], e.w[1]], [t, e.w.at(-1), e.w.at(-2)]]) if (n?.poly && n.kind !== 'pool' && p && q && atCorner(n, p, q)) f.cornerDocks.push(`${e.id}@${n.id}`);
    for (const n of [...solids, ...frames]) if (sharedRuns(e.w, [...n.frame, n.frame[0]], false, false).length) f.alongBorders.push(`${e.id}=${n.id}`);
    // through the inside of a node. Own shapes: the end itself may lie inside (docking at the centre), but the edge may not come back or cross them.
    const up = new Set([...ancestors(e.source), ...ancestors(e.target)]);
    for (const n of solids) {
      let w = e.w;
      if (n.kind === 'container' && n.id !== e.source && n.id !== e.target && up.has(n.id)) continue;
      if (n.id === e.source && (n.kind === 'container' && ancestors(e.target).has(n.id))) continue;
      if (n.id === e.target && (n.kind === 'container' && ancestors(e.source).has(n.id))) continue;
      if (n.id === e.source && inside(w[0], n.poly, -2)) w = leave(w, n.poly);
      if (n.id === e.target && w.length && inside(w.at(-1), n.poly, -2)) w = leave([...w].reverse(), n.poly);
      // a boundary event reaches into its host: the part of the edge inside the event is no crossing of the host
      for (const own of [s, t]) if (own?.host === n.id) { const end = own === s ? w : [...w].reverse(); if (end.length && inside(end[0], own.poly, DOCK)) w = leave(end, own.poly); }
      if (w.length && lengthIn(w, n.inner) > TOUCH) f.through.push(`${e.id}>${n.id}`);
    }
    // a sequence flow stays in its pool
    if (s && t && e.type !== 'message') {
      const pool = pools.find((p) => ancestors(e.source).has(p.id));
      if (pool && ancestors(e.target).has(pool.id) && e.w.some((p) => !inside(p, pool.poly, 0.5))) f.edgesOutsidePool.push(e.id);
    }
  }
  for (let i = 0; i < edges.length; i++) for (let j = i + 1; j < edges.length; j++) {
    const a = edges[i], b = edges[j];
    for (const p of crossings(a.w, b.w)) f.crossings.push(`${a.id}x${b.id}@${Math.round(p.x)},${Math.round(p.y)}`);
    for (const l of sharedRuns(a.w, b.w, a.source !== undefined && a.source === b.source, a.target !== undefined && a.target === b.target)) { f.shared.push(`${a.id}=${b.id}:${Math.round(l)}`); f.sharedLength += l; }
  }
  for (let i = 0; i < labels.length; i++) {
    const l = labels[i];
    const own = edges.find((e) => e.id === l.of) || byId.get(l.of);
    if ((own?.w || own?.poly) && apart(l.bounds, own.w || own.poly, !own.w) > STRAY) f.strayLabels.push(l.id);
    for (const n of nodes) if (collide(l.poly, n.poly)) f.labelsOnNodes.push(`${l.id}~${n.id}`);
    for (const n of [...frames, ...containers]) if (lengthIn([...n.frame, n.frame[0]], l.inner) > 0.5) f.labelsOnBorders.push(`${l.id}~${n.id}`);
    for (const e of edges) if (lengthIn(e.w, l.inner) > 0.5) f.labelsOnEdges.push(`${l.id}~${e.id}`);
    for (let j = i + 1; j < labels.length; j++) if (collide(l.poly, labels[j].poly)) f.labelsOnLabels.push(`${l.id}~${labels[j].id}`);
  }
  const xs = items.flatMap((i) => (i.bounds ? [i.bounds.x, i.bounds.x + i.bounds.width] : i.waypoints.map((p) => p.x)));
  const ys = items.flatMap((i) => (i.bounds ? [i.bounds.y, i.bounds.y + i.bounds.height] : i.waypoints.map((p) => p.y)));
  f.width = xs.length ? Math.max(...xs) - Math.min(...xs) : 0;
  f.height = ys.length ? Math.max(...ys) - Math.min(...ys) : 0;
  return f;
}
/** Numbers of one or more facts (several planes or files add up). outside is null where nothing could be checked. */
export function counts(...facts) {
  const c = {};
  for (const f of facts) for (const [k, v] of Object.entries(f)) c[k] = (c[k] || 0) + (Array.isArray(v) ? v.length : v);
  if (!c.checkedOutside) c.outside = null;
  return c;
}
