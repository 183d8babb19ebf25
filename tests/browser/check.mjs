// Looks at a build in Debian's Chromium: node check.mjs FOLDER. Run by scripts/test.
//
// Charts: texts lie in their boxes, edges go round them, nothing overlaps or leaves the drawing. Pages: they ask nobody for
// anything, fit a phone, print on A4, and their links lead somewhere. What the public catalogue does: site.mjs.

import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { files } from "../support/files.mjs";

const folder = resolve(process.argv[2] ?? "dist");
if (!existsSync(join(folder, "manifest.json"))) {
  console.error(`${folder} holds no build (no manifest.json)`);
  process.exit(2);
}

/** How many pages are looked at side by side. */
const TABS = 4;

let passed = 0;
const failures = [];
/** One check: `faults` says what is wrong, and is empty where nothing is. */
function check(name, faults) {
  if (faults.length === 0) {
    passed += 1;
    return;
  }
  const shown = faults.slice(0, 6).map(fault => `\n    ${fault}`).join("");
  const rest = faults.length > 6 ? `\n    … and ${faults.length - 6} more` : "";
  failures.push(name);
  console.log(`FAILED ${name}${shown}${rest}`);
}

/** In the page: what is wrong with a chart, a list for each check. Lengths are those of the drawing. */
function chartFaults() {
  const svg = document.documentElement;
  const view = svg.viewBox.baseVal;
  const round = number => Math.round(number * 10) / 10;
  const said = element => `“${element.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  // Sheets are moved to their places: everything is measured where it is seen.
  const box = element => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const shown = ({ left, top, right, bottom }) => `${round(left)},${round(top)}…${round(right)},${round(bottom)}`;
  const inside = (inner, outer, slack) =>
    inner.left >= outer.left - slack && inner.top >= outer.top - slack && inner.right <= outer.right + slack && inner.bottom <= outer.bottom + slack;
  const overlap = (a, b, slack) => a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;

  const nodes = [...svg.querySelectorAll("g.node")].map(group => {
    const shape = group.querySelector("rect, polygon, circle");
    return { group, shape, box: box(shape), texts: [...group.querySelectorAll("text")] };
  });
  const labels = [...svg.querySelectorAll("g.label")].map(group => ({
    group,
    box: box(group.querySelector("rect")),
    text: group.querySelector("text"),
  }));
  const edges = [...svg.querySelectorAll("path.edge")];
  const faults = { drawn: [], nodeTexts: [], labelTexts: [], edges: [], nodes: [], labels: [], view: [] };

  if (nodes.length < 2 || edges.length < 1) {
    faults.drawn.push(`only ${nodes.length} nodes and ${edges.length} edges`);
  }
  for (const node of nodes) {
    for (const text of node.texts) {
      const bounds = box(text);
      if (!inside(bounds, node.box, 1)) {
        faults.nodeTexts.push(`${said(text)} at ${shown(bounds)} leaves its shape at ${shown(node.box)}`);
      }
    }
  }
  for (const label of labels) {
    const bounds = box(label.text);
    if (!inside(bounds, label.box, 1)) {
      faults.labelTexts.push(`${said(label.text)} at ${shown(bounds)} leaves its box at ${shown(label.box)}`);
    }
  }
  for (const edge of edges) {
    const length = edge.getTotalLength();
    const place = edge.getScreenCTM();
    for (let at = 2; at < length - 2; at += 2) {
      const { x, y } = edge.getPointAtLength(at).matrixTransform(place);
      const hit = nodes.find(({ box }) => x > box.left + 1 && x < box.right - 1 && y > box.top + 1 && y < box.bottom - 1);
      if (hit) {
        faults.edges.push(`${edge.getAttribute("d")} goes through ${said(hit.group)} at ${round(x)},${round(y)}`);
        break;
      }
    }
  }
  nodes.forEach((a, at) => {
    for (const b of nodes.slice(at + 1)) {
      // A timer stands on the edge of its task.
      const onEdge = [a, b].some(({ group }) => group.classList.contains("timer") || group.classList.contains("reminder"));
      if (!onEdge && overlap(a.box, b.box, 0.1)) faults.nodes.push(`${said(a.group)} lies over ${said(b.group)}`);
    }
  });
  labels.forEach((a, at) => {
    for (const b of nodes) {
      if (overlap(a.box, b.box, 1)) faults.labels.push(`the label ${said(a.group)} at ${shown(a.box)} lies over ${said(b.group)} at ${shown(b.box)}`);
    }
    for (const b of labels.slice(at + 1)) {
      if (overlap(a.box, b.box, 1)) faults.labels.push(`the label ${said(a.group)} at ${shown(a.box)} lies over the label ${said(b.group)} at ${shown(b.box)}`);
    }
  });
  const whole = { left: view.x, top: view.y, right: view.x + view.width, bottom: view.y + view.height };
  for (const element of svg.querySelectorAll("rect, polygon, circle, path, text")) {
    if (element.closest("defs")) continue;
    const bounds = box(element);
    if (!inside(bounds, whole, 1)) faults.view.push(`${element.localName} ${said(element)} at ${shown(bounds)} leaves the drawing ${shown(whole)}`);
  }
  return faults;
}

/** Opens a file and gives what the page complained about and asked for. */
async function open(page, path) {
  const faults = [];
  const complain = message => message.type() === "error" && faults.push(`console: ${message.text()}`);
  const fail = error => faults.push(`script: ${error}`);
  const ask = request => {
    const own = request.url().startsWith(`${pathToFileURL(folder).href}/`);
    if (!own && !request.url().startsWith("data:")) faults.push(`asks for ${request.url()}`);
  };
  page.on("console", complain);
  page.on("pageerror", fail);
  page.on("request", ask);
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  const stop = () => {
    page.off("console", complain);
    page.off("pageerror", fail);
    page.off("request", ask);
    return faults;
  };
  return stop;
}

/** Links out of a page that lead to no file of the build. */
async function deadLinks(page, path) {
  const links = await page.$$eval("a[href]", all => all.map(link => [link.getAttribute("href"), link.href]));
  return links
    .filter(([, target]) => target.startsWith("file:"))
    .map(([written, target]) => [written, fileURLToPath(target.replace(/[?#].*$/, ""))])
    .filter(([, target]) => relative(folder, target).startsWith("..") || !existsSync(target))
    .map(([written]) => `the link to ${written} of ${relative(folder, path)} leads nowhere`);
}

/** Width and height in points of the paper of a page: A4 upright, lying where it holds wide tables or folds, or as a screen. */
function paperOf(path) {
  if (/\/(processes|leaflets|boards)\/|\/forms\/.*\/(control|log)\./.test(path)) return [841.89, 595.28];
  return path.includes("/screens/") ? [841.89, 473.39] : [595.28, 841.89];
}

/** What is wrong with a page as it is printed. */
async function printFaults(page, [width, height]) {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  const pages = [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map(found => found.slice(1).map(Number));
  const faults = [];
  if (pages < 1 || boxes.length < 1) faults.push(`${pages} pages, ${boxes.length} page boxes`);
  for (const [left, bottom, right, top] of boxes) {
    if (Math.abs(right - left - width) > 2 || Math.abs(top - bottom - height) > 2) faults.push(`a page is ${right - left} × ${top - bottom} points, not ${width} × ${height}`);
  }
  return faults;
}

async function checkChart(page, path) {
  const name = relative(folder, path);
  const stop = await open(page, path);
  const faults = await page.evaluate(chartFaults);
  check(`${name}: opens, and asks for nothing`, stop());
  check(`${name}: has nodes and edges`, faults.drawn);
  check(`${name}: texts lie in their shapes`, faults.nodeTexts);
  check(`${name}: labels lie in their boxes`, faults.labelTexts);
  check(`${name}: edges go round nodes`, faults.edges);
  check(`${name}: nodes stand apart`, faults.nodes);
  check(`${name}: labels cover nothing`, faults.labels);
  check(`${name}: everything lies in the drawing`, faults.view);
}

/** What is wrong with how the slides of all procedures follow each other: on past the last one, back, and no further in a pause. */
async function roundFaults(page) {
  const slide = () => page.frames().at(-1).evaluate(() => [location.pathname.split("/").pop(), [...document.querySelectorAll(".slide")].findIndex(one => one.matches(".shown"))].join(" "));
  const is = async (what, wanted) => {
    for (let tries = 0; tries < 50; tries++) {
      if (wanted(await slide().catch(() => ""))) return [];
      await page.waitForTimeout(100);
    }
    return [`${what}: ${await slide()}`];
  };
  // Drafts are not shown: where there is nothing else, there is no round.
  const shown = await page.evaluate(() => shows.length);
  if (shown === 0) return await page.locator("#list").isVisible() ? [] : ["shows nothing, and no list"];
  const faults = await is("does not begin", now => now.endsWith(" 0"));
  const first = await slide();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowLeft");
  faults.push(...await is("does not go back to the last slide of the last procedure", now => now !== "" && (shown === 1 || now.split(" ")[0] !== first.split(" ")[0]) && !now.endsWith(" 0")));
  await page.keyboard.press("ArrowRight");
  faults.push(...await is("does not go on to the first procedure", now => now === first));
  if (!await page.locator("#at").textContent().then(text => /Tạm dừng|Paused/.test(text))) faults.push("does not say that it pauses");
  if (!await page.locator("#field").textContent().then(text => /: ./.test(text))) faults.push("does not say the field");
  await page.keyboard.press("Escape");
  if (!await page.locator("#list").isVisible()) faults.push("does not show the list");
  return faults;
}

async function checkPage(page, path) {
  const name = relative(folder, path);
  const stop = await open(page, path);
  if (path.endsWith("screens/index.html")) check(`${name}: goes round`, await roundFaults(page));
  const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: document.documentElement.clientWidth }));
  check(`${name}: fits a phone`, wide > seen ? [`${wide} px wide where ${seen} px are seen`] : []);
  check(`${name}: links lead somewhere`, await deadLinks(page, path));
  check(`${name}: prints on its paper`, await printFaults(page, paperOf(path)));
  check(`${name}: no error, and asks nobody`, stop());
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  // Whatever a page wants from a host, it does not get; that it asked is reported by `open`.
  await context.route(url => url.protocol !== "file:", route => route.abort());
  const all = files(folder);
  const charts = all.filter(path => path.endsWith(".svg") && dirname(path).endsWith("charts"));
  // Forms of a place have the layout of those of the nation.
  const pages = all.filter(path => path.endsWith(".html") && !/\/places\/.*\/forms\//.test(path));
  check("the build has charts, notices and an index", charts.length > 0 && pages.length > 1 && existsSync(join(folder, "index.html")) ? [] : ["something is absent"]);
  const todo = [...charts.map(path => [checkChart, path]), ...pages.map(path => [checkPage, path])];
  const tab = async () => {
    const page = await context.newPage();
    for (let next = todo.shift(); next; next = todo.shift()) await next[0](page, next[1]);
  };
  await Promise.all(Array.from({ length: TABS }, tab));
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
