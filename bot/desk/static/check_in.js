// Makes the entrance quicker where it runs: finds while typing, reads QR codes, and keeps presses on the phone until the
// server has them. Only numbers and times are kept there, no names. Without it, the page works by its forms.
(() => {
  "use strict";
  const part = (id) => document.getElementById(id);
  const entrance = part("entrance"), told = entrance.dataset, list = part("guests"), notice = part("notice");
  const text = part("text"), camera = part("camera"), picture = part("picture");
  const address = `/desk/conferences/${told.conference}/check-in`;
  const store = `check-in-${told.conference}`;
  const guests = list ? [...list.children] : [];

  let queue = [];
  try { queue = JSON.parse(localStorage.getItem(store) || "[]"); } catch { /* refused or spoilt: begin anew */ }
  let sending = false, pause = 1000, stopped = "";

  const keep = () => { try { localStorage.setItem(store, JSON.stringify(queue)); } catch { /* lives in this page only */ } };
  const say = (words, name = "") => {
    notice.textContent = words.replace("{count}", queue.length).replace("{name}", name);
    notice.hidden = !words;
  };
  const plain = (given) => given.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const codeIn = (given) => given.trim().replace(/\/+$/, "").split(/[/=]/).pop().replace(/[^A-Za-z0-9]/g, "").toUpperCase();
  const mark = (guest, here) => {
    const item = guests.find((one) => one.dataset.guest === String(guest));
    if (item) item.classList.toggle("here", here);
  };
  const count = (standing) => {
    // What waits here is not yet counted there.
    const waiting = new Map(queue.map((press) => [press.guest, press.to === "here" ? 1 : -1]));
    const sum = [...waiting.values()].reduce((total, one) => total + one, 0);
    part("here").textContent = Math.max(0, standing.here + sum);
    part("expected").textContent = standing.expected;
  };

  function press(guest, to) {
    const item = guests.find((one) => one.dataset.guest === guest);
    if (item.classList.contains("here") === (to === "here")) return;
    queue.push({ guest, to, at: new Date().toISOString() });
    keep();
    mark(guest, to === "here");
    part("here").textContent = Number(part("here").textContent) + (to === "here" ? 1 : -1);
    send();
  }

  async function send() {
    if (sending) return;
    sending = true;
    while (queue.length) {
      try {
        const body = new URLSearchParams({ token: told.token, ...queue[0] });
        const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
        if (answer.status === 401 || answer.status === 403) { stopped = told.signIn; break; }
        if (!answer.ok && answer.status !== 404) throw new Error("later");
        if (answer.status === 404) say(told.gone);
        queue.shift();
        keep();
        count(await answer.json());
        pause = 1000;
        stopped = "";
      } catch {
        stopped = told.waiting;
        break;
      }
    }
    sending = false;
    if (queue.length) {
      say(stopped);
      setTimeout(send, pause);
      pause = Math.min(pause * 2, 20000);
    } else if (notice.textContent && !stopped && !notice.hidden && notice.dataset.kept) {
      say(told.sent);
    }
    notice.dataset.kept = queue.length ? "yes" : "";
  }

  async function refresh() {
    try {
      const answer = await fetch(`${address}.json`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const standing = await answer.json();
      const arrived = new Set(standing.arrived.map(String));
      for (const press of queue) press.to === "here" ? arrived.add(press.guest) : arrived.delete(press.guest);
      for (const item of guests) item.classList.toggle("here", arrived.has(item.dataset.guest));
      count(standing);
    } catch { /* the next look will do */ }
  }

  function find() {
    const words = plain(text.value), code = codeIn(text.value);
    const byCode = guests.filter((item) => code && item.dataset.code === code);
    const shown = new Set(byCode.length ? byCode : guests.filter((item) => plain(item.textContent).includes(words)));
    for (const item of guests) item.hidden = !shown.has(item);
    if (!shown.size) say(told.nobody);
    else if (!queue.length) say("");
    return [...shown];
  }

  async function watch() {
    camera.hidden = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      camera.hidden = false;
      return say(told.noCamera);
    }
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    picture.srcObject = stream;
    picture.hidden = false;
    await picture.play();
    while (!picture.hidden) {
      const [code] = await detector.detect(picture).catch(() => []);
      if (code) {
        picture.hidden = true;
        text.value = codeIn(code.rawValue);
        const [first] = find();
        if (first) {
          say(told.found, first.querySelector(".guest").textContent);
          (first.querySelector("form") || first).scrollIntoView({ block: "center" });
        }
        if (navigator.vibrate) navigator.vibrate(80);
      } else {
        await new Promise((done) => setTimeout(done, 200));
      }
    }
    stream.getTracks().forEach((track) => track.stop());
    camera.hidden = false;
  }

  entrance.addEventListener("submit", (event) => {
    if (event.target.id === "find") {
      event.preventDefault();
      find();
    } else if (event.submitter && event.submitter.name === "to") {
      event.preventDefault();
      press(event.target.elements.guest.value, event.submitter.value);
    }
  });
  text.addEventListener("input", find);
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    camera.hidden = false;
    camera.addEventListener("click", watch);
  }
  window.addEventListener("online", send);
  for (const press of queue) mark(press.guest, press.to === "here");
  send();
  setInterval(refresh, 15000);
})();
