/* Applies how this reader likes to read before anything is painted. Loaded first; everything works without it. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.setAttribute("data-scripts", "");
  // A page that was asked something keeps the room of its answer, so that nothing jumps when it comes.
  if (/[?&](q|in|organ|year|theme|audience|kind|state)=[^&]/.test(window.location.search)) root.setAttribute("data-asked", "");
  if (window.speechSynthesis && window.SpeechSynthesisUtterance) root.setAttribute("data-voice", "");
  const KEY = "column-reading";
  /** @type {Record<string, string>} */
  let chosen = {};
  try {
    chosen = JSON.parse(window.localStorage.getItem(KEY)) || {};
  } catch {
    // No storage (private window, some folders): the choice holds for this page only.
  }
  const apply = () => {
    for (const name of ["elder", "look", "size", "pointer"]) {
      if (chosen[name]) root.setAttribute(`data-${name}`, chosen[name]);
      else root.removeAttribute(`data-${name}`);
    }
  };
  /** What the reader chose; `set` changes one choice (an empty value takes it back) and remembers it. */
  window.columnReading = {
    get: (name) => chosen[name] || "",
    set(name, value) {
      chosen = { ...chosen, [name]: value };
      try {
        window.localStorage.setItem(KEY, JSON.stringify(chosen));
      } catch {
        // as above
      }
      apply();
    },
  };
  // An address that asks for a mode is a choice, too: such links can be sent to parents.
  if (window.location.hash === "#elder") window.columnReading.set("elder", "on");
  else if (window.location.hash === "#contrast") window.columnReading.set("look", "contrast");
  else apply();
})();
