// The desk works without this file: every key stands for a link or a button of the page, and every mark leads to its fields.
"use strict";
(() => {
  const desk = document.querySelector(".candidate");
  if (!desk) return;

  // ---- A provision and its words light each other up ------------------------------------------------------------------------
  const numbers = (element) => (element.dataset.p || "").split(" ").filter(Boolean);
  const parts = [...desk.querySelectorAll("mark[data-p], .says-what > li[data-p]")];
  const light = (lit) => {
    for (const part of parts) part.classList.toggle("is-lit", numbers(part).some((number) => lit.includes(number)));
  };
  const here = (event) => event.target.closest("[data-p]");
  const article = desk.querySelector(".article");
  let focused = [];

  desk.addEventListener("pointerover", (event) => { const part = here(event); light(part ? numbers(part) : focused); });
  desk.addEventListener("pointerleave", () => light(focused));
  desk.addEventListener("focusin", (event) => {
    const part = here(event);
    focused = part ? numbers(part) : [];
    light(focused);
    const words = part && part.matches(".says-what > li") && desk.querySelector(`#t${numbers(part)[0]}`);
    // Only where the article scrolls by itself: on a phone the page would run away from the field.
    if (words && article.scrollHeight > article.clientHeight) {
      article.scrollTo({ top: words.offsetTop - article.offsetTop - article.clientHeight / 3 });
    }
  });
  desk.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-p]");
    const row = mark && desk.querySelector(`#p${numbers(mark)[0]}`);
    if (!row || String(window.getSelection())) return;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  });

  // ---- What was typed -----------------------------------------------------------------------------------------------------------
  const form = desk.querySelector("#form");
  const rejection = desk.querySelector("#reject");

  // A rejection that is refused answers with the page again: what was typed into the draft goes along, to stand there still.
  if (rejection) rejection.addEventListener("formdata", ({ formData }) => {
    const own = new Set(formData.keys());
    for (const [name, value] of new FormData(form)) if (!own.has(name)) formData.append(name, value);
  });

  // Whichever way the page is left (a link, a key, a reload), what was typed and is not stored is asked about first. A page that
  // answers a refused attempt shows what was typed: there it is unstored from the beginning.
  const touched = (control) => {
    if (control.matches("[type=checkbox], [type=radio]")) return control.checked !== control.defaultChecked;
    if (control.matches("select")) {
      const given = [...control.options].findIndex((option) => option.defaultSelected);
      return control.selectedIndex !== Math.max(given, 0);
    }
    return control.matches("textarea, [type=text]") && control.value !== control.defaultValue;
  };
  const unstored = () => form && (form.hasAttribute("data-unstored") || [...form.elements, ...rejection.elements].some(touched));
  let sending = false;
  document.addEventListener("submit", (event) => { sending = event.target === form || event.target === rejection; });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => { if (!sending && unstored()) event.preventDefault(); });

  // ---- Keys -------------------------------------------------------------------------------------------------------------------
  const open = (name, field) => {
    const summary = desk.querySelector(`summary[data-key="${name}"]`);
    const details = summary && summary.closest("details");
    if (!details || summary.closest("fieldset:disabled")) return;
    details.open = true;
    details.scrollIntoView({ block: "center" });
    details.querySelector(field).focus({ preventScroll: true });
  };
  const press = (name) => {
    const target = desk.querySelector(`[data-key="${name}"]`);
    if (target && !target.matches(":disabled")) target.click();
  };
  const keys = {
    j: () => press("next"),
    n: () => press("next"),
    k: () => press("previous"),
    a: () => press("accept"),
    r: () => open("reject", "input[type=text]"),
    s: () => open("split", "select"),
    "?": () => desk.querySelector("#keys").togglePopover(),
  };
  const typing = (element) => element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || typing(event.target)) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
