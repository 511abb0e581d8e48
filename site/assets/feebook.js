// What every page uses: colours, wide tables, columns that sort, and how a list of codes is understood. Every page reads without it.
(() => {
  const root = document.documentElement;
  const here = document.currentScript.src.replace(/assets\/feebook\.js.*$/, "");
  const page = (address) => {
    const [path, hash] = address.split("#");
    return here + path + (location.protocol === "file:" && path.endsWith("/") ? "index.html" : "") + (hash ? "#" + hash : "");
  };

  // Codes as people write or paste them: CPT 37252, +37252, 37252-26, 37252 TC, 37220 to 37235, 372xx, J05*, in lists of any kind.
  const CODE = "(?:[A-Z]\\d{4}|\\d{4}[A-Z0-9])";
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
      else if (/^[A-Z]?\d{1,4}[X*]+[A-Z]?$/.test(plain) && (plain.length === 5 || plain.includes("*"))) {
        const form = new RegExp("^" + plain.replace(/X/g, "[A-Z0-9]").replace(/\*+/, "[A-Z0-9]*") + "$");
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
  window.feebook = { here, page, asked };

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
