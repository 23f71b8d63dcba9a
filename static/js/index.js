// The index under the hand: a click on a month of the figure shows its records below; a choice in the filter acts at once.
// Without this file the table of months leads to the same addresses, and the button of the filter sends it.
"use strict";
(() => {
  document.addEventListener("chart:drawn", ({ target, detail: { canvas } }) => {
    if (target.id !== "one-plot" || canvas.dataset.heard) return;
    canvas.dataset.heard = "true";
    canvas.on("plotly_click", ({ points }) => {
      const month = points.map((point) => point.customdata && point.customdata[0]).find(Boolean);
      if (!month) return;
      const url = new URL(target.dataset.monthUrl, window.location.href);
      url.searchParams.set("month", month);
      if (!window.htmx) return window.location.assign(url);
      window.htmx.ajax("GET", url.pathname + url.search, { target: "#index-month", swap: "innerHTML" }).then(() => {
        history.replaceState(history.state, "", url);
        const at = points[0].x;
        const stroke = (canvas.layout.shapes || []).findIndex((shape) => shape.name === "chosen");
        if (stroke >= 0) window.Plotly.relayout(canvas, { [`shapes[${stroke}].x0`]: at, [`shapes[${stroke}].x1`]: at });
        document.getElementById("index-month").scrollIntoView({ block: "nearest" });
      });
    });
  });

  // In the sheet of a phone, which would close after each choice, the button sends all of them.
  document.addEventListener("change", ({ target }) => {
    const form = target.form;
    if (form && form.matches("[data-choices]") && !form.matches(":popover-open")) form.requestSubmit();
  });
})();
