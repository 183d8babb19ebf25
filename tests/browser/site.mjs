// The public catalogue in Debian's Chromium: node site.mjs BUILD CATALOGUE THUTUC. Run by scripts/test.
//
// Search with and without marks and with slips, filters, keyboard alone, a phone, print, no script, a web server; axe-core on
// every kind of page; and “Tôi cần gì?” answered by clicking for every worked example, beside `thutuc when --json`.

import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { answer, differences, engine, examples, expected, written } from "./engine.mjs";

const [folder, catalogue, thutuc] = process.argv.slice(2, 5).map(path => resolve(path));
const run = promisify(execFile);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const listed = JSON.parse(readFileSync(join(folder, "catalogue.json"), "utf8")).procedures;
const address = path => pathToFileURL(join(folder, path)).href;
const entryOf = (code, place) => listed.find(entry => entry.code === code && entry.place === place);

let passed = 0;
const failures = [];
function check(name, faults) {
  if (faults.length === 0) return (passed += 1);
  failures.push(name);
  console.log(`FAILED ${name}${faults.slice(0, 6).map(fault => `\n    ${fault}`).join("")}`);
}
const same = (name, found, wanted) => check(name, JSON.stringify(found) === JSON.stringify(wanted) ? [] : [`${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`]);

/** A page of which every error and every request outside is kept. */
async function open(context, url) {
  const page = await context.newPage();
  page.faults = [];
  page.on("console", message => ["error", "warning"].includes(message.type()) && page.faults.push(`console: ${message.text()}`));
  page.on("pageerror", error => page.faults.push(`error: ${error.message}`));
  const home = new URL(url);
  page.on("request", request => {
    const asked = new URL(request.url());
    if (asked.protocol !== "data:" && (asked.protocol !== home.protocol || asked.host !== home.host)) page.faults.push(`asks ${asked.href}`);
  });
  await page.goto(url);
  return page;
}

const serious = async (name, page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run({ preload: false }));
  const bad = violations.filter(one => one.impact === "serious" || one.impact === "critical");
  check(`${name}: axe finds nothing serious`, bad.map(one => `${one.id} (${one.impact}): ${one.nodes.map(node => node.target.join(" ")).slice(0, 3).join("; ")}`));
};
const wide = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const fits = async (name, page) => {
  const over = await wide(page);
  check(`${name}: fits 360 px`, over > 0 ? [`${over} px too wide`] : []);
};
const shown = page => page.$$eval(".row", rows => rows.filter(row => row.checkVisibility()).map(row => row.dataset.code));

