// The site's scripts beside the compiler: node wizard.mjs BUILD CATALOGUE THUTUC [CASES]. Run by scripts/test.
//
// Every worked example, and random cases of every procedure at every place: answers given and left open, requirements denied,
// filed at any minute of four years, with and without what happens later. Papers, sums, dates and their words must be those
// of `thutuc when --json`.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { answer, differences, engine, examples, expected, question, said, written } from "./engine.mjs";

const [folder, catalogue, thutuc] = process.argv.slice(2, 5).map(path => resolve(path));
const CASES = Number(process.argv[5] ?? 300);
const run = promisify(execFile);
const listed = JSON.parse(readFileSync(join(folder, "catalogue.json"), "utf8")).procedures;

/** Numbers from 0 up to 1, the same in every run. */
let seed = Number(process.env.SEED ?? 1);
function random() {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
}
const one = list => list[Math.floor(random() * list.length)];
const two = number => String(number).padStart(2, "0");

const loaded = new Map();
function load(entry) {
  const path = entry.page.replace(/\.html$/, ".js");
  if (!loaded.has(path)) loaded.set(path, engine(folder, path));
  return loaded.get(path);
}
const entryOf = (code, place) => listed.find(entry => entry.code === code && entry.place === place);

function fromExample(example) {
  const entry = entryOf(example.code, example.place) ?? entryOf(example.code, null);
  const rules = load(entry).rulesOn(load(entry).data, example.filed.slice(0, 10) || load(entry).data.as_of);
  const answers = example.given.map(condition => answer(rules, condition));
  if (answers.some(one => one === undefined)) throw new Error(`${example.code} “${example.name}”: ${example.given.join(", ")} is not read`);
  return { entry, label: `“${example.name}”`, answers, given: example.given, filed: example.filed, events: example.events, place: example.place };
}

function number(fact) {
  const [from, to] = [fact.from ?? 0, fact.to ?? (fact.from ?? 0) + 60];
  // Where conditions cut is where faults are.
  const edges = columnsOf.get(fact) ?? [];
  const edge = edges.length > 0 && random() < 0.5 ? one(edges) : from + random() * (to - from);
  return fact.kind === "integer" ? Math.round(edge) : Math.round(edge * 100) / 100;
}
const columnsOf = new Map();

function moment() {
  const day = new Date(Date.UTC(2024, 0, 1) + Math.floor(random() * 365 * 4) * 86_400_000).toISOString().slice(0, 10);
  return `${day}T${two(Math.floor(6 + random() * 13))}:${two(Math.floor(random() * 60))}`;
}
const plus = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

function stepsOf(nodes, found = []) {
  for (const node of nodes ?? []) {
    if (node.kind === "step") found.push(node), stepsOf(node.performs, found);
    else if (node.kind === "choice") stepsOf(node.then, found), stepsOf(node.else, found);
    else if (node.kind === "parallel") node.branches.forEach(branch => stepsOf(branch, found));
    else stepsOf(node.nodes, found);
  }
  return found;
}

/** What steps are called that have no id of their own. */
const KINDS = new Set(
  ["tiếp-nhận", "kiểm-tra", "phân-công", "thẩm-định", "lấy-ý-kiến", "kiểm-tra-thực-địa", "cuộc-họp", "niêm-yết"].concat(
    ["nghĩa-vụ-tài-chính", "chờ-người-nộp", "trình-duyệt", "ký-duyệt", "phát-hành", "chuyển-hồ-sơ", "thực-hiện", "lưu-hồ-sơ"],
    ["trả-kết-quả", "từ-chối", "dừng-theo-yêu-cầu", "bước-việc"],
  ),
);

