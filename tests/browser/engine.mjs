// The site's scripts as a page runs them, for tests without a browser; and the worked examples as questions to both.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const SCRIPTS = ["logic", "money", "time", "course", "answer", "calendar"];

/** What a page has loaded, of a procedure: `path` is its script in the build. */
export function engine(folder, path) {
  const world = vm.createContext({ console });
  const run = name => vm.runInContext(readFileSync(join(folder, name), "utf8"), world, { filename: name });
  for (const name of SCRIPTS) run(`site/${name}.js`);
  run(path);
  return world.thutuc;
}

const iso = text => {
  const [, day, month, year] = /(\d+)\/(\d+)\/(\d+)/.exec(text);
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
};
/** `15:00 ngày 21/8/2026` as `2026-08-21T15:00`. */
export const moment = text => {
  const time = /(\d+):(\d\d)/.exec(text);
  return iso(text) + (time ? `T${time[1].padStart(2, "0")}:${time[2]}` : "");
};
/** The way back. */
export const written = text => {
  const [date, time] = text.split("T");
  const [year, month, day] = date.split("-").map(Number);
  return `${time ? `${time} ` : ""}${day}/${month}/${year}`;
};

/** Splits at commas that stand in no brackets. */
function split(text) {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map(part => part.trim()).filter(Boolean);
}

/** Every worked example of a catalogue: code, place, name, given, filed, events. */
export function examples(catalogue) {
  const found = [];
  const walk = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith(".tthc")) read(readFileSync(path, "utf8").normalize("NFC"));
    }
  };
  const read = text => {
    let [code, place, example] = ["", null, null];
    for (const line of text.split("\n").map(line => line.trim())) {
      const head = /^(?:thủ tục|áp dụng) (\d\.\d{6})(?:.* tại (\S+))?/.exec(line);
      const named = /^ví dụ "(.*)" \{$/.exec(line);
      if (head) [code, place] = [head[1], line.startsWith("áp dụng") ? (head[2] ?? null) : null];
      else if (named) found.push((example = { code, place, name: named[1], given: [], filed: "", events: [] }));
      else if (line === "}") example = null;
      else if (example) {
        const [, key, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
        if (key === "trường hợp") example.given = split(value);
        if (key === "nộp lúc") example.filed = moment(value);
        if (key === "sự kiện") example.events = split(value).map(one => one.split(" lúc ")).map(([step, at]) => [step === "bổ sung đủ" ? "" : step, moment(at)]);
      }
    }
  };
  walk(catalogue);
  return found;
}

/** A given condition as an answer `[fact, value]`; undefined where it is not of that kind. */
export function answer(rules, condition) {
  const channel = /^cách thức là (.*)$/.exec(condition);
  if (channel) return ["cách-thức", channel[1].replaceAll(" ", "-")];
  const [, not, id, , value] = /^(không )?(\S+)( là (.*))?$/.exec(condition) ?? [];
  const fact = rules.facts.find(fact => fact.id === id) ?? (rules.requirements.some(([own]) => own === id) ? { kind: "boolean" } : undefined);
  switch (fact?.kind) {
    case "boolean":
      return value === undefined ? [id, !not] : undefined;
    case "one-of":
      return value === undefined || value.startsWith("(") ? undefined : [id, value];
    case "some-of":
      return value?.startsWith("(") ? [id, split(value.slice(1, -1))] : undefined;
    case "integer":
    case "decimal": {
      const number = value?.match(/^[\d.,]+/)?.[0];
      return number ? [id, Number(number.replaceAll(".", "").replace(",", "."))] : undefined;
    }
    case "date":
      return value ? [id, iso(value)] : undefined;
    default:
      return undefined;
  }
}

/** The case of a question for the site: answers as `[fact, value]`. */
export function question(thutuc, { answers, filed, events }) {
  const { data } = thutuc;
  const asOf = filed ? filed.slice(0, 10) : data.as_of;
  const rules = thutuc.rulesOn(data, asOf);
  const calendar = new thutuc.Calendar(thutuc.days, rules.office);
  let state = thutuc.everything(rules);
  for (const [fact, value] of answers) state = thutuc.told(rules, state, fact, value, `${fact}: ${value}`);
  const arrived = filed && thutuc.moment(calendar, filed);
  const happened = { done: [], supplemented: undefined };
  for (const [step, at] of events) {
    if (step === "") happened.supplemented = thutuc.moment(calendar, at);
    else happened.done.push({ step, at: thutuc.moment(calendar, at) });
  }
  return { rules, state, asOf, calendar, received: arrived ? calendar.receive(arrived) : null, happened };
}

const stamp = (calendar, at) => `${calendar.date(at.day)}T${String(Math.floor(at.minute / 60)).padStart(2, "0")}:${String(at.minute % 60).padStart(2, "0")}`;
const small = text => text.toLowerCase();

/** The answer of the site in the form of `thutuc when --json`, as far as both say it. */
export function said(thutuc, asked) {
  const answer = thutuc.answer(asked, vi => vi);
  const undecided = "chưa tính được: còn điều kiện chưa khai, hoặc quá nhiều khả năng";
  const dates = answer.courses.slice(0, 12).flatMap(group =>
    group.value.dates.map(date => ({
      name: small(date.promise.limit.name),
      limit: date.limit,
      due: date.due ? stamp(asked.calendar, date.due) : null,
      text: date.text,
      provisional: date.provisional,
      open: group.when !== undefined,
    })),
  );
  if (answer.undecided) dates.push(...asked.rules.limits.map(limit => ({ name: small(limit.name), limit: "", due: null, text: undecided, provisional: false, open: false })));
  const charges = answer.charges.flatMap(({ charge, groups, undecided: open }) => [
    ...(open ? [{ name: small(charge.name), amount: undecided, open: false }] : []),
    ...groups.slice(0, 12).map(group => ({ name: small(charge.name), amount: group.text, open: group.when !== undefined })),
  ]);
  return {
    received: asked.received ? stamp(asked.calendar, asked.received) : null,
    documents: answer.papers.map(({ paper, when }) => ({ id: paper.id ?? null, name: paper.name, when: when ?? null })),
    charges,
    dates,
  };
}

/** The answer of `thutuc when --json` in the same form. */
export function expected(json) {
  return {
    received: json.received ?? null,
    documents: json.documents.map(one => ({ id: one.id ?? null, name: one.name, when: one.when ?? null })),
    charges: json.charges.map(one => ({ name: small(one.name), amount: one.amount, open: one.when !== undefined })),
    dates: json.dates.map(one => ({
      name: small(one.name),
      limit: one.limit,
      due: one.due ?? null,
      text: one.text,
      provisional: one.provisional,
      open: one.when !== undefined,
    })),
  };
}

/** What differs between two answers; the order of charges and dates is left open. */
export function differences(mine, theirs) {
  const sorted = (value, key) => (key === "charges" || key === "dates" ? value.map(one => JSON.stringify(one)).sort() : value);
  return Object.keys(theirs)
    .filter(key => JSON.stringify(sorted(mine[key], key)) !== JSON.stringify(sorted(theirs[key], key)))
    .map(key => `${key}: ${JSON.stringify(mine[key])} instead of ${JSON.stringify(theirs[key])}`);
}
