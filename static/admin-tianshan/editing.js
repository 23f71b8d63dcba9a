/* Help while a record is typed. Every form works without it: what it narrows is checked again when the form is sent. */
"use strict";

(() => {
  const TOGETHER = { both: (n) => n === 2, all: (n) => n > 2, C5: (n) => n > 2 };
  const PARTNERS = ["KZ", "KG", "TJ", "TM", "UZ"];

  const boxes = () => [...document.querySelectorAll('input[type="checkbox"][name="parties"]')];
  const parties = () => boxes().filter((box) => box.checked).map((box) => box.value);

  /* ---- Parties follow the relationship, sides follow the parties ---- */

  function followDyad() {
    const dyad = document.getElementById("id_dyad");
    if (!dyad || boxes().length === 0) return;
    let proposed = parties().length === 0 || document.querySelector("#id_slug[value]") === null;
    boxes().forEach((box) => box.addEventListener("change", () => { proposed = false; narrow(document); }));
    dyad.addEventListener("change", () => {
      if (!dyad.value || (!proposed && parties().length > 0)) return;
      const partner = dyad.value.slice(3);
      const chosen = ["CN", ...(partner === "C5" ? PARTNERS : [partner])];
      boxes().forEach((box) => { box.checked = chosen.includes(box.value); });
      proposed = true;
      narrow(document);
      fillSignatories(chosen);
    });
  }

  const open = (side, chosen) => (side in TOGETHER ? TOGETHER[side](chosen.length) : chosen.includes(side));

  function narrow(root) {
    const chosen = parties();
    if (chosen.length < 2) return;
    root.querySelectorAll('select[name^="provisions-"][name$="-side"], select[name^="signatories-"][name$="-side"]').forEach((select) => {
      [...select.options].forEach((option) => {
        const shut = option.value !== "" && !option.selected && !open(option.value, chosen);
        option.hidden = shut;
        option.disabled = shut;
      });
    });
  }

  function fillSignatories(chosen) {
    if (chosen.length !== 2) return;
    chosen.forEach((party, row) => {
      const side = document.getElementById(`id_signatories-${row}-side`);
      const name = document.getElementById(`id_signatories-${row}-name`);
      if (side && name && name.value === "" && !document.getElementById(`id_signatories-${row}-id`)?.value) side.value = party;
    });
  }

  /* ---- Short lists of codes, chosen by typing; the order of choice is the order kept ---- */

  function pickers(root) {
    const $ = window.django && window.django.jQuery;
    if (!$ || !$.fn.select2) return;
    $(root).find("select.codes-select").not('[name*="__prefix__"]').each(function start() {
      const most = Number(this.dataset.most || 0);
      const options = { theme: "admin-autocomplete", width: "20rem" };
      if (most) {
        options.maximumSelectionLength = most;
        options.language = { maximumSelected: () => this.dataset.mostMessage };
      }
      $(this).select2(options).on("select2:select", (event) => {
        $(event.params.data.element).detach().appendTo(this);
        $(this).trigger("change");
      });
    });
  }

  /* ---- Leaving with something typed asks first ---- */

  function guard() {
    const form = document.querySelector("#content-main form[method='post']");
    if (!form || !form.querySelector(".submit-row")) return;
    let typed = document.querySelector(".errornote") !== null;
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("change", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  }

  /* ---- An empty form begins in its first field, not on the button above it ---- */

  function begin() {
    const form = document.querySelector("#content-main form[method='post']");
    if (!form || !document.querySelector("#django-admin-form-add-constants[data-model-name]")) return;
    const first = [...form.querySelectorAll("fieldset :is(input, select, textarea):not([type='hidden'])")].find((field) => field.offsetParent !== null);
    if (first && (document.activeElement === document.body || document.activeElement.type === "submit")) first.focus();
  }

  window.addEventListener("load", begin);
  document.addEventListener("formset:added", (event) => { narrow(event.target); pickers(event.target); });
  document.addEventListener("DOMContentLoaded", () => { followDyad(); narrow(document); pickers(document); guard(); });
})();
