// The front page: search that forgives marks, case and a few wrong letters; filters; both kept in the address.
"use strict";
globalThis.thutuc ??= {};
(thutuc => {
  /** As the index was folded: small letters without marks, `đ` as `d`; and `y` as `i`, which people write for each other. */
  const plain = text => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d").replaceAll("y", "i");
  const split = text => plain(text).split(/[^\p{L}\p{N}.]+/u).filter(Boolean);

  /** How many letters to insert, leave out, change or swap with a neighbour; more than `most` is told as `most + 1`. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [older, old, now] = [[], Array.from({ length: b.length + 1 }, (_, at) => at), []];
    for (let i = 1; i <= a.length; i += 1) {
      now = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        now[j] = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
        if (!same && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], older[j - 2] + 1);
      }
      [older, old] = [old, now];
    }
    return Math.min(old[b.length], most + 1);
  }

  /** How well a typed word fits a row of words, from 0 (not at all) to 4. */
  function fits(typed, words) {
    let best = 0;
    const allowed = typed.length < 4 || /\d/.test(typed) ? 0 : typed.length < 7 ? 1 : 2;
    const letters = [...typed].sort().join();
    for (const word of words) {
      if (word === typed) return 4;
      if (word.startsWith(typed)) best = Math.max(best, 3);
      else if (best < 2 && typed.length > 2 && word.length === typed.length && [...word].sort().join() === letters) best = 2;
      else if (best < 2 && allowed > 0 && distance(typed, word, allowed) <= allowed) best = 2;
    }
    // Words run together: `khaisinh`.
    return best === 0 && typed.length > 4 && words.join("").includes(typed) ? 2 : best;
  }

  /** How well a procedure fits what was typed, and how many words fit nothing in it. What the name says counts most. */
  function score(typed, [name, beside]) {
    let [total, missed, at] = [-name.length / 100, 0, -1];
    for (const word of typed) {
      const inName = fits(word, name);
      const fit = Math.max(inName * 4, inName === 4 ? 0 : fits(word, beside));
      total += fit;
      missed += fit === 0 ? 1 : 0;
      const place = name.indexOf(word);
      if (place > at && at >= 0) total += 1;
      at = place;
    }
    return { total, missed };
  }

  /** The numbers of the procedures that fit, the best first; one word of many may fit nothing where nothing fits them all. */
  thutuc.search = (index, text) => {
    const typed = split(text);
    const scored = index.map((row, at) => ({ at, ...score(typed, row) }));
    const least = Math.min(...scored.map(one => one.missed));
    if (typed.length === 0 || least > (typed.length > 2 ? 1 : 0)) return [];
    const found = scored.filter(one => one.missed === least).sort((a, b) => b.total - a.total || a.at - b.at);
    // What is alike in a letter or two is left out beside what is the same.
    return found.filter(one => one.total * 4 >= found[0].total * 3).map(one => one.at);
  };

  thutuc.index = rows => {
    const index = rows.map(row => row.map(words => split(words)));
    if (!globalThis.document) return index;
    const byId = id => document.getElementById(id);
    const vi = document.documentElement.lang === "vi";
    const [field, results, found] = [byId("search"), byId("results"), byId("found")];
    const items = [...document.querySelectorAll(".row")];
    const homes = items.map(item => item.parentNode);
    const groups = [...document.querySelectorAll(".group")];
    const boxes = [...document.querySelectorAll("#facets input")];
    byId("find").hidden = byId("facets").hidden = false;
    if (matchMedia("(max-width: 48rem)").matches) for (const one of document.querySelectorAll("#facets details")) one.open = false;

    /** Of each filter some value, where any is chosen. */
    function chosen(item) {
      const marks = item.dataset.marks.split(" ");
      const names = new Set(boxes.filter(box => box.checked).map(box => box.name));
      return [...names].every(name => boxes.some(box => box.checked && box.name === name && marks.includes(box.value)));
    }

    function show() {
      const typing = field.value.trim() !== "";
      const order = typing ? thutuc.search(index, field.value) : items.map(item => Number(item.dataset.at));
      const shown = order.map(at => items.find(item => Number(item.dataset.at) === at)).filter(chosen);
      results.hidden = !typing;
      items.forEach((item, at) => {
        item.hidden = !shown.includes(item);
        homes[at].append(item);
      });
      if (typing) results.append(...shown);
      for (const group of groups) group.hidden = typing || ![...group.querySelectorAll(".row")].some(item => !item.hidden);
      const filtered = typing || boxes.some(box => box.checked);
      const none = vi ? "Không tìm thấy thủ tục nào. Thử ít chữ hơn, hoặc bỏ bớt lựa chọn." : "Nothing found. Try fewer words or filters.";
      found.textContent = !filtered ? "" : shown.length === 0 ? none : vi ? `Tìm thấy ${shown.length} thủ tục` : `${shown.length} found`;
      byId("clear").hidden = !filtered;
    }

    /** The address holds what was asked, so that it can be kept and gone back to. */
    function keep() {
      const asked = new URLSearchParams(boxes.filter(box => box.checked).map(box => ["f", box.value]));
      if (field.value.trim()) asked.set("q", field.value.trim());
      history.replaceState(null, "", asked.size ? `#${asked}` : location.pathname.split("/").pop() || "./");
    }
    function read() {
      const asked = new URLSearchParams(location.hash.slice(1));
      field.value = asked.get("q") ?? "";
      for (const box of boxes) box.checked = asked.getAll("f").includes(box.value);
      for (const box of boxes) if (box.checked) box.closest("details").open = true;
      show();
    }
    const change = () => {
      keep();
      show();
    };
    field.addEventListener("input", change);
    for (const box of boxes) box.addEventListener("change", change);
    byId("find").addEventListener("submit", event => {
      event.preventDefault();
      byId("list").focus();
    });
    byId("clear").addEventListener("click", () => {
      field.value = "";
      for (const box of boxes) box.checked = false;
      change();
      field.focus();
    });
    addEventListener("hashchange", read);
    read();
    return index;
  };
})(globalThis.thutuc);
