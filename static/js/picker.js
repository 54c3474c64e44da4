"use strict";

// Pickers by keyboard: the down arrow leads from the box into the list, arrows move in it, Enter picks and leads back to the box.
// Without this file a picker is a box and a list of buttons to tick.
(() => {
  const listOf = (picker) => [...picker.querySelectorAll(".picker-choices input:not([type=hidden])")];
  const boxOf = (picker) => picker.querySelector("input[type=text]");

  const pick = (picker, choice) => {
    const picked = picker.querySelector(".picker-picked");
    if (!picked) return;
    if (picker.dataset.picker === "one") picked.querySelectorAll(".form-check").forEach((row) => row.remove());
    if (![...picked.querySelectorAll("input")].some((other) => other.value === choice.value)) {
      const row = choice.closest(".form-check").cloneNode(true);
      const own = row.querySelector("input");
      own.type = "checkbox";
      own.id += "-da-chon";
      own.checked = true;
      row.querySelector("label").htmlFor = own.id;
      picked.append(row);
    }
    picked.hidden = false;
    boxOf(picker).value = "";
    picker.querySelector(".picker-choices").replaceChildren();
    boxOf(picker).focus();
  };

  document.addEventListener("keydown", (event) => {
    const picker = event.target.closest?.(".picker");
    if (!picker || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    const choices = listOf(picker);
    const at = choices.indexOf(event.target);
    if (event.key === "Enter") {
      const only = event.target === boxOf(picker) && picker.dataset.picker && choices.length === 1 ? choices[0] : choices[at];
      if (!only) return; // Enter in the box sends the form, and the server reads what is typed
      event.preventDefault();
      only.checked = true;
      pick(picker, only);
      if (!picker.dataset.picker) boxOf(picker).focus();
      return;
    }
    if (!choices.length || (event.target !== boxOf(picker) && at < 0)) return;
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (choices[next] || (next < 0 ? boxOf(picker) : choices.at(-1))).focus();
  });

  document.addEventListener("change", (event) => {
    const picker = event.target.closest?.(".picker[data-picker]");
    if (picker && event.target.closest(".picker-choices") && event.target.checked && event.target.matches("[type=checkbox], [type=radio]")) {
      pick(picker, event.target);
    }
  });
})();