async function front(context) {
  const page = await open(context, address("index.html"));
  const all = await shown(page);
  same("index: every procedure once", [...all].sort(), [...new Set(listed.map(entry => entry.code))].sort());
  const first = async text => {
    await page.fill("#search", text);
    return (await shown(page))[0];
  };
  const birth = ["dang ky khai sinh", "Đăng ký khai sinh", "ĐĂNG KÝ KHAI SINH", "đăng ký khai sinh".normalize("NFD"), "đăng ký khia sinh", "dang ki khai sinh", "khaisinh", "dnag ky khai sihn", "đắng kí khai sịnh", "1.001193"];
  for (const text of birth) same(`index: “${text}” finds birth registration first`, await first(text), "1.001193");
  same("index: “ket hon” finds marriage first", await first("ket hon"), "1.000894");
  same("index: “giay phep xay dugn” finds the building permit", await first("giay phep xay dugn"), "1.013225");
  await page.fill("#search", "dang ky khai sinh");
  const found = await shown(page);
  check("index: residence is not found for birth", found.includes("1.004222") ? [found.join()] : []);
  const order = await page.$$eval("#results .row", rows => rows.map(row => row.dataset.code));
  same("index: what is found stands in one list", order, found);
  await serious("index with results", page);
  await page.fill("#search", "khong co thu tuc nao nhu vay");
  same("index: what nobody wrote finds nothing", await shown(page), []);
  check("index: and says so", (await page.textContent("#found")).includes("Không tìm thấy") ? [] : [await page.textContent("#found")]);
  await page.fill("#search", "");
  same("index: an empty search shows all again", await shown(page), all);

  const boxes = await page.$$eval("#facets input", inputs => inputs.map(input => [input.name, input.value]));
  same("index: filters", [...new Set(boxes.map(([name]) => name))], ["event", "field", "level", "agency", "channel", "place"]);
  for (const [name, value] of boxes) {
    const told = await page.$eval(`#facets input[value="${value}"]`, input => {
      input.closest("details").open = true;
      return Number(input.closest("label").querySelector(".count").textContent);
    });
    await page.check(`#facets input[value="${value}"]`);
    const count = (await shown(page)).length;
    check(`index: ${name} ${value}`, count === told && count > 0 ? [] : [`${count} instead of ${told}`]);
    if (value === "event-0") {
      const again = await open(context, page.url());
      same("index: a filter is kept in the address", await shown(again), await shown(page));
      await again.close();
    }
    await page.uncheck(`#facets input[value="${value}"]`);
  }
  const headings = await page.$$eval(".group", groups => groups.filter(group => group.checkVisibility() && !group.querySelector(".row:not([hidden])")).length);
  same("index: no heading stands over nothing", headings, 0);
  await serious("index", page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits("index", page);
  check("index: no error, and asks nobody", page.faults);
  await page.close();
}

/** What the page says, in the form of `thutuc when --json` as far as it can be read off. */
const readOff = page =>
  page.evaluate(() => {
    const all = (selector, take) => [...document.querySelectorAll(`#wizard .answer ${selector}`)].map(take);
    return {
      documents: all("[data-paper]", one => [one.dataset.paper, one.querySelector(".open") !== null]),
      charges: all("[data-sum]", one => [one.firstChild.textContent.replace(/: $/, "").toLowerCase(), one.dataset.sum]),
      dates: all("[data-limit]", one => [one.firstChild.textContent.replace(/: $/, "").toLowerCase(), one.dataset.limit, one.dataset.due || null]),
    };
  });

/** In the page: answers every question that is asked, by clicking; what is not known is said not to be. */
function clickThrough({ answers, filed, events }) {
  const known = new Map(answers);
  const fill = (id, value) => {
    const [day, time = ""] = value.split("T");
    for (const [part, text] of [["day", day], ["time", time]]) {
      const input = document.getElementById(`${id}-${part}`);
      input.value = text;
      input.dispatchEvent(new Event("change"));
    }
  };
  for (const [id, value] of answers) {
    const box = [...document.querySelectorAll("#requirements input")].find(input => input.dataset.fact === id);
    if (box && value === false) box.click();
  }
  if (filed) fill("filed", filed);
  const asked = [];
  const questions = () => {
    for (let turn = 0; turn < 60; turn += 1) {
      const form = document.querySelector("#wizard > .asking form") ?? document.querySelector("#by-agency form");
      if (!form) return;
      asked.push(form.dataset.fact);
      const [continues, skips] = form.querySelectorAll("button");
      const value = known.get(form.dataset.fact);
      if (value === undefined) {
        skips.click();
        continue;
      }
      const wanted = value === true ? ["yes"] : value === false ? ["no"] : [value].flat().map(String);
      for (const input of form.querySelectorAll("input")) {
        if (input.type !== "radio" && input.type !== "checkbox") input.value = wanted[0];
        else if (wanted.includes(input.value)) input.click();
      }
      continues.click();
    }
  };
  questions();
  for (const [step, at] of events) {
    // What moves no date is not asked for.
    const group = [...document.querySelectorAll("[data-step]")].find(one => one.dataset.step === step);
    if (group) fill(group.querySelector("input").id.replace(/-day$/, ""), at);
    // What happened may make other facts matter.
    questions();
  }
  return asked;
}

async function wizard(context) {
  const page = await open(context, address(listed[0].page));
  let [asked, most] = [0, 0];
  for (const example of examples(catalogue)) {
    const entry = entryOf(example.code, example.place) ?? entryOf(example.code, null);
    const path = entry.page.replace(/\.html$/, ".js");
    const site = engine(folder, path);
    const rules = site.rulesOn(site.data, example.filed.slice(0, 10) || site.data.as_of);
    const answers = example.given.map(condition => answer(rules, condition));
    const args = ["when", example.code, catalogue, "--json"].concat(example.place ? ["--at", example.place] : []);
    for (const condition of example.given) args.push("--with", condition);
    if (example.filed) args.push("--filed", written(example.filed));
    for (const [step, at] of example.events) args.push("--event", `${step || "bổ-sung-đủ"}=${written(at)}`);
    const theirs = expected(JSON.parse((await run(thutuc, args, { maxBuffer: 1 << 24 })).stdout));
    await page.goto(address(entry.page));
    const questions = await page.evaluate(clickThrough, { answers, filed: example.filed, events: example.events });
    asked += questions.length;
    most = Math.max(most, questions.length);
    const mine = await readOff(page);
    const wanted = {
      documents: theirs.documents.map(one => [one.id ?? one.name, one.when !== null]),
      charges: theirs.charges.map(one => [one.name, one.amount]),
      dates: theirs.dates.map(one => [one.name, one.limit, one.due]),
    };
    check(`${example.code} ${example.place ?? ""} “${example.name}” by clicking`, differences(mine, wanted));
  }
  check("wizard: no error, and asks nobody", page.faults);
  console.log(`the worked examples were answered with ${asked} questions, at most ${most} for one`);
  await page.close();
}

async function procedurePage(context) {
  const page = await open(context, address("procedures/1.001193.html"));
  await serious("a procedure", page);
  // By keyboard alone: into the first question, an arrow down and back, Enter.
  await page.focus("#main");
  for (let press = 0; press < 12; press += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches("#wizard input"))) break;
  }
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  same("a procedure: a question is answered by keyboard", await page.$$eval(".given li", rows => rows.length), 1);
  check("a procedure: the next question has the focus", (await page.evaluate(() => document.activeElement.tagName)) === "LEGEND" ? [] : ["it has not"]);
  await page.locator("#wizard > .asking form button[type=submit]").click();
  check("a procedure: an empty answer is turned down", (await page.textContent("#wizard .error")).length > 0 ? [] : ["nothing is said"]);
  await serious("a procedure, asking", page);
  await page.evaluate(clickThrough, { answers: [["nguồn-gốc", "chứng-sinh"], ["cách-thức", "trực-tiếp"], ["số-bản-sao", 2]], filed: "2026-04-27T10:00", events: [] });
  for (const details of await page.$$("#wizard details")) await details.evaluate(one => (one.open = true));
  await serious("a procedure, answered", page);
  await page.locator(".given button").first().click();
  check("a procedure: an answer can be changed", (await page.locator("#wizard > .asking form").count()) === 1 ? [] : ["no question came back"]);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const details of await page.$$("details")) await details.evaluate(one => (one.open = true));
  await fits("a procedure, all open", page);
  await serious("a procedure on a phone", page);
  check("a procedure: no error, and asks nobody", page.faults);

  await page.emulateMedia({ media: "print" });
  const printed = await page.evaluate(() => {
    const seen = selector => [...document.querySelectorAll(selector)].some(one => one.checkVisibility() && one.getBoundingClientRect().height > 0);
    return { boxes: seen(".tick input"), answers: seen("#wizard .print"), questions: seen("#wizard form"), buttons: seen("button"), links: seen(".links") };
  });
  same("print: the checklist and nothing to click", printed, { boxes: true, answers: true, questions: false, buttons: false, links: false });
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  check("print: a few pages", pages >= 1 && pages <= 4 ? [] : [`${pages} pages`]);
  await page.close();
}

