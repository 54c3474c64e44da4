// The editor of a speech: headings, paragraphs, dashes, bold and italic; figures are chips that can be moved or deleted, not retyped.
// Without this script the page offers the same words as typed lines.
import {
  Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, Heading, History, Italic, ListItem, Node, Paragraph, Text,
} from "django-prose-editor/editor"

const form = document.getElementById("speech-form")
const box = document.getElementById("speech-text")
const place = document.getElementById("editor-place")
const tools = document.getElementById("editor-tools")
const state = document.getElementById("save-state")

const Figure = Node.create({
  name: "figure",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  draggable: true,
  addAttributes() {
    return {
      id: { parseHTML: (element) => element.dataset.figure },
      shown: { parseHTML: (element) => element.textContent },
      about: { parseHTML: (element) => element.getAttribute("title") || "" },
      gap: { parseHTML: (element) => element.classList.contains("figure-gap") },
    }
  },
  parseHTML() {
    return [{ tag: "span[data-figure]" }]
  },
  renderHTML({ node }) {
    const { id, shown, about, gap } = node.attrs
    return ["span", { class: gap ? "figure-gap" : "figure-chip", "data-figure": id, title: about, contenteditable: "false" }, shown]
  },
  renderText({ node }) {
    return node.attrs.shown
  },
})

const Items = BulletList.extend({
  addAttributes() {
    return {
      plus: {
        default: false,
        parseHTML: (element) => element.classList.contains("plus"),
        renderHTML: ({ plus }) => (plus ? { class: "plus" } : {}),
      },
    }
  },
})

const LEVELS = [2, 3, 4]

function inItems(editor, plus) {
  return editor.isActive("bulletList", { plus })
}

function toggleItems(editor, plus) {
  const chain = editor.chain().focus()
  if (inItems(editor, plus)) return chain.liftListItem("listItem").run()
  if (editor.isActive("bulletList")) return chain.updateAttributes("bulletList", { plus }).run()
  return chain.toggleBulletList().updateAttributes("bulletList", { plus }).run()
}

const ACTS = {
  heading1: [(e) => e.chain().focus().toggleHeading({ level: 2 }).run(), (e) => e.isActive("heading", { level: 2 })],
  heading2: [(e) => e.chain().focus().toggleHeading({ level: 3 }).run(), (e) => e.isActive("heading", { level: 3 })],
  heading3: [(e) => e.chain().focus().toggleHeading({ level: 4 }).run(), (e) => e.isActive("heading", { level: 4 })],
  paragraph: [(e) => e.chain().focus().clearNodes().run(), (e) => e.isActive("paragraph") && !e.isActive("bulletList")],
  dash: [(e) => toggleItems(e, false), (e) => inItems(e, false)],
  plus: [(e) => toggleItems(e, true), (e) => inItems(e, true)],
  bold: [(e) => e.chain().focus().toggleBold().run(), (e) => e.isActive("bold")],
  italic: [(e) => e.chain().focus().toggleItalic().run(), (e) => e.isActive("italic")],
  undo: [(e) => e.chain().focus().undo().run(), null],
  redo: [(e) => e.chain().focus().redo().run(), null],
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replace(/\s+/g, " ").trim()
}

// A pasted table becomes paragraphs, a row each, its cells parted by a dash.
function withoutTables(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  for (const table of page.querySelectorAll("table")) {
    if (table.querySelector("table")) continue
    const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).filter(Boolean))
    table.replaceWith(...rows.filter((cells) => cells.length).map((cells) => {
      const paragraph = page.createElement("p")
      paragraph.textContent = cells.join(" – ")
      return paragraph
    }))
  }
  return page.body.innerHTML
}

