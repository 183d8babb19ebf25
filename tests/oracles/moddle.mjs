#!/usr/bin/env node
// moddle.mjs MANIFEST: strict parse with bpmn-moddle and the vendor's descriptor (unknown elements and attributes,
// unresolved references), then the links that no schema checks: incoming / outgoing, scopes, lanes, boundary events,
// default flows, conditions, message flows, and a shape or edge for everything.
import { Judge, load, oneLine, parseBpmn } from './lib.mjs';

const DURATION = /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
// No package describes Flowable's extensions; these are the names of its schema that a generated file may carry.
const FLOWABLE_ATTRIBUTES = new Set(`assignee async asynchronous autoStoreVariables businessCalendarName businessKey
  candidateGroups candidateStarterGroups candidateStarterUsers candidateUsers category class collection delegateExpression
  dueDate elementIndexVariable elementVariable exclusive expression formFieldValidation formHandlerClass formKey history
  inheritBusinessKey initiator isEagerExecutionFetching operationId owner priority resultVariable resultVariableName
  ruleVariablesInput rules sameDeployment sendNotificationsTo skipExpression storeResultVariableAsTransient
  taskIdVariableName topic triggerable type useLocalScopeForResultVariable versionTag`.split(/\s+/));
const FLOWABLE_ELEMENTS = new Set(`customResource eventListener eventType executionListener failedJobRetryTimeCycle field
  formProperty in out potentialStarter string expression taskListener value`.split(/\s+/));

const VENDOR = { zeebe: 'camunda8', camunda: 'camunda7', flowable: 'flowable' };

const isA = (e, type) => Boolean(e?.$instanceOf?.(`bpmn:${type}`));

/** Parse warnings, and everything in a known namespace that its schema does not have. */
function vocabulary({ rootElement, warnings, references, elementsById }, dialect, add) {
  for (const w of warnings) add(`parse: ${w.element?.id ?? ''} ${oneLine(w.message)}`);
  const known = new Set(['bpmn', 'bpmndi', 'di', 'dc', ...{ camunda8: ['zeebe', 'modeler'], camunda7: ['camunda', 'modeler'] }[dialect] ?? []]);
  const seen = new Set();
  (function walk(e) {
    if (!e || typeof e !== 'object' || seen.has(e)) return;
    seen.add(e);
    const described = Array.isArray(e.$descriptor?.properties);
    const [prefix, name] = (e.$type ?? '').split(':');
    if (e.$type && !described) {
      if (known.has(prefix) || (prefix === 'flowable' && !FLOWABLE_ELEMENTS.has(name))) add(`unknown element <${e.$type}>`);
      // Engines reject or ignore each other's words, and the plain file is for any engine.
      else if (VENDOR[prefix] && VENDOR[prefix] !== dialect) add(`another vendor's element <${e.$type}>`);
    }
    for (const k of Object.keys(e.$attrs ?? {})) {
      const [p, n] = k.includes(':') ? k.split(':') : ['', k];
      if (p === 'xmlns' || p === 'xsi' || (!p && n === 'xmlns')) continue;
      const where = `${k} on ${e.$type} ${e.id ?? ''}`;
      if (!p || known.has(p) || (p === 'flowable' && !FLOWABLE_ATTRIBUTES.has(n))) add(`unknown attribute ${where}`);
      else if (VENDOR[p] && VENDOR[p] !== dialect) add(`another vendor's attribute ${where}`);
    }
    if (!described) { for (const c of e.$children ?? []) walk(c); return; }
    for (const p of e.$descriptor.properties) {
      if (p.isReference || p.isAttr) continue;
      const v = e[p.name];
      if (Array.isArray(v)) v.forEach(walk); else if (v?.$type) walk(v);
    }
  })(rootElement);
  for (const r of references) if (!elementsById[r.id]) add(`unresolved ${r.property} -> ${r.id} in ${r.element.id ?? r.element.$type}`);
}

