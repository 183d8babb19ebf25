// Runs the example for integrators on every process of a build: node check.mjs FOLDER. Run by scripts/test.
//
// From the start each process reaches its end with the answers that are hoped for, and some end with any answers in any case;
// every name that is used is there, and the nodes, edges and states say the same. The program prints what the guide shows.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { walk } from "../../docs/examples/load-process.mjs";
import { files } from "../support/files.mjs";

const EXAMPLE = fileURLToPath(new URL("../../docs/examples/load-process.mjs", import.meta.url));
const GUIDE = fileURLToPath(new URL("../../docs/integrators.md", import.meta.url));
const WALKS = 200;
const folder = resolve(process.argv[2] ?? "dist");
if (!existsSync(join(folder, "manifest.json"))) {
  console.error(`${folder} holds no build (no manifest.json)`);
  process.exit(2);
}

/** The facts of a case in which nothing is found wanting. */
function requirements(procedure) {
  return Object.fromEntries((procedure.requirements ?? []).filter(one => one.id).map(one => [one.id, true]));
}

/** Numbers from 0 up to 1, the same in every run. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A case in which each fact has some value that it can have. */
function someCase(procedure, random) {
  const facts = { "cách-thức": ["trực-tiếp", "trực-tuyến", "bưu-chính"][Math.floor(random() * 3)] };
  for (const { id } of procedure.requirements ?? []) if (id) facts[id] = random() < 0.7;
  for (const fact of procedure.facts) {
    const ids = fact.choices?.map(choice => choice.id) ?? [];
    const [from, to] = [fact.from ?? 0, fact.to ?? (fact.from ?? 0) + 1000];
    facts[fact.id] = {
      boolean: random() < 0.5,
      "one-of": ids[Math.floor(random() * ids.length)],
      "some-of": ids.filter(() => random() < 0.4),
      integer: Math.round(from + random() * (to - from)),
      decimal: from + random() * (to - from),
      date: `20${20 + Math.floor(random() * 10)}-0${1 + Math.floor(random() * 9)}-15`,
    }[fact.kind];
  }
  return facts;
}

/** The facts that conditions ask, wherever they stand. */
function asked(value, found = new Set()) {
  if (Array.isArray(value)) value.forEach(one => asked(one, found));
  else if (value !== null && typeof value === "object") {
    if (typeof value.var === "string" && value.var !== "") found.add(value.var);
    Object.values(value).forEach(one => asked(one, found));
  }
  return found;
}

/** What is wrong with the process of a procedure. */
function faults(procedure) {
  const { nodes, edges, states, timers, lanes, messages, handovers, stages } = procedure.process;
  const found = [];
  const known = new Map(nodes.map(node => [node.id, node]));
  const inStates = new Map(states.map(state => [state.id, state]));
  const need = (what, id, where) => where.has(id) || found.push(`${what} names ${id}, which is not there`);
  if (known.size !== nodes.length) found.push("two nodes have one id");
  const laneIds = new Set(lanes.map(lane => lane.id));
  if (laneIds.size !== lanes.length) found.push("two lanes have one id");
  const stageNumbers = new Set([null, ...stages.map(stage => stage.number)]);
  for (const node of nodes) {
    need(`node ${node.id}`, node.lane, laneIds);
    need(`node ${node.id}`, node.stage, stageNumbers);
    if (node.of) need(`node ${node.id}`, node.of, known);
  }
  for (const edge of edges) [edge.from, edge.to].forEach(id => need("an edge", id, known));
  for (const timer of timers) [timer.id, timer.on].forEach(id => need("a timer", id, known));
  for (const pair of handovers) pair.forEach(id => need("a hand-over", id, known));
  for (const message of messages) {
    need("a message", message.node, known);
    for (const party of [message.from, message.to]) if (party.lane) need("a message", party.lane, laneIds);
  }
  for (const state of states) {
    need("a state", state.id, known);
    for (const action of state.actions) {
      if (action.next.length === 0) found.push(`${state.id}: ${action.answer} leads nowhere`);
      action.next.forEach(next => need(`${state.id}: ${action.answer}`, next.state, inStates));
    }
    const answers = state.actions.map(action => action.answer);
    if (new Set(answers).size !== answers.length) found.push(`${state.id}: an answer stands twice: ${answers}`);
    if (answers.length > 0 && state.actions.filter(action => action.goes_on).length !== 1) {
      found.push(`${state.id}: not one answer is hoped for: ${answers}`);
    }
  }
  const reached = new Set();
  const todo = [states[0].id];
  while (todo.length > 0) {
    const state = todo.pop();
    if (!reached.has(state)) inStates.get(state)?.actions.forEach(action => action.next.forEach(next => todo.push(next.state)));
    reached.add(state);
  }
  states.filter(state => !reached.has(state.id)).forEach(state => found.push(`nothing leads to ${state.id}`));
  const facts = new Set(["cách-thức", ...procedure.facts.map(fact => fact.id), ...Object.keys(requirements(procedure))]);
  for (const fact of asked(procedure.process)) need("a condition", fact, facts);
  return found;
}

/** Where walks end that should not. */
function walks(procedure) {
  const found = [];
  const random = randomFrom(1);
  const go = (facts, pick) => walk(procedure.process, facts, pick, () => {});
  const hoped = () => undefined;
  const ends = new Set([go(requirements(procedure), hoped)]);
  for (let round = 0; round < WALKS; round += 1) {
    const facts = someCase(procedure, random);
    // After so many answers a walk goes on as hoped: what may be asked again and again ends somewhere.
    let left = 40;
    const any = state => (left-- > 0 && random() < 0.5 ? state.actions[Math.floor(random() * state.actions.length)] : undefined);
    if (go(facts, any) === undefined) found.push(`walk ${round} reaches no end`);
    ends.add(go({ ...facts, ...requirements(procedure) }, hoped));
  }
  if (ends.has(undefined)) found.push("with the answers hoped for some case reaches no end");
  if (!ends.has("done")) found.push(`with the answers hoped for every case ends in ${[...ends]}`);
  return found;
}

/** What is wrong with the run that the guide shows: its command, and the lines it begins with. */
function ofGuide() {
  const [, file, given, shown] = readFileSync(GUIDE, "utf8").match(/^\$ node \S*load-process\.mjs dist\/(\S+) (.*)\n([^]*?)\n…$/m) ?? [];
  if (!shown) return ["the guide shows no run of the example"];
  const path = join(folder, file);
  if (!existsSync(path)) return [`the guide loads ${file}, which is not there`];
  const printed = execFileSync(process.execPath, [EXAMPLE, path, ...given.split(" ")], { encoding: "utf8" });
  return printed.startsWith(`${shown}\n`) ? [] : [`the guide shows another run than this:\n${printed}`];
}

let processes = 0;
let failed = 0;
for (const file of files(folder).filter(path => /[/\\]json[/\\][^/\\]+\.json$/.test(path))) {
  const procedure = JSON.parse(readFileSync(file, "utf8"));
  if (!procedure.process?.states.some(state => state.kind === "step")) continue;
  processes += 1;
  const found = faults(procedure);
  if (found.length === 0) found.push(...walks(procedure));
  if (found.length === 0) continue;
  failed += 1;
  console.log(`FAILED ${relative(folder, file)}${found.slice(0, 6).map(one => `\n    ${one}`).join("")}`);
}
for (const fault of ofGuide()) {
  failed += 1;
  console.log(`FAILED docs/integrators.md: ${fault}`);
}
console.log(`${processes} processes walked, ${failed} failed`);
process.exit(failed === 0 && processes > 0 ? 0 : 1);
