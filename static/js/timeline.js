// The timeline under the hand: hover card, a click or Enter opens the record beside the figure, dragging across it zooms.
// charts.js draws the figure; without this file it still shows, and the table below has every link. On a page that shows the
// timeline without its filters or its drawer, the cards and keys work all the same and a click leads to the record's page.
//
// Keys, with the figure in focus: ← → the marks of a lane in the order of time, ↑ ↓ the lane above or below, Home and End,
// Enter opens, + and − zoom, Shift with ← → moves the years, 0 shows all of them.
"use strict";
(() => {
  const plot = document.getElementById("timeline-plot");
  if (!plot) return;
  const drawer = document.getElementById("drawer");
  const SVG = "http://www.w3.org/2000/svg";
  let marks = [], lanes = [], meta = null, size = { width: 0, height: 0 }, current = null, opened = new URL(window.location.href).searchParams.get("record"), heard = false;

  const make = (tag, name, words) => Object.assign(document.createElement(tag), { className: name, textContent: words || "" });
  const card = make("div", "hover-card"), ring = make("div", "plot-ring"), open = make("div", "plot-ring is-open"), brush = make("div", "plot-brush"), spoken = make("p", "visually-hidden");
  spoken.setAttribute("aria-live", "polite");
  for (const part of [card, ring, open, brush]) { part.hidden = true; part.setAttribute("aria-hidden", "true"); }
  plot.append(brush, open, ring, card, spoken);

  // ---- The marks that were drawn ------------------------------------------------------------------------------------------

  plot.addEventListener("chart:drawn", ({ detail: { figure, canvas } }) => {
    meta = figure.layout.meta;
    size = figure.layout;
    lanes = meta.lanes.map(([name]) => name);
    marks = [];
    figure.data.forEach((trace, curve) => {
      if (!trace.customdata) return;
      trace.customdata.forEach((records, point) => marks.push({ curve, point, records, x: trace.x[point], y: trace.y[point], lane: lanes.indexOf(trace.meta), kind: trace.name }));
    });
    marks.sort((a, b) => a.lane - b.lane || a.x - b.x || a.y - b.y);
    current = current && find(current.records[0][0]);
    show(null);
    markOpen();
    if (heard) return;
    heard = true;
    canvas.on("plotly_hover", ({ points: [p] }) => { if (!dragging?.moved) show(at(p)); plot.classList.add("is-over"); });
    canvas.on("plotly_unhover", () => { if (document.activeElement !== plot || !current) show(null); else show(current); });
    canvas.on("plotly_click", ({ points: [p] }) => { const mark = at(p); if (mark && !brushed) visit(mark); });
  });
  const at = (p) => marks.find((mark) => mark.curve === p.curveNumber && mark.point === p.pointNumber);
  const find = (key) => marks.find((mark) => mark.records.some(([own]) => own === key)) || null;

  // ---- What a mark says ------------------------------------------------------------------------------------------------------

  function shape(id) {
    const svg = document.createElementNS(SVG, "svg"), use = document.createElementNS(SVG, "use");
    svg.setAttribute("class", "m");
    use.setAttribute("href", `#${id}`);
    svg.append(use);
    return svg;
  }
  const kindOf = (key, kind) => (key.startsWith("status-") ? "status" : kind === "status" ? "document" : kind);

  function record([key, date, title, said, verified], mark) {
    const box = make("div", ""), head = make("span", "when", `${date} · ${lanes[mark.lane]}`), kind = make("span", "kind"), sure = make("span", "verif");
    kind.append(shape(`k-${kindOf(key, mark.kind)}`), said);
    sure.append(shape(`v-${verified}`), meta.verification[verified]);
    box.append(head, make("b", "", title), kind, sure);
    return box;
  }

  function place(element, x, y) { element.style.transform = `translate(${x}px, ${y}px)`; }

  function show(mark) {
    card.hidden = ring.hidden = !mark;
    if (!mark) return;
    card.dataset.side = meta.lanes[mark.lane][3];
    card.replaceChildren(...mark.records.map((item) => record(item, mark)));
    place(ring, mark.x, mark.y);
    const { offsetWidth: w, offsetHeight: h } = card;
    const x = Math.max(0, Math.min(mark.x + 16, size.width - w));
    const above = mark.y - h - 16;
    place(card, x, above > -24 ? above : mark.y + 16);
  }

  function say(mark) {
    spoken.textContent = mark.records.map(([, date, title, said, verified]) => `${lanes[mark.lane]}, ${date}: ${title}. ${said}. ${meta.verification[verified]}.`).join(" ");
  }

  // ---- The record beside the figure --------------------------------------------------------------------------------------------

  function visit(mark) {
    const [model, pk] = mark.records[0][0].split("-");
    const address = `${plot.dataset.records || "/records/"}${model}/${pk}/`;
    current = mark;
    if (drawer && window.htmx) window.htmx.ajax("GET", address, { target: "#drawer", swap: "innerHTML" });
    else window.location.assign(address);
  }

  function remember(key) {
    opened = key;
    const url = new URL(window.location.href);
    if (key) url.searchParams.set("record", key); else url.searchParams.delete("record");
    history.replaceState(history.state, "", url);
    markOpen();
  }

  function markOpen() {
    const mark = opened && find(opened);
    open.hidden = !mark;
    if (mark) place(open, mark.x, mark.y);
    for (const row of document.querySelectorAll("[data-record-row]")) row.classList.toggle("is-open", row.dataset.recordRow === opened);
  }

  drawer?.addEventListener("htmx:afterSettle", () => {
    const head = drawer.querySelector("[data-key]");
    if (!head) return;
    remember(head.dataset.key);
    drawer.querySelector("[data-focus]")?.focus({ preventScroll: true });
  });
  drawer?.addEventListener("drawer:closed", () => { remember(null); plot.focus({ preventScroll: true }); });
  document.addEventListener("htmx:afterSettle", markOpen);
  // A change of the filter keeps the record that is open, and says so in the address.
  document.addEventListener("htmx:configRequest", ({ detail }) => { if (opened && detail.target?.id === "timeline") detail.parameters.set?.("record", opened) ?? (detail.parameters.record = opened); });

  // ---- Keys -----------------------------------------------------------------------------------------------------------------------

  const press = (name) => document.querySelector(`[data-zoom="${name}"]`)?.click();

  function step(dx, dy) {
    if (!marks.length) return null;
    if (!current) return dx < 0 ? marks[marks.length - 1] : marks[0];
    if (dx) {
      const index = marks.indexOf(current) + dx;
      return marks[index]?.lane === current.lane ? marks[index] : current;
    }
    const others = marks.filter((mark) => (mark.lane - current.lane) * dy > 0);
    if (!others.length) return current;
    const lane = dy > 0 ? Math.min(...others.map((mark) => mark.lane)) : Math.max(...others.map((mark) => mark.lane));
    return others.filter((mark) => mark.lane === lane).reduce((best, mark) => (Math.abs(mark.x - current.x) < Math.abs(best.x - current.x) ? mark : best));
  }
  const ends = (last) => { const row = marks.filter((mark) => mark.lane === (current?.lane ?? 0)); return row[last ? row.length - 1 : 0]; };

  const KEYS = {
    ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
    Home: () => ends(false), End: () => ends(true),
  };
  const ZOOMS = { "+": "in", "=": "in", "-": "out", 0: "all" };

  plot.addEventListener("keydown", (event) => {
    if (event.target !== plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = event.shiftKey && { ArrowLeft: "earlier", ArrowRight: "later" }[event.key];
    if (pan || ZOOMS[event.key]) press(pan || ZOOMS[event.key]);
    else if (KEYS[event.key]) {
      current = KEYS[event.key]() || current;
      if (current) { show(current); say(current); }
    } else if ((event.key === "Enter" || event.key === " ") && current) visit(current);
    else if (event.key === "Escape") { show(null); return; }
    else return;
    event.preventDefault();
  });
  plot.addEventListener("blur", () => show(null));
  plot.addEventListener("focus", () => { if (current && plot.matches(":focus-visible")) show(current); });

  // A choice acts at once, but in the sheet of a phone, which would close after each: there the button sends all of them.
  document.addEventListener("change", ({ target }) => {
    if (target.form?.id === "filter" && !target.form.matches(":popover-open")) target.form.requestSubmit();
  });

  // ---- Years: drag across the figure, or turn the wheel with Ctrl (a pinch on a touch pad) ------------------------------------------

  const yearAt = (px) => {
    const [left, right] = meta.plot, [first, last] = meta.years;
    return first + ((px - left) / (right - left)) * (last - first);
  };
  const across = (event) => Math.max(meta.plot[0], Math.min(event.clientX - plot.getBoundingClientRect().left, meta.plot[1]));

  function years(first, last) {
    const form = document.getElementById("filter");
    if (!form) return;
    const from = form.elements.from, to = form.elements.to;
    const bound = (year) => String(Math.max(Number(from.min), Math.min(year, Number(from.max))));
    const next = [bound(Math.floor(first)), bound(Math.floor(last))];
    if (from.value === next[0] && to.value === next[1]) return;
    [from.value, to.value] = next;
    form.requestSubmit();
  }

  let dragging = null, brushed = false;   // brushed: the click that ends a drag opens nothing
  plot.addEventListener("pointerdown", (event) => {
    brushed = false;
    if (!meta || event.button !== 0 || event.pointerType === "touch" || !document.getElementById("filter")) return;
    const inside = event.clientX - plot.getBoundingClientRect().left;
    if (inside < meta.plot[0] || inside > meta.plot[1]) return;
    dragging = { from: across(event), moved: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!dragging) return;
    const to = across(event);
    dragging.moved = dragging.moved || Math.abs(to - dragging.from) > 8;
    if (!dragging.moved) return;
    show(null);
    brush.hidden = false;
    brush.style.inlineSize = `${Math.abs(to - dragging.from)}px`;
    place(brush, Math.min(to, dragging.from), 0);
  });
  window.addEventListener("pointerup", (event) => {
    const drag = dragging;
    dragging = null;
    brush.hidden = true;
    if (!drag?.moved) return;
    brushed = true;
    const [a, b] = [drag.from, across(event)].sort((p, q) => p - q);
    years(yearAt(a), yearAt(b));
  });
  window.addEventListener("keydown", (event) => { if (event.key === "Escape" && dragging) { dragging = null; brush.hidden = true; } });

  let turned = 0, timer;
  plot.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !meta || !document.getElementById("filter")) return;
    event.preventDefault();
    turned += event.deltaY;
    const middle = yearAt(across(event)), [first, last] = meta.years;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const factor = Math.exp(Math.max(-1, Math.min(turned / 200, 1)));
      turned = 0;
      years(middle - (middle - first) * factor, middle + (last - middle) * factor - (factor < 1 ? 1 : 0));
    }, 150);
  }, { passive: false });

  // ---- The address, for a note -----------------------------------------------------------------------------------------------------

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-copy]");
    if (!link) return;
    event.preventDefault();
    try { await navigator.clipboard.writeText(window.location.href); } catch { window.history.replaceState(history.state, "", window.location.href); window.prompt(link.dataset.copy, window.location.href); return; }
    const words = link.textContent;
    link.textContent = link.dataset.copied;
    setTimeout(() => { link.textContent = words; }, 2000);
  });
})();
