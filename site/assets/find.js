// The one field: codes, ranges, lists, families, guides, years and pages, from a small index fetched when first needed.
(() => {
  const root = document.documentElement, { here, page, asked } = window.feebook;
  const el = (tag, words = "", made = {}) => Object.assign(document.createElement(tag), { textContent: words }, made);

  let loading;
  const load = () => (loading ||= fetch(here + "codes.txt").then((answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  }).then((text) => {
    const lines = text.trimEnd().split("\n"), codes = [], words = [];
    for (const line of lines) {
      if (line[0] !== ">") { codes.push(line); continue; }
      const [name, address, members, aliases = ""] = line.slice(1).split("|");
      words.push({ name, address, members: members ? new Set(members.split(" ")) : null, aliases: aliases.split(", ").map(plain), parts: plain(name + " " + aliases).split(" ") });
    }
    return { codes, words };
  }).catch(() => null));

  // A page opened from a folder on disk may not read the index: there only whole codes are found.
  const onDisk = (typed) => {
    const list = asked(typed), [one] = list.codes.keys();
    return list.codes.size === 1 && !list.patterns.length && !list.unknown.length ? [{ name: one, note: "", address: "codes/" + one + "/" }] : [];
  };
  const SEARCHED = "What a code is called is not searched here, since the wording of CPT belongs to the AMA; codes such as 37252, 372xx or J0585 are, and families, kinds of codes, guides, years and pages by their names.";
  const NOTHING = (typed) => (location.protocol === "file:"
    ? "Opened from a folder on disk, this field finds whole codes such as 37252. Words, ranges and lists need an address: run feebook serve."
    : `Nothing found for \u201c${typed.slice(0, 40)}\u201d. ${SEARCHED}`);

  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, " ").trim();
  const dollars = (text) => (text && text !== "-" ? "$" + Number(text).toLocaleString("en-US", { minimumFractionDigits: text.includes(".") ? 2 : 0 }) : "");
  function facts(line) {
    const [, ...told] = line.split(" "), ended = told.at(-1)?.match(/^-(\d{4})$/);
    const [one, two] = told.slice(0, ended ? -1 : undefined).map(dollars);
    const amounts = one && two ? one + " / " + two : one ? one + " facility" : two ? two + " elsewhere" : "";
    return ended ? "last in " + ended[1] : amounts;
  }
  function place(codes, typed) {
    let low = 0, high = codes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (codes[middle].slice(0, 5) < typed) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  const line = (index, code) => {
    const found = index.codes[place(index.codes, code)];
    return found?.startsWith(code) ? found : null;
  };
  const code = (text) => ({ name: text.slice(0, 5), note: facts(text), address: "codes/" + text.slice(0, 5) + "/" });
  const rangeOf = (one) => (/^[A-Z]/.test(one) || /\d$/.test(one) ? one.slice(0, 2) + "xxx" : one[0] + "xxx" + one[4]);
  const meant = (index, list) => index.codes.filter((text) => list.has(text.slice(0, 5), text.slice(0, 5)) || list.codes.has(text.slice(0, 5)));

  // Words: all of them, at the start of words; where that finds nothing, with one slip in each long one.
  function byWords(index, text) {
    const words = plain(text).split(" ").filter(Boolean), whole = words.join(" ");
    if (!words.length) return [];
    const starts = (part, word) => part.startsWith(word);
    const found = (fits) => index.words.filter((one) => words.every((word) => one.parts.some((part) => fits(part, word))));
    let result = found(starts);
    if (!result.length) result = index.words.filter((one) => words.every((word) => one.parts.join(" ").includes(word)));
    if (!result.length) result = found((part, word) => starts(part, word) || (word.length > 4 && slips(part, word)));
    const rank = (one) => (plain(one.name).startsWith(whole) || one.aliases.includes(whole) ? 0 : 1);
    const listed = result.map((one, i) => [rank(one), i, one]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , one]) => one);
    // the codes of a small family stand with it
    return listed.slice(0, 20).flatMap((one, i) => [{ name: one.name, note: "", address: one.address }, ...(i === 0 && one.members?.size < 4 ? [...one.members].map((name) => code(line(index, name))) : [])]);
  }
  // One letter more, less, other or swapped, against the start of a word.
  function slips(part, word) {
    let i = 0;
    while (i < word.length && part[i] === word[i]) i++;
    const rest = word.slice(i);
    return [part.slice(i + 1).startsWith(rest.slice(1)), part.slice(i).startsWith(rest.slice(1)), part.slice(i + 1).startsWith(rest),
      rest.length > 1 && part.slice(i).startsWith(rest[1] + rest[0] + rest.slice(2))].some(Boolean);
  }

  function found(index, typed) {
    const list = asked(typed), one = [...list.codes.keys()];
    if (list.any && !list.unknown.length) {
      const many = one.length > 1 || list.patterns.length;
      const held = meant(index, list), families = index.words.filter((word) => word.members && held.some((text) => word.members.has(text.slice(0, 5))));
      const result = [];
      const query = encodeURIComponent(typed.trim().replace(/\s+/g, " ")).replaceAll("%20", "+");
      if (many && held.length) result.push({ name: held.length.toLocaleString("en-US") + (held.length === 1 ? " code" : " codes"), note: "list them", address: "codes/?code=" + query });
      if (!held.length) result.push({ name: many ? "No such codes" : one[0], note: many ? "why?" : "in no year held: why?", address: "codes/?code=" + query });
      result.push(...held.slice(0, many ? 5 : 1).map(code));
      return result.concat(families.slice(0, 2).map(({ name, address }) => ({ name, note: "family", address })));
    }
    const start = typed.toUpperCase().replace(/^(?:CPT|HCPCS)?[\s:#®]*\+?\s*/, ""), result = [];
    if (/^[A-Z]?\d{1,4}$|^\d{1,4}[A-Z]$/.test(start)) {
      for (let at = place(index.codes, start); at < index.codes.length && result.length < 8 && index.codes[at].startsWith(start); at++) result.push(code(index.codes[at]));
    }
    const words = byWords(index, typed);
    return (/^20[12]\d$/.test(start) ? words.concat(result) : result.concat(words)).slice(0, 8);
  }

  let number = 0;
  for (const form of document.querySelectorAll("[data-fb-find]")) {
    const input = form.elements.code, list = el("ol", "", { id: "fb-found-" + number++, hidden: true }), said = el("p", "", { className: "sr" });
    said.setAttribute("role", "status");
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Found");
    form.append(list, said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-keyshortcuts": "/", autocapitalize: "none", spellcheck: "false", title: "Codes, ranges, lists, families, guides, years, pages. Press / to come here" })) input.setAttribute(name, value);
    let at = -1, answered = "";

    const choose = (next) => {
      const links = list.querySelectorAll("a");
      at = links.length ? (next + links.length) % links.length : -1;
      links.forEach((link, i) => link.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) {
        input.setAttribute("aria-activedescendant", links[at].id);
        links[at].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    };
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };

    async function show() {
      const typed = input.value.trim();
      if (!typed) return close();
      const index = await load();
      if ((!index && location.protocol !== "file:") || typed !== input.value.trim() || (typed === answered && !list.hidden)) return;
      answered = typed;
      const started = performance.now(), items = index ? found(index, typed) : onDisk(typed);
      list.replaceChildren(...items.map((item, i) => {
        const li = el("li"), a = el("a", item.name, { href: page(item.address), id: list.id + "-" + i, tabIndex: -1 });
        a.setAttribute("role", "option");
        a.append(el("span", item.note));
        li.append(a);
        li.setAttribute("role", "none");
        return li;
      }));
      if (!items.length) {
        const li = el("li", NOTHING(typed), { className: "none" });
        li.setAttribute("role", "option");
        li.setAttribute("aria-disabled", "true");
        list.append(li);
      }
      said.textContent = items.length ? items.length + (items.length === 1 ? " result" : " results") : "Nothing found";
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(items.length ? 0 : -1);
      root.dataset.fbTook = (performance.now() - started).toFixed(2);
    }

    input.addEventListener("focus", load, { once: true });
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.isComposing) {
        event.preventDefault();
        if (list.hidden) { answered = ""; show(); } else choose(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Escape") {
        if (list.hidden) input.value = "";
        close();
      }
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const typed = input.value.trim();
      if (!typed) return;
      await show();
      const links = list.querySelectorAll("a");
      if (links.length) location.href = links[Math.max(0, at)].href;
      else if (!(await load()) && location.protocol !== "file:") location.href = page("codes/") + "?code=" + encodeURIComponent(typed);
    });
    document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
    form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    const input = document.querySelector("[data-fb-find] input");
    if (input) { event.preventDefault(); input.focus(); input.select(); }
  });

  // What was asked and has no page of its own: a list of codes, words, or a code that no file held has.
  const link = (address, words) => el("a", words, { href: page(address) });
  const codeList = (index, lines) => {
    const ul = el("ul", "", { className: "fb-codes fb-codes--wide" });
    ul.append(...lines.map((text) => {
      const li = el("li"), note = facts(text);
      li.append(link("codes/" + text.slice(0, 5) + "/", text.slice(0, 5)));
      if (note) li.append(" ", el("small", note));
      return li;
    }));
    return ul;
  };

  function none(index, one) {
    const parts = [el("h2", one + " is in none of the files held")], at = place(index.codes, one), range = rangeOf(one);
    const near = index.codes.slice(Math.max(0, at - 4), at + 4);
    const why = /^D\d{4}$/.test(one) ? "D codes name dental services; Medicare\u2019s schedules list some of them only."
      : "It may be mistyped, newer than the files, or a code that Medicare\u2019s physician, outpatient and surgery center schedules never listed, such as one for equipment or a laboratory test.";
    const first = index.words.find((word) => /^years\//.test(word.address));
    parts.push(el("p", why + (first ? ` The files go from ${first.name.slice(0, 4)} on.` : "")));
    if (near.length) parts.push(el("h3", "Nearest codes"), codeList(index, near));
    const p = el("p");
    if (index.codes.some((text) => rangeOf(text.slice(0, 5)) === range)) p.append("All codes of ", link(`codes/${range}/`, range), " \u00b7 ");
    p.append(link("codes/", "all ranges"));
    return [...parts, p];
  }

  function several(index, list, held, typed) {
    const missing = list.missing(new Set(index.codes.map((text) => text.slice(0, 5)))), parts = [];
    parts.push(el("h2", held.length.toLocaleString("en-US") + (held.length === 1 ? " code" : " codes") + " of " + typed));
    const newest = index.words.findLast((word) => /^compare\/\d/.test(word.address)), p = el("p", "Beside each: the newest physician amounts, in a facility / elsewhere. ");
    if (newest) p.append(link(newest.address + "#" + new URLSearchParams({ codes: typed, kind: "every", dollars: "0", percent: "0" }), "What changed for these, " + newest.name.split(":")[0]));
    parts.push(p);
    if (missing.length) parts.push(el("p", "In none of the files held: " + missing.join(", ") + "."));
    if (list.unknown.length) parts.push(el("p", "Not understood: " + list.unknown.join(", ") + "."));
    parts.push(codeList(index, held.slice(0, 1000)));
    if (held.length > 1000) parts.push(el("p", "The first 1,000 of them; the ranges below have all."));
    return parts;
  }

  async function answer(box, typed) {
    const index = await load();
    if (!index) return;
    const list = asked(typed), held = list.any ? meant(index, list) : [], single = list.codes.size === 1 && !list.patterns.length;
    if (single && held.length && !list.unknown.length) return location.replace(page("codes/" + held[0].slice(0, 5) + "/"));
    let parts;
    if (held.length) parts = several(index, list, held, typed);
    else if (list.codes.size) parts = none(index, [...list.codes.keys()][0]);
    else {
      const start = typed.toUpperCase(), near = /^[A-Z]?\d{1,4}[A-Z]?$/.test(start) ? index.codes.filter((text) => text.startsWith(start)).slice(0, 200) : [], items = byWords(index, typed).slice(0, 20);
      const ul = el("ul");
      ul.append(...items.map((item) => { const li = el("li"); li.append(link(item.address, item.name)); return li; }));
      parts = [el("h2", items.length + near.length ? `Found for \u201c${typed}\u201d` : `Nothing found for \u201c${typed}\u201d`), ...(items.length ? [ul] : []), ...(near.length ? [codeList(index, near)] : [])];
      if (!items.length && !near.length) parts.push(el("p", SEARCHED));
    }
    box.replaceChildren(...parts);
    box.hidden = false;
    for (const input of document.querySelectorAll("[data-fb-find] input")) input.value = typed;
  }

  const box = document.querySelector("[data-fb-answer]");
  if (box) {
    const path = decodeURIComponent(location.pathname), two = /\/compare\/(\d{4})-(\d{4})\/?$/.exec(path);
    const typed = new URLSearchParams(location.search).get("code") || (box.dataset.fbAnswer === "404" ? (two ? "" : path.replace(/^.*?\/(?:codes\/)?([^/]*)\/?(?:index\.html)?$/, "$1").replace(/[-_]+(?!\d)/g, " ")) : "");
    if (box.dataset.fbAnswer === "404" && two && two[1] > two[2]) location.replace(page(`compare/${two[2]}-${two[1]}/`));
    else if (typed) answer(box, typed.slice(0, 2000));
  }
})();
