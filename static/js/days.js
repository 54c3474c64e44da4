"use strict";

// A calendar beside each day field, for the mouse and, with Alt and the down arrow, from the field itself. Typing stays the main way: the
// button is no stop of the Tab key. Weeks begin on Monday. Without this file a day is typed.
(() => {
  const WEEKDAYS = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];
  const SHORT = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"];
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  const two = (number) => String(number).padStart(2, "0");
  const written = (day) => `${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()}`;
  const weekday = (day) => (day.getDay() + 6) % 7; // Monday is 0
  const plus = (day, days) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
  const isSame = (one, other) => Boolean(one && other) && written(one) === written(other);
  const make = (tag, className, text = "") => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.textContent = text;
    if (tag === "button") element.type = "button";
    return element;
  };

  // The same day some months later; its last day when the month is shorter.
  const laterBy = (day, months) => {
    const last = new Date(day.getFullYear(), day.getMonth() + months + 1, 0);
    return new Date(last.getFullYear(), last.getMonth(), Math.min(day.getDate(), last.getDate()));
  };

  const typed = (text) => {
    const found = text.trim().match(/^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$/);
    if (!found) return null;
    const day = new Date(Number(found[3]), Number(found[2]) - 1, Number(found[1]));
    return day.getDate() === Number(found[1]) && day.getMonth() === Number(found[2]) - 1 ? day : null;
  };

  // Where the calendar opens for an empty field: the day picked last on this page, else this day in the year chosen at the top.
  let last = null;
  const start = () => {
    const today = new Date();
    const year = Number(document.body.dataset.year) || today.getFullYear();
    return last || laterBy(today, 12 * (year - today.getFullYear()));
  };

  let panel, field, at; // the dialog, the field it was opened for, the day that has the focus

  const build = () => {
    panel = make("dialog", "day-panel not-on-paper");
    panel.setAttribute("aria-label", "Chọn ngày");
    const head = make("div", "days-head");
    const turn = (months, sign, words) => {
      const button = make("button", "days-turn", sign);
      button.setAttribute("aria-label", words);
      button.title = words;
      button.addEventListener("click", () => draw(laterBy(at, months), false));
      return button;
    };
    const title = make("strong", "days-title");
    title.setAttribute("aria-live", "polite");
    head.append(turn(-12, "«", "Năm trước"), turn(-1, "‹", "Tháng trước"), title, turn(1, "›", "Tháng sau"), turn(12, "»", "Năm sau"));
    const table = make("table", "days-table");
    const names = table.createTHead().insertRow();
    WEEKDAYS.forEach((name, n) => {
      const cell = make("th", "", SHORT[n]);
      cell.scope = "col";
      cell.abbr = name;
      names.append(cell);
    });
    table.createTBody();
    const foot = make("div", "days-foot");
    const today = make("button", "btn btn-outline-secondary btn-sm", "Hôm nay");
    today.addEventListener("click", () => pick(new Date()));
    const close = make("button", "btn btn-link btn-sm", "Đóng");
    close.addEventListener("click", () => panel.close());
    foot.append(today, close);
    panel.append(head, table, foot);
    panel.addEventListener("keydown", press);
    panel.addEventListener("click", (event) => {
      if (event.target === panel) panel.close();
    });
    panel.addEventListener("close", () => field?.focus());
    document.body.append(panel);
  };

  const draw = (day, takesFocus = true) => {
    at = day;
    panel.querySelector(".days-title").textContent = `Tháng ${day.getMonth() + 1}/${day.getFullYear()}`;
    const chosen = typed(field.value);
    const first = new Date(day.getFullYear(), day.getMonth(), 1);
    const body = panel.querySelector("tbody");
    body.replaceChildren();
    let each = plus(first, -weekday(first));
    do {
      const row = body.insertRow();
      for (let n = 0; n < 7; n += 1, each = plus(each, 1)) row.insertCell().append(each.getMonth() === day.getMonth() ? dayButton(each, chosen) : "");
    } while (each.getMonth() === day.getMonth());
    if (takesFocus) body.querySelector("[tabindex='0']").focus();
  };

  const dayButton = (day, chosen) => {
    const button = make("button", "days-day", String(day.getDate()));
    button.setAttribute("aria-label", `${WEEKDAYS[weekday(day)]}, ${written(day)}`);
    if (isSame(day, chosen)) button.setAttribute("aria-pressed", "true");
    if (isSame(day, new Date())) button.setAttribute("aria-current", "date");
    button.tabIndex = isSame(day, at) ? 0 : -1;
    button.addEventListener("click", () => pick(day));
    return button;
  };

  const press = (event) => {
    if (!event.target.matches(".days-day")) return;
    let to = null;
    if (event.key in STEPS) to = plus(at, STEPS[event.key]);
    else if (event.key === "PageUp") to = laterBy(at, event.shiftKey ? -12 : -1);
    else if (event.key === "PageDown") to = laterBy(at, event.shiftKey ? 12 : 1);
    else if (event.key === "Home") to = plus(at, -weekday(at));
    else if (event.key === "End") to = plus(at, 6 - weekday(at));
    if (!to) return;
    event.preventDefault();
    draw(to);
  };

  const pick = (day) => {
    last = day;
    field.value = written(day);
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    panel.close();
  };

  const open = (input) => {
    if (!panel) build();
    field = input;
    panel.showModal();
    draw(typed(input.value) || start());
    place(input.getBoundingClientRect());
  };

  // Under the field, above it when there is no room; on a narrow screen the style sheet lays it at the bottom.
  const place = (box) => {
    const { offsetWidth: width, offsetHeight: height } = panel;
    const top = box.bottom + 4 + height <= innerHeight ? box.bottom + 4 : Math.max(4, box.top - height - 4);
    panel.style.setProperty("--days-top", `${top}px`);
    panel.style.setProperty("--days-left", `${Math.max(4, Math.min(box.left, innerWidth - width - 8))}px`);
  };

  const furnish = (where) => {
    for (const input of where.querySelectorAll("input.w-date")) {
      if (input.disabled || input.readOnly || input.nextElementSibling?.matches(".days-open")) continue;
      const button = make("button", "days-open not-on-paper");
      const label = input.labels?.[0]?.firstChild?.textContent.trim() || "ngày";
      button.setAttribute("aria-label", `Mở lịch: ${label}`);
      button.title = "Mở lịch (hoặc nhấn Alt và mũi tên xuống trong ô)";
      button.tabIndex = -1;
      button.addEventListener("click", () => open(input));
      input.setAttribute("aria-keyshortcuts", "Alt+ArrowDown");
      input.after(button);
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "ArrowDown" && event.target.matches?.("input.w-date") && event.target.nextElementSibling?.matches(".days-open")) {
      event.preventDefault();
      open(event.target);
    }
  });
  document.addEventListener("htmx:load", (event) => furnish(event.detail.elt));
  furnish(document);
})();