function nodeFaults(n, nodes, add) {
  const { incoming = [], outgoing = [], eventDefinitions = [] } = n;
  for (const f of outgoing) if (f.sourceRef !== n) add(`${n.id} lists outgoing ${f.id}, which starts elsewhere`);
  for (const f of incoming) if (f.targetRef !== n) add(`${n.id} lists incoming ${f.id}, which ends elsewhere`);
  if (isA(n, 'BoundaryEvent')) {
    if (!nodes.includes(n.attachedToRef)) add(`${n.id} is not attached to an activity of its scope`);
    if (!eventDefinitions.length) add(`${n.id}: boundary event without event definition`);
    if (incoming.length) add(`${n.id}: boundary event with an incoming flow`);
  }
  for (const d of eventDefinitions) {
    if (d.$type === 'bpmn:TimerEventDefinition') {
      const given = ['timeDate', 'timeDuration', 'timeCycle'].filter((k) => d[k]);
      const body = (d[given[0]]?.body ?? '').trim();
      if (given.length !== 1) add(`${n.id}: a timer needs exactly one of timeDate, timeDuration, timeCycle`);
      else if (!body) add(`${n.id}: empty timer`);
      else if (given[0] === 'timeDuration' && !/^[=$]/.test(body) && !d.timeDuration.language && !DURATION.test(body)) add(`${n.id}: not an ISO 8601 duration: ${body}`);
    }
    if (d.$type === 'bpmn:ErrorEventDefinition' && !d.errorRef) add(`${n.id}: error event without errorRef`);
    if (d.$type === 'bpmn:MessageEventDefinition' && !d.messageRef) add(`${n.id}: message event without messageRef`);
  }
  if (isA(n, 'StartEvent') && incoming.length) add(`${n.id}: start event with an incoming flow`);
  if (isA(n, 'EndEvent') && outgoing.length) add(`${n.id}: end event with an outgoing flow`);
  if (n.default && n.default.sourceRef !== n) add(`${n.id}: its default flow starts elsewhere`);
  if (n.default?.conditionExpression) add(`${n.id}: its default flow carries a condition`);
  if ((isA(n, 'ExclusiveGateway') || isA(n, 'InclusiveGateway')) && outgoing.length > 1) {
    for (const f of outgoing) if (f !== n.default && !f.conditionExpression?.body?.trim()) add(`${f.id}: neither condition nor default`);
  }
}

function links(process, all, add) {
  (function scope(s) {
    const nodes = (s.flowElements ?? []).filter((e) => isA(e, 'FlowNode'));
    for (const f of (s.flowElements ?? []).filter((e) => isA(e, 'SequenceFlow'))) {
      all.flows.push(f);
      if (!f.sourceRef || !f.targetRef) { add(`${f.id}: no source or no target`); continue; }
      if (!nodes.includes(f.sourceRef) || !nodes.includes(f.targetRef)) add(`${f.id} leaves its process or sub-process`);
      // Engines do without these children, but bpmnlint and the soundness analyser count them.
      if (!(f.sourceRef.outgoing ?? []).includes(f)) add(`${f.sourceRef.id} lacks <outgoing>${f.id}`);
      if (!(f.targetRef.incoming ?? []).includes(f)) add(`${f.targetRef.id} lacks <incoming>${f.id}`);
    }
    for (const n of nodes) {
      all.nodes.push(n);
      all.processOf.set(n, process);
      nodeFaults(n, nodes, add);
      if (n.flowElements) scope(n);
    }
  })(process);
  const lanes = [];
  const collect = (set) => (set?.lanes ?? []).forEach((l) => { lanes.push(l); collect(l.childLaneSet); });
  (process.laneSets ?? []).forEach(collect);
  all.lanes.push(...lanes);
  if (!lanes.length) return;
  const times = new Map();
  for (const l of lanes.filter((x) => !x.childLaneSet)) for (const n of l.flowNodeRef ?? []) times.set(n, (times.get(n) ?? 0) + 1);
  for (const n of (process.flowElements ?? []).filter((e) => isA(e, 'FlowNode'))) {
    if (times.get(n) !== 1) add(`${n.id} is in ${times.get(n) ?? 0} lanes`);
    times.delete(n);
  }
  for (const n of times.keys()) if (all.processOf.get(n) === undefined) add(`a lane holds ${n.id}, which is not in its process`);
}

