// Looks at a build in Debian's Chromium: node check.mjs FOLDER. Run by scripts/test.
//
// Charts: texts lie in their boxes, edges go round them, nothing overlaps or leaves the drawing. Pages: they ask nobody for
// anything, fit a phone, print on A4, and their links lead somewhere; the index finds a procedure typed without marks.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = resolve(process.argv[2] ?? "dist");
if (!existsSync(join(folder, "manifest.json"))) {
  console.error(`${folder} holds no build (no manifest.json)`);
  process.exit(2);
}

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

function files(below) {
  return readdirSync(below)
    .sort()
    .flatMap(name => {
      const path = join(below, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
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
    if (request.url() !== pathToFileURL(path).href && !request.url().startsWith("data:")) faults.push(`asks for ${request.url()}`);
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

/** What is wrong with a page as it is printed, upright or, where it holds wide tables, lying. */
async function printFaults(page, lying) {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  const pages = [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map(found => found.slice(1).map(Number));
  const faults = [];
  if (pages < 1 || boxes.length < 1) faults.push(`${pages} pages, ${boxes.length} page boxes`);
  for (const [left, bottom, right, top] of boxes) {
    // A4 in points is 595.28 × 841.89.
    const [width, height] = lying ? [841.89, 595.28] : [595.28, 841.89];
    if (Math.abs(right - left - width) > 2 || Math.abs(top - bottom - height) > 2) faults.push(`a page is ${right - left} × ${top - bottom} points, not A4`);
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

async function checkPage(page, path) {
  const name = relative(folder, path);
  const stop = await open(page, path);
  const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: document.documentElement.clientWidth }));
  check(`${name}: fits a phone`, wide > seen ? [`${wide} px wide where ${seen} px are seen`] : []);
  check(`${name}: links lead somewhere`, await deadLinks(page, path));
  check(`${name}: prints on A4`, await printFaults(page, dirname(path).endsWith("processes")));
  check(`${name}: no error, and asks nobody`, stop());
}

async function checkSearch(page) {
  const visible = () =>
    page.$$eval("tbody tr", rows => rows.filter(row => row.checkVisibility()).map(row => row.cells[0].textContent.trim()));
  const stop = await open(page, join(folder, "index.html"));
  const all = await visible();
  const catalogue = JSON.parse(readFileSync(join(folder, "catalogue.json"), "utf8"));
  const listed = catalogue.procedures.length;
  check("index: lists every procedure of catalogue.json", all.length === listed ? [] : [`${all.length} of ${listed}`]);

  await page.fill("#search", "dang ky khai sinh");
  const found = await visible();
  const faults = [];
  if (!found.includes("1.001193")) faults.push("1.001193 is hidden");
  for (const code of found) {
    const name = catalogue.procedures.find(one => one.code === code).name.toLowerCase().normalize("NFC");
    if (!["đăng", "ký", "khai", "sinh"].every(word => name.includes(word))) faults.push(`${code} “${name}” is left`);
  }
  if (!all.includes("1.004222") || found.includes("1.004222")) faults.push("1.004222 (residence) is not hidden");
  const headings = await page.$$eval(".group", groups =>
    groups.filter(group => group.checkVisibility() && ![...group.querySelectorAll("tbody tr")].some(row => row.checkVisibility())).map(group => group.querySelector("h2").textContent),
  );
  faults.push(...headings.map(heading => `the heading “${heading}” stands over nothing`));
  check("index: “dang ky khai sinh” leaves birth registration", faults);

  for (const typed of ["Đăng ký khai sinh", "ĐĂNG KÝ KHAI SINH", "đăng ký khai sinh".normalize("NFD")]) {
    await page.fill("#search", typed);
    const now = await visible();
    check(`index: “${typed}” finds the same`, now.join() === found.join() ? [] : [`${now.join(", ")} instead of ${found.join(", ")}`]);
  }
  await page.fill("#search", "1.001193");
  const byCode = await visible();
  check("index: a code finds its procedure", byCode.length > 0 && byCode.every(code => code === "1.001193") ? [] : [byCode.join(", ") || "nothing"]);
  await page.fill("#search", "khong co thu tuc nao nhu vay");
  const none = await visible();
  check("index: what nobody wrote finds nothing", none);
  await page.fill("#search", "");
  const again = await visible();
  check("index: an empty search shows all again", again.length === all.length ? [] : [`${again.length} of ${all.length}`]);
  check("index: searching raises no error", stop());
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
  const page = await context.newPage();
  const all = files(folder);
  const charts = all.filter(path => path.endsWith(".svg") && dirname(path).endsWith("charts"));
  const pages = all.filter(path => path.endsWith(".html"));
  check("the build has charts, notices and an index", charts.length > 0 && pages.length > 1 && existsSync(join(folder, "index.html")) ? [] : ["something is absent"]);
  for (const path of charts) await checkChart(page, path);
  for (const path of pages) await checkPage(page, path);
  await checkSearch(page);
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
