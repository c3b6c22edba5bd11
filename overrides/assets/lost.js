/* The page for wrong addresses is shown at any address, and a site that does not know its own cannot say where its
   styles and doors are. 404.html asks for this script above itself, level by level: where it is found, the site is. */
(() => {
  "use strict";
  const script = document.currentScript;
  const page = document.documentElement;
  if (!(script instanceof HTMLScriptElement) || page.hasAttribute("data-found")) return;
  const root = new URL("..", script.src).href;
  page.setAttribute("data-found", "");
  page.setAttribute("data-root", root);
  /** @param {string} selector @param {string} name */
  const lead = (selector, name) => {
    for (const element of document.querySelectorAll(selector)) {
      const value = element.getAttribute(name) || "";
      if (/^\/(?!\/)/.test(value)) element.setAttribute(name, root + value.slice(1));
    }
  };
  lead("link", "href");
  document.addEventListener("DOMContentLoaded", () => {
    lead("link, a", "href");
    lead("form", "action");
    lead("[data-suggest]", "data-suggest");
    for (const name of ["prefs.js", "column.js", "tools.js", "tables.js"]) {
      const again = document.createElement("script");
      again.src = `${root}assets/${name}`;
      again.async = false;
      document.head.append(again);
    }
  });
})();