function messageFlows(collaboration, processOf, add) {
  const pool = (e) => (isA(e, 'Participant') ? e : (collaboration.participants ?? []).find((p) => p.processRef && p.processRef === processOf.get(e)));
  for (const m of collaboration.messageFlows ?? []) {
    const a = pool(m.sourceRef), b = pool(m.targetRef);
    if (!a || !b) add(`${m.id}: an end is in no pool`);
    else if (a === b) add(`${m.id}: both ends are in one pool`);
  }
}

/** Everything is drawn once, edges touch what they join, boundary events sit on a border. */
function drawing(definitions, elements, add) {
  const drawn = new Map();
  for (const p of (definitions.diagrams ?? []).flatMap((d) => d.plane?.planeElement ?? [])) {
    if (!p.bpmnElement) { add(`${p.id} draws nothing`); continue; }
    if (drawn.has(p.bpmnElement)) add(`${p.bpmnElement.id} is drawn twice`);
    drawn.set(p.bpmnElement, p);
  }
  const near = (v, low, high) => v >= low - 2 && v <= high + 2;
  for (const e of elements) {
    const d = drawn.get(e);
    if (!d) { add(`${e.id} is not drawn`); continue; }
    if (d.$type === 'bpmndi:BPMNShape') {
      if (!(d.bounds?.width > 0 && d.bounds?.height > 0)) { add(`${e.id} has no size`); continue; }
      const host = isA(e, 'BoundaryEvent') && drawn.get(e.attachedToRef)?.bounds;
      if (!host) continue;
      const x = d.bounds.x + d.bounds.width / 2, y = d.bounds.y + d.bounds.height / 2;
      const onX = Math.min(Math.abs(x - host.x), Math.abs(x - host.x - host.width)) < 3;
      const onY = Math.min(Math.abs(y - host.y), Math.abs(y - host.y - host.height)) < 3;
      if (!onX && !onY) add(`${e.id} is not centred on the border of ${e.attachedToRef.id}`);
    } else {
      const w = d.waypoint ?? [];
      if (w.length < 2) { add(`${e.id}: edge with fewer than two points`); continue; }
      for (const [point, end] of [[w[0], e.sourceRef], [w.at(-1), e.targetRef]]) {
        const b = drawn.get(end)?.bounds;
        if (b && !(near(point.x, b.x, b.x + b.width) && near(point.y, b.y, b.y + b.height))) add(`${e.id} does not touch ${end.id}`);
      }
    }
  }
}

const manifest = load();
const judge = new Judge('moddle');
for (const { file, dialect } of manifest.bpmn()) {
  const causes = [];
  const add = (cause) => causes.push(cause);
  try {
    const parsed = await parseBpmn(file, dialect);
    const roots = parsed.rootElement.rootElements ?? [];
    const collaborations = roots.filter((e) => isA(e, 'Collaboration'));
    const all = { nodes: [], flows: [], lanes: [], processOf: new Map() };
    vocabulary(parsed, dialect, add);
    for (const p of roots.filter((e) => isA(e, 'Process'))) links(p, all, add);
    for (const c of collaborations) messageFlows(c, all.processOf, add);
    drawing(parsed.rootElement, [...all.nodes, ...all.flows, ...all.lanes,
      ...collaborations.flatMap((c) => [...(c.participants ?? []), ...(c.messageFlows ?? [])])], add);
  } catch (e) { add(`parse: ${e.message}`); }
  judge.check(manifest.rel(file), causes);
}
judge.done();
