// The page of a code: physician amounts at a place, fetched when asked for, never in floats; charts; the citation.
(() => {
  const here = document.currentScript.src.replace(/assets\/locality\.js.*$/, "");

  // A decimal as a whole number of ten-thousandths: RVUs have two places, indices three, factors four.
  const PLACES = 4;
  const scaled = (text) => {
    const found = /^(\d+)(?:\.(\d{1,4}))?$/.exec(text);
    if (!found) throw new Error(text + " is not a figure of up to four decimals");
    return BigInt(found[1] + (found[2] || "").padEnd(PLACES, "0"));
  };
  const printed = (value, places) => {
    const text = String(value).padStart(places + 1, "0");
    return text.slice(0, -places) + "." + text.slice(-places);
  };

  // (work x index + PE x index + MP x index) x factor, rounded once, half up, to the cent.
  const amount = (rvus, indices, factor) => {
    const sum = rvus.reduce((all, rvu, at) => all + scaled(rvu) * scaled(indices[at]), 0n);
    const cents = (sum * scaled(factor) * 2n + 10n ** 10n) / (2n * 10n ** 10n);
    return { sum: printed(sum, 2 * PLACES).replace(/0{1,4}$/, "").replace(/(\.\d{2}\d*?)0+$/, "$1"), cents: printed(cents, 2) };
  };
  globalThis.feebookAmount = (rvus, indices, factor) => amount(rvus, indices, factor).cents;

  const make = (name, text = "", values = {}) => Object.assign(document.createElement(name), text === "" ? {} : { textContent: text }, values);
  const dollars = (text) => "$" + text.replace(/\B(?=(\d{3})+(?=\.))/g, ",");
  const lower = (one, two) => (scaled(one) <= scaled(two) ? one : two);
  const fetched = new Map();
  const get = (path, read) => {
    if (!fetched.has(path)) {
      fetched.set(path, fetch(here + path).then((r) => {
        if (!r.ok) throw new Error(path + ": " + r.status);
        return read(r);
      }));
      fetched.get(path).catch(() => fetched.delete(path));
    }
    return fetched.get(path);
  };
  const json = (r) => r.json(), lines = (r) => r.text().then((text) => text.trimEnd().split("\n"));

  // Days in common of rows, indices and caps: cut where any of them changes.
  const nextDay = (day, by) => new Date(Date.parse(day) + by * 864e5).toISOString().slice(0, 10);
  function spans(rows, indices, caps) {
    const found = [];
    for (const row of rows) {
      for (const [from, through, ...place] of indices) {
        let first = row.from > from ? row.from : from;
        const last = row.through < through ? row.through : through;
        for (const cap of caps.filter((one) => one.from <= last && one.through >= first)) {
          if (cap.from > first) found.push({ row, place, from: first, through: nextDay(cap.from, -1) });
          const start = cap.from > first ? cap.from : first, end = cap.through < last ? cap.through : last;
          found.push({ row, place, from: start, through: end, cap });
          first = nextDay(end, 1);
        }
        if (first <= last) found.push({ row, place, from: first, through: last });
      }
    }
    return found.sort((a, b) => (a.from + (a.row.track || "") < b.from + (b.row.track || "") ? -1 : 1));
  }

  const SETTINGS = [["facility", "Facility"], ["nonfacility", "Non-facility"]];
  const WORDS = { not_applicable: "not in this setting", contractor_priced: "contractor priced", packaged: "packaged", not_covered: "not covered", other_schedule: "other schedule", no_source: "no source held" };
  const month = (day) => new Date(day + "T00:00Z").toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
  function days({ from, through, row }) {
    const whole = from.slice(5) === "01-01" && through.slice(5) === "12-31";
    const part = whole ? "" : through.slice(5) === "12-31" ? " from " + month(from) : " " + month(from) + "\u2013" + month(through);
    return [from.slice(0, 4), part + (row.track ? (row.track === "qp" ? " QP" : " non-QP") : "")];
  }

  // A row that does not say what outpatient departments are paid, or that proves a cap, has none held.
  function capOpen({ row, capped }, setting) {
    const opps = row["opps_" + setting + "_pe"];
    if (!capped || !["", "TC"].includes(row.modifier || "")) return false;
    if (!opps) return true;
    const sum = [row.work_rvu, opps, row.opps_malpractice].reduce((all, rvu) => all + scaled(rvu), 0n);
    return scaled(opps) > 0n && sum < scaled(row[setting + "_total_rvu"]);
  }

  function cells(span, setting) {
    const { row, place, cap } = span;
    const national = row[setting + "_payment"];
    const td = make("td");
    if (!national) {
      td.className = "n";
      td.textContent = WORDS[row[setting + "_status"]] || "no amount";
      return [td, make("td")];
    }
    const rvus = [row.work_rvu, row[setting + "_pe_rvu"], row.malpractice_rvu];
    const { sum, cents } = amount(rvus, place, row.conversion_factor);
    const most = cap && cap[setting];
    const paid = most ? lower(cents, most) : cents;
    td.append(make("b", dollars(paid)));
    td.dataset.paid = paid;
    td.append(make("small", "national " + dollars(national)));
    if (!most && capOpen(span, setting)) td.append(make("small", "no cap held for these days"));
    if (most) td.append(make("small", paid === cents ? "the cap, " + dollars(most) + ", is not lower" : "OPPS cap; the sum gives " + dollars(cents)));
    const how = rvus.map((rvu, at) => rvu + " \u00d7 " + place[at]).join(" + ");
    const shown = make("td", "", { className: "t" });
    shown.append(make("small", how), make("small", "= " + sum + " \u00d7 " + row.conversion_factor + " = " + dollars(cents)));
    return [td, shown];
  }

  function table(found) {
    const box = make("div", "", { className: "fb-scroll" }), made = make("table", "", { className: "fb-t" });
    const head = make("tr");
    for (const name of ["Service date", ...SETTINGS.flatMap(([, title]) => [title, "work + PE + MP, \u00d7 factor"])]) head.append(make("th", name, { scope: "col", className: /factor/.test(name) ? "t" : "" }));
    made.append(make("thead"), make("tbody"));
    made.tHead.append(head);
    for (const span of found) {
      const tr = make("tr"), [year, part] = days(span), th = make("th", year, { scope: "row" });
      tr.dataset.from = span.from;
      tr.dataset.track = span.row.track || "";
      if (part) th.append(make("small", part));
      tr.append(th, ...SETTINGS.flatMap(([setting]) => cells(span, setting)));
      made.tBodies[0].append(tr);
    }
    box.append(made);
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Physician amounts at this place");
    return box;
  }

  const place = document.getElementById("place");
  if (place) {
    const { code, parts } = place.dataset, capped = "caps" in place.dataset;
    const form = make("form"), out = make("div"), said = make("p", "", { className: "fb-basis" });
    said.setAttribute("role", "status");
    const field = (title, input) => { const label = make("label", title + " "); label.append(input); form.append(label); return input; };
    const zip = field("ZIP code", make("input", "", { name: "zip", inputMode: "numeric", maxLength: 5, size: 7, autocomplete: "postal-code" }));
    const select = field("or locality", make("select", "", { name: "locality" }));
    select.append(make("option", "choose", { value: "" }));
    const part = parts && field("part", make("select", "", { name: "modifier" }));
    if (part) for (const name of ["", ...parts.split(" ")]) part.append(make("option", name || "whole", { value: name }));
    place.append(form, said, out);

    const named = (places, key) => places[key].state + ", " + places[key].name.toLowerCase().replace(/\b[a-z]/g, (c) => c.toUpperCase());
    async function fill() {
      const { localities } = await get("api/v1/localities.json", json);
      if (select.options.length > 1) return localities;
      const keys = Object.keys(localities).sort((a, b) => (named(localities, a) < named(localities, b) ? -1 : 1));
      for (const key of keys) select.append(make("option", named(localities, key), { value: key }));
      return localities;
    }

    let asked = 0;
    async function show(from) {
      const turn = ++asked;
      out.replaceChildren();
      const typed = zip.value.trim();
      if (from === "zip" && !/^\d{5}$/.test(typed)) return void (said.textContent = typed ? "A ZIP code has five digits." : "");
      said.textContent = "Reading\u2026";
      try {
        const localities = await fill();
        const issued = (await get("api/v1/localities.json", json)).zips;
        const zips = new Date(issued + "-01T00:00Z").toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
        let note = "";
        if (from === "zip") {
          const held = await get("api/v1/zips/" + typed.slice(0, 2) + ".txt", lines).catch(() => []);
          const found = held.map((line) => line.split(" ")).find(([one]) => one === typed);
          if (turn !== asked) return;
          if (!found) return void (said.textContent = "ZIP " + typed + " is not in the ZIP file of " + zips + ": choose the locality itself.");
          select.value = found[1];
          note = " ZIP " + typed + " by CMS\u2019s ZIP file of " + zips + (found[2] ? "; its last four digits may lie in another locality: choose it above if so." : ".");
        } else zip.value = "";
        const key = select.value;
        keep(from === "zip" ? { zip: typed } : { locality: key });
        if (!key) return void (said.textContent = "");
        const [all, caps] = await Promise.all([get("api/v1/codes/" + code + ".json", json), capped ? get("api/v1/caps/" + code + ".tsv", lines) : []]);
        if (turn !== asked) return;
        const modifier = (part && part.value) || "";
        const rows = all.physician.filter((row) => (row.modifier || "") === modifier && row.conversion_factor);
        const limits = caps.map((line) => line.split("\t")).filter((one) => one[0] === key && one[1] === modifier)
          .map(([, , first, last, facility, nonfacility]) => ({ from: first, through: last, facility, nonfacility }));
        const found = spans(rows, localities[key].indices, limits).map((span) => ({ ...span, capped }));
        said.textContent = named(localities, key) + " (" + key + ")." + note + (capped ? " Imaging: Medicare allows the lower of the sum and the outpatient cap; where no cap is held it may pay less than the sum." : "")
          + " Surgery center and hospital amounts also vary by place, by a wage index that is not held here.";
        out.replaceChildren(found.length ? table(found) : make("p", "No physician row of this part, or no index of this locality, is held for the same days."));
      } catch (error) {
        if (turn === asked) said.textContent = "The figures of this place could not be read: " + error.message;
      }
    }

    // The place is kept for the visit and stands in the address, so that it can be shared.
    const KEY = "feebook-place";
    function keep(chosen) {
      const [[name, value]] = Object.entries(chosen);
      try { value ? sessionStorage.setItem(KEY, name + "=" + value) : sessionStorage.removeItem(KEY); } catch { /* not remembered */ }
      if (value) history.replaceState(null, "", "#" + name + "=" + value);
    }
    async function take(text) {
      const found = /^#?(zip|locality)=(\d{5,7})$/.exec(text || "");
      if (!found) return false;
      if (found[1] === "zip") zip.value = found[2];
      else { await fill(); select.value = found[2]; }
      await show(found[1]);
      return true;
    }
    let remembered = null;
    try { remembered = sessionStorage.getItem(KEY); } catch { /* private window */ }
    if (/^#(zip|locality)=/.test(location.hash)) take(location.hash).then(() => place.scrollIntoView());
    else if (remembered) {
      const before = location.href;
      take(remembered).then(() => history.replaceState(null, "", before));
    }
    addEventListener("hashchange", () => take(location.hash));
    form.addEventListener("submit", (event) => event.preventDefault());
    zip.addEventListener("input", () => { if (/^\d{5}$/.test(zip.value.trim()) || !zip.value) show("zip"); });
    zip.addEventListener("change", () => { if (zip.value && !/^\d{5}$/.test(zip.value.trim())) show("zip"); });
    select.addEventListener("focus", fill, { once: true });
    select.addEventListener("pointerenter", fill, { once: true });
    select.addEventListener("change", () => show("locality"));
    if (part) part.addEventListener("change", () => select.value && show(zip.value ? "zip" : "locality"));
  }

  // On a phone the newest years of the table at the top are in sight first.
  const wide = document.querySelector(".fb-m");
  if (wide) {
    const box = wide.parentElement, edge = () => wide.querySelector("tbody th").getBoundingClientRect().right;
    box.scrollLeft = wide.scrollWidth;
    // No amount or word may start under the column that stays: half of one would read as another.
    for (let cut = 1; cut && box.scrollLeft;) {
      const texts = [...wide.querySelectorAll("tbody td")].map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect();
      });
      cut = Math.ceil(Math.max(0, ...texts.filter((text) => text.width && text.left < edge() && text.right > edge()).map((text) => edge() - text.left)));
      box.scrollLeft -= cut;
    }
  }

  // A chart shows in its table the line under the pointer.
  for (const chart of document.querySelectorAll(".fb-blocks .fb-chart")) {
    const section = chart.closest("section");
    const rows = [...section.querySelectorAll("tbody tr")].filter((row) => row.cells[1].title.startsWith("$") && !/(^|\s)QP/.test(row.cells[0].textContent));
    const steps = [...chart.querySelectorAll(".l")].flatMap((path) => {
      const found = [];
      let x = 0;
      for (const [, kind, value] of path.getAttribute("d").matchAll(/([MHV])([\d.]+)/g)) {
        if (kind === "M") x = Number(value);
        if (kind === "H") { found.push([x, Number(value)]); x = Number(value); }
      }
      return found;
    }).sort((a, b) => a[0] - b[0]);
    if (steps.length !== rows.length) continue;
    const mark = (at) => rows.forEach((row, i) => row.classList.toggle("on", i === at));
    chart.addEventListener("pointermove", (event) => {
      const box = chart.getBoundingClientRect(), x = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width;
      mark(steps.findIndex(([from, to]) => x >= from && x < to));
    });
    chart.addEventListener("pointerleave", () => mark(-1));
  }

  const cite = document.querySelector(".fb-cite p");
  if (cite && navigator.clipboard) {
    const button = make("button", "Copy", { type: "button", className: "fb-button" });
    button.addEventListener("click", () => navigator.clipboard.writeText(cite.textContent).then(() => { button.textContent = "Copied"; }, () => { button.textContent = "Select the text to copy it"; }));
    cite.after(button);
  }
  // The citation opens where a link leads to it.
  const cited = document.getElementById("cite");
  if (location.hash === "#cite") cited.open = true;
  for (const link of document.querySelectorAll('a[href="#cite"]')) link.addEventListener("click", () => { cited.open = true; });
})();