async function withoutScripts(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await open(context, address("index.html"));
  const visible = (await shown(page).catch(() => null)) ?? (await page.locator(".row").count());
  same("without scripts: every procedure is listed", visible.length ?? visible, new Set(listed.map(entry => entry.code)).size);
  check("without scripts: no field to type in", (await page.locator("#search").isVisible()) ? ["it is there"] : []);
  await page.locator(".row a").first().click();
  check("without scripts: the short answer is there", (await page.locator(".short dd").count()) >= 4 ? [] : ["it is not"]);
  check("without scripts: no question is asked", (await page.locator("#wizard").isVisible()) ? ["one is"] : []);
  await page.locator("#whole summary").click();
  check("without scripts: the whole text can be read", (await page.locator("#whole section").first().isVisible()) ? [] : ["it cannot"]);
  await context.close();
}

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };
async function onAServer(context) {
  const server = createServer((request, response) => {
    try {
      const path = join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname));
      response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(readFileSync(path));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  const page = await open(context, `http://127.0.0.1:${server.address().port}/index.html`);
  await page.fill("#search", "khai sinh");
  await page.locator("#results a").first().click();
  await page.waitForSelector("#wizard form");
  check("on a web server: search and wizard work", page.faults);
  await page.close();
  server.close();
}

function sizes() {
  const size = path => statSync(join(folder, path)).size;
  const shared = readdirSync(join(folder, "site")).filter(name => name !== "index.js" && name !== "calendar.js");
  const total = shared.reduce((sum, name) => sum + size(`site/${name}`), 0);
  check("what pages share is below 64 kB", total < 64_000 ? [] : [`${total} bytes`]);
  const heavy = listed.map(entry => [entry.page, size(entry.page) + size(entry.page.replace(/\.html$/, ".js"))]).filter(([, bytes]) => bytes >= 100_000);
  check("a page with its data is below 100 kB", heavy.map(([path, bytes]) => `${path}: ${bytes}`));
  check("the front page with its index is below 100 kB", size("index.html") + size("site/index.js") < 100_000 ? [] : ["it is not"]);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  sizes();
  await front(context);
  await procedurePage(context);
  await onAServer(context);
  await withoutScripts(browser);
  await wizard(context);
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
