// A button that opens the assistant in a dialog, for other websites:
// <script src="https://…/embed.js" data-language="de" data-start="check" async></script>
(() => {
  "use strict";
  const script = document.currentScript, words = {/* words */};
  const asked = (script.dataset.language || document.documentElement.lang || navigator.language || "").toLowerCase();
  const code = [asked, asked.split("-")[0]].find((tag) => words[tag]) || "en";
  const [open, close, title] = words[code], site = new URL(script.src).origin;
  const address = new URL("/?embed=1", site);
  if (script.dataset.language) address.searchParams.set("lang", script.dataset.language);
  if (script.dataset.start) address.searchParams.set("start", script.dataset.start);

  const host = document.createElement("div");
  host.lang = code;
  const root = host.attachShadow({ mode: "open" });
  const make = (name, values, parent) => parent.appendChild(Object.assign(document.createElement(name), values));
  const css = `
    :host { color-scheme: light dark; }
    button { font: 600 1rem/1.3 system-ui, sans-serif; min-height: 48px; min-width: 48px; cursor: pointer; }
    button:focus-visible { outline: 3px solid #ffbf47; box-shadow: 0 0 0 5px #16202a; }
    .open { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483000; padding: .7rem 1.2rem;
      color: #fff; background: #005a70; border: 2px solid #fff; border-radius: 2rem; box-shadow: 0 .2rem .8rem #0006; }
    dialog { position: fixed; inset: auto; inset-block-end: 1rem; inset-inline-end: 1rem; width: min(27rem, 100vw);
      height: min(44rem, calc(100vh - 2rem)); height: min(44rem, calc(100dvh - 2rem)); max-width: none; max-height: none;
      padding: 0; border: 0; border-radius: .6rem; overflow: hidden; background: #005a70; box-shadow: 0 .5rem 2rem #0008; }
    dialog[open] { display: flex; flex-direction: column; }
    div { display: flex; align-items: center; justify-content: space-between; padding-inline-start: 1rem; color: #fff; }
    p { margin: 0; font: 700 1.15rem/1.3 system-ui, sans-serif; }
    .close { color: #fff; background: none; border: 0; font-size: 1.4rem; }
    iframe { flex: 1; width: 100%; border: 0; background: Canvas; }
    @media (max-width: 30rem) { dialog { inset: 0; width: 100%; height: 100%; border-radius: 0; } }`;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    make("style", { textContent: css }, root);
  }

  const button = make("button", { type: "button", className: "open", textContent: open, ariaHasPopup: "dialog" }, root);
  const dialog = make("dialog", { ariaLabel: title }, root);
  const bar = make("div", {}, dialog);
  make("p", { textContent: title }, bar);
  const shut = make("button", { type: "button", className: "close", textContent: "✕", ariaLabel: close }, bar);
  let frame = null;
  button.addEventListener("click", () => {
    frame = frame || make("iframe", { src: address.href, title, allow: "clipboard-write" }, dialog);
    dialog.showModal();
  });
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => button.focus());
  addEventListener("message", (event) => {
    if (event.source === frame?.contentWindow && event.data === "partnership-assistant:close") dialog.close();
  });
  (document.body || document.documentElement).append(host);
})();
