// Nothing here is needed: every page works without it. It saves steps for those who have it.
"use strict";

// Light or dark, where somebody chose.
const root = document.documentElement;
const chosen = localStorage.getItem("daybook-theme");
if (chosen) root.dataset.theme = chosen;

const ready = () => {
  const toggle = document.querySelector("[data-theme-toggle]");
  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      const dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      localStorage.setItem("daybook-theme", root.dataset.theme);
    });
  }
  moments();
  keys();
  once();
  tail();
  watch();
};

// The slider moves the number, and looks when it is let go.
const moments = () => {
  for (const form of document.querySelectorAll("[data-moment]")) {
    const range = form.querySelector("[data-moment-range]");
    const position = form.querySelector("[data-moment-position]");
    const instant = form.querySelector("[data-moment-instant]");
    const drop = (field) => { if (field && field.value === "") field.disabled = true; };
    range.addEventListener("input", () => { position.value = range.value; instant.value = ""; });
    range.addEventListener("change", () => form.requestSubmit());
    instant.addEventListener("input", () => { position.value = ""; });
    position.addEventListener("input", () => { instant.value = ""; });
    form.addEventListener("submit", () => { drop(position); drop(instant); });
  }
};

// "/" finds, "g" and a letter goes to a part, j and k walk a table, Enter opens.
const keys = () => {
  let going = false;
  const rows = () => [...document.querySelectorAll("tbody tr")].filter((row) => row.querySelector("a"));
  const step = (by) => {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) next.querySelector("a").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (going) {
      going = false;
      const part = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (part) { event.preventDefault(); part.click(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); document.getElementById("find")?.focus(); }
    else if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1500); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
};

// A form is sent once, however often the button is pressed.
const once = () => {
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      const asks = form.dataset.confirm;
      if (asks && !confirm(asks)) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
    });
  }
  // Back from the next page, the form may be sent anew.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
};

// Events as they come: rows are put on top of the table, the oldest leave at its end.
const tail = () => {
  const table = document.querySelector("[data-tail]");
  if (!table || !window.EventSource) return;
  const body = table.tBodies[0];
  const said = document.querySelector("[data-tail-said]");
  const source = new EventSource(table.dataset.tail);
  const cell = (row, text, kind) => {
    const made = row.insertCell();
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const by = (actor) => {
    const [kind, ...rest] = actor.split(":");
    const name = kind === "key" ? rest.join(":").split("-").pop() : rest.join(":");
    return `${kind} ${name}`.trim().replace(/[_-]/g, " ");
  };
  // Each message says its position in its id, which the browser sends when it comes back.
  let last = 0;
  const heard = (message) => {
    const event = JSON.parse(message.data);
    if (event.position <= last) return;
    last = event.position;
    const row = body.insertRow(0);
    const at = cell(row, "", "number");
    const link = document.createElement("a");
    link.href = `/console/events/${event.position}`;
    link.textContent = event.position;
    at.append(link);
    cell(row, event.type.replace(/^billing\./, "").replace(/[_-]/g, " ").replaceAll(".", ": "));
    const [kind, id = ""] = event.subject.split("/");
    const subject = document.createElement("a");
    subject.href = `/console/events?aggregate=${encodeURIComponent(kind)}&aggregate_id=${encodeURIComponent(id)}`;
    subject.title = event.subject;
    subject.textContent = `${kind.replaceAll("_", " ")} `;
    const end = document.createElement("span");
    end.className = "id";
    end.textContent = id.split("-").pop();
    subject.append(end);
    cell(row, "").append(subject);
    cell(row, by(event.actor));
    cell(row, (event.recordedat || "").slice(0, 19).replace("T", " "), "nowrap");
    body.querySelector(".empty")?.closest("tr").remove();
    while (body.rows.length > 200) body.deleteRow(-1);
  };
  source.onmessage = heard;
  for (const name of (table.dataset.tailNames || "").split(",")) {
    if (name) source.addEventListener(name, heard);
  }
  source.onopen = () => { if (said) said.textContent = "Live: new events appear by themselves."; };
  source.onerror = () => {
    if (!said) return;
    const over = source.readyState === EventSource.CLOSED;
    said.textContent = over
      ? "The live line has ended; load the page again."
      : "The live line is down; it is tried again.";
  };
  addEventListener("pagehide", () => source.close());
};

// A part that changes by itself is fetched anew while it says so.
const watch = () => {
  for (const part of document.querySelectorAll("[data-watch]")) {
    const look = async () => {
      if (document.hidden) { setTimeout(look, 2000); return; }
      try {
        const answer = await fetch(location.href, { headers: { accept: "text/html" } });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(part.id);
        if (!fresh) return;
        part.replaceChildren(...fresh.childNodes);
        if (!fresh.hasAttribute("data-watch")) return;
      } catch { /* the next look may work */ }
      setTimeout(look, 2000);
    };
    setTimeout(look, 2000);
  }
};

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();