function anyCase(entry) {
  const site = load(entry);
  const filed = random() < 0.8 ? moment() : "";
  const rules = site.rulesOn(site.data, filed.slice(0, 10) || site.data.as_of);
  const [answers, given] = [[], []];
  const told = (fact, value, ...conditions) => {
    answers.push([fact, value]);
    given.push(...conditions);
  };
  const known = random() < 0.5 ? 1 : 0.8;
  for (const fact of rules.facts) {
    if (random() > known) continue;
    const edges = rules.columns.filter(column => column.fact === fact.id).flatMap(column => column.cells.map(cell => cell.v));
    columnsOf.set(fact, edges.filter(value => typeof value === "number"));
    if (fact.kind === "boolean") {
      const value = random() < 0.5;
      told(fact.id, value, value ? fact.id : `không ${fact.id}`);
    } else if (fact.kind === "one-of") {
      const { id } = one(fact.choices);
      told(fact.id, id, `${fact.id} là ${id}`);
    } else if (fact.kind === "some-of") {
      const chosen = fact.choices.map(choice => choice.id).filter(() => random() < 0.4);
      told(fact.id, chosen, ...fact.choices.map(({ id }) => `${chosen.includes(id) ? "" : "không "}${fact.id} gồm ${id}`));
    } else if (fact.kind === "integer" || fact.kind === "decimal") {
      const value = number(fact);
      told(fact.id, value, `${fact.id} là ${String(value).replace(".", ",")}`);
    } else if (fact.kind === "date") {
      const dates = edges.filter(value => typeof value === "string");
      const value = dates.length > 0 && random() < 0.6 ? plus(one(dates), Math.floor(random() * 3) - 1) : moment().slice(0, 10);
      told(fact.id, value, `${fact.id} là ${written(value)}`);
    }
  }
  const channels = rules.columns.find(column => column.fact === "cách-thức");
  if (channels && random() < known) {
    const value = one(channels.cells).v;
    told("cách-thức", value, `cách thức là ${value.replaceAll("-", " ")}`);
  }
  for (const [id] of rules.requirements) {
    if (rules.columns.some(column => column.fact === id) && random() < 0.15) told(id, false, `không ${id}`);
  }
  const events = [];
  if (filed) {
    // A step without an id of its own cannot be named in a question.
    const steps = [...new Set(stepsOf(rules.process).map(step => step.id))].filter(id => !KINDS.has(id));
    const later = () => `${plus(filed.slice(0, 10), Math.floor(random() * 40))}T${two(Math.floor(7 + random() * 10))}:${two(Math.floor(random() * 60))}`;
    if (random() < 0.3) events.push(["", later()]);
    if (steps.length > 0 && random() < 0.5) events.push([one(steps), later()]);
  }
  return { entry, label: "a random case", answers, given, filed, events, place: entry.place };
}

async function compare(test) {
  const args = ["when", test.entry.code, catalogue, "--json"];
  if (test.place) args.push("--at", test.place);
  for (const condition of test.given) args.push("--with", condition);
  if (test.filed) args.push("--filed", written(test.filed));
  for (const [step, at] of test.events) args.push("--event", `${step === "" ? "bổ-sung-đủ" : step}=${written(at)}`);
  let theirs;
  try {
    theirs = expected(JSON.parse((await run(thutuc, args, { maxBuffer: 1 << 24 })).stdout));
  } catch (error) {
    return { refused: String(error.stderr ?? error).trim().split("\n").slice(0, 3).join(" / "), args };
  }
  const site = load(test.entry);
  const mine = said(site, question(site, test));
  return { faults: differences(JSON.parse(JSON.stringify(mine)), theirs), args };
}

const tests = examples(catalogue).map(fromExample);
const written_down = tests.length;
for (let at = 0; at < CASES; at += 1) tests.push(anyCase(listed[at % listed.length]));

let [failed, refused, next] = [0, new Map(), 0];
async function worker() {
  for (;;) {
    const at = next++;
    if (at >= tests.length) return;
    const test = tests[at];
    const found = await compare(test);
    if (found.refused) {
      // What no example says wrongly: a random step may be one that the question cannot name.
      if (at < written_down) failed += 1;
      const why = `${found.refused} ${test.events.map(([step]) => step).join()}`;
      refused.set(why, [(refused.get(why)?.[0] ?? 0) + 1, found.args]);
    } else if (found.faults.length > 0) {
      failed += 1;
      if (failed < 15) console.log(`FAILED ${test.entry.code} ${test.place ?? ""} ${test.label}\n    ${found.args.slice(3).map(arg => JSON.stringify(arg)).join(" ")}\n    ${found.faults.join("\n    ").slice(0, 1500)}`);
    }
  }
}
await Promise.all(Array.from({ length: Math.max(availableParallelism(), 2) }, worker));
const turnedDown = [...refused.values()].reduce((sum, [count]) => sum + count, 0);
if (process.env.VERBOSE) for (const [why, [count, args]] of refused) console.log(count, why, args.slice(3).join(" "));
console.log(`${written_down} worked examples and ${CASES} random cases: ${failed} differ, ${turnedDown} questions are refused`);
// Hardly any question may be turned down, else little was compared.
process.exit(failed === 0 && turnedDown * 20 <= tests.length ? 0 : 1);
