// Walks the process of a CODE.json: node load-process.mjs CODE.json [fact=value …] [state:answer …]
// Requirements hold and other facts are absent unless they are given; a state goes on as hoped unless its first visit is answered.
import { readFileSync } from "node:fs";

const operators = { // Those of JsonLogic that conditions use, but for `var` and `all`.
  and: (...all) => all.every(Boolean), or: (...all) => all.some(Boolean),
  "!": one => !one || one.length === 0, in: (one, list) => list?.includes(one) ?? false,
  "==": (a, b) => a === b, "!=": (a, b) => a !== b,
  "<": (a, b) => a < b, "<=": (a, b, c = b) => a <= b && b <= c,
  ">": (a, b) => a > b, ">=": (a, b) => a >= b,
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

/** Goes from the first state to an end, whose kind it gives. `pick` may choose an action; `taken` is told of each. */
export function walk({ states }, facts, pick, taken) {
  const [entered, arrived] = [[states[0].id], {}];
  while (entered.length > 0) {
    const state = states.find(one => one.id === entered[0]);
    arrived[entered.shift()] = (arrived[state.id] ?? 0) + 1;
    if (state.kind === "join" && arrived[state.id] % state.awaits !== 0) continue;
    const action = pick(state, arrived[state.id]) ?? state.actions.find(one => one.goes_on);
    taken(state, action);
    if (["done", "refused", "stopped"].includes(state.kind)) return state.kind;
    const next = action?.next.filter(one => !one.when || evaluate(one.when.logic, facts)) ?? [];
    entered.push(...next.map(one => one.state), ...(action?.leaves === false ? [state.id] : []));
  }
}

if (process.argv[1]?.endsWith("load-process.mjs")) {
  const procedure = JSON.parse(readFileSync(process.argv[2], "utf8"));
  const [facts, answers] = [Object.fromEntries((procedure.requirements ?? []).map(one => [one.id, true])), {}];
  for (const one of process.argv.slice(3)) {
    const [, name, mark, text] = one.match(/^([^=:]+)([=:])(.*)$/);
    if (mark === ":") answers[name] = text;
    else facts[name] = /^(true|false|\[|[\d.]+$)/.test(text) ? JSON.parse(text) : text;
  }
  const pick = ({ id, actions }, visit) => actions.find(one => visit === 1 && one.answer === answers[id]);
  const print = ({ id, actor, title }, { label = "." } = {}) => console.log([id, actor.name ?? actor.kind, title, label].join(" | "));
  process.exitCode = walk(procedure.process, facts, pick, print) ? 0 : 1;
}
