"use strict";

// A paper takes a moment to print: after a second the page says so, and when it could not be printed it says why, without leaving what one reads.
// Without this file a link to a PDF or DOCX is a plain link.
(() => {
  const PAPER = /\/(pdf|docx)\/$/;
  const SLOW = 1000;
  const HELD = 60_000; // a browser may still read what it saves

  const isPaper = (link) => link.origin === location.origin && PAPER.test(link.pathname) && !link.target;
  const isPlain = (event) => !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

  const lineFor = (link) => {
    const place = link.closest(".downloads, details.menu") || link;
    let line = place.parentElement.querySelector(":scope > .printing");
    if (!line) {
      line = document.createElement("p");
      line.className = "printing progress-line not-on-paper";
      line.setAttribute("role", "status");
      place.after(line);
    }
    return line;
  };

  const tell = (link, words, isRunning) => {
    const line = lineFor(link);
    line.replaceChildren(...(isRunning ? [document.createElement("progress")] : []), words);
    line.firstElementChild?.setAttribute("aria-label", words);
  };

  const save = (content, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), HELD);
  };

  const nameIn = (answer) => /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "")?.[1];

  // The page that came instead of a file: its own sentence, in one line.
  const sentenceOf = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector("main .panel p, main p");
    return said?.textContent.trim() || "Chưa in được: thử lại sau ít phút.";
  };

  const fetched = async (link) => {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    if (answer.redirected) return location.assign(answer.url); // to sign in
    const name = nameIn(answer);
    if (!answer.ok || !name) return tell(link, await sentenceOf(answer), false);
    save(await answer.blob(), name);
    return lineFor(link).remove();
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || !isPlain(event) || !isPaper(link)) return;
    event.preventDefault();
    if ("printing" in link.dataset) return;
    link.dataset.printing = "";
    const slow = setTimeout(() => tell(link, "Đang in, xin chờ…", true), SLOW);
    try {
      await fetched(link);
    } catch {
      tell(link, "Mất kết nối nên chưa tải được: thử lại khi có mạng.", false);
    } finally {
      clearTimeout(slow);
      delete link.dataset.printing;
    }
  });
})();
