// Draws figures. Without this file, or where it fails, the table of the same rows stays.
//
// Markup (templates/components/_chart.html writes it):
//   <script src="…/charts.js" defer data-plotly="…/plotly-basic.min.js"></script>      templates/components/_charts.html
//   <div class="plot" id="trade-plot" data-chart
//        data-figure="trade-data"              id of a <script type="application/json"> with the figure ({% json_data figure "trade" %}), or
//        data-figure-url="/x/figure.json?a=1"  an address that answers it; it is asked for again with &w=<width in px> when the width changes
//        data-file="trade"                     optional: name of the picture without its ending
//        data-failed="words">                  what to say where it cannot be drawn
//     <div class="wait" role="status">words</div>
//   </div>
//   <button type="button" data-png="trade-plot">Image (PNG)</button>                   data-svg for a drawing; the title is .chart-title in the <figure> or what its aria-labelledby names, the source .chart-foot > p
//
// A figure is {data, layout} as relations/charts/figure.py makes it: every colour and font is a token. "--kz-edge" is the custom
// property of that name, "--kz-fill/.1/.2" the same at an opacity of .1, in the dark scheme .2. They are looked up when the
// figure is drawn, and again when the scheme changes, without asking the server.
//
// The plot element sends "chart:drawn" (after every drawing) and "chart:failed"; both bubble. window.Charts offers
// draw(plot), figure(plot) and token(name).
//
// Content policy. plotly.js 4 writes a <style> into the document when it is loaded, unless an element with the id
// "plotly.js-style-global" and the class "no-inline-styles" exists by then: `quiet()` makes one, static/css/charts.css holds
// the rules. Pseudo-HTML in texts (<b>, <i>, <span>) sets style attributes, which the policy refuses: figures set weights
// and colours through `font` and send plain text, with <br> at most. The mode bar, which has styles of its own, stays off.
// What remains sets styles through the CSSOM, which is allowed. PNG needs img-src data: and blob:.
"use strict";
(() => {
  const source = document.currentScript.dataset.plotly;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const known = new WeakMap();          // plot → { key, figure, width, turn }
  const CONFIG = { displayModeBar: false, responsive: false, showTips: false, doubleClick: false, scrollZoom: false };
  const WIDTHS = 8;                     // widths asked for are multiples of this, so that answers can be kept

  // ---- Plotly, once --------------------------------------------------------------------------------------------------

  let loading = null;
  function quiet() {
    const guard = document.createElement("template");
    guard.id = "plotly.js-style-global";
    guard.className = "no-inline-styles";
    document.head.append(guard);
  }
  function plotly() {
    loading = loading || new Promise((resolve, reject) => {
      quiet();
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("plotly.js did not start")));
      script.onerror = () => { loading = null; reject(new Error("plotly.js could not be loaded")); };
      document.head.append(script);
    });
    return loading;
  }

  // ---- Tokens ----------------------------------------------------------------------------------------------------------

  const pen = document.createElement("canvas").getContext("2d");
  const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function rgb(value) {
    pen.fillStyle = "#000";
    pen.fillStyle = value;
    const hex = pen.fillStyle;
    return hex.startsWith("#") ? [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)) : hex.match(/[\d.]+/g).slice(0, 3).map(Number);
  }
  const isDark = () => { const [r, g, b] = rgb(read("--paper")); return r + g + b < 384; };

  function token(text, darkly = isDark()) {
    const [name, light, deep] = text.split("/");
    const value = read(name);
    if (!light) return value;
    return `rgba(${rgb(value).join(",")},${darkly && deep ? deep : light})`;
  }

  const VERBATIM = new Set(["customdata", "text", "meta", "x", "y", "name"]);
  function resolve(figure) {
    const darkly = isDark(), seen = new Map();
    const walk = (value, key) => {
      if (typeof value === "string") {
        if (!value.startsWith("--")) return value;
        if (!seen.has(value)) seen.set(value, token(value, darkly));
        return seen.get(value);
      }
      if (VERBATIM.has(key) || value === null || typeof value !== "object") return value;
      if (Array.isArray(value)) return value.map((item) => walk(item));
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k)]));
    };
    return walk(figure);
  }

  // ---- Drawing ------------------------------------------------------------------------------------------------------------

  const room = (plot) => Math.floor(plot.clientWidth);
  // The data may stand on an element around the plot, so that htmx can keep the plot (hx-preserve) and change what it shows.
  const data = (plot) => plot.closest("[data-figure-url], [data-figure]").dataset;
  const quantised = (plot) => Math.max(WIDTHS, Math.floor(room(plot) / WIDTHS) * WIDTHS);

  function address(plot) {
    const url = new URL(data(plot).figureUrl, window.location.href);
    url.searchParams.set("w", quantised(plot));
    return url.href;
  }
  const wanted = (plot) => (data(plot).figureUrl ? address(plot) : `#${data(plot).figure}`);

  async function fetched(plot) {
    if (!data(plot).figureUrl) return JSON.parse(document.getElementById(data(plot).figure).textContent);
    const answer = await fetch(address(plot), { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json")) throw new Error(`the figure was not answered (${answer.status})`);
    return answer.json();
  }

  function paint(Plotly, plot, figure) {
    const { data: traces, layout } = resolve(figure);
    if (!data(plot).figureUrl) layout.width = room(plot);
    return Plotly.react(canvas(plot), traces, layout, CONFIG);
  }

  // Plotly gets an element of its own, so that what lies over the figure (hover card, brush) outlives a drawing.
  function canvas(plot) {
    let inner = plot.querySelector(":scope > .plot-canvas");
    if (!inner) {
      inner = document.createElement("div");
      inner.className = "plot-canvas";
      plot.append(inner);
    }
    return inner;
  }

  async function draw(plot) {
    const key = wanted(plot);
    const state = known.get(plot) || { turn: 0 };
    if (state.key === key && !state.failed) return;
    const turn = (state.turn += 1);
    Object.assign(state, { key, failed: false });
    known.set(plot, state);
    plot.setAttribute("aria-busy", "true");
    try {
      const [Plotly, figure] = await Promise.all([plotly(), fetched(plot)]);
      if (state.turn !== turn || !plot.isConnected) return;   // a later wish has overtaken this one
      plot.querySelector(":scope > .error")?.remove();
      state.figure = figure;
      plot.classList.add("is-drawn");
      plot.dataset.drawnWidth = room(plot);
      await paint(Plotly, plot, figure);
      performance.mark("chart-drawn");
      plot.dispatchEvent(new CustomEvent("chart:drawn", { bubbles: true, detail: { figure, canvas: canvas(plot) } }));
    } catch (error) {
      if (state.turn !== turn) return;
      state.failed = true;
      fail(plot, error);
    } finally {
      if (state.turn === turn) plot.removeAttribute("aria-busy");
    }
  }

  function fail(plot, error) {
    console.warn("chart:", error.message);
    const box = document.createElement("div");
    box.className = "error";
    box.setAttribute("role", "alert");
    box.append(Object.assign(document.createElement("p"), { textContent: plot.dataset.failed }));
    if (plot.dataset.again) {
      const again = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: plot.dataset.again });
      again.addEventListener("click", () => { box.remove(); draw(plot); });
      box.append(again);
    }
    plot.querySelector(":scope > .error")?.remove();
    plot.querySelector(":scope > .wait")?.remove();
    plot.prepend(box);
    plot.dispatchEvent(new CustomEvent("chart:failed", { bubbles: true, detail: { error } }));
  }

  // ---- When ------------------------------------------------------------------------------------------------------------------

  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) { near.unobserve(target); draw(target); }
  }, { rootMargin: "400px" });

  const timers = new WeakMap();
  const sized = new ResizeObserver((entries) => {
    for (const { target: plot } of entries) {
      const state = known.get(plot);
      if (!state?.figure || !room(plot) || Number(plot.dataset.drawnWidth) === room(plot)) continue;
      clearTimeout(timers.get(plot));
      timers.set(plot, setTimeout(async () => {
        if (data(plot).figureUrl) return draw(plot);
        plot.dataset.drawnWidth = room(plot);
        paint(await plotly(), plot, state.figure);
      }, 120));
    }
  });

  function scan(root = document) {
    const plots = [...root.querySelectorAll("[data-chart]")];
    if (root.matches?.("[data-chart]")) plots.push(root);
    for (const plot of plots) {
      if (known.has(plot)) draw(plot);   // kept through a swap: its address may be another one now
      else { near.observe(plot); sized.observe(plot); }
    }
  }

  dark.addEventListener("change", async () => {
    for (const plot of document.querySelectorAll("[data-chart].is-drawn")) {
      const state = known.get(plot);
      if (state?.figure) {
        await paint(await plotly(), plot, state.figure);
        plot.dispatchEvent(new CustomEvent("chart:drawn", { bubbles: true, detail: { figure: state.figure, canvas: canvas(plot) } }));
      }
    }
  });

  // ---- Picture ----------------------------------------------------------------------------------------------------------------

  function lines(text, width, face) {
    pen.font = face;
    return text.split(" ").reduce((rows, word) => {
      const longer = rows.length ? `${rows[rows.length - 1]} ${word}` : word;
      if (rows.length && pen.measureText(longer).width <= width) rows[rows.length - 1] = longer; else rows.push(word);
      return rows;
    }, []);
  }

  // The picture goes into a note by itself: it carries its title and its source.
  async function picture(plot, format) {
    const Plotly = await plotly(), frame = plot.closest("figure"), box = canvas(plot);
    const { data: traces, layout } = resolve(known.get(plot).figure);
    const said = (element) => (element?.textContent || "").replace(/\s+/g, " ").trim();
    const width = box.clientWidth || room(plot), height = layout.height || box.clientHeight, inner = width - 32;
    const [sans, serif, ink, ink2] = ["--sans", "--serif", "--ink", "--ink-2"].map(read);
    const title = lines(said(document.getElementById(frame?.getAttribute("aria-labelledby")) || frame?.querySelector(".chart-title")), inner, `700 20px ${serif}`), foot = lines(said(frame?.querySelector(".chart-foot > p")), inner, `13px ${sans}`);
    const top = title.length * 28 + 24, bottom = foot.length * 20 + 24, margin = layout.margin || {};
    const text = (label, from, y, font) => ({ text: label, x: 0, xref: "paper", xanchor: "left", xshift: 16 - (margin.l || 0) - from, y, yref: "paper", yanchor: y ? "bottom" : "top", showarrow: false, align: "left", font, borderpad: 0 });
    const shot = {
      ...layout, width: width + 32, height: height + top + bottom, paper_bgcolor: read("--paper"),
      margin: { ...margin, l: (margin.l || 0) + 16, r: (margin.r || 0) + 16, t: (margin.t || 0) + top, b: (margin.b || 0) + bottom },
      annotations: [
        ...(layout.annotations || []),
        { ...text(title.join("<br>"), 16, 1, { family: serif, size: 20, weight: 700, color: ink }), yshift: (margin.t || 0) + 12 },
        { ...text(foot.join("<br>"), 16, 0, { family: sans, size: 13, color: ink2 }), yshift: -(margin.b || 0) - 12 },
      ],
    };
    const url = await Plotly.toImage({ data: traces, layout: shot, config: CONFIG }, { format, width: shot.width, height: shot.height, scale: format === "png" ? 2 : 1 });
    const link = document.createElement("a");
    link.href = url;
    link.download = `${data(plot).file || plot.id.replace(/-plot$/, "")}.${format}`;
    document.body.append(link);
    link.click();
    link.remove();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-png], [data-svg]");
    const plot = button && document.getElementById(button.dataset.png || button.dataset.svg);
    if (!plot || !known.get(plot)?.figure) return;
    button.disabled = true;
    picture(plot, button.dataset.png ? "png" : "svg").catch((error) => fail(plot, error)).finally(() => { button.disabled = false; });
  });

  window.Charts = { draw, token, figure: (plot) => known.get(plot)?.figure, canvas };
  scan();
  document.addEventListener("htmx:afterSettle", (event) => scan(event.detail.target || document));
})();
