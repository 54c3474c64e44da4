"use strict";

// The grid of figures. Without this file the page works: the server reads, reckons and checks every cell.
// Here: moving between cells by key, selecting on focus, writing 1932 as 1.932 on leaving a cell, ratios while typing, what is not saved yet.
(() => {
  const form = document.getElementById("figures");
  if (!form) return;
  const cells = [...form.querySelectorAll("input.cell-input")];
  const byKey = (key) => document.getElementById(`cell-${key}`);
  const initial = new Map(cells.map((cell) => [cell, form.elements[`was-${cell.name.slice(5)}`]?.value ?? cell.defaultValue]));
  const before = new WeakMap(); // what a cell said when it was entered: Esc brings it back

  // --- numbers as Vietnamese writes them; anything unclear is left to the server, which asks ----------------------
  const WELL_WRITTEN = /^(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/;
  const QUALIFIED = /^([^\d.,]*?)\s*([\d.,]+)$/;
  const NOTHING = new Set(["kps", "k", "không phát sinh", "khong phat sinh"]);
  const read = (text) => {
    const said = text.trim().normalize("NFC").toLowerCase();
    if (NOTHING.has(said)) return 0;
    const digits = QUALIFIED.exec(said)?.[2];
    return digits && WELL_WRITTEN.test(digits) ? Number(digits.replaceAll(".", "").replace(",", ".")) : null;
  };
  const grouped = (digits) => digits.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  const write = (value, decimals) => {
    const shift = 10 ** decimals;
    const rounded = Math.round((value + Number.EPSILON) * shift) / shift;
    const [whole, fraction = ""] = String(rounded).split(".");
    return grouped(whole) + (fraction ? `,${fraction}` : "");
  };
  const tidy = (cell) => {
    const parts = /^([^\d]*)(\d+)(,\d+)?$/.exec(cell.value.trim());
    if (parts) cell.value = parts[1] + grouped(parts[2]) + (parts[3] ?? "");
  };

  // --- what the registers count: take it over, say why not -------------------------------------------------------------
  const reasonOf = (cell) => document.getElementById(`reason-${cell.name.slice(5)}`);
  const ZERO = new Set(["kps", "k", "không phát sinh", "khong phat sinh", "kad", "không áp dụng", "khong ap dung"]);
  const said = (text) => text.trim().normalize("NFC").toLowerCase().replace(/^0+(?=\d)/, "");
  const differs = (cell) => {
    const text = said(cell.value);
    if (!cell.dataset.count || !text) return false;
    return ZERO.has(text) ? cell.dataset.count !== "0" : text.replaceAll(".", "") !== said(cell.dataset.count).replaceAll(".", "");
  };
  const askReasons = () => {
    for (const cell of cells) {
      const reason = reasonOf(cell);
      if (!reason) continue;
      reason.closest("tr").hidden = !differs(cell);
      const take = form.querySelector(`[data-take="${CSS.escape(cell.name.slice(5))}"]`);
      if (take) take.hidden = said(cell.value) === said(cell.dataset.count);
    }
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    const all = button.dataset.take === "*";
    const taken = cells.filter((cell) => cell.dataset.count && (all ? !cell.value.trim() : cell.name === `cell-${button.dataset.take}`));
    for (const cell of taken) cell.value = cell.dataset.count;
    if (all) button.hidden = true;
    (all ? form.querySelector(".save-bar button:not([data-take])") : taken[0])?.focus();
    look();
  });

  // --- moving -------------------------------------------------------------------------------------------------------
  const go = (cell, step) => {
    const next = cells[cells.indexOf(cell) + step];
    if (!next) return false;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  form.addEventListener("focusin", (event) => {
    if (!cells.includes(event.target)) return;
    before.set(event.target, event.target.value);
    event.target.select();
  });
  form.addEventListener("focusout", (event) => {
    if (cells.includes(event.target)) tidy(event.target);
  });
  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (cell.matches(".reason-input") && event.key === "Enter") {
      event.preventDefault();
      if (!go(byKey(cell.name.slice(7)), 1)) form.querySelector(".save-bar button").focus();
      return;
    }
    if (!cells.includes(cell)) return;
    if (event.key === "Enter" && !event.shiftKey && differs(cell) && !reasonOf(cell).value.trim()) {
      event.preventDefault();
      reasonOf(cell).focus();
      return;
    }
    if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
      const back = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
      event.preventDefault();
      if (!go(cell, back ? -1 : 1) && event.key === "Enter" && !back) form.querySelector(".save-bar button").focus();
    } else if (event.key === "Escape") {
      cell.value = before.get(cell) ?? cell.value;
      cell.select();
      look();
    }
  });
  const nextEmpty = form.querySelector("[data-next-empty]");
  nextEmpty?.addEventListener("click", (event) => {
    const here = cells.indexOf(document.activeElement);
    const empty = [...cells.slice(here + 1), ...cells].find((cell) => !cell.value.trim());
    if (!empty) return;
    event.preventDefault();
    empty.focus();
    empty.scrollIntoView({ block: "center" });
  });

  // --- readings of what could not be read: one click fills the cell -----------------------------------------------
  for (const line of form.querySelectorAll("[data-suggestions]")) line.hidden = false;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    if (!button) return;
    const cell = document.getElementById(button.dataset.for);
    cell.value = button.dataset.fill;
    cell.focus();
    look();
  });

  // --- what is computed while typing ----------------------------------------------------------------------------------
  const valueOf = (key) => {
    const cell = byKey(key);
    return cell && cell.matches("input") ? read(cell.value) : null;
  };
  const outputs = [...form.querySelectorAll("output[data-computed]")].map((output) => [output, output.textContent]);
  const compute = () => {
    for (const [output, saved] of outputs) {
      const { computed, above, below, divisor, decimals } = output.dataset;
      const top = valueOf(above);
      const bottom = below ? valueOf(below) : divisor ? read(divisor) : null;
      if (!byKey(above) || (below && !byKey(below))) output.textContent = saved;
      else if (top === null || !bottom) output.textContent = "–";
      else output.textContent = computed === "average" ? write(top / bottom, Number(decimals)) : `${write((top * 100) / bottom, Number(decimals))}%`;
    }
    for (const cell of cells) {
      const place = form.querySelector(`[data-attainment="${CSS.escape(cell.name.slice(5))}"]`);
      if (!place || !cell.dataset.target) continue;
      const target = read(cell.dataset.target);
      const value = read(cell.value);
      place.textContent = value === null || !target ? "" : `${write((value * 100) / target, 2)}%`;
    }
    for (const note of form.querySelectorAll("[data-parts]")) {
      const whole = valueOf(note.dataset.whole);
      const parts = note.dataset.parts.split(" ").map(valueOf);
      const typed = parts.filter((part) => part !== null);
      const sum = typed.reduce((total, part) => total + part, 0);
      const gap = whole === null ? 0 : Math.round((whole - sum) * 10000) / 10000;
      note.hidden = whole === null || !typed.length || gap === 0;
      note.textContent = `các phần ${gap > 0 ? "còn thiếu" : "thừa"} ${write(Math.abs(gap), 4)}`;
    }
  };

  // --- what is not saved yet ---------------------------------------------------------------------------------------------
  const state = form.querySelector("[data-save-state]");
  const saved = state?.textContent;
  const unsaved = () => cells.filter((cell) => cell.value.trim() !== initial.get(cell));
  const look = () => {
    compute();
    askReasons();
    const count = unsaved().length;
    if (state) state.textContent = count ? `${saved} · ${count} ô chưa lưu` : saved;
  };
  form.addEventListener("input", look);
  let isSending = false;
  form.addEventListener("submit", () => (isSending = true));
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && unsaved().length) event.preventDefault();
  });
  window.addEventListener("pageshow", () => (isSending = false));
  look();
})();

