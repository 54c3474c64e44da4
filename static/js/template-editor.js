// The list of indicators beside a template: narrowed by typing, a press writes the code where the cursor stands.
// Without this script it is a plain list of names and codes.
const search = document.getElementById("indicator-search")
const list = document.getElementById("indicator-list")
const text = document.querySelector("#template-form textarea[name=text]")

function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replace(/\s+/g, " ").trim()
}

search.hidden = false
for (const button of list.querySelectorAll(".insert")) button.hidden = false
search.addEventListener("input", () => {
  const words = fold(search.value).split(" ")
  for (const row of list.children) row.hidden = !words.every((word) => row.dataset.words.includes(word))
})
list.addEventListener("click", (event) => {
  const button = event.target.closest(".insert")
  if (!button) return
  text.focus()
  text.setRangeText(button.closest("li").querySelector("code").textContent, text.selectionStart, text.selectionEnd, "end")
  text.dispatchEvent(new Event("input", { bubbles: true }))
})
