// Makes the page better where it runs: no reload, live replies, and nothing typed is lost. The server renders every
// message, here as without a script; this file only fetches and inserts them.
(() => {
  "use strict";
  const part = (id) => document.getElementById(id);
  const log = part("log"), write = part("write"), box = part("text"), send = part("send");
  const notice = part("notice"), waiting = part("waiting"), told = write.dataset;
  const paper = part("file"), attach = paper.form;
  const embedded = "embedded" in told;
  const home = embedded ? "/?embed=1" : "/";
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  // What has to outlive a reload; browsers that refuse storage forget it then, and nothing else changes.
  const memory = {};
  const keep = (store, name, value) => {
    memory[name] = value;
    try { value === null ? store().removeItem(name) : store().setItem(name, value); } catch { /* refused */ }
  };
  const kept = (store, name) => {
    try { return store().getItem(name) ?? memory[name] ?? null; } catch { return memory[name] ?? null; }
  };
  const local = () => localStorage, session = () => sessionStorage;

  let ticket = embedded ? kept(local, "chat") : null;
  let talking = "talking" in told || Boolean(ticket);
  let unsent = JSON.parse(kept(session, "unsent") || "null");
  let mine = null; // the bubble shown before the server has answered
  let running = null; // the send under way
  let fileId = ""; // of the file that is chosen
  let retry = 0, pause = 1000, listening = false;

  const last = () => Math.max(0, ...[...log.children].map((child) => Number(child.id.slice(1)) || 0));
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (node) => node && node.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
  const say = (text) => { if (notice.textContent !== text) notice.textContent = text; };
  const headers = (more) => ({ "Chat-Fragment": "1", ...(ticket && { Authorization: `Bearer ${ticket}` }), ...more });
  const freshId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  function insert(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    let first = null;
    for (const child of [...page.body.children]) {
      if (part(child.id)) continue;
      if (mine && child.classList.contains("person")) {
        mine.id = child.id;
        mine.classList.remove("sending");
        mine = null;
        continue;
      }
      if (child.classList.contains("person")) close();
      log.append(child);
      first = first || child;
    }
    offerFiles();
    return first;
  }

  function close() {
    for (const button of log.querySelectorAll(".choices button:not([value^='/']):not([aria-disabled])")) button.disabled = true;
    for (const message of log.children) if (message.querySelector(".choices")) message.classList.add("closed");
  }

  function mineShown(text) {
    const message = document.createElement("div");
    message.className = "message person sending";
    message.innerHTML = '<p class="who hidden"></p><div class="words" dir="auto"><p></p></div>';
    message.firstChild.textContent = told.you;
    message.querySelector(".words p").textContent = text;
    log.append(message);
    return message;
  }

  function remember(value) {
    unsent = value;
    keep(session, "unsent", value && JSON.stringify(value));
  }

  // One message at a time: { id, after, field, value, label }; the same id however often it is tried.
  async function deliver(message) {
    remember(message);
    clearTimeout(retry);
    const words = message.field === "text" ? message.value : message.label;
    if (message.field === "text") box.value = "";
    mine = words ? mineShown(words) : null;
    show(mine);
    waiting.hidden = false;
    send.setAttribute("aria-disabled", "true");
    try {
      const response = await request(fields(message), 30000);
      if (response.ok) await arrived(message, response);
      else await refused(message, response);
    } catch {
      later(message, told.offline);
    }
    waiting.hidden = true;
    send.removeAttribute("aria-disabled");
  }

  const fields = (message) =>
    new URLSearchParams({ id: message.id, language: write.language.value, after: last(), [message.field]: message.value });

  async function request(body, patience) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), patience);
    try {
      const response = await fetch(home, { method: "POST", body, headers: headers(), signal: abort.signal });
      return { ok: response.ok, status: response.status, headers: response.headers, text: await response.text() };
    } finally {
      clearTimeout(timer);
    }
  }

  // An answer can be lost on the way, while the stream brings the same message.
  function seen(message, shown) {
    const text = (node) => node.querySelector(".words").textContent;
    return [...log.querySelectorAll(".person[id]")].some(
      (node) => Number(node.id.slice(1)) > message.after && text(node) === text(shown));
  }

  async function arrived(message, response) {
    remember(null);
    pause = 1000;
    say("");
    const given = response.headers.get("Chat-Ticket");
    if (given) keep(local, "chat", (ticket = given));
    close();
    const own = mine, first = insert(response.text);
    if (mine && seen(message, mine)) mine.remove();
    mine?.classList.remove("sending");
    mine = null;
    show(own?.isConnected ? own : first);
    part("new").hidden = false;
    talking = true;
    listen();
    follow(response.headers.get("Content-Language"));
  }

  // A document: the file stays chosen until it has arrived, under the same id.
  async function deliverFile(id) {
    const body = new FormData(attach), file = paper.files[0];
    body.set("id", id);
    body.set("after", last());
    mine = mineShown(`📎 ${file.name}`);
    show(mine);
    waiting.hidden = false;
    const button = attach.querySelector("button");
    button.setAttribute("aria-disabled", "true");
    try {
      const after = last(), response = await request(body, 300000);
      if (response.ok) {
        await arrived({ after }, response);
        attach.reset();
        part("attach").open = false;
      } else {
        mine.remove();
        say(response.text);
      }
    } catch {
      mine?.remove();
      say(attach.dataset.failed);
    }
    mine = null;
    waiting.hidden = true;
    button.removeAttribute("aria-disabled");
  }

  // Documents belong to a checklist: once one is worked on, its buttons are there.
  function offerFiles() {
    if ([...log.querySelectorAll("button[value^='/case ']")].some((button) => /^\/case \d/.test(button.value))) part("attach").hidden = false;
  }

  async function refused(message, response) {
    if (response.status === 429 || response.status >= 500) return later(message, told.failed);
    giveBack(message);
    remember(null);
    say(response.text);
  }

  function later(message, why) {
    giveBack(message);
    say(why);
    pause = Math.min(pause * 2, 30000);
    retry = setTimeout(again, pause);
  }

  function giveBack(message) {
    mine?.remove();
    mine = null;
    if (message.field === "text" && !box.value) box.value = message.value;
    for (const button of log.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }

  function again() {
    if (running || !unsent) return;
    const changed = unsent.field === "text" && box.value && box.value !== unsent.value;
    if (changed) { remember(null); say(""); } // the person writes something else now, and sends it themselves
    else start(unsent);
  }

  function start(message) {
    running = deliver(message).finally(() => { running = null; });
  }

  function press(button) {
    if (running || button.disabled || button.getAttribute("aria-disabled")) return;
    const shown = Boolean(button.closest(".choices"));
    if (shown) button.setAttribute("aria-disabled", "true"); // not disabled: that would lose the keyboard's place
    start({ id: freshId(), after: last(), field: "choice", value: button.value, label: shown ? button.textContent : "" });
  }

  // The language was changed in words: the page around the conversation follows.
  function follow(language) {
    if (!language || language === document.documentElement.lang) return;
    keep(session, "focus", "1");
    location.replace(embedded ? `/?embed=1&lang=${language}` : "/?");
  }

  // Live replies. A stream over fetch, since EventSource cannot carry the token that a frame needs.
  async function listen() {
    if (listening) return;
    listening = true;
    await stayConnected();
    listening = false;
  }

  async function stayConnected() {
    for (let failures = 0; ; failures++) {
      if (document.hidden) await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
      if (document.hidden) continue;
      const abort = new AbortController();
      const leave = () => document.hidden && abort.abort();
      document.addEventListener("visibilitychange", leave);
      try {
        const url = embedded ? `/stream?embed=1&after=${last()}` : `/stream?after=${last()}`;
        const response = await fetch(url, { headers: headers(), signal: abort.signal });
        if (response.status === 401) return;
        if (response.ok) { failures = 0; await read(response.body.getReader(), abort); }
      } catch { /* tried again below */ }
      document.removeEventListener("visibilitychange", leave);
      await wait(Math.min(1000 * 2 ** failures, 30000) * (0.5 + Math.random()));
    }
  }

  async function read(reader, abort) {
    const decoder = new TextDecoder();
    for (let rest = "", watch; ;) {
      watch = setTimeout(() => abort.abort(), 40000); // the server says something every 15 seconds
      const { done, value } = await reader.read().finally(() => clearTimeout(watch));
      if (done) return;
      const frames = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = frames.pop();
      for (const frame of frames) {
        const html = frame.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
        if (html) { await running; insert(html); }
      }
    }
  }

  async function restore() {
    const response = await fetch(home, { headers: headers() });
    if (response.status === 401) { keep(local, "chat", null); ticket = null; talking = false; return; }
    if (!response.ok) return;
    const html = await response.text();
    if (html.trim()) log.replaceChildren();
    insert(html);
    part("new").hidden = false;
    follow(response.headers.get("Content-Language"));
  }

  write.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = box.value.trim();
    box.focus();
    if (!value || running) return;
    const same = unsent && unsent.field === "text" && unsent.value === value;
    start(same ? unsent : { id: freshId(), after: last(), field: "text", value, label: "" });
  });
  attach.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running || !paper.files.length) return;
    if (paper.files[0].size > attach.dataset.most * 1048576) { say(attach.dataset.large); return; }
    running = deliverFile(fileId).finally(() => { running = null; });
  });
  paper.addEventListener("change", () => { fileId = freshId(); say(""); });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    write.requestSubmit(send);
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button"), link = event.target.closest("#languages a");
    if (button?.name === "choice") { event.preventDefault(); press(button); }
    if (button?.name === "new") { remember(null); keep(local, "chat", null); }
    if (link && embedded && talking) {
      event.preventDefault();
      await running;
      start({ id: freshId(), after: last(), field: "choice", value: `/language ${link.lang}`, label: "" });
    }
    if (!event.target.closest("details")) part("languages").open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = part("languages");
    if (menu.open) { menu.open = false; menu.firstChild.focus(); }
    else if (embedded) parent.postMessage("partnership-assistant:close", "*");
  });
  addEventListener("online", again);

  (async () => {
    if (ticket && !("talking" in told)) await restore().catch(() => {});
    if (talking) listen();
    const people = log.querySelectorAll(".person");
    if (!location.hash && people.length) people[people.length - 1].scrollIntoView();
    if (kept(session, "focus")) { keep(session, "focus", null); box.focus({ preventScroll: true }); }
    if (told.start && !kept(session, "started")) {
      keep(session, "started", told.start);
      start({ id: freshId(), after: last(), field: "text", value: `/start ${told.start}`, label: "" });
    } else if (unsent) again();
  })();
})();
