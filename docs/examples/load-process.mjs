// Walks the process of a CODE.json: node load-process.mjs CODE.json [fact=value …] [state:answer …]
// Requirements hold and other facts are absent unless they are given; every state goes on as hoped unless it is answered.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** The operators of JsonLogic that conditions use. */
const operators = {
  and: (...all) => all.every(Boolean),
  or: (...all) => all.some(Boolean),
  "!": one => (Array.isArray(one) ? one.length === 0 : !one),
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<=": (a, b, c) => a <= b && (c === undefined || b <= c),
  in: (one, list) => list?.includes(one) ?? false,
};

export function evaluate(rule, facts) {
  if (Array.isArray(rule)) return rule.map(one => evaluate(one, facts));
  if (rule === null || typeof rule !== "object") return rule;
  const [[name, args]] = Object.entries(rule);
  if (name === "var") return args === "" ? facts : facts[args];
  if (name !== "all") return operators[name](...evaluate(args, facts));
  const list = evaluate(args[0], facts) ?? [];
  return list.length > 0 && list.every(one => evaluate(args[1], one));
}

/** Goes from the first state to an end. `pick` may choose an action; `taken` is told of each. Gives the kind of the end. */
export function walk(process, facts, pick, taken) {
  const states = new Map(process.states.map(state => [state.id, state]));
  const entered = [process.states[0].id];
  const arrived = new Map();
  while (entered.length > 0) {
    const state = states.get(entered.shift());
    arrived.set(state.id, (arrived.get(state.id) ?? 0) + 1);
    if (state.kind === "join" && arrived.get(state.id) % state.awaits !== 0) continue;
    const action = pick(state) ?? state.actions.find(one => one.goes_on);
    taken(state, action);
    if (["done", "refused", "stopped"].includes(state.kind)) return state.kind;
    const next = (action?.next ?? []).filter(one => !one.when || evaluate(one.when.logic, facts));
    entered.push(...next.map(one => one.state));
    if (action && !action.leaves) entered.push(state.id);
  }
  return undefined;
}

/** The facts of a case in which nothing is found wanting. */
export const requirements = procedure =>
  Object.fromEntries((procedure.requirements ?? []).filter(one => one.id).map(one => [one.id, true]));

function main([file, ...given]) {
  const procedure = JSON.parse(readFileSync(file, "utf8"));
  const [facts, answers] = [requirements(procedure), new Map()];
  for (const one of given) {
    const [, name, mark, text] = one.match(/^([^=:]+)([=:])(.*)$/);
    if (mark === ":") answers.set(name, text);
    else facts[name] = /^(true|false|\[|[\d.]+$)/.test(text) ? JSON.parse(text) : text;
  }
  const pick = state => {
    const action = state.actions.find(one => one.answer === answers.get(state.id));
    answers.delete(state.id); // Each answer is given once.
    return action;
  };
  const print = ({ id, actor, title }, action) =>
    console.log([id, actor.name ?? actor.kind, title, action?.label ?? "."].join(" | "));
  process.exitCode = walk(procedure.process, facts, pick, print) ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
