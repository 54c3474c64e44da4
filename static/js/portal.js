"use strict";

// Every page works without this file. It closes menus, sends the CSRF token with htmx, moves to the error summary,
// and warns before a session ends for want of a click. Nothing is written into the browser's storage.
(() => {
  const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

  // --- menus: <details class="menu"> ---------------------------------------------------------------------------
  const openMenus = () => document.querySelectorAll("details.menu[open], details.help-mark[open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // --- htmx: the token is read at send time; an answer that names its own target may be an error page ----------
  document.addEventListener("htmx:configRequest", (event) => {
    const token = cookie("__Host-csrf") || cookie("csrftoken");
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
  });
  // htmx notes the address, with the words of a search in it, in the browser's storage: nothing of ours stays there.
  try {
    sessionStorage.removeItem("htmx-current-path-for-history");
  } catch {
    // Storage is switched off: so much the better.
  }
  const say = (sentence) => {
    const line = document.createElement("p");
    line.className = "notice notice-danger";
    line.setAttribute("role", "alert");
    line.textContent = sentence;
    document.getElementById("messages")?.replaceChildren(line);
  };
  document.addEventListener("htmx:responseError", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Retarget")) say("Chưa thực hiện được. Nội dung đang nhập vẫn còn: tải lại trang rồi thử lại.");
  });
  document.addEventListener("htmx:sendError", () => say("Mất kết nối với máy chủ. Nội dung đang nhập vẫn còn trên trang: thử lại sau ít phút."));

  // --- a form is sent once ---------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 3000);
  });

  // --- a file is chosen in the words of the portal, not of the browser ---------------------------------------------
  const dressFile = (input) => {
    const button = document.createElement("label");
    button.htmlFor = input.id;
    button.className = "btn btn-outline-secondary file-pick";
    button.textContent = "Chọn tệp";
    const name = document.createElement("span");
    name.className = "file-name muted";
    const tell = () => {
      name.textContent = [...input.files].map((file) => file.name).join(", ") || "Chưa chọn tệp nào";
    };
    input.addEventListener("change", tell);
    input.classList.add("visually-hidden");
    input.after(button, name);
    tell();
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("input[type=file][id]").forEach(dressFile);
    document.querySelector(".error-summary")?.focus();
    watchIdleness(document.getElementById("idle"));
  });

  // --- the end of a session is announced five minutes before -------------------------------------------------------
  function watchIdleness(dialog) {
    if (!dialog) return;
    // The server notes a click once a minute: its end may come that much earlier than ours.
    const end = Number(dialog.dataset.idleSeconds) * 1000;
    const limit = end > 600000 ? end - 60000 : end;
    const warning = end > 600000 ? end - 300000 : end / 2;
    const part = (name) => dialog.querySelector(`[data-idle="${name}"]`);
    const tabs = new BroadcastChannel("party-reports-alive");
    let seen = Date.now();

    const alive = () => {
      seen = Date.now();
      if (dialog.open) dialog.close();
    };
    const show = (hasEnded, left) => {
      part("warning").hidden = part("stay").hidden = hasEnded;
      part("ended").hidden = part("close").hidden = !hasEnded;
      part("minutes").textContent = Math.max(1, Math.ceil(left / 60000));
      if (!dialog.open && !dialog.dataset.dismissed) dialog.showModal();
    };
    const look = () => {
      const quiet = Date.now() - seen;
      if (quiet >= warning) show(quiet >= limit, limit - quiet);
    };

    tabs.onmessage = alive;
    tabs.postMessage("alive");
    document.addEventListener("htmx:afterRequest", (event) => {
      if (!event.detail.successful) return;
      alive();
      tabs.postMessage("alive");
    });
    part("stay").addEventListener("click", async () => {
      const token = cookie("__Host-csrf") || cookie("csrftoken") || "";
      const answer = await fetch(dialog.dataset.address, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" }).catch(() => null);
      if (answer && answer.status === 204) {
        alive();
        tabs.postMessage("alive");
      } else {
        show(true, 0);
      }
    });
    part("close").addEventListener("click", () => {
      dialog.dataset.dismissed = "yes";
      dialog.close();
    });
    setInterval(look, 5000);
    document.addEventListener("visibilitychange", look);
  }
})();
