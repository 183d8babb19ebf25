// What a BPMN file asks to be drawn, without its diagram interchange.
import { BpmnModdle } from 'bpmn-moddle';

export const moddle = new BpmnModdle();
export const parse = async (xml) => (await moddle.fromXML(xml)).rootElement;
export const write = async (definitions) => (await moddle.toXML(definitions, { format: true })).xml;
export const isA = (e, t) => e.$instanceOf(`bpmn:${t}`);
const list = (e, k) => e?.[k] || [];

/** Definitions -> { definitions, collaboration, pools: [{ id, participant, process, lanes }], shapes, expanded, name }. */
export function model(definitions) {
  const roots = list(definitions, 'rootElements');
  const collaboration = roots.find((r) => isA(r, 'Collaboration'));
  const di = new Map();
  for (const d of list(definitions, 'diagrams')) for (const p of list(d.plane, 'planeElement')) if (p.bpmnElement && !di.has(p.bpmnElement.id)) di.set(p.bpmnElement.id, p);
  const leaves = (lanes) => lanes.flatMap((l) => (list(l.childLaneSet, 'lanes').length ? leaves(l.childLaneSet.lanes) : [l]));
  const allLanes = (lanes) => lanes.flatMap((l) => [l, ...allLanes(list(l.childLaneSet, 'lanes'))]);
  const pool = (participant, process) => {
    const top = list(process, 'laneSets').flatMap((s) => list(s, 'lanes'));
    return { id: (participant || process).id, participant, process, lanes: leaves(top), allLanes: allLanes(top) };
  };
  const pools = collaboration
    ? list(collaboration, 'participants').map((p) => pool(p, p.processRef))
    : roots.filter((r) => isA(r, 'Process')).slice(0, 1).map((p) => pool(null, p));
  return { definitions, collaboration, pools, di, expanded: (e) => isA(e, 'SubProcess') && di.get(e.id)?.isExpanded === true };
}
/** Things of one scope (process or sub-process) that have a shape or an edge of their own. */
export function contents(scope) {
  const els = [...list(scope, 'flowElements')], art = list(scope, 'artifacts');
  const nodes = els.filter((e) => (isA(e, 'FlowNode') && !isA(e, 'BoundaryEvent')) || isA(e, 'DataObjectReference') || isA(e, 'DataStoreReference'));
  const edges = els.filter((e) => isA(e, 'SequenceFlow')).map((e) => ({ id: e.id, el: e, source: e.sourceRef?.id, target: e.targetRef?.id, type: 'sequence' }));
  for (const e of els) {
    for (const a of list(e, 'dataInputAssociations')) edges.push({ id: a.id, el: a, source: list(a, 'sourceRef')[0]?.id, target: e.id, type: 'association' });
    for (const a of list(e, 'dataOutputAssociations')) edges.push({ id: a.id, el: a, source: e.id, target: a.targetRef?.id, type: 'association' });
  }
  for (const a of art) if (isA(a, 'Association')) edges.push({ id: a.id, el: a, source: a.sourceRef?.id, target: a.targetRef?.id, type: 'association' });
  return { nodes: [...nodes, ...art.filter((a) => isA(a, 'TextAnnotation'))], boundary: els.filter((e) => isA(e, 'BoundaryEvent')), edges: edges.filter((e) => e.id && e.source && e.target) };
}
/** Ids of everything that a complete drawing shows (contents of collapsed sub-processes left out). */
export function drawable(m) {
  const ids = new Set();
  const scope = (s) => {
    const c = contents(s);
    for (const n of [...c.nodes, ...c.boundary, ...c.edges]) ids.add(n.id);
    for (const n of c.nodes) if (m.expanded(n)) scope(n);
  };
  for (const p of m.pools) {
    if (p.participant) ids.add(p.id);
    if (p.process) { for (const l of p.allLanes) ids.add(l.id); scope(p.process); }
  }
  if (m.collaboration) {
    for (const f of list(m.collaboration, 'messageFlows')) ids.add(f.id);
    const c = contents(m.collaboration);
    for (const n of [...c.nodes, ...c.edges]) ids.add(n.id);
  }
  return ids;
}
export const DEFAULT_SIZE = (e) => (isA(e, 'Event') ? [36, 36] : isA(e, 'Gateway') || isA(e, 'DataStoreReference') ? [50, 50] : isA(e, 'DataObjectReference') ? [36, 50] : isA(e, 'TextAnnotation') ? [100, 50] : [100, 80]);
export const hasOutsideLabel = (e) => (isA(e, 'Event') || isA(e, 'Gateway') || isA(e, 'DataObjectReference') || isA(e, 'DataStoreReference')) && Boolean(e.name);
