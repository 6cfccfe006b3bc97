// Keeps the parts of an inbox page that carry data-live as the server has them. Without it, the page shows them when it is loaded.
(() => {
  "use strict";
  const here = document.getElementById("live");
  if (!here || !window.EventSource) return;
  const { address, reference } = here.dataset;
  const title = document.title;
  let running = false;
  let wanted = false;

  const put = (part, newer) => {
    const held = part.contains(document.activeElement) ? document.activeElement : null;
    const same = held && held.getAttribute("href");
    part.replaceChildren(...newer.childNodes);
    if (same) part.querySelector(`[href="${CSS.escape(same)}"]`)?.focus();
  };

  const refresh = async () => {
    wanted = true;
    if (running || document.hidden) return;
    running = true;
    try {
      while (wanted) {
        wanted = false;
        const answer = await fetch(address);
        if (!answer.ok) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of document.querySelectorAll("[data-live]")) {
          const newer = fresh.getElementById(part.id);
          if (newer && newer.innerHTML !== part.innerHTML) put(part, newer);
        }
      }
    } catch {
      wanted = true; // the network is away: the next news, or the next look at the page, fetches again
    } finally {
      running = false;
    }
  };

  const source = new EventSource("/desk/live");
  let first = true;
  source.addEventListener("message", (event) => {
    const { changed, unread } = JSON.parse(event.data);
    document.title = unread ? `(${unread}) ${title}` : title;
    const again = !changed.length && !first; // connected anew, or read elsewhere
    first = false;
    if (again || (reference ? changed.includes(reference) : changed.length)) refresh();
  });
  document.addEventListener("visibilitychange", () => { if (wanted && !document.hidden) refresh(); });
  window.addEventListener("pagehide", () => source.close());
})();
