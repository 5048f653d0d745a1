(() => {
  "use strict";
  const page = document.documentElement;
  page.classList.add("js");

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  const percent = (part, whole) => {
    const share = whole ? part / whole : 0;
    if (share > 0 && share < 0.005) return "under 1%";
    if (share >= 0.995 && share < 1) return "over 99%";
    return `${Math.round(share * 100)}%`;
  };

  /* The table of articles: find, filter, sort. */

  const table = document.getElementById("table");
  if (table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const haystacks = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase()]));
    const find = document.getElementById("find");
    const status = document.getElementById("status");
    const family = document.getElementById("family");
    const sort = document.getElementById("sort");
    const shown = document.getElementById("shown");
    const numeric = new Set(["share", "words"]);
    const falling = new Set(["share", "words"]);
    const order = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });
    let sorted = "";
    let down = false;

    const filter = () => {
      const words = find.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const row of rows) {
        const { status: has, family: of } = row.dataset;
        const fits =
          (!status.value || has === status.value) &&
          (!family.value || (family.value === "-" ? !of : of === family.value)) &&
          words.every((word) => haystacks.get(row).includes(word));
        row.hidden = !fits;
        if (fits) count += 1;
      }
      shown.textContent = count === rows.length ? counted(count, "article") : `${count} of ${counted(rows.length, "article")}`;
    };

    const arrange = (key, descending) => {
      sorted = key;
      down = descending;
      const sign = descending ? -1 : 1;
      const value = (row) => row.dataset[key];
      const compare = numeric.has(key)
        ? (left, right) => sign * (Number(value(left)) - Number(value(right)))
        : (left, right) => {
            if (!value(left) || !value(right)) return Boolean(value(right)) - Boolean(value(left));
            return sign * order.compare(value(left), value(right));
          };
      body.append(...[...rows].sort(compare));
      for (const head of table.tHead.rows[0].cells) {
        if (head.dataset.sort === key) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
      sort.value = key;
    };

    for (const head of table.tHead.rows[0].cells) {
      const key = head.dataset.sort;
      if (!key) continue;
      const button = element("button", { type: "button" }, head.textContent);
      button.addEventListener("click", () => arrange(key, sorted === key ? !down : falling.has(key)));
      head.replaceChildren(button, element("span", { class: "on-paper", "aria-hidden": "true" }, head.textContent));
    }
    sort.addEventListener("change", () => arrange(sort.value, falling.has(sort.value)));
    for (const control of [find, status, family]) control.addEventListener("input", filter);
    for (const link of document.querySelectorAll("a[data-status]")) {
      link.addEventListener("click", () => {
        find.value = "";
        family.value = "";
        status.value = link.dataset.status;
        filter();
      });
    }
    for (const option of [...status.options]) {
      if (option.value && !rows.some((row) => row.dataset.status === option.value)) option.remove();
    }
    arrange("share", true);
    filter();
    addEventListener("hashchange", () => {
      const row = document.getElementById(location.hash.slice(1));
      if (!row?.closest("#table") || !row.hidden) return;
      find.value = status.value = family.value = "";
      filter();
      row.scrollIntoView();
    });
  }

  /* Two texts side by side. */

  let read;
  const data = () => (read ??= JSON.parse(document.getElementById("data").textContent));
  const BODY = new Set(["body", "heading", "quote"]);

  const covers = (range, place) => range.start <= place && place < range.end;
  const chosen = (ranges, place) => {
    const rank = (range) => Object.keys(data().kinds).indexOf(range.kind); // the plainest finding first, quotations last
    return ranges.filter((range) => covers(range, place)).sort((left, right) => rank(left) - rank(right))[0];
  };

  const sideOf = (pair, name, directed) => {
    const at = name === "down" ? 1 : 3;
    const text = data().texts[pair[name]];
    const range = (entry, number) => ({ start: entry[at], end: entry[at + 1], what: entry[0], kind: entry[0], number });
    const set = (ranges) => ranges.filter((each) => each.start >= 0 && each.end > each.start);
    return {
      name,
      directed,
      text,
      passages: set(pair.passages.map(range)),
      drift: set(pair.drift.map(range)),
      erosion: set(pair.erosion.map(range)),
      credits: text.credits.map(([start, end]) => ({ start, end })),
    };
  };

  const within = (ranges, start, end) => ranges.filter((each) => each.start < end && each.end > start);

  const pieceOf = (side, words, place) => {
    let piece = document.createTextNode(words);
    const drift = side.drift.find((each) => covers(each, place));
    const lost = side.erosion.find((each) => covers(each, place));
    const credit = side.credits.some((each) => covers(each, place));
    if (credit) piece = element("span", { class: "credit-line" }, piece);
    if (drift || lost) {
      const last = (drift ?? lost).end === place + words.length;
      const said = side.directed ? ["changed", "lost", "in place of a lost"] : ["differs", "not in the other", "in place of a"];
      const what = drift ? `${said[0]}: ${drift.what}` : side.name === "up" ? `${said[1]}: ${lost.what}` : `${said[2]} ${lost.what}`;
      piece = element("mark", { title: what, class: `${drift ? "changed" : "lost"}${last ? "" : " unended"}` }, piece);
      if (last) piece.dataset.what = what;
      if (drift) piece.dataset.drift = drift.number;
      if (lost) piece.dataset.erosion = lost.number;
    }
    return piece;
  };

  const paneOf = (pair, side, tagged) => {
    const pane = element("div", { class: "pane", tabindex: "0", role: "region", "data-side": side.name, dir: "auto" });
    if (side.text.lang) pane.lang = side.text.lang;
    const { text, lines } = side.text;
    for (const [start, end, number] of lines) {
      const words = text.slice(start, end);
      if (!words.trim()) continue;
      const stop = start + words.trimEnd().length;
      const role = data().roles[number];
      const isBody = BODY.has(role);
      const line = element("div", { class: `line ${isBody ? "text" : "site"}`, dir: "auto" });
      if (!isBody) line.append(element("span", { class: "role" }, role));
      const passages = within(side.passages, start, stop);
      const others = [...within(side.drift, start, stop), ...within(side.erosion, start, stop), ...within(side.credits, start, stop)];
      if (within(side.credits, start, stop).length) line.classList.add("credited");
      const cuts = new Set([start, stop]);
      for (const each of [...passages, ...others]) {
        if (each.start > start) cuts.add(each.start);
        if (each.end < stop) cuts.add(each.end);
      }
      const places = [...cuts].sort((left, right) => left - right);
      const clipped = { ...side, drift: within(side.drift, start, stop), erosion: within(side.erosion, start, stop), credits: within(side.credits, start, stop) };
      let open = null;
      for (let step = 0; step + 1 < places.length; step += 1) {
        const [from, to] = [places[step], places[step + 1]];
        const piece = pieceOf(clipped, text.slice(from, to), from);
        const passage = chosen(passages, from);
        if (!passage) {
          line.append(piece);
          open = null;
          continue;
        }
        const all = passages.filter((each) => covers(each, from)).map((each) => each.number).join(" ");
        if (open?.dataset.all !== all) {
          open = element("span", { class: `passage p-${passage.kind}`, "data-all": all, "data-number": passage.number });
          if (!tagged.has(`${side.name} ${passage.number}`)) {
            tagged.add(`${side.name} ${passage.number}`);
            const kind = data().kinds[passage.kind];
            open.append(element("button", { type: "button", class: "tag", "aria-pressed": "false", "aria-label": `Passage ${passage.number + 1}, ${kind}: find it in the other text` }, `${passage.number + 1} ${kind}`));
          }
          line.append(open);
        }
        open.append(piece);
      }
      pane.append(line);
    }
    return pane;
  };

  const build = (box) => {
    const pair = data().pairs[box.dataset.pair];
    if (!pair) {
      box.replaceChildren(element("p", { class: "soft" }, "The texts of these two are not in this report."));
      return;
    }
    const directed = "directed" in box.dataset;
    const labels = directed ? { down: "Downstream", up: "Upstream" } : { down: "First text", up: "Second text" };
    const tagged = new Set();
    const sides = { down: sideOf(pair, "down", directed), up: sideOf(pair, "up", directed) };
    const panes = { down: paneOf(pair, sides.down, tagged), up: paneOf(pair, sides.up, tagged) };
    const heading = `h${box.dataset.level}`;
    const titled = (label, side, pane) => {
      pane.setAttribute("aria-label", `${label}: ${side.text.name}`);
      const title = element(heading, {}, `${label}: `, element("bdi", {}, side.text.name));
      return element("div", {}, title, pane);
    };
    const said = element("p", { role: "status", class: "soft" });
    const figure = element("p", { "aria-live": "polite", class: "in-view-words" });
    const bar = element("span", { class: "bar", "aria-hidden": "true" });
    const numbers = pair.passages.map((_, number) => number);
    let current = -1;

    const lit = (number, from) => {
      current = number;
      let first = {};
      for (const [name, pane] of Object.entries(panes)) {
        for (const each of pane.querySelectorAll(".passage")) {
          const on = each.dataset.all.split(" ").includes(String(number));
          each.classList.toggle("active", on);
          if (on) first[name] ??= each;
        }
        for (const tag of pane.querySelectorAll(".tag")) {
          tag.setAttribute("aria-pressed", String(tag.parentNode.dataset.number === String(number)));
        }
      }
      const kind = data().kinds[pair.passages[number][0]];
      said.textContent = `Passage ${number + 1} of ${numbers.length}, ${kind}; highlighted in both texts.`;
      const offset = (pane, each) => each.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      const wanted = from && first[from] ? offset(panes[from], first[from]) : panes.down.clientHeight / 4;
      for (const [name, pane] of Object.entries(panes)) {
        if (name !== from && first[name]) pane.scrollTop += offset(pane, first[name]) - Math.max(8, Math.min(wanted, pane.clientHeight - 60));
      }
    };
    const step = (by) => {
      if (numbers.length) lit((Math.max(current, by > 0 ? -1 : 0) + by + numbers.length) % numbers.length, null);
    };

    const recount = () => {
      const site = !box.classList.contains("hide-site");
      const quotes = !box.classList.contains("hide-quotes");
      const sum = {};
      for (const tally of site ? [pair.words.body, pair.words.site] : [pair.words.body]) {
        for (const [kind, count] of Object.entries(tally)) sum[kind] = (sum[kind] ?? 0) + count;
      }
      if (!quotes) delete sum.quote;
      const whole = Object.values(sum).reduce((left, right) => left + right, 0);
      const kinds = Object.keys(data().kinds).filter((kind) => kind !== "quote" && sum[kind]);
      const taken = kinds.reduce((total, kind) => total + sum[kind], 0);
      const parts = kinds.map((kind) => `${sum[kind].toLocaleString("en")} ${data().kinds[kind]}`);
      const quoted = sum.quote ? `; ${sum.quote.toLocaleString("en")} in shared quotations, not counted` : "";
      figure.textContent = `In view ${directed ? "downstream" : "in the first text"}: ${counted(whole, "word")}, ${percent(taken, whole)} of them in passages${parts.length ? ` (${parts.join(", ")})` : ""}${quoted}.`;
      bar.replaceChildren(
        ...[...Object.keys(data().kinds), "new"]
          .filter((kind) => sum[kind])
          .map((kind) => element("span", { class: `part k-${kind}`, style: `width:${(sum[kind] / whole) * 100}%` })),
      );
    };
    const toggle = (label, name) => {
      const button = element("button", { type: "button", "aria-pressed": String(!box.classList.contains(name)), "data-toggle": name }, label);
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(!box.classList.toggle(name)));
        recount();
      });
      return button;
    };
    const stepper = (label, by) => {
      const button = element("button", { type: "button", "data-step": by }, label);
      button.addEventListener("click", () => step(by));
      return button;
    };

    for (const pane of Object.values(panes)) {
      pane.addEventListener("click", (event) => {
        const passage = event.target.closest(".passage");
        if (passage && (event.target.closest(".tag") || String(getSelection()) === "")) lit(Number(passage.dataset.number), pane.dataset.side);
      });
    }
    for (const changes of box.parentNode.querySelectorAll("table[data-changes]")) {
      const kind = changes.dataset.changes;
      for (const [number, row] of [...changes.tBodies[0].rows].entries()) {
        const found = Object.values(panes).map((pane) => [pane, pane.querySelector(`mark[data-${kind}="${number}"]`)]);
        if (!found.some(([, mark]) => mark)) continue;
        const button = element("button", { type: "button", class: "show", "aria-label": `Show in the texts: ${row.cells[0].textContent} ${row.cells[1].textContent}` }, "show");
        button.addEventListener("click", () => {
          for (const mark of box.querySelectorAll("mark.active")) mark.classList.remove("active");
          for (const [pane, mark] of found) {
            if (!mark) continue;
            mark.classList.add("active");
            pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
          }
          box.scrollIntoView({ block: "nearest" });
        });
        row.cells[0].append(" ", button);
      }
    }
    box.classList.add("hide-site");
    box.replaceChildren(
      element("div", { class: "compare-tools" }, stepper("‹ Previous passage", -1), stepper("Next passage ›", 1), toggle("Quotations", "hide-quotes"), toggle("Site lines", "hide-site"), said),
      element("div", { class: "in-view" }, bar, figure),
      element("div", { class: "panes" }, titled(labels.down, sides.down, panes.down), titled(labels.up, sides.up, panes.up)),
    );
    recount();
  };

  const opened = (details) => {
    const box = details.querySelector(":scope > .inside > .compare");
    if (!box || box.dataset.built) return;
    box.dataset.built = "yes";
    build(box);
  };
  for (const details of document.querySelectorAll("details.link")) {
    details.addEventListener("toggle", () => details.open && opened(details));
  }

  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.matches("details")) return;
    for (let outer = target; outer; outer = outer.parentElement.closest("details")) outer.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  follow();
})();
