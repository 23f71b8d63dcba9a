// The page works without this file. It tells what htmx is doing, keeps the focus where the reader was, and closes what stays open.
"use strict";
(() => {
  const root = document.documentElement;
  const notice = document.getElementById("notice");
  let waiting = 0;
  let failed = null;

  // Until this file was read, going back from a page that htmx had changed changed the address alone: show what it stands for.
  const loaded = performance.getEntriesByType("navigation")[0];
  const address = (url) => url.split("#")[0];
  if (loaded && !loaded.redirectCount && address(loaded.name) !== address(window.location.href)) window.location.reload();

  const busy = (target, on) => {
    waiting = Math.max(0, waiting + (on ? 1 : -1));
    root.classList.toggle("is-loading", waiting > 0);
    if (target) on ? target.setAttribute("aria-busy", "true") : target.removeAttribute("aria-busy");
  };

  // What a part asks for by itself, time and again, is no deed of the reader: it moves no line, no notice and no focus.
  const quiet = (detail) => Boolean(detail.requestConfig && detail.requestConfig.elt.hasAttribute("data-quiet"));

  const tell = (words, detail) => {
    if (quiet(detail)) return;
    failed = detail;
    document.getElementById("notice-text").textContent = words;
    notice.hidden = false;
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (quiet(event.detail)) return;
    if (notice) notice.hidden = true;
    busy(event.detail.target, true);
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (!quiet(event.detail)) busy(event.detail.target, false); });

  // A login that has run out answers with a whole page: show that page instead of putting it into a corner of this one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.responseURL && new URL(xhr.responseURL).pathname === "/login/") {
      event.detail.shouldSwap = false;
      window.location.assign(xhr.responseURL);
    }
  });

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => tell(notice.dataset.offline, event.detail));
  }
  document.addEventListener("htmx:responseError", (event) => tell(notice.dataset.failed, event.detail));

  if (notice) {
    document.getElementById("notice-close").addEventListener("click", () => { notice.hidden = true; });
    document.getElementById("notice-retry").addEventListener("click", () => {
      notice.hidden = true;
      const { requestConfig, target } = failed || {};
      if (!requestConfig || !requestConfig.elt.isConnected) return window.location.reload();
      // The element gives the values again (a form its fields), and with them the address that is pushed.
      window.htmx.ajax(requestConfig.verb, requestConfig.path, { source: requestConfig.elt, target });
    });
  }

  // After a swap htmx gives the focus back to an element of the same id. What has none (a page number, a chip that took
  // itself away) would leave it at the top of the document: give it to the part that changed.
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target;
    const lost = !document.activeElement || document.activeElement === document.body;
    if (!lost || quiet(event.detail) || !target || !target.isConnected || target === document.body) return;
    const place = target.querySelector("[data-focus]") || target;
    if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: !place.hasAttribute("data-focus") });
  });

  // The drawer beside the timeline: a cross or Escape closes it and gives the focus back to where it came from.
  const close = (drawer) => {
    drawer.replaceChildren();
    drawer.dispatchEvent(new CustomEvent("drawer:closed", { bubbles: true }));
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".drawer-close");
    const drawer = button && button.closest(".drawer");
    if (!drawer) return;
    event.preventDefault();
    close(drawer);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const drawer = document.querySelector(".drawer:not(:empty)");
    if (drawer) close(drawer);
  });

  // The table of a chart stands open where nothing can be drawn; with a script it waits behind its summary until asked for.
  const asked = () => document.getElementById(window.location.hash.slice(1));
  for (const table of document.querySelectorAll("details.chart-table")) if (table !== asked()) table.open = false;
  window.addEventListener("hashchange", () => { const table = asked(); if (table instanceof HTMLDetailsElement) table.open = true; });
  // A second click on the same link changes no address, so the click itself opens the table.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const table = link && document.getElementById(link.hash.slice(1));
    if (table instanceof HTMLDetailsElement) table.open = true;
  });

  // A filter that changes by itself still has its button; a form marked data-auto sends itself when a choice is made,
  // but not while it stands open as a sheet over a phone's page, where several choices are made before the button.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form && !form.matches(":popover-open")) form.requestSubmit();
  });

  // A choice that was made before the scripts were read acts now. On a page that was reloaded or gone back to, what differs from
  // the page may be what the browser remembers: there it acts no more than it did.
  const changed = (control) => {
    if (control.matches("[type=checkbox], [type=radio]")) return control.checked !== control.defaultChecked;
    if (!control.matches("select")) return false;
    const options = [...control.options];
    const given = Math.max(options.findIndex((option) => option.defaultSelected), 0);
    return !control.multiple && control.selectedIndex !== given;
  };
  document.addEventListener("DOMContentLoaded", () => {
    if (!loaded || loaded.type !== "navigate") return;
    for (const form of document.querySelectorAll("form:is([hx-get], [data-auto], [data-choices])")) {
      const control = [...form.elements].find(changed);
      if (control) control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
