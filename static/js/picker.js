"use strict";

// Pickers by keyboard: the down arrow leads from the box into the list, arrows move in it, Enter picks and leads back to the box.
// Enter in the box leads into the list too, or takes what is ticked there; it sends the form only when nothing is left to choose.
// Without this file a picker is a box and a list of buttons to tick.
(() => {
  const listOf = (picker) => [...picker.querySelectorAll(".picker-choices input:not([type=hidden])")];
  const boxOf = (picker) => picker.querySelector("input[type=text]");
  const settled = new WeakMap(); // box → the words for which a row has been picked

  // True when the list belongs to other words than the box: it is still on its way.
  const isBehind = (picker) => {
    const listed = picker.querySelector(".picker-choices input[type=hidden]");
    const box = boxOf(picker);
    return Boolean(window.htmx) && box.value.trim() !== "" && box.value !== box.defaultValue && listed?.value.trim() !== box.value.trim();
  };

  // Enter in the box: true when it has found something to do in the list.
  const enterList = (picker, choices) => {
    const box = boxOf(picker);
    if (settled.get(box) === box.value) return false;
    if (isBehind(picker)) return true;
    if (!choices.length) return false;
    const ticked = choices.find((choice) => choice.checked) || (picker.dataset.picker && choices.length === 1 ? choices[0] : null);
    if (ticked && box.value === box.defaultValue) return false;
    if (ticked) take(picker, ticked);
    else choices[0].focus();
    return true;
  };

  const take = (picker, choice) => {
    choice.checked = true;
    pick(picker, choice);
    if (picker.dataset.picker) return;
    settled.set(boxOf(picker), boxOf(picker).value);
    boxOf(picker).focus();
  };

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
      if (event.target === boxOf(picker) ? enterList(picker, choices) : choices[at]) event.preventDefault();
      if (choices[at]) take(picker, choices[at]);
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
