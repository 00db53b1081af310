/**
 * Filters, copying and keys. The page is whole without it. A string, because it runs in a browser and this project has no
 * bundler; it never makes markup out of text.
 */
export const PAGE_SCRIPT = `
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const form = byId("filters");
  const rows = [...document.querySelectorAll(".row")];
  const groups = [...document.querySelectorAll("[data-group]")].reverse();
  const runs = [...document.querySelectorAll("section.run")];
  const unfiltered = [...document.querySelectorAll("[data-unfiltered]")];
  const texts = new Map(rows.map((row) => [row, row.querySelector("h4, .title").textContent.toLowerCase()]));
  const anchorOf = (row) => row.querySelector(":scope > .inside")?.id;
  const wasOpen = new Map();

  const state = () => {
    const data = new FormData(form);
    return {
      status: data.getAll("status"),
      level: data.get("level") || "",
      contract: data.get("contract") || "",
      q: (data.get("q") || "").trim(),
    };
  };

  function apply() {
    const { status, level, contract, q } = state();
    const words = q.toLowerCase().split(/\\s+/).filter(Boolean);
    const isFiltered = status.length > 0 || level !== "" || contract !== "" || words.length > 0;
    let shown = 0;
    for (const row of rows) {
      const data = row.dataset;
      const matches =
        (status.length === 0 || status.includes(data.status)) &&
        (level === "" || level === data.level) &&
        (contract === "" || contract === data.contract) &&
        words.every((word) => texts.get(row).includes(word));
      row.hidden = !matches;
      if (matches) shown += 1;
    }
    for (const group of groups) {
      const hasRow = group.querySelector(".row:not([hidden])") !== null;
      group.hidden = !hasRow;
      const count = group.querySelector(":scope > h3 .count, :scope > summary .count");
      if (count) {
        const all = group.querySelectorAll(".row").length;
        count.textContent = isFiltered ? group.querySelectorAll(".row:not([hidden])").length + " of " + all : all;
      }
      if (group.tagName !== "DETAILS") continue;
      if (isFiltered && !wasOpen.has(group)) wasOpen.set(group, group.open);
      if (isFiltered) group.open = true;
      else if (wasOpen.has(group)) {
        group.open = wasOpen.get(group);
        wasOpen.delete(group);
      }
    }
    for (const part of unfiltered) part.hidden = isFiltered;
    for (const run of runs) run.hidden = isFiltered && run.querySelector(".row:not([hidden])") === null;
    byId("shown").textContent = shown + " of " + rows.length + " requirements shown";
    byId("nothing").hidden = shown > 0 || !isFiltered;
  }

  let writing;
  function remember() {
    clearTimeout(writing);
    writing = setTimeout(() => {
      const { status, ...rest } = state();
      const params = new URLSearchParams();
      if (status.length > 0) params.set("status", status.join(","));
      for (const [name, value] of Object.entries(rest)) if (value !== "") params.set(name, value);
      const hash = params.toString();
      history.replaceState(null, "", hash === "" ? location.href.split("#")[0] : "#" + hash);
    }, 120);
  }

  function restore(hash) {
    const params = new URLSearchParams(hash);
    const status = (params.get("status") || "").split(",");
    for (const box of form.querySelectorAll("[name=status]")) box.checked = status.includes(box.value);
    for (const name of ["level", "contract", "q"]) {
      const field = form.elements.namedItem(name);
      if (field) field.value = params.get(name) || "";
      if (field && field.selectedIndex === -1) field.selectedIndex = 0;
    }
    apply();
  }

  function reset() {
    restore("");
    remember();
  }

  function rowNamed(name) {
    const named = rows.filter((row) => anchorOf(row) === name || row.dataset.id === name || row.dataset.contract.split("@")[0] + ":" + row.dataset.id === name);
    return named.find((row) => anchorOf(row) === name) ?? named.find((row) => !["PASS", "N/A"].includes(row.dataset.status)) ?? named[0];
  }

  function reveal(row) {
    if (row.hidden) restore("");
    for (let part = row; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    row.scrollIntoView({ block: "start" });
    row.querySelector("summary")?.focus({ preventScroll: true });
  }

  function follow() {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) return restore(hash);
    let name = hash;
    try {
      name = decodeURIComponent(hash);
    } catch {
      // A percent sign that encodes nothing is part of the name.
    }
    const row = name === "" ? undefined : rowNamed(name);
    if (row) reveal(row);
  }

  async function copy(button) {
    const code = button.parentElement.querySelector("code");
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      isCopied = document.execCommand("copy");
    }
    const label = button.firstChild;
    label.data = isCopied ? "Copied" : "Select and copy";
    byId("told").textContent = label.data;
    setTimeout(() => {
      label.data = "Copy";
      byId("told").textContent = "";
    }, 2000);
  }

  function openAll(isOpen) {
    for (const row of rows) {
      if (row.hidden) continue;
      row.open = isOpen;
      const group = row.closest("details.group");
      if (isOpen && group) group.open = true;
    }
  }

  form.addEventListener("input", () => { apply(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); reset(); });
  byId("show-all").addEventListener("click", () => { reset(); form.elements.namedItem("q").focus(); });
  byId("open-all").addEventListener("click", () => openAll(true));
  byId("close-all").addEventListener("click", () => openAll(false));
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (button) void copy(button);
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) follow();
  });
  document.addEventListener("keydown", (event) => {
    const summary = event.target.closest?.(".row > summary");
    if (!summary || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      const open = rows.filter((row) => row.checkVisibility());
      open[open.indexOf(summary.parentElement) + step]?.querySelector("summary")?.focus();
    }
    if (step || event.key === "/") event.preventDefault();
    if (event.key === "/") form.elements.namedItem("q").focus();
  });
  addEventListener("hashchange", follow);
  // The browser goes to the fragment once more when all is loaded, and takes the focus away.
  addEventListener("load", () => { if (!location.hash.includes("=")) follow(); });

  form.hidden = false;
  for (const part of document.querySelectorAll(".copy, .keys")) part.hidden = false;
  apply();
  follow();
})();
`;