// The box that finds cited documents: arrows choose, Enter puts the citation where the editor's cursor stands, Escape leads back to the text.
function beginCitations(editor) {
  const search = document.getElementById("citation-search")
  const choices = document.getElementById("citation-choices")
  const options = () => [...choices.querySelectorAll("[role=option]")]
  const chosen = () => choices.querySelector("[aria-selected=true]")
  const isBehind = () => (choices.querySelector("[data-text]")?.dataset.text || "") !== search.value.trim().replace(/\s+/g, " ")

  const show = (isShown) => {
    choices.hidden = !isShown
    search.setAttribute("aria-expanded", String(isShown))
    if (isShown && chosen()) search.setAttribute("aria-activedescendant", chosen().id)
    else search.removeAttribute("aria-activedescendant")
  }
  const choose = (option) => {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option))
    option.scrollIntoView({ block: "nearest" })
    show(true)
  }
  const leave = () => {
    search.value = ""
    choices.replaceChildren()
    show(false)
  }
  const insert = (option) => {
    const { $from } = editor.state.selection
    const before = $from.parent.textBetween(0, $from.parentOffset, "", "x").slice(-1)
    const after = $from.parent.textBetween($from.parentOffset, $from.parent.content.size, "", "x").slice(0, 1)
    const space = [before && !/[\s(“"]/.test(before), after && !/[\s.,;:)”"]/.test(after)].map((isNeeded) => (isNeeded ? " " : ""))
    leave()
    editor.chain().focus().insertContent({ type: "text", text: `${space[0]}${option.dataset.citation}${space[1]}` }).run()
  }

  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault()
      if (chosen() && !isBehind()) insert(chosen())
    } else if (event.key === "Escape") {
      leave()
      editor.commands.focus()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const rows = options()
      if (!rows.length) return
      event.preventDefault()
      const at = rows.indexOf(chosen()) + (event.key === "ArrowDown" ? 1 : -1)
      choose(rows[Math.min(Math.max(at, 0), rows.length - 1)])
    }
  })
  choices.addEventListener("htmx:afterSwap", () => show(search.value.trim() !== ""))
  // Before the box loses the focus, so that the press is not lost with the list.
  choices.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]")
    event.preventDefault()
    if (option) insert(option)
  })
  search.addEventListener("blur", () => show(false))
  search.addEventListener("focus", () => show(options().length > 0))
  form.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyV") return
    event.preventDefault()
    search.focus()
  })
}

function begin(content) {
  let changed = "unsaved" in form.dataset
  if (changed) state.textContent = "Chưa lưu"
  const editor = new Editor({
    element: place,
    injectCSS: false,
    extensions: [
      Document, Paragraph, Text, Bold, Italic, Heading.configure({ levels: LEVELS }), Items, ListItem, History, Dropcursor, Gapcursor, Figure,
    ],
    content,
    editorProps: {
      transformPastedHTML: withoutTables,
      // Typing on a chosen chip writes behind it: a figure is moved or deleted, never typed over.
      handleTextInput(view, from, to, text) {
        const { selection, tr } = view.state
        if (selection.node?.type.name !== "figure") return false
        view.dispatch(tr.insertText(text, selection.to))
        return true
      },
      attributes: { "aria-label": "Nội dung bài", "aria-multiline": "true", role: "textbox", lang: "vi", spellcheck: "false" },
    },
    onUpdate({ editor: current }) {
      box.value = current.getHTML()
      changed = true
      state.textContent = "Chưa lưu"
    },
    onTransaction({ editor: current }) {
      for (const button of tools.querySelectorAll("[data-act]")) {
        const isOn = ACTS[button.dataset.act][1]
        if (isOn) button.setAttribute("aria-pressed", String(isOn(current)))
      }
    },
  })
  box.value = editor.getHTML()
  form.elements.format.value = "html"
  form.classList.add("with-editor")
  tools.hidden = place.hidden = false

  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]")
    if (button) ACTS[button.dataset.act][0](editor)
  })

  beginCitations(editor)

  const search = document.getElementById("figure-search")
  const list = document.getElementById("figure-list")
  if (list) {
    search.hidden = false
    for (const button of list.querySelectorAll(".insert")) button.hidden = false
    search.addEventListener("input", () => {
      const words = fold(search.value).split(" ")
      for (const row of list.children) row.hidden = !words.every((word) => row.dataset.words.includes(word))
    })
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault()
    })
    list.addEventListener("click", (event) => {
      const button = event.target.closest(".insert")
      if (!button) return
      const chip = button.closest("li").querySelector("[data-figure]")
      const attrs = { id: chip.dataset.figure, shown: chip.textContent, about: chip.title, gap: false }
      editor.chain().focus().insertContent({ type: "figure", attrs }).run()
    })
  }

  form.addEventListener("submit", (event) => {
    // A preview opens beside and leaves this page as it is: the next press is not a second sending.
    if (event.submitter?.hasAttribute("formtarget")) setTimeout(() => delete form.dataset.sent)
    else if (!form.dataset.sent) changed = false
  })
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault()
  })
}

const prepared = document.getElementById("speech-html").innerHTML.trim()
// Who typed into the lines before this script came goes on there: those words stand nowhere else.
// (Lines that a browser puts back after a reload are the editor's, and begin with a tag.)
const typed = box.value !== box.defaultValue && !box.value.startsWith("<")
if (typed) state.textContent = "Chưa lưu"
else if (form.elements.format.value === "html") begin(box.value)
else if (prepared || !box.value.trim()) begin(prepared)
