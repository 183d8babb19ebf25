// Shows what the checks found about the page, and loads it anew when the build changes. In a tree of its own, so that
// neither the page's styles nor these reach the other; nothing of it is printed.
(() => {
  const script = document.currentScript;
  const { build, lang } = script.dataset;
  const say = (vi, en) => (lang === "en" ? en : vi);
  const severities = {
    error: say("lỗi", "error"), warning: say("cảnh báo", "warning"), info: say("lưu ý", "info"),
  };

  const host = document.createElement("aside");
  host.setAttribute("aria-label", say("Kết quả kiểm tra", "Findings"));
  const root = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = `
    :host { all: initial; position: fixed; z-index: 2147483647; right: 12px; bottom: 12px; max-width: min(27rem, calc(100vw - 24px));
      font: 14px/1.4 system-ui, "Liberation Sans", Arial, sans-serif; color: #1a1a1a; }
    @media print { :host { display: none; } }
    .box { background: #fff; border: 1px solid #888; border-radius: 6px; box-shadow: 0 2px 10px #0004; overflow: auto; max-height: calc(100vh - 24px); }
    button { all: unset; display: block; box-sizing: border-box; width: 100%; cursor: pointer; padding: 8px 12px; font-weight: 600; position: sticky; top: 0; background: #fff; }
    button:focus-visible { outline: 3px solid #0b3d91; outline-offset: -3px; }
    .stale button { background: #a3120a; color: #fff; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { border-top: 1px solid #ddd; padding: 8px 12px; border-left: 4px solid #777; }
    li.error { border-left-color: #a3120a; } li.warning { border-left-color: #8a5a00; }
    p { margin: 0 0 3px; } .place { color: #555; font-size: 12px; overflow-wrap: anywhere; }
    .help::before { content: "→ "; } pre { margin: 0; padding: 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border-top: 1px solid #ddd; }
    a { color: #0b3d91; }`;
  const box = document.createElement("div");
  root.append(style, box);
  document.body.append(host);

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  // Where there is room, the page makes way and the list is open, unless the reader closed it.
  const room = matchMedia("(min-width: 1100px)");
  const beside = document.createElement("style");
  beside.textContent = "@media screen and (min-width: 1100px) { html.thutuc-open { padding-right: 28rem; } }";
  document.head.append(beside);
  const remembered = () => {
    const kept = sessionStorage.getItem("thutuc-open");
    return kept === null ? room.matches : kept === "yes";
  };
  let open = remembered();

  const item = (one) => {
    const li = element("li", undefined, one.severity);
    li.append(element("p", `${severities[one.severity]} ${one.code}: ${one.message}`));
    const [name] = one.procedures;
    const place = element(name === undefined ? "span" : "a", `${one.file}:${one.line}:${one.column}`);
    if (name !== undefined) place.href = `/notices/${name}.html`;
    const line = element("p", undefined, "place");
    line.append(place);
    li.append(line);
    for (const note of one.notes) li.append(element("p", note, "place"));
    for (const help of one.help) li.append(element("p", help, "help"));
    return li;
  };

  const show = (sheet) => {
    const file = decodeURIComponent(location.pathname).split("/").pop();
    // The list of all procedures shows the findings of all.
    const all = ["/", "/index.html"].includes(location.pathname);
    const here = (one) => all || one.procedures.some((name) => file.startsWith(`${name}.`));
    const errors = sheet.findings.filter((one) => one.severity === "error");
    const own = sheet.findings.filter((one) => one.severity !== "error" && here(one));
    const shown = sheet.stale ? [...errors, ...own] : own;
    const count = (severity) => shown.filter((one) => one.severity === severity).length;
    const parts = Object.keys(severities).filter(count).map((severity) => `${count(severity)} ${severities[severity]}`);
    const found = parts.length ? parts.join(", ") : say("không có phát hiện nào", "no findings");
    const title = sheet.stale
      ? say("Chưa dựng lại được; đây là bản dựng trước", "Not rebuilt; this is the earlier build")
      : all ? say("Cả bộ thủ tục", "The whole catalogue") : say("Trang này", "This page");
    open = sheet.stale || remembered();
    box.className = sheet.stale ? "box stale" : "box";
    const button = element("button", `${title}: ${found}`);
    const list = element("ul");
    const fold = () => {
      button.setAttribute("aria-expanded", String(open));
      list.hidden = !open;
      document.documentElement.classList.toggle("thutuc-open", open);
    };
    button.addEventListener("click", () => {
      open = !open;
      sessionStorage.setItem("thutuc-open", open ? "yes" : "no");
      fold();
    });
    list.append(...shown.map(item));
    fold();
    box.replaceChildren(button);
    if (sheet.problem) box.append(element("pre", sheet.problem));
    box.append(list);
  };

  let checked;
  const hear = async (event) => {
    const state = JSON.parse(event.data);
    if (state.build !== build) {
      location.reload();
      return;
    }
    if (state.checked === checked) return;
    checked = state.checked;
    show(await (await fetch("/_thutuc/findings.json")).json());
  };

  // Only a page that is seen listens: a browser opens no more than six connections to one place.
  let source;
  const listen = () => {
    if (document.hidden) {
      source?.close();
      source = undefined;
    } else if (source === undefined) {
      source = new EventSource("/_thutuc/changes");
      source.addEventListener("message", hear);
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
