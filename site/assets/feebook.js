// Finds a code as it is typed, switches the colours, filters and sorts the long tables. Every page reads without it.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  const here = document.currentScript.src.replace(/assets\/feebook\.js.*$/, "");
  const page = (address) => here + address + (location.protocol === "file:" ? "index.html" : "");

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
  for (const box of document.querySelectorAll(".fb-scroll")) {
    if (box.scrollWidth <= box.clientWidth) continue;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", (box.querySelector("caption") || box.closest("section")?.querySelector("h3") || box).textContent.slice(0, 60));
  }

  // The index of codes is one small file, fetched when the field is first used.
  let loading;
  const load = () => (loading ||= fetch(here + "codes.txt").then((r) => {
    if (!r.ok) throw new Error(r.status);
    return r.text();
  }).then((text) => {
    const lines = text.trimEnd().split("\n");
    const words = lines.filter((line) => line[0] === ">").map((line) => line.slice(1).split("|"));
    const codes = lines.filter((line) => line[0] !== ">");
    return { codes, words };
  }).catch(() => null));

  const dollars = (text) => (text && text !== "-" ? "$" + Number(text).toLocaleString("en-US", { minimumFractionDigits: text.includes(".") ? 2 : 0 }) : "");
  const facts = ([, facility, office]) => {
    const one = dollars(facility), two = dollars(office);
    return one && two ? one + " / " + two : one ? one + " facility" : two ? two + " elsewhere" : "";
  };

  function firstAt(codes, typed) {
    let low = 0, high = codes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (codes[middle].slice(0, 5) < typed) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function found(index, typed) {
    const code = typed.toUpperCase();
    const result = [];
    for (let at = firstAt(index.codes, code); at < index.codes.length && result.length < 8 && index.codes[at].startsWith(code); at++) {
      const parts = index.codes[at].split(" ");
      result.push({ name: parts[0], note: facts(parts), address: "codes/" + parts[0] + "/" });
    }
    const asked = typed.toLowerCase().split(/\s+/);
    for (const [words, address] of index.words) {
      if (result.length >= 8) break;
      const low = words.toLowerCase();
      if (asked.every((word) => low.includes(word))) result.push({ name: words, note: "", address });
    }
    return result;
  }

  let number = 0;
  for (const form of document.querySelectorAll("[data-fb-find]")) {
    const input = form.elements.code;
    const list = document.createElement("ol");
    list.id = "fb-found-" + number++;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Codes found");
    form.append(list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);
    let at = -1, answered = "";

    const choose = (next) => {
      const links = list.querySelectorAll("a");
      at = links.length ? (next + links.length) % links.length : -1;
      links.forEach((link, i) => link.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) input.setAttribute("aria-activedescendant", links[at].id);
      else input.removeAttribute("aria-activedescendant");
    };
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
    const clean = () => input.value.trim().replace(/^\+/, "").trim();

    async function show() {
      const typed = clean();
      if (!typed) return close();
      const index = await load();
      if (!index || typed !== clean() || (typed === answered && !list.hidden)) return;
      answered = typed;
      const started = performance.now();
      const items = found(index, typed);
      list.replaceChildren(...items.map((item, i) => {
        const li = document.createElement("li"), a = document.createElement("a"), note = document.createElement("span");
        a.href = page(item.address);
        a.id = list.id + "-" + i;
        a.setAttribute("role", "option");
        a.textContent = item.name;
        note.textContent = item.note;
        a.append(note);
        li.append(a);
        li.setAttribute("role", "none");
        return li;
      }));
      if (!items.length) {
        const li = document.createElement("li");
        li.className = "none";
        li.setAttribute("role", "status");
        li.textContent = "No such code in the years held";
        list.append(li);
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(items.length ? 0 : -1);
      root.dataset.fbTook = (performance.now() - started).toFixed(2);
    }

    input.addEventListener("focus", load, { once: true });
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        choose(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Escape") close();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const typed = clean();
      if (!typed) return;
      await show();
      const links = list.querySelectorAll("a");
      if (links.length) location.href = links[Math.max(0, at)].href;
      else if (!(await load()) && /^[0-9A-Z]{5}$/i.test(typed)) location.href = page("codes/" + typed.toUpperCase() + "/");
    });
    document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
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

  // The filter of a comparison reads every change from one file, when it is first asked. Figures stay text: shown, never reckoned with.
  const form = document.querySelector("[data-fb-rows]");
  if (form) {
    const body = document.querySelector("[data-fb-table] tbody");
    const said = document.querySelector("[data-fb-said]");
    const save = form.querySelector("[data-fb-save]");
    const settings = [...form.elements.setting.options].slice(1).map((option) => option.text);
    const shown = 400;
    let rows, kept = [];

    const wanted = (text) => text.toUpperCase().split(/[\s,;]+/).filter(Boolean).map((one) => {
      const [low, high] = one.split("-");
      return [low, high || low];
    });
    const whole = (text) => "$" + Math.round(Number(text)).toLocaleString("en-US");
    const signed = (text, after = "") => (text ? (text[0] === "-" ? "\u2212" + text.slice(1) : text === "0.00" ? "0" : "+" + text) + after : "");

    function line([code, modifier, setting, , before, after, change, percent, what]) {
      const tr = document.createElement("tr");
      const th = document.createElement("th"), a = document.createElement("a");
      th.scope = "row";
      a.href = page("codes/" + code + "/");
      a.textContent = code;
      th.append(a, modifier ? " " + modifier : "");
      tr.append(th);
      const cell = (text, name, title) => {
        const td = document.createElement("td");
        td.textContent = text;
        if (name) td.className = name;
        if (title) td.title = title;
        tr.append(td);
      };
      cell(settings[setting], "t");
      for (const amount of [before, after]) cell(amount ? whole(amount) : "no amount", amount ? "" : "n", amount && "$" + amount);
      cell(signed(change));
      cell(signed(percent, "\u202f%"));
      cell(what, "t w");
      return tr;
    }

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "Reading every change\u2026";
      rows ||= await fetch(form.dataset.fbRows).then((r) => r.text()).then((text) => text.trimEnd().split("\n").slice(1).map((row) => row.split("\t")));
      const { setting, kind, dollars, codes } = form.elements;
      const ranges = wanted(codes.value), least = Number(dollars.value || 0);
      kept = rows.filter((row) => (!setting.value || row[2] === setting.value) && (!kind.value || row[3] === kind.value)
        && (row[6] === "" || Math.abs(row[6]) >= least) && (!ranges.length || ranges.some(([low, high]) => row[0] >= low && row[0] <= high)));
      if (!ranges.length) kept.sort((a, b) => Math.abs(b[6]) - Math.abs(a[6]));
      body.replaceChildren(...kept.slice(0, shown).map(line));
      said.textContent = kept.length.toLocaleString("en-US") + " changes" + (kept.length > shown ? ", the first " + shown + " shown; save them for the rest" : "");
      save.disabled = !kept.length;
    });
    save.addEventListener("click", () => {
      const head = ["code", "modifier", "setting", "kind", "before", "after", "change", "percent", "what"];
      const text = [head, ...kept.map((row) => row.with(2, settings[row[2]]))].map((row) => row.map((one) => (/[",]/.test(one) ? '"' + one.replaceAll('"', '""') + '"' : one)).join(",")).join("\n");
      const a = document.createElement("a");
      a.href = URL.createObjectURL(new Blob([text + "\n"], { type: "text/csv" }));
      a.download = document.title.split(":")[0].replaceAll(" ", "-") + ".csv";
      a.click();
      setTimeout(() => URL.revokeObjectURL(a.href), 1000);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      const input = document.querySelector("[data-fb-find] input");
      if (input) { event.preventDefault(); input.focus(); input.select(); }
    }
  });
})();
