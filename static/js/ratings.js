// Counts the levels while one chooses, and shows the ceiling of the highest one. The server reckons it anew when saved.
"use strict";
(() => {
  const form = document.querySelector("table.ratings")?.closest("form");
  const line = document.getElementById("ceiling");
  if (!form) return;
  const rated = ["excellent", "good", "done", "not_done"];

  function show() {
    const counts = {};
    for (const box of form.querySelectorAll("input[type=radio]:checked")) counts[box.value] = (counts[box.value] || 0) + 1;
    for (const place of form.querySelectorAll("[data-count]")) place.textContent = counts[place.dataset.count] || 0;
    if (!line?.dataset.rate) return;
    const of = (level) => counts[level] || 0;
    const bases = { good: of("good"), good_and_above: of("good") + of("excellent"), rated: rated.reduce((sum, level) => sum + of(level), 0) };
    const base = bases[line.dataset.base];
    // Whole numbers: the rate is given in hundredths of a percent.
    const share = base * Number(line.dataset.rate);
    const most = Math.floor((share + (line.dataset.rounding === "half_up" ? 5000 : 0)) / 10000);
    const set = (name, value) => { line.querySelector(`[data-number=${name}]`).textContent = value; };
    set("excellent", of("excellent"));
    set("most", most);
    set("base", base);
    line.querySelector("[data-number=above]").hidden = of("excellent") <= most;
  }

  form.addEventListener("change", show);
  show();
})();
