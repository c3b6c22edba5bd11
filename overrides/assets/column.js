/* The column's only always-loaded script. Every page works without it.
   On a web server the address bar shows the permanent address of the page, without index.html: links name index.html so
   that the same files open from a folder (file://), but what people copy should be the address that is promised. */
(() => {
  "use strict";
  const { protocol, pathname, search, hash } = window.location;
  if (protocol !== "file:" && pathname.endsWith("/index.html")) {
    window.history.replaceState(null, "", pathname.slice(0, -"index.html".length) + search + hash);
  }
  // Suggestions cost nothing until somebody wants to search.
  const box = document.querySelector("[data-suggest]");
  if (box) {
    box.addEventListener(
      "focus",
      () => {
        /** @param {string} name @param {() => void} then */
        const load = (name, then) => {
          const script = document.createElement("script");
          script.src = `${box.dataset.suggest}${name}.js`;
          script.addEventListener("load", then);
          document.head.append(script);
        };
        const suggest = () => load("suggest", () => window.columnSearch.startBox(box));
        if (window.columnSearch) suggest();
        else load("search", suggest);
      },
      { once: true },
    );
  }
  // The day stands in a style sheet (column-settings.css), so that a new day changes one file and not every page.
  const asOf = document.querySelector(".as-of");
  if (asOf) {
    const shown = /(\d+)年(\d+)月(\d+)日/.exec(getComputedStyle(asOf, "::after").content) || [];
    const [, year, month, day] = shown.map(Number);
    const days = Number(getComputedStyle(asOf).getPropertyValue("--stale-after"));
    const passed = Math.floor((Date.now() - Date.UTC(year, month - 1, day, -8)) / 86400000);
    if (days && passed > days) {
      const note = document.createElement("strong");
      note.className = "stale";
      note.textContent = `已有${passed}天没有更新，内容可能不是最新的。`;
      asOf.after(note);
    }
  }
  // Days that are left were counted when the page was made: here they are counted again, by the day in China.
  for (const left of document.querySelectorAll("[data-until]")) {
    const days = Math.floor((Date.parse(`${left.getAttribute("data-until")}T24:00:00+08:00`) - 1 - Date.now()) / 86400000);
    left.textContent = days < 0 ? "已经截止" : days ? `还剩${days}天` : "今天截止";
  }
  // On phones the tools start folded; without a script they are open, which is the safe side.
  const fold = document.querySelector(".tools-fold");
  if (fold) {
    if (window.matchMedia("(max-width: 44.99em)").matches) fold.removeAttribute("open");
    fold.setAttribute("data-ready", "");
  }
})();