// The events behind a count: a second press of the link puts them away.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("[data-events]");
    const shown = link?.closest("tr")?.nextElementSibling;
    if (!shown?.matches(".events-row")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    shown.remove();
    link.focus();
  },
  true,
);

// The tab of the section in view is the current one.
(() => {
  const tabs = new Map([...document.querySelectorAll('.section-tabs a[href^="#"]')].map((tab) => [tab.hash.slice(1), tab]));
  const sections = [...document.querySelectorAll("[data-section]")];
  if (!tabs.size || !sections.length) return;
  const row = document.querySelector(".section-tabs");
  const top = (section) => section.getBoundingClientRect().top;
  const inView = () => {
    const passed = sections.filter((section) => top(section) < window.innerHeight / 3).at(-1) ?? sections[0];
    const isAtEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
    const asked = sections.find((section) => `#${section.id}` === window.location.hash);
    return isAtEnd && asked && top(asked) > 0 && top(asked) < window.innerHeight ? asked : passed;
  };
  const mark = () => {
    const { id } = inView();
    for (const [name, tab] of tabs) {
      if (name !== id) tab.removeAttribute("aria-current");
      else if (!tab.hasAttribute("aria-current")) {
        tab.setAttribute("aria-current", "true");
        row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
      }
    }
  };
  // An arrow at the edge where more tabs stand.
  const edges = () => {
    row.classList.toggle("more-before", row.scrollLeft > 4);
    row.classList.toggle("more-after", row.scrollLeft + row.clientWidth < row.scrollWidth - 4);
  };
  const watch = new IntersectionObserver(mark, { threshold: [0, 1], rootMargin: "0px 0px -66% 0px" });
  for (const section of sections) watch.observe(section);
  for (const event of ["hashchange", "scrollend"]) window.addEventListener(event, mark);
  row.addEventListener("scroll", edges, { passive: true });
  window.addEventListener("resize", edges);
  mark();
  edges();
})();
