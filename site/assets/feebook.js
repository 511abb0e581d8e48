// What every page uses, and reads without: colours, tables, terms, lists of codes.
(() => {
  const root = document.documentElement;
  const here = document.currentScript.src.replace(/assets\/feebook\.js.*$/, "");
  const page = (address) => {
    const [path, hash] = address.split("#");
    return here + path + (location.protocol === "file:" && path.endsWith("/") ? "index.html" : "") + (hash ? "#" + hash : "");
  };

  // Codes as people write or paste them: CPT 37252, +37252, 37252-26, 37252 TC, 37220 to 37235, 372xx, J05*, in lists of any kind.
  // No code ends with X: it stands for any sign.
  const CODE = "(?:[A-Z]\\d{4}|\\d{4}[A-WYZ0-9])";
  const QUOTES = "\u00ae\u2122\"'`\u201c\u201d\u2018\u2019", GAP = `[\\s${QUOTES}]`;
  const BETWEEN = new RegExp(`(${CODE})${GAP}*(?:-|\\.{2,3}|\\bTO\\b|\\bTHROUGH\\b)${GAP}*(?=${CODE}(?![A-Z0-9]))`, "gi");
  const PART = new RegExp(`(?<![A-Z0-9])(${CODE})${GAP}+(?:MODIFIER${GAP}+)?(26|TC|53)(?![A-Z0-9-])`, "gi");
  const INSIDE = new RegExp(`[${QUOTES}/()\\[\\]]+`);
  const ONE = new RegExp(`^(${CODE})(?:-([A-Z0-9]{2}))?$`), RANGE = new RegExp(`^(${CODE})-(${CODE})$`);
  const IDLE = /^(?:CPT|HCPCS|CODES?|MODIFIER|AND|OR|TO|[-&+:.]*)$/;
  const kind = (code) => code.replace(/\d/g, "0");

  // codes: the plain ones; patterns: ranges and 372xx; unknown: what is no code, as it was written; has: whether a code (and modifier) is meant.
  function asked(text, families = {}) {
    const codes = new Map(), patterns = [], unknown = [];
    const add = (code, modifier) => {
      const known = codes.get(code);
      if (known === undefined) codes.set(code, modifier ? new Set([modifier]) : null);
      else if (known) modifier ? known.add(modifier) : codes.set(code, null);
    };
    const understood = (written) => {
      const word = written.toUpperCase(), plain = word.replace(/^(?:CPT|HCPCS)?[:#]?\+?/, "").replace(/[.:]+$/, "").replace(/\.0$/, "");
      const one = ONE.exec(plain), range = RANGE.exec(plain);
      if (IDLE.test(word) || IDLE.test(plain)) return true;
      if (Object.hasOwn(families, word.toLowerCase())) for (const code of families[word.toLowerCase()].split(" ")) add(code);
      else if (range && kind(range[1]) === kind(range[2]) && range[1] <= range[2]) {
        patterns.push({ text: plain, low: range[1], high: range[2], test: (code) => code >= range[1] && code <= range[2] && kind(code) === kind(range[1]) });
      } else if (one) add(one[1], one[2]);
      else if (/^[A-Z]?\d{1,4}[X*]+[A-Z]?$/.test(plain) && (plain.length === 5 || plain.includes("*") || /^\w{3}X$/.test(plain))) {
        const form = new RegExp("^" + plain.replace(/X/g, "[A-Z0-9]").replace(/\*+/, "[A-Z0-9]*") + (plain.length < 5 ? "[A-Z0-9]*$" : "$"));
        patterns.push({ text: plain.replaceAll("X", "x"), test: (code) => form.test(code) });
      } else return false;
      return true;
    };
    const listed = text.replace(/[\u2010-\u2015\u2212]/g, "-").replace(BETWEEN, "$1-").replace(PART, "$1-$2");
    for (const piece of listed.split(/[\s,;|]+/)) {
      const words = piece.split(INSIDE);
      const strange = words.filter((word) => !understood(word));
      if (strange.length) unknown.push(...(strange.length === words.filter(Boolean).length ? [piece] : strange));
    }
    return {
      codes, patterns, unknown, any: codes.size + patterns.length > 0,
      has: (code, modifier) => (codes.has(code) && (codes.get(code) === null || codes.get(code).has(modifier))) || patterns.some((one) => one.test(code)),
      missing: (held) => [...[...codes.keys()].filter((code) => !held.has(code)), ...patterns.filter((one) => ![...held].some(one.test)).map((one) => one.text)],
    };
  }
  window.feebook = { here, page, asked, explain };

  // Opened from a folder on disk, where no server adds index.html, links lead to the file in the folder.
  if (location.protocol === "file:") {
    for (const a of document.links) if (a.protocol === "file:" && a.pathname.endsWith("/")) a.pathname += "index.html";
  }

  // Colours: the system's, then light, then dark; remembered.
  const kinds = ["auto", "light", "dark"];
  for (const button of document.querySelectorAll(".fb-theme")) {
    const show = () => {
      const now = root.dataset.theme || "auto";
      button.title = { auto: "Colours: as the system", light: "Colours: light", dark: "Colours: dark" }[now];
      button.setAttribute("aria-label", button.title + ". Switch");
    };
    button.addEventListener("click", () => {
      const next = kinds[(kinds.indexOf(root.dataset.theme || "auto") + 1) % 3];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      try { localStorage.setItem("feebook-theme", next); } catch { /* private window: not remembered */ }
      show();
    });
    show();
  }

  // A table wider than its place can be scrolled with the keys.
  for (const box of document.querySelectorAll(".fb-scroll:not([role]), pre > code")) {
    if (box.scrollWidth <= box.clientWidth) continue;
    box.tabIndex = 0;
    if (box.tagName === "CODE") continue;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", (box.querySelector("caption") || box.closest("section")?.querySelector("h3") || box).textContent.slice(0, 60));
  }

  // A release beside an amount leads to its documents, on the page of its year; the list of sources says so in words.
  const schedule = { facility: "physician", nonfacility: "physician" };
  for (const cell of document.querySelectorAll(".fb-blocks section td:last-child")) {
    const release = cell.textContent.trim(), id = cell.closest("section").id;
    if (!/^2\d{3}[-A-Z]\S*$/.test(release) || cell.firstElementChild) continue;
    const a = document.createElement("a");
    a.href = page(`years/${release.slice(0, 4)}/#${schedule[id] || id}-${release}`);
    a.textContent = release;
    cell.replaceChildren(a);
  }

  // Jargon says what it means on hover, on focus and on a tap: the first time in each table, and once for the keyboard.
  function explain(said) {
    const tip = document.createElement("div"), once = new Set(), meanings = new WeakMap();
    let shown = null, leaving;
    tip.id = "fb-tip";
    tip.setAttribute("role", "tooltip");
    const hide = () => { tip.remove(); shown?.removeAttribute("aria-describedby"); shown = null; };
    const show = (term) => {
      clearTimeout(leaving);
      if (shown === term) return;
      hide();
      shown = term;
      tip.textContent = meanings.get(term);
      document.querySelector("article").append(tip);
      term.setAttribute("aria-describedby", tip.id);
      const at = term.getBoundingClientRect(), from = (tip.offsetParent || root).getBoundingClientRect();
      tip.style.left = Math.max(8, Math.min(at.left, root.clientWidth - tip.offsetWidth - 8)) - from.left + "px";
      tip.style.top = at.bottom - from.top + 4 + "px";
    };
    const leave = () => { leaving = setTimeout(hide, 150); };
    tip.addEventListener("pointerenter", () => clearTimeout(leaving));
    tip.addEventListener("pointerleave", leave);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    document.addEventListener("click", (event) => { if (shown && !event.target.closest(".fb-term, #fb-tip")) hide(); });
    const mark = (selector, words) => {
      for (const place of document.querySelectorAll(selector)) {
        const text = [...place.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
        const word = text?.data.trim(), meaning = words[word] || words[word?.[0].toLowerCase() + word?.slice(1)];
        const scope = place.closest("table, section, dl"), table = scope && (scope.fbTerms ||= new Set());
        if (!meaning || !scope || table.has(meaning) || place.closest("a, th[data-sort], th[data-key]")) continue;
        table.add(meaning);
        const term = document.createElement("span");
        term.className = "fb-term";
        term.textContent = word;
        meanings.set(term, meaning);
        text.replaceWith(text.data.match(/^\s*/)[0], term, text.data.match(/\s*$/)[0]);
        if (!once.has(meaning)) { term.tabIndex = 0; term.setAttribute("role", "button"); }
        once.add(meaning);
        term.addEventListener("pointerenter", () => show(term));
        term.addEventListener("pointerleave", leave);
        term.addEventListener("focus", () => show(term));
        term.addEventListener("blur", hide);
        term.addEventListener("click", () => show(term));
      }
    };
    mark("#asc thead th", said.centers);
    mark(".fb-t thead th, .fb-t small, .fb-t .f th, .fb-facts dt, .fb-blocks h3", said.terms);
    mark(".fb-t td.n, .fb-none b", said.absent);
    for (const name of ["asc", "outpatient"]) mark(`#${name} td, #${name} mark, .${name} small, .${name} mark`, said[name]);
  }
  if (document.querySelector("article .fb-t")) {
    const script = document.createElement("script");
    script.src = here + "assets/terms.js";
    document.head.append(script);
  }

  // Columns that sort: text as text, figures as figures, cells without a figure last.
  const figure = (cell) => {
    const text = (cell.title.startsWith("$") ? cell.title : cell.textContent).replace(/[$,%\s\u202f]/g, "").replace("\u2212", "-");
    return text === "" || isNaN(text) ? null : Number(text);
  };
  for (const head of document.querySelectorAll("th[data-sort]")) {
    head.tabIndex = 0;
    const sort = () => {
      const table = head.closest("table"), body = table.tBodies[0], at = head.cellIndex;
      const down = head.getAttribute("aria-sort") === (head.dataset.sort === "number" ? "descending" : "ascending") ? -1 : 1;
      const way = head.dataset.sort === "number" ? -down : down;
      const rows = [...body.rows].map((row) => [head.dataset.sort === "number" ? figure(row.cells[at]) : row.cells[at].textContent, row]);
      rows.sort(([a], [b]) => (a === null) - (b === null) || (a < b ? -way : a > b ? way : 0));
      body.replaceChildren(...rows.map(([, row]) => row));
      for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); } });
  }
})();
