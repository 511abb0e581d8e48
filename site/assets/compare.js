// Filters, sorts and saves the rows of a comparison. Amounts are whole millionths of a dollar and shares whole numbers, never floats,
// so that what is listed is what `feebook compare` lists. The filter stands in the address after #, which no server ever sees.
(() => {
  const form = document.querySelector("[data-fb-rows]");
  if (!form) return;
  const { page, asked } = window.feebook;
  const find = (name) => document.querySelector(`[data-fb-${name}]`);
  const said = JSON.parse(find("comparison").textContent);
  const table = find("table"), body = table.tBodies[0], status = find("said"), strange = find("strange"), pages = find("pages");
  const fields = form.elements, names = ["codes", "family", "setting", "kind", "track", "basis", "dollars", "percent", "whole"].filter((name) => fields[name]);
  const SHOWN = 100, CENT = 10000, KINDS = Object.keys(said.kinds);
  const UNCHANGED = ["same", "not_held"];
  let sort = "change", at = 0, kept = [], rows, rest, constant, first = true;

  const micro = (text) => {
    const [whole, after = ""] = text.split(".");
    return Number(whole + after.padEnd(6, "0"));
  };
  const commas = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");
  // Millionths as exact text: two decimals, or as many as it takes.
  const exact = (units) => {
    const digits = String(Math.abs(units)).padStart(7, "0"), after = digits.slice(-6);
    return (units < 0 ? "-" : "") + digits.slice(0, -6) + "." + (units % CENT ? after.replace(/0+$/, "") : after.slice(0, 2));
  };
  const readable = (units) => {
    const [whole, after] = exact(Math.abs(units)).split(".");
    return (units < 0 ? "\u2212" : units > 0 ? "+" : "") + commas(whole) + "." + after;
  };
  // Half up, away from zero at a tie, as feebook.compare rounds: `times` is 100 x 10^places.
  const share = (row, times) => {
    const change = BigInt(Math.abs(row.change)), before = BigInt(row.before);
    return Number((2n * times * change + before) / (2n * before)) * Math.sign(row.change);
  };
  const decimal = (whole, places) => {
    const digits = String(Math.abs(whole)).padStart(places + 1, "0");
    return (whole < 0 ? "-" : "") + digits.slice(0, -places) + "." + digits.slice(-places);
  };
  const percent = (row) => {
    if (!row.holds) return "";
    const small = row.change && share(row, 1000n) === 0 ? 2 : 1;
    const text = decimal(share(row, small === 2 ? 10000n : 1000n), small);
    return (row.change > 0 ? "+" + text : text.replace("-", "\u2212")) + "\u202f%";
  };
  const dollars = (units, down) => {
    if (units < 10 * 1e6) return "$" + exact(Math.floor((units + CENT / 2) / CENT) * CENT);
    return "$" + commas(String(Math.floor((units + 500000) / 1e6) - (down ? 1 : 0)));
  };

  function read(text) {
    return text.replace(/\n$/, "").split("\n").slice(1).map((line) => {
      const [code, modifier, track, measure, kind, before, after, beforeStatus, afterStatus, holds, down, what] = line.split("\t");
      const same = kind === "same";
      const row = { code, modifier, track, measure: Number(measure), kind, beforeStatus, afterStatus: same ? beforeStatus : afterStatus, holds: holds === "1", down, what };
      row.before = before === "" ? null : micro(before);
      row.after = same ? row.before : after === "" ? null : micro(after);
      row.change = row.before === null || row.after === null ? null : row.after - row.before;
      return row;
    });
  }
  const load = (name) => fetch(name).then((answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  });

  // Both days at the factor of the first, as feebook.compare does it: units x factor, rounded half up to the cent once. Units and factors
  // are whole ten-thousandths; twice their product stays far below 2^53, so that it is exact. What has no units on either day stands as
  // paid; an amount that lacks them on one day (marked b or a) would show the change of the factor, so that the row is not compared.
  function unweighted(row, mark) {
    const kind = row.kind === "same" || row.kind === "moved" ? "not_held" : row.kind;
    const what = [`no weight on the ${mark === "b" ? "first" : "second"} day, so not at one factor`, row.what].filter(Boolean).join("; ");
    const lost = mark === "b" ? { before: null, beforeStatus: "no_source" } : { after: null, afterStatus: "no_source" };
    return { ...row, ...lost, kind, what, change: null, holds: false, down: row.down.replace(mark, ""), unweighted: true };
  }
  const ten = (text) => micro(text) / 100;
  function atOneFactor(list, text) {
    const units = text.split("\n");
    return list.map((row, i) => {
      const schedule = said.measures[row.measure][2], factor = said.factors[`${schedule}/${row.track}`] ?? said.factors[schedule];
      if (units[i] === "b" || units[i] === "a") return unweighted(row, units[i]);
      if (!units[i] || !factor) return row;
      const product = ten(units[i]) * ten(factor), after = Math.floor((2 * product + 1e6) / 2e6) * CENT;
      const whole = Math.floor((2 * product + 1e8) / 2e8), cents = Math.floor((after + 500000) / 1e6);
      const kind = row.kind === "same" || row.kind === "moved" ? (after === row.before ? "same" : "moved") : row.kind;
      const down = row.down.replace("a", "") + (whole < cents ? "a" : "");
      return { ...row, kind, down, after, change: row.before === null ? null : after - row.before };
    });
  }

  // What is asked for.
  function number(field) {
    const text = field.value.replace(/[$,%\s]/g, "");
    const right = text === "" || /^\d{0,9}(\.\d{0,4})?$/.test(text);
    field.toggleAttribute("aria-invalid", !right);
    return right ? text || "0" : "0";
  }
  function question() {
    const family = fields.family.selectedOptions[0];
    const list = asked(fields.codes.value, Object.fromEntries([...fields.family.options].map((o) => [o.value, o.dataset.codes]).filter(([slug]) => slug)));
    const setting = fields.setting.value;
    const measures = said.measures.map(([name, , schedule], i) => [i, name, schedule]).filter(([, name, schedule]) => !setting || setting === name || setting === schedule).map(([i]) => i);
    return {
      list, basis: fields.basis.value, measures: new Set(measures), kind: fields.kind.value, whole: fields.whole.checked,
      family: fields.family.value ? new Set(family.dataset.codes.split(" ")) : null,
      track: fields.track ? fields.track.value || "nonqp" : "both",
      dollars: micro(number(fields.dollars)), percent: micro(number(fields.percent)) / 100,
    };
  }
  // feebook.compare's line: a move counts from the least dollars and the least percent on.
  const material = (row, wanted) => {
    if ((row.kind !== "moved" && row.kind !== "restated") || row.change === null) return true;
    const size = Math.abs(row.change);
    return size >= wanted.dollars && BigInt(size) * 1000000n >= BigInt(wanted.percent) * BigInt(row.before);
  };
  const among = (row, wanted) => wanted.measures.has(row.measure) && (!wanted.whole || !row.modifier)
    && (row.track === "" || wanted.track === "both" || row.track === wanted.track)
    && (!wanted.family || wanted.family.has(row.code)) && (!wanted.list.any || wanted.list.has(row.code, row.modifier));

  // Orders: the largest first, or up and down; what has no figure is last; then as feebook compare lists.
  const figure = {
    code: (row) => row.code, setting: (row) => row.measure, before: (row) => row.before, after: (row) => row.after, change: (row) => row.change,
    percent: (row) => (row.holds ? share(row, 1000000n) : null), what: (row) => KINDS.indexOf(row.kind),
  };
  const text = (one, two) => (one < two ? -1 : one > two ? 1 : 0);
  const byCode = (one, two) => text(one.code, two.code) || text(one.modifier, two.modifier) || text(one.track, two.track) || one.measure - two.measure;
  function ordered(found) {
    const [key, way = "size"] = sort.split(":"), value = figure[key], size = way === "size" && (key === "change" || key === "percent");
    const sign = way === "down" || size ? -1 : 1;
    const pairs = found.map((row) => {
      const one = value(row);
      return [one === null ? null : size ? Math.abs(one) : one, row];
    });
    pairs.sort(([a, one], [b, two]) => (a === null) - (b === null) || (a === null ? 0 : sign * text(a, b)) || byCode(one, two));
    return pairs.map(([, row]) => row);
  }

  // The rows as they stand on the page.
  const setting = (row) => said.measures[row.measure][1] + (row.track ? (row.track === "qp" ? ", QP" : ", non-QP") : "");
  function line(row, index) {
    const tr = document.createElement("tr"), th = document.createElement("th"), a = document.createElement("a");
    tr.setAttribute("aria-rowindex", index + 2);
    th.scope = "row";
    a.href = page("codes/" + row.code + "/");
    a.textContent = row.code;
    th.append(a, row.modifier ? " " + row.modifier : "");
    tr.append(th);
    const cell = (words, name, title) => {
      const td = document.createElement("td");
      td.textContent = words;
      if (name) td.className = name;
      if (title) td.title = title;
      tr.append(td);
    };
    cell(setting(row), "t");
    for (const [units, why, mark] of [[row.before, row.beforeStatus, "b"], [row.after, row.afterStatus, "a"]]) {
      if (units === null) cell(said.absence[why] || "no amount", "n");
      else cell(dollars(units, row.down.includes(mark)), "", "$" + readable(units).slice(units ? 1 : 0));
    }
    cell(row.change === null ? "" : readable(row.change));
    cell(percent(row));
    cell(row.what || (row.kind === "same" ? "same" : ""), "t w");
    return tr;
  }

  const count = (n, one = "row", many = one + "s") => n.toLocaleString("en-US") + " " + (n === 1 ? one : many);
  function show() {
    const last = Math.max(0, Math.ceil(kept.length / SHOWN) - 1);
    at = Math.min(at, last);
    body.replaceChildren(...kept.slice(at * SHOWN, (at + 1) * SHOWN).map((row, i) => line(row, at * SHOWN + i)));
    if (!kept.length) {
      const tr = document.createElement("tr"), td = document.createElement("td");
      td.colSpan = 7;
      td.className = "t w n";
      td.textContent = "No row fits the filter. Lower the least dollars and percent, or clear the filter.";
      tr.append(td);
      body.append(tr);
    }
    table.setAttribute("aria-rowcount", kept.length + 1);
    pages.hidden = !last;
    find("page").textContent = `rows ${(at * SHOWN + 1).toLocaleString("en-US")} to ${Math.min(kept.length, (at + 1) * SHOWN).toLocaleString("en-US")} of ${kept.length.toLocaleString("en-US")}`;
    for (const button of pages.querySelectorAll("button")) {
      const back = button.dataset.fbTo === "first" || button.dataset.fbTo === "before";
      button.setAttribute("aria-disabled", String(back ? at === 0 : at === last));
    }
    const [key, way = "size"] = sort.split(":");
    for (const head of table.tHead.rows[0].cells) {
      if (head.dataset.key !== key) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", way === "down" || (way === "size" && /change|percent/.test(key)) ? "descending" : "ascending");
    }
  }

  function explain(wanted, small, same, unweighted) {
    const words = [count(kept.length)];
    if (small) words.push(`${count(small, "move")} under $${number(fields.dollars)} or ${number(fields.percent)} % not listed`);
    if (same) words.push(`${count(same, "unchanged row")} not listed`);
    if (wanted.basis) words.push(`both years at the factors of ${said.years[0]}, what has no weight as paid`);
    if (unweighted) words.push(`${count(unweighted, "amount")} not on this basis, since one year gives no weight`);
    if (fields.track && wanted.track === "nonqp") words.push("physician amounts at the non-QP factor");
    status.textContent = words.join("; ") + ".";
    if (wanted.list.any && (small || same)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fb-button";
      button.textContent = "List them too";
      button.addEventListener("click", () => { fields.dollars.value = fields.percent.value = "0"; fields.kind.value = "every"; again(); });
      status.append(" ", button);
    }
    const wrong = [];
    if (wanted.list.unknown.length) wrong.push("Not understood: " + wanted.list.unknown.join(", ") + ".");
    if (wanted.list.any) {
      const missing = wanted.list.missing(new Set([...rows, ...rest].map((row) => row.code)));
      if (missing.length) wrong.push(`Not in the schedules of ${said.years[0]} or ${said.years[1]}: ${missing.join(", ")}.`);
    }
    strange.textContent = wrong.join(" ");
    strange.hidden = !wrong.length;
  }

  async function filter() {
    const wanted = question();
    const needsRest = wanted.list.any || wanted.basis || [...UNCHANGED, "every"].includes(wanted.kind);
    try {
      rows ||= read(await load(form.dataset.fbRows));
      if (needsRest) rest ||= read(await load(form.dataset.fbRest));
      if (wanted.basis) constant ||= atOneFactor([...rows, ...rest], await load(form.dataset.fbUnits));
    } catch {
      status.textContent = "The rows could not be read. They need a web server: from a folder on disk, open them with feebook serve.";
      return;
    }
    const started = performance.now();
    const fit = (wanted.basis ? constant : needsRest ? [...rows, ...rest] : rows).filter((row) => among(row, wanted));
    const changed = fit.filter((row) => !UNCHANGED.includes(row.kind));
    const due = wanted.kind === "" ? changed : wanted.kind === "every" ? fit : fit.filter((row) => row.kind === wanted.kind);
    const found = due.filter((row) => material(row, wanted));
    kept = ordered(found);
    explain(wanted, due.length - found.length, wanted.list.any && wanted.kind === "" ? fit.length - changed.length : 0, fit.filter((row) => row.unweighted).length);
    show();
    document.documentElement.dataset.fbTook = (performance.now() - started).toFixed(2);
  }

  // The address: only what differs from the page as it comes.
  const usual = Object.fromEntries(names.map((name) => [name, fields[name].type === "checkbox" ? "" : fields[name].value]));
  const value = (name) => (fields[name].type === "checkbox" ? (fields[name].checked ? "1" : "") : fields[name].value);
  function write() {
    const told = new URLSearchParams();
    for (const name of names) if (value(name).trim() !== usual[name]) told.set(name, value(name).trim().replace(/\s+/g, " "));
    if (sort !== "change") told.set("sort", sort);
    if (at) told.set("page", at + 1);
    const hash = told.toString();
    if (hash || location.hash.includes("=")) history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  }
  function restore() {
    if (!location.hash.includes("=")) return false;
    const told = new URLSearchParams(location.hash.slice(1));
    for (const name of names) {
      const one = told.get(name);
      if (fields[name].type === "checkbox") fields[name].checked = one === "1";
      else fields[name].value = one ?? usual[name];
      if (fields[name].selectedIndex === -1) fields[name].value = usual[name];
    }
    const [key, way] = (told.get("sort") || "").split(":");
    sort = figure[key] && [undefined, "up", "down"].includes(way) ? told.get("sort") : "change";
    at = Math.max(0, Math.floor(Number(told.get("page")) || 1) - 1);
    return true;
  }
  let waiting;
  const again = () => {
    first = false;
    at = 0;
    return filter().then(write);
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(again, 120); });
  window.addEventListener("hashchange", () => { if (restore()) filter(); });

  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const key = head.dataset.key, sized = key === "change" || key === "percent";
      const ways = sized ? [key, key + ":down", key + ":up"] : key === "code" || key === "setting" || key === "what" ? [key, key + ":down"] : [key + ":down", key + ":up"];
      sort = ways[(ways.indexOf(sort) + 1) % ways.length];
      again();
    });
  }
  pages.addEventListener("click", (event) => {
    const to = event.target.dataset?.fbTo, last = Math.ceil(kept.length / SHOWN) - 1;
    if (!to) return;
    at = Math.max(0, Math.min(last, { first: 0, before: at - 1, next: at + 1, last }[to]));
    show();
    write();
    table.closest("[role=region]").scrollIntoView({ block: "start" });
  });

  const CSV = ["basis", "before_day", "after_day", "schedule", "code", "modifier", "track", "measure", "kind", "before", "after", "before_status", "after_status", "change", "percent", "what"];
  const quoted = (one) => (/[",\n]/.test(one) ? '"' + one.replaceAll('"', '""') + '"' : one);
  function csv() {
    const lines = kept.map((row) => {
      const [measure, , schedule] = said.measures[row.measure], amount = (units) => (units === null ? "" : exact(units));
      return [fields.basis.value || said.basis, ...said.days[schedule], schedule, row.code, row.modifier, row.track, measure, row.kind, amount(row.before), amount(row.after), row.beforeStatus, row.afterStatus, amount(row.change), row.holds ? decimal(share(row, 1000000n), 4) : "", row.what];
    });
    return [CSV, ...lines].map((line) => line.map(quoted).join(",")).join("\n") + "\n";
  }
  find("save").addEventListener("click", async () => {
    if (first) await again();
    const a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    a.download = `feebook-${said.years.join("-")}.csv`;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  });
  find("copy").addEventListener("click", async (event) => {
    const button = event.currentTarget, words = button.textContent;
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
    } catch { button.textContent = "Copy it from the address bar"; }
    setTimeout(() => { button.textContent = words; }, 2000);
  });
  find("clear").addEventListener("click", () => { form.reset(); sort = "change"; again(); });

  const years = find("years");
  years.addEventListener("submit", (event) => {
    event.preventDefault();
    const two = [years.elements.from.value, years.elements.to.value].sort();
    if (two[0] !== two[1]) location.href = page(`compare/${two.join("-")}/`) + (location.hash.includes("=") ? location.hash : "");
  });

  // The rows are read when the table comes into view, or at once where the address asks for some.
  if (restore()) filter();
  else new IntersectionObserver((seen, watcher) => {
    if (seen.some((one) => one.isIntersecting) && first) { watcher.disconnect(); first = false; filter(); }
  }, { rootMargin: "200px" }).observe(form);
})();
